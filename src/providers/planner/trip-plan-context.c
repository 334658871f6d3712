/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Builds the context step by step. What a traveller wants to avoid is out before anything else looks at the places.
 */
#include "providers/planner/trip-plan-context.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  char *phrase;
  char *folded;
  char *stem;
  gboolean met;
} Avoided;

static void
clear_avoided (gpointer data)
{
  Avoided *avoided = data;

  g_free (avoided->phrase);
  g_free (avoided->folded);
  g_free (avoided->stem);
}

static Avoided *
find_avoided (GArray        *list,
              const TripPoi *poi)
{
  g_autofree char *name = NULL;
  g_autofree char *city = NULL;

  if (list->len == 0)
    return NULL;
  name = trip_text_fold (poi->name);
  city = poi->city != NULL ? trip_text_fold (poi->city) : NULL;
  for (guint i = 0; i < list->len; i++)
    {
      Avoided *avoided = &g_array_index (list, Avoided, i);

      if (trip_plan_words_match (poi, name, avoided->folded, avoided->stem) ||
          (city != NULL && strcmp (city, avoided->folded) == 0))
        {
          avoided->met = TRUE;
          return avoided;
        }
    }
  return NULL;
}

/* What nothing fits is avoided, yet the traveller should know that it was not even recognised. */
static void
note_unmet_avoided (TripPlanContext *self,
                    GArray          *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Avoided *avoided = &g_array_index (list, Avoided, i);
      gboolean told = avoided->met;

      /* One wish comes as its tag and as it was written. */
      for (guint k = 0; k < list->len && !told; k++)
        told = k != i && (g_array_index (list, Avoided, k).met || k + 1 == i) &&
               strcmp (g_array_index (list, Avoided, k).stem, avoided->stem) == 0;
      if (!told && !g_str_has_prefix (avoided->stem, "crowd"))
        g_ptr_array_add (self->notes, g_strdup_printf (_("No place that is known fits “%s”, which is to be avoided."),
                                                       avoided->phrase));
    }
}

static gboolean
is_asked_for (const TripPlanContext *self,
              const TripPoi         *poi)
{
  for (guint i = 0; i < self->constraints->must->len && !poi->must_see; i++)
    {
      if (trip_text_equal_folded (g_ptr_array_index (self->constraints->must, i), poi->name))
        return TRUE;
    }
  return poi->must_see;
}

/* Whether it is what the place is that is to be avoided, and not the place by its name. */
static gboolean
is_of_kind (const Avoided *avoided,
            const TripPoi *poi)
{
  return trip_plan_words_match_tag (poi, avoided->stem) && !trip_text_equal_folded (poi->name, avoided->phrase);
}

static GPtrArray *
leave_out_avoided (TripPlanContext *self,
                   GError         **error)
{
  g_autoptr(GPtrArray) pois = g_ptr_array_new ();
  g_autoptr(GArray) list = g_array_new (FALSE, TRUE, sizeof (Avoided));
  GPtrArray *phrases = self->constraints->avoid;

  g_array_set_clear_func (list, clear_avoided);
  for (guint i = 0; i < phrases->len; i++)
    {
      const char *phrase = g_ptr_array_index (phrases, i);
      Avoided avoided = { g_strdup (phrase), trip_text_fold (phrase), trip_plan_words_stem (phrase) };

      if (g_str_has_prefix (avoided.stem, "crowd"))
        self->avoid_crowds = TRUE;
      g_array_append_val (list, avoided);
    }
  for (guint i = 0; i < self->query->pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (self->query->pois, i);
      const Avoided *avoided = find_avoided (list, poi);

      if (avoided == NULL)
        {
          g_ptr_array_add (pois, poi);
        }
      else if (is_asked_for (self, poi) && is_of_kind (avoided, poi))
        {
          /* "No museums, but the Louvre": a place that was named goes before a kind of places. */
          g_ptr_array_add (pois, poi);
          g_ptr_array_add (self->notes, g_strdup_printf (_("%s was asked for, so it is in although “%s” is to be avoided."),
                                                         poi->name, avoided->phrase));
        }
      else if (poi->must_see)
        {
          g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                       _("%s has to be in the plan, but “%s” is to be avoided: one of the two has to go."),
                       poi->name, avoided->phrase);
          return NULL;
        }
    }
  note_unmet_avoided (self, list);
  return g_steal_pointer (&pois);
}

static void
clear_theme (gpointer data)
{
  TripPlanTheme *theme = data;

  g_clear_pointer (&theme->stem, g_free);
  g_clear_pointer (&theme->words, g_free);
}

