/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Running one job through its stages: for the orchestrator alone.
 */
#pragma once

#include "trip/pipeline/trip-job.h"

G_BEGIN_DECLS

void trip_run_start (GTask   *task,
                     TripJob *job);

G_END_DECLS
