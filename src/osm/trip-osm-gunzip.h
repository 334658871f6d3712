/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A stream in gzip, unpacked as it is read. Knows nothing of what it unpacks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripOsmGunzip:
 *
 * What a stream in gzip unpacks to: all members, one behind the other, as bgzip and `pigz -i` write them and `cat` of
 * several files joins them. GLib's own decompressor stops behind the first member.
 *
 * Reading fails with %G_IO_ERROR_PARTIAL_INPUT where the data end too soon, and with %G_IO_ERROR_INVALID_DATA where they
 * are damaged or something else follows a member; zero bytes at the end, which tapes leave, are passed over.
 */
#define TRIP_TYPE_OSM_GUNZIP (trip_osm_gunzip_get_type ())
G_DECLARE_FINAL_TYPE (TripOsmGunzip, trip_osm_gunzip, TRIP, OSM_GUNZIP, GFilterInputStream)

GInputStream *trip_osm_gunzip_new (GInputStream *packed);

G_END_DECLS
