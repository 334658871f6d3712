/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Making main loop sources and letting go of them, which GLib has no one call for.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *trip_source_new_alarm (const char     *name,
                                gint            priority,
                                GSourceFunc     func,
                                gpointer        user_data);
void     trip_source_clear     (GSource       **source);

G_END_DECLS
