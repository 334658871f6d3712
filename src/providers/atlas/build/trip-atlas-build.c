/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The build-time program that turns data/atlas/CITY.city files into the SQLite atlas. It refuses what breaks
 * data/atlas/FORMAT.md, with file, group and key, so that a wrong fact stops the build and not a traveller.
 */
#include "hours/trip-opening-hours.h"
#include "language/trip-text.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-geo.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Farther from its city's centre than this a place is most likely in the wrong file, or its sign is lost. */
#define MAX_FROM_CENTRE_M 60000.0

static const char schema[] =
  "PRAGMA user_version = 2;"
  "CREATE TABLE city ("
  "  id TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, country_name TEXT NOT NULL,"
  "  lat REAL NOT NULL, lng REAL NOT NULL, timezone TEXT NOT NULL, currency TEXT NOT NULL, transit TEXT NOT NULL,"
  "  transit_speed_kmh REAL NOT NULL, transit_fare INTEGER NOT NULL, meal_cost INTEGER NOT NULL, popularity INTEGER NOT NULL,"
  "  airport TEXT NOT NULL, description TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE place ("
  "  id TEXT PRIMARY KEY, city TEXT NOT NULL REFERENCES city, type TEXT NOT NULL, name TEXT NOT NULL,"
  "  lat REAL NOT NULL, lng REAL NOT NULL, opening_hours TEXT NOT NULL, visit_minutes INTEGER NOT NULL,"
  "  price INTEGER NOT NULL, popularity INTEGER NOT NULL, level INTEGER NOT NULL, tags TEXT NOT NULL,"
  "  address TEXT NOT NULL, wikidata TEXT, note TEXT, description TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX place_by_city ON place (city, popularity DESC);"
  "CREATE TABLE name (owner TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (owner, name)) WITHOUT ROWID;";

static const char * const known_tags[] = {
  "museum", "art", "history", "architecture", "church", "temple", "shrine", "mosque", "palace", "castle", "monument",
  "square", "street", "market", "shopping", "park", "garden", "nature", "beach", "river", "view", "tower", "modern",
  "family", "kids", "zoo", "aquarium", "theme_park", "nightlife", "music", "theatre", "food", "street_food", "local",
  "cafe", "seafood", "vegetarian", "vegan", "halal", "fine_dining", "indoor", "outdoor", "free", "crowded", "quiet",
  "wheelchair", "unesco", "neighbourhood", "bridge", "ruins", "science", "sport", "spa", "ramen", "sushi", "pizza",
  "tapas", "bar", "brunch", "dessert", "hostel", "hotel", "ryokan", "boutique", "family_rooms", "book_ahead", "photo",
  NULL,
};

static const char * const place_types[] = { "tourist_destination", "restaurant", "lodge", NULL };
static const char * const levels[] = { "budget", "mid", "premium", NULL };

typedef struct {
  const char *file;
  GKeyFile *keys;
  const char *group;
  guint errors;
} Reader;

typedef struct {
  sqlite3 *db;
  sqlite3_stmt *insert_city;
  sqlite3_stmt *insert_place;
  sqlite3_stmt *insert_name;
} Writer;

static void G_GNUC_PRINTF (3, 4)
complain (Reader     *reader,
          const char *key,
          const char *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s: [%s] %s: %s\n", reader->file, reader->group, key, text);
  reader->errors++;
}

static char *
get_text (Reader     *reader,
          const char *key,
          gboolean    required)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, reader->group, key, NULL);

  if (text != NULL)
    g_strstrip (text);
  if (text == NULL || *text == '\0')
    {
      if (required)
        complain (reader, key, "is required");
      return required ? g_strdup ("") : NULL;
    }
  return g_steal_pointer (&text);
}

static gdouble
get_number (Reader     *reader,
            const char *key,
            gdouble     min,
            gdouble     max)
{
  g_autofree char *text = get_text (reader, key, TRUE);
  char *end = NULL;
  gdouble number = g_ascii_strtod (text, &end);

  if (*text == '\0')
    return min;
  if (*end != '\0' || number < min || number > max)
    complain (reader, key, "“%s” is no number from %g to %g", text, min, max);
  return number;
}

static gint
get_choice (Reader             *reader,
            const char         *key,
            const char * const *choices)
{
  g_autofree char *text = get_text (reader, key, TRUE);

  for (gint i = 0; choices[i] != NULL; i++)
    {
      if (strcmp (choices[i], text) == 0)
        return i;
    }
  complain (reader, key, "“%s” is none of the words that FORMAT.md lists", text);
  return 0;
}

static char *
get_tags (Reader *reader)
{
  g_auto(GStrv) tags = g_key_file_get_string_list (reader->keys, reader->group, "tags", NULL, NULL);

  if (tags == NULL || tags[0] == NULL)
    {
      complain (reader, "tags", "at least one is required");
      return g_strdup ("");
    }
  for (char **tag = tags; *tag != NULL; tag++)
    {
      g_strstrip (*tag);
      if (!g_strv_contains (known_tags, *tag))
        complain (reader, "tags", "“%s” is not in FORMAT.md", *tag);
    }
  return g_strjoinv (";", tags);
}

