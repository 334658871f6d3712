/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Folding and cutting of text.
 */
#include "language/trip-fuzzy-index.h"
#include "language/trip-lexicon.h"
#include "language/trip-text.h"
#include "language/trip-tokens.h"

#include <string.h>

static void
test_fold (void)
{
  static const struct { const char *text; const char *folded; } cases[] = {
    { "São Paulo", "sao paulo" },
    { "  Saint-Tropez ", "saint tropez" },
    { "St. Louis", "st louis" },
    { "Xi'an", "xian" },
    { "Côte d’Azur", "cote dazur" },
    { "we'd", "we d" },
    { "ＴＯＫＹＯ", "tokyo" },
    { "Straße", "strasse" },
    { "ŁÓDŹ Ålesund Tromsø", "lodz alesund tromso" },
    { "İstanbul", "istanbul" },
    { "Zürich", "zurich" }, /* combining diaeresis */
    { "bed & breakfast", "bed and breakfast" },
    { "$3,000", "$ 3000" },
    { "3-day", "3 day" },
    { "5th", "5 th" },
    { "東京タワー", "東 京 タ ワ ー" },
    { "", "" },
    { " … ?!", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = trip_text_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
  g_assert_true (trip_text_equal_folded ("MÁLAGA", "Malaga"));
  g_assert_false (trip_text_equal_folded ("Malaga", "Malang"));
}

static void
test_contains_word (void)
{
  g_assert_true (trip_text_contains_word ("a quiet hotel", "quiet hotel"));
  g_assert_true (trip_text_contains_word ("hotel", "hotel"));
  g_assert_false (trip_text_contains_word ("hotels", "hotel"));
  g_assert_true (trip_text_contains_word ("barbar bar", "bar"));
  g_assert_false (trip_text_contains_word ("anything", ""));
}

static void
test_hostile_text (void)
{
  static const char * const texts[] = {
    "\xff\xfe", "\xc3", "a\xcc\x81\xcc\x81\xcc\x81", "\xcc\x81", "'''''", "1.2.3.4.5.6.7.8.9.10.11.12.13", "1,", ".5",
      "'", "a'",
    /* The letter apostrophe alone, at an end and twice. */
    "\xca\xbc", "a\xca\xbc b", "\xca\xbc\xca\xbc" "a",
    "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xe2\x80\x8f\xe2\x80\xae",
      "999999999999999999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = trip_text_fold (texts[i]);

      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_false (g_str_has_prefix (folded, " "));
      g_assert_false (g_str_has_suffix (folded, " "));
      g_assert_null (strstr (folded, "  "));
    }
}

static void
test_tokens (void)
{
  const char *text = "Rome, 3 days. Budget $2.5k?";
  g_autoptr(TripTokens) tokens = trip_tokens_new (text);
  g_autofree char *slice = NULL;

  g_assert_cmpuint (tokens->n, ==, 7);
  g_assert_true (tokens->token[0].capitalised);
  g_assert_cmpuint (tokens->token[1].gap & TRIP_GAP_COMMA, !=, 0);
  g_assert_cmpfloat (tokens->token[1].value, ==, 3);
  g_assert_cmpuint (tokens->token[3].gap & TRIP_GAP_STOP, !=, 0);
  g_assert_cmpint (tokens->token[4].kind, ==, TRIP_TOKEN_CURRENCY);
  g_assert_cmpfloat (tokens->token[5].value, ==, 2.5);
  g_assert_cmpuint (tokens->final_gap & TRIP_GAP_QUESTION, !=, 0);
  slice = trip_tokens_dup_text (tokens, 1, 3);
  g_assert_cmpstr (slice, ==, "3 days");
}

static void
test_thousands (void)
{
  static const struct { const char *text; gdouble value; } cases[] = {
    { "1,500", 1500 }, { "1.500", 1500 }, { "10'000", 10000 }, { "1.5", 1.5 }, { "12,345,678", 12345678 }, { "３", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripTokens) tokens = trip_tokens_new (cases[i].text);

      g_assert_cmpuint (tokens->n, ==, 1);
      g_assert_cmpfloat (tokens->token[0].value, ==, cases[i].value);
    }
}

static void
test_lexicon (void)
{
  g_autoptr(TripAnnotated) text = trip_annotated_new ("no more than two museums");
  const TripWord *word;
  guint end;

  word = trip_annotated_find (text, 0, TRIP_WORD_BOUND, &end);
  g_assert_nonnull (word);
  g_assert_cmpstr (word->value, ==, "max");
  g_assert_cmpuint (end, ==, 3);
  g_assert_cmpfloat (trip_annotated_find (text, 3, TRIP_WORD_NUMBER, NULL)->number, ==, 2);
  g_assert_cmpstr (trip_annotated_find (text, 4, TRIP_WORD_INTEREST, NULL)->value, ==, "museum");
  g_assert_null (trip_annotated_find (text, 99, TRIP_WORD_INTEREST, NULL));
  g_assert_cmpstr (trip_lexicon_guess (trip_lexicon_get (TRIP_LANGUAGE_ENGLISH), "museuns")->value, ==, "museum");
  g_assert_null (trip_lexicon_guess (trip_lexicon_get (TRIP_LANGUAGE_ENGLISH), "xyzzyx"));
}

static void
test_fuzzy_index (void)
{
  g_autoptr(TripFuzzyIndex) index = trip_fuzzy_index_new (5);

  trip_fuzzy_index_add (index, "london", 2, "London");
  trip_fuzzy_index_add (index, "lisbon", 1, "Lisbon");
  trip_fuzzy_index_add (index, "rome", 1, "Rome");
  g_assert_cmpstr (trip_fuzzy_index_lookup (index, "london"), ==, "London");
  g_assert_cmpstr (trip_fuzzy_index_lookup (index, "lodnon"), ==, "London");
  g_assert_cmpstr (trip_fuzzy_index_lookup (index, "londn"), ==, "London");
  g_assert_cmpstr (trip_fuzzy_index_lookup (index, "londdon"), ==, "London");
  g_assert_cmpstr (trip_fuzzy_index_lookup (index, "lisban"), ==, "Lisbon");
  g_assert_null (trip_fuzzy_index_lookup (index, "ldnon"));
  g_assert_null (trip_fuzzy_index_lookup (index, "rome"));
  g_assert_null (trip_fuzzy_index_lookup (index, ""));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/contains-word", test_contains_word);
  g_test_add_func ("/text/hostile", test_hostile_text);
  g_test_add_func ("/text/tokens", test_tokens);
  g_test_add_func ("/text/thousands", test_thousands);
  g_test_add_func ("/text/lexicon", test_lexicon);
  g_test_add_func ("/text/fuzzy-index", test_fuzzy_index);
  return g_test_run ();
}
