/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The steps that changes are made of: a visit put into a day, taken out, a table for another, a day made to fit. Each
 * leaves all else where it is, and leaves the option alone where it fails.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include <string.h>

#define MAX_TABLES 16

/* A visit that is left out weighs more than any move. */
#define MINUTES_PER_DROP 10000
#define MINUTES_PER_TABLE 500

/* The day with its free time and the edit without it differ in positions: the block itself is what is looked for. */
static gint
position_in_edit (const TripPlanDayEdit *edit,
                  const TripPlanBlock   *block)
{
  for (guint i = 0; i < edit->day->blocks->len; i++)
    {
      const TripPlanBlock *other = g_ptr_array_index (edit->day->blocks, i);

      if (other->start == block->start && other->kind == block->kind &&
          trip_plan_block_poi (other) == trip_plan_block_poi (block))
        return (gint) i;
    }
  return -1;
}

/* The visit that is there already is taken out for it, a break is one like @like, and all else is a visit to @poi. */
static TripPlanBlock *
put_block (TripPlanDayEdit     *edit,
           TripPoi             *poi,
           const TripPlanBlock *like,
           guint                position)
{
  TripPlanBlock *block = NULL;

  for (guint i = 0; like != NULL && i < edit->day->blocks->len && block == NULL; i++)
    {
      TripPlanBlock *other = g_ptr_array_index (edit->day->blocks, i);

      if (other->kind == like->kind && other->start == like->start && trip_plan_block_poi (other) == poi)
        block = g_ptr_array_steal_index (edit->day->blocks, i);
    }
  if (block == NULL && like != NULL && poi == NULL)
    block = trip_plan_block_copy (like);
  if (position > edit->day->blocks->len || !trip_plan_day_edit_may_stand_at (edit, position))
    {
      if (block != NULL)
        trip_plan_block_free (block);
      return NULL;
    }
  if (block != NULL)
    {
      g_ptr_array_insert (edit->day->blocks, (gint) position, block);
      return block;
    }
  block = trip_plan_day_edit_visit (edit, poi, position);
  if (like != NULL)
    {
      block->end = block->start + like->end - like->start;
      block->cost = like->cost;
    }
  return block;
}

static const TripPlanBlock *
find_like (const TripPlanDayEdit *edit,
           const TripPlanBlock   *block)
{
  gint position = block != NULL ? position_in_edit (edit, block) : -1;

  return position >= 0 ? g_ptr_array_index (edit->day->blocks, (guint) position) : NULL;
}

/* Who is told where to stand takes the time of who stood there, or comes as soon as it can. */
static gint
find_wish (const TripPlanDayEdit *edit,
           guint                  position,
           gboolean               soon)
{
  const TripPlanBlock *next = position + 1 < edit->day->blocks->len
                                ? g_ptr_array_index (edit->day->blocks, position + 1) : NULL;

  return soon || next == NULL ? 1 : MAX (next->start, 1);
}

static guint
count_movement (const TripPlanDayEdit *edit)
{
  return edit->dropped->len * MINUTES_PER_DROP + edit->lost_tables->len * MINUTES_PER_TABLE + (guint) edit->moved;
}

/**
 * trip_plan_editor_insert:
 * @self: a change
 * @day: which day
 * @poi: (nullable): a place; %NULL for a meal or a break without one
 * @like: (nullable): a visit to it of the same plan, whose length and cost hold; it may be in that day, and is taken out
 * @from: when the visit may begin at the earliest, minutes
 * @to: when it may begin at the latest, minutes
 * @may_drop: other visits may be left out, or go to another time of the day, where nothing else helps
 *
 * Tries every place in the day for a visit, or a meal, and takes the one that moves the rest least. Where the change has an
 * order, only the places that keep it, and no more than one visit is left out for it.
 *
 * Returns: whether there was one
 */
