/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes that name a place: add, drop, swap, move.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static TripPlanBlock *
block_at (const TripPlanEditor *self,
          guint                 day,
          guint                 block)
{
  return g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
}

/* Meals of one's own choice have no place, and are told by their words. */
static const char *
name_of (const TripPlanBlock *block)
{
  return trip_plan_block_poi (block) != NULL ? trip_plan_block_poi (block)->name : block->description;
}

/* A restaurant comes into the plan at a meal: first one that is left to choice, else in the place of another table. */
static gboolean
add_meal (TripPlanEditor *self,
          guint           day,
          TripPoi        *poi,
          gboolean        may_replace)
{
  const TripPlanDay *source = trip_plan_editor_day (self, day);

  for (guint pass = 0; pass <= (may_replace ? 1u : 0u); pass++)
    {
      for (guint b = source->blocks->len; b-- > 0;)
        {
          const TripPlanBlock *meal = g_ptr_array_index (source->blocks, b);
          const TripPoi *was = trip_plan_block_poi (meal);
          g_autofree char *name = was != NULL ? g_strdup (was->name) : NULL;

          if (meal->kind != TRIP_BLOCK_MEAL || (was != NULL) != (pass == 1) ||
              (was != NULL && trip_plan_editor_is_must (self, was)) ||
              !trip_plan_editor_replace (self, day, b, poi, FALSE))
            continue;
          if (name != NULL)
            trip_plan_editor_say (self, _("%s took the place of %s."), poi->name, name);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
add_one (TripPlanEditor *self,
         TripPoi        *poi,
         guint           first,
         guint           end,
         gboolean        force)
{
  guint day = first;
  gboolean done = FALSE;

  if (poi->type != TRIP_POI_RESTAURANT)
    done = trip_plan_editor_insert_anywhere (self, first, end, poi, force, &day);
  else
    for (guint d = first; d < end && !done; d++)
      {
        day = d;
        done = trip_plan_editor_is_near (trip_plan_editor_day (self, d), poi) && add_meal (self, d, poi, force);
      }
  if (done)
    trip_plan_editor_say (self, _("%s was added on day %u."), poi->name, day + 1);
  return done;
}

static gboolean
say_there_already (TripPlanEditor *self,
                   const char     *words)
{
  for (guint d = 0; words != NULL && d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPoi *poi = trip_plan_block_poi (g_ptr_array_index (day->blocks, b));

          if (poi != NULL && poi->type != TRIP_POI_LODGE && trip_plan_editor_is_named (poi, words))
            {
              trip_plan_editor_say (self, _("%s is on day %u already."), poi->name, d + 1);
              return TRUE;
            }
        }
    }
  return FALSE;
}

static gboolean
is_full (const TripPlanEditor *self,
         guint                 first,
         guint                 end)
{
  while (first < end && trip_plan_editor_is_full (self, first))
    first++;
  return first == end;
}

/**
 * trip_plan_editor_add:
 * @self: a change
 * @words: (nullable): a place or a kind of place; %NULL for the best known
 *
 * Adds one place. Something else goes for it only where the place was named, or a day was and is full.
 *
 * Returns: whether one was added
 */
gboolean
trip_plan_editor_add (TripPlanEditor *self,
                      const char     *words)
{
  gboolean any = FALSE;
  gboolean day_is_named = self->change->day != TRIP_PLAN_EVERY_DAY;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint meals = 0; meals < (words != NULL ? 2u : 1u); meals++)
        {
          g_autoptr(GPtrArray) places = trip_plan_editor_find_places (self, words, meals == 1);
          gboolean named = words != NULL && places->len == 1 &&
                           trip_plan_editor_is_named (g_ptr_array_index (places, 0), words);

          any = any || places->len > 0;
          if (pass == 1 && !named && !(day_is_named && words != NULL))
            continue;
          for (guint i = 0; i < places->len; i++)
            {
              if (add_one (self, g_ptr_array_index (places, i), first, end, pass == 1))
                return TRUE;
            }
        }
    }
  if (words == NULL && is_full (self, first, end))
    trip_plan_editor_say (self, _("There are as many sights a day as were asked for at most."));
  else if (words == NULL)
    trip_plan_editor_say (self, _("There is no time for another visit."));
  else if (any && day_is_named)
    trip_plan_editor_say (self, _("There is no time for “%s” on day %u while it is open."), words, first + 1);
  else if (any)
    trip_plan_editor_say (self, _("There is no time for “%s” while it is open."), words);
  else if (!say_there_already (self, words))
    trip_plan_editor_say (self, _("No further place of this trip is known for “%s”."), words);
  return FALSE;
}

