/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Points of interest: reading what clients send, writing what they expect.
 */
#include "trip/model/trip-poi.h"

#include "language/trip-text.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Two entries of one name this near to each other are one place, whatever their sources. */
#define SAME_PLACE_M 500.0

static const char * const type_names[] = {
  [TRIP_POI_SIGHT] = "tourist_destination",
  [TRIP_POI_RESTAURANT] = "restaurant",
  [TRIP_POI_LODGE] = "lodge",
  [TRIP_POI_UNKNOWN] = "unknown",
};

static const char * const known_members[] = {
  "name", "description", "geo_coordinate", "poi_type", "opening_hours", "address", "special_instructions", "images", "cost",
  "id", "source", "attribution", "city", "city_id", "country_code", "visit_minutes", "price", "currency", "popularity", "tags",
  "level", "must_see", NULL,
};

G_DEFINE_BOXED_TYPE (TripPoi, trip_poi, trip_poi_ref, trip_poi_unref)

/**
 * trip_poi_new:
 * @name: name as shown
 *
 * Returns: (transfer full): a sight of that name at 0° N, 0° E of which nothing else is known
 */
TripPoi *
trip_poi_new (const char *name)
{
  TripPoi *self = g_new0 (TripPoi, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->description = g_strdup ("");
  self->cost = g_strdup ("");
  self->price_minor = -1;
  self->popularity = -1;
  return self;
}

/**
 * trip_poi_ref:
 * @self: a place
 *
 * Returns: (transfer full): @self with one more reference
 */
TripPoi *
trip_poi_ref (TripPoi *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_poi_unref:
 * @self: (transfer full): a place
 *
 * Drops a reference.
 */
void
trip_poi_unref (TripPoi *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->description);
  g_free (self->opening_hours);
  g_free (self->address);
  g_free (self->special_instructions);
  g_clear_pointer (&self->image_urls, g_ptr_array_unref);
  g_free (self->cost);
  g_free (self->id);
  g_free (self->source);
  g_free (self->attribution);
  g_free (self->city);
  g_free (self->city_id);
  g_free (self->names);
  g_free (self->wikidata);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_free (self);
}

/**
 * trip_poi_copy:
 * @self: a place
 *
 * Returns: (transfer full): a copy to change, without @raw; its lists are shared, so replace them whole
 */
TripPoi *
trip_poi_copy (const TripPoi *self)
{
  TripPoi *copy = g_new0 (TripPoi, 1);

  *copy = *self;
  g_atomic_ref_count_init (&copy->ref_count);
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->opening_hours = g_strdup (self->opening_hours);
  copy->address = g_strdup (self->address);
  copy->special_instructions = g_strdup (self->special_instructions);
  copy->image_urls = self->image_urls != NULL ? g_ptr_array_ref (self->image_urls) : NULL;
  copy->cost = g_strdup (self->cost);
  copy->id = g_strdup (self->id);
  copy->source = g_strdup (self->source);
  copy->attribution = g_strdup (self->attribution);
  copy->city = g_strdup (self->city);
  copy->city_id = g_strdup (self->city_id);
  copy->names = g_strdup (self->names);
  copy->wikidata = g_strdup (self->wikidata);
  copy->tags = self->tags != NULL ? g_ptr_array_ref (self->tags) : NULL;
  copy->raw = NULL;
  copy->extra = self->extra != NULL ? g_bytes_ref (self->extra) : NULL;
  return copy;
}

/**
 * trip_poi_type_to_string:
 * @type: a type
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
trip_poi_type_to_string (TripPoiType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (type_names), "unknown");

  return type_names[type];
}

static TripPoiType
parse_type (const char *text)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (type_names); i++)
    {
      if (strcmp (text, type_names[i]) == 0)
        return (TripPoiType) i;
    }
  return TRIP_POI_SIGHT;
}

static gboolean
read_degrees (const TripJsonNode *node,
              const char         *name,
              gdouble             limit,
              gdouble            *out_value,
              GError            **error)
{
  if (!trip_json_node_get_double (node, name, TRUE, out_value, error))
    return FALSE;
  if (fabs (*out_value) > limit)
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s.%s must be between -%g and %g"),
                   path, name, limit, limit);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_geo (const TripJsonNode *node,
          TripGeo            *out_geo,
          GError            **error)
{
  const TripJsonNode *geo = trip_json_node_member (node, "geo_coordinate");

  if (geo == NULL)
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s.geo_coordinate is required"), path);
      return FALSE;
    }
  return trip_json_node_expect (geo, TRIP_JSON_OBJECT, error) &&
         read_degrees (geo, "lat", 90.0, &out_geo->lat, error) &&
         read_degrees (geo, "lng", 180.0, &out_geo->lng, error);
}

static gboolean
read_strings (const TripJsonNode *list,
              GPtrArray         **out_strings,
              GError            **error)
{
  g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);

  if (!trip_json_node_expect (list, TRIP_JSON_ARRAY, error))
    return FALSE;
  for (const TripJsonNode *item = trip_json_node_first (list); item != NULL; item = trip_json_node_next (item))
    {
      const char *text;

      if (!trip_json_node_as_string (item, &text, error))
        return FALSE;
      g_ptr_array_add (strings, g_strdup (text));
    }
  *out_strings = g_steal_pointer (&strings);
  return TRUE;
}

static gboolean
read_images (const TripJsonNode *node,
             GPtrArray         **out_urls,
             GError            **error)
{
  const TripJsonNode *images = trip_json_node_member (node, "images");
  const TripJsonNode *urls;

  if (images == NULL)
    return TRUE;
  if (!trip_json_node_expect (images, TRIP_JSON_OBJECT, error))
    return FALSE;
  urls = trip_json_node_member (images, "urls");
  return urls == NULL || read_strings (urls, out_urls, error);
}

/* Our own members come back from clients that never look at them; one that somebody bent is as good as absent. */
static void
read_own_string (const TripJsonNode *node,
                 const char         *name,
                 char              **out_value)
{
  const char *text = NULL;

  if (trip_json_node_get_string (node, name, FALSE, &text, NULL) && text != NULL)
    *out_value = g_strdup (text);
}

static gdouble
read_own_number (const TripJsonNode *node,
                 const char         *name,
                 gdouble             min,
                 gdouble             max,
                 gdouble             fallback)
{
  gdouble value = fallback;

  if (!trip_json_node_get_double (node, name, FALSE, &value, NULL) || value < min || value > max)
    return fallback;
  return value;
}

static void
read_own_members (TripPoi            *self,
                  const TripJsonNode *node)
{
  const TripJsonNode *tags = trip_json_node_member (node, "tags");
  const TripJsonNode *must_see = trip_json_node_member (node, "must_see");
  const char *country = NULL;
  const char *currency = NULL;
  gdouble price;

  read_own_string (node, "id", &self->id);
  read_own_string (node, "source", &self->source);
  read_own_string (node, "attribution", &self->attribution);
  read_own_string (node, "city", &self->city);
  read_own_string (node, "city_id", &self->city_id);
  if (trip_json_node_get_string (node, "country_code", FALSE, &country, NULL) && country != NULL && strlen (country) == 2 &&
      g_ascii_isupper (country[0]) && g_ascii_isupper (country[1]))
    g_strlcpy (self->country, country, sizeof self->country);
  self->visit_minutes = (gint) read_own_number (node, "visit_minutes", 1, 24 * 60, 0);
  self->popularity = (gint) read_own_number (node, "popularity", 0, 100, -1);
  self->level = (gint) read_own_number (node, "level", 1, 3, 0);
  price = read_own_number (node, "price", 0, 1e9, -1);
  if (trip_json_node_get_string (node, "currency", FALSE, &currency, NULL) && currency != NULL &&
      trip_currency_is_known (currency))
    {
      g_strlcpy (self->currency, currency, sizeof self->currency);
      if (price >= 0)
        self->price_minor = trip_currency_to_minor (currency, price);
    }
  if (tags != NULL)
    read_strings (tags, &self->tags, NULL);
  if (must_see != NULL)
    trip_json_node_as_boolean (must_see, &self->must_see, NULL);
}

/**
 * trip_poi_read:
 * @node: what should be a place
 * @error: return location
 *
 * Reads a place that a client sent. `name`, `description` and `geo_coordinate` are required.
 *
 * Returns: (transfer full): the place; else %NULL and %TRIP_ERROR_INVALID_MESSAGE naming the member
 */
TripPoi *
trip_poi_read (const TripJsonNode *node,
               GError            **error)
{
  g_autoptr(TripPoi) self = NULL;
  const char *name = NULL;
  const char *description = NULL;
  const char *type = NULL;
  const char *opening_hours = NULL;
  const char *address = NULL;
  const char *special_instructions = NULL;
  const char *cost = "";
  TripGeo geo;
  g_autoptr(GPtrArray) urls = NULL;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !trip_json_node_get_string (node, "name", TRUE, &name, error) ||
      !trip_json_node_get_string (node, "description", TRUE, &description, error) ||
      !read_geo (node, &geo, error) ||
      !trip_json_node_get_string (node, "poi_type", FALSE, &type, error) ||
      !trip_json_node_get_string (node, "opening_hours", FALSE, &opening_hours, error) ||
      !trip_json_node_get_string (node, "address", FALSE, &address, error) ||
      !trip_json_node_get_string (node, "special_instructions", FALSE, &special_instructions, error) ||
      !trip_json_node_get_string (node, "cost", FALSE, &cost, error) ||
      !read_images (node, &urls, error))
    return NULL;
  if (*name == '\0')
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s.name must not be empty"), path);
      return NULL;
    }

  self = trip_poi_new (name);
  g_free (self->description);
  self->description = g_strdup (description);
  self->geo = geo;
  self->type = parse_type (type);
  self->opening_hours = g_strdup (opening_hours);
  self->address = g_strdup (address);
  self->special_instructions = g_strdup (special_instructions);
  self->image_urls = g_steal_pointer (&urls);
  g_free (self->cost);
  self->cost = g_strdup (cost);
  read_own_members (self, node);
  self->raw = trip_json_node_dup_raw (node);
  self->extra = trip_json_node_dup_others (node, known_members);
  return g_steal_pointer (&self);
}

