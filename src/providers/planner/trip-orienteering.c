/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Regret insertion improved by ruin and recreate.
 *
 * The O(1) feasibility test of an insertion by earliest and latest starts follows P. Vansteenwegen, W. Souffriau, G.
 * Vanden Berghe and D. Van Oudheusden, "Iterated local search for the team orienteering problem with time windows",
 * Computers & Operations Research 36 (2009) 3281-3290; for several windows a node see W. Souffriau, P. Vansteenwegen,
 * G. Vanden Berghe and D. Van Oudheusden, "The multiconstraint team orienteering problem with multiple time windows",
 * Transportation Science 47 (2013) 53-63. Removing neighbours and strings and inserting greedily again follows G.
 * Schrimpf, J. Schneider, H. Stamm-Wilbrandt and G. Dueck, "Record breaking optimization results using the ruin and
 * recreate principle", Journal of Computational Physics 159 (2000) 139-171, and J. Christiaens and G. Vanden Berghe,
 * "Slack induction by string removals for vehicle routing problems", Transportation Science 54 (2020) 417-433. Regret:
 * J.-Y. Potvin and J.-M. Rousseau, European Journal of Operational Research 66 (1993) 331-340.
 */
#include "providers/planner/trip-orienteering.h"

#include <math.h>
#include <string.h>

#define MAX_STOPS TRIP_ORIENTEERING_MAX_STOPS
#define MAX_REMOVED 6

/* How far below the present solution a new one may lie at first, in points; falls to nothing over the run. */
#define START_TEMPERATURE 20.0

typedef struct {
  gint n;
  gint n_visits;
  guint roles;
  guint64 version;
  gint node[MAX_STOPS];
  gint location[MAX_STOPS];
  gint start[MAX_STOPS];
  gint latest[MAX_STOPS];
} Route;

/* Everything that ruin and recreate change, in one block of memory, so that copying one is one memcpy. */
typedef struct {
  gdouble score;
  Route *routes;
  gint16 *tour_of;
  guint8 *group_used;
} State;

typedef struct {
  gfloat gain;
  gint16 position;
  gint16 extra_time;
} Insertion;

typedef struct {
  const TripOrienteeringProblem *problem;
  State state;
  gsize state_size;
  Insertion *insertions;
  guint64 *insertion_versions;
  guint64 next_version;
  guint64 random;
  guint64 n_evaluations;
} Solver;

static inline guint64
next_random (Solver *self)
{
  /* xorshift64*, S. Vigna, ACM Transactions on Mathematical Software 42 (2016). */
  self->random ^= self->random >> 12;
  self->random ^= self->random << 25;
  self->random ^= self->random >> 27;
  return self->random * G_GUINT64_CONSTANT (2685821657736338717);
}

static inline guint
random_below (Solver *self,
              guint   n)
{
  return (guint) ((next_random (self) >> 33) % n);
}

static inline gdouble
random_unit (Solver *self)
{
  return (gdouble) (next_random (self) >> 11) * (1.0 / 9007199254740992.0);
}

static inline gint
travel (const TripOrienteeringProblem *problem,
        gint                           from,
        gint                           to)
{
  return problem->travel[(guint) from * problem->n_locations + (guint) to];
}

static inline gfloat
penalty (const TripOrienteeringProblem *problem,
         gint                           from,
         gint                           to)
{
  return problem->penalty[(guint) from * problem->n_locations + (guint) to];
}

/* Earliest start not before @time, or -1. */
static inline gint
earliest_start (const TripOrienteeringProblem *problem,
                guint                          node,
                guint                          tour,
                gint                           time)
{
  guint last = problem->first_window[node * problem->n_tours + tour + 1];

  for (guint i = problem->first_window[node * problem->n_tours + tour]; i < last; i++)
    {
      if (time <= problem->windows[i].to)
        return MAX (time, problem->windows[i].from);
    }
  return -1;
}

/* Latest start not after @time, or -1. */
static inline gint
latest_start (const TripOrienteeringProblem *problem,
              guint                          node,
              guint                          tour,
              gint                           time)
{
  guint first = problem->first_window[node * problem->n_tours + tour];

  for (guint i = problem->first_window[node * problem->n_tours + tour + 1]; i-- > first;)
    {
      if (problem->windows[i].from <= time)
        return MIN (time, problem->windows[i].to);
    }
  return -1;
}

