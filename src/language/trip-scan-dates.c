/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recogniser of dates: single days, ranges, weeks, weekends, months, seasons and holidays, absolute or relative
 * to the day on which they are said. A day without a year is the next such day.
 */
#include "language/trip-span.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So far around a date another one is looked for that tells how it is written. */
#define SAME_HAND_REACH 24

/* A day as far as it was said. */
typedef struct {
  gint year;
  gint month;
  gint day;
  GDate date; /* valid where the words were relative to today */
  gboolean bare; /* a number only: "the 9th" */
} DayPoint;

static gboolean
gap_is_plain (const TripTokens *tokens,
              guint             i)
{
  return i < tokens->n &&
    (tokens->token[i].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN | TRIP_GAP_COMMA | TRIP_GAP_DOT)) == 0;
}

static gboolean
read_year (const TripAnnotated *text,
           guint                i,
           guint               *out_end,
           gint                *out_year)
{
  const TripTokens *tokens = text->tokens;

  if (trip_tokens_is (tokens, i, "of"))
    i++;
  if (i >= tokens->n || tokens->token[i].kind != TRIP_TOKEN_NUMBER || tokens->token[i].folded_len != 4 ||
      tokens->token[i].value < 1990 || tokens->token[i].value > 2199 || !gap_is_plain (tokens, i) ||
      trip_annotated_is (text, i + 1, TRIP_WORD_CURRENCY))
    return FALSE;
  *out_year = tokens->token[i].value;
  *out_end = i + 1;
  return TRUE;
}

/* "9", "9th", "the ninth"; `out_marked` says that it was written as an ordinal. */
static gboolean
read_day_number (const TripAnnotated *text,
                 guint                i,
                 guint               *out_end,
                 gint                *out_day,
                 gboolean            *out_marked)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *ordinal;
  guint end;

  *out_marked = FALSE;
  if (trip_tokens_is (tokens, i, "the"))
    i++;
  if (i >= tokens->n)
    return FALSE;
  if (tokens->token[i].kind == TRIP_TOKEN_NUMBER && tokens->token[i].folded_len <= 2)
    {
      gdouble value = tokens->token[i].value;

      if (value < 1 || value > 31)
        return FALSE;
      *out_day = value;
      *out_end = i + 1;
      if (i + 1 < tokens->n && tokens->token[i + 1].gap == TRIP_GAP_NONE &&
          trip_tokens_is_any (tokens, i + 1, " st nd rd th "))
        {
          *out_marked = TRUE;
          *out_end = i + 2;
        }
    }
  else if ((ordinal = trip_annotated_find (text, i, TRIP_WORD_ORDINAL, &end)) != NULL && ordinal->number >= 1)
    {
      *out_day = ordinal->number;
      *out_end = end;
      *out_marked = TRUE;
    }
  else
    {
      gdouble value;

      if (!trip_annotated_is (text, i, TRIP_WORD_NUMBER) || !trip_scan_number (text, i, &end, &value) || value > 31)
        return FALSE;
      *out_day = value;
      *out_end = end;
    }
  if (trip_tokens_is (tokens, *out_end, "day") && trip_tokens_is (tokens, *out_end + 1, "of"))
    *out_end += 1;
  return TRUE;
}

/* "may" and "march" are mostly no months. */
static gboolean
month_is_meant (const TripAnnotated *text,
                guint                i,
                guint                end)
{
  const TripTokens *tokens = text->tokens;

  if (!trip_tokens_is_any (tokens, i, " may march mar sep dec jan jun nov oct aug "))
    return TRUE;
  if (i > 0 && trip_tokens_is_any (tokens, i - 1,
                                   " in early mid late of this next during by until till before after from "))
    return !trip_tokens_is_any (tokens, end, " i we be have not ");
  if (end < tokens->n && tokens->token[end].kind == TRIP_TOKEN_NUMBER)
    return TRUE;
  if (i > 0 && (tokens->token[i - 1].kind == TRIP_TOKEN_NUMBER || trip_tokens_is_any (tokens, i - 1, " st nd rd th ")))
    return TRUE;
  return tokens->token[i].capitalised && i > 0 && (tokens->token[i].gap & TRIP_GAP_CLAUSE) == 0 &&
         !trip_tokens_is_any (tokens, end, " i we be have not ");
}

