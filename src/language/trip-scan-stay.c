/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recogniser of where to stay: a lodging by its name, with how many nights, or what it should be near to. It knows no
 * names: those are whatever stands where one is expected.
 */
#include "language/trip-span.h"

#include <string.h>

#define STAY_VERBS " stay stays staying sleep sleeping sleeps overnight overnighting lodge lodging book booking booked base "  \
                   "based check "

/* What one stays in, where a preposition follows that says where it is. */
#define HOUSES " hotel hotels accommodation accommodations lodging lodgings room rooms hostel hostels apartment apartments "   \
               "place guesthouse ryokan inn bed beds "

/* What ends a name in a phrase. */
#define NAME_ENDS " under below for with without which that and but or then on from until till if because please only "

/* No name, but a kind of place, for which there are other words. */
#define NO_NAMES " station stations center centre downtown airport beach sea city metro subway transit nature town it there "  \
                 "home them everything us lake river water restaurants shops sights attractions "

#define MAX_NAME_TOKENS 8

static guint
read_near (const TripTokens *tokens,
           guint             i)
{
  if (trip_tokens_is (tokens, i, "near") && trip_tokens_is (tokens, i + 1, "to"))
    return i + 2;
  if (trip_tokens_is_any (tokens, i, " near nearby beside around opposite "))
    return i + 1;
  if (trip_tokens_is_any (tokens, i, " close next ") && trip_tokens_is (tokens, i + 1, "to"))
    return i + 2;
  if (trip_tokens_is (tokens, i, "within") && trip_tokens_is (tokens, i + 1, "walking"))
    i++;
  if (trip_tokens_is (tokens, i, "walking") && trip_tokens_is (tokens, i + 1, "distance") &&
      trip_tokens_is_any (tokens, i + 2, " of from to "))
    return i + 3;
  return i;
}

static gboolean
read_name (const TripAnnotated *text,
           guint                i,
           TripStayPhrase      *stay)
{
  const TripTokens *tokens = text->tokens;
  guint end;

  if (i < tokens->n && trip_tokens_is (tokens, i, "the"))
    i++;
  if (i >= tokens->n || tokens->token[i].kind == TRIP_TOKEN_CURRENCY ||
      trip_tokens_is_any (tokens, i, " a an any some one our my your their this that these those all each every good nice "
                                     "cheap ") ||
      trip_annotated_is (text, i, TRIP_WORD_PER) || trip_annotated_is (text, i, TRIP_WORD_LEVEL))
    return FALSE;
  for (end = i; end < tokens->n && end < i + MAX_NAME_TOKENS; end++)
    {
      if (end > i && ((tokens->token[end].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0 ||
                      trip_tokens_is_any (tokens, end, NAME_ENDS)))
        break;
    }
  if (end == i + 1 && (trip_tokens_is_any (tokens, i, NO_NAMES) || tokens->token[i].kind == TRIP_TOKEN_NUMBER))
    return FALSE;
  stay->name_first = i;
  stay->name_end = stay->end = end;
  return TRUE;
}

/* "2 nights at", "the first night at": how many, and what stands behind. */
static guint
read_nights (const TripAnnotated *text,
             guint                i,
             gint                *out_nights)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *unit;
  gdouble count = 1;
  guint end = i;

  if (trip_tokens_is_any (tokens, i, " the first last one a ") && !trip_scan_number (text, i, &end, &count))
    {
      end = i + 1;
      while (trip_tokens_is_any (tokens, end, " first last "))
        end++;
      if (trip_scan_number (text, end, &end, &count) && count < 1)
        return i;
    }
  else if (end == i && !trip_scan_number (text, i, &end, &count))
    {
      return i;
    }
  unit = trip_annotated_find (text, end, TRIP_WORD_UNIT, &end);
  if (unit == NULL || strcmp (unit->value, "night") != 0 || count < 1 || count > 60)
    return i;
  *out_nights = (gint) count;
  return end;
}

