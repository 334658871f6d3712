/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bounds of money and travel in a plan that is changed: cheaper beds, tables and fewer tickets where a bound is new, and the
 * refusal of a change that goes beyond one that has to be kept. A bound that is a wish is told where it no longer holds.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "providers/planner/trip-plan-bounds.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

/* More is exchanged in no option for the sake of its bounds. */
#define MOST_ROUNDS 64
#define MAX_TABLES 8

/**
 * trip_plan_editor_sleep_cheaper:
 * @self: a change under way
 *
 * Exchanges the beds of all nights for cheaper ones, where there are.
 */
void
trip_plan_editor_sleep_cheaper (TripPlanEditor *self)
{
  static const TripPlanChange cheaper = { .kind = TRIP_PLAN_CHANGE_CHEAPER, .option = TRIP_PLAN_EVERY_OPTION,
                                          .day = TRIP_PLAN_EVERY_DAY, .other_day = TRIP_PLAN_EVERY_DAY, .minute = -1 };
  const TripPlanChange *was = self->change;

  self->change = &cheaper;
  trip_plan_editor_change_lodging (self);
  self->change = was;
}

static guint
count_days (const TripPlanBound  *bound,
            const TripPlanOption *option)
{
  return bound->per_day ? option->days->len : 1;
}

static gint64
plain_cost (const TripPlanEditor *self)
{
  const TripPlanCity *city = self->context->cities->len > 0 ? &g_array_index (self->context->cities, TripPlanCity, 0) : NULL;

  return city != NULL ? trip_plan_context_for_party (self->context, city->meal_cost) : 0;
}

static gint64
cost_of (const TripPlanEditor *self,
         const TripPlanBlock  *block)
{
  return trip_currency_to_minor (self->option->currency, MAX (block->cost, 0.0));
}

/* The meal or ticket to save on, of those that the bound counts and that need not be: what is known least of what would do
 * alone, else the dearest. FALSE where there is none. */
static gboolean
find_saving (const TripPlanEditor *self,
             const TripPlanBound  *bound,
             guint                 day,
             guint                *out_day,
             guint                *out_block)
{
  gint64 over = trip_plan_bound_of_option (bound, self->option, day) - bound->most;
  gint least_known = G_MAXINT;
  gint64 dearest = 0;

  *out_day = *out_block = 0;
  for (guint d = bound->per_day ? day : 0; d < (bound->per_day ? day + 1 : self->option->days->len); d++)
    {
      const TripPlanDay *of_day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < of_day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (of_day->blocks, b);
          const TripPoi *poi = trip_plan_block_poi (block);
          gint64 cost = trip_plan_bound_of_stop (bound, block->kind, cost_of (self, block));

          if (poi == NULL || cost <= 0 || trip_plan_editor_is_must (self, poi) ||
              (block->kind == TRIP_BLOCK_VISIT && trip_plan_editor_visits (of_day) < 2))
            continue;
          if (!bound->each && cost >= over ? poi->popularity >= least_known : cost <= dearest || least_known < G_MAXINT)
            continue;
          if (!bound->each && cost >= over)
            least_known = poi->popularity;
          dearest = cost;
          *out_day = d;
          *out_block = b;
        }
    }
  return dearest > 0;
}

/* The table near the day that is liked best of those that cost less than @below, minor units, and were not tried. */
static TripPoi *
find_table (const TripPlanEditor *self,
            guint                 day,
            gint64                below,
            GHashTable           *tried)
{
  const GArray *candidates = self->context->candidates;
  gfloat best_appeal = -G_MAXFLOAT;
  TripPoi *best = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      const TripPlanCandidate *table = &g_array_index (candidates, TripPlanCandidate, i);

      if (table->poi->type != TRIP_POI_RESTAURANT || !table->diet_ok || table->price < 0 || table->price >= below ||
          table->appeal <= best_appeal || g_hash_table_contains (tried, table->poi) ||
          !trip_plan_editor_is_near (trip_plan_editor_day (self, day), table->poi) ||
          trip_plan_editor_has_place (self, table->poi))
        continue;
      best_appeal = table->appeal;
      best = table->poi;
    }
  return best;
}

