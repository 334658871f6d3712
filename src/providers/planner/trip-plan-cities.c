/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which cities a trip has, and in which order one visits them.
 */
#include "providers/planner/trip-plan-context.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A place that does not say its city belongs to the one it lies this near to. */
#define CITY_RADIUS_M 50000.0

/* A place or two this lonely are no city to spend a day in, when there are proper ones. */
#define STRAY_PLACES 2
#define PROPER_PLACES 5

/* Up to this many cities every order is tried. */
#define EXACT_CITIES 8

/* A country's best cities, when it was the country that was named: so many days for each. */
#define DAYS_PER_OPTIONAL_CITY 2.5

/* Used where the atlas knows nothing of a city, US cents. */
#define FALLBACK_FARE_USD_CENTS 250
#define FALLBACK_MEAL_USD_CENTS 1500
#define FALLBACK_TRANSIT_KMH 16.0

static TripPlanCity *
city_at (const TripPlanContext *self,
         guint                  index)
{
  return &g_array_index (self->cities, TripPlanCity, index);
}

static guint
add_city (TripPlanContext *self,
          const char      *name,
          const TripGeo   *geo,
          const TripCity  *facts)
{
  TripPlanCity city = { 0 };

  city.name = g_strdup (facts != NULL ? facts->name : name);
  city.geo = facts != NULL ? facts->geo : *geo;
  city.facts = facts;
  if (facts != NULL)
    g_strlcpy (city.currency, facts->currency, sizeof city.currency);
  g_array_append_val (self->cities, city);
  return self->cities->len - 1;
}

static const TripCity *
look_up_facts (TripPlanContext *self,
               const TripPoi   *poi)
{
  const TripCity *facts = NULL;

  if (self->atlas == NULL)
    return NULL;
  if (poi->city_id != NULL)
    facts = trip_atlas_get_city (self->atlas, poi->city_id);
  if (facts == NULL && poi->city != NULL)
    facts = trip_atlas_get_city (self->atlas, poi->city);
  /* A namesake on another continent is no help. */
  if (facts != NULL && trip_geo_distance_m (&facts->geo, &poi->geo) > 3 * CITY_RADIUS_M)
    facts = NULL;
  return facts;
}

static gint
find_city (TripPlanContext *self,
           const char      *name,
           const TripCity  *facts)
{
  for (guint i = 0; i < self->cities->len; i++)
    {
      const TripPlanCity *city = city_at (self, i);

      if ((facts != NULL && city->facts == facts) ||
          (name != NULL && facts == NULL && city->facts == NULL && strcmp (city->name, name) == 0))
        return (gint) i;
    }
  return -1;
}

static gint
nearest_city (TripPlanContext *self,
              const TripGeo   *geo,
              gdouble          radius)
{
  gint nearest = -1;

  for (guint i = 0; i < self->cities->len; i++)
    {
      gdouble distance = trip_geo_distance_m (&city_at (self, i)->geo, geo);

      if (distance <= radius)
        {
          radius = distance;
          nearest = (gint) i;
        }
    }
  return nearest;
}

static void
name_stated_cities (TripPlanContext *self,
                    GPtrArray       *pois,
                    gint            *city_of)
{
  const char *last_name = NULL;
  gint last = -1;

  for (guint i = 0; i < pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);

      city_of[i] = -1;
      if (poi->city == NULL && poi->city_id == NULL)
        continue;
      /* Places of a city come one after the other. */
      if (last >= 0 && poi->city != NULL && last_name != NULL && strcmp (poi->city, last_name) == 0)
        {
          city_of[i] = last;
        }
      else
        {
          const TripCity *facts = look_up_facts (self, poi);
          const char *name = poi->city != NULL ? poi->city : poi->city_id;

          city_of[i] = find_city (self, name, facts);
          if (city_of[i] < 0 && facts == NULL)
            city_of[i] = nearest_city (self, &poi->geo, CITY_RADIUS_M / 4);
          if (city_of[i] < 0)
            city_of[i] = (gint) add_city (self, name, &poi->geo, facts);
        }
      last = city_of[i];
      last_name = poi->city;
    }
}

