/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The peer. Reading: at most the engine's budget a turn, and nothing while the peer is held or does not take what it
 * is sent. Writing: when the engine's turn comes, and whenever the socket takes more. Ending: by the closing handshake,
 * with a time limit, and with the rest of the peer's bytes read away first, because closing a socket with unread bytes
 * resets it and the peer would lose our close frame.
 */
#include "http/trip-ws-peer.h"

#include "http/trip-link.h"
#include "http/trip-ws-engine-private.h"
#include "http/trip-ws-frame.h"
#include "http/trip-ws-outbox.h"
#include "relay/trip-edge-status.h"
#include "relay/trip-source.h"

#include <string.h>

enum {
  WRITES_PER_FLUSH = 4,
  PING_BYTES = sizeof (guint64),
};

typedef enum {
  STATE_OPEN,
  STATE_CLOSING,   /* our close frame is queued or sent, the peer's has not come */
  STATE_DRAINING,  /* nothing the peer sends matters any more, but its end of stream does */
  STATE_CLOSED,
} State;

struct _TripWsPeer {
  GObject parent_instance;

  TripWsEngine *engine;
  TripLink link;
  GSource *stash_source;

  TripWsDecoder decoder;
  GBytes *stash;
  TripWsOutbox outbox;

  State state;
  guint16 close_code;
  guint started : 1;
  guint in_input : 1;
  guint held : 1;
  guint pressed : 1;
  guint flush_scheduled : 1;
  guint close_received : 1;
  guint reading : 1;
  guint writing : 1;

  guint64 pings_sent;
  gboolean pong_missing;
  gint64 ping_due;
  gint64 close_deadline;
};

enum {
  MESSAGE,
  PRESSURE,
  CLOSING,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TripWsPeer, trip_ws_peer, G_TYPE_OBJECT)

static void update_reading (TripWsPeer *self);
static void begin_closing (TripWsPeer *self, State state, guint16 code, const char *reason);

static const TripWsLimits *
limits_of (TripWsPeer *self)
{
  return trip_ws_engine_get_limits (self->engine);
}

