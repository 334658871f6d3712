/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words for drafts: descriptions, highlights, notes, and amounts in major units.
 */
#include "providers/planner/trip-plan-writer.h"

#include "providers/planner/trip-plan-journeys.h"
#include "providers/planner/trip-plan-notes.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A transfer block is the arrival; the ride itself stands in its transportation. */
#define ARRIVAL_MINUTES 20

static const TripPlanCandidate *
candidate_at (const TripPlanContext *context,
              gint                   index)
{
  return index >= 0 ? &g_array_index (context->candidates, TripPlanCandidate, (guint) index) : NULL;
}

static const TripPlanCity *
city_at (const TripPlanContext *context,
         guint                  index)
{
  return &g_array_index (context->cities, TripPlanCity, index);
}

static gdouble
major (const TripPlanContext *context,
       gint64                 minor)
{
  return trip_currency_to_major (context->currency, minor);
}

static char *
describe_transfer (const TripPlanContext  *context,
                   const TripPlanDraftDay *day,
                   const TripPlanStop     *stop,
                   gboolean                homeward)
{
  const char *to = homeward ? context->origin : city_at (context, day->city)->name;
  const char *from = homeward ? city_at (context, day->city)->name
                     : day->from_city >= 0 ? city_at (context, (guint) day->from_city)->name : context->origin;

  switch (stop->leg.mode)
    {
    case TRIP_TRAVEL_FLIGHT:
      return g_strdup_printf (_("Arrive in %s by plane from %s"), to, from);
    case TRIP_TRAVEL_TRAIN:
      return g_strdup_printf (_("Arrive in %s by train from %s"), to, from);
    case TRIP_TRAVEL_COACH:
      return g_strdup_printf (_("Arrive in %s by coach from %s"), to, from);
    case TRIP_TRAVEL_CAR:
      return g_strdup_printf (_("Arrive in %s by car from %s"), to, from);
    default:
      return g_strdup_printf (_("Arrive in %s from %s"), to, from);
    }
}

static char *
describe_meal (const TripPlanStop      *stop,
               const TripPlanCandidate *candidate,
               const TripPlanCandidate *near,
               const TripPlanCity      *city)
{
  gboolean lunch = stop->role == TRIP_PLAN_ROLE_LUNCH;

  if (candidate != NULL)
    return g_strdup_printf (lunch ? _("Lunch at %s") : _("Dinner at %s"), candidate->poi->name);
  return g_strdup_printf (lunch ? _("Lunch near %s, a place of your choice")
                                : _("Dinner near %s, a place of your choice"),
                          near != NULL ? near->poi->name : city->name);
}

static char *
describe (const TripPlanContext   *context,
          const TripPlanDraftDay  *day,
          const TripPlanStop      *stop,
          const TripPlanCandidate *near,
          gboolean                 homeward)
{
  const TripPlanCandidate *candidate = candidate_at (context, stop->candidate);

  switch (stop->kind)
    {
    case TRIP_BLOCK_TRANSFER:
      if (!homeward && !stop->has_leg)
        return trip_plan_journeys_describe_way (context->constraints);
      return describe_transfer (context, day, stop, homeward);
    case TRIP_BLOCK_CHECK_IN:
      if (candidate != NULL && stop->has_leg)
        return g_strdup_printf (_("Check out, and leave your bags at %s"), candidate->poi->name);
      return candidate != NULL ? g_strdup_printf (_("Leave your bags at %s"), candidate->poi->name)
                               : g_strdup (_("Leave your bags where you stay"));
    case TRIP_BLOCK_MEAL:
      return describe_meal (stop, candidate, near, city_at (context, day->city));
    case TRIP_BLOCK_FREE:
      return near != NULL ? g_strdup_printf (_("Free time around %s"), near->poi->name) : g_strdup (_("Free time"));
    case TRIP_BLOCK_VISIT:
    default:
      return g_strdup_printf (candidate->unconfirmed ? _("Visit %s (opening hours are not confirmed)") : _("Visit %s"),
                              candidate->poi->name);
    }
}

static TripPlanBlock *
write_stop (const TripPlanContext   *context,
            const TripPlanDraftDay  *day,
            const TripPlanStop      *stop,
            const TripPlanCandidate *near,
            gboolean                 homeward)
{
  TripPlanBlock *block = trip_plan_block_new (stop->kind);
  const TripPlanCandidate *candidate = candidate_at (context, stop->candidate);
  TripTravelLeg leg = stop->leg;

  block->start = stop->start;
  block->end = stop->start + stop->service;
  if (stop->kind == TRIP_BLOCK_TRANSFER && stop->has_leg && !homeward)
    {
      gint tail = MIN (ARRIVAL_MINUTES, stop->service / 2);

      block->start = block->end - tail;
      leg.minutes -= tail;
    }
  g_free (block->description);
  block->description = describe (context, day, stop, near, homeward);
  if (candidate != NULL)
    g_ptr_array_add (block->pois, trip_poi_ref (candidate->poi));
  if (stop->kind != TRIP_BLOCK_FREE && stop->kind != TRIP_BLOCK_TRANSFER)
    block->cost = major (context, MAX (stop->cost, 0));
  if (stop->has_leg && !trip_plan_context_is_next_door (context, &stop->leg))
    {
      block->transportation.present = TRUE;
      block->transportation.minutes = MAX (leg.minutes, 0);
      block->transportation.method = g_strdup (trip_travel_mode_to_string (leg.mode,
                                                                           city_at (context, day->city)->transit_name));
      block->transportation.cost = major (context, leg.cost);
      block->transportation.distance_m = leg.distance_m;
    }
  return block;
}

