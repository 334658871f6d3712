/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service says of itself: that it is well, and whose data it carries.
 */
#pragma once

#include "http/trip-http-guard.h"
#include "relay/trip-metrics.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TripHttpVitals:
 * @metrics: what is counted about jobs
 * @n_connections: connections of all kinds
 * @n_sockets: WebSockets among them
 * @is_durable: whether jobs are stored on disk
 *
 * How the service is.
 */
typedef struct {
  TripMetrics *metrics;
  guint n_connections;
  guint n_sockets;
  gboolean is_durable;
} TripHttpVitals;

void trip_http_facts_reply_health  (SoupServerMessage    *message,
                                    const TripHttpVitals *vitals);
void trip_http_facts_reply_metrics (SoupServerMessage    *message,
                                    const TripHttpVitals *vitals);
void trip_http_facts_reply_about   (SoupServerMessage    *message);
void trip_http_facts_reply_ticket  (SoupServerMessage    *message,
                                    TripHttpGuard        *guard,
                                    const char           *principal);

G_END_DECLS
