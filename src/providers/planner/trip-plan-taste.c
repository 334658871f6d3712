/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Icons count more than their popularity says, since a visitor of a city comes for them and not for the number of stops; a
 * theme draws its places; and what an earlier option has already is worth less to the next, the less the more it is an
 * icon, so that options differ in what can be exchanged and agree on what cannot.
 */
#include "providers/planner/trip-plan-taste.h"

#include "trip/model/trip-poi.h"

/* From here on popularity counts ever more. */
#define ICON_POPULARITY 75
#define POINTS_PER_ICON_SQUARE 0.24f

#define POINTS_THEME 38.0f

/* What having a place once again takes off: more for one that many others could stand in for. */
#define POINTS_AGAIN_SIGHT 6.0f
#define POINTS_AGAIN_PER_RANK 0.55f
#define POINTS_AGAIN_MEAL 24.0f
#define POINTS_AGAIN_BED 20.0f
#define MAX_AGAIN 2

/* More than any place is worth: out, unless it has to be in. */
#define POINTS_NOT_FOR_CHILDREN 400.0f

#define DEFAULT_POPULARITY 55

static TripPlanCandidate *
candidate_at (const TripPlanTaste *self,
              guint                index)
{
  return &g_array_index (self->context->candidates, TripPlanCandidate, index);
}

/**
 * trip_plan_taste_init:
 * @self: uninitialised
 * @context: the question; has to outlive @self
 *
 * Begins with no option and no style.
 */
void
trip_plan_taste_init (TripPlanTaste   *self,
                      TripPlanContext *context)
{
  guint n = context->candidates->len;

  self->context = context;
  self->appeals = g_array_sized_new (FALSE, FALSE, sizeof (gfloat), n);
  self->seen = g_array_sized_new (FALSE, TRUE, sizeof (guint8), n);
  g_array_set_size (self->seen, n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (self->appeals, candidate_at (self, i)->appeal);
}

/**
 * trip_plan_taste_clear:
 * @self: a taste
 *
 * Gives the candidates their own appeal back and frees what it holds.
 */
void
trip_plan_taste_clear (TripPlanTaste *self)
{
  if (self->appeals == NULL)
    return;
  for (guint i = 0; i < self->appeals->len; i++)
    candidate_at (self, i)->appeal = g_array_index (self->appeals, gfloat, i);
  g_clear_pointer (&self->appeals, g_array_unref);
  g_clear_pointer (&self->seen, g_array_unref);
}

static gboolean
has_theme (const TripPoi       *poi,
           const TripPlanStyle *style)
{
  for (gsize i = 0; style->theme != NULL && style->theme[i] != NULL; i++)
    {
      if (trip_poi_has_tag (poi, style->theme[i]))
        return TRUE;
    }
  return FALSE;
}

/* Where one goes to drink at night. */
static gboolean
is_for_adults (const TripPoi *poi)
{
  return trip_poi_has_tag (poi, "nightlife") && trip_poi_has_tag (poi, "bar") && !trip_poi_has_tag (poi, "family") &&
         !trip_poi_has_tag (poi, "kids");
}

static gfloat
change_for (const TripPlanContext   *context,
            const TripPlanCandidate *candidate,
            const TripPlanStyle     *style,
            guint                    seen)
{
  const TripPoi *poi = candidate->poi;
  gint popularity = poi->popularity >= 0 ? poi->popularity : DEFAULT_POPULARITY;
  gfloat again = (gfloat) MIN (seen, (guint) MAX_AGAIN);
  gfloat change = 0.0f;

  if (context->children > 0 && is_for_adults (poi))
    return -POINTS_NOT_FOR_CHILDREN;
  switch (poi->type)
    {
    case TRIP_POI_RESTAURANT:
      return -POINTS_AGAIN_MEAL * again;
    case TRIP_POI_LODGE:
      return -POINTS_AGAIN_BED * again;
    default:
      break;
    }
  if (popularity > ICON_POPULARITY)
    {
      gfloat above = (gfloat) (popularity - ICON_POPULARITY);

      change += POINTS_PER_ICON_SQUARE * above * above * style->fame;
    }
  if (has_theme (poi, style))
    change += POINTS_THEME;
  return change - again * (POINTS_AGAIN_SIGHT + POINTS_AGAIN_PER_RANK * (gfloat) (100 - MIN (popularity, 100)));
}

/**
 * trip_plan_taste_set_style:
 * @self: a taste
 * @style: the style of the next drafts
 *
 * Sets the appeal of all candidates for it.
 */
void
trip_plan_taste_set_style (TripPlanTaste       *self,
                           const TripPlanStyle *style)
{
  for (guint i = 0; i < self->appeals->len; i++)
    {
      TripPlanCandidate *candidate = candidate_at (self, i);

      candidate->appeal = g_array_index (self->appeals, gfloat, i) +
                          change_for (self->context, candidate, style, g_array_index (self->seen, guint8, i));
    }
}

static void
see (TripPlanTaste *self,
     gint           index,
     guint8        *once)
{
  if (index < 0 || once[index])
    return;
  once[index] = TRUE;
  if (g_array_index (self->seen, guint8, index) < G_MAXUINT8)
    g_array_index (self->seen, guint8, index)++;
}

/**
 * trip_plan_taste_add_draft:
 * @self: a taste
 * @draft: a draft that has become an option
 *
 * Remembers its places.
 */
void
trip_plan_taste_add_draft (TripPlanTaste       *self,
                           const TripPlanDraft *draft)
{
  g_autofree guint8 *once = g_new0 (guint8, self->seen->len + 1);

  for (guint d = 0; d < draft->n_days; d++)
    {
      see (self, draft->days[d].lodge, once);
      for (guint i = 0; i < draft->days[d].stops->len; i++)
        see (self, g_array_index (draft->days[d].stops, TripPlanStop, i).candidate, once);
    }
}

/**
 * trip_plan_taste_add_option:
 * @self: a taste
 * @option: an option of the client's
 *
 * Remembers its places.
 */
void
trip_plan_taste_add_option (TripPlanTaste        *self,
                            const TripPlanOption *option)
{
  g_autofree guint8 *once = g_new0 (guint8, self->seen->len + 1);

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      if (day->lodging_poi != NULL)
        see (self, trip_plan_context_find (self->context, day->lodging_poi), once);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          for (guint p = 0; p < block->pois->len; p++)
            see (self, trip_plan_context_find (self->context, g_ptr_array_index (block->pois, p)), once);
        }
    }
}
