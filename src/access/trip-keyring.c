/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The keyring by libsecret. Each call is made in a thread of its own and waited for briefly: who asks may have clients to
 * serve, and a keyring may hang, or ask somebody who is not there. It is never asked to unlock: a service has nobody to ask.
 */
#include "access/trip-keyring.h"

#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

#ifdef HAVE_LIBSECRET

#include <libsecret/secret.h>

enum {
  WAIT_US = 1000 * 1000,
};

typedef struct _Call Call;

struct _Call {
  gatomicrefcount ref_count;
  void (*run) (Call *call);
  GCancellable *cancellable;
  GAsyncQueue *done;
  char *name;
  char *label;
  char *text;
  GBytes *found;
  GError *error;
  gboolean ok;
};

static const SecretSchema schema = {
  .name = "org.tripd.Trip",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "name", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static void
call_unref (Call *call)
{
  if (!g_atomic_ref_count_dec (&call->ref_count))
    return;
  g_object_unref (call->cancellable);
  g_async_queue_unref (call->done);
  g_free (call->name);
  g_free (call->label);
  secret_password_free (call->text);
  g_clear_pointer (&call->found, g_bytes_unref);
  g_clear_error (&call->error);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_unref)

static gpointer
call_thread (gpointer data)
{
  Call *call = data;

  call->run (call);
  /* A session with a keyring that has started anew since would be refused for ever. */
  secret_service_disconnect ();
  g_async_queue_push (call->done, call);
  call_unref (call);
  return NULL;
}

static Call *
call_new (void (*run) (Call *),
          const char *name)
{
  Call *call = g_new0 (Call, 1);

  g_atomic_ref_count_init (&call->ref_count);
  call->run = run;
  call->cancellable = g_cancellable_new ();
  call->done = g_async_queue_new ();
  call->name = g_strdup (name);
  return call;
}

static gboolean
call_wait (Call    *call,
           GError **error)
{
  g_atomic_ref_count_inc (&call->ref_count);
  g_thread_unref (g_thread_new ("trip-keyring", call_thread, call));
  if (g_async_queue_timeout_pop (call->done, WAIT_US) == NULL)
    {
      g_cancellable_cancel (call->cancellable);
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, _("The keyring does not answer"));
      return FALSE;
    }
  if (call->error != NULL)
    g_propagate_error (error, g_steal_pointer (&call->error));
  return call->ok;
}

static void
find_collection (Call *call)
{
  g_autoptr(SecretService) service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, call->cancellable, &call->error);
  g_autoptr(SecretCollection) collection = NULL;

  if (service != NULL)
    collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                                   call->cancellable, &call->error);
  call->ok = collection != NULL && !secret_collection_get_locked (collection);
}

static GHashTable *
build_attributes (Call *call)
{
  return secret_attributes_build (&schema, "name", call->name, NULL);
}

static void
find_text (Call *call)
{
  g_autoptr(GHashTable) attributes = build_attributes (call);
  GList *items = secret_password_searchv_sync (&schema, attributes, SECRET_SEARCH_NONE, call->cancellable, &call->error);
  SecretValue *value = items != NULL ? secret_retrievable_retrieve_secret_sync (items->data, call->cancellable, &call->error)
                                     : NULL;

  if (value != NULL)
    {
      gsize length;
      const char *text = secret_value_get (value, &length);

      call->found = g_bytes_new (text, length);
      call->ok = TRUE;
      secret_value_unref (value);
    }
  else if (call->error == NULL)
    {
      g_set_error_literal (&call->error, TRIP_ERROR, TRIP_ERROR_INTERNAL,
                           _("The keyring is locked, or has lost what was kept in it"));
    }
  g_list_free_full (items, g_object_unref);
}

static void
keep_text (Call *call)
{
  g_autoptr(GHashTable) attributes = build_attributes (call);

  call->ok = secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, call->label, call->text,
                                          call->cancellable, &call->error);
}

/**
 * trip_keyring_is_usable:
 *
 * Waits up to a second.
 *
 * Returns: whether there is a keyring, and it is unlocked
 */
gboolean
trip_keyring_is_usable (void)
{
  g_autoptr(Call) call = call_new (find_collection, NULL);

  return call_wait (call, NULL);
}

/**
 * trip_keyring_load:
 * @name: what the text was stored under
 * @error: return location
 *
 * Waits up to a second.
 *
 * Returns: (transfer full): the text; %NULL where it is not there, or the keyring is locked
 */
GBytes *
trip_keyring_load (const char  *name,
                   GError     **error)
{
  g_autoptr(Call) call = call_new (find_text, name);

  return call_wait (call, error) ? g_steal_pointer (&call->found) : NULL;
}

/**
 * trip_keyring_store:
 * @name: what to store the text under, in place of what was there
 * @label: what to call it for people who look into their keyring
 * @text: UTF-8 text
 * @error: return location
 *
 * Waits up to a second.
 *
 * Returns: whether it was stored
 */
gboolean
trip_keyring_store (const char  *name,
                    const char  *label,
                    GBytes      *text,
                    GError     **error)
{
  g_autoptr(Call) call = call_new (keep_text, name);

  call->label = g_strdup (label);
  call->text = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  return call_wait (call, error);
}

#else

static gboolean
set_missing (GError **error)
{
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INTERNAL, _("This tripd was built without a keyring"));
  return FALSE;
}

gboolean
trip_keyring_is_usable (void)
{
  return FALSE;
}

GBytes *
trip_keyring_load (const char  *name,
                   GError     **error)
{
  set_missing (error);
  return NULL;
}

gboolean
trip_keyring_store (const char  *name,
                    const char  *label,
                    GBytes      *text,
                    GError     **error)
{
  return set_missing (error);
}

#endif
