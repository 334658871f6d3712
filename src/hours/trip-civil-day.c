/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Days as numbers, and back. Years from 0 to 65536 come out right, a little more than GDate knows, so that a day beside its
 * first and its last one needs no special case.
 */
#include "hours/trip-civil-day.h"

static gboolean
is_leap (gint year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static gint
days_before_year (gint year)
{
  gint y = year - 1;

  return y * 365 + (y >= 0 ? y / 4 - y / 100 + y / 400 : -1);
}

/*< private >
 * trip_civil_month_days:
 * @year: a year
 * @month: a month, 1 to 12
 *
 * Returns: how many days the month has
 */
gint
trip_civil_month_days (gint year,
                       gint month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap (year) ? 29 : days[month - 1];
}

/*< private >
 * trip_civil_number:
 * @year: a year
 * @month: a month, 1 to 12
 * @day: a day; others than the month has lie before or after it
 *
 * Returns: the day's number
 */
gint
trip_civil_number (gint year,
                   gint month,
                   gint day)
{
  static const guint16 before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

  return days_before_year (year) + before[month - 1] + (month > 2 && is_leap (year) ? 1 : 0) + day;
}

/*< private >
 * trip_civil_weekday:
 * @number: a day's number
 *
 * Returns: its day of the week, 0 is Monday
 */
gint
trip_civil_weekday (gint number)
{
  /* 1 January of year 1 was a Monday. */
  return ((number - 1) % 7 + 7) % 7;
}

/*< private >
 * trip_civil_day_init:
 * @self: (out caller-allocates): a day
 * @number: its number
 *
 * Takes a day's number apart.
 */
void
trip_civil_day_init (TripCivilDay *self,
                     gint          number)
{
  gint rest;

  self->number = number;
  self->weekday = trip_civil_weekday (number);
  self->year = MAX (0, (gint) ((gint64) number * 400 / 146097));
  while (days_before_year (self->year + 1) < number)
    self->year++;
  rest = number - days_before_year (self->year);
  self->month = 1;
  while (rest > (self->month_days = trip_civil_month_days (self->year, self->month)))
    {
      rest -= self->month_days;
      self->month++;
    }
  self->day = rest;
}

/*< private >
 * trip_civil_day_iso_week:
 * @self: a day
 *
 * Returns: its week, 1 to 53; the first days of January may lie in the last week of the year before
 */
gint
trip_civil_day_iso_week (const TripCivilDay *self)
{
  /* The week belongs to the year its Thursday is in. */
  gint thursday = self->number - self->weekday + 3;
  gint year = self->year;

  if (thursday <= days_before_year (year))
    year--;
  else if (thursday > days_before_year (year + 1))
    year++;
  return (thursday - days_before_year (year) - 1) / 7 + 1;
}

/*< private >
 * trip_civil_nth_weekday:
 * @year: a year
 * @month: a month, 1 to 12
 * @weekday: a day of the week, 0 is Monday
 * @nth: which one of the month, from 1; -1 is the last one
 *
 * Returns: the day's number, which lies beside the month where that has no such day
 */
gint
trip_civil_nth_weekday (gint year,
                        gint month,
                        gint weekday,
                        gint nth)
{
  gint number = trip_civil_number (year, month, 1);

  if (nth > 0)
    return number + (weekday - trip_civil_weekday (number) + 7) % 7 + (nth - 1) * 7;
  number += trip_civil_month_days (year, month) - 1;
  return number - (trip_civil_weekday (number) - weekday + 7) % 7 + (nth + 1) * 7;
}

/*< private >
 * trip_civil_easter:
 * @year: a year
 *
 * Returns: the number of the Easter Sunday of the western churches
 */
gint
trip_civil_easter (gint year)
{
  /* The anonymous Gregorian algorithm. */
  gint a = year % 19;
  gint b = year / 100;
  gint c = year % 100;
  gint d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  gint e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  gint f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

  return trip_civil_number (year, f / 31, f % 31 + 1);
}

/*< private >
 * trip_civil_orthodox_easter:
 * @year: a year
 *
 * Returns: the number of the Easter Sunday of the eastern churches
 */
gint
trip_civil_orthodox_easter (gint year)
{
  /* Meeus: Easter by the Julian calendar, then the days that lag behind. */
  gint d = (19 * (year % 19) + 15) % 30;
  gint e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  gint month = (d + e + 114) / 31;
  gint day = (d + e + 114) % 31 + 1;

  return trip_civil_number (year, month, day) + year / 100 - year / 400 - 2;
}
