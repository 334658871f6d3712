/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A place of one's own out of named fields, whatever file they stood in.
 */
#include "hours/trip-opening-hours.h"
#include "providers/places/trip-place-import-private.h"
#include "trip/model/trip-currency.h"

#include "language/trip-text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Somebody wrote the place down: it is meant to be gone to. */
#define OWN_POPULARITY 70

#define MAX_TAGS 40

static gboolean
fail (GError     **error,
      const char  *format,
      const char  *value)
{
  g_autofree char *shown = g_strescape (value, "");
  g_autofree char *cut = g_strndup (shown, 60);
  g_autofree char *valid = g_utf8_make_valid (cut, -1);

  g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN, format, valid);
  return FALSE;
}

/**
 * trip_place_read_degrees:
 * @text: (nullable): a number
 * @name: what it is called
 * @limit: the largest it may be, either way
 * @out: (out): the number
 * @error: return location
 *
 * Returns: whether it is one
 */
gboolean
trip_place_read_degrees (const char  *text,
                         const char  *name,
                         gdouble      limit,
                         gdouble     *out,
                         GError     **error)
{
  g_autofree char *shown = NULL;
  char *end = NULL;

  *out = text != NULL ? g_ascii_strtod (text, &end) : NAN;
  while (end != NULL && g_ascii_isspace (*end))
    end++;
  if (text != NULL && end != text && *end == '\0' && *out >= -limit && *out <= limit)
    return TRUE;
  shown = trip_place_clean_text (text != NULL ? text : "");
  g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
               _("%s must be a number from %g to %g, not “%.40s”"), name, -limit, limit, shown);
  return FALSE;
}

static gboolean
read_count (const TripPlaceField *fields,
            guint                 n_fields,
            const char           *name,
            gint                  low,
            gint                  high,
            gint                 *out,
            GError              **error)
{
  const char *text = trip_osm_tags_get (fields, n_fields, name);
  g_autofree char *shown = NULL;
  guint64 value;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, (guint64) low, (guint64) high, &value, NULL))
    {
      *out = (gint) value;
      return TRUE;
    }
  shown = trip_place_clean_text (text);
  g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN,
               _("%s must be a whole number from %d to %d, not “%.40s”"), name, low, high, shown);
  return FALSE;
}

static gboolean
read_type (const char     *text,
           TripPlaceType  *out,
           GError        **error)
{
  static const struct {
    const char *name;
    TripPlaceType type;
  } names[] = {
    { "sight", TRIP_PLACE_TYPE_SIGHT },           { "tourist_destination", TRIP_PLACE_TYPE_SIGHT },
    { "attraction", TRIP_PLACE_TYPE_SIGHT },      { "restaurant", TRIP_PLACE_TYPE_RESTAURANT },
    { "cafe", TRIP_PLACE_TYPE_RESTAURANT },       { "lodge", TRIP_PLACE_TYPE_LODGE },
    { "hotel", TRIP_PLACE_TYPE_LODGE },           { "service", TRIP_PLACE_TYPE_SERVICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (text, names[i].name) == 0)
        {
          *out = names[i].type;
          return TRUE;
        }
    }
  return fail (error, _("type must be sight, restaurant, lodge or service, not “%s”"), text);
}

static gboolean
read_price (const TripPlaceField *fields,
            guint                 n_fields,
            char                **out,
            GError              **error)
{
  const char *price = trip_osm_tags_get (fields, n_fields, "price");
  const char *currency = trip_osm_tags_get (fields, n_fields, "currency");
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end = NULL;
  gdouble value;

  if (price == NULL || *price == '\0')
    return TRUE;
  value = g_ascii_strtod (price, &end);
  if (end == price || *end != '\0' || !(value >= 0.0 && value <= 1e7))
    return fail (error, _("price must be a number from 0, not “%s”"), price);
  if (value > 0.0 && (currency == NULL || !trip_currency_is_known (currency)))
    return fail (error, _("a price needs a currency like EUR, not “%s”"), currency != NULL ? currency : "");
  g_free (*out);
  *out = g_strdup_printf ("%s %s", g_ascii_formatd (buffer, sizeof buffer, "%.2f", value), currency != NULL ? currency : "");
  return TRUE;
}

static void
read_tags (const char       *text,
           TripPlaceRecord  *record)
{
  g_auto(GStrv) words = g_strsplit_set (text, ";, ", MAX_TAGS);
  GString *tags = g_string_new (record->tags);

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *lower = g_ascii_strdown (*word, -1);
      gboolean plain = *lower != '\0' && strlen (lower) <= 40;

      for (const char *p = lower; *p != '\0'; p++)
        plain = plain && (g_ascii_isalnum (*p) || *p == '_');
      if (plain)
        g_string_append_printf (tags, "%s%s;", tags->len == 0 ? ";" : "", lower);
    }
  g_free (record->tags);
  record->tags = g_string_free (tags, FALSE);
}

