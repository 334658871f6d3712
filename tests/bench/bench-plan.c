/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times whole answers of the planner: context, drafts, options in words. A loop of fixed work is timed around each series,
 * so that figures of two machines, or of a busy one, can be compared as ratios. Quality is read from the plan as a client
 * would read it, not from what the solver says of itself.
 */
#include "bench-plan.h"

#include "providers/atlas/trip-atlas.h"
#include "providers/planner/trip-embedded-planner.h"
#include "trip-made-up-city.h"

#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a visit is worth whatever it is, beside its popularity. */
#define POINTS_PER_VISIT 25

#define DEFAULT_POPULARITY 55

/* With this many times the usual work the plan is as good as this planner makes it: the best of the table. */
#define BEST_EFFORT 16.0

#define YARDSTICK_ROUNDS 4000000

typedef struct {
  gint runs;
  gboolean json;
  gboolean no_table;
  gint n_places;
  gint n_days;
  gint n_cities;
  gdouble effort;
} Options;

typedef struct {
  gdouble median_ms;
  gdouble p99_ms;
  gdouble yardstick_ms;
  gdouble score;
  guint n_candidates;
  guint n_options;
  glong peak_kb;
} Figures;

static gint
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  gdouble difference = *(const gdouble *) a - *(const gdouble *) b;

  return difference < 0 ? -1 : difference > 0;
}

static gdouble
percentile (GArray  *values,
            gdouble  share)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, gdouble, MIN (values->len - 1, (guint) (share * values->len)));
}

/* Sums and branches over a small table, which is what planning is made of. */
static gdouble
time_yardstick (void)
{
  static gint table[1024];
  gint64 began = g_get_monotonic_time ();
  guint32 state = 1;
  volatile gint result;
  gint sum = 0;

  for (guint i = 0; i < YARDSTICK_ROUNDS; i++)
    {
      gint *at = &table[(state = state * 1664525u + 1013904223u) >> 22];

      if (sum > *at)
        sum -= *at;
      else
        sum += (gint) (i & 63) + 1;
      *at = sum & 1023;
    }
  result = sum;
  (void) result;
  return (gdouble) (g_get_monotonic_time () - began) / 1000.0;
}

static void
pin_to_one_core (void)
{
  cpu_set_t set;
  gint core = sched_getcpu ();

  if (core < 0)
    return;
  CPU_ZERO (&set);
  CPU_SET ((gsize) core, &set);
  sched_setaffinity (0, sizeof set, &set);
}

/* Linux forgets the highest mark of a process when told "5". */
static void
reset_peak (void)
{
  gint fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (write (fd, "5", 1) != 1)
    g_printerr ("tripbench: the peak of memory is that of all runs so far\n");
  close (fd);
}

static glong
read_peak_kb (void)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return -1;
  at = strstr (text, "VmHWM:");
  return at != NULL ? strtol (at + strlen ("VmHWM:"), NULL, 10) : -1;
}

static gdouble
score_option (const TripPlanOption *option)
{
  gdouble score = 0;

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind == TRIP_BLOCK_VISIT && block->pois->len > 0)
            {
              const TripPoi *poi = g_ptr_array_index (block->pois, 0);

              score += POINTS_PER_VISIT + (poi->popularity >= 0 ? poi->popularity : DEFAULT_POPULARITY);
            }
        }
    }
  return score;
}

/* Plans each query in turn until there are @runs, with one round before that does not count. */
static gboolean
measure (TripEmbeddedPlanner  *planner,
         GPtrArray            *queries,
         gint                  runs,
         gdouble               effort,
         Figures              *out,
         GError              **error)
{
  g_autoptr(GArray) ms = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autoptr(GArray) yardstick = g_array_new (FALSE, FALSE, sizeof (gdouble));
  gint warm_up = runs > 1 ? MIN ((gint) queries->len, runs) : 0;

  memset (out, 0, sizeof *out);
  /* What earlier cases left behind is not this one's. */
  malloc_trim (0);
  reset_peak ();
  for (guint i = 0; i < queries->len; i++)
    ((TripPlanQuery *) g_ptr_array_index (queries, i))->effort = effort;
  for (gint i = -warm_up; i < runs; i++)
    {
      const TripPlanQuery *query = g_ptr_array_index (queries, (guint) (i + warm_up) % queries->len);
      gint64 began = g_get_monotonic_time ();
      g_autoptr(GPtrArray) options = trip_embedded_planner_plan_sync (planner, query, NULL, error);
      gdouble elapsed = (gdouble) (g_get_monotonic_time () - began) / 1000.0;

      if (options == NULL)
        return FALSE;
      if (i < 0)
        continue;
      g_array_append_val (ms, elapsed);
      if (i % MAX (runs / 5, 1) == 0)
        {
          gdouble now = time_yardstick ();

          g_array_append_val (yardstick, now);
        }
      if (i < (gint) queries->len)
        {
          out->n_candidates += query->pois->len;
          out->n_options += options->len;
          out->score += score_option (g_ptr_array_index (options, 0));
        }
    }
  runs = MIN (runs, (gint) queries->len);
  out->n_candidates /= (guint) runs;
  out->score /= runs;
  out->median_ms = percentile (ms, 0.5);
  out->p99_ms = percentile (ms, 0.99);
  out->yardstick_ms = percentile (yardstick, 0.5);
  out->peak_kb = read_peak_kb ();
  return TRUE;
}

