/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The money of a draft: what its days cost, what is left of a budget, and each city's share of that.
 */
#include "providers/planner/trip-plan-draft-private.h"

/**
 * trip_plan_drafter_meals:
 * @self: the draft under way
 * @city: a city
 * @money: an amount for the whole party, minor units
 *
 * Returns: how many plain meals of the party the money would buy there: a measure that holds in every currency
 */
gdouble
trip_plan_drafter_meals (const TripPlanDrafter *self,
                         const TripPlanCity    *city,
                         gint64                 money)
{
  gint64 meal = trip_plan_context_for_party (self->context, city->meal_cost);

  return (gdouble) MAX (money, 0) / (gdouble) MAX (meal, 1);
}

static gint64
sum_day (const TripPlanContext  *context,
         const TripPlanDraftDay *day)
{
  gint64 sum = 0;

  if (day->has_night && day->lodge >= 0)
    sum += MAX (trip_plan_context_candidate (context, (guint) day->lodge)->price, 0);
  for (guint i = 0; i < day->stops->len; i++)
    {
      const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

      sum += MAX (stop->cost, 0) + (stop->has_leg ? stop->leg.cost : 0);
    }
  return sum;
}

/**
 * trip_plan_drafter_left:
 * @self: the draft under way
 *
 * Returns: what the plan may still cost beside what is in it, minor units, not below 0
 */
gint64
trip_plan_drafter_left (const TripPlanDrafter *self)
{
  gint64 left = self->budget;

  if (self->budget == 0)
    return G_MAXINT64;
  for (guint d = 0; d < self->draft->n_days; d++)
    left -= sum_day (self->context, &self->draft->days[d]);
  if (self->goes_home)
    left -= self->homeward.leg.cost;
  return MAX (left, 0);
}

/**
 * trip_plan_drafter_share:
 * @self: the draft under way
 * @stays: (array length=n_stays): the stays whose days are not chosen yet
 * @n_stays: their number, not 0
 *
 * Shares out what is left: to each stay what has to be seen there costs, and of the rest its part by days and prices.
 *
 * Returns: what the first of the stays may cost, minor units
 */
gint64
trip_plan_drafter_share (const TripPlanDrafter *self,
                         const TripPlanStay    *stays,
                         guint                  n_stays)
{
  gint64 left = trip_plan_drafter_left (self);
  gint64 own = 0, reserved = 0;
  gdouble weight = 0, weights = 0;

  if (self->budget == 0 || n_stays == 1)
    return left;
  for (guint s = 0; s < n_stays; s++)
    {
      const TripPlanCity *city = stays[s].city;
      gint64 musts = 0;

      for (guint i = city->first; i < city->first + city->n; i++)
        {
          const TripPlanCandidate *candidate = trip_plan_context_candidate (self->context, i);

          if ((candidate->must || self->forced[i]) && candidate->poi->type != TRIP_POI_LODGE)
            musts += MAX (candidate->price, 0);
        }
      if (s == 0)
        {
          own = musts;
          weight = (gdouble) stays[s].n_days * (gdouble) city->meal_cost;
        }
      reserved += musts;
      weights += (gdouble) stays[s].n_days * (gdouble) city->meal_cost;
    }
  return MIN (left, own + (gint64) ((gdouble) MAX (left - reserved, 0) * weight / MAX (weights, 1.0)));
}

/* What a night there is worth; how near it is to all else is in what the days are worth. */
static gfloat
rate_bed (const TripPlanDrafter   *self,
          const TripPlanCandidate *lodge)
{
  const TripPlanCity *city = &g_array_index (self->context->cities, TripPlanCity, lodge->city);
  gint off_level = lodge->poi->level > 0 ? ABS (lodge->poi->level - self->style->level) : 0;

  return lodge->appeal - 2 * TRIP_PLAN_POINTS_PER_LEVEL * (gfloat) off_level -
         self->style->thrift * (gfloat) trip_plan_drafter_meals (self, city, lodge->price);
}

/**
 * trip_plan_drafter_sum_up:
 * @self: a draft under way whose days are settled
 *
 * Sums up what the draft costs and has, and adds to its worth that of its nights.
 */
void
trip_plan_drafter_sum_up (TripPlanDrafter *self)
{
  TripPlanDraft *draft = self->draft;

  for (guint d = 0; d < draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &draft->days[d];

      if (day->has_night)
        {
          gint64 price = day->lodge >= 0 ? trip_plan_context_candidate (self->context, (guint) day->lodge)->price : -1;

          draft->n_unpriced += price < 0;
          if (day->lodge >= 0)
            draft->worth += rate_bed (self, trip_plan_context_candidate (self->context, (guint) day->lodge));
        }
      draft->total += sum_day (self->context, day);
      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

          draft->n_unpriced += stop->cost < 0;
          draft->n_visits += stop->kind == TRIP_BLOCK_VISIT;
        }
    }
}
