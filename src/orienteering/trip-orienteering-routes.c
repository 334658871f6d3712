/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tours of a state: inserting and removing stops, their earliest and latest starts, and what they are worth.
 *
 * A stop's latest start is the last at which all that follows can still be kept; with it the test of an insertion is O(1):
 * P. Vansteenwegen, W. Souffriau, G. Vanden Berghe and D. Van Oudheusden, "Iterated local search for the team orienteering
 * problem with time windows", Computers & Operations Research 36 (2009) 3281-3290; for several windows a node W. Souffriau
 * et al., Transportation Science 47 (2013) 53-63. What ways take of a limit is summed up whenever a tour is timed.
 */
#include "orienteering/trip-orienteering-private.h"

#include <string.h>

/*
 * trip_orienteering_state_init:
 * @self: uninitialised
 * @instance: the problem
 * @out_size: (out): bytes of its memory
 *
 * Allocates empty tours; g_free() of @tours frees them.
 */
void
trip_orienteering_state_init (TripOrienteeringState          *self,
                              const TripOrienteeringInstance *instance,
                              gsize                          *out_size)
{
  const TripOrienteeringProblem *problem = instance->problem;
  gsize tours_size = problem->n_tours * sizeof (TripOrienteeringTourState);
  gsize vertices_size = instance->n_vertices * sizeof (gint32);
  guint8 *memory;

  *out_size = tours_size + 6 * vertices_size + problem->n_groups;
  memory = g_malloc0 (*out_size + 1);
  self->value = 0;
  self->cost = 0;
  memset (self->load, 0, sizeof self->load);
  self->tours = (TripOrienteeringTourState *) (void *) memory;
  memory += tours_size;
  self->start = (gint32 *) (void *) memory;
  self->latest = self->start + instance->n_vertices;
  self->location = self->latest + instance->n_vertices;
  self->next = self->location + instance->n_vertices;
  self->previous = self->next + instance->n_vertices;
  self->tour = self->previous + instance->n_vertices;
  self->group_used = (guint8 *) (self->tour + instance->n_vertices);
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      self->tour[i] = -1;
      self->location[i] = problem->nodes[i].location;
    }
  for (guint t = 0; t < problem->n_tours; t++)
    {
      gint start = trip_orienteering_tour_start (instance, t);

      self->next[start] = start + 1;
      self->previous[start] = -1;
      self->previous[start + 1] = start;
      self->next[start + 1] = -1;
      self->tour[start] = self->tour[start + 1] = (gint32) t;
      self->location[start] = problem->tours[t].start_location;
      self->location[start + 1] = problem->tours[t].end_location;
      self->start[start] = self->start[start + 1] = problem->tours[t].start;
      self->latest[start] = self->latest[start + 1] = problem->tours[t].end;
    }
}

/*
 * trip_orienteering_state_assign:
 * @self: a state
 * @from: another of the same instance
 * @size: bytes of their memory
 *
 * Makes @self equal to @from.
 */
void
trip_orienteering_state_assign (TripOrienteeringState       *self,
                                const TripOrienteeringState *from,
                                gsize                        size)
{
  self->value = from->value;
  self->cost = from->cost;
  memcpy (self->load, from->load, sizeof self->load);
  memcpy (self->tours, from->tours, size);
}

static inline gint
earliest_plain (const TripOrienteeringInstance *instance,
                const TripOrienteeringState    *state,
                gint                            vertex)
{
  gint previous = state->previous[vertex];
  gint time = state->start[previous] + instance->service[previous] +
              instance->ways_from[(gsize) previous * instance->stride + (gsize) vertex];

  return MAX (time, instance->opens[vertex]);
}

static inline gint
latest_plain (const TripOrienteeringInstance *instance,
              const TripOrienteeringState    *state,
              gint                            vertex)
{
  gint next = state->next[vertex];
  gint time = state->latest[next] - instance->service[vertex] -
              instance->ways_from[(gsize) vertex * instance->stride + (gsize) next];

  return trip_orienteering_is_node (instance, vertex) ? MIN (time, instance->closes[vertex]) : time;
}

/* Both walks end where nothing changes any more. */
static void
retime_around (TripOrienteeringSearch *self,
               gint                    vertex)
{
  const TripOrienteeringInstance *instance = self->instance;
  TripOrienteeringState *state = &self->state;
  gint v = vertex;

  state->start[v] = earliest_plain (instance, state, v);
  while (trip_orienteering_is_node (instance, v))
    {
      gint time;

      v = state->next[v];
      time = earliest_plain (instance, state, v);
      if (time == state->start[v])
        break;
      state->start[v] = time;
    }
  v = vertex;
  state->latest[v] = latest_plain (instance, state, v);
  while (trip_orienteering_is_node (instance, v))
    {
      gint time;

      v = state->previous[v];
      time = latest_plain (instance, state, v);
      if (time == state->latest[v])
        break;
      state->latest[v] = time;
    }
}

