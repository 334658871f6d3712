/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads each file, solves it, checks the routes by the file alone and prints them.
 */
#include "bench-toptw.h"

#include "orienteering/trip-orienteering.h"
#include "toptw-instance.h"

#include <math.h>
#include <stdio.h>

typedef struct {
  gint n_tours;
  gdouble seconds;
  gint64 seed;
  gint n_threads;
  gint n_starts;
  gint64 iterations;
  gboolean json;
  gboolean verbose;
} Options;

typedef struct {
  TripOrienteeringNode *nodes;
  TripOrienteeringTour *tours;
  TripOrienteeringWindow *windows;
  guint *first_window;
  gint *travel;
  TripOrienteeringProblem problem;
} Question;

static void
question_clear (Question *self)
{
  g_free (self->nodes);
  g_free (self->tours);
  g_free (self->windows);
  g_free (self->first_window);
  g_free (self->travel);
}

static void
question_init (Question            *self,
               const ToptwInstance *instance,
               guint                n_tours)
{
  guint n = instance->points->len;
  const ToptwPoint *depot = &g_array_index (instance->points, ToptwPoint, 0);

  self->nodes = g_new0 (TripOrienteeringNode, n);
  self->tours = g_new0 (TripOrienteeringTour, n_tours);
  self->windows = g_new0 (TripOrienteeringWindow, (gsize) n * n_tours);
  self->first_window = g_new0 (guint, (gsize) n * n_tours + 1);
  self->travel = g_new0 (gint, (gsize) n * n);
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < n; j++)
        self->travel[i * n + j] = toptw_instance_way (instance, i, j);
    }
  for (guint i = 1; i < n; i++)
    {
      const ToptwPoint *point = &g_array_index (instance->points, ToptwPoint, i);

      self->nodes[i - 1] = (TripOrienteeringNode){
        .location = (gint) i,
        .service = (gint) lround (point->service * instance->scale),
        .score = (gfloat) point->score,
        .group = -1,
      };
      for (guint t = 0; t < n_tours; t++)
        {
          guint w = (i - 1) * n_tours + t;

          self->windows[w].from = (gint) lround (point->opens * instance->scale);
          self->windows[w].to = (gint) lround (point->closes * instance->scale);
          self->first_window[w] = w;
        }
    }
  self->first_window[(n - 1) * n_tours] = (n - 1) * n_tours;
  for (guint t = 0; t < n_tours; t++)
    {
      self->tours[t].start = (gint) lround (depot->opens * instance->scale);
      self->tours[t].end = (gint) lround (depot->closes * instance->scale);
      self->tours[t].max_visits = G_MAXINT;
    }
  self->problem = (TripOrienteeringProblem){
    .nodes = self->nodes,
    .n_nodes = n - 1,
    .tours = self->tours,
    .n_tours = n_tours,
    .n_locations = n,
    .travel = self->travel,
    .windows = self->windows,
    .first_window = self->first_window,
  };
}

static void
tell_improvement (gdouble  score,
                  gint64   elapsed_us,
                  gpointer user_data)
{
  fprintf (stderr, "%s: %g after %.3f s\n", (const char *) user_data, score, elapsed_us / 1e6);
}

static GPtrArray *
read_routes (const TripOrienteeringSolution *solution,
             guint                           n_tours)
{
  GPtrArray *routes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint t = 0; t < n_tours; t++)
    {
      GArray *route = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = solution->first_stop[t]; i < solution->first_stop[t + 1]; i++)
        {
          guint point = (guint) solution->stops[i].node + 1;

          g_array_append_val (route, point);
        }
      g_ptr_array_add (routes, route);
    }
  return routes;
}

