/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opening hours in OpenStreetMap's syntax: parse once, then ask for the open intervals of a range of days. Knows nothing
 * of places, trips or JSON; wall-clock minutes only, no time zones.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TRIP_OPENING_HOURS_ERROR:
 *
 * Domain of the errors that trip_opening_hours_parse() reports.
 */
#define TRIP_OPENING_HOURS_ERROR (trip_opening_hours_error_quark ())
GQuark trip_opening_hours_error_quark (void);

/**
 * TripOpeningHoursError:
 * @TRIP_OPENING_HOURS_ERROR_SYNTAX: the text breaks the grammar; the message names the position
 */
typedef enum {
  TRIP_OPENING_HOURS_ERROR_SYNTAX,
} TripOpeningHoursError;

/**
 * TripOpeningState:
 * @TRIP_OPENING_CLOSED: closed
 * @TRIP_OPENING_OPEN: open
 * @TRIP_OPENING_UNKNOWN: the text does not say, or only says so by a comment
 */
typedef enum {
  TRIP_OPENING_CLOSED,
  TRIP_OPENING_OPEN,
  TRIP_OPENING_UNKNOWN,
} TripOpeningState;

/**
 * TripOpeningInterval:
 * @from: first minute, counted from midnight that starts the range's first day
 * @to: minute after the last one
 * @state: %TRIP_OPENING_OPEN or %TRIP_OPENING_UNKNOWN
 */
typedef struct {
  gint from;
  gint to;
  TripOpeningState state;
} TripOpeningInterval;

/**
 * TripOpeningHours:
 *
 * A parsed opening-hours text. Immutable, so it may be read from any thread.
 */
typedef struct _TripOpeningHours TripOpeningHours;

/**
 * TRIP_OPENING_HOURS_MAX_DAYS:
 *
 * The longest range trip_opening_hours_intervals() looks at, ten years.
 */
#define TRIP_OPENING_HOURS_MAX_DAYS 3653

#define TRIP_TYPE_OPENING_HOURS (trip_opening_hours_get_type ())
GType             trip_opening_hours_get_type  (void);

TripOpeningHours *trip_opening_hours_parse     (const char              *text,
                                                GError                 **error);
TripOpeningHours *trip_opening_hours_ref       (TripOpeningHours        *self);
void              trip_opening_hours_unref     (TripOpeningHours        *self);

GArray           *trip_opening_hours_intervals (const TripOpeningHours  *self,
                                                const GDate             *start,
                                                guint                    n_days);

TripOpeningState  trip_opening_hours_state_at  (const TripOpeningHours  *self,
                                                const GDate             *day,
                                                gint                     minute);

gboolean          trip_opening_hours_is_open_during (const TripOpeningHours *self,
                                                     const GDate            *day,
                                                     gint                    from,
                                                     gint                    to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripOpeningHours, trip_opening_hours_unref)

G_END_DECLS