static void
place_the_rest (TripPlanContext *self,
                GPtrArray       *pois,
                gint            *city_of)
{
  for (guint i = 0; i < pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);
      const TripCity *facts = NULL;

      if (city_of[i] >= 0)
        continue;
      city_of[i] = nearest_city (self, &poi->geo, CITY_RADIUS_M);
      if (city_of[i] >= 0)
        continue;
      if (self->atlas != NULL)
        {
          gdouble distance = 0;

          facts = trip_atlas_nearest_city (self->atlas, &poi->geo, &distance);
          if (distance > CITY_RADIUS_M)
            facts = NULL;
        }
      city_of[i] = (gint) add_city (self, poi->name, &poi->geo, facts);
    }
}

static void
weigh_cities (TripPlanContext *self,
              GPtrArray       *pois,
              const gint      *city_of)
{
  g_autofree guint *n_places = g_new0 (guint, self->cities->len + 1);

  for (guint i = 0; i < self->cities->len; i++)
    {
      city_at (self, i)->weight = 0;
      city_at (self, i)->n_must = 0;
    }
  for (guint i = 0; i < pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);
      TripPlanCity *city = city_at (self, (guint) city_of[i]);

      n_places[city_of[i]]++;
      if (poi->must_see)
        city->n_must++;
      if (poi->type != TRIP_POI_RESTAURANT && poi->type != TRIP_POI_LODGE)
        city->weight += 0.2 + (poi->popularity >= 0 ? poi->popularity : 55) / 100.0;
      else
        city->weight += 0.02;
      if (city->currency[0] == '\0' && trip_currency_is_known (poi->currency))
        g_strlcpy (city->currency, poi->currency, sizeof city->currency);
      /* Without an atlas a city is where its places are. */
      if (city->facts == NULL)
        {
          gdouble n = n_places[city_of[i]];

          city->geo.lat += (poi->geo.lat - city->geo.lat) / n;
          city->geo.lng += (poi->geo.lng - city->geo.lng) / n;
        }
    }
  for (guint i = 0; i < self->cities->len; i++)
    city_at (self, i)->n = n_places[i];
}

static gboolean
is_in_plan (TripPlanContext    *self,
            const TripPlanCity *city)
{
  const TripPlanOption *option;

  if (self->query->plan->len == 0)
    return FALSE;
  option = g_ptr_array_index (self->query->plan, 0);
  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          for (guint p = 0; p < block->pois->len; p++)
            {
              const TripPoi *poi = g_ptr_array_index (block->pois, p);

              if (poi->city != NULL && strcmp (poi->city, city->name) == 0)
                return TRUE;
            }
        }
    }
  return FALSE;
}

/* Whether a name as the traveller wrote it, in any language, is that of the city. */
static gboolean
is_name_of (const TripPlanContext *self,
            const TripPlanCity    *city,
            const char            *name)
{
  const TripGazetteerEntry *entry;

  if (trip_text_equal_folded (city->name, name))
    return TRUE;
  if (self->atlas == NULL)
    return FALSE;
  if (city->facts != NULL && trip_atlas_get_city (self->atlas, name) == city->facts)
    return TRUE;
  entry = trip_gazetteer_lookup (trip_atlas_get_gazetteer (self->atlas), name, &city->geo);
  return entry != NULL && entry->kind == TRIP_PLACE_CITY && trip_text_equal_folded (entry->name, city->name);
}

/* Marks the cities that the traveller chose; the others came along with a country or region that was named. */
static void
mark_named (TripPlanContext *self)
{
  GPtrArray *destinations = self->query->destinations;
  gboolean wide_area = FALSE;

  for (guint i = 0; i < destinations->len; i++)
    {
      const char *name = g_ptr_array_index (destinations, i);
      gboolean found = FALSE;

      for (guint j = 0; j < self->cities->len && !found; j++)
        {
          TripPlanCity *city = city_at (self, j);

          found = is_name_of (self, city, name);
          if (found)
            city->named = TRUE;
        }
      wide_area = wide_area || !found;
    }
  for (guint j = 0; j < self->cities->len; j++)
    {
      TripPlanCity *city = city_at (self, j);

      city->named = city->named || !wide_area || city->n_must > 0 || is_in_plan (self, city);
    }
}

