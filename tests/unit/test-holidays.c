/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Public holidays and what they are reckoned by: the calendar, Easter, the sun.
 */
#include "hours/trip-civil-day.h"
#include "hours/trip-holidays.h"
#include "hours/trip-sun.h"

#include <stdio.h>
#include <string.h>

static void
set_date (GDate      *date,
          const char *text)
{
  guint year = 0;
  guint month = 0;
  guint day = 0;

  g_assert_cmpint (sscanf (text, "%u-%u-%u", &year, &month, &day), ==, 3);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static void
test_names (void)
{
  static const struct {
    const char *country;
    const char *date;
    const char *name;
  } cases[] = {
    { "DE", "2027-10-03", "German Unity Day" },
    { "DE", "2027-03-26", "Good Friday" },
    { "DE", "2027-05-06", "Ascension Day" },
    { "DE", "2027-05-17", "Whit Monday" },
    { "DE", "2027-03-28", NULL },
    /* The eastern churches' Easter of 2027 is 2 May, that of 2026 12 April. */
    { "GR", "2027-04-30", "Good Friday" },
    { "GR", "2027-03-15", "Clean Monday" },
    { "GR", "2026-04-13", "Easter Monday" },
    { "GR", "2027-03-26", NULL },
    { "US", "2026-11-26", "Thanksgiving" },
    { "US", "2027-05-31", "Memorial Day" },
    /* Days in lieu: a Saturday's on the Friday, a Sunday's on the Monday. */
    { "US", "2026-07-03", "Independence Day" },
    { "US", "2027-07-05", "Independence Day" },
    { "US", "2027-12-31", "New Year's Day" },
    { "US", "2020-06-19", NULL },
    { "US", "2021-06-18", "Juneteenth" },
    { "GB", "2027-12-27", "Christmas Day" },
    { "GB", "2027-12-28", "Boxing Day" },
    { "GB", "2027-05-03", "Early May Bank Holiday" },
    { "CA", "2027-05-24", "Victoria Day" },
    { "SE", "2027-06-26", "Midsummer Day" },
    { "CO", "2027-01-11", "Epiphany" },
    { "AR", "2027-06-21", "Güemes Day" },
    { "AR", "2026-06-15", "Güemes Day" },
    { "NZ", "2027-06-25", "Matariki" },
    /* A Sunday's holiday in Japan, and the day between two. */
    { "JP", "2027-03-21", "Vernal Equinox Day" },
    { "JP", "2027-03-22", "Vernal Equinox Day" },
    { "JP", "2026-05-06", "Constitution Day" },
    { "JP", "2026-09-22", "Citizens' Holiday" },
    { "JP", "2027-09-23", "Autumnal Equinox Day" },
    /* The new moon of February 2027 falls on other days in Beijing and in Seoul. */
    { "CN", "2027-02-06", "Lunar New Year" },
    { "KR", "2027-02-07", "Lunar New Year" },
    { "KR", "2027-02-09", "Lunar New Year" },
    { "TR", "2027-03-09", "Ramadan Feast" },
    { "IL", "2027-10-11", "Yom Kippur" },
    { "PL", "2024-12-24", NULL },
    { "PL", "2025-12-24", "Christmas Eve" },
    { "NL", "2025-04-26", "King's Day" },
    { "XX", "2027-01-01", NULL },
    { "de", "2027-01-01", NULL },
    { NULL, "2027-01-01", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate date;

      set_date (&date, cases[i].date);
      g_test_message ("%s %s", cases[i].country != NULL ? cases[i].country : "(none)", cases[i].date);
      g_assert_cmpstr (trip_holidays_name (cases[i].country, &date), ==, cases[i].name);
    }
}

/* Every country has a sensible number of holidays, each once, each in its year. */
static void
test_years (void)
{
  g_auto(GStrv) countries = trip_holiday_countries ();

  g_assert_cmpuint (g_strv_length (countries), >=, 40);
  for (guint i = 0; countries[i] != NULL; i++)
    {
      const TripHolidayCountry *country = trip_holiday_country_find (countries[i]);

      g_assert_cmpint ((gint) strlen (countries[i]), ==, 2);
      g_assert_cmpstr (trip_holiday_country_get_name (country), !=, "");
      for (gint year = 2024; year <= 2035; year++)
        {
          TripHolidayYear holidays;

          trip_holiday_country_list_year (country, year, &holidays);
          g_test_message ("%s %d: %u", countries[i], year, holidays.n);
          g_assert_cmpint (holidays.year, ==, year);
          g_assert_cmpuint (holidays.n, >=, 3);
          g_assert_cmpuint (holidays.n, <, TRIP_HOLIDAYS_MAX / 2);
          for (guint d = 0; d < holidays.n; d++)
            {
              TripCivilDay day;

              trip_civil_day_init (&day, holidays.days[d].number);
              g_assert_cmpint (day.year, ==, year);
              for (guint other = 0; other < d; other++)
                g_assert_cmpint (holidays.days[other].number, !=, day.number);
            }
        }
    }
}

/* The hard ends of the calendar must not break what an unknown traveller asks. */
static void
test_far_years (void)
{
  g_auto(GStrv) countries = trip_holiday_countries ();
  TripHolidayYear holidays;

  for (guint i = 0; countries[i] != NULL; i++)
    {
      trip_holiday_country_list_year (trip_holiday_country_find (countries[i]), 1, &holidays);
      trip_holiday_country_list_year (trip_holiday_country_find (countries[i]), 65535, &holidays);
      g_assert_cmpuint (holidays.n, <, TRIP_HOLIDAYS_MAX);
    }
}

static void
test_zones (void)
{
  static const struct {
    const char *country;
    gdouble longitude;
    const char *zone;
  } cases[] = {
    { "US", -74.0, "America/New_York" }, { "US", -87.6, "America/Chicago" }, { "US", -105.0, "America/Denver" },
    { "US", -122.4, "America/Los_Angeles" }, { "US", -157.9, "Pacific/Honolulu" }, { "ES", -15.4, "Atlantic/Canary" },
    { "ES", 2.2, "Europe/Madrid" }, { "AU", 151.2, "Australia/Sydney" }, { "AU", 115.9, "Australia/Perth" },
  };
  g_auto(GStrv) countries = trip_holiday_countries ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GTimeZone) zone = trip_holiday_country_find_zone (trip_holiday_country_find (cases[i].country),
                                                                  cases[i].longitude);

      g_assert_nonnull (zone);
      g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, cases[i].zone);
    }
  for (guint i = 0; countries[i] != NULL; i++)
    {
      for (gdouble longitude = -180.0; longitude <= 180.0; longitude += 1.0)
        {
          g_autoptr(GTimeZone) zone = trip_holiday_country_find_zone (trip_holiday_country_find (countries[i]), longitude);

          g_assert_nonnull (zone);
        }
    }
}

