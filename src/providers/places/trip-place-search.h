/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Finding imported places: by name, nearness, box, type, tags and whether they are open.
 */
#pragma once

#include "providers/places/trip-place-db.h"
#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

/**
 * TRIP_PLACE_SEARCH_MAX:
 *
 * The most places that one search gives.
 */
#define TRIP_PLACE_SEARCH_MAX 1000

/**
 * TripPlaceOrder:
 * @TRIP_PLACE_ORDER_BEST: the best known first; of a search by name, those that are called just so before them
 * @TRIP_PLACE_ORDER_NEAREST: the nearest first; needs a position
 *
 * In which order places are given.
 */
typedef enum {
  TRIP_PLACE_ORDER_BEST,
  TRIP_PLACE_ORDER_NEAREST,
} TripPlaceOrder;

/**
 * TripPlaceSearch:
 * @name: (nullable): words of a name in any language, the last perhaps cut short; case and accents do not matter, of a
 *   Chinese or Japanese name any part will do
 * @has_position: @position counts
 * @position: where the distance is measured from
 * @radius_m: how far from @position places may be, metres, 0 for any distance
 * @has_box: the box counts
 * @south: southernmost latitude
 * @west: westernmost longitude; greater than @east where the box crosses the 180th meridian
 * @north: northernmost latitude
 * @east: easternmost longitude
 * @types: types that are wanted, as bits `1 << type`; 0 for sights, restaurants and lodgings
 * @tags: (nullable) (array zero-terminated=1): tags that a place must have, all of them
 * @open_at: a place must be open on @day at @minute, surely
 * @day: the day, there
 * @minute: minute of that day
 * @region: (nullable): name of the region it must be of
 * @order: which come first
 * @limit: the most to give, 0 for 50
 *
 * What to find. What is zero does not count.
 */
typedef struct {
  const char *name;
  gboolean has_position;
  TripGeo position;
  gdouble radius_m;
  gboolean has_box;
  gdouble south;
  gdouble west;
  gdouble north;
  gdouble east;
  guint types;
  const char * const *tags;
  gboolean open_at;
  GDate day;
  gint minute;
  const char *region;
  TripPlaceOrder order;
  guint limit;
} TripPlaceSearch;

/**
 * TripPlaceHit:
 * @poi: the place
 * @type: its type
 * @region: name of its region
 * @distance_m: how far it is from the position, metres; 0 without one
 * @likeness: how well its name fits: 3 it is just that, 2 another name of it is, 1 the words are in it; 0 without a name
 *
 * A place that was found.
 */
typedef struct {
  TripPoi *poi;
  TripPlaceType type;
  char *region;
  gdouble distance_m;
  gint likeness;
} TripPlaceHit;

GPtrArray *trip_place_db_search (TripPlaceDb            *self,
                                 const TripPlaceSearch  *search,
                                 GCancellable           *cancellable,
                                 GError                **error);
void       trip_place_hit_free  (TripPlaceHit           *self);

G_END_DECLS
