/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The hub. An event waits here until the log has it on disk, so no client can have seen what a crash can take back. Where the
 * log fails, or takes too long, events go out without it: the job then gets another epoch, by which a client that comes back
 * after a crash learns that its numbers count no more.
 */
#include "relay/trip-job-hub.h"

#include "relay/trip-source.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-error.h"
#include "trip/model/trip-intent.h"

#include <glib/gi18n-lib.h>

enum {
  /* How long an event waits for the disk. */
  STORE_TIMEOUT_MS = 5000,
  WATCH_EVERY_S = 1,
  /* What readers have not read is kept for them, but not more of it than this many times what is kept without readers. */
  UNREAD_FACTOR = 2,
  /* A job in one stage of which the service ended so often is not tried again. */
  MAX_RUNS = 5,
};

/* One job of the hub. */
typedef struct {
  TripJobHub *hub;
  TripJobJournal *journal;
  TripJob *job;
  GQueue waiting;
  guint n_storing;
  gboolean in_log;
  guint linger_s;
  gint64 unwatched_since;
  gint64 ended_at;
  GList ended_link;
} Tracked;

/* What the log was given and has not reported. */
typedef struct {
  TripJobHub *hub;
  char *id;
} Storing;

struct _TripJobHub {
  GObject parent_instance;

  TripOrchestrator *orchestrator;
  TripJobRouter *router;
  TripJobLog *log;
  gint64 epoch;
  gint64 memory_bytes;
  gint64 keep_s;
  guint linger_s;
  GHashTable *tracked;
  GHashTable *by_job;
  GQueue ended;
  gint64 ended_bytes;
  GSource *watch_source;
  guint n_storing;
  GSource *store_source;
};

G_DEFINE_FINAL_TYPE (TripJobHub, trip_job_hub, G_TYPE_OBJECT)

static void
tracked_free (gpointer data)
{
  Tracked *tracked = data;

  g_signal_handlers_disconnect_by_data (tracked->journal, tracked);
  g_queue_clear_full (&tracked->waiting, (GDestroyNotify) trip_journal_entry_free);
  g_clear_object (&tracked->job);
  g_object_unref (tracked->journal);
  g_free (tracked);
}

static void
forget_ended (TripJobHub *self,
              Tracked    *tracked)
{
  g_queue_unlink (&self->ended, &tracked->ended_link);
  self->ended_bytes -= (gint64) trip_job_journal_get_n_bytes (tracked->journal);
  g_hash_table_remove (self->tracked, trip_job_journal_get_id (tracked->journal));
}

static gboolean
is_outdated (TripJobHub    *self,
             const Tracked *tracked)
{
  return tracked->ended_at > 0 && g_get_monotonic_time () - tracked->ended_at > self->keep_s * G_USEC_PER_SEC;
}

/* Those that nobody reads go, the oldest before the others. */
static void
make_room (TripJobHub *self)
{
  GList *link = self->ended.head;

  while (link != NULL)
    {
      Tracked *tracked = link->data;

      link = link->next;
      if (self->ended_bytes <= self->memory_bytes && !is_outdated (self, tracked))
        break;
      if (trip_job_journal_get_n_readers (tracked->journal) == 0)
        forget_ended (self, tracked);
    }
}

static gboolean
check_room (TripJobHub  *self,
            GError     **error)
{
  make_room (self);
  if (self->ended_bytes <= UNREAD_FACTOR * self->memory_bytes)
    return TRUE;
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_BUSY, _("Too many answers wait to be read; try again in a moment"));
  return FALSE;
}

static void
on_readers_changed (TripJobJournal *journal,
                    gpointer        user_data)
{
  Tracked *tracked = user_data;

  if (trip_job_journal_get_n_readers (journal) == 0)
    tracked->unwatched_since = g_get_monotonic_time ();
}

static gboolean
watch_cb (gpointer user_data)
{
  g_autoptr(TripJobHub) self = g_object_ref (user_data);
  g_autoptr(GPtrArray) lonely = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_job);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Tracked *tracked = value;

      if (trip_job_journal_get_n_readers (tracked->journal) == 0 &&
          now - tracked->unwatched_since >= tracked->linger_s * G_USEC_PER_SEC)
        g_ptr_array_add (lonely, g_object_ref (tracked->job));
    }
  for (guint i = 0; i < lonely->len; i++)
    trip_job_cancel (g_ptr_array_index (lonely, i));
  return G_SOURCE_CONTINUE;
}

