/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench plan`: the planner alone, in this process, on one core.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bench_plan_main (int    argc,
                     char **argv);

G_END_DECLS
