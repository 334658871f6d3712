/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Requirements: reading, writing, and their meaning as a whole.
 */
#include "trip/model/trip-requirement.h"

#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const priority_names[] = {
  [TRIP_PRIORITY_MUST_HAVE] = "must_have",
  [TRIP_PRIORITY_PREFERRED] = "preferred",
  [TRIP_PRIORITY_AVOID] = "avoid",
};

G_DEFINE_BOXED_TYPE (TripRequirement, trip_requirement, trip_requirement_copy, trip_requirement_free)

/**
 * trip_requirement_new:
 * @description: the rule in words
 * @priority: its weight
 *
 * Returns: (transfer full): a requirement
 */
TripRequirement *
trip_requirement_new (const char   *description,
                      TripPriority  priority)
{
  TripRequirement *self = g_new0 (TripRequirement, 1);

  self->description = g_strdup (description);
  self->priority = priority;
  return self;
}

/**
 * trip_requirement_copy:
 * @self: a requirement
 *
 * Returns: (transfer full): a copy
 */
TripRequirement *
trip_requirement_copy (const TripRequirement *self)
{
  TripRequirement *copy = trip_requirement_new (self->description, self->priority);

  if (self->raw != NULL)
    copy->raw = g_bytes_ref (self->raw);
  return copy;
}

/**
 * trip_requirement_free:
 * @self: (transfer full): a requirement
 *
 * Frees it.
 */
void
trip_requirement_free (TripRequirement *self)
{
  g_free (self->description);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_free (self);
}

/**
 * trip_priority_to_string:
 * @priority: a priority
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
trip_priority_to_string (TripPriority priority)
{
  g_return_val_if_fail (priority < G_N_ELEMENTS (priority_names), "preferred");

  return priority_names[priority];
}

static gboolean
read_priority (const TripJsonNode *node,
               TripPriority       *out_priority,
               GError            **error)
{
  const TripJsonNode *member = trip_json_node_member (node, "priority");
  g_autofree char *path = NULL;
  const char *text;

  *out_priority = TRIP_PRIORITY_PREFERRED;
  if (member == NULL)
    return TRUE;
  if (!trip_json_node_as_string (member, &text, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (priority_names); i++)
    {
      if (strcmp (text, priority_names[i]) == 0)
        {
          *out_priority = (TripPriority) i;
          return TRUE;
        }
    }
  path = trip_json_node_dup_path (member);
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s must be must_have, preferred or avoid"), path);
  return FALSE;
}

/**
 * trip_requirement_read:
 * @node: what should be a requirement
 * @error: return location
 *
 * Returns: (transfer full): the requirement; else %NULL and %TRIP_ERROR_INVALID_MESSAGE naming the member
 */
TripRequirement *
trip_requirement_read (const TripJsonNode *node,
                       GError            **error)
{
  TripRequirement *self;
  const char *description = NULL;
  TripPriority priority;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !trip_json_node_get_string (node, "description", TRUE, &description, error) ||
      !read_priority (node, &priority, error))
    return NULL;
  if (*description == '\0')
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s.description must not be empty"), path);
      return NULL;
    }

  self = trip_requirement_new (description, priority);
  self->raw = trip_json_node_dup_raw (node);
  return self;
}

/**
 * trip_requirement_write:
 * @self: a requirement
 * @builder: where to
 *
 * Adds it, as the client spelled it where it came from one.
 */
void
trip_requirement_write (const TripRequirement *self,
                        TripJsonBuilder       *builder)
{
  if (self->raw != NULL)
    {
      trip_json_builder_add_raw (builder, NULL, self->raw);
      return;
    }
  trip_json_builder_begin_object (builder, NULL);
  trip_json_builder_add_string (builder, "description", self->description);
  trip_json_builder_add_string (builder, "priority", trip_priority_to_string (self->priority));
  trip_json_builder_end_object (builder);
}

/**
 * trip_requirements_read_constraints:
 * @requirements: (element-type TripRequirement): requirements
 * @today: the day that relative dates count from
 *
 * Returns: (transfer full): what they mean together
 */
TripConstraints *
trip_requirements_read_constraints (GPtrArray   *requirements,
                                    const GDate *today)
{
  TripConstraints *constraints = trip_constraints_new ();

  for (guint i = 0; i < requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (requirements, i);

      trip_constraints_add_phrase (constraints, requirement->description, requirement->priority, today);
    }
  return constraints;
}
