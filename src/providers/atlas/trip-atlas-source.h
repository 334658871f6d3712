/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The atlas as a place source: turns names of a request into its places, or says what is known nearby.
 */
#pragma once

#include "providers/atlas/trip-atlas.h"
#include "trip/pipeline/trip-place-source.h"

G_BEGIN_DECLS

#define TRIP_TYPE_ATLAS_SOURCE (trip_atlas_source_get_type ())
G_DECLARE_FINAL_TYPE (TripAtlasSource, trip_atlas_source, TRIP, ATLAS_SOURCE, GObject)

TripAtlasSource *trip_atlas_source_new (TripAtlas *atlas);

G_END_DECLS
