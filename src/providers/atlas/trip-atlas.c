/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The atlas at run time. Cities and names are read when it opens; the places of a city when somebody first asks, and kept
 * with their encoding, since they never change.
 */
#include "providers/atlas/trip-atlas.h"

#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

#define SCHEMA_VERSION 2

struct _TripAtlas {
  GObject parent_instance;

  char *path;
  sqlite3 *db;
  GMutex lock;
  GPtrArray *cities;
  GHashTable *places_by_city;
  TripGazetteer *gazetteer;
};

G_DEFINE_FINAL_TYPE (TripAtlas, trip_atlas, G_TYPE_OBJECT)

static void
city_free (TripCity *city)
{
  g_free (city->id);
  g_free (city->name);
  g_free (city->country);
  g_free (city->country_name);
  g_free (city->timezone);
  g_strfreev (city->transit);
  g_free (city->airport);
  g_free (city->description);
  g_free (city);
}

static void
trip_atlas_finalize (GObject *object)
{
  TripAtlas *self = TRIP_ATLAS (object);

  g_free (self->path);
  g_ptr_array_unref (self->cities);
  g_hash_table_unref (self->places_by_city);
  g_clear_pointer (&self->gazetteer, trip_gazetteer_unref);
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (trip_atlas_parent_class)->finalize (object);
}

static void
trip_atlas_class_init (TripAtlasClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_atlas_finalize;
}

static void
trip_atlas_init (TripAtlas *self)
{
  g_mutex_init (&self->lock);
  self->cities = g_ptr_array_new_with_free_func ((GDestroyNotify) city_free);
  self->places_by_city = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
fail (TripAtlas *self,
      GError   **error)
{
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, _("The place atlas %s cannot be read: %s"), self->path,
               sqlite3_errmsg (self->db));
  return FALSE;
}

static sqlite3_stmt *
prepare (TripAtlas   *self,
         const char  *sql,
         GError     **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  return statement;
}

static const char *
column_text (sqlite3_stmt *statement,
             gint          column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

static gboolean
check_version (TripAtlas  *self,
               GError    **error)
{
  sqlite3_stmt *statement = prepare (self, "PRAGMA user_version", error);
  gint version;

  if (statement == NULL)
    return FALSE;
  version = sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int (statement, 0) : -1;
  sqlite3_finalize (statement);
  if (version == SCHEMA_VERSION)
    return TRUE;
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL,
               _("The place atlas %s has version %d, this program reads version %d; build it anew"), self->path, version,
               SCHEMA_VERSION);
  return FALSE;
}

static gboolean
load_cities (TripAtlas *self,
             GError   **error)
{
  sqlite3_stmt *statement = prepare (self, "SELECT * FROM city ORDER BY id", error);
  gint status;

  if (statement == NULL)
    return FALSE;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      TripCity *city = g_new0 (TripCity, 1);

      city->id = g_strdup (column_text (statement, 0));
      city->name = g_strdup (column_text (statement, 1));
      city->country = g_strdup (column_text (statement, 2));
      city->country_name = g_strdup (column_text (statement, 3));
      city->geo.lat = sqlite3_column_double (statement, 4);
      city->geo.lng = sqlite3_column_double (statement, 5);
      city->timezone = g_strdup (column_text (statement, 6));
      g_strlcpy (city->currency, column_text (statement, 7), sizeof city->currency);
      city->transit = g_strsplit (column_text (statement, 8), ";", -1);
      city->transit_speed_kmh = sqlite3_column_double (statement, 9);
      city->transit_fare_minor = sqlite3_column_int64 (statement, 10);
      city->meal_cost_minor = sqlite3_column_int64 (statement, 11);
      city->popularity = sqlite3_column_int (statement, 12);
      city->airport = g_strdup (column_text (statement, 13));
      city->description = g_strdup (column_text (statement, 14));
      g_ptr_array_add (self->cities, city);
    }
  if (status != SQLITE_DONE)
    fail (self, error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE;
}

static void
collect_name (GHashTable *names,
              const char *owner,
              const char *name)
{
  GPtrArray *list = g_hash_table_lookup (names, owner);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (names, g_strdup (owner), list);
    }
  g_ptr_array_add (list, g_strdup (name));
}

static void
add_to_gazetteer (TripAtlas          *self,
                  TripGazetteerEntry *entry,
                  GHashTable         *names)
{
  GPtrArray *list = g_hash_table_lookup (names, entry->atlas_id);

  if (list == NULL)
    return;
  g_ptr_array_add (list, NULL);
  trip_gazetteer_add (self->gazetteer, entry, (const char * const *) list->pdata);
}

