/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The word tables of data/language: what a word or phrase can be. Read-only once loaded, so any thread may ask.
 */
#pragma once

#include "language/trip-tokens.h"

G_BEGIN_DECLS

/**
 * TripWordClass:
 *
 * What a phrase of the tables is. The names in the tables are those of class_names in trip-lexicon.c, where each is
 * explained.
 */
typedef enum {
  TRIP_WORD_NUMBER,
  TRIP_WORD_ORDINAL,
  TRIP_WORD_UNIT,
  TRIP_WORD_TRIP,
  TRIP_WORD_STAY,
  TRIP_WORD_MONTH,
  TRIP_WORD_WEEKDAY,
  TRIP_WORD_SEASON,
  TRIP_WORD_HOLIDAY,
  TRIP_WORD_DAYREF,
  TRIP_WORD_CURRENCY,
  TRIP_WORD_BOUND,
  TRIP_WORD_BUDGET,
  TRIP_WORD_PER,
  TRIP_WORD_PERSON,
  TRIP_WORD_RELATIVE,
  TRIP_WORD_PARTY,
  TRIP_WORD_LEVEL,
  TRIP_WORD_PACE,
  TRIP_WORD_CROWDS,
  TRIP_WORD_FREE,
  TRIP_WORD_DIET,
  TRIP_WORD_ACCESS,
  TRIP_WORD_WALKING,
  TRIP_WORD_START,
  TRIP_WORD_END,
  TRIP_WORD_ARRIVE,
  TRIP_WORD_DEPART,
  TRIP_WORD_DAYPART,
  TRIP_WORD_TRANSPORT,
  TRIP_WORD_CABIN,
  TRIP_WORD_LODGING,
  TRIP_WORD_FOOD,
  TRIP_WORD_CUISINE,
  TRIP_WORD_INTEREST,
  TRIP_WORD_TOPIC,
  TRIP_WORD_NEGATE,
  TRIP_WORD_MUST,
  TRIP_WORD_PREFER,
  TRIP_WORD_REMOVE,
  TRIP_WORD_ADD,
  TRIP_WORD_REPLACE,
  TRIP_WORD_CHANGE,
  TRIP_WORD_PLAN,
  TRIP_WORD_ANOTHER,
  TRIP_WORD_ADJUST,
  TRIP_WORD_POLITE,
  TRIP_WORD_GREETING,
  TRIP_WORD_THANKS,
  TRIP_WORD_SMALLTALK,
  TRIP_WORD_ASK,
  TRIP_WORD_SUBJECT,
  TRIP_WORD_TRAVEL,
  TRIP_WORD_OFF,
  TRIP_WORD_INJECTION,
  TRIP_WORD_REQUEST,
  TRIP_WORD_VISIT,
  TRIP_WORD_ORIGIN,
  TRIP_WORD_TOWARDS,
  TRIP_WORD_LANDMARK,
  TRIP_WORD_STOP,
  TRIP_WORD_VERB,
  TRIP_WORD_ORDINARY,
  TRIP_WORD_LIKE,
  TRIP_WORD_N_CLASSES,
} TripWordClass;

G_STATIC_ASSERT (TRIP_WORD_N_CLASSES <= 64);

/**
 * TRIP_WORD_BIT:
 * @name: a class of words without its prefix
 *
 * Its bit in the classes of a #TripAnnotated.
 */
#define TRIP_WORD_BIT(name) (G_GUINT64_CONSTANT (1) << TRIP_WORD_ ## name)

/**
 * TripWord:
 * @phrase: folded
 * @klass: what it is
 * @value: what it means, as the table says; may be empty
 * @number: @value as a number, 0 where it is none
 * @n_tokens: tokens in @phrase
 * @weak: too general to say something by itself; written as a `?` behind the value
 * @next: (nullable): another meaning of the same phrase
 *
 * One meaning of one phrase. Owned by the lexicon.
 */
typedef struct _TripWord TripWord;
struct _TripWord {
  char *phrase;
  TripWordClass klass;
  char *value;
  gdouble number;
  guint n_tokens;
  gboolean weak;
  TripWord *next;
};

/**
 * TripHit:
 * @word: the meaning
 * @end: token behind the phrase
 *
 * A phrase of the tables at a place of a text.
 */
typedef struct {
  const TripWord *word;
  guint end;
} TripHit;

/**
 * TripLanguage:
 * @TRIP_LANGUAGE_ENGLISH: English
 * @TRIP_LANGUAGE_GERMAN: German
 * @TRIP_LANGUAGE_FRENCH: French
 * @TRIP_LANGUAGE_SPANISH: Spanish
 * @TRIP_LANGUAGE_JAPANESE: Japanese
 * @TRIP_N_LANGUAGES: how many there are
 *
 * The languages that there are word tables of.
 */
typedef enum {
  TRIP_LANGUAGE_ENGLISH,
  TRIP_LANGUAGE_GERMAN,
  TRIP_LANGUAGE_FRENCH,
  TRIP_LANGUAGE_SPANISH,
  TRIP_LANGUAGE_JAPANESE,
  TRIP_N_LANGUAGES,
} TripLanguage;

typedef struct _TripLexicon TripLexicon;

/**
 * TripAnnotated:
 * @tokens: the tokens
 * @lexicon: (transfer none): the words of their language
 * @hits: all phrases found, by first token, longest first
 * @first_hit: where the hits of each token begin in @hits, with one more element for the end
 * @classes: for each token a bit for every class of words of which a phrase begins there
 *
 * Tokens with all that the tables know about them.
 */
typedef struct {
  TripTokens *tokens;
  TripLexicon *lexicon;
  TripHit *hits;
  guint *first_hit;
  guint64 *classes;
} TripAnnotated;

const char     *trip_word_class_get_name (TripWordClass   klass);
TripLexicon    *trip_lexicon_get      (TripLanguage         language);
const char     *trip_lexicon_get_code (TripLexicon         *self);
guint           trip_lexicon_reach    (TripLexicon         *self,
                                       const TripTokens    *tokens,
                                       guint                i);
const TripWord *trip_lexicon_lookup   (TripLexicon         *self,
                                       const char          *folded);

TripAnnotated  *trip_annotated_new    (const char          *text);
void            trip_annotated_free   (TripAnnotated       *self);
const TripWord *trip_annotated_find   (const TripAnnotated *self,
                                       guint                i,
                                       TripWordClass        klass,
                                       guint               *out_end);
gboolean        trip_annotated_known  (const TripAnnotated *self,
                                       guint                i);

/**
 * trip_annotated_is:
 * @self: annotated tokens
 * @i: a token, may be out of range
 * @klass: a class of words
 *
 * Returns: whether a phrase of that class begins at token @i
 */
static inline gboolean
trip_annotated_is (const TripAnnotated *self,
                   guint                i,
                   TripWordClass        klass)
{
  return i < self->tokens->n && (self->classes[i] >> klass & 1) != 0;
}

const TripWord *trip_lexicon_guess    (TripLexicon         *self,
                                       const char          *folded_word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripAnnotated, trip_annotated_free)

G_END_DECLS
