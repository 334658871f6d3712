/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Writes JSON: members in the order given, numbers in the shortest form that reads back the same, and ready-made text
 * verbatim. Knows nothing of trips.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripJsonBuilder:
 *
 * Grows one JSON text. For one thread; may live on the stack after trip_json_builder_init().
 */
typedef struct {
  /*< private >*/
  GString *text;
  gboolean need_comma;
} TripJsonBuilder;

void    trip_json_builder_init         (TripJsonBuilder *self);
void    trip_json_builder_clear        (TripJsonBuilder *self);
GBytes *trip_json_builder_end          (TripJsonBuilder *self);
char   *trip_json_builder_end_string   (TripJsonBuilder *self);
gsize   trip_json_builder_get_length   (const TripJsonBuilder *self);

void    trip_json_builder_begin_object (TripJsonBuilder *self,
                                        const char      *name);
void    trip_json_builder_end_object   (TripJsonBuilder *self);
void    trip_json_builder_begin_array  (TripJsonBuilder *self,
                                        const char      *name);
void    trip_json_builder_end_array    (TripJsonBuilder *self);

void    trip_json_builder_add_string   (TripJsonBuilder *self,
                                        const char      *name,
                                        const char      *value);
void    trip_json_builder_add_strv     (TripJsonBuilder *self,
                                        const char      *name,
                                        GPtrArray       *values);
void    trip_json_builder_add_double   (TripJsonBuilder *self,
                                        const char      *name,
                                        gdouble          value);
void    trip_json_builder_add_int      (TripJsonBuilder *self,
                                        const char      *name,
                                        gint64           value);
void    trip_json_builder_add_boolean  (TripJsonBuilder *self,
                                        const char      *name,
                                        gboolean         value);
void    trip_json_builder_add_null     (TripJsonBuilder *self,
                                        const char      *name);
void    trip_json_builder_add_raw      (TripJsonBuilder *self,
                                        const char      *name,
                                        GBytes          *raw);
void    trip_json_builder_add_members  (TripJsonBuilder *self,
                                        GBytes          *members);

char   *trip_json_format_double        (gdouble          value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripJsonBuilder, trip_json_builder_clear)

G_END_DECLS
