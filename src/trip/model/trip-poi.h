/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A point of interest: a sight, a restaurant or a lodging, as it crosses the edge.
 */
#pragma once

#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-geo.h"

G_BEGIN_DECLS

/**
 * TripPoiType:
 * @TRIP_POI_SIGHT: `tourist_destination`, also what a missing or unknown type reads as
 * @TRIP_POI_RESTAURANT: `restaurant`
 * @TRIP_POI_LODGE: `lodge`
 * @TRIP_POI_UNKNOWN: `unknown`, sent by a client; planned like a sight
 */
typedef enum {
  TRIP_POI_SIGHT,
  TRIP_POI_RESTAURANT,
  TRIP_POI_LODGE,
  TRIP_POI_UNKNOWN,
} TripPoiType;

/**
 * TripPoi:
 * @name: name as shown
 * @description: one sentence, may be empty
 * @geo: position
 * @type: what it is
 * @opening_hours: (nullable): OpenStreetMap syntax
 * @address: (nullable): street or district
 * @special_instructions: (nullable): what a visitor should know
 * @image_urls: (nullable) (element-type utf8): pictures
 * @cost: price as text, may be empty
 * @id: (nullable): stable identifier, `atlas:tokyo/senso-ji`
 * @source: (nullable): where the facts are from
 * @attribution: (nullable): the credit its licence asks for
 * @city: (nullable): name of the city it belongs to
 * @city_id: (nullable): identifier of that city in the atlas
 * @country: ISO 3166-1 alpha-2 of its country, empty where unknown
 * @visit_minutes: usual length of a visit in minutes, 0 where unknown
 * @price_minor: price in minor units of @currency, -1 where unknown: entry or meal for one adult, or a double room a night
 * @currency: ISO 4217 code of @price_minor and of what is paid there, empty where unknown
 * @popularity: 0 to 100, -1 where unknown
 * @tags: (nullable) (element-type utf8): tags of the atlas format
 * @level: price level 1 (budget) to 3 (premium), 0 where unknown
 * @must_see: the traveller named it
 * @names: (nullable): its names in other languages, folded, as a source knows them; never sent
 * @wikidata: (nullable): item, for telling that two sources mean one place; never sent by itself
 * @raw: (nullable): the object as the client sent it; written back verbatim while nothing changed
 * @extra: (nullable): members we do not know, as `"name":value` text joined by commas
 *
 * A place. Treat it as immutable once shared between threads; trip_poi_copy() gives a private one.
 */
typedef struct {
  char *name;
  char *description;
  TripGeo geo;
  TripPoiType type;
  char *opening_hours;
  char *address;
  char *special_instructions;
  GPtrArray *image_urls;
  char *cost;
  char *id;
  char *source;
  char *attribution;
  char *city;
  char *city_id;
  char country[3];
  gint visit_minutes;
  gint64 price_minor;
  char currency[4];
  gint popularity;
  GPtrArray *tags;
  gint level;
  gboolean must_see;
  char *names;
  char *wikidata;
  GBytes *raw;
  GBytes *extra;
  /*< private >*/
  gatomicrefcount ref_count;
} TripPoi;

#define TRIP_TYPE_POI (trip_poi_get_type ())
GType       trip_poi_get_type       (void);

TripPoi    *trip_poi_new            (const char          *name);
TripPoi    *trip_poi_ref            (TripPoi             *self);
void        trip_poi_unref          (TripPoi             *self);
TripPoi    *trip_poi_copy           (const TripPoi       *self);
TripPoi    *trip_poi_read           (const TripJsonNode  *node,
                                     GError             **error);
void        trip_poi_write          (const TripPoi       *self,
                                     const char          *name,
                                     TripJsonBuilder     *builder);
gboolean    trip_poi_has_tag        (const TripPoi       *self,
                                     const char          *tag);
gboolean    trip_poi_is_same        (const TripPoi       *self,
                                     const TripPoi       *other);

char       *trip_poi_format_cost    (const TripPoi       *self);
const char *trip_poi_type_to_string (TripPoiType          type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPoi, trip_poi_unref)

G_END_DECLS
