/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The layout of drawings: hours become places on the axis, labels keep to themselves, bands are the opening hours, the
 * sketch keeps its proportions, and hostile plans stay within bounds.
 */
#include "check/trip-plan-check.h"
#include "draw/trip-drawing-sheet.h"
#include "draw/trip-drawing.h"
#include "hours/trip-opening-hours.h"

#include <math.h>
#include <string.h>

static void
set_date (GDate *date,
          guint  day)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, 12, G_DATE_APRIL, 2027);
  g_date_add_days (date, day);
}

static TripPlanDay *
add_day (TripPlanOption *option)
{
  TripPlanDay *day = trip_plan_day_new ();

  set_date (&day->date, option->days->len);
  if (option->days->len == 0)
    option->start_date = day->date;
  g_ptr_array_add (option->days, day);
  return day;
}

static TripPlanBlock *
add_block (TripPlanDay   *day,
           TripBlockKind  kind,
           gint           start,
           gint           end,
           const char    *name,
           gdouble        lat,
           gdouble        lng,
           const char    *hours)
{
  TripPlanBlock *block = trip_plan_block_new (kind);
  TripPoi *poi = trip_poi_new (name);

  block->start = start;
  block->end = end;
  poi->geo.lat = lat;
  poi->geo.lng = lng;
  poi->opening_hours = g_strdup (hours);
  g_ptr_array_add (block->pois, poi);
  g_ptr_array_add (day->blocks, block);
  return block;
}

static void
set_way (TripPlanBlock *block,
         const char    *method,
         gint           minutes)
{
  block->transportation.present = TRUE;
  g_free (block->transportation.method);
  block->transportation.method = g_strdup (method);
  block->transportation.minutes = minutes;
}

static void
set_lodging (TripPlanDay *day,
             gdouble      lat,
             gdouble      lng)
{
  day->lodging = g_strdup ("Inn");
  day->lodging_poi = trip_poi_new ("Inn");
  day->lodging_poi->geo.lat = lat;
  day->lodging_poi->geo.lng = lng;
}

static TripPlanOption *
new_plain_option (void)
{
  TripPlanOption *option = trip_plan_option_new ();
  TripPlanDay *day = add_day (option);

  add_block (day, TRIP_BLOCK_VISIT, 600, 690, "Museum", 48.0, 11.0, "Mo-Su 09:00-18:00");
  set_way (add_block (day, TRIP_BLOCK_MEAL, 720, 780, "Mill", 48.01, 11.01, "11:00-14:30,18:00-22:00"), "walk", 20);
  set_way (add_block (day, TRIP_BLOCK_VISIT, 800, 900, "Bridge", 48.02, 11.0, NULL), "tram", 20);
  set_lodging (day, 48.0, 11.02);
  return option;
}

static const TripTimelineSpan *
find_span (const TripTimeline   *timeline,
           TripTimelineSpanKind  kind,
           gint                  lane)
{
  for (guint i = 0; i < timeline->spans->len; i++)
    {
      const TripTimelineSpan *span = g_ptr_array_index (timeline->spans, i);

      if (span->kind == kind && span->lane == lane)
        return span;
    }
  return NULL;
}

static const TripTimelineLane *
get_lane (const TripTimeline *timeline,
          guint               index)
{
  g_assert_cmpuint (index, <, timeline->lanes->len);
  return g_ptr_array_index (timeline->lanes, index);
}

/* What no layout may break, whatever the plan. */
static void
assert_sound (const TripTimeline  *timeline,
              const TripTimeScale *scale)
{
  gdouble taken = scale->x;

  for (guint i = 0; i < timeline->spans->len; i++)
    {
      const TripTimelineSpan *span = g_ptr_array_index (timeline->spans, i);

      g_assert_cmpint (span->from, >=, scale->from);
      g_assert_cmpint (span->to, >, span->from);
      g_assert_cmpint (span->to, <=, scale->to);
      if (span->label_width <= 0)
        continue;
      /* The rooms of labels lie in their spans and behind each other. */
      g_assert_cmpfloat (span->label_x, >=, taken - 1e-6);
      g_assert_cmpfloat (span->label_x, >=, trip_time_scale_to_x (scale, span->from) - 1e-6);
      taken = span->label_x + span->label_width;
      g_assert_cmpfloat (taken, <=, trip_time_scale_to_x (scale, span->to) + 1e-6);
    }
  g_assert_cmpfloat (taken, <=, scale->x + scale->width + 1e-6);
}

