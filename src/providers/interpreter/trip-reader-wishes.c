/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Turns places and spans into intents: which to keep, with what words, at what weight. What is changed or removed has
 * been drafted before.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-phrase.h"
#include "language/trip-text.h"

#include <string.h>

/* Words of a hedge stand this near before what they soften. */

/* "And we" stands between what is said of one journey. */
#define NEXT_CLAUSE 3

#define MAX_LEFT 3
#define MAX_UNKNOWN_WORDS 7

#define RIGHT_TAILS " focused focussed lovers lover enthusiast enthusiasts fan fans scene hopping stalls spots " \
                    "trails tastings tasting " \
                    "oriented heavy only based friendly "
#define WISH_VERBS " eat try see taste drink visit watch do attend hear experience climb ride swim explore hike " \
                   "cook learn "

static gboolean
is_item_start (TripReader *self,
               guint       i)
{
  guint s = trip_reader_first_span (self, i);

  return s < self->spans->len && g_array_index (self->spans, TripSpan, s).first == i;
}

static gboolean
joins_phrase (TripReader *self,
              guint       i)
{
  const TripWordClass outside[] = { TRIP_WORD_STOP, TRIP_WORD_VERB, TRIP_WORD_NEGATE, TRIP_WORD_MUST, TRIP_WORD_PREFER,
                                    TRIP_WORD_TRIP,
                                    TRIP_WORD_REQUEST, TRIP_WORD_GREETING, TRIP_WORD_ASK, TRIP_WORD_CHANGE,
                                      TRIP_WORD_UNIT, TRIP_WORD_MONTH,
                                    TRIP_WORD_PERSON, TRIP_WORD_RELATIVE, TRIP_WORD_PLAN, TRIP_WORD_VISIT };

  if (self->taken[i] || self->tokens->token[i].kind != TRIP_TOKEN_WORD)
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (outside); k++)
    {
      guint end;

      if (trip_annotated_find (self->text, i, outside[k], &end) != NULL)
        return FALSE;
    }
  return TRUE;
}

/* "evening river cruise" around "river cruise"; "eat bibimbap" and "see a palace" under a wish. */
static void
widen (TripReader     *self,
       const TripSpan *span,
       guint           left_limit,
       guint           right_limit,
       TripPolarity    polarity,
       guint          *out_first,
       guint          *out_end)
{
  guint first = span->first;
  guint end = span->end;
  guint verb;

  for (guint n = 0; n < MAX_LEFT && first > left_limit; n++)
    {
      /* Without spaces, a piece of a word would come along. */
      if (self->tokens->token[first].gap == TRIP_GAP_NONE)
        break;
      if ((self->tokens->token[first].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) != 0)
        break;
      if (!joins_phrase (self, first - 1) &&
          !(span->topic == TRIP_TOPIC_LODGING && self->tokens->token[first - 1].kind == TRIP_TOKEN_NUMBER))
        break;
      first--;
    }
  if (end < right_limit && (self->tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) == 0 &&
      !self->taken[end])
    {
      if (trip_tokens_is_any (self->tokens, end, RIGHT_TAILS))
        end++;
      else if (self->tokens->token[end].gap != TRIP_GAP_NONE && !trip_annotated_known (self->text, end) &&
               self->tokens->token[end].kind == TRIP_TOKEN_WORD && !self->tokens->token[end].capitalised &&
               !is_item_start (self, end) &&
                 self->tokens->token[end].folded_len > 2)
        end++;
    }
  if (trip_tokens_is (self->tokens, end, "only") && end < right_limit &&
      (self->tokens->token[end].gap & ~TRIP_GAP_SPACE) == 0)
    end++;
  if (polarity == TRIP_POLARITY_MUST || polarity == TRIP_POLARITY_PREFER)
    {
      verb = first;
      while (verb > left_limit + 1 && trip_tokens_is_any (self->tokens, verb - 1, " a an the some ") &&
             (self->tokens->token[verb].gap & ~TRIP_GAP_SPACE) == 0)
        verb--;
      if (verb > left_limit && trip_tokens_is_any (self->tokens, verb - 1, WISH_VERBS) &&
          (self->tokens->token[verb].gap & ~TRIP_GAP_SPACE) == 0)
        first = verb - 1;
    }
  *out_first = first;
  *out_end = end;
}

