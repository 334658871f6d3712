/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which lodgings are what was asked for: by name, kind, price and where they are. Where one sleeps on which night is not
 * decided here.
 */
#include "providers/planner/trip-plan-context.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-bounds.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "Near" is a walk of some twenty minutes, as the crow flies. */
#define NEAR_M 1500.0

#define POINTS_NEAR 80.0f
#define POINTS_PER_KM_OFF 12.0f
#define MOST_KM_OFF 5.0

/* Shorter words are no name by which a longer one could be known. */
#define LEAST_NAME_BYTES 5

/* Kinds of lodging that the atlas knows of each; of what else a house has it knows nothing, and "hotel" is said of any. */
static gboolean
is_known_kind (const char *kind)
{
  static const char * const kinds[] = { "hostel", "ryokan", "boutique", "family_rooms" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i], kind) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_asked_for (const TripPlanContext   *self,
              const TripPlanCandidate *candidate)
{
  GPtrArray *kinds = self->constraints->lodging_must;

  for (guint i = 0; i < trip_plan_bounds_count (self); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (self, i);
      gint64 most = bound->per_day ? bound->most : bound->most / MAX (self->n_nights, 1);

      if (trip_plan_bound_of_night (bound, candidate->price) > most)
        return FALSE;
    }
  if (self->night_limit > 0 && candidate->price > self->night_limit * trip_plan_context_rooms (self))
    return FALSE;
  for (guint i = 0; i < kinds->len; i++)
    {
      if (is_known_kind (g_ptr_array_index (kinds, i)) &&
          !trip_poi_has_tag (candidate->poi, g_ptr_array_index (kinds, i)))
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_candidate_is_called:
 * @self: a place
 * @name: words that may be its name, as written
 *
 * Returns: whether they are, or one is a part of the other
 */
gboolean
trip_plan_candidate_is_called (const TripPlanCandidate *self,
                               const char              *name)
{
  g_autofree char *folded = trip_text_fold (name);

  if (strcmp (self->folded, folded) == 0)
    return TRUE;
  return (strlen (folded) >= LEAST_NAME_BYTES && trip_text_contains_word (self->folded, folded)) ||
         (strlen (self->folded) >= LEAST_NAME_BYTES && trip_text_contains_word (folded, self->folded));
}

/**
 * trip_plan_lodges_find_wish:
 * @context: the question
 * @bed: a lodging
 * @out_nights: (out): how many nights were asked for there, 0 where that was not said
 *
 * Returns: its place among the lodgings that were named for nights, beyond the last where it was not
 */
guint
trip_plan_lodges_find_wish (const TripPlanContext   *context,
                            const TripPlanCandidate *bed,
                            guint                   *out_nights)
{
  GPtrArray *wishes = context->constraints->night_wishes;

  *out_nights = 0;
  for (guint i = 0; i < wishes->len; i++)
    {
      const TripNightWish *wish = g_ptr_array_index (wishes, i);

      if (!trip_plan_candidate_is_called (bed, wish->name))
        continue;
      *out_nights = (guint) MAX (wish->nights, 0);
      return i;
    }
  return wishes->len;
}

/* The place that is called so: by the very name before one that has it as a part, a lodging only where one is wanted. */
static TripPlanCandidate *
find_called (GArray     *all,
             const char *name,
             gboolean    lodges)
{
  g_autofree char *folded = trip_text_fold (name);
  TripPlanCandidate *best = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (all, TripPlanCandidate, i);

      if (lodges && candidate->poi->type != TRIP_POI_LODGE)
        continue;
      if (strcmp (candidate->folded, folded) == 0)
        return candidate;
      if (trip_plan_candidate_is_called (candidate, name) && (best == NULL || candidate->appeal > best->appeal))
        best = candidate;
    }
  return best;
}

static gboolean
is_a_city (const TripPlanContext *self,
           const char            *name)
{
  for (guint i = 0; i < self->cities->len; i++)
    {
      if (trip_text_equal_folded (g_array_index (self->cities, TripPlanCity, i).name, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_address_in (const TripPoi *poi,
                const char    *folded)
{
  g_autofree char *address = poi->address != NULL ? trip_text_fold (poi->address) : NULL;

  return address != NULL && *folded != '\0' && trip_text_contains_word (address, folded);
}

/* What lies near to it, or has it in its address, suits; of the rest what is nearer suits better. Says whether the data
 * can tell. */
static gboolean
prefer_near (GArray     *all,
             const char *where,
             gboolean    must)
{
  const TripPlanCandidate *middle = find_called (all, where, FALSE);
  g_autofree char *folded = trip_text_fold (where);
  gboolean known = middle != NULL;
  TripGeo geo = { 0 };
  guint city = 0;

  if (middle != NULL)
    {
      geo = middle->poi->geo;
      city = middle->city;
    }
  for (guint i = 0; i < all->len && middle == NULL && !known; i++)
    {
      const TripPlanCandidate *candidate = &g_array_index (all, TripPlanCandidate, i);

      known = candidate->poi->type == TRIP_POI_LODGE && has_address_in (candidate->poi, folded);
      city = candidate->city;
    }
  for (guint i = 0; i < all->len && known; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (all, TripPlanCandidate, i);
      gdouble distance = middle != NULL ? trip_geo_distance_m (&geo, &candidate->poi->geo) : MOST_KM_OFF * 1000.0;

      if (candidate->poi->type != TRIP_POI_LODGE || candidate->city != city)
        continue;
      if (distance <= NEAR_M || has_address_in (candidate->poi, folded))
        {
          candidate->appeal += POINTS_NEAR;
          continue;
        }
      candidate->appeal -= POINTS_PER_KM_OFF * (gfloat) (MIN (distance / 1000.0, MOST_KM_OFF));
      candidate->lodge_near = FALSE;
      candidate->lodge_ok = candidate->lodge_ok && !must;
    }
  return known;
}

/**
 * trip_plan_context_judge_lodges:
 * @self: the question
 * @all: (element-type TripPlanCandidate): all places, rated
 * @error: return location
 *
 * Marks the lodgings that were named, and those that are of the kind and price and in the place that was asked for.
 *
 * Returns: whether what has to be can be; else %TRIP_ERROR_INFEASIBLE
 */
gboolean
trip_plan_context_judge_lodges (TripPlanContext *self,
                                GArray          *all,
                                GError         **error)
{
  const TripConstraints *terms = self->constraints;

  for (guint i = 0; i < all->len; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (all, TripPlanCandidate, i);

      candidate->lodge_ok = candidate->poi->type != TRIP_POI_LODGE || is_asked_for (self, candidate);
      candidate->lodge_near = TRUE;
    }
  for (guint i = 0; i < terms->night_wishes->len; i++)
    {
      const TripNightWish *wish = g_ptr_array_index (terms->night_wishes, i);
      TripPlanCandidate *bed = !is_a_city (self, wish->name) ? find_called (all, wish->name, TRUE) : NULL;

      if (bed != NULL)
        {
          bed->must = TRUE;
        }
      else if (wish->priority == TRIP_PRIORITY_MUST_HAVE && wish->nights == 0)
        {
          g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                       _("“%s” has to be where you stay, but no lodging of that name is known. Name another, or leave it "
                         "open."), wish->name);
          return FALSE;
        }
      else if (!is_a_city (self, wish->name))
        {
          g_ptr_array_add (self->notes, g_strdup_printf (_("“%s” is no lodging that is known; the nights there are yours "
                                                           "to book, or elsewhere."), wish->name));
        }
    }
  for (guint i = 0; i < terms->lodging_near->len; i++)
    {
      const char *where = g_ptr_array_index (terms->lodging_near, i);
      TripPlanCandidate *named = find_called (all, where, TRUE);
      gboolean must = g_ptr_array_find_with_equal_func (terms->lodging_near_must, where, g_str_equal, NULL);

      if (is_a_city (self, where))
        continue;
      /* "Stay in the Anker" means a house. */
      if (named != NULL && trip_text_equal_folded (named->poi->name, where))
        named->must = TRUE;
      else if (!prefer_near (all, where, must))
        g_ptr_array_add (self->notes, g_strdup_printf (_("Which lodgings are near “%s” is not known."), where));
    }
  return TRUE;
}