/* Computes earliest and latest starts; says whether the route holds. */
static gboolean
retime_route (Solver *self,
              guint   tour)
{
  const TripOrienteeringProblem *problem = self->problem;
  const TripOrienteeringTour *bounds = &problem->tours[tour];
  Route *route = &self->state.routes[tour];
  gint time = bounds->start;
  gint location = bounds->start_location;

  route->version = ++self->next_version;
  for (gint i = 0; i < route->n; i++)
    {
      time += travel (problem, location, route->location[i]);
      time = earliest_start (problem, (guint) route->node[i], tour, time);
      if (time < 0)
        return FALSE;
      route->start[i] = time;
      time += problem->nodes[route->node[i]].service;
      location = route->location[i];
    }

  time = bounds->end;
  location = bounds->end_location;
  for (gint i = route->n; i-- > 0;)
    {
      time -= travel (problem, route->location[i], location) + problem->nodes[route->node[i]].service;
      time = latest_start (problem, (guint) route->node[i], tour, time);
      route->latest[i] = time;
      if (time < route->start[i])
        return FALSE;
      location = route->location[i];
    }
  return TRUE;
}

static void
insert_stop (Solver *self,
             guint   tour,
             gint    position,
             gint    node)
{
  const TripOrienteeringNode *facts = &self->problem->nodes[node];
  Route *route = &self->state.routes[tour];
  gsize n_after = (gsize) (route->n - position);

  memmove (route->node + position + 1, route->node + position, n_after * sizeof *route->node);
  memmove (route->location + position + 1, route->location + position, n_after * sizeof *route->location);
  route->node[position] = node;
  route->location[position] = !facts->floating ? facts->location
                              : position > 0   ? route->location[position - 1]
                                               : self->problem->tours[tour].start_location;
  route->n++;
  /* What floats happens wherever one is: from now on, here. */
  for (gint i = position + 1; i < route->n && !facts->floating && self->problem->nodes[route->node[i]].floating; i++)
    route->location[i] = facts->location;
  if (facts->role == 0)
    route->n_visits++;
  else
    route->roles |= 1u << facts->role;
  self->state.tour_of[node] = (gint16) tour;
  if (facts->group >= 0)
    self->state.group_used[facts->group] = TRUE;
  retime_route (self, tour);
}

/* What floated with the stop goes with it: it was "near" a place that is no longer there. */
static void
take_out (Solver *self,
          guint   tour,
          gint    position)
{
  Route *route = &self->state.routes[tour];
  gint count = 1;

  while (position + count < route->n && self->problem->nodes[route->node[position + count]].floating)
    count++;
  for (gint i = position; i < position + count; i++)
    {
      const TripOrienteeringNode *facts = &self->problem->nodes[route->node[i]];

      if (facts->role == 0)
        route->n_visits--;
      else
        route->roles &= ~(1u << facts->role);
      self->state.tour_of[route->node[i]] = -1;
      if (facts->group >= 0)
        self->state.group_used[facts->group] = FALSE;
    }
  memmove (route->node + position, route->node + position + count,
           (gsize) (route->n - position - count) * sizeof *route->node);
  memmove (route->location + position, route->location + position + count,
           (gsize) (route->n - position - count) * sizeof *route->location);
  route->n -= count;
}

/* Times need not obey the triangle inequality: a walk over a limit may only have been possible by way of the stop. */
static void
remove_stop (Solver *self,
             guint   tour,
             gint    position)
{
  Route *route = &self->state.routes[tour];

  take_out (self, tour, position);
  while (!retime_route (self, tour) && route->n > 0)
    take_out (self, tour, MIN (position, route->n - 1));
}

static gdouble
compute_score (Solver *self)
{
  const TripOrienteeringProblem *problem = self->problem;
  gdouble score = 0;

  for (guint t = 0; t < problem->n_tours; t++)
    {
      const Route *route = &self->state.routes[t];
      gint location = problem->tours[t].start_location;
      gint time = problem->tours[t].start;

      for (gint i = 0; i < route->n; i++)
        {
          const TripOrienteeringNode *facts = &problem->nodes[route->node[i]];
          gint idle = route->start[i] - time - travel (problem, location, route->location[i]);

          score += facts->score - penalty (problem, location, route->location[i]);
          score -= problem->idle_penalty * (gfloat) (i == 0 ? 2 * idle : idle);
          time = route->start[i] + facts->service;
          if (facts->mandatory)
            score += TRIP_ORIENTEERING_MANDATORY_SCORE;
          if (facts->role != 0)
            score += TRIP_ORIENTEERING_ROLE_SCORE;
          location = route->location[i];
        }
      if (route->n > 0)
        score -= penalty (problem, location, problem->tours[t].end_location);
    }
  return score;
}

/* Whether a stop that is over at @time, before the run of floating stops at @position, leaves these and what
 * follows them possible. @longer is by how much the way onward grows, not below 0. */
