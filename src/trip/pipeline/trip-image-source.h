/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the pipeline asks of whoever finds pictures of places.
 */
#pragma once

#include "trip/model/trip-poi.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRIP_TYPE_IMAGE_SOURCE (trip_image_source_get_type ())
G_DECLARE_INTERFACE (TripImageSource, trip_image_source, TRIP, IMAGE_SOURCE, GObject)

/**
 * TripImagesFoundFunc:
 * @name: name of a place
 * @urls: (array zero-terminated=1): its pictures, best first
 * @user_data: data given with the function
 *
 * Called on the main thread when pictures of a place were found.
 */
typedef void (*TripImagesFoundFunc) (const char         *name,
                                     const char * const *urls,
                                     gpointer            user_data);

/**
 * TripImageSourceInterface:
 * @find_async: see trip_image_source_find_async()
 * @find_finish: see trip_image_source_find_finish()
 *
 * What an image source implements.
 */
struct _TripImageSourceInterface {
  GTypeInterface parent_iface;

  void     (*find_async)  (TripImageSource      *self,
                           GPtrArray            *pois,
                           TripImagesFoundFunc   found,
                           gpointer              found_data,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
  gboolean (*find_finish) (TripImageSource      *self,
                           GAsyncResult         *result,
                           GError              **error);
};

void     trip_image_source_find_async  (TripImageSource      *self,
                                        GPtrArray            *pois,
                                        TripImagesFoundFunc   found,
                                        gpointer              found_data,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean trip_image_source_find_finish (TripImageSource      *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
