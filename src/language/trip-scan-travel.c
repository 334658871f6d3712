/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recogniser of how much one travels at most: how often one rides, for how long and how far. Walks are not its business.
 */
#include "language/trip-span.h"

#include <string.h>

/* A limit and what it limits stand this near to each other. */
#define LIMIT_REACH 12

#define WALK_WORDS " walk walks walked walking foot steps "
#define RIDE_WORDS " ride rides trip trips journey journeys "
#define TRAVEL_WORDS                                                                                                  \
  " travel travelling traveling travels transport transportation transit commuting commute ride rides riding driving "
#define OVER_WORDS " over more longer beyond farther further exceeding above exceed "
#define FILLERS                                                                                                      \
  " of on in by the a an time than for spent spend spending be should total public local take use more getting around " \
  "between stops sights places "
#define NEGATIONS " no not dont never without avoid nothing cant cannot wont "

/* Ways between cities, and to and from home, are no rides about town. */
#define TOWN_MODES " bike subway bus tram taxi car transit "

static struct {
  TripWordSet words;
  gdouble minutes;
  gdouble metres;
} units[] = {
  { { .words = " minute minutes min mins " }, 1.0, 0.0 },
  { { .words = " hour hours h hr hrs " }, 60.0, 0.0 },
  { { .words = " km kms kilometer kilometers kilometre kilometres k " }, 0.0, 1000.0 },
  { { .words = " m meter meters metre metres " }, 0.0, 1.0 },
  { { .words = " mile miles mi " }, 0.0, 1609.0 },
};

typedef struct {
  gboolean bounded;
  gboolean negated;
  gboolean of_travel;
  gboolean of_rides;
  gboolean per_day;
  gdouble count;
  gdouble minutes;
  gdouble metres;
  const TripWord *mode;
} Limit;

/* "3", "an hour", "half an hour", "45 minutes", "5 km" */
static gboolean
read_quantity (const TripAnnotated *text,
               guint                i,
               guint               *out_end,
               Limit               *limit)
{
  const TripTokens *tokens = text->tokens;
  gdouble count = 1.0;
  gboolean half = FALSE;
  guint end = i;

  if (trip_tokens_is (tokens, i, "half") && trip_tokens_is_any (tokens, i + 1, " a an "))
    {
      half = TRUE;
      end = i + 2;
    }
  else if (trip_tokens_is (tokens, i, "an") && trip_tokens_is (tokens, i + 1, "hour"))
    {
      end = i + 1;
    }
  else if (trip_tokens_is (tokens, i, "once") || trip_tokens_is (tokens, i, "twice"))
    {
      limit->count = trip_tokens_is (tokens, i, "once") ? 1.0 : 2.0;
      limit->of_rides = TRUE;
      *out_end = i + 1;
      return TRUE;
    }
  else if (!trip_scan_number (text, i, &end, &count) || count <= 0 || count > 1e6)
    {
      return FALSE;
    }
  for (gsize k = 0; k < G_N_ELEMENTS (units); k++)
    {
      if (!trip_tokens_is_of_set (tokens, end, &units[k].words))
        continue;
      limit->minutes = count * units[k].minutes * (half ? 0.5 : 1.0);
      limit->metres = count * units[k].metres * (half ? 0.5 : 1.0);
      *out_end = end + 1;
      return TRUE;
    }
  if (half || count != (gint) count || count > 50)
    return FALSE;
  limit->count = count;
  *out_end = end;
  return TRUE;
}

/* Whether there is any point in reading on: nearly all numbers are of something else. */
static gboolean
names_travel (const TripAnnotated *text,
              guint                i)
{
  for (guint at = i; at < MIN (i + LIMIT_REACH, text->tokens->n); at++)
    if (trip_annotated_is (text, at, TRIP_WORD_TRANSPORT) || trip_tokens_is_any (text->tokens, at, TRAVEL_WORDS) ||
        trip_tokens_is (text->tokens, at, "between"))
      return TRUE;
  return FALSE;
}

static gboolean
begins_limit (const TripAnnotated *text,
              guint                i)
{
  const TripTokens *tokens = text->tokens;

  return trip_annotated_is (text, i, TRIP_WORD_BOUND) || trip_annotated_is (text, i, TRIP_WORD_TRANSPORT) ||
         trip_annotated_is (text, i, TRIP_WORD_NUMBER) || tokens->token[i].kind == TRIP_TOKEN_NUMBER ||
         trip_tokens_is_any (tokens, i, NEGATIONS) || trip_tokens_is_any (tokens, i, TRAVEL_WORDS);
}

