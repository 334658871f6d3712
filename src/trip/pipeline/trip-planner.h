/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the last stage asks of a planner: options from places and requirements.
 */
#pragma once

#include "trip/model/trip-intent.h"
#include "trip/model/trip-plan.h"
#include "trip/model/trip-requirement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripPlanQuery:
 * @pois: (element-type TripPoi): all places of the trip
 * @destinations: names of the areas in the order the traveller named them, may be empty
 * @requirements: (element-type TripRequirement): all requirements
 * @plan: (element-type TripPlanOption): the client's options, may be empty
 * @changes: (element-type TripIntent): the `Schedule_Option` intents of this request, may be empty
 * @former_pois: (element-type TripPoi): the places that the client sent
 * @former_requirements: (element-type TripRequirement): the requirements that the client sent
 * @state_changed: places or requirements changed in this request, so @plan no longer fits as it is
 * @notes: (element-type utf8): sentences for `general_notes`: what could not be found, what was assumed
 * @today: the day of asking
 * @effort: how much to search for a new plan, times the usual; above 0. Trades time for quality
 * @rank: how many other questions the same client has open; where some have to wait, those of lower rank come first
 *
 * One question to a [iface@Planner].
 */
typedef struct {
  GPtrArray *pois;
  GPtrArray *destinations;
  GPtrArray *requirements;
  GPtrArray *plan;
  GPtrArray *changes;
  GPtrArray *former_pois;
  GPtrArray *former_requirements;
  gboolean state_changed;
  GPtrArray *notes;
  GDate today;
  gdouble effort;
  guint rank;
} TripPlanQuery;

TripPlanQuery *trip_plan_query_new  (void);
void           trip_plan_query_free (TripPlanQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanQuery, trip_plan_query_free)

#define TRIP_TYPE_PLANNER (trip_planner_get_type ())
G_DECLARE_INTERFACE (TripPlanner, trip_planner, TRIP, PLANNER, GObject)

/**
 * TripPlannerProgressFunc:
 * @percent: 0 to 100, never falling
 * @user_data: data given with the function
 *
 * Called on the thread-default main context of the caller while the planner works.
 */
typedef void (*TripPlannerProgressFunc) (guint    percent,
                                         gpointer user_data);

/**
 * TripPlannerInterface:
 * @plan_async: starts planning; takes the query over
 * @plan_finish: (transfer full) (element-type TripPlanOption): the options, best first;
 *   %TRIP_ERROR_INFEASIBLE names what conflicts
 */
struct _TripPlannerInterface {
  GTypeInterface parent_iface;

  void       (*plan_async)  (TripPlanner              *self,
                             TripPlanQuery            *query,
                             TripPlannerProgressFunc   progress,
                             gpointer                  progress_data,
                             GCancellable             *cancellable,
                             GAsyncReadyCallback       callback,
                             gpointer                  user_data);
  GPtrArray *(*plan_finish) (TripPlanner              *self,
                             GAsyncResult             *result,
                             GError                  **error);
};

void       trip_planner_plan_async  (TripPlanner              *self,
                                     TripPlanQuery            *query,
                                     TripPlannerProgressFunc   progress,
                                     gpointer                  progress_data,
                                     GCancellable             *cancellable,
                                     GAsyncReadyCallback       callback,
                                     gpointer                  user_data);
GPtrArray *trip_planner_plan_finish (TripPlanner              *self,
                                     GAsyncResult             *result,
                                     GError                  **error);

G_END_DECLS
