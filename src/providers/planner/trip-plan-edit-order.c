/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to the order of a day: a visit first, last, ahead of another or behind it, and a break between two.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LATEST_MINUTE (TRIP_PLAN_MINUTES_PER_DAY * 3 / 2)

/* What comes first may begin this much later than the day did. */
#define FIRST_SLACK 90

/* Breaks as people take them, where nobody said. */
#define BREAK_MINUTES 30
#define SHORT_BREAK_MINUTES 20
#define MOST_BREAK_MINUTES (4 * 60)
#define MORNING_BREAK (10 * 60 + 30)
#define AFTERNOON_BREAK (15 * 60 + 30)
#define EVENING_BREAK (20 * 60 + 30)
#define TIME_SLACK 15

/* What is to stand where. */
typedef struct {
  guint day; /* where the subject is now */
  guint block;
  guint target; /* the day on which it is to be */
  guint other;  /* the block beside which it is to be, where there is one */
} Place;

static TripPlanBlock *
block_at (const TripPlanEditor *self,
          guint                 day,
          guint                 block)
{
  return g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
}

static const char *
name_of (const TripPlanBlock *block)
{
  return trip_plan_block_poi (block) != NULL ? trip_plan_block_poi (block)->name : block->description;
}

static gboolean
has_object (const TripPlanChange *change)
{
  return change->kind == TRIP_PLAN_CHANGE_BEFORE || change->kind == TRIP_PLAN_CHANGE_AFTER;
}

/* What is meant on the day that is meant, else on any. */
static gboolean
find_subject (TripPlanEditor *self,
              gboolean        has_target,
              Place          *place)
{
  const char *words = self->change->subject;
  gsize said = self->notes->len;
  gboolean named;

  if (has_target && words != NULL)
    {
      place->day = place->target;
      if (trip_plan_editor_find_on_day (self, words, place->target, &place->block, &named))
        return TRUE;
      if (trip_plan_editor_is_meal (words))
        return FALSE;
      g_string_truncate (self->notes, said);
    }
  return trip_plan_editor_find_subject (self, words, TRUE, &place->day, &place->block, &named);
}

/* A meal as the object is that of the subject's day; a place brings the subject to its own. */
static gboolean
find_place (TripPlanEditor *self,
            Place          *place)
{
  const TripPlanChange *change = self->change;
  gboolean has_target = change->day != TRIP_PLAN_EVERY_DAY;
  gboolean by_meal = has_object (change) && trip_plan_editor_is_meal (change->object);
  gboolean named;

  if (has_target && !trip_plan_editor_find_day (self, change->day, &place->target))
    return FALSE;
  if (has_object (change) && !by_meal)
    {
      if (has_target ? !trip_plan_editor_find_on_day (self, change->object, place->target, &place->other, &named)
                     : !trip_plan_editor_find_subject (self, change->object, TRUE, &place->target, &place->other, &named))
        return FALSE;
      has_target = TRUE;
    }
  if (!find_subject (self, has_target, place))
    return FALSE;
  if (!has_target)
    place->target = place->day;
  return !by_meal || trip_plan_editor_find_on_day (self, change->object, place->target, &place->other, &named);
}

static gboolean
may_come_there (TripPlanEditor *self,
                const Place    *place)
{
  const TripPlanBlock *source = block_at (self, place->day, place->block);
  const TripPoi *poi = trip_plan_block_poi (source);

  if (source->start < 0)
    trip_plan_editor_say (self, _("The plan does not say when %s is."), name_of (source));
  else if (has_object (self->change) && source == block_at (self, place->target, place->other))
    trip_plan_editor_say (self, _("“%s” and “%s” are the same."), self->change->subject, self->change->object);
  else if (place->day == place->target)
    return TRUE;
  else if (source->kind != TRIP_BLOCK_VISIT || poi == NULL)
    trip_plan_editor_say (self, _("%s is a meal of day %u and stays there."), name_of (source), place->day + 1);
  else if (!trip_plan_editor_is_near (trip_plan_editor_day (self, place->target), poi))
    trip_plan_editor_say (self, _("%s is not in the city of day %u."), poi->name, place->target + 1);
  else
    return TRUE;
  return FALSE;
}

static void
make_order (const TripPlanEditor *self,
            const Place          *place,
            TripPlanOrder        *order)
{
  const TripPlanChange *change = self->change;

  memset (order, 0, sizeof *order);
  order->first = change->kind == TRIP_PLAN_CHANGE_FIRST;
  order->last = change->kind == TRIP_PLAN_CHANGE_LAST;
  order->behind = change->kind == TRIP_PLAN_CHANGE_AFTER ? block_at (self, place->target, place->other) : NULL;
  order->ahead_of = change->kind == TRIP_PLAN_CHANGE_BEFORE ? block_at (self, place->target, place->other) : NULL;
  order->next_to = change->next_to;
}

