/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What sources of places share that answer from a file of their own: the names are looked up in a worker thread, one after
 * the other, and what was found is reported in the caller's main context.
 */
#pragma once

#include "trip/pipeline/trip-place-source.h"

G_BEGIN_DECLS

/**
 * TripPlaceLookupFunc:
 * @source: the source that was asked
 * @query: the question, for what it says beside the name
 * @name: the name to look up
 * @near: (nullable): where the trip goes, to tell namesakes apart
 * @cancellable: (nullable): stops the search
 * @error: return location
 *
 * Looks one name up. Called in a worker thread.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL with an error that ends the whole search
 */
typedef TripPlaceMatch *(*TripPlaceLookupFunc) (TripPlaceSource       *source,
                                                const TripPlaceQuery  *query,
                                                const char            *name,
                                                const TripGeo         *near,
                                                GCancellable          *cancellable,
                                                GError               **error);

void       trip_place_lookup_async  (TripPlaceSource      *source,
                                     TripPlaceQuery       *query,
                                     TripPlaceLookupFunc   lookup,
                                     TripPlaceFoundFunc    found,
                                     gpointer              found_data,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GPtrArray *trip_place_lookup_finish (TripPlaceSource      *source,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
