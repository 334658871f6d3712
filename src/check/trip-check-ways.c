/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about ways: that there is one wherever the place changes, that it can be done in its time by its means, and that
 * the means is one the travellers accept.
 */
#include "check/trip-check-modes.h"
#include "check/trip-check-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Round the corner: no way has to be told. */
#define NEAR_M 300.0

/* From a day trip one comes back without its being told. */
#define DAY_TRIP_M 150000.0

/* Nobody means to walk more than this, whatever was asked for. */
#define MAX_WALK_M 20000.0
#define MAX_DAY_WALK_M 35000.0

/* Places of one block that are looked at; more of them are no block. */
#define MAX_BLOCK_PLACES 16

/* Minutes by which the clocks of two places may differ beyond what their longitudes say. */
#define CLOCK_SLACK 120

/* What has been travelled since the last known place. */
typedef struct {
  const TripTransportation *way;
  const TripCheckMode *mode;
  gint minutes;
  gdouble path_m;
  gboolean is_unmeasured;
  gboolean is_transfer;
} Leg;

/* Where the travellers are: in one of the places of a block, or in a lodging. */
typedef struct {
  const GPtrArray *pois;
  const TripPoi *poi;
  gboolean is_guess;
} Whereabouts;

static const TripGeo *
get_geo (const Whereabouts *at,
         guint              index)
{
  return at->pois != NULL ? &((const TripPoi *) g_ptr_array_index (at->pois, index))->geo : &at->poi->geo;
}

static guint
count_places (const Whereabouts *at)
{
  return at->pois != NULL ? MIN (at->pois->len, MAX_BLOCK_PLACES) : at->poi != NULL ? 1 : 0;
}

/* Of several places of a block nobody says which comes first and last: the nearest pair counts. Below 0 where a place is
   nowhere, which is another rule's affair. */
static gdouble
measure (const Whereabouts *from,
         const Whereabouts *to,
         gdouble           *out_west_degrees)
{
  gdouble nearest = -1.0;

  for (guint i = 0; i < count_places (from); i++)
    {
      for (guint k = 0; k < count_places (to); k++)
        {
          gdouble distance;

          if (!trip_check_is_on_earth (get_geo (from, i)) || !trip_check_is_on_earth (get_geo (to, k)))
            continue;
          distance = trip_geo_distance_m (get_geo (from, i), get_geo (to, k));
          if (nearest < 0 || distance < nearest)
            {
              nearest = distance;
              *out_west_degrees = remainder (get_geo (from, i)->lng - get_geo (to, k)->lng, 360.0);
            }
        }
    }
  return nearest;
}

static gint
clock_gain (const Leg *leg,
            gdouble    west_degrees)
{
  if (leg->mode == NULL || g_strcmp0 (leg->mode->name, "flight") != 0 || west_degrees < 7.0)
    return 0;
  return (gint) (west_degrees / 15.0 * 60.0) + CLOCK_SLACK;
}

