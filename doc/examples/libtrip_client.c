/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plans a trip in its own process, with libtrip and no service: connects to the signal of each stage, runs one job and
 * prints what arrives. The callbacks get the objects themselves, not JSON.
 */
#include "providers/embedded/trip-embedded.h"

#include <locale.h>

static void
on_intents (TripOrchestrator *orchestrator,
            TripJob          *job,
            GPtrArray        *intents,
            gpointer          user_data)
{
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);

      g_print ("intent: %s %s %s\n", trip_intent_kind_to_string (intent->kind), trip_action_to_string (intent->action),
               intent->value);
    }
}

static void
on_pois (TripOrchestrator *orchestrator,
         TripJob          *job,
         GPtrArray        *pois,
         gpointer          user_data)
{
  g_print ("places: %u\n", pois->len);
}

static void
on_requirements (TripOrchestrator *orchestrator,
                 TripJob          *job,
                 GPtrArray        *requirements,
                 gpointer          user_data)
{
  for (guint i = 0; i < requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (requirements, i);

      g_print ("requirement: %s (%s)\n", requirement->description, trip_priority_to_string (requirement->priority));
    }
}

static void
print_day (const TripPlanDay *day,
           guint              number)
{
  g_print ("  day %u: %s\n", number, day->highlight);
  for (guint i = 0; i < day->blocks->len; i++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, i);

      g_print ("    %02d:%02d  %s\n", block->start / 60 % 24, block->start % 60, block->description);
    }
}

static void
on_plan (TripOrchestrator *orchestrator,
         TripJob          *job,
         GPtrArray        *plan,
         gpointer          user_data)
{
  for (guint i = 0; i < plan->len; i++)
    {
      const TripPlanOption *option = g_ptr_array_index (plan, i);

      g_print ("option %u: %s, %s\n", i + 1, option->title, option->overall_cost);
      for (guint d = 0; d < option->days->len; d++)
        print_day (g_ptr_array_index (option->days, d), d + 1);
    }
}

static void
on_done (TripOrchestrator *orchestrator,
         TripJob          *job,
         gpointer          user_data)
{
  g_print ("done\n");
}

static void
on_error (TripOrchestrator *orchestrator,
          TripJob          *job,
          const GError     *error,
          gpointer          user_data)
{
  g_print ("error: %s: %s\n", trip_error_code_to_string ((TripError) error->code), error->message);
}

typedef struct {
  GMainLoop *loop;
  gboolean done;
} Wait;

static void
run_ready_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Wait *wait = user_data;

  wait->done = trip_orchestrator_run_finish (TRIP_ORCHESTRATOR (source), result, NULL);
  g_main_loop_quit (wait->loop);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(TripRequest) request = NULL;
  g_autoptr(TripOrchestrator) orchestrator = NULL;
  g_autoptr(TripJob) job = NULL;
  g_autoptr(GError) error = NULL;
  Wait wait = { loop, FALSE };

  setlocale (LC_ALL, "");
  request = trip_request_new (argc > 1 ? argv[1] : "plan a 3 day trip to Tokyo");

  /* NULL is the atlas of the environment's TRIP_ATLAS, else the installed one. */
  orchestrator = trip_embedded_orchestrator_new (NULL, &error);
  if (orchestrator != NULL)
    job = trip_orchestrator_create_job (orchestrator, request, &error);
  if (job == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_signal_connect (orchestrator, "intents", G_CALLBACK (on_intents), NULL);
  g_signal_connect (orchestrator, "pois", G_CALLBACK (on_pois), NULL);
  g_signal_connect (orchestrator, "requirements", G_CALLBACK (on_requirements), NULL);
  g_signal_connect (orchestrator, "plan", G_CALLBACK (on_plan), NULL);
  g_signal_connect (orchestrator, "done", G_CALLBACK (on_done), NULL);
  g_signal_connect (orchestrator, "error", G_CALLBACK (on_error), NULL);
  trip_orchestrator_run_async (orchestrator, job, run_ready_cb, &wait);
  g_main_loop_run (loop);
  return wait.done ? 0 : 1;
}
