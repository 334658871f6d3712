/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded planner: one thread a request, and what is a new plan and what a change to one.
 */
#include "providers/planner/trip-embedded-planner.h"

#include "providers/planner/trip-plan-conflict.h"
#include "providers/planner/trip-plan-edit-money.h"
#include "providers/planner/trip-plan-edit.h"
#include "providers/planner/trip-plan-renew.h"

#include <glib/gi18n-lib.h>

struct _TripEmbeddedPlanner {
  GObject parent_instance;

  TripAtlas *atlas;
};

typedef struct {
  TripPlanQuery *query;
  GMainContext *main_context;
  TripPlannerProgressFunc progress;
  gpointer progress_data;
} Work;

typedef struct {
  TripPlannerProgressFunc progress;
  gpointer progress_data;
  guint percent;
} Report;

static void trip_embedded_planner_iface_init (TripPlannerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripEmbeddedPlanner, trip_embedded_planner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLANNER, trip_embedded_planner_iface_init))

static gpointer
copy_option (gconstpointer option,
             gpointer      unused)
{
  return trip_plan_option_copy (option);
}

/* What was said of the places, that one is not part of the trip, belongs to a plan that is kept as to a new one. */
static void
add_notes (GPtrArray *options,
           GPtrArray *notes)
{
  for (guint i = 0; i < options->len; i++)
    {
      for (guint n = 0; n < notes->len; n++)
        trip_plan_option_add_notes (g_ptr_array_index (options, i), g_ptr_array_index (notes, n));
    }
}

static GPtrArray *
plan (TripEmbeddedPlanner      *self,
      const TripPlanQuery      *query,
      TripPlannerProgressFunc   progress,
      gpointer                  progress_data,
      GCancellable             *cancellable,
      GError                  **error)
{
  g_autoptr(GPtrArray) options = NULL;

  if (query->plan->len > 0 && !query->state_changed)
    {
      options = g_ptr_array_copy (query->plan, copy_option, NULL);
      g_ptr_array_set_free_func (options, (GDestroyNotify) trip_plan_option_free);
    }
  else if (query->plan->len > 0)
    {
      options = trip_plan_renew (query, self->atlas, cancellable);
    }
  if (options != NULL)
    {
      add_notes (options, query->notes);
    }
  else
    {
      options = trip_plan_make_what_holds (query, self->atlas, progress, progress_data, cancellable, error);
      for (guint i = 0; options != NULL && query->plan->len > 0 && i < options->len; i++)
        trip_plan_option_add_notes (g_ptr_array_index (options, i),
                                    _("The trip was planned anew, as that change concerns all of it."));
    }
  /* A message may change the places and the plan at once: then the new plan is what the change is made to. */
  if (options == NULL ||
      (query->plan->len > 0 && !trip_plan_edit (query, self->atlas, options, cancellable, error)))
    return NULL;
  return g_steal_pointer (&options);
}

/**
 * trip_embedded_planner_plan_sync:
 * @self: a planner
 * @query: what to plan
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Plans in the calling thread, which may be any. The same question gives the same answer.
 *
 * Returns: (transfer full) (element-type TripPlanOption): the options, best first; %TRIP_ERROR_INFEASIBLE names what
 *   conflicts
 */
GPtrArray *
trip_embedded_planner_plan_sync (TripEmbeddedPlanner  *self,
                                 const TripPlanQuery  *query,
                                 GCancellable         *cancellable,
                                 GError              **error)
{
  g_return_val_if_fail (TRIP_IS_EMBEDDED_PLANNER (self), NULL);

  return plan (self, query, NULL, NULL, cancellable, error);
}

static gboolean
report_cb (gpointer data)
{
  const Report *report = data;

  report->progress (report->percent, report->progress_data);
  return G_SOURCE_REMOVE;
}

/* Runs in the worker. A report and the result wait in one queue with one priority, so none comes after the result. */
static void
report_from_thread (guint    percent,
                    gpointer user_data)
{
  const Work *work = user_data;
  g_autoptr(GSource) source = NULL;
  Report *report;

  if (work->progress == NULL)
    return;
  report = g_new (Report, 1);
  *report = (Report) { work->progress, work->progress_data, percent };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "trip-plan-progress");
  g_source_set_callback (source, report_cb, report, g_free);
  g_source_attach (source, work->main_context);
}

static void
work_free (Work *work)
{
  trip_plan_query_free (work->query);
  g_clear_pointer (&work->main_context, g_main_context_unref);
  g_free (work);
}

static void
plan_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  GPtrArray *options;

  /* The rank was for the queue; what was found leaves like anybody's. */
  g_task_set_priority (task, G_PRIORITY_DEFAULT);
  options = plan (source, work->query, report_from_thread, work, cancellable, &error);

  if (options != NULL)
    g_task_return_pointer (task, options, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
trip_embedded_planner_plan_async (TripPlanner             *planner,
                                  TripPlanQuery           *query,
                                  TripPlannerProgressFunc  progress,
                                  gpointer                 progress_data,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (planner, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->query = query;
  work->main_context = g_main_context_ref_thread_default ();
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_source_tag (task, trip_embedded_planner_plan_async);
  g_task_set_name (task, "trip-plan");
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_set_priority (task, G_PRIORITY_DEFAULT + (gint) query->rank);
  g_task_run_in_thread (task, plan_thread);
}

static GPtrArray *
trip_embedded_planner_plan_finish (TripPlanner   *planner,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  const Work *work = g_task_get_task_data (G_TASK (result));
  GPtrArray *options = g_task_propagate_pointer (G_TASK (result), error);

  if (options != NULL && work->progress != NULL)
    work->progress (100, work->progress_data);
  return options;
}

static void
trip_embedded_planner_iface_init (TripPlannerInterface *iface)
{
  iface->plan_async = trip_embedded_planner_plan_async;
  iface->plan_finish = trip_embedded_planner_plan_finish;
}

static void
trip_embedded_planner_finalize (GObject *object)
{
  g_clear_object (&TRIP_EMBEDDED_PLANNER (object)->atlas);

  G_OBJECT_CLASS (trip_embedded_planner_parent_class)->finalize (object);
}

static void
trip_embedded_planner_class_init (TripEmbeddedPlannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_embedded_planner_finalize;
}

static void
trip_embedded_planner_init (TripEmbeddedPlanner *self)
{
}

/**
 * trip_embedded_planner_new:
 * @atlas: (nullable): the atlas, for what it knows of cities
 *
 * Returns: (transfer full): a planner
 */
TripEmbeddedPlanner *
trip_embedded_planner_new (TripAtlas *atlas)
{
  TripEmbeddedPlanner *self = g_object_new (TRIP_TYPE_EMBEDDED_PLANNER, NULL);

  g_set_object (&self->atlas, atlas);
  return self;
}