static gint
compare_by_naming (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  TripPlanContext *self = user_data;
  const TripPlanCity *cities[2] = { city_at (self, *(const guint *) a), city_at (self, *(const guint *) b) };
  guint rank[2];

  for (guint k = 0; k < 2; k++)
    {
      GPtrArray *destinations = self->query->destinations;

      for (rank[k] = 0; rank[k] < destinations->len; rank[k]++)
        {
          if (is_name_of (self, cities[k], g_ptr_array_index (destinations, rank[k])))
            break;
        }
    }
  if (rank[0] != rank[1])
    return rank[0] < rank[1] ? -1 : 1;
  return (*(const guint *) a > *(const guint *) b) - (*(const guint *) a < *(const guint *) b);
}

/* Puts the cities into the order of @order, which may name fewer of them. */
static void
rearrange (TripPlanContext *self,
           const guint     *order,
           guint            n,
           gint            *city_of,
           guint            n_places)
{
  g_autofree gint *new_index = g_new (gint, self->cities->len + 1);
  GArray *cities = g_array_sized_new (FALSE, TRUE, sizeof (TripPlanCity), n);

  for (guint i = 0; i < self->cities->len; i++)
    new_index[i] = -1;
  for (guint i = 0; i < n; i++)
    {
      new_index[order[i]] = (gint) i;
      g_array_append_val (cities, *city_at (self, order[i]));
      city_at (self, order[i])->name = NULL;
    }
  for (guint i = 0; i < self->cities->len; i++)
    g_free (city_at (self, i)->name);
  for (guint i = 0; i < n_places; i++)
    city_of[i] = city_of[i] >= 0 ? new_index[city_of[i]] : -1;
  g_array_unref (self->cities);
  self->cities = cities;
}

/**
 * trip_plan_context_group_places:
 * @self: a context with constraints
 * @pois: (element-type TripPoi): the places that may be visited
 * @out_city_of: (element-type gint): index of each place's city; -1 for places left out
 * @error: return location
 *
 * Finds the cities, in the order in which they were named.
 *
 * Returns: whether there is any; else %TRIP_ERROR_INFEASIBLE
 */
gboolean
trip_plan_context_group_places (TripPlanContext *self,
                                GPtrArray       *pois,
                                GArray          *out_city_of,
                                GError         **error)
{
  g_autofree guint *order = NULL;
  gboolean any_proper = FALSE;
  gint *city_of;
  guint n = 0;

  if (pois->len == 0)
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                           self->query->pois->len == 0
                             ? _("No place is known to plan with: name a city or a sight.")
                             : _("Everything known there is to be avoided, so no place is left."));
      return FALSE;
    }
  g_array_set_size (out_city_of, pois->len);
  city_of = (gint *) (void *) out_city_of->data;
  name_stated_cities (self, pois, city_of);
  place_the_rest (self, pois, city_of);
  weigh_cities (self, pois, city_of);
  mark_named (self);

  order = g_new (guint, self->cities->len);
  for (guint i = 0; i < self->cities->len; i++)
    any_proper = any_proper || city_at (self, i)->n >= PROPER_PLACES;
  for (guint i = 0; i < self->cities->len; i++)
    {
      const TripPlanCity *city = city_at (self, i);

      if (any_proper && city->n <= STRAY_PLACES && city->n_must == 0)
        g_ptr_array_add (self->notes, g_strdup_printf (_("%s lies far from the rest and was left out."), city->name));
      else
        order[n++] = i;
    }
  g_qsort_with_data (order, (gint) n, sizeof (guint), compare_by_naming, self);
  rearrange (self, order, n, city_of, pois->len);
  return TRUE;
}

static gdouble
path_length (TripPlanContext *self,
             const guint     *order,
             guint            n)
{
  gdouble length = 0;

  if (self->has_origin)
    length += trip_geo_distance_m (&self->origin_geo, &city_at (self, order[0])->geo) +
              trip_geo_distance_m (&self->origin_geo, &city_at (self, order[n - 1])->geo);
  for (guint i = 1; i < n; i++)
    length += trip_geo_distance_m (&city_at (self, order[i - 1])->geo, &city_at (self, order[i])->geo);
  return length;
}

