/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A small blocking WebSocket client: what a benchmark adds to the time it measures should be next to nothing.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchClient BenchClient;

BenchClient *bench_client_connect (const char   *host,
                                   guint16       port,
                                   GError      **error);
void         bench_client_free    (BenchClient  *self);
gboolean     bench_client_send    (BenchClient  *self,
                                   const char   *text,
                                   GError      **error);
char        *bench_client_receive (BenchClient  *self,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchClient, bench_client_free)

G_END_DECLS
