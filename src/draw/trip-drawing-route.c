/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Lays out the sketches of a day. A day between two cities would be two dots at the scale of the ride, so each end gets a
 * panel of its own, and the ride leaves one over its border and enters the other.
 */
#include "draw/trip-drawing-route.h"

#include "draw/trip-drawing-timeline.h"

#include <math.h>
#include <string.h>

#define METRES_PER_DEGREE 111195.0

/* Places farther than this from where a panel began belong to another one. */
#define PANEL_REACH_M 60000.0

/* A panel shows at least this much, so that one place does not fill the world. */
#define LEAST_EXTENT_M 400.0

/* Two stops nearer than this share a marker. */
#define SAME_SPOT_M 2.0

#define BORDER 20.0
#define PANEL_GAP 8.0
#define MARKER 17.0
#define DIGIT 6.5
#define MAX_LABEL_NUMBERS 4
#define MAX_BLOCK_POIS 8

/* Room that the scale bar and the north arrow keep to themselves. */
#define BAR_HEIGHT 24.0
#define ARROW_SIZE 26.0

typedef struct {
  TripGeo geo;
  TripBlockKind kind;
  gboolean is_lodging;
  gboolean is_morning;
  guint number;
  TripDrawingMode mode;
  guint cluster;
} Stop;

static const TripPlanDay *
get_day (const TripPlanOption *option,
         guint                 index)
{
  return g_ptr_array_index (option->days, index);
}

/* 0° N, 0° E is what a plan says that knows no position. */
static gboolean
is_somewhere (const TripGeo *geo)
{
  return isfinite (geo->lat) && isfinite (geo->lng) && ABS (geo->lat) <= 90.0 && ABS (geo->lng) <= 180.0 &&
         (geo->lat != 0.0 || geo->lng != 0.0);
}

static void
add_stop (GArray        *stops,
          const TripGeo *geo,
          Stop           stop)
{
  stop.geo = *geo;
  if (is_somewhere (geo))
    g_array_append_val (stops, stop);
}

static GArray *
list_stops (const TripPlanOption *option,
            guint                 d)
{
  const TripPlanDay *day = get_day (option, d);
  const TripPlanDay *before = d > 0 ? get_day (option, d - 1) : NULL;
  GArray *stops = g_array_new (FALSE, TRUE, sizeof (Stop));
  TripDrawingMode transfer = TRIP_DRAWING_MODE_OTHER;

  if (before != NULL && before->lodging_poi != NULL)
    add_stop (stops, &before->lodging_poi->geo, (Stop) { .is_lodging = TRUE, .is_morning = TRUE });
  for (guint b = 0; b < MIN (day->blocks->len, TRIP_TIMELINE_MAX_BLOCKS); b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
      TripDrawingMode mode = trip_drawing_mode_of (block->transportation.method);

      /* The ride between two cities stands at a block without a place; it leads to the next one that has a place. */
      if (block->pois->len == 0)
        {
          transfer = block->kind == TRIP_BLOCK_TRANSFER ? mode : transfer;
          continue;
        }
      if (transfer != TRIP_DRAWING_MODE_OTHER)
        mode = transfer;
      transfer = TRIP_DRAWING_MODE_OTHER;
      for (guint p = 0; p < MIN (block->pois->len, MAX_BLOCK_POIS); p++)
        {
          const TripPoi *poi = g_ptr_array_index (block->pois, p);

          add_stop (stops, &poi->geo, (Stop) { .kind = block->kind, .number = b + 1,
                                               .mode = p == 0 ? mode : TRIP_DRAWING_MODE_OTHER });
        }
    }
  if (day->lodging_poi != NULL)
    add_stop (stops, &day->lodging_poi->geo, (Stop) { .is_lodging = TRUE });
  return stops;
}

