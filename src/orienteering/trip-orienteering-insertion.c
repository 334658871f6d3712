/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where each node would fit best on each tour, and which node is to be inserted next.
 *
 * A row holds, for one tour, the best place of every node. It is reckoned anew when the tour changes and only then. What
 * fits nowhere on a tour fits nowhere after another insertion either (but for ways that break the triangle inequality), so
 * a row's blocks without any place are not looked at again until something is removed.
 */
#include "orienteering/trip-orienteering-private.h"

#include <math.h>
#include <string.h>

/* What is added to a node's extra time before its worth is divided by it, so that what lies on the way is not worth all. */
#define LEAST_TIME 10.0

/* The work that a node is for each place on a tour, and for each tour. */
#define WORK_PER_PLACE 16
#define WORK_PER_TOUR 4

/* How many nodes, each of them so much @work, may be gone through between two looks at whether it is over. */
static guint
nodes_per_look (guint64 work)
{
  return (guint) MAX (TRIP_ORIENTEERING_WORK_PER_LOOK / work, 1);
}

static void
evaluate_plain (TripOrienteeringSearch     *self,
                guint                       tour,
                gboolean                    is_first,
                const TripOrienteeringMood *mood)
{
  const TripOrienteeringInstance *instance = self->instance;
  const TripOrienteeringState *state = &self->state;
  TripOrienteeringRow *row = &self->rows[tour];
  gint end = trip_orienteering_tour_start (instance, tour) + 1;
  guint n_arcs = 0;
  guint n_weighed;

  if (is_first)
    {
      row->n_blocks = instance->columns.n_blocks;
      for (guint i = 0; i < row->n_blocks; i++)
        row->blocks[i] = (guint16) i;
      for (guint i = 0; i < instance->stride; i++)
        row->cost[i] = TRIP_ORIENTEERING_NOWHERE;
    }
  if (state->tours[tour].n_stops >= TRIP_ORIENTEERING_MAX_STOPS)
    {
      for (guint i = 0; i < instance->stride; i++)
        row->cost[i] = TRIP_ORIENTEERING_NOWHERE;
      row->n_blocks = 0;
      return;
    }
  for (gint v = end - 1; v != end; v = state->next[v])
    {
      gint next = state->next[v];
      gint way = instance->ways_from[(gsize) v * instance->stride + (gsize) next];
      TripOrienteeringArc *arc = &self->arcs[n_arcs];

      arc->from = instance->ways_from + (gsize) v * instance->stride;
      arc->to = instance->ways_to + (gsize) next * instance->stride;
      arc->departure = state->start[v] + instance->service[v];
      arc->deadline = state->latest[next];
      arc->offset = -((mood->by_delay ? arc->departure + way : way) << TRIP_ORIENTEERING_ARC_BITS) + (gint32) n_arcs;
      row->arc_from[n_arcs++] = v;
    }
  n_weighed = instance->evaluate_row (&instance->columns, self->arcs, n_arcs, mood->by_delay, row);
  self->n_evaluations += n_weighed;
  trip_orienteering_count_work (self, n_weighed);
}

/* Whether a stop that is over at @time, before the run of floating stops from @vertex on, leaves these and what follows
 * them possible. @longer is by how much the way onward grows, not below 0. */
static gboolean
floats_still_fit (const TripOrienteeringSearch *self,
                  guint                         tour,
                  gint                          vertex,
                  gint                          time,
                  gint                          longer)
{
  const TripOrienteeringProblem *problem = self->instance->problem;

  for (gint v = vertex; trip_orienteering_is_node (self->instance, v) && problem->nodes[v].floating; v = self->state.next[v])
    {
      time = trip_orienteering_earliest_start (problem, (guint) v, tour, time);
      if (time < 0 || time > self->state.latest[v] - longer)
        return FALSE;
      time += problem->nodes[v].service;
    }
  return TRUE;
}

static gint
skip_floats (const TripOrienteeringSearch *self,
             gint                          vertex)
{
  const TripOrienteeringProblem *problem = self->instance->problem;

  while (trip_orienteering_is_node (self->instance, vertex) && problem->nodes[vertex].floating)
    vertex = self->state.next[vertex];
  return vertex;
}

/* By how much a stop between @vertex and @next that begins at @start and lets one be at @next at @arrival adds to the
 * waiting, as far as the next stop; the wait before the first stop counts twice. */
static gfloat
more_idle (const TripOrienteeringSearch *self,
           gint                          vertex,
           gint                          next,
           gint                          start,
           gint                          arrival,
           gint                          departure,
           gint                          location,
           gint                          here,
           gint                          direct)
{
  gint weight = trip_orienteering_is_node (self->instance, vertex) ? 1 : 2;
  gint idle = weight * (start - departure - trip_orienteering_travel (self->instance->problem, location, here, departure));

  if (trip_orienteering_is_node (self->instance, next))
    idle += MAX (self->state.start[next] - arrival, 0) - weight * (self->state.start[next] - departure - direct);
  return (gfloat) idle;
}

