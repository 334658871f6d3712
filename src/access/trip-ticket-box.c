/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The box. Tickets are kept by their digests, the oldest first; all live equally long, so the oldest expires first.
 */
#include "access/trip-ticket-box.h"

#include "access/trip-secret.h"

#include <string.h>

enum {
  MAX_TICKETS = 1024,
  MAX_PER_PRINCIPAL = 16,
  MAX_PRESENTED_BYTES = 128,
};

typedef struct {
  guint8 digest[TRIP_SECRET_DIGEST_BYTES];
  char *principal;
  char *origin;
  gint64 expires_us;
} Ticket;

struct _TripTicketBox {
  GQueue tickets;
};

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  g_free (ticket->principal);
  g_free (ticket->origin);
  g_free (ticket);
}

/**
 * trip_ticket_box_new:
 *
 * Returns: (transfer full): an empty box
 */
TripTicketBox *
trip_ticket_box_new (void)
{
  TripTicketBox *self = g_new0 (TripTicketBox, 1);

  g_queue_init (&self->tickets);
  return self;
}

/**
 * trip_ticket_box_free:
 * @self: (transfer full): a box
 *
 * Frees it; its tickets are worth nothing any more.
 */
void
trip_ticket_box_free (TripTicketBox *self)
{
  g_queue_clear_full (&self->tickets, ticket_free);
  g_free (self);
}

static void
drop_expired (TripTicketBox *self,
              gint64         now_us)
{
  while (self->tickets.head != NULL && ((Ticket *) self->tickets.head->data)->expires_us <= now_us)
    ticket_free (g_queue_pop_head (&self->tickets));
}

/**
 * trip_ticket_box_issue:
 * @self: a box
 * @principal: for whom
 * @origin: (nullable): origin of the page that asks, which alone may use it; %NULL for a script, which gives it to whom it
 *   likes
 * @now_us: monotonic time, microseconds
 *
 * Returns: (transfer full) (nullable): a ticket, to be freed with trip_secret_free(); %NULL where the principal, or all
 *   together, have too many
 */
char *
trip_ticket_box_issue (TripTicketBox *self,
                       const char    *principal,
                       const char    *origin,
                       gint64         now_us)
{
  guint n = 0;
  Ticket *ticket;
  char *secret;

  drop_expired (self, now_us);
  for (GList *link = self->tickets.head; link != NULL; link = link->next)
    n += strcmp (((Ticket *) link->data)->principal, principal) == 0;
  if (n >= MAX_PER_PRINCIPAL || self->tickets.length >= MAX_TICKETS)
    return NULL;

  secret = trip_secret_new ("");
  ticket = g_new0 (Ticket, 1);
  trip_secret_digest (secret, ticket->digest);
  ticket->principal = g_strdup (principal);
  ticket->origin = g_strdup (origin);
  ticket->expires_us = now_us + TRIP_TICKET_LIFE_S * G_USEC_PER_SEC;
  g_queue_push_tail (&self->tickets, ticket);
  return secret;
}

/**
 * trip_ticket_box_redeem:
 * @self: a box
 * @ticket: what a client presents
 * @origin: (nullable): origin of the page that presents it
 * @now_us: monotonic time, microseconds
 * @out_principal: (out) (optional) (nullable): for whom the ticket was, where it is valid
 *
 * Takes a ticket, which is then used up.
 *
 * Returns: what it is worth
 */
TripTicketVerdict
trip_ticket_box_redeem (TripTicketBox  *self,
                        const char     *ticket,
                        const char     *origin,
                        gint64          now_us,
                        char          **out_principal)
{
  guint8 digest[TRIP_SECRET_DIGEST_BYTES];
  g_autofree char *presented = g_strndup (ticket, MAX_PRESENTED_BYTES);
  GList *found = NULL;
  TripTicketVerdict verdict;
  Ticket *taken;

  *out_principal = NULL;
  drop_expired (self, now_us);
  trip_secret_digest (presented, digest);
  for (GList *link = self->tickets.head; link != NULL; link = link->next)
    {
      if (trip_secret_equal (digest, ((Ticket *) link->data)->digest))
        found = link;
    }
  if (found == NULL)
    return TRIP_TICKET_UNKNOWN;

  taken = found->data;
  g_queue_delete_link (&self->tickets, found);
  verdict = taken->origin == NULL || g_strcmp0 (taken->origin, origin) == 0 ? TRIP_TICKET_VALID : TRIP_TICKET_FOREIGN;
  if (verdict == TRIP_TICKET_VALID)
    *out_principal = g_strdup (taken->principal);
  ticket_free (taken);
  return verdict;
}
