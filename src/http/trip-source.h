/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Letting go of main loop sources, which GLib has no one call for.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void trip_source_clear (GSource **source);

G_END_DECLS
