/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The one door for JSON that comes from outside: limits, UTF-8, grammar (RFC 8259), and typed getters that name the
 * member's path when it is wrong. Every value keeps its own spelling, so what nobody changed can be sent back as it came.
 * Knows nothing of trips.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TRIP_JSON_MAX_DEPTH:
 *
 * Deepest nesting of arrays and objects that trip_json_parse() accepts.
 */
#define TRIP_JSON_MAX_DEPTH 64

/**
 * TRIP_JSON_MAX_VALUES:
 *
 * Most values (members and elements, all levels) in one text: bounds the memory that a hostile megabyte can claim.
 */
#define TRIP_JSON_MAX_VALUES 131072

/**
 * TripJson:
 *
 * A parsed JSON text. Immutable after parsing and reference-counted atomically, so any thread may read it.
 */
typedef struct _TripJson TripJson;

/**
 * TripJsonNode:
 *
 * One value inside a [struct@Json]; lives as long as that does.
 */
typedef struct _TripJsonNode TripJsonNode;

/**
 * TripJsonType:
 * @TRIP_JSON_NULL: `null`
 * @TRIP_JSON_BOOLEAN: `true` or `false`
 * @TRIP_JSON_NUMBER: a number
 * @TRIP_JSON_STRING: a string
 * @TRIP_JSON_ARRAY: an array
 * @TRIP_JSON_OBJECT: an object
 */
typedef enum {
  TRIP_JSON_NULL,
  TRIP_JSON_BOOLEAN,
  TRIP_JSON_NUMBER,
  TRIP_JSON_STRING,
  TRIP_JSON_ARRAY,
  TRIP_JSON_OBJECT,
} TripJsonType;

/**
 * TripJsonReadFunc:
 * @node: a value
 * @error: return location
 *
 * Reads one item of a list.
 *
 * Returns: (transfer full): the item; %NULL on failure
 */
typedef gpointer (*TripJsonReadFunc) (const TripJsonNode  *node,
                                      GError             **error);

#define TRIP_TYPE_JSON (trip_json_get_type ())
GType               trip_json_get_type        (void);

TripJson           *trip_json_parse           (GBytes              *text,
                                               gsize                max_bytes,
                                               GError             **error);
TripJson           *trip_json_ref             (TripJson            *self);
void                trip_json_unref           (TripJson            *self);
const TripJsonNode *trip_json_get_root        (const TripJson      *self);

TripJsonType        trip_json_node_get_kind   (const TripJsonNode  *node);
const char         *trip_json_node_get_key    (const TripJsonNode  *node);
guint               trip_json_node_get_length (const TripJsonNode  *node);
const TripJsonNode *trip_json_node_first      (const TripJsonNode  *node);
const TripJsonNode *trip_json_node_next       (const TripJsonNode  *node);
const TripJsonNode *trip_json_node_element    (const TripJsonNode  *node,
                                               guint                index);
const TripJsonNode *trip_json_node_member     (const TripJsonNode  *node,
                                               const char          *name);
GBytes             *trip_json_node_dup_raw    (const TripJsonNode  *node);
char               *trip_json_node_dup_path   (const TripJsonNode  *node);
GBytes             *trip_json_node_dup_others (const TripJsonNode  *object,
                                               const char * const  *known);

gboolean            trip_json_node_as_string  (const TripJsonNode  *node,
                                               const char         **out_value,
                                               GError             **error);
gboolean            trip_json_node_as_double  (const TripJsonNode  *node,
                                               gdouble             *out_value,
                                               GError             **error);
gboolean            trip_json_node_as_int     (const TripJsonNode  *node,
                                               gint64              *out_value,
                                               GError             **error);
gboolean            trip_json_node_as_boolean (const TripJsonNode  *node,
                                               gboolean            *out_value,
                                               GError             **error);
gboolean            trip_json_node_expect     (const TripJsonNode  *node,
                                               TripJsonType         kind,
                                               GError             **error);

gboolean            trip_json_node_read_list  (const TripJsonNode  *list,
                                               TripJsonReadFunc     read,
                                               GPtrArray           *items,
                                               GError             **error);

gboolean            trip_json_node_get_string (const TripJsonNode  *object,
                                               const char          *name,
                                               gboolean             required,
                                               const char         **out_value,
                                               GError             **error);
gboolean            trip_json_node_get_double (const TripJsonNode  *object,
                                               const char          *name,
                                               gboolean             required,
                                               gdouble             *out_value,
                                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripJson, trip_json_unref)

G_END_DECLS
