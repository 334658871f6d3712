/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The interface of image sources.
 */
#include "trip/pipeline/trip-image-source.h"

G_DEFINE_INTERFACE (TripImageSource, trip_image_source, G_TYPE_OBJECT)

static void
trip_image_source_default_init (TripImageSourceInterface *iface)
{
}

/**
 * trip_image_source_find_async:
 * @self: an image source
 * @pois: (element-type TripPoi): places to find pictures of
 * @found: called for each place as soon as its pictures are known, never after the callback
 * @found_data: data for @found
 * @cancellable: (nullable): to stop
 * @callback: called when all were looked for
 * @user_data: data for @callback
 *
 * Looks for pictures. May take long: the plan does not wait for it.
 */
void
trip_image_source_find_async (TripImageSource     *self,
                              GPtrArray           *pois,
                              TripImagesFoundFunc  found,
                              gpointer             found_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (TRIP_IS_IMAGE_SOURCE (self));

  TRIP_IMAGE_SOURCE_GET_IFACE (self)->find_async (self, pois, found, found_data, cancellable, callback, user_data);
}

/**
 * trip_image_source_find_finish:
 * @self: an image source
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the search went through; what was found before it failed was reported all the same
 */
gboolean
trip_image_source_find_finish (TripImageSource  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (TRIP_IS_IMAGE_SOURCE (self), FALSE);

  return TRIP_IMAGE_SOURCE_GET_IFACE (self)->find_finish (self, result, error);
}