static void
add_optional (TripJsonBuilder *builder,
              const char      *name,
              const char      *value)
{
  if (value != NULL)
    trip_json_builder_add_string (builder, name, value);
}

/**
 * trip_poi_write:
 * @self: a place
 * @name: (nullable): the member's name, %NULL inside an array
 * @builder: where to
 *
 * Adds it: ready-made where @raw is set, else member by member in the contract's order.
 */
void
trip_poi_write (const TripPoi   *self,
                const char      *name,
                TripJsonBuilder *builder)
{
  if (self->raw != NULL)
    {
      trip_json_builder_add_raw (builder, name, self->raw);
      return;
    }

  trip_json_builder_begin_object (builder, name);
  trip_json_builder_add_string (builder, "name", self->name);
  trip_json_builder_add_string (builder, "description", self->description);
  trip_json_builder_begin_object (builder, "geo_coordinate");
  trip_json_builder_add_double (builder, "lat", self->geo.lat);
  trip_json_builder_add_double (builder, "lng", self->geo.lng);
  trip_json_builder_end_object (builder);
  trip_json_builder_add_string (builder, "poi_type", type_names[self->type]);
  add_optional (builder, "opening_hours", self->opening_hours);
  add_optional (builder, "address", self->address);
  add_optional (builder, "special_instructions", self->special_instructions);
  if (self->image_urls != NULL)
    {
      trip_json_builder_begin_object (builder, "images");
      trip_json_builder_add_strv (builder, "urls", self->image_urls);
      trip_json_builder_end_object (builder);
    }
  trip_json_builder_add_string (builder, "cost", self->cost);
  add_optional (builder, "id", self->id);
  add_optional (builder, "source", self->source);
  add_optional (builder, "attribution", self->attribution);
  add_optional (builder, "city", self->city);
  add_optional (builder, "city_id", self->city_id);
  if (self->country[0] != '\0')
    trip_json_builder_add_string (builder, "country_code", self->country);
  if (self->visit_minutes > 0)
    trip_json_builder_add_int (builder, "visit_minutes", self->visit_minutes);
  if (self->price_minor >= 0)
    trip_json_builder_add_double (builder, "price", trip_currency_to_major (self->currency, self->price_minor));
  if (self->price_minor >= 0 || self->currency[0] != '\0')
    trip_json_builder_add_string (builder, "currency", self->currency);
  if (self->popularity >= 0)
    trip_json_builder_add_int (builder, "popularity", self->popularity);
  if (self->tags != NULL)
    trip_json_builder_add_strv (builder, "tags", self->tags);
  if (self->level > 0)
    trip_json_builder_add_int (builder, "level", self->level);
  if (self->must_see)
    trip_json_builder_add_boolean (builder, "must_see", TRUE);
  trip_json_builder_add_members (builder, self->extra);
  trip_json_builder_end_object (builder);
}