static void
date_add (const GDate *today,
          gint         days,
          GDate       *out)
{
  *out = *today;
  if (days >= 0)
    g_date_add_days (out, days);
  else
    g_date_subtract_days (out, -days);
}

static gint
read_order_number (const TripTokens *tokens,
                   guint             i)
{
  return i < tokens->n && tokens->token[i].kind == TRIP_TOKEN_NUMBER ? (gint) MIN (tokens->token[i].value, 1e6) : -1;
}

/* Who writes 17/06 in one place means the 10th of June by 10/06 in another. */
static gboolean
has_day_first (const TripTokens *tokens,
               guint             i)
{
  guint first = i > SAME_HAND_REACH ? i - SAME_HAND_REACH : 0;

  for (guint k = first; k + 1 < MIN (i + SAME_HAND_REACH, tokens->n); k++)
    if (tokens->token[k].kind == TRIP_TOKEN_NUMBER && tokens->token[k].value > 12 && tokens->token[k].value <= 31 &&
        tokens->token[k + 1].kind == TRIP_TOKEN_NUMBER && tokens->token[k + 1].value <= 12 &&
        tokens->token[k + 1].gap == TRIP_GAP_SLASH && (k == 0 || tokens->token[k].gap != TRIP_GAP_SLASH))
      return TRUE;
  return FALSE;
}

/* 2027-04-10, 3.5.2027, 3/19, 3/19/2027; with slashes the month comes first unless that cannot be. */
static gboolean
read_numeric_date (const TripAnnotated *text,
                   guint                i,
                   guint               *out_end,
                   DayPoint            *point)
{
  const TripTokens *tokens = text->tokens;
  gint a;
  gint b;
  gint c;

  if (i >= tokens->n || tokens->token[i].kind != TRIP_TOKEN_NUMBER)
    return FALSE;
  a = read_order_number (tokens, i);
  b = read_order_number (tokens, i + 1);
  c = read_order_number (tokens, i + 2);
  if (a >= 1990 && a <= 2199 && b >= 1 && b <= 12 && c >= 1 && c <= 31 &&
      tokens->token[i + 1].gap == tokens->token[i + 2].gap &&
      (tokens->token[i + 1].gap == TRIP_GAP_HYPHEN || tokens->token[i + 1].gap == TRIP_GAP_SLASH))
    {
      point->year = a;
      point->month = b;
      point->day = c;
      *out_end = i + 3;
      return TRUE;
    }
  if (a >= 1 && a <= 31 && b >= 1 && b <= 31 && tokens->token[i + 1].gap == TRIP_GAP_SLASH)
    {
      gboolean month_first = a <= 12 && !has_day_first (tokens, i);

      point->month = month_first ? a : b;
      point->day = month_first ? b : a;
      *out_end = i + 2;
      if (point->month > 12)
        return FALSE;
      if (c >= 0 && tokens->token[i + 2].gap == TRIP_GAP_SLASH)
        {
          point->year = c < 100 ? 2000 + c : c;
          *out_end = i + 3;
        }
      return point->year == 0 || (point->year >= 1990 && point->year <= 2199);
    }
  /* "12.08.": one token, and the stop behind it says that it is a date. */
  if (tokens->token[i].folded_len >= 3 && tokens->token[i].folded_len <= 5 &&
      (tokens->text[tokens->token[i].end] == '.' ||
       (i > 0 && i + 1 == tokens->n && trip_tokens_is_any (tokens, i - 1, " to until till "))))
    {
      char buffer[8];
      char rest;

      if (trip_tokens_slice (tokens, i, i + 1, buffer, sizeof buffer) > 0 &&
          sscanf (buffer, "%2d.%2d%c", &point->day, &point->month, &rest) == 2 && point->day >= 1 && point->day <= 31 &&
          point->month >= 1 && point->month <= 12)
        {
          *out_end = i + 1;
          return TRUE;
        }
      point->day = point->month = 0;
    }
  /* One token with dots inside. */
  if (tokens->token[i].folded_len >= 6 && tokens->token[i].folded_len <= 10)
    {
      char buffer[16];
      gint day;
      gint month;
      gint year;
      char rest;

      if (trip_tokens_slice (tokens, i, i + 1, buffer, sizeof buffer) > 0 &&
          sscanf (buffer, "%2d.%2d.%4d%c", &day, &month, &year, &rest) == 3 && day >= 1 && day <= 31 && month >= 1 &&
            month <= 12)
        {
          point->day = day;
          point->month = month;
          point->year = year < 100 ? 2000 + year : year;
          *out_end = i + 1;
          return point->year >= 1990 && point->year <= 2199;
        }
    }
  return FALSE;
}

