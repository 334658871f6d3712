/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Writing regions into the place database: one transaction, in which places that did not change are left alone.
 */
#include "providers/places/trip-place-db-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * trip_place_db_begin:
 * @self: a database
 * @cancellable: (nullable): stops what follows, up to the commit
 * @error: return location
 *
 * Begins a transaction; nobody else writes until trip_place_db_commit() or trip_place_db_rollback().
 *
 * Returns: whether it began
 */
gboolean
trip_place_db_begin (TripPlaceDb   *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (self != NULL && !self->in_transaction, FALSE);

  trip_place_db_watch (self, cancellable);
  self->in_transaction = trip_place_db_exec (self, "BEGIN IMMEDIATE", error);
  return self->in_transaction;
}

/**
 * trip_place_db_commit:
 * @self: a database in a transaction
 * @error: return location
 *
 * Makes what was written hold.
 *
 * Returns: whether it does
 */
gboolean
trip_place_db_commit (TripPlaceDb  *self,
                      GError      **error)
{
  g_return_val_if_fail (self != NULL && self->in_transaction, FALSE);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !trip_place_db_exec (self, "COMMIT", error))
    {
      trip_place_db_rollback (self);
      return FALSE;
    }
  self->in_transaction = FALSE;
  trip_place_db_watch (self, NULL);
  /* Back into the one file, as far as readers let us. */
  sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  return TRUE;
}

/**
 * trip_place_db_rollback:
 * @self: a database
 *
 * Takes back what was written since trip_place_db_begin(); does nothing where nothing began.
 */
void
trip_place_db_rollback (TripPlaceDb *self)
{
  GHashTableIter iter;
  gpointer statement;

  g_return_if_fail (self != NULL);

  if (!self->in_transaction)
    return;
  trip_place_db_watch (self, NULL);
  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    sqlite3_reset (statement);
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  self->in_transaction = FALSE;
}

static gboolean
find_region (TripPlaceDb  *self,
             const char   *name,
             gint64       *out_id,
             GError      **error)
{
  g_autofree char *key = trip_text_fold (name);
  sqlite3_stmt *statement = trip_place_db_prepare (self, "SELECT id FROM region WHERE key = ?", error);
  gint status;

  *out_id = 0;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_TRANSIENT);
  status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    *out_id = sqlite3_column_int64 (statement, 0);
  else if (status != SQLITE_DONE)
    trip_place_db_fail (self, error);
  sqlite3_reset (statement);
  return status == SQLITE_ROW || status == SQLITE_DONE;
}

static gboolean
find_next_number (TripPlaceDb  *self,
                  GError      **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (self, "SELECT max(id & 0xffffffff) FROM place", error);
  gboolean ok = statement != NULL && sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    self->next = sqlite3_column_int64 (statement, 0) + 1;
  else if (statement != NULL)
    trip_place_db_fail (self, error);
  if (statement != NULL)
    sqlite3_reset (statement);
  return ok;
}

/**
 * trip_place_db_begin_region:
 * @self: a database in a transaction
 * @name: name of the region; case and accents aside it is the one there is
 * @origin: `osm` or `own`
 * @attribution: the credit for its places
 * @files: what it is read from
 * @error: return location
 *
 * Begins to write a region, new or known.
 *
 * Returns: whether it began
 */
gboolean
trip_place_db_begin_region (TripPlaceDb  *self,
                            const char   *name,
                            const char   *origin,
                            const char   *attribution,
                            const char   *files,
                            GError      **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *key = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (self != NULL && self->in_transaction && name != NULL, FALSE);

  key = trip_text_fold (name);
  if (*key == '\0')
    {
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_NO_REGION, _("“%s” is no name for a region"), name);
      return FALSE;
    }
  statement = trip_place_db_prepare (
    self, "INSERT INTO region (name, key, origin, attribution, files, imported) VALUES (?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (key) DO UPDATE SET name = excluded.name, origin = excluded.origin, "
          "attribution = excluded.attribution, files = excluded.files, imported = excluded.imported", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, key, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 3, origin, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 4, attribution, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 5, files, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 6, stamp, -1, SQLITE_TRANSIENT);
  self->changes = (TripPlaceChanges) { 0 };
  return trip_place_db_run (self, statement, error) && find_region (self, name, &self->region, error) &&
         find_next_number (self, error) &&
         trip_place_db_exec (self, "CREATE TEMP TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY); DELETE FROM temp.seen",
                             error);
}

