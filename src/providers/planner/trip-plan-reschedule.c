/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Fitting a changed day: each block keeps its time where it can, moves where the way, the opening hours or the day's
 * bounds make it, and the visit that would be missed least goes where nothing else helps. A restaurant that no longer
 * fits leaves its meal, at a place of the traveller's choice.
 */
#include "providers/planner/trip-plan-reschedule.h"

#include "providers/planner/trip-plan-draft.h"
#include "providers/planner/trip-plan-rest.h"
#include "providers/planner/trip-timetable.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-poi-hours.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No later than this are children out where nobody said when a day ends, minutes after midnight. */
#define CHILDREN_HOME (23 * 60)

#define DEFAULT_VISIT_MINUTES 60
#define LATEST_MINUTE (TRIP_PLAN_MINUTES_PER_DAY * 3 / 2)

/* What a plan calls a meal before this is breakfast, between this and the next lunch. */
#define LUNCH_SENSE_FROM (10 * 60 + 30)
#define DINNER_SENSE_FROM (16 * 60)

/* Where a place's hours are not known these are assumed. */
static const TripPlanSpan office_hours = { 9 * 60, 18 * 60 };
static const TripPlanSpan whole_day = { 0, LATEST_MINUTE };

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

static gboolean
is_plain_free_time (const TripPlanBlock *block)
{
  return block->kind == TRIP_BLOCK_FREE && block->pois->len == 0 && block->start >= 0;
}

