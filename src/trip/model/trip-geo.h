/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Positions on the globe and the distance between them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripGeo:
 * @lat: latitude, WGS 84 degrees, -90 to 90
 * @lng: longitude, WGS 84 degrees, -180 to 180
 *
 * A position.
 */
typedef struct {
  gdouble lat;
  gdouble lng;
} TripGeo;

gdouble  trip_geo_distance_m (const TripGeo *a,
                              const TripGeo *b);
gboolean trip_geo_is_within  (const TripGeo *a,
                              const TripGeo *b,
                              gdouble        metres);

G_END_DECLS
