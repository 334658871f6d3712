/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The solver against an exhaustive search of small problems with every feature, and its promises: limits, cancelling,
 * the same answer for the same seed, the same lanes everywhere.
 */
#include "orienteering/trip-orienteering-lanes.h"
#include "orienteering/trip-orienteering.h"

#include <string.h>

#define MAX_NODES 7
#define MAX_LOCATIONS (MAX_NODES + 2)
#define MAX_TOURS 2
#define MAX_WINDOWS 3
#define MAX_PERIODS 2

typedef struct {
  TripOrienteeringProblem problem;
  TripOrienteeringNode nodes[MAX_NODES];
  TripOrienteeringTour tours[MAX_TOURS];
  TripOrienteeringWindow windows[MAX_NODES * MAX_TOURS * MAX_WINDOWS];
  guint first_window[MAX_NODES * MAX_TOURS + 1];
  gint travel[MAX_PERIODS * MAX_LOCATIONS * MAX_LOCATIONS];
  gfloat penalty[MAX_LOCATIONS * MAX_LOCATIONS];
  gint length[MAX_LOCATIONS * MAX_LOCATIONS];
  gint64 way_cost[MAX_LOCATIONS * MAX_LOCATIONS];
  gint way_load[MAX_LOCATIONS * MAX_LOCATIONS];
  gfloat tour_scores[MAX_NODES * MAX_TOURS];
} Case;

typedef enum {
  FEATURE_NONE = 0,
  FEATURE_ASYMMETRIC = 1 << 0,
  FEATURE_PERIODS = 1 << 1,
  FEATURE_WINDOWS = 1 << 2,
  FEATURE_GROUPS = 1 << 3,
  FEATURE_MANDATORY = 1 << 4,
  FEATURE_ROLES = 1 << 5,
  FEATURE_BUDGET = 1 << 6,
  FEATURE_PENALTIES = 1 << 7,
  FEATURE_TOUR_SCORES = 1 << 8,
  FEATURE_MAX_VISITS = 1 << 9,
  FEATURE_LENGTHS = 1 << 10,
  FEATURE_WAY_COSTS = 1 << 11,
  FEATURE_FLOATING = 1 << 12,
  FEATURE_RIDES = 1 << 13,
  FEATURE_LOADS = 1 << 14,
  FEATURE_WAY_LOADS = 1 << 15,
} Feature;

