/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Values of a parsed text: walking them, reading them by type, and naming the path of one that is wrong.
 */
#include "trip/json/trip-json-private.h"

#include "trip/json/trip-json-builder.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (TripJson, trip_json, trip_json_ref, trip_json_unref)

/**
 * trip_json_ref:
 * @self: a parsed text
 *
 * Returns: (transfer full): @self with one more reference
 */
TripJson *
trip_json_ref (TripJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_json_unref:
 * @self: (transfer full): a parsed text
 *
 * Drops a reference; the last one frees all its nodes.
 */
void
trip_json_unref (TripJson *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->chunks);
  g_string_chunk_free (self->strings);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * trip_json_get_root:
 * @self: a parsed text
 *
 * Returns: (transfer none): its outermost value
 */
const TripJsonNode *
trip_json_get_root (const TripJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

/**
 * trip_json_node_get_kind:
 * @node: a value
 *
 * Returns: what it is
 */
TripJsonType
trip_json_node_get_kind (const TripJsonNode *node)
{
  g_return_val_if_fail (node != NULL, TRIP_JSON_NULL);

  return node->kind;
}

/**
 * trip_json_node_get_key:
 * @node: a value
 *
 * Returns: (nullable) (transfer none): its name where it is a member of an object
 */
const char *
trip_json_node_get_key (const TripJsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return node->key;
}

/**
 * trip_json_node_get_length:
 * @node: a value
 *
 * Returns: number of members or elements, 0 for anything else
 */
guint
trip_json_node_get_length (const TripJsonNode *node)
{
  g_return_val_if_fail (node != NULL, 0);

  return node->n_children;
}

/**
 * trip_json_node_first:
 * @node: a value
 *
 * Returns: (nullable) (transfer none): its first member or element
 */
const TripJsonNode *
trip_json_node_first (const TripJsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return node->first_child;
}

/**
 * trip_json_node_next:
 * @node: a value
 *
 * Returns: (nullable) (transfer none): the member or element after it
 */
const TripJsonNode *
trip_json_node_next (const TripJsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return node->next;
}

/**
 * trip_json_node_element:
 * @node: a value
 * @index: position from 0
 *
 * Walks the list: to visit all elements use trip_json_node_first() and trip_json_node_next().
 *
 * Returns: (nullable) (transfer none): the member or element at @index
 */
const TripJsonNode *
trip_json_node_element (const TripJsonNode *node,
                        guint               index)
{
  const TripJsonNode *child;

  g_return_val_if_fail (node != NULL, NULL);

  for (child = node->first_child; child != NULL && index > 0; child = child->next)
    index--;
  return child;
}

/**
 * trip_json_node_member:
 * @node: a value
 * @name: name of a member
 *
 * Of several members of one name the last counts, as in ECMAScript.
 *
 * Returns: (nullable) (transfer none): the member; %NULL where there is none, it is `null`, or @node is no object
 */
const TripJsonNode *
trip_json_node_member (const TripJsonNode *node,
                       const char         *name)
{
  const TripJsonNode *found = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  if (node->kind != TRIP_JSON_OBJECT)
    return NULL;
  for (const TripJsonNode *child = node->first_child; child != NULL; child = child->next)
    {
      if (strcmp (child->key, name) == 0)
        found = child;
    }
  return found != NULL && found->kind != TRIP_JSON_NULL ? found : NULL;
}

/**
 * trip_json_node_dup_raw:
 * @node: a value
 *
 * Returns: (transfer full): the value as it was spelled; shares, and keeps alive, the bytes of the whole text
 */
GBytes *
trip_json_node_dup_raw (const TripJsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return g_bytes_new_from_bytes (node->doc->bytes, node->start, node->end - node->start);
}

/**
 * trip_json_node_dup_others:
 * @object: an object
 * @known: (array zero-terminated=1): names of members to leave out
 *
 * Returns: (transfer full) (nullable): all other members as they were spelled, `"name":value` joined by commas; %NULL where
 *   there are none
 */
GBytes *
trip_json_node_dup_others (const TripJsonNode *object,
                           const char * const *known)
{
  g_autoptr(GString) others = g_string_new (NULL);

  for (const TripJsonNode *child = object->first_child; child != NULL; child = child->next)
    {
      g_auto(TripJsonBuilder) name = { 0 };

      if (g_strv_contains (known, child->key))
        continue;
      trip_json_builder_init (&name);
      trip_json_builder_add_string (&name, NULL, child->key);
      if (others->len > 0)
        g_string_append_c (others, ',');
      g_string_append_len (others, name.text->str, (gssize) name.text->len);
      g_string_append_c (others, ':');
      g_string_append_len (others, object->doc->text + child->start, (gssize) (child->end - child->start));
    }
  return others->len > 0 ? g_string_free_to_bytes (g_steal_pointer (&others)) : NULL;
}

/**
 * trip_json_node_dup_path:
 * @node: a value
 *
 * Returns: (transfer full): where it stands, like `pois[3].geo_coordinate.lat`; empty for the outermost value
 */
char *
trip_json_node_dup_path (const TripJsonNode *node)
{
  GString *path = g_string_new (NULL);

  for (; node != NULL && node->parent != NULL; node = node->parent)
    {
      g_autofree char *step = NULL;

      if (node->key == NULL)
        step = g_strdup_printf ("[%u]", node->index);
      else
        step = g_strdup_printf ("%s%.*s", node->parent->parent != NULL ? "." : "", 200, node->key);
      g_string_prepend (path, step);
    }
  return g_string_free (path, FALSE);
}

static const char *
kind_phrase (TripJsonType kind)
{
  switch (kind)
    {
    case TRIP_JSON_BOOLEAN:
      return _("true or false");
    case TRIP_JSON_NUMBER:
      return _("a number");
    case TRIP_JSON_STRING:
      return _("a string");
    case TRIP_JSON_ARRAY:
      return _("an array");
    case TRIP_JSON_OBJECT:
      return _("an object");
    case TRIP_JSON_NULL:
    default:
      return _("null");
    }
}

/**
 * trip_json_node_expect:
 * @node: a value
 * @kind: what it should be
 * @error: return location
 *
 * Returns: whether it is; else %TRIP_ERROR_INVALID_MESSAGE with the path
 */
gboolean
trip_json_node_expect (const TripJsonNode *node,
                       TripJsonType        kind,
                       GError            **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (node != NULL, FALSE);

  if (node->kind == kind)
    return TRUE;

  path = trip_json_node_dup_path (node);
  /* Translators: the first %s is the path of a member like pois[3].name, the second “a string”, “a number” … */
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s must be %s"),
               *path != '\0' ? path : _("the request"), kind_phrase (kind));
  return FALSE;
}

/**
 * trip_json_node_as_string:
 * @node: a value
 * @out_value: (out) (transfer none): the string
 * @error: return location
 *
 * Returns: whether it is a string without U+0000
 */
gboolean
trip_json_node_as_string (const TripJsonNode  *node,
                          const char         **out_value,
                          GError             **error)
{
  if (!trip_json_node_expect (node, TRIP_JSON_STRING, error))
    return FALSE;
  if (node->has_nul)
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s must not contain the character U+0000"), path);
      return FALSE;
    }
  *out_value = node->string;
  return TRUE;
}