static char *
get_hours (Reader *reader)
{
  g_autofree char *text = get_text (reader, "opening_hours", TRUE);
  g_autoptr(GError) error = NULL;
  G_GNUC_UNUSED g_autoptr(TripOpeningHours) hours = *text != '\0' ? trip_opening_hours_parse (text, &error) : NULL;

  if (error != NULL)
    complain (reader, "opening_hours", "%s", error->message);
  return g_steal_pointer (&text);
}

static void
run (Writer       *writer,
     sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (writer->db));
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

static void
bind_text (sqlite3_stmt *statement,
           gint          index,
           const char   *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

static void
write_name (Writer     *writer,
            const char *owner,
            const char *name)
{
  bind_text (writer->insert_name, 1, owner);
  bind_text (writer->insert_name, 2, name);
  run (writer, writer->insert_name);
}

/* `name`, every `name[xx]` and every alias: all that a traveller may type. */
static void
write_names (Reader     *reader,
             Writer     *writer,
             const char *owner)
{
  g_auto(GStrv) keys = g_key_file_get_keys (reader->keys, reader->group, NULL, NULL);
  g_auto(GStrv) aliases = g_key_file_get_string_list (reader->keys, reader->group, "aliases", NULL, NULL);

  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *name = NULL;

      if (strcmp (*key, "name") != 0 && !g_str_has_prefix (*key, "name["))
        continue;
      name = g_key_file_get_string (reader->keys, reader->group, *key, NULL);
      write_name (writer, owner, g_strstrip (name));
    }
  for (char **alias = aliases; alias != NULL && *alias != NULL; alias++)
    {
      if (*g_strstrip (*alias) != '\0')
        write_name (writer, owner, *alias);
    }
}

static void
read_city (Reader     *reader,
           Writer     *writer,
           const char *id,
           TripGeo    *out_centre,
           char      **out_currency)
{
  sqlite3_stmt *statement = writer->insert_city;
  g_autofree char *name = NULL;
  g_autofree char *country = NULL;
  g_autofree char *country_name = NULL;
  g_autofree char *zone_name = NULL;
  g_autofree char *transit = NULL;
  g_autofree char *airport = NULL;
  g_autofree char *description = NULL;
  g_autoptr(GTimeZone) zone = NULL;

  reader->group = "city";
  name = get_text (reader, "name", TRUE);
  country = get_text (reader, "country", TRUE);
  country_name = get_text (reader, "country_name", TRUE);
  zone_name = get_text (reader, "timezone", TRUE);
  transit = get_text (reader, "transit", TRUE);
  airport = get_text (reader, "airport", TRUE);
  description = get_text (reader, "description", TRUE);
  *out_currency = get_text (reader, "currency", TRUE);
  out_centre->lat = get_number (reader, "lat", -90, 90);
  out_centre->lng = get_number (reader, "lng", -180, 180);

  zone = g_time_zone_new_identifier (zone_name);
  if (zone == NULL && g_file_test ("/usr/share/zoneinfo", G_FILE_TEST_IS_DIR))
    complain (reader, "timezone", "“%s” is no IANA time zone", zone_name);
  if (!trip_currency_is_known (*out_currency))
    complain (reader, "currency", "“%s” is not in data/currency/currencies.tsv", *out_currency);
  if (strlen (country) != 2)
    complain (reader, "country", "“%s” is no two-letter code", country);

  bind_text (statement, 1, id);
  bind_text (statement, 2, name);
  bind_text (statement, 3, country);
  bind_text (statement, 4, country_name);
  sqlite3_bind_double (statement, 5, out_centre->lat);
  sqlite3_bind_double (statement, 6, out_centre->lng);
  bind_text (statement, 7, zone_name);
  bind_text (statement, 8, *out_currency);
  bind_text (statement, 9, transit);
  sqlite3_bind_double (statement, 10, get_number (reader, "transit_speed_kmh", 8, 30));
  sqlite3_bind_int64 (statement, 11, trip_currency_to_minor (*out_currency, get_number (reader, "transit_fare", 0, 1e7)));
  sqlite3_bind_int64 (statement, 12, trip_currency_to_minor (*out_currency, get_number (reader, "meal_cost", 0, 1e7)));
  sqlite3_bind_int64 (statement, 13, (gint64) get_number (reader, "popularity", 0, 100));
  bind_text (statement, 14, airport);
  bind_text (statement, 15, description);
  run (writer, statement);
  write_names (reader, writer, id);
}

