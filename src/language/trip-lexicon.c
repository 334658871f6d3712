/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Loads the word tables from the bundled resource and finds their phrases in a text. It knows what a phrase can be, not
 * which of its meanings a sentence wants.
 */
#include "language/trip-lexicon.h"

#include "language/trip-fuzzy-index.h"
#include "language/trip-japanese.h"
#include "language/trip-language.h"
#include "language/trip-text.h"
#include "trip-language-resources.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE_PREFIX "/org/tripd/language"
#define MAX_PHRASE_TOKENS 12
#define MAX_PHRASE_BYTES 96

/* What is known of the phrases that begin with a word. */
typedef struct {
  guint longest;   /* in tokens */
  guint64 seconds; /* a bit for the hash of each second word */
} Head;

struct _TripLexicon {
  const char *code;
  GHashTable *phrases; /* folded phrase → TripWord chain */
  GHashTable *heads;   /* folded first word → Head */
  TripFuzzyIndex *fuzzy;
};

static const char * const class_names[TRIP_WORD_N_CLASSES] = {
  [TRIP_WORD_NUMBER] = "number",         /* a number in words; value: the number */
  [TRIP_WORD_ORDINAL] = "ordinal",       /* first, second, last; value: the number, -1 for last */
  [TRIP_WORD_UNIT] = "unit",             /* a unit of the trip's length; value: day, night, week, month, weekend */
  [TRIP_WORD_TRIP] = "trip",             /* words for a trip, as in "3 day trip" */
  [TRIP_WORD_STAY] = "stay",             /* a length without a number: "long weekend"; value: days */
  [TRIP_WORD_MONTH] = "month",           /* value: 1 to 12 */
  [TRIP_WORD_WEEKDAY] = "weekday",       /* value: 1 (Monday) to 7 */
  [TRIP_WORD_SEASON] = "season",         /* value: its middle month in the north */
  [TRIP_WORD_HOLIDAY] = "holiday",       /* value: MM-DD, or easter */
  [TRIP_WORD_DAYREF] = "dayref",         /* today, tomorrow; value: days from today */
  [TRIP_WORD_CURRENCY] = "currency",     /* sign, code or name; value: ISO 4217 */
  [TRIP_WORD_BOUND] = "bound",           /* under, about; value: max, about, min */
  [TRIP_WORD_BUDGET] = "budget",         /* words that say an amount is the budget */
  [TRIP_WORD_PER] = "per",               /* per day, each; value: day, person, night, total */
  [TRIP_WORD_PERSON] = "person",         /* counted travellers; value: adult, child, any */
  [TRIP_WORD_RELATIVE] = "relative",     /* who comes along: "husband"; value: adult, child; with *2 for two */
  [TRIP_WORD_PARTY] = "party",           /* a whole party: "solo"; value: adults, or adults+children */
  [TRIP_WORD_LEVEL] = "level",           /* value: budget, mid, premium */
  [TRIP_WORD_PACE] = "pace",             /* value: relaxed, normal, packed */
  [TRIP_WORD_CROWDS] = "crowds",         /* phrases that ask for quiet; value: avoid, or noun for the crowds
                                          * themselves */
  [TRIP_WORD_FREE] = "free",             /* free time */
  [TRIP_WORD_DIET] = "diet",             /* value: vegetarian, vegan, halal, kosher, gluten_free, or another word */
  [TRIP_WORD_ACCESS] = "access",         /* value: wheelchair, or another need */
  [TRIP_WORD_WALKING] = "walking",       /* value: longest walk in metres */
  [TRIP_WORD_START] = "start",           /* late or early start; value: minutes after midnight, or clock where one
                                          * follows */
  [TRIP_WORD_END] = "end",               /* the same for the end of the day */
  [TRIP_WORD_ARRIVE] = "arrive",         /* the trip's first arrival; value: a word of trip_journey_of_word(), or empty */
  [TRIP_WORD_DEPART] = "depart",         /* the way home; the same values; weak where only an hour late in the day or the
                                          * last day makes it one */
  [TRIP_WORD_DAYPART] = "daypart",       /* a part of a day; value: minutes after midnight that stand for it; weak where it
                                          * follows a day or "in the" */
  [TRIP_WORD_TRANSPORT] = "transport",   /* value: a mode of TripConstraints */
  [TRIP_WORD_CABIN] = "cabin",           /* a class of seats */
  [TRIP_WORD_LODGING] = "lodging",       /* value: kind of lodging */
  [TRIP_WORD_FOOD] = "food",             /* a dish or a kind of meal */
  [TRIP_WORD_CUISINE] = "cuisine",       /* a nationality that is a cuisine before "food" or "restaurant" */
  [TRIP_WORD_INTEREST] = "interest",     /* value: atlas tag, or empty for the word itself */
  [TRIP_WORD_TOPIC] = "topic",           /* a word for a whole topic: "budget", "dates"; value: the topic */
  [TRIP_WORD_NEGATE] = "negate",         /* no, avoid, without */
  [TRIP_WORD_MUST] = "must",             /* must, only, need */
  [TRIP_WORD_PREFER] = "prefer",         /* would like; value: hedge where it makes a bound a wish: ideally */
  [TRIP_WORD_REMOVE] = "remove",         /* remove, drop; value: drop for the verbs, undo for "no longer needed" */
  [TRIP_WORD_ADD] = "add",               /* add, include */
  [TRIP_WORD_REPLACE] = "replace",       /* replace, swap */
  [TRIP_WORD_CHANGE] = "change",         /* actually, instead, now */
  [TRIP_WORD_PLAN] = "plan",             /* plan, option, itinerary */
  [TRIP_WORD_ANOTHER] = "another",       /* another, one more, alternative */
  [TRIP_WORD_ADJUST] = "adjust",         /* lighter, cheaper, later: how a plan should change */
  [TRIP_WORD_POLITE] = "polite",         /* words before a command that say nothing */
  [TRIP_WORD_GREETING] = "greeting",
  [TRIP_WORD_THANKS] = "thanks",
  [TRIP_WORD_SMALLTALK] = "smalltalk",   /* yes, no, who are you; value: kind */
  [TRIP_WORD_ASK] = "ask",               /* how a question begins */
  [TRIP_WORD_SUBJECT] = "subject",       /* what travellers ask about; value: the answer's name */
  [TRIP_WORD_TRAVEL] = "travel",         /* words of travel; value: weight */
  [TRIP_WORD_OFF] = "off",               /* words of other matters; value: weight; weak where only a sentence that begins so
                                          * is meant */
  [TRIP_WORD_INJECTION] = "injection",   /* attempts to give the interpreter orders */
  [TRIP_WORD_REQUEST] = "request",       /* plan, find me, book: asks for a trip rather than for an answer */
  [TRIP_WORD_VISIT] = "visit",           /* verbs whose object is a place */
  [TRIP_WORD_ORIGIN] = "origin",         /* from, leaving: what follows is where the trip starts */
  [TRIP_WORD_TOWARDS] = "towards",       /* prepositions before a place */
  [TRIP_WORD_LANDMARK] = "landmark",     /* words in names of sights */
  [TRIP_WORD_STOP] = "stop",             /* function words: never part of an interest */
  [TRIP_WORD_VERB] = "verb",             /* common verbs: the same */
  [TRIP_WORD_ORDINARY] = "ordinary",     /* ordinary words one mistake away from a place name */
  [TRIP_WORD_LIKE] = "like",             /* a word of another language; value: the English word that it stands for in the
                                          * rules */
};