/* Numbers the stops by panel, from 1; 0 is for those that get none. Returns how many panels there are. */
static guint
cluster_stops (GArray *stops)
{
  TripGeo anchors[TRIP_ROUTE_MAX_SKETCHES + 1];
  gboolean wanted[TRIP_ROUTE_MAX_SKETCHES + 1] = { FALSE };
  guint renumbered[TRIP_ROUTE_MAX_SKETCHES + 2] = { 0 };
  guint n_anchors = 0, n = 0;

  for (guint i = 0; i < stops->len; i++)
    {
      Stop *stop = &g_array_index (stops, Stop, i);

      for (stop->cluster = 1; stop->cluster <= n_anchors; stop->cluster++)
        {
          if (trip_geo_distance_m (&anchors[stop->cluster - 1], &stop->geo) < PANEL_REACH_M)
            break;
        }
      if (stop->cluster > G_N_ELEMENTS (anchors))
        {
          stop->cluster = 0;
          continue;
        }
      if (stop->cluster > n_anchors)
        anchors[n_anchors++] = stop->geo;
      if (!stop->is_morning)
        wanted[stop->cluster - 1] = TRUE;
    }
  /* Where one only woke up needs no panel, unless the day has no other. */
  if (n_anchors == 1)
    wanted[0] = TRUE;
  for (guint i = 0; i < n_anchors; i++)
    {
      if (wanted[i] && n < TRIP_ROUTE_MAX_SKETCHES)
        renumbered[i + 1] = ++n;
    }
  for (guint i = 0; i < stops->len; i++)
    {
      Stop *stop = &g_array_index (stops, Stop, i);

      stop->cluster = renumbered[stop->cluster];
    }
  return n;
}

static gdouble
wrap_degrees (gdouble degrees)
{
  return degrees > 180.0 ? degrees - 360.0 : degrees < -180.0 ? degrees + 360.0 : degrees;
}

/**
 * trip_projection_init:
 * @self: (out caller-allocates): a projection
 * @places: (array length=n_places): positions to fit, all finite
 * @n_places: how many, at least one
 * @box: the panel
 *
 * Fits @places into the panel with one scale for both directions. Positions on both sides of the date line stay together.
 */
void
trip_projection_init (TripProjection *self,
                      const TripGeo  *places,
                      guint           n_places,
                      const TripBox  *box)
{
  gdouble south = 90.0, north = -90.0, west = 360.0, east = -360.0;
  gdouble width, height;

  g_return_if_fail (n_places > 0);

  for (guint i = 0; i < n_places; i++)
    {
      gdouble lng = wrap_degrees (places[i].lng - places[0].lng);

      south = MIN (south, places[i].lat);
      north = MAX (north, places[i].lat);
      west = MIN (west, lng);
      east = MAX (east, lng);
    }
  self->centre.lat = (south + north) / 2.0;
  self->centre.lng = places[0].lng + (west + east) / 2.0;
  self->stretch = MAX (cos (self->centre.lat * G_PI / 180.0), 0.01);
  width = MAX ((east - west) * self->stretch * METRES_PER_DEGREE, LEAST_EXTENT_M);
  height = MAX ((north - south) * METRES_PER_DEGREE, LEAST_EXTENT_M);
  self->scale = MIN (MAX (box->width - 2 * BORDER, 1.0) / width, MAX (box->height - 2 * BORDER, 1.0) / height);
  self->x = box->x + box->width / 2.0;
  self->y = box->y + box->height / 2.0;
}

/**
 * trip_projection_to_xy:
 * @self: a projection
 * @geo: a position
 * @out_x: (out): where it is, also outside the panel
 * @out_y: (out): where it is, also outside the panel
 *
 * Projects a position.
 */
void
trip_projection_to_xy (const TripProjection *self,
                       const TripGeo        *geo,
                       gdouble              *out_x,
                       gdouble              *out_y)
{
  gdouble lng = wrap_degrees (wrap_degrees (geo->lng - self->centre.lng));

  *out_x = self->x + lng * self->stretch * METRES_PER_DEGREE * self->scale;
  *out_y = self->y - (geo->lat - self->centre.lat) * METRES_PER_DEGREE * self->scale;
}

/**
 * trip_route_round_length:
 * @metres: a length, over 0
 *
 * Returns: the longest length of 1, 2 or 5 times a power of ten that is not longer
 */
gdouble
trip_route_round_length (gdouble metres)
{
  gdouble unit = pow (10.0, floor (log10 (metres)));

  return metres >= 5.0 * unit ? 5.0 * unit : metres >= 2.0 * unit ? 2.0 * unit : unit;
}

static void
marker_free (gpointer data)
{
  TripRouteMarker *self = data;

  g_free (self->label);
  g_free (self);
}

static void
sketch_free (gpointer data)
{
  TripRouteSketch *self = data;

  g_ptr_array_unref (self->markers);
  g_array_unref (self->legs);
  g_free (self);
}

