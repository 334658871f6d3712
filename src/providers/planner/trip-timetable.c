/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A backward pass for latest starts, a forward pass for the starts themselves.
 */
#include "providers/planner/trip-timetable.h"

static gint
latest_in_windows (const TripTimetableStop *stop,
                   gint                     time)
{
  for (guint i = stop->n_windows; i-- > 0;)
    {
      if (stop->windows[i].from <= time)
        return MIN (time, stop->windows[i].to);
    }
  return -1;
}

static gint
earliest_in_windows (const TripTimetableStop *stop,
                     gint                     time)
{
  for (guint i = 0; i < stop->n_windows; i++)
    {
      if (time <= stop->windows[i].to)
        return MAX (time, stop->windows[i].from);
    }
  return -1;
}

/**
 * trip_timetable_fit:
 * @stops: (inout) (array length=n_stops): the stops in order
 * @n_stops: their number
 * @day_start: when the first way may begin, minutes
 * @day_end: when the last stop has to be over, minutes
 * @out_failed: (out) (optional): the stop that did not fit
 *
 * Finds start times. A stop whose wished time is too late for the rest gets the latest that is not.
 *
 * Returns: whether all fit
 */
gboolean
trip_timetable_fit (TripTimetableStop *stops,
                    guint              n_stops,
                    gint               day_start,
                    gint               day_end,
                    guint             *out_failed)
{
  gint time = day_end;

  for (guint i = n_stops; i-- > 0;)
    {
      time = latest_in_windows (&stops[i], time - stops[i].service);
      stops[i].latest = time;
      if (time < 0)
        {
          if (out_failed != NULL)
            *out_failed = i;
          return FALSE;
        }
      time -= stops[i].travel;
    }

  time = day_start;
  for (guint i = 0; i < n_stops; i++)
    {
      gint wished = MIN (MAX (time + stops[i].travel, stops[i].preferred), stops[i].latest);
      gint start = -1;

      if (wished >= time + stops[i].travel)
        start = earliest_in_windows (&stops[i], wished);
      if (start < 0 || start > stops[i].latest)
        {
          if (out_failed != NULL)
            *out_failed = i;
          return FALSE;
        }
      stops[i].start = start;
      time = start + stops[i].service;
    }
  return TRUE;
}
