/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A peer on a pair of sockets: limits, pressure, pings, the closing handshake. What takes half a minute by default
 * takes milliseconds here.
 */
#include "http/trip-ws-frame.h"
#include "relay/trip-edge-status.h"
#include "http/trip-ws-peer.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  gboolean on_stream;
  TripWsEngine *engine;
  TripWsPeer *peer;
  int fd;
  GByteArray *received;
  GString *log;
  guint hold_after;
  guint n_messages;
} Fixture;

static void
on_message (TripWsPeer *peer,
            GBytes     *payload,
            gboolean    is_binary,
            gpointer    user_data)
{
  Fixture *fixture = user_data;
  gsize size;
  const char *text = g_bytes_get_data (payload, &size);

  g_string_append_printf (fixture->log, "%s%.*s;", is_binary ? "binary " : "", (int) size, size > 0 ? text : "");
  fixture->n_messages++;
  if (fixture->n_messages == fixture->hold_after)
    trip_ws_peer_set_held (peer, TRUE);
}

static void
on_pressure (TripWsPeer *peer,
             gboolean    is_pressed,
             gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->log, is_pressed ? "pressed;" : "released;");
}

static void
on_closing (TripWsPeer *peer,
            gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->log, "closing;");
}

static void
on_closed (TripWsPeer *peer,
           gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->log, "closed %u;", trip_ws_peer_get_close_code (peer));
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  on_stream)
{
  fixture->on_stream = on_stream != NULL;
  fixture->engine = trip_ws_engine_new ();
  fixture->received = g_byte_array_new ();
  fixture->log = g_string_new (NULL);
  fixture->fd = -1;
}

static void
open_peer (Fixture    *fixture,
           const char *early)
{
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GBytes) early_bytes = early != NULL ? g_bytes_new (early, strlen (early)) : NULL;
  g_autoptr(GError) error = NULL;
  int fds[2];
  int size = 4096;

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds));
  g_assert_no_errno (setsockopt (fds[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size));
  fixture->fd = fds[1];
  if (fixture->on_stream)
    {
      socket = g_socket_new_from_fd (fds[0], &error);
      g_assert_no_error (error);
      connection = g_socket_connection_factory_create_connection (socket);
      fixture->peer = trip_ws_peer_new (fixture->engine, G_IO_STREAM (connection), early_bytes);
    }
  else
    {
      fixture->peer = trip_ws_peer_new_for_fd (fixture->engine, fds[0], early_bytes);
    }
  g_signal_connect (fixture->peer, "message", G_CALLBACK (on_message), fixture);
  g_signal_connect (fixture->peer, "pressure", G_CALLBACK (on_pressure), fixture);
  g_signal_connect (fixture->peer, "closing", G_CALLBACK (on_closing), fixture);
  g_signal_connect (fixture->peer, "closed", G_CALLBACK (on_closed), fixture);
  trip_ws_peer_start (fixture->peer);
}

static void
hang_up (Fixture *fixture)
{
  if (fixture->fd >= 0)
    close (g_steal_fd (&fixture->fd));
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  unused)
{
  hang_up (fixture);
  trip_ws_engine_abort_all (fixture->engine);
  g_assert_cmpuint (trip_ws_engine_get_n_peers (fixture->engine), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->peer);
  g_assert_finalize_object (fixture->engine);
  g_byte_array_unref (fixture->received);
  g_string_free (fixture->log, TRUE);
}

/* What the other side does: frames with an empty mask, so that the bytes are easy to read here. */
static void
send_frame (Fixture    *fixture,
            guint8      first,
            const void *payload,
            gsize       size)
{
  guint8 frame[4 + 4 + 4096] = { first, (guint8) (0x80 | (size < 126 ? size : 126)) };
  gsize length = 2;
  gssize n;

  g_assert_cmpuint (size, <=, 4096);
  if (size >= 126)
    {
      frame[length++] = (guint8) (size >> 8);
      frame[length++] = (guint8) size;
    }
  length += 4;
  if (size > 0)
    memcpy (frame + length, payload, size);
  length += size;
  n = send (fixture->fd, frame, length, MSG_NOSIGNAL);
  g_assert_cmpint (n, ==, length);
}

static void
send_text (Fixture    *fixture,
           const char *text)
{
  send_frame (fixture, 0x81, text, strlen (text));
}

/* Reads what has come for the other side; returns FALSE at the end of the stream. */
static gboolean
receive (Fixture *fixture)
{
  guint8 buffer[65536];
  gssize n;

  while ((n = recv (fixture->fd, buffer, sizeof buffer, 0)) > 0)
    g_byte_array_append (fixture->received, buffer, (guint) n);
  return n < 0 && errno == EAGAIN;
}

