/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Makes a draft: for each city the days become tours, its places nodes, meals roles, and the solver chooses; then the chosen
 * stops get their clock times. Places are looked at while the problem is built, never while it is solved.
 */
#include "providers/planner/trip-plan-draft.h"

#include "providers/planner/trip-timetable.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define CHECK_IN_MINUTES 20
#define OWN_MEAL_MINUTES 60
#define FREE_MINUTES 120
#define LEAST_FREE_MINUTES 90

/* Who arrives late sleeps first. */
#define NIGHT_MINUTES (9 * 60)

#define LUNCH_PREFERRED (12 * 60 + 30)
#define DINNER_PREFERRED (18 * 60 + 45)
#define FREE_FROM (13 * 60)
#define FREE_TO (17 * 60)

/* Crowded places are best seen before or after these hours. */
#define CROWD_FROM (10 * 60 + 30)
#define CROWD_TO (15 * 60 + 30)

#define NIGHT_RIDE_FROM (23 * 60 + 30)

/* Points: a minute on the way, a price level too high or low, a meal wherever one happens to be. */
#define POINTS_PER_MINUTE 0.6f
#define POINTS_PER_LEVEL 22.0f
#define POINTS_OWN_MEAL (-90.0f)
#define POINTS_PER_LODGING_KM 9.0f

#define HOME_BY (22 * 60)
#define HOME_LATEST_DEPARTURE (18 * 60)
#define HOME_TAIL_MINUTES 20

/* From this thrift on a coach is taken where a train would be quicker. */
#define COACH_THRIFT 30.0f

typedef struct {
  const TripPlanContext *context;
  const TripPlanStyle *style;
  gfloat thrift;
  TripPlanDraft *draft;
  guint8 *forced;
  guint8 *used;
  gint late_arrival;
} Drafter;

/* One city's part of the problem. */
typedef struct {
  const TripPlanCity *city;
  TripTravelProfile profile;
  guint first_day;
  guint n_days;
  GArray *nodes;
  GArray *node_candidate;
  GArray *windows;
  GArray *first_window;
  TripOrienteeringTour *tours;
  guint n_groups;
  gint *travel;
  gfloat *penalty;
} Stay;

static const TripPlanCandidate *
candidate_at (const TripPlanContext *context,
              guint                  index)
{
  return &g_array_index (context->candidates, TripPlanCandidate, index);
}

static gboolean
is_sight (const TripPlanCandidate *candidate)
{
  return candidate->poi->type != TRIP_POI_RESTAURANT && candidate->poi->type != TRIP_POI_LODGE;
}

static gdouble
meals_of_money (const Drafter      *self,
                const TripPlanCity *city,
                gint64              money)
{
  gint64 meal = trip_plan_context_for_party (self->context, city->meal_cost);

  return (gdouble) MAX (money, 0) / (gdouble) MAX (meal, 1);
}

static gfloat
score_sight (const Drafter           *self,
             const TripPlanCity      *city,
             const TripPlanCandidate *candidate)
{
  const TripPoi *poi = candidate->poi;
  gfloat popularity = (gfloat) (poi->popularity >= 0 ? poi->popularity : 55);
  gfloat score = 25.0f + candidate->appeal + (self->style->fame - 1.0f) * popularity;

  if (poi->tags != NULL && self->style->quiet != 0)
    {
      if (trip_poi_has_tag (poi, "quiet") || trip_poi_has_tag (poi, "local"))
        score += self->style->quiet;
      if (trip_poi_has_tag (poi, "crowded"))
        score -= self->style->quiet;
    }
  if (candidate->price == 0)
    score += self->style->free;
  score -= self->thrift * (gfloat) meals_of_money (self, city, candidate->price);
  return score;
}

static gfloat
score_meal (const Drafter           *self,
            const TripPlanCity      *city,
            const TripPlanCandidate *candidate,
            gint                     role)
{
  const TripPoi *poi = candidate->poi;
  gint64 price = candidate->price >= 0 ? candidate->price : trip_plan_context_for_party (self->context, city->meal_cost);
  gfloat score = candidate->appeal - self->thrift * (gfloat) meals_of_money (self, city, price);

  if (poi->level > 0)
    score -= POINTS_PER_LEVEL * (gfloat) ABS (poi->level - self->style->level);
  if (poi->tags == NULL)
    return score;
  if (role == TRIP_PLAN_ROLE_DINNER &&
      (trip_poi_has_tag (poi, "cafe") || trip_poi_has_tag (poi, "brunch") || trip_poi_has_tag (poi, "dessert")))
    score -= 30.0f;
  if (role == TRIP_PLAN_ROLE_LUNCH && (trip_poi_has_tag (poi, "bar") || trip_poi_has_tag (poi, "fine_dining")))
    score -= 15.0f;
  return score;
}

