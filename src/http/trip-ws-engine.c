/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The engine: a registry of peers with one source for what their sockets say, one that flushes those who have something to
 * send, and one timer that looks at all deadlines. None costs a source per peer.
 */
#include "http/trip-ws-engine-private.h"

#include "relay/trip-source.h"

enum {
  TICK_MAX_MS = 1000,
  /* How long what is said may wait for what is said in the same breath, while there is other work to do. */
  GATHER_MAX_US = 2000,
};

struct _TripWsEngine {
  GObject parent_instance;

  TripWsLimits limits;
  GHashTable *peers;
  GQueue flush_queue;
  GSource *flush_source;
  GSource *hurry_source;
  GSource *tick_source;
  guint8 *buffer;
  TripEpoll *epoll;
};

G_DEFINE_FINAL_TYPE (TripWsEngine, trip_ws_engine, G_TYPE_OBJECT)

/* Peers leave the table while they are closed. */
static GPtrArray *
dup_peers (TripWsEngine *self)
{
  GPtrArray *peers = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer peer;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, &peer, NULL))
    g_ptr_array_add (peers, g_object_ref (peer));
  return peers;
}

static void
schedule (TripWsEngine *self)
{
  g_source_set_ready_time (self->flush_source, 0);
  g_source_set_ready_time (self->hurry_source, g_get_monotonic_time () + GATHER_MAX_US);
}

