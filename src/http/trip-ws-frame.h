/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The frames of RFC 6455: bytes in, messages and control frames out, and the head of a frame to send. Pure: it owns no
 * descriptor, no timer and no protocol above the frame.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripWsOpcode:
 * @TRIP_WS_OPCODE_CONTINUATION: more of the message that is under way
 * @TRIP_WS_OPCODE_TEXT: a message of UTF-8 text, or its first fragment
 * @TRIP_WS_OPCODE_BINARY: a message of bytes, or its first fragment
 * @TRIP_WS_OPCODE_CLOSE: the closing handshake
 * @TRIP_WS_OPCODE_PING: asks for a pong
 * @TRIP_WS_OPCODE_PONG: answers a ping
 */
typedef enum {
  TRIP_WS_OPCODE_CONTINUATION = 0x0,
  TRIP_WS_OPCODE_TEXT = 0x1,
  TRIP_WS_OPCODE_BINARY = 0x2,
  TRIP_WS_OPCODE_CLOSE = 0x8,
  TRIP_WS_OPCODE_PING = 0x9,
  TRIP_WS_OPCODE_PONG = 0xa,
} TripWsOpcode;

/**
 * TripWsCloseCode:
 * @TRIP_WS_CLOSE_NORMAL: the purpose is fulfilled
 * @TRIP_WS_CLOSE_GOING_AWAY: the service stops
 * @TRIP_WS_CLOSE_PROTOCOL: the peer broke RFC 6455
 * @TRIP_WS_CLOSE_NO_STATUS: stands for a close frame without a code; never sent
 * @TRIP_WS_CLOSE_ABNORMAL: stands for a connection that ended without a close frame; never sent
 * @TRIP_WS_CLOSE_INVALID_DATA: text that is not UTF-8
 * @TRIP_WS_CLOSE_POLICY: a limit of ours was passed
 * @TRIP_WS_CLOSE_TOO_BIG: a message beyond the limit
 * @TRIP_WS_CLOSE_INTERNAL: we failed
 */
typedef enum {
  TRIP_WS_CLOSE_NORMAL = 1000,
  TRIP_WS_CLOSE_GOING_AWAY = 1001,
  TRIP_WS_CLOSE_PROTOCOL = 1002,
  TRIP_WS_CLOSE_NO_STATUS = 1005,
  TRIP_WS_CLOSE_ABNORMAL = 1006,
  TRIP_WS_CLOSE_INVALID_DATA = 1007,
  TRIP_WS_CLOSE_POLICY = 1008,
  TRIP_WS_CLOSE_TOO_BIG = 1009,
  TRIP_WS_CLOSE_INTERNAL = 1011,
} TripWsCloseCode;

/**
 * TRIP_WS_CONTROL_MAX_BYTES:
 *
 * Longest payload of a control frame.
 */
#define TRIP_WS_CONTROL_MAX_BYTES 125

/**
 * TRIP_WS_HEAD_MAX_BYTES:
 *
 * Longest head of a frame that a server sends.
 */
#define TRIP_WS_HEAD_MAX_BYTES 10

/**
 * TripWsUtf8:
 *
 * Where a check of UTF-8 stands between two pieces of text. All zero at the start.
 */
typedef struct {
  /*< private >*/
  guint8 missing;
  guint8 low;
  guint8 high;
} TripWsUtf8;

gboolean trip_ws_utf8_push        (TripWsUtf8       *self,
                                   const guint8     *bytes,
                                   gsize             length);
gboolean trip_ws_utf8_is_complete (const TripWsUtf8 *self);

/**
 * TripWsItemKind:
 * @TRIP_WS_ITEM_NONE: all bytes were taken, nothing is complete
 * @TRIP_WS_ITEM_TEXT: a whole text message
 * @TRIP_WS_ITEM_BINARY: a whole binary message
 * @TRIP_WS_ITEM_PING: a ping
 * @TRIP_WS_ITEM_PONG: a pong
 * @TRIP_WS_ITEM_CLOSE: the peer closes
 * @TRIP_WS_ITEM_FAILED: the peer broke the rules; nothing more will be decoded
 */
typedef enum {
  TRIP_WS_ITEM_NONE,
  TRIP_WS_ITEM_TEXT,
  TRIP_WS_ITEM_BINARY,
  TRIP_WS_ITEM_PING,
  TRIP_WS_ITEM_PONG,
  TRIP_WS_ITEM_CLOSE,
  TRIP_WS_ITEM_FAILED,
} TripWsItemKind;

/**
 * TripWsItem:
 * @kind: what it is
 * @payload: (nullable): bytes of the message or the control frame; for a close its reason
 * @code: for a close the peer's code or %TRIP_WS_CLOSE_NO_STATUS; for a failure the code to close with
 * @reason: (nullable): for a failure, what was wrong, in ASCII
 *
 * One thing that was decoded.
 */
typedef struct {
  TripWsItemKind kind;
  GBytes *payload;
  guint16 code;
  const char *reason;
} TripWsItem;

void trip_ws_item_clear (TripWsItem *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripWsItem, trip_ws_item_clear)

/**
 * TripWsDecoder:
 *
 * Decodes what one peer sends. For one thread; may be part of another structure.
 */
typedef struct {
  /*< private >*/
  gsize max_message_bytes;
  gboolean expects_mask;
  gboolean in_payload;
  guint8 head[14];
  guint8 head_have;
  guint8 head_need;
  guint8 opcode;
  gboolean is_final;
  guint64 left;
  guint8 mask[4];
  guint mask_offset;
  guint8 control[TRIP_WS_CONTROL_MAX_BYTES];
  guint8 control_length;
  guint8 message_opcode;
  GByteArray *message;
  TripWsUtf8 utf8;
  guint16 failure_code;
  const char *failure_reason;
} TripWsDecoder;

void  trip_ws_decoder_init  (TripWsDecoder *self,
                             gsize          max_message_bytes,
                             gboolean       expects_mask);
void  trip_ws_decoder_clear (TripWsDecoder *self);
gsize trip_ws_decoder_push  (TripWsDecoder *self,
                             const guint8  *bytes,
                             gsize          length,
                             TripWsItem    *out_item);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripWsDecoder, trip_ws_decoder_clear)

gsize    trip_ws_frame_write_head     (guint8       *out_head,
                                       TripWsOpcode  opcode,
                                       gsize         payload_length);
GBytes  *trip_ws_frame_build_close    (guint16       code,
                                       const char   *reason);
gboolean trip_ws_close_code_may_cross (guint         code);

G_END_DECLS
