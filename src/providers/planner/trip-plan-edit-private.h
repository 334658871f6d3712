/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One change to one option under way, as it goes between the files that make changes.
 */
#pragma once

#include "language/trip-plan-change.h"
#include "providers/planner/trip-plan-reschedule.h"

G_BEGIN_DECLS

/* Nobody sets out before this unless the plan or the traveller says so. */
#define TRIP_PLAN_USUAL_START (8 * 60)

/**
 * TripPlanEditor:
 * @query: the question
 * @atlas: (nullable): the atlas
 * @cancellable: (nullable): ends the work early
 * @context: the question made ready, with the option's dates
 * @own_context: (nullable): the same where the editor made it, since the option's days changed
 * @change: what to do
 * @option: the option, a private copy
 * @notes: what was done and what could not be, in sentences
 * @seeks_table: a table is being looked for, so that none is looked for meanwhile
 * @order: (nullable): where in its day has to stand what is inserted, with blocks of the option's day
 * @keeps_all: no visit is left out for what is inserted
 *
 * A change under way.
 */
typedef struct {
  const TripPlanQuery *query;
  TripAtlas *atlas;
  GCancellable *cancellable;
  const TripPlanContext *context;
  TripPlanContext *own_context;
  const TripPlanChange *change;
  TripPlanOption *option;
  GString *notes;
  gboolean seeks_table;
  const TripPlanOrder *order;
  gboolean keeps_all;
} TripPlanEditor;

/* The change under way. */
void           trip_plan_editor_clear            (TripPlanEditor        *self);
void           trip_plan_editor_say              (TripPlanEditor        *self,
                                                  const char            *format,
                                                  ...) G_GNUC_PRINTF (2, 3);
gboolean       trip_plan_editor_renew_context    (TripPlanEditor        *self);
GPtrArray     *trip_plan_editor_save_days        (const TripPlanEditor  *self);
void           trip_plan_editor_restore_days     (TripPlanEditor        *self,
                                                  GPtrArray             *days);

/* Its days and places. */
TripPlanDay   *trip_plan_editor_day              (const TripPlanEditor  *self,
                                                  guint                  index);
TripPoi       *trip_plan_editor_night            (const TripPlanEditor  *self,
                                                  guint                  day);
gboolean       trip_plan_editor_days             (TripPlanEditor        *self,
                                                  guint                 *out_first,
                                                  guint                 *out_end);
gboolean       trip_plan_editor_find_day         (TripPlanEditor        *self,
                                                  gint                   day,
                                                  guint                 *out_day);
void           trip_plan_editor_take_over        (TripPlanEditor        *self,
                                                  guint                  index,
                                                  TripPlanDayEdit       *edit);
guint          trip_plan_editor_visits           (const TripPlanDay     *day);
guint          trip_plan_editor_all_visits       (const TripPlanEditor  *self);
gboolean       trip_plan_editor_has_place        (const TripPlanEditor  *self,
                                                  const TripPoi         *poi);
gboolean       trip_plan_editor_is_must          (const TripPlanEditor  *self,
                                                  const TripPoi         *poi);
gboolean       trip_plan_editor_is_near          (const TripPlanDay     *day,
                                                  const TripPoi         *poi);
gboolean       trip_plan_editor_knows            (const TripPlanContext *context,
                                                  const char            *words);
gboolean       trip_plan_editor_is_named         (const TripPoi         *poi,
                                                  const char            *words);
gboolean       trip_plan_editor_find_subject     (TripPlanEditor        *self,
                                                  const char            *words,
                                                  gboolean               any_day,
                                                  guint                 *out_day,
                                                  guint                 *out_block,
                                                  gboolean              *out_named);
gboolean       trip_plan_editor_find_on_day      (TripPlanEditor        *self,
                                                  const char            *words,
                                                  guint                  day,
                                                  guint                 *out_block,
                                                  gboolean              *out_named);
gboolean       trip_plan_editor_is_meal          (const char            *words);
GPtrArray     *trip_plan_editor_find_places      (const TripPlanEditor  *self,
                                                  const char            *words,
                                                  gboolean               restaurants);

/* Steps that changes are made of. */
gboolean       trip_plan_editor_insert           (TripPlanEditor        *self,
                                                  guint                  day,
                                                  TripPoi               *poi,
                                                  const TripPlanBlock   *like,
                                                  gint                   from,
                                                  gint                   to,
                                                  gboolean               may_drop);
