/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The atlas as a place source. The search runs in a worker thread; places are reported from the caller's main context.
 */
#include "providers/atlas/trip-atlas-source.h"

#include "language/trip-text.h"
#include "trip/model/trip-error.h"
#include "trip/pipeline/trip-place-lookup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How far from its centre a place may be and still belong to a city or a region that the atlas does not outline. */
#define CITY_RADIUS_M 25000.0
#define REGION_RADIUS_M 150000.0

/* A country stands for its best-known cities: more than these make no trip. */
#define MAX_CITIES_OF_AREA 3

/* From a city this far outside of an area one sees it in a day: the Amalfi Coast from Naples, but not Umbria from Rome. */
#define NEAR_AREA_M 50000.0

struct _TripAtlasSource {
  GObject parent_instance;

  TripAtlas *atlas;
};

static void trip_atlas_source_iface_init (TripPlaceSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripAtlasSource, trip_atlas_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, trip_atlas_source_iface_init))

static void
append_city (TripAtlasSource  *self,
             TripPlaceMatch   *match,
             const TripCity   *city,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr(GPtrArray) pois = trip_atlas_load_city (self->atlas, city->id, cancellable, error);

  for (guint i = 0; pois != NULL && i < pois->len; i++)
    g_ptr_array_add (match->pois, trip_poi_ref (g_ptr_array_index (pois, i)));
}

static gint
compare_city_popularity (const TripCity *a,
                         const TripCity *b)
{
  return b->popularity - a->popularity;
}

static gint
compare_cities (gconstpointer a,
                gconstpointer b)
{
  return compare_city_popularity (*(const TripCity * const *) a, *(const TripCity * const *) b);
}

typedef struct {
  const TripCity *city;
  gdouble distance_m;
  gboolean lies_in; /* in the area, not just near it */
} Neighbour;

