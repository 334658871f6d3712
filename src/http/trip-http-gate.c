/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The gate. Paths match exactly: libsoup's handlers would take every path below theirs.
 */
#include "http/trip-http-gate.h"

#include "http/trip-http-access.h"
#include "http/trip-http-page.h"
#include "http/trip-http-reply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* libsoup 3.2 has no name for it. */
#define STATUS_UPGRADE_REQUIRED 426
#define PAGE_METHODS "GET, HEAD, OPTIONS"

static const struct {
  const char *path;
  TripHttpRoute route;
  const char *methods;
} routes[] = {
  { "/chat", TRIP_HTTP_ROUTE_CHAT, "POST, OPTIONS" },
  { "/health", TRIP_HTTP_ROUTE_HEALTH, "GET, HEAD, OPTIONS" },
  { "/about", TRIP_HTTP_ROUTE_ABOUT, "GET, HEAD, OPTIONS" },
  { "/metrics", TRIP_HTTP_ROUTE_METRICS, "GET, HEAD, OPTIONS" },
  { "/ticket", TRIP_HTTP_ROUTE_TICKET, "POST, OPTIONS" },
  { "/ws/chat", TRIP_HTTP_ROUTE_WEBSOCKET, "GET, OPTIONS" },
};

#define JOBS "/jobs/"
#define EVENTS "/events"

/* `/jobs/ID` and `/jobs/ID/events`; the identifier is for the hub to know. */
static TripHttpRoute
find_job_route (const char  *path,
                const char **out_methods)
{
  const char *id = path + strlen (JOBS);
  const char *slash;

  if (!g_str_has_prefix (path, JOBS) || *id == '\0' || *id == '/')
    return TRIP_HTTP_ROUTE_NONE;
  slash = strchr (id, '/');
  if (slash == NULL)
    {
      *out_methods = "GET, DELETE, OPTIONS";
      return TRIP_HTTP_ROUTE_JOB;
    }
  if (strcmp (slash, EVENTS) != 0)
    return TRIP_HTTP_ROUTE_NONE;
  *out_methods = "GET, OPTIONS";
  return TRIP_HTTP_ROUTE_EVENTS;
}

static TripHttpRoute
find_route (const char  *path,
            const char **out_methods)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (strcmp (path, routes[i].path) == 0)
        {
          *out_methods = routes[i].methods;
          return routes[i].route;
        }
    }
  if (trip_http_page_has (path))
    {
      *out_methods = PAGE_METHODS;
      return TRIP_HTTP_ROUTE_PAGE;
    }
  return find_job_route (path, out_methods);
}

/**
 * trip_http_gate_dup_job_id:
 * @message: a request for a job or its events
 *
 * Returns: (transfer full): the job that its path names, as the peer wrote it
 */
char *
trip_http_gate_dup_job_id (SoupServerMessage *message)
{
  const char *id = g_uri_get_path (soup_server_message_get_uri (message)) + strlen (JOBS);
  const char *slash = strchr (id, '/');

  return slash != NULL ? g_strndup (id, (gsize) (slash - id)) : g_strdup (id);
}

/**
 * trip_http_gate_get_route:
 * @message: a request whose head has arrived
 *
 * Returns: where it goes
 */
TripHttpRoute
trip_http_gate_get_route (SoupServerMessage *message)
{
  const char *methods;

  return find_route (g_uri_get_path (soup_server_message_get_uri (message)), &methods);
}

static gboolean
has_method (const char *methods,
            const char *method)
{
  g_auto(GStrv) list = g_strsplit (methods, ", ", -1);

  return g_strv_contains ((const char * const *) list, method);
}

/* An absolute request target overrides the Host header, so both have to pass; more than one Host never does. */
static gboolean
check_host (SoupServerMessage  *message,
            const char * const *allowed)
{
  const char *header = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Host");
  GUri *uri = soup_server_message_get_uri (message);
  const char *host = g_uri_get_host (uri);
  g_autofree char *name = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  g_autofree char *target = g_uri_get_port (uri) >= 0 ? g_strdup_printf ("%s:%d", name, g_uri_get_port (uri)) : NULL;

  return trip_http_access_host_passes (target != NULL ? target : name, allowed) &&
         (header == NULL || trip_http_access_host_passes (header, allowed));
}

static gboolean
check_access (SoupServerMessage  *message,
              const char * const *allowed_hosts,
              const char * const *allowed_origins)
{
  const char *origin = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Origin");
  SoupMessageHeaders *reply = soup_server_message_get_response_headers (message);
  g_autoptr(GError) error = NULL;

  if (!check_host (message, allowed_hosts))
    g_set_error_literal (&error, TRIP_ERROR, TRIP_ERROR_FORBIDDEN, _("This service does not answer to that Host"));
  else if (!trip_http_access_origin_passes (origin, allowed_origins))
    g_set_error_literal (&error, TRIP_ERROR, TRIP_ERROR_FORBIDDEN, _("Pages of that Origin may not use this service"));
  if (error != NULL)
    {
      trip_http_reply_error (message, error);
      return FALSE;
    }
  /* A page that may ask may also read the answer. */
  if (origin != NULL)
    {
      soup_message_headers_replace (reply, "Access-Control-Allow-Origin", origin);
      soup_message_headers_replace (reply, "Access-Control-Expose-Headers", "Location, Retry-After, Trip-Job-Id");
      soup_message_headers_replace (reply, "Vary", "Origin");
    }
  return TRUE;
}

