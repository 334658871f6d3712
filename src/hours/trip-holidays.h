/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Public holidays of countries: which days, and what they are called. Knows nothing of opening hours.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripHolidayCountry:
 *
 * A country whose public holidays are known. Lives as long as the process and never changes.
 */
typedef struct _TripHolidayCountry TripHolidayCountry;

/**
 * TRIP_HOLIDAYS_MAX:
 *
 * More public holidays than any country has in a year, days in lieu included.
 */
#define TRIP_HOLIDAYS_MAX 64

/**
 * TripHoliday:
 * @number: the day, as g_date_get_julian() counts
 * @name: English name
 *
 * A public holiday.
 */
typedef struct {
  gint number;
  const char *name;
} TripHoliday;

/**
 * TripHolidayYear:
 * @year: the year, 0 while nothing is filled in
 * @n: number of holidays
 * @days: the holidays
 *
 * All public holidays of a country in a year, in no particular order.
 */
typedef struct {
  gint year;
  guint n;
  TripHoliday days[TRIP_HOLIDAYS_MAX];
} TripHolidayYear;

const TripHolidayCountry *trip_holiday_country_find      (const char               *code);
const char               *trip_holiday_country_get_name  (const TripHolidayCountry *self);
GTimeZone                *trip_holiday_country_find_zone (const TripHolidayCountry *self,
                                                          gdouble                   longitude);
void                      trip_holiday_country_list_year (const TripHolidayCountry *self,
                                                          gint                      year,
                                                          TripHolidayYear          *out);
char                    **trip_holiday_countries         (void);

const char               *trip_holiday_year_find         (const TripHolidayYear    *self,
                                                          gint                      number);

const char               *trip_holidays_name             (const char               *country,
                                                          const GDate              *day);

G_END_DECLS
