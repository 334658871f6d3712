/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The service's life: read options, open the edges, wait for a signal, close them in order.
 */
#include "daemon/trip-daemon.h"

#include "dbus/trip-dbus-service.h"
#include "http/trip-http-server.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#define BUS_NAME "org.tripd.Trip1"
#define DEFAULT_PORT 5000
/* Jobs that have ended and need not be read from disk. */
#define MEMORY_BYTES (8 * 1024 * 1024)
/* Requests a second of one token, and for how many seconds' worth of them at once. */
#define RATE_WITH_TOKENS 10
#define BURST_SECONDS 5
/* How long jobs may take to stop at the end. */
#define JOBS_TIMEOUT_MS 3000

typedef struct {
  char *address;
  gint port;
  char **atlases;
  gboolean no_dbus;
  gboolean no_http;
  gboolean version;
  char **allowed_origins;
  char **allowed_hosts;
  gint max_request_bytes;
  gint max_message_bytes;
  gint max_connections;
  char *jobs;
  gboolean ephemeral;
  gint keep_hours;
  gint keep_mebibytes;
  gint linger_s;
  gboolean auth;
  gint rate_limit;
  gint heartbeat_s;
  char *tls_certificate;
  char *tls_key;
} Options;

typedef struct {
  GMainLoop *loop;
  TripOrchestrator *orchestrator;
  TripJobLog *log;
  TripJobHub *hub;
  TripHttpServer *http;
  TripDbusService *dbus;
  guint bus_name;
  gboolean on_bus;
  gboolean stopping;
  int status;
} Daemon;

static void
on_http_stopped (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Daemon *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!trip_http_server_stop_finish (TRIP_HTTP_SERVER (source), result, &error))
    g_warning ("%s", error->message);
  g_main_loop_quit (self->loop);
}

static void
close_http (Daemon *self)
{
  if (self->http != NULL)
    trip_http_server_stop_async (self->http, on_http_stopped, self);
  else
    g_main_loop_quit (self->loop);
}

static void
on_dbus_stopped (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Daemon *self = user_data;

  trip_dbus_service_stop_finish (TRIP_DBUS_SERVICE (source), result, NULL);
  /* The name goes last: its release waits for the bus, so what owners were told has arrived, and from that name. */
  trip_dbus_service_unexport (self->dbus);
  g_clear_handle_id (&self->bus_name, g_bus_unown_name);
  close_http (self);
}

static void
stop (Daemon *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  if (self->dbus != NULL)
    trip_dbus_service_stop_async (self->dbus, on_dbus_stopped, self);
  else
    close_http (self);
}

static gboolean
on_wait_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Jobs that were cancelled have threads at work, which must not outlive what they work on. */
static void
wait_for_jobs (Daemon *self)
{
  gboolean over = FALSE;
  guint timeout;

  if (self->orchestrator == NULL || trip_orchestrator_get_n_jobs (self->orchestrator) == 0)
    return;
  timeout = g_timeout_add (JOBS_TIMEOUT_MS, on_wait_over, &over);
  while (!over && trip_orchestrator_get_n_jobs (self->orchestrator) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (timeout);
}

static gboolean
on_terminate (gpointer user_data)
{
  Daemon *self = user_data;

  /* A second signal means now. */
  if (self->stopping)
    g_main_loop_quit (self->loop);
  stop (self);
  return G_SOURCE_CONTINUE;
}

static void
on_bus_acquired (GDBusConnection *connection,
                 const char      *name,
                 gpointer         user_data)
{
  Daemon *self = user_data;
  g_autoptr(GError) error = NULL;

  g_dbus_connection_set_exit_on_close (connection, FALSE);
  if (!trip_dbus_service_export (self->dbus, connection, &error))
    {
      g_printerr ("tripd: %s\n", error->message);
      self->status = EXIT_FAILURE;
      stop (self);
    }
}

static void
on_name_acquired (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  Daemon *self = user_data;

  self->on_bus = TRUE;
  g_print ("tripd: on the session bus as %s\n", name);
}

static void
on_name_lost (GDBusConnection *connection,
              const char      *name,
              gpointer         user_data)
{
  Daemon *self = user_data;

  if (self->stopping)
    return;
  if (connection == NULL)
    {
      g_printerr (self->on_bus
                    ? _("tripd: the session bus is gone; going on without it\n")
                    : _("tripd: there is no session bus here; going on without it (--no-dbus silences this)\n"));
      if (self->http != NULL)
        return;
    }
  else
    {
      g_printerr (_("tripd: another tripd owns %s on the session bus; stop it first, or use --no-dbus\n"), name);
    }
  self->status = EXIT_FAILURE;
  stop (self);
}

/* Holds a limit against the range of the property it sets, so that both know one range. */
static gboolean
set_limit (TripHttpServer *http,
           const char     *property,
           gint            value,
           GError        **error)
{
  GParamSpecUInt *range = G_PARAM_SPEC_UINT (g_object_class_find_property (G_OBJECT_GET_CLASS (http), property));

  if (value == 0)
    return TRUE;
  if (value < 0 || (guint) value < range->minimum || (guint) value > range->maximum)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--%s must be from %u to %u"), property, range->minimum,
                   range->maximum);
      return FALSE;
    }
  g_object_set (http, property, (guint) value, NULL);
  return TRUE;
}

