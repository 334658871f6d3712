/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded planner on places made here: what must hold for any plan is left to the validator; here is what was
 * asked for, and what cannot be. Changes to finished plans are in test-plan-edits.c.
 */
#include "trip/model/trip-error.h"
#include "plan-fixture.h"

#include <string.h>

static void
test_options (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) options = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (options->len, >=, 2);
  g_assert_cmpuint (options->len, <=, 3);
  assert_kept (query, options);
  for (guint i = 0; i < options->len; i++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, i);

      g_assert_cmpuint (option->days->len, ==, 3);
      g_assert_cmpint (g_date_get_weekday (&option->start_date), ==, G_DATE_SATURDAY);
      g_assert_cmpint (g_date_days_between (&query->today, &option->start_date), >=, 14);
      /* An assumed date is said, with the date. */
      g_assert_nonnull (strstr (option->general_notes, "2026-12-"));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (option->title, !=, ((TripPlanOption *) g_ptr_array_index (options, j))->title);
    }
}

static void
test_same_question_same_answer (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) one = plan (query, NULL);
  g_autoptr(GPtrArray) two = plan (query, NULL);

  g_assert_cmpuint (one->len, ==, two->len);
  for (guint i = 0; i < one->len; i++)
    {
      g_auto(TripJsonBuilder) a = { 0 };
      g_auto(TripJsonBuilder) b = { 0 };
      g_autofree char *a_text = NULL;
      g_autofree char *b_text = NULL;

      trip_json_builder_init (&a);
      trip_json_builder_init (&b);
      trip_plan_option_write (g_ptr_array_index (one, i), &a);
      trip_plan_option_write (g_ptr_array_index (two, i), &b);
      a_text = trip_json_builder_end_string (&a);
      b_text = trip_json_builder_end_string (&b);
      g_assert_cmpstr (a_text, ==, b_text);
    }
}

static void
test_lengths (void)
{
  static const guint lengths[] = { 1, 2, 5, 10, 21, 60 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(TripPlanQuery) query = new_query (24);
      g_autofree char *words = g_strdup_printf ("%u days", lengths[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) options = NULL;

      require (query, words, TRIP_PRIORITY_MUST_HAVE);
      options = plan (query, &error);
      g_assert_no_error (error);
      assert_kept (query, options);
      g_assert_cmpuint (((TripPlanOption *) g_ptr_array_index (options, 0))->days->len, ==, lengths[i]);
    }
}

static void
test_too_long (void)
{
  g_autoptr(TripPlanQuery) query = new_query (5);
  g_autoptr(GError) error = NULL;

  require (query, "400 days", TRIP_PRIORITY_MUST_HAVE);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "60"));
}

static void
test_must_see (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;
  TripPoi *obscure = add_poi (query, "Obscure Shed", TRIP_POI_SIGHT, 3, 3, "We 15:00-17:00", 0, 1);

  obscure->must_see = TRUE;
  require (query, "from 7 to 9 December 2026", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, NULL);
  g_assert_nonnull (options);
  assert_kept (query, options);
  for (guint i = 0; i < options->len; i++)
    g_assert_true (has_place (get_day (options, i, 2), "Obscure Shed"));
}

static void
test_must_see_closed (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GError) error = NULL;

  add_poi (query, "Sunday Club", TRIP_POI_SIGHT, 0, 0, "Su 10:00-12:00", 0, 50)->must_see = TRUE;
  require (query, "from 7 to 9 December 2026", TRIP_PRIORITY_MUST_HAVE);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "Sunday Club"));
}

static void
test_budget (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "under 250 euros", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, options);
  for (guint i = 0; i < options->len; i++)
    g_assert_cmpfloat (((TripPlanOption *) g_ptr_array_index (options, i))->cost_total, <=, 250.0);
}

static void
test_budget_too_low (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GError) error = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "under 20 euros", TRIP_PRIORITY_MUST_HAVE);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "€20"));
}

static void
test_nothing_to_plan (void)
{
  g_autoptr(TripPlanQuery) query = trip_plan_query_new ();
  g_autoptr(GError) error = NULL;

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
}

static void
test_bare_client_places (void)
{
  g_autoptr(TripPlanQuery) query = trip_plan_query_new ();
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (gint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Place %d", i);
      TripPoi *poi = trip_poi_new (name);

      poi->geo.lat = 59.91 + i / 200.0;
      poi->geo.lng = 10.75;
      g_ptr_array_add (query->pois, poi);
    }
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, options);
}

