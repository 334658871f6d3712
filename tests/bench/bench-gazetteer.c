/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Looks up names of the gazetteer itself, whole, by their beginnings and with one mistake, and measures each call.
 */
#include "bench-gazetteer.h"

#include "providers/gazetteer/trip-gazetteer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef gconstpointer (*AskFunc) (TripGazetteer *gazetteer, const char *text);

typedef struct {
  gdouble *us;
  guint n;
  guint found;
} Times;

static gint
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  gdouble difference = *(const gdouble *) a - *(const gdouble *) b;

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

static void
print_times (const char *what,
             Times      *times)
{
  gdouble sum = 0;

  if (times->n == 0)
    return;
  qsort (times->us, times->n, sizeof *times->us, compare_doubles);
  for (guint i = 0; i < times->n; i++)
    sum += times->us[i];
  printf ("%-22s %7u asked  %6.1f %% found  mean %8.1f us  p99 %8.1f us  max %8.1f us\n", what, times->n,
          100.0 * times->found / times->n, sum / times->n, times->us[times->n * 99 / 100], times->us[times->n - 1]);
  g_free (times->us);
}

static guint
resident_kb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return (guint) strtoul (line + strlen ("VmRSS:"), NULL, 10);
}

static gconstpointer
ask_whole (TripGazetteer *gazetteer,
           const char    *text)
{
  return trip_gazetteer_lookup (gazetteer, text, NULL);
}

static gconstpointer
ask_known (TripGazetteer *gazetteer,
           const char    *text)
{
  return trip_gazetteer_lookup_fuzzy (gazetteer, text);
}

static gconstpointer
ask_all (TripGazetteer *gazetteer,
         const char    *text)
{
  g_autoptr(GPtrArray) found = trip_gazetteer_search (gazetteer, text, NULL, 10);

  return found->len > 0 ? found->pdata[0] : NULL;
}

static void
measure (TripGazetteer *gazetteer,
         GPtrArray     *texts,
         const char    *what,
         AskFunc        ask)
{
  Times times = { g_new (gdouble, MAX (texts->len, 1)), 0, 0 };

  for (guint i = 0; i < texts->len; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      guint repeats = ask == ask_whole ? 10 : 1;
      gconstpointer found = NULL;

      /* The clock counts whole microseconds. */
      for (guint k = 0; k < repeats; k++)
        found = ask (gazetteer, texts->pdata[i]);
      times.us[times.n++] = (gdouble) (g_get_monotonic_time () - begin) / repeats;
      times.found += found != NULL;
    }
  print_times (what, &times);
}

/* One letter wrong, missing, too many or swapped with the next. */
static char *
mistype (const char *name,
         GRand      *random)
{
  GString *typed = g_string_new (name);
  gsize at = (gsize) g_rand_int_range (random, 0, (gint32) typed->len - 1);
  gint how = g_rand_int_range (random, 0, 4);
  char letter = typed->str[at];

  if (how == 0)
    typed->str[at] = 'q';
  else if (how == 1)
    g_string_erase (typed, (gssize) at, 1);
  else if (how == 2)
    g_string_insert_c (typed, (gssize) at, 'q');
  else
    {
      typed->str[at] = typed->str[at + 1];
      typed->str[at + 1] = letter;
    }
  return g_string_free (typed, FALSE);
}

/**
 * bench_gazetteer:
 * @argc: number of arguments
 * @argv: arguments, the first is `gazetteer`
 *
 * Returns: the exit status
 */
int
bench_gazetteer (int    argc,
                 char **argv)
{
  guint before = resident_kb ();
  gint64 begin = g_get_monotonic_time ();
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  gint64 opened = g_get_monotonic_time () - begin;
  guint idle = resident_kb ();
  g_autoptr(GRand) random = g_rand_new_with_seed (4);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) three = g_ptr_array_new_with_free_func (g_free);
  guint n = trip_gazetteer_get_n_names (gazetteer);

  printf ("%u places, %u names; opened in %.2f ms; resident %u kB before, %u kB idle\n",
          trip_gazetteer_get_n_places (gazetteer), n, opened / 1000.0, before, idle);
  for (guint i = 0; i < n; i += 5)
    {
      const char *name = trip_gazetteer_get_name (gazetteer, i);

      g_ptr_array_add (names, g_strdup (name));
      g_ptr_array_add (unknown, g_strconcat ("zq", name, NULL));
      if (i % 25 == 0 && strlen (name) >= 3)
        g_ptr_array_add (three, g_utf8_substring (name, 0, MIN (3, g_utf8_strlen (name, -1))));
      if (i % 50 == 0 && strlen (name) >= 6 && g_str_is_ascii (name))
        g_ptr_array_add (mistakes, mistype (name, random));
    }
  for (char letter = 'a'; letter <= 'z'; letter++)
    g_ptr_array_add (one, g_strdup_printf ("%c", letter));
  measure (gazetteer, names, "lookup", ask_whole);
  measure (gazetteer, unknown, "lookup, unknown", ask_whole);
  measure (gazetteer, one, "prefix, one letter", ask_all);
  measure (gazetteer, three, "prefix, three letters", ask_all);
  measure (gazetteer, mistakes, "one mistake, all", ask_all);
  measure (gazetteer, mistakes, "one mistake, known", ask_known);
  printf ("resident %u kB after all of it\n", resident_kb ());
  return EXIT_SUCCESS;
}
