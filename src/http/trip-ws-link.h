/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a WebSocket peer reads from and writes to: a plain socket in the engine's set of descriptors, or a stream without one
 * of its own, such as TLS. Knows bytes, not frames.
 */
#pragma once

#include "http/trip-epoll.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripWsLinkFunc:
 * @readable: there are bytes, or the end of them
 * @writable: more bytes would be taken
 * @user_data: data given with the function
 *
 * Called when what was waited for has come.
 */
typedef void (*TripWsLinkFunc) (gboolean readable,
                                gboolean writable,
                                gpointer user_data);

/**
 * TripWsLink:
 *
 * One connection. Part of its peer.
 */
typedef struct {
  /*< private >*/
  TripEpoll *epoll;
  TripEpollWatch watch;
  GIOStream *stream;
  GSource *read_source;
  GSource *write_source;
  TripWsLinkFunc func;
  gpointer user_data;
} TripWsLink;

void            trip_ws_link_init_fd      (TripWsLink     *self,
                                           TripEpoll      *epoll,
                                           int             fd,
                                           TripWsLinkFunc  func,
                                           gpointer        user_data);
void            trip_ws_link_init_stream  (TripWsLink     *self,
                                           GIOStream      *stream,
                                           TripWsLinkFunc  func,
                                           gpointer        user_data);
void            trip_ws_link_close        (TripWsLink     *self);
void            trip_ws_link_want         (TripWsLink     *self,
                                           gboolean        reading,
                                           gboolean        writing);
GPollableReturn trip_ws_link_read         (TripWsLink     *self,
                                           guint8         *buffer,
                                           gsize           size,
                                           gsize          *out_n);
GPollableReturn trip_ws_link_write        (TripWsLink     *self,
                                           GOutputVector  *vectors,
                                           guint           n_vectors,
                                           gsize          *out_n);
void            trip_ws_link_end_writing  (TripWsLink     *self);

G_END_DECLS
