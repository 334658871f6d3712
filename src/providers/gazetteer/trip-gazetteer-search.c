/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Places by less than their name: by its beginning, or with one mistake in it.
 */
#include "providers/gazetteer/trip-gazetteer-private.h"

#include "language/trip-text.h"

#include <string.h>

#define MAX_RESULTS 100

/* A name that is complete is meant before all that it begins, and one with a mistake after them. */
#define SCORE_EXACT 20.0
#define SCORE_MISTAKE -10.0

typedef struct {
  TripGazetteer *self;
  const char *folded;
  gunichar first_letter;
  guint best_ref;
  gdouble best_score;
} FuzzyLookup;

static void
consider_mistake (guint    name,
                  gpointer user_data)
{
  FuzzyLookup *lookup = user_data;
  TripGazetteer *self = lookup->self;
  const char *text = trip_gazetteer_image_get_name (&self->image, name);
  guint first;
  guint n = trip_gazetteer_image_get_refs (&self->image, name, &first);

  for (guint i = first; i < first + n; i++)
    {
      guint ref = trip_gazetteer_image_get_ref (&self->image, i);
      TripGazetteerRecord record;
      gdouble score;

      trip_gazetteer_image_get_record (&self->image, ref >> TRIP_NAME_REF_SHIFT, &record);
      /* A word with a mistake in it may be near anything: only what is known is meant. */
      if ((ref & TRIP_NAME_REF_BEHIND) != 0 || (ref & TRIP_NAME_REF_GRADE) == TRIP_NAME_FOREIGN ||
          ((record.flags & (TRIP_GAZETTEER_LISTED | TRIP_GAZETTEER_CAPITAL)) == 0 &&
           (record.kind == TRIP_PLACE_REGION || record.population < TRIP_GAZETTEER_OBSCURE_POPULATION)))
        continue;
      score = trip_gazetteer_score_ref (self, ref, NULL) + (strcmp (text, lookup->folded) == 0 ? SCORE_EXACT : 0.0);
      if (g_utf8_get_char (text) != lookup->first_letter)
        score += SCORE_MISTAKE;
      if (score > lookup->best_score)
        {
          lookup->best_ref = ref;
          lookup->best_score = score;
        }
    }
}

/**
 * trip_gazetteer_lookup_fuzzy:
 * @self: a gazetteer
 * @name: a name of five letters or more, perhaps with one mistake
 *
 * Finds a place that many know in spite of one letter too many, too few or wrong, or two swapped. A mistake in the first
 * letter is rare and often another word, so such places lose against all others.
 *
 * Returns: (transfer none) (nullable): the place
 */
const TripGazetteerEntry *
trip_gazetteer_lookup_fuzzy (TripGazetteer *self,
                             const char    *name)
{
  g_autofree char *folded = NULL;
  FuzzyLookup lookup = { .self = self, .best_score = -G_MAXDOUBLE };
  const TripGazetteerName *added;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  lookup.folded = folded = trip_text_fold (name);
  lookup.first_letter = g_utf8_get_char (folded);
  trip_gazetteer_image_each_within_one (&self->image, folded, consider_mistake, &lookup);
  added = trip_fuzzy_index_lookup (self->fuzzy, folded);
  if (added != NULL)
    {
      TripGazetteerBest best = trip_gazetteer_best_of_name (self, added->folded, NULL, FALSE, NULL, NULL);

      best.score += strcmp (added->folded, folded) == 0 ? SCORE_EXACT : 0.0;
      best.score += g_utf8_get_char (added->folded) != lookup.first_letter ? SCORE_MISTAKE : 0.0;
      if (best.place != NULL && best.score > lookup.best_score)
        return &best.place->entry;
    }
  if (lookup.best_score == -G_MAXDOUBLE)
    return NULL;
  return &trip_gazetteer_place_at (self, lookup.best_ref >> TRIP_NAME_REF_SHIFT)->entry;
}

typedef struct {
  gint place;         /* in the image, or -1 */
  const TripGazetteerPlace *added; /* where it is not */
  gdouble score;
} Hit;

typedef struct {
  TripGazetteer *self;
  const TripGeo *near;
  gdouble bonus;
  guint max;
  guint n;
  Hit hits[MAX_RESULTS];
} Search;

