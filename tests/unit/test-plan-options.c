/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Options beside one another, on cities made here: that they differ where there is choice, say what they trade, use the
 * money there is, keep the best in and leave no time unspoken for.
 */
#include "check/trip-plan-check.h"
#include "providers/planner/trip-embedded-planner.h"
#include "providers/planner/trip-plan-rest.h"
#include "trip-made-up-city.h"
#include "trip/model/trip-requirement.h"

#include <string.h>

#define N_CITIES 6

static GPtrArray *
plan (TripPlanQuery *query)
{
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);
  g_autoptr(GError) error = NULL;
  GPtrArray *options = trip_embedded_planner_plan_sync (planner, query, NULL, &error);
  g_autoptr(GPtrArray) violations = NULL;

  g_assert_no_error (error);
  violations = trip_plan_check (options, query->pois, query->requirements, &query->today);
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_test_message ("%s: %s", violation->path, violation->message);
    }
  g_assert_cmpuint (violations->len, ==, 0);
  return options;
}

static TripPlanQuery *
new_query (guint   n_days,
           guint   n_cities,
           guint   n_places,
           guint64 seed)
{
  TripPlanQuery *query = trip_made_up_query_new (n_days);

  for (guint c = 0; c < n_cities; c++)
    trip_made_up_city_add (query, c, n_places, seed);
  return query;
}

static void
require (TripPlanQuery *query,
         const char    *words)
{
  g_ptr_array_add (query->requirements, trip_requirement_new (words, TRIP_PRIORITY_MUST_HAVE));
}

static const TripPlanOption *
get_option (GPtrArray *options,
            guint      index)
{
  return g_ptr_array_index (options, index);
}

/* (element-type utf8): names of what an option visits, owned by the option. */
static GHashTable *
collect_visits (const TripPlanOption *option)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind == TRIP_BLOCK_VISIT)
            g_hash_table_add (names, ((TripPoi *) g_ptr_array_index (block->pois, 0))->name);
        }
    }
  return names;
}

static gdouble
find_overlap (const TripPlanOption *one,
              const TripPlanOption *other)
{
  g_autoptr(GHashTable) a = collect_visits (one);
  g_autoptr(GHashTable) b = collect_visits (other);
  GHashTableIter iter;
  gpointer name;
  guint shared = 0;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    shared += g_hash_table_contains (b, name);
  return 2.0 * shared / MAX (g_hash_table_size (a) + g_hash_table_size (b), 1);
}

static void
test_differ (void)
{
  static const guint lengths[] = { 1, 2, 3, 7 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      for (guint seed = 1; seed <= N_CITIES; seed++)
        {
          g_autoptr(TripPlanQuery) query = new_query (lengths[i], 1, 160, seed);
          g_autoptr(GPtrArray) options = plan (query);

          g_assert_cmpuint (options->len, ==, 3);
          for (guint a = 0; a < options->len; a++)
            {
              for (guint b = 0; b < a; b++)
                {
                  const TripPlanOption *one = get_option (options, a);
                  const TripPlanOption *other = get_option (options, b);
                  gdouble dearer = MAX (one->cost_total, other->cost_total);

                  gdouble overlap = find_overlap (one, other);

                  /* Two that cost about the same differ in what is seen all the more. */
                  g_assert_cmpfloat (overlap, <=, 0.85);
                  g_assert_true (overlap <= 0.67 || MIN (one->cost_total, other->cost_total) <= 0.95 * dearer);
                }
            }
        }
    }
}

/* Where a place hardly fills the days two options are still to be had, and they are no copies. */
static void
test_little_choice (void)
{
  for (guint seed = 1; seed <= N_CITIES; seed++)
    {
      g_autoptr(TripPlanQuery) query = new_query (6, 1, 24, seed);
      g_autoptr(GPtrArray) options = plan (query);

      g_assert_cmpuint (options->len, >=, 2);
      for (guint i = 1; i < options->len; i++)
        g_assert_cmpfloat (get_option (options, i)->cost_total, !=, get_option (options, 0)->cost_total);
    }
}

