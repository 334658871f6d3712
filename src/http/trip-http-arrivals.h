/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Connections of which nothing has been heard yet: they cost a descriptor and a few bytes until the first byte of a request
 * comes, or their time is over. Knows sockets, no HTTP.
 */
#pragma once

#include "http/trip-epoll.h"

G_BEGIN_DECLS

/**
 * TripHttpArrivals:
 *
 * The connections of a server that are silent yet.
 */
typedef struct _TripHttpArrivals TripHttpArrivals;

/**
 * TripHttpArrivedFunc:
 * @fd: (transfer full): the socket
 * @bytes: (array length=length): what has come, still to be read from the socket
 * @length: size of @bytes
 * @user_data: data given with the function
 *
 * Called when the first bytes of a request are there.
 */
typedef void (*TripHttpArrivedFunc) (int         fd,
                                     const char *bytes,
                                     gsize       length,
                                     gpointer    user_data);

TripHttpArrivals *trip_http_arrivals_new   (TripEpoll           *epoll,
                                            TripHttpArrivedFunc  func,
                                            GSourceOnceFunc      gone,
                                            gpointer             user_data);
void              trip_http_arrivals_free  (TripHttpArrivals    *self);
void              trip_http_arrivals_add   (TripHttpArrivals    *self,
                                            int                  fd,
                                            guint                timeout_ms);
guint             trip_http_arrivals_count (TripHttpArrivals    *self);
void              trip_http_arrivals_cut   (TripHttpArrivals    *self);

G_END_DECLS
