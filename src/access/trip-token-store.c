/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The store. Every question looks whether the file has changed, which costs one stat(2): a token that was revoked a moment ago
 * is refused now. Changes are made under a lock and replace the file as a whole. Where there is a keyring, it has the tokens,
 * and the file says so, anew with every change.
 */
#include "access/trip-token-store.h"

#include "access/trip-keyring.h"
#include "access/trip-secret.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOKEN_PREFIX "tripd_"
#define KEYRING_MEMBER "keyring"

enum {
  MAX_TOKENS = 256,
  MAX_NAME_CHARACTERS = 64,
  MAX_FILE_BYTES = 256 * 1024,
  /* What a client presents is not read further than any token is long. */
  MAX_PRESENTED_BYTES = 128,
  ID_DIGITS = 8,
  KEYRING_RETRY_S = 10,
};

struct _TripTokenStore {
  GObject parent_instance;

  char *path;
  GPtrArray *tokens;
  struct stat seen;
  gboolean may_use_keyring;
  /* A keyring that could not be read is not asked again before this. */
  gint64 ask_keyring_at;
};

G_DEFINE_FINAL_TYPE (TripTokenStore, trip_token_store, G_TYPE_OBJECT)

static void
token_free (TripToken *token)
{
  g_free (token->id);
  g_free (token->name);
  g_free (token->created);
  g_free (token);
}

static TripToken *
token_copy (const TripToken *token)
{
  TripToken *copy = g_new (TripToken, 1);

  *copy = (TripToken) {
    .id = g_strdup (token->id),
    .name = g_strdup (token->name),
    .created = g_strdup (token->created),
  };
  memcpy (copy->digest, token->digest, sizeof copy->digest);
  return copy;
}

static void
trip_token_store_finalize (GObject *object)
{
  TripTokenStore *self = TRIP_TOKEN_STORE (object);

  g_free (self->path);
  g_ptr_array_unref (self->tokens);

  G_OBJECT_CLASS (trip_token_store_parent_class)->finalize (object);
}

static void
trip_token_store_class_init (TripTokenStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_token_store_finalize;
}

static void
trip_token_store_init (TripTokenStore *self)
{
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);
}

static gboolean
set_error (GError     **error,
           const char  *path,
           const char  *text)
{
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, "%s: %s", path, text);
  return FALSE;
}

static gboolean
read_digest (const char *hex,
             guint8     *out_digest)
{
  if (strlen (hex) != 2 * TRIP_SECRET_DIGEST_BYTES)
    return FALSE;
  for (gsize i = 0; i < TRIP_SECRET_DIGEST_BYTES; i++)
    {
      gint high = g_ascii_xdigit_value (hex[2 * i]), low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      out_digest[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

static gpointer
read_token (const TripJsonNode *node,
            GError            **error)
{
  const char *id, *name, *created, *digest;
  TripToken *token;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) || !trip_json_node_get_string (node, "id", TRUE, &id, error) ||
      !trip_json_node_get_string (node, "name", TRUE, &name, error) ||
      !trip_json_node_get_string (node, "created", TRUE, &created, error) ||
      !trip_json_node_get_string (node, "sha256", TRUE, &digest, error))
    return NULL;
  token = g_new (TripToken, 1);
  *token = (TripToken) { .id = g_strdup (id), .name = g_strdup (name), .created = g_strdup (created) };
  if (read_digest (digest, token->digest))
    return token;
  token_free (token);
  set_error (error, id, "not a digest");
  return NULL;
}

static GPtrArray *
parse_tokens (GBytes  *text,
              GError **error)
{
  g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);
  g_autoptr(TripJson) json = trip_json_parse (text, MAX_FILE_BYTES, error);

  if (json == NULL || !trip_json_node_expect (trip_json_get_root (json), TRIP_JSON_OBJECT, error) ||
      !trip_json_node_read_list (trip_json_node_member (trip_json_get_root (json), "tokens"), read_token, tokens, error))
    return NULL;
  return g_steal_pointer (&tokens);
}

