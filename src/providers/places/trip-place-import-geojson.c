/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One's own places in GeoJSON (RFC 7946): a collection of features, or a single one. The collection is cut into features
 * without being parsed as a whole, so that its size does not matter; each feature goes through the one door for JSON.
 */
#include "providers/places/trip-place-import-private.h"
#include "trip/json/trip-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FEATURES_KEY "\"features\""

/* A feature beyond this is no place. */
#define MAX_FEATURE_BYTES (4 * 1024 * 1024)

/* Positions of one geometry that are looked at. */
#define MAX_POSITIONS 200000

typedef struct {
  const char *name;
  const char *start;
  const char *p;
  const char *end;
  TripPlaceDb *db;
  GHashTable *refs;
  guint n_features;
} Reader;

typedef struct {
  gdouble south, west, north, east;
  guint n;
} Box;

static gboolean
fail_at (Reader      *self,
         const char  *where,
         const char  *what,
         GError     **error)
{
  guint line = 1;

  for (const char *p = self->start; p < where; p++)
    line += *p == '\n';
  g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
               _("%s is broken at byte %" G_GSIZE_FORMAT " (line %u): %s"), self->name, (gsize) (where - self->start), line,
               what);
  return FALSE;
}

static void
skip_space (Reader *self)
{
  while (self->p < self->end && (*self->p == ' ' || *self->p == '\t' || *self->p == '\n' || *self->p == '\r'))
    self->p++;
}

static gboolean
expect (Reader  *self,
        char     sign,
        GError **error)
{
  g_autofree char *what = NULL;

  skip_space (self);
  if (self->p < self->end && *self->p == sign)
    {
      self->p++;
      return TRUE;
    }
  what = self->p >= self->end ? g_strdup (_("the file ends in the middle"))
                              : g_strdup_printf (_("“%c” is missing here"), sign);
  return fail_at (self, self->p, what, error);
}

static gboolean
skip_string (Reader  *self,
             GError **error)
{
  const char *start = self->p;

  for (self->p++; self->p < self->end && *self->p != '"'; self->p++)
    {
      if (*self->p == '\\')
        self->p++;
    }
  if (self->p >= self->end)
    return fail_at (self, start, _("a text begins here and never ends"), error);
  self->p++;
  return TRUE;
}

/* Passes over a value by its brackets; whether it is well-formed inside is found out where it is parsed. */
static gboolean
skip_value (Reader  *self,
            GError **error)
{
  const char *start;
  guint depth = 0;

  skip_space (self);
  start = self->p;
  while (self->p < self->end)
    {
      char c = *self->p;

      if (c == '"')
        {
          if (!skip_string (self, error))
            return FALSE;
        }
      else if (depth == 0 && (c == ',' || c == ']' || c == '}'))
        {
          break;
        }
      else
        {
          if (c == '{' || c == '[')
            depth++;
          else if (c == '}' || c == ']')
            depth--;
          self->p++;
        }
      if (depth == 0 && (c == '}' || c == ']' || c == '"'))
        return TRUE;
    }
  if (self->p >= self->end || self->p == start)
    return fail_at (self, start, self->p >= self->end ? _("a value begins here and the file ends in it")
                                                      : _("a value is missing here"), error);
  return TRUE;
}

static gboolean
collect_positions (const TripJsonNode  *node,
                   Box                 *box,
                   GError             **error)
{
  const TripJsonNode *first = trip_json_node_first (node);
  gdouble lng, lat;

  if (first == NULL)
    return TRUE;
  if (trip_json_node_get_kind (first) == TRIP_JSON_ARRAY)
    {
      /* As deep as the parser lets a text be. */
      for (const TripJsonNode *child = first; child != NULL; child = trip_json_node_next (child))
        {
          if (!trip_json_node_expect (child, TRIP_JSON_ARRAY, error) || !collect_positions (child, box, error))
            return FALSE;
        }
      return TRUE;
    }
  if (!trip_json_node_as_double (first, &lng, error) || trip_json_node_get_length (node) < 2 ||
      !trip_json_node_as_double (trip_json_node_element (node, 1), &lat, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
                             _("a position needs two numbers"));
      return FALSE;
    }
  if (!(lat >= -90.0 && lat <= 90.0 && lng >= -180.0 && lng <= 180.0) || box->n >= MAX_POSITIONS)
    {
      g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
                   _("a position must be longitude, then latitude, not %g, %g"), lng, lat);
      return FALSE;
    }
  box->south = box->n > 0 ? MIN (box->south, lat) : lat;
  box->north = box->n > 0 ? MAX (box->north, lat) : lat;
  box->west = box->n > 0 ? MIN (box->west, lng) : lng;
  box->east = box->n > 0 ? MAX (box->east, lng) : lng;
  box->n++;
  return TRUE;
}

