/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench atlas`: how long imports take and how much memory, whether they find what the table beside a file lists, and
 * how long searches take in a database of made-up places. Imports run in a process of their own, so that its peak counts.
 */
#include "bench-atlas.h"

#include "providers/places/trip-place-import.h"
#include "providers/places/trip-place-search.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  gint n_places;
  gint n_cities;
  gint n_queries;
  char *keep;
} Options;

static const struct {
  const char *tag;
  const char *noun;
} made_kinds[] = {
  { "amenity=restaurant", "Restaurant" }, { "amenity=cafe", "Café" },     { "tourism=hotel", "Hotel" },
  { "tourism=museum", "Museum" },         { "tourism=attraction", "Tower" }, { "amenity=restaurant", "Taverna" },
  { "leisure=park", "Park" },             { "amenity=fast_food", "Grill" },
};

static const char * const syllables[] = {
  "ka", "mo", "ri", "ta", "lu", "ne", "so", "vi", "ba", "da", "pe", "ro", "chi", "an", "el", "is", "on", "ur", "ga", "fo",
};

static const char * const signs[] = { "東", "京", "寺", "山", "川", "美", "術", "館", "大", "阪", "食", "堂" };

static int
import_child (const char *file,
              const char *path)
{
  const char *files[] = { file, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(TripPlaceDb) db = trip_place_db_create (path, &error);
  g_autoptr(GPtrArray) imported = db != NULL ? trip_place_import (db, files, NULL, NULL, NULL, NULL, NULL, &error) : NULL;

  if (imported == NULL)
    g_printerr ("tripbench: %s\n", error->message);
  return imported != NULL ? 0 : 1;
}

static void
count_kind (GHashTable *counts,
            const char *kind,
            gint        change)
{
  gint *n = g_hash_table_lookup (counts, kind);

  if (n == NULL)
    {
      n = g_new0 (gint, 1);
      g_hash_table_insert (counts, g_strdup (kind), n);
    }
  *n += change;
}

typedef struct {
  GHashTable *counts;
  guint n;
} Tally;

static void
on_place (const char * const *columns,
          gpointer            user_data)
{
  Tally *tally = user_data;

  count_kind (tally->counts, columns[1], 1);
  tally->n++;
}

/* Compares the kinds of what came in with the table `pois_NAME.tsv` beside `NAME-….osm.pbf`, where there is one. */
static void
compare_with_table (const char *file,
                    const char *path)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *stem = g_strndup (base, strcspn (base, "-."));
  g_autofree char *name = g_strdup_printf ("pois_%s.tsv", stem);
  g_autofree char *table = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(TripPlaceDb) db = trip_place_db_open (path, NULL);
  Tally tally = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), 0 };
  GHashTableIter iter;
  gpointer kind, n;
  guint expected = 0, different = 0;

  trip_place_db_dump (db, on_place, &tally, NULL);
  if (g_file_get_contents (table, &text, NULL, NULL))
    {
      g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
        {
          g_auto(GStrv) columns = g_strsplit (lines[i], "\t", -1);

          count_kind (tally.counts, columns[1], -1);
          expected++;
        }
      g_hash_table_iter_init (&iter, tally.counts);
      while (g_hash_table_iter_next (&iter, &kind, &n))
        {
          if (*(gint *) n == 0)
            continue;
          printf ("  %s: %+d\n", (const char *) kind, *(gint *) n);
          different++;
        }
      printf ("  %u places listed, %u expected, %u kinds differ\n", tally.n, expected, different);
    }
  else
    {
      printf ("  %u places listed, no table to compare with\n", tally.n);
    }
  g_hash_table_unref (tally.counts);
}

static gboolean
bench_import (const char *file)
{
  g_autofree char *folder = g_dir_make_tmp ("tripbench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "places.db", NULL);
  gint64 began = g_get_monotonic_time ();
  struct rusage usage = { 0 };
  int status = 1;
  pid_t child = fork ();

  if (child == 0)
    _exit (import_child (file, path));
  if (child < 0 || wait4 (child, &status, 0, &usage) < 0 || status != 0)
    return FALSE;
  printf ("%s: %.2f s, peak %.1f MB\n", file, (gdouble) (g_get_monotonic_time () - began) / 1e6,
          (gdouble) usage.ru_maxrss / 1024.0);
  compare_with_table (file, path);
  g_unlink (path);
  g_rmdir (folder);
  return TRUE;
}

static char *
make_name (GRand      *random,
           const char *noun)
{
  GString *name = g_string_new (NULL);

  if (g_rand_int_range (random, 0, 10) == 0)
    {
      for (gint i = g_rand_int_range (random, 3, 6); i > 0; i--)
        g_string_append (name, signs[g_rand_int_range (random, 0, G_N_ELEMENTS (signs))]);
      return g_string_free (name, FALSE);
    }
  for (gint i = g_rand_int_range (random, 2, 5); i > 0; i--)
    g_string_append (name, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
  name->str[0] = g_ascii_toupper (name->str[0]);
  g_string_append_printf (name, " %s", noun);
  return g_string_free (name, FALSE);
}

static TripGeo
make_centre (gint city)
{
  /* Spread evenly over the inhabited latitudes by the golden ratio. */
  return (TripGeo) { -50.0 + 110.0 * fmod (city * 0.618033988749895, 1.0),
                     -179.0 + 358.0 * fmod (city * 0.7548776662466927, 1.0) };
}

static gboolean
fill (TripPlaceDb    *db,
      const Options  *options,
      GRand          *random,
      GError        **error)
{
  if (!trip_place_db_begin (db, NULL, error) || !trip_place_db_begin_region (db, "Made up", "osm", "", "", error))
    return FALSE;
  for (gint i = 0; i < options->n_places; i++)
    {
      guint kind = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (made_kinds));
      g_autofree char *key = g_strndup (made_kinds[kind].tag, strcspn (made_kinds[kind].tag, "="));
      g_autofree char *name = make_name (random, made_kinds[kind].noun);
      g_autofree char *item = g_strdup_printf ("Q%d", i);
      const TripOsmTag tags[] = {
        { key, strchr (made_kinds[kind].tag, '=') + 1 }, { "name", name }, { "opening_hours", "Mo-Su 10:00-22:00" },
        { "wikidata", item },
      };
      TripGeo centre = make_centre (i % options->n_cities);
      const TripGeo geo = { centre.lat + g_rand_double_range (random, -0.08, 0.08),
                            centre.lng + g_rand_double_range (random, -0.1, 0.1) };
      g_autoptr(TripPlaceRecord) record = trip_place_record_new_osm (TRIP_OSM_NODE, i + 1, &geo, 0.0, tags,
                                                                     g_rand_int_range (random, 0, 8) == 0 ? 4 : 3);

      if (!trip_place_db_add (db, record, error))
        return FALSE;
    }
  return trip_place_db_end_region (db, NULL, error) && trip_place_db_commit (db, error);
}

static gint
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  return (*(const gdouble *) a > *(const gdouble *) b) - (*(const gdouble *) a < *(const gdouble *) b);
}

typedef void (*MakeSearch) (GRand           *random,
                            const Options   *options,
                            TripPlaceSearch *search,
                            char           **name);

static void
make_nearest (GRand            *random,
              const Options    *options,
              TripPlaceSearch  *search,
              char            **name)
{
  TripGeo centre = make_centre (g_rand_int_range (random, 0, options->n_cities));

  search->has_position = TRUE;
  search->position = (TripGeo) { centre.lat + g_rand_double_range (random, -0.06, 0.06),
                                 centre.lng + g_rand_double_range (random, -0.08, 0.08) };
  search->order = TRIP_PLACE_ORDER_NEAREST;
  search->types = 1u << g_rand_int_range (random, 0, 3);
  search->limit = 200;
}

/* Whole names, beginnings of names, common words and single signs. */
static void
make_named (GRand            *random,
            const Options    *options,
            TripPlaceSearch  *search,
            char            **name)
{
  guint kind = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (made_kinds));
  const char *noun = made_kinds[kind].noun;
  g_autofree char *whole = make_name (random, noun);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      *name = g_steal_pointer (&whole);
      break;

    case 1:
      *name = g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), g_rand_int_range (random, 1, 6)));
      break;

    case 2:
      *name = g_utf8_substring (noun, 0, MIN (g_utf8_strlen (noun, -1), g_rand_int_range (random, 2, 12)));
      break;

    default:
      *name = g_strconcat (signs[g_rand_int_range (random, 0, G_N_ELEMENTS (signs))],
                           g_rand_boolean (random) ? signs[g_rand_int_range (random, 0, G_N_ELEMENTS (signs))] : "", NULL);
      break;
    }
  search->name = *name;
  search->types = (1u << TRIP_PLACE_N_TYPES) - 1;
  search->limit = 20;
}

static gboolean
bench_searches (TripPlaceDb    *db,
                const char     *title,
                const Options  *options,
                GRand          *random,
                MakeSearch      make,
                GError        **error)
{
  g_autofree gdouble *ms = g_new (gdouble, options->n_queries);
  g_autofree char *slowest = NULL;
  gdouble worst = 0;
  guint64 n_hits = 0;

  for (gint i = 0; i < options->n_queries; i++)
    {
      TripPlaceSearch search = { 0 };
      g_autofree char *name = NULL;
      g_autoptr(GPtrArray) hits = NULL;
      gint64 began;

      make (random, options, &search, &name);
      began = g_get_monotonic_time ();
      hits = trip_place_db_search (db, &search, NULL, error);
      ms[i] = (gdouble) (g_get_monotonic_time () - began) / 1e3;
      if (hits == NULL)
        return FALSE;
      n_hits += hits->len;
      if (ms[i] > worst)
        {
          worst = ms[i];
          g_free (slowest);
          slowest = g_strdup (name != NULL ? name : "");
        }
    }
  qsort (ms, (gsize) options->n_queries, sizeof *ms, compare_doubles);
  printf ("%-18s p50 %6.2f ms  p99 %6.2f ms  max %6.2f ms  %5.1f hits  %s\n", title, ms[options->n_queries / 2],
          ms[options->n_queries * 99 / 100], worst, (gdouble) n_hits / options->n_queries, slowest);
  return TRUE;
}

static gboolean
bench_made_up (const Options  *options,
               GError        **error)
{
  g_autofree char *folder = g_dir_make_tmp ("tripbench-XXXXXX", error);
  g_autofree char *path = options->keep != NULL ? g_strdup (options->keep) : g_build_filename (folder, "places.db", NULL);
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  gboolean fresh = !g_file_test (path, G_FILE_TEST_EXISTS);
  g_autoptr(TripPlaceDb) db = trip_place_db_create (path, error);
  gint64 began = g_get_monotonic_time ();
  GStatBuf st;
  gboolean ok;

  if (db == NULL || (fresh && !fill (db, options, random, error)))
    return FALSE;
  ok = g_stat (path, &st) == 0;
  printf ("%d places in %d cities: %.1f s to write, %.1f MB\n", options->n_places, options->n_cities,
          (gdouble) (g_get_monotonic_time () - began) / 1e6, ok ? (gdouble) st.st_size / 1e6 : 0.0);
  ok = bench_searches (db, "nearest 200", options, random, make_nearest, error) &&
       bench_searches (db, "by name", options, random, make_named, error);
  g_clear_pointer (&db, trip_place_db_unref);
  if (options->keep == NULL)
    g_unlink (path);
  g_rmdir (folder);
  return ok;
}

/**
 * bench_atlas:
 * @argc: number of @argv
 * @argv: the command's name and its arguments
 *
 * Measures imports of the files named, then searches.
 *
 * Returns: an exit status: 2 for wrong arguments, 1 where something failed
 */
int
bench_atlas (int    argc,
             char **argv)
{
  Options options = { .n_places = 1000000, .n_cities = 500, .n_queries = 2000 };
  const GOptionEntry entries[] = {
    { "places", 0, 0, G_OPTION_ARG_INT, &options.n_places, "Made-up places (default 1000000; 0 for none)", "N" },
    { "cities", 0, 0, G_OPTION_ARG_INT, &options.n_cities, "Cities they lie in (default 500)", "N" },
    { "queries", 0, 0, G_OPTION_ARG_INT, &options.n_queries, "Searches of each kind (default 2000)", "N" },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &options.keep, "Make the database there, or take the one that is there", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("[FILE…]");
  g_autoptr(GError) error = NULL;
  gboolean ok = TRUE;

  g_option_context_set_summary (context, "Imports files, and searches a database of made-up places.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.n_places < 0 || options.n_cities < 1 ||
      options.n_queries < 1)
    {
      g_printerr ("tripbench: %s\n", error != NULL ? error->message : "numbers must be above 0");
      return 2;
    }
  for (int i = 1; i < argc && ok; i++)
    ok = bench_import (argv[i]);
  if (ok && options.n_places > 0 && !bench_made_up (&options, &error))
    {
      g_printerr ("tripbench: %s\n", error->message);
      ok = FALSE;
    }
  g_free (options.keep);
  return ok ? 0 : 1;
}
