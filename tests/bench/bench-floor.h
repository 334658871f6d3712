/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripbench floor: what the kernel alone costs: epoll, and one write of ready bytes for each message that comes.
 */
#pragma once

int bench_floor (int    argc,
                 char **argv);
