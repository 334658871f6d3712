/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl atlas: what is in the database of imported places, and taking regions out of it.
 */
#include "cli/trip-cli.h"

#include "providers/places/trip-place-search.h"
#include "trip/model/trip-clock.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char *atlas;
  char *format;
  char *near;
  char *type;
  char **tags;
  char *open;
  double radius_m;
  int limit;
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

static gboolean
read_position (const char *text,
               TripGeo    *out)
{
  char *end = NULL;

  out->lat = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  out->lng = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && out->lat >= -90.0 && out->lat <= 90.0 && out->lng >= -180.0 && out->lng <= 180.0;
}

static gboolean
read_types (const char *text,
            guint      *out)
{
  static const char * const names[] = { "sight", "restaurant", "lodge", "service" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (text, names[i]) == 0)
        {
          *out = 1u << i;
          return TRUE;
        }
    }
  return FALSE;
}

/* "2027-04-10T18:30" */
static gboolean
read_moment (const char      *text,
             TripPlaceSearch *search)
{
  g_auto(GStrv) parts = g_strsplit (text, "T", 2);
  guint hour, minute;
  char rest;

  if (g_strv_length (parts) != 2 || !trip_date_parse_iso (parts[0], &search->day) ||
      sscanf (parts[1], "%2u:%2u%c", &hour, &minute, &rest) != 2 || hour > 23 || minute > 59)
    return FALSE;
  search->minute = (gint) (hour * 60 + minute);
  search->open_at = TRUE;
  return TRUE;
}

static gboolean
read_search (Command         *self,
             TripPlaceSearch *search)
{
  const char *wrong = NULL;

  g_date_clear (&search->day, 1);
  search->tags = (const char * const *) self->tags;
  search->radius_m = MAX (self->radius_m, 0.0);
  search->limit = self->limit > 0 ? (guint) self->limit : 20;
  search->has_position = self->near != NULL;
  search->order = self->near != NULL ? TRIP_PLACE_ORDER_NEAREST : TRIP_PLACE_ORDER_BEST;
  if (self->near != NULL && !read_position (self->near, &search->position))
    wrong = _("--near must be a position like 43.7384,7.4246");
  else if (self->type != NULL && !read_types (self->type, &search->types))
    wrong = _("--type must be sight, restaurant, lodge or service");
  else if (self->open != NULL && !read_moment (self->open, search))
    wrong = _("--open must be a time like 2027-04-10T18:30");
  if (wrong != NULL)
    fprintf (stderr, "tripctl: %s\n", wrong);
  return wrong == NULL;
}

static void
print_hit (const TripPlaceHit *hit,
           gboolean            with_distance)
{
  const TripPoi *poi = hit->poi;

  printf ("%s", poi->name);
  if (with_distance)
    printf (_(", %.0f m away"), hit->distance_m);
  printf (" (%s, %s, %d)\n", hit->region != NULL ? hit->region : "", poi->id, poi->popularity);
  if (*poi->description != '\0')
    printf ("    %s\n", poi->description);
  if (poi->opening_hours != NULL)
    printf ("    %s\n", poi->opening_hours);
}

static TripCliStatus
run_search (Command *self)
{
  g_autofree char *name = g_strjoinv (" ", self->words);
  TripPlaceSearch search = { .name = *name != '\0' ? name : NULL };
  g_autoptr(GPtrArray) hits = NULL;
  GError *error = NULL;

  if (!read_search (self, &search))
    return TRIP_CLI_USAGE;
  hits = trip_place_db_search (self->db, &search, NULL, &error);
  if (hits == NULL)
    return fail (error);
  for (guint i = 0; i < hits->len; i++)
    print_hit (g_ptr_array_index (hits, i), search.has_position);
  if (hits->len == 0)
    fprintf (stderr, "%s\n", _("Nothing was found."));
  return hits->len > 0 ? TRIP_CLI_OK : TRIP_CLI_FAILED;
}

static const struct {
  const char *name;
  TripCliStatus (*run) (Command *self);
} commands[] = {
  { "list", run_list },
  { "info", run_info },
  { "remove", run_remove },
  { "search", run_search },
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
    { "near", 0, 0, G_OPTION_ARG_STRING, &self.near, N_("Search: the nearest to this position first"), "LAT,LNG" },
    { "radius", 0, 0, G_OPTION_ARG_DOUBLE, &self.radius_m, N_("Search: no farther from it than this"), N_("METRES") },
    { "type", 0, 0, G_OPTION_ARG_STRING, &self.type, N_("Search: only places of a type"), "sight|restaurant|lodge|service" },
    { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.tags, N_("Search: only with this tag; may be given more than once"),
      N_("TAG") },
    { "open", 0, 0, G_OPTION_ARG_STRING, &self.open, N_("Search: only what is surely open then"), "YYYY-MM-DDTHH:MM" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &self.limit, N_("Search: at most so many (default 20)"), "N" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("list|info|remove|search|dump [WORD…]"));
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
  g_free (self.near);
  g_free (self.type);
  g_strfreev (self.tags);
  g_free (self.open);
  return status;
}
