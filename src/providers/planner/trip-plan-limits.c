/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A drafted day held against the limits of a day as a whole, how far one walks in it and how many sights it has, and what
 * else a draft breaks that has to hold. Also leaves a visit out of a day, where something has to give.
 */
#include "providers/planner/trip-plan-draft-private.h"

#include "providers/planner/trip-plan-bounds.h"

#include <string.h>

#define LEAST_FREE_MINUTES 90

static TripPlanStop *
stop_at (const TripPlanDraftDay *day,
         guint                   index)
{
  return &g_array_index (day->stops, TripPlanStop, index);
}

/**
 * trip_plan_limits_walk_of:
 * @context: the question
 * @leg: a way
 *
 * Returns: metres on foot that it adds to a day's walking
 */
gint
trip_plan_limits_walk_of (const TripPlanContext *context,
                          const TripTravelLeg   *leg)
{
  return leg->mode == TRIP_TRAVEL_WALK && !trip_plan_context_is_next_door (context, leg) ? leg->distance_m : 0;
}

/**
 * trip_plan_limits_walked:
 * @context: the question
 * @day: a day of a draft
 *
 * Returns: metres on foot between the stops of the day
 */
gint
trip_plan_limits_walked (const TripPlanContext  *context,
                         const TripPlanDraftDay *day)
{
  gint metres = 0;

  for (guint i = 0; i < day->stops->len; i++)
    metres += stop_at (day, i)->has_leg ? trip_plan_limits_walk_of (context, &stop_at (day, i)->leg) : 0;
  return metres;
}

/**
 * trip_plan_limits_visits:
 * @day: a day of a draft
 *
 * Returns: its visits
 */
guint
trip_plan_limits_visits (const TripPlanDraftDay *day)
{
  guint n = 0;

  for (guint i = 0; i < day->stops->len; i++)
    n += stop_at (day, i)->kind == TRIP_BLOCK_VISIT;
  return n;
}

/**
 * trip_plan_limits_most:
 * @limit: a limit of a kind of places
 *
 * Returns: how much of them there may be, visits or minutes
 */
gint
trip_plan_limits_most (const TripKindLimit *limit)
{
  return limit->minutes > 0 ? limit->minutes : limit->visits;
}

/**
 * trip_plan_limits_load_of:
 * @limit: a limit of a kind of places
 * @poi: a place
 * @minutes: length of a visit
 *
 * Returns: what the visit takes of the limit; 0 for a place of another kind
 */
gint
trip_plan_limits_load_of (const TripKindLimit *limit,
                          const TripPoi       *poi,
                          gint                 minutes)
{
  if (poi->tags == NULL || !trip_poi_has_tag (poi, limit->meaning))
    return 0;
  return limit->minutes > 0 ? minutes : 1;
}

/**
 * trip_plan_limits_load:
 * @context: the question
 * @draft: a draft
 * @limit: a limit of a kind of places
 * @day: index of a day, for a limit of days
 *
 * Returns: what the day, or the draft for a limit of the trip, takes of the limit
 */
gint
trip_plan_limits_load (const TripPlanContext *context,
                       const TripPlanDraft   *draft,
                       const TripKindLimit   *limit,
                       guint                  day)
{
  gint load = 0;

  for (guint d = limit->per_day ? day : 0; d < (limit->per_day ? day + 1 : draft->n_days); d++)
    {
      for (guint i = 0; i < draft->days[d].stops->len; i++)
        {
          const TripPlanStop *stop = stop_at (&draft->days[d], i);

          if (stop->kind == TRIP_BLOCK_VISIT && stop->candidate >= 0)
            load += trip_plan_limits_load_of (limit, trip_plan_context_candidate (context, (guint) stop->candidate)->poi,
                                              stop->service);
        }
    }
  return load;
}

