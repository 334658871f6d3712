/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the readers of the formats share.
 */
#pragma once

#include "osm/trip-osm-file.h"

G_BEGIN_DECLS

/**
 * TripOsmBlock:
 * @offset: byte of the file where its header's length begins
 * @data_offset: byte where its data begin
 * @size: bytes of data
 * @kinds: what it holds, once it was read
 * @known: it was read
 *
 * Where a block of a PBF file is, so that a second pass reads only what it wants.
 */
typedef struct {
  guint64 offset;
  guint64 data_offset;
  guint32 size;
  guint8 kinds;
  gboolean known;
} TripOsmBlock;

struct _TripOsmFile {
  char *path;
  char *name;
  int fd;
  guint64 size;
  gboolean is_pbf;
  gboolean is_gzip;
  GArray *blocks;
};

/**
 * TripOsmPass:
 * @kinds: what is wanted
 * @func: gets each
 * @user_data: data for @func
 * @progress: (nullable): hears how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): stops it
 *
 * One reading of a file.
 */
typedef struct {
  TripOsmKind kinds;
  TripOsmObjectFunc func;
  gpointer user_data;
  TripOsmProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} TripOsmPass;

gboolean trip_osm_pbf_read    (TripOsmFile        *file,
                               const TripOsmPass  *pass,
                               GError            **error);
gboolean trip_osm_pbf_decode  (const guint8       *data,
                               gsize               size,
                               const TripOsmPass  *pass,
                               guint8             *out_kinds,
                               GError            **error);
gboolean trip_osm_xml_read    (TripOsmFile        *file,
                               const TripOsmPass  *pass,
                               GError            **error);

G_END_DECLS
