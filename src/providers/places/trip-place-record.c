/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From tags to a place: which name to show, which facts to keep, how well known it is.
 */
#include "providers/places/trip-place-record.h"

#include "language/trip-text.h"
#include "providers/places/trip-place-likeness.h"

#include <math.h>
#include <string.h>

/* Longer values are cut: the database of OpenStreetMap allows 255 characters. */
#define MAX_VALUE_BYTES 2000

/* Names of one place; more would be an attack on the index. */
#define MAX_NAMES 400

#define MAX_POPULARITY 97

static const char * const listed_keys[] = { "tourism", "historic", "amenity", "leisure" };

static const char * const name_keys[] = {
  "name", "int_name", "official_name", "short_name", "alt_name", "loc_name", "old_name", "reg_name", "nat_name",
};

static const char * const kept_keys[] = {
  "wikipedia", "wheelchair", "fee", "charge", "cuisine", "stars", "website", "contact:website", "url", "phone", "contact:phone",
  "email", "heritage", "ref:whc", "operator", "brand", "image", "wikimedia_commons", "addr:street", "addr:housenumber",
  "addr:city", "addr:place", "addr:full", "artist_name", "start_date", "denomination", "religion", "rooms", "level",
  "internet_access",
};

static gboolean
is_listed (const TripOsmTag  *tags,
           guint              n_tags,
           const char       **out_key,
           const char       **out_value)
{
  gboolean has_name = trip_osm_tags_get (tags, n_tags, "name") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (listed_keys); i++)
    {
      const char *value = trip_osm_tags_get (tags, n_tags, listed_keys[i]);

      if (value == NULL || (i >= 2 && !has_name))
        continue;
      *out_key = listed_keys[i];
      *out_value = value;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_name_key (const char *key,
             gboolean   *out_translated)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_keys); i++)
    {
      gsize length = strlen (name_keys[i]);

      if (strncmp (key, name_keys[i], length) != 0 || (key[length] != '\0' && key[length] != ':'))
        continue;
      *out_translated = i == 0 && key[length] == ':';
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_kept_key (const char *key)
{
  if (g_str_has_prefix (key, "diet:"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kept_keys); i++)
    {
      if (strcmp (key, kept_keys[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_place_clean_text:
 * @text: any bytes
 *
 * Makes one line of valid text of bounded length: what is stored is shown to people and written into lines.
 *
 * Returns: (transfer full): the line, without white space at its ends
 */
char *
trip_place_clean_text (const char *text)
{
  char *line = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_VALUE_BYTES));

  for (char *p = line; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20 || *p == 0x7f)
        *p = ' ';
    }
  return g_strstrip (line);
}

static gboolean
is_latin (const char *text)
{
  guint latin = 0, other = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c))
        continue;
      if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN)
        latin++;
      else
        other++;
    }
  return latin >= other;
}

/* A sight is known to travellers by its English name; a table or a bed one finds by the name on its door. */
static char *
choose_title (const TripOsmTag *tags,
              guint             n_tags,
              TripPlaceType     type,
              const char       *name)
{
  static const char * const latin_keys[] = { "name:en", "int_name", "name:ja-Latn", "name:ja_rm", "name:zh_pinyin", "name:fr",
                                             "name:de" };

  if (*name != '\0' && is_latin (name) &&
      (type != TRIP_PLACE_TYPE_SIGHT || trip_osm_tags_get (tags, n_tags, "name:en") == NULL))
    return g_strdup (name);
  for (guint i = 0; i < G_N_ELEMENTS (latin_keys); i++)
    {
      const char *value = trip_osm_tags_get (tags, n_tags, latin_keys[i]);

      if (value != NULL && *value != '\0')
        return trip_place_clean_text (value);
    }
  return g_strdup (name);
}

static void
add_name (GString    *names,
          GHashTable *seen,
          const char *value)
{
  g_auto(GStrv) parts = NULL;

  if (g_hash_table_size (seen) >= MAX_NAMES)
    return;
  /* Other names come as lists. */
  parts = g_strsplit (value, ";", 20);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *folded = trip_text_fold (*part);

      if (*folded == '\0' || g_hash_table_contains (seen, folded))
        continue;
      if (names->len > 0)
        g_string_append (names, " " TRIP_PLACE_NAME_BORDER " ");
      g_string_append (names, folded);
      g_hash_table_add (seen, g_steal_pointer (&folded));
    }
}

static guint
collect_names (TripPlaceRecord  *self,
               const TripOsmTag *tags,
               guint             n_tags)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) names = g_string_new (NULL);
  guint translations = 0;

  add_name (names, seen, self->name);
  add_name (names, seen, self->title);
  for (guint i = 0; i < n_tags; i++)
    {
      gboolean translated = FALSE;
      g_autofree char *value = NULL;

      if (!is_name_key (tags[i].key, &translated))
        continue;
      value = trip_place_clean_text (tags[i].value);
      add_name (names, seen, value);
      translations += translated;
    }
  self->names = g_string_free (g_steal_pointer (&names), FALSE);
  return translations;
}

