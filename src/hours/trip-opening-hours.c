/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What parsed opening hours say about a day. Each day is painted minute by minute in the order of the rules, which makes
 * "later rules win" the only law there is; everything public reads those painted days.
 */
#include "hours/trip-opening-hours-private.h"

#include <string.h>

G_DEFINE_QUARK (trip-opening-hours-error-quark, trip_opening_hours_error)
G_DEFINE_BOXED_TYPE (TripOpeningHours, trip_opening_hours, trip_opening_hours_ref, trip_opening_hours_unref)

/* A calendar day, proleptic Gregorian; @number counts from 1 January of year 1, as GLib's Julian days do. */
typedef struct {
  gint number;
  gint year;
  gint month;
  gint day;
  gint weekday;
  gint month_days;
} CivilDay;

/* Which rules have a say on a day, and which of them was the last to begin the day anew. */
typedef struct {
  guint8 active[TRIP_HOURS_MAX_RULES];
  guint fresh_from;
} DayRules;

static gboolean
is_leap (gint year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static gint
days_in_month (gint year, gint month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap (year) ? 29 : days[month - 1];
}

/* Days before 1 January of @year, which is at least 0. */
static gint
days_before_year (gint year)
{
  gint y = year - 1;

  return y * 365 + (y >= 0 ? y / 4 - y / 100 + y / 400 : -1);
}

static gint
day_number (gint year, gint month, gint day)
{
  static const guint16 before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

  return days_before_year (year) + before[month - 1] + (month > 2 && is_leap (year) ? 1 : 0) + day;
}

static gint
weekday_of (gint number)
{
  /* 1 January of year 1 was a Monday. */
  return ((number - 1) % 7 + 7) % 7;
}

static void
civil_day_init (CivilDay *self, gint number)
{
  gint rest;

  self->number = number;
  self->weekday = weekday_of (number);
  self->year = MAX (0, (gint) ((gint64) number * 400 / 146097));
  while (days_before_year (self->year + 1) < number)
    self->year++;
  rest = number - days_before_year (self->year);
  self->month = 1;
  while (rest > (self->month_days = days_in_month (self->year, self->month)))
    {
      rest -= self->month_days;
      self->month++;
    }
  self->day = rest;
}

static gint
iso_week (const CivilDay *day)
{
  /* The week belongs to the year its Thursday is in. */
  gint thursday = day->number - day->weekday + 3;
  gint year = day->year;

  if (thursday <= days_before_year (year))
    year--;
  else if (thursday > days_before_year (year + 1))
    year++;
  return (thursday - days_before_year (year) - 1) / 7 + 1;
}

/* The anonymous Gregorian algorithm. */
static gint
easter_sunday (gint year)
{
  gint a = year % 19;
  gint b = year / 100;
  gint c = year % 100;
  gint d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  gint e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  gint f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

  return day_number (year, f / 31, f % 31 + 1);
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
    return easter_sunday (year) + mark->offset;

  length = days_in_month (year, mark->month);
  number = day_number (year, mark->month, 1);
  if (mark->kind == TRIP_MARK_MONTH)
    return is_end ? number + length - 1 : number;
  if (mark->kind == TRIP_MARK_DAY)
    return number + (mark->day > length && is_end ? length : mark->day) - 1 + mark->offset;

  if (mark->nth > 0)
    return number + (mark->weekday - weekday_of (number) + 7) % 7 + (mark->nth - 1) * 7 + mark->offset;
  number += length - 1;
  return number - (weekday_of (number) - mark->weekday + 7) % 7 + (mark->nth + 1) * 7 + mark->offset;
}

static gboolean
year_span_covers (const TripDateSpan *span, gint year, const CivilDay *day)
{
  gint from = resolve_mark (&span->from, year, FALSE);
  gint to = resolve_mark (&span->to, year, TRUE);

  if (from <= to)
    return day->number >= from && day->number <= to;
  if (memcmp (&span->from, &span->to, sizeof span->from) == 0)
    return FALSE; /* 29 February of another year */
  return day->number >= from || day->number <= to;
}

static gboolean
date_span_covers (const TripDateSpan *span, const CivilDay *day)
{
  const TripDateMark *from = &span->from;
  const TripDateMark *to = &span->to;

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
      return day->number >= first && day->number <= last;
    }

  if (year_span_covers (span, day->year, day))
    return TRUE;
  /* "Jan 1 -1 day" lies in the year before the one it is reckoned from. */
  return (from->offset != 0 || to->offset != 0) && from->kind == to->kind &&
         resolve_mark (from, day->year, FALSE) <= resolve_mark (to, day->year, TRUE) &&
         (year_span_covers (span, day->year + 1, day) || (day->year > 1 && year_span_covers (span, day->year - 1, day)));
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
nth_covers (const TripNthWeekday *nth, const CivilDay *day)
{
  CivilDay shifted;

  if (nth->offset != 0)
    {
      civil_day_init (&shifted, day->number - nth->offset);
      day = &shifted;
    }
  return day->weekday == nth->weekday && ((nth->from_start & (1u << ((day->day - 1) / 7 + 1))) != 0 ||
                                          (nth->from_end & (1u << ((day->month_days - day->day) / 7 + 1))) != 0);
}

static gboolean
weekdays_cover (const TripOpeningHours *self, const TripHoursRule *rule, const CivilDay *day)
{
  if ((rule->weekdays & (1u << day->weekday)) != 0)
    return TRUE;
  for (guint i = 0; i < rule->nths.count; i++)
    {
      if (nth_covers (&g_array_index (self->nths, TripNthWeekday, rule->nths.first + i), day))
        return TRUE;
    }
  return FALSE;
}

static gboolean
dates_cover (const TripOpeningHours *self, const TripHoursRule *rule, const CivilDay *day)
{
  for (guint i = 0; i < rule->dates.count; i++)
    {
      if (date_span_covers (&g_array_index (self->dates, TripDateSpan, rule->dates.first + i), day))
        return TRUE;
    }
  return FALSE;
}

static gboolean
rule_covers (const TripOpeningHours *self, const TripHoursRule *rule, const CivilDay *day)
{
  return !rule->never &&
         (!rule->has_weekdays || weekdays_cover (self, rule, day)) &&
         (rule->dates.count == 0 || dates_cover (self, rule, day)) &&
         (rule->years.count == 0 || numbers_cover (self, &rule->years, day->year)) &&
         (rule->weeks.count == 0 || numbers_cover (self, &rule->weeks, iso_week (day)));
}

/*
 * Whether a rule replaces what the ones before it said about its days. One without days is read together with the one
 * before it: in "Mo-Fr 08:00-12:00; 13:30-18:00" it goes on with the same thought.
 */
static gboolean
rule_starts_anew (const TripOpeningHours *self, guint i)
{
  const TripHoursRule *rule = &g_array_index (self->rules, TripHoursRule, i);

  if (rule->state == TRIP_OPENING_CLOSED || rule->additive || rule->fallback)
    return FALSE;
  return rule->dated ||
         (i > 0 && rule->state == TRIP_OPENING_OPEN && !g_array_index (self->rules, TripHoursRule, i - 1).dated);
}

static void
day_rules_init (DayRules *out, const TripOpeningHours *self, gint number)
{
  CivilDay day;

  civil_day_init (&day, number);
  out->fresh_from = 0;
  for (guint i = 0; i < self->rules->len; i++)
    {
      out->active[i] = rule_covers (self, &g_array_index (self->rules, TripHoursRule, i), &day) ? 1 : 0;
      if (out->active[i] && rule_starts_anew (self, i))
        {
          memset (out->active, 0, i);
          out->fresh_from = i;
        }
    }
}

static void
paint (guint8 *minutes, gint from, gint to, TripOpeningState state, gboolean only_closed)
{
  from = MAX (from, 0);
  to = MIN (to, TRIP_DAY_MINUTES);
  if (from >= to)
    return;

  if (!only_closed)
    {
      memset (minutes + from, state, (gsize) (to - from));
      return;
    }
  for (gint i = from; i < to; i++)
    {
      if (minutes[i] == TRIP_OPENING_CLOSED)
        minutes[i] = (guint8) state;
    }
}

/* @shift is -1440 for what a rule of yesterday reaches into today. */
static void
paint_rule (const TripOpeningHours *self, const TripHoursRule *rule, gint shift, gboolean with_guess, guint8 *minutes)
{
  const TripTimeSpan *times = &g_array_index (self->times, TripTimeSpan, rule->times.first);
  TripOpeningState guess = rule->state == TRIP_OPENING_CLOSED ? TRIP_OPENING_CLOSED : TRIP_OPENING_UNKNOWN;

  if (rule->times.count == 0 && shift == 0)
    paint (minutes, 0, TRIP_DAY_MINUTES, rule->state, rule->fallback);

  /* What is known goes on top of what is guessed. */
  for (guint i = 0; with_guess && i < rule->times.count; i++)
    {
      if (times[i].guess != 0)
        paint (minutes, times[i].to + shift, times[i].guess + shift, guess, rule->fallback);
    }
  for (guint i = 0; i < rule->times.count; i++)
    paint (minutes, times[i].from + shift, times[i].to + shift, rule->state, rule->fallback);
}

/*
 * A night that began yesterday goes on under today's rules, because that is when the last guests leave, unless a later rule
 * says today is off. A guessed end gives way to the first rule that knows better.
 */
static void
paint_day (const TripOpeningHours *self, const DayRules *yesterday, const DayRules *today, guint8 *minutes)
{
  memset (minutes, TRIP_OPENING_CLOSED, TRIP_DAY_MINUTES);
  for (guint i = 0; i < self->rules->len; i++)
    {
      const TripHoursRule *rule = &g_array_index (self->rules, TripHoursRule, i);

      if (yesterday->active[i] && rule->reach > TRIP_DAY_MINUTES)
        paint_rule (self, rule, -TRIP_DAY_MINUTES, i >= today->fresh_from, minutes);
      if (today->active[i])
        paint_rule (self, rule, 0, TRUE, minutes);
    }
}

/* The minute after the run of equal states that starts at @from. */
static gint
run_end (const guint8 *minutes, gint from)
{
  guint64 pattern;

  memset (&pattern, minutes[from], sizeof pattern);
  while (from + (gint) sizeof pattern <= TRIP_DAY_MINUTES && memcmp (minutes + from, &pattern, sizeof pattern) == 0)
    from += (gint) sizeof pattern;
  while (from < TRIP_DAY_MINUTES && minutes[from] == ((guint8 *) &pattern)[0])
    from++;
  return from;
}

static void
append_runs (GArray *intervals, const guint8 *minutes, gint midnight)
{
  for (gint from = 0; from < TRIP_DAY_MINUTES;)
    {
      gint to = run_end (minutes, from);
      TripOpeningInterval *last = intervals->len > 0
                                    ? &g_array_index (intervals, TripOpeningInterval, intervals->len - 1)
                                    : NULL;

      if (minutes[from] == TRIP_OPENING_CLOSED)
        ;
      else if (last != NULL && last->to == midnight + from && last->state == (TripOpeningState) minutes[from])
        last->to = midnight + to;
      else
        {
          TripOpeningInterval interval = { midnight + from, midnight + to, (TripOpeningState) minutes[from] };

          g_array_append_val (intervals, interval);
        }
      from = to;
    }
}

static void
paint_date (const TripOpeningHours *self, gint number, guint8 *minutes)
{
  DayRules yesterday;
  DayRules today;

  day_rules_init (&yesterday, self, number - 1);
  day_rules_init (&today, self, number);
  paint_day (self, &yesterday, &today, minutes);
}

/* Splits a minute that may lie before or after its day. */
static gint
whole_days (gint minute)
{
  return minute >= 0 ? minute / TRIP_DAY_MINUTES : -((-(minute + 1)) / TRIP_DAY_MINUTES) - 1;
}

/**
 * trip_opening_hours_parse:
 * @text: hours in OpenStreetMap's syntax, from anybody
 * @error: return location for %TRIP_OPENING_HOURS_ERROR, whose message names the character it stumbled over
 *
 * Untidy texts are understood as far as they can only mean one thing. Public and school holidays are taken to never happen,
 * and the sun to rise at 06:00 and to set at 18:00.
 *
 * Texts of more than 4 KiB, 128 rules or 512 days and times are refused.
 *
 * Returns: (transfer full) (nullable): the parsed hours
 */
TripOpeningHours *
trip_opening_hours_parse (const char *text, GError **error)
{
  g_autoptr(TripOpeningHours) self = NULL;
  g_autoptr(GArray) tokens = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  tokens = trip_opening_hours_lex (text, error);
  if (tokens == NULL)
    return NULL;

  self = g_new0 (TripOpeningHours, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->rules = g_array_new (FALSE, TRUE, sizeof (TripHoursRule));
  self->numbers = g_array_new (FALSE, TRUE, sizeof (TripNumberSpan));
  self->dates = g_array_new (FALSE, TRUE, sizeof (TripDateSpan));
  self->nths = g_array_new (FALSE, TRUE, sizeof (TripNthWeekday));
  self->times = g_array_new (FALSE, TRUE, sizeof (TripTimeSpan));
  if (!trip_opening_hours_parse_rules (self, tokens, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * trip_opening_hours_ref:
 * @self: opening hours
 *
 * Returns: (transfer full): @self with one more reference
 */
TripOpeningHours *
trip_opening_hours_ref (TripOpeningHours *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_opening_hours_unref:
 * @self: (transfer full): opening hours
 *
 * Gives up a reference. May be called from any thread.
 */
void
trip_opening_hours_unref (TripOpeningHours *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->rules);
  g_array_unref (self->numbers);
  g_array_unref (self->dates);
  g_array_unref (self->nths);
  g_array_unref (self->times);
  g_free (self);
}

/**
 * trip_opening_hours_intervals:
 * @self: opening hours
 * @start: the first day
 * @n_days: how many days; more than %TRIP_OPENING_HOURS_MAX_DAYS are cut to that
 *
 * Lists when a place is open or may be. Neighbours of one state are merged, also over midnight, so intervals neither touch
 * nor overlap others of their state. What is not listed is closed.
 *
 * Returns: (transfer full) (element-type TripOpeningInterval): the intervals in order of time
 */
GArray *
trip_opening_hours_intervals (const TripOpeningHours *self, const GDate *start, guint n_days)
{
  g_autoptr(GArray) intervals = NULL;
  DayRules rules[2];
  guint8 minutes[TRIP_DAY_MINUTES];
  gint first;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (start != NULL && g_date_valid (start), NULL);

  n_days = MIN (n_days, TRIP_OPENING_HOURS_MAX_DAYS);
  intervals = g_array_sized_new (FALSE, FALSE, sizeof (TripOpeningInterval), MIN (2 * n_days, 64));
  first = (gint) g_date_get_julian (start);
  day_rules_init (&rules[1], self, first - 1);
  for (guint i = 0; i < n_days; i++)
    {
      day_rules_init (&rules[i % 2], self, first + (gint) i);
      paint_day (self, &rules[(i + 1) % 2], &rules[i % 2], minutes);
      append_runs (intervals, minutes, (gint) i * TRIP_DAY_MINUTES);
    }
  return g_steal_pointer (&intervals);
}

/**
 * trip_opening_hours_state_at:
 * @self: opening hours
 * @day: a day
 * @minute: minute of that day; others than 0 to 1439 lie on the days around it
 *
 * Returns: the state in that minute
 */
TripOpeningState
trip_opening_hours_state_at (const TripOpeningHours *self, const GDate *day, gint minute)
{
  guint8 minutes[TRIP_DAY_MINUTES];
  gint days = whole_days (minute);

  g_return_val_if_fail (self != NULL, TRIP_OPENING_UNKNOWN);
  g_return_val_if_fail (day != NULL && g_date_valid (day), TRIP_OPENING_UNKNOWN);

  if (ABS (days) > TRIP_OPENING_HOURS_MAX_DAYS)
    return TRIP_OPENING_UNKNOWN;
  paint_date (self, MAX (1, (gint) g_date_get_julian (day) + days), minutes);
  return (TripOpeningState) minutes[minute - days * TRIP_DAY_MINUTES];
}

/**
 * trip_opening_hours_is_open_during:
 * @self: opening hours
 * @day: a day
 * @from: first minute of a visit, counted from the start of @day
 * @to: minute after its last one; may lie on a later day
 *
 * A visit of no length asks for the minute @from alone.
 *
 * Returns: whether every minute of the visit is certainly open; unknown hours are not
 */
gboolean
trip_opening_hours_is_open_during (const TripOpeningHours *self, const GDate *day, gint from, gint to)
{
  guint8 minutes[TRIP_DAY_MINUTES];

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);

  if (to <= from)
    return trip_opening_hours_state_at (self, day, from) == TRIP_OPENING_OPEN;
  if (ABS (whole_days (from)) > TRIP_OPENING_HOURS_MAX_DAYS || ABS (whole_days (to)) > TRIP_OPENING_HOURS_MAX_DAYS)
    return FALSE;

  while (from < to)
    {
      gint days = whole_days (from);
      gint midnight = days * TRIP_DAY_MINUTES;
      gint end = MIN (to, midnight + TRIP_DAY_MINUTES);

      paint_date (self, MAX (1, (gint) g_date_get_julian (day) + days), minutes);
      for (; from < end; from++)
        {
          if (minutes[from - midnight] != TRIP_OPENING_OPEN)
            return FALSE;
        }
    }
  return TRUE;
}
