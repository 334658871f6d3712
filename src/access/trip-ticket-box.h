/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tickets: what a browser, which cannot send a token with its WebSocket handshake, shows once in its place.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TRIP_TICKET_LIFE_S:
 *
 * How long a ticket is valid, seconds.
 */
#define TRIP_TICKET_LIFE_S 30

/**
 * TripTicketBox:
 *
 * The tickets that are out.
 */
typedef struct _TripTicketBox TripTicketBox;

/**
 * TripTicketVerdict:
 * @TRIP_TICKET_VALID: it was, and is not any more
 * @TRIP_TICKET_UNKNOWN: expired, used, or never issued
 * @TRIP_TICKET_FOREIGN: issued to a page of another origin; it is used up all the same
 *
 * What a ticket is worth.
 */
typedef enum {
  TRIP_TICKET_VALID,
  TRIP_TICKET_UNKNOWN,
  TRIP_TICKET_FOREIGN,
} TripTicketVerdict;

TripTicketBox     *trip_ticket_box_new    (void);
void               trip_ticket_box_free   (TripTicketBox  *self);
char              *trip_ticket_box_issue  (TripTicketBox  *self,
                                           const char     *principal,
                                           const char     *origin,
                                           gint64          now_us);
TripTicketVerdict  trip_ticket_box_redeem (TripTicketBox  *self,
                                           const char     *ticket,
                                           const char     *origin,
                                           gint64          now_us,
                                           char          **out_principal);

G_END_DECLS
