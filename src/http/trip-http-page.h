/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The web page: which paths it has, and the headers that keep it to itself.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean trip_http_page_has   (const char        *path);
void     trip_http_page_reply (SoupServerMessage *message,
                               const char        *path);

G_END_DECLS
