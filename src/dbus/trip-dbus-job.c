/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A job on the bus. Registered by hand rather than through a generated skeleton: a skeleton checks the caller of methods
 * only, answers anybody who reads a property, and tells everybody when one changes.
 */
#include "dbus/trip-dbus-job.h"

#include "dbus/trip-dbus-names.h"
#include "trip/json/trip-json-variant.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TripDbusJob {
  GObject parent_instance;

  TripOrchestrator *orchestrator;
  TripJob *job;
  char *owner;
  char *path;
  gboolean linger;
  GDBusConnection *connection;
  guint registration;
};

G_DEFINE_FINAL_TYPE (TripDbusJob, trip_dbus_job, G_TYPE_OBJECT)

static void
trip_dbus_job_dispose (GObject *object)
{
  TripDbusJob *self = TRIP_DBUS_JOB (object);

  trip_dbus_job_unexport (self);
  g_clear_object (&self->orchestrator);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (trip_dbus_job_parent_class)->dispose (object);
}

static void
trip_dbus_job_finalize (GObject *object)
{
  TripDbusJob *self = TRIP_DBUS_JOB (object);

  g_free (self->owner);
  g_free (self->path);

  G_OBJECT_CLASS (trip_dbus_job_parent_class)->finalize (object);
}

static void
trip_dbus_job_class_init (TripDbusJobClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trip_dbus_job_dispose;
  G_OBJECT_CLASS (klass)->finalize = trip_dbus_job_finalize;
}

static void
trip_dbus_job_init (TripDbusJob *self)
{
}

static GVariant *
error_to_variant (const GError *error)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "code", "s", trip_error_code_to_string ((TripError) error->code));
  g_variant_dict_insert (&dict, "message", "s", error->message);
  return g_variant_dict_end (&dict);
}

static GVariant *
object_to_variant (GBytes *data)
{
  g_autoptr(TripJson) json = trip_json_parse (data, G_MAXSIZE, NULL);

  return json != NULL ? trip_json_node_to_variant (trip_json_get_root (json))
                      : g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
}

/* What an event carries, for GetEvents(). */
static GVariant *
event_to_variant (const TripEvent *event)
{
  g_autoptr(GBytes) data = NULL;

  switch (event->kind)
    {
    case TRIP_EVENT_INTENTS:
    case TRIP_EVENT_POIS:
    case TRIP_EVENT_REQUIREMENTS:
    case TRIP_EVENT_PLAN:
      return trip_json_list_to_variant (event->data);
    case TRIP_EVENT_POI:
      return object_to_variant (event->data);
    case TRIP_EVENT_PROGRESS:
    case TRIP_EVENT_POI_IMAGES:
      data = trip_event_dup_data (event);
      return object_to_variant (data);
    case TRIP_EVENT_ERROR:
      return error_to_variant (event->error);
    case TRIP_EVENT_DONE:
    case TRIP_EVENT_CANCELLED:
    default:
      return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
    }
}

static GVariant *
dup_stage (TripDbusJob   *self,
           TripEventKind  kind)
{
  g_autoptr(GPtrArray) events = trip_job_dup_events (self->job, 0);

  for (guint i = 0; i < events->len; i++)
    {
      const TripEvent *event = g_ptr_array_index (events, i);

      if (event->kind == kind)
        return event_to_variant (event);
    }
  return g_variant_new_array (G_VARIANT_TYPE_VARDICT, NULL, 0);
}

static GVariant *
get_property (TripDbusJob *self,
              const char  *name)
{
  if (strcmp (name, "State") == 0)
    return g_variant_new_string (trip_job_state_to_string (trip_job_get_state (self->job)));
  if (strcmp (name, "LastSeq") == 0)
    return g_variant_new_uint64 (trip_job_get_last_seq (self->job));
  if (strcmp (name, "Percent") == 0)
    return g_variant_new_uint32 (trip_job_get_percent (self->job));
  if (strcmp (name, "Pois") == 0)
    return dup_stage (self, TRIP_EVENT_POIS);
  if (strcmp (name, "Requirements") == 0)
    return dup_stage (self, TRIP_EVENT_REQUIREMENTS);
  return dup_stage (self, TRIP_EVENT_PLAN);
}

