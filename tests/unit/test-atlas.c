/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The built atlas, and the place source in front of it.
 */
#include "providers/atlas/trip-atlas-source.h"
#include "trip/model/trip-error.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  TripAtlas *atlas;
  TripPlaceSource *source;
  guint n_found;
  GPtrArray *matches;
  gboolean ended;
  GError *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  fixture->atlas = trip_atlas_open (g_getenv ("TRIP_ATLAS"), &error);
  g_assert_no_error (error);
  fixture->source = TRIP_PLACE_SOURCE (trip_atlas_source_new (fixture->atlas));
}

/* A worker thread lets go of its source a moment after the caller has the answer. */
static void
unref_and_wait (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  while (g_atomic_pointer_get (&weak) != NULL)
    g_thread_yield ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->matches, g_ptr_array_unref);
  g_clear_error (&fixture->error);
  unref_and_wait (fixture->source);
  unref_and_wait (fixture->atlas);
}

static void
on_found (TripPoi  *poi,
          gpointer  user_data)
{
  ((Fixture *) user_data)->n_found++;
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->matches = trip_place_source_find_finish (TRIP_PLACE_SOURCE (source), result, &fixture->error);
  fixture->ended = TRUE;
}

static GPtrArray *
find_all (Fixture            *fixture,
          const char * const *names,
          guint               wanted,
          GPtrArray          *near,
          GCancellable       *cancellable)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();

  g_clear_pointer (&fixture->matches, g_ptr_array_unref);
  fixture->ended = FALSE;
  trip_place_source_find_async (fixture->source, trip_place_query_new (names, wanted, near != NULL ? near : nothing), on_found,
                                fixture, cancellable, on_ended, fixture);
  while (!fixture->ended)
    g_main_context_iteration (NULL, TRUE);
  return fixture->matches;
}

static const TripPlaceMatch *
find_as (Fixture      *fixture,
         const char   *name,
         guint         wanted,
         GPtrArray    *near,
         GCancellable *cancellable)
{
  const char * const names[] = { name, NULL };
  GPtrArray *matches = find_all (fixture, names, wanted, near, cancellable);

  return matches != NULL ? g_ptr_array_index (matches, 0) : NULL;
}

static const TripPlaceMatch *
find (Fixture      *fixture,
      const char   *name,
      GPtrArray    *near,
      GCancellable *cancellable)
{
  return find_as (fixture, name, 1, near, cancellable);
}

static void
test_not_wanted (Fixture       *fixture,
                 gconstpointer  unused)
{
  const TripPlaceMatch *match = find_as (fixture, "Japan", 0, NULL, NULL);

  /* What is to go is looked up, but not announced as found. */
  g_assert_cmpuint (match->pois->len, >, 0);
  g_assert_cmpuint (fixture->n_found, ==, 0);
}

static void
test_cities (Fixture       *fixture,
             gconstpointer  unused)
{
  static const char * const names[] = {
    "Tokyo", "Kyoto", "Osaka", "Paris", "London", "Rome", "Barcelona", "New York", "Lisbon", "Berlin", "Istanbul", "Bangkok",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const TripCity *city = trip_atlas_get_city (fixture->atlas, names[i]);
      g_autoptr(GPtrArray) pois = NULL;

      g_assert_nonnull (city);
      pois = trip_atlas_load_city (fixture->atlas, city->id, NULL, NULL);
      g_assert_cmpuint (pois->len, >=, 30);
      for (guint j = 0; j < pois->len; j++)
        {
          const TripPoi *poi = g_ptr_array_index (pois, j);

          g_assert_true (g_str_has_prefix (poi->id, "atlas:"));
          g_assert_nonnull (poi->opening_hours);
          g_assert_nonnull (poi->raw);
        }
    }
}

static void
test_city (Fixture       *fixture,
           gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "kyoto", NULL, NULL);

  g_assert_true (match->is_area);
  g_assert_cmpuint (match->pois->len, >=, 30);
  g_assert_cmpuint (fixture->n_found, ==, match->pois->len);
  match = find (fixture, "京都", NULL, NULL);
  g_assert_cmpuint (match->pois->len, >=, 30);
}

static void
test_sight (Fixture       *fixture,
            gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "eiffel tower", NULL, NULL);
  const TripPoi *poi;

  g_assert_false (match->is_area);
  g_assert_cmpuint (match->pois->len, ==, 1);
  poi = g_ptr_array_index (match->pois, 0);
  g_assert_true (poi->must_see);
  g_assert_cmpstr (poi->city, ==, "Paris");
}

static void
test_country (Fixture       *fixture,
              gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "Japan", NULL, NULL);

  g_assert_true (match->is_area);
  g_assert_cmpuint (match->pois->len, >=, 90);
  g_assert_cmpstr (((const TripPoi *) g_ptr_array_index (match->pois, 0))->city, ==, "Tokyo");
}

