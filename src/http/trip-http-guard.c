/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The guard. Without tokens everybody is the same nobody, whose name is empty.
 */
#include "http/trip-http-guard.h"

#include "access/trip-rate-limiter.h"
#include "access/trip-ticket-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BEARER "Bearer "
#define TICKET "ticket."

struct _TripHttpGuard {
  GObject parent_instance;

  TripTokenStore *tokens;
  TripTicketBox *tickets;
  TripRateLimiter *limiter;
};

G_DEFINE_FINAL_TYPE (TripHttpGuard, trip_http_guard, G_TYPE_OBJECT)

/**
 * trip_http_entry_clear:
 * @self: an entry
 *
 * Frees what it holds.
 */
void
trip_http_entry_clear (TripHttpEntry *self)
{
  g_clear_pointer (&self->principal, g_free);
  g_clear_error (&self->refusal);
}

static void
trip_http_guard_finalize (GObject *object)
{
  TripHttpGuard *self = TRIP_HTTP_GUARD (object);

  g_clear_object (&self->tokens);
  trip_ticket_box_free (self->tickets);
  g_clear_pointer (&self->limiter, trip_rate_limiter_free);

  G_OBJECT_CLASS (trip_http_guard_parent_class)->finalize (object);
}

static void
trip_http_guard_class_init (TripHttpGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_http_guard_finalize;
}

static void
trip_http_guard_init (TripHttpGuard *self)
{
  self->tickets = trip_ticket_box_new ();
}

/**
 * trip_http_guard_new:
 * @tokens: (nullable): who has one may ask; %NULL lets everybody
 * @per_second: how many requests of one principal in the long run; 0 for no limit
 * @burst: how many at once
 *
 * Returns: (transfer full): a guard
 */
TripHttpGuard *
trip_http_guard_new (TripTokenStore *tokens,
                     gdouble         per_second,
                     gdouble         burst)
{
  TripHttpGuard *self = g_object_new (TRIP_TYPE_HTTP_GUARD, NULL);

  self->tokens = tokens != NULL ? g_object_ref (tokens) : NULL;
  self->limiter = trip_rate_limiter_new (per_second, burst);
  return self;
}

/**
 * trip_http_guard_needs_token:
 * @self: a guard
 *
 * Returns: whether one has to say who one is
 */
gboolean
trip_http_guard_needs_token (TripHttpGuard *self)
{
  return self->tokens != NULL;
}

/**
 * trip_http_guard_dup_principal:
 * @self: a guard
 * @token: (nullable): what a client presents
 *
 * Returns: (transfer full) (nullable): whose it is; %NULL for nobody's
 */
char *
trip_http_guard_dup_principal (TripHttpGuard *self,
                               const char    *token)
{
  if (self->tokens == NULL)
    return g_strdup ("");
  return token != NULL ? trip_token_store_verify (self->tokens, token) : NULL;
}

/**
 * trip_http_guard_is_valid:
 * @self: a guard
 * @principal: somebody who was let in
 *
 * Returns: whether his token has not been revoked since
 */
gboolean
trip_http_guard_is_valid (TripHttpGuard *self,
                          const char    *principal)
{
  return self->tokens == NULL || trip_token_store_has_id (self->tokens, principal);
}

static const char *
find_bearer (SoupMessageHeaders *headers)
{
  const char *field = soup_message_headers_get_list (headers, "Authorization");

  if (field == NULL || g_ascii_strncasecmp (field, BEARER, strlen (BEARER)) != 0)
    return NULL;
  return field + strlen (BEARER) + strspn (field + strlen (BEARER), " ");
}

static void
set_unauthenticated (GError **error)
{
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_UNAUTHENTICATED,
                       _("A valid token is needed; “tripctl token new” makes one"));
}

/**
 * trip_http_guard_check_request:
 * @self: a guard
 * @headers: fields of a request
 * @error: return location
 *
 * Returns: (transfer full): who asks; %NULL and %TRIP_ERROR_UNAUTHENTICATED
 */
char *
trip_http_guard_check_request (TripHttpGuard      *self,
                               SoupMessageHeaders *headers,
                               GError            **error)
{
  char *principal = trip_http_guard_dup_principal (self, find_bearer (headers));

  if (principal == NULL)
    set_unauthenticated (error);
  return principal;
}