/**
 * trip_scan_stay:
 * @text: annotated tokens
 * @i: a token
 * @stay: (out): what was found
 *
 * Reads where to stay: `stay at the Anker`, `2 nights at the Anker`, `stay 2 nights at the Anker`, `hotel near the old
 * harbour`, `stay in the old town`. A length without a lodging, `2 nights in Rome`, is none of it.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_stay (const TripAnnotated *text,
                guint                i,
                TripStayPhrase      *stay)
{
  const TripTokens *tokens = text->tokens;
  gboolean stays = trip_tokens_is_any (tokens, i, STAY_VERBS);
  gboolean house = trip_tokens_is_any (tokens, i, HOUSES);
  guint at = i;
  guint near;

  memset (stay, 0, sizeof *stay);
  stay->first = stay->end = i;
  if (i >= tokens->n)
    return FALSE;
  if (stays || house)
    {
      at++;
      if (trip_tokens_is (tokens, at, "in") && trip_tokens_is_any (tokens, i, " check "))
        at++;
      if (stays)
        {
          at = read_nights (text, at, &stay->nights);
          if (trip_tokens_is_any (tokens, at, " a an ") && trip_tokens_is_any (tokens, at + 1, HOUSES))
            at += 2;
          if (trip_tokens_is_any (tokens, at, " at in ") && trip_tokens_is_any (tokens, at + 1, " a an ") &&
              trip_tokens_is_any (tokens, at + 2, HOUSES))
            {
              at += 3;
              stays = FALSE;
            }
        }
    }
  else
    {
      at = read_nights (text, i, &stay->nights);
      if (at == i)
        return FALSE;
    }
  if (at >= tokens->n || (tokens->token[at].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0)
    return FALSE;
  near = read_near (tokens, at);
  if (near > at && (stays || house))
    {
      stay->is_near = TRUE;
      stay->nights = 0;
      return read_name (text, near, stay);
    }
  if (trip_tokens_is (tokens, at, "at") && (stays || stay->nights > 0))
    return read_name (text, at + 1, stay);
  /* "A hotel in Oldquay", but "rooms in good condition". */
  if (trip_tokens_is (tokens, at, "in") && stay->nights == 0 &&
      (stays || (house && at + 1 < tokens->n && tokens->token[at + 1].capitalised)))
    {
      stay->is_near = TRUE;
      return read_name (text, at + 1, stay);
    }
  return FALSE;
}

/**
 * trip_phrase_scan:
 * @text: annotated tokens of a requirement phrase
 * @today: the day on which this is said
 * @out_stay: (out): where to stay; empty where the phrase says nothing of it
 *
 * Finds what trip_scan() finds, but not in the words that say where to stay: "2 nights at the Anker" is no length of a trip
 * and "Museum Hotel" no museum.
 *
 * Returns: (transfer full) (element-type TripSpan): the spans in their order
 */
GArray *
trip_phrase_scan (const TripAnnotated *text,
                  const GDate         *today,
                  TripStayPhrase      *out_stay)
{
  g_autofree guint8 *taken = NULL;
  guint end;

  memset (out_stay, 0, sizeof *out_stay);
  for (guint i = 0; i < text->tokens->n; i++)
    {
      /* "Stay in the centre" and "hotel near the station" are in the tables. */
      if (trip_annotated_find (text, i, TRIP_WORD_LODGING, &end) != NULL && end > i + 1)
        {
          i = end - 1;
          continue;
        }
      if (trip_scan_stay (text, i, out_stay))
        break;
      memset (out_stay, 0, sizeof *out_stay);
    }
  if (out_stay->end == out_stay->first)
    return trip_scan (text, NULL, today);
  taken = g_new0 (guint8, text->tokens->n);
  memset (taken + out_stay->first, TRUE, out_stay->end - out_stay->first);
  return trip_scan (text, taken, today);
}
