/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The farewell: write the reply, end our direction, then read away what the peer still sends. Closing a socket with
 * unread bytes resets the connection, and many clients would report the reset instead of the reply. Bounded in bytes
 * and time.
 */
#include "http/trip-http-farewell.h"

#include "http/trip-link.h"
#include "relay/trip-source.h"

enum {
  TIME_LIMIT_MS = 5000,
  DRAIN_MAX_BYTES = 16 * 1024 * 1024,
  DRAIN_PER_TURN = 64 * 1024,
};

struct _TripHttpFarewell {
  TripLink link;
  GBytes *reply;
  gsize written;
  gsize drained;
  GSource *time_source;
  TripHttpFarewellFunc done;
  gpointer user_data;
};

static void
finish (TripHttpFarewell *self)
{
  TripHttpFarewellFunc done = self->done;
  gpointer user_data = self->user_data;

  trip_source_clear (&self->time_source);
  trip_link_close (&self->link);
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

static void
drain (TripHttpFarewell *self)
{
  g_autofree guint8 *buffer = g_malloc (DRAIN_PER_TURN);
  gsize n;
  GPollableReturn result = trip_link_read (&self->link, buffer, DRAIN_PER_TURN, &n);

  if (result == G_POLLABLE_RETURN_WOULD_BLOCK)
    return;
  self->drained += n;
  if (result == G_POLLABLE_RETURN_FAILED || n == 0 || self->drained > DRAIN_MAX_BYTES)
    finish (self);
}

static void
speak (TripHttpFarewell *self)
{
  gsize size, n;
  const char *text = g_bytes_get_data (self->reply, &size);
  GOutputVector vector = { text + self->written, size - self->written };
  GPollableReturn result = trip_link_write (&self->link, &vector, 1, &n);

  if (result == G_POLLABLE_RETURN_WOULD_BLOCK)
    return;
  if (result == G_POLLABLE_RETURN_FAILED)
    {
      finish (self);
      return;
    }
  self->written += n;
  if (self->written == size)
    {
      trip_link_end_writing (&self->link);
      trip_link_want (&self->link, TRUE, FALSE);
    }
}

static void
on_link_ready (gboolean readable,
               gboolean writable,
               gpointer user_data)
{
  if (writable)
    speak (user_data);
  else if (readable)
    drain (user_data);
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
trip_http_farewell_start (GIOStream            *connection,
                          GBytes               *reply,
                          TripHttpFarewellFunc  done,
                          gpointer              user_data)
{
  TripHttpFarewell *self = g_new0 (TripHttpFarewell, 1);

  trip_link_init_stream (&self->link, connection, on_link_ready, self);
  self->reply = g_bytes_ref (reply);
  self->done = done;
  self->user_data = user_data;
  self->time_source = g_timeout_source_new (TIME_LIMIT_MS);
  g_source_set_callback (self->time_source, time_out_cb, self, NULL);
  g_source_attach (self->time_source, g_main_context_get_thread_default ());
  trip_link_want (&self->link, FALSE, TRUE);
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