static void
case_init (Case    *self,
           GRand   *rand,
           guint    n_nodes,
           guint    n_tours,
           Feature  features)
{
  guint n_locations = n_nodes + 1;
  gint x[MAX_LOCATIONS], y[MAX_LOCATIONS];
  guint n_windows = 0;

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < n_locations; i++)
    {
      x[i] = g_rand_int_range (rand, 0, 60);
      y[i] = g_rand_int_range (rand, 0, 60);
    }
  for (guint i = 0; i < n_locations; i++)
    {
      for (guint j = 0; j < n_locations; j++)
        {
          gint way = ABS (x[i] - x[j]) + ABS (y[i] - y[j]);

          self->length[i * n_locations + j] = way;
          self->way_cost[i * n_locations + j] = way;
          self->way_load[i * n_locations + j] = (features & FEATURE_RIDES) != 0 ? way > 35 : way;
          if ((features & FEATURE_ASYMMETRIC) != 0 && i < j)
            way += way / 3;
          self->travel[i * n_locations + j] = way;
          /* Slower later: whoever leaves later arrives later. */
          self->travel[n_locations * n_locations + i * n_locations + j] = way + way / 2;
          self->penalty[i * n_locations + j] = (gfloat) way / 20.0f;
          /* Short ways are walked, long ones cost a fare: neither obeys the triangle inequality. */
          if ((features & FEATURE_RIDES) != 0)
            {
              self->length[i * n_locations + j] = way <= 35 ? way : 0;
              self->way_cost[i * n_locations + j] = way > 35 ? 30 : 0;
            }
        }
    }
  for (guint t = 0; t < n_tours; t++)
    self->tours[t] = (TripOrienteeringTour){
      .start = g_rand_int_range (rand, 0, 20),
      .end = 240,
      .max_visits = (features & FEATURE_MAX_VISITS) != 0 ? 2 : G_MAXINT,
      .max_length = t == 0 ? 80 : 50,
      .max_load = { (features & FEATURE_LOADS) != 0 ? 1 : G_MAXINT, (features & FEATURE_LOADS) != 0 ? 40 : G_MAXINT,
                    (features & FEATURE_RIDES) != 0 ? 1 : 90 },
      .roles = (features & FEATURE_ROLES) != 0 ? 1u << 1 : 0,
    };
  for (guint i = 0; i < n_nodes; i++)
    {
      TripOrienteeringNode *node = &self->nodes[i];

      node->location = (gint) i + 1;
      node->service = g_rand_int_range (rand, 5, 40);
      node->score = (gfloat) g_rand_int_range (rand, 1, 30);
      node->group = (features & FEATURE_GROUPS) != 0 ? (gint) i / 2 : -1;
      node->mandatory = (features & FEATURE_MANDATORY) != 0 && i == 0;
      node->role = (features & FEATURE_ROLES) != 0 && i % 3 == 1 ? 1 : 0;
      node->cost = g_rand_int_range (rand, 1, 20);
      node->load[0] = node->role == 0 && i % 2 == 0;
      node->load[1] = node->role == 0 && i % 3 == 0 ? node->service : 0;
      /* Of this one breaks take their part as well. */
      node->load[2] = (features & FEATURE_RIDES) != 0 ? 0 : node->cost;
      node->floating = (features & FEATURE_FLOATING) != 0 && node->role != 0;
      for (guint t = 0; t < n_tours; t++)
        {
          guint n = (features & FEATURE_WINDOWS) != 0 ? (guint) g_rand_int_range (rand, 0, MAX_WINDOWS + 1) : 1;
          gint from = g_rand_int_range (rand, 0, 120);

          self->first_window[i * n_tours + t] = n_windows;
          self->tour_scores[i * n_tours + t] = (gfloat) g_rand_int_range (rand, 1, 30);
          for (guint w = 0; w < n; w++)
            {
              gint to = from + g_rand_int_range (rand, 5, n == 1 ? 100 : 30);

              /* Without several windows all tours have the same. */
              if ((features & FEATURE_WINDOWS) == 0 && t > 0)
                self->windows[n_windows] = self->windows[n_windows - 1];
              else
                self->windows[n_windows] = (TripOrienteeringWindow){ from, to };
              n_windows++;
              from = to + g_rand_int_range (rand, 5, 40);
            }
        }
    }
  self->first_window[n_nodes * n_tours] = n_windows;
  self->problem = (TripOrienteeringProblem){
    .nodes = self->nodes,
    .n_nodes = n_nodes,
    .n_groups = (features & FEATURE_GROUPS) != 0 ? n_nodes / 2 + 1 : 0,
    .tours = self->tours,
    .n_tours = n_tours,
    .n_locations = n_locations,
    .travel = self->travel,
    .n_periods = (features & FEATURE_PERIODS) != 0 ? 2 : 1,
    .period = 100,
    .penalty = (features & FEATURE_PENALTIES) != 0 ? self->penalty : NULL,
    .length = (features & FEATURE_LENGTHS) != 0 ? self->length : NULL,
    .way_cost = (features & FEATURE_WAY_COSTS) != 0 ? self->way_cost : NULL,
    .idle_penalty = (features & FEATURE_PENALTIES) != 0 ? 0.05f : 0,
    .windows = self->windows,
    .first_window = self->first_window,
    .tour_scores = (features & FEATURE_TOUR_SCORES) != 0 ? self->tour_scores : NULL,
    .n_loads = (features & FEATURE_WAY_LOADS) != 0 ? 3 : (features & FEATURE_LOADS) != 0 ? 2 : 0,
    .way_load = { NULL, NULL, (features & FEATURE_WAY_LOADS) != 0 ? self->way_load : NULL },
    .max_load = { G_MAXINT, 55, G_MAXINT },
    .budget = (features & FEATURE_WAY_COSTS) != 0 ? 90 : (features & FEATURE_BUDGET) != 0 ? 25 : 0,
  };
}

static gint
way_at (const TripOrienteeringProblem *problem,
        gint                           from,
        gint                           to,
        gint                           departure)
{
  guint n = problem->n_locations;
  guint period = problem->n_periods > 1 ? MIN ((guint) (departure / problem->period), problem->n_periods - 1) : 0;

  return problem->travel[period * n * n + (guint) from * n + (guint) to];
}

