/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The connection to the place database: opening, errors in words, regions, the dump.
 */
#include "providers/places/trip-place-db-private.h"

#include "language/trip-text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* How long one program waits for another that writes. */
#define BUSY_MS 5000

/* Instructions of SQLite's machine between two looks at the cancellable; about a millisecond. */
#define OPS_BETWEEN_CHECKS 20000

G_DEFINE_QUARK (trip-place-db-error-quark, trip_place_db_error)

G_DEFINE_BOXED_TYPE (TripPlaceDb, trip_place_db, trip_place_db_ref, trip_place_db_unref)

/**
 * trip_place_db_dup_path:
 * @wanted: (nullable): a path that somebody asked for
 *
 * Returns: (transfer full): @wanted, else the environment's `TRIP_PLACES`, else `tripd/places.db` in the user's data folder
 */
char *
trip_place_db_dup_path (const char *wanted)
{
  if (wanted == NULL)
    wanted = g_getenv ("TRIP_PLACES");
  return wanted != NULL && *wanted != '\0' ? g_strdup (wanted)
                                           : g_build_filename (g_get_user_data_dir (), "tripd", "places.db", NULL);
}

/**
 * trip_place_db_is_one:
 * @path: a file
 *
 * Looks at the mark in the file's header; that the rest is sound is not sure.
 *
 * Returns: whether it says that it is a place database
 */
gboolean
trip_place_db_is_one (const char *path)
{
  static const guint8 mark[] = { 0x54, 0x72, 0x50, 0x6c };
  guint8 head[72] = { 0 };
  FILE *file = g_fopen (path, "rb");
  gboolean is_one = file != NULL && fread (head, sizeof head, 1, file) == 1 && memcmp (head, "SQLite format 3", 16) == 0 &&
                    memcmp (head + 68, mark, sizeof mark) == 0;

  if (file != NULL)
    fclose (file);
  return is_one;
}

/* Says what SQLite found wrong; always returns %FALSE. */
gboolean
trip_place_db_fail (TripPlaceDb  *self,
                    GError      **error)
{
  gint code = sqlite3_errcode (self->db) & 0xff;

  if (code == SQLITE_INTERRUPT && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  switch (code)
    {
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_DAMAGED,
                   _("The place database %s is damaged (%s). Move it away and import again."), self->path,
                   sqlite3_errmsg (self->db));
      break;

    case SQLITE_NOTADB:
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_FOREIGN, _("%s is no place database"), self->path);
      break;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_BUSY,
                   _("Another program writes to the place database %s; try again when it is done."), self->path);
      break;

    default:
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_FAILED, _("The place database %s cannot be used: %s"),
                   self->path, sqlite3_errmsg (self->db));
      break;
    }
  return FALSE;
}

static int
on_progress (void *user_data)
{
  TripPlaceDb *self = user_data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* Lets @cancellable stop what runs from here on; %NULL ends that. */
void
trip_place_db_watch (TripPlaceDb  *self,
                     GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->db, OPS_BETWEEN_CHECKS, cancellable != NULL ? on_progress : NULL, self);
}