static void
find_centre (const Drafter      *self,
             const TripPlanCity *city,
             TripGeo            *out_centre)
{
  gdouble sum = 0, lat = 0, lng = 0;

  for (guint i = city->first; i < city->first + city->n; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self->context, i);
      gdouble weight = is_sight (candidate) ? MAX (candidate->appeal, 1.0f) : 0.01;

      /* The best sights draw most of the walking. */
      weight = weight * weight * (candidate->must ? 4 : 1);
      sum += weight;
      lat += candidate->poi->geo.lat * weight;
      lng += candidate->poi->geo.lng * weight;
    }
  out_centre->lat = sum > 0 ? lat / sum : city->geo.lat;
  out_centre->lng = sum > 0 ? lng / sum : city->geo.lng;
}

static gint
choose_lodge (const Drafter      *self,
              const TripPlanCity *city)
{
  TripGeo centre;
  gfloat best_score = -G_MAXFLOAT;
  gint best = -1;

  find_centre (self, city, &centre);
  for (guint i = city->first; i < city->first + city->n; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self->context, i);
      gfloat score;

      if (candidate->poi->type != TRIP_POI_LODGE)
        continue;
      score = candidate->appeal - POINTS_PER_LODGING_KM *
              (gfloat) (trip_geo_distance_m (&centre, &candidate->poi->geo) / 1000.0);
      if (candidate->poi->level > 0)
        score -= 2 * POINTS_PER_LEVEL * (gfloat) ABS (candidate->poi->level - self->style->level);
      if (candidate->price >= 0)
        score -= self->thrift * (gfloat) meals_of_money (self, city, candidate->price);
      else
        score -= 15.0f;
      if (score > best_score)
        {
          best_score = score;
          best = (gint) i;
        }
    }
  return best;
}

/* Lodgings that were named come first, each for its share of the nights. */
static void
choose_lodges (Drafter            *self,
               const TripPlanCity *city,
               guint               first_day,
               guint               n_days)
{
  g_autoptr(GArray) named = g_array_new (FALSE, FALSE, sizeof (guint));
  gint lodge = -1;

  for (guint i = city->first; i < city->first + city->n; i++)
    {
      if (candidate_at (self->context, i)->must && candidate_at (self->context, i)->poi->type == TRIP_POI_LODGE)
        g_array_append_val (named, i);
    }
  if (named->len == 0)
    lodge = choose_lodge (self, city);
  for (guint d = first_day; d < first_day + n_days; d++)
    {
      TripPlanDraftDay *day = &self->draft->days[d];

      day->has_night = d < self->context->n_nights;
      if (!day->has_night)
        continue;
      if (named->len > 0)
        {
          guint index = MIN ((d - first_day) * named->len / MAX (MIN (n_days, self->context->n_nights - first_day), 1),
                             named->len - 1);

          lodge = (gint) g_array_index (named, guint, index);
        }
      day->lodge = lodge;
      if (lodge >= 0)
        self->used[lodge] = TRUE;
    }
}

static void
add_stop (TripPlanDraftDay *day,
          TripBlockKind     kind,
          gint              candidate,
          gint              start,
          gint              service,
          gint64            cost)
{
  TripPlanStop stop = { .kind = kind, .candidate = candidate, .start = start, .service = service, .cost = cost };

  g_array_append_val (day->stops, stop);
}

static gboolean
find_transfer (const Drafter *self,
               const TripGeo *from,
               const TripGeo *to,
               TripTravelLeg *out_leg)
{
  gint64 usd_cents;

  if (!trip_travel_between_cities (trip_geo_distance_m (from, to), self->context->modes, self->context->prefer,
                                   self->thrift >= COACH_THRIFT, out_leg, &usd_cents))
    return FALSE;
  out_leg->cost = trip_plan_context_for_party (self->context,
                                               trip_currency_convert (usd_cents, "USD", self->context->currency));
  return TRUE;
}

static gboolean
add_arrival (Drafter          *self,
             guint             city_index,
             guint             day_index,
             gint              day_start,
             gint             *out_time,
             GError          **error)
{
  const TripPlanContext *context = self->context;
  const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, city_index);
  TripPlanDraftDay *day = &self->draft->days[day_index];
  const char *from_name = context->origin;
  const TripGeo *from = &context->origin_geo;
  TripPlanStop stop = { .kind = TRIP_BLOCK_TRANSFER, .candidate = -1, .start = day_start, .has_leg = TRUE };

  *out_time = day_start;
  if (city_index == 0 && !context->has_origin)
    return TRUE;
  if (city_index > 0)
    {
      const TripPlanCity *last = &g_array_index (context->cities, TripPlanCity, city_index - 1);

      from_name = last->name;
      from = &last->geo;
      day->from_city = (gint) city_index - 1;
    }
  else
    {
      /* Who starts where the trip starts has arrived. */
      if (trip_geo_distance_m (from, &city->geo) < 20000.0)
        return TRUE;
      day->from_city = -2;
    }
  if (!find_transfer (self, from, &city->geo, &stop.leg))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("There is no way from %s to %s by the means of travel that are allowed."), from_name, city->name);
      return FALSE;
    }
  stop.service = stop.leg.minutes;
  g_array_append_val (day->stops, stop);
  *out_time = day_start + stop.service;
  return TRUE;
}

