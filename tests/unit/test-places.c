/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Imported places: what is found, in which order, and what is one place.
 */
#include "providers/places/trip-merged-source.h"
#include "providers/places/trip-place-likeness.h"
#include "providers/places/trip-place-search.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  gint64 id;
  gdouble lat;
  gdouble lng;
  const char *tags;
} Made;

/* "key=value|key=value" */
static TripPlaceRecord *
make_record (const Made *made)
{
  g_auto(GStrv) parts = g_strsplit (made->tags, "|", -1);
  guint n = g_strv_length (parts);
  g_autofree TripOsmTag *tags = g_new0 (TripOsmTag, n);
  const TripGeo geo = { made->lat, made->lng };

  for (guint i = 0; i < n; i++)
    {
      char *equals = strchr (parts[i], '=');

      *equals = '\0';
      tags[i] = (TripOsmTag) { parts[i], equals + 1 };
    }
  return trip_place_record_new_osm (TRIP_OSM_NODE, made->id, &geo, 0.0, tags, n);
}

static TripPlaceDb *
make_db (const Made *made,
         guint       n)
{
  g_autoptr(GError) error = NULL;
  TripPlaceDb *db = trip_place_db_create (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (trip_place_db_begin (db, NULL, &error));
  g_assert_true (trip_place_db_begin_region (db, "Made Up", "osm", "the credit", "made.osm", &error));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TripPlaceRecord) record = make_record (&made[i]);

      g_assert_true (trip_place_db_add (db, record, &error));
    }
  g_assert_true (trip_place_db_end_region (db, NULL, &error));
  g_assert_true (trip_place_db_commit (db, &error));
  g_assert_no_error (error);
  return db;
}

static const Made town[] = {
  { 1, 10.000, 20.000, "tourism=museum|name=Musée d’Orsy|name:en=Orsy Museum|wikidata=Q1|opening_hours=Tu-Su 10:00-18:00" },
  { 2, 10.001, 20.000, "amenity=restaurant|name=Café Müller|cuisine=seafood|opening_hours=Mo-Su 11:00-23:00" },
  { 3, 10.002, 20.000, "tourism=hotel|name=Hotel Orsy|stars=5" },
  { 4, 10.003, 20.000, "amenity=bench|name=Orsy Bench" },
  { 5, 10.004, 20.000, "highway=bus_stop|name=Orsy" },
  { 6, 10.005, 20.000, "tourism=attraction|name=浅草寺|name:en=Senso-ji|wikidata=Q2|heritage=1|wikipedia=ja:浅草寺" },
  { 7, 10.006, 20.000, "tourism=museum|name=東京国立博物館|wheelchair=yes" },
  { 8, 10.007, 20.000, "amenity=pharmacy|name=Orsy Pharmacy" },
  { 9, 10.008, 20.000, "tourism=artwork|name=Orsy" },
  { 10, 10.009, 20.000, "amenity=restaurant|name=Zum Anker" },
  { 11, -17.0, 179.99, "tourism=viewpoint|name=Date Line West" },
  { 12, -17.0, -179.99, "tourism=viewpoint|name=Date Line East" },
  { 13, 89.95, 0.0, "tourism=viewpoint|name=Pole One" },
  { 14, 89.95, 180.0, "tourism=viewpoint|name=Pole Two" },
};

/* The names of what is found, joined. */
static char *
find (TripPlaceDb           *db,
      const TripPlaceSearch *search)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = trip_place_db_search (db, search, NULL, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", ((const TripPlaceHit *) g_ptr_array_index (hits, i))->poi->name);
  return g_string_free (names, FALSE);
}

