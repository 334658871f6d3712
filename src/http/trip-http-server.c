/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server: which connection goes where. libsoup reads requests and writes replies; connections are accepted here,
 * refused here, and taken over here when they become WebSockets.
 */
#include "http/trip-http-server.h"

#include "http/trip-http-arrivals.h"
#include "http/trip-http-chat.h"
#include "http/trip-http-clients.h"
#include "http/trip-http-events.h"
#include "http/trip-http-facts.h"
#include "http/trip-http-gate.h"
#include "http/trip-http-job.h"
#include "http/trip-http-listener.h"
#include "http/trip-http-page.h"
#include "http/trip-http-reply.h"
#include "http/trip-http-stream.h"
#include "http/trip-ws-chat.h"
#include "http/trip-ws-engine-private.h"
#include "http/trip-ws-frame.h"
#include "http/trip-ws-handshake.h"
#include "http/trip-ws-session.h"
#include "relay/trip-edge-status.h"
#include "relay/trip-envelope.h"
#include "relay/trip-event-encoder.h"
#include "relay/trip-metrics.h"
#include "relay/trip-source.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_BYTES_LIMIT (256 * 1024 * 1024)

enum {
  BODY_TIMEOUT_MS = 30 * 1000,
  REPLY_TIMEOUT_MS = 30 * 1000,
  STOP_TIMEOUT_MS = 5 * 1000,
  HELLO_TIMEOUT_MS = 10 * 1000,
  JOBS_PER_CONNECTION = 16,
  /* For a server without a hub of the service's. */
  MEMORY_BYTES = 8 * 1024 * 1024,
  KEEP_S = 24 * 3600,
  LINGER_S = 60,
  /* libsoup buffers less than this, so one read empties its buffer. */
  EARLY_MAX_BYTES = 64 * 1024,
  /* Descriptors kept for everything that is not a client. */
  DESCRIPTORS_OF_OURS = 64,
  /* Clients beyond the limit that are still told so, rather than left in the kernel's queue. */
  REFUSALS_AT_ONCE = 64,
};

struct _TripHttpServer {
  GObject parent_instance;

  TripOrchestrator *orchestrator;
  TripJobHub *hub;
  TripHttpGuard *guard;
  TripMetrics *metrics;
  TripWsDoor door;
  TripWsEngine *engine;
  TripHttpListener *listener;
  SoupServer *soup;
  TripHttpClients *clients;
  TripHttpArrivals *arrivals;
  TripHttpStream *accepting;
  GTlsCertificate *certificate;
  guint max_clients;
  GTask *stop_task;
  GSource *stop_source;

  guint max_request_bytes;
  guint max_message_bytes;
  guint max_connections;
  guint header_timeout_ms;
  guint ping_interval_ms;
  guint heartbeat_ms;
  GStrv allowed_origins;
  GStrv allowed_hosts;
};

/* Which message a stream carries, for the stream's signal. */
typedef struct {
  TripHttpServer *server;
  SoupServerMessage *message;
} Arrival;

enum {
  PROP_0,
  PROP_MAX_REQUEST_BYTES,
  PROP_MAX_MESSAGE_BYTES,
  PROP_MAX_CONNECTIONS,
  PROP_HEADER_TIMEOUT,
  PROP_PING_INTERVAL,
  PROP_HEARTBEAT_INTERVAL,
  PROP_ALLOWED_ORIGINS,
  PROP_ALLOWED_HOSTS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TripHttpServer, trip_http_server, G_TYPE_OBJECT)

static guint
count_connections (TripHttpServer *self)
{
  return trip_http_arrivals_count (self->arrivals) + trip_http_clients_count (self->clients) +
         trip_ws_engine_get_n_peers (self->engine);
}

static void
complete_stop (TripHttpServer *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->stop_task);

  trip_source_clear (&self->stop_source);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* One connection came or went. */
static void
on_connections_changed (gpointer user_data)
{
  TripHttpServer *self = user_data;
  guint n = count_connections (self);

  if (self->listener != NULL)
    trip_http_listener_set_paused (self->listener, n >= self->max_clients + REFUSALS_AT_ONCE);
  if (n == 0 && self->stop_task != NULL)
    complete_stop (self);
}