/* The way home: one leaves in time to be there at night. Says when the day's visits have to be over. */
static gboolean
plan_return (Drafter          *self,
             guint             day_start,
             gint              day_end,
             TripPlanStop     *out_stop,
             gint             *out_departure,
             GError          **error)
{
  const TripPlanContext *context = self->context;
  const TripPlanCity *last = &g_array_index (context->cities, TripPlanCity, context->cities->len - 1);
  gint home_by = context->day_end >= 0 ? day_end : HOME_BY;

  *out_departure = -1;
  if (!context->has_origin || trip_geo_distance_m (&context->origin_geo, &last->geo) < 20000.0)
    return TRUE;
  memset (out_stop, 0, sizeof *out_stop);
  out_stop->kind = TRIP_BLOCK_TRANSFER;
  out_stop->candidate = -1;
  out_stop->has_leg = TRUE;
  if (!find_transfer (self, &last->geo, &context->origin_geo, &out_stop->leg))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("There is no way from %s to %s by the means of travel that are allowed."), last->name, context->origin);
      return FALSE;
    }
  *out_departure = MAX ((gint) day_start, MIN (HOME_LATEST_DEPARTURE, home_by - out_stop->leg.minutes)) / 5 * 5;
  /* The way to a block is travelled before it begins: the block itself is the arrival. */
  out_stop->service = out_stop->leg.mode == TRIP_TRAVEL_FLIGHT ? 2 * HOME_TAIL_MINUTES : HOME_TAIL_MINUTES;
  out_stop->leg.minutes -= out_stop->service;
  out_stop->start = *out_departure + out_stop->leg.minutes;
  return TRUE;
}

static guint
required_roles (const TripPlanContext      *context,
                const TripOrienteeringTour *tour)
{
  guint roles = 0;

  if (MAX (tour->start, TRIP_PLAN_LUNCH_FROM) <= MIN (TRIP_PLAN_LUNCH_TO, tour->end - OWN_MEAL_MINUTES))
    roles |= 1u << TRIP_PLAN_ROLE_LUNCH;
  if (MAX (tour->start, TRIP_PLAN_DINNER_FROM) <= MIN (TRIP_PLAN_DINNER_TO, tour->end - OWN_MEAL_MINUTES))
    roles |= 1u << TRIP_PLAN_ROLE_DINNER;
  if (context->constraints->free_time && tour->end - tour->start >= 6 * 60)
    roles |= 1u << TRIP_PLAN_ROLE_FREE;
  return roles;
}

static void
add_node (Stay                  *stay,
          TripOrienteeringNode   node,
          gint                   candidate)
{
  g_array_append_val (stay->nodes, node);
  g_array_append_val (stay->node_candidate, candidate);
}

static void
begin_windows (Stay *stay)
{
  guint first = stay->windows->len;

  g_array_append_val (stay->first_window, first);
}

static guint
add_windows (Drafter *self,
             Stay    *stay,
             guint    candidate,
             guint    tour,
             gint     from,
             gint     to)
{
  TripOrienteeringWindow windows[TRIP_TIMETABLE_MAX_WINDOWS];
  const TripPlanSpan *spans;
  guint n_spans = trip_plan_context_spans (self->context, candidate, stay->first_day + tour, &spans);
  gint service = candidate_at (self->context, candidate)->service;
  guint n = trip_plan_start_windows (spans, n_spans, service, MAX (from, stay->tours[tour].start),
                                     MIN (to, stay->tours[tour].end - service), windows, G_N_ELEMENTS (windows));

  g_array_append_vals (stay->windows, windows, n);
  return n;
}

static void
add_sight_node (Drafter *self,
                Stay    *stay,
                guint    index)
{
  const TripPlanCandidate *candidate = candidate_at (self->context, index);
  gboolean off_peak = self->context->avoid_crowds && trip_poi_has_tag (candidate->poi, "crowded");
  TripOrienteeringNode node = { 0 };
  guint first = stay->first_window->len;

  node.location = candidate->location;
  node.service = candidate->service;
  node.score = score_sight (self, stay->city, candidate);
  node.group = -1;
  node.mandatory = candidate->must || self->forced[index];
  for (guint pass = 0; pass < 2; pass++)
    {
      guint n = 0;

      for (guint t = 0; t < stay->n_days; t++)
        {
          begin_windows (stay);
          if (off_peak)
            {
              n += add_windows (self, stay, index, t, 0, CROWD_FROM - node.service / 2);
              n += add_windows (self, stay, index, t, CROWD_TO, G_MAXINT / 2);
            }
          else
            {
              n += add_windows (self, stay, index, t, 0, G_MAXINT / 2);
            }
        }
      if (n > 0 || !off_peak)
        break;
      /* Better among the crowd than not at all. */
      off_peak = FALSE;
      g_array_set_size (stay->first_window, first);
    }
  add_node (stay, node, (gint) index);
}

