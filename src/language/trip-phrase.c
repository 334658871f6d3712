/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Compares requirement phrases: which of several a removal means. By topic first, so that "the budget" finds "under
 * $3000", then by words.
 */
#include "language/trip-phrase.h"

#include "language/trip-span.h"
#include "language/trip-text.h"

#include <string.h>

/* A trip has one of each of these, so the topic alone tells which requirement is meant. */
#define SINGULAR_TOPICS                                                                                              \
  (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES | TRIP_TOPIC_PARTY | TRIP_TOPIC_BUDGET | TRIP_TOPIC_PACE |                 \
   TRIP_TOPIC_DAY_START | TRIP_TOPIC_DAY_END | TRIP_TOPIC_CROWDS | TRIP_TOPIC_WALKING | TRIP_TOPIC_FREE_TIME |       \
   TRIP_TOPIC_ORIGIN | TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE | TRIP_TOPIC_CABIN | TRIP_TOPICS_OF_COST)

/* Words of removals that name no requirement. */
#define GENERIC_WORDS                                                                                                \
  " constraint constraints requirement requirements limit limits rule rules restriction restrictions preference "    \
  "preferences condition part thing need needs "

static guint
topic_from_name (const char *name)
{
  static const struct { const char *name; guint topic; } names[] = {
    { "duration", TRIP_TOPIC_DURATION }, { "dates", TRIP_TOPIC_DATES }, { "party", TRIP_TOPIC_PARTY },
    { "budget", TRIP_TOPIC_BUDGET }, { "pace", TRIP_TOPIC_PACE }, { "start", TRIP_TOPIC_DAY_START },
    { "end", TRIP_TOPIC_DAY_END }, { "crowds", TRIP_TOPIC_CROWDS }, { "diet", TRIP_TOPIC_DIET },
    { "access", TRIP_TOPIC_ACCESS }, { "transport", TRIP_TOPIC_TRANSPORT }, { "lodging", TRIP_TOPIC_LODGING },
    { "interest", TRIP_TOPIC_INTEREST }, { "food", TRIP_TOPIC_FOOD }, { "origin", TRIP_TOPIC_ORIGIN },
    { "walking", TRIP_TOPIC_WALKING }, { "free", TRIP_TOPIC_FREE_TIME },
    { "arrival", TRIP_TOPIC_ARRIVAL }, { "departure", TRIP_TOPIC_DEPARTURE },
    { "food_cost", TRIP_TOPIC_FOOD_COST }, { "lodging_cost", TRIP_TOPIC_LODGING_COST },
    { "sight_cost", TRIP_TOPIC_SIGHT_COST }, { "fares", TRIP_TOPIC_FARES }, { "travel", TRIP_TOPIC_TRAVEL },
    { "cabin", TRIP_TOPIC_CABIN },
    { "flight", TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, name) == 0)
      return names[i].topic;
  return TRIP_TOPIC_NONE;
}

/**
 * trip_phrase_named_topics:
 * @text: annotated tokens
 *
 * Returns: the topics that are called by their name: "the budget", "dates"
 */
guint
trip_phrase_named_topics (const TripAnnotated *text)
{
  guint topics = TRIP_TOPIC_NONE;

  for (guint i = 0; i < text->tokens->n; i++)
    {
      guint end;
      const TripWord *word = trip_annotated_find (text, i, TRIP_WORD_TOPIC, &end);

      if (word == NULL)
        continue;
      topics |= topic_from_name (word->value);
      /* "The food budget" is neither about the food nor the budget. */
      i = end - 1;
    }
  return topics;
}

/**
 * trip_phrase_origin:
 * @text: annotated tokens of a phrase without other topics
 *
 * Returns: (transfer full) (nullable): the place of "from London" or "leaving from London"
 */
char *
trip_phrase_origin (const TripAnnotated *text)
{
  guint end;

  if (trip_annotated_find (text, 0, TRIP_WORD_ORIGIN, &end) == NULL || end >= text->tokens->n ||
      text->tokens->n - end > 5 ||
      text->tokens->token[end].kind != TRIP_TOKEN_WORD)
    return NULL;
  return trip_tokens_dup_text (text->tokens, end, text->tokens->n);
}

/**
 * trip_phrase_all_topics:
 * @text: annotated tokens
 *
 * Returns: the topics that are named or spoken of
 */
guint
trip_phrase_all_topics (const TripAnnotated *text)
{
  GDate any_day;
  g_autoptr(GArray) spans = NULL;
  g_autofree char *origin = NULL;
  TripStayPhrase stay;
  guint topics = trip_phrase_named_topics (text);

  g_date_clear (&any_day, 1);
  g_date_set_dmy (&any_day, 1, 1, 2026);
  spans = trip_phrase_scan (text, &any_day, &stay);
  if (stay.end > stay.first)
    topics |= TRIP_TOPIC_LODGING;
  for (guint i = 0; i < spans->len; i++)
    topics |= g_array_index (spans, TripSpan, i).topic;
  origin = spans->len == 0 && stay.end == stay.first ? trip_phrase_origin (text) : NULL;
  if (origin != NULL)
    topics |= TRIP_TOPIC_ORIGIN;
  return topics;
}

/**
 * trip_word_is_self_negated:
 * @word: a phrase of the tables
 *
 * Returns: whether it has its own "no" in it, as "no rush" has, or is a need that a negation does not turn round
 */
gboolean
trip_word_is_self_negated (const TripWord *word)
{
  static const char * const heads[] = { "no ", "not ", "avoid", "without ", "skip ", "dont ", "cant ", "cannot ",
                                        "hate ", "nothing ",
                                        "doesnt ", "less ", "fewer ", "away ", "free of " };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (word->phrase, heads[i]))
      return TRUE;
  return word->klass == TRIP_WORD_CROWDS && strcmp (word->value, "avoid") == 0;
}

