/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Makes a problem ready for searching: whether it is plain, and the arrays that the inner loops read.
 */
#include "orienteering/trip-orienteering-private.h"

#include <math.h>
#include <string.h>

#define ALIGNMENT 64

/* Scores are weighed by these powers; few enough to keep ready. */
static const gdouble exponents[] = { 2.0, 1.0, 1.5, 3.0 };

/* Stops that a round removes on the average, the longest string, and the temperature at the start in mean scores. Plain
 * problems have tens of thousands of rounds a second and the time to leave a valley; others have few rounds. */
#define MEAN_REMOVED_PLAIN 20
#define MAX_STRING_PLAIN 20
#define START_HEAT_PLAIN 1.5
#define MEAN_REMOVED 4
#define MAX_STRING 6
#define START_HEAT 0.2

static gpointer
new_aligned (gsize n_bytes)
{
  return g_aligned_alloc0 (MAX (n_bytes, 1), 1, ALIGNMENT);
}

/* One window for all tours and nothing that asks for more than times and scores. */
static gboolean
is_plain (const TripOrienteeringProblem *problem)
{
  if (problem->n_groups > 0 || problem->penalty != NULL || problem->idle_penalty > 0 || problem->n_periods > 1 ||
      problem->tour_scores != NULL || problem->budget > 0 || problem->length != NULL ||
      problem->n_loads > 0)
    return FALSE;
  for (guint t = 0; t < problem->n_tours; t++)
    {
      if (problem->tours[t].roles != 0 || problem->tours[t].max_visits < (gint) problem->n_nodes ||
          problem->tours[t].end >= TRIP_ORIENTEERING_MAX_PLAIN_TIME || problem->tours[t].start < 0)
        return FALSE;
    }
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      const TripOrienteeringNode *node = &problem->nodes[i];
      guint first = problem->first_window[i * problem->n_tours];

      if (node->role != 0 || node->floating || node->score < 0)
        return FALSE;
      for (guint t = 0; t < problem->n_tours; t++)
        {
          guint w = problem->first_window[i * problem->n_tours + t];

          if (problem->first_window[i * problem->n_tours + t + 1] != w + 1 ||
              memcmp (&problem->windows[w], &problem->windows[first], sizeof *problem->windows) != 0)
            return FALSE;
        }
    }
  for (gsize i = 0; i < (gsize) problem->n_locations * problem->n_locations; i++)
    {
      if (problem->travel[i] >= TRIP_ORIENTEERING_MAX_PLAIN_TIME)
        return FALSE;
    }
  return TRUE;
}

static gint
vertex_location (const TripOrienteeringInstance *self,
                 guint                           vertex)
{
  const TripOrienteeringProblem *problem = self->problem;
  guint end = vertex - problem->n_nodes;

  if (vertex < problem->n_nodes)
    return problem->nodes[vertex].location;
  return end % 2 == 0 ? problem->tours[end / 2].start_location : problem->tours[end / 2].end_location;
}

static gboolean
is_symmetric (const TripOrienteeringProblem *problem)
{
  for (guint i = 0; i < problem->n_locations; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (problem->travel[(gsize) i * problem->n_locations + j] != problem->travel[(gsize) j * problem->n_locations + i])
            return FALSE;
        }
    }
  return TRUE;
}

