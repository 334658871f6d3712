/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The place databases of imported regions as a place source.
 */
#pragma once

#include "providers/gazetteer/trip-gazetteer.h"
#include "providers/places/trip-place-db.h"
#include "trip/pipeline/trip-place-source.h"

G_BEGIN_DECLS

#define TRIP_TYPE_IMPORTED_SOURCE (trip_imported_source_get_type ())
G_DECLARE_FINAL_TYPE (TripImportedSource, trip_imported_source, TRIP, IMPORTED_SOURCE, GObject)

TripImportedSource *trip_imported_source_new       (const char * const *paths,
                                                    TripGazetteer      *gazetteer);
void                trip_imported_source_add_names (TripImportedSource *self);

G_END_DECLS
