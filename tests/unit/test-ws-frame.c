/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The codec of frames: every case whole, byte by byte, and cut in two at every place.
 */
#include "http/trip-ws-frame.h"

#include <string.h>

#define LIMIT 1000

/* Builds frames right and wrong: `length` may lie, `length_bytes` may be more than needed. */
static void
append_frame (GByteArray   *to,
              guint8        first,
              gboolean      masked,
              const void   *payload,
              gsize         size,
              guint64       length,
              guint         length_bytes)
{
  static const guint8 mask[4] = { 0x37, 0xfa, 0x21, 0x3d };
  guint8 byte = masked ? 0x80 : 0;

  g_byte_array_append (to, &first, 1);
  byte |= length_bytes == 0 ? (guint8) length : length_bytes == 2 ? 126 : 127;
  g_byte_array_append (to, &byte, 1);
  for (guint i = length_bytes; i-- > 0;)
    {
      byte = (guint8) (length >> (8 * i));
      g_byte_array_append (to, &byte, 1);
    }
  if (masked)
    g_byte_array_append (to, mask, sizeof mask);
  for (gsize i = 0; i < size; i++)
    {
      byte = ((const guint8 *) payload)[i] ^ (masked ? mask[i % 4] : 0);
      g_byte_array_append (to, &byte, 1);
    }
}

static void
append (GByteArray *to,
        guint8      first,
        const void *payload,
        gsize       size)
{
  append_frame (to, first, TRUE, payload, size, size, size < 126 ? 0 : size < 65536 ? 2 : 8);
}

static void
append_text (GByteArray *to,
             guint8      first,
             const char *text)
{
  append (to, first, text, strlen (text));
}

static void
describe (GString          *to,
          const TripWsItem *item)
{
  gsize size = 0;
  const char *bytes = item->payload != NULL ? g_bytes_get_data (item->payload, &size) : "";
  g_autofree char *shown = NULL;

  if (size <= 40)
    shown = g_strndup (size > 0 ? bytes : "", size);
  else
    shown = g_strdup_printf ("(%" G_GSIZE_FORMAT " bytes)", size);

  switch (item->kind)
    {
    case TRIP_WS_ITEM_TEXT:
      g_string_append_printf (to, "text %s;", shown);
      break;
    case TRIP_WS_ITEM_BINARY:
      g_string_append_printf (to, "binary %" G_GSIZE_FORMAT ";", size);
      break;
    case TRIP_WS_ITEM_PING:
      g_string_append_printf (to, "ping %s;", shown);
      break;
    case TRIP_WS_ITEM_PONG:
      g_string_append_printf (to, "pong %s;", shown);
      break;
    case TRIP_WS_ITEM_CLOSE:
      g_string_append_printf (to, "close %u %s;", item->code, shown);
      break;
    case TRIP_WS_ITEM_FAILED:
      g_assert_nonnull (item->reason);
      g_string_append_printf (to, "failed %u;", item->code);
      break;
    case TRIP_WS_ITEM_NONE:
    default:
      break;
    }
}

/* Feeds a piece; returns whether decoding may go on. */
static gboolean
feed (TripWsDecoder *decoder,
      const guint8  *bytes,
      gsize          length,
      GString       *to)
{
  for (;;)
    {
      g_auto(TripWsItem) item = { 0 };
      gsize used = trip_ws_decoder_push (decoder, bytes, length, &item);

      g_assert_cmpuint (used, <=, length);
      describe (to, &item);
      bytes += used;
      length -= used;
      if (item.kind == TRIP_WS_ITEM_FAILED)
        return FALSE;
      if (item.kind == TRIP_WS_ITEM_NONE)
        {
          g_assert_cmpuint (length, ==, 0);
          return TRUE;
        }
    }
}

static char *
decode_in_pieces (GByteArray *bytes,
                  gsize       first_piece,
                  gsize       piece,
                  gboolean    expects_mask)
{
  g_auto(TripWsDecoder) decoder = { 0 };
  GString *to = g_string_new (NULL);
  gsize done = 0;

  trip_ws_decoder_init (&decoder, LIMIT, expects_mask);
  while (done < bytes->len)
    {
      gsize n = MIN (done == 0 ? first_piece : piece, bytes->len - done);

      if (!feed (&decoder, bytes->data + done, n, to))
        break;
      done += n;
    }
  return g_string_free (to, FALSE);
}

