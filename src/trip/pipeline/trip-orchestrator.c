/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The orchestrator: its jobs and its signals. All that a job says leaves through trip_orchestrator_emit(), so no relay can see
 * an order that another does not. What a job does is in trip-run.c.
 */
#include "trip/pipeline/trip-orchestrator.h"

#include "trip/model/trip-error.h"
#include "trip/pipeline/trip-event-private.h"
#include "trip/pipeline/trip-job-private.h"
#include "trip/pipeline/trip-orchestrator-private.h"
#include "trip/pipeline/trip-run.h"

#include <glib/gi18n-lib.h>
#include <time.h>

struct _TripOrchestrator {
  GObject parent_instance;

  TripProviders providers;
  GHashTable *jobs;
  /* Jobs whose stages work, and the tasks of those that wait for that, by rank. */
  GHashTable *active;
  GQueue waiting;
  GDate today;
};

enum {
  EVENT,
  INTENTS,
  POIS,
  REQUIREMENTS,
  PLAN,
  PROGRESS,
  POI,
  POI_IMAGES,
  DONE,
  ERROR_SIGNAL,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TripOrchestrator, trip_orchestrator, G_TYPE_OBJECT)

/* GQueue puts a newcomer before the first that does not compare as less, so equals do: who came first is first. */
static int
compare_ranks (gconstpointer waiting,
               gconstpointer newcomer,
               gpointer      unused)
{
  return trip_job_get_rank (g_task_get_task_data ((GTask *) waiting)) <=
         trip_job_get_rank (g_task_get_task_data ((GTask *) newcomer)) ? -1 : 1;
}

static void
activate (TripOrchestrator *self,
          GTask            *task)
{
  g_autoptr(TripJob) job = g_object_ref (g_task_get_task_data (task));

  g_hash_table_add (self->active, job);
  trip_run_start (task, job);
}

static void
activate_waiting (TripOrchestrator *self)
{
  while (!g_queue_is_empty (&self->waiting) && g_hash_table_size (self->active) < TRIP_ORCHESTRATOR_MAX_ACTIVE)
    activate (self, g_queue_pop_head (&self->waiting));
}

/* What has found something keeps it in memory until it ends; what waits has only been asked. */
static void
activate_or_wait (TripOrchestrator *self,
                  GTask            *task)
{
  if (g_hash_table_size (self->active) < TRIP_ORCHESTRATOR_MAX_ACTIVE)
    activate (self, task);
  else
    g_queue_insert_sorted (&self->waiting, task, compare_ranks, NULL);
}

static void
forget_job (TripOrchestrator *self,
            TripJob          *job)
{
  g_hash_table_remove (self->active, job);
  g_hash_table_remove (self->jobs, job);
  trip_job_set_owner (job, NULL, NULL);
}

static void
emit_stage_signal (TripOrchestrator *self,
                   TripJob          *job,
                   const TripEvent  *event)
{
  switch (event->kind)
    {
    case TRIP_EVENT_INTENTS:
      g_signal_emit (self, signals[INTENTS], 0, job, event->items);
      break;
    case TRIP_EVENT_POIS:
      g_signal_emit (self, signals[POIS], 0, job, event->items);
      break;
    case TRIP_EVENT_REQUIREMENTS:
      g_signal_emit (self, signals[REQUIREMENTS], 0, job, event->items);
      break;
    case TRIP_EVENT_PLAN:
      g_signal_emit (self, signals[PLAN], 0, job, event->items);
      break;
    case TRIP_EVENT_PROGRESS:
      g_signal_emit (self, signals[PROGRESS], 0, job, event->stage, event->percent);
      break;
    case TRIP_EVENT_POI:
      g_signal_emit (self, signals[POI], 0, job, g_ptr_array_index (event->items, 0));
      break;
    case TRIP_EVENT_POI_IMAGES:
      g_signal_emit (self, signals[POI_IMAGES], 0, job, event->name, event->urls);
      break;
    case TRIP_EVENT_DONE:
      g_signal_emit (self, signals[DONE], 0, job);
      break;
    case TRIP_EVENT_ERROR:
      g_signal_emit (self, signals[ERROR_SIGNAL], 0, job, event->error);
      break;
    case TRIP_EVENT_CANCELLED:
      g_signal_emit (self, signals[CANCELLED], 0, job);
      break;
    default:
      break;
    }
}

