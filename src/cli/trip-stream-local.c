/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The stream of an orchestrator in this process.
 */
#include "cli/trip-stream.h"

#include "providers/embedded/trip-embedded.h"
#include "relay/trip-event-encoder.h"

typedef struct {
  TripOrchestrator *orchestrator;
  TripJob *job;
  TripStreamFunc func;
  gpointer func_data;
  GCancellable *cancellable;
  gulong cancel_handler;
} Local;

static void
local_free (Local *local)
{
  g_cancellable_disconnect (local->cancellable, local->cancel_handler);
  g_clear_object (&local->cancellable);
  g_clear_object (&local->job);
  g_clear_object (&local->orchestrator);
  g_free (local);
}

static void
on_cancelled (GCancellable *outer,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
on_event (TripOrchestrator *orchestrator,
          TripJob          *job,
          TripEvent        *event,
          Local            *local)
{
  g_autoptr(GBytes) line = trip_event_encode_line (event);

  local->func (line, local->func_data);
}

static void
run_ready_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Local *local = g_task_get_task_data (task);

  /* How the job ended was the last event; the stream itself went well. */
  trip_orchestrator_run_finish (TRIP_ORCHESTRATOR (source), result, NULL);
  g_signal_handlers_disconnect_by_data (source, local);
  g_task_return_boolean (task, TRUE);
}

/**
 * trip_stream_local_async:
 * @atlases: (nullable) (array zero-terminated=1): files of places, see trip_embedded_orchestrator_new()
 * @request: a request as JSON
 * @func: called for each event
 * @func_data: data for @func
 * @cancellable: (nullable): cancels the job
 * @callback: called after the last event
 * @user_data: data for @callback
 *
 * Runs the request in this process.
 */
void
trip_stream_local_async (const char * const  *atlases,
                         GBytes              *request,
                         TripStreamFunc       func,
                         gpointer             func_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr(TripRequest) parsed = NULL;
  Local *local = g_new0 (Local, 1);
  GError *error = NULL;

  g_task_set_task_data (task, local, (GDestroyNotify) local_free);
  local->func = func;
  local->func_data = func_data;
  parsed = trip_request_parse (request, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, &error);
  if (parsed == NULL)
    {
      /* A request that is refused is an answer, here as over the other doors. */
      g_autoptr(GBytes) line = trip_error_encode_v1 (error);

      func (line, func_data);
      g_error_free (error);
      g_task_return_boolean (task, TRUE);
      return;
    }
  local->orchestrator = trip_embedded_orchestrator_new (atlases, &error);
  if (local->orchestrator != NULL)
    local->job = trip_orchestrator_create_job (local->orchestrator, parsed, &error);
  if (local->job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_signal_connect (local->orchestrator, "event", G_CALLBACK (on_event), local);
  if (cancellable != NULL)
    {
      local->cancellable = g_object_ref (cancellable);
      local->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                                     g_object_ref (trip_job_get_cancellable (local->job)), g_object_unref);
    }
  trip_orchestrator_run_async (local->orchestrator, local->job, run_ready_cb, g_steal_pointer (&task));
}

/**
 * trip_stream_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the stream came to its end, be that `done` or an error of the job; else why it broke off
 */
gboolean
trip_stream_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
