/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Long free time that something worthwhile fits into. A day is chosen by how many visits a pace allows, so one of short
 * visits can end up with half of it empty: then one more place that is open and on the way is no haste. Lesser places are
 * padding and stay out.
 */
#include "providers/planner/trip-plan-fill.h"

#include "providers/planner/trip-plan-bounds.h"

/* Shorter free time is welcome; who wants it slow keeps more of it. */
#define FILL_FROM_MINUTES 150
#define FILL_FROM_MINUTES_RELAXED 180

#define MOST_MORE 2

/* A relaxed day has enough with so many visits that are not over in a moment. */
#define VISITS_RELAXED 4
#define VISIT_MINUTES_RELAXED 125

/* What a place has to be worth, ways and money taken off. */
#define WORTHWHILE 42.0f
#define POINTS_PER_WAY_MINUTE 0.8f

typedef struct {
  TripPlanDrafter *drafter;
  TripPlanDraftDay *day;
  guint index;
  const TripPlanCity *city;
  TripTravelProfile profile;
  gint64 left;
} Filler;

static gint
way_between (const Filler  *self,
             gint           from,
             gint           to,
             TripTravelLeg *out_leg)
{
  const TripPlanContext *context = self->drafter->context;
  guint row = (guint) trip_plan_context_candidate (context, (guint) from)->location;
  guint column = (guint) trip_plan_context_candidate (context, (guint) to)->location;

  trip_travel_in_city (&self->profile, self->city->distance[row * self->city->n_locations + column], out_leg);
  return trip_plan_ceil5 (out_leg->minutes);
}

static gboolean
is_here (const Filler *self,
         gint          candidate)
{
  return candidate >= (gint) self->city->first && candidate < (gint) (self->city->first + self->city->n);
}

/* A stop of the day with time before it: where one comes from, and when one is free. */
typedef struct {
  guint at;
  gint from;
  gint free_from;
  gint to;
  gint free_to;
} Gap;

/* The longest gap between two places of the city, bed included; nothing but free time lies between them. */
static gboolean
find_gap (const Filler *self,
          Gap          *out)
{
  const TripPlanStop *first = self->day->stops->len > 0 ? &g_array_index (self->day->stops, TripPlanStop, 0) : NULL;
  gint longest = 0;
  gint before = -1;
  gint end = 0;

  /* A day that begins with free time begins where one slept. */
  if (first != NULL && first->kind == TRIP_BLOCK_FREE && self->index > 0 &&
      is_here (self, self->drafter->draft->days[self->index - 1].lodge))
    {
      before = self->drafter->draft->days[self->index - 1].lodge;
      end = first->start;
    }
  for (guint i = 0; i < self->day->stops->len; i++)
    {
      const TripPlanStop *stop = &g_array_index (self->day->stops, TripPlanStop, i);

      if (stop->kind == TRIP_BLOCK_FREE && stop->role == 0)
        continue;
      if (before >= 0 && is_here (self, stop->candidate) && stop->start - end > longest)
        {
          longest = stop->start - end;
          *out = (Gap) { i, before, end, stop->candidate, stop->start };
        }
      /* A meal of one's own choice is where one is. */
      if (stop->candidate >= 0 || stop->kind == TRIP_BLOCK_TRANSFER)
        before = is_here (self, stop->candidate) ? stop->candidate : -1;
      end = stop->start + stop->service;
    }
  return longest > 0;
}

/* When a visit in the gap could begin; -1 where it cannot. */
static gint
find_start (const Filler *self,
            guint         index,
            const Gap    *gap,
            gint          before,
            gint          after)
{
  const TripPlanContext *context = self->drafter->context;
  const TripPlanCandidate *candidate = trip_plan_context_candidate (context, index);
  gint latest = gap->free_to - after - candidate->service;
  TripOrienteeringWindow window;
  const TripPlanSpan *spans;
  guint n = trip_plan_context_spans (context, index, self->index, &spans);

  if (!trip_poi_has_tag (candidate->poi, "indoor"))
    latest = MIN (latest, self->city->dusk[self->index] - candidate->service);
  if (trip_plan_start_windows (spans, n, candidate->service, gap->free_from + before, latest, &window, 1) == 0)
    return -1;
  return window.from;
}

static gfloat
find_worth (const Filler *self,
            guint         index,
            gint          detour)
{
  const TripPlanCandidate *candidate = trip_plan_context_candidate (self->drafter->context, index);

  return candidate->appeal - POINTS_PER_WAY_MINUTE * (gfloat) MAX (detour, 0) -
         self->drafter->thrift * (gfloat) trip_plan_drafter_meals (self->drafter, self->city, candidate->price);
}

/* Whether a visit by the way @there, and on by @back in place of @direct, is within the walking of a day, the money, and how
 * much of its kind there may be. */
