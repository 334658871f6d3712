/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads data/gazetteer/geonames.tsv and places.tsv. A line that cannot be read stops the build with file and line.
 */
#include "trip-gazetteer-tables.h"

#include <gio/gio.h>
#include <string.h>

#define GEONAMES_COLUMNS 11
#define LISTED_COLUMNS 12

static void
name_free (gpointer data)
{
  TripTableName *name = data;

  g_free (name->text);
  g_free (name);
}

static void
place_free (gpointer data)
{
  TripTablePlace *place = data;

  g_free (place->key);
  g_free (place->name);
  g_free (place->zone);
  g_free (place->countries);
  g_free (place->cities);
  g_free (place->where);
  g_ptr_array_unref (place->names);
  g_array_unref (place->members);
  g_free (place);
}

/**
 * trip_tables_new:
 *
 * Returns: (transfer full): empty tables
 */
TripTables *
trip_tables_new (void)
{
  TripTables *self = g_new0 (TripTables, 1);

  self->places = g_ptr_array_new_with_free_func (place_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * trip_tables_free:
 * @self: (transfer full): tables
 *
 * Frees them.
 */
void
trip_tables_free (TripTables *self)
{
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->places);
  g_free (self);
}

static TripTablePlace *
add_place (TripTables    *self,
           const char    *key,
           const char    *name,
           TripPlaceKind  kind,
           const char    *country,
           const char    *where)
{
  TripTablePlace *place = g_new0 (TripTablePlace, 1);

  place->key = g_strdup (key);
  place->name = g_strdup (name);
  place->kind = kind;
  g_strlcpy (place->country, country, sizeof place->country);
  place->zone = g_strdup ("");
  place->state = -1;
  place->names = g_ptr_array_new_with_free_func (name_free);
  place->members = g_array_new (FALSE, FALSE, sizeof (guint));
  place->where = g_strdup (where);
  g_ptr_array_add (self->places, place);
  if (*key != '\0')
    g_hash_table_insert (self->by_key, place->key, place);
  return place;
}

/**
 * trip_tables_add_name:
 * @place: a place
 * @text: a name; with ~ before it, it names the place only behind another name
 * @grade: how sure it is
 * @shared: whether it is the plain name of a place shown with its area
 *
 * Adds a name.
 */
void
trip_tables_add_name (TripTablePlace *place,
                      const char     *text,
                      TripNameGrade   grade,
                      gboolean        shared)
{
  TripTableName *name = g_new0 (TripTableName, 1);

  name->behind = *text == '~';
  name->text = g_strdup (text + name->behind);
  name->grade = grade;
  name->shared = shared;
  g_ptr_array_add (place->names, name);
}

static void
add_names (TripTablePlace *place,
           const char     *column,
           TripNameGrade   grade)
{
  g_auto(GStrv) names = g_strsplit (column, "|", -1);

  for (char **name = names; *name != NULL; name++)
    if (**name != '\0')
      trip_tables_add_name (place, *name, grade, FALSE);
}

static gboolean G_GNUC_PRINTF (3, 4)
complain (GError     **error,
          const char  *where,
          const char  *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", where, text);
  return FALSE;
}

typedef gboolean (*RowFunc) (TripTables *self, char **columns, const char *where, GError **error);

static gboolean
read_table (TripTables  *self,
            const char  *path,
            guint        n_columns,
            RowFunc      func,
            GError     **error)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  if (!g_utf8_validate_len (text, size, NULL))
    return complain (error, path, "is not UTF-8");
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) columns = NULL;
      g_autofree char *where = g_strdup_printf ("%s:%u", path, i + 1);

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      columns = g_strsplit (lines[i], "\t", -1);
      if (g_strv_length (columns) != n_columns)
        return complain (error, where, "%u columns instead of %u", g_strv_length (columns), n_columns);
      if (!func (self, columns, where, error))
        return FALSE;
    }
  return TRUE;
}