/* What the rules say of an order of nodes; FALSE where they forbid it. Written from the header alone. */
static gboolean
value_tour (const TripOrienteeringProblem *problem,
            guint                          tour,
            const gint                    *order,
            guint                          n,
            gdouble                       *out_value,
            gint64                        *out_cost)
{
  const TripOrienteeringTour *bounds = &problem->tours[tour];
  gint here = bounds->start_location;
  gint time = bounds->start;
  gint load[TRIP_ORIENTEERING_MAX_LOADS] = { 0 };
  gint n_visits = 0;
  gint64 length = 0;
  guint roles = 0;
  gdouble value = 0;

  *out_cost = 0;
  for (guint i = 0; i < n; i++)
    {
      const TripOrienteeringNode *node = &problem->nodes[order[i]];
      guint w = (guint) order[i] * problem->n_tours + tour;
      gint there = node->floating ? here : node->location;
      guint way = (guint) here * problem->n_locations + (guint) there;
      gint arrival = time + way_at (problem, here, there, time);
      gint start = -1;

      /* Nothing comes between what floats and where it does. */
      if (node->floating && i > 0 && problem->nodes[order[i - 1]].floating)
        return FALSE;
      length += problem->length != NULL ? problem->length[way] : 0;
      *out_cost += node->cost + (problem->way_cost != NULL ? problem->way_cost[way] : 0);
      if (problem->length != NULL && length > bounds->max_length)
        return FALSE;
      for (guint k = 0; k < problem->n_loads; k++)
        {
          load[k] += node->load[k] + (problem->way_load[k] != NULL ? problem->way_load[k][way] : 0);
          if (load[k] > bounds->max_load[k])
            return FALSE;
        }

      for (guint k = problem->first_window[w]; k < problem->first_window[w + 1] && start < 0; k++)
        {
          if (arrival <= problem->windows[k].to)
            start = MAX (arrival, problem->windows[k].from);
        }
      if (start < 0)
        return FALSE;
      if (node->role != 0)
        {
          if ((bounds->roles & (1u << node->role)) == 0 || (roles & (1u << node->role)) != 0)
            return FALSE;
          roles |= 1u << node->role;
          value += TRIP_ORIENTEERING_ROLE_SCORE;
        }
      else if (++n_visits > bounds->max_visits)
        {
          return FALSE;
        }
      value += problem->tour_scores != NULL ? problem->tour_scores[w] : node->score;
      if (node->mandatory)
        value += TRIP_ORIENTEERING_MANDATORY_SCORE;
      if (problem->penalty != NULL)
        value -= problem->penalty[way];
      value -= problem->idle_penalty * (gfloat) ((start - arrival) * (i == 0 ? 2 : 1));
      time = start + node->service;
      here = there;
    }
  if (time + way_at (problem, here, bounds->end_location, time) > bounds->end)
    return FALSE;
  if (problem->penalty != NULL && n > 0)
    value -= problem->penalty[(guint) here * problem->n_locations + (guint) bounds->end_location];
  *out_value = value;
  return TRUE;
}

typedef struct {
  const TripOrienteeringProblem *problem;
  gint order[MAX_TOURS][MAX_NODES];
  guint n[MAX_TOURS];
  gboolean used[MAX_NODES];
  gdouble best;
} Exhaustive;

static gboolean
is_allowed (const Exhaustive *self,
            guint             node)
{
  const TripOrienteeringNode *nodes = self->problem->nodes;
  gint load[TRIP_ORIENTEERING_MAX_LOADS];

  if (self->used[node])
    return FALSE;
  memcpy (load, nodes[node].load, sizeof load);
  for (guint i = 0; i < self->problem->n_nodes; i++)
    {
      if (!self->used[i])
        continue;
      if (nodes[node].group >= 0 && nodes[i].group == nodes[node].group)
        return FALSE;
      for (guint k = 0; k < self->problem->n_loads; k++)
        load[k] += nodes[i].load[k];
    }
  for (guint k = 0; k < self->problem->n_loads; k++)
    {
      if (load[k] > self->problem->max_load[k])
        return FALSE;
    }
  return TRUE;
}

/* Not every beginning of a good tour is one itself (a way may only hold by another), so nothing is cut off. */
static void
try_all (Exhaustive *self,
         guint       tour,
         gdouble     before,
         gint64      spent)
{
  gdouble value;
  gint64 cost;

  if (tour == self->problem->n_tours)
    {
      self->best = MAX (self->best, before);
      return;
    }
  if (value_tour (self->problem, tour, self->order[tour], self->n[tour], &value, &cost) &&
      (self->problem->budget == 0 || spent + cost <= self->problem->budget))
    try_all (self, tour + 1, before + value, spent + cost);
  for (guint i = 0; i < self->problem->n_nodes; i++)
    {
      if (!is_allowed (self, i))
        continue;
      self->used[i] = TRUE;
      self->order[tour][self->n[tour]++] = (gint) i;
      try_all (self, tour, before, spent);
      self->n[tour]--;
      self->used[i] = FALSE;
    }
}

