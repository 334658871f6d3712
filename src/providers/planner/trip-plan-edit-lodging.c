/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Other beds: cheaper, better, another, or the one that was named, for all nights or for some. The days stay what they are;
 * only their mornings change, by their ways and by the bags that are brought from one bed to the next, and a bed from which
 * all of a day can be done goes before one from which it cannot.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

/* So many beds are tried for a night. */
#define MAX_BEDS 8

/* Points that a kilometre between a day and its bed takes off. */
#define POINTS_PER_KM 40.0

#define CHECK_IN_MINUTES 20

/* Beyond this another bed is one of another city, to which one does not merely move house. */
#define OTHER_CITY_M 100000.0

static const TripPlanCandidate *
candidate_of (const TripPlanEditor *self,
              const TripPoi        *poi)
{
  gint index = poi != NULL ? trip_plan_context_find (self->context, poi) : -1;

  return index >= 0 ? &g_array_index (self->context->candidates, TripPlanCandidate, (guint) index) : NULL;
}

/* How far a bed lies from where the day of a night ends and the next one begins, kilometres. */
static gdouble
measure_detour (const TripPlanEditor *self,
                guint                 night,
                const TripPoi        *bed)
{
  gdouble sum = 0;

  for (guint d = night; d < MIN (night + 2, self->option->days->len); d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);
      const TripPoi *end = NULL;

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (trip_plan_block_poi (block) == NULL || (block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL) ||
              (d > night && end != NULL))
            continue;
          end = trip_plan_block_poi (block);
        }
      if (end != NULL)
        sum += trip_geo_distance_m (&end->geo, &bed->geo) / 1000.0;
    }
  return sum;
}

/* How well a bed suits the change; the highest is tried first. Below 0 it does not suit at all. */
static gdouble
rate_bed (const TripPlanEditor    *self,
          guint                    night,
          const TripPlanCandidate *bed,
          const TripPoi           *was,
          const TripPlanCandidate *present)
{
  gint64 price = present != NULL ? present->price : -1;

  /* A bed that was not named keeps what was asked of beds. */
  if (!bed->lodge_ok && self->change->object == NULL)
    return -1;
  switch (self->change->kind)
    {
    case TRIP_PLAN_CHANGE_CHEAPER:
    case TRIP_PLAN_CHANGE_LODGING_CHEAPER:
      if (bed->price < 0 || (price >= 0 && bed->price >= price))
        return -1;
      /* The whole trip for less means the cheapest; a cheaper hotel may still be a hotel. */
      return self->change->kind == TRIP_PLAN_CHANGE_CHEAPER ? 1e15 - (gdouble) bed->price : 1.0 + (gdouble) bed->price;
    case TRIP_PLAN_CHANGE_LODGING_NICER:
      if (bed->poi->level <= was->level && (bed->price < 0 || bed->price <= price))
        return -1;
      return 1e15 - (gdouble) MAX (bed->price, 0);
    default:
      if (self->change->object != NULL)
        return trip_plan_editor_is_named (bed->poi, self->change->object) ? 1 : -1;
      return MAX (1e6 + bed->poi->popularity - 200.0 * ABS (bed->poi->level - was->level) + (bed->lodge_near ? 1000.0 : 0.0) -
                  POINTS_PER_KM * measure_detour (self, night, bed->poi), 0.0);
    }
}

/**
 * trip_plan_editor_set_bed:
 * @self: a change
 * @day: a day with a lodging
 * @bed: another
 *
 * Says that the night, and the bags that are left for it, are at another lodging.
 */
void
trip_plan_editor_set_bed (const TripPlanEditor    *self,
                          TripPlanDay             *day,
                          const TripPlanCandidate *bed)
{
  g_autoptr(TripPoi) was = g_steal_pointer (&day->lodging_poi);

  g_free (day->lodging);
  day->lodging = g_strdup (bed->poi->name);
  day->lodging_poi = trip_poi_ref (bed->poi);
  day->lodging_cost = trip_currency_to_major (self->context->currency, MAX (bed->price, 0));
  trip_plan_day_touch (day);
  for (guint b = 0; b < day->blocks->len; b++)
    {
      TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind != TRIP_BLOCK_CHECK_IN || trip_plan_block_poi (block) == NULL || was == NULL ||
          !trip_poi_is_same (trip_plan_block_poi (block), was))
        continue;
      g_ptr_array_set_size (block->pois, 0);
      g_ptr_array_add (block->pois, trip_poi_ref (bed->poi));
      g_free (block->description);
      block->description = g_strdup_printf (_("Leave your bags at %s"), bed->poi->name);
      trip_plan_block_touch (block);
    }
}