static void
add_restaurant_nodes (Drafter *self,
                      Stay    *stay,
                      guint    index)
{
  static const gint from[] = { 0, TRIP_PLAN_LUNCH_FROM, TRIP_PLAN_DINNER_FROM };
  static const gint to[] = { 0, TRIP_PLAN_LUNCH_TO, TRIP_PLAN_DINNER_TO };
  const TripPlanCandidate *candidate = candidate_at (self->context, index);
  gboolean mandatory = candidate->must || self->forced[index];
  gint group = (gint) stay->n_groups;

  if (!candidate->diet_ok && !mandatory)
    return;
  stay->n_groups++;
  for (gint role = TRIP_PLAN_ROLE_LUNCH; role <= TRIP_PLAN_ROLE_DINNER; role++)
    {
      TripOrienteeringNode node = { 0 };

      node.location = candidate->location;
      node.service = candidate->service;
      node.score = score_meal (self, stay->city, candidate, role);
      node.group = group;
      node.role = (guint8) role;
      node.mandatory = mandatory;
      for (guint t = 0; t < stay->n_days; t++)
        {
          begin_windows (stay);
          if ((stay->tours[t].roles & (1u << role)) != 0)
            add_windows (self, stay, index, t, from[role], to[role]);
        }
      add_node (stay, node, (gint) index);
    }
}

/* A meal, or an hour of one's own, wherever one is at the time. */
static void
add_floating_nodes (Drafter *self,
                    Stay    *stay)
{
  static const TripOrienteeringWindow windows[] = {
    { 0, 0 },
    { TRIP_PLAN_LUNCH_FROM, TRIP_PLAN_LUNCH_TO },
    { TRIP_PLAN_DINNER_FROM, TRIP_PLAN_DINNER_TO },
    { FREE_FROM, FREE_TO },
  };

  for (guint tour = 0; tour < stay->n_days; tour++)
    {
      for (gint role = TRIP_PLAN_ROLE_LUNCH; role <= TRIP_PLAN_ROLE_FREE; role++)
        {
          TripOrienteeringNode node = { .group = -1, .role = (guint8) role, .floating = TRUE };

          if ((stay->tours[tour].roles & (1u << role)) == 0)
            continue;
          node.service = role == TRIP_PLAN_ROLE_FREE ? FREE_MINUTES : OWN_MEAL_MINUTES;
          node.score = role == TRIP_PLAN_ROLE_FREE ? 0.0f : POINTS_OWN_MEAL - self->thrift;
          for (guint t = 0; t < stay->n_days; t++)
            {
              begin_windows (stay);
              if (t == tour)
                {
                  TripOrienteeringWindow window = windows[role];

                  window.from = MAX (window.from, stay->tours[t].start);
                  window.to = MIN (window.to, stay->tours[t].end - node.service);
                  if (window.from <= window.to)
                    g_array_append_val (stay->windows, window);
                }
            }
          add_node (stay, node, -1);
        }
    }
}

static void
limit_visits (Drafter *self,
              Stay    *stay)
{
  guint most = trip_plan_pace_visits (self->style->pace);
  guint n_open = 0;
  guint n_must = 0;
  guint n_tours = 0;

  for (guint i = 0; i < stay->nodes->len; i++)
    {
      const TripOrienteeringNode *node = &g_array_index (stay->nodes, TripOrienteeringNode, i);

      if (node->role != 0)
        continue;
      n_must += node->mandatory;
      n_open += g_array_index (stay->first_window, guint, i * stay->n_days) <
                g_array_index (stay->first_window, guint, (i + 1) * stay->n_days);
    }
  for (guint t = 0; t < stay->n_days; t++)
    n_tours += stay->tours[t].end - stay->tours[t].start >= 4 * 60;
  n_tours = MAX (n_tours, 1);

  /* Where there is little to see it is spread over the days, and what has to be seen is, whatever the pace. */
  most = MIN (most, n_open / n_tours + 1);
  most = MAX (most, (n_must + n_tours - 1) / n_tours + (n_must > 0 && stay->n_days > 1));
  for (guint t = 0; t < stay->n_days; t++)
    {
      gint length = stay->tours[t].end - stay->tours[t].start;

      stay->tours[t].max_visits = length >= 8 * 60 ? (gint) most : MAX (1, (gint) most * length / (10 * 60));
      if (n_must > 0)
        stay->tours[t].max_visits = MAX (stay->tours[t].max_visits, (gint) MIN (n_must, most));
    }
}

