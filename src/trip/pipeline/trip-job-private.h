/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the orchestrator does to a job.
 */
#pragma once

#include "trip/pipeline/trip-job.h"

G_BEGIN_DECLS

/*< private >
 * TripJobOwner:
 * @cancelled: somebody cancelled the job, which has not ended
 * @gone: the job is being freed
 *
 * What the one who made a job hears of it, beyond its cancellable.
 */
typedef struct {
  void (*cancelled) (TripJob  *job,
                     gpointer  owner_data);
  void (*gone)      (TripJob  *job,
                     gpointer  owner_data);
} TripJobOwner;

TripJob *trip_job_new                (TripRequest *request);
void     trip_job_set_owner          (TripJob            *self,
                                      const TripJobOwner *owner,
                                      gpointer            owner_data);
void     trip_job_set_past           (TripJob           *self,
                                      const TripJobPast *past);
void     trip_job_start              (TripJob     *self);
void     trip_job_append             (TripJob     *self,
                                      TripEvent   *event);
void     trip_job_set_intent_refused (TripJob     *self);

G_END_DECLS