/* The clock runs only while there is a job to watch. */
static void
update_watch (TripJobHub *self)
{
  gboolean wanted = g_hash_table_size (self->by_job) > 0;

  if (wanted == (self->watch_source != NULL))
    return;
  trip_source_clear (&self->watch_source);
  if (!wanted)
    return;
  self->watch_source = g_timeout_source_new_seconds (WATCH_EVERY_S);
  g_source_set_static_name (self->watch_source, "trip-job-hub-watch");
  g_source_set_callback (self->watch_source, watch_cb, self, NULL);
  g_source_attach (self->watch_source, g_main_context_get_thread_default ());
}

static Tracked *
track (TripJobHub *self,
       const char *id,
       gint64      epoch,
       const char *owner,
       guint       linger_s)
{
  Tracked *tracked = g_new0 (Tracked, 1);

  tracked->hub = self;
  tracked->journal = trip_job_journal_new (id, epoch, owner);
  tracked->linger_s = linger_s;
  tracked->unwatched_since = g_get_monotonic_time ();
  tracked->ended_link.data = tracked;
  g_queue_init (&tracked->waiting);
  g_signal_connect (tracked->journal, "readers-changed", G_CALLBACK (on_readers_changed), tracked);
  g_hash_table_insert (self->tracked, (gpointer) trip_job_journal_get_id (tracked->journal), tracked);
  return tracked;
}

static void
keep_ended (Tracked *tracked)
{
  TripJobHub *self = tracked->hub;

  if (tracked->ended_link.next != NULL || tracked->ended_link.prev != NULL || self->ended.head == &tracked->ended_link)
    return;
  tracked->ended_at = g_get_monotonic_time ();
  /* All it said is in the journal. */
  g_clear_object (&tracked->job);
  g_queue_push_tail_link (&self->ended, &tracked->ended_link);
  self->ended_bytes += (gint64) trip_job_journal_get_n_bytes (tracked->journal);
}

/* Readers may do anything while they are woken, but the hub keeps what is not ended, so only an ended job can go. */
static void
show_waiting (Tracked *tracked)
{
  g_autoptr(TripJobHub) self = g_object_ref (tracked->hub);
  g_autoptr(TripJobJournal) journal = g_object_ref (tracked->journal);

  while (!g_queue_is_empty (&tracked->waiting))
    trip_job_journal_append (journal, g_queue_pop_head (&tracked->waiting));
  if (trip_job_journal_is_ended (journal))
    {
      keep_ended (tracked);
      make_room (self);
    }
}

/* From here on the job lives in memory alone. */
static void
leave_log (Tracked *tracked)
{
  TripJobHub *self = tracked->hub;

  if (tracked->in_log)
    {
      tracked->in_log = FALSE;
      trip_job_journal_set_epoch (tracked->journal, MAX (g_get_real_time () / 1000,
                                                         trip_job_journal_get_epoch (tracked->journal) + 1));
      trip_job_log_remove_job (self->log, trip_job_journal_get_id (tracked->journal));
    }
  tracked->n_storing = 0;
  trip_job_journal_open (tracked->journal);
  show_waiting (tracked);
}

static void
leave_log_all (TripJobHub *self)
{
  g_autoptr(GPtrArray) journals = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tracked);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Tracked *tracked = value;

      if (tracked->in_log && tracked->n_storing > 0)
        g_ptr_array_add (journals, g_object_ref (tracked->journal));
    }
  for (guint i = 0; i < journals->len; i++)
    {
      Tracked *tracked = g_hash_table_lookup (self->tracked, trip_job_journal_get_id (g_ptr_array_index (journals, i)));

      if (tracked != NULL)
        leave_log (tracked);
    }
}

static gboolean
store_timeout_cb (gpointer user_data)
{
  g_autoptr(TripJobHub) self = g_object_ref (user_data);

  g_source_set_ready_time (self->store_source, -1);
  /* It may be this loop that was late, not the disk. */
  trip_job_log_report (self->log);
  if (self->n_storing == 0 || g_source_get_ready_time (self->store_source) >= 0)
    return G_SOURCE_CONTINUE;
  g_warning ("The disk takes longer than %d ms to store jobs; they go on in memory", STORE_TIMEOUT_MS);
  leave_log_all (self);
  return G_SOURCE_CONTINUE;
}

