/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opening hours: whatever parses, evaluates to sorted intervals inside the range.
 */
#include "hours/trip-opening-hours.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(TripOpeningHours) hours = NULL;
  g_autoptr(GArray) intervals = NULL;
  GDate start;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  hours = trip_opening_hours_parse (text, NULL);
  if (hours == NULL)
    return 0;
  g_date_clear (&start, 1);
  g_date_set_dmy (&start, 20, G_DATE_DECEMBER, 2027);
  intervals = trip_opening_hours_intervals (hours, &start, 14);
  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);

      g_assert_cmpint (interval->from, >=, 0);
      g_assert_cmpint (interval->from, <, interval->to);
      g_assert_cmpint (interval->to, <=, 14 * 1440);
    }
  return 0;
}