static gboolean
is_hedge (TripReader *self,
          guint       i,
          guint      *out_end)
{
  const TripWord *word = trip_annotated_find (self->text, i, TRIP_WORD_PREFER, out_end);

  return word != NULL && strcmp (word->value, "hedge") == 0;
}

/* "ideally vegan", "if possible, under $900", "wheelchair accessible if possible": a hedge counts for the words between two
 * commas, on the side where they are; one that ends them speaks of what is before it. */
static gboolean
is_hedged (TripReader     *self,
           const TripSpan *span,
           guint           left_limit,
           guint           right_limit)
{
  const guint bounds = TRIP_GAP_COMMA | TRIP_GAP_STOP;
  guint first = span->first;
  guint end;

  while (first > left_limit && (self->tokens->token[first].gap & bounds) == 0 && !is_hedge (self, first, &end))
    first--;
  if (is_hedge (self, first, &end))
    return !trip_tokens_is_any (self->tokens, end, " and but ");
  for (guint k = first; k > left_limit && k + 3 > first; k--)
    {
      if (is_hedge (self, k - 1, &end) && end == first &&
          (k - 1 == 0 || (self->tokens->token[k - 1].gap & bounds) != 0))
        return TRUE;
    }
  for (guint i = span->end; i < right_limit; i++)
    {
      guint gap = self->tokens->token[i].gap;

      if ((gap & TRIP_GAP_STOP) != 0)
        return FALSE;
      if (is_hedge (self, i, &end))
        return end >= self->tokens->n || (self->tokens->token[end].gap & bounds) != 0 ||
               trip_tokens_is_any (self->tokens, end, " and but ");
      if ((gap & TRIP_GAP_COMMA) != 0 || trip_reader_is_inside_span (self, i))
        return FALSE;
    }
  return FALSE;
}

static TripPriority
weigh (const TripSpan *span,
       TripPolarity    polarity,
       gboolean        hedged)
{
  if (span->kind == TRIP_SPAN_WORD && trip_word_is_self_negated (span->word) &&
      (span->topic & (TRIP_TOPIC_CROWDS | TRIP_TOPIC_WALKING)) != 0)
    return TRIP_PRIORITY_AVOID;
  /* "No early mornings" */
  if (span->kind == TRIP_SPAN_CLOCK && span->word != NULL && g_str_has_prefix (span->word->phrase, "no "))
    return TRIP_PRIORITY_AVOID;
  if (hedged && (span->kind == TRIP_SPAN_MONEY || span->kind == TRIP_SPAN_WALK || span->kind == TRIP_SPAN_TRAVEL ||
                 span->kind == TRIP_SPAN_VISITS ||
                 (span->topic & (TRIP_TOPIC_DIET | TRIP_TOPIC_ACCESS)) != 0))
    return TRIP_PRIORITY_PREFERRED;
  if ((span->topic & (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES | TRIP_TOPIC_PARTY)) != 0 || span->kind == TRIP_SPAN_MONEY ||
      span->kind == TRIP_SPAN_WALK || span->kind == TRIP_SPAN_TRAVEL || span->kind == TRIP_SPAN_VISITS ||
      span->kind == TRIP_SPAN_JOURNEY)
    return TRIP_PRIORITY_MUST_HAVE;
  if ((span->topic & (TRIP_TOPIC_DIET | TRIP_TOPIC_ACCESS)) != 0)
    return TRIP_PRIORITY_MUST_HAVE;
  if (polarity == TRIP_POLARITY_AVOID || polarity == TRIP_POLARITY_DROP)
    return span->kind == TRIP_SPAN_WORD && trip_word_is_self_negated (span->word) ? TRIP_PRIORITY_PREFERRED
      : TRIP_PRIORITY_AVOID;
  return polarity == TRIP_POLARITY_MUST ? TRIP_PRIORITY_MUST_HAVE : TRIP_PRIORITY_PREFERRED;
}

