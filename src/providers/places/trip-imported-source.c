/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Answers what a request names out of imported regions: a region by its name, a city that the gazetteer knows by what lies
 * around it, a place by its own name. Searches run in a worker thread; places are reported in the caller's main context.
 */
#include "providers/places/trip-imported-source.h"

#include "language/trip-text.h"
#include "providers/places/trip-place-likeness.h"
#include "providers/places/trip-place-search.h"
#include "trip/model/trip-currency.h"
#include "trip/pipeline/trip-place-lookup.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* What a city of so many days as a trip has could use; more only makes the answer heavy. */
typedef struct {
  guint sights;
  guint restaurants;
  guint lodges;
} Amount;

static const Amount of_a_city = { 90, 60, 30 };
static const Amount of_one_among_many = { 40, 24, 12 };

/* A city reaches farther the more people live there: this far with 10,000. */
#define SMALL_CITY_M 2300.0
#define NEAREST_EDGE_M 4000.0
#define FARTHEST_EDGE_M 25000.0
#define UNKNOWN_CITY_M 8000.0
#define REGION_RADIUS_M 40000.0

/* A region wider than this is no place to stay in one bed: one sees its cities, or else its best-known spot. */
#define WIDEST_STAY_M 60000.0

/* So many cities of a wide region; one this near to another is seen from there. */
#define MAX_CITIES_OF_AREA 5
#define CITIES_APART_M 20000.0

/* A place that is named alone is looked for this far from the rest of the trip first. */
#define NEARBY_M 60000.0

/* Fewer are no city: the extract only touches it. */
#define FEWEST_SIGHTS 1
#define FEWEST_SIGHTS_AMONG_MANY 3

typedef struct {
  char *path;
  TripPlaceDb *db;
  guint64 inode;
} Store;

struct _TripImportedSource {
  GObject parent_instance;

  GPtrArray *stores;
  GMutex lock;
  TripGazetteer *gazetteer;
};

static void trip_imported_source_iface_init (TripPlaceSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripImportedSource, trip_imported_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, trip_imported_source_iface_init))

static void
store_free (Store *store)
{
  g_clear_pointer (&store->db, trip_place_db_unref);
  g_free (store->path);
  g_free (store);
}

/* The database as it is now: one may come, go or be replaced while the service runs. %NULL without error where none is. */
static TripPlaceDb *
open_store (TripImportedSource *self,
            Store              *store,
            GError            **error)
{
  TripPlaceDb *db = NULL;
  GStatBuf st;

  g_mutex_lock (&self->lock);
  if (g_stat (store->path, &st) != 0)
    {
      g_clear_pointer (&store->db, trip_place_db_unref);
    }
  else
    {
      if (store->db != NULL && store->inode != (guint64) st.st_ino)
        g_clear_pointer (&store->db, trip_place_db_unref);
      if (store->db == NULL)
        store->db = trip_place_db_open (store->path, error);
      store->inode = (guint64) st.st_ino;
    }
  if (store->db != NULL)
    db = trip_place_db_ref (store->db);
  g_mutex_unlock (&self->lock);
  return db;
}

/* How far from its centre what belongs to a place of the gazetteer may be. */
static gdouble
reach_of (const TripGazetteerEntry *entry)
{
  if (entry->kind != TRIP_PLACE_CITY)
    return REGION_RADIUS_M;
  if (entry->population <= 0)
    return UNKNOWN_CITY_M;
  return CLAMP (SMALL_CITY_M * pow ((gdouble) entry->population / 10000.0, 0.4), NEAREST_EDGE_M, FARTHEST_EDGE_M);
}

/* Makes a hit a place of the trip: of which city, paid how. */
static TripPoi *
settle (const TripPoi *found,
        const char    *city,
        const char    *country)
{
  TripPoi *poi = trip_poi_copy (found);
  const char *currency = trip_currency_of_country (country);

  g_free (poi->city);
  poi->city = g_strdup (city);
  if (poi->currency[0] == '\0')
    g_strlcpy (poi->currency, currency != NULL ? currency : "USD", sizeof poi->currency);
  return poi;
}

