/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pipeline with providers of the test's own: order, numbering, failure, cancellation.
 */
#include "trip/model/trip-error.h"
#include "trip/pipeline/trip-orchestrator.h"

#include <string.h>

/* A provider of all stages that answers what the test wrote into it. */
#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, GObject)

struct _TestProvider {
  GObject parent_instance;

  const char *intents;
  guint invalid_answers;
  guint n_interpretations;
  char *complaint;
  gboolean throw_places;
  gboolean throw_plan;
  gboolean hang_plan;
  guint n_plans;
  gboolean state_changed;
};

/* "P+Tokyo;R-budget": the first letter of the kind, the action, the value. */
static GPtrArray *
parse_intents (const char *text)
{
  GPtrArray *intents = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_intent_free);
  g_auto(GStrv) lines = g_strsplit (text, ";", -1);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      TripIntentKind kind;
      TripAction action = (*line)[1] == '+' ? TRIP_ACTION_ADD : (*line)[1] == '-' ? TRIP_ACTION_REMOVE : TRIP_ACTION_MODIFY;

      kind = (*line)[0] == 'P'   ? TRIP_INTENT_POINTS_OF_INTEREST
             : (*line)[0] == 'R' ? TRIP_INTENT_SCHEDULE_REQUIREMENT
             : (*line)[0] == 'O' ? TRIP_INTENT_SCHEDULE_OPTION
             : (*line)[0] == 'G' ? TRIP_INTENT_GENERAL_RESPONSE
                                 : TRIP_INTENT_NOT_RELEVANT;
      g_ptr_array_add (intents, trip_intent_new (kind, action, *line + 2));
    }
  return intents;
}

