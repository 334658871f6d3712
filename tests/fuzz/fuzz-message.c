/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What clients of version 2 say, and the handshakes before it: one or the other is read, or an error says why not.
 */
#include "http/trip-ws-handshake.h"
#include "relay/trip-client-message.h"
#include "relay/trip-envelope.h"
#include "trip/json/trip-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_echo (GBytes *id)
{
  g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_INTERNAL, "x");
  g_autoptr(GBytes) text = trip_envelope_encode_error (error, id, 0);
  g_autoptr(GBytes) more = trip_envelope_add_reply_to (text, id);
  g_autoptr(TripJson) json = trip_json_parse (text, G_MAXSIZE, NULL);

  g_assert_nonnull (json);
  g_assert_nonnull (trip_json_node_member (trip_json_get_root (json), "reply_to"));
  g_assert_cmpuint (g_bytes_get_size (more), >, g_bytes_get_size (text));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GBytes) id = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TripClientMessage) message = NULL;
  g_auto(TripWsHandshake) handshake = { 0 };
  gboolean malformed;

  message = trip_client_message_parse (bytes, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, &id, &malformed, &error);
  g_assert_true ((message != NULL) == (error == NULL));
  g_assert_true (message == NULL || !malformed);
  if (id != NULL)
    check_echo (id);
  trip_client_message_is_hello (bytes);
  if (trip_ws_handshake_read (&handshake, (const char *) data, size))
    {
      g_autofree char *answer = trip_ws_handshake_answer (&handshake, "tripchat.v2");

      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 101 "));
      g_assert_cmpuint (handshake.length, <=, size);
    }
  return 0;
}