static void
flush_all (TripWsEngine *self)
{
  /* Only those who stand in the queue now: who queues up again meanwhile waits for the next turn. */
  guint n = self->flush_queue.length;

  g_source_set_ready_time (self->flush_source, -1);
  g_source_set_ready_time (self->hurry_source, -1);
  while (n-- > 0)
    {
      g_autoptr(TripWsPeer) peer = g_queue_pop_head (&self->flush_queue);

      if (peer == NULL)
        break;
      trip_ws_peer_flush (peer);
    }
  if (self->flush_queue.length > 0)
    schedule (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  g_autoptr(TripWsEngine) self = g_object_ref (user_data);

  flush_all (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr(TripWsEngine) self = g_object_ref (user_data);
  g_autoptr(GPtrArray) peers = dup_peers (self);
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < peers->len; i++)
    trip_ws_peer_tick (g_ptr_array_index (peers, i), now);
  return G_SOURCE_CONTINUE;
}

/* The clock runs only while there is somebody to time. */
static void
start_clock (TripWsEngine *self)
{
  const TripWsLimits *limits = &self->limits;
  guint shortest = MIN (MIN (limits->ping_interval_ms, limits->stall_timeout_ms), limits->close_timeout_ms);

  if (self->tick_source != NULL)
    return;
  self->tick_source = g_timeout_source_new (CLAMP (shortest / 4, 1, TICK_MAX_MS));
  g_source_set_static_name (self->tick_source, "trip-ws-engine-tick");
  g_source_set_callback (self->tick_source, tick_cb, self, NULL);
  g_source_attach (self->tick_source, g_main_context_get_thread_default ());
}

static void
trip_ws_engine_dispose (GObject *object)
{
  TripWsEngine *self = TRIP_WS_ENGINE (object);

  trip_ws_engine_abort_all (self);
  trip_source_clear (&self->flush_source);
  trip_source_clear (&self->hurry_source);
  trip_source_clear (&self->tick_source);
  g_queue_clear_full (&self->flush_queue, g_object_unref);

  G_OBJECT_CLASS (trip_ws_engine_parent_class)->dispose (object);
}

static void
trip_ws_engine_finalize (GObject *object)
{
  TripWsEngine *self = TRIP_WS_ENGINE (object);

  g_hash_table_unref (self->peers);
  trip_epoll_free (self->epoll);
  g_free (self->buffer);

  G_OBJECT_CLASS (trip_ws_engine_parent_class)->finalize (object);
}

static void
trip_ws_engine_class_init (TripWsEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = trip_ws_engine_dispose;
  object_class->finalize = trip_ws_engine_finalize;
}

static void
trip_ws_engine_init (TripWsEngine *self)
{
  self->limits = (TripWsLimits) {
    .max_message_bytes = 1024 * 1024,
    .read_budget = 16 * 1024,
    .low_mark = 64 * 1024,
    .high_mark = 256 * 1024,
    .hard_limit = 8 * 1024 * 1024,
    .ping_interval_ms = 30 * 1000,
    .stall_timeout_ms = 60 * 1000,
    .close_timeout_ms = 3 * 1000,
  };
  self->peers = g_hash_table_new (NULL, NULL);
  self->epoll = trip_epoll_new (g_main_context_get_thread_default ());
  g_queue_init (&self->flush_queue);
  /* Behind stages that are ready to go on, so that what they say in the same breath leaves in one write, and before them once
   * that has waited long enough. Where nothing else is to be done it leaves at once. */
  self->flush_source = trip_source_new_alarm ("trip-ws-engine-flush", G_PRIORITY_DEFAULT + 1, flush_cb, self);
  self->hurry_source = trip_source_new_alarm ("trip-ws-engine-hurry", G_PRIORITY_HIGH, flush_cb, self);
}

/**
 * trip_ws_engine_new:
 *
 * Makes an engine on the thread-default main context, where its peers live too.
 *
 * Returns: (transfer full): an engine without peers, with the default limits
 */
TripWsEngine *
trip_ws_engine_new (void)
{
  return g_object_new (TRIP_TYPE_WS_ENGINE, NULL);
}

/**
 * trip_ws_engine_get_limits:
 * @self: an engine
 *
 * The limits may be changed as long as the engine has no peers.
 *
 * Returns: (transfer none): its limits
 */
TripWsLimits *
trip_ws_engine_get_limits (TripWsEngine *self)
{
  g_return_val_if_fail (TRIP_IS_WS_ENGINE (self), NULL);

  return &self->limits;
}

/**
 * trip_ws_engine_get_n_peers:
 * @self: an engine
 *
 * Returns: how many connections it serves, those that are closing included
 */
guint
trip_ws_engine_get_n_peers (TripWsEngine *self)
{
  g_return_val_if_fail (TRIP_IS_WS_ENGINE (self), 0);

  return g_hash_table_size (self->peers);
}

/**
 * trip_ws_engine_close_all:
 * @self: an engine
 * @code: close code
 * @reason: (nullable): why
 *
 * Begins the closing handshake with every peer. They are gone within the close timeout.
 */
void
trip_ws_engine_close_all (TripWsEngine *self,
                          guint16       code,
                          const char   *reason)
{
  g_autoptr(GPtrArray) peers = NULL;

  g_return_if_fail (TRIP_IS_WS_ENGINE (self));

  peers = dup_peers (self);
  for (guint i = 0; i < peers->len; i++)
    trip_ws_peer_close (g_ptr_array_index (peers, i), code, reason);
}

/**
 * trip_ws_engine_abort_all:
 * @self: an engine
 *
 * Cuts every connection at once.
 */
void
trip_ws_engine_abort_all (TripWsEngine *self)
{
  g_autoptr(GPtrArray) peers = NULL;

  g_return_if_fail (TRIP_IS_WS_ENGINE (self));

  peers = dup_peers (self);
  for (guint i = 0; i < peers->len; i++)
    trip_ws_peer_abort (g_ptr_array_index (peers, i));
}

/*< private >
 * trip_ws_engine_add_peer:
 * @self: an engine
 * @peer: a connection that begins
 *
 * Keeps the peer alive until trip_ws_engine_remove_peer().
 */
void
trip_ws_engine_add_peer (TripWsEngine *self,
                         TripWsPeer   *peer)
{
  g_hash_table_add (self->peers, g_object_ref (peer));
  start_clock (self);
}

/*< private >
 * trip_ws_engine_remove_peer:
 * @self: an engine
 * @peer: a connection that has ended
 *
 * Forgets it.
 */
void
trip_ws_engine_remove_peer (TripWsEngine *self,
                            TripWsPeer   *peer)
{
  g_autoptr(TripWsPeer) owned = NULL;

  if (!g_hash_table_remove (self->peers, peer))
    return;
  owned = peer;
  if (g_hash_table_size (self->peers) == 0)
    trip_source_clear (&self->tick_source);
}

/*< private >
 * trip_ws_engine_schedule_flush:
 * @self: an engine
 * @peer: who has something to send
 *
 * Has trip_ws_peer_flush() called when the main loop has nothing else of usual priority to do, and after two milliseconds
 * whatever else there is, once for all frames queued until then.
 */
void
trip_ws_engine_schedule_flush (TripWsEngine *self,
                               TripWsPeer   *peer)
{
  if (self->flush_source == NULL)
    return;
  if (self->flush_queue.length == 0)
    schedule (self);
  g_queue_push_tail (&self->flush_queue, g_object_ref (peer));
}

/*< private >
 * trip_ws_engine_get_buffer:
 * @self: an engine
 *
 * Returns: (transfer none): memory of the read budget's size, for use until the caller returns to the main loop
 */
guint8 *
trip_ws_engine_get_buffer (TripWsEngine *self)
{
  if (self->buffer == NULL)
    self->buffer = g_malloc (self->limits.read_budget);
  return self->buffer;
}

/*< private >
 * trip_ws_engine_get_epoll:
 * @self: an engine
 *
 * Returns: (transfer none): the set in which the plain sockets of all its peers are
 */
TripEpoll *
trip_ws_engine_get_epoll (TripWsEngine *self)
{
  return self->epoll;
}