/*< private >
 * trip_orchestrator_emit:
 * @self: an orchestrator
 * @job: a job that has not ended
 * @event: (transfer full): what happened
 *
 * The one way out: numbers the event, keeps it in the job's history and emits `event` and the event's own signal. A handler
 * may cancel the job. Main thread only.
 */
void
trip_orchestrator_emit (TripOrchestrator *self,
                        TripJob          *job,
                        TripEvent        *event)
{
  G_GNUC_UNUSED g_autoptr(TripOrchestrator) keep_self = g_object_ref (self);
  G_GNUC_UNUSED g_autoptr(TripJob) keep_job = g_object_ref (job);
  G_GNUC_UNUSED g_autoptr(TripEvent) owned = event;

  g_return_if_fail (!trip_job_is_finished (job));

  trip_job_append (job, event);
  if (trip_event_is_terminal (event))
    forget_job (self, job);
  g_signal_emit (self, signals[EVENT], 0, job, event);
  emit_stage_signal (self, job, event);
  if (trip_event_is_terminal (event))
    activate_waiting (self);
}

/*< private >
 * trip_orchestrator_get_providers:
 * @self: an orchestrator
 *
 * Returns: (transfer none): who does the work of its stages
 */
const TripProviders *
trip_orchestrator_get_providers (TripOrchestrator *self)
{
  return &self->providers;
}

/*< private >
 * trip_orchestrator_get_today:
 * @self: an orchestrator
 * @out_today: (out caller-allocates): the day that is today for its jobs
 */
void
trip_orchestrator_get_today (TripOrchestrator *self,
                             GDate            *out_today)
{
  *out_today = self->today;
  if (!g_date_valid (out_today))
    {
      /* Not GDateTime, which looks for the time zone on disk each time. */
      time_t now = time (NULL);
      struct tm local;

      localtime_r (&now, &local);
      g_date_set_dmy (out_today, (GDateDay) local.tm_mday, (GDateMonth) (local.tm_mon + 1), (GDateYear) (local.tm_year + 1900));
    }
}

/* A job that works hears of it through its cancellable and ends from its own chain, which one that waits is let into. */
static void
on_job_cancelled (TripJob  *job,
                  gpointer  user_data)
{
  TripOrchestrator *self = user_data;

  if (trip_job_get_state (job) == TRIP_JOB_IDLE)
    {
      trip_orchestrator_emit (self, job, trip_event_new_end (TRIP_EVENT_CANCELLED, NULL, NULL));
      return;
    }
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      GTask *task = link->data;

      if (g_task_get_task_data (task) != job)
        continue;
      g_queue_delete_link (&self->waiting, link);
      activate (self, task);
      return;
    }
}

static void
on_job_gone (TripJob  *job,
             gpointer  user_data)
{
  g_hash_table_remove (TRIP_ORCHESTRATOR (user_data)->jobs, job);
}

static const TripJobOwner job_owner = { on_job_cancelled, on_job_gone };

static void
disown (gpointer key,
        gpointer value,
        gpointer user_data)
{
  trip_job_set_owner (key, NULL, NULL);
}

static void
trip_orchestrator_dispose (GObject *object)
{
  TripOrchestrator *self = TRIP_ORCHESTRATOR (object);

  g_hash_table_foreach (self->jobs, disown, NULL);
  g_hash_table_remove_all (self->jobs);
  g_clear_object (&self->providers.interpreter);
  g_clear_object (&self->providers.place_source);
  g_clear_object (&self->providers.planner);
  g_clear_object (&self->providers.image_source);

  G_OBJECT_CLASS (trip_orchestrator_parent_class)->dispose (object);
}

static void
trip_orchestrator_finalize (GObject *object)
{
  TripOrchestrator *self = TRIP_ORCHESTRATOR (object);

  /* Each task that waits holds the orchestrator. */
  g_assert (g_queue_is_empty (&self->waiting));
  g_hash_table_unref (self->active);
  g_hash_table_unref (self->jobs);

  G_OBJECT_CLASS (trip_orchestrator_parent_class)->finalize (object);
}