static gboolean
floats_still_fit (const TripOrienteeringProblem *problem,
                  guint                          tour,
                  const Route                   *route,
                  gint                           position,
                  gint                           time,
                  gint                           longer)
{
  for (gint i = position; i < route->n && problem->nodes[route->node[i]].floating; i++)
    {
      time = earliest_start (problem, (guint) route->node[i], tour, time);
      if (time < 0 || time > route->latest[i] - longer)
        return FALSE;
      time += problem->nodes[route->node[i]].service;
    }
  return TRUE;
}

static void
evaluate_node (Solver    *self,
               guint      tour,
               guint      node,
               Insertion *out)
{
  const TripOrienteeringProblem *problem = self->problem;
  const TripOrienteeringTour *bounds = &problem->tours[tour];
  const TripOrienteeringNode *facts = &problem->nodes[node];
  const Route *route = &self->state.routes[tour];
  gint location = bounds->start_location;
  gint departure = bounds->start;
  gfloat bonus = facts->score + (facts->mandatory ? TRIP_ORIENTEERING_MANDATORY_SCORE : 0) +
                 (facts->role != 0 ? TRIP_ORIENTEERING_ROLE_SCORE : 0);

  out->position = -1;
  out->gain = -G_MAXFLOAT;
  out->extra_time = 0;
  for (gint p = 0; p <= route->n; p++)
    {
      gboolean before_floats = p < route->n && problem->nodes[route->node[p]].floating;
      gint deadline = p < route->n ? route->latest[p] : bounds->end;
      gint here = facts->floating ? location : facts->location;
      gint next = p;
      gint next_location;

      while (next < route->n && problem->nodes[route->node[next]].floating)
        next++;
      next_location = next < route->n ? route->location[next] : bounds->end_location;
      if (!before_floats || !facts->floating)
        {
          gint onward = travel (problem, here, next_location);
          gint longer = MAX (onward - travel (problem, location, next_location), 0);
          gint start = earliest_start (problem, node, tour, departure + travel (problem, location, here));

          if (start >= 0 && (before_floats ? floats_still_fit (problem, tour, route, p, start + facts->service, longer)
                                           : start + facts->service + onward <= deadline))
            {
              gfloat gain = bonus - penalty (problem, location, here) - penalty (problem, here, next_location) +
                            (route->n > 0 ? penalty (problem, location, next_location) : 0);

              if (gain > out->gain)
                {
                  gint extra = start + facts->service + onward - departure - travel (problem, location, next_location);

                  out->gain = gain;
                  out->position = (gint16) p;
                  out->extra_time = (gint16) CLAMP (extra, 0, 2000);
                }
            }
        }
      if (p < route->n)
        {
          location = route->location[p];
          departure = route->start[p] + problem->nodes[route->node[p]].service;
        }
    }
}

static void
evaluate_tour (Solver *self,
               guint   tour)
{
  const TripOrienteeringProblem *problem = self->problem;
  const Route *route = &self->state.routes[tour];

  for (guint i = 0; i < problem->n_nodes; i++)
    {
      Insertion *insertion = &self->insertions[tour * problem->n_nodes + i];
      guint w = i * problem->n_tours + tour;

      if (self->state.tour_of[i] == (gint16) tour || problem->first_window[w] == problem->first_window[w + 1])
        {
          insertion->position = -1;
          continue;
        }
      evaluate_node (self, tour, i, insertion);
    }
  self->n_evaluations += (guint64) problem->n_nodes * (guint64) (route->n + 1);
  self->insertion_versions[tour] = route->version;
}

static inline gboolean
is_eligible (Solver *self,
             guint   tour,
             guint   node)
{
  const TripOrienteeringNode *facts = &self->problem->nodes[node];
  const TripOrienteeringTour *bounds = &self->problem->tours[tour];
  const Route *route = &self->state.routes[tour];

  if (route->n >= MAX_STOPS)
    return FALSE;
  if (facts->role == 0)
    return route->n_visits < bounds->max_visits;
  return (bounds->roles & (1u << facts->role)) != 0 && (route->roles & (1u << facts->role)) == 0;
}

