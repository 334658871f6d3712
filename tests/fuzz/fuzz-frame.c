/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames of a WebSocket peer. However the bytes are cut, what comes out of them is the same, and within the limit.
 */
#include "http/trip-ws-frame.h"

#include <string.h>

enum {
  MAX_MESSAGE_BYTES = 4096,
};

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
note (GString          *log,
      const TripWsItem *item)
{
  gsize length = item->payload != NULL ? g_bytes_get_size (item->payload) : 0;

  g_assert_cmpuint (length, <=, MAX_MESSAGE_BYTES);
  if (item->kind == TRIP_WS_ITEM_TEXT)
    g_assert_true (g_utf8_validate_len (length > 0 ? g_bytes_get_data (item->payload, NULL) : "", length, NULL) ||
                   memchr (g_bytes_get_data (item->payload, NULL), '\0', length) != NULL);
  if (item->kind == TRIP_WS_ITEM_CLOSE)
    g_assert_true (item->code == TRIP_WS_CLOSE_NO_STATUS || trip_ws_close_code_may_cross (item->code));
  g_string_append_printf (log, "%d %u %" G_GSIZE_FORMAT ":", item->kind, item->code, length);
  if (length > 0)
    g_string_append_len (log, g_bytes_get_data (item->payload, NULL), (gssize) length);
}

/* What @data decodes to when it comes in pieces of @step bytes. */
static GString *
decode (const guint8 *data,
        gsize         size,
        gsize         step)
{
  g_auto(TripWsDecoder) decoder;
  GString *log = g_string_new (NULL);
  gboolean failed = FALSE;

  trip_ws_decoder_init (&decoder, MAX_MESSAGE_BYTES, TRUE);
  for (gsize at = 0; at < size && !failed;)
    {
      gsize length = MIN (step, size - at);

      for (gsize used = 0; used < length && !failed;)
        {
          g_auto(TripWsItem) item = { 0 };

          used += trip_ws_decoder_push (&decoder, data + at + used, length - used, &item);
          g_assert_cmpuint (used, <=, length);
          failed = item.kind == TRIP_WS_ITEM_FAILED;
          if (item.kind != TRIP_WS_ITEM_NONE)
            note (log, &item);
        }
      at += length;
    }
  return log;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GString) whole = decode (data, size, MAX (size, 1));
  g_autoptr(GString) bytes = decode (data, size, 1);
  g_autoptr(GString) pieces = decode (data, size, 7);

  g_assert_true (g_string_equal (whole, bytes));
  g_assert_true (g_string_equal (whole, pieces));
  return 0;
}