static gdouble
solution_value (const TripOrienteeringProblem  *problem,
                const TripOrienteeringSolution *solution)
{
  gboolean used[MAX_NODES] = { FALSE };
  gboolean groups[MAX_NODES] = { FALSE };
  gdouble sum = 0;
  gint64 cost = 0;
  gint load[TRIP_ORIENTEERING_MAX_LOADS] = { 0 };

  for (guint t = 0; t < problem->n_tours; t++)
    {
      gint order[MAX_NODES];
      guint n = solution->first_stop[t + 1] - solution->first_stop[t];
      gdouble value;
      gint64 tour_cost;

      for (guint i = 0; i < n; i++)
        {
          order[i] = solution->stops[solution->first_stop[t] + i].node;
          g_assert_false (used[order[i]]);
          used[order[i]] = TRUE;
          for (guint k = 0; k < problem->n_loads; k++)
            g_assert_cmpint (load[k] += problem->nodes[order[i]].load[k], <=, problem->max_load[k]);
          if (problem->nodes[order[i]].group >= 0)
            {
              g_assert_false (groups[problem->nodes[order[i]].group]);
              groups[problem->nodes[order[i]].group] = TRUE;
            }
        }
      g_assert_true (value_tour (problem, t, order, n, &value, &tour_cost));
      sum += value;
      cost += tour_cost;
    }
  if (problem->budget > 0)
    g_assert_cmpint (cost, <=, problem->budget);
  return sum;
}

/* What floats, ways that break the triangle inequality, and two limits at once make solutions that no insertion one by one
 * comes to: these are held against the rules, and on the whole against the best. */
static void
test_exhaustive (gconstpointer data)
{
  Feature features = (Feature) GPOINTER_TO_UINT (data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7 + features);
  Feature limits_of_ways = FEATURE_LENGTHS | FEATURE_WAY_COSTS;
  gboolean is_exact = (features & (FEATURE_FLOATING | FEATURE_RIDES)) == 0 && (features & limits_of_ways) != limits_of_ways;
  gdouble found = 0;
  gdouble best = 0;

  for (guint i = 0; i < 25; i++)
    {
      TripOrienteeringLimits limits = { .seed = i, .max_iterations = 3000 };
      g_autoptr(TripOrienteeringSolution) solution = NULL;
      Exhaustive all = { 0 };
      Case problem;

      case_init (&problem, rand, i % 2 == 0 ? 6 : 5, 1 + i % 2, features);
      all.problem = &problem.problem;
      all.best = -G_MAXDOUBLE;
      try_all (&all, 0, 0, 0);
      solution = trip_orienteering_solve (&problem.problem, &limits, NULL);
      g_assert_cmpfloat_with_epsilon (solution_value (&problem.problem, solution), solution->score, 0.1);
      g_assert_cmpfloat (solution->score, <=, all.best + 0.1);
      if (is_exact)
        g_assert_cmpfloat_with_epsilon (solution->score, all.best, 0.1);
      found += solution->score;
      best += all.best;
    }
  g_assert_cmpfloat (found, >=, 0.97 * best);
}

/* A larger plain problem: a grid of nodes with windows, enough that the search goes on improving. */
typedef struct {
  TripOrienteeringProblem problem;
  TripOrienteeringNode *nodes;
  TripOrienteeringTour tours[3];
  TripOrienteeringWindow *windows;
  guint *first_window;
  gint *travel;
} Large;

