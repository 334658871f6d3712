/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The service around an orchestrator: options, the web edge, the bus, an orderly end. No logic of trips.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

/**
 * TripDaemonProvideFunc:
 * @atlas_paths: (nullable) (array zero-terminated=1): the places asked for by option
 * @user_data: data given with the function
 * @error: return location
 *
 * Makes the orchestrator once the options are read.
 *
 * Returns: (transfer full): the orchestrator
 */
typedef TripOrchestrator *(*TripDaemonProvideFunc) (const char * const  *atlas_paths,
                                                    gpointer             user_data,
                                                    GError             **error);

int trip_daemon_run (int                    argc,
                     char                 **argv,
                     const GOptionEntry    *more_options,
                     TripDaemonProvideFunc  provide,
                     gpointer               user_data);

G_END_DECLS
