/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl gazetteer: which places a name may mean.
 */
#include "cli/trip-cli.h"

#include "providers/gazetteer/trip-gazetteer.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef struct {
  gint max;
  char *near;
} Options;

static const char *
kind_name (const TripGazetteerEntry *entry)
{
  if (entry->kind == TRIP_PLACE_CITY)
    return "city";
  if (entry->kind == TRIP_PLACE_COUNTRY)
    return "country";
  return entry->island ? "island" : "region";
}

static void
print_place (TripGazetteer            *gazetteer,
             const TripGazetteerEntry *entry)
{
  g_autoptr(GPtrArray) cities = trip_gazetteer_list_cities (gazetteer, entry);
  char lat[G_ASCII_DTOSTR_BUF_SIZE];
  char lng[G_ASCII_DTOSTR_BUF_SIZE];

  /* One line a place, for people and for cut(1). */
  printf ("%s\t%s\t%s\t%s,%s\t%" G_GINT64_FORMAT "\t%s\t", entry->name, kind_name (entry), entry->country,
          g_ascii_formatd (lat, sizeof lat, "%.4f", entry->geo.lat),
          g_ascii_formatd (lng, sizeof lng, "%.4f", entry->geo.lng), entry->population, entry->timezone);
  for (guint i = 0; i < cities->len; i++)
    printf ("%s%s", i > 0 ? "; " : "", ((const TripGazetteerEntry *) cities->pdata[i])->name);
  printf ("\n");
}

static gboolean
read_near (const char *text,
           TripGeo    *out)
{
  char *end;

  out->lat = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  out->lng = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && ABS (out->lat) <= 90 && ABS (out->lng) <= 180;
}

static TripCliStatus
run (int            argc,
     char         **argv,
     const Options *options)
{
  g_autoptr(TripGazetteer) gazetteer = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *text = NULL;
  TripGeo near;

  if (argc < 2 || options->max < 1)
    {
      fprintf (stderr, "tripctl: %s\n", _("Give the name of a place, or its beginning"));
      return TRIP_CLI_USAGE;
    }
  if (options->near != NULL && !read_near (options->near, &near))
    {
      fprintf (stderr, _("tripctl: --near must be a position like 38.7,-9.1, not “%s”\n"), options->near);
      return TRIP_CLI_USAGE;
    }
  gazetteer = trip_gazetteer_new ();
  text = g_strjoinv (" ", argv + 1);
  found = trip_gazetteer_search (gazetteer, text, options->near != NULL ? &near : NULL, (guint) options->max);
  for (guint i = 0; i < found->len; i++)
    print_place (gazetteer, found->pdata[i]);
  if (found->len > 0)
    return TRIP_CLI_OK;
  fprintf (stderr, _("tripctl: no place is called “%s”\n"), text);
  return TRIP_CLI_FAILED;
}

/**
 * trip_cli_gazetteer:
 * @argc: number of arguments
 * @argv: arguments, the first is `gazetteer`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_gazetteer (int    argc,
                    char **argv)
{
  Options options = { .max = 10 };
  const GOptionEntry entries[] = {
    { "max", 'n', 0, G_OPTION_ARG_INT, &options.max, N_("At most so many places"), N_("NUMBER") },
    { "near", 0, 0, G_OPTION_ARG_STRING, &options.near, N_("The place is probably near here"), N_("LAT,LNG") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("NAME"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, &argc, &argv, &error))
    status = run (argc, argv, &options);
  else
    fprintf (stderr, "tripctl: %s\n", error->message);
  g_free (options.near);
  return status;
}
