/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Fitting a changed day: each block keeps its time where it can, moves where the way, the opening hours or the day's
 * bounds make it, and the visit that would be missed least goes where nothing else helps. A restaurant that no longer
 * fits leaves its meal, at a place of the traveller's choice.
 */
#include "providers/planner/trip-plan-reschedule.h"

#include "providers/planner/trip-plan-draft.h"
#include "trip/model/trip-currency.h"

#include <string.h>

/* No later than this are children out where nobody said when a day ends, minutes after midnight. */
#define CHILDREN_HOME (23 * 60)

/* A visit that begins this much off its time has another time. */
#define FAR_MINUTES 30

/* A visit that goes behind all others of the day is over by then, minutes after midnight, as it would be in a new plan. */
#define LATE (22 * 60)

/* So often is a visit put elsewhere in the day for the sake of the others. */
#define MAX_ROUNDS 4

static TripPlanBlock *
get_block (const TripPlanDayEdit *self,
           guint                  index)
{
  return g_ptr_array_index (self->day->blocks, index);
}

static void
measure_way (const TripPlanDayEdit *self,
             const TripPlanBlock   *block,
             const TripPoi         *from,
             TripTravelLeg         *out_leg)
{
  const TripPoi *to = trip_plan_block_poi (block);
  TripTravelProfile profile;

  trip_plan_context_profile (self->context, trip_plan_day_edit_city (self, to), &profile);
  trip_travel_in_city (&profile, trip_geo_distance_m (&from->geo, &to->geo), out_leg);
}

/* Whether a block is reached from elsewhere than before the change. */
static gboolean
has_other_way (const TripPlanDayEdit *self,
               const TripPlanBlock   *block,
               const TripPoi         *last)
{
  const TripPoi *was = g_hash_table_lookup (self->ways, block);

  return trip_plan_block_poi (block) != NULL && last != NULL && block->kind != TRIP_BLOCK_TRANSFER &&
         (was == NULL || !trip_poi_is_same (was, last));
}

static gint
find_travel (const TripPlanDayEdit *self,
             const TripPlanBlock   *block,
             const TripPoi         *last)
{
  TripTravelLeg leg;

  if (!has_other_way (self, block, last))
    return block->transportation.present ? trip_plan_block_travel (block) : 0;
  measure_way (self, block, last, &leg);
  if (trip_plan_context_is_next_door (self->context, &leg))
    return 0;
  return block->start % 5 == 0 ? trip_plan_ceil5 (leg.minutes) : leg.minutes;
}

static void
set_way (TripPlanDayEdit *self,
         TripPlanBlock   *block,
         const TripPoi   *last)
{
  const TripPlanCity *city;
  TripTravelLeg leg;

  if (!has_other_way (self, block, last))
    return;
  city = trip_plan_day_edit_city (self, trip_plan_block_poi (block));
  measure_way (self, block, last, &leg);
  block->transportation.present = !trip_plan_context_is_next_door (self->context, &leg);
  block->transportation.minutes = block->transportation.present ? leg.minutes : 0;
  g_free (block->transportation.method);
  block->transportation.method = g_strdup (trip_travel_mode_to_string (leg.mode, city->transit_name));
  block->transportation.cost = trip_currency_to_major (self->context->currency, leg.cost);
  block->transportation.distance_m = leg.distance_m;
  trip_plan_block_touch (block);
  g_hash_table_insert (self->ways, block, trip_poi_ref ((TripPoi *) last));
}

