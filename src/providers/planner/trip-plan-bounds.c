/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bounds of money and of travel: what they are for this party and currency, and how much of each the stops, ways and nights of
 * a plan take. Who chooses what to leave out for them is elsewhere.
 */
#include "providers/planner/trip-plan-bounds.h"

#include "providers/planner/trip-plan-draft-private.h"
#include "trip/model/trip-currency.h"

#include <string.h>

/* Where rides are counted a walk is taken up to here before one is. */
#define WALK_BEFORE_RIDE_M 2500

/**
 * trip_plan_bounds_count:
 * @context: the question
 *
 * Returns: how many bounds there are
 */
guint
trip_plan_bounds_count (const TripPlanContext *context)
{
  return context->bounds->len;
}

/**
 * trip_plan_bounds_get:
 * @context: the question
 * @index: which one
 *
 * Returns: (transfer none): a bound
 */
const TripPlanBound *
trip_plan_bounds_get (const TripPlanContext *context,
                      guint                  index)
{
  return &g_array_index (context->bounds, TripPlanBound, index);
}

static gint64
find_most (TripPlanContext      *self,
           const TripMoneyLimit *limit)
{
  const char *currency = trip_currency_is_known (limit->currency) ? limit->currency : self->currency;
  gint64 most = trip_currency_to_minor (currency, limit->amount);

  most = trip_plan_context_convert (self, most, currency);
  /* The prices of one visit are those of adults and children, a budget for each person is everyone's. */
  if (limit->per_person && limit->scope == TRIP_MONEY_SCOPE_VISIT)
    most = trip_plan_context_for_party (self, most);
  else if (limit->per_person)
    most *= self->adults + self->children;
  return most;
}

/**
 * trip_plan_context_read_bounds:
 * @self: a context whose party and currency are known
 *
 * Makes the bounds ready. What a single night may cost is not among them, but in `night_limit`.
 */
void
trip_plan_context_read_bounds (TripPlanContext *self)
{
  const TripConstraints *terms = self->constraints;

  for (guint i = 0; i < terms->money_limits->len; i++)
    {
      const TripMoneyLimit *limit = g_ptr_array_index (terms->money_limits, i);
      TripPlanBound bound = { .money = limit, .phrase = limit->phrase };

      if (limit->scope == TRIP_MONEY_SCOPE_NIGHT)
        continue;
      bound.most = find_most (self, limit);
      bound.per_day = limit->scope != TRIP_MONEY_SCOPE_TRIP;
      bound.each = limit->scope == TRIP_MONEY_SCOPE_VISIT;
      bound.hard = limit->priority != TRIP_PRIORITY_PREFERRED;
      g_array_append_val (self->bounds, bound);
    }
  for (guint i = 0; i < terms->travel_limits->len; i++)
    {
      const TripTravelLimit *limit = g_ptr_array_index (terms->travel_limits, i);
      TripPlanBound bound = { .travel = limit, .phrase = limit->phrase };

      bound.most = limit->rides > 0 ? limit->rides : limit->minutes > 0 ? limit->minutes : limit->metres;
      bound.per_day = limit->per_day || limit->rides == 0;
      bound.each = !limit->per_day && limit->rides == 0;
      bound.hard = limit->priority != TRIP_PRIORITY_PREFERRED;
      g_array_append_val (self->bounds, bound);
    }
}

/**
 * trip_plan_bounds_allow_price:
 * @context: the question
 * @type: what a place is
 * @price: its price for the whole party, minor units; below 0 where unknown
 *
 * Returns: whether no bound of a single meal or ticket rules the place out
 */
