/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The events of a job as a stream of Server-Sent Events.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
#pragma once

#include "http/trip-http-client.h"
#include "relay/trip-job-hub.h"

G_BEGIN_DECLS

/**
 * TripHttpEventsTimes:
 * @heartbeat_ms: how often a stream without events says that it is alive
 * @stall_timeout_ms: how long the client may take none of what it is sent
 *
 * Times of a stream, milliseconds.
 */
typedef struct {
  guint heartbeat_ms;
  guint stall_timeout_ms;
} TripHttpEventsTimes;

void trip_http_events_serve (TripHttpClient            *client,
                             TripJobHub                *hub,
                             const char                *job_id,
                             const char                *principal,
                             const TripHttpEventsTimes *times);

G_END_DECLS
