/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The opening hours of a place, read for where it is. The planner, the check and the drawing have to read them alike, or one
 * would send people to a door that another says is closed. Whoever includes this links src/hours; the model does not.
 */
#pragma once

#include "hours/trip-opening-hours.h"
#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

/**
 * trip_poi_parse_hours:
 * @poi: a place
 *
 * Returns: (transfer full) (nullable): its opening hours, with the public holidays and the sun of the place; %NULL where it
 *   has none that can be read
 */
static inline TripOpeningHours *
trip_poi_parse_hours (const TripPoi *poi)
{
  /* Nobody visits 0° N, 0° E: a place there is one of unknown position. */
  TripOpeningPlace place = {
    .country = poi->country[0] != '\0' ? poi->country : NULL,
    .located = poi->geo.lat != 0.0 || poi->geo.lng != 0.0,
    .latitude = poi->geo.lat,
    .longitude = poi->geo.lng,
  };

  if (poi->opening_hours == NULL || *poi->opening_hours == '\0')
    return NULL;
  return trip_opening_hours_parse_for_place (poi->opening_hours, &place, TRIP_OPENING_HOURS_DEFAULT, NULL);
}

G_END_DECLS