static void
measure_ways (Drafter *self,
              Stay    *stay)
{
  guint n = stay->city->n_locations;
  gfloat per_cost = MAX (self->thrift, 2.0f) / (gfloat) MAX (trip_plan_context_for_party (self->context,
                                                                                          stay->city->meal_cost), 1);

  stay->travel = g_new0 (gint, (gsize) n * n);
  stay->penalty = g_new0 (gfloat, (gsize) n * n);
  for (guint i = 1; i < n; i++)
    {
      for (guint j = i + 1; j < n; j++)
        {
          TripTravelLeg leg;
          gint minutes;
          gfloat points;

          trip_travel_in_city (&stay->profile, stay->city->distance[i * n + j], &leg);
          minutes = trip_plan_ceil5 (leg.minutes);
          points = POINTS_PER_MINUTE * (gfloat) leg.minutes + per_cost * (gfloat) leg.cost;
          stay->travel[i * n + j] = stay->travel[j * n + i] = minutes;
          stay->penalty[i * n + j] = stay->penalty[j * n + i] = points;
        }
    }
}

static gint
location_of (const Drafter *self,
             const Stay    *stay,
             gint           candidate)
{
  if (candidate < 0 || candidate_at (self->context, (guint) candidate)->location <= 0)
    return 0;
  return candidate >= (gint) stay->city->first && candidate < (gint) (stay->city->first + stay->city->n)
           ? candidate_at (self->context, (guint) candidate)->location
           : 0;
}

static void
fill_gaps (TripPlanDraftDay *day,
           GArray           *planned,
           gint              time)
{
  for (guint i = 0; i < planned->len; i++)
    {
      const TripPlanStop *stop = &g_array_index (planned, TripPlanStop, i);
      gint away = stop->has_leg ? trip_plan_ceil5 (stop->leg.minutes) : 0;

      if (stop->start - away - time >= LEAST_FREE_MINUTES)
        add_stop (day, TRIP_BLOCK_FREE, -1, time, stop->start - away - time, 0);
      g_array_append_val (day->stops, *stop);
      time = stop->start + stop->service;
    }
}

static void
schedule_tour (Drafter                        *self,
               Stay                           *stay,
               guint                           tour,
               const TripOrienteeringSolution *solution)
{
  TripPlanDraftDay *day = &self->draft->days[stay->first_day + tour];
  const TripOrienteeringTour *bounds = &stay->tours[tour];
  const TripOrienteeringStop *chosen = &solution->stops[tour * TRIP_ORIENTEERING_MAX_STOPS];
  TripTimetableStop times[TRIP_ORIENTEERING_MAX_STOPS];
  g_autoptr(GArray) planned = g_array_new (FALSE, TRUE, sizeof (TripPlanStop));
  guint n = solution->n_stops[tour];
  guint n_locations = stay->city->n_locations;
  gint location = bounds->start_location;
  gint end = bounds->end;

  for (guint i = 0; i < n; i++)
    {
      const TripOrienteeringNode *node = &g_array_index (stay->nodes, TripOrienteeringNode, chosen[i].node);
      guint w = (guint) chosen[i].node * stay->n_days + tour;
      guint first = g_array_index (stay->first_window, guint, w);

      times[i].n_windows = MIN (g_array_index (stay->first_window, guint, w + 1) - first, TRIP_TIMETABLE_MAX_WINDOWS);
      memcpy (times[i].windows, &g_array_index (stay->windows, TripOrienteeringWindow, first),
              times[i].n_windows * sizeof *times[i].windows);
      times[i].travel = stay->travel[(guint) location * n_locations + (guint) chosen[i].location];
      times[i].service = node->service;
      times[i].preferred = node->role == TRIP_PLAN_ROLE_LUNCH    ? LUNCH_PREFERRED
                           : node->role == TRIP_PLAN_ROLE_DINNER ? DINNER_PREFERRED
                                                                 : -1;
      location = chosen[i].location;
    }
  end -= stay->travel[(guint) location * n_locations + (guint) bounds->end_location];
  if (!trip_timetable_fit (times, n, bounds->start, end, NULL))
    {
      for (guint i = 0; i < n; i++)
        times[i].start = chosen[i].start;
    }

  location = bounds->start_location;
  for (guint i = 0; i < n; i++)
    {
      const TripOrienteeringNode *node = &g_array_index (stay->nodes, TripOrienteeringNode, chosen[i].node);
      TripPlanStop stop = { 0 };

      stop.candidate = g_array_index (stay->node_candidate, gint, chosen[i].node);
      stop.role = node->role;
      stop.kind = node->role == 0 ? TRIP_BLOCK_VISIT : node->role == TRIP_PLAN_ROLE_FREE ? TRIP_BLOCK_FREE : TRIP_BLOCK_MEAL;
      stop.start = times[i].start;
      stop.service = times[i].service;
      if (location > 0 && chosen[i].location > 0 && stop.candidate >= 0 && location != chosen[i].location)
        {
          trip_travel_in_city (&stay->profile,
                               stay->city->distance[(guint) location * n_locations + (guint) chosen[i].location], &stop.leg);
          if (stop.start - stop.leg.minutes >= NIGHT_RIDE_FROM)
            trip_travel_at_night (&stay->profile, &stop.leg);
          stop.has_leg = TRUE;
        }
      if (stop.candidate >= 0)
        {
          stop.cost = candidate_at (self->context, (guint) stop.candidate)->price;
          self->used[stop.candidate] = TRUE;
        }
      if (stop.kind == TRIP_BLOCK_MEAL && (stop.candidate < 0 || stop.cost < 0))
        stop.cost = trip_plan_context_for_party (self->context, stay->city->meal_cost);
      g_array_append_val (planned, stop);
      location = chosen[i].location;
    }
  fill_gaps (day, planned, bounds->start);
}

