/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Questions to the planner, made in a test.
 */
#pragma once

#include "providers/planner/trip-embedded-planner.h"

TripPoi   *plan_question_add_poi (TripPlanQuery  *query,
                                  const char     *name,
                                  TripPoiType     type,
                                  gdouble         north_km,
                                  gdouble         east_km,
                                  const char     *hours,
                                  gint64          price,
                                  const char     *tags);
void       plan_question_require (TripPlanQuery  *query,
                                  const char     *words,
                                  TripPriority    priority);
GPtrArray *plan_question_plan    (TripPlanQuery  *query,
                                  GError        **error);