/**
 * trip_plan_editor_settle_move:
 * @self: a change
 * @edit: a day that is being changed
 * @before: (nullable): where the night before is spent
 *
 * Brings the bags to another bed first thing in the morning where one moves house on that day, and no bags where one stays.
 */
void
trip_plan_editor_settle_move (const TripPlanEditor *self,
                              TripPlanDayEdit      *edit,
                              TripPoi              *before)
{
  TripPoi *bed = edit->day->lodging_poi;
  TripPlanBlock *first = edit->day->blocks->len > 0 ? g_ptr_array_index (edit->day->blocks, 0) : NULL;
  gboolean has_bags = first != NULL && first->kind == TRIP_BLOCK_CHECK_IN && trip_plan_block_poi (first) != NULL;
  gboolean moves;

  /* Who comes from elsewhere on that day, or goes there, brings the bags along with a journey. */
  if (before == NULL || bed == NULL || first == NULL || first->start < 0 || first->kind == TRIP_BLOCK_TRANSFER ||
      trip_geo_distance_m (&before->geo, &bed->geo) > OTHER_CITY_M)
    return;
  moves = !trip_poi_is_same (before, bed);
  if (!moves && has_bags && trip_poi_is_same (trip_plan_block_poi (first), bed))
    {
      trip_plan_day_edit_remove (edit, 0);
      return;
    }
  if (!moves)
    return;
  if (!has_bags)
    {
      first = trip_plan_block_new (TRIP_BLOCK_CHECK_IN);
      first->start = 0;
      first->end = CHECK_IN_MINUTES;
      first->cost = 0;
      g_ptr_array_add (first->pois, trip_poi_ref (bed));
      trip_plan_day_edit_wish (edit, first, 0);
      g_ptr_array_insert (edit->day->blocks, 0, first);
    }
  g_free (first->description);
  first->description = g_strdup_printf (_("Check out, and leave your bags at %s"), bed->name);
  trip_plan_block_touch (first);
}

static gboolean
is_meant (const TripPlanEditor *self,
          guint                 first,
          guint                 end,
          guint                 night,
          const TripPoi        *was)
{
  const TripPoi *bed = night < self->option->days->len ? trip_plan_editor_day (self, night)->lodging_poi : NULL;

  return night >= first && night < end && bed != NULL && trip_poi_is_same (bed, was);
}

/* All nights in one bed go to the other, and every morning from there works; else nothing changes. */
static gboolean
try_bed (TripPlanEditor          *self,
         guint                    first,
         guint                    end,
         TripPoi                 *was,
         const TripPlanCandidate *bed,
         gboolean                 may_drop)
{
  GPtrArray *saved = trip_plan_editor_save_days (self);
  gsize said = self->notes->len;
  gboolean works = TRUE;

  for (guint d = 0; d < self->option->days->len && works; d++)
    {
      gboolean night = is_meant (self, first, end, d, was);
      TripPoi *before = d > 0 ? ((TripPlanDay *) g_ptr_array_index (saved, d - 1))->lodging_poi : NULL;
      gboolean morning = before != NULL && !trip_poi_is_same (before, trip_plan_editor_night (self, d));

      if (night || morning)
        works = trip_plan_editor_refit (self, d, before, night ? bed : NULL, may_drop);
    }
  if (works)
    {
      g_ptr_array_unref (saved);
      return TRUE;
    }
  trip_plan_editor_restore_days (self, saved);
  g_string_truncate (self->notes, said);
  return FALSE;
}

