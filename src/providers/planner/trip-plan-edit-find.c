/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which place the words of a change mean. A place is found by its name before it is found by its kind.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A place no farther than this from another of the day belongs to that day's city. */
#define SAME_CITY_M 30000.0

/* So many places are tried for one wish; beyond, the day is full. */
#define MAX_TRIES 12

/* What plans call lunch and dinner. */
#define LUNCH_FROM (10 * 60 + 30)
#define DINNER_FROM (16 * 60)

static gboolean
is_of_kind (const TripPoi *poi,
            const char    *stem)
{
  return trip_plan_words_match_tag (poi, stem);
}

/* "The museum" is a kind, though the word stands in names; "the Louvre" is a name. */
static gboolean
is_named (const TripPoi *poi,
          const char    *folded_words,
          const char    *stem)
{
  g_autofree char *folded = trip_text_fold (poi->name);

  if (strcmp (folded, folded_words) == 0)
    return TRUE;
  return !is_of_kind (poi, stem) && (trip_text_contains_word (folded, folded_words) ||
                                     (strlen (folded) >= 6 && trip_text_contains_word (folded_words, folded)));
}

/**
 * trip_plan_editor_is_named:
 * @poi: a place
 * @words: words
 *
 * Returns: whether the words name it
 */
gboolean
trip_plan_editor_is_named (const TripPoi *poi,
                           const char    *words)
{
  g_autofree char *folded = trip_text_fold (words);
  g_autofree char *stem = trip_plan_words_stem (words);

  return *folded != '\0' && is_named (poi, folded, stem);
}

/* "Lunch" and "dinner" are blocks of the day, with a place or without. */
static gboolean
find_meal (const TripPlanEditor *self,
           const char           *folded,
           guint                 first,
           guint                 end,
           guint                *out_day,
           guint                *out_block)
{
  gboolean lunch = strcmp (folded, "lunch") == 0;

  if (!lunch && strcmp (folded, "dinner") != 0 && strcmp (folded, "supper") != 0)
    return FALSE;
  for (guint d = first; d < end; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind != TRIP_BLOCK_MEAL || block->start < LUNCH_FROM || (block->start < DINNER_FROM) != lunch)
            continue;
          *out_day = d;
          *out_block = b;
          return TRUE;
        }
    }
  return FALSE;
}

