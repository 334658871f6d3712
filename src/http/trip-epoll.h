/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Many descriptors as one source of the main loop: what a turn costs does not grow with those that are silent. Knows
 * descriptors, and nothing of what they carry.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripEpoll:
 *
 * A set of descriptors on one main context. For the thread of that context.
 */
typedef struct _TripEpoll TripEpoll;

/**
 * TripEpollFunc:
 * @events: what is ready, `EPOLLIN` and so on
 * @user_data: data of the watch
 *
 * Called when a descriptor is ready. May end this watch and any other.
 */
typedef void (*TripEpollFunc) (guint32  events,
                               gpointer user_data);

/**
 * TripEpollWatch:
 * @fd: the descriptor
 * @events: what is waited for; 0 while it is not watched
 * @func: called when it is ready
 * @user_data: data for @func
 *
 * One descriptor. Part of what belongs to it, and at one place as long as it is watched.
 */
typedef struct {
  int fd;
  guint32 events;
  TripEpollFunc func;
  gpointer user_data;
} TripEpollWatch;

TripEpoll *trip_epoll_new  (GMainContext   *context);
void       trip_epoll_free (TripEpoll      *self);
void       trip_epoll_set  (TripEpoll      *self,
                            TripEpollWatch *watch,
                            guint32         events);

G_END_DECLS