static void
interpret_async (TripInterpreter     *interpreter,
                 TripRequest         *request,
                 const char          *complaint,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  TestProvider *self = TEST_PROVIDER (interpreter);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_free (self->complaint);
  self->complaint = g_strdup (complaint);
  if (self->n_interpretations++ < self->invalid_answers)
    g_task_return_pointer (task, parse_intents ("P*wrong action"), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_pointer (task, parse_intents (self->intents), (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
task_finish (gpointer       self,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TripPoi *
new_poi (const char *name,
         const char *city)
{
  TripPoi *poi = trip_poi_new (name);

  poi->city = g_strdup (city);
  poi->geo.lat = (gdouble) (g_str_hash (name) % 90);
  return poi;
}

static void
find_async (TripPlaceSource     *source,
            TripPlaceQuery      *query,
            TripPlaceFoundFunc   found,
            gpointer             found_data,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  TestProvider *self = TEST_PROVIDER (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  G_GNUC_UNUSED g_autoptr(TripPlaceQuery) owned = query;
  g_autoptr(GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_match_free);

  if (self->throw_places)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "no places today");
      return;
    }
  for (char **name = query->names; *name != NULL; name++)
    {
      TripPlaceMatch *match = trip_place_match_new (*name);

      g_ptr_array_add (matches, match);
      if (strcmp (*name, "Atlantis") == 0)
        {
          match->explanation = g_strdup ("Atlantis has sunk.");
          continue;
        }
      match->is_area = TRUE;
      for (gint i = 0; i < 2; i++)
        {
          g_autofree char *label = g_strdup_printf ("%s sight %d", *name, i);
          TripPoi *poi = new_poi (label, *name);

          g_ptr_array_add (match->pois, poi);
          found (poi, found_data);
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&matches), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_hang_cancelled (GCancellable *cancellable,
                   GTask        *task)
{
  g_task_return_error_if_cancelled (task);
  g_signal_handlers_disconnect_by_data (cancellable, task);
  g_object_unref (task);
}

static void
plan_async (TripPlanner             *planner,
            TripPlanQuery           *query,
            TripPlannerProgressFunc  progress,
            gpointer                 progress_data,
            GCancellable            *cancellable,
            GAsyncReadyCallback      callback,
            gpointer                 user_data)
{
  TestProvider *self = TEST_PROVIDER (planner);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  G_GNUC_UNUSED g_autoptr(TripPlanQuery) owned = query;
  GPtrArray *plan;

  self->n_plans++;
  self->state_changed = query->state_changed;
  if (self->hang_plan)
    {
      g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_hang_cancelled), task);
      return;
    }
  if (self->throw_plan)
    {
      g_task_return_new_error (task, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, "no way");
      g_object_unref (task);
      return;
    }
  progress (50, progress_data);
  plan = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  g_ptr_array_add (plan, trip_plan_option_new ());
  g_task_return_pointer (task, plan, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
interpreter_iface_init (TripInterpreterInterface *iface)
{
  iface->interpret_async = interpret_async;
  iface->interpret_finish = (GPtrArray * (*) (TripInterpreter *, GAsyncResult *, GError **)) task_finish;
}

static void
place_source_iface_init (TripPlaceSourceInterface *iface)
{
  iface->find_async = find_async;
  iface->find_finish = (GPtrArray * (*) (TripPlaceSource *, GAsyncResult *, GError **)) task_finish;
}

static void
planner_iface_init (TripPlannerInterface *iface)
{
  iface->plan_async = plan_async;
  iface->plan_finish = (GPtrArray * (*) (TripPlanner *, GAsyncResult *, GError **)) task_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProvider, test_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_INTERPRETER, interpreter_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, place_source_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLANNER, planner_iface_init))

static void
test_provider_finalize (GObject *object)
{
  g_free (TEST_PROVIDER (object)->complaint);
  G_OBJECT_CLASS (test_provider_parent_class)->finalize (object);
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_provider_finalize;
}

static void
test_provider_init (TestProvider *self)
{
}

typedef struct {
  TestProvider *provider;
  TripOrchestrator *orchestrator;
  GString *log;
  GString *signals;
  guint64 last_seq;
  guint last_percent;
  TripJob *cancel_at_pois;
} Fixture;

static void
on_event (TripOrchestrator *orchestrator,
          TripJob          *job,
          TripEvent        *event,
          Fixture          *fixture)
{
  g_assert_cmpuint (event->seq, ==, fixture->last_seq + 1);
  g_assert_cmpuint (trip_job_get_last_seq (job), ==, event->seq);
  fixture->last_seq = event->seq;
  if (event->kind == TRIP_EVENT_PROGRESS)
    {
      g_assert_cmpuint (event->percent, >=, fixture->last_percent);
      fixture->last_percent = event->percent;
      return;
    }
  if (event->kind == TRIP_EVENT_POI)
    return;
  g_string_append_printf (fixture->log, "%s ", trip_event_kind_to_string (event->kind));
}

static void
on_stage (TripOrchestrator *orchestrator,
          TripJob          *job,
          GPtrArray        *items,
          Fixture          *fixture)
{
  g_string_append_printf (fixture->signals, "%u ", items->len);
}

static void
on_pois (TripOrchestrator *orchestrator,
         TripJob          *job,
         GPtrArray        *items,
         Fixture          *fixture)
{
  if (fixture->cancel_at_pois == job)
    trip_job_cancel (job);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->provider = g_object_new (TEST_TYPE_PROVIDER, NULL);
  fixture->provider->intents = "R+3 days;P+Tokyo";
  fixture->orchestrator = trip_orchestrator_new (TRIP_INTERPRETER (fixture->provider), TRIP_PLACE_SOURCE (fixture->provider),
                                                 TRIP_PLANNER (fixture->provider));
  fixture->log = g_string_new (NULL);
  fixture->signals = g_string_new (NULL);
  g_signal_connect (fixture->orchestrator, "event", G_CALLBACK (on_event), fixture);
  g_signal_connect (fixture->orchestrator, "intents", G_CALLBACK (on_stage), fixture);
  g_signal_connect (fixture->orchestrator, "pois", G_CALLBACK (on_stage), fixture);
  g_signal_connect (fixture->orchestrator, "pois", G_CALLBACK (on_pois), fixture);
  g_signal_connect (fixture->orchestrator, "requirements", G_CALLBACK (on_stage), fixture);
  g_signal_connect (fixture->orchestrator, "plan", G_CALLBACK (on_stage), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_signal_handlers_disconnect_by_data (fixture->orchestrator, fixture);
  g_assert_cmpuint (trip_orchestrator_get_n_jobs (fixture->orchestrator), ==, 0);
  g_assert_finalize_object (fixture->orchestrator);
  g_assert_finalize_object (fixture->provider);
  g_string_free (fixture->log, TRUE);
  g_string_free (fixture->signals, TRUE);
}

static TripJob *
create (Fixture    *fixture,
        const char *request_json)
{
  g_autoptr(GBytes) bytes = g_bytes_new (request_json, strlen (request_json));
  g_autoptr(GError) error = NULL;
  g_autoptr(TripRequest) request = trip_request_parse (bytes, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, &error);
  TripJob *job;

  g_assert_no_error (error);
  job = trip_orchestrator_create_job (fixture->orchestrator, request, &error);
  g_assert_no_error (error);
  return job;
}

static void
on_run_ended (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  trip_orchestrator_run_finish (TRIP_ORCHESTRATOR (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
run (Fixture *fixture,
     TripJob *job)
{
  gboolean ended = FALSE;

  trip_orchestrator_run_async (fixture->orchestrator, job, on_run_ended, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_data (TripJob       *job,
             TripEventKind  kind,
             const char    *expected)
{
  g_autoptr(GPtrArray) events = trip_job_dup_events (job, 0);

  for (guint i = 0; i < events->len; i++)
    {
      const TripEvent *event = g_ptr_array_index (events, i);

      if (event->kind == kind)
        {
          g_autofree char *text = g_strndup (g_bytes_get_data (event->data, NULL), g_bytes_get_size (event->data));

          g_assert_cmpstr (text, ==, expected);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_order (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  g_assert_cmpuint (trip_job_get_last_seq (job), ==, 0);
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois requirements plan done ");
  g_assert_cmpstr (fixture->signals->str, ==, "2 2 1 1 ");
  g_assert_cmpint (trip_job_get_state (job), ==, TRIP_JOB_DONE);
  g_assert_cmpuint (trip_job_get_percent (job), ==, 100);
  assert_data (job, TRIP_EVENT_REQUIREMENTS, "[{\"description\":\"3 days\",\"priority\":\"preferred\"}]");
}

/* Goes on from what a job that ran to its end had said up to @n of its events. */
static void
assert_goes_on (Fixture    *fixture,
                TripJob    *whole,
                guint       n,
                const char *expected)
{
  g_autoptr(TripRequest) request = trip_request_ref (trip_job_get_request (whole));
  g_autoptr(GPtrArray) events = trip_job_dup_events (whole, 0);
  g_autoptr(TripJob) job = NULL;
  g_autoptr(GError) error = NULL;
  TripJobPast past = { .id = trip_job_get_id (whole), .last_seq = n };

  for (guint i = 0; i < n; i++)
    {
      const TripEvent *event = g_ptr_array_index (events, i);

      if (event->kind == TRIP_EVENT_INTENTS)
        past.intents = event->items;
      else if (event->kind == TRIP_EVENT_POIS)
        past.pois = event->items;
      else if (event->kind == TRIP_EVENT_REQUIREMENTS)
        past.requirements = event->items;
      else if (event->kind == TRIP_EVENT_PLAN)
        past.plan = event->items;
      else if (event->kind == TRIP_EVENT_PROGRESS)
        past.percent = event->percent;
    }
  g_string_truncate (fixture->log, 0);
  fixture->last_seq = n;
  fixture->last_percent = past.percent;
  job = trip_orchestrator_restore_job (fixture->orchestrator, request, &past, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (trip_job_get_id (job), ==, trip_job_get_id (whole));
  g_assert_cmpuint (trip_job_get_last_seq (job), ==, n);
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_assert_cmpint (trip_job_get_state (job), ==, TRIP_JOB_DONE);
}

static void
test_restore (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char * const stages[] = { "intents", "pois", "requirements", "plan" };
  g_autoptr(TripJob) whole = create (fixture, "{\"message\":\"x\"}");
  g_autoptr(GPtrArray) events = NULL;

  run (fixture, whole);
  events = trip_job_dup_events (whole, 0);
  /* Interrupted before each event, it says the stages that are missing, and no other. */
  for (guint n = 0; n < events->len; n++)
    {
      g_autoptr(GString) expected = g_string_new (NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
        {
          gboolean said = FALSE;

          for (guint j = 0; j < n; j++)
            {
              const TripEvent *event = g_ptr_array_index (events, j);

              said |= g_str_equal (trip_event_kind_to_string (event->kind), stages[i]);
            }
          if (!said)
            g_string_append_printf (expected, "%s ", stages[i]);
        }
      g_string_append (expected, "done ");
      assert_goes_on (fixture, whole, n, expected->str);
    }
}

static void
test_asked_again (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  fixture->provider->invalid_answers = 1;
  run (fixture, job);
  g_assert_cmpuint (fixture->provider->n_interpretations, ==, 2);
  g_assert_nonnull (fixture->provider->complaint);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois requirements plan done ");
}

static void
test_invalid_twice (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  fixture->provider->invalid_answers = 9;
  run (fixture, job);
  g_assert_cmpuint (fixture->provider->n_interpretations, ==, TRIP_INTERPRETER_MAX_ATTEMPTS);
  g_assert_cmpstr (fixture->log->str, ==, "error ");
  g_assert_true (g_str_has_prefix (trip_job_get_error (job)->message, "Intent validation failed: "));
  g_assert_true (trip_job_is_intent_refusal (job));
}

static void
test_no_intents (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  fixture->provider->intents = "";
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, "error ");
}

static void
test_stages_throw (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr(TripJob) places = create (fixture, "{\"message\":\"x\"}");
  g_autoptr(TripJob) plan = create (fixture, "{\"message\":\"x\"}");

  fixture->provider->throw_places = TRUE;
  run (fixture, places);
  g_assert_cmpstr (fixture->log->str, ==, "intents error ");
  g_assert_error (trip_job_get_error (places), TRIP_ERROR, TRIP_ERROR_INTERNAL);

  fixture->provider->throw_places = FALSE;
  fixture->provider->throw_plan = TRUE;
  fixture->last_seq = fixture->last_percent = 0;
  g_string_truncate (fixture->log, 0);
  run (fixture, plan);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois requirements error ");
  g_assert_error (trip_job_get_error (plan), TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
}

#define WILD_STATE \
  "{\"message\":\"x\",\"pois\":{\"results\":[ {\"zz\":1.50,\"name\":\"A\",\"description\":\"\"," \
  "\"geo_coordinate\":{\"lng\":139.7967,\"lat\":35.71480}} ]}," \
  "\"requirements\":[{\"description\":\"old\",\"extra\":[1, 2]}],\"plan\":{\"options\":[{\"mine\":true,\"days\":[]}]}}"

static void
test_state_unchanged (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, WILD_STATE);

  fixture->provider->intents = "G+Hello;N+No";
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois requirements plan done ");
  g_assert_cmpuint (fixture->provider->n_plans, ==, 0);
  assert_data (job, TRIP_EVENT_POIS,
               "[{\"zz\":1.50,\"name\":\"A\",\"description\":\"\",\"geo_coordinate\":{\"lng\":139.7967,\"lat\":35.71480}}]");
  assert_data (job, TRIP_EVENT_REQUIREMENTS, "[{\"description\":\"old\",\"extra\":[1, 2]}]");
  assert_data (job, TRIP_EVENT_PLAN, "[{\"mine\":true,\"days\":[]}]");
}

static void
test_removals_before_additions (Fixture       *fixture,
                                gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\",\"pois\":["
                                            "{\"name\":\"Café Ä\",\"description\":\"\",\"geo_coordinate\":{\"lat\":1,\"lng\":1}},"
                                            "{\"name\":\"B\",\"city\":\"Rome\",\"description\":\"\",\"geo_coordinate\":{\"lat\":2,\"lng\":2}},"
                                            "{\"name\":\"C\",\"city\":\"Rome\",\"description\":\"\",\"geo_coordinate\":{\"lat\":3,\"lng\":3}}]}");

  fixture->provider->intents = "P+Tokyo;P-rome;P-CAFE A";
  run (fixture, job);
  g_assert_cmpuint (trip_job_get_pois (job)->len, ==, 2);
  g_assert_cmpstr (((TripPoi *) g_ptr_array_index (trip_job_get_pois (job), 0))->city, ==, "Tokyo");
  g_assert_true (fixture->provider->state_changed);
}

static void
test_removed_by_area (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\",\"pois\":["
                                            "{\"name\":\"Kyoto sight 0\",\"city\":\"Kyoto\",\"description\":\"\",\"geo_coordinate\":{\"lat\":1,\"lng\":1}},"
                                            "{\"name\":\"other\",\"city\":\"Rome\",\"description\":\"\",\"geo_coordinate\":{\"lat\":2,\"lng\":2}}]}");

  fixture->provider->intents = "P-KYOTO";
  run (fixture, job);
  g_assert_cmpuint (trip_job_get_pois (job)->len, ==, 1);
}

static void
test_unknown_place (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autoptr(TripJob) alone = create (fixture, "{\"message\":\"x\"}");
  g_autoptr(TripJob) beside = create (fixture, "{\"message\":\"x\"}");

  fixture->provider->intents = "P+Atlantis";
  run (fixture, alone);
  g_assert_cmpstr (fixture->log->str, ==, "intents error ");
  g_assert_cmpstr (trip_job_get_error (alone)->message, ==, "Atlantis has sunk.");

  fixture->provider->intents = "P+Atlantis;P+Tokyo";
  fixture->last_seq = fixture->last_percent = 0;
  run (fixture, beside);
  g_assert_cmpint (trip_job_get_state (beside), ==, TRIP_JOB_DONE);
}

static void
test_no_destination (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");
  GPtrArray *intents;

  fixture->provider->intents = "R+under $3000";
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois requirements plan done ");
  intents = trip_job_get_intents (job);
  g_assert_cmpuint (intents->len, ==, 2);
  g_assert_cmpint (((TripIntent *) g_ptr_array_index (intents, 1))->kind, ==, TRIP_INTENT_GENERAL_RESPONSE);
  g_assert_cmpuint (trip_job_get_plan (job)->len, ==, 0);
}

static void
test_cancel_idle (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  trip_job_cancel (job);
  trip_job_cancel (job);
  g_assert_cmpstr (fixture->log->str, ==, "cancelled ");
  g_assert_cmpint (trip_job_get_state (job), ==, TRIP_JOB_CANCELLED);
}

static void
test_cancel_in_handler (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  fixture->cancel_at_pois = job;
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois cancelled ");
  g_assert_nonnull (trip_job_get_pois (job));
}

static gboolean
cancel_when_planning (gpointer user_data)
{
  TripJob *job = user_data;

  if (trip_job_get_requirements (job) == NULL)
    return G_SOURCE_CONTINUE;
  trip_job_cancel (job);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_running (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autoptr(TripJob) job = create (fixture, "{\"message\":\"x\"}");

  fixture->provider->hang_plan = TRUE;
  g_idle_add (cancel_when_planning, job);
  run (fixture, job);
  g_assert_cmpstr (fixture->log->str, ==, "intents pois requirements cancelled ");
}

static void
test_many_at_once (Fixture       *fixture,
                   gconstpointer  unused)
{
  TripJob *jobs[50];
  gboolean ended[50] = { FALSE };
  gboolean all;

  g_signal_handlers_disconnect_by_func (fixture->orchestrator, on_event, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      jobs[i] = create (fixture, "{\"message\":\"x\"}");
      trip_orchestrator_run_async (fixture->orchestrator, jobs[i], on_run_ended, &ended[i]);
    }
  do
    {
      g_main_context_iteration (NULL, TRUE);
      all = TRUE;
      for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
        all = all && ended[i];
    }
  while (!all);
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_assert_cmpint (trip_job_get_state (jobs[i]), ==, TRIP_JOB_DONE);
      g_assert_finalize_object (jobs[i]);
    }
}

static TripJob *
start (Fixture *fixture,
       guint    rank)
{
  TripJob *job = create (fixture, "{\"message\":\"x\"}");

  trip_job_set_rank (job, rank);
  trip_orchestrator_run_async (fixture->orchestrator, job, NULL, NULL);
  return job;
}

/* No job ends by itself, those that may work come to their last stage, and the others have not begun. */
static void
test_jobs_wait_by_rank (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autoptr(GPtrArray) active = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TripJob) late = NULL;
  g_autoptr(TripJob) first = NULL;
  g_autoptr(TripJob) second = NULL;
  g_autoptr(TripJob) unwanted = NULL;
  TripJob *freed;

  g_signal_handlers_disconnect_by_func (fixture->orchestrator, on_event, fixture);
  fixture->provider->hang_plan = TRUE;
  for (guint i = 0; i < TRIP_ORCHESTRATOR_MAX_ACTIVE; i++)
    g_ptr_array_add (active, start (fixture, 0));
  late = start (fixture, 7);
  unwanted = start (fixture, 7);
  first = start (fixture, 0);
  second = start (fixture, 0);
  freed = g_ptr_array_index (active, active->len - 1);
  while (trip_job_get_requirements (freed) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (trip_job_get_last_seq (late) + trip_job_get_last_seq (unwanted) + trip_job_get_last_seq (first), ==, 0);
  g_assert_cmpint (trip_job_get_state (late), ==, TRIP_JOB_RUNNING);

  trip_job_cancel (unwanted);
  while (!trip_job_is_finished (unwanted))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (trip_job_get_state (unwanted), ==, TRIP_JOB_CANCELLED);
  g_assert_cmpuint (trip_job_get_last_seq (unwanted), ==, 1);

  trip_job_cancel (freed);
  while (trip_job_get_requirements (first) == NULL && trip_job_get_requirements (second) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (trip_job_get_last_seq (first), >, 0);
  g_assert_cmpuint (trip_job_get_last_seq (second) + trip_job_get_last_seq (late), ==, 0);

  for (guint i = 0; i < active->len; i++)
    trip_job_cancel (g_ptr_array_index (active, i));
  while (trip_job_get_requirements (late) == NULL)
    g_main_context_iteration (NULL, TRUE);
  trip_job_cancel (first);
  trip_job_cancel (second);
  trip_job_cancel (late);
  while (trip_orchestrator_get_n_jobs (fixture->orchestrator) > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_busy (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TripRequest) request = trip_request_new ("x");
  g_autoptr(GError) error = NULL;

  for (gint i = 0; i < TRIP_ORCHESTRATOR_MAX_JOBS; i++)
    g_ptr_array_add (jobs, trip_orchestrator_create_job (fixture->orchestrator, request, NULL));
  g_assert_null (trip_orchestrator_create_job (fixture->orchestrator, request, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_BUSY);
  g_ptr_array_set_size (jobs, 1);
  g_ptr_array_add (jobs, trip_orchestrator_create_job (fixture->orchestrator, request, NULL));
  g_assert_nonnull (g_ptr_array_index (jobs, 1));
}

#define ADD(path, func) g_test_add ("/orchestrator/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("order", test_order);
  ADD ("jobs-wait-by-rank", test_jobs_wait_by_rank);
  ADD ("restore", test_restore);
  ADD ("asked-again", test_asked_again);
  ADD ("invalid-twice", test_invalid_twice);
  ADD ("no-intents", test_no_intents);
  ADD ("stages-throw", test_stages_throw);
  ADD ("state-unchanged", test_state_unchanged);
  ADD ("removals-before-additions", test_removals_before_additions);
  ADD ("removed-by-area", test_removed_by_area);
  ADD ("unknown-place", test_unknown_place);
  ADD ("no-destination", test_no_destination);
  ADD ("cancel-idle", test_cancel_idle);
  ADD ("cancel-in-handler", test_cancel_in_handler);
  ADD ("cancel-running", test_cancel_running);
  ADD ("many-at-once", test_many_at_once);
  ADD ("busy", test_busy);
  return g_test_run ();
}