static void
test_avoided (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "Sight A", TRIP_PRIORITY_AVOID);
  options = plan (query, NULL);
  g_assert_nonnull (options);
  for (guint i = 0; i < options->len; i++)
    g_assert_false (option_has_place (options, i, "Sight A"));
}

static void
test_cancelled (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (trip_embedded_planner_plan_sync (planner, query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const char *
get_notes (GPtrArray *options,
           guint      option)
{
  return ((TripPlanOption *) g_ptr_array_index (options, option))->general_notes;
}

/* The first day there is an assumed one, so a place that is open on one weekday only decides which. */
static void
test_must_see_moves_assumed_start (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  add_poi (query, "Wednesday Club", TRIP_POI_SIGHT, 0, 0, "We 10:00-12:00", 0, 50)->must_see = TRUE;
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, options);
}

static void
test_must_see_against_avoided (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GError) error = NULL;

  ((TripPoi *) g_ptr_array_index (query->pois, 0))->must_see = TRUE;
  require (query, "Sight A", TRIP_PRIORITY_AVOID);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "Sight A"));
}

static void
test_more_must_sees_than_fit (void)
{
  g_autoptr(TripPlanQuery) query = new_query (0);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Long Walk %u", i);
      TripPoi *poi = add_poi (query, name, TRIP_POI_SIGHT, i, i, "Mo-Su 10:00-18:00", 0, 80);

      poi->visit_minutes = 240;
      poi->must_see = TRUE;
    }
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "Long Walk"));
  g_assert_nonnull (strstr (error->message, "2 days"));
}

static void
test_everything_closed (void)
{
  g_autoptr(TripPlanQuery) query = trip_plan_query_new ();
  g_autoptr(GError) error = NULL;

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("Summer House %u", i);

      add_poi (query, name, TRIP_POI_SIGHT, i, 0, "Jul-Aug 10:00-18:00", 0, 50);
    }
  require (query, "from 7 to 9 December 2026", TRIP_PRIORITY_MUST_HAVE);
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
}

static void
test_only_restaurants (void)
{
  g_autoptr(TripPlanQuery) query = new_query (0);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;
  guint n_meals = 0;

  require (query, "1 day", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  for (guint b = 0; b < get_day (options, 0, 0)->blocks->len; b++)
    n_meals += ((TripPlanBlock *) g_ptr_array_index (get_day (options, 0, 0)->blocks, b))->kind == TRIP_BLOCK_MEAL;
  g_assert_cmpuint (n_meals, ==, 2);
}

static void
test_meals_of_own_choice (void)
{
  g_autoptr(TripPlanQuery) query = trip_plan_query_new ();
  g_autoptr(GPtrArray) options = NULL;
  guint n_own = 0;

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("Hall %u", i);

      add_poi (query, name, TRIP_POI_SIGHT, i % 3, i % 4, "Mo-Su 09:00-18:00", 0, 80);
    }
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "vegan", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, NULL);
  g_assert_nonnull (options);
  assert_kept (query, options);
  for (guint d = 0; d < 2; d++)
    {
      const TripPlanDay *day = get_day (options, 0, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          n_own += block->kind == TRIP_BLOCK_MEAL && block->pois->len == 0 && block->cost > 0;
        }
    }
  g_assert_cmpuint (n_own, ==, 4);
  g_assert_nonnull (strstr (get_notes (options, 0), "vegan"));
  g_assert_nonnull (strstr (get_notes (options, 0), "No lodging is known"));
}

static void
test_unkept_wishes_are_named (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "interested in surfing", TRIP_PRIORITY_PREFERRED);
  require (query, "wheelchair accessible", TRIP_PRIORITY_MUST_HAVE);
  g_ptr_array_add (query->notes, g_strdup ("Atlantis was not found."));
  options = plan (query, NULL);
  g_assert_nonnull (options);
  for (guint i = 0; i < options->len; i++)
    {
      g_assert_nonnull (strstr (get_notes (options, i), "Step-free access"));
      g_assert_nonnull (strstr (get_notes (options, i), "Atlantis was not found."));
    }
}

static void
test_unconfirmed_hours_are_said (void)
{
  g_autoptr(TripPlanQuery) query = new_query (3);
  g_autoptr(GPtrArray) options = NULL;
  TripPoi *poi = add_poi (query, "Somebody's Garden", TRIP_POI_SIGHT, 0, 0, NULL, 0, 99);
  gboolean found = FALSE;

  poi->must_see = TRUE;
  require (query, "1 day", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, NULL);
  g_assert_nonnull (options);
  for (guint b = 0; b < get_day (options, 0, 0)->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (get_day (options, 0, 0)->blocks, b);

      if (strstr (block->description, "Somebody's Garden") == NULL || block->kind != TRIP_BLOCK_VISIT)
        continue;
      found = TRUE;
      g_assert_nonnull (strstr (block->description, "not confirmed"));
      g_assert_cmpint (block->start, >=, 9 * 60);
      g_assert_cmpint (block->end, <=, 18 * 60);
    }
  g_assert_true (found);
}