static gboolean
has_quantity (const Limit *limit)
{
  return limit->count > 0 || limit->minutes > 0 || limit->metres > 0;
}

static gboolean
is_means_of_town (const TripWord *word)
{
  g_autofree char *padded = g_strdup_printf (" %s ", word->value);

  return strstr (TOWN_MODES, padded) != NULL;
}

/* Reads the words from @i on; returns the token behind the last one that belongs to the limit, 0 where there is none. */
static guint
read_limit (const TripAnnotated *text,
            guint                i,
            Limit               *limit)
{
  const TripTokens *tokens = text->tokens;
  guint last = 0;
  guint end;

  for (guint at = i; at < MIN (i + LIMIT_REACH, tokens->n);)
    {
      const TripWord *word;

      if (at > i && (tokens->token[at].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0)
        break;
      if (trip_tokens_is_any (tokens, at, WALK_WORDS) || trip_annotated_is (text, at, TRIP_WORD_CURRENCY))
        return 0;
      if (limit->negated && trip_tokens_is_any (tokens, at, OVER_WORDS))
        {
          limit->bounded = TRUE;
          at++;
        }
      else if ((word = trip_annotated_find (text, at, TRIP_WORD_BOUND, &end)) != NULL)
        {
          /* "At least" limits nothing. */
          if (strcmp (word->value, "min") == 0)
            return 0;
          limit->bounded |= strcmp (word->value, "max") == 0;
          at = end;
        }
      else if (has_quantity (limit) && (word = trip_annotated_find (text, at, TRIP_WORD_PER, &end)) != NULL)
        {
          if (strcmp (word->value, "day") != 0)
            break;
          limit->per_day = TRUE;
          at = last = end;
        }
      else if (!has_quantity (limit) && read_quantity (text, at, &end, limit))
        {
          at = last = end;
        }
      else if ((word = trip_annotated_find (text, at, TRIP_WORD_TRANSPORT, &end)) != NULL && is_means_of_town (word) &&
               limit->mode == NULL)
        {
          limit->mode = word;
          limit->of_rides |= limit->count > 0;
          at = last = end;
        }
      else if (trip_tokens_is_any (tokens, at, TRAVEL_WORDS) ||
               (limit->mode != NULL && trip_tokens_is_any (tokens, at, RIDE_WORDS)))
        {
          limit->of_travel = TRUE;
          limit->of_rides |= trip_tokens_is_any (tokens, at, RIDE_WORDS);
          last = ++at;
        }
      else if (trip_tokens_is_any (tokens, at, NEGATIONS))
        {
          limit->negated = TRUE;
          at++;
        }
      else if (trip_tokens_is_any (tokens, at, FILLERS))
        {
          if (at > i && trip_tokens_is_any (tokens, at, " stops sights places ") && trip_tokens_is (tokens, at - 1, "between"))
            {
              limit->of_travel = TRUE;
              last = at + 1;
            }
          at++;
        }
      else
        {
          break;
        }
    }
  return last;
}

/**
 * trip_scan_travel:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads how much one travels at most: `max 3 subway rides a day`, `max 1 hour of travel a day`, `at most 30 minutes on the
 * bus`, `no taxi rides over 20 minutes`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_travel (const TripAnnotated *text,
                  guint                i,
                  TripSpan            *span)
{
  Limit limit = { 0 };
  guint end;

  if (!begins_limit (text, i) || !names_travel (text, i))
    return FALSE;
  end = read_limit (text, i, &limit);
  if (end <= i || !limit.bounded || !has_quantity (&limit) || (limit.mode == NULL && !limit.of_travel))
    return FALSE;
  /* A number alone counts rides, or what one rides in. */
  if (limit.count > 0 && !limit.of_rides)
    return FALSE;
  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_TRAVEL;
  span->topic = TRIP_TOPIC_TRAVEL;
  span->children = -1;
  span->first = i;
  span->end = end;
  span->word = limit.mode;
  span->visits = (gint) limit.count;
  span->minutes = (gint) MIN (limit.minutes, 1e6);
  span->metres = limit.metres;
  span->per = limit.per_day ? TRIP_MONEY_DAY : TRIP_MONEY_TOTAL;
  return TRUE;
}
