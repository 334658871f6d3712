/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One request on its way through the stages, with the history of what it emitted.
 */
#pragma once

#include "trip/model/trip-request.h"
#include "trip/pipeline/trip-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripJobState:
 * @TRIP_JOB_IDLE: made, not started
 * @TRIP_JOB_RUNNING: at work
 * @TRIP_JOB_DONE: ended with `done`
 * @TRIP_JOB_FAILED: ended with `error`
 * @TRIP_JOB_CANCELLED: ended with `cancelled`
 */
typedef enum {
  TRIP_JOB_IDLE,
  TRIP_JOB_RUNNING,
  TRIP_JOB_DONE,
  TRIP_JOB_FAILED,
  TRIP_JOB_CANCELLED,
} TripJobState;

/**
 * TripJobPast:
 * @id: identifier of the job
 * @last_seq: number of the last event that was emitted
 * @percent: how much of the work was done
 * @intents: (nullable) (element-type TripIntent): what the first stage said, %NULL where it had not
 * @pois: (nullable) (element-type TripPoi): likewise
 * @requirements: (nullable) (element-type TripRequirement): likewise
 * @plan: (nullable) (element-type TripPlanOption): likewise
 *
 * What a job that did not end has said in an earlier life of the service.
 */
typedef struct {
  const char *id;
  guint64 last_seq;
  guint percent;
  GPtrArray *intents;
  GPtrArray *pois;
  GPtrArray *requirements;
  GPtrArray *plan;
} TripJobPast;

#define TRIP_TYPE_JOB (trip_job_get_type ())
G_DECLARE_FINAL_TYPE (TripJob, trip_job, TRIP, JOB, GObject)

const char   *trip_job_get_id           (TripJob       *self);
TripRequest  *trip_job_get_request      (TripJob       *self);
void          trip_job_set_rank         (TripJob       *self,
                                         guint          rank);
guint         trip_job_get_rank         (TripJob       *self);
TripJobState  trip_job_get_state        (TripJob       *self);
guint64       trip_job_get_last_seq     (TripJob       *self);
guint         trip_job_get_percent      (TripJob       *self);
GPtrArray    *trip_job_get_intents      (TripJob       *self);
GPtrArray    *trip_job_get_pois         (TripJob       *self);
GPtrArray    *trip_job_get_requirements (TripJob       *self);
GPtrArray    *trip_job_get_plan         (TripJob       *self);
const GError *trip_job_get_error        (TripJob       *self);
gboolean      trip_job_is_finished      (TripJob       *self);
gboolean      trip_job_is_intent_refusal (TripJob      *self);
GPtrArray    *trip_job_dup_events       (TripJob       *self,
                                         guint64        after_seq);
GCancellable *trip_job_get_cancellable  (TripJob       *self);
void          trip_job_cancel           (TripJob       *self);

const char   *trip_job_state_to_string  (TripJobState   state);

G_END_DECLS
