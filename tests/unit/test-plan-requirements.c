/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Requirements against the plan itself: each kind is met, or the notes name it, or the request is refused with the
 * demands that exclude each other. On small questions every plan there could be is tried, by code of the test's own, to
 * see that what is refused is impossible, that what is possible is planned, and that no demand is named in vain.
 */
#include "language/trip-text.h"
#include "providers/planner/trip-embedded-planner.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <math.h>
#include <string.h>

static TripPoi *
add_poi (TripPlanQuery *query,
         const char    *name,
         TripPoiType    type,
         gdouble        north_km,
         gdouble        east_km,
         const char    *hours,
         gint64         price,
         const char    *tags)
{
  TripPoi *poi = trip_poi_new (name);
  g_auto(GStrv) words = g_strsplit (tags, " ", -1);

  poi->id = g_strdup_printf ("test:%s", name);
  poi->type = type;
  poi->city = g_strdup ("Testville");
  poi->geo.lat = 48.0 + north_km / 111.19493;
  poi->geo.lng = 11.0 + east_km / (111.19493 * cos (48.0 * G_PI / 180.0));
  poi->opening_hours = g_strdup (hours);
  poi->visit_minutes = type == TRIP_POI_LODGE ? 0 : 60;
  poi->price_minor = price;
  g_strlcpy (poi->currency, "EUR", sizeof poi->currency);
  poi->popularity = 60;
  poi->level = type == TRIP_POI_SIGHT ? 0 : price < 5000 ? 1 : 2;
  poi->tags = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_ptr_array_add (poi->tags, g_strdup (words[i]));
    }
  g_ptr_array_add (query->pois, poi);
  return poi;
}

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

      add_poi (query, name, TRIP_POI_SIGHT, (i * 7) % 5 - 2.0, (i * 3) % 7 - 3.0, "Mo-Su 09:00-19:00",
               i % 2 == 0 ? 0 : 1500, kinds[i % G_N_ELEMENTS (kinds)])->popularity = 95 - (gint) i * 2;
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Table %u", i + 1);

      add_poi (query, name, TRIP_POI_RESTAURANT, (gdouble) (i % 3) - 1.0, (gdouble) (i % 4) - 1.5, "Mo-Su 11:00-23:00",
               1000 + 500 * i, i % 3 == 0 ? "vegan local" : "seafood");
    }
  add_poi (query, "Bunk House", TRIP_POI_LODGE, 0.5, 0.5, "24/7", 4000, "hostel");
  add_poi (query, "Middle Inn", TRIP_POI_LODGE, 0.1, 0.1, "24/7", 11000, "hotel wheelchair");
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

static GPtrArray *
plan_with (const char   *words,
           TripPriority  priority)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GError) error = NULL;
  GPtrArray *options;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, words, priority);
  options = plan (query, &error);
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
  g_autoptr(GPtrArray) options = plan (query, &error);

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

static void
test_theme_without_day (void)
{
  g_autoptr(GPtrArray) options = plan_with ("day 9: gardens", TRIP_PRIORITY_PREFERRED);
  g_autoptr(TripPlanQuery) query = new_query ();

  for (guint o = 0; o < options->len; o++)
    g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (options, o))->general_notes, "“day 9: gardens”"));
  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "day 9: gardens", TRIP_PRIORITY_MUST_HAVE);
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
      g_assert_true (n == 1 || strstr (option->general_notes, "sight w") != NULL);
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

  add_poi (query, "Grand Museums", TRIP_POI_SIGHT, 0, 0, "Mo-Su 09:00-19:00", 0, "museum")->popularity = 99;
  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "Grand Museums", TRIP_PRIORITY_AVOID);
  options = plan (query, NULL);
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

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "museums", TRIP_PRIORITY_AVOID);
  require (query, "Sight G", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, NULL);
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
          TripPoi *poi = add_poi (query, name, TRIP_POI_SIGHT, 120 + k / 4.0, k / 3.0, "Mo-Su 09:00-19:00", 0, "museum");

          g_free (poi->city);
          poi->city = g_strdup ("Fartown");
        }
      {
        TripPoi *inn = add_poi (query, "Far Inn", TRIP_POI_LODGE, 120, 0, "24/7", 9000, "hotel");

        g_free (inn->city);
        inn->city = g_strdup ("Fartown");
        inn->must_see = TRUE;
      }
      g_ptr_array_add (query->destinations, g_strdup ("Testville"));
      g_ptr_array_add (query->destinations, g_strdup ("Fartown"));
      require (query, words, TRIP_PRIORITY_MUST_HAVE);
      options = plan (query, &error);
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
  require (query, "unicorn rides", TRIP_PRIORITY_MUST_HAVE);
  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  assert_refused (query, "“unicorn rides”", NULL, "“3 days”");
}

