/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Follow-ups: what a message takes away from the state that came with it, exchanges in it, or asks of its plan.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-phrase.h"
#include "language/trip-text.h"

#include <string.h>

/* "replace A with B" takes no more words than these. */
#define EXCHANGE_REACH 24

static guint
skip_polite (TripReader *self,
             guint       i,
             guint       end)
{
  while (i + 1 < end)
    {
      guint behind;

      if (trip_annotated_find (self->text, i, TRIP_WORD_POLITE, &behind) != NULL && behind < end)
        i = behind;
      else if (trip_annotated_find (self->text, i, TRIP_WORD_GREETING, &behind) != NULL && behind < end)
        i = behind;
      else if (trip_tokens_is_any (self->tokens, i, " the a an have has ") )
        i++;
      else
        break;
    }
  return i;
}

static guint
clause_back (TripReader *self,
             guint       first,
             guint       end)
{
  while (end > first + 1 && trip_tokens_is_any (self->tokens, end - 1,
                                                " please thanks thx pls now instead too also though "))
    end--;
  return end;
}

static void
draft_option (TripReader   *self,
              TripSentence *sentence,
              guint         first,
              TripAction    action)
{
  guint end = clause_back (self, first, sentence->end);
  guint start = skip_polite (self, first, end);
  g_autofree char *value = trip_tokens_dup_text (self->tokens, start, end);

  trip_reader_draft (self, start, TRIP_INTENT_SCHEDULE_OPTION, action, TRIP_PRIORITY_PREFERRED, value);
  sentence->settled = TRUE;
}

/* "day 2", "the second day", "the last day", "tomorrow morning of the plan" */
static gboolean
names_a_day (TripReader         *self,
             const TripSentence *sentence)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    {
      guint end;

      if (trip_tokens_is_any (self->tokens, i, " day days ") && i + 1 < sentence->end &&
          (self->tokens->token[i + 1].kind == TRIP_TOKEN_NUMBER ||
           trip_annotated_is (self->text, i + 1, TRIP_WORD_NUMBER)) &&
          (self->tokens->token[i + 1].gap & ~TRIP_GAP_SPACE) == 0)
        return TRUE;
      if (trip_annotated_find (self->text, i, TRIP_WORD_ORDINAL, &end) != NULL &&
          trip_tokens_is_any (self->tokens, end, " day morning afternoon evening night "))
        return TRUE;
      /* With a plan at hand, "on Tuesday" is one of its days. */
      if (self->request->plan->len > 0 && trip_annotated_is (self->text, i, TRIP_WORD_WEEKDAY) &&
          trip_tokens_is_any (self->tokens, sentence->first, " swap move put shift finish start begin change switch replace "))
        return TRUE;
      /* “2日目” */
      if (trip_tokens_is (self->tokens, i, "日") && trip_tokens_is (self->tokens, i + 1, "目"))
        return TRUE;
    }
  return FALSE;
}

/* "Put lunch before the boat trip" */
static gboolean
orders_visits (TripReader         *self,
               const TripSentence *sentence)
{
  guint first = skip_polite (self, sentence->first, sentence->end);

  for (guint i = first + 1; i < sentence->end && trip_tokens_is_any (self->tokens, first, " put move do have shift "); i++)
    if (trip_tokens_is_any (self->tokens, i, " before after between ") && trip_annotated_is (self->text, i, TRIP_WORD_STOP))
      return TRUE;
  return FALSE;
}

static gboolean
has_class (TripReader         *self,
           const TripSentence *sentence,
           TripWordClass       klass,
           guint              *out_at)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    {
      guint end;

      if (trip_annotated_is (self->text, i, klass))
        {
          if (out_at != NULL)
            *out_at = i;
          return TRUE;
        }
      /* A longer phrase keeps its words: the "longer" of "no longer needs" makes nothing longer. */
      if (klass != TRIP_WORD_REMOVE && trip_annotated_find (self->text, i, TRIP_WORD_REMOVE, &end) != NULL && end > i + 1)
        i = end - 1;
    }
  return FALSE;
}

/* "another", "other" or "more" before a word for a plan, or at the end: "anything else?" */
/* Another house each night is a wish for the plan, not for another plan. */
static gboolean
asks_for_houses (TripReader *self,
                 guint       i)
{
  const TripWord *word = trip_annotated_find (self->text, i, TRIP_WORD_LODGING, NULL);

  return word != NULL && strcmp (word->value, "many_houses") == 0;
}

