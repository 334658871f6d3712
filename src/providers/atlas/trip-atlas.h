/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The place atlas: a read-only SQLite file built from data/atlas, with its cities in memory. Safe to ask from worker
 * threads; each call opens no more than it needs.
 */
#pragma once

#include "providers/gazetteer/trip-gazetteer.h"
#include "trip/model/trip-poi.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripCity:
 * @id: `tokyo`
 * @name: English name
 * @country: ISO 3166-1 alpha-2
 * @country_name: English name of the country
 * @geo: centre
 * @timezone: IANA name
 * @currency: ISO 4217
 * @transit: usual public transport, best first
 * @transit_speed_kmh: door-to-door speed of it, km/h
 * @transit_fare_minor: one ride, minor units of @currency
 * @meal_cost_minor: a plain lunch for one, minor units of @currency
 * @popularity: how many of the world's travellers go there, 0 to 100
 * @airport: IATA code
 * @description: one sentence
 *
 * A city of the atlas. Owned by the atlas.
 */
typedef struct {
  char *id;
  char *name;
  char *country;
  char *country_name;
  TripGeo geo;
  char *timezone;
  char currency[4];
  GStrv transit;
  gdouble transit_speed_kmh;
  gint64 transit_fare_minor;
  gint64 meal_cost_minor;
  gint popularity;
  char *airport;
  char *description;
} TripCity;

#define TRIP_TYPE_ATLAS (trip_atlas_get_type ())
G_DECLARE_FINAL_TYPE (TripAtlas, trip_atlas, TRIP, ATLAS, GObject)

TripAtlas      *trip_atlas_open           (const char      *path,
                                           GError         **error);
GPtrArray      *trip_atlas_get_cities     (TripAtlas       *self);
const TripCity *trip_atlas_get_city       (TripAtlas       *self,
                                           const char      *id_or_name);
const TripCity *trip_atlas_nearest_city   (TripAtlas       *self,
                                           const TripGeo   *geo,
                                           gdouble         *out_distance_m);
GPtrArray      *trip_atlas_load_city      (TripAtlas       *self,
                                           const char      *city_id,
                                           GCancellable    *cancellable,
                                           GError         **error);
TripPoi        *trip_atlas_load_poi       (TripAtlas       *self,
                                           const char      *atlas_id,
                                           GError         **error);
TripGazetteer  *trip_atlas_get_gazetteer  (TripAtlas       *self);

G_END_DECLS
