/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `POST /chat`: one request, one answer when all stages are complete.
 */
#pragma once

#include "http/trip-http-client.h"
#include "http/trip-job-router.h"

G_BEGIN_DECLS

void trip_http_chat_serve (TripHttpClient *client,
                           TripJobRouter  *router,
                           gsize           max_request_bytes,
                           gsize           max_message_bytes,
                           guint           reply_milliseconds);

G_END_DECLS
