/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Replies. Each says `Connection: close`: libsoup 3.2 loses a descriptor for each idle client that leaves.
 */
#include "http/trip-http-reply.h"

#include "relay/trip-edge-status.h"
#include "relay/trip-event-encoder.h"
#include "trip/json/trip-json-builder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define JSON_TYPE "application/json"
#define RETRY_AFTER_SECONDS "1"
/* libsoup 3.2 has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

static const char *
get_phrase (guint status)
{
  return status == STATUS_TOO_MANY_REQUESTS ? "Too Many Requests" : soup_status_get_phrase (status);
}

static void
set_body (SoupServerMessage *message,
          const char        *content_type,
          GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *response = soup_server_message_get_response_body (message);

  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Type", content_type);
  soup_message_body_truncate (response);
  soup_message_body_append_bytes (response, body);
  soup_message_body_complete (response);
}

static GBytes *
build_error (const char *text)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "error", text);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/**
 * trip_http_reply_json:
 * @message: what to reply to
 * @status: HTTP status
 * @json: the body
 *
 * Sets the reply. One of "too many" tells when to try again.
 */
void
trip_http_reply_json (SoupServerMessage *message,
                      guint              status,
                      GBytes            *json)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, status, get_phrase (status));
  set_body (message, JSON_TYPE, json);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer realm=\"tripd\"");
  if (status == STATUS_TOO_MANY_REQUESTS || status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    soup_message_headers_replace (headers, "Retry-After", RETRY_AFTER_SECONDS);
}

/**
 * trip_http_reply_status:
 * @message: what to reply to
 * @status: HTTP status
 * @text: what is wrong
 *
 * Replies `{"error":text}`, for what is wrong with the HTTP rather than with a request of ours.
 */
void
trip_http_reply_status (SoupServerMessage *message,
                        guint              status,
                        const char        *text)
{
  g_autoptr(GBytes) json = build_error (text);

  trip_http_reply_json (message, status, json);
}

/**
 * trip_http_reply_prepare:
 * @message: a message of which nothing is known yet
 * @text: what is wrong
 *
 * Sets the body that a message gets which libsoup refuses by itself, because it is not HTTP; take it back with
 * trip_http_reply_clear().
 */
void
trip_http_reply_prepare (SoupServerMessage *message,
                         const char        *text)
{
  g_autoptr(GBytes) json = build_error (text);

  set_body (message, JSON_TYPE, json);
}

/**
 * trip_http_reply_error:
 * @message: what to reply to
 * @error: an error of [error@Error]
 *
 * Replies with the error, by the status that its code has.
 */
void
trip_http_reply_error (SoupServerMessage *message,
                       const GError      *error)
{
  guint status;
  g_autoptr(GBytes) json = trip_error_encode_rest (error, &status);

  trip_http_reply_json (message, status, json);
}

/**
 * trip_http_reply_busy:
 * @message: what to reply to
 * @retry_after_ms: when to try again, milliseconds from now
 *
 * Replies that there were too many requests.
 */
void
trip_http_reply_busy (SoupServerMessage *message,
                      guint              retry_after_ms)
{
  g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_RATE_LIMITED, _("Too many requests; try again later"));
  g_autofree char *seconds = g_strdup_printf ("%u", MAX (1, (retry_after_ms + 999) / 1000));

  trip_http_reply_error (message, error);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", seconds);
}

/**
 * trip_http_reply_bytes:
 * @message: what to reply to
 * @content_type: media type of @body
 * @body: the body
 *
 * Replies 200 with a body that a browser asks for again each time.
 */
void
trip_http_reply_bytes (SoupServerMessage *message,
                       const char        *content_type,
                       GBytes            *body)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  set_body (message, content_type, body);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-cache");
}

/**
 * trip_http_reply_empty:
 * @message: what to reply to
 * @status: HTTP status of a reply without a body
 *
 * Replies with nothing but the status.
 */
void
trip_http_reply_empty (SoupServerMessage *message,
                       guint              status)
{
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

/**
 * trip_http_reply_begin_stream:
 * @message: what to reply to
 * @content_type: media type of what will follow
 *
 * Replies 200 with a body that is appended to as it comes.
 */
void
trip_http_reply_begin_stream (SoupServerMessage *message,
                              const char        *content_type)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Type", content_type);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_encoding (headers, soup_server_message_get_http_version (message) == SOUP_HTTP_1_0
                                                ? SOUP_ENCODING_EOF
                                                : SOUP_ENCODING_CHUNKED);
  /* What is out is not kept. */
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
}

/**
 * trip_http_reply_clear:
 * @message: a message with a prepared reply
 *
 * Takes the prepared body and headers back.
 */
void
trip_http_reply_clear (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  static const char * const ours[] = { "Connection", "X-Content-Type-Options", "Content-Type" };

  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    soup_message_headers_remove (headers, ours[i]);
  soup_message_body_truncate (soup_server_message_get_response_body (message));
}

/**
 * trip_http_reply_build_raw:
 * @error: an error of [error@Error]
 *
 * Returns: (transfer full): the whole reply with its status line, for a connection that libsoup does not serve any more
 */
GBytes *
trip_http_reply_build_raw (const GError *error)
{
  guint status;
  g_autoptr(GBytes) json = trip_error_encode_rest (error, &status);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "HTTP/1.1 %u %s\r\n"
                          "Content-Type: " JSON_TYPE "\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                          "Cache-Control: no-store\r\n"
                          "X-Content-Type-Options: nosniff\r\n"
                          "Connection: close\r\n"
                          "\r\n",
                          status, get_phrase (status), g_bytes_get_size (json));
  g_string_append_len (text, g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json));
  return g_string_free_to_bytes (text);
}
