/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service says of itself: that it is well, and whose data it carries.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void trip_http_facts_reply_health (SoupServerMessage *message);
void trip_http_facts_reply_about  (SoupServerMessage *message);

G_END_DECLS
