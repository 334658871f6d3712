/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * When the blocks of a changed day may begin: the opening hours of their places, the hours of meals, and the bounds that a
 * change sets.
 */
#include "providers/planner/trip-plan-reschedule.h"

#include "providers/planner/trip-plan-draft.h"
#include "trip/model/trip-poi-hours.h"

#include <string.h>

#define LATEST_MINUTE (TRIP_PLAN_MINUTES_PER_DAY * 3 / 2)

/* Where a place's hours are not known these are assumed. */
static const TripPlanSpan office_hours = { 9 * 60, 18 * 60 };
static const TripPlanSpan whole_day = { 0, LATEST_MINUTE };

/**
 * trip_plan_day_edit_spans:
 * @self: a change
 * @poi: (nullable): a place
 *
 * Says when a place is open on the day. One whose hours nobody knows is taken to keep office hours.
 *
 * Returns: (transfer full) (element-type TripPlanSpan): the spans, ascending
 */
GArray *
trip_plan_day_edit_spans (const TripPlanDayEdit *self,
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

/**
 * trip_plan_day_edit_windows:
 * @self: a change
 * @index: index of a block
 * @stop: (inout): its stop, whose length is set; gets its windows
 *
 * Says when a block may begin.
 */
void
trip_plan_day_edit_windows (const TripPlanDayEdit *self,
                            guint                  index,
                            TripTimetableStop     *stop)
{
  const TripPlanBlock *block = g_ptr_array_index (self->day->blocks, index);
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
      set_only_window (stop, block == self->pinned ? self->pin_from : 0, block == self->pinned ? self->pin_to : LATEST_MINUTE);
      return;
    }
  if (block->kind == TRIP_BLOCK_MEAL)
    {
      gboolean breakfast = was < TRIP_PLAN_LUNCH_SENSE;
      gboolean lunch = was < TRIP_PLAN_DINNER_SENSE;

      from = breakfast ? MAX (was - 60, 0) : lunch ? TRIP_PLAN_LUNCH_FROM : TRIP_PLAN_DINNER_FROM;
      to = breakfast ? was + 60 : lunch ? TRIP_PLAN_LUNCH_TO : TRIP_PLAN_DINNER_TO;
    }
  if (block == self->pinned)
    {
      from = MAX (from, self->pin_from);
      to = MIN (to, self->pin_to);
    }
  spans = trip_plan_day_edit_spans (self, trip_plan_block_poi (block));
  stop->n_windows = trip_plan_start_windows ((const TripPlanSpan *) (void *) spans->data, spans->len, stop->service,
                                             from, to, stop->windows, TRIP_TIMETABLE_MAX_WINDOWS);
  /* A plan of another maker may know better than we do when its places are open: at the time it says, no other. */
  if (block->raw != NULL && was > 0 && was == block->start && block != self->pinned)
    allow_start (stop, was);
}