static Storing *
begin_storing (Tracked *tracked)
{
  TripJobHub *self = tracked->hub;
  Storing *storing = g_new (Storing, 1);

  storing->hub = g_object_ref (self);
  storing->id = g_strdup (trip_job_journal_get_id (tracked->journal));
  tracked->n_storing++;
  if (self->n_storing++ == 0)
    g_source_set_ready_time (self->store_source, g_get_monotonic_time () + STORE_TIMEOUT_MS * 1000);
  return storing;
}

static void
on_stored (gboolean stored,
           gpointer user_data)
{
  Storing *storing = user_data;
  g_autoptr(TripJobHub) self = storing->hub;
  g_autofree char *id = storing->id;
  Tracked *tracked = g_hash_table_lookup (self->tracked, id);

  g_free (storing);
  /* As long as the log reports, it is alive. */
  self->n_storing--;
  g_source_set_ready_time (self->store_source,
                           self->n_storing > 0 ? g_get_monotonic_time () + STORE_TIMEOUT_MS * 1000 : -1);
  if (tracked == NULL || !tracked->in_log)
    return;
  if (!stored)
    {
      leave_log (tracked);
      return;
    }
  tracked->n_storing--;
  if (!trip_job_journal_is_open (tracked->journal))
    {
      trip_job_journal_open (tracked->journal);
      return;
    }
  if (!g_queue_is_empty (&tracked->waiting))
    {
      g_autoptr(TripJobHub) keep = g_object_ref (self);
      g_autoptr(TripJobJournal) journal = g_object_ref (tracked->journal);

      trip_job_journal_append (journal, g_queue_pop_head (&tracked->waiting));
      tracked = g_hash_table_lookup (keep->tracked, id);
      if (tracked != NULL && trip_job_journal_is_ended (journal))
        {
          keep_ended (tracked);
          make_room (keep);
        }
    }
}

static void
job_event_cb (TripJob         *job,
              const TripEvent *event,
              gpointer         user_data)
{
  TripJobHub *self = user_data;
  Tracked *tracked = g_hash_table_lookup (self->by_job, job);
  TripJournalEntry *entry;

  if (tracked == NULL)
    return;
  entry = trip_journal_entry_new_for_event (event, trip_job_get_id (job), trip_job_journal_get_epoch (tracked->journal));
  g_queue_push_tail (&tracked->waiting, entry);
  if (trip_event_is_terminal (event))
    {
      g_hash_table_remove (self->by_job, job);
      update_watch (self);
    }
  if (tracked->in_log)
    trip_job_log_append (self->log, trip_job_get_id (job), entry, on_stored, begin_storing (tracked));
  else
    show_waiting (tracked);
}

static void
let_run (Tracked *tracked,
         TripJob *job)
{
  tracked->job = g_object_ref (job);
  g_hash_table_insert (tracked->hub->by_job, job, tracked);
  trip_job_router_watch (tracked->hub->router, job, job_event_cb, tracked->hub);
  update_watch (tracked->hub);
}

/* Whoever cancels them now does it without us. */
static void
unwatch_all (TripJobHub *self)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->by_job);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    trip_job_router_unwatch (self->router, job);
}

static void
trip_job_hub_dispose (GObject *object)
{
  TripJobHub *self = TRIP_JOB_HUB (object);

  trip_source_clear (&self->watch_source);
  trip_source_clear (&self->store_source);
  if (self->router != NULL)
    unwatch_all (self);
  g_clear_object (&self->router);
  g_clear_object (&self->log);
  g_clear_object (&self->orchestrator);

  G_OBJECT_CLASS (trip_job_hub_parent_class)->dispose (object);
}

static void
trip_job_hub_finalize (GObject *object)
{
  TripJobHub *self = TRIP_JOB_HUB (object);

  g_hash_table_unref (self->by_job);
  g_hash_table_unref (self->tracked);

  G_OBJECT_CLASS (trip_job_hub_parent_class)->finalize (object);
}

static void
trip_job_hub_class_init (TripJobHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = trip_job_hub_dispose;
  object_class->finalize = trip_job_hub_finalize;
}

static void
trip_job_hub_init (TripJobHub *self)
{
  self->tracked = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, tracked_free);
  self->by_job = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->ended);
  self->epoch = g_get_real_time () / 1000;
  self->store_source = trip_source_new_alarm ("trip-job-hub-store", G_PRIORITY_DEFAULT, store_timeout_cb, self);
}

