/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The interpreter that works offline: reads a message with word lists and the gazetteer.
 */
#pragma once

#include "language/trip-constraints.h"
#include "providers/gazetteer/trip-gazetteer.h"
#include "trip/pipeline/trip-interpreter.h"

G_BEGIN_DECLS

/**
 * TripReading:
 * @intents: (element-type TripIntent): the intents, in the order of the message
 * @constraints: what the requirement phrases of this message mean
 * @destinations: (element-type utf8): places to visit, as normally written
 * @removed_destinations: (element-type utf8): places to leave out
 *
 * All that one message says.
 */
typedef struct {
  GPtrArray *intents;
  TripConstraints *constraints;
  GPtrArray *destinations;
  GPtrArray *removed_destinations;
} TripReading;

void         trip_reading_free (TripReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripReading, trip_reading_free)

#define TRIP_TYPE_EMBEDDED_INTERPRETER (trip_embedded_interpreter_get_type ())
G_DECLARE_FINAL_TYPE (TripEmbeddedInterpreter, trip_embedded_interpreter, TRIP, EMBEDDED_INTERPRETER, GObject)

TripEmbeddedInterpreter *trip_embedded_interpreter_new  (TripGazetteer           *gazetteer);
TripReading             *trip_embedded_interpreter_read (TripEmbeddedInterpreter *self,
                                                         TripRequest             *request,
                                                         const GDate             *today,
                                                         GCancellable            *cancellable);
char                    *trip_embedded_interpreter_explain (TripEmbeddedInterpreter *self,
                                                            TripRequest             *request,
                                                            const GDate             *today);

G_END_DECLS
