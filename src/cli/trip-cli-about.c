/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl about: the program, and whose data it carries.
 */
#include "cli/trip-cli.h"

#include "relay/trip-credits.h"

#include <glib/gi18n.h>
#include <stdio.h>

static void
print_credits (void)
{
  guint n;
  const TripCredit *credits = trip_credits_get (&n);

  for (guint i = 0; i < n; i++)
    {
      printf ("%s: %s\n  %s, %s\n", credits[i].name, _(credits[i].what), credits[i].credit, credits[i].licence);
      if (credits[i].licence_url != NULL)
        printf ("  %s\n", credits[i].licence_url);
      if (credits[i].url != NULL)
        printf ("  %s\n", credits[i].url);
    }
}

static void
print_json (void)
{
  g_autoptr(GBytes) json = trip_credits_dup_json ();
  gsize size;
  const char *text = g_bytes_get_data (json, &size);

  fwrite (text, 1, size, stdout);
  fputc ('\n', stdout);
}

/**
 * trip_cli_about:
 * @argc: number of arguments
 * @argv: arguments, the first is `about`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_about (int    argc,
                char **argv)
{
  gboolean data = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_NONE, &data, N_("Tell whose data is used, and under which licence"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print all as JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "tripctl: %s\n", error->message);
      return TRIP_CLI_USAGE;
    }
  if (argc > 1)
    {
      fprintf (stderr, _("tripctl: about takes no argument “%s”\n"), argv[1]);
      return TRIP_CLI_USAGE;
    }
  if (json)
    {
      print_json ();
      return TRIP_CLI_OK;
    }
  printf ("tripd %s, LGPL-2.1-or-later\n", TRIP_VERSION);
  if (data)
    print_credits ();
  else
    printf ("%s\n", _("“tripctl about --data” tells whose data is used."));
  return TRIP_CLI_OK;
}
