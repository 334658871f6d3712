/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * When the sun rises and sets. Knows nothing of opening hours.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripSunEvent:
 * @TRIP_SUN_DAWN: first light, the sun six degrees below the horizon
 * @TRIP_SUN_RISE: the sun's upper edge appears
 * @TRIP_SUN_SET: the sun's upper edge vanishes
 * @TRIP_SUN_DUSK: last light, the sun six degrees below the horizon
 *
 * What the sun does once a day, in the order of the day.
 */
typedef enum {
  TRIP_SUN_DAWN,
  TRIP_SUN_RISE,
  TRIP_SUN_SET,
  TRIP_SUN_DUSK,
} TripSunEvent;

gint trip_sun_minute (const GDate  *day,
                      gdouble       latitude,
                      gdouble       longitude,
                      gint          utc_offset,
                      TripSunEvent  event);

G_END_DECLS
