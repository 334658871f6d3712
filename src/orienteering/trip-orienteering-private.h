/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the parts of the solver share: a problem made ready, a state of the search, and the search itself.
 *
 * Nodes and the two ends of each tour are vertices: nodes come first, then start and end of tour 0, of tour 1 and so on.
 */
#pragma once

#include "orienteering/trip-orienteering-lanes.h"
#include "orienteering/trip-orienteering.h"

G_BEGIN_DECLS

/*
 * TripOrienteeringEnd:
 *
 * When a search and its preparation have to be over: as soon as it is cancelled, or at a monotonic time, %G_MAXINT64 for
 * none.
 */
typedef struct {
  GCancellable *cancellable;
  gint64 deadline;
} TripOrienteeringEnd;

/*
 * TripOrienteeringInstance:
 *
 * A problem made ready, shared by all starts, never changed. @columns and @ways exist where the problem is plain: then
 * row v of @ways_from holds the times from vertex v to all nodes, of @ways_to those from all nodes to it, and @problem is
 * one of our own in which nodes of about the same hours are neighbours: node v is the caller's @order[v]. That one has no
 * windows, only @columns. Where there was no time to make it ready, @is_ready is unset and it can only be freed.
 */
typedef struct {
  const TripOrienteeringProblem *problem;
  TripOrienteeringProblem sorted;
  guint *order;
  guint n_vertices;
  guint stride;
  gboolean is_plain;
  gboolean is_ready;
  gint32 *ways_from;
  gint32 *ways_to;
  gint32 *opens;
  gint32 *closes;
  gint32 *service;
  gint32 *last_close;
  gint32 *first_over;
  TripOrienteeringColumns columns;
  TripOrienteeringEvaluateRow evaluate_row;
  TripOrienteeringPickNode pick_node;
  guint mean_removed;
  guint max_string;
  gdouble start_heat;
  gdouble mean_score;
  gdouble time_per_cost;
  gfloat *worth;
} TripOrienteeringInstance;

typedef struct {
  gint32 n_stops;
  gint32 n_visits;
  guint32 roles;
  gint64 cost;
  gint64 length;
  gint32 load[TRIP_ORIENTEERING_MAX_LOADS];
  gint32 way_load[TRIP_ORIENTEERING_MAX_LOADS];
  gdouble value;
} TripOrienteeringTourState;

/*
 * TripOrienteeringState:
 *
 * Everything that ruin and recreate change, in one block of memory, so that copying a state is one memcpy. What the tours
 * cost and how long their ways are is kept only where the problem has a limit for it.
 */
typedef struct {
  gdouble value;
  gint64 cost;
  gint32 load[TRIP_ORIENTEERING_MAX_LOADS];
  TripOrienteeringTourState *tours;
  gint32 *start;
  gint32 *latest;
  gint32 *location;
  gint32 *next;
  gint32 *previous;
  gint32 *tour;
  guint8 *group_used;
} TripOrienteeringState;

/*
 * TripOrienteeringSearch:
 *
 * One start: the state under way, the last accepted and the best one, what each node would cost on each tour, and the
 * room that a round needs. Once @is_over, rows may be out of date and nothing is to be read from them any more.
 */
typedef struct {
  const TripOrienteeringInstance *instance;
  TripOrienteeringState state;
  TripOrienteeringState accepted;
  TripOrienteeringState best;
  gsize state_size;
  TripOrienteeringRow *rows;
  TripOrienteeringRow *spare_rows;
  guint8 *touched;
  TripOrienteeringArc *arcs;
  gfloat *weights;
  gfloat *noise;
  gint32 *near_vertex;
  gint32 *near_distance;
  guint64 random;
  guint64 n_evaluations;
  guint64 n_rounds;
  gint64 best_us;
  TripOrienteeringEnd end;
  guint64 work;
  gboolean is_over;
} TripOrienteeringSearch;

/* How one round weighs what it inserts, and where: where it takes least of the budget or of the length, else where it delays
 * least or gains most. Of tours that are as good as each other it takes the first one from @first_tour on. */
typedef struct {
  guint exponent;
  gboolean by_delay;
  gboolean by_cost;
  gboolean by_length;
  guint first_tour;
} TripOrienteeringMood;

TripOrienteeringInstance *trip_orienteering_instance_new  (const TripOrienteeringProblem  *problem,
                                                           const TripOrienteeringEnd      *end);
void                      trip_orienteering_instance_free (TripOrienteeringInstance       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripOrienteeringInstance, trip_orienteering_instance_free)

/* Whether it is time to end; takes as long as a look at the clock. */
static inline gboolean
trip_orienteering_is_over (const TripOrienteeringEnd *end)
{
  return g_cancellable_is_cancelled (end->cancellable) ||
         (end->deadline < G_MAXINT64 && g_get_monotonic_time () >= end->deadline);
}

/* Work between two looks at the clock, some tens of microseconds; a unit is about a nanosecond. */
#define TRIP_ORIENTEERING_WORK_PER_LOOK 32768

/* Says whether it is time to end, as of the last look; looks again after enough work. */
static inline gboolean
trip_orienteering_count_work (TripOrienteeringSearch *self,
                              guint64                 work)
{
  self->work += work;
  if (self->work >= TRIP_ORIENTEERING_WORK_PER_LOOK)
    {
      self->work = 0;
      self->is_over = self->is_over || trip_orienteering_is_over (&self->end);
    }
  return self->is_over;
}

static inline gint
trip_orienteering_tour_start (const TripOrienteeringInstance *self,
                              guint                           tour)
{
  return (gint) (self->problem->n_nodes + 2 * tour);
}

