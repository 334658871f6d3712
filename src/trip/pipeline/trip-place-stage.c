/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Places: removals first, by name, city or area, then additions.
 */
#include "trip/pipeline/trip-place-stage.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_place_intent (const TripIntent *intent,
                 TripAction        action)
{
  return intent->kind == TRIP_INTENT_POINTS_OF_INTEREST && intent->action == action;
}

/* A traveller says "Louvre" for the Louvre Museum, so whole words of a place's name are enough to remove it. */
static gboolean
matches_name (const TripPoi *poi,
              const char    *folded)
{
  g_autofree char *name = trip_text_fold (poi->name);

  return strcmp (name, folded) == 0 || trip_text_contains_word (name, folded);
}

static gboolean
matches_city (const TripPoi *poi,
              const char    *folded)
{
  g_autofree char *city = poi->city != NULL ? trip_text_fold (poi->city) : NULL;

  return city != NULL && strcmp (city, folded) == 0;
}

static gboolean
is_known_here (GPtrArray  *pois,
               const char *name)
{
  g_autofree char *folded = trip_text_fold (name);

  for (guint i = 0; i < pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);

      if (matches_city (poi, folded) || matches_name (poi, folded))
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_place_stage_names:
 * @pois: (element-type TripPoi): what the client sent
 * @intents: (element-type TripIntent): what the message asks for
 * @out_n_wanted: (out): how many of the names, at their head, are to be added
 *
 * Lists what a place source has to be asked for: everything to add, and what to remove where the client's places do not tell
 * by name or city (a country, a region, a city of places that do not say theirs).
 *
 * Returns: (transfer full): the names
 */
GStrv
trip_place_stage_names (GPtrArray *pois,
                        GPtrArray *intents,
                        guint     *out_n_wanted)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  *out_n_wanted = 0;
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);

      if (!is_place_intent (intent, TRIP_ACTION_ADD))
        continue;
      g_strv_builder_add (names, intent->value);
      (*out_n_wanted)++;
    }
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);

      if (is_place_intent (intent, TRIP_ACTION_REMOVE) && pois->len > 0 && !is_known_here (pois, intent->value))
        g_strv_builder_add (names, intent->value);
    }
  return g_strv_builder_end (names);
}

static const TripPlaceMatch *
find_match (GPtrArray  *matches,
            const char *name)
{
  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      const TripPlaceMatch *match = g_ptr_array_index (matches, i);

      if (strcmp (match->name, name) == 0)
        return match;
    }
  return NULL;
}

static gboolean
contains_same (GPtrArray     *pois,
               const TripPoi *poi,
               guint         *out_index)
{
  for (guint i = 0; i < pois->len; i++)
    {
      if (trip_poi_is_same (g_ptr_array_index (pois, i), poi))
        {
          if (out_index != NULL)
            *out_index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_in_area (const TripPoi        *poi,
            const TripPlaceMatch *area)
{
  if (contains_same (area->pois, poi, NULL))
    return TRUE;
  for (guint i = 0; poi->city != NULL && i < area->pois->len; i++)
    {
      const TripPoi *inside = g_ptr_array_index (area->pois, i);

      if (inside->city != NULL && trip_text_equal_folded (inside->city, poi->city))
        return TRUE;
    }
  /* A place that names its city is not taken for a neighbour's by distance. */
  return poi->city == NULL && area->radius_m > 0 && trip_geo_distance_m (&poi->geo, &area->geo) <= area->radius_m;
}

typedef enum {
  BY_CITY,
  BY_EXACT_NAME,
  BY_PART_OF_NAME,
  BY_AREA,
} RemovalKind;

static guint
remove_by (GPtrArray            *pois,
           RemovalKind           kind,
           const char           *folded,
           const TripPlaceMatch *area)
{
  guint removed = 0;

  for (guint i = 0; i < pois->len;)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);
      g_autofree char *name = kind == BY_EXACT_NAME ? trip_text_fold (poi->name) : NULL;
      gboolean hit = kind == BY_CITY ? matches_city (poi, folded)
                     : kind == BY_EXACT_NAME ? strcmp (name, folded) == 0
                     : kind == BY_PART_OF_NAME ? matches_name (poi, folded)
                     : area != NULL && is_in_area (poi, area);

      if (hit)
        {
          g_ptr_array_remove_index (pois, i);
          removed++;
        }
      else
        {
          i++;
        }
    }
  return removed;
}

/* From the surest reading to the widest; the first that finds something is the one that was meant. */
static guint
remove_places (GPtrArray  *pois,
               GPtrArray  *matches,
               const char *name)
{
  g_autofree char *folded = trip_text_fold (name);
  const TripPlaceMatch *area = find_match (matches, name);
  guint removed = 0;

  removed = remove_by (pois, BY_CITY, folded, NULL);
  if (removed == 0)
    removed = remove_by (pois, BY_EXACT_NAME, folded, NULL);
  if (removed == 0)
    removed = remove_by (pois, BY_PART_OF_NAME, folded, NULL);
  if (removed == 0)
    removed = remove_by (pois, BY_AREA, folded, area);
  return removed;
}

static void
add_place (TripPlaceOutcome *outcome,
           TripPoi          *poi)
{
  guint index;

  if (!contains_same (outcome->pois, poi, &index))
    {
      g_ptr_array_add (outcome->pois, trip_poi_ref (poi));
      outcome->changed = TRUE;
    }
  else
    {
      TripPoi *known = g_ptr_array_index (outcome->pois, index);

      if (poi->must_see && !known->must_see)
        {
          TripPoi *copy = trip_poi_copy (known);

          copy->must_see = TRUE;
          g_ptr_array_index (outcome->pois, index) = copy;
          trip_poi_unref (known);
          outcome->changed = TRUE;
        }
    }
}

static void
apply_removals (TripPlaceOutcome *outcome,
                GPtrArray        *intents,
                GPtrArray        *matches)
{
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);

      if (!is_place_intent (intent, TRIP_ACTION_REMOVE))
        continue;
      if (remove_places (outcome->pois, matches, intent->value) > 0)
        outcome->changed = TRUE;
      else
        g_ptr_array_add (outcome->notes, g_strdup_printf (_("%s was not part of the trip, so nothing was removed."),
                                                          intent->value));
    }
}

