/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The ends of a trip: from when on the first day can be spent in the city, and when the last day has to be over for the
 * way home. What is allowed for airports and stations is said in the notes.
 */
#include "providers/planner/trip-plan-journeys.h"

#include "providers/planner/trip-plan-draft-private.h"
#include "trip/model/trip-clock.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

/* Who stays less than this between two journeys visits nothing. */
#define SHORTEST_STAY_MINUTES 45

/* Who is there earlier begins the day as if there since the evening. */
#define EARLIEST_ARRIVAL (7 * 60)

#define SHORTEST_WAY_MINUTES 5

/* Who spends one day and leaves at one at night leaves in the night that follows. */
#define SMALL_HOURS (5 * 60)

static gint
find_ready (const TripConstraints *terms)
{
  return (terms->arrival + trip_journey_get_minutes_after (terms->arrival_by) + 4) / 5 * 5;
}

/**
 * trip_plan_journeys_describe_arrival:
 * @terms: what was asked for
 *
 * Returns: (transfer full) (nullable): a sentence on what is allowed for the arrival; %NULL where none was told
 */
char *
trip_plan_journeys_describe_arrival (const TripConstraints *terms)
{
  gint after = trip_journey_get_minutes_after (terms->arrival_by);
  g_autofree char *said = trip_clock_format_time (MAX (terms->arrival, 0));
  g_autofree char *ready = trip_clock_format_time (find_ready (terms));

  if (terms->arrival < 0)
    return NULL;
  switch (terms->arrival_by)
    {
    case TRIP_JOURNEY_FLIGHT:
    case TRIP_JOURNEY_AIRPORT:
      return g_strdup_printf (_("You land at %s; with %d minutes to leave the airport and reach the city the plan begins at "
                                "%s."), said, after, ready);
    case TRIP_JOURNEY_TRAIN:
    case TRIP_JOURNEY_STATION:
      return g_strdup_printf (_("You come in at %s; with %d minutes to leave the station the plan begins at %s."), said, after,
                              ready);
    case TRIP_JOURNEY_PLAIN:
    case TRIP_JOURNEY_ROAD:
    default:
      return g_strdup_printf (_("The first day counts from your arrival in the city at %s."), said);
    }
}

/**
 * trip_plan_journeys_describe_departure:
 * @terms: what was asked for
 *
 * Returns: (transfer full) (nullable): a sentence on what is allowed for the departure; %NULL where none was told
 */
char *
trip_plan_journeys_describe_departure (const TripConstraints *terms)
{
  gint early = trip_journey_get_minutes_early (terms->departure_by);
  gint way = trip_journey_get_minutes_way (terms->departure_by);
  g_autofree char *said = trip_clock_format_time (MAX (terms->departure, 0));

  if (terms->departure < 0)
    return NULL;
  switch (terms->departure_by)
    {
    case TRIP_JOURNEY_FLIGHT:
      return g_strdup_printf (_("Your flight leaves at %s: %d minutes are left for the way to the airport, and you are there "
                                "%d minutes before."), said, way, early);
    case TRIP_JOURNEY_TRAIN:
      return g_strdup_printf (_("Your train or coach leaves at %s: %d minutes are left for the way to the station, and you are "
                                "there %d minutes before."), said, way, early);
    case TRIP_JOURNEY_AIRPORT:
      return g_strdup_printf (_("You are at the airport by %s: %d minutes are left for the way there."), said, way);
    case TRIP_JOURNEY_STATION:
      return g_strdup_printf (_("You are at the station by %s: %d minutes are left for the way there."), said, way);
    case TRIP_JOURNEY_PLAIN:
    case TRIP_JOURNEY_ROAD:
    default:
      return g_strdup_printf (_("The last day ends with your departure at %s."), said);
    }
}

/**
 * trip_plan_journeys_describe_way:
 * @terms: what was asked for
 *
 * Returns: (transfer full): what the block of the way to the airport or station says
 */
char *
trip_plan_journeys_describe_way (const TripConstraints *terms)
{
  g_autofree char *time = trip_clock_format_time (MAX (terms->departure, 0));

  switch (terms->departure_by)
    {
    case TRIP_JOURNEY_FLIGHT:
      return g_strdup_printf (_("Go to the airport for your flight at %s"), time);
    case TRIP_JOURNEY_TRAIN:
      return g_strdup_printf (_("Go to the station for your departure at %s"), time);
    case TRIP_JOURNEY_AIRPORT:
      return g_strdup_printf (_("Go to the airport, to be there by %s"), time);
    case TRIP_JOURNEY_STATION:
      return g_strdup_printf (_("Go to the station, to be there by %s"), time);
    case TRIP_JOURNEY_PLAIN:
    case TRIP_JOURNEY_ROAD:
    default:
      return g_strdup_printf (_("Leave at %s"), time);
    }
}

/**
 * trip_plan_context_read_journeys:
 * @self: a context with constraints and a length
 * @error: return location
 *
 * Reads when the first day can begin and when the last has to be over.
 *
 * Returns: whether there is time between them; else %TRIP_ERROR_INFEASIBLE
 */
