/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The days in one city: each becomes a tour, the city's places nodes, meals roles, and the solver chooses; then the
 * chosen stops get their clock times. Places are looked at while the problem is built, never while it is solved.
 */
#include "providers/planner/trip-plan-draft-private.h"

#include "providers/planner/trip-timetable.h"

#include <string.h>

#define LONG_VISIT_MINUTES 180
#define OWN_MEAL_MINUTES 60
#define FREE_MINUTES 120
#define LEAST_FREE_MINUTES 90

#define LUNCH_PREFERRED (12 * 60 + 30)
#define DINNER_PREFERRED (18 * 60 + 45)
#define FREE_FROM (13 * 60)
#define FREE_TO (17 * 60)

/* Crowded places are best seen before or after these hours. */
#define CROWD_FROM (10 * 60 + 30)
#define CROWD_TO (15 * 60 + 30)

/* Rounds without a better tour after which more are not worth their time. */
#define MAX_IDLE_ROUNDS 1500

/* How often a limit of walking that is only wished for is doubled for what has to be seen. */
#define MOST_WIDER 3

#define NIGHT_RIDE_FROM (23 * 60 + 30)

/* Points: a minute of waiting, a meal wherever one happens to be. */
#define POINTS_PER_IDLE_MINUTE 0.12f
#define POINTS_OWN_MEAL (-90.0f)
#define POINTS_CUT_SHORT 150.0f

/* Where a long visit leaves room for one meal of the day, it is lunch: dinner can be had on the way back. */
#define POINTS_LUNCH_FIRST 300.0f

/**
 * trip_plan_stay_init:
 * @self: uninitialised
 * @drafter: the draft under way
 * @city: index of a city
 * @first_day: index of the first day there
 * @n_days: number of days there
 *
 * Begins the problem, with tours yet to be bounded.
 */
void
trip_plan_stay_init (TripPlanStay          *self,
                     const TripPlanDrafter *drafter,
                     guint                  city,
                     guint                  first_day,
                     guint                  n_days)
{
  memset (self, 0, sizeof *self);
  self->city = &g_array_index (drafter->context->cities, TripPlanCity, city);
  self->first_day = first_day;
  self->n_days = n_days;
  self->tours = g_new0 (TripOrienteeringTour, n_days);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (TripOrienteeringNode));
  self->node_candidate = g_array_new (FALSE, TRUE, sizeof (gint));
  self->windows = g_array_new (FALSE, TRUE, sizeof (TripOrienteeringWindow));
  self->first_window = g_array_new (FALSE, TRUE, sizeof (guint));
  trip_plan_context_profile (drafter->context, self->city, &self->profile);
  if (drafter->style->walk_m > 0 && self->profile.hard_walk_m == 0)
    self->profile.max_walk_m = MAX (self->profile.max_walk_m, drafter->style->walk_m);
}

/**
 * trip_plan_stay_clear:
 * @self: a problem
 *
 * Frees what it holds.
 */
void
trip_plan_stay_clear (TripPlanStay *self)
{
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->node_candidate, g_array_unref);
  g_clear_pointer (&self->windows, g_array_unref);
  g_clear_pointer (&self->first_window, g_array_unref);
  g_clear_pointer (&self->tours, g_free);
  g_clear_pointer (&self->travel, g_free);
  g_clear_pointer (&self->penalty, g_free);
  g_clear_pointer (&self->walk, g_free);
  g_clear_pointer (&self->fare, g_free);
  for (guint k = 0; k < G_N_ELEMENTS (self->way_load); k++)
    g_clear_pointer (&self->way_load[k], g_free);
}

/**
 * trip_plan_stay_location:
 * @self: a problem
 * @drafter: the draft under way
 * @candidate: index of a place, or -1
 *
 * Returns: its row in the city's matrices; 0, "nowhere in particular", for none and for places of other cities
 */
gint
trip_plan_stay_location (const TripPlanStay    *self,
                         const TripPlanDrafter *drafter,
                         gint                   candidate)
{
  if (candidate < (gint) self->city->first || candidate >= (gint) (self->city->first + self->city->n))
    return 0;
  return trip_plan_context_candidate (drafter->context, (guint) candidate)->location;
}

static gfloat
score_sight (const TripPlanDrafter   *self,
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
  score -= self->thrift * (gfloat) trip_plan_drafter_meals (self, city, candidate->price);
  return score;
}

