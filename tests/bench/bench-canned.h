/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The answers of a file of canned stages as ready bytes, for servers that ours is held against.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENCH_CANNED_MESSAGES 5

/**
 * BenchCanned:
 * @messages: the five messages of version 1, from `intents` to `done`
 * @answer: the answer of REST
 *
 * What a server sends that does nothing but send.
 */
typedef struct {
  GBytes *messages[BENCH_CANNED_MESSAGES];
  GBytes *answer;
} BenchCanned;

gboolean bench_canned_load    (BenchCanned  *self,
                               const char   *path,
                               GError      **error);
void     bench_canned_clear   (BenchCanned  *self);
gboolean bench_canned_options (int          *argc,
                               char       ***argv,
                               const char   *command,
                               char        **out_canned,
                               gint         *out_port);
void     bench_canned_announce (gint         port);

G_END_DECLS