static char *
dup_ticket (SoupMessageHeaders *headers)
{
  const char *offered = soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol");
  g_auto(GStrv) list = g_strsplit (offered != NULL ? offered : "", ",", -1);

  for (gsize i = 0; list[i] != NULL; i++)
    {
      const char *name = g_strstrip (list[i]);

      if (g_str_has_prefix (name, TICKET))
        return g_strdup (name + strlen (TICKET));
    }
  return NULL;
}

static void
redeem (TripHttpGuard      *self,
        const char         *ticket,
        SoupMessageHeaders *headers,
        TripHttpEntry      *entry)
{
  TripTicketVerdict verdict = trip_ticket_box_redeem (self->tickets, ticket, soup_message_headers_get_list (headers, "Origin"),
                                                      g_get_monotonic_time (), &entry->principal);

  entry->by_close = TRUE;
  if (verdict == TRIP_TICKET_FOREIGN)
    g_set_error_literal (&entry->refusal, TRIP_ERROR, TRIP_ERROR_FORBIDDEN, _("The ticket was issued to another page"));
  else if (verdict == TRIP_TICKET_UNKNOWN || !trip_http_guard_is_valid (self, entry->principal))
    set_unauthenticated (&entry->refusal);
}

/**
 * trip_http_guard_lets_upgrade:
 * @self: a guard
 * @headers: fields of a WebSocket handshake
 * @is_v2: whether the client speaks version 2
 * @error: return location
 *
 * Tells beforehand whether trip_http_guard_check_handshake() would refuse by an HTTP status. Uses nothing up.
 *
 * Returns: whether the handshake may be answered; %FALSE and %TRIP_ERROR_UNAUTHENTICATED
 */
gboolean
trip_http_guard_lets_upgrade (TripHttpGuard      *self,
                              SoupMessageHeaders *headers,
                              gboolean            is_v2,
                              GError            **error)
{
  g_autofree char *ticket = dup_ticket (headers);
  g_autofree char *principal = NULL;

  if (is_v2 || ticket != NULL || self->tokens == NULL)
    return TRUE;
  principal = trip_http_guard_check_request (self, headers, error);
  return principal != NULL;
}

/**
 * trip_http_guard_check_handshake:
 * @self: a guard
 * @headers: fields of a WebSocket handshake
 * @is_v2: whether the client speaks version 2, and so can say who it is in its `hello`
 * @out_entry: (out caller-allocates): who it is, or why not
 *
 * Looks for a token, then for a ticket. Who speaks version 1 without either is refused by an HTTP status.
 */
void
trip_http_guard_check_handshake (TripHttpGuard      *self,
                                 SoupMessageHeaders *headers,
                                 gboolean            is_v2,
                                 TripHttpEntry      *out_entry)
{
  const char *token = find_bearer (headers);
  g_autofree char *ticket = dup_ticket (headers);

  *out_entry = (TripHttpEntry) { 0 };
  if (self->tokens == NULL)
    out_entry->principal = g_strdup ("");
  else if (token == NULL && ticket != NULL)
    redeem (self, ticket, headers, out_entry);
  else if (token != NULL || !is_v2)
    {
      out_entry->by_close = is_v2;
      out_entry->principal = trip_http_guard_check_request (self, headers, &out_entry->refusal);
    }
}

/**
 * trip_http_guard_issue_ticket:
 * @self: a guard
 * @principal: for whom
 * @origin: (nullable): origin of the page that asks
 *
 * Returns: (transfer full) (nullable): a ticket, to be freed with trip_secret_free(); %NULL where there are too many
 */
char *
trip_http_guard_issue_ticket (TripHttpGuard *self,
                              const char    *principal,
                              const char    *origin)
{
  return trip_ticket_box_issue (self->tickets, principal, origin, g_get_monotonic_time ());
}

/**
 * trip_http_guard_take:
 * @self: a guard
 * @principal: who asks
 * @out_retry_after_ms: (out): where he may not, in how many milliseconds he may
 *
 * Returns: whether he may ask once more now
 */
gboolean
trip_http_guard_take (TripHttpGuard *self,
                      const char    *principal,
                      guint         *out_retry_after_ms)
{
  return trip_rate_limiter_take (self->limiter, principal, g_get_monotonic_time (), out_retry_after_ms);
}
