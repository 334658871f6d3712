/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl check: holds saved plans against the rules.
 */
#include "cli/trip-cli.h"

#include "check/trip-plan-check.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MAX_PLAN_BYTES (64 * 1024 * 1024)

/* A bare list of options, the message {"type":"plan","data":…}, or a whole answer with its requirements. */
static gboolean
read_plan (const TripJsonNode *root,
           GPtrArray          *options,
           GPtrArray          *pois,
           GPtrArray          *requirements,
           GError            **error)
{
  const TripJsonNode *plan = root;

  if (trip_json_node_get_kind (root) == TRIP_JSON_OBJECT)
    {
      plan = trip_json_node_member (root, "plan");
      if (plan == NULL)
        plan = trip_json_node_member (root, "data");
      if (plan == NULL)
        plan = trip_json_node_member (root, "options");
      if (plan == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("there is no plan in it"));
          return FALSE;
        }
    }
  return trip_json_node_read_list (plan, (TripJsonReadFunc) trip_plan_option_read, options, error) &&
         trip_json_node_read_list (trip_json_node_member (root, "pois"), (TripJsonReadFunc) trip_poi_read, pois, error) &&
         trip_json_node_read_list (trip_json_node_member (root, "requirements"), (TripJsonReadFunc) trip_requirement_read,
                                   requirements, error);
}

static void
print_violations (GPtrArray *violations,
                  gboolean   as_json)
{
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);
      g_autofree char *line = NULL;
      TripJsonBuilder builder;

      if (!as_json)
        {
          printf ("%s: %s: %s\n", violation->path, violation->rule, violation->message);
          continue;
        }
      trip_json_builder_init (&builder);
      trip_json_builder_begin_object (&builder, NULL);
      trip_json_builder_add_string (&builder, "rule", violation->rule);
      trip_json_builder_add_string (&builder, "path", violation->path);
      trip_json_builder_add_string (&builder, "message", violation->message);
      trip_json_builder_end_object (&builder);
      line = trip_json_builder_end_string (&builder);
      puts (line);
    }
}

static TripCliStatus
check_file (const char *path,
            gboolean    as_json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) text = trip_cli_read_file (path, &error);
  g_autoptr(TripJson) json = text != NULL ? trip_json_parse (text, MAX_PLAN_BYTES, &error) : NULL;
  g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  g_autoptr(GPtrArray) pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  g_autoptr(GPtrArray) requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  g_autoptr(GPtrArray) violations = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  if (json == NULL || !read_plan (trip_json_get_root (json), options, pois, requirements, &error))
    {
      fprintf (stderr, "tripctl: %s: %s\n", path, error->message);
      return TRIP_CLI_USAGE;
    }
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  violations = trip_plan_check (options, pois, requirements, &today);
  print_violations (violations, as_json);
  if (!as_json && violations->len == 0)
    printf (_("%s: %u options, all rules kept\n"), path, options->len);
  else if (!as_json)
    printf (_("%s: %u options, %u violations\n"), path, options->len, violations->len);
  return violations->len == 0 ? TRIP_CLI_OK : TRIP_CLI_FAILED;
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
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &as_json, N_("Print each violation as a line of JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("FILE…"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_OK;

  g_option_context_set_summary (context, _("Holds plans against opening hours, travel times, budgets and requirements."));
  g_option_context_set_description (context, _("A FILE holds a list of options, or a whole answer as “tripctl plan "
                                               "--output” saves it; “-” is standard input.\n"
                                               "Exit status: 0 no violation, 1 violations, 2 unreadable input."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "tripctl: %s\n", error->message);
      return TRIP_CLI_USAGE;
    }
  if (argc < 2)
    {
      fprintf (stderr, "tripctl: %s\n", _("Name a file with a plan, or - for standard input"));
      return TRIP_CLI_USAGE;
    }
  for (gint i = 1; i < argc; i++)
    {
      TripCliStatus one = check_file (argv[i], as_json);

      status = MAX (status, one);
    }
  return status;
}