/* Words such as "hotel" and "attractions" count only where something beside them makes them a wish. */
static gboolean
has_support (TripReader     *self,
             guint           s,
             guint           first,
             guint           end)
{
  const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
  TripPolarity polarity = self->polarity[s];

  if (polarity == TRIP_POLARITY_AVOID || polarity == TRIP_POLARITY_MUST || polarity == TRIP_POLARITY_DROP)
    return TRUE;
  if (span->topic == TRIP_TOPIC_TRANSPORT)
    return span->first > 0 && trip_tokens_is_any (self->tokens, span->first - 1, " by only using prefer ") ;
  if (span->topic == TRIP_TOPIC_ACCESS || span->topic == TRIP_TOPIC_DIET || span->topic == TRIP_TOPIC_CROWDS)
    return span->topic != TRIP_TOPIC_CROWDS;
  if (first < span->first || end > span->end)
    return TRUE;
  if (span->topic == TRIP_TOPIC_LODGING)
    return FALSE;
  if (polarity == TRIP_POLARITY_PREFER && span->topic != TRIP_TOPIC_LODGING &&
      !trip_tokens_is_any (self->tokens, span->first, " attraction attractions things activities "))
    return TRUE;
  /* A member of a list: "sushi, shops and temples". */
  for (gint step = -1; step <= 1; step += 2)
    {
      const TripSpan *other;
      guint gap;

      if ((step < 0 && s == 0) || (step > 0 && s + 1 >= self->spans->len))
        continue;
      other = &g_array_index (self->spans, TripSpan, s + step);
      gap = step < 0 ? span->first - other->end : other->first - span->end;
      if (gap <= 1 && (other->topic & (TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD)) != 0 &&
          !trip_span_is_weak (self->text, other))
        return TRUE;
    }
  return span->first > 0 && trip_tokens_is_any (self->tokens, span->first - 1, " of with ");
}

/* The name by which the state has a place, as a place or as the city of one; NULL where it does not. */
static const char *
find_state_place (TripReader *self,
                  const char *name)
{
  for (guint i = 0; i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];

      if (trip_text_equal_folded (poi->name, name))
        return poi->name;
      if (poi->city != NULL && trip_text_equal_folded (poi->city, name))
        return poi->city;
    }
  return NULL;
}

/* The client's places have the names that the gazetteer shows: who says Rom or ローマ means its Rome. */
static const char *
name_in_state (TripReader        *self,
               const TripMention *mention)
{
  g_autofree char *written = NULL;
  g_autofree char *folded = NULL;
  const char *name = mention->entry != NULL ? find_state_place (self, mention->entry->name) : NULL;

  if (name == NULL)
    name = find_state_place (self, mention->value);
  if (name != NULL)
    return name;
  /* "The Vatican" is the Vatican Museums, where these are all of it that the state has. */
  written = trip_tokens_dup_text (self->tokens, mention->first + trip_tokens_is (self->tokens, mention->first, "the"),
                                  mention->end);
  folded = trip_text_fold (written);
  for (guint i = 0; i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];
      g_autofree char *other = trip_text_fold (poi->name);

      if (trip_text_contains_word (other, folded))
        return poi->name;
    }
  return mention->value;
}

static gboolean
state_has_requirement (TripReader *self,
                       const char *value)
{
  for (guint i = 0; i < self->request->requirements->len; i++)
    if (trip_text_equal_folded (((TripRequirement *) self->request->requirements->pdata[i])->description, value))
      return TRUE;
  return FALSE;
}

static gboolean
leads_into_next (TripReader *self,
                 guint       s)
{
  const guint likes = TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD | TRIP_TOPIC_LODGING;
  const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
  const TripSpan *next;

  if (s + 1 >= self->spans->len || (span->topic & likes) == 0)
    return FALSE;
  next = &g_array_index (self->spans, TripSpan, s + 1);
  /* "Whisky distilleries" is one wish, and so is "quiet cafes". */
  return next->first == span->end && (next->topic & likes) != 0 &&
         (trip_span_is_weak (self->text, span) ||
          ((span->topic & TRIP_TOPIC_LODGING) == 0 && next->kind == TRIP_SPAN_WORD && span->kind == TRIP_SPAN_WORD)) &&
    (self->tokens->token[next->first].gap & ~TRIP_GAP_SPACE) == 0;
}

/* Whether what says when one arrives or leaves speaks of the trip: "arrive at the tower at 9" and "leave London at 8" for a
 * trip that starts there do not. */
