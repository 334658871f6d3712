/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bounds of money by day and by kind, and of travel: kept where they have to be, told where they are wishes.
 */
#include "plan-question.h"
#include "trip/model/trip-error.h"

#include <string.h>

#define DAILY "09:00-19:00"

/* A town where all is to be had cheap and dear, and where what is known best is dear. */
static TripPlanQuery *
new_town (const char *days)
{
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  plan_question_add_poi (query, "Hostel", TRIP_POI_LODGE, 0.2, 0, "", 4000, "");
  plan_question_add_poi (query, "Inn", TRIP_POI_LODGE, 0, 0, "", 9000, "");
  plan_question_add_poi (query, "Palace", TRIP_POI_LODGE, 0, 0.1, "", 30000, "");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *cheap = g_strdup_printf ("Kitchen %u", i);
      g_autofree char *dear = g_strdup_printf ("Grill %u", i);

      plan_question_add_poi (query, cheap, TRIP_POI_RESTAURANT, 0.3 * i, 0.2, "11:00-22:00", 800 + 100 * i, "");
      plan_question_add_poi (query, dear, TRIP_POI_RESTAURANT, 0.1, 0.3 * i, "11:00-22:00", 3000 + 500 * i, "");
    }
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *cheap = g_strdup_printf ("Park %u", i);
      g_autofree char *dear = g_strdup_printf ("Gallery %u", i);

      plan_question_add_poi (query, cheap, TRIP_POI_SIGHT, 0.4 + 0.1 * i, 0.1 * i, DAILY, i * 100, "")->popularity = 50;
      plan_question_add_poi (query, dear, TRIP_POI_SIGHT, -0.4 - 0.1 * i, 0.1 * i, DAILY, 2000 + i * 100, "")->popularity = 90;
    }
  plan_question_require (query, days, TRIP_PRIORITY_MUST_HAVE);
  return query;
}

static const TripPlanDay *
day_at (GPtrArray *options,
        guint      option,
        guint      day)
{
  return g_ptr_array_index (((const TripPlanOption *) g_ptr_array_index (options, option))->days, day);
}

static gdouble
spent (const TripPlanDay *day,
       TripBlockKind      kind)
{
  gdouble sum = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind == kind)
        sum += MAX (block->cost, 0);
    }
  return sum;
}

static gdouble
dearest (const TripPlanDay *day,
         TripBlockKind      kind)
{
  gdouble most = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind == kind)
        most = MAX (most, block->cost);
    }
  return most;
}

static gdouble
sum_ways (const TripPlanDay *day,
          const char        *method,
          gboolean           minutes)
{
  gdouble sum = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->transportation;

      if (way->present && (method == NULL || g_strcmp0 (way->method, method) == 0))
        sum += minutes ? way->minutes : 1;
    }
  return sum;
}

static gdouble
fares (const TripPlanDay *day)
{
  gdouble sum = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->transportation;

      sum += way->present ? MAX (way->cost, 0) : 0;
    }
  return sum;
}

