/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What one job has said, encoded and numbered, for any number of readers who each read at their own pace. Knows no transport
 * and no disk.
 */
#pragma once

#include "trip/pipeline/trip-job.h"

G_BEGIN_DECLS

/**
 * TripJournalEntry:
 * @seq: number of the event
 * @kind: what it is
 * @offset: bytes of all messages before it in its journal, about
 *
 * One event in a journal.
 */
typedef struct {
  guint64 seq;
  TripEventKind kind;
  gsize offset;
  /*< private >*/
  GBytes *text;
  TripEvent *event;
  char *job_id;
  gint64 epoch;
} TripJournalEntry;

TripJournalEntry *trip_journal_entry_new         (guint64                 seq,
                                                  TripEventKind           kind,
                                                  GBytes                 *text);
TripJournalEntry *trip_journal_entry_new_for_event (const TripEvent      *event,
                                                  const char             *job_id,
                                                  gint64                  epoch);
void              trip_journal_entry_free        (TripJournalEntry       *self);
GBytes           *trip_journal_entry_get_text    (const TripJournalEntry *self);
gboolean          trip_journal_entry_is_terminal (const TripJournalEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripJournalEntry, trip_journal_entry_free)

#define TRIP_TYPE_JOB_JOURNAL (trip_job_journal_get_type ())
G_DECLARE_FINAL_TYPE (TripJobJournal, trip_job_journal, TRIP, JOB_JOURNAL, GObject)

TripJobJournal         *trip_job_journal_new           (const char       *id,
                                                        gint64            epoch,
                                                        const char       *owner);
const char             *trip_job_journal_get_id        (TripJobJournal   *self);
gint64                  trip_job_journal_get_epoch     (TripJobJournal   *self);
void                    trip_job_journal_set_epoch     (TripJobJournal   *self,
                                                        gint64            epoch);
const char             *trip_job_journal_get_owner     (TripJobJournal   *self);
guint64                 trip_job_journal_get_last_seq  (TripJobJournal   *self);
gsize                   trip_job_journal_get_n_bytes   (TripJobJournal   *self);
guint                   trip_job_journal_get_n_readers (TripJobJournal   *self);
gboolean                trip_job_journal_is_open       (TripJobJournal   *self);
gboolean                trip_job_journal_is_ended      (TripJobJournal   *self);
TripJobState            trip_job_journal_get_state     (TripJobJournal   *self);
gboolean                trip_job_journal_has_after     (TripJobJournal   *self,
                                                        guint64           after_seq);
guint64                 trip_job_journal_get_snapshot_seq (TripJobJournal *self);
GBytes                 *trip_job_journal_dup_snapshot  (TripJobJournal   *self);

void                    trip_job_journal_open          (TripJobJournal   *self);
void                    trip_job_journal_set_trimmed   (TripJobJournal   *self,
                                                        guint64           trimmed_seq);
void                    trip_job_journal_append        (TripJobJournal   *self,
                                                        TripJournalEntry *entry);

/**
 * TripJournalReader:
 *
 * One who reads a journal. For the thread of the journal.
 */
typedef struct _TripJournalReader TripJournalReader;

/**
 * TripJournalWakeFunc:
 * @user_data: data given with the function
 *
 * Called when there is something to read for a reader who had read everything. May free the reader.
 */
typedef void (*TripJournalWakeFunc) (gpointer user_data);

TripJournalReader      *trip_journal_reader_new        (TripJobJournal      *journal,
                                                        guint64              after_seq,
                                                        TripJournalWakeFunc  wake,
                                                        gpointer             user_data);
void                    trip_journal_reader_free       (TripJournalReader   *self);
TripJobJournal         *trip_journal_reader_get_journal (TripJournalReader  *self);
const TripJournalEntry *trip_journal_reader_peek       (TripJournalReader   *self);
void                    trip_journal_reader_next       (TripJournalReader   *self);
guint                   trip_journal_reader_skip_progress (TripJournalReader *self);
gsize                   trip_journal_reader_get_lag    (TripJournalReader   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripJournalReader, trip_journal_reader_free)

G_END_DECLS
