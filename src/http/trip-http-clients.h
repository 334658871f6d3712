/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * All HTTP connections of a server: who is here, who is shown out, whose time is up. Knows no route.
 */
#pragma once

#include "http/trip-http-client.h"

G_BEGIN_DECLS

/**
 * TripHttpClients:
 *
 * The clients of a server.
 */
typedef struct _TripHttpClients TripHttpClients;

/**
 * TripHttpClientsFunc:
 * @owner: the owner given to trip_http_clients_new()
 *
 * Called when a connection has gone.
 */
typedef void (*TripHttpClientsFunc) (gpointer owner);

TripHttpClients *trip_http_clients_new             (TripHttpClientsFunc  gone,
                                                    gpointer             owner);
void             trip_http_clients_free            (TripHttpClients     *self);
void             trip_http_clients_add             (TripHttpClients     *self,
                                                    TripHttpClient      *client,
                                                    guint                milliseconds);
TripHttpClient  *trip_http_clients_find            (TripHttpClients     *self,
                                                    SoupServerMessage   *message);
void             trip_http_clients_remove          (TripHttpClients     *self,
                                                    SoupServerMessage   *message);
void             trip_http_clients_refuse          (TripHttpClients     *self,
                                                    SoupServerMessage   *message,
                                                    const GError        *error);
guint            trip_http_clients_count           (TripHttpClients     *self);
void             trip_http_clients_cut_idle        (TripHttpClients     *self);
void             trip_http_clients_abort_farewells (TripHttpClients     *self);

G_END_DECLS
