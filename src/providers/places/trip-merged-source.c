/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Asks all its sources at once and joins what they say. An earlier source has precedence: of a place that two of them know
 * its version counts, and its places are reported first, so that no place is reported that is not in the answer.
 */
#include "providers/places/trip-merged-source.h"

#include "providers/places/trip-place-likeness.h"

#include <string.h>

/* What a later source adds to an area that an earlier one knows: enough to choose from, too little to drown it. */
#define MAX_MORE_SIGHTS 30
#define MAX_MORE_STOPS 25

/* And no better known than this there: somebody chose the area's icons, and the map alone does not unseat them. */
#define MAX_MORE_POPULARITY 60

/* What an earlier source has this near says which city a place belongs to; farther off it is a city of its own. */
#define SAME_CITY_M 25000.0

struct _TripMergedSource {
  GObject parent_instance;

  GPtrArray *sources;
};

typedef struct {
  GTask *task;
  gboolean done;
  GPtrArray *matches;
} Part;

typedef struct {
  TripPlaceQuery *query;
  TripPlaceFoundFunc found;
  gpointer found_data;
  Part *parts;
  guint n_parts;
  guint n_joined;
  GPtrArray *matches;
  GHashTable *reported;
  GError *error;
} Find;

static void trip_merged_source_iface_init (TripPlaceSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripMergedSource, trip_merged_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, trip_merged_source_iface_init))

static void
find_free (Find *find)
{
  for (guint i = 0; i < find->n_parts; i++)
    g_clear_pointer (&find->parts[i].matches, g_ptr_array_unref);
  g_free (find->parts);
  g_ptr_array_unref (find->matches);
  g_hash_table_unref (find->reported);
  trip_place_query_free (find->query);
  g_clear_error (&find->error);
  g_free (find);
}

static gboolean
is_stop (const TripPoi *poi)
{
  return poi->type == TRIP_POI_RESTAURANT || poi->type == TRIP_POI_LODGE;
}

/* The city of the nearest of the first @n places; %NULL where all are far. */
static const char *
find_city_near (GPtrArray     *pois,
                guint          n,
                const TripGeo *geo)
{
  const char *city = NULL;
  gdouble best = SAME_CITY_M;

  for (guint i = 0; i < n; i++)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);
      gdouble distance = trip_geo_distance_m (&poi->geo, geo);

      if (distance < best)
        {
          best = distance;
          city = poi->city;
        }
    }
  return city;
}

/* Adds what a later source knows of the same area: of cities that both know the best of it, all of the others. */
static void
join_areas (TripPlaceMatch       *match,
            const TripPlaceMatch *more)
{
  guint n_own = match->pois->len;
  guint n_sights = 0, n_stops = 0;

  for (guint i = 0; i < more->pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (more->pois, i);
      const char *city = find_city_near (match->pois, n_own, &poi->geo);
      guint *n = is_stop (poi) ? &n_stops : &n_sights;
      guint before = match->pois->len;
      g_autoptr(TripPoi) settled = NULL;

      if (city == NULL)
        {
          trip_place_add_unlike (match->pois, poi);
          continue;
        }
      if (*n >= (is_stop (poi) ? MAX_MORE_STOPS : MAX_MORE_SIGHTS))
        continue;
      settled = trip_poi_copy (poi);
      settled->popularity = MIN (settled->popularity, MAX_MORE_POPULARITY);
      if (g_strcmp0 (poi->city, city) != 0)
        {
          g_free (settled->city);
          settled->city = g_strdup (city);
        }
      trip_place_add_unlike (match->pois, settled);
      *n += match->pois->len - before;
    }
}

static void
join_match (TripPlaceMatch       *match,
            const TripPlaceMatch *more)
{
  if (more->pois->len > 0 && match->pois->len == 0)
    {
      match->is_area = more->is_area;
      if (more->radius_m > 0)
        {
          match->geo = more->geo;
          match->radius_m = more->radius_m;
        }
      for (guint i = 0; i < more->pois->len; i++)
        g_ptr_array_add (match->pois, trip_poi_ref (g_ptr_array_index (more->pois, i)));
    }
  else if (more->is_area && match->is_area)
    {
      join_areas (match, more);
    }
  if (match->radius_m <= 0 && more->radius_m > 0 && match->pois->len == 0)
    {
      match->is_area = more->is_area;
      match->geo = more->geo;
      match->radius_m = more->radius_m;
    }
  if (match->pois->len == 0 && more->explanation != NULL)
    {
      char *both = match->explanation != NULL ? g_strdup_printf ("%s %s", match->explanation, more->explanation)
                                              : g_strdup (more->explanation);

      g_free (match->explanation);
      match->explanation = both;
    }
  if (match->pois->len > 0)
    g_clear_pointer (&match->explanation, g_free);
}

