/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A last reply on a connection whose peer is still sending: written at once, and not lost. Knows bytes and a
 * connection.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripHttpFarewellFunc:
 * @user_data: data given with the function
 *
 * Called once the connection is closed.
 */
typedef void (*TripHttpFarewellFunc) (gpointer user_data);

/**
 * TripHttpFarewell:
 *
 * A farewell under way.
 */
typedef struct _TripHttpFarewell TripHttpFarewell;

TripHttpFarewell *trip_http_farewell_start (GIOStream            *connection,
                                            GBytes               *reply,
                                            TripHttpFarewellFunc  done,
                                            gpointer              user_data);
void              trip_http_farewell_abort (TripHttpFarewell     *self);

G_END_DECLS
