/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded planner on places made here: what must hold for any plan is left to the validator; here is what was
 * asked for, what cannot be, and what a change leaves alone.
 */
#include "check/trip-plan-check.h"
#include "providers/planner/trip-embedded-planner.h"
#include "language/trip-plan-change.h"
#include "trip/model/trip-error.h"

#include <string.h>

static TripPoi *
add_poi (TripPlanQuery *query,
         const char    *name,
         TripPoiType    type,
         gdouble        north_km,
         gdouble        east_km,
         const char    *hours,
         gint64         price,
         gint           popularity)
{
  TripPoi *poi = trip_poi_new (name);

  poi->id = g_strdup_printf ("test:%s", name);
  poi->type = type;
  poi->city = g_strdup ("Testville");
  poi->geo.lat = 48.0 + north_km / 111.0;
  poi->geo.lng = 11.0 + east_km / 74.0;
  poi->opening_hours = g_strdup (hours);
  poi->visit_minutes = type == TRIP_POI_LODGE ? 0 : 60;
  poi->price_minor = price;
  g_strlcpy (poi->currency, "EUR", sizeof poi->currency);
  poi->popularity = popularity;
  poi->level = type == TRIP_POI_SIGHT ? 0 : price < (type == TRIP_POI_LODGE ? 5000 : 2000) ? 1 : price < 12000 ? 2 : 3;
  g_ptr_array_add (query->pois, poi);
  return poi;
}

static TripPlanQuery *
new_query (guint n_sights)
{
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < n_sights; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sight %c", 'A' + (gint) i);

      add_poi (query, name, TRIP_POI_SIGHT, (i * 7) % 5 - 2.0, (i * 3) % 7 - 3.0,
               i % 3 == 0 ? "Tu-Su 10:00-18:00" : "Mo-Su 09:00-19:00", i % 2 == 0 ? 0 : 1500, 95 - (gint) i * 2);
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Table %u", i + 1);

      add_poi (query, name, TRIP_POI_RESTAURANT, (gdouble) (i % 3) - 1.0, (gdouble) (i % 4) - 1.5, "Mo-Su 11:00-23:00",
               1000 + 500 * i, 50);
    }
  add_poi (query, "Bunk House", TRIP_POI_LODGE, 0.5, 0.5, "24/7", 4000, 40);
  add_poi (query, "Middle Inn", TRIP_POI_LODGE, 0.1, 0.1, "24/7", 11000, 60);
  add_poi (query, "Grand Hotel", TRIP_POI_LODGE, -0.3, 0.2, "24/7", 40000, 70);
  return query;
}

static void
require (TripPlanQuery *query,
         const char    *words,
         TripPriority   priority)
{
  g_ptr_array_add (query->requirements, trip_requirement_new (words, priority));
}

static GPtrArray *
plan (TripPlanQuery  *query,
      GError        **error)
{
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);

  return trip_embedded_planner_plan_sync (planner, query, NULL, error);
}

static void
assert_kept (TripPlanQuery *query,
             GPtrArray     *options)
{
  g_autoptr(GPtrArray) violations = trip_plan_check (options, query->pois, query->requirements, &query->today);

  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_test_message ("%s: %s: %s", violation->path, violation->rule, violation->message);
    }
  g_assert_cmpuint (violations->len, ==, 0);
}

static const TripPlanDay *
get_day (GPtrArray *options,
         guint      option,
         guint      day)
{
  return g_ptr_array_index (((TripPlanOption *) g_ptr_array_index (options, option))->days, day);
}

static gboolean
has_place (const TripPlanDay *day,
           const char        *name)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->pois->len > 0 && strcmp (((TripPoi *) g_ptr_array_index (block->pois, 0))->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
option_has_place (GPtrArray  *options,
                  guint       option,
                  const char *name)
{
  const TripPlanOption *self = g_ptr_array_index (options, option);

  for (guint d = 0; d < self->days->len; d++)
    {
      if (has_place (g_ptr_array_index (self->days, d), name))
        return TRUE;
    }
  return FALSE;
}

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

/* A finished plan, and one change asked of it. */
static GPtrArray *
change (TripPlanQuery *query,
        TripAction     action,
        const char    *words)
{
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *changed;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  first = plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (first, i)));
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, action, words));
  changed = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, changed);
  return changed;
}

static guint
count_moved (GPtrArray *before,
             GPtrArray *after,
             guint      day)
{
  guint moved = 0;
  const TripPlanDay *old = get_day (before, 0, day);
  const TripPlanDay *new = get_day (after, 0, day);

  for (guint b = 0; b < old->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (old->blocks, b);
      gboolean found = FALSE;

      for (guint c = 0; c < new->blocks->len; c++)
        {
          const TripPlanBlock *other = g_ptr_array_index (new->blocks, c);

          found |= other->start == block->start && strcmp (other->description, block->description) == 0;
        }
      moved += !found;
    }
  return moved;
}

static void
test_lighter_day (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "make day 2 lighter");

  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 2), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 1), >, 0);
}