/* A wish never makes a request impossible: it is given up, and named. */
static void
test_wish_given_up (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) options = NULL;

  add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0, 0, "Mo-Su 18:00-22:00", 0, "tower")->must_see = TRUE;
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "end at 5pm", TRIP_PRIORITY_PREFERRED);
  require (query, "start at 10", TRIP_PRIORITY_PREFERRED);
  options = plan (query, &error);
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

  add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0, 0, "Mo-Su 18:00-22:00", 0, "tower")->must_see = TRUE;
  add_poi (query, "Morning Hall", TRIP_POI_SIGHT, 0, 0, "Mo-Su 08:00-12:00", 0, "museum")->must_see = TRUE;
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  require (query, "end at 5pm", TRIP_PRIORITY_MUST_HAVE);
  require (query, "under 900 euros", TRIP_PRIORITY_MUST_HAVE);
  require (query, "crowds", TRIP_PRIORITY_AVOID);
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

  add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0, 0, "Mo-Su 18:00-22:00", 0, "tower")->must_see = TRUE;
  require (query, "end at 5pm", TRIP_PRIORITY_MUST_HAVE);
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

      add_poi (query, name, TRIP_POI_SIGHT, i % 13, i % 11, "Mo-Su 10:00-16:00", 0, "ruins")->must_see = TRUE;
    }
  require (query, "2 days", TRIP_PRIORITY_MUST_HAVE);
  begin = g_get_monotonic_time ();
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_test_message ("%.2f s: %s", (gdouble) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC, error->message);
}

/* ---- Every plan there could be, of small questions ---- */

#define MAX_PLACES 4
#define MAX_DAYS 4
#define LUNCH_FROM (11 * 60)
#define LUNCH_TO (15 * 60)
#define LUNCH_MINUTES 30

typedef struct {
  char name[16];
  gint open[7];
  gint close[7];
  gint minutes;
  gint price;
  gdouble km;
} Place;

/* A question as the test made it: the demands are the places, the days, the hours and the budget, in this order. */
typedef struct {
  Place places[MAX_PLACES];
  guint n_places;
  guint n_days;
  gint start_weekday;
  gint from;
  gint to;
  gint budget;
} Question;

enum { DEMAND_DAYS = MAX_PLACES, DEMAND_HOURS, DEMAND_BUDGET, N_DEMANDS };

/* Minutes between two places, one bound of each: what the validator lets pass at most, and what the planner counts. */
static gint
fastest_minutes (gdouble km)
{
  return km <= 0.3 ? 0 : (gint) ceil (km);
}

static gint
cautious_minutes (gdouble km)
{
  gdouble path = km * 1.27;
  gint walk = (gint) ceil (path * 60.0 / 4.5);
  gint ride = (gint) ceil (MIN (path, 8.0) * 60.0 / 16.0) + 6 + (path > 8.0 ? (gint) ceil ((path - 8.0) * 60.0 / 34.0) : 0);

  if (km < 0.015)
    return km < 0.001 ? 0 : 5;
  return ((path <= 1.5 ? walk : ride) + 4) / 5 * 5;
}

typedef gint (*Minutes) (gdouble km);

/* Visits in this order from a time on, a lunch before visit @lunch_at, or none for -1. Says when the last ends. */
static gboolean
run_order (const Question *question,
           const guint    *order,
           guint           n,
           guint           weekday,
           gint            from,
           gint            to,
           gint            lunch_at,
           Minutes         minutes,
           gint           *out_first,
           gint           *out_end)
{
  gint time = from;

  *out_first = -1;
  for (guint i = 0; i <= n; i++)
    {
      const Place *place = i < n ? &question->places[order[i]] : NULL;

      if ((gint) i == lunch_at)
        {
          time = MAX (time, LUNCH_FROM);
          if (time > LUNCH_TO)
            return FALSE;
          time += LUNCH_MINUTES;
          if (time > to)
            return FALSE;
        }
      if (place == NULL)
        break;
      if (i > 0)
        time += minutes (fabs (place->km - question->places[order[i - 1]].km));
      time = (MAX (time, place->open[weekday]) + 4) / 5 * 5;
      if (time + place->minutes > MIN (place->close[weekday], to))
        return FALSE;
      if (*out_first < 0)
        *out_first = time;
      time += place->minutes;
      *out_end = time;
    }
  return TRUE;
}

