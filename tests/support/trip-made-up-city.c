/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The generator. Of a city's places a quarter are restaurants and one in sixteen is a lodging, as in the atlas; most lie
 * near the centre, popularity falls off as in life, and hours are of all the kinds that the atlas has.
 */
#include "trip-made-up-city.h"

#include "trip/model/trip-requirement.h"

#include <math.h>

#define RESTAURANTS_IN 4
#define LODGES_IN 16

/* Cities lie this far from one another, degrees: a train ride. */
#define CITY_STEP_DEGREES 2.0

static guint64
next_random (guint64 *state)
{
  /* splitmix64: the generators of the C library differ from machine to machine. */
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static gdouble
next_share (guint64 *state)
{
  return (gdouble) (next_random (state) >> 11) / 9007199254740992.0;
}

static guint
next_below (guint64 *state,
            guint    n)
{
  return (guint) (next_random (state) % n);
}

/**
 * trip_made_up_query_new:
 * @n_days: days of the trip
 *
 * Returns: (transfer full): a question for that many days, with no places yet
 */
TripPlanQuery *
trip_made_up_query_new (guint n_days)
{
  TripPlanQuery *query = trip_plan_query_new ();
  g_autofree char *days = g_strdup_printf ("%u days", n_days);

  g_date_set_dmy (&query->today, 4, G_DATE_MAY, 2026);
  g_ptr_array_add (query->requirements, trip_requirement_new (days, TRIP_PRIORITY_MUST_HAVE));
  return query;
}

static void
add_tags (TripPoi *poi,
          guint64 *state)
{
  static const char * const kinds[] = { "museum", "park", "street", "temple", "market", "view", "castle", "church" };
  static const char * const moods[] = { "crowded", "quiet", "local", "indoor", "outdoor" };

  poi->tags = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (poi->tags, g_strdup (kinds[next_below (state, G_N_ELEMENTS (kinds))]));
  g_ptr_array_add (poi->tags, g_strdup (moods[next_below (state, G_N_ELEMENTS (moods))]));
}

static void
describe_sight (TripPoi *poi,
                guint64 *state)
{
  static const char * const hours[] = {
    "Mo-Su 09:00-18:00", "Tu-Su 10:00-17:30", "24/7", "Mo-Fr 09:00-12:30,14:00-18:00; Sa 10:00-16:00",
    "Apr-Oct Mo-Su 09:00-19:00; Nov-Mar Mo-Su 09:00-17:00", "Mo-We,Fr-Su 10:00-18:00; Th 10:00-22:00",
    "Mo-Su 17:00-02:00", "We-Mo 09:30-17:00",
  };
  static const gint prices[] = { 0, 0, 0, 500, 900, 1400, 2200 };

  poi->type = TRIP_POI_SIGHT;
  poi->opening_hours = g_strdup (hours[next_below (state, G_N_ELEMENTS (hours))]);
  poi->visit_minutes = 30 + 15 * (gint) next_below (state, 9);
  poi->price_minor = prices[next_below (state, G_N_ELEMENTS (prices))];
  /* Few are famous. */
  poi->popularity = 20 + (gint) (79.0 * pow (next_share (state), 1.5));
  add_tags (poi, state);
}

static void
describe_restaurant (TripPoi *poi,
                     guint64 *state)
{
  static const char * const hours[] = {
    "Mo-Su 11:00-23:00", "Tu-Su 12:00-15:00,18:00-22:30", "Mo-Sa 11:30-14:30", "We-Mo 17:30-23:00",
  };

  poi->type = TRIP_POI_RESTAURANT;
  poi->opening_hours = g_strdup (hours[next_below (state, G_N_ELEMENTS (hours))]);
  poi->visit_minutes = 45 + 15 * (gint) next_below (state, 4);
  poi->level = 1 + (gint) next_below (state, 3);
  poi->price_minor = 1000 * poi->level * poi->level + 100 * (gint) next_below (state, 8);
  poi->popularity = 30 + (gint) next_below (state, 60);
}

static void
describe_lodge (TripPoi *poi,
                guint64 *state)
{
  poi->type = TRIP_POI_LODGE;
  poi->opening_hours = g_strdup ("24/7");
  poi->level = 1 + (gint) next_below (state, 3);
  poi->price_minor = 4500 * poi->level * poi->level + 100 * (gint) next_below (state, 30);
  poi->popularity = 30 + (gint) next_below (state, 60);
}

/**
 * trip_made_up_city_add:
 * @query: a question
 * @city: number of the city, which tells where it lies
 * @n_places: places in all
 * @seed: what makes it differ from others
 *
 * Adds a city and its places.
 */
void
trip_made_up_city_add (TripPlanQuery *query,
                       guint          city,
                       guint          n_places,
                       guint64        seed)
{
  g_autofree char *name = g_strdup_printf ("Madeville %u", city + 1);
  guint64 state = seed * 1000003 + city;
  gdouble lat = 45.0, lng = 5.0 + CITY_STEP_DEGREES * city;

  g_ptr_array_add (query->destinations, g_strdup (name));
  for (guint i = 0; i < n_places; i++)
    {
      g_autofree char *place = g_strdup_printf ("Place %u of %s", i + 1, name);
      TripPoi *poi = trip_poi_new (place);
      /* Most within some three kilometres, a few out of town. */
      gdouble radius_km = 8.0 * pow (next_share (&state), 1.8);
      gdouble angle = 2.0 * G_PI * next_share (&state);

      poi->id = g_strdup_printf ("made-up:%u/%u", city, i);
      poi->city = g_strdup (name);
      poi->geo.lat = lat + radius_km * sin (angle) / 111.2;
      poi->geo.lng = lng + radius_km * cos (angle) / (111.2 * cos (lat * G_PI / 180.0));
      g_strlcpy (poi->currency, "EUR", sizeof poi->currency);
      if (i % LODGES_IN == LODGES_IN - 1)
        describe_lodge (poi, &state);
      else if (i % RESTAURANTS_IN == 0)
        describe_restaurant (poi, &state);
      else
        describe_sight (poi, &state);
      g_ptr_array_add (query->pois, poi);
    }
}