static gfloat
score_meal (const TripPlanDrafter   *self,
            const TripPlanCity      *city,
            const TripPlanCandidate *candidate,
            gint                     role)
{
  const TripPoi *poi = candidate->poi;
  gint64 plain = trip_plan_context_for_party (self->context, city->meal_cost);
  gint64 price = candidate->price >= 0 ? candidate->price : plain;
  gfloat score = candidate->appeal - self->thrift * (gfloat) trip_plan_drafter_meals (self, city, price);

  if (poi->level > 0)
    score -= TRIP_PLAN_POINTS_PER_LEVEL * (gfloat) ABS (poi->level - self->style->level);
  if (poi->tags == NULL)
    return score;
  if (role == TRIP_PLAN_ROLE_DINNER &&
      (trip_poi_has_tag (poi, "cafe") || trip_poi_has_tag (poi, "brunch") || trip_poi_has_tag (poi, "dessert")))
    score -= 30.0f;
  if (role == TRIP_PLAN_ROLE_LUNCH && (trip_poi_has_tag (poi, "bar") || trip_poi_has_tag (poi, "fine_dining")))
    score -= 15.0f;
  return score;
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
add_node (TripPlanStay        *stay,
          TripOrienteeringNode node,
          gint                 candidate)
{
  g_array_append_val (stay->nodes, node);
  g_array_append_val (stay->node_candidate, candidate);
}

static void
begin_windows (TripPlanStay *stay)
{
  guint first = stay->windows->len;

  g_array_append_val (stay->first_window, first);
}

static guint
add_windows (TripPlanDrafter *self,
             TripPlanStay    *stay,
             guint            candidate,
             guint            tour,
             gint             service,
             gint             from,
             gint             to)
{
  TripOrienteeringWindow windows[TRIP_TIMETABLE_MAX_WINDOWS];
  const TripPlanSpan *spans;
  guint n_spans = trip_plan_context_spans (self->context, candidate, stay->first_day + tour, &spans);
  guint n = trip_plan_start_windows (spans, n_spans, service, MAX (from, stay->tours[tour].start),
                                     MIN (to, stay->tours[tour].end - service), windows, G_N_ELEMENTS (windows));

  g_array_append_vals (stay->windows, windows, n);
  return n;
}

/* Parks and temple grounds that never close are still seen by day; streets, views and markets have their evenings. */
static gboolean
needs_light (const TripPoi *poi)
{
  static const char * const by_day[] = {
    "park", "garden", "nature", "beach", "zoo", "shrine", "temple", "ruins", "outdoor",
  };
  static const char * const by_night[] = {
    "view", "tower", "nightlife", "street", "square", "market", "neighbourhood", "shopping", "bridge", "street_food",
    "music", "theatre",
  };
  gboolean day = FALSE;

  if (poi->tags == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (by_night); i++)
    {
      if (trip_poi_has_tag (poi, by_night[i]))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (by_day) && !day; i++)
    day = trip_poi_has_tag (poi, by_day[i]);
  return day;
}

static void
add_sight_node (TripPlanDrafter *self,
                TripPlanStay    *stay,
                guint            index,
                gint             service,
                gint             group)
{
  const TripPlanCandidate *candidate = trip_plan_context_candidate (self->context, index);
  gboolean off_peak = self->context->avoid_crowds && trip_poi_has_tag (candidate->poi, "crowded");
  gboolean by_day = needs_light (candidate->poi);
  TripOrienteeringNode node = { 0 };
  guint first = stay->first_window->len;

  node.location = candidate->location;
  node.service = service;
  node.cost = MAX (candidate->price, 0);
  node.score = score_sight (self, stay->city, candidate);
  if (service < candidate->service)
    node.score -= POINTS_CUT_SHORT * (gfloat) (candidate->service - service) / (gfloat) candidate->service;
  node.group = group;
  node.mandatory = candidate->must || self->forced[index];
  trip_plan_stay_load_node (self, candidate->poi, &node);
  for (guint pass = 0; pass < 2; pass++)
    {
      guint n = 0;

      for (guint t = 0; t < stay->n_days; t++)
        {
          gint earliest = node.mandatory ? 0 : stay->usual_start;
          gint latest = node.mandatory ? G_MAXINT / 2 : stay->usual_end - service;

          if (by_day)
            latest = MIN (latest, stay->city->dusk[stay->first_day + t] - service);
          begin_windows (stay);
          if (off_peak)
            {
              n += add_windows (self, stay, index, t, service, earliest, MIN (CROWD_FROM - service / 2, latest));
              n += add_windows (self, stay, index, t, service, MAX (CROWD_TO, earliest), latest);
            }
          else
            {
              n += add_windows (self, stay, index, t, service, earliest, latest);
            }
        }
      if (n > 0 || !(off_peak || by_day) || !node.mandatory)
        break;
      /* Better among the crowd or after dark than not at all. */
      off_peak = FALSE;
      by_day = FALSE;
      g_array_set_size (stay->first_window, first);
    }
  add_node (stay, node, (gint) index);
}

/* What has to be seen and takes half the day may be cut short where that makes room for a meal. */
static void
add_sight (TripPlanDrafter *self,
           TripPlanStay    *stay,
           guint            index)
{
  const TripPlanCandidate *candidate = trip_plan_context_candidate (self->context, index);
  gint service = candidate->service;

  if (service < LONG_VISIT_MINUTES || !(candidate->must || self->forced[index]))
    {
      add_sight_node (self, stay, index, service, -1);
      return;
    }
  add_sight_node (self, stay, index, service, (gint) stay->n_groups);
  add_sight_node (self, stay, index, trip_plan_ceil5 (service * 2 / 3), (gint) stay->n_groups);
  add_sight_node (self, stay, index, trip_plan_ceil5 (service / 2), (gint) stay->n_groups);
  stay->n_groups++;
}

static void
add_restaurant_nodes (TripPlanDrafter *self,
                      TripPlanStay    *stay,
                      guint            index)
{
  static const gint from[] = { 0, TRIP_PLAN_LUNCH_FROM, TRIP_PLAN_DINNER_FROM };
  static const gint to[] = { 0, TRIP_PLAN_LUNCH_TO, TRIP_PLAN_DINNER_TO };
  const TripPlanCandidate *candidate = trip_plan_context_candidate (self->context, index);
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
      node.cost = candidate->price >= 0 ? candidate->price
                                        : trip_plan_context_for_party (self->context, stay->city->meal_cost);
      node.score = score_meal (self, stay->city, candidate, role);
      if (role == TRIP_PLAN_ROLE_LUNCH)
        node.score += POINTS_LUNCH_FIRST;
      node.group = group;
      node.role = (guint8) role;
      node.mandatory = mandatory;
      trip_plan_stay_load_node (self, candidate->poi, &node);
      for (guint t = 0; t < stay->n_days; t++)
        {
          begin_windows (stay);
          if ((stay->tours[t].roles & (1u << role)) != 0)
            add_windows (self, stay, index, t, node.service, from[role], to[role]);
        }
      add_node (stay, node, (gint) index);
    }
}