/**
 * trip_json_node_as_double:
 * @node: a value
 * @out_value: (out): the number
 * @error: return location
 *
 * Returns: whether it is a number that a double can hold
 */
gboolean
trip_json_node_as_double (const TripJsonNode *node,
                          gdouble            *out_value,
                          GError            **error)
{
  char *end;
  gdouble value;

  if (!trip_json_node_expect (node, TRIP_JSON_NUMBER, error))
    return FALSE;

  /* The character after a number is never part of one, so reading to its own end is safe without a copy, but for a number
   * that is the whole text. */
  if (node->parent == NULL)
    {
      g_autofree char *copy = g_strndup (node->doc->text + node->start, node->end - node->start);

      value = g_ascii_strtod (copy, &end);
    }
  else
    {
      value = g_ascii_strtod (node->doc->text + node->start, &end);
    }
  if (!isfinite (value))
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s is too large a number"), path);
      return FALSE;
    }
  *out_value = value;
  return TRUE;
}

/**
 * trip_json_node_as_int:
 * @node: a value
 * @out_value: (out): the number
 * @error: return location
 *
 * Returns: whether it is a whole number of at most 53 bits
 */
gboolean
trip_json_node_as_int (const TripJsonNode *node,
                       gint64             *out_value,
                       GError            **error)
{
  gdouble value;

  if (!trip_json_node_as_double (node, &value, error))
    return FALSE;
  if (value != floor (value) || fabs (value) > 9007199254740992.0)
    {
      g_autofree char *path = trip_json_node_dup_path (node);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s must be a whole number"), path);
      return FALSE;
    }
  *out_value = (gint64) value;
  return TRUE;
}

