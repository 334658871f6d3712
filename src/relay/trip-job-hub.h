/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The jobs that clients can name: started, found again, cancelled when nobody watches, brought back after a crash. Listens to
 * the orchestrator's signals and shows each event to readers once it is stored. Knows no transport.
 */
#pragma once

#include "relay/trip-job-journal.h"
#include "relay/trip-job-log.h"
#include "relay/trip-job-router.h"
#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

#define TRIP_TYPE_JOB_HUB (trip_job_hub_get_type ())
G_DECLARE_FINAL_TYPE (TripJobHub, trip_job_hub, TRIP, JOB_HUB, GObject)

/**
 * TripJobWish:
 * @request: what to work on
 * @text: the request as JSON text, to begin again with after a crash
 * @owner: who may read and cancel it; empty for anybody who knows its identifier
 * @linger_s: how long it goes on while nobody watches, seconds; -1 for the hub's default, never more than that
 * @rank: how many other jobs the client has that have not ended, see [method@Job.set_rank]
 *
 * A job that somebody wants.
 */
typedef struct {
  TripRequest *request;
  GBytes *text;
  const char *owner;
  gint linger_s;
  guint rank;
} TripJobWish;

TripJobHub     *trip_job_hub_new         (TripOrchestrator     *orchestrator,
                                          TripJobLog           *log,
                                          gint64                memory_bytes,
                                          gint64                keep_s,
                                          guint                 linger_s);
TripJobRouter  *trip_job_hub_get_router  (TripJobHub           *self);
void            trip_job_hub_restore     (TripJobHub           *self);
void            trip_job_hub_close       (TripJobHub           *self);
TripJobJournal *trip_job_hub_start       (TripJobHub           *self,
                                          const TripJobWish    *wish,
                                          GError              **error);
TripJob        *trip_job_hub_get_job     (TripJobHub           *self,
                                          TripJobJournal       *journal);
void            trip_job_hub_cancel      (TripJobHub           *self,
                                          TripJobJournal       *journal);
void            trip_job_hub_find_async  (TripJobHub           *self,
                                          const char           *id,
                                          const char           *owner,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
TripJobJournal *trip_job_hub_find_finish (TripJobHub           *self,
                                          GAsyncResult         *result,
                                          GError              **error);
guint           trip_job_hub_get_n_running (TripJobHub         *self);
gboolean        trip_job_hub_is_durable  (TripJobHub           *self);

G_END_DECLS
