/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ruin and recreate under simulated annealing: a round takes some stops out, inserts greedily by worth for cost with some
 * noise, and the new state is kept if it is better or, by chance, if it is little worse.
 *
 * Ruin and recreate: G. Schrimpf, J. Schneider, H. Stamm-Wilbrandt and G. Dueck, Journal of Computational Physics 159
 * (2000) 139-171; J. Christiaens and G. Vanden Berghe, Transportation Science 54 (2020) 417-433. Annealing: S. Kirkpatrick,
 * C. D. Gelatt and M. P. Vecchi, Science 220 (1983) 671-680. Score to a power over time as the greedy measure:
 * P. Vansteenwegen et al., Computers & Operations Research 36 (2009) 3281-3290.
 */
#include "orienteering/trip-orienteering-private.h"

#include <math.h>
#include <string.h>

/* Temperature at the end, in mean scores. */
#define END_HEAT 0.07

/* Noise on the worth of a node: a random number between 0 and 1 to this power. */
#define NOISE_POWER 0.4
#define N_NOISE 4096
#define WORK_PER_NOISE 16

/* Rounds between two looks at how much of the limits is used up. */
#define ROUNDS_PER_LOOK 16

typedef struct {
  const TripOrienteeringInstance *instance;
  const TripOrienteeringLimits *limits;
  TripOrienteeringEnd end;
  gint64 began;
  GMutex lock;
  gdouble best_score;
  TripOrienteeringSolution **found;
  gint next_start;
  guint n_starts;
} Starts;

static void
row_init (TripOrienteeringRow            *row,
          const TripOrienteeringInstance *instance)
{
  guint stride = instance->stride;

  row->cost = g_aligned_alloc0 (stride, sizeof (gint32), 64);
  row->after = g_aligned_alloc0 (stride, sizeof (gint32), 64);
  row->arc_from = g_new0 (gint32, TRIP_ORIENTEERING_MAX_STOPS + 2);
  if (!instance->is_plain)
    {
      row->gain = g_new0 (gfloat, stride);
      row->spend = g_new0 (gint64, stride);
    }
  row->blocks = g_new0 (guint16, stride / TRIP_ORIENTEERING_BLOCK + 1);
  for (guint i = 0; i < stride; i++)
    row->cost[i] = TRIP_ORIENTEERING_NOWHERE;
}

static void
row_clear (TripOrienteeringRow *row)
{
  g_aligned_free (row->cost);
  g_aligned_free (row->after);
  g_free (row->arc_from);
  g_free (row->gain);
  g_free (row->spend);
  g_free (row->blocks);
}

/* Where the search is over before it has begun, it can only be cleared. */
static void
search_init (TripOrienteeringSearch         *self,
             const TripOrienteeringInstance *instance,
             guint64                         seed,
             const TripOrienteeringEnd      *end)
{
  guint n_tours = instance->problem->n_tours;
  guint n_noise = N_NOISE + instance->stride;

  memset (self, 0, sizeof *self);
  self->instance = instance;
  self->end = *end;
  self->random = seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + G_GUINT64_CONSTANT (0x632be59bd9b4e019);
  if (self->random == 0)
    self->random = 1;
  trip_orienteering_state_init (&self->state, instance, &self->state_size);
  trip_orienteering_state_init (&self->accepted, instance, &self->state_size);
  trip_orienteering_state_init (&self->best, instance, &self->state_size);
  self->rows = g_new0 (TripOrienteeringRow, n_tours + 1);
  self->spare_rows = g_new0 (TripOrienteeringRow, n_tours + 1);
  for (guint t = 0; t < n_tours && !self->is_over; t++)
    {
      row_init (&self->rows[t], instance);
      row_init (&self->spare_rows[t], instance);
      self->is_over = trip_orienteering_is_over (end);
    }
  self->touched = g_new0 (guint8, n_tours + 1);
  self->arcs = g_new0 (TripOrienteeringArc, TRIP_ORIENTEERING_MAX_STOPS + 2);
  self->weights = g_aligned_alloc0 (MAX (instance->stride, 1), sizeof (gfloat), 64);
  self->near_vertex = g_new0 (gint32, 64);
  self->near_distance = g_new0 (gint32, 64);
  self->noise = g_new0 (gfloat, n_noise);
  for (guint i = 0; i < n_noise && !trip_orienteering_count_work (self, WORK_PER_NOISE); i++)
    self->noise[i] = (gfloat) pow (trip_orienteering_random_unit (self), NOISE_POWER);
}

