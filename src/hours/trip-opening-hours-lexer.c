/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words, numbers and signs of opening hours. All spelling is settled here: case, full names, typographic dashes and quotes,
 * the few foreign names that mean one thing in every language. Knows nothing of the order tokens come in.
 */
#include "hours/trip-opening-hours-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORD 40

typedef struct {
  const char *words; /* separated by spaces, lower case */
  TripTokenKind kind;
  gint value;
} TripWords;

/*
 * Names of other languages are here as long as they mean one thing: "ma" is Monday in one and Tuesday in the next, and "mar"
 * is March. Week days stand for English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, the Nordic
 * languages, Russian, Chinese, Japanese and Korean, in that order.
 */
static const TripWords vocabulary[] = {
  { "mo mon mons monday mondays montag montags lu lun lundi lunes segunda seg lunedì lunedi maandag poniedziałek pon po "
    "pondělí mandag man måndag mån maanantai пн понедельник 周一 星期一 月 月曜 月曜日 월 월요일", TRIP_TOKEN_WEEKDAY, 0 },
  { "tu tue tues tuesday tuesdays di dienstag dienstags mardi martes terça ter martedì martedi dinsdag wtorek wt út úterý "
    "tirsdag tir tisdag tis tiistai ti вт вторник 周二 星期二 火 火曜 火曜日 화 화요일", TRIP_TOKEN_WEEKDAY, 1 },
  { "we wed weds wednesday wednesdays mi mittwoch mittwochs me mercredi mer miércoles miercoles mié quarta qua mercoledì "
    "mercoledi wo woensdag środa śr st středa onsdag ons keskiviikko ke ср среда 周三 星期三 水 水曜 水曜日 수 수요일",
    TRIP_TOKEN_WEEKDAY, 2 },
  { "th thu thur thurs thursday thursdays do donnerstag donnerstags je jeudi jeu jueves jue quinta qui giovedì giovedi gio "
    "donderdag czwartek cz czw čt čtvrtek torsdag torstai чт четверг 周四 星期四 木 木曜 木曜日 목 목요일",
    TRIP_TOKEN_WEEKDAY, 3 },
  { "fr fri friday fridays freitag freitags ve vendredi ven viernes vie sexta sex venerdì venerdi vr vrijdag piątek pią pátek "
    "pá fredag fre perjantai пт пятница 周五 星期五 金 金曜 金曜日 금 금요일", TRIP_TOKEN_WEEKDAY, 4 },
  { "sa sat saturday saturdays samstag samstags sonnabend sonnabends samedi sam sábado sabado sáb sab sabato za zaterdag "
    "sobota sob lørdag lør lördag lör lauantai la сб суббота 周六 星期六 土 土曜 土曜日 토 토요일", TRIP_TOKEN_WEEKDAY, 5 },
  { "su sun sunday sundays so sonntag sonntags dimanche dim domingo dom domenica zo zondag niedziela nie neděle søndag søn "
    "söndag sön sunnuntai вс воскресенье 周日 星期日 星期天 日 日曜 日曜日 일 일요일", TRIP_TOKEN_WEEKDAY, 6 },
  { "wd weekday weekdays workday workdays", TRIP_TOKEN_WEEKDAYS, 0x1f },
  { "weekend weekends wochenende 土日", TRIP_TOKEN_WEEKDAYS, 0x60 },
  { "daily everyday täglich 毎日 每天 매일", TRIP_TOKEN_WEEKDAYS, TRIP_ALL_WEEKDAYS },
  { "jan january januar jänner jän janvier janv enero ene gennaio gen januari", TRIP_TOKEN_MONTH, 1 },
  { "feb february februar février fevrier févr febrero febbraio februari", TRIP_TOKEN_MONTH, 2 },
  { "mar march mär maerz märz mrz mars marzo maart", TRIP_TOKEN_MONTH, 3 },
  { "apr april avril avr abril abr aprile", TRIP_TOKEN_MONTH, 4 },
  { "may mai mayo maggio mag mei maj", TRIP_TOKEN_MONTH, 5 },
  { "jun june juni juin junio giugno giu", TRIP_TOKEN_MONTH, 6 },
  { "jul july juli juillet juil julio luglio lug", TRIP_TOKEN_MONTH, 7 },
  { "aug august août aout agosto ago augustus", TRIP_TOKEN_MONTH, 8 },
  { "sep sept september septembre septiembre settembre set", TRIP_TOKEN_MONTH, 9 },
  { "oct october okt oktober octobre octubre ottobre ott", TRIP_TOKEN_MONTH, 10 },
  { "nov november novembre noviembre", TRIP_TOKEN_MONTH, 11 },
  { "dec december dez dezember décembre decembre diciembre dic dicembre", TRIP_TOKEN_MONTH, 12 },
  { "ph holiday holidays publicholiday bankholiday feiertag feiertage feiertags férié fériés 祝 祝日", TRIP_TOKEN_HOLIDAY,
    TRIP_HOLIDAY_PUBLIC },
  { "sh ferien schulferien", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_SCHOOL },
  { "easter ostern pâques", TRIP_TOKEN_EASTER, 0 },
  { "week weeks kw", TRIP_TOKEN_WEEK, 0 },
  { "day days", TRIP_TOKEN_DAY, 0 },
  { "open geöffnet offen ouvert", TRIP_TOKEN_STATE, TRIP_OPENING_OPEN },
  { "off closed close shut ruhetag geschlossen fermé ferme cerrado chiuso gesloten 休 休業 定休日", TRIP_TOKEN_STATE,
    TRIP_OPENING_CLOSED },
  { "unknown unbekannt", TRIP_TOKEN_STATE, TRIP_OPENING_UNKNOWN },
  { "dawn", TRIP_TOKEN_EVENT, TRIP_SUN_DAWN },
  { "sunrise sunup sonnenaufgang", TRIP_TOKEN_EVENT, TRIP_SUN_RISE },
  { "sunset sundown sonnenuntergang", TRIP_TOKEN_EVENT, TRIP_SUN_SET },
  { "dusk", TRIP_TOKEN_EVENT, TRIP_SUN_DUSK },
  { "noon", TRIP_TOKEN_NOON, 12 * 60 },
  { "midnight", TRIP_TOKEN_NOON, 24 * 60 },
  { "am", TRIP_TOKEN_HALF, 0 },
  { "pm", TRIP_TOKEN_HALF, 12 },
  { "h hr hrs hours uhr", TRIP_TOKEN_HOUR, 0 },
  { "always nonstop", TRIP_TOKEN_ALWAYS, 0 },
  { "to till until through bis à", TRIP_TOKEN_SIGN, '-' },
  { "and und et y", TRIP_TOKEN_SIGN, ',' },
  { "x", TRIP_TOKEN_SIGN, '/' },
  { "late", TRIP_TOKEN_LATE, 0 },
  { "from von de", TRIP_TOKEN_NONE, 0 },
};