static void
large_init (Large *self,
            guint  n)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autofree gint *x = g_new (gint, n + 1);
  g_autofree gint *y = g_new (gint, n + 1);

  self->nodes = g_new0 (TripOrienteeringNode, n);
  self->windows = g_new0 (TripOrienteeringWindow, n * 3);
  self->first_window = g_new0 (guint, n * 3 + 1);
  self->travel = g_new0 (gint, (n + 1) * (n + 1));
  for (guint i = 0; i <= n; i++)
    {
      x[i] = g_rand_int_range (rand, 0, 400);
      y[i] = g_rand_int_range (rand, 0, 400);
    }
  for (guint i = 0; i <= n; i++)
    {
      for (guint j = 0; j <= n; j++)
        self->travel[i * (n + 1) + j] = ABS (x[i] - x[j]) + ABS (y[i] - y[j]);
    }
  for (guint i = 0; i < n; i++)
    {
      gint from = g_rand_int_range (rand, 0, 2000);

      self->nodes[i] = (TripOrienteeringNode){ .location = (gint) i + 1,
                                               .service = g_rand_int_range (rand, 10, 100),
                                               .score = (gfloat) g_rand_int_range (rand, 1, 50),
                                               .group = -1 };
      for (guint t = 0; t < 3; t++)
        {
          self->windows[i * 3 + t] = (TripOrienteeringWindow){ from, from + 600 };
          self->first_window[i * 3 + t] = i * 3 + t;
        }
    }
  self->first_window[n * 3] = n * 3;
  for (guint t = 0; t < 3; t++)
    self->tours[t] = (TripOrienteeringTour){ .end = 2400, .max_visits = G_MAXINT };
  self->problem = (TripOrienteeringProblem){ .nodes = self->nodes,
                                             .n_nodes = n,
                                             .tours = self->tours,
                                             .n_tours = 3,
                                             .n_locations = n + 1,
                                             .travel = self->travel,
                                             .windows = self->windows,
                                             .first_window = self->first_window };
}

static void
large_clear (Large *self)
{
  g_free (self->nodes);
  g_free (self->windows);
  g_free (self->first_window);
  g_free (self->travel);
}

static void
assert_same (const TripOrienteeringSolution *a,
             const TripOrienteeringSolution *b,
             guint                           n_tours)
{
  g_assert_cmpmem (a->first_stop, (n_tours + 1) * sizeof *a->first_stop, b->first_stop, (n_tours + 1) * sizeof *b->first_stop);
  for (guint i = 0; i < a->first_stop[n_tours]; i++)
    {
      g_assert_cmpint (a->stops[i].node, ==, b->stops[i].node);
      g_assert_cmpint (a->stops[i].start, ==, b->stops[i].start);
    }
}

static void
test_same_seed (void)
{
  TripOrienteeringLimits limits = { .seed = 5, .max_iterations = 400, .n_starts = 4, .n_threads = 1 };
  g_autoptr(TripOrienteeringSolution) one = NULL;
  g_autoptr(TripOrienteeringSolution) again = NULL;
  g_autoptr(TripOrienteeringSolution) three = NULL;
  g_autoptr(TripOrienteeringSolution) other = NULL;
  Large large;

  large_init (&large, 120);
  one = trip_orienteering_solve (&large.problem, &limits, NULL);
  again = trip_orienteering_solve (&large.problem, &limits, NULL);
  limits.n_threads = 3;
  three = trip_orienteering_solve (&large.problem, &limits, NULL);
  assert_same (one, again, 3);
  assert_same (one, three, 3);
  g_assert_cmpuint (one->n_iterations, ==, 1600);
  limits.seed = 6;
  other = trip_orienteering_solve (&large.problem, &limits, NULL);
  g_assert_cmpuint (other->n_iterations, ==, 1600);
  large_clear (&large);
}

static void
test_more_is_better (void)
{
  TripOrienteeringLimits limits = { .seed = 1, .max_iterations = 1 };
  g_autoptr(TripOrienteeringSolution) first = NULL;
  g_autoptr(TripOrienteeringSolution) second = NULL;
  Large large;

  large_init (&large, 200);
  first = trip_orienteering_solve (&large.problem, &limits, NULL);
  limits.max_iterations = 5000;
  second = trip_orienteering_solve (&large.problem, &limits, NULL);
  g_assert_cmpfloat (second->score, >, first->score * 1.02);
  large_clear (&large);
}

typedef struct {
  GCancellable *cancellable;
  gdouble last;
  guint n_calls;
  guint cancel_at;
} Watch;

