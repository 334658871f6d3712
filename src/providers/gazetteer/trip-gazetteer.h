/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Names of the world's cities, regions and countries, and of the atlas's places: finds the longest name at a position
 * of a text. Held in memory, read-only after loading, so any thread may ask.
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
 * @country: ISO 3166-1 alpha-2
 * @geo: position
 * @population: inhabitants, 0 where unknown; for a sight its popularity
 * @timezone: IANA name, may be empty
 * @atlas_id: (nullable): `tokyo` for a city of the atlas, `tokyo/senso-ji` for one of its places
 * @ambiguous: also an ordinary word or first name: needs support from the context
 * @is_lodging: a place of the atlas that one sleeps in
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
} TripGazetteerEntry;

typedef struct _TripGazetteer TripGazetteer;

#define TRIP_TYPE_GAZETTEER (trip_gazetteer_get_type ())
GType                     trip_gazetteer_get_type (void);

TripGazetteer            *trip_gazetteer_new      (void);
TripGazetteer            *trip_gazetteer_ref      (TripGazetteer       *self);
void                      trip_gazetteer_unref    (TripGazetteer       *self);
gboolean                  trip_gazetteer_load     (TripGazetteer       *self,
                                                   GBytes              *tsv,
                                                   GError             **error);
void                      trip_gazetteer_add      (TripGazetteer       *self,
                                                   const TripGazetteerEntry *entry,
                                                   const char * const  *names);
const TripGazetteerEntry *trip_gazetteer_lookup   (TripGazetteer       *self,
                                                   const char          *name,
                                                   const TripGeo       *near);
const TripGazetteerEntry *trip_gazetteer_lookup_fuzzy (TripGazetteer   *self,
                                                   const char          *name);
guint                     trip_gazetteer_longest_name (TripGazetteer   *self);

const TripGazetteerEntry *trip_gazetteer_lookup_folded (TripGazetteer  *self,
                                                   const char          *folded,
                                                   const TripGeo       *near);
const TripGazetteerEntry *trip_gazetteer_lookup_within (TripGazetteer  *self,
                                                   const char          *folded,
                                                   const char          *folded_area);
guint                     trip_gazetteer_longest_from (TripGazetteer   *self,
                                                   const char          *folded_word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripGazetteer, trip_gazetteer_unref)

G_END_DECLS
