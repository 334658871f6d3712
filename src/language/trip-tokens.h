/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A text cut into words, numbers and currency signs, with the folded form of each and what stands between them.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/**
 * TripGap:
 * @TRIP_GAP_NONE: nothing: the two tokens touch
 * @TRIP_GAP_SPACE: white space
 * @TRIP_GAP_HYPHEN: a hyphen or dash
 * @TRIP_GAP_COMMA: a comma
 * @TRIP_GAP_DOT: a full stop that ends no sentence: of an abbreviation, or inside a number or address
 * @TRIP_GAP_COLON: a colon
 * @TRIP_GAP_SLASH: a slash
 * @TRIP_GAP_BREAK: a semicolon, bracket, quotation mark or line break
 * @TRIP_GAP_STOP: the end of a sentence
 * @TRIP_GAP_QUESTION: a question mark; comes with %TRIP_GAP_STOP
 * @TRIP_GAP_PLUS: a plus sign
 * @TRIP_GAP_OTHER: any other sign
 *
 * What stands before a token, as bits.
 */
typedef enum {
  TRIP_GAP_NONE     = 0,
  TRIP_GAP_SPACE    = 1 << 0,
  TRIP_GAP_HYPHEN   = 1 << 1,
  TRIP_GAP_COMMA    = 1 << 2,
  TRIP_GAP_DOT      = 1 << 3,
  TRIP_GAP_COLON    = 1 << 4,
  TRIP_GAP_SLASH    = 1 << 5,
  TRIP_GAP_BREAK    = 1 << 6,
  TRIP_GAP_STOP     = 1 << 7,
  TRIP_GAP_QUESTION = 1 << 8,
  TRIP_GAP_PLUS     = 1 << 9,
  TRIP_GAP_OTHER    = 1 << 10,
} TripGap;

/**
 * TRIP_GAP_CLAUSE:
 *
 * Gaps that end a clause.
 */
#define TRIP_GAP_CLAUSE (TRIP_GAP_BREAK | TRIP_GAP_STOP | TRIP_GAP_QUESTION)

/**
 * TripTokenKind:
 * @TRIP_TOKEN_WORD: letters
 * @TRIP_TOKEN_NUMBER: digits, with `value`
 * @TRIP_TOKEN_CURRENCY: a currency sign
 *
 * What a token is made of.
 */
typedef enum {
  TRIP_TOKEN_WORD,
  TRIP_TOKEN_NUMBER,
  TRIP_TOKEN_CURRENCY,
} TripTokenKind;

/**
 * TripToken:
 * @kind: what it is made of
 * @start: byte in the text where it begins
 * @end: byte in the text behind it
 * @folded: byte in the folded text where it begins
 * @folded_len: bytes of its folded form
 * @hash: of its folded form; its last two bytes tell most words from it that it is not
 * @gap: what stands before it, #TripGap bits
 * @capitalised: begins with a capital
 * @all_caps: capitals only, two or more
 * @value: a number's value
 * @like_hash: the same of @like
 * @like: (nullable): the English word that it stands for in the rules, folded; set by who knows the language
 *
 * One token.
 */
typedef struct {
  TripTokenKind kind;
  guint start;
  guint end;
  guint folded;
  guint folded_len;
  guint32 hash;
  guint gap;
  gboolean capitalised;
  gboolean all_caps;
  gdouble value;
  guint32 like_hash;
  const char *like;
} TripToken;

/**
 * TripTokens:
 * @text: (transfer none): the text
 * @token: the tokens
 * @n: how many
 * @folded: folded forms, one space between two
 * @final_gap: what stands behind the last token
 *
 * A text in tokens. Neighbouring tokens' folded forms are neighbours in @folded, so a name of several words is one
 * slice.
 */
typedef struct {
  const char *text;
  TripToken *token;
  guint n;
  char *folded;
  guint final_gap;
} TripTokens;