static void
read_place (Reader        *reader,
            Writer        *writer,
            const char    *city_id,
            const char    *place_id,
            const TripGeo *centre,
            const char    *currency)
{
  sqlite3_stmt *statement = writer->insert_place;
  g_autofree char *id = g_strdup_printf ("%s/%s", city_id, place_id);
  g_autofree char *name = get_text (reader, "name", TRUE);
  g_autofree char *hours = get_hours (reader);
  g_autofree char *tags = get_tags (reader);
  g_autofree char *address = get_text (reader, "address", TRUE);
  g_autofree char *wikidata = get_text (reader, "wikidata", FALSE);
  g_autofree char *note = get_text (reader, "note", FALSE);
  g_autofree char *description = get_text (reader, "description", TRUE);
  gint type = get_choice (reader, "type", place_types);
  gboolean is_lodge = strcmp (place_types[type], "lodge") == 0;
  gboolean is_sight = strcmp (place_types[type], "tourist_destination") == 0;
  TripGeo geo = { get_number (reader, "lat", -90, 90), get_number (reader, "lng", -180, 180) };
  gdouble away = trip_geo_distance_m (centre, &geo);

  if (away > MAX_FROM_CENTRE_M)
    complain (reader, "lat", "%.0f km from the city's centre", away / 1000.0);

  bind_text (statement, 1, id);
  bind_text (statement, 2, city_id);
  bind_text (statement, 3, place_types[type]);
  bind_text (statement, 4, name);
  sqlite3_bind_double (statement, 5, geo.lat);
  sqlite3_bind_double (statement, 6, geo.lng);
  bind_text (statement, 7, hours);
  sqlite3_bind_int (statement, 8, is_lodge ? 0 : (gint) get_number (reader, "visit_minutes", 15, 480));
  sqlite3_bind_int64 (statement, 9, trip_currency_to_minor (currency, get_number (reader, "cost", 0, 1e7)));
  sqlite3_bind_int (statement, 10, (gint) get_number (reader, "popularity", 0, 100));
  sqlite3_bind_int (statement, 11, is_sight ? 0 : get_choice (reader, "level", levels) + 1);
  bind_text (statement, 12, tags);
  bind_text (statement, 13, address);
  bind_text (statement, 14, wikidata);
  bind_text (statement, 15, note);
  bind_text (statement, 16, description);
  run (writer, statement);
  write_names (reader, writer, id);
}

static guint
read_file (Writer     *writer,
           const char *path)
{
  Reader reader = { .file = path, .group = "city" };
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *id = g_strndup (base, strcspn (base, "."));
  g_autofree char *currency = NULL;
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) groups = NULL;
  TripGeo centre;

  if (!g_key_file_load_from_file (keys, path, G_KEY_FILE_KEEP_TRANSLATIONS, &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      return 1;
    }
  reader.keys = keys;
  groups = g_key_file_get_groups (keys, NULL);
  if (groups[0] == NULL || strcmp (groups[0], "city") != 0)
    {
      g_printerr ("%s: the first group must be [city]\n", path);
      return 1;
    }

  read_city (&reader, writer, id, &centre, &currency);
  for (char **group = groups + 1; *group != NULL; group++)
    {
      g_autofree char *name = NULL;

      reader.group = *group;
      if (!g_str_has_prefix (*group, "place "))
        {
          complain (&reader, "group", "neither [city] nor [place ID]");
          continue;
        }
      name = g_key_file_get_string (keys, *group, "name", NULL);
      if (name != NULL && !g_hash_table_add (names, trip_text_fold (name)))
        complain (&reader, "name", "“%s” stands twice", name);
      read_place (&reader, writer, id, *group + strlen ("place "), &centre, currency);
    }
  return reader.errors;
}

static void
execute (sqlite3    *db,
         const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message);
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return statement;
}

int
main (int    argc,
      char **argv)
{
  Writer writer = { 0 };
  guint errors = 0;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc < 3)
    {
      g_printerr ("Usage: %s ATLAS.db CITY.city…\n", argv[0]);
      return 2;
    }

  remove (argv[1]);
  if (sqlite3_open (argv[1], &writer.db) != SQLITE_OK)
    g_error ("%s: %s", argv[1], sqlite3_errmsg (writer.db));
  execute (writer.db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;");
  execute (writer.db, schema);
  writer.insert_city = prepare (writer.db, "INSERT INTO city VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  writer.insert_place = prepare (writer.db, "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  writer.insert_name = prepare (writer.db, "INSERT OR IGNORE INTO name VALUES (?,?)");

  for (gint i = 2; i < argc; i++)
    errors += read_file (&writer, argv[i]);

  sqlite3_finalize (writer.insert_city);
  sqlite3_finalize (writer.insert_place);
  sqlite3_finalize (writer.insert_name);
  execute (writer.db, "COMMIT; VACUUM;");
  sqlite3_close (writer.db);

  if (errors > 0)
    {
      remove (argv[1]);
      return 1;
    }
  return 0;
}
