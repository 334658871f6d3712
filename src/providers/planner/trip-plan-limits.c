/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Limits of a day as a whole, which no single way or visit can break: how far one walks in it and how many sights it
 * has. A drafted day that goes beyond is brought back: long walks become rides in the time they took, and where that is
 * not enough the visit that is missed least goes. It also says what a draft breaks that has to hold.
 */
#include "providers/planner/trip-plan-draft-private.h"

#include <string.h>

#define LEAST_FREE_MINUTES 90

static TripPlanStop *
stop_at (const TripPlanDraftDay *day,
         guint                   index)
{
  return &g_array_index (day->stops, TripPlanStop, index);
}

static gboolean
is_walk (const TripPlanContext *context,
         const TripPlanStop    *stop)
{
  return stop->has_leg && stop->leg.mode == TRIP_TRAVEL_WALK && !trip_plan_context_is_next_door (context, &stop->leg);
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
    metres += is_walk (context, stop_at (day, i)) ? stop_at (day, i)->leg.distance_m : 0;
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
 * trip_plan_limits_has_free:
 * @day: a day of a draft
 *
 * Returns: whether it has a free block
 */
gboolean
trip_plan_limits_has_free (const TripPlanDraftDay *day)
{
  for (guint i = 0; i < day->stops->len; i++)
    {
      if (stop_at (day, i)->kind == TRIP_BLOCK_FREE)
        return TRUE;
    }
  return FALSE;
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
 * Returns: whether the day goes on beyond the hour by which it should end
 */
gboolean
trip_plan_limits_is_too_late (const TripPlanContext  *context,
                              const TripPlanDraftDay *day)
{
  const TripPlanStop *last = day->stops->len > 0 ? stop_at (day, day->stops->len - 1) : NULL;

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

/* What was a walk becomes a ride that takes no longer, so that the times of the day still hold. */
static gboolean
ride_instead (const TripPlanContext  *context,
              const TripPlanDraftDay *day,
              const TripPlanStyle    *style,
              TripPlanStop           *stop)
{
  TripTravelProfile profile;
  TripTravelLeg leg;

  describe_ways (context, day, style, &profile);
  profile.modes &= ~TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_WALK);
  for (guint pass = 0; pass < 2; pass++)
    {
      trip_travel_in_city (&profile, stop->leg.distance_m / TRIP_TRAVEL_STREET_DETOUR, &leg);
      if (leg.mode != TRIP_TRAVEL_NONE && leg.mode != TRIP_TRAVEL_WALK && leg.minutes <= stop->leg.minutes)
        {
          leg.distance_m = stop->leg.distance_m;
          stop->leg = leg;
          return TRUE;
        }
      /* On a short way a taxi is there before the next train is. */
      profile.modes &= ~TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT);
      profile.prefer = TRIP_TRAVEL_NONE;
    }
  return FALSE;
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

/* Takes a stop out and makes the way from the place before it to the one behind it. Nothing changes where that way takes
 * longer than there is. */
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
      if (there->start - leg.minutes < ready)
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

static guint
find_position (const TripPlanDraftDay *day,
               gint                    start)
{
  guint at = 0;

  while (at < day->stops->len && stop_at (day, at)->start < start)
    at++;
  return at;
}

/* Free time that was put where something else is now to be. */
static void
remove_rest_at (TripPlanDraftDay *day,
                gint              start)
{
  for (guint i = day->stops->len; i-- > 0;)
    {
      const TripPlanStop *stop = stop_at (day, i);

      if (stop->kind == TRIP_BLOCK_FREE && stop->start <= start && stop->start + stop->service > start)
        g_array_remove_index (day->stops, i);
    }
}

static gint
find_longest_walk (const TripPlanContext  *context,
                   const TripPlanDraftDay *day,
                   guint64                 tried)
{
  gint longest = -1;

  for (guint i = 0; i < MIN (day->stops->len, 64u); i++)
    {
      if ((tried & (G_GUINT64_CONSTANT (1) << i)) == 0 && is_walk (context, stop_at (day, i)) &&
          (longest < 0 || stop_at (day, i)->leg.distance_m > stop_at (day, (guint) longest)->leg.distance_m))
        longest = (gint) i;
    }
  return longest;
}

/* The visit that is missed least, for how far one walks for it where that counts. */
static gint
find_least (const TripPlanContext  *context,
            const TripPlanDraftDay *day,
            const guint8           *forced,
            gboolean                walks,
            guint64                 kept)
{
  gfloat least = G_MAXFLOAT;
  gint found = -1;

  for (guint i = 0; i < MIN (day->stops->len, 64u); i++)
    {
      const TripPlanStop *stop = stop_at (day, i);
      const TripPlanCandidate *candidate;
      gfloat value;

      if (stop->kind != TRIP_BLOCK_VISIT || (kept & (G_GUINT64_CONSTANT (1) << i)) != 0)
        continue;
      candidate = trip_plan_context_candidate (context, (guint) stop->candidate);
      if (candidate->must || forced[stop->candidate])
        continue;
      value = candidate->appeal;
      if (walks && is_walk (context, stop))
        value -= (gfloat) stop->leg.distance_m / 10.0f;
      if (value < least)
        {
          least = value;
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

  while ((least = find_least (context, &draft->days[day], forced, FALSE, kept)) >= 0)
    {
      if (leave_out (context, draft, style, day, (guint) least, used))
        return TRUE;
      kept |= G_GUINT64_CONSTANT (1) << least;
    }
  return FALSE;
}

/* A meal at a table farther off becomes one wherever one is. */
static gboolean
eat_nearby (const TripPlanContext *context,
            TripPlanDraft         *draft,
            const TripPlanStyle   *style,
            guint                  day_index,
            const guint8          *forced,
            guint8                *used)
{
  TripPlanDraftDay *day = &draft->days[day_index];
  gint farthest = -1;

  for (guint i = 1; i < day->stops->len; i++)
    {
      const TripPlanStop *stop = stop_at (day, i);

      if (stop->kind == TRIP_BLOCK_MEAL && stop->candidate >= 0 && is_walk (context, stop) &&
          !trip_plan_context_candidate (context, (guint) stop->candidate)->must && !forced[stop->candidate] &&
          stop_at (day, i - 1)->kind != TRIP_BLOCK_TRANSFER &&
          (farthest < 0 || stop->leg.distance_m > stop_at (day, (guint) farthest)->leg.distance_m))
        farthest = (gint) i;
    }
  if (farthest < 0)
    return FALSE;
  {
    const TripPlanStop meal = *stop_at (day, (guint) farthest);
    TripPlanStop nearby = { .kind = TRIP_BLOCK_MEAL, .candidate = -1, .role = meal.role, .start = meal.start,
                            .service = meal.service };

    g_autoptr(GArray) before = g_array_copy (day->stops);
    const TripPlanStop *next;
    guint at;

    if (!leave_out (context, draft, style, day_index, (guint) farthest, used))
      return FALSE;
    nearby.cost = trip_plan_context_for_party (context, g_array_index (context->cities, TripPlanCity, day->city).meal_cost);
    remove_rest_at (day, meal.start);
    at = find_position (day, meal.start);
    g_array_insert_val (day->stops, at, nearby);
    next = at + 1 < day->stops->len ? stop_at (day, at + 1) : NULL;
    if (next == NULL || next->start - (next->has_leg ? next->leg.minutes : 0) >= nearby.start + nearby.service)
      return TRUE;
    /* The way on takes longer from there. */
    g_array_set_size (day->stops, 0);
    g_array_append_vals (day->stops, before->data, before->len);
    used[meal.candidate] = TRUE;
  }
  return FALSE;
}

static void
limit_walking (const TripPlanContext *context,
               TripPlanDraft         *draft,
               const TripPlanStyle   *style,
               guint                  day_index,
               const guint8          *forced,
               guint8                *used)
{
  TripPlanDraftDay *day = &draft->days[day_index];
  gint most = context->constraints->max_walk_day_m;
  guint64 tried = 0;
  guint64 kept = 0;

  while (trip_plan_limits_walked (context, day) > most)
    {
      gint walk = find_longest_walk (context, day, tried);

      if (walk < 0)
        break;
      tried |= G_GUINT64_CONSTANT (1) << walk;
      ride_instead (context, day, style, stop_at (day, (guint) walk));
    }
  while (trip_plan_limits_walked (context, day) > most)
    {
      gint least = find_least (context, day, forced, TRUE, kept);

      /* The last visit of a day stays while a meal can be had on its way. */
      if ((least < 0 || trip_plan_limits_visits (day) == 1) && eat_nearby (context, draft, style, day_index, forced, used))
        continue;
      if (least < 0)
        return;
      if (leave_out (context, draft, style, day_index, (guint) least, used))
        kept = 0;
      else
        kept |= G_GUINT64_CONSTANT (1) << least;
    }
}

static void
limit_visits (const TripPlanContext *context,
              TripPlanDraft         *draft,
              const TripPlanStyle   *style,
              guint                  day_index,
              const guint8          *forced,
              guint8                *used)
{
  while (trip_plan_limits_visits (&draft->days[day_index]) > (guint) context->constraints->max_visits &&
         trip_plan_limits_leave_out_least (context, draft, style, day_index, forced, used))
    ;
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
  if ((context->hard_topics & (TRIP_TOPIC_LODGING | TRIP_TOPIC_BUDGET)) == 0)
    broken &= ~(guint) TRIP_PLAN_BROKEN_LODGING;
  for (guint i = 0; i < context->themes->len; i++)
    {
      const TripPlanTheme *theme = &g_array_index (context->themes, TripPlanTheme, i);

      if (theme->wish->priority != TRIP_PRIORITY_PREFERRED && !trip_plan_limits_has_theme (context, draft, theme))
        broken |= TRIP_PLAN_BROKEN_THEME;
    }
  return broken | meals;
}

/**
 * trip_plan_limits_keep:
 * @context: the question
 * @draft: a draft whose days are written and whose costs are not summed up yet
 * @style: what the option is like
 * @forced: for each candidate, whether it was chosen to meet a wish
 * @used: for each candidate, whether it is in; kept up to date
 *
 * Brings each day within the limits of a day as far as that can be, and notes in the draft what has to hold and does
 * not.
 */
void
trip_plan_limits_keep (const TripPlanContext *context,
                       TripPlanDraft         *draft,
                       const TripPlanStyle   *style,
                       const guint8          *forced,
                       guint8                *used)
{
  for (guint d = 0; d < draft->n_days; d++)
    {
      if (context->constraints->max_visits > 0)
        limit_visits (context, draft, style, d, forced, used);
      if (context->constraints->max_walk_day_m > 0)
        limit_walking (context, draft, style, d, forced, used);
    }
  trip_plan_meals_complete (context, draft, style, forced, used);
  draft->broken = find_broken (context, draft);
}
