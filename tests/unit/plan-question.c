/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A town of its own at 48 degrees north, in which places lie as many kilometres from its middle as a test says.
 */
#include "plan-question.h"

#include <math.h>

/* Adds a place of Testville, open to a visit of an hour; @tags are words with blanks between. */
TripPoi *
plan_question_add_poi (TripPlanQuery *query,
                       const char    *name,
                       TripPoiType    type,
                       gdouble        north_km,
                       gdouble        east_km,
                       const char    *hours,
                       gint64         price,
                       const char    *tags)
{
  TripPoi *poi = trip_poi_new (name);
  g_auto(GStrv) words = g_strsplit (tags, " ", -1);

  poi->id = g_strdup_printf ("test:%s", name);
  poi->type = type;
  poi->city = g_strdup ("Testville");
  poi->geo.lat = 48.0 + north_km / 111.19493;
  poi->geo.lng = 11.0 + east_km / (111.19493 * cos (48.0 * G_PI / 180.0));
  poi->opening_hours = g_strdup (hours);
  poi->visit_minutes = type == TRIP_POI_LODGE ? 0 : 60;
  poi->price_minor = price;
  g_strlcpy (poi->currency, "EUR", sizeof poi->currency);
  poi->popularity = 60;
  poi->level = type == TRIP_POI_SIGHT ? 0 : price < 5000 ? 1 : 2;
  poi->tags = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_ptr_array_add (poi->tags, g_strdup (words[i]));
    }
  g_ptr_array_add (query->pois, poi);
  return poi;
}

/* Adds a requirement. */
void
plan_question_require (TripPlanQuery *query,
                       const char    *words,
                       TripPriority   priority)
{
  g_ptr_array_add (query->requirements, trip_requirement_new (words, priority));
}

/* Plans without an atlas. */
GPtrArray *
plan_question_plan (TripPlanQuery  *query,
                    GError        **error)
{
  g_autoptr(TripEmbeddedPlanner) planner = trip_embedded_planner_new (NULL);

  return trip_embedded_planner_plan_sync (planner, query, NULL, error);
}
