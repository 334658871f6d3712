/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What OpenStreetMap tags mean to a traveller, read from the table data/osm/kinds.tsv. Knows no files and no database.
 */
#pragma once

#include "osm/trip-osm-file.h"

G_BEGIN_DECLS

/**
 * TripPlaceType:
 * @TRIP_PLACE_TYPE_SIGHT: something to see or do
 * @TRIP_PLACE_TYPE_RESTAURANT: a meal
 * @TRIP_PLACE_TYPE_LODGE: a bed
 * @TRIP_PLACE_TYPE_SERVICE: of use on the way, found when asked for and never planned
 * @TRIP_PLACE_TYPE_NONE: not for travellers: kept, never found
 *
 * What a place of the database is. The numbers are stored.
 */
typedef enum {
  TRIP_PLACE_TYPE_SIGHT = 0,
  TRIP_PLACE_TYPE_RESTAURANT = 1,
  TRIP_PLACE_TYPE_LODGE = 2,
  TRIP_PLACE_TYPE_SERVICE = 3,
  TRIP_PLACE_TYPE_NONE = 4,
} TripPlaceType;

/**
 * TRIP_PLACE_N_TYPES:
 *
 * How many types can be found.
 */
#define TRIP_PLACE_N_TYPES 4

/**
 * TripPlaceMeaning:
 * @tag: the row's first condition, `tourism=museum`
 * @type: what such a place is
 * @tags: tags of the atlas format, may be empty
 * @minutes: usual length of a visit, 0 where unknown
 * @prominence: where such a place stands of which nothing else is known
 * @level: price level 1 to 3, 0 where unknown
 * @hours: (nullable): opening hours where the place has no door
 * @label: (nullable): what it is called, English
 *
 * A row of the table.
 */
typedef struct {
  char *tag;
  TripPlaceType type;
  GStrv tags;
  gint minutes;
  gint prominence;
  gint level;
  char *hours;
  char *label;
} TripPlaceMeaning;

const TripPlaceMeaning *trip_place_kinds_match (const TripOsmTag    *tags,
                                             guint                n_tags,
                                             GPtrArray           *out_more);
const TripPlaceMeaning *trip_place_kinds_find  (const char          *tag);
const char          *trip_osm_tags_get      (const TripOsmTag    *tags,
                                             guint                n_tags,
                                             const char          *key);

G_END_DECLS
