/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where each night is spent: one bed in a town, several along a coast, and whatever was asked for. Every plan is held
 * against all rules of a trip.
 */
#include "plan-question.h"

#include "check/trip-plan-check.h"
#include "trip/model/trip-error.h"

#include <string.h>

/* Two shores this far apart are two days out. */
#define SHORE_KM 55.0

static TripPlanQuery *
new_query (void)
{
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  return query;
}

/* Sights and tables around a point east of the middle. */
static void
add_cluster (TripPlanQuery *query,
             const char    *prefix,
             gdouble        east_km,
             guint          n_sights)
{
  for (guint i = 0; i < n_sights; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s Sight %c", prefix, 'A' + (gint) i);

      plan_question_add_poi (query, name, TRIP_POI_SIGHT, (i * 5) % 4 - 1.5, east_km + (i * 3) % 5 - 2.0,
                             "Mo-Su 09:00-19:00", i % 3 == 0 ? 1000 : 0, "view indoor")->popularity = 90 - (gint) i;
    }
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s Table %u", prefix, i + 1);

      plan_question_add_poi (query, name, TRIP_POI_RESTAURANT, (gdouble) (i % 3) - 1.0, east_km + (gdouble) (i % 2),
                             "Mo-Su 11:00-23:00", 1500, "local");
    }
}

static TripPlanQuery *
new_coast (void)
{
  TripPlanQuery *query = new_query ();

  add_cluster (query, "West", 0, 6);
  add_cluster (query, "East", SHORE_KM, 6);
  plan_question_add_poi (query, "West Inn", TRIP_POI_LODGE, 0.2, 0.3, "24/7", 9000, "hotel");
  plan_question_add_poi (query, "West Grand", TRIP_POI_LODGE, 0.4, 0.5, "24/7", 20000, "hotel");
  plan_question_add_poi (query, "East Inn", TRIP_POI_LODGE, 0.2, SHORE_KM + 0.3, "24/7", 9000, "hotel");
  plan_question_add_poi (query, "East Grand", TRIP_POI_LODGE, 0.4, SHORE_KM + 0.5, "24/7", 20000, "hotel");
  return query;
}

static TripPlanQuery *
new_town (void)
{
  TripPlanQuery *query = new_query ();

  add_cluster (query, "North", -1.5, 10);
  add_cluster (query, "South", 2.5, 10);
  plan_question_add_poi (query, "Bunk House", TRIP_POI_LODGE, 0.8, 2.0, "24/7", 4000, "hostel");
  plan_question_add_poi (query, "Middle Inn", TRIP_POI_LODGE, 0.3, 0.4, "24/7", 11000, "hotel");
  plan_question_add_poi (query, "North Inn", TRIP_POI_LODGE, 0.2, -1.4, "24/7", 11000, "hotel wheelchair");
  plan_question_add_poi (query, "South Inn", TRIP_POI_LODGE, 0.2, 2.6, "24/7", 11000, "hotel");
  plan_question_add_poi (query, "Gilded Hall", TRIP_POI_LODGE, 0.1, 0.5, "24/7", 45000, "hotel");
  return query;
}

/* Plans, and lets no plan pass that breaks a rule. */
static GPtrArray *
plan (TripPlanQuery *query)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *options = plan_question_plan (query, &error);
  g_autoptr(GPtrArray) violations = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (options->len, >=, 1);
  violations = trip_plan_check (options, query->pois, query->requirements, &query->today);
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_test_message ("%s: %s: %s", violation->path, violation->rule, violation->message);
    }
  g_assert_cmpuint (violations->len, ==, 0);
  return options;
}

static GPtrArray *
plan_with (TripPlanQuery *query,
           const char    *days,
           const char    *words,
           TripPriority   priority)
{
  plan_question_require (query, days, TRIP_PRIORITY_MUST_HAVE);
  if (words != NULL)
    plan_question_require (query, words, priority);
  return plan (query);
}

static const char *
bed_of (const TripPlanOption *option,
        guint                 day)
{
  const TripPlanDay *at = g_ptr_array_index (option->days, day);

  return at->lodging_poi != NULL ? at->lodging_poi->name : "";
}

