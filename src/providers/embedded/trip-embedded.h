/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded providers put together: the one call for a program that wants trips planned without a network.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

TripOrchestrator *trip_embedded_orchestrator_new (const char * const  *atlas_paths,
                                                  GError             **error);
char             *trip_embedded_dup_atlas_path   (const char          *wanted);

G_END_DECLS
