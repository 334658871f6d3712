/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The web edge: REST, the page, and the hand-over of upgraded connections to the WebSocket engine.
 */
#pragma once

#include "http/trip-http-guard.h"
#include "relay/trip-job-hub.h"

G_BEGIN_DECLS

#define TRIP_TYPE_HTTP_SERVER (trip_http_server_get_type ())
G_DECLARE_FINAL_TYPE (TripHttpServer, trip_http_server, TRIP, HTTP_SERVER, GObject)

TripHttpServer *trip_http_server_new       (TripOrchestrator    *orchestrator,
                                            TripJobHub          *hub);
void            trip_http_server_set_guard (TripHttpServer      *self,
                                            TripHttpGuard       *guard);
void            trip_http_server_set_certificate (TripHttpServer *self,
                                            GTlsCertificate     *certificate);
gboolean        trip_http_server_listen    (TripHttpServer      *self,
                                            const char          *address,
                                            guint16              port,
                                            GError             **error);
guint16         trip_http_server_get_port  (TripHttpServer      *self);
void            trip_http_server_stop_async  (TripHttpServer      *self,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean        trip_http_server_stop_finish (TripHttpServer      *self,
                                              GAsyncResult        *result,
                                              GError             **error);

G_END_DECLS