static gboolean
is_there_already (TripPlanEditor      *self,
                  const Place         *place,
                  const TripPlanOrder *order)
{
  TripPlanDayEdit day = { .day = trip_plan_editor_day (self, place->target), .order = *order,
                          .pinned = block_at (self, place->day, place->block) };

  return place->day == place->target && trip_plan_day_edit_keeps_order (&day);
}

/* When something that is told where to stand may begin, as far as that follows from the others. */
static void
find_bounds (const TripPlanEditor *self,
             const Place          *place,
             gint                 *out_from,
             gint                 *out_to)
{
  const TripPlanDay *day = trip_plan_editor_day (self, place->target);
  const TripPlanBlock *source = block_at (self, place->day, place->block);

  *out_from = 0;
  *out_to = LATEST_MINUTE;
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind != TRIP_BLOCK_VISIT || block == source)
        continue;
      if (self->change->kind == TRIP_PLAN_CHANGE_FIRST && *out_to == LATEST_MINUTE)
        *out_to = block->start + FIRST_SLACK;
      if (self->change->kind == TRIP_PLAN_CHANGE_LAST)
        *out_from = block->start;
    }
  if (self->change->kind == TRIP_PLAN_CHANGE_BEFORE)
    *out_to = block_at (self, place->target, place->other)->start;
  if (self->change->kind == TRIP_PLAN_CHANGE_AFTER)
    *out_from = block_at (self, place->target, place->other)->start;
}

static void
say_order (TripPlanEditor *self,
           const TripPoi  *poi,
           const char     *name,
           guint           day,
           const char     *other)
{
  g_autofree char *when = NULL;

  for (guint b = 0; b < trip_plan_editor_day (self, day)->blocks->len && when == NULL; b++)
    {
      const TripPlanBlock *block = block_at (self, day, b);

      if (poi != NULL ? trip_plan_block_poi (block) == poi : strcmp (name_of (block), name) == 0)
        when = trip_plan_format_minute (block->start);
    }
  switch (self->change->kind)
    {
    case TRIP_PLAN_CHANGE_FIRST:
      trip_plan_editor_say (self, _("%s begins day %u now, at %s."), name, day + 1, when != NULL ? when : "");
      break;
    case TRIP_PLAN_CHANGE_LAST:
      trip_plan_editor_say (self, _("%s is the last visit of day %u now, at %s."), name, day + 1, when != NULL ? when : "");
      break;
    case TRIP_PLAN_CHANGE_BEFORE:
      trip_plan_editor_say (self, _("%s is before %s on day %u now, at %s."), name, other, day + 1, when != NULL ? when : "");
      break;
    default:
      trip_plan_editor_say (self, _("%s is after %s on day %u now, at %s."), name, other, day + 1, when != NULL ? when : "");
    }
}

/**
 * trip_plan_editor_put_in_order:
 * @self: a change
 *
 * Puts a visit, or a meal, first or last in its day, ahead of another or behind it; to the day of the other, or the one
 * that is named, where it is on none.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_put_in_order (TripPlanEditor *self)
{
  g_autoptr(TripPoi) poi = NULL;
  g_autofree char *name = NULL;
  g_autofree char *other = NULL;
  TripPlanOrder order;
  Place place = { 0 };
  TripPlanBlock *like;
  GPtrArray *saved;
  gsize said;
  gint from, to, latest;
  gboolean done = TRUE;

  if (!find_place (self, &place) || !may_come_there (self, &place))
    return FALSE;
  make_order (self, &place, &order);
  name = g_strdup (name_of (block_at (self, place.day, place.block)));
  if (is_there_already (self, &place, &order))
    {
      trip_plan_editor_say (self, _("%s is there already."), name);
      return FALSE;
    }
  other = has_object (self->change) ? g_strdup (name_of (block_at (self, place.target, place.other))) : NULL;
  find_bounds (self, &place, &from, &to);
  latest = order.first ? to : LATEST_MINUTE;
  said = self->notes->len;
  saved = trip_plan_editor_save_days (self);
  like = trip_plan_block_copy (block_at (self, place.day, place.block));
  if (trip_plan_block_poi (like) != NULL)
    poi = trip_poi_ref (trip_plan_block_poi (like));
  if (place.day != place.target)
    done = trip_plan_editor_remove (self, place.day, place.block);
  self->order = &order;
  done = done && (trip_plan_editor_insert (self, place.target, poi, like, 0, latest, FALSE) ||
                  trip_plan_editor_insert (self, place.target, poi, like, 0, latest, TRUE));
  self->order = NULL;
  if (done)
    {
      g_ptr_array_unref (saved);
      say_order (self, poi, name, place.target, other);
    }
  else
    {
      trip_plan_editor_restore_days (self, saved);
      g_string_truncate (self->notes, said);
      trip_plan_editor_say_why_not (self, place.target, like, from, to);
    }
  trip_plan_block_free (like);
  return done;
}

static const TripPlanBlock *
find_break (const TripPlanDay *day,
            gint               from,
            gint               to)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (trip_plan_block_is_break (block) && block->start >= from && block->start <= to)
        return block;
    }
  return NULL;
}

/* A break without a place is told by the one before it. */
static void
name_break (TripPlanEditor *self,
            guint           day)
{
  g_autofree char *bare = trip_plan_break_describe (NULL, self->change->coffee);
  const TripPoi *near = trip_plan_editor_night (self, day);

  for (guint b = 0; b < trip_plan_editor_day (self, day)->blocks->len; b++)
    {
      TripPlanBlock *block = block_at (self, day, b);

      if (trip_plan_block_is_break (block) && strcmp (block->description, bare) == 0)
        {
          g_autofree char *when = trip_plan_format_minute (block->start);

          g_free (block->description);
          block->description = trip_plan_break_describe (near, self->change->coffee);
          trip_plan_editor_say (self, _("Day %u has a break at %s now."), day + 1, when);
          return;
        }
      near = trip_plan_block_poi (block) != NULL ? trip_plan_block_poi (block) : near;
    }
}

