/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The team orienteering problem with time windows, and what real trips add to it: which nodes to visit, on which tour
 * and in which order, so that the sum of their scores is greatest. Knows nodes, times, scores and costs; nothing of
 * places, days or money.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TRIP_ORIENTEERING_MAX_STOPS:
 *
 * Most stops of one tour.
 */
#define TRIP_ORIENTEERING_MAX_STOPS 254

/**
 * TRIP_ORIENTEERING_MAX_LOADS:
 *
 * Most loads of a problem: what stops and ways take of limits beside time and budget.
 */
#define TRIP_ORIENTEERING_MAX_LOADS 8

/**
 * TRIP_ORIENTEERING_MANDATORY_SCORE:
 *
 * Added to the score of a mandatory node: more than all that could be had by leaving it out.
 */
#define TRIP_ORIENTEERING_MANDATORY_SCORE 100000.0f

/**
 * TRIP_ORIENTEERING_ROLE_SCORE:
 *
 * Added to the score of a node that fills a role a tour asks for.
 */
#define TRIP_ORIENTEERING_ROLE_SCORE 3000.0f

/**
 * TripOrienteeringNode:
 * @location: row of the matrices; ignored where @floating
 * @service: length of the stay, not below 0
 * @score: what a visit is worth
 * @group: at most one node of a group is visited over all tours; -1 for none
 * @role: 0 for a visit; else the role it fills, 1 to 31: only on a tour that asks for it, once a tour; breaks are roles
 * @mandatory: has to be visited if that is possible at all
 * @floating: happens wherever the stop before it is; nothing comes between the two
 * @cost: what a visit takes of the budget, not below 0
 * @load: what it takes of each load, not below 0
 */
typedef struct {
  gint location;
  gint service;
  gfloat score;
  gint group;
  guint8 role;
  gboolean mandatory;
  gboolean floating;
  gint64 cost;
  gint load[TRIP_ORIENTEERING_MAX_LOADS];
} TripOrienteeringNode;

/**
 * TripOrienteeringWindow:
 * @from: earliest start of the stay
 * @to: latest start of the stay
 */
typedef struct {
  gint from;
  gint to;
} TripOrienteeringWindow;

/**
 * TripOrienteeringTour:
 * @start_location: where it starts
 * @end_location: where it ends
 * @start: earliest departure
 * @end: latest arrival at the end
 * @max_visits: most nodes of role 0
 * @max_length: most that the lengths of its ways may add up to, where the problem has lengths; the way to the end is none
 * @roles: roles to fill, bits `1 << role`
 * @max_load: most that its nodes, and the ways between them, may take of each load of the problem
 */
typedef struct {
  gint start_location;
  gint end_location;
  gint start;
  gint end;
  gint max_visits;
  gint64 max_length;
  guint roles;
  gint max_load[TRIP_ORIENTEERING_MAX_LOADS];
} TripOrienteeringTour;

/**
 * TripOrienteeringProblem:
 * @nodes: the nodes
 * @n_nodes: their number
 * @n_groups: number of groups
 * @tours: the tours
 * @n_tours: their number
 * @n_locations: rows of the matrices
 * @travel: (array): time from row to column; need not be symmetric; one matrix a period where there are several
 * @n_periods: number of matrices in @travel; 0 is 1
 * @period: length of a period: who leaves at time t takes the ways of matrix t / @period, the last one after that. Leaving
 *   later must not mean to arrive earlier (the FIFO property)
 * @penalty: (array) (nullable): what a way from row to column takes off the score
 * @length: (array) (nullable): what a way from row to column takes of @max_length of its tour, not below 0; none from a
 *   location to itself
 * @way_cost: (array) (nullable): what a way from row to column takes of @budget, likewise; the way to the end takes none
 * @idle_penalty: what a unit of waiting before a stop takes off the score; twice that before the first one
 * @windows: windows of all nodes, those of one node and tour together and ascending
 * @first_window: where the windows of node n on tour t begin, at n * @n_tours + t, and one end more
 * @tour_scores: (array) (nullable): score of node n on tour t, at n * @n_tours + t, in place of the node's own
 * @budget: most that all visited nodes and the ways between them may cost together; 0 for no limit
 * @n_loads: number of loads, up to %TRIP_ORIENTEERING_MAX_LOADS
 * @way_load: (nullable): what a way from row to column takes of each load on its tour, likewise; the way to the end takes none
 * @max_load: most that all visited nodes may take of each load
 *
 * One problem. All times are integers of one unit, below 2^29 and such that sums of two stay below 2^30. Not changed by
 * solving.
 */