/* Jobs that cannot be stored are no reason not to serve. */
static void
open_hub (Daemon        *self,
          const Options *options)
{
  const TripJobLogLimits limits = { options->keep_hours * (gint64) 3600, options->keep_mebibytes * (gint64) (1024 * 1024) };
  g_autofree char *path = options->jobs != NULL ? g_strdup (options->jobs)
                                                : g_build_filename (g_get_user_state_dir (), "tripd", "jobs.db", NULL);
  g_autoptr(GError) error = NULL;

  if (!options->ephemeral)
    {
      self->log = trip_job_log_open (path, &limits, &error);
      if (self->log == NULL)
        g_printerr (_("tripd: jobs are kept in memory only: %s\n"), error->message);
    }
  self->hub = trip_job_hub_new (self->orchestrator, self->log, MIN (limits.max_bytes, MEMORY_BYTES), limits.max_age_s,
                                (guint) options->linger_s);
  trip_job_hub_restore (self->hub);
}

static gboolean
is_loopback (const char *address)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (address);

  return strcmp (address, "localhost") == 0 || (inet != NULL && g_inet_address_get_is_loopback (inet));
}

/* Nobody has to say who he is on this machine unless asked to; everywhere else everybody has to. */
static gboolean
set_guard (TripHttpServer  *http,
           const Options   *options,
           const char      *address,
           GError         **error)
{
  g_autoptr(TripTokenStore) tokens = NULL;
  g_autoptr(TripHttpGuard) guard = NULL;
  gint rate = options->rate_limit;

  if (options->auth || !is_loopback (address))
    {
      tokens = trip_token_store_open (NULL, error);
      if (tokens == NULL)
        return FALSE;
      rate = rate < 0 ? RATE_WITH_TOKENS : rate;
      /* No core file, and no other process of the user, may have the tokens that clients show. */
      prctl (PR_SET_DUMPABLE, 0);
    }
  rate = MAX (rate, 0);
  guard = trip_http_guard_new (tokens, rate, rate * BURST_SECONDS);
  trip_http_server_set_guard (http, guard);
  return TRUE;
}

static gboolean
set_certificate (TripHttpServer  *http,
                 const Options   *options,
                 GError         **error)
{
  g_autoptr(GTlsCertificate) certificate = NULL;

  if (options->tls_certificate == NULL)
    return TRUE;
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE, _("TLS needs the package glib-networking"));
      return FALSE;
    }
  certificate = options->tls_key != NULL
                  ? g_tls_certificate_new_from_files (options->tls_certificate, options->tls_key, error)
                  : g_tls_certificate_new_from_file (options->tls_certificate, error);
  if (certificate == NULL)
    {
      g_prefix_error (error, "%s: ", options->tls_certificate);
      return FALSE;
    }
  trip_http_server_set_certificate (http, certificate);
  return TRUE;
}

