/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Looking names up in a worker thread for a source of places. What the names mean is the source's.
 */
#include "trip/pipeline/trip-place-lookup.h"

/* So far around a city day trips go. */
#define AROUND_CITY_M 60000.0

typedef struct {
  TripPlaceQuery *query;
  TripPlaceLookupFunc lookup;
  TripPlaceFoundFunc found;
  gpointer found_data;
} Search;

static void
search_free (Search *search)
{
  trip_place_query_free (search->query);
  g_free (search);
}

/* A place that stands beside a city is in that city, rather than its better-known namesake somewhere else. */
static const TripGeo *
find_area_elsewhere (GPtrArray            *matches,
                     guint                 n_wanted,
                     const TripPlaceMatch *match)
{
  const TripGeo *nearest = NULL;
  gdouble least = G_MAXDOUBLE;

  if (match->is_area || match->pois->len == 0)
    return NULL;
  for (guint i = 0; i < MIN (matches->len, n_wanted); i++)
    {
      const TripPlaceMatch *area = g_ptr_array_index (matches, i);
      gdouble distance = trip_geo_distance_m (&area->geo, &((const TripPoi *) g_ptr_array_index (match->pois, 0))->geo);

      if (!area->is_area || area->radius_m <= 0)
        continue;
      if (distance <= MAX (area->radius_m, AROUND_CITY_M))
        return NULL;
      if (distance < least)
        {
          least = distance;
          nearest = &area->geo;
        }
    }
  return nearest;
}

static TripPlaceMatch *
look_up (const Search   *search,
         gpointer        source,
         const char     *name,
         const TripGeo  *near,
         GCancellable   *cancellable,
         GError        **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return search->lookup (source, search->query, name, near, cancellable, error);
}

static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  const Search *search = task_data;
  g_autoptr(GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_match_free);
  GError *error = NULL;
  TripGeo centre;
  gboolean has_centre = trip_place_query_get_centre (search->query, &centre);

  for (char **name = search->query->names; *name != NULL && error == NULL; name++)
    {
      TripPlaceMatch *match = look_up (search, source, *name, has_centre ? &centre : NULL, cancellable, &error);

      if (match != NULL)
        g_ptr_array_add (matches, match);
    }
  for (guint i = 0; i < matches->len && error == NULL; i++)
    {
      TripPlaceMatch *match = g_ptr_array_index (matches, i);
      const TripGeo *area = find_area_elsewhere (matches, search->query->n_wanted, match);
      TripPlaceMatch *other = area != NULL ? look_up (search, source, match->name, area, cancellable, &error) : NULL;

      if (other == NULL)
        continue;
      trip_place_match_free (match);
      g_ptr_array_index (matches, i) = other;
    }
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&matches), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * trip_place_lookup_async:
 * @source: the source that is asked
 * @query: (transfer full): what to find
 * @lookup: looks one name up
 * @found: (nullable): called for each place of a name that is wanted
 * @found_data: data for @found
 * @cancellable: (nullable): stops the search
 * @callback: called on the thread-default main context when all is there
 * @user_data: data for @callback
 *
 * Serves as the `find_async` of a source.
 */
void
trip_place_lookup_async (TripPlaceSource     *source,
                         TripPlaceQuery      *query,
                         TripPlaceLookupFunc  lookup,
                         TripPlaceFoundFunc   found,
                         gpointer             found_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (source, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  *search = (Search) { query, lookup, found, found_data };
  g_task_set_source_tag (task, trip_place_lookup_async);
  g_task_set_name (task, "trip-place-lookup");
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_thread);
}

/**
 * trip_place_lookup_finish:
 * @source: the source that was asked
 * @result: what the callback got
 * @error: return location
 *
 * Serves as the `find_finish` of a source. A file answers all at once, so its places are reported here, on the caller's
 * context, and in order.
 *
 * Returns: (transfer full) (nullable) (element-type TripPlaceMatch): one match a name, in the order asked
 */
GPtrArray *
trip_place_lookup_finish (TripPlaceSource  *source,
                          GAsyncResult     *result,
                          GError          **error)
{
  GTask *task = G_TASK (result);
  const Search *search = g_task_get_task_data (task);
  GPtrArray *matches = g_task_propagate_pointer (task, error);

  for (guint i = 0; matches != NULL && search->found != NULL && i < MIN (matches->len, search->query->n_wanted); i++)
    {
      const TripPlaceMatch *match = g_ptr_array_index (matches, i);

      for (guint j = 0; j < match->pois->len; j++)
        search->found (g_ptr_array_index (match->pois, j), search->found_data);
    }
  return matches;
}
