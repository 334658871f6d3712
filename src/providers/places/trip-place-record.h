/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One place on its way into the database, made from OpenStreetMap tags or from a row of somebody's own places.
 */
#pragma once

#include "providers/places/trip-place-kinds.h"

G_BEGIN_DECLS

/**
 * TripPlaceRecord:
 * @ref: its identifier in its source: `n123`, `w123`, `r123`, `o:NAME` for one's own
 * @kind: the tag that tells what it is, `tourism=museum`
 * @listed: (nullable): the tag it is listed by in a dump, %NULL where it is not
 * @name: its name as the source has it, may be empty
 * @title: the name to show: of a sight the English one, of others one in Latin letters, where there is one
 * @names: all names folded, each once, apart so that no phrase spans two
 * @geo: position
 * @type: what it is
 * @popularity: 0 to 100
 * @minutes: usual length of a visit, 0 where unknown
 * @level: price level 1 to 3, 0 where unknown
 * @price: (nullable): price in major units with its currency, `12.50 EUR`
 * @tags: `;museum;art;`, empty where there are none
 * @hours: (nullable): opening hours that the source states
 * @usual_hours: (nullable): hours that hold where it states none
 * @wikidata: (nullable): item
 * @description: (nullable): a sentence
 * @facts: other facts, `key=value` lines
 *
 * What is stored of a place.
 */
typedef struct {
  char *ref;
  char *kind;
  char *listed;
  char *name;
  char *title;
  char *names;
  TripGeo geo;
  TripPlaceType type;
  gint popularity;
  gint minutes;
  gint level;
  char *price;
  char *tags;
  char *hours;
  char *usual_hours;
  char *wikidata;
  char *description;
  char *facts;
} TripPlaceRecord;

TripPlaceRecord *trip_place_record_new_osm  (TripOsmKind        kind,
                                             gint64             id,
                                             const TripGeo     *geo,
                                             gdouble            area_m2,
                                             const TripOsmTag  *tags,
                                             guint              n_tags);
void             trip_place_record_free     (TripPlaceRecord   *self);
gboolean         trip_place_record_wants    (const TripOsmTag  *tags,
                                             guint              n_tags);
char            *trip_place_record_checksum (const TripPlaceRecord *self);
char            *trip_place_clean_text      (const char        *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlaceRecord, trip_place_record_free)

G_END_DECLS
