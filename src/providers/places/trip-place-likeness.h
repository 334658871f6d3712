/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether two sources, or two objects of one, mean the same place in the world.
 */
#pragma once

#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

/**
 * TRIP_PLACE_NAME_BORDER:
 *
 * Stands between the folded names of a place: a word of its own that nobody types, so no phrase spans two names.
 */
#define TRIP_PLACE_NAME_BORDER "\xee\x80\x80"

gboolean trip_place_is_alike  (const TripPoi *a,
                               const TripPoi *b);
gdouble  trip_place_likeness  (const char    *folded_a,
                               const char    *folded_b);
guint    trip_place_add_unlike (GPtrArray    *pois,
                               TripPoi       *poi);

G_END_DECLS
