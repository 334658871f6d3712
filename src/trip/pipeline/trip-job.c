/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A job: state, results so far, and the numbered history that late observers can read.
 */
#include "trip/pipeline/trip-job.h"

#include "trip/pipeline/trip-job-private.h"

#include <errno.h>
#include <sys/random.h>

enum {
  UUID_LENGTH = 36,
  EVENTS_OF_MOST = 16,
};

struct _TripJob {
  GObject parent_instance;

  char *id;
  TripRequest *request;
  TripJobState state;
  guint percent;
  guint64 past_seq;
  GPtrArray *events;
  GPtrArray *intents;
  GPtrArray *pois;
  GPtrArray *requirements;
  GPtrArray *plan;
  GError *error;
  gboolean intent_refused;
  guint rank;
  GCancellable *cancellable;
  const TripJobOwner *owner;
  gpointer owner_data;
};

enum {
  PROP_0,
  PROP_ID,
  PROP_STATE,
  PROP_LAST_SEQ,
  PROP_PERCENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char * const state_names[] = {
  [TRIP_JOB_IDLE] = "idle",
  [TRIP_JOB_RUNNING] = "running",
  [TRIP_JOB_DONE] = "done",
  [TRIP_JOB_FAILED] = "failed",
  [TRIP_JOB_CANCELLED] = "cancelled",
};

G_DEFINE_FINAL_TYPE (TripJob, trip_job, G_TYPE_OBJECT)

static void
trip_job_finalize (GObject *object)
{
  TripJob *self = TRIP_JOB (object);

  if (self->owner != NULL)
    self->owner->gone (self, self->owner_data);
  g_free (self->id);
  g_clear_pointer (&self->request, trip_request_unref);
  g_ptr_array_unref (self->events);
  g_clear_pointer (&self->intents, g_ptr_array_unref);
  g_clear_pointer (&self->pois, g_ptr_array_unref);
  g_clear_pointer (&self->requirements, g_ptr_array_unref);
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (trip_job_parent_class)->finalize (object);
}

static void
trip_job_get_property (GObject    *object,
                       guint       property_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  TripJob *self = TRIP_JOB (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_STATE:
      g_value_set_string (value, trip_job_state_to_string (self->state));
      break;
    case PROP_LAST_SEQ:
      g_value_set_uint64 (value, trip_job_get_last_seq (self));
      break;
    case PROP_PERCENT:
      g_value_set_uint (value, self->percent);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
trip_job_class_init (TripJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = trip_job_finalize;
  object_class->get_property = trip_job_get_property;

  /**
   * TripJob:id:
   *
   * Identifier, unique among all jobs of all time.
   */
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * TripJob:state:
   *
   * Name of the [enum@JobState], `idle`, `running`, `done`, `failed` or `cancelled`.
   */
  props[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, "idle", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * TripJob:last-seq:
   *
   * Number of the newest event, 0 before the first.
   */
  props[PROP_LAST_SEQ] = g_param_spec_uint64 ("last-seq", NULL, NULL, 0, G_MAXUINT64, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * TripJob:percent:
   *
   * How much of the work is done, never falling.
   */
  props[PROP_PERCENT] = g_param_spec_uint ("percent", NULL, NULL, 0, 100, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* A version 4 UUID of the kernel's randomness: who knows the name of a job may read it, so nobody must be able to guess one
 * from others, as he could with GLib's generator.
 */
static char *
new_id (void)
{
  static const char digits[] = "0123456789abcdef";
  guint8 b[16];
  char *id = g_malloc (UUID_LENGTH + 1);
  char *to = id;

  if (getrandom (b, sizeof b, 0) != sizeof b)
    g_error ("getrandom: %s", g_strerror (errno));
  b[6] = (guint8) ((b[6] & 0x0f) | 0x40);
  b[8] = (guint8) ((b[8] & 0x3f) | 0x80);
  for (gsize i = 0; i < sizeof b; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *to++ = '-';
      *to++ = digits[b[i] >> 4];
      *to++ = digits[b[i] & 15];
    }
  *to = '\0';
  return id;
}

static void
trip_job_init (TripJob *self)
{
  self->id = new_id ();
  self->cancellable = g_cancellable_new ();
  self->events = g_ptr_array_new_full (EVENTS_OF_MOST, (GDestroyNotify) trip_event_unref);
}

/*< private >
 * trip_job_new:
 * @request: what to work on
 *
 * Returns: (transfer full): an idle job
 */
TripJob *
trip_job_new (TripRequest *request)
{
  TripJob *self = g_object_new (TRIP_TYPE_JOB, NULL);

  self->request = trip_request_ref (request);
  return self;
}

/*< private >
 * trip_job_set_owner:
 * @self: a job
 * @owner: (nullable): what to call; %NULL when nobody is any more
 * @owner_data: data for the functions
 *
 * Says whose job it is. Costs nothing, where signals and weak references would be a good part of what a short job costs.
 */
void
trip_job_set_owner (TripJob            *self,
                    const TripJobOwner *owner,
                    gpointer            owner_data)
{
  self->owner = owner;
  self->owner_data = owner_data;
}

static void
keep_list (GPtrArray **slot,
           GPtrArray  *items)
{
  g_clear_pointer (slot, g_ptr_array_unref);
  if (items != NULL)
    *slot = g_ptr_array_ref (items);
}

/*< private >
 * trip_job_set_past:
 * @self: an idle job
 * @past: what it said before
 *
 * Lets the job go on where it was: its events are numbered on from there, and the stages that were complete are.
 */
void
trip_job_set_past (TripJob           *self,
                   const TripJobPast *past)
{
  g_return_if_fail (self->state == TRIP_JOB_IDLE);

  g_free (self->id);
  self->id = g_strdup (past->id);
  self->past_seq = past->last_seq;
  self->percent = past->percent;
  keep_list (&self->intents, past->intents);
  keep_list (&self->pois, past->pois);
  keep_list (&self->requirements, past->requirements);
  keep_list (&self->plan, past->plan);
}

static void
set_state (TripJob      *self,
           TripJobState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/*< private >
 * trip_job_start:
 * @self: an idle job
 *
 * Makes it a running one.
 */
void
trip_job_start (TripJob *self)
{
  g_return_if_fail (self->state == TRIP_JOB_IDLE);

  set_state (self, TRIP_JOB_RUNNING);
}

static void
keep_result (TripJob         *self,
             const TripEvent *event)
{
  switch (event->kind)
    {
    case TRIP_EVENT_INTENTS:
      keep_list (&self->intents, event->items);
      break;
    case TRIP_EVENT_POIS:
      keep_list (&self->pois, event->items);
      break;
    case TRIP_EVENT_REQUIREMENTS:
      keep_list (&self->requirements, event->items);
      break;
    case TRIP_EVENT_PLAN:
      keep_list (&self->plan, event->items);
      break;
    case TRIP_EVENT_PROGRESS:
      self->percent = event->percent;
      break;
    case TRIP_EVENT_DONE:
      self->percent = 100;
      self->state = TRIP_JOB_DONE;
      break;
    case TRIP_EVENT_ERROR:
      self->error = g_error_copy (event->error);
      self->state = TRIP_JOB_FAILED;
      break;
    case TRIP_EVENT_CANCELLED:
      self->state = TRIP_JOB_CANCELLED;
      break;
    case TRIP_EVENT_POI:
    case TRIP_EVENT_POI_IMAGES:
    default:
      break;
    }
}

/*< private >
 * trip_job_append:
 * @self: a job that has not ended
 * @event: its next event, not yet numbered
 *
 * Numbers and dates the event, remembers it, and takes over what it says about the job.
 */
void
trip_job_append (TripJob   *self,
                 TripEvent *event)
{
  guint percent = self->percent;

  g_return_if_fail (!trip_job_is_finished (self));

  event->seq = trip_job_get_last_seq (self) + 1;
  event->time_us = g_get_real_time ();
  g_ptr_array_add (self->events, trip_event_ref (event));
  keep_result (self, event);

  /* All is as it will be before anybody hears of it. */
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAST_SEQ]);
  if (self->percent != percent)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERCENT]);
  if (trip_job_is_finished (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/*< private >
 * trip_job_set_intent_refused:
 * @self: a job
 *
 * Notes that the interpreter's answers were refused: REST answers such a job in its own way.
 */
void
trip_job_set_intent_refused (TripJob *self)
{
  self->intent_refused = TRUE;
}

/**
 * trip_job_get_id:
 * @self: a job
 *
 * Returns: (transfer none): its identifier
 */
const char *
trip_job_get_id (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->id;
}

/**
 * trip_job_get_request:
 * @self: a job
 *
 * Returns: (transfer none): what it works on
 */
TripRequest *
trip_job_get_request (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->request;
}

/**
 * trip_job_set_rank:
 * @self: an idle job
 * @rank: how many other jobs its client has that have not ended
 *
 * Lets it wait behind jobs of lower rank where there are more than can be worked on: one client with many jobs then does not
 * hold up all who have one.
 */
void
trip_job_set_rank (TripJob *self,
                   guint    rank)
{
  g_return_if_fail (TRIP_IS_JOB (self));

  self->rank = rank;
}

/**
 * trip_job_get_rank:
 * @self: a job
 *
 * Returns: its rank, 0 unless set
 */
guint
trip_job_get_rank (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), 0);

  return self->rank;
}

/**
 * trip_job_get_state:
 * @self: a job
 *
 * Returns: how far it is
 */
TripJobState
trip_job_get_state (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), TRIP_JOB_FAILED);

  return self->state;
}

/**
 * trip_job_get_last_seq:
 * @self: a job
 *
 * Returns: number of its newest event, 0 before the first
 */
guint64
trip_job_get_last_seq (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), 0);

  return self->past_seq + self->events->len;
}

/**
 * trip_job_get_percent:
 * @self: a job
 *
 * Returns: how much is done, 0 to 100
 */
guint
trip_job_get_percent (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), 0);

  return self->percent;
}

