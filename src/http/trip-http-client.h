/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One HTTP connection with its one request: the body as far as it came, the time it has, whether its client is still
 * there. Knows no route.
 */
#pragma once

#include "http/trip-http-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TripHttpClient:
 *
 * A client between its connection and the end of its reply.
 */
typedef struct _TripHttpClient TripHttpClient;

/**
 * TripHttpLeftFunc:
 * @user_data: data given with the function
 *
 * Called when the client has hung up while its request was in work.
 */
typedef void (*TripHttpLeftFunc) (gpointer user_data);

TripHttpClient    *trip_http_client_new            (TripHttpStream    *stream,
                                                    SoupServerMessage *message);
void               trip_http_client_free           (TripHttpClient    *self);
SoupServerMessage *trip_http_client_get_message    (TripHttpClient    *self);
TripHttpStream    *trip_http_client_get_stream     (TripHttpClient    *self);

void               trip_http_client_set_deadline   (TripHttpClient    *self,
                                                    guint              milliseconds);
gboolean           trip_http_client_is_overdue     (TripHttpClient    *self,
                                                    gint64             now);
void               trip_http_client_cut            (TripHttpClient    *self);

gboolean           trip_http_client_add_body       (TripHttpClient    *self,
                                                    GBytes            *chunk,
                                                    gsize              max_bytes,
                                                    gboolean           keep);
GBytes            *trip_http_client_steal_body     (TripHttpClient    *self);

gboolean           trip_http_client_is_in_work     (TripHttpClient    *self);
void               trip_http_client_begin_work     (TripHttpClient    *self,
                                                    TripHttpLeftFunc   left,
                                                    gpointer           work,
                                                    GDestroyNotify     abandon);
void               trip_http_client_end_work       (TripHttpClient    *self,
                                                    guint              reply_milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripHttpClient, trip_http_client_free)

G_END_DECLS
