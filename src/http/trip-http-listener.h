/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The listening socket: accepts connections and survives running out of descriptors. Knows nothing of HTTP.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRIP_TYPE_HTTP_LISTENER (trip_http_listener_get_type ())
G_DECLARE_FINAL_TYPE (TripHttpListener, trip_http_listener, TRIP, HTTP_LISTENER, GObject)

TripHttpListener *trip_http_listener_new        (GSocketAddress    *address,
                                                 GError           **error);
guint16           trip_http_listener_get_port   (TripHttpListener  *self);
void              trip_http_listener_set_paused (TripHttpListener  *self,
                                                 gboolean           paused);
void              trip_http_listener_close      (TripHttpListener  *self);

guint             trip_http_raise_descriptor_limit (void);

G_END_DECLS
