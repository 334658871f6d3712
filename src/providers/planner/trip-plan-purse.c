/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Thrift is the price of money in points. The least that keeps the budget is found by bisection, at a glance each, and the
 * draft is then made with care.
 */
#include "providers/planner/trip-plan-purse.h"

#include <math.h>

/* Points that the money for a plain meal is worth while a budget is approached. */
#define LEAST 3.0f
#define USUAL_TIGHT 70.0f
#define TIGHTEST 400.0f
#define STEP 1.35f

/* Money before all else but the meals of a day: fares are walked, every plate is the cheapest. */
#define BOTTOM 1400.0f
#define BOTTOM_WALK_M 3000

#define GLANCES 5

/* A glance is this part of the usual search. */
#define GLANCE_SHARE 5

/* Whether @draft is to be had rather than @other: what is complete first, then what costs less. */
static gboolean
is_better (const TripPlanPurse *self,
           const TripPlanDraft *draft,
           const TripPlanDraft *other)
{
  gboolean complete = self->is_complete (self->user_data, draft);

  if (complete != self->is_complete (self->user_data, other))
    return complete;
  return draft->total < other->total;
}

static TripPlanDraft *
draft_at_level (const TripPlanPurse  *self,
                const TripPlanStyle  *style,
                gint                  level,
                gfloat                thrift,
                guint64               effort,
                GError              **error)
{
  TripPlanStyle tighter = *style;

  tighter.level = level;
  if (thrift >= BOTTOM)
    tighter.walk_m = MAX (tighter.walk_m, BOTTOM_WALK_M);
  return self->draft (self->user_data, &tighter, thrift, effort, error);
}

static gboolean
fits (const TripPlanPurse *self,
      const TripPlanDraft *draft)
{
  return draft->total <= self->budget && self->is_complete (self->user_data, draft);
}

/* The least thrift that keeps the budget, as far as glances tell: what need not be given up for money is not. Beds and
 * tables are what is saved at first; where that leaves money for better ones they are taken after all. */
static gboolean
find_thrift (const TripPlanPurse  *self,
             const TripPlanStyle  *style,
             gint                 *out_level,
             gfloat               *out_thrift,
             GError              **error)
{
  gfloat loose = style->thrift;
  gfloat tight = loose < USUAL_TIGHT ? USUAL_TIGHT : TIGHTEST;

  for (guint i = 0; i < GLANCES && tight > loose; i++)
    {
      gfloat thrift = i == 0 ? tight : sqrtf (MAX (loose, LEAST) * tight);
      g_autoptr(TripPlanDraft) draft = draft_at_level (self, style, 1, thrift, self->effort / GLANCE_SHARE, error);

      if (draft == NULL)
        return FALSE;
      if (fits (self, draft))
        {
          tight = thrift;
        }
      else if (thrift >= tight)
        {
          loose = tight;
          tight = TIGHTEST;
        }
      else
        {
          loose = thrift;
        }
    }
  *out_thrift = tight;
  *out_level = 1;
  for (gint level = style->level; level > 1 && tight < TIGHTEST; level--)
    {
      g_autoptr(TripPlanDraft) draft = draft_at_level (self, style, level, tight, self->effort / GLANCE_SHARE, error);

      if (draft == NULL)
        return FALSE;
      if (fits (self, draft))
        {
          *out_level = level;
          break;
        }
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
 * Makes a draft in which money weighs as much as the budget asks and no more.
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
  g_autoptr(TripPlanDraft) best = self->draft (self->user_data, style, style->thrift, self->effort, error);
  gfloat thrift;
  gint level;

  *out_tightened = FALSE;
  if (best == NULL || self->budget <= 0 || best->total <= self->budget || !may_tighten)
    return g_steal_pointer (&best);
  *out_tightened = TRUE;
  if (!find_thrift (self, style, &level, &thrift, error))
    return NULL;
  for (;;)
    {
      g_autoptr(TripPlanDraft) draft = draft_at_level (self, style, level, thrift, self->effort, error);

      if (draft == NULL)
        return NULL;
      if (is_better (self, draft, best))
        {
          g_clear_pointer (&best, trip_plan_draft_free);
          best = g_steal_pointer (&draft);
        }
      if (best->total <= self->budget || thrift >= BOTTOM)
        break;
      /* Who looks longer finds more to spend on. */
      level = 1;
      thrift = thrift * STEP < TIGHTEST / 2 ? thrift * STEP : thrift < TIGHTEST ? TIGHTEST : BOTTOM;
    }
  return g_steal_pointer (&best);
}
