/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A request: the message and the state that the client carries from turn to turn.
 */
#pragma once

#include "trip/json/trip-json.h"
#include "trip/model/trip-plan.h"
#include "trip/model/trip-poi.h"
#include "trip/model/trip-requirement.h"

G_BEGIN_DECLS

/**
 * TRIP_REQUEST_MAX_BYTES:
 *
 * Default limit of a whole request, 1 MiB.
 */
#define TRIP_REQUEST_MAX_BYTES (1024 * 1024)

/**
 * TRIP_MESSAGE_MAX_BYTES:
 *
 * Default limit of `message`, 64 KiB.
 */
#define TRIP_MESSAGE_MAX_BYTES (64 * 1024)

/**
 * TripRequest:
 * @message: what the traveller wrote
 * @pois: (element-type TripPoi): places of the last answer
 * @requirements: (element-type TripRequirement): requirements of the last answer
 * @plan: (element-type TripPlanOption): options of the last answer
 *
 * A request. Immutable and reference-counted.
 */
typedef struct {
  char *message;
  GPtrArray *pois;
  GPtrArray *requirements;
  GPtrArray *plan;
  /*< private >*/
  gatomicrefcount ref_count;
} TripRequest;

#define TRIP_TYPE_REQUEST (trip_request_get_type ())
GType        trip_request_get_type  (void);

TripRequest *trip_request_new       (const char          *message);
TripRequest *trip_request_ref       (TripRequest         *self);
void         trip_request_unref     (TripRequest         *self);
TripRequest *trip_request_read      (const TripJsonNode  *node,
                                     gsize                max_message_bytes,
                                     GError             **error);
TripRequest *trip_request_parse     (GBytes              *text,
                                     gsize                max_bytes,
                                     gsize                max_message_bytes,
                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripRequest, trip_request_unref)

G_END_DECLS
