/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The real service with one provider that fails: what the edges do then is tested on it.
 */
#include "daemon/trip-daemon.h"
#include "providers/atlas/trip-atlas-source.h"
#include "providers/embedded/trip-embedded.h"
#include "providers/interpreter/trip-embedded-interpreter.h"
#include "providers/planner/trip-embedded-planner.h"
#include "trip-faulty-provider.h"

#include <string.h>

static char *fault;

static TripOrchestrator *
provide (const char * const  *atlas_paths,
         gpointer             user_data,
         GError             **error)
{
  g_autofree char *path = trip_embedded_dup_atlas_path (atlas_paths != NULL ? atlas_paths[0] : NULL);
  g_autoptr(TripAtlas) atlas = trip_atlas_open (path, error);
  g_autoptr(TripEmbeddedInterpreter) interpreter = NULL;
  g_autoptr(TripAtlasSource) source = NULL;
  g_autoptr(TripEmbeddedPlanner) planner = NULL;
  g_autoptr(TripFaultyProvider) faulty = NULL;
  TripOrchestrator *orchestrator;

  if (atlas == NULL)
    return NULL;
  interpreter = trip_embedded_interpreter_new (trip_atlas_get_gazetteer (atlas));
  source = trip_atlas_source_new (atlas);
  planner = trip_embedded_planner_new (atlas);
  faulty = trip_faulty_provider_new (fault, TRIP_INTERPRETER (interpreter), TRIP_PLACE_SOURCE (source),
                                     TRIP_PLANNER (planner));
  orchestrator = trip_orchestrator_new (TRIP_INTERPRETER (faulty), TRIP_PLACE_SOURCE (faulty), TRIP_PLANNER (faulty));
  if (fault != NULL && strstr (fault, "images") != NULL)
    trip_orchestrator_set_image_source (orchestrator, TRIP_IMAGE_SOURCE (faulty));
  return orchestrator;
}

int
main (int    argc,
      char **argv)
{
  const GOptionEntry options[] = {
    { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, "What goes wrong", "NAME" },
    G_OPTION_ENTRY_NULL
  };

  return trip_daemon_run (argc, argv, options, provide, NULL);
}
