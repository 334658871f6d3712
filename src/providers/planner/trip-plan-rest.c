/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Names the time that a day leaves over. A hole of an hour is a coffee or a slow way; a longer one that nobody speaks of
 * looks like a mistake, so it becomes time of one's own, said as such.
 */
#include "providers/planner/trip-plan-rest.h"

/* The way to a stop; an arrival's block begins with its way. */
static gint
minutes_before (const TripPlanDraftDay *day,
                guint                   index)
{
  const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, index);

  if (!stop->has_leg)
    return 0;
  if (stop->kind == TRIP_BLOCK_TRANSFER && !(day->to_origin && index + 1 == day->stops->len))
    return 0;
  return trip_plan_ceil5 (stop->leg.minutes);
}

static void
name_rest (TripPlanDraftDay *day,
           gint              day_end)
{
  for (guint i = 1; i < day->stops->len; i++)
    {
      TripPlanStop *before = &g_array_index (day->stops, TripPlanStop, i - 1);
      gint from = before->start + before->service;
      gint to = g_array_index (day->stops, TripPlanStop, i).start - minutes_before (day, i);
      TripPlanStop rest = { .kind = TRIP_BLOCK_FREE, .candidate = -1 };

      /* The travellers' own journey may be later than they want to be out. */
      if (day->departs && i + 1 == day->stops->len && day_end >= 0)
        to = MIN (to, day_end);
      if (to - from < TRIP_PLAN_REST_MINUTES)
        continue;
      if (before->kind == TRIP_BLOCK_FREE)
        {
          before->service += (to - from) / 5 * 5;
          continue;
        }
      rest.start = trip_plan_ceil5 (from);
      rest.service = (to - rest.start) / 5 * 5;
      g_array_insert_val (day->stops, i, rest);
      i++;
    }
}

/**
 * trip_plan_rest_name:
 * @draft: a draft whose stops are settled
 * @day_end: when days have to end, minutes, -1 where nobody said so
 *
 * Makes every stretch of %TRIP_PLAN_REST_MINUTES or more between two stops, ways left aside, a stop of its own. A stretch
 * beside free time that is there already is joined to it.
 */
void
trip_plan_rest_name (TripPlanDraft *draft,
                     gint           day_end)
{
  for (guint d = 0; d < draft->n_days; d++)
    name_rest (&draft->days[d], day_end);
}
