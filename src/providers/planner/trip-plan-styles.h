/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The styles that options come in, and which of them suit a traveller.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

/**
 * TRIP_PLAN_N_STYLES:
 *
 * Most styles there are to choose from.
 */
#define TRIP_PLAN_N_STYLES 8

guint trip_plan_styles_choose (const TripConstraints *constraints,
                               TripPlanStyle         *out_styles);

G_END_DECLS