static void
assert_found (TripPlaceDb           *db,
              const TripPlaceSearch *search,
              const char            *expected)
{
  g_autofree char *names = find (db, search);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_names (void)
{
  g_autoptr(TripPlaceDb) db = make_db (town, G_N_ELEMENTS (town));
  static const char * const cases[][2] = {
    { "musee d'orsy", "Orsy Museum" },
    { "MUSEE", "Orsy Museum" },
    { "mus", "Orsy Museum" },
    { "cafe mull", "Café Müller" },
    { "senso-ji", "Senso-ji" },
    { "浅草寺", "Senso-ji" },
    { "草寺", "Senso-ji" },
    { "草", "Senso-ji" },
    { "国立", "東京国立博物館" },
    { "立国", "" },
    { "博", "東京国立博物館" },
    { "bench", "" },
    { "nowhere", "" },
    { "", "" },
    { "\"*'; -- (", "" },
    { "orsy OR NOT", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (db, &(TripPlaceSearch) { .name = cases[i][0] }, cases[i][1]);
  /* Called just so comes first, then the better known; never the bench or the bus stop. */
  assert_found (db, &(TripPlaceSearch) { .name = "Orsy" }, "Orsy|Orsy Museum|Hotel Orsy");
  assert_found (db, &(TripPlaceSearch) { .name = "Orsy", .types = 1 << TRIP_PLACE_TYPE_SERVICE }, "Orsy Pharmacy");
}

static void
test_nearness (void)
{
  g_autoptr(TripPlaceDb) db = make_db (town, G_N_ELEMENTS (town));
  TripPlaceSearch search = {
    .has_position = TRUE, .position = { 10.0081, 20.0 }, .order = TRIP_PLACE_ORDER_NEAREST, .limit = 3,
  };

  assert_found (db, &search, "Orsy|Zum Anker|東京国立博物館");
  search.types = 1 << TRIP_PLACE_TYPE_RESTAURANT;
  assert_found (db, &search, "Zum Anker|Café Müller");
  search.radius_m = 500;
  assert_found (db, &search, "Zum Anker");
  search = (TripPlaceSearch) { .has_position = TRUE, .position = { 10.0, 20.0 }, .radius_m = 5000, .types = 1, .limit = 2 };
  assert_found (db, &search, "Senso-ji|Orsy Museum");
  /* Around the date line and over the pole. */
  search = (TripPlaceSearch) {
    .has_position = TRUE, .position = { -17.0, 179.995 }, .order = TRIP_PLACE_ORDER_NEAREST, .radius_m = 5000,
  };
  assert_found (db, &search, "Date Line West|Date Line East");
  search.position = (TripGeo) { 89.96, 1.0 };
  search.radius_m = 20000;
  assert_found (db, &search, "Pole One|Pole Two");
}

static void
test_filters (void)
{
  g_autoptr(TripPlaceDb) db = make_db (town, G_N_ELEMENTS (town));
  const char *unesco[] = { "unesco", NULL };
  const char *seafood[] = { "seafood", "food", NULL };
  TripPlaceSearch search = { .tags = unesco };

  assert_found (db, &search, "Senso-ji");
  search.tags = seafood;
  assert_found (db, &search, "Café Müller");
  search = (TripPlaceSearch) { .has_box = TRUE, .south = 9.9995, .west = 19.9, .north = 10.0015, .east = 20.1 };
  assert_found (db, &search, "Orsy Museum|Café Müller");
  search = (TripPlaceSearch) { .has_box = TRUE, .south = -18, .west = 179, .north = -16, .east = -179, .limit = 5 };
  assert_found (db, &search, "Date Line West|Date Line East");
  /* Mondays the museum is closed; of the Anker nobody knows. */
  search = (TripPlaceSearch) { .open_at = TRUE, .minute = 12 * 60, .types = 1 << TRIP_PLACE_TYPE_RESTAURANT };
  g_date_set_dmy (&search.day, 12, G_DATE_APRIL, 2027);
  assert_found (db, &search, "Café Müller");
  search.types = 1 << TRIP_PLACE_TYPE_SIGHT;
  search.name = "orsy museum";
  assert_found (db, &search, "");
  g_date_set_dmy (&search.day, 13, G_DATE_APRIL, 2027);
  assert_found (db, &search, "Orsy Museum");
  assert_found (db, &(TripPlaceSearch) { .name = "anker", .region = "made up" }, "Zum Anker");
  assert_found (db, &(TripPlaceSearch) { .name = "anker", .region = "elsewhere" }, "");
}

static void
test_what_a_place_says (void)
{
  g_autoptr(TripPlaceDb) db = make_db (town, G_N_ELEMENTS (town));
  const TripPlaceSearch search = { .name = "浅草寺" };
  g_autoptr(GPtrArray) hits = trip_place_db_search (db, &search, NULL, NULL);
  const TripPlaceHit *hit = g_ptr_array_index (hits, 0);
  g_autoptr(TripJson) json = NULL;
  g_autoptr(GBytes) text = NULL;
  TripJsonBuilder builder;
  const char *value;

  g_assert_cmpstr (hit->poi->id, ==, "osm:n6");
  g_assert_cmpstr (hit->poi->source, ==, "osm");
  g_assert_cmpstr (hit->poi->attribution, ==, "the credit");
  g_assert_cmpstr (hit->region, ==, "Made Up");
  g_assert_cmpint (hit->poi->popularity, >, 70);
  trip_json_builder_init (&builder);
  trip_poi_write (hit->poi, NULL, &builder);
  text = trip_json_builder_end (&builder);
  json = trip_json_parse (text, 1 << 20, NULL);
  g_assert_nonnull (json);
  g_assert_true (trip_json_node_get_string (trip_json_get_root (json), "wikidata", TRUE, &value, NULL));
  g_assert_cmpstr (value, ==, "Q2");
  g_assert_true (trip_json_node_get_string (trip_json_get_root (json), "local_name", TRUE, &value, NULL));
  g_assert_cmpstr (value, ==, "浅草寺");
}

static void
test_cancel (void)
{
  g_autoptr(TripPlaceDb) db = make_db (town, G_N_ELEMENTS (town));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  const TripPlaceSearch search = { .name = "orsy" };

  g_cancellable_cancel (cancellable);
  g_assert_null (trip_place_db_search (db, &search, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static TripPoi *
make_poi (const char  *name,
          gdouble      lat,
          TripPoiType  type,
          const char  *wikidata)
{
  TripPoi *poi = trip_poi_new (name);

  poi->geo = (TripGeo) { lat, 20.0 };
  poi->type = type;
  poi->wikidata = g_strdup (wikidata);
  return poi;
}

/* Metres north of the first. */
static gboolean
are_alike (const char  *a,
           const char  *item_a,
           const char  *b,
           const char  *item_b,
           TripPoiType  type,
           gdouble      metres)
{
  g_autoptr(TripPoi) one = make_poi (a, 10.0, type, item_a);
  g_autoptr(TripPoi) two = make_poi (b, 10.0 + metres / 111195.0, type, item_b);

  g_assert_cmpint (trip_place_is_alike (one, two), ==, trip_place_is_alike (two, one));
  return trip_place_is_alike (one, two);
}

static void
test_likeness (void)
{
  g_assert_true (are_alike ("Louvre Museum", NULL, "Musée du Louvre", NULL, TRIP_POI_SIGHT, 100));
  g_assert_true (are_alike ("Sacré-Cœur", NULL, "Sacre Coeur", NULL, TRIP_POI_SIGHT, 30));
  g_assert_true (are_alike ("Eiffel Tower", "Q243", "Tour Eiffel", "Q243", TRIP_POI_SIGHT, 400));
  g_assert_false (are_alike ("Louvre", "Q1", "Louvre", "Q2", TRIP_POI_SIGHT, 10));
  g_assert_false (are_alike ("Louvre", "Q1", "Louvre", "Q1", TRIP_POI_SIGHT, 50000));
  g_assert_true (are_alike ("Grand Park", NULL, "Grand Park", NULL, TRIP_POI_SIGHT, 500));
  g_assert_false (are_alike ("Starbucks", NULL, "Starbucks", NULL, TRIP_POI_RESTAURANT, 400));
  g_assert_true (are_alike ("Starbucks", NULL, "Starbucks", NULL, TRIP_POI_RESTAURANT, 40));
  g_assert_false (are_alike ("Musée d'Orsay", NULL, "Musée Rodin", NULL, TRIP_POI_SIGHT, 30));
  g_assert_false (are_alike ("Hotel Adlon", NULL, "Hotel Savoy", NULL, TRIP_POI_LODGE, 10));
}

static void
test_likeness_of_other_names (void)
{
  g_autoptr(TripPoi) curated = make_poi ("Senso-ji", 10.0, TRIP_POI_SIGHT, NULL);
  g_autoptr(TripPoi) mapped = make_poi ("浅草寺", 10.001, TRIP_POI_SIGHT, NULL);
  g_autoptr(TripPoi) eatery = make_poi ("Senso-ji", 10.0, TRIP_POI_RESTAURANT, NULL);

  g_assert_false (trip_place_is_alike (curated, mapped));
  mapped->names = g_strdup ("浅 草 寺 " TRIP_PLACE_NAME_BORDER " senso ji");
  g_assert_true (trip_place_is_alike (curated, mapped));
  g_assert_false (trip_place_is_alike (curated, eatery));
}

/* A source of made-up places that answers when it is told to. */
#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GObject)

struct _TestSource {
  GObject parent_instance;

  GPtrArray *pois;
  gboolean is_area;
  gboolean fails;
  GTask *task;
};

static void
test_source_find_async (TripPlaceSource     *source,
                        TripPlaceQuery      *query,
                        TripPlaceFoundFunc   found,
                        gpointer             found_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  TestSource *self = TEST_SOURCE (source);

  self->task = g_task_new (source, cancellable, callback, user_data);
  trip_place_query_free (query);
}

static GPtrArray *
test_source_find_finish (TripPlaceSource  *source,
                         GAsyncResult     *result,
                         GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_source_iface_init (TripPlaceSourceInterface *iface)
{
  iface->find_async = test_source_find_async;
  iface->find_finish = test_source_find_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSource, test_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, test_source_iface_init))

static void
test_source_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_SOURCE (object)->pois);
  G_OBJECT_CLASS (test_source_parent_class)->finalize (object);
}

static void
test_source_class_init (TestSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_source_finalize;
}

static void
test_source_init (TestSource *self)
{
  self->pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  self->is_area = TRUE;
}

static void
test_source_answer (TestSource *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_match_free);
  TripPlaceMatch *match = trip_place_match_new ("Town");

  match->is_area = self->is_area && self->pois->len > 0;
  if (self->pois->len == 0)
    match->explanation = g_strdup ("nothing here");
  for (guint i = 0; i < self->pois->len; i++)
    g_ptr_array_add (match->pois, trip_poi_ref (g_ptr_array_index (self->pois, i)));
  g_ptr_array_add (matches, match);
  if (self->fails)
    {
      g_ptr_array_unref (matches);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "out of order");
    }
  else
    {
      g_task_return_pointer (task, matches, (GDestroyNotify) g_ptr_array_unref);
    }
}

typedef struct {
  TestSource *sources[2];
  TripMergedSource *merged;
  GString *found;
  GPtrArray *matches;
  GError *error;
  gboolean done;
} Fixture;

static void
on_found (TripPoi  *poi,
          gpointer  user_data)
{
  Fixture *self = user_data;

  g_string_append_printf (self->found, "%s;", poi->name);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *self = user_data;

  self->matches = trip_place_source_find_finish (TRIP_PLACE_SOURCE (source), result, &self->error);
  self->done = TRUE;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
start (Fixture      *self,
       GCancellable *cancellable)
{
  const char *names[] = { "Town", NULL };
  g_autoptr(GPtrArray) near = g_ptr_array_new ();

  self->merged = trip_merged_source_new (TRIP_PLACE_SOURCE (self->sources[0]));
  trip_merged_source_add (self->merged, TRIP_PLACE_SOURCE (self->sources[1]));
  trip_place_source_find_async (TRIP_PLACE_SOURCE (self->merged), trip_place_query_new (names, 1, near), on_found, self,
                                cancellable, on_done, self);
}

static void
fixture_init (Fixture       *self,
              gconstpointer  data)
{
  *self = (Fixture) { .found = g_string_new (NULL) };
  for (guint i = 0; i < 2; i++)
    self->sources[i] = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_ptr_array_add (self->sources[0]->pois, make_poi ("Louvre Museum", 10.0, TRIP_POI_SIGHT, NULL));
  g_ptr_array_add (self->sources[1]->pois, make_poi ("Musée du Louvre", 10.0005, TRIP_POI_SIGHT, NULL));
  g_ptr_array_add (self->sources[1]->pois, make_poi ("Zoo", 10.01, TRIP_POI_SIGHT, NULL));
}

static void
fixture_clear (Fixture       *self,
               gconstpointer  data)
{
  g_string_free (self->found, TRUE);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_assert_finalize_object (self->merged);
  g_assert_finalize_object (self->sources[0]);
  g_assert_finalize_object (self->sources[1]);
}

static void
test_merge (Fixture       *self,
            gconstpointer  data)
{
  const TripPlaceMatch *match;

  start (self, NULL);
  /* The second answers first: its places wait, since the first decides which version counts. */
  test_source_answer (self->sources[1]);
  settle ();
  g_assert_cmpstr (self->found->str, ==, "");
  g_assert_false (self->done);
  test_source_answer (self->sources[0]);
  settle ();
  g_assert_true (self->done);
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->found->str, ==, "Louvre Museum;Zoo;");
  match = g_ptr_array_index (self->matches, 0);
  g_assert_cmpuint (match->pois->len, ==, 2);
}

static void
test_merge_one_at_a_time (Fixture       *self,
                          gconstpointer  data)
{
  start (self, NULL);
  test_source_answer (self->sources[0]);
  settle ();
  g_assert_cmpstr (self->found->str, ==, "Louvre Museum;");
  g_assert_false (self->done);
  test_source_answer (self->sources[1]);
  settle ();
  g_assert_cmpstr (self->found->str, ==, "Louvre Museum;Zoo;");
}

static void
test_merge_with_failure (Fixture       *self,
                         gconstpointer  data)
{
  self->sources[0]->fails = TRUE;
  start (self, NULL);
  test_source_answer (self->sources[0]);
  test_source_answer (self->sources[1]);
  settle ();
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->found->str, ==, "Musée du Louvre;Zoo;");
}

static void
test_merge_of_failures (Fixture       *self,
                        gconstpointer  data)
{
  self->sources[0]->fails = self->sources[1]->fails = TRUE;
  start (self, NULL);
  test_source_answer (self->sources[0]);
  test_source_answer (self->sources[1]);
  settle ();
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_merge_cancelled (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  start (self, cancellable);
  test_source_answer (self->sources[0]);
  settle ();
  g_cancellable_cancel (cancellable);
  test_source_answer (self->sources[1]);
  settle ();
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/places/search/names", test_names);
  g_test_add_func ("/places/search/nearness", test_nearness);
  g_test_add_func ("/places/search/filters", test_filters);
  g_test_add_func ("/places/search/what-a-place-says", test_what_a_place_says);
  g_test_add_func ("/places/search/cancel", test_cancel);
  g_test_add_func ("/places/likeness", test_likeness);
  g_test_add_func ("/places/likeness/other-names", test_likeness_of_other_names);
  g_test_add ("/places/merge", Fixture, NULL, fixture_init, test_merge, fixture_clear);
  g_test_add ("/places/merge/one-at-a-time", Fixture, NULL, fixture_init, test_merge_one_at_a_time, fixture_clear);
  g_test_add ("/places/merge/failure", Fixture, NULL, fixture_init, test_merge_with_failure, fixture_clear);
  g_test_add ("/places/merge/failures", Fixture, NULL, fixture_init, test_merge_of_failures, fixture_clear);
  g_test_add ("/places/merge/cancelled", Fixture, NULL, fixture_init, test_merge_cancelled, fixture_clear);

  return g_test_run ();
}
