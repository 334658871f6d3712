/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * When it gets dark: a park that never closes is still no place for nine in the evening in December.
 */
#include "providers/planner/trip-plan-context.h"

#include <math.h>

/* There is light to walk by for some time after the sun has set. */
#define TWILIGHT_MINUTES 30

#define EARLIEST_DUSK (15 * 60)
#define LATEST_DUSK (23 * 60)

/* Minutes from noon to sunset by the day of the year: declination and hour angle, good to some ten minutes. */
static gdouble
half_day_minutes (gdouble latitude,
                  guint   day_of_year)
{
  gdouble declination = 23.44 * sin (2.0 * G_PI * (day_of_year - 81.0) / 365.25) * G_PI / 180.0;
  gdouble cosine = -tan (CLAMP (latitude, -89.0, 89.0) * G_PI / 180.0) * tan (declination);

  return acos (CLAMP (cosine, -1.0, 1.0)) / G_PI * TRIP_PLAN_MINUTES_PER_DAY / 2.0;
}

static gint
find_utc_offset (const TripPlanCity *city,
                 GTimeZone          *zone,
                 const GDate        *date)
{
  g_autoptr(GDateTime) noon = zone != NULL ? g_date_time_new (zone, g_date_get_year (date), g_date_get_month (date),
                                                              g_date_get_day (date), 12, 0, 0)
                                           : NULL;

  if (noon != NULL)
    return (gint) (g_date_time_get_utc_offset (noon) / G_TIME_SPAN_MINUTE);
  return (gint) lround (city->geo.lng / 15.0) * 60;
}

/**
 * trip_plan_context_find_dusk:
 * @self: a context with cities and dates
 *
 * Finds for each city and day when it gets dark, and each city's clock.
 */
void
trip_plan_context_find_dusk (TripPlanContext *self)
{
  for (guint i = 0; i < self->cities->len; i++)
    {
      TripPlanCity *city = &g_array_index (self->cities, TripPlanCity, i);
      g_autoptr(GTimeZone) zone = city->facts != NULL ? g_time_zone_new_identifier (city->facts->timezone) : NULL;

      for (guint d = 0; d < self->n_days; d++)
        {
          GDate date;
          gdouble noon;
          gint offset, dusk;

          trip_plan_context_date (self, d, &date);
          offset = find_utc_offset (city, zone, &date);
          if (d == 0)
            city->utc_offset = offset;
          noon = 12 * 60 - city->geo.lng * 4.0 + offset;
          dusk = (gint) (noon + half_day_minutes (city->geo.lat, g_date_get_day_of_year (&date))) + TWILIGHT_MINUTES;
          city->dusk[d] = (gint16) (CLAMP (dusk, EARLIEST_DUSK, LATEST_DUSK) / 5 * 5);
        }
    }
}
