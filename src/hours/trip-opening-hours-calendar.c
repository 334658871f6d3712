/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which days the rules of opening hours are about.
 */
#include "hours/trip-opening-hours-private.h"

#include <string.h>

void
trip_hours_calendar_init (TripHoursCalendar *self, const TripOpeningHours *hours)
{
  self->hours = hours;
  self->years[0].year = self->years[1].year = 0;
}

/* Days around new year ask for two years in turn. */
static const TripHolidayYear *
holidays_of_year (TripHoursCalendar *self, gint year)
{
  TripHolidayYear *holidays = &self->years[year % 2];

  if (holidays->year != year)
    trip_holiday_country_list_year (self->hours->country, year, holidays);
  return holidays;
}

/* School holidays differ from town to town, so nobody knows them. */
static gboolean
is_holiday (TripHoursCalendar *self, TripHolidayKind kind, gint offset, const TripCivilDay *day)
{
  TripCivilDay shifted;

  if (kind != TRIP_HOLIDAY_PUBLIC || self->hours->country == NULL)
    return FALSE;
  if (offset != 0)
    {
      trip_civil_day_init (&shifted, day->number - offset);
      day = &shifted;
    }
  return day->year >= 1 && trip_holiday_year_find (holidays_of_year (self, day->year), day->number) != NULL;
}

static gboolean
holidays_cover (TripHoursCalendar *self, const TripSlice *slice, const TripCivilDay *day)
{
  for (guint i = 0; i < slice->count; i++)
    {
      const TripHolidayDay *holiday = &g_array_index (self->hours->holidays, TripHolidayDay, slice->first + i);

      if (is_holiday (self, holiday->kind, holiday->offset, day))
        return TRUE;
    }
  return FALSE;
}

static gint
shift_mark (const TripDateMark *mark, gint number)
{
  gint back;

  if (mark->toward > 0)
    number += (mark->toward - 1 - trip_civil_weekday (number) + 6) % 7 + 1;
  else if (mark->toward < 0)
    {
      back = (trip_civil_weekday (number) + mark->toward + 1 + 6) % 7 + 1;
      number -= back;
    }
  return number + mark->offset;
}

/*
 * The day a mark stands for in @year. A month is its first or its last day; a day that the month does not have is the
 * nearest one inside the span.
 */
static gint
resolve_mark (const TripDateMark *mark, gint year, gboolean is_end)
{
  gint length;
  gint number;

  if (mark->kind == TRIP_MARK_EASTER)
    return shift_mark (mark, trip_civil_easter (year));
  if (mark->kind == TRIP_MARK_NTH)
    return shift_mark (mark, trip_civil_nth_weekday (year, mark->month, mark->weekday, mark->nth));

  length = trip_civil_month_days (year, mark->month);
  number = trip_civil_number (year, mark->month, 1);
  if (mark->kind == TRIP_MARK_MONTH)
    return is_end ? number + length - 1 : number;
  return shift_mark (mark, number + (mark->day > length && is_end ? length : mark->day) - 1);
}

static gboolean
is_step (const TripDateSpan *span, gint first, gint number)
{
  return span->step <= 1 || (number - first) % span->step == 0;
}

static gboolean
year_span_covers (const TripDateSpan *span, gint year, const TripCivilDay *day)
{
  gint from = resolve_mark (&span->from, year, FALSE);
  gint to = resolve_mark (&span->to, year, TRUE);

  if (from <= to)
    return day->number >= from && day->number <= to && is_step (span, from, day->number);
  if (memcmp (&span->from, &span->to, sizeof span->from) == 0)
    return FALSE; /* 29 February of another year */
  if (day->number >= from)
    return is_step (span, from, day->number);
  return day->number <= to && is_step (span, resolve_mark (&span->from, MAX (1, year - 1), FALSE), day->number);
}

/* Whether the span as it is reckoned from @year, without going over new year, has the day. */
static gboolean
reckoned_span_covers (const TripDateSpan *span, gint year, const TripCivilDay *day)
{
  gint from = resolve_mark (&span->from, year, FALSE);

  return day->number >= from && day->number <= resolve_mark (&span->to, year, TRUE) && is_step (span, from, day->number);
}

