/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What all WebSocket peers share: limits, the buffer they read into, one flush a turn of the main loop, one clock.
 * Knows no protocol above the frame.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripWsLimits:
 * @max_message_bytes: longest message over all its fragments
 * @read_budget: most bytes read from one peer in one turn of the main loop
 * @low_mark: queued bytes below which a peer is read again
 * @high_mark: queued bytes above which a peer is under pressure and not read any more
 * @hard_limit: queued bytes above which a peer is closed
 * @ping_interval_ms: how often a peer is pinged; it has as long again to answer
 * @stall_timeout_ms: how long a peer may take none of the bytes queued for it
 * @close_timeout_ms: how long a closing handshake may take
 *
 * Limits of one engine.
 */
typedef struct {
  gsize max_message_bytes;
  gsize read_budget;
  gsize low_mark;
  gsize high_mark;
  gsize hard_limit;
  guint ping_interval_ms;
  guint stall_timeout_ms;
  guint close_timeout_ms;
} TripWsLimits;

#define TRIP_TYPE_WS_ENGINE (trip_ws_engine_get_type ())
G_DECLARE_FINAL_TYPE (TripWsEngine, trip_ws_engine, TRIP, WS_ENGINE, GObject)

TripWsEngine *trip_ws_engine_new         (void);
TripWsLimits *trip_ws_engine_get_limits  (TripWsEngine  *self);
guint         trip_ws_engine_get_n_peers (TripWsEngine  *self);
void          trip_ws_engine_close_all   (TripWsEngine  *self,
                                          guint16        code,
                                          const char    *reason);
void          trip_ws_engine_abort_all   (TripWsEngine  *self);

G_END_DECLS
