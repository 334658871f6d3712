/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Both kinds of link behind one set of calls, so that who uses one is the same on either.
 */
#include "http/trip-link.h"

#include "relay/trip-source.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static gboolean
is_plain (const TripLink *self)
{
  return self->stream == NULL;
}

static void
on_ready (guint32  events,
          gpointer user_data)
{
  TripLink *self = user_data;

  /* An error or a hang-up shows as the end of what can be read, or as a write that fails. */
  self->func ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && (self->watch.events & EPOLLIN) != 0,
              (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0 && (self->watch.events & EPOLLOUT) != 0, self->user_data);
}

/**
 * trip_link_init_fd:
 * @self: (out caller-allocates): a link
 * @epoll: set of descriptors, which outlives the link
 * @fd: (transfer full): a connected socket that does not block
 * @func: called when it is ready
 * @user_data: data for @func
 *
 * Makes a link of a plain socket.
 */
void
trip_link_init_fd (TripLink     *self,
                   TripEpoll    *epoll,
                   int           fd,
                   TripLinkFunc  func,
                   gpointer      user_data)
{
  *self = (TripLink) { .epoll = epoll, .func = func, .user_data = user_data };
  self->watch = (TripEpollWatch) { .fd = fd, .func = on_ready, .user_data = self };
}

/**
 * trip_link_init_stream:
 * @self: (out caller-allocates): a link
 * @stream: a connection whose streams are pollable
 * @func: called when it is ready
 * @user_data: data for @func
 *
 * Makes a link of a stream.
 */
void
trip_link_init_stream (TripLink     *self,
                       GIOStream    *stream,
                       TripLinkFunc  func,
                       gpointer      user_data)
{
  *self = (TripLink) { .stream = g_object_ref (stream), .func = func, .user_data = user_data };
  self->watch.fd = -1;
}

/* Ends directions of the socket below the stream; what was handed to it before still leaves. */
static void
shut_down (GIOStream *stream,
           gboolean   reading,
           gboolean   writing)
{
  g_autoptr(GIOStream) base = NULL;

  if (G_IS_TLS_CONNECTION (stream))
    g_object_get (stream, "base-io-stream", &base, NULL);
  else
    base = g_object_ref (stream);
  if (G_IS_SOCKET_CONNECTION (base))
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)), reading, writing, NULL);
}

/**
 * trip_link_close:
 * @self: a link
 *
 * Closes the connection. Harmless when repeated.
 */
void
trip_link_close (TripLink *self)
{
  if (is_plain (self))
    {
      if (self->watch.fd < 0)
        return;
      trip_epoll_set (self->epoll, &self->watch, 0);
      close (self->watch.fd);
      self->watch.fd = -1;
      return;
    }
  trip_source_clear (&self->read_source);
  trip_source_clear (&self->write_source);
  /* TLS would wait, in a thread, for a peer that may never take its farewell. */
  shut_down (self->stream, TRUE, TRUE);
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
  self->watch.fd = -1;
}

static gboolean
on_readable (GObject  *stream,
             gpointer  user_data)
{
  TripLink *self = user_data;

  self->func (TRUE, FALSE, self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_writable (GObject  *stream,
             gpointer  user_data)
{
  TripLink *self = user_data;

  self->func (FALSE, TRUE, self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
attach (GSource     **slot,
        GSource      *source,
        GSourceFunc   func,
        gpointer      user_data)
{
  *slot = source;
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/**
 * trip_link_want:
 * @self: a link
 * @reading: whether to be called when there is something to read
 * @writing: whether to be called when something can be written
 *
 * Says what to wait for from now on.
 */
void
trip_link_want (TripLink *self,
                gboolean  reading,
                gboolean  writing)
{
  if (is_plain (self))
    {
      if (self->watch.fd >= 0)
        trip_epoll_set (self->epoll, &self->watch, (reading ? EPOLLIN : 0) | (writing ? EPOLLOUT : 0));
      return;
    }
  if (!reading)
    trip_source_clear (&self->read_source);
  else if (self->read_source == NULL)
    attach (&self->read_source,
            g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream)), NULL),
            G_SOURCE_FUNC (on_readable), self);
  if (!writing)
    trip_source_clear (&self->write_source);
  else if (self->write_source == NULL)
    attach (&self->write_source,
            g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream)),
                                                    NULL),
            G_SOURCE_FUNC (on_writable), self);
}

static GPollableReturn
explain_errno (void)
{
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? G_POLLABLE_RETURN_WOULD_BLOCK : G_POLLABLE_RETURN_FAILED;
}

/**
 * trip_link_read:
 * @self: a link that is not closed
 * @buffer: (out caller-allocates) (array length=size): where to
 * @size: how much at most
 * @out_n: (out): how much it was; 0 at the end of the stream
 *
 * Reads once. Never waits.
 *
 * Returns: what became of it
 */
GPollableReturn
trip_link_read (TripLink *self,
                guint8   *buffer,
                gsize     size,
                gsize    *out_n)
{
  g_autoptr(GError) error = NULL;
  gssize n;

  *out_n = 0;
  if (is_plain (self))
    {
      n = recv (self->watch.fd, buffer, size, 0);
      if (n < 0)
        return explain_errno ();
    }
  else
    {
      GInputStream *input = g_io_stream_get_input_stream (self->stream);

      n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), buffer, size, NULL, &error);
      if (n < 0)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? G_POLLABLE_RETURN_WOULD_BLOCK
                                                                           : G_POLLABLE_RETURN_FAILED;
    }
  *out_n = (gsize) n;
  return G_POLLABLE_RETURN_OK;
}

/**
 * trip_link_write:
 * @self: a link that is not closed
 * @vectors: (array length=n_vectors): what to write
 * @n_vectors: how many, at least one
 * @out_n: (out): how many bytes were taken
 *
 * Writes once. Never waits.
 *
 * Returns: what became of it
 */
GPollableReturn
trip_link_write (TripLink      *self,
                 GOutputVector *vectors,
                 guint          n_vectors,
                 gsize         *out_n)
{
  struct msghdr message = { .msg_iovlen = n_vectors };
  gssize n;

  *out_n = 0;
  if (!is_plain (self))
    return g_pollable_output_stream_writev_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream)), vectors, n_vectors, out_n, NULL, NULL);

  /* GIO promises that both structures are laid out alike. */
  G_STATIC_ASSERT (sizeof (GOutputVector) == sizeof (struct iovec));
  message.msg_iov = (struct iovec *) vectors;
  n = sendmsg (self->watch.fd, &message, MSG_NOSIGNAL);
  if (n < 0)
    return explain_errno ();
  *out_n = (gsize) n;
  return G_POLLABLE_RETURN_OK;
}

/**
 * trip_link_end_writing:
 * @self: a link that is not closed
 *
 * Tells the peer that nothing more comes.
 */
void
trip_link_end_writing (TripLink *self)
{
  if (is_plain (self))
    shutdown (self->watch.fd, SHUT_WR);
  else if (G_IS_SOCKET_CONNECTION (self->stream))
    shut_down (self->stream, FALSE, TRUE);
  else if (self->stream != NULL)
    g_output_stream_close_async (g_io_stream_get_output_stream (self->stream), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}
