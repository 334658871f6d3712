/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The reading of one message from end to end: tokens, places, spans, scopes, edits, wishes, answer, order. Each step
 * lives in a file of its own; this one owns what they share. Linear in the length of the message.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-phrase.h"
#include "language/trip-text.h"

#include <string.h>

/* A clause is looked at no further than this, which keeps a message without any punctuation linear. */
#define CLAUSE_REACH 40

/* More intents than this help nobody, whatever a message holds. */
#define MAX_INTENTS 256

/**
 * trip_reading_free:
 * @self: (transfer full) (nullable): a reading
 *
 * Frees it.
 */
void
trip_reading_free (TripReading *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->intents);
  trip_constraints_free (self->constraints);
  g_ptr_array_unref (self->destinations);
  g_ptr_array_unref (self->removed_destinations);
  g_free (self);
}

static void
mention_clear (gpointer data)
{
  g_free (((TripMention *) data)->value);
}

static void
draft_clear (gpointer data)
{
  g_clear_pointer (&((TripDraft *) data)->intent, trip_intent_free);
}

static int
compare_drafts (gconstpointer a,
                gconstpointer b)
{
  const TripDraft *x = a;
  const TripDraft *y = b;

  return x->at < y->at ? -1 : x->at > y->at;
}

/**
 * trip_reader_sentence_at:
 * @self: a reader
 * @i: a token
 *
 * Returns: (transfer none): the sentence that the token is in
 */
TripSentence *
trip_reader_sentence_at (TripReader *self,
                         guint       i)
{
  guint low = 0;
  guint high = self->sentences->len;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->sentences, TripSentence, middle).first <= i)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (self->sentences, TripSentence, low);
}

/**
 * trip_reader_first_span:
 * @self: a reader
 * @i: a token
 *
 * Returns: index of the first span that begins at token @i or behind it; their number where none does
 */
guint
trip_reader_first_span (TripReader *self,
                        guint       i)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->spans, TripSpan, middle).first < i)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * trip_reader_is_inside_span:
 * @self: a reader
 * @i: a token
 *
 * Returns: whether a limit, an hour or a wish for a day has token @i behind its first one
 */
gboolean
trip_reader_is_inside_span (TripReader *self,
                            guint       i)
{
  guint s = trip_reader_first_span (self, i);
  const TripSpan *span = s > 0 ? &g_array_index (self->spans, TripSpan, s - 1) : NULL;

  return span != NULL && span->end > i &&
         (span->kind == TRIP_SPAN_WALK || span->kind == TRIP_SPAN_TRAVEL || span->kind == TRIP_SPAN_VISITS ||
          span->kind == TRIP_SPAN_DAY_WISH || span->kind == TRIP_SPAN_CLOCK || span->kind == TRIP_SPAN_JOURNEY);
}

/**
 * trip_reader_first_mention:
 * @self: a reader
 * @i: a token
 *
 * Returns: index of the first place that begins at token @i or behind it; their number where none does
 */
guint
trip_reader_first_mention (TripReader *self,
                           guint       i)
{
  guint low = 0;
  guint high = self->mentions->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->mentions, TripMention, middle).first < i)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * trip_reader_clause_end:
 * @self: a reader
 * @i: a token
 *
 * Returns: the token behind the clause of token @i: the next comma, "and" before a new verb, or end of sentence
 */
