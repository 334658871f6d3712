/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripbench soup: libsoup as it comes, sending ready bytes.
 */
#pragma once

int bench_soup (int    argc,
                char **argv);
