/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The rules. A page of another site can make a browser connect to this machine, but it cannot make the browser lie
 * about `Origin`; a name that an attacker points at 127.0.0.1 shows in `Host`.
 */
#include "http/trip-http-access.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
is_port (const char *text)
{
  guint value = 0;
  gsize n = 0;

  for (; g_ascii_isdigit (text[n]) && n < 6; n++)
    value = value * 10 + (guint) g_ascii_digit_value (text[n]);
  return n > 0 && text[n] == '\0' && value <= G_MAXUINT16;
}

static gboolean
is_loopback_name (const char *name)
{
  g_autoptr(GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (name, "localhost") == 0)
    return TRUE;
  /* Only the plain dotted form: what other spellings mean differs from resolver to resolver. */
  if (strspn (name, "0123456789.") != strlen (name))
    return FALSE;
  address = g_inet_address_new_from_string (name);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* Takes `name`, `name:port`, `[::1]` or `[::1]:port` apart. */
static char *
parse_authority (const char *authority)
{
  const char *end;

  if (authority[0] == '[')
    {
      end = strchr (authority, ']');
      if (end == NULL)
        return NULL;
      end++;
    }
  else
    {
      end = authority + strcspn (authority, ":");
    }
  if (end == authority || (*end != '\0' && (*end != ':' || !is_port (end + 1))))
    return NULL;
  return g_strndup (authority, (gsize) (end - authority));
}

static gboolean
is_loopback_authority (const char *authority)
{
  g_autofree char *name = parse_authority (authority);

  return name != NULL && (is_loopback_name (name) || strcmp (name, "[::1]") == 0);
}

static gboolean
is_listed (const char         *value,
           const char * const *list)
{
  for (; list != NULL && *list != NULL; list++)
    {
      if (g_ascii_strcasecmp (value, *list) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_http_access_host_passes:
 * @host: value of the `Host` header
 * @allowed: (nullable) (array zero-terminated=1): names that pass besides the loopback ones; one with a port passes
 *   with that port only, one without with any
 *
 * Returns: whether the request was meant for this service
 */
gboolean
trip_http_access_host_passes (const char         *host,
                              const char * const *allowed)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  if (is_loopback_authority (host))
    return TRUE;
  name = parse_authority (host);
  return name != NULL && (is_listed (name, allowed) || is_listed (host, allowed));
}

/**
 * trip_http_access_origin_passes:
 * @origin: (nullable): value of the `Origin` header; %NULL where there is none
 * @allowed: (nullable) (array zero-terminated=1): origins that pass besides those on loopback hosts, spelled as
 *   browsers do; `null` stands for itself
 *
 * Returns: whether the page that asks may ask; what is no browser may
 */
gboolean
trip_http_access_origin_passes (const char         *origin,
                                const char * const *allowed)
{
  const char *authority = NULL;

  if (origin == NULL)
    return TRUE;
  if (g_ascii_strncasecmp (origin, "http://", 7) == 0)
    authority = origin + 7;
  else if (g_ascii_strncasecmp (origin, "https://", 8) == 0)
    authority = origin + 8;
  if (authority != NULL && is_loopback_authority (authority))
    return TRUE;
  return is_listed (origin, allowed);
}