static void
test_calendar (void)
{
  for (gint number = 1; number < 3000000; number += 97)
    {
      TripCivilDay day;
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) number);
      trip_civil_day_init (&day, number);
      g_assert_cmpint (day.year, ==, g_date_get_year (&date));
      g_assert_cmpint (day.month, ==, g_date_get_month (&date));
      g_assert_cmpint (day.day, ==, g_date_get_day (&date));
      g_assert_cmpint (day.weekday + 1, ==, g_date_get_weekday (&date));
      g_assert_cmpint (trip_civil_day_iso_week (&day), ==, (gint) g_date_get_iso8601_week_of_year (&date));
      g_assert_cmpint (trip_civil_number (day.year, day.month, day.day), ==, number);
    }
}

static void
test_easter (void)
{
  static const struct {
    gint year;
    gint month, day;
    gint orthodox_month, orthodox_day;
  } cases[] = {
    { 2024, 3, 31, 5, 5 }, { 2025, 4, 20, 4, 20 }, { 2026, 4, 5, 4, 12 }, { 2027, 3, 28, 5, 2 }, { 2028, 4, 16, 4, 16 },
    { 2035, 3, 25, 4, 29 }, { 2038, 4, 25, 4, 25 }, { 2049, 4, 18, 4, 25 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (trip_civil_easter (cases[i].year), ==,
                       trip_civil_number (cases[i].year, cases[i].month, cases[i].day));
      g_assert_cmpint (trip_civil_orthodox_easter (cases[i].year), ==,
                       trip_civil_number (cases[i].year, cases[i].orthodox_month, cases[i].orthodox_day));
    }
}

/* Beside the answers of SunCalc 2.0, which uses the same almanac. */
static void
test_sun (void)
{
  static const struct {
    const char *date;
    gdouble latitude, longitude;
    gint utc_offset;
    gint minutes[4];
  } cases[] = {
    { "2027-03-01", 38.7223, -9.1393, 0, { 403, 429, 1109, 1136 } },
    { "2027-06-21", 52.52, 13.405, 120, { 233, 283, 1293, 1344 } },
    { "2027-12-21", 52.52, 13.405, 60, { 453, 495, 954, 996 } },
    { "2027-09-23", 35.68, 139.77, 540, { 304, 329, 1057, 1083 } },
    { "2027-01-15", -33.87, 151.21, 660, { 331, 359, 1209, 1237 } },
    { "2027-04-10", 40.71, -74, -240, { 357, 385, 1170, 1198 } },
    { "2027-07-01", 1.35, 103.82, 480, { 400, 423, 1155, 1177 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate date;

      set_date (&date, cases[i].date);
      for (guint event = TRIP_SUN_DAWN; event <= TRIP_SUN_DUSK; event++)
        {
          gint minute = trip_sun_minute (&date, cases[i].latitude, cases[i].longitude, cases[i].utc_offset,
                                         (TripSunEvent) event);

          g_test_message ("%s %.1f %.1f event %u: %d", cases[i].date, cases[i].latitude, cases[i].longitude, event, minute);
          g_assert_cmpint (ABS (minute - cases[i].minutes[event]), <=, 2);
        }
    }
}

/* Days without a sunrise and without a sunset have no event out of order. */
static void
test_polar_sun (void)
{
  for (gdouble latitude = -90.0; latitude <= 90.0; latitude += 5.0)
    {
      GDate date;

      set_date (&date, "2027-01-01");
      for (guint d = 0; d < 365; d++, g_date_add_days (&date, 1))
        {
          gint last = G_MININT;

          for (guint event = TRIP_SUN_DAWN; event <= TRIP_SUN_DUSK; event++)
            {
              gint minute = trip_sun_minute (&date, latitude, 0.0, 0, (TripSunEvent) event);

              g_assert_cmpint (minute, >=, last);
              g_assert_cmpint (minute, >=, -60);
              g_assert_cmpint (minute, <=, 25 * 60);
              last = minute;
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_summary ("Public holidays, and the calendar and the sun they and opening hours are reckoned by");

  g_test_add_func ("/holidays/names", test_names);
  g_test_add_func ("/holidays/years", test_years);
  g_test_add_func ("/holidays/far-years", test_far_years);
  g_test_add_func ("/holidays/zones", test_zones);
  g_test_add_func ("/holidays/calendar", test_calendar);
  g_test_add_func ("/holidays/easter", test_easter);
  g_test_add_func ("/holidays/sun", test_sun);
  g_test_add_func ("/holidays/polar-sun", test_polar_sun);

  return g_test_run ();
}
