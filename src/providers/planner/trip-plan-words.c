/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words against places. Travellers write "museums" where a place is tagged `museum`, so the last word of a phrase is
 * brought to its singular first, and a few words that everybody uses for a tag are known as such.
 */
#include "providers/planner/trip-plan-words.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *word;
  const char *tag;
} synonyms[] = {
  { "gallery", "art" },        { "art gallery", "art" },       { "cathedral", "church" },  { "basilica", "church" },
  { "mall", "shopping" },      { "shop", "shopping" },         { "store", "shopping" },    { "nightclub", "nightlife" },
  { "club", "nightlife" },     { "hiking", "nature" },         { "hike", "nature" },       { "historic", "history" },
  { "historical", "history" }, { "viewpoint", "view" },        { "amusement park", "theme park" },
  { "onsen", "spa" },          { "hot spring", "spa" },        { "coffee", "cafe" },       { "child", "kids" },
  { "children", "kids" },      { "kid", "kids" },              { "ruin", "ruins" },        { "sports", "sport" },
  { "steakhouse", "restaurant" },
};

/**
 * trip_plan_words_stem:
 * @phrase: words as written
 *
 * Returns: (transfer full): the phrase folded, its last word in the singular, and a common synonym replaced by the tag
 */
char *
trip_plan_words_stem (const char *phrase)
{
  char *stem = trip_text_fold (phrase);
  gsize length = strlen (stem);

  if (length > 4 && g_str_has_suffix (stem, "ies"))
    {
      stem[length - 3] = 'y';
      stem[length - 2] = '\0';
    }
  else if (length > 4 && (g_str_has_suffix (stem, "ches") || g_str_has_suffix (stem, "shes") ||
                          g_str_has_suffix (stem, "sses") || g_str_has_suffix (stem, "xes")))
    {
      stem[length - 2] = '\0';
    }
  else if (length > 3 && g_str_has_suffix (stem, "s") && !g_str_has_suffix (stem, "ss") &&
           !g_str_has_suffix (stem, "us") && strcmp (stem, "kids") != 0)
    {
      stem[length - 1] = '\0';
    }

  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    {
      if (strcmp (stem, synonyms[i].word) == 0)
        {
          g_free (stem);
          return g_strdup (synonyms[i].tag);
        }
    }
  return stem;
}

/* Tags write their words with underscores, folded text with blanks. */
static gboolean
is_tag (const char *tag,
        const char *words)
{
  for (; *tag != '\0' && *words != '\0'; tag++, words++)
    {
      if (*tag != *words && !(*tag == '_' && *words == ' '))
        return FALSE;
    }
  return *words == '\0' && (*tag == '\0' || (tag[0] == 's' && tag[1] == '\0'));
}

/**
 * trip_plan_words_match_tag:
 * @poi: a place
 * @stem: words from trip_plan_words_stem()
 *
 * Returns: whether the place is of that type or bears that tag
 */
gboolean
trip_plan_words_match_tag (const TripPoi *poi,
                           const char    *stem)
{
  if (poi->type == TRIP_POI_RESTAURANT && strcmp (stem, "restaurant") == 0)
    return TRUE;
  if (poi->type == TRIP_POI_LODGE && strcmp (stem, "lodging") == 0)
    return TRUE;
  for (guint i = 0; poi->tags != NULL && i < poi->tags->len; i++)
    {
      if (is_tag (g_ptr_array_index (poi->tags, i), stem))
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_words_match_name:
 * @folded_name: a place's name, folded
 * @stem: folded words
 *
 * Returns: whether the words stand in the name, or the name in the words ("the tokyo tower at night")
 */
gboolean
trip_plan_words_match_name (const char *folded_name,
                            const char *stem)
{
  return trip_text_contains_word (folded_name, stem) ||
         (strlen (folded_name) >= 4 && trip_text_contains_word (stem, folded_name));
}

/**
 * trip_plan_words_match:
 * @poi: a place
 * @folded_name: its name, folded
 * @phrase: words, folded
 * @stem: the same from trip_plan_words_stem()
 *
 * Returns: whether the words speak of this place by name, type or tag
 */
gboolean
trip_plan_words_match (const TripPoi *poi,
                       const char    *folded_name,
                       const char    *phrase,
                       const char    *stem)
{
  return *stem != '\0' && (trip_plan_words_match_tag (poi, stem) || trip_plan_words_match_name (folded_name, phrase) ||
                           trip_plan_words_match_name (folded_name, stem));
}

/**
 * trip_plan_words_join:
 * @words: (element-type utf8): names
 *
 * Returns: (transfer full): the names as a list for reading: `A`, `A and B`, `A, B and C`
 */
char *
trip_plan_words_join (GPtrArray *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 == words->len ? _(" and ") : _(", "));
      g_string_append (text, g_ptr_array_index (words, i));
    }
  return g_string_free (text, FALSE);
}
