/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Several place sources as one.
 */
#pragma once

#include "trip/pipeline/trip-place-source.h"

G_BEGIN_DECLS

#define TRIP_TYPE_MERGED_SOURCE (trip_merged_source_get_type ())
G_DECLARE_FINAL_TYPE (TripMergedSource, trip_merged_source, TRIP, MERGED_SOURCE, GObject)

TripMergedSource *trip_merged_source_new (TripPlaceSource  *first);
void              trip_merged_source_add (TripMergedSource *self,
                                          TripPlaceSource  *source);

G_END_DECLS
