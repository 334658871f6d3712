/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about what single days are to be about: "a museum on day 2", "no shopping on the last day". A plan may answer such
 * a wish with what its words do not say, so a day is at fault only where it has nothing that they can mean, the places of
 * the trip have, and the notes own up neither to the wish nor to the place that was given up.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Shorter words say nothing about a place. */
#define LEAST_WORD_BYTES 4

/* What the wish says, and what the tables say that it means; with @parts also each of its words, as a wish may be answered
 * by a part of it. */
static GPtrArray *
list_words (const TripDayWish *wish,
            gboolean           parts)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = trip_text_fold (wish->words);
  g_auto(GStrv) words = g_strsplit (folded, " ", -1);

  g_ptr_array_add (list, g_strdup (wish->words));
  g_ptr_array_add (list, g_strdup (wish->meaning));
  for (char **word = words; parts && *word != NULL; word++)
    {
      if (strlen (*word) >= LEAST_WORD_BYTES)
        g_ptr_array_add (list, g_strdup (*word));
    }
  return list;
}

static gboolean
answers (const TripPoi *poi,
         GPtrArray     *phrases)
{
  g_auto(TripCheckPlace) place = { NULL };

  trip_check_place_init (&place, poi);
  for (guint i = 0; i < phrases->len; i++)
    {
      if (trip_check_matches (poi, &place, g_ptr_array_index (phrases, i)))
        return TRUE;
    }
  return FALSE;
}

/* The first place from block @b of the day on that answers, and its block. */
static const TripPoi *
find_answer (const TripPlanDay *day,
             GPtrArray         *phrases,
             guint             *b)
{
  for (; *b < day->blocks->len; (*b)++)
    {
      const TripPlanBlock *block = trip_check_block (day, *b);

      for (guint p = 0; p < block->pois->len && block->kind != TRIP_BLOCK_CHECK_IN; p++)
        {
          if (answers (g_ptr_array_index (block->pois, p), phrases))
            return g_ptr_array_index (block->pois, p);
        }
    }
  return NULL;
}

static void
check_avoided (TripCheck         *self,
               const TripDayWish *wish,
               guint              d)
{
  g_autoptr(GPtrArray) words = list_words (wish, FALSE);
  g_autoptr(GPtrArray) phrases = trip_check_phrases_new (words);

  for (guint b = 0; b < trip_check_day (self, d)->blocks->len; b++)
    {
      const TripPoi *poi = find_answer (trip_check_day (self, d), phrases, &b);

      if (poi != NULL && !poi->must_see && !trip_check_notes_say (self, poi->name))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DAY_WISH, _("“%s”, but %s is on this day"), wish->phrase, poi->name);
    }
}

static gboolean
is_owned_up (TripCheck         *self,
             const TripDayWish *wish,
             gboolean          *out_known)
{
  g_autoptr(GPtrArray) words = list_words (wish, FALSE);
  g_autoptr(GPtrArray) phrases = trip_check_phrases_new (words);

  *out_known = FALSE;
  if (trip_check_notes_say (self, wish->phrase))
    return TRUE;
  for (guint i = 0; i < self->pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (self->pois, i);

      if (poi->type == TRIP_POI_LODGE || !answers (poi, phrases))
        continue;
      *out_known = TRUE;
      if (trip_check_notes_say (self, poi->name))
        return TRUE;
    }
  return FALSE;
}

static void
check_wish (TripCheck         *self,
            const TripDayWish *wish)
{
  g_autoptr(GPtrArray) words = list_words (wish, TRUE);
  g_autoptr(GPtrArray) phrases = trip_check_phrases_new (words);
  guint n_days = self->option->days->len;
  guint first = wish->day == TRIP_DAY_LAST ? n_days - 1 : wish->day > 0 ? (guint) wish->day - 1 : 0;
  guint end = wish->day == TRIP_DAY_ANY ? n_days : MIN (first + 1, n_days);
  gboolean known;

  for (guint d = first; d < end; d++)
    {
      guint b = 0;

      if (wish->priority == TRIP_PRIORITY_AVOID && wish->day != TRIP_DAY_ANY)
        check_avoided (self, wish, d);
      else if (find_answer (trip_check_day (self, d), phrases, &b) != NULL)
        return;
    }
  if (wish->priority != TRIP_PRIORITY_AVOID && !is_owned_up (self, wish, &known) && known)
    trip_check_add (self, wish->day != TRIP_DAY_ANY && first < n_days ? (gint) first : -1, -1, TRIP_CHECK_DAY_WISH,
                    _("“%s” is not kept, and the notes do not say so"), wish->phrase);
}

/*< private >
 * trip_check_day_wishes:
 * @self: a run
 *
 * Checks `day-wish`.
 */
void
trip_check_day_wishes (TripCheck *self)
{
  GPtrArray *wishes = self->constraints->day_wishes;

  for (guint i = 0; i < MIN (wishes->len, TRIP_CHECK_MAX_PHRASES) && self->option->days->len > 0; i++)
    check_wish (self, g_ptr_array_index (wishes, i));
}
