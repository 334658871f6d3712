/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripbench: measures a running service. `stream` takes the time to each message of one request, `soak` looks for memory
 * and descriptors that do not come back. Starts a tripd of its own unless told where one listens. `plan` measures the
 * planner without a service, `toptw` the solver alone, `cancel` how soon it stops, `atlas` imports and searches of places,
 * `gazetteer` the finding of names, `interpret` the reading of messages. `serve` is the relay with stages that take no time,
 * `load` what asks it, or others, as fast as they answer: `soup`, which is libsoup as it comes, and `floor`, which is the
 * kernel alone.
 */
#include "bench-atlas.h"
#include "bench-cancel.h"
#include "bench-client.h"
#include "bench-floor.h"
#include "bench-gazetteer.h"
#include "bench-interpret.h"
#include "bench-load.h"
#include "bench-plan.h"
#include "bench-serve.h"
#include "bench-soup.h"
#include "bench-toptw.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_STAGES 5

static const char * const stage_names[N_STAGES] = { "intents", "pois", "requirements", "plan", "done" };

typedef struct {
  gint port;
  char *address;
  gint runs;
  gint warm_up;
  char *message;
  gboolean json;
} Options;

typedef struct {
  GSubprocess *process;
  const char *host;
  guint16 port;
} Service;

static gboolean
start_service (Service        *self,
               const Options  *options,
               GError        **error)
{
  const char *program = g_getenv ("TRIPD") != NULL ? g_getenv ("TRIPD") : "tripd";
  g_autoptr(GDataInputStream) output = NULL;

  self->host = options->address != NULL ? options->address : "127.0.0.1";
  self->port = (guint16) options->port;
  if (self->port != 0)
    return TRUE;
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, program, "--port", "0", "--no-dbus", NULL);
  if (self->process == NULL)
    return FALSE;
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, error);
      const char *colon;

      if (line == NULL)
        {
          if (*error == NULL)
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s did not start", program);
          return FALSE;
        }
      colon = strstr (line, "listening on ") != NULL ? strrchr (line, ':') : NULL;
      if (colon != NULL)
        {
          self->port = (guint16) atoi (colon + 1);
          return TRUE;
        }
    }
}

static void
stop_service (Service *self)
{
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

static glong
read_status_kb (const Service *self,
                const char    *field)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  const char *at;

  if (self->process == NULL)
    return -1;
  path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (self->process));
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return -1;
  at = strstr (text, field);
  return at != NULL ? strtol (at + strlen (field) + 1, NULL, 10) : -1;
}

static gint
count_descriptors (const Service *self)
{
  g_autofree char *path = NULL;
  g_autoptr(GDir) dir = NULL;
  gint n = 0;

  if (self->process == NULL)
    return -1;
  path = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (self->process));
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static char *
build_request (const char *message)
{
  g_autofree char *escaped = g_strescape (message, NULL);

  return g_strdup_printf ("{\"message\":\"%s\"}", escaped);
}

/* Milliseconds from sending to each stage's message; a stage that did not come stays below 0. */
static gboolean
run_once (BenchClient  *client,
          const char   *request,
          gdouble      *out_ms,
          GError      **error)
{
  gint64 start = g_get_monotonic_time ();

  for (gint i = 0; i < N_STAGES; i++)
    out_ms[i] = -1;
  if (!bench_client_send (client, request, error))
    return FALSE;
  for (;;)
    {
      g_autofree char *text = bench_client_receive (client, error);
      gint64 now = g_get_monotonic_time ();

      if (text == NULL)
        return FALSE;
      if (g_str_has_prefix (text, "{\"type\":\"error\""))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", text);
          return FALSE;
        }
      for (gint i = 0; i < N_STAGES; i++)
        {
          g_autofree char *prefix = g_strdup_printf ("{\"type\":\"%s\"", stage_names[i]);

          if (g_str_has_prefix (text, prefix))
            out_ms[i] = (now - start) / 1000.0;
        }
      if (out_ms[N_STAGES - 1] >= 0)
        return TRUE;
    }
}

static gint
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  gdouble difference = *(const gdouble *) a - *(const gdouble *) b;

  return difference < 0 ? -1 : difference > 0;
}

static gdouble
percentile (gdouble *values,
            gint     n,
            gdouble  share)
{
  qsort (values, (size_t) n, sizeof *values, compare_doubles);
  return values[MIN (n - 1, (gint) (share * n))];
}

/* The yardstick of the same breath: a request that is refused at the door, so all but the work itself. */
static gdouble
measure_round_trip (BenchClient *client,
                    gint         runs)
{
  g_autofree gdouble *ms = g_new (gdouble, runs);

  for (gint i = 0; i < runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      G_GNUC_UNUSED g_autofree char *text = bench_client_send (client, "{}", NULL) ? bench_client_receive (client, NULL) : NULL;

      ms[i] = (g_get_monotonic_time () - start) / 1000.0;
    }
  return percentile (ms, runs, 0.5);
}

