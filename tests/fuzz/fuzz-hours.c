/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opening hours: whatever parses, evaluates to sorted intervals inside the range, and going from change to change says the
 * same; whatever does not, says where.
 */
#include "hours/trip-opening-hours.h"

#include <string.h>

#define DAYS 14

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_intervals (const GArray *intervals)
{
  gint last = 0;

  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);

      g_assert_cmpint (interval->from, >=, last);
      g_assert_cmpint (interval->from, <, interval->to);
      g_assert_cmpint (interval->to, <=, DAYS * 1440);
      g_assert_true (interval->state == TRIP_OPENING_OPEN || interval->state == TRIP_OPENING_UNKNOWN);
      last = interval->to;
    }
}

static void
check_changes (const TripOpeningHours *hours,
               const GDate            *start,
               const GArray           *intervals)
{
  gint minute = 0;
  TripOpeningState state;

  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);

      if (interval->from > minute)
        {
          g_assert_true (trip_opening_hours_next_change (hours, start, minute, &minute, &state));
          g_assert_cmpint (state, ==, interval->state);
        }
      g_assert_cmpint (minute, ==, interval->from);
      if (interval->to == DAYS * 1440)
        break;
      g_assert_true (trip_opening_hours_next_change (hours, start, minute, &minute, NULL));
      g_assert_cmpint (minute, ==, interval->to);
    }
}

static void
check_text (const char             *text,
            const TripOpeningPlace *place,
            TripOpeningHoursFlags   flags)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TripOpeningHours) hours = trip_opening_hours_parse_for_place (text, place, flags, &error);
  g_autoptr(GArray) intervals = NULL;
  const char *comment;
  GDate start;

  if (hours == NULL)
    {
      g_assert_cmpuint (trip_opening_hours_error_get_position (error), >=, 1);
      g_assert_cmpuint (trip_opening_hours_error_get_position (error), <=, strlen (text) + 1);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_date_clear (&start, 1);
  g_date_set_dmy (&start, 20, G_DATE_DECEMBER, 2027);
  intervals = trip_opening_hours_intervals (hours, &start, DAYS);
  check_intervals (intervals);
  if (strlen (text) < 200)
    check_changes (hours, &start, intervals);
  trip_opening_hours_state_with_comment (hours, &start, 720, &comment);
  g_assert_true (comment == NULL || g_utf8_validate (comment, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const TripOpeningPlace place = { .country = "JP", .located = TRUE, .latitude = 68.0, .longitude = 139.8 };
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_text (text, NULL, TRIP_OPENING_HOURS_DEFAULT);
  check_text (text, &place, TRIP_OPENING_HOURS_POINTS);
  return 0;
}