static TripPoi *
eat_cheaper (TripPlanEditor *self,
             guint           day,
             guint           block,
             gint64          below)
{
  g_autoptr(GHashTable) tried = g_hash_table_new (NULL, NULL);
  TripPoi *table;

  while (g_hash_table_size (tried) < MAX_TABLES && (table = find_table (self, day, below, tried)) != NULL)
    {
      if (trip_plan_editor_replace (self, day, block, table, FALSE))
        return table;
      g_hash_table_add (tried, table);
    }
  return NULL;
}

/* Another table that leaves what there may be, or at least costs less than a plain meal; else that. Of tickets, one less. */
static gboolean
spend_less_on (TripPlanEditor      *self,
               const TripPlanBound *bound,
               guint                day,
               guint                index)
{
  const TripPlanBlock *block = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, index);
  g_autofree char *name = g_strdup (trip_plan_block_poi (block)->name);
  gint64 over = trip_plan_bound_of_option (bound, self->option, day) - bound->most;
  gboolean is_meal = block->kind == TRIP_BLOCK_MEAL;
  gint64 cost = cost_of (self, block);
  const TripPoi *table = NULL;

  if (is_meal && cost > over)
    table = eat_cheaper (self, day, index, bound->each ? MIN (cost, bound->most + 1) : cost - over + 1);
  if (is_meal && table == NULL)
    table = eat_cheaper (self, day, index, MIN (cost, plain_cost (self)));
  if (table != NULL)
    {
      trip_plan_editor_say (self, _("%s takes the place of %s, to keep “%s”."), table->name, name, bound->phrase);
      return TRUE;
    }
  if ((is_meal && cost <= plain_cost (self)) || !trip_plan_editor_remove (self, day, index))
    return FALSE;
  if (is_meal)
    trip_plan_editor_say (self, _("Instead of %s that meal is a plain one, to keep “%s”."), name, bound->phrase);
  else
    trip_plan_editor_say (self, _("%s was left out to keep “%s”."), name, bound->phrase);
  return TRUE;
}

/**
 * trip_plan_editor_keep_bounds:
 * @self: a change under way
 *
 * Makes the plan keep the bounds of money as far as cheaper beds and tables and fewer tickets do it. A wish that still does
 * not hold is told.
 *
 * Returns: whether all bounds hold that have to; else another plan is needed
 */
gboolean
trip_plan_editor_keep_bounds (TripPlanEditor *self)
{
  guint rounds = MOST_ROUNDS;
  gboolean slept_cheaper = FALSE;

  for (guint i = 0; i < trip_plan_bounds_count (self->context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (self->context, i);
      gboolean holds = TRUE;

      for (guint d = 0; d < count_days (bound, self->option); d++)
        {
          guint day, block;

          if (trip_plan_bound_of_option (bound, self->option, d) <= bound->most)
            continue;
          if (!slept_cheaper && trip_plan_bound_of_night (bound, 1) > 0)
            {
              trip_plan_editor_sleep_cheaper (self);
              slept_cheaper = TRUE;
            }
          while (trip_plan_bound_of_option (bound, self->option, d) > bound->most && rounds > 0 &&
                 find_saving (self, bound, d, &day, &block) && spend_less_on (self, bound, day, block))
            rounds--;
          holds = holds && trip_plan_bound_of_option (bound, self->option, d) <= bound->most;
        }
      if (!holds && bound->hard)
        return FALSE;
      if (!holds)
        trip_plan_editor_say (self, _("“%s” is not kept."), bound->phrase);
    }
  return TRUE;
}

/**
 * trip_plan_editor_find_overstepped:
 * @self: a change under way
 * @before: the option as it was
 * @hard: look for bounds that have to be kept, else for those that are wishes
 *
 * Returns: (nullable): a bound that the change oversteps, or further than before
 */
const char *
trip_plan_editor_find_overstepped (const TripPlanEditor *self,
                                   const TripPlanOption *before,
                                   gboolean              hard)
{
  for (guint i = 0; i < trip_plan_bounds_count (self->context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (self->context, i);

      for (guint d = 0; d < count_days (bound, self->option) && bound->hard == hard; d++)
        {
          gint64 load = trip_plan_bound_of_option (bound, self->option, d);

          if (load > bound->most && (!bound->per_day || d < before->days->len
                                       ? load > trip_plan_bound_of_option (bound, before, d) : TRUE))
            return bound->phrase;
        }
    }
  return NULL;
}
