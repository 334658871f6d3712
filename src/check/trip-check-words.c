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
matches_words (const TripPoi *poi,
               const char    *folded_name,
               const char    *words)
{
  if (*words == '\0')
    return FALSE;
  if ((poi->type == TRIP_POI_RESTAURANT && strcmp (words, "restaurant") == 0) ||
      (poi->type == TRIP_POI_LODGE && (strcmp (words, "lodging") == 0 || strcmp (words, "lodge") == 0)))
    return TRUE;
  for (guint i = 0; poi->tags != NULL && i < poi->tags->len; i++)
    {
      if (is_tag (g_ptr_array_index (poi->tags, i), words))
        return TRUE;
    }
  return trip_text_contains_word (folded_name, words);
}

/*< private >
 * trip_check_matches:
 * @poi: a place
 * @phrase: words as written, in the singular or the plural
 *
 * Returns: whether the words speak of the place
 */
gboolean
trip_check_matches (const TripPoi *poi,
                    const char    *phrase)
{
  static const struct {
    const char *plural;
    const char *singular;
  } endings[] = { { "ches", "ch" }, { "shes", "sh" }, { "ies", "y" }, { "s", "" } };
  g_autofree char *words = trip_text_fold (phrase);
  g_autofree char *name = trip_text_fold (poi->name);
  g_autofree char *city = poi->city != NULL ? trip_text_fold (poi->city) : NULL;

  if (matches_words (poi, name, words) || (city != NULL && *words != '\0' && strcmp (city, words) == 0))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *singular = NULL;

      if (strlen (words) < 4 || !g_str_has_suffix (words, endings[i].plural) || g_str_has_suffix (words, "ss"))
        continue;
      singular = g_strdup_printf ("%.*s%s", (gint) (strlen (words) - strlen (endings[i].plural)), words,
                                  endings[i].singular);
      return matches_words (poi, name, singular);
    }
  return FALSE;
}
