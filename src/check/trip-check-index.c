/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Places by id and by folded name. trip_poi_is_same() stays the judge; the tables only say whom to ask, so that a long
 * plan is not compared pair by pair.
 */
#include "check/trip-check-index.h"

#include "language/trip-text.h"

/* Places of one name that are compared with a newcomer; a plan with more of them is no plan. */
#define MAX_NAMESAKES 64

struct _TripCheckIndex {
  GHashTable *by_id;
  GHashTable *by_name;
};

static gboolean
has_id (const TripPoi *poi)
{
  return poi->id != NULL && *poi->id != '\0';
}

/**
 * trip_check_index_new:
 *
 * Returns: (transfer full): an empty index
 */
TripCheckIndex *
trip_check_index_new (void)
{
  TripCheckIndex *self = g_new0 (TripCheckIndex, 1);

  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * trip_check_index_free:
 * @self: (transfer full) (nullable): an index
 *
 * Frees it.
 */
void
trip_check_index_free (TripCheckIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

/**
 * trip_check_index_add:
 * @self: an index
 * @poi: a place, which has to outlive @self
 *
 * Adds a place. The first of several with one id keeps the id.
 */
void
trip_check_index_add (TripCheckIndex *self,
                      const TripPoi  *poi)
{
  g_autofree char *name = trip_text_fold (poi->name);
  GPtrArray *namesakes = g_hash_table_lookup (self->by_name, name);

  if (has_id (poi) && !g_hash_table_contains (self->by_id, poi->id))
    g_hash_table_insert (self->by_id, poi->id, (gpointer) poi);
  if (namesakes == NULL)
    {
      namesakes = g_ptr_array_new ();
      g_hash_table_insert (self->by_name, g_steal_pointer (&name), namesakes);
    }
  if (namesakes->len < MAX_NAMESAKES)
    g_ptr_array_add (namesakes, (gpointer) poi);
}

/**
 * trip_check_index_find:
 * @self: an index
 * @poi: a place
 *
 * Returns: (transfer none) (nullable): the place in @self that is @poi, as trip_poi_is_same() sees it
 */
const TripPoi *
trip_check_index_find (const TripCheckIndex *self,
                       const TripPoi        *poi)
{
  const TripPoi *found = has_id (poi) ? g_hash_table_lookup (self->by_id, poi->id) : NULL;
  g_autofree char *name = NULL;
  GPtrArray *namesakes;

  if (found != NULL)
    return found;
  name = trip_text_fold (poi->name);
  namesakes = g_hash_table_lookup (self->by_name, name);
  for (guint i = 0; namesakes != NULL && i < namesakes->len; i++)
    {
      if (trip_poi_is_same (g_ptr_array_index (namesakes, i), poi))
        return g_ptr_array_index (namesakes, i);
    }
  return NULL;
}

/**
 * trip_check_index_get_id:
 * @self: an index
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the first place that was added with this id
 */
const TripPoi *
trip_check_index_get_id (const TripCheckIndex *self,
                         const char           *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * trip_check_index_n_ids:
 * @self: an index
 *
 * Returns: how many ids it knows
 */
guint
trip_check_index_n_ids (const TripCheckIndex *self)
{
  return g_hash_table_size (self->by_id);
}
