/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sameness of places, by their Wikidata item, their names in any language and their distance: the less alike the names,
 * the nearer they must be.
 */
#include "providers/places/trip-place-likeness.h"

#include "language/trip-text.h"

#include <math.h>
#include <string.h>

/* An item's position may be that of a gate or of the middle of a park. */
#define SAME_ITEM_M 3000.0

/* One name: a sight is one place over this distance; of two meals or beds of one name it may be a chain. */
#define SAME_NAME_SIGHT_M 600.0
#define SAME_NAME_OTHER_M 120.0

#define NEARLY_SAME_NAME 0.8
#define NEARLY_SAME_NAME_M 150.0
#define SIMILAR_NAME 0.6
#define SIMILAR_NAME_M 40.0

/* Names of a place that are compared letter by letter. */
#define MAX_COMPARED 6

#define MAX_NAME_BYTES 160

/* Words that say what a place is rather than which. */
static const char * const plain_words[] = {
  "the", "la", "le", "les", "el", "il", "de", "du", "des", "di", "del", "della", "of", "museum", "musee", "museo", "church",
  "eglise", "restaurant", "ristorante", "hotel", "cafe", "park", "parc", "and", "et",
};

static gboolean
is_plain (const char *word,
          gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_words); i++)
    {
      if (strlen (plain_words[i]) == length && strncmp (plain_words[i], word, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The letters of the words that count, or of all where none would be left. */
static gsize
squeeze (const char *folded,
         char       *out)
{
  gsize n = 0;

  for (gint pass = 0; pass < 2 && n == 0; pass++)
    {
      for (const char *word = folded; *word != '\0';)
        {
          gsize length = strcspn (word, " ");

          if ((pass == 1 || !is_plain (word, length)) && n + length < MAX_NAME_BYTES)
            {
              memcpy (out + n, word, length);
              n += length;
            }
          word += length;
          while (*word == ' ')
            word++;
        }
    }
  return n;
}

/**
 * trip_place_likeness:
 * @folded_a: a folded name
 * @folded_b: another
 *
 * Compares names by the pairs of letters that both have, after Dice, leaving out words like "museum" and "the".
 *
 * Returns: 0 for nothing in common to 1 for the same
 */
gdouble
trip_place_likeness (const char *folded_a,
                     const char *folded_b)
{
  char a[MAX_NAME_BYTES], b[MAX_NAME_BYTES];
  gboolean used[MAX_NAME_BYTES] = { FALSE };
  gsize n_a = squeeze (folded_a, a);
  gsize n_b = squeeze (folded_b, b);
  guint common = 0;

  if (n_a == n_b && memcmp (a, b, n_a) == 0)
    return n_a > 0 ? 1.0 : 0.0;
  if (n_a < 2 || n_b < 2)
    return 0.0;
  for (gsize i = 0; i + 1 < n_a; i++)
    {
      for (gsize j = 0; j + 1 < n_b; j++)
        {
          if (!used[j] && a[i] == b[j] && a[i + 1] == b[j + 1])
            {
              used[j] = TRUE;
              common++;
              break;
            }
        }
    }
  return 2.0 * common / (gdouble) (n_a - 1 + n_b - 1);
}

static GStrv
list_names (const TripPoi *poi)
{
  g_autofree char *own = trip_text_fold (poi->name);
  g_autofree char *all = poi->names != NULL ? g_strconcat (own, " " TRIP_PLACE_NAME_BORDER " ", poi->names, NULL)
                                            : g_steal_pointer (&own);

  return g_strsplit (all, " " TRIP_PLACE_NAME_BORDER " ", -1);
}

static gdouble
compare_names (const TripPoi *a,
               const TripPoi *b)
{
  g_auto(GStrv) names_a = list_names (a);
  g_auto(GStrv) names_b = list_names (b);
  gdouble best = 0.0;

  for (guint i = 0; names_a[i] != NULL; i++)
    {
      if (names_a[i][0] != '\0' && g_strv_contains ((const char * const *) names_b, names_a[i]))
        return 1.0;
    }
  for (guint i = 0; names_a[i] != NULL && i < MAX_COMPARED; i++)
    {
      for (guint j = 0; names_b[j] != NULL && j < MAX_COMPARED; j++)
        best = MAX (best, trip_place_likeness (names_a[i], names_b[j]));
    }
  return best;
}

static gboolean
is_stop (const TripPoi *poi)
{
  return poi->type == TRIP_POI_RESTAURANT || poi->type == TRIP_POI_LODGE;
}

/**
 * trip_place_is_alike:
 * @a: a place
 * @b: another
 *
 * Returns: whether both are one place in the world, perhaps spelt differently
 */
gboolean
trip_place_is_alike (const TripPoi *a,
                     const TripPoi *b)
{
  gdouble distance, likeness;

  if (a->id != NULL && b->id != NULL && strcmp (a->id, b->id) == 0)
    return TRUE;
  /* A restaurant in a hotel is not the hotel. */
  if ((is_stop (a) || is_stop (b)) && a->type != b->type)
    return FALSE;
  if (fabs (a->geo.lat - b->geo.lat) > 0.03)
    return FALSE;
  distance = trip_geo_distance_m (&a->geo, &b->geo);
  if (a->wikidata != NULL && b->wikidata != NULL)
    return strcmp (a->wikidata, b->wikidata) == 0 && distance <= SAME_ITEM_M;
  if (distance > SAME_NAME_SIGHT_M)
    return FALSE;
  likeness = compare_names (a, b);
  if (likeness >= 1.0)
    return distance <= (is_stop (a) ? SAME_NAME_OTHER_M : SAME_NAME_SIGHT_M);
  return (likeness >= NEARLY_SAME_NAME && distance <= NEARLY_SAME_NAME_M) ||
         (likeness >= SIMILAR_NAME && distance <= SIMILAR_NAME_M);
}

/**
 * trip_place_add_unlike:
 * @pois: (element-type TripPoi): places
 * @poi: a place
 *
 * Adds @poi unless one of @pois is the same place.
 *
 * Returns: its index, or that of the one that is the same
 */
guint
trip_place_add_unlike (GPtrArray *pois,
                       TripPoi   *poi)
{
  for (guint i = 0; i < pois->len; i++)
    {
      if (trip_place_is_alike (g_ptr_array_index (pois, i), poi))
        return i;
    }
  g_ptr_array_add (pois, trip_poi_ref (poi));
  return pois->len - 1;
}
