/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Who may ask, and how often: tokens, tickets and rates of a server. Knows header fields, and no route.
 */
#pragma once

#include "access/trip-token-store.h"
#include "trip/model/trip-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define TRIP_TYPE_HTTP_GUARD (trip_http_guard_get_type ())
G_DECLARE_FINAL_TYPE (TripHttpGuard, trip_http_guard, TRIP, HTTP_GUARD, GObject)

/**
 * TripHttpEntry:
 * @principal: (nullable): who it is; %NULL where that has to be said in a `hello`
 * @refusal: (nullable): why not, in the [error@Error] domain
 * @by_close: the refusal is for the WebSocket's close code rather than for an HTTP status, which a browser would not show
 *
 * What a handshake is answered.
 */
typedef struct {
  char *principal;
  GError *refusal;
  gboolean by_close;
} TripHttpEntry;

void           trip_http_entry_clear          (TripHttpEntry      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripHttpEntry, trip_http_entry_clear)

TripHttpGuard *trip_http_guard_new            (TripTokenStore     *tokens,
                                               gdouble             per_second,
                                               gdouble             burst);
gboolean       trip_http_guard_needs_token    (TripHttpGuard      *self);
char          *trip_http_guard_dup_principal  (TripHttpGuard      *self,
                                               const char         *token);
gboolean       trip_http_guard_is_valid       (TripHttpGuard      *self,
                                               const char         *principal);
char          *trip_http_guard_check_request  (TripHttpGuard      *self,
                                               SoupMessageHeaders *headers,
                                               GError            **error);
gboolean       trip_http_guard_lets_upgrade   (TripHttpGuard      *self,
                                               SoupMessageHeaders *headers,
                                               gboolean            is_v2,
                                               GError            **error);
void           trip_http_guard_check_handshake (TripHttpGuard     *self,
                                               SoupMessageHeaders *headers,
                                               gboolean            is_v2,
                                               TripHttpEntry      *out_entry);
char          *trip_http_guard_issue_ticket   (TripHttpGuard      *self,
                                               const char         *principal,
                                               const char         *origin);
gboolean       trip_http_guard_take           (TripHttpGuard      *self,
                                               const char         *principal,
                                               guint              *out_retry_after_ms);

G_END_DECLS
