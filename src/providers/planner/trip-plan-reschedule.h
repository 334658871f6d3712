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
 * @index: which day of the trip it is
 * @before: (nullable): where the night before was spent
 * @from: nobody sets out earlier, minutes; at first when the day began before
 * @until: nothing ends later, minutes; %G_MAXINT for no bound
 * @may_drop: visits may be left out where they no longer fit
 * @keep: (nullable): a place that is not left out
 * @pinned: (nullable): a block that has to begin within bounds
 * @pin_from: when it may begin at the earliest, minutes
 * @pin_to: when it may begin at the latest, minutes
 * @dropped: (element-type utf8): names of places that were left out
 * @lost_tables: (element-type utf8): names of restaurants whose meal is at a place of the travellers' choice now
 * @moved: minutes by which blocks moved, all together; set by trip_plan_day_edit_fit()
 * @last_end: (private): when the day ended before the change
 * @ways: (private): from where each block was reached before the change
 * @wished: (private): when each block began before the change, or is wished to begin
 * @free_blocks: (private): free time of the day before the change
 *
 * A change to one day under way.
 */
typedef struct {
  const TripPlanContext *context;
  TripPlanDay *day;
  guint index;
  TripPoi *before;
  gint from;
  gint until;
  gboolean may_drop;
  const TripPoi *keep;
  const TripPlanBlock *pinned;
  gint pin_from;
  gint pin_to;
  GPtrArray *dropped;
  GPtrArray *lost_tables;
  gint moved;
  gint last_end;
  GHashTable *ways;
  GHashTable *wished;
  GPtrArray *free_blocks;
} TripPlanDayEdit;

void           trip_plan_day_edit_init   (TripPlanDayEdit       *self,
                                          const TripPlanContext *context,
                                          const TripPlanOption  *option,
                                          guint                  index,
                                          TripPoi               *before);
void           trip_plan_day_edit_clear  (TripPlanDayEdit       *self);
TripPlanBlock *trip_plan_day_edit_visit  (TripPlanDayEdit       *self,
                                          TripPoi               *poi,
                                          guint                  position);
void           trip_plan_day_edit_meal   (TripPlanDayEdit       *self,
                                          TripPlanBlock         *block,
                                          TripPoi               *poi);
void           trip_plan_day_edit_remove (TripPlanDayEdit       *self,
                                          guint                  position);
void           trip_plan_day_edit_wish   (TripPlanDayEdit       *self,
                                          TripPlanBlock         *block,
                                          gint                   start);
gboolean       trip_plan_day_edit_fit    (TripPlanDayEdit       *self);
gint           trip_plan_day_edit_least  (const TripPlanDayEdit *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripPlanDayEdit, trip_plan_day_edit_clear)

G_END_DECLS
