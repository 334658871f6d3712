/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Another arrival or departure for a plan that there is: the first day moves behind the one, the last in front of the other,
 * and the days between them stay. Time that is won is filled.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "providers/planner/trip-plan-journeys.h"
#include "trip/model/trip-requirement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Won time of this length has room for a visit with its way. */
#define VISIT_MINUTES 150
#define MOST_MORE 2

/* Half a day more has room for a meal and several visits: that is another day. */
#define MUCH_MORE_MINUTES (3 * 60)

static TripPlanBlock *
get_last (const TripPlanDay *day)
{
  return day->blocks->len > 0 ? g_ptr_array_index (day->blocks, day->blocks->len - 1) : NULL;
}

/* The way to the airport or station is the last block, and unlike a way home it goes to no city. */
static gboolean
is_way_out (const TripPlanBlock *block)
{
  return block != NULL && block->kind == TRIP_BLOCK_TRANSFER && !block->transportation.present && block->pois->len == 0;
}

static void
drop_way_out (TripPlanDay *day)
{
  if (!is_way_out (get_last (day)))
    return;
  g_ptr_array_remove_index (day->blocks, day->blocks->len - 1);
  trip_plan_day_touch (day);
}

static void
add_way_out (const TripPlanContext *context,
             TripPlanDay           *day)
{
  TripPlanBlock *block;

  if (context->gone <= context->leave)
    return;
  block = trip_plan_block_new (TRIP_BLOCK_TRANSFER);
  block->start = context->leave;
  block->end = context->gone;
  g_free (block->description);
  block->description = trip_plan_journeys_describe_way (context->constraints);
  g_ptr_array_add (day->blocks, block);
  trip_plan_day_touch (day);
}

/* Bags are left as soon as one is there. */
static void
move_check_in (const TripPlanContext *context,
               TripPlanDay           *day)
{
  TripPlanBlock *first = day->blocks->len > 0 ? g_ptr_array_index (day->blocks, 0) : NULL;
  gint length;

  if (first == NULL || first->kind != TRIP_BLOCK_CHECK_IN || first->start < 0 || context->ready < 0)
    return;
  length = first->end - first->start;
  first->start = MAX (context->ready, MAX (context->day_start, TRIP_PLAN_USUAL_START));
  first->end = first->start + length;
  g_clear_pointer (&first->time, g_free);
  trip_plan_block_touch (first);
  trip_plan_day_touch (day);
}

/* The longest stretch between two blocks, free time counted as nothing. */
static gint
find_longest_rest (const TripPlanDay *day)
{
  gint longest = 0;
  gint end = -1;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind == TRIP_BLOCK_FREE)
        continue;
      if (end >= 0)
        longest = MAX (longest, block->start - end);
      end = block->end;
    }
  return longest;
}

static void
fill_won_time (TripPlanEditor *self,
               guint           day,
               gint            rest_before)
{
  g_autoptr(GPtrArray) places = trip_plan_editor_find_places (self, NULL, FALSE);
  guint n = 0;

  if (self->context->constraints->free_time || find_longest_rest (trip_plan_editor_day (self, day)) <= rest_before)
    return;
  for (guint i = 0; i < places->len && n < MOST_MORE &&
                    find_longest_rest (trip_plan_editor_day (self, day)) >= VISIT_MINUTES; i++)
    {
      TripPoi *poi = g_ptr_array_index (places, i);

      if (!trip_plan_editor_is_near (trip_plan_editor_day (self, day), poi) ||
          !trip_plan_editor_insert (self, day, poi, NULL, 0, G_MAXINT, FALSE))
        continue;
      trip_plan_editor_say (self, _("%s was added on day %u."), poi->name, day + 1);
      n++;
    }
}

/* What the notes said of the journeys as they were is said no more. */
static void
forget_note (TripPlanOption *option,
             char           *sentence)
{
  g_autofree char *old = sentence;
  char *at = old != NULL ? strstr (option->general_notes, old) : NULL;
  g_autofree char *head = NULL;

  if (at == NULL)
    return;
  head = g_strchomp (g_strndup (option->general_notes, (gsize) (at - option->general_notes)));
  at = g_strconcat (head, at + strlen (old), NULL);
  g_free (option->general_notes);
  option->general_notes = g_strchug (at);
}

/**
 * trip_plan_editor_keep_journeys:
 * @self: a change
 * @changed: what is other than it was, %TRIP_TOPIC_ARRIVAL and %TRIP_TOPIC_DEPARTURE
 *
 * Lets the first and the last day keep the journeys that are told now.
 *
 * Returns: whether they can; if not, plan anew
 */
gboolean
trip_plan_editor_keep_journeys (TripPlanEditor *self,
                                guint           changed)
{
  const TripPlanContext *context = self->context;
  guint n_days = self->option->days->len;
  g_autoptr(TripConstraints) former = NULL;
  gint rest;

  if ((changed & (TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE)) == 0)
    return TRUE;
  if (n_days == 0 || context->has_origin || context->leave < 0)
    return FALSE;
  former = trip_requirements_read_constraints (self->query->former_requirements, &self->query->today);
  if ((former->arrival >= 0 && context->constraints->arrival >= 0 &&
       former->arrival - context->constraints->arrival > MUCH_MORE_MINUTES) ||
      (former->departure >= 0 && context->constraints->departure - former->departure > MUCH_MORE_MINUTES))
    return FALSE;
  if ((changed & TRIP_TOPIC_DEPARTURE) != 0)
    {
      TripPlanDay *day = trip_plan_editor_day (self, n_days - 1);

      rest = find_longest_rest (day);
      drop_way_out (day);
      if (context->leave != TRIP_PLAN_NEVER)
        {
          if (day->blocks->len > 0 &&
              !trip_plan_editor_refit (self, n_days - 1, trip_plan_editor_night (self, n_days - 1), NULL, TRUE))
            return FALSE;
          add_way_out (context, trip_plan_editor_day (self, n_days - 1));
          fill_won_time (self, n_days - 1, rest);
          if (!trip_plan_editor_refit (self, n_days - 1, trip_plan_editor_night (self, n_days - 1), NULL, TRUE))
            return FALSE;
        }
      forget_note (self->option, trip_plan_journeys_describe_departure (former));
    }
  if ((changed & TRIP_TOPIC_ARRIVAL) != 0)
    {
      rest = find_longest_rest (trip_plan_editor_day (self, 0));
      move_check_in (context, trip_plan_editor_day (self, 0));
      if (context->ready >= 0 && !trip_plan_editor_refit (self, 0, NULL, NULL, TRUE))
        return FALSE;
      fill_won_time (self, 0, rest);
      forget_note (self->option, trip_plan_journeys_describe_arrival (former));
    }
  return TRUE;
}