/**
 * trip_phrase_is_negated:
 * @text: annotated tokens of a phrase
 * @i: a token
 *
 * Returns: whether a negation stands before token @i
 */
gboolean
trip_phrase_is_negated (const TripAnnotated *text,
                        guint                i)
{
  for (guint k = 0; k < i; k++)
    {
      guint end;

      if (trip_annotated_find (text, k, TRIP_WORD_NEGATE, &end) != NULL && end <= i)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_phrase_strip:
 * @text: annotated tokens of a phrase
 *
 * Returns: (transfer full): the phrase in lower case without leading cues and articles: "please avoid the pier" gives
 *   "pier"
 */
char *
trip_phrase_strip (const TripAnnotated *text)
{
  const TripTokens *tokens = text->tokens;
  guint first = 0;
  g_autofree char *slice = NULL;

  while (first + 1 < tokens->n)
    {
      guint end;

      if (trip_annotated_find (text, first, TRIP_WORD_NEGATE, &end) == NULL &&
          trip_annotated_find (text, first, TRIP_WORD_MUST, &end) == NULL &&
          trip_annotated_find (text, first, TRIP_WORD_PREFER, &end) == NULL &&
          !(trip_tokens_is_any (tokens, first, " a an the any please to see visit go ") && (end = first + 1, TRUE)))
        break;
      if (end >= tokens->n)
        break;
      first = end;
    }
  slice = trip_tokens_dup_text (tokens, first, tokens->n);
  return g_utf8_strdown (slice, -1);
}

static gsize
stem_length (const char *word,
             gsize       length)
{
  return length > 3 && word[length - 1] == 's' ? length - 1 : length;
}

static gboolean
has_stem (const TripTokens *tokens,
          const char       *word,
          gsize             length)
{
  length = stem_length (word, length);
  for (guint i = 0; i < tokens->n; i++)
    {
      const char *other = tokens->folded + tokens->token[i].folded;
      gsize other_length = stem_length (other, tokens->token[i].folded_len);

      if (other_length == length && memcmp (other, word, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The tags that both speak of: "remove the museums" means "art galleries and museums". */
static gboolean
share_meaning (const TripAnnotated *a,
               const TripAnnotated *b)
{
  for (guint i = 0; i < a->first_hit[a->tokens->n]; i++)
    {
      const TripWord *word = a->hits[i].word;

      if (trip_word_topic (word) == TRIP_TOPIC_NONE || *word->value == '\0')
        continue;
      for (guint k = 0; k < b->first_hit[b->tokens->n]; k++)
        if (b->hits[k].word->klass == word->klass && strcmp (b->hits[k].word->value, word->value) == 0)
          return TRUE;
    }
  return FALSE;
}

/**
 * trip_phrase_match:
 * @removal: what should go: `the budget`, `hotel with a pool`
 * @descriptions: (array length=n_descriptions): the requirements there are
 * @n_descriptions: how many
 *
 * Finds the requirement that a removal means: the same words, else a shared topic of which a trip has but one, else
 * shared words or meanings. Of equals the first wins.
 *
 * Returns: its index, or -1 where none is meant
 */
gint
trip_phrase_match (const char         *removal,
                   const char * const *descriptions,
                   guint               n_descriptions)
{
  g_autoptr(TripAnnotated) wanted = NULL;
  g_autofree char *valid = NULL;
  guint topics;
  guint named;
  gint best = -1;
  guint best_score = 0;

  g_return_val_if_fail (removal != NULL, -1);

  if (!g_utf8_validate (removal, -1, NULL))
    removal = valid = g_utf8_make_valid (removal, -1);
  wanted = trip_annotated_new (removal);
  topics = trip_phrase_all_topics (wanted);
  named = trip_phrase_named_topics (wanted);
  for (guint d = 0; d < n_descriptions; d++)
    {
      g_autofree char *repaired = NULL;
      const char *description = descriptions[d];
      g_autoptr(TripAnnotated) text = NULL;
      guint content = 0;
      guint shared = 0;
      guint common;
      guint score = 0;

      if (!g_utf8_validate (description, -1, NULL))
        description = repaired = g_utf8_make_valid (description, -1);
      text = trip_annotated_new (description);
      if (text->tokens->n == 0)
        continue;
      common = topics & trip_phrase_all_topics (text);
      for (guint i = 0; i < wanted->tokens->n; i++)
        {
          const TripToken *token = &wanted->tokens->token[i];

          if (trip_annotated_is (wanted, i, TRIP_WORD_STOP) || trip_tokens_is_any (wanted->tokens, i, GENERIC_WORDS))
            continue;
          content++;
          shared += has_stem (text->tokens, wanted->tokens->folded + token->folded, token->folded_len);
        }
      if (strcmp (wanted->tokens->folded, text->tokens->folded) == 0)
        score = 1000;
      else if (content > 0 && shared == content)
        score = 500 + 10 * shared;
      else if ((common & SINGULAR_TOPICS) != 0)
        score = 200 + 10 * shared;
      else if ((common & named) != 0)
        score = 150 + 10 * shared;
      else if (common != 0 && share_meaning (wanted, text))
        score = 100 + 10 * shared;
      else if (content > 0 && shared * 2 >= content && shared > 0)
        score = 20 + 10 * shared;
      else if (*wanted->tokens->folded != '\0' && trip_text_contains_word (text->tokens->folded,
                                                                           wanted->tokens->folded))
        score = 10;
      if (score > best_score)
        {
          best = d;
          best_score = score;
        }
    }
  return best;
}