static void
check_leg (TripCheck         *self,
           guint              d,
           gint               b,
           const Whereabouts *from,
           const Whereabouts *to,
           const Leg         *leg)
{
  gdouble west = 0.0;
  gdouble distance = measure (from, to, &west);
  const char *method = leg->way != NULL && leg->way->method != NULL ? leg->way->method : "?";
  gint minutes = leg->minutes + clock_gain (leg, west);

  if (distance < 0)
    return;
  if (distance > TRIP_CHECK_OTHER_CITY_M && !leg->is_transfer &&
      (leg->way == NULL || (leg->mode != NULL && distance > leg->mode->reach_m)))
    {
      trip_check_add (self, (gint) d, b, TRIP_CHECK_TRANSFER, _("%.0f km from the place before, without a transfer"),
                      distance / 1000.0);
      return;
    }
  if (leg->is_transfer && leg->mode != NULL && distance > leg->mode->reach_m)
    {
      trip_check_add (self, (gint) d, b, TRIP_CHECK_TRANSFER, _("a transfer of %.0f km by %s"), distance / 1000.0, method);
      return;
    }
  if (leg->is_transfer && leg->path_m > 20000.0 + 10.0 * distance)
    trip_check_add (self, (gint) d, b, TRIP_CHECK_TRANSFER, _("a transfer of %.0f km ends %.1f km from where it began"),
                    leg->path_m / 1000.0, distance / 1000.0);

  /* What a lodging of one's own choice is near to is only known roughly. */
  if (distance <= NEAR_M || from->is_guess)
    return;
  if (leg->way == NULL && !leg->is_transfer)
    {
      trip_check_add (self, (gint) d, b, TRIP_CHECK_TRAVEL, _("%.1f km from the place before, but no way there is given"),
                      distance / 1000.0);
      return;
    }
  if (minutes + 1 < trip_check_mode_least (leg->mode, distance) ||
      (leg->mode != NULL && minutes < leg->mode->least_minutes))
    trip_check_add (self, (gint) d, b, TRIP_CHECK_TRAVEL,
                    ngettext ("%.1f km in %d minute by %s", "%.1f km in %d minutes by %s", (gulong) leg->minutes),
                    distance / 1000.0, leg->minutes, method);
  if (leg->path_m >= 0 && leg->path_m < distance * 0.95)
    trip_check_add (self, (gint) d, b, TRIP_CHECK_TRAVEL, _("distance_m is %.0f, shorter than the straight line of %.0f"),
                    leg->path_m, distance);
  else if (leg->mode != NULL && leg->path_m > NEAR_M && (minutes + 2) * leg->mode->path_kmh / 0.06 < leg->path_m)
    trip_check_add (self, (gint) d, b, TRIP_CHECK_TRAVEL,
                    ngettext ("a way of %.1f km in %d minute by %s", "a way of %.1f km in %d minutes by %s",
                              (gulong) leg->minutes), leg->path_m / 1000.0, leg->minutes, method);
}

/* The way back to bed is not told, but to another city nobody goes without a word. */
static void
check_way_to_bed (TripCheck         *self,
                  guint              d,
                  const Whereabouts *from,
                  const Whereabouts *bed)
{
  gdouble west;
  gdouble distance = measure (from, bed, &west);

  if (distance > DAY_TRIP_M)
    trip_check_add (self, (gint) d, -1, TRIP_CHECK_TRANSFER, _("the lodging is %.0f km from the last stop, without a transfer"),
                    distance / 1000.0);
}

static void
reset_leg (Leg *leg)
{
  *leg = (Leg) { .path_m = -1.0 };
}

/* Adds the way to a block, and the block itself where it is spent on the road. */
static void
extend_leg (Leg                 *leg,
            const TripPlanBlock *block)
{
  const TripTransportation *way = &block->transportation;
  gboolean is_transfer = block->kind == TRIP_BLOCK_TRANSFER;
  gint length = trip_check_is_timed (block) ? block->end - block->start : 0;

  if (way->present)
    {
      const TripCheckMode *mode = trip_check_mode_of (way->method);

      if (leg->way == NULL || (mode == NULL && way->method != NULL) ||
          (mode != NULL && leg->mode != NULL && mode->far_kmh > leg->mode->far_kmh))
        {
          leg->way = way;
          leg->mode = mode;
        }
      leg->minutes += way->minutes;
      leg->is_unmeasured = leg->is_unmeasured || way->distance_m < 0;
      leg->path_m = leg->is_unmeasured ? -1.0 : MAX (leg->path_m, 0.0) + way->distance_m;
    }
  if (is_transfer)
    {
      leg->is_transfer = TRUE;
      leg->minutes += length;
    }
}

/* A way between two places may be told in several blocks, the transfer first of all; it ends where a place is named. A
   night's lodging is such a place, and where the next day begins. */
