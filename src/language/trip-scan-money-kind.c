/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The words for what money goes to: meals, nights, sights and fares. Amounts are not read here.
 */
#include "language/trip-span.h"

#include <string.h>

static struct {
  TripMoneyKind kind;
  guint topic;
  TripWordSet words;
} kinds[] = {
  { TRIP_MONEY_KIND_FOOD, TRIP_TOPIC_FOOD_COST,
    { .words = " food meal meals eating dining restaurant restaurants dinner dinners lunch lunches breakfast breakfasts "
               "groceries " } },
  { TRIP_MONEY_KIND_LODGING, TRIP_TOPIC_LODGING_COST,
    { .words = " hotel hotels hostel hostels lodging lodgings accommodation accommodations room rooms bed beds apartment "
               "apartments ryokan ryokans guesthouse guesthouses airbnb airbnbs " } },
  { TRIP_MONEY_KIND_SIGHTS, TRIP_TOPIC_SIGHT_COST,
    { .words = " museum museums gallery galleries sight sights attraction attractions sightseeing ticket tickets entry "
               "entrance entrances admission admissions activity activities visit visits " } },
  { TRIP_MONEY_KIND_TRANSPORT, TRIP_TOPIC_FARES,
    { .words = " transport transportation transit fare fares ride rides taxi taxis cab cabs subway metro bus buses "
               "tram trams " } },
};

/* Words that say no more of what was named: "museum tickets", "entry fees", "hotel rooms", "taxi fares". */
#define TAILS                                                                                                        \
  " ticket tickets entry entrance fee fees admission price prices room rooms bill bills fare fares ride rides out "   \
  "cost costs "

/* "Public transport", "local restaurants" */
#define HEADS " public local nice good single any "

/**
 * trip_money_kind_at:
 * @text: annotated tokens
 * @i: a token
 * @out_end: (out): the token behind the words
 * @out_kind: (out): what they mean
 *
 * Reads what money goes to: `food`, `museum tickets`, `public transport`, `eating out`.
 *
 * Returns: whether there is something of the kind
 */
gboolean
trip_money_kind_at (const TripAnnotated *text,
                    guint                i,
                    guint               *out_end,
                    TripMoneyKind       *out_kind)
{
  const TripTokens *tokens = text->tokens;

  if (trip_tokens_is_any (tokens, i, HEADS))
    i++;
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      if (!trip_tokens_is_of_set (tokens, i, &kinds[k].words))
        continue;
      for (i++; i < tokens->n && trip_tokens_is_any (tokens, i, TAILS) &&
                (tokens->token[i].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0; i++)
        ;
      *out_kind = kinds[k].kind;
      *out_end = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * trip_money_topic:
 * @kind: what money goes to
 *
 * Returns: the #TripTopic bit of a limit of it
 */
guint
trip_money_topic (TripMoneyKind kind)
{
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      if (kinds[k].kind == kind)
        return kinds[k].topic;
    }
  return TRIP_TOPIC_BUDGET;
}
