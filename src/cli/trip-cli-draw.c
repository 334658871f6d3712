/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl draw: makes pictures of saved plans.
 */
#include "cli/trip-cli.h"

#include "check/trip-plan-check.h"
#include "cli/trip-plan-reader.h"
#include "draw/trip-drawing.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  gint option;
  char *output;
  char *format;
  char *today;
} Options;

/* The last plan of a transcript is the one that a conversation arrived at. */
static GBytes *
draw (GBytes             *text,
      gint                option,
      TripDrawingFormat   format,
      const GDate        *today,
      GError            **error)
{
  g_autoptr(GPtrArray) answers = trip_plan_reader_read (text, error);
  g_autoptr(GPtrArray) violations = NULL;
  const TripSavedAnswer *answer;

  if (answers == NULL)
    return NULL;
  answer = answers->len > 0 ? g_ptr_array_index (answers, answers->len - 1) : NULL;
  if (answer == NULL || answer->options->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("there is no plan in it"));
      return NULL;
    }
  violations = trip_plan_check (answer->options, answer->pois, answer->requirements, today);
  return trip_drawing_new (answer->options, option, violations, format, NULL, error);
}

/**
 * trip_cli_draw_svg:
 * @text: an answer as `tripctl plan --output` saves it
 * @path: the file to write
 * @error: return location
 *
 * Draws all its options into a file, which appears whole or not at all.
 *
 * Returns: whether that went well
 */
gboolean
trip_cli_draw_svg (GBytes      *text,
                   const char  *path,
                   GError     **error)
{
  g_autoptr(GBytes) picture = NULL;
  GDate today;
  gsize length;
  const char *data;

  trip_cli_read_today (NULL, &today, NULL);
  picture = draw (text, TRIP_DRAWING_ALL, TRIP_DRAWING_SVG, &today, error);
  if (picture == NULL)
    return FALSE;
  data = g_bytes_get_data (picture, &length);
  return g_file_set_contents (path, data, (gssize) length, error);
}

static gboolean
choose_format (const Options      *options,
               TripDrawingFormat  *out_format,
               GError            **error)
{
  gboolean to_file = options->output != NULL && strcmp (options->output, "-") != 0;

  *out_format = TRIP_DRAWING_SVG;
  if (options->format != NULL && strchr (options->format, '.') == NULL)
    {
      if (trip_drawing_format_from_name (options->format, out_format))
        return TRUE;
    }
  else if (options->format == NULL && (!to_file || trip_drawing_format_from_name (options->output, out_format)))
    {
      return TRUE;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is none of svg, png and pdf"),
               options->format != NULL ? options->format : options->output);
  return FALSE;
}

static gboolean
write_picture (const char  *path,
               GBytes      *picture,
               GError     **error)
{
  gsize length;
  const char *data = g_bytes_get_data (picture, &length);

  if (path != NULL && strcmp (path, "-") != 0)
    return g_file_set_contents (path, data, (gssize) length, error);
  if (fwrite (data, 1, length, stdout) == length && fflush (stdout) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("standard output cannot be written"));
  return FALSE;
}

static TripCliStatus
draw_file (const char    *path,
           const Options *options,
           const GDate   *today)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) text = NULL;
  g_autoptr(GBytes) picture = NULL;
  TripDrawingFormat format;

  if (!choose_format (options, &format, &error))
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_USAGE;
    }
  text = trip_cli_read_file (path, &error);
  picture = text != NULL ? draw (text, options->option > 0 ? options->option - 1 : TRIP_DRAWING_ALL, format, today, &error)
                         : NULL;
  if (picture == NULL)
    {
      trip_cli_complain (path, error->message);
      return TRIP_CLI_USAGE;
    }
  if (!write_picture (options->output, picture, &error))
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_FAILED;
    }
  return TRIP_CLI_OK;
}

static gboolean
parse_options (int       *argc,
               char    ***argv,
               Options   *options,
               GDate     *today,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "option", 'n', 0, G_OPTION_ARG_INT, &options->option, N_("Draw this option only, from 1"), N_("N") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, N_("Where to, instead of standard output"), N_("FILE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format, N_("Instead of what the name of the file says"),
      "svg|png|pdf" },
    { "today", 0, 0, G_OPTION_ARG_STRING, &options->today, N_("Day that “next Friday” counts from, YYYY-MM-DD"), N_("DATE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("PLAN"));

  g_option_context_set_summary (context, _("Draws a plan: each day's timeline over the opening hours of its places, and "
                                           "its route."));
  g_option_context_set_description (context, _("PLAN is what “tripctl check” reads; “-” is standard input. Of a transcript "
                                               "with several plans the last is drawn.\n"
                                               "All options are drawn, one below the other; in a PDF each begins on a new "
                                               "page.\n"
                                               "What breaks a rule of “tripctl check” is marked in red.\n"
                                               "Exit status: 0 drawn, 1 the picture cannot be written, 2 wrong usage or "
                                               "unreadable input."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  options->option = -1;
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc != 2)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Name one file with a plan, or - for standard input"));
  else if (options->option == 0 || options->option < -1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--option counts from 1"));
  else
    return trip_cli_read_today (options->today, today, error);
  return FALSE;
}

/**
 * trip_cli_draw:
 * @argc: number of arguments
 * @argv: arguments, the first is `draw`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_draw (int    argc,
               char **argv)
{
  Options options = { 0 };
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;
  GDate today;

  if (parse_options (&argc, &argv, &options, &today, &error))
    status = draw_file (argv[1], &options, &today);
  else
    trip_cli_complain (NULL, error->message);
  g_free (options.output);
  g_free (options.format);
  g_free (options.today);
  return status;
}
