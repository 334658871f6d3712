/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The columns that a search reads of a place.
 */
#pragma once

#include "providers/places/trip-place-db-private.h"
#include "providers/places/trip-place-search.h"

G_BEGIN_DECLS

/**
 * TRIP_PLACE_ROW_COLUMNS:
 *
 * The columns of a row, in the order of the enumeration below.
 */
#define TRIP_PLACE_ROW_COLUMNS                                                                                    \
  "id, region, ref, type, name, title, key, names, lat, lng, popularity, minutes, level, price, tags, hours, "    \
  "usual_hours, wikidata, description, facts"

enum {
  TRIP_PLACE_ROW_ID,
  TRIP_PLACE_ROW_REGION,
  TRIP_PLACE_ROW_REF,
  TRIP_PLACE_ROW_TYPE,
  TRIP_PLACE_ROW_NAME,
  TRIP_PLACE_ROW_TITLE,
  TRIP_PLACE_ROW_KEY,
  TRIP_PLACE_ROW_NAMES,
  TRIP_PLACE_ROW_LAT,
  TRIP_PLACE_ROW_LNG,
  TRIP_PLACE_ROW_POPULARITY,
  TRIP_PLACE_ROW_MINUTES,
  TRIP_PLACE_ROW_LEVEL,
  TRIP_PLACE_ROW_PRICE,
  TRIP_PLACE_ROW_TAGS,
  TRIP_PLACE_ROW_HOURS,
  TRIP_PLACE_ROW_USUAL_HOURS,
  TRIP_PLACE_ROW_WIKIDATA,
  TRIP_PLACE_ROW_DESCRIPTION,
  TRIP_PLACE_ROW_FACTS,
};

TripPoi *trip_place_row_read (sqlite3_stmt *row,
                              const char   *attribution);

G_END_DECLS
