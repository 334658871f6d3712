/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Dates of opening hours: months, days, spans of them, Easter and holidays among them.
 */
#include "hours/trip-opening-hours-parser.h"

#include <glib/gi18n-lib.h>

static gboolean
is_day_of_month (const TripHoursParser *p, guint ahead)
{
  const TripToken *token = peek (p, ahead);

  return token->kind == TRIP_TOKEN_NUMBER && token->digits <= 2 && token->value >= 1 && token->value <= 31 &&
         !trip_hours_parser_is_clock (p, ahead);
}

/* The number of tokens of "Su[-1]" that start at @ahead, 0 when they are none. */
static guint
nth_length (const TripHoursParser *p, guint ahead)
{
  guint n = is_sign (p, ahead + 2, '-') ? 1 : 0;

  if (is_kind (p, ahead, TRIP_TOKEN_WEEKDAY) && is_sign (p, ahead + 1, '[') &&
      is_kind (p, ahead + 2 + n, TRIP_TOKEN_NUMBER) && is_sign (p, ahead + 3 + n, ']'))
    return 4 + n;
  return 0;
}

/* Whether "-" and another date follow the "Su[-1] +2 days" that starts at @ahead and ends before @end. */
static gboolean
is_span_of_nths (const TripHoursParser *p, guint end)
{
  if ((is_sign (p, end, '+') || is_sign (p, end, '-')) && is_kind (p, end + 1, TRIP_TOKEN_NUMBER) &&
      is_kind (p, end + 2, TRIP_TOKEN_DAY))
    end += 3;
  return is_sign (p, end, '-') && trip_hours_parser_is_date (p, end + 1);
}

static gboolean
parse_nth_mark (TripHoursParser *p, TripDateMark *mark)
{
  gint sign;

  mark->kind = TRIP_MARK_NTH;
  mark->weekday = peek (p, 0)->value;
  p->at += 2;
  sign = accept_sign (p, '-') ? -1 : 1;
  if (!trip_hours_parser_number (p, 1, 5, _("a number from 1 to 5"), &mark->nth))
    return FALSE;
  mark->nth *= sign;
  p->at++;
  return TRUE;
}

/* "-Su +7 days": first on or back to a day of the week, then days. */
static gboolean
parse_date_offset (TripHoursParser *p, TripDateMark *mark)
{
  if ((is_sign (p, 0, '+') || is_sign (p, 0, '-')) && is_kind (p, 1, TRIP_TOKEN_WEEKDAY) &&
      (is_sign (p, 0, '+') || peek (p, 1)->tight))
    {
      mark->toward = (peek (p, 1)->value + 1) * (is_sign (p, 0, '-') ? -1 : 1);
      p->at += 2;
    }
  return trip_hours_parser_offset (p, &mark->offset);
}

/*
 * One end of a span of dates. @start is the other one while its end is read: "Apr-Sep 8-20" are hours in two seasons'
 * months, but "Apr 1-Sep 8" is a date.
 */
static gboolean
parse_date_mark (TripHoursParser *p, const TripDateMark *start, TripDateMark *mark)
{
  if (trip_hours_parser_is_year (p, 0))
    mark->year = p->tokens[p->at++].value;

  if (is_kind (p, 0, TRIP_TOKEN_EASTER))
    {
      mark->kind = TRIP_MARK_EASTER;
      p->at++;
    }
  else if (is_kind (p, 0, TRIP_TOKEN_MONTH))
    {
      guint nth = nth_length (p, 1);

      mark->kind = TRIP_MARK_MONTH;
      mark->month = p->tokens[p->at++].value;
      if (is_day_of_month (p, 0) && !(start != NULL && start->kind == TRIP_MARK_MONTH && is_sign (p, 1, '-')))
        {
          mark->kind = TRIP_MARK_DAY;
          mark->day = p->tokens[p->at++].value;
        }
      else if (nth > 0 && (start != NULL ? start->kind != TRIP_MARK_MONTH : is_span_of_nths (p, nth)))
        {
          if (!parse_nth_mark (p, mark))
            return FALSE;
        }
    }
  else
    {
      return trip_hours_parser_fail (p, _("a month"));
    }

  if (mark->kind != TRIP_MARK_MONTH)
    return parse_date_offset (p, mark);
  return TRUE;
}

static gboolean
parse_date_end (TripHoursParser *p, TripDateSpan *span)
{
  span->to = span->from;
  if (is_sign (p, 0, '+'))
    {
      p->at++;
      span->open_end = TRUE;
      return TRUE;
    }
  if (!is_sign (p, 0, '-'))
    return TRUE;

  if (span->from.kind == TRIP_MARK_DAY && is_day_of_month (p, 1))
    {
      if (peek (p, 1)->value < span->from.day)
        return trip_hours_parser_fail_at (p, p->at + 1, _("a later day of the month"));
      span->to.day = peek (p, 1)->value;
      span->to.offset = 0;
      span->to.toward = 0;
      p->at += 2;
      return parse_date_offset (p, &span->to);
    }

  p->at++;
  span->to = (TripDateMark) { .year = 0 };
  return parse_date_mark (p, &span->from, &span->to);
}

gboolean
trip_hours_parser_dates (TripHoursParser *p, TripHoursRule *rule)
{
  gint month = 0;
  gint year = 0;

  rule->dates.first = p->self->dates->len;
  while (TRUE)
    {
      TripDateSpan span = { .from = { .year = 0 }, .step = 1 };

      if (is_kind (p, 0, TRIP_TOKEN_HOLIDAY))
        {
          span.from.kind = TRIP_MARK_HOLIDAY;
          span.from.day = p->tokens[p->at++].value;
          if (!trip_hours_parser_offset (p, &span.from.offset) || !trip_hours_parser_count_item (p))
            return FALSE;
          g_array_append_val (p->self->dates, span);
          month = 0;
        }
      else
        {
          if (month != 0 && is_kind (p, 0, TRIP_TOKEN_NUMBER) && is_day_of_month (p, 0))
            {
              /* "Dec 25,26": only the day changes. */
              span.from = (TripDateMark) { .kind = TRIP_MARK_DAY, .year = year, .month = month, .day = peek (p, 0)->value };
              p->at++;
              if (!parse_date_offset (p, &span.from))
                return FALSE;
            }
          else if (!parse_date_mark (p, NULL, &span.from))
            {
              return FALSE;
            }
          if (!parse_date_end (p, &span) || !trip_hours_parser_count_item (p))
            return FALSE;
          if (is_sign (p, 0, '/') && span.from.kind != TRIP_MARK_MONTH)
            {
              p->at++;
              if (!trip_hours_parser_number (p, 1, 366, _("a number of days up to 366"), &span.step))
                return FALSE;
            }
          g_array_append_val (p->self->dates, span);
          month = span.to.kind == TRIP_MARK_DAY ? span.to.month : 0;
          year = span.to.year;
        }

      if (!accept_comma (p, trip_hours_parser_is_date (p, 1) || is_kind (p, 1, TRIP_TOKEN_HOLIDAY) ||
                            (month != 0 && is_day_of_month (p, 1))))
        break;
    }
  rule->dates.count = p->self->dates->len - rule->dates.first;
  return TRUE;
}

