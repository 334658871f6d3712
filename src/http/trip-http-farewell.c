/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The farewell: write the reply, end our direction, then read away what the peer still sends. Closing a socket with
 * unread bytes resets the connection, and many clients would report the reset instead of the reply. Bounded in bytes
 * and time.
 */
#include "http/trip-http-farewell.h"

#include "http/trip-source.h"

enum {
  TIME_LIMIT_MS = 5000,
  DRAIN_MAX_BYTES = 16 * 1024 * 1024,
  DRAIN_PER_TURN = 64 * 1024,
};

struct _TripHttpFarewell {
  GSocketConnection *connection;
  GBytes *reply;
  gsize written;
  gsize drained;
  GSource *io_source;
  GSource *time_source;
  TripHttpFarewellFunc done;
  gpointer user_data;
};

static void
finish (TripHttpFarewell *self)
{
  TripHttpFarewellFunc done = self->done;
  gpointer user_data = self->user_data;

  trip_source_clear (&self->io_source);
  trip_source_clear (&self->time_source);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->connection);
  g_bytes_unref (self->reply);
  g_free (self);
  done (user_data);
}

static gboolean
time_out_cb (gpointer user_data)
{
  finish (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_readable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  TripHttpFarewell *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *buffer = g_malloc (DRAIN_PER_TURN);
  gssize n = g_socket_receive_with_blocking (socket, buffer, DRAIN_PER_TURN, FALSE, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n > 0)
    self->drained += (gsize) n;
  if (n <= 0 || self->drained > DRAIN_MAX_BYTES)
    finish (self);
  return G_SOURCE_CONTINUE;
}

static void
watch (TripHttpFarewell  *self,
       GIOCondition       condition,
       GSocketSourceFunc  func)
{
  trip_source_clear (&self->io_source);
  self->io_source = g_socket_create_source (g_socket_connection_get_socket (self->connection), condition, NULL);
  g_source_set_callback (self->io_source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (self->io_source, g_main_context_get_thread_default ());
}

static gboolean
on_writable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  TripHttpFarewell *self = user_data;
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (self->reply, &size);
  gssize n = g_socket_send_with_blocking (socket, text + self->written, size - self->written, FALSE, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n < 0)
    {
      finish (self);
      return G_SOURCE_CONTINUE;
    }
  self->written += (gsize) n;
  if (self->written == size)
    {
      g_socket_shutdown (socket, FALSE, TRUE, NULL);
      watch (self, G_IO_IN, on_readable);
    }
  return G_SOURCE_CONTINUE;
}

/**
 * trip_http_farewell_start:
 * @connection: a connection that nobody else reads or writes any more
 * @reply: all that is left to say
 * @done: called when the connection is closed, from the main loop or trip_http_farewell_abort()
 * @user_data: data for @done
 *
 * Says it and closes the connection.
 *
 * Returns: (transfer none): the farewell, valid until @done is called
 */
TripHttpFarewell *
trip_http_farewell_start (GSocketConnection    *connection,
                          GBytes               *reply,
                          TripHttpFarewellFunc  done,
                          gpointer              user_data)
{
  TripHttpFarewell *self = g_new0 (TripHttpFarewell, 1);

  self->connection = g_object_ref (connection);
  self->reply = g_bytes_ref (reply);
  self->done = done;
  self->user_data = user_data;
  self->time_source = g_timeout_source_new (TIME_LIMIT_MS);
  g_source_set_callback (self->time_source, time_out_cb, self, NULL);
  g_source_attach (self->time_source, g_main_context_get_thread_default ());
  watch (self, G_IO_OUT, on_writable);
  return self;
}

/**
 * trip_http_farewell_abort:
 * @self: a farewell
 *
 * Cuts it short.
 */
void
trip_http_farewell_abort (TripHttpFarewell *self)
{
  g_return_if_fail (self != NULL);

  finish (self);
}