static void
check_legs (TripCheck *self)
{
  Whereabouts at = { NULL, NULL, FALSE };
  Leg leg;

  reset_leg (&leg);
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);
          Whereabouts to = { block->pois, NULL, FALSE };

          extend_leg (&leg, block);
          /* The place of a transfer is its station, at whichever end. */
          if (block->pois->len == 0 || block->kind == TRIP_BLOCK_TRANSFER)
            continue;
          if (count_places (&at) > 0)
            check_leg (self, d, (gint) b, &at, &to, &leg);
          at = to;
          reset_leg (&leg);
        }
      if (day->lodging_poi != NULL)
        {
          Whereabouts to = { NULL, day->lodging_poi, FALSE };

          if (leg.is_transfer && count_places (&at) > 0)
            check_leg (self, d, -1, &at, &to, &leg);
          else if (count_places (&at) > 0)
            check_way_to_bed (self, d, &at, &to);
          at = to;
          reset_leg (&leg);
        }
      else if (!leg.is_transfer)
        {
          at.is_guess = TRUE;
          reset_leg (&leg);
        }
    }
}

/* Whether a way within a city is by what alone was allowed; a few steps are always walked. */
static gboolean
is_allowed (const TripCheck *self,
            const char      *method)
{
  GPtrArray *only = self->constraints->transport_only;
  gboolean names_way_in_city = FALSE;

  if (trip_check_mode_of (method) == NULL || trip_check_mode_is (method, "walk"))
    return TRUE;
  for (guint i = 0; i < only->len; i++)
    {
      const char *word = g_ptr_array_index (only, i);

      names_way_in_city = names_way_in_city || (strcmp (word, "train") != 0 && strcmp (word, "flight") != 0);
      if (trip_check_mode_answers (method, word))
        return TRUE;
    }
  return !names_way_in_city;
}

static void
check_methods (TripCheck *self,
               guint      d)
{
  const TripPlanDay *day = trip_check_day (self, d);
  GPtrArray *avoid = self->constraints->transport_avoid;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);
      const TripTransportation *way = &block->transportation;

      if (way->present && way->method != NULL &&
          trip_check_is_given_up (self, TRIP_CHECK_NOUN_TRANSPORT, way->method))
        continue;
      if (way->present && way->method != NULL && block->kind != TRIP_BLOCK_TRANSFER && !is_allowed (self, way->method))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TRANSPORT, _("%s is not among what alone was allowed"),
                        way->method);
      for (guint i = 0; way->present && i < avoid->len; i++)
        {
          if (trip_check_mode_is (way->method, g_ptr_array_index (avoid, i)))
            {
              trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TRANSPORT, _("%s was ruled out"), way->method);
              break;
            }
        }
    }
}

static gboolean
is_walk (const TripTransportation *way)
{
  const TripCheckMode *mode = way->present ? trip_check_mode_of (way->method) : NULL;

  return mode != NULL && g_strcmp0 (mode->name, "walk") == 0 && way->distance_m >= 0;
}

/*< private >
 * trip_check_walked:
 * @day: a day
 *
 * Returns: the metres of its ways on foot, as far as they are told
 */
gdouble
trip_check_walked (const TripPlanDay *day)
{
  gdouble sum = 0.0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &trip_check_block (day, b)->transportation;

      sum += is_walk (way) ? way->distance_m : 0.0;
    }
  return sum;
}

static void
check_walking (TripCheck *self,
               guint      d)
{
  const TripPlanDay *day = trip_check_day (self, d);
  gint asked = self->constraints->max_walk_m;
  gdouble sum = trip_check_walked (day);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &trip_check_block (day, b)->transportation;

      if (!is_walk (way))
        continue;
      if (asked > 0 && way->distance_m > asked && !trip_check_is_given_up (self, TRIP_CHECK_NOUN_WALK, _("walking")))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_WALKING, _("a walk of %.0f m, but at most %d m were asked for"),
                        way->distance_m, asked);
      else if (way->distance_m > MAX_WALK_M)
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_WALKING, _("a walk of %.1f km"), way->distance_m / 1000.0);
    }
  if (sum > MAX_DAY_WALK_M)
    trip_check_add (self, (gint) d, -1, TRIP_CHECK_WALKING, _("%.1f km on foot in one day"), sum / 1000.0);
}

/*< private >
 * trip_check_ways:
 * @self: a run
 *
 * Checks `travel`, `transfer`, `walking` and `transport`.
 */
void
trip_check_ways (TripCheck *self)
{
  check_legs (self);
  for (guint d = 0; d < self->option->days->len; d++)
    {
      check_methods (self, d);
      check_walking (self, d);
    }
}
