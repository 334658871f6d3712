/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Limits on the whole of a day or of a trip: the best plan within them, not a better one cut down to them.
 */
#include "plan-question.h"
#include "trip/model/trip-error.h"

#include <string.h>

#define DAILY "09:00-19:00"

static TripPlanQuery *
new_query (const char *days)
{
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  plan_question_add_poi (query, "Inn", TRIP_POI_LODGE, 0, 0, "", 6000, "");
  plan_question_add_poi (query, "Soup Kitchen", TRIP_POI_RESTAURANT, 0.1, 0, "11:00-22:00", 1200, "");
  plan_question_add_poi (query, "Noodle Bar", TRIP_POI_RESTAURANT, 0, 0.1, "11:00-22:00", 1200, "");
  plan_question_require (query, days, TRIP_PRIORITY_MUST_HAVE);
  return query;
}

static TripPoi *
add_sight (TripPlanQuery *query,
           const char    *name,
           gdouble        north_km,
           gdouble        east_km,
           gint64         price,
           gint           popularity)
{
  TripPoi *poi = plan_question_add_poi (query, name, TRIP_POI_SIGHT, north_km, east_km, DAILY, price, "");

  poi->popularity = popularity;
  return poi;
}

static gboolean
visits (const TripPlanOption *option,
        const char           *name)
{
  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind == TRIP_BLOCK_VISIT && block->pois->len > 0 &&
              (name == NULL || strcmp (((const TripPoi *) g_ptr_array_index (block->pois, 0))->name, name) == 0))
            return TRUE;
        }
    }
  return FALSE;
}

static guint
count_visits (const TripPlanDay *day)
{
  guint n = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    n += ((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->kind == TRIP_BLOCK_VISIT;
  return n;
}

static gdouble
walked (const TripPlanDay *day)
{
  gdouble sum = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->transportation;

      if (way->present && g_strcmp0 (way->method, "walk") == 0)
        sum += way->distance_m;
    }
  return sum;
}

static const TripPlanOption *
option_at (GPtrArray *options,
           guint      index)
{
  return g_ptr_array_index (options, index);
}

/* What is famous lies in all directions, each too far from the others to walk to both; what lies together is less known. */
static TripPlanQuery *
new_wide_town (void)
{
  TripPlanQuery *query = new_query ("2 days");

  add_sight (query, "Far North", 2.2, 0, 0, 75);
  add_sight (query, "Far South", -2.2, 0, 0, 75);
  add_sight (query, "Far East", 0, 2.2, 0, 75);
  add_sight (query, "Far West", 0, -2.2, 0, 75);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Near %u", i);

      add_sight (query, name, 0.3 + 0.1 * i, 0.3 - 0.05 * i, 0, 50);
    }
  plan_question_require (query, "public transport", TRIP_PRIORITY_AVOID);
  plan_question_require (query, "taxis", TRIP_PRIORITY_AVOID);
  return query;
}

static void
test_on_foot (void)
{
  g_autoptr(TripPlanQuery) query = new_wide_town ();
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "walk at most 3 km a day", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_visits (g_ptr_array_index (option_at (options, 0)->days, 0)) +
                    count_visits (g_ptr_array_index (option_at (options, 0)->days, 1)), >=, 6);
  for (guint i = 0; i < options->len; i++)
    {
      for (guint d = 0; d < 2; d++)
        g_assert_cmpfloat (walked (g_ptr_array_index (option_at (options, i)->days, d)), <=, 3000);
    }
}

/* A walk that has to be is longer than one wished for; where the limit has to hold, the two exclude each other. */
static void
test_on_foot_to_what_has_to_be_seen (void)
{
  for (TripPriority priority = TRIP_PRIORITY_MUST_HAVE; priority <= TRIP_PRIORITY_PREFERRED; priority++)
    {
      g_autoptr(TripPlanQuery) query = new_wide_town ();
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      add_sight (query, "Lighthouse", 3.0, 1.0, 0, 40)->must_see = TRUE;
      plan_question_require (query, "walk at most 2 km a day", priority);
      options = plan_question_plan (query, &error);
      if (priority == TRIP_PRIORITY_MUST_HAVE)
        {
          g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
          g_assert_nonnull (strstr (error->message, "Lighthouse"));
          g_assert_nonnull (strstr (error->message, "walk at most 2 km a day"));
          continue;
        }
      g_assert_no_error (error);
      for (guint i = 0; i < options->len; i++)
        {
          g_assert_true (visits (option_at (options, i), "Lighthouse"));
          g_assert_nonnull (strstr (option_at (options, i)->general_notes, "2.0 km of walking"));
        }
    }
}

