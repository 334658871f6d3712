/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What libsoup gets instead of a connection: the same bytes, after a look at the head, and a connection that stays
 * open when it is taken back.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRIP_TYPE_HTTP_STREAM (trip_http_stream_get_type ())
G_DECLARE_FINAL_TYPE (TripHttpStream, trip_http_stream, TRIP, HTTP_STREAM, GIOStream)

TripHttpStream    *trip_http_stream_new            (GSocketConnection *connection,
                                                    GTlsCertificate   *certificate);
GSocketConnection *trip_http_stream_get_connection (TripHttpStream    *self);
GIOStream         *trip_http_stream_steal          (TripHttpStream    *self);
const GError      *trip_http_stream_get_refusal    (TripHttpStream    *self);

G_END_DECLS