/* What takes more than one word. Longer ones first where one begins with another. */
static const TripWords phrases[] = {
  { "by appointment only", TRIP_TOKEN_COMMENT, 0 },
  { "by appointment", TRIP_TOKEN_COMMENT, 0 },
  { "on appointment", TRIP_TOKEN_COMMENT, 0 },
  { "appointment only", TRIP_TOKEN_COMMENT, 0 },
  { "on request", TRIP_TOKEN_COMMENT, 0 },
  { "on demand", TRIP_TOKEN_COMMENT, 0 },
  { "nach vereinbarung", TRIP_TOKEN_COMMENT, 0 },
  { "auf anfrage", TRIP_TOKEN_COMMENT, 0 },
  { "sur rendez-vous", TRIP_TOKEN_COMMENT, 0 },
  { "public holidays", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_PUBLIC },
  { "public holiday", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_PUBLIC },
  { "bank holidays", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_PUBLIC },
  { "bank holiday", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_PUBLIC },
  { "jours fériés", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_PUBLIC },
  { "school holidays", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_SCHOOL },
  { "school holiday", TRIP_TOKEN_HOLIDAY, TRIP_HOLIDAY_SCHOOL },
  { "every day", TRIP_TOKEN_WEEKDAYS, TRIP_ALL_WEEKDAYS },
  { "all day", TRIP_TOKEN_ALWAYS, 0 },
  { "open end", TRIP_TOKEN_LATE, 0 },
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
fail (GError **error, const char *wrong, guint position)
{
  return trip_opening_hours_fail (error, TRIP_OPENING_HOURS_ERROR_SYNTAX, position, "%s", wrong);
}

static gboolean
fail_word (GError **error, const char *start, const char *end, guint position)
{
  g_autofree char *word = g_strndup (start, (gsize) (end - start));

  return trip_opening_hours_fail (error, TRIP_OPENING_HOURS_ERROR_SYNTAX, position,
                                  _("“%s” is no word of opening hours; remarks stand in quotation marks"), word);
}

static gboolean
lex_number (const char **text, guint *position, TripToken *token, GError **error)
{
  gint digit;

  token->kind = TRIP_TOKEN_NUMBER;
  while ((digit = digit_of (g_utf8_get_char (*text))) >= 0)
    {
      if (++token->digits > 4)
        return fail (error, _("a number of more than four digits"), token->position);
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
        return fail (error, _("a comment without its closing quotation mark"), token->position);
    }
  while (!is_quote (g_utf8_get_char (*text)));
  *text = g_utf8_next_char (*text);
  *position += 1;
  return TRUE;
}

/* The phrase that begins at @text, with a boundary behind it. */
static const TripWords *
find_phrase (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      const char *phrase = phrases[i].words;
      const char *at = text;

      while (*phrase != '\0' && g_unichar_tolower (g_utf8_get_char (at)) == g_utf8_get_char (phrase))
        {
          phrase = g_utf8_next_char (phrase);
          at = g_utf8_next_char (at);
        }
      if (*phrase == '\0' && !g_unichar_isalpha (g_utf8_get_char (at)))
        return &phrases[i];
    }
  return NULL;
}

