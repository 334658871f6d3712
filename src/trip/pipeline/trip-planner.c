/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The planner interface and the question that goes through it.
 */
#include "trip/pipeline/trip-planner.h"

G_DEFINE_INTERFACE (TripPlanner, trip_planner, G_TYPE_OBJECT)

static void
trip_planner_default_init (TripPlannerInterface *iface)
{
}

/**
 * trip_plan_query_new:
 *
 * Returns: (transfer full): a query with empty lists, no date and the usual effort
 */
TripPlanQuery *
trip_plan_query_new (void)
{
  TripPlanQuery *self = g_new0 (TripPlanQuery, 1);

  self->pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  self->destinations = g_ptr_array_new_with_free_func (g_free);
  self->requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  self->plan = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  self->former_pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  self->former_requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_intent_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  g_date_clear (&self->today, 1);
  self->effort = 1.0;
  return self;
}

/**
 * trip_plan_query_free:
 * @self: (transfer full): a query
 *
 * Frees it.
 */
void
trip_plan_query_free (TripPlanQuery *self)
{
  g_ptr_array_unref (self->pois);
  g_ptr_array_unref (self->destinations);
  g_ptr_array_unref (self->requirements);
  g_ptr_array_unref (self->plan);
  g_ptr_array_unref (self->former_pois);
  g_ptr_array_unref (self->former_requirements);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/**
 * trip_planner_plan_async:
 * @self: a planner
 * @query: (transfer full): what to plan
 * @progress: (nullable): called while the planner works
 * @progress_data: data for @progress
 * @cancellable: (nullable): stops the work
 * @callback: called on the thread-default main context when the options are there
 * @user_data: data for @callback
 *
 * Plans a trip.
 */
void
trip_planner_plan_async (TripPlanner             *self,
                         TripPlanQuery           *query,
                         TripPlannerProgressFunc  progress,
                         gpointer                 progress_data,
                         GCancellable            *cancellable,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  g_return_if_fail (TRIP_IS_PLANNER (self));

  TRIP_PLANNER_GET_IFACE (self)->plan_async (self, query, progress, progress_data, cancellable, callback, user_data);
}

/**
 * trip_planner_plan_finish:
 * @self: a planner
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type TripPlanOption): the options, best first; %TRIP_ERROR_INFEASIBLE where no option can
 *   keep what must hold
 */
GPtrArray *
trip_planner_plan_finish (TripPlanner   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (TRIP_IS_PLANNER (self), NULL);

  return TRIP_PLANNER_GET_IFACE (self)->plan_finish (self, result, error);
}