static const char * const table_files[] = {
  "numbers.tsv", "time.tsv", "journeys.tsv", "money.tsv", "party.tsv", "style.tsv", "needs.tsv", "transport.tsv", "lodging.tsv",
  "food.tsv", "interests.tsv", "topics.tsv", "cues.tsv", "questions.tsv", "relevance.tsv", "function.tsv",
  "ordinary.tsv", "grammar.tsv",
};

static const char * const language_codes[TRIP_N_LANGUAGES] = { "en", "de", "fr", "es", "ja" };

/**
 * trip_word_class_get_name:
 * @klass: a class of words
 *
 * Returns: (transfer none): its name in the tables
 */
const char *
trip_word_class_get_name (TripWordClass klass)
{
  g_return_val_if_fail (klass < TRIP_WORD_N_CLASSES, NULL);

  return class_names[klass];
}

static gint
class_from_name (const char *name)
{
  for (guint i = 0; i < TRIP_WORD_N_CLASSES; i++)
    if (strcmp (class_names[i], name) == 0)
      return i;
  return -1;
}

static guint64
second_bit (guint32 hash)
{
  return G_GUINT64_CONSTANT (1) << (hash & 63);
}

static void
add_phrase (TripLexicon   *self,
            const char    *text,
            TripWordClass  klass,
            const char    *value)
{
  g_autofree char *folded = trip_text_fold (text);
  TripWord *word;
  TripWord *chain;
  const char *space;
  g_autofree char *name = NULL;
  Head *head;

  if (*folded == '\0')
    return;
  word = g_new0 (TripWord, 1);
  word->phrase = g_steal_pointer (&folded);
  word->klass = klass;
  word->value = g_strdup (value);
  if (g_str_has_suffix (value, "?"))
    {
      word->weak = TRUE;
      word->value[strlen (value) - 1] = '\0';
    }
  word->number = g_ascii_strtod (value, NULL);
  word->n_tokens = 1;
  for (const char *p = word->phrase; *p != '\0'; p++)
    word->n_tokens += *p == ' ';

  chain = g_hash_table_lookup (self->phrases, word->phrase);
  if (chain != NULL)
    {
      while (chain->next != NULL)
        chain = chain->next;
      chain->next = word;
    }
  else
    {
      g_hash_table_insert (self->phrases, word->phrase, word);
    }

  space = strchr (word->phrase, ' ');
  name = space != NULL ? g_strndup (word->phrase, space - word->phrase) : g_strdup (word->phrase);
  head = g_hash_table_lookup (self->heads, name);
  if (head == NULL)
    {
      head = g_new0 (Head, 1);
      g_hash_table_insert (self->heads, g_steal_pointer (&name), head);
    }
  head->longest = MAX (head->longest, word->n_tokens);
  if (space != NULL)
    head->seconds |= second_bit (trip_tokens_hash (space + 1, strcspn (space + 1, " ")));

  if (word->n_tokens == 1 &&
      (klass == TRIP_WORD_INTEREST || klass == TRIP_WORD_FOOD || klass == TRIP_WORD_DIET ||
       klass == TRIP_WORD_LODGING ||
       klass == TRIP_WORD_MONTH))
    trip_fuzzy_index_add (self->fuzzy, word->phrase, 1, word);
}

