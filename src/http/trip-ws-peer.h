/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One WebSocket connection after its handshake: messages in, messages out, with limits in both directions. Knows
 * frames and a stream; not HTTP, not what the messages say.
 */
#pragma once

#include "http/trip-ws-engine.h"

G_BEGIN_DECLS

#define TRIP_TYPE_WS_PEER (trip_ws_peer_get_type ())
G_DECLARE_FINAL_TYPE (TripWsPeer, trip_ws_peer, TRIP, WS_PEER, GObject)

TripWsPeer *trip_ws_peer_new              (TripWsEngine  *engine,
                                           GIOStream     *stream,
                                           GBytes        *early_bytes);
TripWsPeer *trip_ws_peer_new_for_fd       (TripWsEngine  *engine,
                                           int            fd,
                                           GBytes        *early_bytes);
void        trip_ws_peer_start            (TripWsPeer    *self);
gboolean    trip_ws_peer_is_open          (TripWsPeer    *self);
gboolean    trip_ws_peer_is_pressed       (TripWsPeer    *self);
gsize       trip_ws_peer_get_queued_bytes (TripWsPeer    *self);
gsize       trip_ws_peer_get_hard_limit   (TripWsPeer    *self);
guint16     trip_ws_peer_get_close_code   (TripWsPeer    *self);
void        trip_ws_peer_send_text        (TripWsPeer    *self,
                                           GBytes        *text);
void        trip_ws_peer_set_held         (TripWsPeer    *self,
                                           gboolean       held);
void        trip_ws_peer_close            (TripWsPeer    *self,
                                           guint16        code,
                                           const char    *reason);
void        trip_ws_peer_close_slow       (TripWsPeer    *self);
void        trip_ws_peer_abort            (TripWsPeer    *self);

G_END_DECLS
