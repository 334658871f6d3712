/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the hour of an arrival or a departure is the hour of: a landing leaves its time at the airport, a train its way
 * from the platform. It knows no phrases and no plans.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripJourney:
 * @TRIP_JOURNEY_PLAIN: being in the city, or leaving it: nothing more is to be allowed for
 * @TRIP_JOURNEY_FLIGHT: a plane lands, or takes off
 * @TRIP_JOURNEY_TRAIN: a train, coach or ferry comes in, or leaves
 * @TRIP_JOURNEY_ROAD: by car
 * @TRIP_JOURNEY_AIRPORT: being at the airport, as one has to be for a flight
 * @TRIP_JOURNEY_STATION: being at the station
 *
 * What an hour is the hour of.
 */
typedef enum {
  TRIP_JOURNEY_PLAIN,
  TRIP_JOURNEY_FLIGHT,
  TRIP_JOURNEY_TRAIN,
  TRIP_JOURNEY_ROAD,
  TRIP_JOURNEY_AIRPORT,
  TRIP_JOURNEY_STATION,
} TripJourney;

TripJourney trip_journey_of_word           (const char  *word);
gint        trip_journey_get_minutes_after (TripJourney  self);
gint        trip_journey_get_minutes_early (TripJourney  self);
gint        trip_journey_get_minutes_way   (TripJourney  self);

G_END_DECLS
