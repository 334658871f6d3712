/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recognisers of what bounds a day beyond its hours: how far one walks, how many sights one sees, and what a day of
 * the trip is to be about.
 */
#include "language/trip-span.h"

#include <string.h>

/* A limit and what it limits stand this near to each other. */
#define LIMIT_REACH 11

#define WALK_WORDS " walk walks walked walking foot "
#define STEP_METRES 0.7
#define WALK_METRES_A_MINUTE 75.0

/* A walk that may be longer than this is a day's walking, unless the words say otherwise. */
#define DAY_WALK_METRES 2000.0

#define SIGHT_WORDS                                                                                                  \
  " sight sights place places stop stops visit visits attraction attractions activity activities thing things "       \
  "sightseeing spots spot pois "

#define LEAD_INS " is are for of the a an to about with = should be all only just will want we our my i ll on in at "

static struct {
  TripWordSet words;
  gdouble metres;
} units[] = {
  { { .words = " km kms kilometer kilometers kilometre kilometres k " }, 1000.0 },
  { { .words = " m meter meters metre metres " }, 1.0 },
  { { .words = " mile miles mi " }, 1609.0 },
  { { .words = " step steps " }, STEP_METRES },
  { { .words = " minute minutes min mins " }, WALK_METRES_A_MINUTE },
  { { .words = " hour hours " }, 60.0 * WALK_METRES_A_MINUTE },
};

static void
span_init (TripSpan     *span,
           TripSpanKind  kind,
           guint         topic,
           guint         first)
{
  memset (span, 0, sizeof *span);
  span->kind = kind;
  span->topic = topic;
  span->children = -1;
  span->first = first;
}

static gboolean
ends_clause (const TripTokens *tokens,
             guint             i)
{
  return i >= tokens->n || (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0;
}

static gboolean
is_upper_bound (const TripAnnotated *text,
                guint                i,
                guint               *out_end)
{
  const TripWord *word = trip_annotated_find (text, i, TRIP_WORD_BOUND, out_end);

  return word != NULL && strcmp (word->value, "max") == 0;
}

static gboolean
is_negation (const TripTokens *tokens,
             guint             i)
{
  return trip_tokens_is_any (tokens, i, " no not dont never without avoid nothing cant cannot wont ");
}

/* "5 km", "800 metres", "10,000 steps", "30 minutes" */
static gboolean
read_distance (const TripAnnotated *text,
               guint                i,
               guint               *out_end,
               gdouble             *out_metres,
               gboolean            *out_steps)
{
  gdouble count;
  guint end;

  if (!trip_scan_number (text, i, &end, &count) || count <= 0 || count > 1e6)
    return FALSE;
  for (gsize k = 0; k < G_N_ELEMENTS (units); k++)
    {
      if (!trip_tokens_is_of_set (text->tokens, end, &units[k].words))
        continue;
      *out_metres = count * units[k].metres;
      *out_steps = units[k].metres == STEP_METRES;
      *out_end = end + 1;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_per_day (const TripAnnotated *text,
            guint                i,
            guint               *out_end)
{
  const TripWord *per = trip_annotated_find (text, i, TRIP_WORD_PER, out_end);

  return per != NULL && strcmp (per->value, "day") == 0;
}

/* Whether there is any point in reading on: nearly all numbers are of something else. */
static gboolean
names_walking (const TripTokens *tokens,
               guint             i)
{
  for (guint at = i; at < MIN (i + LIMIT_REACH, tokens->n); at++)
    if (trip_tokens_is_any (tokens, at, WALK_WORDS "step steps "))
      return TRUE;
  return FALSE;
}

/**
 * trip_scan_walk:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads how far one walks at most, at once or in a day: `walk no more than 5 km a day`, `no walks over 500 m`, `at most
 * 10,000 steps a day`, `max 20 minutes on foot`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_walk (const TripAnnotated *text,
                guint                i,
                TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  gboolean walks = FALSE, bounded = FALSE, negated = FALSE, has_distance = FALSE, steps = FALSE;
  gboolean per_day = FALSE, single = FALSE;
  gdouble metres = 0;
  guint last = i;
  guint end;

  if (!trip_tokens_is_any (tokens, i, WALK_WORDS) && !is_negation (tokens, i) && !is_upper_bound (text, i, &end) &&
      tokens->token[i].kind != TRIP_TOKEN_NUMBER && !trip_annotated_is (text, i, TRIP_WORD_NUMBER))
    return FALSE;
  if (!names_walking (tokens, i))
    return FALSE;
  for (guint at = i; at < MIN (i + LIMIT_REACH, tokens->n);)
    {
      if (at > i && ends_clause (tokens, at))
        break;
      if (is_upper_bound (text, at, &end))
        {
          bounded = TRUE;
          at = last = end;
        }
      else if (!has_distance && read_distance (text, at, &end, &metres, &steps))
        {
          has_distance = TRUE;
          walks |= steps;
          at = last = end;
        }
      else if (has_distance && is_per_day (text, at, &end))
        {
          per_day = TRUE;
          at = last = end;
        }
      else if (trip_tokens_is_any (tokens, at, WALK_WORDS))
        {
          walks = TRUE;
          single |= trip_tokens_is_any (tokens, at, " walks ");
          last = ++at;
        }
      else if (has_distance && trip_tokens_is_any (tokens, at, " time once stretch go leg ") && at > i &&
               trip_tokens_is_any (tokens, at - 1, " a at one any single "))
        {
          single = TRUE;
          last = ++at;
        }
      else if (trip_tokens_is_any (tokens, at, " over more longer beyond farther further exceeding above exceed "))
        {
          bounded |= negated;
          at++;
        }
      else if (is_negation (tokens, at))
        {
          negated = TRUE;
          at++;
        }
      else if (trip_annotated_is (text, at, TRIP_WORD_BOUND))
        {
          /* "At least" and "around" limit nothing. */
          const TripWord *other = trip_annotated_find (text, at, TRIP_WORD_BOUND, &end);

          if (strcmp (other->value, "min") == 0)
            return FALSE;
          at = end;
        }
      else
        {
          at++;
        }
    }
  if (!walks || !bounded || !has_distance || metres < 50)
    return FALSE;
  span_init (span, TRIP_SPAN_WALK, TRIP_TOPIC_WALKING, i);
  span->end = last;
  span->metres = metres;
  span->per = per_day || (!single && metres > DAY_WALK_METRES) || steps ? TRIP_MONEY_DAY : TRIP_MONEY_TOTAL;
  return TRUE;
}