guint
trip_reader_clause_end (TripReader *self,
                        guint       i)
{
  guint limit = MIN (i + CLAUSE_REACH, self->tokens->n);
  guint end = i + 1;

  while (end < limit && (self->tokens->token[end].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0 &&
         !trip_tokens_is (self->tokens, end, "but") &&
         !(trip_tokens_is (self->tokens, end, "and") &&
           (trip_annotated_is (self->text, end + 1, TRIP_WORD_ADD) ||
            trip_annotated_is (self->text, end + 1, TRIP_WORD_REMOVE) ||
            trip_annotated_is (self->text, end + 1, TRIP_WORD_REPLACE))))
    end++;
  return end;
}

static char *
dup_key (TripIntentKind  kind,
         TripAction      action,
         const char     *value)
{
  const char prefix[] = { (char) ('a' + kind), (char) ('a' + action), '\0' };
  g_autofree char *folded = trip_text_fold (value);

  return g_strconcat (prefix, folded, NULL);
}

/**
 * trip_reader_is_drafted:
 * @self: a reader
 * @kind: what an intent is about
 * @action: what to do
 * @value: its words
 *
 * Returns: whether there is such an intent already, whatever its case and accents
 */
gboolean
trip_reader_is_drafted (TripReader     *self,
                        TripIntentKind  kind,
                        TripAction      action,
                        const char     *value)
{
  g_autofree char *key = dup_key (kind, action, value);

  return g_hash_table_contains (self->drafted, key);
}

/**
 * trip_reader_draft:
 * @self: a reader
 * @at: token where the intent stands, for the order
 * @kind: what it is about
 * @action: what to do
 * @priority: weight of a requirement
 * @value: its words
 *
 * Drafts an intent. Empty values and those beyond any use are left out.
 */
void
trip_reader_draft (TripReader     *self,
                   guint           at,
                   TripIntentKind  kind,
                   TripAction      action,
                   TripPriority    priority,
                   const char     *value)
{
  TripDraft draft = { at, NULL, self->rule };

  if (value == NULL || *value == '\0' || self->drafts->len >= MAX_INTENTS)
    return;
  draft.intent = trip_intent_new (kind, action, value);
  draft.intent->priority = priority;
  g_array_append_val (self->drafts, draft);
  g_hash_table_add (self->drafted, dup_key (kind, action, value));
}

/**
 * trip_reader_match_state:
 * @self: a reader
 * @removal: words that say what should go
 *
 * Returns: index of the requirement of the state that is meant, -1 where none is
 */
gint
trip_reader_match_state (TripReader *self,
                         const char *removal)
{
  GPtrArray *requirements = self->request->requirements;
  g_autofree const char **descriptions = NULL;

  if (requirements->len == 0)
    return -1;
  descriptions = g_new (const char *, requirements->len);
  for (guint i = 0; i < requirements->len; i++)
    descriptions[i] = ((TripRequirement *) requirements->pdata[i])->description;
  return trip_phrase_match (removal, descriptions, requirements->len);
}

/**
 * trip_reader_has_state:
 * @self: a reader
 *
 * Returns: whether the request carries anything of an earlier answer
 */
gboolean
trip_reader_has_state (TripReader *self)
{
  return self->request->pois->len > 0 || self->request->requirements->len > 0 || self->request->plan->len > 0;
}

static void
split_sentences (TripReader *self)
{
  TripSentence sentence = { 0 };
  guint capitals = 0;
  guint words = 0;

  for (guint i = 0; i < self->tokens->n; i++)
    {
      const TripToken *token = &self->tokens->token[i];

      if (i > sentence.first && (token->gap & TRIP_GAP_STOP) != 0)
        {
          sentence.end = i;
          sentence.question = (token->gap & TRIP_GAP_QUESTION) != 0;
          g_array_append_val (self->sentences, sentence);
          memset (&sentence, 0, sizeof sentence);
          sentence.first = i;
        }
      if (token->kind == TRIP_TOKEN_WORD)
        {
          words++;
          capitals += token->capitalised;
        }
    }
  sentence.end = self->tokens->n;
  sentence.question = (self->tokens->final_gap & TRIP_GAP_QUESTION) != 0;
  g_array_append_val (self->sentences, sentence);
  self->title_case = words >= 4 && capitals * 10 > words * 7;
}

static void
order_and_hand_over (TripReader  *self,
                     TripReading *reading)
{
  g_array_sort (self->drafts, compare_drafts);
  for (guint d = 0; d < self->drafts->len; d++)
    {
      TripIntent *intent = g_steal_pointer (&g_array_index (self->drafts, TripDraft, d).intent);

      if (intent->kind == TRIP_INTENT_POINTS_OF_INTEREST)
        g_ptr_array_add (intent->action == TRIP_ACTION_ADD ? reading->destinations : reading->removed_destinations,
                         g_strdup (intent->value));
      else if (intent->kind == TRIP_INTENT_SCHEDULE_REQUIREMENT && intent->action == TRIP_ACTION_ADD)
        trip_constraints_add_phrase (reading->constraints, intent->value, intent->priority, self->today);
      g_ptr_array_add (reading->intents, intent);
    }
  for (guint i = 0; i < self->avoided->len; i++)
    g_ptr_array_add (reading->removed_destinations, g_strdup (self->avoided->pdata[i]));
  if (self->origin != NULL)
    {
      g_free (reading->constraints->origin);
      reading->constraints->origin = g_strdup (self->origin);
      reading->constraints->topics |= TRIP_TOPIC_ORIGIN;
      if (reading->intents->len > 0)
        ((TripIntent *) g_ptr_array_index (reading->intents, 0))->origin = g_strdup (self->origin);
    }
}

/* A question beside a plan names the place for it: "Is there a shop in Mobile? We stay there 2 days." */
static void
add_place_of_question (TripReader *self)
{
  TRIP_RULE (self);
  for (guint d = 0; d < self->drafts->len; d++)
    if (g_array_index (self->drafts, TripDraft, d).intent->kind != TRIP_INTENT_SCHEDULE_REQUIREMENT)
      return;
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);

      if (mention->role == TRIP_ROLE_SILENT && trip_reader_sentence_at (self, mention->first)->act == TRIP_ACT_ASK)
        trip_reader_draft (self, mention->first, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD,
                           TRIP_PRIORITY_PREFERRED, mention->value);
    }
}

