/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The gazetteer's table as it is: positions, time zones, countries, doubles; and, where there is one, beside a reference
 * table of cities.
 */
#include "providers/gazetteer/trip-gazetteer.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_M 25000.0

typedef struct {
  char *id;
  char *name;
  char country[3];
  TripGeo geo;
  gint64 population;
} City;

static void
city_free (gpointer data)
{
  City *city = data;

  g_free (city->id);
  g_free (city->name);
  g_free (city);
}

static char *
read_reference (const char *file)
{
  g_autofree char *root = g_path_get_dirname (g_test_get_dir (G_TEST_DIST));
  g_autofree char *beside = g_build_filename (root, "..", "shared", "data", "reference", NULL);
  const char *folder = g_getenv ("TRIP_REFERENCE_DATA") != NULL ? g_getenv ("TRIP_REFERENCE_DATA") : beside;
  g_autofree char *path = g_build_filename (folder, file, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_test_skip_printf ("%s is not there", path);
  return text;
}

static GHashTable *
read_cities (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GHashTable *cities = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, city_free);

  /* geonameid name asciiname country admin1 lat lon population timezone fcode */
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) columns = g_strsplit (lines[i], "\t", -1);
      City *city = g_new0 (City, 1);

      g_assert_cmpuint (g_strv_length (columns), >=, 9);
      city->id = g_strdup (columns[0]);
      city->name = g_strdup (columns[1]);
      g_strlcpy (city->country, columns[3], sizeof city->country);
      city->geo.lat = g_ascii_strtod (columns[5], NULL);
      city->geo.lng = g_ascii_strtod (columns[6], NULL);
      city->population = g_ascii_strtoll (columns[7], NULL, 10);
      g_hash_table_insert (cities, city->id, city);
    }
  return cities;
}

static gboolean
is_there (const TripGazetteerEntry *entry,
          const City               *city)
{
  return entry != NULL && trip_geo_distance_m (&entry->geo, &city->geo) <= NEAR_M;
}

static gboolean
is_listed_there (TripGazetteer *gazetteer,
                 const char    *name,
                 const City    *city)
{
  g_autoptr(GPtrArray) found = trip_gazetteer_search (gazetteer, name, &city->geo, 20);

  for (guint i = 0; i < found->len; i++)
    if (is_there (found->pdata[i], city))
      return TRUE;
  return FALSE;
}

static void
report (const char *what,
        guint       n,
        guint       total)
{
  g_test_message ("%s: %u of %u, %.2f %%", what, n, total, total > 0 ? 100.0 * n / total : 0.0);
}

/* Of namesakes only one can be meant by the name alone: it is asked for with the country as well. */
static void
test_reference_names (void)
{
  g_autofree char *text = read_reference ("cities.tsv");
  g_autoptr(TripGazetteer) gazetteer = NULL;
  g_autoptr(GHashTable) cities = NULL;
  g_autoptr(GHashTable) largest = NULL;
  GHashTableIter iter;
  gpointer value;
  guint n = 0;
  guint large = 0;
  guint known = 0;
  guint large_known = 0;
  guint meant = 0;
  guint names = 0;

  if (text == NULL)
    return;
  gazetteer = trip_gazetteer_new ();
  cities = read_cities (text);
  largest = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_iter_init (&iter, cities);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      City *city = value;
      City *other = g_hash_table_lookup (largest, city->name);
      gboolean there = is_listed_there (gazetteer, city->name, city);

      n++;
      known += there;
      large += city->population >= 100000;
      large_known += there && city->population >= 100000;
      if (other == NULL || other->population < city->population)
        g_hash_table_replace (largest, city->name, city);
    }
  g_hash_table_iter_init (&iter, largest);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const City *city = value;

      if (city->population < 100000)
        continue;
      names++;
      meant += is_there (trip_gazetteer_lookup (gazetteer, city->name, NULL), city);
    }
  report ("towns of the reference within 25 km", known, n);
  report ("of 100,000 people and more", large_known, large);
  report ("largest of its name (100,000 and more) meant by the name alone", meant, names);
  /* The reference has suburbs and transcriptions that the packages have not. */
  g_assert_cmpuint (known * 100, >=, n * 85);
  g_assert_cmpuint (large_known * 100, >=, large * 90);
  g_assert_cmpuint (meant * 100, >=, names * 88);
}

static gboolean
is_text (const char *name)
{
  /* Codes of airports, and words of one or two letters, are no names. */
  return g_utf8_strlen (name, -1) >= 3 && !(strlen (name) == 3 && g_ascii_isupper (name[0]) && g_ascii_isupper (name[1]));
}

static void
test_reference_alternates (void)
{
  g_autofree char *text = read_reference ("cities.tsv");
  g_autofree char *alternates = text != NULL ? read_reference ("cities_alt.tsv") : NULL;
  g_autoptr(TripGazetteer) gazetteer = NULL;
  g_autoptr(GHashTable) cities = NULL;
  g_auto(GStrv) lines = NULL;
  guint n = 0;
  guint known = 0;
  guint great = 0;
  guint great_known = 0;

  if (alternates == NULL)
    return;
  gazetteer = trip_gazetteer_new ();
  cities = read_cities (text);
  lines = g_strsplit (alternates, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) columns = g_strsplit (lines[i], "\t", 2);
      const City *city = g_hash_table_lookup (cities, columns[0]);
      g_auto(GStrv) names = g_strsplit (columns[1], "|", -1);

      for (char **name = names; *name != NULL && city != NULL; name++)
        {
          gboolean there;

          if (!is_text (*name))
            continue;
          there = is_there (trip_gazetteer_lookup (gazetteer, *name, &city->geo), city);
          n++;
          known += there;
          great += city->population >= 1000000;
          great_known += there && city->population >= 1000000;
        }
    }
  report ("alternate names of the reference within 25 km", known, n);
  report ("of cities of a million and more", great_known, great);
  g_assert_cmpuint (known * 100, >=, n * 35);
}

