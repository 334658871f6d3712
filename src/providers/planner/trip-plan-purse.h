/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Keeping a budget: which of the drafts that cost no more than they may is worth most. Knows drafts by their cost, their worth
 * and by whether they are complete, and nothing of how they are made.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

/**
 * TripPlanPurse:
 * @budget: what a draft may cost, minor units; 0 for any
 * @is_bounded: what a day may cost is bounded: a dear bed may then leave nothing to eat
 * @effort: how much a draft may search, a day
 * @draft: makes a draft; the effort of its means is that of a day
 * @is_complete: whether a draft has all that has to be in
 * @user_data: data for both
 *
 * How drafts are made and judged.
 */
typedef struct {
  gint64 budget;
  gboolean is_bounded;
  guint64 effort;
  TripPlanDraft *(*draft)       (gpointer               user_data,
                                 const TripPlanStyle   *style,
                                 const TripPlanMeans   *means,
                                 GError               **error);
  gboolean       (*is_complete) (gpointer               user_data,
                                 const TripPlanDraft   *draft);
  gpointer user_data;
} TripPlanPurse;

TripPlanDraft *trip_plan_purse_draft (const TripPlanPurse   *self,
                                      const TripPlanStyle   *style,
                                      gboolean               may_tighten,
                                      gboolean              *out_tightened,
                                      GError               **error);

G_END_DECLS