static gboolean
moves (const TripDateMark *mark)
{
  return mark->offset != 0 || mark->toward != 0;
}

static gboolean
date_span_covers (TripHoursCalendar *self, const TripDateSpan *span, const TripCivilDay *day)
{
  const TripDateMark *from = &span->from;
  const TripDateMark *to = &span->to;

  if (from->kind == TRIP_MARK_HOLIDAY)
    return is_holiday (self, (TripHolidayKind) from->day, from->offset, day);
  if (span->open_end)
    return day->number >= resolve_mark (from, from->year != 0 ? from->year : day->year, FALSE);
  if (from->year != 0 || to->year != 0)
    {
      gint first_year = from->year != 0 ? from->year : to->year;
      gint first = resolve_mark (from, first_year, FALSE);
      gint last = resolve_mark (to, to->year != 0 ? to->year : first_year, TRUE);

      /* Only one end names its year, and the span goes over new year. */
      if (last < first && to->year == 0)
        last = resolve_mark (to, first_year + 1, TRUE);
      else if (last < first && from->year == 0)
        first = resolve_mark (from, first_year - 1, FALSE);
      return day->number >= first && day->number <= last && is_step (span, first, day->number);
    }

  if (year_span_covers (span, day->year, day))
    return TRUE;
  /* "Jan 1 -1 day" lies in the year before the one it is reckoned from. */
  return (moves (from) || moves (to)) && from->kind == to->kind &&
         resolve_mark (from, day->year, FALSE) <= resolve_mark (to, day->year, TRUE) &&
         (reckoned_span_covers (span, day->year + 1, day) ||
          (day->year > 1 && reckoned_span_covers (span, day->year - 1, day)));
}

static gboolean
number_span_covers (const TripNumberSpan *span, gint n)
{
  if (span->from <= span->to)
    return n >= span->from && n <= span->to && (n - span->from) % span->step == 0;
  return n >= span->from || n <= span->to;
}

static gboolean
numbers_cover (const TripOpeningHours *self, const TripSlice *slice, gint n)
{
  for (guint i = 0; i < slice->count; i++)
    {
      if (number_span_covers (&g_array_index (self->numbers, TripNumberSpan, slice->first + i), n))
        return TRUE;
    }
  return FALSE;
}

static gboolean
nth_covers (const TripNthWeekday *nth, const TripCivilDay *day)
{
  TripCivilDay shifted;

  if (nth->offset != 0)
    {
      trip_civil_day_init (&shifted, day->number - nth->offset);
      day = &shifted;
    }
  return day->weekday == nth->weekday && ((nth->from_start & (1u << ((day->day - 1) / 7 + 1))) != 0 ||
                                          (nth->from_end & (1u << ((day->month_days - day->day) / 7 + 1))) != 0);
}

static gboolean
weekdays_cover (TripHoursCalendar *self, const TripHoursRule *rule, const TripCivilDay *day)
{
  if ((rule->weekdays & (1u << day->weekday)) != 0)
    return TRUE;
  for (guint i = 0; i < rule->nths.count; i++)
    {
      if (nth_covers (&g_array_index (self->hours->nths, TripNthWeekday, rule->nths.first + i), day))
        return TRUE;
    }
  return holidays_cover (self, &rule->holidays, day);
}

static gboolean
dates_cover (TripHoursCalendar *self, const TripHoursRule *rule, const TripCivilDay *day)
{
  for (guint i = 0; i < rule->dates.count; i++)
    {
      if (date_span_covers (self, &g_array_index (self->hours->dates, TripDateSpan, rule->dates.first + i), day))
        return TRUE;
    }
  return FALSE;
}

gboolean
trip_hours_rule_covers (TripHoursCalendar *self, const TripHoursRule *rule, const TripCivilDay *day)
{
  const TripOpeningHours *hours = self->hours;

  return (rule->only.count == 0 || holidays_cover (self, &rule->only, day)) &&
         (!rule->has_weekdays || weekdays_cover (self, rule, day)) &&
         (rule->dates.count == 0 || dates_cover (self, rule, day)) &&
         (rule->years.count == 0 || numbers_cover (hours, &rule->years, day->year)) &&
         (rule->weeks.count == 0 || numbers_cover (hours, &rule->weeks, trip_civil_day_iso_week (day)));
}
