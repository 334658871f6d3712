/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Fitting a changed day: each block keeps its time where it can, waits where the way or the opening hours make it, and the
 * visit that would be missed least goes where it cannot.
 */
#include "providers/planner/trip-plan-reschedule.h"

#include "hours/trip-opening-hours.h"
#include "providers/planner/trip-plan-draft.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

#define STEP_MINUTES 5
#define LEAST_FREE_MINUTES 90
#define DEFAULT_VISIT_MINUTES 60

static TripPoi *
get_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

static TripPlanBlock *
get_block (const TripPlanDayEdit *self,
           guint                  index)
{
  return g_ptr_array_index (self->day->blocks, index);
}

/**
 * trip_plan_day_edit_init:
 * @self: uninitialised
 * @context: the question
 * @day: the day to change; it is copied
 * @before: (nullable): where the night before was spent
 *
 * Starts a change.
 */
void
trip_plan_day_edit_init (TripPlanDayEdit       *self,
                         const TripPlanContext *context,
                         const TripPlanDay     *day,
                         TripPoi               *before)
{
  TripPoi *last = before;

  self->context = context;
  self->day = trip_plan_day_copy (day);
  self->before = before;
  self->from = 0;
  self->until = G_MAXINT;
  self->may_drop = FALSE;
  self->keep = NULL;
  self->dropped = g_ptr_array_new_with_free_func (g_free);
  self->ways = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) trip_poi_unref);
  self->starts = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      TripPlanBlock *block = get_block (self, i);

      if (last != NULL)
        g_hash_table_insert (self->ways, block, trip_poi_ref (last));
      g_hash_table_insert (self->starts, block, GINT_TO_POINTER (block->start));
      if (get_poi (block) != NULL)
        last = get_poi (block);
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
  g_clear_pointer (&self->ways, g_hash_table_unref);
  g_clear_pointer (&self->starts, g_hash_table_unref);
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
  g_hash_table_remove (self->starts, get_block (self, position));
  g_ptr_array_remove_index (self->day->blocks, position);
}

static const TripPlanCandidate *
find_candidate (const TripPlanContext *context,
                const TripPoi         *poi)
{
  gint index = trip_plan_context_find (context, poi);

  return index >= 0 ? &g_array_index (context->candidates, TripPlanCandidate, (guint) index) : NULL;
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
  const TripPlanCandidate *candidate = find_candidate (self->context, poi);
  gint service = candidate != NULL ? candidate->service : poi->visit_minutes > 0 ? poi->visit_minutes : DEFAULT_VISIT_MINUTES;

  g_ptr_array_add (block->pois, trip_poi_ref (poi));
  g_free (block->description);
  block->description = g_strdup_printf (_("Visit %s"), poi->name);
  block->start = 0;
  block->end = trip_plan_ceil5 (service);
  block->cost = candidate != NULL && candidate->price > 0
                  ? trip_currency_to_major (self->context->currency, candidate->price) : 0.0;
  g_ptr_array_insert (self->day->blocks, (gint) position, block);
  return block;
}

static void
measure_way (TripPlanDayEdit *self,
             TripPlanBlock   *block,
             const TripPoi   *from)
{
  const TripPoi *to = get_poi (block);
  const TripPlanCandidate *candidate = find_candidate (self->context, to);
  const TripPlanCity *city = &g_array_index (self->context->cities, TripPlanCity, candidate != NULL ? candidate->city : 0);
  TripTravelProfile profile;
  TripTravelLeg leg;

  trip_plan_context_profile (self->context, city, &profile);
  trip_travel_in_city (&profile, trip_geo_distance_m (&from->geo, &to->geo), &leg);
  block->transportation.present = TRUE;
  block->transportation.minutes = leg.minutes;
  g_free (block->transportation.method);
  block->transportation.method = g_strdup (trip_travel_mode_to_string (leg.mode, city->transit_name));
  block->transportation.cost = trip_currency_to_major (self->context->currency, leg.cost);
  block->transportation.distance_m = leg.distance_m;
  trip_plan_block_touch (block);
}

/* When a place is open for the whole stay; one whose hours nobody knows is taken to keep office hours. */
static gint
find_open_start (const TripPoi *poi,
                 const GDate   *date,
                 gint           from,
                 gint           latest,
                 gint           service)
{
  g_autoptr(TripOpeningHours) hours = NULL;

  if (poi == NULL || !g_date_valid (date))
    return from <= latest ? from : -1;
  hours = trip_opening_hours_parse (poi->opening_hours != NULL ? poi->opening_hours : "09:00-18:00", NULL);
  if (hours == NULL)
    hours = trip_opening_hours_parse ("09:00-18:00", NULL);
  for (gint start = from; start <= latest; start += STEP_MINUTES)
    {
      if (trip_opening_hours_is_open_during (hours, date, start, start + service))
        return start;
    }
  return -1;
}

static gint
latest_start (const TripPlanDayEdit *self,
              const TripPlanBlock   *block)
{
  gint service = block->end - block->start;
  gint latest = self->until == G_MAXINT ? 23 * 60 : self->until - service;

  if (block->kind == TRIP_BLOCK_MEAL && block->start > 0)
    latest = MIN (latest, block->start < 16 * 60 ? MAX (TRIP_PLAN_LUNCH_TO, block->start)
                                                 : MAX (TRIP_PLAN_DINNER_TO, block->start));
  return block->kind == TRIP_BLOCK_TRANSFER ? block->start : latest;
}