static void
refuse_too_large (TripHttpServer    *self,
                  SoupServerMessage *message)
{
  g_autoptr(GError) error = g_error_new (TRIP_ERROR, TRIP_ERROR_TOO_LARGE,
                                         _("The request has more bytes than the limit of %u"), self->max_request_bytes);

  trip_http_clients_refuse (self->clients, message, error);
}

static gboolean
needs_principal (TripHttpRoute route)
{
  return route == TRIP_HTTP_ROUTE_CHAT || route == TRIP_HTTP_ROUTE_JOB || route == TRIP_HTTP_ROUTE_EVENTS ||
         route == TRIP_HTTP_ROUTE_METRICS || route == TRIP_HTTP_ROUTE_TICKET;
}

/* Who asks; the reply is set where nobody may. */
static char *
check_principal (TripHttpServer    *self,
                 SoupServerMessage *message)
{
  g_autoptr(GError) error = NULL;
  char *principal = trip_http_guard_check_request (self->guard, soup_server_message_get_request_headers (message), &error);

  if (principal == NULL)
    trip_http_reply_error (message, error);
  return principal;
}

/* Whether the request's body is worth reading; else the reply is set. */
static gboolean
check_head (TripHttpServer    *self,
            SoupServerMessage *message)
{
  if (count_connections (self) > self->max_clients)
    {
      g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_RATE_LIMITED,
                                                     _("Too many connections; try again in a moment"));

      trip_http_reply_error (message, error);
      return FALSE;
    }
  if (!trip_http_gate_check (message, (const char * const *) self->allowed_hosts,
                             (const char * const *) self->allowed_origins))
    return FALSE;
  if (needs_principal (trip_http_gate_get_route (message)))
    {
      g_autofree char *principal = check_principal (self, message);

      return principal != NULL;
    }
  return TRUE;
}

static void
on_got_headers (SoupServerMessage *message,
                gpointer           user_data)
{
  TripHttpServer *self = user_data;
  TripHttpClient *client = trip_http_clients_find (self->clients, message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  trip_http_client_set_deadline (client, BODY_TIMEOUT_MS);
  /* libsoup has refused it already, and the prepared reply fits. */
  if (soup_server_message_get_status (message) != 0)
    return;
  trip_http_reply_clear (message);
  /* Nothing here is worth a part of it, and many small parts are worth refusing. */
  soup_message_headers_remove (headers, "Range");
  if (!check_head (self, message))
    return;
  if (soup_message_headers_get_content_length (headers) > (goffset) self->max_request_bytes)
    refuse_too_large (self, message);
}

static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  TripHttpServer *self = user_data;
  TripHttpClient *client = trip_http_clients_find (self->clients, message);
  gboolean keep = soup_server_message_get_status (message) == 0 &&
                  trip_http_gate_get_route (message) == TRIP_HTTP_ROUTE_CHAT;

  if (!trip_http_client_add_body (client, chunk, self->max_request_bytes, keep))
    refuse_too_large (self, message);
}

/* What the client sent right behind its handshake, before it could know the answer. */
static GBytes *
read_buffered (GIOStream *stolen)
{
  GInputStream *input = g_io_stream_get_input_stream (stolen);
  g_autofree guint8 *buffer = g_malloc (EARLY_MAX_BYTES);
  gssize n = -1;

  if (G_IS_POLLABLE_INPUT_STREAM (input))
    n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), buffer, EARLY_MAX_BYTES, NULL, NULL);
  return n > 0 ? g_bytes_new (buffer, (gsize) n) : NULL;
}

static void
on_disconnected (SoupServerMessage *message,
                 gpointer           user_data)
{
  TripHttpServer *self = user_data;

  trip_http_clients_remove (self->clients, message);
}

