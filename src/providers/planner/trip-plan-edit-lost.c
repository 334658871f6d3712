/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a change took from a plan that was asked for and had been there: free time, step-free access, what an interest or a
 * dish was served by. Knows nothing of how plans are changed.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-notes.h"
#include "providers/planner/trip-plan-words.h"

#include <glib/gi18n-lib.h>

static gboolean
has_free_block (const TripPlanDay *day)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      if (((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->kind == TRIP_BLOCK_FREE)
        return TRUE;
    }
  return FALSE;
}

/* Who asked for free time is told where a change takes it. */
static void
say_lost_free_time (TripPlanEditor       *self,
                    const TripPlanOption *before)
{
  if (!self->context->constraints->free_time)
    return;
  for (guint d = 0; d < self->option->days->len && d < before->days->len; d++)
    {
      if (has_free_block (g_ptr_array_index (before->days, d)) && !has_free_block (trip_plan_editor_day (self, d)))
        trip_plan_editor_say (self, _("Day %u has no free time left."), d + 1);
    }
}

static gboolean
is_served (const TripPlanOption *option,
           const char           *stem)
{
  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          for (guint p = 0; p < block->pois->len && block->kind != TRIP_BLOCK_CHECK_IN; p++)
            {
              const TripPoi *poi = g_ptr_array_index (block->pois, p);
              g_autofree char *folded = trip_text_fold (poi->name);

              if (trip_plan_words_match (poi, folded, stem, stem))
                return TRUE;
            }
        }
    }
  return FALSE;
}

/* The last park may go where it is dropped by name, and whoever asked for parks is told. */
static void
say_lost_tastes (TripPlanEditor       *self,
                 const TripPlanOption *before,
                 GPtrArray            *words,
                 const char           *sentence)
{
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *stem = trip_plan_words_stem (word);

      if (is_served (before, stem) && !is_served (self->option, stem))
        trip_plan_editor_say (self, sentence, word);
    }
}

/* The visit to a place, %NULL where there is none. */
static const TripPlanBlock *
find_visit (const TripPlanOption *option,
            const TripPoi        *poi)
{
  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->kind == TRIP_BLOCK_VISIT && block->pois->len > 0 &&
              trip_poi_is_same (g_ptr_array_index (block->pois, 0), poi))
            return block;
        }
    }
  return NULL;
}

/* Who wants no crowds and has a visit moved into one is told. */
static void
say_new_crowds (TripPlanEditor       *self,
                const TripPlanOption *before)
{
  for (guint d = 0; self->context->avoid_crowds && d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
          const TripPoi *poi = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
          const TripPlanBlock *was = block->kind == TRIP_BLOCK_VISIT && poi != NULL ? find_visit (before, poi) : NULL;

          if (block->kind == TRIP_BLOCK_VISIT && poi != NULL && trip_plan_is_in_crowd (poi, block->start, block->end) &&
              (was == NULL || !trip_plan_is_in_crowd (poi, was->start, was->end)))
            trip_plan_editor_say (self, _("Expect crowds at %s at that time."), poi->name);
        }
    }
}

/* Who needs step-free places and brings in another is told. */
static void
say_lost_access (TripPlanEditor       *self,
                 const TripPlanOption *before)
{
  for (guint d = 0; self->context->constraints->wheelchair && d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
          const TripPoi *poi = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;

          if (block->kind == TRIP_BLOCK_VISIT && poi != NULL && !trip_poi_has_tag (poi, "wheelchair") &&
              find_visit (before, poi) == NULL)
            trip_plan_editor_say (self, _("Step-free access is not confirmed for %s."), poi->name);
        }
    }
}

/**
 * trip_plan_editor_say_lost:
 * @self: a change that was made
 * @before: the option before it
 *
 * Says what the change took of what was asked for.
 */
void
trip_plan_editor_say_lost (TripPlanEditor       *self,
                           const TripPlanOption *before)
{
  const TripConstraints *terms = self->context->constraints;

  say_lost_free_time (self, before);
  say_lost_access (self, before);
  say_new_crowds (self, before);
  say_lost_tastes (self, before, terms->interests, _("Nothing in this option is known for “%s”."));
  say_lost_tastes (self, before, terms->food, _("No meal in this option is known for “%s”."));
}