static char *
collect_facts (const TripOsmTag *tags,
               guint             n_tags)
{
  GString *facts = g_string_new (NULL);

  for (guint i = 0; i < n_tags; i++)
    {
      gboolean translated;
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      if ((!is_name_key (tags[i].key, &translated) || strcmp (tags[i].key, "name") == 0) && !is_kept_key (tags[i].key))
        continue;
      key = trip_place_clean_text (tags[i].key);
      value = trip_place_clean_text (tags[i].value);
      if (strchr (key, '=') == NULL && *value != '\0')
        g_string_append_printf (facts, "%s=%s\n", key, value);
    }
  return g_string_free (facts, FALSE);
}

static void
add_tags (GString       *text,
          char * const  *tags)
{
  for (; *tags != NULL; tags++)
    {
      g_autofree char *framed = g_strdup_printf (";%s;", *tags);

      if (strstr (text->str, framed) == NULL)
        g_string_append_printf (text, "%s%s;", text->len == 0 ? ";" : "", *tags);
    }
}

/* Names in many languages and a large area are how the map shows that a place is known. */
static gint
weigh (const TripPlaceMeaning *kind,
       GPtrArray           *more,
       guint                translations,
       gdouble              area_m2)
{
  gdouble popularity = kind->prominence;

  for (guint i = 0; i < more->len; i++)
    popularity += ((const TripPlaceMeaning *) g_ptr_array_index (more, i))->prominence;
  if (kind->type == TRIP_PLACE_TYPE_SIGHT)
    {
      popularity += MIN (22.0, 4.5 * log2 (1.0 + translations));
      if (area_m2 > 1000.0)
        popularity += MIN (9.0, 3.0 * log10 (area_m2 / 1000.0));
    }
  return (gint) CLAMP (popularity, 0.0, MAX_POPULARITY);
}

static gint
read_level (const TripOsmTag    *tags,
            guint                n_tags,
            const TripPlaceMeaning *kind)
{
  const char *stars = trip_osm_tags_get (tags, n_tags, "stars");

  if (kind->type != TRIP_PLACE_TYPE_LODGE || stars == NULL || !g_ascii_isdigit (*stars))
    return kind->level;
  return *stars >= '4' ? 3 : *stars == '3' ? 2 : 1;
}

