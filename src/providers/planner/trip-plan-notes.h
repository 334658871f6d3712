/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The general notes of an option: what it trades, what was assumed, and which wishes it does not keep.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

char *trip_plan_notes_write (const TripPlanContext *context,
                             const TripPlanDraft   *draft,
                             const TripPlanStyle   *style,
                             GPtrArray             *more_notes);
gboolean trip_plan_is_in_crowd (const TripPoi *poi,
                                gint           start,
                                gint           end);

G_END_DECLS
