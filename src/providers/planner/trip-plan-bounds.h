/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bounds of money and of travel made ready for planning: how much of each the stops, ways and nights of a plan take, whether
 * it is still a draft or written.
 */
#pragma once

#include "providers/planner/trip-plan-draft.h"

G_BEGIN_DECLS

/**
 * TripPlanBound:
 * @money: (nullable): what is limited, where that is money
 * @travel: (nullable): what is limited, where that is travel
 * @phrase: as the travellers wrote it
 * @most: most that there may be: minor units of the plan's currency for the whole party, rides, minutes or metres
 * @per_day: it holds for each day, else for the whole trip
 * @each: it holds for each single item of a day, rather than for their sum
 * @hard: it has to be kept
 *
 * One bound.
 */
typedef struct {
  const TripMoneyLimit *money;
  const TripTravelLimit *travel;
  const char *phrase;
  gint64 most;
  gboolean per_day;
  gboolean each;
  gboolean hard;
} TripPlanBound;

/**
 * TripPlanWay:
 * @method: (nullable): what one goes by, as plans call it
 * @minutes: how long
 * @metres: how far
 * @cost: for the whole party, minor units
 * @is_journey: it leads to another city, or from or to home
 *
 * A way, of a draft or of a plan.
 */
typedef struct {
  const char *method;
  gint minutes;
  gint metres;
  gint64 cost;
  gboolean is_journey;
} TripPlanWay;

void                 trip_plan_context_read_bounds (TripPlanContext        *self);

guint                trip_plan_bounds_count        (const TripPlanContext  *context);
const TripPlanBound *trip_plan_bounds_get          (const TripPlanContext  *context,
                                                    guint                   index);
gboolean             trip_plan_bounds_allow_price  (const TripPlanContext  *context,
                                                    TripPoiType             type,
                                                    gint64                  price);
gboolean             trip_plan_bounds_are_of_days  (const TripPlanContext  *context);
void                 trip_plan_bounds_limit_ways   (const TripPlanContext  *context,
                                                    TripTravelProfile      *profile);

gboolean             trip_plan_bound_counts_ways   (const TripPlanBound    *self);
gint64               trip_plan_bound_of_stop       (const TripPlanBound    *self,
                                                    TripBlockKind           kind,
                                                    gint64                  cost);
gint64               trip_plan_bound_of_way        (const TripPlanBound    *self,
                                                    const TripPlanWay      *way);
gint64               trip_plan_bound_of_leg        (const TripPlanBound    *self,
                                                    const TripTravelLeg    *leg,
                                                    const char             *transit_name,
                                                    gboolean                is_journey);
gint64               trip_plan_bound_of_night      (const TripPlanBound    *self,
                                                    gint64                  price);
gint64               trip_plan_bound_of_draft      (const TripPlanBound    *self,
                                                    const TripPlanContext  *context,
                                                    const TripPlanDraft    *draft,
                                                    guint                   day);
gboolean             trip_plan_bounds_allow        (const TripPlanContext  *context,
                                                    const TripPlanDraft    *draft,
                                                    guint                   day,
                                                    TripBlockKind           kind,
                                                    gint64                  cost);
gint64               trip_plan_bound_of_option     (const TripPlanBound    *self,
                                                    const TripPlanOption   *option,
                                                    guint                   day);

/* What is said of those that are not kept. */
void                 trip_plan_bounds_set_error    (const TripPlanContext  *context,
                                                    const TripPlanDraft    *draft,
                                                    GError                **error);
void                 trip_plan_bounds_say          (const TripPlanContext  *context,
                                                    const TripPlanDraft    *draft,
                                                    GPtrArray              *notes);

G_END_DECLS
