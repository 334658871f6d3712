/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripctl hours --batch`: opening hours line by line. One line in is one line out, whatever it holds, and a line that has no
 * end costs no more memory than the longest one that is read.
 */
#include "cli/trip-cli-hours.h"

#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-clock.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Opening hours of 4 KiB fit in with every character escaped. */
#define MAX_LINE (64 * 1024)

typedef struct {
  GBufferedInputStream *input;
  GString *line;
} LineReader;

typedef enum {
  LINE_GOOD,
  LINE_TOO_LONG,
  LINE_NONE,
  LINE_FAILED,
} LineResult;

/* What is beyond the longest line is passed over, not kept. */
static LineResult
read_line (LineReader  *self,
           GError     **error)
{
  gboolean too_long = FALSE;
  gboolean seen = FALSE;

  g_string_truncate (self->line, 0);
  for (;;)
    {
      gsize available, n;
      const char *data = g_buffered_input_stream_peek_buffer (self->input, &available);
      const char *end;

      if (available == 0)
        {
          gssize filled;

          /* Who asks line by line through a pipe waits for the answer. */
          fflush (stdout);
          filled = g_buffered_input_stream_fill (self->input, -1, NULL, error);
          if (filled < 0)
            return LINE_FAILED;
          if (filled == 0)
            return !seen ? LINE_NONE : too_long ? LINE_TOO_LONG : LINE_GOOD;
          continue;
        }
      seen = TRUE;
      end = memchr (data, '\n', available);
      n = end != NULL ? (gsize) (end - data) : available;
      if (self->line->len + n > MAX_LINE)
        too_long = TRUE;
      else
        g_string_append_len (self->line, data, (gssize) n);
      if (g_input_stream_skip (G_INPUT_STREAM (self->input), n + (end != NULL ? 1 : 0), NULL, error) < 0)
        return LINE_FAILED;
      if (end != NULL)
        return too_long ? LINE_TOO_LONG : LINE_GOOD;
    }
}

static gboolean
is_blank (const GString *line)
{
  for (gsize i = 0; i < line->len; i++)
    {
      if (!g_ascii_isspace (line->str[i]))
        return FALSE;
    }
  return TRUE;
}

static void
print_json (TripJsonBuilder *builder)
{
  g_autoptr(GBytes) bytes = trip_json_builder_end (builder);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  fwrite (text, 1, length, stdout);
  fputc ('\n', stdout);
}

static void
print_error (const char *message)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "error", message);
  trip_json_builder_end_object (&builder);
  print_json (&builder);
}

static void
add_intervals (TripJsonBuilder  *builder,
               const char       *name,
               const GArray     *intervals,
               TripOpeningState  state)
{
  trip_json_builder_begin_array (builder, name);
  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);

      if (interval->state != state)
        continue;
      trip_json_builder_begin_array (builder, NULL);
      trip_json_builder_add_int (builder, NULL, interval->from);
      trip_json_builder_add_int (builder, NULL, interval->to);
      trip_json_builder_end_array (builder);
    }
  trip_json_builder_end_array (builder);
}

static gboolean
read_start (const TripJsonNode  *object,
            GDate               *start,
            GError             **error)
{
  const char *text;

  if (!trip_json_node_get_string (object, "start", TRUE, &text, error))
    return FALSE;
  if (trip_date_parse_iso (text, start))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("start must be a date like 2027-04-10"));
  return FALSE;
}

static gboolean
read_days (const TripJsonNode  *object,
           guint               *days,
           GError             **error)
{
  const TripJsonNode *node = trip_json_node_member (object, "days");
  gint64 value;

  if (node != NULL && trip_json_node_as_int (node, &value, NULL) && value >= 1 && value <= TRIP_OPENING_HOURS_MAX_DAYS)
    {
      *days = (guint) value;
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("days must be a whole number from 1 to %d"),
               TRIP_OPENING_HOURS_MAX_DAYS);
  return FALSE;
}

/* Hours that cannot be read are an answer; a line that cannot is a failure. */
static gboolean
answer_line (const GString           *line,
             const TripOpeningPlace  *place,
             TripOpeningHoursFlags    flags,
             GError                 **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (line->str, line->len);
  g_autoptr(TripJson) json = trip_json_parse (bytes, MAX_LINE, error);
  g_autoptr(TripOpeningHours) hours = NULL;
  g_autoptr(GArray) intervals = NULL;
  const TripJsonNode *root;
  g_autoptr(GError) mistake = NULL;
  const char *text;
  TripJsonBuilder builder;
  GDate start;
  guint days;

  if (json == NULL)
    return FALSE;
  root = trip_json_get_root (json);
  if (!trip_json_node_expect (root, TRIP_JSON_OBJECT, error) ||
      !trip_json_node_get_string (root, "oh", TRUE, &text, error) ||
      !read_start (root, &start, error) || !read_days (root, &days, error))
    return FALSE;
  hours = trip_opening_hours_parse_for_place (text, place, flags, &mistake);
  if (hours == NULL)
    {
      print_error (mistake->message);
      return TRUE;
    }

  intervals = trip_opening_hours_intervals (hours, &start, days);
  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  add_intervals (&builder, "open", intervals, TRIP_OPENING_OPEN);
  add_intervals (&builder, "unknown", intervals, TRIP_OPENING_UNKNOWN);
  trip_json_builder_end_object (&builder);
  print_json (&builder);
  return TRUE;
}

/*< private >
 * trip_cli_hours_batch:
 * @path: (nullable): a file; %NULL or `-` for standard input
 * @place: (nullable): where the places of all lines are
 * @flags: how all lines are read
 *
 * Reads `{"oh", "start", "days"}` a line and prints `{"open": [[from, to], …], "unknown": […]}` in minutes from `start`, or
 * `{"error": "…"}`, a line. Blank lines are passed over. A line that cannot be read does not end the run.
 *
 * Returns: %TRIP_CLI_OK; %TRIP_CLI_FAILED where a line was no such object or the input broke off
 */
TripCliStatus
trip_cli_hours_batch (const char             *path,
                      const TripOpeningPlace *place,
                      TripOpeningHoursFlags   flags)
{
  g_autoptr(GInputStream) raw = NULL;
  g_autoptr(GInputStream) input = NULL;
  g_autoptr(GString) line = g_string_new (NULL);
  LineReader reader = { .line = line };
  TripCliStatus status = TRIP_CLI_OK;
  g_autoptr(GError) open_error = NULL;

  if (path == NULL || strcmp (path, "-") == 0)
    {
      raw = g_unix_input_stream_new (STDIN_FILENO, FALSE);
    }
  else
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);

      raw = G_INPUT_STREAM (g_file_read (file, NULL, &open_error));
      if (raw == NULL)
        {
          fprintf (stderr, "tripctl: %s\n", open_error->message);
          return TRIP_CLI_USAGE;
        }
    }
  input = g_buffered_input_stream_new_sized (raw, MAX_LINE);
  reader.input = G_BUFFERED_INPUT_STREAM (input);

  for (;;)
    {
      g_autoptr(GError) error = NULL;

      switch (read_line (&reader, &error))
        {
        case LINE_NONE:
          fflush (stdout);
          return status;
        case LINE_FAILED:
          fflush (stdout);
          fprintf (stderr, "tripctl: %s\n", error->message);
          return TRIP_CLI_FAILED;
        case LINE_TOO_LONG:
          g_set_error (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("the line is longer than %d bytes"), MAX_LINE);
          break;
        case LINE_GOOD:
        default:
          if (is_blank (line))
            continue;
          answer_line (line, place, flags, &error);
          break;
        }
      if (error != NULL)
        {
          print_error (error->message);
          status = TRIP_CLI_FAILED;
        }
    }
}
