/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The orchestrator on the bus: makes jobs, answers scripts, and cleans up after callers that leave.
 */
#include "dbus/trip-dbus-service.h"

#include "dbus/trip-dbus-job.h"
#include "dbus/trip-dbus-names.h"
#include "relay/trip-event-encoder.h"
#include "trip/json/trip-json-variant.h"
#include "trip/model/trip-error.h"

#include "trip-dbus-resources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Jobs a caller may have on the bus at once, ended ones included until they are pushed out by new ones. */
#define MAX_JOBS_PER_CALLER 64
#define MAX_TOKEN_LENGTH 64
/* A stage that does not listen to its cancellable holds up the end of the service no longer than this. */
#define STOP_TIMEOUT_MS 3000

struct _TripDbusService {
  GObject parent_instance;

  TripOrchestrator *orchestrator;
  TripJobRouter *router;
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  guint registrations[2];
  GPtrArray *jobs;
  GHashTable *callers;
  gboolean stopping;
  GTask *stop_task;
  guint stop_timeout;
};

/* A caller we watch: its jobs go with it, those that linger when they end. */
typedef struct {
  TripDbusService *service;
  guint watch;
  GPtrArray *asked;
  guint n_asking;
} Caller;

typedef struct {
  TripDbusService *service;
  TripJob *job;
  GDBusMethodInvocation *invocation;
  char *sender;
} Question;

G_DEFINE_FINAL_TYPE (TripDbusService, trip_dbus_service, G_TYPE_OBJECT)

static void
caller_free (Caller *caller)
{
  g_bus_unwatch_name (caller->watch);
  g_ptr_array_unref (caller->asked);
  g_free (caller);
}

static TripDbusJob *
find_by_job (TripDbusService *self,
             TripJob         *job)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      TripDbusJob *exported = g_ptr_array_index (self->jobs, i);

      if (trip_dbus_job_get_job (exported) == job)
        return exported;
    }
  return NULL;
}

static void
emit_manager_signal (TripDbusService *self,
                     TripDbusJob     *job,
                     const char      *name,
                     GVariant        *parameters)
{
  g_dbus_connection_emit_signal (self->connection, trip_dbus_job_get_owner (job), TRIP_DBUS_PATH,
                                 TRIP_DBUS_IFACE_OBJECT_MANAGER, name, parameters, NULL);
}

static void
remove_job (TripDbusService *self,
            TripDbusJob     *job)
{
  const char * const interfaces[] = { TRIP_DBUS_IFACE_JOB, NULL };
  G_GNUC_UNUSED g_autoptr(TripDbusJob) keep = g_object_ref (job);

  if (!g_ptr_array_remove (self->jobs, job))
    return;
  trip_job_router_unwatch (self->router, trip_dbus_job_get_job (job));
  trip_dbus_job_unexport (job);
  emit_manager_signal (self, job, "InterfacesRemoved",
                       g_variant_new ("(o^as)", trip_dbus_job_get_path (job), interfaces));
}

static guint
count_alive (TripDbusService *self)
{
  GHashTableIter iter;
  gpointer caller;
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    n += !trip_job_is_finished (trip_dbus_job_get_job (g_ptr_array_index (self->jobs, i)));
  g_hash_table_iter_init (&iter, self->callers);
  while (g_hash_table_iter_next (&iter, NULL, &caller))
    n += ((Caller *) caller)->n_asking;
  return n;
}

static void
end_stop (TripDbusService *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->stop_task);

  g_clear_handle_id (&self->stop_timeout, g_source_remove);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
end_stop_if_quiet (TripDbusService *self)
{
  if (self->stop_task != NULL && count_alive (self) == 0)
    end_stop (self);
}

static gboolean
on_stop_timeout (gpointer user_data)
{
  TripDbusService *self = user_data;

  self->stop_timeout = 0;
  end_stop (self);
  return G_SOURCE_REMOVE;
}

static gboolean
check_not_stopping (TripDbusService  *self,
                    GError          **error)
{
  if (!self->stopping)
    return TRUE;
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_BUSY, _("The service is stopping"));
  return FALSE;
}

static void
job_event_cb (TripJob         *job,
              const TripEvent *event,
              gpointer         user_data)
{
  TripDbusService *self = user_data;
  TripDbusJob *exported = find_by_job (self, job);

  if (exported == NULL)
    return;
  trip_dbus_job_relay (exported, event);
  /* It lingered for its work alone: unique names are never used twice, so nobody can ask for it any more. */
  if (trip_event_is_terminal (event) && !g_hash_table_contains (self->callers, trip_dbus_job_get_owner (exported)))
    remove_job (self, exported);
  end_stop_if_quiet (self);
}

