/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The v1 protocol on one WebSocket peer: requests in, the five messages out. Knows jobs and messages; not frames, not
 * sockets.
 */
#pragma once

#include "http/trip-ws-door.h"
#include "http/trip-ws-peer.h"

G_BEGIN_DECLS

void trip_ws_chat_serve (TripWsPeer       *peer,
                         const TripWsDoor *door,
                         const char       *principal);

G_END_DECLS
