/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What parsed opening hours say about a day. Each day is painted minute by minute in the order of the rules, which makes
 * "later rules win" the only law there is; everything public reads those painted days.
 */
#include "hours/trip-opening-hours-private.h"

#include <math.h>
#include <string.h>

static gint
zone_offset (GTimeZone *zone, const GDate *date)
{
  g_autoptr(GDateTime) noon = g_date_time_new (zone, g_date_get_year (date), g_date_get_month (date), g_date_get_day (date),
                                               12, 0, 0);

  return noon != NULL ? (gint) (g_date_time_get_utc_offset (noon) / G_TIME_SPAN_MINUTE) : 0;
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

void
trip_day_rules_init (TripDayRules *self, TripHoursCalendar *calendar, gint number)
{
  const TripOpeningHours *hours = calendar->hours;
  TripCivilDay day;

  trip_civil_day_init (&day, number);
  self->number = number;
  self->fresh_from = 0;
  for (guint i = 0; i < hours->rules->len; i++)
    {
      self->active[i] = trip_hours_rule_covers (calendar, &g_array_index (hours->rules, TripHoursRule, i), &day) ? 1 : 0;
      if (self->active[i] && rule_starts_anew (hours, i))
        {
          memset (self->active, 0, i);
          self->fresh_from = i;
        }
    }
}

static gint
resolve_time (const TripOpeningHours *hours, const TripTimeMark *mark, gint number)
{
  /* What everybody who reads the format takes them for where the place is not known. */
  static const gint usual[] = { 5 * 60 + 30, 6 * 60, 18 * 60, 18 * 60 + 30 };
  gint minute;

  if (mark->event == TRIP_NO_EVENT)
    return mark->minute;
  if (hours->located && number > 0)
    {
      GDate date;
      gint utc_offset = (gint) lround (hours->longitude / 15.0) * 60;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) number);
      if (hours->zone != NULL)
        utc_offset = zone_offset (hours->zone, &date);
      minute = trip_sun_minute (&date, hours->latitude, hours->longitude, utc_offset, (TripSunEvent) mark->event);
    }
  else
    {
      minute = usual[mark->event];
    }
  return MAX (0, minute + mark->minute);
}

/* How long somebody who says "17:00+" may stay open: the guess every user of the format makes. */
static gint
guess_end (gint start)
{
  if (start < 17 * 60)
    return TRIP_DAY_MINUTES;
  return MIN (start + (start < 22 * 60 ? 10 : 8) * 60, TRIP_HOURS_MAX_MINUTE);
}

typedef struct {
  gint from;
  gint to;
  gint guess; /* an open end's guessed end, or 0 */
} Span;

static Span
resolve_span (const TripOpeningHours *hours, const TripTimeSpan *time, gint number)
{
  Span span = { resolve_time (hours, &time->from, number), resolve_time (hours, &time->to, number), 0 };
  /* Where the sun does not rise, nothing is open from sunrise to sunset. */
  gboolean day = time->from.event != TRIP_NO_EVENT && time->to.event != TRIP_NO_EVENT && time->from.event < time->to.event;

  if (time->point && time->step == 0)
    span.to = span.from + 1;
  else if (day)
    span.to = MAX (span.from, span.to);
  else if (span.to <= span.from && !(time->open_end && memcmp (&time->from, &time->to, sizeof time->from) == 0))
    span.to = resolve_time (hours, &time->to, time->to.event != TRIP_NO_EVENT ? number + 1 : number) + TRIP_DAY_MINUTES;
  if (time->open_end)
    span.guess = guess_end (span.to);
  return span;
}

typedef struct {
  TripDayCanvas *canvas;
  TripOpeningState state;
  guint8 owner;
  gboolean only_closed;
} Brush;

