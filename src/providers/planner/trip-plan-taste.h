/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a place is worth to one option: to its style, and beside the options there are already. Sets the appeal of the
 * candidates for the time of drafting; knows nothing of days or money.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

/**
 * TripPlanTaste:
 * @context: the question; the appeal of its candidates is what changes
 * @appeals: (element-type gfloat): what a visit of each candidate is worth before any option's style
 * @seen: (element-type guint8): in how many options each candidate is already
 *
 * The worth of places, option after option.
 */
typedef struct {
  TripPlanContext *context;
  GArray *appeals;
  GArray *seen;
} TripPlanTaste;

void trip_plan_taste_init       (TripPlanTaste        *self,
                                 TripPlanContext      *context);
void trip_plan_taste_clear      (TripPlanTaste        *self);
void trip_plan_taste_set_style  (TripPlanTaste        *self,
                                 const TripPlanStyle  *style);
void trip_plan_taste_add_draft  (TripPlanTaste        *self,
                                 const TripPlanDraft  *draft);
void trip_plan_taste_add_option (TripPlanTaste        *self,
                                 const TripPlanOption *option);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripPlanTaste, trip_plan_taste_clear)

G_END_DECLS
