/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * OpenStreetMap files, read as a stream of nodes, ways and relations: PBF, XML, and XML in gzip. Knows how they are
 * encoded and nothing of what is in them; the files are not trusted.
 */
#pragma once

#include "trip/model/trip-geo.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TRIP_OSM_ERROR:
 *
 * Domain of the errors that reading a file reports, besides those of GIO.
 */
#define TRIP_OSM_ERROR (trip_osm_error_quark ())
GQuark trip_osm_error_quark (void);

/**
 * TripOsmError:
 * @TRIP_OSM_ERROR_FORMAT: no format that is read here
 * @TRIP_OSM_ERROR_BROKEN: the file ends early or breaks its format; the message says at which byte or line
 */
typedef enum {
  TRIP_OSM_ERROR_FORMAT,
  TRIP_OSM_ERROR_BROKEN,
} TripOsmError;

/**
 * TripOsmKind:
 * @TRIP_OSM_NODE: a point
 * @TRIP_OSM_WAY: a line or an outline
 * @TRIP_OSM_RELATION: a group of others
 * @TRIP_OSM_ALL: all of them
 *
 * Kinds of objects, as bits.
 */
typedef enum {
  TRIP_OSM_NODE     = 1 << 0,
  TRIP_OSM_WAY      = 1 << 1,
  TRIP_OSM_RELATION = 1 << 2,
  TRIP_OSM_ALL      = TRIP_OSM_NODE | TRIP_OSM_WAY | TRIP_OSM_RELATION,
} TripOsmKind;

/**
 * TripOsmTag:
 * @key: key
 * @value: value
 *
 * A tag. The bytes of a PBF file may be no UTF-8.
 */
typedef struct {
  const char *key;
  const char *value;
} TripOsmTag;

/**
 * TripOsmMember:
 * @kind: kind of the member
 * @id: its id
 * @role: its role, may be empty
 *
 * A member of a relation.
 */
typedef struct {
  TripOsmKind kind;
  gint64 id;
  const char *role;
} TripOsmMember;

/**
 * TripOsmObject:
 * @kind: what it is
 * @id: its id, unique among its kind
 * @geo: where a node is
 * @tags: (array length=n_tags): tags
 * @n_tags: how many
 * @refs: (array length=n_refs): ids of a way's nodes
 * @n_refs: how many
 * @members: (array length=n_members): a relation's members
 * @n_members: how many
 *
 * One object; what it points to lives until the function that got it returns.
 */
typedef struct {
  TripOsmKind kind;
  gint64 id;
  TripGeo geo;
  const TripOsmTag *tags;
  guint n_tags;
  const gint64 *refs;
  guint n_refs;
  const TripOsmMember *members;
  guint n_members;
} TripOsmObject;

/**
 * TripOsmObjectFunc:
 * @object: an object
 * @user_data: data given with the function
 * @error: return location
 *
 * Returns: whether to go on
 */
typedef gboolean (*TripOsmObjectFunc) (const TripOsmObject  *object,
                                       gpointer              user_data,
                                       GError              **error);

/**
 * TripOsmProgressFunc:
 * @done: bytes of the file read in this pass
 * @user_data: data given with the function
 *
 * Called many times a second, in the thread that reads.
 */
typedef void (*TripOsmProgressFunc) (guint64  done,
                                     gpointer user_data);

/**
 * TripOsmFile:
 *
 * An open file, for one thread at a time.
 */
typedef struct _TripOsmFile TripOsmFile;

TripOsmFile *trip_osm_file_open     (const char           *path,
                                     GError              **error);
void         trip_osm_file_free     (TripOsmFile          *self);
guint64      trip_osm_file_get_size (TripOsmFile          *self);
gboolean     trip_osm_file_read     (TripOsmFile          *self,
                                     TripOsmKind           kinds,
                                     TripOsmObjectFunc     func,
                                     gpointer              user_data,
                                     TripOsmProgressFunc   progress,
                                     gpointer              progress_data,
                                     GCancellable         *cancellable,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripOsmFile, trip_osm_file_free)

G_END_DECLS