static void
fill_columns (TripOrienteeringInstance *self)
{
  const TripOrienteeringProblem *problem = self->problem;

  self->ways_from = new_aligned ((gsize) self->n_vertices * self->stride * sizeof (gint32));
  self->ways_to = self->ways_from;
  /* One matrix for both ways halves what the inner loop reads. */
  if (!is_symmetric (problem))
    self->ways_to = new_aligned ((gsize) self->n_vertices * self->stride * sizeof (gint32));
  for (guint v = 0; v < self->n_vertices; v++)
    {
      gsize row = (gsize) v * self->stride;

      for (guint u = 0; u < self->n_vertices; u++)
        {
          gint here = vertex_location (self, v);
          gint there = vertex_location (self, u);

          self->ways_from[row + u] = trip_orienteering_travel (problem, here, there, 0);
          self->ways_to[row + u] = trip_orienteering_travel (problem, there, here, 0);
        }
    }
  for (guint i = 0; i < self->stride; i++)
    self->closes[i] = -1;
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      const TripOrienteeringWindow *window = &problem->windows[problem->first_window[i * problem->n_tours]];

      self->opens[i] = window->from;
      self->closes[i] = MIN (window->to, TRIP_ORIENTEERING_MAX_PLAIN_TIME);
    }
  self->columns.from = self->opens;
  self->columns.to = self->closes;
  self->columns.service = self->service;
  self->columns.n_blocks = (problem->n_nodes + TRIP_ORIENTEERING_BLOCK - 1) / TRIP_ORIENTEERING_BLOCK;
  self->evaluate_row = trip_orienteering_evaluate_row_base;
  self->pick_node = trip_orienteering_pick_node_base;
#ifdef TRIP_HAVE_AVX2
  if (__builtin_cpu_supports ("avx2"))
    {
      self->evaluate_row = trip_orienteering_evaluate_row_avx2;
      self->pick_node = trip_orienteering_pick_node_avx2;
    }
#endif
}

/*
 * trip_orienteering_instance_new:
 * @problem: the problem; outlives the instance
 *
 * Returns: (transfer full): the problem made ready
 */
TripOrienteeringInstance *
trip_orienteering_instance_new (const TripOrienteeringProblem *problem)
{
  TripOrienteeringInstance *self = g_new0 (TripOrienteeringInstance, 1);
  gint64 time = 0;
  gdouble sum = 0;
  guint n_scored = 0;

  self->problem = problem;
  self->n_vertices = problem->n_nodes + 2 * problem->n_tours;
  self->stride = (self->n_vertices + TRIP_ORIENTEERING_BLOCK - 1) / TRIP_ORIENTEERING_BLOCK * TRIP_ORIENTEERING_BLOCK;
  self->opens = new_aligned (self->stride * sizeof (gint32));
  self->closes = new_aligned (self->stride * sizeof (gint32));
  self->service = new_aligned (self->stride * sizeof (gint32));
  self->worth = new_aligned (G_N_ELEMENTS (exponents) * self->stride * sizeof (gfloat));
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      self->service[i] = problem->nodes[i].service;
      if (problem->nodes[i].score > 0 && problem->nodes[i].role == 0)
        {
          sum += problem->nodes[i].score;
          n_scored++;
        }
    }
  self->mean_score = n_scored > 0 ? sum / n_scored : 1;
  for (guint t = 0; t < problem->n_tours; t++)
    time += problem->tours[t].end - problem->tours[t].start;
  self->time_per_cost = problem->budget > 0 ? (gdouble) time / (gdouble) problem->budget : 0;

  self->is_plain = is_plain (problem);
  self->mean_removed = self->is_plain ? MEAN_REMOVED_PLAIN : MEAN_REMOVED;
  self->max_string = self->is_plain ? MAX_STRING_PLAIN : MAX_STRING;
  self->start_heat = self->is_plain ? START_HEAT_PLAIN : START_HEAT;
  if (self->is_plain)
    fill_columns (self);
  for (guint e = 0; e < G_N_ELEMENTS (exponents); e++)
    {
      for (guint i = 0; i < problem->n_nodes; i++)
        self->worth[e * self->stride + i] =
            (gfloat) pow (MAX (trip_orienteering_bonus (problem, i, 0), 0) / self->mean_score, exponents[e]);
    }
  return self;
}

/*
 * trip_orienteering_instance_free:
 * @self: (transfer full): an instance
 *
 * Frees it.
 */
void
trip_orienteering_instance_free (TripOrienteeringInstance *self)
{
  g_aligned_free (self->opens);
  g_aligned_free (self->closes);
  g_aligned_free (self->service);
  g_aligned_free (self->worth);
  if (self->ways_to != self->ways_from)
    g_aligned_free (self->ways_to);
  g_aligned_free (self->ways_from);
  g_free (self);
}
