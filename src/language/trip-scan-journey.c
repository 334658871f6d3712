/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recogniser of when the travellers arrive on the first day and leave on the last: "we land at 14:00", "leaving Sunday
 * morning", "the 17:30 train back". Without an hour or a part of the day there is nothing to recognise.
 */
#include "language/trip-span.h"

#include <string.h>

/* The hour stands this near to the verb. */
#define REACH 14

/* Words of a name between the verb and the hour. */
#define MAX_NAME_WORDS 4

/* A bare "at 6" is in the afternoon, "at 8" in the morning. */
#define BARE_HOURS_OF_AFTERNOON (7 * 60)

#define NOON (12 * 60)

#define HOUR_CUES " at by around about circa ca approx approximately roughly before after until till past no than "
#define NAME_CUES " in into at to on with from of via "
#define CONNECTORS                                                                                                   \
  " at by around about circa ca approx approximately roughly before after in into on to the a our my we i ll will is "  \
  "are be being it this that same from with local time scheduled due exactly sharp back home there here again only "   \
  "probably hopefully hotel hostel apartment accommodation airbnb town city no later than earlier latest not already "   \
  "as late early everyone all both next coming of via out and for "
#define NOT_OF_THE_TRIP " free open empty unplanned blank early enough "

typedef struct {
  const TripAnnotated *text;
  const GDate *today;
  const TripWord *cue;
  gboolean departs;
  gboolean has_time;
  gboolean has_hour; /* no mere part of the day */
  gboolean has_day;
  gboolean follows_day;
  gint minutes;
  TripJourney journey;
  GDate date;
  guint end;
} Journey;

static gboolean
read_hour (Journey *self,
           guint    i,
           guint   *out_end)
{
  const TripTokens *tokens = self->text->tokens;
  gboolean marked;
  guint end;
  gint minutes;

  if (self->has_hour || !trip_scan_time (self->text, i, FALSE, &end, &minutes))
    return FALSE;
  marked = trip_scan_time_is_marked (self->text, i, end);
  /* "Around the 5th", "in 2 days", "5 people". */
  if (!marked && (i == 0 || !trip_tokens_is_any (tokens, i - 1, HOUR_CUES) || tokens->token[i].kind == TRIP_TOKEN_CURRENCY ||
                  trip_tokens_is_any (tokens, end, " th st nd rd of percent minutes mins min hours hour hrs ") ||
                  trip_annotated_is (self->text, end, TRIP_WORD_MONTH)))
    return FALSE;
  if (!marked && (minutes < BARE_HOURS_OF_AFTERNOON || (self->has_time && self->minutes >= NOON && minutes < NOON)))
    minutes += NOON;
  /* "At 9 in the evening" */
  if (!marked && trip_tokens_is_any (tokens, end, " in ") && trip_tokens_is (tokens, end + 1, "the"))
    {
      gboolean late = trip_tokens_is_any (tokens, end + 2, " afternoon evening ");

      if (late && minutes < NOON)
        minutes += NOON;
      if (trip_tokens_is (tokens, end + 2, "morning") && minutes >= NOON)
        minutes -= NOON;
      if (late || trip_tokens_is (tokens, end + 2, "morning"))
        end += 3;
    }
  else if (!marked && trip_tokens_is (tokens, end, "at") && trip_tokens_is (tokens, end + 1, "night"))
    {
      minutes += minutes < NOON ? NOON : 0;
      end += 2;
    }
  self->minutes = minutes;
  self->has_time = self->has_hour = TRUE;
  *out_end = end;
  return TRUE;
}

static gboolean
read_part_of_day (Journey *self,
                  guint    i,
                  guint   *out_end)
{
  const TripWord *part = trip_annotated_find (self->text, i, TRIP_WORD_DAYPART, out_end);

  if (part == NULL || (part->weak && !self->follows_day))
    return FALSE;
  /* "Friday evening at 8": the hour says more, and the part which half of the day it is in. */
  if (self->has_hour)
    {
      if (part->number >= NOON && self->minutes < NOON)
        self->minutes += NOON;
      return TRUE;
    }
  self->minutes = (gint) part->number;
  self->has_time = TRUE;
  return TRUE;
}

/* The "Friday" of "Friday evening" is the next one. */
static gboolean
read_weekday (Journey *self,
              guint    i,
              guint   *out_end)
{
  const TripWord *weekday = trip_annotated_find (self->text, i, TRIP_WORD_WEEKDAY, out_end);
  gint ahead;

  if (weekday == NULL || !(self->text->tokens->token[i].capitalised || self->text->tokens->token[i].folded_len > 3))
    return FALSE;
  ahead = ((gint) weekday->number - (gint) g_date_get_weekday (self->today) + 7) % 7;
  self->date = *self->today;
  g_date_add_days (&self->date, (guint) ahead);
  return TRUE;
}

