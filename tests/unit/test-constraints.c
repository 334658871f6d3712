/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What requirement phrases mean, and which requirement a removal means.
 */
#include "language/trip-constraints.h"

#include <string.h>

static const GDate *
today (void)
{
  static GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 23, 11, 2026); /* a Monday */
  return &date;
}

static TripConstraints *
read_as (const char   *phrase,
         TripPriority  priority)
{
  TripConstraints *constraints = trip_constraints_new ();

  trip_constraints_add_phrase (constraints, phrase, priority, today ());
  return constraints;
}

static TripConstraints *
read_phrase (const char *phrase)
{
  return read_as (phrase, TRIP_PRIORITY_PREFERRED);
}

static gboolean
has (GPtrArray  *list,
     const char *text)
{
  return g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL);
}

static void
test_durations (void)
{
  static const struct { const char *phrase; gint days; gint nights; } cases[] = {
    { "3 day trip", 3, 0 }, { "five days", 5, 0 }, { "a week", 7, 0 }, { "10 nights", 0, 10 }, { "long weekend", 3, 0 },
    { "a fortnight", 14, 0 }, { "two weeks", 14, 0 }, { "5 days and 4 nights", 5, 4 }, { "2-3 weeks", 21, 0 },
      { "twenty-one days", 21, 0 },
    { "a couple of days", 2, 0 }, { "week-long", 7, 0 }, { "8d", 8, 0 }, { "one week and 2 days", 9, 0 },
      { "day trip", 0, 0 }, { "2 days ago", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpint (constraints->days, ==, cases[i].days);
      g_assert_cmpint (constraints->nights, ==, cases[i].nights);
    }
}

static void
test_money (void)
{
  static const struct {
    const char *phrase;
    gdouble amount;
    const char *currency;
    gboolean day;
    gboolean person;
  } cases[] = {
    { "under $3000", 3000, "USD", FALSE, FALSE },
    { "$70 per day", 70, "USD", TRUE, FALSE },
    { "2000 euros per person", 2000, "EUR", FALSE, TRUE },
    { "no more than ¥50,000", 50000, "JPY", FALSE, FALSE },
    { "10k yen a day", 10000, "JPY", TRUE, FALSE },
    { "£1.5k", 1500, "GBP", FALSE, FALSE },
    { "1.500 €", 1500, "EUR", FALSE, FALSE },
    { "30000 baht", 30000, "THB", FALSE, FALSE },
    { "budget of 20,000 lira", 20000, "TRY", FALSE, FALSE },
    { "CHF 900 pp", 900, "CHF", FALSE, TRUE },
    { "between 1000 and 1500 EUR", 1500, "EUR", FALSE, FALSE },
    { "budget 2000", 2000, "", FALSE, FALSE },
    { "two thousand dollars", 2000, "USD", FALSE, FALSE },
    { "3 stars", 0, "", FALSE, FALSE },
    { "under 10 km", 0, "", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpfloat (constraints->budget, ==, cases[i].amount);
      g_assert_cmpstr (constraints->currency, ==, cases[i].currency);
      g_assert_cmpint (constraints->budget_per_day, ==, cases[i].day);
      g_assert_cmpint (constraints->budget_per_person, ==, cases[i].person);
    }
}

static void
assert_date (const GDate *date,
             const char  *expected)
{
  char text[16] = "";

  if (g_date_valid (date))
    g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_dates (void)
{
  static const struct { const char *phrase; const char *start; const char *end; gint month; } cases[] = {
    { "from 10 to 15 April 2027", "2027-04-10", "2027-04-15", 0 },
    { "nov 28-30", "2026-11-28", "2026-11-30", 0 },
    { "March 15th to March 17th, 2022", "2022-03-15", "2022-03-17", 0 },
    { "from the 23rd to the 29th of March, 2022", "2022-03-23", "2022-03-29", 0 },
    { "3/19 through 3/22", "2027-03-19", "2027-03-22", 0 },
    { "2027-05-01", "2027-05-01", "", 0 },
    { "24.12.2026", "2026-12-24", "", 0 },
    { "December 30 to January 2", "2026-12-30", "2027-01-02", 0 },
    { "tomorrow", "2026-11-24", "", 0 },
    { "the day after tomorrow", "2026-11-25", "", 0 },
    { "this Friday", "2026-11-27", "", 0 },
    { "next Friday", "2026-12-04", "", 0 },
    { "Friday next week", "2026-12-04", "", 0 },
    { "this weekend", "2026-11-28", "2026-11-29", 0 },
    { "the 9th", "2026-12-09", "", 0 },
    { "the first week of June", "2027-06-01", "2027-06-07", 0 },
    { "over Easter", "2027-03-26", "", 0 },
    { "in May", "", "", 5 },
    { "in late June", "2027-06-21", "", 0 },
    { "May 2028", "2028-05-01", "", 0 },
    { "2/30/2027", "", "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);

      g_test_message ("%s", cases[i].phrase);
      assert_date (&constraints->start, cases[i].start);
      assert_date (&constraints->end, cases[i].end);
      if (cases[i].month > 0)
        g_assert_cmpint (constraints->month, ==, cases[i].month);
    }
}

static void
test_parties (void)
{
  static const struct { const char *phrase; gint adults; gint children; } cases[] = {
    { "me and my husband", 2, -1 }, { "2 kids", 0, 2 }, { "two adults and a toddler", 2, 1 }, { "with my mum", 2, -1 },
    { "group of 5", 5, -1 }, { "travelling alone", 1, -1 }, { "2 adults, 2 children", 2, 2 },
      { "my wife and I", 2, -1 },
    { "4 people", 4, -1 }, { "me, my wife and 3 kids", 2, 3 }, { "a couple of museums", 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpint (constraints->adults, ==, cases[i].adults);
      g_assert_cmpint (constraints->children, ==, cases[i].children);
    }
}

static void
test_style (void)
{
  g_autoptr(TripConstraints) constraints = trip_constraints_new ();

  g_assert_cmpuint (trip_constraints_add_phrase (constraints, "avoid crowds", TRIP_PRIORITY_AVOID, today ()), ==,
                    TRIP_TOPIC_CROWDS);
  trip_constraints_add_phrase (constraints, "wheelchair accessible", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "gluten free", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "slow pace", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "start at 10:30", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "back by 9", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "by train", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "domestic flights", TRIP_PRIORITY_AVOID, today ());
  trip_constraints_add_phrase (constraints, "Nightclubs", TRIP_PRIORITY_AVOID, today ());
  trip_constraints_add_phrase (constraints, "no museums", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "botanical gardens", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "not too expensive", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "the Old Pier", TRIP_PRIORITY_AVOID, today ());
  trip_constraints_add_phrase (constraints, "from London", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "glorp", TRIP_PRIORITY_PREFERRED, today ());

  g_assert_true (constraints->avoid_crowds);
  g_assert_true (constraints->wheelchair);
  g_assert_true (has (constraints->diets, "gluten_free"));
  g_assert_cmpint (constraints->pace, ==, TRIP_PACE_RELAXED);
  g_assert_cmpint (constraints->day_start, ==, 630);
  g_assert_cmpint (constraints->day_end, ==, 21 * 60);
  g_assert_true (has (constraints->transport_prefer, "train"));
  g_assert_true (has (constraints->transport_avoid, "flight"));
  g_assert_true (has (constraints->avoid, "nightclubs"));
  g_assert_true (has (constraints->avoid, "museum"));
  g_assert_false (has (constraints->interests, "museum"));
  g_assert_true (has (constraints->interests, "garden"));
  g_assert_true (has (constraints->must, "botanical gardens"));
  g_assert_cmpint (constraints->budget_level, ==, TRIP_BUDGET_LEVEL_BUDGET);
  g_assert_true (has (constraints->avoid, "old pier"));
  g_assert_cmpstr (constraints->origin, ==, "London");
  g_assert_true (has (constraints->unread, "glorp"));
}

static void
test_later_wins (void)
{
  g_autoptr(TripConstraints) constraints = read_phrase ("3 days");
  g_autoptr(TripConstraints) copy = NULL;

  trip_constraints_add_phrase (constraints, "under $3000", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "5 days", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "$120 per night", TRIP_PRIORITY_MUST_HAVE, today ());
  copy = trip_constraints_copy (constraints);
  g_assert_cmpint (copy->days, ==, 5);
  g_assert_cmpfloat (copy->budget, ==, 3000);
  g_assert_false (copy->budget_per_day);
  g_assert_cmpuint (copy->topics, ==, TRIP_TOPIC_DURATION | TRIP_TOPIC_BUDGET);
}

static void
test_removals (void)
{
  static const char * const requirements[] = {
    "3 day trip", "under $3000", "hotel with a pool", "art museums", "vegetarian", "me and my wife", "avoid crowds",
      "in May",
  };
  static const struct { const char *removal; gint index; } cases[] = {
    { "the budget constraint", 1 }, { "budget", 1 }, { "under $3000", 1 }, { "the pool", 2 }, { "museums", 3 },
      { "diet", 4 },
    { "the dates", 7 }, { "crowds", 6 }, { "number of days", 0 }, { "VEGETARIAN", 4 }, { "the submarine", -1 },
      { "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].removal);
      g_assert_cmpint (trip_phrase_match (cases[i].removal, requirements, G_N_ELEMENTS (requirements)), ==,
                       cases[i].index);
    }
  g_assert_cmpint (trip_phrase_match ("budget", NULL, 0), ==, -1);
}

static void
test_topics (void)
{
  g_assert_cmpuint (trip_phrase_topics ("under $3000"), ==, TRIP_TOPIC_BUDGET);
  g_assert_cmpuint (trip_phrase_topics ("the budget"), ==, TRIP_TOPIC_BUDGET);
  g_assert_cmpuint (trip_phrase_topics ("from Bergen"), ==, TRIP_TOPIC_ORIGIN);
  g_assert_cmpuint (trip_phrase_topics (""), ==, TRIP_TOPIC_NONE);
  g_assert_cmpuint (trip_phrase_topics ("\xff\xff"), ==, TRIP_TOPIC_NONE);
}

static void
test_limits (void)
{
  static const struct { const char *phrase; gint once; gint day; gint visits; } cases[] = {
    { "walk no more than 5 km a day", 0, 5000, 0 },
    { "no more than 3 km of walking per day", 0, 3000, 0 },
    { "at most 10,000 steps a day", 0, 7000, 0 },
    { "no walks over 500 m", 500, 0, 0 },
    { "max 1 km walking at a time", 1000, 0, 0 },
    { "not more than 20 minutes on foot", 1500, 0, 0 },
    { "walk under 2 miles each day", 0, 3218, 0 },
    { "at least 5 km of walking", 0, 0, 0 },
    { "5 km from the centre", 0, 0, 0 },
    { "max 3 sights per day", 0, 0, 3 },
    { "no more than two places a day", 0, 0, 2 },
    { "3 sights in Rome", 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpint (constraints->max_walk_m, ==, cases[i].once);
      g_assert_cmpint (constraints->max_walk_day_m, ==, cases[i].day);
      g_assert_cmpint (constraints->max_visits, ==, cases[i].visits);
    }
}

static void
test_hours_of_day (void)
{
  static const struct { const char *phrase; gint start; gint end; } cases[] = {
    { "ending at 11pm", -1, 1380 }, { "until 6pm", -1, 1080 }, { "back by 8", -1, 1200 },
    { "from 9am to 6pm", 540, 1080 }, { "between 10:00 and 18:00", 600, 1080 }, { "from 9am to 6", 540, 1080 },
    { "from 8:00 to 11:00", 480, 660 }, { "starts at 10", 600, -1 }, { "no sooner than 9:30", 570, -1 },
    { "from 7 to 9 December", -1, -1 }, { "until Friday", -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_as (cases[i].phrase, TRIP_PRIORITY_MUST_HAVE);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpint (constraints->day_start, ==, cases[i].start);
      g_assert_cmpint (constraints->day_end, ==, cases[i].end);
      if (cases[i].start >= 0 || cases[i].end >= 0)
        g_assert_cmpuint (constraints->must->len, ==, 0);
    }
}

static void
test_day_wishes (void)
{
  static const struct { const char *phrase; gint day; const char *meaning; } cases[] = {
    { "day 2: gardens", 2, "garden" },         { "the first day should be for museums", 1, "museum" },
    { "gardens on day 3", 3, "garden" },       { "museums on the last day", TRIP_DAY_LAST, "museum" },
    { "a food day", TRIP_DAY_ANY, "food" },    { "one day for shopping", TRIP_DAY_ANY, "shopping" },
    { "a day of museums", TRIP_DAY_ANY, "museum" },
  };
  g_autoptr(TripConstraints) two = read_phrase ("a food day and an art day");
  g_autoptr(TripConstraints) place = trip_constraints_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);
      g_autoptr(TripConstraints) copy = trip_constraints_copy (constraints);
      const TripDayWish *wish;

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpuint (copy->day_wishes->len, ==, 1);
      wish = g_ptr_array_index (copy->day_wishes, 0);
      g_assert_cmpint (wish->day, ==, cases[i].day);
      g_assert_cmpstr (wish->meaning, ==, cases[i].meaning);
      g_assert_cmpstr (wish->phrase, ==, cases[i].phrase);
      g_assert_cmpuint (copy->interests->len, ==, 0);
      g_assert_cmpint (copy->days, ==, 0);
    }
  g_assert_cmpuint (two->day_wishes->len, ==, 2);

  trip_constraints_add_place (place, "see the Science Museum on day 2", "Science Museum", TRIP_PRIORITY_MUST_HAVE);
  trip_constraints_add_place (place, "the Science Museum", "Science Museum", TRIP_PRIORITY_AVOID);
  g_assert_cmpuint (place->day_wishes->len, ==, 1);
  g_assert_true (has (place->avoid, "Science Museum"));
  g_assert_false (has (place->avoid, "museum"));
}

static void
test_weights (void)
{
  g_autoptr(TripConstraints) night = read_as ("hotel under $120 per night", TRIP_PRIORITY_MUST_HAVE);
  g_autoptr(TripConstraints) level = read_as ("expensive restaurants", TRIP_PRIORITY_AVOID);
  g_autoptr(TripConstraints) only = read_phrase ("public transport only");
  g_autoptr(TripConstraints) wish = read_phrase ("by train");
  g_autoptr(TripConstraints) origin = read_phrase ("3 day trip from London");
  g_autoptr(TripConstraints) needs = read_phrase ("stroller friendly");

  g_assert_cmpfloat (night->night_limit, ==, 120);
  g_assert_cmpfloat (night->budget, ==, 0);
  g_assert_cmpuint (level->avoid->len, ==, 0);
  g_assert_true (has (only->transport_only, "transit"));
  g_assert_cmpuint (wish->transport_only->len, ==, 0);
  g_assert_cmpstr (origin->origin, ==, "London");
  g_assert_cmpint (origin->days, ==, 3);
  g_assert_true (has (needs->access, "stroller"));
  g_assert_false (needs->wheelchair);
}

/* Where to stay is no length of the trip, no museum and no budget; and a length is no place to stay. */
static void
test_stays (void)
{
  static const struct { const char *phrase; const char *name; gint nights; const char *near; gint trip_nights; } cases[] = {
    { "stay at Hotel Anker", "Hotel Anker", 0, NULL, 0 },
    { "staying at the Museum Hotel", "Museum Hotel", 0, NULL, 0 },
    { "2 nights at the Anker", "Anker", 2, NULL, 0 },
    { "stay three nights at Hotel Anker", "Hotel Anker", 3, NULL, 0 },
    { "the first night at Hotel Anker", "Hotel Anker", 1, NULL, 0 },
    { "stay near the Old Harbour", NULL, 0, "Old Harbour", 0 },
    { "hotel close to Saint Anna", NULL, 0, "Saint Anna", 0 },
    { "stay at a hotel within walking distance of the Upper Castle", NULL, 0, "Upper Castle", 0 },
    { "stay in Oldquay", NULL, 0, "Oldquay", 0 },
    { "a hotel in Oldquay", NULL, 0, "Oldquay", 0 },
    { "rooms in good condition", NULL, 0, NULL, 0 },
    { "2 nights in Rome", NULL, 0, NULL, 2 },
    { "5 nights", NULL, 0, NULL, 5 },
    { "stay 4 nights", NULL, 0, NULL, 4 },
    { "stay at a hotel", NULL, 0, NULL, 0 },
    { "stay at home", NULL, 0, NULL, 0 },
    { "hotel near the station", NULL, 0, NULL, 0 },
    { "stay in the centre", NULL, 0, NULL, 0 },
    { "stay", NULL, 0, NULL, 0 },
    { "2 nights at", NULL, 0, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) read = read_phrase (cases[i].phrase);
      g_autoptr(TripConstraints) constraints = trip_constraints_copy (read);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpuint (constraints->night_wishes->len, ==, cases[i].name != NULL);
      g_assert_cmpuint (constraints->lodging_near->len, ==, cases[i].near != NULL);
      g_assert_cmpuint (constraints->interests->len, ==, 0);
      if (cases[i].name != NULL)
        {
          const TripNightWish *wish = g_ptr_array_index (constraints->night_wishes, 0);

          g_assert_cmpstr (wish->name, ==, cases[i].name);
          g_assert_cmpint (wish->nights, ==, cases[i].nights);
          g_assert_cmpuint (trip_phrase_topics (cases[i].phrase), ==, TRIP_TOPIC_LODGING);
          g_assert_cmpint (constraints->nights, ==, 0);
        }
      else if (cases[i].near != NULL)
        {
          g_assert_cmpstr (g_ptr_array_index (constraints->lodging_near, 0), ==, cases[i].near);
        }
      else if (cases[i].trip_nights > 0)
        {
          g_assert_cmpint (constraints->nights, ==, cases[i].trip_nights);
        }
    }
}

static void
test_lodging_changes (void)
{
  static const struct { const char *phrase; TripLodgingChange change; } cases[] = {
    { "same hotel throughout", TRIP_LODGING_CHANGE_NEVER },
    { "don't change hotels", TRIP_LODGING_CHANGE_NEVER },
    { "no hotel changes", TRIP_LODGING_CHANGE_NEVER },
    { "a different hotel each night", TRIP_LODGING_CHANGE_NIGHTLY },
    { "a new hotel every night", TRIP_LODGING_CHANGE_NIGHTLY },
    { "a nice hotel", TRIP_LODGING_CHANGE_UNSET },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpint (constraints->lodging_change, ==, cases[i].change);
      g_assert_cmpuint (constraints->avoid->len, ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/constraints/durations", test_durations);
  g_test_add_func ("/constraints/money", test_money);
  g_test_add_func ("/constraints/dates", test_dates);
  g_test_add_func ("/constraints/parties", test_parties);
  g_test_add_func ("/constraints/style", test_style);
  g_test_add_func ("/constraints/later-wins", test_later_wins);
  g_test_add_func ("/constraints/removals", test_removals);
  g_test_add_func ("/constraints/topics", test_topics);
  g_test_add_func ("/constraints/limits", test_limits);
  g_test_add_func ("/constraints/hours-of-day", test_hours_of_day);
  g_test_add_func ("/constraints/day-wishes", test_day_wishes);
  g_test_add_func ("/constraints/weights", test_weights);
  g_test_add_func ("/constraints/stays", test_stays);
  g_test_add_func ("/constraints/lodging-changes", test_lodging_changes);
  return g_test_run ();
}
