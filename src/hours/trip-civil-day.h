/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Arithmetic of the calendar for opening hours and holidays: proleptic Gregorian days as numbers, ISO weeks, Easter. GDate
 * does the same with checks at each step, which is too dear for a thousand days of a hundred rules.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripCivilDay:
 * @number: days since 1 January of year 1, which is day 1, as GLib's Julian days
 * @year: year
 * @month: month, 1 to 12
 * @day: day of the month
 * @weekday: day of the week, 0 is Monday
 * @month_days: length of the month
 *
 * A day, taken apart.
 */
typedef struct {
  gint number;
  gint year;
  gint month;
  gint day;
  gint weekday;
  gint month_days;
} TripCivilDay;

void trip_civil_day_init        (TripCivilDay       *self,
                                 gint                number);
gint trip_civil_day_iso_week    (const TripCivilDay *self);

gint trip_civil_number          (gint                year,
                                 gint                month,
                                 gint                day);
gint trip_civil_weekday         (gint                number);
gint trip_civil_month_days      (gint                year,
                                 gint                month);
gint trip_civil_nth_weekday     (gint                year,
                                 gint                month,
                                 gint                weekday,
                                 gint                nth);
gint trip_civil_easter          (gint                year);
gint trip_civil_orthodox_easter (gint                year);

G_END_DECLS
