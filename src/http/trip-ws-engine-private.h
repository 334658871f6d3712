/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a peer asks of its engine.
 */
#pragma once

#include "http/trip-epoll.h"
#include "http/trip-ws-engine.h"
#include "http/trip-ws-peer.h"

G_BEGIN_DECLS

void     trip_ws_engine_add_peer       (TripWsEngine *self,
                                        TripWsPeer   *peer);
void     trip_ws_engine_remove_peer    (TripWsEngine *self,
                                        TripWsPeer   *peer);
void     trip_ws_engine_schedule_flush (TripWsEngine *self,
                                        TripWsPeer   *peer);
guint8  *trip_ws_engine_get_buffer     (TripWsEngine *self);
TripEpoll *trip_ws_engine_get_epoll    (TripWsEngine *self);

void     trip_ws_peer_flush            (TripWsPeer   *self);
void     trip_ws_peer_tick             (TripWsPeer   *self,
                                        gint64        now);

G_END_DECLS
