/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tokeniser. One pass over the text, linear in its length; it knows scripts and punctuation, not words. Chinese
 * characters and kana are tokens of their own, since no spaces part their words.
 */
#include "language/trip-tokens.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words after which a full stop is part of an abbreviation. */
static const char abbreviations[] = " st ste sv mt dr mr mrs ms jr sr bros ft vs approx jan feb mar apr jun jul aug sep sept "
                                    "oct nov dec ca bzw inkl zzgl evtl max min ";

/* The tails that an apostrophe parts from a word: they are words of their own, as in "we'd". */
static const char contractions[] = " d ll re ve m ";

static gboolean
word_in_list (const char *list,
              const char *word,
              gsize       length)
{
  if (length == 0)
    return FALSE;
  for (const char *p = list + 1; *p != '\0'; p++)
    {
      gsize same = 0;

      while (same < length && p[same] == word[same])
        same++;
      if (same == length && p[same] == ' ')
        return TRUE;
      for (p += same; *p != ' '; p++)
        ;
    }
  return FALSE;
}

/**
 * trip_tokens_hash:
 * @word: a word in folded form
 * @length: its bytes
 *
 * The hash of Fowler, Noll and Vo. Its last two bytes choose two of the 256 bits of a set, as in a filter of Bloom
 * (Communications of the ACM 13(7), 1970).
 *
 * Returns: the hash that a token of that form has
 */
guint32
trip_tokens_hash (const char *word,
                  gsize       length)
{
  guint32 hash = (guint32) length;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) word[i]) * 16777619u;
  return hash ^ hash >> 16;
}

static gboolean
is_mark_to_strip (gunichar c)
{
  /* Accents of Latin, Greek and Cyrillic, the points of Hebrew and Arabic. Marks of Indic scripts and the voicing marks
   * of kana make another letter, so they stay. */
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x0591 && c <= 0x05c7) || (c >= 0x064b && c <= 0x0652) ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0x200d || c == 0x00ad;
}

static gboolean
is_single_script (gunichar c)
{
  return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x323af) || c == 0x3005 || c == 0x3006;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == '`' || c == 0x00b4;
}

/* Most text is ASCII, which needs no tables. */
static inline gboolean
is_letter (gunichar c)
{
  return c < 0x80 ? g_ascii_isalpha ((char) c) : g_unichar_isalpha (c);
}

static inline gboolean
is_digit (gunichar c)
{
  return c < 0x80 ? g_ascii_isdigit ((char) c) : g_unichar_isdigit (c);
}

static inline gboolean
is_capital (gunichar c)
{
  return c < 0x80 ? g_ascii_isupper ((char) c) : g_unichar_isupper (c) || g_unichar_istitle (c);
}

static inline gboolean
is_word_char (gunichar c)
{
  return is_letter (c) || (c >= 0x80 && g_unichar_ismark (c));
}

static guint
gap_of (gunichar c)
{
  switch (c)
    {
    case '-': case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: case '~': case 0x301c:
    case 0xff5e:
      return TRIP_GAP_HYPHEN;
    case ',': case 0x3001: case 0xff0c: case 0x060c:
      return TRIP_GAP_COMMA;
    case ':': case 0xff1a:
      return TRIP_GAP_COLON;
    case '/':
      return TRIP_GAP_SLASH;
    case '+':
      return TRIP_GAP_PLUS;
    case ';': case '(': case ')': case '[': case ']': case '{': case '}': case '"': case 0x201c: case 0x201d:
    case 0x201e:
    case 0x00ab: case 0x00bb: case 0x300c: case 0x300d: case 0xff08: case 0xff09: case '\n': case 0x2022: case '|':
      return TRIP_GAP_BREAK;
    case '!': case 0x3002: case 0xff01: case 0x2026:
      return TRIP_GAP_STOP;
    case '?': case 0xff1f: case 0x061f:
      return TRIP_GAP_STOP | TRIP_GAP_QUESTION;
    case ' ':
      return TRIP_GAP_SPACE;
    default:
      return g_unichar_isspace (c) ? TRIP_GAP_SPACE : TRIP_GAP_OTHER;
    }
}