static gboolean
asks_for_others (TripReader         *self,
                 const TripSentence *sentence,
                 gboolean            has_options,
                 guint              *out_first,
                 guint              *out_end)
{
  gboolean follow_up = has_options || trip_reader_has_state (self);

  for (guint i = sentence->first; i < sentence->end; i++)
    {
      guint end;
      guint plan_end;
      guint reach;
      gdouble count;

      /* "A cheaper version of plan A" */
      if (has_options && trip_tokens_is_any (self->tokens, i, " a an ") &&
          trip_annotated_find (self->text, i + 1, TRIP_WORD_ADJUST, &end) != NULL &&
          trip_tokens_is_any (self->tokens, end, " version option alternative variant "))
        {
          *out_first = i;
          *out_end = end + 1;
          return TRUE;
        }
      /* The "more" of "no more than 4 sights a day" asks for none. */
      if (trip_reader_is_inside_span (self, i) || asks_for_houses (self, i))
        continue;
      *out_first = i;
      *out_end = MIN (i + 2, sentence->end);
      if (trip_tokens_is_any (self->tokens, i, " anything something what anywhere ") &&
          ((trip_tokens_is (self->tokens, i + 1, "else") && follow_up) ||
           (has_options && trip_tokens_is_any (self->tokens, i + 1, " different new "))) &&
          sentence->end - sentence->first <= 12)
        return TRUE;
      if (trip_annotated_find (self->text, i, TRIP_WORD_PLAN, &plan_end) != NULL && follow_up &&
          trip_tokens_is_any (self->tokens, i, " alternative alternatives "))
        return TRUE;
      if (trip_annotated_find (self->text, i, TRIP_WORD_ANOTHER, &end) == NULL &&
          !(trip_scan_number (self->text, i, &end, &count) && count >= 2 && count <= 5))
        continue;
      reach = MIN (end + 3, sentence->end);
      for (guint k = end; k < reach; k++)
        {
          *out_end = k + 1;
          if (trip_annotated_is (self->text, k, TRIP_WORD_PLAN) &&
              !trip_tokens_is_any (self->tokens, k, " route plan ") )
            return TRUE;
          if (trip_tokens_is (self->tokens, k, "plan") && trip_annotated_is (self->text, i, TRIP_WORD_ANOTHER))
            return TRUE;
          if (trip_tokens_is_any (self->tokens, i, " other another different more ") &&
              trip_annotated_is (self->text, i, TRIP_WORD_ANOTHER) &&
              trip_tokens_is_any (self->tokens, k,
                                  " buses bus flights flight hotels hotel restaurants restaurant attractions "
                                  "attraction ones one places "
                                  "trains rooms houses house apartments options "))
            return TRUE;
        }
      if (trip_tokens_is_any (self->tokens, i, " other others another more ") && end >= sentence->end && has_options)
        return TRUE;
      if (trip_tokens_is_any (self->tokens, i, " others "))
        return TRUE;
    }
  return FALSE;
}

/* Requirement spans of this sentence that would replace one of the state are changes of requirements, not of the
 * plan. */
static gboolean
changes_requirement (TripReader         *self,
                     const TripSentence *sentence)
{
  for (guint s = trip_reader_first_span (self, sentence->first); s < self->spans->len; s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);

      if (span->first >= sentence->end)
        break;
      if ((span->kind == TRIP_SPAN_DURATION || span->kind == TRIP_SPAN_MONEY || span->kind == TRIP_SPAN_DATES ||
           span->kind == TRIP_SPAN_PARTY || span->kind == TRIP_SPAN_TRAVEL))
        return TRUE;
    }
  return FALSE;
}

static TripMention *
mention_between (TripReader *self,
                 guint       first,
                 guint       end)
{
  guint m = trip_reader_first_mention (self, first);
  TripMention *mention;

  if (m >= self->mentions->len)
    return NULL;
  mention = &g_array_index (self->mentions, TripMention, m);
  return mention->end <= end ? mention : NULL;
}

/**
 * trip_reader_silence:
 * @self: a reader with scopes
 * @first: a token
 * @end: a token behind it
 *
 * Takes away the spans in [first, end): their words have been read as something else.
 */
