/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Replies about the service itself, which nobody has to compute.
 */
#include "http/trip-http-facts.h"

#include "access/trip-secret.h"
#include "access/trip-ticket-box.h"
#include "http/trip-http-reply.h"
#include "relay/trip-credits.h"
#include "trip/json/trip-json-builder.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

/**
 * trip_http_facts_reply_health:
 * @message: what to reply to
 * @vitals: how the service is
 *
 * Says that the service answers, and with the query `detail` how it is.
 */
void
trip_http_facts_reply_health (SoupServerMessage    *message,
                              const TripHttpVitals *vitals)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr(GBytes) json = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "status", "ok");
  if (query != NULL && g_str_has_prefix (query, "detail"))
    {
      trip_json_builder_add_string (&builder, "version", TRIP_VERSION);
      trip_json_builder_add_int (&builder, "uptime_s", trip_metrics_get_uptime_s (vitals->metrics));
      trip_json_builder_add_int (&builder, "connections", vitals->n_connections);
      trip_json_builder_add_int (&builder, "websockets", vitals->n_sockets);
      trip_json_builder_add_string (&builder, "jobs_kept", vitals->is_durable ? "on disk" : "in memory");
    }
  trip_json_builder_end_object (&builder);
  json = trip_json_builder_end (&builder);
  trip_http_reply_json (message, SOUP_STATUS_OK, json);
}

/**
 * trip_http_facts_reply_metrics:
 * @message: what to reply to
 * @vitals: how the service is
 *
 * Says all that is counted, for Prometheus.
 */
void
trip_http_facts_reply_metrics (SoupServerMessage    *message,
                               const TripHttpVitals *vitals)
{
  GString *text = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;

  trip_metrics_append (vitals->metrics, text);
  trip_metrics_append_one (text, "tripd_connections", "gauge", "Connections of all kinds.", vitals->n_connections);
  trip_metrics_append_one (text, "tripd_websockets", "gauge", "WebSocket connections.", vitals->n_sockets);
  trip_metrics_append_one (text, "tripd_jobs_durable", "gauge", "Whether jobs are stored on disk.", vitals->is_durable);
  bytes = g_string_free_to_bytes (text);
  trip_http_reply_bytes (message, "text/plain; version=0.0.4; charset=utf-8", bytes);
}

/**
 * trip_http_facts_reply_ticket:
 * @message: what to reply to
 * @guard: who issues it
 * @principal: for whom
 *
 * Hands out a ticket that the page which asks can open one WebSocket with.
 */
void
trip_http_facts_reply_ticket (SoupServerMessage *message,
                              TripHttpGuard     *guard,
                              const char        *principal)
{
  const char *origin = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Origin");
  char *ticket = trip_http_guard_issue_ticket (guard, principal, origin);
  g_autoptr(GBytes) json = NULL;
  TripJsonBuilder builder;

  if (ticket == NULL)
    {
      g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_RATE_LIMITED,
                                                     _("Too many tickets are out; use them, or wait for them to expire"));

      trip_http_reply_error (message, error);
      return;
    }
  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "ticket", ticket);
  trip_json_builder_add_int (&builder, "expires_in", TRIP_TICKET_LIFE_S);
  trip_json_builder_end_object (&builder);
  json = trip_json_builder_end (&builder);
  trip_http_reply_json (message, SOUP_STATUS_OK, json);
  trip_secret_free (ticket);
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
