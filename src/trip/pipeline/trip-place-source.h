/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the second stage asks of a source of places: the points of interest behind the names in a request.
 */
#pragma once

#include "trip/model/trip-poi.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripPlaceQuery:
 * @names: what the traveller named: cities, regions, sights; first what is wanted, then what is to go
 * @n_wanted: how many of @names are wanted: only their places are reported as found
 * @near: (element-type TripPoi): places already in the trip, to tell namesakes apart
 *
 * One question to a [iface@PlaceSource].
 */
typedef struct {
  GStrv names;
  guint n_wanted;
  GPtrArray *near;
} TripPlaceQuery;

/**
 * TripPlaceMatch:
 * @name: the name that was asked for
 * @is_area: it is a city, region or country rather than one place
 * @geo: where it is; meaningful where @radius_m is above 0
 * @radius_m: how far from @geo a place still belongs to the area, metres; 0 where the name is unknown
 * @pois: (element-type TripPoi): what was found; for an area its places, best first; empty where the source has nothing
 * @explanation: (nullable): where @pois is empty, why, and what to do: which cities with places are near, how to add data
 *
 * The answer for one name. A name that is one place yields one element with `must_see` set.
 */
typedef struct {
  char *name;
  gboolean is_area;
  TripGeo geo;
  gdouble radius_m;
  GPtrArray *pois;
  char *explanation;
} TripPlaceMatch;

TripPlaceQuery *trip_place_query_new        (const char * const   *names,
                                             guint                 n_wanted,
                                             GPtrArray            *near);
void            trip_place_query_free       (TripPlaceQuery       *self);
gboolean        trip_place_query_get_centre (const TripPlaceQuery *self,
                                             TripGeo              *out_geo);

TripPlaceMatch *trip_place_match_new        (const char           *name);
void            trip_place_match_free       (TripPlaceMatch       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlaceQuery, trip_place_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlaceMatch, trip_place_match_free)

#define TRIP_TYPE_PLACE_SOURCE (trip_place_source_get_type ())
G_DECLARE_INTERFACE (TripPlaceSource, trip_place_source, TRIP, PLACE_SOURCE, GObject)

/**
 * TripPlaceFoundFunc:
 * @poi: the place
 * @user_data: data given with the function
 *
 * Called on the thread-default main context of the caller for each place as it is found, before the finish.
 */
typedef void (*TripPlaceFoundFunc) (TripPoi  *poi,
                                    gpointer  user_data);

/**
 * TripPlaceSourceInterface:
 * @find_async: starts looking; takes the query over
 * @find_finish: (transfer full) (element-type TripPlaceMatch): one match a name, in the order asked
 */
struct _TripPlaceSourceInterface {
  GTypeInterface parent_iface;

  void       (*find_async)  (TripPlaceSource      *self,
                             TripPlaceQuery       *query,
                             TripPlaceFoundFunc    found,
                             gpointer              found_data,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  GPtrArray *(*find_finish) (TripPlaceSource      *self,
                             GAsyncResult         *result,
                             GError              **error);
};

void       trip_place_source_find_async  (TripPlaceSource      *self,
                                          TripPlaceQuery       *query,
                                          TripPlaceFoundFunc    found,
                                          gpointer              found_data,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray *trip_place_source_find_finish (TripPlaceSource      *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