static void
print_solution (const ToptwInstance            *instance,
                const TripOrienteeringSolution *solution,
                GPtrArray                      *routes,
                const Options                  *options,
                gdouble                         seconds)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint t = 0; t < routes->len; t++)
    {
      const GArray *route = g_ptr_array_index (routes, t);

      g_string_append (text, options->json ? (t > 0 ? ",[" : "[") : "\n ");
      for (guint i = 0; i < route->len; i++)
        {
          const ToptwPoint *point = &g_array_index (instance->points, ToptwPoint, g_array_index (route, guint, i));

          g_string_append_printf (text, options->json ? (i > 0 ? ",%d" : "%d") : " %d", point->number);
        }
      if (options->json)
        g_string_append_c (text, ']');
    }
  if (options->json)
    printf ("{\"instance\":\"%s\",\"m\":%d,\"score\":%g,\"seconds\":%.3f,\"to_best\":%.3f,\"iterations\":%" G_GUINT64_FORMAT
            ",\"routes\":[%s]}\n",
            instance->name, options->n_tours, solution->score, seconds, solution->best_us / 1e6, solution->n_iterations,
            text->str);
  else
    printf ("%s m=%d: score %g in %.3f s, best after %.3f s, %" G_GUINT64_FORMAT " rounds%s\n", instance->name,
            options->n_tours, solution->score, seconds, solution->best_us / 1e6, solution->n_iterations, text->str);
  fflush (stdout);
}

static gboolean
solve_file (const char     *path,
            const Options  *options,
            GError        **error)
{
  g_autoptr(ToptwInstance) instance = toptw_instance_read (path, error);
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  g_autoptr(GPtrArray) routes = NULL;
  TripOrienteeringLimits limits = {
    .seed = (guint64) options->seed,
    .max_time_us = (gint64) (options->seconds * 1e6),
    .max_iterations = (guint64) options->iterations,
    .n_starts = (guint) MAX (options->n_starts, options->n_starts > 0 ? 1 : options->n_threads),
    .n_threads = (guint) options->n_threads,
  };
  Question question;
  gint64 began;
  gdouble seconds;

  if (instance == NULL)
    return FALSE;
  if (options->verbose)
    {
      limits.improved = tell_improvement;
      limits.user_data = instance->name;
    }
  question_init (&question, instance, (guint) options->n_tours);
  began = g_get_monotonic_time ();
  solution = trip_orienteering_solve (&question.problem, &limits, NULL);
  seconds = (g_get_monotonic_time () - began) / 1e6;
  question_clear (&question);
  routes = read_routes (solution, (guint) options->n_tours);
  if (!toptw_instance_check (instance, routes, options->n_tours, solution->score, error))
    return FALSE;
  print_solution (instance, solution, routes, options, seconds);
  return TRUE;
}

/**
 * bench_toptw:
 * @argc: number of @argv
 * @argv: the command's name and its arguments
 *
 * Solves files and prints the checked solutions.
 *
 * Returns: an exit status: 2 for wrong arguments, 1 where a file cannot be read or a solution does not hold
 */
int
bench_toptw (int    argc,
             char **argv)
{
  Options options = { .n_tours = 1, .seconds = 0, .seed = 1, .n_threads = 1 };
  const GOptionEntry entries[] = {
    { "tours", 'm', 0, G_OPTION_ARG_INT, &options.n_tours, "Tours (default 1)", "M" },
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &options.seconds, "Time for each file (default 1)", "S" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, "Seed (default 1)", "N" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.n_threads, "Threads, each with a start of its own (default 1)", "N" },
    { "starts", 0, 0, G_OPTION_ARG_INT, &options.n_starts, "Independent starts (default one for each thread)", "N" },
    { "iterations", 'i', 0, G_OPTION_ARG_INT64, &options.iterations, "Rounds of each start, in place of time", "N" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options.verbose, "Tell each improvement", NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "Print one JSON object a line", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("FILE…");
  g_autoptr(GError) error = NULL;

  g_option_context_set_summary (context, "Solves instances of the team orienteering problem with time windows.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("tripbench: %s\n", error->message);
      return 2;
    }
  if (argc < 2 || options.n_tours < 1 || options.n_tours > 1000 || options.n_threads < 1 || options.n_threads > 256 ||
      options.n_starts < 0 || options.seconds < 0 || options.iterations < 0)
    {
      g_printerr ("Usage: tripbench toptw FILE… --tours M --seconds S [--seed N] [--threads N] [--json]\n");
      return 2;
    }
  if (options.seconds == 0 && options.iterations == 0)
    options.seconds = 1;
  for (int i = 1; i < argc; i++)
    {
      if (!solve_file (argv[i], &options, &error))
        {
          g_printerr ("tripbench: %s\n", error->message);
          return 1;
        }
    }
  return 0;
}
