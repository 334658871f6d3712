/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Two or three options that differ for a person, each within the budget and with everything in that has to be; or
 * which of what was asked for contradicts what.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"

G_BEGIN_DECLS

GPtrArray      *trip_plan_options_make         (TripPlanContext          *context,
                                                TripPlannerProgressFunc   progress,
                                                gpointer                  progress_data,
                                                GCancellable             *cancellable,
                                                GError                  **error);
gboolean        trip_plan_options_are_possible (TripPlanContext        *context,
                                                GCancellable           *cancellable,
                                                GError                **error);
TripPlanOption *trip_plan_options_make_another (TripPlanContext          *context,
                                                GPtrArray                *options,
                                                GCancellable             *cancellable,
                                                GError                  **error);

G_END_DECLS