static gboolean
append_type (TripPlaceMatch   *match,
             TripPlaceDb      *db,
             TripPlaceSearch  *search,
             TripPlaceType     type,
             guint             limit,
             const char       *city,
             const char       *country,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr(GPtrArray) hits = NULL;
  guint n = 0;

  search->types = 1u << type;
  /* Some are there twice, as a point and as an outline. */
  search->limit = limit + limit / 2;
  hits = trip_place_db_search (db, search, cancellable, error);
  for (guint i = 0; hits != NULL && i < hits->len && n < limit; i++)
    {
      const TripPlaceHit *hit = g_ptr_array_index (hits, i);
      g_autoptr(TripPoi) poi = settle (hit->poi, city, country);
      guint before = match->pois->len;

      trip_place_add_unlike (match->pois, poi);
      n += match->pois->len - before;
    }
  return hits != NULL;
}

static gboolean
append_around (TripPlaceMatch   *match,
               TripPlaceDb      *db,
               TripPlaceSearch  *search,
               const Amount     *amount,
               guint             fewest,
               const char       *city,
               const char       *country,
               GCancellable     *cancellable,
               GError          **error)
{
  guint before = match->pois->len;

  if (!append_type (match, db, search, TRIP_PLACE_TYPE_SIGHT, amount->sights, city, country, cancellable, error))
    return FALSE;
  if (match->pois->len - before < fewest)
    {
      g_ptr_array_set_size (match->pois, (gint) before);
      return TRUE;
    }
  return append_type (match, db, search, TRIP_PLACE_TYPE_RESTAURANT, amount->restaurants, city, country, cancellable,
                      error) &&
         append_type (match, db, search, TRIP_PLACE_TYPE_LODGE, amount->lodges, city, country, cancellable, error);
}

static gboolean
is_wide (const TripGazetteerEntry *entry)
{
  return (entry->kind == TRIP_PLACE_REGION || entry->kind == TRIP_PLACE_COUNTRY) &&
         entry->extent_km * 2000.0 > WIDEST_STAY_M;
}

/* The cities of a country or wide region, the best known first, those that have places; none is no error. */
static gboolean
append_cities (TripPlaceMatch           *match,
               TripPlaceDb              *db,
               TripGazetteer            *gazetteer,
               const TripGazetteerEntry *area,
               const char               *region,
               GCancellable             *cancellable,
               GError                  **error)
{
  g_autoptr(GPtrArray) cities = trip_gazetteer_list_cities (gazetteer, area);
  const TripGazetteerEntry *taken[MAX_CITIES_OF_AREA];
  guint n = 0;

  for (guint i = 0; i < cities->len && n < MAX_CITIES_OF_AREA; i++)
    {
      const TripGazetteerEntry *city = g_ptr_array_index (cities, i);
      TripPlaceSearch search = { .region = region, .has_position = TRUE, .position = city->geo, .radius_m = reach_of (city) };
      guint before = match->pois->len;
      gboolean apart = TRUE;

      for (guint k = 0; k < n; k++)
        apart &= trip_geo_distance_m (&taken[k]->geo, &city->geo) >= CITIES_APART_M;
      if (!apart)
        continue;
      if (!append_around (match, db, &search, &of_one_among_many, FEWEST_SIGHTS_AMONG_MANY, city->name, city->country,
                          cancellable, error))
        return FALSE;
      if (match->pois->len > before)
        taken[n++] = city;
    }
  return TRUE;
}

static const TripPlaceRegion *
find_region (GPtrArray  *regions,
             const char *name)
{
  for (guint i = 0; i < regions->len; i++)
    {
      const TripPlaceRegion *region = g_ptr_array_index (regions, i);

      if (region->n_places > 0 && trip_text_equal_folded (region->name, name))
        return region;
    }
  return NULL;
}

/* A region that was imported under the name: all of it; where it is wide, its cities, or what lies around its best-known
 * sight. */
