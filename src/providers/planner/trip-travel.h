/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How long a way takes, by what, and what it costs. Arithmetic on distances; knows no places and no plan.
 */
#pragma once

#include "trip/model/trip-geo.h"

G_BEGIN_DECLS

/**
 * TripTravelMode:
 * @TRIP_TRAVEL_NONE: no way at all: one is there already
 * @TRIP_TRAVEL_WALK: on foot
 * @TRIP_TRAVEL_BIKE: by bicycle
 * @TRIP_TRAVEL_TRANSIT: by the city's public transport
 * @TRIP_TRAVEL_TAXI: by taxi
 * @TRIP_TRAVEL_CAR: by one's own or a rented car
 * @TRIP_TRAVEL_TRAIN: by train between cities
 * @TRIP_TRAVEL_COACH: by coach between cities
 * @TRIP_TRAVEL_FLIGHT: by plane
 */
typedef enum {
  TRIP_TRAVEL_NONE,
  TRIP_TRAVEL_WALK,
  TRIP_TRAVEL_BIKE,
  TRIP_TRAVEL_TRANSIT,
  TRIP_TRAVEL_TAXI,
  TRIP_TRAVEL_CAR,
  TRIP_TRAVEL_TRAIN,
  TRIP_TRAVEL_COACH,
  TRIP_TRAVEL_FLIGHT,
} TripTravelMode;

/**
 * TRIP_TRAVEL_N_MODES:
 *
 * How many modes there are.
 */
#define TRIP_TRAVEL_N_MODES (TRIP_TRAVEL_FLIGHT + 1)

/**
 * TRIP_TRAVEL_MODE_BIT:
 * @mode: a #TripTravelMode
 *
 * The bit of a mode in a set of modes.
 */
#define TRIP_TRAVEL_MODE_BIT(mode) (1u << (mode))

/**
 * TRIP_TRAVEL_UNREACHABLE:
 *
 * Minutes of a way that no allowed mode covers; longer than any day.
 */
#define TRIP_TRAVEL_UNREACHABLE 20000

/**
 * TRIP_TRAVEL_STREET_DETOUR:
 *
 * Streets are no straight lines: the usual ratio of path to beeline on foot or by car in cities.
 */
#define TRIP_TRAVEL_STREET_DETOUR 1.27

/**
 * TripTravelProfile:
 * @modes: allowed modes, bits
 * @max_walk_m: longest walk that is preferred to a ride, metres of path
 * @hard_walk_m: longest walk at all, metres of path; 0 for no limit
 * @transit_name: word for the city's public transport, `subway`
 * @transit_kmh: its speed from door to door, km/h
 * @transit_fare: one ride for the whole party, minor units
 * @taxi_base: getting in, for the whole party, minor units
 * @taxi_per_km: each kilometre, for the whole party, minor units
 * @most_fare: most that one ride may cost, for the whole party, minor units; 0 for no limit
 * @most_minutes: longest way by each mode, minutes; 0 for no limit
 * @most_metres: longest way by each mode, metres of path; 0 for no limit
 * @prefer: mode that is taken wherever it is allowed, or %TRIP_TRAVEL_NONE
 *
 * How a party moves about one city.
 */
typedef struct {
  guint modes;
  gint max_walk_m;
  gint hard_walk_m;
  const char *transit_name;
  gdouble transit_kmh;
  gint64 transit_fare;
  gint64 taxi_base;
  gint64 taxi_per_km;
  gint64 most_fare;
  gint most_minutes[TRIP_TRAVEL_N_MODES];
  gint most_metres[TRIP_TRAVEL_N_MODES];
  TripTravelMode prefer;
} TripTravelProfile;

/**
 * TripTravelLeg:
 * @mode: what one goes by
 * @minutes: from door to door
 * @distance_m: length of the path, metres
 * @cost: for the whole party, minor units
 *
 * One way.
 */
typedef struct {
  TripTravelMode mode;
  gint minutes;
  gint distance_m;
  gint64 cost;
} TripTravelLeg;

void        trip_travel_in_city        (const TripTravelProfile *profile,
                                        gdouble                  straight_m,
                                        TripTravelLeg           *out_leg);
void        trip_travel_at_night       (const TripTravelProfile *profile,
                                        TripTravelLeg           *leg);
gboolean    trip_travel_between_cities (gdouble                  straight_m,
                                        guint                    modes,
                                        TripTravelMode           prefer,
                                        gboolean                 cheap,
                                        TripTravelLeg           *out_leg,
                                        gint64                  *out_usd_cents);
const char *trip_travel_mode_to_string (TripTravelMode           mode,
                                        const char              *transit_name);
guint       trip_travel_modes_of_word  (const char              *word);

G_END_DECLS
