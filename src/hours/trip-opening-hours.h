/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opening hours in OpenStreetMap's syntax: parse once, then ask what they say of a minute or a range of days. Knows nothing
 * of trips or JSON, and of places no more than what hours need: the country's holidays and the sun. All minutes are those of
 * the clock on the wall.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TRIP_OPENING_HOURS_ERROR:
 *
 * Domain of the errors that trip_opening_hours_parse() reports. trip_opening_hours_error_get_position() tells where.
 */
#define TRIP_OPENING_HOURS_ERROR (trip_opening_hours_error_quark ())
GQuark trip_opening_hours_error_quark (void);

/**
 * TripOpeningHoursError:
 * @TRIP_OPENING_HOURS_ERROR_SYNTAX: the text breaks the grammar
 * @TRIP_OPENING_HOURS_ERROR_TOO_LONG: the text has more bytes, rules, days or times than opening hours have
 */
typedef enum {
  TRIP_OPENING_HOURS_ERROR_SYNTAX,
  TRIP_OPENING_HOURS_ERROR_TOO_LONG,
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
 * TripOpeningHoursFlags:
 * @TRIP_OPENING_HOURS_DEFAULT: nothing special
 * @TRIP_OPENING_HOURS_POINTS: single times (`Mo 10:00`) and periods (`10:00-16:00/01:30`) are allowed and open for a minute
 *   each, as in the times a letter box is emptied or a tour begins
 *
 * How a text is read.
 */
typedef enum {
  TRIP_OPENING_HOURS_DEFAULT = 0,
  TRIP_OPENING_HOURS_POINTS = 1 << 0,
} TripOpeningHoursFlags;

/**
 * TripOpeningPlace:
 * @country: (nullable): ISO 3166-1 alpha-2, for public holidays; %NULL or empty where it is not known
 * @located: whether @latitude and @longitude are known
 * @latitude: degrees north, for the sun
 * @longitude: degrees east
 * @zone: (nullable): its clocks; %NULL for those of @country there, or else the whole hour that is nearest to the sun's time
 *
 * What opening hours need to know of a place.
 */
typedef struct {
  const char *country;
  gboolean located;
  gdouble latitude;
  gdouble longitude;
  GTimeZone *zone;
} TripOpeningPlace;

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
 * The longest range trip_opening_hours_intervals() and trip_opening_hours_next_change() look at, ten years.
 */
#define TRIP_OPENING_HOURS_MAX_DAYS 3653

#define TRIP_TYPE_OPENING_HOURS (trip_opening_hours_get_type ())
GType             trip_opening_hours_get_type           (void);

TripOpeningHours *trip_opening_hours_parse              (const char              *text,
                                                         GError                 **error);
TripOpeningHours *trip_opening_hours_parse_for_place    (const char              *text,
                                                         const TripOpeningPlace  *place,
                                                         TripOpeningHoursFlags    flags,
                                                         GError                 **error);
guint             trip_opening_hours_error_get_position (const GError            *error);
TripOpeningHours *trip_opening_hours_ref                (TripOpeningHours        *self);
void              trip_opening_hours_unref              (TripOpeningHours        *self);

GArray           *trip_opening_hours_intervals          (const TripOpeningHours  *self,
                                                         const GDate             *start,
                                                         guint                    n_days);

TripOpeningState  trip_opening_hours_state_at           (const TripOpeningHours  *self,
                                                         const GDate             *day,
                                                         gint                     minute);
TripOpeningState  trip_opening_hours_state_with_comment (const TripOpeningHours  *self,
                                                         const GDate             *day,
                                                         gint                     minute,
                                                         const char             **out_comment);
gboolean          trip_opening_hours_next_change        (const TripOpeningHours  *self,
                                                         const GDate             *day,
                                                         gint                     minute,
                                                         gint                    *out_minute,
                                                         TripOpeningState        *out_state);

gboolean          trip_opening_hours_is_open_during     (const TripOpeningHours  *self,
                                                         const GDate             *day,
                                                         gint                     from,
                                                         gint                     to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripOpeningHours, trip_opening_hours_unref)

G_END_DECLS
