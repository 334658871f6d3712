/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A day under change: its blocks, with the times and the ways that they had, visits and meals put in and taken out. Finding
 * times for them is the business of trip-plan-edit-fit.c.
 */
#include "providers/planner/trip-plan-reschedule.h"

#include "providers/planner/trip-plan-draft.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_VISIT_MINUTES 60
#define LATEST_MINUTE (TRIP_PLAN_MINUTES_PER_DAY * 3 / 2)

static TripPlanBlock *
get_block (const TripPlanDayEdit *self,
           guint                  index)
{
  return g_ptr_array_index (self->day->blocks, index);
}

/**
 * trip_plan_block_travel:
 * @block: a block with a way to it
 *
 * Returns: minutes that the way takes; on a grid of five, unless the plan came from elsewhere
 */
gint
trip_plan_block_travel (const TripPlanBlock *block)
{
  return block->start % 5 == 0 ? trip_plan_ceil5 (block->transportation.minutes) : block->transportation.minutes;
}

/**
 * trip_plan_day_edit_init:
 * @self: uninitialised
 * @context: the question
 * @option: the option
 * @index: the day to change; it is copied
 * @before: (nullable): where the night before was spent
 *
 * Starts a change.
 */
void
trip_plan_day_edit_init (TripPlanDayEdit       *self,
                         const TripPlanContext *context,
                         const TripPlanOption  *option,
                         guint                  index,
                         TripPoi               *before)
{
  TripPoi *last = before;

  self->context = context;
  self->day = trip_plan_day_copy (g_ptr_array_index (option->days, index));
  self->index = index;
  self->before = before;
  self->from = 0;
  self->until = G_MAXINT;
  self->may_drop = FALSE;
  self->keep = NULL;
  self->pinned = NULL;
  self->pin_from = 0;
  self->pin_to = LATEST_MINUTE;
  self->may_reorder = FALSE;
  self->order = (TripPlanOrder) { 0 };
  self->dropped = g_ptr_array_new_with_free_func (g_free);
  self->lost_tables = g_ptr_array_new_with_free_func (g_free);
  self->moved = 0;
  self->last_end = 0;
  self->ways = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) trip_poi_unref);
  self->wished = g_hash_table_new (NULL, NULL);
  self->free_blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_block_free);

  trip_plan_day_edit_take_free_time (self);
  if (self->day->blocks->len > 0)
    {
      const TripPlanBlock *first = get_block (self, 0);
      gboolean has_way = first->transportation.present && first->kind != TRIP_BLOCK_TRANSFER;

      self->from = MAX (first->start - (has_way ? trip_plan_block_travel (first) : 0), 0);
    }
  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      TripPlanBlock *block = get_block (self, i);

      if (last != NULL)
        g_hash_table_insert (self->ways, block, trip_poi_ref (last));
      trip_plan_day_edit_wish (self, block, block->start);
      self->last_end = MAX (self->last_end, block->end);
      if (block->kind == TRIP_BLOCK_TRANSFER)
        last = NULL;
      else if (trip_plan_block_poi (block) != NULL)
        last = trip_plan_block_poi (block);
    }
}

/**
 * trip_plan_day_edit_clear:
 * @self: a change
 *
 * Frees it, with the day unless that was stolen.
 */
void
trip_plan_day_edit_clear (TripPlanDayEdit *self)
{
  g_clear_pointer (&self->day, trip_plan_day_free);
  g_clear_pointer (&self->dropped, g_ptr_array_unref);
  g_clear_pointer (&self->lost_tables, g_ptr_array_unref);
  g_clear_pointer (&self->ways, g_hash_table_unref);
  g_clear_pointer (&self->wished, g_hash_table_unref);
  g_clear_pointer (&self->free_blocks, g_ptr_array_unref);
}

/**
 * trip_plan_day_edit_wish:
 * @self: a change
 * @block: a block of the day
 * @start: when it should begin if it can, minutes
 *
 * Wishes for a time.
 */
void
trip_plan_day_edit_wish (TripPlanDayEdit *self,
                         TripPlanBlock   *block,
                         gint             start)
{
  g_hash_table_insert (self->wished, block, GINT_TO_POINTER (start));
}

/**
 * trip_plan_day_edit_remove:
 * @self: a change
 * @position: index of a block
 *
 * Takes a block out of the day.
 */
void
trip_plan_day_edit_remove (TripPlanDayEdit *self,
                           guint            position)
{
  g_hash_table_remove (self->ways, get_block (self, position));
  g_hash_table_remove (self->wished, get_block (self, position));
  g_ptr_array_remove_index (self->day->blocks, position);
}

/**
 * trip_plan_day_edit_candidate:
 * @context: the question
 * @poi: (nullable): a place
 *
 * Returns: (transfer none) (nullable): what the question knows of it
 */
const TripPlanCandidate *
trip_plan_day_edit_candidate (const TripPlanContext *context,
                              const TripPoi         *poi)
{
  gint index = poi != NULL ? trip_plan_context_find (context, poi) : -1;

  return index >= 0 ? &g_array_index (context->candidates, TripPlanCandidate, (guint) index) : NULL;
}

