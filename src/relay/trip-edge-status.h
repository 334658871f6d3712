/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What each error code is called on the web edge: its HTTP status, its WebSocket close code, whether trying again helps.
 * One table, beside that of trip/model/trip-error.h.
 */
#pragma once

#include "trip/model/trip-error.h"

G_BEGIN_DECLS

/**
 * TRIP_EDGE_CLOSE_HELLO_TIMEOUT:
 *
 * Close code for a client that had to say who it is and did not in time.
 */
#define TRIP_EDGE_CLOSE_HELLO_TIMEOUT 4408

/**
 * TRIP_EDGE_CLOSE_SLOW:
 *
 * Close code for a client that reads too slowly.
 */
#define TRIP_EDGE_CLOSE_SLOW 4430

/**
 * TripEdgeStatus:
 * @http: HTTP status
 * @close: WebSocket close code, 0 where the connection stays open
 * @retryable: the same request may succeed later
 */
typedef struct {
  guint http;
  guint close;
  gboolean retryable;
} TripEdgeStatus;

const TripEdgeStatus *trip_edge_status (TripError code);

G_END_DECLS