static const TripPlanCandidate *
next_bed (const TripPlanEditor *self,
          guint                 night,
          const TripPoi        *was,
          GPtrArray            *tried)
{
  const GArray *candidates = self->context->candidates;
  const TripPlanCandidate *present = candidate_of (self, was);
  const TripPlanCandidate *best = NULL;
  gdouble best_rate = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      const TripPlanCandidate *bed = &g_array_index (candidates, TripPlanCandidate, i);
      gdouble rate;

      if (bed->poi->type != TRIP_POI_LODGE || trip_poi_is_same (bed->poi, was) ||
          (present != NULL ? bed->city != present->city : trip_geo_distance_m (&bed->poi->geo, &was->geo) > 30000.0) ||
          g_ptr_array_find (tried, bed->poi, NULL))
        continue;
      rate = rate_bed (self, night, bed, was, present);
      if (rate >= 0 && (best == NULL || rate > best_rate))
        {
          best = bed;
          best_rate = rate;
        }
    }
  return best;
}

static gboolean
change_bed (TripPlanEditor *self,
            guint           first,
            guint           end,
            guint           night,
            TripPoi        *was)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr(GPtrArray) tried = g_ptr_array_new ();
      const TripPlanCandidate *bed;

      while (tried->len < MAX_BEDS && (bed = next_bed (self, night, was, tried)) != NULL)
        {
          g_ptr_array_add (tried, bed->poi);
          if (!try_bed (self, first, end, was, bed, pass == 1))
            continue;
          if (end - first == 1)
            trip_plan_editor_say (self, _("Night %u is at %s now, not at %s."), first + 1, bed->poi->name, was->name);
          else
            trip_plan_editor_say (self, _("The nights at %s are at %s now."), was->name, bed->poi->name);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_plan_editor_leave_bed:
 * @self: a change
 * @night: a night with a lodging
 *
 * Moves all nights in that bed to one that suits better.
 *
 * Returns: whether there is one
 */
gboolean
trip_plan_editor_leave_bed (TripPlanEditor *self,
                            guint           night)
{
  g_autoptr(TripPoi) was = trip_poi_ref (trip_plan_editor_day (self, night)->lodging_poi);

  return change_bed (self, 0, self->option->days->len, night, was);
}

/**
 * trip_plan_editor_change_lodging:
 * @self: a change
 *
 * Changes beds: the largest part of what most trips cost.
 *
 * Returns: whether any night is elsewhere now
 */
gboolean
trip_plan_editor_change_lodging (TripPlanEditor *self)
{
  g_autoptr(GPtrArray) done_with = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  gboolean cheaper = self->change->kind == TRIP_PLAN_CHANGE_CHEAPER ||
                     self->change->kind == TRIP_PLAN_CHANGE_LODGING_CHEAPER;
  gboolean done = FALSE;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  /* The last night is not that of the last day, after which one is home. */
  while (self->change->day == TRIP_PLAN_LAST_DAY && first > 0 && trip_plan_editor_day (self, first)->lodging_poi == NULL)
    end = first--;
  for (guint d = first; d < end; d++)
    {
      TripPoi *was = trip_plan_editor_day (self, d)->lodging_poi;
      gboolean seen = FALSE;

      for (guint i = 0; was != NULL && i < done_with->len && !seen; i++)
        seen = trip_poi_is_same (g_ptr_array_index (done_with, i), was);
      if (was == NULL || seen)
        continue;
      was = trip_poi_ref (was);
      g_ptr_array_add (done_with, was);
      if (trip_plan_editor_is_must (self, was) && self->change->object == NULL)
        {
          trip_plan_editor_say (self, _("%s has to be in the plan; name another place to stay, or take it out."), was->name);
          continue;
        }
      if (change_bed (self, first, end, d, was))
        {
          done = TRUE;
          if (trip_plan_editor_day (self, d)->lodging_poi != NULL)
            g_ptr_array_add (done_with, trip_poi_ref (trip_plan_editor_day (self, d)->lodging_poi));
        }
    }
  if (!done && self->notes->len == 0)
    {
      if (cheaper)
        trip_plan_editor_say (self, _("No cheaper lodging is known."));
      else if (self->change->object != NULL)
        trip_plan_editor_say (self, _("“%s” is no lodging of this trip that is known, or you stay there already."),
                              self->change->object);
      else
        trip_plan_editor_say (self, _("No other lodging of that kind is known there."));
    }
  return done;
}
