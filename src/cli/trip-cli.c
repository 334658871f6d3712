/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Input of the subcommands.
 */
#include "cli/trip-cli.h"

#include "trip/model/trip-clock.h"

#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

/**
 * trip_cli_read_file:
 * @path: a file; `-` for standard input
 * @error: return location
 *
 * Returns: (transfer full): all its bytes
 */
GBytes *
trip_cli_read_file (const char  *path,
                    GError     **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (strcmp (path, "-") == 0)
    {
      g_autoptr(GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
      g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();

      if (g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
        return NULL;
      return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
    }
  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&contents), length);
}

/**
 * trip_cli_read_today:
 * @text: (nullable): a day, `2027-04-10`; %NULL for the day it is here
 * @out_today: (out): the day
 *
 * Returns: whether @text is a day
 */
gboolean
trip_cli_read_today (const char *text,
                     GDate      *out_today)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_date_clear (out_today, 1);
  if (text != NULL)
    return trip_date_parse_iso (text, out_today);
  g_date_set_dmy (out_today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  return TRUE;
}
