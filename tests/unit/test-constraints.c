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

static const TripMoneyLimit *
find_money_limit (const TripConstraints *constraints,
                  TripMoneyKind          kind)
{
  for (guint i = 0; i < constraints->money_limits->len; i++)
    {
      const TripMoneyLimit *limit = g_ptr_array_index (constraints->money_limits, i);

      if (limit->kind == kind)
        return limit;
    }
  return NULL;
}

#define FOOD TRIP_MONEY_KIND_FOOD
#define LODGING TRIP_MONEY_KIND_LODGING
#define SIGHTS TRIP_MONEY_KIND_SIGHTS
#define FARES TRIP_MONEY_KIND_TRANSPORT
#define TRIP TRIP_MONEY_SCOPE_TRIP
#define DAY TRIP_MONEY_SCOPE_DAY
#define NIGHT TRIP_MONEY_SCOPE_NIGHT
#define VISIT TRIP_MONEY_SCOPE_VISIT

/* What is for one kind of things is no budget of the trip. */
static void
test_money_by_kind (void)
{
  static const struct {
    const char *phrase;
    TripMoneyKind kind;
    gdouble amount;
    const char *currency;
    TripMoneyScope scope;
    gboolean per_person;
  } cases[] = {
    { "$30 a day on food", FOOD, 30, "USD", DAY, FALSE },
    { "no more than 40 euros per person a day for meals", FOOD, 40, "EUR", DAY, TRUE },
    { "food budget of 40 euros a day", FOOD, 40, "EUR", DAY, FALSE },
    { "at most 300 euros on food", FOOD, 300, "EUR", TRIP, FALSE },
    { "food under $300", FOOD, 300, "USD", TRIP, FALSE },
    { "not more than 50 for restaurants", FOOD, 50, "", TRIP, FALSE },
    { "meals under 25 euros each", FOOD, 25, "EUR", VISIT, TRUE },
    { "dinner under 30 euros", FOOD, 30, "EUR", VISIT, TRUE },
    { "max £20 for lunch", FOOD, 20, "GBP", VISIT, TRUE },
    { "no restaurants over 50 euros", FOOD, 50, "EUR", VISIT, TRUE },
    { "max 20 euros per museum", SIGHTS, 20, "EUR", VISIT, TRUE },
    { "at most 15 euros a ticket", SIGHTS, 15, "EUR", VISIT, TRUE },
    { "museum tickets under 15 euros", SIGHTS, 15, "EUR", VISIT, TRUE },
    { "at most 100 dollars on sights", SIGHTS, 100, "USD", TRIP, FALSE },
    { "hotels under $120 a night", LODGING, 120, "USD", NIGHT, FALSE },
    { "hotels under $120", LODGING, 120, "USD", NIGHT, FALSE },
    { "$90 per night", LODGING, 90, "USD", NIGHT, FALSE },
    { "spend at most 400 euros on hotels", LODGING, 400, "EUR", TRIP, FALSE },
    { "max 10 euros a day on public transport", FARES, 10, "EUR", DAY, FALSE },
    { "no more than 3 euros per ride", FARES, 3, "EUR", VISIT, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);
      const TripMoneyLimit *limit = find_money_limit (constraints, cases[i].kind);

      g_test_message ("%s", cases[i].phrase);
      g_assert_nonnull (limit);
      g_assert_cmpuint (constraints->money_limits->len, ==, 1);
      g_assert_cmpfloat (limit->amount, ==, cases[i].amount);
      g_assert_cmpstr (limit->currency, ==, cases[i].currency);
      g_assert_cmpint (limit->scope, ==, cases[i].scope);
      g_assert_cmpint (limit->per_person, ==, cases[i].per_person);
      g_assert_cmpstr (limit->phrase, ==, cases[i].phrase);
      g_assert_cmpfloat (constraints->budget, ==, 0);
      g_assert_cmpuint (constraints->topics & TRIP_TOPIC_BUDGET, ==, 0);
    }
}