/**
 * trip_job_hub_new:
 * @orchestrator: who runs the jobs
 * @log: (nullable): where to store them; %NULL keeps them in memory only
 * @memory_bytes: how much of jobs that have ended is kept in memory
 * @keep_s: how long they are kept there, seconds
 * @linger_s: how long a job goes on while nobody watches it, seconds
 *
 * Makes a hub on the thread-default main context.
 *
 * Returns: (transfer full): a hub without jobs
 */
TripJobHub *
trip_job_hub_new (TripOrchestrator *orchestrator,
                  TripJobLog       *log,
                  gint64            memory_bytes,
                  gint64            keep_s,
                  guint             linger_s)
{
  TripJobHub *self = g_object_new (TRIP_TYPE_JOB_HUB, NULL);

  g_return_val_if_fail (TRIP_IS_ORCHESTRATOR (orchestrator), self);

  self->orchestrator = g_object_ref (orchestrator);
  self->router = trip_job_router_new (orchestrator);
  self->log = log != NULL ? g_object_ref (log) : NULL;
  self->memory_bytes = memory_bytes;
  self->keep_s = keep_s;
  self->linger_s = linger_s;
  return self;
}

/**
 * trip_job_hub_get_router:
 * @self: a hub
 *
 * Returns: (transfer none): who hands it the events of its jobs, for others to watch theirs
 */
TripJobRouter *
trip_job_hub_get_router (TripJobHub *self)
{
  g_return_val_if_fail (TRIP_IS_JOB_HUB (self), NULL);

  return self->router;
}

static GPtrArray *
read_stage (const TripLoggedJob *logged,
            TripEventKind        kind)
{
  static const struct {
    TripEventKind kind;
    TripJsonReadFunc read;
    GDestroyNotify free;
  } stages[] = {
    { TRIP_EVENT_INTENTS, (TripJsonReadFunc) trip_intent_read, (GDestroyNotify) trip_intent_free },
    { TRIP_EVENT_POIS, (TripJsonReadFunc) trip_poi_read, (GDestroyNotify) trip_poi_unref },
    { TRIP_EVENT_REQUIREMENTS, (TripJsonReadFunc) trip_requirement_read, (GDestroyNotify) trip_requirement_free },
    { TRIP_EVENT_PLAN, (TripJsonReadFunc) trip_plan_option_read, (GDestroyNotify) trip_plan_option_free },
  };
  const TripJournalEntry *entry = NULL;

  for (guint i = 0; i < logged->entries->len && entry == NULL; i++)
    {
      entry = g_ptr_array_index (logged->entries, i);
      if (entry->kind != kind)
        entry = NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (stages) && entry != NULL; i++)
    {
      g_autoptr(TripJson) json = NULL;
      g_autoptr(GPtrArray) items = NULL;

      if (stages[i].kind != kind)
        continue;
      json = trip_json_parse (trip_journal_entry_get_text (entry), G_MAXSIZE, NULL);
      items = g_ptr_array_new_with_free_func (stages[i].free);
      if (json != NULL &&
          trip_json_node_read_list (trip_json_node_member (trip_json_get_root (json), "data"), stages[i].read, items, NULL))
        return g_steal_pointer (&items);
    }
  return NULL;
}

static guint
read_percent (const TripLoggedJob *logged)
{
  for (guint i = logged->entries->len; i > 0; i--)
    {
      const TripJournalEntry *entry = g_ptr_array_index (logged->entries, i - 1);

      if (entry->kind == TRIP_EVENT_PROGRESS)
        {
          g_autoptr(TripJson) json = trip_json_parse (trip_journal_entry_get_text (entry), G_MAXSIZE, NULL);
          const TripJsonNode *data = json != NULL ? trip_json_node_member (trip_json_get_root (json), "data") : NULL;
          gint64 percent = 0;

          if (data != NULL && trip_json_node_member (data, "percent") != NULL &&
              trip_json_node_as_int (trip_json_node_member (data, "percent"), &percent, NULL))
            return (guint) CLAMP (percent, 0, 100);
        }
    }
  return 0;
}

static void
fill_journal (TripJobJournal      *journal,
              const TripLoggedJob *logged)
{
  trip_job_journal_set_trimmed (journal, logged->trimmed_seq);
  trip_job_journal_open (journal);
  for (guint i = 0; i < logged->entries->len; i++)
    {
      const TripJournalEntry *entry = g_ptr_array_index (logged->entries, i);

      trip_job_journal_append (journal, trip_journal_entry_new (entry->seq, entry->kind, trip_journal_entry_get_text (entry)));
    }
}

