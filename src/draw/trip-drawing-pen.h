/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Colours, letters, markers and lines: how things look, nothing of what they mean for a trip.
 */
#pragma once

#include "draw/trip-drawing-route.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * TripColour:
 *
 * 0xRRGGBB.
 */
typedef guint32 TripColour;

#define TRIP_COLOUR_PAPER 0xffffff
#define TRIP_COLOUR_INK 0x1b1f24
#define TRIP_COLOUR_DIM 0x57606a
#define TRIP_COLOUR_RULE 0xd5dbe1
#define TRIP_COLOUR_FAINT 0xeef1f4
#define TRIP_COLOUR_PANEL 0xf6f8fa
#define TRIP_COLOUR_OPEN 0xcfe8dc
#define TRIP_COLOUR_OPEN_EDGE 0x5b9f82
#define TRIP_COLOUR_TRAVEL 0x4a525b
#define TRIP_COLOUR_BROKEN 0xc4161c
#define TRIP_COLOUR_KEPT 0x1a7f4b

/**
 * TripTextStyle:
 * @size: pixels
 * @bold: in bold
 * @narrow: in a narrow cut, where the font has one
 * @is_name: it is a name: no word of it is broken, and what no font has is left out where something readable remains
 * @colour: colour
 * @align: within the box
 * @lines: how many lines it may take
 *
 * How a text looks.
 */
typedef struct {
  gdouble size;
  gboolean bold;
  gboolean narrow;
  gboolean is_name;
  TripColour colour;
  PangoAlignment align;
  guint lines;
} TripTextStyle;

/**
 * TripPen:
 * @cr: what is drawn on
 * @fonts: fonts of this pen alone, so that drawing in passing threads leaves nothing behind
 * @layout: letters
 *
 * A pen.
 */
typedef struct {
  cairo_t *cr;
  PangoFontMap *fonts;
  PangoLayout *layout;
} TripPen;

void       trip_pen_init        (TripPen             *self,
                                 cairo_t             *cr);
void       trip_pen_clear       (TripPen             *self);
void       trip_pen_colour      (TripPen             *self,
                                 TripColour           colour);
void       trip_pen_text        (TripPen             *self,
                                 const TripBox       *box,
                                 const TripTextStyle *style,
                                 const char          *text);
gdouble    trip_pen_text_width  (TripPen             *self,
                                 const TripTextStyle *style,
                                 const char          *text);
void       trip_pen_box         (TripPen             *self,
                                 const TripBox       *box,
                                 gdouble              radius);
void       trip_pen_fill_box    (TripPen             *self,
                                 const TripBox       *box,
                                 gdouble              radius,
                                 TripColour           colour);
void       trip_pen_frame       (TripPen             *self,
                                 const TripBox       *box,
                                 gdouble              radius,
                                 gdouble              width,
                                 TripColour           colour);
void       trip_pen_hatch       (TripPen             *self,
                                 const TripBox       *box,
                                 TripColour           colour,
                                 gdouble              step);
void       trip_pen_line        (TripPen             *self,
                                 gdouble              x1,
                                 gdouble              y1,
                                 gdouble              x2,
                                 gdouble              y2,
                                 gdouble              width,
                                 TripColour           colour);
void       trip_pen_way         (TripPen             *self,
                                 TripDrawingMode      mode,
                                 gdouble              x1,
                                 gdouble              y1,
                                 gdouble              x2,
                                 gdouble              y2);
void       trip_pen_marker      (TripPen             *self,
                                 TripBlockKind        kind,
                                 gboolean             is_lodging,
                                 const TripBox       *box,
                                 const char          *label);
void       trip_pen_warning     (TripPen             *self,
                                 gdouble              x,
                                 gdouble              y,
                                 gdouble              size);
TripColour trip_pen_kind_colour (TripBlockKind        kind,
                                 gboolean             is_lodging);
TripColour trip_pen_kind_ink    (TripBlockKind        kind,
                                 gboolean             is_lodging);

G_END_DECLS
