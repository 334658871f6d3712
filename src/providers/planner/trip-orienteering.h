/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The team orienteering problem with several time windows a node and tour: which nodes to visit, on which tour and in
 * which order, so that the sum of their scores is greatest. Knows nodes, times and scores; nothing of places, days or
 * money.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TRIP_ORIENTEERING_MAX_STOPS:
 *
 * Most stops of one tour.
 */
#define TRIP_ORIENTEERING_MAX_STOPS 28

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
 * @service: length of the stay, minutes
 * @score: what a visit is worth
 * @group: at most one node of a group is visited over all tours; -1 for none
 * @role: 0 for a visit; else the role it fills, 1 to 31: only on a tour that asks for it, once a tour
 * @mandatory: has to be visited if that is possible at all
 * @floating: happens wherever the stop before it is; nothing comes between the two
 */
typedef struct {
  gint location;
  gint service;
  gfloat score;
  gint group;
  guint8 role;
  gboolean mandatory;
  gboolean floating;
} TripOrienteeringNode;

/**
 * TripOrienteeringWindow:
 * @from: earliest start of the stay, minutes
 * @to: latest start of the stay, minutes
 */
typedef struct {
  gint from;
  gint to;
} TripOrienteeringWindow;

/**
 * TripOrienteeringTour:
 * @start_location: where it starts
 * @end_location: where it ends
 * @start: earliest departure, minutes
 * @end: latest arrival at the end, minutes
 * @max_visits: most nodes of role 0
 * @roles: roles to fill, bits `1 << role`
 */
typedef struct {
  gint start_location;
  gint end_location;
  gint start;
  gint end;
  gint max_visits;
  guint roles;
} TripOrienteeringTour;

/**
 * TripOrienteeringProblem:
 * @nodes: the nodes
 * @n_nodes: their number
 * @n_groups: number of groups
 * @tours: the tours
 * @n_tours: their number
 * @n_locations: rows of the matrices
 * @travel: (array): minutes from row to column
 * @penalty: (array): what a way from row to column takes off the score
 * @idle_penalty: what a minute of waiting before a stop takes off the score; twice that before the first one
 * @windows: windows of all nodes, those of one node and tour together and ascending
 * @first_window: where the windows of node n on tour t begin, at n * @n_tours + t, and one end more
 *
 * One problem. Not changed by solving.
 */
typedef struct {
  const TripOrienteeringNode *nodes;
  guint n_nodes;
  guint n_groups;
  const TripOrienteeringTour *tours;
  guint n_tours;
  guint n_locations;
  const gint *travel;
  const gfloat *penalty;
  gfloat idle_penalty;
  const TripOrienteeringWindow *windows;
  const guint *first_window;
} TripOrienteeringProblem;

/**
 * TripOrienteeringStop:
 * @node: which node
 * @location: where; for a floating node that of the stop before it
 * @start: earliest start of the stay, minutes
 */
typedef struct {
  gint node;
  gint location;
  gint start;
} TripOrienteeringStop;

/**
 * TripOrienteeringSolution:
 * @stops: stops of tour t at t * %TRIP_ORIENTEERING_MAX_STOPS
 * @n_stops: number of stops of each tour
 * @score: scores without penalties of what is visited, less the penalties of its ways
 * @n_missing: mandatory nodes that found no place
 *
 * A solution, always feasible.
 */
typedef struct {
  TripOrienteeringStop *stops;
  guint *n_stops;
  gdouble score;
  guint n_missing;
} TripOrienteeringSolution;

TripOrienteeringSolution *trip_orienteering_solve         (const TripOrienteeringProblem *problem,
                                                           guint64                        seed,
                                                           guint64                        max_evaluations,
                                                           GCancellable                  *cancellable);
void                      trip_orienteering_solution_free (TripOrienteeringSolution      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripOrienteeringSolution, trip_orienteering_solution_free)

G_END_DECLS
