/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Planning where not everything that was asked for can hold: wishes that stand in the way of what has to be are given
 * up and named, and where that does not help the smallest set of demands that exclude each other is.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"

G_BEGIN_DECLS

GPtrArray *trip_plan_make_what_holds (const TripPlanQuery      *query,
                                      TripAtlas                *atlas,
                                      TripPlannerProgressFunc   progress,
                                      gpointer                  progress_data,
                                      GCancellable             *cancellable,
                                      GError                  **error);

G_END_DECLS
