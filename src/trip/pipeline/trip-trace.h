/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Marks on the time line of Sysprof, one for each stage of a job. They cost nothing where nobody profiles, and are not there at
 * all where tripd was built without.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 trip_trace_now  (void);
void   trip_trace_mark (gint64      begin,
                        const char *name,
                        const char *message);

G_END_DECLS
