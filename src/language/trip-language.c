/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The language of a text, by the words in it that only some of the languages have. Function words count most, for names
 * of things wander; a tie is English.
 */
#include "language/trip-language.h"

#include <string.h>

/* The language of a long text shows in its beginning. */
#define MAX_TOKENS_WEIGHED 300

#define MAX_WORD_BYTES 64

#define FUNCTION_WEIGHT 2.0
#define CONTENT_WEIGHT 1.0
#define ARTICLE_WEIGHT 0.4
#define PHRASE_WEIGHT 1.5
#define KANA_WEIGHT 3.0
#define HAN_WEIGHT 1.0

/* These begin the names of places everywhere: Los Angeles, La Paz, Le Havre, San Juan, Den Haag. */
static const char articles[] = " la las los el le les de del des du den der die das di da san santa saint al von van ";

static gboolean
is_function_class (TripWordClass klass)
{
  switch (klass)
    {
    case TRIP_WORD_NUMBER: case TRIP_WORD_STAY: case TRIP_WORD_UNIT: case TRIP_WORD_TRIP: case TRIP_WORD_BOUND:
    case TRIP_WORD_PER:
    case TRIP_WORD_PERSON: case TRIP_WORD_NEGATE: case TRIP_WORD_MUST: case TRIP_WORD_PREFER: case TRIP_WORD_REMOVE:
    case TRIP_WORD_ADD: case TRIP_WORD_REPLACE: case TRIP_WORD_CHANGE: case TRIP_WORD_POLITE: case TRIP_WORD_GREETING:
    case TRIP_WORD_THANKS: case TRIP_WORD_ASK: case TRIP_WORD_REQUEST: case TRIP_WORD_VISIT: case TRIP_WORD_ORIGIN:
    case TRIP_WORD_TOWARDS: case TRIP_WORD_STOP: case TRIP_WORD_VERB: case TRIP_WORD_LIKE:
      return TRUE;
    default:
      return FALSE;
    }
}

static gdouble
weigh (TripLexicon *lexicon,
       const char  *folded)
{
  gdouble weight = 0;

  for (const TripWord *word = trip_lexicon_lookup (lexicon, folded); word != NULL; word = word->next)
    weight = MAX (weight, is_function_class (word->klass) ? FUNCTION_WEIGHT : CONTENT_WEIGHT);
  return weight;
}

static gboolean
is_kana (gunichar c)
{
  return c >= 0x3041 && c <= 0x30ff;
}

static gboolean
is_han (gunichar c)
{
  return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff);
}

/**
 * trip_language_detect:
 * @tokens: a text in tokens
 *
 * Weighs the words of a text. Any thread.
 *
 * Returns: the language that most of them speak for, English where none does
 */
TripLanguage
trip_language_detect (const TripTokens *tokens)
{
  gdouble score[TRIP_N_LANGUAGES] = { 0 };
  gboolean all_english = TRUE;
  TripLanguage best = TRIP_LANGUAGE_ENGLISH;

  for (guint i = 0; i < MIN (tokens->n, MAX_TOKENS_WEIGHED); i++)
    {
      char word[MAX_WORD_BYTES];
      gdouble weights[TRIP_N_LANGUAGES];
      guint n = 0;
      gunichar first;

      if (tokens->token[i].kind != TRIP_TOKEN_WORD || trip_tokens_slice (tokens, i, i + 1, word, sizeof word) == 0)
        continue;
      first = g_utf8_get_char (word);
      if (is_kana (first) || is_han (first))
        {
          all_english = FALSE;
          score[TRIP_LANGUAGE_JAPANESE] += is_kana (first) ? KANA_WEIGHT : HAN_WEIGHT;
          continue;
        }
      for (guint l = 0; l < TRIP_N_LANGUAGES; l++)
        {
          guint reach = trip_lexicon_reach (trip_lexicon_get (l), tokens, i);

          /* Two words that belong together are no accident. */
          weights[l] = weigh (trip_lexicon_get (l), word) + (reach > 1 ? PHRASE_WEIGHT * (reach - 1) : 0);
          n += weights[l] > 0;
        }
      all_english = all_english && weights[TRIP_LANGUAGE_ENGLISH] > 0;
      for (guint l = 0; l < TRIP_N_LANGUAGES && n > 0; l++)
        score[l] += (trip_tokens_is_any (tokens, i, articles) ? MIN (weights[l], ARTICLE_WEIGHT) : weights[l]) / n;
    }
  /* "Art" is a word of German, too. */
  if (all_english)
    return TRIP_LANGUAGE_ENGLISH;
  for (guint l = 0; l < TRIP_N_LANGUAGES; l++)
    {
      if (score[l] > score[best])
        best = l;
    }
  return best;
}