/* By how much a stop at @here on the way from @location to @next adds to the length of the tour's ways. */
static gint64
more_length (const TripOrienteeringSearch *self,
             gint                          location,
             gint                          here,
             gint                          next)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  gint64 length = trip_orienteering_length (problem, location, here);

  if (trip_orienteering_is_node (self->instance, next))
    length += trip_orienteering_length (problem, here, self->state.location[next]) -
              trip_orienteering_length (problem, location, self->state.location[next]);
  return length;
}

/* Likewise what it takes of the budget. */
static gint64
more_way_cost (const TripOrienteeringSearch *self,
               gint                          location,
               gint                          here,
               gint                          next)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  gint64 cost = trip_orienteering_way_cost (problem, location, here);

  if (trip_orienteering_is_node (self->instance, next))
    cost += trip_orienteering_way_cost (problem, here, self->state.location[next]) -
            trip_orienteering_way_cost (problem, location, self->state.location[next]);
  return cost;
}

/* Whether a tour may take the ways to a stop at @here and on, with what the stop itself takes. */
static gboolean
may_take_ways (const TripOrienteeringSearch *self,
               guint                         tour,
               guint                         node,
               gint                          location,
               gint                          here,
               gint                          next)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  const TripOrienteeringTourState *state = &self->state.tours[tour];

  for (guint k = 0; k < problem->n_loads; k++)
    {
      gint more;

      if (problem->way_load[k] == NULL)
        continue;
      more = trip_orienteering_way_load (problem, k, location, here);
      if (trip_orienteering_is_node (self->instance, next))
        more += trip_orienteering_way_load (problem, k, here, self->state.location[next]) -
                trip_orienteering_way_load (problem, k, location, self->state.location[next]);
      more += problem->nodes[node].load[k];
      if (more > 0 && more > problem->tours[tour].max_load[k] - state->load[k] - state->way_load[k])
        return FALSE;
    }
  return TRUE;
}

static void
evaluate_node (const TripOrienteeringSearch *self,
               guint                         tour,
               guint                         node,
               const TripOrienteeringMood   *mood,
               TripOrienteeringRow          *row)
{
  const TripOrienteeringInstance *instance = self->instance;
  const TripOrienteeringProblem *problem = instance->problem;
  const TripOrienteeringState *state = &self->state;
  const TripOrienteeringNode *facts = &problem->nodes[node];
  gint end = trip_orienteering_tour_start (instance, tour) + 1;
  gfloat bonus = trip_orienteering_bonus (problem, node, tour);
  gfloat best = -G_MAXFLOAT;
  gint cost = TRIP_ORIENTEERING_NOWHERE;
  gint64 longest = problem->length != NULL ? problem->tours[tour].max_length - state->tours[tour].length : 0;
  gint64 spend = facts->cost;
  gint64 least = 0;

  for (gint v = end - 1; v != end; v = state->next[v])
    {
      gint location = state->location[v];
      gint departure = v == end - 1 ? problem->tours[tour].start : state->start[v] + problem->nodes[v].service;
      gint here = facts->floating ? location : facts->location;
      gint next = skip_floats (self, state->next[v]);
      gboolean before_floats = next != state->next[v];
      gboolean is_better;
      gint onward, direct, start, over;
      gint64 spent, longer, taken;
      gfloat gain;

      if (before_floats && facts->floating)
        continue;
      start = departure + trip_orienteering_travel (problem, location, here, departure);
      start = trip_orienteering_earliest_start (problem, node, tour, start);
      if (start < 0)
        continue;
      over = start + facts->service;
      onward = trip_orienteering_travel (problem, here, state->location[next], over);
      direct = trip_orienteering_travel (problem, location, state->location[next], departure);
      if (before_floats ? !floats_still_fit (self, tour, state->next[v], over, MAX (onward - direct, 0))
                        : over + onward > state->latest[next])
        continue;
      longer = problem->length != NULL ? more_length (self, location, here, next) : 0;
      if (longer > longest || (problem->n_loads > 0 && !may_take_ways (self, tour, node, location, here, next)))
        continue;
      gain = bonus - trip_orienteering_penalty (problem, location, here) -
             trip_orienteering_penalty (problem, here, state->location[next]);
      if (state->tours[tour].n_stops > 0)
        gain += trip_orienteering_penalty (problem, location, state->location[next]);
      if (problem->idle_penalty > 0)
        gain -= problem->idle_penalty * more_idle (self, v, next, start, over + onward, departure, location, here, direct);
      spent = facts->cost + (problem->way_cost != NULL ? more_way_cost (self, location, here, next) : 0);
      taken = mood->by_cost ? spent : mood->by_length ? longer : 0;
      if (taken != least && cost != TRIP_ORIENTEERING_NOWHERE)
        is_better = taken < least;
      else if (mood->by_delay)
        is_better = over + onward - departure - direct < cost;
      else
        is_better = gain > best || (gain == best && over + onward - departure - direct < cost);
      if (!is_better)
        continue;
      best = gain;
      cost = MAX (over + onward - departure - direct, 0);
      spend = spent;
      least = taken;
      row->after[node] = v;
    }
  row->gain[node] = best;
  row->spend[node] = spend;
  row->cost[node] = cost;
}

