/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The orchestrator. Each job is a chain of asynchronous stages on the main context; several chains run side by side. All that
 * a job says leaves through emit_event(), so no relay can see an order that another does not.
 */
#include "trip/pipeline/trip-orchestrator.h"

#include "trip/model/trip-error.h"
#include "trip/pipeline/trip-event-private.h"
#include "trip/pipeline/trip-job-private.h"
#include "trip/pipeline/trip-place-stage.h"
#include "trip/pipeline/trip-requirement-stage.h"

#include <glib/gi18n-lib.h>

/* Share of the whole work that is done when a stage is; the planner fills the rest by its own reports. */
enum {
  PERCENT_INTENTS = 10,
  PERCENT_POIS = 40,
  PERCENT_REQUIREMENTS = 45,
  PERCENT_PLAN = 99,
};

struct _TripOrchestrator {
  GObject parent_instance;

  TripInterpreter *interpreter;
  TripPlaceSource *place_source;
  TripPlanner *planner;
  GHashTable *jobs;
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

/* One run of a job: what the stages hand on to each other. Owned by the run's task. */
typedef struct {
  TripJob *job;
  guint attempts;
  GPtrArray *intents;
  TripPlaceOutcome *places;
  gboolean requirements_changed;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->job);
  g_clear_pointer (&run->intents, g_ptr_array_unref);
  g_clear_pointer (&run->places, trip_place_outcome_free);
  g_free (run);
}

static void
on_job_gone (gpointer  user_data,
             GObject  *where_the_job_was)
{
  TripOrchestrator *self = user_data;

  g_hash_table_remove (self->jobs, where_the_job_was);
}

static void
forget_job (TripOrchestrator *self,
            TripJob          *job)
{
  if (g_hash_table_remove (self->jobs, job))
    g_object_weak_unref (G_OBJECT (job), on_job_gone, self);
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
    case TRIP_EVENT_DONE:
      g_signal_emit (self, signals[DONE], 0, job);
      break;
    case TRIP_EVENT_ERROR:
      g_signal_emit (self, signals[ERROR_SIGNAL], 0, job, event->error);
      break;
    case TRIP_EVENT_CANCELLED:
      g_signal_emit (self, signals[CANCELLED], 0, job);
      break;
    case TRIP_EVENT_POI_IMAGES:
    default:
      break;
    }
}

/* The one way out. Takes the event over. */
static void
emit_event (TripOrchestrator *self,
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
}

static void
emit_progress (TripOrchestrator *self,
               TripJob          *job,
               const char       *stage,
               guint             percent)
{
  if (percent > trip_job_get_percent (job))
    emit_event (self, job, trip_event_new_progress (stage, percent));
}

/* Ends the run in failure: by the error, or by `cancelled` where that is what stopped the stage. */
static void
fail_run (GTask  *task,
          GError *error)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  G_GNUC_UNUSED g_autoptr(GError) owned = error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (trip_job_get_cancellable (run->job)))
    {
      emit_event (self, run->job, trip_event_new_end (TRIP_EVENT_CANCELLED, NULL));
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("The job was cancelled"));
    }
  else
    {
      g_autoptr(GError) normal = trip_error_normalize (error);

      emit_event (self, run->job, trip_event_new_end (TRIP_EVENT_ERROR, normal));
      g_task_return_error (task, g_steal_pointer (&normal));
    }
  g_object_unref (task);
}

static void
finish_run (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  emit_event (self, run->job, trip_event_new_end (TRIP_EVENT_DONE, NULL));
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* A handler may have cancelled the job while a stage's signal was out. */
static gboolean
stop_if_cancelled (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (trip_job_get_cancellable (run->job), &error))
    return FALSE;
  fail_run (task, error);
  return TRUE;
}

static void
complete_plan_stage (GTask     *task,
                     GPtrArray *plan)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  emit_event (self, run->job, trip_event_new_list (TRIP_EVENT_PLAN, plan));
  if (stop_if_cancelled (task))
    return;
  finish_run (task);
}

