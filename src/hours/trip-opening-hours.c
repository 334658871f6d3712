/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The public face of opening hours: parsed once, read from any thread.
 */
#include "hours/trip-opening-hours-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  guint position;
} TripOpeningHoursErrorPrivate;

static void
trip_opening_hours_error_private_init (TripOpeningHoursErrorPrivate *priv)
{
}

static void
trip_opening_hours_error_private_copy (const TripOpeningHoursErrorPrivate *from, TripOpeningHoursErrorPrivate *to)
{
  *to = *from;
}

static void
trip_opening_hours_error_private_clear (TripOpeningHoursErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (TripOpeningHoursError, trip_opening_hours_error)
G_DEFINE_BOXED_TYPE (TripOpeningHours, trip_opening_hours, trip_opening_hours_ref, trip_opening_hours_unref)

/*
 * trip_opening_hours_fail:
 * @error: return location
 * @code: what kind of mistake
 * @position: the character it is at, from 1
 * @format: what is wrong, for people
 * @...: its arguments
 *
 * Returns: %FALSE
 */
gboolean
trip_opening_hours_fail (GError **error, TripOpeningHoursError code, guint position, const char *format, ...)
{
  g_autofree char *wrong = NULL;
  va_list args;

  if (error == NULL)
    return FALSE;
  va_start (args, format);
  wrong = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: where, then what is wrong: "at character 4: a week day should stand where “x” is" */
  g_set_error (error, TRIP_OPENING_HOURS_ERROR, code, _("at character %u: %s"), position, wrong);
  trip_opening_hours_error_get_private (*error)->position = position;
  return FALSE;
}

/**
 * trip_opening_hours_error_get_position:
 * @error: an error of %TRIP_OPENING_HOURS_ERROR
 *
 * Returns: the character of the text the parser stumbled over; the first one is 1
 */
guint
trip_opening_hours_error_get_position (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == TRIP_OPENING_HOURS_ERROR, 0);

  return trip_opening_hours_error_get_private (error)->position;
}

static void
append_runs (GArray *intervals, const TripDayCanvas *canvas, gint midnight)
{
  for (gint from = 0; from < TRIP_DAY_MINUTES;)
    {
      gint to = trip_day_canvas_run_end (canvas, from);
      TripOpeningState state = (TripOpeningState) canvas->states[from];
      TripOpeningInterval *last = intervals->len > 0
                                    ? &g_array_index (intervals, TripOpeningInterval, intervals->len - 1)
                                    : NULL;

      if (state == TRIP_OPENING_CLOSED)
        ;
      else if (last != NULL && last->to == midnight + from && last->state == state)
        last->to = midnight + to;
      else
        {
          TripOpeningInterval interval = { midnight + from, midnight + to, state };

          g_array_append_val (intervals, interval);
        }
      from = to;
    }
}

