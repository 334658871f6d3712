/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The set: epoll(7) behind a GSource. Level-triggered, so what a callback leaves unread comes again in the next turn, behind
 * everybody else's.
 */
#include "http/trip-epoll.h"

#include <glib-unix.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
  /* Few enough that other sources get their turn soon. */
  EVENTS_PER_TURN = 128,
};

struct _TripEpoll {
  int fd;
  GSource *source;
  struct epoll_event batch[EVENTS_PER_TURN];
  int n_batch;
};

typedef struct {
  GSource parent;
  TripEpoll *epoll;
} EpollSource;

static gboolean
epoll_source_dispatch (GSource     *source,
                       GSourceFunc  callback,
                       gpointer     user_data)
{
  TripEpoll *self = ((EpollSource *) source)->epoll;

  self->n_batch = epoll_wait (self->fd, self->batch, EVENTS_PER_TURN, 0);
  for (int i = 0; i < self->n_batch; i++)
    {
      TripEpollWatch *watch = self->batch[i].data.ptr;

      if (watch != NULL)
        watch->func (self->batch[i].events, watch->user_data);
      /* The owner of the set ended it meanwhile. */
      if (g_source_is_destroyed (source))
        break;
    }
  if (!g_source_is_destroyed (source))
    self->n_batch = 0;
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs epoll_source_funcs = {
  .dispatch = epoll_source_dispatch,
};

/**
 * trip_epoll_new:
 * @context: (nullable): where callbacks run; %NULL for the default one
 *
 * Returns: (transfer full): an empty set
 */
TripEpoll *
trip_epoll_new (GMainContext *context)
{
  TripEpoll *self = g_new0 (TripEpoll, 1);

  self->fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->fd < 0)
    g_error ("epoll: %s", g_strerror (errno));
  self->source = g_source_new (&epoll_source_funcs, sizeof (EpollSource));
  ((EpollSource *) self->source)->epoll = self;
  g_source_set_static_name (self->source, "trip-epoll");
  g_source_add_unix_fd (self->source, self->fd, G_IO_IN);
  g_source_attach (self->source, context);
  return self;
}

/**
 * trip_epoll_free:
 * @self: (transfer full): a set in which nothing is watched
 *
 * Frees it. Not from within a callback.
 */
void
trip_epoll_free (TripEpoll *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self);
}

/**
 * trip_epoll_set:
 * @self: a set
 * @watch: a descriptor
 * @events: what to wait for from now on; 0 for nothing, after which the watch may go
 *
 * Changes what a descriptor is watched for.
 */
void
trip_epoll_set (TripEpoll      *self,
                TripEpollWatch *watch,
                guint32         events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  if (watch->events == events)
    return;
  if (epoll_ctl (self->fd, events == 0 ? EPOLL_CTL_DEL : watch->events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, watch->fd,
                 &event) != 0)
    g_critical ("epoll: %s", g_strerror (errno));
  watch->events = events;
  if (events != 0)
    return;
  for (int i = 0; i < self->n_batch; i++)
    {
      if (self->batch[i].data.ptr == watch)
        self->batch[i].data.ptr = NULL;
    }
}
