/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about how much of something a day, or the trip, may hold: sights, sights of a kind, metres on foot, rides and time
 * on the way. A limit that is a mere wish may be gone beyond where the notes own up to it.
 */
#include "check/trip-check-modes.h"
#include "check/trip-check-private.h"

#include <glib/gi18n-lib.h>

/* What rounding to whole metres on every way of a day may add up to. */
#define WALK_SLACK_M 30.0

static guint
count_visits (const TripPlanDay *day)
{
  guint n = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    n += trip_check_block (day, b)->kind == TRIP_BLOCK_VISIT;
  return n;
}

static void
check_visits (TripCheck *self)
{
  gint most = self->constraints->max_visits;
  gboolean is_given_up = trip_check_is_given_up (self, TRIP_CHECK_NOUN_VISITS, _("sights"));

  for (guint d = 0; most > 0 && d < self->option->days->len; d++)
    {
      guint n = count_visits (trip_check_day (self, d));

      if (n > (guint) most && !(is_given_up && trip_check_notes_tell_day (self, d)))
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_PACE,
                        ngettext ("%u visit, but at most %d a day was asked for",
                                  "%u visits, but at most %d a day were asked for", n), n, most);
    }
}

/* What the visits of a day take of a limit of a kind of places: their number or their minutes. */
static gint
find_load (const TripPlanDay   *day,
           const TripKindLimit *limit)
{
  gint load = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);
      const TripPoi *poi = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;

      if (block->kind != TRIP_BLOCK_VISIT || poi == NULL || poi->tags == NULL || !trip_poi_has_tag (poi, limit->meaning))
        continue;
      if (limit->minutes == 0)
        load++;
      else if (trip_check_is_timed (block))
        load += block->end - block->start;
    }
  return load;
}

/* A change may bring in by name more of a kind than was asked for; then the notes say so, whatever its weight. */
static void
check_kinds (TripCheck *self)
{
  for (guint k = 0; k < self->constraints->kind_limits->len; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (self->constraints->kind_limits, k);
      gint most = limit->minutes > 0 ? limit->minutes : limit->visits;
      gint sum = 0;

      if (trip_check_notes_say (self, limit->phrase))
        continue;
      for (guint d = 0; d < self->option->days->len; d++)
        {
          gint load = find_load (trip_check_day (self, d), limit);

          sum += load;
          if (limit->per_day && load > most)
            trip_check_add (self, (gint) d, -1, TRIP_CHECK_PACE, _("“%s” is not kept: it is %d"), limit->phrase, load);
        }
      if (!limit->per_day && sum > most)
        trip_check_add (self, -1, -1, TRIP_CHECK_PACE, _("“%s” is not kept: it is %d"), limit->phrase, sum);
    }
}

static void
check_walks (TripCheck *self)
{
  gint most = self->constraints->max_walk_day_m;
  gboolean is_given_up = trip_check_is_given_up (self, TRIP_CHECK_NOUN_WALKS_OF_DAY, _("walking"));

  for (guint d = 0; most > 0 && d < self->option->days->len; d++)
    {
      gdouble sum = trip_check_walked (trip_check_day (self, d));

      if (sum > most + WALK_SLACK_M && !(is_given_up && trip_check_notes_tell_day (self, d)))
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_WALKING, _("%.1f km on foot, but at most %.1f km a day were asked for"),
                        sum / 1000.0, most / 1000.0);
    }
}

/* Whether a way counts: by one of the means that were named, or by any; on foot nobody rides. */
static gboolean
is_limited (const TripTravelLimit    *limit,
            const TripTransportation *way)
{
  const TripCheckMode *mode = trip_check_mode_of (way->method);

  for (guint i = 0; i < limit->modes->len; i++)
    {
      if (trip_check_mode_is (way->method, g_ptr_array_index (limit->modes, i)))
        return TRUE;
    }
  return limit->modes->len == 0 && (limit->rides == 0 || (mode != NULL && g_strcmp0 (mode->name, "walk") != 0));
}

static void
check_travel_limit (TripCheck             *self,
                    const TripTravelLimit *limit)
{
  gint n_rides_of_trip = 0;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);
      gint n_rides = 0, minutes = 0;

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);
          const TripTransportation *way = &block->transportation;

          /* To another city one may go without a transfer's being told. */
          if (block->kind == TRIP_BLOCK_TRANSFER || !way->present || way->distance_m > TRIP_CHECK_OTHER_CITY_M ||
              !is_limited (limit, way))
            continue;
          n_rides++;
          minutes += way->minutes;
          if ((limit->minutes > 0 && !limit->per_day && way->minutes > limit->minutes) ||
              (limit->metres > 0 && way->distance_m > limit->metres))
            trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TRAVEL_LIMIT, _("“%s” is not kept: %d min, %.1f km by %s"),
                            limit->phrase, way->minutes, MAX (way->distance_m, 0) / 1000.0,
                            way->method != NULL ? way->method : "?");
        }
      n_rides_of_trip += n_rides;
      if (limit->per_day && limit->rides > 0 && n_rides > limit->rides)
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_TRAVEL_LIMIT,
                        ngettext ("“%s” is not kept: %d ride", "“%s” is not kept: %d rides", (gulong) n_rides), limit->phrase,
                        n_rides);
      if (limit->per_day && limit->minutes > 0 && minutes > limit->minutes)
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_TRAVEL_LIMIT,
                        ngettext ("“%s” is not kept: %d minute", "“%s” is not kept: %d minutes", (gulong) minutes),
                        limit->phrase, minutes);
    }
  if (!limit->per_day && limit->rides > 0 && n_rides_of_trip > limit->rides)
    trip_check_add (self, -1, -1, TRIP_CHECK_TRAVEL_LIMIT,
                    ngettext ("“%s” is not kept: %d ride", "“%s” is not kept: %d rides", (gulong) n_rides_of_trip),
                    limit->phrase, n_rides_of_trip);
}

/*< private >
 * trip_check_limits:
 * @self: a run
 *
 * Checks what was asked for of `pace`, `walking` and `travel-limit`.
 */
void
trip_check_limits (TripCheck *self)
{
  check_visits (self);
  check_kinds (self);
  check_walks (self);
  for (guint i = 0; i < self->constraints->travel_limits->len; i++)
    {
      const TripTravelLimit *limit = g_ptr_array_index (self->constraints->travel_limits, i);

      if (!trip_check_is_excused (self, limit->priority, limit->phrase))
        check_travel_limit (self, limit);
    }
}
