/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The log. Its thread takes all that was handed in since its last turn into one transaction, and reports it stored only
 * after the commit. It holds the database alone (exclusive locking), so a second service cannot run the jobs of the first. A
 * failure of the disk makes it report everything as not stored; it tries the database again after a while.
 *
 * https://www.sqlite.org/wal.html
 */
#include "relay/trip-job-log.h"

#include "relay/trip-source.h"
#include "trip/model/trip-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* Changes with the tables; a database of another version is moved aside. */
#define SCHEMA_VERSION 2

enum {
  OPS_PER_COMMIT = 512,
  RETRY_AFTER_S = 30,
  TRIM_EVERY_S = 60,
  BUSY_TIMEOUT_MS = 500,
};

/* The request has a table of its own: SQLite writes a row anew, however long it is, to change a number in it. */
static const char schema[] =
  "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE job (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, owner TEXT NOT NULL,"
  "  linger_s INTEGER NOT NULL, runs INTEGER NOT NULL, created_s INTEGER NOT NULL, ended_s INTEGER,"
  "  bytes INTEGER NOT NULL, trimmed_seq INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX job_by_end ON job (ended_s);"
  "CREATE TABLE request (job INTEGER PRIMARY KEY REFERENCES job (key) ON DELETE CASCADE, text BLOB NOT NULL);"
  "CREATE TABLE event (job INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE, seq INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL, text BLOB NOT NULL, UNIQUE (job, seq));";

typedef enum {
  STATEMENT_ADD_JOB,
  STATEMENT_ADD_REQUEST,
  STATEMENT_ADD_EVENT,
  STATEMENT_GET_ON,
  STATEMENT_END_JOB,
  STATEMENT_REMOVE_JOB,
  STATEMENT_FIND_JOB,
  STATEMENT_FIND_EVENTS,
  N_STATEMENTS
} Statement;

#define READ_JOB \
  "SELECT key, id, epoch, owner, linger_s, runs, request.text, trimmed_seq FROM job JOIN request ON request.job = job.key"

static const char * const statements[N_STATEMENTS] = {
  [STATEMENT_ADD_JOB] = ("INSERT INTO job (id, epoch, owner, linger_s, runs, created_s, bytes)"
                         " VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6)"),
  [STATEMENT_ADD_REQUEST] = "INSERT INTO request (job, text) SELECT key, ?2 FROM job WHERE id = ?1",
  [STATEMENT_ADD_EVENT] = "INSERT INTO event (job, seq, kind, text) SELECT key, ?2, ?3, ?4 FROM job WHERE id = ?1",
  [STATEMENT_GET_ON] = "UPDATE job SET runs = 1 WHERE id = ?1 AND runs > 1",
  [STATEMENT_END_JOB] = ("UPDATE job SET ended_s = ?2, bytes = bytes + coalesce((SELECT sum(length(text)) FROM event"
                         " WHERE event.job = job.key), 0) WHERE id = ?1"),
  [STATEMENT_REMOVE_JOB] = "DELETE FROM job WHERE id = ?1",
  [STATEMENT_FIND_JOB] = READ_JOB " WHERE id = ?1",
  [STATEMENT_FIND_EVENTS] = "SELECT seq, kind, text FROM event WHERE job = ?1 ORDER BY seq",
};

typedef enum {
  OP_ADD_JOB,
  OP_APPEND,
  OP_REMOVE_JOB,
  OP_TRIM,
  OP_FIND,
  OP_CLOSE,
} OpKind;

typedef struct {
  OpKind kind;
  TripLoggedJob *job;
  char *id;
  TripJournalEntry *entry;
  TripJobLogFunc func;
  gpointer user_data;
  GTask *task;
  gboolean stored;
} Op;

struct _TripJobLog {
  GObject parent_instance;

  char *path;
  TripJobLogLimits limits;
  gint64 epoch;
  GPtrArray *unfinished;
  GThread *thread;
  GAsyncQueue *ops;
  GAsyncQueue *reports;
  GSource *report_source;
  gint is_working;

  /* Of the thread alone, once it runs. */
  sqlite3 *db;
  sqlite3_stmt *prepared[N_STATEMENTS];
  gint64 retry_at;
};

