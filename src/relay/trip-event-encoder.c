/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Events as v1 messages, as lines of a script, and as the one answer of REST.
 */
#include "relay/trip-event-encoder.h"

#include "relay/trip-edge-status.h"
#include "trip/json/trip-json-builder.h"
#include "trip/model/trip-intent.h"

#include <glib/gi18n-lib.h>

static GBytes *
encode_error (const char *message)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "type", "error");
  trip_json_builder_add_string (&builder, "message", message);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/**
 * trip_event_encode_v1:
 * @event: an event
 *
 * Returns: (transfer full) (nullable): the message of the contract's section 1; %NULL where v1 has none for it
 */
GBytes *
trip_event_encode_v1 (const TripEvent *event)
{
  switch (event->kind)
    {
    case TRIP_EVENT_INTENTS:
    case TRIP_EVENT_POIS:
    case TRIP_EVENT_REQUIREMENTS:
    case TRIP_EVENT_PLAN:
    case TRIP_EVENT_DONE:
      return g_bytes_ref (event->message);
    case TRIP_EVENT_ERROR:
      return encode_error (event->error->message);
    case TRIP_EVENT_CANCELLED:
      return encode_error (_("The request was cancelled"));
    case TRIP_EVENT_PROGRESS:
    case TRIP_EVENT_POI:
    case TRIP_EVENT_POI_IMAGES:
    default:
      return NULL;
    }
}

/**
 * trip_event_encode_line:
 * @event: an event
 *
 * Returns: (transfer full): any event as one JSON object with `type`, `seq` and `data` or `message`, for scripts that read
 *   lines
 */
GBytes *
trip_event_encode_line (const TripEvent *event)
{
  g_autoptr(GBytes) data = trip_event_dup_data (event);
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "type", trip_event_kind_to_string (event->kind));
  trip_json_builder_add_int (&builder, "seq", (gint64) event->seq);
  if (data != NULL)
    trip_json_builder_add_raw (&builder, "data", data);
  if (event->error != NULL)
    {
      trip_json_builder_add_string (&builder, "message", event->error->message);
      trip_json_builder_add_string (&builder, "code", trip_error_code_to_string ((TripError) event->error->code));
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/**
 * trip_error_encode_v1:
 * @error: an error of [error@Error]
 *
 * Returns: (transfer full): the v1 message `{"type":"error","message":…}`
 */
GBytes *
trip_error_encode_v1 (const GError *error)
{
  return encode_error (error->message);
}

static void
add_stage (TripJsonBuilder *builder,
           GPtrArray       *events,
           TripEventKind    kind)
{
  for (guint i = 0; i < events->len; i++)
    {
      const TripEvent *event = g_ptr_array_index (events, i);

      if (event->kind == kind)
        {
          trip_json_builder_add_raw (builder, trip_event_kind_to_string (kind), event->data);
          return;
        }
    }
}

/**
 * trip_job_encode_answer:
 * @job: a job that is done
 *
 * Returns: (transfer full): `{"intents","pois","requirements","plan"}`, assembled from what the stages encoded
 */
GBytes *
trip_job_encode_answer (TripJob *job)
{
  static const TripEventKind stages[] = { TRIP_EVENT_INTENTS, TRIP_EVENT_POIS, TRIP_EVENT_REQUIREMENTS, TRIP_EVENT_PLAN };
  g_autoptr(GPtrArray) events = trip_job_dup_events (job, 0);
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    add_stage (&builder, events, stages[i]);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/* The contract's answer where the interpreter failed twice: a kind word, and the client's state as it was. */
static GBytes *
encode_unchanged_state (TripRequest *request)
{
  g_autoptr(TripIntent) intent = trip_intent_new (TRIP_INTENT_GENERAL_RESPONSE, TRIP_ACTION_ADD, "We're working on it.");
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_begin_array (&builder, "intents");
  trip_intent_write (intent, &builder);
  trip_json_builder_end_array (&builder);
  trip_json_builder_begin_array (&builder, "pois");
  for (guint i = 0; i < request->pois->len; i++)
    trip_poi_write (g_ptr_array_index (request->pois, i), NULL, &builder);
  trip_json_builder_end_array (&builder);
  trip_json_builder_begin_array (&builder, "requirements");
  for (guint i = 0; i < request->requirements->len; i++)
    trip_requirement_write (g_ptr_array_index (request->requirements, i), &builder);
  trip_json_builder_end_array (&builder);
  trip_json_builder_begin_array (&builder, "plan");
  for (guint i = 0; i < request->plan->len; i++)
    trip_plan_option_write (g_ptr_array_index (request->plan, i), &builder);
  trip_json_builder_end_array (&builder);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static GBytes *
encode_failure (const char   *what,
                const GError *error)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "error", what);
  trip_json_builder_add_string (&builder, "details", error->message);
  trip_json_builder_add_string (&builder, "code", trip_error_code_to_string ((TripError) error->code));
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/* Named after the stage that had not answered yet, as v1 clients know them. */
static const char *
failed_stage (TripJob *job)
{
  if (trip_job_get_intents (job) == NULL)
    return "intent_request_failed";
  if (trip_job_get_pois (job) == NULL)
    return "poi_request_failed";
  return "plan_request_failed";
}

/**
 * trip_job_encode_rest:
 * @job: a job that has ended
 * @out_http_status: (out): the status to send with it
 *
 * Returns: (transfer full): the REST body: the answer, or what failed
 */
GBytes *
trip_job_encode_rest (TripJob *job,
                      guint   *out_http_status)
{
  const GError *error = trip_job_get_error (job);

  *out_http_status = 200;
  if (trip_job_get_state (job) == TRIP_JOB_DONE)
    return trip_job_encode_answer (job);
  if (trip_job_is_intent_refusal (job))
    return encode_unchanged_state (trip_job_get_request (job));
  if (error == NULL)
    {
      g_autoptr(GError) cancelled = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_INTERNAL, _("The request was cancelled"));

      *out_http_status = 503;
      return encode_failure ("cancelled", cancelled);
    }
  *out_http_status = trip_edge_status ((TripError) error->code)->http;
  return encode_failure (failed_stage (job), error);
}

/**
 * trip_error_encode_rest:
 * @error: an error of [error@Error]
 * @out_http_status: (out): the status to send with it
 *
 * Returns: (transfer full): `{"error":…}` with the message, for a request that never became a job
 */
GBytes *
trip_error_encode_rest (const GError *error,
                        guint        *out_http_status)
{
  TripJsonBuilder builder;

  *out_http_status = trip_edge_status ((TripError) error->code)->http;
  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "error", error->message);
  trip_json_builder_add_string (&builder, "code", trip_error_code_to_string ((TripError) error->code));
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}