static void
try_orders (TripPlanContext *self,
            guint           *order,
            guint            n,
            guint            fixed,
            guint           *best,
            gdouble         *best_length)
{
  if (fixed == n)
    {
      gdouble length = path_length (self, order, n);

      if (length < *best_length - 1.0)
        {
          *best_length = length;
          memcpy (best, order, n * sizeof *order);
        }
      return;
    }
  for (guint i = fixed; i < n; i++)
    {
      guint swap = order[fixed];

      order[fixed] = order[i];
      order[i] = swap;
      try_orders (self, order, n, fixed + 1, best, best_length);
      order[i] = order[fixed];
      order[fixed] = swap;
    }
}

static void
improve_order (TripPlanContext *self,
               guint           *order,
               guint            n,
               guint            fixed)
{
  gboolean improved = TRUE;

  for (guint i = MAX (fixed, 1); i < n; i++)
    {
      guint nearest = i;

      for (guint j = i + 1; j < n; j++)
        {
          const TripGeo *from = &city_at (self, order[i - 1])->geo;

          if (trip_geo_distance_m (from, &city_at (self, order[j])->geo) <
              trip_geo_distance_m (from, &city_at (self, order[nearest])->geo))
            nearest = j;
        }
      {
        guint swap = order[i];

        order[i] = order[nearest];
        order[nearest] = swap;
      }
    }
  while (improved)
    {
      improved = FALSE;
      for (guint i = fixed; i + 1 < n; i++)
        {
          for (guint j = i + 1; j < n; j++)
            {
              gdouble before = path_length (self, order, n);

              for (guint a = i, b = j; a < b; a++, b--)
                {
                  guint swap = order[a];

                  order[a] = order[b];
                  order[b] = swap;
                }
              if (path_length (self, order, n) < before - 1.0)
                {
                  improved = TRUE;
                  continue;
                }
              for (guint a = i, b = j; a < b; a++, b--)
                {
                  guint swap = order[a];

                  order[a] = order[b];
                  order[b] = swap;
                }
            }
        }
    }
}

/* The cities of a country come with the best known first: each is worth so much less than the one in front of it. */
#define LESS_KNOWN_SHARE 0.2

/* Which cities there is time for: all that were chosen, each at least a day; of a country's, the best. */
static guint
choose_cities (TripPlanContext *self,
               guint           *order)
{
  guint limit = self->n_days;
  guint n_named = 0;
  guint n = self->cities->len;
  g_autoptr(GPtrArray) dropped = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      order[i] = i;
      n_named += city_at (self, i)->named;
    }
  limit = MIN (limit, MAX (n_named, MAX (1, (guint) (self->n_days / DAYS_PER_OPTIONAL_CITY + 0.5))));
  /* The least city goes first, a named one only when no other is left, one with a must-have last of all. */
  while (n > limit)
    {
      guint worst = n - 1;
      gdouble least = G_MAXDOUBLE;

      for (guint i = n; i-- > 0;)
        {
          const TripPlanCity *city = city_at (self, order[i]);
          gdouble known = 1.0 - MIN (order[i], 4u) * LESS_KNOWN_SHARE;
          gdouble value = city->n_must * 1e6 + (city->named ? 1e4 - order[i] * 100.0 : 0) + city->weight * known;

          if (value < least)
            {
              least = value;
              worst = i;
            }
        }
      g_ptr_array_insert (dropped, 0, city_at (self, order[worst])->name);
      if (city_at (self, order[worst])->n_must > 0)
        g_ptr_array_add (self->left_out, g_strdup (city_at (self, order[worst])->name));
      memmove (order + worst, order + worst + 1, (n - worst - 1) * sizeof *order);
      n--;
    }
  if (dropped->len > 0)
    {
      g_autofree char *names = trip_plan_words_join (dropped);

      g_ptr_array_add (self->notes, g_strdup_printf (ngettext ("In %u day there is no time for %s.",
                                                               "In %u days there is no time for %s.", self->n_days),
                                                     self->n_days, names));
    }
  return n;
}

