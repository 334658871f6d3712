/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl check: holds saved plans against the rules.
 */
#include "cli/trip-cli.h"

#include "check/trip-plan-check.h"
#include "cli/trip-plan-reader.h"
#include "trip/json/trip-json-builder.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* @prefix names the answer where a file has several. */
static void
print_violations (GPtrArray  *violations,
                  const char *prefix,
                  gboolean    as_json)
{
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);
      g_autofree char *path = g_strconcat (prefix, violation->path, NULL);
      g_autofree char *line = NULL;
      TripJsonBuilder builder;

      if (!as_json)
        {
          g_autofree char *message = trip_cli_clean (violation->message);

          printf ("%s: %s: %s\n", path, violation->rule, message);
          continue;
        }
      trip_json_builder_init (&builder);
      trip_json_builder_begin_object (&builder, NULL);
      trip_json_builder_add_string (&builder, "rule", violation->rule);
      trip_json_builder_add_string (&builder, "path", path);
      trip_json_builder_add_string (&builder, "message", violation->message);
      trip_json_builder_end_object (&builder);
      line = trip_json_builder_end_string (&builder);
      puts (line);
    }
}

static void
print_verdict (const char *path,
               guint       n_options,
               guint       n_violations)
{
  g_autofree char *options = g_strdup_printf (ngettext ("%u option", "%u options", n_options), n_options);
  g_autofree char *violations = g_strdup_printf (ngettext ("%u violation", "%u violations", n_violations), n_violations);

  printf ("%s: %s, %s\n", path, options, n_violations == 0 ? _("all rules kept") : violations);
}

static TripCliStatus
check_file (const char  *path,
            const GDate *today,
            gboolean     as_json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) text = trip_cli_read_file (path, &error);
  g_autoptr(GPtrArray) answers = text != NULL ? trip_plan_reader_read (text, &error) : NULL;
  guint n_options = 0, n_violations = 0;

  if (answers == NULL)
    {
      trip_cli_complain (path, error->message);
      return TRIP_CLI_USAGE;
    }
  for (guint i = 0; i < answers->len; i++)
    {
      const TripSavedAnswer *answer = g_ptr_array_index (answers, i);
      g_autofree char *prefix = answers->len > 1 ? g_strdup_printf ("answers[%u].", i) : g_strdup ("");
      g_autoptr(GPtrArray) violations = trip_plan_check (answer->options, answer->pois, answer->requirements, today);

      print_violations (violations, prefix, as_json);
      n_options += answer->options->len;
      n_violations += violations->len;
    }
  if (!as_json)
    print_verdict (path, n_options, n_violations);
  return n_violations == 0 ? TRIP_CLI_OK : TRIP_CLI_FAILED;
}

/**
 * trip_cli_check:
 * @argc: number of arguments
 * @argv: arguments, the first is `check`
 *
 * Returns: the exit status, the worst over all files
 */
TripCliStatus
trip_cli_check (int    argc,
                char **argv)
{
  gboolean as_json = FALSE;
  g_autofree char *today_text = NULL;
  const GOptionEntry entries[] = {
    { "today", 0, 0, G_OPTION_ARG_STRING, &today_text, N_("Day that “next Friday” counts from, YYYY-MM-DD"), N_("DATE") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &as_json, N_("Print each violation as a line of JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("FILE…"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_OK;
  GDate today;

  g_option_context_set_summary (context, _("Holds plans against opening hours, travel times, budgets and requirements."));
  g_option_context_set_description (context, _("A FILE holds a list of options, a whole answer as “tripctl plan "
                                               "--output” saves it, a message with a plan, or a transcript with a "
                                               "message a line as “tripctl plan --json” prints it; “-” is standard "
                                               "input.\n"
                                               "Exit status: 0 no violation, 1 violations, 2 unreadable input."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_USAGE;
    }
  if (argc < 2)
    {
      trip_cli_complain (NULL, _("Name a file with a plan, or - for standard input"));
      return TRIP_CLI_USAGE;
    }
  if (!trip_cli_read_today (today_text, &today, &error))
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_USAGE;
    }
  for (gint i = 1; i < argc; i++)
    {
      TripCliStatus one = check_file (argv[i], &today, as_json);

      status = MAX (status, one);
    }
  return status;
}
