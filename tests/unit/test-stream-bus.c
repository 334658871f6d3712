/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The bus door of tripctl against a service that takes its time.
 */
#include "cli/trip-stream.h"
#include "dbus/trip-dbus-names.h"

#define JOB_PATH TRIP_DBUS_PATH "/job/slow/job"

/* Stands where tripd stands; both ends live in this process, so that their order is known. */
typedef struct {
  GTestDBus *bus;
  GDBusConnection *connection;
  GCancellable *cancellable;
  GMainLoop *loop;
  gboolean cancel_while_creating;
  guint n_starts;
  guint n_cancels;
} Fixture;

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  Fixture *fixture = user_data;

  if (g_strcmp0 (method, "CreateJob") == 0)
    {
      if (fixture->cancel_while_creating)
        g_cancellable_cancel (fixture->cancellable);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", JOB_PATH));
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  if (g_strcmp0 (method, "Start") == 0)
    fixture->n_starts++;
  else
    fixture->n_cancels++;
  g_dbus_connection_emit_signal (connection, sender, JOB_PATH, TRIP_DBUS_IFACE_JOB,
                                 fixture->n_cancels > 0 ? "Cancelled" : "Done", NULL, NULL);
}

static void
export (Fixture    *fixture,
        const char *path,
        const char *interface)
{
  static const GDBusInterfaceVTable vtable = { on_call, NULL, NULL, { NULL } };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (
    "<node><interface name='" TRIP_DBUS_IFACE_ORCHESTRATOR "'><method name='CreateJob'><arg type='s'/>"
    "<arg type='a{sv}'/><arg type='o' direction='out'/></method></interface>"
    "<interface name='" TRIP_DBUS_IFACE_JOB "'><method name='Start'/><method name='Cancel'/></interface></node>", NULL);

  g_assert_cmpuint (g_dbus_connection_register_object (fixture->connection, path,
                                                       g_dbus_node_info_lookup_interface (node, interface), &vtable,
                                                       fixture, NULL, NULL), >, 0);
}

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (fixture->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  export (fixture, TRIP_DBUS_PATH, TRIP_DBUS_IFACE_ORCHESTRATOR);
  export (fixture, JOB_PATH, TRIP_DBUS_IFACE_JOB);
  reply = g_dbus_connection_call_sync (fixture->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", TRIP_DBUS_NAME, 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  fixture->cancellable = g_cancellable_new ();
  fixture->loop = g_main_loop_new (NULL, FALSE);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_main_loop_unref (fixture->loop);
  g_object_unref (fixture->cancellable);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_object_unref (fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

static void
on_line (GBytes   *line,
         gpointer  user_data)
{
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_true (trip_stream_finish (result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (fixture->loop);
}

static void
run (Fixture *fixture)
{
  static const char request[] = "{\"message\":\"3 days in Rome\"}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (request, sizeof request - 1);

  trip_stream_bus_async (bytes, on_line, NULL, fixture->cancellable, ended_cb, fixture);
  g_main_loop_run (fixture->loop);
}

static void
test_started (Fixture      *fixture,
              gconstpointer unused)
{
  run (fixture);
  g_assert_cmpuint (fixture->n_starts, ==, 1);
  g_assert_cmpuint (fixture->n_cancels, ==, 0);
}

/* Control-C while the service still makes the job: nobody says it twice. */
static void
test_cancelled_before_there_is_a_job (Fixture      *fixture,
                                      gconstpointer unused)
{
  fixture->cancel_while_creating = TRUE;
  run (fixture);
  g_assert_cmpuint (fixture->n_starts, ==, 0);
  g_assert_cmpuint (fixture->n_cancels, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/stream-bus/started", Fixture, NULL, set_up, test_started, tear_down);
  g_test_add ("/stream-bus/cancelled-before-there-is-a-job", Fixture, NULL, set_up, test_cancelled_before_there_is_a_job,
              tear_down);
  return g_test_run ();
}
