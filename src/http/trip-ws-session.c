/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A session. What it watches are places in journals, not queues: a peer that reads slowly delays itself, and what it has not
 * taken costs nothing until it lags too far behind.
 */
#include "http/trip-ws-session.h"

#include "relay/trip-client-message.h"
#include "relay/trip-edge-status.h"
#include "relay/trip-envelope.h"
#include "relay/trip-journal-note.h"
#include "relay/trip-source.h"
#include "trip/json/trip-json-builder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  /* Requests over the rate that are answered with an error before the connection is closed for it. */
  PATIENCE = 32,
  /* Cancellations of one job that wait for its end. */
  CANCELS_MAX = 64,
};

typedef enum {
  GREETING_NONE,
  GREETING_ACCEPTED,
  GREETING_RESUMED,
  GREETING_GAP,
} Greeting;

typedef struct _Session Session;

/* A job that the client watches, or whose end one of its messages waits for. */
typedef struct {
  Session *session;
  TripJournalReader *reader;
  Greeting greeting;
  GBytes *reply_to;
  guint64 after_seq;
  GQueue cancel_ids;
  gboolean end_only;
  gboolean behind;
  gboolean quiet;
} Watch;

struct _Session {
  TripWsPeer *peer;
  const TripWsDoor *door;
  char *principal;
  GCancellable *cancellable;
  GHashTable *watches;
  GPtrArray *ends;
  guint n_over_rate;
  GSource *heartbeat_source;
  GSource *hello_source;
  gint refs;
};

/* A job that is looked for, and why. */
typedef struct {
  Session *session;
  TripClientMessage *message;
} Search;

static void
session_unref (Session *self)
{
  if (--self->refs > 0)
    return;
  g_hash_table_unref (self->watches);
  g_ptr_array_unref (self->ends);
  g_object_unref (self->cancellable);
  g_object_unref (self->peer);
  g_free (self->principal);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Session, session_unref)

static Session *
session_ref (Session *self)
{
  self->refs++;
  return self;
}

static gboolean
is_open (Session *self)
{
  return trip_ws_peer_is_open (self->peer);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  trip_journal_reader_free (watch->reader);
  g_clear_pointer (&watch->reply_to, g_bytes_unref);
  g_queue_clear_full (&watch->cancel_ids, (GDestroyNotify) g_bytes_unref);
  g_free (watch);
}

static void
send_error (Session      *self,
            const GError *error,
            GBytes       *reply_to,
            guint         retry_after_ms)
{
  g_autoptr(GBytes) text = trip_envelope_encode_error (error, reply_to, retry_after_ms);

  trip_ws_peer_send_text (self->peer, text);
}

static void
close_for (Session    *self,
           TripError   code,
           const char *reason)
{
  trip_ws_peer_close (self->peer, (guint16) trip_edge_status (code)->close, reason);
}

static void
send_heartbeat (Session        *self,
                TripJobJournal *journal,
                GBytes         *reply_to)
{
  g_autoptr(GBytes) text = trip_journal_note_heartbeat (journal, reply_to);

  trip_ws_peer_send_text (self->peer, text);
}

static void
greet (Watch *watch)
{
  TripJobJournal *journal = trip_journal_reader_get_journal (watch->reader);
  g_autoptr(GBytes) reply_to = g_steal_pointer (&watch->reply_to);
  g_autoptr(GBytes) text = NULL;

  text = watch->greeting == GREETING_ACCEPTED  ? trip_journal_note_accepted (journal, reply_to)
         : watch->greeting == GREETING_RESUMED ? trip_journal_note_resumed (journal, watch->after_seq, reply_to)
                                               : trip_journal_note_gap (journal, reply_to);
  watch->greeting = GREETING_NONE;
  trip_ws_peer_send_text (watch->session->peer, text);
}