/* What was settled holds in every option, and no words promise another. */
static void
test_settled (void)
{
  g_autoptr(TripPlanQuery) query = new_query (3, 1, 160, 1);
  g_autoptr(GPtrArray) options = NULL;

  require (query, "relaxed pace");
  require (query, "luxury");
  options = plan (query);
  g_assert_cmpuint (options->len, >=, 2);
  for (guint i = 0; i < options->len; i++)
    {
      const TripPlanOption *option = get_option (options, i);

      g_assert_cmpstr (option->title, !=, "Packed");
      g_assert_cmpstr (option->title, !=, "Budget");
      g_assert_null (strstr (option->general_notes, "even pace"));
      g_assert_null (strstr (option->general_notes, "middle prices"));
      for (guint d = 0; d < option->days->len; d++)
        {
          const TripPlanDay *day = g_ptr_array_index (option->days, d);

          g_assert_cmpint (((TripPlanBlock *) g_ptr_array_index (day->blocks, 0))->start, >=, 10 * 60);
        }
    }
}

static void
test_trades_are_told (void)
{
  g_autoptr(TripPlanQuery) query = new_query (3, 1, 160, 2);
  g_autoptr(GPtrArray) options = plan (query);

  for (guint i = 1; i < options->len; i++)
    {
      const TripPlanOption *option = get_option (options, i);

      g_assert_true (g_str_has_prefix (option->general_notes, option->title));
      g_assert_nonnull (strstr (option->general_notes, option->cost_total < get_option (options, 0)->cost_total
                                                         ? "less than “Balanced”" : "more than “Balanced”"));
      g_assert_nonnull (strstr (option->general_notes, "in place of"));
    }
}

/* Who comes for a weekend wants to see what the place is known for, whatever else can be had in the time. */
static void
test_icons (void)
{
  for (guint seed = 1; seed <= N_CITIES; seed++)
    {
      g_autoptr(TripPlanQuery) query = new_query (2, 1, 120, seed);
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GHashTable) visits = NULL;
      TripPoi *icon = NULL;

      for (guint i = 0; i < query->pois->len; i++)
        {
          TripPoi *poi = g_ptr_array_index (query->pois, i);

          if (poi->type == TRIP_POI_SIGHT && (icon == NULL || poi->popularity > icon->popularity))
            icon = poi;
        }
      icon->popularity = 99;
      icon->visit_minutes = 210;
      icon->price_minor = 3500;
      g_free (icon->opening_hours);
      icon->opening_hours = g_strdup ("Mo-Su 09:00-19:00");
      options = plan (query);
      visits = collect_visits (get_option (options, 0));
      g_assert_true (g_hash_table_contains (visits, icon->name));
    }
}

/* A budget that costs something to keep is kept with simpler beds and tables, not with days of nothing. */
static void
test_budget_is_used (void)
{
  gdouble used = 0;

  for (guint seed = 1; seed <= N_CITIES; seed++)
    {
      g_autoptr(TripPlanQuery) free_query = new_query (3, 1, 160, seed);
      g_autoptr(TripPlanQuery) query = new_query (3, 1, 160, seed);
      g_autoptr(GPtrArray) unbound = plan (free_query);
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GHashTable) all = collect_visits (get_option (unbound, 0));
      g_autoptr(GHashTable) kept = NULL;
      gint budget = (gint) (get_option (unbound, 0)->cost_total * 0.6);
      g_autofree char *words = g_strdup_printf ("under %d euros", budget);

      require (query, words);
      options = plan (query);
      for (guint i = 0; i < options->len; i++)
        g_assert_cmpfloat (get_option (options, i)->cost_total, <=, budget + 0.005);
      kept = collect_visits (get_option (options, 0));
      g_assert_cmpuint (g_hash_table_size (kept) + 2, >=, g_hash_table_size (all));
      used += get_option (options, 0)->cost_total / budget;
    }
  g_assert_cmpfloat (used / N_CITIES, >=, 0.7);
}

static void
test_no_holes (void)
{
  for (guint seed = 1; seed <= N_CITIES; seed++)
    {
      g_autoptr(TripPlanQuery) query = new_query (5, 2, 60, seed);
      g_autoptr(GPtrArray) options = plan (query);

      for (guint i = 0; i < options->len; i++)
        {
          const TripPlanOption *option = get_option (options, i);

          for (guint d = 0; d < option->days->len; d++)
            {
              const TripPlanDay *day = g_ptr_array_index (option->days, d);

              for (guint b = 1; b < day->blocks->len; b++)
                {
                  const TripPlanBlock *before = g_ptr_array_index (day->blocks, b - 1);
                  const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
                  gint way = block->transportation.present ? block->transportation.minutes : 0;

                  g_assert_cmpint (block->start - way - before->end, <, TRIP_PLAN_REST_MINUTES);
                }
            }
        }
    }
}

