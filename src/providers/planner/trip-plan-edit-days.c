/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to whole days: lighter, free for a part, at other times.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include <glib/gi18n-lib.h>

#define STEP_MINUTES 60

/* Nobody sets out before this unless asked by the clock. */
#define EARLIEST_START (6 * 60)

/* Blocks that begin before this move along when the day begins earlier. */
#define NOON (12 * 60)

/* A free afternoon begins when lunch is over and ends when people go to dinner. */
#define AFTERNOON_FROM (13 * 60)
#define EVENING_FROM (17 * 60 + 30)
#define NIGHT (TRIP_PLAN_MINUTES_PER_DAY * 3 / 2)

/* So much of a visit may reach into time that is to be free. */
#define FREE_SLACK 20

static gboolean
lighten_day (TripPlanEditor *self,
             guint           index)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  guint n = trip_plan_editor_visits (trip_plan_editor_day (self, index));
  g_autoptr(GString) names = g_string_new (NULL);

  trip_plan_day_edit_init (&edit, self->context, self->option, index, trip_plan_editor_night (self, index));
  for (guint left = (n + 2) / 3; left > 0 && n > 1; left--)
    {
      gint victim = trip_plan_day_edit_least (&edit);

      if (victim < 0)
        break;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              trip_plan_block_poi (g_ptr_array_index (edit.day->blocks, (guint) victim))->name);
      trip_plan_day_edit_remove (&edit, (guint) victim);
    }
  edit.may_drop = TRUE;
  if (names->len == 0 || !trip_plan_day_edit_fit (&edit))
    {
      trip_plan_editor_say (self, _("Day %u has nothing that could be left out."), index + 1);
      return FALSE;
    }
  trip_plan_editor_take_over (self, index, &edit);
  trip_plan_editor_say (self, _("Day %u is lighter without %s."), index + 1, names->str);
  return TRUE;
}

/**
 * trip_plan_editor_lighten:
 * @self: a change
 *
 * Leaves out a third of the visits of the days, the least first.
 *
 * Returns: whether any day is lighter now
 */
gboolean
trip_plan_editor_lighten (TripPlanEditor *self)
{
  gboolean done = FALSE;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  for (guint d = first; d < end; d++)
    done |= lighten_day (self, d);
  return done;
}

static gboolean
bound_day (TripPlanEditor *self,
           guint           index,
           gint            from,
           gint            until)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  const TripPlanBlock *first;

  trip_plan_day_edit_init (&edit, self->context, self->option, index, trip_plan_editor_night (self, index));
  if (edit.day->blocks->len == 0)
    return FALSE;
  if (from > 0)
    edit.from = from;
  edit.until = until;
  edit.may_drop = TRUE;
  edit.may_reorder = TRUE;
  /* "Start at 8" wants the day to begin then, also where it began later; the morning moves along. */
  first = g_ptr_array_index (edit.day->blocks, 0);
  if (from > 0 && first->start > from && first->kind != TRIP_BLOCK_TRANSFER)
    {
      gint way = first->transportation.present ? first->transportation.minutes : 0;
      gint earlier = first->start - way - from;

      for (guint i = 0; i < edit.day->blocks->len; i++)
        {
          TripPlanBlock *block = g_ptr_array_index (edit.day->blocks, i);

          if (earlier > 0 && block->start < NOON && block->kind != TRIP_BLOCK_MEAL &&
              block->kind != TRIP_BLOCK_TRANSFER)
            trip_plan_day_edit_wish (&edit, block, MAX (block->start - earlier, 1));
        }
    }
  if (!trip_plan_day_edit_fit (&edit))
    {
      trip_plan_editor_say (self, _("Day %u cannot keep that time."), index + 1);
      return FALSE;
    }
  if (trip_plan_editor_visits (edit.day) == 0 && trip_plan_editor_visits (trip_plan_editor_day (self, index)) > 0)
    {
      trip_plan_editor_say (self, _("Day %u would have no visit left at those times, so it is as it was."), index + 1);
      return FALSE;
    }
  trip_plan_editor_take_over (self, index, &edit);
  return TRUE;
}

/* What the requirements say about hours stands until it is taken back. */
static gint
clamp_to_requirements (TripPlanEditor *self,
                       gint            minute,
                       gboolean        is_start)
{
  gint limit = is_start ? self->context->day_start : self->context->day_end;

  if (limit < 0 || (is_start ? minute >= limit : minute <= limit))
    return minute;
  trip_plan_editor_say (self, is_start ? _("A requirement rules out an earlier start; take it back for one.")
                                       : _("A requirement rules out a later end; take it back for one."));
  return limit;
}

/* Whether the hours asked for lie before the arrival of the first day or behind the departure of the last. */
static gboolean
is_beyond_journey (TripPlanEditor *self,
                   guint           day,
                   gint            from,
                   gint            until)
{
  if (from > 0 && from < trip_plan_context_earliest (self->context, day))
    trip_plan_editor_say (self, _("Day %u begins with your arrival and cannot start earlier."), day + 1);
  else if (until != G_MAXINT && until > trip_plan_context_latest (self->context, day))
    trip_plan_editor_say (self, _("Day %u ends with your departure and cannot go on longer."), day + 1);
  else
    return FALSE;
  return TRUE;
}

/**
 * trip_plan_editor_retime:
 * @self: a change
 *
 * Lets days begin or end at another time.
 *
 * Returns: whether any day does
 */