/* A plain socket is served without the objects around it. */
static TripWsPeer *
new_peer (TripHttpServer *self,
          GIOStream      *connection,
          GBytes         *early_bytes)
{
  int fd = -1;

  if (G_IS_SOCKET_CONNECTION (connection))
    fd = fcntl (g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection))), F_DUPFD_CLOEXEC, 0);
  if (fd < 0)
    return trip_ws_peer_new (self->engine, connection, early_bytes);
  g_io_stream_close (connection, NULL, NULL);
  return trip_ws_peer_new_for_fd (self->engine, fd, early_bytes);
}

/* A browser learns only by a close code why it may not stay. */
static void
show_out (TripWsPeer   *peer,
          gboolean      is_v2,
          const GError *refusal)
{
  g_autoptr(GBytes) text = is_v2 ? trip_envelope_encode_error (refusal, NULL, 0) : trip_error_encode_v1 (refusal);

  trip_ws_peer_start (peer);
  trip_ws_peer_send_text (peer, text);
  trip_ws_peer_close (peer, (guint16) trip_edge_status ((TripError) refusal->code)->close, NULL);
}

static void
serve_peer (TripHttpServer      *self,
            TripWsPeer          *peer,
            const char          *protocol,
            const TripHttpEntry *entry)
{
  gboolean is_v2 = g_strcmp0 (protocol, TRIP_HTTP_PROTOCOL_V2) == 0;

  g_signal_connect_object (peer, "closed", G_CALLBACK (on_connections_changed), self, G_CONNECT_SWAPPED);
  if (entry->refusal != NULL)
    show_out (peer, is_v2, entry->refusal);
  else if (is_v2)
    trip_ws_session_serve (peer, &self->door, entry->principal, NULL);
  else
    trip_ws_chat_serve (peer, &self->door, entry->principal);
  if (self->stop_task != NULL)
    trip_ws_peer_close (peer, TRIP_WS_CLOSE_GOING_AWAY, NULL);
}

