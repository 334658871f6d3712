/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Intents: names on the wire, and the rules an interpreter's answer has to pass.
 */
#include "trip/model/trip-intent.h"

#include "trip/model/trip-error.h"

#include <string.h>

static const char * const kind_names[] = {
  [TRIP_INTENT_POINTS_OF_INTEREST] = "Points_Of_Interest",
  [TRIP_INTENT_SCHEDULE_REQUIREMENT] = "Schedule_Requirement",
  [TRIP_INTENT_SCHEDULE_OPTION] = "Schedule_Option",
  [TRIP_INTENT_GENERAL_RESPONSE] = "General_Response",
  [TRIP_INTENT_NOT_RELEVANT] = "Not_Relevant",
};

static const char * const action_names[] = {
  [TRIP_ACTION_ADD] = "add",
  [TRIP_ACTION_MODIFY] = "modify",
  [TRIP_ACTION_REMOVE] = "remove",
};

G_DEFINE_BOXED_TYPE (TripIntent, trip_intent, trip_intent_copy, trip_intent_free)

/**
 * trip_intent_new:
 * @kind: what it is about
 * @action: what to do
 * @value: its words
 *
 * Returns: (transfer full): an intent of priority %TRIP_PRIORITY_PREFERRED
 */
TripIntent *
trip_intent_new (TripIntentKind  kind,
                 TripAction      action,
                 const char     *value)
{
  TripIntent *self = g_new0 (TripIntent, 1);

  self->kind = kind;
  self->action = action;
  self->value = g_strdup (value);
  self->priority = TRIP_PRIORITY_PREFERRED;
  return self;
}

/**
 * trip_intent_copy:
 * @self: an intent
 *
 * Returns: (transfer full): a copy
 */
TripIntent *
trip_intent_copy (const TripIntent *self)
{
  TripIntent *copy = trip_intent_new (self->kind, self->action, self->value);

  copy->priority = self->priority;
  copy->origin = g_strdup (self->origin);
  return copy;
}

/**
 * trip_intent_free:
 * @self: (transfer full): an intent
 *
 * Frees it.
 */
void
trip_intent_free (TripIntent *self)
{
  g_free (self->value);
  g_free (self->origin);
  g_free (self);
}

/**
 * trip_intent_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its name on the wire; `?` for a number that is none
 */
const char *
trip_intent_kind_to_string (TripIntentKind kind)
{
  return kind < G_N_ELEMENTS (kind_names) ? kind_names[kind] : "?";
}

/**
 * trip_action_to_string:
 * @action: an action
 *
 * Returns: (transfer none): its name on the wire; `?` for a number that is none
 */
const char *
trip_action_to_string (TripAction action)
{
  return action < G_N_ELEMENTS (action_names) ? action_names[action] : "?";
}

/**
 * trip_intent_validate:
 * @self: an intent from an interpreter
 * @error: return location
 *
 * Checks it against the contract: known kind, an action that fits it, a non-empty value in UTF-8.
 *
 * Returns: whether it passes
 */
gboolean
trip_intent_validate (const TripIntent *self,
                      GError          **error)
{
  gboolean fits = FALSE;

  switch (self->kind)
    {
    case TRIP_INTENT_POINTS_OF_INTEREST:
    case TRIP_INTENT_SCHEDULE_REQUIREMENT:
      fits = self->action == TRIP_ACTION_ADD || self->action == TRIP_ACTION_REMOVE;
      break;
    case TRIP_INTENT_SCHEDULE_OPTION:
      fits = self->action <= TRIP_ACTION_REMOVE;
      break;
    case TRIP_INTENT_GENERAL_RESPONSE:
    case TRIP_INTENT_NOT_RELEVANT:
      fits = self->action == TRIP_ACTION_ADD;
      break;
    default:
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "unknown intent %d", (gint) self->kind);
      return FALSE;
    }

  if (!fits)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "action “%s” does not go with %s",
                   trip_action_to_string (self->action), kind_names[self->kind]);
      return FALSE;
    }
  if (self->value == NULL || *self->value == '\0' || !g_utf8_validate (self->value, -1, NULL))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s without a value", kind_names[self->kind]);
      return FALSE;
    }
  return TRUE;
}

/**
 * trip_intent_is_actionable:
 * @self: an intent
 *
 * Returns: whether it asks to change the trip
 */
gboolean
trip_intent_is_actionable (const TripIntent *self)
{
  return self->kind != TRIP_INTENT_GENERAL_RESPONSE && self->kind != TRIP_INTENT_NOT_RELEVANT;
}

/**
 * trip_intent_says_same:
 * @self: an intent
 * @other: another
 *
 * Returns: whether both look the same on the wire
 */
gboolean
trip_intent_says_same (const TripIntent *self,
                       const TripIntent *other)
{
  return self->kind == other->kind && self->action == other->action && strcmp (self->value, other->value) == 0;
}

static gboolean
find_name (const char * const *names,
           gsize               n,
           const char         *name,
           guint              *out_index)
{
  for (*out_index = 0; *out_index < n; (*out_index)++)
    {
      if (strcmp (names[*out_index], name) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_intent_read:
 * @node: what should be an intent
 * @error: return location
 *
 * Reads what trip_intent_write() wrote. The members that are not on the wire have their defaults.
 *
 * Returns: (transfer full): the intent; %NULL and %TRIP_ERROR_INVALID_MESSAGE naming what is wrong
 */
TripIntent *
trip_intent_read (const TripJsonNode *node,
                  GError            **error)
{
  const char *kind, *action, *value;
  guint kind_index, action_index;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !trip_json_node_get_string (node, "intent", TRUE, &kind, error) ||
      !trip_json_node_get_string (node, "action", TRUE, &action, error) ||
      !trip_json_node_get_string (node, "value", TRUE, &value, error))
    return NULL;
  if (!find_name (kind_names, G_N_ELEMENTS (kind_names), kind, &kind_index) ||
      !find_name (action_names, G_N_ELEMENTS (action_names), action, &action_index))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, "there is no intent %s %s", kind, action);
      return NULL;
    }
  return trip_intent_new ((TripIntentKind) kind_index, (TripAction) action_index, value);
}

/**
 * trip_intent_write:
 * @self: a valid intent
 * @builder: where to
 *
 * Adds `{"intent","action","value"}`.
 */
void
trip_intent_write (const TripIntent *self,
                   TripJsonBuilder  *builder)
{
  trip_json_builder_begin_object (builder, NULL);
  trip_json_builder_add_string (builder, "intent", trip_intent_kind_to_string (self->kind));
  trip_json_builder_add_string (builder, "action", trip_action_to_string (self->action));
  trip_json_builder_add_string (builder, "value", self->value);
  trip_json_builder_end_object (builder);
}