/* A place keeps its reference when its row moves: by its own id, else by its name, the second of a name apart. */
static char *
make_ref (const char *id,
          const char *name,
          GHashTable *refs)
{
  g_autofree char *clean = trip_place_clean_text (id != NULL && *id != '\0' ? id : name);
  char *ref = g_strdup_printf ("o:%s", clean);

  for (guint i = 2; g_hash_table_contains (refs, ref); i++)
    {
      g_free (ref);
      ref = g_strdup_printf ("o:%s#%u", clean, i);
    }
  g_hash_table_add (refs, g_strdup (ref));
  return ref;
}

static gboolean
read_fields (TripPlaceRecord       *record,
             const TripPlaceField  *fields,
             guint                  n_fields,
             GError               **error)
{
  const char *type = trip_osm_tags_get (fields, n_fields, "type");
  const char *tags = trip_osm_tags_get (fields, n_fields, "tags");
  const char *description = trip_osm_tags_get (fields, n_fields, "description");
  const char *hours = trip_osm_tags_get (fields, n_fields, "opening_hours");

  if (record->type == TRIP_PLACE_TYPE_NONE)
    record->type = TRIP_PLACE_TYPE_SIGHT;
  if (type != NULL && *type != '\0' && !read_type (type, &record->type, error))
    return FALSE;
  record->popularity = OWN_POPULARITY;
  if (!read_count (fields, n_fields, "visit_minutes", 1, 1440, &record->minutes, error) ||
      !read_count (fields, n_fields, "popularity", 0, 100, &record->popularity, error) ||
      !read_count (fields, n_fields, "level", 1, 3, &record->level, error) ||
      !read_price (fields, n_fields, &record->price, error))
    return FALSE;
  if (hours != NULL && *hours != '\0')
    {
      g_autoptr(GError) why = NULL;
      g_autoptr(TripOpeningHours) parsed = trip_opening_hours_parse (hours, &why);

      if (parsed == NULL)
        {
          g_set_error (error, TRIP_PLACE_IMPORT_ERROR, TRIP_PLACE_IMPORT_ERROR_BROKEN, "opening_hours: %s", why->message);
          return FALSE;
        }
    }
  if (record->hours != NULL && *record->hours == '\0')
    g_clear_pointer (&record->hours, g_free);
  if (tags != NULL)
    read_tags (tags, record);
  if (description != NULL && *description != '\0')
    {
      g_free (record->description);
      record->description = trip_place_clean_text (description);
    }
  if (record->listed == NULL)
    record->listed = g_strdup_printf ("type=%s", record->type == TRIP_PLACE_TYPE_RESTAURANT ? "restaurant"
                                                 : record->type == TRIP_PLACE_TYPE_LODGE    ? "lodge"
                                                 : record->type == TRIP_PLACE_TYPE_SERVICE  ? "service"
                                                                                            : "sight");
  if (record->kind == NULL || *record->kind == '\0')
    {
      g_free (record->kind);
      record->kind = g_strdup (record->listed);
    }
  return TRUE;
}

/**
 * trip_place_record_new_own:
 * @fields: (array length=n_fields): fields of doc/importing.md and tags of OpenStreetMap
 * @n_fields: how many
 * @geo: position
 * @refs: references that the file has had
 * @error: return location; its message does not say where the fields stood
 *
 * Returns: (transfer full): the place
 */
TripPlaceRecord *
trip_place_record_new_own (const TripPlaceField  *fields,
                           guint                  n_fields,
                           const TripGeo         *geo,
                           GHashTable            *refs,
                           GError               **error)
{
  g_autoptr(TripPlaceRecord) record = trip_place_record_new_osm (TRIP_OSM_NODE, 0, geo, 0.0, fields, n_fields);
  const char *address = trip_osm_tags_get (fields, n_fields, "address");

  if (*record->title == '\0')
    {
      fail (error, _("a place needs a name, not “%s”"), record->name);
      return NULL;
    }
  if (!read_fields (record, fields, n_fields, error))
    return NULL;
  if (address != NULL && *address != '\0')
    {
      g_autofree char *clean = trip_place_clean_text (address);
      char *facts = g_strdup_printf ("%saddr:full=%s\n", record->facts, clean);

      g_free (record->facts);
      record->facts = facts;
    }
  g_free (record->ref);
  record->ref = make_ref (trip_osm_tags_get (fields, n_fields, "id"), record->name, refs);
  return g_steal_pointer (&record);
}
