/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Replies of the REST edge: JSON bodies with the headers that all of them carry. Knows libsoup's messages and no route.
 */
#pragma once

#include "trip/model/trip-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

void    trip_http_reply_json        (SoupServerMessage *message,
                                     guint              status,
                                     GBytes            *json);
void    trip_http_reply_status      (SoupServerMessage *message,
                                     guint              status,
                                     const char        *text);
void    trip_http_reply_error       (SoupServerMessage *message,
                                     const GError      *error);
void    trip_http_reply_busy        (SoupServerMessage *message,
                                     guint              retry_after_ms);
void    trip_http_reply_bytes       (SoupServerMessage *message,
                                     const char        *content_type,
                                     GBytes            *body);
void    trip_http_reply_empty       (SoupServerMessage *message,
                                     guint              status);
void    trip_http_reply_begin_stream (SoupServerMessage *message,
                                     const char        *content_type);
void    trip_http_reply_prepare     (SoupServerMessage *message,
                                     const char        *text);
void    trip_http_reply_clear       (SoupServerMessage *message);
GBytes *trip_http_reply_build_raw   (const GError      *error);

G_END_DECLS
