/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A whole drawing before anything is painted: titles, legend, the panel of each day with its timeline and sketches, on as
 * many sheets as they need. Units are pixels at 96 dpi, y points down.
 */
#pragma once

#include "draw/trip-drawing-route.h"
#include "draw/trip-drawing-timeline.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TRIP_DRAWING_WIDTH:
 *
 * Width of every sheet.
 */
#define TRIP_DRAWING_WIDTH 1280.0

/* Measures of a day's panel that its painter needs as well. */
#define TRIP_DRAWING_MARGIN 28.0
#define TRIP_DRAWING_PADDING 14.0
#define TRIP_DRAWING_LIST_WIDTH 300.0
#define TRIP_DRAWING_SKETCH_WIDTH 250.0
#define TRIP_DRAWING_GAP 16.0
#define TRIP_DRAWING_HEADING 26.0
#define TRIP_DRAWING_AXIS 16.0
#define TRIP_DRAWING_STRIP 36.0
#define TRIP_DRAWING_LANE 19.0
#define TRIP_DRAWING_NOTE 17.0
#define TRIP_DRAWING_LEGEND_ROW 22.0
#define TRIP_DRAWING_LEGEND_COLUMNS 8

/**
 * TripDrawingLegend:
 * @kinds: bits of the block kinds that occur
 * @modes: bits of the ways of travel that occur
 * @lodging: nights occur
 * @wait: waits occur
 * @open: opening hours occur
 * @maybe: hours that are not certain occur
 * @unknown: a visit or meal without hours occurs
 * @broken: broken rules occur
 *
 * What an option's legend has to explain.
 */
typedef struct {
  guint kinds;
  guint modes;
  gboolean lodging;
  gboolean wait;
  gboolean open;
  gboolean maybe;
  gboolean unknown;
  gboolean broken;
} TripDrawingLegend;

/**
 * TripDrawingDay:
 * @box: the panel
 * @title: `Day 1`
 * @date: the date, may be empty
 * @highlight: the day in a few words
 * @summary: what it holds
 * @more: (nullable): what the list leaves out
 * @scale: the hours axis
 * @timeline: the timeline
 * @sketches: (element-type TripRouteSketch): the map panels
 * @notes: (element-type utf8): broken rules
 *
 * The panel of a day.
 */
typedef struct {
  TripBox box;
  char *title;
  char *date;
  char *highlight;
  char *summary;
  char *more;
  TripTimeScale scale;
  TripTimeline *timeline;
  GPtrArray *sketches;
  GPtrArray *notes;
} TripDrawingDay;

/**
 * TripDrawingHeader:
 * @box: where it is
 * @title: the cities
 * @subtitle: name of the option, dates, days
 * @cost: total cost, may be empty
 * @verdict: what the validator says
 * @kept: it has nothing to say
 * @text: general notes, empty on later sheets of an option
 * @text_lines: lines reserved for @text
 * @notes: (element-type utf8): broken rules of the option as a whole
 * @legend: what to explain
 * @n_legend_rows: rows of the legend
 *
 * The head of a sheet, or of an option on it.
 */
typedef struct {
  TripBox box;
  char *title;
  char *subtitle;
  char *cost;
  char *verdict;
  gboolean kept;
  char *text;
  guint text_lines;
  GPtrArray *notes;
  TripDrawingLegend legend;
  guint n_legend_rows;
} TripDrawingHeader;

/**
 * TripDrawingSheet:
 * @height: its height
 * @headers: (element-type TripDrawingHeader): heads
 * @days: (element-type TripDrawingDay): panels
 *
 * A sheet.
 */
typedef struct {
  gdouble height;
  GPtrArray *headers;
  GPtrArray *days;
} TripDrawingSheet;

GPtrArray *trip_drawing_sheets_new   (GPtrArray               *options,
                                      gint                     only,
                                      GPtrArray               *violations,
                                      gdouble                  page_height,
                                      GCancellable            *cancellable,
                                      GError                 **error);
guint      trip_drawing_legend_count (const TripDrawingLegend *self);
char      *trip_drawing_describe     (GPtrArray               *sheets);

G_END_DECLS