static gboolean
is_of_the_trip (TripReader     *self,
                const TripSpan *span)
{
  guint next = trip_reader_first_span (self, span->end);

  /* "Our flight is at 10 and we land at 14:00" is one journey, the first. */
  if (span->topic == TRIP_TOPIC_DEPARTURE && next < self->spans->len)
    {
      const TripSpan *other = &g_array_index (self->spans, TripSpan, next);

      if (other->topic == TRIP_TOPIC_ARRIVAL && other->minutes > span->minutes && !g_date_valid (&span->from) &&
          trip_reader_sentence_at (self, span->first) == trip_reader_sentence_at (self, other->first) &&
          other->first <= span->end + NEXT_CLAUSE)
        return FALSE;
    }
  for (guint m = trip_reader_first_mention (self, span->first); m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);

      if (mention->first >= span->end)
        break;
      if ((mention->role == TRIP_ROLE_ORIGIN && span->topic == TRIP_TOPIC_DEPARTURE) ||
          (mention->entry != NULL && mention->entry->kind == TRIP_PLACE_SIGHT))
        return FALSE;
    }
  return TRUE;
}

/* "Landing in Rome at 14:00" without the city, which is a place to go to and no part of the hour. */
static char *
dup_without_places (TripReader     *self,
                    const TripSpan *span)
{
  GString *text = g_string_new (NULL);

  for (guint i = span->first; i < span->end;)
    {
      guint end = i;

      while (end < span->end && !self->taken[end])
        end++;
      if (end > i)
        {
          guint words = end < span->end && end > i + 1 && trip_tokens_is_any (self->tokens, end - 1, " in into at from to on ")
                          ? end - 1 : end;
          g_autofree char *part = trip_tokens_dup_text (self->tokens, i, words);

          if (text->len > 0)
            g_string_append_c (text, ' ');
          g_string_append (text, part);
        }
      for (i = end; i < span->end && self->taken[i]; i++)
        ;
    }
  return g_string_free (text, FALSE);
}

/* The city that a length is for: "3 nights in Rome". */
static const TripMention *
find_city_of (TripReader     *self,
              const TripSpan *span)
{
  guint m = trip_reader_first_mention (self, span->end);
  const TripMention *mention = m < self->mentions->len ? &g_array_index (self->mentions, TripMention, m) : NULL;

  if (span->kind != TRIP_SPAN_DURATION || mention == NULL || mention->first != span->end + 1 ||
      !trip_tokens_is (self->tokens, span->end, "in") || (self->tokens->token[span->end].gap & ~TRIP_GAP_SPACE) != 0 ||
      mention->role != TRIP_ROLE_VISIT || (mention->entry != NULL && mention->entry->kind == TRIP_PLACE_SIGHT))
    return NULL;
  return mention;
}

/* Where each of several cities has a length of its own, these are no lengths of the trip. */
static gboolean
has_cities_with_lengths (TripReader *self)
{
  guint n = 0;

  for (guint s = 0; s < self->spans->len; s++)
    n += find_city_of (self, &g_array_index (self->spans, TripSpan, s)) != NULL;
  return n > 1;
}

/* The beach of "an apartment near the beach" goes with the apartment. */
static gboolean
is_where_to_sleep (TripReader *self,
                   guint       s)
{
  const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
  const TripSpan *before = s > 0 ? span - 1 : NULL;

  return before != NULL && before->topic == TRIP_TOPIC_LODGING && before->kind == TRIP_SPAN_WORD &&
         span->topic == TRIP_TOPIC_INTEREST && span->kind == TRIP_SPAN_WORD && span->first > before->end &&
         span->first <= before->end + 4 && self->polarity[s] == self->polarity[s - 1] &&
         trip_tokens_is_any (self->tokens, before->end, " near by close next on overlooking ") &&
         (trip_tokens_gaps (self->tokens, before->end - 1, span->first + 1) & ~TRIP_GAP_SPACE) == 0;
}

/* "Castles and lochs": what closes a list of likes is one, though no table has it. */
static void
add_last_of_list (TripReader         *self,
                  const TripSpan     *span,
                  const TripSentence *sentence,
                  TripPriority        priority)
{
  const TripTokens *tokens = self->tokens;
  g_autofree char *value = NULL;
  guint first = span->end;
  guint end;

  if ((span->topic & (TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD)) == 0 || first + 1 >= sentence->end ||
      !trip_tokens_is (tokens, first, "and") || (tokens->token[first].gap & ~TRIP_GAP_SPACE) != 0)
    return;
  first++;
  for (end = first; end < sentence->end && end < first + 2 && (tokens->token[end].gap & ~TRIP_GAP_SPACE) == 0; end++)
    {
      const TripToken *token = &tokens->token[end];

      if (token->kind != TRIP_TOKEN_WORD || token->capitalised || token->folded_len < 4 || self->taken[end] ||
          trip_annotated_known (self->text, end) || is_item_start (self, end))
        return;
    }
  if (end == first || (end < sentence->end && (tokens->token[end].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0))
    return;
  TRIP_RULE (self);
  value = trip_tokens_dup_text (tokens, first, end);
  trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, priority, value);
}

