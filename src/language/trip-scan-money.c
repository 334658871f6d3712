/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recogniser of amounts of money: with a currency in any usual place, or made money by the words around the number.
 */
#include "language/trip-span.h"

#include <string.h>

/* What is paid for all at once where nothing else is said: "food under $300". */
#define ALL_TOGETHER                                                                                                 \
  " food eating dining groceries transport transportation transit sightseeing lodging accommodation accommodations "  \
  "taxis fares admissions "

static gboolean
gap_is_near (const TripTokens *tokens,
             guint             i)
{
  return i < tokens->n &&
    (tokens->token[i].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN | TRIP_GAP_DOT | TRIP_GAP_SLASH)) == 0;
}

/* Codes that are words, too: money only in capitals. */
#define WORDS_AS_CODES " all cop cup gel mad pen php try "

/* "won", "real" and "rand" are words of their own: as money they stand behind a number. */
static const TripWord *
find_currency (const TripAnnotated *text,
               guint                i,
               gboolean             before_number,
               guint               *out_end)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word = trip_annotated_find (text, i, TRIP_WORD_CURRENCY, out_end);

  if (word == NULL ||
      (*out_end == i + 1 && !tokens->token[i].all_caps && trip_tokens_is_any (tokens, i, " cop cup gel mad pen ")))
    return NULL;
  if (before_number && tokens->token[i].kind == TRIP_TOKEN_WORD && *out_end == i + 1)
    {
      gboolean code = tokens->token[i].folded_len == 3 && g_ascii_strcasecmp (word->value, word->phrase) == 0;

      if (!(code && (tokens->token[i].all_caps || !trip_tokens_is_any (tokens, i, WORDS_AS_CODES))) &&
          !trip_tokens_is_any (tokens, i, " rs rm rmb "))
        return NULL;
    }
  return word;
}

/* An amount without bound or purpose. Sets the currency where it is said. */
static gboolean
read_amount (const TripAnnotated *text,
             guint                i,
             guint               *out_end,
             gdouble             *out_amount,
             char                *currency)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word;
  guint at = i;
  guint end;

  word = find_currency (text, at, TRUE, &end);
  if (word != NULL)
    {
      if (!gap_is_near (tokens, end) && end < tokens->n)
        return FALSE;
      g_strlcpy (currency, word->value, 4);
      at = end;
    }
  if (!trip_scan_number (text, at, &end, out_amount))
    return FALSE;
  if (word == NULL && end < tokens->n && gap_is_near (tokens, end))
    {
      guint behind;

      word = find_currency (text, end, FALSE, &behind);
      if (word != NULL)
        {
          g_strlcpy (currency, word->value, 4);
          end = behind;
        }
    }
  else if (word != NULL && end < tokens->n && (tokens->token[end].gap & ~TRIP_GAP_SPACE) == 0)
    {
      guint behind;
      const TripWord *again = find_currency (text, end, FALSE, &behind);

      /* "$3000 CAD": the code says which dollars. */
      if (again != NULL)
        {
          g_strlcpy (currency, again->value, 4);
          end = behind;
        }
    }
  *out_end = end;
  return TRUE;
}

static gboolean
counts_something_else (const TripAnnotated *text,
                       guint                i)
{
  return trip_annotated_is (text, i, TRIP_WORD_UNIT) || trip_annotated_is (text, i, TRIP_WORD_PERSON) ||
         trip_annotated_is (text, i, TRIP_WORD_MONTH) || trip_annotated_is (text, i, TRIP_WORD_LODGING) ||
         trip_annotated_is (text, i, TRIP_WORD_INTEREST) || trip_annotated_is (text, i, TRIP_WORD_PLAN) ||
         trip_tokens_is_any (text->tokens, i,
                             " km m miles mile minutes minute hours hour am pm oclock st nd rd th star stars cities "
                             "city "
                             "stops different of percent years year meters metres kilometers countries places ");
}

