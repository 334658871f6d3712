/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Places to be found again, by id or by name and position.
 */
#pragma once

#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

/**
 * TripCheckIndex:
 *
 * A set of places. Borrows them: they have to outlive it.
 */
typedef struct _TripCheckIndex TripCheckIndex;

TripCheckIndex *trip_check_index_new    (void);
void            trip_check_index_free   (TripCheckIndex       *self);
void            trip_check_index_add    (TripCheckIndex       *self,
                                         const TripPoi        *poi);
const TripPoi  *trip_check_index_find   (const TripCheckIndex *self,
                                         const TripPoi        *poi);
const TripPoi  *trip_check_index_get_id (const TripCheckIndex *self,
                                         const char           *id);
guint           trip_check_index_n_ids  (const TripCheckIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripCheckIndex, trip_check_index_free)

G_END_DECLS
