/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What all WebSocket conversations of a server share: where jobs are run, what messages may measure, who may speak.
 */
#pragma once

#include "http/trip-http-guard.h"
#include "relay/trip-job-hub.h"

G_BEGIN_DECLS

/**
 * TripWsDoor:
 * @router: where jobs of version 1 are run
 * @hub: where jobs of version 2 are run
 * @guard: who may speak, and how often
 * @max_request_bytes: largest request
 * @max_message_bytes: longest `message` in it
 * @max_jobs: most jobs that one connection of version 2 may watch at once
 * @heartbeat_ms: how often a job without events is told to be alive
 * @hello_timeout_ms: how long a client that has to say who it is may take
 *
 * Belongs to the server, which outlives the conversations.
 */
typedef struct {
  TripJobRouter *router;
  TripJobHub *hub;
  TripHttpGuard *guard;
  gsize max_request_bytes;
  gsize max_message_bytes;
  guint max_jobs;
  guint heartbeat_ms;
  guint hello_timeout_ms;
} TripWsDoor;

G_END_DECLS
