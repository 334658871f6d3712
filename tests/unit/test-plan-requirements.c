/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Requirements against the plan itself: each kind is met, or the notes name it, or the request is refused with the
 * demands that exclude each other.
 */
#include "plan-question.h"
#include "trip/model/trip-error.h"

#include <string.h>

static TripPlanQuery *
new_query (void)
{
  static const char * const kinds[] = { "museum wheelchair", "garden quiet wheelchair", "church", "market crowded wheelchair",
                                        "art museum", "park wheelchair" };
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sight %c", 'A' + (gint) i);

      plan_question_add_poi (query, name, TRIP_POI_SIGHT, (i * 7) % 5 - 2.0, (i * 3) % 7 - 3.0, "Mo-Su 09:00-19:00",
                             i % 2 == 0 ? 0 : 1500, kinds[i % G_N_ELEMENTS (kinds)])->popularity = 95 - (gint) i * 2;
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Table %u", i + 1);

      plan_question_add_poi (query, name, TRIP_POI_RESTAURANT, (gdouble) (i % 3) - 1.0, (gdouble) (i % 4) - 1.5,
                             "Mo-Su 11:00-23:00",
                             1000 + 500 * i, i % 3 == 0 ? "vegan local" : "seafood");
    }
  plan_question_add_poi (query, "Bunk House", TRIP_POI_LODGE, 0.5, 0.5, "24/7", 4000, "hostel");
  plan_question_add_poi (query, "Middle Inn", TRIP_POI_LODGE, 0.1, 0.1, "24/7", 11000, "hotel wheelchair");
  return query;
}

static GPtrArray *
plan_with (const char   *words,
           TripPriority  priority)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GError) error = NULL;
  GPtrArray *options;

  plan_question_require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, words, priority);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (options->len, >=, 1);
  return options;
}

static void
assert_refused (TripPlanQuery *query,
                const char    *first,
                const char    *second,
                const char    *absent)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) options = plan_question_plan (query, &error);

  g_assert_null (options);
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, first));
  if (second != NULL)
    g_assert_nonnull (strstr (error->message, second));
  if (absent != NULL)
    g_assert_null (strstr (error->message, absent));
}

typedef gboolean (*BlockTest) (const TripPlanBlock *block,
                               gconstpointer        data);

static guint
count_blocks (const TripPlanDay *day,
              BlockTest          test,
              gconstpointer      data)
{
  guint n = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    n += test (g_ptr_array_index (day->blocks, b), data);
  return n;
}

static gboolean
is_visit (const TripPlanBlock *block,
          gconstpointer        tag)
{
  return block->kind == TRIP_BLOCK_VISIT &&
         (tag == NULL || trip_poi_has_tag (g_ptr_array_index (block->pois, 0), tag));
}

static gboolean
is_at (const TripPlanBlock *block,
       gconstpointer        name)
{
  return block->pois->len > 0 && strcmp (((const TripPoi *) g_ptr_array_index (block->pois, 0))->name, name) == 0;
}

static gboolean
is_kind (const TripPlanBlock *block,
         gconstpointer        kind)
{
  return block->kind == (TripBlockKind) GPOINTER_TO_INT (kind);
}

static gdouble
walked (const TripPlanDay *day,
        gdouble           *out_longest)
{
  gdouble sum = 0;

  *out_longest = 0;
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->transportation;

      if (way->present && g_strcmp0 (way->method, "walk") == 0)
        {
          sum += way->distance_m;
          *out_longest = MAX (*out_longest, way->distance_m);
        }
    }
  return sum;
}

#define FOR_EACH_DAY(options, option, day)                                                                              \
  for (guint o_ = 0, d_ = 0; o_ < (options)->len; o_++, d_ = 0)                                                       \
    for (const TripPlanOption *option = g_ptr_array_index ((options), o_); d_ < option->days->len; d_++)               \
      for (const TripPlanDay *day = g_ptr_array_index (option->days, d_); day != NULL; day = NULL)

