/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Limits of a day in a changed plan: how many sights, how many of a kind, how far on foot. What a change brings beyond a limit
 * that has to hold goes to another day, or is paid for with the visit that would be missed least; a limit that is a wish is
 * told where it no longer holds.
 */
#include "providers/planner/trip-plan-draft.h"
#include "providers/planner/trip-plan-edit-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More is left out of no option for the sake of its limits. */
#define MOST_ROUNDS 64

/* A limit of a day: of one kind of places, else of sights, else of metres on foot. */
typedef struct {
  const TripKindLimit *kind;
  gint sights;
  gint metres;
  gboolean hard;
} Limit;

static gint
walked_to (const TripPlanBlock *block)
{
  return block->transportation.present && block->transportation.distance_m > 0 &&
         g_strcmp0 (block->transportation.method, "walk") == 0 ? (gint) block->transportation.distance_m : 0;
}

static gboolean
concerns (const Limit         *limit,
          const TripPlanBlock *block)
{
  const TripPoi *poi = trip_plan_block_poi (block);

  return block->kind == TRIP_BLOCK_VISIT && poi != NULL &&
         (limit->kind == NULL || trip_plan_limits_load_of (limit->kind, poi, block->end - block->start) > 0);
}

/* What a day takes of a limit. */
static gint
load_of_day (const Limit       *limit,
             const TripPlanDay *day)
{
  gint load = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (limit->metres > 0)
        load += walked_to (block);
      else if (limit->kind == NULL)
        load += block->kind == TRIP_BLOCK_VISIT;
      else if (concerns (limit, block))
        load += trip_plan_limits_load_of (limit->kind, trip_plan_block_poi (block), block->end - block->start);
    }
  return load;
}

static gint
load_of (const Limit          *limit,
         const TripPlanOption *option,
         guint                 day)
{
  gint load = 0;

  if (limit->kind == NULL || limit->kind->per_day)
    return day < option->days->len ? load_of_day (limit, g_ptr_array_index (option->days, day)) : 0;
  for (guint d = 0; d < option->days->len; d++)
    load += load_of_day (limit, g_ptr_array_index (option->days, d));
  return load;
}

static gint
most_of (const Limit *limit)
{
  return limit->kind != NULL ? trip_plan_limits_most (limit->kind) : limit->metres > 0 ? limit->metres : limit->sights;
}

static char *
describe (const Limit *limit)
{
  if (limit->kind != NULL)
    return g_strdup (limit->kind->phrase);
  if (limit->metres > 0)
    return g_strdup_printf (_("at most %.1f km on foot a day"), limit->metres / 1000.0);
  return g_strdup_printf (ngettext ("at most %d sight a day", "at most %d sights a day", (gulong) limit->sights), limit->sights);
}

static GArray *
list_limits (const TripPlanContext *context)
{
  const TripConstraints *terms = context->constraints;
  GArray *limits = g_array_new (FALSE, TRUE, sizeof (Limit));

  if (terms->max_visits > 0)
    {
      Limit limit = { .sights = terms->max_visits, .hard = (context->hard_topics & TRIP_TOPIC_PACE) != 0 };

      g_array_append_val (limits, limit);
    }
  for (guint k = 0; k < terms->kind_limits->len; k++)
    {
      Limit limit = { .kind = g_ptr_array_index (terms->kind_limits, k) };

      limit.hard = limit.kind->priority != TRIP_PRIORITY_PREFERRED;
      g_array_append_val (limits, limit);
    }
  if (terms->max_walk_day_m > 0)
    {
      Limit limit = { .metres = terms->max_walk_day_m, .hard = (context->hard_topics & TRIP_TOPIC_WALKING) != 0 };

      g_array_append_val (limits, limit);
    }
  return limits;
}

static gboolean
was_there (const TripPlanOption *before,
           guint                 day,
           const TripPoi        *poi)
{
  const TripPlanDay *old = before != NULL && day < before->days->len ? g_ptr_array_index (before->days, day) : NULL;

  for (guint b = 0; old != NULL && b < old->blocks->len; b++)
    {
      const TripPoi *other = trip_plan_block_poi (g_ptr_array_index (old->blocks, b));

      if (other != NULL && trip_poi_is_same (other, poi))
        return TRUE;
    }
  return before == NULL;
}

/* The visit of the day that is given up for a limit: the least known, or for ways on foot the one with most of them around
 * it. What came with the change stays. */
static gint
find_victim (const TripPlanEditor *self,
             const Limit          *limit,
             const TripPlanOption *before,
             guint                 day)
{
  const TripPlanDay *now = trip_plan_editor_day (self, day);
  gint victim = -1, best = G_MININT;

  for (guint b = 0; b < now->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (now->blocks, b);
      const TripPoi *poi = trip_plan_block_poi (block);
      gint score;

      if (!concerns (limit, block) || trip_plan_editor_is_must (self, poi) || !was_there (before, day, poi))
        continue;
      score = limit->metres == 0       ? -poi->popularity
              : b + 1 < now->blocks->len ? walked_to (block) + walked_to (g_ptr_array_index (now->blocks, b + 1))
                                         : walked_to (block);
      if (score > best)
        {
          best = score;
          victim = (gint) b;
        }
    }
  return victim;
}

static gboolean
keeps_all_limits (const TripPlanEditor *self,
                  const GArray         *limits,
                  guint                 day)
{
  for (guint i = 0; i < limits->len; i++)
    {
      const Limit *limit = &g_array_index (limits, Limit, i);

      if (load_of (limit, self->option, day) > most_of (limit))
        return FALSE;
    }
  return TRUE;
}

