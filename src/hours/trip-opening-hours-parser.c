/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The grammar of opening hours: tokens become rules. What is ambiguous is refused, because hours that are made up send
 * people to closed doors; what is merely untidy (a colon after the days, hours without minutes) is accepted.
 */
#include "hours/trip-opening-hours-private.h"

/* Stands where a mapper forgot the ";" before the next day. */
#define SIGN_MISSING 0

typedef struct {
  TripOpeningHours *self;
  const TripToken *tokens;
  guint n_tokens;
  guint at;
  guint n_items;
  GError **error;
} Parser;

/* Past the end stands the end token, however far one looks. */
static const TripToken *
peek (const Parser *p, guint ahead)
{
  return &p->tokens[MIN (p->at + ahead, p->n_tokens - 1)];
}

static gboolean
is_kind (const Parser *p, guint ahead, TripTokenKind kind)
{
  return peek (p, ahead)->kind == kind;
}

static gboolean
is_sign (const Parser *p, guint ahead, gint sign)
{
  return is_kind (p, ahead, TRIP_TOKEN_SIGN) && peek (p, ahead)->value == sign;
}

static gboolean
accept_sign (Parser *p, gint sign)
{
  if (!is_sign (p, 0, sign))
    return FALSE;
  p->at++;
  return TRUE;
}

/* Passes over a comma when what stands behind it carries on the same list. */
static gboolean
accept_comma (Parser *p, gboolean continues)
{
  return continues && accept_sign (p, ',');
}

static gboolean
fail_at (Parser *p, guint at, const char *expected)
{
  g_set_error (p->error, TRIP_OPENING_HOURS_ERROR, TRIP_OPENING_HOURS_ERROR_SYNTAX, "expected %s at character %u",
               expected, p->tokens[MIN (at, p->n_tokens - 1)].position);
  return FALSE;
}

static gboolean
fail (Parser *p, const char *expected)
{
  return fail_at (p, p->at, expected);
}

/* Evaluation walks over all items of all days, so their number is what bounds it. */
static gboolean
count_item (Parser *p)
{
  if (++p->n_items > TRIP_HOURS_MAX_ITEMS)
    return fail (p, "fewer days and times");
  return TRUE;
}

static gboolean
is_year (const Parser *p, guint ahead)
{
  const TripToken *token = peek (p, ahead);

  return token->kind == TRIP_TOKEN_NUMBER && token->digits == 4 && token->value >= 1900 && token->value <= 2999;
}

static gboolean
is_clock_sign (const Parser *p, guint ahead)
{
  return is_sign (p, ahead, ':') || is_sign (p, ahead, '.');
}

/* Tells the 8 of "Jul 8:00-12:00" from that of "Jul 8: 12:00-14:00". */
static gboolean
is_clock (const Parser *p, guint ahead)
{
  if (is_kind (p, ahead + 1, TRIP_TOKEN_HALF) || is_kind (p, ahead + 1, TRIP_TOKEN_HOUR))
    return TRUE;
  if (!is_clock_sign (p, ahead + 1))
    return FALSE;
  return is_kind (p, ahead + 2, TRIP_TOKEN_NUMBER) && peek (p, ahead + 2)->digits == 2 && peek (p, ahead + 2)->tight &&
         !(is_clock_sign (p, ahead + 3) && is_kind (p, ahead + 4, TRIP_TOKEN_NUMBER));
}

static gboolean
is_day_of_month (const Parser *p, guint ahead)
{
  const TripToken *token = peek (p, ahead);

  return token->kind == TRIP_TOKEN_NUMBER && token->digits <= 2 && token->value >= 1 && token->value <= 31 &&
         !is_clock (p, ahead);
}

static gboolean
is_date_start (const Parser *p, guint ahead)
{
  if (is_year (p, ahead))
    ahead++;
  return is_kind (p, ahead, TRIP_TOKEN_MONTH) || is_kind (p, ahead, TRIP_TOKEN_EASTER);
}

