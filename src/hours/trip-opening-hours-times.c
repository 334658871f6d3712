/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times of the day in opening hours.
 */
#include "hours/trip-opening-hours-parser.h"

#include <glib/gi18n-lib.h>

typedef enum {
  TIME_BARE,    /* "8" */
  TIME_HOUR,    /* "8h" */
  TIME_CLOCK,   /* anything that can be nothing but a time */
} TimeForm;

static gboolean
is_clock_sign (const TripHoursParser *p, guint ahead)
{
  return is_sign (p, ahead, ':') || is_sign (p, ahead, '.');
}

/* "00:30" of "(sunset-00:30)" and of "10:00-16:00/01:30" */
static gboolean
parse_duration (TripHoursParser *p, gint *duration)
{
  gint hours;
  gint minutes;

  if (!trip_hours_parser_number (p, 0, 23, _("a number of hours up to 23"), &hours))
    return FALSE;
  if (!accept_sign (p, ':'))
    return trip_hours_parser_fail (p, _("“:”"));
  if (!trip_hours_parser_number (p, 0, 59, _("a number of minutes up to 59"), &minutes))
    return FALSE;
  *duration = hours * 60 + minutes;
  return TRUE;
}

/* "(sunset-00:30)" without its first sign. */
static gboolean
parse_event_offset (TripHoursParser *p, TripTimeMark *mark)
{
  gint sign;

  if (!is_kind (p, 0, TRIP_TOKEN_EVENT))
    return trip_hours_parser_fail (p, _("“sunrise” or “sunset”"));
  mark->event = p->tokens[p->at++].value;
  sign = is_sign (p, 0, '-') ? -1 : 1;
  if (!accept_sign (p, '-') && !accept_sign (p, '+'))
    return trip_hours_parser_fail (p, _("“+” or “-”"));
  if (!parse_duration (p, &mark->minute))
    return FALSE;
  if (!accept_sign (p, ')'))
    return trip_hours_parser_fail (p, _("“)”"));
  mark->minute *= sign;
  return TRUE;
}

static gboolean
parse_clock (TripHoursParser *p, gint *minute, TimeForm *form)
{
  gint hours;
  gint minutes = 0;

  if (peek (p, 0)->digits > 2)
    return trip_hours_parser_fail (p, _("a time with a colon, like 09:00"));
  if (!trip_hours_parser_number (p, 0, TRIP_HOURS_MAX_MINUTE / 60, _("a time of day"), &hours))
    return FALSE;
  if (is_clock_sign (p, 0) || (is_kind (p, 0, TRIP_TOKEN_HOUR) && peek (p, 1)->digits == 2 && peek (p, 1)->tight))
    {
      p->at++;
      if (peek (p, 0)->digits != 2)
        return trip_hours_parser_fail (p, _("minutes of two digits"));
      if (!trip_hours_parser_number (p, 0, 59, _("minutes up to 59"), &minutes))
        return FALSE;
      if (is_kind (p, 0, TRIP_TOKEN_HOUR))
        p->at++;
    }
  else if (is_kind (p, 0, TRIP_TOKEN_HOUR))
    {
      *form = TIME_HOUR;
      p->at++;
    }
  else if (!is_kind (p, 0, TRIP_TOKEN_HALF))
    {
      *form = TIME_BARE;
    }
  if (is_kind (p, 0, TRIP_TOKEN_HALF))
    {
      gint half = peek (p, 0)->value;

      /* "15:00 pm" says one thing twice, "15:00 am" contradicts itself. */
      if (hours > 12 && (half == 0 || hours > 23))
        return trip_hours_parser_fail (p, _("the other half of the day"));
      hours = hours % 12 + half;
      p->at++;
    }
  *minute = hours * 60 + minutes;
  if (*minute > TRIP_HOURS_MAX_MINUTE)
    return trip_hours_parser_fail_at (p, p->at - 1, _("a time up to 48:00"));
  return TRUE;
}

static gboolean
parse_time (TripHoursParser *p, TripTimeMark *mark, TimeForm *form)
{
  *form = TIME_CLOCK;
  *mark = (TripTimeMark) { .event = TRIP_NO_EVENT };
  if (is_kind (p, 0, TRIP_TOKEN_EVENT))
    {
      mark->event = p->tokens[p->at++].value;
      return TRUE;
    }
  if (is_kind (p, 0, TRIP_TOKEN_NOON))
    {
      mark->minute = p->tokens[p->at++].value;
      return TRUE;
    }
  if (accept_sign (p, '('))
    return parse_event_offset (p, mark);
  return parse_clock (p, &mark->minute, form);
}

