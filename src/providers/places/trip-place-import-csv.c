/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One's own places in CSV (RFC 4180): a header line, then a place a row; separated by commas, semicolons or tabs.
 */
#include "providers/places/trip-place-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_COLUMNS 200

typedef struct {
  const char *name;
  const char *p;
  const char *end;
  char separator;
  guint line;
  GPtrArray *header;
  GPtrArray *row;
} Reader;

static gboolean
fail_at (Reader      *self,
         guint        line,
         const char  *what,
         GError     **error)
{
  g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN, _("%s is broken at line %u: %s"), self->name,
               line, what);
  return FALSE;
}

/* Reads one field; leaves @self->p at what ends it. */
static gboolean
read_field (Reader  *self,
            GError **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint start = self->line;

  if (self->p < self->end && *self->p == '"')
    {
      self->p++;
      for (;; self->p++)
        {
          if (self->p >= self->end)
            return fail_at (self, start, _("a quotation mark is opened and never closed"), error);
          if (*self->p == '"' && self->p + 1 < self->end && self->p[1] == '"')
            self->p++;
          else if (*self->p == '"')
            break;
          self->line += *self->p == '\n';
          g_string_append_c (text, *self->p);
        }
      self->p++;
      if (self->p < self->end && *self->p != self->separator && *self->p != '\n' && *self->p != '\r')
        return fail_at (self, self->line, _("text behind a closing quotation mark"), error);
    }
  else
    {
      const char *start_of_text = self->p;

      while (self->p < self->end && *self->p != self->separator && *self->p != '\n' && *self->p != '\r')
        self->p++;
      g_string_append_len (text, start_of_text, self->p - start_of_text);
    }
  g_ptr_array_add (self->row, g_strstrip (g_string_free (g_steal_pointer (&text), FALSE)));
  return TRUE;
}

static gboolean
read_row (Reader  *self,
          GError **error)
{
  g_ptr_array_set_size (self->row, 0);
  for (;;)
    {
      if (self->row->len >= MAX_COLUMNS)
        return fail_at (self, self->line, _("more than 200 columns"), error);
      if (!read_field (self, error))
        return FALSE;
      if (self->p >= self->end || *self->p != self->separator)
        break;
      self->p++;
    }
  if (self->p < self->end && *self->p == '\r')
    self->p++;
  if (self->p < self->end && *self->p == '\n')
    self->p++;
  return TRUE;
}

/* The sign that the first line has most of. */
static char
guess_separator (const Reader *self)
{
  static const char signs[] = { ',', ';', '\t' };
  guint best = 0;
  char separator = ',';

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      guint n = 0;

      for (const char *p = self->p; p < self->end && *p != '\n'; p++)
        n += *p == signs[i];
      if (n > best)
        {
          best = n;
          separator = signs[i];
        }
    }
  return separator;
}

static const char *
canonical_name (const char *name)
{
  static const char * const others[][2] = {
    { "latitude", "lat" }, { "longitude", "lng" }, { "lon", "lng" }, { "long", "lng" }, { "title", "name" },
    { "hours", "opening_hours" }, { "cost", "price" }, { "poi_type", "type" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (strcmp (name, others[i][0]) == 0)
        return others[i][1];
    }
  return name;
}

static gboolean
read_header (Reader  *self,
             GError **error)
{
  gboolean has_name = FALSE, has_lat = FALSE, has_lng = FALSE;

  if (!read_row (self, error))
    return FALSE;
  for (guint i = 0; i < self->row->len; i++)
    {
      const char *column = g_ptr_array_index (self->row, i);
      g_autofree char *lower = strchr (column, ':') != NULL ? g_strdup (column) : g_ascii_strdown (column, -1);
      const char *name = canonical_name (lower);

      has_name = has_name || strcmp (name, "name") == 0;
      has_lat = has_lat || strcmp (name, "lat") == 0;
      has_lng = has_lng || strcmp (name, "lng") == 0;
      g_ptr_array_add (self->header, g_strdup (name));
    }
  if (!has_name || !has_lat || !has_lng)
    return fail_at (self, 1, _("the first line must name the columns, among them name, lat and lng"), error);
  self->line++;
  return TRUE;
}

static gboolean
add_row (Reader       *self,
         TripPlaceDb  *db,
         GHashTable   *refs,
         GError      **error)
{
  g_autofree TripPlaceField *fields = g_new0 (TripPlaceField, self->header->len);
  g_autoptr(TripPlaceRecord) record = NULL;
  TripGeo geo;
  guint n = 0;

  for (guint i = 0; i < self->header->len; i++)
    {
      const char *value = g_ptr_array_index (self->row, i);

      if (*value != '\0')
        fields[n++] = (TripPlaceField) { g_ptr_array_index (self->header, i), value };
    }
  if (!trip_place_read_degrees (trip_osm_tags_get (fields, n, "lat"), "lat", 90.0, &geo.lat, error) ||
      !trip_place_read_degrees (trip_osm_tags_get (fields, n, "lng"), "lng", 180.0, &geo.lng, error))
    return FALSE;
  record = trip_place_record_new_own (fields, n, &geo, refs, error);
  return record != NULL && trip_place_db_add (db, record, error);
}

static gboolean
read_rows (Reader                 *self,
           TripPlaceDb            *db,
           gsize                   size,
           TripPlaceFileProgress   progress,
           gpointer                user_data,
           GCancellable           *cancellable,
           GError                **error)
{
  g_autoptr(GHashTable) refs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *start = self->p;

  self->separator = guess_separator (self);
  if (!read_header (self, error))
    return FALSE;
  while (self->p < self->end)
    {
      guint line = self->line;
      g_autoptr(GError) why = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_row (self, error))
        return FALSE;
      self->line++;
      if (self->row->len == 1 && *(char *) g_ptr_array_index (self->row, 0) == '\0')
        continue;
      if (self->row->len != self->header->len)
        {
          g_autofree char *what = g_strdup_printf (_("%u columns, where the first line has %u"), self->row->len,
                                                   self->header->len);

          return fail_at (self, line, what, error);
        }
      if (!add_row (self, db, refs, &why))
        {
          if (g_error_matches (why, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN))
            return fail_at (self, line, why->message, error);
          g_propagate_error (error, g_steal_pointer (&why));
          return FALSE;
        }
      if (progress != NULL)
        progress ((gdouble) (self->p - start) / (gdouble) MAX (size, 1), user_data);
    }
  return TRUE;
}

/**
 * trip_place_import_csv:
 * @db: a database in a region
 * @path: a CSV file
 * @progress: (nullable): hears how far it is
 * @user_data: data for @progress
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: whether all of it was read
 */
gboolean
trip_place_import_csv (TripPlaceDb            *db,
                       const char             *path,
                       TripPlaceFileProgress   progress,
                       gpointer                user_data,
                       GCancellable           *cancellable,
                       GError                **error)
{
  g_autoptr(GBytes) bytes = trip_place_import_load (path, error);
  g_autofree char *name = g_filename_display_basename (path);
  Reader self = { .name = name, .line = 1 };
  gsize size;
  gboolean ok;

  if (bytes == NULL)
    return FALSE;
  self.p = g_bytes_get_data (bytes, &size);
  self.end = self.p + size;
  self.header = g_ptr_array_new_with_free_func (g_free);
  self.row = g_ptr_array_new_with_free_func (g_free);
  ok = read_rows (&self, db, size, progress, user_data, cancellable, error);
  g_ptr_array_unref (self.header);
  g_ptr_array_unref (self.row);
  return ok;
}
