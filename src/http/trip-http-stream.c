/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The stream, and the input that looks at what passes. A refused head is not an error for libsoup, which would end the
 * connection without a word: the input only falls silent, and the stream tells its owner from the main loop, who then
 * answers.
 */
#include "http/trip-http-stream.h"

#include "http/trip-http-head.h"
#include "relay/trip-source.h"

#define TRIP_TYPE_HTTP_INPUT (trip_http_input_get_type ())
G_DECLARE_FINAL_TYPE (TripHttpInput, trip_http_input, TRIP, HTTP_INPUT, GFilterInputStream)

struct _TripHttpInput {
  GFilterInputStream parent_instance;

  TripHttpHead head;
  GError *refusal;
  GSource *refused_source;
  TripHttpStream *stream;
};

struct _TripHttpStream {
  GIOStream parent_instance;

  GSocketConnection *connection;
  GIOStream *base;
  TripHttpInput *input;
  gboolean is_stolen;
};

enum {
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void trip_http_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripHttpInput, trip_http_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, trip_http_input_pollable_init))
G_DEFINE_FINAL_TYPE (TripHttpStream, trip_http_stream, G_TYPE_IO_STREAM)

static GPollableInputStream *
base_of (TripHttpInput *self)
{
  return G_POLLABLE_INPUT_STREAM (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)));
}

static gboolean
refused_cb (gpointer user_data)
{
  g_autoptr(TripHttpStream) stream = g_object_ref (TRIP_HTTP_INPUT (user_data)->stream);

  g_signal_emit (stream, signals[REFUSED], 0);
  return G_SOURCE_REMOVE;
}

static gssize
fall_silent (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "the head was refused");
  return -1;
}

static gssize
look (TripHttpInput  *self,
      const void     *buffer,
      gssize          n,
      GError        **error)
{
  if (n <= 0 || trip_http_head_push (&self->head, buffer, (gsize) n, &self->refusal))
    return n;
  if (self->stream != NULL)
    {
      /* libsoup is in the midst of reading: its message can be taken away only after it has returned. */
      self->refused_source = g_idle_source_new ();
      g_source_set_priority (self->refused_source, G_PRIORITY_HIGH);
      g_source_set_callback (self->refused_source, refused_cb, self, NULL);
      g_source_attach (self->refused_source, g_main_context_get_thread_default ());
    }
  return fall_silent (error);
}

static gssize
trip_http_input_read_nonblocking (GPollableInputStream  *stream,
                                  void                  *buffer,
                                  gsize                  count,
                                  GError               **error)
{
  TripHttpInput *self = TRIP_HTTP_INPUT (stream);
  gssize n;

  if (self->refusal != NULL)
    return fall_silent (error);
  n = g_pollable_input_stream_read_nonblocking (base_of (self), buffer, count, NULL, error);
  return look (self, buffer, n, error);
}

static gssize
trip_http_input_read (GInputStream  *stream,
                      void          *buffer,
                      gsize          count,
                      GCancellable  *cancellable,
                      GError       **error)
{
  TripHttpInput *self = TRIP_HTTP_INPUT (stream);
  gssize n;

  if (self->refusal != NULL)
    return fall_silent (error);
  n = g_input_stream_read (G_INPUT_STREAM (base_of (self)), buffer, count, cancellable, error);
  return look (self, buffer, n, error);
}

static gboolean
trip_http_input_is_readable (GPollableInputStream *stream)
{
  TripHttpInput *self = TRIP_HTTP_INPUT (stream);

  return self->refusal == NULL && g_pollable_input_stream_is_readable (base_of (self));
}

static GSource *
trip_http_input_create_source (GPollableInputStream *stream,
                               GCancellable         *cancellable)
{
  TripHttpInput *self = TRIP_HTTP_INPUT (stream);
  g_autoptr(GSource) base = NULL;

  /* One that never fires where the head was refused: there is nothing more to read for libsoup. */
  if (self->refusal == NULL)
    base = g_pollable_input_stream_create_source (base_of (self), NULL);
  return g_pollable_source_new_full (stream, base, cancellable);
}

static void
trip_http_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->read_nonblocking = trip_http_input_read_nonblocking;
  iface->is_readable = trip_http_input_is_readable;
  iface->create_source = trip_http_input_create_source;
}

