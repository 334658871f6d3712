/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Cities that do not exist, for tests and for measuring: sights, tables and beds with hours and prices around a centre.
 * The same seed gives the same city on every machine.
 */
#pragma once

#include "trip/pipeline/trip-planner.h"

G_BEGIN_DECLS

TripPlanQuery *trip_made_up_query_new (guint          n_days);
void           trip_made_up_city_add  (TripPlanQuery *query,
                                       guint          city,
                                       guint          n_places,
                                       guint64        seed);

G_END_DECLS
