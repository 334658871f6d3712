/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The place source interface, and the question and answer that go through it.
 */
#include "trip/pipeline/trip-place-source.h"

G_DEFINE_INTERFACE (TripPlaceSource, trip_place_source, G_TYPE_OBJECT)

static void
trip_place_source_default_init (TripPlaceSourceInterface *iface)
{
}

/**
 * trip_place_query_new:
 * @names: (array zero-terminated=1): names to find, those that are wanted first
 * @n_wanted: how many are wanted
 * @near: (element-type TripPoi): places already in the trip
 *
 * Returns: (transfer full): a query
 */
TripPlaceQuery *
trip_place_query_new (const char * const *names,
                      guint               n_wanted,
                      GPtrArray          *near)
{
  TripPlaceQuery *self = g_new0 (TripPlaceQuery, 1);

  self->names = g_strdupv ((GStrv) names);
  self->n_wanted = n_wanted;
  self->near = g_ptr_array_ref (near);
  return self;
}

/**
 * trip_place_query_free:
 * @self: (transfer full): a query
 *
 * Frees it.
 */
void
trip_place_query_free (TripPlaceQuery *self)
{
  g_strfreev (self->names);
  g_ptr_array_unref (self->near);
  g_free (self);
}

/**
 * trip_place_query_get_centre:
 * @self: a query
 * @out_geo: (out caller-allocates): the middle of the places already in the trip
 *
 * Returns: whether there are any
 */
gboolean
trip_place_query_get_centre (const TripPlaceQuery *self,
                             TripGeo              *out_geo)
{
  *out_geo = (TripGeo) { 0, 0 };
  for (guint i = 0; i < self->near->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (self->near, i);

      out_geo->lat += poi->geo.lat / self->near->len;
      out_geo->lng += poi->geo.lng / self->near->len;
    }
  return self->near->len > 0;
}

/**
 * trip_place_match_new:
 * @name: the name that was asked for
 *
 * Returns: (transfer full): a match without places
 */
TripPlaceMatch *
trip_place_match_new (const char *name)
{
  TripPlaceMatch *self = g_new0 (TripPlaceMatch, 1);

  self->name = g_strdup (name);
  self->pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  return self;
}

/**
 * trip_place_match_free:
 * @self: (transfer full): a match
 *
 * Frees it.
 */
void
trip_place_match_free (TripPlaceMatch *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->pois);
  g_free (self->explanation);
  g_free (self);
}

/**
 * trip_place_source_find_async:
 * @self: a source
 * @query: (transfer full): what to find
 * @found: (nullable): called for each place of a name that is wanted, as it is found
 * @found_data: data for @found
 * @cancellable: (nullable): stops the search
 * @callback: called on the thread-default main context when all is there
 * @user_data: data for @callback
 *
 * Looks for places.
 */
void
trip_place_source_find_async (TripPlaceSource     *self,
                              TripPlaceQuery      *query,
                              TripPlaceFoundFunc   found,
                              gpointer             found_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (TRIP_IS_PLACE_SOURCE (self));

  TRIP_PLACE_SOURCE_GET_IFACE (self)->find_async (self, query, found, found_data, cancellable, callback, user_data);
}

/**
 * trip_place_source_find_finish:
 * @self: a source
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type TripPlaceMatch): one match a name, in the order asked
 */
GPtrArray *
trip_place_source_find_finish (TripPlaceSource  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (TRIP_IS_PLACE_SOURCE (self), NULL);

  return TRIP_PLACE_SOURCE_GET_IFACE (self)->find_finish (self, result, error);
}
