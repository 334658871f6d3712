/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a round takes out: strings of several tours near one place, split strings, or single neighbours.
 *
 * J. Christiaens and G. Vanden Berghe, "Slack induction by string removals for vehicle routing problems", Transportation
 * Science 54 (2020) 417-433, with the lengths and counts of its equations 5 to 7; single neighbours after G. Schrimpf et
 * al., "Record breaking optimization results using the ruin and recreate principle", Journal of Computational Physics 159
 * (2000) 139-171.
 */
#include "orienteering/trip-orienteering-private.h"

#include <math.h>

#define SHARE_NEIGHBOURS 0.3
#define SHARE_SKIPPED 0.25
#define SHARE_SPLIT 0.5

#define MAX_NEAR 64

static gint
distance (const TripOrienteeringInstance *instance,
          gint                            node,
          gint                            location,
          gint                            vertex,
          const TripOrienteeringState    *state)
{
  if (instance->is_plain)
    return instance->ways_from[(gsize) node * instance->stride + (gsize) vertex];
  return trip_orienteering_travel (instance->problem, location, state->location[vertex], 0);
}

/* Keeps @n pairs sorted by distance. */
static guint
keep_near (TripOrienteeringSearch *self,
           guint                   n,
           guint                   most,
           gint                    vertex,
           gint                    away)
{
  guint at = n < most ? n++ : n - 1;

  while (at > 0 && self->near_distance[at - 1] > away)
    {
      self->near_distance[at] = self->near_distance[at - 1];
      self->near_vertex[at] = self->near_vertex[at - 1];
      at--;
    }
  self->near_distance[at] = away;
  self->near_vertex[at] = vertex;
  return n;
}

static void
ruin_neighbours (TripOrienteeringSearch *self,
                 gint                    seed,
                 guint                   n_stops)
{
  const TripOrienteeringInstance *instance = self->instance;
  guint n_removed = MIN (1 + trip_orienteering_random_below (self, self->instance->mean_removed), n_stops);
  guint most = MIN (n_removed + n_removed / 2 + 2, MAX_NEAR);
  gint location = self->state.location[seed];
  guint n = 0;

  for (guint t = 0; t < instance->problem->n_tours; t++)
    {
      gint end = trip_orienteering_tour_start (instance, t) + 1;

      for (gint v = self->state.next[end - 1]; v != end; v = self->state.next[v])
        {
          gint away = distance (instance, seed, location, v, &self->state);

          if (n < most || away < self->near_distance[n - 1])
            n = keep_near (self, n, most, v, away);
        }
    }
  for (guint i = 0; i < n && n_removed > 0; i++)
    {
      gint tour = self->state.tour[self->near_vertex[i]];

      if (tour < 0 || trip_orienteering_random_unit (self) < SHARE_SKIPPED)
        continue;
      trip_orienteering_touch (self, (guint) tour);
      trip_orienteering_remove (self, (guint) self->near_vertex[i]);
      n_removed--;
    }
}

/* Removes @length stops of a string around @vertex; where it is split, a run inside it stays. */
static void
remove_string (TripOrienteeringSearch *self,
               gint                    vertex,
               guint                   length)
{
  const TripOrienteeringInstance *instance = self->instance;
  TripOrienteeringState *state = &self->state;
  guint tour = (guint) state->tour[vertex];
  guint n_stops = (guint) state->tours[tour].n_stops;
  guint n_kept = 0;
  guint reach, back, keep_from;
  gint v = vertex;
  guint ahead = 0;

  trip_orienteering_touch (self, tour);
  if (length > 1 && length < n_stops && trip_orienteering_random_unit (self) < SHARE_SPLIT)
    {
      n_kept = 1;
      while (length + n_kept < n_stops && trip_orienteering_random_unit (self) < SHARE_SPLIT)
        n_kept++;
    }
  reach = length + n_kept;
  for (back = trip_orienteering_random_below (self, reach); back > 0; back--)
    {
      if (!trip_orienteering_is_node (instance, state->previous[v]))
        break;
      v = state->previous[v];
    }
  for (gint u = v; trip_orienteering_is_node (instance, u) && ahead < reach; u = state->next[u])
    ahead++;
  for (; ahead < reach && trip_orienteering_is_node (instance, state->previous[v]); ahead++)
    v = state->previous[v];
  keep_from = n_kept > 0 ? trip_orienteering_random_below (self, length + 1) : reach;
  for (guint i = 0; i < reach && trip_orienteering_is_node (instance, v); i++)
    {
      gint next = state->next[v];

      if (i < keep_from || i >= keep_from + n_kept)
        {
          trip_orienteering_remove (self, (guint) v);
          /* What floated there went along. */
          while (trip_orienteering_is_node (instance, next) && state->tour[next] < 0)
            next = state->next[next];
        }
      v = next;
    }
}

static void
ruin_strings (TripOrienteeringSearch *self,
              gint                    seed,
              guint                   n_stops)
{
  const TripOrienteeringInstance *instance = self->instance;
  guint n_tours = instance->problem->n_tours;
  gdouble longest = MIN ((gdouble) instance->max_string, MAX ((gdouble) n_stops / n_tours, 1.0));
  gdouble most = 4.0 * self->instance->mean_removed / (1.0 + longest) - 1.0;
  guint n_strings = MIN ((guint) (trip_orienteering_random_unit (self) * MAX (most, 1.0) + 1.0), n_tours);
  gint location = self->state.location[seed];
  guint n = 0;

  n_strings = MIN (n_strings, MAX_NEAR);
  for (guint t = 0; t < n_tours; t++)
    {
      gint end = trip_orienteering_tour_start (instance, t) + 1;
      gint nearest = -1;
      gint nearest_away = G_MAXINT;

      for (gint v = self->state.next[end - 1]; v != end; v = self->state.next[v])
        {
          gint away = distance (instance, seed, location, v, &self->state);

          if (away < nearest_away)
            {
              nearest = v;
              nearest_away = away;
            }
        }
      if (nearest >= 0 && (n < n_strings || nearest_away < self->near_distance[n - 1]))
        n = keep_near (self, n, n_strings, nearest, nearest_away);
    }
  for (guint i = 0; i < n; i++)
    {
      guint tour_stops = (guint) self->state.tours[self->state.tour[self->near_vertex[i]]].n_stops;
      guint length = (guint) (trip_orienteering_random_unit (self) * MIN (instance->max_string, tour_stops) + 1.0);

      remove_string (self, self->near_vertex[i], MIN (length, tour_stops));
    }
}

/*
 * trip_orienteering_ruin:
 * @self: the search
 *
 * Takes stops out around a node chosen at random, visited or not, and times the tours anew.
 */
void
trip_orienteering_ruin (TripOrienteeringSearch *self)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  guint n_stops = 0;
  gint seed;

  for (guint t = 0; t < problem->n_tours; t++)
    n_stops += (guint) self->state.tours[t].n_stops;
  if (n_stops == 0)
    return;
  seed = (gint) trip_orienteering_random_below (self, problem->n_nodes);
  if (problem->nodes[seed].floating && self->state.tour[seed] < 0)
    return;
  if (trip_orienteering_random_unit (self) < SHARE_NEIGHBOURS)
    ruin_neighbours (self, seed, n_stops);
  else
    ruin_strings (self, seed, n_stops);
  for (guint t = 0; t < problem->n_tours; t++)
    {
      if (self->touched[t])
        trip_orienteering_mend_tour (self, t);
    }
}