static gboolean
append_region (TripPlaceMatch           *match,
               TripPlaceDb              *db,
               TripGazetteer            *gazetteer,
               const TripPlaceRegion    *region,
               const TripGazetteerEntry *entry,
               GCancellable             *cancellable,
               GError                  **error)
{
  const TripGeo corners[2] = { { region->south, region->west }, { region->north, region->east } };
  gdouble width = trip_geo_distance_m (&corners[0], &corners[1]);
  TripPlaceSearch search = { .region = region->name };

  match->is_area = TRUE;
  match->geo = (TripGeo) { (region->south + region->north) / 2.0, (region->west + region->east) / 2.0 };
  match->radius_m = width / 2.0;
  if (width > WIDEST_STAY_M)
    {
      TripPlaceSearch best = { .region = region->name, .types = 1u << TRIP_PLACE_TYPE_SIGHT, .limit = 1 };
      g_autoptr(GPtrArray) hits = NULL;

      if (entry != NULL && is_wide (entry) &&
          !append_cities (match, db, gazetteer, entry, region->name, cancellable, error))
        return FALSE;
      if (match->pois->len > 0)
        return TRUE;
      hits = trip_place_db_search (db, &best, cancellable, error);
      if (hits == NULL)
        return FALSE;
      if (entry != NULL && entry->kind == TRIP_PLACE_CITY)
        search.position = entry->geo;
      else if (hits->len > 0)
        search.position = ((const TripPlaceHit *) g_ptr_array_index (hits, 0))->poi->geo;
      search.has_position = hits->len > 0;
      search.radius_m = FARTHEST_EDGE_M;
    }
  return append_around (match, db, &search, &of_a_city, FEWEST_SIGHTS, entry != NULL ? entry->name : region->name,
                        entry != NULL ? entry->country : NULL, cancellable, error);
}

static gboolean
append_area (TripPlaceMatch           *match,
             TripPlaceDb              *db,
             TripGazetteer            *gazetteer,
             const TripGazetteerEntry *entry,
             GCancellable             *cancellable,
             GError                  **error)
{
  TripPlaceSearch search = { .has_position = TRUE, .position = entry->geo, .radius_m = reach_of (entry) };

  match->is_area = TRUE;
  match->geo = entry->geo;
  match->radius_m = search.radius_m;
  if (is_wide (entry))
    {
      match->radius_m = entry->extent_km * 1000.0;
      if (!append_cities (match, db, gazetteer, entry, NULL, cancellable, error))
        return FALSE;
      if (match->pois->len > 0)
        return TRUE;
    }
  return append_around (match, db, &search, &of_a_city, FEWEST_SIGHTS, entry->name, entry->country, cancellable, error);
}

static const TripPoi *
nearest_of (GPtrArray     *near,
            const TripGeo *geo)
{
  const TripPoi *nearest = NULL;
  gdouble best = NEARBY_M;

  for (guint i = 0; i < near->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (near, i);
      gdouble distance = trip_geo_distance_m (&poi->geo, geo);

      if (distance <= best)
        {
          best = distance;
          nearest = poi;
        }
    }
  return nearest;
}

/* A single place by its name: near the rest of the trip, else anywhere if it is called just so. */
static gboolean
append_named (TripPlaceMatch  *match,
              TripPlaceDb     *db,
              GPtrArray       *near,
              GCancellable    *cancellable,
              GError         **error)
{
  TripPlaceSearch search = { .name = match->name, .limit = 20 };
  g_autoptr(GPtrArray) hits = trip_place_db_search (db, &search, cancellable, error);

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      const TripPlaceHit *hit = g_ptr_array_index (hits, i);
      const TripPoi *neighbour = nearest_of (near, &hit->poi->geo);
      TripPoi *poi;

      if (neighbour == NULL && hit->likeness < 2)
        continue;
      poi = settle (hit->poi, neighbour != NULL && neighbour->city != NULL ? neighbour->city : hit->region, NULL);
      if (neighbour != NULL && neighbour->currency[0] != '\0' && poi->price_minor <= 0)
        g_strlcpy (poi->currency, neighbour->currency, sizeof poi->currency);
      poi->must_see = TRUE;
      g_ptr_array_add (match->pois, poi);
      break;
    }
  return hits != NULL;
}

static gboolean
search_store (TripImportedSource    *self,
              TripPlaceDb           *db,
              const TripPlaceQuery  *query,
              const TripGeo         *near,
              TripPlaceMatch        *match,
              GCancellable          *cancellable,
              GError               **error)
{
  g_autoptr(GPtrArray) regions = trip_place_db_list_regions (db, error);
  const TripGazetteerEntry *entry;
  const TripPlaceRegion *region;

  if (regions == NULL)
    return FALSE;
  entry = trip_gazetteer_lookup (self->gazetteer, match->name, near);
  region = find_region (regions, match->name);
  if (region != NULL)
    {
      if (entry != NULL && entry->kind == TRIP_PLACE_SIGHT)
        entry = NULL;
      return append_region (match, db, self->gazetteer, region, entry, cancellable, error);
    }
  if (entry != NULL && entry->kind != TRIP_PLACE_SIGHT)
    return append_area (match, db, self->gazetteer, entry, cancellable, error);
  return append_named (match, db, query->near, cancellable, error);
}

