/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A day of a finished plan made to fit again after something in it changed, with all else left where it was.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"

G_BEGIN_DECLS

/**
 * TripPlanDayEdit:
 * @context: the question, for prices and travel
 * @day: the day being changed, a private copy
 * @before: (nullable): where the night before was spent
 * @from: nothing begins earlier, minutes; 0 for no bound
 * @until: nothing ends later, minutes; %G_MAXINT for no bound
 * @may_drop: visits may be left out where they no longer fit
 * @keep: (nullable): a place that is not left out
 * @dropped: (element-type utf8): names of visits that were left out
 * @ways: (private): from where each block was reached before the change
 * @starts: (private): when each block began before the change
 *
 * A change to one day under way.
 */
typedef struct {
  const TripPlanContext *context;
  TripPlanDay *day;
  TripPoi *before;
  gint from;
  gint until;
  gboolean may_drop;
  const TripPoi *keep;
  GPtrArray *dropped;
  GHashTable *ways;
  GHashTable *starts;
} TripPlanDayEdit;

void           trip_plan_day_edit_init   (TripPlanDayEdit       *self,
                                          const TripPlanContext *context,
                                          const TripPlanDay     *day,
                                          TripPoi               *before);
void           trip_plan_day_edit_clear  (TripPlanDayEdit       *self);
TripPlanBlock *trip_plan_day_edit_visit  (TripPlanDayEdit       *self,
                                          TripPoi               *poi,
                                          guint                  position);
void           trip_plan_day_edit_remove (TripPlanDayEdit      *self,
                                          guint                  position);
gboolean       trip_plan_day_edit_fit    (TripPlanDayEdit       *self);
gint           trip_plan_day_edit_least  (const TripPlanDayEdit *self,
                                          guint                  n_blocks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripPlanDayEdit, trip_plan_day_edit_clear)

G_END_DECLS