/* The end of a job goes to each message that asked for it, and once where none did. */
static void
send_end (Watch                  *watch,
          const TripJournalEntry *entry)
{
  Session *self = watch->session;

  if (g_queue_is_empty (&watch->cancel_ids) && !watch->end_only)
    trip_ws_peer_send_text (self->peer, trip_journal_entry_get_text (entry));
  while (!g_queue_is_empty (&watch->cancel_ids))
    {
      g_autoptr(GBytes) id = g_queue_pop_head (&watch->cancel_ids);
      g_autoptr(GBytes) text = g_bytes_get_size (id) > 0 ? trip_envelope_add_reply_to (trip_journal_entry_get_text (entry), id)
                                                         : g_bytes_ref (trip_journal_entry_get_text (entry));

      trip_ws_peer_send_text (self->peer, text);
    }
}

static void update_heartbeat (Session *self);

static void
end_watch (Watch *watch)
{
  Session *self = watch->session;

  if (watch->end_only)
    g_ptr_array_remove_fast (self->ends, watch);
  else
    g_hash_table_remove (self->watches, trip_job_journal_get_id (trip_journal_reader_get_journal (watch->reader)));
  update_heartbeat (self);
}

/* Sends what the peer takes. The watch may be gone after it. */
static void
pump (Watch *watch)
{
  g_autoptr(Session) self = session_ref (watch->session);
  const TripJournalEntry *entry;

  if (!trip_job_journal_is_open (trip_journal_reader_get_journal (watch->reader)) || !is_open (self))
    return;
  if (trip_ws_peer_is_pressed (self->peer))
    {
      watch->behind = TRUE;
      return;
    }
  watch->quiet = FALSE;
  if (watch->greeting != GREETING_NONE)
    greet (watch);
  while (is_open (self) && !trip_ws_peer_is_pressed (self->peer) && (entry = trip_journal_reader_peek (watch->reader)) != NULL)
    {
      if (watch->behind)
        {
          trip_journal_reader_skip_progress (watch->reader);
          entry = trip_journal_reader_peek (watch->reader);
        }
      trip_journal_reader_next (watch->reader);
      if (trip_journal_entry_is_terminal (entry))
        {
          send_end (watch, entry);
          if (is_open (self))
            end_watch (watch);
          return;
        }
      if (!watch->end_only)
        trip_ws_peer_send_text (self->peer, trip_journal_entry_get_text (entry));
    }
  if (is_open (self) && !trip_ws_peer_is_pressed (self->peer))
    watch->behind = FALSE;
}

static gsize
sum_lag (Session *self)
{
  GHashTableIter iter;
  gpointer watch;
  gsize lag = 0;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    lag += trip_journal_reader_get_lag (((Watch *) watch)->reader);
  return lag;
}

static void
on_wake (gpointer user_data)
{
  Watch *watch = user_data;
  Session *self = watch->session;

  if (trip_ws_peer_is_pressed (self->peer) && sum_lag (self) > trip_ws_peer_get_hard_limit (self->peer))
    trip_ws_peer_close_slow (self->peer);
  else
    pump (watch);
}

static void
pump_all (Session *self)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  /* Pumping changes the table. */
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  for (guint i = 0; i < ids->len && is_open (self); i++)
    {
      Watch *watch = g_hash_table_lookup (self->watches, g_ptr_array_index (ids, i));

      if (watch != NULL)
        pump (watch);
    }
  for (guint i = self->ends->len; i > 0 && is_open (self); i--)
    {
      if (i <= self->ends->len)
        pump (g_ptr_array_index (self->ends, i - 1));
    }
}

static Watch *
watch_new (Session        *self,
           TripJobJournal *journal,
           guint64         after_seq)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->session = self;
  watch->after_seq = after_seq;
  watch->quiet = TRUE;
  g_queue_init (&watch->cancel_ids);
  watch->reader = trip_journal_reader_new (journal, after_seq, on_wake, watch);
  return watch;
}

