/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Travel times and fares from distance alone. The constants are door-to-door figures on the cautious side: a plan whose
 * ways take a little less than it says holds, one whose ways take more does not.
 */
#include "providers/planner/trip-travel.h"

#include <math.h>
#include <string.h>

/* As with streets: the usual ratio of path to beeline by rail. */
#define RAIL_DETOUR 1.25

#define WALK_KMH 4.5
#define BIKE_KMH 13.0
#define TAXI_KMH 24.0
#define CAR_KMH 22.0
#define BIKE_ACCESS_MINUTES 4
#define TRANSIT_ACCESS_MINUTES 6
#define TAXI_ACCESS_MINUTES 5
#define CAR_ACCESS_MINUTES 10

/* A transit speed beyond this comes from a slip in the data, not from a train. */
#define TRANSIT_MAX_KMH 30.0
#define TRANSIT_MIN_KMH 8.0

/* A city's transit speed is that of a ride of some kilometres, waiting included; farther out the lines run faster. */
#define SUBURBAN_FROM_M 8000.0
#define SUBURBAN_KMH 34.0
#define SUBURBAN_ROAD_KMH 40.0

#define STATION_MINUTES 40
#define COACH_STATION_MINUTES 35
#define AIRPORT_MINUTES 180
#define CLIMB_MINUTES 30
#define FLIGHT_KMH 750.0

/* Up to here a train is as fast as a plane, door to door. */
#define TRAIN_FIRST_KM 700.0
/* Beyond this nobody goes overland on a holiday, and there is often a sea in between. */
#define OVERLAND_MAX_KM 3000.0
#define FLIGHT_MIN_KM 150.0

static gint
ride_minutes (gdouble path_m,
              gdouble kmh,
              gint    access)
{
  return (gint) ceil (path_m * 0.06 / kmh) + access;
}

static gint64
taxi_fare (const TripTravelProfile *profile,
           gdouble                  path_m)
{
  return profile->taxi_base + (gint64) llround (path_m / 1000.0 * (gdouble) profile->taxi_per_km);
}

static inline gboolean
allows (const TripTravelProfile *profile,
        TripTravelMode           mode)
{
  return (profile->modes & TRIP_TRAVEL_MODE_BIT (mode)) != 0;
}

static gboolean
can_walk (const TripTravelProfile *profile,
          gdouble                  path_m)
{
  return allows (profile, TRIP_TRAVEL_WALK) && (profile->hard_walk_m == 0 || path_m <= profile->hard_walk_m);
}

static TripTravelMode
choose_ride (const TripTravelProfile *profile,
             gdouble                  path_m)
{
  static const TripTravelMode order[] = {
    TRIP_TRAVEL_TRANSIT, TRIP_TRAVEL_TAXI, TRIP_TRAVEL_CAR, TRIP_TRAVEL_BIKE,
  };

  if (profile->prefer > TRIP_TRAVEL_WALK && profile->prefer < TRIP_TRAVEL_TRAIN && allows (profile, profile->prefer) &&
      (profile->prefer != TRIP_TRAVEL_BIKE || path_m < 12000))
    return profile->prefer;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (allows (profile, order[i]) && (order[i] != TRIP_TRAVEL_CAR || !allows (profile, TRIP_TRAVEL_TAXI)))
        return order[i];
    }
  return TRIP_TRAVEL_NONE;
}

/* What a way by a mode takes. */
static void
measure_leg (const TripTravelProfile *profile,
             TripTravelMode           mode,
             gdouble                  path_m,
             TripTravelLeg           *out_leg)
{
  out_leg->mode = mode;
  out_leg->cost = 0;
  switch (mode)
    {
    case TRIP_TRAVEL_WALK:
      out_leg->minutes = ride_minutes (path_m, WALK_KMH, 0);
      break;
    case TRIP_TRAVEL_BIKE:
      out_leg->minutes = ride_minutes (path_m, BIKE_KMH, BIKE_ACCESS_MINUTES);
      break;
    case TRIP_TRAVEL_TRANSIT:
      out_leg->minutes = ride_minutes (MIN (path_m, SUBURBAN_FROM_M),
                                       CLAMP (profile->transit_kmh, TRANSIT_MIN_KMH, TRANSIT_MAX_KMH),
                                       TRANSIT_ACCESS_MINUTES) +
                         ride_minutes (MAX (path_m - SUBURBAN_FROM_M, 0.0), SUBURBAN_KMH, 0);
      out_leg->cost = profile->transit_fare;
      break;
    case TRIP_TRAVEL_TAXI:
      out_leg->minutes = ride_minutes (MIN (path_m, SUBURBAN_FROM_M), TAXI_KMH, TAXI_ACCESS_MINUTES) +
                         ride_minutes (MAX (path_m - SUBURBAN_FROM_M, 0.0), SUBURBAN_ROAD_KMH, 0);
      out_leg->cost = taxi_fare (profile, path_m);
      break;
    case TRIP_TRAVEL_CAR:
      out_leg->minutes = ride_minutes (path_m, CAR_KMH, CAR_ACCESS_MINUTES);
      out_leg->cost = (gint64) llround (path_m / 1000.0 * (gdouble) profile->taxi_per_km / 4.0);
      break;
    default:
      out_leg->minutes = TRIP_TRAVEL_UNREACHABLE;
      break;
    }
  out_leg->minutes = MIN (out_leg->minutes, TRIP_TRAVEL_UNREACHABLE);
}