gboolean
trip_plan_editor_insert (TripPlanEditor      *self,
                         guint                day,
                         TripPoi             *poi,
                         const TripPlanBlock *like,
                         gint                 from,
                         gint                 to,
                         gboolean             may_drop)
{
  guint n = trip_plan_editor_day (self, day)->blocks->len;
  gboolean ordered = self->order != NULL;
  guint most_dropped = self->keeps_all ? 0 : ordered || (like != NULL && like->kind == TRIP_BLOCK_FREE) ? 1 : G_MAXUINT;
  TripPlanDayEdit best = { 0 };
  guint least = G_MAXUINT;

  for (guint i = 0; i <= 2 * n + 1; i++)
    {
      g_auto(TripPlanDayEdit) edit = { 0 };
      guint position = i / 2;
      TripPlanBlock *block;
      guint moved;

      if (i % 2 == 1 && !ordered)
        continue;
      trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
      if (ordered)
        {
          edit.order = *self->order;
          edit.order.behind = find_like (&edit, self->order->behind);
          edit.order.ahead_of = find_like (&edit, self->order->ahead_of);
        }
      block = put_block (&edit, poi, like, position);
      if (block == NULL)
        continue;
      edit.keep = poi;
      edit.pinned = block;
      edit.pin_from = from;
      edit.pin_to = to;
      if (!trip_plan_day_edit_keeps_order (&edit))
        continue;
      if (ordered && block->kind != TRIP_BLOCK_MEAL)
        trip_plan_day_edit_wish (&edit, block, find_wish (&edit, position, i % 2 == 0));
      else if (block->kind == TRIP_BLOCK_FREE)
        trip_plan_day_edit_wish (&edit, block, MAX (like->start, from));
      else if (from > 0)
        trip_plan_day_edit_wish (&edit, block, from);
      edit.may_drop = may_drop;
      edit.may_reorder = may_drop;
      /* What has to be in and leaves no other way may begin the day earlier. */
      if (may_drop && !ordered && poi != NULL && trip_plan_editor_is_must (self, poi))
        edit.from = MIN (edit.from, self->context->day_start >= 0 ? self->context->day_start : TRIP_PLAN_USUAL_START);
      if (!trip_plan_day_edit_fit (&edit) || edit.dropped->len > most_dropped)
        continue;
      moved = count_movement (&edit);
      if (moved < least)
        {
          trip_plan_day_edit_clear (&best);
          least = moved;
          best = edit;
          memset (&edit, 0, sizeof edit);
        }
    }
  if (least == G_MAXUINT)
    return FALSE;
  trip_plan_editor_take_over (self, day, &best);
  trip_plan_day_edit_clear (&best);
  return TRUE;
}

/* What a forced visit costs a day in others; G_MAXUINT where even that does not help. The day stays as it is. */
static guint
count_losses (TripPlanEditor *self,
              guint           day,
              TripPoi        *poi)
{
  GPtrArray *saved = trip_plan_editor_save_days (self);
  guint before = trip_plan_editor_visits (trip_plan_editor_day (self, day));
  gsize said = self->notes->len;
  guint losses = G_MAXUINT;

  if (trip_plan_editor_insert (self, day, poi, NULL, 0, G_MAXINT, TRUE))
    losses = before + 1 - MIN (before + 1, trip_plan_editor_visits (trip_plan_editor_day (self, day)));
  trip_plan_editor_restore_days (self, saved);
  g_string_truncate (self->notes, said);
  return losses;
}

/**
 * trip_plan_editor_insert_anywhere:
 * @self: a change
 * @first: the first day that will do
 * @end: the day after the last
 * @poi: a place
 * @may_drop: other visits may be left out where nothing else helps
 * @out_day: (out): the day it came to
 *
 * Puts a visit on the first day that takes it and has not as many as it may have, or, where none does as it is, on the one that loses least by it.
 *
 * Returns: whether one did
 */
gboolean
trip_plan_editor_insert_anywhere (TripPlanEditor *self,
                                  guint           first,
                                  guint           end,
                                  TripPoi        *poi,
                                  gboolean        may_drop,
                                  guint          *out_day)
{
  guint least = G_MAXUINT;

  for (guint d = first; d < end; d++)
    {
      *out_day = d;
      if (!trip_plan_editor_is_full (self, d) && trip_plan_editor_is_near (trip_plan_editor_day (self, d), poi) &&
          trip_plan_editor_insert (self, d, poi, NULL, 0, G_MAXINT, FALSE))
        return TRUE;
    }
  for (guint d = first; may_drop && d < end; d++)
    {
      guint losses = trip_plan_editor_is_near (trip_plan_editor_day (self, d), poi) ? count_losses (self, d, poi) : G_MAXUINT;

      if (losses < least)
        {
          least = losses;
          *out_day = d;
        }
    }
  return least < G_MAXUINT && trip_plan_editor_insert (self, *out_day, poi, NULL, 0, G_MAXINT, TRUE);
}

