/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The way of one day as a sketch: positions projected into a panel, markers that do not hide each other, lines between
 * them. Geometry only.
 */
#pragma once

#include "draw/trip-drawing-mode.h"
#include "trip/model/trip-plan.h"

G_BEGIN_DECLS

/**
 * TRIP_ROUTE_MAX_SKETCHES:
 *
 * Panels that a day is split into when it is spent in places far from each other.
 */
#define TRIP_ROUTE_MAX_SKETCHES 3

/**
 * TRIP_ROUTE_MAX_MARKERS:
 *
 * Markers in one panel; how many more stops there are is told.
 */
#define TRIP_ROUTE_MAX_MARKERS 48

/**
 * TripBox:
 * @x: left
 * @y: top
 * @width: width
 * @height: height
 *
 * A rectangle, y pointing down.
 */
typedef struct {
  gdouble x;
  gdouble y;
  gdouble width;
  gdouble height;
} TripBox;

/**
 * TripProjection:
 * @centre: what is in the middle of the panel
 * @stretch: how much shorter a degree of longitude is than one of latitude
 * @scale: panel units a metre
 * @x: middle of the panel
 * @y: middle of the panel
 *
 * Equirectangular around the panel's own latitude: within a city, lengths and angles are right to a small part of a per
 * cent. North is up.
 */
typedef struct {
  TripGeo centre;
  gdouble stretch;
  gdouble scale;
  gdouble x;
  gdouble y;
} TripProjection;

/**
 * TripRouteMarker:
 * @kind: shape of the marker
 * @is_lodging: where the night is or was spent
 * @label: numbers of the blocks there, `2, 5`; empty for the lodging
 * @x: where the place is
 * @y: where the place is
 * @box: where its marker is, beside it where the place itself is taken
 *
 * A place in a sketch.
 */
typedef struct {
  TripBlockKind kind;
  gboolean is_lodging;
  char *label;
  gdouble x;
  gdouble y;
  TripBox box;
} TripRouteMarker;

/**
 * TripRouteLeg:
 * @mode: how one travels
 * @x1: where from
 * @y1: where from
 * @x2: where to
 * @y2: where to
 * @leaves: it begins or ends outside, at the border of the panel
 *
 * A line of a sketch.
 */
typedef struct {
  TripDrawingMode mode;
  gdouble x1, y1;
  gdouble x2, y2;
  gboolean leaves;
} TripRouteLeg;

/**
 * TripRouteSketch:
 * @box: the panel
 * @projection: how positions become points of it
 * @markers: (element-type TripRouteMarker): the places
 * @legs: (element-type TripRouteLeg): the ways, in order
 * @bar_m: length of the scale bar in metres
 * @bar_width: the same in panel units
 * @n_hidden: stops for which there was no room
 *
 * One panel.
 */
typedef struct {
  TripBox box;
  TripProjection projection;
  GPtrArray *markers;
  GArray *legs;
  gdouble bar_m;
  gdouble bar_width;
  guint n_hidden;
} TripRouteSketch;

void       trip_projection_init    (TripProjection       *self,
                                    const TripGeo        *places,
                                    guint                 n_places,
                                    const TripBox        *box);
void       trip_projection_to_xy   (const TripProjection *self,
                                    const TripGeo        *geo,
                                    gdouble              *out_x,
                                    gdouble              *out_y);
gdouble    trip_route_round_length (gdouble               metres);

guint      trip_route_count        (const TripPlanOption *option,
                                    guint                 day);
GPtrArray *trip_route_new          (const TripPlanOption *option,
                                    guint                 day,
                                    const TripBox        *box);

G_END_DECLS