/* A meal, or an hour of one's own, wherever one is at the time. */
static void
add_floating_nodes (TripPlanDrafter *self,
                    TripPlanStay    *stay)
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
          if (role != TRIP_PLAN_ROLE_FREE)
            node.cost = trip_plan_context_for_party (self->context, stay->city->meal_cost);
          node.score = role == TRIP_PLAN_ROLE_FREE ? 0.0f : POINTS_OWN_MEAL - self->thrift;
          if (role == TRIP_PLAN_ROLE_LUNCH)
            node.score += POINTS_LUNCH_FIRST;
          trip_plan_stay_load_node (self, NULL, &node);
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
limit_visits (TripPlanDrafter *self,
              TripPlanStay    *stay)
{
  const TripConstraints *terms = self->context->constraints;
  guint limit = terms->max_visits > 0 ? (guint) terms->max_visits : G_MAXUINT;
  guint most = MIN (trip_plan_pace_visits (self->style->pace), limit);
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
  most = MAX (most, MIN ((n_must + n_tours - 1) / n_tours + (n_must > 0 && stay->n_days > 1),
                         (self->context->hard_topics & TRIP_TOPIC_PACE) != 0 ? limit : G_MAXUINT));
  for (guint t = 0; t < stay->n_days; t++)
    {
      gint length = stay->tours[t].end - stay->tours[t].start;

      stay->tours[t].max_visits = length >= 8 * 60 ? (gint) most : MAX (1, (gint) most * length / (10 * 60));
      if (n_must > 0)
        stay->tours[t].max_visits = MAX (stay->tours[t].max_visits, (gint) MIN (n_must, most));
    }
}