static void
assert_decodes_as (GByteArray *bytes,
                   gboolean    expects_mask,
                   const char *expected)
{
  g_autofree char *bytewise = decode_in_pieces (bytes, 1, 1, expects_mask);

  g_assert_cmpstr (bytewise, ==, expected);
  for (gsize cut = 1; cut <= bytes->len; cut++)
    {
      g_autofree char *in_two = decode_in_pieces (bytes, cut, G_MAXSIZE, expects_mask);

      g_assert_cmpstr (in_two, ==, expected);
    }
}

static void
test_messages (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 blob[300] = { 0 };

  append_text (bytes, 0x81, "Hello");
  append_text (bytes, 0x81, "");
  append (bytes, 0x82, blob, sizeof blob);
  append_text (bytes, 0x81, "é🗼");
  assert_decodes_as (bytes, TRUE, "text Hello;text ;binary 300;text é🗼;");
}

static void
test_fragments (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  append_text (bytes, 0x01, "Hel");
  append_text (bytes, 0x89, "now?");
  append_text (bytes, 0x00, "");
  append_text (bytes, 0x8a, "");
  append_text (bytes, 0x80, "lo");
  append_text (bytes, 0x01, "\xf0\x9f");
  append_text (bytes, 0x00, "\x97");
  append_text (bytes, 0x80, "\xbc!");
  assert_decodes_as (bytes, TRUE, "ping now?;pong ;text Hello;text 🗼!;");
}

static void
test_server_side (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  append_frame (bytes, 0x81, FALSE, "Hello", 5, 5, 0);
  append_frame (bytes, 0x81, TRUE, "Hello", 5, 5, 0);
  assert_decodes_as (bytes, FALSE, "text Hello;failed 1002;");
}

static void
test_limit (void)
{
  g_autofree char *much = g_strnfill (LIMIT, 'x');
  g_autoptr(GByteArray) at = g_byte_array_new ();
  g_autoptr(GByteArray) beyond = g_byte_array_new ();
  g_autoptr(GByteArray) announced = g_byte_array_new ();

  append (at, 0x01, much, 600);
  append (at, 0x00, much, 400);
  append (at, 0x80, much, 0);
  append_text (at, 0x81, "next");
  assert_decodes_as (at, TRUE, "text (1000 bytes);text next;");

  append (beyond, 0x01, much, 600);
  append (beyond, 0x80, much, 401);
  assert_decodes_as (beyond, TRUE, "failed 1009;");

  append_frame (announced, 0x81, TRUE, NULL, 0, G_GUINT64_CONSTANT (1) << 62, 8);
  assert_decodes_as (announced, TRUE, "failed 1009;");
}

/* What a head announces is not allocated. */
static void
test_announcement_is_free (void)
{
  g_auto(TripWsDecoder) decoder = { 0 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GString) to = g_string_new (NULL);

  trip_ws_decoder_init (&decoder, G_MAXUINT32, TRUE);
  append_frame (bytes, 0x82, TRUE, "x", 1, G_MAXUINT32, 8);
  g_assert_true (feed (&decoder, bytes->data, bytes->len, to));
  g_assert_cmpstr (to->str, ==, "");
  g_assert_cmpuint (decoder.message->len, ==, 1);
}

