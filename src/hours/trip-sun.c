/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sunrise and sunset by the equations of the Astronomical Almanac, low precision: right to about a minute between the polar
 * circles. Nothing here knows of mountains.
 */
#include "hours/trip-sun.h"

#include <math.h>

#define DAY_MINUTES 1440.0
#define RADIANS (G_PI / 180.0)

/* Julian day number of 1 January of year 1, on which GDate's count begins, less that beginning. */
#define JULIAN_EPOCH 1721424.5
#define J2000 2451545.0

/**
 * trip_sun_minute:
 * @day: a day
 * @latitude: degrees north
 * @longitude: degrees east
 * @utc_offset: minutes that the clocks of the place are ahead of UTC on that day
 * @event: what the sun does
 *
 * Where the sun does not rise that day, all four events fall on noon by the sun. Where it does not set, the day begins and
 * ends at that noon twelve hours away.
 *
 * Returns: the minute after the local midnight that begins @day; may lie a little before or after the day
 */
gint
trip_sun_minute (const GDate  *day,
                 gdouble       latitude,
                 gdouble       longitude,
                 gint          utc_offset,
                 TripSunEvent  event)
{
  gdouble altitude = event == TRIP_SUN_DAWN || event == TRIP_SUN_DUSK ? -6.0 : -0.833;
  gdouble side = event == TRIP_SUN_DAWN || event == TRIP_SUN_RISE ? -1.0 : 1.0;
  gdouble midnight = (gdouble) g_date_get_julian (day) + JULIAN_EPOCH - utc_offset / DAY_MINUTES - J2000;
  gdouble minute = DAY_MINUTES / 2;

  latitude = CLAMP (latitude, -89.9, 89.9) * RADIANS;
  /* The sun moves on while the day goes by: the second round takes it where the first one found the event. */
  for (guint round = 0; round < 3; round++)
    {
      gdouble days = midnight + minute / DAY_MINUTES;
      gdouble anomaly = (357.5291 + 0.98560028 * days) * RADIANS;
      gdouble ecliptic = anomaly + (1.9148 * sin (anomaly) + 0.02 * sin (2 * anomaly) + 0.0003 * sin (3 * anomaly) +
                                    102.9372 + 180.0) * RADIANS;
      gdouble declination = asin (sin (ecliptic) * sin (23.4393 * RADIANS));
      /* The equation of time, minutes that a sundial is behind the clock. */
      gdouble late = (0.0053 * sin (anomaly) - 0.0069 * sin (2 * ecliptic)) * DAY_MINUTES;
      gdouble noon = DAY_MINUTES / 2 - longitude * 4.0 + utc_offset + late;
      gdouble cosine = (sin (altitude * RADIANS) - sin (latitude) * sin (declination)) /
                       (cos (latitude) * cos (declination));

      minute = noon + side * acos (CLAMP (cosine, -1.0, 1.0)) / G_PI * DAY_MINUTES / 2;
    }
  return (gint) lround (minute);
}
