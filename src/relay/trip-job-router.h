/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Hands each event of an orchestrator to the one who watches its job, at a cost that does not grow with their number.
 * Knows no transport.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

#define TRIP_TYPE_JOB_ROUTER (trip_job_router_get_type ())
G_DECLARE_FINAL_TYPE (TripJobRouter, trip_job_router, TRIP, JOB_ROUTER, GObject)

/**
 * TripJobEventFunc:
 * @job: the watched job
 * @event: what happened to it
 * @user_data: data given with the function
 *
 * Called for each event of a job, in order. After a terminal event the job is not watched any more, and the function
 * may watch others.
 */
typedef void (*TripJobEventFunc) (TripJob         *job,
                                  const TripEvent *event,
                                  gpointer         user_data);

TripJobRouter    *trip_job_router_new              (TripOrchestrator  *orchestrator);
TripOrchestrator *trip_job_router_get_orchestrator (TripJobRouter     *self);
void              trip_job_router_watch            (TripJobRouter     *self,
                                                    TripJob           *job,
                                                    TripJobEventFunc   func,
                                                    gpointer           user_data);
void              trip_job_router_unwatch          (TripJobRouter     *self,
                                                    TripJob           *job);
TripJob          *trip_job_router_run              (TripJobRouter     *self,
                                                    TripRequest       *request,
                                                    TripJobEventFunc   func,
                                                    gpointer           user_data,
                                                    GError           **error);
void              trip_job_router_drop             (TripJobRouter     *self,
                                                    TripJob           *job);

G_END_DECLS
