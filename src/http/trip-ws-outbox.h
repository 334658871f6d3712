/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames on their way out: counted, and written many at a time. Knows a link; not who reads it, nor when to write.
 */
#pragma once

#include "http/trip-ws-frame.h"
#include "http/trip-link.h"

G_BEGIN_DECLS

/**
 * TripWsOutbox:
 * @frames: the frames, oldest first
 * @n_bytes: bytes that wait
 * @head_done: bytes of the oldest frame that are out already
 * @progress_at: monotonic time, microseconds, at which bytes last left, or began to wait
 *
 * The frames that a peer has still to take. Its members are for reading; the functions keep them.
 */
typedef struct {
  GQueue frames;
  gsize n_bytes;
  gsize head_done;
  gint64 progress_at;
} TripWsOutbox;

void            trip_ws_outbox_init        (TripWsOutbox           *self);
void            trip_ws_outbox_clear       (TripWsOutbox           *self);
gboolean        trip_ws_outbox_is_empty    (const TripWsOutbox     *self);
void            trip_ws_outbox_push        (TripWsOutbox           *self,
                                            TripWsOpcode            opcode,
                                            GBytes                 *payload);
void            trip_ws_outbox_drop_unsent (TripWsOutbox           *self);
GPollableReturn trip_ws_outbox_write       (TripWsOutbox           *self,
                                            TripLink             *link);

G_END_DECLS