static gboolean
names_keyring (GBytes *text)
{
  g_autoptr(TripJson) json = trip_json_parse (text, MAX_FILE_BYTES, NULL);

  return json != NULL && trip_json_node_expect (trip_json_get_root (json), TRIP_JSON_OBJECT, NULL) &&
         trip_json_node_member (trip_json_get_root (json), KEYRING_MEMBER) != NULL;
}

/* A file that others can read, or have written, is no place for access rights. */
static gboolean
check_owner (TripTokenStore    *self,
             const struct stat *status,
             GError           **error)
{
  if (!S_ISREG (status->st_mode))
    return set_error (error, self->path, _("not a regular file"));
  if (status->st_uid != geteuid ())
    return set_error (error, self->path, _("belongs to somebody else"));
  if ((status->st_mode & 077) != 0)
    return set_error (error, self->path, _("others may read or write it; chmod 600 mends that"));
  return TRUE;
}

static GBytes *
read_file (TripTokenStore *self,
           int             fd,
           GError        **error)
{
  g_autoptr(GByteArray) content = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0 && content->len <= MAX_FILE_BYTES)
    g_byte_array_append (content, buffer, (guint) n);
  if (n < 0)
    {
      set_error (error, self->path, g_strerror (errno));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static void
move_aside (TripTokenStore *self,
            const GError   *why)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *to = g_strdup_printf ("%s.broken-%s", self->path, stamp);

  if (g_rename (self->path, to) == 0)
    g_warning ("The tokens in %s cannot be read (%s); they are kept as %s, and no token is valid", self->path, why->message,
               to);
}

static gboolean
load (TripTokenStore *self,
      GError        **error)
{
  int fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autoptr(GBytes) text = NULL;
  g_autoptr(GPtrArray) tokens = NULL;
  g_autoptr(GError) broken = NULL;
  gboolean ok;

  g_ptr_array_set_size (self->tokens, 0);
  self->seen = (struct stat) { 0 };
  if (fd < 0)
    return errno == ENOENT || set_error (error, self->path, g_strerror (errno));
  ok = fstat (fd, &self->seen) == 0 && check_owner (self, &self->seen, error);
  if (ok)
    text = read_file (self, fd, error);
  close (fd);
  if (text == NULL)
    return FALSE;
  self->ask_keyring_at = 0;
  if (names_keyring (text))
    {
      g_autoptr(GBytes) kept = trip_keyring_load (self->path, error);

      if (kept == NULL)
        {
          g_prefix_error (error, "%s: ", self->path);
          self->ask_keyring_at = g_get_monotonic_time () + KEYRING_RETRY_S * G_USEC_PER_SEC;
          return FALSE;
        }
      g_bytes_unref (text);
      text = g_steal_pointer (&kept);
    }
  tokens = parse_tokens (text, &broken);
  if (tokens == NULL)
    {
      move_aside (self, broken);
      return TRUE;
    }
  g_ptr_array_unref (self->tokens);
  self->tokens = g_steal_pointer (&tokens);
  return TRUE;
}

static gboolean
refresh (TripTokenStore *self,
         GError        **error)
{
  struct stat now = { 0 };

  if (self->ask_keyring_at > 0)
    return g_get_monotonic_time () >= self->ask_keyring_at ? load (self, error)
                                                           : set_error (error, self->path, _("The keyring cannot be read"));
  if (lstat (self->path, &now) == 0 && now.st_ino == self->seen.st_ino && now.st_size == self->seen.st_size &&
      now.st_mode == self->seen.st_mode && now.st_mtim.tv_sec == self->seen.st_mtim.tv_sec &&
      now.st_mtim.tv_nsec == self->seen.st_mtim.tv_nsec)
    return TRUE;
  return load (self, error);
}

/**
 * trip_token_store_open:
 * @path: (nullable): the file; %NULL for what `TRIP_TOKENS` names, else `tripd/tokens.json` in the user's data directory
 * @error: return location
 *
 * Only where neither names a file are tokens kept in the keyring, if there is one that is unlocked when one is made. May wait
 * for it, here and wherever the tokens have changed since, up to a second.
 *
 * Returns: (transfer full): the store, empty where there is no file, or the keyring that it names cannot be read yet; %NULL
 *   where the file is not the user's alone
 */
