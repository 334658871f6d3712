/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words for the ends of a trip: what is allowed for an arrival and a departure, and the way to the latter.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"

G_BEGIN_DECLS

char *trip_plan_journeys_describe_arrival   (const TripConstraints *terms);
char *trip_plan_journeys_describe_departure (const TripConstraints *terms);
char *trip_plan_journeys_describe_way       (const TripConstraints *terms);

G_END_DECLS
