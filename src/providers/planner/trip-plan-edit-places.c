/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes that name a place: add, drop, swap, move. A place is found by its name before it is found by its kind.
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

static TripPoi *
first_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

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

static gboolean
is_in_option (const TripPlanEditor *self,
              const TripPoi        *poi)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPoi *other = first_poi (g_ptr_array_index (day->blocks, b));

          if (other != NULL && trip_poi_is_same (other, poi))
            return TRUE;
        }
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

  for (guint pass = 0; pass < 3; pass++)
    {
      for (guint d = first; d < end; d++)
        {
          const TripPlanDay *day = trip_plan_editor_day (self, d);

          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
              const TripPoi *poi = first_poi (block);

              if (poi == NULL || (block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL))
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

/* Places that the words mean and the option lacks: a named one alone, else the best known first. */
static GPtrArray *
find_places (const TripPlanEditor *self,
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
          (folded != NULL && !named && !is_of_kind (poi, stem)) || is_in_option (self, poi))
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

static gboolean
is_in_city_of (const TripPlanDay *day,
               const TripPoi     *poi)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPoi *other = first_poi (g_ptr_array_index (day->blocks, b));

      if (other != NULL && trip_geo_distance_m (&other->geo, &poi->geo) < SAME_CITY_M)
        return TRUE;
    }
  return FALSE;
}

/* Tries every place in the day and takes the one that moves the rest least; leaves something out only where it must. */
static gboolean
insert_visit (TripPlanEditor *self,
              guint           day,
              TripPoi        *poi)
{
  const TripPlanDay *source = trip_plan_editor_day (self, day);

  for (guint pass = 0; pass < 2; pass++)
    {
      TripPlanDayEdit best = { 0 };
      gint least = G_MAXINT;

      for (guint position = 0; position <= source->blocks->len; position++)
        {
          g_auto(TripPlanDayEdit) edit = { 0 };
          const TripPlanBlock *next;

          trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
          if (position > edit.day->blocks->len)
            break;
          next = position < edit.day->blocks->len ? g_ptr_array_index (edit.day->blocks, position) : NULL;
          if (next != NULL &&
              (next->kind == TRIP_BLOCK_CHECK_IN || (next->kind == TRIP_BLOCK_TRANSFER && position == 0)))
            continue;
          if (position > 0 && position == edit.day->blocks->len &&
              ((TripPlanBlock *) g_ptr_array_index (edit.day->blocks, position - 1))->kind == TRIP_BLOCK_TRANSFER &&
              position > 1)
            continue;
          trip_plan_day_edit_visit (&edit, poi, position);
          edit.keep = poi;
          edit.may_drop = pass > 0;
          if (trip_plan_day_edit_fit (&edit) && edit.moved < least)
            {
              trip_plan_day_edit_clear (&best);
              least = edit.moved;
              best = edit;
              memset (&edit, 0, sizeof edit);
            }
        }
      if (least < G_MAXINT)
        {
          trip_plan_editor_take_over (self, day, &best);
          trip_plan_day_edit_clear (&best);
          return TRUE;
        }
    }
  return FALSE;
}