static gboolean
open_http (Daemon        *self,
           const Options *options,
           GError       **error)
{
  const char *address = options->address != NULL ? options->address : "127.0.0.1";
  guint16 port;

  open_hub (self, options);
  self->http = trip_http_server_new (self->orchestrator, self->hub);
  if (options->allowed_origins != NULL)
    g_object_set (self->http, "allowed-origins", options->allowed_origins, NULL);
  if (options->allowed_hosts != NULL)
    g_object_set (self->http, "allowed-hosts", options->allowed_hosts, NULL);
  if (!set_limit (self->http, "max-request-bytes", options->max_request_bytes, error) ||
      !set_limit (self->http, "max-message-bytes", options->max_message_bytes, error) ||
      !set_limit (self->http, "max-connections", options->max_connections, error))
    return FALSE;
  g_object_set (self->http, "heartbeat-interval", (guint) options->heartbeat_s * 1000, NULL);
  if (!set_guard (self->http, options, address, error) || !set_certificate (self->http, options, error))
    return FALSE;
  if (!trip_http_server_listen (self->http, address, (guint16) options->port, error))
    return FALSE;
  port = trip_http_server_get_port (self->http);
  g_print (strchr (address, ':') != NULL ? "tripd: listening on %s://[%s]:%u/\n" : "tripd: listening on %s://%s:%u/\n",
           options->tls_certificate != NULL ? "https" : "http", address, port);
  return TRUE;
}

static void
open_dbus (Daemon *self)
{
  self->dbus = trip_dbus_service_new (trip_job_hub_get_router (self->hub));
  self->bus_name = g_bus_own_name (G_BUS_TYPE_SESSION, BUS_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, on_bus_acquired,
                                   on_name_acquired, on_name_lost, self, NULL);
}

static gboolean
check_range (const char  *option,
             gint         value,
             gint         smallest,
             gint         largest,
             GError     **error)
{
  if (value >= smallest && value <= largest)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--%s must be from %d to %d"), option, smallest, largest);
  return FALSE;
}

static gboolean
parse_options (int                 *argc,
               char              ***argv,
               const GOptionEntry  *more_options,
               Options             *options,
               GError             **error)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, N_("Listen on this TCP port; 0 picks a free one"), N_("PORT") },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options->address,
      N_("Listen on this address (default 127.0.0.1); one that is not loopback takes --tls-certificate and tokens"),
      N_("ADDRESS") },
    { "atlas", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->atlases,
      N_("Read places from this atlas or database of tripctl import; may be given more than once"), N_("FILE") },
    { "no-dbus", 0, 0, G_OPTION_ARG_NONE, &options->no_dbus, N_("Stay off the session bus"), NULL },
    { "no-http", 0, 0, G_OPTION_ARG_NONE, &options->no_http, N_("Open no TCP port"), NULL },
    { "allow-origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->allowed_origins,
      N_("Let web pages of this origin in, besides those of this machine"), N_("ORIGIN") },
    { "allow-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->allowed_hosts,
      N_("Answer to this Host name, besides loopback ones"), N_("HOST") },
    { "max-request-bytes", 0, 0, G_OPTION_ARG_INT, &options->max_request_bytes,
      N_("Refuse larger requests over the web (default 1048576)"), N_("BYTES") },
    { "max-message-bytes", 0, 0, G_OPTION_ARG_INT, &options->max_message_bytes,
      N_("Refuse longer messages in them (default 65536)"), N_("BYTES") },
    { "max-connections", 0, 0, G_OPTION_ARG_INT, &options->max_connections,
      N_("Serve at most this many connections at once"), N_("N") },
    { "jobs", 0, 0, G_OPTION_ARG_FILENAME, &options->jobs,
      N_("Keep jobs in this file, so that clients can resume them after a crash"), N_("FILE") },
    { "ephemeral", 0, 0, G_OPTION_ARG_NONE, &options->ephemeral, N_("Keep nothing on disk"), NULL },
    { "keep-hours", 0, 0, G_OPTION_ARG_INT, &options->keep_hours,
      N_("Forget jobs this long after their end (default 24)"), N_("HOURS") },
    { "keep-mebibytes", 0, 0, G_OPTION_ARG_INT, &options->keep_mebibytes,
      N_("Forget the oldest jobs beyond this size (default 64)"), N_("MIB") },
    { "linger", 0, 0, G_OPTION_ARG_INT, &options->linger_s,
      N_("Cancel a job that nobody watches after this time (default 60)"), N_("SECONDS") },
    { "auth", 0, 0, G_OPTION_ARG_NONE, &options->auth,
      N_("Ask web clients for a token, also on this machine; see tripctl token"), NULL },
    { "rate-limit", 0, 0, G_OPTION_ARG_INT, &options->rate_limit,
      N_("Take this many requests a second of one client (default 10 with tokens, else 0: no limit)"), N_("N") },
    { "heartbeat", 0, 0, G_OPTION_ARG_INT, &options->heartbeat_s,
      N_("Tell clients of version 2 this often that a job without news is alive (default 15)"), N_("SECONDS") },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_certificate,
      N_("Speak TLS with this certificate (PEM)"), N_("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, N_("Private key, where the certificate's file has none"),
      N_("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_("Print the version and exit"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _("Plans trips, for WebSocket, REST and D-Bus clients of this machine."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more_options != NULL)
    g_option_context_add_main_entries (context, more_options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Unexpected argument “%s”"), (*argv)[1]);
      return FALSE;
    }
  if (options->port < 0 || options->port > G_MAXUINT16)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The port must be from 0 to 65535"));
      return FALSE;
    }
  if (!check_range ("keep-hours", options->keep_hours, 0, 24 * 366, error) ||
      !check_range ("keep-mebibytes", options->keep_mebibytes, 1, 64 * 1024, error) ||
      !check_range ("rate-limit", options->rate_limit, -1, 1000000, error) ||
      !check_range ("heartbeat", options->heartbeat_s, 1, 3600, error) ||
      !check_range ("linger", options->linger_s, 0, 7 * 24 * 3600, error))
    return FALSE;
  if (options->no_http && options->no_dbus)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--no-http and --no-dbus together leave nobody to serve"));
      return FALSE;
    }
  return TRUE;
}

