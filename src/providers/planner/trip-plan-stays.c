/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How many days each city gets.
 */
#include "providers/planner/trip-plan-draft.h"

#include "language/trip-text.h"

#include <math.h>

/* What one day holds of places that have to be visited, whatever the pace. */
#define MUSTS_PER_DAY 4

/* Of a day of this length an arrival takes its part. */
#define DAY_MINUTES (12 * 60)
#define MOST_LOST 0.9

/* How much of its first day each city loses to the way there. */
static gdouble
find_lost_share (const TripPlanContext *context,
                 guint                  index)
{
  const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, index);
  TripTravelLeg leg;
  gint64 fare;

  if (index == 0 ||
      !trip_travel_between_cities (trip_geo_distance_m (&(city - 1)->geo, &city->geo), context->modes, context->prefer,
                                   FALSE, &leg, &fare))
    return 0.0;
  return MIN ((gdouble) leg.minutes / DAY_MINUTES, MOST_LOST);
}

/* The days that were asked for in a city, 0 where none were. */
static guint
find_wished_days (const TripPlanContext *context,
                  guint                  index)
{
  const GPtrArray *wishes = context->constraints->city_nights;
  const char *name = g_array_index (context->cities, TripPlanCity, index).name;
  guint days = 0;

  for (guint i = 0; i < wishes->len; i++)
    {
      const TripNightWish *wish = g_ptr_array_index (wishes, i);

      if (trip_text_equal_folded (wish->name, name))
        days = (guint) MAX (wish->nights, 0);
    }
  /* The last day of a trip mostly has no night. */
  return days > 0 && index + 1 == context->cities->len && context->constraints->nights > 0 &&
         context->n_nights < context->n_days ? days + 1 : days;
}

/**
 * trip_plan_stays_split:
 * @context: a context with no more cities than days
 * @out_stays: (out): the split
 *
 * Gives every city a day, more to one whose lodgings and must-haves need them, and the rest by how much there is to see: each
 * further day to the city that has the most left for it. A day that begins with a long journey counts for less.
 */
void
trip_plan_stays_split (const TripPlanContext *context,
                       TripPlanStays         *out_stays)
{
  guint n_cities = context->cities->len;
  g_autofree guint *n_must = g_new0 (guint, n_cities);
  g_autofree guint *n_nights = g_new0 (guint, n_cities);
  g_autofree gdouble *lost = g_new0 (gdouble, n_cities);
  g_autofree guint *wished = g_new0 (guint, n_cities);
  guint left = context->n_days;

  for (guint i = 0; i < n_cities; i++)
    {
      lost[i] = find_lost_share (context, i);
      wished[i] = find_wished_days (context, i);
    }
  for (guint i = 0; i < context->candidates->len; i++)
    {
      const TripPlanCandidate *candidate = &g_array_index (context->candidates, TripPlanCandidate, i);

      if (candidate->must && candidate->poi->type == TRIP_POI_LODGE)
        {
          guint nights;

          trip_plan_lodges_find_wish (context, candidate, &nights);
          n_nights[candidate->city] += MAX (nights, 1u);
        }
      else
        {
          n_must[candidate->city] += candidate->must;
        }
    }
  /* The last day of a trip mostly has no night. */
  if (n_cities > 0 && n_nights[n_cities - 1] > 0 && context->n_nights < context->n_days)
    n_nights[n_cities - 1]++;
  for (guint i = 0; i < n_cities && left > 0; i++)
    {
      out_stays->n_days[i] = 1;
      left--;
    }
  while (left > 0)
    {
      gdouble most = -1;
      guint best = 0;

      for (guint i = 0; i < n_cities; i++)
        {
          const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, i);
          guint days = out_stays->n_days[i];
          gdouble need = sqrt (MAX (city->weight, 0.01)) / (days - lost[i]);

          if (wished[i] > 0)
            need = days < wished[i] ? need + 3000.0 : need / 1000.0;
          if (n_must[i] > days * MUSTS_PER_DAY)
            need += 1000.0;
          if (n_nights[i] > days)
            need += 2000.0;
          if (need > most + 1e-9)
            {
              most = need;
              best = i;
            }
        }
      out_stays->n_days[best]++;
      left--;
    }
}

/**
 * trip_plan_pace_start:
 * @pace: a pace
 *
 * Returns: when a day begins, minutes after midnight
 */
gint
trip_plan_pace_start (TripPace pace)
{
  return pace == TRIP_PACE_RELAXED ? 10 * 60 : pace == TRIP_PACE_PACKED ? 8 * 60 + 30 : 9 * 60;
}

/**
 * trip_plan_pace_end:
 * @pace: a pace
 *
 * Returns: when one is back from the day, minutes after midnight
 */
gint
trip_plan_pace_end (TripPace pace)
{
  return pace == TRIP_PACE_PACKED ? 22 * 60 + 30 : 22 * 60;
}

/**
 * trip_plan_pace_visits:
 * @pace: a pace
 *
 * Returns: most visits of a day
 */
guint
trip_plan_pace_visits (TripPace pace)
{
  return pace == TRIP_PACE_RELAXED ? 3 : pace == TRIP_PACE_PACKED ? 7 : 5;
}

/**
 * trip_plan_ceil5:
 * @minutes: minutes
 *
 * Returns: the next multiple of five, the grain of all times in a plan
 */
gint
trip_plan_ceil5 (gint minutes)
{
  return (minutes + 4) / 5 * 5;
}

/**
 * trip_plan_start_windows:
 * @spans: when a place is open, ascending
 * @n_spans: their number
 * @service: length of the stay, minutes
 * @from: earliest start, minutes
 * @to: latest start, minutes
 * @out_windows: (out caller-allocates) (array length=max_windows): when a stay may start
 * @max_windows: room in @out_windows
 *
 * Finds the starts of a stay that lies wholly inside opening hours.
 *
 * Returns: number of windows
 */
guint
trip_plan_start_windows (const TripPlanSpan     *spans,
                         guint                   n_spans,
                         gint                    service,
                         gint                    from,
                         gint                    to,
                         TripOrienteeringWindow *out_windows,
                         guint                   max_windows)
{
  guint n = 0;

  for (guint i = 0; i < n_spans && n < max_windows; i++)
    {
      gint first = trip_plan_ceil5 (MAX (spans[i].from, from));
      gint last = MIN (spans[i].to - service, to);

      if (last < first)
        continue;
      out_windows[n].from = first;
      out_windows[n].to = last / 5 * 5;
      if (out_windows[n].to >= first)
        n++;
    }
  return n;
}

/**
 * trip_plan_stays_find_days:
 * @context: the question
 * @stays: the days of each city
 * @city: index of a city
 * @out_first: (out): its first day
 * @out_end: (out): the day behind its last
 *
 * Tells which days are spent there.
 */
void
trip_plan_stays_find_days (const TripPlanContext *context,
                           const TripPlanStays   *stays,
                           guint                  city,
                           guint                 *out_first,
                           guint                 *out_end)
{
  *out_first = 0;
  for (guint c = 0; c < city && c < context->cities->len; c++)
    *out_first += stays->n_days[c];
  *out_end = *out_first + stays->n_days[city];
}