/* The handshake is out: from here on the connection speaks frames. */
static void
on_wrote_informational (SoupServerMessage *message,
                        gpointer           user_data)
{
  g_autoptr(TripHttpServer) self = g_object_ref (user_data);
  G_GNUC_UNUSED g_autoptr(SoupServerMessage) keep = g_object_ref (message);
  TripHttpClient *client = trip_http_clients_find (self->clients, message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *protocol = trip_http_gate_get_protocol (headers);
  g_auto(TripHttpEntry) entry = { 0 };
  g_autoptr(GIOStream) connection = NULL;
  g_autoptr(GIOStream) stolen = NULL;
  g_autoptr(GBytes) early_bytes = NULL;
  g_autoptr(TripWsPeer) peer = NULL;

  if (client == NULL || soup_server_message_get_status (message) != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return;
  connection = trip_http_stream_steal (trip_http_client_get_stream (client));
  /* Ends the message, and with it the client. */
  stolen = soup_server_message_steal_connection (message);
  if (stolen != NULL)
    {
      early_bytes = read_buffered (stolen);
      trip_http_guard_check_handshake (self->guard, headers, g_strcmp0 (protocol, TRIP_HTTP_PROTOCOL_V2) == 0, &entry);
      peer = new_peer (self, connection, early_bytes);
      serve_peer (self, peer, protocol, &entry);
    }
  trip_http_clients_remove (self->clients, message);
}

static void
upgrade (TripHttpServer    *self,
         SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *protocol = trip_http_gate_get_protocol (headers);
  char *protocols[] = { (char *) protocol, NULL };
  g_autoptr(GError) error = NULL;

  if (!trip_http_gate_check_handshake (message))
    return;
  if (!trip_http_guard_lets_upgrade (self->guard, headers, g_strcmp0 (protocol, TRIP_HTTP_PROTOCOL_V2) == 0, &error))
    {
      trip_http_reply_error (message, error);
      return;
    }
  g_signal_connect (message, "wrote-informational", G_CALLBACK (on_wrote_informational), self);
  /* No extensions: compressed frames would let 97 kB become 100 MB. */
  soup_websocket_server_process_handshake (message, NULL, protocol != NULL ? protocols : NULL, NULL, NULL);
}

static TripHttpVitals
get_vitals (TripHttpServer *self)
{
  return (TripHttpVitals) {
    .metrics = self->metrics,
    .n_connections = count_connections (self),
    .n_sockets = trip_ws_engine_get_n_peers (self->engine),
    .is_durable = trip_job_hub_is_durable (self->hub),
  };
}

static void
serve_anybody (TripHttpServer    *self,
               SoupServerMessage *message,
               TripHttpRoute      route)
{
  TripHttpVitals vitals = get_vitals (self);

  if (route == TRIP_HTTP_ROUTE_PAGE)
    trip_http_page_reply (message, g_uri_get_path (soup_server_message_get_uri (message)));
  else if (route == TRIP_HTTP_ROUTE_HEALTH)
    trip_http_facts_reply_health (message, &vitals);
  else if (route == TRIP_HTTP_ROUTE_ABOUT)
    trip_http_facts_reply_about (message);
  else if (route == TRIP_HTTP_ROUTE_WEBSOCKET)
    upgrade (self, message);
  else
    trip_http_reply_status (message, SOUP_STATUS_NOT_FOUND, _("There is nothing at this path"));
}

static void
serve_chat (TripHttpServer *self,
            TripHttpClient *client,
            const char     *principal)
{
  const TripHttpChatLimits limits = { self->max_request_bytes, self->max_message_bytes, REPLY_TIMEOUT_MS };
  guint retry_after_ms;

  if (trip_http_guard_take (self->guard, principal, &retry_after_ms))
    trip_http_chat_serve (client, self->hub, principal, &limits);
  else
    trip_http_reply_busy (trip_http_client_get_message (client), retry_after_ms);
}

static void
serve_principal (TripHttpServer *self,
                 TripHttpClient *client,
                 TripHttpRoute   route)
{
  SoupServerMessage *message = trip_http_client_get_message (client);
  g_autofree char *principal = check_principal (self, message);
  g_autofree char *job_id = NULL;
  TripHttpVitals vitals = get_vitals (self);

  if (principal == NULL)
    return;
  switch (route)
    {
    case TRIP_HTTP_ROUTE_CHAT:
      serve_chat (self, client, principal);
      break;
    case TRIP_HTTP_ROUTE_METRICS:
      trip_http_facts_reply_metrics (message, &vitals);
      break;
    case TRIP_HTTP_ROUTE_TICKET:
      trip_http_facts_reply_ticket (message, self->guard, principal);
      break;
    case TRIP_HTTP_ROUTE_EVENTS:
      job_id = trip_http_gate_dup_job_id (message);
      trip_http_events_serve (client, self->hub, job_id, principal,
                              &(TripHttpEventsTimes) { self->heartbeat_ms, REPLY_TIMEOUT_MS });
      break;
    case TRIP_HTTP_ROUTE_JOB:
    default:
      job_id = trip_http_gate_dup_job_id (message);
      trip_http_job_serve (client, self->hub, job_id, principal, REPLY_TIMEOUT_MS);
      break;
    }
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TripHttpServer *self = user_data;
  TripHttpClient *client = trip_http_clients_find (self->clients, message);
  TripHttpRoute route;

  if (client == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
      return;
    }
  trip_http_client_set_deadline (client, REPLY_TIMEOUT_MS);
  route = trip_http_gate_get_route (message);
  if (needs_principal (route))
    serve_principal (self, client, route);
  else
    serve_anybody (self, message, route);
}

static void
on_head_refused (TripHttpStream *stream,
                 gpointer        user_data)
{
  const Arrival *arrival = user_data;

  if (trip_http_clients_find (arrival->server->clients, arrival->message) != NULL)
    trip_http_clients_refuse (arrival->server->clients, arrival->message, trip_http_stream_get_refusal (stream));
}

/* Emitted while a connection is handed to libsoup, before any of its bytes is read. */
static void
on_request_started (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  TripHttpServer *self = user_data;
  Arrival *arrival;

  if (self->accepting == NULL)
    return;
  trip_http_clients_add (self->clients, trip_http_client_new (self->accepting, message), self->header_timeout_ms);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  trip_http_reply_prepare (message, _("The request is not valid HTTP"));
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_disconnected), self);
  arrival = g_new (Arrival, 1);
  arrival->server = self;
  arrival->message = message;
  g_signal_connect_data (self->accepting, "refused", G_CALLBACK (on_head_refused), arrival,
                         (GClosureNotify) (void (*) (void)) g_free, G_CONNECT_DEFAULT);
}

