/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The connection, for the files that read and write through it.
 */
#pragma once

#include "providers/places/trip-place-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TRIP_PLACE_ID_SHIFT:
 *
 * The number of a place is (100 - popularity) above this many bits and a counter below, so that the order of numbers, in
 * which SQLite's indexes answer, is the order of prominence: the best come first without reading the rest.
 */
#define TRIP_PLACE_ID_SHIFT 32

struct _TripPlaceDb {
  gatomicrefcount ref_count;
  char *path;
  sqlite3 *db;
  GRecMutex lock;
  GHashTable *statements;
  GCancellable *cancellable;
  gboolean in_transaction;
  gint64 region;
  gint64 next;
  TripPlaceChanges changes;
};

sqlite3_stmt *trip_place_db_prepare   (TripPlaceDb   *self,
                                       const char    *sql,
                                       GError       **error);
gboolean      trip_place_db_run       (TripPlaceDb   *self,
                                       sqlite3_stmt  *statement,
                                       GError       **error);
gboolean      trip_place_db_exec      (TripPlaceDb   *self,
                                       const char    *sql,
                                       GError       **error);
gboolean      trip_place_db_fail      (TripPlaceDb   *self,
                                       GError       **error);
void          trip_place_db_watch     (TripPlaceDb   *self,
                                       GCancellable  *cancellable);
const char   *trip_place_box_table    (TripPlaceType  type);
gboolean      trip_place_db_migrate   (TripPlaceDb   *self,
                                       GError       **error);

static inline const char *
trip_place_column_text (sqlite3_stmt *statement,
                        gint          column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

G_END_DECLS
