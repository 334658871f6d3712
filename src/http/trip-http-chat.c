/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A request over REST: the job's events are only waited for; its end is the reply. A client that prefers not to wait gets the
 * job's name instead.
 */
#include "http/trip-http-chat.h"

#include "http/trip-http-reply.h"
#include "relay/trip-event-encoder.h"
#include "trip/json/trip-json-builder.h"

#include <string.h>

typedef struct {
  TripHttpClient *client;
  TripJobHub *hub;
  TripJournalReader *reader;
  gboolean is_async;
  guint reply_milliseconds;
} TripHttpChat;

static void
chat_free (TripHttpChat *self)
{
  g_clear_pointer (&self->reader, trip_journal_reader_free);
  g_object_unref (self->hub);
  g_free (self);
}

static void
cancel_job (TripHttpChat *self)
{
  if (!self->is_async)
    trip_job_hub_cancel (self->hub, trip_journal_reader_get_journal (self->reader));
}

static void
chat_abandon (gpointer user_data)
{
  TripHttpChat *self = user_data;

  cancel_job (self);
  chat_free (self);
}

static void
client_left_cb (gpointer user_data)
{
  TripHttpChat *self = user_data;
  TripHttpClient *client = self->client;

  cancel_job (self);
  chat_free (self);
  /* Writing to the ended connection is how libsoup learns of its end. */
  trip_http_client_cut (client);
  trip_http_reply_status (trip_http_client_get_message (client), SOUP_STATUS_SERVICE_UNAVAILABLE,
                          "the client has left");
  trip_http_client_end_work (client, 1);
}

static void
reply_name (TripHttpChat   *self,
            TripJobJournal *journal)
{
  SoupServerMessage *message = trip_http_client_get_message (self->client);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *path = g_strdup_printf ("/jobs/%s", trip_job_journal_get_id (journal));
  g_autofree char *events = g_strconcat (path, "/events", NULL);
  g_autoptr(GBytes) json = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "job_id", trip_job_journal_get_id (journal));
  trip_json_builder_add_int (&builder, "epoch", trip_job_journal_get_epoch (journal));
  trip_json_builder_add_string (&builder, "events", events);
  trip_json_builder_end_object (&builder);
  json = trip_json_builder_end (&builder);
  trip_http_reply_json (message, SOUP_STATUS_ACCEPTED, json);
  soup_message_headers_replace (headers, "Location", path);
  soup_message_headers_replace (headers, "Preference-Applied", "respond-async");
}

static void
on_wake (gpointer user_data)
{
  TripHttpChat *self = user_data;
  TripHttpClient *client = self->client;
  SoupServerMessage *message = trip_http_client_get_message (client);
  TripJobJournal *journal = trip_journal_reader_get_journal (self->reader);
  guint reply_milliseconds = self->reply_milliseconds;

  if (!trip_job_journal_is_open (journal) || (!self->is_async && !trip_job_journal_is_ended (journal)))
    return;
  if (self->is_async)
    {
      reply_name (self, journal);
    }
  else
    {
      guint status;
      g_autoptr(GBytes) json = trip_job_encode_rest (trip_job_hub_get_job (self->hub, journal), &status);

      trip_http_reply_json (message, status, json);
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Trip-Job-Id",
                                trip_job_journal_get_id (journal));
  chat_free (self);
  trip_http_client_end_work (client, reply_milliseconds);
}

/* RFC 7240. */
static gboolean
prefers_async (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Prefer");
  g_auto(GStrv) wishes = g_strsplit (header != NULL ? header : "", ",", -1);

  for (gsize i = 0; wishes[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (g_strstrip (wishes[i]), "respond-async") == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_http_chat_serve:
 * @client: a client whose request is complete
 * @hub: where to run the job
 * @principal: who asks
 * @limits: what the request may measure
 *
 * Answers the request in the client's body. The job is cancelled when the client leaves, unless it asked not to wait.
 */
void
trip_http_chat_serve (TripHttpClient           *client,
                      TripJobHub               *hub,
                      const char               *principal,
                      const TripHttpChatLimits *limits)
{
  g_autoptr(GBytes) body = trip_http_client_steal_body (client);
  SoupServerMessage *message = trip_http_client_get_message (client);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripRequest) request = NULL;
  g_autoptr(TripJobJournal) journal = NULL;
  TripHttpChat *self;

  request = trip_request_parse (body, limits->max_request_bytes, limits->max_message_bytes, &error);
  if (request != NULL)
    journal = trip_job_hub_start (hub, &(TripJobWish) { request, body, principal, -1, 0 }, &error);
  if (journal == NULL)
    {
      trip_http_reply_error (message, error);
      return;
    }

  self = g_new0 (TripHttpChat, 1);
  self->client = client;
  self->hub = g_object_ref (hub);
  self->is_async = prefers_async (message);
  self->reply_milliseconds = limits->reply_milliseconds;
  self->reader = trip_journal_reader_new (journal, 0, on_wake, self);
  trip_http_client_begin_work (client, client_left_cb, self, chat_abandon);
  if (self->is_async)
    on_wake (self);
}