/**
 * trip_job_get_intents:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type TripIntent): the intents, %NULL before that stage is complete
 */
GPtrArray *
trip_job_get_intents (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->intents;
}

/**
 * trip_job_get_pois:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type TripPoi): the places, %NULL before that stage is complete
 */
GPtrArray *
trip_job_get_pois (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->pois;
}

/**
 * trip_job_get_requirements:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type TripRequirement): the requirements, %NULL before that stage is complete
 */
GPtrArray *
trip_job_get_requirements (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->requirements;
}

/**
 * trip_job_get_plan:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type TripPlanOption): the options, %NULL before that stage is complete
 */
GPtrArray *
trip_job_get_plan (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->plan;
}

/**
 * trip_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
trip_job_get_error (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->error;
}

/**
 * trip_job_is_finished:
 * @self: a job
 *
 * Returns: whether its terminal event was emitted
 */
gboolean
trip_job_is_finished (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), TRUE);

  return self->state >= TRIP_JOB_DONE;
}

/**
 * trip_job_is_intent_refusal:
 * @self: a job
 *
 * Returns: whether it failed because the interpreter's answers broke the contract
 */
gboolean
trip_job_is_intent_refusal (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), FALSE);

  return self->intent_refused;
}

/**
 * trip_job_dup_events:
 * @self: a job
 * @after_seq: number of the last event already known, 0 for all
 *
 * Returns: (transfer full) (element-type TripEvent): the events after it, in order; those of its past are not among them
 */
