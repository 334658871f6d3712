/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Importing files into the place database: OpenStreetMap extracts, and GeoJSON and CSV of one's own places.
 */
#pragma once

#include "providers/places/trip-place-db.h"

G_BEGIN_DECLS

/**
 * TRIP_PLACE_IMPORT_ERROR:
 *
 * Domain of the errors of files of one's own places.
 */
#define TRIP_PLACE_IMPORT_ERROR (trip_place_import_error_quark ())
GQuark trip_place_import_error_quark (void);

/**
 * TripPlaceImportError:
 * @TRIP_PLACE_IMPORT_ERROR_FORMAT: no format that is read here
 * @TRIP_PLACE_IMPORT_ERROR_BROKEN: the file breaks its format; the message says at which line or byte
 */
typedef enum {
  TRIP_PLACE_IMPORT_ERROR_FORMAT,
  TRIP_PLACE_IMPORT_ERROR_BROKEN,
} TripPlaceImportError;

/**
 * TripPlaceImportProgress:
 * @file: name of the file being read
 * @fraction: how much of all files is done, 0 to 1; never falls
 * @user_data: data given with the function
 *
 * Hears how far an import is, in the thread that runs it.
 */
typedef void (*TripPlaceImportProgress) (const char *file,
                                         gdouble     fraction,
                                         gpointer    user_data);

/**
 * TripPlaceImported:
 * @region: name of the region
 * @changes: what changed in it
 *
 * What an import did to one region.
 */
typedef struct {
  char *region;
  TripPlaceChanges changes;
} TripPlaceImported;

GPtrArray *trip_place_import        (TripPlaceDb             *db,
                                     const char * const      *files,
                                     const char              *region,
                                     const char              *attribution,
                                     TripPlaceImportProgress  progress,
                                     gpointer                 user_data,
                                     GCancellable            *cancellable,
                                     GError                 **error);
char      *trip_place_region_name   (const char              *file);

G_END_DECLS
