/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How soon the solver stops, at the largest size and at moments all over its preparation and search. Counts what the
 * searching thread ran itself, not how long others made it wait, against what this build takes for a loop on this machine.
 */
#include "trip-stopped-search.h"

#define N_NODES 2000
#define N_TOURS 30

/* Moments at which a search is stopped, and what their upper quartile may take at most, in loops. */
#define N_STOPS 32
#define STEP_US 1500
#define MOST_LOOPS 5
#define MOST_ROUNDS 5

/* A loop takes about a tenth of a millisecond where nothing looks over its shoulder. */
#define LOOP_NODES 1024
#define LOOP_STEPS 40000
#define N_LOOPS 32

static gint
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* The kind of work that a search is made of, sums and comparisons of what lies in memory: how long it takes depends on the
 * build and the machine alone. */
static G_NO_INLINE gint
walk (const gint *ways,
      const gint *opens,
      gint       *starts)
{
  gint time = 0;

  for (gint step = 0; step < LOOP_STEPS; step++)
    {
      gint node = (step + time) & (LOOP_NODES - 1);

      time = MAX (time + ways[node], opens[node]);
      starts[node] = time;
      if (time > LOOP_NODES * LOOP_NODES)
        time -= LOOP_NODES * LOOP_NODES;
    }
  return time;
}

static gint64
time_loop (void)
{
  g_autofree gint *ways = g_new (gint, LOOP_NODES);
  g_autofree gint *opens = g_new (gint, LOOP_NODES);
  g_autofree gint *starts = g_new0 (gint, LOOP_NODES);
  gint64 times[N_LOOPS];

  for (gint i = 0; i < LOOP_NODES; i++)
    {
      ways[i] = i * 229 % LOOP_NODES + 1;
      opens[i] = i * 17 % LOOP_NODES;
    }
  for (guint i = 0; i < N_LOOPS; i++)
    {
      gint64 began = trip_thread_time ();
      gint end = walk (ways, opens, starts);

      times[i] = trip_thread_time () - began;
      ways[i] += end & 1;
    }
  qsort (times, N_LOOPS, sizeof *times, compare_times);
  return MAX (times[N_LOOPS / 2], 1);
}

/* The upper quartile of stops at many moments. */
static gint64
time_stops (const TripOrienteeringProblem *problem,
            gboolean                       is_cancelled)
{
  gint64 times[N_STOPS];

  for (gint64 i = 0; i < N_STOPS; i++)
    trip_stop_after (problem, is_cancelled, (i + 1) * STEP_US, &times[i]);
  qsort (times, N_STOPS, sizeof *times, compare_times);
  g_test_message ("median %" G_GINT64_FORMAT " us, upper quartile %" G_GINT64_FORMAT " us, longest %" G_GINT64_FORMAT " us",
                  times[N_STOPS / 2], times[N_STOPS * 3 / 4], times[N_STOPS - 1]);
  return times[N_STOPS * 3 / 4];
}

/* Who shares the caches can only make it slower, so the best of a few rounds tells how soon it stops. */
static void
assert_stops_soon (TripMadeUpKind kind,
                   gboolean       is_cancelled)
{
  gint64 loop = time_loop ();
  gint64 least = G_MAXINT64;
  TripMadeUpProblem made_up;

  g_test_message ("loop %" G_GINT64_FORMAT " us", loop);
  trip_made_up_problem_init (&made_up, N_NODES, N_TOURS, kind);
  for (guint round = 0; round < MOST_ROUNDS && least > MOST_LOOPS * loop; round++)
    least = MIN (least, time_stops (&made_up.problem, is_cancelled));
  trip_made_up_problem_clear (&made_up);
  g_assert_cmpint (least, <=, MOST_LOOPS * loop);
}

static void
test_cancel (gconstpointer data)
{
  assert_stops_soon ((TripMadeUpKind) GPOINTER_TO_INT (data), TRUE);
}

static void
test_deadline (gconstpointer data)
{
  assert_stops_soon ((TripMadeUpKind) GPOINTER_TO_INT (data), FALSE);
}

/* However many starts are still to come, a search that is over before it began has no stops to show. */
static void
test_no_time (gconstpointer data)
{
  TripOrienteeringLimits limits = { .max_time_us = 1, .n_starts = 1000, .n_threads = 2 };
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  TripMadeUpProblem made_up;
  guint n_mandatory = 0;

  trip_made_up_problem_init (&made_up, N_NODES, N_TOURS, (TripMadeUpKind) GPOINTER_TO_INT (data));
  for (guint i = 0; i < N_NODES; i++)
    n_mandatory += made_up.problem.nodes[i].mandatory ? 1 : 0;
  solution = trip_orienteering_solve (&made_up.problem, &limits, NULL);
  trip_made_up_problem_clear (&made_up);
  for (guint t = 0; t <= N_TOURS; t++)
    g_assert_cmpuint (solution->first_stop[t], ==, 0);
  g_assert_cmpfloat (solution->score, ==, 0);
  g_assert_cmpuint (solution->n_missing, ==, n_mandatory);
  g_assert_cmpuint (solution->n_iterations, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const gchar *name;
    TripMadeUpKind kind;
  } kinds[] = {
    { "general", TRIP_MADE_UP_GENERAL },
    { "plain", TRIP_MADE_UP_PLAIN },
    { "one-way", TRIP_MADE_UP_ONE_WAY },
  };

  g_test_init (&argc, &argv, NULL);
  trip_keep_no_freed_memory ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree gchar *cancel = g_strconcat ("/orienteering-stop/cancel/", kinds[i].name, NULL);
      g_autofree gchar *deadline = g_strconcat ("/orienteering-stop/deadline/", kinds[i].name, NULL);
      g_autofree gchar *no_time = g_strconcat ("/orienteering-stop/no-time/", kinds[i].name, NULL);

      g_test_add_data_func (cancel, GINT_TO_POINTER (kinds[i].kind), test_cancel);
      g_test_add_data_func (deadline, GINT_TO_POINTER (kinds[i].kind), test_deadline);
      g_test_add_data_func (no_time, GINT_TO_POINTER (kinds[i].kind), test_no_time);
    }
  return g_test_run ();
}