/* A statement, ready to be bound; kept for the next time. @sql must live as long as the program. */
sqlite3_stmt *
trip_place_db_prepare (TripPlaceDb  *self,
                       const char   *sql,
                       GError      **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        {
          trip_place_db_fail (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return statement;
}

/* Runs a bound statement that gives no rows. */
gboolean
trip_place_db_run (TripPlaceDb   *self,
                   sqlite3_stmt  *statement,
                   GError       **error)
{
  gboolean ok = sqlite3_step (statement) == SQLITE_DONE;

  if (!ok)
    trip_place_db_fail (self, error);
  sqlite3_reset (statement);
  return ok;
}

gboolean
trip_place_db_exec (TripPlaceDb  *self,
                    const char   *sql,
                    GError      **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK || trip_place_db_fail (self, error);
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static TripPlaceDb *
connect (const char  *path,
         gint         flags,
         GError     **error)
{
  g_autoptr(TripPlaceDb) self = g_new0 (TripPlaceDb, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_rec_mutex_init (&self->lock);
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  if (sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      trip_place_db_fail (self, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_extended_result_codes (self->db, 0);
  /* A file from elsewhere gets no say in what is run. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_exec (self->db, "PRAGMA cell_size_check = ON; PRAGMA cache_size = -16000; PRAGMA mmap_size = 1073741824;"
                "PRAGMA temp_store = FILE", NULL, NULL, NULL);
  return g_steal_pointer (&self);
}

/**
 * trip_place_db_open:
 * @path: a place database
 * @error: return location
 *
 * Opens a database that exists. An older one is brought up to date, where it may be written.
 *
 * Returns: (transfer full): the database
 */
TripPlaceDb *
trip_place_db_open (const char  *path,
                    GError     **error)
{
  g_autoptr(TripPlaceDb) self = NULL;
  g_autoptr(GError) why = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_MISSING,
                   _("There is no place database %s yet; “tripctl import” makes one."), path);
      return NULL;
    }
  self = connect (path, g_access (path, W_OK) == 0 ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error);
  if (self == NULL)
    return NULL;
  if (trip_place_db_migrate (self, &why))
    return g_steal_pointer (&self);
  if (g_error_matches (why, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_FAILED) && g_access (path, W_OK) != 0)
    {
      /* On a read-only medium the write-ahead log cannot be made; nobody else writes there either. */
      g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
      g_autofree char *immutable = uri != NULL ? g_strconcat (uri, "?immutable=1", NULL) : NULL;

      g_clear_pointer (&self, trip_place_db_unref);
      self = immutable != NULL ? connect (immutable, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error) : NULL;
      return self != NULL && trip_place_db_migrate (self, error) ? g_steal_pointer (&self) : NULL;
    }
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

/**
 * trip_place_db_create:
 * @path: a place database, or where one is to be
 * @error: return location
 *
 * Like trip_place_db_open(), but makes the file and its folders where they are not there.
 *
 * Returns: (transfer full): the database
 */
TripPlaceDb *
trip_place_db_create (const char  *path,
                      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(TripPlaceDb) self = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("The folder %s cannot be made: %s"), folder,
                   g_strerror (errno));
      return NULL;
    }
  self = connect (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  /* With a write-ahead log the service goes on reading while an import runs. */
  if (self == NULL || !trip_place_db_migrate (self, error) ||
      !trip_place_db_exec (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * trip_place_db_ref:
 * @self: a database
 *
 * Returns: (transfer full): @self with one more reference
 */
TripPlaceDb *
trip_place_db_ref (TripPlaceDb *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_place_db_unref:
 * @self: (transfer full): a database
 *
 * Gives a reference up; the last one closes the file and rolls back what was not committed.
 */
void
trip_place_db_unref (TripPlaceDb *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  trip_place_db_rollback (self);
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->db);
  g_clear_object (&self->cancellable);
  g_rec_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

/**
 * trip_place_db_get_path:
 * @self: a database
 *
 * Returns: the path it was opened by
 */
const char *
trip_place_db_get_path (TripPlaceDb *self)
{
  return self->path;
}

/**
 * trip_place_region_free:
 * @self: (transfer full): a region
 *
 * Frees it.
 */
void
trip_place_region_free (TripPlaceRegion *self)
{
  g_free (self->name);
  g_free (self->origin);
  g_free (self->attribution);
  g_free (self->files);
  g_free (self->imported);
  g_free (self);
}

static GPtrArray *
list_regions (TripPlaceDb  *self,
              GError      **error)
{
  g_autoptr(GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_region_free);
  sqlite3_stmt *statement = trip_place_db_prepare (
    self, "SELECT id, name, origin, attribution, files, imported, places, sights, restaurants, lodges, services, "
          "south, west, north, east FROM region ORDER BY key", error);
  gint status;

  if (statement == NULL)
    return NULL;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      TripPlaceRegion *region = g_new0 (TripPlaceRegion, 1);

      region->id = sqlite3_column_int64 (statement, 0);
      region->name = g_strdup (trip_place_column_text (statement, 1));
      region->origin = g_strdup (trip_place_column_text (statement, 2));
      region->attribution = g_strdup (trip_place_column_text (statement, 3));
      region->files = g_strdup (trip_place_column_text (statement, 4));
      region->imported = g_strdup (trip_place_column_text (statement, 5));
      region->n_places = (guint) sqlite3_column_int (statement, 6);
      for (gint type = 0; type < TRIP_PLACE_N_TYPES; type++)
        region->n_by_type[type] = (guint) sqlite3_column_int (statement, 7 + type);
      region->south = sqlite3_column_double (statement, 11);
      region->west = sqlite3_column_double (statement, 12);
      region->north = sqlite3_column_double (statement, 13);
      region->east = sqlite3_column_double (statement, 14);
      g_ptr_array_add (regions, region);
    }
  if (status != SQLITE_DONE)
    trip_place_db_fail (self, error);
  sqlite3_reset (statement);
  return status == SQLITE_DONE ? g_steal_pointer (&regions) : NULL;
}

/**
 * trip_place_db_list_regions:
 * @self: a database
 * @error: return location
 *
 * Returns: (transfer full) (element-type TripPlaceRegion): its regions by name
 */
GPtrArray *
trip_place_db_list_regions (TripPlaceDb  *self,
                            GError      **error)
{
  GPtrArray *regions;

  g_return_val_if_fail (self != NULL, NULL);

  g_rec_mutex_lock (&self->lock);
  regions = list_regions (self, error);
  g_rec_mutex_unlock (&self->lock);
  return regions;
}

/**
 * trip_place_db_check:
 * @self: a database
 * @error: return location
 *
 * Reads every page and looks for damage.
 *
 * Returns: whether there is none
 */
gboolean
trip_place_db_check (TripPlaceDb  *self,
                     GError      **error)
{
  sqlite3_stmt *statement;
  gboolean ok = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  g_rec_mutex_lock (&self->lock);
  statement = trip_place_db_prepare (self, "PRAGMA quick_check (1)", error);
  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      ok = strcmp (trip_place_column_text (statement, 0), "ok") == 0;
      if (!ok)
        g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_DAMAGED,
                     _("The place database %s is damaged (%s). Move it away and import again."), self->path,
                     trip_place_column_text (statement, 0));
    }
  else if (statement != NULL)
    {
      trip_place_db_fail (self, error);
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  g_rec_mutex_unlock (&self->lock);
  return ok;
}

static gboolean
dump (TripPlaceDb        *self,
      TripPlaceDumpFunc   func,
      gpointer            user_data,
      GError            **error)
{
  /* Two regions may share an object at their border; it is one place. */
  sqlite3_stmt *statement = trip_place_db_prepare (
    self, "SELECT ref, listed, name, lat, lng, hours FROM place WHERE listed IS NOT NULL GROUP BY ref "
          "ORDER BY substr(ref, 1, 1), CAST(substr(ref, 2) AS INTEGER), ref", error);
  gint status;

  if (statement == NULL)
    return FALSE;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      char lat[G_ASCII_DTOSTR_BUF_SIZE], lng[G_ASCII_DTOSTR_BUF_SIZE];
      const char *columns[6] = {
        trip_place_column_text (statement, 0), trip_place_column_text (statement, 1), trip_place_column_text (statement, 2),
        g_ascii_formatd (lat, sizeof lat, "%.7f", sqlite3_column_double (statement, 3)),
        g_ascii_formatd (lng, sizeof lng, "%.7f", sqlite3_column_double (statement, 4)),
        trip_place_column_text (statement, 5),
      };

      func (columns, user_data);
    }
  if (status != SQLITE_DONE)
    trip_place_db_fail (self, error);
  sqlite3_reset (statement);
  return status == SQLITE_DONE;
}

/**
 * trip_place_db_dump:
 * @self: a database
 * @func: gets each place that has `tourism` or `historic`, or a name and `amenity` or `leisure`, and each of one's own
 * @user_data: data for @func
 * @error: return location
 *
 * Lists places: nodes, one's own, relations, ways, each by number.
 *
 * Returns: whether all were listed
 */
gboolean
trip_place_db_dump (TripPlaceDb        *self,
                    TripPlaceDumpFunc   func,
                    gpointer            user_data,
                    GError            **error)
{
  gboolean ok;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  g_rec_mutex_lock (&self->lock);
  ok = dump (self, func, user_data, error);
  g_rec_mutex_unlock (&self->lock);
  return ok;
}
