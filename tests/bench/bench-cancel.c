/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Solves made-up problems, plain ones and ones that use every feature, small and as large as they get, stops each search
 * at a random moment, its preparation included, and takes the time until it has returned.
 *
 * That time is the machine's as well: a thread is made to wait by others and wakes late. So two more are taken beside it:
 * how long the searching thread itself has run since it was to stop, and, in turn with the searches, how late a thread is
 * that does nothing but look whether it is to stop.
 */
#include "bench-cancel.h"

#include "trip-stopped-search.h"

#include <stdio.h>

/* A search is stopped at a random moment of its first so many microseconds: at the largest size in its preparation in
 * one of two cases. */
#define LATEST_STOP_US 40000

/* Between two runs. */
#define PAUSE_US 8000

static const gchar *const kind_names[] = { "general", "plain", "one-way" };

static gint
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
print_times (gint64 *times,
             guint   n_runs)
{
  qsort (times, n_runs, sizeof *times, compare_times);
  printf (" %8.3f %8.3f %8.3f", times[n_runs / 2] / 1e3, times[n_runs * 99 / 100] / 1e3, times[n_runs - 1] / 1e3);
}

static void
measure (guint          n_nodes,
         guint          n_tours,
         TripMadeUpKind kind,
         gboolean       is_cancelled,
         guint          n_runs)
{
  g_autofree gint64 *late = g_new0 (gint64, n_runs);
  g_autofree gint64 *ran = g_new0 (gint64, n_runs);
  g_autofree gint64 *looked = g_new0 (gint64, n_runs);
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  TripMadeUpProblem made_up;
  gint64 unused;

  trip_made_up_problem_init (&made_up, n_nodes, n_tours, kind);
  for (guint i = 0; i < n_runs; i++)
    {
      gint64 time_us = g_rand_int_range (rand, 1, LATEST_STOP_US);

      late[i] = trip_stop_after (&made_up.problem, is_cancelled, time_us, &ran[i]);
      /* Where it frees its memory only now, that is over before the next one. */
      g_usleep (PAUSE_US);
      looked[i] = trip_stop_after (NULL, is_cancelled, time_us, &unused);
    }
  trip_made_up_problem_clear (&made_up);
  printf ("%-8s %6u %6u %-8s", kind_names[kind], n_nodes, n_tours, is_cancelled ? "cancel" : "deadline");
  print_times (late, n_runs);
  print_times (ran, n_runs);
  print_times (looked, n_runs);
  printf ("\n");
  fflush (stdout);
}

/**
 * bench_cancel:
 * @argc: number of @argv
 * @argv: the command's name and its arguments
 *
 * Prints how long searches went on after they were cancelled or their time was up.
 *
 * Returns: an exit status: 2 for wrong arguments
 */
int
bench_cancel (int    argc,
              char **argv)
{
  gint n_runs = 100;
  const GOptionEntry entries[] = {
    { "runs", 'n', 0, G_OPTION_ARG_INT, &n_runs, "Searches that are stopped (default 100)", "N" },
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
  trip_keep_no_freed_memory ();
  printf ("%-31s %26s %26s %26s\n", "", "ms until it returned", "ms of that it ran itself", "ms a mere look was late");
  printf ("%-8s %6s %6s %-8s", "problem", "nodes", "tours", "stop");
  for (guint i = 0; i < 3; i++)
    printf (" %8s %8s %8s", "median", "p99", "longest");
  printf ("\n");
  for (guint kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    {
      for (gint is_cancelled = TRUE; is_cancelled >= FALSE; is_cancelled--)
        {
          measure (120, 3, kind, is_cancelled, (guint) n_runs);
          measure (600, 14, kind, is_cancelled, (guint) n_runs);
          measure (2000, 30, kind, is_cancelled, (guint) n_runs);
        }
    }
  return 0;
}