/* Appends the folded form of one character: compatibility form, lower case, without accents. */
static void
fold_char (GString *out,
           gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n;

  if (c < 0x80)
    {
      g_string_append_c (out, g_ascii_tolower ((char) c));
      return;
    }
  switch (c)
    {
    case 0x00df: case 0x1e9e: g_string_append (out, "ss"); return;
    case 0x00e6: case 0x00c6: g_string_append (out, "ae"); return;
    case 0x0153: case 0x0152: g_string_append (out, "oe"); return;
    case 0x00f8: case 0x00d8: g_string_append_c (out, 'o'); return;
    case 0x0142: case 0x0141: g_string_append_c (out, 'l'); return;
    case 0x0111: case 0x0110: case 0x00f0: case 0x00d0: g_string_append_c (out, 'd'); return;
    case 0x00fe: case 0x00de: g_string_append (out, "th"); return;
    case 0x0131: case 0x0130: g_string_append_c (out, 'i'); return;
    case 0x03c2: g_string_append_unichar (out, 0x03c3); return;
    default: break;
    }
  /* Hangul and kana would fall apart into pieces that are no letters by themselves. */
  if ((c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3041 && c <= 0x30ff))
    {
      g_string_append_unichar (out, c);
      return;
    }
  n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize k = 0; k < n; k++)
    if (!is_mark_to_strip (parts[k]))
      g_string_append_unichar (out, g_unichar_tolower (parts[k]));
}

typedef struct {
  GArray *tokens;
  GString *folded;
  guint gap;
} Builder;

static TripToken *
begin_token (Builder       *builder,
             TripTokenKind  kind,
             guint          start)
{
  TripToken token = { .kind = kind, .start = start, .gap = builder->gap };

  if (builder->folded->len > 0)
    g_string_append_c (builder->folded, ' ');
  token.folded = builder->folded->len;
  builder->gap = TRIP_GAP_NONE;
  g_array_append_val (builder->tokens, token);
  return &g_array_index (builder->tokens, TripToken, builder->tokens->len - 1);
}

static void
finish_token (Builder   *builder,
              TripToken *token,
              guint      end)
{
  token->end = end;
  token->folded_len = builder->folded->len - token->folded;
  token->hash = trip_tokens_hash (builder->folded->str + token->folded, token->folded_len);
  if (token->folded_len == 0)
    {
      /* Nothing but marks: no token after all. */
      guint gap = token->gap;

      g_string_truncate (builder->folded, token->folded > 0 ? token->folded - 1 : 0);
      g_array_set_size (builder->tokens, builder->tokens->len - 1);
      builder->gap |= gap;
    }
}