static void
search_clear (TripOrienteeringSearch *self)
{
  for (guint t = 0; t < self->instance->problem->n_tours; t++)
    {
      row_clear (&self->rows[t]);
      row_clear (&self->spare_rows[t]);
    }
  g_free (self->state.tours);
  g_free (self->accepted.tours);
  g_free (self->best.tours);
  g_free (self->rows);
  g_free (self->spare_rows);
  g_free (self->touched);
  g_free (self->arcs);
  g_aligned_free (self->weights);
  g_free (self->near_vertex);
  g_free (self->near_distance);
  g_free (self->noise);
}

/*
 * trip_orienteering_touch:
 * @self: the search
 * @tour: a tour that is about to change
 *
 * Puts its row aside, to be had again if the round is not accepted.
 */
void
trip_orienteering_touch (TripOrienteeringSearch *self,
                         guint                   tour)
{
  TripOrienteeringRow row = self->rows[tour];

  if (self->touched[tour])
    return;
  self->touched[tour] = TRUE;
  self->rows[tour] = self->spare_rows[tour];
  self->spare_rows[tour] = row;
}

static void
choose_mood (TripOrienteeringSearch *self,
             TripOrienteeringMood   *out_mood)
{
  const TripOrienteeringInstance *instance = self->instance;
  guint offset = trip_orienteering_random_below (self, N_NOISE);
  const gfloat *noise = self->noise + offset;
  guint n_nodes = instance->problem->n_nodes;

  out_mood->exponent = trip_orienteering_random_below (self, 4);
  out_mood->by_delay = trip_orienteering_random_below (self, 2) == 0;
  out_mood->by_cost = instance->problem->budget > 0 && trip_orienteering_random_below (self, 2) == 0;
  out_mood->by_length = instance->problem->length != NULL && !out_mood->by_cost &&
                        trip_orienteering_random_below (self, 4) == 0;
  out_mood->first_tour = 0;
  if (!instance->is_plain)
    {
      out_mood->first_tour = offset % MAX (instance->problem->n_tours, 1);
      memcpy (self->weights, noise, n_nodes * sizeof *noise);
      return;
    }
  for (guint i = 0; i < n_nodes; i++)
    self->weights[i] = self->state.tour[i] < 0 ? instance->worth[out_mood->exponent * instance->stride + i] * noise[i] : 0;
}

/* Inserts until nothing fits or the search is over. */
static void
recreate (TripOrienteeringSearch *self)
{
  guint n_tours = self->instance->problem->n_tours;
  TripOrienteeringMood mood;
  guint node, tour;
  gint after;

  choose_mood (self, &mood);
  for (guint t = 0; t < n_tours; t++)
    {
      if (self->touched[t] && !self->is_over)
        trip_orienteering_evaluate_tour (self, t, TRUE, &mood);
    }
  while (!self->is_over && trip_orienteering_pick (self, &mood, &node, &tour, &after))
    {
      gboolean is_first = !self->touched[tour];

      trip_orienteering_touch (self, tour);
      if (self->instance->is_plain)
        self->weights[node] = 0;
      if (!trip_orienteering_insert (self, after, node))
        {
          /* Only ways that break the triangle inequality or depend on the time come here. */
          if (is_first)
            trip_orienteering_evaluate_tour (self, tour, TRUE, &mood);
          self->rows[tour].cost[node] = TRIP_ORIENTEERING_NOWHERE;
          continue;
        }
      trip_orienteering_evaluate_tour (self, tour, is_first, &mood);
    }
  for (guint t = 0; t < n_tours; t++)
    {
      if (self->touched[t])
        trip_orienteering_value_tour (self, t);
    }
}

static void
accept_round (TripOrienteeringSearch *self)
{
  trip_orienteering_state_assign (&self->accepted, &self->state, self->state_size);
}

static void
reject_round (TripOrienteeringSearch *self)
{
  trip_orienteering_state_assign (&self->state, &self->accepted, self->state_size);
  for (guint t = 0; t < self->instance->problem->n_tours; t++)
    {
      if (self->touched[t])
        {
          TripOrienteeringRow row = self->rows[t];

          self->rows[t] = self->spare_rows[t];
          self->spare_rows[t] = row;
        }
    }
}