static void
watch_improvement (gdouble  score,
                   gint64   elapsed_us,
                   gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpfloat (score, >, watch->last);
  g_assert_cmpint (elapsed_us, >=, 0);
  watch->last = score;
  if (++watch->n_calls == watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_improvements (void)
{
  Watch watch = { 0 };
  TripOrienteeringLimits limits = { .max_iterations = 2000, .n_starts = 2, .n_threads = 2 };
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  Large large;

  watch.last = -G_MAXDOUBLE;
  limits.improved = watch_improvement;
  limits.user_data = &watch;
  large_init (&large, 150);
  solution = trip_orienteering_solve (&large.problem, &limits, NULL);
  g_assert_cmpuint (watch.n_calls, >, 2);
  g_assert_cmpfloat (watch.last, ==, solution->score);
  large_clear (&large);
}

/* Cancelled from within: the rounds that follow are none, however many were asked for. */
static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable, .last = -G_MAXDOUBLE, .cancel_at = 3 };
  TripOrienteeringLimits limits = { .max_iterations = G_MAXUINT64 / 2, .improved = watch_improvement, .user_data = &watch };
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  Large large;

  large_init (&large, 250);
  solution = trip_orienteering_solve (&large.problem, &limits, cancellable);
  g_assert_cmpuint (watch.n_calls, ==, 3);
  g_assert_cmpfloat (solution->score, ==, watch.last);
  large_clear (&large);
}

static void
test_cancelled_before (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TripOrienteeringLimits limits = { .max_iterations = 10 };
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  Large large;

  g_cancellable_cancel (cancellable);
  large_init (&large, 50);
  solution = trip_orienteering_solve (&large.problem, &limits, cancellable);
  g_assert_cmpuint (solution->first_stop[3], ==, 0);
  large_clear (&large);
}

static void
test_time_limit (void)
{
  TripOrienteeringLimits limits = { .max_time_us = 30000 };
  g_autoptr(TripOrienteeringSolution) solution = NULL;
  Large large;

  large_init (&large, 200);
  solution = trip_orienteering_solve (&large.problem, &limits, NULL);
  g_assert_cmpuint (solution->n_iterations, >, 0);
  g_assert_cmpint (solution->best_us, <=, 30000 + G_USEC_PER_SEC / 2);
  large_clear (&large);
}

static void
test_nothing_to_do (void)
{
  TripOrienteeringLimits limits = { .max_iterations = 100 };
  g_autoptr(TripOrienteeringSolution) none = NULL;
  g_autoptr(TripOrienteeringSolution) shut = NULL;
  guint first_window = 0;
  Large large;

  large_init (&large, 20);
  for (guint i = 0; i < 60; i++)
    large.windows[i] = (TripOrienteeringWindow){ 5000, 5100 };
  shut = trip_orienteering_solve (&large.problem, &limits, NULL);
  g_assert_cmpuint (shut->first_stop[3], ==, 0);
  g_assert_cmpfloat (shut->score, ==, 0);
  large.problem.n_nodes = 0;
  large.problem.first_window = &first_window;
  none = trip_orienteering_solve (&large.problem, &limits, NULL);
  g_assert_cmpuint (none->first_stop[3], ==, 0);
  large_clear (&large);
}

#ifdef TRIP_HAVE_AVX2
/* What the row says of a node, by trying each arc. */
static gint
cheapest_arc (const TripOrienteeringColumns *columns,
              const TripOrienteeringArc     *arcs,
              guint                          n_arcs,
              gboolean                       by_delay,
              guint                          node,
              gint                          *out_arc)
{
  gint best = G_MAXINT32;

  for (guint i = 0; i < n_arcs; i++)
    {
      gint way = arcs[i].from[node] + arcs[i].to[node];
      gint arrival = arcs[i].departure + arcs[i].from[node];
      gint next = MAX (arrival, columns->from[node]) + columns->service[node] + arcs[i].to[node];

      if (arrival <= columns->to[node] && next <= arcs[i].deadline)
        best = MIN (best, (by_delay ? next : way) * (1 << TRIP_ORIENTEERING_ARC_BITS) + arcs[i].offset);
    }
  *out_arc = best & ((1 << TRIP_ORIENTEERING_ARC_BITS) - 1);
  return best == G_MAXINT32 ? TRIP_ORIENTEERING_NOWHERE : best >> TRIP_ORIENTEERING_ARC_BITS;
}

