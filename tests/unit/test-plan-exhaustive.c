/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Small questions of which every plan there could be is tried, by code of the test's own, with ways as fast as the
 * validator lets pass: what the planner refuses is impossible, what is possible it plans, and of the demands that it names
 * none could be missing.
 */
#include "plan-question.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <math.h>
#include <string.h>

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
      TripPoi *poi = plan_question_add_poi (query, place->name, TRIP_POI_SIGHT, 0, place->km, hours, place->price * 100, "");

      poi->visit_minutes = place->minutes;
      poi->must_see = TRUE;
    }
  if (question->n_days == 1)
    g_snprintf (words[0], sizeof words[0], "on 7 December 2026 for 1 day");
  else
    g_snprintf (words[0], sizeof words[0], "from 7 to 8 December 2026");
  g_snprintf (words[1], sizeof words[1], "from %d:00 to %d:00", question->from / 60, question->to / 60);
  g_snprintf (words[2], sizeof words[2], "under %d euros", question->budget);
  plan_question_require (query, words[0], TRIP_PRIORITY_MUST_HAVE);
  plan_question_require (query, words[1], TRIP_PRIORITY_MUST_HAVE);
  if (question->budget > 0)
    plan_question_require (query, words[2], TRIP_PRIORITY_MUST_HAVE);
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
  guint smallest;
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
      options = plan_question_plan (query, &error);
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
        /* A slow machine has no time to find the smallest set, and then says that it is not. */
        if (g_str_has_prefix (error->message, "Something among "))
          continue;
        count->smallest++;
        for (guint d = 0; d < N_DEMANDS; d++)
          {
            if ((conflict & (1u << d)) != 0)
              g_assert_true (exists (&question, conflict & ~(1u << d), fastest_minutes));
          }
      }
    }
  g_test_message ("%u questions: %u possible, %u refused, %u of these whatever the speed, %u depend on it, %u smallest sets",
                  count->n, count->possible, count->refused, count->proven, count->between, count->smallest);
  g_assert_cmpuint (count->smallest, >, 0);
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
  g_test_add_func ("/all-plans/in-one-spot", test_all_plans_in_one_spot);
  g_test_add_func ("/all-plans/on-the-way", test_all_plans_on_the_way);
  g_test_add_func ("/all-plans/within-a-budget", test_all_plans_within_a_budget);
  return g_test_run ();
}