static gboolean
boxes_touch (const TripBox *a,
             const TripBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static gboolean
is_free (const TripRouteSketch *self,
         const TripBox         *box)
{
  const TripBox *panel = &self->box;
  const TripBox bar = { panel->x, panel->y + panel->height - BAR_HEIGHT, self->bar_width + 16.0, BAR_HEIGHT };
  const TripBox arrow = { panel->x + panel->width - ARROW_SIZE, panel->y, ARROW_SIZE, ARROW_SIZE };

  if (box->x < panel->x + 2 || box->y < panel->y + 2 || box->x + box->width > panel->x + panel->width - 2 ||
      box->y + box->height > panel->y + panel->height - 2 || boxes_touch (box, &bar) || boxes_touch (box, &arrow))
    return FALSE;
  for (guint i = 0; i < self->markers->len; i++)
    {
      const TripRouteMarker *other = g_ptr_array_index (self->markers, i);

      if (boxes_touch (box, &other->box))
        return FALSE;
    }
  return TRUE;
}

/* The place itself, else the nearest free spot around it on rings that grow outwards. */
static gboolean
place_marker (const TripRouteSketch *self,
              TripRouteMarker       *marker)
{
  for (guint ring = 0; ring < 16; ring++)
    {
      guint n = ring == 0 ? 1 : 8 + 4 * ring;

      for (guint i = 0; i < n; i++)
        {
          gdouble angle = 2.0 * G_PI * i / n - G_PI / 4.0;
          gdouble radius = ring * 10.0;

          marker->box.x = marker->x + radius * cos (angle) - marker->box.width / 2.0;
          marker->box.y = marker->y + radius * sin (angle) - marker->box.height / 2.0;
          if (is_free (self, &marker->box))
            return TRUE;
        }
    }
  return FALSE;
}

/* One marker for all stops at a spot: a dinner where one had lunch, the lodging of both nights. */
static void
add_marker (TripRouteSketch *self,
            GArray          *stops,
            guint            index,
            GHashTable      *done)
{
  const Stop *stop = &g_array_index (stops, Stop, index);
  g_autoptr(GString) label = g_string_new (NULL);
  TripRouteMarker *marker;
  guint n_numbers = 0, last = 0;

  for (guint i = 0; i < stops->len; i++)
    {
      const Stop *other = &g_array_index (stops, Stop, i);

      if (other->cluster != stop->cluster || trip_geo_distance_m (&other->geo, &stop->geo) > SAME_SPOT_M ||
          (other->is_lodging != stop->is_lodging && stop->kind != TRIP_BLOCK_CHECK_IN))
        continue;
      g_hash_table_add (done, GUINT_TO_POINTER (i));
      if (other->is_lodging || other->number == last)
        continue;
      last = other->number;
      n_numbers++;
      if (n_numbers <= MAX_LABEL_NUMBERS)
        g_string_append_printf (label, "%s%u", n_numbers > 1 ? ", " : "", other->number);
      else if (n_numbers == MAX_LABEL_NUMBERS + 1)
        g_string_append (label, "…");
    }
  marker = g_new0 (TripRouteMarker, 1);
  marker->kind = stop->kind;
  marker->is_lodging = stop->is_lodging;
  trip_projection_to_xy (&self->projection, &stop->geo, &marker->x, &marker->y);
  marker->box.width = MAX (MARKER, 8.0 + DIGIT * g_utf8_strlen (label->str, -1));
  marker->box.height = MARKER;
  marker->label = g_string_free (g_steal_pointer (&label), FALSE);
  if (self->markers->len < TRIP_ROUTE_MAX_MARKERS && place_marker (self, marker))
    g_ptr_array_add (self->markers, marker);
  else
    {
      self->n_hidden++;
      marker_free (marker);
    }
}

/* Shortens the line from inside the panel to far away so that it ends at the border. */
static void
cut_at_border (const TripBox *box,
               gdouble        from_x,
               gdouble        from_y,
               gdouble       *to_x,
               gdouble       *to_y)
{
  gdouble dx = *to_x - from_x, dy = *to_y - from_y;
  gdouble part = 1.0;

  if (dx > 0)
    part = MIN (part, (box->x + box->width - from_x) / dx);
  else if (dx < 0)
    part = MIN (part, (box->x - from_x) / dx);
  if (dy > 0)
    part = MIN (part, (box->y + box->height - from_y) / dy);
  else if (dy < 0)
    part = MIN (part, (box->y - from_y) / dy);
  part = MAX (part, 0.0);
  *to_x = from_x + dx * part;
  *to_y = from_y + dy * part;
}

static void
add_leg (TripRouteSketch *self,
         guint            cluster,
         const Stop      *from,
         const Stop      *to)
{
  TripRouteLeg leg = { .mode = to->mode };

  if (trip_geo_distance_m (&from->geo, &to->geo) <= SAME_SPOT_M || (from->cluster != cluster && to->cluster != cluster))
    return;
  trip_projection_to_xy (&self->projection, &from->geo, &leg.x1, &leg.y1);
  trip_projection_to_xy (&self->projection, &to->geo, &leg.x2, &leg.y2);
  leg.leaves = from->cluster != cluster || to->cluster != cluster;
  if (to->cluster != cluster)
    cut_at_border (&self->box, leg.x1, leg.y1, &leg.x2, &leg.y2);
  else if (from->cluster != cluster)
    cut_at_border (&self->box, leg.x2, leg.y2, &leg.x1, &leg.y1);
  g_array_append_val (self->legs, leg);
}

static TripRouteSketch *
sketch_new (GArray        *stops,
            guint          cluster,
            const TripBox *box)
{
  TripRouteSketch *self = g_new0 (TripRouteSketch, 1);
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (TripGeo));
  g_autoptr(GHashTable) done = g_hash_table_new (NULL, NULL);
  /* The lowest place ends above the scale bar. */
  TripBox room = *box;

  self->box = *box;
  self->markers = g_ptr_array_new_with_free_func (marker_free);
  self->legs = g_array_new (FALSE, TRUE, sizeof (TripRouteLeg));
  for (guint i = 0; i < stops->len; i++)
    {
      const Stop *stop = &g_array_index (stops, Stop, i);

      if (stop->cluster == cluster)
        g_array_append_val (places, stop->geo);
    }
  room.height -= BAR_HEIGHT + MARKER / 2.0 - BORDER;
  trip_projection_init (&self->projection, (const TripGeo *) (gpointer) places->data, places->len, &room);
  self->bar_m = trip_route_round_length (box->width * 0.3 / self->projection.scale);
  self->bar_width = self->bar_m * self->projection.scale;

  /* Numbered stops first: where room is short, the lodging steps aside. */
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < stops->len; i++)
        {
          const Stop *stop = &g_array_index (stops, Stop, i);

          if (stop->cluster == cluster && stop->is_lodging == (pass == 1) &&
              !g_hash_table_contains (done, GUINT_TO_POINTER (i)))
            add_marker (self, stops, i, done);
        }
    }
  for (guint i = 1; i < stops->len; i++)
    add_leg (self, cluster, &g_array_index (stops, Stop, i - 1), &g_array_index (stops, Stop, i));
  return self;
}