static gboolean
is_weekday_start (const Parser *p, guint ahead)
{
  return is_kind (p, ahead, TRIP_TOKEN_WEEKDAY) || is_kind (p, ahead, TRIP_TOKEN_WEEKDAYS) ||
         is_kind (p, ahead, TRIP_TOKEN_HOLIDAY);
}

static gboolean
is_time_start (const Parser *p, guint ahead)
{
  return (is_kind (p, ahead, TRIP_TOKEN_NUMBER) && !is_year (p, ahead)) || is_kind (p, ahead, TRIP_TOKEN_EVENT) ||
         is_sign (p, ahead, '(');
}

/* "24/7", which is not the beginning of a time. */
static gboolean
is_always (const Parser *p)
{
  return is_kind (p, 0, TRIP_TOKEN_NUMBER) && peek (p, 0)->value == 24 && is_sign (p, 1, '/') &&
         is_kind (p, 2, TRIP_TOKEN_NUMBER) && peek (p, 2)->value == 7;
}

static gboolean
parse_number (Parser *p, gint least, gint most, const char *expected, gint *value)
{
  const TripToken *token = peek (p, 0);

  if (token->kind != TRIP_TOKEN_NUMBER || token->value < least || token->value > most)
    return fail (p, expected);
  *value = token->value;
  p->at++;
  return TRUE;
}

/* "+39 days", when it stands there. */
static gboolean
parse_offset (Parser *p, gint *offset)
{
  gint sign = is_sign (p, 0, '-') ? -1 : 1;

  if (!(is_sign (p, 0, '+') || is_sign (p, 0, '-')) || !is_kind (p, 1, TRIP_TOKEN_NUMBER) || !is_kind (p, 2, TRIP_TOKEN_DAY))
    return TRUE;
  p->at++;
  if (!parse_number (p, 0, 366, "a number of days up to 366", offset))
    return FALSE;
  *offset *= sign;
  p->at++;
  return TRUE;
}

/* Years and weeks: "2024", "2020-2024", "2024+", "1-53/2". */
static gboolean
parse_number_span (Parser *p, gint least, gint most, const char *expected)
{
  TripNumberSpan span = { .step = 1 };

  if (!parse_number (p, least, most, expected, &span.from))
    return FALSE;
  span.to = span.from;
  if (accept_sign (p, '+'))
    span.to = most;
  else if (accept_sign (p, '-'))
    {
      if (!parse_number (p, least, most, expected, &span.to))
        return FALSE;
      if (accept_sign (p, '/') && !parse_number (p, 1, 99, "a step", &span.step))
        return FALSE;
    }
  g_array_append_val (p->self->numbers, span);
  return count_item (p);
}

static gboolean
parse_years (Parser *p, TripHoursRule *rule)
{
  rule->years.first = p->self->numbers->len;
  do
    {
      if (!parse_number_span (p, 1900, 2999, "a year"))
        return FALSE;
    }
  while (accept_comma (p, is_year (p, 1)));
  rule->years.count = p->self->numbers->len - rule->years.first;
  return TRUE;
}

static gboolean
parse_weeks (Parser *p, TripHoursRule *rule)
{
  p->at++;
  rule->weeks.first = p->self->numbers->len;
  do
    {
      if (!parse_number_span (p, 1, 53, "a week from 1 to 53"))
        return FALSE;
    }
  while (accept_comma (p, is_kind (p, 1, TRIP_TOKEN_NUMBER) && !is_clock (p, 1) && !is_year (p, 1)));
  rule->weeks.count = p->self->numbers->len - rule->weeks.first;
  return TRUE;
}

/* The number of tokens of "Su[-1]" that start at @ahead, 0 when they are none. */
static guint
nth_length (const Parser *p, guint ahead)
{
  guint n = is_sign (p, ahead + 2, '-') ? 1 : 0;

  if (is_kind (p, ahead, TRIP_TOKEN_WEEKDAY) && is_sign (p, ahead + 1, '[') &&
      is_kind (p, ahead + 2 + n, TRIP_TOKEN_NUMBER) && is_sign (p, ahead + 3 + n, ']'))
    return 4 + n;
  return 0;
}

