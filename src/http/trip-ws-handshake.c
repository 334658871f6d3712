/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The handshake.
 */
#include "http/trip-ws-handshake.h"

#include "http/trip-http-head.h"

#include <string.h>

#define REQUEST_LINE "GET /ws/chat HTTP/1.1\r\n"
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

enum {
  KEY_CHARACTERS = 24,
};

/* Any of these asks for something that is not done here. */
static const char * const unusual[] = { "Content-Length", "Transfer-Encoding", "Expect" };

static gboolean
is_single (SoupMessageHeaders *headers,
           const char         *name,
           const char         *value)
{
  const char *found = soup_message_headers_get_list (headers, name);

  return found != NULL && g_ascii_strcasecmp (found, value) == 0;
}

static gboolean
is_key (const char *key)
{
  return key != NULL && strlen (key) == KEY_CHARACTERS && strcmp (key + KEY_CHARACTERS - 2, "==") == 0 &&
         strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == KEY_CHARACTERS - 2;
}

static gboolean
is_usual (SoupMessageHeaders *headers)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unusual); i++)
    {
      if (soup_message_headers_get_list (headers, unusual[i]) != NULL)
        return FALSE;
    }
  return is_single (headers, "Upgrade", "websocket") && is_single (headers, "Sec-WebSocket-Version", "13") &&
         soup_message_headers_header_contains (headers, "Connection", "upgrade") &&
         is_key (soup_message_headers_get_list (headers, "Sec-WebSocket-Key"));
}

/**
 * trip_ws_handshake_read:
 * @self: (out caller-allocates): a handshake; to be cleared whatever is returned
 * @bytes: (array length=length): first bytes of a connection
 * @length: size of @bytes
 *
 * Returns: whether they begin with a whole, usual and valid handshake; who may make it is for the caller to know
 */
gboolean
trip_ws_handshake_read (TripWsHandshake *self,
                        const char      *bytes,
                        gsize            length)
{
  const gsize line_length = strlen (REQUEST_LINE);
  const char *end;
  TripHttpHead head = { 0 };

  *self = (TripWsHandshake) { 0 };
  if (length < line_length || memcmp (bytes, REQUEST_LINE, line_length) != 0)
    return FALSE;
  end = memmem (bytes, length, "\r\n\r\n", 4);
  if (end == NULL)
    return FALSE;
  self->length = (gsize) (end - bytes) + 4;
  if (!trip_http_head_push (&head, bytes, self->length, NULL))
    return FALSE;
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  /* libsoup wants neither the empty line nor the end of the line before it. */
  return soup_headers_parse (bytes, (int) self->length - 2, self->headers) && is_usual (self->headers);
}

/**
 * trip_ws_handshake_clear:
 * @self: a handshake
 *
 * Frees what it holds.
 */
void
trip_ws_handshake_clear (TripWsHandshake *self)
{
  g_clear_pointer (&self->headers, soup_message_headers_unref);
}

/**
 * trip_ws_handshake_answer:
 * @self: a handshake that was read
 * @protocol: (nullable): the subprotocol to agree to
 *
 * Returns: (transfer full): the answer that switches protocols
 */
char *
trip_ws_handshake_answer (TripWsHandshake *self,
                          const char      *protocol)
{
  g_autofree char *text = g_strconcat (soup_message_headers_get_list (self->headers, "Sec-WebSocket-Key"), GUID, NULL);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accept = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  accept = g_base64_encode (digest, length);
  return g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\n"
                          "Upgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n"
                          "%s%s%s\r\n",
                          accept, protocol != NULL ? "Sec-WebSocket-Protocol: " : "", protocol != NULL ? protocol : "",
                          protocol != NULL ? "\r\n" : "");
}