static void
note_best (TripOrienteeringSearch *self,
           Starts                 *starts)
{
  trip_orienteering_state_assign (&self->best, &self->state, self->state_size);
  self->best_us = g_get_monotonic_time () - starts->began;
  if (starts->limits->improved == NULL)
    return;
  g_mutex_lock (&starts->lock);
  if (self->best.value > starts->best_score)
    {
      starts->best_score = self->best.value;
      starts->limits->improved (self->best.value, self->best_us, starts->limits->user_data);
    }
  g_mutex_unlock (&starts->lock);
}

/* How much of what the limits allow is used up; 1 is all. */
static gdouble
progress (const TripOrienteeringSearch *self,
          const Starts                 *starts)
{
  const TripOrienteeringLimits *limits = starts->limits;
  gdouble share = 0;

  if (limits->max_time_us > 0)
    share = (gdouble) (g_get_monotonic_time () - starts->began) / (gdouble) limits->max_time_us;
  if (limits->max_iterations > 0)
    share = MAX (share, (gdouble) self->n_rounds / (gdouble) limits->max_iterations);
  if (limits->max_evaluations > 0)
    share = MAX (share, (gdouble) self->n_evaluations / (gdouble) limits->max_evaluations);
  return share;
}

static void
anneal (TripOrienteeringSearch *self,
        Starts                 *starts)
{
  const TripOrienteeringLimits *limits = starts->limits;
  const gdouble mean = self->instance->mean_score;
  const gdouble heat = self->instance->start_heat;
  gdouble temperature = heat * mean;
  guint64 n_idle = 0;

  for (; limits->max_idle == 0 || n_idle < limits->max_idle; self->n_rounds++)
    {
      gboolean looks = self->n_rounds % ROUNDS_PER_LOOK == 0;
      guint64 before = self->n_evaluations;
      gdouble change;

      if (self->is_over || g_cancellable_is_cancelled (self->end.cancellable))
        break;
      if (looks || limits->max_time_us == 0 || !self->instance->is_plain)
        {
          gdouble share = progress (self, starts);

          if (share >= 1)
            break;
          if (looks)
            temperature = heat * mean * pow (END_HEAT / heat, share);
        }
      memset (self->touched, 0, self->instance->problem->n_tours);
      trip_orienteering_ruin (self);
      recreate (self);
      if (self->is_over || g_cancellable_is_cancelled (self->end.cancellable))
        break;
      n_idle++;
      change = self->state.value - self->accepted.value;
      if (change >= 0 || change > temperature * log (trip_orienteering_random_unit (self) + 1e-300))
        {
          accept_round (self);
          if (self->state.value > self->best.value + 1e-6)
            {
              note_best (self, starts);
              n_idle = 0;
            }
        }
      else
        {
          reject_round (self);
        }
      /* A problem too small to evaluate anything must end as well. */
      if (self->n_evaluations == before)
        self->n_evaluations++;
    }
}

static TripOrienteeringSolution *
export_best (const TripOrienteeringSearch *self)
{
  const TripOrienteeringProblem *problem = self->instance->problem;
  const TripOrienteeringState *state = &self->best;
  TripOrienteeringSolution *solution = g_new0 (TripOrienteeringSolution, 1);
  guint n = 0;

  for (guint t = 0; t < problem->n_tours; t++)
    n += (guint) state->tours[t].n_stops;
  solution->stops = g_new0 (TripOrienteeringStop, n + 1);
  solution->first_stop = g_new0 (guint, problem->n_tours + 1);
  solution->score = state->value;
  solution->n_iterations = self->n_rounds;
  solution->best_us = self->best_us;
  n = 0;
  for (guint t = 0; t < problem->n_tours; t++)
    {
      gint end = trip_orienteering_tour_start (self->instance, t) + 1;

      solution->first_stop[t] = n;
      for (gint v = state->next[end - 1]; v != end; v = state->next[v])
        {
          solution->stops[n].node = self->instance->order != NULL ? (gint) self->instance->order[v] : v;
          solution->stops[n].location = state->location[v];
          solution->stops[n].start = state->start[v];
          n++;
        }
    }
  solution->first_stop[problem->n_tours] = n;
  for (guint i = 0; i < problem->n_nodes; i++)
    {
      if (problem->nodes[i].mandatory && state->tour[i] < 0 &&
          (problem->nodes[i].group < 0 || !state->group_used[problem->nodes[i].group]))
        solution->n_missing++;
    }
  return solution;
}

