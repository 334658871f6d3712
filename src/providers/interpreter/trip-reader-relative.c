/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Follow-ups that count from what the state has: "one day more", "extend it by a week", "double the budget", "200 euros
 * less". The requirement of before goes, and the same words with the new number come.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-phrase.h"

#include <math.h>
#include <string.h>

#define MORE " more longer extra additional further "
#define LESS " less fewer shorter "
#define RAISING " extend extended extending lengthen prolong increase raise add up "
#define LOWERING " shorten shortened cut reduce lower decrease trim drop "

/* So far before "by 200" stands the verb. */
#define VERB_REACH 6

/* No trip or budget that one counts from is longer or larger. */
#define MAX_RESULT 1e9

/* How the words around [first, end) change what there is: 1 adds, -1 takes away, 0 says it anew. */
static gint
read_sign (TripReader *self,
           guint       first,
           guint       end)
{
  const TripTokens *tokens = self->tokens;
  const TripSentence *sentence = trip_reader_sentence_at (self, first);

  if (end < sentence->end && trip_tokens_is_any (tokens, end, MORE) && !trip_tokens_is (tokens, end + 1, "than"))
    return 1;
  if (end < sentence->end && trip_tokens_is_any (tokens, end, LESS) && !trip_tokens_is (tokens, end + 1, "than"))
    return -1;
  if (first > sentence->first && trip_tokens_is_any (tokens, first - 1, " another extra additional "))
    return 1;
  if (first == sentence->first || !trip_tokens_is (tokens, first - 1, "by"))
    return 0;
  for (guint n = 2; n <= VERB_REACH && first >= sentence->first + n; n++)
    {
      if (trip_tokens_is_any (tokens, first - n, RAISING))
        return 1;
      if (trip_tokens_is_any (tokens, first - n, LOWERING))
        return -1;
    }
  return 0;
}

/* The number in a requirement that its length or amount is: "3" of "a 3 day trip under $900" for days. */
static gboolean
find_number (const TripAnnotated *text,
             guint                topic,
             guint               *out_first,
             guint               *out_end,
             gdouble             *out_value)
{
  for (guint i = 0; i < text->tokens->n; i++)
    {
      gboolean counts_days, counts_people;

      if (!trip_scan_number (text, i, out_end, out_value))
        continue;
      counts_days = trip_annotated_is (text, *out_end, TRIP_WORD_UNIT);
      counts_people = trip_annotated_is (text, *out_end, TRIP_WORD_PERSON);
      if (counts_days == (topic == TRIP_TOPIC_DURATION) && counts_people == (topic == TRIP_TOPIC_PARTY))
        {
          *out_first = i;
          return TRUE;
        }
      i = *out_end - 1;
    }
  return FALSE;
}

/* Puts the new number into the requirement's own words. */
static char *
dup_with_number (const TripAnnotated *text,
                 guint                first,
                 guint                end,
                 gdouble              value)
{
  const char *words = text->tokens->text;
  const TripToken *from = &text->tokens->token[first];
  const TripToken *to = &text->tokens->token[end - 1];

  return g_strdup_printf ("%.*s%.0f%s", (int) from->start, words, value, words + to->end);
}

/* Changes the requirement of one topic by a factor and a difference, if that gives one. Returns whether there was one. */
static gboolean
change_number (TripReader *self,
               guint       at,
               guint       topic,
               gdouble     factor,
               gdouble     difference)
{
  for (guint r = 0; r < self->request->requirements->len; r++)
    {
      const TripRequirement *old = self->request->requirements->pdata[r];
      g_autofree char *valid = NULL;
      g_autofree char *words = NULL;
      g_autoptr(TripAnnotated) text = NULL;
      guint first, end;
      gdouble value;

      if ((trip_phrase_topics (old->description) & topic) == 0)
        continue;
      valid = g_utf8_make_valid (old->description, -1);
      text = trip_annotated_new (valid);
      if (!find_number (text, topic, &first, &end, &value))
        continue;
      value = round (value * factor + difference);
      /* A trip of one day cannot be a day shorter: it stays as it is. */
      if (value < 1 || value > MAX_RESULT)
        return TRUE;
      words = dup_with_number (text, first, end, value);
      trip_reader_draft (self, at, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                         old->description);
      trip_reader_draft (self, at, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, TRIP_PRIORITY_MUST_HAVE, words);
      return TRUE;
    }
  return FALSE;
}

