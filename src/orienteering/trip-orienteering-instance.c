/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Makes a problem ready for searching: whether it is plain, and the arrays that the inner loops read.
 */
#include "orienteering/trip-orienteering-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 64

/* Nodes between two looks at whether it is over. */
#define NODES_PER_LOOK 64

/* Bytes of a matrix that takes longer to free than a thread to start, and how much later than the rest such a one is freed,
 * microseconds. */
#define LARGE_MATRIX (1024 * 1024)
#define FREE_AFTER_US 2000

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

/* A node and the middle of its hours, doubled. */
typedef struct {
  gint64 middle;
  guint node;
} Hours;

/* No two are equal, so that the order is the same for the same problem. */
static gint
compare_hours (gconstpointer a,
               gconstpointer b)
{
  const Hours *left = a;
  const Hours *right = b;

  if (left->middle != right->middle)
    return left->middle < right->middle ? -1 : 1;
  return left->node < right->node ? -1 : left->node > right->node;
}

static const TripOrienteeringWindow *
only_window (const TripOrienteeringProblem *problem,
             guint                          node)
{
  return &problem->windows[problem->first_window[node * problem->n_tours]];
}

/* Makes @self's problem one whose nodes are sorted. */
static void
sort_nodes (TripOrienteeringInstance      *self,
            const TripOrienteeringProblem *problem)
{
  TripOrienteeringNode *nodes = g_new0 (TripOrienteeringNode, problem->n_nodes + 1);
  g_autofree Hours *hours = g_new (Hours, problem->n_nodes + 1);

  for (guint i = 0; i < problem->n_nodes; i++)
    {
      const TripOrienteeringWindow *window = only_window (problem, i);

      hours[i] = (Hours){ (gint64) window->from + window->to, i };
    }
  qsort (hours, problem->n_nodes, sizeof *hours, compare_hours);
  self->order = g_new (guint, problem->n_nodes + 1);
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      self->order[i] = hours[i].node;
      nodes[i] = problem->nodes[hours[i].node];
    }
  self->sorted = *problem;
  self->sorted.nodes = nodes;
  self->sorted.windows = NULL;
  self->sorted.first_window = NULL;
  self->problem = &self->sorted;
}

static gpointer
new_aligned (gsize n_bytes)
{
  return g_aligned_alloc0 (MAX (n_bytes, 1), 1, ALIGNMENT);
}

/* One window for all tours and nothing that asks for more than times and scores; anything once it is over. */
static gboolean
is_plain (const TripOrienteeringProblem *problem,
          const TripOrienteeringEnd     *end)
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
  for (guint i = 0; i < problem->n_nodes && (i % NODES_PER_LOOK != 0 || !trip_orienteering_is_over (end)); i++)
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
  for (guint i = 0; i < problem->n_locations && !trip_orienteering_is_over (end); i++)
    {
      const gint *row = problem->travel + (gsize) i * problem->n_locations;

      for (guint j = 0; j < problem->n_locations; j++)
        {
          if (row[j] >= TRIP_ORIENTEERING_MAX_PLAIN_TIME)
            return FALSE;
        }
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
is_symmetric (const TripOrienteeringProblem *problem,
              const TripOrienteeringEnd     *end)
{
  for (guint i = 0; i < problem->n_locations && !trip_orienteering_is_over (end); i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (problem->travel[(gsize) i * problem->n_locations + j] != problem->travel[(gsize) j * problem->n_locations + i])
            return FALSE;
        }
    }
  return TRUE;
}

static gint32 *
new_ways (const TripOrienteeringInstance *self)
{
  /* Not cleared: at the largest size that alone takes longer than a search may go on once it is over. */
  return g_aligned_alloc (MAX ((gsize) self->n_vertices * self->stride, 1), sizeof (gint32), ALIGNMENT);
}

/* Stops where it is over. */
static void
fill_ways (TripOrienteeringInstance  *self,
           const TripOrienteeringEnd *end)
{
  const TripOrienteeringProblem *problem = self->problem;

  self->ways_from = new_ways (self);
  /* One matrix for both ways halves what the inner loop reads. */
  self->ways_to = is_symmetric (problem, end) ? self->ways_from : new_ways (self);
  for (guint v = 0; v < self->n_vertices && !trip_orienteering_is_over (end); v++)
    {
      gsize row = (gsize) v * self->stride;
      gint here = vertex_location (self, v);

      for (guint u = self->n_vertices; u < self->stride; u++)
        self->ways_from[row + u] = self->ways_to[row + u] = 0;
      for (guint u = 0; u < self->n_vertices; u++)
        {
          gint there = vertex_location (self, u);

          self->ways_from[row + u] = trip_orienteering_travel (problem, here, there, 0);
          if (self->ways_to != self->ways_from)
            self->ways_to[row + u] = trip_orienteering_travel (problem, there, here, 0);
        }
    }
}

