/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The timeline of one day as geometry: where each block, way and wait of the strip goes, which part of it may carry a
 * label, and when each place is open. Knows nothing of pixels, fonts or other days' rows.
 */
#pragma once

#include "draw/trip-drawing-mode.h"
#include "trip/model/trip-plan.h"

G_BEGIN_DECLS

/**
 * TRIP_TIMELINE_MAX_BLOCKS:
 *
 * Blocks of a day that are drawn; how many more there are is told.
 */
#define TRIP_TIMELINE_MAX_BLOCKS 64

/**
 * TripTimeScale:
 * @from: first minute shown
 * @to: minute after the last one; over 1440 where the axis goes past midnight
 * @x: where @from is
 * @width: from @from to @to
 *
 * The hours axis, the same for all days of an option.
 */
typedef struct {
  gint from;
  gint to;
  gdouble x;
  gdouble width;
} TripTimeScale;

/**
 * TripTimelineSpanKind:
 * @TRIP_TIMELINE_BLOCK: a block of the plan
 * @TRIP_TIMELINE_TRAVEL: the way to one
 * @TRIP_TIMELINE_WAIT: time in which the plan says nothing
 * @TRIP_TIMELINE_LODGING: at the lodging, before the first block or after the last
 */
typedef enum {
  TRIP_TIMELINE_BLOCK,
  TRIP_TIMELINE_TRAVEL,
  TRIP_TIMELINE_WAIT,
  TRIP_TIMELINE_LODGING,
} TripTimelineSpanKind;

/**
 * TripTimelineSpan:
 * @kind: what it is
 * @block_kind: for %TRIP_TIMELINE_BLOCK
 * @mode: for %TRIP_TIMELINE_TRAVEL
 * @lane: index of the lane it belongs to, -1 for one that another day's row lists
 * @number: the number of the block, 0 where it has none
 * @from: first minute of this day's row
 * @to: minute after its last one
 * @cut_left: it began before @from
 * @cut_right: it goes on after @to
 * @broken: it breaks a rule
 * @label_x: where a label may begin
 * @label_width: how wide it may be, 0 where there is no room; the rooms of all spans are disjoint
 * @label: (nullable): name of it
 *
 * A piece of the day's strip.
 */
typedef struct {
  TripTimelineSpanKind kind;
  TripBlockKind block_kind;
  TripDrawingMode mode;
  gint lane;
  guint number;
  gint from;
  gint to;
  gboolean cut_left;
  gboolean cut_right;
  gboolean broken;
  gdouble label_x;
  gdouble label_width;
  char *label;
} TripTimelineSpan;

/**
 * TripTimelineBand:
 * @from: first minute
 * @to: minute after the last one
 * @certain: open for sure; else it only may be
 *
 * When a place is open.
 */
typedef struct {
  gint from;
  gint to;
  gboolean certain;
} TripTimelineBand;

/**
 * TripTimelineLane:
 * @kind: what the block is
 * @is_lodging: it is the night, not a block
 * @number: number in the strip, the list and the sketch, from 1; 0 for the night
 * @label: name of the place, or what happens
 * @time: its time, as text
 * @has_hours: opening hours are told and can be read; else @bands says nothing
 * @bands: (element-type TripTimelineBand): when all its places are open, within the scale
 * @broken: it breaks a rule
 *
 * A block in the list of the day.
 */
typedef struct {
  TripBlockKind kind;
  gboolean is_lodging;
  guint number;
  char *label;
  char *time;
  gboolean has_hours;
  GArray *bands;
  gboolean broken;
} TripTimelineLane;

/**
 * TripTimeline:
 * @lanes: (element-type TripTimelineLane): in the order of the plan
 * @spans: (element-type TripTimelineSpan): in order of their beginning
 * @n_hidden: blocks beyond %TRIP_TIMELINE_MAX_BLOCKS
 * @travel_minutes: on the way, in all
 *
 * A day.
 */
typedef struct {
  GPtrArray *lanes;
  GPtrArray *spans;
  guint n_hidden;
  gint travel_minutes;
} TripTimeline;

void          trip_time_scale_init  (TripTimeScale        *self,
                                     const TripPlanOption *option,
                                     gdouble               x,
                                     gdouble               width);
gdouble       trip_time_scale_to_x  (const TripTimeScale  *self,
                                     gint                  minute);
gint          trip_time_scale_step  (const TripTimeScale  *self);

TripTimeline *trip_timeline_new     (const TripPlanOption *option,
                                     guint                 day,
                                     const TripTimeScale  *scale,
                                     GHashTable           *broken);
void          trip_timeline_free    (TripTimeline         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripTimeline, trip_timeline_free)

G_END_DECLS
