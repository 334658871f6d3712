/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words, numbers and signs of opening hours. All spelling is settled here: case, full names, typographic dashes and quotes,
 * the few foreign names that mean one thing in every language. Knows nothing of the order tokens come in.
 */
#include "hours/trip-opening-hours-private.h"

#include <string.h>

#define MAX_WORD 24

typedef struct {
  const char *words; /* separated by spaces, lower case */
  TripTokenKind kind;
  gint value;
} TripWords;

/*
 * Names of other languages are here as long as they mean one thing: "ma" is Monday in one and Tuesday in the next, "do" is
 * Thursday or Sunday, and "mar" is March.
 */
static const TripWords vocabulary[] = {
  { "mo mon monday mondays montag montags lundi lun lunes lunedì maandag 月 月曜 月曜日", TRIP_TOKEN_WEEKDAY, 0 },
  { "tu tue tues tuesday tuesdays dienstag dienstags mardi martes martedì dinsdag 火 火曜 火曜日", TRIP_TOKEN_WEEKDAY, 1 },
  { "we wed weds wednesday wednesdays mi mittwoch mittwochs mercredi mer miércoles mercoledì woensdag 水 水曜 水曜日",
    TRIP_TOKEN_WEEKDAY, 2 },
  { "th thu thur thurs thursday thursdays donnerstag donnerstags jeudi jeu jueves giovedì donderdag 木 木曜 木曜日",
    TRIP_TOKEN_WEEKDAY, 3 },
  { "fr fri friday fridays freitag freitags vendredi ven viernes venerdì vrijdag 金 金曜 金曜日", TRIP_TOKEN_WEEKDAY, 4 },
  { "sa sat saturday saturdays samstag samstags sonnabend samedi sam sábado sabato zaterdag 土 土曜 土曜日",
    TRIP_TOKEN_WEEKDAY, 5 },
  { "su sun sunday sundays so sonntag sonntags dimanche dim domingo domenica zondag 日 日曜 日曜日", TRIP_TOKEN_WEEKDAY, 6 },
  { "wd weekday weekdays workday workdays", TRIP_TOKEN_WEEKDAYS, 0x1f },
  { "weekend weekends", TRIP_TOKEN_WEEKDAYS, 0x60 },
  { "daily everyday täglich", TRIP_TOKEN_WEEKDAYS, TRIP_ALL_WEEKDAYS },
  { "jan january januar jänner janvier", TRIP_TOKEN_MONTH, 1 },
  { "feb february februar février", TRIP_TOKEN_MONTH, 2 },
  { "mar march mär märz mars", TRIP_TOKEN_MONTH, 3 },
  { "apr april avril", TRIP_TOKEN_MONTH, 4 },
  { "may mai", TRIP_TOKEN_MONTH, 5 },
  { "jun june juni juin", TRIP_TOKEN_MONTH, 6 },
  { "jul july juli juillet", TRIP_TOKEN_MONTH, 7 },
  { "aug august août", TRIP_TOKEN_MONTH, 8 },
  { "sep sept september septembre", TRIP_TOKEN_MONTH, 9 },
  { "oct october okt oktober octobre", TRIP_TOKEN_MONTH, 10 },
  { "nov november novembre", TRIP_TOKEN_MONTH, 11 },
  { "dec december dez dezember décembre", TRIP_TOKEN_MONTH, 12 },
  { "ph sh holiday holidays 祝 祝日", TRIP_TOKEN_HOLIDAY, 0 },
  { "easter", TRIP_TOKEN_EASTER, 0 },
  { "week weeks", TRIP_TOKEN_WEEK, 0 },
  { "day days", TRIP_TOKEN_DAY, 0 },
  { "open", TRIP_TOKEN_STATE, TRIP_OPENING_OPEN },
  { "off closed geschlossen fermé", TRIP_TOKEN_STATE, TRIP_OPENING_CLOSED },
  { "unknown", TRIP_TOKEN_STATE, TRIP_OPENING_UNKNOWN },
  { "dawn", TRIP_TOKEN_EVENT, 5 * 60 + 30 },
  { "sunrise", TRIP_TOKEN_EVENT, 6 * 60 },
  { "sunset", TRIP_TOKEN_EVENT, 18 * 60 },
  { "dusk", TRIP_TOKEN_EVENT, 18 * 60 + 30 },
  { "noon", TRIP_TOKEN_EVENT, 12 * 60 },
  { "midnight", TRIP_TOKEN_EVENT, 24 * 60 },
  { "am", TRIP_TOKEN_HALF, 0 },
  { "pm", TRIP_TOKEN_HALF, 12 },
  { "h hours uhr", TRIP_TOKEN_HOUR, 0 },
  { "always nonstop", TRIP_TOKEN_ALWAYS, 0 },
  { "to till until through", TRIP_TOKEN_SIGN, '-' },
  { "and", TRIP_TOKEN_SIGN, ',' },
};