static gboolean
read_weekday (const TripAnnotated *text,
              guint                i,
              const GDate         *today,
              guint               *out_end,
              DayPoint            *point)
{
  const TripTokens *tokens = text->tokens;
  gboolean next = FALSE;
  gboolean this = FALSE;
  guint end;
  gint ahead;
  const TripWord *weekday;

  if (trip_tokens_is_any (tokens, i, " next this coming following "))
    {
      next = trip_tokens_is (tokens, i, "next");
      this = TRUE;
      i++;
      if (trip_tokens_is (tokens, i, "coming"))
        i++;
    }
  weekday = trip_annotated_find (text, i, TRIP_WORD_WEEKDAY, &end);
  if (weekday == NULL || (!this && tokens->token[i].folded_len <= 3 && !tokens->token[i].capitalised))
    return FALSE;
  ahead = ((gint) weekday->number - (gint) g_date_get_weekday (today) + 7) % 7;
  if (trip_tokens_is_any (tokens, end, " next this ") && trip_tokens_is (tokens, end + 1, "week"))
    {
      if (trip_tokens_is (tokens, end, "next"))
        ahead = (gint) weekday->number - (gint) g_date_get_weekday (today) + 7;
      end += 2;
    }
  else if (next)
    {
      ahead = (gint) weekday->number - (gint) g_date_get_weekday (today) + 7;
    }
  date_add (today, ahead, &point->date);
  *out_end = end;
  return TRUE;
}

/* The sign behind the number of a year or a day in Chinese characters. */
static gboolean
skip_sign (const TripTokens *tokens,
           const char       *sign,
           guint            *end)
{
  if (!trip_tokens_is (tokens, *end, sign))
    return FALSE;
  (*end)++;
  return TRUE;
}

