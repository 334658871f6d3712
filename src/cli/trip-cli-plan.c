/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl plan: sends one message through one of three doors and shows what comes back.
 */
#include "cli/trip-cli.h"

#include "cli/trip-plan-printer.h"
#include "cli/trip-stream.h"
#include "dbus/trip-dbus-names.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_URI "ws://127.0.0.1:5000/ws/chat"
#define MAX_STATE_BYTES (32 * 1024 * 1024)

static const char * const stages[] = { "intents", "pois", "requirements", "plan" };

typedef struct {
  gboolean json;
  char *via;
  char *uri;
  char **atlases;
  char *state;
  char *output;
  char *svg;
  gboolean plain;
} Options;

typedef struct {
  Options options;
  GMainLoop *loop;
  TripPlanPrinter printer;
  GBytes *answer[G_N_ELEMENTS (stages)];
  gboolean done;
  GError *error;
} Session;

/* Follows the stream whatever is printed of it: keeps the stages for --output, and notes how it ended. */
static void
note_event (Session *self,
            GBytes  *line)
{
  g_autoptr(TripJson) json = trip_json_parse (line, MAX_STATE_BYTES, NULL);
  const TripJsonNode *data = json != NULL ? trip_json_node_member (trip_json_get_root (json), "data") : NULL;
  const char *type = NULL;

  if (json == NULL || !trip_json_node_get_string (trip_json_get_root (json), "type", TRUE, &type, NULL))
    return;
  if (strcmp (type, "done") == 0)
    self->done = TRUE;
  for (gsize i = 0; data != NULL && i < G_N_ELEMENTS (stages); i++)
    {
      if (strcmp (type, stages[i]) == 0)
        {
          g_clear_pointer (&self->answer[i], g_bytes_unref);
          self->answer[i] = trip_json_node_dup_raw (data);
        }
    }
}

static void
on_line (GBytes   *line,
         gpointer  user_data)
{
  Session *self = user_data;

  note_event (self, line);
  if (self->options.json)
    {
      gsize length;
      const char *text = g_bytes_get_data (line, &length);

      fwrite (text, 1, length, stdout);
      fputc ('\n', stdout);
      fflush (stdout);
    }
  else
    {
      trip_plan_printer_print (&self->printer, line);
    }
}

static void
stream_ended_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Session *self = user_data;

  trip_stream_finish (result, &self->error);
  g_main_loop_quit (self->loop);
}

