/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to the plan that a client sent: what is not named stays as and where it was.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"
#include "trip/pipeline/trip-planner.h"

G_BEGIN_DECLS

/**
 * TripPlanMakeFunc:
 * @context: the question
 * @options: (element-type TripPlanOption): those there are already
 * @user_data: data given with the function
 *
 * Makes one more option, unlike the others.
 *
 * Returns: (transfer full) (nullable): the option
 */
typedef TripPlanOption *(*TripPlanMakeFunc) (TripPlanContext *context,
                                             GPtrArray       *options,
                                             gpointer         user_data);

gboolean trip_plan_edit (const TripPlanQuery  *query,
                         TripAtlas            *atlas,
                         GPtrArray            *options,
                         TripPlanMakeFunc      make,
                         gpointer              user_data,
                         GError              **error);

G_END_DECLS
