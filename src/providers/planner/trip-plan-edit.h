/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to the plan that a client sent: what is not named stays as and where it was.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"
#include "trip/pipeline/trip-planner.h"

G_BEGIN_DECLS

gboolean trip_plan_edit (const TripPlanQuery  *query,
                         TripAtlas            *atlas,
                         GPtrArray            *options,
                         GCancellable         *cancellable,
                         GError              **error);

G_END_DECLS
