/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the head of a request alone decides: who may ask, which paths there are and with which methods, what a body may
 * be. Sets the reply where the answer is no. Serves nothing itself.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TRIP_HTTP_PROTOCOL_V1:
 *
 * The WebSocket subprotocol for clients that have to name one.
 */
#define TRIP_HTTP_PROTOCOL_V1 "tripchat.v1"

/**
 * TRIP_HTTP_PROTOCOL_V2:
 *
 * The WebSocket subprotocol that opts in to version 2.
 */
#define TRIP_HTTP_PROTOCOL_V2 "tripchat.v2"

/**
 * TripHttpRoute:
 * @TRIP_HTTP_ROUTE_NONE: there is nothing
 * @TRIP_HTTP_ROUTE_PAGE: a file of the web page
 * @TRIP_HTTP_ROUTE_HEALTH: `/health`
 * @TRIP_HTTP_ROUTE_ABOUT: `/about`
 * @TRIP_HTTP_ROUTE_CHAT: `/chat`
 * @TRIP_HTTP_ROUTE_WEBSOCKET: `/ws/chat`
 * @TRIP_HTTP_ROUTE_JOB: `/jobs/ID`
 * @TRIP_HTTP_ROUTE_EVENTS: `/jobs/ID/events`
 * @TRIP_HTTP_ROUTE_METRICS: `/metrics`
 * @TRIP_HTTP_ROUTE_TICKET: `/ticket`
 *
 * Where a request goes.
 */
typedef enum {
  TRIP_HTTP_ROUTE_NONE,
  TRIP_HTTP_ROUTE_PAGE,
  TRIP_HTTP_ROUTE_HEALTH,
  TRIP_HTTP_ROUTE_ABOUT,
  TRIP_HTTP_ROUTE_CHAT,
  TRIP_HTTP_ROUTE_WEBSOCKET,
  TRIP_HTTP_ROUTE_JOB,
  TRIP_HTTP_ROUTE_EVENTS,
  TRIP_HTTP_ROUTE_METRICS,
  TRIP_HTTP_ROUTE_TICKET,
} TripHttpRoute;

TripHttpRoute trip_http_gate_get_route       (SoupServerMessage  *message);
char         *trip_http_gate_dup_job_id      (SoupServerMessage  *message);
gboolean      trip_http_gate_check           (SoupServerMessage  *message,
                                              const char * const *allowed_hosts,
                                              const char * const *allowed_origins);
const char   *trip_http_gate_get_protocol    (SoupMessageHeaders *headers);
gboolean      trip_http_gate_lets_in         (SoupMessageHeaders *headers,
                                              const char * const *allowed_hosts,
                                              const char * const *allowed_origins);
gboolean      trip_http_gate_check_handshake (SoupServerMessage  *message);

G_END_DECLS
