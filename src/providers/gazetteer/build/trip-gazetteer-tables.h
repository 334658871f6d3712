/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The gazetteer's two tables in memory, while it is built.
 */
#pragma once

#include "providers/gazetteer/trip-gazetteer-image.h"
#include "providers/gazetteer/trip-gazetteer.h"

G_BEGIN_DECLS

/**
 * TripTableName:
 * @text: a name as written
 * @grade: how sure it is
 * @behind: names the place only behind another name
 * @shared: the plain name of a place shown with its area
 *
 * A name of a place.
 */
typedef struct {
  char *text;
  TripNameGrade grade;
  gboolean behind;
  gboolean shared;
} TripTableName;

/**
 * TripTablePlace:
 * @key: GeoNames id, `IT.16` for a state, `IT` for a country; empty for what GeoNames has not
 * @name: its name as it is shown
 * @kind: what it is
 * @country: ISO 3166-1 alpha-2, empty for what spans several
 * @countries: (nullable): the codes of the several, `|` between, where the table names them
 * @has_geo: whether @geo is known yet
 * @geo: position
 * @extent_km: how far it reaches, 0 where unknown
 * @population: inhabitants, 0 where unknown
 * @zone: IANA time zone, empty where unknown yet
 * @state: index of the state it lies in, -1 where unknown
 * @flags: #TripGazetteerFlags
 * @cities: (nullable): names of cities that the table gives, `;` between
 * @names: (element-type TripTableName): its names
 * @members: (element-type guint): indices of its cities, best first
 * @where: file and line, for complaints
 *
 * A place of the tables.
 */
typedef struct {
  char *key;
  char *name;
  TripPlaceKind kind;
  char country[3];
  char *countries;
  gboolean has_geo;
  TripGeo geo;
  guint extent_km;
  guint population;
  char *zone;
  gint state;
  guint flags;
  char *cities;
  GPtrArray *names;
  GArray *members;
  char *where;
} TripTablePlace;

/**
 * TripTables:
 * @places: (element-type TripTablePlace): all places
 * @by_key: places by their key
 *
 * All places, of both tables.
 */
typedef struct {
  GPtrArray *places;
  GHashTable *by_key;
} TripTables;

TripTables *trip_tables_new           (void);
void        trip_tables_free          (TripTables      *self);
gboolean    trip_tables_read_geonames (TripTables      *self,
                                       const char      *path,
                                       GError         **error);
gboolean    trip_tables_read_listed   (TripTables      *self,
                                       const char      *path,
                                       GError         **error);
gboolean    trip_tables_complete      (TripTables      *self,
                                       GError         **error);
void        trip_tables_add_name      (TripTablePlace  *place,
                                       const char      *text,
                                       TripNameGrade    grade,
                                       gboolean         shared);
gboolean    trip_tables_write         (TripTables      *self,
                                       const char      *path,
                                       GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripTables, trip_tables_free)

G_END_DECLS
