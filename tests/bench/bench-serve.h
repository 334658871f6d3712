/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripbench serve: the real server and the real pipeline with stages that return a file's lists at once.
 */
#pragma once

int bench_serve (int    argc,
                 char **argv);
