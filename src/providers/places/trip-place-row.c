/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A row of the database as a place that the rest of the program knows.
 */
#include "providers/places/trip-place-search-private.h"

#include "trip/model/trip-currency.h"

#include <string.h>

static const TripPoiType poi_types[] = {
  [TRIP_PLACE_TYPE_SIGHT] = TRIP_POI_SIGHT,
  [TRIP_PLACE_TYPE_RESTAURANT] = TRIP_POI_RESTAURANT,
  [TRIP_PLACE_TYPE_LODGE] = TRIP_POI_LODGE,
  [TRIP_PLACE_TYPE_SERVICE] = TRIP_POI_UNKNOWN,
};

/* Facts that clients get, by the name they have here. */
static const char * const shared_facts[][2] = {
  { "wikipedia", "wikipedia" }, { "website", "website" }, { "contact:website", "website" }, { "phone", "phone" },
  { "contact:phone", "phone" }, { "wheelchair", "wheelchair" }, { "cuisine", "cuisine" }, { "stars", "stars" },
};

static char *
dup_fact (const char *facts,
          const char *key)
{
  gsize length = strlen (key);

  for (const char *line = facts; line != NULL && *line != '\0'; line = strchr (line, '\n'))
    {
      if (*line == '\n')
        line++;
      if (strncmp (line, key, length) == 0 && line[length] == '=')
        return g_strndup (line + length + 1, strcspn (line + length + 1, "\n"));
    }
  return NULL;
}

static char *
make_address (const char *facts)
{
  g_autofree char *full = dup_fact (facts, "addr:full");
  g_autofree char *street = dup_fact (facts, "addr:street");
  g_autofree char *number = dup_fact (facts, "addr:housenumber");

  if (full != NULL)
    return g_steal_pointer (&full);
  if (street != NULL && number != NULL)
    return g_strdup_printf ("%s %s", number, street);
  return g_steal_pointer (&street);
}

static GBytes *
make_extra (const char *facts,
            const char *name,
            const char *title,
            const char *wikidata)
{
  const char *last = "";
  TripJsonBuilder builder;
  g_autofree char *text = NULL;
  gsize length;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  if (strcmp (name, title) != 0 && *name != '\0')
    trip_json_builder_add_string (&builder, "local_name", name);
  if (*wikidata != '\0')
    trip_json_builder_add_string (&builder, "wikidata", wikidata);
  for (gsize i = 0; i < G_N_ELEMENTS (shared_facts); i++)
    {
      g_autofree char *value = strcmp (shared_facts[i][1], last) != 0 ? dup_fact (facts, shared_facts[i][0]) : NULL;

      if (value == NULL)
        continue;
      trip_json_builder_add_string (&builder, shared_facts[i][1], value);
      last = shared_facts[i][1];
    }
  trip_json_builder_end_object (&builder);
  text = trip_json_builder_end_string (&builder);
  length = strlen (text);
  /* The members without the braces. */
  return length > 2 ? g_bytes_new (text + 1, length - 2) : NULL;
}

static GPtrArray *
split_tags (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, ";", -1);
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);

  for (char **word = words; *word != NULL; word++)
    {
      if (**word != '\0')
        g_ptr_array_add (tags, g_strdup (*word));
    }
  return tags;
}

static void
read_price (TripPoi    *poi,
            const char *text)
{
  const char *space = strchr (text, ' ');
  gdouble price = g_ascii_strtod (text, NULL);

  if (*text == '\0')
    return;
  if (space != NULL && trip_currency_is_known (space + 1))
    {
      g_strlcpy (poi->currency, space + 1, sizeof poi->currency);
      poi->price_minor = trip_currency_to_minor (poi->currency, price);
    }
  else if (price <= 0.0)
    {
      poi->price_minor = 0;
    }
}

static char *
make_id (const char *ref)
{
  return g_str_has_prefix (ref, "o:") ? g_strdup_printf ("own:%s", ref + 2) : g_strdup_printf ("osm:%s", ref);
}

/**
 * trip_place_row_read:
 * @row: a row of %TRIP_PLACE_ROW_COLUMNS
 * @attribution: the credit of its region
 *
 * Returns: (transfer full): the place
 */
TripPoi *
trip_place_row_read (sqlite3_stmt *row,
                     const char   *attribution)
{
  const char *name = trip_place_column_text (row, TRIP_PLACE_ROW_NAME);
  const char *title = trip_place_column_text (row, TRIP_PLACE_ROW_TITLE);
  const char *hours = trip_place_column_text (row, TRIP_PLACE_ROW_HOURS);
  const char *facts = trip_place_column_text (row, TRIP_PLACE_ROW_FACTS);
  const char *wikidata = trip_place_column_text (row, TRIP_PLACE_ROW_WIKIDATA);
  const char *ref = trip_place_column_text (row, TRIP_PLACE_ROW_REF);
  gint type = sqlite3_column_int (row, TRIP_PLACE_ROW_TYPE);
  TripPoi *poi = trip_poi_new (title);

  if (*hours == '\0')
    hours = trip_place_column_text (row, TRIP_PLACE_ROW_USUAL_HOURS);
  poi->id = make_id (ref);
  poi->type = type >= 0 && type < TRIP_PLACE_N_TYPES ? poi_types[type] : TRIP_POI_UNKNOWN;
  poi->geo.lat = sqlite3_column_double (row, TRIP_PLACE_ROW_LAT);
  poi->geo.lng = sqlite3_column_double (row, TRIP_PLACE_ROW_LNG);
  poi->opening_hours = *hours != '\0' ? g_strdup (hours) : NULL;
  poi->visit_minutes = sqlite3_column_int (row, TRIP_PLACE_ROW_MINUTES);
  poi->popularity = CLAMP (sqlite3_column_int (row, TRIP_PLACE_ROW_POPULARITY), 0, 100);
  poi->level = CLAMP (sqlite3_column_int (row, TRIP_PLACE_ROW_LEVEL), 0, 3);
  poi->tags = split_tags (trip_place_column_text (row, TRIP_PLACE_ROW_TAGS));
  poi->address = make_address (facts);
  g_free (poi->description);
  poi->description = g_strdup (trip_place_column_text (row, TRIP_PLACE_ROW_DESCRIPTION));
  read_price (poi, trip_place_column_text (row, TRIP_PLACE_ROW_PRICE));
  g_free (poi->cost);
  poi->cost = trip_poi_format_cost (poi);
  poi->source = g_strdup (g_str_has_prefix (ref, "o:") ? "own" : "osm");
  poi->attribution = g_strdup (attribution);
  poi->names = g_strdup (trip_place_column_text (row, TRIP_PLACE_ROW_NAMES));
  poi->wikidata = *wikidata != '\0' ? g_strdup (wikidata) : NULL;
  poi->extra = make_extra (facts, name, title, wikidata);
  return poi;
}