static void
add_span (TripReader *self,
          guint       s,
          guint       left_limit,
          guint       right_limit)
{
  const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
  TripPolarity polarity = self->polarity[s];
  guint first = span->first;
  guint end = span->end;
  TripPriority priority;
  g_autofree char *value = NULL;

  TRIP_RULE (self);
  if (polarity == TRIP_POLARITY_AVOID && (span->kind == TRIP_SPAN_DURATION || span->kind == TRIP_SPAN_DATES ||
                                          span->kind == TRIP_SPAN_JOURNEY ||
                                          (span->kind == TRIP_SPAN_MONEY && span->money_kind == TRIP_MONEY_KIND_ALL)))
    return;
  if (span->kind == TRIP_SPAN_JOURNEY && !is_of_the_trip (self, span))
    return;
  if (is_where_to_sleep (self, s))
    return;
  if (s + 1 < self->spans->len && is_where_to_sleep (self, s + 1))
    {
      end = g_array_index (self->spans, TripSpan, s + 1).end;
    }
  else if (span->kind == TRIP_SPAN_WORD &&
           (span->topic & (TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD | TRIP_TOPIC_LODGING | TRIP_TOPIC_TRANSPORT)) != 0)
    {
      if (span->topic == TRIP_TOPIC_TRANSPORT)
        {
          if (polarity != TRIP_POLARITY_AVOID && span->first > left_limit &&
              trip_tokens_is (self->tokens, span->first - 1, "by"))
            first--;
        }
      else
        {
          widen (self, span, left_limit, right_limit, polarity, &first, &end);
        }
    }
  if (trip_span_is_weak (self->text, span) && !has_support (self, s, first, end))
    return;
  value = span->kind == TRIP_SPAN_JOURNEY ? dup_without_places (self, span) : trip_tokens_dup_text (self->tokens, first, end);
  if (find_city_of (self, span) != NULL && has_cities_with_lengths (self))
    {
      g_autofree char *length = g_steal_pointer (&value);

      value = g_strdup_printf ("%s in %s", length, find_city_of (self, span)->value);
    }
  if (trip_reader_is_drafted (self, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, value) ||
      state_has_requirement (self, value))
    return;
  priority = weigh (span, polarity, is_hedged (self, span, left_limit, right_limit));
  trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, priority, value);
  add_last_of_list (self, span, trip_reader_sentence_at (self, span->first), priority);
}

/* "Colosseum on day 2": the place is named, and so is its day. */
static void
add_day_of_mention (TripReader        *self,
                    const TripMention *mention,
                    TripPolarity       polarity)
{
  g_autofree char *value = NULL;
  g_autofree char *day_words = NULL;
  guint end;
  gint day;

  if (!trip_tokens_is_any (self->tokens, mention->end, " on for ") ||
      !trip_scan_day (self->text, mention->end + 1, &end, &day) ||
      (trip_tokens_gaps (self->tokens, mention->end, end) & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0)
    return;
  TRIP_RULE (self);
  day_words = trip_tokens_dup_text (self->tokens, mention->end, end);
  value = g_strdup_printf ("%s %s", mention->value, day_words);
  trip_reader_draft (self, mention->end, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD,
                     polarity == TRIP_POLARITY_MUST ? TRIP_PRIORITY_MUST_HAVE : TRIP_PRIORITY_PREFERRED, value);
}

/* "Arriving at Narita at 14:00": where one lands on a trip to another city is not to be visited. */
static gboolean
is_terminal (TripReader        *self,
             const TripMention *mention)
{
  guint s = trip_reader_first_span (self, mention->first);
  const TripSpan *span = s > 0 ? &g_array_index (self->spans, TripSpan, s - 1) : NULL;
  gboolean is_on_the_way = span != NULL && span->kind == TRIP_SPAN_JOURNEY && span->end > mention->first;

  if (!is_on_the_way ||
      !(trip_tokens_is (self->tokens, mention->first - 1, "at") ||
        trip_tokens_is_any (self->tokens, mention->end, " airport terminal station ")))
    return FALSE;
  if (self->request->pois->len > 0)
    return TRUE;
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *other = &g_array_index (self->mentions, TripMention, m);

      if (other->role == TRIP_ROLE_VISIT && (other->end <= span->first || other->first >= span->end))
        return TRUE;
    }
  return FALSE;
}