/* Inserts the best candidate; @exponent says how much the time that it takes weighs. */
static gboolean
insert_best (Solver  *self,
             gint     exponent,
             gdouble  noise)
{
  const TripOrienteeringProblem *problem = self->problem;
  gdouble best_priority = -1;
  gint best_node = -1;
  guint best_tour = 0;

  for (guint t = 0; t < problem->n_tours; t++)
    {
      if (self->insertion_versions[t] != self->state.routes[t].version)
        evaluate_tour (self, t);
    }

  for (guint i = 0; i < problem->n_nodes; i++)
    {
      const TripOrienteeringNode *facts = &problem->nodes[i];
      const Insertion *first = NULL;
      gfloat second = 0;
      guint first_tour = 0;
      gdouble priority;

      if (self->state.tour_of[i] >= 0 || (facts->group >= 0 && self->state.group_used[facts->group]))
        continue;
      for (guint t = 0; t < problem->n_tours; t++)
        {
          const Insertion *insertion = &self->insertions[t * problem->n_nodes + i];

          if (insertion->position < 0 || !is_eligible (self, t, i))
            continue;
          if (first == NULL || insertion->gain > first->gain)
            {
              if (first != NULL)
                second = MAX (first->gain, 0);
              first = insertion;
              first_tour = t;
            }
          else
            {
              second = MAX (second, insertion->gain);
            }
        }
      if (first == NULL || first->gain <= 0)
        continue;

      priority = first->gain;
      if (exponent == 1)
        priority /= sqrt ((gdouble) (facts->service + first->extra_time + 10));
      else if (exponent == 2)
        priority /= (gdouble) (facts->service + first->extra_time + 10);
      if (problem->n_tours > 1)
        priority *= 1.0 + 0.3 * MIN ((first->gain - second) / first->gain, 1.0);
      if (noise > 0)
        priority *= 1.0 + noise * random_unit (self);
      if (priority > best_priority)
        {
          best_priority = priority;
          best_node = (gint) i;
          best_tour = first_tour;
        }
    }

  if (best_node < 0)
    return FALSE;
  insert_stop (self, best_tour, self->insertions[best_tour * problem->n_nodes + (guint) best_node].position, best_node);
  return TRUE;
}

static void
recreate (Solver  *self,
          gint     exponent,
          gdouble  noise)
{
  while (insert_best (self, exponent, noise))
    ;
  self->state.score = compute_score (self);
}

static gint
count_stops (const Solver *self)
{
  gint n = 0;

  for (guint t = 0; t < self->problem->n_tours; t++)
    n += self->state.routes[t].n;
  return n;
}

static void
pick_stop (Solver *self,
           gint    n_stops,
           guint  *out_tour,
           gint   *out_position)
{
  gint pick = (gint) random_below (self, (guint) n_stops);
  guint tour = 0;

  while (pick >= self->state.routes[tour].n)
    pick -= self->state.routes[tour++].n;
  *out_tour = tour;
  *out_position = pick;
}

static void
ruin_neighbours (Solver *self,
                 gint    location,
                 gint    count)
{
  for (; count > 0; count--)
    {
      gint nearest = G_MAXINT;
      guint tour = 0;
      gint position = -1;

      for (guint t = 0; t < self->problem->n_tours; t++)
        {
          const Route *route = &self->state.routes[t];

          for (gint i = 0; i < route->n; i++)
            {
              gint distance = travel (self->problem, location, route->location[i]) + (gint) random_below (self, 10);

              if (distance < nearest)
                {
                  nearest = distance;
                  tour = t;
                  position = i;
                }
            }
        }
      if (position < 0)
        return;
      remove_stop (self, tour, position);
    }
}

static void
ruin (Solver *self)
{
  gint n_stops = count_stops (self);
  gint count = 1 + (gint) random_below (self, MAX_REMOVED);
  guint tour;
  gint position;

  if (n_stops == 0)
    return;
  pick_stop (self, n_stops, &tour, &position);
  switch (random_below (self, 8))
    {
    case 0:
      while (self->state.routes[tour].n > 0)
        remove_stop (self, tour, self->state.routes[tour].n - 1);
      /* An empty tour is room for a stop that crowds another. */
      n_stops = count_stops (self);
      if (n_stops > 0)
        {
          pick_stop (self, n_stops, &tour, &position);
          remove_stop (self, tour, position);
        }
      break;
    case 1:
    case 2:
    case 3:
      ruin_neighbours (self, self->state.routes[tour].location[position], count);
      break;
    default:
      for (; count > 0 && position < self->state.routes[tour].n; count--)
        remove_stop (self, tour, position);
      break;
    }
}

static gsize
state_bytes (const TripOrienteeringProblem *problem)
{
  return problem->n_tours * sizeof (Route) + problem->n_nodes * sizeof (gint16) + problem->n_groups;
}

static void
state_init (State                         *state,
            const TripOrienteeringProblem *problem)
{
  guint8 *memory = g_malloc0 (state_bytes (problem) + sizeof (Route));

  state->score = 0;
  state->routes = (Route *) memory;
  state->tour_of = (gint16 *) (memory + problem->n_tours * sizeof (Route));
  state->group_used = (guint8 *) (state->tour_of + problem->n_nodes);
  memset (state->tour_of, 0xff, problem->n_nodes * sizeof (gint16));
}

