/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The names of the D-Bus edge, in one place.
 */
#pragma once

#define TRIP_DBUS_NAME "org.tripd.Trip1"
#define TRIP_DBUS_PATH "/org/tripd/Trip1"
#define TRIP_DBUS_JOB_PATH TRIP_DBUS_PATH "/job"
#define TRIP_DBUS_IFACE_ORCHESTRATOR "org.tripd.Trip1.Orchestrator"
#define TRIP_DBUS_IFACE_JOB "org.tripd.Trip1.Job"
#define TRIP_DBUS_IFACE_OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define TRIP_DBUS_IFACE_PROPERTIES "org.freedesktop.DBus.Properties"
