/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A stream of events. libsoup has one piece at a time: the next is handed over when the last is out, so a slow client makes
 * nothing pile up here.
 */
#include "http/trip-http-events.h"

#include "http/trip-http-reply.h"
#include "relay/trip-journal-note.h"
#include "relay/trip-source.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  TripHttpClient *client;
  TripJobHub *hub;
  TripHttpEventsTimes times;
  GCancellable *cancellable;
  TripJournalReader *reader;
  GSource *heartbeat_source;
  gulong wrote_handler;
  gboolean has_position;
  gint64 epoch;
  guint64 after_seq;
  gboolean busy;
  gboolean over;
  gboolean quiet;
  gboolean abandoned;
  gboolean gone;
} Stream;

static void
stream_free (Stream *self)
{
  g_clear_pointer (&self->reader, trip_journal_reader_free);
  trip_source_clear (&self->heartbeat_source);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hub);
  g_free (self);
}

static SoupServerMessage *
get_message (Stream *self)
{
  return trip_http_client_get_message (self->client);
}

/* The connection is gone, and the client with it; a search that is under way frees the rest. */
static void
stream_abandon (gpointer user_data)
{
  Stream *self = user_data;

  g_clear_signal_handler (&self->wrote_handler, get_message (self));
  self->client = NULL;
  if (self->reader == NULL && !self->over)
    {
      self->abandoned = TRUE;
      g_cancellable_cancel (self->cancellable);
      return;
    }
  stream_free (self);
}

static void
push (Stream *self,
      GString *text)
{
  g_autoptr(GBytes) bytes = g_string_free_to_bytes (text);

  self->busy = TRUE;
  self->quiet = FALSE;
  trip_http_client_set_deadline (self->client, self->times.stall_timeout_ms);
  soup_message_body_append_bytes (soup_server_message_get_response_body (get_message (self)), bytes);
  soup_server_message_unpause (get_message (self));
}

/* libsoup lets go of the message once it cannot write to the ended connection; that abandons the stream. */
static void
write_into_the_void (Stream *self)
{
  push (self, g_string_new (":\n\n"));
}

static void
client_left_cb (gpointer user_data)
{
  Stream *self = user_data;

  self->gone = TRUE;
  trip_http_client_cut (self->client);
  /* Before the stream has begun this is the reply's head, which cannot be written either. */
  if (self->reader == NULL)
    soup_server_message_unpause (get_message (self));
  else if (!self->busy)
    write_into_the_void (self);
}

static void
append_event (GString    *text,
              const char *type,
              gint64      epoch,
              guint64     seq,
              GBytes     *data)
{
  if (seq > 0)
    g_string_append_printf (text, "id: %" G_GINT64_FORMAT ":%" G_GUINT64_FORMAT "\n", epoch, seq);
  g_string_append_printf (text, "event: %s\ndata: ", type);
  g_string_append_len (text, g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data));
  g_string_append (text, "\n\n");
}

static void
end (Stream *self)
{
  Stream *over = self;

  over->over = TRUE;
  g_clear_signal_handler (&over->wrote_handler, get_message (over));
  trip_source_clear (&over->heartbeat_source);
  soup_message_body_complete (soup_server_message_get_response_body (get_message (over)));
  trip_http_client_end_work (over->client, over->times.stall_timeout_ms);
  stream_free (over);
}

/* All that is there goes in one piece. */
static void
pump (Stream *self)
{
  TripJobJournal *journal = trip_journal_reader_get_journal (self->reader);
  const TripJournalEntry *entry;
  gsize limit = 64 * 1024;
  GString *text;

  if (self->busy || self->gone || !trip_job_journal_is_open (journal))
    return;
  if (self->over)
    {
      end (self);
      return;
    }
  entry = trip_journal_reader_peek (self->reader);
  if (entry == NULL)
    return;
  text = g_string_new (NULL);
  for (; entry != NULL && text->len < limit && !self->over; entry = trip_journal_reader_peek (self->reader))
    {
      append_event (text, trip_event_kind_to_string (entry->kind), trip_job_journal_get_epoch (journal), entry->seq,
                    trip_journal_entry_get_text (entry));
      self->over = trip_journal_entry_is_terminal (entry);
      trip_journal_reader_next (self->reader);
    }
  push (self, text);
}

static void
on_wake (gpointer user_data)
{
  pump (user_data);
}