static gboolean
on_interrupt (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* The request: the message, and the lists of a saved answer as they are. */
static GBytes *
build_request (const char  *message,
               const char  *state_file,
               GError     **error)
{
  g_autoptr(GBytes) text = NULL;
  g_autoptr(TripJson) state = NULL;
  TripJsonBuilder builder;

  if (state_file != NULL)
    {
      text = trip_cli_read_file (state_file, error);
      state = text != NULL ? trip_json_parse (text, MAX_STATE_BYTES, error) : NULL;
      if (state == NULL || !trip_json_node_expect (trip_json_get_root (state), TRIP_JSON_OBJECT, error))
        return NULL;
    }
  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "message", message);
  for (gsize i = 1; state != NULL && i < G_N_ELEMENTS (stages); i++)
    {
      const TripJsonNode *list = trip_json_node_member (trip_json_get_root (state), stages[i]);
      g_autoptr(GBytes) raw = list != NULL ? trip_json_node_dup_raw (list) : NULL;

      if (raw != NULL)
        trip_json_builder_add_raw (&builder, stages[i], raw);
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static GBytes *
join_answer (Session *self)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if (self->answer[i] != NULL)
        trip_json_builder_add_raw (&builder, stages[i], self->answer[i]);
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static gboolean
save_answer (Session  *self,
             GError  **error)
{
  g_autoptr(GBytes) text = join_answer (self);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  if (self->options.output != NULL && !g_file_set_contents (self->options.output, data, (gssize) length, error))
    return FALSE;
  if (self->options.svg != NULL && !trip_cli_draw_svg (text, self->options.svg, error))
    {
      g_prefix_error (error, "%s: ", self->options.svg);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_service_on_bus (void)
{
  g_autoptr(GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GVariant) reply = NULL;
  gboolean owned = FALSE;

  if (connection == NULL)
    return FALSE;
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "NameHasOwner", g_variant_new ("(s)", TRIP_DBUS_NAME), G_VARIANT_TYPE ("(b)"),
                                       G_DBUS_CALL_FLAGS_NONE, 1000, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

static gboolean
start_stream (Session       *self,
              GBytes        *request,
              GCancellable  *cancellable)
{
  const char *via = self->options.via;

  if (via == NULL)
    via = self->options.atlases == NULL && is_service_on_bus () ? "dbus" : "local";
  if (strcmp (via, "local") == 0)
    trip_stream_local_async ((const char * const *) self->options.atlases, request, on_line, self, cancellable,
                             stream_ended_cb, self);
  else if (strcmp (via, "ws") == 0)
    trip_stream_socket_async (self->options.uri != NULL ? self->options.uri : DEFAULT_URI, request, on_line, self,
                              cancellable, stream_ended_cb, self);
  else if (strcmp (via, "dbus") == 0)
    trip_stream_bus_async (request, on_line, self, cancellable, stream_ended_cb, self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_options (int       *argc,
               char    ***argv,
               Options   *options,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json, N_("Print each event as a line of JSON"), NULL },
    { "via", 0, 0, G_OPTION_ARG_STRING, &options->via,
      N_("Ask the service on the bus, over its WebSocket, or plan in this process"), "dbus|ws|local" },
    { "uri", 0, 0, G_OPTION_ARG_STRING, &options->uri, N_("The WebSocket for --via ws"), "URI" },
    { "atlas", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->atlases,
      N_("Places for --via local: an atlas, or a database of tripctl import; may be given more than once"), N_("FILE") },
    { "state", 's', 0, G_OPTION_ARG_FILENAME, &options->state, N_("Go on from an answer that --output saved"), N_("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, N_("Save the answer as JSON"), N_("FILE") },
    { "svg", 0, 0, G_OPTION_ARG_FILENAME, &options->svg, N_("Draw the options, as “tripctl draw” does"), N_("FILE") },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &options->plain, N_("No colours"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("MESSAGE"));

  g_option_context_set_summary (context, _("Plans a trip and prints each stage as it arrives."));
  g_option_context_set_description (
    context, _("Exit status: 0 done, 1 the request failed, 2 wrong usage, 3 the service cannot be reached."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc < 2)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("Say where you would like to go: tripctl plan \"3 days in Rome\""));
      return FALSE;
    }
  return TRUE;
}

static void
session_clear (Session *self)
{
  g_free (self->options.via);
  g_free (self->options.uri);
  g_strfreev (self->options.atlases);
  g_free (self->options.state);
  g_free (self->options.output);
  g_free (self->options.svg);
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    g_clear_pointer (&self->answer[i], g_bytes_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_error (&self->error);
}

static TripCliStatus
report (Session *self)
{
  if (self->error == NULL)
    return self->done ? TRIP_CLI_OK : TRIP_CLI_FAILED;
  g_dbus_error_strip_remote_error (self->error);
  trip_cli_complain (NULL, self->error->message);
  if (g_strcmp0 (self->options.via, "ws") == 0 || g_strcmp0 (self->options.via, "dbus") == 0)
    {
      fprintf (stderr, "%s\n", _("Is tripd running? “tripd” starts it; “--via local” plans without it."));
      return TRIP_CLI_UNREACHABLE;
    }
  return TRIP_CLI_FAILED;
}

/**
 * trip_cli_plan:
 * @argc: number of arguments
 * @argv: arguments, the first is `plan`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_plan (int    argc,
               char **argv)
{
  Session self = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GBytes) request = NULL;
  g_autofree char *message = NULL;
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;
  guint interrupt;

  if (!parse_options (&argc, &argv, &self.options, &error))
    {
      trip_cli_complain (NULL, error->message);
      session_clear (&self);
      return TRIP_CLI_USAGE;
    }
  message = g_strjoinv (" ", argv + 1);
  request = build_request (message, self.options.state, &error);
  if (request == NULL)
    {
      trip_cli_complain (self.options.state, error->message);
      session_clear (&self);
      return TRIP_CLI_USAGE;
    }

  self.loop = g_main_loop_new (NULL, FALSE);
  self.printer.stream = stdout;
  self.printer.colour = isatty (STDOUT_FILENO) && !self.options.plain && g_getenv ("NO_COLOR") == NULL;
  interrupt = g_unix_signal_add (SIGINT, on_interrupt, cancellable);
  if (start_stream (&self, request, cancellable))
    {
      g_main_loop_run (self.loop);
      status = report (&self);
      if (status == TRIP_CLI_OK && !save_answer (&self, &error))
        {
          trip_cli_complain (NULL, error->message);
          status = TRIP_CLI_FAILED;
        }
    }
  else
    {
      fprintf (stderr, _("tripctl: --via must be dbus, ws or local, not “%s”\n"), self.options.via);
    }
  g_source_remove (interrupt);
  session_clear (&self);
  return status;
}
