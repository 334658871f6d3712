/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A provider of all three stages that returns what a file says, at once: with it a service is the relay alone.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

#define TRIP_TYPE_CANNED_PROVIDER (trip_canned_provider_get_type ())
G_DECLARE_FINAL_TYPE (TripCannedProvider, trip_canned_provider, TRIP, CANNED_PROVIDER, GObject)

TripCannedProvider *trip_canned_provider_new (GBytes  *text,
                                              GError **error);

G_END_DECLS