TripTokenStore *
trip_token_store_open (const char  *path,
                       GError     **error)
{
  g_autoptr(TripTokenStore) self = g_object_new (TRIP_TYPE_TOKEN_STORE, NULL);
  g_autoptr(GError) failure = NULL;

  if (path == NULL)
    path = g_getenv ("TRIP_TOKENS");
  self->may_use_keyring = path == NULL;
  self->path = path != NULL ? g_strdup (path) : g_build_filename (g_get_user_data_dir (), "tripd", "tokens.json", NULL);
  if (load (self, &failure))
    return g_steal_pointer (&self);
  if (self->ask_keyring_at == 0)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  /* It may be unlocked later, by the one who logs in. */
  g_message ("No token is valid as long as the keyring cannot be read: %s", failure->message);
  return g_steal_pointer (&self);
}

/**
 * trip_token_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): its file
 */
const char *
trip_token_store_get_path (TripTokenStore *self)
{
  return self->path;
}

/**
 * trip_token_store_list:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type TripToken): its tokens, the oldest first
 */
GPtrArray *
trip_token_store_list (TripTokenStore  *self,
                       GError         **error)
{
  g_return_val_if_fail (TRIP_IS_TOKEN_STORE (self), NULL);

  return refresh (self, error) ? g_ptr_array_ref (self->tokens) : NULL;
}

static GBytes *
encode (GPtrArray *tokens)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_begin_array (&builder, "tokens");
  for (guint i = 0; i < tokens->len; i++)
    {
      const TripToken *token = g_ptr_array_index (tokens, i);
      char hex[2 * TRIP_SECRET_DIGEST_BYTES + 1];

      for (gsize j = 0; j < TRIP_SECRET_DIGEST_BYTES; j++)
        g_snprintf (hex + 2 * j, 3, "%02x", token->digest[j]);
      trip_json_builder_begin_object (&builder, NULL);
      trip_json_builder_add_string (&builder, "id", token->id);
      trip_json_builder_add_string (&builder, "name", token->name);
      trip_json_builder_add_string (&builder, "created", token->created);
      trip_json_builder_add_string (&builder, "sha256", hex);
      trip_json_builder_end_object (&builder);
    }
  trip_json_builder_end_array (&builder);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/* What the file says of tokens that the keyring has: each time another thing, so that others see the change. */
static GBytes *
encode_pointer (void)
{
  g_autofree char *change = g_uuid_string_random ();
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, KEYRING_MEMBER, change);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static gboolean
save (TripTokenStore  *self,
      GPtrArray       *tokens,
      GError         **error)
{
  g_autoptr(GBytes) text = encode (tokens);

  if (self->may_use_keyring && trip_keyring_is_usable ())
    {
      if (!trip_keyring_store (self->path, _("Digests of tripd's tokens"), text, error))
        return FALSE;
      g_bytes_unref (text);
      text = encode_pointer ();
    }
  return g_file_set_contents_full (self->path, g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error) &&
         load (self, error);
}

/* A change is read, made and written by one process at a time. */
static int
lock (TripTokenStore  *self,
      GError         **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX) == 0 && load (self, error))
    return fd;
  if (error != NULL && *error == NULL)
    set_error (error, path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  gsize length = g_utf8_validate (name, -1, NULL) ? (gsize) g_utf8_strlen (name, -1) : 0;

  for (const char *p = name; length > 0 && *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        length = 0;
    }
  if (length > 0 && length <= MAX_NAME_CHARACTERS)
    return TRUE;
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("A token's name has from 1 to %d printable characters"),
               MAX_NAME_CHARACTERS);
  return FALSE;
}

static const TripToken *
find_token (GPtrArray  *tokens,
            const char *id_or_name)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      const TripToken *token = g_ptr_array_index (tokens, i);

      if (strcmp (token->id, id_or_name) == 0 || strcmp (token->name, id_or_name) == 0)
        return token;
    }
  return NULL;
}

static GPtrArray *
copy_tokens (GPtrArray *tokens)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);

  for (guint i = 0; i < tokens->len; i++)
    g_ptr_array_add (copy, token_copy (g_ptr_array_index (tokens, i)));
  return copy;
}

