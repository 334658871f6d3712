/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Who may ask: the rules for `Host` and `Origin` that keep foreign web pages out of a local service. Pure functions on
 * header values.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean trip_http_access_host_passes   (const char         *host,
                                         const char * const *allowed);
gboolean trip_http_access_origin_passes (const char         *origin,
                                         const char * const *allowed);

G_END_DECLS
