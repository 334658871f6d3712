/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Names of the world's cities, regions and countries, and of the atlas's places. The world is read in place from the
 * program itself, what an atlas adds is held in memory; read-only after loading, so any thread may ask.
 */
#pragma once

#include "trip/model/trip-geo.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TripPlaceKind:
 * @TRIP_PLACE_CITY: a city, town or village
 * @TRIP_PLACE_REGION: a region, island or part of a country
 * @TRIP_PLACE_COUNTRY: a country
 * @TRIP_PLACE_SIGHT: one place of the atlas: sight, restaurant or lodging
 */
typedef enum {
  TRIP_PLACE_CITY,
  TRIP_PLACE_REGION,
  TRIP_PLACE_COUNTRY,
  TRIP_PLACE_SIGHT,
} TripPlaceKind;

/**
 * TripGazetteerEntry:
 * @name: primary English name
 * @kind: what it is
 * @country: ISO 3166-1 alpha-2, empty for what spans several
 * @geo: position
 * @population: inhabitants, 0 where unknown; for a sight its popularity
 * @timezone: IANA name, may be empty
 * @atlas_id: (nullable): `tokyo` for a city of the atlas, `tokyo/senso-ji` for one of its places
 * @ambiguous: also an ordinary word or first name: needs support from the context
 * @is_lodging: a place of the atlas that one sleeps in
 * @obscure: so small that most sentences with its name mean something else: needs support from the context
 * @island: an island or group of islands
 * @extent_km: how far it reaches from @geo, 0 where unknown
 * @state: (nullable): the first-level part of the country that a city lies in
 * @opening_hours: (nullable): of a sight, in OpenStreetMap's syntax
 * @price_minor: of a sight, entry or meal for one adult, or a double room a night, in minor units of @currency
 * @currency: ISO 4217, empty where @price_minor says nothing
 *
 * One place. Owned by the gazetteer. Where two places share a name, the smaller one's carries its area: `Naples,
 * Florida`.
 */
typedef struct {
  const char *name;
  TripPlaceKind kind;
  char country[3];
  TripGeo geo;
  gint64 population;
  const char *timezone;
  const char *atlas_id;
  gboolean ambiguous;
  gboolean is_lodging;
  gboolean obscure;
  gboolean island;
  guint extent_km;
  const char *state;
  const char *opening_hours;
  gint64 price_minor;
  char currency[4];
} TripGazetteerEntry;

typedef struct _TripGazetteer TripGazetteer;

#define TRIP_TYPE_GAZETTEER (trip_gazetteer_get_type ())
GType                     trip_gazetteer_get_type (void);

TripGazetteer            *trip_gazetteer_new      (void);
TripGazetteer            *trip_gazetteer_ref      (TripGazetteer       *self);
void                      trip_gazetteer_unref    (TripGazetteer       *self);
void                      trip_gazetteer_add      (TripGazetteer       *self,
                                                   const TripGazetteerEntry *entry,
                                                   const char * const  *names);
const TripGazetteerEntry *trip_gazetteer_lookup   (TripGazetteer       *self,
                                                   const char          *name,
                                                   const TripGeo       *near);
const TripGazetteerEntry *trip_gazetteer_lookup_fuzzy (TripGazetteer   *self,
                                                   const char          *name);
GPtrArray                *trip_gazetteer_search   (TripGazetteer       *self,
                                                   const char          *text,
                                                   const TripGeo       *near,
                                                   guint                max);
GPtrArray                *trip_gazetteer_list_cities (TripGazetteer    *self,
                                                   const TripGazetteerEntry *area);
const TripGazetteerEntry *trip_gazetteer_get_country (TripGazetteer    *self,
                                                   const char          *code);
const TripGazetteerEntry *trip_gazetteer_get_capital (TripGazetteer    *self,
                                                   const char          *code);
gboolean                  trip_gazetteer_lies_in  (TripGazetteer       *self,
                                                   const TripGazetteerEntry *place,
                                                   const TripGazetteerEntry *area);
guint                     trip_gazetteer_longest_name (TripGazetteer   *self);
guint                     trip_gazetteer_get_n_places (TripGazetteer   *self);
const TripGazetteerEntry *trip_gazetteer_get_place    (TripGazetteer   *self,
                                                   guint                i);
guint                     trip_gazetteer_get_n_names  (TripGazetteer   *self);
const char               *trip_gazetteer_get_name     (TripGazetteer   *self,
                                                   guint                i);

const TripGazetteerEntry *trip_gazetteer_lookup_folded (TripGazetteer  *self,
                                                   const char          *folded,
                                                   const TripGeo       *near);
const TripGazetteerEntry *trip_gazetteer_lookup_within (TripGazetteer  *self,
                                                   const char          *folded,
                                                   const char          *folded_area);
gboolean                  trip_gazetteer_is_foreign_name (TripGazetteer *self,
                                                   const char          *folded,
                                                   const TripGazetteerEntry *entry);
guint                     trip_gazetteer_longest_from (TripGazetteer   *self,
                                                   const char          *folded_word,
                                                   guint64             *out_seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripGazetteer, trip_gazetteer_unref)

G_END_DECLS