/* "museum", "2 hours of museums", "2 hours in museums a day": how much of a kind there is at most. */
static gboolean
scan_kind (const TripAnnotated *text,
           guint                first,
           guint                at,
           gdouble              count,
           TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  gint minutes = 0;
  const TripWord *word;
  guint end;

  if (trip_tokens_is_any (tokens, at, " hour hours h hrs "))
    minutes = (gint) (count * 60.0);
  else if (trip_tokens_is_any (tokens, at, " minute minutes min mins "))
    minutes = (gint) count;
  if (minutes > 0)
    {
      if (!trip_tokens_is_any (tokens, at + 1, " of in at for inside "))
        return FALSE;
      at += 2;
    }
  word = trip_annotated_find (text, at, TRIP_WORD_INTEREST, &end);
  if (word == NULL || *word->value == '\0' || (minutes == 0 && (count != (gint) count || count > 20)))
    return FALSE;
  /* "A museum pass" and "three museum days" are other things. */
  if (trip_tokens_is_any (tokens, end, " pass passes ticket tickets tour tours day days trip trips "))
    return FALSE;
  span_init (span, TRIP_SPAN_VISITS, TRIP_TOPIC_PACE, first);
  span->word = word;
  span->theme_first = at;
  span->theme_end = span->end = end;
  span->visits = minutes > 0 ? 0 : (gint) count;
  span->minutes = minutes;
  if (is_per_day (text, end, &end))
    {
      span->per = TRIP_MONEY_DAY;
      span->end = end;
    }
  return TRUE;
}