typedef void (*EventFunc) (gpointer first,
                           gpointer job,
                           gpointer event,
                           gpointer last);

static void
call_event_func (GClosure *closure,
                 gpointer  instance,
                 gpointer  job,
                 gpointer  event,
                 gpointer  marshal_data)
{
  GCClosure *c_closure = (GCClosure *) closure;
  EventFunc func = (EventFunc) (marshal_data != NULL ? marshal_data : c_closure->callback);

  if (G_CCLOSURE_SWAP_DATA (closure))
    func (closure->data, job, event, instance);
  else
    func (instance, job, event, closure->data);
}

/* Every event of every job passes here, once for each relay: GLib's own marshaller, which can call anything, costs more
 * than what most relays then do. */
static void
marshal_event (GClosure     *closure,
               GValue       *return_value,
               guint         n_values,
               const GValue *values,
               gpointer      hint,
               gpointer      marshal_data)
{
  call_event_func (closure, g_value_peek_pointer (&values[0]), g_value_peek_pointer (&values[1]),
                   g_value_peek_pointer (&values[2]), marshal_data);
}

static void
marshal_event_va (GClosure *closure,
                  GValue   *return_value,
                  gpointer  instance,
                  va_list   args,
                  gpointer  marshal_data,
                  int       n_params,
                  GType    *param_types)
{
  va_list copy;
  gpointer job, event;

  G_VA_COPY (copy, args);
  job = va_arg (copy, gpointer);
  event = va_arg (copy, gpointer);
  va_end (copy);
  call_event_func (closure, instance, job, event, marshal_data);
}

static guint
new_signal (const char *name,
            guint       n_params,
            GType       second,
            GType       third)
{
  return g_signal_new (name, TRIP_TYPE_ORCHESTRATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params,
                       TRIP_TYPE_JOB, second, third);
}

static guint
new_end_signal (const char *name)
{
  guint id = g_signal_new (name, TRIP_TYPE_ORCHESTRATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, g_cclosure_marshal_VOID__OBJECT,
                           G_TYPE_NONE, 1, TRIP_TYPE_JOB);

  g_signal_set_va_marshaller (id, TRIP_TYPE_ORCHESTRATOR, g_cclosure_marshal_VOID__OBJECTv);
  return id;
}

