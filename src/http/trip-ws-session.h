/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Version 2 of the protocol on one WebSocket peer: several jobs, each read from its journal as fast as the peer takes it.
 * Knows jobs and messages; not frames, not sockets.
 */
#pragma once

#include "http/trip-ws-door.h"
#include "http/trip-ws-peer.h"

G_BEGIN_DECLS

void trip_ws_session_serve (TripWsPeer       *peer,
                            const TripWsDoor *door,
                            const char       *principal,
                            GBytes           *first);

G_END_DECLS
