/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The WebSocket handshake of a client that makes it as all common ones do: checked and answered without libsoup, which takes
 * six times as long for it. Whatever is unusual or wrong about it is left to libsoup, so this never refuses anybody.
 *
 * https://www.rfc-editor.org/rfc/rfc6455#section-4.2
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TripWsHandshake:
 * @length: bytes of the request's head, the empty line included
 * @headers: its fields
 *
 * A handshake that has arrived whole.
 */
typedef struct {
  gsize length;
  SoupMessageHeaders *headers;
} TripWsHandshake;

gboolean trip_ws_handshake_read   (TripWsHandshake *self,
                                   const char      *bytes,
                                   gsize            length);
void     trip_ws_handshake_clear  (TripWsHandshake *self);
char    *trip_ws_handshake_answer (TripWsHandshake *self,
                                   const char      *protocol);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripWsHandshake, trip_ws_handshake_clear)

G_END_DECLS
