/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One job over REST: what it has found so far, and its cancellation.
 */
#pragma once

#include "http/trip-http-client.h"
#include "relay/trip-job-hub.h"

G_BEGIN_DECLS

void trip_http_job_serve (TripHttpClient *client,
                          TripJobHub     *hub,
                          const char     *job_id,
                          const char     *principal,
                          guint           reply_milliseconds);

G_END_DECLS
