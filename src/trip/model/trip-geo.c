/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Distance on the globe.
 */
#include "trip/model/trip-geo.h"

#include <math.h>

#define EARTH_RADIUS_M 6371008.8

/**
 * trip_geo_distance_m:
 * @a: a position
 * @b: another
 *
 * Great-circle distance by the haversine formula on a sphere of the Earth's mean radius; within 0.6 % of the ellipsoid.
 *
 * Returns: metres
 */
gdouble
trip_geo_distance_m (const TripGeo *a,
                     const TripGeo *b)
{
  gdouble lat_a = a->lat * G_PI / 180.0;
  gdouble lat_b = b->lat * G_PI / 180.0;
  gdouble s = sin ((lat_b - lat_a) / 2.0);
  gdouble t = sin ((b->lng - a->lng) * G_PI / 360.0);
  gdouble h = s * s + cos (lat_a) * cos (lat_b) * t * t;

  return 2.0 * EARTH_RADIUS_M * asin (sqrt (MIN (h, 1.0)));
}

/**
 * trip_geo_is_within:
 * @a: a position
 * @b: another
 * @metres: a distance
 *
 * Tells by the latitudes alone where those are too far apart, at a fraction of the cost.
 *
 * Returns: whether the great-circle distance is at most @metres
 */
gboolean
trip_geo_is_within (const TripGeo *a,
                    const TripGeo *b,
                    gdouble        metres)
{
  if (fabs (a->lat - b->lat) * (G_PI / 180.0 * EARTH_RADIUS_M) > metres)
    return FALSE;
  return trip_geo_distance_m (a, b) <= metres;
}