static void
restore_job (TripJobHub          *self,
             const TripLoggedJob *logged)
{
  g_autoptr(GPtrArray) intents = read_stage (logged, TRIP_EVENT_INTENTS);
  g_autoptr(GPtrArray) pois = read_stage (logged, TRIP_EVENT_POIS);
  g_autoptr(GPtrArray) requirements = read_stage (logged, TRIP_EVENT_REQUIREMENTS);
  g_autoptr(GPtrArray) plan = read_stage (logged, TRIP_EVENT_PLAN);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripRequest) request = trip_request_parse (logged->request, G_MAXSIZE, G_MAXSIZE, &error);
  g_autoptr(TripJob) job = NULL;
  Tracked *tracked;
  TripJobPast past = {
    .id = logged->id,
    .percent = read_percent (logged),
    .intents = intents,
    .pois = pois,
    .requirements = requirements,
    .plan = plan,
  };

  if (request == NULL)
    {
      g_warning ("The request of job %s cannot be read: %s", logged->id, error->message);
      trip_job_log_remove_job (self->log, logged->id);
      return;
    }
  tracked = track (self, logged->id, logged->epoch, logged->owner, logged->linger_s);
  tracked->in_log = TRUE;
  fill_journal (tracked->journal, logged);
  past.last_seq = trip_job_journal_get_last_seq (tracked->journal);
  job = trip_orchestrator_restore_job (self->orchestrator, request, &past, &error);
  if (job == NULL)
    {
      g_warning ("Job %s cannot go on: %s", logged->id, error->message);
      g_hash_table_remove (self->tracked, logged->id);
      return;
    }
  let_run (tracked, job);
  if (logged->runs > MAX_RUNS)
    {
      error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_INTERNAL,
                                   _("The service ended several times while it worked on this; it is not tried again"));
      trip_orchestrator_give_up_job (self->orchestrator, job, error);
      return;
    }
  trip_orchestrator_run_async (self->orchestrator, job, NULL, NULL);
}

/**
 * trip_job_hub_restore:
 * @self: a new hub
 *
 * Runs the jobs on that had not ended when the service did, from the last stage that they completed. One in whose course the
 * service ended again and again ends with an error instead.
 */
void
trip_job_hub_restore (TripJobHub *self)
{
  g_autoptr(GPtrArray) unfinished = NULL;

  g_return_if_fail (TRIP_IS_JOB_HUB (self));

  if (self->log == NULL)
    return;
  unfinished = trip_job_log_take_unfinished (self->log);
  for (guint i = 0; i < unfinished->len; i++)
    restore_job (self, g_ptr_array_index (unfinished, i));
}

/**
 * trip_job_hub_close:
 * @self: a hub
 *
 * Stores what is not stored yet, and stops the jobs. Nobody is told of that, neither client nor log, so what runs and is stored
 * goes on when the service starts again.
 */
void
trip_job_hub_close (TripJobHub *self)
{
  g_autoptr(GList) jobs = NULL;

  g_return_if_fail (TRIP_IS_JOB_HUB (self));

  unwatch_all (self);
  if (self->log != NULL)
    trip_job_log_close (self->log);
  jobs = g_hash_table_get_keys (self->by_job);
  for (GList *link = jobs; link != NULL; link = link->next)
    trip_job_cancel (link->data);
}

/**
 * trip_job_hub_start:
 * @self: a hub
 * @wish: what is wanted
 * @error: return location
 *
 * Makes a job and starts it. Its journal opens once the job is stored.
 *
 * Returns: (transfer full): the job's journal; %NULL and %TRIP_ERROR_BUSY where too many are alive, or too much waits to be
 *   read
 */
TripJobJournal *
trip_job_hub_start (TripJobHub         *self,
                    const TripJobWish  *wish,
                    GError            **error)
{
  guint linger_s = wish->linger_s < 0 ? self->linger_s : MIN ((guint) wish->linger_s, self->linger_s);
  gboolean durable = trip_job_hub_is_durable (self);
  g_autoptr(TripJob) job = NULL;
  Tracked *tracked;

  g_return_val_if_fail (TRIP_IS_JOB_HUB (self), NULL);

  job = check_room (self, error) ? trip_orchestrator_create_job (self->orchestrator, wish->request, error) : NULL;
  if (job == NULL)
    return NULL;
  trip_job_set_rank (job, wish->rank);
  tracked = track (self, trip_job_get_id (job), durable ? trip_job_log_get_epoch (self->log) : self->epoch, wish->owner,
                   linger_s);
  let_run (tracked, job);
  if (durable)
    {
      g_autoptr(TripLoggedJob) logged = trip_logged_job_new (trip_job_get_id (job),
                                                             trip_job_journal_get_epoch (tracked->journal), wish->owner,
                                                             linger_s, wish->text);

      tracked->in_log = TRUE;
      trip_job_log_add_job (self->log, logged, on_stored, begin_storing (tracked));
    }
  else
    {
      trip_job_journal_open (tracked->journal);
    }
  trip_orchestrator_run_async (self->orchestrator, job, NULL, NULL);
  return g_object_ref (tracked->journal);
}

