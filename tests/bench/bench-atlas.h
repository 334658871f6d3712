/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench atlas`: imports of real files, and searches among a million made-up places.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bench_atlas (int    argc,
                 char **argv);

G_END_DECLS