static gboolean
is_within_limits (const Filler        *self,
                  guint                index,
                  const TripTravelLeg *there,
                  const TripTravelLeg *back,
                  const TripTravelLeg *direct)
{
  const TripPlanContext *context = self->drafter->context;
  gint most = context->constraints->max_walk_day_m;
  gint walk = trip_plan_limits_walk_of (context, there) + trip_plan_limits_walk_of (context, back) -
              trip_plan_limits_walk_of (context, direct);
  const TripPlanCandidate *candidate = trip_plan_context_candidate (context, index);
  gint64 cost = MAX (candidate->price, 0) + there->cost + back->cost - direct->cost;

  for (guint k = 0; k < context->constraints->kind_limits->len; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (context->constraints->kind_limits, k);
      gint load = trip_plan_limits_load_of (limit, candidate->poi, candidate->service);

      if (load > 0 && trip_plan_limits_load (context, self->drafter->draft, limit, self->index) + load >
                          trip_plan_limits_most (limit))
        return FALSE;
    }
  for (guint i = 0; i < trip_plan_bounds_count (context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);
      const char *transit = self->city->transit_name;
      gint64 more = trip_plan_bound_of_stop (bound, TRIP_BLOCK_VISIT, candidate->price) +
                    trip_plan_bound_of_leg (bound, there, transit, FALSE) +
                    trip_plan_bound_of_leg (bound, back, transit, FALSE) -
                    trip_plan_bound_of_leg (bound, direct, transit, FALSE);

      if (!bound->each && more > 0 &&
          trip_plan_bound_of_draft (bound, context, self->drafter->draft, self->index) + more > bound->most)
        return FALSE;
    }
  return (most == 0 || walk <= 0 || trip_plan_limits_walked (context, self->day) + walk <= most) && cost <= self->left;
}

static gboolean
may_be_chosen (const Filler *self,
               guint         index)
{
  const TripPlanCandidate *candidate = trip_plan_context_candidate (self->drafter->context, index);

  return trip_plan_candidate_is_sight (candidate) && !self->drafter->used[index] &&
         !(self->drafter->context->avoid_crowds && trip_poi_has_tag (candidate->poi, "crowded"));
}

/* Drops the free time that lay in the gap; returns where its end stands now. */
static guint
drop_free (TripPlanDraftDay *day,
           guint             at)
{
  while (at > 0 && g_array_index (day->stops, TripPlanStop, at - 1).kind == TRIP_BLOCK_FREE &&
         g_array_index (day->stops, TripPlanStop, at - 1).role == 0)
    g_array_remove_index (day->stops, --at);
  return at;
}

static gboolean
fill_gap (Filler    *self,
          const Gap *gap)
{
  gfloat best_worth = WORTHWHILE;
  TripPlanStop visit = { .kind = TRIP_BLOCK_VISIT, .candidate = -1, .has_leg = TRUE };
  TripPlanStop *next;
  TripTravelLeg direct;
  gint straight = way_between (self, gap->from, gap->to, &direct);
  guint at;

  for (guint i = self->city->first; i < self->city->first + self->city->n; i++)
    {
      TripTravelLeg there, back;
      gint before, after, start;
      gfloat worth;

      if (!may_be_chosen (self, i))
        continue;
      before = way_between (self, gap->from, (gint) i, &there);
      after = way_between (self, (gint) i, gap->to, &back);
      start = find_start (self, i, gap, before, after);
      worth = find_worth (self, i, before + after - straight);
      if (start < 0 || worth <= best_worth || !is_within_limits (self, i, &there, &back, &direct))
        continue;
      best_worth = worth;
      visit.candidate = (gint) i;
      visit.start = start;
      visit.leg = there;
    }
  if (visit.candidate < 0)
    return FALSE;
  visit.service = trip_plan_context_candidate (self->drafter->context, (guint) visit.candidate)->service;
  visit.cost = trip_plan_context_candidate (self->drafter->context, (guint) visit.candidate)->price;
  self->drafter->used[visit.candidate] = TRUE;
  at = drop_free (self->day, gap->at);
  g_array_insert_val (self->day->stops, at, visit);
  next = &g_array_index (self->day->stops, TripPlanStop, at + 1);
  way_between (self, visit.candidate, gap->to, &next->leg);
  next->has_leg = TRUE;
  self->drafter->draft->worth += best_worth;
  return TRUE;
}

/* Who asked for a relaxed pace, or for few sights, has that in a filled day as well. */
static gboolean
is_full (const Filler *self)
{
  gint most = self->drafter->context->constraints->max_visits;
  gint minutes = 0;
  guint n = 0;

  if (most > 0 && trip_plan_limits_visits (self->day) >= (guint) most)
    return TRUE;
  if (self->drafter->context->constraints->pace != TRIP_PACE_RELAXED)
    return FALSE;
  for (guint i = 0; i < self->day->stops->len; i++)
    {
      const TripPlanStop *stop = &g_array_index (self->day->stops, TripPlanStop, i);

      if (stop->kind != TRIP_BLOCK_VISIT)
        continue;
      minutes += stop->service;
      n++;
    }
  return n >= VISITS_RELAXED && minutes >= VISIT_MINUTES_RELAXED;
}

/**
 * trip_plan_fill_days:
 * @drafter: a draft under way whose stops are settled
 *
 * Visits what is worth it in long free time, unless free time is what was asked for.
 */
void
trip_plan_fill_days (TripPlanDrafter *drafter)
{
  gint least = drafter->style->pace == TRIP_PACE_RELAXED ? FILL_FROM_MINUTES_RELAXED : FILL_FROM_MINUTES;

  if (drafter->context->constraints->free_time)
    return;
  for (guint d = 0; d < drafter->draft->n_days; d++)
    {
      Filler self = { .drafter = drafter, .day = &drafter->draft->days[d], .index = d };
      Gap gap = { 0 };

      self.city = &g_array_index (drafter->context->cities, TripPlanCity, self.day->city);
      trip_plan_context_profile (drafter->context, self.city, &self.profile);
      if (drafter->style->walk_m > 0 && self.profile.hard_walk_m == 0)
        self.profile.max_walk_m = MAX (self.profile.max_walk_m, drafter->style->walk_m);
      for (guint n = 0; n < MOST_MORE; n++)
        {
          self.left = trip_plan_drafter_left (drafter);
          if (is_full (&self) || !find_gap (&self, &gap) || gap.free_to - gap.free_from < least || !fill_gap (&self, &gap))
            break;
        }
    }
}