/**
 * trip_job_hub_get_job:
 * @self: a hub
 * @journal: a journal of the hub
 *
 * Returns: (transfer none) (nullable): the job behind it; %NULL where that is only remembered
 */
TripJob *
trip_job_hub_get_job (TripJobHub     *self,
                      TripJobJournal *journal)
{
  Tracked *tracked = g_hash_table_lookup (self->tracked, trip_job_journal_get_id (journal));

  return tracked != NULL ? tracked->job : NULL;
}

/**
 * trip_job_hub_cancel:
 * @self: a hub
 * @journal: a journal of the hub
 *
 * Asks the job to stop; harmless where it has ended.
 */
void
trip_job_hub_cancel (TripJobHub     *self,
                     TripJobJournal *journal)
{
  TripJob *job = trip_job_hub_get_job (self, journal);

  if (job != NULL)
    trip_job_cancel (job);
}

static void
return_journal (GTask          *task,
                TripJobJournal *journal)
{
  const char *owner = g_task_get_task_data (task);

  if (g_strcmp0 (owner, trip_job_journal_get_owner (journal)) == 0)
    g_task_return_pointer (task, g_object_ref (journal), g_object_unref);
  else
    g_task_return_new_error (task, TRIP_ERROR, TRIP_ERROR_FORBIDDEN, "%s", _("The job belongs to somebody else"));
}

static void
found_in_log_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(TripLoggedJob) logged = trip_job_log_find_finish (TRIP_JOB_LOG (source), result, &error);
  TripJobHub *self = g_task_get_source_object (task);
  Tracked *tracked;

  if (logged == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  tracked = g_hash_table_lookup (self->tracked, logged->id);
  if (tracked == NULL && !check_room (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (tracked == NULL)
    {
      tracked = track (self, logged->id, logged->epoch, logged->owner, logged->linger_s);
      fill_journal (tracked->journal, logged);
      keep_ended (tracked);
    }
  return_journal (task, tracked->journal);
  make_room (self);
}

/**
 * trip_job_hub_find_async:
 * @self: a hub
 * @id: identifier of a job, from a peer
 * @owner: who asks
 * @cancellable: (nullable): to stop
 * @callback: called with the journal
 * @user_data: data for @callback
 *
 * Finds a job, in memory or on disk.
 */
void
trip_job_hub_find_async (TripJobHub          *self,
                         const char          *id,
                         const char          *owner,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Tracked *tracked;

  g_task_set_source_tag (task, trip_job_hub_find_async);
  g_task_set_task_data (task, g_strdup (owner), g_free);
  make_room (self);
  tracked = g_hash_table_lookup (self->tracked, id);
  if (tracked != NULL)
    return_journal (task, tracked->journal);
  else if (self->log != NULL && trip_job_log_is_working (self->log) && g_uuid_string_is_valid (id))
    trip_job_log_find_async (self->log, id, cancellable, found_in_log_cb, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, TRIP_ERROR, TRIP_ERROR_JOB_NOT_FOUND, "%s", _("There is no such job"));
}

/**
 * trip_job_hub_find_finish:
 * @self: a hub
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the journal; %NULL and %TRIP_ERROR_JOB_NOT_FOUND or %TRIP_ERROR_FORBIDDEN
 */
TripJobJournal *
trip_job_hub_find_finish (TripJobHub    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * trip_job_hub_get_n_running:
 * @self: a hub
 *
 * Returns: how many of its jobs have not ended
 */
guint
trip_job_hub_get_n_running (TripJobHub *self)
{
  return g_hash_table_size (self->by_job);
}

/**
 * trip_job_hub_is_durable:
 * @self: a hub
 *
 * Returns: whether new jobs are stored on disk
 */
gboolean
trip_job_hub_is_durable (TripJobHub *self)
{
  return self->log != NULL && trip_job_log_is_working (self->log);
}
