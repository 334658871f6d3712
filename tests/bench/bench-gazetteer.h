/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench gazetteer`: looking places up by name.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bench_gazetteer (int    argc,
                     char **argv);

G_END_DECLS
