/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON as native GVariant and back, for buses that would rather not carry text.
 */
#pragma once

#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

G_BEGIN_DECLS

GVariant *trip_json_node_to_variant    (const TripJsonNode  *node);
GVariant *trip_json_list_to_variant    (GBytes              *list);
gboolean  trip_json_builder_add_variant (TripJsonBuilder    *self,
                                         const char         *name,
                                         GVariant           *value,
                                         GError            **error);

G_END_DECLS