static void
measure_ways (TripPlanDrafter *self,
              TripPlanStay    *stay)
{
  guint n = stay->city->n_locations;
  gfloat per_cost = MAX (self->thrift, 2.0f) / (gfloat) MAX (trip_plan_context_for_party (self->context,
                                                                                          stay->city->meal_cost), 1);

  stay->travel = g_new0 (gint, (gsize) n * n);
  stay->penalty = g_new0 (gfloat, (gsize) n * n);
  if (self->context->constraints->max_walk_day_m > 0)
    stay->walk = g_new0 (gint, (gsize) n * n);
  if (self->budget > 0)
    stay->fare = g_new0 (gint64, (gsize) n * n);
  for (guint i = 1; i < n; i++)
    {
      for (guint j = i + 1; j < n; j++)
        {
          TripTravelLeg leg;
          gint minutes;
          gfloat points;

          trip_travel_in_city (&stay->profile, stay->city->distance[i * n + j], &leg);
          minutes = trip_plan_ceil5 (leg.minutes);
          points = TRIP_PLAN_POINTS_PER_MINUTE * (gfloat) leg.minutes + per_cost * (gfloat) leg.cost;
          stay->travel[i * n + j] = stay->travel[j * n + i] = minutes;
          stay->penalty[i * n + j] = stay->penalty[j * n + i] = points;
          if (stay->walk != NULL)
            stay->walk[i * n + j] = stay->walk[j * n + i] = trip_plan_limits_walk_of (self->context, &leg);
          if (stay->fare != NULL)
            stay->fare[i * n + j] = stay->fare[j * n + i] = leg.cost;
          trip_plan_stay_load_way (stay, self, i * n + j, j * n + i, &leg);
        }
    }
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
        trip_plan_draft_day_add (day, TRIP_BLOCK_FREE, -1, time, stop->start - away - time);
      g_array_append_val (day->stops, *stop);
      time = stop->start + stop->service;
    }
}

/* Clock times for what was chosen, between two beds. */
static gboolean
fit_times (const TripPlanStay             *stay,
           guint                           tour,
           const TripOrienteeringSolution *solution,
           gint                            start_location,
           gint                            end_location,
           TripTimetableStop              *times)
{
  const TripOrienteeringTour *bounds = &stay->tours[tour];
  const TripOrienteeringStop *chosen = &solution->stops[solution->first_stop[tour]];
  guint n = solution->first_stop[tour + 1] - solution->first_stop[tour];
  guint n_locations = stay->city->n_locations;
  gint location = start_location;
  gint end = bounds->end;

  for (guint i = 0; i < n; i++)
    {
      const TripOrienteeringNode *node = &g_array_index (stay->nodes, TripOrienteeringNode, chosen[i].node);
      guint w = (guint) chosen[i].node * stay->n_days + tour;
      guint first = g_array_index (stay->first_window, guint, w);

      times[i].n_windows = MIN (g_array_index (stay->first_window, guint, w + 1) - first, TRIP_TIMETABLE_MAX_WINDOWS);
      memcpy (times[i].windows, &g_array_index (stay->windows, TripOrienteeringWindow, first),
              times[i].n_windows * sizeof *times[i].windows);
      /* What happens wherever one is takes no way. */
      times[i].travel = node->floating ? 0 : stay->travel[(guint) location * n_locations + (guint) chosen[i].location];
      times[i].service = node->service;
      times[i].preferred = node->role == TRIP_PLAN_ROLE_LUNCH    ? LUNCH_PREFERRED
                           : node->role == TRIP_PLAN_ROLE_DINNER ? DINNER_PREFERRED
                                                                 : -1;
      if (!node->floating)
        location = chosen[i].location;
    }
  end -= stay->travel[(guint) location * n_locations + (guint) end_location];
  return trip_timetable_fit (times, n, bounds->start, end, NULL);
}

/**
 * trip_plan_stay_fits:
 * @stay: a problem
 * @tour: one of its days
 * @solution: what was chosen for it
 * @start_location: where the day would begin
 * @end_location: where it would end
 *
 * Returns: whether the day's stops could be had from other beds as well, in the same order
 */
