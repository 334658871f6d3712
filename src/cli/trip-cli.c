/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Input of the subcommands, and what they show of it.
 */
#include "cli/trip-cli.h"

#include "trip/model/trip-clock.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
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
 * @error: return location for %G_OPTION_ERROR_BAD_VALUE
 *
 * Reads the option `--today`.
 *
 * Returns: whether @text is a day
 */
gboolean
trip_cli_read_today (const char  *text,
                     GDate       *out_today,
                     GError     **error)
{
  g_autoptr(GDateTime) now = NULL;

  g_date_clear (out_today, 1);
  if (text == NULL)
    {
      now = g_date_time_new_now_local ();
      g_date_set_dmy (out_today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                      (GDateYear) g_date_time_get_year (now));
      return TRUE;
    }
  if (trip_date_parse_iso (text, out_today))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--today must be a date like 2027-04-10, not “%s”"), text);
  return FALSE;
}

/**
 * trip_cli_clean:
 * @text: UTF-8 from anybody
 *
 * Makes a text safe for a terminal, which obeys some characters instead of showing them.
 *
 * Returns: (transfer full): the text with blanks for its control characters, line breaks included
 */
char *
trip_cli_clean (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      g_string_append_unichar (out, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (out, FALSE);
}

/**
 * trip_cli_complain:
 * @about: (nullable): a file that the message is about
 * @message: what went wrong, may quote anybody
 *
 * Writes a line to standard error.
 */
void
trip_cli_complain (const char *about,
                   const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  g_autofree char *cleaned = trip_cli_clean (valid);

  if (about != NULL)
    fprintf (stderr, "tripctl: %s: %s\n", about, cleaned);
  else
    fprintf (stderr, "tripctl: %s\n", cleaned);
}
