/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * libsoup as it comes: its own WebSocket and its own server, with answers that are ready.
 */
#include "bench-soup.h"

#include "bench-canned.h"

#include <libsoup/soup.h>

static void
on_message (SoupWebsocketConnection *connection,
            gint                     type,
            GBytes                  *message,
            gpointer                 user_data)
{
  BenchCanned *canned = user_data;

  for (gsize i = 0; i < BENCH_CANNED_MESSAGES; i++)
    soup_websocket_connection_send_message (connection, SOUP_WEBSOCKET_DATA_TEXT, canned->messages[i]);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 user_data)
{
  g_signal_connect (connection, "message", G_CALLBACK (on_message), user_data);
  g_signal_connect_swapped (connection, "closed", G_CALLBACK (g_object_unref), g_object_ref (connection));
}

static void
on_chat (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  BenchCanned *canned = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), canned->answer);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

int
bench_soup (int    argc,
            char **argv)
{
  g_autofree char *path = NULL;
  gint port = 0;
  BenchCanned canned = { 0 };
  g_autoptr(SoupServer) server = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GSList *uris;

  if (!bench_canned_options (&argc, &argv, "soup", &path, &port))
    return 2;
  server = soup_server_new (NULL, NULL);
  soup_server_add_websocket_handler (server, "/ws/chat", NULL, NULL, on_websocket, &canned, NULL);
  soup_server_add_handler (server, "/chat", on_chat, &canned, NULL);
  if (!bench_canned_load (&canned, path, &error) ||
      !soup_server_listen_local (server, (guint) port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    {
      g_printerr ("tripbench soup: %s\n", error->message);
      return 2;
    }
  uris = soup_server_get_uris (server);
  bench_canned_announce (g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);
  return 0;
}
