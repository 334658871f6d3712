/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One import: which file is of which format and region, all of them in one transaction.
 */
#include "providers/places/trip-place-import-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define OSM_ATTRIBUTION "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"

/* Files of one's own places are held in memory. */
#define MAX_OWN_BYTES (256 * 1024 * 1024)

G_DEFINE_QUARK (trip-place-import-error-quark, trip_place_import_error)

typedef struct {
  TripPlaceImportProgress progress;
  gpointer user_data;
  const char *file;
  guint n_files;
  guint n_done;
  gdouble fraction;
} Meter;

static void
on_file_progress (gdouble  fraction,
                  gpointer user_data)
{
  Meter *self = user_data;

  self->fraction = MAX (self->fraction, (self->n_done + CLAMP (fraction, 0.0, 1.0)) / self->n_files);
  if (self->progress != NULL)
    self->progress (self->file, self->fraction, self->user_data);
}

/* What is in the file, "osm", "geojson" or "csv": names are checked for the last only, since any text could be that. */
static const char *
detect (const char  *path,
        GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autoptr(TripOsmFile) osm = NULL;
  g_autoptr(GError) why = NULL;
  char head[256] = "";
  FILE *file;
  const char *p = head;

  if (g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".tsv"))
    return "csv";
  osm = trip_osm_file_open (path, &why);
  if (osm != NULL)
    return "osm";
  if (!g_error_matches (why, TRIP_OSM_ERROR, TRIP_OSM_ERROR_FORMAT))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  file = g_fopen (path, "rb");
  if (file != NULL)
    {
      head[fread (head, 1, sizeof head - 1, file)] = '\0';
      fclose (file);
    }
  if (strncmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (g_ascii_isspace (*p))
    p++;
  if (*p == '{')
    return "geojson";
  g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_FORMAT,
               _("%s is none of the formats that are read: OpenStreetMap PBF, XML and XML in gzip, GeoJSON, and CSV in a file "
                 "that ends in .csv"), name);
  return NULL;
}

/**
 * trip_place_import_load:
 * @path: a file
 * @error: return location
 *
 * Returns: (transfer full): its bytes, valid UTF-8 without a byte order mark
 */
GBytes *
trip_place_import_load (const char  *path,
                        GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr(GBytes) bytes = NULL;
  const char *data, *end;
  gsize size;

  if (file == NULL)
    return NULL;
  if (g_mapped_file_get_length (file) > MAX_OWN_BYTES)
    {
      g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_FORMAT, _("%s has more than %d MB"), name,
                   MAX_OWN_BYTES / 1024 / 1024);
      return NULL;
    }
  bytes = g_mapped_file_get_bytes (file);
  data = g_bytes_get_data (bytes, &size);
  if (!g_utf8_validate_len (data != NULL ? data : "", size, &end))
    {
      guint line = 1;

      for (const char *p = data; p < end; p++)
        line += *p == '\n';
      g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
                   _("%s is no UTF-8 at line %u, byte %" G_GSIZE_FORMAT), name, line, (gsize) (end - data));
      return NULL;
    }
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return g_bytes_new_from_bytes (bytes, 3, size - 3);
  return g_steal_pointer (&bytes);
}

/**
 * trip_place_region_name:
 * @file: path of a file
 *
 * Returns: (transfer full): the name of the region of a file that nobody named: `Monaco` for `monaco-latest.osm.pbf`
 */
char *
trip_place_region_name (const char *file)
{
  static const char * const endings[] = { ".gz", ".pbf", ".osm", ".xml", ".geojson", ".json", ".csv", ".tsv", "-latest" };
  g_autofree char *name = g_filename_display_basename (file);
  gboolean start = TRUE;
  GString *text;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (name, endings[i]) && strlen (name) > strlen (endings[i]))
        name[strlen (name) - strlen (endings[i])] = '\0';
    }
  text = g_string_new (NULL);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean space = c == '-' || c == '_' || c == ' ';

      g_string_append_unichar (text, space ? ' ' : start ? g_unichar_totitle (c) : c);
      start = space;
    }
  return g_string_free (text, FALSE);
}

static void
imported_free (TripPlaceImported *self)
{
  g_free (self->region);
  g_free (self);
}

static gboolean
read_file (TripPlaceDb   *db,
           const char    *path,
           const char    *format,
           Meter         *meter,
           GCancellable  *cancellable,
           GError       **error)
{
  if (strcmp (format, "osm") == 0)
    return trip_place_import_osm (db, path, on_file_progress, meter, cancellable, error);
  if (strcmp (format, "csv") == 0)
    return trip_place_import_csv (db, path, on_file_progress, meter, cancellable, error);
  return trip_place_import_geojson (db, path, on_file_progress, meter, cancellable, error);
}