static guint
count_moves (const TripPlanOption *option)
{
  guint n = 0;

  for (guint d = 1; d < option->days->len; d++)
    n += *bed_of (option, d) != '\0' && strcmp (bed_of (option, d), bed_of (option, d - 1)) != 0;
  return n;
}

static void
test_town_keeps_one_bed (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) options = plan_with (query, "5 days", NULL, TRIP_PRIORITY_PREFERRED);

  for (guint o = 0; o < options->len; o++)
    g_assert_cmpuint (count_moves (g_ptr_array_index (options, o)), ==, 0);
}

/* Once along the coast, and each night on the shore where its day was; the bags are brought first thing that day. */
static void
test_coast_moves_once (void)
{
  g_autoptr(TripPlanQuery) query = new_coast ();
  g_autoptr(GPtrArray) options = plan_with (query, "4 days", NULL, TRIP_PRIORITY_PREFERRED);

  for (guint o = 0; o < options->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, o);

      g_assert_cmpuint (count_moves (option), ==, 1);
      for (guint d = 0; d + 1 < option->days->len; d++)
        {
          const TripPlanDay *day = g_ptr_array_index (option->days, d);

          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
              const TripPoi *poi = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;

              if (poi != NULL)
                g_assert_cmpint (poi->name[0], ==, bed_of (option, d)[0]);
              if (block->kind == TRIP_BLOCK_CHECK_IN && d > 0)
                {
                  g_assert_cmpuint (b, ==, 0);
                  g_assert_true (block->transportation.present);
                  g_assert_cmpint (block->transportation.distance_m, >, 50000);
                  g_assert_nonnull (strstr (block->description, bed_of (option, d)));
                }
            }
        }
    }
}

/* Three shores in a row are gone along once, not to and fro. */
static void
test_island_goes_round_once (void)
{
  g_autoptr(TripPlanQuery) query = new_query ();
  g_autoptr(GPtrArray) options = NULL;
  static const char * const shores[] = { "West", "Mid", "East" };

  for (guint i = 0; i < G_N_ELEMENTS (shores); i++)
    {
      g_autofree char *inn = g_strdup_printf ("%s Inn", shores[i]);

      add_cluster (query, shores[i], i * SHORE_KM, 6);
      plan_question_add_poi (query, inn, TRIP_POI_LODGE, 0.2, i * SHORE_KM + 0.3, "24/7", 9000, "hotel");
    }
  options = plan_with (query, "6 days", NULL, TRIP_PRIORITY_PREFERRED);
  for (guint o = 0; o < options->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, o);

      g_assert_cmpuint (count_moves (option), ==, 2);
      g_assert_cmpstr (bed_of (option, 2), ==, "Mid Inn");
    }
}

static void
test_never_change (void)
{
  static const char * const words[] = { "same hotel throughout", "don't change hotels", "one hotel for the whole trip" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(TripPlanQuery) query = new_coast ();
      g_autoptr(GPtrArray) options = plan_with (query, "4 days", words[i], TRIP_PRIORITY_PREFERRED);

      for (guint o = 0; o < options->len; o++)
        g_assert_cmpuint (count_moves (g_ptr_array_index (options, o)), ==, 0);
    }
}

static void
test_always_change (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) options = plan_with (query, "4 days", "a different hotel each night", TRIP_PRIORITY_PREFERRED);

  for (guint o = 0; o < options->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, o);

      for (guint d = 0; d < 3; d++)
        for (guint e = 0; e < d; e++)
          g_assert_cmpstr (bed_of (option, d), !=, bed_of (option, e));
    }
}

