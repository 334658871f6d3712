/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sights, tables and fares are chosen within a budget by the search itself. What is settled before it, beds and journeys,
 * is tried from dear to cheap at a glance each, and the draft is then made with care from what leaves the best days.
 */
#include "providers/planner/trip-plan-purse.h"

/* Points that the money for a plain meal is worth where beds and journeys are settled. The first but nothing chooses among
 * houses of one level. */
static const gfloat savings[] = { 0.0f, 2.0f, 30.0f, 90.0f, 400.0f };

/* Money before all else but the meals of a day: fares are walked, every plate is the cheapest. */
#define BOTTOM 1400.0f
#define BOTTOM_WALK_M 3000

/* A glance is this part of the usual search. */
#define GLANCE_SHARE 5

/* Whether it costs no more than it may, in all and where that is bounded apart. */
static gboolean
keeps (const TripPlanPurse *self,
       const TripPlanDraft *draft)
{
  return (self->budget <= 0 || draft->total <= self->budget) && draft->over == 0;
}

static gboolean
fits (const TripPlanPurse *self,
      const TripPlanDraft *draft)
{
  return keeps (self, draft) && self->is_complete (self->user_data, draft);
}

/* Whether @draft is to be had rather than @other: what is complete first, then what is nearer to the bounds, then what costs
 * less. */
static gboolean
is_better (const TripPlanPurse *self,
           const TripPlanDraft *draft,
           const TripPlanDraft *other)
{
  gboolean complete = self->is_complete (self->user_data, draft);

  if (complete != self->is_complete (self->user_data, other))
    return complete;
  if (draft->over != other->over)
    return draft->over < other->over;
  return self->budget > 0 && draft->total < other->total;
}

static void
keep (TripPlanDraft **best,
      TripPlanDraft  *draft)
{
  g_clear_pointer (best, trip_plan_draft_free);
  *best = draft;
}

/* The best draft within the budget, %NULL where there is none. */
static gboolean
draft_within (const TripPlanPurse  *self,
              const TripPlanStyle  *style,
              TripPlanDraft       **out_best,
              GError              **error)
{
  TripPlanMeans means = { self->budget, style->thrift, style->thrift, self->effort / GLANCE_SHARE };
  g_autoptr(TripPlanDraft) best = NULL;
  TripPlanDraft *draft;
  gfloat saving = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (savings); i++)
    {
      means.saving = MAX (savings[i], style->thrift);
      if (i > 0 && means.saving <= style->thrift)
        continue;
      draft = self->draft (self->user_data, style, &means, error);
      if (draft == NULL)
        return FALSE;
      if (fits (self, draft) && (best == NULL || draft->worth > best->worth))
        {
          keep (&best, draft);
          saving = means.saving;
        }
      else
        {
          trip_plan_draft_free (draft);
        }
    }
  if (best != NULL)
    {
      means.saving = saving;
      means.effort = self->effort;
      draft = self->draft (self->user_data, style, &means, error);
      if (draft == NULL)
        return FALSE;
      if (fits (self, draft) && draft->worth > best->worth)
        keep (&best, draft);
      else
        trip_plan_draft_free (draft);
    }
  *out_best = g_steal_pointer (&best);
  return TRUE;
}

/* The cheapest draft: within the budget if that can be, else whatever it costs. */
static gboolean
draft_cheapest (const TripPlanPurse  *self,
                const TripPlanStyle  *style,
                TripPlanDraft       **best,
                GError              **error)
{
  TripPlanMeans means = { self->budget, BOTTOM, BOTTOM, self->effort };
  TripPlanStyle simple = *style;

  simple.level = 1;
  simple.walk_m = MAX (simple.walk_m, BOTTOM_WALK_M);
  for (guint pass = 0; pass < 2; pass++)
    {
      TripPlanDraft *draft = self->draft (self->user_data, &simple, &means, error);

      if (draft == NULL)
        return FALSE;
      if (is_better (self, draft, *best))
        keep (best, draft);
      else
        trip_plan_draft_free (draft);
      if (fits (self, *best))
        break;
      means.budget = 0;
    }
  return TRUE;
}

/**
 * trip_plan_purse_draft:
 * @self: how drafts are made and judged
 * @style: what the option is to be like
 * @may_tighten: money may weigh more than the style says
 * @out_tightened: (out): whether it does
 * @error: return location
 *
 * Makes the draft that is worth most within the budget; where money is no matter, the one that the style asks for.
 *
 * Returns: (transfer full): the draft, the cheapest where none keeps the budget; %NULL where making one failed
 */
TripPlanDraft *
trip_plan_purse_draft (const TripPlanPurse  *self,
                       const TripPlanStyle  *style,
                       gboolean              may_tighten,
                       gboolean             *out_tightened,
                       GError              **error)
{
  TripPlanMeans means = { 0, style->thrift, style->thrift, self->effort };
  g_autoptr(TripPlanDraft) best = self->draft (self->user_data, style, &means, error);
  g_autoptr(TripPlanDraft) within = NULL;

  *out_tightened = FALSE;
  if (best == NULL || (keeps (self, best) && !self->is_bounded) || !may_tighten)
    return g_steal_pointer (&best);
  if (!draft_within (self, style, &within, error))
    return NULL;
  if (fits (self, best) && (within == NULL || within->worth <= best->worth))
    return g_steal_pointer (&best);
  *out_tightened = TRUE;
  if (within != NULL)
    return g_steal_pointer (&within);
  if (!draft_cheapest (self, style, &best, error))
    return NULL;
  return g_steal_pointer (&best);
}