/**
 * trip_route_count:
 * @option: a plan option
 * @day: index of a day of it
 *
 * Returns: how many panels the day gets, 0 where no place has a position
 */
guint
trip_route_count (const TripPlanOption *option,
                  guint                 day)
{
  g_autoptr(GArray) stops = NULL;

  g_return_val_if_fail (day < option->days->len, 0);

  stops = list_stops (option, day);
  return cluster_stops (stops);
}

/**
 * trip_route_new:
 * @option: a plan option
 * @day: index of a day of it
 * @box: room for all panels of the day
 *
 * Lays out the sketches of a day, one below the other.
 *
 * Returns: (transfer full) (element-type TripRouteSketch): as many as trip_route_count() says
 */
GPtrArray *
trip_route_new (const TripPlanOption *option,
                guint                 day,
                const TripBox        *box)
{
  GPtrArray *sketches = g_ptr_array_new_with_free_func (sketch_free);
  g_autoptr(GArray) stops = NULL;
  guint n;

  g_return_val_if_fail (day < option->days->len, sketches);

  stops = list_stops (option, day);
  n = cluster_stops (stops);
  for (guint i = 0; i < n; i++)
    {
      gdouble height = (box->height - PANEL_GAP * (n - 1)) / n;
      TripBox own = { box->x, box->y + i * (height + PANEL_GAP), box->width, height };

      g_ptr_array_add (sketches, sketch_new (stops, i + 1, &own));
    }
  return sketches;
}