static void
start_job (TripDbusJob           *self,
           GDBusMethodInvocation *invocation)
{
  if (trip_job_get_state (self->job) != TRIP_JOB_IDLE)
    {
      g_dbus_method_invocation_return_error_literal (invocation, TRIP_ERROR, TRIP_ERROR_JOB_FINISHED,
                                                     _("The job was started already"));
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  trip_orchestrator_run_async (self->orchestrator, self->job, NULL, NULL);
}

static void
return_events (TripDbusJob           *self,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation)
{
  g_autoptr(GPtrArray) events = NULL;
  GVariantBuilder builder;
  guint64 after_seq;

  g_variant_get (parameters, "(t)", &after_seq);
  events = trip_job_dup_events (self->job, after_seq);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(tsv)"));
  for (guint i = 0; i < events->len; i++)
    {
      const TripEvent *event = g_ptr_array_index (events, i);

      g_variant_builder_add (&builder, "(tsv)", event->seq, trip_event_kind_to_string (event->kind),
                             event_to_variant (event));
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a(tsv))", &builder));
}

static gboolean
is_owner (TripDbusJob  *self,
          const char   *sender,
          GError      **error)
{
  if (g_strcmp0 (sender, self->owner) == 0)
    return TRUE;
  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED, _("The job belongs to somebody else"));
  return FALSE;
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
  g_autoptr(TripDbusJob) self = g_object_ref (user_data);
  GError *error = NULL;

  if (!is_owner (self, sender, &error))
    {
      g_dbus_method_invocation_take_error (invocation, error);
      return;
    }
  if (strcmp (method, "Start") == 0)
    {
      start_job (self, invocation);
    }
  else if (strcmp (method, "Cancel") == 0)
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      trip_job_cancel (self->job);
    }
  else
    {
      return_events (self, parameters, invocation);
    }
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
  return is_owner (user_data, sender, error) ? get_property (user_data, name) : NULL;
}

static const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { NULL } };

/**
 * trip_dbus_job_new:
 * @orchestrator: who runs it
 * @job: the job
 * @owner: unique name of its owner
 * @path: its object path
 * @linger: keep it when the owner leaves the bus
 *
 * Returns: (transfer full): an object that is not exported yet
 */
TripDbusJob *
trip_dbus_job_new (TripOrchestrator *orchestrator,
                   TripJob          *job,
                   const char       *owner,
                   const char       *path,
                   gboolean          linger)
{
  TripDbusJob *self = g_object_new (TRIP_TYPE_DBUS_JOB, NULL);

  self->orchestrator = g_object_ref (orchestrator);
  self->job = g_object_ref (job);
  self->owner = g_strdup (owner);
  self->path = g_strdup (path);
  self->linger = linger;
  return self;
}

/**
 * trip_dbus_job_export:
 * @self: a job
 * @connection: the bus
 * @info: description of org.tripd.Trip1.Job
 * @error: return location
 *
 * Puts the object on the bus.
 *
 * Returns: whether it is there
 */
gboolean
trip_dbus_job_export (TripDbusJob         *self,
                      GDBusConnection     *connection,
                      GDBusInterfaceInfo  *info,
                      GError             **error)
{
  self->registration = g_dbus_connection_register_object (connection, self->path, info, &vtable, self, NULL, error);
  if (self->registration == 0)
    return FALSE;
  self->connection = g_object_ref (connection);
  return TRUE;
}

/**
 * trip_dbus_job_unexport:
 * @self: a job
 *
 * Takes the object off the bus. The job itself goes on.
 */
void
trip_dbus_job_unexport (TripDbusJob *self)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

/**
 * trip_dbus_job_get_path:
 * @self: a job
 *
 * Returns: (transfer none): its object path
 */
const char *
trip_dbus_job_get_path (TripDbusJob *self)
{
  return self->path;
}

/**
 * trip_dbus_job_get_owner:
 * @self: a job
 *
 * Returns: (transfer none): unique name of its owner
 */
const char *
trip_dbus_job_get_owner (TripDbusJob *self)
{
  return self->owner;
}

/**
 * trip_dbus_job_get_linger:
 * @self: a job
 *
 * Returns: whether it outlives its owner's connection
 */
gboolean
trip_dbus_job_get_linger (TripDbusJob *self)
{
  return self->linger;
}

/**
 * trip_dbus_job_get_job:
 * @self: a job
 *
 * Returns: (transfer none): the job behind it
 */
TripJob *
trip_dbus_job_get_job (TripDbusJob *self)
{
  return self->job;
}

/**
 * trip_dbus_job_dup_properties:
 * @self: a job
 *
 * Returns: (transfer floating): all its properties, a{sv}
 */