static gboolean
has_word (const char *words, const char *word, gsize length)
{
  while (*words != '\0')
    {
      gsize n = strcspn (words, " ");

      if (n == length && memcmp (words, word, n) == 0)
        return TRUE;
      words += n;
      words += strspn (words, " ");
    }
  return FALSE;
}

static const TripWords *
find_word (const char *word, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (vocabulary); i++)
    {
      if (has_word (vocabulary[i].words, word, length))
        return &vocabulary[i];
    }
  return NULL;
}

/* The sign a character stands for, 0 when it stands for none. */
static gint
sign_of (gunichar c)
{
  switch (c)
    {
    case '-': case '~':
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: /* hyphens and dashes */
    case 0x2212: case 0x301c: case 0xff0d: case 0xff5e: /* minus, wave dash, full-width forms */
      return '-';
    case ':': case 0xff1a:
      return ':';
    case ',': case '&': case 0xff0c: case 0x3001:
      return ',';
    case ';': case 0xff1b:
      return ';';
    case '.': case '+': case '/': case '[': case ']': case '(': case ')':
      return (gint) c;
    default:
      return 0;
    }
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || (c >= 0x201c && c <= 0x201f) || c == 0x00ab || c == 0x00bb;
}

static gint
digit_of (gunichar c)
{
  if (c >= '0' && c <= '9')
    return (gint) c - '0';
  if (c >= 0xff10 && c <= 0xff19)
    return (gint) c - 0xff10;
  return -1;
}

static gboolean
fail (GError **error, const char *expected, guint position)
{
  g_set_error (error, TRIP_OPENING_HOURS_ERROR, TRIP_OPENING_HOURS_ERROR_SYNTAX, "%s at character %u", expected, position);
  return FALSE;
}

static gboolean
lex_number (const char **text, guint *position, TripToken *token, GError **error)
{
  gint digit;

  token->kind = TRIP_TOKEN_NUMBER;
  while ((digit = digit_of (g_utf8_get_char (*text))) >= 0)
    {
      if (++token->digits > 4)
        return fail (error, "number is too long", token->position);
      token->value = token->value * 10 + digit;
      *text = g_utf8_next_char (*text);
      *position += 1;
    }
  return TRUE;
}

static gboolean
lex_comment (const char **text, guint *position, TripToken *token, GError **error)
{
  token->kind = TRIP_TOKEN_COMMENT;
  do
    {
      *text = g_utf8_next_char (*text);
      *position += 1;
      if (**text == '\0')
        return fail (error, "comment without an end", token->position);
    }
  while (!is_quote (g_utf8_get_char (*text)));
  *text = g_utf8_next_char (*text);
  *position += 1;
  return TRUE;
}