static char *
describe (const TripOsmTag    *tags,
          guint                n_tags,
          const TripPlaceMeaning *kind,
          const char          *name,
          const char          *title)
{
  GString *text = g_string_new (kind->label != NULL ? kind->label : NULL);
  const char *cuisine = trip_osm_tags_get (tags, n_tags, "cuisine");
  const char *stars = trip_osm_tags_get (tags, n_tags, "stars");

  if (kind->type == TRIP_PLACE_TYPE_RESTAURANT && cuisine != NULL)
    {
      g_autofree char *kinds = trip_place_clean_text (cuisine);
      g_auto(GStrv) parts = g_strsplit (g_strdelimit (kinds, "_", ' '), ";", 6);
      g_autofree char *list = g_strjoinv (", ", parts);

      g_string_append_printf (text, ", %s", list);
    }
  if (kind->type == TRIP_PLACE_TYPE_LODGE && stars != NULL && g_ascii_isdigit (*stars))
    g_string_append_printf (text, ", %c stars", *stars);
  if (strcmp (name, title) != 0 && *name != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", name);
  if (text->len > 0)
    g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

/**
 * trip_place_record_wants:
 * @tags: (array length=n_tags): an object's tags
 * @n_tags: how many
 *
 * Returns: whether trip_place_record_new_osm() makes a place of such an object
 */
gboolean
trip_place_record_wants (const TripOsmTag *tags,
                         guint             n_tags)
{
  const TripPlaceMeaning *kind;
  const char *key, *value;

  if (n_tags == 0)
    return FALSE;
  if (is_listed (tags, n_tags, &key, &value))
    return TRUE;
  if (trip_osm_tags_get (tags, n_tags, "name") == NULL)
    return FALSE;
  kind = trip_place_kinds_match (tags, n_tags, NULL);
  return kind != NULL && kind->type != TRIP_PLACE_TYPE_NONE;
}

/**
 * trip_place_record_new_osm:
 * @kind: kind of the object
 * @id: its id
 * @geo: where it is
 * @area_m2: how large it is, square metres, 0 for a point
 * @tags: (array length=n_tags): its tags
 * @n_tags: how many
 *
 * Returns: (transfer full): the place
 */
TripPlaceRecord *
trip_place_record_new_osm (TripOsmKind       kind,
                           gint64            id,
                           const TripGeo    *geo,
                           gdouble           area_m2,
                           const TripOsmTag *tags,
                           guint             n_tags)
{
  static char *no_tags[] = { NULL };
  static const TripPlaceMeaning unknown = { .tag = (char *) "", .type = TRIP_PLACE_TYPE_NONE, .tags = no_tags };
  TripPlaceRecord *self = g_new0 (TripPlaceRecord, 1);
  g_autoptr(GPtrArray) more = g_ptr_array_new ();
  const TripPlaceMeaning *row = trip_place_kinds_match (tags, n_tags, more);
  g_autoptr(GString) tag_text = g_string_new (NULL);
  const char *key, *value, *name = trip_osm_tags_get (tags, n_tags, "name");
  const char *hours = trip_osm_tags_get (tags, n_tags, "opening_hours");
  const char *wikidata = trip_osm_tags_get (tags, n_tags, "wikidata");
  guint translations;

  if (row == NULL)
    row = &unknown;
  self->ref = g_strdup_printf ("%c%" G_GINT64_FORMAT, kind == TRIP_OSM_NODE ? 'n' : kind == TRIP_OSM_WAY ? 'w' : 'r', id);
  if (is_listed (tags, n_tags, &key, &value))
    {
      g_autofree char *cleaned = trip_place_clean_text (value);

      self->listed = g_strdup_printf ("%s=%s", key, cleaned);
    }
  self->kind = g_strdup (row != &unknown || self->listed == NULL ? row->tag : self->listed);
  self->name = name != NULL ? trip_place_clean_text (name) : g_strdup ("");
  self->title = choose_title (tags, n_tags, row->type, self->name);
  /* The map's own precision, so that 35.6651148 does not come out as 35.665114800000005. */
  self->geo.lat = round (geo->lat * 1e7) / 1e7;
  self->geo.lng = round (geo->lng * 1e7) / 1e7;
  translations = collect_names (self, tags, n_tags);
  /* What has no name cannot be told of. */
  self->type = *self->title != '\0' ? row->type : TRIP_PLACE_TYPE_NONE;
  self->popularity = weigh (row, more, translations, area_m2);
  self->minutes = row->minutes;
  self->level = read_level (tags, n_tags, row);
  if (g_strcmp0 (trip_osm_tags_get (tags, n_tags, "fee"), "no") == 0 && row->type == TRIP_PLACE_TYPE_SIGHT)
    self->price = g_strdup ("0");
  add_tags (tag_text, row->tags);
  for (guint i = 0; i < more->len; i++)
    add_tags (tag_text, ((const TripPlaceMeaning *) g_ptr_array_index (more, i))->tags);
  self->tags = g_string_free (g_steal_pointer (&tag_text), FALSE);
  self->hours = hours != NULL ? trip_place_clean_text (hours) : NULL;
  self->usual_hours = g_strdup (row->hours);
  self->wikidata = wikidata != NULL ? trip_place_clean_text (wikidata) : NULL;
  self->description = describe (tags, n_tags, row, self->name, self->title);
  self->facts = collect_facts (tags, n_tags);
  return self;
}

/**
 * trip_place_record_free:
 * @self: (transfer full): a place
 *
 * Frees it.
 */
void
trip_place_record_free (TripPlaceRecord *self)
{
  g_free (self->ref);
  g_free (self->kind);
  g_free (self->listed);
  g_free (self->name);
  g_free (self->title);
  g_free (self->names);
  g_free (self->price);
  g_free (self->tags);
  g_free (self->hours);
  g_free (self->usual_hours);
  g_free (self->wikidata);
  g_free (self->description);
  g_free (self->facts);
  g_free (self);
}

/**
 * trip_place_record_checksum:
 * @self: a place
 *
 * Returns: (transfer full): a short text that is another one where anything of the place is
 */
char *
trip_place_record_checksum (const TripPlaceRecord *self)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  const char *texts[] = {
    self->ref, self->kind, self->listed, self->name, self->title, self->names, self->price, self->tags, self->hours,
    self->usual_hours, self->wikidata, self->description, self->facts,
  };
  g_autofree char *numbers = g_strdup_printf ("%.7f %.7f %d %d %d %d", self->geo.lat, self->geo.lng, self->type,
                                              self->popularity, self->minutes, self->level);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] != NULL)
        g_checksum_update (checksum, (const guchar *) texts[i], (gssize) strlen (texts[i]));
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  g_checksum_update (checksum, (const guchar *) numbers, (gssize) strlen (numbers));
  return g_strndup (g_checksum_get_string (checksum), 16);
}
