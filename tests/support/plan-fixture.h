/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A small city made here, questions about it, and what holds for every answer: shared by the tests of the planner.
 */
#pragma once

#include "check/trip-plan-check.h"
#include "providers/planner/trip-embedded-planner.h"

#include <string.h>

static inline TripPoi *
add_poi (TripPlanQuery *query,
         const char    *name,
         TripPoiType    type,
         gdouble        north_km,
         gdouble        east_km,
         const char    *hours,
         gint64         price,
         gint           popularity)
{
  TripPoi *poi = trip_poi_new (name);

  poi->id = g_strdup_printf ("test:%s", name);
  poi->type = type;
  poi->city = g_strdup ("Testville");
  poi->geo.lat = 48.0 + north_km / 111.0;
  poi->geo.lng = 11.0 + east_km / 74.0;
  poi->opening_hours = g_strdup (hours);
  poi->visit_minutes = type == TRIP_POI_LODGE ? 0 : 60;
  poi->price_minor = price;
  g_strlcpy (poi->currency, "EUR", sizeof poi->currency);
  poi->popularity = popularity;
  poi->level = type == TRIP_POI_SIGHT ? 0 : price < (type == TRIP_POI_LODGE ? 5000 : 2000) ? 1 : price < 12000 ? 2 : 3;
  g_ptr_array_add (query->pois, poi);
  return poi;
}

static inline TripPlanQuery *
new_query (guint n_sights)
{
  TripPlanQuery *query = trip_plan_query_new ();

  g_date_set_dmy (&query->today, 22, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < n_sights; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sight %c", 'A' + (gint) i);

      add_poi (query, name, TRIP_POI_SIGHT, (i * 7) % 5 - 2.0, (i * 3) % 7 - 3.0,
               i % 3 == 0 ? "Tu-Su 10:00-18:00" : "Mo-Su 09:00-19:00", i % 2 == 0 ? 0 : 1500, 95 - (gint) i * 2);
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Table %u", i + 1);

      add_poi (query, name, TRIP_POI_RESTAURANT, (gdouble) (i % 3) - 1.0, (gdouble) (i % 4) - 1.5, "Mo-Su 11:00-23:00",
               1000 + 500 * i, 50);
    }
  add_poi (query, "Bunk House", TRIP_POI_LODGE, 0.5, 0.5, "24/7", 4000, 40);
  add_poi (query, "Middle Inn", TRIP_POI_LODGE, 0.1, 0.1, "24/7", 11000, 60);
  add_poi (query, "Grand Hotel", TRIP_POI_LODGE, -0.3, 0.2, "24/7", 40000, 70);
  return query;
}

static inline void
require (TripPlanQuery *query,
         const char    *words,
         TripPriority   priority)
{
  g_ptr_array_add (query->requirements, trip_requirement_new (words, priority));
}

static inline GPtrArray *
plan (TripPlanQuery  *query,
      GError        **error)
{
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);

  return trip_embedded_planner_plan_sync (planner, query, NULL, error);
}

static inline void
assert_kept (TripPlanQuery *query,
             GPtrArray     *options)
{
  g_autoptr(GPtrArray) violations = trip_plan_check (options, query->pois, query->requirements, &query->today);

  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_test_message ("%s: %s: %s", violation->path, violation->rule, violation->message);
    }
  g_assert_cmpuint (violations->len, ==, 0);
}

static inline const TripPlanDay *
get_day (GPtrArray *options,
         guint      option,
         guint      day)
{
  return g_ptr_array_index (((TripPlanOption *) g_ptr_array_index (options, option))->days, day);
}

static inline gboolean
has_place (const TripPlanDay *day,
           const char        *name)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->pois->len > 0 && strcmp (((TripPoi *) g_ptr_array_index (block->pois, 0))->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
option_has_place (GPtrArray  *options,
                  guint       option,
                  const char *name)
{
  const TripPlanOption *self = g_ptr_array_index (options, option);

  for (guint d = 0; d < self->days->len; d++)
    {
      if (has_place (g_ptr_array_index (self->days, d), name))
        return TRUE;
    }
  return FALSE;
}