G_DEFINE_FINAL_TYPE (TripJobLog, trip_job_log, G_TYPE_OBJECT)

/**
 * trip_logged_job_new:
 * @id: identifier
 * @epoch: epoch of its numbers
 * @owner: who may read it
 * @linger_s: how long it goes on while nobody watches it, seconds
 * @request: the request, JSON text
 *
 * Returns: (transfer full): a job without events
 */
TripLoggedJob *
trip_logged_job_new (const char *id,
                     gint64      epoch,
                     const char *owner,
                     guint       linger_s,
                     GBytes     *request)
{
  TripLoggedJob *self = g_new0 (TripLoggedJob, 1);

  self->id = g_strdup (id);
  self->epoch = epoch;
  self->owner = g_strdup (owner);
  self->linger_s = linger_s;
  self->runs = 1;
  self->request = g_bytes_ref (request);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_journal_entry_free);
  return self;
}

/**
 * trip_logged_job_free:
 * @self: (transfer full): a job
 *
 * Frees it.
 */
void
trip_logged_job_free (TripLoggedJob *self)
{
  g_free (self->id);
  g_free (self->owner);
  g_bytes_unref (self->request);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
op_free (Op *op)
{
  g_clear_pointer (&op->job, trip_logged_job_free);
  g_clear_pointer (&op->entry, trip_journal_entry_free);
  g_clear_object (&op->task);
  g_free (op->id);
  g_free (op);
}

static gboolean
set_error (TripJobLog  *self,
           GError     **error)
{
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s: %s", self->path,
               self->db != NULL ? sqlite3_errmsg (self->db) : "out of memory");
  return FALSE;
}

static gboolean
run (TripJobLog  *self,
     const char  *sql,
     GError     **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK || set_error (self, error);
}

static void
close_database (TripJobLog *self)
{
  for (gsize i = 0; i < N_STATEMENTS; i++)
    g_clear_pointer (&self->prepared[i], sqlite3_finalize);
  g_clear_pointer (&self->db, sqlite3_close_v2);
}

static gboolean
read_number (TripJobLog  *self,
             const char  *sql,
             gint64      *out_value,
             GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok;

  *out_value = 0;
  ok = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK;
  if (ok)
    {
      int result = sqlite3_step (statement);

      if (result == SQLITE_ROW)
        *out_value = sqlite3_column_int64 (statement, 0);
      ok = result == SQLITE_ROW || result == SQLITE_DONE;
    }
  if (!ok)
    set_error (self, error);
  sqlite3_finalize (statement);
  return ok;
}

static gboolean
create_tables (TripJobLog  *self,
               GError     **error)
{
  g_autofree char *meta = g_strdup_printf ("INSERT INTO meta VALUES ('epoch', %" G_GINT64_FORMAT ");"
                                           "PRAGMA user_version = %d; COMMIT",
                                           g_get_real_time () / 1000, SCHEMA_VERSION);

  return run (self, "BEGIN IMMEDIATE", error) && run (self, schema, error) && run (self, meta, error);
}

static gboolean
prepare_statements (TripJobLog  *self,
                    GError     **error)
{
  for (gsize i = 0; i < N_STATEMENTS; i++)
    {
      if (sqlite3_prepare_v3 (self->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &self->prepared[i], NULL) != SQLITE_OK)
        return set_error (self, error);
    }
  return TRUE;
}