static void
test_later_start (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "start at 11 rather than 9 on day 2");

  for (guint i = 0; i < changed->len; i++)
    g_assert_cmpint (((TripPlanBlock *) g_ptr_array_index (get_day (changed, i, 1)->blocks, 0))->start, >=, 11 * 60);
  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
}

static void
test_drop_and_swap (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) dropped = change (query, TRIP_ACTION_MODIFY, "drop Sight B");
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) swapped = change (other, TRIP_ACTION_MODIFY, "swap Sight B for Sight T");

  g_assert_true (option_has_place (query->plan, 0, "Sight B"));
  g_assert_false (option_has_place (dropped, 0, "Sight B"));
  g_assert_false (option_has_place (swapped, 0, "Sight B"));
  g_assert_true (option_has_place (swapped, 0, "Sight T"));
}

static void
test_options_come_and_go (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) fewer = change (query, TRIP_ACTION_REMOVE, "the second plan");
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) more = change (other, TRIP_ACTION_ADD, "one more alternative");

  g_assert_cmpuint (fewer->len, ==, query->plan->len - 1);
  g_assert_cmpuint (more->len, ==, other->plan->len + 1);
}

static void
test_cheaper (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "make it cheaper");

  g_assert_cmpfloat (((TripPlanOption *) g_ptr_array_index (changed, 0))->cost_total, <,
                     ((TripPlanOption *) g_ptr_array_index (query->plan, 0))->cost_total);
}

static void
test_change_not_understood (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "paint it blue");

  for (guint d = 0; d < 3; d++)
    g_assert_cmpuint (count_moved (query->plan, changed, d), ==, 0);
  g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (changed, 0))->general_notes, "paint it blue"));
}

static void
test_add_and_move (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) added = NULL;
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) moved = NULL;
  TripPoi *shed = add_poi (query, "Obscure Shed", TRIP_POI_SIGHT, 0, 0, "Mo-Su 08:00-22:00", 0, 0);

  shed->visit_minutes = 30;
  added = change (query, TRIP_ACTION_MODIFY, "add Obscure Shed on day 2");
  g_assert_true (has_place (get_day (added, 0, 1), "Obscure Shed"));
  g_assert_cmpuint (count_moved (query->plan, added, 0), ==, 0);

  moved = change (other, TRIP_ACTION_MODIFY, "move Sight B to day 3");
  for (guint i = 0; i < moved->len; i++)
    {
      if (option_has_place (other->plan, i, "Sight B"))
        g_assert_true (option_has_place (moved, i, "Sight B"));
    }
}

/* "Remove the museum" names a place, "remove the budget option" an option, "remove the weather" neither. */
static void
test_what_is_removed (void)
{
  g_autoptr(TripPlanQuery) place = new_query (20);
  g_autoptr(GPtrArray) without_place = change (place, TRIP_ACTION_REMOVE, "Sight B");
  g_autoptr(TripPlanQuery) option = new_query (20);
  g_autoptr(GPtrArray) without_option = change (option, TRIP_ACTION_REMOVE, "the budget option");
  g_autoptr(TripPlanQuery) nothing = new_query (20);
  g_autoptr(GPtrArray) without_nothing = change (nothing, TRIP_ACTION_REMOVE, "the weather");

  g_assert_cmpuint (without_place->len, ==, place->plan->len);
  g_assert_false (option_has_place (without_place, 0, "Sight B"));
  g_assert_cmpuint (without_option->len, ==, option->plan->len - 1);
  for (guint i = 0; i < without_option->len; i++)
    g_assert_cmpstr (((TripPlanOption *) g_ptr_array_index (without_option, i))->title, !=, "Budget");
  g_assert_cmpuint (without_nothing->len, ==, nothing->plan->len);
}

static void
test_last_option_stays (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) first = plan (query, NULL);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (first, 0)));
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_REMOVE, "option 1"));
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
}

static void
test_change_keeps_requirements (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) earlier = NULL;

  require (query, "start after 10am", TRIP_PRIORITY_MUST_HAVE);
  ((TripPoi *) g_ptr_array_index (query->pois, 19))->must_see = TRUE;
  /* assert_kept() in change() holds both against the result. */
  earlier = change (query, TRIP_ACTION_MODIFY, "start at 8 and make every day lighter");
  g_assert_true (option_has_place (earlier, 0, "Sight T"));
}

/* What a client sent and nobody changed goes back byte for byte. */
static void
test_unchanged_days_keep_their_text (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  TripPlanOption *option;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  first = plan (query, NULL);
  option = trip_plan_option_copy (g_ptr_array_index (first, 0));
  option->raw = g_bytes_new_static ("{}", 2);
  for (guint d = 0; d < option->days->len; d++)
    ((TripPlanDay *) g_ptr_array_index (option->days, d))->raw = g_bytes_new_static ("{}", 2);
  g_ptr_array_add (query->plan, option);
  g_ptr_array_add (query->changes,
                   trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, "make day 2 lighter"));
  changed = plan (query, NULL);
  g_assert_nonnull (changed);
  g_assert_nonnull (get_day (changed, 0, 0)->raw);
  g_assert_null (get_day (changed, 0, 1)->raw);
  g_assert_nonnull (get_day (changed, 0, 2)->raw);
  g_assert_null (((TripPlanOption *) g_ptr_array_index (changed, 0))->raw);
}