static void
paint_date (const TripOpeningHours *self, gint number, TripDayCanvas *canvas)
{
  TripHoursCalendar calendar;
  TripDayRules yesterday;
  TripDayRules today;

  trip_hours_calendar_init (&calendar, self);
  trip_day_rules_init (&yesterday, &calendar, number - 1);
  trip_day_rules_init (&today, &calendar, number);
  trip_day_canvas_paint (canvas, self, &yesterday, &today);
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
 * @error: return location for %TRIP_OPENING_HOURS_ERROR
 *
 * Reads hours of a place that nothing is known of: public holidays never happen, and the sun rises at 06:00 and sets at 18:00.
 * See trip_opening_hours_parse_for_place().
 *
 * Returns: (transfer full) (nullable): the parsed hours
 */
TripOpeningHours *
trip_opening_hours_parse (const char *text, GError **error)
{
  return trip_opening_hours_parse_for_place (text, NULL, TRIP_OPENING_HOURS_DEFAULT, error);
}

static gboolean
asks_the_sun (const TripOpeningHours *self)
{
  for (guint i = 0; i < self->times->len; i++)
    {
      const TripTimeSpan *span = &g_array_index (self->times, TripTimeSpan, i);

      if (span->from.event != TRIP_NO_EVENT || span->to.event != TRIP_NO_EVENT)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_opening_hours_parse_for_place:
 * @text: hours in OpenStreetMap's syntax, from anybody
 * @place: (nullable): where the place is
 * @flags: how @text is read
 * @error: return location for %TRIP_OPENING_HOURS_ERROR, whose message says what is wrong and at which character
 *
 * Untidy texts are understood as far as they can only mean one thing. School holidays are taken to never happen, and so are
 * public holidays of a country whose holidays are not known (trip_holiday_country_find()).
 *
 * Texts of more than 4 KiB, 128 rules or 512 days and times are refused.
 *
 * Returns: (transfer full) (nullable): the parsed hours
 */
TripOpeningHours *
trip_opening_hours_parse_for_place (const char *text, const TripOpeningPlace *place, TripOpeningHoursFlags flags,
                                    GError **error)
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
  self->flags = flags;
  self->rules = g_array_new (FALSE, TRUE, sizeof (TripHoursRule));
  self->numbers = g_array_new (FALSE, TRUE, sizeof (TripNumberSpan));
  self->dates = g_array_new (FALSE, TRUE, sizeof (TripDateSpan));
  self->nths = g_array_new (FALSE, TRUE, sizeof (TripNthWeekday));
  self->holidays = g_array_new (FALSE, TRUE, sizeof (TripHolidayDay));
  self->times = g_array_new (FALSE, TRUE, sizeof (TripTimeSpan));
  self->comments = g_string_chunk_new (64);
  if (place != NULL)
    {
      self->country = trip_holiday_country_find (place->country);
      self->located = place->located && ABS (place->latitude) <= 90.0 && ABS (place->longitude) <= 180.0;
      self->latitude = place->latitude;
      self->longitude = place->longitude;
      self->zone = place->zone != NULL ? g_time_zone_ref (place->zone) : NULL;
    }
  if (!trip_opening_hours_parse_rules (self, tokens, error))
    return NULL;
  if (self->located && self->zone == NULL && self->country != NULL && asks_the_sun (self))
    self->zone = trip_holiday_country_find_zone (self->country, self->longitude);
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
  g_array_unref (self->holidays);
  g_array_unref (self->times);
  g_string_chunk_free (self->comments);
  g_clear_pointer (&self->zone, g_time_zone_unref);
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
  TripHoursCalendar calendar;
  TripDayRules rules[2];
  TripDayCanvas canvas = { .owners = NULL };
  gint first;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (start != NULL && g_date_valid (start), NULL);

  n_days = MIN (n_days, TRIP_OPENING_HOURS_MAX_DAYS);
  intervals = g_array_sized_new (FALSE, FALSE, sizeof (TripOpeningInterval), MIN (2 * n_days, 64));
  first = (gint) g_date_get_julian (start);
  trip_hours_calendar_init (&calendar, self);
  trip_day_rules_init (&rules[1], &calendar, first - 1);
  for (guint i = 0; i < n_days; i++)
    {
      trip_day_rules_init (&rules[i % 2], &calendar, first + (gint) i);
      trip_day_canvas_paint (&canvas, self, &rules[(i + 1) % 2], &rules[i % 2]);
      append_runs (intervals, &canvas, (gint) i * TRIP_DAY_MINUTES);
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
  return trip_opening_hours_state_with_comment (self, day, minute, NULL);
}

/**
 * trip_opening_hours_state_with_comment:
 * @self: opening hours
 * @day: a day
 * @minute: minute of that day; others than 0 to 1439 lie on the days around it
 * @out_comment: (out) (optional) (nullable) (transfer none): what the rule that decides remarks, `by appointment`; lives as
 *   long as @self
 *
 * Returns: the state in that minute
 */
TripOpeningState
trip_opening_hours_state_with_comment (const TripOpeningHours *self, const GDate *day, gint minute, const char **out_comment)
{
  guint8 owners[TRIP_DAY_MINUTES];
  TripDayCanvas canvas = { .owners = out_comment != NULL ? owners : NULL };
  gint days = whole_days (minute);

  if (out_comment != NULL)
    *out_comment = NULL;
  g_return_val_if_fail (self != NULL, TRIP_OPENING_UNKNOWN);
  g_return_val_if_fail (day != NULL && g_date_valid (day), TRIP_OPENING_UNKNOWN);

  if (ABS (days) > TRIP_OPENING_HOURS_MAX_DAYS)
    return TRIP_OPENING_UNKNOWN;
  paint_date (self, MAX (1, (gint) g_date_get_julian (day) + days), &canvas);
  minute -= days * TRIP_DAY_MINUTES;
  if (out_comment != NULL && owners[minute] > 0)
    *out_comment = g_array_index (self->rules, TripHoursRule, owners[minute] - 1).comment;
  return (TripOpeningState) canvas.states[minute];
}

/**
 * trip_opening_hours_next_change:
 * @self: opening hours
 * @day: a day
 * @minute: minute of that day; others than 0 to 1439 lie on the days around it
 * @out_minute: (out): when the state changes next, in minutes after the midnight that begins @day
 * @out_state: (out) (optional): the state from then on
 *
 * Returns: whether the state changes within the next %TRIP_OPENING_HOURS_MAX_DAYS
 */
gboolean
trip_opening_hours_next_change (const TripOpeningHours *self, const GDate *day, gint minute, gint *out_minute,
                                TripOpeningState *out_state)
{
  TripHoursCalendar calendar;
  TripDayRules rules[2];
  TripDayCanvas canvas = { .owners = NULL };
  gint days = whole_days (minute);
  gint state = -1;
  gint first;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);
  g_return_val_if_fail (out_minute != NULL, FALSE);

  if (ABS (days) > TRIP_OPENING_HOURS_MAX_DAYS)
    return FALSE;
  first = MAX (1, (gint) g_date_get_julian (day) + days);
  minute -= days * TRIP_DAY_MINUTES;
  trip_hours_calendar_init (&calendar, self);
  trip_day_rules_init (&rules[1], &calendar, first - 1);
  for (gint i = 0; i < TRIP_OPENING_HOURS_MAX_DAYS; i++)
    {
      trip_day_rules_init (&rules[i % 2], &calendar, first + i);
      trip_day_canvas_paint (&canvas, self, &rules[(i + 1) % 2], &rules[i % 2]);
      if (state < 0)
        state = canvas.states[minute];
      if (canvas.states[minute] == state)
        minute = trip_day_canvas_run_end (&canvas, minute);
      if (minute < TRIP_DAY_MINUTES)
        {
          *out_minute = minute + (days + i) * TRIP_DAY_MINUTES;
          if (out_state != NULL)
            *out_state = (TripOpeningState) canvas.states[minute];
          return TRUE;
        }
      minute = 0;
    }
  return FALSE;
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
  TripDayCanvas canvas = { .owners = NULL };

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

      paint_date (self, MAX (1, (gint) g_date_get_julian (day) + days), &canvas);
      for (; from < end; from++)
        {
          if (canvas.states[from - midnight] != TRIP_OPENING_OPEN)
            return FALSE;
        }
    }
  return TRUE;
}
