/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rates: how often somebody may ask. Knows keys and times, no protocol.
 *
 * The algorithm is the token bucket; see section 1 of RFC 2697 for the idea.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripRateLimiter:
 *
 * One bucket a key.
 */
typedef struct _TripRateLimiter TripRateLimiter;

TripRateLimiter *trip_rate_limiter_new  (gdouble          per_second,
                                         gdouble          burst);
void             trip_rate_limiter_free (TripRateLimiter *self);
gboolean         trip_rate_limiter_take (TripRateLimiter *self,
                                         const char      *key,
                                         gint64           now_us,
                                         guint           *out_retry_after_ms);

G_END_DECLS