/* A restaurant comes into the plan at a meal: first one that is left to choice, else in the place of another table. */
static gboolean
add_meal (TripPlanEditor *self,
          guint           day,
          TripPoi        *poi)
{
  const TripPlanDay *source = trip_plan_editor_day (self, day);

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint b = source->blocks->len; b-- > 0;)
        {
          g_auto(TripPlanDayEdit) edit = { 0 };
          const TripPlanBlock *meal = g_ptr_array_index (source->blocks, b);
          const TripPoi *was = first_poi (meal);

          if (meal->kind != TRIP_BLOCK_MEAL || (was != NULL) != (pass == 1) || (was != NULL && was->must_see))
            continue;
          trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
          for (guint i = 0; i < edit.day->blocks->len; i++)
            {
              TripPlanBlock *block = g_ptr_array_index (edit.day->blocks, i);

              if (block->kind == TRIP_BLOCK_MEAL && block->start == meal->start)
                trip_plan_day_edit_meal (&edit, block, poi);
            }
          edit.keep = poi;
          if (!trip_plan_day_edit_fit (&edit))
            continue;
          if (was != NULL)
            trip_plan_editor_say (self, _("%s took the place of %s."), poi->name, was->name);
          trip_plan_editor_take_over (self, day, &edit);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_plan_editor_add:
 * @self: a change
 * @words: (nullable): a place or a kind of place; %NULL for the best known
 *
 * Adds one place.
 *
 * Returns: whether one was added
 */
gboolean
trip_plan_editor_add (TripPlanEditor *self,
                      const char     *words)
{
  gboolean any = FALSE;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  for (guint meals = 0; meals < 2; meals++)
    {
      g_autoptr(GPtrArray) places = find_places (self, words, meals == 1);

      any = any || places->len > 0;
      for (guint i = 0; i < places->len && (words != NULL || meals == 0); i++)
        {
          TripPoi *poi = g_ptr_array_index (places, i);

          for (guint d = first; d < end; d++)
            {
              if (!is_in_city_of (trip_plan_editor_day (self, d), poi) ||
                  !(meals == 1 ? add_meal (self, d, poi) : insert_visit (self, d, poi)))
                continue;
              trip_plan_editor_say (self, _("%s was added on day %u."), poi->name, d + 1);
              return TRUE;
            }
        }
    }
  if (words == NULL)
    trip_plan_editor_say (self, _("There is no time for another visit."));
  else if (any)
    trip_plan_editor_say (self, _("There is no time for “%s” while it is open."), words);
  else
    trip_plan_editor_say (self, _("No further place of this trip is known for “%s”."), words);
  return FALSE;
}

static guint
count_all_visits (const TripPlanEditor *self)
{
  guint n = 0;

  for (guint d = 0; d < self->option->days->len; d++)
    n += trip_plan_editor_visits (trip_plan_editor_day (self, d));
  return n;
}

/* Positions in the day with its free time and in the edit without it differ: the block itself is what is looked for. */
static gint
position_in_edit (const TripPlanDayEdit *edit,
                  const TripPlanBlock   *block)
{
  for (guint i = 0; i < edit->day->blocks->len; i++)
    {
      const TripPlanBlock *other = g_ptr_array_index (edit->day->blocks, i);

      if (other->start == block->start && other->kind == block->kind && first_poi (other) == first_poi (block))
        return (gint) i;
    }
  return -1;
}

static gboolean
remove_block (TripPlanEditor *self,
              guint           day,
              guint           block)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  TripPlanBlock *source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  gint position;

  trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
  position = position_in_edit (&edit, source);
  if (position < 0)
    return FALSE;
  if (source->kind == TRIP_BLOCK_MEAL)
    trip_plan_day_edit_meal (&edit, g_ptr_array_index (edit.day->blocks, (guint) position), NULL);
  else
    trip_plan_day_edit_remove (&edit, (guint) position);
  edit.may_drop = TRUE;
  if (!trip_plan_day_edit_fit (&edit))
    return FALSE;
  trip_plan_editor_take_over (self, day, &edit);
  return TRUE;
}

static gboolean
find_subject (TripPlanEditor *self,
              const char     *words,
              gboolean        any_day,
              guint          *out_day,
              guint          *out_block,
              gboolean       *out_named)
{
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  if (any_day)
    {
      first = 0;
      end = self->option->days->len;
    }
  if (words != NULL && find_block (self, words, first, end, out_day, out_block, out_named))
    return TRUE;
  trip_plan_editor_say (self, _("“%s” is not in this option."), words != NULL ? words : "");
  return FALSE;
}

/**
 * trip_plan_editor_drop:
 * @self: a change
 * @words: a place or a kind of place
 *
 * Takes one place out.
 *
 * Returns: whether one was taken out
 */
gboolean
trip_plan_editor_drop (TripPlanEditor *self,
                       const char     *words)
{
  g_autofree char *name = NULL;
  const TripPlanBlock *source;
  gboolean named;
  guint day, block;

  if (!find_subject (self, words, FALSE, &day, &block, &named))
    return FALSE;
  source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  name = g_strdup (first_poi (source)->name);
  if (first_poi (source)->must_see && !named)
    {
      trip_plan_editor_say (self, _("%s has to be in the plan; name it to have it taken out."), name);
      return FALSE;
    }
  if (source->kind == TRIP_BLOCK_VISIT && count_all_visits (self) == 1)
    {
      trip_plan_editor_say (self, _("%s is the only visit of this option and stays."), name);
      return FALSE;
    }
  if (!remove_block (self, day, block))
    {
      trip_plan_editor_say (self, _("Day %u does not work without %s."), day + 1, name);
      return FALSE;
    }
  trip_plan_editor_say (self, _("%s was taken out of day %u."), name, day + 1);
  return TRUE;
}

