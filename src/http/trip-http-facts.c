/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Replies about the service itself, which nobody has to compute.
 */
#include "http/trip-http-facts.h"

#include "http/trip-http-reply.h"
#include "relay/trip-credits.h"

#include <string.h>

/**
 * trip_http_facts_reply_health:
 * @message: what to reply to
 *
 * Says that the service answers.
 */
void
trip_http_facts_reply_health (SoupServerMessage *message)
{
  g_autoptr(GBytes) json = g_bytes_new_static ("{\"status\":\"ok\"}", strlen ("{\"status\":\"ok\"}"));

  trip_http_reply_json (message, SOUP_STATUS_OK, json);
}

/**
 * trip_http_facts_reply_about:
 * @message: what to reply to
 *
 * Says which version this is, and whose data it carries.
 */
void
trip_http_facts_reply_about (SoupServerMessage *message)
{
  g_autoptr(GBytes) json = trip_credits_dup_json ();

  trip_http_reply_json (message, SOUP_STATUS_OK, json);
}
