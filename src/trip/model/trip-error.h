/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The one error domain of libtrip and the names its codes have on every edge. Statuses and close codes of the web edge
 * stand beside it in relay/trip-edge-status.h.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TRIP_ERROR:
 *
 * Error domain of libtrip. Its codes are registered with GDBus under [const@DBUS_ERROR_PREFIX].
 */
#define TRIP_ERROR (trip_error_quark ())
GQuark trip_error_quark (void);

/**
 * TRIP_DBUS_ERROR_PREFIX:
 *
 * What the D-Bus names of [error@Error] codes begin with.
 */
#define TRIP_DBUS_ERROR_PREFIX "org.tripd.Trip1.Error."

/**
 * TripError:
 * @TRIP_ERROR_INTERNAL: a stage failed for a reason of its own; `internal`
 * @TRIP_ERROR_INVALID_MESSAGE: the request breaks the contract; `invalid_message`
 * @TRIP_ERROR_UNSUPPORTED_VERSION: a protocol version we do not speak; `unsupported_version`
 * @TRIP_ERROR_UNAUTHENTICATED: no valid credentials; `unauthenticated`
 * @TRIP_ERROR_FORBIDDEN: not yours, or not from there; `forbidden`
 * @TRIP_ERROR_RATE_LIMITED: too many requests; `rate_limited`
 * @TRIP_ERROR_TOO_LARGE: beyond a size limit; `too_large`
 * @TRIP_ERROR_JOB_NOT_FOUND: no such job; `job_not_found`
 * @TRIP_ERROR_JOB_FINISHED: the job has ended; `job_finished`
 * @TRIP_ERROR_PROVIDER_TIMEOUT: a provider did not answer in time; `provider_timeout`
 * @TRIP_ERROR_PROVIDER_UNAVAILABLE: a provider cannot be reached; `provider_unavailable`
 * @TRIP_ERROR_INFEASIBLE: no plan can keep what must hold; `infeasible`
 * @TRIP_ERROR_BUSY: too many jobs at once; `busy`
 *
 * The codes of the contract. Stages may fail with any domain; what has no code here becomes %TRIP_ERROR_INTERNAL once, in
 * the orchestrator.
 */
typedef enum {
  TRIP_ERROR_INTERNAL,
  TRIP_ERROR_INVALID_MESSAGE,
  TRIP_ERROR_UNSUPPORTED_VERSION,
  TRIP_ERROR_UNAUTHENTICATED,
  TRIP_ERROR_FORBIDDEN,
  TRIP_ERROR_RATE_LIMITED,
  TRIP_ERROR_TOO_LARGE,
  TRIP_ERROR_JOB_NOT_FOUND,
  TRIP_ERROR_JOB_FINISHED,
  TRIP_ERROR_PROVIDER_TIMEOUT,
  TRIP_ERROR_PROVIDER_UNAVAILABLE,
  TRIP_ERROR_INFEASIBLE,
  TRIP_ERROR_BUSY,
} TripError;

const char *trip_error_code_to_string (TripError     code);
const char *trip_error_code_to_dbus   (TripError     code);
GError     *trip_error_normalize      (const GError *error);

G_END_DECLS