static gint
compare_neighbours (gconstpointer a,
                    gconstpointer b)
{
  gdouble difference = ((const Neighbour *) a)->distance_m - ((const Neighbour *) b)->distance_m;

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/* Of an area one thinks of the cities to which most go. */
static gint
compare_popularity (gconstpointer a,
                    gconstpointer b)
{
  gint difference = compare_city_popularity (((const Neighbour *) a)->city, ((const Neighbour *) b)->city);

  return difference != 0 ? difference : compare_neighbours (a, b);
}

static GArray *
list_neighbours (TripAtlasSource          *self,
                 const TripGazetteerEntry *area)
{
  TripGazetteer *gazetteer = trip_atlas_get_gazetteer (self->atlas);
  GPtrArray *cities = trip_atlas_get_cities (self->atlas);
  GArray *neighbours = g_array_new (FALSE, FALSE, sizeof (Neighbour));

  for (guint i = 0; i < cities->len; i++)
    {
      const TripCity *city = g_ptr_array_index (cities, i);
      const TripGazetteerEntry *entry = trip_gazetteer_lookup (gazetteer, city->name, &city->geo);
      Neighbour neighbour = { .city = city, .distance_m = trip_geo_distance_m (&area->geo, &city->geo) };

      neighbour.lies_in = entry != NULL && trip_gazetteer_lies_in (gazetteer, entry, area);
      g_array_append_val (neighbours, neighbour);
    }
  g_array_sort (neighbours, compare_neighbours);
  return neighbours;
}

/* Whether an area in which no city lies can be seen from it. A region of several countries names none. */
static gboolean
is_near_enough (const TripGazetteerEntry *entry,
                const Neighbour          *neighbour)
{
  return (*entry->country == '\0' || strcmp (neighbour->city->country, entry->country) == 0) &&
         neighbour->distance_m <= entry->extent_km * 1000.0 + NEAR_AREA_M;
}

static void
append_area (TripAtlasSource          *self,
             TripPlaceMatch           *match,
             const TripGazetteerEntry *entry,
             GCancellable             *cancellable,
             GError                  **error)
{
  g_autoptr(GArray) neighbours = list_neighbours (self, entry);
  gboolean any_inside = FALSE;
  guint taken = 0;

  for (guint i = 0; i < neighbours->len; i++)
    any_inside |= g_array_index (neighbours, Neighbour, i).lies_in;
  if (any_inside)
    g_array_sort (neighbours, compare_popularity);
  for (guint i = 0; i < neighbours->len && taken < MAX_CITIES_OF_AREA; i++)
    {
      const Neighbour *neighbour = &g_array_index (neighbours, Neighbour, i);

      /* Beside Los Angeles and San Francisco, Las Vegas is not meant by California. */
      if (any_inside ? neighbour->lies_in : is_near_enough (entry, neighbour))
        {
          append_city (self, match, neighbour->city, cancellable, error);
          taken++;
        }
    }
}

static char *
explain_gap (TripAtlasSource          *self,
             const TripGazetteerEntry *entry)
{
  g_autoptr(GArray) neighbours = list_neighbours (self, entry);
  g_autoptr(GString) near = g_string_new (NULL);

  for (guint i = 0; i < MIN (neighbours->len, 3); i++)
    {
      const Neighbour *neighbour = &g_array_index (neighbours, Neighbour, i);

      g_string_append_printf (near, "%s%s (%.0f km)", i > 0 ? ", " : "", neighbour->city->name,
                              neighbour->distance_m / 1000.0);
    }
  return g_strdup_printf (_("No places are on file for %s yet. The nearest cities with places are %s. "
                            "To add places, import an OpenStreetMap extract: tripctl import FILE."),
                          entry->name, near->str);
}

static char *
explain_unknown (TripAtlasSource *self,
                 const char      *name)
{
  g_autoptr(GPtrArray) cities = g_ptr_array_new ();
  g_autoptr(GString) list = g_string_new (NULL);

  g_ptr_array_extend (cities, trip_atlas_get_cities (self->atlas), NULL, NULL);
  g_ptr_array_sort (cities, compare_cities);
  for (guint i = 0; i < cities->len && i < 12; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", ((const TripCity *) g_ptr_array_index (cities, i))->name);
  return g_strdup_printf (_("No place called “%s” is known. Check the spelling, or name one of the cities with places: %s."),
                          name, list->str);
}

/* A sight that was named is meant to be seen: a private copy says so. */
static void
append_sight (TripPlaceMatch *match,
              const TripPoi  *poi)
{
  TripPoi *copy = trip_poi_copy (poi);

  copy->must_see = TRUE;
  g_ptr_array_add (match->pois, copy);
}

/* "Louvre" for "Louvre Museum": whole words of a name, in the cities of the trip first, the most popular first. */
static gboolean
append_by_part_of_name (TripAtlasSource  *self,
                        TripPlaceMatch   *match,
                        GPtrArray        *near,
                        GCancellable     *cancellable)
{
  GPtrArray *cities = trip_atlas_get_cities (self->atlas);
  g_autofree char *folded = trip_text_fold (match->name);
  g_autoptr(GHashTable) trip_cities = g_hash_table_new (g_str_hash, g_str_equal);
  TripPoi *best = NULL;

  for (guint i = 0; i < near->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (near, i);

      if (poi->city_id != NULL)
        g_hash_table_add (trip_cities, poi->city_id);
    }

  if (strlen (folded) < 4)
    return FALSE;
  for (guint pass = g_hash_table_size (trip_cities) > 0 ? 0 : 1; pass < 2 && best == NULL; pass++)
    {
      for (guint i = 0; i < cities->len; i++)
        {
          const TripCity *city = g_ptr_array_index (cities, i);
          g_autoptr(GPtrArray) pois = NULL;

          if (pass == 0 && !g_hash_table_contains (trip_cities, city->id))
            continue;
          pois = trip_atlas_load_city (self->atlas, city->id, cancellable, NULL);
          for (guint j = 0; pois != NULL && j < pois->len; j++)
            {
              TripPoi *poi = g_ptr_array_index (pois, j);
              g_autofree char *name = trip_text_fold (poi->name);

              if (trip_text_contains_word (name, folded) && (best == NULL || poi->popularity > best->popularity))
                best = poi;
            }
        }
    }
  if (best == NULL)
    return FALSE;
  append_sight (match, best);
  return TRUE;
}

static TripPlaceMatch *
find_one (TripPlaceSource       *source,
          const TripPlaceQuery  *query,
          const char            *name,
          const TripGeo         *near,
          GCancellable          *cancellable,
          GError               **error)
{
  TripAtlasSource *self = TRIP_ATLAS_SOURCE (source);
  TripGazetteer *gazetteer = trip_atlas_get_gazetteer (self->atlas);
  TripPlaceMatch *match = trip_place_match_new (name);
  const TripGazetteerEntry *entry;

  entry = trip_gazetteer_lookup (gazetteer, name, near);
  if (entry == NULL)
    {
      if (!append_by_part_of_name (self, match, query->near, cancellable))
        match->explanation = explain_unknown (self, name);
      return match;
    }

  match->is_area = entry->kind != TRIP_PLACE_SIGHT;
  match->geo = entry->geo;
  match->radius_m = entry->kind == TRIP_PLACE_CITY ? CITY_RADIUS_M : entry->kind == TRIP_PLACE_SIGHT ? 0 : REGION_RADIUS_M;
  if (entry->kind == TRIP_PLACE_SIGHT)
    {
      g_autoptr(TripPoi) poi = trip_atlas_load_poi (self->atlas, entry->atlas_id, error);

      if (poi != NULL)
        append_sight (match, poi);
    }
  else if (entry->atlas_id != NULL)
    {
      append_city (self, match, trip_atlas_get_city (self->atlas, entry->atlas_id), cancellable, error);
    }
  else if (entry->kind != TRIP_PLACE_CITY)
    {
      append_area (self, match, entry, cancellable, error);
    }
  if (match->pois->len == 0)
    match->explanation = explain_gap (self, entry);
  return match;
}

static void
trip_atlas_source_find_async (TripPlaceSource     *source,
                              TripPlaceQuery      *query,
                              TripPlaceFoundFunc   found,
                              gpointer             found_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  trip_place_lookup_async (source, query, find_one, found, found_data, cancellable, callback, user_data);
}

static void
trip_atlas_source_iface_init (TripPlaceSourceInterface *iface)
{
  iface->find_async = trip_atlas_source_find_async;
  iface->find_finish = trip_place_lookup_finish;
}

static void
trip_atlas_source_finalize (GObject *object)
{
  g_clear_object (&TRIP_ATLAS_SOURCE (object)->atlas);

  G_OBJECT_CLASS (trip_atlas_source_parent_class)->finalize (object);
}

static void
trip_atlas_source_class_init (TripAtlasSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_atlas_source_finalize;
}

static void
trip_atlas_source_init (TripAtlasSource *self)
{
}

/**
 * trip_atlas_source_new:
 * @atlas: an atlas
 *
 * Returns: (transfer full): a place source that answers from it
 */
TripAtlasSource *
trip_atlas_source_new (TripAtlas *atlas)
{
  TripAtlasSource *self = g_object_new (TRIP_TYPE_ATLAS_SOURCE, NULL);

  self->atlas = g_object_ref (atlas);
  return self;
}