static gboolean
parse_nth_mark (Parser *p, TripDateMark *mark)
{
  gint sign;

  mark->kind = TRIP_MARK_NTH;
  mark->weekday = peek (p, 0)->value;
  p->at += 2;
  sign = accept_sign (p, '-') ? -1 : 1;
  if (!parse_number (p, 1, 5, "a number from 1 to 5", &mark->nth))
    return FALSE;
  mark->nth *= sign;
  p->at++;
  return TRUE;
}

/*
 * One end of a span of dates. @start is the other one while its end is read: "Apr-Sep 8-20" are hours in two seasons'
 * months, but "Apr 1-Sep 8" is a date.
 */
static gboolean
parse_date_mark (Parser *p, const TripDateMark *start, TripDateMark *mark)
{
  if (is_year (p, 0))
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
      else if (nth > 0 && (start != NULL ? start->kind != TRIP_MARK_MONTH
                                         : is_sign (p, nth, '-') && is_date_start (p, nth + 1)))
        {
          if (!parse_nth_mark (p, mark))
            return FALSE;
        }
    }
  else
    {
      return fail (p, "a month");
    }

  if (mark->kind != TRIP_MARK_MONTH)
    return parse_offset (p, &mark->offset);
  return TRUE;
}

static gboolean
parse_date_end (Parser *p, TripDateSpan *span)
{
  span->to = span->from;
  if (!is_sign (p, 0, '-'))
    return TRUE;

  if (span->from.kind == TRIP_MARK_DAY && is_day_of_month (p, 1))
    {
      if (peek (p, 1)->value < span->from.day)
        return fail_at (p, p->at + 1, "a later day of the month");
      span->to.day = peek (p, 1)->value;
      span->to.offset = 0;
      p->at += 2;
      return parse_offset (p, &span->to.offset);
    }

  p->at++;
  span->to = (TripDateMark) { .year = 0 };
  return parse_date_mark (p, &span->from, &span->to);
}

static gboolean
parse_dates (Parser *p, TripHoursRule *rule)
{
  gint month = 0;
  gint year = 0;

  rule->dates.first = p->self->dates->len;
  while (TRUE)
    {
      TripDateSpan span = { .from = { .year = 0 } };

      if (is_kind (p, 0, TRIP_TOKEN_HOLIDAY))
        {
          gint ignored;

          p->at++;
          if (!parse_offset (p, &ignored))
            return FALSE;
          month = 0;
        }
      else
        {
          if (month != 0 && is_kind (p, 0, TRIP_TOKEN_NUMBER) && is_day_of_month (p, 0))
            {
              /* "Dec 25,26": only the day changes. */
              span.from = (TripDateMark) { .kind = TRIP_MARK_DAY, .year = year, .month = month, .day = peek (p, 0)->value };
              p->at++;
              if (!parse_offset (p, &span.from.offset))
                return FALSE;
            }
          else if (!parse_date_mark (p, NULL, &span.from))
            {
              return FALSE;
            }
          if (!parse_date_end (p, &span) || !count_item (p))
            return FALSE;
          g_array_append_val (p->self->dates, span);
          month = span.to.kind == TRIP_MARK_DAY ? span.to.month : 0;
          year = span.to.year;
        }

      if (!accept_comma (p, is_date_start (p, 1) || is_kind (p, 1, TRIP_TOKEN_HOLIDAY) ||
                            (month != 0 && is_day_of_month (p, 1))))
        break;
    }
  rule->dates.count = p->self->dates->len - rule->dates.first;
  return TRUE;
}