static void
plan_stage_ready_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) plan = trip_planner_plan_finish (TRIP_PLANNER (source), result, &error);

  if (plan == NULL)
    {
      fail_run (task, error);
      return;
    }
  if (stop_if_cancelled (task))
    return;
  complete_plan_stage (task, plan);
}

static void
plan_progress_cb (guint    percent,
                  gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (!trip_job_is_finished (run->job))
    emit_progress (g_task_get_source_object (task), run->job, "plan",
                   PERCENT_REQUIREMENTS + MIN (percent, 100) * (PERCENT_PLAN - PERCENT_REQUIREMENTS) / 100);
}

static void
append_all (GPtrArray *to,
            GPtrArray *from,
            GCopyFunc  copy)
{
  g_ptr_array_extend (to, from, copy, NULL);
}

static gpointer
ref_poi (gconstpointer poi,
         gpointer      unused)
{
  return trip_poi_ref ((TripPoi *) poi);
}

static gpointer
copy_requirement (gconstpointer requirement,
                  gpointer      unused)
{
  return trip_requirement_copy (requirement);
}

static gpointer
copy_option (gconstpointer option,
             gpointer      unused)
{
  return trip_plan_option_copy (option);
}

static gpointer
copy_text (gconstpointer text,
           gpointer      unused)
{
  return g_strdup (text);
}

static void
get_today (TripOrchestrator *self,
           GDate            *out_today)
{
  *out_today = self->today;
  if (!g_date_valid (out_today))
    {
      g_autoptr(GDateTime) now = g_date_time_new_now_local ();

      g_date_set_dmy (out_today, (GDateDay) g_date_time_get_day_of_month (now),
                      (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
    }
}

static TripPlanQuery *
build_plan_query (TripOrchestrator *self,
                  Run              *run)
{
  TripPlanQuery *query = trip_plan_query_new ();
  TripRequest *request = trip_job_get_request (run->job);

  append_all (query->pois, trip_job_get_pois (run->job), ref_poi);
  append_all (query->destinations, run->places->destinations, copy_text);
  append_all (query->requirements, trip_job_get_requirements (run->job), copy_requirement);
  append_all (query->plan, request->plan, copy_option);
  append_all (query->former_pois, request->pois, ref_poi);
  append_all (query->former_requirements, request->requirements, copy_requirement);
  append_all (query->notes, run->places->notes, copy_text);
  for (guint i = 0; i < run->intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (run->intents, i);

      if (intent->kind == TRIP_INTENT_SCHEDULE_OPTION)
        g_ptr_array_add (query->changes, trip_intent_copy (intent));
    }
  query->state_changed = run->places->changed || run->requirements_changed;
  get_today (self, &query->today);
  return query;
}

static void
start_plan_stage (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TripRequest *request = trip_job_get_request (run->job);
  g_autoptr(TripPlanQuery) query = build_plan_query (self, run);

  if (!query->state_changed && query->changes->len == 0 && query->notes->len == 0 && request->plan->len > 0)
    {
      complete_plan_stage (task, request->plan);
      return;
    }
  if (query->pois->len == 0)
    {
      /* The traveller has named no place yet, or has taken the last one out: there is nothing to plan, and nothing wrong. */
      complete_plan_stage (task, query->pois);
      return;
    }
  trip_planner_plan_async (self->planner, g_steal_pointer (&query), plan_progress_cb, task,
                           trip_job_get_cancellable (run->job), plan_stage_ready_cb, task);
}

static void
run_requirement_stage (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TripRequest *request = trip_job_get_request (run->job);
  g_autoptr(GPtrArray) requirements = NULL;

  requirements = trip_requirement_stage_apply (request->requirements, run->intents, &run->requirements_changed);
  emit_event (self, run->job, trip_event_new_list (TRIP_EVENT_REQUIREMENTS, requirements));
  if (stop_if_cancelled (task))
    return;
  emit_progress (self, run->job, "requirements", PERCENT_REQUIREMENTS);
  if (stop_if_cancelled (task))
    return;
  start_plan_stage (task);
}

/* Nothing that was named is known: a plan without it would pass for an answer, so the truth is told instead. */
static GError *
build_unknown_places_error (const TripPlaceOutcome *places)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < places->notes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (places->notes, i));
  return g_error_new_literal (TRIP_ERROR, TRIP_ERROR_INFEASIBLE, text->str);
}

