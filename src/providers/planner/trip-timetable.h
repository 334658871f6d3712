/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Clock times for the stops of one day whose order is settled: each inside its windows, with its way before it, as
 * near to the wished time as the rest allows. Arithmetic only.
 */
#pragma once

#include "orienteering/trip-orienteering.h"

G_BEGIN_DECLS

/**
 * TRIP_TIMETABLE_MAX_WINDOWS:
 *
 * Most windows of one stop.
 */
#define TRIP_TIMETABLE_MAX_WINDOWS 8

/**
 * TripTimetableStop:
 * @windows: when it may start, ascending
 * @n_windows: their number
 * @travel: way from the stop before, minutes
 * @service: length, minutes
 * @preferred: wished start, minutes, -1 for as early as possible
 * @start: the start that was found
 * @latest: latest start that leaves the rest possible
 *
 * A stop of the day.
 */
typedef struct {
  TripOrienteeringWindow windows[TRIP_TIMETABLE_MAX_WINDOWS];
  guint n_windows;
  gint travel;
  gint service;
  gint preferred;
  gint start;
  gint latest;
} TripTimetableStop;

gboolean trip_timetable_fit (TripTimetableStop *stops,
                             guint              n_stops,
                             gint               day_start,
                             gint               day_end,
                             guint             *out_failed);

G_END_DECLS
