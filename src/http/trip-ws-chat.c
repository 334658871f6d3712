/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A chat. One job at a time; what arrives meanwhile waits unread in a short queue and, beyond that, in the peer's own
 * socket, so a flood costs the flooder. Requests are read when their turn comes: an error then stands where its answer
 * would.
 */
#include "http/trip-ws-chat.h"

#include "http/trip-ws-session.h"
#include "relay/trip-client-message.h"
#include "relay/trip-edge-status.h"
#include "relay/trip-event-encoder.h"

#include <glib/gi18n-lib.h>

enum {
  MAX_WAITING = 16,
};

typedef struct {
  GBytes *payload;
  gboolean is_binary;
} Waiting;

typedef struct {
  TripWsPeer *peer;
  const TripWsDoor *door;
  char *principal;
  gboolean was_spoken_to;
  TripJob *job;
  GQueue waiting;
  gsize waiting_bytes;
} TripWsChat;

static void serve_waiting (TripWsChat *self);

static void
waiting_free (Waiting *waiting)
{
  g_bytes_unref (waiting->payload);
  g_free (waiting);
}

static void
send_error (TripWsChat   *self,
            const GError *error)
{
  g_autoptr(GBytes) text = trip_error_encode_v1 (error);

  trip_ws_peer_send_text (self->peer, text);
}

static void
job_event_cb (TripJob         *job,
              const TripEvent *event,
              gpointer         user_data)
{
  TripWsChat *self = user_data;
  g_autoptr(TripWsPeer) keep = g_object_ref (self->peer);
  g_autoptr(GBytes) text = trip_event_encode_v1 (event);
  gboolean is_last = trip_event_is_terminal (event);

  if (is_last)
    g_clear_object (&self->job);
  if (text != NULL)
    trip_ws_peer_send_text (self->peer, text);
  /* Sending can have ended the connection, and with it this chat's right to start more. */
  if (is_last && trip_ws_peer_is_open (keep))
    serve_waiting (self);
}

static void
start_request (TripWsChat    *self,
               const Waiting *waiting)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TripRequest) request = NULL;
  guint retry_after_ms;

  if (waiting->is_binary)
    g_set_error_literal (&error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE,
                         _("Binary messages are not understood; send the request as a text message"));
  else
    request = trip_request_parse (waiting->payload, self->door->max_request_bytes, self->door->max_message_bytes, &error);
  if (!trip_http_guard_is_valid (self->door->guard, self->principal))
    {
      /* Its token was revoked since. */
      trip_ws_peer_close (self->peer, (guint16) trip_edge_status (TRIP_ERROR_UNAUTHENTICATED)->close, "unauthenticated");
      return;
    }
  if (request != NULL && !trip_http_guard_take (self->door->guard, self->principal, &retry_after_ms))
    g_set_error_literal (&error, TRIP_ERROR, TRIP_ERROR_RATE_LIMITED, _("Too many requests; try again later"));
  else if (request != NULL)
    self->job = trip_job_router_run (self->door->router, request, job_event_cb, self, &error);
  if (error != NULL)
    send_error (self, error);
}

static gboolean
has_room (TripWsChat *self)
{
  return self->waiting.length < MAX_WAITING && self->waiting_bytes < self->door->max_request_bytes;
}

static void
serve_waiting (TripWsChat *self)
{
  while (self->job == NULL && !g_queue_is_empty (&self->waiting) &&
         trip_ws_peer_is_open (self->peer) && !trip_ws_peer_is_pressed (self->peer))
    {
      Waiting *waiting = g_queue_pop_head (&self->waiting);

      self->waiting_bytes -= g_bytes_get_size (waiting->payload);
      start_request (self, waiting);
      waiting_free (waiting);
    }
  trip_ws_peer_set_held (self->peer, !has_room (self));
}

static void
chat_free (TripWsChat *self)
{
  g_signal_handlers_disconnect_by_data (self->peer, self);
  g_object_unref (self->peer);
  g_free (self->principal);
  g_free (self);
}

/* The first message asks for version 2. */
static void
hand_over (TripWsChat *self,
           GBytes     *hello)
{
  g_autoptr(TripWsPeer) peer = g_object_ref (self->peer);
  g_autofree char *principal = g_strdup (self->principal);
  const TripWsDoor *door = self->door;

  chat_free (self);
  trip_ws_session_serve (peer, door, principal, hello);
}

static void
on_message (TripWsPeer *peer,
            GBytes     *payload,
            gboolean    is_binary,
            gpointer    user_data)
{
  TripWsChat *self = user_data;
  Waiting *waiting;

  if (!self->was_spoken_to && !is_binary && trip_client_message_is_hello (payload))
    {
      hand_over (self, payload);
      return;
    }
  self->was_spoken_to = TRUE;
  waiting = g_new (Waiting, 1);
  waiting->payload = g_bytes_ref (payload);
  waiting->is_binary = is_binary;
  g_queue_push_tail (&self->waiting, waiting);
  self->waiting_bytes += g_bytes_get_size (payload);
  serve_waiting (self);
}

static void
on_pressure (TripWsPeer *peer,
             gboolean    is_pressed,
             gpointer    user_data)
{
  if (!is_pressed)
    serve_waiting (user_data);
}

static void
on_closing (TripWsPeer *peer,
            gpointer    user_data)
{
  TripWsChat *self = user_data;
  g_autoptr(TripJob) job = g_steal_pointer (&self->job);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_free);
  self->waiting_bytes = 0;
  /* v1 keeps nothing for a client that has left. */
  if (job != NULL)
    trip_job_router_drop (self->door->router, job);
}

static void
on_closed (TripWsPeer *peer,
           gpointer    user_data)
{
  chat_free (user_data);
}

/**
 * trip_ws_chat_serve:
 * @peer: a peer that has not been started
 * @door: what all conversations share
 * @principal: who it is
 *
 * Starts the peer and answers its requests until it is closed, or its first message turns out to be the `hello` of
 * version 2. A job whose client leaves is cancelled.
 */
void
trip_ws_chat_serve (TripWsPeer       *peer,
                    const TripWsDoor *door,
                    const char       *principal)
{
  TripWsChat *self;

  g_return_if_fail (TRIP_IS_WS_PEER (peer));

  self = g_new0 (TripWsChat, 1);
  self->peer = g_object_ref (peer);
  self->door = door;
  self->principal = g_strdup (principal);
  g_queue_init (&self->waiting);
  g_signal_connect (peer, "message", G_CALLBACK (on_message), self);
  g_signal_connect (peer, "pressure", G_CALLBACK (on_pressure), self);
  g_signal_connect (peer, "closing", G_CALLBACK (on_closing), self);
  g_signal_connect (peer, "closed", G_CALLBACK (on_closed), self);
  trip_ws_peer_start (peer);
}