GVariant *
trip_dbus_job_dup_properties (TripDbusJob *self)
{
  static const char * const names[] = { "State", "LastSeq", "Percent", "Pois", "Requirements", "Plan" };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_variant_builder_add (&builder, "{sv}", names[i], get_property (self, names[i]));
  return g_variant_builder_end (&builder);
}

static void
emit (TripDbusJob *self,
      const char  *interface,
      const char  *signal_name,
      GVariant    *parameters)
{
  g_autoptr(GError) error = NULL;

  if (!g_dbus_connection_emit_signal (self->connection, self->owner, self->path, interface, signal_name, parameters, &error))
    g_debug ("%s.%s to %s: %s", interface, signal_name, self->owner, error->message);
}

static const char *
stage_property (TripEventKind kind)
{
  return kind == TRIP_EVENT_POIS           ? "Pois"
         : kind == TRIP_EVENT_REQUIREMENTS ? "Requirements"
         : kind == TRIP_EVENT_PLAN         ? "Plan"
                                           : NULL;
}

static void
emit_properties_changed (TripDbusJob     *self,
                         const TripEvent *event)
{
  const char *stage = stage_property (event->kind);
  GVariantBuilder changed, invalidated;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "LastSeq", get_property (self, "LastSeq"));
  if (event->kind == TRIP_EVENT_PROGRESS || trip_event_is_terminal (event))
    g_variant_builder_add (&changed, "{sv}", "Percent", get_property (self, "Percent"));
  if (event->seq == 1 || trip_event_is_terminal (event))
    g_variant_builder_add (&changed, "{sv}", "State", get_property (self, "State"));
  g_variant_builder_init (&invalidated, G_VARIANT_TYPE_STRING_ARRAY);
  if (stage != NULL)
    g_variant_builder_add (&invalidated, "s", stage);
  emit (self, TRIP_DBUS_IFACE_PROPERTIES, "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", TRIP_DBUS_IFACE_JOB, &changed, &invalidated));
}

/**
 * trip_dbus_job_relay:
 * @self: an exported job
 * @event: its newest event
 *
 * Tells the owner.
 */
void
trip_dbus_job_relay (TripDbusJob     *self,
                     const TripEvent *event)
{
  if (self->connection == NULL || g_dbus_connection_is_closed (self->connection))
    return;

  emit_properties_changed (self, event);
  switch (event->kind)
    {
    case TRIP_EVENT_INTENTS:
      emit (self, TRIP_DBUS_IFACE_JOB, "Intents", g_variant_new ("(@aa{sv})", event_to_variant (event)));
      break;
    case TRIP_EVENT_POIS:
      emit (self, TRIP_DBUS_IFACE_JOB, "Pois", g_variant_new ("(@aa{sv})", event_to_variant (event)));
      break;
    case TRIP_EVENT_REQUIREMENTS:
      emit (self, TRIP_DBUS_IFACE_JOB, "Requirements", g_variant_new ("(@aa{sv})", event_to_variant (event)));
      break;
    case TRIP_EVENT_PLAN:
      emit (self, TRIP_DBUS_IFACE_JOB, "Plan", g_variant_new ("(@aa{sv})", event_to_variant (event)));
      break;
    case TRIP_EVENT_PROGRESS:
      emit (self, TRIP_DBUS_IFACE_JOB, "Progress", g_variant_new ("(su)", event->stage, event->percent));
      break;
    case TRIP_EVENT_POI:
      emit (self, TRIP_DBUS_IFACE_JOB, "PoiFound", g_variant_new ("(@a{sv})", event_to_variant (event)));
      break;
    case TRIP_EVENT_DONE:
      emit (self, TRIP_DBUS_IFACE_JOB, "Done", NULL);
      break;
    case TRIP_EVENT_ERROR:
      emit (self, TRIP_DBUS_IFACE_JOB, "Error", g_variant_new ("(ss)", trip_error_code_to_string ((TripError) event->error->code),
                                                         event->error->message));
      break;
    case TRIP_EVENT_CANCELLED:
      emit (self, TRIP_DBUS_IFACE_JOB, "Cancelled", NULL);
      break;
    case TRIP_EVENT_POI_IMAGES:
      emit (self, TRIP_DBUS_IFACE_JOB, "PoiImages", g_variant_new ("(s^as)", event->name, event->urls));
      break;
    default:
      break;
    }
}
