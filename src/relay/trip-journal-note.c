/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Notes: messages of version 2 that are no events. Their number is that of the event before them.
 */
#include "relay/trip-journal-note.h"

#include "relay/trip-envelope.h"
#include "trip/json/trip-json-builder.h"

static GBytes *
encode (TripJobJournal *journal,
        const char     *type,
        guint64         seq,
        GBytes         *reply_to,
        GBytes         *data)
{
  const TripEnvelope envelope = {
    .type = type,
    .job_id = trip_job_journal_get_id (journal),
    .epoch = trip_job_journal_get_epoch (journal),
    .seq = seq,
    .reply_to = reply_to,
    .data = data,
  };

  return trip_envelope_encode (&envelope);
}

/**
 * trip_journal_note_accepted:
 * @journal: a journal that is open
 * @reply_to: (nullable): `id` of the message that it answers, JSON text
 *
 * Returns: (transfer full): says that the job is stored and named
 */
GBytes *
trip_journal_note_accepted (TripJobJournal *journal,
                            GBytes         *reply_to)
{
  return encode (journal, "accepted", 0, reply_to, NULL);
}

/**
 * trip_journal_note_resumed:
 * @journal: a journal
 * @after_seq: number of the last event that the reader knows
 * @reply_to: (nullable): `id` of the message that it answers, JSON text
 *
 * Returns: (transfer full): says that the events after it follow
 */
GBytes *
trip_journal_note_resumed (TripJobJournal *journal,
                           guint64         after_seq,
                           GBytes         *reply_to)
{
  g_autoptr(GBytes) data = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_int (&builder, "after_seq", (gint64) after_seq);
  trip_json_builder_add_int (&builder, "last_seq", (gint64) trip_job_journal_get_last_seq (journal));
  trip_json_builder_end_object (&builder);
  data = trip_json_builder_end (&builder);
  return encode (journal, "resumed", after_seq, reply_to, data);
}

/**
 * trip_journal_note_gap:
 * @journal: a journal
 * @reply_to: (nullable): `id` of the message that it answers, JSON text
 *
 * Returns: (transfer full): what the journal has up to trip_job_journal_get_snapshot_seq(), in place of the events
 */
GBytes *
trip_journal_note_gap (TripJobJournal *journal,
                       GBytes         *reply_to)
{
  g_autoptr(GBytes) snapshot = trip_job_journal_dup_snapshot (journal);
  guint64 seq = trip_job_journal_get_snapshot_seq (journal);
  g_autoptr(GBytes) data = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_int (&builder, "first_seq", (gint64) seq + 1);
  trip_json_builder_add_raw (&builder, "snapshot", snapshot);
  trip_json_builder_end_object (&builder);
  data = trip_json_builder_end (&builder);
  return encode (journal, "gap", seq, reply_to, data);
}

/**
 * trip_journal_note_heartbeat:
 * @journal: a journal
 * @reply_to: (nullable): `id` of the message that it answers, JSON text
 *
 * Returns: (transfer full): says where the journal stands
 */
GBytes *
trip_journal_note_heartbeat (TripJobJournal *journal,
                             GBytes         *reply_to)
{
  guint64 last_seq = trip_job_journal_get_last_seq (journal);
  g_autoptr(GBytes) data = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_int (&builder, "last_seq", (gint64) last_seq);
  trip_json_builder_end_object (&builder);
  data = trip_json_builder_end (&builder);
  return encode (journal, "heartbeat", last_seq, reply_to, data);
}
