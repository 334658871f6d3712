/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client's plan made to keep other requirements and places than it was made for.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"

G_BEGIN_DECLS

GPtrArray *trip_plan_renew (const TripPlanQuery  *query,
                            TripAtlas            *atlas,
                            GCancellable         *cancellable);

G_END_DECLS