static void
apply_additions (TripPlaceOutcome *outcome,
                 GPtrArray        *intents,
                 GPtrArray        *matches)
{
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);
      const TripPlaceMatch *match;

      if (!is_place_intent (intent, TRIP_ACTION_ADD))
        continue;
      match = find_match (matches, intent->value);
      if (match == NULL || match->pois->len == 0)
        {
          outcome->n_missing++;
          g_ptr_array_add (outcome->notes, match != NULL && match->explanation != NULL
                                             ? g_strdup (match->explanation)
                                             : g_strdup_printf (_("No place called %s is known."), intent->value));
          continue;
        }
      outcome->n_added++;
      if (match->is_area)
        g_ptr_array_add (outcome->destinations, g_strdup (intent->value));
      for (guint j = 0; j < match->pois->len; j++)
        add_place (outcome, g_ptr_array_index (match->pois, j));
    }
}

static gpointer
copy_poi (gconstpointer poi,
          gpointer      user_data)
{
  return trip_poi_ref ((TripPoi *) poi);
}

/**
 * trip_place_stage_apply:
 * @pois: (element-type TripPoi): what the client sent
 * @intents: (element-type TripIntent): what the message asks for
 * @matches: (nullable) (element-type TripPlaceMatch): the source's answer for trip_place_stage_names()
 *
 * Applies the `Points_Of_Interest` intents. A place that is there already is not added again.
 *
 * Returns: (transfer full): the new list and what became of the names
 */
TripPlaceOutcome *
trip_place_stage_apply (GPtrArray *pois,
                        GPtrArray *intents,
                        GPtrArray *matches)
{
  TripPlaceOutcome *outcome = g_new0 (TripPlaceOutcome, 1);

  outcome->pois = g_ptr_array_copy (pois, copy_poi, NULL);
  g_ptr_array_set_free_func (outcome->pois, (GDestroyNotify) trip_poi_unref);
  outcome->destinations = g_ptr_array_new_with_free_func (g_free);
  outcome->notes = g_ptr_array_new_with_free_func (g_free);
  apply_removals (outcome, intents, matches);
  apply_additions (outcome, intents, matches);
  return outcome;
}

/**
 * trip_place_outcome_free:
 * @self: (transfer full): an outcome
 *
 * Frees it.
 */
void
trip_place_outcome_free (TripPlaceOutcome *self)
{
  g_ptr_array_unref (self->pois);
  g_ptr_array_unref (self->destinations);
  g_ptr_array_unref (self->notes);
  g_free (self);
}
