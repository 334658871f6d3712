/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Requirements: reading, writing, and their meaning as a whole.
 */
#include "trip/model/trip-requirement.h"

#include "language/trip-text.h"
#include "trip/model/trip-error.h"
#include "trip/model/trip-poi.h"

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

/* Names held against requirements: beyond this the lists are no traveller's. */
#define MAX_COMPARISONS 400000

/* Words that may stand around a place's name and leave the requirement one about the place. */
static gboolean
is_about_place (const char *folded,
                const char *name)
{
  static const char * const fillers[] = {
    "visit", "see", "seeing", "visiting", "go", "to", "the", "a", "at", "in", "on", "for", "must", "have", "we", "i", "want",
    "would", "like", "definitely", "please", "include", "including", "no", "not", "avoid", "skip", "without", "day", "first",
    "second", "third", "fourth", "fifth", "last", "final", "one", "two", "three", "four", "five",
  };
  g_auto(GStrv) words = NULL;
  const char *at = strstr (folded, name);
  g_autofree char *head = NULL;
  g_autofree char *rest = NULL;

  if (at == NULL)
    return FALSE;
  head = g_strndup (folded, (gsize) (at - folded));
  rest = g_strconcat (head, " ", at + strlen (name), NULL);
  words = g_strsplit (rest, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean filler = *words[i] == '\0' || strspn (words[i], "0123456789") == strlen (words[i]);

      for (gsize k = 0; k < G_N_ELEMENTS (fillers) && !filler; k++)
        filler = strcmp (words[i], fillers[k]) == 0;
      if (!filler)
        return FALSE;
    }
  return TRUE;
}

static const char *
find_named_place (const TripRequirement *requirement,
                  GPtrArray             *names,
                  GPtrArray             *pois)
{
  g_autofree char *folded = trip_text_fold (requirement->description);
  guint longest = 0;
  gint found = -1;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      guint length = (guint) strlen (name);

      if (length > longest && trip_text_contains_word (folded, name) && is_about_place (folded, name))
        {
          longest = length;
          found = (gint) i;
        }
    }
  return found >= 0 ? ((const TripPoi *) g_ptr_array_index (pois, (guint) found))->name : NULL;
}

/**
 * trip_requirements_read_for_places:
 * @requirements: (element-type TripRequirement): requirements
 * @pois: (element-type TripPoi): the places of the trip
 * @today: the day that relative dates count from
 *
 * Reads requirements where the places are known: one that names a place is about that place, whatever its name means.
 *
 * Returns: (transfer full): what they mean together
 */
TripConstraints *
trip_requirements_read_for_places (GPtrArray   *requirements,
                                   GPtrArray   *pois,
                                   const GDate *today)
{
  g_autoptr(TripConstraints) constraints = trip_constraints_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if ((guint64) pois->len * requirements->len > MAX_COMPARISONS)
    return trip_requirements_read_constraints (requirements, today);
  for (guint i = 0; i < pois->len && requirements->len > 0; i++)
    g_ptr_array_add (names, trip_text_fold (((const TripPoi *) g_ptr_array_index (pois, i))->name));
  for (guint i = 0; i < requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (requirements, i);
      const char *name = find_named_place (requirement, names, pois);

      if (name != NULL)
        trip_constraints_add_place (constraints, requirement->description, name, requirement->priority);
      else
        trip_constraints_add_phrase (constraints, requirement->description, requirement->priority, today);
    }
  return g_steal_pointer (&constraints);
}