typedef struct {
  const TripOrienteeringNode *nodes;
  guint n_nodes;
  guint n_groups;
  const TripOrienteeringTour *tours;
  guint n_tours;
  guint n_locations;
  const gint *travel;
  guint n_periods;
  gint period;
  const gfloat *penalty;
  const gint *length;
  const gint64 *way_cost;
  gfloat idle_penalty;
  const TripOrienteeringWindow *windows;
  const guint *first_window;
  const gfloat *tour_scores;
  gint64 budget;
  guint n_loads;
  const gint *way_load[TRIP_ORIENTEERING_MAX_LOADS];
  gint max_load[TRIP_ORIENTEERING_MAX_LOADS];
} TripOrienteeringProblem;

/**
 * TripOrienteeringImproved:
 * @score: score of the new best solution
 * @elapsed_us: since the search began, microseconds
 * @user_data: what the limits say
 *
 * Called for each solution that is better than all before it, in whichever thread found it, one call at a time.
 */
typedef void (*TripOrienteeringImproved) (gdouble  score,
                                          gint64   elapsed_us,
                                          gpointer user_data);

/**
 * TripOrienteeringLimits:
 * @seed: the same seed gives the same solution, as long as time sets no limit
 * @max_time_us: longest search with its preparation, microseconds; 0 for no limit
 * @max_iterations: most rounds of ruin and recreate of one start; 0 for no limit
 * @max_evaluations: most insertions weighed by one start, some nanoseconds each; 0 for no limit
 * @max_idle: most rounds in a row without a better solution; 0 for no limit
 * @n_starts: independent searches, of which the best solution is taken; 0 is 1
 * @n_threads: how many of them run at once; 0 is 1. Does not change the solution
 * @improved: (nullable) (scope call): told of improvements
 * @user_data: for @improved
 *
 * How long to search and how. At least one of the first three limits is set.
 */
typedef struct {
  guint64 seed;
  gint64 max_time_us;
  guint64 max_iterations;
  guint64 max_evaluations;
  guint64 max_idle;
  guint n_starts;
  guint n_threads;
  TripOrienteeringImproved improved;
  gpointer user_data;
} TripOrienteeringLimits;

/**
 * TripOrienteeringStop:
 * @node: which node
 * @location: where; for a floating node that of the stop before it
 * @start: earliest start of the stay
 */
typedef struct {
  gint node;
  gint location;
  gint start;
} TripOrienteeringStop;

/**
 * TripOrienteeringSolution:
 * @stops: stops of all tours, those of one tour together
 * @first_stop: where the stops of each tour begin, and one end more
 * @score: scores without penalties of what is visited, less the penalties of its ways
 * @n_missing: mandatory nodes that found no place
 * @n_iterations: rounds of ruin and recreate of all starts
 * @best_us: when the best start found it, microseconds after the search began
 *
 * A solution, always feasible.
 */
typedef struct {
  TripOrienteeringStop *stops;
  guint *first_stop;
  gdouble score;
  guint n_missing;
  guint64 n_iterations;
  gint64 best_us;
} TripOrienteeringSolution;

TripOrienteeringSolution *trip_orienteering_solve         (const TripOrienteeringProblem *problem,
                                                           const TripOrienteeringLimits  *limits,
                                                           GCancellable                  *cancellable);
void                      trip_orienteering_solution_free (TripOrienteeringSolution      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripOrienteeringSolution, trip_orienteering_solution_free)

G_END_DECLS
