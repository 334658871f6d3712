/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the days in one city may take of limits beside time and the budget, put as loads of the solver's problem: kinds of
 * places first, then bounds of money and travel. What is settled before the search, beds and journeys, is taken off.
 */
#include "providers/planner/trip-plan-draft-private.h"

#include "providers/planner/trip-plan-bounds.h"

/* Loads are counted in parts of what there may be as small as this, so that any currency fits. */
#define PARTS 1000000

#define MEALS_A_DAY 2
#define POINTS_OF_GREED 150.0f

static guint
count_kinds (const TripPlanDrafter *self)
{
  return MIN (self->context->constraints->kind_limits->len, TRIP_ORIENTEERING_MAX_LOADS);
}

/* The bound that is load number @load; %NULL where there is none. */
static const TripPlanBound *
find_bound (const TripPlanDrafter *self,
            guint                  load)
{
  guint at = count_kinds (self);

  for (guint i = 0; i < trip_plan_bounds_count (self->context) && at < TRIP_ORIENTEERING_MAX_LOADS; i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (self->context, i);

      /* What rules out single places and ways has done so before, and beds are not chosen here. */
      if (bound->each || (bound->money != NULL && bound->money->kind == TRIP_MONEY_KIND_LODGING))
        continue;
      if (at++ == load)
        return bound;
    }
  return NULL;
}

static gint
to_parts (const TripPlanBound *bound,
          gint64               amount)
{
  gint64 part = MAX (bound->most / PARTS, 1);

  return (gint) MIN ((amount + part - 1) / part, 1 << 26);
}

/* What a stop takes of the limits of kinds; nothing of one that is only wished for, where it has to be. */
static void
load_kinds (const TripPlanDrafter *self,
            const TripPoi         *poi,
            TripOrienteeringNode  *node)
{
  const GPtrArray *limits = self->context->constraints->kind_limits;

  for (guint k = 0; k < count_kinds (self); k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (limits, k);

      if (limit->priority != TRIP_PRIORITY_PREFERRED || !node->mandatory)
        node->load[k] = trip_plan_limits_load_of (limit, poi, node->service);
    }
}

/* Points that a meal loses for what it takes beyond its share, so that one does not leave nothing for the next. */
static gfloat
find_greed (const TripPlanDrafter *self,
            const TripPlanBound   *bound,
            gint64                 cost)
{
  gfloat share = (gfloat) bound->most / (gfloat) (bound->per_day ? MEALS_A_DAY : MEALS_A_DAY * self->context->n_days);

  return CLAMP (((gfloat) cost / MAX (share, 1.0f) - 1.0f) * POINTS_OF_GREED, 0.0f, 2 * POINTS_OF_GREED);
}

/**
 * trip_plan_stay_load_node:
 * @self: the draft under way
 * @poi: (nullable): the place, %NULL for a meal or free time wherever one is
 * @node: (inout): its node, with cost, role and length
 *
 * Sets what the stop takes of each load.
 */
void
trip_plan_stay_load_node (const TripPlanDrafter *self,
                          const TripPoi         *poi,
                          TripOrienteeringNode  *node)
{
  TripBlockKind kind = node->role == 0                     ? TRIP_BLOCK_VISIT
                       : node->role == TRIP_PLAN_ROLE_FREE ? TRIP_BLOCK_FREE
                                                           : TRIP_BLOCK_MEAL;
  const TripPlanBound *bound;

  if (poi != NULL && node->role == 0)
    load_kinds (self, poi, node);
  for (guint k = count_kinds (self); (bound = find_bound (self, k)) != NULL; k++)
    {
      if (bound->hard || !node->mandatory)
        node->load[k] = to_parts (bound, trip_plan_bound_of_stop (bound, kind, node->cost));
      if (kind == TRIP_BLOCK_MEAL && bound->money != NULL && bound->money->kind == TRIP_MONEY_KIND_FOOD)
        node->score -= find_greed (self, bound, node->cost);
    }
}

/**
 * trip_plan_stay_load_way:
 * @stay: a problem
 * @self: the draft under way
 * @way: index of a way in the matrices
 * @back: index of the same way back
 * @leg: the way
 *
 * Sets what the way takes of each load.
 */
void
trip_plan_stay_load_way (TripPlanStay          *stay,
                         const TripPlanDrafter *self,
                         gsize                  way,
                         gsize                  back,
                         const TripTravelLeg   *leg)
{
  gsize n = (gsize) stay->city->n_locations * stay->city->n_locations;
  const TripPlanBound *bound;

  for (guint k = count_kinds (self); (bound = find_bound (self, k)) != NULL; k++)
    {
      if (!trip_plan_bound_counts_ways (bound))
        continue;
      if (stay->way_load[k] == NULL)
        stay->way_load[k] = g_new0 (gint, n);
      if (!trip_plan_context_is_next_door (self->context, leg))
        stay->way_load[k][way] = stay->way_load[k][back] =
          to_parts (bound, trip_plan_bound_of_leg (bound, leg, stay->city->transit_name, FALSE));
    }
}

