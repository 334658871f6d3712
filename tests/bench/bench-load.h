/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripbench load: asks a server as fast as it answers and says what that costs it.
 */
#pragma once

int bench_load (int    argc,
                char **argv);
