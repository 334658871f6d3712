/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The relay alone.
 */
#include "bench-serve.h"

#include "bench-canned.h"
#include "http/trip-http-server.h"
#include "trip-canned-provider.h"

#include <glib-unix.h>

static gboolean
on_terminate (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Serves @canned on @port until it is told to stop. */
static gboolean
serve (const char  *canned,
       guint16      port,
       GError     **error)
{
  g_autofree char *contents = NULL;
  g_autoptr(GBytes) text = NULL;
  g_autoptr(TripCannedProvider) provider = NULL;
  g_autoptr(TripOrchestrator) orchestrator = NULL;
  g_autoptr(TripHttpServer) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gsize length;

  if (!g_file_get_contents (canned, &contents, &length, error))
    return FALSE;
  text = g_bytes_new_take (g_steal_pointer (&contents), length);
  provider = trip_canned_provider_new (text, error);
  if (provider == NULL)
    return FALSE;
  orchestrator = trip_orchestrator_new (TRIP_INTERPRETER (provider), TRIP_PLACE_SOURCE (provider), TRIP_PLANNER (provider));
  server = trip_http_server_new (orchestrator, NULL);
  if (!trip_http_server_listen (server, "127.0.0.1", port, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, on_terminate, loop);
  g_unix_signal_add (SIGINT, on_terminate, loop);
  bench_canned_announce (trip_http_server_get_port (server));
  g_main_loop_run (loop);
  return TRUE;
}

int
bench_serve (int    argc,
             char **argv)
{
  g_autofree char *canned = NULL;
  gint port = 0;
  g_autoptr(GError) error = NULL;

  if (!bench_canned_options (&argc, &argv, "serve", &canned, &port))
    return 2;
  if (serve (canned, (guint16) port, &error))
    return 0;
  g_printerr ("tripbench serve: %s\n", error->message);
  return 2;
}