static void
watch_job (Session        *self,
           TripJobJournal *journal,
           Greeting        greeting,
           guint64         after_seq,
           GBytes         *reply_to)
{
  Watch *watch = watch_new (self, journal, after_seq);

  watch->greeting = greeting;
  watch->reply_to = reply_to != NULL ? g_bytes_ref (reply_to) : NULL;
  g_hash_table_replace (self->watches, (gpointer) trip_job_journal_get_id (journal), watch);
  update_heartbeat (self);
  pump (watch);
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  g_autoptr(Session) self = session_ref (user_data);
  GHashTableIter iter;
  gpointer value;

  if (trip_ws_peer_is_pressed (self->peer))
    return G_SOURCE_CONTINUE;
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Watch *watch = value;
      TripJobJournal *journal = trip_journal_reader_get_journal (watch->reader);

      /* Sending only queues, so the table stays as it is. */
      if (watch->quiet && trip_job_journal_is_open (journal) && is_open (self))
        send_heartbeat (self, journal, NULL);
      watch->quiet = TRUE;
      if (!is_open (self))
        break;
    }
  return G_SOURCE_CONTINUE;
}

/* The clock runs only while something is watched. */
static void
update_heartbeat (Session *self)
{
  gboolean wanted = g_hash_table_size (self->watches) > 0;

  if (wanted == (self->heartbeat_source != NULL))
    return;
  trip_source_clear (&self->heartbeat_source);
  if (!wanted)
    return;
  self->heartbeat_source = g_timeout_source_new (self->door->heartbeat_ms);
  g_source_set_static_name (self->heartbeat_source, "trip-ws-session-heartbeat");
  g_source_set_callback (self->heartbeat_source, heartbeat_cb, self, NULL);
  g_source_attach (self->heartbeat_source, g_main_context_get_thread_default ());
}

static gboolean
has_room (Session  *self,
          GError  **error)
{
  if (g_hash_table_size (self->watches) + self->ends->len < self->door->max_jobs)
    return TRUE;
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_BUSY, _("A connection may watch %u jobs at once; wait for one to end"),
               self->door->max_jobs);
  return FALSE;
}

static gboolean
may_start (Session  *self,
           guint    *out_retry_after_ms,
           GError  **error)
{
  *out_retry_after_ms = 0;
  if (!has_room (self, error))
    return FALSE;
  if (trip_http_guard_take (self->door->guard, self->principal, out_retry_after_ms))
    {
      self->n_over_rate = 0;
      return TRUE;
    }
  self->n_over_rate++;
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_RATE_LIMITED, _("Too many requests; try again later"));
  return FALSE;
}

static void
serve_chat (Session                 *self,
            const TripClientMessage *message)
{
  g_autoptr(TripJobJournal) journal = NULL;
  g_autoptr(GError) error = NULL;
  guint retry_after_ms = 0;

  if (may_start (self, &retry_after_ms, &error))
    journal = trip_job_hub_start (self->door->hub,
                                  &(TripJobWish) { message->request, message->text, self->principal, message->linger_s,
                                                  g_hash_table_size (self->watches) },
                                  &error);
  if (journal != NULL)
    watch_job (self, journal, GREETING_ACCEPTED, 0, message->id);
  else
    send_error (self, error, message->id, retry_after_ms);
  if (self->n_over_rate > PATIENCE)
    close_for (self, TRIP_ERROR_RATE_LIMITED, "too many requests");
}

static void
answer_resume (Session                 *self,
               const TripClientMessage *message,
               TripJobJournal          *journal)
{
  gboolean is_ours = message->kind == TRIP_CLIENT_MESSAGE_SUBSCRIBE || message->epoch == trip_job_journal_get_epoch (journal);

  if (is_ours && trip_job_journal_has_after (journal, message->after_seq))
    watch_job (self, journal, GREETING_RESUMED, message->after_seq, message->id);
  else
    watch_job (self, journal, GREETING_GAP, trip_job_journal_get_snapshot_seq (journal), message->id);
}

static void
answer_cancel (Session                 *self,
               const TripClientMessage *message,
               TripJobJournal          *journal)
{
  guint64 last_seq = trip_job_journal_get_last_seq (journal);
  Watch *watch = g_hash_table_lookup (self->watches, message->job_id);
  GBytes *id = message->id != NULL ? g_bytes_ref (message->id) : g_bytes_new_static ("", 0);

  if (watch != NULL && watch->cancel_ids.length >= CANCELS_MAX)
    {
      g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_BUSY, _("The job is being cancelled already"));

      g_bytes_unref (id);
      send_error (self, error, message->id, 0);
      return;
    }
  if (watch == NULL)
    {
      watch = watch_new (self, journal, trip_job_journal_is_ended (journal) ? last_seq - 1 : last_seq);
      watch->end_only = TRUE;
      g_ptr_array_add (self->ends, watch);
    }
  g_queue_push_tail (&watch->cancel_ids, id);
  trip_job_hub_cancel (self->door->hub, journal);
  if (trip_job_journal_is_ended (journal))
    pump (watch);
}