static gboolean
load_names (TripAtlas *self,
            GError   **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) g_ptr_array_unref);
  sqlite3_stmt *statement = prepare (self, "SELECT owner, name FROM name", error);

  if (statement == NULL)
    return FALSE;
  while (sqlite3_step (statement) == SQLITE_ROW)
    collect_name (names, column_text (statement, 0), column_text (statement, 1));
  sqlite3_finalize (statement);

  for (guint i = 0; i < self->cities->len; i++)
    {
      const TripCity *city = g_ptr_array_index (self->cities, i);
      TripGazetteerEntry entry = {
        .name = city->name, .kind = TRIP_PLACE_CITY, .geo = city->geo, .timezone = city->timezone, .atlas_id = city->id,
      };

      g_strlcpy (entry.country, city->country, sizeof entry.country);
      add_to_gazetteer (self, &entry, names);
    }

  statement = prepare (self, "SELECT p.id, p.name, p.lat, p.lng, p.popularity, c.country, c.timezone, p.type, "
                             "p.opening_hours, p.price, c.currency "
                             "FROM place p JOIN city c ON c.id = p.city", error);
  if (statement == NULL)
    return FALSE;
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      TripGazetteerEntry entry = {
        .name = column_text (statement, 1), .kind = TRIP_PLACE_SIGHT, .atlas_id = column_text (statement, 0),
        .geo = { sqlite3_column_double (statement, 2), sqlite3_column_double (statement, 3) },
        .population = sqlite3_column_int (statement, 4), .timezone = column_text (statement, 6),
        .is_lodging = g_strcmp0 (column_text (statement, 7), "lodge") == 0,
        .opening_hours = column_text (statement, 8), .price_minor = sqlite3_column_int64 (statement, 9),
      };

      g_strlcpy (entry.country, column_text (statement, 5), sizeof entry.country);
      if (entry.price_minor >= 0)
        g_strlcpy (entry.currency, column_text (statement, 10), sizeof entry.currency);
      add_to_gazetteer (self, &entry, names);
    }
  sqlite3_finalize (statement);
  return TRUE;
}

/**
 * trip_atlas_open:
 * @path: file that trip-atlas-build made
 * @error: return location
 *
 * Opens the atlas and reads its cities and names; takes a few milliseconds.
 *
 * Returns: (transfer full): the atlas
 */
TripAtlas *
trip_atlas_open (const char  *path,
                 GError     **error)
{
  g_autoptr(TripAtlas) self = g_object_new (TRIP_TYPE_ATLAS, NULL);

  self->path = g_strdup (path);
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  self->gazetteer = trip_gazetteer_new ();
  if (!check_version (self, error) || !load_cities (self, error) || !load_names (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * trip_atlas_get_cities:
 * @self: an atlas
 *
 * Returns: (transfer none) (element-type TripCity): all cities, by id
 */
GPtrArray *
trip_atlas_get_cities (TripAtlas *self)
{
  g_return_val_if_fail (TRIP_IS_ATLAS (self), NULL);

  return self->cities;
}

/**
 * trip_atlas_get_gazetteer:
 * @self: an atlas
 *
 * Returns: (transfer none): the world's names and the atlas's own
 */
TripGazetteer *
trip_atlas_get_gazetteer (TripAtlas *self)
{
  g_return_val_if_fail (TRIP_IS_ATLAS (self), NULL);

  return self->gazetteer;
}

/**
 * trip_atlas_get_city:
 * @self: an atlas
 * @id_or_name: (nullable): `tokyo` or `Tokyo`
 *
 * Returns: (transfer none) (nullable): the city; any thread
 */
const TripCity *
trip_atlas_get_city (TripAtlas  *self,
                     const char *id_or_name)
{
  g_return_val_if_fail (TRIP_IS_ATLAS (self), NULL);

  for (guint i = 0; id_or_name != NULL && i < self->cities->len; i++)
    {
      const TripCity *city = g_ptr_array_index (self->cities, i);

      if (strcmp (city->id, id_or_name) == 0 || g_ascii_strcasecmp (city->name, id_or_name) == 0)
        return city;
    }
  return NULL;
}

/**
 * trip_atlas_nearest_city:
 * @self: an atlas
 * @geo: a position
 * @out_distance_m: (out) (optional): how far its centre is, metres
 *
 * Returns: (transfer none) (nullable): the city nearest to @geo; any thread
 */
const TripCity *
trip_atlas_nearest_city (TripAtlas     *self,
                         const TripGeo *geo,
                         gdouble       *out_distance_m)
{
  const TripCity *nearest = NULL;
  gdouble best = G_MAXDOUBLE;

  g_return_val_if_fail (TRIP_IS_ATLAS (self), NULL);

  for (guint i = 0; i < self->cities->len; i++)
    {
      const TripCity *city = g_ptr_array_index (self->cities, i);
      gdouble distance = trip_geo_distance_m (geo, &city->geo);

      if (distance < best)
        {
          best = distance;
          nearest = city;
        }
    }
  if (out_distance_m != NULL)
    *out_distance_m = best;
  return nearest;
}

static TripPoiType
parse_type (const char *text)
{
  for (TripPoiType type = TRIP_POI_SIGHT; type < TRIP_POI_UNKNOWN; type++)
    {
      if (strcmp (text, trip_poi_type_to_string (type)) == 0)
        return type;
    }
  return TRIP_POI_UNKNOWN;
}

static GPtrArray *
split_tags (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, ";", -1);
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);

  for (char **word = words; *word != NULL; word++)
    g_ptr_array_add (tags, g_strdup (*word));
  return tags;
}

static char *
dup_or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static TripPoi *
read_poi (const TripCity *city,
          sqlite3_stmt   *statement)
{
  TripPoi *poi = trip_poi_new (column_text (statement, 3));
  TripJsonBuilder builder;

  poi->id = g_strdup_printf ("atlas:%s", column_text (statement, 0));
  poi->type = parse_type (column_text (statement, 2));
  poi->geo.lat = sqlite3_column_double (statement, 4);
  poi->geo.lng = sqlite3_column_double (statement, 5);
  poi->opening_hours = dup_or_null (column_text (statement, 6));
  poi->visit_minutes = sqlite3_column_int (statement, 7);
  poi->price_minor = sqlite3_column_int64 (statement, 8);
  poi->popularity = sqlite3_column_int (statement, 9);
  poi->level = sqlite3_column_int (statement, 10);
  poi->tags = split_tags (column_text (statement, 11));
  poi->address = dup_or_null (column_text (statement, 12));
  poi->special_instructions = dup_or_null (column_text (statement, 14));
  g_free (poi->description);
  poi->description = g_strdup (column_text (statement, 15));
  poi->city = g_strdup (city->name);
  poi->city_id = g_strdup (city->id);
  g_strlcpy (poi->country, city->country, sizeof poi->country);
  g_strlcpy (poi->currency, city->currency, sizeof poi->currency);
  g_free (poi->cost);
  poi->cost = trip_poi_format_cost (poi);
  poi->source = g_strdup ("atlas");
  poi->attribution = g_strdup ("tripd place atlas, CC0-1.0");

  /* Encoded once here, so that an answer is put together from ready pieces. */
  trip_json_builder_init (&builder);
  trip_poi_write (poi, NULL, &builder);
  poi->raw = trip_json_builder_end (&builder);
  return poi;
}

static GPtrArray *
query_city (TripAtlas      *self,
            const TripCity *city,
            GError        **error)
{
  g_autoptr(GPtrArray) pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  sqlite3_stmt *statement = prepare (self, "SELECT * FROM place WHERE city = ? ORDER BY popularity DESC, id", error);
  gint status;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, city->id, -1, SQLITE_STATIC);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (pois, read_poi (city, statement));
  if (status != SQLITE_DONE)
    fail (self, error);
  sqlite3_finalize (statement);
  return status == SQLITE_DONE ? g_steal_pointer (&pois) : NULL;
}