static gboolean
check_integrity (TripJobLog  *self,
                 GError     **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (self->db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW &&
                g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;

  if (!ok)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s: broken", self->path);
  sqlite3_finalize (statement);
  return ok;
}

static gboolean
open_database (TripJobLog  *self,
               gboolean    *out_busy,
               GError     **error)
{
  gint64 version;
  int result;

  *out_busy = FALSE;
  if (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    return set_error (self, error);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  /* Exclusive before WAL: then SQLite needs no shared memory, and a second service cannot open it. Not synchronous: what was
   * written outlives the process all the same, and events do not wait for the disk to turn. Only the end of the whole machine
   * can break the file, which is then moved aside. */
  result = sqlite3_exec (self->db,
                         "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                         "PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
                         "PRAGMA journal_size_limit = 4194304",
                         NULL, NULL, NULL);
  if (result == SQLITE_OK && !read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (result != SQLITE_OK)
    {
      *out_busy = result == SQLITE_BUSY || result == SQLITE_LOCKED;
      return set_error (self, error);
    }
  if (version == 0 && !create_tables (self, error))
    return FALSE;
  if (version != 0 && version != SCHEMA_VERSION)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s has version %" G_GINT64_FORMAT, self->path, version);
      return FALSE;
    }
  /* Takes the lock now rather than with the first write. */
  return run (self, "BEGIN IMMEDIATE; COMMIT", error) && check_integrity (self, error) && prepare_statements (self, error) &&
         read_number (self, "SELECT value FROM meta WHERE name = 'epoch'", &self->epoch, error);
}

static gboolean
step (TripJobLog *self,
      Statement   which)
{
  sqlite3_stmt *statement = self->prepared[which];
  int result = sqlite3_step (statement);

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return result == SQLITE_DONE;
}

static void
bind_text (TripJobLog *self,
           Statement   which,
           int         index,
           const char *text)
{
  sqlite3_bind_text (self->prepared[which], index, text, -1, SQLITE_STATIC);
}

static void
bind_bytes (TripJobLog *self,
            Statement   which,
            int         index,
            GBytes     *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  sqlite3_bind_blob64 (self->prepared[which], index, data, size, SQLITE_STATIC);
}

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
store_job (TripJobLog          *self,
           const TripLoggedJob *job)
{
  sqlite3_stmt *statement = self->prepared[STATEMENT_ADD_JOB];

  bind_text (self, STATEMENT_ADD_JOB, 1, job->id);
  sqlite3_bind_int64 (statement, 2, job->epoch);
  bind_text (self, STATEMENT_ADD_JOB, 3, job->owner);
  sqlite3_bind_int64 (statement, 4, job->linger_s);
  sqlite3_bind_int64 (statement, 5, now_s ());
  sqlite3_bind_int64 (statement, 6, (gint64) g_bytes_get_size (job->request));
  if (!step (self, STATEMENT_ADD_JOB))
    return FALSE;
  bind_text (self, STATEMENT_ADD_REQUEST, 1, job->id);
  bind_bytes (self, STATEMENT_ADD_REQUEST, 2, job->request);
  return step (self, STATEMENT_ADD_REQUEST);
}

/* A job that gets on is not one that brings the service down. */
static gboolean
is_stage (TripEventKind kind)
{
  return kind == TRIP_EVENT_INTENTS || kind == TRIP_EVENT_POIS || kind == TRIP_EVENT_REQUIREMENTS || kind == TRIP_EVENT_PLAN;
}

static gboolean
store_entry (TripJobLog             *self,
             const char             *id,
             const TripJournalEntry *entry)
{
  sqlite3_stmt *statement = self->prepared[STATEMENT_ADD_EVENT];

  bind_text (self, STATEMENT_ADD_EVENT, 1, id);
  sqlite3_bind_int64 (statement, 2, (gint64) entry->seq);
  sqlite3_bind_int (statement, 3, (int) entry->kind);
  bind_bytes (self, STATEMENT_ADD_EVENT, 4, trip_journal_entry_get_text (entry));
  if (!step (self, STATEMENT_ADD_EVENT))
    return FALSE;

  if (is_stage (entry->kind))
    {
      bind_text (self, STATEMENT_GET_ON, 1, id);
      if (!step (self, STATEMENT_GET_ON))
        return FALSE;
    }
  if (!trip_journal_entry_is_terminal (entry))
    return TRUE;
  bind_text (self, STATEMENT_END_JOB, 1, id);
  sqlite3_bind_int64 (self->prepared[STATEMENT_END_JOB], 2, now_s ());
  return step (self, STATEMENT_END_JOB);
}

static gboolean
remove_job (TripJobLog *self,
            const char *id)
{
  bind_text (self, STATEMENT_REMOVE_JOB, 1, id);
  return step (self, STATEMENT_REMOVE_JOB);
}

static GBytes *
column_bytes (sqlite3_stmt *statement,
              int           column)
{
  gconstpointer data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

static TripLoggedJob *
read_job (TripJobLog   *self,
          sqlite3_stmt *row)
{
  g_autoptr(GBytes) request = column_bytes (row, 6);
  sqlite3_stmt *events = self->prepared[STATEMENT_FIND_EVENTS];
  TripLoggedJob *job = trip_logged_job_new ((const char *) sqlite3_column_text (row, 1), sqlite3_column_int64 (row, 2),
                                            (const char *) sqlite3_column_text (row, 3),
                                            (guint) sqlite3_column_int64 (row, 4), request);

  job->runs = (guint) sqlite3_column_int64 (row, 5);
  job->trimmed_seq = (guint64) sqlite3_column_int64 (row, 7);
  sqlite3_bind_int64 (events, 1, sqlite3_column_int64 (row, 0));
  while (sqlite3_step (events) == SQLITE_ROW)
    {
      g_autoptr(GBytes) text = column_bytes (events, 2);

      g_ptr_array_add (job->entries, trip_journal_entry_new ((guint64) sqlite3_column_int64 (events, 0),
                                                             (TripEventKind) sqlite3_column_int (events, 1), text));
    }
  sqlite3_reset (events);
  return job;
}

static TripLoggedJob *
find_job (TripJobLog *self,
          const char *id)
{
  sqlite3_stmt *statement = self->prepared[STATEMENT_FIND_JOB];
  TripLoggedJob *job = NULL;

  bind_text (self, STATEMENT_FIND_JOB, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    job = read_job (self, statement);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return job;
}

/* What was running when the service ended; each is counted as run once more. */
static gboolean
read_unfinished (TripJobLog  *self,
                 GError     **error)
{
  sqlite3_stmt *statement = NULL;

  if (!run (self, "UPDATE job SET runs = runs + 1 WHERE ended_s IS NULL", error))
    return FALSE;
  if (sqlite3_prepare_v2 (self->db,
                          READ_JOB " WHERE ended_s IS NULL ORDER BY key", -1, &statement, NULL) != SQLITE_OK)
    return set_error (self, error);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (self->unfinished, read_job (self, statement));
  sqlite3_finalize (statement);
  return TRUE;
}

/* Of jobs that have ended, from the newest on: the second half of what may be kept loses its small events, for the lists say
 * the same, and what is beyond it goes. What runs is never touched. */
static gboolean
trim_by_size (TripJobLog *self)
{
  static const char beyond[] =
    "(SELECT key FROM (SELECT key, ended_s, trimmed_seq, sum(bytes) OVER (ORDER BY ended_s IS NOT NULL, ended_s DESC, key DESC)"
    " AS total FROM job) WHERE total > %" G_GINT64_FORMAT " AND ended_s IS NOT NULL%s)";
  g_autofree char *thin = g_strdup_printf (beyond, self->limits.max_bytes / 2, " AND trimmed_seq = 0");
  g_autofree char *over = g_strdup_printf (beyond, self->limits.max_bytes, "");
  g_autofree char *small = g_strdup_printf ("kind IN (%d, %d, %d)", TRIP_EVENT_PROGRESS, TRIP_EVENT_POI, TRIP_EVENT_POI_IMAGES);
  g_autofree char *thin_out = g_strdup_printf (
    "CREATE TEMP TABLE thin AS SELECT key FROM %s;"
    "UPDATE job SET trimmed_seq = coalesce((SELECT max(seq) FROM event WHERE event.job = job.key AND %s), 0)"
    " WHERE key IN (SELECT key FROM thin);"
    "DELETE FROM event WHERE job IN (SELECT key FROM thin) AND %s;"
    "UPDATE job SET bytes = coalesce((SELECT sum(length(text)) FROM event WHERE event.job = job.key), 0)"
    " + coalesce((SELECT length(text) FROM request WHERE request.job = job.key), 0) WHERE key IN (SELECT key FROM thin);"
    "DROP TABLE thin",
    thin, small, small);
  g_autofree char *delete = g_strdup_printf ("DELETE FROM job WHERE key IN %s", over);

  return run (self, thin_out, NULL) && run (self, delete, NULL);
}

static gboolean
trim (TripJobLog *self)
{
  g_autofree char *by_age = g_strdup_printf ("DELETE FROM job WHERE ended_s <= %" G_GINT64_FORMAT,
                                             now_s () - self->limits.max_age_s);

  /* What becomes free in the file is used again: giving it back would make events wait. */
  return run (self, by_age, NULL) && trim_by_size (self);
}

static void
report_op (Op *op)
{
  if (op->func != NULL)
    op->func (op->stored, op->user_data);
  op_free (op);
}

/**
 * trip_job_log_report:
 * @self: a log
 *
 * Reports now what the main loop would report when it gets to it.
 */
void
trip_job_log_report (TripJobLog *self)
{
  G_GNUC_UNUSED g_autoptr(TripJobLog) keep = g_object_ref (self);
  Op *op;

  while ((op = g_async_queue_try_pop (self->reports)) != NULL)
    report_op (op);
}

static gboolean
report_cb (gpointer user_data)
{
  TripJobLog *self = user_data;

  g_source_set_ready_time (self->report_source, -1);
  trip_job_log_report (self);
  return G_SOURCE_CONTINUE;
}

static void
fail (TripJobLog *self)
{
  if (g_atomic_int_get (&self->is_working))
    g_warning ("%s: %s; jobs are kept in memory only", self->path, sqlite3_errmsg (self->db));
  g_atomic_int_set (&self->is_working, FALSE);
  self->retry_at = g_get_monotonic_time () + RETRY_AFTER_S * G_USEC_PER_SEC;
  close_database (self);
}

static void
try_again (TripJobLog *self)
{
  g_autoptr(GError) error = NULL;
  gboolean busy;

  if (self->db != NULL || g_get_monotonic_time () < self->retry_at)
    return;
  if (open_database (self, &busy, &error))
    {
      g_message ("%s: jobs are stored again", self->path);
      g_atomic_int_set (&self->is_working, TRUE);
      return;
    }
  self->retry_at = g_get_monotonic_time () + RETRY_AFTER_S * G_USEC_PER_SEC;
  close_database (self);
}

static gboolean
do_op (TripJobLog *self,
       Op         *op)
{
  switch (op->kind)
    {
    case OP_ADD_JOB:
      return store_job (self, op->job);
    case OP_APPEND:
      return store_entry (self, op->id, op->entry);
    case OP_REMOVE_JOB:
      return remove_job (self, op->id);
    case OP_TRIM:
      return trim (self);
    case OP_FIND:
      op->job = find_job (self, op->id);
      return TRUE;
    case OP_CLOSE:
    default:
      return TRUE;
    }
}

/* All or nothing: after a failure none of them is on disk, and all are told so. */
static void
do_ops (TripJobLog *self,
        GPtrArray  *ops)
{
  gboolean ok = self->db != NULL && sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;

  for (guint i = 0; i < ops->len && ok; i++)
    ok = do_op (self, g_ptr_array_index (ops, i));
  ok = ok && sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  if (!ok && self->db != NULL)
    fail (self);
  for (guint i = 0; i < ops->len; i++)
    ((Op *) g_ptr_array_index (ops, i))->stored = ok;
}

static void
hand_back (TripJobLog *self,
           Op         *op)
{
  if (op->kind == OP_FIND)
    {
      if (op->job != NULL)
        g_task_return_pointer (op->task, g_steal_pointer (&op->job), (GDestroyNotify) trip_logged_job_free);
      else
        g_task_return_new_error (op->task, TRIP_ERROR, TRIP_ERROR_JOB_NOT_FOUND, "%s", _("There is no such job"));
      op_free (op);
      return;
    }
  g_async_queue_push (self->reports, op);
}

static gpointer
thread_main (gpointer user_data)
{
  TripJobLog *self = user_data;
  gint64 next_trim = g_get_monotonic_time ();
  gboolean closing = FALSE;

  while (!closing)
    {
      g_autoptr(GPtrArray) ops = g_ptr_array_new ();
      gint64 left = MAX (next_trim - g_get_monotonic_time (), 0);
      /* What is too old goes before anybody can ask for it. */
      Op *op = left > 0 ? g_async_queue_timeout_pop (self->ops, (guint64) left) : NULL;

      for (; op != NULL; op = ops->len < OPS_PER_COMMIT && !closing ? g_async_queue_try_pop (self->ops) : NULL)
        {
          closing = closing || op->kind == OP_CLOSE;
          g_ptr_array_add (ops, op);
        }
      if (g_get_monotonic_time () >= next_trim)
        {
          Op *tidy = g_new0 (Op, 1);

          tidy->kind = OP_TRIM;
          g_ptr_array_add (ops, tidy);
          next_trim = g_get_monotonic_time () + TRIM_EVERY_S * G_USEC_PER_SEC;
        }
      try_again (self);
      do_ops (self, ops);
      for (guint i = 0; i < ops->len; i++)
        hand_back (self, g_ptr_array_index (ops, i));
      g_source_set_ready_time (self->report_source, 0);
    }
  close_database (self);
  return NULL;
}

static void
push (TripJobLog *self,
      Op         *op)
{
  g_async_queue_push (self->ops, op);
}

static void
trip_job_log_finalize (GObject *object)
{
  TripJobLog *self = TRIP_JOB_LOG (object);

  trip_job_log_close (self);
  close_database (self);
  g_async_queue_unref (self->ops);
  g_async_queue_unref (self->reports);
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  g_free (self->path);

  G_OBJECT_CLASS (trip_job_log_parent_class)->finalize (object);
}

static void
trip_job_log_class_init (TripJobLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_job_log_finalize;
}

static void
trip_job_log_init (TripJobLog *self)
{
  self->ops = g_async_queue_new_full ((GDestroyNotify) op_free);
  self->reports = g_async_queue_new_full ((GDestroyNotify) op_free);
  self->unfinished = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_logged_job_free);
}

static gboolean
make_private_folder (TripJobLog  *self,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  /* What travellers write is nobody else's: SQLite gives its other files the mode of this one. */
  fd = open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s: %s", self->path, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
move_aside (TripJobLog *self)
{
  static const char * const tails[] = { "", "-wal", "-shm" };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *to = g_strdup_printf ("%s.broken-%s", self->path, stamp);

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *old = g_strconcat (self->path, tails[i], NULL);
      g_autofree char *new = g_strconcat (to, tails[i], NULL);

      if (g_rename (old, new) != 0 && i == 0)
        return FALSE;
    }
  g_warning ("The jobs in %s cannot be read; they are kept as %s", self->path, to);
  return TRUE;
}

/**
 * trip_job_log_open:
 * @path: the file; made with its folder, for its owner alone, where it is missing
 * @limits: what to keep
 * @error: return location
 *
 * Opens the log and reads what was running when it was last written. A file that cannot be read is moved aside with a
 * warning and begun anew. Blocks for the time it takes, so it is to be called before the main loop runs.
 *
 * Returns: (transfer full): the log; %NULL where another process has it, or nothing can be written there
 */
TripJobLog *
trip_job_log_open (const char              *path,
                   const TripJobLogLimits  *limits,
                   GError                 **error)
{
  g_autoptr(TripJobLog) self = g_object_new (TRIP_TYPE_JOB_LOG, NULL);
  g_autoptr(GError) broken = NULL;
  gboolean busy = FALSE;

  self->path = g_strdup (path);
  self->limits = *limits;
  if (!make_private_folder (self, error))
    return NULL;
  if (!open_database (self, &busy, &broken) || !read_unfinished (self, &broken))
    {
      close_database (self);
      g_ptr_array_set_size (self->unfinished, 0);
      if (busy)
        {
          g_set_error (error, TRIP_ERROR, TRIP_ERROR_BUSY, _("another tripd uses %s"), self->path);
          return NULL;
        }
      if (!move_aside (self) || !make_private_folder (self, NULL) || !open_database (self, &busy, NULL))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return NULL;
        }
    }

  g_atomic_int_set (&self->is_working, TRUE);
  self->report_source = trip_source_new_alarm ("trip-job-log-report", G_PRIORITY_DEFAULT, report_cb, self);
  self->thread = g_thread_new ("trip-job-log", thread_main, self);
  return g_steal_pointer (&self);
}

/**
 * trip_job_log_close:
 * @self: a log
 *
 * Stores what was handed in and ends the thread. Nothing is reported after this.
 */
void
trip_job_log_close (TripJobLog *self)
{
  Op *op;

  if (self->thread == NULL)
    return;
  op = g_new0 (Op, 1);
  op->kind = OP_CLOSE;
  push (self, op);
  g_thread_join (g_steal_pointer (&self->thread));
  trip_source_clear (&self->report_source);
}

/**
 * trip_job_log_is_working:
 * @self: a log
 *
 * Returns: whether what is handed in is likely to be stored
 */
gboolean
trip_job_log_is_working (TripJobLog *self)
{
  return self->thread != NULL && g_atomic_int_get (&self->is_working);
}

/**
 * trip_job_log_get_epoch:
 * @self: a log
 *
 * Returns: the epoch of new jobs, as long as the log works
 */
gint64
trip_job_log_get_epoch (TripJobLog *self)
{
  return self->epoch;
}

/**
 * trip_job_log_take_unfinished:
 * @self: a log
 *
 * Returns: (transfer full) (element-type TripLoggedJob): the jobs that had not ended when the service did, oldest first
 */
GPtrArray *
trip_job_log_take_unfinished (TripJobLog *self)
{
  GPtrArray *taken = self->unfinished;

  self->unfinished = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_logged_job_free);
  return taken;
}

/**
 * trip_job_log_add_job:
 * @self: a log
 * @job: a job without events
 * @func: called when it is stored, or could not be
 * @user_data: data for @func
 *
 * Stores a new job.
 */
void
trip_job_log_add_job (TripJobLog          *self,
                      const TripLoggedJob *job,
                      TripJobLogFunc       func,
                      gpointer             user_data)
{
  Op *op = g_new0 (Op, 1);

  op->kind = OP_ADD_JOB;
  op->job = trip_logged_job_new (job->id, job->epoch, job->owner, job->linger_s, job->request);
  op->func = func;
  op->user_data = user_data;
  push (self, op);
}

/**
 * trip_job_log_append:
 * @self: a log
 * @id: a job of the log
 * @entry: its next event
 * @func: called when it is stored, or could not be
 * @user_data: data for @func
 *
 * Stores an event.
 */
void
trip_job_log_append (TripJobLog             *self,
                     const char             *id,
                     const TripJournalEntry *entry,
                     TripJobLogFunc          func,
                     gpointer                user_data)
{
  Op *op = g_new0 (Op, 1);

  op->kind = OP_APPEND;
  op->id = g_strdup (id);
  op->entry = trip_journal_entry_new (entry->seq, entry->kind, trip_journal_entry_get_text (entry));
  op->func = func;
  op->user_data = user_data;
  push (self, op);
}

/**
 * trip_job_log_remove_job:
 * @self: a log
 * @id: a job
 *
 * Forgets the job with its events.
 */
void
trip_job_log_remove_job (TripJobLog *self,
                         const char *id)
{
  Op *op = g_new0 (Op, 1);

  op->kind = OP_REMOVE_JOB;
  op->id = g_strdup (id);
  push (self, op);
}

/**
 * trip_job_log_trim:
 * @self: a log
 *
 * Forgets what is beyond the limits now. It happens by itself from time to time.
 */
void
trip_job_log_trim (TripJobLog *self)
{
  Op *op = g_new0 (Op, 1);

  op->kind = OP_TRIM;
  push (self, op);
}

/**
 * trip_job_log_find_async:
 * @self: a log
 * @id: identifier of a job
 * @cancellable: (nullable): to stop
 * @callback: called with the job
 * @user_data: data for @callback
 *
 * Reads a job.
 */
void
trip_job_log_find_async (TripJobLog          *self,
                         const char          *id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Op *op = g_new0 (Op, 1);

  op->kind = OP_FIND;
  op->id = g_strdup (id);
  op->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (op->task, trip_job_log_find_async);
  push (self, op);
}

/**
 * trip_job_log_find_finish:
 * @self: a log
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the job; %NULL and %TRIP_ERROR_JOB_NOT_FOUND where there is none
 */
TripLoggedJob *
trip_job_log_find_finish (TripJobLog    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