static gboolean
lex_word (const char **text, guint *position, TripToken *token, GError **error)
{
  static const char appointment[] = " appointment";
  char word[MAX_WORD + 6];
  gsize length = 0;
  const TripWords *entry;

  for (gunichar c = g_utf8_get_char (*text); g_unichar_isalpha (c); c = g_utf8_get_char (*text))
    {
      if (length >= MAX_WORD)
        return fail (error, "unknown word", token->position);
      length += (gsize) g_unichar_to_utf8 (g_unichar_tolower (c), word + length);
      *text = g_utf8_next_char (*text);
      *position += 1;
    }

  if (length == 2 && memcmp (word, "by", 2) == 0 && g_ascii_strncasecmp (*text, appointment, sizeof appointment - 1) == 0)
    {
      token->kind = TRIP_TOKEN_COMMENT;
      *text += sizeof appointment - 1;
      *position += sizeof appointment - 1;
      return TRUE;
    }
  if (length == 1 && (word[0] == 'a' || word[0] == 'p') && g_ascii_strncasecmp (*text, ".m", 2) == 0)
    {
      word[length++] = 'm';
      *text += 2;
      *position += 2;
    }

  entry = find_word (word, length);
  if (entry == NULL)
    return fail (error, "unknown word", token->position);
  token->kind = entry->kind;
  token->value = entry->value;

  /* "Mon." and "p.m.": the dot belongs to the abbreviation. */
  if (**text == '.' &&
      (entry->kind == TRIP_TOKEN_WEEKDAY || entry->kind == TRIP_TOKEN_MONTH || entry->kind == TRIP_TOKEN_HALF))
    {
      *text += 1;
      *position += 1;
    }
  return TRUE;
}

static gboolean
lex_sign (const char **text, guint *position, TripToken *token, GError **error)
{
  token->kind = TRIP_TOKEN_SIGN;
  if (g_str_has_prefix (*text, "||"))
    {
      token->value = TRIP_SIGN_FALLBACK;
      *text += 2;
      *position += 2;
      return TRUE;
    }
  token->value = sign_of (g_utf8_get_char (*text));
  if (token->value == 0)
    return fail (error, "unexpected character", token->position);
  *text = g_utf8_next_char (*text);
  *position += 1;
  return TRUE;
}

/*
 * trip_opening_hours_lex:
 * @text: what a map says
 * @error: return location for %TRIP_OPENING_HOURS_ERROR
 *
 * Returns: (transfer full) (element-type TripToken) (nullable): the tokens; the last one is %TRIP_TOKEN_END
 */
GArray *
trip_opening_hours_lex (const char *text, GError **error)
{
  g_autoptr(GArray) tokens = NULL;
  gsize length = strnlen (text, TRIP_HOURS_MAX_BYTES + 1);
  const char *invalid;
  guint position = 1;
  gboolean tight = TRUE;

  if (length > TRIP_HOURS_MAX_BYTES)
    {
      fail (error, "text goes on", TRIP_HOURS_MAX_BYTES + 1);
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize) length, &invalid))
    {
      fail (error, "text is not UTF-8", (guint) g_utf8_strlen (text, invalid - text) + 1);
      return NULL;
    }

  tokens = g_array_new (FALSE, FALSE, sizeof (TripToken));
  while (TRUE)
    {
      gunichar c = g_utf8_get_char (text);
      TripToken token = { .kind = TRIP_TOKEN_END, .position = position, .tight = tight };
      gboolean good = TRUE;

      if (g_unichar_isspace (c))
        {
          text = g_utf8_next_char (text);
          position++;
          tight = FALSE;
          continue;
        }

      if (c != 0)
        {
          if (digit_of (c) >= 0)
            good = lex_number (&text, &position, &token, error);
          else if (g_unichar_isalpha (c))
            good = lex_word (&text, &position, &token, error);
          else if (is_quote (c))
            good = lex_comment (&text, &position, &token, error);
          else
            good = lex_sign (&text, &position, &token, error);
        }
      if (!good)
        return NULL;
      g_array_append_val (tokens, token);
      if (c == 0)
        return g_steal_pointer (&tokens);
      tight = TRUE;
    }
}