/* Whether the connection became a WebSocket at once. */
static gboolean
shake_hands (TripHttpServer *self,
             int             fd,
             const char     *bytes,
             gsize           length)
{
  g_auto(TripWsHandshake) handshake = { 0 };
  g_autoptr(TripWsPeer) peer = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *head = NULL;
  g_auto(TripHttpEntry) entry = { 0 };
  const char *protocol;
  gboolean is_v2;

  if (!trip_ws_handshake_read (&handshake, bytes, length) || count_connections (self) >= self->max_clients ||
      self->stop_task != NULL ||
      !trip_http_gate_lets_in (handshake.headers, (const char * const *) self->allowed_hosts,
                               (const char * const *) self->allowed_origins))
    return FALSE;
  protocol = trip_http_gate_get_protocol (handshake.headers);
  is_v2 = g_strcmp0 (protocol, TRIP_HTTP_PROTOCOL_V2) == 0;
  if (self->certificate != NULL || !trip_http_guard_lets_upgrade (self->guard, handshake.headers, is_v2, NULL))
    return FALSE;

  /* What follows the head stays in the socket for the peer to read. */
  head = g_malloc (handshake.length);
  if (recv (fd, head, handshake.length, 0) != (gssize) handshake.length)
    return FALSE;
  answer = trip_ws_handshake_answer (&handshake, protocol);
  peer = trip_ws_peer_new_for_fd (self->engine, fd, NULL);
  if (send (fd, answer, strlen (answer), MSG_NOSIGNAL) != (gssize) strlen (answer))
    {
      trip_ws_peer_abort (peer);
      return TRUE;
    }
  trip_http_guard_check_handshake (self->guard, handshake.headers, is_v2, &entry);
  serve_peer (self, peer, protocol, &entry);
  return TRUE;
}

static void
hand_to_soup (TripHttpServer *self,
              int             fd)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, NULL);
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GSocketAddress) local = NULL;
  g_autoptr(GSocketAddress) remote = NULL;
  g_autoptr(TripHttpStream) stream = NULL;

  if (socket == NULL)
    {
      close (fd);
      return;
    }
  connection = g_socket_connection_factory_create_connection (socket);
  local = g_socket_connection_get_local_address (connection, NULL);
  remote = g_socket_connection_get_remote_address (connection, NULL);
  /* It may have left between its turn in the queue and now. */
  if (local == NULL || remote == NULL)
    return;
  stream = trip_http_stream_new (connection, self->certificate);
  self->accepting = stream;
  soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, NULL);
  self->accepting = NULL;
}

static void
on_arrived (int         fd,
            const char *bytes,
            gsize       length,
            gpointer    user_data)
{
  g_autoptr(TripHttpServer) self = g_object_ref (user_data);

  if (!shake_hands (self, fd, bytes, length))
    hand_to_soup (self, fd);
  on_connections_changed (self);
}

static void
on_incoming (TripHttpListener *listener,
             int               fd,
             gpointer          user_data)
{
  TripHttpServer *self = user_data;

  trip_http_arrivals_add (self->arrivals, fd, self->header_timeout_ms);
  on_connections_changed (self);
}

static void
abort_all (TripHttpServer *self)
{
  trip_http_arrivals_cut (self->arrivals);
  trip_http_clients_abort_farewells (self->clients);
  trip_ws_engine_abort_all (self->engine);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
}

static void
trip_http_server_dispose (GObject *object)
{
  TripHttpServer *self = TRIP_HTTP_SERVER (object);

  if (self->listener != NULL)
    trip_http_listener_close (self->listener);
  g_clear_object (&self->listener);
  abort_all (self);
  complete_stop (self);
  g_clear_object (&self->soup);
  g_clear_object (&self->hub);
  g_clear_object (&self->guard);
  g_clear_object (&self->metrics);
  g_clear_object (&self->certificate);
  g_clear_object (&self->orchestrator);

  G_OBJECT_CLASS (trip_http_server_parent_class)->dispose (object);
}