static gint
find_longest_free (GPtrArray *options)
{
  gint longest = 0;

  for (guint i = 0; i < options->len; i++)
    {
      const TripPlanOption *option = get_option (options, i);

      for (guint d = 0; d < option->days->len; d++)
        {
          const TripPlanDay *day = g_ptr_array_index (option->days, d);

          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

              if (block->kind == TRIP_BLOCK_FREE)
                longest = MAX (longest, block->end - block->start);
            }
        }
    }
  return longest;
}

/* Three short visits make a slow day, not one that is over at noon while doors stand open next door. */
static void
test_fill (void)
{
  for (guint seed = 1; seed <= N_CITIES; seed++)
    {
      g_autoptr(TripPlanQuery) query = new_query (2, 1, 160, seed);
      g_autoptr(GPtrArray) options = NULL;

      for (guint i = 0; i < query->pois->len; i++)
        {
          TripPoi *poi = g_ptr_array_index (query->pois, i);

          if (poi->type != TRIP_POI_SIGHT)
            continue;
          poi->visit_minutes = 30;
          g_ptr_array_add (poi->tags, g_strdup ("indoor"));
          g_free (poi->opening_hours);
          poi->opening_hours = g_strdup ("Mo-Su 08:00-23:00");
        }
      require (query, "relaxed pace");
      options = plan (query);
      g_assert_cmpint (find_longest_free (options), <, 4 * 60);
    }
}

static void
add_stop (TripPlanDraftDay *day,
          TripBlockKind     kind,
          gint              start,
          gint              service,
          gint              way)
{
  TripPlanStop stop = { .kind = kind, .candidate = -1, .start = start, .service = service, .has_leg = way > 0 };

  stop.leg.minutes = way;
  g_array_append_val (day->stops, stop);
}

static void
test_rest (void)
{
  TripPlanDraftDay day = { .stops = g_array_new (FALSE, TRUE, sizeof (TripPlanStop)) };
  TripPlanDraft draft = { .days = &day, .n_days = 1 };
  const TripPlanStop *stops;

  add_stop (&day, TRIP_BLOCK_VISIT, 540, 60, 0);
  /* 75 minutes but for the way: a hole that needs no name. */
  add_stop (&day, TRIP_BLOCK_VISIT, 675, 60, 5);
  add_stop (&day, TRIP_BLOCK_MEAL, 835, 60, 22);
  add_stop (&day, TRIP_BLOCK_FREE, 895, 30, 0);
  add_stop (&day, TRIP_BLOCK_VISIT, 1060, 60, 0);
  trip_plan_rest_name (&draft, -1);

  stops = (const TripPlanStop *) (void *) day.stops->data;
  g_assert_cmpuint (day.stops->len, ==, 6);
  g_assert_cmpint (stops[1].kind, ==, TRIP_BLOCK_VISIT);
  /* The way to the meal is left over, to the five minutes. */
  g_assert_cmpint (stops[2].kind, ==, TRIP_BLOCK_FREE);
  g_assert_cmpint (stops[2].start, ==, 735);
  g_assert_cmpint (stops[2].service, ==, 75);
  /* Free time that is there already grows. */
  g_assert_cmpint (stops[4].kind, ==, TRIP_BLOCK_FREE);
  g_assert_cmpint (stops[4].service, ==, 165);
  g_array_unref (day.stops);
}

/* A city that takes half a day to get to is given the time back. */
static void
test_nights (void)
{
  g_autoptr(TripPlanQuery) query = new_query (7, 2, 100, 3);
  g_autoptr(GPtrArray) options = NULL;
  const TripPlanOption *option;
  guint n_second = 0;

  for (guint i = 0; i < query->pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (query->pois, i);

      if (strcmp (poi->city, "Madeville 2") == 0)
        poi->geo.lng += 40.0;
    }
  options = plan (query);
  option = get_option (options, 0);
  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      n_second += g_str_has_suffix (day->highlight, "Madeville 2") || strstr (day->highlight, "Madeville 2:") != NULL;
    }
  g_assert_cmpuint (n_second, ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plan-options/differ", test_differ);
  g_test_add_func ("/plan-options/little-choice", test_little_choice);
  g_test_add_func ("/plan-options/settled", test_settled);
  g_test_add_func ("/plan-options/trades-are-told", test_trades_are_told);
  g_test_add_func ("/plan-options/icons", test_icons);
  g_test_add_func ("/plan-options/budget-is-used", test_budget_is_used);
  g_test_add_func ("/plan-options/no-holes", test_no_holes);
  g_test_add_func ("/plan-options/fill", test_fill);
  g_test_add_func ("/plan-options/rest", test_rest);
  g_test_add_func ("/plan-options/nights", test_nights);
  return g_test_run ();
}
