/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Free time of a changed day. Time that the rest leaves over is named as in a new plan; a break that was asked for is a
 * block like others, which keeps its length and its time where it can.
 */
#include "providers/planner/trip-plan-reschedule.h"

#include "providers/planner/trip-plan-draft.h"
#include "providers/planner/trip-plan-rest.h"

#include <glib/gi18n-lib.h>

/* Translators: the words that breaks begin with, and free time does not. */
#define BREAK_WORDS _("Break")
#define COFFEE_WORDS _("Coffee break")

/**
 * trip_plan_block_is_break:
 * @block: a block
 *
 * Returns: whether it is a break that somebody wanted, and no time that was left over
 */
gboolean
trip_plan_block_is_break (const TripPlanBlock *block)
{
  return block->kind == TRIP_BLOCK_FREE && block->pois->len == 0 && block->start >= 0 &&
         (block->end - block->start < TRIP_PLAN_REST_MINUTES || g_str_has_prefix (block->description, BREAK_WORDS) ||
          g_str_has_prefix (block->description, COFFEE_WORDS));
}

/**
 * trip_plan_break_describe:
 * @near: (nullable): the place before it
 * @coffee: with coffee
 *
 * Returns: (transfer full): what a plan calls a break
 */
char *
trip_plan_break_describe (const TripPoi *near,
                          gboolean       coffee)
{
  const char *words = coffee ? COFFEE_WORDS : BREAK_WORDS;

  /* Translators: a break, near a place: “Coffee break near the Pantheon”. */
  return near != NULL ? g_strdup_printf (_("%s near %s"), words, near->name) : g_strdup (words);
}

/**
 * trip_plan_day_edit_take_free_time:
 * @self: a change that begins
 *
 * Takes free time out of the day: it is what the rest leaves, so trip_plan_day_edit_name_free_time() finds it again.
 */
void
trip_plan_day_edit_take_free_time (TripPlanDayEdit *self)
{
  for (guint i = self->day->blocks->len; i-- > 0;)
    {
      const TripPlanBlock *block = g_ptr_array_index (self->day->blocks, i);

      if (block->kind == TRIP_BLOCK_FREE && block->pois->len == 0 && block->start >= 0 && !trip_plan_block_is_break (block))
        g_ptr_array_insert (self->free_blocks, 0, g_ptr_array_steal_index (self->day->blocks, i));
    }
}

/**
 * trip_plan_day_edit_name_free_time:
 * @self: a change whose blocks have their times
 *
 * Names every stretch of %TRIP_PLAN_REST_MINUTES or more between two blocks, ways left aside; one that had a name keeps it.
 */
void
trip_plan_day_edit_name_free_time (TripPlanDayEdit *self)
{
  for (guint i = 1; i < self->day->blocks->len; i++)
    {
      const TripPlanBlock *next = g_ptr_array_index (self->day->blocks, i);
      const TripPlanBlock *previous = g_ptr_array_index (self->day->blocks, i - 1);
      gint until = next->start - (next->transportation.present ? trip_plan_ceil5 (next->transportation.minutes) : 0);
      TripPlanBlock *free_block = NULL;

      if (until - previous->end < TRIP_PLAN_REST_MINUTES)
        continue;
      for (guint k = 0; k < self->free_blocks->len && free_block == NULL; k++)
        {
          const TripPlanBlock *old = g_ptr_array_index (self->free_blocks, k);

          if (old->start == previous->end && old->end <= until && until - old->end < TRIP_PLAN_REST_MINUTES)
            free_block = g_ptr_array_steal_index (self->free_blocks, k);
        }
      if (free_block == NULL)
        {
          const TripPoi *near = trip_plan_day_edit_place_before (self, next);

          free_block = trip_plan_block_new (TRIP_BLOCK_FREE);
          free_block->start = previous->end;
          free_block->end = until;
          g_free (free_block->description);
          free_block->description = near != NULL ? g_strdup_printf (_("Free time around %s"), near->name)
                                                 : g_strdup (_("Free time"));
        }
      g_ptr_array_insert (self->day->blocks, (gint) i, free_block);
      i++;
    }
}