/* A plan of another maker, without times, dates or costs, is changed without harm. */
static void
test_bare_plan (void)
{
  g_autoptr(TripPlanQuery) query = new_query (6);
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  TripPlanOption *option = trip_plan_option_new ();
  TripPlanDay *day = trip_plan_day_new ();

  for (guint i = 0; i < 3; i++)
    {
      TripPlanBlock *block = trip_plan_block_new (TRIP_BLOCK_VISIT);

      g_ptr_array_add (block->pois, trip_poi_ref (g_ptr_array_index (query->pois, i)));
      g_ptr_array_add (day->blocks, block);
    }
  g_ptr_array_add (option->days, day);
  g_ptr_array_add (option->days, trip_plan_day_new ());
  g_ptr_array_add (query->plan, option);
  for (guint i = 0; i < 8; i++)
    {
      static const char * const words[] = {
        "drop Sight B", "make day 1 lighter", "start at 10", "later start", "add Sight F", "cheaper",
        "move Sight A to day 2", "swap Sight A for Sight E",
      };

      g_ptr_array_set_size (query->changes, 0);
      g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, words[i]));
      g_clear_pointer (&changed, g_ptr_array_unref);
      changed = plan (query, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (changed->len, ==, 1);
    }
}

static void
test_reading_changes (void)
{
  static const struct {
    const char *words;
    TripPlanChangeKind kind;
    gint day;
    gint minute;
    const char *subject;
  } cases[] = {
    { "make day 2 lighter", TRIP_PLAN_CHANGE_LIGHTER, 1, -1, NULL },
    { "last day easier", TRIP_PLAN_CHANGE_LIGHTER, TRIP_PLAN_LAST_DAY, -1, NULL },
    { "begin at 11 and not at 9 on day 2", TRIP_PLAN_CHANGE_START, 1, 660, NULL },
    { "start at 10:30 am on the third day", TRIP_PLAN_CHANGE_START, 2, 630, NULL },
    { "be back by 9", TRIP_PLAN_CHANGE_END, TRIP_PLAN_EVERY_DAY, 1260, NULL },
    { "a later start", TRIP_PLAN_CHANGE_START_LATER, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "move the Louvre to day 3", TRIP_PLAN_CHANGE_MOVE, 2, -1, "louvre" },
    { "move the Louvre", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "drop the museum on day 1", TRIP_PLAN_CHANGE_DROP, 0, -1, "museum" },
    { "swap the Louvre for the Orsay", TRIP_PLAN_CHANGE_SWAP, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "add a museum on the second day", TRIP_PLAN_CHANGE_ADD, 1, -1, "museum" },
    { "start day 2 earlier", TRIP_PLAN_CHANGE_START_EARLIER, 1, -1, NULL },
    { "finish earlier on day 1", TRIP_PLAN_CHANGE_END_EARLIER, 0, -1, NULL },
    { "more free time on the first day", TRIP_PLAN_CHANGE_LIGHTER, 0, -1, NULL },
    { "lighter day 0", TRIP_PLAN_CHANGE_LIGHTER, G_MAXINT - 1, -1, NULL },
    { "cheaper", TRIP_PLAN_CHANGE_CHEAPER, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "start at 99", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanChange) read = trip_plan_change_read (cases[i].words);

      g_test_message ("%s", cases[i].words);
      g_assert_cmpint (read->kind, ==, cases[i].kind);
      g_assert_cmpint (read->day, ==, cases[i].day);
      g_assert_cmpint (read->minute, ==, cases[i].minute);
      g_assert_cmpstr (read->subject, ==, cases[i].subject);
    }
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
  g_test_add_func ("/planner/lighter-day", test_lighter_day);
  g_test_add_func ("/planner/later-start", test_later_start);
  g_test_add_func ("/planner/drop-and-swap", test_drop_and_swap);
  g_test_add_func ("/planner/options-come-and-go", test_options_come_and_go);
  g_test_add_func ("/planner/cheaper", test_cheaper);
  g_test_add_func ("/planner/change-not-understood", test_change_not_understood);
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
  g_test_add_func ("/planner/add-and-move", test_add_and_move);
  g_test_add_func ("/planner/what-is-removed", test_what_is_removed);
  g_test_add_func ("/planner/last-option-stays", test_last_option_stays);
  g_test_add_func ("/planner/change-keeps-requirements", test_change_keeps_requirements);
  g_test_add_func ("/planner/unchanged-days-keep-their-text", test_unchanged_days_keep_their_text);
  g_test_add_func ("/planner/bare-plan", test_bare_plan);
  g_test_add_func ("/planner/reading-changes", test_reading_changes);
  return g_test_run ();
}
