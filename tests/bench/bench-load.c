/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The load generator: many connections on one epoll(7) set, so that it is cheaper than anything it measures. It knows just
 * enough of WebSocket and HTTP to see where an answer ends. Modes: ws (kept connections), fresh (one a request), rest (POST
 * /chat), idle (clients that say nothing, beside others that ask), deaf (clients that ask and do not read).
 */
#include "bench-load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST "{\"message\":\"plan a 3 day trip to Tokyo\"}"
#define DONE "{\"type\":\"done\"}"
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="

enum {
  READ_BYTES = 256 * 1024,
  WAIT_SECONDS = 60,
  CLIENTS_PER_ADDRESS = 20000,
};

typedef struct {
  gint port;
  gint pid;
  gint connections;
  gint requests;
  gint seconds;
  gboolean json;
} Options;

typedef enum {
  SHAKING,
  IDLE,
  WAITING,
} Phase;

/* What of a frame is known. */
typedef struct {
  int fd;
  Phase phase;
  guint8 head[10];
  guint head_have;
  guint64 left;
  char tail[32];
  guint tail_have;
  gint64 started_us;
  gboolean rest;
  gint64 body_left;
  gboolean is_ping;
} Client;

typedef struct {
  const Options *options;
  int epoll;
  Client *clients;
  GArray *latencies;
  gint asked;
  gint answered;
  gboolean fresh;
  gboolean rest;
  char *buffer;
  GString *request;
  GString *handshake;
} Load;