/* "We leave from Oslo" and nothing else. */
static void
add_lone_origin (TripReader *self)
{
  TRIP_RULE (self);
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      g_autofree char *value = NULL;

      if (mention->role != TRIP_ROLE_ORIGIN || trip_reader_sentence_at (self, mention->first)->act == TRIP_ACT_ASK)
        continue;
      value = g_strdup_printf ("from %s", mention->value);
      trip_reader_draft (self, mention->first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD,
                         TRIP_PRIORITY_MUST_HAVE, value);
      return;
    }
}

static void
decide (TripReader  *self,
        TripReading *reading)
{
  gdouble against;
  gdouble in_favour;

  trip_reader_read_edits (self);
  trip_reader_add_wishes (self);
  in_favour = trip_reader_relevance (self, &against);
  if (self->drafts->len > 0 && against > 0 && against >= in_favour)
    g_array_set_size (self->drafts, 0);
  if (self->drafts->len > 0 && in_favour < 1.0 && self->origin == NULL && !trip_reader_has_state (self))
    g_array_set_size (self->drafts, 0);
  if (self->drafts->len > 0 && !trip_reader_has_state (self))
    add_place_of_question (self);
  if (self->drafts->len == 0 && self->origin != NULL && against < in_favour)
    add_lone_origin (self);
  if (self->drafts->len > 0)
    order_and_hand_over (self, reading);
  else
    g_ptr_array_add (reading->intents, trip_reader_answer (self));
}

/**
 * trip_embedded_interpreter_read_with:
 * @gazetteer: the names of places
 * @request: the message and the state
 * @today: the day that "next Friday" is counted from
 * @out_explanation: (out) (optional) (transfer full): how it was read, in lines of text
 * @cancellable: (nullable): stops the reading
 *
 * Reads a message. Any thread.
 *
 * Returns: (transfer full) (nullable): what it says, with one intent at least; %NULL where it was cancelled
 */
TripReading *
trip_embedded_interpreter_read_with (TripGazetteer  *gazetteer,
                                     TripRequest    *request,
                                     const GDate    *today,
                                     char          **out_explanation,
                                     GCancellable   *cancellable)
{
  g_autoptr(TripReading) reading = g_new0 (TripReading, 1);
  g_autoptr(TripAnnotated) text = NULL;
  g_autofree char *valid = NULL;
  const char *message = request->message;
  TripReader self = { .gazetteer = gazetteer, .request = request, .today = today };
  gboolean cancelled;

  reading->intents = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_intent_free);
  reading->constraints = trip_constraints_new ();
  reading->destinations = g_ptr_array_new_with_free_func (g_free);
  reading->removed_destinations = g_ptr_array_new_with_free_func (g_free);

  if (!g_utf8_validate (message, -1, NULL))
    message = valid = g_utf8_make_valid (message, -1);
  text = trip_annotated_new (message);
  self.text = text;
  self.tokens = text->tokens;
  self.taken = g_new0 (guint8, text->tokens->n + 1);
  self.sentences = g_array_new (FALSE, TRUE, sizeof (TripSentence));
  self.mentions = g_array_new (FALSE, TRUE, sizeof (TripMention));
  g_array_set_clear_func (self.mentions, mention_clear);
  self.drafts = g_array_new (FALSE, TRUE, sizeof (TripDraft));
  g_array_set_clear_func (self.drafts, draft_clear);
  self.drafted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.avoided = g_ptr_array_new_with_free_func (g_free);

  split_sentences (&self);
  trip_reader_split_edits (&self);
  trip_reader_find_places (&self);
  trip_reader_find_stays (&self);
  self.spans = trip_scan (self.text, self.taken, today);
  cancelled = g_cancellable_is_cancelled (cancellable);
  if (!cancelled)
    {
      trip_reader_find_scopes (&self);
      trip_reader_classify (&self);
      decide (&self, reading);
      if (out_explanation != NULL)
        *out_explanation = trip_reader_explain (&self, reading);
    }

  g_free (self.taken);
  g_free (self.polarity);
  g_free (self.origin);
  g_array_unref (self.sentences);
  g_array_unref (self.mentions);
  g_array_unref (self.spans);
  g_array_unref (self.drafts);
  g_hash_table_unref (self.drafted);
  g_ptr_array_unref (self.avoided);
  return cancelled ? NULL : g_steal_pointer (&reading);
}