/* The very end: no frame crosses after this. */
static void
finish (TripWsPeer *self,
        guint16     code)
{
  g_autoptr(TripWsPeer) keep = NULL;
  gboolean was_open = self->state == STATE_OPEN;

  if (self->state == STATE_CLOSED)
    return;
  keep = g_object_ref (self);
  self->state = STATE_CLOSED;
  if (self->close_code == 0)
    self->close_code = code;
  trip_source_clear (&self->stash_source);
  g_clear_pointer (&self->stash, g_bytes_unref);
  trip_ws_outbox_clear (&self->outbox);
  trip_ws_decoder_clear (&self->decoder);
  trip_link_close (&self->link);

  if (was_open)
    g_signal_emit (self, signals[CLOSING], 0);
  trip_ws_engine_remove_peer (self->engine, self);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
set_pressed (TripWsPeer *self,
             gboolean    pressed)
{
  if (self->pressed == pressed)
    return;
  self->pressed = pressed;
  update_reading (self);
  if (self->state == STATE_OPEN)
    g_signal_emit (self, signals[PRESSURE], 0, pressed);
}

static void
schedule_flush (TripWsPeer *self)
{
  /* Somebody who waits for the socket to take more will flush when it does. */
  if (self->flush_scheduled || self->writing)
    return;
  self->flush_scheduled = TRUE;
  trip_ws_engine_schedule_flush (self->engine, self);
}

static void
push_frame (TripWsPeer   *self,
            TripWsOpcode  opcode,
            GBytes       *payload)
{
  trip_ws_outbox_push (&self->outbox, opcode, payload);
  schedule_flush (self);
}

static void
update_writing (TripWsPeer *self)
{
  self->writing = self->state != STATE_CLOSED && !trip_ws_outbox_is_empty (&self->outbox);
  trip_link_want (&self->link, self->reading, self->writing);
}

static void
on_outbox_empty (TripWsPeer *self)
{
  if (self->state == STATE_CLOSING && self->close_received)
    {
      finish (self, self->close_code);
    }
  else if (self->state == STATE_DRAINING)
    {
      /* Our last word is out: say so, and wait for the peer to hang up. */
      trip_link_end_writing (&self->link);
    }
}

/*< private >
 * trip_ws_peer_flush:
 * @self: a peer
 *
 * Writes what the socket takes.
 */
void
trip_ws_peer_flush (TripWsPeer *self)
{
  self->flush_scheduled = FALSE;
  if (self->state == STATE_CLOSED)
    return;

  for (guint i = 0; i < WRITES_PER_FLUSH && !trip_ws_outbox_is_empty (&self->outbox); i++)
    {
      GPollableReturn result = trip_ws_outbox_write (&self->outbox, &self->link);

      if (result == G_POLLABLE_RETURN_FAILED)
        {
          finish (self, TRIP_WS_CLOSE_ABNORMAL);
          return;
        }
      if (result == G_POLLABLE_RETURN_WOULD_BLOCK)
        break;
    }

  update_writing (self);
  if (self->outbox.n_bytes < limits_of (self)->low_mark)
    set_pressed (self, FALSE);
  if (trip_ws_outbox_is_empty (&self->outbox))
    on_outbox_empty (self);
}

static void
on_peer_closes (TripWsPeer       *self,
                const TripWsItem *item)
{
  self->close_received = TRUE;
  if (self->state == STATE_OPEN)
    begin_closing (self, STATE_CLOSING, item->code, NULL);
  else if (trip_ws_outbox_is_empty (&self->outbox))
    finish (self, self->close_code);
}

static void
on_pong (TripWsPeer *self,
         GBytes     *payload)
{
  guint64 number = GUINT64_TO_BE (self->pings_sent);

  /* Only the answer to the newest ping counts; anything else may be sent without reading ours. */
  if (g_bytes_get_size (payload) == PING_BYTES && memcmp (g_bytes_get_data (payload, NULL), &number, PING_BYTES) == 0)
    self->pong_missing = FALSE;
}

static void
handle_item (TripWsPeer       *self,
             const TripWsItem *item)
{
  switch (item->kind)
    {
    case TRIP_WS_ITEM_TEXT:
    case TRIP_WS_ITEM_BINARY:
      if (self->state == STATE_OPEN)
        g_signal_emit (self, signals[MESSAGE], 0, item->payload, item->kind == TRIP_WS_ITEM_BINARY);
      break;
    case TRIP_WS_ITEM_PING:
      if (self->state == STATE_OPEN)
        {
          push_frame (self, TRIP_WS_OPCODE_PONG, item->payload);
          if (self->outbox.n_bytes > limits_of (self)->high_mark)
            set_pressed (self, TRUE);
        }
      break;
    case TRIP_WS_ITEM_PONG:
      on_pong (self, item->payload);
      break;
    case TRIP_WS_ITEM_CLOSE:
      on_peer_closes (self, item);
      break;
    case TRIP_WS_ITEM_FAILED:
      g_debug ("peer broke the protocol: %s", item->reason);
      if (self->state == STATE_OPEN)
        begin_closing (self, STATE_DRAINING, item->code, item->reason);
      else
        self->state = STATE_DRAINING;
      break;
    case TRIP_WS_ITEM_NONE:
    default:
      break;
    }
}

static gboolean
may_take_input (TripWsPeer *self)
{
  return self->state == STATE_CLOSING || (self->state == STATE_OPEN && !self->held && !self->pressed);
}

/* Decodes until the bytes end or somebody wants no more for now; the rest waits in the stash. */
static void
take_input (TripWsPeer   *self,
            const guint8 *bytes,
            gsize         length)
{
  gsize used = 0;

  self->in_input = TRUE;
  while (may_take_input (self) && used < length)
    {
      g_auto(TripWsItem) item = { 0 };

      used += trip_ws_decoder_push (&self->decoder, bytes + used, length - used, &item);
      handle_item (self, &item);
    }
  self->in_input = FALSE;
  if (used < length && (self->state == STATE_OPEN || self->state == STATE_CLOSING))
    self->stash = g_bytes_new (bytes + used, length - used);
  update_reading (self);
}

static void
take_stash (TripWsPeer *self)
{
  g_autoptr(GBytes) stash = g_steal_pointer (&self->stash);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (stash, &length);

  take_input (self, bytes, length);
}

static void
read_once (TripWsPeer *self)
{
  guint8 *buffer = trip_ws_engine_get_buffer (self->engine);
  gsize n;
  GPollableReturn result = trip_link_read (&self->link, buffer, limits_of (self)->read_budget, &n);

  if (result == G_POLLABLE_RETURN_WOULD_BLOCK)
    return;
  if (result == G_POLLABLE_RETURN_FAILED || n == 0)
    finish (self, TRIP_WS_CLOSE_ABNORMAL);
  else if (self->state != STATE_DRAINING)
    take_input (self, buffer, n);
}

static void
on_link_ready (gboolean readable,
               gboolean writable,
               gpointer user_data)
{
  g_autoptr(TripWsPeer) self = g_object_ref (user_data);

  if (writable)
    trip_ws_peer_flush (self);
  if (readable && self->state != STATE_CLOSED && self->reading)
    read_once (self);
}

static gboolean
stash_ready_cb (gpointer user_data)
{
  g_autoptr(TripWsPeer) self = g_object_ref (user_data);

  trip_source_clear (&self->stash_source);
  if (self->stash != NULL)
    take_stash (self);
  else
    update_reading (self);
  return G_SOURCE_REMOVE;
}

static void
update_reading (TripWsPeer *self)
{
  gboolean wanted = self->started && (may_take_input (self) || self->state == STATE_DRAINING);

  if (self->in_input)
    return;
  if (!wanted)
    trip_source_clear (&self->stash_source);
  else if (self->stash != NULL && self->stash_source == NULL)
    {
      /* From the main loop, as if the bytes had just come: nobody is called back from within his own call. */
      self->stash_source = g_idle_source_new ();
      g_source_set_priority (self->stash_source, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->stash_source, stash_ready_cb, self, NULL);
      g_source_attach (self->stash_source, g_main_context_get_thread_default ());
    }
  self->reading = wanted && self->stash == NULL;
  if (self->state != STATE_CLOSED)
    trip_link_want (&self->link, self->reading, self->writing);
}

static void
begin_closing (TripWsPeer *self,
               State       state,
               guint16     code,
               const char *reason)
{
  G_GNUC_UNUSED g_autoptr(TripWsPeer) keep = g_object_ref (self);
  g_autoptr(GBytes) payload = trip_ws_frame_build_close (code, reason);

  self->state = state;
  self->close_code = code;
  self->close_deadline = g_get_monotonic_time () + limits_of (self)->close_timeout_ms * (gint64) 1000;
  push_frame (self, TRIP_WS_OPCODE_CLOSE, payload);
  /* The peer's close frame may stand behind what we did not want to read before. */
  update_reading (self);
  g_signal_emit (self, signals[CLOSING], 0);
}

static void
send_ping (TripWsPeer *self)
{
  g_autoptr(GBytes) payload = NULL;
  guint64 number;

  self->pings_sent++;
  number = GUINT64_TO_BE (self->pings_sent);
  payload = g_bytes_new (&number, PING_BYTES);
  self->pong_missing = TRUE;
  push_frame (self, TRIP_WS_OPCODE_PING, payload);
}

/*< private >
 * trip_ws_peer_tick:
 * @self: a peer
 * @now: monotonic time, microseconds
 *
 * Looks at the deadlines.
 */
void
trip_ws_peer_tick (TripWsPeer *self,
                   gint64      now)
{
  const TripWsLimits *limits = limits_of (self);

  if (self->state == STATE_CLOSED)
    return;
  if (self->state != STATE_OPEN)
    {
      if (now >= self->close_deadline)
        finish (self, TRIP_WS_CLOSE_ABNORMAL);
      return;
    }
  if (!trip_ws_outbox_is_empty (&self->outbox) && now - self->outbox.progress_at >= limits->stall_timeout_ms * (gint64) 1000)
    {
      g_debug ("peer has taken nothing for %u ms", limits->stall_timeout_ms);
      trip_ws_peer_close_slow (self);
      return;
    }
  if (now < self->ping_due)
    return;
  self->ping_due = now + limits->ping_interval_ms * (gint64) 1000;
  /* A pong that we do not read is not one that did not come. */
  if (self->held || self->pressed)
    return;
  if (self->pong_missing)
    {
      g_debug ("peer has not answered a ping");
      begin_closing (self, STATE_CLOSING, TRIP_WS_CLOSE_POLICY, "no pong");
      return;
    }
  send_ping (self);
}

static void
trip_ws_peer_dispose (GObject *object)
{
  TripWsPeer *self = TRIP_WS_PEER (object);

  trip_source_clear (&self->stash_source);

  G_OBJECT_CLASS (trip_ws_peer_parent_class)->dispose (object);
}

static void
trip_ws_peer_finalize (GObject *object)
{
  TripWsPeer *self = TRIP_WS_PEER (object);

  trip_ws_decoder_clear (&self->decoder);
  trip_ws_outbox_clear (&self->outbox);
  g_clear_pointer (&self->stash, g_bytes_unref);
  trip_link_close (&self->link);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (trip_ws_peer_parent_class)->finalize (object);
}

typedef void (*MessageFunc) (gpointer first,
                             gpointer payload,
                             gboolean is_binary,
                             gpointer last);

static void
marshal_message_va (GClosure *closure,
                    GValue   *return_value,
                    gpointer  instance,
                    va_list   args,
                    gpointer  marshal_data,
                    int       n_params,
                    GType    *param_types)
{
  MessageFunc func = (MessageFunc) (marshal_data != NULL ? marshal_data : ((GCClosure *) closure)->callback);
  va_list copy;
  gpointer payload;
  gboolean is_binary;

  G_VA_COPY (copy, args);
  payload = va_arg (copy, gpointer);
  is_binary = va_arg (copy, gboolean);
  va_end (copy);
  if (G_CCLOSURE_SWAP_DATA (closure))
    func (closure->data, payload, is_binary, instance);
  else
    func (instance, payload, is_binary, closure->data);
}

static void
trip_ws_peer_class_init (TripWsPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = trip_ws_peer_dispose;
  object_class->finalize = trip_ws_peer_finalize;

  /**
   * TripWsPeer::message:
   * @self: the peer
   * @payload: the whole message; of valid UTF-8 unless @is_binary
   * @is_binary: it came as bytes, not as text
   *
   * A message arrived. Not emitted while the peer is held or under pressure, nor once it is closing.
   */
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_BOOLEAN);
  /* The way of every request: with one handler, which is the rule, this spares the values and the general call. */
  g_signal_set_va_marshaller (signals[MESSAGE], G_TYPE_FROM_CLASS (klass), marshal_message_va);
  /**
   * TripWsPeer::pressure:
   * @self: the peer
   * @is_pressed: it takes less than it is sent
   *
   * The queue passed the high mark, or has fallen below the low one. Only while open.
   */
  signals[PRESSURE] = g_signal_new ("pressure", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /**
   * TripWsPeer::closing:
   * @self: the peer
   *
   * No message will arrive any more, and none can be sent. Once; `closed` follows.
   */
  signals[CLOSING] = g_signal_new ("closing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /**
   * TripWsPeer::closed:
   * @self: the peer
   *
   * The connection is gone. Once, the last signal.
   */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
trip_ws_peer_init (TripWsPeer *self)
{
  trip_ws_outbox_init (&self->outbox);
}

static TripWsPeer *
new_peer (TripWsEngine *engine,
          GBytes       *early_bytes)
{
  TripWsPeer *self = g_object_new (TRIP_TYPE_WS_PEER, NULL);

  self->engine = g_object_ref (engine);
  if (early_bytes != NULL && g_bytes_get_size (early_bytes) > 0)
    self->stash = g_bytes_ref (early_bytes);
  trip_ws_decoder_init (&self->decoder, limits_of (self)->max_message_bytes, TRUE);
  self->ping_due = g_get_monotonic_time () + limits_of (self)->ping_interval_ms * (gint64) 1000;
  trip_ws_engine_add_peer (engine, self);
  return self;
}

/**
 * trip_ws_peer_new:
 * @engine: the engine that serves it
 * @stream: the connection, whose streams are pollable
 * @early_bytes: (nullable): bytes of the peer that were read with its handshake
 *
 * Takes a connection over. Nothing is read before trip_ws_peer_start(), so callers connect in between. The engine
 * keeps the peer alive until it is closed.
 *
 * Returns: (transfer full): the peer
 */
TripWsPeer *
trip_ws_peer_new (TripWsEngine *engine,
                  GIOStream    *stream,
                  GBytes       *early_bytes)
{
  TripWsPeer *self;

  g_return_val_if_fail (TRIP_IS_WS_ENGINE (engine), NULL);
  g_return_val_if_fail (G_IS_IO_STREAM (stream), NULL);

  self = new_peer (engine, early_bytes);
  trip_link_init_stream (&self->link, stream, on_link_ready, self);
  return self;
}

/**
 * trip_ws_peer_new_for_fd:
 * @engine: the engine that serves it
 * @fd: (transfer full): a connected socket that does not block
 * @early_bytes: (nullable): bytes of the peer that were read with its handshake
 *
 * Takes a plain socket over, as trip_ws_peer_new() does a stream, at less cost.
 *
 * Returns: (transfer full): the peer
 */
TripWsPeer *
trip_ws_peer_new_for_fd (TripWsEngine *engine,
                         int           fd,
                         GBytes       *early_bytes)
{
  TripWsPeer *self;

  g_return_val_if_fail (TRIP_IS_WS_ENGINE (engine), NULL);
  g_return_val_if_fail (fd >= 0, NULL);

  self = new_peer (engine, early_bytes);
  trip_link_init_fd (&self->link, trip_ws_engine_get_epoll (engine), fd, on_link_ready, self);
  return self;
}

/**
 * trip_ws_peer_start:
 * @self: a new peer
 *
 * Begins to read.
 */
void
trip_ws_peer_start (TripWsPeer *self)
{
  g_return_if_fail (TRIP_IS_WS_PEER (self));

  self->started = TRUE;
  update_reading (self);
}

/**
 * trip_ws_peer_is_open:
 * @self: a peer
 *
 * Returns: whether messages can still be exchanged
 */
gboolean
trip_ws_peer_is_open (TripWsPeer *self)
{
  g_return_val_if_fail (TRIP_IS_WS_PEER (self), FALSE);

  return self->state == STATE_OPEN;
}

/**
 * trip_ws_peer_is_pressed:
 * @self: a peer
 *
 * Returns: whether it takes less than it is sent
 */
gboolean
trip_ws_peer_is_pressed (TripWsPeer *self)
{
  g_return_val_if_fail (TRIP_IS_WS_PEER (self), FALSE);

  return self->pressed;
}

/**
 * trip_ws_peer_get_queued_bytes:
 * @self: a peer
 *
 * Returns: bytes that wait to be sent
 */
gsize
trip_ws_peer_get_queued_bytes (TripWsPeer *self)
{
  g_return_val_if_fail (TRIP_IS_WS_PEER (self), 0);

  return self->outbox.n_bytes;
}

/**
 * trip_ws_peer_get_hard_limit:
 * @self: a peer
 *
 * Returns: bytes that may wait for the peer before it counts as too slow
 */
gsize
trip_ws_peer_get_hard_limit (TripWsPeer *self)
{
  g_return_val_if_fail (TRIP_IS_WS_PEER (self), 0);

  return limits_of (self)->hard_limit;
}

/**
 * trip_ws_peer_get_close_code:
 * @self: a peer
 *
 * Returns: the code it is or was closed with; %TRIP_WS_CLOSE_ABNORMAL where the connection just ended; 0 while it is
 *   open
 */
guint16
trip_ws_peer_get_close_code (TripWsPeer *self)
{
  g_return_val_if_fail (TRIP_IS_WS_PEER (self), 0);

  return self->close_code;
}

/**
 * trip_ws_peer_send_text:
 * @self: a peer
 * @text: UTF-8 text; shared, not copied
 *
 * Queues a message. It leaves before the main loop goes on with anything of usual priority, together with others
 * queued in the same turn. Past the hard limit the peer is closed as too slow. Does nothing once the peer is closing.
 */
void
trip_ws_peer_send_text (TripWsPeer *self,
                        GBytes     *text)
{
  g_return_if_fail (TRIP_IS_WS_PEER (self));
  g_return_if_fail (text != NULL);

  if (self->state != STATE_OPEN)
    return;
  push_frame (self, TRIP_WS_OPCODE_TEXT, text);
  if (self->outbox.n_bytes > limits_of (self)->hard_limit)
    {
      g_debug ("peer has %" G_GSIZE_FORMAT " bytes queued", self->outbox.n_bytes);
      trip_ws_peer_close_slow (self);
    }
  else if (self->outbox.n_bytes > limits_of (self)->high_mark)
    {
      set_pressed (self, TRUE);
    }
}

/**
 * trip_ws_peer_set_held:
 * @self: a peer
 * @held: whether to stop reading
 *
 * Stops reading for a while: the peer's bytes wait in the kernel, and beyond that with the peer.
 */
void
trip_ws_peer_set_held (TripWsPeer *self,
                       gboolean    held)
{
  g_return_if_fail (TRIP_IS_WS_PEER (self));

  if (self->held == held)
    return;
  self->held = held;
  update_reading (self);
}

/**
 * trip_ws_peer_close:
 * @self: a peer
 * @code: close code
 * @reason: (nullable): why, for people who debug
 *
 * Begins the closing handshake; what is queued is sent first. Harmless on a peer that is closing.
 */
void
trip_ws_peer_close (TripWsPeer *self,
                    guint16     code,
                    const char *reason)
{
  g_return_if_fail (TRIP_IS_WS_PEER (self));

  if (self->state == STATE_OPEN)
    begin_closing (self, STATE_CLOSING, code, reason);
}

/**
 * trip_ws_peer_close_slow:
 * @self: a peer
 *
 * Closes it as one that takes less than it is sent. What it has not begun to receive is dropped.
 */
void
trip_ws_peer_close_slow (TripWsPeer *self)
{
  g_return_if_fail (TRIP_IS_WS_PEER (self));

  if (self->state != STATE_OPEN)
    return;
  trip_ws_outbox_drop_unsent (&self->outbox);
  begin_closing (self, STATE_CLOSING, TRIP_EDGE_CLOSE_SLOW, "too slow a reader");
}

/**
 * trip_ws_peer_abort:
 * @self: a peer
 *
 * Cuts the connection.
 */
void
trip_ws_peer_abort (TripWsPeer *self)
{
  g_return_if_fail (TRIP_IS_WS_PEER (self));

  finish (self, TRIP_WS_CLOSE_ABNORMAL);
}
