/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Why there is no plan, in words.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

void trip_plan_refusal_set_missing (const TripPlanContext  *context,
                                    const TripPlanStays    *stays,
                                    const TripPlanDraft    *draft,
                                    GError                **error);
void trip_plan_refusal_set_budget  (const TripPlanContext  *context,
                                    gint64                  cheapest,
                                    GError                **error);

G_END_DECLS