gboolean       trip_plan_editor_insert_anywhere  (TripPlanEditor        *self,
                                                  guint                  first,
                                                  guint                  end,
                                                  TripPoi               *poi,
                                                  gboolean               may_drop,
                                                  guint                 *out_day);
gboolean       trip_plan_editor_remove           (TripPlanEditor        *self,
                                                  guint                  day,
                                                  guint                  block);
gboolean       trip_plan_editor_replace          (TripPlanEditor        *self,
                                                  guint                  day,
                                                  guint                  block,
                                                  TripPoi               *poi,
                                                  gboolean               may_drop);
TripPoi       *trip_plan_editor_another_table    (TripPlanEditor        *self,
                                                  guint                  day,
                                                  guint                  block);
gboolean       trip_plan_editor_refit            (TripPlanEditor        *self,
                                                  guint                  day,
                                                  TripPoi               *was_before,
                                                  const TripPlanCandidate *bed,
                                                  gboolean               may_drop);

void           trip_plan_editor_set_bed          (const TripPlanEditor  *self,
                                                  TripPlanDay           *day,
                                                  const TripPlanCandidate *bed);
void           trip_plan_editor_settle_move      (const TripPlanEditor  *self,
                                                  TripPlanDayEdit       *edit,
                                                  TripPoi               *before);
gboolean       trip_plan_editor_renew_dates      (TripPlanEditor        *self,
                                                  guint                  first);

/* Hours. */
void           trip_plan_day_part_bounds         (TripDayPart            part,
                                                  gint                  *out_from,
                                                  gint                  *out_to);
char          *trip_plan_format_minute           (gint                   minute);
void           trip_plan_editor_say_why_not      (TripPlanEditor        *self,
                                                  guint                  day,
                                                  const TripPlanBlock   *block,
                                                  gint                   from,
                                                  gint                   to);

/* Whole changes, each of which says what it did, or why it could not. */
gboolean       trip_plan_editor_add              (TripPlanEditor        *self,
                                                  const char            *words);
gboolean       trip_plan_editor_drop             (TripPlanEditor        *self,
                                                  const char            *words);
gboolean       trip_plan_editor_swap             (TripPlanEditor        *self);
gboolean       trip_plan_editor_move             (TripPlanEditor        *self);
gboolean       trip_plan_editor_place_in_time    (TripPlanEditor        *self);
gboolean       trip_plan_editor_put_in_order     (TripPlanEditor        *self);
gboolean       trip_plan_editor_add_break        (TripPlanEditor        *self);
gboolean       trip_plan_editor_stretch          (TripPlanEditor        *self);
gboolean       trip_plan_editor_lighten          (TripPlanEditor        *self);
gboolean       trip_plan_editor_free             (TripPlanEditor        *self);
gboolean       trip_plan_editor_retime           (TripPlanEditor        *self);
gboolean       trip_plan_editor_change_lodging   (TripPlanEditor        *self);
gboolean       trip_plan_editor_leave_bed        (TripPlanEditor        *self,
                                                  guint                  night);
gboolean       trip_plan_editor_add_day          (TripPlanEditor        *self);
gboolean       trip_plan_editor_remove_day       (TripPlanEditor        *self,
                                                  gint                   day);
gboolean       trip_plan_editor_renew_day        (TripPlanEditor        *self);
gboolean       trip_plan_editor_swap_days        (TripPlanEditor        *self);
gboolean       trip_plan_editor_is_full          (const TripPlanEditor  *self,
                                                  guint                  day);
void           trip_plan_editor_say_lost         (TripPlanEditor        *self,
                                                  const TripPlanOption  *before);
gboolean       trip_plan_editor_keep_limits      (TripPlanEditor        *self,
                                                  const TripPlanOption  *before);
void           trip_plan_editor_sleep_cheaper    (TripPlanEditor        *self);
gboolean       trip_plan_editor_keep_bounds      (TripPlanEditor        *self);
const char    *trip_plan_editor_find_overstepped (const TripPlanEditor  *self,
                                                  const TripPlanOption  *before,
                                                  gboolean               hard);
gboolean       trip_plan_editor_keep_journeys   (TripPlanEditor        *self,
                                                  guint                  changed);

G_END_DECLS
