/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client. libsoup does not look at the socket while a message is paused, so a client that hangs up would have its
 * work done to the end: here the socket is peeked at for its end of file.
 */
#include "http/trip-http-client.h"

#include "relay/trip-source.h"

#include <sys/socket.h>

struct _TripHttpClient {
  TripHttpStream *stream;
  SoupServerMessage *message;
  gint64 deadline;
  GByteArray *body;
  gsize body_bytes;
  GSource *leave_source;
  TripHttpLeftFunc left;
  gpointer work;
  GDestroyNotify abandon;
};

static GSocket *
get_socket (TripHttpClient *self)
{
  return g_socket_connection_get_socket (trip_http_stream_get_connection (self->stream));
}

/**
 * trip_http_client_new:
 * @stream: its connection
 * @message: its request and reply
 *
 * Returns: (transfer full): a client of which nothing is known yet
 */
TripHttpClient *
trip_http_client_new (TripHttpStream    *stream,
                      SoupServerMessage *message)
{
  TripHttpClient *self = g_new0 (TripHttpClient, 1);

  self->stream = g_object_ref (stream);
  self->message = g_object_ref (message);
  return self;
}

/**
 * trip_http_client_free:
 * @self: (transfer full): a client
 *
 * Forgets it; work that still goes on for it is abandoned.
 */
void
trip_http_client_free (TripHttpClient *self)
{
  trip_source_clear (&self->leave_source);
  if (self->work != NULL)
    self->abandon (g_steal_pointer (&self->work));
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_object_unref (self->message);
  g_object_unref (self->stream);
  g_free (self);
}

/**
 * trip_http_client_get_message:
 * @self: a client
 *
 * Returns: (transfer none): its request and reply
 */
SoupServerMessage *
trip_http_client_get_message (TripHttpClient *self)
{
  return self->message;
}

/**
 * trip_http_client_get_stream:
 * @self: a client
 *
 * Returns: (transfer none): its connection
 */
TripHttpStream *
trip_http_client_get_stream (TripHttpClient *self)
{
  return self->stream;
}

/**
 * trip_http_client_set_deadline:
 * @self: a client
 * @milliseconds: how long its present phase may take from now; 0 for ever
 *
 * Sets the time that trip_http_client_is_overdue() compares with.
 */
void
trip_http_client_set_deadline (TripHttpClient *self,
                               guint           milliseconds)
{
  self->deadline = milliseconds > 0 ? g_get_monotonic_time () + milliseconds * (gint64) 1000 : 0;
}

/**
 * trip_http_client_is_overdue:
 * @self: a client
 * @now: monotonic time, microseconds
 *
 * Returns: whether its time is over
 */
gboolean
trip_http_client_is_overdue (TripHttpClient *self,
                             gint64          now)
{
  return self->deadline > 0 && now >= self->deadline;
}

/**
 * trip_http_client_cut:
 * @self: a client
 *
 * Ends the connection in both directions; libsoup finds it ended and lets go of it.
 */
void
trip_http_client_cut (TripHttpClient *self)
{
  self->deadline = 0;
  g_socket_shutdown (get_socket (self), TRUE, TRUE, NULL);
}

/**
 * trip_http_client_add_body:
 * @self: a client
 * @chunk: the next piece of its request's body
 * @max_bytes: largest body
 * @keep: whether the body is wanted; else it is only counted
 *
 * Returns: whether the body is still within the limit
 */
gboolean
trip_http_client_add_body (TripHttpClient *self,
                           GBytes         *chunk,
                           gsize           max_bytes,
                           gboolean        keep)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (chunk, &size);

  if (size > max_bytes - self->body_bytes)
    {
      g_clear_pointer (&self->body, g_byte_array_unref);
      return FALSE;
    }
  self->body_bytes += size;
  if (keep)
    {
      if (self->body == NULL)
        self->body = g_byte_array_new ();
      g_byte_array_append (self->body, bytes, (guint) size);
    }
  return TRUE;
}

/**
 * trip_http_client_steal_body:
 * @self: a client
 *
 * Returns: (transfer full): the body that was kept, which the client then has no more
 */
GBytes *
trip_http_client_steal_body (TripHttpClient *self)
{
  if (self->body == NULL)
    return g_bytes_new_static ("", 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
}

static gboolean
on_socket_event (GSocket      *socket,
                 GIOCondition  condition,
                 gpointer      user_data)
{
  TripHttpClient *self = user_data;
  char byte;
  gssize n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  if (n > 0)
    {
      /* Bytes beyond the request: they hide the end of file, so from now on only a hang-up tells. */
      trip_source_clear (&self->leave_source);
      self->leave_source = g_socket_create_source (socket, G_IO_HUP | G_IO_ERR, NULL);
      g_source_set_callback (self->leave_source, G_SOURCE_FUNC (on_socket_event), self, NULL);
      g_source_attach (self->leave_source, g_main_context_get_thread_default ());
      if ((condition & (G_IO_HUP | G_IO_ERR)) == 0)
        return G_SOURCE_CONTINUE;
    }
  else if (n < 0 && (condition & (G_IO_HUP | G_IO_ERR)) == 0)
    {
      return G_SOURCE_CONTINUE;
    }
  trip_source_clear (&self->leave_source);
  self->left (self->work);
  return G_SOURCE_CONTINUE;
}

/**
 * trip_http_client_is_in_work:
 * @self: a client
 *
 * Returns: whether its reply is being worked on
 */
gboolean
trip_http_client_is_in_work (TripHttpClient *self)
{
  return self->work != NULL;
}

/**
 * trip_http_client_begin_work:
 * @self: a client whose request is complete
 * @left: called when the client hangs up meanwhile
 * @work: what is done for it, data for @left and @abandon
 * @abandon: called when the connection ends before trip_http_client_end_work()
 *
 * Holds the reply back until trip_http_client_end_work(). The work has no deadline here.
 */
void
trip_http_client_begin_work (TripHttpClient   *self,
                             TripHttpLeftFunc  left,
                             gpointer          work,
                             GDestroyNotify    abandon)
{
  g_return_if_fail (self->work == NULL);

  self->left = left;
  self->work = work;
  self->abandon = abandon;
  trip_http_client_set_deadline (self, 0);
  soup_server_message_pause (self->message);
  self->leave_source = g_socket_create_source (get_socket (self), G_IO_IN, NULL);
  g_source_set_callback (self->leave_source, G_SOURCE_FUNC (on_socket_event), self, NULL);
  g_source_attach (self->leave_source, g_main_context_get_thread_default ());
}

/**
 * trip_http_client_end_work:
 * @self: a client in work
 * @reply_milliseconds: how long it may take to receive the reply
 *
 * Lets the reply go that was set on the message.
 */
void
trip_http_client_end_work (TripHttpClient *self,
                           guint           reply_milliseconds)
{
  trip_source_clear (&self->leave_source);
  self->work = NULL;
  trip_http_client_set_deadline (self, reply_milliseconds);
  soup_server_message_unpause (self->message);
}