GPtrArray *
trip_job_dup_events (TripJob *self,
                     guint64  after_seq)
{
  GPtrArray *events = g_ptr_array_new_full (EVENTS_OF_MOST, (GDestroyNotify) trip_event_unref);

  g_return_val_if_fail (TRIP_IS_JOB (self), events);

  for (guint64 i = after_seq - MIN (after_seq, self->past_seq); i < self->events->len; i++)
    g_ptr_array_add (events, trip_event_ref (g_ptr_array_index (self->events, i)));
  return events;
}

/**
 * trip_job_get_cancellable:
 * @self: a job
 *
 * Returns: (transfer none): what its stages watch
 */
GCancellable *
trip_job_get_cancellable (TripJob *self)
{
  g_return_val_if_fail (TRIP_IS_JOB (self), NULL);

  return self->cancellable;
}

/**
 * trip_job_cancel:
 * @self: a job
 *
 * Asks the job to stop. A running one ends with `cancelled` from the main loop soon after, an idle one at once; what was
 * found stays. Harmless on a job that has ended. Main thread only.
 */
void
trip_job_cancel (TripJob *self)
{
  g_return_if_fail (TRIP_IS_JOB (self));

  if (trip_job_is_finished (self))
    return;
  g_object_ref (self);
  g_cancellable_cancel (self->cancellable);
  if (self->owner != NULL)
    self->owner->cancelled (self, self->owner_data);
  g_object_unref (self);
}

/**
 * trip_job_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its name
 */
const char *
trip_job_state_to_string (TripJobState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), "failed");

  return state_names[state];
}
