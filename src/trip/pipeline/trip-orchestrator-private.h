/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a run asks of its orchestrator.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

/**
 * TripProviders:
 * @interpreter: does the first stage
 * @place_source: does the second
 * @planner: does the last
 * @image_source: (nullable): finds pictures beside it
 *
 * Who does the work of the stages.
 */
typedef struct {
  TripInterpreter *interpreter;
  TripPlaceSource *place_source;
  TripPlanner *planner;
  TripImageSource *image_source;
} TripProviders;

const TripProviders *trip_orchestrator_get_providers (TripOrchestrator *self);
void                 trip_orchestrator_get_today     (TripOrchestrator *self,
                                                      GDate            *out_today);
void                 trip_orchestrator_emit          (TripOrchestrator *self,
                                                      TripJob          *job,
                                                      TripEvent        *event);

G_END_DECLS