static void
test_visits (void)
{
  for (TripPriority priority = TRIP_PRIORITY_MUST_HAVE; priority <= TRIP_PRIORITY_PREFERRED; priority++)
    {
      g_autoptr(TripPlanQuery) query = new_query ("1 day");
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < 6; i++)
        {
          g_autofree char *name = g_strdup_printf ("Sight %u", i);

          add_sight (query, name, 0.4 + 0.1 * i, 0.1 * i, 0, 60)->must_see = i < 3;
        }
      plan_question_require (query, "max 2 sights per day", priority);
      options = plan_question_plan (query, &error);
      if (priority == TRIP_PRIORITY_MUST_HAVE)
        {
          g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
          g_assert_nonnull (strstr (error->message, "max 2 sights per day"));
          continue;
        }
      g_assert_no_error (error);
      for (guint i = 0; i < options->len; i++)
        {
          g_assert_cmpuint (count_visits (g_ptr_array_index (option_at (options, i)->days, 0)), ==, 3);
          g_assert_nonnull (strstr (option_at (options, i)->general_notes, "more than 2 sights"));
        }
    }
}

/* Two visits a day are the two best that can be had together, not two of the many that a full day would have had. */
static void
test_best_visits (void)
{
  g_autoptr(TripPlanQuery) query = new_query ("1 day");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Small %u", i);

      add_sight (query, name, 0.3 + 0.05 * i, 0.2, 0, 50);
    }
  /* Each takes the time of four of the others. */
  add_sight (query, "Grand Palace", 0.5, 0.5, 0, 95)->visit_minutes = 200;
  add_sight (query, "Great Museum", 0.5, -0.5, 0, 95)->visit_minutes = 200;
  plan_question_require (query, "max 2 sights per day", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  g_assert_true (visits (option_at (options, 0), "Grand Palace"));
  g_assert_true (visits (option_at (options, 0), "Great Museum"));
}

static gint
minutes_of_kind (const TripPlanDay *day,
                 const char        *tag,
                 guint             *out_n)
{
  gint sum = 0;

  *out_n = 0;
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind != TRIP_BLOCK_VISIT || !trip_poi_has_tag (g_ptr_array_index (block->pois, 0), tag))
        continue;
      sum += block->end - block->start;
      (*out_n)++;
    }
  return sum;
}

/* What is best is of one kind, of which there may be so much; the days are full of other things. */
static void
test_kinds (void)
{
  static const struct { const char *words; gint minutes; guint day; guint trip; } cases[] = {
    { "at most 2 hours of museums a day", 120, 9, 9 },
    { "no more than one museum a day", 999, 1, 9 },
    { "max 2 museums", 999, 9, 2 },
  };

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr(TripPlanQuery) query = new_query ("2 days");
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < 8; i++)
        {
          g_autofree char *name = g_strdup_printf ("Museum %u", i);
          g_autofree char *other = g_strdup_printf ("Garden %u", i);

          plan_question_add_poi (query, name, TRIP_POI_SIGHT, 0.3 + 0.1 * i, 0.2, DAILY, 0, "museum")->popularity = 95;
          plan_question_add_poi (query, other, TRIP_POI_SIGHT, 0.3 + 0.1 * i, -0.2, DAILY, 0, "garden")->popularity = 50;
        }
      plan_question_require (query, cases[c].words, TRIP_PRIORITY_MUST_HAVE);
      options = plan_question_plan (query, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < options->len; i++)
        {
          guint n[2];

          for (guint d = 0; d < 2; d++)
            {
              const TripPlanDay *day = g_ptr_array_index (option_at (options, i)->days, d);

              g_assert_cmpint (minutes_of_kind (day, "museum", &n[d]), <=, cases[c].minutes);
              g_assert_cmpuint (n[d], <=, cases[c].day);
              g_assert_cmpuint (count_visits (day), >=, i == 0 ? 3 : 1);
            }
          g_assert_cmpuint (n[0] + n[1], <=, cases[c].trip);
          /* The limit is used: museums are the best there is. */
          g_assert_true (i > 0 || n[0] + n[1] >= 2);
        }
    }
}