/* An empty column leaves what is known. */
static gboolean
read_geo (TripTablePlace  *place,
          const char      *lat,
          const char      *lng,
          const char      *where,
          GError         **error)
{
  char *end_lat;
  char *end_lng;

  if (*lat == '\0' && *lng == '\0')
    return TRUE;
  place->geo.lat = g_ascii_strtod (lat, &end_lat);
  place->geo.lng = g_ascii_strtod (lng, &end_lng);
  place->has_geo = TRUE;
  if (*lat == '\0' || *lng == '\0' || *end_lat != '\0' || *end_lng != '\0' || !(ABS (place->geo.lat) <= 90) ||
      !(ABS (place->geo.lng) <= 180))
    return complain (error, where, "“%s %s” is no position", lat, lng);
  return TRUE;
}

static gboolean
read_count (const char  *text,
            guint        max,
            guint       *out,
            const char  *where,
            GError     **error)
{
  guint64 value;

  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, max, &value, NULL))
    return complain (error, where, "“%s” is no number up to %u", text, max);
  *out = (guint) value;
  return TRUE;
}

static gboolean
is_country_code (const char *text)
{
  return strlen (text) == 2 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]);
}

static gboolean
are_country_codes (const char *text)
{
  g_auto(GStrv) codes = g_strsplit (text, "|", -1);

  for (char **code = codes; *code != NULL; code++)
    if (!is_country_code (*code))
      return FALSE;
  return TRUE;
}

static gboolean
read_geonames_row (TripTables  *self,
                   char       **columns,
                   const char  *where,
                   GError     **error)
{
  TripTablePlace *place;
  TripPlaceKind kind = TRIP_PLACE_CITY;
  guint flags = 0;

  if (strcmp (columns[0], "country") == 0)
    kind = TRIP_PLACE_COUNTRY;
  else if (strcmp (columns[0], "state") == 0)
    kind = TRIP_PLACE_REGION;
  else if (strcmp (columns[0], "city") != 0)
    return complain (error, where, "“%s” is no kind of place", columns[0]);
  if (kind == TRIP_PLACE_REGION)
    flags = TRIP_GAZETTEER_STATE;
  if (*columns[1] == '\0' || *columns[2] == '\0' || !is_country_code (columns[3]) ||
      g_hash_table_contains (self->by_key, columns[1]))
    return complain (error, where, "the id is missing or there twice, or the name is missing, or the country is no code");
  place = add_place (self, columns[1], columns[2], kind, columns[3], where);
  place->flags = flags;
  if (kind == TRIP_PLACE_CITY)
    {
      g_autofree char *state_key = g_strconcat (columns[3], ".", columns[4], NULL);
      guint state;

      if (g_ptr_array_find (self->places, g_hash_table_lookup (self->by_key, state_key), &state))
        place->state = (gint) state;
    }
  g_free (place->zone);
  place->zone = g_strdup (columns[8]);
  trip_tables_add_name (place, columns[2], TRIP_NAME_PRIMARY, FALSE);
  /* The codes that people write behind a comma: of countries everywhere, of states where GeoNames uses the post's. */
  if (kind == TRIP_PLACE_COUNTRY || (kind == TRIP_PLACE_REGION && strcmp (columns[3], "US") == 0))
    {
      g_autofree char *code = g_strconcat ("~", columns[4][0] != '\0' ? columns[4] : columns[3], NULL);

      trip_tables_add_name (place, code, TRIP_NAME_LISTED, FALSE);
    }
  add_names (place, columns[9], TRIP_NAME_OWN);
  add_names (place, columns[10], TRIP_NAME_FOREIGN);
  return read_geo (place, columns[5], columns[6], where, error) &&
         read_count (columns[7], G_MAXINT32, &place->population, where, error);
}

