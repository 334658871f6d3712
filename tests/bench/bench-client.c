/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * RFC 6455 from the client's side, as far as a well-behaved server needs it: text out, text in.
 */
#include "bench-client.h"

#include <string.h>

enum {
  OPCODE_TEXT = 0x1,
  OPCODE_CLOSE = 0x8,
  OPCODE_PING = 0x9,
  OPCODE_PONG = 0xa,
};

struct _BenchClient {
  GSocketConnection *connection;
  GDataInputStream *input;
  GOutputStream *output;
};

/**
 * bench_client_connect:
 * @host: a host
 * @port: its port
 * @error: return location
 *
 * Returns: (transfer full): a client whose handshake on /ws/chat is complete
 */
BenchClient *
bench_client_connect (const char  *host,
                      guint16      port,
                      GError     **error)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(BenchClient) self = g_new0 (BenchClient, 1);
  g_autofree char *request = NULL;
  g_autofree char *status = NULL;

  self->connection = g_socket_client_connect_to_host (client, host, port, NULL, error);
  if (self->connection == NULL)
    return NULL;
  g_socket_set_option (g_socket_connection_get_socket (self->connection), 6 /* IPPROTO_TCP */, 1 /* TCP_NODELAY */, 1, NULL);
  self->input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)));
  g_data_input_stream_set_newline_type (self->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_data_input_stream_set_byte_order (self->input, G_DATA_STREAM_BYTE_ORDER_BIG_ENDIAN);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->input), FALSE);
  self->output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));

  request = g_strdup_printf ("GET /ws/chat HTTP/1.1\r\nHost: %s:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", host, port);
  if (!g_output_stream_write_all (self->output, request, strlen (request), NULL, NULL, error))
    return NULL;
  status = g_data_input_stream_read_line (self->input, NULL, NULL, error);
  if (status == NULL || strstr (status, " 101 ") == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no WebSocket: %s", status != NULL ? status : "connection closed");
      return NULL;
    }
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (self->input, NULL, NULL, error);

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        return g_steal_pointer (&self);
    }
}

/**
 * bench_client_free:
 * @self: (transfer full): a client
 *
 * Hangs up.
 */
void
bench_client_free (BenchClient *self)
{
  g_clear_object (&self->input);
  if (self->connection != NULL)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  g_free (self);
}

static gboolean
send_frame (BenchClient  *self,
            guint8        opcode,
            const char   *payload,
            gsize         length,
            GError      **error)
{
  g_autoptr(GByteArray) frame = g_byte_array_new ();
  /* A mask of zeros is a mask. */
  guint8 head[14] = { 0x80 | opcode };
  guint n = 2;

  if (length < 126)
    {
      head[1] = 0x80 | (guint8) length;
    }
  else
    {
      head[1] = 0x80 | 127;
      for (guint i = 0; i < 8; i++)
        head[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
      n = 10;
    }
  g_byte_array_append (frame, head, n + 4);
  g_byte_array_append (frame, (const guint8 *) payload, (guint) length);
  return g_output_stream_write_all (self->output, frame->data, frame->len, NULL, NULL, error);
}

/**
 * bench_client_send:
 * @self: a client
 * @text: a message
 * @error: return location
 *
 * Returns: whether it went out
 */
gboolean
bench_client_send (BenchClient  *self,
                   const char   *text,
                   GError      **error)
{
  return send_frame (self, OPCODE_TEXT, text, strlen (text), error);
}

/**
 * bench_client_receive:
 * @self: a client
 * @error: return location
 *
 * Returns: (transfer full): the next text message
 */
char *
bench_client_receive (BenchClient  *self,
                      GError      **error)
{
  for (;;)
    {
      guint8 first = g_data_input_stream_read_byte (self->input, NULL, error);
      guint64 length = g_data_input_stream_read_byte (self->input, NULL, error) & 0x7f;
      g_autofree char *text = NULL;

      if (error != NULL && *error != NULL)
        return NULL;
      if (length == 126)
        length = g_data_input_stream_read_uint16 (self->input, NULL, error);
      else if (length == 127)
        length = g_data_input_stream_read_uint64 (self->input, NULL, error);
      if (length > 64 * 1024 * 1024)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a frame of %" G_GUINT64_FORMAT " bytes", length);
          return NULL;
        }
      text = g_malloc (length + 1);
      if (!g_input_stream_read_all (G_INPUT_STREAM (self->input), text, length, NULL, NULL, error))
        return NULL;
      text[length] = '\0';
      if ((first & 0x0f) == OPCODE_TEXT)
        return g_steal_pointer (&text);
      /* A client that does not answer is hung up on. */
      if ((first & 0x0f) == OPCODE_PING && !send_frame (self, OPCODE_PONG, text, length, error))
        return NULL;
      if ((first & 0x0f) == OPCODE_CLOSE)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the service closed the connection");
          return NULL;
        }
    }
}
