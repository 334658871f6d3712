/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * GET and DELETE of a job. A cancellation is answered when the job has ended, whichever way.
 */
#include "http/trip-http-job.h"

#include "http/trip-http-reply.h"
#include "trip/json/trip-json-builder.h"

#include <string.h>

typedef struct {
  TripHttpClient *client;
  TripJobHub *hub;
  GCancellable *cancellable;
  TripJournalReader *reader;
  guint reply_milliseconds;
} Question;

static void
question_free (Question *self)
{
  g_clear_pointer (&self->reader, trip_journal_reader_free);
  g_object_unref (self->cancellable);
  g_object_unref (self->hub);
  g_free (self);
}

static void
question_abandon (gpointer user_data)
{
  Question *self = user_data;

  self->client = NULL;
  if (self->reader != NULL)
    question_free (self);
  else
    g_cancellable_cancel (self->cancellable);
}

static void
client_left_cb (gpointer user_data)
{
  Question *self = user_data;

  trip_http_client_cut (self->client);
  soup_server_message_unpause (trip_http_client_get_message (self->client));
}

static void
reply (Question       *self,
       TripJobJournal *journal)
{
  g_autoptr(GBytes) snapshot = trip_job_journal_dup_snapshot (journal);
  gsize size;
  const char *bytes = g_bytes_get_data (snapshot, &size);
  TripHttpClient *client = self->client;
  guint reply_milliseconds = self->reply_milliseconds;
  g_autoptr(GBytes) members = g_bytes_new (bytes + 1, size - 2);
  g_autoptr(GBytes) json = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "job_id", trip_job_journal_get_id (journal));
  trip_json_builder_add_int (&builder, "epoch", trip_job_journal_get_epoch (journal));
  trip_json_builder_add_int (&builder, "last_seq", (gint64) trip_job_journal_get_last_seq (journal));
  trip_json_builder_add_members (&builder, members);
  trip_json_builder_end_object (&builder);
  json = trip_json_builder_end (&builder);
  trip_http_reply_json (trip_http_client_get_message (client), SOUP_STATUS_OK, json);
  question_free (self);
  trip_http_client_end_work (client, reply_milliseconds);
}

static void
on_wake (gpointer user_data)
{
  Question *self = user_data;
  g_autoptr(TripJobJournal) journal = g_object_ref (trip_journal_reader_get_journal (self->reader));

  if (trip_job_journal_is_ended (journal))
    reply (self, journal);
}

static void
found_job_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJobJournal) journal = trip_job_hub_find_finish (TRIP_JOB_HUB (source), result, &error);
  SoupServerMessage *message;

  if (self->client == NULL)
    {
      question_free (self);
      return;
    }
  message = trip_http_client_get_message (self->client);
  if (journal == NULL)
    {
      TripHttpClient *client = self->client;
      guint reply_milliseconds = self->reply_milliseconds;

      trip_http_reply_error (message, error);
      question_free (self);
      trip_http_client_end_work (client, reply_milliseconds);
      return;
    }
  if (soup_server_message_get_method (message) == SOUP_METHOD_DELETE && !trip_job_journal_is_ended (journal))
    {
      self->reader = trip_journal_reader_new (journal, trip_job_journal_get_last_seq (journal), on_wake, self);
      trip_job_hub_cancel (self->hub, journal);
      return;
    }
  reply (self, journal);
}

/**
 * trip_http_job_serve:
 * @client: a client whose request is complete, GET or DELETE
 * @hub: where jobs are found
 * @job_id: which one, from the peer
 * @principal: who asks
 * @reply_milliseconds: how long the client may take to receive the reply
 *
 * Replies with what the job has found; DELETE cancels it first, and is harmless where it has ended.
 */
void
trip_http_job_serve (TripHttpClient *client,
                     TripJobHub     *hub,
                     const char     *job_id,
                     const char     *principal,
                     guint           reply_milliseconds)
{
  Question *self = g_new0 (Question, 1);

  self->client = client;
  self->hub = g_object_ref (hub);
  self->cancellable = g_cancellable_new ();
  self->reply_milliseconds = reply_milliseconds;
  trip_http_client_begin_work (client, client_left_cb, self, question_abandon);
  trip_job_hub_find_async (hub, job_id, principal, self->cancellable, found_job_cb, self);
}