static void
stay_clear (Stay *stay)
{
  g_clear_pointer (&stay->nodes, g_array_unref);
  g_clear_pointer (&stay->node_candidate, g_array_unref);
  g_clear_pointer (&stay->windows, g_array_unref);
  g_clear_pointer (&stay->first_window, g_array_unref);
  g_clear_pointer (&stay->tours, g_free);
  g_clear_pointer (&stay->travel, g_free);
  g_clear_pointer (&stay->penalty, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stay, stay_clear)

static void
solve_stay (Drafter      *self,
            Stay         *stay,
            guint64       effort,
            GCancellable *cancellable)
{
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  TripOrienteeringProblem problem = { 0 };

  for (guint t = 0; t < stay->n_days; t++)
    stay->tours[t].roles = required_roles (self->context, &stay->tours[t]);
  for (guint i = stay->city->first; i < stay->city->first + stay->city->n; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self->context, i);

      if (is_sight (candidate))
        add_sight_node (self, stay, i);
      else if (candidate->poi->type == TRIP_POI_RESTAURANT)
        add_restaurant_nodes (self, stay, i);
    }
  add_floating_nodes (self, stay);
  begin_windows (stay);
  limit_visits (self, stay);
  measure_ways (self, stay);

  problem.nodes = (const TripOrienteeringNode *) (void *) stay->nodes->data;
  problem.n_nodes = stay->nodes->len;
  problem.n_groups = stay->n_groups;
  problem.tours = stay->tours;
  problem.n_tours = stay->n_days;
  problem.n_locations = stay->city->n_locations;
  problem.travel = stay->travel;
  problem.penalty = stay->penalty;
  problem.windows = (const TripOrienteeringWindow *) (void *) stay->windows->data;
  problem.first_window = (const guint *) (void *) stay->first_window->data;
  solution = trip_orienteering_solve (&problem, stay->first_day + 1, effort, cancellable);
  for (guint t = 0; t < stay->n_days; t++)
    schedule_tour (self, stay, t, solution);
}