static gpointer
copy_job (gconstpointer job,
          gpointer      unused)
{
  return g_object_ref ((gpointer) job);
}

static void
cancel_asked (Caller *caller)
{
  /* A job that ends at once takes itself off the list. */
  g_autoptr(GPtrArray) asked = g_ptr_array_copy (caller->asked, copy_job, NULL);

  for (guint i = 0; i < asked->len; i++)
    trip_job_cancel (g_ptr_array_index (asked, i));
}

static void
on_caller_vanished (GDBusConnection *connection,
                    const char      *name,
                    gpointer         user_data)
{
  Caller *caller = user_data;
  TripDbusService *self = caller->service;

  for (guint i = self->jobs->len; i > 0; i--)
    {
      g_autoptr(TripDbusJob) job = g_object_ref (g_ptr_array_index (self->jobs, i - 1));

      if (strcmp (trip_dbus_job_get_owner (job), name) != 0)
        continue;
      /* What lingers goes on working; an idle job could not be started any more. */
      if (trip_dbus_job_get_linger (job) && trip_job_get_state (trip_dbus_job_get_job (job)) == TRIP_JOB_RUNNING)
        continue;
      remove_job (self, job);
      trip_job_cancel (trip_dbus_job_get_job (job));
    }
  cancel_asked (caller);
  g_hash_table_remove (self->callers, name);
}

static Caller *
watch_caller (TripDbusService *self,
              const char      *sender)
{
  Caller *caller = g_hash_table_lookup (self->callers, sender);

  if (caller != NULL)
    return caller;
  caller = g_new0 (Caller, 1);
  caller->service = self;
  caller->asked = g_ptr_array_new_with_free_func (g_object_unref);
  caller->watch = g_bus_watch_name_on_connection (self->connection, sender, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                                  on_caller_vanished, caller, NULL);
  g_hash_table_insert (self->callers, g_strdup (sender), caller);
  return caller;
}

/* Makes room by forgetting the caller's oldest ended job. */
static gboolean
make_room (TripDbusService  *self,
           const char       *sender,
           GError          **error)
{
  TripDbusJob *oldest_ended = NULL;
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      TripDbusJob *job = g_ptr_array_index (self->jobs, i);

      if (strcmp (trip_dbus_job_get_owner (job), sender) != 0)
        continue;
      n++;
      if (oldest_ended == NULL && trip_job_is_finished (trip_dbus_job_get_job (job)))
        oldest_ended = job;
    }
  if (n < MAX_JOBS_PER_CALLER)
    return TRUE;
  if (oldest_ended == NULL)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_RATE_LIMITED,
                   _("You have %u jobs that have not ended; wait for one or cancel it"), n);
      return FALSE;
    }
  remove_job (self, oldest_ended);
  return TRUE;
}

/* Options arrive as native types and go through the same door as any client's JSON. */
static TripRequest *
read_request (const char  *message,
              GVariant    *options,
              GError     **error)
{
  static const char * const lists[] = { "pois", "requirements", "plan" };
  g_auto(TripJsonBuilder) builder = { 0 };
  g_autoptr(GBytes) text = NULL;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "message", message);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(GVariant) value = g_variant_lookup_value (options, lists[i], NULL);

      if (value != NULL && !trip_json_builder_add_variant (&builder, lists[i], value, error))
        return NULL;
    }
  trip_json_builder_end_object (&builder);
  text = trip_json_builder_end (&builder);
  return trip_request_parse (text, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, error);
}

static gboolean
is_token (const char *token)
{
  gsize length = strlen (token);

  if (length == 0 || length > MAX_TOKEN_LENGTH)
    return FALSE;
  for (; *token != '\0'; token++)
    {
      if (!g_ascii_isalnum (*token) && *token != '_')
        return FALSE;
    }
  return TRUE;
}

static char *
build_path (const char  *sender,
            GVariant    *options,
            GError     **error)
{
  g_autofree char *element = g_strdelimit (g_strdup (sender + (*sender == ':')), ".", '_');
  g_autofree char *random = g_strdelimit (g_uuid_string_random (), "-", '_');
  const char *token = NULL;

  if (!g_variant_lookup (options, "handle_token", "&s", &token))
    token = random;
  if (!is_token (token))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE,
                   _("handle_token must be 1 to %d letters, digits and underscores"), MAX_TOKEN_LENGTH);
      return NULL;
    }
  return g_strdup_printf (TRIP_DBUS_JOB_PATH "/%s/%s", element, token);
}

