/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench toptw`: the solver on the published instances of the team orienteering problem with time windows.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bench_toptw (int    argc,
                 char **argv);

G_END_DECLS
