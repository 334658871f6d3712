/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A draft put into words: the plan option that crosses the edge.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

TripPlanOption *trip_plan_write_draft (const TripPlanContext *context,
                                       const TripPlanDraft   *draft,
                                       const TripPlanStyle   *style,
                                       GPtrArray             *more_notes);

G_END_DECLS
