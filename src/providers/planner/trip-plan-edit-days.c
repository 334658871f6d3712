/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to whole days: lighter, at other times, for less.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

#define STEP_MINUTES 60

/* Nobody sets out before this unless asked by the clock. */
#define EARLIEST_START (6 * 60)

/* Blocks that begin before this move along when the day begins earlier. */
#define NOON (12 * 60)

static TripPoi *
first_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

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
                              first_poi (g_ptr_array_index (edit.day->blocks, (guint) victim))->name);
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
      done |= bound_day (self, d, from, until);
    }
  if (done)
    trip_plan_editor_say (self, _("The times of the day were changed as asked."));
  return done;
}

static const TripPlanCandidate *
find_cheaper_lodge (const TripPlanEditor *self,
                    const TripPoi        *now)
{
  const GArray *candidates = self->context->candidates;
  gint index = now != NULL && !now->must_see ? trip_plan_context_find (self->context, now) : -1;
  const TripPlanCandidate *present, *best;

  if (index < 0)
    return NULL;
  present = best = &g_array_index (candidates, TripPlanCandidate, (guint) index);
  for (guint i = 0; i < candidates->len; i++)
    {
      const TripPlanCandidate *other = &g_array_index (candidates, TripPlanCandidate, i);

      if (other->poi->type == TRIP_POI_LODGE && other->city == present->city && other->price >= 0 &&
          (best->price < 0 || other->price < best->price))
        best = other;
    }
  return best != present ? best : NULL;
}

static void
change_lodging (TripPlanEditor          *self,
                TripPlanDayEdit         *edit,
                const TripPoi           *was,
                const TripPlanCandidate *lodge)
{
  TripPlanDay *day = edit->day;

  g_free (day->lodging);
  day->lodging = g_strdup (lodge->poi->name);
  g_clear_pointer (&day->lodging_poi, trip_poi_unref);
  day->lodging_poi = trip_poi_ref (lodge->poi);
  day->lodging_cost = trip_currency_to_major (self->context->currency, lodge->price);
  for (guint b = 0; b < day->blocks->len; b++)
    {
      TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind != TRIP_BLOCK_CHECK_IN || first_poi (block) == NULL || !trip_poi_is_same (first_poi (block), was))
        continue;
      g_ptr_array_set_size (block->pois, 0);
      g_ptr_array_add (block->pois, trip_poi_ref (lodge->poi));
      g_free (block->description);
      block->description = g_strdup_printf (_("Leave your bags at %s"), lodge->poi->name);
      trip_plan_block_touch (block);
    }
}

/**
 * trip_plan_editor_save:
 * @self: a change
 *
 * Makes the option cheaper. The beds are the largest part of most trips; the days stay what they are.
 *
 * Returns: whether it costs less now
 */
gboolean
trip_plan_editor_save (TripPlanEditor *self)
{
  g_autoptr(TripPoi) was_before = NULL;
  gboolean done = FALSE;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      g_autoptr(TripPoi) was = trip_plan_editor_day (self, d)->lodging_poi != NULL
                                 ? trip_poi_ref (trip_plan_editor_day (self, d)->lodging_poi) : NULL;
      const TripPlanCandidate *cheaper = find_cheaper_lodge (self, was);
      TripPoi *night = trip_plan_editor_night (self, d);
      g_auto(TripPlanDayEdit) edit = { 0 };

      if (cheaper != NULL || (night != NULL && was_before != NULL && !trip_poi_is_same (night, was_before)))
        {
          /* The ways of the morning are those from the old bed, so that they are seen to have changed. */
          trip_plan_day_edit_init (&edit, self->context, self->option, d, was_before);
          edit.before = night;
          edit.may_drop = TRUE;
          if (cheaper != NULL)
            change_lodging (self, &edit, was, cheaper);
          if (trip_plan_day_edit_fit (&edit) &&
              (trip_plan_editor_visits (edit.day) > 0 || trip_plan_editor_visits (trip_plan_editor_day (self, d)) == 0))
            {
              trip_plan_editor_take_over (self, d, &edit);
              if (cheaper != NULL)
                trip_plan_editor_say (self, _("Night %u is at %s instead of %s."), d + 1, cheaper->poi->name,
                                      was->name);
              done = done || cheaper != NULL;
            }
          else
            {
              trip_plan_editor_say (self, _("Day %u does not work from a cheaper bed."), d + 1);
              return FALSE;
            }
        }
      g_clear_pointer (&was_before, trip_poi_unref);
      was_before = g_steal_pointer (&was);
    }
  if (!done)
    trip_plan_editor_say (self, _("No cheaper lodging is known."));
  return done;
}