/* More nights than houses: that is said, or, where it has to be, refused. */
static void
test_always_change_in_vain (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(TripPlanQuery) strict = new_town ();
  g_autoptr(GPtrArray) options = plan_with (query, "8 days", "a different hotel each night", TRIP_PRIORITY_PREFERRED);
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;

  for (guint o = 0; o < options->len; o++)
    g_assert_nonnull (strstr (((const TripPlanOption *) g_ptr_array_index (options, o))->general_notes, "another lodging"));
  plan_question_require (strict, "8 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (strict, "a different hotel each night", TRIP_PRIORITY_MUST_HAVE);
  none = plan_question_plan (strict, &error);
  g_assert_null (none);
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
}

static void
test_named (void)
{
  static const struct { const char *words; TripPriority priority; const char *bed; } cases[] = {
    { "stay at Gilded Hall", TRIP_PRIORITY_PREFERRED, "Gilded Hall" },
    { "stay at the Bunk House", TRIP_PRIORITY_MUST_HAVE, "Bunk House" },
    { "sleep at South Inn", TRIP_PRIORITY_PREFERRED, "South Inn" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanQuery) query = new_town ();
      g_autoptr(GPtrArray) options = plan_with (query, "4 days", cases[i].words, cases[i].priority);

      for (guint o = 0; o < options->len; o++)
        for (guint d = 0; d < 3; d++)
          g_assert_cmpstr (bed_of (g_ptr_array_index (options, o), d), ==, cases[i].bed);
    }
}

static void
test_named_for_nights (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) options = NULL;

  plan_question_require (query, "5 days", TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, "3 nights at South Inn", TRIP_PRIORITY_PREFERRED);
  plan_question_require (query, "stay at Bunk House", TRIP_PRIORITY_PREFERRED);
  options = plan (query);
  for (guint o = 0; o < options->len; o++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, o);

      g_assert_cmpuint (option->days->len, ==, 5);
      for (guint d = 0; d < 4; d++)
        g_assert_cmpstr (bed_of (option, d), ==, d < 3 ? "South Inn" : "Bunk House");
    }
}

static void
test_unknown_name (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(TripPlanQuery) strict = new_town ();
  g_autoptr(GPtrArray) options = plan_with (query, "3 days", "stay at the Zeppelin Lodge", TRIP_PRIORITY_PREFERRED);
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;

  for (guint o = 0; o < options->len; o++)
    g_assert_nonnull (strstr (((const TripPlanOption *) g_ptr_array_index (options, o))->general_notes, "Zeppelin"));
  plan_question_require (strict, "stay at the Zeppelin Lodge", TRIP_PRIORITY_MUST_HAVE);
  none = plan_question_plan (strict, &error);
  g_assert_null (none);
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
  g_assert_nonnull (strstr (error->message, "Zeppelin"));
}

static void
test_near (void)
{
  static const char * const words[] = { "stay near South Sight B", "hotel close to South Sight B" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(TripPlanQuery) query = new_town ();
      g_autoptr(GPtrArray) options = plan_with (query, "3 days", words[i], TRIP_PRIORITY_MUST_HAVE);

      for (guint o = 0; o < options->len; o++)
        {
          const char *bed = bed_of (g_ptr_array_index (options, o), 0);

          g_assert_true (strcmp (bed, "South Inn") == 0 || strcmp (bed, "Bunk House") == 0);
        }
    }
}

/* What is in an address can be told as well. */
static void
test_district (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) options = NULL;

  plan_question_add_poi (query, "Quay House", TRIP_POI_LODGE, 2.0, 4.0, "24/7", 12000, "hotel")->address =
    g_strdup ("7 Lock Street, Oldquay");
  options = plan_with (query, "3 days", "stay in Oldquay", TRIP_PRIORITY_MUST_HAVE);
  for (guint o = 0; o < options->len; o++)
    g_assert_cmpstr (bed_of (g_ptr_array_index (options, o), 0), ==, "Quay House");
}

static void
test_night_limit (void)
{
  g_autoptr(TripPlanQuery) query = new_coast ();
  g_autoptr(GPtrArray) options = plan_with (query, "4 days", "hotel under 100 EUR a night", TRIP_PRIORITY_MUST_HAVE);

  for (guint o = 0; o < options->len; o++)
    for (guint d = 0; d < 3; d++)
      g_assert_nonnull (strstr (bed_of (g_ptr_array_index (options, o), d), "Inn"));
}

/* Money decides where it is short, each night anew. */
static void
test_budget (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) options = plan_with (query, "4 days", "under 400 EUR", TRIP_PRIORITY_MUST_HAVE);

  for (guint o = 0; o < options->len; o++)
    for (guint d = 0; d < 3; d++)
      g_assert_cmpstr (bed_of (g_ptr_array_index (options, o), d), ==, "Bunk House");
}