static void
test_several_cities (void)
{
  g_autoptr(TripPlanQuery) query = new_query (12);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;
  guint n_transfers = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Far Sight %u", i);
      TripPoi *poi = add_poi (query, name, TRIP_POI_SIGHT, 300 + i % 3, i % 4, "Mo-Su 09:00-18:00", 500, 70);

      g_free (poi->city);
      poi->city = g_strdup ("Otherton");
    }
  require (query, "4 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, options);
  for (guint d = 0; d < 4; d++)
    {
      const TripPlanDay *day = get_day (options, 0, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind != TRIP_BLOCK_TRANSFER)
            continue;
          n_transfers++;
          g_assert_true (block->transportation.present);
          g_assert_cmpstr (block->transportation.method, ==, "train");
          g_assert_cmpint (block->transportation.minutes, >, 60);
          g_assert_cmpfloat (block->transportation.cost, >, 0);
        }
    }
  g_assert_cmpuint (n_transfers, ==, 1);
}

static void
test_hours_of_the_day (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "start after 10am", TRIP_PRIORITY_MUST_HAVE);
  require (query, "back by 9pm", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, NULL);
  g_assert_nonnull (options);
  assert_kept (query, options);
}

typedef struct {
  GPtrArray *options;
  guint n_reports;
  guint percent;
  gboolean done;
} Wait;

static void
progress_cb (guint    percent,
             gpointer user_data)
{
  Wait *wait = user_data;

  g_assert_false (wait->done);
  g_assert_cmpuint (percent, >=, wait->percent);
  wait->percent = percent;
  wait->n_reports++;
}

static void
plan_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Wait *wait = user_data;
  g_autoptr(GError) error = NULL;

  wait->options = trip_planner_plan_finish (TRIP_PLANNER (source), result, &error);
  g_assert_no_error (error);
  wait->done = TRUE;
}

static void
test_async (void)
{
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);
  TripPlanQuery *query = new_query (20);
  Wait wait = { 0 };

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  trip_planner_plan_async (TRIP_PLANNER (planner), query, progress_cb, &wait, NULL, plan_ready_cb, &wait);
  g_assert_false (wait.done);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (wait.options->len, >=, 2);
  g_assert_cmpuint (wait.n_reports, >=, 3);
  g_ptr_array_unref (wait.options);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/planner/options", test_options);
  g_test_add_func ("/planner/same-question-same-answer", test_same_question_same_answer);
  g_test_add_func ("/planner/lengths", test_lengths);
  g_test_add_func ("/planner/too-long", test_too_long);
  g_test_add_func ("/planner/must-see", test_must_see);
  g_test_add_func ("/planner/must-see-closed", test_must_see_closed);
  g_test_add_func ("/planner/budget", test_budget);
  g_test_add_func ("/planner/budget-too-low", test_budget_too_low);
  g_test_add_func ("/planner/nothing-to-plan", test_nothing_to_plan);
  g_test_add_func ("/planner/bare-client-places", test_bare_client_places);
  g_test_add_func ("/planner/avoided", test_avoided);
  g_test_add_func ("/planner/cancelled", test_cancelled);
  g_test_add_func ("/planner/must-see-moves-assumed-start", test_must_see_moves_assumed_start);
  g_test_add_func ("/planner/must-see-against-avoided", test_must_see_against_avoided);
  g_test_add_func ("/planner/more-must-sees-than-fit", test_more_must_sees_than_fit);
  g_test_add_func ("/planner/everything-closed", test_everything_closed);
  g_test_add_func ("/planner/only-restaurants", test_only_restaurants);
  g_test_add_func ("/planner/meals-of-own-choice", test_meals_of_own_choice);
  g_test_add_func ("/planner/unkept-wishes-are-named", test_unkept_wishes_are_named);
  g_test_add_func ("/planner/unconfirmed-hours-are-said", test_unconfirmed_hours_are_said);
  g_test_add_func ("/planner/several-cities", test_several_cities);
  g_test_add_func ("/planner/hours-of-the-day", test_hours_of_the_day);
  g_test_add_func ("/planner/async", test_async);
  return g_test_run ();
}