static void
add_mention (TripReader *self,
             guint       m)
{
  TripMention *mention = &g_array_index (self->mentions, TripMention, m);
  TripPolarity polarity = self->polarity[self->spans->len + m];

  TRIP_RULE (self);
  if (mention->role == TRIP_ROLE_VISIT && is_terminal (self, mention))
    mention->role = TRIP_ROLE_SILENT;
  if (mention->role == TRIP_ROLE_ORIGIN || mention->role == TRIP_ROLE_SILENT)
    return;
  if (mention->role == TRIP_ROLE_REMOVE || polarity == TRIP_POLARITY_DROP || polarity == TRIP_POLARITY_AVOID)
    {
      gboolean held = self->request->pois->len > 0;

      mention->role = TRIP_ROLE_REMOVE;
      if (polarity == TRIP_POLARITY_AVOID && !held)
        {
          if (trip_reader_is_drafted (self, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, mention->value))
            return;
          trip_reader_draft (self, mention->first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD,
                             TRIP_PRIORITY_AVOID, mention->value);
          g_ptr_array_add (self->avoided, g_strdup (mention->value));
          return;
        }
      if (!trip_reader_is_drafted (self, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_REMOVE, name_in_state (self, mention)))
        trip_reader_draft (self, mention->first, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_REMOVE,
                           TRIP_PRIORITY_PREFERRED, name_in_state (self, mention));
      return;
    }
  if (trip_reader_add_stay (self, mention, polarity == TRIP_POLARITY_MUST ? TRIP_PRIORITY_MUST_HAVE
                                                                          : TRIP_PRIORITY_PREFERRED) ||
      trip_reader_is_drafted (self, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD, mention->value))
    return;
  add_day_of_mention (self, mention, polarity);
  if (self->mentions->len > 1 && find_state_place (self, name_in_state (self, mention)) != NULL)
    return;
  TRIP_RULE (self);
  trip_reader_draft (self, mention->first, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD, TRIP_PRIORITY_PREFERRED,
                     mention->value);
}

static gboolean
is_part_of_span (TripReader *self,
                 guint       i)
{
  guint s = trip_reader_first_span (self, i + 1);

  return s > 0 && g_array_index (self->spans, TripSpan, s - 1).end > i;
}