/* The first day, the last day, or a date; FALSE with @out_other where it is another day of the trip. */
static gboolean
read_day (Journey  *self,
          guint     i,
          guint    *out_end,
          gboolean *out_other)
{
  TripSpan span;
  gint day;

  if (trip_scan_day (self->text, i, out_end, &day))
    {
      *out_other = day != (self->departs ? TRIP_DAY_LAST : 1);
      self->has_day = !*out_other;
      return !*out_other;
    }
  if (trip_scan_dates (self->text, i, self->today, &span) && g_date_valid (&span.from) && !g_date_valid (&span.to))
    {
      self->date = span.from;
      *out_end = span.end;
    }
  else if (!read_weekday (self, i, out_end))
    {
      return FALSE;
    }
  self->has_day = TRUE;
  return TRUE;
}

static gboolean
read_means (Journey *self,
            guint    i)
{
  const TripTokens *tokens = self->text->tokens;
  TripJourney journey;

  if (trip_tokens_is_any (tokens, i, " plane flight flights air airport terminal airplane "))
    journey = TRIP_JOURNEY_FLIGHT;
  else if (trip_tokens_is_any (tokens, i, " train rail bus coach ferry boat station port trains "))
    journey = TRIP_JOURNEY_TRAIN;
  else if (trip_tokens_is_any (tokens, i, " car road taxi "))
    journey = TRIP_JOURNEY_ROAD;
  else
    return FALSE;
  if (self->journey == TRIP_JOURNEY_PLAIN)
    self->journey = journey;
  return TRUE;
}

/* "Rome", "Rome Fiumicino" behind "in", "at" or "from". */
static gboolean
read_name (Journey *self,
           guint    i,
           guint   *out_end)
{
  const TripTokens *tokens = self->text->tokens;
  gboolean may_be_small = trip_tokens_is (tokens, i - 1, "into") || (i > self->end && trip_tokens_is (tokens, i - 1, "in"));
  guint end = i;

  if (!(i > 0 && trip_tokens_is_any (tokens, i - 1, NAME_CUES)) &&
      !(self->cue != NULL && self->cue->weak && self->end == i && tokens->token[i].capitalised))
    return FALSE;
  while (end < tokens->n && end < i + MAX_NAME_WORDS && tokens->token[end].kind == TRIP_TOKEN_WORD &&
         (end == i || (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN | TRIP_GAP_DOT)) == 0) &&
         !trip_tokens_is_any (tokens, end, CONNECTORS) && !trip_annotated_is (self->text, end, TRIP_WORD_DAYPART) &&
         (tokens->token[end].capitalised ||
          (may_be_small && !trip_annotated_is (self->text, end, TRIP_WORD_MONTH) &&
           !trip_annotated_is (self->text, end, TRIP_WORD_UNIT))))
    end++;
  *out_end = end;
  return end > i;
}

/* "Arrive at the Louvre at 9" and "leave for Osaka at 9" are no ends of a trip, nor is leaving home. */
static gboolean
is_elsewhere (Journey *self,
              guint    i)
{
  const TripTokens *tokens = self->text->tokens;
  guint name = trip_tokens_is (tokens, i + 1, "the") ? i + 2 : i + 1;

  if (name >= tokens->n || tokens->token[name].kind != TRIP_TOKEN_WORD ||
      trip_annotated_is (self->text, name, TRIP_WORD_DAYPART) || trip_annotated_is (self->text, name, TRIP_WORD_NUMBER) ||
      trip_annotated_is (self->text, name, TRIP_WORD_WEEKDAY) || trip_tokens_is_any (tokens, name, CONNECTORS) ||
      trip_tokens_is_any (tokens, name, " noon midday midnight half quarter plane flight flights air airport terminal train "
                                        "station port bus coach ferry car "))
    return FALSE;
  if (trip_tokens_is (tokens, i, "at"))
    return name == i + 2 || !tokens->token[name].capitalised || self->departs;
  return self->departs && trip_tokens_is_any (tokens, i, " for from to ");
}

/* ", day 4: museums" and ", day 4 is for museums" begin something else. */
static gboolean
begins_day (Journey *self,
            guint    i)
{
  const TripTokens *tokens = self->text->tokens;
  guint end;
  gint day;

  return (tokens->token[i].gap & TRIP_GAP_COMMA) != 0 && trip_scan_day (self->text, i, &end, &day) &&
         ((end < tokens->n && (tokens->token[end].gap & TRIP_GAP_COLON) != 0) ||
          day != (self->departs ? TRIP_DAY_LAST : 1));
}

