/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The journal. Readers hold a place in it, not a queue of their own: one who reads slowly costs nothing beyond what the
 * journal keeps anyway.
 */
#include "relay/trip-job-journal.h"

#include "relay/trip-envelope.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

#include <string.h>

enum {
  /* About what a message has around its data. */
  ENVELOPE_BYTES = 160,
};

struct _TripJobJournal {
  GObject parent_instance;

  char *id;
  gint64 epoch;
  char *owner;
  GPtrArray *entries;
  guint64 trimmed_seq;
  gsize n_bytes;
  gboolean is_open;
  GQueue readers;
};

struct _TripJournalReader {
  TripJobJournal *journal;
  guint next;
  TripJournalWakeFunc wake;
  gpointer user_data;
  GList link;
};

enum {
  READERS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TripJobJournal, trip_job_journal, G_TYPE_OBJECT)

/**
 * trip_journal_entry_new:
 * @seq: number of the event
 * @kind: what it is
 * @text: its message
 *
 * Returns: (transfer full): an entry
 */
TripJournalEntry *
trip_journal_entry_new (guint64        seq,
                        TripEventKind  kind,
                        GBytes        *text)
{
  TripJournalEntry *self = g_new0 (TripJournalEntry, 1);

  self->seq = seq;
  self->kind = kind;
  self->text = g_bytes_ref (text);
  return self;
}

/**
 * trip_journal_entry_new_for_event:
 * @event: a numbered event
 * @job_id: its job
 * @epoch: epoch of the job's numbers
 *
 * Makes an entry whose message is encoded when somebody reads it; of a job that is asked for its answer alone, nobody does.
 *
 * Returns: (transfer full): an entry
 */
TripJournalEntry *
trip_journal_entry_new_for_event (const TripEvent *event,
                                  const char      *job_id,
                                  gint64           epoch)
{
  TripJournalEntry *self = g_new0 (TripJournalEntry, 1);

  self->seq = event->seq;
  self->kind = event->kind;
  self->event = trip_event_ref ((TripEvent *) event);
  self->job_id = g_strdup (job_id);
  self->epoch = epoch;
  return self;
}

/**
 * trip_journal_entry_get_text:
 * @self: an entry
 *
 * Not for several threads at once.
 *
 * Returns: (transfer none): its message of version 2, see [func@envelope_encode_event]
 */
GBytes *
trip_journal_entry_get_text (const TripJournalEntry *self)
{
  TripJournalEntry *lazy = (TripJournalEntry *) self;

  if (lazy->text == NULL)
    {
      lazy->text = trip_envelope_encode_event (lazy->event, lazy->job_id, lazy->epoch);
      g_clear_pointer (&lazy->event, trip_event_unref);
    }
  return lazy->text;
}

static gsize
measure_entry (const TripJournalEntry *self)
{
  if (self->text != NULL)
    return g_bytes_get_size (self->text);
  return ENVELOPE_BYTES + (self->event->data != NULL ? g_bytes_get_size (self->event->data) : 0);
}

/**
 * trip_journal_entry_free:
 * @self: (transfer full): an entry
 *
 * Frees it.
 */
void
trip_journal_entry_free (TripJournalEntry *self)
{
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->event, trip_event_unref);
  g_free (self->job_id);
  g_free (self);
}

/**
 * trip_journal_entry_is_terminal:
 * @self: an entry
 *
 * Returns: whether it ends its job
 */
gboolean
trip_journal_entry_is_terminal (const TripJournalEntry *self)
{
  return self->kind == TRIP_EVENT_DONE || self->kind == TRIP_EVENT_ERROR || self->kind == TRIP_EVENT_CANCELLED;
}

static void
trip_job_journal_finalize (GObject *object)
{
  TripJobJournal *self = TRIP_JOB_JOURNAL (object);

  g_free (self->id);
  g_free (self->owner);
  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (trip_job_journal_parent_class)->finalize (object);
}

static void
trip_job_journal_class_init (TripJobJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_job_journal_finalize;

  /**
   * TripJobJournal::readers-changed:
   * @self: the journal
   *
   * A reader came or went.
   */
  signals[READERS_CHANGED] = g_signal_new ("readers-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
}

static void
trip_job_journal_init (TripJobJournal *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_journal_entry_free);
  g_queue_init (&self->readers);
}