/* Kept apart from the loop that looks whether it is over: together they need more registers than there are. */
static G_NO_INLINE guint
evaluate_nodes (const TripOrienteeringSearch *self,
                guint                         tour,
                guint                         first,
                guint                         end,
                gboolean                      is_first,
                const TripOrienteeringMood   *mood,
                TripOrienteeringRow          *row)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  guint n_evaluated = 0;

  for (guint i = first; i < end; i++)
    {
      guint w = i * problem->n_tours + tour;

      if (self->state.tour[i] == (gint) tour || problem->first_window[w] == problem->first_window[w + 1])
        {
          row->cost[i] = TRIP_ORIENTEERING_NOWHERE;
          continue;
        }
      if (!is_first && row->cost[i] == TRIP_ORIENTEERING_NOWHERE)
        continue;
      evaluate_node (self, tour, i, mood, row);
      n_evaluated++;
    }
  return n_evaluated;
}

/*
 * trip_orienteering_evaluate_tour:
 * @self: the search
 * @tour: a tour
 * @is_first: the tour has lost stops since its row was reckoned
 * @mood: what counts as cost
 *
 * Brings the tour's row up to date, unless the search is over before that.
 */
void
trip_orienteering_evaluate_tour (TripOrienteeringSearch     *self,
                                 guint                       tour,
                                 gboolean                    is_first,
                                 const TripOrienteeringMood *mood)
{
  guint n_nodes = self->instance->problem->n_nodes;
  guint64 n_places = (guint64) self->state.tours[tour].n_stops + 1;
  guint step = nodes_per_look (n_places * WORK_PER_PLACE);

  if (self->instance->is_plain)
    {
      evaluate_plain (self, tour, is_first, mood);
      return;
    }
  for (guint i = 0; i < n_nodes && !self->is_over; i += step)
    {
      guint n_evaluated = evaluate_nodes (self, tour, i, MIN (i + step, n_nodes), is_first, mood, &self->rows[tour]);

      self->n_evaluations += n_evaluated * n_places;
      trip_orienteering_count_work (self, n_evaluated * n_places * WORK_PER_PLACE);
    }
}