static void
trip_http_server_finalize (GObject *object)
{
  TripHttpServer *self = TRIP_HTTP_SERVER (object);

  trip_http_clients_free (self->clients);
  trip_http_arrivals_free (self->arrivals);
  g_clear_object (&self->engine);
  g_strfreev (self->allowed_origins);
  g_strfreev (self->allowed_hosts);

  G_OBJECT_CLASS (trip_http_server_parent_class)->finalize (object);
}

static guint *
find_number (TripHttpServer *self,
             guint           property_id)
{
  switch (property_id)
    {
    case PROP_MAX_REQUEST_BYTES:
      return &self->max_request_bytes;
    case PROP_MAX_MESSAGE_BYTES:
      return &self->max_message_bytes;
    case PROP_MAX_CONNECTIONS:
      return &self->max_connections;
    case PROP_HEADER_TIMEOUT:
      return &self->header_timeout_ms;
    case PROP_PING_INTERVAL:
      return &self->ping_interval_ms;
    case PROP_HEARTBEAT_INTERVAL:
      return &self->heartbeat_ms;
    default:
      return NULL;
    }
}

static GStrv *
find_list (TripHttpServer *self,
           guint           property_id)
{
  switch (property_id)
    {
    case PROP_ALLOWED_ORIGINS:
      return &self->allowed_origins;
    case PROP_ALLOWED_HOSTS:
      return &self->allowed_hosts;
    default:
      return NULL;
    }
}

static void
trip_http_server_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TripHttpServer *self = TRIP_HTTP_SERVER (object);
  guint *number = find_number (self, property_id);
  GStrv *list = find_list (self, property_id);

  if (number != NULL)
    g_value_set_uint (value, *number);
  else if (list != NULL)
    g_value_set_boxed (value, *list);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