static gboolean
parse_nth_weekday (Parser *p)
{
  TripNthWeekday nth = { .weekday = peek (p, 0)->value };

  p->at += 2;
  do
    {
      gboolean from_end = accept_sign (p, '-');
      gint from;
      gint to;

      if (!parse_number (p, 1, 5, "a number from 1 to 5", &from))
        return FALSE;
      to = from;
      if (!from_end && accept_sign (p, '-') && !parse_number (p, from, 5, "a later number up to 5", &to))
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
    return fail (p, "“]”");
  if (!parse_offset (p, &nth.offset))
    return FALSE;
  g_array_append_val (p->self->nths, nth);
  return count_item (p);
}

static gboolean
parse_weekday_item (Parser *p, TripHoursRule *rule)
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
        return fail (p, "a week day");
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

static gboolean
parse_weekdays (Parser *p, TripHoursRule *rule)
{
  gboolean only_holidays = TRUE;

  if (!rule->has_weekdays)
    rule->nths.first = p->self->nths->len;
  while (TRUE)
    {
      if (is_kind (p, 0, TRIP_TOKEN_HOLIDAY))
        {
          gint ignored;

          p->at++;
          if (!parse_offset (p, &ignored))
            return FALSE;
        }
      else
        {
          if (!parse_weekday_item (p, rule))
            return FALSE;
          only_holidays = FALSE;
        }

      /* "PH,Dec 25": the holidays join a list of dates, to which they add nothing. */
      if (only_holidays && rule->dates.count == 0 && accept_comma (p, is_date_start (p, 1)))
        return parse_dates (p, rule);
      /* "Mo We Fr" needs no commas, but "Mo-Fr SH" means both at once. */
      if (!accept_comma (p, is_weekday_start (p, 1)) && (only_holidays || !is_kind (p, 0, TRIP_TOKEN_WEEKDAY)))
        break;
    }

  if (only_holidays)
    {
      rule->never = TRUE;
      return TRUE;
    }
  rule->has_weekdays = TRUE;
  rule->nths.count = p->self->nths->len - rule->nths.first;
  return TRUE;
}

/* "(sunset-00:30)" without its first sign. */
static gboolean
parse_event_offset (Parser *p, gint *minute)
{
  gint sign;
  gint hours;
  gint minutes;

  if (!is_kind (p, 0, TRIP_TOKEN_EVENT))
    return fail (p, "“sunrise” or “sunset”");
  *minute = p->tokens[p->at++].value;
  sign = is_sign (p, 0, '-') ? -1 : 1;
  if (!accept_sign (p, '-') && !accept_sign (p, '+'))
    return fail (p, "“+” or “-”");
  if (!parse_number (p, 0, 23, "hours", &hours))
    return FALSE;
  if (!accept_sign (p, ':'))
    return fail (p, "“:”");
  if (!parse_number (p, 0, 59, "minutes", &minutes))
    return FALSE;
  if (!accept_sign (p, ')'))
    return fail (p, "“)”");
  *minute = MAX (0, *minute + sign * (hours * 60 + minutes));
  return TRUE;
}

typedef enum {
  TIME_BARE,    /* "8" */
  TIME_HOUR,    /* "8h" */
  TIME_CLOCK,   /* anything that can be nothing but a time */
} TimeForm;

static gboolean
parse_time (Parser *p, gint *minute, TimeForm *form)
{
  gint hours;
  gint minutes = 0;

  *form = TIME_CLOCK;
  if (is_kind (p, 0, TRIP_TOKEN_EVENT))
    {
      *minute = p->tokens[p->at++].value;
      return TRUE;
    }
  if (accept_sign (p, '('))
    return parse_event_offset (p, minute);

  if (peek (p, 0)->digits > 2)
    return fail (p, "hours of two digits");
  if (!parse_number (p, 0, TRIP_HOURS_MAX_MINUTE / 60, "a time of day", &hours))
    return FALSE;
  if (is_clock_sign (p, 0) || (is_kind (p, 0, TRIP_TOKEN_HOUR) && peek (p, 1)->digits == 2 && peek (p, 1)->tight))
    {
      p->at++;
      if (peek (p, 0)->digits != 2)
        return fail (p, "minutes of two digits");
      if (!parse_number (p, 0, 59, "minutes up to 59", &minutes))
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
        return fail (p, "another half of the day");
      hours = hours % 12 + half;
      p->at++;
    }
  *minute = hours * 60 + minutes;
  if (*minute > TRIP_HOURS_MAX_MINUTE)
    return fail_at (p, p->at - 1, "a time up to 48:00");
  return TRUE;
}

/* How long somebody who says "17:00+" may stay open: the guess every user of the format makes. */
static gint
guess_end (gint start)
{
  if (start < 17 * 60)
    return TRIP_DAY_MINUTES;
  return MIN (start + (start < 22 * 60 ? 10 : 8) * 60, TRIP_HOURS_MAX_MINUTE);
}

static gboolean
parse_time_span (Parser *p, TripHoursRule *rule)
{
  TripTimeSpan span = { .guess = 0 };
  guint start = p->at;
  TimeForm from_form;

  if (!parse_time (p, &span.from, &from_form))
    return FALSE;
  if (span.from == TRIP_DAY_MINUTES && p->tokens[start].kind == TRIP_TOKEN_EVENT)
    span.from = 0; /* whoever opens at midnight means the one that begins the day */
  if (span.from >= TRIP_DAY_MINUTES)
    return fail_at (p, start, "a start before 24:00");

  if (accept_sign (p, '-'))
    {
      TimeForm to_form;

      start = p->at;
      if (!is_time_start (p, 0))
        return fail (p, "the end of the time span");
      if (!parse_time (p, &span.to, &to_form))
        return FALSE;
      /* "8-20" and "8-20 h" are fine, "7:00-21" is more likely a slip. */
      if (from_form == TIME_BARE ? to_form == TIME_CLOCK : to_form == TIME_BARE)
        return fail_at (p, start, "both times with or both without minutes");
      if (span.to <= span.from)
        span.to += TRIP_DAY_MINUTES;
      if (accept_sign (p, '+'))
        span.guess = guess_end (span.to);
    }
  else if (from_form == TIME_CLOCK && accept_sign (p, '+'))
    {
      span.to = span.from;
      span.guess = guess_end (span.from);
    }
  else
    {
      return fail (p, "“-” and the end of the time span");
    }

  g_array_append_val (p->self->times, span);
  rule->reach = MAX (rule->reach, MAX (span.to, span.guess));
  return count_item (p);
}

static gboolean
parse_times (Parser *p, TripHoursRule *rule)
{
  rule->times.first = p->self->times->len;
  do
    {
      if (!parse_time_span (p, rule))
        return FALSE;
    }
  while (accept_comma (p, is_time_start (p, 1)));
  rule->times.count = p->self->times->len - rule->times.first;
  return TRUE;
}

/* The days a rule is about, in any order; each kind narrows the others down. */
static gboolean
parse_selectors (Parser *p, TripHoursRule *rule)
{
  while (TRUE)
    {
      guint start = p->at;

      if (is_date_start (p, 0) && rule->dates.count == 0)
        {
          if (!parse_dates (p, rule))
            return FALSE;
        }
      else if (is_year (p, 0) && rule->years.count == 0)
        {
          if (!parse_years (p, rule))
            return FALSE;
        }
      else if (is_kind (p, 0, TRIP_TOKEN_WEEK) && rule->weeks.count == 0)
        {
          if (!parse_weeks (p, rule))
            return FALSE;
        }
      else if (is_weekday_start (p, 0) && (!rule->has_weekdays || is_kind (p, 0, TRIP_TOKEN_HOLIDAY)))
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

static gboolean
is_rule_end (const Parser *p)
{
  return is_kind (p, 0, TRIP_TOKEN_END) || is_sign (p, 0, ';') || is_sign (p, 0, ',') || is_sign (p, 0, TRIP_SIGN_FALLBACK);
}

/* What may stand beside the days and the times of a rule, in whatever order. */
typedef struct {
  gboolean state;
  gboolean comment;
} Remarks;

static gboolean
parse_remarks (Parser *p, TripHoursRule *rule, Remarks *seen)
{
  for (; is_kind (p, 0, TRIP_TOKEN_STATE) || is_kind (p, 0, TRIP_TOKEN_COMMENT); p->at++)
    {
      if (is_kind (p, 0, TRIP_TOKEN_COMMENT))
        {
          seen->comment = TRUE;
          continue;
        }
      if (seen->state)
        return fail (p, "the end of the rule");
      seen->state = TRUE;
      rule->state = (TripOpeningState) peek (p, 0)->value;
    }
  return TRUE;
}

/* "24/7", "24 hours" */
static gboolean
accept_always (Parser *p)
{
  guint n = 0;

  if (is_kind (p, 0, TRIP_TOKEN_ALWAYS))
    n = 1;
  else if (is_always (p))
    n = 3;
  else if (peek (p, 0)->value == 24 && is_kind (p, 0, TRIP_TOKEN_NUMBER) && is_kind (p, 1, TRIP_TOKEN_HOUR) &&
           !is_sign (p, 2, '-') && !is_sign (p, 2, '+'))
    n = 2;
  p->at += n;
  return n > 0;
}

static gboolean
parse_rule (Parser *p, gint separator, TripHoursRule *rule)
{
  Remarks seen = { FALSE, FALSE };
  gboolean days_first;
  gboolean always;
  gboolean only_years;

  rule->state = TRIP_OPENING_OPEN;
  if (!parse_remarks (p, rule, &seen))
    return FALSE;
  if (seen.comment || seen.state)
    accept_sign (p, ':');
  if (!parse_selectors (p, rule) || !parse_remarks (p, rule, &seen))
    return FALSE;

  days_first = rule->dated;
  always = accept_always (p);
  if (!always && is_time_start (p, 0))
    {
      if (!parse_times (p, rule))
        return FALSE;
      /* "10:00-18:00 Mo-Fr" */
      if (!rule->dated && !parse_selectors (p, rule))
        return FALSE;
    }
  if (!parse_remarks (p, rule, &seen))
    return FALSE;
  /* Whoever only leaves a remark does not say that they are open. */
  if (seen.comment && !seen.state)
    rule->state = TRIP_OPENING_UNKNOWN;

  if (!is_rule_end (p) &&
      !(days_first && rule->times.count > 0 && (is_weekday_start (p, 0) || is_date_start (p, 0))))
    return fail (p, rule->times.count > 0 ? "“;” or the end" : "days or times");
  if (rule->times.count == 0 && !always && !seen.state && !seen.comment)
    {
      /* "Jan-Mar, Mo-Fr 10:00-12:00" may mean two things, and a lone year is no opening hours at all. */
      only_years = rule->years.count > 0 && rule->dates.count == 0 && rule->weeks.count == 0 && !rule->has_weekdays;
      if (!rule->dated || only_years || is_sign (p, 0, ',') || separator == SIGN_MISSING)
        return fail (p, "days or times");
    }
  return TRUE;
}

/*
 * trip_opening_hours_parse_rules:
 * @self: an object with empty arrays
 * @tokens: (element-type TripToken): the whole text
 * @error: return location for %TRIP_OPENING_HOURS_ERROR
 *
 * Returns: whether @self now holds at least one rule
 */
gboolean
trip_opening_hours_parse_rules (TripOpeningHours *self, const GArray *tokens, GError **error)
{
  Parser parser = {
    .self = self,
    .tokens = &g_array_index (tokens, TripToken, 0),
    .n_tokens = tokens->len,
    .error = error,
  };
  Parser *p = &parser;
  gint separator = ';';

  while (TRUE)
    {
      TripHoursRule rule = { .additive = separator == ',', .fallback = separator == TRIP_SIGN_FALLBACK };

      /* Mappers leave separators behind when they delete a rule. */
      while (separator == ';' && accept_sign (p, ';'))
        ;
      if (is_kind (p, 0, TRIP_TOKEN_END) && self->rules->len > 0)
        return TRUE;
      if (self->rules->len >= TRIP_HOURS_MAX_RULES)
        return fail (p, "fewer rules");
      if (!parse_rule (p, separator, &rule))
        return FALSE;
      g_array_append_val (self->rules, rule);

      if (is_kind (p, 0, TRIP_TOKEN_END))
        return TRUE;
      separator = is_rule_end (p) ? p->tokens[p->at++].value : SIGN_MISSING;
    }
}