static gboolean
day_holds_order (const Question *question,
                 const guint    *order,
                 guint           n,
                 guint           weekday,
                 gint            from,
                 gint            to,
                 Minutes         minutes)
{
  gint first, end;

  if (n == 0)
    return TRUE;
  /* Without a lunch where the day is over early or begins late, else with one somewhere. */
  if (run_order (question, order, n, weekday, from, to, -1, minutes, &first, &end) && (end < 16 * 60 || first > 11 * 60))
    return TRUE;
  if (run_order (question, order, n, weekday, MAX (from, 11 * 60 + 5), to, -1, minutes, &first, &end))
    return TRUE;
  for (guint at = 0; at <= n; at++)
    {
      if (run_order (question, order, n, weekday, from, to, (gint) at, minutes, &first, &end))
        return TRUE;
    }
  return FALSE;
}

static gboolean
day_holds (const Question *question,
           guint          *order,
           guint           fixed,
           guint           n,
           guint           weekday,
           gint            from,
           gint            to,
           Minutes         minutes)
{
  if (fixed == n)
    return day_holds_order (question, order, n, weekday, from, to, minutes);
  for (guint i = fixed; i < n; i++)
    {
      guint swap = order[fixed];
      gboolean holds;

      order[fixed] = order[i];
      order[i] = swap;
      holds = day_holds (question, order, fixed + 1, n, weekday, from, to, minutes);
      order[i] = order[fixed];
      order[fixed] = swap;
      if (holds)
        return TRUE;
    }
  return FALSE;
}

static gboolean
days_hold (const Question *question,
           guint           demands,
           guint           n_days,
           guint           weekday,
           Minutes         minutes)
{
  gint from = (demands & (1u << DEMAND_HOURS)) != 0 ? question->from : 8 * 60;
  gint to = (demands & (1u << DEMAND_HOURS)) != 0 ? question->to : 22 * 60;
  guint ways = 1;

  for (guint p = 0; p < question->n_places; p++)
    ways *= n_days;
  for (guint way = 0; way < ways; way++)
    {
      gboolean holds = TRUE;

      for (guint d = 0; d < n_days && holds; d++)
        {
          guint order[MAX_PLACES];
          guint n = 0;
          guint code = way;

          for (guint p = 0; p < question->n_places; p++, code /= n_days)
            {
              if ((demands & (1u << p)) != 0 && code % n_days == d)
                order[n++] = p;
            }
          holds = day_holds (question, order, 0, n, (weekday + d) % 7, from, to, minutes);
        }
      if (holds)
        return TRUE;
    }
  return FALSE;
}

/* What the meals of a day cost that the planner counts; the least that a plan can do with is none. */
static gdouble
price_meals (const Question *question,
             guint           demands)
{
  gint from = (demands & (1u << DEMAND_HOURS)) != 0 ? question->from : 9 * 60;
  gint to = (demands & (1u << DEMAND_HOURS)) != 0 ? question->to : 22 * 60;
  guint n = (MAX (from, 690) <= MIN (840, to - 60)) + (MAX (from, 1050) <= MIN (1230, to - 60));

  return n * (gdouble) trip_currency_convert (1500, "USD", "EUR") / 100.0;
}

static gboolean
can_be_paid (const Question *question,
             guint           demands,
             guint           n_days,
             Minutes         minutes)
{
  gdouble cost = minutes == cautious_minutes ? price_meals (question, demands) * n_days : 0.0;

  for (guint p = 0; p < question->n_places; p++)
    cost += (demands & (1u << p)) != 0 ? question->places[p].price : 0;
  return (demands & (1u << DEMAND_BUDGET)) == 0 || question->budget == 0 || cost <= question->budget;
}

