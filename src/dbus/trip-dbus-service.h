/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The D-Bus edge: the orchestrator's object and one object a job.
 */
#pragma once

#include "relay/trip-job-router.h"

G_BEGIN_DECLS

#define TRIP_TYPE_DBUS_SERVICE (trip_dbus_service_get_type ())
G_DECLARE_FINAL_TYPE (TripDbusService, trip_dbus_service, TRIP, DBUS_SERVICE, GObject)

TripDbusService *trip_dbus_service_new       (TripJobRouter     *router);
gboolean         trip_dbus_service_export    (TripDbusService   *self,
                                              GDBusConnection   *connection,
                                              GError           **error);
void             trip_dbus_service_stop_async  (TripDbusService     *self,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean         trip_dbus_service_stop_finish (TripDbusService     *self,
                                                GAsyncResult        *result,
                                                GError             **error);
void             trip_dbus_service_unexport  (TripDbusService   *self);

G_END_DECLS
