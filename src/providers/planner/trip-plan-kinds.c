/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How much of one kind of places a day holds: of what is too much that goes which is missed least.
 */
#include "providers/planner/trip-plan-draft-private.h"

#include "providers/planner/trip-plan-words.h"

static gboolean
is_kind (const TripPlanCandidate *candidate,
         const char              *stem)
{
  return trip_plan_words_match (candidate->poi, candidate->folded, stem, stem);
}

static gboolean
is_of_kind (const TripPlanContext *context,
            const TripPlanStop    *stop,
            const char            *stem)
{
  return stop->kind == TRIP_BLOCK_VISIT && stop->candidate >= 0 &&
         is_kind (trip_plan_context_candidate (context, (guint) stop->candidate), stem);
}

static guint
count_kind (const TripPlanContext  *context,
            const TripPlanDraftDay *day,
            const char             *stem)
{
  guint n = 0;

  for (guint i = 0; i < day->stops->len; i++)
    n += is_of_kind (context, &g_array_index (day->stops, TripPlanStop, i), stem);
  return n;
}

/* The one that is missed least, of those that need not be and are not in @kept. */
static gint
find_least (const TripPlanContext  *context,
            const TripPlanDraftDay *day,
            const char             *stem,
            const guint8           *forced,
            guint64                 kept)
{
  gfloat least = G_MAXFLOAT;
  gint found = -1;

  for (guint i = 0; i < MIN (day->stops->len, 64u); i++)
    {
      const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);
      const TripPlanCandidate *candidate;

      if (!is_of_kind (context, stop, stem) || (kept & (G_GUINT64_CONSTANT (1) << i)) != 0)
        continue;
      candidate = trip_plan_context_candidate (context, (guint) stop->candidate);
      if (candidate->must || forced[stop->candidate] || candidate->appeal >= least)
        continue;
      least = candidate->appeal;
      found = (gint) i;
    }
  return found;
}

/**
 * trip_plan_kinds_keep:
 * @context: the question
 * @draft: a draft under way
 * @style: what the option is like
 * @day: index of a day
 * @forced: for each candidate, whether it was chosen to meet a wish
 * @used: for each candidate, whether it is in; kept up to date
 *
 * Brings a day within the limits of its kinds as far as that can be.
 */
void
trip_plan_kinds_keep (const TripPlanContext *context,
                      TripPlanDraft         *draft,
                      const TripPlanStyle   *style,
                      guint                  day,
                      const guint8          *forced,
                      guint8                *used)
{
  GPtrArray *limits = context->constraints->kind_limits;

  for (guint k = 0; k < limits->len; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (limits, k);
      g_autofree char *stem = trip_plan_words_stem (limit->meaning);
      guint64 kept = 0;

      while (count_kind (context, &draft->days[day], stem) > (guint) limit->most)
        {
          gint least = find_least (context, &draft->days[day], stem, forced, kept);

          if (least < 0)
            break;
          if (trip_plan_limits_leave_out (context, draft, style, day, (guint) least, used))
            kept = 0;
          else
            kept |= G_GUINT64_CONSTANT (1) << least;
        }
    }
}

/**
 * trip_plan_kinds_has_room:
 * @context: the question
 * @day: a day of a draft
 * @candidate: index of a place
 *
 * Returns: whether the day may hold one more of what the place is
 */
gboolean
trip_plan_kinds_has_room (const TripPlanContext  *context,
                          const TripPlanDraftDay *day,
                          guint                   candidate)
{
  GPtrArray *limits = context->constraints->kind_limits;

  for (guint k = 0; k < limits->len; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (limits, k);
      g_autofree char *stem = trip_plan_words_stem (limit->meaning);

      if (is_kind (trip_plan_context_candidate (context, candidate), stem) &&
          count_kind (context, day, stem) >= (guint) limit->most)
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_kinds_find_broken:
 * @context: the question
 * @day: a day of a draft
 *
 * Returns: (transfer none) (nullable): the first limit of a kind that the day does not keep
 */
const TripKindLimit *
trip_plan_kinds_find_broken (const TripPlanContext  *context,
                             const TripPlanDraftDay *day)
{
  GPtrArray *limits = context->constraints->kind_limits;

  for (guint k = 0; k < limits->len; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (limits, k);
      g_autofree char *stem = trip_plan_words_stem (limit->meaning);

      if (count_kind (context, day, stem) > (guint) limit->most)
        return limit;
    }
  return NULL;
}
