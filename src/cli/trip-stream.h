/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The stream of a request as lines of JSON, whatever door it comes through: this process, the WebSocket or the bus.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripStreamFunc:
 * @line: one event, a JSON object with `type`
 * @user_data: data given with the function
 *
 * Called on the main thread for each event in order.
 */
typedef void (*TripStreamFunc) (GBytes   *line,
                                gpointer  user_data);

void     trip_stream_local_async  (const char * const   *atlases,
                                   GBytes               *request,
                                   TripStreamFunc        func,
                                   gpointer              func_data,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void     trip_stream_socket_async (const char           *uri,
                                   GBytes               *request,
                                   TripStreamFunc        func,
                                   gpointer              func_data,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void     trip_stream_bus_async    (GBytes               *request,
                                   TripStreamFunc        func,
                                   gpointer              func_data,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean trip_stream_finish       (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