/* Where the block is in the edit that begins; -1 where it is not. */
static gint
begin_at (TripPlanEditor      *self,
          TripPlanDayEdit     *edit,
          guint                day,
          const TripPlanBlock *block)
{
  trip_plan_day_edit_init (edit, self->context, self->option, day, trip_plan_editor_night (self, day));
  return position_in_edit (edit, block);
}

/**
 * trip_plan_editor_remove:
 * @self: a change
 * @day: which day
 * @block: index of a visit or a meal
 *
 * Takes a visit out of the day, or moves a meal to a place of the travellers' choice.
 *
 * Returns: whether the day works without it
 */
gboolean
trip_plan_editor_remove (TripPlanEditor *self,
                         guint           day,
                         guint           block)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  TripPlanBlock *source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  gint position = begin_at (self, &edit, day, source);

  if (position < 0)
    return FALSE;
  if (source->kind == TRIP_BLOCK_MEAL)
    trip_plan_day_edit_meal (&edit, g_ptr_array_index (edit.day->blocks, (guint) position), NULL);
  else
    trip_plan_day_edit_remove (&edit, (guint) position);
  edit.may_drop = TRUE;
  if (!trip_plan_day_edit_fit (&edit))
    return FALSE;
  trip_plan_editor_take_over (self, day, &edit);
  return TRUE;
}

/**
 * trip_plan_editor_replace:
 * @self: a change
 * @day: which day
 * @block: index of a visit or a meal
 * @poi: a place that is not in the option
 * @may_drop: other visits may be left out where nothing else helps
 *
 * Puts one place where another was, at the same time where that is possible.
 *
 * Returns: whether the day works with it
 */
gboolean
trip_plan_editor_replace (TripPlanEditor *self,
                          guint           day,
                          guint           block,
                          TripPoi        *poi,
                          gboolean        may_drop)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  TripPlanBlock *source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  gint position = begin_at (self, &edit, day, source);

  if (position < 0)
    return FALSE;
  if (source->kind == TRIP_BLOCK_MEAL)
    {
      trip_plan_day_edit_meal (&edit, g_ptr_array_index (edit.day->blocks, (guint) position), poi);
    }
  else
    {
      gint start = source->start;

      trip_plan_day_edit_remove (&edit, (guint) position);
      trip_plan_day_edit_wish (&edit, trip_plan_day_edit_visit (&edit, poi, (guint) position), start);
    }
  edit.keep = poi;
  edit.may_drop = may_drop;
  if (!trip_plan_day_edit_fit (&edit) || (self->seeks_table && edit.lost_tables->len > 0))
    return FALSE;
  trip_plan_editor_take_over (self, day, &edit);
  return TRUE;
}

static gdouble
rate_table (const TripPlanEditor    *self,
            const TripPlanCandidate *table,
            const TripPoi           *was,
            const TripPoi           *near)
{
  gdouble score = table->poi->popularity;

  /* What is around the corner and of the same kind changes the day least. */
  if (near != NULL)
    score -= trip_geo_distance_m (&near->geo, &table->poi->geo) / 25.0;
  if (was != NULL && was->level > 0 && table->poi->level > 0)
    score -= 30.0 * ABS (was->level - table->poi->level);
  return score;
}

/**
 * trip_plan_editor_another_table:
 * @self: a change
 * @day: which day
 * @block: index of a meal
 *
 * Finds another restaurant for a meal, near and open then.
 *
 * Returns: (transfer none) (nullable): the restaurant; %NULL where there is none, and the meal is as it was
 */