/* A wish or dislike in words that no table has: "avoid the pier", "we must meet sled dogs". */
static void
add_unknown_wishes (TripReader         *self,
                    const TripSentence *sentence)
{
  static const TripWord for_the = { .phrase = (char *) "for the", .klass = TRIP_WORD_PREFER, .value = (char *) "" };
  gboolean foreign = self->text->lexicon != trip_lexicon_get (TRIP_LANGUAGE_ENGLISH);

  TRIP_RULE (self);
  for (guint i = sentence->first; i < sentence->end; i++)
    {
      guint end = i;
      guint first;
      guint limit;
      guint unknown = 0;
      guint polite;
      guint m;
      guint s;
      TripPriority priority = TRIP_PRIORITY_AVOID;
      const TripWord *cue = trip_annotated_find (self->text, i, TRIP_WORD_NEGATE, &end);
      g_autofree char *value = NULL;

      if (cue != NULL && (trip_tokens_is_any (self->tokens, i, " not nor neither never other zero minus ") ||
                          (strchr (cue->phrase, ' ') != NULL && !foreign)) &&
          !g_str_has_prefix (cue->phrase, "dont like") && !g_str_has_prefix (cue->phrase, "do not like") &&
            !g_str_has_prefix (cue->phrase, "avoid"))
        continue;
      if (cue == NULL)
        {
          cue = trip_annotated_find (self->text, i, TRIP_WORD_MUST, &end);
          priority = TRIP_PRIORITY_MUST_HAVE;
          if (cue != NULL && strstr (cue->phrase, "must") == NULL &&
              !(strstr (cue->phrase, "need") != NULL && trip_tokens_is_any (self->tokens, end, " a an some ")))
            cue = NULL;
        }
      /* "Would love a lucha libre night" */
      if (cue == NULL && (cue = trip_annotated_find (self->text, i, TRIP_WORD_PREFER, &end)) != NULL)
        {
          priority = TRIP_PRIORITY_PREFERRED;
          if (strcmp (cue->value, "hedge") == 0 || !trip_tokens_is_any (self->tokens, end, " a an some do try "))
            cue = NULL;
          else if (trip_tokens_is_any (self->tokens, end, " do try "))
            end++;
        }
      /* "Seville for the processions" */
      if (cue == NULL && trip_tokens_is (self->tokens, i, "for") && trip_tokens_is (self->tokens, i + 1, "the") &&
          i > sentence->first)
        {
          cue = &for_the;
          end = i + 2;
          priority = TRIP_PRIORITY_PREFERRED;
        }
      if (cue == NULL && self->request->pois->len == 0 && self->request->plan->len == 0)
        {
          cue = trip_annotated_find (self->text, i, TRIP_WORD_REMOVE, &end);
          priority = TRIP_PRIORITY_AVOID;
          if (cue != NULL && strcmp (cue->value, "drop") != 0)
            cue = NULL;
        }
      /* "Oh no wait" negates nothing. */
      if (cue == NULL || is_part_of_span (self, i) || self->taken[i] ||
          (trip_annotated_find (self->text, i, TRIP_WORD_POLITE, &polite) != NULL && polite > end))
        continue;
      first = end;
      while (first < sentence->end && trip_tokens_is_any (self->tokens, first, " the a an any all to have see be "))
        first++;
      limit = MIN (trip_reader_clause_end (self, i), first + MAX_UNKNOWN_WORDS);
      for (end = first; end < limit; end++)
        {
          if (end > first && ((self->tokens->token[end].gap & TRIP_GAP_COMMA) != 0 ||
                              trip_tokens_is_any (self->tokens, end, " and or but please in on for if ")))
            break;
          unknown += self->tokens->token[end].kind == TRIP_TOKEN_WORD && !trip_annotated_known (self->text, end);
        }
      m = trip_reader_first_mention (self, i);
      s = trip_reader_first_span (self, i);
      if (unknown == 0 || end == first || end - first > 4 ||
          (m < self->mentions->len && g_array_index (self->mentions, TripMention, m).first < end) ||
          (s < self->spans->len && g_array_index (self->spans, TripSpan, s).first < end))
        continue;
      value = trip_tokens_dup_text (self->tokens, first, end);
      if (!trip_reader_is_drafted (self, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, value))
        trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, priority, value);
      i = end - 1;
    }
}

/**
 * trip_reader_add_wishes:
 * @self: a reader whose edits have been read
 *
 * Drafts the places and requirements that the message adds.
 */
void
trip_reader_add_wishes (TripReader *self)
{
  guint s = 0;
  guint m = 0;

  for (guint n = 0; n < self->sentences->len; n++)
    {
      const TripSentence *sentence = &g_array_index (self->sentences, TripSentence, n);
      gboolean silent = sentence->settled || sentence->act == TRIP_ACT_ASK || sentence->act == TRIP_ACT_ATTACK;
      guint left = sentence->first;
      guint behind_mention = sentence->first;

      while (TRUE)
        {
          const TripSpan *span = s < self->spans->len ? &g_array_index (self->spans, TripSpan, s) : NULL;
          TripMention *mention = m < self->mentions->len ? &g_array_index (self->mentions, TripMention, m) : NULL;

          if (span != NULL && span->first >= sentence->end)
            span = NULL;
          if (mention != NULL && mention->first >= sentence->end)
            mention = NULL;
          if (span == NULL && mention == NULL)
            break;
          if (mention != NULL && (span == NULL || mention->first < span->first))
            {
              if (silent)
                mention->role = mention->role == TRIP_ROLE_ORIGIN ? TRIP_ROLE_ORIGIN : TRIP_ROLE_SILENT;
              else
                add_mention (self, m);
              left = behind_mention = mention->end;
              m++;
            }
          else
            {
              guint right = s + 1 < self->spans->len ? g_array_index (self->spans, TripSpan, s + 1).first
                : sentence->end;

              /* "quiet cafes" is one wish: the weak word goes with the one behind it. */
              if (leads_into_next (self, s) && right < sentence->end)
                {
                  s++;
                  continue;
                }
              if (!silent)
                add_span (self, s, MAX (left, behind_mention), MIN (right, sentence->end));
              left = span->end;
              s++;
            }
        }
      if (!silent)
        add_unknown_wishes (self, sentence);
    }
}
