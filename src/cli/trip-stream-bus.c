/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The stream of a tripd on the session bus.
 */
#include "cli/trip-stream.h"

#include "dbus/trip-dbus-names.h"
#include "relay/trip-event-encoder.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json-variant.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  GDBusConnection *connection;
  GBytes *request;
  TripStreamFunc func;
  gpointer func_data;
  guint subscription;
  guint watch;
  char *path;
  gboolean returned;
  GCancellable *cancellable;
} Bus;

/* The job's signals, and what their arguments are called in a line. */
static const struct {
  const char *signal_name;
  const char *type;
} types[] = {
  { "Intents", "intents" }, { "Pois", "pois" }, { "Requirements", "requirements" }, { "Plan", "plan" },
  { "Progress", "progress" }, { "PoiFound", "poi" }, { "Done", "done" }, { "Error", "error" }, { "Cancelled", "cancelled" },
};

static void
bus_free (Bus *self)
{
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  if (self->watch != 0)
    g_bus_unwatch_name (self->watch);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}

static void
finish (GTask  *task,
        GError *error)
{
  Bus *self = g_task_get_task_data (task);

  if (self->returned)
    {
      g_clear_error (&error);
      return;
    }
  self->returned = TRUE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;
}

static GBytes *
encode_line (const char *type,
             GVariant   *parameters)
{
  TripJsonBuilder builder;
  const char *first = NULL, *second = NULL;
  guint percent = 0;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "type", type);
  if (strcmp (type, "error") == 0)
    {
      g_variant_get (parameters, "(&s&s)", &first, &second);
      trip_json_builder_add_string (&builder, "message", second);
      trip_json_builder_add_string (&builder, "code", first);
    }
  else if (strcmp (type, "progress") == 0)
    {
      g_variant_get (parameters, "(&su)", &first, &percent);
      trip_json_builder_begin_object (&builder, "data");
      trip_json_builder_add_string (&builder, "stage", first);
      trip_json_builder_add_int (&builder, "percent", percent);
      trip_json_builder_end_object (&builder);
    }
  else if (g_variant_n_children (parameters) > 0)
    {
      g_autoptr(GVariant) data = g_variant_get_child_value (parameters, 0);

      trip_json_builder_add_variant (&builder, "data", data, NULL);
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static void
on_signal (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *signal_name,
           GVariant        *parameters,
           gpointer         user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  Bus *self = g_task_get_task_data (task);

  if (self->path != NULL && strcmp (path, self->path) != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr(GBytes) line = NULL;

      if (strcmp (signal_name, types[i].signal_name) != 0)
        continue;
      line = encode_line (types[i].type, parameters);
      self->func (line, self->func_data);
      if (strcmp (types[i].type, "done") == 0 || strcmp (types[i].type, "error") == 0 ||
          strcmp (types[i].type, "cancelled") == 0)
        finish (task, NULL);
    }
}

static void
on_service_vanished (GDBusConnection *connection,
                     const char      *name,
                     gpointer         user_data)
{
  finish (user_data, g_error_new (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, _("the service left the bus")));
}

static void
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  Bus *self = g_task_get_task_data (user_data);

  if (self->path != NULL)
    g_dbus_connection_call (self->connection, TRIP_DBUS_NAME, self->path, TRIP_DBUS_IFACE_JOB, "Cancel", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    finish (task, error);
}

/* A request that the service refuses is an answer, here as over the other doors; all else is a broken way. */
static gboolean
tell_refusal (Bus          *self,
              const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  g_autoptr(GError) refusal = NULL;
  g_autoptr(GBytes) line = NULL;

  if (name == NULL || !g_str_has_prefix (name, TRIP_DBUS_ERROR_PREFIX))
    return FALSE;
  refusal = g_error_copy (error);
  g_dbus_error_strip_remote_error (refusal);
  line = trip_error_encode_v1 (refusal);
  self->func (line, self->func_data);
  return TRUE;
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Bus *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    {
      if (tell_refusal (self, error))
        g_clear_error (&error);
      finish (task, error);
      return;
    }
  g_variant_get (reply, "(o)", &self->path);
  self->watch = g_bus_watch_name_on_connection (self->connection, TRIP_DBUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                                on_service_vanished, g_object_ref (task), g_object_unref);
  if (self->cancellable != NULL)
    g_signal_connect_object (self->cancellable, "cancelled", G_CALLBACK (on_cancelled), task, G_CONNECT_DEFAULT);
  /* Who cancelled while the job was being made has not been heard yet, and does not cancel twice. */
  if (self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable))
    on_cancelled (self->cancellable, task);
  else
    g_dbus_connection_call (self->connection, TRIP_DBUS_NAME, self->path, TRIP_DBUS_IFACE_JOB, "Start", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, started_cb, g_object_ref (task));
}

static GVariant *
build_options (const TripJsonNode *request)
{
  static const char * const lists[] = { "pois", "requirements", "plan" };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const TripJsonNode *list = trip_json_node_member (request, lists[i]);

      if (list != NULL && trip_json_node_get_length (list) > 0)
        g_variant_builder_add (&builder, "{sv}", lists[i], trip_json_node_to_variant (list));
    }
  return g_variant_builder_end (&builder);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Bus *self = g_task_get_task_data (task);
  g_autoptr(TripJson) json = NULL;
  const char *message = NULL;
  GError *error = NULL;

  self->connection = g_bus_get_finish (result, &error);
  json = self->connection != NULL ? trip_json_parse (self->request, G_MAXSIZE, &error) : NULL;
  if (json == NULL || !trip_json_node_get_string (trip_json_get_root (json), "message", TRUE, &message, &error))
    {
      self->returned = TRUE;
      g_task_return_error (task, error);
      return;
    }

  self->subscription = g_dbus_connection_signal_subscribe (self->connection, TRIP_DBUS_NAME, TRIP_DBUS_IFACE_JOB, NULL, NULL,
                                                           NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, g_object_ref (task),
                                                           g_object_unref);
  g_dbus_connection_call (self->connection, TRIP_DBUS_NAME, TRIP_DBUS_PATH, TRIP_DBUS_IFACE_ORCHESTRATOR, "CreateJob",
                          g_variant_new ("(s@a{sv})", message, build_options (trip_json_get_root (json))),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, created_cb, g_object_ref (task));
}

/**
 * trip_stream_bus_async:
 * @request: a request as JSON
 * @func: called for each signal
 * @func_data: data for @func
 * @cancellable: (nullable): cancels the job
 * @callback: called after the last signal
 * @user_data: data for @callback
 *
 * Sends the request to the service on the session bus.
 */
void
trip_stream_bus_async (GBytes              *request,
                       TripStreamFunc       func,
                       gpointer             func_data,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Bus *self = g_new0 (Bus, 1);

  g_task_set_task_data (task, self, (GDestroyNotify) bus_free);
  self->request = g_bytes_ref (request);
  self->func = func;
  self->func_data = func_data;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}