static const char *
box_sql (TripPlaceType type,
         gboolean      adding)
{
  static const char * const adds[] = {
    "INSERT INTO sight_box VALUES (?1, ?2, ?2, ?3, ?3)",
    "INSERT INTO restaurant_box VALUES (?1, ?2, ?2, ?3, ?3)",
    "INSERT INTO lodge_box VALUES (?1, ?2, ?2, ?3, ?3)",
    "INSERT INTO service_box VALUES (?1, ?2, ?2, ?3, ?3)",
  };
  static const char * const removes[] = {
    "DELETE FROM sight_box WHERE id = ?",
    "DELETE FROM restaurant_box WHERE id = ?",
    "DELETE FROM lodge_box WHERE id = ?",
    "DELETE FROM service_box WHERE id = ?",
  };

  return (adding ? adds : removes)[type];
}

static gboolean
remove_place (TripPlaceDb    *self,
              gint64          id,
              TripPlaceType   type,
              const char     *names,
              GError        **error)
{
  sqlite3_stmt *statement;

  if (type < TRIP_PLACE_N_TYPES)
    {
      statement = trip_place_db_prepare (self, "INSERT INTO place_names (place_names, rowid, names) VALUES ('delete', ?, ?)",
                                         error);
      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, id);
      sqlite3_bind_text (statement, 2, names, -1, SQLITE_TRANSIENT);
      if (!trip_place_db_run (self, statement, error))
        return FALSE;
      statement = trip_place_db_prepare (self, box_sql (type, FALSE), error);
      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, id);
      if (!trip_place_db_run (self, statement, error))
        return FALSE;
    }
  statement = trip_place_db_prepare (self, "DELETE FROM place WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return trip_place_db_run (self, statement, error);
}