static guint
count (const TripPlanDay *day,
       TripBlockKind      kind)
{
  guint n = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    n += ((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->kind == kind;
  return n;
}

/* The sum of the trip would leave room for a dear first day and a cheap last one, which has no night. */
static void
test_day (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("3 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "under 110 euros a day", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      for (guint d = 0; d < 3; d++)
        {
          const TripPlanDay *day = day_at (options, o, d);

          g_assert_cmpfloat (MAX (day->lodging_cost, 0) + spent (day, TRIP_BLOCK_MEAL) + spent (day, TRIP_BLOCK_VISIT) +
                             fares (day), <=, 110.0);
          /* A bed that leaves nothing to live on is no way to keep it. */
          g_assert_cmpuint (count (day, TRIP_BLOCK_MEAL), >=, 1);
          g_assert_cmpuint (count (day, TRIP_BLOCK_VISIT), >=, o == 0 ? 2 : 1);
        }
    }
}

static void
test_day_impossible (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("2 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "under 30 euros a day", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "vegetarian", TRIP_PRIORITY_PREFERRED);
  options = plan_question_plan (query, &error);
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "under 30 euros a day"));
  g_assert_null (strstr (error->message, "vegetarian"));
}

static void
test_food (void)
{
  for (TripPriority priority = TRIP_PRIORITY_MUST_HAVE; priority <= TRIP_PRIORITY_PREFERRED; priority++)
    {
      g_autoptr(TripPlanQuery) query = new_town ("2 days");
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      plan_question_require (query, "25 euros a day on food", priority);
      options = plan_question_plan (query, &error);
      g_assert_no_error (error);
      for (guint o = 0; o < options->len; o++)
        {
          for (guint d = 0; d < 2; d++)
            {
              g_assert_cmpfloat (spent (day_at (options, o, d), TRIP_BLOCK_MEAL), <=, 25.0);
              g_assert_cmpuint (count (day_at (options, o, d), TRIP_BLOCK_MEAL), ==, 2);
            }
        }
    }
}

static void
test_meal_for_two (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("2 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "2 adults", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "meals under 36 euros each", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      for (guint d = 0; d < 2; d++)
        g_assert_cmpfloat (dearest (day_at (options, o, d), TRIP_BLOCK_MEAL), <=, 72.0);
    }
}

static void
test_tickets (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("2 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "max 10 euros per museum", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      for (guint d = 0; d < 2; d++)
        g_assert_cmpfloat (dearest (day_at (options, o, d), TRIP_BLOCK_VISIT), <=, 10.0);
    }
}

/* What has to be seen comes before a wish about its price, which is told; a must-have excludes it, and no other is named. */
static void
test_ticket_of_what_has_to_be_seen (void)
{
  for (TripPriority priority = TRIP_PRIORITY_MUST_HAVE; priority <= TRIP_PRIORITY_PREFERRED; priority++)
    {
      g_autoptr(TripPlanQuery) query = new_town ("2 days");
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      plan_question_add_poi (query, "Observatory", TRIP_POI_SIGHT, 0.5, 0.5, DAILY, 2500, "")->must_see = TRUE;
      plan_question_require (query, "max 10 euros per museum", priority);
      plan_question_require (query, "60 euros a day on food", TRIP_PRIORITY_MUST_HAVE);
      options = plan_question_plan (query, &error);
      if (priority == TRIP_PRIORITY_MUST_HAVE)
        {
          g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
          g_assert_nonnull (strstr (error->message, "max 10 euros per museum"));
          g_assert_nonnull (strstr (error->message, "Observatory"));
          g_assert_null (strstr (error->message, "on food"));
          continue;
        }
      g_assert_no_error (error);
      for (guint o = 0; o < options->len; o++)
        g_assert_nonnull (strstr (((const TripPlanOption *) g_ptr_array_index (options, o))->general_notes,
                                  "“max 10 euros per museum” is not kept"));
    }
}

static void
test_sights_of_the_trip (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("3 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "at most 50 euros on sights", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      gdouble sum = 0;

      for (guint d = 0; d < 3; d++)
        sum += spent (day_at (options, o, d), TRIP_BLOCK_VISIT);
      g_assert_cmpfloat (sum, <=, 50.0);
    }
}

static void
test_nights (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("3 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "at most 190 euros on hotels", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    g_assert_cmpfloat (day_at (options, o, 0)->lodging_cost + day_at (options, o, 1)->lodging_cost, <=, 190.0);
}

static void
test_rides (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("2 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("Castle %u", i);

      plan_question_add_poi (query, name, TRIP_POI_SIGHT, i % 2 == 0 ? 4.0 : -4.0, 0.5 * i, DAILY, 0, "")->popularity = 99;
    }
  plan_question_require (query, "max 2 rides a day", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      for (guint d = 0; d < 2; d++)
        {
          const TripPlanDay *day = day_at (options, o, d);

          g_assert_cmpfloat (sum_ways (day, NULL, FALSE) - sum_ways (day, "walk", FALSE), <=, 2.0);
        }
    }
}

static void
test_time_on_the_way (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("2 days");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_require (query, "max 40 minutes of travel a day", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      for (guint d = 0; d < 2; d++)
        {
          g_assert_cmpfloat (sum_ways (day_at (options, o, d), NULL, TRUE), <=, 40.0);
          g_assert_cmpuint (count (day_at (options, o, d), TRIP_BLOCK_VISIT), >=, 2);
        }
    }
}

static void
test_far_from_all (void)
{
  g_autoptr(TripPlanQuery) query = new_town ("1 day");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_add_poi (query, "Lighthouse", TRIP_POI_SIGHT, 9.0, 0, DAILY, 0, "")->must_see = TRUE;
  plan_question_add_poi (query, "Abbey", TRIP_POI_SIGHT, -9.0, 0, DAILY, 0, "")->must_see = TRUE;
  plan_question_require (query, "no more than 25 minutes between sights", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "no more than 25 minutes between sights"));
}

/* A plan of the town, made ready to be changed. */
static TripPlanQuery *
new_saved (const char *requirement)
{
  TripPlanQuery *query = new_town ("2 days");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) options = NULL;

  if (requirement != NULL)
    plan_question_require (query, requirement, TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < options->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (options, i)));
  return query;
}