void
trip_reader_silence (TripReader *self,
                     guint       first,
                     guint       end)
{
  guint s = trip_reader_first_span (self, first);

  while (s < self->spans->len && g_array_index (self->spans, TripSpan, s).first < end)
    {
      if (g_array_index (self->spans, TripSpan, s).end <= end)
        {
          memmove (&self->polarity[s], &self->polarity[s + 1],
                   (self->spans->len + self->mentions->len - s - 1) * sizeof *self->polarity);
          g_array_remove_index (self->spans, s);
        }
      else
        {
          s++;
        }
    }
}

/* Takes the requirement of the state that is meant by the words in [first, end). */
static gboolean
drop_requirement (TripReader *self,
                  guint       at,
                  guint       first,
                  guint       end)
{
  g_autofree char *object = NULL;
  const char *description;
  gint index;

  while (first < end && trip_tokens_is_any (self->tokens, first, " the a an my our any about that this all of for "))
    first++;
  end = clause_back (self, first, end);
  if (first >= end)
    return FALSE;
  object = trip_tokens_dup_text (self->tokens, first, end);
  index = trip_reader_match_state (self, object);
  if (index < 0)
    return FALSE;
  description = ((TripRequirement *) self->request->requirements->pdata[index])->description;
  if (!trip_reader_is_drafted (self, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, description))
    trip_reader_draft (self, at, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                       description);
  trip_reader_silence (self, MIN (at, first), end);
  for (guint i = at; i < end; i++)
    self->taken[i] = TRUE;
  return TRUE;
}

/* A place of the state that the words in [first, end) name, though no table has it. */
static const char *
match_state_place (TripReader *self,
                   guint       first,
                   guint       end)
{
  g_autofree char *object = NULL;
  g_autofree char *folded = NULL;

  while (first < end && trip_tokens_is_any (self->tokens, first, " the a an my our any "))
    first++;
  end = clause_back (self, first, end);
  if (first >= end)
    return NULL;
  object = trip_tokens_dup_text (self->tokens, first, end);
  folded = trip_text_fold (object);
  if (strlen (folded) < 3)
    return NULL;
  for (guint i = 0; i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];
      g_autofree char *name = trip_text_fold (poi->name);

      if (trip_text_contains_word (name, folded) || trip_text_contains_word (folded, name))
        return poi->name;
    }
  return NULL;
}

/* "No budget", "kein Budget mehr": a whole topic of the state goes. */
static gboolean
drop_negated_topic (TripReader *self,
                    guint       i)
{
  guint behind;

  return self->request->requirements->len > 0 && trip_annotated_find (self->text, i, TRIP_WORD_NEGATE, &behind) != NULL &&
         trip_annotated_is (self->text, behind, TRIP_WORD_TOPIC) &&
         drop_requirement (self, i, behind, trip_reader_clause_end (self, i));
}

static void
read_removals (TripReader   *self,
               TripSentence *sentence)
{
  TRIP_RULE (self);
  for (guint i = sentence->first; i < sentence->end && self->n_removals < TRIP_MAX_REMOVALS; i++)
    {
      guint behind;
      guint end;
      const TripWord *word = trip_annotated_find (self->text, i, TRIP_WORD_REMOVE, &behind);
      const char *place;
      TripMention *mention;

      if (word == NULL && drop_negated_topic (self, i))
        self->n_removals++;
      if (word == NULL || trip_annotated_is (self->text, behind, TRIP_WORD_REMOVE))
        continue;
      self->n_removals++;
      if (strcmp (word->value, "undo") == 0)
        {
          /* "The flat can do without a balcony": the whole clause tells which. */
          guint first = i;

          while (first > sentence->first && (self->tokens->token[first].gap & (TRIP_GAP_COMMA | TRIP_GAP_CLAUSE)) == 0)
            first--;
          end = trip_reader_clause_end (self, i);
          if (drop_requirement (self, i, behind, end) || drop_requirement (self, i, first, end))
            i = end - 1;
          continue;
        }
      /* A verb only where one is expected: at the start, or behind "can you", "and", "please". */
      if (i > sentence->first && !trip_annotated_is (self->text, i - 1, TRIP_WORD_STOP) &&
          !trip_annotated_is (self->text, i - 1, TRIP_WORD_POLITE) &&
          !trip_annotated_is (self->text, i - 1, TRIP_WORD_VERB) && (self->tokens->token[i].gap & TRIP_GAP_COMMA) == 0)
        continue;
      end = trip_reader_clause_end (self, i);
      mention = mention_between (self, behind, end);
      if (mention != NULL && mention->first <= behind + 3)
        continue; /* the scope has it */
      if (drop_requirement (self, i, behind, end))
        {
          i = end - 1;
          continue;
        }
      place = match_state_place (self, behind, end);
      if (place != NULL)
        {
          trip_reader_draft (self, i, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                             place);
          trip_reader_silence (self, behind, end);
          i = end - 1;
        }
    }
}

