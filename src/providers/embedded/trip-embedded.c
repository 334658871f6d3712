/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Wiring of the embedded providers.
 */
#include "providers/embedded/trip-embedded.h"

#include "providers/atlas/trip-atlas-source.h"
#include "providers/interpreter/trip-embedded-interpreter.h"
#include "providers/planner/trip-embedded-planner.h"

/**
 * trip_embedded_dup_atlas_path:
 * @wanted: (nullable): a path that somebody asked for
 *
 * Returns: (transfer full): @wanted, else the environment's `TRIP_ATLAS`, else the installed atlas
 */
char *
trip_embedded_dup_atlas_path (const char *wanted)
{
  if (wanted == NULL)
    wanted = g_getenv ("TRIP_ATLAS");
  return g_strdup (wanted != NULL && *wanted != '\0' ? wanted : TRIP_PKGDATADIR "/atlas.db");
}

/**
 * trip_embedded_orchestrator_new:
 * @atlas_path: (nullable): the place atlas, see trip_embedded_dup_atlas_path()
 * @error: return location
 *
 * Returns: (transfer full): an orchestrator with the embedded interpreter, atlas and planner
 */
TripOrchestrator *
trip_embedded_orchestrator_new (const char  *atlas_path,
                                GError     **error)
{
  g_autofree char *path = trip_embedded_dup_atlas_path (atlas_path);
  g_autoptr(TripAtlas) atlas = trip_atlas_open (path, error);
  g_autoptr(TripEmbeddedInterpreter) interpreter = NULL;
  g_autoptr(TripAtlasSource) source = NULL;
  g_autoptr(TripEmbeddedPlanner) planner = NULL;

  if (atlas == NULL)
    return NULL;
  interpreter = trip_embedded_interpreter_new (trip_atlas_get_gazetteer (atlas));
  source = trip_atlas_source_new (atlas);
  planner = trip_embedded_planner_new (atlas);
  return trip_orchestrator_new (TRIP_INTERPRETER (interpreter), TRIP_PLACE_SOURCE (source), TRIP_PLANNER (planner));
}