static void
print_case (const Options *options,
            const char    *name,
            guint          n_days,
            guint          n_queries,
            const Figures *figures)
{
  if (options->json)
    printf ("{\"case\":\"%s\",\"candidates\":%u,\"days\":%u,\"queries\":%u,\"runs\":%d,\"options\":%.2f,"
            "\"median_ms\":%.3f,\"p99_ms\":%.3f,\"yardstick_ms\":%.3f,\"ratio\":%.3f,\"score\":%.1f,"
            "\"peak_kb\":%ld}\n",
            name, figures->n_candidates, n_days, n_queries, options->runs, (gdouble) figures->n_options / n_queries,
            figures->median_ms, figures->p99_ms, figures->yardstick_ms, figures->median_ms / figures->yardstick_ms,
            figures->score, figures->peak_kb);
  else
    printf ("%-28s %5u %4u  %5.2f  %9.2f %9.2f  %7.2f  %8.1f  %7.1f\n", name, figures->n_candidates, n_days,
            (gdouble) figures->n_options / n_queries, figures->median_ms, figures->p99_ms,
            figures->median_ms / figures->yardstick_ms, figures->score, (gdouble) figures->peak_kb / 1024.0);
  fflush (stdout);
}

static gboolean
run_case (TripEmbeddedPlanner  *planner,
          const Options        *options,
          const char           *name,
          guint                 n_days,
          GPtrArray            *queries,
          GError              **error)
{
  Figures figures;

  if (!measure (planner, queries, options->runs, options->effort, &figures, error))
    return FALSE;
  print_case (options, name, n_days, MIN (queries->len, (guint) options->runs), &figures);
  return TRUE;
}

static GPtrArray *
make_queries (guint n_queries,
              guint n_cities,
              guint n_places,
              guint n_days)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_query_free);

  for (guint q = 0; q < n_queries; q++)
    {
      TripPlanQuery *query = trip_made_up_query_new (n_days);

      for (guint c = 0; c < n_cities; c++)
        trip_made_up_city_add (query, c, n_places / n_cities, q + 1);
      g_ptr_array_add (queries, query);
    }
  return queries;
}

static gboolean
run_synthetic (TripEmbeddedPlanner  *planner,
               const Options        *options,
               GError              **error)
{
  g_autoptr(GPtrArray) city = make_queries (20, 1, 120, 3);
  g_autoptr(GPtrArray) cities = make_queries (10, 4, 600, 14);

  return run_case (planner, options, "made up, 1 city", 3, city, error) &&
         run_case (planner, options, "made up, 4 cities", 14, cities, error);
}

static gboolean
add_atlas_city (TripPlanQuery   *query,
                TripAtlas       *atlas,
                const TripCity  *city,
                GError         **error)
{
  g_autoptr(GPtrArray) pois = trip_atlas_load_city (atlas, city->id, NULL, error);

  if (pois == NULL)
    return FALSE;
  g_ptr_array_add (query->destinations, g_strdup (city->name));
  for (guint i = 0; i < pois->len; i++)
    g_ptr_array_add (query->pois, trip_poi_ref (g_ptr_array_index (pois, i)));
  return TRUE;
}

/* Every city alone for three days, and every four that follow one another in the list for two weeks. */
static gboolean
run_atlas (const Options  *options,
           const char     *path,
           GError        **error)
{
  g_autoptr(TripAtlas) atlas = trip_atlas_open (path, error);
  g_autoptr(TripEmbeddedPlanner) planner = NULL;
  g_autoptr(GPtrArray) single = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_query_free);
  g_autoptr(GPtrArray) four = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_query_free);
  GPtrArray *cities;

  if (atlas == NULL)
    return FALSE;
  planner = trip_embedded_planner_new (atlas);
  cities = trip_atlas_get_cities (atlas);
  for (guint i = 0; i < cities->len; i++)
    {
      TripPlanQuery *query = trip_made_up_query_new (3);

      g_ptr_array_add (single, query);
      if (!add_atlas_city (query, atlas, g_ptr_array_index (cities, i), error))
        return FALSE;
      if (cities->len < 4)
        continue;
      query = trip_made_up_query_new (14);
      g_ptr_array_add (four, query);
      for (guint k = 0; k < 4; k++)
        {
          if (!add_atlas_city (query, atlas, g_ptr_array_index (cities, (i + k) % cities->len), error))
            return FALSE;
        }
    }
  if (single->len > 0 && !run_case (planner, options, "atlas, 1 city", 3, single, error))
    return FALSE;
  return four->len == 0 || run_case (planner, options, "atlas, 4 cities", 14, four, error);
}