static void
complete_place_stage (GTask     *task,
                      GPtrArray *matches)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TripRequest *request = trip_job_get_request (run->job);

  run->places = trip_place_stage_apply (request->pois, run->intents, matches);
  if (run->places->n_missing > 0 && run->places->n_added == 0)
    {
      fail_run (task, build_unknown_places_error (run->places));
      return;
    }
  emit_event (self, run->job, trip_event_new_list (TRIP_EVENT_POIS, run->places->pois));
  if (stop_if_cancelled (task))
    return;
  emit_progress (self, run->job, "pois", PERCENT_POIS);
  if (stop_if_cancelled (task))
    return;
  run_requirement_stage (task);
}

static void
place_stage_ready_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) matches = trip_place_source_find_finish (TRIP_PLACE_SOURCE (source), result, &error);

  if (matches == NULL)
    {
      fail_run (task, error);
      return;
    }
  if (stop_if_cancelled (task))
    return;
  complete_place_stage (task, matches);
}

static void
place_found_cb (TripPoi  *poi,
                gpointer  user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (!trip_job_is_finished (run->job))
    emit_event (g_task_get_source_object (task), run->job, trip_event_new_poi (poi));
}

static void
start_place_stage (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TripRequest *request = trip_job_get_request (run->job);
  guint n_wanted;
  g_auto(GStrv) names = trip_place_stage_names (request->pois, run->intents, &n_wanted);

  if (names[0] == NULL)
    {
      complete_place_stage (task, NULL);
      return;
    }
  trip_place_source_find_async (self->place_source,
                                trip_place_query_new ((const char * const *) names, n_wanted, request->pois),
                                place_found_cb, task, trip_job_get_cancellable (run->job), place_stage_ready_cb, task);
}

/* Nothing to do: the client's state goes back as it came. */
static void
return_state (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  TripRequest *request = trip_job_get_request (run->job);

  emit_event (self, run->job, trip_event_new_list (TRIP_EVENT_POIS, request->pois));
  if (stop_if_cancelled (task))
    return;
  emit_event (self, run->job, trip_event_new_list (TRIP_EVENT_REQUIREMENTS, request->requirements));
  if (stop_if_cancelled (task))
    return;
  complete_plan_stage (task, request->plan);
}