/* What is for the whole trip is one, whatever stands beside it; a day's is both. */
static void
test_money_of_the_trip (void)
{
  static const char * const whole[] = {
    "good restaurants under $3000", "budget of 3000 dollars for hotels and food", "under $3000 in total",
    "restaurants, under $3000",
  };
  g_autoptr(TripConstraints) constraints = read_phrase ("under $100 a day per person");
  const TripMoneyLimit *limit = find_money_limit (constraints, TRIP_MONEY_KIND_ALL);

  g_assert_nonnull (limit);
  g_assert_cmpfloat (limit->amount, ==, 100);
  g_assert_cmpint (limit->scope, ==, DAY);
  g_assert_true (limit->per_person);
  g_assert_cmpfloat (constraints->budget, ==, 100);
  g_assert_true (constraints->budget_per_day);
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autoptr(TripConstraints) trip = read_phrase (whole[i]);

      g_test_message ("%s", whole[i]);
      g_assert_cmpfloat (trip->budget, ==, 3000);
      g_assert_cmpuint (trip->money_limits->len, ==, 0);
    }
}

/* A later word takes the place of an earlier one on the same thing, and of no other: a day's money is not the trip's. */
static void
test_money_later_wins (void)
{
  g_autoptr(TripConstraints) constraints = read_phrase ("under $100 a day");
  g_autoptr(TripConstraints) copy = NULL;

  trip_constraints_add_phrase (constraints, "$30 a day on food", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "max 20 euros per museum", TRIP_PRIORITY_PREFERRED, today ());
  trip_constraints_add_phrase (constraints, "$40 a day on food", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (constraints, "under $3000", TRIP_PRIORITY_MUST_HAVE, today ());
  copy = trip_constraints_copy (constraints);
  g_assert_cmpuint (copy->money_limits->len, ==, 3);
  g_assert_cmpfloat (find_money_limit (copy, TRIP_MONEY_KIND_ALL)->amount, ==, 100);
  g_assert_cmpfloat (find_money_limit (copy, FOOD)->amount, ==, 40);
  g_assert_cmpint (find_money_limit (copy, SIGHTS)->priority, ==, TRIP_PRIORITY_PREFERRED);
  g_assert_cmpfloat (copy->budget, ==, 3000);
}

#undef FOOD
#undef LODGING
#undef SIGHTS
#undef FARES
#undef TRIP
#undef DAY
#undef NIGHT
#undef VISIT

static void
test_travel (void)
{
  static const struct {
    const char *phrase;
    const char *mode;
    gint rides;
    gint minutes;
    gint metres;
    gboolean per_day;
  } cases[] = {
    { "max 3 subway rides a day", "subway", 3, 0, 0, TRUE },
    { "no more than two taxi rides a day", "taxi", 2, 0, 0, TRUE },
    { "take the subway at most twice a day", "subway", 2, 0, 0, TRUE },
    { "max 4 rides", NULL, 4, 0, 0, FALSE },
    { "max 1 hour of travel a day", NULL, 0, 60, 0, TRUE },
    { "travel no more than 90 minutes a day", NULL, 0, 90, 0, TRUE },
    { "at most half an hour of travel a day", NULL, 0, 30, 0, TRUE },
    { "at most 30 minutes on the bus", "bus", 0, 30, 0, FALSE },
    { "no taxi rides over 20 minutes", "taxi", 0, 20, 0, FALSE },
    { "no more than 20 minutes between sights", NULL, 0, 20, 0, FALSE },
    { "no taxi rides over 5 km", "taxi", 0, 0, 5000, FALSE },
  };
  static const char * const others[] = {
    "max 3 museums a day", "no walks over 800 m", "no taxis", "at least 2 hours by train", "3 days",
    "max $10 a day on transport",
    "2 hours of museums",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].phrase);
      g_autoptr(TripConstraints) copy = trip_constraints_copy (constraints);
      const TripTravelLimit *limit;

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpuint (copy->travel_limits->len, ==, 1);
      limit = g_ptr_array_index (copy->travel_limits, 0);
      g_assert_cmpuint (limit->modes->len, ==, cases[i].mode != NULL);
      if (cases[i].mode != NULL)
        g_assert_cmpstr (g_ptr_array_index (limit->modes, 0), ==, cases[i].mode);
      g_assert_cmpint (limit->rides, ==, cases[i].rides);
      g_assert_cmpint (limit->minutes, ==, cases[i].minutes);
      g_assert_cmpint (limit->metres, ==, cases[i].metres);
      g_assert_cmpint (limit->per_day, ==, cases[i].per_day);
      g_assert_cmpint (constraints->days, ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (others[i]);

      g_test_message ("%s", others[i]);
      g_assert_cmpuint (constraints->travel_limits->len, ==, 0);
    }
}