/* @given is the problem whose nodes are not sorted. */
static void
fill_columns (TripOrienteeringInstance      *self,
              const TripOrienteeringProblem *given)
{
  const TripOrienteeringProblem *problem = self->problem;

  for (guint i = 0; i < self->stride; i++)
    self->closes[i] = -1;
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      const TripOrienteeringWindow *window = only_window (given, self->order[i]);

      self->opens[i] = window->from;
      self->closes[i] = MIN (window->to, TRIP_ORIENTEERING_MAX_PLAIN_TIME);
    }
  self->columns.from = self->opens;
  self->columns.to = self->closes;
  self->columns.service = self->service;
  self->columns.n_blocks = (problem->n_nodes + TRIP_ORIENTEERING_BLOCK - 1) / TRIP_ORIENTEERING_BLOCK;
  self->last_close = g_new (gint32, self->columns.n_blocks + 1);
  self->first_over = g_new (gint32, self->columns.n_blocks + 1);
  for (guint b = 0; b < self->columns.n_blocks; b++)
    {
      self->last_close[b] = -1;
      self->first_over[b] = G_MAXINT32;
    }
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      guint b = i / TRIP_ORIENTEERING_BLOCK;

      self->last_close[b] = MAX (self->last_close[b], self->closes[i]);
      self->first_over[b] = MIN (self->first_over[b], self->opens[i] + self->service[i]);
    }
  self->columns.last_close = self->last_close;
  self->columns.first_over = self->first_over;
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
 * @end: when to stop the work
 *
 * Returns: (transfer full): the problem made ready; where it was over before, one that is not ready
 */
TripOrienteeringInstance *
trip_orienteering_instance_new (const TripOrienteeringProblem *problem,
                                const TripOrienteeringEnd     *end)
{
  const TripOrienteeringProblem *given = problem;
  TripOrienteeringInstance *self = g_new0 (TripOrienteeringInstance, 1);
  gint64 time = 0;
  gdouble sum = 0;
  guint n_scored = 0;

  self->is_plain = is_plain (problem, end);
  if (trip_orienteering_is_over (end))
    return self;
  self->problem = problem;
  if (self->is_plain)
    sort_nodes (self, problem);
  problem = self->problem;
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

  self->mean_removed = self->is_plain ? MEAN_REMOVED_PLAIN : MEAN_REMOVED;
  self->max_string = self->is_plain ? MAX_STRING_PLAIN : MAX_STRING;
  self->start_heat = self->is_plain ? START_HEAT_PLAIN : START_HEAT;
  if (self->is_plain)
    fill_ways (self, end);
  if (trip_orienteering_is_over (end))
    return self;
  if (self->is_plain)
    fill_columns (self, given);
  for (guint e = 0; e < G_N_ELEMENTS (exponents); e++)
    {
      if (trip_orienteering_is_over (end))
        return self;
      for (guint i = 0; i < problem->n_nodes; i++)
        self->worth[e * self->stride + i] =
            (gfloat) pow (MAX (trip_orienteering_bonus (problem, i, 0), 0) / self->mean_score, exponents[e]);
    }
  self->is_ready = TRUE;
  return self;
}

static void
free_instance (TripOrienteeringInstance *self)
{
  g_free (self->order);
  g_free ((gpointer) self->sorted.nodes);
  g_free (self->last_close);
  g_free (self->first_over);
  g_aligned_free (self->opens);
  g_aligned_free (self->closes);
  g_aligned_free (self->service);
  g_aligned_free (self->worth);
  if (self->ways_to != self->ways_from)
    g_aligned_free (self->ways_to);
  g_aligned_free (self->ways_from);
  g_free (self);
}

static gpointer
free_later (gpointer data)
{
  /* On the processor of the thread that has just ended its search it would be in its way after all. */
  g_usleep (FREE_AFTER_US);
  free_instance (data);
  return NULL;
}

/*
 * trip_orienteering_instance_free:
 * @self: (transfer full): an instance
 *
 * Frees it. The kernel takes milliseconds to take back the pages of large matrices, longer than a search may go on once it
 * is over; for these it is done in a thread of its own, and @self's problem need not outlive that.
 */
void
trip_orienteering_instance_free (TripOrienteeringInstance *self)
{
  GThread *thread = NULL;

  if (self->ways_from != NULL && (gsize) self->n_vertices * self->stride * sizeof (gint32) >= LARGE_MATRIX)
    thread = g_thread_try_new ("trip-solver-end", free_later, self, NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    free_instance (self);
}
