/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plans come from anybody: a name may be a megabyte long, hold line breaks, or characters that no XML document may have.
 */
#include "draw/trip-drawing-text.h"

#define MINUTES_PER_DAY 1440

static gboolean
is_drawable (gunichar c)
{
  return !g_unichar_iscntrl (c) && (c & 0xfffe) != 0xfffe && !(c >= 0xd800 && c <= 0xdfff);
}

/**
 * trip_drawing_text_clean:
 * @text: (nullable): UTF-8 from anybody
 * @max_characters: what is kept of it
 *
 * Makes one line of it: runs of blanks, line breaks and control characters become one blank, what is too long ends in `…`.
 *
 * Returns: (transfer full): the text, empty for %NULL
 */
char *
trip_drawing_text_clean (const char *text,
                         guint       max_characters)
{
  GString *out = g_string_new (NULL);
  gboolean blank = FALSE;
  guint n = 0;

  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isspace (c) || !is_drawable (c))
        {
          blank = out->len > 0;
          continue;
        }
      if (n + (blank ? 1 : 0) >= max_characters)
        {
          g_string_append (out, "…");
          break;
        }
      if (blank)
        {
          g_string_append_c (out, ' ');
          n++;
        }
      blank = FALSE;
      g_string_append_unichar (out, c);
      n++;
    }
  return g_string_free (out, FALSE);
}

/**
 * trip_drawing_text_escape:
 * @xml: where to
 * @text: cleaned text
 *
 * Appends @text as character data of an XML document.
 */
void
trip_drawing_text_escape (GString    *xml,
                          const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (xml, escaped);
}

/**
 * trip_drawing_text_clock:
 * @minute: minutes after midnight, also of the days around
 *
 * Returns: (transfer full): the time of day, `09:30`
 */
char *
trip_drawing_text_clock (gint minute)
{
  gint of_day = ((minute % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;

  return g_strdup_printf ("%02d:%02d", of_day / 60, of_day % 60);
}

/**
 * trip_drawing_text_range:
 * @start: minutes after midnight
 * @end: minutes after the same midnight
 *
 * Returns: (transfer full): both, `22:00–01:30`; `+2` is added where the end lies two days or more later
 */
char *
trip_drawing_text_range (gint start,
                         gint end)
{
  g_autofree char *from = trip_drawing_text_clock (start);
  g_autofree char *to = trip_drawing_text_clock (end);

  if (end >= 2 * MINUTES_PER_DAY)
    return g_strdup_printf ("%s–%s+%d", from, to, end / MINUTES_PER_DAY);
  return g_strdup_printf ("%s–%s", from, to);
}
