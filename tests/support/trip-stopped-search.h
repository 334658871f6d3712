/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Searches that are stopped, for tests and for measuring: made-up problems up to the largest, and how long a search goes on
 * once it is to stop.
 */
#pragma once

#include "orienteering/trip-orienteering.h"

G_BEGIN_DECLS

/**
 * TripMadeUpKind:
 * @TRIP_MADE_UP_GENERAL: several windows, groups, a role on each tour, a budget
 * @TRIP_MADE_UP_PLAIN: one window a node, ways as long there as back
 * @TRIP_MADE_UP_ONE_WAY: likewise, but ways that differ
 *
 * What a problem asks for.
 */
typedef enum {
  TRIP_MADE_UP_GENERAL,
  TRIP_MADE_UP_PLAIN,
  TRIP_MADE_UP_ONE_WAY
} TripMadeUpKind;

/**
 * TripMadeUpProblem:
 * @problem: the problem
 *
 * A problem and what it points to.
 */
typedef struct {
  TripOrienteeringProblem problem;
  /*< private >*/
  TripOrienteeringNode *nodes;
  TripOrienteeringTour *tours;
  TripOrienteeringWindow *windows;
  guint *first_window;
  gint *travel;
} TripMadeUpProblem;

void   trip_made_up_problem_init  (TripMadeUpProblem             *self,
                                   guint                          n,
                                   guint                          n_tours,
                                   TripMadeUpKind                 kind);
void   trip_made_up_problem_clear (TripMadeUpProblem             *self);
void   trip_keep_no_freed_memory  (void);
gint64 trip_thread_time           (void);
gint64 trip_stop_after            (const TripOrienteeringProblem *problem,
                                   gboolean                       is_cancelled,
                                   gint64                         time_us,
                                   gint64                        *out_ran);

G_END_DECLS