static void
note_unread (TripPlanContext *self)
{
  for (guint i = 0; i < self->constraints->unread->len; i++)
    {
      const char *phrase = g_ptr_array_index (self->constraints->unread, i);

      if (!g_ptr_array_find_with_equal_func (self->liked, phrase, g_str_equal, NULL))
        g_ptr_array_add (self->notes, g_strdup_printf (_("“%s” was not understood and is not taken into account."),
                                                       phrase));
    }
}

/**
 * trip_plan_context_new:
 * @query: what to plan; has to outlive the context
 * @atlas: (nullable): the atlas, for what it knows of cities
 * @like: (nullable): an option that is being changed: its dates, length and currency hold
 * @error: return location
 *
 * Makes a question ready for planning.
 *
 * Returns: (transfer full): the context; %NULL and %TRIP_ERROR_INFEASIBLE naming what conflicts
 */
TripPlanContext *
trip_plan_context_new (const TripPlanQuery   *query,
                       TripAtlas             *atlas,
                       const TripPlanOption  *like,
                       GError               **error)
{
  g_autoptr(TripPlanContext) self = g_new0 (TripPlanContext, 1);
  g_autoptr(GArray) city_of = g_array_new (FALSE, TRUE, sizeof (gint));
  GPtrArray *pois;

  self->query = query;
  self->atlas = atlas;
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->cities = g_array_new (FALSE, TRUE, sizeof (TripPlanCity));
  self->first_span = g_array_new (FALSE, FALSE, sizeof (guint));
  self->spans = g_array_new (FALSE, FALSE, sizeof (TripPlanSpan));
  self->constraints = trip_requirements_read_for_places (query->requirements, query->pois, &query->today);
  self->avoid_crowds = self->constraints->avoid_crowds;
  self->keeps_plan = like != NULL;
  self->liked = g_ptr_array_new ();
  self->bounds = g_array_new (FALSE, TRUE, sizeof (TripPlanBound));
  self->themes = g_array_new (FALSE, TRUE, sizeof (TripPlanTheme));
  g_array_set_clear_func (self->themes, clear_theme);

  self->left_out = g_ptr_array_new_with_free_func (g_free);
  self->places = pois = leave_out_avoided (self, error);
  if (pois == NULL ||
      !trip_plan_context_group_places (self, pois, city_of, error) ||
      !trip_plan_context_read_terms (self, like, error))
    return NULL;
  trip_plan_context_order_cities (self, city_of);
  if (!trip_plan_context_add_candidates (self, pois, city_of, error))
    return NULL;
  trip_plan_context_find_dusk (self);
  trip_plan_context_open_days (self);
  note_unread (self);
  return g_steal_pointer (&self);
}

/**
 * trip_plan_context_free:
 * @self: (transfer full): a context
 *
 * Frees it.
 */
void
trip_plan_context_free (TripPlanContext *self)
{
  g_clear_pointer (&self->themes, g_array_unref);
  g_clear_pointer (&self->liked, g_ptr_array_unref);
  g_clear_pointer (&self->bounds, g_array_unref);
  g_clear_pointer (&self->constraints, trip_constraints_free);
  g_free (self->origin);
  for (guint i = 0; i < self->cities->len; i++)
    {
      TripPlanCity *city = &g_array_index (self->cities, TripPlanCity, i);

      g_free (city->name);
      g_free (city->distance);
    }
  g_array_unref (self->cities);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_array_unref);
  g_clear_pointer (&self->wishes, g_ptr_array_unref);
  g_ptr_array_unref (self->notes);
  g_array_unref (self->first_span);
  g_array_unref (self->spans);
  g_free (self);
}

/**
 * trip_plan_context_set_start:
 * @self: a context
 * @start: another first day
 *
 * Moves the trip.
 */
void
trip_plan_context_set_start (TripPlanContext *self,
                             const GDate     *start)
{
  self->start = *start;
  trip_plan_context_find_dusk (self);
  trip_plan_context_open_days (self);
}

/**
 * trip_plan_context_is_open_between:
 * @self: a context with places
 * @candidate: index of a place
 * @first_day: index of a day
 * @end_day: index of the day behind the last
 *
 * Returns: whether the place is open long enough for a visit on one of the days
 */
gboolean
trip_plan_context_is_open_between (const TripPlanContext *self,
                                   guint                  candidate,
                                   guint                  first_day,
                                   guint                  end_day)
{
  const TripPlanSpan *spans;

  for (guint d = first_day; d < end_day; d++)
    {
      guint n = trip_plan_context_spans (self, candidate, d, &spans);

      for (guint i = 0; i < n; i++)
        {
          if (spans[i].to - spans[i].from >= g_array_index (self->candidates, TripPlanCandidate, candidate).service)
            return TRUE;
        }
    }
  return FALSE;
}
