/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The stream of a tripd over its WebSocket.
 */
#include "cli/trip-stream.h"

#include "trip/json/trip-json.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

/* Answers hold whole plans; libsoup's own limit of 128 KiB is below that. */
#define MAX_ANSWER_BYTES (32 * 1024 * 1024)
#define CANCELLED_LINE "{\"type\":\"cancelled\"}"

typedef struct {
  SoupSession *session;
  SoupMessage *message;
  SoupWebsocketConnection *socket;
  GBytes *request;
  TripStreamFunc func;
  gpointer func_data;
  gboolean ended;
  GCancellable *cancellable;
} Socket;

static void
socket_free (Socket *self)
{
  g_clear_object (&self->socket);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
is_last (GBytes *text)
{
  g_autoptr(TripJson) json = trip_json_parse (text, MAX_ANSWER_BYTES, NULL);
  const char *type = NULL;

  return json == NULL ||
         !trip_json_node_get_string (trip_json_get_root (json), "type", TRUE, &type, NULL) ||
         strcmp (type, "done") == 0 || strcmp (type, "error") == 0 || strcmp (type, "cancelled") == 0;
}

static void
on_message (SoupWebsocketConnection *socket,
            gint                     type,
            GBytes                  *text,
            gpointer                 user_data)
{
  Socket *self = g_task_get_task_data (user_data);

  if (self->ended)
    return;
  self->func (text, self->func_data);
  if (is_last (text))
    {
      self->ended = TRUE;
      soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
    }
}

static void
on_closed (SoupWebsocketConnection *socket,
           gpointer                 user_data)
{
  g_autoptr(GTask) task = user_data;
  Socket *self = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (socket, task);
  if (!self->ended && self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable))
    {
      /* v1 has no word for it: to leave is to cancel. */
      g_autoptr(GBytes) line = g_bytes_new_static (CANCELLED_LINE, strlen (CANCELLED_LINE));

      self->func (line, self->func_data);
      self->ended = TRUE;
    }
  if (self->ended)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                             _("the service closed the connection before the answer was complete (code %u)"),
                             soup_websocket_connection_get_close_code (socket));
}

static void
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  Socket *self = g_task_get_task_data (user_data);

  if (self->socket != NULL && soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Socket *self = g_task_get_task_data (task);
  gsize length;
  const char *text;
  GError *error = NULL;

  self->socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->socket == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  soup_websocket_connection_set_max_incoming_payload_size (self->socket, MAX_ANSWER_BYTES);
  g_signal_connect (self->socket, "message", G_CALLBACK (on_message), task);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), task);
  if (self->cancellable != NULL)
    g_signal_connect_object (self->cancellable, "cancelled", G_CALLBACK (on_cancelled), task, G_CONNECT_DEFAULT);

  text = g_bytes_get_data (self->request, &length);
  {
    g_autofree char *copy = g_strndup (text, length);

    soup_websocket_connection_send_text (self->socket, copy);
  }
  g_steal_pointer (&task);
}

/**
 * trip_stream_socket_async:
 * @uri: the service's WebSocket, `ws://127.0.0.1:5000/ws/chat`
 * @request: a request as JSON
 * @func: called for each message
 * @func_data: data for @func
 * @cancellable: (nullable): closes the connection
 * @callback: called after the last message
 * @user_data: data for @callback
 *
 * Sends the request to a service that listens.
 */
void
trip_stream_socket_async (const char          *uri,
                          GBytes              *request,
                          TripStreamFunc       func,
                          gpointer             func_data,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Socket *self = g_new0 (Socket, 1);

  g_task_set_task_data (task, self, (GDestroyNotify) socket_free);
  self->message = soup_message_new (SOUP_METHOD_GET, uri);
  if (self->message == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no address"), uri);
      g_object_unref (task);
      return;
    }
  self->session = soup_session_new ();
  /* A service of this machine is asked directly, whatever proxy the desktop names. */
  soup_session_set_proxy_resolver (self->session, NULL);
  self->request = g_bytes_ref (request);
  self->func = func;
  self->func_data = func_data;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  soup_session_websocket_connect_async (self->session, self->message, NULL, NULL, G_PRIORITY_DEFAULT, cancellable,
                                        connected_cb, task);
}
