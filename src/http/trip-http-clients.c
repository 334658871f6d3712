/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The clients: one for each message that libsoup reads or answers, and the farewells of those who were refused. One timer
 * looks at all deadlines, and runs only while there is somebody to time.
 */
#include "http/trip-http-clients.h"

#include "http/trip-http-farewell.h"
#include "http/trip-http-reply.h"
#include "relay/trip-source.h"

enum {
  SWEEP_MAX_MS = 1000,
};

struct _TripHttpClients {
  GHashTable *table;
  GHashTable *farewells;
  GSource *sweep_source;
  TripHttpClientsFunc gone;
  gpointer owner;
};

/* A farewell and those who wait for its end. */
typedef struct {
  TripHttpClients *clients;
  TripHttpFarewell *farewell;
} Parting;

/**
 * trip_http_clients_new:
 * @gone: called when a connection has gone
 * @owner: whose signal handlers on a message end with its client; data for @gone
 *
 * Returns: (transfer full): clients of nobody yet
 */
TripHttpClients *
trip_http_clients_new (TripHttpClientsFunc gone,
                       gpointer            owner)
{
  TripHttpClients *self = g_new0 (TripHttpClients, 1);

  self->table = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) trip_http_client_free);
  self->farewells = g_hash_table_new (NULL, NULL);
  self->gone = gone;
  self->owner = owner;
  return self;
}

/**
 * trip_http_clients_free:
 * @self: (transfer full): clients without a farewell under way, see trip_http_clients_abort_farewells()
 *
 * Lets go of all.
 */
void
trip_http_clients_free (TripHttpClients *self)
{
  trip_source_clear (&self->sweep_source);
  g_hash_table_unref (self->table);
  g_hash_table_unref (self->farewells);
  g_free (self);
}

static gboolean
sweep_cb (gpointer user_data)
{
  TripHttpClients *self = user_data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer client;

  /* Cutting only ends the socket; libsoup lets go of the client later. */
  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    {
      if (trip_http_client_is_overdue (client, now))
        trip_http_client_cut (client);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_sweep (TripHttpClients *self,
             guint            milliseconds)
{
  if (self->sweep_source != NULL)
    return;
  self->sweep_source = g_timeout_source_new (CLAMP (milliseconds / 4, 1, SWEEP_MAX_MS));
  g_source_set_static_name (self->sweep_source, "trip-http-sweep");
  g_source_set_callback (self->sweep_source, sweep_cb, self, NULL);
  g_source_attach (self->sweep_source, g_main_context_get_thread_default ());
}

/**
 * trip_http_clients_add:
 * @self: clients
 * @client: (transfer full): one more
 * @milliseconds: how long it may take to send its request's head
 *
 * Takes a client in, until its message is removed.
 */
void
trip_http_clients_add (TripHttpClients *self,
                       TripHttpClient  *client,
                       guint            milliseconds)
{
  trip_http_client_set_deadline (client, milliseconds);
  g_hash_table_insert (self->table, g_object_ref (trip_http_client_get_message (client)), client);
  start_sweep (self, milliseconds);
}

/**
 * trip_http_clients_find:
 * @self: clients
 * @message: a message
 *
 * Returns: (nullable) (transfer none): whose message it is; %NULL for a client that has gone
 */
TripHttpClient *
trip_http_clients_find (TripHttpClients   *self,
                        SoupServerMessage *message)
{
  return g_hash_table_lookup (self->table, message);
}

/**
 * trip_http_clients_remove:
 * @self: clients
 * @message: a message
 *
 * Frees the client of the message, if it is still here, and disconnects the owner from the message.
 */
void
trip_http_clients_remove (TripHttpClients   *self,
                          SoupServerMessage *message)
{
  G_GNUC_UNUSED g_autoptr(SoupServerMessage) keep = g_object_ref (message);

  g_signal_handlers_disconnect_by_data (message, self->owner);
  if (!g_hash_table_remove (self->table, message))
    return;
  if (g_hash_table_size (self->table) == 0)
    trip_source_clear (&self->sweep_source);
  self->gone (self->owner);
}

static void
parting_done_cb (gpointer user_data)
{
  Parting *parting = user_data;
  TripHttpClients *self = parting->clients;

  g_hash_table_remove (self->farewells, parting);
  g_free (parting);
  self->gone (self->owner);
}

/**
 * trip_http_clients_refuse:
 * @self: clients
 * @message: message of one of them
 * @error: why
 *
 * Answers without waiting for the rest of the request. The client is gone after this; its connection counts until the
 * answer is out.
 */
void
trip_http_clients_refuse (TripHttpClients   *self,
                          SoupServerMessage *message,
                          const GError      *error)
{
  TripHttpClient *client = g_hash_table_lookup (self->table, message);
  g_autoptr(GIOStream) connection = trip_http_stream_steal (trip_http_client_get_stream (client));
  g_autoptr(GBytes) reply = trip_http_reply_build_raw (error);
  g_autoptr(GIOStream) stolen = NULL;
  Parting *parting = g_new0 (Parting, 1);

  parting->clients = self;
  parting->farewell = trip_http_farewell_start (connection, reply, parting_done_cb, parting);
  g_hash_table_add (self->farewells, parting);
  trip_http_clients_remove (self, message);
  stolen = soup_server_message_steal_connection (message);
}

/**
 * trip_http_clients_count:
 * @self: clients
 *
 * Returns: connections, farewells included
 */
guint
trip_http_clients_count (TripHttpClients *self)
{
  return g_hash_table_size (self->table) + g_hash_table_size (self->farewells);
}

/**
 * trip_http_clients_cut_idle:
 * @self: clients
 *
 * Cuts the connections of those who wait for no answer.
 */
void
trip_http_clients_cut_idle (TripHttpClients *self)
{
  GHashTableIter iter;
  gpointer client;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    {
      if (!trip_http_client_is_in_work (client))
        trip_http_client_cut (client);
    }
}

/**
 * trip_http_clients_abort_farewells:
 * @self: clients
 *
 * Ends all farewells at once.
 */
void
trip_http_clients_abort_farewells (TripHttpClients *self)
{
  g_autoptr(GList) partings = g_hash_table_get_keys (self->farewells);

  for (GList *link = partings; link != NULL; link = link->next)
    trip_http_farewell_abort (((Parting *) link->data)->farewell);
}