static void
options_clear (Options *options)
{
  g_free (options->address);
  g_free (options->jobs);
  g_free (options->tls_certificate);
  g_free (options->tls_key);
  g_strfreev (options->atlases);
  g_strfreev (options->allowed_origins);
  g_strfreev (options->allowed_hosts);
}

static gboolean
open_edges (Daemon        *self,
            const Options *options,
            GError       **error)
{
  if (!options->no_http && !open_http (self, options, error))
    return FALSE;
  if (!options->no_dbus)
    open_dbus (self);
  return TRUE;
}

/**
 * trip_daemon_run:
 * @argc: number of arguments
 * @argv: arguments of the program
 * @more_options: (nullable): options of the program beyond the service's own
 * @provide: makes the orchestrator
 * @user_data: data for @provide
 *
 * Runs the service until SIGTERM or SIGINT.
 *
 * Returns: the program's exit status: 0 after an orderly end, 1 on failure, 2 on wrong options
 */
int
trip_daemon_run (int                    argc,
                 char                 **argv,
                 const GOptionEntry    *more_options,
                 TripDaemonProvideFunc  provide,
                 gpointer               user_data)
{
  Options options = { .port = DEFAULT_PORT, .keep_hours = 24, .keep_mebibytes = 64, .linger_s = 60, .rate_limit = -1, .heartbeat_s = 15 };
  Daemon self = { .status = EXIT_SUCCESS };
  g_autoptr(GError) error = NULL;
  guint term, interrupt;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TRIP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* A file system that is full to its limit is an error of a write, not the end. */
  signal (SIGXFSZ, SIG_IGN);
  /* Whoever waits for the line that names the port reads a pipe: do not keep it in a buffer. */
  setvbuf (stdout, NULL, _IOLBF, 0);

  if (!parse_options (&argc, &argv, more_options, &options, &error))
    {
      g_printerr ("tripd: %s\n", error->message);
      options_clear (&options);
      return 2;
    }
  if (options.version)
    {
      g_print ("tripd %s\n", TRIP_VERSION);
      options_clear (&options);
      return EXIT_SUCCESS;
    }

  self.loop = g_main_loop_new (NULL, FALSE);
  term = g_unix_signal_add (SIGTERM, on_terminate, &self);
  interrupt = g_unix_signal_add (SIGINT, on_terminate, &self);
  self.orchestrator = provide ((const char * const *) options.atlases, user_data, &error);
  if (self.orchestrator == NULL || !open_edges (&self, &options, &error))
    {
      g_printerr ("tripd: %s\n", error->message);
      self.status = EXIT_FAILURE;
    }
  else
    {
      g_main_loop_run (self.loop);
    }

  g_source_remove (term);
  g_source_remove (interrupt);
  g_clear_object (&self.dbus);
  g_clear_object (&self.http);
  if (self.hub != NULL)
    trip_job_hub_close (self.hub);
  wait_for_jobs (&self);
  g_clear_object (&self.hub);
  g_clear_object (&self.log);
  g_clear_object (&self.orchestrator);
  g_main_loop_unref (self.loop);
  options_clear (&options);
  return self.status;
}
