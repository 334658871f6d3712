/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A provider of all three stages that fails in the way it is told to; what does not fail is passed on to real ones.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

#define TRIP_TYPE_FAULTY_PROVIDER (trip_faulty_provider_get_type ())
G_DECLARE_FINAL_TYPE (TripFaultyProvider, trip_faulty_provider, TRIP, FAULTY_PROVIDER, GObject)

TripFaultyProvider *trip_faulty_provider_new (const char      *fault,
                                              TripInterpreter *interpreter,
                                              TripPlaceSource *place_source,
                                              TripPlanner     *planner);

guint               trip_faulty_provider_get_n_interpretations (TripFaultyProvider *self);

G_END_DECLS