gboolean
trip_plan_context_read_journeys (TripPlanContext  *self,
                                 GError          **error)
{
  const TripConstraints *terms = self->constraints;

  self->ready = -1;
  self->leave = self->gone = TRIP_PLAN_NEVER;
  if (terms->arrival >= 0)
    {
      self->ready = find_ready (terms);
      g_ptr_array_add (self->notes, trip_plan_journeys_describe_arrival (terms));
    }
  if (terms->departure >= 0)
    {
      gint night = self->n_days == 1 && terms->departure < SMALL_HOURS ? TRIP_PLAN_MINUTES_PER_DAY : 0;

      /* Whole days are added first, as a division rounds what is below 0 up. */
      self->gone = terms->departure + night - trip_journey_get_minutes_early (terms->departure_by) + TRIP_PLAN_MINUTES_PER_DAY;
      self->gone = self->gone / 5 * 5 - TRIP_PLAN_MINUTES_PER_DAY;
      self->leave = self->gone - trip_journey_get_minutes_way (terms->departure_by);
      g_ptr_array_add (self->notes, trip_plan_journeys_describe_departure (terms));
    }
  if (self->n_days == 1 && self->leave != TRIP_PLAN_NEVER && self->leave - MAX (self->ready, 0) < SHORTEST_STAY_MINUTES)
    {
      g_autofree char *from = trip_clock_format_time (MAX (self->ready, 0));
      g_autofree char *to = trip_clock_format_time (self->leave);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("On the only day there is no time for anything between being in the city at %s and setting out at %s. "
                     "Give the trip more days, or choose other journeys."), from, to);
      return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_context_earliest:
 * @self: a context
 * @day: index of a day of the trip
 *
 * Returns: when the travellers are there on that day, minutes; 0 where they have been there before
 */
gint
trip_plan_context_earliest (const TripPlanContext *self,
                            guint                  day)
{
  return day == 0 ? MAX (self->ready, 0) : 0;
}

/**
 * trip_plan_context_latest:
 * @self: a context
 * @day: index of a day of the trip
 *
 * Returns: when the travellers have to set out for home on that day, minutes; %TRIP_PLAN_NEVER where they stay
 */
gint
trip_plan_context_latest (const TripPlanContext *self,
                          guint                  day)
{
  if (self->leave == TRIP_PLAN_NEVER)
    return TRIP_PLAN_NEVER;
  if (day + 1 >= self->n_days)
    return MAX (self->leave, 0);
  /* A flight in the small hours is left for on the evening before. */
  return day + 2 == self->n_days && self->leave < 0 ? self->leave + TRIP_PLAN_MINUTES_PER_DAY : TRIP_PLAN_NEVER;
}

/**
 * trip_plan_journeys_modes:
 * @journey: what an hour is the hour of
 *
 * Returns: the modes of travel between cities that it speaks of, bits; 0 where it speaks of none
 */
guint
trip_plan_journeys_modes (TripJourney journey)
{
  switch (journey)
    {
    case TRIP_JOURNEY_FLIGHT:
    case TRIP_JOURNEY_AIRPORT:
      return TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_FLIGHT);
    case TRIP_JOURNEY_TRAIN:
    case TRIP_JOURNEY_STATION:
      return TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRAIN) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_COACH);
    case TRIP_JOURNEY_ROAD:
      return TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_CAR);
    case TRIP_JOURNEY_PLAIN:
    default:
      return 0;
    }
}

/**
 * trip_plan_journeys_is_night:
 * @context: the question
 *
 * Returns: whether the travellers arrive before anybody is up
 */
gboolean
trip_plan_journeys_is_night (const TripPlanContext *context)
{
  return context->ready >= 0 && context->ready < EARLIEST_ARRIVAL;
}

/**
 * trip_plan_journeys_first_start:
 * @context: the question
 * @usual: when days begin otherwise, minutes
 *
 * Returns: when the first day begins: with the arrival, where that is known. One may drop the bags before the doors open,
 *   but not in the night
 */
gint
trip_plan_journeys_first_start (const TripPlanContext *context,
                                gint                   usual)
{
  if (context->ready >= EARLIEST_ARRIVAL && context->day_start < 0)
    return context->ready;
  return MAX (usual, context->ready);
}

/**
 * trip_plan_journeys_add_way_out:
 * @context: the question
 * @draft: a draft under way
 *
 * Adds the way to the airport or the station, where the journey home is none of the plan's. For one in the small hours it is
 * in the evening before.
 */
void
trip_plan_journeys_add_way_out (const TripPlanContext *context,
                                TripPlanDraft         *draft)
{
  TripPlanDraftDay *day = &draft->days[draft->n_days - 1];
  gint start = context->leave;

  if (context->leave == TRIP_PLAN_NEVER || context->gone - start < SHORTEST_WAY_MINUTES)
    return;
  if (start < 0)
    {
      if (draft->n_days < 2 || day[-1].overnight_to != -2)
        return;
      day--;
      start += TRIP_PLAN_MINUTES_PER_DAY;
    }
  trip_plan_draft_day_add (day, TRIP_BLOCK_TRANSFER, -1, start, context->gone - context->leave);
  day->departs = TRUE;
}