static TripPlaceMatch *
find_one (TripPlaceSource       *source,
          const TripPlaceQuery  *query,
          const char            *name,
          const TripGeo         *near,
          GCancellable          *cancellable,
          GError               **error)
{
  TripImportedSource *self = TRIP_IMPORTED_SOURCE (source);
  g_autoptr(TripPlaceMatch) match = trip_place_match_new (name);

  for (guint i = 0; i < self->stores->len && match->pois->len == 0; i++)
    {
      Store *store = g_ptr_array_index (self->stores, i);
      g_autoptr(GError) why = NULL;
      g_autoptr(TripPlaceDb) db = open_store (self, store, &why);

      if (db != NULL)
        search_store (self, db, query, near, match, cancellable, &why);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (why == NULL)
        continue;
      /* What else is known still makes a trip. */
      g_message ("Imported places cannot be read: %s", why->message);
      g_free (match->explanation);
      match->explanation = g_strdup (why->message);
    }
  if (match->pois->len == 0)
    {
      match->is_area = FALSE;
      match->radius_m = 0;
    }
  return g_steal_pointer (&match);
}

static void
trip_imported_source_find_async (TripPlaceSource     *source,
                                 TripPlaceQuery      *query,
                                 TripPlaceFoundFunc   found,
                                 gpointer             found_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  trip_place_lookup_async (source, query, find_one, found, found_data, cancellable, callback, user_data);
}

static void
trip_imported_source_iface_init (TripPlaceSourceInterface *iface)
{
  iface->find_async = trip_imported_source_find_async;
  iface->find_finish = trip_place_lookup_finish;
}

static void
trip_imported_source_finalize (GObject *object)
{
  TripImportedSource *self = TRIP_IMPORTED_SOURCE (object);

  g_ptr_array_unref (self->stores);
  g_clear_pointer (&self->gazetteer, trip_gazetteer_unref);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (trip_imported_source_parent_class)->finalize (object);
}

static void
trip_imported_source_class_init (TripImportedSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_imported_source_finalize;
}

static void
trip_imported_source_init (TripImportedSource *self)
{
  g_mutex_init (&self->lock);
  self->stores = g_ptr_array_new_with_free_func ((GDestroyNotify) store_free);
}

/**
 * trip_imported_source_new:
 * @paths: (array zero-terminated=1): place databases, the first to be asked first; they need not be there yet
 * @gazetteer: where cities are
 *
 * Returns: (transfer full): a place source that answers from them
 */
TripImportedSource *
trip_imported_source_new (const char * const *paths,
                          TripGazetteer      *gazetteer)
{
  TripImportedSource *self = g_object_new (TRIP_TYPE_IMPORTED_SOURCE, NULL);

  for (; *paths != NULL; paths++)
    {
      Store *store = g_new0 (Store, 1);

      store->path = g_strdup (*paths);
      g_ptr_array_add (self->stores, store);
    }
  self->gazetteer = trip_gazetteer_ref (gazetteer);
  return self;
}

/**
 * trip_imported_source_add_names:
 * @self: a source
 *
 * Adds the names of the imported regions to the gazetteer, those that it does not know, so that messages may name them.
 * Call it before the gazetteer is used from another thread.
 */
void
trip_imported_source_add_names (TripImportedSource *self)
{
  g_return_if_fail (TRIP_IS_IMPORTED_SOURCE (self));

  for (guint i = 0; i < self->stores->len; i++)
    {
      g_autoptr(TripPlaceDb) db = open_store (self, g_ptr_array_index (self->stores, i), NULL);
      g_autoptr(GPtrArray) regions = db != NULL ? trip_place_db_list_regions (db, NULL) : NULL;

      for (guint j = 0; regions != NULL && j < regions->len; j++)
        {
          const TripPlaceRegion *region = g_ptr_array_index (regions, j);
          const char *names[] = { region->name, NULL };
          TripGazetteerEntry entry = {
            .name = region->name, .kind = TRIP_PLACE_REGION, .timezone = "",
            .geo = { (region->south + region->north) / 2.0, (region->west + region->east) / 2.0 },
          };

          if (region->n_places > 0 && trip_gazetteer_lookup (self->gazetteer, region->name, NULL) == NULL)
            trip_gazetteer_add (self->gazetteer, &entry, names);
        }
    }
}