static void
test_spans (void)
{
  g_autoptr(TripPlanOption) option = new_plain_option ();
  g_autoptr(TripTimeline) timeline = NULL;
  const TripTimelineSpan *span;
  TripTimeScale scale;

  trip_time_scale_init (&scale, option, 100.0, 700.0);
  g_assert_cmpint (scale.from, ==, 540);
  g_assert_cmpint (scale.to, ==, 1260);
  g_assert_cmpfloat_with_epsilon (trip_time_scale_to_x (&scale, 540), 100.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (trip_time_scale_to_x (&scale, 900), 450.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (trip_time_scale_to_x (&scale, 9999), 800.0, 1e-9);

  timeline = trip_timeline_new (option, 0, &scale, NULL);
  assert_sound (timeline, &scale);
  g_assert_cmpuint (timeline->lanes->len, ==, 4);
  g_assert_cmpint (timeline->travel_minutes, ==, 40);

  span = find_span (timeline, TRIP_TIMELINE_BLOCK, 0);
  g_assert_cmpint (span->from, ==, 600);
  g_assert_cmpint (span->to, ==, 690);
  g_assert_cmpuint (span->number, ==, 1);
  g_assert_false (span->cut_left || span->cut_right || span->broken);

  /* First the way, then the wait for the meal. */
  span = find_span (timeline, TRIP_TIMELINE_TRAVEL, 1);
  g_assert_cmpint (span->from, ==, 690);
  g_assert_cmpint (span->to, ==, 710);
  g_assert_cmpint (span->mode, ==, TRIP_DRAWING_MODE_WALK);
  span = find_span (timeline, TRIP_TIMELINE_WAIT, -1);
  g_assert_cmpint (span->from, ==, 710);
  g_assert_cmpint (span->to, ==, 720);
  span = find_span (timeline, TRIP_TIMELINE_TRAVEL, 2);
  g_assert_cmpint (span->mode, ==, TRIP_DRAWING_MODE_SUBWAY);

  span = find_span (timeline, TRIP_TIMELINE_LODGING, 3);
  g_assert_cmpint (span->from, ==, 900);
  g_assert_cmpint (span->to, ==, 1260);
  g_assert_true (get_lane (timeline, 3)->is_lodging);
  g_assert_cmpstr (get_lane (timeline, 1)->time, ==, "12:00–13:00");
}

static void
test_bands (void)
{
  static const char * const texts[] = {
    "Mo-Su 09:00-18:00", "11:00-14:30,18:00-22:00", "24/7", "Tu-Su 10:00-17:00", "Mo-Su 20:00-03:00",
    "Mo 22:00-02:00; Su 08:00-10:00", "Mo-Su 10:00-12:00 \"by appointment\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(TripPlanOption) option = trip_plan_option_new ();
      TripPlanDay *day = add_day (option);
      g_autoptr(TripOpeningHours) hours = trip_opening_hours_parse (texts[i], NULL);
      g_autoptr(TripTimeline) timeline = NULL;
      const TripTimelineLane *lane;
      TripTimeScale scale;

      add_block (day, TRIP_BLOCK_VISIT, 600, 1500, "Place", 48.0, 11.0, texts[i]);
      trip_time_scale_init (&scale, option, 0.0, 600.0);
      timeline = trip_timeline_new (option, 0, &scale, NULL);
      lane = get_lane (timeline, 0);
      g_assert_true (lane->has_hours);
      for (gint minute = scale.from; minute < scale.to; minute++)
        {
          TripOpeningState state = TRIP_OPENING_CLOSED;

          for (guint b = 0; b < lane->bands->len; b++)
            {
              const TripTimelineBand *band = &g_array_index (lane->bands, TripTimelineBand, b);

              if (minute >= band->from && minute < band->to)
                state = band->certain ? TRIP_OPENING_OPEN : TRIP_OPENING_UNKNOWN;
            }
          g_assert_cmpint (state, ==, trip_opening_hours_state_at (hours, &day->date, minute));
        }
    }
}

static void
test_bands_of_two_places (void)
{
  g_autoptr(TripPlanOption) option = trip_plan_option_new ();
  TripPlanDay *day = add_day (option);
  TripPlanBlock *block = add_block (day, TRIP_BLOCK_VISIT, 600, 700, "A", 48.0, 11.0, "09:00-15:00");
  TripPoi *second = trip_poi_new ("B");
  g_autoptr(TripTimeline) timeline = NULL;
  const TripTimelineBand *band;
  TripTimeScale scale;

  second->opening_hours = g_strdup ("11:00-20:00");
  g_ptr_array_add (block->pois, second);
  trip_time_scale_init (&scale, option, 0.0, 600.0);
  timeline = trip_timeline_new (option, 0, &scale, NULL);
  g_assert_cmpuint (get_lane (timeline, 0)->bands->len, ==, 1);
  band = &g_array_index (get_lane (timeline, 0)->bands, TripTimelineBand, 0);
  g_assert_cmpint (band->from, ==, 660);
  g_assert_cmpint (band->to, ==, 900);
}

static void
test_hours_not_told (void)
{
  g_autoptr(TripPlanOption) option = new_plain_option ();
  g_autoptr(TripTimeline) timeline = NULL;
  TripTimeScale scale;

  trip_time_scale_init (&scale, option, 0.0, 600.0);
  timeline = trip_timeline_new (option, 0, &scale, NULL);
  g_assert_true (get_lane (timeline, 0)->has_hours);
  g_assert_false (get_lane (timeline, 2)->has_hours);
  g_assert_cmpuint (get_lane (timeline, 2)->bands->len, ==, 0);
}

static void
test_past_midnight (void)
{
  g_autoptr(TripPlanOption) option = new_plain_option ();
  g_autoptr(TripTimeline) timeline = NULL;
  TripTimeScale scale;

  add_block (g_ptr_array_index (option->days, 0), TRIP_BLOCK_VISIT, 1380, 1530, "Bar", 48.0, 11.0, "20:00-04:00");
  trip_time_scale_init (&scale, option, 0.0, 600.0);
  g_assert_cmpint (scale.to, ==, 1560);
  timeline = trip_timeline_new (option, 0, &scale, NULL);
  assert_sound (timeline, &scale);
  g_assert_cmpint (find_span (timeline, TRIP_TIMELINE_BLOCK, 3)->to, ==, 1530);
  g_assert_cmpstr (get_lane (timeline, 3)->time, ==, "23:00–01:30");
}

/* A night train is cut at midnight, and goes on in the row of the next day. */
static void
test_overnight (void)
{
  g_autoptr(TripPlanOption) option = new_plain_option ();
  g_autoptr(TripTimeline) evening = NULL;
  g_autoptr(TripTimeline) morning = NULL;
  const TripTimelineSpan *span;
  TripTimeScale scale;

  add_block (g_ptr_array_index (option->days, 0), TRIP_BLOCK_TRANSFER, 1320, 1440 + 480, "Night train", 48.0, 11.0, NULL);
  set_way (add_block (add_day (option), TRIP_BLOCK_VISIT, 540, 600, "Castle", 48.0, 12.0, NULL), "walk", 30);
  trip_time_scale_init (&scale, option, 0.0, 600.0);
  g_assert_cmpint (scale.from, ==, 0);
  g_assert_cmpint (scale.to, ==, 1440);

  evening = trip_timeline_new (option, 0, &scale, NULL);
  assert_sound (evening, &scale);
  span = find_span (evening, TRIP_TIMELINE_BLOCK, 3);
  g_assert_cmpint (span->to, ==, 1440);
  g_assert_true (span->cut_right);

  morning = trip_timeline_new (option, 1, &scale, NULL);
  assert_sound (morning, &scale);
  span = find_span (morning, TRIP_TIMELINE_BLOCK, -1);
  g_assert_nonnull (span);
  g_assert_cmpint (span->from, ==, 0);
  g_assert_cmpint (span->to, ==, 480);
  g_assert_true (span->cut_left);
  g_assert_cmpstr (span->label, ==, "Night train");
  g_assert_cmpint (find_span (morning, TRIP_TIMELINE_TRAVEL, 0)->from, ==, 480);
}

static void
test_overlaps_share_no_label_room (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr(TripPlanOption) option = trip_plan_option_new ();
      guint n_days = 1 + g_rand_int_range (random, 0, 3);
      TripTimeScale scale;

      for (guint d = 0; d < n_days; d++)
        {
          TripPlanDay *day = add_day (option);
          guint n = g_rand_int_range (random, 0, 90);

          for (guint b = 0; b < n; b++)
            {
              gint start = g_rand_int_range (random, -100, 1800);

              set_way (add_block (day, (TripBlockKind) g_rand_int_range (random, 0, 5), start,
                                  start + g_rand_int_range (random, -50, round % 2 == 0 ? 400 : 9000), "X",
                                  g_rand_double_range (random, -90, 90), g_rand_double_range (random, -180, 180), NULL),
                       "taxi", g_rand_int_range (random, 0, 10080));
            }
          if (round % 3 == 0)
            set_lodging (day, 10, 10);
        }
      trip_time_scale_init (&scale, option, 50.0, 640.0);
      for (guint d = 0; d < n_days; d++)
        {
          g_autoptr(TripTimeline) timeline = trip_timeline_new (option, d, &scale, NULL);

          assert_sound (timeline, &scale);
          g_assert_cmpuint (timeline->lanes->len, <=, TRIP_TIMELINE_MAX_BLOCKS + 1);
        }
    }
}

static void
test_projection_keeps_ratio (void)
{
  static const gdouble latitudes[] = { 0.0, 35.7, -33.9, 64.1 };
  const TripBox box = { 10, 20, 240, 180 };

  for (gsize i = 0; i < G_N_ELEMENTS (latitudes); i++)
    {
      const TripGeo places[] = {
        { latitudes[i], 139.7 }, { latitudes[i] + 0.03, 139.7 }, { latitudes[i], 139.75 }, { latitudes[i] + 0.01, 139.72 },
      };
      TripProjection projection;

      trip_projection_init (&projection, places, G_N_ELEMENTS (places), &box);
      for (gsize a = 0; a < G_N_ELEMENTS (places); a++)
        {
          gdouble x, y;

          trip_projection_to_xy (&projection, &places[a], &x, &y);
          g_assert_cmpfloat (x, >=, box.x);
          g_assert_cmpfloat (x, <=, box.x + box.width);
          g_assert_cmpfloat (y, >=, box.y);
          g_assert_cmpfloat (y, <=, box.y + box.height);
          for (gsize b = a + 1; b < G_N_ELEMENTS (places); b++)
            {
              gdouble metres = trip_geo_distance_m (&places[a], &places[b]);
              gdouble other_x, other_y, units;

              trip_projection_to_xy (&projection, &places[b], &other_x, &other_y);
              units = hypot (other_x - x, other_y - y);
              g_assert_cmpfloat_with_epsilon (units / (metres * projection.scale), 1.0, 0.005);
            }
        }
    }
}

static void
test_north_is_up (void)
{
  const TripBox box = { 0, 0, 200, 200 };
  const TripGeo places[] = { { 48.0, 11.0 }, { 48.1, 11.1 } };
  TripProjection projection;
  gdouble south_x, south_y, north_x, north_y;

  trip_projection_init (&projection, places, 2, &box);
  trip_projection_to_xy (&projection, &places[0], &south_x, &south_y);
  trip_projection_to_xy (&projection, &places[1], &north_x, &north_y);
  g_assert_cmpfloat (north_y, <, south_y);
  g_assert_cmpfloat (north_x, >, south_x);
}

static void
test_date_line (void)
{
  const TripBox box = { 0, 0, 200, 200 };
  const TripGeo places[] = { { -17.0, 179.95 }, { -17.0, -179.95 } };
  TripProjection projection;
  gdouble west, east, y;

  trip_projection_init (&projection, places, 2, &box);
  trip_projection_to_xy (&projection, &places[0], &west, &y);
  trip_projection_to_xy (&projection, &places[1], &east, &y);
  g_assert_cmpfloat (west, >=, 0);
  g_assert_cmpfloat (east, >, west);
  g_assert_cmpfloat (east, <=, 200);
}

static void
test_round_lengths (void)
{
  g_assert_cmpfloat_with_epsilon (trip_route_round_length (1.0), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (trip_route_round_length (480.0), 200.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (trip_route_round_length (500.0), 500.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (trip_route_round_length (1999.0), 1000.0, 1e-9);
}

static gboolean
touch (const TripBox *a,
       const TripBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
test_markers_do_not_hide_each_other (void)
{
  g_autoptr(TripPlanOption) option = trip_plan_option_new ();
  TripPlanDay *day = add_day (option);
  const TripBox box = { 0, 0, 250, 200 };
  g_autoptr(GPtrArray) sketches = NULL;
  const TripRouteSketch *sketch;

  for (guint i = 0; i < 40; i++)
    add_block (day, TRIP_BLOCK_VISIT, 600 + (gint) i, 601 + (gint) i, "X", 48.0 + i % 5 * 1e-4, 11.0 + i * 1e-5, NULL);
  sketches = trip_route_new (option, 0, &box);
  g_assert_cmpuint (sketches->len, ==, 1);
  sketch = g_ptr_array_index (sketches, 0);
  g_assert_cmpuint (sketch->markers->len + sketch->n_hidden, ==, 40);
  g_assert_cmpuint (sketch->markers->len, >, 30);
  for (guint a = 0; a < sketch->markers->len; a++)
    {
      const TripRouteMarker *one = g_ptr_array_index (sketch->markers, a);

      g_assert_cmpfloat (one->box.x, >=, box.x);
      g_assert_cmpfloat (one->box.y, >=, box.y);
      g_assert_cmpfloat (one->box.x + one->box.width, <=, box.x + box.width);
      g_assert_cmpfloat (one->box.y + one->box.height, <=, box.y + box.height);
      for (guint b = a + 1; b < sketch->markers->len; b++)
        g_assert_false (touch (&one->box, &((TripRouteMarker *) g_ptr_array_index (sketch->markers, b))->box));
    }
}

/* No place lies under the scale bar, nor does the line to a marker that had to step aside. */
static void
test_scale_bar_stands_clear (void)
{
  g_autoptr(TripPlanOption) option = trip_plan_option_new ();
  TripPlanDay *day = add_day (option);
  const TripBox box = { 0, 0, 250, 200 };
  g_autoptr(GPtrArray) sketches = NULL;
  const TripRouteSketch *sketch;

  add_block (day, TRIP_BLOCK_VISIT, 600, 660, "North", 48.1, 11.1, NULL);
  for (guint i = 0; i < 4; i++)
    add_block (day, TRIP_BLOCK_VISIT, 700 + (gint) i, 701 + (gint) i, "South", 48.0 + i * 1e-3, 11.0 + i * 1e-3, NULL);
  sketches = trip_route_new (option, 0, &box);
  sketch = g_ptr_array_index (sketches, 0);
  g_assert_cmpuint (sketch->markers->len, ==, 5);
  for (guint i = 0; i < sketch->markers->len; i++)
    {
      const TripRouteMarker *marker = g_ptr_array_index (sketch->markers, i);

      g_assert_cmpfloat (marker->y, <=, box.height - 30);
    }
}

/* Numbers of a sketch are those of the timeline; a place that comes twice has one marker for both. */
static void
test_markers_are_numbered_as_the_list (void)
{
  g_autoptr(TripPlanOption) option = new_plain_option ();
  TripPlanDay *day = g_ptr_array_index (option->days, 0);
  const TripBox box = { 0, 0, 250, 200 };
  g_autoptr(GPtrArray) sketches = NULL;
  const TripRouteSketch *sketch;
  g_autoptr(GString) labels = g_string_new (NULL);
  guint n_lodgings = 0;

  add_block (day, TRIP_BLOCK_MEAL, 1100, 1160, "Mill", 48.01, 11.01, NULL);
  sketches = trip_route_new (option, 0, &box);
  sketch = g_ptr_array_index (sketches, 0);
  for (guint i = 0; i < sketch->markers->len; i++)
    {
      const TripRouteMarker *marker = g_ptr_array_index (sketch->markers, i);

      n_lodgings += marker->is_lodging;
      g_string_append_printf (labels, "[%s]", marker->label);
    }
  g_assert_cmpstr (labels->str, ==, "[1][2, 4][3][]");
  g_assert_cmpuint (n_lodgings, ==, 1);
  g_assert_cmpuint (sketch->legs->len, ==, 4);
  g_assert_cmpint (g_array_index (sketch->legs, TripRouteLeg, 0).mode, ==, TRIP_DRAWING_MODE_WALK);
  g_assert_cmpint (g_array_index (sketch->legs, TripRouteLeg, 1).mode, ==, TRIP_DRAWING_MODE_SUBWAY);
  g_assert_cmpfloat_with_epsilon (sketch->bar_m * sketch->projection.scale, sketch->bar_width, 1e-9);
}

/* A day in two cities has a panel for each; the ride leaves one over its border and enters the other. */
static void
test_two_cities (void)
{
  g_autoptr(TripPlanOption) option = new_plain_option ();
  TripPlanDay *day = g_ptr_array_index (option->days, 0);
  const TripBox box = { 5, 5, 250, 300 };
  g_autoptr(GPtrArray) sketches = NULL;

  day->lodging_poi->geo = (TripGeo) { 50.0, 11.0 };
  set_way (add_block (day, TRIP_BLOCK_VISIT, 1100, 1160, "Hall", 50.01, 11.0, NULL), "train", 120);
  g_assert_cmpuint (trip_route_count (option, 0), ==, 2);
  sketches = trip_route_new (option, 0, &box);
  g_assert_cmpuint (sketches->len, ==, 2);
  for (guint s = 0; s < 2; s++)
    {
      const TripRouteSketch *sketch = g_ptr_array_index (sketches, s);
      guint n_leaving = 0;

      for (guint i = 0; i < sketch->legs->len; i++)
        {
          const TripRouteLeg *leg = &g_array_index (sketch->legs, TripRouteLeg, i);

          n_leaving += leg->leaves;
          g_assert_cmpfloat (MIN (leg->x1, leg->x2), >=, sketch->box.x - 1e-6);
          g_assert_cmpfloat (MAX (leg->y1, leg->y2), <=, sketch->box.y + sketch->box.height + 1e-6);
          g_assert_cmpfloat (MIN (leg->y1, leg->y2), >=, sketch->box.y - 1e-6);
        }
      g_assert_cmpuint (n_leaving, ==, 1);
    }
}

static void
test_nowhere (void)
{
  g_autoptr(TripPlanOption) option = trip_plan_option_new ();
  TripPlanDay *day = add_day (option);

  add_block (day, TRIP_BLOCK_VISIT, 600, 700, "A", 0, 0, NULL);
  add_block (day, TRIP_BLOCK_VISIT, 600, 700, "B", NAN, 11, NULL);
  add_block (day, TRIP_BLOCK_VISIT, 600, 700, "C", 12, INFINITY, NULL);
  add_block (day, TRIP_BLOCK_VISIT, 600, 700, "D", 1e300, 12, NULL);
  g_assert_cmpuint (trip_route_count (option, 0), ==, 0);
}

static void
add_violation (GPtrArray  *violations,
               const char *path)
{
  TripViolation *violation = g_new0 (TripViolation, 1);

  violation->rule = "opening-hours";
  violation->path = g_strdup (path);
  violation->message = g_strdup ("closed");
  g_ptr_array_add (violations, violation);
}

static GPtrArray *
new_options (TripPlanOption *first)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);

  if (first != NULL)
    g_ptr_array_add (options, first);
  return options;
}

static void
test_violations_are_marked (void)
{
  g_autoptr(GPtrArray) options = new_options (new_plain_option ());
  g_autoptr(GPtrArray) violations = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_violation_free);
  g_autoptr(GPtrArray) sheets = NULL;
  g_autofree char *description = NULL;
  g_autoptr(GError) error = NULL;
  const TripDrawingSheet *sheet;
  const TripDrawingHeader *header;
  const TripDrawingDay *day;

  add_violation (violations, "plan[0].days[0].blocks[1]");
  add_violation (violations, "plan[0].days[0]");
  add_violation (violations, "plan[0]");
  add_violation (violations, "plan[1].days[0].blocks[0]");
  sheets = trip_drawing_sheets_new (options, TRIP_DRAWING_ALL, violations, 0, NULL, &error);
  g_assert_no_error (error);
  sheet = g_ptr_array_index (sheets, 0);
  header = g_ptr_array_index (sheet->headers, 0);
  day = g_ptr_array_index (sheet->days, 0);
  g_assert_false (header->kept);
  g_assert_true (header->legend.broken);
  g_assert_cmpuint (header->notes->len, ==, 1);
  g_assert_cmpuint (day->notes->len, ==, 2);
  g_assert_false (get_lane (day->timeline, 0)->broken);
  g_assert_true (get_lane (day->timeline, 1)->broken);
  g_assert_true (find_span (day->timeline, TRIP_TIMELINE_BLOCK, 1)->broken);
  description = trip_drawing_describe (sheets);
  g_assert_nonnull (strstr (description, "3 violations"));
  g_assert_nonnull (strstr (description, "! 2  opening-hours: closed"));
}

/* Panels keep clear of each other and of the page's border, on every page. */
static void
test_pages (void)
{
  g_autoptr(GPtrArray) options = new_options (NULL);
  g_autoptr(GPtrArray) violations = g_ptr_array_new ();
  g_autoptr(GPtrArray) sheets = NULL;
  g_autoptr(GError) error = NULL;
  guint n_days = 0;

  for (guint i = 0; i < 2; i++)
    {
      TripPlanOption *option = new_plain_option ();

      for (guint d = 0; d < 13; d++)
        add_block (add_day (option), TRIP_BLOCK_VISIT, 600, 700, "Place", 48.0, 11.0, "24/7");
      g_ptr_array_add (options, option);
    }
  sheets = trip_drawing_sheets_new (options, TRIP_DRAWING_ALL, violations, 900, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sheets->len, >, 4);
  for (guint s = 0; s < sheets->len; s++)
    {
      const TripDrawingSheet *sheet = g_ptr_array_index (sheets, s);
      const TripDrawingHeader *header = g_ptr_array_index (sheet->headers, 0);
      gdouble y = header->box.y + header->box.height;

      g_assert_cmpuint (sheet->headers->len, ==, 1);
      g_assert_cmpfloat (sheet->height, <=, 900);
      for (guint d = 0; d < sheet->days->len; d++, n_days++)
        {
          const TripDrawingDay *day = g_ptr_array_index (sheet->days, d);

          g_assert_cmpfloat (day->box.y, >=, y);
          y = day->box.y + day->box.height;
          g_assert_cmpfloat (y, <, sheet->height);
        }
    }
  g_assert_cmpuint (n_days, ==, 28);
}

static void
test_what_cannot_be_drawn (void)
{
  g_autoptr(GPtrArray) none = new_options (NULL);
  g_autoptr(GPtrArray) options = new_options (new_plain_option ());
  g_autoptr(GPtrArray) violations = g_ptr_array_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (trip_drawing_new (none, TRIP_DRAWING_ALL, violations, TRIP_DRAWING_SVG, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (trip_drawing_new (options, 1, violations, TRIP_DRAWING_SVG, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (trip_drawing_new (options, 0, violations, TRIP_DRAWING_SVG, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  for (guint d = 0; d < 600; d++)
    add_day (g_ptr_array_index (options, 0));
  g_assert_null (trip_drawing_new (options, 0, violations, TRIP_DRAWING_SVG, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_formats (void)
{
  static const char * const heads[] = { "<?xml", "\x89PNG", "%PDF-" };
  g_autoptr(GPtrArray) options = new_options (new_plain_option ());
  g_autoptr(GPtrArray) violations = g_ptr_array_new ();

  for (guint format = TRIP_DRAWING_SVG; format <= TRIP_DRAWING_PDF; format++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) picture = trip_drawing_new (options, 0, violations, (TripDrawingFormat) format, NULL, &error);
      gsize length;
      const char *data;

      g_assert_no_error (error);
      data = g_bytes_get_data (picture, &length);
      g_assert_cmpuint (length, >, 1000);
      g_assert_cmpmem (data, strlen (heads[format]), heads[format], strlen (heads[format]));
    }
}

static void
test_format_names (void)
{
  TripDrawingFormat format;

  g_assert_true (trip_drawing_format_from_name ("a.b/trip.PNG", &format));
  g_assert_cmpint (format, ==, TRIP_DRAWING_PNG);
  g_assert_true (trip_drawing_format_from_name ("pdf", &format));
  g_assert_cmpint (format, ==, TRIP_DRAWING_PDF);
  g_assert_false (trip_drawing_format_from_name ("trip.jpeg", &format));
  g_assert_false (trip_drawing_format_from_name ("trip", &format));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/drawing/timeline/spans", test_spans);
  g_test_add_func ("/drawing/timeline/bands", test_bands);
  g_test_add_func ("/drawing/timeline/bands-of-two-places", test_bands_of_two_places);
  g_test_add_func ("/drawing/timeline/hours-not-told", test_hours_not_told);
  g_test_add_func ("/drawing/timeline/past-midnight", test_past_midnight);
  g_test_add_func ("/drawing/timeline/overnight", test_overnight);
  g_test_add_func ("/drawing/timeline/overlaps", test_overlaps_share_no_label_room);
  g_test_add_func ("/drawing/route/projection", test_projection_keeps_ratio);
  g_test_add_func ("/drawing/route/north", test_north_is_up);
  g_test_add_func ("/drawing/route/date-line", test_date_line);
  g_test_add_func ("/drawing/route/round-lengths", test_round_lengths);
  g_test_add_func ("/drawing/route/markers-apart", test_markers_do_not_hide_each_other);
  g_test_add_func ("/drawing/route/scale-bar-clear", test_scale_bar_stands_clear);
  g_test_add_func ("/drawing/route/markers-numbered", test_markers_are_numbered_as_the_list);
  g_test_add_func ("/drawing/route/two-cities", test_two_cities);
  g_test_add_func ("/drawing/route/nowhere", test_nowhere);
  g_test_add_func ("/drawing/sheet/violations", test_violations_are_marked);
  g_test_add_func ("/drawing/sheet/pages", test_pages);
  g_test_add_func ("/drawing/sheet/refused", test_what_cannot_be_drawn);
  g_test_add_func ("/drawing/file/formats", test_formats);
  g_test_add_func ("/drawing/file/format-names", test_format_names);
  return g_test_run ();
}
