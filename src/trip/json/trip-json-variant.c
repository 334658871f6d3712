/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON and GVariant. An object is a{sv}, a list of objects aa{sv}, a list of strings as, any other list av; a whole number x,
 * any other d. `null` has no counterpart on D-Bus: a member that is null is left out.
 */
#include "trip/json/trip-json-variant.h"

#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

/* Deepest nesting of lists and dictionaries from a peer; a whole request has 9. What comes in as lists of lists of text
 * (one level of D-Bus each) goes out again as lists of variants (two each), a dictionary is three, and dbus-daemon cuts
 * off who sends a message of more than 64 levels. */
#define MAX_DEPTH 16

static gboolean
is_list_of (const TripJsonNode *list,
            TripJsonType        kind)
{
  for (const TripJsonNode *item = trip_json_node_first (list); item != NULL; item = trip_json_node_next (item))
    {
      if (trip_json_node_get_kind (item) != kind)
        return FALSE;
    }
  return trip_json_node_get_length (list) > 0;
}

static const char *
get_text (const TripJsonNode *node)
{
  const char *text = "";

  /* A string with U+0000 cannot be a D-Bus string; it reads as empty. */
  trip_json_node_as_string (node, &text, NULL);
  return text;
}

static GVariant *
number_to_variant (const TripJsonNode *node)
{
  gint64 whole;
  gdouble number = 0.0;

  if (trip_json_node_as_int (node, &whole, NULL))
    return g_variant_new_int64 (whole);
  trip_json_node_as_double (node, &number, NULL);
  return g_variant_new_double (number);
}

static GVariant *
list_to_variant (const TripJsonNode *node)
{
  gboolean objects = is_list_of (node, TRIP_JSON_OBJECT);
  gboolean strings = is_list_of (node, TRIP_JSON_STRING);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, objects ? G_VARIANT_TYPE ("aa{sv}") : strings ? G_VARIANT_TYPE_STRING_ARRAY
                                                                                 : G_VARIANT_TYPE ("av"));
  for (const TripJsonNode *item = trip_json_node_first (node); item != NULL; item = trip_json_node_next (item))
    {
      GVariant *value;

      if (trip_json_node_get_kind (item) == TRIP_JSON_NULL)
        continue;
      value = strings ? g_variant_new_string (get_text (item)) : trip_json_node_to_variant (item);
      g_variant_builder_add_value (&builder, objects || strings ? value : g_variant_new_variant (value));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
object_to_variant (const TripJsonNode *node)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (const TripJsonNode *member = trip_json_node_first (node); member != NULL; member = trip_json_node_next (member))
    {
      if (trip_json_node_get_kind (member) != TRIP_JSON_NULL)
        g_variant_builder_add (&builder, "{sv}", trip_json_node_get_key (member), trip_json_node_to_variant (member));
    }
  return g_variant_builder_end (&builder);
}

/**
 * trip_json_node_to_variant:
 * @node: a value that is not `null`
 *
 * Returns: (transfer floating): the same as a variant
 */
GVariant *
trip_json_node_to_variant (const TripJsonNode *node)
{
  gboolean truth = FALSE;

  switch (trip_json_node_get_kind (node))
    {
    case TRIP_JSON_OBJECT:
      return object_to_variant (node);
    case TRIP_JSON_ARRAY:
      return list_to_variant (node);
    case TRIP_JSON_STRING:
      return g_variant_new_string (get_text (node));
    case TRIP_JSON_NUMBER:
      return number_to_variant (node);
    case TRIP_JSON_BOOLEAN:
    case TRIP_JSON_NULL:
    default:
      trip_json_node_as_boolean (node, &truth, NULL);
      return g_variant_new_boolean (truth);
    }
}

/**
 * trip_json_list_to_variant:
 * @list: JSON text of a list of objects, one of our own
 *
 * Returns: (transfer floating): the list as aa{sv}
 */