/* Whether a sign or name of money stands here, or behind one space. */
static gboolean
names_money (const char *text)
{
  static const char * const names[] = { "€", "$", "£", "eur", "chf", "usd", "fr.", "zł", "kr" };

  text += *text == ' ';
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (text, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

/* "1,500", "1.500" and "10'000" are whole numbers, "2.5" is not; three digits behind the sign decide. */
static const char *
read_number (Builder    *builder,
             const char *text,
             const char *p)
{
  TripToken *token = begin_token (builder, TRIP_TOKEN_NUMBER, p - text);
  gdouble value = 0;
  gunichar grouped = 0;

  while (TRUE)
    {
      gunichar c = g_utf8_get_char (p);
      const char *behind = g_utf8_next_char (p);

      if (is_digit (c))
        {
          gint digit = g_unichar_digit_value (c);

          value = MIN (value * 10 + digit, 1e15);
          g_string_append_c (builder->folded, '0' + digit);
          p = behind;
        }
      else if ((c == ',' || c == '.' || is_apostrophe (c)) && g_ascii_isdigit (*behind))
        {
          gsize digits = strspn (behind, "0123456789");

          if (digits == 3 && value > 0 && value < 1e9)
            {
              grouped = c;
              p = behind;
            }
          else if (c == ',' && digits <= 2 && (grouped == '.' || (digits == 2 && names_money (behind + 2))))
            {
              /* "1.200,50", "80,50 Euro": cents as most of Europe writes them. */
              value += g_ascii_strtod (behind, NULL) / (digits == 1 ? 10.0 : 100.0);
              g_string_append_c (builder->folded, '.');
              g_string_append_len (builder->folded, behind, digits);
              p = behind + digits;
              break;
            }
          else if (c == '.' && digits <= 2)
            {
              gdouble fraction = g_ascii_strtod (p, NULL);

              /* "10.30" may be a clock and "3.5.2027" a date: those grammars look at the folded form. */
              g_string_append_len (builder->folded, p, digits + 1);
              p = behind + digits;
              if (*p == '.' && g_ascii_isdigit (p[1]))
                {
                  gsize rest = 0;

                  while (rest < 16 && (g_ascii_isdigit (p[rest]) || p[rest] == '.'))
                    rest++;
                  while (rest > 0 && p[rest - 1] == '.')
                    rest--;
                  g_string_append_len (builder->folded, p, rest);
                  p += rest;
                  fraction = 0;
                }
              value += fraction;
              break;
            }
          else
            {
              break;
            }
        }
      else
        {
          break;
        }
    }
  token->value = value;
  finish_token (builder, token, p - text);
  return p;
}

static const char *
read_word (Builder    *builder,
           const char *text,
           const char *p)
{
  TripToken *token = begin_token (builder, TRIP_TOKEN_WORD, p - text);
  guint letters = 0;
  guint capitals = 0;

  while (*p != '\0')
    {
      gunichar c;

      /* Most words are nothing but letters of ASCII. */
      if (g_ascii_isalpha (*p))
        {
          if (letters == 0)
            token->capitalised = g_ascii_isupper (*p);
          for (; g_ascii_isalpha (*p); p++)
            {
              letters++;
              capitals += g_ascii_isupper (*p);
              g_string_append_c (builder->folded, g_ascii_tolower (*p));
            }
          continue;
        }
      c = g_utf8_get_char (p);
      if (is_apostrophe (c))
        {
          const char *behind = g_utf8_next_char (p);
          gsize tail = 0;

          if (*behind == '\0' || !is_letter (g_utf8_get_char (behind)))
            break;
          while (g_ascii_isalpha (behind[tail]) && tail < 4)
            tail++;
          if (!is_word_char (g_utf8_get_char (behind + tail)))
            {
              char folded_tail[4] = { 0 };

              for (gsize k = 0; k < tail && k < 3; k++)
                folded_tail[k] = g_ascii_tolower (behind[k]);
              if (tail <= 2 && letters > 0 && word_in_list (contractions, folded_tail, tail))
                {
                  /* The token ends here; the tail becomes the next one. */
                  token->all_caps = letters >= 2 && capitals == letters;
                  finish_token (builder, token, p - text);
                  return behind;
                }
            }
          p = behind;
          continue;
        }
      if (!is_word_char (c) && !is_mark_to_strip (c))
        break;
      if (letters > 0 && is_single_script (c))
        break;
      if (is_letter (c))
        {
          gboolean capital = is_capital (c);

          if (letters == 0)
            token->capitalised = capital;
          letters++;
          capitals += capital;
        }
      fold_char (builder->folded, c);
      p = g_utf8_next_char (p);
      if (letters == 1 && is_single_script (c))
        break;
    }
  token->all_caps = letters >= 2 && capitals == letters;
  finish_token (builder, token, p - text);
  return p;
}

/* "vom 3. bis 9. Mai": the stop belongs to the number. */
static gboolean
follows_german_ordinal (const char *text)
{
  static const char * const words[] = { "bis", "und", "oder", "Tag", "Januar", "Jänner", "Februar", "März", "April", "Mai",
                                        "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if (strncmp (text, words[i], length) == 0 && !is_word_char (g_utf8_get_char (text + length)))
        return TRUE;
    }
  return FALSE;
}

/* "12.08." is a day of August. */
static gboolean
is_german_date (const Builder   *builder,
                const TripToken *token)
{
  const char *text = builder->folded->str + token->folded;
  const char *dot = memchr (text, '.', token->folded_len);
  gint month = dot != NULL ? atoi (dot + 1) : 0;

  return dot != NULL && token->value >= 1 && token->value < 32 && token->folded_len <= 5 &&
         text + token->folded_len - dot >= 2 && month >= 1 && month <= 12;
}

static gboolean
stop_ends_sentence (const Builder *builder,
                    const char    *behind)
{
  const TripToken *last;
  gunichar next;

  if (*behind != '\0' && !g_unichar_isspace (g_utf8_get_char (behind)))
    return FALSE;
  if (builder->tokens->len == 0)
    return TRUE;
  while (*behind != '\0' && g_unichar_isspace (g_utf8_get_char (behind)))
    behind = g_utf8_next_char (behind);
  next = g_utf8_get_char (behind);
  if (next == '\0')
    return TRUE;
  last = &g_array_index (builder->tokens, TripToken, builder->tokens->len - 1);
  if (last->kind == TRIP_TOKEN_NUMBER &&
      ((last->value <= 31 && follows_german_ordinal (behind)) || is_german_date (builder, last)))
    return FALSE;
  if (last->kind != TRIP_TOKEN_WORD || builder->gap != TRIP_GAP_NONE)
    return TRUE;
  if (is_digit (next) && word_in_list (" no nr ", builder->folded->str + last->folded, last->folded_len))
    return FALSE;
  return last->folded_len > 1 &&
         !word_in_list (abbreviations, builder->folded->str + last->folded, last->folded_len);
}

/**
 * trip_tokens_new:
 * @text: valid UTF-8; has to outlive the tokens
 *
 * Cuts a text into tokens. Linear in its length.
 *
 * Returns: (transfer full): the tokens
 */
TripTokens *
trip_tokens_new (const char *text)
{
  TripTokens *self = g_new0 (TripTokens, 1);
  gsize length = strlen (text);
  Builder builder = { .gap = TRIP_GAP_NONE };
  const char *p = text;

  builder.tokens = g_array_sized_new (FALSE, FALSE, sizeof (TripToken), MIN (length / 4 + 8, 32768));
  builder.folded = g_string_sized_new (MIN (length + 16, 131072));
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (is_digit (c))
        {
          p = read_number (&builder, text, p);
        }
      else if (is_letter (c) && !is_apostrophe (c))
        {
          /* U+02BC is an apostrophe and a letter: by itself it begins no word. */
          p = read_word (&builder, text, p);
        }
      else if (g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL)
        {
          TripToken *token = begin_token (&builder, TRIP_TOKEN_CURRENCY, p - text);

          fold_char (builder.folded, c);
          p = g_utf8_next_char (p);
          finish_token (&builder, token, p - text);
        }
      else if (c == '&')
        {
          TripToken *token = begin_token (&builder, TRIP_TOKEN_WORD, p - text);

          g_string_append (builder.folded, "and");
          p = g_utf8_next_char (p);
          finish_token (&builder, token, p - text);
        }
      else
        {
          const char *behind = g_utf8_next_char (p);

          if (c == '.')
            builder.gap |= stop_ends_sentence (&builder, behind) ? TRIP_GAP_STOP : TRIP_GAP_DOT;
          else if (!is_mark_to_strip (c))
            builder.gap |= gap_of (c);
          p = behind;
        }
    }
  self->text = text;
  self->n = builder.tokens->len;
  self->token = (TripToken *) g_array_free (builder.tokens, FALSE);
  self->folded = g_string_free (builder.folded, FALSE);
  self->final_gap = builder.gap;
  return self;
}

/**
 * trip_tokens_free:
 * @self: (transfer full): tokens
 *
 * Frees them; the text stays.
 */
void
trip_tokens_free (TripTokens *self)
{
  g_free (self->token);
  g_free (self->folded);
  g_free (self);
}

/**
 * trip_tokens_is_in:
 * @self: tokens
 * @i: an index, may be out of range
 * @folded_words: words in folded form with one space before, between and behind them
 *
 * Returns: whether token @i is one of the words, or stands for one
 */
gboolean
trip_tokens_is_in (const TripTokens *self,
                   guint             i,
                   const char       *folded_words)
{
  if (i >= self->n)
    return FALSE;
  if (self->token[i].like != NULL && word_in_list (folded_words, self->token[i].like, strlen (self->token[i].like)))
    return TRUE;
  return word_in_list (folded_words, self->folded + self->token[i].folded, self->token[i].folded_len);
}

/**
 * trip_word_set_prepare:
 * @self: words
 *
 * Fills in the marks. Any thread.
 */
void
trip_word_set_prepare (TripWordSet *self)
{
  static GMutex mutex;

  g_mutex_lock (&mutex);
  for (const char *word = self->words + 1; *word != '\0' && !g_atomic_int_get (&self->ready);)
    {
      gsize length = strcspn (word, " ");
      guint32 hash = trip_tokens_hash (word, length);

      self->marks[hash >> 14 & 3] |= G_GUINT64_CONSTANT (1) << (hash >> 8 & 63);
      self->marks[hash >> 6 & 3] |= G_GUINT64_CONSTANT (1) << (hash & 63);
      word += length + 1;
    }
  g_atomic_int_set (&self->ready, TRUE);
  g_mutex_unlock (&mutex);
}

/**
 * trip_tokens_slice:
 * @self: tokens
 * @first: first token
 * @end: token behind the last
 * @buffer: where to
 * @size: bytes in @buffer
 *
 * Copies the folded form of some neighbouring tokens.
 *
 * Returns: its length in bytes; 0 where it is empty or does not fit
 */
guint
trip_tokens_slice (const TripTokens *self,
                   guint             first,
                   guint             end,
                   char             *buffer,
                   gsize             size)
{
  const TripToken *last;
  guint length;

  buffer[0] = '\0';
  if (first >= end || end > self->n)
    return 0;
  last = &self->token[end - 1];
  length = last->folded + last->folded_len - self->token[first].folded;
  if (length + 1 > size)
    return 0;
  memcpy (buffer, self->folded + self->token[first].folded, length);
  buffer[length] = '\0';
  return length;
}

/**
 * trip_tokens_dup_text:
 * @self: tokens
 * @first: first token
 * @end: token behind the last
 *
 * Returns: (transfer full): the text from token @first to the one before @end, as written, white space made single
 */
char *
trip_tokens_dup_text (const TripTokens *self,
                      guint             first,
                      guint             end)
{
  GString *out;
  const char *p;
  const char *limit;
  guint from = G_MAXUINT;
  guint to = 0;

  if (first >= end || end > self->n)
    return g_strdup ("");
  /* In another order the first token need not be the first in the text. */
  for (guint i = first; i < end; i++)
    {
      from = MIN (from, self->token[i].start);
      to = MAX (to, self->token[i].end);
    }
  p = self->text + from;
  limit = self->text + to;
  out = g_string_sized_new (limit - p + 1);
  while (p < limit)
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      p = g_utf8_next_char (p);
    }
  return g_string_free (out, FALSE);
}