static inline gboolean
trip_orienteering_is_node (const TripOrienteeringInstance *self,
                           gint                            vertex)
{
  return (guint) vertex < self->problem->n_nodes;
}

/* Time from @from to @to for who leaves at @departure; locations, not vertices. */
static inline gint
trip_orienteering_travel (const TripOrienteeringProblem *problem,
                          gint                           from,
                          gint                           to,
                          gint                           departure)
{
  gsize at = (gsize) from * problem->n_locations + (gsize) to;

  if (problem->n_periods > 1)
    at += (gsize) CLAMP (departure / problem->period, 0, (gint) problem->n_periods - 1) * problem->n_locations *
          problem->n_locations;
  return problem->travel[at];
}

/* Latest departure from @from so as to be at @to by @deadline; locations. */
static inline gint
trip_orienteering_latest_departure (const TripOrienteeringProblem *problem,
                                    gint                           from,
                                    gint                           to,
                                    gint                           deadline)
{
  gsize n = (gsize) problem->n_locations * problem->n_locations;
  gsize at = (gsize) from * problem->n_locations + (gsize) to;

  for (gint period = (gint) problem->n_periods - 1; period > 0; period--)
    {
      gint departure = deadline - problem->travel[(gsize) period * n + at];

      if (period < (gint) problem->n_periods - 1)
        departure = MIN (departure, (period + 1) * problem->period - 1);
      if (departure >= period * problem->period)
        return departure;
    }
  return problem->n_periods > 1 ? MIN (deadline - problem->travel[at], problem->period - 1) : deadline - problem->travel[at];
}

static inline gfloat
trip_orienteering_penalty (const TripOrienteeringProblem *problem,
                           gint                           from,
                           gint                           to)
{
  return problem->penalty != NULL ? problem->penalty[(gsize) from * problem->n_locations + (gsize) to] : 0;
}

static inline gint
trip_orienteering_length (const TripOrienteeringProblem *problem,
                          gint                           from,
                          gint                           to)
{
  return problem->length[(gsize) from * problem->n_locations + (gsize) to];
}

static inline gint64
trip_orienteering_way_cost (const TripOrienteeringProblem *problem,
                            gint                           from,
                            gint                           to)
{
  return problem->way_cost != NULL ? problem->way_cost[(gsize) from * problem->n_locations + (gsize) to] : 0;
}

static inline gint
trip_orienteering_way_load (const TripOrienteeringProblem *problem,
                            guint                          load,
                            gint                           from,
                            gint                           to)
{
  return problem->way_load[load][(gsize) from * problem->n_locations + (gsize) to];
}

static inline gfloat
trip_orienteering_bonus (const TripOrienteeringProblem *problem,
                         guint                          node,
                         guint                          tour)
{
  const TripOrienteeringNode *facts = &problem->nodes[node];
  gfloat score = problem->tour_scores != NULL ? problem->tour_scores[node * problem->n_tours + tour] : facts->score;

  return score + (facts->mandatory ? TRIP_ORIENTEERING_MANDATORY_SCORE : 0) +
         (facts->role != 0 ? TRIP_ORIENTEERING_ROLE_SCORE : 0);
}

/* Earliest start not before @time, or -1. */
static inline gint
trip_orienteering_earliest_start (const TripOrienteeringProblem *problem,
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
trip_orienteering_latest_start (const TripOrienteeringProblem *problem,
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

/* trip-orienteering-routes.c */
gboolean trip_orienteering_insert          (TripOrienteeringSearch *self,
                                            gint                    after,
                                            guint                   node);
void     trip_orienteering_remove          (TripOrienteeringSearch *self,
                                            guint                   node);
void     trip_orienteering_mend_tour       (TripOrienteeringSearch *self,
                                            guint                   tour);
void     trip_orienteering_value_tour      (TripOrienteeringSearch *self,
                                            guint                   tour);
void     trip_orienteering_state_init      (TripOrienteeringState          *self,
                                            const TripOrienteeringInstance *instance,
                                            gsize                          *out_size);
void     trip_orienteering_state_assign    (TripOrienteeringState       *self,
                                            const TripOrienteeringState *from,
                                            gsize                        size);

/* trip-orienteering-insertion.c */
void     trip_orienteering_evaluate_tour   (TripOrienteeringSearch     *self,
                                            guint                       tour,
                                            gboolean                    is_first,
                                            const TripOrienteeringMood *mood);
gboolean trip_orienteering_pick            (TripOrienteeringSearch     *self,
                                            const TripOrienteeringMood *mood,
                                            guint                      *out_node,
                                            guint                      *out_tour,
                                            gint                       *out_after);

/* trip-orienteering-ruin.c */
void     trip_orienteering_ruin            (TripOrienteeringSearch *self);
void     trip_orienteering_touch           (TripOrienteeringSearch *self,
                                            guint                   tour);

/* xorshift64*: S. Vigna, ACM Transactions on Mathematical Software 42 (2016). */
static inline guint64
trip_orienteering_random (TripOrienteeringSearch *self)
{
  self->random ^= self->random >> 12;
  self->random ^= self->random << 25;
  self->random ^= self->random >> 27;
  return self->random * G_GUINT64_CONSTANT (2685821657736338717);
}

static inline guint
trip_orienteering_random_below (TripOrienteeringSearch *self,
                                guint                   n)
{
  return (guint) (((trip_orienteering_random (self) >> 32) * n) >> 32);
}

static inline gdouble
trip_orienteering_random_unit (TripOrienteeringSearch *self)
{
  return (gdouble) (trip_orienteering_random (self) >> 11) * (1.0 / 9007199254740992.0);
}

G_END_DECLS
