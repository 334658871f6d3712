/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sentences and scopes: what each sentence does, and for every place and requirement whether the words before it want
 * it, demand it, or want it gone. It decides no intents.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-phrase.h"

#include <string.h>

/* Of a longer state the rest is not looked at for what a question may revise. */
#define MAX_TOPICS_READ 32

/* A negation that has met nothing for so many words meant something else. */
#define SCOPE_REACH 10

static guint
longest (TripReader    *self,
         guint          i,
         TripWordClass  klass)
{
  guint end;

  return trip_annotated_find (self->text, i, klass, &end) != NULL ? end - i : 0;
}

/* "I'm sorry, did I say Rome?" */
static gboolean
has_inversion (TripReader         *self,
               const TripSentence *sentence)
{
  for (guint i = sentence->first; i + 1 < sentence->end; i++)
    if (trip_tokens_is_any (self->tokens, i, " did do does is are was can could would should will ") &&
        trip_tokens_is_any (self->tokens, i + 1, " i you we it they there that this "))
      return TRUE;
  return FALSE;
}

static TripAct
act_of (TripReader         *self,
        const TripSentence *sentence)
{
  guint i = sentence->first;

  for (guint k = sentence->first; k < sentence->end; k++)
    if (trip_annotated_is (self->text, k, TRIP_WORD_INJECTION))
      return TRIP_ACT_ATTACK;
  while (i < sentence->end)
    {
      guint ask = longest (self, i, TRIP_WORD_ASK);
      guint request = MAX (longest (self, i, TRIP_WORD_REQUEST),
                           MAX (longest (self, i, TRIP_WORD_ADD),
                                MAX (longest (self, i, TRIP_WORD_REMOVE), longest (self, i, TRIP_WORD_REPLACE))));
      guint polite = MAX (longest (self, i, TRIP_WORD_POLITE),
                          MAX (longest (self, i, TRIP_WORD_GREETING), longest (self, i, TRIP_WORD_THANKS)));

      if (ask >= 3 && ask > request)
        return TRIP_ACT_ASK;
      if (polite > request && polite > ask)
        {
          i += polite;
          continue;
        }
      if (request > 0 && request >= ask)
        return TRIP_ACT_REQUEST;
      if (ask > 0)
        return TRIP_ACT_ASK;
      if (polite == 0)
        break;
      i += polite;
    }
  if (sentence->question && trip_tokens_is_any (self->tokens, sentence->first, " can may could ") &&
      trip_tokens_is_any (self->tokens, sentence->first + 1, " i we "))
    return TRIP_ACT_ASK;
  /* "We're free in October - Crete?" states something, whatever sign it ends with. */
  if (trip_tokens_is_any (self->tokens, sentence->first, " i we im were my our ") &&
      !trip_tokens_is_any (self->tokens, sentence->first + 1, " there we you they the ") && !has_inversion (self, sentence))
    return TRIP_ACT_STATE;
  return sentence->question && i == sentence->first ? TRIP_ACT_ASK : TRIP_ACT_STATE;
}

/* What is asked about beside a trip that is clearly wanted: these questions stay questions. */
static gboolean
asks_for_facts (TripReader         *self,
                const TripSentence *sentence)
{
  static const char * const facts[] = { "visa", "vaccine", "safety", "plug", "baggage", "weather", "season", "tip",
                                        "money", "language",
                                        "time", "distance", "water", "dress", "insurance", "pass", "price", "hours",
                                          "where", "culture", "phone", "capital", "currency", "population" };

  for (guint i = sentence->first; i < sentence->end; i++)
    {
      const TripWord *word = trip_annotated_find (self->text, i, TRIP_WORD_SUBJECT, NULL);

      for (guint k = 0; word != NULL && k < G_N_ELEMENTS (facts); k++)
        if (strcmp (facts[k], word->value) == 0)
          return TRUE;
    }
  return FALSE;
}

/* "Are there any flights", "is there one": whether there is something is what the plan has to show. */
static gboolean
asks_for_things (TripReader         *self,
                 const TripSentence *sentence)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    if (trip_tokens_is_any (self->tokens, i, " there any anything something else available "))
      return TRUE;
  return FALSE;
}

/* "Can we push it back to the 11th?" */
static gboolean
asks_whether_one_can (TripReader         *self,
                      const TripSentence *sentence)
{
  return trip_tokens_is_any (self->tokens, sentence->first, " can could ") &&
         trip_tokens_is_any (self->tokens, sentence->first + 1, " we you i ");
}