gboolean
trip_plan_stay_fits (const TripPlanStay             *stay,
                     guint                           tour,
                     const TripOrienteeringSolution *solution,
                     gint                            start_location,
                     gint                            end_location)
{
  TripTimetableStop times[TRIP_ORIENTEERING_MAX_STOPS];

  return fit_times (stay, tour, solution, start_location, end_location, times);
}

static void
schedule_tour (TripPlanDrafter                *self,
               TripPlanStay                   *stay,
               guint                           tour,
               const TripOrienteeringSolution *solution)
{
  TripPlanDraftDay *day = &self->draft->days[stay->first_day + tour];
  const TripOrienteeringTour *bounds = &stay->tours[tour];
  const TripOrienteeringStop *chosen = &solution->stops[solution->first_stop[tour]];
  guint n = solution->first_stop[tour + 1] - solution->first_stop[tour];
  g_autofree TripTimetableStop *times = g_new0 (TripTimetableStop, n + 1);
  g_autoptr(GArray) planned = g_array_new (FALSE, TRUE, sizeof (TripPlanStop));
  guint n_locations = stay->city->n_locations;
  gint location = bounds->start_location;

  if (!fit_times (stay, tour, solution, bounds->start_location, bounds->end_location, times))
    {
      for (guint i = 0; i < n; i++)
        times[i].start = chosen[i].start;
    }

  for (guint i = 0; i < n; i++)
    {
      const TripOrienteeringNode *node = &g_array_index (stay->nodes, TripOrienteeringNode, chosen[i].node);
      TripPlanStop stop = { 0 };

      stop.candidate = g_array_index (stay->node_candidate, gint, chosen[i].node);
      stop.role = node->role;
      stop.kind = node->role == 0                     ? TRIP_BLOCK_VISIT
                  : node->role == TRIP_PLAN_ROLE_FREE ? TRIP_BLOCK_FREE
                                                      : TRIP_BLOCK_MEAL;
      stop.start = times[i].start;
      stop.service = times[i].service;
      if (location > 0 && chosen[i].location > 0 && stop.candidate >= 0 && location != chosen[i].location)
        {
          guint way = (guint) location * n_locations + (guint) chosen[i].location;

          trip_travel_in_city (&stay->profile, stay->city->distance[way], &stop.leg);
          if (stop.start - stop.leg.minutes >= NIGHT_RIDE_FROM)
            trip_travel_at_night (&stay->profile, &stop.leg);
          stop.has_leg = TRUE;
        }
      if (stop.candidate >= 0)
        {
          stop.cost = trip_plan_context_candidate (self->context, (guint) stop.candidate)->price;
          self->used[stop.candidate] = TRUE;
        }
      if (stop.kind == TRIP_BLOCK_MEAL && (stop.candidate < 0 || stop.cost < 0))
        stop.cost = trip_plan_context_for_party (self->context, stay->city->meal_cost);
      g_array_append_val (planned, stop);
      if (!node->floating)
        location = chosen[i].location;
    }
  fill_gaps (day, planned, bounds->start);
}

static gboolean
may_walk_more (const TripPlanDrafter *self)
{
  return self->context->constraints->max_walk_day_m > 0 && (self->context->hard_topics & TRIP_TOPIC_WALKING) == 0;
}

/**
 * trip_plan_stay_pose:
 * @stay: a problem whose tours are bounded
 * @self: the draft under way
 *
 * Poses the problem for the tours as they are bounded now.
 */
void
trip_plan_stay_pose (TripPlanStay    *stay,
                     TripPlanDrafter *self)
{
  g_array_set_size (stay->nodes, 0);
  g_array_set_size (stay->node_candidate, 0);
  g_array_set_size (stay->windows, 0);
  g_array_set_size (stay->first_window, 0);
  stay->n_groups = 0;
  for (guint t = 0; t < stay->n_days; t++)
    {
      stay->tours[t].roles = required_roles (self->context, &stay->tours[t]);
      stay->tours[t].max_length = self->context->constraints->max_walk_day_m;
    }
  for (guint i = stay->city->first; i < stay->city->first + stay->city->n; i++)
    {
      const TripPlanCandidate *candidate = trip_plan_context_candidate (self->context, i);

      if (trip_plan_candidate_is_sight (candidate))
        add_sight (self, stay, i);
      else if (candidate->poi->type == TRIP_POI_RESTAURANT)
        add_restaurant_nodes (self, stay, i);
    }
  add_floating_nodes (self, stay);
  begin_windows (stay);
  limit_visits (self, stay);
  if (stay->travel == NULL)
    measure_ways (self, stay);
}