static void
trip_orchestrator_class_init (TripOrchestratorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = trip_orchestrator_dispose;
  object_class->finalize = trip_orchestrator_finalize;

  /**
   * TripOrchestrator::event:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @event: what happened
   *
   * Everything that happens, numbered, with its encoding: what relays listen to. Emitted right before the signal of the
   * event's own name, on the main thread. After a terminal event nothing follows for the job.
   */
  signals[EVENT] = g_signal_new ("event", TRIP_TYPE_ORCHESTRATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, marshal_event, G_TYPE_NONE,
                                 2, TRIP_TYPE_JOB, TRIP_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  g_signal_set_va_marshaller (signals[EVENT], TRIP_TYPE_ORCHESTRATOR, marshal_event_va);
  /**
   * TripOrchestrator::intents:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @intents: (element-type TripIntent): the intents
   *
   * The message was understood. First of a job's stages, once; `pois` or a terminal signal follows.
   */
  signals[INTENTS] = new_signal ("intents", 2, G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  /**
   * TripOrchestrator::pois:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @pois: (element-type TripPoi): the whole list
   *
   * The places are complete. Once, after `intents`; `requirements` or a terminal signal follows.
   */
  signals[POIS] = new_signal ("pois", 2, G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  /**
   * TripOrchestrator::requirements:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @requirements: (element-type TripRequirement): the whole list
   *
   * The requirements are complete. Once, after `pois`; `plan` or a terminal signal follows.
   */
  signals[REQUIREMENTS] = new_signal ("requirements", 2, G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  /**
   * TripOrchestrator::plan:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @plan: (element-type TripPlanOption): the options, best first
   *
   * The plan is complete. Once, after `requirements`; a terminal signal follows.
   */
  signals[PLAN] = new_signal ("plan", 2, G_TYPE_PTR_ARRAY, G_TYPE_NONE);
  /**
   * TripOrchestrator::progress:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @stage: name of the stage
   * @percent: of the whole job, never falling
   *
   * A stage got on. Any number of times before the terminal signal.
   */
  signals[PROGRESS] = new_signal ("progress", 3, G_TYPE_STRING, G_TYPE_UINT);
  /**
   * TripOrchestrator::poi:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @poi: the place
   *
   * A place was found. Any number of times between `intents` and `pois`.
   */
  signals[POI] = new_signal ("poi", 2, TRIP_TYPE_POI, G_TYPE_NONE);
  /**
   * TripOrchestrator::poi-images:
   * @self: the orchestrator
   * @job: the job it belongs to
   * @name: name of the place
   * @urls: its pictures
   *
   * Pictures of a place were found. Any number of times after `pois`.
   */
  signals[POI_IMAGES] = new_signal ("poi-images", 3, G_TYPE_STRING, G_TYPE_STRV);
  /**
   * TripOrchestrator::done:
   * @self: the orchestrator
   * @job: the job that ended
   *
   * All stages are complete. Terminal.
   */
  signals[DONE] = new_end_signal ("done");
  /**
   * TripOrchestrator::error:
   * @self: the orchestrator
   * @job: the job that ended
   * @error: why, in the [error@Error] domain
   *
   * A stage failed. Terminal.
   */
  signals[ERROR_SIGNAL] = new_signal ("error", 2, G_TYPE_ERROR, G_TYPE_NONE);
  /**
   * TripOrchestrator::cancelled:
   * @self: the orchestrator
   * @job: the job that ended
   *
   * The job was cancelled. Terminal.
   */
  signals[CANCELLED] = new_end_signal ("cancelled");
}

static void
trip_orchestrator_init (TripOrchestrator *self)
{
  self->jobs = g_hash_table_new (NULL, NULL);
  self->active = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->waiting);
  g_date_clear (&self->today, 1);
}

/**
 * trip_orchestrator_new:
 * @interpreter: the first stage
 * @place_source: the second
 * @planner: the last
 *
 * Returns: (transfer full): an orchestrator with these providers
 */
TripOrchestrator *
trip_orchestrator_new (TripInterpreter *interpreter,
                       TripPlaceSource *place_source,
                       TripPlanner     *planner)
{
  TripOrchestrator *self = g_object_new (TRIP_TYPE_ORCHESTRATOR, NULL);

  g_return_val_if_fail (TRIP_IS_INTERPRETER (interpreter), self);
  g_return_val_if_fail (TRIP_IS_PLACE_SOURCE (place_source), self);
  g_return_val_if_fail (TRIP_IS_PLANNER (planner), self);

  self->providers.interpreter = g_object_ref (interpreter);
  self->providers.place_source = g_object_ref (place_source);
  self->providers.planner = g_object_ref (planner);
  return self;
}

/**
 * trip_orchestrator_set_image_source:
 * @self: an orchestrator
 * @images: (nullable): who finds pictures of places; %NULL for nobody
 *
 * Has pictures looked for while the plan is made, for jobs that start after this.
 */
void
trip_orchestrator_set_image_source (TripOrchestrator *self,
                                    TripImageSource  *images)
{
  g_return_if_fail (TRIP_IS_ORCHESTRATOR (self));

  g_set_object (&self->providers.image_source, images);
}

/**
 * trip_orchestrator_set_today:
 * @self: an orchestrator
 * @today: (nullable): the day that all requests are asked on; %NULL for the clock's
 *
 * Fixes the day, for answers that can be repeated.
 */
void
trip_orchestrator_set_today (TripOrchestrator *self,
                             const GDate      *today)
{
  g_return_if_fail (TRIP_IS_ORCHESTRATOR (self));

  if (today != NULL)
    self->today = *today;
  else
    g_date_clear (&self->today, 1);
}

static TripJob *
create_job (TripOrchestrator  *self,
            TripRequest       *request,
            const TripJobPast *past,
            GError           **error)
{
  TripJob *job;

  if (g_hash_table_size (self->jobs) >= TRIP_ORCHESTRATOR_MAX_JOBS)
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_BUSY, _("Too many requests at once; try again in a moment"));
      return NULL;
    }
  job = trip_job_new (request);
  if (past != NULL)
    trip_job_set_past (job, past);
  g_hash_table_add (self->jobs, job);
  trip_job_set_owner (job, &job_owner, self);
  return job;
}

/**
 * trip_orchestrator_create_job:
 * @self: an orchestrator
 * @request: what to work on
 * @error: return location
 *
 * Makes an idle job. Nothing is emitted before trip_orchestrator_run_async(), so callers connect in between. Main thread
 * only.
 *
 * Returns: (transfer full): the job; %NULL and %TRIP_ERROR_BUSY where [const@ORCHESTRATOR_MAX_JOBS] are alive
 */
TripJob *
trip_orchestrator_create_job (TripOrchestrator *self,
                              TripRequest      *request,
                              GError          **error)
{
  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (self), NULL);

  return create_job (self, request, NULL, error);
}

