/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The ends of a trip: the words for what is allowed for an arrival and a departure, and what they do to a draft.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

char *trip_plan_journeys_describe_arrival   (const TripConstraints *terms);
char *trip_plan_journeys_describe_departure (const TripConstraints *terms);
char *trip_plan_journeys_describe_way       (const TripConstraints *terms);

guint    trip_plan_journeys_modes       (TripJourney            journey);
gboolean trip_plan_journeys_is_night    (const TripPlanContext *context);
gint     trip_plan_journeys_first_start (const TripPlanContext *context,
                                         gint                   usual);
void     trip_plan_journeys_add_way_out (const TripPlanContext *context,
                                         TripPlanDraft         *draft);

G_END_DECLS
