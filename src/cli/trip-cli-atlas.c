/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl atlas: what is in the database of imported places, and taking regions out of it.
 */
#include "cli/trip-cli.h"

#include "providers/places/trip-place-db.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char *atlas;
  char *format;
  char **words;
  TripPlaceDb *db;
} Command;

static TripCliStatus
fail (GError *error)
{
  TripCliStatus status = g_error_matches (error, TRIP_PLACE_DB_ERROR, TRIP_PLACE_DB_ERROR_NO_REGION) ? TRIP_CLI_USAGE
                                                                                                     : TRIP_CLI_FAILED;

  fprintf (stderr, "tripctl: %s\n", error->message);
  g_error_free (error);
  return status;
}

static TripCliStatus
run_list (Command *self)
{
  GError *error = NULL;
  g_autoptr(GPtrArray) regions = trip_place_db_list_regions (self->db, &error);

  if (regions == NULL)
    return fail (error);
  for (guint i = 0; i < regions->len; i++)
    {
      const TripPlaceRegion *region = g_ptr_array_index (regions, i);

      printf (_("%s: %u sights, %u restaurants, %u lodgings (%s, %.10s)\n"), region->name,
              region->n_by_type[TRIP_PLACE_TYPE_SIGHT], region->n_by_type[TRIP_PLACE_TYPE_RESTAURANT],
              region->n_by_type[TRIP_PLACE_TYPE_LODGE], region->files, region->imported);
    }
  if (regions->len == 0)
    printf ("%s\n", _("Nothing was imported yet."));
  return TRIP_CLI_OK;
}

static gboolean
is_wanted (char       **words,
           const char  *name)
{
  if (*words == NULL)
    return TRUE;
  for (; *words != NULL; words++)
    {
      g_autofree char *a = g_utf8_casefold (*words, -1);
      g_autofree char *b = g_utf8_casefold (name, -1);

      if (strcmp (a, b) == 0)
        return TRUE;
    }
  return FALSE;
}

static TripCliStatus
run_info (Command *self)
{
  GError *error = NULL;
  g_autoptr(GPtrArray) regions = NULL;
  gboolean any = FALSE;

  if (!trip_place_db_check (self->db, &error))
    return fail (error);
  regions = trip_place_db_list_regions (self->db, &error);
  if (regions == NULL)
    return fail (error);
  printf (_("Database: %s\n"), trip_place_db_get_path (self->db));
  for (guint i = 0; i < regions->len; i++)
    {
      const TripPlaceRegion *region = g_ptr_array_index (regions, i);

      if (!is_wanted (self->words, region->name))
        continue;
      any = TRUE;
      printf ("\n%s\n", region->name);
      printf (_("  places: %u: %u sights, %u restaurants, %u lodgings, %u services\n"), region->n_places,
              region->n_by_type[TRIP_PLACE_TYPE_SIGHT], region->n_by_type[TRIP_PLACE_TYPE_RESTAURANT],
              region->n_by_type[TRIP_PLACE_TYPE_LODGE], region->n_by_type[TRIP_PLACE_TYPE_SERVICE]);
      printf (_("  area: %.4f to %.4f north, %.4f to %.4f east\n"), region->south, region->north, region->west, region->east);
      printf (_("  from: %s\n"), region->files);
      printf (_("  imported: %s\n"), region->imported);
      printf (_("  credit: %s\n"), region->attribution);
    }
  if (!any && *self->words != NULL)
    {
      fprintf (stderr, _("tripctl: there is no region called “%s”\n"), *self->words);
      return TRIP_CLI_USAGE;
    }
  return TRIP_CLI_OK;
}

static TripCliStatus
run_remove (Command *self)
{
  if (*self->words == NULL)
    {
      fprintf (stderr, "tripctl: %s\n", _("Name the region to remove; “tripctl atlas list” shows them"));
      return TRIP_CLI_USAGE;
    }
  for (char **word = self->words; *word != NULL; word++)
    {
      GError *error = NULL;
      guint removed = 0;

      if (!trip_place_db_remove_region (self->db, *word, &removed, NULL, &error))
        return fail (error);
      printf (_("%s: removed with %u places\n"), *word, removed);
    }
  return TRIP_CLI_OK;
}

static void
print_tsv (const char * const *columns,
           gpointer            user_data)
{
  for (guint i = 0; i < 6; i++)
    printf ("%s%s", i > 0 ? "\t" : "", columns[i]);
  putchar ('\n');
}

static TripCliStatus
run_dump (Command *self)
{
  GError *error = NULL;

  if (self->format != NULL && strcmp (self->format, "tsv") != 0)
    {
      fprintf (stderr, _("tripctl: --format must be tsv, not “%s”\n"), self->format);
      return TRIP_CLI_USAGE;
    }
  puts ("osm\tkind\tname\tlat\tlon\topening_hours");
  return trip_place_db_dump (self->db, print_tsv, NULL, &error) ? TRIP_CLI_OK : fail (error);
}

static const struct {
  const char *name;
  TripCliStatus (*run) (Command *self);
} commands[] = {
  { "list", run_list },
  { "info", run_info },
  { "remove", run_remove },
  { "dump", run_dump },
};

static TripCliStatus
run (Command    *self,
     const char *name)
{
  g_autofree char *path = trip_place_db_dup_path (self->atlas);
  GError *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (commands[i].name, name) != 0)
        continue;
      self->db = trip_place_db_open (path, &error);
      return self->db != NULL ? commands[i].run (self) : fail (error);
    }
  fprintf (stderr, _("tripctl: “atlas %s” is not known; there are list, info, remove, search and dump\n"), name);
  return TRIP_CLI_USAGE;
}

/**
 * trip_cli_atlas:
 * @argc: number of arguments
 * @argv: arguments, the first is `atlas`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_atlas (int    argc,
                char **argv)
{
  Command self = { 0 };
  const GOptionEntry entries[] = {
    { "atlas", 'a', 0, G_OPTION_ARG_FILENAME, &self.atlas, N_("The database, instead of your own"), N_("FILE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self.format, N_("Format of a dump"), "tsv" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("list | info [REGION…] | remove REGION… | search NAME | dump"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;

  g_option_context_set_summary (context, _("Shows what “tripctl import” brought, and removes it."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "tripctl: %s\n", error->message);
    }
  else if (argc < 2)
    {
      fprintf (stderr, "tripctl: %s\n", _("Say what to do: tripctl atlas list"));
    }
  else
    {
      self.words = argv + 2;
      status = run (&self, argv[1]);
    }
  g_clear_pointer (&self.db, trip_place_db_unref);
  g_free (self.atlas);
  g_free (self.format);
  return status;
}