static gdouble
price_of (const TripPlanDayEdit   *self,
          const TripPlanCandidate *candidate)
{
  return candidate != NULL && candidate->price > 0
           ? trip_currency_to_major (self->context->currency, candidate->price) : 0.0;
}

/**
 * trip_plan_day_edit_visit:
 * @self: a change
 * @poi: a place
 * @position: index of the new block
 *
 * Puts a visit into the day, without a time yet: trip_plan_day_edit_fit() finds one.
 *
 * Returns: (transfer none): the new block
 */
TripPlanBlock *
trip_plan_day_edit_visit (TripPlanDayEdit *self,
                          TripPoi         *poi,
                          guint            position)
{
  TripPlanBlock *block = trip_plan_block_new (TRIP_BLOCK_VISIT);
  const TripPlanCandidate *candidate = trip_plan_day_edit_candidate (self->context, poi);
  gint usual = poi->visit_minutes > 0 ? poi->visit_minutes : DEFAULT_VISIT_MINUTES;
  gint service = candidate != NULL ? candidate->service : usual;

  g_ptr_array_add (block->pois, trip_poi_ref (poi));
  g_free (block->description);
  block->description = candidate != NULL && candidate->unconfirmed
                         ? g_strdup_printf (_("Visit %s (opening hours are not confirmed)"), poi->name)
                         : g_strdup_printf (_("Visit %s"), poi->name);
  block->start = 0;
  block->end = trip_plan_ceil5 (service);
  block->cost = price_of (self, candidate);
  trip_plan_day_edit_wish (self, block, 0);
  g_ptr_array_insert (self->day->blocks, (gint) position, block);
  return block;
}

/**
 * trip_plan_day_edit_city:
 * @self: a change
 * @poi: (nullable): a place
 *
 * Returns: (transfer none): its city, or the nearest
 */
const TripPlanCity *
trip_plan_day_edit_city (const TripPlanDayEdit *self,
                         const TripPoi         *poi)
{
  const TripPlanCandidate *candidate = trip_plan_day_edit_candidate (self->context, poi);
  const TripPlanCity *nearest = &g_array_index (self->context->cities, TripPlanCity, 0);

  if (candidate != NULL)
    return &g_array_index (self->context->cities, TripPlanCity, candidate->city);
  for (guint i = 1; poi != NULL && i < self->context->cities->len; i++)
    {
      const TripPlanCity *city = &g_array_index (self->context->cities, TripPlanCity, i);

      if (trip_geo_distance_m (&city->geo, &poi->geo) < trip_geo_distance_m (&nearest->geo, &poi->geo))
        nearest = city;
    }
  return nearest;
}

/**
 * trip_plan_day_edit_place_before:
 * @self: a change
 * @block: a block of the day
 *
 * Returns: (transfer none) (nullable): the place from which one comes to the block
 */
const TripPoi *
trip_plan_day_edit_place_before (const TripPlanDayEdit *self,
                                 const TripPlanBlock   *block)
{
  const TripPoi *last = self->before;

  for (guint i = 0; i < self->day->blocks->len && get_block (self, i) != block; i++)
    {
      if (trip_plan_block_poi (get_block (self, i)) != NULL)
        last = trip_plan_block_poi (get_block (self, i));
    }
  return last;
}

/**
 * trip_plan_day_edit_meal:
 * @self: a change
 * @block: a meal of the day
 * @poi: (nullable): where it is to be had; %NULL for a place of the traveller's choice
 *
 * Moves a meal to another table.
 */
void
trip_plan_day_edit_meal (TripPlanDayEdit *self,
                         TripPlanBlock   *block,
                         TripPoi         *poi)
{
  const TripPoi *near = trip_plan_day_edit_place_before (self, block);
  const TripPlanCity *city = trip_plan_day_edit_city (self, poi != NULL    ? poi
                                                            : near != NULL ? near
                                                                           : trip_plan_block_poi (block));
  const TripPlanCandidate *candidate = trip_plan_day_edit_candidate (self->context, poi);
  gboolean lunch = GPOINTER_TO_INT (g_hash_table_lookup (self->wished, block)) < TRIP_PLAN_DINNER_SENSE;
  const char *where = poi != NULL ? poi->name : near != NULL ? near->name : city->name;

  g_ptr_array_set_size (block->pois, 0);
  g_free (block->description);
  if (poi != NULL)
    {
      g_ptr_array_add (block->pois, trip_poi_ref (poi));
      block->description = g_strdup_printf (lunch ? _("Lunch at %s") : _("Dinner at %s"), where);
      if (candidate != NULL)
        block->end = block->start + candidate->service;
    }
  else
    {
      block->description = g_strdup_printf (lunch ? _("Lunch near %s, a place of your choice")
                                                  : _("Dinner near %s, a place of your choice"), where);
      block->transportation.present = FALSE;
      block->transportation.minutes = 0;
      g_clear_pointer (&block->transportation.method, g_free);
    }
  block->cost = candidate != NULL && candidate->price >= 0
                  ? price_of (self, candidate)
                  : trip_currency_to_major (self->context->currency,
                                            trip_plan_context_for_party (self->context, city->meal_cost));
  g_clear_pointer (&block->time, g_free);
  g_hash_table_remove (self->ways, block);
  trip_plan_block_touch (block);
}
