/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The messages of version 2: every one names its job, epoch, number and time. Encoded once; a reply is the same message with
 * the question's `id` added for one reader.
 */
#pragma once

#include "trip/pipeline/trip-event.h"

G_BEGIN_DECLS

/**
 * TripEnvelope:
 * @type: what it is
 * @job_id: (nullable): which job
 * @epoch: of the numbers, 0 without a job
 * @seq: number of the event; of the last one before, where the message is none
 * @time_us: when, microseconds of wall-clock time since 1970; 0 for now
 * @reply_to: (nullable): `id` of the message that this answers, JSON text
 * @message: (nullable): words for people
 * @data: (nullable): what it says, JSON text
 *
 * What a message of version 2 is made of.
 */
typedef struct {
  const char *type;
  const char *job_id;
  gint64 epoch;
  guint64 seq;
  gint64 time_us;
  GBytes *reply_to;
  const char *message;
  GBytes *data;
} TripEnvelope;

GBytes *trip_envelope_encode       (const TripEnvelope *self);
GBytes *trip_envelope_encode_event (const TripEvent    *event,
                                    const char         *job_id,
                                    gint64              epoch);
GBytes *trip_envelope_encode_error (const GError       *error,
                                    GBytes             *reply_to,
                                    guint               retry_after_ms);
GBytes *trip_envelope_add_reply_to (GBytes             *text,
                                    GBytes             *reply_to);

G_END_DECLS