/**
 * trip_json_node_as_boolean:
 * @node: a value
 * @out_value: (out): the truth
 * @error: return location
 *
 * Returns: whether it is `true` or `false`
 */
gboolean
trip_json_node_as_boolean (const TripJsonNode *node,
                           gboolean           *out_value,
                           GError            **error)
{
  if (!trip_json_node_expect (node, TRIP_JSON_BOOLEAN, error))
    return FALSE;
  *out_value = node->doc->text[node->start] == 't';
  return TRUE;
}

/**
 * trip_json_node_read_list:
 * @list: (nullable): what should be a list; %NULL is an empty one
 * @read: reads one item
 * @items: where the items go
 * @error: return location
 *
 * Returns: whether it is a list and all its items could be read
 */
gboolean
trip_json_node_read_list (const TripJsonNode  *list,
                          TripJsonReadFunc     read,
                          GPtrArray           *items,
                          GError             **error)
{
  if (list == NULL)
    return TRUE;
  if (!trip_json_node_expect (list, TRIP_JSON_ARRAY, error))
    return FALSE;
  for (const TripJsonNode *node = list->first_child; node != NULL; node = node->next)
    {
      gpointer item = read (node, error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (items, item);
    }
  return TRUE;
}

static const TripJsonNode *
find_member (const TripJsonNode  *object,
             const char          *name,
             gboolean             required,
             gboolean            *out_ok,
             GError             **error)
{
  const TripJsonNode *member = trip_json_node_member (object, name);

  *out_ok = member != NULL || !required;
  if (!*out_ok)
    {
      g_autofree char *path = trip_json_node_dup_path (object);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("%s%s%s is required"),
                   path, *path != '\0' ? "." : "", name);
    }
  return member;
}

/**
 * trip_json_node_get_string:
 * @object: an object
 * @name: name of a member
 * @required: fail where it is missing or `null`
 * @out_value: (out) (transfer none) (nullable): the string, untouched where the member is missing
 * @error: return location
 *
 * Returns: whether @out_value can be relied on
 */
gboolean
trip_json_node_get_string (const TripJsonNode  *object,
                           const char          *name,
                           gboolean             required,
                           const char         **out_value,
                           GError             **error)
{
  gboolean ok;
  const TripJsonNode *member = find_member (object, name, required, &ok, error);

  return member != NULL ? trip_json_node_as_string (member, out_value, error) : ok;
}

/**
 * trip_json_node_get_double:
 * @object: an object
 * @name: name of a member
 * @required: fail where it is missing or `null`
 * @out_value: (out): the number, untouched where the member is missing
 * @error: return location
 *
 * Returns: whether @out_value can be relied on
 */
gboolean
trip_json_node_get_double (const TripJsonNode *object,
                           const char         *name,
                           gboolean            required,
                           gdouble            *out_value,
                           GError            **error)
{
  gboolean ok;
  const TripJsonNode *member = find_member (object, name, required, &ok, error);

  return member != NULL ? trip_json_node_as_double (member, out_value, error) : ok;
}