static guint
topics_of_state (TripReader *self)
{
  guint topics = TRIP_TOPIC_NONE;

  for (guint r = 0; r < MIN (self->request->requirements->len, MAX_TOPICS_READ); r++)
    topics |= trip_phrase_topics (((TripRequirement *) self->request->requirements->pdata[r])->description);
  return topics;
}

/**
 * trip_reader_classify:
 * @self: a reader with places and spans
 *
 * Fills in what each sentence does.
 */
void
trip_reader_classify (TripReader *self)
{
  const guint revisable = topics_of_state (self) & (TRIP_TOPIC_DATES | TRIP_TOPIC_PARTY | TRIP_TOPIC_CABIN);
  const gboolean timed = trip_reader_has_time_of_day (self);
  const gboolean foreign = self->text->lexicon != trip_lexicon_get (TRIP_LANGUAGE_ENGLISH);
  guint s = 0;
  guint m = 0;

  for (guint n = 0; n < self->sentences->len; n++)
    {
      TripSentence *sentence = &g_array_index (self->sentences, TripSentence, n);
      gboolean planned = FALSE;
      gboolean revised = FALSE;
      gboolean visits = FALSE;
      gint minutes;
      guint end;

      for (; s < self->spans->len && g_array_index (self->spans, TripSpan, s).first < sentence->end; s++)
        {
          const TripSpan *span = &g_array_index (self->spans, TripSpan, s);

          planned |= span->kind == TRIP_SPAN_DURATION || span->kind == TRIP_SPAN_MONEY;
          revised |= (span->topic & revisable) != 0;
        }
      for (; m < self->mentions->len && g_array_index (self->mentions, TripMention, m).first < sentence->end; m++)
        visits |= g_array_index (self->mentions, TripMention, m).role == TRIP_ROLE_VISIT;
      for (guint i = sentence->first; i < sentence->end && !sentence->changes; i++)
        sentence->changes = trip_annotated_is (self->text, i, TRIP_WORD_CHANGE);
      sentence->act = act_of (self, sentence);
      /* Without an English "do", only the mark and the matter tell a question: “¿Necesito visado para Vietnam?” */
      if (sentence->act == TRIP_ACT_REQUEST && sentence->question && !planned && foreign && asks_for_facts (self, sentence))
        sentence->act = TRIP_ACT_ASK;
      /* "What can we see in Rome in 3 days?" asks for a plan. */
      if (sentence->act == TRIP_ACT_ASK && planned && !asks_for_facts (self, sentence) &&
          (visits || sentence->changes || self->request->requirements->len > 0))
        sentence->act = TRIP_ACT_REQUEST;
      /* "Is there one on March 10th?" wants another day than before. */
      for (guint i = sentence->first; i < sentence->end && !revised && timed; i++)
        revised = trip_scan_time (self->text, i, FALSE, &end, &minutes) && trip_scan_time_is_marked (self->text, i, end);
      if (sentence->act == TRIP_ACT_ASK && revised &&
          (asks_for_things (self, sentence) || asks_whether_one_can (self, sentence)) &&
          !asks_for_facts (self, sentence))
        sentence->act = TRIP_ACT_REQUEST;
    }
}

/* A negation that follows what it is said of stands so near. */
#define NEGATION_REACH 4

typedef struct {
  guint first;
  guint end;
  guint topic; /* 0 for a place */
  TripPolarity *polarity;
} Item;

static gboolean
same_class (const Item *a,
            const Item *b)
{
  const guint likes = TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD | TRIP_TOPIC_LODGING | TRIP_TOPIC_CROWDS;

  return a->topic == b->topic || ((a->topic & likes) != 0 && (b->topic & likes) != 0);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *x = a;
  const Item *y = b;

  return x->first < y->first ? -1 : x->first > y->first;
}