static gboolean
read_point (const TripAnnotated *text,
            guint                i,
            const GDate         *today,
            guint               *out_end,
            DayPoint            *point)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word;
  gboolean marked;
  guint end;

  memset (point, 0, sizeof *point);
  if (i >= tokens->n)
    return FALSE;
  word = trip_annotated_find (text, i, TRIP_WORD_DAYREF, out_end);
  if (word != NULL)
    {
      date_add (today, word->number, &point->date);
      return TRUE;
    }
  if (read_numeric_date (text, i, out_end, point))
    return TRUE;
  if (read_weekday (text, i, today, &end, point))
    {
      DayPoint named;

      /* "Friday, 5 May": the date itself counts. */
      if (end < tokens->n && gap_is_plain (tokens, end) && !trip_annotated_is (text, end, TRIP_WORD_WEEKDAY) &&
          !trip_annotated_is (text, end, TRIP_WORD_DAYREF))
        {
          guint named_end;

          memset (&named, 0, sizeof named);
          if (read_point (text, trip_tokens_is (tokens, end, "the") ? end + 1 : end, today, &named_end, &named) &&
              (named.month > 0 || (named.bare && trip_tokens_is (tokens, end, "the"))))
            {
              *point = named;
              end = named_end;
            }
        }
      *out_end = end;
      return TRUE;
    }
  /* 2027年5月3日 */
  end = i + 1;
  if (tokens->token[i].kind == TRIP_TOKEN_NUMBER && tokens->token[i].value >= 1000 && skip_sign (tokens, "年", &end) &&
      trip_annotated_is (text, end, TRIP_WORD_MONTH) && read_point (text, end, today, out_end, point))
    {
      point->year = (gint) tokens->token[i].value;
      return TRUE;
    }
  word = trip_annotated_find (text, i, TRIP_WORD_MONTH, &end);
  if (word != NULL)
    {
      guint day_end;

      if (end < tokens->n && gap_is_plain (tokens, end) && (tokens->token[end].gap & TRIP_GAP_COMMA) == 0 &&
          read_day_number (text, end, &day_end, &point->day, &marked) &&
          (skip_sign (tokens, "日", &day_end) || !trip_annotated_is (text, day_end, TRIP_WORD_UNIT)) &&
          !trip_annotated_is (text, day_end, TRIP_WORD_PERSON))
        {
          point->month = word->number;
          *out_end = day_end;
          if (read_year (text, day_end, &end, &point->year))
            *out_end = end;
          return TRUE;
        }
      return FALSE;
    }
  if (read_day_number (text, i, &end, &point->day, &marked))
    {
      guint month_end;
      guint at = trip_tokens_is (tokens, end, "of") ? end + 1 : end;

      if (at < tokens->n && !gap_is_plain (tokens, at))
        at = tokens->n;
      word = trip_annotated_find (text, at, TRIP_WORD_MONTH, &month_end);
      if (word != NULL && month_is_meant (text, at, month_end))
        {
          point->month = word->number;
          *out_end = month_end;
          if (read_year (text, month_end, &end, &point->year))
            *out_end = end;
          return TRUE;
        }
      if (trip_tokens_is_any (tokens, at, " this next the ") && trip_tokens_is (tokens, at + 1, "month"))
        {
          GDate base = *today;

          if (trip_tokens_is (tokens, at, "next"))
            g_date_add_months (&base, 1);
          point->month = g_date_get_month (&base);
          point->year = g_date_get_year (&base);
          *out_end = at + 2;
          return TRUE;
        }
      if (marked || trip_tokens_is (tokens, i, "the"))
        {
          /* "the 9th" may be a day of the month, "the second day" and "5th avenue" are not. */
          if (trip_tokens_is (tokens, i, "the") && !marked)
            return FALSE;
          if (end < tokens->n && (tokens->token[end].gap & ~TRIP_GAP_SPACE) == 0 &&
              !trip_annotated_is (text, end, TRIP_WORD_STOP))
            return FALSE;
          if (tokens->token[trip_tokens_is (tokens, i, "the") ? i + 1 : i].kind != TRIP_TOKEN_NUMBER)
            return FALSE;
          point->bare = TRUE;
          *out_end = end;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
make_date (gint   year,
           gint   month,
           gint   day,
           GDate *out)
{
  g_date_clear (out, 1);
  if (year < 1 || year > 9999 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (out, day, month, year);
  return TRUE;
}

/* The first such day that is not before `after`. */
static gboolean
resolve_point (const DayPoint *point,
               const GDate    *after,
               GDate          *out)
{
  g_date_clear (out, 1);
  if (g_date_valid (&point->date))
    {
      *out = point->date;
      return TRUE;
    }
  if (point->year > 0)
    return make_date (point->year, point->month, point->day, out);
  if (point->month > 0)
    {
      gint year = g_date_get_year (after);

      for (gint i = 0; i < 5; i++)
        if (make_date (year + i, point->month, point->day, out) && g_date_compare (out, after) >= 0)
          return TRUE;
      return FALSE;
    }
  for (gint i = 0; i < 3; i++)
    {
      GDate month = *after;

      g_date_set_day (&month, 1);
      g_date_add_months (&month, i);
      if (make_date (g_date_get_year (&month), g_date_get_month (&month), point->day, out) &&
          g_date_compare (out, after) >= 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_connector (const TripAnnotated *text,
                guint                i,
                gboolean             between,
                guint               *out_end)
{
  const TripTokens *tokens = text->tokens;

  if (i >= tokens->n || (tokens->token[i].gap & TRIP_GAP_CLAUSE) != 0)
    return FALSE;
  if (trip_tokens_is_any (tokens, i, " to until till through thru til ") ||
      (between && trip_tokens_is (tokens, i, "and")))
    {
      *out_end = i + 1;
      return TRUE;
    }
  if ((tokens->token[i].gap & TRIP_GAP_HYPHEN) != 0)
    {
      *out_end = i;
      return TRUE;
    }
  return FALSE;
}

/* "10 to 15 April", "nov 20-24", "march 3rd until the 8th", "Friday to Sunday" */
static gboolean
read_range (const TripAnnotated *text,
            guint                i,
            const GDate         *today,
            TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  gboolean between = trip_tokens_is (tokens, i, "between");
  guint at = i;
  DayPoint from;
  DayPoint to;
  guint end;
  guint next;
  gboolean marked;

  if (between || trip_tokens_is (tokens, i, "from"))
    {
      at++;
      if (trip_tokens_is (tokens, at, "the") && trip_tokens_is (tokens, at + 1, "dates"))
        at += 2;
    }
  if (!read_point (text, at, today, &end, &from))
    {
      memset (&from, 0, sizeof from);
      if (!read_day_number (text, at, &end, &from.day, &marked))
        return FALSE;
      from.bare = TRUE;
    }
  if (!read_connector (text, end, between, &next))
    return FALSE;
  if (!read_point (text, next, today, &end, &to))
    {
      memset (&to, 0, sizeof to);
      if (from.month == 0 || !read_day_number (text, next, &end, &to.day, &marked) ||
          (!skip_sign (tokens, "日", &end) && trip_annotated_is (text, end, TRIP_WORD_UNIT)) ||
          trip_annotated_is (text, end, TRIP_WORD_PERSON) || trip_annotated_is (text, end, TRIP_WORD_CURRENCY))
        return FALSE;
      to.bare = TRUE;
      if (read_year (text, end, &next, &from.year))
        end = next;
    }
  if (from.bare && to.bare && !(between || trip_tokens_is (tokens, i, "from")))
    return FALSE;
  if (from.month == 0 && from.bare && to.month > 0)
    {
      from.month = to.month;
      from.year = to.year;
      if (to.year == 0 && from.day > to.day)
        from.month = to.month == 1 ? 12 : to.month - 1;
    }
  else if (from.month > 0 && from.year == 0 && to.year > 0)
    {
      from.year = from.month > to.month ? to.year - 1 : to.year;
    }
  if (to.bare && from.month > 0)
    {
      to.month = from.month;
      to.year = from.year;
    }
  if (!resolve_point (&from, today, &span->from) || !resolve_point (&to, &span->from, &span->to))
    return FALSE;
  if (g_date_compare (&span->to, &span->from) < 0 || g_date_days_between (&span->from, &span->to) > 366)
    {
      /* "from Friday to Thursday": the second is of the week after. */
      if (!g_date_valid (&to.date))
        return FALSE;
      g_date_add_days (&span->to, 7);
      if (g_date_compare (&span->to, &span->from) < 0)
        return FALSE;
    }
  span->end = end;
  return TRUE;
}

static void
easter_of (gint   year,
           GDate *out)
{
  gint a = year % 19;
  gint b = year / 100;
  gint c = year % 100;
  gint d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  gint e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  gint f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

  g_date_clear (out, 1);
  g_date_set_dmy (out, f % 31 + 1, f / 31, year);
}

static gboolean
read_holiday (const TripAnnotated *text,
              guint                i,
              const GDate         *today,
              TripSpan            *span)
{
  guint end;
  const TripWord *word;
  gint year = 0;
  gint first_year;

  if (trip_tokens_is_any (text->tokens, i, " over at for during around this next ") )
    i++;
  word = trip_annotated_find (text, i, TRIP_WORD_HOLIDAY, &end);
  if (word == NULL || trip_tokens_is_any (text->tokens, end, " market markets island lights tree "))
    return FALSE;
  if (read_year (text, end, &span->end, &year))
    end = span->end;
  first_year = year > 0 ? year : g_date_get_year (today);
  for (gint y = first_year; y <= first_year + 1; y++)
    {
      if (strcmp (word->value, "easter") == 0)
        {
          easter_of (y, &span->from);
          g_date_subtract_days (&span->from, 2);
        }
      else
        {
          g_date_clear (&span->from, 1);
          g_date_set_dmy (&span->from, atoi (word->value + 3), atoi (word->value), y);
        }
      if (year > 0 || g_date_compare (&span->from, today) >= 0)
        break;
    }
  span->end = end;
  return TRUE;
}

/* Weeks, weekends, months, seasons. */
static gboolean
read_period (const TripAnnotated *text,
             guint                i,
             const GDate         *today,
             TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  guint at = i;
  guint end;
  gboolean opened = FALSE;
  gboolean next = FALSE;
  gint part = 0; /* 1 early, 2 middle, 3 late */
  const TripWord *word;
  gint year = 0;
  gdouble count;
  gint week;

  /* "in two weeks", "in 3 days": a start, but "in 3 days" after a list of places may be a length; "time" tells. */
  if (trip_tokens_is (tokens, i, "in") && trip_scan_number (text, i + 1, &end, &count) &&
      (word = trip_annotated_find (text, end, TRIP_WORD_UNIT, &end)) != NULL &&
      (trip_tokens_is (tokens, end, "time") || trip_tokens_is (tokens, end, "from")))
    {
      gint days = strcmp (word->value, "week") == 0 ? 7 : strcmp (word->value, "month") == 0 ? 30 : 1;

      if (count < 1 || count > 400)
        return FALSE;
      date_add (today, days * (gint) count, &span->from);
      span->end = trip_tokens_is (tokens, end, "from") ? end + 2 : end + 1;
      return span->end <= tokens->n;
    }
  /* "the first week of June" */
  at = trip_tokens_is (tokens, i, "the") ? i + 1 : trip_tokens_is (tokens, i, "in") &&
    trip_tokens_is (tokens, i + 1, "the") ? i + 2 : i;
  word = trip_annotated_find (text, at, TRIP_WORD_ORDINAL, &end);
  if (word != NULL && trip_tokens_is_any (tokens, end, " week weekend half ") &&
      trip_tokens_is_any (tokens, end + 1, " of in "))
    {
      const TripWord *month = trip_annotated_find (text, end + 2, TRIP_WORD_MONTH, &span->end);

      week = word->number;
      if (month != NULL && week <= 5)
        {
          DayPoint point = { .month = month->number, .day = 1 };
          gboolean half = trip_tokens_is (tokens, end, "half");
          gboolean weekend = trip_tokens_is (tokens, end, "weekend");
          gint length = g_date_get_days_in_month (month->number, 2027);
          gint last;

          if (read_year (text, span->end, &end, &point.year))
            span->end = end;
          point.day = week < 0 ? length - 6 : half ? (week == 1 ? 1 : 16) : MIN (7 * (week - 1) + 1, length - 6);
          if (!resolve_point (&point, today, &span->from))
            return FALSE;
          if (weekend)
            while (g_date_get_weekday (&span->from) != G_DATE_SATURDAY)
              g_date_add_days (&span->from, 1);
          span->to = span->from;
          last = weekend ? 1 : half ? (week == 1 ? 14 : length - 16) : 6;
          g_date_add_days (&span->to, last);
          return TRUE;
        }
    }

  at = i;
  if (trip_tokens_is_any (tokens, at, " in during for over by around this next coming the "))
    {
      next = trip_tokens_is (tokens, at, "next");
      opened = !trip_tokens_is (tokens, at, "the");
      at++;
      if (trip_tokens_is_any (tokens, at, " the this next coming "))
        {
          next = trip_tokens_is (tokens, at, "next");
          at++;
        }
    }
  if (trip_tokens_is_any (tokens, at, " early mid late middle end beginning start "))
    {
      part = trip_tokens_is_any (tokens, at, " early beginning start ") ? 1
        : trip_tokens_is_any (tokens, at, " mid middle ") ? 2 : 3;
      at++;
      if (trip_tokens_is (tokens, at, "of"))
        at++;
      if (trip_tokens_is_any (tokens, at, " the this next "))
        {
          next = trip_tokens_is (tokens, at, "next");
          at++;
        }
      opened = TRUE;
    }
  if (at > i && trip_tokens_is_any (tokens, at - 1, " this next coming ") &&
      trip_tokens_is_any (tokens, at, " week weekend month "))
    {
      gint weekday = g_date_get_weekday (today);

      span->end = at + 1;
      if (trip_tokens_is (tokens, at, "month"))
        {
          GDate month = *today;

          if (next)
            g_date_add_months (&month, 1);
          span->month = g_date_get_month (&month);
          return TRUE;
        }
      if (trip_tokens_is (tokens, at, "weekend"))
        {
          date_add (today, (weekday == 7 ? 0 : 6 - weekday) + (next ? 7 : 0), &span->from);
          date_add (&span->from, weekday == 7 && !next ? 0 : 1, &span->to);
          return TRUE;
        }
      date_add (today, next ? 8 - weekday : 0, &span->from);
      return TRUE;
    }

  word = trip_annotated_find (text, at, TRIP_WORD_MONTH, &end);
  if (word != NULL)
    {
      if (!opened && !month_is_meant (text, at, end) && text->lexicon != trip_lexicon_get (TRIP_LANGUAGE_JAPANESE))
        return FALSE;
      if (at == i && tokens->token[at].folded_len <= 3 && !tokens->token[at].capitalised &&
          tokens->token[at].kind == TRIP_TOKEN_WORD &&
          !(end < tokens->n && tokens->token[end].kind == TRIP_TOKEN_NUMBER))
        return FALSE;
      if (trip_tokens_is_any (tokens, at, " may march ") && trip_tokens_is_any (tokens, end, " i we be have not "))
        return FALSE;
      span->month = word->number;
      if (read_year (text, end, &span->end, &year))
        end = span->end;
      if (part > 0 || year > 0)
        {
          DayPoint point = { .year = year, .month = word->number, .day = part == 2 ? 11 : part == 3 ? 21 : 1 };

          /* When the trip may begin; how long it lasts is said elsewhere, a month is not its length. */
          if (!resolve_point (&point, today, &span->from))
            return FALSE;
        }
      if (trip_tokens_is_any (tokens, i, " the for by "))
        i = at;
      span->first = i;
      span->end = end;
      return TRUE;
    }
  word = trip_annotated_find (text, at, TRIP_WORD_SEASON, &end);
  if (word != NULL && (opened || (end < tokens->n && read_year (text, end, &span->end, &year))))
    {
      if (read_year (text, end, &span->end, &year))
        end = span->end;
      if (trip_tokens_is_any (tokens, i, " for over ") && trip_tokens_is_any (tokens, end, " hikes walks cruise "))
        return FALSE;
      span->month = word->number;
      span->end = end;
      return TRUE;
    }
  return FALSE;
}

/* Whether any of the readings begins so: most words say at once that they are no date. */
static gboolean
may_begin (const TripAnnotated *text,
           guint                i)
{
  const guint64 classes = TRIP_WORD_BIT (DAYREF) | TRIP_WORD_BIT (WEEKDAY) | TRIP_WORD_BIT (MONTH) | TRIP_WORD_BIT (ORDINAL) |
                          TRIP_WORD_BIT (NUMBER) | TRIP_WORD_BIT (SEASON) | TRIP_WORD_BIT (HOLIDAY);

  return text->tokens->token[i].kind == TRIP_TOKEN_NUMBER || (text->classes[i] & classes) != 0 ||
         trip_tokens_is_any (text->tokens, i,
                             " between from the next this coming following in on during for over by at around early mid late "
                             "middle end beginning start ");
}

/**
 * trip_scan_dates:
 * @text: annotated tokens
 * @i: a token
 * @today: the day on which it is said
 * @span: (out): what was found
 *
 * Reads a day or a range of days: `from 3 to 9 May 2027`, `nov 20-24`, `3/19 through 3/22`, `next Friday`, `the 9th`,
 * `in late June`, `the first week of June`, `over Easter`, `this weekend`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_dates (const TripAnnotated *text,
                 guint                i,
                 const GDate         *today,
                 TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  DayPoint point;
  guint end;

  if (!may_begin (text, i))
    return FALSE;
  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_DATES;
  span->topic = TRIP_TOPIC_DATES;
  span->children = -1;
  span->first = i;

  if (read_range (text, i, today, span))
    return TRUE;
  g_date_clear (&span->from, 1);
  g_date_clear (&span->to, 1);
  if (read_holiday (text, i, today, span))
    return TRUE;
  if (read_point (text, i, today, &end, &point))
    {
      TripSpan period = *span;

      /* "March" of "March 3rd" is no month by itself; "the first" of "the first week of June" is no day. */
      if (read_period (text, i, today, &period) && period.end > end)
        {
          *span = period;
          return TRUE;
        }
    }
  else
    {
      return read_period (text, i, today, span);
    }
  /* As a requirement by itself "the 9th" stands alone. */
  if (point.bare && !(i == 0 && end == tokens->n) &&
      !(i > 0 && trip_tokens_is_any (tokens, i - 1,
                                     " on from until till by to for before after returning returns out in leaving "
                                     "arriving ")))
    return FALSE;
  if (trip_annotated_is (text, i, TRIP_WORD_WEEKDAY) && !trip_tokens_is (tokens, end - 1, "week") &&
      (trip_tokens_is_any (tokens, end,
                           " lunch dinner brunch market markets roast morning afternoon night nights evening ") ||
       !(i > 0 && trip_tokens_is_any (tokens, i - 1, " on by until till from this next leaving for before after of "))))
    {
      if (point.month == 0 && point.day == 0)
        return FALSE;
    }
  if (!resolve_point (&point, today, &span->from))
    return FALSE;
  span->end = end;
  return TRUE;
}
