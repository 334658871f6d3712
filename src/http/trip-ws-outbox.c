/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The outbox. Payloads are shared, not copied: a frame costs its head, and one write gathers many frames.
 */
#include "http/trip-ws-outbox.h"

enum {
  FRAMES_PER_WRITE = 32,
};

typedef struct {
  GBytes *payload;
  guint8 head[TRIP_WS_HEAD_MAX_BYTES];
  guint8 head_length;
} Frame;

static gsize
frame_size (const Frame *frame)
{
  return frame->head_length + g_bytes_get_size (frame->payload);
}

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  g_bytes_unref (frame->payload);
  g_free (frame);
}

/**
 * trip_ws_outbox_init:
 * @self: (out caller-allocates): an outbox
 *
 * Makes it empty.
 */
void
trip_ws_outbox_init (TripWsOutbox *self)
{
  *self = (TripWsOutbox) { .frames = G_QUEUE_INIT };
}

/**
 * trip_ws_outbox_clear:
 * @self: an outbox
 *
 * Drops all frames, even one that is partly out.
 */
void
trip_ws_outbox_clear (TripWsOutbox *self)
{
  g_queue_clear_full (&self->frames, frame_free);
  self->n_bytes = 0;
  self->head_done = 0;
}

/**
 * trip_ws_outbox_is_empty:
 * @self: an outbox
 *
 * Returns: whether everything is out
 */
gboolean
trip_ws_outbox_is_empty (const TripWsOutbox *self)
{
  return self->frames.length == 0;
}

/**
 * trip_ws_outbox_push:
 * @self: an outbox
 * @opcode: kind of frame
 * @payload: what it says; shared, not copied
 *
 * Puts a frame at the end.
 */
void
trip_ws_outbox_push (TripWsOutbox *self,
                     TripWsOpcode  opcode,
                     GBytes       *payload)
{
  Frame *frame = g_new (Frame, 1);

  frame->payload = g_bytes_ref (payload);
  frame->head_length = (guint8) trip_ws_frame_write_head (frame->head, opcode, g_bytes_get_size (payload));
  if (trip_ws_outbox_is_empty (self))
    self->progress_at = g_get_monotonic_time ();
  g_queue_push_tail (&self->frames, frame);
  self->n_bytes += frame_size (frame);
}

/**
 * trip_ws_outbox_drop_unsent:
 * @self: an outbox
 *
 * Drops what the reader has not begun to receive; a frame that is partly out must be completed.
 */
void
trip_ws_outbox_drop_unsent (TripWsOutbox *self)
{
  guint keep = self->head_done > 0 ? 1 : 0;

  while (self->frames.length > keep)
    {
      Frame *frame = g_queue_pop_tail (&self->frames);

      self->n_bytes -= frame_size (frame);
      frame_free (frame);
    }
}

static guint
gather (const TripWsOutbox *self,
        GOutputVector      *vectors)
{
  gsize skip = self->head_done;
  guint n_frames = 0, n = 0;

  for (GList *link = self->frames.head; link != NULL && n_frames < FRAMES_PER_WRITE; link = link->next, n_frames++)
    {
      Frame *frame = link->data;
      gsize size;
      const guint8 *payload = g_bytes_get_data (frame->payload, &size);

      if (skip < frame->head_length)
        {
          vectors[n].buffer = frame->head + skip;
          vectors[n++].size = frame->head_length - skip;
          skip = 0;
        }
      else
        {
          skip -= frame->head_length;
        }
      if (size > skip)
        {
          vectors[n].buffer = payload + skip;
          vectors[n++].size = size - skip;
        }
      skip = 0;
    }
  return n;
}

static void
account_written (TripWsOutbox *self,
                 gsize         written)
{
  self->n_bytes -= written;
  self->head_done += written;
  if (written > 0)
    self->progress_at = g_get_monotonic_time ();
  while (!trip_ws_outbox_is_empty (self))
    {
      gsize size = frame_size (g_queue_peek_head (&self->frames));

      if (self->head_done < size)
        break;
      self->head_done -= size;
      frame_free (g_queue_pop_head (&self->frames));
    }
}

/**
 * trip_ws_outbox_write:
 * @self: an outbox that is not empty
 * @link: where to
 *
 * Writes once, as much as the link takes. Never waits.
 *
 * Returns: what became of it
 */
GPollableReturn
trip_ws_outbox_write (TripWsOutbox *self,
                      TripLink   *link)
{
  GOutputVector vectors[2 * FRAMES_PER_WRITE];
  gsize written = 0;
  GPollableReturn result;

  result = trip_link_write (link, vectors, gather (self, vectors), &written);
  if (result != G_POLLABLE_RETURN_FAILED)
    account_written (self, written);
  return result;
}