/* A new bound of meals changes meals: the sights stay. */
static void
test_food_of_saved_plan (void)
{
  g_autoptr(TripPlanQuery) query = new_saved (NULL);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;
  guint n_changed = 0;

  for (guint i = 0; i < query->pois->len; i++)
    g_ptr_array_add (query->former_pois, trip_poi_ref (g_ptr_array_index (query->pois, i)));
  for (guint i = 0; i < query->requirements->len; i++)
    g_ptr_array_add (query->former_requirements, trip_requirement_copy (g_ptr_array_index (query->requirements, i)));
  query->state_changed = TRUE;
  plan_question_require (query, "25 euros a day on food", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (options->len, ==, query->plan->len);
  for (guint o = 0; o < options->len; o++)
    {
      for (guint d = 0; d < 2; d++)
        {
          gdouble before = spent (day_at (query->plan, o, d), TRIP_BLOCK_MEAL);

          n_changed += before > 25.0;
          g_assert_cmpfloat (spent (day_at (options, o, d), TRIP_BLOCK_MEAL), <=, 25.0);
          g_assert_cmpuint (count (day_at (options, o, d), TRIP_BLOCK_MEAL), ==, count (day_at (query->plan, o, d),
                                                                                        TRIP_BLOCK_MEAL));
          g_assert_cmpfloat (spent (day_at (options, o, d), TRIP_BLOCK_VISIT), ==, spent (day_at (query->plan, o, d),
                                                                                         TRIP_BLOCK_VISIT));
        }
    }
  g_assert_cmpuint (n_changed, >, 0);
}

/* A change that would overstep what has to be kept is not done, and says so. */
static void
test_change_beyond (void)
{
  g_autoptr(TripPlanQuery) query = new_saved ("max 10 euros per museum");
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_ADD, "add Gallery 3 to day 1"));
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      g_assert_cmpfloat (dearest (day_at (options, o, 0), TRIP_BLOCK_VISIT), <=, 10.0);
      g_assert_nonnull (strstr (((const TripPlanOption *) g_ptr_array_index (options, o))->general_notes,
                                "would not keep “max 10 euros per museum”"));
    }
}

/* Who may spend more a day is refused nothing that who may spend less is given. */
static void
test_wider_is_no_less_possible (void)
{
  gboolean possible = FALSE;

  for (guint most = 36; most <= 76; most += 2)
    {
      g_autoptr(TripPlanQuery) query = new_town ("3 days");
      g_autofree char *words = g_strdup_printf ("%u dollars a day", most);
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      plan_question_require (query, words, TRIP_PRIORITY_MUST_HAVE);
      options = plan_question_plan (query, &error);
      g_test_message ("%s: %s", words, error != NULL ? error->message : "possible");
      g_assert_true (options != NULL || !possible);
      possible = options != NULL;
    }
  g_assert_true (possible);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plan-bounds/day", test_day);
  g_test_add_func ("/plan-bounds/day-impossible", test_day_impossible);
  g_test_add_func ("/plan-bounds/wider-is-no-less-possible", test_wider_is_no_less_possible);
  g_test_add_func ("/plan-bounds/food", test_food);
  g_test_add_func ("/plan-bounds/meal-for-two", test_meal_for_two);
  g_test_add_func ("/plan-bounds/tickets", test_tickets);
  g_test_add_func ("/plan-bounds/ticket-of-what-has-to-be-seen", test_ticket_of_what_has_to_be_seen);
  g_test_add_func ("/plan-bounds/sights-of-the-trip", test_sights_of_the_trip);
  g_test_add_func ("/plan-bounds/nights", test_nights);
  g_test_add_func ("/plan-bounds/rides", test_rides);
  g_test_add_func ("/plan-bounds/time-on-the-way", test_time_on_the_way);
  g_test_add_func ("/plan-bounds/far-from-all", test_far_from_all);
  g_test_add_func ("/plan-bounds/food-of-saved-plan", test_food_of_saved_plan);
  g_test_add_func ("/plan-bounds/change-beyond", test_change_beyond);
  return g_test_run ();
}
