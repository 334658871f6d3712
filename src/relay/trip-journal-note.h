/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is said about a journal rather than in it: where it stands, and what it has where events are missing.
 */
#pragma once

#include "relay/trip-job-journal.h"

G_BEGIN_DECLS

GBytes *trip_journal_note_accepted  (TripJobJournal *journal,
                                     GBytes         *reply_to);
GBytes *trip_journal_note_resumed   (TripJobJournal *journal,
                                     guint64         after_seq,
                                     GBytes         *reply_to);
GBytes *trip_journal_note_gap       (TripJobJournal *journal,
                                     GBytes         *reply_to);
GBytes *trip_journal_note_heartbeat (TripJobJournal *journal,
                                     GBytes         *reply_to);

G_END_DECLS