static gboolean
may_be_taken_out (TripPlanEditor      *self,
                  const TripPlanBlock *block,
                  gboolean             named)
{
  const TripPoi *poi = trip_plan_block_poi (block);

  if (poi == NULL || named || !trip_plan_editor_is_must (self, poi))
    return TRUE;
  trip_plan_editor_say (self, _("%s has to be in the plan; drop it by its name first."), poi->name);
  return FALSE;
}

/**
 * trip_plan_editor_drop:
 * @self: a change
 * @words: (nullable): a place or a kind of place
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

  if (!trip_plan_editor_find_subject (self, words, FALSE, &day, &block, &named))
    return FALSE;
  source = block_at (self, day, block);
  name = g_strdup (name_of (source));
  if (!may_be_taken_out (self, source, named))
    return FALSE;
  if (source->kind == TRIP_BLOCK_VISIT && trip_plan_editor_all_visits (self) == 1)
    {
      trip_plan_editor_say (self, _("%s is the only visit of this option and stays."), name);
      return FALSE;
    }
  if (!trip_plan_editor_remove (self, day, block))
    {
      trip_plan_editor_say (self, _("Day %u does not work without %s."), day + 1, name);
      return FALSE;
    }
  trip_plan_editor_say (self, _("%s was taken out of day %u."), name, day + 1);
  return TRUE;
}

/* Two visits of the plan change places: each is at the other's time where that is possible. */
static gboolean
exchange (TripPlanEditor *self,
          guint           day,
          guint           block,
          guint           other_day,
          guint           other_block)
{
  g_autoptr(TripPoi) one = trip_poi_ref (trip_plan_block_poi (block_at (self, day, block)));
  g_autoptr(TripPoi) two = trip_poi_ref (trip_plan_block_poi (block_at (self, other_day, other_block)));
  GPtrArray *saved = trip_plan_editor_save_days (self);
  gsize said = self->notes->len;
  gboolean done = FALSE;

  for (guint pass = 0; pass < 2 && !done; pass++)
    {
      if (day == other_day)
        {
          g_auto(TripPlanDayEdit) edit = { 0 };
          guint places[2];
          gint starts[2] = { block_at (self, day, block)->start, block_at (self, day, other_block)->start };
          guint n = 0;

          trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
          for (guint i = 0; i < edit.day->blocks->len && n < 2; i++)
            {
              const TripPoi *poi = trip_plan_block_poi (g_ptr_array_index (edit.day->blocks, i));

              if (poi == one || poi == two)
                places[n++] = i;
            }
          if (n == 2)
            {
              gpointer first = g_ptr_array_index (edit.day->blocks, places[0]);
              gpointer second = g_ptr_array_index (edit.day->blocks, places[1]);

              edit.day->blocks->pdata[places[0]] = second;
              edit.day->blocks->pdata[places[1]] = first;
              trip_plan_day_edit_wish (&edit, second, MIN (starts[0], starts[1]));
              trip_plan_day_edit_wish (&edit, first, MAX (starts[0], starts[1]));
              /* Neither of the two may go, whatever else does. */
              edit.keep = one;
              edit.pinned = trip_plan_block_poi (first) == two ? first : second;
              edit.may_drop = pass == 1;
              if (trip_plan_day_edit_fit (&edit))
                {
                  trip_plan_editor_take_over (self, day, &edit);
                  done = TRUE;
                }
            }
        }
      else
        {
          done = trip_plan_editor_replace (self, day, block, two, pass == 1) &&
                 trip_plan_editor_replace (self, other_day, other_block, one, pass == 1);
        }
      if (!done)
        {
          trip_plan_editor_restore_days (self, saved);
          saved = trip_plan_editor_save_days (self);
          g_string_truncate (self->notes, said);
        }
    }
  g_ptr_array_unref (saved);
  if (done && trip_plan_editor_has_place (self, one) && trip_plan_editor_has_place (self, two))
    {
      trip_plan_editor_say (self, _("%s and %s changed places."), one->name, two->name);
      return TRUE;
    }
  g_string_truncate (self->notes, said);
  trip_plan_editor_say (self, _("%s and %s cannot change places: one of them would not fit at the other's time."), one->name,
                        two->name);
  return FALSE;
}