/**
 * trip_job_journal_new:
 * @id: identifier of the job
 * @epoch: epoch of its numbers
 * @owner: who may read it; empty for anybody who knows the identifier
 *
 * Returns: (transfer full): an empty journal that readers have to wait for, see trip_job_journal_open()
 */
TripJobJournal *
trip_job_journal_new (const char *id,
                      gint64      epoch,
                      const char *owner)
{
  TripJobJournal *self = g_object_new (TRIP_TYPE_JOB_JOURNAL, NULL);

  self->id = g_strdup (id);
  self->epoch = epoch;
  self->owner = g_strdup (owner);
  return self;
}

/**
 * trip_job_journal_get_id:
 * @self: a journal
 *
 * Returns: (transfer none): identifier of its job
 */
const char *
trip_job_journal_get_id (TripJobJournal *self)
{
  return self->id;
}

/**
 * trip_job_journal_get_epoch:
 * @self: a journal
 *
 * Returns: epoch of its numbers: with another one the same number means another event
 */
gint64
trip_job_journal_get_epoch (TripJobJournal *self)
{
  return self->epoch;
}

/**
 * trip_job_journal_set_epoch:
 * @self: a journal
 * @epoch: another epoch
 *
 * Makes the numbers that readers know of it count no more once they have lost it.
 */
void
trip_job_journal_set_epoch (TripJobJournal *self,
                            gint64          epoch)
{
  self->epoch = epoch;
}

/**
 * trip_job_journal_get_owner:
 * @self: a journal
 *
 * Returns: (transfer none): who may read it; empty for anybody who knows the identifier
 */
const char *
trip_job_journal_get_owner (TripJobJournal *self)
{
  return self->owner;
}

static const TripJournalEntry *
peek_last (TripJobJournal *self)
{
  return self->entries->len > 0 ? g_ptr_array_index (self->entries, self->entries->len - 1) : NULL;
}

/**
 * trip_job_journal_get_last_seq:
 * @self: a journal
 *
 * Returns: number of the newest event that readers may see, 0 where there is none
 */
guint64
trip_job_journal_get_last_seq (TripJobJournal *self)
{
  const TripJournalEntry *last = peek_last (self);

  return last != NULL ? last->seq : 0;
}

/**
 * trip_job_journal_get_n_bytes:
 * @self: a journal
 *
 * Returns: bytes of all its messages, about
 */
gsize
trip_job_journal_get_n_bytes (TripJobJournal *self)
{
  return self->n_bytes;
}

/**
 * trip_job_journal_get_n_readers:
 * @self: a journal
 *
 * Returns: how many read it now
 */
guint
trip_job_journal_get_n_readers (TripJobJournal *self)
{
  return self->readers.length;
}

/**
 * trip_job_journal_is_open:
 * @self: a journal
 *
 * Returns: whether the job is stored as far as it can be, so that it may be named to the client
 */
gboolean
trip_job_journal_is_open (TripJobJournal *self)
{
  return self->is_open;
}

/**
 * trip_job_journal_is_ended:
 * @self: a journal
 *
 * Returns: whether its last event ends the job
 */
gboolean
trip_job_journal_is_ended (TripJobJournal *self)
{
  const TripJournalEntry *last = peek_last (self);

  return last != NULL && trip_journal_entry_is_terminal (last);
}

/**
 * trip_job_journal_get_state:
 * @self: a journal
 *
 * Returns: how far the job is, as its readers know it
 */
TripJobState
trip_job_journal_get_state (TripJobJournal *self)
{
  const TripJournalEntry *last = peek_last (self);

  if (last == NULL)
    return TRIP_JOB_RUNNING;
  return last->kind == TRIP_EVENT_DONE        ? TRIP_JOB_DONE
         : last->kind == TRIP_EVENT_ERROR     ? TRIP_JOB_FAILED
         : last->kind == TRIP_EVENT_CANCELLED ? TRIP_JOB_CANCELLED
                                              : TRIP_JOB_RUNNING;
}