/* Whether there is a plan that keeps the demands, bits, by trying all. A plan visits something. */
static gboolean
exists (const Question *question,
        guint           demands,
        Minutes         minutes)
{
  if ((demands & ((1u << MAX_PLACES) - 1)) == 0)
    {
      for (guint p = 0; p < question->n_places; p++)
        {
          if (exists (question, demands | 1u << p, minutes))
            return TRUE;
        }
      return FALSE;
    }
  if ((demands & (1u << DEMAND_DAYS)) != 0)
    return can_be_paid (question, demands, question->n_days, minutes) &&
           days_hold (question, demands, question->n_days, (guint) question->start_weekday, minutes);
  /* The requirement that gives the days gives the dates as well. */
  for (guint n = 1; n <= MAX_DAYS; n++)
    {
      if (!can_be_paid (question, demands, n, minutes))
        continue;
      for (guint weekday = 0; weekday < 7; weekday++)
        {
          if (days_hold (question, demands, n, weekday, minutes))
            return TRUE;
        }
    }
  return FALSE;
}

static void
make_question (GRand    *rand,
               gboolean  spread,
               gboolean  paid,
               Question *out)
{
  memset (out, 0, sizeof *out);
  out->n_places = (guint) g_rand_int_range (rand, 2, MAX_PLACES + 1);
  out->n_days = (guint) g_rand_int_range (rand, 1, 3);
  out->start_weekday = 0; /* 7 December 2026 is a Monday */
  out->from = 60 * g_rand_int_range (rand, 8, 11);
  out->to = out->from + 60 * g_rand_int_range (rand, 3, 9);
  for (guint p = 0; p < out->n_places; p++)
    {
      Place *place = &out->places[p];
      gint open = 8 * 60 + 30 * g_rand_int_range (rand, 0, 14);

      g_snprintf (place->name, sizeof place->name, "Hall %c", 'A' + (gint) p);
      place->minutes = 30 * g_rand_int_range (rand, 1, 6);
      place->price = paid ? 10 * g_rand_int_range (rand, 0, 4) : 0;
      place->km = spread ? g_rand_double_range (rand, 0, 12) : 0;
      for (guint w = 0; w < 7; w++)
        {
          place->open[w] = open;
          place->close[w] = open + place->minutes + 30 * g_rand_int_range (rand, 0, 4);
        }
      for (guint w = 1; w < 7; w++)
        place->close[w] = place->close[0];
      /* Some are closed on the first day. */
      if (g_rand_int_range (rand, 0, 5) == 0)
        place->open[0] = place->close[0] = 0;
    }
  out->budget = paid ? 10 * g_rand_int_range (rand, 2, 12) : 0;
}

static TripPlanQuery *
ask (const Question *question,
     char            words[3][64])
{
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (guint p = 0; p < question->n_places; p++)
    {
      const Place *place = &question->places[p];
      g_autofree char *hours = g_strdup_printf ("%s %02d:%02d-%02d:%02d", place->close[0] == 0 ? "Tu-Su" : "Mo-Su",
                                                place->open[1] / 60, place->open[1] % 60, place->close[1] / 60,
                                                place->close[1] % 60);
      TripPoi *poi = add_poi (query, place->name, TRIP_POI_SIGHT, 0, place->km, hours, place->price * 100, "");

      poi->visit_minutes = place->minutes;
      poi->must_see = TRUE;
    }
  if (question->n_days == 1)
    g_snprintf (words[0], sizeof words[0], "on 7 December 2026 for 1 day");
  else
    g_snprintf (words[0], sizeof words[0], "from 7 to 8 December 2026");
  g_snprintf (words[1], sizeof words[1], "from %d:00 to %d:00", question->from / 60, question->to / 60);
  g_snprintf (words[2], sizeof words[2], "under %d euros", question->budget);
  require (query, words[0], TRIP_PRIORITY_MUST_HAVE);
  require (query, words[1], TRIP_PRIORITY_MUST_HAVE);
  if (question->budget > 0)
    require (query, words[2], TRIP_PRIORITY_MUST_HAVE);
  return query;
}

static void
tell (const Question *question,
      guint           number,
      const char     *words)
{
  g_test_message ("question %u: %s", number, words);
  for (guint p = 0; p < question->n_places; p++)
    {
      const Place *place = &question->places[p];

      g_test_message ("  %s %d:%02d-%d:%02d, %d min, %d euros, km %.1f%s", place->name, place->open[1] / 60,
                      place->open[1] % 60, place->close[1] / 60, place->close[1] % 60, place->minutes, place->price,
                      place->km, place->close[0] == 0 ? ", closed on Mondays" : "");
    }
  g_test_message ("  %u days, %d:00-%d:00, budget %d", question->n_days, question->from / 60, question->to / 60,
                  question->budget);
}

