/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * libsoup 3.2 loses the request line of each request whose body it cannot frame, up to 100 kB a time, and it deletes
 * NUL bytes and joins folded lines before it reads them. So such heads are refused before it parses them.
 */
#include "http/trip-http-head.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  LENGTH_MAX_DIGITS = 18,
};

static gboolean
refuse (GError    **error,
        TripError   code,
        const char *message)
{
  g_set_error_literal (error, TRIP_ERROR, (gint) code, message);
  return FALSE;
}

static gboolean
is_number (const char *value)
{
  gsize length = strlen (value);

  return length > 0 && length <= LENGTH_MAX_DIGITS && strspn (value, "0123456789") == length;
}

static gboolean
check_field (TripHttpHead  *self,
             GError       **error)
{
  gboolean is_whole = self->line_length < sizeof self->line;
  char *colon, *name, *value;

  self->line[MIN (self->line_length, sizeof self->line - 1)] = '\0';
  if (self->line[0] == ' ' || self->line[0] == '\t')
    return refuse (error, TRIP_ERROR_INVALID_MESSAGE, _("The request has a folded header line"));
  colon = strchr (self->line, ':');
  if (colon == NULL)
    return TRUE;

  *colon = '\0';
  name = g_strstrip (self->line);
  value = g_strstrip (colon + 1);
  if (g_ascii_strcasecmp (name, "Transfer-Encoding") == 0 && (!is_whole || g_ascii_strcasecmp (value, "chunked") != 0))
    return refuse (error, TRIP_ERROR_INVALID_MESSAGE, _("The request has a Transfer-Encoding other than chunked"));
  if (g_ascii_strcasecmp (name, "Content-Length") == 0 && (!is_whole || !is_number (value)))
    return refuse (error, TRIP_ERROR_INVALID_MESSAGE, _("The request has a Content-Length that is not a number"));
  return TRUE;
}

static gboolean
finish_line (TripHttpHead  *self,
             GError       **error)
{
  if (self->line_length > 0 && self->line_length <= sizeof self->line && self->line[self->line_length - 1] == '\r')
    self->line_length--;
  if (self->line_length == 0)
    {
      /* Empty lines before the request line are nothing; the first one after it ends the head. */
      self->is_over = self->n_lines > 0;
      return TRUE;
    }
  /* The request line is no field. */
  if (self->n_lines++ > 0 && !check_field (self, error))
    return FALSE;
  self->line_length = 0;
  return TRUE;
}

/**
 * trip_http_head_push:
 * @self: where the look stands
 * @bytes: (array length=length): what arrived next; bytes of the body, once the head is over, are not looked at
 * @length: size of @bytes
 * @error: return location
 *
 * Looks on.
 *
 * Returns: %TRUE where nothing is wrong so far; else %FALSE with %TRIP_ERROR_INVALID_MESSAGE or %TRIP_ERROR_TOO_LARGE
 */
gboolean
trip_http_head_push (TripHttpHead  *self,
                     const char    *bytes,
                     gsize          length,
                     GError       **error)
{
  for (gsize i = 0; i < length && !self->is_over; i++)
    {
      if (++self->n_bytes > TRIP_HTTP_HEAD_MAX_BYTES)
        return refuse (error, TRIP_ERROR_TOO_LARGE, _("The head of the request is too large"));
      if (bytes[i] == '\0')
        return refuse (error, TRIP_ERROR_INVALID_MESSAGE, _("The head of the request has a NUL byte"));
      if (bytes[i] == '\n')
        {
          if (!finish_line (self, error))
            return FALSE;
          continue;
        }
      if (self->line_length < sizeof self->line)
        self->line[self->line_length] = bytes[i];
      self->line_length++;
    }
  return TRUE;
}