static char *
write_highlight (const TripPlanContext  *context,
                 const TripPlanDraft    *draft,
                 const TripPlanDraftDay *day)
{
  const char *names[2] = { NULL, NULL };
  gfloat appeals[2] = { -G_MAXFLOAT, -G_MAXFLOAT };
  const char *city = city_at (context, day->city)->name;

  for (guint i = 0; i < day->stops->len; i++)
    {
      const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);
      const TripPlanCandidate *candidate = candidate_at (context, stop->candidate);

      if (stop->kind != TRIP_BLOCK_VISIT)
        continue;
      for (guint k = 0; k < 2; k++)
        {
          if (candidate->appeal > appeals[k])
            {
              if (k == 0)
                {
                  names[1] = names[0];
                  appeals[1] = appeals[0];
                }
              names[k] = candidate->poi->name;
              appeals[k] = candidate->appeal;
              break;
            }
        }
    }
  if (names[0] == NULL && day->to_origin && day->stops->len == 1)
    return g_strdup_printf (_("Back in %s"), context->origin);
  if (names[0] == NULL && ((day->departs && day->stops->len == 1) || (day->stops->len == 0 && context->leave <= 0)))
    return g_strdup_printf (_("Departure from %s"), city);
  if (names[0] == NULL && day->stops->len == 1 && context->ready >= 0 && day == draft->days)
    return g_strdup_printf (_("Arrival in %s"), city);
  if (names[0] == NULL)
    return g_strdup_printf (_("An easy day in %s"), city);
  if (names[1] == NULL)
    return g_strdup_printf (_("%s: %s"), city, names[0]);
  return g_strdup_printf (_("%s: %s and %s"), city, names[0], names[1]);
}

static TripPlanDay *
write_day (const TripPlanContext *context,
           const TripPlanDraft   *draft,
           guint                  index)
{
  const TripPlanDraftDay *source = &draft->days[index];
  const TripPlanCandidate *lodge = candidate_at (context, source->lodge);
  const TripPlanCandidate *near = NULL;
  TripPlanDay *day = trip_plan_day_new ();

  trip_plan_context_date (context, index, &day->date);
  g_free (day->highlight);
  day->highlight = write_highlight (context, draft, source);
  for (guint i = 0; i < source->stops->len; i++)
    {
      const TripPlanStop *stop = &g_array_index (source->stops, TripPlanStop, i);
      gboolean homeward = source->to_origin && stop->kind == TRIP_BLOCK_TRANSFER && i + 1 == source->stops->len;

      g_ptr_array_add (day->blocks, write_stop (context, source, stop, near, homeward));
      if (stop->candidate >= 0)
        near = candidate_at (context, stop->candidate);
    }
  if (source->has_night)
    {
      if (lodge != NULL)
        {
          day->lodging = g_strdup (lodge->poi->name);
          day->lodging_poi = trip_poi_ref (lodge->poi);
          day->lodging_cost = major (context, MAX (lodge->price, 0));
        }
      else
        {
          day->lodging = g_strdup_printf (_("A place of your choice in %s"), city_at (context, source->city)->name);
        }
    }
  else if (source->overnight_to >= 0)
    {
      day->lodging = g_strdup_printf (_("On the way to %s"), city_at (context, (guint) source->overnight_to)->name);
    }
  else if (source->overnight_to == -2)
    {
      day->lodging = context->origin != NULL ? g_strdup_printf (_("On the way to %s"), context->origin)
                                             : g_strdup (_("On the way home"));
    }
  return day;
}

/**
 * trip_plan_write_draft:
 * @context: the question
 * @draft: an answer to it
 * @style: what sets it apart
 * @more_notes: (element-type utf8): sentences about this option alone
 *
 * Returns: (transfer full): the option
 */
TripPlanOption *
trip_plan_write_draft (const TripPlanContext *context,
                       const TripPlanDraft   *draft,
                       const TripPlanStyle   *style,
                       GPtrArray             *more_notes)
{
  TripPlanOption *option = trip_plan_option_new ();

  g_free (option->title);
  option->title = g_strdup (_(style->title));
  option->start_date = context->start;
  g_strlcpy (option->currency, context->currency, sizeof option->currency);
  option->cost_total = major (context, draft->total);
  g_free (option->overall_cost);
  option->overall_cost = trip_currency_format (context->currency, draft->total);
  g_free (option->general_notes);
  option->general_notes = trip_plan_notes_write (context, draft, style, more_notes);
  for (guint d = 0; d < draft->n_days; d++)
    g_ptr_array_add (option->days, write_day (context, draft, d));
  return option;
}
