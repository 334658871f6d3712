/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One change to one option under way, as it goes between the files that make changes.
 */
#pragma once

#include "providers/planner/trip-plan-change.h"
#include "providers/planner/trip-plan-reschedule.h"

G_BEGIN_DECLS

/**
 * TripPlanEditor:
 * @context: the question, with the option's dates
 * @change: what to do
 * @option: the option, a private copy
 * @notes: what was done and what could not be, in sentences
 *
 * A change under way.
 */
typedef struct {
  const TripPlanContext *context;
  const TripPlanChange *change;
  TripPlanOption *option;
  GString *notes;
} TripPlanEditor;

void         trip_plan_editor_say       (TripPlanEditor        *self,
                                         const char            *format,
                                         ...) G_GNUC_PRINTF (2, 3);
TripPlanDay *trip_plan_editor_day       (const TripPlanEditor  *self,
                                         guint                  index);
TripPoi     *trip_plan_editor_night     (const TripPlanEditor  *self,
                                         guint                  day);
gboolean     trip_plan_editor_days      (TripPlanEditor        *self,
                                         guint                 *out_first,
                                         guint                 *out_end);
void         trip_plan_editor_take_over (TripPlanEditor        *self,
                                         guint                  index,
                                         TripPlanDayEdit       *edit);
guint        trip_plan_editor_visits    (const TripPlanDay     *day);
gboolean     trip_plan_editor_knows     (const TripPlanContext *context,
                                         const char            *words);

gboolean     trip_plan_editor_add       (TripPlanEditor        *self,
                                         const char            *words);
gboolean     trip_plan_editor_drop      (TripPlanEditor        *self,
                                         const char            *words);
gboolean     trip_plan_editor_swap      (TripPlanEditor        *self);
gboolean     trip_plan_editor_move      (TripPlanEditor        *self);
gboolean     trip_plan_editor_lighten   (TripPlanEditor        *self);
gboolean     trip_plan_editor_retime    (TripPlanEditor        *self);
gboolean     trip_plan_editor_save      (TripPlanEditor        *self);

G_END_DECLS
