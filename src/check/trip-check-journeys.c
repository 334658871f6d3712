/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about the ends of a trip: nothing before the travellers are there, nothing after they have to be gone. The bounds
 * are those of the world, which are narrower than what a good plan allows: how soon anybody is out of an airport, and how
 * late anybody still catches a plane.
 */
#include "check/trip-check-private.h"

#include <glib/gi18n-lib.h>

/* From a landing to the first place of a city, and from the last place to a plane that leaves. */
#define OUT_OF_AIRPORT 30
#define BEFORE_FLIGHT 60

/* The same of a train, and of a station or airport where one only has to be. */
#define BEFORE_TRAIN 5
#define TO_AIRPORT 10

/* Until here an hour is one of the night that follows a trip of one day. */
#define SMALL_HOURS (5 * 60)

static gint
get_minutes_after (TripJourney journey)
{
  return journey == TRIP_JOURNEY_FLIGHT || journey == TRIP_JOURNEY_AIRPORT ? OUT_OF_AIRPORT : 0;
}

static gint
get_minutes_before (TripJourney journey)
{
  switch (journey)
    {
    case TRIP_JOURNEY_FLIGHT:
      return BEFORE_FLIGHT;
    case TRIP_JOURNEY_TRAIN:
      return BEFORE_TRAIN;
    case TRIP_JOURNEY_AIRPORT:
      return TO_AIRPORT;
    case TRIP_JOURNEY_PLAIN:
    case TRIP_JOURNEY_ROAD:
    case TRIP_JOURNEY_STATION:
    default:
      return 0;
    }
}

/* A journey may be told that brings the travellers there; it ends when they come, or later. */
static void
check_arrival (TripCheck *self)
{
  const TripConstraints *c = self->constraints;
  const TripPlanDay *day;
  gint arrived = -1;

  if (c->arrival < 0 || self->option->days->len == 0)
    return;
  day = trip_check_day (self, 0);
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);

      if (!trip_check_is_timed (block))
        continue;
      if (block->kind == TRIP_BLOCK_TRANSFER && arrived < 0)
        {
          const TripPlanBlock *next = b + 1 < day->blocks->len ? trip_check_block (day, b + 1) : NULL;

          if ((next == NULL || next->kind != TRIP_BLOCK_TRANSFER) && block->end < c->arrival)
            trip_check_add (self, 0, (gint) b, TRIP_CHECK_ARRIVAL, _("arrives %d minutes before the arrival that was told"),
                            c->arrival - block->end);
          continue;
        }
      arrived = block->start;
      if (block->start < c->arrival + get_minutes_after (c->arrival_by))
        trip_check_add (self, 0, (gint) b, TRIP_CHECK_ARRIVAL, _("begins before the travellers can be there"));
    }
}

/* The way to the train, or the journey itself, is the one thing that may come last; it begins in time. */
static void
check_departure (TripCheck *self)
{
  const TripConstraints *c = self->constraints;
  guint last = self->option->days->len - 1;
  const TripPlanDay *day;
  gint latest = c->departure;

  if (c->departure < 0 || self->option->days->len == 0)
    return;
  if (last == 0 && latest < SMALL_HOURS)
    latest += TRIP_CHECK_DAY_MINUTES;
  day = trip_check_day (self, last);
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);
      gboolean is_way = block->kind == TRIP_BLOCK_TRANSFER && b + 1 == day->blocks->len;
      gint begins = block->start;

      if (!trip_check_is_timed (block))
        continue;
      /* A way is travelled in its block, or before it. */
      if (block->transportation.present && block->end - block->start < block->transportation.minutes)
        begins -= block->transportation.minutes;
      if (is_way && begins > latest)
        trip_check_add (self, (gint) last, (gint) b, TRIP_CHECK_DEPARTURE, _("sets out after the departure that was told"));
      else if (!is_way && block->end > latest - get_minutes_before (c->departure_by))
        trip_check_add (self, (gint) last, (gint) b, TRIP_CHECK_DEPARTURE, _("ends too late for the departure that was told"));
    }
}

/*< private >
 * trip_check_journeys:
 * @self: a run
 *
 * Checks `arrival` and `departure`.
 */
void
trip_check_journeys (TripCheck *self)
{
  check_arrival (self);
  check_departure (self);
}
