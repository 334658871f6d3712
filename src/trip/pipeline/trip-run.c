/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The run of a job: a chain of asynchronous stages on the main context, interpret, places, requirements, plan. Several runs go
 * on side by side. A handler of any signal may cancel the job, so after each one the run looks whether it is to go on. Knows no
 * transport.
 */
#include "trip/pipeline/trip-run.h"

#include "trip/model/trip-error.h"
#include "trip/pipeline/trip-event-private.h"
#include "trip/pipeline/trip-job-private.h"
#include "trip/pipeline/trip-orchestrator-private.h"
#include "trip/pipeline/trip-image-source.h"
#include "trip/pipeline/trip-place-stage.h"
#include "trip/pipeline/trip-requirement-stage.h"
#include "trip/pipeline/trip-trace.h"

#include <glib/gi18n-lib.h>

/* Share of the whole work that is done when a stage is; the planner fills the rest by its own reports. */
enum {
  PERCENT_INTENTS = 10,
  PERCENT_POIS = 40,
  PERCENT_REQUIREMENTS = 45,
  PERCENT_PLAN = 99,
};

/* One run of a job: what the stages hand on to each other. Owned by the run's task. */
typedef struct {
  TripJob *job;
  guint attempts;
  /* When the stage that works now began, for trip_trace_mark(). */
  gint64 stage_begin;
  GPtrArray *intents;
  TripPlaceOutcome *places;
  gboolean requirements_changed;
  /* Pictures are looked for beside the later stages; whoever is last ends the run. */
  GCancellable *image_search;
  gboolean images_pending;
  gboolean plan_complete;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->job);
  g_clear_pointer (&run->intents, g_ptr_array_unref);
  g_clear_pointer (&run->places, trip_place_outcome_free);
  g_clear_object (&run->image_search);
  g_free (run);
}

static void
emit_progress (TripOrchestrator *self,
               TripJob          *job,
               const char       *stage,
               guint             percent,
               guint             done,
               guint             total)
{
  if (percent > trip_job_get_percent (job))
    trip_orchestrator_emit (self, job, trip_event_new_progress (stage, percent, done, total));
}

static GPtrArray *
get_stage (TripJob       *job,
           TripEventKind  kind)
{
  return kind == TRIP_EVENT_INTENTS        ? trip_job_get_intents (job)
         : kind == TRIP_EVENT_POIS         ? trip_job_get_pois (job)
         : kind == TRIP_EVENT_REQUIREMENTS ? trip_job_get_requirements (job)
                                           : trip_job_get_plan (job);
}

static void
mark_stage (Run        *run,
            const char *name)
{
  trip_trace_mark (run->stage_begin, name, trip_job_get_id (run->job));
  run->stage_begin = trip_trace_now ();
}

/* A job that was restored has said some of its stages before; nothing is said twice. */
static void
emit_stage (TripOrchestrator *self,
            Run              *run,
            TripEventKind     kind,
            GPtrArray        *items)
{
  mark_stage (run, trip_event_kind_to_string (kind));
  if (get_stage (run->job, kind) == NULL)
    trip_orchestrator_emit (self, run->job, trip_event_new_list (kind, items));
}

/* Name of the first stage that has not answered. */
static const char *
get_open_stage (TripJob *job)
{
  static const TripEventKind stages[] = { TRIP_EVENT_INTENTS, TRIP_EVENT_POIS, TRIP_EVENT_REQUIREMENTS, TRIP_EVENT_PLAN };

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if (get_stage (job, stages[i]) == NULL)
        return trip_event_kind_to_string (stages[i]);
    }
  return trip_event_kind_to_string (TRIP_EVENT_PLAN);
}

/* Ends the run in failure: by the error, or by `cancelled` where that is what stopped the stage. */
static void
fail_run (GTask  *task,
          GError *error)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  G_GNUC_UNUSED g_autoptr(GError) owned = error;

  if (run->image_search != NULL)
    g_cancellable_cancel (run->image_search);
  mark_stage (run, get_open_stage (run->job));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (trip_job_get_cancellable (run->job)))
    {
      trip_orchestrator_emit (self, run->job, trip_event_new_end (TRIP_EVENT_CANCELLED, NULL, NULL));
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("The job was cancelled"));
    }
  else
    {
      g_autoptr(GError) normal = trip_error_normalize (error);

      trip_orchestrator_emit (self, run->job, trip_event_new_end (TRIP_EVENT_ERROR, get_open_stage (run->job), normal));
      g_task_return_error (task, g_steal_pointer (&normal));
    }
  g_object_unref (task);
}

static void
finish_run (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  trip_orchestrator_emit (self, run->job, trip_event_new_end (TRIP_EVENT_DONE, NULL, NULL));
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

  emit_stage (self, run, TRIP_EVENT_PLAN, plan);
  if (stop_if_cancelled (task))
    return;
  run->plan_complete = TRUE;
  if (!run->images_pending)
    finish_run (task);
}

static void
images_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* A plan without pictures is a plan. */
  if (!trip_image_source_find_finish (TRIP_IMAGE_SOURCE (source), result, &error))
    g_debug ("no pictures: %s", error->message);
  run->images_pending = FALSE;
  if (run->plan_complete && !trip_job_is_finished (run->job) && !stop_if_cancelled (task))
    finish_run (task);
}

static void
images_found_cb (const char         *name,
                 const char * const *urls,
                 gpointer            user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (!trip_job_is_finished (run->job) && !g_cancellable_is_cancelled (trip_job_get_cancellable (run->job)))
    trip_orchestrator_emit (g_task_get_source_object (task), run->job, trip_event_new_poi_images (name, urls));
}