/**
 * trip_atlas_load_city:
 * @self: an atlas
 * @city_id: id of a city
 * @cancellable: (nullable): stops before the work begins
 * @error: return location
 *
 * Reads SQLite where the city was not asked for before, so call it from a worker thread.
 *
 * Returns: (transfer full) (element-type TripPoi): its places, the most popular first
 */
GPtrArray *
trip_atlas_load_city (TripAtlas     *self,
                      const char    *city_id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const TripCity *city;
  GPtrArray *pois;

  g_return_val_if_fail (TRIP_IS_ATLAS (self), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  city = trip_atlas_get_city (self, city_id);
  if (city == NULL)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, _("The atlas has no city %s"), city_id);
      return NULL;
    }

  g_mutex_lock (&self->lock);
  pois = g_hash_table_lookup (self->places_by_city, city->id);
  if (pois == NULL)
    {
      pois = query_city (self, city, error);
      if (pois != NULL)
        g_hash_table_insert (self->places_by_city, city->id, pois);
    }
  if (pois != NULL)
    g_ptr_array_ref (pois);
  g_mutex_unlock (&self->lock);
  return pois;
}

/**
 * trip_atlas_load_poi:
 * @self: an atlas
 * @atlas_id: `tokyo/senso-ji`
 * @error: return location
 *
 * Returns: (transfer full): the place; call it from a worker thread
 */
TripPoi *
trip_atlas_load_poi (TripAtlas   *self,
                     const char  *atlas_id,
                     GError     **error)
{
  g_autofree char *city_id = g_strndup (atlas_id, strcspn (atlas_id, "/"));
  g_autofree char *id = g_strdup_printf ("atlas:%s", atlas_id);
  g_autoptr(GPtrArray) pois = trip_atlas_load_city (self, city_id, NULL, error);

  for (guint i = 0; pois != NULL && i < pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (pois, i);

      if (strcmp (poi->id, id) == 0)
        return trip_poi_ref (poi);
    }
  if (pois != NULL)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, _("The atlas has no place %s"), atlas_id);
  return NULL;
}
