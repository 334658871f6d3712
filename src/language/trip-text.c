/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Folded text for comparing names and words. The folding itself is the tokeniser's, so that a name in a table and the
 * same name in a message always meet.
 */
#include "language/trip-text.h"

#include "language/trip-tokens.h"

#include <string.h>

/* Letters of ASCII, spaces and hyphens alone fold without any knowledge of words. */
static gboolean
is_plain (const char *text)
{
  while (g_ascii_isalpha (*text) || *text == ' ' || *text == '-')
    text++;
  return *text == '\0';
}

static char *
fold_plain (const char *text)
{
  char *folded = g_malloc (strlen (text) + 1);
  char *out = folded;

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isalpha (*text))
        *out++ = g_ascii_tolower (*text);
      else if (out > folded && out[-1] != ' ')
        *out++ = ' ';
    }
  if (out > folded && out[-1] == ' ')
    out--;
  *out = '\0';
  return folded;
}

/**
 * trip_text_fold:
 * @text: a text; bytes that are no UTF-8 are replaced
 *
 * Makes a text comparable: compatibility forms, case and accents folded, apostrophes dropped, other punctuation and
 * white space turned to one space between words; a currency sign, a run of digits, a Chinese character and a kana are
 * words of their own.
 *
 * Returns: (transfer full): the folded text, empty where there is no word
 */
char *
trip_text_fold (const char *text)
{
  g_autoptr(TripTokens) tokens = NULL;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (is_plain (text))
    return fold_plain (text);
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  tokens = trip_tokens_new (text);
  return g_steal_pointer (&tokens->folded);
}

/**
 * trip_text_equal_folded:
 * @a: a text
 * @b: a text
 *
 * Returns: whether both fold to the same
 */
gboolean
trip_text_equal_folded (const char *a,
                        const char *b)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  folded_a = trip_text_fold (a);
  folded_b = trip_text_fold (b);
  return strcmp (folded_a, folded_b) == 0;
}

/**
 * trip_text_contains_word:
 * @folded_text: a text from trip_text_fold()
 * @folded_word: a word or phrase from trip_text_fold()
 *
 * Returns: whether the phrase stands in the text at word boundaries; never for an empty phrase
 */
gboolean
trip_text_contains_word (const char *folded_text,
                         const char *folded_word)
{
  gsize length;
  const char *p = folded_text;

  g_return_val_if_fail (folded_text != NULL && folded_word != NULL, FALSE);

  length = strlen (folded_word);
  if (length == 0)
    return FALSE;
  while ((p = strstr (p, folded_word)) != NULL)
    {
      if ((p == folded_text || p[-1] == ' ') && (p[length] == '\0' || p[length] == ' '))
        return TRUE;
      p++;
    }
  return FALSE;
}
