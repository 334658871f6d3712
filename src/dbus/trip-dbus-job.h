/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A job on the bus: an object that answers its owner alone.
 */
#pragma once

#include "trip/pipeline/trip-orchestrator.h"

G_BEGIN_DECLS

#define TRIP_TYPE_DBUS_JOB (trip_dbus_job_get_type ())
G_DECLARE_FINAL_TYPE (TripDbusJob, trip_dbus_job, TRIP, DBUS_JOB, GObject)

TripDbusJob *trip_dbus_job_new             (TripOrchestrator   *orchestrator,
                                            TripJob            *job,
                                            const char         *owner,
                                            const char         *path,
                                            gboolean            linger);
gboolean     trip_dbus_job_export          (TripDbusJob        *self,
                                            GDBusConnection    *connection,
                                            GDBusInterfaceInfo *info,
                                            GError            **error);
void         trip_dbus_job_unexport        (TripDbusJob        *self);
const char  *trip_dbus_job_get_path        (TripDbusJob        *self);
const char  *trip_dbus_job_get_owner       (TripDbusJob        *self);
gboolean     trip_dbus_job_get_linger      (TripDbusJob        *self);
TripJob     *trip_dbus_job_get_job         (TripDbusJob        *self);
GVariant    *trip_dbus_job_dup_properties  (TripDbusJob        *self);
void         trip_dbus_job_relay           (TripDbusJob        *self,
                                            const TripEvent    *event);

G_END_DECLS