static gboolean
retime_plain (TripOrienteeringSearch *self,
              guint                   tour)
{
  const TripOrienteeringInstance *instance = self->instance;
  TripOrienteeringState *state = &self->state;
  gint start = trip_orienteering_tour_start (instance, tour);
  gint v = start;
  gboolean holds = TRUE;

  do
    {
      v = state->next[v];
      state->start[v] = earliest_plain (instance, state, v);
    }
  while (v != start + 1);
  holds = state->start[v] <= state->latest[v];
  while (v != start)
    {
      v = state->previous[v];
      state->latest[v] = latest_plain (instance, state, v);
      holds = holds && state->start[v] <= state->latest[v];
    }
  return holds;
}

/* Sums up what the ways of the tour take of its loads; says whether it keeps them. */
static gboolean
measure_loads (TripOrienteeringSearch *self,
               guint                   tour)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  const TripOrienteeringState *state = &self->state;
  TripOrienteeringTourState *sums = &self->state.tours[tour];
  gint first = trip_orienteering_tour_start (self->instance, tour);
  gboolean holds = TRUE;

  for (guint k = 0; k < problem->n_loads; k++)
    {
      gint load = 0;

      if (problem->way_load[k] == NULL)
        continue;
      for (gint v = state->next[first]; v != first + 1; v = state->next[v])
        load += trip_orienteering_way_load (problem, k, state->location[state->previous[v]], state->location[v]);
      sums->way_load[k] = load;
      holds = holds && load + sums->load[k] <= MAX (problem->tours[tour].max_load[k], 0);
    }
  return holds;
}

/* Sums up what the tour takes of the limits; says whether it keeps its own. */
static gboolean
measure (TripOrienteeringSearch *self,
         guint                   tour)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  TripOrienteeringState *state = &self->state;
  TripOrienteeringTourState *sums = &state->tours[tour];
  gint first = trip_orienteering_tour_start (self->instance, tour);
  gint64 cost = 0;
  gint64 length = 0;

  if (!measure_loads (self, tour))
    return FALSE;
  if (problem->budget == 0 && problem->length == NULL)
    return TRUE;
  for (gint v = state->next[first]; v != first + 1; v = state->next[v])
    {
      gint from = state->location[state->previous[v]];

      cost += problem->nodes[v].cost + trip_orienteering_way_cost (problem, from, state->location[v]);
      if (problem->length != NULL)
        length += trip_orienteering_length (problem, from, state->location[v]);
    }
  state->cost += cost - sums->cost;
  sums->cost = cost;
  sums->length = length;
  return problem->length == NULL || length <= problem->tours[tour].max_length;
}

/* Computes earliest and latest starts; says whether the tour holds. */
static gboolean
retime (TripOrienteeringSearch *self,
        guint                   tour)
{
  const TripOrienteeringInstance *instance = self->instance;
  const TripOrienteeringProblem *problem = instance->problem;
  TripOrienteeringState *state = &self->state;
  gint first = trip_orienteering_tour_start (instance, tour);
  gint time = problem->tours[tour].start;
  gint v = first;

  if (instance->is_plain)
    return retime_plain (self, tour);
  if (!measure (self, tour))
    return FALSE;
  for (v = state->next[first]; v != first + 1; v = state->next[v])
    {
      time += trip_orienteering_travel (problem, state->location[state->previous[v]], state->location[v], time);
      time = trip_orienteering_earliest_start (problem, (guint) v, tour, time);
      if (time < 0)
        return FALSE;
      state->start[v] = time;
      time += problem->nodes[v].service;
    }
  time += trip_orienteering_travel (problem, state->location[state->previous[v]], state->location[v], time);
  state->start[v] = time;
  if (time > state->latest[v])
    return FALSE;

  time = state->latest[v];
  for (v = state->previous[v]; v != first; v = state->previous[v])
    {
      time = trip_orienteering_latest_departure (problem, state->location[v], state->location[state->next[v]], time);
      time = trip_orienteering_latest_start (problem, (guint) v, tour, time - problem->nodes[v].service);
      state->latest[v] = time;
      if (time < state->start[v])
        return FALSE;
    }
  return TRUE;
}

/* Puts what a node takes of the loads on its tour, or with -1 as @sign takes it off. */
static void
put_load (TripOrienteeringSearch    *self,
          guint                      node,
          TripOrienteeringTourState *tour,
          gint                       sign)
{
  const TripOrienteeringProblem *problem = self->instance->problem;

  for (guint k = 0; k < problem->n_loads; k++)
    {
      tour->load[k] += sign * problem->nodes[node].load[k];
      self->state.load[k] += sign * problem->nodes[node].load[k];
    }
}