static void
trip_http_input_finalize (GObject *object)
{
  TripHttpInput *self = TRIP_HTTP_INPUT (object);

  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (trip_http_input_parent_class)->finalize (object);
}

static void
trip_http_input_class_init (TripHttpInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_http_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = trip_http_input_read;
}

static void
trip_http_input_init (TripHttpInput *self)
{
}

/* The input may outlive the stream in libsoup's hands. */
static void
detach_input (TripHttpStream *self)
{
  self->input->stream = NULL;
  trip_source_clear (&self->input->refused_source);
}

static GInputStream *
trip_http_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (TRIP_HTTP_STREAM (stream)->input);
}

static GOutputStream *
trip_http_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (TRIP_HTTP_STREAM (stream)->base);
}

static gboolean
trip_http_stream_close (GIOStream     *stream,
                        GCancellable  *cancellable,
                        GError       **error)
{
  TripHttpStream *self = TRIP_HTTP_STREAM (stream);

  detach_input (self);
  if (self->is_stolen)
    return TRUE;
  /* TLS would wait for its farewell to leave, and nothing here may wait. */
  return g_io_stream_close (G_IO_STREAM (self->connection), cancellable, error);
}

static void
trip_http_stream_finalize (GObject *object)
{
  TripHttpStream *self = TRIP_HTTP_STREAM (object);

  detach_input (self);
  g_object_unref (self->input);
  g_object_unref (self->base);
  g_object_unref (self->connection);

  G_OBJECT_CLASS (trip_http_stream_parent_class)->finalize (object);
}

static void
trip_http_stream_class_init (TripHttpStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = trip_http_stream_finalize;
  stream_class->get_input_stream = trip_http_stream_get_input_stream;
  stream_class->get_output_stream = trip_http_stream_get_output_stream;
  stream_class->close_fn = trip_http_stream_close;

  /**
   * TripHttpStream::refused:
   * @self: the stream
   *
   * The head of the request must not reach libsoup; trip_http_stream_get_refusal() says why. Once, from the main loop.
   * Nothing more can be read from the stream.
   */
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
trip_http_stream_init (TripHttpStream *self)
{
}

/**
 * trip_http_stream_new:
 * @connection: a connection on which a request will come
 * @certificate: (nullable): what to prove the service by, with TLS; %NULL for a plain connection
 *
 * Returns: (transfer full): a stream that closes the connection with itself
 */
TripHttpStream *
trip_http_stream_new (GSocketConnection *connection,
                      GTlsCertificate   *certificate)
{
  TripHttpStream *self = g_object_new (TRIP_TYPE_HTTP_STREAM, NULL);

  self->connection = g_object_ref (connection);
  if (certificate != NULL)
    self->base = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  if (self->base == NULL)
    self->base = g_object_ref (G_IO_STREAM (connection));
  /* Many clients hang up without TLS's farewell; the length of a message is known without it. */
  if (G_IS_TLS_CONNECTION (self->base))
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (self->base), FALSE);
  self->input = g_object_new (TRIP_TYPE_HTTP_INPUT,
                              "base-stream", g_io_stream_get_input_stream (self->base),
                              "close-base-stream", FALSE,
                              NULL);
  self->input->stream = self;
  return self;
}

/**
 * trip_http_stream_get_connection:
 * @self: a stream
 *
 * Returns: (transfer none): its connection
 */
GSocketConnection *
trip_http_stream_get_connection (TripHttpStream *self)
{
  g_return_val_if_fail (TRIP_IS_HTTP_STREAM (self), NULL);

  return self->connection;
}

/**
 * trip_http_stream_steal:
 * @self: a stream
 *
 * Takes the connection back: it stays open when the stream is closed.
 *
 * Returns: (transfer full): what to read from and write to: a socket connection, or TLS on one
 */
GIOStream *
trip_http_stream_steal (TripHttpStream *self)
{
  g_return_val_if_fail (TRIP_IS_HTTP_STREAM (self), NULL);

  self->is_stolen = TRUE;
  detach_input (self);
  return g_object_ref (self->base);
}

/**
 * trip_http_stream_get_refusal:
 * @self: a stream
 *
 * Returns: (transfer none) (nullable): why the head was refused, in the [error@Error] domain
 */
const GError *
trip_http_stream_get_refusal (TripHttpStream *self)
{
  g_return_val_if_fail (TRIP_IS_HTTP_STREAM (self), NULL);

  return self->input->refusal;
}