/* "museum(s)" stands for two phrases, "galler(y|ies)" for two others. */
static void
expand_phrase (TripLexicon   *self,
               const char    *text,
               TripWordClass  klass,
               const char    *value)
{
  const char *open = strchr (text, '(');
  const char *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *inside = NULL;
  g_auto(GStrv) choices = NULL;
  gboolean optional;

  if (close == NULL)
    {
      add_phrase (self, text, klass, value);
      return;
    }
  inside = g_strndup (open + 1, close - open - 1);
  choices = g_strsplit (inside, "|", -1);
  optional = choices[0] != NULL && choices[1] == NULL;
  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_autofree char *expanded = g_strdup_printf ("%.*s%s%s", (int) (open - text), text, choices[i], close + 1);

      expand_phrase (self, expanded, klass, value);
    }
  if (optional)
    {
      g_autofree char *without = g_strdup_printf ("%.*s%s", (int) (open - text), text, close + 1);

      expand_phrase (self, without, klass, value);
    }
}

static void
load_table (TripLexicon *self,
            const char  *file,
            char        *text)
{
  guint line_number = 0;
  char *line = text;

  while (line != NULL && *line != '\0')
    {
      char *next = strchr (line, '\n');
      g_auto(GStrv) columns = NULL;
      gint klass;

      if (next != NULL)
        *next++ = '\0';
      line_number++;
      if (*line != '\0' && *line != '#')
        {
          columns = g_strsplit (line, "\t", 4);
          klass = columns[0] != NULL && columns[1] != NULL ? class_from_name (columns[1]) : -1;
          if (klass < 0)
            g_warning ("%s:%u: no such class of words", file, line_number);
          else
            expand_phrase (self, columns[0], klass, columns[2] != NULL ? columns[2] : "");
        }
      line = next;
    }
}