static void
test_kinds_that_have_to_be_seen (void)
{
  for (TripPriority priority = TRIP_PRIORITY_MUST_HAVE; priority <= TRIP_PRIORITY_PREFERRED; priority++)
    {
      g_autoptr(TripPlanQuery) query = new_query ("1 day");
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      plan_question_add_poi (query, "Old Museum", TRIP_POI_SIGHT, 0.3, 0.2, DAILY, 0, "museum")->must_see = TRUE;
      plan_question_add_poi (query, "New Museum", TRIP_POI_SIGHT, 0.4, 0.2, DAILY, 0, "museum")->must_see = TRUE;
      add_sight (query, "Garden", 0.5, 0.2, 0, 50);
      plan_question_require (query, "at most one museum", priority);
      options = plan_question_plan (query, &error);
      if (priority == TRIP_PRIORITY_MUST_HAVE)
        {
          g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
          g_assert_nonnull (strstr (error->message, "at most one museum"));
          g_assert_nonnull (strstr (error->message, "New Museum"));
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (visits (option_at (options, 0), "Old Museum"));
      g_assert_true (visits (option_at (options, 0), "New Museum"));
      g_assert_nonnull (strstr (option_at (options, 0)->general_notes, "“at most one museum” is not kept"));
    }
}

/* Where there is money for the one sight that everybody comes for, nobody saves it. */
static void
test_money_for_the_best (void)
{
  g_autoptr(TripPlanQuery) query = new_query ("2 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_add_poi (query, "Palace Hotel", TRIP_POI_LODGE, 0.2, 0, "", 20000, "");
  plan_question_add_poi (query, "Fine Table", TRIP_POI_RESTAURANT, 0.1, 0.1, "11:00-22:00", 9000, "");
  add_sight (query, "Tower", 0.5, 0.5, 4000, 100);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sight %u", i);

      add_sight (query, name, 0.3 + 0.1 * i, 0.1 * i, i % 3 == 0 ? 0 : 1500, 45);
    }
  /* A night 60, four plain meals 48 or so, the tower 40. */
  plan_question_require (query, "under 170 euros", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  g_assert_true (visits (option_at (options, 0), "Tower"));
  for (guint i = 0; i < options->len; i++)
    g_assert_cmpfloat (option_at (options, i)->cost_total, <=, 170.0);
}

/* What has to be seen is paid for first, however dear and little known it is. */
static void
test_money_for_what_has_to_be_seen (void)
{
  g_autoptr(TripPlanQuery) query = new_query ("3 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  add_sight (query, "Opera", 0.5, 0.5, 8000, 30)->must_see = TRUE;
  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sight %u", i);

      add_sight (query, name, 0.3 + 0.1 * i, 0.1 * i, i % 3 == 0 ? 0 : 1500, 90);
    }
  plan_question_require (query, "under 290 euros", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < options->len; i++)
    {
      g_assert_true (visits (option_at (options, i), "Opera"));
      g_assert_cmpfloat (option_at (options, i)->cost_total, <=, 290.0);
    }
}

/* Beds and meals alone are no trip. */
static void
test_no_step_free_sight (void)
{
  g_autoptr(TripPlanQuery) query = new_query ("2 days");
  g_autoptr(TripPlanQuery) hedged = new_query ("2 days");
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) some = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_add_poi (query, "Steep Steps", TRIP_POI_SIGHT, 0.4, 0.2, DAILY, 0, "view");
  plan_question_add_poi (hedged, "Steep Steps", TRIP_POI_SIGHT, 0.4, 0.2, DAILY, 0, "view");
  plan_question_require (hedged, "wheelchair accessible", TRIP_PRIORITY_PREFERRED);
  some = plan_question_plan (hedged, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (some->len, >, 0);

  plan_question_require (query, "wheelchair accessible", TRIP_PRIORITY_MUST_HAVE);
  none = plan_question_plan (query, &error);
  g_assert_null (none);
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "“wheelchair accessible”"));
  g_assert_null (strstr (error->message, "“2 days”"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-limits/on-foot", test_on_foot);
  g_test_add_func ("/plan-limits/on-foot-to-what-has-to-be-seen", test_on_foot_to_what_has_to_be_seen);
  g_test_add_func ("/plan-limits/visits", test_visits);
  g_test_add_func ("/plan-limits/best-visits", test_best_visits);
  g_test_add_func ("/plan-limits/kinds", test_kinds);
  g_test_add_func ("/plan-limits/kinds-that-have-to-be-seen", test_kinds_that_have_to_be_seen);
  g_test_add_func ("/plan-limits/money-for-the-best", test_money_for_the_best);
  g_test_add_func ("/plan-limits/money-for-what-has-to-be-seen", test_money_for_what_has_to_be_seen);
  g_test_add_func ("/plan-limits/no-step-free-sight", test_no_step_free_sight);
  return g_test_run ();
}
