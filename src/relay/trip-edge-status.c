/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The table of statuses.
 */
#include "relay/trip-edge-status.h"

static const TripEdgeStatus table[] = {
  [TRIP_ERROR_INTERNAL] = { 502, 1011, TRUE },
  [TRIP_ERROR_INVALID_MESSAGE] = { 400, 4400, FALSE },
  [TRIP_ERROR_UNSUPPORTED_VERSION] = { 400, 4400, FALSE },
  [TRIP_ERROR_UNAUTHENTICATED] = { 401, 4401, FALSE },
  [TRIP_ERROR_FORBIDDEN] = { 403, 4403, FALSE },
  [TRIP_ERROR_RATE_LIMITED] = { 429, 4429, TRUE },
  [TRIP_ERROR_TOO_LARGE] = { 413, 1009, FALSE },
  [TRIP_ERROR_JOB_NOT_FOUND] = { 404, 0, FALSE },
  [TRIP_ERROR_JOB_FINISHED] = { 409, 0, FALSE },
  [TRIP_ERROR_PROVIDER_TIMEOUT] = { 502, 0, TRUE },
  [TRIP_ERROR_PROVIDER_UNAVAILABLE] = { 502, 0, TRUE },
  [TRIP_ERROR_INFEASIBLE] = { 422, 0, FALSE },
  [TRIP_ERROR_BUSY] = { 429, 4429, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (table) == TRIP_ERROR_BUSY + 1);

/**
 * trip_edge_status:
 * @code: an error code
 *
 * Returns: (transfer none): what it is called on the web edge
 */
const TripEdgeStatus *
trip_edge_status (TripError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (table), &table[TRIP_ERROR_INTERNAL]);

  return &table[code];
}