/**
 * TripWordSet:
 * @words: words in folded form with one space before, between and behind them
 * @ready: whether @marks are filled in
 * @marks: a bit for each of the last two bytes of the hashes of all of them
 *
 * Words that a rule asks for.
 */
typedef struct {
  const char *words;
  gint ready;
  guint64 marks[4];
} TripWordSet;

/**
 * trip_tokens_is_any:
 * @tokens: tokens
 * @i: an index, may be out of range
 * @folded_words: a string constant: words in folded form with one space before, between and behind them
 *
 * Whether token @i is one of the words, or stands for one. The rules ask this of nearly every token, and mostly in vain, so
 * that two bits have to say no.
 */
#define trip_tokens_is_any(tokens, i, folded_words)                                                                     \
  (G_GNUC_EXTENSION ({                                                                                                  \
    static TripWordSet trip_set_ = { .words = folded_words };                                                               \
    trip_tokens_is_of_set ((tokens), (i), &trip_set_);                                                                  \
  }))

TripTokens *trip_tokens_new         (const char       *text);
void        trip_tokens_free        (TripTokens       *self);
gboolean    trip_tokens_is_in       (const TripTokens *self,
                                     guint             i,
                                     const char       *folded_words);
guint32     trip_tokens_hash        (const char       *word,
                                     gsize             length);
void        trip_word_set_prepare   (TripWordSet      *self);
guint       trip_tokens_slice       (const TripTokens *self,
                                     guint             first,
                                     guint             end,
                                     char             *buffer,
                                     gsize             size);
char       *trip_tokens_dup_text    (const TripTokens *self,
                                     guint             first,
                                     guint             end);
void        trip_tokens_join        (TripTokens       *self,
                                     guint             first,
                                     guint             n);
void        trip_tokens_reorder     (TripTokens       *self,
                                     const guint      *order);
void        trip_tokens_set_like    (TripTokens       *self,
                                     guint             i,
                                     const char       *word);
guint       trip_tokens_gaps        (const TripTokens *self,
                                     guint             first,
                                     guint             end);

/**
 * trip_tokens_is:
 * @self: tokens
 * @i: an index, may be out of range
 * @folded_word: a word in folded form
 *
 * Returns: whether token @i is that word, or stands for it
 */
static inline gboolean
trip_tokens_is (const TripTokens *self,
                guint             i,
                const char       *folded_word)
{
  const TripToken *token = &self->token[i];
  gsize length = strlen (folded_word);

  return i < self->n &&
         ((token->folded_len == length && memcmp (self->folded + token->folded, folded_word, length) == 0) ||
          (token->like != NULL && strcmp (token->like, folded_word) == 0));
}

/**
 * trip_word_set_may_have:
 * @self: words that are prepared
 * @hash: of a word
 *
 * Returns: %FALSE where the word is none of them
 */
static inline gboolean
trip_word_set_may_have (const TripWordSet *self,
                        guint32            hash)
{
  return (self->marks[hash >> 14 & 3] >> (hash >> 8 & 63) & self->marks[hash >> 6 & 3] >> (hash & 63) & 1) != 0;
}

/**
 * trip_tokens_is_of_set:
 * @self: tokens
 * @i: an index, may be out of range
 * @set: the words
 *
 * Returns: whether token @i is one of the words, or stands for one. Any thread.
 */
static inline gboolean
trip_tokens_is_of_set (const TripTokens *self,
                       guint             i,
                       TripWordSet      *set)
{
  const TripToken *token = &self->token[i];

  if (i >= self->n)
    return FALSE;
  if (G_UNLIKELY (!g_atomic_int_get (&set->ready)))
    trip_word_set_prepare (set);
  return (trip_word_set_may_have (set, token->hash) ||
          (token->like != NULL && trip_word_set_may_have (set, token->like_hash))) &&
         trip_tokens_is_in (self, i, set->words);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripTokens, trip_tokens_free)

G_END_DECLS