gboolean
trip_plan_editor_retime (TripPlanEditor *self)
{
  const TripPlanChange *change = self->change;
  gint asked = change->minute;
  gboolean done = FALSE;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  if (change->kind == TRIP_PLAN_CHANGE_START || change->kind == TRIP_PLAN_CHANGE_END)
    asked = clamp_to_requirements (self, asked, change->kind == TRIP_PLAN_CHANGE_START);
  for (guint d = first; d < end; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);
      const TripPlanBlock *head, *tail;
      gint from = 0, until = G_MAXINT;

      if (day->blocks->len == 0)
        continue;
      head = g_ptr_array_index (day->blocks, 0);
      tail = g_ptr_array_index (day->blocks, day->blocks->len - 1);
      if (tail->kind == TRIP_BLOCK_TRANSFER && day->blocks->len > 1)
        tail = g_ptr_array_index (day->blocks, day->blocks->len - 2);
      switch (change->kind)
        {
        case TRIP_PLAN_CHANGE_START:
          from = asked;
          break;
        case TRIP_PLAN_CHANGE_START_LATER:
          from = head->start + STEP_MINUTES;
          break;
        case TRIP_PLAN_CHANGE_START_EARLIER:
          from = MAX (head->start - head->transportation.minutes - STEP_MINUTES, EARLIEST_START);
          if (self->context->day_start >= 0 && from < self->context->day_start)
            from = clamp_to_requirements (self, from, TRUE);
          break;
        case TRIP_PLAN_CHANGE_END:
          until = asked;
          break;
        default:
          until = tail->end - STEP_MINUTES;
          break;
        }
      if (!is_beyond_journey (self, d, from, until))
        done |= bound_day (self, d, from, until);
    }
  if (done)
    trip_plan_editor_say (self, _("The times of the day were changed as asked."));
  return done;
}

static void
find_free_time (TripDayPart  part,
                gint        *out_from,
                gint        *out_to)
{
  *out_from = part == TRIP_DAY_PART_AFTERNOON ? AFTERNOON_FROM : part == TRIP_DAY_PART_EVENING ? EVENING_FROM : 0;
  *out_to = part == TRIP_DAY_PART_MORNING ? NOON : part == TRIP_DAY_PART_AFTERNOON ? EVENING_FROM : NIGHT;
}

/* What has to be in the plan goes to another day. */
static gboolean
find_another_day (TripPlanEditor *self,
                  GPtrArray      *homeless,
                  guint           except)
{
  for (guint i = 0; i < homeless->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (homeless, i);
      gboolean found = FALSE;

      for (guint d = 0; d < self->option->days->len && !found; d++)
        {
          found = d != except && trip_plan_editor_is_near (trip_plan_editor_day (self, d), poi) &&
                  trip_plan_editor_insert (self, d, poi, NULL, 0, G_MAXINT, FALSE);
          if (found)
            trip_plan_editor_say (self, _("%s moved to day %u."), poi->name, d + 1);
        }
      if (!found)
        {
          trip_plan_editor_say (self, _("%s has to be in the plan and fits on no other day, so day %u is as it was."),
                                poi->name, except + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
free_day (TripPlanEditor *self,
          guint           index)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  g_autoptr(GPtrArray) homeless = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  g_autoptr(GString) names = g_string_new (NULL);
  GPtrArray *saved;
  guint n_all = trip_plan_editor_all_visits (self);
  guint n_gone = 0;
  gint from, to;

  find_free_time (self->change->part, &from, &to);
  trip_plan_day_edit_init (&edit, self->context, self->option, index, trip_plan_editor_night (self, index));
  for (guint i = edit.day->blocks->len; i-- > 0;)
    {
      const TripPlanBlock *block = g_ptr_array_index (edit.day->blocks, i);
      TripPoi *poi = trip_plan_block_poi (block);

      if (block->kind != TRIP_BLOCK_VISIT || poi == NULL || block->start < 0 ||
          MIN (block->end, to) - MAX (block->start, from) <= FREE_SLACK)
        continue;
      g_string_prepend (names, names->len > 0 ? ", " : "");
      g_string_prepend (names, poi->name);
      if (trip_plan_editor_is_must (self, poi))
        g_ptr_array_add (homeless, trip_poi_ref (poi));
      trip_plan_day_edit_remove (&edit, i);
      n_gone++;
    }
  if (n_gone == 0)
    {
      trip_plan_editor_say (self, _("Day %u has no visit at that time."), index + 1);
      return FALSE;
    }
  if (n_gone == n_all || !trip_plan_day_edit_fit (&edit))
    {
      trip_plan_editor_say (self, _("Day %u has nothing that could be left out."), index + 1);
      return FALSE;
    }
  saved = trip_plan_editor_save_days (self);
  trip_plan_editor_take_over (self, index, &edit);
  if (!find_another_day (self, homeless, index))
    {
      trip_plan_editor_restore_days (self, saved);
      return FALSE;
    }
  g_ptr_array_unref (saved);
  trip_plan_editor_say (self, _("Day %u has free time now, without %s."), index + 1, names->str);
  return TRUE;
}

/**
 * trip_plan_editor_free:
 * @self: a change
 *
 * Leaves a part of the days to the travellers; meals stay.
 *
 * Returns: whether any day has more free time now
 */
gboolean
trip_plan_editor_free (TripPlanEditor *self)
{
  gboolean done = FALSE;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  for (guint d = first; d < end; d++)
    done |= free_day (self, d);
  return done;
}