/* "Hagia Sophia" is not the Little Hagia Sophia, even where the plan has only that one. */
static gboolean
is_whole_name (const TripPlanEditor *self,
               const char           *folded)
{
  for (guint i = 0; i < self->context->places->len; i++)
    {
      g_autofree char *name = trip_text_fold (((const TripPoi *) g_ptr_array_index (self->context->places, i))->name);

      if (strcmp (name, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The block that the words mean: by name, then by kind, and of a kind rather one that need not be there. */
static gboolean
find_block (const TripPlanEditor *self,
            const char           *words,
            guint                 first,
            guint                 end,
            guint                *out_day,
            guint                *out_block,
            gboolean             *out_named)
{
  g_autofree char *folded = trip_text_fold (words);
  g_autofree char *stem = trip_plan_words_stem (words);

  gboolean whole = is_whole_name (self, folded);

  *out_named = TRUE;
  if (find_meal (self, folded, first, end, out_day, out_block))
    return TRUE;
  for (guint pass = 0; pass < 3 && *folded != '\0'; pass++)
    {
      for (guint d = first; d < end; d++)
        {
          const TripPlanDay *day = trip_plan_editor_day (self, d);

          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
              const TripPoi *poi = trip_plan_block_poi (block);

              if (poi == NULL || (block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL))
                continue;
              if (whole && !trip_text_equal_folded (poi->name, folded))
                continue;
              if (pass == 0 ? is_named (poi, folded, stem) : is_of_kind (poi, stem) && poi->must_see == (pass == 2))
                {
                  *out_day = d;
                  *out_block = b;
                  *out_named = pass == 0;
                  return TRUE;
                }
            }
        }
    }
  return FALSE;
}

static gint
compare_popularity (gconstpointer a,
                    gconstpointer b)
{
  const TripPoi *one = *(TripPoi * const *) a;
  const TripPoi *two = *(TripPoi * const *) b;

  if (one->popularity != two->popularity)
    return two->popularity - one->popularity;
  return strcmp (one->name, two->name);
}

/**
 * trip_plan_editor_find_places:
 * @self: a change
 * @words: (nullable): a place or a kind of place; %NULL for any
 * @restaurants: look among restaurants, not among sights
 *
 * Finds places that the words mean and the option lacks: a named one alone, else the best known first.
 *
 * Returns: (transfer container) (element-type TripPoi): the places, at most so many as are worth trying
 */
GPtrArray *
trip_plan_editor_find_places (const TripPlanEditor *self,
                              const char           *words,
                              gboolean              restaurants)
{
  GPtrArray *places = g_ptr_array_new ();
  g_autofree char *folded = words != NULL ? trip_text_fold (words) : NULL;
  g_autofree char *stem = words != NULL ? trip_plan_words_stem (words) : NULL;

  for (guint i = 0; i < self->context->places->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (self->context->places, i);
      gboolean named = folded != NULL && *folded != '\0' && is_named (poi, folded, stem);

      if (poi->type == TRIP_POI_LODGE || (poi->type == TRIP_POI_RESTAURANT) != restaurants ||
          (folded != NULL && !named && !is_of_kind (poi, stem)) || (!named && !trip_plan_context_serves (self->context, poi)) ||
          trip_plan_editor_has_place (self, poi))
        continue;
      if (named)
        {
          g_ptr_array_set_size (places, 0);
          g_ptr_array_add (places, poi);
          return places;
        }
      g_ptr_array_add (places, poi);
    }
  g_ptr_array_sort (places, compare_popularity);
  if (places->len > MAX_TRIES)
    g_ptr_array_set_size (places, MAX_TRIES);
  return places;
}

/**
 * trip_plan_editor_knows:
 * @context: the question
 * @words: words of a change
 *
 * Returns: whether they name a place of the trip, or a kind of place that it has
 */
gboolean
trip_plan_editor_knows (const TripPlanContext *context,
                        const char            *words)
{
  g_autofree char *folded = trip_text_fold (words);
  g_autofree char *stem = trip_plan_words_stem (words);

  for (guint i = 0; i < context->places->len && *folded != '\0'; i++)
    {
      const TripPoi *poi = g_ptr_array_index (context->places, i);

      if (is_named (poi, folded, stem) || is_of_kind (poi, stem))
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_editor_is_near:
 * @day: a day
 * @poi: a place
 *
 * Returns: whether the place is in the city of the day
 */
gboolean
trip_plan_editor_is_near (const TripPlanDay *day,
                          const TripPoi     *poi)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPoi *other = trip_plan_block_poi (g_ptr_array_index (day->blocks, b));

      if (other != NULL && trip_geo_distance_m (&other->geo, &poi->geo) < SAME_CITY_M)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_editor_is_meal:
 * @words: (nullable): words of a change
 *
 * Returns: whether they mean a meal of the day
 */
gboolean
trip_plan_editor_is_meal (const char *words)
{
  return words != NULL && (strcmp (words, "lunch") == 0 || strcmp (words, "dinner") == 0 || strcmp (words, "supper") == 0);
}

/**
 * trip_plan_editor_find_on_day:
 * @self: a change
 * @words: a place, a kind of place, or a meal
 * @day: which day
 * @out_block: (out): its block
 * @out_named: (out): the words name it, and not only its kind
 *
 * Finds something on one day; says so where it is not there.
 *
 * Returns: whether it is there
 */
gboolean
trip_plan_editor_find_on_day (TripPlanEditor *self,
                              const char     *words,
                              guint           day,
                              guint          *out_block,
                              gboolean       *out_named)
{
  guint found;

  if (find_block (self, words, day, day + 1, &found, out_block, out_named))
    return TRUE;
  trip_plan_editor_say (self, _("“%s” is not on day %u of this option."), words, day + 1);
  return FALSE;
}

/**
 * trip_plan_editor_find_subject:
 * @self: a change
 * @words: (nullable): a place, a kind of place, or a meal
 * @any_day: look at all days, not only those that the change names
 * @out_day: (out): its day
 * @out_block: (out): its block
 * @out_named: (out): the words name it, and not only its kind
 *
 * Finds what a change is about in the option; says so where it is not there.
 *
 * Returns: whether it is there
 */
gboolean
trip_plan_editor_find_subject (TripPlanEditor *self,
                               const char     *words,
                               gboolean        any_day,
                               guint          *out_day,
                               guint          *out_block,
                               gboolean       *out_named)
{
  guint first = 0;
  guint end = self->option->days->len;

  if (!any_day && !trip_plan_editor_days (self, &first, &end))
    return FALSE;
  if (words != NULL && find_block (self, words, first, end, out_day, out_block, out_named))
    return TRUE;
  if (words == NULL)
    trip_plan_editor_say (self, _("Which place is meant was not said."));
  else if (!any_day && end - first == 1 && self->option->days->len > 1)
    trip_plan_editor_say (self, _("“%s” is not on day %u of this option."), words, first + 1);
  else
    trip_plan_editor_say (self, _("“%s” is not in this option."), words);
  return FALSE;
}
