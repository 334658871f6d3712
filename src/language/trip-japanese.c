/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reorders Japanese. “車なしで” (car without) becomes “なし車で”, “東京から” (Tokyo from) “から東京”,
 * “ローマを外して” (Rome drop) “外してローマを”: nothing else is changed, so that values are still words of the message.
 */
#include "language/trip-japanese.h"

/* No word is said of more tokens than this, which keeps a text without particles linear. */
#define MAX_OPERAND_TOKENS 40

/* What is moved before the words it is said of, and how far these reach. */
typedef enum {
  STAY_PUT,
  BEFORE_NOUN,
  BEFORE_CLAUSE,
} Movement;

static Movement
movement_at (const TripAnnotated *text,
             guint                i,
             guint               *out_end)
{
  static const TripWordClass over_clause[] = { TRIP_WORD_ADD, TRIP_WORD_REMOVE, TRIP_WORD_REPLACE };
  static const TripWordClass over_noun[] = { TRIP_WORD_NEGATE, TRIP_WORD_BOUND, TRIP_WORD_ORIGIN };

  for (gsize c = 0; c < G_N_ELEMENTS (over_clause); c++)
    if (trip_annotated_find (text, i, over_clause[c], out_end) != NULL)
      return BEFORE_CLAUSE;
  for (gsize c = 0; c < G_N_ELEMENTS (over_noun); c++)
    if (trip_annotated_find (text, i, over_noun[c], out_end) != NULL)
      return BEFORE_NOUN;
  return STAY_PUT;
}

static gboolean
ends_noun (const TripAnnotated *text,
           guint                i)
{
  return trip_annotated_is (text, i, TRIP_WORD_STOP) || trip_annotated_is (text, i, TRIP_WORD_TOWARDS) ||
         trip_annotated_is (text, i, TRIP_WORD_ORIGIN) || trip_annotated_is (text, i, TRIP_WORD_VISIT) ||
         trip_annotated_is (text, i, TRIP_WORD_VERB) || trip_annotated_is (text, i, TRIP_WORD_REQUEST) ||
         trip_annotated_is (text, i, TRIP_WORD_PREFER);
}

static gboolean
is_date (const TripAnnotated *text,
         guint                first,
         guint                end)
{
  for (guint i = first; i < end; i++)
    if (trip_annotated_is (text, i, TRIP_WORD_MONTH) || trip_annotated_is (text, i, TRIP_WORD_UNIT) ||
        trip_annotated_is (text, i, TRIP_WORD_WEEKDAY))
      return TRUE;
  return FALSE;
}

/* Where the words begin that the one at @i is said of; @i itself where there are none. */
static guint
find_operand (const TripAnnotated *text,
              guint                i,
              guint                least,
              Movement             movement)
{
  guint first = i;

  while (first > least && i - first < MAX_OPERAND_TOKENS &&
         (text->tokens->token[first].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0)
    {
      /* “Rを外して”: the particle between is not the noun's end. */
      if (movement == BEFORE_NOUN && first < i && ends_noun (text, first - 1))
        break;
      if (movement == BEFORE_NOUN && first == i && ends_noun (text, first - 1) && first - 1 > least &&
          ends_noun (text, first - 2))
        break;
      first--;
    }
  return first;
}

/**
 * trip_japanese_part_clauses:
 * @tokens: tokens of a Japanese text
 *
 * “Kに行くのですが、Wはありますか” is a statement and a question: the comma behind such a “but” ends a sentence.
 */
void
trip_japanese_part_clauses (TripTokens *tokens)
{
  for (guint i = 1; i < tokens->n; i++)
    if ((tokens->token[i].gap & TRIP_GAP_COMMA) != 0 &&
        (trip_tokens_is (tokens, i - 1, "が") ||
         (i > 1 && trip_tokens_is (tokens, i - 1, "ど") && trip_tokens_is (tokens, i - 2, "け"))))
      tokens->token[i].gap |= TRIP_GAP_STOP;
}

/**
 * trip_japanese_reorder:
 * @text: a Japanese text
 *
 * Moves the tokens of words that follow what they are said of before it: negations, bounds, "from", and the verbs of
 * changes. Punctuation stays where it is. What was found in the text holds no longer.
 *
 * Returns: whether any was moved
 */
gboolean
trip_japanese_reorder (TripAnnotated *text)
{
  guint n = text->tokens->n;
  g_autofree guint *order = g_new (guint, n + 1);
  guint done = 0;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = 0; i < n;)
    {
      guint end = i + 1;
      Movement movement = movement_at (text, i, &end);
      guint first = movement != STAY_PUT ? find_operand (text, i, done, movement) : i;

      /* “5月3日から” and “9日まで” are the ends of a span of days, no place to leave and no bound. */
      if (first < i && (trip_annotated_is (text, i, TRIP_WORD_NEGATE) || movement == BEFORE_CLAUSE ||
                        !is_date (text, first, i)))
        {
          for (guint k = 0; k < end - first; k++)
            order[first + k] = k < end - i ? i + k : first + k - (end - i);
          done = end;
        }
      i = end;
    }
  if (done > 0)
    trip_tokens_reorder (text->tokens, order);
  return done > 0;
}