static gboolean
zone_is_known (const char *zone)
{
  g_autoptr(GTimeZone) known = g_time_zone_new_identifier (zone);

  return known != NULL;
}

static void
test_table (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  g_autoptr(GHashTable) zones = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) countries = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint by_kind[4] = { 0 };
  guint listed_regions = 0;

  for (guint i = 0; i < trip_gazetteer_get_n_places (gazetteer); i++)
    {
      const TripGazetteerEntry *place = trip_gazetteer_get_place (gazetteer, i);
      g_autofree char *key = g_strdup_printf ("%s/%s/%d/%.1f/%.1f", place->name, place->country, place->kind,
                                              place->geo.lat, place->geo.lng);

      g_assert_cmpstr (place->name, !=, "");
      g_assert_true (g_utf8_validate (place->name, -1, NULL));
      g_assert_cmpfloat (ABS (place->geo.lat), <=, 90);
      g_assert_cmpfloat (ABS (place->geo.lng), <=, 180);
      g_assert_true (place->geo.lat != 0 || place->geo.lng != 0);
      if (!g_hash_table_contains (zones, place->timezone))
        {
          g_test_message ("%s: %s", place->name, place->timezone);
          g_assert_true (zone_is_known (place->timezone));
          g_hash_table_add (zones, (gpointer) place->timezone);
        }
      g_assert_true (place->country[0] == '\0' || strlen (place->country) == 2);
      if (place->kind == TRIP_PLACE_COUNTRY)
        g_assert_true (g_hash_table_add (countries, (gpointer) place->country));
      else if (place->kind == TRIP_PLACE_REGION)
        {
          g_test_message ("%s", place->name);
          g_assert_cmpuint (place->extent_km, >, 0);
          listed_regions += !place->obscure;
        }
      by_kind[place->kind]++;
      g_test_message ("%s", key);
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&key)));
    }
  g_test_message ("%u cities, %u regions (%u of our own table), %u countries", by_kind[0], by_kind[1], listed_regions,
                  by_kind[2]);
  g_assert_cmpuint (by_kind[TRIP_PLACE_CITY], >=, 20000);
  g_assert_cmpuint (listed_regions, >=, 400);
  g_assert_cmpuint (by_kind[TRIP_PLACE_COUNTRY], >=, 200);
  for (guint i = 0; i < trip_gazetteer_get_n_places (gazetteer); i++)
    {
      const TripGazetteerEntry *place = trip_gazetteer_get_place (gazetteer, i);

      /* City states are on file as cities, and Antarctica is no country. */
      if (place->country[0] == '\0' || strstr (" SG MO VA GI AQ ", place->country) != NULL)
        continue;
      g_test_message ("%s, %s", place->name, place->country);
      g_assert_true (g_hash_table_contains (countries, place->country));
    }
}

/* The middle of a region lies no farther from its country's towns than it reaches; what has no town near says so here. */
static void
test_regions_in_countries (void)
{
  static const char * const far_from_towns[] = {
    "Antarctica", "Sahara", "Great Barrier Reef",
    /* Islands of the open sea. */
    "Socotra", "Galapagos", "Easter Island", "Fernando de Noronha", "Rodrigues", "Lord Howe Island", "Rangiroa",
    "Marquesas Islands",
    /* Desert and ice. */
    "Uluru", "Ilulissat", NULL
  };
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  guint n = trip_gazetteer_get_n_places (gazetteer);
  guint n_far = 0;

  for (guint i = 0; i < n; i++)
    {
      const TripGazetteerEntry *region = trip_gazetteer_get_place (gazetteer, i);
      gdouble nearest = G_MAXDOUBLE;

      if (region->kind != TRIP_PLACE_REGION || region->country[0] == '\0' || g_strv_contains (far_from_towns, region->name))
        continue;
      for (guint k = 0; k < n; k++)
        {
          const TripGazetteerEntry *city = trip_gazetteer_get_place (gazetteer, k);

          if (city->kind == TRIP_PLACE_CITY && strcmp (city->country, region->country) == 0)
            nearest = MIN (nearest, trip_geo_distance_m (&city->geo, &region->geo));
        }
      if (nearest == G_MAXDOUBLE)
        continue;
      n_far += nearest > region->extent_km * 1000.0 + 300000;
      if (nearest > region->extent_km * 1000.0 + 300000)
        g_test_message ("%s, %s: the nearest town is %.0f km away", region->name, region->country, nearest / 1000);
    }
  g_assert_cmpuint (n_far, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gazetteer-data/table", test_table);
  g_test_add_func ("/gazetteer-data/regions-in-countries", test_regions_in_countries);
  g_test_add_func ("/gazetteer-data/reference-names", test_reference_names);
  g_test_add_func ("/gazetteer-data/reference-alternates", test_reference_alternates);
  return g_test_run ();
}
