/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What reads one file each into the region that is open.
 */
#pragma once

#include "providers/places/trip-place-import.h"

G_BEGIN_DECLS

/**
 * TripPlaceFileProgress:
 * @fraction: how much of the file is done
 * @user_data: data given with the function
 */
typedef void (*TripPlaceFileProgress) (gdouble  fraction,
                                       gpointer user_data);

/**
 * TripPlaceField:
 * @name: name of the field
 * @value: its value
 *
 * A field of a row of one's own places.
 */
typedef TripOsmTag TripPlaceField;

gboolean         trip_place_import_osm     (TripPlaceDb            *db,
                                            const char             *path,
                                            TripPlaceFileProgress   progress,
                                            gpointer                user_data,
                                            GCancellable           *cancellable,
                                            GError                **error);
gboolean         trip_place_import_csv     (TripPlaceDb            *db,
                                            const char             *path,
                                            TripPlaceFileProgress   progress,
                                            gpointer                user_data,
                                            GCancellable           *cancellable,
                                            GError                **error);
gboolean         trip_place_import_geojson (TripPlaceDb            *db,
                                            const char             *path,
                                            TripPlaceFileProgress   progress,
                                            gpointer                user_data,
                                            GCancellable           *cancellable,
                                            GError                **error);
GBytes          *trip_place_import_load    (const char             *path,
                                            GError                **error);

TripPlaceRecord *trip_place_record_new_own (const TripPlaceField   *fields,
                                            guint                   n_fields,
                                            const TripGeo          *geo,
                                            GHashTable             *refs,
                                            GError                **error);
gboolean         trip_place_read_degrees   (const char             *text,
                                            const char             *name,
                                            gdouble                 limit,
                                            gdouble                *out,
                                            GError                **error);

G_END_DECLS
