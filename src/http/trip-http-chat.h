/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `POST /chat`: one request, one answer when all stages are complete.
 */
#pragma once

#include "http/trip-http-client.h"
#include "relay/trip-job-hub.h"

G_BEGIN_DECLS

/**
 * TripHttpChatLimits:
 * @max_request_bytes: largest request
 * @max_message_bytes: longest `message` in it
 * @reply_milliseconds: how long the client may take to receive the reply
 *
 * What a request may measure.
 */
typedef struct {
  gsize max_request_bytes;
  gsize max_message_bytes;
  guint reply_milliseconds;
} TripHttpChatLimits;

void trip_http_chat_serve (TripHttpClient           *client,
                           TripJobHub               *hub,
                           const char               *principal,
                           const TripHttpChatLimits *limits);

G_END_DECLS
