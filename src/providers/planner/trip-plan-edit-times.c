/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to the time of a place: when it is visited, and for how long; and why that cannot be.
 */
#include "providers/planner/trip-plan-draft.h"
#include "providers/planner/trip-plan-edit-private.h"

#include <glib/gi18n-lib.h>

#define STEP_MINUTES 60

/* A visit that is asked for at a time may begin this much off it. */
#define TIME_SLACK 15

#define NOON (12 * 60)
#define AFTERNOON_FROM (12 * 60 + 30)
#define EVENING_FROM (17 * 60 + 30)
#define LATEST_MINUTE (TRIP_PLAN_MINUTES_PER_DAY * 3 / 2)

#define LONGEST_STRETCH 120
#define SHORTEST_VISIT 20

/* Nobody means to stay longer than this, or shorter, whatever was said; nor less than a part of the usual time. */
#define MOST_MINUTES (12 * 60)
#define LEAST_MINUTES 10
#define LEAST_PART 4

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

/**
 * trip_plan_day_part_bounds:
 * @part: a part of the day
 * @out_from: (out): when something in it may begin at the earliest, minutes after midnight
 * @out_to: (out): when at the latest
 *
 * Says what is meant by a part of the day; without one, any time.
 */
void
trip_plan_day_part_bounds (TripDayPart  part,
                           gint        *out_from,
                           gint        *out_to)
{
  *out_from = part == TRIP_DAY_PART_AFTERNOON ? AFTERNOON_FROM : part == TRIP_DAY_PART_EVENING ? EVENING_FROM : 0;
  *out_to = part == TRIP_DAY_PART_MORNING     ? NOON - 30
            : part == TRIP_DAY_PART_AFTERNOON ? EVENING_FROM - 30
                                              : LATEST_MINUTE;
}

/**
 * trip_plan_format_minute:
 * @minute: minutes after midnight
 *
 * Returns: (transfer full): the time, `09:30`
 */
char *
trip_plan_format_minute (gint minute)
{
  minute %= TRIP_PLAN_MINUTES_PER_DAY;
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/**
 * trip_plan_editor_say_why_not:
 * @self: a change that cannot be made
 * @day: the day that it is about
 * @block: a visit or a meal, of the length that it was to have
 * @from: when it was to begin at the earliest, minutes
 * @to: when it was to begin at the latest, minutes
 *
 * Says why: the place is closed then, or what has to stay leaves no room.
 */
void
trip_plan_editor_say_why_not (TripPlanEditor      *self,
                              guint                day,
                              const TripPlanBlock *block,
                              gint                 from,
                              gint                 to)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  g_autoptr(GArray) spans = NULL;
  const TripPlanSpan *first, *last;
  const char *name = name_of (block);
  gint service = block->end - block->start;
  gboolean open = FALSE, long_enough = FALSE;

  if (block->kind == TRIP_BLOCK_MEAL && block->start >= TRIP_PLAN_LUNCH_SENSE)
    {
      gboolean lunch = block->start < TRIP_PLAN_DINNER_SENSE;
      gint begin = lunch ? TRIP_PLAN_LUNCH_FROM : TRIP_PLAN_DINNER_FROM;
      gint end = lunch ? TRIP_PLAN_LUNCH_TO : TRIP_PLAN_DINNER_TO;

      if (begin > to || end < from)
        {
          g_autofree char *first_time = trip_plan_format_minute (begin);
          g_autofree char *last_time = trip_plan_format_minute (end);

          trip_plan_editor_say (self, lunch ? _("%s stays as it is: lunch begins between %s and %s.")
                                            : _("%s stays as it is: dinner begins between %s and %s."),
                                name, first_time, last_time);
          return;
        }
    }
  trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
  spans = trip_plan_day_edit_spans (&edit, trip_plan_block_poi (block));
  for (guint i = 0; i < spans->len; i++)
    {
      const TripPlanSpan *span = &g_array_index (spans, TripPlanSpan, i);

      long_enough |= span->to - span->from >= service;
      open |= MAX (span->from, from) <= MIN (span->to - service, to);
    }
  if (spans->len == 0)
    {
      trip_plan_editor_say (self, _("%s stays as it is: it is closed on day %u."), name, day + 1);
      return;
    }
  first = &g_array_index (spans, TripPlanSpan, 0);
  last = &g_array_index (spans, TripPlanSpan, spans->len - 1);
  if (open)
    {
      trip_plan_editor_say (self, _("%s stays as it is: what has to stay on day %u leaves no room for that."), name, day + 1);
    }
  else if (!long_enough)
    {
      trip_plan_editor_say (self, _("%s stays as it is: it is not open for so long on day %u."), name, day + 1);
    }
  else if (first->from > to)
    {
      g_autofree char *opens = trip_plan_format_minute (first->from);

      trip_plan_editor_say (self, _("%s stays as it is: it opens only at %s on day %u."), name, opens, day + 1);
    }
  else if (last->to - service < from)
    {
      g_autofree char *closes = trip_plan_format_minute (last->to);

      trip_plan_editor_say (self, _("%s stays as it is: it closes at %s on day %u."), name, closes, day + 1);
    }
  else
    {
      trip_plan_editor_say (self, _("%s stays as it is: it is closed at that time of day %u."), name, day + 1);
    }
}

