/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Statuses and encodings of the edge.
 */
#include "relay/trip-edge-status.h"
#include "relay/trip-event-encoder.h"

#include <string.h>

static void
test_every_code_has_names (void)
{
  for (TripError code = TRIP_ERROR_INTERNAL; code <= TRIP_ERROR_BUSY; code++)
    {
      const TripEdgeStatus *status = trip_edge_status (code);

      g_assert_cmpuint (status->http, >=, 400);
      g_assert_cmpuint (status->http, <, 600);
      g_assert_true (g_str_has_prefix (trip_error_code_to_dbus (code), TRIP_DBUS_ERROR_PREFIX));
      g_assert_cmpuint (strlen (trip_error_code_to_string (code)), >, 0);
    }
}

static void
test_error_message (void)
{
  g_autoptr(GError) error = g_error_new_literal (TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, "a \"quoted\" word");
  g_autoptr(GBytes) v1 = trip_error_encode_v1 (error);
  g_autoptr(GBytes) rest = NULL;
  const char *expected = "{\"type\":\"error\",\"message\":\"a \\\"quoted\\\" word\"}";
  guint status;

  g_assert_cmpmem (g_bytes_get_data (v1, NULL), g_bytes_get_size (v1), expected, strlen (expected));
  rest = trip_error_encode_rest (error, &status);
  g_assert_cmpuint (status, ==, 400);
}

static void
test_foreign_errors (void)
{
  g_autoptr(GError) late = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "late");
  g_autoptr(GError) broken = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "broken");
  g_autoptr(GError) a = trip_error_normalize (late);
  g_autoptr(GError) b = trip_error_normalize (broken);

  g_assert_error (a, TRIP_ERROR, TRIP_ERROR_PROVIDER_TIMEOUT);
  g_assert_error (b, TRIP_ERROR, TRIP_ERROR_INTERNAL);
  g_assert_cmpstr (b->message, ==, "broken");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relay/every-code-has-names", test_every_code_has_names);
  g_test_add_func ("/relay/error-message", test_error_message);
  g_test_add_func ("/relay/foreign-errors", test_foreign_errors);
  return g_test_run ();
}