static void
take_out (TripOrienteeringSearch *self,
          guint                   node)
{
  const TripOrienteeringNode *facts = &self->instance->problem->nodes[node];
  TripOrienteeringState *state = &self->state;
  TripOrienteeringTourState *tour = &state->tours[state->tour[node]];

  state->next[state->previous[node]] = state->next[node];
  state->previous[state->next[node]] = state->previous[node];
  state->tour[node] = -1;
  tour->n_stops--;
  put_load (self, node, tour, -1);
  if (facts->role == 0)
    tour->n_visits--;
  else
    tour->roles &= ~(1u << facts->role);
  if (facts->group >= 0)
    state->group_used[facts->group] = FALSE;
}

/*
 * trip_orienteering_remove:
 * @self: the search
 * @node: a visited node
 *
 * Takes it out, and with it what floated there: that was "near" a place that is no longer visited. The times of its tour
 * are wrong until trip_orienteering_mend_tour().
 */
void
trip_orienteering_remove (TripOrienteeringSearch *self,
                          guint                   node)
{
  const TripOrienteeringInstance *instance = self->instance;
  gint next;

  do
    {
      next = self->state.next[node];
      take_out (self, node);
      node = (guint) next;
    }
  while (trip_orienteering_is_node (instance, next) && instance->problem->nodes[next].floating);
}

/*
 * trip_orienteering_mend_tour:
 * @self: the search
 * @tour: a tour from which stops were taken
 *
 * Times it anew. Times, lengths and costs need not obey the triangle inequality, so a way may only have been possible by
 * way of the stop that is gone: then more stops go until the tour holds.
 */
void
trip_orienteering_mend_tour (TripOrienteeringSearch *self,
                             guint                   tour)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  gint first = trip_orienteering_tour_start (self->instance, tour);

  while ((!retime (self, tour) || (problem->budget > 0 && self->state.cost > problem->budget)) &&
         self->state.next[first] != first + 1)
    trip_orienteering_remove (self, (guint) self->state.previous[first + 1]);
}

/*
 * trip_orienteering_insert:
 * @self: the search
 * @after: the vertex that it follows
 * @node: a node that is not visited
 *
 * Returns: whether the tour holds with it; where not, nothing has changed
 */
gboolean
trip_orienteering_insert (TripOrienteeringSearch *self,
                          gint                    after,
                          guint                   node)
{
  const TripOrienteeringInstance *instance = self->instance;
  const TripOrienteeringNode *facts = &instance->problem->nodes[node];
  TripOrienteeringState *state = &self->state;
  gint next = state->next[after];
  guint tour = (guint) state->tour[after];

  state->next[after] = (gint32) node;
  state->previous[node] = after;
  state->next[node] = next;
  state->previous[next] = (gint32) node;
  state->tour[node] = (gint32) tour;
  state->tours[tour].n_stops++;
  put_load (self, node, &state->tours[tour], 1);
  if (facts->role == 0)
    state->tours[tour].n_visits++;
  else
    state->tours[tour].roles |= 1u << facts->role;
  if (facts->group >= 0)
    state->group_used[facts->group] = TRUE;
  if (instance->is_plain)
    {
      retime_around (self, (gint) node);
      return TRUE;
    }

  state->location[node] = facts->floating ? state->location[after] : facts->location;
  /* What floats happens wherever one is: from now on, here. */
  for (gint v = next; trip_orienteering_is_node (instance, v) && instance->problem->nodes[v].floating; v = state->next[v])
    state->location[v] = state->location[node];
  if (retime (self, tour))
    return TRUE;
  take_out (self, node);
  for (gint v = next; trip_orienteering_is_node (instance, v) && instance->problem->nodes[v].floating; v = state->next[v])
    state->location[v] = state->location[after];
  retime (self, tour);
  return FALSE;
}

/*
 * trip_orienteering_value_tour:
 * @self: the search
 * @tour: a tour that has changed
 *
 * Computes what it is worth and brings the state's value up to date.
 */
void
trip_orienteering_value_tour (TripOrienteeringSearch *self,
                              guint                   tour)
{
  const TripOrienteeringInstance *instance = self->instance;
  const TripOrienteeringProblem *problem = instance->problem;
  TripOrienteeringState *state = &self->state;
  gint first = trip_orienteering_tour_start (instance, tour);
  gint previous = first;
  gint time = problem->tours[tour].start;
  gdouble value = 0;

  for (gint v = state->next[first]; v != first + 1; v = state->next[v])
    {
      value += trip_orienteering_bonus (problem, (guint) v, tour);
      if (!instance->is_plain)
        {
          gint way = trip_orienteering_travel (problem, state->location[previous], state->location[v], time);
          gint idle = state->start[v] - time - way;

          value -= trip_orienteering_penalty (problem, state->location[previous], state->location[v]);
          value -= problem->idle_penalty * (gfloat) (previous == first ? 2 * idle : idle);
          time = state->start[v] + problem->nodes[v].service;
        }
      previous = v;
    }
  if (previous != first)
    value -= trip_orienteering_penalty (problem, state->location[previous], state->location[first + 1]);
  state->value += value - state->tours[tour].value;
  state->tours[tour].value = value;
}