static void
test_walking (void)
{
  static const struct { const char *words; gdouble day; gdouble once; } cases[] = {
    { "walk no more than 3 km a day", 3000, 0 },
    { "no walks over 500 m", 0, 500 },
    { "max 1 km walking at a time", 0, 1000 },
    { "at most 2,000 steps a day", 1400, 0 },
    { "no more than 20 minutes of walking a day", 1500, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (TripPriority priority = TRIP_PRIORITY_MUST_HAVE; priority <= TRIP_PRIORITY_PREFERRED; priority++)
        {
          g_autoptr(GPtrArray) options = plan_with (cases[i].words, priority);

          FOR_EACH_DAY (options, option, day)
            {
              gdouble longest;
              gdouble sum = walked (day, &longest);

              g_assert_cmpuint (count_blocks (day, is_visit, NULL), >, 0);
              if (cases[i].day > 0)
                g_assert_cmpfloat (sum, <=, cases[i].day);
              if (cases[i].once > 0)
                g_assert_cmpfloat (longest, <=, cases[i].once);
            }
        }
    }
}

static void
test_visits (void)
{
  g_autoptr(GPtrArray) options = plan_with ("max 2 sights per day", TRIP_PRIORITY_MUST_HAVE);

  FOR_EACH_DAY (options, option, day)
    g_assert_cmpuint (count_blocks (day, is_visit, NULL), <=, 2);
}

static void
test_hours (void)
{
  static const struct { const char *words; TripPriority priority; gint from; gint to; } cases[] = {
    { "ending at 7pm", TRIP_PRIORITY_MUST_HAVE, 0, 19 * 60 },
    { "start at 10", TRIP_PRIORITY_PREFERRED, 10 * 60, 24 * 60 },
    { "from 10am to 6pm", TRIP_PRIORITY_MUST_HAVE, 10 * 60, 18 * 60 },
    { "nothing after 8pm", TRIP_PRIORITY_AVOID, 0, 20 * 60 },
    { "not before 9:30", TRIP_PRIORITY_MUST_HAVE, 9 * 60 + 30, 24 * 60 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) options = plan_with (cases[i].words, cases[i].priority);

      FOR_EACH_DAY (options, option, day)
        {
          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

              g_assert_cmpint (block->start, >=, cases[i].from);
              g_assert_cmpint (block->end, <=, cases[i].to);
            }
        }
    }
}

static void
test_themes (void)
{
  g_autoptr(GPtrArray) fixed = plan_with ("day 2: gardens", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) last = plan_with ("museums on the last day", TRIP_PRIORITY_PREFERRED);
  g_autoptr(GPtrArray) avoided = plan_with ("museums on day 2", TRIP_PRIORITY_AVOID);
  g_autoptr(GPtrArray) place = plan_with ("Sight W on day 3", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) free_choice = plan_with ("a market day and an art day", TRIP_PRIORITY_PREFERRED);

  FOR_EACH_DAY (fixed, option, day)
    {
      if (d_ == 1)
        {
          g_assert_cmpuint (count_blocks (day, is_visit, "garden"), >, 0);
          g_assert_cmpuint (count_blocks (day, is_visit, "garden"), ==, count_blocks (day, is_visit, NULL));
        }
    }
  FOR_EACH_DAY (last, option, day)
    {
      if (d_ == 2)
        g_assert_cmpuint (count_blocks (day, is_visit, "museum"), ==, count_blocks (day, is_visit, NULL));
    }
  FOR_EACH_DAY (avoided, option, day)
    {
      if (d_ == 1)
        g_assert_cmpuint (count_blocks (day, is_visit, "museum"), ==, 0);
    }
  FOR_EACH_DAY (place, option, day)
    g_assert_cmpuint (count_blocks (day, is_at, "Sight W"), ==, d_ == 2 ? 1 : 0);
  for (guint o = 0; o < free_choice->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (free_choice, o);
      gboolean market = FALSE, art = FALSE;

      for (guint d = 0; d < option->days->len; d++)
        {
          const TripPlanDay *day = g_ptr_array_index (option->days, d);
          guint n = count_blocks (day, is_visit, NULL);

          market |= n > 0 && count_blocks (day, is_visit, "market") == n;
          art |= n > 0 && count_blocks (day, is_visit, "art") == n;
        }
      g_assert_true (market && art);
      /* Which day it became is said. */
      g_assert_nonnull (strstr (option->general_notes, "is the one for"));
    }
}

