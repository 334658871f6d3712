/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Solves made-up problems, plain ones and ones that use every feature, small and as large as they get, stops each search
 * at a random moment, its preparation included, and takes the time until it has returned.
 */
#include "bench-cancel.h"

#include "orienteering/trip-orienteering.h"

#include <math.h>
#include <stdio.h>

#define DAY_MINUTES (12 * 60)

/* A search is stopped at a random moment of its first so many microseconds. */
#define LATEST_STOP_US 20000

typedef struct {
  TripOrienteeringNode *nodes;
  TripOrienteeringTour *tours;
  TripOrienteeringWindow *windows;
  guint *first_window;
  gint *travel;
  TripOrienteeringProblem problem;
} Question;

typedef struct {
  const TripOrienteeringProblem *problem;
  GCancellable *cancellable;
  gint64 returned;
} Solving;

static void
question_init (Question *self,
               guint     n,
               guint     n_tours,
               gboolean  is_plain)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autofree gdouble *x = g_new0 (gdouble, n + 1);
  g_autofree gdouble *y = g_new0 (gdouble, n + 1);
  guint n_windows = 0;

  self->nodes = g_new0 (TripOrienteeringNode, n);
  self->tours = g_new0 (TripOrienteeringTour, n_tours);
  self->windows = g_new0 (TripOrienteeringWindow, (gsize) n * n_tours * 2);
  self->first_window = g_new0 (guint, (gsize) n * n_tours + 1);
  self->travel = g_new0 (gint, (gsize) (n + 1) * (n + 1));
  for (guint i = 0; i <= n; i++)
    {
      x[i] = g_rand_double_range (rand, 0, 90);
      y[i] = g_rand_double_range (rand, 0, 90);
    }
  for (guint i = 0; i <= n; i++)
    {
      for (guint j = 0; j <= n; j++)
        self->travel[i * (n + 1) + j] = (gint) ceil (hypot (x[i] - x[j], y[i] - y[j]));
    }
  for (guint i = 0; i < n; i++)
    {
      gint opens = g_rand_int_range (rand, 0, DAY_MINUTES / 2);

      self->nodes[i] = (TripOrienteeringNode){
        .location = (gint) i + 1,
        .service = g_rand_int_range (rand, 20, 90),
        .score = (gfloat) g_rand_int_range (rand, 1, 100),
        .group = is_plain ? -1 : (gint) (i / 2),
        .role = !is_plain && i % 10 == 0 ? 1 : 0,
        .mandatory = i % 97 == 1,
        .cost = i % 30,
      };
      for (guint t = 0; t < n_tours; t++)
        {
          self->first_window[i * n_tours + t] = n_windows;
          self->windows[n_windows++] = (TripOrienteeringWindow){ opens, opens + DAY_MINUTES / 4 };
          if (!is_plain)
            self->windows[n_windows++] = (TripOrienteeringWindow){ opens + DAY_MINUTES / 3, opens + DAY_MINUTES / 2 };
        }
    }
  self->first_window[n * n_tours] = n_windows;
  for (guint t = 0; t < n_tours; t++)
    self->tours[t] = (TripOrienteeringTour){ .end = DAY_MINUTES, .max_visits = G_MAXINT, .roles = is_plain ? 0 : 1 << 1 };
  self->problem = (TripOrienteeringProblem){
    .nodes = self->nodes,
    .n_nodes = n,
    .n_groups = is_plain ? 0 : n / 2 + 1,
    .tours = self->tours,
    .n_tours = n_tours,
    .n_locations = n + 1,
    .travel = self->travel,
    .idle_penalty = is_plain ? 0 : 0.1f,
    .windows = self->windows,
    .first_window = self->first_window,
    .budget = is_plain ? 0 : 100 * n_tours,
  };
}

static void
question_clear (Question *self)
{
  g_free (self->nodes);
  g_free (self->tours);
  g_free (self->windows);
  g_free (self->first_window);
  g_free (self->travel);
}

static gpointer
solve (gpointer data)
{
  Solving *solving = data;
  TripOrienteeringLimits limits = { .seed = 1, .max_time_us = 60 * G_USEC_PER_SEC };
  TripOrienteeringSolution *solution = trip_orienteering_solve (solving->problem, &limits, solving->cancellable);

  solving->returned = g_get_monotonic_time ();
  trip_orienteering_solution_free (solution);
  return NULL;
}

static gint
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
measure (guint    n_nodes,
         guint    n_tours,
         gboolean is_plain,
         guint    n_runs)
{
  g_autofree gint64 *times = g_new0 (gint64, n_runs);
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  Question question;

  question_init (&question, n_nodes, n_tours, is_plain);
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      Solving solving = { &question.problem, cancellable, 0 };
      GThread *thread = g_thread_new ("solve", solve, &solving);
      gint64 told;

      g_usleep ((gulong) g_rand_int_range (rand, 0, LATEST_STOP_US));
      told = g_get_monotonic_time ();
      g_cancellable_cancel (cancellable);
      g_thread_join (thread);
      times[i] = MAX (solving.returned - told, 0);
    }
  question_clear (&question);
  qsort (times, n_runs, sizeof *times, compare_times);
  printf ("%-8s %6u %6u %12.3f %12.3f %12.3f\n", is_plain ? "plain" : "general", n_nodes, n_tours,
          times[n_runs / 2] / 1e3, times[n_runs * 99 / 100] / 1e3, times[n_runs - 1] / 1e3);
  fflush (stdout);
}

/**
 * bench_cancel:
 * @argc: number of @argv
 * @argv: the command's name and its arguments
 *
 * Prints how long searches went on after they were cancelled.
 *
 * Returns: an exit status: 2 for wrong arguments
 */
int
bench_cancel (int    argc,
              char **argv)
{
  gint n_runs = 200;
  const GOptionEntry entries[] = {
    { "runs", 'n', 0, G_OPTION_ARG_INT, &n_runs, "Searches that are stopped (default 200)", "N" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_set_summary (context, "Stops searches at random moments and takes the time until they return.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1 || n_runs < 1)
    {
      g_printerr ("tripbench: %s\n", error != NULL ? error->message : "Usage: tripbench cancel [--runs N]");
      return 2;
    }
  printf ("%-8s %6s %6s %12s %12s %12s\n", "problem", "nodes", "tours", "median ms", "p99 ms", "longest ms");
  for (guint plain = 0; plain < 2; plain++)
    {
      measure (120, 3, plain, (guint) n_runs);
      measure (600, 14, plain, (guint) n_runs);
      measure (2000, 30, plain, (guint) n_runs);
    }
  return 0;
}
