/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Who may ask, and how often: tokens, tickets and rates of a server. Knows no message.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRIP_TYPE_HTTP_GUARD (trip_http_guard_get_type ())
G_DECLARE_FINAL_TYPE (TripHttpGuard, trip_http_guard, TRIP, HTTP_GUARD, GObject)

TripHttpGuard *trip_http_guard_new           (void);
gboolean       trip_http_guard_needs_token   (TripHttpGuard *self);
char          *trip_http_guard_dup_principal (TripHttpGuard *self,
                                              const char    *token);
gboolean       trip_http_guard_take          (TripHttpGuard *self,
                                              const char    *principal,
                                              guint         *out_retry_after_ms);

G_END_DECLS