/* A museum that has to be seen is seen on a day that is not to be without museums; on a trip of no other day it cannot be. */
static void
test_must_beside_avoided_kind (void)
{
  for (guint d = 1; d <= 3; d++)
    {
      g_autoptr(TripPlanQuery) query = new_query ();
      g_autofree char *words = g_strdup_printf ("museums on day %u", d);
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;

      ((TripPoi *) g_ptr_array_index (query->pois, 18))->must_see = TRUE;
      plan_question_require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
      plan_question_require (query, "at most 1 museum a day", TRIP_PRIORITY_MUST_HAVE);
      plan_question_require (query, words, TRIP_PRIORITY_AVOID);
      options = plan_question_plan (query, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (options->len, >=, 2);
      FOR_EACH_DAY (options, option, day)
        g_assert_true (d_ + 1 != d || count_blocks (day, is_visit, "museum") == 0);
    }
}

static void
test_theme_without_day (void)
{
  g_autoptr(GPtrArray) options = plan_with ("day 9: gardens", TRIP_PRIORITY_PREFERRED);
  g_autoptr(TripPlanQuery) query = new_query ();

  for (guint o = 0; o < options->len; o++)
    g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (options, o))->general_notes, "“day 9: gardens”"));
  plan_question_require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "day 9: gardens", TRIP_PRIORITY_MUST_HAVE);
  assert_refused (query, "“day 9: gardens”", NULL, NULL);
}

static void
test_transport (void)
{
  static const struct { const char *words; TripPriority priority; const char *absent; } cases[] = {
    { "walk everywhere", TRIP_PRIORITY_MUST_HAVE, "transit" },
    { "walk everywhere", TRIP_PRIORITY_MUST_HAVE, "taxi" },
    { "public transport only", TRIP_PRIORITY_PREFERRED, "taxi" },
    { "taxis", TRIP_PRIORITY_AVOID, "taxi" },
    { "public transport", TRIP_PRIORITY_AVOID, "transit" },
    { "no public transport", TRIP_PRIORITY_MUST_HAVE, "transit" },
    { "by bike", TRIP_PRIORITY_MUST_HAVE, "transit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) options = plan_with (cases[i].words, cases[i].priority);

      FOR_EACH_DAY (options, option, day)
        {
          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

              if (block->transportation.present)
                g_assert_cmpstr (block->transportation.method, !=, cases[i].absent);
            }
        }
    }
}

static void
test_places (void)
{
  g_autoptr(GPtrArray) must = plan_with ("Sight W", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) wished = plan_with ("Sight W", TRIP_PRIORITY_PREFERRED);
  g_autoptr(GPtrArray) avoided = plan_with ("Sight A", TRIP_PRIORITY_AVOID);
  g_autoptr(GPtrArray) type = plan_with ("museums", TRIP_PRIORITY_AVOID);

  for (guint o = 0; o < must->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (must, o);
      guint n = 0;

      for (guint d = 0; d < option->days->len; d++)
        n += count_blocks (g_ptr_array_index (option->days, d), is_at, "Sight W");
      g_assert_cmpuint (n, ==, 1);
    }
  for (guint o = 0; o < wished->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (wished, o);
      guint n = 0;

      for (guint d = 0; d < option->days->len; d++)
        n += count_blocks (g_ptr_array_index (option->days, d), is_at, "Sight W");
      g_assert_true (n == 1 || strstr (option->general_notes, "“Sight W”") != NULL ||
                     strstr (option->general_notes, "“sight w”") != NULL);
      g_assert_null (strstr (option->general_notes, "not understood"));
    }
  FOR_EACH_DAY (avoided, option, day)
    g_assert_cmpuint (count_blocks (day, is_at, "Sight A"), ==, 0);
  FOR_EACH_DAY (type, option, day)
    g_assert_cmpuint (count_blocks (day, is_visit, "museum"), ==, 0);
}