static gboolean
is_path_taken (TripDbusService  *self,
               const char       *path,
               GError          **error)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      if (strcmp (trip_dbus_job_get_path (g_ptr_array_index (self->jobs, i)), path) == 0)
        {
          g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("You have a job %s already"), path);
          return TRUE;
        }
    }
  return FALSE;
}

static TripDbusJob *
create_job (TripDbusService  *self,
            const char       *sender,
            const char       *message,
            GVariant         *options,
            GError          **error)
{
  g_autofree char *path = build_path (sender, options, error);
  g_autoptr(TripRequest) request = NULL;
  g_autoptr(TripJob) job = NULL;
  g_autoptr(TripDbusJob) exported = NULL;
  gboolean linger = FALSE;

  if (path == NULL || !check_not_stopping (self, error) || is_path_taken (self, path, error))
    return NULL;
  request = read_request (message, options, error);
  if (request == NULL || !make_room (self, sender, error))
    return NULL;
  job = trip_orchestrator_create_job (self->orchestrator, request, error);
  if (job == NULL)
    return NULL;

  g_variant_lookup (options, "linger", "b", &linger);
  exported = trip_dbus_job_new (self->orchestrator, job, sender, path, linger);
  if (!trip_dbus_job_export (exported, self->connection,
                             g_dbus_node_info_lookup_interface (self->info, TRIP_DBUS_IFACE_JOB), error))
    return NULL;
  g_ptr_array_add (self->jobs, g_object_ref (exported));
  trip_job_router_watch (self->router, job, job_event_cb, self);
  watch_caller (self, sender);
  return exported;
}

static void
announce_job (TripDbusService *self,
              TripDbusJob     *job)
{
  GVariantBuilder interfaces;

  g_variant_builder_init (&interfaces, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&interfaces, "{s@a{sv}}", TRIP_DBUS_IFACE_JOB, trip_dbus_job_dup_properties (job));
  emit_manager_signal (self, job, "InterfacesAdded",
                       g_variant_new ("(oa{sa{sv}})", trip_dbus_job_get_path (job), &interfaces));
}

static void
handle_create_job (TripDbusService       *self,
                   GVariant              *parameters,
                   GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) options = NULL;
  const char *message;
  TripDbusJob *job;
  GError *error = NULL;

  g_variant_get (parameters, "(&s@a{sv})", &message, &options);
  job = create_job (self, g_dbus_method_invocation_get_sender (invocation), message, options, &error);
  if (job == NULL)
    {
      g_dbus_method_invocation_take_error (invocation, error);
      return;
    }
  announce_job (self, job);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", trip_dbus_job_get_path (job)));
}

static void
question_free (Question *question)
{
  Caller *caller = g_hash_table_lookup (question->service->callers, question->sender);

  if (caller != NULL)
    {
      g_ptr_array_remove (caller->asked, question->job);
      caller->n_asking--;
    }
  end_stop_if_quiet (question->service);
  g_object_unref (question->service);
  g_object_unref (question->job);
  g_free (question->sender);
  g_free (question);
}

static void
question_answered_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Question *question = user_data;
  GError *error = NULL;

  if (trip_orchestrator_run_finish (TRIP_ORCHESTRATOR (source), result, &error))
    {
      g_autoptr(GBytes) answer = trip_job_encode_answer (question->job);
      gsize length;
      const char *text = g_bytes_get_data (answer, &length);
      g_autofree char *copy = g_strndup (text, length);

      g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(s)", copy));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_dbus_method_invocation_return_error_literal (question->invocation, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY,
                                                     error->message);
      g_error_free (error);
    }
  else
    {
      g_dbus_method_invocation_take_error (question->invocation, error);
    }
  question_free (question);
}

