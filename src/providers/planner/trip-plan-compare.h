/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How two options differ: as a number, to tell copies from choices, and in words, to say what one trades for the other.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

gdouble trip_plan_compare_visits (const TripPlanContext *context,
                                  const TripPlanDraft   *self,
                                  const TripPlanDraft   *other);
void    trip_plan_compare_say    (const TripPlanContext *context,
                                  const TripPlanDraft   *self,
                                  const TripPlanDraft   *other,
                                  const char            *other_title,
                                  GPtrArray             *notes);

G_END_DECLS