/**
 * trip_token_store_create:
 * @self: a store
 * @name: what to call it, 1 to 64 printable characters; unlike the others
 * @error: return location
 *
 * Makes a token. This is the only time that it can be seen. Writes a file, so not for a main loop that serves.
 *
 * Returns: (transfer full): the token, to be freed with trip_secret_free()
 */
char *
trip_token_store_create (TripTokenStore  *self,
                         const char      *name,
                         GError         **error)
{
  g_autoptr(GPtrArray) tokens = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *uuid = g_uuid_string_random ();
  char *secret = NULL;
  int fd;

  g_return_val_if_fail (TRIP_IS_TOKEN_STORE (self), NULL);

  if (!check_name (name, error))
    return NULL;
  fd = lock (self, error);
  if (fd < 0)
    return NULL;
  if (find_token (self->tokens, name) != NULL)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE, _("There is a token called “%s” already"), name);
    }
  else if (self->tokens->len >= MAX_TOKENS)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE, _("There are %d tokens already; revoke some first"), MAX_TOKENS);
    }
  else
    {
      TripToken *token = g_new0 (TripToken, 1);

      secret = trip_secret_new (TOKEN_PREFIX);
      token->id = g_strndup (uuid, ID_DIGITS);
      token->name = g_strdup (name);
      token->created = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
      trip_secret_digest (secret, token->digest);
      tokens = copy_tokens (self->tokens);
      g_ptr_array_add (tokens, token);
      if (!save (self, tokens, error))
        g_clear_pointer (&secret, trip_secret_free);
    }
  close (fd);
  return secret;
}

/**
 * trip_token_store_revoke:
 * @self: a store
 * @id_or_name: which token
 * @error: return location
 *
 * Ends a token. Writes a file, so not for a main loop that serves.
 *
 * Returns: (transfer full): the name of the token that is no more
 */
char *
trip_token_store_revoke (TripTokenStore  *self,
                         const char      *id_or_name,
                         GError         **error)
{
  g_autoptr(GPtrArray) tokens = NULL;
  const TripToken *token;
  char *name = NULL;
  int fd;

  g_return_val_if_fail (TRIP_IS_TOKEN_STORE (self), NULL);

  fd = lock (self, error);
  if (fd < 0)
    return NULL;
  tokens = copy_tokens (self->tokens);
  token = find_token (tokens, id_or_name);
  if (token == NULL)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE,
                   _("There is no token “%s”; tripctl token list shows them"), id_or_name);
    }
  else
    {
      name = g_strdup (token->name);
      g_ptr_array_remove (tokens, (gpointer) token);
      if (!save (self, tokens, error))
        g_clear_pointer (&name, g_free);
    }
  close (fd);
  return name;
}

/**
 * trip_token_store_verify:
 * @self: a store
 * @token: what a client presents, of whatever length
 *
 * Returns: (transfer full) (nullable): identifier of the token; %NULL where there is none such. All are compared with, in
 *   constant time each
 */
char *
trip_token_store_verify (TripTokenStore *self,
                         const char     *token)
{
  guint8 digest[TRIP_SECRET_DIGEST_BYTES];
  g_autofree char *presented = g_strndup (token, MAX_PRESENTED_BYTES);
  const char *found = NULL;

  g_return_val_if_fail (TRIP_IS_TOKEN_STORE (self), NULL);

  trip_secret_digest (presented, digest);
  explicit_bzero (presented, strlen (presented));
  if (!refresh (self, NULL))
    return NULL;
  for (guint i = 0; i < self->tokens->len; i++)
    {
      const TripToken *known = g_ptr_array_index (self->tokens, i);

      if (trip_secret_equal (digest, known->digest))
        found = known->id;
    }
  return g_strdup (found);
}

/**
 * trip_token_store_has_id:
 * @self: a store
 * @id: identifier of a token
 *
 * Returns: whether the token is still valid
 */
gboolean
trip_token_store_has_id (TripTokenStore *self,
                         const char     *id)
{
  g_return_val_if_fail (TRIP_IS_TOKEN_STORE (self), FALSE);

  if (!refresh (self, NULL))
    return FALSE;
  for (guint i = 0; i < self->tokens->len; i++)
    {
      if (strcmp (((const TripToken *) g_ptr_array_index (self->tokens, i))->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}