static void
report (Find    *find,
        TripPoi *poi)
{
  g_autofree char *key = poi->id != NULL ? g_strdup (poi->id) : g_strdup_printf ("%s %.5f %.5f", poi->name, poi->geo.lat,
                                                                                 poi->geo.lng);

  if (find->found != NULL && g_hash_table_add (find->reported, g_steal_pointer (&key)))
    find->found (poi, find->found_data);
}

/* Places of the first source stay in the answer whatever the others say, so they need not wait. */
static void
on_found (TripPoi  *poi,
          gpointer  user_data)
{
  report (user_data, poi);
}

/* Joins the answers that are there, in the order of the sources, and reports what they brought. */
static void
join_ready (Find *find)
{
  for (; find->n_joined < find->n_parts && find->parts[find->n_joined].done; find->n_joined++)
    {
      const GPtrArray *more = find->parts[find->n_joined].matches;

      for (guint i = 0; more != NULL && i < MIN (more->len, find->matches->len); i++)
        {
          TripPlaceMatch *match = g_ptr_array_index (find->matches, i);

          join_match (match, g_ptr_array_index (more, i));
          for (guint j = 0; i < find->query->n_wanted && j < match->pois->len; j++)
            report (find, g_ptr_array_index (match->pois, j));
        }
    }
}

static void
find_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Part *part = user_data;
  g_autoptr(GTask) task = part->task;
  Find *find = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  part->matches = trip_place_source_find_finish (TRIP_PLACE_SOURCE (source), result, &error);
  part->done = TRUE;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("A place source failed: %s", error->message);
  if (error != NULL && find->error == NULL)
    find->error = g_steal_pointer (&error);
  join_ready (find);
  if (find->n_joined < find->n_parts)
    return;

  if (g_task_return_error_if_cancelled (task))
    return;
  /* One source that fails does not take away what the others found; all of them failing does. */
  for (guint i = 0; i < find->n_parts; i++)
    {
      if (find->parts[i].matches != NULL)
        {
          g_task_return_pointer (task, g_ptr_array_ref (find->matches), (GDestroyNotify) g_ptr_array_unref);
          return;
        }
    }
  g_task_return_error (task, g_steal_pointer (&find->error));
}

static void
trip_merged_source_find_async (TripPlaceSource     *source,
                               TripPlaceQuery      *query,
                               TripPlaceFoundFunc   found,
                               gpointer             found_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  TripMergedSource *self = TRIP_MERGED_SOURCE (source);
  g_autoptr(GTask) task = g_task_new (source, cancellable, callback, user_data);
  Find *find = g_new0 (Find, 1);

  find->query = query;
  find->found = found;
  find->found_data = found_data;
  find->n_parts = self->sources->len;
  find->parts = g_new0 (Part, find->n_parts);
  find->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_match_free);
  find->reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (char **name = query->names; *name != NULL; name++)
    g_ptr_array_add (find->matches, trip_place_match_new (*name));
  g_task_set_source_tag (task, trip_merged_source_find_async);
  g_task_set_name (task, "trip-merged-find");
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  for (guint i = 0; i < find->n_parts; i++)
    {
      find->parts[i].task = g_object_ref (task);
      trip_place_source_find_async (g_ptr_array_index (self->sources, i),
                                    trip_place_query_new ((const char * const *) query->names, query->n_wanted, query->near),
                                    i == 0 ? on_found : NULL, find, cancellable, find_done_cb, &find->parts[i]);
    }
}

static GPtrArray *
trip_merged_source_find_finish (TripPlaceSource  *source,
                                GAsyncResult     *result,
                                GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
trip_merged_source_iface_init (TripPlaceSourceInterface *iface)
{
  iface->find_async = trip_merged_source_find_async;
  iface->find_finish = trip_merged_source_find_finish;
}

static void
trip_merged_source_finalize (GObject *object)
{
  g_ptr_array_unref (TRIP_MERGED_SOURCE (object)->sources);

  G_OBJECT_CLASS (trip_merged_source_parent_class)->finalize (object);
}

static void
trip_merged_source_class_init (TripMergedSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_merged_source_finalize;
}

static void
trip_merged_source_init (TripMergedSource *self)
{
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * trip_merged_source_new:
 * @first: the source that has precedence
 *
 * Returns: (transfer full): a place source that asks @first and those that are added
 */
TripMergedSource *
trip_merged_source_new (TripPlaceSource *first)
{
  TripMergedSource *self = g_object_new (TRIP_TYPE_MERGED_SOURCE, NULL);

  trip_merged_source_add (self, first);
  return self;
}

/**
 * trip_merged_source_add:
 * @self: a source
 * @source: another, asked beside those it has
 *
 * Adds a source. Call it before anything is looked for.
 */
void
trip_merged_source_add (TripMergedSource *self,
                        TripPlaceSource  *source)
{
  g_return_if_fail (TRIP_IS_MERGED_SOURCE (self) && TRIP_IS_PLACE_SOURCE (source));

  g_ptr_array_add (self->sources, g_object_ref (source));
}