/* A place's name says what it is called, not what else is meant. */
static void
test_named_like_a_kind (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GPtrArray) options = NULL;
  guint others = 0, named = 0;

  plan_question_add_poi (query, "Grand Museums", TRIP_POI_SIGHT, 0, 0, "Mo-Su 09:00-19:00", 0, "museum")->popularity = 99;
  plan_question_require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "Grand Museums", TRIP_PRIORITY_AVOID);
  options = plan_question_plan (query, NULL);
  g_assert_nonnull (options);
  FOR_EACH_DAY (options, option, day)
    {
      named += count_blocks (day, is_at, "Grand Museums");
      others += count_blocks (day, is_visit, "museum");
    }
  g_assert_cmpuint (named, ==, 0);
  g_assert_cmpuint (others, >, 0);
}

static void
test_named_against_kind (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GPtrArray) options = NULL;

  plan_question_require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "museums", TRIP_PRIORITY_AVOID);
  plan_question_require (query, "Sight G", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, NULL);
  g_assert_nonnull (options);
  FOR_EACH_DAY (options, option, day)
    g_assert_cmpuint (count_blocks (day, is_visit, "museum"), ==, count_blocks (day, is_at, "Sight G"));
  g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (options, 0))->general_notes, "Sight G was asked for"));
}

static void
test_diet (void)
{
  g_autoptr(GPtrArray) options = plan_with ("vegan", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) unknown = plan_with ("kosher", TRIP_PRIORITY_MUST_HAVE);

  FOR_EACH_DAY (options, option, day)
    {
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind == TRIP_BLOCK_MEAL && block->pois->len > 0)
            g_assert_true (trip_poi_has_tag (g_ptr_array_index (block->pois, 0), "vegan"));
        }
    }
  for (guint o = 0; o < unknown->len; o++)
    g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (unknown, o))->general_notes, "kosher"));
}

static void
test_access (void)
{
  g_autoptr(GPtrArray) must = plan_with ("wheelchair access", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) pets = plan_with ("with our dog", TRIP_PRIORITY_PREFERRED);

  FOR_EACH_DAY (must, option, day)
    g_assert_cmpuint (count_blocks (day, is_visit, "wheelchair"), ==, count_blocks (day, is_visit, NULL));
  for (guint o = 0; o < pets->len; o++)
    g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (pets, o))->general_notes, "animals"));
}

static void
test_free_time (void)
{
  g_autoptr(GPtrArray) options = plan_with ("free afternoon", TRIP_PRIORITY_MUST_HAVE);

  FOR_EACH_DAY (options, option, day)
    g_assert_cmpuint (count_blocks (day, is_kind, GINT_TO_POINTER (TRIP_BLOCK_FREE)), >, 0);
}

static void
test_money (void)
{
  static const struct { const char *words; gdouble most; } cases[] = {
    { "under 300 euros", 300 }, { "under 90 euros per day", 270 }, { "300 euros per person", 300 },
  };
  g_autoptr(GPtrArray) night = plan_with ("hotel under 50 euros per night", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) cheap = plan_with ("expensive restaurants", TRIP_PRIORITY_AVOID);
  guint meals = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) options = plan_with (cases[i].words, TRIP_PRIORITY_MUST_HAVE);

      for (guint o = 0; o < options->len; o++)
        g_assert_cmpfloat (((TripPlanOption *) g_ptr_array_index (options, o))->cost_total, <=, cases[i].most);
    }
  FOR_EACH_DAY (night, option, day)
    g_assert_cmpfloat (day->lodging_cost, <=, 50.0);
  /* What is too dear is no reason to eat nowhere. */
  FOR_EACH_DAY (cheap, option, day)
    {
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          meals += block->kind == TRIP_BLOCK_MEAL && block->pois->len > 0;
        }
    }
  g_assert_cmpuint (meals, >, 0);
}

