/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which of the places of a message say where to sleep: a lodging for all nights or for some, or a place it should be near
 * to. Such a place has its own requirement, and the nights beside it are no length of the trip.
 */
#include "providers/interpreter/trip-reader.h"

#include <string.h>

/* So far in front of a name the words that say so may begin: "stay the first two nights at the". */
#define STAY_REACH 7

/* The words that lead to the name at @i, where they are about sleeping there or near there. */
static gboolean
read_stay (TripReader     *self,
           guint           i,
           TripStayPhrase *stay)
{
  for (guint at = i > STAY_REACH ? i - STAY_REACH : 0; at < i; at++)
    {
      if (trip_scan_stay (self->text, at, stay) && stay->name_first == i)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_reader_is_stay:
 * @self: a reader
 * @i: the first token of a name
 *
 * Returns: whether the words in front of it say that one sleeps there
 */
gboolean
trip_reader_is_stay (TripReader *self,
                     guint       i)
{
  TripStayPhrase stay;

  return read_stay (self, i, &stay) && !stay.is_near;
}

/* "2 nights at the Anker and then the Birke" */
static gboolean
follows_stay (TripReader *self,
              guint       m)
{
  const TripMention *mention = &g_array_index (self->mentions, TripMention, m);
  const TripMention *last = m > 0 ? mention - 1 : NULL;

  return last != NULL && last->stay == TRIP_STAY_AT && mention->entry != NULL && mention->entry->is_lodging &&
         mention->first - last->end <= 4 &&
         (trip_tokens_gaps (self->tokens, last->end - 1, mention->first + 1) & TRIP_GAP_STOP) == 0;
}

static gboolean
has_destination_beside (TripReader *self,
                        guint       m)
{
  if (trip_reader_has_state (self))
    return TRUE;
  for (guint i = 0; i < self->mentions->len; i++)
    {
      const TripMention *other = &g_array_index (self->mentions, TripMention, i);

      if (i != m && other->role == TRIP_ROLE_VISIT && other->entry != NULL && other->entry->kind != TRIP_PLACE_SIGHT)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_reader_find_stays:
 * @self: a reader whose places are found and whose spans are not
 *
 * Marks the places that say where to sleep, and takes the words that lead to them.
 */
void
trip_reader_find_stays (TripReader *self)
{
  for (guint m = 0; m < self->mentions->len; m++)
    {
      TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      gboolean is_area = mention->entry != NULL && mention->entry->kind != TRIP_PLACE_SIGHT;
      gboolean is_house = mention->entry != NULL && mention->entry->is_lodging;
      TripStayPhrase stay;

      if (is_area || mention->role != TRIP_ROLE_VISIT)
        continue;
      mention->stay_first = mention->first;
      if (follows_stay (self, m))
        mention->stay = TRIP_STAY_AT;
      if (!read_stay (self, mention->first, &stay))
        continue;
      /* A name that nobody knows may be a town. */
      if (stay.is_near && !is_house && (mention->entry == NULL || !has_destination_beside (self, m)))
        continue;
      mention->stay = stay.is_near && !is_house ? TRIP_STAY_NEAR : TRIP_STAY_AT;
      mention->stay_first = stay.first;
      mention->nights = stay.nights;
      memset (self->taken + stay.first, TRUE, mention->first - stay.first);
    }
}

static guint
count_houses (TripReader *self)
{
  guint n = 0;

  for (guint m = 0; m < self->mentions->len; m++)
    n += g_array_index (self->mentions, TripMention, m).stay == TRIP_STAY_AT;
  return n;
}

/**
 * trip_reader_add_stay:
 * @self: a reader whose stays are found
 * @mention: a place to be added
 * @priority: how much it weighs
 *
 * Drafts the requirement of a place that says where to sleep. A lodging that is known and has all nights needs none: it is
 * a place of the trip.
 *
 * Returns: whether that is all there is to say of the place
 */
gboolean
trip_reader_add_stay (TripReader        *self,
                      const TripMention *mention,
                      TripPriority       priority)
{
  g_autofree char *words = NULL;

  if (mention->stay == TRIP_STAY_NEAR)
    words = trip_tokens_dup_text (self->tokens, mention->stay_first, mention->end);
  else if (mention->stay == TRIP_STAY_AT && mention->nights > 0)
    words = g_strdup_printf (mention->nights == 1 ? "%d night at %s" : "%d nights at %s", mention->nights, mention->value);
  else if (mention->stay == TRIP_STAY_AT && (mention->entry == NULL || count_houses (self) > 1))
    words = g_strdup_printf ("stay at %s", mention->value);
  if (words == NULL)
    return FALSE;
  TRIP_RULE (self);
  trip_reader_draft (self, mention->stay_first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, priority, words);
  return mention->stay == TRIP_STAY_NEAR || mention->entry == NULL;
}