static gboolean
has_stop_of (const TripPlanDraftDay *day,
             TripBlockKind           kind)
{
  for (guint i = 0; i < day->stops->len; i++)
    {
      if (stop_at (day, i)->kind == kind)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_limits_has_free:
 * @day: a day of a draft
 *
 * Returns: whether it has a free block
 */
gboolean
trip_plan_limits_has_free (const TripPlanDraftDay *day)
{
  return has_stop_of (day, TRIP_BLOCK_FREE);
}

/**
 * trip_plan_limits_is_unfed:
 * @day: a day of a draft
 *
 * Returns: whether one goes out and comes back without a meal: a small budget may buy no more
 */
gboolean
trip_plan_limits_is_unfed (const TripPlanDraftDay *day)
{
  return has_stop_of (day, TRIP_BLOCK_VISIT) && !has_stop_of (day, TRIP_BLOCK_MEAL) && !has_stop_of (day, TRIP_BLOCK_TRANSFER);
}

/**
 * trip_plan_limits_has_theme:
 * @context: the question
 * @draft: a draft
 * @theme: what one of its days is to be about
 *
 * Returns: whether that day has a stop of the theme; of what a day is to avoid, whether it has none
 */
gboolean
trip_plan_limits_has_theme (const TripPlanContext *context,
                            const TripPlanDraft   *draft,
                            const TripPlanTheme   *theme)
{
  gboolean found = FALSE;

  for (guint i = 0; theme->day >= 0 && i < draft->days[theme->day].stops->len && !found; i++)
    {
      const TripPlanStop *stop = stop_at (&draft->days[theme->day], i);

      found = stop->candidate >= 0 && stop->kind != TRIP_BLOCK_CHECK_IN &&
              trip_plan_theme_matches (theme, trip_plan_context_candidate (context, (guint) stop->candidate));
    }
  return theme->wish->priority == TRIP_PRIORITY_AVOID ? !found : found;
}

/**
 * trip_plan_limits_is_too_late:
 * @context: the question
 * @day: a day of a draft
 *
 * Returns: whether the day goes on beyond the hour by which it should end, the hours of the travellers' own journeys aside
 */
gboolean
trip_plan_limits_is_too_late (const TripPlanContext  *context,
                              const TripPlanDraftDay *day)
{
  guint n = day->stops->len - (day->departs ? 1 : 0);
  const TripPlanStop *last = n > 0 ? stop_at (day, n - 1) : NULL;

  /* Bags are put away whenever one comes. */
  if (context->ready >= 0 && n == 1 && last->kind == TRIP_BLOCK_CHECK_IN)
    return FALSE;
  return context->day_end >= 0 && last != NULL && last->start + last->service > context->day_end;
}

static const TripPlanCandidate *
find_place (const TripPlanContext *context,
            const TripPlanDraft   *draft,
            guint                  day,
            gint                   before)
{
  for (gint i = before - 1; i >= 0; i--)
    {
      const TripPlanStop *stop = stop_at (&draft->days[day], (guint) i);

      if (stop->candidate >= 0)
        return trip_plan_context_candidate (context, (guint) stop->candidate);
      if (stop->kind == TRIP_BLOCK_TRANSFER)
        return NULL;
    }
  return day > 0 && draft->days[day - 1].lodge >= 0
           ? trip_plan_context_candidate (context, (guint) draft->days[day - 1].lodge)
           : NULL;
}

static void
describe_ways (const TripPlanContext  *context,
               const TripPlanDraftDay *day,
               const TripPlanStyle    *style,
               TripTravelProfile      *out_profile)
{
  trip_plan_context_profile (context, &g_array_index (context->cities, TripPlanCity, day->city), out_profile);
  if (style->walk_m > 0 && out_profile->hard_walk_m == 0)
    out_profile->max_walk_m = MAX (out_profile->max_walk_m, style->walk_m);
}

/* The stop behind @index to which there is a way from a place: free time and meals of one's own happen where one is. */
static gint
find_next_place (const TripPlanDraftDay *day,
                 guint                   index)
{
  for (guint i = index + 1; i < day->stops->len; i++)
    {
      if (stop_at (day, i)->kind == TRIP_BLOCK_TRANSFER)
        return -1;
      if (stop_at (day, i)->candidate >= 0)
        return stop_at (day, i)->has_leg ? (gint) i : -1;
    }
  return -1;
}

static gint
end_of (const TripPlanStop *stop)
{
  return stop->start + stop->service;
}

/* Whether a day is within its walking with @leg in place of the ways to @gone and @there. */
static gboolean
keeps_walking (const TripPlanContext  *context,
               const TripPlanDraftDay *day,
               const TripTravelLeg    *leg,
               const TripPlanStop     *gone,
               const TripPlanStop     *there)
{
  gint before = (gone->has_leg ? trip_plan_limits_walk_of (context, &gone->leg) : 0) +
                (there->has_leg ? trip_plan_limits_walk_of (context, &there->leg) : 0);
  gint more = trip_plan_limits_walk_of (context, leg) - before;

  return context->constraints->max_walk_day_m == 0 || more <= 0 ||
         trip_plan_limits_walked (context, day) + more <= context->constraints->max_walk_day_m;
}

/* Takes a stop out and makes the way from the place before it to the one behind it. Nothing changes where that way takes
 * longer than there is, or is more walking than there may be. */
static gboolean
leave_out (const TripPlanContext *context,
           TripPlanDraft         *draft,
           const TripPlanStyle   *style,
           guint                  day_index,
           guint                  index,
           guint8                *used)
{
  TripPlanDraftDay *day = &draft->days[day_index];
  const TripPlanStop gone = *stop_at (day, index);
  const TripPlanCandidate *from = find_place (context, draft, day_index, (gint) index);
  gint freed_from = index > 0 ? end_of (stop_at (day, index - 1)) : gone.start;
  gint place = find_next_place (day, index);
  TripPlanStop *next;
  gint freed_to;

  if (place >= 0)
    {
      TripPlanStop *there = stop_at (day, (guint) place);
      TripTravelLeg leg = { TRIP_TRAVEL_NONE, 0, 0, 0 };
      gint ready = (guint) place == index + 1 ? freed_from : end_of (stop_at (day, (guint) place - 1));

      if (from != NULL)
        {
          const TripPlanCandidate *to = trip_plan_context_candidate (context, (guint) there->candidate);
          TripTravelProfile profile;

          describe_ways (context, day, style, &profile);
          trip_travel_in_city (&profile, trip_geo_distance_m (&from->poi->geo, &to->poi->geo), &leg);
        }
      if (there->start - leg.minutes < ready || !keeps_walking (context, day, &leg, &gone, there))
        return FALSE;
      there->leg = leg;
      there->has_leg = from != NULL;
    }
  if (gone.candidate >= 0)
    used[gone.candidate] = FALSE;
  g_array_remove_index (day->stops, index);
  next = index < day->stops->len ? stop_at (day, index) : NULL;
  if (next == NULL || index == 0)
    return TRUE;
  if (next->kind == TRIP_BLOCK_FREE)
    {
      next->service += next->start - freed_from;
      next->start = freed_from;
      return TRUE;
    }
  freed_to = next->start - (next->has_leg ? next->leg.minutes : 0);
  if (freed_to - freed_from >= LEAST_FREE_MINUTES && stop_at (day, index - 1)->kind != TRIP_BLOCK_FREE)
    {
      TripPlanStop rest = { .kind = TRIP_BLOCK_FREE, .candidate = -1, .start = freed_from,
                            .service = (freed_to - freed_from) / 5 * 5 };

      g_array_insert_val (day->stops, index, rest);
    }
  return TRUE;
}

/* The visit that is missed least, of those that need not be and are not in @kept. */
static gint
find_least (const TripPlanContext  *context,
            const TripPlanDraftDay *day,
            const guint8           *forced,
            guint64                 kept)
{
  gfloat least = G_MAXFLOAT;
  gint found = -1;

  for (guint i = 0; i < MIN (day->stops->len, 64u); i++)
    {
      const TripPlanStop *stop = stop_at (day, i);
      const TripPlanCandidate *candidate;

      if (stop->kind != TRIP_BLOCK_VISIT || (kept & (G_GUINT64_CONSTANT (1) << i)) != 0)
        continue;
      candidate = trip_plan_context_candidate (context, (guint) stop->candidate);
      if (candidate->must || forced[stop->candidate])
        continue;
      if (candidate->appeal < least)
        {
          least = candidate->appeal;
          found = (gint) i;
        }
    }
  return found;
}

/**
 * trip_plan_limits_leave_out_least:
 * @context: the question
 * @draft: a draft under way
 * @style: what the option is like
 * @day: index of a day
 * @forced: for each candidate, whether it was chosen to meet a wish
 * @used: for each candidate, whether it is in; kept up to date
 *
 * Takes the visit out of a day that is missed least, of those that need not be.
 *
 * Returns: whether there was one that could go
 */
gboolean
trip_plan_limits_leave_out_least (const TripPlanContext *context,
                                  TripPlanDraft         *draft,
                                  const TripPlanStyle   *style,
                                  guint                  day,
                                  const guint8          *forced,
                                  guint8                *used)
{
  guint64 kept = 0;
  gint least;

  while ((least = find_least (context, &draft->days[day], forced, kept)) >= 0)
    {
      if (leave_out (context, draft, style, day, (guint) least, used))
        return TRUE;
      kept |= G_GUINT64_CONSTANT (1) << least;
    }
  return FALSE;
}

/**
 * trip_plan_limits_keeps_houses:
 * @context: the question
 * @draft: a draft
 *
 * Returns: whether one moves house as often as was asked for: never within a city, or each night
 */
gboolean
trip_plan_limits_keeps_houses (const TripPlanContext *context,
                               const TripPlanDraft   *draft)
{
  TripLodgingChange change = context->constraints->lodging_change;

  for (guint d = 1; d < draft->n_days && change != TRIP_LODGING_CHANGE_UNSET; d++)
    {
      const TripPlanDraftDay *day = &draft->days[d];

      if (change == TRIP_LODGING_CHANGE_NEVER && day->lodge >= 0 && day[-1].lodge >= 0 && day->city == day[-1].city &&
          day->lodge != day[-1].lodge)
        return FALSE;
      for (guint e = 0; e < d && change == TRIP_LODGING_CHANGE_NIGHTLY && day->lodge >= 0; e++)
        {
          if (draft->days[e].lodge == day->lodge)
            return FALSE;
        }
    }
  return TRUE;
}

static guint
find_broken (const TripPlanContext *context,
             const TripPlanDraft   *draft)
{
  const TripConstraints *terms = context->constraints;
  guint broken = 0;
  guint meals = 0;
  gboolean any_free = FALSE, any_day = FALSE;

  for (guint d = 0; d < draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &draft->days[d];

      if (terms->max_walk_day_m > 0 && trip_plan_limits_walked (context, day) > terms->max_walk_day_m)
        broken |= TRIP_PLAN_BROKEN_WALKING;
      if (terms->max_visits > 0 && trip_plan_limits_visits (day) > (guint) terms->max_visits)
        broken |= TRIP_PLAN_BROKEN_VISITS;
      if (trip_plan_limits_is_too_late (context, day))
        broken |= TRIP_PLAN_BROKEN_HOURS;
      if (day->lodge >= 0 && !trip_plan_context_candidate (context, (guint) day->lodge)->lodge_ok)
        broken |= TRIP_PLAN_BROKEN_LODGING;
      /* Nobody has to say that one eats. */
      if (trip_plan_meals_is_missing (day))
        meals |= TRIP_PLAN_BROKEN_MEALS;
      for (guint k = 0; k < terms->kind_limits->len; k++)
        {
          const TripKindLimit *limit = g_ptr_array_index (terms->kind_limits, k);

          if (limit->priority != TRIP_PRIORITY_PREFERRED &&
              trip_plan_limits_load (context, draft, limit, d) > trip_plan_limits_most (limit))
            broken |= TRIP_PLAN_BROKEN_KINDS;
        }
      any_free |= trip_plan_limits_has_free (day);
      any_day |= day->stops->len > 0;
    }
  if (terms->free_time && any_day && !any_free)
    broken |= TRIP_PLAN_BROKEN_FREE_TIME;
  if (terms->lodging_change_must && !trip_plan_limits_keeps_houses (context, draft))
    broken |= TRIP_PLAN_BROKEN_LODGING;
  if ((context->hard_topics & TRIP_TOPIC_WALKING) == 0)
    broken &= ~(guint) TRIP_PLAN_BROKEN_WALKING;
  if ((context->hard_topics & TRIP_TOPIC_PACE) == 0)
    broken &= ~(guint) TRIP_PLAN_BROKEN_VISITS;
  if ((context->hard_topics & TRIP_TOPIC_DAY_END) == 0)
    broken &= ~(guint) TRIP_PLAN_BROKEN_HOURS;
  if ((context->hard_topics & TRIP_TOPIC_FREE_TIME) == 0)
    broken &= ~(guint) TRIP_PLAN_BROKEN_FREE_TIME;
  if ((context->hard_topics & (TRIP_TOPIC_LODGING | TRIP_TOPIC_BUDGET | TRIP_TOPIC_LODGING_COST)) == 0)
    broken &= ~(guint) TRIP_PLAN_BROKEN_LODGING;
  for (guint i = 0; i < context->themes->len; i++)
    {
      const TripPlanTheme *theme = &g_array_index (context->themes, TripPlanTheme, i);

      if (theme->wish->priority != TRIP_PRIORITY_PREFERRED && !trip_plan_limits_has_theme (context, draft, theme))
        broken |= TRIP_PLAN_BROKEN_THEME;
    }
  return broken | meals;
}

static void
judge_bounds (const TripPlanContext *context,
              TripPlanDraft         *draft)
{
  draft->over = 0;
  for (guint i = 0; i < trip_plan_bounds_count (context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);

      for (guint d = 0; d < (bound->per_day ? draft->n_days : 1); d++)
        {
          gint64 over = trip_plan_bound_of_draft (bound, context, draft, d) - bound->most;

          if (over <= 0)
            continue;
          if (bound->hard)
            draft->broken |= TRIP_PLAN_BROKEN_BOUNDS;
          /* What a wish for meals and tickets leaves out the search has left out: dearer beds are not to blame. */
          if (bound->money != NULL && (bound->hard || trip_plan_bound_counts_ways (bound) ||
                                       bound->money->kind == TRIP_MONEY_KIND_LODGING))
            draft->over += over;
        }
    }
}

/**
 * trip_plan_limits_judge:
 * @context: the question
 * @draft: a draft whose days are settled
 *
 * Notes in the draft what has to hold and does not.
 */
void
trip_plan_limits_judge (const TripPlanContext *context,
                        TripPlanDraft         *draft)
{
  draft->broken = find_broken (context, draft);
  judge_bounds (context, draft);
}