static gboolean
validate_intents (GPtrArray *intents,
                  GError   **error)
{
  if (intents->len == 0)
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "no intents");
      return FALSE;
    }
  for (guint i = 0; i < intents->len; i++)
    {
      if (!trip_intent_validate (g_ptr_array_index (intents, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_intent (GPtrArray      *intents,
            TripIntentKind  kind,
            TripAction      action)
{
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);

      if (intent->kind == kind && intent->action == action)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_actionable_intent (GPtrArray *intents)
{
  for (guint i = 0; i < intents->len; i++)
    {
      if (trip_intent_is_actionable (g_ptr_array_index (intents, i)))
        return TRUE;
    }
  return FALSE;
}

static void interpret_stage_ready_cb (GObject *, GAsyncResult *, gpointer);

static void
complete_interpret_stage (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  gboolean actionable = has_actionable_intent (run->intents);

  if (actionable && trip_job_get_request (run->job)->pois->len == 0 &&
      !has_intent (run->intents, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD))
    g_ptr_array_add (run->intents, trip_intent_new (TRIP_INTENT_GENERAL_RESPONSE, TRIP_ACTION_ADD,
                                                    _("Where would you like to go? Name a city and I will plan it.")));

  emit_event (self, run->job, trip_event_new_list (TRIP_EVENT_INTENTS, run->intents));
  if (stop_if_cancelled (task))
    return;
  if (!actionable)
    {
      return_state (task);
      return;
    }
  emit_progress (self, run->job, "intents", PERCENT_INTENTS);
  if (stop_if_cancelled (task))
    return;
  start_place_stage (task);
}

static void
start_interpret_stage (GTask      *task,
                       const char *complaint)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  run->attempts++;
  trip_interpreter_interpret_async (self->interpreter, trip_job_get_request (run->job), complaint,
                                    trip_job_get_cancellable (run->job), interpret_stage_ready_cb, task);
}

static void
interpret_stage_ready_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) intents = trip_interpreter_interpret_finish (TRIP_INTERPRETER (source), result, &error);
  g_autoptr(GError) refusal = NULL;

  if (intents == NULL)
    {
      fail_run (task, error);
      return;
    }
  if (stop_if_cancelled (task))
    return;
  if (validate_intents (intents, &refusal))
    {
      run->intents = g_steal_pointer (&intents);
      complete_interpret_stage (task);
      return;
    }
  if (run->attempts < TRIP_INTERPRETER_MAX_ATTEMPTS)
    {
      start_interpret_stage (task, refusal->message);
      return;
    }
  trip_job_set_intent_refused (run->job);
  fail_run (task, g_error_new (TRIP_ERROR, TRIP_ERROR_INTERNAL, "Intent validation failed: %s", refusal->message));
}

static void
on_job_cancel (TripJob          *job,
               TripOrchestrator *self)
{
  /* A running job hears of it through its cancellable and ends from its own chain. */
  if (trip_job_get_state (job) == TRIP_JOB_IDLE)
    emit_event (self, job, trip_event_new_end (TRIP_EVENT_CANCELLED, NULL));
}

static void
forget_weak_ref (gpointer key,
                 gpointer value,
                 gpointer user_data)
{
  g_object_weak_unref (G_OBJECT (key), on_job_gone, user_data);
}

static void
trip_orchestrator_dispose (GObject *object)
{
  TripOrchestrator *self = TRIP_ORCHESTRATOR (object);

  g_hash_table_foreach (self->jobs, forget_weak_ref, self);
  g_hash_table_remove_all (self->jobs);
  g_clear_object (&self->interpreter);
  g_clear_object (&self->place_source);
  g_clear_object (&self->planner);

  G_OBJECT_CLASS (trip_orchestrator_parent_class)->dispose (object);
}

static void
trip_orchestrator_finalize (GObject *object)
{
  g_hash_table_unref (TRIP_ORCHESTRATOR (object)->jobs);

  G_OBJECT_CLASS (trip_orchestrator_parent_class)->finalize (object);
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
  signals[EVENT] = new_signal ("event", 2, TRIP_TYPE_EVENT, G_TYPE_NONE);
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
  signals[DONE] = new_signal ("done", 1, G_TYPE_NONE, G_TYPE_NONE);
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
  signals[CANCELLED] = new_signal ("cancelled", 1, G_TYPE_NONE, G_TYPE_NONE);
}

static void
trip_orchestrator_init (TripOrchestrator *self)
{
  self->jobs = g_hash_table_new (NULL, NULL);
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

  self->interpreter = g_object_ref (interpreter);
  self->place_source = g_object_ref (place_source);
  self->planner = g_object_ref (planner);
  return self;
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
  TripJob *job;

  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (self), NULL);

  if (g_hash_table_size (self->jobs) >= TRIP_ORCHESTRATOR_MAX_JOBS)
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_BUSY, _("Too many requests at once; try again in a moment"));
      return NULL;
    }
  job = trip_job_new (request);
  g_hash_table_add (self->jobs, job);
  g_object_weak_ref (G_OBJECT (job), on_job_gone, self);
  g_signal_connect_object (job, "cancel", G_CALLBACK (on_job_cancel), self, G_CONNECT_DEFAULT);
  return job;
}

/**
 * trip_orchestrator_run_async:
 * @self: an orchestrator
 * @job: an idle job of its own
 * @callback: (nullable): called when the job has ended
 * @user_data: data for @callback
 *
 * Starts the job. Its signals come from the main loop; exactly one of `done`, `error` and `cancelled` is the last. The job
 * is kept alive until then. To stop it use trip_job_cancel().
 */
void
trip_orchestrator_run_async (TripOrchestrator    *self,
                             TripJob             *job,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Run *run;

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

  run = g_new0 (Run, 1);
  run->job = g_object_ref (job);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  trip_job_start (job);
  start_interpret_stage (task, NULL);
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
