/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The decoder of frames. It takes bytes in pieces of any size, holds at most one message within its limit and one
 * control frame, and allocates for what has arrived, never for what a head announces.
 */
#include "http/trip-ws-frame.h"

#include <string.h>

enum {
  BIT_FINAL = 0x80,
  BITS_RESERVED = 0x70,
  BITS_OPCODE = 0x0f,
  BIT_CONTROL = 0x08,
  BIT_MASK = 0x80,
  BITS_LENGTH = 0x7f,
  LENGTH_IN_2_BYTES = 126,
  LENGTH_IN_8_BYTES = 127,
};

/**
 * trip_ws_utf8_push:
 * @self: where the check stands
 * @bytes: (array length=length): the next piece of text, which may begin or end inside a character
 * @length: size of @bytes
 *
 * Goes on checking.
 *
 * Returns: whether all text so far can be the beginning of valid UTF-8; if not, the check is over
 */
gboolean
trip_ws_utf8_push (TripWsUtf8   *self,
                   const guint8 *bytes,
                   gsize         length)
{
  const guint8 *end = bytes + length;

  while (bytes < end)
    {
      guint8 byte;

      if (self->missing > 0)
        {
          byte = *bytes++;
          if (byte < self->low || byte > self->high)
            return FALSE;
          self->missing--;
          self->low = 0x80;
          self->high = 0xbf;
          continue;
        }

      /* Most text is ASCII: eight characters a step. */
      while (end - bytes >= 8)
        {
          guint64 word;

          memcpy (&word, bytes, sizeof word);
          if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
            break;
          bytes += 8;
        }
      if (bytes == end)
        break;

      byte = *bytes++;
      if (byte < 0x80)
        continue;
      /* The bounds of the second byte shut out overlong forms, surrogates and what lies beyond U+10FFFF. */
      self->low = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
      self->high = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
      if (byte >= 0xc2 && byte <= 0xdf)
        self->missing = 1;
      else if (byte >= 0xe0 && byte <= 0xef)
        self->missing = 2;
      else if (byte >= 0xf0 && byte <= 0xf4)
        self->missing = 3;
      else
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_ws_utf8_is_complete:
 * @self: where the check stands
 *
 * Returns: whether the text so far ends on a whole character
 */
gboolean
trip_ws_utf8_is_complete (const TripWsUtf8 *self)
{
  return self->missing == 0;
}

/**
 * trip_ws_item_clear:
 * @self: an item
 *
 * Frees what it holds.
 */
void
trip_ws_item_clear (TripWsItem *self)
{
  g_clear_pointer (&self->payload, g_bytes_unref);
}

/**
 * trip_ws_decoder_init:
 * @self: memory for a decoder
 * @max_message_bytes: longest message, summed over its fragments
 * @expects_mask: frames must be masked, as clients send them; else they must not be
 *
 * Makes a decoder that has seen nothing.
 */
void
trip_ws_decoder_init (TripWsDecoder *self,
                      gsize          max_message_bytes,
                      gboolean       expects_mask)
{
  memset (self, 0, sizeof *self);
  self->max_message_bytes = max_message_bytes;
  self->expects_mask = expects_mask;
  self->head_need = 2;
}

/**
 * trip_ws_decoder_clear:
 * @self: a decoder
 *
 * Frees what it holds.
 */
void
trip_ws_decoder_clear (TripWsDecoder *self)
{
  g_clear_pointer (&self->message, g_byte_array_unref);
}

static gboolean
is_control (guint8 opcode)
{
  return (opcode & BIT_CONTROL) != 0;
}

static gboolean
fail (TripWsDecoder *self,
      guint16        code,
      const char    *reason)
{
  self->failure_code = code;
  self->failure_reason = reason;
  g_clear_pointer (&self->message, g_byte_array_unref);
  return FALSE;
}

/* The first two bytes say how long the head is, and most of what can be wrong with it. */
static gboolean
check_head_start (TripWsDecoder *self)
{
  guint8 length = self->head[1] & BITS_LENGTH;
  gboolean masked = (self->head[1] & BIT_MASK) != 0;

  self->is_final = (self->head[0] & BIT_FINAL) != 0;
  self->opcode = self->head[0] & BITS_OPCODE;

  if ((self->head[0] & BITS_RESERVED) != 0)
    return fail (self, TRIP_WS_CLOSE_PROTOCOL, "reserved bits are set");
  if (masked != self->expects_mask)
    return fail (self, TRIP_WS_CLOSE_PROTOCOL, masked ? "the frame is masked" : "the frame is not masked");

  switch (self->opcode)
    {
    case TRIP_WS_OPCODE_CONTINUATION:
      if (self->message_opcode == 0)
        return fail (self, TRIP_WS_CLOSE_PROTOCOL, "a continuation without a beginning");
      break;
    case TRIP_WS_OPCODE_TEXT:
    case TRIP_WS_OPCODE_BINARY:
      if (self->message_opcode != 0)
        return fail (self, TRIP_WS_CLOSE_PROTOCOL, "a message inside a message");
      break;
    case TRIP_WS_OPCODE_CLOSE:
    case TRIP_WS_OPCODE_PING:
    case TRIP_WS_OPCODE_PONG:
      if (!self->is_final)
        return fail (self, TRIP_WS_CLOSE_PROTOCOL, "a control frame in fragments");
      if (length > TRIP_WS_CONTROL_MAX_BYTES)
        return fail (self, TRIP_WS_CLOSE_PROTOCOL, "a control frame of more than 125 bytes");
      break;
    default:
      return fail (self, TRIP_WS_CLOSE_PROTOCOL, "unknown opcode");
    }

  self->head_need = 2 + (length == LENGTH_IN_2_BYTES ? 2 : length == LENGTH_IN_8_BYTES ? 8 : 0) + (masked ? 4 : 0);
  return TRUE;
}

static gboolean
finish_head (TripWsDecoder *self)
{
  guint8 length = self->head[1] & BITS_LENGTH;
  guint n_bytes = length == LENGTH_IN_2_BYTES ? 2 : length == LENGTH_IN_8_BYTES ? 8 : 0;

  self->left = length;
  if (n_bytes > 0)
    {
      self->left = 0;
      for (guint i = 0; i < n_bytes; i++)
        self->left = self->left << 8 | self->head[2 + i];
      if (self->left > G_MAXINT64)
        return fail (self, TRIP_WS_CLOSE_PROTOCOL, "a negative length");
      if (self->left < (n_bytes == 2 ? 126 : 65536))
        return fail (self, TRIP_WS_CLOSE_PROTOCOL, "a length in more bytes than it needs");
    }
  if (self->expects_mask)
    memcpy (self->mask, self->head + 2 + n_bytes, sizeof self->mask);
  self->mask_offset = 0;

  if (is_control (self->opcode))
    {
      self->control_length = 0;
      return TRUE;
    }

  if (self->left > self->max_message_bytes - (self->message != NULL ? self->message->len : 0))
    return fail (self, TRIP_WS_CLOSE_TOO_BIG, "the message is too big");
  if (self->opcode != TRIP_WS_OPCODE_CONTINUATION)
    {
      self->message_opcode = self->opcode;
      memset (&self->utf8, 0, sizeof self->utf8);
    }
  if (self->message == NULL)
    self->message = g_byte_array_new ();
  return TRUE;
}

static void
unmask (TripWsDecoder *self,
        guint8        *to,
        const guint8  *from,
        gsize          length)
{
  guint8 mask[8];
  gsize i = 0;

  for (guint j = 0; j < sizeof mask; j++)
    mask[j] = self->mask[(self->mask_offset + j) % 4];
  for (; length - i >= 8; i += 8)
    {
      guint64 word, pattern;

      memcpy (&word, from + i, 8);
      memcpy (&pattern, mask, 8);
      word ^= pattern;
      memcpy (to + i, &word, 8);
    }
  for (; i < length; i++)
    to[i] = from[i] ^ mask[i % 8];
  self->mask_offset = (self->mask_offset + length) % 4;
}

static gboolean
take_payload (TripWsDecoder *self,
              const guint8  *bytes,
              gsize          length)
{
  guint8 *to;

  if (is_control (self->opcode))
    {
      to = self->control + self->control_length;
      self->control_length += (guint8) length;
    }
  else
    {
      guint old_length = self->message->len;

      g_byte_array_set_size (self->message, old_length + (guint) length);
      to = self->message->data + old_length;
    }
  unmask (self, to, bytes, length);
  self->left -= length;

  /* Checked as it arrives: text that went wrong is not waited for. */
  if (!is_control (self->opcode) && self->message_opcode == TRIP_WS_OPCODE_TEXT &&
      !trip_ws_utf8_push (&self->utf8, to, length))
    return fail (self, TRIP_WS_CLOSE_INVALID_DATA, "the text is not UTF-8");
  return TRUE;
}

static gboolean
finish_close (TripWsDecoder *self,
              TripWsItem    *item)
{
  TripWsUtf8 utf8 = { 0 };

  item->kind = TRIP_WS_ITEM_CLOSE;
  item->code = TRIP_WS_CLOSE_NO_STATUS;
  if (self->control_length == 0)
    return TRUE;
  if (self->control_length == 1)
    return fail (self, TRIP_WS_CLOSE_PROTOCOL, "half a close code");
  item->code = (guint16) (self->control[0] << 8 | self->control[1]);
  if (!trip_ws_close_code_may_cross (item->code))
    return fail (self, TRIP_WS_CLOSE_PROTOCOL, "an invalid close code");
  if (!trip_ws_utf8_push (&utf8, self->control + 2, self->control_length - 2) || !trip_ws_utf8_is_complete (&utf8))
    return fail (self, TRIP_WS_CLOSE_INVALID_DATA, "the reason is not UTF-8");
  item->payload = g_bytes_new (self->control + 2, self->control_length - 2);
  return TRUE;
}

/* Returns whether the frame made an item, or failed. */
static gboolean
finish_frame (TripWsDecoder *self,
              TripWsItem    *item)
{
  self->in_payload = FALSE;
  self->head_have = 0;
  self->head_need = 2;

  switch (self->opcode)
    {
    case TRIP_WS_OPCODE_CLOSE:
      finish_close (self, item);
      return TRUE;
    case TRIP_WS_OPCODE_PING:
    case TRIP_WS_OPCODE_PONG:
      item->kind = self->opcode == TRIP_WS_OPCODE_PING ? TRIP_WS_ITEM_PING : TRIP_WS_ITEM_PONG;
      item->payload = g_bytes_new (self->control, self->control_length);
      return TRUE;
    default:
      if (!self->is_final)
        return FALSE;
      if (self->message_opcode == TRIP_WS_OPCODE_TEXT && !trip_ws_utf8_is_complete (&self->utf8))
        {
          fail (self, TRIP_WS_CLOSE_INVALID_DATA, "the text ends inside a character");
          return TRUE;
        }
      item->kind = self->message_opcode == TRIP_WS_OPCODE_TEXT ? TRIP_WS_ITEM_TEXT : TRIP_WS_ITEM_BINARY;
      item->payload = g_byte_array_free_to_bytes (g_steal_pointer (&self->message));
      self->message_opcode = 0;
      return TRUE;
    }
}

static gsize
take_head (TripWsDecoder *self,
           const guint8  *bytes,
           gsize          length)
{
  gsize n = MIN (length, (gsize) self->head_need - self->head_have);

  memcpy (self->head + self->head_have, bytes, n);
  self->head_have += (guint8) n;
  if (self->head_have < self->head_need)
    return n;
  if (self->head_need == 2 && !check_head_start (self))
    return n;
  if (self->head_have == self->head_need && finish_head (self))
    self->in_payload = TRUE;
  return n;
}

static void
report_failure (TripWsDecoder *self,
                TripWsItem    *item)
{
  trip_ws_item_clear (item);
  item->kind = TRIP_WS_ITEM_FAILED;
  item->code = self->failure_code;
  item->reason = self->failure_reason;
}

/**
 * trip_ws_decoder_push:
 * @self: a decoder
 * @bytes: (array length=length): what the peer sent next
 * @length: size of @bytes
 * @out_item: (out): what became complete; free with trip_ws_item_clear()
 *
 * Decodes until one item is complete or the bytes end. Call again with the rest until the item is
 * %TRIP_WS_ITEM_NONE or %TRIP_WS_ITEM_FAILED.
 *
 * Returns: how many bytes were taken
 */
gsize
trip_ws_decoder_push (TripWsDecoder *self,
                      const guint8  *bytes,
                      gsize          length,
                      TripWsItem    *out_item)
{
  gsize used = 0;

  memset (out_item, 0, sizeof *out_item);
  while (self->failure_code == 0)
    {
      if (!self->in_payload)
        {
          if (used == length)
            return used;
          used += take_head (self, bytes + used, length - used);
          continue;
        }
      if (self->left > 0)
        {
          gsize n = (gsize) MIN (self->left, (guint64) (length - used));

          if (n == 0)
            return used;
          if (!take_payload (self, bytes + used, n))
            break;
          used += n;
        }
      if (self->left == 0 && finish_frame (self, out_item) && self->failure_code == 0)
        return used;
    }
  report_failure (self, out_item);
  return used;
}

/**
 * trip_ws_frame_write_head:
 * @out_head: (out) (array fixed-size=10): memory for the head
 * @opcode: kind of frame
 * @payload_length: bytes that will follow
 *
 * Writes the head of a whole, unmasked frame.
 *
 * Returns: length of the head
 */
gsize
trip_ws_frame_write_head (guint8       *out_head,
                          TripWsOpcode  opcode,
                          gsize         payload_length)
{
  out_head[0] = (guint8) (BIT_FINAL | opcode);
  if (payload_length < LENGTH_IN_2_BYTES)
    {
      out_head[1] = (guint8) payload_length;
      return 2;
    }
  if (payload_length <= G_MAXUINT16)
    {
      out_head[1] = LENGTH_IN_2_BYTES;
      out_head[2] = (guint8) (payload_length >> 8);
      out_head[3] = (guint8) payload_length;
      return 4;
    }
  out_head[1] = LENGTH_IN_8_BYTES;
  for (guint i = 0; i < 8; i++)
    out_head[2 + i] = (guint8) ((guint64) payload_length >> (56 - 8 * i));
  return 10;
}

/**
 * trip_ws_frame_build_close:
 * @code: a close code; %TRIP_WS_CLOSE_NO_STATUS for none
 * @reason: (nullable): UTF-8 text for people who debug; shortened on a character's border where it is too long
 *
 * Returns: (transfer full): the payload of a close frame
 */
GBytes *
trip_ws_frame_build_close (guint16     code,
                           const char *reason)
{
  guint8 payload[TRIP_WS_CONTROL_MAX_BYTES];
  gsize length = reason != NULL ? strlen (reason) : 0;

  if (code == TRIP_WS_CLOSE_NO_STATUS)
    return g_bytes_new_static ("", 0);
  payload[0] = (guint8) (code >> 8);
  payload[1] = (guint8) code;
  if (length > sizeof payload - 2)
    {
      length = sizeof payload - 2;
      while (length > 0 && ((guint8) reason[length] & 0xc0) == 0x80)
        length--;
    }
  if (length > 0)
    memcpy (payload + 2, reason, length);
  return g_bytes_new (payload, length + 2);
}

/**
 * trip_ws_close_code_may_cross:
 * @code: a number
 *
 * Returns: whether a close frame may carry the code: registered ones, and those of libraries and applications
 */
gboolean
trip_ws_close_code_may_cross (guint code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}