static void
state_assign (const Solver *self,
              State        *to,
              const State  *from)
{
  to->score = from->score;
  memcpy (to->routes, from->routes, self->state_size);
}

static TripOrienteeringSolution *
export_state (const Solver *self,
              const State  *state)
{
  const TripOrienteeringProblem *problem = self->problem;
  TripOrienteeringSolution *solution = g_new0 (TripOrienteeringSolution, 1);

  solution->stops = g_new0 (TripOrienteeringStop, problem->n_tours * MAX_STOPS);
  solution->n_stops = g_new0 (guint, problem->n_tours);
  solution->score = state->score;
  for (guint t = 0; t < problem->n_tours; t++)
    {
      const Route *route = &state->routes[t];

      solution->n_stops[t] = (guint) route->n;
      for (gint i = 0; i < route->n; i++)
        {
          TripOrienteeringStop *stop = &solution->stops[t * MAX_STOPS + (guint) i];

          stop->node = route->node[i];
          stop->location = route->location[i];
          stop->start = route->start[i];
        }
    }
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      if (problem->nodes[i].mandatory && state->tour_of[i] < 0 &&
          (problem->nodes[i].group < 0 || !state->group_used[problem->nodes[i].group]))
        solution->n_missing++;
    }
  return solution;
}

static void
improve (Solver       *self,
         State        *present,
         State        *best,
         guint64       max_evaluations,
         GCancellable *cancellable)
{
  guint64 idle = 0;

  while (self->n_evaluations < max_evaluations && idle < 4000 && !g_cancellable_is_cancelled (cancellable))
    {
      gdouble left = 1.0 - (gdouble) self->n_evaluations / (gdouble) max_evaluations;
      guint64 before = self->n_evaluations;

      ruin (self);
      recreate (self, (gint) random_below (self, 3), 0.4);
      if (self->state.score > best->score + 1e-6)
        {
          state_assign (self, best, &self->state);
          idle = 0;
        }
      if (self->state.score >= present->score - START_TEMPERATURE * left * left)
        state_assign (self, present, &self->state);
      else
        state_assign (self, &self->state, present);
      idle++;
      /* A problem too small to evaluate anything must end as well. */
      if (self->n_evaluations == before)
        self->n_evaluations++;
    }
}

/**
 * trip_orienteering_solve:
 * @problem: what to solve
 * @seed: the same seed gives the same solution
 * @max_evaluations: how many insertions to weigh at most, some 10 ns each
 * @cancellable: (nullable): stops the search; what was found so far is returned
 *
 * Builds a solution by regret insertion and improves it. Mandatory nodes come before roles, roles before scores.
 * Allocates before and after the search, not within it.
 *
 * Returns: (transfer full): the best solution found
 */
TripOrienteeringSolution *
trip_orienteering_solve (const TripOrienteeringProblem *problem,
                         guint64                        seed,
                         guint64                        max_evaluations,
                         GCancellable                  *cancellable)
{
  Solver self = { .problem = problem };
  State present, best;
  TripOrienteeringSolution *solution;

  g_return_val_if_fail (problem != NULL, NULL);
  g_return_val_if_fail (problem->n_tours < G_MAXINT16, NULL);

  self.random = seed * 2 + 0x9e3779b97f4a7c15u;
  self.state_size = state_bytes (problem);
  state_init (&self.state, problem);
  state_init (&present, problem);
  state_init (&best, problem);
  self.insertions = g_new0 (Insertion, (gsize) problem->n_tours * problem->n_nodes + 1);
  self.insertion_versions = g_new0 (guint64, problem->n_tours + 1);
  for (guint t = 0; t < problem->n_tours; t++)
    retime_route (&self, t);

  recreate (&self, 1, 0);
  state_assign (&self, &present, &self.state);
  state_assign (&self, &best, &self.state);
  improve (&self, &present, &best, max_evaluations, cancellable);
  solution = export_state (&self, &best);

  g_free (self.state.routes);
  g_free (present.routes);
  g_free (best.routes);
  g_free (self.insertions);
  g_free (self.insertion_versions);
  return solution;
}

/**
 * trip_orienteering_solution_free:
 * @self: (transfer full): a solution
 *
 * Frees it.
 */
void
trip_orienteering_solution_free (TripOrienteeringSolution *self)
{
  g_free (self->stops);
  g_free (self->n_stops);
  g_free (self);
}