static gboolean
is_light_enough (const TripOrienteeringSearch *self,
                 guint                         tour,
                 guint                         node)
{
  const TripOrienteeringProblem *problem = self->instance->problem;

  for (guint k = 0; k < problem->n_loads; k++)
    {
      gint load = problem->nodes[node].load[k];

      if (load > 0 && (load > problem->tours[tour].max_load[k] - self->state.tours[tour].load[k] -
                                self->state.tours[tour].way_load[k] ||
                       load > problem->max_load[k] - self->state.load[k]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_eligible (const TripOrienteeringSearch *self,
             guint                         tour,
             guint                         node)
{
  const TripOrienteeringNode *facts = &self->instance->problem->nodes[node];
  const TripOrienteeringTour *bounds = &self->instance->problem->tours[tour];
  const TripOrienteeringTourState *state = &self->state.tours[tour];

  if (state->n_stops >= TRIP_ORIENTEERING_MAX_STOPS)
    return FALSE;
  if (self->instance->problem->n_loads > 0 && !is_light_enough (self, tour, node))
    return FALSE;
  if (facts->role == 0)
    return state->n_visits < bounds->max_visits;
  return (bounds->roles & (1u << facts->role)) != 0 && (state->roles & (1u << facts->role)) == 0;
}

static gdouble
weigh (const TripOrienteeringSearch *self,
       guint                         node,
       gint                          extra,
       gint64                        spend,
       gdouble                       gain,
       const TripOrienteeringMood   *mood)
{
  const TripOrienteeringInstance *instance = self->instance;
  const TripOrienteeringNode *facts = &instance->problem->nodes[node];
  gdouble time = LEAST_TIME + extra;

  if (!mood->by_delay)
    time += facts->service;
  if (mood->by_cost)
    time += (gdouble) MAX (spend, 0) * instance->time_per_cost;
  switch (mood->exponent)
    {
    case 0:
      return gain * gain / time;
    case 1:
      return gain / time;
    case 2:
      return gain / sqrt (time);
    default:
      return gain;
    }
}

/* Potvin and Rousseau's regret: what would be lost if the best tour were not to be had. J.-Y. Potvin and J.-M. Rousseau,
 * European Journal of Operational Research 66 (1993) 331-340. Returns what the best of some nodes weighs, or @best where
 * none weighs more than that; then node and tour stay as they are. */
static G_NO_INLINE gdouble
pick_among (const TripOrienteeringSearch *self,
            const TripOrienteeringMood   *mood,
            guint                         begin,
            guint                         end,
            gdouble                       best,
            guint                        *out_node,
            guint                        *out_tour)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  const gboolean has_budget = problem->budget > 0;
  guint best_node = *out_node;
  guint best_tour = *out_tour;

  for (guint i = begin; i < end; i++)
    {
      const TripOrienteeringNode *facts = &problem->nodes[i];
      gfloat first = 0;
      gfloat second = 0;
      guint tour = 0;
      gdouble weight;

      if (self->state.tour[i] >= 0 || (facts->group >= 0 && self->state.group_used[facts->group]))
        continue;
      for (guint k = 0, t = mood->first_tour; k < problem->n_tours; k++, t = t + 1 < problem->n_tours ? t + 1 : 0)
        {
          const TripOrienteeringRow *row = &self->rows[t];

          if (row->cost[i] == TRIP_ORIENTEERING_NOWHERE || !is_eligible (self, t, i) ||
              (has_budget && self->state.cost + row->spend[i] > problem->budget))
            continue;
          if (row->gain[i] > first)
            {
              second = first;
              first = row->gain[i];
              tour = t;
            }
          else
            {
              second = MAX (second, row->gain[i]);
            }
        }
      if (first <= 0)
        continue;
      weight = weigh (self, i, self->rows[tour].cost[i], self->rows[tour].spend[i], first, mood) * self->weights[i];
      if (problem->n_tours > 1)
        weight *= 1.0 + 0.3 * (first - second) / first;
      if (weight > best)
        {
          best = weight;
          best_node = i;
          best_tour = tour;
        }
    }
  *out_node = best_node;
  *out_tour = best_tour;
  return best;
}

static gboolean
pick_any (TripOrienteeringSearch     *self,
          const TripOrienteeringMood *mood,
          guint                      *out_node,
          guint                      *out_tour)
{
  guint n_nodes = self->instance->problem->n_nodes;
  guint64 work = (guint64) MAX (self->instance->problem->n_tours, 1) * WORK_PER_TOUR;
  guint step = nodes_per_look (work);
  gdouble best = -1;

  *out_node = *out_tour = 0;
  for (guint i = 0; i < n_nodes && !self->is_over; i += step)
    {
      guint end = MIN (i + step, n_nodes);

      best = pick_among (self, mood, i, end, best, out_node, out_tour);
      trip_orienteering_count_work (self, (end - i) * work);
    }
  return best >= 0 && !self->is_over;
}

/*
 * trip_orienteering_pick:
 * @self: the search, all rows up to date
 * @mood: how to weigh
 * @out_node: (out): the node to insert
 * @out_tour: (out): the tour to insert it on
 * @out_after: (out): the vertex it is to follow
 *
 * Returns: whether any node fits and the search is not over
 */
gboolean
trip_orienteering_pick (TripOrienteeringSearch     *self,
                        const TripOrienteeringMood *mood,
                        guint                      *out_node,
                        guint                      *out_tour,
                        gint                       *out_after)
{
  const TripOrienteeringInstance *instance = self->instance;
  gint node;

  if (!instance->is_plain)
    {
      if (!pick_any (self, mood, out_node, out_tour))
        return FALSE;
      *out_after = self->rows[*out_tour].after[*out_node];
      return TRUE;
    }
  if (trip_orienteering_count_work (self, (guint64) instance->problem->n_nodes * instance->problem->n_tours))
    return FALSE;
  node = instance->pick_node (&instance->columns, self->rows, instance->problem->n_tours, self->weights, mood->by_delay);
  if (node < 0)
    return FALSE;
  *out_node = (guint) node;
  *out_tour = 0;
  for (guint t = 1; t < instance->problem->n_tours; t++)
    {
      if (self->rows[t].cost[node] < self->rows[*out_tour].cost[node])
        *out_tour = t;
    }
  *out_after = self->rows[*out_tour].arc_from[self->rows[*out_tour].after[node]];
  return TRUE;
}