static TripPolarity
cue_at (TripReader *self,
        guint       i,
        guint      *out_end)
{
  static const struct { TripWordClass klass; TripPolarity polarity; } cues[] = {
    { TRIP_WORD_NEGATE, TRIP_POLARITY_AVOID }, { TRIP_WORD_REMOVE, TRIP_POLARITY_DROP },
      { TRIP_WORD_MUST, TRIP_POLARITY_MUST },
    { TRIP_WORD_PREFER, TRIP_POLARITY_PREFER }, { TRIP_WORD_ADD, TRIP_POLARITY_PREFER },
  };
  TripPolarity best = TRIP_POLARITY_NEUTRAL;
  guint best_end = i;

  for (guint k = 0; k < G_N_ELEMENTS (cues); k++)
    {
      guint end;
      const TripWord *word = trip_annotated_find (self->text, i, cues[k].klass, &end);

      if (word == NULL || end < best_end || (end == best_end && best != TRIP_POLARITY_NEUTRAL &&
                                             cues[k].polarity != TRIP_POLARITY_DROP))
        continue;
      if (cues[k].klass == TRIP_WORD_REMOVE && strcmp (word->value, "drop") != 0)
        continue;
      best = cues[k].polarity;
      best_end = end;
    }
  /* "We don't fly" */
  if (best == TRIP_POLARITY_NEUTRAL && trip_tokens_is_any (self->tokens, i, " dont cant cannot wont not never ") &&
      trip_annotated_is (self->text, i + 1, TRIP_WORD_TRANSPORT))
    {
      best = TRIP_POLARITY_AVOID;
      best_end = i + 1;
    }
  *out_end = best_end;
  return best;
}

/* Whether the list that an avoided item stands in goes on with the item at hand. */
static gboolean
list_goes_on (TripReader *self,
              const Item *last,
              const Item *next,
              guint       at)
{
  if (last == NULL || next == NULL || !same_class (last, next) || next->first > at + 2 || at > last->end + 2)
    return FALSE;
  /* "No museums, we love food": a wish of its own. */
  for (guint i = at; i < next->first; i++)
    {
      guint end;
      TripPolarity cue = cue_at (self, i, &end);

      if (cue == TRIP_POLARITY_PREFER || cue == TRIP_POLARITY_MUST || trip_annotated_is (self->text, i, TRIP_WORD_POLITE) ||
          trip_annotated_is (self->text, i, TRIP_WORD_REQUEST) || trip_annotated_is (self->text, i, TRIP_WORD_VISIT))
        return FALSE;
    }
  /* Nobody asks for crowds. */
  if (next->end >= self->tokens->n || (next->topic & TRIP_TOPIC_CROWDS) != 0)
    return TRUE;
  return (self->tokens->token[next->end].gap & ~TRIP_GAP_SPACE) != 0 ||
         trip_tokens_is_any (self->tokens, next->end, " or and nor but please then instead ");
}