/* "We have had it with museums": a wish of before is none any more. */
static void
read_dislikes (TripReader   *self,
               TripSentence *sentence)
{
  TRIP_RULE (self);
  for (guint s = trip_reader_first_span (self, sentence->first); s < self->spans->len; s++)
    {
      const TripSpan span = g_array_index (self->spans, TripSpan, s);

      if (span.first >= sentence->end || self->n_removals >= TRIP_MAX_REMOVALS)
        break;
      if (span.kind != TRIP_SPAN_WORD || self->polarity[s] != TRIP_POLARITY_AVOID ||
          (span.topic & (TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD)) == 0 || sentence->act == TRIP_ACT_ASK)
        continue;
      self->n_removals++;
      drop_requirement (self, span.first, span.first, span.end);
    }
}

/* "A hostel instead of a hotel": what is behind may be a requirement of the state. */
static void
read_preferences (TripReader   *self,
                  TripSentence *sentence)
{
  TRIP_RULE (self);
  for (guint i = sentence->first; i + 2 < sentence->end && self->n_removals < TRIP_MAX_REMOVALS; i++)
    {
      guint end;

      if (!(trip_tokens_is (self->tokens, i, "instead") && trip_tokens_is (self->tokens, i + 1, "of")) &&
          !(trip_tokens_is (self->tokens, i, "rather") && trip_tokens_is (self->tokens, i + 1, "than")))
        continue;
      end = trip_reader_clause_end (self, i + 2);
      self->n_removals++;
      if (mention_between (self, i + 2, end) == NULL)
        drop_requirement (self, i, i + 2, end);
    }
}

/* "replace A with B" */
static void
read_exchanges (TripReader   *self,
                TripSentence *sentence)
{
  /* Japanese marks what goes by a particle, “を”, and what comes by another, which belongs to the verb. */
  gboolean japanese = self->text->lexicon == trip_lexicon_get (TRIP_LANGUAGE_JAPANESE);

  TRIP_RULE (self);
  for (guint i = sentence->first; i < sentence->end; i++)
    {
      guint behind;
      TripMention *out;
      guint with;
      guint limit;

      if (trip_annotated_find (self->text, i, TRIP_WORD_REPLACE, &behind) == NULL)
        continue;
      limit = MIN (behind + EXCHANGE_REACH, sentence->end);
      /* „Bamberg durch Regensburg ersetzen“: German puts the verb last. */
      if (behind >= limit)
        {
          limit = i;
          behind = i > sentence->first + EXCHANGE_REACH ? i - EXCHANGE_REACH : sentence->first;
        }
      out = mention_between (self, behind, limit);
      for (with = behind; with < limit; with++)
        if (trip_tokens_is_any (self->tokens, with, " with for by to per ") ||
            (japanese && trip_tokens_is (self->tokens, with, "of")))
          break;
      if (with >= limit)
        continue;
      if (out != NULL && out->end <= with)
        {
          for (guint m = trip_reader_first_mention (self, behind); m < self->mentions->len; m++)
            {
              TripMention *mention = &g_array_index (self->mentions, TripMention, m);

              if (mention->end > limit)
                break;
              if (mention->end <= with)
                mention->role = TRIP_ROLE_REMOVE;
              else if (mention->role == TRIP_ROLE_ORIGIN)
                mention->role = TRIP_ROLE_VISIT;
            }
        }
      else
        {
          const char *place;

          if (drop_requirement (self, i, behind, with))
            continue;
          place = match_state_place (self, behind, with);
          if (place != NULL)
            trip_reader_draft (self, i, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                               place);
        }
    }
}

/* "I like option 2 better", "let's take the first plan": nothing to change. */
static gboolean
chooses_plan (TripReader         *self,
              const TripSentence *sentence)
{
  for (guint i = sentence->first; i < sentence->end && self->request->plan->len > 0; i++)
    {
      guint limit = MIN (i + 5, sentence->end);

      if (!trip_tokens_is_any (self->tokens, i, " like prefer love choose pick take ") &&
          !(trip_tokens_is (self->tokens, i, "go") && trip_tokens_is (self->tokens, i + 1, "with")))
        continue;
      for (guint k = i + 1; k < limit; k++)
        if (trip_annotated_is (self->text, k, TRIP_WORD_PLAN) &&
            (trip_annotated_is (self->text, k - 1, TRIP_WORD_ORDINAL) ||
             (k + 1 < sentence->end && self->tokens->token[k + 1].kind == TRIP_TOKEN_NUMBER)))
          return TRUE;
    }
  return FALSE;
}