GVariant *
trip_json_list_to_variant (GBytes *list)
{
  g_autoptr(TripJson) json = trip_json_parse (list, G_MAXSIZE, NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (const TripJsonNode *item = json != NULL ? trip_json_node_first (trip_json_get_root (json)) : NULL; item != NULL;
       item = trip_json_node_next (item))
    {
      if (trip_json_node_get_kind (item) == TRIP_JSON_OBJECT)
        g_variant_builder_add_value (&builder, object_to_variant (item));
    }
  return g_variant_builder_end (&builder);
}

static gboolean
add_variant (TripJsonBuilder *self,
             const char      *name,
             GVariant        *value,
             guint            depth,
             GError         **error);

static gboolean
add_dictionary (TripJsonBuilder *self,
                const char      *name,
                GVariant        *value,
                guint            depth,
                GError         **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *member;

  trip_json_builder_begin_object (self, name);
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &member))
    {
      if (!add_variant (self, key, member, depth + 1, error))
        {
          g_variant_unref (member);
          return FALSE;
        }
    }
  trip_json_builder_end_object (self);
  return TRUE;
}

static gboolean
add_list (TripJsonBuilder *self,
          const char      *name,
          GVariant        *value,
          guint            depth,
          GError         **error)
{
  gsize n = g_variant_n_children (value);

  trip_json_builder_begin_array (self, name);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GVariant) item = g_variant_get_child_value (value, i);

      if (!add_variant (self, NULL, item, depth + 1, error))
        return FALSE;
    }
  trip_json_builder_end_array (self);
  return TRUE;
}

static gboolean
add_variant (TripJsonBuilder *self,
             const char      *name,
             GVariant        *value,
             guint            depth,
             GError         **error)
{
  if (depth > MAX_DEPTH)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("options nested deeper than %d"), MAX_DEPTH);
      return FALSE;
    }

  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BOOLEAN:
      trip_json_builder_add_boolean (self, name, g_variant_get_boolean (value));
      return TRUE;
    case G_VARIANT_CLASS_BYTE:
      trip_json_builder_add_int (self, name, g_variant_get_byte (value));
      return TRUE;
    case G_VARIANT_CLASS_INT16:
      trip_json_builder_add_int (self, name, g_variant_get_int16 (value));
      return TRUE;
    case G_VARIANT_CLASS_UINT16:
      trip_json_builder_add_int (self, name, g_variant_get_uint16 (value));
      return TRUE;
    case G_VARIANT_CLASS_INT32:
      trip_json_builder_add_int (self, name, g_variant_get_int32 (value));
      return TRUE;
    case G_VARIANT_CLASS_UINT32:
      trip_json_builder_add_int (self, name, g_variant_get_uint32 (value));
      return TRUE;
    case G_VARIANT_CLASS_INT64:
      trip_json_builder_add_int (self, name, g_variant_get_int64 (value));
      return TRUE;
    case G_VARIANT_CLASS_UINT64:
      trip_json_builder_add_double (self, name, (gdouble) g_variant_get_uint64 (value));
      return TRUE;
    case G_VARIANT_CLASS_DOUBLE:
      trip_json_builder_add_double (self, name, g_variant_get_double (value));
      return TRUE;
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      trip_json_builder_add_string (self, name, g_variant_get_string (value, NULL));
      return TRUE;
    case G_VARIANT_CLASS_VARIANT:
      {
        g_autoptr(GVariant) inner = g_variant_get_variant (value);

        return add_variant (self, name, inner, depth + 1, error);
      }
    case G_VARIANT_CLASS_ARRAY:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
        return add_dictionary (self, name, value, depth, error);
      return add_list (self, name, value, depth, error);
    case G_VARIANT_CLASS_TUPLE:
      return add_list (self, name, value, depth, error);
    case G_VARIANT_CLASS_HANDLE:
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_DICT_ENTRY:
    default:
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("options of the type “%s” are not understood"),
                   g_variant_get_type_string (value));
      return FALSE;
    }
}

/**
 * trip_json_builder_add_variant:
 * @self: a builder
 * @name: (nullable): the member's name
 * @value: a value from a peer
 * @error: return location
 *
 * Adds @value. On failure the builder holds half a text; clear it.
 *
 * Returns: whether all of it could be written as JSON
 */
gboolean
trip_json_builder_add_variant (TripJsonBuilder *self,
                               const char      *name,
                               GVariant        *value,
                               GError         **error)
{
  return add_variant (self, name, value, 0, error);
}