/**
 * trip_plan_editor_swap:
 * @self: a change
 *
 * Puts one place where another was: a sight for a sight, a restaurant for a restaurant.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_swap (TripPlanEditor *self)
{
  g_autoptr(GPtrArray) places = NULL;
  g_autofree char *name = NULL;
  TripPlanBlock *source;
  gboolean named;
  guint day, block;

  if (!find_subject (self, self->change->subject, FALSE, &day, &block, &named))
    return FALSE;
  source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  name = g_strdup (first_poi (source)->name);
  if (first_poi (source)->must_see && !named)
    {
      trip_plan_editor_say (self, _("%s has to be in the plan; name it to have it taken out."), name);
      return FALSE;
    }
  places = find_places (self, self->change->object != NULL ? self->change->object : "",
                        source->kind == TRIP_BLOCK_MEAL);
  for (guint i = 0; i < places->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (places, i);
      g_auto(TripPlanDayEdit) edit = { 0 };
      gint position;

      if (!is_in_city_of (trip_plan_editor_day (self, day), poi))
        continue;
      trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
      position = position_in_edit (&edit, source);
      if (position < 0)
        continue;
      if (source->kind == TRIP_BLOCK_MEAL)
        {
          trip_plan_day_edit_meal (&edit, g_ptr_array_index (edit.day->blocks, (guint) position), poi);
        }
      else
        {
          TripPlanBlock *visit;
          gint start = source->start;

          trip_plan_day_edit_remove (&edit, (guint) position);
          visit = trip_plan_day_edit_visit (&edit, poi, (guint) position);
          trip_plan_day_edit_wish (&edit, visit, start);
        }
      edit.keep = poi;
      edit.may_drop = TRUE;
      if (trip_plan_day_edit_fit (&edit))
        {
          trip_plan_editor_take_over (self, day, &edit);
          trip_plan_editor_say (self, _("%s took the place of %s."), poi->name, name);
          return TRUE;
        }
    }
  if (places->len == 0)
    trip_plan_editor_say (self, _("No further place of this trip is known for “%s”."),
                          self->change->object != NULL ? self->change->object : "");
  else
    trip_plan_editor_say (self, _("No place for “%s” is open when %s is visited."), self->change->object, name);
  return FALSE;
}

/**
 * trip_plan_editor_move:
 * @self: a change
 *
 * Puts a visit on another day.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_move (TripPlanEditor *self)
{
  g_autoptr(TripPoi) poi = NULL;
  const TripPlanBlock *source;
  TripPlanDay *saved;
  guint first, end, day, block;
  gboolean named;

  if (!trip_plan_editor_days (self, &first, &end) ||
      !find_subject (self, self->change->subject, TRUE, &day, &block, &named))
    return FALSE;
  source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  poi = trip_poi_ref (first_poi (source));
  if (day == first)
    {
      trip_plan_editor_say (self, _("%s is on day %u already."), poi->name, day + 1);
      return FALSE;
    }
  saved = trip_plan_day_copy (trip_plan_editor_day (self, day));
  if (is_in_city_of (trip_plan_editor_day (self, first), poi) && remove_block (self, day, block) &&
      (poi->type == TRIP_POI_RESTAURANT ? add_meal (self, first, poi) : insert_visit (self, first, poi)))
    {
      trip_plan_day_free (saved);
      trip_plan_editor_say (self, _("%s moved to day %u."), poi->name, first + 1);
      return TRUE;
    }
  trip_plan_day_free (trip_plan_editor_day (self, day));
  g_ptr_array_index (self->option->days, day) = saved;
  trip_plan_editor_say (self, _("%s does not fit on day %u."), poi->name, first + 1);
  return FALSE;
}