static void
found_job_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Search *search = user_data;
  g_autoptr(Session) self = search->session;
  g_autoptr(TripClientMessage) message = search->message;
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJobJournal) journal = trip_job_hub_find_finish (TRIP_JOB_HUB (source), result, &error);

  g_free (search);
  trip_ws_peer_set_held (self->peer, FALSE);
  if (!is_open (self))
    return;
  if (journal == NULL)
    send_error (self, error, message->id, 0);
  else if (message->kind == TRIP_CLIENT_MESSAGE_CANCEL)
    answer_cancel (self, message, journal);
  else
    answer_resume (self, message, journal);
}

/* One at a time: what the client says next may depend on it. */
static void
find_job (Session           *self,
          TripClientMessage *message)
{
  g_autoptr(GError) error = NULL;
  Search *search;

  if (!g_hash_table_contains (self->watches, message->job_id) && !has_room (self, &error))
    {
      send_error (self, error, message->id, 0);
      trip_client_message_free (message);
      return;
    }
  search = g_new (Search, 1);
  search->session = session_ref (self);
  search->message = message;
  trip_ws_peer_set_held (self->peer, TRUE);
  trip_job_hub_find_async (self->door->hub, message->job_id, self->principal, self->cancellable, found_job_cb, search);
}

static void
serve_unsubscribe (Session                 *self,
                   const TripClientMessage *message)
{
  Watch *watch = g_hash_table_lookup (self->watches, message->job_id);
  g_autoptr(TripJobJournal) journal = NULL;

  if (watch == NULL)
    {
      g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_JOB_NOT_FOUND,
                                                     _("This connection does not watch that job"));

      send_error (self, error, message->id, 0);
      return;
    }
  journal = g_object_ref (trip_journal_reader_get_journal (watch->reader));
  end_watch (watch);
  send_heartbeat (self, journal, message->id);
}

static void
send_hello (Session *self,
            GBytes  *id)
{
  static const char * const features[] = { "progress", "poi", "poi_images", "heartbeat", "resume" };
  g_autoptr(GBytes) data = NULL;
  g_autoptr(GBytes) text = NULL;
  TripJsonBuilder builder;
  TripEnvelope envelope = { .type = "hello", .reply_to = id };

  if (id == NULL)
    return;
  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_int (&builder, "v", TRIP_PROTOCOL_VERSION);
  trip_json_builder_begin_array (&builder, "features");
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    trip_json_builder_add_string (&builder, NULL, features[i]);
  trip_json_builder_end_array (&builder);
  trip_json_builder_end_object (&builder);
  data = trip_json_builder_end (&builder);
  envelope.data = data;
  text = trip_envelope_encode (&envelope);
  trip_ws_peer_send_text (self->peer, text);
}

static void
refuse_stranger (Session *self,
                 GBytes  *id)
{
  g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_UNAUTHENTICATED,
                                                 _("Say hello with a valid token first"));

  send_error (self, error, id, 0);
  close_for (self, TRIP_ERROR_UNAUTHENTICATED, "unauthenticated");
}

static void
serve_hello (Session                 *self,
             const TripClientMessage *message)
{
  if (self->principal == NULL && message->token != NULL)
    self->principal = trip_http_guard_dup_principal (self->door->guard, message->token);
  if (self->principal == NULL)
    {
      refuse_stranger (self, message->id);
      return;
    }
  trip_source_clear (&self->hello_source);
  send_hello (self, message->id);
}