trip_http_server_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TripHttpServer *self = TRIP_HTTP_SERVER (object);
  guint *number = find_number (self, property_id);
  GStrv *list = find_list (self, property_id);

  if (number != NULL)
    {
      if (*number == g_value_get_uint (value))
        return;
      *number = g_value_get_uint (value);
    }
  else if (list != NULL)
    {
      g_strfreev (*list);
      *list = g_value_dup_boxed (value);
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
trip_http_server_class_init (TripHttpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = trip_http_server_dispose;
  object_class->finalize = trip_http_server_finalize;
  object_class->get_property = trip_http_server_get_property;
  object_class->set_property = trip_http_server_set_property;

  /**
   * TripHttpServer:max-request-bytes:
   *
   * Largest request: body of `POST /chat`, or WebSocket message over all its fragments. For all properties: those set
   * after trip_http_server_listen() may hold for later connections only.
   */
  props[PROP_MAX_REQUEST_BYTES] = g_param_spec_uint ("max-request-bytes", NULL, NULL, 1, MAX_BYTES_LIMIT,
                                                     TRIP_REQUEST_MAX_BYTES, flags);
  /**
   * TripHttpServer:max-message-bytes:
   *
   * Longest `message` in a request, bytes of UTF-8.
   */
  props[PROP_MAX_MESSAGE_BYTES] = g_param_spec_uint ("max-message-bytes", NULL, NULL, 1, MAX_BYTES_LIMIT,
                                                     TRIP_MESSAGE_MAX_BYTES, flags);
  /**
   * TripHttpServer:max-connections:
   *
   * Most connections at once, within what the process's limit of open files allows. Those beyond get status 429.
   */
  props[PROP_MAX_CONNECTIONS] = g_param_spec_uint ("max-connections", NULL, NULL, 1, G_MAXUINT16, 16384, flags);
  /**
   * TripHttpServer:header-timeout:
   *
   * How long a client may take to send the head of its request, milliseconds.
   */
  props[PROP_HEADER_TIMEOUT] = g_param_spec_uint ("header-timeout", NULL, NULL, 1, 3600 * 1000, 10 * 1000, flags);
  /**
   * TripHttpServer:ping-interval:
   *
   * How often WebSocket clients are pinged, milliseconds; they have as long again to answer.
   */
  props[PROP_PING_INTERVAL] = g_param_spec_uint ("ping-interval", NULL, NULL, 1, 3600 * 1000, 30 * 1000, flags);
  /**
   * TripHttpServer:heartbeat-interval:
   *
   * How often clients of version 2 hear that a job without news is alive, milliseconds.
   */
  props[PROP_HEARTBEAT_INTERVAL] = g_param_spec_uint ("heartbeat-interval", NULL, NULL, 1, 3600 * 1000, 15 * 1000, flags);
  /**
   * TripHttpServer:allowed-origins:
   *
   * Origins that may use the service besides pages of loopback hosts; `null` stands for itself.
   */
  props[PROP_ALLOWED_ORIGINS] = g_param_spec_boxed ("allowed-origins", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * TripHttpServer:allowed-hosts:
   *
   * Host names that the service answers to besides loopback ones, with or without a port.
   */
  props[PROP_ALLOWED_HOSTS] = g_param_spec_boxed ("allowed-hosts", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
trip_http_server_init (TripHttpServer *self)
{
  self->clients = trip_http_clients_new (on_connections_changed, self);
  self->engine = trip_ws_engine_new ();
  self->arrivals = trip_http_arrivals_new (trip_ws_engine_get_epoll (self->engine), on_arrived, on_connections_changed, self);
}

/**
 * trip_http_server_new:
 * @orchestrator: who does the work
 * @hub: (nullable): where jobs are run that clients can name; %NULL for one of its own, in memory
 *
 * Makes a server on the thread-default main context. It also takes `SOUP_SERVER_HTTP2` out of the environment, so it
 * is to be called before there are other threads.
 *
 * Returns: (transfer full): a server that does not listen yet
 */
TripHttpServer *
trip_http_server_new (TripOrchestrator *orchestrator,
                      TripJobHub       *hub)
{
  TripHttpServer *self = g_object_new (TRIP_TYPE_HTTP_SERVER, NULL);

  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (orchestrator), self);

  /* None of the measures here holds for libsoup's HTTP/2. */
  g_unsetenv ("SOUP_SERVER_HTTP2");
  self->orchestrator = g_object_ref (orchestrator);
  self->hub = hub != NULL ? g_object_ref (hub) : trip_job_hub_new (orchestrator, NULL, MEMORY_BYTES, KEEP_S, LINGER_S);
  self->guard = trip_http_guard_new (NULL, 0, 0);
  self->metrics = trip_metrics_new (orchestrator);
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
  return self;
}

static GSocketAddress *
parse_address (TripHttpServer  *self,
               const char      *address,
               guint16          port,
               GError         **error)
{
  const char *ip = strcmp (address, "localhost") == 0 ? "127.0.0.1" : address;
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (ip);

  if (inet == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is not an IP address"), address);
      return NULL;
    }
  if (!g_inet_address_get_is_loopback (inet) && (!trip_http_guard_needs_token (self->guard) || self->certificate == NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("%s is not an address of this machine alone: that takes tokens and TLS (--auth and --tls-certificate)"),
                   address);
      return NULL;
    }
  return g_inet_socket_address_new (inet, port);
}

/**
 * trip_http_server_set_guard:
 * @self: a server that does not listen
 * @guard: who may ask, and how often
 *
 * Without it everybody may.
 */
void
trip_http_server_set_guard (TripHttpServer *self,
                            TripHttpGuard  *guard)
{
  g_return_if_fail (TRIP_IS_HTTP_SERVER (self));
  g_return_if_fail (self->listener == NULL);

  g_set_object (&self->guard, guard);
}

/**
 * trip_http_server_set_certificate:
 * @self: a server that does not listen
 * @certificate: (nullable): what to prove itself by, with its key
 *
 * Has the server speak TLS, and nothing else, where there is one.
 */
void
trip_http_server_set_certificate (TripHttpServer  *self,
                                  GTlsCertificate *certificate)
{
  g_return_if_fail (TRIP_IS_HTTP_SERVER (self));
  g_return_if_fail (self->listener == NULL);

  g_set_object (&self->certificate, certificate);
}

/**
 * trip_http_server_listen:
 * @self: a server that does not listen
 * @address: an IP address, or `localhost`; one that is not loopback only with tokens and TLS
 * @port: TCP port; 0 picks a free one
 * @error: return location
 *
 * Begins to serve. Raises the process's soft limit of open files towards the hard one.
 *
 * Returns: whether it could
 */
gboolean
trip_http_server_listen (TripHttpServer  *self,
                         const char      *address,
                         guint16          port,
                         GError         **error)
{
  g_autoptr(GSocketAddress) where = NULL;
  guint descriptors;

  g_return_val_if_fail (TRIP_IS_HTTP_SERVER (self), FALSE);
  g_return_val_if_fail (self->listener == NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  where = parse_address (self, address, port, error);
  if (where == NULL)
    return FALSE;
  descriptors = trip_http_raise_descriptor_limit ();
  self->max_clients = MIN (self->max_connections,
                           descriptors - MIN (DESCRIPTORS_OF_OURS + REFUSALS_AT_ONCE, descriptors / 2));
  self->door = (TripWsDoor) {
    .router = trip_job_hub_get_router (self->hub),
    .hub = self->hub,
    .guard = self->guard,
    .max_request_bytes = self->max_request_bytes,
    .max_message_bytes = self->max_message_bytes,
    .max_jobs = JOBS_PER_CONNECTION,
    .heartbeat_ms = self->heartbeat_ms,
    .hello_timeout_ms = HELLO_TIMEOUT_MS,
  };
  trip_ws_engine_get_limits (self->engine)->max_message_bytes = self->max_request_bytes;
  trip_ws_engine_get_limits (self->engine)->ping_interval_ms = self->ping_interval_ms;
  self->listener = trip_http_listener_new (where, error);
  if (self->listener == NULL)
    return FALSE;
  g_signal_connect_object (self->listener, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_DEFAULT);
  return TRUE;
}

/**
 * trip_http_server_get_port:
 * @self: a server
 *
 * Returns: the TCP port it listens on, 0 where it does not
 */
guint16
trip_http_server_get_port (TripHttpServer *self)
{
  g_return_val_if_fail (TRIP_IS_HTTP_SERVER (self), 0);

  return self->listener != NULL ? trip_http_listener_get_port (self->listener) : 0;
}

static gboolean
stop_timeout_cb (gpointer user_data)
{
  g_autoptr(TripHttpServer) self = g_object_ref (user_data);

  g_debug ("%u connections outlast the stop", count_connections (self));
  abort_all (self);
  complete_stop (self);
  return G_SOURCE_REMOVE;
}

/**
 * trip_http_server_stop_async:
 * @self: a server
 * @callback: called when all connections are closed
 * @user_data: data for @callback
 *
 * Stops accepting, closes WebSockets with 1001 and waits for them, and for REST replies in work, for a few seconds;
 * what is open then is cut. Call it once.
 */
void
trip_http_server_stop_async (TripHttpServer      *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (TRIP_IS_HTTP_SERVER (self));
  g_return_if_fail (self->stop_task == NULL);

  self->stop_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop_task, trip_http_server_stop_async);
  g_task_set_name (self->stop_task, "trip-http-server-stop");
  if (self->listener != NULL)
    trip_http_listener_close (self->listener);
  self->stop_source = g_timeout_source_new (STOP_TIMEOUT_MS);
  g_source_set_callback (self->stop_source, stop_timeout_cb, self, NULL);
  g_source_attach (self->stop_source, g_main_context_get_thread_default ());
  trip_ws_engine_close_all (self->engine, TRIP_WS_CLOSE_GOING_AWAY, NULL);
  trip_http_arrivals_cut (self->arrivals);
  trip_http_clients_cut_idle (self->clients);
  on_connections_changed (self);
}

/**
 * trip_http_server_stop_finish:
 * @self: a server
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the server stopped
 */
gboolean
trip_http_server_stop_finish (TripHttpServer  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