/* Whether a single way is no longer and no dearer than one may be. */
static gboolean
is_within (const TripTravelProfile *profile,
           const TripTravelLeg     *leg)
{
  return (profile->most_minutes[leg->mode] == 0 || leg->minutes <= profile->most_minutes[leg->mode]) &&
         (profile->most_metres[leg->mode] == 0 || leg->distance_m <= profile->most_metres[leg->mode]) &&
         (profile->most_fare == 0 || leg->cost <= profile->most_fare);
}

/**
 * trip_travel_in_city:
 * @profile: how the party moves
 * @straight_m: beeline, metres
 * @out_leg: (out): the way
 *
 * Chooses a mode for a way inside a city and says what it takes: on foot where that is near enough, else by the
 * preferred or the usual ride. A way that nothing allowed covers takes %TRIP_TRAVEL_UNREACHABLE minutes. No
 * allocation.
 */
void
trip_travel_in_city (const TripTravelProfile *profile,
                     gdouble                  straight_m,
                     TripTravelLeg           *out_leg)
{
  gdouble path_m = straight_m * TRIP_TRAVEL_STREET_DETOUR;
  TripTravelProfile open;
  TripTravelMode ride;

  out_leg->cost = 0;
  out_leg->distance_m = (gint) lround (MIN (path_m, 1e9));
  if (straight_m < 15.0)
    {
      out_leg->mode = TRIP_TRAVEL_WALK;
      out_leg->minutes = straight_m < 1.0 ? 0 : 1;
      return;
    }

  open = *profile;
  do
    {
      ride = choose_ride (&open, path_m);
      if (can_walk (&open, path_m) && (path_m <= open.max_walk_m || ride == TRIP_TRAVEL_NONE))
        ride = TRIP_TRAVEL_WALK;
      measure_leg (profile, ride, path_m, out_leg);
      open.modes &= ~TRIP_TRAVEL_MODE_BIT (ride);
    }
  while (ride != TRIP_TRAVEL_NONE && !is_within (profile, out_leg));
}

/**
 * trip_travel_at_night:
 * @profile: how the party moves
 * @leg: (inout): a way by public transport
 *
 * Turns a ride by public transport into one by taxi where that is allowed, for the hours when nothing else runs. It
 * takes as long as the ride did, so a timetable that held still holds.
 */
void
trip_travel_at_night (const TripTravelProfile *profile,
                      TripTravelLeg           *leg)
{
  if (leg->mode != TRIP_TRAVEL_TRANSIT || !allows (profile, TRIP_TRAVEL_TAXI))
    return;
  leg->mode = TRIP_TRAVEL_TAXI;
  leg->cost = taxi_fare (profile, leg->distance_m);
}

typedef struct {
  TripTravelMode mode;
  gdouble minutes;
  gdouble path_km;
  gdouble usd_cents;
} Journey;

static gboolean
plan_journey (TripTravelMode mode,
              gdouble        km,
              Journey       *out)
{
  out->mode = mode;
  switch (mode)
    {
    case TRIP_TRAVEL_TRAIN:
      out->path_km = km * RAIL_DETOUR;
      out->minutes = STATION_MINUTES + out->path_km / (km < 100.0 ? 80.0 : km < 250.0 ? 130.0 : 190.0) * 60.0;
      out->usd_cents = 500 + 19.0 * out->path_km;
      return km <= OVERLAND_MAX_KM;
    case TRIP_TRAVEL_COACH:
      out->path_km = km * TRIP_TRAVEL_STREET_DETOUR;
      out->minutes = COACH_STATION_MINUTES + out->path_km / 75.0 * 60.0;
      out->usd_cents = 400 + 6.5 * out->path_km;
      return km <= 800.0;
    case TRIP_TRAVEL_CAR:
      out->path_km = km * TRIP_TRAVEL_STREET_DETOUR;
      out->minutes = 15 + out->path_km / 80.0 * 60.0;
      out->usd_cents = 14.0 * out->path_km;
      return km <= 1000.0;
    case TRIP_TRAVEL_TAXI:
      out->path_km = km * TRIP_TRAVEL_STREET_DETOUR;
      out->minutes = 10 + out->path_km / 70.0 * 60.0;
      out->usd_cents = 500 + 100.0 * out->path_km;
      return km <= 150.0;
    case TRIP_TRAVEL_FLIGHT:
      out->path_km = km;
      out->minutes = AIRPORT_MINUTES + CLIMB_MINUTES + km / FLIGHT_KMH * 60.0;
      out->usd_cents = 6000 + 9.0 * km;
      return km >= FLIGHT_MIN_KM;
    default:
      return FALSE;
    }
}

