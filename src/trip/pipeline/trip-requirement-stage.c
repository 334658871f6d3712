/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Requirements: removals first, by meaning, then additions.
 */
#include "trip/pipeline/trip-requirement-stage.h"

#include "language/trip-constraints.h"
#include "language/trip-text.h"

static gboolean
remove_one (GPtrArray  *list,
            const char *removal)
{
  g_autofree const char **descriptions = g_new0 (const char *, list->len + 1);
  gint index;

  for (guint i = 0; i < list->len; i++)
    descriptions[i] = ((const TripRequirement *) g_ptr_array_index (list, i))->description;
  index = trip_phrase_match (removal, descriptions, list->len);
  if (index < 0)
    return FALSE;
  g_ptr_array_remove_index (list, (guint) index);
  return TRUE;
}

static gboolean
add_one (GPtrArray        *list,
         const TripIntent *intent)
{
  for (guint i = 0; i < list->len; i++)
    {
      const TripRequirement *known = g_ptr_array_index (list, i);

      if (known->priority == intent->priority && trip_text_equal_folded (known->description, intent->value))
        return FALSE;
    }
  g_ptr_array_add (list, trip_requirement_new (intent->value, intent->priority));
  return TRUE;
}

/* A trip starts in one place: a new one takes the place of the old. */
static gboolean
set_origin (GPtrArray  *list,
            const char *origin)
{
  g_autofree char *description = g_strdup_printf ("from %s", origin);

  for (guint i = list->len; i-- > 0;)
    {
      const TripRequirement *known = g_ptr_array_index (list, i);

      if (trip_text_equal_folded (known->description, description))
        return FALSE;
      if (trip_phrase_topics (known->description) == TRIP_TOPIC_ORIGIN)
        g_ptr_array_remove_index (list, i);
    }
  g_ptr_array_add (list, trip_requirement_new (description, TRIP_PRIORITY_MUST_HAVE));
  return TRUE;
}

/**
 * trip_requirement_stage_apply:
 * @requirements: (element-type TripRequirement): what the client sent
 * @intents: (element-type TripIntent): what the message asks for
 * @out_changed: (out): whether the result differs from @requirements
 *
 * Applies the `Schedule_Requirement` intents. A removal finds what it means by trip_phrase_match(); one that finds nothing
 * changes nothing. An addition that is there already changes nothing either. Where the travellers start from becomes a
 * requirement as well.
 *
 * Returns: (transfer full) (element-type TripRequirement): the new list
 */
GPtrArray *
trip_requirement_stage_apply (GPtrArray *requirements,
                              GPtrArray *intents,
                              gboolean  *out_changed)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);

  *out_changed = FALSE;
  for (guint i = 0; i < requirements->len; i++)
    g_ptr_array_add (list, trip_requirement_copy (g_ptr_array_index (requirements, i)));

  for (TripAction action = TRIP_ACTION_REMOVE;; action = TRIP_ACTION_ADD)
    {
      for (guint i = 0; i < intents->len; i++)
        {
          const TripIntent *intent = g_ptr_array_index (intents, i);

          if (intent->kind != TRIP_INTENT_SCHEDULE_REQUIREMENT || intent->action != action)
            continue;
          if (action == TRIP_ACTION_REMOVE ? remove_one (list, intent->value) : add_one (list, intent))
            *out_changed = TRUE;
        }
      if (action == TRIP_ACTION_ADD)
        break;
    }
  for (guint i = 0; i < intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (intents, i);

      if (intent->origin != NULL && set_origin (list, intent->origin))
        *out_changed = TRUE;
    }
  return list;
}
