/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The text of drawings: what comes from anybody is cleaned, and names stay readable where room or a font is missing.
 */
#include "draw/trip-drawing-pen.h"
#include "draw/trip-drawing-text.h"

static void
test_text (void)
{
  static const struct {
    const char *text;
    guint max;
    const char *cleaned;
  } cases[] = {
    { NULL, 10, "" },
    { "", 10, "" },
    { "  a \n\t b  ", 10, "a b" },
    { "a\x01\x1b[31m\xef\xbf\xbf" "b", 20, "a [31m b" },
    { "東京国立博物館", 4, "東京国立…" },
    { "abcd", 4, "abcd" },
    { "abc d", 4, "abc…" },
  };
  g_autoptr(GString) xml = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cleaned = trip_drawing_text_clean (cases[i].text, cases[i].max);

      g_assert_cmpstr (cleaned, ==, cases[i].cleaned);
    }
  trip_drawing_text_escape (xml, "<b>&\"x\"");
  g_assert_cmpstr (xml->str, ==, "&lt;b&gt;&amp;&quot;x&quot;");
}

/* How high and wide the strokes of a name are in a box of that width. */
static cairo_rectangle_t
measure_name (const char *name,
              gdouble     width)
{
  const TripTextStyle style = { .size = 10.0, .is_name = TRUE, .lines = 2, .colour = TRIP_COLOUR_INK };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  cairo_rectangle_t ink;
  TripPen pen;

  trip_pen_init (&pen, cr);
  trip_pen_text (&pen, &(TripBox) { 0, 0, width, 40 }, &style, name);
  trip_pen_clear (&pen);
  cairo_destroy (cr);
  cairo_recording_surface_ink_extents (surface, &ink.x, &ink.y, &ink.width, &ink.height);
  cairo_surface_destroy (surface);
  return ink;
}

/* Two lines hold two words, not the halves of one. */
static void
test_words_are_not_broken (void)
{
  gdouble line = measure_name ("Colosseum", 200).height;

  g_assert_cmpfloat (line, >, 0);
  g_assert_cmpfloat (measure_name ("Colosseum", 40).height, <, 1.5 * line);
  g_assert_cmpfloat (measure_name ("Long House", 40).height, >, 1.5 * line);
}

/* U+10FFFD is for private use and in no font. */
static void
test_names_without_a_font (void)
{
  static const char * const names[] = {
    "Temple \U0010fffd\U0010fffd", "\U0010fffd Temple", "Temple (\U0010fffd\U0010fffd)", "\U0010fffdTemple\U0010fffd",
  };
  cairo_rectangle_t readable = measure_name ("Temple", 400);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      cairo_rectangle_t ink = measure_name (names[i], 400);

      g_assert_cmpfloat_with_epsilon (ink.width, readable.width, 0.01);
      g_assert_cmpfloat_with_epsilon (ink.height, readable.height, 0.01);
    }
  /* Where nothing remains, the boxes of the font say that there is a name. */
  g_assert_cmpfloat (measure_name ("\U0010fffd\U0010fffd 7", 400).width, >, measure_name ("7", 400).width + 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/drawing-text/cleaned", test_text);
  g_test_add_func ("/drawing-text/words-not-broken", test_words_are_not_broken);
  g_test_add_func ("/drawing-text/without-a-font", test_names_without_a_font);
  return g_test_run ();
}