static void
ask (TripDbusService       *self,
     TripRequest           *request,
     gboolean               linger,
     GDBusMethodInvocation *invocation)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  Caller *caller = watch_caller (self, sender);
  GError *error = NULL;
  Question *question;
  TripJob *job;

  if (caller->n_asking >= MAX_JOBS_PER_CALLER)
    {
      g_dbus_method_invocation_return_error (invocation, TRIP_ERROR, TRIP_ERROR_RATE_LIMITED,
                                             _("You have %u jobs that have not ended; wait for one or cancel it"),
                                             caller->n_asking);
      return;
    }
  job = check_not_stopping (self, &error) ? trip_orchestrator_create_job (self->orchestrator, request, &error) : NULL;
  if (job == NULL)
    {
      g_dbus_method_invocation_take_error (invocation, error);
      return;
    }
  if (!linger)
    g_ptr_array_add (caller->asked, g_object_ref (job));
  caller->n_asking++;

  question = g_new0 (Question, 1);
  question->service = g_object_ref (self);
  question->job = job;
  question->invocation = invocation;
  question->sender = g_strdup (sender);
  trip_orchestrator_run_async (self->orchestrator, job, question_answered_cb, question);
}

static void
handle_ask (TripDbusService       *self,
            GVariant              *parameters,
            GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) options = NULL;
  g_autoptr(TripRequest) request = NULL;
  const char *message;
  gboolean linger = FALSE;
  GError *error = NULL;

  g_variant_get (parameters, "(&s@a{sv})", &message, &options);
  g_variant_lookup (options, "linger", "b", &linger);
  request = read_request (message, options, &error);
  if (request == NULL)
    {
      g_dbus_method_invocation_take_error (invocation, error);
      return;
    }
  ask (self, request, linger, invocation);
}

static void
handle_ask_state (TripDbusService       *self,
                  GVariant              *parameters,
                  GDBusMethodInvocation *invocation)
{
  g_autoptr(TripRequest) request = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const char *text;
  GError *error = NULL;

  g_variant_get (parameters, "(&s)", &text);
  bytes = g_bytes_new (text, strlen (text));
  request = trip_request_parse (bytes, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, &error);
  if (request == NULL)
    {
      g_dbus_method_invocation_take_error (invocation, error);
      return;
    }
  ask (self, request, FALSE, invocation);
}

static void
on_method_call (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  TripDbusService *self = user_data;

  if (strcmp (method, "CreateJob") == 0)
    handle_create_job (self, parameters, invocation);
  else if (strcmp (method, "Ask") == 0)
    handle_ask (self, parameters, invocation);
  else
    handle_ask_state (self, parameters, invocation);
}

static GVariant *
on_get_property (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GError          **error,
                 gpointer          user_data)
{
  return g_variant_new_string (TRIP_VERSION);
}

static void
on_manager_call (GDBusConnection       *connection,
                 const char            *sender,
                 const char            *path,
                 const char            *interface,
                 const char            *method,
                 GVariant              *parameters,
                 GDBusMethodInvocation *invocation,
                 gpointer               user_data)
{
  TripDbusService *self = user_data;
  GVariantBuilder objects;

  g_variant_builder_init (&objects, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  for (guint i = 0; i < self->jobs->len; i++)
    {
      TripDbusJob *job = g_ptr_array_index (self->jobs, i);
      GVariantBuilder interfaces;

      if (g_strcmp0 (trip_dbus_job_get_owner (job), sender) != 0)
        continue;
      g_variant_builder_init (&interfaces, G_VARIANT_TYPE ("a{sa{sv}}"));
      g_variant_builder_add (&interfaces, "{s@a{sv}}", TRIP_DBUS_IFACE_JOB, trip_dbus_job_dup_properties (job));
      g_variant_builder_add (&objects, "{oa{sa{sv}}}", trip_dbus_job_get_path (job), &interfaces);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{oa{sa{sv}}})", &objects));
}

static const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { NULL } };
static const GDBusInterfaceVTable manager_vtable = { on_manager_call, NULL, NULL, { NULL } };

static void
trip_dbus_service_dispose (GObject *object)
{
  TripDbusService *self = TRIP_DBUS_SERVICE (object);

  trip_dbus_service_unexport (self);
  for (guint i = 0; self->router != NULL && i < self->jobs->len; i++)
    trip_job_router_unwatch (self->router, trip_dbus_job_get_job (g_ptr_array_index (self->jobs, i)));
  g_clear_object (&self->router);
  g_clear_object (&self->orchestrator);

  G_OBJECT_CLASS (trip_dbus_service_parent_class)->dispose (object);
}

static void
trip_dbus_service_finalize (GObject *object)
{
  TripDbusService *self = TRIP_DBUS_SERVICE (object);

  g_ptr_array_unref (self->jobs);
  g_hash_table_unref (self->callers);
  g_dbus_node_info_unref (self->info);

  G_OBJECT_CLASS (trip_dbus_service_parent_class)->finalize (object);
}

static void
trip_dbus_service_class_init (TripDbusServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trip_dbus_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = trip_dbus_service_finalize;
}