static void
test_wheelchair (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) options = NULL;

  for (guint i = 0; i < query->pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (query->pois, i);

      if (poi->type == TRIP_POI_SIGHT)
        g_ptr_array_add (poi->tags, g_strdup ("wheelchair"));
    }
  options = plan_with (query, "3 days", "wheelchair accessible", TRIP_PRIORITY_MUST_HAVE);
  for (guint o = 0; o < options->len; o++)
    g_assert_cmpstr (bed_of (g_ptr_array_index (options, o), 0), ==, "North Inn");
}

/* The plan of a question is changed by words, or by a requirement more. */
static GPtrArray *
change (TripPlanQuery *query,
        const char    *words,
        const char    *requirement)
{
  g_autoptr(GPtrArray) first = plan_with (query, "4 days", NULL, TRIP_PRIORITY_PREFERRED);

  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (first, i)));
  if (words != NULL)
    {
      g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, words));
      return plan (query);
    }
  for (guint i = 0; i < query->pois->len; i++)
    g_ptr_array_add (query->former_pois, trip_poi_ref (g_ptr_array_index (query->pois, i)));
  for (guint i = 0; i < query->requirements->len; i++)
    g_ptr_array_add (query->former_requirements, trip_requirement_copy (g_ptr_array_index (query->requirements, i)));
  query->state_changed = TRUE;
  plan_question_require (query, requirement, TRIP_PRIORITY_MUST_HAVE);
  return plan (query);
}

static const TripPlanBlock *
first_block (const TripPlanOption *option,
             guint                 day)
{
  return g_ptr_array_index (((const TripPlanDay *) g_ptr_array_index (option->days, day))->blocks, 0);
}

/* One night elsewhere: the bags go there in the morning, and back the next. */
static void
test_edit_one_night (void)
{
  static const struct { const char *words; const char *bed; } cases[] = {
    { "cheaper hotel on night 2", "Bunk House" },
    { "stay at Gilded Hall on the second night", "Gilded Hall" },
    { "change the hotel on day 2 to South Inn", "South Inn" },
    { "a different hotel on night 2", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanQuery) query = new_town ();
      g_autoptr(GPtrArray) changed = change (query, cases[i].words, NULL);
      const TripPlanOption *was = g_ptr_array_index (query->plan, 0);
      const TripPlanOption *now = g_ptr_array_index (changed, 0);

      g_test_message ("%s", cases[i].words);
      g_assert_cmpstr (bed_of (now, 0), ==, bed_of (was, 0));
      g_assert_cmpstr (bed_of (now, 2), ==, bed_of (was, 2));
      g_assert_cmpstr (bed_of (now, 1), !=, bed_of (was, 1));
      if (cases[i].bed != NULL)
        g_assert_cmpstr (bed_of (now, 1), ==, cases[i].bed);
      for (guint d = 1; d < 3; d++)
        {
          g_assert_cmpint (first_block (now, d)->kind, ==, TRIP_BLOCK_CHECK_IN);
          g_assert_nonnull (strstr (first_block (now, d)->description, bed_of (now, d)));
        }
      g_assert_cmpint (first_block (now, 3)->kind, !=, TRIP_BLOCK_CHECK_IN);
    }
}

static void
test_edit_last_night (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) changed = change (query, "stay at Gilded Hall on the last night", NULL);
  const TripPlanOption *now = g_ptr_array_index (changed, 0);

  g_assert_cmpstr (bed_of (now, 1), ==, bed_of (g_ptr_array_index (query->plan, 0), 1));
  g_assert_cmpstr (bed_of (now, 2), ==, "Gilded Hall");
}

