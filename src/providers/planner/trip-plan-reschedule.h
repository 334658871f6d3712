/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A day of a finished plan made to fit again after something in it changed, with all else left where it was.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"
#include "providers/planner/trip-timetable.h"

G_BEGIN_DECLS

/* What a plan calls a meal before this is breakfast, between this and the next lunch; minutes after midnight. */
#define TRIP_PLAN_LUNCH_SENSE (10 * 60 + 30)
#define TRIP_PLAN_DINNER_SENSE (16 * 60)

/**
 * TripPlanOrder:
 * @first: before all other visits of the day, and its lunch and dinner
 * @last: behind all other visits of the day
 * @behind: (nullable): somewhere behind this block
 * @ahead_of: (nullable): somewhere ahead of this block
 * @next_to: right behind or ahead of that block
 *
 * Where in its day a block has to stand.
 */
typedef struct {
  gboolean first;
  gboolean last;
  const TripPlanBlock *behind;
  const TripPlanBlock *ahead_of;
  gboolean next_to;
} TripPlanOrder;

static inline gboolean
trip_plan_order_is_set (const TripPlanOrder *self)
{
  return self->first || self->last || self->behind != NULL || self->ahead_of != NULL;
}

static inline TripPoi *
trip_plan_block_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

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
 * @may_reorder: visits may go to another place in the day where the others keep their times by it, or none is left out
 * @order: where the pinned block has to stand
 * @moved: minutes by which blocks moved, all together; set by trip_plan_day_edit_fit()
 * @n_moved_far: blocks at another time than before; set by trip_plan_day_edit_fit()
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
  gboolean may_reorder;
  TripPlanOrder order;
  GPtrArray *dropped;
  GPtrArray *lost_tables;
  gint moved;
  gint n_moved_far;
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

gint           trip_plan_block_travel            (const TripPlanBlock   *block);
const TripPlanCandidate *
               trip_plan_day_edit_candidate      (const TripPlanContext *context,
                                                  const TripPoi         *poi);
const TripPlanCity *
               trip_plan_day_edit_city           (const TripPlanDayEdit *self,
                                                  const TripPoi         *poi);
gboolean       trip_plan_day_edit_may_stand_at   (const TripPlanDayEdit *self,
                                                  guint                  position);
gboolean       trip_plan_day_edit_keeps_order    (const TripPlanDayEdit *self);
const TripPoi *trip_plan_day_edit_place_before   (const TripPlanDayEdit *self,
                                                  const TripPlanBlock   *block);

/* When blocks may begin. */
GArray        *trip_plan_day_edit_spans          (const TripPlanDayEdit *self,
                                                  const TripPoi         *poi);
void           trip_plan_day_edit_windows        (const TripPlanDayEdit *self,
                                                  guint                  index,
                                                  TripTimetableStop     *stop);

/* Free time and breaks. */
gboolean       trip_plan_block_is_break          (const TripPlanBlock   *block);
char          *trip_plan_break_describe          (const TripPoi         *near,
                                                  gboolean               coffee);
void           trip_plan_day_edit_take_free_time (TripPlanDayEdit       *self);
void           trip_plan_day_edit_name_free_time (TripPlanDayEdit       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripPlanDayEdit, trip_plan_day_edit_clear)

G_END_DECLS