/* What stands behind the verb; FALSE where it is about something else. */
static gboolean
read_rest (Journey *self,
           guint    first)
{
  const TripTokens *tokens = self->text->tokens;
  guint limit = MIN (first + REACH, tokens->n);

  for (guint i = first; i < limit;)
    {
      guint gap = tokens->token[i].gap;
      gboolean other = FALSE;
      guint end;

      if ((gap & TRIP_GAP_CLAUSE) != 0 && (gap & TRIP_GAP_BREAK) == 0)
        break;
      if (read_hour (self, i, &end) || read_part_of_day (self, i, &end))
        {
          self->end = i = end;
          self->follows_day = FALSE;
          continue;
        }
      if (self->has_time && begins_day (self, i))
        break;
      if (read_day (self, i, &end, &other))
        {
          self->end = i = end;
          self->follows_day = TRUE;
          continue;
        }
      if (other)
        return FALSE;
      /* Behind a comma or a bracket only a day or an hour goes on. */
      if ((gap & (TRIP_GAP_COMMA | TRIP_GAP_BREAK)) != 0 && i > first)
        break;
      if (is_elsewhere (self, i))
        return self->has_time;
      if (read_means (self, i))
        {
          self->follows_day = FALSE;
          if (self->has_time)
            self->end = i + 1;
          i++;
          continue;
        }
      if (!trip_tokens_is_any (tokens, i, CONNECTORS))
        {
          if (!read_name (self, i, &end))
            break;
          i = end;
          continue;
        }
      /* "And" begins something else once the hour is known; "Sunday in the morning" is read by its whole phrase. */
      if (self->has_time && trip_tokens_is_any (tokens, i, " and for we i it with "))
        break;
      self->follows_day = trip_tokens_is_any (tokens, i, " that same this ") ||
                          (trip_tokens_is (tokens, i, "the") && i > 0 && trip_tokens_is_any (tokens, i - 1, " in on "));
      i++;
    }
  return TRUE;
}

/* A verb that may mean anything means the way home late in the day, or with the last day beside it. */
static gboolean
is_meant (const Journey *self)
{
  gboolean is_end = strcmp (self->cue->value, "end") == 0;

  if (strcmp (self->cue->value, "origin") == 0 || !self->has_time)
    return FALSE;
  if (is_end || (self->cue->weak && *self->cue->value != '\0'))
    return self->has_day;
  if (self->cue->weak)
    return self->has_day || (self->has_hour && self->minutes >= NOON);
  return TRUE;
}

/* "The 17:30 train back", "6pm flight home", "a 2pm arrival" */
static gboolean
read_hour_first (Journey *self,
                 guint    i,
                 guint   *out_end)
{
  const TripTokens *tokens = self->text->tokens;
  guint end, behind;

  if ((tokens->token[i].kind != TRIP_TOKEN_NUMBER && !trip_tokens_is_any (tokens, i, " noon midday midnight ")) ||
      !trip_scan_time (self->text, i, FALSE, &end, &self->minutes) || !trip_scan_time_is_marked (self->text, i, end) ||
      end >= tokens->n || (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) != 0)
    return FALSE;
  self->cue = trip_annotated_find (self->text, end, TRIP_WORD_DEPART, &behind);
  self->departs = self->cue != NULL;
  if (self->cue == NULL)
    self->cue = trip_annotated_find (self->text, end, TRIP_WORD_ARRIVE, &behind);
  /* The "leave" of "at 9am leave the hotel" is another matter. */
  if (self->cue == NULL || (self->cue->weak && *self->cue->value == '\0') || strcmp (self->cue->value, "end") == 0)
    return FALSE;
  self->has_time = self->has_hour = TRUE;
  *out_end = behind;
  return TRUE;
}

/**
 * trip_scan_journey:
 * @text: annotated tokens
 * @i: a token
 * @today: the day on which this is said
 * @span: (out): what was found
 *
 * Reads when the travellers arrive on the first day or leave on the last: `we land at 14:00`, `getting in Friday evening`,
 * `flight home at 6pm`, `at the airport by 4`, `leave by noon on the last day`. A part of a day stands for one hour of it.
 * A bare `leave at 9` is left alone, as that is when a day begins.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_journey (const TripAnnotated *text,
                   guint                i,
                   const GDate         *today,
                   TripSpan            *span)
{
  Journey self = { .text = text, .today = today };
  guint end = i;

  g_date_clear (&self.date, 1);
  if (!read_hour_first (&self, i, &end))
    {
      guint departs_end;

      self.cue = trip_annotated_find (text, i, TRIP_WORD_ARRIVE, &end);
      if (trip_annotated_find (text, i, TRIP_WORD_DEPART, &departs_end) != NULL && (self.cue == NULL || departs_end > end))
        {
          self.cue = trip_annotated_find (text, i, TRIP_WORD_DEPART, &end);
          self.departs = TRUE;
        }
    }
  if (self.cue == NULL)
    return FALSE;
  self.journey = trip_journey_of_word (self.cue->value);
  self.end = end;
  if (!read_rest (&self, end) || !is_meant (&self) || self.minutes > 24 * 60 ||
      trip_tokens_is_any (text->tokens, self.end, NOT_OF_THE_TRIP) ||
      (self.cue->weak && !self.has_hour && trip_tokens_is (text->tokens, self.end, "for")))
    return FALSE;
  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_JOURNEY;
  span->topic = self.departs ? TRIP_TOPIC_DEPARTURE : TRIP_TOPIC_ARRIVAL;
  span->children = -1;
  span->first = i;
  span->end = self.end;
  span->minutes = self.minutes;
  span->journey = self.journey;
  span->from = self.date;
  return TRUE;
}