/* What there is of a bound of the whole trip for the days of the stay: the rest, shared out by days. */
static gint64
find_share (const TripPlanDrafter *self,
            const TripPlanStay    *stay,
            const TripPlanBound   *bound)
{
  gint64 left = bound->most - trip_plan_bound_of_draft (bound, self->context, self->draft, 0);
  guint n_left = self->context->n_days - MIN (stay->first_day, self->context->n_days - 1);

  if (self->goes_home)
    left -= trip_plan_bound_of_leg (bound, &self->homeward.leg, NULL, TRUE);
  return left * stay->n_days / MAX (n_left, stay->n_days);
}

/* What is left of a bound for the stops of a day and the ways between them. */
static gint64
find_rest (const TripPlanDrafter *self,
           const TripPlanStay    *stay,
           const TripPlanBound   *bound,
           guint                  tour)
{
  guint day = stay->first_day + tour;
  gint64 left = bound->most - trip_plan_bound_of_draft (bound, self->context, self->draft, day);

  if (self->goes_home && day + 1 == self->context->n_days)
    left -= trip_plan_bound_of_leg (bound, &self->homeward.leg, NULL, TRUE);
  /* A wish that beds and journeys have broken already is no reason to starve. */
  if (!bound->hard && bound->money != NULL)
    left = MAX (left, 2 * trip_plan_context_for_party (self->context, stay->city->meal_cost));
  return left;
}

static void
limit_by_bound (const TripPlanDrafter   *self,
                TripPlanStay            *stay,
                const TripPlanBound     *bound,
                guint                    load,
                TripOrienteeringProblem *problem)
{
  gboolean by_tour = bound->per_day || trip_plan_bound_counts_ways (bound);
  gint64 share = bound->per_day ? 0 : find_share (self, stay, bound);

  problem->way_load[load] = stay->way_load[load];
  problem->max_load[load] = bound->per_day ? G_MAXINT : (gint) (MAX (share, 0) / MAX (bound->most / PARTS, 1));
  for (guint t = 0; t < stay->n_days; t++)
    {
      /* Ways are counted by the day: those of the trip are shared out. */
      gint64 most = bound->per_day ? find_rest (self, stay, bound, t)
                                   : share * (t + 1) / stay->n_days - share * t / stay->n_days;

      stay->tours[t].max_load[load] = by_tour ? (gint) (MAX (most, 0) / MAX (bound->most / PARTS, 1)) : G_MAXINT;
    }
}

/**
 * trip_plan_stay_limit_loads:
 * @self: the draft under way
 * @stay: a problem that is posed
 * @problem: (inout): what the solver gets
 * @only_hard: wishes are not to be kept
 *
 * Says how much the days may take of each load.
 */
void
trip_plan_stay_limit_loads (const TripPlanDrafter   *self,
                            TripPlanStay            *stay,
                            TripOrienteeringProblem *problem,
                            gboolean                 only_hard)
{
  const GPtrArray *limits = self->context->constraints->kind_limits;
  const TripPlanBound *bound;

  problem->n_loads = count_kinds (self);
  for (guint k = 0; k < problem->n_loads; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (limits, k);
      gint most = trip_plan_limits_most (limit);

      for (guint t = 0; t < stay->n_days; t++)
        stay->tours[t].max_load[k] = limit->per_day ? most : G_MAXINT;
      problem->max_load[k] = limit->per_day ? G_MAXINT : most - trip_plan_limits_load (self->context, self->draft, limit, 0);
    }
  for (guint k = problem->n_loads; (bound = find_bound (self, k)) != NULL; k++)
    {
      problem->n_loads = k + 1;
      limit_by_bound (self, stay, bound, k, problem);
      if (bound->hard || !only_hard)
        continue;
      problem->way_load[k] = NULL;
      problem->max_load[k] = G_MAXINT;
      for (guint t = 0; t < stay->n_days; t++)
        stay->tours[t].max_load[k] = G_MAXINT;
    }
}

/**
 * trip_plan_stay_has_wished_loads:
 * @self: the draft under way
 *
 * Returns: whether there are bounds of money or travel that are only wished for
 */
gboolean
trip_plan_stay_has_wished_loads (const TripPlanDrafter *self)
{
  const TripPlanBound *bound;

  for (guint k = count_kinds (self); (bound = find_bound (self, k)) != NULL; k++)
    {
      if (!bound->hard)
        return TRUE;
    }
  return FALSE;
}