/**
 * trip_travel_between_cities:
 * @straight_m: beeline, metres
 * @modes: allowed modes, bits
 * @prefer: mode that is taken where it is allowed and makes sense, or %TRIP_TRAVEL_NONE
 * @cheap: take the cheapest rather than the usual one, within reason
 * @out_leg: (out): the way, its cost left 0
 * @out_usd_cents: (out): usual fare for one, US cents, for the caller to convert
 *
 * Chooses how to get from one city to another, with the time for stations and airports: the train up to some 700 km,
 * the plane beyond, else the coach or a car.
 *
 * Returns: whether any allowed mode covers it
 */
gboolean
trip_travel_between_cities (gdouble         straight_m,
                            guint           modes,
                            TripTravelMode  prefer,
                            gboolean        cheap,
                            TripTravelLeg  *out_leg,
                            gint64         *out_usd_cents)
{
  static const TripTravelMode near_order[] = {
    TRIP_TRAVEL_TRAIN, TRIP_TRAVEL_FLIGHT, TRIP_TRAVEL_COACH, TRIP_TRAVEL_CAR, TRIP_TRAVEL_TAXI,
  };
  static const TripTravelMode far_order[] = {
    TRIP_TRAVEL_FLIGHT, TRIP_TRAVEL_TRAIN, TRIP_TRAVEL_COACH, TRIP_TRAVEL_CAR,
  };
  static const TripTravelMode cheap_order[] = {
    TRIP_TRAVEL_COACH, TRIP_TRAVEL_TRAIN, TRIP_TRAVEL_FLIGHT, TRIP_TRAVEL_CAR,
  };
  gdouble km = straight_m / 1000.0;
  const TripTravelMode *order = near_order;
  gsize n = G_N_ELEMENTS (near_order);
  Journey journey;

  if (km > TRAIN_FIRST_KM)
    {
      order = far_order;
      n = G_N_ELEMENTS (far_order);
    }
  else if (cheap && km <= 500.0)
    {
      order = cheap_order;
      n = G_N_ELEMENTS (cheap_order);
    }

  if (prefer == TRIP_TRAVEL_NONE || (modes & TRIP_TRAVEL_MODE_BIT (prefer)) == 0 ||
      !plan_journey (prefer, km, &journey) || journey.minutes > 12 * 60)
    {
      gboolean found = FALSE;

      for (gsize i = 0; i < n && !found; i++)
        found = (modes & TRIP_TRAVEL_MODE_BIT (order[i])) != 0 && plan_journey (order[i], km, &journey);
      if (!found)
        return FALSE;
    }

  out_leg->mode = journey.mode;
  out_leg->minutes = (gint) ceil (journey.minutes / 5.0) * 5;
  out_leg->distance_m = (gint) MIN (journey.path_km * 1000.0, 1e9);
  out_leg->cost = 0;
  *out_usd_cents = (gint64) llround (journey.usd_cents / 100.0) * 100;
  return TRUE;
}

/**
 * trip_travel_mode_to_string:
 * @mode: a mode
 * @transit_name: (nullable): word for the city's public transport
 *
 * Returns: (transfer none): the mode's name on the wire; %NULL for %TRIP_TRAVEL_NONE
 */
const char *
trip_travel_mode_to_string (TripTravelMode mode,
                            const char    *transit_name)
{
  switch (mode)
    {
    case TRIP_TRAVEL_WALK:
      return "walk";
    case TRIP_TRAVEL_BIKE:
      return "bike";
    case TRIP_TRAVEL_TRANSIT:
      return transit_name != NULL ? transit_name : "transit";
    case TRIP_TRAVEL_TAXI:
      return "taxi";
    case TRIP_TRAVEL_CAR:
      return "car";
    case TRIP_TRAVEL_TRAIN:
      return "train";
    case TRIP_TRAVEL_COACH:
      return "coach";
    case TRIP_TRAVEL_FLIGHT:
      return "flight";
    default:
      return NULL;
    }
}

/**
 * trip_travel_modes_of_word:
 * @word: one of the transport words of [struct@Constraints]
 *
 * Returns: the modes it stands for, bits; a single kind of public transport stands for none, since there are others
 */
guint
trip_travel_modes_of_word (const char *word)
{
  static const struct {
    const char *word;
    guint modes;
  } words[] = {
    { "walk", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_WALK) },
    { "bike", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_BIKE) },
    { "transit", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT) },
    { "taxi", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TAXI) },
    { "car", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_CAR) },
    { "train", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRAIN) },
    { "bus", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_COACH) },
    { "flight", TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_FLIGHT) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (words[i].word, word) == 0)
        return words[i].modes;
    }
  return 0;
}
