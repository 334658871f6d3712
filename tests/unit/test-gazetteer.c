/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The bundled names, and namesakes, mistakes and additions.
 */
#include "providers/gazetteer/trip-gazetteer.h"

#include <gio/gio.h>
#include <string.h>

static void
test_bundled_names (void)
{
  static const struct { const char *asked; const char *name; const char *country; } cases[] = {
    { "tokyo", "Tokyo", "JP" }, { "TOKIO", "Tokyo", "JP" }, { "東京", "Tokyo", "JP" }, { "München", "Munich", "DE" },
    { "Firenze", "Florence", "IT" }, { "st louis", "St. Louis", "US" }, { "NYC", "New York", "US" },
      { "Santorini", "Santorini", "GR" },
    { "the netherlands", "Netherlands", "NL" }, { "France", "France", "FR" }, { "Sao Paulo", "Sao Paulo", "BR" },
      { "Paris", "Paris", "FR" },
    { "Paris, Texas", "Paris, Texas", "US" }, { "Georgia", "Georgia", "GE" },
  };
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TripGazetteerEntry *entry = trip_gazetteer_lookup (gazetteer, cases[i].asked, NULL);

      g_test_message ("%s", cases[i].asked);
      g_assert_nonnull (entry);
      g_assert_cmpstr (entry->name, ==, cases[i].name);
      g_assert_cmpstr (entry->country, ==, cases[i].country);
    }
  g_assert_null (trip_gazetteer_lookup (gazetteer, "Zzyzx", NULL));
  g_assert_null (trip_gazetteer_lookup (gazetteer, "", NULL));
  g_assert_null (trip_gazetteer_lookup (gazetteer, "AZ", NULL));
  g_assert_true (trip_gazetteer_lookup (gazetteer, "Nice", NULL)->ambiguous);
  g_assert_cmpuint (trip_gazetteer_longest_name (gazetteer), >=, 4);
}

static void
test_near (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  const TripGeo algarve = { 37.1, -8.5 };

  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "Lagos", NULL)->country, ==, "NG");
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "Lagos", &algarve)->country, ==, "PT");
}

static void
test_within (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();

  g_assert_cmpstr (trip_gazetteer_lookup_within (gazetteer, "phoenix", "az")->name, ==, "Phoenix");
  g_assert_cmpstr (trip_gazetteer_lookup_within (gazetteer, "london", "uk")->name, ==, "London");
  g_assert_cmpstr (trip_gazetteer_lookup_within (gazetteer, "naples", "florida")->country, ==, "US");
  g_assert_null (trip_gazetteer_lookup_within (gazetteer, "london", "france"));
  g_assert_null (trip_gazetteer_lookup_within (gazetteer, "italy", "france"));
}

static void
test_mistakes (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();

  g_assert_cmpstr (trip_gazetteer_lookup_fuzzy (gazetteer, "lodnon")->name, ==, "London");
  g_assert_cmpstr (trip_gazetteer_lookup_fuzzy (gazetteer, "Barcelna")->name, ==, "Barcelona");
  g_assert_cmpstr (trip_gazetteer_lookup_fuzzy (gazetteer, "los angelas")->name, ==, "Los Angeles");
  g_assert_null (trip_gazetteer_lookup_fuzzy (gazetteer, "Rme"));
  g_assert_null (trip_gazetteer_lookup_fuzzy (gazetteer, "qwertyuiop"));
}

static void
test_additions (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  const char * const names[] = { "浅草寺", "Asakusa Temple", NULL };
  const TripGazetteerEntry sight = { "Senso-ji", TRIP_PLACE_SIGHT, "JP", { 35.7148, 139.7967 }, 95, "Asia/Tokyo",
                                     "tokyo/senso-ji", FALSE };
  const TripGazetteerEntry city = { "Tokyo", TRIP_PLACE_CITY, "JP", { 35.68, 139.76 }, 14000000, "Asia/Tokyo", "tokyo",
                                    FALSE };
  const TripGazetteerEntry *found;

  trip_gazetteer_add (gazetteer, &sight, names);
  trip_gazetteer_add (gazetteer, &city, NULL);
  found = trip_gazetteer_lookup (gazetteer, "asakusa temple", NULL);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->atlas_id, ==, "tokyo/senso-ji");
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "浅草寺", NULL)->name, ==, "Senso-ji");
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "東京", NULL)->atlas_id, ==, "tokyo");
}

static void
test_bad_tables (void)
{
  static const char * const tables[] = {
    "city\tX\n", "planet\tX\tFR\t1\t1\t0\t\tno\t\n", "city\tX\tFR\t91\t1\t0\t\tno\t\n",
      "city\tX\tFR\tnorth\t1\t0\t\tno\t\n",
    "city\t\tFR\t1\t1\t0\t\tno\t\n", "city\tX\tFRA\t1\t1\t0\t\tno\t\n", "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
      g_autoptr(GBytes) bytes = g_bytes_new_static (tables[i], strlen (tables[i]));
      g_autoptr(GError) error = NULL;

      g_assert_false (trip_gazetteer_load (gazetteer, bytes, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_good_table (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  const char *table = "# a comment\n\ncity\tZzyzx\tUS\t35.1\t-116.1\t0\t\tno\tZyzx|Zzyx";
  g_autoptr(GBytes) bytes = g_bytes_new_static (table, strlen (table));
  g_autoptr(GError) error = NULL;

  trip_gazetteer_load (gazetteer, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "zyzx", NULL)->name, ==, "Zzyzx");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gazetteer/bundled", test_bundled_names);
  g_test_add_func ("/gazetteer/near", test_near);
  g_test_add_func ("/gazetteer/within", test_within);
  g_test_add_func ("/gazetteer/mistakes", test_mistakes);
  g_test_add_func ("/gazetteer/additions", test_additions);
  g_test_add_func ("/gazetteer/bad-tables", test_bad_tables);
  g_test_add_func ("/gazetteer/good-table", test_good_table);
  return g_test_run ();
}
