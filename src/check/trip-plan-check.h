/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Holds a plan against the rules of a real trip. Shares nothing with the planner but the model, opening hours and what
 * requirement phrases mean, so that a mistake there does not hide itself here.
 */
#pragma once

#include "trip/model/trip-plan.h"
#include "trip/model/trip-requirement.h"

G_BEGIN_DECLS

/**
 * TripViolation:
 * @rule: short name of the rule, one of trip_plan_check_rules(): `opening-hours`
 * @path: where, `plan[0].days[1].blocks[3]`; `pois[2]` for a fault in the list of places
 * @message: what is wrong, for a person
 */
typedef struct {
  const char *rule;
  char *path;
  char *message;
} TripViolation;

void                trip_violation_free   (TripViolation *self);

const char * const *trip_plan_check_rules (void);

GPtrArray          *trip_plan_check       (GPtrArray     *options,
                                           GPtrArray     *pois,
                                           GPtrArray     *requirements,
                                           const GDate   *today);

G_END_DECLS
