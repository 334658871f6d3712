/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Requests: reading what clients send, in all the forms the contract accepts.
 */
#include "trip/model/trip-request.h"

#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const poi_wrappers[] = { "poi", "pois", "results", "points_of_interest", NULL };
static const char * const requirement_wrappers[] = { "requirements", NULL };
static const char * const plan_wrappers[] = { "options", NULL };

G_DEFINE_BOXED_TYPE (TripRequest, trip_request, trip_request_ref, trip_request_unref)

/**
 * trip_request_new:
 * @message: what the traveller wrote
 *
 * Returns: (transfer full): a request without state; fill its lists before sharing it
 */
TripRequest *
trip_request_new (const char *message)
{
  TripRequest *self = g_new0 (TripRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->message = g_strdup (message);
  self->pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  self->requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  self->plan = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  return self;
}

/**
 * trip_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self with one more reference
 */
TripRequest *
trip_request_ref (TripRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_request_unref:
 * @self: (transfer full): a request
 *
 * Drops a reference.
 */
void
trip_request_unref (TripRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->message);
  g_ptr_array_unref (self->pois);
  g_ptr_array_unref (self->requirements);
  g_ptr_array_unref (self->plan);
  g_free (self);
}

/* A list may come bare or wrapped in an object, as agents that write JSON tend to do. */
static const TripJsonNode *
unwrap (const TripJsonNode *node,
        const char * const *wrappers)
{
  if (trip_json_node_get_kind (node) != TRIP_JSON_OBJECT)
    return node;
  for (; *wrappers != NULL; wrappers++)
    {
      const TripJsonNode *inner = trip_json_node_member (node, *wrappers);

      if (inner != NULL)
        return inner;
    }
  return trip_json_node_get_length (node) == 0 ? NULL : node;
}

static gboolean
read_list (const TripJsonNode *request,
           const char         *name,
           const char * const *wrappers,
           TripJsonReadFunc    read,
           GPtrArray          *items,
           GError            **error)
{
  const TripJsonNode *list = trip_json_node_member (request, name);

  if (list != NULL)
    list = unwrap (list, wrappers);
  return trip_json_node_read_list (list, read, items, error);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isspace (g_utf8_get_char (text)))
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_request_read:
 * @node: what should be a request
 * @max_message_bytes: longest `message`
 * @error: return location
 *
 * Returns: (transfer full): the request; else %NULL and %TRIP_ERROR_INVALID_MESSAGE or %TRIP_ERROR_TOO_LARGE naming the
 *   member
 */
TripRequest *
trip_request_read (const TripJsonNode *node,
                   gsize               max_message_bytes,
                   GError            **error)
{
  g_autoptr(TripRequest) self = NULL;
  const char *message = NULL;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !trip_json_node_get_string (node, "message", FALSE, &message, error))
    return NULL;
  if (message == NULL || is_blank (message))
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, "message is required");
      return NULL;
    }
  if (strlen (message) > max_message_bytes)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE,
                   _("message has %" G_GSIZE_FORMAT " bytes, more than the limit of %" G_GSIZE_FORMAT),
                   strlen (message), max_message_bytes);
      return NULL;
    }

  self = trip_request_new (message);
  if (!read_list (node, "pois", poi_wrappers, (TripJsonReadFunc) trip_poi_read, self->pois, error) ||
      !read_list (node, "requirements", requirement_wrappers, (TripJsonReadFunc) trip_requirement_read, self->requirements,
                  error) ||
      !read_list (node, "plan", plan_wrappers, (TripJsonReadFunc) trip_plan_option_read, self->plan, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * trip_request_parse:
 * @text: JSON from a peer
 * @max_bytes: largest text
 * @max_message_bytes: longest `message`
 * @error: return location
 *
 * trip_json_parse() and trip_request_read() in one.
 *
 * Returns: (transfer full): the request
 */
TripRequest *
trip_request_parse (GBytes  *text,
                    gsize    max_bytes,
                    gsize    max_message_bytes,
                    GError **error)
{
  g_autoptr(TripJson) json = trip_json_parse (text, max_bytes, error);

  return json != NULL ? trip_request_read (trip_json_get_root (json), max_message_bytes, error) : NULL;
}
