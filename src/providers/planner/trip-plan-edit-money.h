/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Costs and notes of an option that is being changed.
 */
#pragma once

#include "trip/model/trip-plan.h"

G_BEGIN_DECLS

gint64   trip_plan_option_sum       (const TripPlanOption *option);
void     trip_plan_option_set_total (TripPlanOption       *option,
                                     gint64                total);
gboolean trip_plan_option_convert   (TripPlanOption       *option,
                                     const char           *currency);
void     trip_plan_option_add_notes (TripPlanOption       *option,
                                     const char           *sentences);

G_END_DECLS