/* What stands between what an amount is for and the amount: "meals that cost under 25 euros". */
#define AFTER_SUBJECT                                                                                                \
  " that which cost costs costing should be is are must may to for at of the a our my we i priced price prices "

/* Larger amounts in these are for the whole trip: "good restaurants, under $3000". */
#define STRONG_CURRENCIES "USD EUR GBP CHF CAD AUD NZD SGD"
#define MOST_FOR_ONE 1000.0

/* "Hotels under", "the food budget is", "museum tickets max": what the amount is for stands first. */
static gboolean
read_subject (const TripAnnotated *text,
              guint               *at,
              TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  guint i = *at;

  if (!trip_money_kind_at (text, i, &i, &span->money_kind))
    return FALSE;
  for (guint n = 0; n < 4 && i < tokens->n && trip_tokens_is_any (tokens, i, AFTER_SUBJECT) &&
                    (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0; n++)
    i++;
  if (i >= tokens->n || (tokens->token[i].gap & ((TRIP_GAP_CLAUSE & ~TRIP_GAP_COLON) | TRIP_GAP_COMMA)) != 0)
    {
      span->money_kind = TRIP_MONEY_KIND_ALL;
      return FALSE;
    }
  *at = i;
  return TRUE;
}

/* "On food", "for restaurants", "per museum", "a ticket", "for each meal" */
static gboolean
read_object (const TripAnnotated *text,
             guint                i,
             guint               *out_end,
             TripMoneyKind       *out_kind,
             gboolean            *out_each)
{
  const TripTokens *tokens = text->tokens;
  gboolean joined = trip_tokens_is_any (tokens, i, " on for per in ");
  gboolean each = trip_tokens_is_any (tokens, i, " per a an each every ");

  if (!joined && !each)
    return FALSE;
  i++;
  if (joined && trip_tokens_is_any (tokens, i, " a an each every any one "))
    {
      each = TRUE;
      i++;
    }
  else if (joined && trip_tokens_is_any (tokens, i, " the our my all "))
    {
      i++;
    }
  if (i >= tokens->n || (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0 ||
      !trip_money_kind_at (text, i, out_end, out_kind))
    return FALSE;
  /* "For lunch" is for each one. */
  *out_each = each || trip_tokens_is_any (tokens, *out_end - 1, " lunch dinner breakfast ");
  return TRUE;
}

static gboolean
is_for_kind (const TripAnnotated *text,
             guint                i)
{
  TripMoneyKind kind;
  gboolean each;
  guint end;

  for (guint n = 0; n < 2 && trip_annotated_find (text, i, TRIP_WORD_PER, &end) != NULL; n++)
    i = end;
  return read_object (text, i, &end, &kind, &each);
}

/* "A day", "per person", "on food" behind an amount, in any order. Returns the token behind them. */
static guint
read_purpose (const TripAnnotated *text,
              guint                end,
              TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  guint behind;

  for (guint n = 0; n < 4 && end < tokens->n && (tokens->token[end].gap & (TRIP_GAP_CLAUSE & ~TRIP_GAP_BREAK)) == 0; n++)
    {
      const TripWord *word = trip_annotated_find (text, end, TRIP_WORD_PER, &behind);
      TripMoneyKind kind;
      gboolean each;

      if (span->money_kind == TRIP_MONEY_KIND_ALL && (tokens->token[end].gap & TRIP_GAP_COMMA) == 0 &&
          read_object (text, end, &behind, &kind, &each))
        {
          /* What is for more than one kind of things is a budget. */
          if (trip_tokens_is_any (tokens, behind, " and or plus ") &&
              trip_money_kind_at (text, behind + 1, &behind, &kind))
            break;
          span->money_kind = kind;
          span->per |= each ? (kind == TRIP_MONEY_KIND_LODGING ? TRIP_MONEY_NIGHT : TRIP_MONEY_VISIT) : 0;
          end = behind;
          continue;
        }
      if (word == NULL && trip_tokens_is (tokens, end, "for") &&
          (word = trip_annotated_find (text, end + 1, TRIP_WORD_PER, &behind)) == NULL)
        break;
      if (word == NULL && trip_tokens_is (tokens, end, "budget"))
        {
          end++;
          continue;
        }
      if (word == NULL)
        break;
      if ((tokens->token[end].gap & TRIP_GAP_COMMA) != 0 && strcmp (word->value, "total") != 0)
        break;
      /* "Under $1300, max 5 rides" begins another limit. */
      if (trip_annotated_is (text, end, TRIP_WORD_BOUND) && behind < tokens->n &&
          (tokens->token[behind].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0 &&
          (tokens->token[behind].kind != TRIP_TOKEN_WORD || trip_annotated_is (text, behind, TRIP_WORD_NUMBER)))
        break;
      if (strcmp (word->value, "day") == 0)
        span->per |= TRIP_MONEY_DAY;
      else if (strcmp (word->value, "person") == 0)
        span->per |= TRIP_MONEY_PERSON;
      else if (strcmp (word->value, "night") == 0)
        span->per |= TRIP_MONEY_NIGHT;
      else if (strcmp (word->value, "total") == 0)
        span->per |= TRIP_MONEY_WHOLE;
      end = behind;
    }
  return end;
}

/* What is said of one kind of things alone is no budget of the trip. @is_subject tells that the kind stood first: then an
 * amount without more is that of each, "hotels under $120". */
static void
settle_kind (const TripAnnotated *text,
             TripSpan            *span,
             gboolean             is_subject)
{
  const guint spread = TRIP_MONEY_DAY | TRIP_MONEY_NIGHT | TRIP_MONEY_VISIT | TRIP_MONEY_WHOLE;

  if (is_subject && (span->per & spread) == 0 && span->amount >= MOST_FOR_ONE &&
      (*span->currency == '\0' || strstr (STRONG_CURRENCIES, span->currency) != NULL))
    span->money_kind = TRIP_MONEY_KIND_ALL;
  if (span->money_kind == TRIP_MONEY_KIND_ALL && (span->per & TRIP_MONEY_NIGHT) != 0)
    span->money_kind = TRIP_MONEY_KIND_LODGING;
  span->topic = trip_money_topic (span->money_kind);
  if (span->money_kind == TRIP_MONEY_KIND_ALL)
    return;
  if (is_subject && (span->per & spread) == 0 && !trip_tokens_is_any (text->tokens, span->first, ALL_TOGETHER))
    span->per |= span->money_kind == TRIP_MONEY_KIND_LODGING ? TRIP_MONEY_NIGHT : TRIP_MONEY_VISIT;
  /* The price of a meal or a ticket is one person's, and "meals under 25 each" says no more than that. */
  if ((span->per & TRIP_MONEY_VISIT) != 0 && span->money_kind != TRIP_MONEY_KIND_LODGING)
    span->per |= TRIP_MONEY_PERSON;
  if (span->money_kind == TRIP_MONEY_KIND_LODGING && (span->per & TRIP_MONEY_DAY) != 0)
    span->per = (span->per & ~(guint) TRIP_MONEY_DAY) | TRIP_MONEY_NIGHT;
}

/**
 * trip_scan_money:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads an amount: `under $3000`, `no more than $70 per day`, `2000 euros per person`, `budget is 4000`, `a 2k budget`,
 * `between 1000 and 1500 EUR` (the upper one counts). Or one for a kind of things: `$30 a day on food`, `max 20 euros per
 * museum`, `hotels under $120 a night`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_money (const TripAnnotated *text,
                 guint                i,
                 TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word;
  gboolean budget = FALSE;
  gboolean bound = FALSE;
  gboolean between = FALSE;
  guint at = i;
  guint end;
  guint behind;
  gboolean of_kind, negated;
  gdouble upper;

  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_MONEY;
  span->topic = TRIP_TOPIC_BUDGET;
  span->children = -1;
  span->first = i;

  negated = trip_tokens_is_any (tokens, at, " no avoid never without skip ") && !trip_annotated_is (text, at, TRIP_WORD_BOUND);
  at += negated ? 1 : 0;
  of_kind = read_subject (text, &at, span);
  /* "No restaurants over 50 euros": more is what is not wanted. */
  if (negated && (!of_kind || !trip_tokens_is_any (tokens, at, " over above exceeding beyond more ")))
    return FALSE;
  if (negated)
    {
      bound = TRUE;
      at += trip_tokens_is (tokens, at + 1, "than") ? 2 : 1;
    }
  word = trip_annotated_find (text, at, TRIP_WORD_BUDGET, &end);
  if (word != NULL)
    {
      budget = strstr (word->phrase, "budget") != NULL || strstr (word->phrase, "spend") != NULL ||
        strstr (word->phrase, "afford") != NULL;
      at = end;
      /* "we have around 1800 euros": the verb is no part of the phrase. */
      if (trip_tokens_is_any (tokens, i, " have worth "))
        span->first = at;
      for (guint n = 0; n < 5 && trip_tokens_is_any (tokens, at,
                                                     " is are of was be for this the trip venture journey our my "
                                                     "set at to allotted allocated "
                                                     "revised now total only it have we i ll will exactly limit "
                                                     "limited comes stands range "
                                                     "travel entire here remains whole "); n++)
        at++;
      if (at < tokens->n && (tokens->token[at].gap & TRIP_GAP_CLAUSE) != 0 &&
          (tokens->token[at].gap & TRIP_GAP_STOP) != 0)
        return FALSE;
    }
  for (guint n = 0; n < 3 && (word = trip_annotated_find (text, at, TRIP_WORD_BOUND, &end)) != NULL; n++)
    {
      if (trip_tokens_is (tokens, at, "from") && !budget)
        break;
      /* "Restaurants over 50 euros" is no limit. */
      if (of_kind && strcmp (word->value, "min") == 0)
        return FALSE;
      bound = TRUE;
      at = end;
    }
  if (trip_tokens_is (tokens, at, "between"))
    {
      between = TRUE;
      at++;
    }
  if (trip_tokens_is (tokens, at, "a") && (bound || budget))
    at++;
  /* "Food and 300 euros" says nothing of what food may cost. */
  if (of_kind && !bound && !budget)
    return FALSE;
  if (!read_amount (text, at, &end, &span->amount, span->currency))
    return FALSE;
  if (at > i && (tokens->token[at].gap & TRIP_GAP_STOP) != 0)
    return FALSE;

  /* A range: "1000-1500", "1000 to 1500", "between 1000 and 1500". */
  behind = end;
  if (trip_tokens_is (tokens, behind, "to") || (between && trip_tokens_is (tokens, behind, "and")))
    behind++;
  if ((behind > end || (end < tokens->n && (tokens->token[end].gap & TRIP_GAP_HYPHEN) != 0)) &&
      read_amount (text, behind, &behind, &upper, span->currency) && upper > span->amount &&
        !counts_something_else (text, behind))
    {
      span->amount = upper;
      end = behind;
    }
  else if (between)
    {
      return FALSE;
    }

  if (*span->currency == '\0')
    {
      gboolean per_head = trip_annotated_is (text, end, TRIP_WORD_PER);
      gboolean for_kind = bound && (of_kind || is_for_kind (text, end));

      if (counts_something_else (text, end))
        return FALSE;
      if (trip_tokens_is (tokens, end, "budget") || trip_tokens_is (tokens, end, "max") ||
          trip_tokens_is (tokens, end, "total"))
        budget = TRUE;
      /* A bare number is money only if the words say so and it can be: not "around 10", not "after 2026". */
      if (!budget && !(bound && span->amount >= 100 && (span->amount < 1900 || span->amount > 2100)) &&
          !(bound && per_head && span->amount >= 20) && !for_kind)
        return FALSE;
      if (span->amount < 10 && !for_kind)
        return FALSE;
    }
  if (span->amount <= 0 || span->amount > 1e12)
    return FALSE;

  end = read_purpose (text, end, span);
  settle_kind (text, span, of_kind);
  span->end = end;
  return TRUE;
}
