/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripbench cancel`: how long the solver goes on after it was told to stop.
 */
#pragma once

int bench_cancel (int    argc,
                  char **argv);
