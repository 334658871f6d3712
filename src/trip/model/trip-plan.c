/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plan options: memory and names. Reading and writing them is trip-plan-json.c.
 */
#include "trip/model/trip-plan.h"

G_DEFINE_BOXED_TYPE (TripPlanOption, trip_plan_option, trip_plan_option_copy, trip_plan_option_free)

static GBytes *
bytes_ref (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static gpointer
copy_poi (gconstpointer poi,
          gpointer      user_data)
{
  return trip_poi_ref ((TripPoi *) poi);
}

static gpointer
copy_block (gconstpointer block,
            gpointer      user_data)
{
  return trip_plan_block_copy (block);
}

static gpointer
copy_day (gconstpointer day,
          gpointer      user_data)
{
  return trip_plan_day_copy (day);
}

/**
 * trip_plan_block_new:
 * @kind: what happens
 *
 * Returns: (transfer full): an empty block
 */
TripPlanBlock *
trip_plan_block_new (TripBlockKind kind)
{
  TripPlanBlock *self = g_new0 (TripPlanBlock, 1);

  self->kind = kind;
  self->start = -1;
  self->end = -1;
  self->description = g_strdup ("");
  self->pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  self->transportation.cost = -1;
  self->transportation.distance_m = -1;
  self->cost = -1;
  return self;
}

/**
 * trip_plan_block_copy:
 * @self: a block
 *
 * Returns: (transfer full): a copy; the places are shared
 */
TripPlanBlock *
trip_plan_block_copy (const TripPlanBlock *self)
{
  TripPlanBlock *copy = g_new0 (TripPlanBlock, 1);

  *copy = *self;
  copy->time = g_strdup (self->time);
  copy->description = g_strdup (self->description);
  copy->pois = g_ptr_array_copy (self->pois, copy_poi, NULL);
  copy->transportation.method = g_strdup (self->transportation.method);
  copy->raw = bytes_ref (self->raw);
  copy->extra = bytes_ref (self->extra);
  return copy;
}

/**
 * trip_plan_block_free:
 * @self: (transfer full): a block
 *
 * Frees it.
 */
void
trip_plan_block_free (TripPlanBlock *self)
{
  g_free (self->time);
  g_free (self->description);
  g_ptr_array_unref (self->pois);
  g_free (self->transportation.method);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_free (self);
}

/**
 * trip_plan_block_touch:
 * @self: a block
 *
 * Says that the block changed, so it is written anew; its day and option have to be touched as well.
 */
void
trip_plan_block_touch (TripPlanBlock *self)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
}

/**
 * trip_plan_day_new:
 *
 * Returns: (transfer full): a day without date or blocks
 */
TripPlanDay *
trip_plan_day_new (void)
{
  TripPlanDay *self = g_new0 (TripPlanDay, 1);

  self->highlight = g_strdup ("");
  g_date_clear (&self->date, 1);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_block_free);
  self->lodging_cost = -1;
  return self;
}

/**
 * trip_plan_day_copy:
 * @self: a day
 *
 * Returns: (transfer full): a copy
 */
TripPlanDay *
trip_plan_day_copy (const TripPlanDay *self)
{
  TripPlanDay *copy = g_new0 (TripPlanDay, 1);

  *copy = *self;
  copy->highlight = g_strdup (self->highlight);
  copy->blocks = g_ptr_array_copy (self->blocks, copy_block, NULL);
  copy->lodging = g_strdup (self->lodging);
  copy->lodging_poi = self->lodging_poi != NULL ? trip_poi_ref (self->lodging_poi) : NULL;
  copy->raw = bytes_ref (self->raw);
  copy->extra = bytes_ref (self->extra);
  return copy;
}

/**
 * trip_plan_day_free:
 * @self: (transfer full): a day
 *
 * Frees it.
 */
void
trip_plan_day_free (TripPlanDay *self)
{
  g_free (self->highlight);
  g_ptr_array_unref (self->blocks);
  g_free (self->lodging);
  g_clear_pointer (&self->lodging_poi, trip_poi_unref);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_free (self);
}

/**
 * trip_plan_day_touch:
 * @self: a day
 *
 * Says that the day changed, so it is written anew; its option has to be touched as well.
 */
void
trip_plan_day_touch (TripPlanDay *self)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
}

/**
 * trip_plan_option_new:
 *
 * Returns: (transfer full): an option without days
 */
TripPlanOption *
trip_plan_option_new (void)
{
  TripPlanOption *self = g_new0 (TripPlanOption, 1);

  self->title = g_strdup ("");
  g_date_clear (&self->start_date, 1);
  self->cost_total = -1;
  self->overall_cost = g_strdup ("");
  self->general_notes = g_strdup ("");
  self->days = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_day_free);
  return self;
}

/**
 * trip_plan_option_copy:
 * @self: an option
 *
 * Returns: (transfer full): a copy
 */
TripPlanOption *
trip_plan_option_copy (const TripPlanOption *self)
{
  TripPlanOption *copy = g_new0 (TripPlanOption, 1);

  *copy = *self;
  copy->title = g_strdup (self->title);
  copy->overall_cost = g_strdup (self->overall_cost);
  copy->general_notes = g_strdup (self->general_notes);
  copy->days = g_ptr_array_copy (self->days, copy_day, NULL);
  copy->raw = bytes_ref (self->raw);
  copy->extra = bytes_ref (self->extra);
  return copy;
}

/**
 * trip_plan_option_free:
 * @self: (transfer full): an option
 *
 * Frees it.
 */
void
trip_plan_option_free (TripPlanOption *self)
{
  g_free (self->title);
  g_free (self->overall_cost);
  g_free (self->general_notes);
  g_ptr_array_unref (self->days);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_free (self);
}

/**
 * trip_plan_option_touch:
 * @self: an option
 *
 * Says that the option changed, so it is written anew, but for days and blocks that were not touched.
 */
void
trip_plan_option_touch (TripPlanOption *self)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
}
