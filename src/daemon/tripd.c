/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripd: the service with the embedded providers.
 */
#include "daemon/trip-daemon.h"
#include "providers/embedded/trip-embedded.h"

static TripOrchestrator *
provide (const char * const  *atlas_paths,
         gpointer             user_data,
         GError             **error)
{
  return trip_embedded_orchestrator_new (atlas_paths, error);
}

int
main (int    argc,
      char **argv)
{
  return trip_daemon_run (argc, argv, NULL, provide, NULL);
}
