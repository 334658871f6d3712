/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Places for the long free time of a draft.
 */
#pragma once

#include "providers/planner/trip-plan-draft-private.h"

G_BEGIN_DECLS

void trip_plan_fill_days (TripPlanDrafter *drafter);

G_END_DECLS