static void
test_close (void)
{
  static const guint allowed[] = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
                                   4000, 4999 };
  static const guint forbidden[] = { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GByteArray) half = g_byte_array_new ();
  g_autoptr(GByteArray) reason = g_byte_array_new ();

  append_text (bytes, 0x88, "");
  append (bytes, 0x88, "\x03\xe8", 2);
  append_text (bytes, 0x88, "\x0f\xa0" "adiós");
  assert_decodes_as (bytes, TRUE, "close 1005 ;close 1000 ;close 4000 adiós;");

  append (half, 0x88, "\x03", 1);
  assert_decodes_as (half, TRUE, "failed 1002;");
  append (reason, 0x88, "\x03\xe8\xc3", 3);
  assert_decodes_as (reason, TRUE, "failed 1007;");

  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    g_assert_true (trip_ws_close_code_may_cross (allowed[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_false (trip_ws_close_code_may_cross (forbidden[i]));
}

typedef struct {
  guint8 first;
  gboolean masked;
  gsize size;
  guint64 length;
  guint length_bytes;
} Head;

static void
test_broken_heads (void)
{
  static const Head heads[] = {
    { 0x81, FALSE, 2, 2, 0 },            /* not masked */
    { 0xc1, TRUE, 2, 2, 0 },             /* reserved bits */
    { 0xa1, TRUE, 2, 2, 0 },
    { 0x91, TRUE, 2, 2, 0 },
    { 0xf9, TRUE, 0, 0, 0 },
    { 0x83, TRUE, 0, 0, 0 },             /* opcodes that do not exist */
    { 0x87, TRUE, 0, 0, 0 },
    { 0x8b, TRUE, 0, 0, 0 },
    { 0x8f, TRUE, 0, 0, 0 },
    { 0x09, TRUE, 0, 0, 0 },             /* control frames in fragments, or too long */
    { 0x08, TRUE, 0, 0, 0 },
    { 0x89, TRUE, 126, 126, 2 },
    { 0x88, TRUE, 126, 126, 2 },
    { 0x8a, TRUE, 0, 1, 8 },
    { 0x80, TRUE, 2, 2, 0 },             /* a continuation of nothing */
    { 0x00, TRUE, 2, 2, 0 },
    { 0x81, TRUE, 125, 125, 2 },         /* more bytes for the length than it needs */
    { 0x81, TRUE, 0, 0, 2 },
    { 0x81, TRUE, 500, 500, 8 },
    { 0x81, TRUE, 0, 65535, 8 },
    { 0x81, TRUE, 0, G_MAXUINT64, 8 },   /* a negative length */
  };
  guint8 payload[600] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();

      g_test_message ("head %" G_GSIZE_FORMAT, i);
      append_frame (bytes, heads[i].first, heads[i].masked, payload, heads[i].size, heads[i].length,
                    heads[i].length_bytes);
      assert_decodes_as (bytes, TRUE, "failed 1002;");
    }
}

static void
test_message_in_message (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  append_text (bytes, 0x01, "one");
  append_text (bytes, 0x81, "two");
  assert_decodes_as (bytes, TRUE, "failed 1002;");
}

static void
test_failure_is_final (void)
{
  g_auto(TripWsDecoder) decoder = { 0 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GString) to = g_string_new (NULL);

  trip_ws_decoder_init (&decoder, LIMIT, TRUE);
  g_assert_false (feed (&decoder, (const guint8 *) "\xff\xff", 2, to));
  append_text (bytes, 0x81, "Hello");
  g_assert_false (feed (&decoder, bytes->data, bytes->len, to));
  g_assert_cmpstr (to->str, ==, "failed 1002;failed 1002;");
}

typedef struct {
  const char *text;
  gboolean valid;
} Text;

static void
test_utf8 (void)
{
  static const Text texts[] = {
    { "", TRUE }, { "plain text of more than eight bytes", TRUE }, { "\x7f", TRUE }, { "\xc2\x80", TRUE },
    { "\xdf\xbf", TRUE }, { "\xe0\xa0\x80", TRUE }, { "\xed\x9f\xbf", TRUE }, { "\xee\x80\x80", TRUE },
    { "\xef\xbf\xbf", TRUE }, { "\xf0\x90\x80\x80", TRUE }, { "\xf4\x8f\xbf\xbf", TRUE },
    { "eight by\xc3\xa9te border", TRUE },
    { "\x80", FALSE }, { "\xbf", FALSE }, { "\xc0\x80", FALSE }, { "\xc1\xbf", FALSE }, { "\xc2", FALSE },
    { "\xc2\x41", FALSE }, { "\xe0\x9f\xbf", FALSE }, { "\xe2\x82", FALSE }, { "\xed\xa0\x80", FALSE },
    { "\xed\xbf\xbf", FALSE }, { "\xf0\x8f\xbf\xbf", FALSE }, { "\xf0\x9f\x97", FALSE }, { "\xf4\x90\x80\x80", FALSE },
    { "\xf5\x80\x80\x80", FALSE }, { "\xfe", FALSE }, { "\xff", FALSE }, { "after eight bytes \xff", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize length = strlen (texts[i].text);

      g_assert_cmpint (g_utf8_validate_len (texts[i].text, length, NULL), ==, texts[i].valid);
      for (gsize cut = 0; cut <= length; cut++)
        {
          TripWsUtf8 utf8 = { 0 };
          const guint8 *bytes = (const guint8 *) texts[i].text;
          gboolean valid = trip_ws_utf8_push (&utf8, bytes, cut) &&
                           trip_ws_utf8_push (&utf8, bytes + cut, length - cut) &&
                           trip_ws_utf8_is_complete (&utf8);

          g_assert_cmpint (valid, ==, texts[i].valid);
        }
    }
}

/* All texts of up to three bytes from a telling alphabet, against GLib's judgement. */
static void
test_utf8_like_glib (void)
{
  static const guint8 alphabet[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
                                     0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff };
  const guint n = G_N_ELEMENTS (alphabet);

  for (guint i = 0; i < n * n * n * n; i++)
    {
      const guint8 bytes[4] = { alphabet[i % n], alphabet[i / n % n], alphabet[i / n / n % n],
                                alphabet[i / n / n / n] };
      TripWsUtf8 utf8 = { 0 };
      gboolean valid = trip_ws_utf8_push (&utf8, bytes, sizeof bytes) && trip_ws_utf8_is_complete (&utf8);
      gboolean has_nul = memchr (bytes, 0, sizeof bytes) != NULL;

      /* GLib refuses U+0000, which is valid in a WebSocket's text. */
      if (!has_nul)
        g_assert_cmpint (valid, ==, g_utf8_validate_len ((const char *) bytes, sizeof bytes, NULL));
    }
}

static void
assert_head (gsize         length,
             const guint8 *expected,
             gsize         expected_size)
{
  guint8 head[TRIP_WS_HEAD_MAX_BYTES];

  g_assert_cmpmem (head, trip_ws_frame_write_head (head, TRIP_WS_OPCODE_TEXT, length), expected, expected_size);
}

static void
test_heads_to_send (void)
{
  assert_head (0, (const guint8 *) "\x81\x00", 2);
  assert_head (125, (const guint8 *) "\x81\x7d", 2);
  assert_head (126, (const guint8 *) "\x81\x7e\x00\x7e", 4);
  assert_head (65535, (const guint8 *) "\x81\x7e\xff\xff", 4);
  assert_head (65536, (const guint8 *) "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10);
}

static void
test_close_to_send (void)
{
  g_autofree char *long_reason = g_strnfill (200, 'x');
  g_autoptr(GBytes) none = trip_ws_frame_build_close (TRIP_WS_CLOSE_NO_STATUS, NULL);
  g_autoptr(GBytes) plain = trip_ws_frame_build_close (TRIP_WS_CLOSE_GOING_AWAY, NULL);
  g_autoptr(GBytes) cut = NULL;

  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "\x03\xe9", 2);

  /* A cut must not leave half a character: two bytes of code, 122 x, and no é. */
  memcpy (long_reason + 122, "é", 2);
  cut = trip_ws_frame_build_close (TRIP_WS_CLOSE_POLICY, long_reason);
  g_assert_cmpuint (g_bytes_get_size (cut), ==, 124);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ws-frame/messages", test_messages);
  g_test_add_func ("/ws-frame/fragments", test_fragments);
  g_test_add_func ("/ws-frame/server-side", test_server_side);
  g_test_add_func ("/ws-frame/limit", test_limit);
  g_test_add_func ("/ws-frame/announcement-is-free", test_announcement_is_free);
  g_test_add_func ("/ws-frame/close", test_close);
  g_test_add_func ("/ws-frame/broken-heads", test_broken_heads);
  g_test_add_func ("/ws-frame/message-in-message", test_message_in_message);
  g_test_add_func ("/ws-frame/failure-is-final", test_failure_is_final);
  g_test_add_func ("/ws-frame/utf8", test_utf8);
  g_test_add_func ("/ws-frame/utf8-like-glib", test_utf8_like_glib);
  g_test_add_func ("/ws-frame/heads-to-send", test_heads_to_send);
  g_test_add_func ("/ws-frame/close-to-send", test_close_to_send);

  return g_test_run ();
}