/**
 * trip_job_journal_has_after:
 * @self: a journal
 * @after_seq: number of the last event that a reader knows
 *
 * Returns: whether all events after it are here; %FALSE where some were trimmed, or the number is of the future
 */
gboolean
trip_job_journal_has_after (TripJobJournal *self,
                            guint64         after_seq)
{
  return after_seq >= self->trimmed_seq && after_seq <= trip_job_journal_get_last_seq (self);
}

/**
 * trip_job_journal_get_snapshot_seq:
 * @self: a journal
 *
 * Returns: number of the last event that trip_job_journal_dup_snapshot() includes: the newest that does not end the job
 */
guint64
trip_job_journal_get_snapshot_seq (TripJobJournal *self)
{
  return trip_job_journal_get_last_seq (self) - (trip_job_journal_is_ended (self) ? 1 : 0);
}

static void
add_data (TripJsonBuilder        *builder,
          const TripJournalEntry *entry,
          const char             *member,
          const char             *name)
{
  g_autoptr(TripJson) json = trip_json_parse (trip_journal_entry_get_text (entry), G_MAXSIZE, NULL);
  const TripJsonNode *node = json != NULL ? trip_json_node_member (trip_json_get_root (json), "data") : NULL;
  g_autoptr(GBytes) raw = NULL;

  if (node != NULL && member != NULL)
    node = trip_json_node_member (node, member);
  if (node == NULL)
    return;
  raw = trip_json_node_dup_raw (node);
  trip_json_builder_add_raw (builder, name, raw);
}

static const TripJournalEntry *
find_last (TripJobJournal *self,
           TripEventKind   kind)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const TripJournalEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (entry->kind == kind)
        return entry;
    }
  return NULL;
}

/**
 * trip_job_journal_dup_snapshot:
 * @self: a journal
 *
 * Returns: (transfer full): what the job has found so far as one JSON object: `state`, `percent` and those of `intents`,
 *   `pois`, `requirements` and `plan` that are there
 */
