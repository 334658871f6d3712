/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The database of imported places: one SQLite file, apart from the atlas that comes with the program. Opens it, tells what
 * is in it, and writes regions; searching is in trip-place-search.h.
 */
#pragma once

#include "providers/places/trip-place-record.h"

G_BEGIN_DECLS

/**
 * TRIP_PLACE_DB_ERROR:
 *
 * Domain of the errors of the database.
 */
#define TRIP_PLACE_DB_ERROR (trip_place_db_error_quark ())
GQuark trip_place_db_error_quark (void);

/**
 * TripPlaceDbError:
 * @TRIP_PLACE_DB_ERROR_FAILED: SQLite failed: no space, no permission
 * @TRIP_PLACE_DB_ERROR_MISSING: there is no such file
 * @TRIP_PLACE_DB_ERROR_FOREIGN: the file is something else
 * @TRIP_PLACE_DB_ERROR_VERSION: a newer program made it
 * @TRIP_PLACE_DB_ERROR_DAMAGED: it is a place database and damaged
 * @TRIP_PLACE_DB_ERROR_BUSY: another program writes to it
 * @TRIP_PLACE_DB_ERROR_NO_REGION: it has no region of that name
 */
typedef enum {
  TRIP_PLACE_DB_ERROR_FAILED,
  TRIP_PLACE_DB_ERROR_MISSING,
  TRIP_PLACE_DB_ERROR_FOREIGN,
  TRIP_PLACE_DB_ERROR_VERSION,
  TRIP_PLACE_DB_ERROR_DAMAGED,
  TRIP_PLACE_DB_ERROR_BUSY,
  TRIP_PLACE_DB_ERROR_NO_REGION,
} TripPlaceDbError;

/**
 * TripPlaceRegion:
 * @id: number in the database
 * @name: name
 * @origin: `osm` or `own`
 * @attribution: the credit that goes with each of its places
 * @files: names of the files it came from, joined by a comma
 * @imported: when, ISO 8601 UTC
 * @n_places: how many it has
 * @n_by_type: how many of each type that can be found
 * @south: southernmost latitude
 * @west: westernmost longitude
 * @north: northernmost latitude
 * @east: easternmost longitude
 *
 * A region: what one import brought.
 */
typedef struct {
  gint64 id;
  char *name;
  char *origin;
  char *attribution;
  char *files;
  char *imported;
  guint n_places;
  guint n_by_type[TRIP_PLACE_N_TYPES];
  gdouble south;
  gdouble west;
  gdouble north;
  gdouble east;
} TripPlaceRegion;

/**
 * TripPlaceChanges:
 * @added: places that are new
 * @changed: places that were there and are another now
 * @same: places as they were
 * @gone: places that were there and are no more
 *
 * What an import did to a region.
 */
typedef struct {
  guint added;
  guint changed;
  guint same;
  guint gone;
} TripPlaceChanges;

/**
 * TripPlaceDumpFunc:
 * @columns: (array length=6): osm, kind, name, lat, lon, opening_hours
 * @user_data: data given with the function
 *
 * Gets one listed place.
 */
typedef void (*TripPlaceDumpFunc) (const char * const *columns,
                                   gpointer            user_data);

/**
 * TripPlaceDb:
 *
 * An open database. Any thread may call; calls wait for one another.
 */
typedef struct _TripPlaceDb TripPlaceDb;

#define TRIP_TYPE_PLACE_DB (trip_place_db_get_type ())
GType            trip_place_db_get_type      (void);

char            *trip_place_db_dup_path      (const char            *wanted);
gboolean         trip_place_db_is_one        (const char            *path);
TripPlaceDb     *trip_place_db_open          (const char            *path,
                                              GError               **error);
TripPlaceDb     *trip_place_db_create        (const char            *path,
                                              GError               **error);
TripPlaceDb     *trip_place_db_ref           (TripPlaceDb           *self);
void             trip_place_db_unref         (TripPlaceDb           *self);
const char      *trip_place_db_get_path      (TripPlaceDb           *self);

GPtrArray       *trip_place_db_list_regions  (TripPlaceDb           *self,
                                              GError               **error);
void             trip_place_region_free      (TripPlaceRegion       *self);
gboolean         trip_place_db_remove_region (TripPlaceDb           *self,
                                              const char            *name,
                                              guint                 *out_removed,
                                              GCancellable          *cancellable,
                                              GError               **error);
gboolean         trip_place_db_check         (TripPlaceDb           *self,
                                              GError               **error);
gboolean         trip_place_db_dump          (TripPlaceDb           *self,
                                              TripPlaceDumpFunc      func,
                                              gpointer               user_data,
                                              GError               **error);

gboolean         trip_place_db_begin         (TripPlaceDb           *self,
                                              GCancellable          *cancellable,
                                              GError               **error);
gboolean         trip_place_db_begin_region  (TripPlaceDb           *self,
                                              const char            *name,
                                              const char            *origin,
                                              const char            *attribution,
                                              const char            *files,
                                              GError               **error);
gboolean         trip_place_db_add           (TripPlaceDb           *self,
                                              const TripPlaceRecord *record,
                                              GError               **error);
gboolean         trip_place_db_end_region    (TripPlaceDb           *self,
                                              TripPlaceChanges      *out_changes,
                                              GError               **error);
gboolean         trip_place_db_commit        (TripPlaceDb           *self,
                                              GError               **error);
void             trip_place_db_rollback      (TripPlaceDb           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlaceDb, trip_place_db_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlaceRegion, trip_place_region_free)

G_END_DECLS
