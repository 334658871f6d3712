/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about places as such: none twice, each the one that the list of places knows, each somewhere one can be.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>

/* One id names one place; its sources may differ by this much about where it is. */
#define SAME_SPOT_M 1000.0

/* Farther than this from everything else a stop is a slip of the data, unless a transfer leads there. */
#define FAR_FROM_ALL_M 150000.0

/* The same from the other places of its own city, suburbs and day trips included. */
#define FAR_FROM_CITY_M 250000.0

/* Other places that one place is compared with before it counts as near to none. */
#define MAX_COMPARED 512

/* One passes a station as often as need be. */
static gboolean
is_hub (const TripPoi *poi)
{
  static const char * const words[] = { "airport", "station", "terminal", "ferry", "bus stop" };
  g_autofree char *name = NULL;

  if (poi->id != NULL || poi->tags != NULL)
    return FALSE;
  name = trip_text_fold (poi->name);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (trip_text_contains_word (name, words[i]))
        return TRUE;
    }
  return FALSE;
}

static void
check_duplicates (TripCheck *self)
{
  g_autoptr(TripCheckIndex) seen = trip_check_index_new ();

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          if (block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL)
            continue;
          for (guint p = 0; p < block->pois->len; p++)
            {
              const TripPoi *poi = g_ptr_array_index (block->pois, p);
              const TripPoi *same;

              if (poi->type == TRIP_POI_LODGE || is_hub (poi))
                continue;
              same = trip_check_index_find (seen, poi);
              if (same != NULL && !trip_text_equal_folded (same->name, poi->name))
                trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DUPLICATE, _("%s has the id of %s"), poi->name,
                                same->name);
              else if (same != NULL)
                trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DUPLICATE, _("%s is in the option twice"), poi->name);
              trip_check_index_add (seen, poi);
            }
        }
    }
}

static void
check_id (TripCheck     *self,
          guint          d,
          gint           b,
          const TripPoi *poi)
{
  const TripPoi *listed;

  if (poi->id == NULL || *poi->id == '\0' || trip_check_index_n_ids (self->listed) == 0)
    return;
  listed = trip_check_index_get_id (self->listed, poi->id);
  if (listed == NULL)
    trip_check_add (self, (gint) d, b, TRIP_CHECK_PLACE_ID, _("%s (%s) is not among the places of the trip"), poi->name,
                    poi->id);
  else if (!trip_text_equal_folded (listed->name, poi->name))
    trip_check_add (self, (gint) d, b, TRIP_CHECK_PLACE_ID, _("%s has the id %s, which is that of %s"), poi->name, poi->id,
                    listed->name);
  else if (trip_check_is_on_earth (&poi->geo) && trip_check_is_on_earth (&listed->geo) &&
           trip_geo_distance_m (&listed->geo, &poi->geo) > SAME_SPOT_M)
    trip_check_add (self, (gint) d, b, TRIP_CHECK_PLACE_ID, _("%s is not where the list of places has it"), poi->name);
}

/* Whether another of some places is within @limit of @poi; where there is no other, nothing can be said against it.
   @same_city asks those of its own city alone. */
static gboolean
is_near_any (const TripPoi *poi,
             GPtrArray     *places,
             gdouble        limit,
             gboolean       same_city)
{
  guint n = 0;

  for (guint i = 0; i < places->len && n < MAX_COMPARED; i++)
    {
      const TripPoi *other = g_ptr_array_index (places, i);

      if (other == poi || !trip_check_is_on_earth (&other->geo) || trip_poi_is_same (other, poi) ||
          (same_city && g_strcmp0 (other->city_id, poi->city_id) != 0))
        continue;
      n++;
      if (trip_geo_distance_m (&poi->geo, &other->geo) <= limit)
        return TRUE;
    }
  return n == 0;
}

static GPtrArray *
collect_places (TripCheck *self)
{
  GPtrArray *places = g_ptr_array_new ();

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        g_ptr_array_extend (places, trip_check_block (day, b)->pois, NULL, NULL);
      if (day->lodging_poi != NULL)
        g_ptr_array_add (places, day->lodging_poi);
    }
  return places;
}

static void
check_place (TripCheck     *self,
             guint          d,
             gint           b,
             const TripPoi *poi,
             GPtrArray     *places,
             gboolean       day_has_transfer)
{
  check_id (self, d, b, poi);
  if (!trip_check_is_on_earth (&poi->geo))
    trip_check_add (self, (gint) d, b, TRIP_CHECK_COORDINATES, _("%s has no position on this earth"), poi->name);
  else if (!day_has_transfer && !is_near_any (poi, places, FAR_FROM_ALL_M, FALSE) &&
           (self->pois->len < 2 || !is_near_any (poi, self->pois, FAR_FROM_ALL_M, FALSE)))
    trip_check_add (self, (gint) d, b, TRIP_CHECK_COORDINATES, _("%s is far from all other stops"), poi->name);
  else if (poi->city_id != NULL && !is_near_any (poi, self->pois, FAR_FROM_CITY_M, TRUE))
    trip_check_add (self, (gint) d, b, TRIP_CHECK_COORDINATES, _("%s is far from all other places of its city"),
                    poi->name);
}

static gboolean
has_transfer (const TripPlanDay *day)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      if (trip_check_block (day, b)->kind == TRIP_BLOCK_TRANSFER)
        return TRUE;
    }
  return FALSE;
}

/*< private >
 * trip_check_places:
 * @self: a run
 *
 * Checks `duplicate`, `place-id` and `coordinates`.
 */
void
trip_check_places (TripCheck *self)
{
  g_autoptr(GPtrArray) places = collect_places (self);

  check_duplicates (self);
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);
      gboolean transfer = has_transfer (day);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          for (guint p = 0; p < block->pois->len; p++)
            check_place (self, d, (gint) b, g_ptr_array_index (block->pois, p), places,
                         transfer || block->kind == TRIP_BLOCK_TRANSFER);
        }
      if (day->lodging_poi != NULL)
        check_place (self, d, -1, day->lodging_poi, places, transfer);
    }
}

/*< private >
 * trip_check_listed:
 * @self: a run
 *
 * Fills the index of the list of places, and checks there that an id is given once.
 */
void
trip_check_listed (TripCheck *self)
{
  for (guint i = 0; i < self->pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (self->pois, i);

      if (poi->id != NULL && trip_check_index_get_id (self->listed, poi->id) != NULL)
        {
          g_autofree char *path = g_strdup_printf ("pois[%u]", i);

          trip_check_add_at (self, path, TRIP_CHECK_DUPLICATE, _("the id %s is in the list twice"), poi->id);
        }
      trip_check_index_add (self->listed, poi);
    }
}
