/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The minutes that belong to an arrival or a departure. They are the same everywhere, as nothing better is known of the
 * airports and stations of the world; what is said of a plan says that they were assumed.
 */
#include "language/trip-journey.h"

#include <string.h>

static const struct {
  const char *word;
  gint after; /* from the arrival to being in the city */
  gint early; /* how long before the departure one is there */
  gint way;   /* from the city to where the departure is */
} journeys[] = {
  [TRIP_JOURNEY_PLAIN] = { "", 0, 0, 0 },
  [TRIP_JOURNEY_FLIGHT] = { "flight", 60, 120, 60 },
  [TRIP_JOURNEY_TRAIN] = { "train", 15, 30, 30 },
  [TRIP_JOURNEY_ROAD] = { "road", 0, 0, 0 },
  [TRIP_JOURNEY_AIRPORT] = { "airport", 60, 0, 60 },
  [TRIP_JOURNEY_STATION] = { "station", 15, 0, 30 },
};

/**
 * trip_journey_of_word:
 * @word: a word of the tables: `flight`, `train`, `road`, `airport`, `station`
 *
 * Returns: what it stands for; %TRIP_JOURNEY_PLAIN for any other
 */
TripJourney
trip_journey_of_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (journeys); i++)
    {
      if (strcmp (journeys[i].word, word) == 0)
        return (TripJourney) i;
    }
  return TRIP_JOURNEY_PLAIN;
}

/**
 * trip_journey_get_minutes_after:
 * @self: what an hour of arrival is the hour of
 *
 * Returns: minutes from then until one is in the city: 60 from a landing, 15 from a platform, else none
 */
gint
trip_journey_get_minutes_after (TripJourney self)
{
  return journeys[self].after;
}

/**
 * trip_journey_get_minutes_early:
 * @self: what an hour of departure is the hour of
 *
 * Returns: minutes by which one has to be there earlier: 120 for a flight, 30 for a train, else none
 */
gint
trip_journey_get_minutes_early (TripJourney self)
{
  return journeys[self].early;
}

/**
 * trip_journey_get_minutes_way:
 * @self: what an hour of departure is the hour of
 *
 * Returns: minutes that are left for the way there: 60 to an airport, 30 to a station, else none
 */
gint
trip_journey_get_minutes_way (TripJourney self)
{
  return journeys[self].way;
}