static void
on_wrote_chunk (SoupServerMessage *message,
                gpointer           user_data)
{
  Stream *self = user_data;

  self->busy = FALSE;
  trip_http_client_set_deadline (self->client, 0);
  if (self->gone)
    write_into_the_void (self);
  else
    pump (self);
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  Stream *self = user_data;
  TripJobJournal *journal = trip_journal_reader_get_journal (self->reader);

  if (self->quiet && !self->busy && !self->over && !self->gone)
    {
      g_autoptr(GBytes) text = trip_journal_note_heartbeat (journal, NULL);
      GString *event = g_string_new (NULL);

      append_event (event, "heartbeat", 0, 0, text);
      push (self, event);
    }
  self->quiet = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
begin (Stream         *self,
       TripJobJournal *journal)
{
  SoupServerMessage *message = get_message (self);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GString *text = g_string_new ("retry: 1000\n\n");
  gboolean gap = (self->has_position && self->epoch >= 0 && self->epoch != trip_job_journal_get_epoch (journal)) ||
                 !trip_job_journal_has_after (journal, self->after_seq);

  trip_http_reply_begin_stream (message, "text/event-stream; charset=utf-8");
  soup_message_headers_replace (headers, "Trip-Job-Id", trip_job_journal_get_id (journal));
  if (gap)
    {
      g_autoptr(GBytes) note = trip_journal_note_gap (journal, NULL);

      self->after_seq = trip_job_journal_get_snapshot_seq (journal);
      append_event (text, "gap", trip_job_journal_get_epoch (journal), self->after_seq, note);
    }
  self->reader = trip_journal_reader_new (journal, self->after_seq, on_wake, self);
  self->wrote_handler = g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), self);
  self->heartbeat_source = g_timeout_source_new (self->times.heartbeat_ms);
  g_source_set_callback (self->heartbeat_source, heartbeat_cb, self, NULL);
  g_source_attach (self->heartbeat_source, g_main_context_get_thread_default ());
  push (self, text);
}

static void
found_job_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Stream *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJobJournal) journal = trip_job_hub_find_finish (TRIP_JOB_HUB (source), result, &error);

  if (self->abandoned)
    {
      stream_free (self);
      return;
    }
  if (journal == NULL)
    {
      trip_http_reply_error (get_message (self), error);
    }
  else if (self->has_position && trip_job_journal_is_ended (journal) &&
           (self->epoch < 0 || self->epoch == trip_job_journal_get_epoch (journal)) &&
           self->after_seq == trip_job_journal_get_last_seq (journal))
    {
      /* A client that has it all asks again out of habit; this is how it is told to stop. */
      trip_http_reply_empty (get_message (self), SOUP_STATUS_NO_CONTENT);
    }
  else
    {
      begin (self, journal);
      return;
    }
  trip_http_client_end_work (self->client, self->times.stall_timeout_ms);
  stream_free (self);
}

static gboolean
read_position (Stream            *self,
               SoupServerMessage *message,
               GError           **error)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Last-Event-ID");
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *colon;
  g_autofree char *epoch = NULL;
  guint64 number = 0;

  self->epoch = -1;
  if (header != NULL && *header != '\0')
    {
      colon = strchr (header, ':');
      epoch = colon != NULL ? g_strndup (header, (gsize) (colon - header)) : NULL;
      if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXINT64, &self->after_seq, NULL))
        {
          g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("Last-Event-ID must be epoch:seq"));
          return FALSE;
        }
      self->has_position = TRUE;
      /* What is no number is an epoch all the same: another one than ours. */
      self->epoch = g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT64, &number, NULL) ? (gint64) number : 0;
      return TRUE;
    }
  if (query == NULL || *query == '\0')
    return TRUE;
  if (!g_str_has_prefix (query, "after_seq=") ||
      !g_ascii_string_to_unsigned (query + strlen ("after_seq="), 10, 0, G_MAXINT64, &self->after_seq, NULL))
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("The query must be after_seq and a number"));
      return FALSE;
    }
  self->has_position = TRUE;
  return TRUE;
}

/**
 * trip_http_events_serve:
 * @client: a client whose request is complete
 * @hub: where jobs are found
 * @job_id: which one, from the peer
 * @principal: who asks
 * @times: times of the stream
 *
 * Sends the events of the job after the one that the request names in `Last-Event-ID`, or in the query as `after_seq`, then
 * those that come, and ends with the job.
 */
void
trip_http_events_serve (TripHttpClient            *client,
                        TripJobHub                *hub,
                        const char                *job_id,
                        const char                *principal,
                        const TripHttpEventsTimes *times)
{
  Stream *self = g_new0 (Stream, 1);
  g_autoptr(GError) error = NULL;

  self->client = client;
  self->hub = g_object_ref (hub);
  self->times = *times;
  self->cancellable = g_cancellable_new ();
  if (!read_position (self, trip_http_client_get_message (client), &error))
    {
      trip_http_reply_error (trip_http_client_get_message (client), error);
      stream_free (self);
      return;
    }
  trip_http_client_begin_work (client, client_left_cb, self, stream_abandon);
  trip_job_hub_find_async (hub, job_id, principal, self->cancellable, found_job_cb, self);
}