static TripLexicon *
lexicon_load (TripLanguage language)
{
  TripLexicon *self = g_new0 (TripLexicon, 1);
  GResource *resource = trip_language_get_resource ();

  self->code = language_codes[language];
  self->phrases = g_hash_table_new (g_str_hash, g_str_equal);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->fuzzy = trip_fuzzy_index_new (6);
  for (guint i = 0; i < G_N_ELEMENTS (table_files); i++)
    {
      g_autofree char *path = g_build_path ("/", RESOURCE_PREFIX, language_codes[language], table_files[i], NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      g_autofree char *text = NULL;
      gsize size;
      const char *data;

      /* English alone has words that look like places, and needs none that stand for English ones. */
      if (bytes == NULL && (strcmp (table_files[i], "ordinary.tsv") == 0 || strcmp (table_files[i], "grammar.tsv") == 0))
        continue;
      if (bytes == NULL)
        {
          g_critical ("The word tables are not whole: %s", error->message);
          continue;
        }
      data = g_bytes_get_data (bytes, &size);
      text = g_strndup (data, size);
      load_table (self, table_files[i], text);
    }
  return self;
}

/**
 * trip_lexicon_get:
 * @language: a language
 *
 * The lexicon of a language's bundled tables, loaded at the first call. Any thread.
 *
 * Returns: (transfer none): the lexicon
 */
TripLexicon *
trip_lexicon_get (TripLanguage language)
{
  static gsize lexicons[TRIP_N_LANGUAGES];

  g_return_val_if_fail (language < TRIP_N_LANGUAGES, NULL);

  if (g_once_init_enter (&lexicons[language]))
    g_once_init_leave (&lexicons[language], GPOINTER_TO_SIZE (lexicon_load (language)));
  return GSIZE_TO_POINTER (lexicons[language]);
}

/**
 * trip_lexicon_get_code:
 * @self: a lexicon
 *
 * Returns: (transfer none): the ISO 639-1 code of its language
 */
const char *
trip_lexicon_get_code (TripLexicon *self)
{
  return self->code;
}

/**
 * trip_lexicon_lookup:
 * @self: a lexicon
 * @folded: a phrase in folded form
 *
 * Returns: (transfer none) (nullable): its first meaning
 */
const TripWord *
trip_lexicon_lookup (TripLexicon *self,
                     const char  *folded)
{
  return g_hash_table_lookup (self->phrases, folded);
}

/**
 * trip_lexicon_guess:
 * @self: a lexicon
 * @folded_word: a word that the tables do not have
 *
 * Looks for a mistyped interest, food, diet, lodging or month of six letters or more.
 *
 * Returns: (transfer none) (nullable): what was probably meant
 */
const TripWord *
trip_lexicon_guess (TripLexicon *self,
                    const char  *folded_word)
{
  return trip_fuzzy_index_lookup (self->fuzzy, folded_word);
}

static gboolean
is_joined (const TripTokens *tokens,
           guint             i)
{
  return memchr (tokens->folded + tokens->token[i].folded, ' ', tokens->token[i].folded_len) != NULL;
}

/* The most tokens that a phrase may have which begins at token @i with the word in @buffer; of words that were joined to one
 * token, the first. */
static guint
longest_from (TripLexicon      *self,
              const TripTokens *tokens,
              guint             i,
              char             *buffer)
{
  char *space = strchr (buffer, ' ');
  const Head *head;

  if (space != NULL)
    *space = '\0';
  head = g_hash_table_lookup (self->heads, buffer);
  if (head == NULL)
    return 0;
  /* A joined token has its second word in itself. */
  if (space == NULL && i + 1 < tokens->n && !is_joined (tokens, i + 1) &&
      (head->seconds & second_bit (tokens->token[i + 1].hash)) == 0)
    return MIN (head->longest, 1);
  return MIN (head->longest, MAX_PHRASE_TOKENS);
}

/**
 * trip_lexicon_reach:
 * @self: a lexicon
 * @tokens: a text in tokens
 * @i: a token
 *
 * Returns: how many tokens the longest phrase has that begins at token @i; 0 where none does
 */
guint
trip_lexicon_reach (TripLexicon      *self,
                    const TripTokens *tokens,
                    guint             i)
{
  char buffer[MAX_PHRASE_BYTES];
  guint longest;

  if (trip_tokens_slice (tokens, i, i + 1, buffer, sizeof buffer) == 0)
    return 0;
  longest = longest_from (self, tokens, i, buffer);
  for (guint length = MIN (longest, tokens->n - i); length > 0; length--)
    {
      if (trip_tokens_slice (tokens, i, i + length, buffer, sizeof buffer) > 0 &&
          g_hash_table_contains (self->phrases, buffer))
        return length;
    }
  return 0;
}

/* Appends all phrases of a lexicon that begin at token @i, longest first. Returns the token behind the longest. */
static guint
find_phrases (TripLexicon *lexicon,
              TripTokens  *tokens,
              guint        i,
              GArray      *hits)
{
  char buffer[MAX_PHRASE_BYTES];
  guint longest;
  guint reach = 1;
  guint end = i;

  if (trip_tokens_slice (tokens, i, i + 1, buffer, sizeof buffer) == 0)
    return i;
  longest = longest_from (lexicon, tokens, i, buffer);
  while (reach < longest && i + reach < tokens->n &&
         (tokens->token[i + reach].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0)
    reach++;
  for (guint length = MIN (reach, longest); length > 0; length--)
    {
      if (trip_tokens_slice (tokens, i, i + length, buffer, sizeof buffer) == 0)
        continue;
      for (const TripWord *word = g_hash_table_lookup (lexicon->phrases, buffer); word != NULL; word = word->next)
        {
          TripHit hit = { word, i + length };

          end = MAX (end, hit.end);
          if (word->klass == TRIP_WORD_LIKE)
            trip_tokens_set_like (tokens, i, word->value);
          else
            g_array_append_val (hits, hit);
        }
    }
  return end;
}

/* Where no spaces part words, those that stand for an English one become one token, as that is. */
static void
join_words (TripLexicon *lexicon,
            TripTokens  *tokens)
{
  for (guint i = 0; i < tokens->n; i++)
    {
      guint reach = trip_lexicon_reach (lexicon, tokens, i);
      char buffer[MAX_PHRASE_BYTES];
      const TripWord *word;

      if (reach < 2 || trip_tokens_slice (tokens, i, i + reach, buffer, sizeof buffer) == 0)
        continue;
      for (word = trip_lexicon_lookup (lexicon, buffer); word != NULL && word->klass != TRIP_WORD_LIKE; word = word->next)
        ;
      if (word != NULL)
        trip_tokens_join (tokens, i, reach);
      else
        i += reach - 1;
    }
}

static TripAnnotated *
annotate (TripTokens   *tokens,
          TripLanguage  language)
{
  TripAnnotated *self = g_new0 (TripAnnotated, 1);
  TripLexicon *english = trip_lexicon_get (TRIP_LANGUAGE_ENGLISH);
  GArray *hits = g_array_sized_new (FALSE, FALSE, sizeof (TripHit), tokens->n + 1);
  guint covered = 0;

  self->tokens = tokens;
  self->lexicon = trip_lexicon_get (language);
  self->first_hit = g_new (guint, tokens->n + 1);
  self->classes = g_new0 (guint64, tokens->n + 1);
  for (guint i = 0; i < tokens->n; i++)
    {
      guint end;

      self->first_hit[i] = hits->len;
      /* Without spaces, what begins inside a longer phrase is no word. */
      if (i < covered)
        continue;
      end = find_phrases (self->lexicon, tokens, i, hits);
      if (language == TRIP_LANGUAGE_JAPANESE)
        covered = end;
      if (self->lexicon == english || hits->len > self->first_hit[i] || tokens->token[i].like != NULL)
        continue;
      find_phrases (english, tokens, i, hits);
      /* Who mixes two languages may mix a third one in. */
      for (guint other = TRIP_LANGUAGE_GERMAN;
           other < TRIP_LANGUAGE_JAPANESE && hits->len == self->first_hit[i] && tokens->token[i].like == NULL; other++)
        if (other != language)
          find_phrases (trip_lexicon_get (other), tokens, i, hits);
    }
  self->first_hit[tokens->n] = hits->len;
  for (guint i = 0; i < tokens->n; i++)
    for (guint h = self->first_hit[i]; h < self->first_hit[i + 1]; h++)
      self->classes[i] |= G_GUINT64_CONSTANT (1) << g_array_index (hits, TripHit, h).word->klass;
  /* All German nouns have a capital: of those in the tables it says that they are no names. */
  for (guint i = 0; i < tokens->n && language == TRIP_LANGUAGE_GERMAN; i++)
    tokens->token[i].capitalised = tokens->token[i].capitalised && self->first_hit[i] == self->first_hit[i + 1];
  self->hits = (TripHit *) g_array_free (hits, FALSE);
  return self;
}

/**
 * trip_annotated_new:
 * @text: valid UTF-8; has to outlive the result
 *
 * Cuts a text into tokens, finds out its language and all phrases of that language's tables in it; where a token begins
 * none, those of the English tables, as languages are mixed. Phrases do not reach over a comma or the end of a clause.
 * Linear in the length of the text.
 *
 * Returns: (transfer full): the annotated tokens
 */
TripAnnotated *
trip_annotated_new (const char *text)
{
  TripTokens *tokens = trip_tokens_new (text);
  TripLanguage language = trip_language_detect (tokens);
  TripAnnotated *self;

  if (language == TRIP_LANGUAGE_JAPANESE)
    {
      join_words (trip_lexicon_get (language), tokens);
      trip_japanese_part_clauses (tokens);
    }
  self = annotate (tokens, language);
  if (language == TRIP_LANGUAGE_JAPANESE && trip_japanese_reorder (self))
    {
      self->tokens = NULL;
      trip_annotated_free (self);
      self = annotate (tokens, language);
    }
  return self;
}

/**
 * trip_annotated_free:
 * @self: (transfer full): annotated tokens
 *
 * Frees them.
 */
void
trip_annotated_free (TripAnnotated *self)
{
  g_clear_pointer (&self->tokens, trip_tokens_free);
  g_free (self->hits);
  g_free (self->first_hit);
  g_free (self->classes);
  g_free (self);
}

/**
 * trip_annotated_find:
 * @self: annotated tokens
 * @i: a token, may be out of range
 * @klass: a class of words
 * @out_end: (out) (optional): the token behind the phrase
 *
 * Returns: (transfer none) (nullable): the longest phrase of that class that begins at token @i
 */
const TripWord *
trip_annotated_find (const TripAnnotated *self,
                     guint                i,
                     TripWordClass        klass,
                     guint               *out_end)
{
  if (!trip_annotated_is (self, i, klass))
    return NULL;
  for (guint h = self->first_hit[i]; h < self->first_hit[i + 1]; h++)
    {
      if (self->hits[h].word->klass != klass)
        continue;
      if (out_end != NULL)
        *out_end = self->hits[h].end;
      return self->hits[h].word;
    }
  return NULL;
}

/**
 * trip_annotated_known:
 * @self: annotated tokens
 * @i: a token
 *
 * Returns: whether the tables have the single word at @i, whatever it is
 */
gboolean
trip_annotated_known (const TripAnnotated *self,
                      guint                i)
{
  if (i >= self->tokens->n)
    return FALSE;
  for (guint h = self->first_hit[i]; h < self->first_hit[i + 1]; h++)
    if (self->hits[h].end == i + 1)
      return TRUE;
  return FALSE;
}
