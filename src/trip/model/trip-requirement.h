/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A rule that the traveller laid down, in words and with its weight.
 */
#pragma once

#include "language/trip-constraints.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

G_BEGIN_DECLS

/**
 * TripRequirement:
 * @description: the rule in the traveller's words
 * @priority: its weight
 * @raw: (nullable): the object as the client sent it
 *
 * A requirement. Treat it as immutable.
 */
typedef struct {
  char *description;
  TripPriority priority;
  GBytes *raw;
} TripRequirement;

#define TRIP_TYPE_REQUIREMENT (trip_requirement_get_type ())
GType            trip_requirement_get_type (void);

TripRequirement *trip_requirement_new      (const char             *description,
                                            TripPriority            priority);
TripRequirement *trip_requirement_copy     (const TripRequirement  *self);
void             trip_requirement_free     (TripRequirement        *self);
TripRequirement *trip_requirement_read     (const TripJsonNode     *node,
                                            GError                **error);
void             trip_requirement_write    (const TripRequirement  *self,
                                            TripJsonBuilder        *builder);

TripConstraints *trip_requirements_read_for_places  (GPtrArray             *requirements,
                                                     GPtrArray             *pois,
                                                     const GDate           *today);
TripConstraints *trip_requirements_read_constraints (GPtrArray     *requirements,
                                                     const GDate   *today);

const char      *trip_priority_to_string   (TripPriority            priority);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripRequirement, trip_requirement_free)

G_END_DECLS