static gboolean
read_listed_row (TripTables  *self,
                 char       **columns,
                 const char  *where,
                 GError     **error)
{
  TripTablePlace *place = g_hash_table_lookup (self->by_key, columns[3]);
  TripPlaceKind kind = TRIP_PLACE_REGION;
  guint flags = TRIP_GAZETTEER_LISTED;
  gboolean several = strchr (columns[2], '|') != NULL;

  if (strcmp (columns[0], "city") == 0)
    kind = TRIP_PLACE_CITY;
  else if (strcmp (columns[0], "country") == 0)
    kind = TRIP_PLACE_COUNTRY;
  else if (strcmp (columns[0], "island") == 0)
    flags |= TRIP_GAZETTEER_ISLAND;
  else if (strcmp (columns[0], "region") != 0)
    return complain (error, where, "“%s” is no kind of place", columns[0]);
  if (*columns[1] == '\0' || (*columns[2] != '\0' && !are_country_codes (columns[2])) ||
      (several && kind != TRIP_PLACE_REGION))
    return complain (error, where, "the name is missing, or the country is no code");
  if (*columns[3] != '\0' && (place == NULL || place->kind != kind || strcmp (place->country, columns[2]) != 0))
    return complain (error, where, "geonames.tsv has no such place of this kind and country as “%s”", columns[3]);
  if (strcmp (columns[9], "yes") == 0)
    flags |= TRIP_GAZETTEER_AMBIGUOUS;
  else if (*columns[9] != '\0')
    return complain (error, where, "“%s” is neither “yes” nor empty", columns[9]);

  if (place == NULL)
    {
      place = add_place (self, "", columns[1], kind, several ? "" : columns[2], where);
      place->countries = several ? g_strdup (columns[2]) : NULL;
    }
  else if ((place->flags & TRIP_GAZETTEER_LISTED) != 0)
    {
      return complain (error, where, "“%s” is there twice, see %s", columns[3], place->where);
    }
  /* The name that travellers use is the main one: "Washington" is first of all the city. */
  for (guint i = 0; i < place->names->len; i++)
    {
      TripTableName *name = place->names->pdata[i];

      name->grade = MIN (name->grade, TRIP_NAME_OWN);
    }
  g_free (place->name);
  g_free (place->where);
  g_free (place->cities);
  place->name = g_strdup (columns[1]);
  place->where = g_strdup (where);
  place->cities = g_strdup (columns[10]);
  place->flags |= flags;
  if (*columns[8] != '\0')
    {
      g_free (place->zone);
      place->zone = g_strdup (columns[8]);
    }
  trip_tables_add_name (place, columns[1], TRIP_NAME_PRIMARY, FALSE);
  add_names (place, columns[11], TRIP_NAME_LISTED);
  if (!read_geo (place, columns[4], columns[5], where, error) ||
      !read_count (columns[6], G_MAXUINT16, &place->extent_km, where, error) ||
      !read_count (columns[7], G_MAXINT32, &place->population, where, error))
    return FALSE;
  if (!place->has_geo && kind != TRIP_PLACE_REGION)
    return complain (error, where, "the position is missing");
  return TRUE;
}

/**
 * trip_tables_read_geonames:
 * @self: empty tables
 * @path: geonames.tsv: kind, id, name, country, state, latitude, longitude, population, time zone, names there, other
 *   names; states before cities
 * @error: return location; the message names the line
 *
 * Reads the towns, states and countries of GeoNames.
 *
 * Returns: whether all lines could be read
 */
gboolean
trip_tables_read_geonames (TripTables  *self,
                           const char  *path,
                           GError     **error)
{
  return read_table (self, path, GEONAMES_COLUMNS, read_geonames_row, error);
}

/**
 * trip_tables_read_listed:
 * @self: tables with GeoNames' places
 * @path: places.tsv; its header says what the columns are
 * @error: return location; the message names the line
 *
 * Reads the places that travellers name.
 *
 * Returns: whether all lines could be read
 */
gboolean
trip_tables_read_listed (TripTables  *self,
                         const char  *path,
                         GError     **error)
{
  return read_table (self, path, LISTED_COLUMNS, read_listed_row, error);
}