/* "/01:30" or "/90" behind a span: points in time, that far apart. */
static gboolean
parse_period (TripHoursParser *p, TripTimeSpan *span)
{
  if ((p->self->flags & TRIP_OPENING_HOURS_POINTS) == 0)
    return trip_hours_parser_fail_at (p, p->at - 1, _("“;” or the end (a period is no time during which a place is open)"));
  if (is_clock_sign (p, 1))
    {
      if (!parse_duration (p, &span->step))
        return FALSE;
    }
  else if (!trip_hours_parser_number (p, 1, TRIP_DAY_MINUTES, _("a number of minutes"), &span->step))
    {
      return FALSE;
    }
  if (span->step == 0)
    return trip_hours_parser_fail_at (p, p->at - 1, _("a period longer than nothing"));
  span->point = TRUE;
  return TRUE;
}

static gboolean
parse_span_end (TripHoursParser *p, TripTimeSpan *span, TimeForm from_form)
{
  guint start = p->at;
  TimeForm to_form;

  if (!trip_hours_parser_is_time (p, 0))
    return trip_hours_parser_fail (p, _("the end of the time span"));
  if (!parse_time (p, &span->to, &to_form))
    return FALSE;
  /* "8-20" and "8-20 h" are fine, "7:00-21" is more likely a slip. */
  if (from_form == TIME_BARE ? to_form == TIME_CLOCK : to_form == TIME_BARE)
    return trip_hours_parser_fail_at (p, start, _("both times with or both without minutes"));
  if (span->from.event == TRIP_NO_EVENT && span->to.event == TRIP_NO_EVENT && span->to.minute <= span->from.minute)
    span->to.minute += TRIP_DAY_MINUTES;
  span->open_end = accept_sign (p, '+');
  if (!span->open_end && accept_sign (p, '/'))
    return parse_period (p, span);
  return TRUE;
}

static gboolean
parse_time_span (TripHoursParser *p, TripHoursRule *rule)
{
  TripTimeSpan span = { .open_end = FALSE };
  guint start = p->at;
  TimeForm from_form;

  if (!parse_time (p, &span.from, &from_form))
    return FALSE;
  if (span.from.minute == TRIP_DAY_MINUTES && p->tokens[start].kind == TRIP_TOKEN_NOON)
    span.from.minute = 0; /* whoever opens at midnight means the one that begins the day */
  if (span.from.minute >= TRIP_DAY_MINUTES)
    return trip_hours_parser_fail_at (p, start, _("a start before 24:00"));

  span.to = span.from;
  if (is_sign (p, 0, '-') && is_kind (p, 1, TRIP_TOKEN_LATE))
    {
      p->at += 2;
      span.open_end = TRUE;
    }
  else if (accept_sign (p, '-'))
    {
      if (!parse_span_end (p, &span, from_form))
        return FALSE;
    }
  else if (from_form == TIME_CLOCK && accept_sign (p, '+'))
    {
      span.open_end = TRUE;
    }
  else if (from_form == TIME_CLOCK && (p->self->flags & TRIP_OPENING_HOURS_POINTS) != 0)
    {
      span.point = TRUE;
    }
  else
    {
      return trip_hours_parser_fail (p, _("“-” and the end of the time span"));
    }

  g_array_append_val (p->self->times, span);
  if (span.open_end || span.from.event != TRIP_NO_EVENT || span.to.event != TRIP_NO_EVENT ||
      span.to.minute > TRIP_DAY_MINUTES)
    rule->overnight = TRUE;
  return trip_hours_parser_count_item (p);
}

gboolean
trip_hours_parser_times (TripHoursParser *p, TripHoursRule *rule)
{
  rule->times.first = p->self->times->len;
  do
    {
      /* "10:00-12:00 14:00-16:00": a comma is all that can be missing. */
      do
        {
          if (!parse_time_span (p, rule))
            return FALSE;
        }
      while (is_kind (p, 0, TRIP_TOKEN_NUMBER) && trip_hours_parser_is_clock (p, 0) &&
             !g_array_index (p->self->times, TripTimeSpan, p->self->times->len - 1).open_end);
    }
  while (accept_comma (p, trip_hours_parser_is_time (p, 1) && !trip_hours_parser_is_always (p, 1)));
  rule->times.count = p->self->times->len - rule->times.first;
  return TRUE;
}
