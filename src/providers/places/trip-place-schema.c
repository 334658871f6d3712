/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tables of the place database and how an older file gets to the present ones.
 */
#include "providers/places/trip-place-db-private.h"

#include <glib/gi18n-lib.h>

/* "TrPl", so that other programs' databases are told apart from ours. */
#define APPLICATION_ID 0x5472506c

/*
 * Step n brings a file of version n to version n + 1. A step is never changed once a release had it; what the tables need
 * later is a further step.
 *
 * The names are in a full-text index over the table's own column, each Chinese character and kana a word of its own
 * (trip_text_fold() sees to that), so that any part of a Japanese or Chinese name is a phrase. A type has a tree of
 * positions of its own: "the nearest hotels" then never looks at a restaurant.
 */
static const char * const steps[] = {
  "CREATE TABLE region ("
  "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, attribution TEXT NOT NULL,"
  "  files TEXT NOT NULL, imported TEXT NOT NULL, places INTEGER NOT NULL DEFAULT 0, sights INTEGER NOT NULL DEFAULT 0,"
  "  restaurants INTEGER NOT NULL DEFAULT 0, lodges INTEGER NOT NULL DEFAULT 0, services INTEGER NOT NULL DEFAULT 0,"
  "  south REAL, west REAL, north REAL, east REAL);"
  "CREATE TABLE place ("
  "  id INTEGER PRIMARY KEY, region INTEGER NOT NULL REFERENCES region (id), ref TEXT NOT NULL, kind TEXT NOT NULL,"
  "  listed TEXT, type INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, key TEXT NOT NULL, names TEXT NOT NULL,"
  "  lat REAL NOT NULL, lng REAL NOT NULL, popularity INTEGER NOT NULL, minutes INTEGER NOT NULL, level INTEGER NOT NULL,"
  "  price TEXT, tags TEXT NOT NULL, hours TEXT, usual_hours TEXT, wikidata TEXT, description TEXT, facts TEXT NOT NULL,"
  "  checksum TEXT NOT NULL);"
  "CREATE UNIQUE INDEX place_ref ON place (region, ref);"
  "CREATE VIRTUAL TABLE sight_box USING rtree (id, south, north, west, east);"
  "CREATE VIRTUAL TABLE restaurant_box USING rtree (id, south, north, west, east);"
  "CREATE VIRTUAL TABLE lodge_box USING rtree (id, south, north, west, east);"
  "CREATE VIRTUAL TABLE service_box USING rtree (id, south, north, west, east);"
  "CREATE VIRTUAL TABLE place_names USING fts5 (names, content = 'place', content_rowid = 'id',"
  "  tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3 4 5 6 7 8');",

  /* An exact name is found among a million that contain it. */
  "CREATE INDEX place_key ON place (key, id) WHERE type < 4;",
};

static const char * const box_tables[] = {
  [TRIP_PLACE_TYPE_SIGHT] = "sight_box",
  [TRIP_PLACE_TYPE_RESTAURANT] = "restaurant_box",
  [TRIP_PLACE_TYPE_LODGE] = "lodge_box",
  [TRIP_PLACE_TYPE_SERVICE] = "service_box",
};

/**
 * trip_place_box_table:
 * @type: a type
 *
 * Returns: (nullable): the table of the positions of that type
 */
const char *
trip_place_box_table (TripPlaceType type)
{
  return type < TRIP_PLACE_N_TYPES ? box_tables[type] : NULL;
}

static gboolean
read_number (TripPlaceDb  *self,
             const char   *sql,
             gint64       *out,
             GError      **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW;

  *out = ok ? sqlite3_column_int64 (statement, 0) : 0;
  if (!ok)
    trip_place_db_fail (self, error);
  sqlite3_finalize (statement);
  return ok;
}

static gboolean
run_steps (TripPlaceDb  *self,
           gint64        version,
           GError      **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u", APPLICATION_ID,
                                            (guint) G_N_ELEMENTS (steps));

  if (!trip_place_db_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (gsize i = (gsize) version; i < G_N_ELEMENTS (steps); i++)
    {
      if (!trip_place_db_exec (self, steps[i], error))
        {
          sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }
  if (trip_place_db_exec (self, stamp, error) && trip_place_db_exec (self, "COMMIT", error))
    return TRUE;
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * trip_place_db_migrate:
 * @self: a database just opened
 * @error: return location
 *
 * Refuses what is no place database or a newer one, and brings an older or empty one up to date.
 *
 * Returns: whether it is one of the present version
 */
gboolean
trip_place_db_migrate (TripPlaceDb  *self,
                       GError      **error)
{
  gint64 id, version, n_tables;

  if (!read_number (self, "PRAGMA application_id", &id, error) || !read_number (self, "PRAGMA user_version", &version, error) ||
      !read_number (self, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  if (id != APPLICATION_ID && (n_tables > 0 || id != 0))
    {
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_FOREIGN, _("%s is a database of another program"),
                   self->path);
      return FALSE;
    }
  if (version < 0 || version > (gint64) G_N_ELEMENTS (steps))
    {
      g_set_error (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_VERSION,
                   _("%s was made by a newer tripctl (its tables are of version %" G_GINT64_FORMAT ", known are those up to "
                     "%u)"), self->path, version, (guint) G_N_ELEMENTS (steps));
      return FALSE;
    }
  return version == (gint64) G_N_ELEMENTS (steps) || run_steps (self, version, error);
}
