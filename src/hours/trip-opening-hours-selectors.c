/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The days a rule of opening hours is about: years, weeks, week days and holidays. Dates have a file of their own.
 */
#include "hours/trip-opening-hours-parser.h"

#include <glib/gi18n-lib.h>

/* "+39 days", when it stands there. */
gboolean
trip_hours_parser_offset (TripHoursParser *p, gint *offset)
{
  gint sign = is_sign (p, 0, '-') ? -1 : 1;

  if (!(is_sign (p, 0, '+') || is_sign (p, 0, '-')) || !is_kind (p, 1, TRIP_TOKEN_NUMBER) || !is_kind (p, 2, TRIP_TOKEN_DAY))
    return TRUE;
  p->at++;
  if (!trip_hours_parser_number (p, 0, 366, _("a number of days up to 366"), offset))
    return FALSE;
  *offset *= sign;
  p->at++;
  return TRUE;
}

/* Years and weeks: "2024", "2020-2024", "2024+", "1-53/2". */
static gboolean
parse_number_span (TripHoursParser *p, gint least, gint most, const char *expected)
{
  TripNumberSpan span = { .step = 1 };

  if (!trip_hours_parser_number (p, least, most, expected, &span.from))
    return FALSE;
  span.to = span.from;
  if (accept_sign (p, '+'))
    span.to = most;
  else if (is_sign (p, 0, '/') && least > 53)
    {
      /* "2025/2": every other year from then on */
      p->at++;
      span.to = most;
      if (!trip_hours_parser_number (p, 1, 99, _("a step"), &span.step))
        return FALSE;
    }
  else if (accept_sign (p, '-'))
    {
      if (!trip_hours_parser_number (p, least, most, expected, &span.to))
        return FALSE;
      if (accept_sign (p, '/') && !trip_hours_parser_number (p, 1, 99, _("a step"), &span.step))
        return FALSE;
    }
  g_array_append_val (p->self->numbers, span);
  return trip_hours_parser_count_item (p);
}

static gboolean
parse_years (TripHoursParser *p, TripHoursRule *rule)
{
  rule->years.first = p->self->numbers->len;
  do
    {
      if (!parse_number_span (p, 1900, 2999, _("a year")))
        return FALSE;
    }
  while (accept_comma (p, trip_hours_parser_is_year (p, 1)));
  rule->years.count = p->self->numbers->len - rule->years.first;
  return TRUE;
}

static gboolean
parse_weeks (TripHoursParser *p, TripHoursRule *rule)
{
  p->at++;
  rule->weeks.first = p->self->numbers->len;
  do
    {
      if (!parse_number_span (p, 1, 53, _("a week from 1 to 53")))
        return FALSE;
    }
  while (accept_comma (p, is_kind (p, 1, TRIP_TOKEN_NUMBER) && !trip_hours_parser_is_clock (p, 1) &&
                            !trip_hours_parser_is_year (p, 1)));
  rule->weeks.count = p->self->numbers->len - rule->weeks.first;
  return TRUE;
}

static gboolean
parse_nth_weekday (TripHoursParser *p)
{
  TripNthWeekday nth = { .weekday = peek (p, 0)->value };

  p->at += 2;
  do
    {
      gboolean from_end = accept_sign (p, '-');
      gint from;
      gint to;

      if (!trip_hours_parser_number (p, 1, 5, _("a number from 1 to 5"), &from))
        return FALSE;
      to = from;
      if (!from_end && accept_sign (p, '-') && !trip_hours_parser_number (p, from, 5, _("a later number up to 5"), &to))
        return FALSE;
      for (gint n = from; n <= to; n++)
        {
          if (from_end)
            nth.from_end |= 1u << n;
          else
            nth.from_start |= 1u << n;
        }
    }
  while (accept_sign (p, ','));

  if (!accept_sign (p, ']'))
    return trip_hours_parser_fail (p, _("“]”"));
  if (!trip_hours_parser_offset (p, &nth.offset))
    return FALSE;
  g_array_append_val (p->self->nths, nth);
  return trip_hours_parser_count_item (p);
}