/* A limit behind an amount is one of its own: its "max" is no end of the amount. */
static void
test_limit_behind_budget (void)
{
  static const char * const limits[] = {
    "under $1,300, max 5 rides a day", "under $1300, at most 90 minutes of travel a day", "under $1300, max $20 a day on food",
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (limits[i]);

      g_test_message ("%s", limits[i]);
      g_assert_cmpfloat (constraints->budget, ==, 1300);
      g_assert_cmpint (constraints->days, ==, 0);
      g_assert_cmpuint (constraints->travel_limits->len + constraints->money_limits->len, ==, 1);
    }
}

static void
test_removal_of_costs (void)
{
  static const char * const requirements[] = {
    "under $3000", "$30 a day on food", "max 20 euros per museum", "hotels under $120 a night", "max 3 subway rides a day",
  };
  static const struct { const char *removal; gint index; } cases[] = {
    { "the budget", 0 }, { "the food budget", 1 }, { "the ticket limit", 2 }, { "the hotel budget", 3 },
    { "the subway limit", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].removal);
      g_assert_cmpint (trip_phrase_match (cases[i].removal, requirements, G_N_ELEMENTS (requirements)), ==, cases[i].index);
    }
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
  g_assert_cmpuint (copy->topics, ==, TRIP_TOPIC_DURATION | TRIP_TOPIC_BUDGET | TRIP_TOPIC_LODGING_COST);
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
test_kind_limits (void)
{
  static const struct { const char *words; gint visits; gint minutes; gboolean per_day; } cases[] = {
    { "at most 2 hours of museums a day", 0, 120, TRUE },
    { "no more than 90 minutes in museums", 0, 90, FALSE },
    { "max one museum", 1, 0, FALSE },
    { "up to two museums per day", 2, 0, TRUE },
  };
  static const char * const others[] = { "two museums", "at least two museums", "max 3 sights per day", "a museum day" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (cases[i].words);
      const TripKindLimit *limit;

      g_assert_cmpuint (constraints->kind_limits->len, ==, 1);
      limit = g_ptr_array_index (constraints->kind_limits, 0);
      g_assert_cmpstr (limit->meaning, ==, "museum");
      g_assert_cmpstr (limit->phrase, ==, cases[i].words);
      g_assert_cmpint (limit->visits, ==, cases[i].visits);
      g_assert_cmpint (limit->minutes, ==, cases[i].minutes);
      g_assert_cmpint (limit->per_day, ==, cases[i].per_day);
      /* To want no more of it is not to be fond of it, and says nothing of other sights. */
      g_assert_cmpuint (constraints->interests->len, ==, 0);
      g_assert_cmpint (constraints->max_visits, ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(TripConstraints) constraints = read_phrase (others[i]);

      g_assert_cmpuint (constraints->kind_limits->len, ==, 0);
    }
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
test_arrivals_and_departures (void)
{
  enum { A = TRIP_TOPIC_ARRIVAL, D = TRIP_TOPIC_DEPARTURE, NONE = 0 };
  static const struct { const char *phrase; guint topic; gint minutes; TripJourney journey; } cases[] = {
    { "we land at 14:00 on the first day", A, 840, TRIP_JOURNEY_FLIGHT },
    { "arriving at 2pm", A, 840, TRIP_JOURNEY_PLAIN },
    { "arriving at 2 p.m.", A, 840, TRIP_JOURNEY_PLAIN },
    { "arrive at 14h", A, 840, TRIP_JOURNEY_PLAIN },
    { "arrive at 14h30", A, 870, TRIP_JOURNEY_PLAIN },
    { "our flight home leaves at 6pm", D, 1080, TRIP_JOURNEY_FLIGHT },
    { "train back at 17:30", D, 1050, TRIP_JOURNEY_TRAIN },
    { "the 17:30 train back", D, 1050, TRIP_JOURNEY_TRAIN },
    { "a 6pm flight home", D, 1080, TRIP_JOURNEY_FLIGHT },
    { "a 2pm arrival", A, 840, TRIP_JOURNEY_PLAIN },
    { "we get in Friday evening", A, 1140, TRIP_JOURNEY_PLAIN },
    { "leaving Sunday morning", D, 600, TRIP_JOURNEY_PLAIN },
    { "leave on Sunday at 4pm", D, 960, TRIP_JOURNEY_PLAIN },
    { "we have to be at the airport by 4 pm", D, 960, TRIP_JOURNEY_AIRPORT },
    { "at the train station by 9:15", D, 555, TRIP_JOURNEY_STATION },
    { "check out and leave by noon on the last day", D, 720, TRIP_JOURNEY_PLAIN },
    { "leave by noon on the last day", D, 720, TRIP_JOURNEY_PLAIN },
    { "leave at 9 on the last day", D, 540, TRIP_JOURNEY_PLAIN },
    { "on the last day we leave at 15:00", D, 900, TRIP_JOURNEY_PLAIN },
    { "fly home at 18:00", D, 1080, TRIP_JOURNEY_FLIGHT },
    { "flying back at half past two", D, 870, TRIP_JOURNEY_FLIGHT },
    { "landing in Rome at 14:00", A, 840, TRIP_JOURNEY_FLIGHT },
    { "landing in rome at 2pm", A, 840, TRIP_JOURNEY_FLIGHT },
    { "arrive in New York at quarter to three", A, 885, TRIP_JOURNEY_PLAIN },
    { "arrive by train at 14:00", A, 840, TRIP_JOURNEY_TRAIN },
    { "arrive at 14:00 by car", A, 840, TRIP_JOURNEY_ROAD },
    { "arrive at midnight", A, 1440, TRIP_JOURNEY_PLAIN },
    { "land at 02:30", A, 150, TRIP_JOURNEY_FLIGHT },
    { "land at midday", A, 720, TRIP_JOURNEY_FLIGHT },
    { "we arrive late", A, 1320, TRIP_JOURNEY_PLAIN },
    { "arriving late in the evening", A, 1320, TRIP_JOURNEY_PLAIN },
    { "arrive in the afternoon", A, 900, TRIP_JOURNEY_PLAIN },
    { "arriving early Saturday morning", A, 600, TRIP_JOURNEY_PLAIN },
    { "arrive on Friday evening around 8", A, 1200, TRIP_JOURNEY_PLAIN },
    { "arrive on day 1 at 11am", A, 660, TRIP_JOURNEY_PLAIN },
    { "arrival time 13:45", A, 825, TRIP_JOURNEY_PLAIN },
    { "arrival: 13:45", A, 825, TRIP_JOURNEY_PLAIN },
    { "departure: 19:20", D, 1160, TRIP_JOURNEY_PLAIN },
    { "return flight at 21:10", D, 1270, TRIP_JOURNEY_FLIGHT },
    { "driving home at 4", D, 960, TRIP_JOURNEY_ROAD },
    { "heading home in the afternoon", D, 900, TRIP_JOURNEY_PLAIN },
    { "leave for the airport at 3pm", D, 900, TRIP_JOURNEY_PLAIN },
    { "leaving in the evening of the last day", D, 1140, TRIP_JOURNEY_PLAIN },
    { "we have until 4pm on the last day", D, 960, TRIP_JOURNEY_PLAIN },
    { "flight at 6pm on the last day", D, 1080, TRIP_JOURNEY_FLIGHT },
    { "we arrive on 5 May at 3pm", A, 900, TRIP_JOURNEY_PLAIN },
    { "leave after lunch on the last day", D, 840, TRIP_JOURNEY_PLAIN },
    { "our plane lands at 9.40", A, 580, TRIP_JOURNEY_FLIGHT },
    { "arriving from London at 2pm", A, 840, TRIP_JOURNEY_PLAIN },
    { "we leave at 18:00", D, 1080, TRIP_JOURNEY_PLAIN },

    { "start at 10", NONE, 0, 0 },
    { "back at the hotel by 9pm", NONE, 0, 0 },
    { "be back by 6pm", NONE, 0, 0 },
    { "leave at 9", NONE, 0, 0 },
    { "arrive by train", NONE, 0, 0 },
    { "arrive at 25:00", NONE, 0, 0 },
    { "land at 14:75", NONE, 0, 0 },
    { "leave at 25:00 on the last day", NONE, 0, 0 },
    { "leave the afternoon free", NONE, 0, 0 },
    { "leave Sunday morning free", NONE, 0, 0 },
    { "leave room for dinner at 8pm", NONE, 0, 0 },
    { "leave the hotel at 9am", NONE, 0, 0 },
    { "arrive at the Louvre at 9am", NONE, 0, 0 },
    { "arrive at the museum before noon", NONE, 0, 0 },
    { "leave for Osaka at 14:00", NONE, 0, 0 },
    { "leave by noon on day 2", NONE, 0, 0 },
    { "departing from London at 9am", NONE, 0, 0 },
    { "the museum closes at 18:00", NONE, 0, 0 },
    { "dinner at 8pm", NONE, 0, 0 },
    { "from 9am to 6pm", NONE, 0, 0 },
    { "until 6pm", NONE, 0, 0 },
    { "no flights", NONE, 0, 0 },
    { "arrive early", NONE, 0, 0 },
    { "get in 3 museums", NONE, 0, 0 },
    { "land art", NONE, 0, 0 },
    { "leave out museums", NONE, 0, 0 },
    { "arriving in May", NONE, 0, 0 },
    { "arrive in Rome with 2 kids", NONE, 0, 0 },
    { "leave by 6 people", NONE, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripConstraints) constraints = read_as (cases[i].phrase, TRIP_PRIORITY_MUST_HAVE);
      gboolean arrives = cases[i].topic == A, departs = cases[i].topic == D;

      g_test_message ("%s", cases[i].phrase);
      g_assert_cmpint (constraints->arrival, ==, arrives ? cases[i].minutes : -1);
      g_assert_cmpint (constraints->departure, ==, departs ? cases[i].minutes : -1);
      if (cases[i].topic == NONE)
        continue;
      g_assert_cmpint (arrives ? constraints->arrival_by : constraints->departure_by, ==, cases[i].journey);
      g_assert_cmpint (constraints->day_start, ==, -1);
      g_assert_cmpint (constraints->day_end, ==, -1);
      g_assert_cmpuint (constraints->must->len, ==, 0);
      g_assert_cmpuint (constraints->topics & cases[i].topic, ==, cases[i].topic);
    }
}

/* What the other recognisers read of the same words stays theirs. */
static void
test_hours_that_are_no_journeys (void)
{
  g_autoptr(TripConstraints) leave = read_phrase ("leave at 9");
  g_autoptr(TripConstraints) back = read_phrase ("back at the hotel by 9pm");
  g_autoptr(TripConstraints) train = read_phrase ("arrive by train");

  g_assert_cmpint (leave->day_start, ==, 540);
  g_assert_cmpint (back->day_end, ==, 1260);
  g_assert_true (has (train->transport_prefer, "train"));
}

/* The weekdays of "Friday evening to Sunday afternoon" are the first day and the last. */
static void
test_days_of_journeys (void)
{
  g_autoptr(TripConstraints) weekend = read_phrase ("we get in Friday evening");
  g_autoptr(TripConstraints) dated = read_phrase ("3 to 5 May");

  trip_constraints_add_phrase (weekend, "leaving Sunday at 4pm", TRIP_PRIORITY_MUST_HAVE, today ());
  g_assert_true (g_date_valid (&weekend->start) && g_date_valid (&weekend->end));
  g_assert_cmpint (g_date_get_weekday (&weekend->start), ==, G_DATE_FRIDAY);
  g_assert_cmpint (g_date_days_between (&weekend->start, &weekend->end), ==, 2);
  g_assert_cmpint (weekend->arrival, ==, 1140);
  g_assert_cmpint (weekend->departure, ==, 960);

  trip_constraints_add_phrase (weekend, "weekend", TRIP_PRIORITY_MUST_HAVE, today ());
  g_assert_cmpint (weekend->days, ==, 3);

  trip_constraints_add_phrase (dated, "we land Friday at 10am", TRIP_PRIORITY_MUST_HAVE, today ());
  g_assert_cmpint (g_date_get_day (&dated->start), ==, 3);
  g_assert_cmpint (g_date_get_day (&dated->end), ==, 5);
}

static void
test_removal_of_journeys (void)
{
  static const char * const requirements[] = { "no flights", "3 days", "land at 14:00", "train back at 17:30" };

  g_assert_cmpint (trip_phrase_match ("the flight time", requirements, G_N_ELEMENTS (requirements)), ==, 2);
  g_assert_cmpint (trip_phrase_match ("the arrival time", requirements, G_N_ELEMENTS (requirements)), ==, 2);
  g_assert_cmpint (trip_phrase_match ("the departure", requirements, G_N_ELEMENTS (requirements)), ==, 3);
  g_assert_cmpint (trip_phrase_match ("the train back", requirements, G_N_ELEMENTS (requirements)), ==, 3);
  g_assert_cmpuint (trip_phrase_topics ("no flights") & (TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE), ==, 0);
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
test_nights_of_cities (void)
{
  g_autoptr(TripConstraints) nights = trip_constraints_new ();
  g_autoptr(TripConstraints) days = trip_constraints_new ();
  g_autoptr(TripConstraints) month = read_phrase ("3 days in May");
  g_autoptr(TripConstraints) copy = NULL;

  trip_constraints_add_phrase (nights, "3 nights in Rome", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (nights, "2 nights in Florence", TRIP_PRIORITY_MUST_HAVE, today ());
  copy = trip_constraints_copy (nights);
  g_assert_cmpint (copy->nights, ==, 5);
  g_assert_cmpint (copy->days, ==, 0);
  g_assert_cmpuint (copy->city_nights->len, ==, 2);
  g_assert_cmpstr (((const TripNightWish *) g_ptr_array_index (copy->city_nights, 1))->name, ==, "Florence");
  g_assert_cmpint (((const TripNightWish *) g_ptr_array_index (copy->city_nights, 1))->nights, ==, 2);

  trip_constraints_add_phrase (days, "9 day trip", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (days, "4 days in Tokyo", TRIP_PRIORITY_MUST_HAVE, today ());
  trip_constraints_add_phrase (days, "3 days in Kyoto", TRIP_PRIORITY_MUST_HAVE, today ());
  g_assert_cmpint (days->days, ==, 9);
  g_assert_cmpuint (days->city_nights->len, ==, 2);
  g_assert_cmpuint (month->city_nights->len, ==, 0);
  g_assert_cmpint (month->days, ==, 3);
}

/* What a day may cost stands beside what the trip may cost, in whatever order they are said. */
static void
test_day_and_trip_budget (void)
{
  static const char * const phrases[] = { "under $3000", "max $200 a day", "under $3000" };

  for (guint first = 0; first < 2; first++)
    {
      g_autoptr(TripConstraints) both = trip_constraints_new ();

      trip_constraints_add_phrase (both, phrases[first], TRIP_PRIORITY_MUST_HAVE, today ());
      trip_constraints_add_phrase (both, phrases[first + 1], TRIP_PRIORITY_MUST_HAVE, today ());
      g_assert_cmpfloat (both->budget, ==, 3000);
      g_assert_false (both->budget_per_day);
      g_assert_cmpuint (both->money_limits->len, ==, 1);
      g_assert_cmpfloat (((const TripMoneyLimit *) g_ptr_array_index (both->money_limits, 0))->amount, ==, 200);
    }
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
  g_test_add_func ("/constraints/money-by-kind", test_money_by_kind);
  g_test_add_func ("/constraints/money-of-the-trip", test_money_of_the_trip);
  g_test_add_func ("/constraints/money-later-wins", test_money_later_wins);
  g_test_add_func ("/constraints/travel", test_travel);
  g_test_add_func ("/constraints/limit-behind-budget", test_limit_behind_budget);
  g_test_add_func ("/constraints/removal-of-costs", test_removal_of_costs);
  g_test_add_func ("/constraints/dates", test_dates);
  g_test_add_func ("/constraints/parties", test_parties);
  g_test_add_func ("/constraints/style", test_style);
  g_test_add_func ("/constraints/later-wins", test_later_wins);
  g_test_add_func ("/constraints/removals", test_removals);
  g_test_add_func ("/constraints/topics", test_topics);
  g_test_add_func ("/constraints/limits", test_limits);
  g_test_add_func ("/constraints/kind-limits", test_kind_limits);
  g_test_add_func ("/constraints/hours-of-day", test_hours_of_day);
  g_test_add_func ("/constraints/arrivals-and-departures", test_arrivals_and_departures);
  g_test_add_func ("/constraints/hours-that-are-no-journeys", test_hours_that_are_no_journeys);
  g_test_add_func ("/constraints/days-of-journeys", test_days_of_journeys);
  g_test_add_func ("/constraints/removal-of-journeys", test_removal_of_journeys);
  g_test_add_func ("/constraints/day-wishes", test_day_wishes);
  g_test_add_func ("/constraints/nights-of-cities", test_nights_of_cities);
  g_test_add_func ("/constraints/day-and-trip-budget", test_day_and_trip_budget);
  g_test_add_func ("/constraints/weights", test_weights);
  g_test_add_func ("/constraints/stays", test_stays);
  g_test_add_func ("/constraints/lodging-changes", test_lodging_changes);
  return g_test_run ();
}