static void
test_lanes_agree (void)
{
  enum { N = 64, N_ARCS = 20 };
  gint32 last_close[N / TRIP_ORIENTEERING_BLOCK];
  gint32 first_over[N / TRIP_ORIENTEERING_BLOCK];
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);
  gint32 *memory = g_aligned_alloc0 (N * (3 + N_ARCS + 1) + 4 * N, sizeof (gint32), 64);
  gint32 *columns_memory = memory + N * (N_ARCS + 1);
  TripOrienteeringColumns columns = { .from = columns_memory,
                                      .to = columns_memory + N,
                                      .service = columns_memory + 2 * N,
                                      .last_close = last_close,
                                      .first_over = first_over,
                                      .n_blocks = N / TRIP_ORIENTEERING_BLOCK };
  gfloat *weights = g_aligned_alloc0 (N, sizeof (gfloat), 64);
  TripOrienteeringArc arcs[N_ARCS];
  guint n_fitting = 0;

  if (!__builtin_cpu_supports ("avx2"))
    {
      g_test_skip ("this processor has no AVX2");
      g_aligned_free (memory);
      g_aligned_free (weights);
      return;
    }
  for (guint round = 0; round < 200; round++)
    {
      TripOrienteeringRow rows[2];
      gint picked[2];

      for (guint i = 0; i < N * (N_ARCS + 1); i++)
        memory[i] = g_rand_int_range (rand, 0, 300);
      for (guint i = 0; i < N; i++)
        {
          guint b = i / TRIP_ORIENTEERING_BLOCK;

          columns_memory[i] = (gint) b * 100 + g_rand_int_range (rand, 0, 200);
          columns_memory[N + i] = columns_memory[i] + g_rand_int_range (rand, 0, 300);
          columns_memory[2 * N + i] = g_rand_int_range (rand, 0, 3) * 10;
          last_close[b] = MAX (i % TRIP_ORIENTEERING_BLOCK == 0 ? -1 : last_close[b], columns_memory[N + i]);
          first_over[b] = MIN (i % TRIP_ORIENTEERING_BLOCK == 0 ? G_MAXINT32 : first_over[b],
                               columns_memory[i] + columns_memory[2 * N + i]);
          weights[i] = (gfloat) g_rand_int_range (rand, 0, 4);
        }
      for (guint i = 0; i < N_ARCS; i++)
        {
          arcs[i] = (TripOrienteeringArc){ .from = memory + i * N,
                                           .to = memory + (i + 1) * N,
                                           .departure = (gint32) i * 40,
                                           .deadline = (gint32) i * 40 + 60 + g_rand_int_range (rand, 0, 40),
                                           .offset = (gint32) i - (g_rand_int_range (rand, 0, 50) << 8) };
        }
      for (guint k = 0; k < 2; k++)
        {
          rows[k].cost = g_aligned_alloc0 (N, sizeof (gint32), 64);
          rows[k].after = g_aligned_alloc0 (N, sizeof (gint32), 64);
          rows[k].blocks = g_new0 (guint16, N);
          rows[k].n_blocks = N / TRIP_ORIENTEERING_BLOCK;
          for (guint16 b = 0; b < rows[k].n_blocks; b++)
            rows[k].blocks[b] = b;
        }
      trip_orienteering_evaluate_row_base (&columns, arcs, N_ARCS, round % 2 == 0, &rows[0]);
      trip_orienteering_evaluate_row_avx2 (&columns, arcs, N_ARCS, round % 2 == 0, &rows[1]);
      g_assert_cmpmem (rows[0].cost, N * sizeof (gint32), rows[1].cost, N * sizeof (gint32));
      g_assert_cmpuint (rows[0].n_blocks, ==, rows[1].n_blocks);
      for (guint i = 0; i < N; i++)
        {
          gint arc;

          g_assert_cmpint (rows[0].cost[i], ==, cheapest_arc (&columns, arcs, N_ARCS, round % 2 == 0, i, &arc));
          if (rows[0].cost[i] == TRIP_ORIENTEERING_NOWHERE)
            continue;
          n_fitting++;
          g_assert_cmpint (rows[0].after[i], ==, arc);
          g_assert_cmpint (rows[0].after[i], ==, rows[1].after[i]);
        }
      picked[0] = trip_orienteering_pick_node_base (&columns, rows, 2, weights, round % 2 == 0);
      picked[1] = trip_orienteering_pick_node_avx2 (&columns, rows, 2, weights, round % 2 == 0);
      g_assert_cmpint (picked[0], ==, picked[1]);
      for (guint k = 0; k < 2; k++)
        {
          g_aligned_free (rows[k].cost);
          g_aligned_free (rows[k].after);
          g_free (rows[k].blocks);
        }
    }
  g_assert_cmpuint (n_fitting, >, 1000);
  g_aligned_free (memory);
  g_aligned_free (weights);
}
#endif

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    Feature features;
  } cases[] = {
    { "plain", FEATURE_NONE },
    { "asymmetric", FEATURE_ASYMMETRIC },
    { "periods", FEATURE_PERIODS },
    { "windows", FEATURE_WINDOWS },
    { "groups", FEATURE_GROUPS },
    { "mandatory", FEATURE_MANDATORY },
    { "breaks", FEATURE_ROLES },
    { "floating", FEATURE_ROLES | FEATURE_FLOATING },
    { "budget", FEATURE_BUDGET },
    { "penalties", FEATURE_PENALTIES },
    { "tour-scores", FEATURE_TOUR_SCORES },
    { "max-visits", FEATURE_MAX_VISITS },
    { "loads", FEATURE_LOADS },
    { "loads-and-must", FEATURE_LOADS | FEATURE_MANDATORY | FEATURE_WINDOWS },
    { "loads-and-breaks", FEATURE_LOADS | FEATURE_ROLES },
    { "way-loads", FEATURE_WAY_LOADS },
    { "way-loads-and-rides", FEATURE_WAY_LOADS | FEATURE_RIDES },
    { "way-loads-and-breaks", FEATURE_WAY_LOADS | FEATURE_ROLES | FEATURE_FLOATING },
    { "way-loads-and-must", FEATURE_WAY_LOADS | FEATURE_LOADS | FEATURE_MANDATORY | FEATURE_GROUPS },
    { "way-loads-and-lengths", FEATURE_WAY_LOADS | FEATURE_LENGTHS | FEATURE_WINDOWS | FEATURE_PENALTIES },
    { "lengths", FEATURE_LENGTHS },
    { "lengths-and-rides", FEATURE_LENGTHS | FEATURE_RIDES },
    { "lengths-and-breaks", FEATURE_LENGTHS | FEATURE_ROLES | FEATURE_FLOATING },
    { "lengths-and-must", FEATURE_LENGTHS | FEATURE_MANDATORY | FEATURE_GROUPS },
    { "way-costs", FEATURE_BUDGET | FEATURE_WAY_COSTS },
    { "way-costs-and-rides", FEATURE_BUDGET | FEATURE_WAY_COSTS | FEATURE_RIDES },
    { "walks-and-fares", FEATURE_BUDGET | FEATURE_WAY_COSTS | FEATURE_LENGTHS | FEATURE_RIDES | FEATURE_PENALTIES },
    { "way-costs-and-breaks", FEATURE_BUDGET | FEATURE_WAY_COSTS | FEATURE_ROLES | FEATURE_FLOATING },
    { "way-costs-and-lengths", FEATURE_BUDGET | FEATURE_WAY_COSTS | FEATURE_LENGTHS | FEATURE_PENALTIES },
    { "walks-fares-and-breaks", FEATURE_BUDGET | FEATURE_WAY_COSTS | FEATURE_LENGTHS | FEATURE_RIDES | FEATURE_ROLES |
                                    FEATURE_FLOATING },
    { "all", FEATURE_ASYMMETRIC | FEATURE_PERIODS | FEATURE_WINDOWS | FEATURE_GROUPS | FEATURE_MANDATORY | FEATURE_ROLES |
                 FEATURE_BUDGET | FEATURE_PENALTIES | FEATURE_TOUR_SCORES | FEATURE_MAX_VISITS },
    { "all-and-limits-of-ways", FEATURE_ASYMMETRIC | FEATURE_PERIODS | FEATURE_WINDOWS | FEATURE_GROUPS | FEATURE_MANDATORY |
                                    FEATURE_ROLES | FEATURE_BUDGET | FEATURE_PENALTIES | FEATURE_TOUR_SCORES |
                                    FEATURE_MAX_VISITS | FEATURE_LENGTHS | FEATURE_WAY_COSTS | FEATURE_RIDES |
                                    FEATURE_FLOATING | FEATURE_LOADS },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/orienteering/exhaustive/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (cases[i].features), test_exhaustive);
    }
  g_test_add_func ("/orienteering/same-seed", test_same_seed);
  g_test_add_func ("/orienteering/more-is-better", test_more_is_better);
  g_test_add_func ("/orienteering/improvements", test_improvements);
  g_test_add_func ("/orienteering/cancel", test_cancel);
  g_test_add_func ("/orienteering/cancelled-before", test_cancelled_before);
  g_test_add_func ("/orienteering/time-limit", test_time_limit);
  g_test_add_func ("/orienteering/nothing-to-do", test_nothing_to_do);
#ifdef TRIP_HAVE_AVX2
  g_test_add_func ("/orienteering/lanes-agree", test_lanes_agree);
#endif
  return g_test_run ();
}