/**
 * trip_poi_has_tag:
 * @self: a place
 * @tag: a tag of the atlas format
 *
 * Returns: whether it bears the tag
 */
gboolean
trip_poi_has_tag (const TripPoi *self,
                  const char    *tag)
{
  return self->tags != NULL && g_ptr_array_find_with_equal_func (self->tags, tag, g_str_equal, NULL);
}

/**
 * trip_poi_is_same:
 * @self: a place
 * @other: another
 *
 * Returns: whether both are one place in the world: the same id, or the same name (case and accents aside) within 500 m
 */
gboolean
trip_poi_is_same (const TripPoi *self,
                  const TripPoi *other)
{
  if (self->id != NULL && other->id != NULL && strcmp (self->id, other->id) == 0)
    return TRUE;
  return trip_geo_is_within (&self->geo, &other->geo, SAME_PLACE_M) && trip_text_equal_folded (self->name, other->name);
}

/**
 * trip_poi_format_cost:
 * @self: a place
 *
 * Returns: (transfer full): its price in words, empty where it is not known
 */
char *
trip_poi_format_cost (const TripPoi *self)
{
  g_autofree char *price = NULL;

  if (self->price_minor < 0)
    return g_strdup ("");
  if (self->price_minor == 0)
    return g_strdup (_("Free"));
  price = trip_currency_format (self->currency, self->price_minor);
  if (self->type == TRIP_POI_LODGE)
    return g_strdup_printf (_("about %s a night"), price);
  if (self->type == TRIP_POI_RESTAURANT)
    return g_strdup_printf (_("about %s a person"), price);
  return g_steal_pointer (&price);
}