GBytes *
trip_job_journal_dup_snapshot (TripJobJournal *self)
{
  static const TripEventKind stages[] = { TRIP_EVENT_INTENTS, TRIP_EVENT_POIS, TRIP_EVENT_REQUIREMENTS, TRIP_EVENT_PLAN };
  const TripJournalEntry *progress = find_last (self, TRIP_EVENT_PROGRESS);
  TripJobState state = trip_job_journal_get_state (self);
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "state", trip_job_state_to_string (state));
  if (state == TRIP_JOB_DONE)
    trip_json_builder_add_int (&builder, "percent", 100);
  else if (progress != NULL)
    add_data (&builder, progress, "percent", "percent");
  else
    trip_json_builder_add_int (&builder, "percent", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      const TripJournalEntry *entry = find_last (self, stages[i]);

      if (entry != NULL)
        add_data (&builder, entry, NULL, trip_event_kind_to_string (stages[i]));
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/* Readers may free themselves, and others, when they are woken. */
static void
wake_readers (TripJobJournal *self)
{
  g_autoptr(TripJobJournal) keep = g_object_ref (self);
  g_autoptr(GPtrArray) readers = g_ptr_array_new ();

  for (GList *link = self->readers.head; link != NULL; link = link->next)
    g_ptr_array_add (readers, link->data);
  for (guint i = 0; i < readers->len; i++)
    {
      TripJournalReader *reader = g_ptr_array_index (readers, i);

      if (g_queue_find (&keep->readers, reader) != NULL)
        reader->wake (reader->user_data);
    }
}

/**
 * trip_job_journal_open:
 * @self: a journal
 *
 * Lets readers in.
 */
void
trip_job_journal_open (TripJobJournal *self)
{
  if (self->is_open)
    return;
  self->is_open = TRUE;
  wake_readers (self);
}

/**
 * trip_job_journal_set_trimmed:
 * @self: a journal
 * @trimmed_seq: number of the last event that may be missing, 0 for none
 *
 * Says that it is not complete.
 */
void
trip_job_journal_set_trimmed (TripJobJournal *self,
                              guint64         trimmed_seq)
{
  self->trimmed_seq = trimmed_seq;
}

/**
 * trip_job_journal_append:
 * @self: a journal
 * @entry: (transfer full): the next event
 *
 * Shows one more event to the readers.
 */
void
trip_job_journal_append (TripJobJournal   *self,
                         TripJournalEntry *entry)
{
  entry->offset = self->n_bytes;
  self->n_bytes += measure_entry (entry);
  g_ptr_array_add (self->entries, entry);
  if (self->is_open)
    wake_readers (self);
}

/* Numbers rise but need not be without gaps where a journal was trimmed. */
static guint
find_after (TripJobJournal *self,
            guint64         after_seq)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const TripJournalEntry *entry = g_ptr_array_index (self->entries, middle);

      if (entry->seq <= after_seq)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * trip_journal_reader_new:
 * @journal: what to read
 * @after_seq: number of the last event that is known already
 * @wake: called when there is something to read, and when the journal opens
 * @user_data: data for @wake
 *
 * Begins to read. Between the last event that was here before and the first that comes live there is none lost and none
 * twice: both are read from the same place.
 *
 * Returns: (transfer full): a reader; it keeps the journal alive
 */
TripJournalReader *
trip_journal_reader_new (TripJobJournal      *journal,
                         guint64              after_seq,
                         TripJournalWakeFunc  wake,
                         gpointer             user_data)
{
  TripJournalReader *self = g_new0 (TripJournalReader, 1);

  self->journal = g_object_ref (journal);
  self->next = find_after (journal, after_seq);
  self->wake = wake;
  self->user_data = user_data;
  self->link.data = self;
  g_queue_push_tail_link (&journal->readers, &self->link);
  g_signal_emit (journal, signals[READERS_CHANGED], 0);
  return self;
}

/**
 * trip_journal_reader_free:
 * @self: (transfer full): a reader
 *
 * Ends reading.
 */
void
trip_journal_reader_free (TripJournalReader *self)
{
  g_autoptr(TripJobJournal) journal = self->journal;

  g_queue_unlink (&journal->readers, &self->link);
  g_signal_emit (journal, signals[READERS_CHANGED], 0);
  g_free (self);
}

/**
 * trip_journal_reader_get_journal:
 * @self: a reader
 *
 * Returns: (transfer none): what it reads
 */
TripJobJournal *
trip_journal_reader_get_journal (TripJournalReader *self)
{
  return self->journal;
}

/**
 * trip_journal_reader_peek:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the next event; %NULL where there is none yet
 */
const TripJournalEntry *
trip_journal_reader_peek (TripJournalReader *self)
{
  if (!self->journal->is_open || self->next >= self->journal->entries->len)
    return NULL;
  return g_ptr_array_index (self->journal->entries, self->next);
}

/**
 * trip_journal_reader_next:
 * @self: a reader with a next event
 *
 * Goes past it.
 */
void
trip_journal_reader_next (TripJournalReader *self)
{
  self->next++;
}

/**
 * trip_journal_reader_skip_progress:
 * @self: a reader that has fallen behind
 *
 * Goes to the last of a run of `progress` events: each says all that those before it said.
 *
 * Returns: how many it passed
 */
guint
trip_journal_reader_skip_progress (TripJournalReader *self)
{
  GPtrArray *entries = self->journal->entries;
  guint skipped = 0;

  while (self->next + 1 < entries->len &&
         ((const TripJournalEntry *) g_ptr_array_index (entries, self->next))->kind == TRIP_EVENT_PROGRESS &&
         ((const TripJournalEntry *) g_ptr_array_index (entries, self->next + 1))->kind == TRIP_EVENT_PROGRESS)
    {
      self->next++;
      skipped++;
    }
  return skipped;
}

/**
 * trip_journal_reader_get_lag:
 * @self: a reader
 *
 * Returns: bytes of the messages that it has not read
 */
gsize
trip_journal_reader_get_lag (TripJournalReader *self)
{
  const TripJournalEntry *entry = trip_journal_reader_peek (self);

  return entry != NULL ? self->journal->n_bytes - entry->offset : 0;
}
