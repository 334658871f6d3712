/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The listener. libsoup's own would listen with a backlog of 10 and never accept again after one EMFILE. Out of
 * descriptors this one gives up a reserved descriptor to take a client from the queue and turn it away, then waits
 * before it tries again: a level-triggered poll would otherwise spin.
 */
#include "http/trip-http-listener.h"

#include "relay/trip-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  BACKLOG = 1024,
  ACCEPTS_PER_TURN = 64,
  BACK_OFF_FIRST_MS = 50,
  BACK_OFF_LAST_MS = 1000,
  DESCRIPTOR_LIMIT_MAX = 65536,
};

struct _TripHttpListener {
  GObject parent_instance;

  GSocket *socket;
  guint16 port;
  GSource *accept_source;
  GSource *retry_source;
  guint back_off_ms;
  int reserve_fd;
  gboolean paused;
};

enum {
  INCOMING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TripHttpListener, trip_http_listener, G_TYPE_OBJECT)

static void update_accepting (TripHttpListener *self);

static void
open_reserve (TripHttpListener *self)
{
  if (self->reserve_fd < 0)
    self->reserve_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void
close_reserve (TripHttpListener *self)
{
  if (self->reserve_fd >= 0)
    close (g_steal_fd (&self->reserve_fd));
}

static gboolean
retry_cb (gpointer user_data)
{
  TripHttpListener *self = user_data;

  trip_source_clear (&self->retry_source);
  open_reserve (self);
  update_accepting (self);
  return G_SOURCE_REMOVE;
}

static void
back_off (TripHttpListener *self)
{
  self->back_off_ms = CLAMP (self->back_off_ms * 2, BACK_OFF_FIRST_MS, BACK_OFF_LAST_MS);
  trip_source_clear (&self->retry_source);
  self->retry_source = g_timeout_source_new (self->back_off_ms);
  g_source_set_callback (self->retry_source, retry_cb, self, NULL);
  g_source_attach (self->retry_source, g_main_context_get_thread_default ());
  update_accepting (self);
}

/* A client that cannot be served learns it at once instead of waiting in the queue for its own timeout. */
static void
turn_one_away (TripHttpListener *self)
{
  int fd;

  close_reserve (self);
  fd = accept4 (g_socket_get_fd (self->socket), NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd >= 0)
    close (fd);
  open_reserve (self);
}

static void
on_accept_failed (TripHttpListener *self,
                  int               error_number)
{
  /* Said once a spell: an attacker must not fill the journal. */
  if (self->back_off_ms == 0)
    g_warning ("Cannot accept connections: %s", g_strerror (error_number));
  if (error_number == EMFILE || error_number == ENFILE)
    turn_one_away (self);
  back_off (self);
}

static void
take_connection (TripHttpListener *self,
                 int               fd)
{
  int on = 1;

  self->back_off_ms = 0;
  /* Answers are small and many; Nagle's algorithm would hold each for an acknowledgement of the one before. */
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  g_signal_emit (self, signals[INCOMING], 0, fd);
}

static gboolean
on_acceptable (GSocket      *socket,
               GIOCondition  condition,
               gpointer      user_data)
{
  g_autoptr(TripHttpListener) self = g_object_ref (user_data);

  for (guint i = 0; i < ACCEPTS_PER_TURN && self->accept_source != NULL; i++)
    {
      int fd = accept4 (g_socket_get_fd (self->socket), NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

      if (fd >= 0)
        {
          take_connection (self, fd);
          continue;
        }
      if (errno == EAGAIN || errno == EWOULDBLOCK)
        break;
      /* The client is already gone, or its network failed: no concern of the next one. */
      if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO || errno == ENETDOWN || errno == EHOSTDOWN ||
          errno == EHOSTUNREACH || errno == ENETUNREACH || errno == ENONET || errno == ENOPROTOOPT ||
          errno == EOPNOTSUPP)
        continue;
      on_accept_failed (self, errno);
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
update_accepting (TripHttpListener *self)
{
  gboolean wanted = self->socket != NULL && !self->paused && self->retry_source == NULL;

  if (!wanted)
    {
      trip_source_clear (&self->accept_source);
    }
  else if (self->accept_source == NULL)
    {
      self->accept_source = g_socket_create_source (self->socket, G_IO_IN, NULL);
      g_source_set_callback (self->accept_source, G_SOURCE_FUNC (on_acceptable), self, NULL);
      g_source_attach (self->accept_source, g_main_context_get_thread_default ());
    }
}

static void
trip_http_listener_dispose (GObject *object)
{
  trip_http_listener_close (TRIP_HTTP_LISTENER (object));

  G_OBJECT_CLASS (trip_http_listener_parent_class)->dispose (object);
}

static void
trip_http_listener_class_init (TripHttpListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trip_http_listener_dispose;

  /**
   * TripHttpListener::incoming:
   * @self: the listener
   * @fd: its socket, for the one handler to close
   *
   * A client connected. Its socket does not block and has no Nagle delay.
   */
  signals[INCOMING] = g_signal_new ("incoming", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
trip_http_listener_init (TripHttpListener *self)
{
  self->reserve_fd = -1;
}

static GSocket *
open_socket (GSocketAddress  *address,
             GError         **error)
{
  g_autoptr(GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  /* With address reuse, so that a restart does not wait for old connections to be forgotten. */
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/**
 * trip_http_listener_new:
 * @address: where to listen; port 0 picks a free one
 * @error: return location
 *
 * Begins to listen. Connections are announced from the thread-default main context.
 *
 * Returns: (transfer full): the listener
 */
TripHttpListener *
trip_http_listener_new (GSocketAddress  *address,
                        GError         **error)
{
  g_autoptr(TripHttpListener) self = g_object_new (TRIP_TYPE_HTTP_LISTENER, NULL);
  g_autoptr(GSocketAddress) bound = NULL;

  g_return_val_if_fail (G_IS_INET_SOCKET_ADDRESS (address), NULL);

  self->socket = open_socket (address, error);
  if (self->socket == NULL)
    return NULL;
  bound = g_socket_get_local_address (self->socket, error);
  if (bound == NULL)
    return NULL;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  open_reserve (self);
  update_accepting (self);
  return g_steal_pointer (&self);
}

/**
 * trip_http_listener_get_port:
 * @self: a listener
 *
 * Returns: the TCP port it listens on
 */
guint16
trip_http_listener_get_port (TripHttpListener *self)
{
  g_return_val_if_fail (TRIP_IS_HTTP_LISTENER (self), 0);

  return self->port;
}

/**
 * trip_http_listener_set_paused:
 * @self: a listener
 * @paused: whether to leave clients in the queue
 *
 * Stops accepting for a while.
 */
void
trip_http_listener_set_paused (TripHttpListener *self,
                               gboolean          paused)
{
  g_return_if_fail (TRIP_IS_HTTP_LISTENER (self));

  self->paused = paused;
  update_accepting (self);
}

/**
 * trip_http_listener_close:
 * @self: a listener
 *
 * Stops listening for good.
 */
void
trip_http_listener_close (TripHttpListener *self)
{
  g_return_if_fail (TRIP_IS_HTTP_LISTENER (self));

  trip_source_clear (&self->accept_source);
  trip_source_clear (&self->retry_source);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  close_reserve (self);
}

/**
 * trip_http_raise_descriptor_limit:
 *
 * Raises the process's soft limit of open files towards the hard one: each client needs a descriptor.
 *
 * Returns: how many descriptors the process may have
 */
guint
trip_http_raise_descriptor_limit (void)
{
  struct rlimit limit;
  rlim_t wanted;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return 1024;
  wanted = MIN (limit.rlim_max, (rlim_t) DESCRIPTOR_LIMIT_MAX);
  if (limit.rlim_cur < wanted)
    {
      rlim_t before = limit.rlim_cur;

      limit.rlim_cur = wanted;
      if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = before;
    }
  return (guint) MIN (limit.rlim_cur, (rlim_t) DESCRIPTOR_LIMIT_MAX);
}
