/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench interpret`: how long the embedded interpreter takes.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bench_interpret (int    argc,
                     char **argv);

G_END_DECLS