static void
set_facts (TripPlanContext *self,
           TripPlanCity    *city)
{
  const TripCity *facts = city->facts;

  city->transit_name = "transit";
  city->transit_kmh = FALLBACK_TRANSIT_KMH;
  if (facts != NULL)
    {
      GPtrArray *avoid = self->constraints->transport_avoid;
      GPtrArray *prefer = self->constraints->transport_prefer;

      city->transit_name = NULL;
      for (char **kind = facts->transit; kind != NULL && *kind != NULL && city->transit_name == NULL; kind++)
        {
          if (g_ptr_array_find_with_equal_func (prefer, *kind, g_str_equal, NULL) &&
              !g_ptr_array_find_with_equal_func (avoid, *kind, g_str_equal, NULL))
            city->transit_name = *kind;
        }
      for (char **kind = facts->transit; kind != NULL && *kind != NULL && city->transit_name == NULL; kind++)
        {
          gboolean same_thing = strcmp (*kind, "metro") == 0 &&
                                g_ptr_array_find_with_equal_func (avoid, "subway", g_str_equal, NULL);

          if (!same_thing && !g_ptr_array_find_with_equal_func (avoid, *kind, g_str_equal, NULL))
            city->transit_name = *kind;
        }
      city->transit_kmh = facts->transit_speed_kmh;
      city->transit_fare = trip_plan_context_convert (self, facts->transit_fare_minor, facts->currency);
      city->meal_cost = trip_plan_context_convert (self, facts->meal_cost_minor, facts->currency);
    }
  else
    {
      city->transit_fare = trip_currency_convert (FALLBACK_FARE_USD_CENTS, "USD", self->currency);
    }
  if (city->meal_cost <= 0)
    city->meal_cost = trip_currency_convert (FALLBACK_MEAL_USD_CENTS, "USD", self->currency);
}

static guint
count_named_lodges (TripPlanContext *self,
                    const gint      *city_of,
                    guint            city)
{
  guint n = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (self->places, i);

      n += city_of[i] == (gint) city && poi->must_see && poi->type == TRIP_POI_LODGE;
    }
  return n;
}

/* Where there are only as many days as cities the last city has no night: it must not be one whose bed was named. */
static void
keep_last_for_another (TripPlanContext *self,
                       guint           *order,
                       guint            n,
                       const gint      *city_of)
{
  if (n < 2 || self->n_days > n || self->n_nights >= self->n_days ||
      count_named_lodges (self, city_of, order[n - 1]) == 0)
    return;
  for (guint i = n - 1; i-- > 0;)
    {
      guint city = order[i];

      if (count_named_lodges (self, city_of, city) > 0)
        continue;
      memmove (order + i, order + i + 1, (n - 1 - i) * sizeof *order);
      order[n - 1] = city;
      return;
    }
}

/**
 * trip_plan_context_order_cities:
 * @self: a context with its terms read
 * @city_of: (element-type gint): index of each place's city, kept up to date; -1 for places left out
 *
 * Keeps the cities there is time for and puts them on a short path: from the origin and back where one is known, else
 * from the first that was named. Fills in what the atlas knows of them.
 */
void
trip_plan_context_order_cities (TripPlanContext *self,
                                GArray          *city_of)
{
  g_autofree guint *order = g_new (guint, self->cities->len);
  g_autofree guint *best = g_new (guint, self->cities->len);
  guint n = choose_cities (self, order);
  guint fixed = self->has_origin ? 0 : 1;

  memcpy (best, order, n * sizeof *order);
  if (n > 2 && n <= EXACT_CITIES)
    {
      gdouble length = path_length (self, order, n);

      try_orders (self, order, n, fixed, best, &length);
    }
  else if (n > 2)
    {
      improve_order (self, best, n, fixed);
    }
  keep_last_for_another (self, best, n, (const gint *) (const void *) city_of->data);
  rearrange (self, best, n, (gint *) (void *) city_of->data, city_of->len);
  for (guint i = 0; i < self->cities->len; i++)
    set_facts (self, city_at (self, i));
}