static gboolean
time_out_cb (gpointer user_data)
{
  g_error ("waited in vain");
  return G_SOURCE_REMOVE;
}

static void
wait_for_log (Fixture    *fixture,
              const char *expected)
{
  guint timeout = g_timeout_add_seconds (20, time_out_cb, NULL);

  while (strlen (fixture->log->str) < strlen (expected))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_assert_cmpstr (fixture->log->str, ==, expected);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The other side has no source in the loop: look at its socket every millisecond. */
static void
wait_for_bytes (Fixture *fixture,
                gsize    n)
{
  guint timeout = g_timeout_add_seconds (20, time_out_cb, NULL);
  guint wake = g_timeout_add (1, wake_cb, NULL);

  while (fixture->received->len < n && receive (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_source_remove (timeout);
  g_assert_cmpuint (fixture->received->len, >=, n);
}

static void
wait_for_end (Fixture *fixture)
{
  guint timeout = g_timeout_add_seconds (20, time_out_cb, NULL);
  guint wake = g_timeout_add (1, wake_cb, NULL);

  while (receive (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_source_remove (timeout);
}

static void
iterate_all (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_messages (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr(GBytes) hello = g_bytes_new_static ("hello", 5);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);

  open_peer (fixture, NULL);
  send_text (fixture, "one");
  send_frame (fixture, 0x82, "two", 3);
  send_text (fixture, "");
  wait_for_log (fixture, "one;binary two;;");
  trip_ws_peer_send_text (fixture->peer, hello);
  trip_ws_peer_send_text (fixture->peer, empty);
  trip_ws_peer_send_text (fixture->peer, hello);
  wait_for_bytes (fixture, 16);
  g_assert_cmpmem (fixture->received->data, fixture->received->len, "\x81\x05hello\x81\x00\x81\x05hello", 16);
  g_assert_cmpuint (trip_ws_peer_get_queued_bytes (fixture->peer), ==, 0);
}

static void
test_early_bytes (Fixture       *fixture,
                  gconstpointer  unused)
{
  open_peer (fixture, "\x81\x83\x01\x01\x01\x01nod\x81\x82\x01\x01\x01\x01i");
  g_assert_cmpstr (fixture->log->str, ==, "");
  wait_for_log (fixture, "one;");
  g_assert_cmpint (send (fixture->fd, "h", 1, 0), ==, 1);
  wait_for_log (fixture, "one;hi;");
}

static void
test_ping_is_answered (Fixture       *fixture,
                       gconstpointer  unused)
{
  open_peer (fixture, NULL);
  send_frame (fixture, 0x89, "x\0y", 3);
  wait_for_bytes (fixture, 5);
  g_assert_cmpmem (fixture->received->data, fixture->received->len, "\x8a\x03x\0y", 5);
}

/* One turn of the loop reads no more than the budget, however much is there. */
static void
test_read_budget (Fixture       *fixture,
                  gconstpointer  unused)
{
  trip_ws_engine_get_limits (fixture->engine)->read_budget = 70;
  open_peer (fixture, NULL);
  for (guint i = 0; i < 50; i++)
    send_text (fixture, "x");
  while (fixture->n_messages == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_messages, ==, 10);
  while (fixture->n_messages < 50)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_hold (Fixture       *fixture,
           gconstpointer  unused)
{
  open_peer (fixture, NULL);
  fixture->hold_after = 2;
  for (guint i = 0; i < 5; i++)
    send_text (fixture, "x");
  wait_for_log (fixture, "x;x;");
  iterate_all ();
  g_assert_cmpuint (fixture->n_messages, ==, 2);
  trip_ws_peer_set_held (fixture->peer, FALSE);
  g_assert_cmpuint (fixture->n_messages, ==, 2);
  wait_for_log (fixture, "x;x;x;x;x;");
}

static GBytes *
new_text (gsize size)
{
  return g_bytes_new_take (g_strnfill (size, 'x'), size);
}

static void
test_pressure (Fixture       *fixture,
               gconstpointer  unused)
{
  TripWsLimits *limits = trip_ws_engine_get_limits (fixture->engine);
  g_autoptr(GBytes) text = new_text (50000);

  limits->high_mark = 120000;
  limits->low_mark = 60000;
  limits->hard_limit = 1000000;
  open_peer (fixture, NULL);
  for (guint i = 0; i < 6; i++)
    trip_ws_peer_send_text (fixture->peer, text);
  g_assert_true (trip_ws_peer_is_pressed (fixture->peer));
  iterate_all ();
  send_text (fixture, "hello");
  iterate_all ();
  g_assert_cmpstr (fixture->log->str, ==, "pressed;");

  /* All that was queued arrives, and then the other side is heard again. */
  wait_for_bytes (fixture, 6 * (50000 + 4));
  g_assert_cmpuint (fixture->received->len, ==, 6 * (50000 + 4));
  wait_for_log (fixture, "pressed;released;hello;");
}

static void
test_hard_limit (Fixture       *fixture,
                 gconstpointer  unused)
{
  TripWsLimits *limits = trip_ws_engine_get_limits (fixture->engine);
  g_autoptr(GBytes) text = new_text (50000);
  const guint8 *end;

  limits->hard_limit = 200000;
  limits->high_mark = limits->low_mark = 190000;
  limits->close_timeout_ms = 60000;
  open_peer (fixture, NULL);
  trip_ws_peer_send_text (fixture->peer, text);
  iterate_all ();
  for (guint i = 0; i < 5; i++)
    trip_ws_peer_send_text (fixture->peer, text);
  g_assert_false (trip_ws_peer_is_open (fixture->peer));
  g_assert_cmpuint (trip_ws_peer_get_queued_bytes (fixture->peer), <, 60000);
  g_assert_cmpuint (trip_ws_peer_get_close_code (fixture->peer), ==, TRIP_EDGE_CLOSE_SLOW);

  /* The message that had begun is completed before the close frame; those behind it are gone. */
  wait_for_bytes (fixture, 50004 + 4);
  end = fixture->received->data + 50004;
  g_assert_cmpmem (end, 1, "\x88", 1);
  g_assert_cmpmem (end + 2, 2, "\x11\x4e", 2);
  send_frame (fixture, 0x88, "\x03\xf0", 2);
  wait_for_end (fixture);
}

static void
test_stalled_reader (Fixture       *fixture,
                     gconstpointer  unused)
{
  TripWsLimits *limits = trip_ws_engine_get_limits (fixture->engine);
  g_autoptr(GBytes) text = new_text (500000);

  limits->stall_timeout_ms = 40;
  limits->close_timeout_ms = 20;
  open_peer (fixture, NULL);
  trip_ws_peer_send_text (fixture->peer, text);
  wait_for_log (fixture, "pressed;closing;closed 4430;");
}

static guint
count_pings (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i + 10 <= fixture->received->len; i += 10)
    n += fixture->received->data[i] == 0x89;
  return n;
}

static void
test_pong (Fixture       *fixture,
           gconstpointer  unused)
{
  trip_ws_engine_get_limits (fixture->engine)->ping_interval_ms = 20;
  open_peer (fixture, NULL);
  for (guint i = 1; i <= 5; i++)
    {
      wait_for_bytes (fixture, i * 10);
      send_frame (fixture, 0x8a, fixture->received->data + (i - 1) * 10 + 2, 8);
    }
  g_assert_true (trip_ws_peer_is_open (fixture->peer));
  g_assert_cmpuint (count_pings (fixture), ==, 5);
}

static void
test_no_pong (Fixture       *fixture,
              gconstpointer  unused)
{
  trip_ws_engine_get_limits (fixture->engine)->ping_interval_ms = 20;
  trip_ws_engine_get_limits (fixture->engine)->close_timeout_ms = 20;
  open_peer (fixture, NULL);
  /* Neither talk nor an old pong is an answer. */
  send_text (fixture, "x");
  send_frame (fixture, 0x8a, "\0\0\0\0\0\0\0\0", 8);
  wait_for_log (fixture, "x;closing;closed 1008;");
  wait_for_end (fixture);
  g_assert_cmpuint (count_pings (fixture), ==, 1);
}

static void
test_pong_is_not_missed_while_held (Fixture       *fixture,
                                    gconstpointer  unused)
{
  guint wake = g_timeout_add (5, wake_cb, NULL);

  trip_ws_engine_get_limits (fixture->engine)->ping_interval_ms = 10;
  open_peer (fixture, NULL);
  trip_ws_peer_set_held (fixture->peer, TRUE);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_true (trip_ws_peer_is_open (fixture->peer));
}

static void
test_close_by_them (Fixture       *fixture,
                    gconstpointer  unused)
{
  open_peer (fixture, NULL);
  send_frame (fixture, 0x88, "\x0f\xa0why", 5);
  wait_for_log (fixture, "closing;closed 4000;");
  wait_for_end (fixture);
  g_assert_cmpmem (fixture->received->data, fixture->received->len, "\x88\x02\x0f\xa0", 4);
}

static void
test_close_by_us (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr(GBytes) text = g_bytes_new_static ("last", 4);

  open_peer (fixture, NULL);
  trip_ws_peer_send_text (fixture->peer, text);
  trip_ws_peer_close (fixture->peer, TRIP_WS_CLOSE_GOING_AWAY, NULL);
  trip_ws_peer_close (fixture->peer, TRIP_WS_CLOSE_INTERNAL, NULL);
  trip_ws_peer_send_text (fixture->peer, text);
  send_text (fixture, "too late");
  wait_for_bytes (fixture, 10);
  g_assert_cmpmem (fixture->received->data, fixture->received->len, "\x81\x04last\x88\x02\x03\xe9", 10);
  g_assert_cmpstr (fixture->log->str, ==, "closing;");
  send_frame (fixture, 0x88, "\x03\xe9", 2);
  wait_for_log (fixture, "closing;closed 1001;");
  wait_for_end (fixture);
}

static void
test_close_without_an_answer (Fixture       *fixture,
                              gconstpointer  unused)
{
  trip_ws_engine_get_limits (fixture->engine)->close_timeout_ms = 20;
  open_peer (fixture, NULL);
  trip_ws_peer_close (fixture->peer, TRIP_WS_CLOSE_GOING_AWAY, "bye");
  wait_for_log (fixture, "closing;closed 1001;");
}

static void
test_close_while_held (Fixture       *fixture,
                       gconstpointer  unused)
{
  open_peer (fixture, NULL);
  trip_ws_peer_set_held (fixture->peer, TRUE);
  send_text (fixture, "unread");
  send_frame (fixture, 0x88, "\x03\xe9", 2);
  trip_ws_peer_close (fixture->peer, TRIP_WS_CLOSE_GOING_AWAY, NULL);
  wait_for_log (fixture, "closing;closed 1001;");
}

/* Bytes that come after a violation are read away, so that the close frame is not lost to a reset. */
static void
test_violation (Fixture       *fixture,
                gconstpointer  unused)
{
  open_peer (fixture, NULL);
  send_frame (fixture, 0x83, "x", 1);
  for (guint i = 0; i < 20; i++)
    send_text (fixture, "more");
  wait_for_end (fixture);
  g_assert_cmpmem (fixture->received->data, 1, "\x88", 1);
  g_assert_cmpmem (fixture->received->data + 2, 2, "\x03\xea", 2);
  g_assert_cmpstr (fixture->log->str, ==, "closing;");
  hang_up (fixture);
  wait_for_log (fixture, "closing;closed 1002;");
}

static void
test_hang_up (Fixture       *fixture,
              gconstpointer  unused)
{
  open_peer (fixture, NULL);
  send_text (fixture, "x");
  hang_up (fixture);
  wait_for_log (fixture, "x;closing;closed 1006;");
}

static void
test_abort (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(GBytes) text = g_bytes_new_static ("x", 1);

  open_peer (fixture, NULL);
  trip_ws_peer_send_text (fixture->peer, text);
  trip_ws_peer_abort (fixture->peer);
  trip_ws_peer_send_text (fixture->peer, text);
  trip_ws_peer_close (fixture->peer, TRIP_WS_CLOSE_NORMAL, NULL);
  trip_ws_peer_set_held (fixture->peer, TRUE);
  trip_ws_peer_set_held (fixture->peer, FALSE);
  iterate_all ();
  g_assert_cmpstr (fixture->log->str, ==, "closing;closed 1006;");
}

/* Everything holds for a plain socket and for a stream. */
#define ADD(path, func) \
  g_test_add ("/ws-peer/fd/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down); \
  g_test_add ("/ws-peer/stream/" path, Fixture, "stream", fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("messages", test_messages);
  ADD ("early-bytes", test_early_bytes);
  ADD ("ping-is-answered", test_ping_is_answered);
  ADD ("read-budget", test_read_budget);
  ADD ("hold", test_hold);
  ADD ("pressure", test_pressure);
  ADD ("hard-limit", test_hard_limit);
  ADD ("stalled-reader", test_stalled_reader);
  ADD ("pong", test_pong);
  ADD ("no-pong", test_no_pong);
  ADD ("pong-is-not-missed-while-held", test_pong_is_not_missed_while_held);
  ADD ("close-by-them", test_close_by_them);
  ADD ("close-by-us", test_close_by_us);
  ADD ("close-without-an-answer", test_close_without_an_answer);
  ADD ("close-while-held", test_close_while_held);
  ADD ("violation", test_violation);
  ADD ("hang-up", test_hang_up);
  ADD ("abort", test_abort);

  return g_test_run ();
}
