/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Arrivals, the oldest first: all have the same time, so the first whose time is not over ends the search for others.
 */
#include "http/trip-http-arrivals.h"

#include "relay/trip-source.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  /* Enough for the head of any common request. */
  PEEK_BYTES = 8 * 1024,
  SWEEP_MAX_MS = 1000,
};

typedef struct {
  TripHttpArrivals *arrivals;
  TripEpollWatch watch;
  gint64 deadline;
  GList link;
} Arrival;

struct _TripHttpArrivals {
  TripEpoll *epoll;
  TripHttpArrivedFunc func;
  GSourceOnceFunc gone;
  gpointer user_data;
  GQueue queue;
  GSource *sweep_source;
  char *buffer;
};

static int
forget (Arrival *arrival)
{
  TripHttpArrivals *self = arrival->arrivals;
  int fd = arrival->watch.fd;

  trip_epoll_set (self->epoll, &arrival->watch, 0);
  g_queue_unlink (&self->queue, &arrival->link);
  if (self->queue.length == 0)
    trip_source_clear (&self->sweep_source);
  g_free (arrival);
  return fd;
}

static void
on_ready (guint32  events,
          gpointer user_data)
{
  Arrival *arrival = user_data;
  TripHttpArrivals *self = arrival->arrivals;
  gssize n = recv (arrival->watch.fd, self->buffer, PEEK_BYTES, MSG_PEEK);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n > 0)
    {
      self->func (forget (arrival), self->buffer, (gsize) n, self->user_data);
      return;
    }
  close (forget (arrival));
  self->gone (self->user_data);
}

static gboolean
sweep_cb (gpointer user_data)
{
  TripHttpArrivals *self = user_data;
  gint64 now = g_get_monotonic_time ();
  guint n = 0;

  while (self->queue.head != NULL && ((Arrival *) self->queue.head->data)->deadline <= now)
    {
      close (forget (self->queue.head->data));
      n++;
    }
  if (n > 0)
    self->gone (self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * trip_http_arrivals_new:
 * @epoll: set of descriptors, which outlives this
 * @func: called for each whose first bytes have come
 * @gone: called when some have gone without a word
 * @user_data: data for both
 *
 * Returns: (transfer full): an empty waiting room
 */
TripHttpArrivals *
trip_http_arrivals_new (TripEpoll           *epoll,
                        TripHttpArrivedFunc  func,
                        GSourceOnceFunc      gone,
                        gpointer             user_data)
{
  TripHttpArrivals *self = g_new0 (TripHttpArrivals, 1);

  self->epoll = epoll;
  self->func = func;
  self->gone = gone;
  self->user_data = user_data;
  g_queue_init (&self->queue);
  self->buffer = g_malloc (PEEK_BYTES);
  return self;
}

/**
 * trip_http_arrivals_free:
 * @self: (transfer full): arrivals
 *
 * Cuts those that wait.
 */
void
trip_http_arrivals_free (TripHttpArrivals *self)
{
  trip_http_arrivals_cut (self);
  g_free (self->buffer);
  g_free (self);
}

/**
 * trip_http_arrivals_add:
 * @self: arrivals
 * @fd: (transfer full): a connected socket that does not block
 * @timeout_ms: how long it may stay silent, milliseconds; the same for all
 *
 * Waits for its first bytes.
 */
void
trip_http_arrivals_add (TripHttpArrivals *self,
                        int               fd,
                        guint             timeout_ms)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->arrivals = self;
  arrival->watch = (TripEpollWatch) { .fd = fd, .func = on_ready, .user_data = arrival };
  arrival->deadline = g_get_monotonic_time () + timeout_ms * (gint64) 1000;
  arrival->link.data = arrival;
  g_queue_push_tail_link (&self->queue, &arrival->link);
  trip_epoll_set (self->epoll, &arrival->watch, EPOLLIN);
  if (self->sweep_source != NULL)
    return;
  self->sweep_source = g_timeout_source_new (CLAMP (timeout_ms / 4, 1, SWEEP_MAX_MS));
  g_source_set_static_name (self->sweep_source, "trip-http-arrivals-sweep");
  g_source_set_callback (self->sweep_source, sweep_cb, self, NULL);
  g_source_attach (self->sweep_source, g_main_context_get_thread_default ());
}

/**
 * trip_http_arrivals_count:
 * @self: arrivals
 *
 * Returns: how many wait
 */
guint
trip_http_arrivals_count (TripHttpArrivals *self)
{
  return self->queue.length;
}

/**
 * trip_http_arrivals_cut:
 * @self: arrivals
 *
 * Ends the connections of all that wait.
 */
void
trip_http_arrivals_cut (TripHttpArrivals *self)
{
  while (self->queue.head != NULL)
    close (forget (self->queue.head->data));
}