static void
set_start (TripPlanBlock *block,
           gint           start)
{
  gint service = block->end - block->start;

  if (start == block->start)
    return;
  block->start = start;
  block->end = start + service;
  g_clear_pointer (&block->time, g_free);
  trip_plan_block_touch (block);
}

/* What an attempt that failed pushed back returns to its place before the next. */
static void
reset_starts (TripPlanDayEdit *self)
{
  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      gpointer start;

      if (g_hash_table_lookup_extended (self->starts, get_block (self, i), NULL, &start))
        set_start (get_block (self, i), GPOINTER_TO_INT (start));
    }
}

static gboolean
place_block (TripPlanDayEdit *self,
             TripPlanBlock   *block,
             const TripPoi   *last,
             gint             time)
{
  const TripPoi *was = g_hash_table_lookup (self->ways, block);
  TripPoi *poi = get_poi (block);
  gint service = block->end - block->start;
  gint wished, start;

  if (poi != NULL && last != NULL && block->kind != TRIP_BLOCK_TRANSFER && (was == NULL || !trip_poi_is_same (was, last)))
    measure_way (self, block, last);
  if (block->transportation.present && last != NULL)
    time += block->transportation.minutes;
  wished = MAX (block->start, (time + STEP_MINUTES - 1) / STEP_MINUTES * STEP_MINUTES);
  /* Nothing moves that need not. */
  if (block->start >= time)
    wished = block->start;
  start = block->kind == TRIP_BLOCK_VISIT || block->kind == TRIP_BLOCK_MEAL
            ? find_open_start (poi, &self->day->date, wished, latest_start (self, block), service)
            : wished <= latest_start (self, block) ? wished : -1;
  if (start < 0)
    return FALSE;
  set_start (block, start);
  return TRUE;
}

static gboolean
try_to_fit (TripPlanDayEdit *self,
            guint           *out_failed)
{
  const TripPoi *last = self->before;
  gint time = self->from;

  reset_starts (self);
  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      TripPlanBlock *block = get_block (self, i);

      if (!place_block (self, block, i > 0 || self->before != NULL ? last : NULL, time))
        {
          *out_failed = i;
          return FALSE;
        }
      time = block->end;
      if (get_poi (block) != NULL)
        last = get_poi (block);
      else if (block->kind == TRIP_BLOCK_TRANSFER)
        last = NULL;
    }
  return TRUE;
}

/**
 * trip_plan_day_edit_least:
 * @self: a change
 * @n_blocks: how many blocks to look at
 *
 * Returns: index of the visit that would be missed least; -1 where none may go
 */
gint
trip_plan_day_edit_least (const TripPlanDayEdit *self,
                          guint                  n_blocks)
{
  gint least = -1;
  gint popularity = G_MAXINT;

  for (guint i = 0; i < MIN (n_blocks, self->day->blocks->len); i++)
    {
      const TripPlanBlock *block = get_block (self, i);
      const TripPoi *poi = get_poi (block);

      if (block->kind != TRIP_BLOCK_VISIT || poi == NULL || poi->must_see || (self->keep != NULL && trip_poi_is_same (poi, self->keep)))
        continue;
      if (poi->popularity < popularity)
        {
          popularity = poi->popularity;
          least = (gint) i;
        }
    }
  return least;
}

static void
remove_free_blocks (TripPlanDayEdit *self)
{
  for (guint i = self->day->blocks->len; i > 0; i--)
    {
      const TripPlanBlock *block = get_block (self, i - 1);

      if (block->kind == TRIP_BLOCK_FREE && block->pois->len == 0)
        trip_plan_day_edit_remove (self, i - 1);
    }
}

static void
add_free_blocks (TripPlanDayEdit *self)
{
  for (guint i = 1; i < self->day->blocks->len; i++)
    {
      const TripPlanBlock *next = get_block (self, i);
      const TripPlanBlock *previous = get_block (self, i - 1);
      gint until = next->start - (next->transportation.present ? (next->transportation.minutes + 4) / 5 * 5 : 0);

      if (until - previous->end >= LEAST_FREE_MINUTES)
        {
          TripPlanBlock *free_block = trip_plan_block_new (TRIP_BLOCK_FREE);

          free_block->start = previous->end;
          free_block->end = until;
          g_free (free_block->description);
          free_block->description = g_strdup (_("Free time"));
          g_ptr_array_insert (self->day->blocks, (gint) i, free_block);
          i++;
        }
    }
}

/**
 * trip_plan_day_edit_fit:
 * @self: a change
 *
 * Finds times for all blocks inside the bounds and the opening hours, leaving visits out where that is allowed and needed.
 *
 * Returns: whether the day works; if not, give the change up
 */
gboolean
trip_plan_day_edit_fit (TripPlanDayEdit *self)
{
  guint failed;

  remove_free_blocks (self);
  while (!try_to_fit (self, &failed))
    {
      gint victim = self->may_drop ? trip_plan_day_edit_least (self, failed + 1) : -1;

      if (victim < 0 && self->may_drop && get_poi (get_block (self, failed)) != NULL &&
          get_block (self, failed)->kind == TRIP_BLOCK_MEAL)
        victim = (gint) failed;
      if (victim < 0)
        return FALSE;
      g_ptr_array_add (self->dropped, g_strdup (get_poi (get_block (self, (guint) victim))->name));
      trip_plan_day_edit_remove (self, (guint) victim);
    }
  add_free_blocks (self);
  trip_plan_day_touch (self->day);
  return TRUE;
}
