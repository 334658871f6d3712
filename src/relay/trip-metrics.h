/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a service counts about its jobs, in Prometheus's text format. doc/operating.md explains the names.
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

#define TRIP_TYPE_METRICS (trip_metrics_get_type ())
G_DECLARE_FINAL_TYPE (TripMetrics, trip_metrics, TRIP, METRICS, GObject)

TripMetrics *trip_metrics_new        (TripOrchestrator *orchestrator);
void         trip_metrics_append     (TripMetrics      *self,
                                      GString          *text);
void         trip_metrics_append_one (GString          *text,
                                      const char       *name,
                                      const char       *kind,
                                      const char       *help,
                                      gdouble           value);
gint64       trip_metrics_get_uptime_s (TripMetrics    *self);

G_END_DECLS