static void
die (const char *what)
{
  g_printerr ("tripbench load: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

static gdouble
cpu_seconds (gint pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/schedstat", pid);
  g_autofree char *text = NULL;
  guint64 own = 0;
  clockid_t clock;
  struct timespec time;

  /* All threads of the process, to the nanosecond. */
  if (pid > 0 && clock_getcpuclockid (pid, &clock) == 0 && clock_gettime (clock, &time) == 0)
    return (gdouble) time.tv_sec + (gdouble) time.tv_nsec / 1e9;
  if (pid > 0 && g_file_get_contents (path, &text, NULL, NULL))
    own = g_ascii_strtoull (text, NULL, 10);
  return (gdouble) own / 1e9;
}

static glong
resident_kib (gint pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return atol (line + strlen ("VmRSS:"));
}

static int
dial (const Options *options,
      guint          index)
{
  struct sockaddr_in from = { .sin_family = AF_INET }, to = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;

  from.sin_addr.s_addr = htonl (INADDR_LOOPBACK + index / CLIENTS_PER_ADDRESS);
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  to.sin_port = htons ((guint16) options->port);
  if (fd < 0 || bind (fd, (struct sockaddr *) &from, sizeof from) != 0 ||
      connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    die ("connect");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

static void
send_all (int         fd,
          const char *bytes,
          gsize       length)
{
  while (length > 0)
    {
      gssize n = send (fd, bytes, length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        die ("send");
      bytes += n;
      length -= (gsize) n;
    }
}

static GString *
build_frame (const char *text)
{
  GString *frame = g_string_new (NULL);
  gsize length = strlen (text);
  const guint8 mask[4] = { 0x37, 0xfa, 0x21, 0x3d };

  g_assert (length < 126);
  g_string_append_c (frame, (char) 0x81);
  g_string_append_c (frame, (char) (0x80 | length));
  g_string_append_len (frame, (const char *) mask, sizeof mask);
  for (gsize i = 0; i < length; i++)
    g_string_append_c (frame, (char) (text[i] ^ mask[i % 4]));
  return frame;
}

static void
arm (Load   *load,
     Client *client)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };

  if (epoll_ctl (load->epoll, EPOLL_CTL_ADD, client->fd, &event) != 0)
    die ("epoll_ctl");
}

static void
ask (Load   *load,
     Client *client)
{
  client->phase = WAITING;
  client->started_us = g_get_monotonic_time ();
  load->asked++;
  send_all (client->fd, load->request->str, load->request->len);
}

static void
connect_client (Load   *load,
                Client *client)
{
  *client = (Client) { .fd = dial (load->options, (guint) (client - load->clients)), .phase = SHAKING, .rest = load->rest,
                       .body_left = -1 };
  arm (load, client);
  if (load->rest)
    ask (load, client);
  else
    send_all (client->fd, load->handshake->str, load->handshake->len);
}

static void
hang_up (Client *client)
{
  close (client->fd);
  client->fd = -1;
}

static void
on_answered (Load   *load,
             Client *client)
{
  gdouble ms = (gdouble) (g_get_monotonic_time () - client->started_us) / 1000;

  g_array_append_val (load->latencies, ms);
  load->answered++;
  client->phase = IDLE;
  if (load->asked >= load->options->requests)
    return;
  if (load->fresh || load->rest)
    {
      hang_up (client);
      connect_client (load, client);
    }
  else
    {
      ask (load, client);
    }
}

static guint
head_length (const Client *client)
{
  guint small = client->head_have > 1 ? client->head[1] & 0x7f : 0;

  return small == 126 ? 4 : small == 127 ? 10 : 2;
}

/* One piece of what a WebSocket sends. Only the end of each message is kept, to know `done` by. */
static void
take_frames (Load       *load,
             Client     *client,
             const char *bytes,
             gsize       length)
{
  while (length > 0)
    {
      gsize n;

      if (client->left == 0 && (client->head_have < 2 || client->head_have < head_length (client)))
        {
          client->head[client->head_have++] = (guint8) *bytes++;
          length--;
          if (client->head_have < 2 || client->head_have < head_length (client))
            continue;
          client->left = client->head[1] & 0x7f;
          for (guint i = 2; i < head_length (client); i++)
            client->left = (i == 2 ? 0 : client->left << 8) | client->head[i];
          client->tail_have = 0;
          client->is_ping = (client->head[0] & 0xf) == 9;
          if (client->left > 0)
            continue;
        }
      n = MIN (length, client->left);
      for (gsize i = 0; i < MIN (n, sizeof client->tail - client->tail_have) && client->tail_have < sizeof client->tail; i++)
        client->tail[client->tail_have++] = bytes[i];
      bytes += n;
      length -= n;
      client->left -= n;
      if (client->left > 0)
        continue;
      client->head_have = 0;
      if (client->is_ping)
        {
          /* A masked pong with a mask of zeros. */
          char pong[6 + 32] = { (char) 0x8a, (char) (0x80 | client->tail_have) };

          memcpy (pong + 6, client->tail, client->tail_have);
          send_all (client->fd, pong, 6 + client->tail_have);
        }
      else if (client->tail_have == strlen (DONE) && memcmp (client->tail, DONE, strlen (DONE)) == 0)
        {
          on_answered (load, client);
          if (load->fresh)
            return;
        }
    }
}

static void
take (Load   *load,
      Client *client)
{
  gssize n = recv (client->fd, load->buffer, READ_BYTES, 0);
  const char *end;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (client->rest)
    {
      /* The server closes behind the answer. */
      if (n <= 0)
        on_answered (load, client);
      return;
    }
  if (n <= 0)
    {
      errno = n == 0 ? ECONNRESET : errno;
      die ("the server hung up");
    }
  if (client->phase != SHAKING)
    {
      take_frames (load, client, load->buffer, (gsize) n);
      return;
    }
  end = memmem (load->buffer, (gsize) n, "\r\n\r\n", 4);
  if (end == NULL || memcmp (load->buffer, "HTTP/1.1 101", 12) != 0)
    {
      errno = EPROTO;
      die ("handshake");
    }
  client->phase = IDLE;
  if (load->asked < load->options->requests)
    ask (load, client);
}

static void
turn (Load *load,
      int   timeout_ms)
{
  struct epoll_event events[256];
  int n = epoll_wait (load->epoll, events, G_N_ELEMENTS (events), timeout_ms);

  for (int i = 0; i < n; i++)
    {
      Client *client = events[i].data.ptr;

      if (client->fd >= 0)
        take (load, client);
    }
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return x < y ? -1 : x > y;
}

static gdouble
percentile (GArray  *values,
            gdouble  share)
{
  g_array_sort (values, compare_doubles);
  return values->len > 0 ? g_array_index (values, gdouble, MIN (values->len - 1, (guint) (share * values->len))) : NAN;
}

static void
load_init (Load          *load,
           const Options *options)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  *load = (Load) { .options = options, .epoll = epoll_create1 (EPOLL_CLOEXEC) };
  load->latencies = g_array_new (FALSE, FALSE, sizeof (gdouble));
  load->buffer = g_malloc (READ_BYTES);
  load->request = build_frame (REQUEST);
  load->handshake = g_string_new (NULL);
  g_string_append_printf (load->handshake,
                          "GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: " KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n",
                          options->port);
}

static gint64
deadline (void)
{
  return g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
}

static void
wait_for_answers (Load *load)
{
  gint64 until = deadline ();
  gint answered = load->answered;

  while (load->answered < load->options->requests)
    {
      turn (load, 1000);
      if (load->answered != answered)
        until = deadline ();
      answered = load->answered;
      if (g_get_monotonic_time () > until)
        {
          errno = ETIMEDOUT;
          die ("answers");
        }
    }
}

static int
measure (const Options *options,
         gboolean       fresh,
         gboolean       rest)
{
  Load load;
  gdouble cpu, seconds;
  gint64 start;

  load_init (&load, options);
  load.fresh = fresh;
  load.rest = rest;
  if (rest)
    g_string_printf (load.request,
                     "POST /chat HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                     "Connection: close\r\n\r\n%s",
                     options->port, (int) strlen (REQUEST), REQUEST);
  load.clients = g_new0 (Client, options->connections);
  cpu = cpu_seconds (options->pid);
  start = g_get_monotonic_time ();
  for (gint i = 0; i < options->connections; i++)
    connect_client (&load, &load.clients[i]);
  wait_for_answers (&load);
  seconds = (gdouble) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  cpu = cpu_seconds (options->pid) - cpu;
  if (options->json)
    printf ("{\"requests\":%d,\"per_second\":%.0f,\"cpu_us\":%.2f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", load.answered,
            load.answered / seconds, cpu / load.answered * 1e6, percentile (load.latencies, 0.5),
            percentile (load.latencies, 0.99));
  else
    printf ("%d requests, %.0f a second, server CPU %.2f us a request, latency p50 %.3f ms, p99 %.3f ms\n", load.answered,
            load.answered / seconds, cpu / load.answered * 1e6, percentile (load.latencies, 0.5),
            percentile (load.latencies, 0.99));
  return 0;
}

/* Requests of one kept connection at a time, for @seconds. */
static void
ask_beside (const Options *options,
            gint           seconds,
            gdouble       *out_p50,
            gdouble       *out_per_second)
{
  Options few = *options;
  Load load;
  gint64 start = g_get_monotonic_time ();
  gint64 end = start + seconds * G_USEC_PER_SEC;

  few.connections = 8;
  few.requests = G_MAXINT;
  load_init (&load, &few);
  load.clients = g_new0 (Client, few.connections);
  for (gint i = 0; i < few.connections; i++)
    connect_client (&load, &load.clients[i]);
  while (g_get_monotonic_time () < end)
    turn (&load, 100);
  *out_p50 = percentile (load.latencies, 0.5);
  *out_per_second = load.answered / ((gdouble) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  for (gint i = 0; i < few.connections; i++)
    hang_up (&load.clients[i]);
}

static int
measure_idle (const Options *options)
{
  Options silent = *options;
  Load load;
  gdouble before_p50, before_rate, beside_p50, beside_rate;
  gint64 start;
  gdouble opened_s;
  glong before_kib, after_kib;
  gint alive = 0, open = 0;

  ask_beside (options, 3, &before_p50, &before_rate);
  silent.requests = 0;
  load_init (&load, &silent);
  load.clients = g_new0 (Client, silent.connections);
  before_kib = resident_kib (options->pid);
  start = g_get_monotonic_time ();
  for (gint i = 0; i < silent.connections; i++)
    {
      connect_client (&load, &load.clients[i]);
      if (i % 64 == 0)
        turn (&load, 0);
    }
  while (open < silent.connections && g_get_monotonic_time () - start < WAIT_SECONDS * G_USEC_PER_SEC)
    {
      turn (&load, 100);
      for (open = 0; open < silent.connections && load.clients[open].phase == IDLE;)
        open++;
    }
  opened_s = (gdouble) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  after_kib = resident_kib (options->pid);
  ask_beside (options, 3, &beside_p50, &beside_rate);
  while (g_get_monotonic_time () - start < options->seconds * G_USEC_PER_SEC)
    turn (&load, 100);
  for (gint i = 0; i < silent.connections; i++)
    {
      char byte;

      alive += recv (load.clients[i].fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    }
  printf ("%d idle clients: opened in %.2f s, %.2f KiB of the server's memory each, %d alive after %d s\n"
          "requests beside them: p50 %.3f ms (%.3f without, x %.2f), %.0f a second (%.0f without, x %.2f)\n",
          silent.connections, opened_s, (gdouble) (after_kib - before_kib) / silent.connections, alive, options->seconds,
          beside_p50, before_p50, beside_p50 / before_p50, beside_rate, before_rate, beside_rate / before_rate);
  return alive == silent.connections ? 0 : 1;
}

/* Sends without reading: only as much as the server takes. */
static void
press (Load          *load,
       Client        *client,
       gsize         *sent,
       gsize          total)
{
  while (*sent < total)
    {
      gsize offset = *sent % load->request->len;
      gssize n = send (client->fd, load->request->str + offset, load->request->len - offset, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0 && errno != EAGAIN)
        die ("send");
      if (n <= 0)
        return;
      *sent += (gsize) n;
    }
}

static int
measure_deaf (const Options *options)
{
  Options deaf = *options;
  Load load;
  g_autofree gsize *sent = g_new0 (gsize, options->connections);
  gsize total;
  glong before_kib, largest_kib;
  gint64 start, until;

  deaf.requests = 0;
  load_init (&load, &deaf);
  total = load.request->len * (gsize) options->requests;
  load.clients = g_new0 (Client, deaf.connections);
  for (gint i = 0; i < deaf.connections; i++)
    connect_client (&load, &load.clients[i]);
  for (gint open = 0; open < deaf.connections;)
    {
      turn (&load, 100);
      for (open = 0; open < deaf.connections && load.clients[open].phase == IDLE;)
        open++;
    }
  before_kib = largest_kib = resident_kib (options->pid);
  start = g_get_monotonic_time ();
  while (g_get_monotonic_time () - start < options->seconds * G_USEC_PER_SEC)
    {
      for (gint i = 0; i < deaf.connections; i++)
        press (&load, &load.clients[i], &sent[i], total);
      largest_kib = MAX (largest_kib, resident_kib (options->pid));
      g_usleep (10 * 1000);
    }
  until = deadline ();
  while (load.answered < options->requests * deaf.connections && g_get_monotonic_time () < until)
    {
      for (gint i = 0; i < deaf.connections; i++)
        press (&load, &load.clients[i], &sent[i], total);
      turn (&load, 10);
      largest_kib = MAX (largest_kib, resident_kib (options->pid));
    }
  printf ("%d readers that read nothing for %d s: memory grew by %.1f MB; %d of %d answers read\n", deaf.connections,
          options->seconds, (gdouble) (largest_kib - before_kib) / 1024, load.answered, options->requests * deaf.connections);
  return load.answered == options->requests * deaf.connections ? 0 : 1;
}

int
bench_load (int    argc,
            char **argv)
{
  Options options = { .connections = 0, .requests = 0, .seconds = 0 };
  g_autofree char *mode = NULL;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options.port, "Where the server listens, on 127.0.0.1", "PORT" },
    { "pid", 0, 0, G_OPTION_ARG_INT, &options.pid, "Its process, whose time and memory count", "PID" },
    { "mode", 'm', 0, G_OPTION_ARG_STRING, &mode, "ws, fresh, rest, idle or deaf", "MODE" },
    { "connections", 'c', 0, G_OPTION_ARG_INT, &options.connections, "How many (64; idle 10000, deaf 20)", "N" },
    { "requests", 'n', 0, G_OPTION_ARG_INT, &options.requests, "How many (50000; deaf 1500 each)", "N" },
    { "seconds", 's', 0, G_OPTION_ARG_INT, &options.seconds, "How long (idle 60, deaf 5)", "S" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  gboolean idle, deaf;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.port <= 0)
    {
      g_printerr ("tripbench load: %s\n", error != NULL ? error->message : "--port is needed");
      return 2;
    }
  idle = g_strcmp0 (mode, "idle") == 0;
  deaf = g_strcmp0 (mode, "deaf") == 0;
  if (options.connections <= 0)
    options.connections = idle ? 10000 : deaf ? 20 : 64;
  if (options.requests <= 0)
    options.requests = deaf ? 1500 : 50000;
  if (options.seconds <= 0)
    options.seconds = idle ? 60 : 5;
  if (idle)
    return measure_idle (&options);
  if (deaf)
    return measure_deaf (&options);
  return measure (&options, g_strcmp0 (mode, "fresh") == 0, g_strcmp0 (mode, "rest") == 0);
}