static gboolean
read_geometry (const TripJsonNode  *geometry,
               Box                 *box,
               guint                depth,
               GError             **error)
{
  const TripJsonNode *parts = trip_json_node_member (geometry, "geometries");
  const TripJsonNode *coordinates = trip_json_node_member (geometry, "coordinates");

  if (coordinates != NULL && trip_json_node_get_kind (coordinates) == TRIP_JSON_ARRAY)
    return collect_positions (coordinates, box, error);
  for (const TripJsonNode *part = parts != NULL && trip_json_node_get_kind (parts) == TRIP_JSON_ARRAY
                                    ? trip_json_node_first (parts) : NULL;
       part != NULL && depth < TRIP_JSON_MAX_DEPTH; part = trip_json_node_next (part))
    {
      if (!trip_json_node_expect (part, TRIP_JSON_OBJECT, error) || !read_geometry (part, box, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static char *
join_strings (const TripJsonNode *list)
{
  GString *text = g_string_new (NULL);

  for (const TripJsonNode *item = trip_json_node_first (list); item != NULL; item = trip_json_node_next (item))
    {
      const char *value;

      if (trip_json_node_get_kind (item) == TRIP_JSON_STRING && trip_json_node_as_string (item, &value, NULL))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", value);
    }
  return g_string_free (text, FALSE);
}

/* A property's value as a field's; %NULL for what no field holds. */
static char *
dup_value (const TripJsonNode *node)
{
  g_autoptr(GBytes) raw = NULL;
  const char *text;
  gboolean flag;
  gsize length;

  switch (trip_json_node_get_kind (node))
    {
    case TRIP_JSON_STRING:
      return trip_json_node_as_string (node, &text, NULL) ? g_strdup (text) : NULL;

    case TRIP_JSON_NUMBER:
      raw = trip_json_node_dup_raw (node);
      text = g_bytes_get_data (raw, &length);
      return g_strndup (text, length);

    case TRIP_JSON_BOOLEAN:
      return trip_json_node_as_boolean (node, &flag, NULL) ? g_strdup (flag ? "yes" : "no") : NULL;

    case TRIP_JSON_ARRAY:
      return join_strings (node);

    case TRIP_JSON_NULL:
    case TRIP_JSON_OBJECT:
    default:
      return NULL;
    }
}

static void
clear_field (gpointer data)
{
  TripPlaceField *field = data;

  g_free ((char *) field->key);
  g_free ((char *) field->value);
}

static void
add_field (GArray             *fields,
           const char         *key,
           const TripJsonNode *node)
{
  char *value = node != NULL ? dup_value (node) : NULL;

  if (value != NULL)
    {
      TripPlaceField field = { g_strdup (key), value };

      g_array_append_val (fields, field);
    }
}

static gboolean
add_feature (Reader              *self,
             const TripJsonNode  *feature,
             GError             **error)
{
  g_autoptr(GArray) fields = g_array_new (FALSE, TRUE, sizeof (TripPlaceField));
  g_autoptr(TripPlaceRecord) record = NULL;
  const TripJsonNode *geometry, *properties;
  Box box = { 0 };
  TripGeo geo;

  g_array_set_clear_func (fields, clear_field);
  if (!trip_json_node_expect (feature, TRIP_JSON_OBJECT, error))
    return FALSE;
  geometry = trip_json_node_member (feature, "geometry");
  properties = trip_json_node_member (feature, "properties");
  if (geometry != NULL && trip_json_node_get_kind (geometry) == TRIP_JSON_OBJECT && !read_geometry (geometry, &box, 0, error))
    return FALSE;
  if (box.n == 0)
    {
      g_set_error_literal (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
                           _("a feature needs a geometry with positions"));
      return FALSE;
    }
  add_field (fields, "id", trip_json_node_member (feature, "id"));
  for (const TripJsonNode *property = properties != NULL && trip_json_node_get_kind (properties) == TRIP_JSON_OBJECT
                                        ? trip_json_node_first (properties) : NULL;
       property != NULL; property = trip_json_node_next (property))
    add_field (fields, trip_json_node_get_key (property), property);
  geo.lat = (box.south + box.north) / 2.0;
  geo.lng = (box.west + box.east) / 2.0;
  record = trip_place_record_new_own ((const TripPlaceField *) (const void *) fields->data, fields->len, &geo, self->refs,
                                      error);
  return record != NULL && trip_place_db_add (self->db, record, error);
}

static gboolean
read_feature (Reader      *self,
              const char  *start,
              GError     **error)
{
  g_autoptr(GBytes) text = g_bytes_new_static (start, (gsize) (self->p - start));
  g_autoptr(GError) why = NULL;
  g_autoptr(TripJson) json = trip_json_parse (text, MAX_FEATURE_BYTES, &why);
  g_autofree char *what = NULL;

  self->n_features++;
  if (json != NULL && add_feature (self, trip_json_get_root (json), &why))
    return TRUE;
  if (why->domain == TRIP_PLACE_DB_ERROR || why->domain == G_IO_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  what = g_strdup_printf (_("feature %u: %s"), self->n_features, why->message);
  return fail_at (self, start, what, error);
}

static gboolean
read_features (Reader                 *self,
               TripPlaceFileProgress   progress,
               gpointer                user_data,
               GCancellable           *cancellable,
               GError                **error)
{
  if (!expect (self, '[', error))
    return FALSE;
  skip_space (self);
  if (self->p < self->end && *self->p == ']')
    {
      self->p++;
      return TRUE;
    }
  for (;;)
    {
      const char *start;

      skip_space (self);
      start = self->p;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !skip_value (self, error) ||
          !read_feature (self, start, error))
        return FALSE;
      if (progress != NULL)
        progress ((gdouble) (self->p - self->start) / (gdouble) (self->end - self->start), user_data);
      skip_space (self);
      if (self->p < self->end && *self->p == ',')
        self->p++;
      else
        return expect (self, ']', error);
    }
}

static gboolean
read_file (Reader                 *self,
           TripPlaceFileProgress   progress,
           gpointer                user_data,
           GCancellable           *cancellable,
           GError                **error)
{
  gboolean found = FALSE;
  const char *root;

  skip_space (self);
  root = self->p;
  if (!expect (self, '{', error))
    return FALSE;
  for (;;)
    {
      const char *key;
      gboolean is_list;

      skip_space (self);
      key = self->p;
      if (self->p >= self->end || *self->p != '"')
        return expect (self, '"', error);
      if (!skip_string (self, error))
        return FALSE;
      is_list = self->p - key == (gssize) strlen (FEATURES_KEY) && strncmp (key, FEATURES_KEY, strlen (FEATURES_KEY)) == 0;
      if (!expect (self, ':', error))
        return FALSE;
      found = found || is_list;
      if (is_list ? !read_features (self, progress, user_data, cancellable, error) : !skip_value (self, error))
        return FALSE;
      skip_space (self);
      if (self->p < self->end && *self->p == ',')
        self->p++;
      else
        break;
    }
  if (!expect (self, '}', error))
    return FALSE;
  if (!found && !read_feature (self, root, error))
    return FALSE;
  skip_space (self);
  return self->p >= self->end || fail_at (self, self->p, _("text behind the end"), error);
}

/**
 * trip_place_import_geojson:
 * @db: a database in a region
 * @path: a GeoJSON file
 * @progress: (nullable): hears how far it is
 * @user_data: data for @progress
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: whether all of it was read
 */
gboolean
trip_place_import_geojson (TripPlaceDb            *db,
                           const char             *path,
                           TripPlaceFileProgress   progress,
                           gpointer                user_data,
                           GCancellable           *cancellable,
                           GError                **error)
{
  g_autoptr(GBytes) bytes = trip_place_import_load (path, error);
  g_autofree char *name = g_filename_display_basename (path);
  Reader self = { .name = name, .db = db };
  gsize size;
  gboolean ok;

  if (bytes == NULL)
    return FALSE;
  self.start = self.p = g_bytes_get_data (bytes, &size);
  self.end = self.p + size;
  self.refs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_file (&self, progress, user_data, cancellable, error);
  g_hash_table_unref (self.refs);
  return ok;
}