static void
trip_dbus_service_init (TripDbusService *self)
{
  g_autoptr(GBytes) xml = g_resource_lookup_data (trip_dbus_get_resource (), "/org/tripd/Trip/dbus/org.tripd.Trip1.xml",
                                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr(GError) error = NULL;

  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) caller_free);
  self->info = g_dbus_node_info_new_for_xml (g_bytes_get_data (xml, NULL), &error);
  g_assert_no_error (error);
}

/**
 * trip_dbus_service_new:
 * @router: hands out the events of the orchestrator that runs the jobs
 *
 * Returns: (transfer full): a service that is not on a bus yet
 */
TripDbusService *
trip_dbus_service_new (TripJobRouter *router)
{
  TripDbusService *self = g_object_new (TRIP_TYPE_DBUS_SERVICE, NULL);

  self->router = g_object_ref (router);
  self->orchestrator = g_object_ref (trip_job_router_get_orchestrator (router));
  return self;
}

/**
 * trip_dbus_service_export:
 * @self: a service
 * @connection: the bus
 * @error: return location
 *
 * Puts /org/tripd/Trip1 on the bus. To be called before the bus name is taken, so that no call arrives too early.
 *
 * Returns: whether it is there
 */
gboolean
trip_dbus_service_export (TripDbusService  *self,
                          GDBusConnection  *connection,
                          GError          **error)
{
  g_return_val_if_fail (self->connection == NULL, FALSE);

  self->connection = g_object_ref (connection);
  self->registrations[0] = g_dbus_connection_register_object (
    connection, TRIP_DBUS_PATH, g_dbus_node_info_lookup_interface (self->info, TRIP_DBUS_IFACE_ORCHESTRATOR), &vtable,
    self, NULL, error);
  if (self->registrations[0] == 0)
    return FALSE;
  self->registrations[1] = g_dbus_connection_register_object (
    connection, TRIP_DBUS_PATH, g_dbus_node_info_lookup_interface (self->info, TRIP_DBUS_IFACE_OBJECT_MANAGER),
    &manager_vtable, self, NULL, error);
  return self->registrations[1] != 0;
}

/**
 * trip_dbus_service_stop_async:
 * @self: a service
 * @callback: called when all have ended, or after a few seconds
 * @user_data: data for @callback
 *
 * Cancels the jobs that came over the bus and takes no more, so that every owner hears how its job ended. To be called
 * once, before trip_dbus_service_unexport().
 */
void
trip_dbus_service_stop_async (TripDbusService     *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GHashTableIter iter;
  gpointer caller;

  g_return_if_fail (!self->stopping);

  self->stopping = TRUE;
  self->stop_task = g_task_new (self, NULL, callback, user_data);
  self->stop_timeout = g_timeout_add (STOP_TIMEOUT_MS, on_stop_timeout, self);
  /* A lingering job whose owner is gone leaves the list when it ends. */
  for (guint i = self->jobs->len; i > 0; i--)
    trip_job_cancel (trip_dbus_job_get_job (g_ptr_array_index (self->jobs, i - 1)));
  g_hash_table_iter_init (&iter, self->callers);
  while (g_hash_table_iter_next (&iter, NULL, &caller))
    cancel_asked (caller);
  end_stop_if_quiet (self);
}

/**
 * trip_dbus_service_stop_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
trip_dbus_service_stop_finish (TripDbusService  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * trip_dbus_service_unexport:
 * @self: a service
 *
 * Takes everything off the bus and cancels the jobs that came over it.
 */
void
trip_dbus_service_unexport (TripDbusService *self)
{
  GHashTableIter iter;
  gpointer caller;

  if (self->connection == NULL)
    return;
  while (self->jobs->len > 0)
    {
      g_autoptr(TripDbusJob) job = g_object_ref (g_ptr_array_index (self->jobs, self->jobs->len - 1));

      trip_job_cancel (trip_dbus_job_get_job (job));
      remove_job (self, job);
    }
  g_hash_table_iter_init (&iter, self->callers);
  while (g_hash_table_iter_next (&iter, NULL, &caller))
    cancel_asked (caller);
  g_hash_table_remove_all (self->callers);
  for (gsize i = 0; i < G_N_ELEMENTS (self->registrations); i++)
    {
      if (self->registrations[i] != 0)
        g_dbus_connection_unregister_object (self->connection, self->registrations[i]);
      self->registrations[i] = 0;
    }
  g_clear_object (&self->connection);
}
