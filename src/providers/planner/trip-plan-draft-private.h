/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the making of a draft shares between its files: the draft under way, and one city's days as a problem for the
 * solver.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

#define TRIP_PLAN_POINTS_PER_LEVEL 22.0f

/* What a minute on the way costs. */
#define TRIP_PLAN_POINTS_PER_MINUTE 0.6f

/**
 * TripPlanDrafter:
 * @context: the question
 * @style: what the option is to be like
 * @thrift: points that the money for a plain meal is worth
 * @saving: likewise for what is settled before the search
 * @budget: most that the plan may cost, minor units; 0 for any
 * @draft: what is being made
 * @forced: for each candidate, whether it was chosen to meet a wish
 * @used: for each candidate, whether it is in
 * @late_arrival: when the travellers arrived the day before, minutes, where that was late at night; else 0
 * @goes_home: the last day ends with @homeward
 * @homeward: the way home
 *
 * A draft under way.
 */
typedef struct {
  const TripPlanContext *context;
  const TripPlanStyle *style;
  gfloat thrift;
  gfloat saving;
  gint64 budget;
  TripPlanDraft *draft;
  guint8 *forced;
  guint8 *used;
  gint late_arrival;
  gboolean goes_home;
  TripPlanStop homeward;
} TripPlanDrafter;

/**
 * TripPlanStay:
 * @city: the city
 * @profile: how one moves there
 * @first_day: index of the first day
 * @n_days: number of days
 * @usual_start: when days begin for what need not be seen, minutes
 * @usual_end: when they end for that
 * @tours: the days' bounds; the rest of the problem is built from them
 *
 * The days in one city.
 */
typedef struct {
  const TripPlanCity *city;
  TripTravelProfile profile;
  guint first_day;
  guint n_days;
  gint usual_start;
  gint usual_end;
  TripOrienteeringTour *tours;
  /*< private >*/
  GArray *nodes;
  GArray *node_candidate;
  GArray *windows;
  GArray *first_window;
  guint n_groups;
  gint *travel;
  gfloat *penalty;
  gint *walk;
  gint64 *fare;
  gint *way_load[TRIP_ORIENTEERING_MAX_LOADS];
} TripPlanStay;

void     trip_plan_stay_init     (TripPlanStay          *self,
                                  const TripPlanDrafter *drafter,
                                  guint                  city,
                                  guint                  first_day,
                                  guint                  n_days);
void     trip_plan_stay_clear    (TripPlanStay          *self);
gint     trip_plan_stay_location (const TripPlanStay    *self,
                                  const TripPlanDrafter *drafter,
                                  gint                   candidate);
void     trip_plan_stay_pose     (TripPlanStay          *self,
                                  TripPlanDrafter       *drafter);
TripOrienteeringSolution *
         trip_plan_stay_solve    (TripPlanStay          *self,
                                  TripPlanDrafter       *drafter,
                                  gint64                 money,
                                  guint64                effort,
                                  GCancellable          *cancellable);
gboolean trip_plan_stay_fits     (const TripPlanStay    *self,
                                  guint                  tour,
                                  const TripOrienteeringSolution *solution,
                                  gint                   start_location,
                                  gint                   end_location);
void     trip_plan_stay_ends     (const TripPlanStay    *self,
                                  const TripOrienteeringSolution *solution,
                                  guint                  tour,
                                  gint                  *out_first,
                                  gint                  *out_last);
void     trip_plan_stay_write    (TripPlanStay          *self,
                                  TripPlanDrafter       *drafter,
                                  const TripOrienteeringSolution *solution);

void     trip_plan_stay_load_node (const TripPlanDrafter *self,
                                   const TripPoi         *poi,
                                   TripOrienteeringNode  *node);
void     trip_plan_stay_load_way  (TripPlanStay          *stay,
                                   const TripPlanDrafter *self,
                                   gsize                  way,
                                   gsize                  back,
                                   const TripTravelLeg   *leg);
void     trip_plan_stay_limit_loads (const TripPlanDrafter   *self,
                                   TripPlanStay            *stay,
                                   TripOrienteeringProblem *problem,
                                   gboolean                 only_hard);
gboolean trip_plan_stay_has_wished_loads (const TripPlanDrafter *self);
gdouble  trip_plan_drafter_meals  (const TripPlanDrafter *self,
                                   const TripPlanCity    *city,
                                   gint64                 money);
gint64   trip_plan_drafter_left   (const TripPlanDrafter *self);
gint64   trip_plan_drafter_share  (const TripPlanDrafter *self,
                                   const TripPlanStay    *stays,
                                   guint                  n_stays);
void     trip_plan_drafter_sum_up (TripPlanDrafter       *self);

void     trip_plan_draft_day_add (TripPlanDraftDay      *self,
                                  TripBlockKind          kind,
                                  gint                   candidate,
                                  gint                   start,
                                  gint                   service);

gboolean trip_plan_meals_is_missing       (const TripPlanDraftDay *day);
void     trip_plan_meals_complete         (const TripPlanContext  *context,
                                           TripPlanDraft          *draft,
                                           const TripPlanStyle    *style,
                                           const guint8           *forced,
                                           guint8                 *used);
gboolean trip_plan_limits_leave_out_least (const TripPlanContext  *context,
                                           TripPlanDraft          *draft,
                                           const TripPlanStyle    *style,
                                           guint                   day,
                                           const guint8           *forced,
                                           guint8                 *used);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripPlanStay, trip_plan_stay_clear)

static inline const TripPlanCandidate *
trip_plan_context_candidate (const TripPlanContext *context,
                             guint                  index)
{
  return &g_array_index (context->candidates, TripPlanCandidate, index);
}

static inline gboolean
trip_plan_candidate_is_sight (const TripPlanCandidate *candidate)
{
  return candidate->poi->type != TRIP_POI_RESTAURANT && candidate->poi->type != TRIP_POI_LODGE;
}

G_END_DECLS
