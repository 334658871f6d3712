/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Envelopes.
 */
#include "relay/trip-envelope.h"

#include "relay/trip-edge-status.h"
#include "trip/json/trip-json-builder.h"

#include <string.h>
#include <time.h>

enum {
  TIME_BYTES = 32,
};

static void
format_time (char   *text,
             gsize   size,
             gint64  time_us)
{
  time_t seconds = (time_t) (time_us / G_USEC_PER_SEC);
  struct tm utc;
  gsize length;

  /* Not GDateTime, which takes as long as all the rest of an envelope. */
  gmtime_r (&seconds, &utc);
  length = strftime (text, size, "%Y-%m-%dT%H:%M:%S", &utc);
  g_snprintf (text + length, (gulong) (size - length), ".%03dZ", (int) (time_us % G_USEC_PER_SEC / 1000));
}

/**
 * trip_envelope_encode:
 * @self: a message
 *
 * Returns: (transfer full): its JSON text
 */
GBytes *
trip_envelope_encode (const TripEnvelope *self)
{
  TripJsonBuilder builder;
  char time[TIME_BYTES];

  format_time (time, sizeof time, self->time_us != 0 ? self->time_us : g_get_real_time ());
  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "type", self->type);
  if (self->job_id != NULL)
    trip_json_builder_add_string (&builder, "job_id", self->job_id);
  else
    trip_json_builder_add_null (&builder, "job_id");
  trip_json_builder_add_int (&builder, "epoch", self->epoch);
  trip_json_builder_add_int (&builder, "seq", (gint64) self->seq);
  trip_json_builder_add_string (&builder, "ts", time);
  if (self->reply_to != NULL)
    trip_json_builder_add_raw (&builder, "reply_to", self->reply_to);
  if (self->message != NULL)
    trip_json_builder_add_string (&builder, "message", self->message);
  if (self->data != NULL)
    trip_json_builder_add_raw (&builder, "data", self->data);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static GBytes *
encode_error_data (const GError *error,
                   const char   *stage,
                   guint         retry_after_ms)
{
  TripError code = (TripError) error->code;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "code", trip_error_code_to_string (code));
  trip_json_builder_add_boolean (&builder, "retryable", trip_edge_status (code)->retryable);
  if (stage != NULL)
    trip_json_builder_add_string (&builder, "stage", stage);
  if (retry_after_ms > 0)
    {
      trip_json_builder_begin_object (&builder, "details");
      trip_json_builder_add_int (&builder, "retry_after_ms", retry_after_ms);
      trip_json_builder_end_object (&builder);
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/**
 * trip_envelope_encode_event:
 * @event: a numbered event
 * @job_id: its job
 * @epoch: epoch of the job's numbers
 *
 * Returns: (transfer full): its message
 */
GBytes *
trip_envelope_encode_event (const TripEvent *event,
                            const char      *job_id,
                            gint64           epoch)
{
  g_autoptr(GBytes) data = event->error != NULL ? encode_error_data (event->error, event->stage, 0)
                                                : trip_event_dup_data (event);
  const TripEnvelope envelope = {
    .type = trip_event_kind_to_string (event->kind),
    .job_id = job_id,
    .epoch = epoch,
    .seq = event->seq,
    .time_us = event->time_us,
    .message = event->error != NULL ? event->error->message : NULL,
    .data = data,
  };

  return trip_envelope_encode (&envelope);
}

/**
 * trip_envelope_encode_error:
 * @error: an error of [error@Error]
 * @reply_to: (nullable): `id` of the message that it answers, JSON text
 * @retry_after_ms: when to try again, milliseconds from now; 0 to say nothing of it
 *
 * Returns: (transfer full): the message `error` for what never became a job
 */
GBytes *
trip_envelope_encode_error (const GError *error,
                            GBytes       *reply_to,
                            guint         retry_after_ms)
{
  g_autoptr(GBytes) data = encode_error_data (error, NULL, retry_after_ms);
  const TripEnvelope envelope = { .type = "error", .reply_to = reply_to, .message = error->message, .data = data };

  return trip_envelope_encode (&envelope);
}

/**
 * trip_envelope_add_reply_to:
 * @text: an encoded message
 * @reply_to: `id` of the message that it answers, JSON text
 *
 * Returns: (transfer full): the same message with `reply_to` as its last member
 */
GBytes *
trip_envelope_add_reply_to (GBytes *text,
                            GBytes *reply_to)
{
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);
  GString *copy = g_string_sized_new (length + g_bytes_get_size (reply_to) + 16);

  g_string_append_len (copy, bytes, (gssize) length - 1);
  g_string_append (copy, ",\"reply_to\":");
  g_string_append_len (copy, g_bytes_get_data (reply_to, NULL), (gssize) g_bytes_get_size (reply_to));
  g_string_append_c (copy, '}');
  return g_string_free_to_bytes (copy);
}