static gboolean
run_table (TripEmbeddedPlanner  *planner,
           const Options        *options,
           GError              **error)
{
  static const guint places[] = { 50, 100, 200, 500, 1000, 2000 };
  static const guint days[] = { 1, 3, 7, 14, 30 };
  gint runs = CLAMP (options->runs / 20, 3, 15);

  if (!options->json)
    printf ("\n%5s %4s  %9s  %7s  %8s  %7s  %7s\n", "cand.", "days", "median ms", "x yard", "score", "of best",
            "peak MB");
  for (gsize p = 0; p < G_N_ELEMENTS (places); p++)
    {
      for (gsize d = 0; d < G_N_ELEMENTS (days); d++)
        {
          g_autoptr(GPtrArray) queries = make_queries (3, 1, places[p], days[d]);
          Figures usual, best;
          gdouble share;

                  if (!measure (planner, queries, runs, options->effort, &usual, error))
            return FALSE;
          if (!measure (planner, queries, (gint) queries->len, options->effort * BEST_EFFORT, &best, error))
            return FALSE;
          share = usual.score / MAX (MAX (best.score, usual.score), 1.0);
          if (options->json)
            printf ("{\"case\":\"table\",\"candidates\":%u,\"days\":%u,\"runs\":%d,\"median_ms\":%.3f,"
                    "\"yardstick_ms\":%.3f,\"ratio\":%.3f,\"score\":%.1f,\"share_of_best\":%.4f,\"peak_kb\":%ld}\n",
                    places[p], days[d], runs, usual.median_ms, usual.yardstick_ms,
                    usual.median_ms / usual.yardstick_ms, usual.score, share, usual.peak_kb);
          else
            printf ("%5u %4u  %9.2f  %7.2f  %8.1f  %6.1f%%  %7.1f\n", places[p], days[d], usual.median_ms,
                    usual.median_ms / usual.yardstick_ms, usual.score, share * 100.0, (gdouble) usual.peak_kb / 1024.0);
          fflush (stdout);
        }
    }
  return TRUE;
}

/**
 * bench_plan_main:
 * @argc: number of arguments, that of the subcommand's name included
 * @argv: the arguments
 *
 * Runs `tripbench plan`.
 *
 * Returns: the exit status
 */
int
bench_plan_main (int    argc,
                 char **argv)
{
  Options options = { .runs = 200, .n_days = 3, .n_cities = 1, .effort = 1.0 };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "runs", 'n', 0, G_OPTION_ARG_INT, &options.runs, "Plans of each case (default 200)", "N" },
    { "atlas", 0, 0, G_OPTION_ARG_FILENAME, &path, "The atlas (default $TRIP_ATLAS; without one, made-up cities only)",
      "FILE" },
    { "effort", 0, 0, G_OPTION_ARG_DOUBLE, &options.effort, "Work of the search, times the usual", "X" },
    { "places", 'p', 0, G_OPTION_ARG_INT, &options.n_places, "One case alone: this many made-up places", "N" },
    { "days", 'd', 0, G_OPTION_ARG_INT, &options.n_days, "Its days (default 3)", "N" },
    { "cities", 'c', 0, G_OPTION_ARG_INT, &options.n_cities, "Its cities (default 1)", "N" },
    { "no-table", 0, 0, G_OPTION_ARG_NONE, &options.no_table, "Leave the table out", NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "Print one JSON object a line", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("");
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);
  g_autoptr(GError) error = NULL;
  gboolean ok;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "Times the planner in this process, on one core.");
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 1 || options.runs < 1 || options.effort <= 0 ||
      options.n_places < 0 || options.n_days < 1 || options.n_cities < 1)
    {
      g_printerr ("tripbench: %s\n", error != NULL ? error->message : "numbers have to be above 0; see tripbench plan --help");
      return 2;
    }
  if (path == NULL)
    path = g_strdup (g_getenv ("TRIP_ATLAS"));
  pin_to_one_core ();
  if (!options.json)
    printf ("%-28s %5s %4s  %5s  %9s %9s  %7s  %8s  %7s\n", "case", "cand.", "days", "opt.", "median ms", "p99 ms", "x yard",
            "score", "peak MB");
  if (options.n_places > 0)
    {
      g_autoptr(GPtrArray) queries = make_queries (10, (guint) options.n_cities, (guint) options.n_places,
                                                   (guint) options.n_days);

      ok = run_case (planner, &options, "made up", (guint) options.n_days, queries, &error);
    }
  else
    {
      ok = run_synthetic (planner, &options, &error) && (path == NULL || run_atlas (&options, path, &error)) &&
           (options.no_table || run_table (planner, &options, &error));
    }
  if (!ok)
    {
      g_printerr ("tripbench: %s\n", error->message);
      return 1;
    }
  return 0;
}