static gboolean
lex_word (const char **text, guint *position, TripToken *token, GError **error)
{
  const char *start = *text;
  char word[MAX_WORD + 6];
  gsize length = 0;
  const TripWords *entry = find_phrase (start);

  if (entry != NULL)
    {
      glong characters = g_utf8_strlen (entry->words, -1);

      token->kind = entry->kind;
      token->value = entry->value;
      *text = g_utf8_offset_to_pointer (start, characters);
      *position += (guint) characters;
      return TRUE;
    }

  for (gunichar c = g_utf8_get_char (*text); g_unichar_isalpha (c); c = g_utf8_get_char (*text))
    {
      if (length >= MAX_WORD)
        return fail_word (error, start, g_utf8_next_char (*text), token->position);
      length += (gsize) g_unichar_to_utf8 (g_unichar_tolower (c), word + length);
      *text = g_utf8_next_char (*text);
      *position += 1;
    }

  if (length == 1 && (word[0] == 'a' || word[0] == 'p') && g_ascii_strncasecmp (*text, ".m", 2) == 0)
    {
      word[length++] = 'm';
      *text += 2;
      *position += 2;
    }

  entry = find_word (word, length);
  if (entry == NULL)
    return fail_word (error, start, *text, token->position);
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
    return trip_opening_hours_fail (error, TRIP_OPENING_HOURS_ERROR_SYNTAX, token->position,
                                    _("the sign “%.*s” has no meaning here"),
                                    (gint) (g_utf8_next_char (*text) - *text), *text);
  *text = g_utf8_next_char (*text);
  *position += 1;
  return TRUE;
}

static gboolean
is_word (const TripToken *token, const char *words)
{
  g_autofree char *word = g_utf8_strdown (token->text, token->length);

  return has_word (words, word, strlen (word));
}

/* "Di" is a German Tuesday, but beside "lu", "me", "je" and "ve" it is a French Sunday, and nobody would know. */
static gboolean
check_languages (const GArray *tokens, GError **error)
{
  const TripToken *doubtful = NULL;
  gboolean french = FALSE;

  for (guint i = 0; i < tokens->len; i++)
    {
      const TripToken *token = &g_array_index (tokens, TripToken, i);

      if (token->kind != TRIP_TOKEN_WEEKDAY || token->length > 3)
        continue;
      if (is_word (token, "di do"))
        doubtful = token;
      french = french || is_word (token, "lu lun me mer je jeu ve ven sam dim");
    }
  if (doubtful != NULL && french)
    return fail_word (error, doubtful->text, doubtful->text + doubtful->length, doubtful->position);
  return TRUE;
}

/*
 * trip_opening_hours_lex:
 * @text: what a map says; outlives the tokens
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
      trip_opening_hours_fail (error, TRIP_OPENING_HOURS_ERROR_TOO_LONG, TRIP_HOURS_MAX_BYTES + 1,
                               _("the text is longer than %d bytes"), TRIP_HOURS_MAX_BYTES);
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize) length, &invalid))
    {
      fail (error, _("the text is not UTF-8"), (guint) g_utf8_strlen (text, invalid - text) + 1);
      return NULL;
    }

  tokens = g_array_new (FALSE, FALSE, sizeof (TripToken));
  while (TRUE)
    {
      gunichar c = g_utf8_get_char (text);
      TripToken token = { .kind = TRIP_TOKEN_END, .position = position, .text = text, .tight = tight };
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
      if (token.kind == TRIP_TOKEN_NONE)
        continue;
      token.length = (guint) (text - token.text);
      g_array_append_val (tokens, token);
      if (c == 0)
        return check_languages (tokens, error) ? g_steal_pointer (&tokens) : NULL;
      tight = TRUE;
    }
}