/**
 * trip_plan_editor_place_in_time:
 * @self: a change
 *
 * Puts a visit or a meal at another time of its day.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_place_in_time (TripPlanEditor *self)
{
  const TripPlanChange *change = self->change;
  g_autofree char *name = NULL;
  g_autofree char *when = NULL;
  const TripPlanBlock *source;
  TripPlanBlock *like;
  TripPoi *poi;
  gint from, to;
  guint day, block;
  gboolean named, done;

  if (!trip_plan_editor_find_subject (self, change->subject, FALSE, &day, &block, &named))
    return FALSE;
  source = block_at (self, day, block);
  name = g_strdup (name_of (source));
  if (source->start < 0)
    {
      trip_plan_editor_say (self, _("The plan does not say when %s is."), name);
      return FALSE;
    }
  trip_plan_day_part_bounds (change->part, &from, &to);
  if (change->kind == TRIP_PLAN_CHANGE_EARLIER || change->kind == TRIP_PLAN_CHANGE_LATER)
    {
      gint step = change->kind == TRIP_PLAN_CHANGE_EARLIER ? -STEP_MINUTES : STEP_MINUTES;

      from = MAX (source->start + step - TIME_SLACK, 1);
      to = MAX (source->start + step + TIME_SLACK, 1);
    }
  else if (change->minute >= 0)
    {
      from = MAX (change->minute, 1);
      to = change->minute + TIME_SLACK;
    }
  else if (change->earliest >= 0 || change->latest >= 0)
    {
      /* "Between 2 and 4" is the whole of the visit where it is short enough. */
      from = MAX (change->earliest, 1);
      to = change->latest < 0       ? LATEST_MINUTE
           : change->earliest >= 0 ? MAX (change->latest - (source->end - source->start), from)
                                   : change->latest;
    }
  if (change->minute < 0 && change->kind == TRIP_PLAN_CHANGE_TIME && source->start >= from && source->start <= to)
    {
      trip_plan_editor_say (self, _("%s is at that time already."), name);
      return FALSE;
    }
  poi = trip_plan_block_poi (source);
  like = trip_plan_block_copy (source);
  done = trip_plan_editor_insert (self, day, poi, like, from, to, FALSE) ||
         trip_plan_editor_insert (self, day, poi, like, from, to, TRUE);
  trip_plan_block_free (like);
  if (!done)
    {
      trip_plan_editor_say_why_not (self, day, source, from, to);
      return FALSE;
    }
  for (guint b = 0; b < trip_plan_editor_day (self, day)->blocks->len && when == NULL; b++)
    {
      if (g_strcmp0 (name_of (block_at (self, day, b)), name) == 0)
        when = trip_plan_format_minute (block_at (self, day, b)->start);
    }
  trip_plan_editor_say (self, _("%s is at %s now."), name, when != NULL ? when : "");
  return TRUE;
}