/* From where one goes on behind a block. */
static const TripPoi *
place_behind (const TripPlanBlock *block,
              const TripPoi       *last)
{
  if (block->kind == TRIP_BLOCK_TRANSFER)
    return NULL;
  return trip_plan_block_poi (block) != NULL ? trip_plan_block_poi (block) : last;
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

/* The block of the change itself does not count as moved where it is told where to stand. */
static gboolean
counts_as_moved (const TripPlanDayEdit   *self,
                 const TripPlanBlock     *block,
                 const TripTimetableStop *stop)
{
  return stop->preferred > 0 && !(block == self->pinned && trip_plan_order_is_set (&self->order));
}

/* Finds times for the blocks in their order. The blocks themselves stay as they are, for take_times(). */
static gboolean
try_to_fit (TripPlanDayEdit   *self,
            TripTimetableStop *stops,
            guint             *out_failed,
            gboolean          *out_hopeless)
{
  guint n = self->day->blocks->len;
  const TripPoi *last = self->before;

  memset (stops, 0, n * sizeof *stops);
  for (guint i = 0; i < n; i++)
    {
      const TripPlanBlock *block = get_block (self, i);

      stops[i].service = block->end - block->start;
      stops[i].preferred = GPOINTER_TO_INT (g_hash_table_lookup (self->wished, block));
      stops[i].travel = find_travel (self, block, last);
      /* The ride to a first transfer has begun before the day's first block, and has no bound of its own. */
      if (block->kind == TRIP_BLOCK_TRANSFER && i == 0)
        stops[i].travel = 0;
      trip_plan_day_edit_windows (self, i, &stops[i]);
      if (self->until != G_MAXINT && i + 1 < n && get_block (self, n - 1)->kind == TRIP_BLOCK_TRANSFER)
        end_by (&stops[i], self->until);
      last = place_behind (block, last);
    }
  *out_hopeless = FALSE;
  if (!trip_timetable_fit (stops, n, first_minute (self), last_minute (self), out_failed))
    {
      *out_hopeless = stops[*out_failed].n_windows == 0 ||
                      stops[*out_failed].windows[0].from + stops[*out_failed].service > last_minute (self);
      return FALSE;
    }
  self->moved = 0;
  self->n_moved_far = 0;
  for (guint i = 0; i < n; i++)
    {
      gint moved = counts_as_moved (self, get_block (self, i), &stops[i]) ? ABS (stops[i].start - stops[i].preferred) : 0;

      self->moved += moved + stops[i].travel;
      self->n_moved_far += moved > FAR_MINUTES;
    }
  return TRUE;
}

static void
take_times (TripPlanDayEdit         *self,
            const TripTimetableStop *stops)
{
  const TripPoi *last = self->before;

  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      TripPlanBlock *block = get_block (self, i);

      set_way (self, block, last);
      set_start (block, stops[i].start);
      last = place_behind (block, last);
    }
}

/**
 * trip_plan_day_edit_may_stand_at:
 * @self: a change
 * @position: index in the day
 *
 * Returns: whether a visit may be put in front of the block there: not in front of the journey that begins the day or the
 *   bags that are left, and not behind the journey that ends it
 */
gboolean
trip_plan_day_edit_may_stand_at (const TripPlanDayEdit *self,
                                 guint                  position)
{
  guint n = self->day->blocks->len;

  if (position < n)
    {
      const TripPlanBlock *next = get_block (self, position);

      return next->kind != TRIP_BLOCK_CHECK_IN && (next->kind != TRIP_BLOCK_TRANSFER || position > 0);
    }
  return n < 2 || get_block (self, n - 1)->kind != TRIP_BLOCK_TRANSFER;
}

static gint
find_block (const TripPlanDayEdit *self,
            const TripPlanBlock   *block)
{
  guint index;

  return block != NULL && g_ptr_array_find (self->day->blocks, block, &index) ? (gint) index : -1;
}