/**
 * trip_orchestrator_restore_job:
 * @self: an orchestrator
 * @request: what the job worked on
 * @past: what it said before
 * @error: return location
 *
 * Makes an idle job that goes on where one of an earlier life of the service was interrupted: run, it says what the stages
 * had not said, numbered on from there. Main thread only.
 *
 * Returns: (transfer full): the job; %NULL and %TRIP_ERROR_BUSY where [const@ORCHESTRATOR_MAX_JOBS] are alive
 */
TripJob *
trip_orchestrator_restore_job (TripOrchestrator  *self,
                               TripRequest       *request,
                               const TripJobPast *past,
                               GError           **error)
{
  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (self), NULL);
  g_return_val_if_fail (past != NULL, NULL);

  return create_job (self, request, past, error);
}

/**
 * trip_orchestrator_give_up_job:
 * @self: an orchestrator
 * @job: an idle job of its own
 * @error: why, in the [error@Error] domain
 *
 * Ends the job with `error` without running it.
 */
void
trip_orchestrator_give_up_job (TripOrchestrator *self,
                               TripJob          *job,
                               const GError     *error)
{
  g_return_if_fail (TRIP_IS_ORCHESTRATOR (self));
  g_return_if_fail (trip_job_get_state (job) == TRIP_JOB_IDLE);

  trip_orchestrator_emit (self, job, trip_event_new_end (TRIP_EVENT_ERROR, NULL, error));
}

/**
 * trip_orchestrator_run_async:
 * @self: an orchestrator
 * @job: an idle job of its own
 * @callback: (nullable): called when the job has ended
 * @user_data: data for @callback
 *
 * Starts the job, or lets it wait where [const@ORCHESTRATOR_MAX_ACTIVE] work already. Its signals come from the main loop; exactly one of `done`, `error` and `cancelled` is the last. The job
 * is kept alive until then. To stop it use trip_job_cancel().
 */
void
trip_orchestrator_run_async (TripOrchestrator    *self,
                             TripJob             *job,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (TRIP_IS_ORCHESTRATOR (self));
  g_return_if_fail (TRIP_IS_JOB (job));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, trip_orchestrator_run_async);
  g_task_set_name (task, "trip-orchestrator-run");
  if (trip_job_get_state (job) != TRIP_JOB_IDLE)
    {
      g_task_return_new_error (task, TRIP_ERROR, TRIP_ERROR_JOB_FINISHED, "%s", _("The job was started already"));
      g_object_unref (task);
      return;
    }

  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  trip_job_start (job);
  activate_or_wait (self, task);
}

/**
 * trip_orchestrator_run_finish:
 * @self: an orchestrator
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE where the job ended with `done`; else %FALSE with the job's error, or %G_IO_ERROR_CANCELLED
 */
gboolean
trip_orchestrator_run_finish (TripOrchestrator  *self,
                              GAsyncResult      *result,
                              GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * trip_orchestrator_get_n_jobs:
 * @self: an orchestrator
 *
 * Returns: jobs that are alive: idle or running
 */
guint
trip_orchestrator_get_n_jobs (TripOrchestrator *self)
{
  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (self), 0);

  return g_hash_table_size (self->jobs);
}
