/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The page's files come from the program itself. Its policy allows nothing from elsewhere, no inline script or style,
 * and no frame around it.
 */
#include "http/trip-http-page.h"

#include "http/trip-http-reply.h"
#include "trip-web-resources.h"

#define RESOURCE_PREFIX "/org/tripd/web/"
#define CONTENT_SECURITY_POLICY \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " \
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static const struct {
  const char *path;
  const char *resource;
  const char *content_type;
} files[] = {
  { "/", RESOURCE_PREFIX "index.html", "text/html; charset=utf-8" },
  { "/web/style.css", RESOURCE_PREFIX "style.css", "text/css; charset=utf-8" },
  { "/web/app.js", RESOURCE_PREFIX "app.js", "text/javascript; charset=utf-8" },
  { "/web/connection.js", RESOURCE_PREFIX "connection.js", "text/javascript; charset=utf-8" },
  { "/web/plan-view.js", RESOURCE_PREFIX "plan-view.js", "text/javascript; charset=utf-8" },
  { "/web/credits.js", RESOURCE_PREFIX "credits.js", "text/javascript; charset=utf-8" },
  { "/web/dom.js", RESOURCE_PREFIX "dom.js", "text/javascript; charset=utf-8" },
  { "/web/icon.svg", RESOURCE_PREFIX "icon.svg", "image/svg+xml" },
};

static gssize
find_file (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      if (g_strcmp0 (files[i].path, path) == 0)
        return (gssize) i;
    }
  return -1;
}

/**
 * trip_http_page_has:
 * @path: a path
 *
 * Returns: whether the page has a file of that path
 */
gboolean
trip_http_page_has (const char *path)
{
  return find_file (path) >= 0;
}

/**
 * trip_http_page_reply:
 * @message: what to reply to
 * @path: a path of the page
 *
 * Replies with the file.
 */
void
trip_http_page_reply (SoupServerMessage *message,
                      const char        *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gssize i = find_file (path);
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (i >= 0);

  body = g_resource_lookup_data (trip_web_get_resource (), files[i].resource, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (body == NULL)
    {
      g_critical ("%s", error->message);
      trip_http_reply_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "the page is missing");
      return;
    }
  trip_http_reply_bytes (message, files[i].content_type, body);
  soup_message_headers_replace (headers, "Content-Security-Policy", CONTENT_SECURITY_POLICY);
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Frame-Options", "DENY");
  soup_message_headers_replace (headers, "Cross-Origin-Opener-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
}
