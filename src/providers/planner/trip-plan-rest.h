/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The time that a day leaves over.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

/**
 * TRIP_PLAN_REST_MINUTES:
 *
 * Time between two stops that is said to be free from this length on.
 */
#define TRIP_PLAN_REST_MINUTES 75

void trip_plan_rest_name (TripPlanDraft *draft,
                          gint           day_end);

G_END_DECLS