/**
 * trip_scan_visits:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads how many sights a day has at most: `max 3 sights per day`, `no more than two places a day`. Or how much of a kind
 * there is at most, on a day or at all: `at most 2 hours of museums a day`, `no more than one church`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_visits (const TripAnnotated *text,
                  guint                i,
                  TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  gboolean bounded = FALSE;
  gdouble count;
  guint at = i;
  guint end;

  if (is_upper_bound (text, at, &end))
    {
      bounded = TRUE;
      at = end;
    }
  else if (trip_tokens_is_any (tokens, at, " only just "))
    {
      at++;
    }
  if (!trip_scan_number (text, at, &end, &count) || count <= 0 || count > 600)
    return FALSE;
  at = end;
  if (bounded && !trip_tokens_is_any (tokens, at, SIGHT_WORDS) && scan_kind (text, i, at, count, span))
    return TRUE;
  if (count < 1 || count > 20)
    return FALSE;
  if (trip_tokens_is_any (tokens, at, " main big different "))
    at++;
  if (!trip_tokens_is_any (tokens, at, SIGHT_WORDS) || !is_per_day (text, at + 1, &end))
    return FALSE;
  span_init (span, TRIP_SPAN_VISITS, TRIP_TOPIC_PACE, i);
  span->visits = (gint) count;
  span->end = end;
  return TRUE;
}

/**
 * trip_scan_day:
 * @text: annotated tokens
 * @i: a token
 * @out_end: (out): the token behind the day
 * @out_day: (out): its number, or %TRIP_DAY_LAST
 *
 * Reads a day of the trip: `day 2`, `the second day`, `the last day`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_day (const TripAnnotated *text,
               guint                i,
               guint               *out_end,
               gint                *out_day)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *ordinal;
  gdouble number;
  guint end;

  if (trip_tokens_is (tokens, i, "the"))
    i++;
  if (trip_tokens_is (tokens, i, "day") && i + 1 < tokens->n && (tokens->token[i + 1].gap & ~TRIP_GAP_SPACE) == 0 &&
      trip_scan_number (text, i + 1, &end, &number) && number >= 1 && number <= 60 && number == (gint) number)
    {
      *out_day = (gint) number;
      *out_end = end;
      return !trip_annotated_is (text, end, TRIP_WORD_MONTH);
    }
  if (trip_tokens_is_any (tokens, i, " last final ") && trip_tokens_is (tokens, i + 1, "day"))
    {
      *out_day = TRIP_DAY_LAST;
      *out_end = i + 2;
      return TRUE;
    }
  ordinal = trip_annotated_find (text, i, TRIP_WORD_ORDINAL, &end);
  if (ordinal != NULL && trip_tokens_is (tokens, end, "day") && ordinal->number >= 1 && ordinal->number <= 60)
    {
      *out_day = (gint) ordinal->number;
      *out_end = end + 1;
      return TRUE;
    }
  return FALSE;
}

static const TripWord *
find_theme (const TripAnnotated *text,
            guint                i,
            guint               *out_end)
{
  static const TripWordClass classes[] = { TRIP_WORD_INTEREST, TRIP_WORD_FOOD };
  const TripWord *best = NULL;

  for (gsize k = 0; k < G_N_ELEMENTS (classes); k++)
    {
      guint end;
      const TripWord *word = trip_annotated_find (text, i, classes[k], &end);

      if (word != NULL && (best == NULL || end > *out_end))
        {
          best = word;
          *out_end = end;
        }
    }
  return best;
}

static gboolean
set_theme (TripSpan       *span,
           guint           first,
           guint           end,
           const TripWord *word,
           guint           theme_first,
           guint           theme_end,
           gint            day)
{
  span_init (span, TRIP_SPAN_DAY_WISH, TRIP_TOPIC_INTEREST, first);
  span->end = end;
  span->word = word;
  span->theme_first = theme_first;
  span->theme_end = theme_end;
  span->day = day;
  return TRUE;
}

/**
 * trip_scan_day_wish:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads what a day is to be about: `day 2: gardens`, `museums on the first day`, `a food day`, `one day for shopping`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_day_wish (const TripAnnotated *text,
                    guint                i,
                    TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word;
  guint at, end;
  gint day;

  /* "day 2: gardens", "the last day should be for shopping" */
  if (trip_scan_day (text, i, &at, &day))
    {
      guint limit = at + 4;

      if (at < tokens->n && (tokens->token[at].gap & (TRIP_GAP_STOP | TRIP_GAP_QUESTION)) != 0 &&
          (tokens->token[at].gap & TRIP_GAP_COLON) == 0)
        return FALSE;
      while (at < limit && trip_tokens_is_any (tokens, at, LEAD_INS) && !(at > i && trip_tokens_is_any (tokens, at, " in at ")))
        at++;
      word = find_theme (text, at, &end);
      return word != NULL && set_theme (span, i, end, word, at, end, day);
    }
  /* "a food day", "one museum day" */
  if (trip_tokens_is_any (tokens, i, " a an one the another "))
    {
      word = find_theme (text, i + 1, &end);
      if (word != NULL && trip_tokens_is (tokens, end, "day") &&
          !trip_tokens_is_any (tokens, end + 1, " trip trips tour tours pass ticket tickets ") &&
          (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) == 0)
        return set_theme (span, i, end + 1, word, i + 1, end, TRIP_DAY_ANY);
      /* "a day of museums", "one day just for shopping" */
      if (!trip_tokens_is (tokens, i + 1, "day"))
        return FALSE;
      for (at = i + 2; at < i + 5 && trip_tokens_is_any (tokens, at, " of for just only with full all about "); at++)
        ;
      word = at > i + 2 ? find_theme (text, at, &end) : NULL;
      return word != NULL && set_theme (span, i, end, word, at, end, TRIP_DAY_ANY);
    }
  /* "gardens on day 2" */
  word = find_theme (text, i, &end);
  if (word != NULL && trip_tokens_is_any (tokens, end, " on for ") && trip_scan_day (text, end + 1, &at, &day))
    return set_theme (span, i, at, word, i, end, day);
  return FALSE;
}

/**
 * trip_phrase_day:
 * @text: annotated tokens of a phrase
 * @out_first: (out): first token of the day's words
 * @out_end: (out): token behind them
 *
 * Finds the day that a phrase speaks of: "Colosseum on day 2".
 *
 * Returns: its number, %TRIP_DAY_LAST, or %TRIP_DAY_ANY where there is none
 */
gint
trip_phrase_day (const TripAnnotated *text,
                 guint               *out_first,
                 guint               *out_end)
{
  for (guint i = 0; i < text->tokens->n; i++)
    {
      gint day;

      if (!trip_scan_day (text, i, out_end, &day))
        continue;
      *out_first = i > 0 && trip_tokens_is_any (text->tokens, i - 1, " on for ") ? i - 1 : i;
      return day;
    }
  return TRIP_DAY_ANY;
}