/* Breakfast may come before a first visit, and dinner behind a last one. */
static gboolean
is_alone_on_side (const TripPlanDayEdit *self,
                  gint                   pinned)
{
  for (gint i = 0; i < (gint) self->day->blocks->len; i++)
    {
      const TripPlanBlock *block = get_block (self, (guint) i);

      if (self->order.first && i < pinned &&
          (block->kind == TRIP_BLOCK_VISIT || (block->kind == TRIP_BLOCK_MEAL && block->start >= TRIP_PLAN_LUNCH_SENSE)))
        return FALSE;
      if (self->order.last && i > pinned && block->kind == TRIP_BLOCK_VISIT)
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_day_edit_keeps_order:
 * @self: a change
 *
 * Returns: whether the pinned block stands where the order of the change has it
 */
gboolean
trip_plan_day_edit_keeps_order (const TripPlanDayEdit *self)
{
  gint pinned = find_block (self, self->pinned);
  gint behind = find_block (self, self->order.behind);
  gint ahead_of = find_block (self, self->order.ahead_of);

  if (!trip_plan_order_is_set (&self->order) || pinned < 0)
    return TRUE;
  return is_alone_on_side (self, pinned) && behind < pinned && (ahead_of < 0 || pinned < ahead_of) &&
         (!self->order.next_to || pinned == (behind >= 0 ? behind + 1 : ahead_of - 1));
}

static gboolean
is_kept (const TripPlanDayEdit *self,
         const TripPoi         *poi)
{
  return self->keep != NULL && poi != NULL && trip_poi_is_same (poi, self->keep);
}

static void
shift_block (TripPlanDayEdit *self,
             guint            from,
             guint            to)
{
  g_ptr_array_insert (self->day->blocks, (gint) to, g_ptr_array_steal_index (self->day->blocks, from));
}

/* Whether a visit of the day may go to another place in it. */
static gboolean
may_shift (const TripPlanDayEdit *self,
           guint                  index)
{
  const TripPlanBlock *block = get_block (self, index);

  return block->kind == TRIP_BLOCK_VISIT && block != self->pinned && !is_kept (self, trip_plan_block_poi (block)) &&
         trip_plan_day_edit_may_stand_at (self, index);
}

/* Whether the day fits with a visit that was put to @index. */
static gboolean
fits_at (TripPlanDayEdit   *self,
         TripTimetableStop *stops,
         guint              index)
{
  guint n = self->day->blocks->len;
  gint latest = MAX (self->last_end, LATE);
  gboolean hopeless;
  guint failed;

  return trip_plan_day_edit_may_stand_at (self, index) && (index + 1 < n || trip_plan_day_edit_may_stand_at (self, n)) &&
         trip_plan_day_edit_keeps_order (self) && try_to_fit (self, stops, &failed, &hopeless) &&
         (index + 1 < n || stops[index].start + stops[index].service <= latest);
}

/* Tries each visit at each other place in the day and leaves the one there that lets the others keep their times best, and
 * is better than @n_moved_far of them elsewhere; FALSE where none is. One visit at another time is less than half a day at
 * other times, and less than a visit lost. */
static gboolean
reorder (TripPlanDayEdit   *self,
         TripTimetableStop *stops,
         gint               n_moved_far)
{
  guint n = self->day->blocks->len;
  guint best_from = 0, best_to = 0;
  gint least_far = n_moved_far, least = G_MAXINT;
  gboolean found = FALSE;

  for (guint from = 0; from < n; from++)
    {
      for (guint to = 0; may_shift (self, from) && to < n; to++)
        {
          if (to == from)
            continue;
          shift_block (self, from, to);
          if (fits_at (self, stops, to) &&
              (self->n_moved_far < least_far || (found && self->n_moved_far == least_far && self->moved < least)))
            {
              found = TRUE;
              least_far = self->n_moved_far;
              least = self->moved;
              best_from = from;
              best_to = to;
            }
          shift_block (self, to, from);
        }
    }
  if (found)
    shift_block (self, best_from, best_to);
  return found;
}

static gint
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const TripPlanBlock *one = *(TripPlanBlock * const *) a;
  const TripPlanBlock *other = *(TripPlanBlock * const *) b;

  return (other->end - other->start) - (one->end - one->start);
}

/* Puts a visit that is in no place where it moves the rest least; FALSE where there is none. */
static gboolean
insert_best (TripPlanDayEdit   *self,
             TripTimetableStop *stops,
             TripPlanBlock     *block)
{
  gint best = -1, least = G_MAXINT, least_far = G_MAXINT;

  for (guint to = 0; to <= self->day->blocks->len; to++)
    {
      g_ptr_array_insert (self->day->blocks, (gint) to, block);
      if (fits_at (self, stops, to) &&
          (self->n_moved_far < least_far || (self->n_moved_far == least_far && self->moved < least)))
        {
          least_far = self->n_moved_far;
          least = self->moved;
          best = (gint) to;
        }
      g_ptr_array_steal_index (self->day->blocks, to);
    }
  if (best >= 0)
    g_ptr_array_insert (self->day->blocks, best, block);
  return best >= 0;
}

/* Takes all visits out that may stand elsewhere, and puts them back one by one; FALSE, and the day as it was, where not all
 * of them find a place. The long ones first find more. */
static gboolean
rebuild (TripPlanDayEdit   *self,
         TripTimetableStop *stops,
         gboolean           long_first)
{
  guint n = self->day->blocks->len;
  g_autofree gpointer *before = g_memdup2 (self->day->blocks->pdata, n * sizeof (gpointer));
  g_autoptr(GPtrArray) visits = g_ptr_array_new ();
  gboolean done = TRUE;

  for (guint i = n; i-- > 0;)
    {
      if (may_shift (self, i))
        g_ptr_array_insert (visits, 0, g_ptr_array_steal_index (self->day->blocks, i));
    }
  if (long_first)
    g_ptr_array_sort (visits, compare_lengths);
  for (guint i = 0; i < visits->len && done; i++)
    done = insert_best (self, stops, g_ptr_array_index (visits, i));
  if (!done)
    {
      g_free (g_ptr_array_steal (self->day->blocks, NULL));
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (self->day->blocks, before[i]);
    }
  return done;
}

static gboolean
may_go (const TripPlanDayEdit *self,
        const TripPlanBlock   *block)
{
  const TripPoi *poi = trip_plan_block_poi (block);
  const TripPlanCandidate *candidate;

  if (poi == NULL)
    return block != self->pinned;
  if (poi->must_see || block == self->pinned || block == self->order.behind || block == self->order.ahead_of ||
      is_kept (self, poi))
    return FALSE;
  candidate = trip_plan_day_edit_candidate (self->context, poi);
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
      const TripPoi *poi = trip_plan_block_poi (block);

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

/* The visit without which all the rest fits; of several the one that would be missed least, -1 where one is not enough. */
static gint
find_single_victim (TripPlanDayEdit   *self,
                    TripTimetableStop *stops)
{
  gint best = -1;
  gint popularity = G_MAXINT;

  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      TripPlanBlock *block = get_block (self, i);
      gboolean hopeless, fits;
      guint failed = 0;

      if (block->kind != TRIP_BLOCK_VISIT || trip_plan_block_poi (block) == NULL || !may_go (self, block) ||
          trip_plan_block_poi (block)->popularity >= popularity)
        continue;
      g_ptr_array_steal_index (self->day->blocks, i);
      fits = try_to_fit (self, stops, &failed, &hopeless);
      g_ptr_array_insert (self->day->blocks, (gint) i, block);
      if (fits)
        {
          best = (gint) i;
          popularity = trip_plan_block_poi (block)->popularity;
        }
    }
  return best;
}

/* Whoever sets out, or arrives, when a meal is over has it elsewhere. */
static gboolean
drop_past_meal (TripPlanDayEdit   *self,
                TripTimetableStop *stops)
{
  gint time = first_minute (self);

  for (guint i = 0; i < self->day->blocks->len; i++)
    {
      const TripPlanBlock *block = get_block (self, i);
      const TripPoi *poi = trip_plan_block_poi (block);

      /* Bags come before it whatever else goes. */
      if (block->kind == TRIP_BLOCK_CHECK_IN)
        time += block->end - block->start;
      if (block->kind != TRIP_BLOCK_MEAL || !may_go (self, block))
        continue;
      /* A dinner whose table is closed then is not over: it is had at another one. */
      if (block->start >= TRIP_PLAN_DINNER_SENSE && time < TRIP_PLAN_DINNER_TO)
        continue;
      stops[i].service = block->end - block->start;
      trip_plan_day_edit_windows (self, i, &stops[i]);
      if (stops[i].n_windows > 0 &&
          stops[i].windows[stops[i].n_windows - 1].to >= time + find_travel (self, block, self->before))
        continue;
      if (poi != NULL)
        g_ptr_array_add (self->dropped, g_strdup (poi->name));
      trip_plan_day_edit_remove (self, i);
      return TRUE;
    }
  return FALSE;
}

/* Makes the day smaller by one thing; FALSE where nothing may go. */
static gboolean
give_way (TripPlanDayEdit   *self,
          TripTimetableStop *stops,
          guint              failed,
          gboolean           hopeless)
{
  TripPlanBlock *block;
  gint victim;

  /* A day that began in time for its meals has a table that is closed, which is another matter. */
  if (first_minute (self) >= TRIP_PLAN_LUNCH_TO && drop_past_meal (self, stops))
    return TRUE;
  block = get_block (self, failed);
  if (block->kind == TRIP_BLOCK_MEAL && may_go (self, block))
    {
      if (trip_plan_block_poi (block) != NULL)
        {
          g_ptr_array_add (self->lost_tables, g_strdup (trip_plan_block_poi (block)->name));
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
                                                                               : find_single_victim (self, stops);
  if (victim < 0)
    victim = trip_plan_day_edit_least (self);
  if (victim < 0)
    return FALSE;
  g_ptr_array_add (self->dropped, g_strdup (trip_plan_block_poi (get_block (self, (guint) victim))->name));
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
  g_autofree TripTimetableStop *stops = g_new0 (TripTimetableStop, self->day->blocks->len + 1);
  gboolean hopeless, reordered = !self->may_reorder;
  guint failed = 0;

  if (has_times (self))
    {
      while (!try_to_fit (self, stops, &failed, &hopeless))
        {
          if (!reordered)
            {
              reordered = TRUE;
              if (reorder (self, stops, G_MAXINT) || rebuild (self, stops, FALSE) || rebuild (self, stops, TRUE))
                continue;
            }
          if (!give_way (self, stops, failed, hopeless))
            return FALSE;
          reordered = !self->may_reorder;
        }
      for (guint round = 0; self->may_reorder && self->n_moved_far > 1 && round < MAX_ROUNDS; round++)
        {
          gboolean better = reorder (self, stops, self->n_moved_far);

          try_to_fit (self, stops, &failed, &hopeless);
          if (!better)
            break;
        }
      take_times (self, stops);
      trip_plan_day_edit_name_free_time (self);
    }
  trip_plan_day_touch (self->day);
  return TRUE;
}