static void
test_lodging_in_last_city (void)
{
  static const guint lengths[] = { 2, 3, 5 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(TripPlanQuery) query = new_query ();
      g_autofree char *words = g_strdup_printf ("%u days", lengths[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) options = NULL;

      for (guint k = 0; k < 8; k++)
        {
          g_autofree char *name = g_strdup_printf ("Far %u", k);
          TripPoi *poi = plan_question_add_poi (query, name, TRIP_POI_SIGHT, 120 + k / 4.0, k / 3.0,
                                                "Mo-Su 09:00-19:00", 0, "museum");

          g_free (poi->city);
          poi->city = g_strdup ("Fartown");
        }
      {
        TripPoi *inn = plan_question_add_poi (query, "Far Inn", TRIP_POI_LODGE, 120, 0, "24/7", 9000, "hotel");

        g_free (inn->city);
        inn->city = g_strdup ("Fartown");
        inn->must_see = TRUE;
      }
      g_ptr_array_add (query->destinations, g_strdup ("Testville"));
      g_ptr_array_add (query->destinations, g_strdup ("Fartown"));
      plan_question_require (query, words, TRIP_PRIORITY_MUST_HAVE);
      options = plan_question_plan (query, &error);
      g_assert_no_error (error);
      for (guint o = 0; o < options->len; o++)
        {
          const TripPlanOption *option = g_ptr_array_index (options, o);
          guint nights = 0;

          for (guint d = 0; d < option->days->len; d++)
            nights += g_strcmp0 (((TripPlanDay *) g_ptr_array_index (option->days, d))->lodging, "Far Inn") == 0;
          g_assert_cmpuint (nights, >=, 1);
        }
    }
}

static void
test_not_understood (void)
{
  g_autoptr(GPtrArray) wish = plan_with ("something with unicorns", TRIP_PRIORITY_PREFERRED);
  g_autoptr(GPtrArray) avoided = plan_with ("unicorn rides", TRIP_PRIORITY_AVOID);
  g_autoptr(TripPlanQuery) query = new_query ();

  for (guint o = 0; o < wish->len; o++)
    g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (wish, o))->general_notes,
                              "“something with unicorns” was not understood"));
  for (guint o = 0; o < avoided->len; o++)
    g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (avoided, o))->general_notes, "“unicorn rides”"));
  plan_question_require (query, "unicorn rides", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  assert_refused (query, "“unicorn rides”", NULL, "“3 days”");
}

/* A wish never makes a request impossible: it is given up, and named. */
static void
test_wish_given_up (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) options = NULL;

  plan_question_add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0, 0, "Mo-Su 18:00-22:00", 0, "tower")->must_see = TRUE;
  plan_question_require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "end at 5pm", TRIP_PRIORITY_PREFERRED);
  plan_question_require (query, "start at 10", TRIP_PRIORITY_PREFERRED);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, o);

      g_assert_nonnull (strstr (option->general_notes, "“end at 5pm” is not kept"));
      g_assert_null (strstr (option->general_notes, "“start at 10” is not kept"));
      for (guint d = 0; d < option->days->len; d++)
        {
          const TripPlanDay *day = g_ptr_array_index (option->days, d);

          g_assert_cmpint (((TripPlanBlock *) g_ptr_array_index (day->blocks, 0))->start, >=, 600);
        }
    }
}

static void
test_conflict_is_named (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();

  plan_question_add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0, 0, "Mo-Su 18:00-22:00", 0, "tower")->must_see = TRUE;
  plan_question_add_poi (query, "Morning Hall", TRIP_POI_SIGHT, 0, 0, "Mo-Su 08:00-12:00", 0, "museum")->must_see = TRUE;
  plan_question_require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "end at 5pm", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "under 900 euros", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "crowds", TRIP_PRIORITY_AVOID);
  assert_refused (query, "“Night Tower”", "“end at 5pm”", "Morning Hall");
  assert_refused (query, "“Night Tower”", "“end at 5pm”", "900");
  assert_refused (query, "“Night Tower”", "“end at 5pm”", "2 days");
}

