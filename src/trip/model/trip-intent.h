/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What one part of a message asks for.
 */
#pragma once

#include "language/trip-constraints.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

G_BEGIN_DECLS

/**
 * TripIntentKind:
 * @TRIP_INTENT_POINTS_OF_INTEREST: a place to visit or to leave out; `Points_Of_Interest`
 * @TRIP_INTENT_SCHEDULE_REQUIREMENT: a rule for the trip; `Schedule_Requirement`
 * @TRIP_INTENT_SCHEDULE_OPTION: a change to the plan itself; `Schedule_Option`
 * @TRIP_INTENT_GENERAL_RESPONSE: a question about travel, the value answers it; `General_Response`
 * @TRIP_INTENT_NOT_RELEVANT: not about travel, the value says so; `Not_Relevant`
 */
typedef enum {
  TRIP_INTENT_POINTS_OF_INTEREST,
  TRIP_INTENT_SCHEDULE_REQUIREMENT,
  TRIP_INTENT_SCHEDULE_OPTION,
  TRIP_INTENT_GENERAL_RESPONSE,
  TRIP_INTENT_NOT_RELEVANT,
} TripIntentKind;

/**
 * TripAction:
 * @TRIP_ACTION_ADD: `add`
 * @TRIP_ACTION_MODIFY: `modify`
 * @TRIP_ACTION_REMOVE: `remove`
 */
typedef enum {
  TRIP_ACTION_ADD,
  TRIP_ACTION_MODIFY,
  TRIP_ACTION_REMOVE,
} TripAction;

/**
 * TripIntent:
 * @kind: what it is about
 * @action: what to do
 * @value: the place's name, the requirement's words, the change wanted, or the answer
 * @priority: weight of a requirement; meaningless for the others
 * @origin: (nullable): where the message says the travellers start from, told beside the first of its intents: no place to
 *   visit and no wish, so it is not on the wire; the requirement stage keeps it as `from London`
 *
 * One intent. Immutable once shared. Whether kind and action fit each other is for trip_intent_validate() to say, since an
 * interpreter may be wrong.
 */
typedef struct {
  TripIntentKind kind;
  TripAction action;
  char *value;
  TripPriority priority;
  char *origin;
} TripIntent;

#define TRIP_TYPE_INTENT (trip_intent_get_type ())
GType       trip_intent_get_type       (void);

TripIntent *trip_intent_new            (TripIntentKind    kind,
                                        TripAction        action,
                                        const char       *value);
TripIntent *trip_intent_copy           (const TripIntent *self);
void        trip_intent_free           (TripIntent       *self);
gboolean    trip_intent_validate       (const TripIntent *self,
                                        GError          **error);
gboolean    trip_intent_is_actionable  (const TripIntent *self);
gboolean    trip_intent_says_same      (const TripIntent *self,
                                        const TripIntent *other);
TripIntent *trip_intent_read           (const TripJsonNode *node,
                                        GError            **error);
void        trip_intent_write          (const TripIntent *self,
                                        TripJsonBuilder  *builder);

const char *trip_intent_kind_to_string (TripIntentKind    kind);
const char *trip_action_to_string      (TripAction        action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripIntent, trip_intent_free)

G_END_DECLS
