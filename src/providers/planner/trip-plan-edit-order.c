/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes of what comes before what: a visit first or last on its day, or before or after another one or a meal.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include <glib/gi18n-lib.h>

static const TripPlanBlock *
block_at (const TripPlanEditor *self,
          guint                 day,
          guint                 block)
{
  return g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
}

static TripPlanOrder
order_of (TripPlanChangeKind kind)
{
  return kind == TRIP_PLAN_CHANGE_FIRST    ? TRIP_PLAN_ORDER_FIRST
         : kind == TRIP_PLAN_CHANGE_LAST   ? TRIP_PLAN_ORDER_LAST
         : kind == TRIP_PLAN_CHANGE_BEFORE ? TRIP_PLAN_ORDER_BEFORE
                                           : TRIP_PLAN_ORDER_AFTER;
}

/* Whether a day is as it was asked for already. */
static gboolean
is_in_order (const TripPlanDay   *day,
             const TripPlanBlock *source,
             TripPlanOrder        order,
             const TripPlanBlock *other)
{
  if (other != NULL)
    return order == TRIP_PLAN_ORDER_BEFORE ? source->start < other->start : source->start > other->start;
  for (guint i = 0; i < day->blocks->len; i++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, i);

      if (block == source || (block->kind != TRIP_BLOCK_VISIT &&
                              (block->kind != TRIP_BLOCK_MEAL || order == TRIP_PLAN_ORDER_LAST)))
        continue;
      if (order == TRIP_PLAN_ORDER_FIRST ? block->start < source->start : block->start > source->start)
        return FALSE;
    }
  return TRUE;
}

/* The day and what stands there that the visit is to come before or after. Says so where there is none. */
static gboolean
find_other (TripPlanEditor       *self,
            guint                 source_day,
            guint                *out_day,
            const TripPlanBlock **out_other)
{
  gsize said = self->notes->len;
  TripPlanChange on_day = *self->change;
  const TripPlanChange *change = self->change;
  gboolean named;
  guint block;

  *out_other = NULL;
  *out_day = source_day;
  if (change->day != TRIP_PLAN_EVERY_DAY && !trip_plan_editor_find_day (self, change->day, out_day))
    return FALSE;
  if (change->kind != TRIP_PLAN_CHANGE_BEFORE && change->kind != TRIP_PLAN_CHANGE_AFTER)
    return TRUE;
  /* A meal is that of the day; a place may be on another. */
  on_day.day = (gint) *out_day;
  self->change = &on_day;
  if (!trip_plan_editor_find_subject (self, change->object, FALSE, out_day, &block, &named))
    {
      g_string_truncate (self->notes, said);
      self->change = change;
      if (!trip_plan_editor_find_subject (self, change->object, change->day == TRIP_PLAN_EVERY_DAY, out_day, &block, &named))
        return FALSE;
    }
  self->change = change;
  *out_other = block_at (self, *out_day, block);
  return TRUE;
}

static void
say_impossible (TripPlanEditor      *self,
                const char          *name,
                const TripPlanBlock *other,
                guint                day)
{
  const char *what = other == NULL                         ? NULL
                     : trip_plan_block_poi (other) != NULL ? trip_plan_block_poi (other)->name
                                                           : other->description;

  if (what == NULL)
    trip_plan_editor_say (self, self->change->kind == TRIP_PLAN_CHANGE_FIRST
                                  ? _("%s cannot come first on day %u: it is not open that early, or what has to stay would "
                                      "not fit behind it.")
                                  : _("%s cannot come last on day %u: it is not open that late, or what has to stay would not "
                                      "fit before it."), name, day + 1);
  else
    trip_plan_editor_say (self, self->change->kind == TRIP_PLAN_CHANGE_BEFORE
                                  ? _("%s cannot come before %s on day %u: it is closed then, or something that has to stay is "
                                      "in the way.")
                                  : _("%s cannot come after %s on day %u: it is closed then, or something that has to stay is "
                                      "in the way."), name, what, day + 1);
}

/**
 * trip_plan_editor_reorder:
 * @self: a change
 *
 * Puts a visit first or last on its day or on the day that is named, or before or after another visit or a meal.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_reorder (TripPlanEditor *self)
{
  TripPlanOrder order = order_of (self->change->kind);
  g_autoptr(TripPoi) poi = NULL;
  g_autoptr(GPtrArray) saved = NULL;
  const TripPlanBlock *source, *other;
  TripPlanBlock *like;
  gsize said;
  guint day, block, target;
  gboolean named, done;

  if (!trip_plan_editor_find_subject (self, self->change->subject, TRUE, &day, &block, &named) ||
      !find_other (self, day, &target, &other))
    return FALSE;
  source = block_at (self, day, block);
  if (source->start < 0 || trip_plan_block_poi (source) == NULL || source->kind != TRIP_BLOCK_VISIT || other == source)
    {
      trip_plan_editor_say (self, _("Only visits with a time can change their order."));
      return FALSE;
    }
  poi = trip_poi_ref (trip_plan_block_poi (source));
  if (day == target && is_in_order (trip_plan_editor_day (self, day), source, order, other))
    {
      trip_plan_editor_say (self, _("%s is there already."), poi->name);
      return FALSE;
    }
  if (!trip_plan_editor_is_near (trip_plan_editor_day (self, target), poi))
    {
      trip_plan_editor_say (self, _("%s is not in the city of day %u."), poi->name, target + 1);
      return FALSE;
    }
  saved = trip_plan_editor_save_days (self);
  said = self->notes->len;
  like = trip_plan_block_copy (source);
  done = day == target || trip_plan_editor_remove (self, day, block);
  done = done && (trip_plan_editor_insert_in_order (self, target, poi, like, order, other, FALSE) ||
                  trip_plan_editor_insert_in_order (self, target, poi, like, order, other, TRUE));
  trip_plan_block_free (like);
  if (!done)
    {
      trip_plan_editor_restore_days (self, g_steal_pointer (&saved));
      g_string_truncate (self->notes, said);
      if (!find_other (self, day, &target, &other))
        return FALSE;
      say_impossible (self, poi->name, other, target);
      return FALSE;
    }
  for (guint b = 0; b < trip_plan_editor_day (self, target)->blocks->len; b++)
    {
      const TripPlanBlock *now = block_at (self, target, b);

      if (trip_plan_block_poi (now) == poi)
        trip_plan_editor_say (self, _("%s is on day %u at %02d:%02d now."), poi->name, target + 1,
                              now->start % TRIP_PLAN_MINUTES_PER_DAY / 60, now->start % 60);
    }
  return TRUE;
}