static gboolean
swap_with_known (TripPlanEditor *self,
                 guint           day,
                 guint           block)
{
  const char *words = self->change->object;
  g_autoptr(GPtrArray) places = trip_plan_editor_find_places (self, words,
                                                               block_at (self, day, block)->kind == TRIP_BLOCK_MEAL);
  g_autofree char *name = g_strdup (name_of (block_at (self, day, block)));

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < places->len; i++)
        {
          TripPoi *poi = g_ptr_array_index (places, i);

          if (!trip_plan_editor_is_near (trip_plan_editor_day (self, day), poi) ||
              !trip_plan_editor_replace (self, day, block, poi, pass == 1))
            continue;
          trip_plan_editor_say (self, _("%s took the place of %s."), poi->name, name);
          return TRUE;
        }
    }
  if (places->len == 0)
    trip_plan_editor_say (self, _("No further place of this trip is known for “%s”."), words != NULL ? words : name);
  else
    trip_plan_editor_say (self, _("No place for “%s” is open when %s is visited."), words != NULL ? words : name, name);
  return FALSE;
}

/**
 * trip_plan_editor_swap:
 * @self: a change
 *
 * Puts one place where another was: a sight for a sight, a restaurant for a restaurant. Two that are both in the plan
 * change places.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_swap (TripPlanEditor *self)
{
  g_autofree char *name = NULL;
  const TripPlanBlock *source;
  gboolean named, other_named;
  guint day, block, other_day, other_block;
  gsize said;

  if (!trip_plan_editor_find_subject (self, self->change->subject, FALSE, &day, &block, &named))
    return FALSE;
  source = block_at (self, day, block);
  name = g_strdup (name_of (source));
  if (self->change->object != NULL && trip_plan_block_poi (source) != NULL)
    {
      said = self->notes->len;
      if (trip_plan_editor_find_subject (self, self->change->object, TRUE, &other_day, &other_block, &other_named) &&
          other_named && trip_plan_block_poi (block_at (self, other_day, other_block)) != NULL &&
          block_at (self, other_day, other_block)->kind == source->kind && (other_day != day || other_block != block))
        return exchange (self, day, block, other_day, other_block);
      g_string_truncate (self->notes, said);
    }
  /* The places of the trip are not the plan's to change: what has to be in them is dropped there, not swapped here. */
  if (!may_be_taken_out (self, source, FALSE))
    return FALSE;
  if (source->kind == TRIP_BLOCK_MEAL && self->change->object == NULL)
    {
      TripPoi *table = trip_plan_editor_another_table (self, day, block);

      if (table != NULL)
        trip_plan_editor_say (self, _("%s took the place of %s."), table->name, name);
      else
        trip_plan_editor_say (self, _("No other restaurant near there is open then."));
      return table != NULL;
    }
  return swap_with_known (self, day, block);
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
  TripPlanBlock *like;
  GPtrArray *saved;
  guint target, day, block;
  gsize said = self->notes->len;
  gint from, to;
  gboolean named, done;

  if (!trip_plan_editor_find_day (self, self->change->day, &target) ||
      !trip_plan_editor_find_subject (self, self->change->subject, TRUE, &day, &block, &named))
    return FALSE;
  if (trip_plan_block_poi (block_at (self, day, block)) == NULL)
    {
      trip_plan_editor_say (self, _("A meal of your own choice cannot move to another day."));
      return FALSE;
    }
  if (day == target && self->change->part != TRIP_DAY_PART_NONE)
    return trip_plan_editor_place_in_time (self);
  poi = trip_poi_ref (trip_plan_block_poi (block_at (self, day, block)));
  if (day == target)
    {
      trip_plan_editor_say (self, _("%s is on day %u already."), poi->name, day + 1);
      return FALSE;
    }
  if (!trip_plan_editor_is_near (trip_plan_editor_day (self, target), poi))
    {
      trip_plan_editor_say (self, _("%s is not in the city of day %u."), poi->name, target + 1);
      return FALSE;
    }
  trip_plan_day_part_bounds (self->change->part, &from, &to);
  saved = trip_plan_editor_save_days (self);
  like = trip_plan_block_copy (block_at (self, day, block));
  done = trip_plan_editor_remove (self, day, block);
  if (done && poi->type == TRIP_POI_RESTAURANT)
    done = add_meal (self, target, poi, TRUE);
  else if (done)
    done = trip_plan_editor_insert (self, target, poi, like, from, to, FALSE) ||
           trip_plan_editor_insert (self, target, poi, like, from, to, TRUE);
  trip_plan_block_free (like);
  if (!done)
    {
      trip_plan_editor_restore_days (self, saved);
      g_string_truncate (self->notes, said);
      trip_plan_editor_say_why_not (self, target, block_at (self, day, block), from, to);
      return FALSE;
    }
  g_ptr_array_unref (saved);
  trip_plan_editor_say (self, _("%s moved to day %u."), poi->name, target + 1);
  return TRUE;
}