/* "Museums are not for us", „Museen mag ich nicht“: a negation that ends the clause behind the item. */
static gboolean
is_negated_behind (TripReader *self,
                   guint       end)
{
  static const TripWordClass between[] = { TRIP_WORD_STOP, TRIP_WORD_VERB, TRIP_WORD_PREFER, TRIP_WORD_MUST };
  const TripTokens *tokens = self->tokens;
  guint i = end;

  while (i < tokens->n && i < end + NEGATION_REACH && (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0 &&
         !trip_tokens_is (tokens, i, "not"))
    {
      gboolean passes = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (between) && !passes; k++)
        passes = trip_annotated_is (self->text, i, between[k]);
      if (!passes || trip_tokens_is_any (tokens, i, " and or but in "))
        return FALSE;
      i++;
    }
  if (i == end || !trip_tokens_is (tokens, i, "not") || (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0)
    return FALSE;
  for (i++; i < tokens->n && trip_tokens_is_any (tokens, i,
                                                 " for my our me us thing needed necessary interested wanted more mehr "
                                                 "anymore "); i++)
    ;
  return i >= tokens->n || (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0 ||
         trip_tokens_is_any (tokens, i, " and but ");
}

/**
 * trip_reader_find_scopes:
 * @self: a reader with places and spans
 *
 * Fills in how each place and span is wanted. A cue holds to the end of its clause; a negation ends at a comma or "and"
 * unless a list of the same kind goes on, and at "but" always.
 */
void
trip_reader_find_scopes (TripReader *self)
{
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  TripPolarity mode = TRIP_POLARITY_NEUTRAL;
  const Item *last = NULL;
  gboolean met = FALSE;    /* an item has been met in this mode */
  gboolean either = FALSE; /* the list has had its "or", so "and" begins something else */
  guint since = 0;
  guint next = 0;
  guint i = 0;

  self->polarity = g_new0 (TripPolarity, self->spans->len + self->mentions->len + 1);
  for (guint s = 0; s < self->spans->len; s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
      Item item = { span->first, span->end, span->topic, &self->polarity[s] };

      g_array_append_val (items, item);
    }
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      Item item = { mention->first, mention->end, 0, &self->polarity[self->spans->len + m] };

      g_array_append_val (items, item);
    }
  g_array_sort (items, compare_items);

  while (i < self->tokens->n)
    {
      Item *item;
      guint gap = self->tokens->token[i].gap;
      guint end;
      TripPolarity cue;

      while (next < items->len && g_array_index (items, Item, next).first < i)
        next++;
      item = next < items->len ? &g_array_index (items, Item, next) : NULL;
      if (trip_tokens_is_any (self->tokens, i, " or nor "))
        either = TRUE;
      if ((gap & TRIP_GAP_CLAUSE) != 0 || ((gap & TRIP_GAP_COLON) != 0 && since > 0) ||
          trip_tokens_is_any (self->tokens, i,
                                                              " but however though although because since so "))
        mode = TRIP_POLARITY_NEUTRAL;
      else if ((gap & TRIP_GAP_COMMA) != 0 || trip_tokens_is (self->tokens, i, "and"))
        {
          if (mode == TRIP_POLARITY_MUST && (gap & TRIP_GAP_COMMA) != 0)
            mode = TRIP_POLARITY_NEUTRAL;
          else if ((mode == TRIP_POLARITY_AVOID || mode == TRIP_POLARITY_DROP) &&
                   ((either && (trip_tokens_is (self->tokens, i, "and"))) ||
                    !list_goes_on (self, last, item, trip_tokens_is (self->tokens, i, "and") ? i + 1 : i)))
            mode = TRIP_POLARITY_NEUTRAL;
        }
      if (since > SCOPE_REACH)
        mode = TRIP_POLARITY_NEUTRAL;

      if (item != NULL && item->first == i)
        {
          /* "No museums in Rome" is about museums; the city is where. */
          if (mode == TRIP_POLARITY_AVOID && item->topic == 0 && last != NULL && last->topic != 0 && i > 0 &&
              trip_tokens_is_any (self->tokens, i - 1, " in at around near "))
            mode = TRIP_POLARITY_NEUTRAL;
          *item->polarity = mode;
          if (item->topic != TRIP_TOPIC_DURATION && item->topic != TRIP_TOPIC_DATES && is_negated_behind (self, item->end))
            *item->polarity = TRIP_POLARITY_AVOID;
          if ((trip_tokens_is (self->tokens, item->end, "only") &&
               (self->tokens->token[item->end].gap & ~TRIP_GAP_SPACE) == 0) ||
              (trip_tokens_is_any (self->tokens, item->end, " is are ") &&
               trip_tokens_is_any (self->tokens, item->end + 1, " a essential ") &&
               trip_tokens_is_any (self->tokens, item->end + 2, " must ")))
            *item->polarity = TRIP_POLARITY_MUST;
          last = item;
          met = TRUE;
          since = 0;
          i = item->end;
          next++;
          continue;
        }
      /* "no more than two hours" sets a limit, it does not negate. */
      if (trip_annotated_find (self->text, i, TRIP_WORD_BOUND, &end) != NULL && end > i + 1)
        {
          i = end;
          continue;
        }
      cue = cue_at (self, i, &end);
      if (cue != TRIP_POLARITY_NEUTRAL && !trip_tokens_is (self->tokens, end, "only") &&
          !(item != NULL && end > item->first))
        {
          /* "No, ..." answers, it does not negate. */
          gboolean answer = trip_tokens_is_any (self->tokens, i, " no ") && end == i + 1 && end < self->tokens->n &&
                            (self->tokens->token[end].gap & (TRIP_GAP_COMMA | TRIP_GAP_STOP)) != 0;

          /* Inside "don't want to visit" the wanting does not count; nor does "some" in "remove some museums". */
          if (!answer && !((mode == TRIP_POLARITY_AVOID || mode == TRIP_POLARITY_DROP) && cue == TRIP_POLARITY_PREFER &&
                           since < 3 && !met))
            {
              mode = cue;
              met = FALSE;
              either = trip_tokens_is_any (self->tokens, i, " neither ");
            }
          since = 0;
          i = end;
          continue;
        }
      /* "Instead of 3 rather 4 days": the number is what is meant. */
      met |= self->tokens->token[i].kind == TRIP_TOKEN_NUMBER;
      since++;
      i++;
    }
}