static char *
make_attribution (const char * const *formats,
                  guint               n,
                  const char         *wanted,
                  const char         *files)
{
  gboolean any_osm = FALSE, any_own = FALSE;

  for (guint i = 0; i < n; i++)
    {
      any_osm = any_osm || strcmp (formats[i], "osm") == 0;
      any_own = any_own || strcmp (formats[i], "osm") != 0;
    }
  /* The credit for OpenStreetMap is a condition of its licence, whatever else is said. */
  if (any_osm)
    return any_own && wanted != NULL ? g_strdup_printf ("%s; %s", OSM_ATTRIBUTION, wanted) : g_strdup (OSM_ATTRIBUTION);
  return wanted != NULL ? g_strdup (wanted) : g_strdup_printf ("own places, %s", files);
}

/* Reads @n files into one region. */
static TripPlaceImported *
import_region (TripPlaceDb         *db,
               const char          *name,
               const char * const  *files,
               const char * const  *formats,
               guint                n,
               const char          *attribution,
               Meter               *meter,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *credit = NULL;
  TripPlaceImported *imported;
  TripPlaceChanges changes;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *base = g_filename_display_basename (files[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", base);
    }
  credit = make_attribution (formats, n, attribution, names->str);
  if (!trip_place_db_begin_region (db, name, strcmp (formats[0], "osm") == 0 ? "osm" : "own", credit, names->str, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *base = g_filename_display_basename (files[i]);

      meter->file = base;
      if (!read_file (db, files[i], formats[i], meter, cancellable, error))
        return NULL;
      meter->n_done++;
    }
  if (!trip_place_db_end_region (db, &changes, error))
    return NULL;
  imported = g_new0 (TripPlaceImported, 1);
  imported->region = g_strdup (name);
  imported->changes = changes;
  return imported;
}

static gboolean
import_all (TripPlaceDb         *db,
            const char * const  *files,
            const char * const  *formats,
            guint                n,
            const char          *region,
            const char          *attribution,
            Meter               *meter,
            GPtrArray           *done,
            GCancellable        *cancellable,
            GError             **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint step = region != NULL ? n : 1;

  /* The second of a name would take out what the first brought. */
  for (guint i = 0; region == NULL && i < n; i++)
    {
      g_autofree char *name = trip_place_region_name (files[i]);

      if (!g_hash_table_add (names, trip_text_fold (name)))
        {
          g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_FORMAT,
                       _("Two of the files would be the region “%s”; say with --region what both together are"), name);
          return FALSE;
        }
    }
  for (guint i = 0; i < n; i += step)
    {
      g_autofree char *name = region != NULL ? g_strdup (region) : trip_place_region_name (files[i]);
      TripPlaceImported *imported = import_region (db, name, files + i, formats + i, step, attribution, meter, cancellable,
                                                   error);

      if (imported == NULL)
        return FALSE;
      g_ptr_array_add (done, imported);
    }
  return TRUE;
}

/**
 * trip_place_import:
 * @db: a database
 * @files: (array zero-terminated=1): paths of files
 * @region: (nullable): name of the region they belong to; %NULL for a region a file, called like it
 * @attribution: (nullable): the credit for one's own places
 * @progress: (nullable): hears how far it is, in this thread
 * @user_data: data for @progress
 * @cancellable: (nullable): stops it, and nothing changed
 * @error: return location; its message names the file and the place in it
 *
 * Reads files into the database: all or, where anything is wrong, nothing. A region that is there is brought up to date:
 * what the files no longer have is removed. Blocks, so call it from a worker thread.
 *
 * Returns: (transfer full) (element-type TripPlaceImported): what was done, one for each region
 */
GPtrArray *
trip_place_import (TripPlaceDb              *db,
                   const char * const       *files,
                   const char               *region,
                   const char               *attribution,
                   TripPlaceImportProgress   progress,
                   gpointer                  user_data,
                   GCancellable             *cancellable,
                   GError                  **error)
{
  g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func ((GDestroyNotify) imported_free);
  guint n = g_strv_length ((GStrv) files);
  g_autofree const char **formats = g_new0 (const char *, n + 1);
  Meter meter = { .progress = progress, .user_data = user_data, .n_files = n };

  g_return_val_if_fail (db != NULL && n > 0, NULL);

  for (guint i = 0; i < n; i++)
    {
      formats[i] = detect (files[i], error);
      if (formats[i] == NULL)
        return NULL;
    }
  if (!trip_place_db_begin (db, cancellable, error))
    return NULL;
  if (!import_all (db, files, formats, n, region, attribution, &meter, done, cancellable, error))
    {
      trip_place_db_rollback (db);
      return NULL;
    }
  return trip_place_db_commit (db, error) ? g_steal_pointer (&done) : NULL;
}