/* Browsers ask before they send JSON to a server of another origin. */
static void
reply_options (SoupServerMessage *message,
               const char        *methods)
{
  SoupMessageHeaders *reply = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  soup_message_headers_replace (reply, "Connection", "close");
  soup_message_headers_replace (reply, "Allow", methods);
  soup_message_headers_replace (reply, "Access-Control-Allow-Methods", methods);
  soup_message_headers_replace (reply, "Access-Control-Allow-Headers",
                                "Authorization, Content-Type, Last-Event-ID, Prefer");
  soup_message_headers_replace (reply, "Access-Control-Max-Age", "600");
}

static gboolean
check_content_type (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr(GHashTable) params = NULL;
  const char *type, *charset;

  if (soup_message_headers_get_list (headers, "Content-Encoding") != NULL)
    return FALSE;
  if (soup_message_headers_get_list (headers, "Content-Type") == NULL)
    return TRUE;
  type = soup_message_headers_get_content_type (headers, &params);
  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    return FALSE;
  charset = g_hash_table_lookup (params, "charset");
  return charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0;
}

/**
 * trip_http_gate_check:
 * @message: a request whose head has arrived
 * @allowed_hosts: (nullable): see trip_http_access_host_passes()
 * @allowed_origins: (nullable): see trip_http_access_origin_passes()
 *
 * Checks all that does not need the body.
 *
 * Returns: %TRUE where the request may go to its route; else its reply is set
 */
gboolean
trip_http_gate_check (SoupServerMessage  *message,
                      const char * const *allowed_hosts,
                      const char * const *allowed_origins)
{
  const char *method = soup_server_message_get_method (message);
  const char *methods = NULL;
  TripHttpRoute route;

  if (!check_access (message, allowed_hosts, allowed_origins))
    return FALSE;
  route = find_route (g_uri_get_path (soup_server_message_get_uri (message)), &methods);
  if (route == TRIP_HTTP_ROUTE_NONE)
    {
      trip_http_reply_status (message, SOUP_STATUS_NOT_FOUND, _("There is nothing at this path"));
      return FALSE;
    }
  if (strcmp (method, "OPTIONS") == 0)
    {
      reply_options (message, methods);
      return FALSE;
    }
  if (!has_method (methods, method))
    {
      trip_http_reply_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, _("This path does not know that method"));
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", methods);
      return FALSE;
    }
  if (route == TRIP_HTTP_ROUTE_CHAT && !check_content_type (message))
    {
      trip_http_reply_status (message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE,
                              _("The request must be application/json in UTF-8"));
      return FALSE;
    }
  return TRUE;
}

/**
 * trip_http_gate_lets_in:
 * @headers: fields of a request whose target is a path alone
 * @allowed_hosts: (nullable): see trip_http_access_host_passes()
 * @allowed_origins: (nullable): see trip_http_access_origin_passes()
 *
 * Returns: whether trip_http_gate_check() would not refuse it for its `Host` or `Origin`
 */
gboolean
trip_http_gate_lets_in (SoupMessageHeaders *headers,
                        const char * const *allowed_hosts,
                        const char * const *allowed_origins)
{
  const char *host = soup_message_headers_get_list (headers, "Host");

  return host != NULL && trip_http_access_host_passes (host, allowed_hosts) &&
         trip_http_access_origin_passes (soup_message_headers_get_list (headers, "Origin"), allowed_origins);
}

/**
 * trip_http_gate_get_protocol:
 * @headers: fields of a request for the WebSocket
 *
 * Returns: (transfer none) (nullable): the newest of the subprotocols that the client offers and we speak; %NULL where there
 *   is none, which is version 1
 */
const char *
trip_http_gate_get_protocol (SoupMessageHeaders *headers)
{
  static const char * const ours[] = { TRIP_HTTP_PROTOCOL_V2, TRIP_HTTP_PROTOCOL_V1 };
  const char *offered = soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol");
  g_auto(GStrv) list = g_strsplit (offered != NULL ? offered : "", ",", -1);

  for (gsize i = 0; list[i] != NULL; i++)
    g_strstrip (list[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      if (g_strv_contains ((const char * const *) list, ours[i]))
        return ours[i];
    }
  return NULL;
}

/**
 * trip_http_gate_check_handshake:
 * @message: a request for the WebSocket
 *
 * Returns: %TRUE where it is a valid WebSocket handshake; else its reply is set
 */
gboolean
trip_http_gate_check_handshake (SoupServerMessage *message)
{
  SoupMessageHeaders *reply = soup_server_message_get_response_headers (message);
  const char *version;
  g_autoptr(GError) error = NULL;

  if (soup_websocket_server_check_handshake (message, NULL, NULL, NULL, &error))
    return TRUE;

  version = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Sec-WebSocket-Version");
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_BAD_HANDSHAKE) &&
      g_strcmp0 (version, "13") == 0)
    {
      trip_http_reply_status (message, SOUP_STATUS_BAD_REQUEST, _("The WebSocket handshake is not valid"));
      return FALSE;
    }
  trip_http_reply_status (message, STATUS_UPGRADE_REQUIRED, _("This path speaks WebSocket, version 13"));
  soup_server_message_set_status (message, STATUS_UPGRADE_REQUIRED, "Upgrade Required");
  soup_message_headers_replace (reply, "Connection", "Upgrade, close");
  soup_message_headers_replace (reply, "Upgrade", "websocket");
  soup_message_headers_replace (reply, "Sec-WebSocket-Version", "13");
  return FALSE;
}
