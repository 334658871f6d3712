/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where each night of a stay is spent. Knows beds and where days begin and end; nothing of how a day is filled.
 */
#pragma once

#include "providers/planner/trip-plan-draft-private.h"

G_BEGIN_DECLS

/**
 * TripPlanNights:
 * @beds: (element-type guint): candidates that may be slept in; those that were named, in their order, where any was
 * @is_settled: the beds were named, so there is nothing to choose
 *
 * The beds of one stay.
 */
typedef struct {
  GArray *beds;
  gboolean is_settled;
  /*< private >*/
  const TripPlanDrafter *drafter;
  const TripPlanStay *stay;
  GArray *shares;
  gdouble *worth;
  guint n_nights;
} TripPlanNights;

void     trip_plan_nights_init       (TripPlanNights                 *self,
                                      const TripPlanDrafter          *drafter,
                                      const TripPlanStay             *stay);
void     trip_plan_nights_clear      (TripPlanNights                 *self);
void     trip_plan_nights_guess      (const TripPlanNights           *self,
                                      gint                           *out_beds);
gboolean trip_plan_nights_improve    (const TripPlanNights           *self,
                                      const TripOrienteeringSolution *solution,
                                      gint                           *beds);
gboolean trip_plan_nights_may_differ (const TripPlanNights           *self,
                                      const gint                     *beds);
void     trip_plan_nights_choose     (const TripPlanNights           *self,
                                      const TripOrienteeringSolution *solution,
                                      gint                           *out_beds);
gdouble  trip_plan_nights_rate       (const TripPlanNights           *self,
                                      const TripOrienteeringSolution *solution,
                                      const gint                     *beds);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripPlanNights, trip_plan_nights_clear)

G_END_DECLS