/* Times are on a grid of five minutes, unless the plan came from elsewhere. */
static gint
travel_minutes (const TripPlanBlock *block)
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
  self->dropped = g_ptr_array_new_with_free_func (g_free);
  self->lost_tables = g_ptr_array_new_with_free_func (g_free);
  self->moved = 0;
  self->last_end = 0;
  self->ways = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) trip_poi_unref);
  self->wished = g_hash_table_new (NULL, NULL);
  self->free_blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_block_free);

  /* Free time is what the rest leaves: it is taken out here and put back, the same where it is the same, at the end. */
  for (guint i = self->day->blocks->len; i-- > 0;)
    {
      if (is_plain_free_time (get_block (self, i)))
        g_ptr_array_insert (self->free_blocks, 0, g_ptr_array_steal_index (self->day->blocks, i));
    }
  if (self->day->blocks->len > 0)
    {
      const TripPlanBlock *first = get_block (self, 0);
      gboolean has_way = first->transportation.present && first->kind != TRIP_BLOCK_TRANSFER;

      self->from = MAX (first->start - (has_way ? travel_minutes (first) : 0), 0);
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
      else if (get_poi (block) != NULL)
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

static const TripPlanCandidate *
find_candidate (const TripPlanContext *context,
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
  const TripPlanCandidate *candidate = find_candidate (self->context, poi);
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

static const TripPlanCity *
city_of (const TripPlanDayEdit *self,
         const TripPoi         *poi)
{
  const TripPlanCandidate *candidate = find_candidate (self->context, poi);
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

static const TripPoi *
place_before (const TripPlanDayEdit *self,
              const TripPlanBlock   *block)
{
  const TripPoi *last = self->before;

  for (guint i = 0; i < self->day->blocks->len && get_block (self, i) != block; i++)
    {
      if (get_poi (get_block (self, i)) != NULL)
        last = get_poi (get_block (self, i));
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
  const TripPoi *near = place_before (self, block);
  const TripPlanCity *city = city_of (self, poi != NULL ? poi : near != NULL ? near : get_poi (block));
  const TripPlanCandidate *candidate = find_candidate (self->context, poi);
  gboolean lunch = GPOINTER_TO_INT (g_hash_table_lookup (self->wished, block)) < DINNER_SENSE_FROM;
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

static void
measure_way (TripPlanDayEdit *self,
             TripPlanBlock   *block,
             const TripPoi   *from)
{
  const TripPoi *to = get_poi (block);
  const TripPlanCity *city = city_of (self, to);
  TripTravelProfile profile;
  TripTravelLeg leg;

  trip_plan_context_profile (self->context, city, &profile);
  trip_travel_in_city (&profile, trip_geo_distance_m (&from->geo, &to->geo), &leg);
  block->transportation.present = !trip_plan_context_is_next_door (self->context, &leg);
  block->transportation.minutes = block->transportation.present ? leg.minutes : 0;
  g_free (block->transportation.method);
  block->transportation.method = g_strdup (trip_travel_mode_to_string (leg.mode, city->transit_name));
  block->transportation.cost = trip_currency_to_major (self->context->currency, leg.cost);
  block->transportation.distance_m = leg.distance_m;
  trip_plan_block_touch (block);
}

/* When a place is open on the day; one whose hours nobody knows is taken to keep office hours. */
static GArray *
find_spans (const TripPlanDayEdit *self,
            const TripPoi         *poi)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (TripPlanSpan));
  gint index = poi != NULL && self->index < self->context->n_days ? trip_plan_context_find (self->context, poi) : -1;
  g_autoptr(TripOpeningHours) hours = NULL;
  g_autoptr(GArray) intervals = NULL;

  if (poi == NULL || !g_date_valid (&self->day->date))
    {
      g_array_append_val (spans, whole_day);
      return spans;
    }
  if (index >= 0)
    {
      const TripPlanSpan *known;
      guint n = trip_plan_context_spans (self->context, (guint) index, self->index, &known);

      g_array_append_vals (spans, known, n);
      return spans;
    }
  hours = trip_poi_parse_hours (poi);
  if (hours == NULL)
    {
      g_array_append_val (spans, office_hours);
      return spans;
    }
  intervals = trip_opening_hours_intervals (hours, &self->day->date, 1);
  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);
      TripPlanSpan span = { MAX (interval->from, 0), MIN (interval->to, LATEST_MINUTE) };

      if (interval->state == TRIP_OPENING_OPEN && span.from < TRIP_PLAN_MINUTES_PER_DAY)
        g_array_append_val (spans, span);
    }
  return spans;
}

static void
allow_start (TripTimetableStop *stop,
             gint               time)
{
  guint at = 0;

  for (guint i = 0; i < stop->n_windows; i++)
    {
      if (time >= stop->windows[i].from && time <= stop->windows[i].to)
        return;
      at = stop->windows[i].to < time ? i + 1 : at;
    }
  if (stop->n_windows == TRIP_TIMETABLE_MAX_WINDOWS)
    return;
  memmove (stop->windows + at + 1, stop->windows + at, (stop->n_windows - at) * sizeof *stop->windows);
  stop->windows[at] = (TripOrienteeringWindow) { time, time };
  stop->n_windows++;
}

static void
set_only_window (TripTimetableStop *stop,
                 gint               from,
                 gint               to)
{
  stop->windows[0].from = from;
  stop->windows[0].to = to;
  stop->n_windows = 1;
}

static void
find_windows (const TripPlanDayEdit *self,
              guint                  index,
              TripTimetableStop     *stop)
{
  const TripPlanBlock *block = get_block (self, index);
  gint was = GPOINTER_TO_INT (g_hash_table_lookup (self->wished, block));
  gint from = 0, to = LATEST_MINUTE;
  g_autoptr(GArray) spans = NULL;

  if (block->kind == TRIP_BLOCK_TRANSFER)
    {
      /* The train to the next city may be a later one; the one home may not. */
      set_only_window (stop, was, index == 0 ? MAX (was, 22 * 60) : was);
      return;
    }
  if (block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL)
    {
      set_only_window (stop, 0, LATEST_MINUTE);
      return;
    }
  if (block->kind == TRIP_BLOCK_MEAL)
    {
      gboolean breakfast = was < LUNCH_SENSE_FROM;
      gboolean lunch = was < DINNER_SENSE_FROM;

      from = breakfast ? MAX (was - 60, 0) : lunch ? TRIP_PLAN_LUNCH_FROM : TRIP_PLAN_DINNER_FROM;
      to = breakfast ? was + 60 : lunch ? TRIP_PLAN_LUNCH_TO : TRIP_PLAN_DINNER_TO;
    }
  if (block == self->pinned)
    {
      from = MAX (from, self->pin_from);
      to = MIN (to, self->pin_to);
    }
  spans = find_spans (self, get_poi (block));
  stop->n_windows = trip_plan_start_windows ((const TripPlanSpan *) (void *) spans->data, spans->len, stop->service,
                                             from, to, stop->windows, TRIP_TIMETABLE_MAX_WINDOWS);
  /* A plan of another maker may know better than we do when its places are open: at the time it says, no other. */
  if (block->raw != NULL && was > 0 && was == block->start && block != self->pinned)
    allow_start (stop, was);
}

static gint
find_travel (TripPlanDayEdit *self,
             TripPlanBlock   *block,
             const TripPoi   *last)
{
  const TripPoi *was = g_hash_table_lookup (self->ways, block);
  TripPoi *poi = get_poi (block);

  if (poi != NULL && last != NULL && block->kind != TRIP_BLOCK_TRANSFER &&
      (was == NULL || !trip_poi_is_same (was, last)))
    {
      measure_way (self, block, last);
      g_hash_table_insert (self->ways, block, trip_poi_ref ((TripPoi *) last));
    }
  if (!block->transportation.present)
    return 0;
  return travel_minutes (block);
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

/* Before the travellers arrive there is nothing but the journey that brings them. */
static gint
first_minute (const TripPlanDayEdit *self)
{
  if (self->day->blocks->len > 0 && get_block (self, 0)->kind == TRIP_BLOCK_TRANSFER)
    return self->from;
  return MAX (self->from, trip_plan_context_earliest (self->context, self->index));
}

/* A day of one's own journey ends with it, whatever else was asked for. */
static gint
last_minute (const TripPlanDayEdit *self)
{
  guint n = self->day->blocks->len;
  gboolean travels = n > 0 && get_block (self, n - 1)->kind == TRIP_BLOCK_TRANSFER;
  gint latest = travels ? G_MAXINT : trip_plan_context_latest (self->context, self->index);

  if (self->until != G_MAXINT)
    return travels ? MAX (self->until, get_block (self, n - 1)->end) : MIN (self->until, latest);
  if (latest != TRIP_PLAN_NEVER)
    return latest;
  /* What went on longer before may do so still. */
  return MAX (self->last_end, self->context->day_end >= 0    ? self->context->day_end
                              : self->context->children > 0 ? CHILDREN_HOME
                                                            : TRIP_PLAN_MINUTES_PER_DAY);
}

/* Where a journey ends the day it is what comes before that has to be over by then. */
static void
end_by (TripTimetableStop *stop,
        gint               until)
{
  gint latest = until - stop->service;
  guint n = 0;

  while (n < stop->n_windows && stop->windows[n].from <= latest)
    {
      stop->windows[n].to = MIN (stop->windows[n].to, latest);
      n++;
    }
  stop->n_windows = n;
}

static gboolean
try_to_fit (TripPlanDayEdit *self,
            guint           *out_failed,
            gboolean        *out_hopeless)
{
  guint n = self->day->blocks->len;
  g_autofree TripTimetableStop *stops = g_new0 (TripTimetableStop, n + 1);
  const TripPoi *last = self->before;

  for (guint i = 0; i < n; i++)
    {
      TripPlanBlock *block = get_block (self, i);

      stops[i].service = block->end - block->start;
      stops[i].preferred = GPOINTER_TO_INT (g_hash_table_lookup (self->wished, block));
      stops[i].travel = find_travel (self, block, last);
      /* The ride to a first transfer has begun before the day's first block, and has no bound of its own. */
      if (block->kind == TRIP_BLOCK_TRANSFER && i == 0)
        stops[i].travel = 0;
      find_windows (self, i, &stops[i]);
      if (self->until != G_MAXINT && i + 1 < n && get_block (self, n - 1)->kind == TRIP_BLOCK_TRANSFER)
        end_by (&stops[i], self->until);
      if (block->kind == TRIP_BLOCK_TRANSFER)
        last = NULL;
      else if (get_poi (block) != NULL)
        last = get_poi (block);
    }
  *out_hopeless = FALSE;
  if (!trip_timetable_fit (stops, n, first_minute (self), last_minute (self), out_failed))
    {
      *out_hopeless = stops[*out_failed].n_windows == 0 ||
                      stops[*out_failed].windows[0].from + stops[*out_failed].service > last_minute (self);
      return FALSE;
    }
  self->moved = 0;
  for (guint i = 0; i < n; i++)
    {
      self->moved += stops[i].preferred > 0 ? ABS (stops[i].start - stops[i].preferred) : 0;
      self->moved += stops[i].travel;
      set_start (get_block (self, i), stops[i].start);
    }
  return TRUE;
}

static gboolean
may_go (const TripPlanDayEdit *self,
        const TripPlanBlock   *block)
{
  const TripPoi *poi = get_poi (block);
  const TripPlanCandidate *candidate;

  if (poi == NULL)
    return block != self->pinned;
  if (poi->must_see || block == self->pinned || (self->keep != NULL && trip_poi_is_same (poi, self->keep)))
    return FALSE;
  candidate = find_candidate (self->context, poi);
  return candidate == NULL || !candidate->must;
}

/**
 * trip_plan_day_edit_least:
 * @self: a change
 *
 * Returns: index of the visit that would be missed least; -1 where none may go
 */
gint
trip_plan_day_edit_least (const TripPlanDayEdit *self)
{
  gint least = -1;
  gint popularity = G_MAXINT;

  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      const TripPlanBlock *block = get_block (self, i);
      const TripPoi *poi = get_poi (block);

      if (block->kind != TRIP_BLOCK_VISIT || poi == NULL || !may_go (self, block))
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
add_free_blocks (TripPlanDayEdit *self)
{
  for (guint i = 1; i < self->day->blocks->len; i++)
    {
      const TripPlanBlock *next = get_block (self, i);
      const TripPlanBlock *previous = get_block (self, i - 1);
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
          const TripPoi *near = place_before (self, next);

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

/* The visit without which all the rest fits; of several the one that would be missed least, -1 where one is not enough. */
static gint
find_single_victim (TripPlanDayEdit *self)
{
  gint best = -1;
  gint popularity = G_MAXINT;

  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      TripPlanBlock *block = get_block (self, i);
      gboolean hopeless, fits;
      guint failed = 0;

      if (block->kind != TRIP_BLOCK_VISIT || get_poi (block) == NULL || !may_go (self, block) ||
          get_poi (block)->popularity >= popularity)
        continue;
      g_ptr_array_steal_index (self->day->blocks, i);
      fits = try_to_fit (self, &failed, &hopeless);
      g_ptr_array_insert (self->day->blocks, (gint) i, block);
      if (fits)
        {
          best = (gint) i;
          popularity = get_poi (block)->popularity;
        }
    }
  return best;
}

/* Makes the day smaller by one thing; FALSE where nothing may go. */
static gboolean
give_way (TripPlanDayEdit *self,
          guint            failed,
          gboolean         hopeless)
{
  TripPlanBlock *block = get_block (self, failed);
  gint victim;

  if (block->kind == TRIP_BLOCK_MEAL && may_go (self, block))
    {
      if (get_poi (block) != NULL)
        {
          g_ptr_array_add (self->lost_tables, g_strdup (get_poi (block)->name));
          trip_plan_day_edit_meal (self, block, NULL);
          return TRUE;
        }
      if (hopeless)
        {
          trip_plan_day_edit_remove (self, failed);
          return TRUE;
        }
    }
  if (!self->may_drop)
    return FALSE;
  victim = hopeless && block->kind == TRIP_BLOCK_VISIT && may_go (self, block) ? (gint) failed
                                                                               : find_single_victim (self);
  if (victim < 0)
    victim = trip_plan_day_edit_least (self);
  if (victim < 0)
    return FALSE;
  g_ptr_array_add (self->dropped, g_strdup (get_poi (get_block (self, (guint) victim))->name));
  trip_plan_day_edit_remove (self, (guint) victim);
  return TRUE;
}

static gboolean
has_times (const TripPlanDayEdit *self)
{
  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      if (get_block (self, i)->start < 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_day_edit_fit:
 * @self: a change
 *
 * Finds times for all blocks inside the bounds and the opening hours, leaving visits out where that is allowed and
 * needed. A day whose plan says no times stays without.
 *
 * Returns: whether the day works; if not, give the change up
 */
gboolean
trip_plan_day_edit_fit (TripPlanDayEdit *self)
{
  gboolean hopeless;
  guint failed = 0;

  if (has_times (self))
    {
      while (!try_to_fit (self, &failed, &hopeless))
        {
          if (!give_way (self, failed, hopeless))
            return FALSE;
        }
      add_free_blocks (self);
    }
  trip_plan_day_touch (self->day);
  return TRUE;
}