static gboolean
parse_weekday_item (TripHoursParser *p, TripHoursRule *rule)
{
  gint from = peek (p, 0)->value;
  gint to = from;

  if (is_kind (p, 0, TRIP_TOKEN_WEEKDAYS))
    {
      rule->weekdays |= (guint) from;
      p->at++;
      return TRUE;
    }
  if (is_sign (p, 1, '['))
    return parse_nth_weekday (p);

  p->at++;
  if (accept_sign (p, '-'))
    {
      if (!is_kind (p, 0, TRIP_TOKEN_WEEKDAY))
        return trip_hours_parser_fail (p, _("a week day"));
      to = p->tokens[p->at++].value;
    }
  rule->weekdays |= 1u << from;
  while (from != to)
    {
      from = (from + 1) % 7;
      rule->weekdays |= 1u << from;
    }
  return TRUE;
}

/* "PH", "SH -1 day" */
static gboolean
parse_holiday (TripHoursParser *p)
{
  TripHolidayDay holiday = { .kind = (TripHolidayKind) p->tokens[p->at++].value };

  if (!trip_hours_parser_offset (p, &holiday.offset) || !trip_hours_parser_count_item (p))
    return FALSE;
  g_array_append_val (p->self->holidays, holiday);
  return TRUE;
}

/* A list of nothing but holidays narrows the week days beside it down, one that holds both means either. */
static gboolean
parse_weekdays (TripHoursParser *p, TripHoursRule *rule)
{
  gboolean only_holidays = TRUE;
  guint start = p->at;
  TripSlice holidays = { p->self->holidays->len, 0 };

  if (!rule->has_weekdays)
    rule->nths.first = p->self->nths->len;
  while (TRUE)
    {
      if (is_kind (p, 0, TRIP_TOKEN_HOLIDAY))
        {
          if (!parse_holiday (p))
            return FALSE;
        }
      else
        {
          if (!parse_weekday_item (p, rule))
            return FALSE;
          only_holidays = FALSE;
        }

      /* "PH,Dec 25": the holidays are part of a list of dates, which is read from its start. */
      if (only_holidays && rule->dates.count == 0 && is_sign (p, 0, ',') && trip_hours_parser_is_date (p, 1))
        {
          g_array_set_size (p->self->holidays, holidays.first);
          p->at = start;
          return trip_hours_parser_dates (p, rule);
        }
      /* "Mo We Fr" needs no commas, but "Mo-Fr SH" means both at once. */
      if (!accept_comma (p, trip_hours_parser_is_weekday (p, 1)) && (only_holidays || !is_kind (p, 0, TRIP_TOKEN_WEEKDAY)))
        break;
    }
  holidays.count = p->self->holidays->len - holidays.first;
  if (only_holidays)
    {
      rule->only = holidays;
      return TRUE;
    }
  rule->holidays = holidays;
  rule->has_weekdays = TRUE;
  rule->nths.count = p->self->nths->len - rule->nths.first;
  return TRUE;
}

/* The days a rule is about, in any order; each kind narrows the others down. */
gboolean
trip_hours_parser_selectors (TripHoursParser *p, TripHoursRule *rule)
{
  while (TRUE)
    {
      guint start = p->at;

      if (trip_hours_parser_is_date (p, 0) && rule->dates.count == 0)
        {
          if (!trip_hours_parser_dates (p, rule))
            return FALSE;
        }
      else if (trip_hours_parser_is_year (p, 0) && rule->years.count == 0)
        {
          if (!parse_years (p, rule))
            return FALSE;
        }
      else if (is_kind (p, 0, TRIP_TOKEN_WEEK) && rule->weeks.count == 0)
        {
          if (!parse_weeks (p, rule))
            return FALSE;
        }
      else if (trip_hours_parser_is_weekday (p, 0) &&
               (!rule->has_weekdays || (is_kind (p, 0, TRIP_TOKEN_HOLIDAY) && rule->only.count == 0)))
        {
          if (!parse_weekdays (p, rule))
            return FALSE;
        }
      if (p->at == start)
        return TRUE;

      rule->dated = TRUE;
      accept_sign (p, ':');
    }
}