static gboolean
draft_stay (Drafter       *self,
            guint          city_index,
            guint          first_day,
            guint          n_days,
            guint64        effort,
            GCancellable  *cancellable,
            GError       **error)
{
  const TripPlanContext *context = self->context;
  g_auto(Stay) stay = { 0 };
  gint pace_start = context->day_start >= 0 ? context->day_start : trip_plan_pace_start (self->style->pace);
  gint day_end = context->day_end >= 0 ? context->day_end : trip_plan_pace_end (self->style->pace);
  TripPlanStop homeward;
  gint departure = -1;

  stay.city = &g_array_index (context->cities, TripPlanCity, city_index);
  stay.first_day = first_day;
  stay.n_days = n_days;
  stay.nodes = g_array_new (FALSE, TRUE, sizeof (TripOrienteeringNode));
  stay.node_candidate = g_array_new (FALSE, TRUE, sizeof (gint));
  stay.windows = g_array_new (FALSE, TRUE, sizeof (TripOrienteeringWindow));
  stay.first_window = g_array_new (FALSE, TRUE, sizeof (guint));
  stay.tours = g_new0 (TripOrienteeringTour, n_days);
  trip_plan_context_profile (context, stay.city, &stay.profile);
  if (self->style->walk_m > 0 && stay.profile.hard_walk_m == 0)
    stay.profile.max_walk_m = MAX (stay.profile.max_walk_m, self->style->walk_m);

  /* A short day that the traveller bounded on one side only still has to hold something. */
  if (context->day_end < 0 && day_end - pace_start < 8 * 60)
    day_end = MIN (pace_start + 8 * 60, 26 * 60);
  if (context->day_start < 0 && day_end - pace_start < 6 * 60)
    pace_start = MAX (day_end - 6 * 60, 6 * 60) / 5 * 5;

  choose_lodges (self, stay.city, first_day, n_days);
  for (guint t = 0; t < n_days; t++)
    {
      TripPlanDraftDay *day = &self->draft->days[first_day + t];
      TripOrienteeringTour *tour = &stay.tours[t];
      gint time = pace_start;

      day->city = city_index;
      if (self->late_arrival > 0)
        {
          time = MAX (time, trip_plan_ceil5 (self->late_arrival + NIGHT_MINUTES - TRIP_PLAN_MINUTES_PER_DAY));
          self->late_arrival = 0;
        }
      if (t == 0)
        {
          if (!add_arrival (self, city_index, first_day, time, &time, error))
            return FALSE;
          if (day->has_night)
            {
              add_stop (day, TRIP_BLOCK_CHECK_IN, day->lodge, time, CHECK_IN_MINUTES, 0);
              time += CHECK_IN_MINUTES;
            }
          if (time > 22 * 60)
            self->late_arrival = time;
          tour->start_location = day->has_night ? location_of (self, &stay, day->lodge) : 0;
        }
      else
        {
          tour->start_location = location_of (self, &stay, self->draft->days[first_day + t - 1].lodge);
        }
      tour->end_location = day->has_night ? location_of (self, &stay, day->lodge) : 0;
      tour->start = time;
      tour->end = day_end;
      if (first_day + t + 1 == context->n_days)
        {
          if (!plan_return (self, (guint) time, day_end, &homeward, &departure, error))
            return FALSE;
          if (departure >= 0)
            {
              tour->end = departure;
              day->to_origin = TRUE;
            }
        }
    }
  solve_stay (self, &stay, effort, cancellable);
  if (departure >= 0)
    g_array_append_val (self->draft->days[context->n_days - 1].stops, homeward);
  return TRUE;
}

/* Of the places that can meet a wish the best one that is open at all is made a must. */
static void
force_wishes (Drafter             *self,
              const TripPlanStays *stays)
{
  const TripPlanContext *context = self->context;

  for (guint w = 0; w < context->wishes->len; w++)
    {
      const TripPlanWish *wish = g_ptr_array_index (context->wishes, w);
      gfloat best_score = -G_MAXFLOAT;
      gint best = -1;

      for (guint i = 0; i < wish->matches->len; i++)
        {
          guint index = g_array_index (wish->matches, guint, i);
          const TripPlanCandidate *candidate = candidate_at (context, index);
          guint first_day = 0;
          gboolean open = FALSE;
          gfloat score = candidate->appeal - POINTS_PER_LEVEL * (gfloat) (candidate->poi->level > 0
                         ? ABS (candidate->poi->level - self->style->level) : 0) -
                         self->thrift * (gfloat) meals_of_money (self, &g_array_index (context->cities, TripPlanCity,
                                                                 candidate->city), candidate->price);

          for (guint c = 0; c < candidate->city; c++)
            first_day += stays->n_days[c];
          for (guint d = first_day; d < first_day + stays->n_days[candidate->city] && !open; d++)
            {
              TripOrienteeringWindow window;
              const TripPlanSpan *spans;
              guint n = trip_plan_context_spans (context, index, d, &spans);

              open = candidate->poi->type == TRIP_POI_RESTAURANT
                       ? trip_plan_start_windows (spans, n, candidate->service, TRIP_PLAN_LUNCH_FROM, TRIP_PLAN_LUNCH_TO,
                                                  &window, 1) +
                         trip_plan_start_windows (spans, n, candidate->service, TRIP_PLAN_DINNER_FROM, TRIP_PLAN_DINNER_TO,
                                                  &window, 1) > 0
                       : trip_plan_start_windows (spans, n, candidate->service, 9 * 60, 21 * 60, &window, 1) > 0;
            }
          if (candidate->must || self->forced[index])
            score += 1000.0f;
          if (open && score > best_score)
            {
              best_score = score;
              best = (gint) index;
            }
        }
      if (best >= 0)
        self->forced[best] = TRUE;
    }
}

static void
find_missing (Drafter *self)
{
  const TripPlanContext *context = self->context;

  for (guint i = 0; i < context->candidates->len; i++)
    {
      if (candidate_at (context, i)->must && !self->used[i])
        g_array_append_val (self->draft->missing, i);
    }
  for (guint w = 0; w < context->wishes->len; w++)
    {
      const TripPlanWish *wish = g_ptr_array_index (context->wishes, w);
      gboolean met = FALSE;

      for (guint i = 0; i < wish->matches->len && !met; i++)
        met = self->used[g_array_index (wish->matches, guint, i)];
      if (!met)
        g_array_append_val (self->draft->broken_wishes, w);
    }
}