/* Keeps the best, each place once, in order. */
static void
keep_hit (Search *search,
          Hit     hit)
{
  guint at;

  if (search->n == search->max && hit.score <= search->hits[search->n - 1].score)
    return;
  for (guint i = 0; i < search->n; i++)
    {
      if (search->hits[i].place != hit.place || search->hits[i].added != hit.added)
        continue;
      if (search->hits[i].score >= hit.score)
        return;
      search->n--;
      memmove (search->hits + i, search->hits + i + 1, (search->n - i) * sizeof *search->hits);
      break;
    }
  if (search->n == search->max)
    search->n--;
  for (at = search->n; at > 0 && search->hits[at - 1].score < hit.score; at--)
    search->hits[at] = search->hits[at - 1];
  search->hits[at] = hit;
  search->n++;
}

static void
keep_name (guint    name,
           gpointer user_data)
{
  Search *search = user_data;
  const TripGazetteerImage *image = &search->self->image;
  guint first;
  guint n = trip_gazetteer_image_get_refs (image, name, &first);

  for (guint i = first; i < first + n; i++)
    {
      guint ref = trip_gazetteer_image_get_ref (image, i);

      if ((ref & TRIP_NAME_REF_BEHIND) == 0)
        keep_hit (search, (Hit) { (gint) (ref >> TRIP_NAME_REF_SHIFT), NULL,
                                  trip_gazetteer_score_ref (search->self, ref, search->near) + search->bonus });
    }
}

static void
keep_added (Search                  *search,
            const TripGazetteerName *name)
{
  keep_hit (search, (Hit) { name->place->place, name->place->place < 0 ? name->place : NULL,
                            trip_gazetteer_score_place (name->place, name->grade, FALSE, search->near) + search->bonus });
}

/**
 * trip_gazetteer_search:
 * @self: a gazetteer
 * @text: the beginning of a name, or a name with one mistake
 * @near: (nullable): a position that the place is probably near to
 * @max: how many are wanted, 100 at most
 *
 * Lists the places that a text may mean: those called so, then those whose name begins so, then those whose name it is
 * but for one mistake; of each the foremost first.
 *
 * Returns: (transfer container) (element-type TripGazetteerEntry): the places, best first
 */
GPtrArray *
trip_gazetteer_search (TripGazetteer *self,
                       const char    *text,
                       const TripGeo *near,
                       guint          max)
{
  Search search = { .self = self, .near = near, .max = MIN (max, MAX_RESULTS) };
  GPtrArray *entries = g_ptr_array_new ();
  g_autofree char *folded = NULL;
  gsize length;
  gint found;
  guint first;
  guint n;

  g_return_val_if_fail (self != NULL && text != NULL, entries);

  folded = trip_text_fold (text);
  length = strlen (folded);
  if (length == 0 || length > TRIP_GAZETTEER_MAX_QUERY_BYTES || search.max == 0)
    return entries;

  n = trip_gazetteer_image_find_prefix (&self->image, folded, length, &first);
  for (guint i = first; i < first + n; i++)
    keep_name (i, &search);
  for (guint i = 0; i < self->added_names->len; i++)
    {
      const TripGazetteerName *name = self->added_names->pdata[i];

      search.bonus = strcmp (name->folded, folded) == 0 ? SCORE_EXACT : 0;
      if (strncmp (name->folded, folded, length) == 0)
        keep_added (&search, name);
    }
  search.bonus = SCORE_EXACT;
  found = trip_gazetteer_image_find (&self->image, folded);
  if (found >= 0)
    keep_name ((guint) found, &search);
  search.bonus = SCORE_MISTAKE;
  if (search.n < search.max)
    trip_gazetteer_image_each_within_one (&self->image, folded, keep_name, &search);
  if (search.n == 0)
    {
      const TripGazetteerEntry *entry = trip_gazetteer_lookup (self, text, near);

      if (entry != NULL)
        g_ptr_array_add (entries, (gpointer) entry);
    }
  for (guint i = 0; i < search.n; i++)
    {
      const Hit *hit = &search.hits[i];

      g_ptr_array_add (entries, hit->place >= 0 ? trip_gazetteer_place_at (self, (guint) hit->place) : (gpointer) hit->added);
    }
  return entries;
}
