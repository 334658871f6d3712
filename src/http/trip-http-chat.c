/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A request over REST: the job's events are only waited for; its end is the reply.
 */
#include "http/trip-http-chat.h"

#include "http/trip-http-reply.h"
#include "relay/trip-event-encoder.h"

typedef struct {
  TripHttpClient *client;
  TripJobRouter *router;
  TripJob *job;
  guint reply_milliseconds;
} TripHttpChat;

static void
chat_free (TripHttpChat *self)
{
  g_object_unref (self->router);
  g_clear_object (&self->job);
  g_free (self);
}

static void
chat_abandon (gpointer user_data)
{
  TripHttpChat *self = user_data;

  trip_job_router_drop (self->router, self->job);
  chat_free (self);
}

static void
client_left_cb (gpointer user_data)
{
  TripHttpChat *self = user_data;
  TripHttpClient *client = self->client;

  trip_job_router_drop (self->router, self->job);
  chat_free (self);
  /* Writing to the ended connection is how libsoup learns of its end. */
  trip_http_client_cut (client);
  trip_http_reply_status (trip_http_client_get_message (client), SOUP_STATUS_SERVICE_UNAVAILABLE,
                          "the client has left");
  trip_http_client_end_work (client, 1);
}

static void
job_event_cb (TripJob         *job,
              const TripEvent *event,
              gpointer         user_data)
{
  TripHttpChat *self = user_data;
  TripHttpClient *client = self->client;
  g_autoptr(GBytes) json = NULL;
  guint status, reply_milliseconds = self->reply_milliseconds;

  if (!trip_event_is_terminal (event))
    return;
  json = trip_job_encode_rest (job, &status);
  trip_http_reply_json (trip_http_client_get_message (client), status, json);
  chat_free (self);
  trip_http_client_end_work (client, reply_milliseconds);
}

/**
 * trip_http_chat_serve:
 * @client: a client whose request is complete
 * @router: where to run the job
 * @max_request_bytes: largest request
 * @max_message_bytes: longest `message` in it
 * @reply_milliseconds: how long the client may take to receive the reply
 *
 * Answers the request in the client's body. The job is cancelled when the client leaves.
 */
void
trip_http_chat_serve (TripHttpClient *client,
                      TripJobRouter  *router,
                      gsize           max_request_bytes,
                      gsize           max_message_bytes,
                      guint           reply_milliseconds)
{
  g_autoptr(GBytes) body = trip_http_client_steal_body (client);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripRequest) request = NULL;
  TripHttpChat *self;

  request = trip_request_parse (body, max_request_bytes, max_message_bytes, &error);
  if (request == NULL)
    {
      trip_http_reply_error (trip_http_client_get_message (client), error);
      return;
    }

  self = g_new0 (TripHttpChat, 1);
  self->client = client;
  self->router = g_object_ref (router);
  self->reply_milliseconds = reply_milliseconds;
  self->job = trip_job_router_run (router, request, job_event_cb, self, &error);
  if (self->job == NULL)
    {
      trip_http_reply_error (trip_http_client_get_message (client), error);
      chat_free (self);
      return;
    }
  trip_http_client_begin_work (client, client_left_cb, self, chat_abandon);
}
