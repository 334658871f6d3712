/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Messages of clients. What is no message at all is told from one that is wrong: the first ends the connection, the second
 * gets an error that echoes its `id`.
 */
#include "relay/trip-client-message.h"

#include "trip/json/trip-json-builder.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  ID_MAX_BYTES = 256,
  HELLO_MAX_BYTES = 4096,
  LINGER_MAX_S = 7 * 24 * 3600,
};

static const char * const kind_names[] = {
  [TRIP_CLIENT_MESSAGE_HELLO] = "hello",
  [TRIP_CLIENT_MESSAGE_CHAT] = "chat",
  [TRIP_CLIENT_MESSAGE_CANCEL] = "cancel",
  [TRIP_CLIENT_MESSAGE_RESUME] = "resume",
  [TRIP_CLIENT_MESSAGE_SUBSCRIBE] = "subscribe",
  [TRIP_CLIENT_MESSAGE_UNSUBSCRIBE] = "unsubscribe",
};

/**
 * trip_client_message_free:
 * @self: (transfer full): a message
 *
 * Frees it.
 */
void
trip_client_message_free (TripClientMessage *self)
{
  g_clear_pointer (&self->id, g_bytes_unref);
  g_clear_pointer (&self->request, trip_request_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self->job_id);
  /* A secret does not stay behind in memory that somebody else gets. */
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *text)
{
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, text);
  return FALSE;
}

static gboolean
read_id (const TripJsonNode *root,
         GBytes            **out_id,
         GError            **error)
{
  const TripJsonNode *node = trip_json_node_member (root, "id");
  g_autoptr(GBytes) raw = NULL;
  TripJsonType kind;

  if (node == NULL || trip_json_node_get_kind (node) == TRIP_JSON_NULL)
    return TRUE;
  kind = trip_json_node_get_kind (node);
  if (kind != TRIP_JSON_STRING && kind != TRIP_JSON_NUMBER)
    return refuse (error, "id must be a string or a number");
  raw = trip_json_node_dup_raw (node);
  if (g_bytes_get_size (raw) > ID_MAX_BYTES)
    return refuse (error, "id is too long");
  /* A copy: it may be kept for long, and must not keep a megabyte around it. */
  *out_id = g_bytes_new (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  return TRUE;
}

static gboolean
read_kind (const TripJsonNode     *root,
           TripClientMessageKind  *out_kind,
           GError                **error)
{
  const char *name = NULL;

  if (!trip_json_node_get_string (root, "type", TRUE, &name, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (strcmp (name, kind_names[i]) == 0)
        {
          *out_kind = (TripClientMessageKind) i;
          return TRUE;
        }
    }
  return refuse (error, _("type must be one of hello, chat, cancel, resume, subscribe, unsubscribe"));
}

static gboolean
read_whole_number (const TripJsonNode *object,
                   const char         *name,
                   gint64              smallest,
                   gint64              largest,
                   gint64              missing,
                   gint64             *out_value,
                   GError            **error)
{
  const TripJsonNode *node = trip_json_node_member (object, name);

  *out_value = missing;
  if (node == NULL || trip_json_node_get_kind (node) == TRIP_JSON_NULL)
    return TRUE;
  if (!trip_json_node_as_int (node, out_value, error))
    return FALSE;
  if (*out_value >= smallest && *out_value <= largest)
    return TRUE;
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, "%s must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name,
               smallest, largest);
  return FALSE;
}

static gboolean
read_hello (TripClientMessage  *self,
            const TripJsonNode *root,
            GError            **error)
{
  const TripJsonNode *features = trip_json_node_member (root, "features");
  const char *token = NULL;
  gint64 version;

  if (!read_whole_number (root, "v", G_MININT32, G_MAXINT32, 0, &version, error))
    return FALSE;
  if (version != TRIP_PROTOCOL_VERSION)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_UNSUPPORTED_VERSION, _("This service speaks version %d; v must be %d"),
                   TRIP_PROTOCOL_VERSION, TRIP_PROTOCOL_VERSION);
      return FALSE;
    }
  if (features != NULL && trip_json_node_get_kind (features) != TRIP_JSON_NULL &&
      !trip_json_node_expect (features, TRIP_JSON_ARRAY, error))
    return FALSE;
  if (!trip_json_node_get_string (root, "token", FALSE, &token, error))
    return FALSE;
  self->token = g_strdup (token);
  return TRUE;
}