/* The demands that the head of an error names. */
static guint
read_conflict (const Question *question,
               const char     *message,
               char            words[3][64])
{
  const char *end = strstr (message, " cannot ");
  g_autofree char *head = NULL;
  guint demands = 0;

  if (end == NULL)
    tell (question, 0, message);
  g_assert_nonnull (end);
  head = g_strndup (message, (gsize) (end - message));
  for (guint p = 0; p < question->n_places; p++)
    {
      g_autofree char *quoted = g_strdup_printf ("“%s”", question->places[p].name);

      demands |= strstr (head, quoted) != NULL ? 1u << p : 0;
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *quoted = g_strdup_printf ("“%s”", words[i]);

      demands |= strstr (head, quoted) != NULL ? 1u << (DEMAND_DAYS + i) : 0;
    }
  return demands;
}

typedef struct {
  guint n;
  guint possible;
  guint refused;
  guint proven;
  guint between;
} Count;

static void
hold_against_all (gboolean  spread,
                  gboolean  paid,
                  guint     n_questions,
                  Count    *count)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (spread ? 7 : paid ? 3 : 5);

  for (guint q = 0; q < n_questions; q++)
    {
      Question question;
      char words[3][64];
      g_autoptr(TripPlanQuery) query = NULL;
      g_autoptr(GPtrArray) options = NULL;
      g_autoptr(GError) error = NULL;
      guint all;
      gboolean at_best, at_worst;

      make_question (rand, spread, paid, &question);
      query = ask (&question, words);
      all = (1u << question.n_places) - 1;
      all |= 1u << DEMAND_DAYS | 1u << DEMAND_HOURS | 1u << DEMAND_BUDGET;
      at_best = exists (&question, all, fastest_minutes);
      at_worst = exists (&question, all, cautious_minutes);
      options = plan (query, &error);
      count->n++;
      count->possible += at_worst;
      count->between += at_best != at_worst;
      if (options != NULL)
        {
          if (!at_best)
            tell (&question, q, "planned, though nothing is possible");
          g_assert_true (at_best);
          continue;
        }
      count->refused++;
      count->proven += !at_best;
      g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
      if (at_worst)
        tell (&question, q, error->message);
      /* What is refused is impossible as the planner counts ways, and mostly however fast one is. */
      g_assert_false (at_worst);
      {
        guint conflict = read_conflict (&question, error->message, words);

        g_test_message ("question %u: %s", q, error->message);
        g_assert_cmpuint (conflict, !=, 0);
        g_assert_false (exists (&question, conflict, cautious_minutes));
        for (guint d = 0; d < N_DEMANDS; d++)
          {
            if ((conflict & (1u << d)) != 0)
              g_assert_true (exists (&question, conflict & ~(1u << d), fastest_minutes));
          }
      }
    }
  g_test_message ("%u questions: %u possible, %u refused, %u of these whatever the speed, %u depend on it", count->n,
                  count->possible, count->refused, count->proven, count->between);
}

static void
test_all_plans_in_one_spot (void)
{
  Count count = { 0 };

  hold_against_all (FALSE, FALSE, 150, &count);
  /* Without ways there is nothing between what is possible and what is not. */
  g_assert_cmpuint (count.between, ==, 0);
  g_assert_cmpuint (count.possible + count.refused, ==, count.n);
  g_assert_cmpuint (count.refused, >, 20);
  g_assert_cmpuint (count.possible, >, 20);
}

static void
test_all_plans_on_the_way (void)
{
  Count count = { 0 };

  hold_against_all (TRUE, FALSE, 150, &count);
  g_assert_cmpuint (count.proven * 2, >, count.refused);
  g_assert_cmpuint (count.possible, >, 10);
}

static void
test_all_plans_within_a_budget (void)
{
  Count count = { 0 };

  hold_against_all (FALSE, TRUE, 150, &count);
  g_assert_cmpuint (count.proven * 2, >, count.refused);
  g_assert_cmpuint (count.possible, >, 10);
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
  g_test_add_func ("/requirements/cancelled", test_cancelled);
  g_test_add_func ("/requirements/explanation-is-bounded", test_explanation_is_bounded);
  g_test_add_func ("/requirements/all-plans/in-one-spot", test_all_plans_in_one_spot);
  g_test_add_func ("/requirements/all-plans/on-the-way", test_all_plans_on_the_way);
  g_test_add_func ("/requirements/all-plans/within-a-budget", test_all_plans_within_a_budget);
  return g_test_run ();
}