static gboolean
bench_stream (const Service  *service,
              const Options  *options,
              GError        **error)
{
  g_autoptr(BenchClient) client = NULL;
  g_autofree char *request = build_request (options->message);
  g_autofree gdouble *all = g_new (gdouble, N_STAGES * options->runs);
  glong idle_kb = read_status_kb (service, "VmRSS:");
  gdouble ms[N_STAGES], round_trip;

  client = bench_client_connect (service->host, service->port, error);
  if (client == NULL)
    return FALSE;
  for (gint i = 0; i < options->warm_up; i++)
    {
      if (!run_once (client, request, ms, error))
        return FALSE;
    }
  for (gint i = 0; i < options->runs; i++)
    {
      if (!run_once (client, request, ms, error))
        return FALSE;
      for (gint s = 0; s < N_STAGES; s++)
        all[s * options->runs + i] = ms[s];
    }
  round_trip = measure_round_trip (client, options->runs);

  if (options->json)
    printf ("{\"runs\":%d,\"idle_kb\":%ld,\"round_trip_ms\":%.3f", options->runs, idle_kb, round_trip);
  else
    printf ("%d runs of \"%s\"\nidle memory %.1f MB, refused request (round trip) %.3f ms\n%-13s %9s %9s %9s\n", options->runs,
            options->message, idle_kb / 1024.0, round_trip, "", "median ms", "p99 ms", "x trip");
  for (gint s = 0; s < N_STAGES; s++)
    {
      gdouble *stage = all + s * options->runs;
      gdouble median = percentile (stage, options->runs, 0.5);
      gdouble worst = percentile (stage, options->runs, 0.99);

      if (options->json)
        printf (",\"%s_ms\":%.3f,\"%s_p99_ms\":%.3f", stage_names[s], median, stage_names[s], worst);
      else
        printf ("%-13s %9.3f %9.3f %9.1f\n", stage_names[s], median, worst, median / round_trip);
    }
  if (options->json)
    printf ("}\n");
  else
    printf ("memory after  %9.1f MB\n", read_status_kb (service, "VmRSS:") / 1024.0);
  return TRUE;
}

/* Half of the connections are fresh, half are kept: both ways must give back what they took. */
static gboolean
bench_soak (const Service  *service,
            const Options  *options,
            GError        **error)
{
  g_autoptr(BenchClient) kept = bench_client_connect (service->host, service->port, error);
  g_autofree char *request = build_request (options->message);
  gdouble ms[N_STAGES];

  if (kept == NULL)
    return FALSE;
  for (gint i = 0; i < options->runs; i++)
    {
      g_autoptr(BenchClient) fresh = NULL;

      if (i % MAX (options->runs / 10, 1) == 0)
        printf ("%6d requests  %8.1f MB  %4d descriptors\n", i, read_status_kb (service, "VmRSS:") / 1024.0,
                count_descriptors (service));
      if (i % 2 == 0)
        fresh = bench_client_connect (service->host, service->port, error);
      if ((i % 2 == 0 && fresh == NULL) || !run_once (fresh != NULL ? fresh : kept, request, ms, error))
        return FALSE;
    }
  printf ("%6d requests  %8.1f MB  %4d descriptors\n", options->runs, read_status_kb (service, "VmRSS:") / 1024.0,
          count_descriptors (service));
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  Options options = { .runs = 0, .warm_up = 5 };
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options.port, "Measure the service on this port; 0 starts one", "PORT" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options.address, "Its address (default 127.0.0.1)", "ADDRESS" },
    { "runs", 'n', 0, G_OPTION_ARG_INT, &options.runs, "Requests (default 50 for stream, 5000 for soak)", "N" },
    { "warm-up", 'w', 0, G_OPTION_ARG_INT, &options.warm_up, "Requests before the first that counts", "N" },
    { "message", 'm', 0, G_OPTION_ARG_STRING, &options.message, "What to ask", "TEXT" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("stream|soak|serve|load|plan|toptw|cancel|atlas|gazetteer|interpret");
  g_autoptr(GError) error = NULL;
  Service service = { 0 };
  gboolean soak, ok;

  setlocale (LC_ALL, "");
  /* These have options of their own. */
  if (argc > 1 && strcmp (argv[1], "plan") == 0)
    return bench_plan_main (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "toptw") == 0)
    return bench_toptw (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "cancel") == 0)
    return bench_cancel (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "atlas") == 0)
    return bench_atlas (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "gazetteer") == 0)
    return bench_gazetteer (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "interpret") == 0)
    return bench_interpret (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "floor") == 0)
    return bench_floor (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "soup") == 0)
    return bench_soup (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "serve") == 0)
    return bench_serve (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "load") == 0)
    return bench_load (argc - 1, argv + 1);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("tripbench: %s\n", error->message);
      return 2;
    }
  soak = argc == 2 && strcmp (argv[1], "soak") == 0;
  if (argc != 2 || (!soak && strcmp (argv[1], "stream") != 0))
    {
      g_printerr ("Usage: tripbench stream|soak|serve|load|plan|toptw|cancel|atlas|gazetteer|interpret [OPTION…]\n");
      return 2;
    }
  if (options.runs <= 0)
    options.runs = soak ? 5000 : 50;
  if (options.message == NULL)
    options.message = g_strdup ("plan a 3 day trip to Tokyo and Kyoto");

  ok = start_service (&service, &options, &error) &&
       (soak ? bench_soak (&service, &options, &error) : bench_stream (&service, &options, &error));
  if (!ok)
    g_printerr ("tripbench: %s\n", error->message);
  stop_service (&service);
  g_free (options.message);
  g_free (options.address);
  return ok ? 0 : 1;
}
