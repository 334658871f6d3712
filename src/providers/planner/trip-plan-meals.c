/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * No day without its meals: where a day is so full that none found a place, a short one is put between the stops, which
 * move within their opening hours, and where that is not enough the visit that is missed least goes.
 */
#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-draft-private.h"
#include "providers/planner/trip-timetable.h"

#include <string.h>

/* A day that begins before the one and ends after the other has the meal between them. */
#define LUNCH_IF_BEFORE (11 * 60)
#define LUNCH_IF_AFTER (16 * 60)
#define LUNCH_LATEST (15 * 60)
#define DINNER_IF_BEFORE (16 * 60)
#define DINNER_IF_AFTER (21 * 60)
#define DINNER_EARLIEST (17 * 60)
#define DINNER_LATEST (21 * 60 + 30)

#define MAX_STOPS (TRIP_ORIENTEERING_MAX_STOPS + 4)

typedef struct {
  gint role;
  gint before;
  gint after;
  gint from;
  gint to;
} Meal;

static const Meal meals[] = {
  { TRIP_PLAN_ROLE_LUNCH, LUNCH_IF_BEFORE, LUNCH_IF_AFTER, LUNCH_IF_BEFORE, LUNCH_LATEST },
  { TRIP_PLAN_ROLE_DINNER, DINNER_IF_BEFORE, DINNER_IF_AFTER, DINNER_EARLIEST, DINNER_LATEST },
};

static TripPlanStop *
stop_at (const TripPlanDraftDay *day,
         guint                   index)
{
  return &g_array_index (day->stops, TripPlanStop, index);
}

static gboolean
lacks_meal (const TripPlanDraftDay *day,
            const Meal             *meal)
{
  gint first = G_MAXINT, last = 0;

  for (guint i = 0; i < day->stops->len; i++)
    {
      const TripPlanStop *stop = stop_at (day, i);

      if (stop->kind == TRIP_BLOCK_MEAL && stop->start >= meal->from && stop->start <= meal->to)
        return FALSE;
      if (stop->kind != TRIP_BLOCK_VISIT)
        continue;
      first = MIN (first, stop->start);
      last = MAX (last, stop->start + stop->service);
    }
  return first <= meal->before && last >= meal->after;
}

/**
 * trip_plan_meals_is_missing:
 * @day: a day of a draft
 *
 * Returns: whether the day is long enough for a meal that it does not have
 */
gboolean
trip_plan_meals_is_missing (const TripPlanDraftDay *day)
{
  return lacks_meal (day, &meals[0]) || lacks_meal (day, &meals[1]);
}

/* When a stop may be: a visit and a meal at a table within opening hours, all else when it is. */
static void
describe_stop (const TripPlanContext *context,
               const TripPlanStop    *stop,
               guint                  day,
               gint                   earliest,
               gint                   latest,
               TripTimetableStop     *out)
{
  const TripPlanSpan *spans;
  guint n;

  memset (out, 0, sizeof *out);
  out->service = stop->service;
  out->travel = stop->has_leg ? trip_plan_ceil5 (stop->leg.minutes) : 0;
  out->preferred = -1;
  out->n_windows = 1;
  out->windows[0].from = out->windows[0].to = stop->start;
  if (stop->kind == TRIP_BLOCK_MEAL)
    {
      earliest = stop->role == TRIP_PLAN_ROLE_LUNCH ? TRIP_PLAN_LUNCH_FROM : TRIP_PLAN_DINNER_FROM;
      latest = stop->role == TRIP_PLAN_ROLE_LUNCH ? TRIP_PLAN_LUNCH_TO : TRIP_PLAN_DINNER_TO;
      if (stop->candidate < 0)
        {
          out->windows[0].from = earliest;
          out->windows[0].to = latest;
          return;
        }
    }
  if (stop->candidate < 0 || (stop->kind != TRIP_BLOCK_VISIT && stop->kind != TRIP_BLOCK_MEAL))
    return;
  n = trip_plan_context_spans (context, (guint) stop->candidate, day, &spans);
  out->n_windows = trip_plan_start_windows (spans, n, stop->service, earliest, latest, out->windows,
                                            TRIP_TIMETABLE_MAX_WINDOWS);
}