/**
 * trip_plan_stay_solve:
 * @stay: a problem whose tours are bounded; bounded anew, it can be solved anew
 * @self: the draft under way
 * @money: most that the stops and the ways between them may cost, where the draft has a budget
 * @effort: how much to search
 * @cancellable: (nullable): ends the search early
 *
 * Chooses what to visit. What has to be seen comes before limits that are only wished for.
 *
 * Returns: (transfer full): what was chosen; it holds as long as the problem is not posed anew for other bounds
 */
TripOrienteeringSolution *
trip_plan_stay_solve (TripPlanStay    *stay,
                      TripPlanDrafter *self,
                      gint64           money,
                      guint64          effort,
                      GCancellable    *cancellable)
{
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  TripOrienteeringProblem problem = { 0 };
  TripOrienteeringLimits limits = { .seed = stay->first_day + 1, .max_evaluations = effort, .max_idle = MAX_IDLE_ROUNDS };

  trip_plan_stay_pose (stay, self);
  problem.nodes = (const TripOrienteeringNode *) (void *) stay->nodes->data;
  problem.n_nodes = stay->nodes->len;
  problem.n_groups = stay->n_groups;
  problem.tours = stay->tours;
  problem.n_tours = stay->n_days;
  problem.n_locations = stay->city->n_locations;
  problem.travel = stay->travel;
  problem.penalty = stay->penalty;
  problem.idle_penalty = POINTS_PER_IDLE_MINUTE;
  problem.windows = (const TripOrienteeringWindow *) (void *) stay->windows->data;
  problem.first_window = (const guint *) (void *) stay->first_window->data;
  trip_plan_stay_limit_loads (self, stay, &problem, FALSE);
  problem.length = stay->walk;
  problem.way_cost = stay->fare;
  problem.budget = self->budget > 0 ? MAX (money, 1) : 0;
  solution = trip_orienteering_solve (&problem, &limits, cancellable);
  if (solution->n_missing > 0 && trip_plan_stay_has_wished_loads (self))
    {
      trip_orienteering_solution_free (solution);
      trip_plan_stay_limit_loads (self, stay, &problem, TRUE);
      solution = trip_orienteering_solve (&problem, &limits, cancellable);
    }
  for (guint i = 0; i < MOST_WIDER && solution->n_missing > 0 && may_walk_more (self); i++)
    {
      g_autoptr(TripOrienteeringSolution) wider = NULL;

      for (guint t = 0; t < stay->n_days; t++)
        stay->tours[t].max_length *= 2;
      wider = trip_orienteering_solve (&problem, &limits, cancellable);
      if (wider->n_missing < solution->n_missing)
        {
          trip_orienteering_solution_free (solution);
          solution = g_steal_pointer (&wider);
        }
    }
  return g_steal_pointer (&solution);
}

/**
 * trip_plan_stay_ends:
 * @stay: a problem
 * @solution: what was chosen
 * @tour: a day
 * @out_first: (out): row of the day's first place, 0 where it has none
 * @out_last: (out): row of its last
 *
 * Says between which places a day is spent.
 */
void
trip_plan_stay_ends (const TripPlanStay             *stay,
                     const TripOrienteeringSolution *solution,
                     guint                           tour,
                     gint                           *out_first,
                     gint                           *out_last)
{
  *out_first = *out_last = 0;
  for (guint i = solution->first_stop[tour]; i < solution->first_stop[tour + 1]; i++)
    {
      if (g_array_index (stay->nodes, TripOrienteeringNode, solution->stops[i].node).floating)
        continue;
      *out_last = solution->stops[i].location;
      if (*out_first == 0)
        *out_first = *out_last;
    }
}

/**
 * trip_plan_stay_write:
 * @stay: a problem
 * @self: the draft under way
 * @solution: what was chosen for the problem as it is posed
 *
 * Writes the stops into the draft's days.
 */
void
trip_plan_stay_write (TripPlanStay                   *stay,
                      TripPlanDrafter                *self,
                      const TripOrienteeringSolution *solution)
{
  self->draft->worth += solution->score;
  for (guint t = 0; t < stay->n_days; t++)
    schedule_tour (self, stay, t, solution);
}