static void
test_cancelled (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  plan_question_add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0, 0, "Mo-Su 18:00-22:00", 0, "tower")->must_see = TRUE;
  plan_question_require (query, "end at 5pm", TRIP_PRIORITY_MUST_HAVE);
  g_cancellable_cancel (cancellable);
  g_assert_null (trip_embedded_planner_plan_sync (planner, query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Many demands that exclude each other: the explanation takes bounded time. */
static void
test_explanation_is_bounded (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GError) error = NULL;
  gint64 begin;

  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *name = g_strdup_printf ("Stone %u", i);

      plan_question_add_poi (query, name, TRIP_POI_SIGHT, i % 13, i % 11, "Mo-Su 10:00-16:00", 0, "ruins")->must_see = TRUE;
    }
  plan_question_require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  begin = g_get_monotonic_time ();
  g_assert_null (plan_question_plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_test_message ("%.2f s: %s", (gdouble) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC, error->message);
}

static const TripPlanBlock *
first_block (const TripPlanDay *day)
{
  return day->blocks->len > 0 ? g_ptr_array_index (day->blocks, 0) : NULL;
}

static const TripPlanBlock *
last_block (const TripPlanDay *day)
{
  return day->blocks->len > 0 ? g_ptr_array_index (day->blocks, day->blocks->len - 1) : NULL;
}

/* The first day begins when one is in the city, the last ends when one sets out, and the way is a block of its own. */
static void
test_journeys (void)
{
  static const struct { const char *words; gint ready; gint leave; gint gone; } cases[] = {
    { "we land at 14:00", 900, -1, -1 },
    { "arriving by train at 11:30", 705, -1, -1 },
    { "arrive at 13:00", 780, -1, -1 },
    { "we get in late in the evening", 1320, -1, -1 },
    { "fly home at 18:00", -1, 900, 960 },
    { "train back at 17:30", -1, 990, 1020 },
    { "at the airport by 4pm", -1, 900, 960 },
    { "leave by noon on the last day", -1, 720, 720 },
    { "flight home at 9am", -1, 360, 420 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) options = plan_with (cases[i].words, TRIP_PRIORITY_MUST_HAVE);

      g_test_message ("%s", cases[i].words);
      for (guint o = 0; o < options->len; o++)
        {
          const TripPlanOption *option = g_ptr_array_index (options, o);
          const TripPlanDay *first = g_ptr_array_index (option->days, 0);
          const TripPlanDay *last = g_ptr_array_index (option->days, option->days->len - 1);

          if (cases[i].ready >= 0)
            {
              g_assert_cmpint (first_block (first)->kind, ==, TRIP_BLOCK_CHECK_IN);
              g_assert_cmpint (first_block (first)->start, ==, cases[i].ready);
              continue;
            }
          for (guint b = 0; b < last->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (last->blocks, b);

              g_assert_cmpint (block->end, <=, block->kind == TRIP_BLOCK_TRANSFER ? cases[i].gone : cases[i].leave);
            }
          if (cases[i].gone > cases[i].leave)
            {
              g_assert_cmpint (last_block (last)->kind, ==, TRIP_BLOCK_TRANSFER);
              g_assert_cmpint (last_block (last)->start, ==, cases[i].leave);
              g_assert_cmpint (last_block (last)->end, ==, cases[i].gone);
            }
        }
    }
}

/* Who arrives at night has the bags away and nothing else; dinner is for those who come in time for it. */
static void
test_late_arrival (void)
{
  g_autoptr(GPtrArray) late = plan_with ("landing at 22:30", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(GPtrArray) evening = plan_with ("arrive at 6pm", TRIP_PRIORITY_MUST_HAVE);

  for (guint o = 0; o < late->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (late, o);
      const TripPlanDay *day = g_ptr_array_index (option->days, 0);

      g_assert_cmpuint (day->blocks->len, ==, 1);
      g_assert_cmpint (first_block (day)->kind, ==, TRIP_BLOCK_CHECK_IN);
      g_assert_nonnull (day->lodging_poi);
    }
  for (guint o = 0; o < evening->len; o++)
    {
      const TripPlanDay *day = g_ptr_array_index (((const TripPlanOption *) g_ptr_array_index (evening, o))->days, 0);

      g_assert_cmpuint (count_blocks (day, is_kind, GINT_TO_POINTER (TRIP_BLOCK_MEAL)), ==, 1);
    }
}

/* A flight in the small hours of the last day is left for on the evening before, and nobody pays for a bed. */
static void
test_night_flight (void)
{
  g_autoptr(GPtrArray) options = plan_with ("fly home at 01:00", TRIP_PRIORITY_MUST_HAVE);

  for (guint o = 0; o < options->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, o);
      const TripPlanDay *eve = g_ptr_array_index (option->days, 1);

      g_assert_cmpuint (((const TripPlanDay *) g_ptr_array_index (option->days, 2))->blocks->len, ==, 0);
      g_assert_cmpint (last_block (eve)->kind, ==, TRIP_BLOCK_TRANSFER);
      g_assert_cmpint (last_block (eve)->end, ==, 23 * 60);
      g_assert_null (eve->lodging_poi);
    }
}

static void
test_journeys_that_exclude_each_other (void)
{
  g_autoptr(TripPlanQuery) one_day = new_query ();
  g_autoptr(TripPlanQuery) closed = new_query ();
  g_autoptr(TripPlanQuery) short_trip = new_query ();

  plan_question_require (one_day, "1 day", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (one_day, "vegan", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (one_day, "arrive at 18:00", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (one_day, "leave at 12:00 on the last day", TRIP_PRIORITY_MUST_HAVE);
  assert_refused (one_day, "“arrive at 18:00”", "“leave at 12:00 on the last day”", "vegan");
  assert_refused (one_day, "“1 day”", NULL, NULL);

  plan_question_require (short_trip, "2 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (short_trip, "land at 22:30", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (short_trip, "flight home at 9am", TRIP_PRIORITY_MUST_HAVE);
  assert_refused (short_trip, "“2 days”", "“flight home at 9am”", NULL);

  plan_question_add_poi (closed, "Morning Mill", TRIP_POI_SIGHT, 0.3, 0.3, "Mo-Su 08:00-11:00", 0, "mill")->must_see = TRUE;
  plan_question_require (closed, "1 day", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (closed, "arrive at 1pm", TRIP_PRIORITY_MUST_HAVE);
  assert_refused (closed, "“Morning Mill”", "“arrive at 1pm”", NULL);
}

static gint
find_start_of (const TripPlanOption *option,
               const char           *name)
{
  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (is_at (block, name))
            return block->start + (gint) d * 24 * 60;
        }
    }
  return -1;
}

/* What has to be seen and is open only while the travellers are there is seen then. */
static void
test_must_see_between_journeys (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  plan_question_add_poi (query, "Morning Mill", TRIP_POI_SIGHT, 0.3, 0.3, "Mo-Su 08:00-12:00", 0, "mill")->must_see = TRUE;
  plan_question_require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "arrive at 1pm", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "fly home at 15:00", TRIP_PRIORITY_MUST_HAVE);
  options = plan_question_plan (query, &error);
  g_assert_no_error (error);
  for (guint o = 0; o < options->len; o++)
    g_assert_cmpint (find_start_of (g_ptr_array_index (options, o), "Morning Mill"), >=, 24 * 60);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/requirements/walking", test_walking);
  g_test_add_func ("/requirements/visits", test_visits);
  g_test_add_func ("/requirements/hours", test_hours);
  g_test_add_func ("/requirements/themes", test_themes);
  g_test_add_func ("/requirements/must-beside-avoided-kind", test_must_beside_avoided_kind);
  g_test_add_func ("/requirements/theme-without-day", test_theme_without_day);
  g_test_add_func ("/requirements/transport", test_transport);
  g_test_add_func ("/requirements/places", test_places);
  g_test_add_func ("/requirements/named-like-a-kind", test_named_like_a_kind);
  g_test_add_func ("/requirements/named-against-kind", test_named_against_kind);
  g_test_add_func ("/requirements/diet", test_diet);
  g_test_add_func ("/requirements/access", test_access);
  g_test_add_func ("/requirements/free-time", test_free_time);
  g_test_add_func ("/requirements/money", test_money);
  g_test_add_func ("/requirements/lodging-in-last-city", test_lodging_in_last_city);
  g_test_add_func ("/requirements/not-understood", test_not_understood);
  g_test_add_func ("/requirements/wish-given-up", test_wish_given_up);
  g_test_add_func ("/requirements/conflict-is-named", test_conflict_is_named);
  g_test_add_func ("/requirements/journeys", test_journeys);
  g_test_add_func ("/requirements/late-arrival", test_late_arrival);
  g_test_add_func ("/requirements/night-flight", test_night_flight);
  g_test_add_func ("/requirements/journeys-that-exclude-each-other", test_journeys_that_exclude_each_other);
  g_test_add_func ("/requirements/must-see-between-journeys", test_must_see_between_journeys);
  g_test_add_func ("/requirements/cancelled", test_cancelled);
  g_test_add_func ("/requirements/explanation-is-bounded", test_explanation_is_bounded);
  return g_test_run ();
}