gboolean
trip_plan_bounds_allow_price (const TripPlanContext *context,
                              TripPoiType            type,
                              gint64                 price)
{
  TripBlockKind kind = type == TRIP_POI_RESTAURANT ? TRIP_BLOCK_MEAL : TRIP_BLOCK_VISIT;

  if (type == TRIP_POI_LODGE)
    return TRUE;
  for (guint i = 0; i < context->bounds->len; i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);

      if (bound->each && trip_plan_bound_of_stop (bound, kind, price) > bound->most)
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_bounds_are_of_days:
 * @context: the question
 *
 * Returns: whether it is bounded what a day costs with all that is in it, the bed included
 */
gboolean
trip_plan_bounds_are_of_days (const TripPlanContext *context)
{
  for (guint i = 0; i < context->bounds->len; i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);

      if (bound->money != NULL && bound->money->kind == TRIP_MONEY_KIND_ALL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_transit (const char *method)
{
  static const char * const kinds[] = { "transit", "subway", "metro", "bus", "tram" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i], method) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Where it is not known what a city's public transport is, it may be what was spoken of. */
static gboolean
is_of_mode (const char *method,
            const char *word)
{
  if (strcmp (method, word) == 0)
    return TRUE;
  if (!is_transit (method) || !is_transit (word))
    return FALSE;
  return strcmp (word, "transit") == 0 || strcmp (method, "transit") == 0 ||
         (strcmp (method, "metro") == 0 && strcmp (word, "subway") == 0);
}

static gboolean
counts_method (const TripTravelLimit *limit,
               const char            *method)
{
  if (limit->modes->len == 0)
    return limit->rides == 0 || strcmp (method, "walk") != 0;
  for (guint i = 0; i < limit->modes->len; i++)
    {
      if (is_of_mode (method, g_ptr_array_index (limit->modes, i)))
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_bounds_limit_ways:
 * @context: the question
 * @profile: (inout): how the party moves about a city
 *
 * Leaves out of the ways about a city those that a bound of single ways rules out.
 */
void
trip_plan_bounds_limit_ways (const TripPlanContext *context,
                             TripTravelProfile     *profile)
{
  static const TripTravelMode modes[] = {
    TRIP_TRAVEL_WALK, TRIP_TRAVEL_BIKE, TRIP_TRAVEL_TRANSIT, TRIP_TRAVEL_TAXI, TRIP_TRAVEL_CAR,
  };

  for (guint i = 0; i < context->bounds->len; i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);

      if (bound->money != NULL && bound->money->kind == TRIP_MONEY_KIND_TRANSPORT && bound->each)
        profile->most_fare = profile->most_fare > 0 ? MIN (profile->most_fare, MAX (bound->most, 1)) : MAX (bound->most, 1);
      if (bound->travel == NULL)
        continue;
      for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
        {
          const char *method = trip_travel_mode_to_string (modes[m], profile->transit_name);

          if (!counts_method (bound->travel, method))
            continue;
          if (bound->each && bound->travel->minutes > 0)
            profile->most_minutes[modes[m]] = bound->travel->minutes;
          else if (bound->each)
            profile->most_metres[modes[m]] = bound->travel->metres;
          /* What is counted is kept for where nothing else goes. */
          else if (modes[m] == TRIP_TRAVEL_TAXI && profile->transit_name != NULL &&
                   (profile->modes & TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT)) != 0 && bound->travel->modes->len > 0)
            profile->modes &= ~TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TAXI);
          else if (modes[m] == TRIP_TRAVEL_TRANSIT && bound->travel->rides > 0 && context->constraints->max_walk_m == 0 &&
                   context->constraints->max_walk_day_m == 0)
            profile->max_walk_m = MAX (profile->max_walk_m, WALK_BEFORE_RIDE_M);
        }
    }
}

/**
 * trip_plan_bound_counts_ways:
 * @self: a bound
 *
 * Returns: whether ways take anything of it
 */
gboolean
trip_plan_bound_counts_ways (const TripPlanBound *self)
{
  return self->travel != NULL || self->money->kind == TRIP_MONEY_KIND_ALL || self->money->kind == TRIP_MONEY_KIND_TRANSPORT;
}

/**
 * trip_plan_bound_of_stop:
 * @self: a bound
 * @kind: what happens at a stop
 * @cost: what it costs, for the whole party, minor units; below 0 where unknown
 *
 * The ride to another city is part of the trip's money, and of no day's.
 *
 * Returns: what the stop takes of the bound, the way to it left aside
 */
gint64
trip_plan_bound_of_stop (const TripPlanBound *self,
                         TripBlockKind        kind,
                         gint64               cost)
{
  if (self->money == NULL || (self->per_day && kind == TRIP_BLOCK_TRANSFER))
    return 0;
  if (self->money->kind == TRIP_MONEY_KIND_ALL ||
      (self->money->kind == TRIP_MONEY_KIND_FOOD && kind == TRIP_BLOCK_MEAL) ||
      (self->money->kind == TRIP_MONEY_KIND_SIGHTS && kind == TRIP_BLOCK_VISIT))
    return MAX (cost, 0);
  return 0;
}

/**
 * trip_plan_bound_of_way:
 * @self: a bound
 * @way: a way
 *
 * Returns: what it takes of the bound
 */
gint64
trip_plan_bound_of_way (const TripPlanBound *self,
                        const TripPlanWay   *way)
{
  if (self->money != NULL)
    return trip_plan_bound_counts_ways (self) && !((self->each || self->per_day) && way->is_journey) ? MAX (way->cost, 0) : 0;
  if (way->is_journey || way->method == NULL || !counts_method (self->travel, way->method))
    return 0;
  return self->travel->rides > 0 ? 1 : self->travel->minutes > 0 ? MAX (way->minutes, 0) : MAX (way->metres, 0);
}

/**
 * trip_plan_bound_of_leg:
 * @self: a bound
 * @leg: a way of a draft
 * @transit_name: (nullable): what the city's public transport is called
 * @is_journey: it leads to another city, or from or to home
 *
 * Returns: what it takes of the bound
 */
gint64
trip_plan_bound_of_leg (const TripPlanBound *self,
                        const TripTravelLeg *leg,
                        const char          *transit_name,
                        gboolean             is_journey)
{
  const TripPlanWay way = { trip_travel_mode_to_string (leg->mode, transit_name), leg->minutes, leg->distance_m, leg->cost,
                            is_journey };

  return trip_plan_bound_of_way (self, &way);
}

/**
 * trip_plan_bound_of_night:
 * @self: a bound
 * @price: price of all rooms for a night, minor units; below 0 where unknown
 *
 * Returns: what the night takes of the bound
 */
gint64
trip_plan_bound_of_night (const TripPlanBound *self,
                          gint64               price)
{
  if (self->money == NULL || (self->money->kind != TRIP_MONEY_KIND_ALL && self->money->kind != TRIP_MONEY_KIND_LODGING))
    return 0;
  return MAX (price, 0);
}

static void
add_load (const TripPlanBound *self,
          gint64               load,
          gint64              *sum)
{
  *sum = self->each ? MAX (*sum, load) : *sum + load;
}

/**
 * trip_plan_bound_of_draft:
 * @self: a bound
 * @context: the question
 * @draft: a draft
 * @day: index of a day, for a bound of days
 *
 * Returns: what the day, or the draft for a bound of the trip, takes of the bound
 */
gint64
trip_plan_bound_of_draft (const TripPlanBound   *self,
                          const TripPlanContext *context,
                          const TripPlanDraft   *draft,
                          guint                  day)
{
  gint64 sum = 0;

  for (guint d = self->per_day ? day : 0; d < (self->per_day ? day + 1 : draft->n_days); d++)
    {
      const TripPlanDraftDay *drafted = &draft->days[d];
      const char *transit = g_array_index (context->cities, TripPlanCity, drafted->city).transit_name;

      if (drafted->has_night && drafted->lodge >= 0)
        add_load (self, trip_plan_bound_of_night (self, trip_plan_context_candidate (context, (guint) drafted->lodge)->price),
                  &sum);
      for (guint i = 0; i < drafted->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (drafted->stops, TripPlanStop, i);

          add_load (self, trip_plan_bound_of_stop (self, stop->kind, stop->cost), &sum);
          if (stop->has_leg && !trip_plan_context_is_next_door (context, &stop->leg))
            add_load (self, trip_plan_bound_of_leg (self, &stop->leg, transit, stop->kind == TRIP_BLOCK_TRANSFER), &sum);
        }
    }
  return sum;
}

/**
 * trip_plan_bounds_allow:
 * @context: the question
 * @draft: a draft
 * @day: index of a day
 * @kind: what would come in
 * @cost: what it costs, for the whole party, minor units
 *
 * Returns: whether the bounds that have to be kept leave money for it on that day
 */
gboolean
trip_plan_bounds_allow (const TripPlanContext *context,
                        const TripPlanDraft   *draft,
                        guint                  day,
                        TripBlockKind          kind,
                        gint64                 cost)
{
  for (guint i = 0; i < trip_plan_bounds_count (context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);
      gint64 load = trip_plan_bound_of_stop (bound, kind, cost);

      gint64 before = bound->each ? 0 : trip_plan_bound_of_draft (bound, context, draft, day);

      if (bound->hard && load > 0 && before + load > bound->most)
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_bound_of_option:
 * @self: a bound
 * @option: a plan with costs in the currency of the bound
 * @day: index of a day, for a bound of days
 *
 * Returns: what the day, or the plan for a bound of the trip, takes of the bound
 */
gint64
trip_plan_bound_of_option (const TripPlanBound  *self,
                           const TripPlanOption *option,
                           guint                 day)
{
  gint64 sum = 0;

  for (guint d = self->per_day ? day : 0; d < (self->per_day ? MIN (day + 1, option->days->len) : option->days->len); d++)
    {
      const TripPlanDay *written = g_ptr_array_index (option->days, d);

      add_load (self, trip_plan_bound_of_night (self, trip_currency_to_minor (option->currency,
                                                                              MAX (written->lodging_cost, 0.0))), &sum);
      for (guint b = 0; b < written->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (written->blocks, b);
          const TripTransportation *ride = &block->transportation;

          add_load (self, trip_plan_bound_of_stop (self, block->kind,
                                                   trip_currency_to_minor (option->currency, MAX (block->cost, 0.0))), &sum);
          if (ride->present)
            {
              TripPlanWay way = { ride->method, (gint) ride->minutes, (gint) CLAMP (ride->distance_m, 0.0, 1e9),
                                  trip_currency_to_minor (option->currency, MAX (ride->cost, 0.0)),
                                  block->kind == TRIP_BLOCK_TRANSFER };

              add_load (self, trip_plan_bound_of_way (self, &way), &sum);
            }
        }
    }
  return sum;
}