/* A visit that one day may not have any more goes to one that has room for it; else it is left out. */
static gboolean
give_up (TripPlanEditor *self,
         const GArray   *limits,
         const Limit    *limit,
         guint           day,
         guint           block)
{
  g_autoptr(TripPoi) poi = trip_poi_ref (trip_plan_block_poi (g_ptr_array_index (trip_plan_editor_day (self, day)->blocks,
                                                                                 block)));
  g_autofree char *words = describe (limit);

  if (!trip_plan_editor_remove (self, day, block))
    return FALSE;
  for (guint d = 0; d < self->option->days->len && (limit->kind == NULL || limit->kind->per_day); d++)
    {
      gsize said = self->notes->len;
      GPtrArray *saved;

      if (d == day || !trip_plan_editor_is_near (trip_plan_editor_day (self, d), poi))
        continue;
      saved = trip_plan_editor_save_days (self);
      if (trip_plan_editor_insert (self, d, poi, NULL, 0, G_MAXINT, FALSE) && keeps_all_limits (self, limits, d))
        {
          g_ptr_array_unref (saved);
          trip_plan_editor_say (self, _("%s moved to day %u, to keep “%s”."), poi->name, d + 1, words);
          return TRUE;
        }
      trip_plan_editor_restore_days (self, saved);
      g_string_truncate (self->notes, said);
    }
  trip_plan_editor_say (self, _("%s was left out of day %u, to keep “%s”."), poi->name, day + 1, words);
  return TRUE;
}

/* Ways that were walked before a limit was set may be ridden. */
static void
measure_ways_anew (TripPlanEditor *self,
                   guint           day)
{
  g_auto(TripPlanDayEdit) edit = { 0 };

  trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
  g_hash_table_remove_all (edit.ways);
  edit.may_reorder = TRUE;
  if (trip_plan_day_edit_fit (&edit))
    trip_plan_editor_take_over (self, day, &edit);
}

static gboolean
keep_limit (TripPlanEditor       *self,
            const GArray         *limits,
            const Limit          *limit,
            const TripPlanOption *before,
            guint                 day)
{
  g_autofree char *words = describe (limit);
  gint allowed = MAX (most_of (limit), before != NULL ? load_of (limit, before, day) : 0);

  if (load_of (limit, self->option, day) <= allowed)
    return TRUE;
  if (limit->metres > 0 && before == NULL)
    measure_ways_anew (self, day);
  if (!limit->hard && load_of (limit, self->option, day) > allowed)
    {
      trip_plan_editor_say (self, _("Day %u does not keep the wish “%s”."), day + 1, words);
      return TRUE;
    }
  for (guint round = 0; round < MOST_ROUNDS && load_of (limit, self->option, day) > allowed; round++)
    {
      gint victim = self->change->kind == TRIP_PLAN_CHANGE_FULLER ? -1 : find_victim (self, limit, before, day);

      if (victim < 0 || trip_plan_editor_visits (trip_plan_editor_day (self, day)) < 2 ||
          !give_up (self, limits, limit, day, (guint) victim))
        {
          g_string_truncate (self->notes, 0);
          trip_plan_editor_say (self, _("Day %u is as it was: “%s” leaves no room for more."), day + 1, words);
          return FALSE;
        }
    }
  return TRUE;
}

static gint
find_most (const Limit          *limit,
           const TripPlanOption *option)
{
  gint most = 0;

  for (guint d = 0; d < option->days->len; d++)
    most = MAX (most, load_of (limit, option, d));
  return most;
}

/* Who asks for one museum more than there were to be gets it, and is told. */
static void
say_exceeded_kind (TripPlanEditor       *self,
                   const Limit          *limit,
                   const TripPlanOption *before)
{
  gint most = find_most (limit, self->option);

  if (most > most_of (limit) && most > find_most (limit, before))
    trip_plan_editor_say (self, _("“%s” is not kept any more."), limit->kind->phrase);
}

/**
 * trip_plan_editor_is_full:
 * @self: a change
 * @day: which day
 *
 * Returns: whether the day has as many sights as it may have
 */
gboolean
trip_plan_editor_is_full (const TripPlanEditor *self,
                          guint                 day)
{
  gint most = self->context->constraints->max_visits;

  return most > 0 && trip_plan_editor_visits (trip_plan_editor_day (self, day)) >= (guint) most;
}

/**
 * trip_plan_editor_keep_limits:
 * @self: a change that was made
 * @before: (nullable): the option before it, whose days may stay beyond a limit where they were; %NULL where the limits are
 *   new
 *
 * Holds the days against the limits that were asked for.
 *
 * Returns: whether they keep those that have to hold; if not, give the change up
 */
gboolean
trip_plan_editor_keep_limits (TripPlanEditor       *self,
                              const TripPlanOption *before)
{
  g_autoptr(GArray) limits = list_limits (self->context);

  for (guint i = 0; i < limits->len; i++)
    {
      const Limit *limit = &g_array_index (limits, Limit, i);

      if (limit->kind != NULL && self->change->kind != TRIP_PLAN_CHANGE_UNKNOWN)
        {
          say_exceeded_kind (self, limit, before);
          continue;
        }
      for (guint d = 0; d < self->option->days->len; d++)
        {
          if (!keep_limit (self, limits, limit, before, d))
            return FALSE;
        }
    }
  return TRUE;
}
