/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl: finds the subcommand.
 */
#include "cli/trip-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct {
  const char *name;
  TripCliStatus (*run) (int argc, char **argv);
  const char *summary;
} commands[] = {
  { "plan", trip_cli_plan, N_("Plan a trip and watch it arrive") },
  { "interpret", trip_cli_interpret, N_("Show what messages ask for") },
  { "check", trip_cli_check, N_("Hold a plan against the rules of a real trip") },
  { "hours", trip_cli_hours, N_("Say what opening hours mean") },
  { "draw", trip_cli_draw, N_("Make a picture of a plan") },
  { "import", trip_cli_import, N_("Read places out of OpenStreetMap files, or your own") },
  { "atlas", trip_cli_atlas, N_("Show, search and remove what was imported") },
  { "gazetteer", trip_cli_gazetteer, N_("Show which places a name may mean") },
  { "token", trip_cli_token, N_("Make, list and revoke tokens of web clients") },
  { "about", trip_cli_about, N_("Show the version and whose data is used") },
};

static void
print_usage (FILE *stream)
{
  fprintf (stream, "%s\n\n%s\n", _("Usage: tripctl COMMAND [OPTION…]"), _("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
  fprintf (stream, "\n%s\n", _("“tripctl COMMAND --help” tells the options of a command."));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TRIP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc < 2)
    {
      print_usage (stderr);
      return TRIP_CLI_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_usage (stdout);
      return TRIP_CLI_OK;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("tripctl %s\n", TRIP_VERSION);
      return TRIP_CLI_OK;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (argv[1], commands[i].name) == 0)
        {
          g_autofree char *name = g_strdup_printf ("tripctl %s", commands[i].name);

          g_set_prgname (name);
          return (int) commands[i].run (argc - 1, argv + 1);
        }
    }
  fprintf (stderr, _("tripctl: unknown command “%s”\n\n"), argv[1]);
  print_usage (stderr);
  return TRIP_CLI_USAGE;
}