/* What the job needs to be run again after a crash. */
static GBytes *
dup_request (const TripJsonNode *root)
{
  static const char * const ours[] = { "type", "id", "options", NULL };
  g_autoptr(GBytes) members = trip_json_node_dup_others (root, ours);
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  if (members != NULL)
    trip_json_builder_add_members (&builder, members);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static gboolean
read_chat (TripClientMessage  *self,
           const TripJsonNode *root,
           gsize               max_message_bytes,
           GError            **error)
{
  const TripJsonNode *options = trip_json_node_member (root, "options");
  gint64 linger = -1;

  if (options != NULL && trip_json_node_get_kind (options) != TRIP_JSON_NULL)
    {
      if (!trip_json_node_expect (options, TRIP_JSON_OBJECT, error) ||
          !read_whole_number (options, "linger", 0, LINGER_MAX_S, -1, &linger, error))
        return FALSE;
    }
  self->linger_s = (gint) linger;
  self->request = trip_request_read (root, max_message_bytes, error);
  if (self->request == NULL)
    return FALSE;
  self->text = dup_request (root);
  return TRUE;
}

static gboolean
read_job (TripClientMessage  *self,
          const TripJsonNode *root,
          GError            **error)
{
  const TripJsonNode *epoch = trip_json_node_member (root, "epoch");
  const char *job_id = NULL;
  gint64 after_seq;

  if (!trip_json_node_get_string (root, "job_id", TRUE, &job_id, error) ||
      !read_whole_number (root, "after_seq", 0, G_MAXINT64, 0, &after_seq, error))
    return FALSE;
  self->job_id = g_strdup (job_id);
  self->after_seq = (guint64) after_seq;
  if (self->kind != TRIP_CLIENT_MESSAGE_RESUME)
    return TRUE;
  if (epoch == NULL)
    return refuse (error, "epoch is required");
  /* Whatever is no epoch of ours is a wrong one, and that has an answer. */
  if (trip_json_node_get_kind (epoch) != TRIP_JSON_NUMBER || !trip_json_node_as_int (epoch, &self->epoch, NULL))
    self->epoch = -1;
  return TRUE;
}

static gboolean
read_rest (TripClientMessage  *self,
           const TripJsonNode *root,
           gsize               max_message_bytes,
           GError            **error)
{
  switch (self->kind)
    {
    case TRIP_CLIENT_MESSAGE_HELLO:
      return read_hello (self, root, error);
    case TRIP_CLIENT_MESSAGE_CHAT:
      return read_chat (self, root, max_message_bytes, error);
    case TRIP_CLIENT_MESSAGE_CANCEL:
    case TRIP_CLIENT_MESSAGE_RESUME:
    case TRIP_CLIENT_MESSAGE_SUBSCRIBE:
    case TRIP_CLIENT_MESSAGE_UNSUBSCRIBE:
    default:
      return read_job (self, root, error);
    }
}

/**
 * trip_client_message_parse:
 * @text: JSON from a peer
 * @max_bytes: largest text
 * @max_message_bytes: longest `message` of a chat
 * @out_id: (out) (nullable) (transfer full): the message's `id`, also where the rest of it is wrong
 * @out_malformed: (out): whether it is no message at all: not a JSON object
 * @error: return location
 *
 * Returns: (transfer full): the message; %NULL and %TRIP_ERROR_INVALID_MESSAGE, %TRIP_ERROR_TOO_LARGE or
 *   %TRIP_ERROR_UNSUPPORTED_VERSION
 */
TripClientMessage *
trip_client_message_parse (GBytes    *text,
                           gsize      max_bytes,
                           gsize      max_message_bytes,
                           GBytes   **out_id,
                           gboolean  *out_malformed,
                           GError   **error)
{
  g_autoptr(TripJson) json = trip_json_parse (text, max_bytes, error);
  g_autoptr(TripClientMessage) self = NULL;
  const TripJsonNode *root;

  *out_id = NULL;
  *out_malformed = FALSE;
  if (json == NULL || !trip_json_node_expect (trip_json_get_root (json), TRIP_JSON_OBJECT, error))
    {
      *out_malformed = TRUE;
      return NULL;
    }
  root = trip_json_get_root (json);
  self = g_new0 (TripClientMessage, 1);
  self->linger_s = -1;
  if (!read_id (root, out_id, error) || !read_kind (root, &self->kind, error) ||
      !read_rest (self, root, max_message_bytes, error))
    return NULL;
  self->id = *out_id != NULL ? g_bytes_ref (*out_id) : NULL;
  return g_steal_pointer (&self);
}

/**
 * trip_client_message_is_hello:
 * @text: the first message of a peer
 *
 * Returns: whether it opts in to a version of this protocol, right or wrong, rather than being a request of version 1
 */
gboolean
trip_client_message_is_hello (GBytes *text)
{
  g_autoptr(TripJson) json = NULL;
  const char *name = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);

  /* Most first messages are requests, and large: only what can be a hello is parsed for it. */
  if (size == 0 || size > HELLO_MAX_BYTES || g_strstr_len (bytes, (gssize) size, "\"hello\"") == NULL)
    return FALSE;
  json = trip_json_parse (text, HELLO_MAX_BYTES, NULL);
  return json != NULL && trip_json_node_get_kind (trip_json_get_root (json)) == TRIP_JSON_OBJECT &&
         trip_json_node_get_string (trip_json_get_root (json), "type", FALSE, &name, NULL) && g_strcmp0 (name, "hello") == 0;
}
