/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Events as the text that crosses the edge. Knows JSON and no transport.
 */
#pragma once

#include "trip/pipeline/trip-job.h"

G_BEGIN_DECLS

GBytes *trip_event_encode_v1        (const TripEvent *event);
GBytes *trip_event_encode_line      (const TripEvent *event);
GBytes *trip_error_encode_v1        (const GError    *error);
GBytes *trip_job_encode_answer      (TripJob         *job);
GBytes *trip_job_encode_rest        (TripJob         *job,
                                     guint           *out_http_status);
GBytes *trip_error_encode_rest      (const GError    *error,
                                     guint           *out_http_status);

G_END_DECLS
