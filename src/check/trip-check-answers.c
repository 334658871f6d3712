/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Wishes that places answer, whatever kind of wish: which of the places of a trip could, whether one that is there does,
 * and whether the notes own up to none being there. A plan may answer a wish with what its words do not say, so anything
 * that they can mean counts as an answer, and only what they do say as something that could have been there.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <string.h>

/* Shorter words say nothing about a place. */
#define LEAST_WORD_BYTES 4

/*< private >
 * trip_check_wish_new:
 * @phrase: what the notes say where they own up to it; has to outlive the wish
 * @words: what places are to be, as written
 * @meaning: the same as a tag
 *
 * Returns: (transfer full): the wish
 */
TripCheckWish *
trip_check_wish_new (const char *phrase,
                     const char *words,
                     const char *meaning)
{
  TripCheckWish *self = g_new0 (TripCheckWish, 1);
  g_autofree char *folded = trip_text_fold (words);
  g_auto(GStrv) parts = g_strsplit (folded, " ", -1);

  self->phrase = phrase;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->texts, g_strdup (words));
  g_ptr_array_add (self->texts, g_strdup (meaning));
  self->narrow = trip_check_phrases_new (self->texts);
  for (char **part = parts; *part != NULL; part++)
    {
      if (strlen (*part) >= LEAST_WORD_BYTES)
        g_ptr_array_add (self->texts, g_strdup (*part));
    }
  self->wide = trip_check_phrases_new (self->texts);
  self->known = g_ptr_array_new ();
  return self;
}

/*< private >
 * trip_check_wish_free:
 * @self: (transfer full): a wish
 *
 * Frees it.
 */
void
trip_check_wish_free (TripCheckWish *self)
{
  g_ptr_array_unref (self->narrow);
  g_ptr_array_unref (self->wide);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->known);
  g_free (self);
}

static gboolean
answers (const TripPoi        *poi,
         const TripCheckPlace *place,
         GPtrArray            *phrases)
{
  for (guint i = 0; i < phrases->len; i++)
    {
      if (trip_check_matches (poi, place, g_ptr_array_index (phrases, i)))
        return TRUE;
    }
  return FALSE;
}

/*< private >
 * trip_check_wishes_learn:
 * @wishes: (element-type TripCheckWish): wishes
 * @pois: (element-type TripPoi): the places of the trip; have to outlive the wishes
 *
 * Finds for each wish the places that could answer it, once for all options. Beds are none.
 */
void
trip_check_wishes_learn (GPtrArray *wishes,
                         GPtrArray *pois)
{
  for (guint i = 0; i < pois->len && wishes->len > 0; i++)
    {
      TripPoi *poi = g_ptr_array_index (pois, i);
      g_auto(TripCheckPlace) place = { NULL };

      if (poi->type == TRIP_POI_LODGE)
        continue;
      trip_check_place_init (&place, poi);
      for (guint w = 0; w < wishes->len; w++)
        {
          TripCheckWish *wish = g_ptr_array_index (wishes, w);

          if (answers (poi, &place, wish->narrow))
            g_ptr_array_add (wish->known, poi);
        }
    }
}

/*< private >
 * trip_check_wish_find:
 * @self: a wish
 * @day: a day
 * @is_wide: whether a part of its words is enough
 * @b: (inout): the block from which to look, and that of the answer
 *
 * Returns: (transfer none) (nullable): the first place that answers; bags are left at none
 */
const TripPoi *
trip_check_wish_find (const TripCheckWish *self,
                      const TripPlanDay   *day,
                      gboolean             is_wide,
                      guint               *b)
{
  for (; *b < day->blocks->len; (*b)++)
    {
      const TripPlanBlock *block = trip_check_block (day, *b);

      for (guint p = 0; p < block->pois->len && block->kind != TRIP_BLOCK_CHECK_IN; p++)
        {
          const TripPoi *poi = g_ptr_array_index (block->pois, p);
          g_auto(TripCheckPlace) place = { NULL };

          trip_check_place_init (&place, poi);
          if (answers (poi, &place, is_wide ? self->wide : self->narrow))
            return poi;
        }
    }
  return NULL;
}

/*< private >
 * trip_check_wish_is_excused:
 * @self: a wish
 * @check: a run
 *
 * Returns: whether nobody can be blamed for its not being answered: no place of the trip could, or the notes name the wish
 *   or such a place
 */
gboolean
trip_check_wish_is_excused (const TripCheckWish *self,
                            const TripCheck     *check)
{
  if (self->known->len == 0 || trip_check_notes_say (check, self->phrase))
    return TRUE;
  for (guint i = 0; i < self->known->len && *check->notes != '\0'; i++)
    {
      if (trip_check_notes_say (check, ((const TripPoi *) g_ptr_array_index (self->known, i))->name))
        return TRUE;
    }
  return FALSE;
}