static gboolean
insert_row (TripPlaceDb           *self,
            gint64                 id,
            const TripPlaceRecord *record,
            const char            *checksum,
            GError               **error)
{
  g_autofree char *key = trip_text_fold (record->name);
  sqlite3_stmt *statement = trip_place_db_prepare (
    self, "INSERT INTO place (id, region, ref, kind, listed, type, name, title, key, names, lat, lng, popularity, minutes, "
          "level, price, tags, hours, usual_hours, wikidata, description, facts, checksum) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  gint at = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, ++at, id);
  sqlite3_bind_int64 (statement, ++at, self->region);
  sqlite3_bind_text (statement, ++at, record->ref, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->listed, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, ++at, (int) record->type);
  sqlite3_bind_text (statement, ++at, record->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->title, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->names, -1, SQLITE_STATIC);
  sqlite3_bind_double (statement, ++at, record->geo.lat);
  sqlite3_bind_double (statement, ++at, record->geo.lng);
  sqlite3_bind_int (statement, ++at, record->popularity);
  sqlite3_bind_int (statement, ++at, record->minutes);
  sqlite3_bind_int (statement, ++at, record->level);
  sqlite3_bind_text (statement, ++at, record->price, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->tags, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->hours, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->usual_hours, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->wikidata, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->description, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, record->facts, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, ++at, checksum, -1, SQLITE_STATIC);
  return trip_place_db_run (self, statement, error);
}

static gboolean
index_place (TripPlaceDb           *self,
             gint64                 id,
             const TripPlaceRecord *record,
             GError               **error)
{
  sqlite3_stmt *statement;

  if (record->type >= TRIP_PLACE_N_TYPES)
    return TRUE;
  statement = trip_place_db_prepare (self, "INSERT INTO place_names (rowid, names) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, record->names, -1, SQLITE_STATIC);
  if (!trip_place_db_run (self, statement, error))
    return FALSE;
  statement = trip_place_db_prepare (self, box_sql (record->type, TRUE), error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_double (statement, 2, record->geo.lat);
  sqlite3_bind_double (statement, 3, record->geo.lng);
  return trip_place_db_run (self, statement, error);
}

static gboolean
mark_seen (TripPlaceDb  *self,
           gint64        id,
           GError      **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (self, "INSERT OR IGNORE INTO temp.seen VALUES (?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return trip_place_db_run (self, statement, error);
}

/* What was known of the place before; @out_id is 0 where it is new. */
static gboolean
look_up (TripPlaceDb    *self,
         const char     *ref,
         gint64         *out_id,
         TripPlaceType  *out_type,
         char          **out_names,
         char          **out_checksum,
         GError        **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (
    self, "SELECT id, type, names, checksum FROM place WHERE region = ? AND ref = ?", error);
  gint status;

  *out_id = 0;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->region);
  sqlite3_bind_text (statement, 2, ref, -1, SQLITE_STATIC);
  status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    {
      *out_id = sqlite3_column_int64 (statement, 0);
      *out_type = (TripPlaceType) sqlite3_column_int (statement, 1);
      *out_names = g_strdup (trip_place_column_text (statement, 2));
      *out_checksum = g_strdup (trip_place_column_text (statement, 3));
    }
  else if (status != SQLITE_DONE)
    {
      trip_place_db_fail (self, error);
    }
  sqlite3_reset (statement);
  return status == SQLITE_ROW || status == SQLITE_DONE;
}

/**
 * trip_place_db_add:
 * @self: a database in a region
 * @record: a place
 * @error: return location
 *
 * Writes a place; one of the same reference is replaced.
 *
 * Returns: whether it was written
 */
gboolean
trip_place_db_add (TripPlaceDb           *self,
                   const TripPlaceRecord *record,
                   GError               **error)
{
  g_autofree char *checksum = NULL;
  g_autofree char *old_checksum = NULL;
  g_autofree char *old_names = NULL;
  TripPlaceType old_type = TRIP_PLACE_TYPE_NONE;
  gint64 id;

  g_return_val_if_fail (self != NULL && self->region != 0 && record != NULL, FALSE);

  checksum = trip_place_record_checksum (record);
  if (!look_up (self, record->ref, &id, &old_type, &old_names, &old_checksum, error))
    return FALSE;
  if (id != 0 && strcmp (checksum, old_checksum) == 0)
    {
      self->changes.same++;
      return mark_seen (self, id, error);
    }
  if (id != 0 && !remove_place (self, id, old_type, old_names, error))
    return FALSE;
  if (id != 0)
    self->changes.changed++;
  else
    self->changes.added++;
  id = (gint64) (100 - record->popularity) << TRIP_PLACE_ID_SHIFT | self->next++;
  return insert_row (self, id, record, checksum, error) && index_place (self, id, record, error) &&
         mark_seen (self, id, error);
}

/* Removes the places of a region that were not seen. */
static gboolean
sweep (TripPlaceDb  *self,
       gint64        region,
       gboolean      all,
       guint        *out_removed,
       GError      **error)
{
  g_autofree char *last = g_strdup ("");

  *out_removed = 0;
  for (;;)
    {
      /* A batch at a time, since the table must not change under the statement that reads it. */
      sqlite3_stmt *statement = trip_place_db_prepare (
        self, all ? "SELECT id, type, names, ref FROM place WHERE region = ? AND ref > ? ORDER BY ref LIMIT 500"
                  : "SELECT id, type, names, ref FROM place WHERE region = ? AND ref > ? "
                    "AND id NOT IN (SELECT id FROM temp.seen) ORDER BY ref LIMIT 500",
        error);
      g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      gint64 ids[500];
      TripPlaceType types[500];
      gint status;

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, region);
      sqlite3_bind_text (statement, 2, last, -1, SQLITE_TRANSIENT);
      while ((status = sqlite3_step (statement)) == SQLITE_ROW && names->len < G_N_ELEMENTS (ids))
        {
          ids[names->len] = sqlite3_column_int64 (statement, 0);
          types[names->len] = (TripPlaceType) sqlite3_column_int (statement, 1);
          g_ptr_array_add (names, g_strdup (trip_place_column_text (statement, 2)));
          g_free (last);
          last = g_strdup (trip_place_column_text (statement, 3));
        }
      if (status != SQLITE_DONE)
        trip_place_db_fail (self, error);
      sqlite3_reset (statement);
      if (status != SQLITE_DONE)
        return FALSE;
      if (names->len == 0)
        return TRUE;
      for (guint i = 0; i < names->len; i++)
        {
          if (!remove_place (self, ids[i], types[i], g_ptr_array_index (names, i), error))
            return FALSE;
        }
      *out_removed += names->len;
    }
}

/* What is asked of a region all the time is kept with it. */
static gboolean
count_region (TripPlaceDb  *self,
              GError      **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (
    self, "UPDATE region SET (places, sights, restaurants, lodges, services, south, west, north, east) = "
          "(SELECT count(*), ifnull(sum(type = 0), 0), ifnull(sum(type = 1), 0), ifnull(sum(type = 2), 0), "
          "ifnull(sum(type = 3), 0), min(lat), min(lng), max(lat), max(lng) FROM place WHERE region = ?1) WHERE id = ?1",
    error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->region);
  return trip_place_db_run (self, statement, error);
}

/**
 * trip_place_db_end_region:
 * @self: a database in a region
 * @out_changes: (out) (optional): what changed
 * @error: return location
 *
 * Ends a region: those of its places that did not come again are removed.
 *
 * Returns: whether that went well
 */
gboolean
trip_place_db_end_region (TripPlaceDb       *self,
                          TripPlaceChanges  *out_changes,
                          GError           **error)
{
  g_return_val_if_fail (self != NULL && self->region != 0, FALSE);

  if (!sweep (self, self->region, FALSE, &self->changes.gone, error) || !count_region (self, error))
    return FALSE;
  if (out_changes != NULL)
    *out_changes = self->changes;
  self->region = 0;
  return TRUE;
}

static gboolean
remove_region (TripPlaceDb  *self,
               const char   *name,
               guint        *out_removed,
               GError      **error)
{
  sqlite3_stmt *statement;
  gint64 region;

  if (!find_region (self, name, &region, error))
    return FALSE;
  if (region == 0)
    {
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_NO_REGION, _("%s has no region called “%s”"), self->path,
                   name);
      return FALSE;
    }
  statement = trip_place_db_prepare (self, "DELETE FROM region WHERE id = ?", error);
  if (statement == NULL || !sweep (self, region, TRUE, out_removed, error))
    return FALSE;
  sqlite3_bind_int64 (statement, 1, region);
  return trip_place_db_run (self, statement, error);
}

/**
 * trip_place_db_remove_region:
 * @self: a database
 * @name: name of a region
 * @out_removed: (out): how many places it had
 * @cancellable: (nullable): stops it, and takes it back
 * @error: return location
 *
 * Removes a region with its places, in a transaction of its own.
 *
 * Returns: whether it is gone
 */
gboolean
trip_place_db_remove_region (TripPlaceDb   *self,
                             const char    *name,
                             guint         *out_removed,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && out_removed != NULL, FALSE);

  if (!trip_place_db_begin (self, cancellable, error))
    return FALSE;
  if (remove_region (self, name, out_removed, error))
    return trip_place_db_commit (self, error);
  trip_place_db_rollback (self);
  return FALSE;
}
