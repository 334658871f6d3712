/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The planner that works offline, in a worker thread.
 */
#pragma once

#include "providers/atlas/trip-atlas.h"
#include "trip/pipeline/trip-planner.h"

G_BEGIN_DECLS

#define TRIP_TYPE_EMBEDDED_PLANNER (trip_embedded_planner_get_type ())
G_DECLARE_FINAL_TYPE (TripEmbeddedPlanner, trip_embedded_planner, TRIP, EMBEDDED_PLANNER, GObject)

TripEmbeddedPlanner *trip_embedded_planner_new (TripAtlas *atlas);

GPtrArray           *trip_embedded_planner_plan_sync (TripEmbeddedPlanner  *self,
                                                      const TripPlanQuery  *query,
                                                      GCancellable         *cancellable,
                                                      GError              **error);

G_END_DECLS