static void
remove_free (TripPlanDraftDay *day)
{
  for (guint i = day->stops->len; i-- > 0;)
    {
      if (stop_at (day, i)->kind == TRIP_BLOCK_FREE)
        g_array_remove_index (day->stops, i);
    }
}

static void
find_bounds (const TripPlanContext  *context,
             const TripPlanDraftDay *day,
             guint                   index,
             const TripPlanStyle    *style,
             gint                   *out_start,
             gint                   *out_end)
{
  const TripPlanStop *first = stop_at (day, 0);
  const TripPlanStop *last = stop_at (day, day->stops->len - 1);
  gint first_start = first->start - (first->has_leg ? trip_plan_ceil5 (first->leg.minutes) : 0);

  *out_start = context->day_start >= 0 ? context->day_start : MIN (first_start, trip_plan_pace_start (style->pace));
  *out_end = context->day_end >= 0 ? context->day_end : trip_plan_pace_end (style->pace);
  *out_start = MAX (*out_start, trip_plan_context_earliest (context, index));
  *out_end = MIN (*out_end, trip_plan_context_latest (context, index));
  *out_end = MAX (*out_end, last->start + last->service);
  if (first->kind == TRIP_BLOCK_TRANSFER)
    *out_start = MIN (*out_start, first_start);
}

static gboolean
put_meal (const TripPlanContext *context,
          TripPlanDraft         *draft,
          const TripPlanStyle   *style,
          guint                  day_index,
          const Meal            *meal)
{
  static const gint lengths[] = { 60, 45, 30 };
  TripPlanDraftDay *day = &draft->days[day_index];
  const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, day->city);
  TripTimetableStop times[MAX_STOPS + 1];
  gint64 cost = trip_plan_context_for_party (context, city->meal_cost);
  guint n = day->stops->len;
  gint start, end;

  if (n == 0 || n > MAX_STOPS || !trip_plan_bounds_allow (context, draft, day_index, TRIP_BLOCK_MEAL, cost))
    return FALSE;
  find_bounds (context, day, day_index, style, &start, &end);
  for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++)
    {
      for (guint at = 1; at <= n; at++)
        {
          TripPlanStop stop = { .kind = TRIP_BLOCK_MEAL, .candidate = -1, .role = meal->role, .service = lengths[l] };

          if (stop_at (day, at - 1)->kind == TRIP_BLOCK_TRANSFER && at == n)
            continue;
          for (guint i = 0; i < n; i++)
            describe_stop (context, stop_at (day, i), day_index, 0, G_MAXINT / 2, &times[i < at ? i : i + 1]);
          describe_stop (context, &stop, day_index, 0, G_MAXINT / 2, &times[at]);
          if (!trip_timetable_fit (times, n + 1, start, end, NULL))
            continue;
          stop.start = times[at].start;
          stop.cost = cost;
          for (guint i = 0; i < n; i++)
            stop_at (day, i)->start = times[i < at ? i : i + 1].start;
          g_array_insert_val (day->stops, at, stop);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_plan_meals_complete:
 * @context: the question
 * @draft: a draft whose days are written and whose costs are not summed up yet
 * @style: what the option is like
 * @forced: for each candidate, whether it was chosen to meet a wish
 * @used: for each candidate, whether it is in; kept up to date
 *
 * Gives each day the meals that it is long enough for, as far as that can be. A day whose money buys no meal ends before
 * one is due.
 */
void
trip_plan_meals_complete (const TripPlanContext *context,
                          TripPlanDraft         *draft,
                          const TripPlanStyle   *style,
                          const guint8          *forced,
                          guint8                *used)
{
  for (guint d = 0; d < draft->n_days; d++)
    {
      for (gsize m = 0; m < G_N_ELEMENTS (meals); m++)
        {
          if (!lacks_meal (&draft->days[d], &meals[m]))
            continue;
          remove_free (&draft->days[d]);
          while (lacks_meal (&draft->days[d], &meals[m]) && !put_meal (context, draft, style, d, &meals[m]) &&
                 trip_plan_limits_leave_out_least (context, draft, style, d, forced, used))
            remove_free (&draft->days[d]);
        }
    }
}