static gboolean
add_break_on (TripPlanEditor *self,
              guint           day)
{
  const TripPlanChange *change = self->change;
  gint length = change->length > 0 ? MIN (change->length, MOST_BREAK_MINUTES) : BREAK_MINUTES;
  TripPlanBlock *like;
  TripPlanOrder order = { .next_to = TRUE };
  const TripPlanBlock *there;
  gsize said = self->notes->len;
  gboolean named, done = FALSE;
  gint from, to;
  guint other;

  trip_plan_day_part_bounds (change->part, &from, &to);
  if (change->minute >= 0)
    {
      from = MAX (change->minute - TIME_SLACK, 1);
      to = change->minute + TIME_SLACK;
    }
  if (change->object != NULL)
    {
      if (!trip_plan_editor_find_on_day (self, change->object, day, &other, &named))
        return FALSE;
      order.behind = change->ahead ? NULL : block_at (self, day, other);
      order.ahead_of = change->ahead ? block_at (self, day, other) : NULL;
    }
  there = change->object == NULL ? find_break (trip_plan_editor_day (self, day), from, to) : NULL;
  if (there != NULL)
    {
      g_autofree char *when = trip_plan_format_minute (there->start);

      trip_plan_editor_say (self, _("Day %u has a break at %s already."), day + 1, when);
      return FALSE;
    }
  like = trip_plan_block_new (TRIP_BLOCK_FREE);
  like->start = change->minute >= 0                       ? change->minute
                : change->part == TRIP_DAY_PART_MORNING ? MORNING_BREAK
                : change->part == TRIP_DAY_PART_EVENING ? EVENING_BREAK
                                                        : AFTERNOON_BREAK;
  g_free (like->description);
  like->description = trip_plan_break_describe (NULL, change->coffee);
  self->order = change->object != NULL ? &order : NULL;
  /* A shorter break, where nobody said how long, is better than a visit less. */
  for (guint pass = 0; pass < 3 && !done; pass++)
    {
      if (pass == 1 && change->length > 0)
        continue;
      like->end = like->start + (pass == 1 ? SHORT_BREAK_MINUTES : length);
      self->keeps_all = pass < 2;
      done = trip_plan_editor_insert (self, day, NULL, like, from, to, FALSE) ||
             trip_plan_editor_insert (self, day, NULL, like, from, to, TRUE);
    }
  self->keeps_all = FALSE;
  self->order = NULL;
  trip_plan_block_free (like);
  if (done)
    {
      name_break (self, day);
      return TRUE;
    }
  g_string_truncate (self->notes, said);
  trip_plan_editor_say (self, _("Day %u has no room for a break then: what has to stay leaves none."), day + 1);
  return FALSE;
}

/**
 * trip_plan_editor_add_break:
 * @self: a change
 *
 * Leaves the travellers some minutes between two visits.
 *
 * Returns: whether any day has a break more
 */
gboolean
trip_plan_editor_add_break (TripPlanEditor *self)
{
  gboolean done = FALSE;
  guint first, end;

  if (!trip_plan_editor_days (self, &first, &end))
    return FALSE;
  for (guint d = first; d < end; d++)
    done |= add_break_on (self, d);
  return done;
}