/* Below this a visit is none, minutes. */
static gint
find_least_length (const TripPlanBlock *block)
{
  const TripPoi *poi = block->kind == TRIP_BLOCK_VISIT ? trip_plan_block_poi (block) : NULL;
  gint usual = poi != NULL ? poi->visit_minutes : 0;

  return MAX (LEAST_MINUTES, trip_plan_ceil5 ((usual + LEAST_PART - 1) / LEAST_PART));
}

static gint
find_length (const TripPlanChange *change,
             const TripPlanBlock  *block)
{
  gint minutes = block->end - block->start;
  gint least = find_least_length (block);

  if (change->kind == TRIP_PLAN_CHANGE_LENGTH)
    return MAX (MIN (change->length, MOST_MINUTES), least);
  if (change->kind == TRIP_PLAN_CHANGE_LONGER)
    return MIN (minutes + (change->length > 0 ? change->length : CLAMP (minutes / 10 * 5, 30, LONGEST_STRETCH)), MOST_MINUTES);
  return MAX (minutes - (change->length > 0 ? change->length : minutes / 15 * 5), MAX (SHORTEST_VISIT, least));
}

/**
 * trip_plan_editor_stretch:
 * @self: a change
 *
 * Gives a visit more time, or less.
 *
 * Returns: whether that worked
 */
gboolean
trip_plan_editor_stretch (TripPlanEditor *self)
{
  g_autofree char *name = NULL;
  const TripPlanBlock *source;
  TripPlanBlock *like;
  gint minutes, wanted;
  gboolean named;
  guint day, block;

  if (!trip_plan_editor_find_subject (self, self->change->subject, FALSE, &day, &block, &named))
    return FALSE;
  source = block_at (self, day, block);
  name = g_strdup (name_of (source));
  minutes = source->end - source->start;
  wanted = find_length (self->change, source);
  if (source->start < 0 || wanted == minutes || (self->change->kind == TRIP_PLAN_CHANGE_SHORTER && wanted > minutes))
    {
      trip_plan_editor_say (self, _("The time at %s cannot be changed."), name);
      return FALSE;
    }
  for (guint pass = 0; pass < 2; pass++)
    {
      g_auto(TripPlanDayEdit) edit = { 0 };

      trip_plan_day_edit_init (&edit, self->context, self->option, day, trip_plan_editor_night (self, day));
      for (guint i = 0; i < edit.day->blocks->len; i++)
        {
          TripPlanBlock *other = g_ptr_array_index (edit.day->blocks, i);

          if (other->start != source->start || other->kind != source->kind)
            continue;
          other->end = other->start + wanted;
          g_clear_pointer (&other->time, g_free);
          trip_plan_block_touch (other);
          edit.pinned = other;
          edit.keep = trip_plan_block_poi (other);
        }
      edit.may_drop = edit.may_reorder = pass == 1;
      if (trip_plan_day_edit_fit (&edit))
        {
          trip_plan_editor_take_over (self, day, &edit);
          trip_plan_editor_say (self, _("%s has %d minutes now."), name, wanted);
          if (self->change->kind == TRIP_PLAN_CHANGE_LENGTH && wanted > self->change->length)
            trip_plan_editor_say (self, _("Less would hardly be a visit."));
          return TRUE;
        }
    }
  like = trip_plan_block_copy (block_at (self, day, block));
  like->end = like->start + wanted;
  trip_plan_editor_say_why_not (self, day, like, 0, LATEST_MINUTE);
  trip_plan_block_free (like);
  return FALSE;
}
