/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Wiring of the embedded providers.
 */
#include "providers/embedded/trip-embedded.h"

#include "providers/atlas/trip-atlas-source.h"
#include "providers/interpreter/trip-embedded-interpreter.h"
#include "providers/places/trip-imported-source.h"
#include "providers/places/trip-merged-source.h"
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

/* Sorts what was asked for into the atlas of the program and databases that tripctl import made. */
static gboolean
sort_paths (const char * const  *wanted,
            const char         **out_atlas,
            GStrvBuilder        *imported,
            GError             **error)
{
  gboolean any_imported = FALSE;

  *out_atlas = NULL;
  for (; wanted != NULL && *wanted != NULL; wanted++)
    {
      g_autoptr(TripPlaceDb) db = NULL;

      if (!trip_place_db_is_one (*wanted))
        {
          *out_atlas = *wanted;
          continue;
        }
      /* One that was asked for by name must be sound; that of the user may come later. */
      db = trip_place_db_open (*wanted, error);
      if (db == NULL)
        return FALSE;
      g_strv_builder_add (imported, *wanted);
      any_imported = TRUE;
    }
  if (!any_imported)
    {
      g_autofree char *own = trip_place_db_dup_path (NULL);

      g_strv_builder_add (imported, own);
    }
  return TRUE;
}

/**
 * trip_embedded_orchestrator_new:
 * @atlas_paths: (nullable) (array zero-terminated=1): places: an atlas, else that of trip_embedded_dup_atlas_path(), and
 *   databases of imported places, else that of trip_place_db_dup_path()
 * @error: return location
 *
 * Returns: (transfer full): an orchestrator with the embedded interpreter, place sources and planner
 */
TripOrchestrator *
trip_embedded_orchestrator_new (const char * const  *atlas_paths,
                                GError             **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) imported_paths = NULL;
  const char *wanted_atlas;
  g_autofree char *path = NULL;
  g_autoptr(TripAtlas) atlas = NULL;
  g_autoptr(TripEmbeddedInterpreter) interpreter = NULL;
  g_autoptr(TripAtlasSource) curated = NULL;
  g_autoptr(TripImportedSource) imported = NULL;
  g_autoptr(TripMergedSource) source = NULL;
  g_autoptr(TripEmbeddedPlanner) planner = NULL;

  if (!sort_paths (atlas_paths, &wanted_atlas, builder, error))
    return NULL;
  imported_paths = g_strv_builder_end (builder);
  path = trip_embedded_dup_atlas_path (wanted_atlas);
  atlas = trip_atlas_open (path, error);
  if (atlas == NULL)
    return NULL;
  curated = trip_atlas_source_new (atlas);
  imported = trip_imported_source_new ((const char * const *) imported_paths, trip_atlas_get_gazetteer (atlas));
  trip_imported_source_add_names (imported);
  source = trip_merged_source_new (TRIP_PLACE_SOURCE (curated));
  trip_merged_source_add (source, TRIP_PLACE_SOURCE (imported));
  interpreter = trip_embedded_interpreter_new (trip_atlas_get_gazetteer (atlas));
  planner = trip_embedded_planner_new (atlas);
  return trip_orchestrator_new (TRIP_INTERPRETER (interpreter), TRIP_PLACE_SOURCE (source), TRIP_PLANNER (planner));
}
