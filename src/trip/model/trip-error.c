/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The error domain: one table of codes, wire names and D-Bus names.
 */
#include "trip/model/trip-error.h"

static const struct {
  const char *wire;
  const char *dbus;
} names[] = {
  [TRIP_ERROR_INTERNAL] = { "internal", TRIP_DBUS_ERROR_PREFIX "Internal" },
  [TRIP_ERROR_INVALID_MESSAGE] = { "invalid_message", TRIP_DBUS_ERROR_PREFIX "InvalidMessage" },
  [TRIP_ERROR_UNSUPPORTED_VERSION] = { "unsupported_version", TRIP_DBUS_ERROR_PREFIX "UnsupportedVersion" },
  [TRIP_ERROR_UNAUTHENTICATED] = { "unauthenticated", TRIP_DBUS_ERROR_PREFIX "Unauthenticated" },
  [TRIP_ERROR_FORBIDDEN] = { "forbidden", TRIP_DBUS_ERROR_PREFIX "Forbidden" },
  [TRIP_ERROR_RATE_LIMITED] = { "rate_limited", TRIP_DBUS_ERROR_PREFIX "RateLimited" },
  [TRIP_ERROR_TOO_LARGE] = { "too_large", TRIP_DBUS_ERROR_PREFIX "TooLarge" },
  [TRIP_ERROR_JOB_NOT_FOUND] = { "job_not_found", TRIP_DBUS_ERROR_PREFIX "JobNotFound" },
  [TRIP_ERROR_JOB_FINISHED] = { "job_finished", TRIP_DBUS_ERROR_PREFIX "JobFinished" },
  [TRIP_ERROR_PROVIDER_TIMEOUT] = { "provider_timeout", TRIP_DBUS_ERROR_PREFIX "ProviderTimeout" },
  [TRIP_ERROR_PROVIDER_UNAVAILABLE] = { "provider_unavailable", TRIP_DBUS_ERROR_PREFIX "ProviderUnavailable" },
  [TRIP_ERROR_INFEASIBLE] = { "infeasible", TRIP_DBUS_ERROR_PREFIX "Infeasible" },
  [TRIP_ERROR_BUSY] = { "busy", TRIP_DBUS_ERROR_PREFIX "Busy" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == TRIP_ERROR_BUSY + 1);

GQuark
trip_error_quark (void)
{
  static gsize quark = 0;

  if (g_once_init_enter (&quark))
    {
      GQuark domain = g_quark_from_static_string ("trip-error-quark");

      for (gint code = 0; code < (gint) G_N_ELEMENTS (names); code++)
        g_dbus_error_register_error (domain, code, names[code].dbus);
      g_once_init_leave (&quark, domain);
    }
  return (GQuark) quark;
}

/**
 * trip_error_code_to_string:
 * @code: a code
 *
 * Returns: (transfer none): its name in JSON, `invalid_message`
 */
const char *
trip_error_code_to_string (TripError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (names), "internal");

  return names[code].wire;
}

/**
 * trip_error_code_to_dbus:
 * @code: a code
 *
 * Returns: (transfer none): its D-Bus error name
 */
const char *
trip_error_code_to_dbus (TripError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (names), names[TRIP_ERROR_INTERNAL].dbus);

  return names[code].dbus;
}

/**
 * trip_error_normalize:
 * @error: an error of any domain
 *
 * Turns what stages fail with into the contract's codes: a time-out or a lost connection stays recognisable, all else
 * without a code of ours is internal. The message is kept.
 *
 * Returns: (transfer full): an error of [error@Error]
 */
GError *
trip_error_normalize (const GError *error)
{
  TripError code = TRIP_ERROR_INTERNAL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == TRIP_ERROR)
    return g_error_copy (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = TRIP_ERROR_PROVIDER_TIMEOUT;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    code = TRIP_ERROR_PROVIDER_UNAVAILABLE;
  return g_error_new_literal (TRIP_ERROR, (gint) code, error->message);
}
