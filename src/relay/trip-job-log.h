/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The events of jobs on disk: an SQLite database in WAL mode that one thread of its own writes, many events to a
 * transaction. What was reported as stored outlives the process, however it ends. Knows texts and numbers, no protocol.
 */
#pragma once

#include "relay/trip-job-journal.h"

G_BEGIN_DECLS

/**
 * TripJobLogLimits:
 * @max_age_s: how long a job is kept after its end, seconds
 * @max_bytes: how much all jobs may take; beyond it the oldest that have ended lose their small events, then go
 *
 * What is kept.
 */
typedef struct {
  gint64 max_age_s;
  gint64 max_bytes;
} TripJobLogLimits;

/**
 * TripLoggedJob:
 * @id: identifier
 * @epoch: epoch of its numbers
 * @owner: who may read it
 * @linger_s: how long it goes on while nobody watches it, seconds
 * @runs: how often it was started since it last completed a stage
 * @request: the request, JSON text
 * @trimmed_seq: number of the last event that is missing, 0 for none
 * @entries: (element-type TripJournalEntry): its events
 *
 * A job as it is stored.
 */
typedef struct {
  char *id;
  gint64 epoch;
  char *owner;
  guint linger_s;
  guint runs;
  GBytes *request;
  guint64 trimmed_seq;
  GPtrArray *entries;
} TripLoggedJob;

TripLoggedJob *trip_logged_job_new  (const char    *id,
                                     gint64         epoch,
                                     const char    *owner,
                                     guint          linger_s,
                                     GBytes        *request);
void           trip_logged_job_free (TripLoggedJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripLoggedJob, trip_logged_job_free)

/**
 * TripJobLogFunc:
 * @stored: whether it is on disk; %FALSE where the log has failed
 * @user_data: data given with the function
 *
 * Called on the main context of the log when something was stored, in the order in which it was handed in.
 */
typedef void (*TripJobLogFunc) (gboolean stored,
                                gpointer user_data);

#define TRIP_TYPE_JOB_LOG (trip_job_log_get_type ())
G_DECLARE_FINAL_TYPE (TripJobLog, trip_job_log, TRIP, JOB_LOG, GObject)

TripJobLog    *trip_job_log_open            (const char              *path,
                                             const TripJobLogLimits  *limits,
                                             GError                 **error);
void           trip_job_log_close           (TripJobLog              *self);
gboolean       trip_job_log_is_working      (TripJobLog              *self);
gint64         trip_job_log_get_epoch       (TripJobLog              *self);
GPtrArray     *trip_job_log_take_unfinished (TripJobLog              *self);
void           trip_job_log_add_job         (TripJobLog              *self,
                                             const TripLoggedJob     *job,
                                             TripJobLogFunc           func,
                                             gpointer                 user_data);
void           trip_job_log_append          (TripJobLog              *self,
                                             const char              *id,
                                             const TripJournalEntry  *entry,
                                             TripJobLogFunc           func,
                                             gpointer                 user_data);
void           trip_job_log_remove_job      (TripJobLog              *self,
                                             const char              *id);
void           trip_job_log_report          (TripJobLog              *self);
void           trip_job_log_trim            (TripJobLog              *self);
void           trip_job_log_find_async      (TripJobLog              *self,
                                             const char              *id,
                                             GCancellable            *cancellable,
                                             GAsyncReadyCallback      callback,
                                             gpointer                 user_data);
TripLoggedJob *trip_job_log_find_finish     (TripJobLog              *self,
                                             GAsyncResult            *result,
                                             GError                 **error);

G_END_DECLS