TripPoi *
trip_plan_editor_another_table (TripPlanEditor *self,
                                guint           day,
                                guint           block)
{
  const TripPlanDay *source = trip_plan_editor_day (self, day);
  const TripPoi *was = trip_plan_block_poi (g_ptr_array_index (source->blocks, block));
  const TripPoi *near = was;
  g_autoptr(GArray) tried = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint b = 0; b < source->blocks->len && (near == NULL || b < block); b++)
    near = trip_plan_block_poi (g_ptr_array_index (source->blocks, b)) != NULL
             ? trip_plan_block_poi (g_ptr_array_index (source->blocks, b)) : near;
  while (tried->len < MAX_TABLES)
    {
      const GArray *candidates = self->context->candidates;
      gdouble best_score = -G_MAXDOUBLE;
      guint best = G_MAXUINT;
      TripPoi *poi;

      for (guint i = 0; i < candidates->len; i++)
        {
          const TripPlanCandidate *table = &g_array_index (candidates, TripPlanCandidate, i);
          gboolean seen = FALSE;
          gdouble score;

          for (guint t = 0; t < tried->len && !seen; t++)
            seen = g_array_index (tried, guint, t) == i;
          if (seen || table->poi->type != TRIP_POI_RESTAURANT || !table->diet_ok ||
              !trip_plan_editor_is_near (source, table->poi) || trip_plan_editor_has_place (self, table->poi))
            continue;
          score = rate_table (self, table, was, near);
          if (score > best_score)
            {
              best_score = score;
              best = i;
            }
        }
      if (best == G_MAXUINT)
        return NULL;
      g_array_append_val (tried, best);
      poi = g_array_index (candidates, TripPlanCandidate, best).poi;
      if (trip_plan_editor_replace (self, day, block, poi, FALSE))
        {
          const TripPlanDay *now = trip_plan_editor_day (self, day);

          for (guint b = 0; b < now->blocks->len; b++)
            {
              if (trip_plan_block_poi (g_ptr_array_index (now->blocks, b)) == poi)
                return poi;
            }
          return NULL;
        }
    }
  return NULL;
}

/**
 * trip_plan_editor_refit:
 * @self: a change
 * @day: which day
 * @was_before: (nullable): where its morning began so far
 * @bed: (nullable): another lodging for its night
 * @may_drop: visits may be left out where nothing else helps
 *
 * Makes a day fit again after its date, its bounds or the night before it changed.
 *
 * Returns: whether it does
 */
gboolean
trip_plan_editor_refit (TripPlanEditor          *self,
                        guint                    day,
                        TripPoi                 *was_before,
                        const TripPlanCandidate *bed,
                        gboolean                 may_drop)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  TripPoi *night = trip_plan_editor_night (self, day);
  gint earliest = self->context->day_start >= 0 ? self->context->day_start : TRIP_PLAN_USUAL_START;

  trip_plan_day_edit_init (&edit, self->context, self->option, day, was_before);
  /* A day from elsewhere has its first way from elsewhere, behind the bags as well as in front of them. */
  for (guint b = 0; was_before == NULL && b < edit.day->blocks->len; b++)
    {
      TripPlanBlock *block = g_ptr_array_index (edit.day->blocks, b);

      if (block->kind == TRIP_BLOCK_CHECK_IN || block->kind == TRIP_BLOCK_TRANSFER)
        continue;
      g_hash_table_remove (edit.ways, block);
      break;
    }
  /* The ways so far are known now; those from another bed are seen to be others. */
  edit.before = night;
  if (bed != NULL)
    trip_plan_editor_set_bed (self, edit.day, bed);
  trip_plan_editor_settle_move (self, &edit, night);
  if (self->context->day_start >= 0 || (night != NULL && (was_before == NULL || !trip_poi_is_same (night, was_before))))
    edit.from = MIN (edit.from, earliest);
  edit.from = self->context->day_start >= 0 ? MAX (edit.from, earliest) : edit.from;
  if (self->context->day_end >= 0)
    edit.until = self->context->day_end;
  edit.may_drop = may_drop;
  edit.may_reorder = may_drop;
  if (!trip_plan_day_edit_fit (&edit) ||
      (trip_plan_editor_visits (edit.day) == 0 && trip_plan_editor_visits (trip_plan_editor_day (self, day)) > 0))
    return FALSE;
  trip_plan_editor_take_over (self, day, &edit);
  return TRUE;
}