static gboolean
read_option_edit (TripReader   *self,
                  TripSentence *sentence)
{
  gboolean has_options = self->request->plan->len > 0;
  guint at;
  guint plan;
  guint first;
  guint end;
  gboolean day;

  TRIP_RULE (self);
  if (sentence->act == TRIP_ACT_ATTACK)
    return FALSE;
  for (guint i = sentence->first; has_options && i < sentence->end; i++)
    {
      const TripWord *word = trip_annotated_find (self->text, i, TRIP_WORD_REMOVE, &end);

      if (word == NULL || strcmp (word->value, "drop") != 0)
        continue;
      for (plan = end; plan < MIN (end + 4, sentence->end); plan++)
        if (trip_annotated_is (self->text, plan, TRIP_WORD_PLAN))
          {
            draft_option (self, sentence, end, TRIP_ACTION_REMOVE);
            return TRUE;
          }
    }
  if (chooses_plan (self, sentence))
    return TRUE;
  if (asks_for_others (self, sentence, has_options, &first, &end))
    {
      /* Beside places or requirements the wish for several plans is one intent among others. */
      if (mention_between (self, sentence->first, sentence->end) == NULL && !changes_requirement (self, sentence))
        {
          draft_option (self, sentence, sentence->first, TRIP_ACTION_ADD);
          return TRUE;
        }
      if (sentence->act != TRIP_ACT_ASK)
        {
          g_autofree char *value = trip_tokens_dup_text (self->tokens, first, end);

          trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_ADD, TRIP_PRIORITY_PREFERRED, value);
          return FALSE;
        }
      sentence->act = TRIP_ACT_REQUEST;
      return FALSE;
    }
  if (!has_options)
    return FALSE;
  day = names_a_day (self, sentence) || orders_visits (self, sentence);
  if (changes_requirement (self, sentence) && !day)
    return FALSE;
  if (sentence->act == TRIP_ACT_ASK && !day && !has_class (self, sentence, TRIP_WORD_ADJUST, &at))
    return FALSE;
  if (day && sentence->act == TRIP_ACT_ASK && trip_annotated_is (self->text, sentence->first, TRIP_WORD_ASK) &&
      !trip_annotated_is (self->text, sentence->first, TRIP_WORD_POLITE) &&
        !has_class (self, sentence, TRIP_WORD_ADJUST, &at))
    return FALSE;
  if (day || (has_class (self, sentence, TRIP_WORD_ADJUST, &at) &&
              (mention_between (self, sentence->first, sentence->end) == NULL ||
               has_class (self, sentence, TRIP_WORD_PLAN, &plan))))
    {
      draft_option (self, sentence, sentence->first, TRIP_ACTION_MODIFY);
      return TRUE;
    }
  return FALSE;
}

/* "We have to leave by noon on the last day" speaks of the trip, not of a day of the plan. */
static gboolean
speaks_of_journey (TripReader         *self,
                   const TripSentence *sentence)
{
  for (guint s = trip_reader_first_span (self, sentence->first); s < self->spans->len; s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);

      if (span->first >= sentence->end)
        break;
      if (span->kind == TRIP_SPAN_JOURNEY)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_reader_read_edits:
 * @self: a reader with scopes
 *
 * Drafts the removals, exchanges and plan changes of a message.
 */
void
trip_reader_read_edits (TripReader *self)
{
  for (guint n = 0; n < self->sentences->len; n++)
    {
      TripSentence *sentence = &g_array_index (self->sentences, TripSentence, n);

      if (sentence->act == TRIP_ACT_ATTACK ||
          (!speaks_of_journey (self, sentence) &&
           (trip_reader_read_plan_edit (self, sentence) || read_option_edit (self, sentence))))
        continue;
      read_exchanges (self, sentence);
      read_removals (self, sentence);
      read_dislikes (self, sentence);
      read_preferences (self, sentence);
    }
  if (self->request->requirements->len > 0)
    trip_reader_read_relative (self);
  trip_reader_read_changes (self);
}
