/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times of day as they cross the edge, the contract's "9:00 AM - 11:30 AM" and ISO 8601 local time, and lengths of time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *trip_clock_format_time  (gint         minute);
char     *trip_clock_format_range (gint         start,
                                   gint         end);
gboolean  trip_clock_parse_range  (const char  *text,
                                   gint        *out_start,
                                   gint        *out_end);
char     *trip_clock_format_iso   (const GDate *day,
                                   gint         minute);
gboolean  trip_clock_parse_iso    (const char  *text,
                                   GDate       *out_day,
                                   gint        *out_minute);
char     *trip_date_format_iso    (const GDate *date);
gboolean  trip_date_parse_iso     (const char  *text,
                                   GDate       *out_date);
gint      trip_duration_parse     (const char  *text);

G_END_DECLS