static void
serve_message (Session           *self,
               TripClientMessage *message)
{
  g_autoptr(TripClientMessage) owned = message;

  if (message->kind == TRIP_CLIENT_MESSAGE_HELLO)
    serve_hello (self, message);
  else if (self->principal == NULL || !trip_http_guard_is_valid (self->door->guard, self->principal))
    refuse_stranger (self, message->id);
  else if (message->kind == TRIP_CLIENT_MESSAGE_CHAT)
    serve_chat (self, message);
  else if (message->kind == TRIP_CLIENT_MESSAGE_UNSUBSCRIBE)
    serve_unsubscribe (self, message);
  else
    find_job (self, g_steal_pointer (&owned));
}

static void
on_message (TripWsPeer *peer,
            GBytes     *payload,
            gboolean    is_binary,
            gpointer    user_data)
{
  g_autoptr(Session) self = session_ref (user_data);
  g_autoptr(GBytes) id = NULL;
  g_autoptr(GError) error = NULL;
  TripClientMessage *message = NULL;
  gboolean malformed = TRUE;

  if (is_binary)
    g_set_error_literal (&error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE,
                         _("Binary messages are not understood; send the request as a text message"));
  else
    message = trip_client_message_parse (payload, self->door->max_request_bytes, self->door->max_message_bytes, &id, &malformed,
                                         &error);
  if (message != NULL)
    {
      serve_message (self, message);
      return;
    }
  send_error (self, error, id, 0);
  if (malformed)
    close_for (self, TRIP_ERROR_INVALID_MESSAGE, "not a message of version 2");
}

static void
on_pressure (TripWsPeer *peer,
             gboolean    is_pressed,
             gpointer    user_data)
{
  g_autoptr(Session) self = session_ref (user_data);

  if (!is_pressed)
    pump_all (self);
}

static void
on_closing (TripWsPeer *peer,
            gpointer    user_data)
{
  Session *self = user_data;

  /* The jobs go on: the client may come back for them. */
  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->watches);
  g_ptr_array_set_size (self->ends, 0);
  trip_source_clear (&self->heartbeat_source);
  trip_source_clear (&self->hello_source);
}

static void
on_closed (TripWsPeer *peer,
           gpointer    user_data)
{
  Session *self = user_data;

  g_signal_handlers_disconnect_by_data (peer, self);
  session_unref (self);
}

static gboolean
hello_timeout_cb (gpointer user_data)
{
  Session *self = user_data;

  trip_source_clear (&self->hello_source);
  trip_ws_peer_close (self->peer, TRIP_EDGE_CLOSE_HELLO_TIMEOUT, "no hello");
  return G_SOURCE_REMOVE;
}

/**
 * trip_ws_session_serve:
 * @peer: a peer
 * @door: what all conversations share
 * @principal: (nullable): who it is; %NULL where it has to say so in its `hello`
 * @first: (nullable): a message that has arrived already, on a peer that is started; %NULL starts the peer
 *
 * Serves the peer until it is closed. Its jobs go on without it.
 */
void
trip_ws_session_serve (TripWsPeer       *peer,
                       const TripWsDoor *door,
                       const char       *principal,
                       GBytes           *first)
{
  Session *self;

  g_return_if_fail (TRIP_IS_WS_PEER (peer));

  self = g_new0 (Session, 1);
  self->refs = 1;
  self->peer = g_object_ref (peer);
  self->door = door;
  self->principal = g_strdup (principal);
  self->cancellable = g_cancellable_new ();
  self->watches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, watch_free);
  self->ends = g_ptr_array_new_with_free_func (watch_free);
  g_signal_connect (peer, "message", G_CALLBACK (on_message), self);
  g_signal_connect (peer, "pressure", G_CALLBACK (on_pressure), self);
  g_signal_connect (peer, "closing", G_CALLBACK (on_closing), self);
  g_signal_connect (peer, "closed", G_CALLBACK (on_closed), self);
  if (principal == NULL)
    {
      self->hello_source = g_timeout_source_new (door->hello_timeout_ms);
      g_source_set_callback (self->hello_source, hello_timeout_cb, self, NULL);
      g_source_attach (self->hello_source, g_main_context_get_thread_default ());
    }
  if (first != NULL)
    on_message (peer, first, FALSE, self);
  else
    trip_ws_peer_start (peer);
}