/* And where one night goes back to the bed of the others, nobody packs. */
static void
test_edit_back (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) changed = change (query, "stay at Gilded Hall on night 2", NULL);
  g_autofree char *words = g_strdup_printf ("stay at %s on night 2", bed_of (g_ptr_array_index (changed, 0), 0));
  g_autoptr(GPtrArray) back = NULL;

  g_ptr_array_set_size (query->plan, 0);
  g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (changed, 0)));
  g_ptr_array_set_size (query->changes, 0);
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, words));
  back = plan (query);
  g_assert_cmpuint (count_moves (g_ptr_array_index (back, 0)), ==, 0);
  for (guint d = 1; d < 4; d++)
    g_assert_cmpint (first_block (g_ptr_array_index (back, 0), d)->kind, !=, TRIP_BLOCK_CHECK_IN);
}

/* A limit that comes later changes the beds and nothing else; no later change goes beyond it. */
static void
test_later_limit (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) changed = change (query, NULL, "hotel under 50 EUR a night");
  g_autoptr(GPtrArray) nicer = NULL;

  for (guint o = 0; o < changed->len; o++)
    for (guint d = 0; d < 3; d++)
      g_assert_cmpstr (bed_of (g_ptr_array_index (changed, o), d), ==, "Bunk House");
  g_ptr_array_set_size (query->plan, 0);
  g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (changed, 0)));
  query->state_changed = FALSE;
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, "a better hotel"));
  nicer = plan (query);
  for (guint d = 0; d < 3; d++)
    g_assert_cmpstr (bed_of (g_ptr_array_index (nicer, 0), d), ==, "Bunk House");
}

static void
test_later_place (void)
{
  g_autoptr(TripPlanQuery) query = new_town ();
  g_autoptr(GPtrArray) changed = change (query, NULL, "stay near South Sight B");

  for (guint o = 0; o < changed->len; o++)
    {
      const char *bed = bed_of (g_ptr_array_index (changed, o), 0);

      g_assert_true (strcmp (bed, "South Inn") == 0 || strcmp (bed, "Bunk House") == 0);
    }
}

/* The same question gets the same beds. */
static void
test_deterministic (void)
{
  g_autoptr(TripPlanQuery) one = new_coast ();
  g_autoptr(TripPlanQuery) two = new_coast ();
  g_autoptr(GPtrArray) first = plan_with (one, "6 days", NULL, TRIP_PRIORITY_PREFERRED);
  g_autoptr(GPtrArray) second = plan_with (two, "6 days", NULL, TRIP_PRIORITY_PREFERRED);

  g_assert_cmpuint (first->len, ==, second->len);
  for (guint o = 0; o < first->len; o++)
    for (guint d = 0; d < 6; d++)
      g_assert_cmpstr (bed_of (g_ptr_array_index (first, o), d), ==, bed_of (g_ptr_array_index (second, o), d));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plan-nights/town-keeps-one-bed", test_town_keeps_one_bed);
  g_test_add_func ("/plan-nights/coast-moves-once", test_coast_moves_once);
  g_test_add_func ("/plan-nights/island-goes-round-once", test_island_goes_round_once);
  g_test_add_func ("/plan-nights/never-change", test_never_change);
  g_test_add_func ("/plan-nights/always-change", test_always_change);
  g_test_add_func ("/plan-nights/always-change-in-vain", test_always_change_in_vain);
  g_test_add_func ("/plan-nights/named", test_named);
  g_test_add_func ("/plan-nights/named-for-nights", test_named_for_nights);
  g_test_add_func ("/plan-nights/unknown-name", test_unknown_name);
  g_test_add_func ("/plan-nights/near", test_near);
  g_test_add_func ("/plan-nights/district", test_district);
  g_test_add_func ("/plan-nights/night-limit", test_night_limit);
  g_test_add_func ("/plan-nights/budget", test_budget);
  g_test_add_func ("/plan-nights/wheelchair", test_wheelchair);
  g_test_add_func ("/plan-nights/deterministic", test_deterministic);
  g_test_add_func ("/plan-nights/edit-one-night", test_edit_one_night);
  g_test_add_func ("/plan-nights/edit-last-night", test_edit_last_night);
  g_test_add_func ("/plan-nights/edit-back", test_edit_back);
  g_test_add_func ("/plan-nights/later-limit", test_later_limit);
  g_test_add_func ("/plan-nights/later-place", test_later_place);
  return g_test_run ();
}