static void
paint (const Brush *brush, TripOpeningState state, gint from, gint to)
{
  guint8 *states = brush->canvas->states;
  guint8 *owners = brush->canvas->owners;

  from = MAX (from, 0);
  to = MIN (to, TRIP_DAY_MINUTES);
  if (from >= to)
    return;

  if (!brush->only_closed)
    {
      memset (states + from, state, (gsize) (to - from));
      if (owners != NULL)
        memset (owners + from, brush->owner, (gsize) (to - from));
      return;
    }
  for (gint i = from; i < to; i++)
    {
      if (states[i] != TRIP_OPENING_CLOSED)
        continue;
      states[i] = (guint8) state;
      if (owners != NULL)
        owners[i] = brush->owner;
    }
}

static void
paint_span (const Brush *brush, const TripTimeSpan *time, const Span *span, gint shift)
{
  if (!time->point)
    {
      paint (brush, brush->state, span->from + shift, span->to + shift);
      return;
    }
  for (gint minute = span->from; minute <= span->to; minute += MAX (time->step, 1))
    {
      paint (brush, brush->state, minute + shift, minute + shift + 1);
      if (time->step == 0)
        break;
    }
}

/* @number is the day the rule applied to, @shift -1440 for what it reaches into the next one. */
static void
paint_rule (TripDayCanvas *canvas, const TripOpeningHours *hours, guint index, gint number, gint shift, gboolean with_guess)
{
  const TripHoursRule *rule = &g_array_index (hours->rules, TripHoursRule, index);
  const TripTimeSpan *times = &g_array_index (hours->times, TripTimeSpan, rule->times.first);
  TripOpeningState guess = rule->state == TRIP_OPENING_CLOSED ? TRIP_OPENING_CLOSED : TRIP_OPENING_UNKNOWN;
  Brush brush = { canvas, rule->state, (guint8) (index + 1), rule->fallback };

  if (rule->times.count == 0 && shift == 0)
    paint (&brush, rule->state, 0, TRIP_DAY_MINUTES);

  /* What is known goes on top of what is guessed. */
  for (guint i = 0; with_guess && i < rule->times.count; i++)
    {
      Span span;

      if (!times[i].open_end)
        continue;
      span = resolve_span (hours, &times[i], number);
      paint (&brush, guess, span.to + shift, span.guess + shift);
    }
  for (guint i = 0; i < rule->times.count; i++)
    {
      Span span = resolve_span (hours, &times[i], number);

      paint_span (&brush, &times[i], &span, shift);
    }
}

/*
 * A night that began yesterday goes on under today's rules, because that is when the last guests leave, unless a later rule
 * says today is off. A guessed end gives way to the first rule that knows better.
 */
void
trip_day_canvas_paint (TripDayCanvas *self, const TripOpeningHours *hours, const TripDayRules *yesterday,
                       const TripDayRules *today)
{
  memset (self->states, TRIP_OPENING_CLOSED, sizeof self->states);
  if (self->owners != NULL)
    memset (self->owners, 0, TRIP_DAY_MINUTES);
  for (guint i = 0; i < hours->rules->len; i++)
    {
      if (yesterday->active[i] && g_array_index (hours->rules, TripHoursRule, i).overnight)
        paint_rule (self, hours, i, yesterday->number, -TRIP_DAY_MINUTES, i >= today->fresh_from);
      if (today->active[i])
        paint_rule (self, hours, i, today->number, 0, TRUE);
    }
}

/* The minute after the run of equal states that starts at @from. */
gint
trip_day_canvas_run_end (const TripDayCanvas *self, gint from)
{
  const guint8 *minutes = self->states;
  guint64 pattern;

  memset (&pattern, minutes[from], sizeof pattern);
  while (from + (gint) sizeof pattern <= TRIP_DAY_MINUTES && memcmp (minutes + from, &pattern, sizeof pattern) == 0)
    from += (gint) sizeof pattern;
  while (from < TRIP_DAY_MINUTES && minutes[from] == ((guint8 *) &pattern)[0])
    from++;
  return from;
}