/**
 * trip_tokens_join:
 * @self: tokens
 * @first: a token
 * @n: how many become one, 1 or more
 *
 * Makes one token of neighbours.
 */
void
trip_tokens_join (TripTokens *self,
                  guint       first,
                  guint       n)
{
  TripToken *token = &self->token[first];
  const TripToken *last;

  g_return_if_fail (n > 0 && first + n <= self->n);

  last = &self->token[first + n - 1];
  token->end = last->end;
  token->folded_len = last->folded + last->folded_len - token->folded;
  token->hash = trip_tokens_hash (self->folded + token->folded, token->folded_len);
  memmove (token + 1, token + n, sizeof *token * (self->n - first - n));
  self->n -= n - 1;
}

/**
 * trip_tokens_reorder:
 * @self: tokens
 * @order: (array): for each place which token comes to stand there, each of them once
 *
 * Puts the tokens in another order. What stands between them stays where it is.
 */
void
trip_tokens_reorder (TripTokens  *self,
                     const guint *order)
{
  TripToken *token = g_new (TripToken, MAX (self->n, 1));
  GString *folded = g_string_sized_new (strlen (self->folded) + 1);

  for (guint i = 0; i < self->n; i++)
    {
      token[i] = self->token[order[i]];
      token[i].gap = self->token[i].gap;
      if (i > 0)
        g_string_append_c (folded, ' ');
      g_string_append_len (folded, self->folded + token[i].folded, token[i].folded_len);
      token[i].folded = folded->len - token[i].folded_len;
    }
  g_free (self->token);
  g_free (self->folded);
  self->token = token;
  self->folded = g_string_free (folded, FALSE);
}

/**
 * trip_tokens_set_like:
 * @self: tokens
 * @i: a token
 * @word: (transfer none): an English word, folded, that has to outlive the tokens
 *
 * Has a token stand for a word in the rules.
 */
void
trip_tokens_set_like (TripTokens *self,
                      guint       i,
                      const char *word)
{
  g_return_if_fail (i < self->n);

  self->token[i].like = word;
  self->token[i].like_hash = trip_tokens_hash (word, strlen (word));
}

/**
 * trip_tokens_gaps:
 * @self: tokens
 * @first: first token
 * @end: token behind the last
 *
 * Returns: all that stands between these tokens, #TripGap bits; what stands before the first is not counted
 */
guint
trip_tokens_gaps (const TripTokens *self,
                  guint             first,
                  guint             end)
{
  guint gaps = 0;

  for (guint i = first + 1; i < end && i < self->n; i++)
    gaps |= self->token[i].gap;
  return gaps;
}
