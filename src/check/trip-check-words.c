/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether words of a requirement speak of a place: by its name, its kind or a tag. Narrower on purpose than what a planner
 * may read into a phrase, since what is a fault here has to be one to everybody.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <string.h>

static gboolean
is_tag (const char *tag,
        const char *words)
{
  for (; *tag != '\0' && *words != '\0'; tag++, words++)
    {
      if (*tag != *words && !(*tag == '_' && *words == ' '))
        return FALSE;
    }
  return *tag == '\0' && *words == '\0';
}

static gboolean
matches_words (const TripPoi        *poi,
               const TripCheckPlace *place,
               const char           *words)
{
  if ((poi->type == TRIP_POI_RESTAURANT && strcmp (words, "restaurant") == 0) ||
      (poi->type == TRIP_POI_LODGE && (strcmp (words, "lodging") == 0 || strcmp (words, "lodge") == 0)))
    return TRUE;
  for (guint i = 0; poi->tags != NULL && i < poi->tags->len; i++)
    {
      if (is_tag (g_ptr_array_index (poi->tags, i), words))
        return TRUE;
    }
  return trip_text_contains_word (place->name, words);
}

static char *
dup_singular (const char *words)
{
  static const struct {
    const char *plural;
    const char *singular;
  } endings[] = { { "ches", "ch" }, { "shes", "sh" }, { "ies", "y" }, { "s", "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (strlen (words) >= 4 && g_str_has_suffix (words, endings[i].plural) && !g_str_has_suffix (words, "ss"))
        return g_strdup_printf ("%.*s%s", (gint) (strlen (words) - strlen (endings[i].plural)), words, endings[i].singular);
    }
  return NULL;
}

static void
phrase_free (gpointer data)
{
  TripCheckPhrase *self = data;

  g_free (self->words);
  g_free (self->singular);
  g_free (self);
}

/*< private >
 * trip_check_phrases_new:
 * @phrases: (element-type utf8): phrases as written
 *
 * Prepares phrases for many places. Of a list that nobody means, the first %TRIP_CHECK_MAX_PHRASES count.
 *
 * Returns: (transfer full) (element-type TripCheckPhrase): the phrases; borrows @phrases
 */
GPtrArray *
trip_check_phrases_new (GPtrArray *phrases)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (phrase_free);

  for (guint i = 0; i < MIN (phrases->len, TRIP_CHECK_MAX_PHRASES); i++)
    {
      TripCheckPhrase *self = g_new0 (TripCheckPhrase, 1);

      self->phrase = g_ptr_array_index (phrases, i);
      self->words = trip_text_fold (self->phrase);
      self->singular = dup_singular (self->words);
      g_ptr_array_add (list, self);
    }
  return list;
}

/*< private >
 * trip_check_place_init:
 * @self: (out caller-allocates): what a place is called
 * @poi: the place
 *
 * Prepares a place for many phrases.
 */
void
trip_check_place_init (TripCheckPlace *self,
                       const TripPoi  *poi)
{
  self->name = trip_text_fold (poi->name);
  self->city = poi->city != NULL ? trip_text_fold (poi->city) : NULL;
}

/*< private >
 * trip_check_place_clear:
 * @self: what a place is called
 *
 * Frees what it holds.
 */
void
trip_check_place_clear (TripCheckPlace *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->city, g_free);
}

/*< private >
 * trip_check_matches:
 * @poi: a place
 * @place: what it is called
 * @phrase: words, in the singular or the plural
 *
 * Returns: whether the words speak of the place
 */
gboolean
trip_check_matches (const TripPoi         *poi,
                    const TripCheckPlace  *place,
                    const TripCheckPhrase *phrase)
{
  if (*phrase->words == '\0')
    return FALSE;
  return matches_words (poi, place, phrase->words) || (place->city != NULL && strcmp (place->city, phrase->words) == 0) ||
         (phrase->singular != NULL && matches_words (poi, place, phrase->singular));
}