static void
on_job_cancelled (GCancellable *cancellable,
                  gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
start_image_search (GTask *task)
{
  TripOrchestrator *self = g_task_get_source_object (task);
  TripImageSource *images = trip_orchestrator_get_providers (self)->image_source;
  Run *run = g_task_get_task_data (task);
  GPtrArray *pois = trip_job_get_pois (run->job);

  if (images == NULL || pois->len == 0)
    return;
  run->images_pending = TRUE;
  run->image_search = g_cancellable_new ();
  g_signal_connect_object (trip_job_get_cancellable (run->job), "cancelled", G_CALLBACK (on_job_cancelled), run->image_search,
                           G_CONNECT_DEFAULT);
  trip_image_source_find_async (images, pois, images_found_cb, task, run->image_search, images_ready_cb, g_object_ref (task));
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
                   PERCENT_REQUIREMENTS + MIN (percent, 100) * (PERCENT_PLAN - PERCENT_REQUIREMENTS) / 100,
                   MIN (percent, 100), 100);
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
  trip_orchestrator_get_today (self, &query->today);
  query->rank = trip_job_get_rank (run->job);
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
  trip_planner_plan_async (trip_orchestrator_get_providers (self)->planner, g_steal_pointer (&query), plan_progress_cb, task,
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
  emit_stage (self, run, TRIP_EVENT_REQUIREMENTS, requirements);
  if (stop_if_cancelled (task))
    return;
  emit_progress (self, run->job, "requirements", PERCENT_REQUIREMENTS, 1, 1);
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
  emit_stage (self, run, TRIP_EVENT_POIS, run->places->pois);
  if (stop_if_cancelled (task))
    return;
  emit_progress (self, run->job, "pois", PERCENT_POIS, MAX (1, run->places->n_added), MAX (1, run->places->n_added));
  if (stop_if_cancelled (task))
    return;
  start_image_search (task);
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

  if (!trip_job_is_finished (run->job) && trip_job_get_pois (run->job) == NULL)
    trip_orchestrator_emit (g_task_get_source_object (task), run->job, trip_event_new_poi (poi));
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
  trip_place_source_find_async (trip_orchestrator_get_providers (self)->place_source,
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

  emit_stage (self, run, TRIP_EVENT_POIS, request->pois);
  if (stop_if_cancelled (task))
    return;
  emit_stage (self, run, TRIP_EVENT_REQUIREMENTS, request->requirements);
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

  if (actionable && trip_job_get_intents (run->job) == NULL && trip_job_get_request (run->job)->pois->len == 0 &&
      !has_intent (run->intents, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD))
    g_ptr_array_add (run->intents, trip_intent_new (TRIP_INTENT_GENERAL_RESPONSE, TRIP_ACTION_ADD,
                                                    _("Where would you like to go? Name a city and I will plan it.")));

  emit_stage (self, run, TRIP_EVENT_INTENTS, run->intents);
  if (stop_if_cancelled (task))
    return;
  if (!actionable)
    {
      return_state (task);
      return;
    }
  emit_progress (self, run->job, "intents", PERCENT_INTENTS, 1, 1);
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
  trip_interpreter_interpret_async (trip_orchestrator_get_providers (self)->interpreter,
                                    trip_job_get_request (run->job), complaint, trip_job_get_cancellable (run->job),
                                    interpret_stage_ready_cb, task);
}

/* @said may have the question where to go at its end, which no interpreter asks. */
static gboolean
say_same (GPtrArray *intents,
          GPtrArray *said)
{
  if (intents->len > said->len || said->len > intents->len + 1)
    return FALSE;
  for (guint i = 0; i < intents->len; i++)
    {
      if (!trip_intent_says_same (g_ptr_array_index (intents, i), g_ptr_array_index (said, i)))
        return FALSE;
    }
  return TRUE;
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
      GPtrArray *said = trip_job_get_intents (run->job);

      run->intents = said == NULL || say_same (intents, said) ? g_steal_pointer (&intents) : g_ptr_array_ref (said);
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

/* A restored job whose requirements were complete: the stages behind that are asked again, and what they say that was not
 * said before is emitted. */
static gboolean
restored_cb (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (stop_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (trip_job_get_plan (run->job) != NULL)
    complete_plan_stage (task, trip_job_get_plan (run->job));
  else if (has_actionable_intent (run->intents))
    start_place_stage (task);
  else
    complete_interpret_stage (task);
  return G_SOURCE_REMOVE;
}

/*< private >
 * trip_run_start:
 * @task: (transfer full): the task of trip_orchestrator_run_async(), whose source is the orchestrator
 * @job: a job that has been started
 *
 * Runs the job. The task returns when the job has ended, %TRUE where with `done`. Main thread only.
 */
void
trip_run_start (GTask   *task,
                TripJob *job)
{
  Run *run = g_new0 (Run, 1);
  g_autoptr(GSource) source = NULL;

  run->job = g_object_ref (job);
  run->stage_begin = trip_trace_now ();
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  /* Intents know more than they say, so the message is read again as long as that is needed. */
  if (trip_job_get_requirements (job) == NULL)
    {
      start_interpret_stage (task, NULL);
      return;
    }
  run->intents = g_ptr_array_ref (trip_job_get_intents (job));
  source = g_idle_source_new ();
  g_task_attach_source (task, source, restored_cb);
}