/* What there is to show for a search that was over before it began. */
static TripOrienteeringSolution *
new_empty_solution (const TripOrienteeringProblem *problem)
{
  TripOrienteeringSolution *solution = g_new0 (TripOrienteeringSolution, 1);

  solution->stops = g_new0 (TripOrienteeringStop, 1);
  solution->first_stop = g_new0 (guint, problem->n_tours + 1);
  for (guint i = 0; i < problem->n_nodes; i++)
    solution->n_missing += problem->nodes[i].mandatory ? 1 : 0;
  return solution;
}

static gpointer
run_starts (gpointer data)
{
  Starts *starts = data;
  gint start;

  while (!trip_orienteering_is_over (&starts->end) &&
         (start = g_atomic_int_add (&starts->next_start, 1)) < (gint) starts->n_starts)
    {
      TripOrienteeringSearch search;

      search_init (&search, starts->instance, starts->limits->seed + (guint64) start, &starts->end);
      if (!search.is_over)
        {
          memset (search.touched, TRUE, starts->instance->problem->n_tours);
          for (guint t = 0; t < starts->instance->problem->n_tours; t++)
            trip_orienteering_mend_tour (&search, t);
          recreate (&search);
          accept_round (&search);
          note_best (&search, starts);
          anneal (&search, starts);
          starts->found[start] = export_best (&search);
        }
      search_clear (&search);
    }
  return NULL;
}

/**
 * trip_orienteering_solve:
 * @problem: what to solve
 * @limits: how long to search and how
 * @cancellable: (nullable): stops the search; what was found so far is returned
 *
 * Searches for the tours with the greatest score. Mandatory nodes come before roles, roles before scores. Allocates
 * before and after the search, not within it. May be called in any thread; several may solve at once.
 *
 * Returns within a millisecond after it is cancelled or its time is up, also while it prepares the search: then, nothing
 * having been found yet, without any stops. Memory of megabytes is given back by a thread a little later.
 *
 * The starts are independent and the first of the best ones wins, so with the same seed and a limit that is not time
 * the solution is the same whatever the number of threads.
 *
 * Returns: (transfer full): the best solution found
 */
TripOrienteeringSolution *
trip_orienteering_solve (const TripOrienteeringProblem *problem,
                         const TripOrienteeringLimits  *limits,
                         GCancellable                  *cancellable)
{
  g_autoptr(TripOrienteeringInstance) instance = NULL;
  g_autofree TripOrienteeringSolution **found = NULL;
  g_autofree GThread **threads = NULL;
  TripOrienteeringSolution *best = NULL;
  Starts starts = { 0 };
  guint64 n_iterations = 0;
  guint n_threads;

  g_return_val_if_fail (problem != NULL && limits != NULL, NULL);
  g_return_val_if_fail (limits->max_time_us > 0 || limits->max_iterations > 0 || limits->max_evaluations > 0, NULL);
  g_return_val_if_fail (problem->n_nodes + 2 * problem->n_tours < G_MAXUINT16, NULL);

  starts.began = g_get_monotonic_time ();
  starts.end.cancellable = cancellable;
  starts.end.deadline = G_MAXINT64;
  if (limits->max_time_us > 0 && limits->max_time_us < G_MAXINT64 - starts.began)
    starts.end.deadline = starts.began + limits->max_time_us;
  instance = trip_orienteering_instance_new (problem, &starts.end);
  if (!instance->is_ready)
    return new_empty_solution (problem);
  starts.instance = instance;
  starts.limits = limits;
  starts.n_starts = MAX (limits->n_starts, 1);
  starts.best_score = -G_MAXDOUBLE;
  starts.found = found = g_new0 (TripOrienteeringSolution *, starts.n_starts);
  g_mutex_init (&starts.lock);
  n_threads = CLAMP (limits->n_threads, 1, starts.n_starts);
  threads = g_new0 (GThread *, n_threads);
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_new ("trip-solver", run_starts, &starts);
  run_starts (&starts);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&starts.lock);

  for (guint i = 0; i < starts.n_starts; i++)
    {
      if (found[i] == NULL)
        continue;
      n_iterations += found[i]->n_iterations;
      if (best == NULL || found[i]->score > best->score)
        {
          g_clear_pointer (&best, trip_orienteering_solution_free);
          best = g_steal_pointer (&found[i]);
        }
      else
        {
          trip_orienteering_solution_free (found[i]);
        }
    }
  if (best == NULL)
    return new_empty_solution (problem);
  best->n_iterations = n_iterations;
  return best;
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
  g_free (self->first_stop);
  g_free (self);
}