/* "One more person is coming, so we're four": the whole party is said anyway. */
static gboolean
says_party_behind (TripReader *self,
                   guint       i)
{
  for (guint s = trip_reader_first_span (self, i); s < self->spans->len; s++)
    if (g_array_index (self->spans, TripSpan, s).kind == TRIP_SPAN_PARTY)
      return TRUE;
  return FALSE;
}

/* "One day more", "two extra nights", "extend it by a week", "one more person" at token @i. */
static gboolean
read_length (TripReader *self,
             guint       i,
             guint      *out_end)
{
  gdouble count = 1;
  gint sign = 0;
  guint end = i;
  const TripWord *unit;

  if (!trip_scan_number (self->text, i, &end, &count))
    {
      if (!trip_tokens_is_any (self->tokens, i, " a an another extra "))
        return FALSE;
      sign = trip_tokens_is_any (self->tokens, i, " another extra ") ? 1 : 0;
      end = i + 1;
    }
  if (trip_tokens_is_any (self->tokens, end, MORE) || trip_tokens_is_any (self->tokens, end, LESS))
    {
      sign = trip_tokens_is_any (self->tokens, end, MORE) ? 1 : -1;
      end++;
    }
  if (sign != 0 && trip_annotated_find (self->text, end, TRIP_WORD_PERSON, out_end) != NULL)
    return !says_party_behind (self, *out_end) && change_number (self, i, TRIP_TOPIC_PARTY, 1.0, sign * count);
  unit = trip_annotated_find (self->text, end, TRIP_WORD_UNIT, &end);
  if (unit == NULL || (strcmp (unit->value, "day") != 0 && strcmp (unit->value, "night") != 0 &&
                       strcmp (unit->value, "week") != 0))
    return FALSE;
  if (sign == 0)
    sign = read_sign (self, i, end);
  if (sign == 0)
    return FALSE;
  *out_end = end;
  return change_number (self, i, TRIP_TOPIC_DURATION, 1.0, sign * count * (strcmp (unit->value, "week") == 0 ? 7 : 1));
}

/* "Double the budget", "half the budget". */
static gboolean
read_factor (TripReader *self,
             guint       i,
             guint      *out_end)
{
  static const struct { const char *words; gdouble factor; } factors[] = {
    { " double twice ", 2.0 }, { " triple ", 3.0 }, { " halve half ", 0.5 },
  };
  const TripTokens *tokens = self->tokens;
  guint end = i + 1;

  while (trip_tokens_is_any (tokens, end, " the our my as much "))
    end++;
  if (!trip_annotated_is (self->text, end, TRIP_WORD_BUDGET))
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (factors); k++)
    if (trip_tokens_is_in (tokens, i, factors[k].words))
      {
        *out_end = end + 1;
        return change_number (self, i, TRIP_TOPIC_BUDGET, factors[k].factor, 0);
      }
  return FALSE;
}

/**
 * trip_reader_read_relative:
 * @self: a reader with scopes
 *
 * Drafts the changes that count from a requirement of the state; their words then say nothing else.
 */
void
trip_reader_read_relative (TripReader *self)
{
  TRIP_RULE (self);
  for (guint i = 0; i < self->tokens->n && self->n_removals < TRIP_MAX_REMOVALS;)
    {
      const TripSentence *sentence = trip_reader_sentence_at (self, i);
      guint end = i + 1;

      if (!sentence->settled && sentence->act != TRIP_ACT_ASK && sentence->act != TRIP_ACT_ATTACK &&
          (read_length (self, i, &end) || read_factor (self, i, &end)))
        {
          self->n_removals++;
          trip_reader_silence (self, i, end);
          i = end;
          continue;
        }
      i++;
    }
  for (guint s = 0; s < self->spans->len && self->n_removals < TRIP_MAX_REMOVALS; s++)
    {
      const TripSpan span = g_array_index (self->spans, TripSpan, s);
      gint sign = span.kind == TRIP_SPAN_MONEY ? read_sign (self, span.first, span.end) : 0;

      if (sign == 0 || trip_reader_sentence_at (self, span.first)->act == TRIP_ACT_ASK)
        continue;
      self->n_removals++;
      if (!change_number (self, span.first, span.topic, 1.0, sign * span.amount))
        continue;
      trip_reader_silence (self, span.first, span.end);
      s--;
    }
}