static void
sum_up (Drafter *self)
{
  TripPlanDraft *draft = self->draft;

  for (guint d = 0; d < draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &draft->days[d];

      if (day->has_night)
        {
          gint64 price = day->lodge >= 0 ? candidate_at (self->context, (guint) day->lodge)->price : -1;

          draft->total += MAX (price, 0);
          draft->n_unpriced += price < 0;
        }
      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

          draft->total += MAX (stop->cost, 0) + (stop->has_leg ? stop->leg.cost : 0);
          draft->n_unpriced += stop->cost < 0;
          draft->n_visits += stop->kind == TRIP_BLOCK_VISIT;
        }
    }
}

/**
 * trip_plan_draft_new:
 * @context: the question
 * @stays: how the days are split
 * @style: what the option is to be like
 * @thrift: points that the money for a plain meal is worth, in place of the style's
 * @effort: how much to search, insertions to weigh
 * @cancellable: (nullable): ends the search early
 * @error: return location
 *
 * Makes a draft. That something which has to be in is not is said in the draft, not by an error.
 *
 * Returns: (transfer full): the draft; %NULL and %TRIP_ERROR_INFEASIBLE where two cities cannot be joined
 */
TripPlanDraft *
trip_plan_draft_new (const TripPlanContext  *context,
                     const TripPlanStays    *stays,
                     const TripPlanStyle    *style,
                     gfloat                  thrift,
                     guint64                 effort,
                     GCancellable           *cancellable,
                     GError                **error)
{
  g_autoptr(TripPlanDraft) draft = g_new0 (TripPlanDraft, 1);
  g_autofree guint8 *forced = g_new0 (guint8, context->candidates->len + 1);
  g_autofree guint8 *used = g_new0 (guint8, context->candidates->len + 1);
  Drafter self = { context, style, thrift, draft, forced, used, 0 };
  guint day = 0;

  draft->n_days = context->n_days;
  draft->days = g_new0 (TripPlanDraftDay, context->n_days);
  draft->missing = g_array_new (FALSE, FALSE, sizeof (guint));
  draft->broken_wishes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint d = 0; d < context->n_days; d++)
    {
      draft->days[d].from_city = -1;
      draft->days[d].lodge = -1;
      draft->days[d].stops = g_array_new (FALSE, TRUE, sizeof (TripPlanStop));
    }

  force_wishes (&self, stays);
  for (guint c = 0; c < context->cities->len; c++)
    {
      if (stays->n_days[c] == 0)
        continue;
      if (!draft_stay (&self, c, day, stays->n_days[c], effort * stays->n_days[c] / context->n_days, cancellable, error))
        return NULL;
      day += stays->n_days[c];
    }
  find_missing (&self);
  sum_up (&self);
  return g_steal_pointer (&draft);
}

/**
 * trip_plan_draft_free:
 * @self: (transfer full): a draft
 *
 * Frees it.
 */
void
trip_plan_draft_free (TripPlanDraft *self)
{
  for (guint d = 0; d < self->n_days; d++)
    g_clear_pointer (&self->days[d].stops, g_array_unref);
  g_free (self->days);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->broken_wishes, g_array_unref);
  g_free (self);
}

static gboolean
has_stop (const TripPlanDraft *self,
          gint                 candidate)
{
  for (guint d = 0; d < self->n_days; d++)
    {
      if (self->days[d].lodge == candidate)
        return TRUE;
      for (guint i = 0; i < self->days[d].stops->len; i++)
        {
          if (g_array_index (self->days[d].stops, TripPlanStop, i).candidate == candidate)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_plan_draft_overlap:
 * @self: a draft
 * @other: another
 *
 * Says how much two drafts share: visits, meals and nights.
 *
 * Returns: 0 for nothing, 1 for the same places
 */
gdouble
trip_plan_draft_overlap (const TripPlanDraft *self,
                         const TripPlanDraft *other)
{
  guint n = 0, shared = 0;

  for (guint k = 0; k < 2; k++)
    {
      const TripPlanDraft *one = k == 0 ? self : other;
      const TripPlanDraft *two = k == 0 ? other : self;

      for (guint d = 0; d < one->n_days; d++)
        {
          if (one->days[d].lodge >= 0)
            {
              n++;
              shared += has_stop (two, one->days[d].lodge);
            }
          for (guint i = 0; i < one->days[d].stops->len; i++)
            {
              const TripPlanStop *stop = &g_array_index (one->days[d].stops, TripPlanStop, i);

              if (stop->candidate < 0 || stop->kind == TRIP_BLOCK_CHECK_IN)
                continue;
              n++;
              shared += has_stop (two, stop->candidate);
            }
        }
    }
  return n > 0 ? (gdouble) shared / (gdouble) n : 1.0;
}
