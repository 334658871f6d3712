/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Runs jobs through the stages and tells the world by signals. Knows interfaces of providers, and no transport.
 */
#pragma once

#include "trip/pipeline/trip-image-source.h"
#include "trip/pipeline/trip-interpreter.h"
#include "trip/pipeline/trip-job.h"
#include "trip/pipeline/trip-place-source.h"
#include "trip/pipeline/trip-planner.h"

G_BEGIN_DECLS

/**
 * TRIP_INTERPRETER_MAX_ATTEMPTS:
 *
 * How often an interpreter is asked before its invalid answers become an error.
 */
#define TRIP_INTERPRETER_MAX_ATTEMPTS 2

/**
 * TRIP_ORCHESTRATOR_MAX_JOBS:
 *
 * Most jobs that may be alive (idle or running) at once; one more is refused as busy.
 */
#define TRIP_ORCHESTRATOR_MAX_JOBS 1024

/**
 * TRIP_ORCHESTRATOR_MAX_ACTIVE:
 *
 * Most jobs whose stages work at once; others that run wait for their first stage, those of lower rank before the others.
 */
#define TRIP_ORCHESTRATOR_MAX_ACTIVE 32

#define TRIP_TYPE_ORCHESTRATOR (trip_orchestrator_get_type ())
G_DECLARE_FINAL_TYPE (TripOrchestrator, trip_orchestrator, TRIP, ORCHESTRATOR, GObject)

TripOrchestrator *trip_orchestrator_new              (TripInterpreter      *interpreter,
                                                      TripPlaceSource      *place_source,
                                                      TripPlanner          *planner);
void              trip_orchestrator_set_image_source (TripOrchestrator     *self,
                                                      TripImageSource      *images);
TripJob          *trip_orchestrator_create_job       (TripOrchestrator     *self,
                                                      TripRequest          *request,
                                                      GError              **error);
TripJob          *trip_orchestrator_restore_job      (TripOrchestrator     *self,
                                                      TripRequest          *request,
                                                      const TripJobPast    *past,
                                                      GError              **error);
void              trip_orchestrator_give_up_job      (TripOrchestrator     *self,
                                                      TripJob              *job,
                                                      const GError         *error);
void              trip_orchestrator_run_async        (TripOrchestrator     *self,
                                                      TripJob              *job,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          trip_orchestrator_run_finish       (TripOrchestrator     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
guint             trip_orchestrator_get_n_jobs       (TripOrchestrator     *self);
void              trip_orchestrator_set_today        (TripOrchestrator     *self,
                                                      const GDate          *today);

G_END_DECLS
