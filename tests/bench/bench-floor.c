/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The floor: no HTTP, no JSON, no frames are read. Whatever comes from a client after its handshake is taken for one request,
 * and answered by the bytes of all five messages in one write. Only for tripbench load, which sends a request in one segment.
 */
#include "bench-floor.h"

#include "bench-canned.h"
#include "http/trip-ws-frame.h"
#include "http/trip-ws-handshake.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  EVENTS = 128,
  READ_BYTES = 16 * 1024,
};

typedef struct {
  int fd;
  gboolean greeted;
} Client;

static GByteArray *
build_answer (const BenchCanned *canned)
{
  GByteArray *answer = g_byte_array_new ();

  for (gsize i = 0; i < BENCH_CANNED_MESSAGES; i++)
    {
      guint8 head[TRIP_WS_HEAD_MAX_BYTES];
      gsize size;
      const guint8 *bytes = g_bytes_get_data (canned->messages[i], &size);

      g_byte_array_append (answer, head, (guint) trip_ws_frame_write_head (head, TRIP_WS_OPCODE_TEXT, size));
      g_byte_array_append (answer, bytes, (guint) size);
    }
  return answer;
}

static void
greet (Client     *client,
       const char *request,
       gsize       length)
{
  g_auto(TripWsHandshake) handshake = { 0 };
  g_autofree char *reply = NULL;

  if (!trip_ws_handshake_read (&handshake, request, length))
    return;
  reply = trip_ws_handshake_answer (&handshake, NULL);
  client->greeted = reply != NULL && send (client->fd, reply, strlen (reply), MSG_NOSIGNAL) > 0;
}

/* The clients of the load wait for the whole of an answer, so a socket's buffer always has room for it. */
static gboolean
serve_once (Client           *client,
            const GByteArray *answer)
{
  char buffer[READ_BYTES];
  gssize n = recv (client->fd, buffer, READ_BYTES, MSG_DONTWAIT);

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;
  if (n == 0)
    return FALSE;
  if (!client->greeted)
    {
      greet (client, buffer, (gsize) n);
      return client->greeted;
    }
  return send (client->fd, answer->data, answer->len, MSG_NOSIGNAL) == (gssize) answer->len;
}

static void
let_in (int listener,
        int set)
{
  int on = 1;
  int fd = accept (listener, NULL, NULL);
  Client *client;
  struct epoll_event event = { .events = EPOLLIN };

  if (fd < 0)
    return;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  client = g_new0 (Client, 1);
  client->fd = fd;
  event.data.ptr = client;
  epoll_ctl (set, EPOLL_CTL_ADD, fd, &event);
}

static void
run (int               listener,
     const GByteArray *answer)
{
  int set = epoll_create1 (EPOLL_CLOEXEC);
  struct epoll_event event = { .events = EPOLLIN };
  struct epoll_event events[EVENTS];

  epoll_ctl (set, EPOLL_CTL_ADD, listener, &event);
  for (;;)
    {
      int n = epoll_wait (set, events, EVENTS, -1);

      for (int i = 0; i < n; i++)
        {
          Client *client = events[i].data.ptr;

          if (client == NULL)
            {
              let_in (listener, set);
            }
          else if (!serve_once (client, answer))
            {
              close (client->fd);
              g_free (client);
            }
        }
    }
}

int
bench_floor (int    argc,
             char **argv)
{
  g_autofree char *path = NULL;
  gint port = 0;
  BenchCanned canned = { 0 };
  g_autoptr(GByteArray) answer = NULL;
  g_autoptr(GError) error = NULL;
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t size = sizeof address;
  int on = 1, listener;

  if (!bench_canned_options (&argc, &argv, "floor", &path, &port))
    return 2;
  if (!bench_canned_load (&canned, path, &error))
    {
      g_printerr ("tripbench floor: %s\n", error->message);
      return 2;
    }
  answer = build_answer (&canned);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons ((guint16) port);
  listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (listener < 0 || bind (listener, (struct sockaddr *) &address, size) != 0 || listen (listener, SOMAXCONN) != 0 ||
      getsockname (listener, (struct sockaddr *) &address, &size) != 0)
    {
      g_printerr ("tripbench floor: %s\n", g_strerror (errno));
      return 2;
    }
  bench_canned_announce (ntohs (address.sin_port));
  run (listener, answer);
  return 0;
}
