/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A connection to read from and write to without ever waiting: a plain socket in a set of descriptors, or a stream without a
 * descriptor of its own, such as TLS. Knows bytes alone.
 */
#pragma once

#include "http/trip-epoll.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripLinkFunc:
 * @readable: there are bytes, or the end of them
 * @writable: more bytes would be taken
 * @user_data: data given with the function
 *
 * Called when what was waited for has come.
 */
typedef void (*TripLinkFunc) (gboolean readable,
                                gboolean writable,
                                gpointer user_data);

/**
 * TripLink:
 *
 * One connection. Part of what uses it.
 */
typedef struct {
  /*< private >*/
  TripEpoll *epoll;
  TripEpollWatch watch;
  GIOStream *stream;
  GSource *read_source;
  GSource *write_source;
  TripLinkFunc func;
  gpointer user_data;
} TripLink;

void            trip_link_init_fd     (TripLink      *self,
                                       TripEpoll     *epoll,
                                       int            fd,
                                       TripLinkFunc   func,
                                       gpointer       user_data);
void            trip_link_init_stream (TripLink      *self,
                                       GIOStream     *stream,
                                       TripLinkFunc   func,
                                       gpointer       user_data);
void            trip_link_close       (TripLink      *self);
void            trip_link_want        (TripLink      *self,
                                       gboolean       reading,
                                       gboolean       writing);
GPollableReturn trip_link_read        (TripLink      *self,
                                       guint8        *buffer,
                                       gsize          size,
                                       gsize         *out_n);
GPollableReturn trip_link_write       (TripLink      *self,
                                       GOutputVector *vectors,
                                       guint          n_vectors,
                                       gsize         *out_n);
void            trip_link_end_writing (TripLink      *self);

G_END_DECLS
