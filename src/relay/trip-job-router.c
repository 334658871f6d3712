/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The router: one handler on the orchestrator and a table of watchers, instead of a handler per watcher that would see
 * every job's events, and which GLib calls at a multiple of the cost where there are several.
 */
#include "relay/trip-job-router.h"

struct _TripJobRouter {
  GObject parent_instance;

  TripOrchestrator *orchestrator;
  GHashTable *watchers;
};

typedef struct {
  TripJobEventFunc func;
  gpointer user_data;
} Watcher;

G_DEFINE_FINAL_TYPE (TripJobRouter, trip_job_router, G_TYPE_OBJECT)

static void
on_event (TripOrchestrator *orchestrator,
          TripJob          *job,
          TripEvent        *event,
          TripJobRouter    *self)
{
  const Watcher *watcher = g_hash_table_lookup (self->watchers, job);
  Watcher found;

  if (watcher == NULL)
    return;
  found = *watcher;
  if (trip_event_is_terminal (event))
    g_hash_table_remove (self->watchers, job);
  found.func (job, event, found.user_data);
}

static void
trip_job_router_finalize (GObject *object)
{
  TripJobRouter *self = TRIP_JOB_ROUTER (object);

  g_hash_table_unref (self->watchers);
  g_clear_object (&self->orchestrator);

  G_OBJECT_CLASS (trip_job_router_parent_class)->finalize (object);
}

static void
trip_job_router_class_init (TripJobRouterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_job_router_finalize;
}

static void
trip_job_router_init (TripJobRouter *self)
{
  self->watchers = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
}

/**
 * trip_job_router_new:
 * @orchestrator: whose jobs to watch
 *
 * Returns: (transfer full): a router
 */
TripJobRouter *
trip_job_router_new (TripOrchestrator *orchestrator)
{
  TripJobRouter *self = g_object_new (TRIP_TYPE_JOB_ROUTER, NULL);

  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (orchestrator), self);

  self->orchestrator = g_object_ref (orchestrator);
  g_signal_connect_object (orchestrator, "event", G_CALLBACK (on_event), self, G_CONNECT_DEFAULT);
  return self;
}

/**
 * trip_job_router_get_orchestrator:
 * @self: a router
 *
 * Returns: (transfer none): whose jobs it watches
 */
TripOrchestrator *
trip_job_router_get_orchestrator (TripJobRouter *self)
{
  g_return_val_if_fail (TRIP_IS_JOB_ROUTER (self), NULL);

  return self->orchestrator;
}

/**
 * trip_job_router_watch:
 * @self: a router
 * @job: a job of its orchestrator that has not ended
 * @func: called for each event
 * @user_data: data for @func
 *
 * Has the job watched until its terminal event or trip_job_router_unwatch(). A job has one watcher.
 */
void
trip_job_router_watch (TripJobRouter    *self,
                       TripJob          *job,
                       TripJobEventFunc  func,
                       gpointer          user_data)
{
  Watcher *watcher;

  g_return_if_fail (TRIP_IS_JOB_ROUTER (self));
  g_return_if_fail (TRIP_IS_JOB (job));
  g_return_if_fail (func != NULL);

  watcher = g_new (Watcher, 1);
  watcher->func = func;
  watcher->user_data = user_data;
  g_hash_table_insert (self->watchers, g_object_ref (job), watcher);
}

/**
 * trip_job_router_run:
 * @self: a router
 * @request: what to work on
 * @func: called for each event
 * @user_data: data for @func
 * @error: return location
 *
 * Makes a job, watches it and starts it. Its first event comes from the main loop.
 *
 * Returns: (transfer full): the job; %NULL and %TRIP_ERROR_BUSY where too many are alive
 */
TripJob *
trip_job_router_run (TripJobRouter     *self,
                     TripRequest       *request,
                     TripJobEventFunc   func,
                     gpointer           user_data,
                     GError           **error)
{
  TripJob *job;

  g_return_val_if_fail (TRIP_IS_JOB_ROUTER (self), NULL);

  job = trip_orchestrator_create_job (self->orchestrator, request, error);
  if (job == NULL)
    return NULL;
  trip_job_router_watch (self, job, func, user_data);
  trip_orchestrator_run_async (self->orchestrator, job, NULL, NULL);
  return job;
}

/**
 * trip_job_router_unwatch:
 * @self: a router
 * @job: a job
 *
 * Stops watching the job. Harmless where it is not watched.
 */
void
trip_job_router_unwatch (TripJobRouter *self,
                         TripJob       *job)
{
  g_return_if_fail (TRIP_IS_JOB_ROUTER (self));

  g_hash_table_remove (self->watchers, job);
}

/**
 * trip_job_router_drop:
 * @self: a router
 * @job: a job that nobody waits for any more
 *
 * Stops watching the job and cancels it. Its watcher hears nothing more of it.
 */
void
trip_job_router_drop (TripJobRouter *self,
                      TripJob       *job)
{
  g_autoptr(TripJob) keep = NULL;

  g_return_if_fail (TRIP_IS_JOB_ROUTER (self));
  g_return_if_fail (TRIP_IS_JOB (job));

  keep = g_object_ref (job);
  g_hash_table_remove (self->watchers, job);
  trip_job_cancel (job);
}