/* Many a city has a Plaza Mayor: the one beside the city that is named with it is meant, before or behind it. */
static void
test_namesakes (Fixture       *fixture,
                gconstpointer  unused)
{
  static const char * const cases[][3] = { { "Lima", "Plaza Mayor", NULL }, { "Plaza Mayor", "Madrid", NULL },
                                           { "Plaza Mayor", "Lima", NULL } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      guint sight = c == 0 ? 1 : 0;
      const TripPlaceMatch *match = g_ptr_array_index (find_all (fixture, cases[c], 2, NULL, NULL), sight);

      g_assert_cmpuint (match->pois->len, ==, 1);
      g_assert_cmpstr (((const TripPoi *) g_ptr_array_index (match->pois, 0))->city, ==, cases[c][1 - sight]);
    }
}

/* A state is wider than a day trip, and a region of several countries is in none of them. */
static void
test_wide_regions (Fixture       *fixture,
                   gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "California", NULL, NULL);
  gboolean north = FALSE, south = FALSE, elsewhere = FALSE;

  for (guint i = 0; i < match->pois->len; i++)
    {
      const char *city = ((const TripPoi *) g_ptr_array_index (match->pois, i))->city;

      north = north || g_strcmp0 (city, "San Francisco") == 0;
      south = south || g_strcmp0 (city, "Los Angeles") == 0;
      elsewhere = elsewhere || g_strcmp0 (city, "Las Vegas") == 0;
    }
  g_assert_true (north && south && !elsewhere);
  /* Nobody sees Umbria from Rome, which lies nearest. */
  match = find (fixture, "Umbria", NULL, NULL);
  g_assert_cmpuint (match->pois->len, ==, 0);
  g_assert_nonnull (strstr (match->explanation, "Rome"));
  g_assert_nonnull (strstr (match->explanation, "tripctl import"));
  g_assert_cmpuint (find (fixture, "Amalfi Coast", NULL, NULL)->pois->len, >, 0);
  match = find (fixture, "Southeast Asia", NULL, NULL);
  g_assert_cmpuint (match->pois->len, >, 0);
  for (guint i = 0; i < match->pois->len; i++)
    g_assert_cmpstr (((const TripPoi *) g_ptr_array_index (match->pois, i))->city, !=, "Hong Kong");
  match = find (fixture, "Scandinavia", NULL, NULL);
  g_assert_cmpuint (match->pois->len, >, 0);
  for (guint i = 0; i < match->pois->len; i++)
    {
      const char *city = ((const TripPoi *) g_ptr_array_index (match->pois, i))->city;

      g_assert_true (g_strcmp0 (city, "Stockholm") == 0 || g_strcmp0 (city, "Copenhagen") == 0 || g_strcmp0 (city, "Oslo") == 0);
    }
}

/* Of a country one thinks of the cities to which most go, not of the largest: of Venice before Milan and Naples. */
static void
test_countries (Fixture       *fixture,
                gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "Italy", NULL, NULL);
  g_autoptr(GHashTable) cities = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < match->pois->len; i++)
    g_hash_table_add (cities, ((TripPoi *) g_ptr_array_index (match->pois, i))->city);
  g_assert_cmpuint (g_hash_table_size (cities), ==, 3);
  g_assert_true (g_hash_table_contains (cities, "Rome"));
  g_assert_true (g_hash_table_contains (cities, "Venice"));
  g_assert_true (g_hash_table_contains (cities, "Florence"));
}

static void
test_known_without_places (Fixture       *fixture,
                           gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "Bergen", NULL, NULL);

  g_assert_cmpuint (match->pois->len, ==, 0);
  g_assert_nonnull (strstr (match->explanation, "Bergen"));
  g_assert_nonnull (strstr (match->explanation, "Oslo"));
}

static void
test_unknown (Fixture       *fixture,
              gconstpointer  unused)
{
  const TripPlaceMatch *match = find (fixture, "Xyzzyville", NULL, NULL);

  g_assert_cmpuint (match->pois->len, ==, 0);
  g_assert_nonnull (strstr (match->explanation, "Xyzzyville"));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (find (fixture, "Tokyo", NULL, cancellable));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_broken_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "trip-broken-atlas-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  gint fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_file_set_contents (path, "this is no database, but long enough to look at ............", -1, NULL));
  g_assert_null (trip_atlas_open (path, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (trip_atlas_open (path, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_close (fd, NULL);
}

#define ADD(path, func) g_test_add ("/atlas/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("cities", test_cities);
  ADD ("city", test_city);
  ADD ("sight", test_sight);
  ADD ("country", test_country);
  ADD ("wide-regions", test_wide_regions);
  ADD ("countries", test_countries);
  ADD ("namesakes", test_namesakes);
  ADD ("not-wanted", test_not_wanted);
  ADD ("known-without-places", test_known_without_places);
  ADD ("unknown", test_unknown);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/atlas/broken-file", test_broken_file);
  return g_test_run ();
}
