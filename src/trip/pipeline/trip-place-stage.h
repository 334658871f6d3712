/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The second stage: the list of places after what the message removes and adds. Says what to ask a place source, and
 * merges its answer. Pure computation.
 */
#pragma once

#include "trip/model/trip-intent.h"
#include "trip/pipeline/trip-place-source.h"

G_BEGIN_DECLS

/**
 * TripPlaceOutcome:
 * @pois: (element-type TripPoi): the new list
 * @destinations: (element-type utf8): areas that were added, in the order of the message
 * @notes: (element-type utf8): sentences about names that were not found
 * @n_added: additions that were found
 * @n_missing: additions that no source knows
 * @changed: the list differs from the client's
 */
typedef struct {
  GPtrArray *pois;
  GPtrArray *destinations;
  GPtrArray *notes;
  guint n_added;
  guint n_missing;
  gboolean changed;
} TripPlaceOutcome;

GStrv             trip_place_stage_names   (GPtrArray        *pois,
                                            GPtrArray        *intents,
                                            guint            *out_n_wanted);
TripPlaceOutcome *trip_place_stage_apply   (GPtrArray        *pois,
                                            GPtrArray        *intents,
                                            GPtrArray        *matches);
void              trip_place_outcome_free  (TripPlaceOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlaceOutcome, trip_place_outcome_free)

G_END_DECLS
