/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The v1 protocol on one WebSocket peer: requests in, the five messages out. Knows jobs and messages; not frames, not
 * sockets.
 */
#pragma once

#include "http/trip-job-router.h"
#include "http/trip-ws-peer.h"

G_BEGIN_DECLS

/**
 * TripWsChatLimits:
 * @max_request_bytes: largest request
 * @max_message_bytes: longest `message` in it
 *
 * What a request may measure.
 */
typedef struct {
  gsize max_request_bytes;
  gsize max_message_bytes;
} TripWsChatLimits;

void trip_ws_chat_serve (TripWsPeer             *peer,
                         TripJobRouter          *router,
                         const TripWsChatLimits *limits);

G_END_DECLS
