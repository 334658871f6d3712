/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Finds the places a message names: by the gazetteer, behind its back where capitals and verbs say that something is a
 * place, and in spite of a typing mistake. Which names are ordinary words here is decided by what stands around them.
 */
#include "providers/interpreter/trip-reader.h"

#include <string.h>

#define NAME_BYTES 128
#define PLAIN_GAP (TRIP_GAP_SPACE | TRIP_GAP_HYPHEN | TRIP_GAP_DOT)

/* A sight whose name is written like any other words is no further from the place that was named before it. */
#define FAR_METRES 150000.0

/* So many live in a city that one may mean without any other sign. */
#define LARGE_CITY 150000

/* "the United Arab Emirates'" has as many. */
#define MAX_OWNER_WORDS 4

#define CONNECTORS " of de la le les del da do dos el du van der al des di della "
#define PERSON_NOUNS " friend uncle aunt mr mrs ms cousin brother sister husband wife boss buddy mate colleague girlfriend " \
                     "boyfriend partner nephew niece "
#define PERSON_CUES " friend with called named uncle aunt mr mrs ms dear cousin brother sister husband wife boss am im "
#define BOOKABLE " hotel hotels inn suites resort resorts villa retreat lodge hostel airlines airways marriott " \
                 "hilton hyatt " \
                 "air guesthouse motel ryokan "

static gboolean
find_cue_before (TripReader    *self,
                 guint          i,
                 TripWordClass  klass,
                 guint         *out_first)
{
  guint limit;

  /* "the", "city of" between the cue and the name */
  while (i > 0 && trip_tokens_is_any (self->tokens, i - 1, " the beautiful sunny lovely old downtown central ") &&
         (self->tokens->token[i].gap & ~PLAIN_GAP) == 0)
    i--;
  if (i >= 2 && trip_tokens_is (self->tokens, i - 1, "of") &&
      trip_tokens_is_any (self->tokens, i - 2, " city town island cities region state "))
    {
      i -= 2;
      if (i > 0 && trip_tokens_is (self->tokens, i - 1, "the"))
        i--;
    }
  if (i == 0 || (self->tokens->token[i].gap & ~(PLAIN_GAP | TRIP_GAP_COLON)) != 0)
    return FALSE;
  limit = i > 4 ? i - 4 : 0;
  for (guint k = limit; k < i; k++)
    for (guint h = self->text->first_hit[k]; h < self->text->first_hit[k + 1]; h++)
      if (self->text->hits[h].end == i && self->text->hits[h].word->klass == klass)
        {
          if (out_first != NULL)
            *out_first = k;
          return TRUE;
        }
  return FALSE;
}

static const TripMention *
last_mention (TripReader *self)
{
  return self->mentions->len > 0 ? &g_array_index (self->mentions, TripMention, self->mentions->len - 1) : NULL;
}

/* Whether a list of places goes on here: "Oslo, Bergen and the Lofoten". */
static gboolean
continues_list (TripReader *self,
                guint       i)
{
  const TripMention *last = last_mention (self);
  guint between;

  if (last == NULL || last->end > i)
    return FALSE;
  if (trip_tokens_is (self->tokens, i - 1, "the"))
    i--;
  between = i - last->end;
  if ((trip_tokens_gaps (self->tokens, last->end - 1, i + 1) & TRIP_GAP_CLAUSE) != 0)
    return FALSE;
  if (between == 0)
    return (self->tokens->token[i].gap & (TRIP_GAP_COMMA | TRIP_GAP_HYPHEN | TRIP_GAP_SLASH | TRIP_GAP_PLUS)) != 0;
  if (between == 1)
    return trip_tokens_is_any (self->tokens, i - 1, " and or then plus to with ");
  return between == 2 && trip_tokens_is_any (self->tokens, i - 2, " and then ") &&
         trip_tokens_is_any (self->tokens, i - 1, " then to maybe also finally also ");
}

static gboolean
is_sentence_start (TripReader *self,
                   guint       i)
{
  return i == 0 || (self->tokens->token[i].gap & (TRIP_GAP_STOP | TRIP_GAP_BREAK | TRIP_GAP_COLON)) != 0;
}

static gboolean
capital_says_name (TripReader *self,
                   guint       i)
{
  return self->tokens->token[i].capitalised && !self->title_case && !is_sentence_start (self, i);
}

static gboolean
is_latin (TripReader *self,
          guint       i)
{
  return (guchar) self->tokens->folded[self->tokens->token[i].folded] < 0x80;
}

static gboolean
ends_phrase (TripReader *self,
             guint       i)
{
  return i >= self->tokens->n || (self->tokens->token[i].gap & ~PLAIN_GAP) != 0 ||
         trip_tokens_is_any (self->tokens, i, " first then next last afterwards ") ||
         trip_annotated_is (self->text, i, TRIP_WORD_STOP) || self->tokens->token[i].kind == TRIP_TOKEN_NUMBER ||
         trip_annotated_is (self->text, i, TRIP_WORD_NUMBER);
}

static gboolean
is_cued (TripReader *self,
         guint       i)
{
  return find_cue_before (self, i, TRIP_WORD_TOWARDS, NULL) || find_cue_before (self, i, TRIP_WORD_VISIT, NULL) ||
         find_cue_before (self, i, TRIP_WORD_ORIGIN, NULL) || find_cue_before (self, i, TRIP_WORD_REMOVE, NULL) ||
         find_cue_before (self, i, TRIP_WORD_REPLACE, NULL) || find_cue_before (self, i, TRIP_WORD_ADD, NULL) ||
         continues_list (self, i);
}

static gunichar
first_letter (TripReader *self,
              guint       i)
{
  return i < self->tokens->n ? g_utf8_get_char (self->tokens->text + self->tokens->token[i].start) : 0;
}

static gboolean
is_katakana (gunichar c)
{
  return (c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc;
}

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* Between scripts without spaces: "ロマ" is no name in "ロマンス", and "温泉" is a bath before it is a town in China. */
static gboolean
unspaced_name_is_meant (TripReader               *self,
                        guint                     i,
                        guint                     end,
                        const TripGazetteerEntry *entry)
{
  /* As written, since the tokens may stand in another order. */
  gboolean touches_before = i > 0 && self->tokens->token[i - 1].end == self->tokens->token[i].start;
  gboolean touches_behind = end < self->tokens->n && self->tokens->token[end - 1].end == self->tokens->token[end].start;

  if (is_katakana (first_letter (self, i)))
    return !(touches_before && is_katakana (first_letter (self, i - 1))) &&
           !(touches_behind && is_katakana (first_letter (self, end)));
  if (!is_han (first_letter (self, i)) || !entry->obscure)
    return TRUE;
  return end > i + 2 && !(touches_before && is_han (first_letter (self, i - 1)));
}

/* A small town is meant only where the sentence asks for a place: most words that name one are other words too. */
static gboolean
obscure_name_is_meant (TripReader *self,
                       guint       i,
                       guint       end)
{
  const TripToken *token = &self->tokens->token[i];
  gboolean capital = token->capitalised && !self->title_case;
  const TripMention *last = last_mention (self);
  guint known = 0;

  for (guint k = i; k < end; k++)
    known += trip_annotated_known (self->text, k);
  if (known == end - i || (end == i + 1 && token->folded_len < 4))
    return FALSE;
  /* Who writes "Bath with hot springs" writes names with capitals. */
  if (!token->capitalised && last != NULL && self->tokens->token[last->first].capitalised)
    return FALSE;
  if (capital && is_sentence_start (self, i))
    return ends_phrase (self, end) && known == 0;
  return is_cued (self, i) && (capital || ends_phrase (self, end));
}

/* "CAD 500" and "500 CAD" are money, though Chad is called so elsewhere. */
static gboolean
is_money (TripReader *self,
          guint       i,
          guint       end)
{
  return trip_annotated_is (self->text, i, TRIP_WORD_CURRENCY) &&
         ((i > 0 && self->tokens->token[i - 1].kind == TRIP_TOKEN_NUMBER) ||
          (end < self->tokens->n && self->tokens->token[end].kind == TRIP_TOKEN_NUMBER));
}

/* "Near the beach" means no bar of that name. */
static gboolean
is_all_ordinary (TripReader *self,
                 guint       i,
                 guint       end)
{
  for (guint k = i; k < end; k++)
    if (self->tokens->token[k].capitalised || !trip_annotated_known (self->text, k))
      return FALSE;
  return TRUE;
}

/* "A cable car" in Norway is not the one that a city of Croatia calls so. */
static gboolean
is_elsewhere (TripReader               *self,
              guint                     i,
              const TripGazetteerEntry *sight)
{
  const TripMention *last = last_mention (self);

  return !self->tokens->token[i].capitalised && last != NULL && last->entry != NULL &&
         trip_geo_distance_m (&last->entry->geo, &sight->geo) > FAR_METRES + last->entry->extent_km * 1000.0;
}

/* Whether the words at [i, end), folded @name, are meant as the place they could name. */
static gboolean
name_is_meant (TripReader               *self,
               guint                     i,
               guint                     end,
               const char               *name,
               const TripGazetteerEntry *entry)
{
  const TripToken *token = &self->tokens->token[i];
  gboolean single = end == i + 1;
  gboolean ordinary;
  gboolean cued;

  if (single && is_money (self, i, end))
    return FALSE;
  if (!is_latin (self, i))
    return unspaced_name_is_meant (self, i, end, entry);
  if (entry->obscure)
    return obscure_name_is_meant (self, i, end);
  /* "Three cities" are three of them before they are the ones of Malta. */
  if (!single && !token->capitalised && trip_annotated_is (self->text, i, TRIP_WORD_NUMBER))
    return FALSE;
  cued = is_cued (self, i);
  if (single && i > 0 && entry->ambiguous && trip_tokens_is_any (self->tokens, i - 1, PERSON_CUES))
    return FALSE;
  if (single && token->folded_len <= 3)
    {
      if (token->all_caps && !self->title_case)
        return TRUE;
      if (token->folded_len == 2)
        return cued && !trip_tokens_is_any (self->tokens, i, " us la ") && ends_phrase (self, end);
      if (!token->capitalised)
        return cued && ends_phrase (self, end) && !trip_annotated_known (self->text, i);
    }
  /* "Lion" is Lyon to some, and an animal to most. */
  ordinary = entry->ambiguous || (single && trip_gazetteer_is_foreign_name (self->gazetteer, name, entry)) ||
             (single && entry->kind == TRIP_PLACE_SIGHT && !token->capitalised) ||
             (single && trip_annotated_known (self->text, i) &&
              !trip_annotated_is (self->text, i, TRIP_WORD_TRAVEL));
  if (!single && entry->kind == TRIP_PLACE_SIGHT && (is_all_ordinary (self, i, end) || is_elsewhere (self, i, entry)))
    return FALSE;
  /* "A riad in the medina" */
  if (single && entry->kind == TRIP_PLACE_CITY && !token->capitalised && i > 0 && trip_tokens_is (self->tokens, i - 1, "the"))
    return FALSE;
  if (!ordinary)
    return TRUE;
  if (!single)
    return TRUE;
  if (token->capitalised && !self->title_case)
    {
      if (cued)
        return TRUE;
      if (is_sentence_start (self, i))
        return ends_phrase (self, end) && !trip_annotated_is (self->text, i, TRIP_WORD_GREETING) &&
               !trip_annotated_is (self->text, i, TRIP_WORD_VERB) && !trip_annotated_is (self->text, i, TRIP_WORD_STOP);
      return entry->kind != TRIP_PLACE_SIGHT || entry->population >= 50;
    }
  /* In lower case: "in nice", but not "in nice hotels" nor "nice". */
  return cued && !trip_annotated_is (self->text, i, TRIP_WORD_ORDINARY) && ends_phrase (self, end) &&
    entry->kind != TRIP_PLACE_SIGHT &&
         !trip_annotated_is (self->text, i, TRIP_WORD_INTEREST) && !trip_annotated_is (self->text, i, TRIP_WORD_STOP) &&
         !trip_annotated_is (self->text, i, TRIP_WORD_VERB);
}

/* "My friend Jordan", "Uncle Chad": whoever is called so. */
static gboolean
names_person (TripReader *self,
              guint       i)
{
  const TripToken *token = &self->tokens->token[i];

  return i > 0 && token->capitalised && !self->title_case && token->gap == TRIP_GAP_SPACE &&
         trip_tokens_is_any (self->tokens, i - 1, PERSON_NOUNS);
}

/* The capitalised words from i on, with "of" and the like between them. */
static guint
run_of_capitals (TripReader *self,
                 guint       i)
{
  guint end = i;

  while (end < self->tokens->n && end < i + 8)
    {
      const TripToken *token = &self->tokens->token[end];

      if (end > i && (token->gap & ~PLAIN_GAP) != 0)
        break;
      if (token->kind == TRIP_TOKEN_WORD && token->capitalised &&
          !trip_annotated_is (self->text, end, TRIP_WORD_MONTH) &&
            !trip_annotated_is (self->text, end, TRIP_WORD_WEEKDAY) &&
          !trip_annotated_is (self->text, end, TRIP_WORD_CUISINE) &&
            !trip_annotated_is (self->text, end, TRIP_WORD_CURRENCY) &&
          !trip_tokens_is (self->tokens, end, "i"))
        {
          end++;
          continue;
        }
      if (end > i && end + 1 < self->tokens->n && trip_tokens_is_any (self->tokens, end, CONNECTORS) &&
          self->tokens->token[end + 1].capitalised && (self->tokens->token[end + 1].gap & ~PLAIN_GAP) == 0)
        {
          end++;
          continue;
        }
      if (end > i + 1 && end + 2 < self->tokens->n && trip_tokens_is_any (self->tokens, end, CONNECTORS) &&
          trip_tokens_is_any (self->tokens, end + 1, " the los las la ") && self->tokens->token[end + 2].capitalised)
        {
          end += 2;
          continue;
        }
      break;
    }
  return end;
}

static void
add_mention (TripReader               *self,
             guint                     first,
             guint                     end,
             const TripGazetteerEntry *entry,
             const char               *value)
{
  TripMention mention = { .first = first, .end = end, .entry = entry, .value = g_strdup (value),
                          .role = TRIP_ROLE_VISIT };

  g_array_append_val (self->mentions, mention);
  for (guint i = first; i < end; i++)
    self->taken[i] = TRUE;
}

/* A place by the name that was found. Who writes another language reads that name back; abbreviations, which are no names,
 * and English messages have the name that the gazetteer shows, but for sights, each of which has a few. */
static void
add_place (TripReader               *self,
           guint                     first,
           guint                     end,
           const TripGazetteerEntry *entry)
{
  gboolean foreign = self->text->lexicon != trip_lexicon_get (TRIP_LANGUAGE_ENGLISH);
  g_autofree char *written = trip_tokens_dup_text (self->tokens, first, end);
  gboolean name = end > first + 1 || !is_latin (self, first) ||
                  (!self->tokens->token[first].all_caps && self->tokens->token[first].folded_len >= (foreign ? 3 : 4));

  name = name && g_unichar_toupper (g_utf8_get_char (written)) == g_utf8_get_char (written);
  if (name && (foreign || entry->kind == TRIP_PLACE_SIGHT))
    add_mention (self, first, end, entry, written);
  else
    add_mention (self, first, end, entry, entry->name);
}

/* What the gazetteer says of the single word at @i. Long messages ask for the same words again and again. */
static const TripKnownWord *
look_up_word (TripReader *self,
              guint       i)
{
  const TripToken *token = &self->tokens->token[i];
  TripKnownWord *known = &self->known[token->hash & (TRIP_KNOWN_WORDS - 1)];
  char name[NAME_BYTES];

  if (known->length > 0 && known->hash == token->hash && known->length == token->folded_len &&
      memcmp (self->tokens->folded + known->word, self->tokens->folded + token->folded, token->folded_len) == 0)
    return known;
  if (trip_tokens_slice (self->tokens, i, i + 1, name, sizeof name) == 0)
    return NULL;
  known->hash = token->hash;
  known->word = token->folded;
  known->length = token->folded_len;
  known->reach = MIN (trip_gazetteer_longest_from (self->gazetteer, name, &known->seconds), 10);
  known->entry = known->reach > 0 ? trip_gazetteer_lookup_folded (self->gazetteer, name, NULL) : NULL;
  return known;
}

static const TripGazetteerEntry *
longest_place (TripReader *self,
               guint       i,
               guint      *out_end)
{
  const TripKnownWord *word = look_up_word (self, i);
  char name[NAME_BYTES];
  guint reach;
  guint limit = 1;
  const TripMention *last = last_mention (self);

  if (word == NULL)
    return NULL;
  reach = word->reach;
  if (i + 1 < self->tokens->n && (word->seconds >> (self->tokens->token[i + 1].hash & 63) & 1) == 0)
    reach = MIN (reach, 1);
  while (limit < reach && i + limit < self->tokens->n && (self->tokens->token[i + limit].gap & ~PLAIN_GAP) == 0)
    limit++;
  for (guint n = MIN (limit, reach); n > 0; n--)
    {
      const TripGazetteerEntry *entry;

      if (trip_tokens_slice (self->tokens, i, i + n, name, sizeof name) == 0)
        continue;
      entry = n == 1 ? word->entry : trip_gazetteer_lookup_folded (self->gazetteer, name, NULL);
      if (entry != NULL && entry->kind == TRIP_PLACE_SIGHT && last != NULL && last->entry != NULL)
        entry = trip_gazetteer_lookup_folded (self->gazetteer, name, &last->entry->geo);
      if (entry == NULL || !name_is_meant (self, i, i + n, name, entry))
        continue;
      *out_end = i + n;
      return entry;
    }
  return NULL;
}

/* "Phoenix, AZ", "London England", "Naples in Florida": the area says which one, and is no place to visit itself. */
static const TripGazetteerEntry *
read_area (TripReader *self,
           guint       first,
           guint       end,
           guint      *out_end)
{
  char name[NAME_BYTES];
  char area[NAME_BYTES];
  guint at = end;
  gboolean marked;

  if (at >= self->tokens->n || trip_tokens_slice (self->tokens, first, end, name, sizeof name) == 0)
    return NULL;
  marked = (self->tokens->token[at].gap & TRIP_GAP_COMMA) != 0;
  if ((self->tokens->token[at].gap & TRIP_GAP_CLAUSE) != 0)
    return NULL;
  if (trip_tokens_is (self->tokens, at, "in"))
    {
      at++;
      marked = TRUE;
    }
  for (guint n = 3; n > 0; n--)
    {
      const TripGazetteerEntry *found;

      if (at + n > self->tokens->n || (trip_tokens_gaps (self->tokens, at, at + n) & ~PLAIN_GAP) != 0 ||
          trip_tokens_slice (self->tokens, at, at + n, area, sizeof area) == 0)
        continue;
      if (!marked && !self->tokens->token[at].capitalised)
        continue;
      /* Two letters are a state only in capitals: "Portland, OR", but "Lyon, or". */
      if (n == 1 && self->tokens->token[at].folded_len <= 2 && !self->tokens->token[at].all_caps)
        continue;
      found = trip_gazetteer_lookup_within (self->gazetteer, name, area);
      if (found == NULL)
        continue;
      *out_end = at + n;
      return found;
    }
  return NULL;
}

/* "Istanbullll": a letter that comes three times or more is one. Returns whether there was one. */
static gboolean
collapse_letters (char *name)
{
  char *out = name;
  gboolean collapsed = FALSE;

  for (const char *p = name; *p != '\0';)
    {
      gsize run = 1;

      while (p[run] == *p)
        run++;
      collapsed |= run > 2;
      for (gsize n = run > 2 ? 1 : run; n > 0; n--)
        *out++ = *p;
      p += run;
    }
  *out = '\0';
  return collapsed;
}

static const TripGazetteerEntry *
mistyped_place (TripReader *self,
                guint       i,
                guint      *out_end)
{
  char name[NAME_BYTES];
  const TripToken *token = &self->tokens->token[i];
  gboolean large = FALSE;

  if (token->kind != TRIP_TOKEN_WORD || !is_latin (self, i) || trip_annotated_known (self->text, i) ||
      (!token->capitalised && i > 0 && trip_tokens_is (self->tokens, i - 1, "the")))
    return NULL;
  if (!find_cue_before (self, i, TRIP_WORD_TOWARDS, NULL) && !find_cue_before (self, i, TRIP_WORD_VISIT, NULL) &&
      !find_cue_before (self, i, TRIP_WORD_ORIGIN, NULL) && !find_cue_before (self, i, TRIP_WORD_REMOVE, NULL) &&
      !continues_list (self, i) && !capital_says_name (self, i))
    {
      /* Who begins with a name may mean a large city, as who says "maybe" does. */
      if (!(is_sentence_start (self, i) || trip_tokens_is_any (self->tokens, i - 1, " maybe perhaps either or considering ")) ||
          token->folded_len < 6)
        return NULL;
      large = TRUE;
    }
  if (trip_tokens_slice (self->tokens, i, i + 1, name, sizeof name) > 0 && collapse_letters (name))
    {
      const TripGazetteerEntry *entry = trip_gazetteer_lookup_folded (self->gazetteer, name, NULL);

      if (entry != NULL && entry->kind != TRIP_PLACE_SIGHT && !entry->obscure)
        {
          *out_end = i + 1;
          return entry;
        }
    }
  for (guint n = 2; n > 0; n--)
    {
      const TripGazetteerEntry *entry;

      if (i + n > self->tokens->n || (n == 2 && (self->tokens->token[i + 1].gap & ~PLAIN_GAP) != 0) ||
          trip_tokens_slice (self->tokens, i, i + n, name, sizeof name) == 0)
        continue;
      if (n == 1 && token->folded_len < 5)
        continue;
      if (n == 2 && (trip_annotated_is (self->text, i + 1, TRIP_WORD_STOP) || strlen (name) < 7))
        continue;
      entry = trip_gazetteer_lookup_fuzzy (self->gazetteer, name);
      if (entry == NULL || (entry->kind == TRIP_PLACE_SIGHT && n == 1) ||
          (large && entry->kind != TRIP_PLACE_COUNTRY &&
           (entry->kind != TRIP_PLACE_CITY || entry->population < LARGE_CITY)))
        continue;
      *out_end = i + n;
      return entry;
    }
  return NULL;
}

/* "Tokyo's", "New Zealand's" at i: the place that has what follows. */
static const TripGazetteerEntry *
read_owner (TripReader *self,
            guint       i,
            guint      *out_end)
{
  char name[NAME_BYTES];

  for (guint n = 1; n <= MAX_OWNER_WORDS && i + n < self->tokens->n; n++)
    {
      const TripToken *token = &self->tokens->token[i + n - 1];
      const char *tail = self->tokens->text + token->end;
      const TripGazetteerEntry *entry;
      gsize length;

      if ((n > 1 && (token->gap & ~PLAIN_GAP) != 0) || token->kind != TRIP_TOKEN_WORD)
        return NULL;
      if (token->end - token->start < 3 || g_ascii_tolower (tail[-1]) != 's' ||
          !(tail[-2] == '\'' || g_str_has_prefix (tail - MIN (4, token->end - token->start), "\xe2\x80\x99")))
        continue;
      length = trip_tokens_slice (self->tokens, i, i + n, name, sizeof name);
      if (length < 2)
        return NULL;
      name[length - 1] = '\0';
      entry = trip_gazetteer_lookup_folded (self->gazetteer, name, NULL);
      if (entry == NULL || entry->kind == TRIP_PLACE_SIGHT || !name_is_meant (self, i, i + n, name, entry))
        return NULL;
      *out_end = i + n;
      return entry;
    }
  return NULL;
}

/* "Tokyo's Senso-ji" is two places, "New Zealand's South Island" the one in the country, "Tokyo's food" the city. */
static gboolean
read_owned (TripReader *self,
            guint       i,
            guint       run,
            guint      *out_end)
{
  char owner_name[NAME_BYTES];
  char name[NAME_BYTES];
  guint end;
  guint inner_end;
  const TripGazetteerEntry *owner = read_owner (self, i, &end);
  const TripGazetteerEntry *inner = owner != NULL ? longest_place (self, end, &inner_end) : NULL;
  const TripGazetteerEntry *exact;

  if (owner == NULL || (inner == NULL && run > end && !self->title_case))
    return FALSE;
  *out_end = end;
  if (inner == NULL || owner->kind == TRIP_PLACE_CITY)
    {
      add_mention (self, i, end, owner, owner->name);
      return TRUE;
    }
  g_strlcpy (owner_name, owner->name, sizeof owner_name);
  trip_tokens_slice (self->tokens, end, inner_end, name, sizeof name);
  exact = trip_gazetteer_lookup_within (self->gazetteer, name, owner_name);
  if (exact == NULL)
    exact = inner;
  add_mention (self, i, inner_end, exact, exact->name);
  *out_end = inner_end;
  return TRUE;
}

static gboolean
run_is_bookable (TripReader *self,
                 guint       first,
                 guint       end)
{
  for (guint i = first; i < end; i++)
    if (trip_tokens_is_any (self->tokens, i, BOOKABLE))
      return TRUE;
  return FALSE;
}

static gboolean
run_has_landmark (TripReader *self,
                  guint       first,
                  guint       end)
{
  for (guint i = first; i < end; i++)
    if (trip_annotated_is (self->text, i, TRIP_WORD_LANDMARK))
      return TRUE;
  return FALSE;
}

/* A name that no table has: accepted where a verb of visiting, an origin or a list of places leads to it. */
static gboolean
read_unknown (TripReader *self,
              guint       i,
              guint       end)
{
  g_autofree char *value = NULL;
  gboolean cued;
  guint known = 0;

  if (self->title_case || end <= i)
    return FALSE;
  if (end == i + 1 && (self->tokens->token[i].folded_len < 3 ||
                       (trip_annotated_known (self->text, i) &&
                        !trip_annotated_is (self->text, i, TRIP_WORD_LANDMARK))))
    return FALSE;
  for (guint k = i; k < end; k++)
    known += trip_annotated_known (self->text, k) && !trip_annotated_is (self->text, k, TRIP_WORD_LANDMARK) &&
      !trip_tokens_is_any (self->tokens, k, CONNECTORS);
  if (known == end - i)
    return FALSE;
  cued = find_cue_before (self, i, TRIP_WORD_VISIT, NULL) || find_cue_before (self, i, TRIP_WORD_ADD, NULL) ||
         find_cue_before (self, i, TRIP_WORD_REMOVE, NULL) || find_cue_before (self, i, TRIP_WORD_ORIGIN, NULL) ||
         continues_list (self, i);
  if (!cued && i > 0 && trip_tokens_is (self->tokens, i - 1, "to") && last_mention (self) != NULL &&
      (trip_tokens_gaps (self->tokens, last_mention (self)->end - 1, i) & TRIP_GAP_STOP) == 0)
    cued = TRUE;
  if (!cued && run_has_landmark (self, i, end) && end > i + 1 &&
      (is_sentence_start (self, i) || find_cue_before (self, i, TRIP_WORD_PREFER, NULL)))
    cued = TRUE;
  if (!cued || run_is_bookable (self, i, end))
    return FALSE;
  value = trip_tokens_dup_text (self->tokens, i, end);
  add_mention (self, i, end, NULL, value);
  return TRUE;
}

/* Of namesakes the one near the place that is named before it, else behind it: Lagos beside the Algarve is no city of
 * Nigeria. Where the client has places already, the source of places decides by those. */
static void
settle_namesakes (TripReader *self)
{
  const TripMention *before = NULL;

  if (self->request->pois->len > 0)
    return;
  for (guint m = 0; m < self->mentions->len; m++)
    {
      TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      const TripMention *beside = before;
      const TripGazetteerEntry *nearer = NULL;
      char name[NAME_BYTES];

      if (mention->entry == NULL || mention->entry->kind == TRIP_PLACE_SIGHT)
        continue;
      for (guint k = m + 1; beside == NULL && k < self->mentions->len; k++)
        if (g_array_index (self->mentions, TripMention, k).entry != NULL)
          beside = &g_array_index (self->mentions, TripMention, k);
      if (beside != NULL && trip_tokens_slice (self->tokens, mention->first, mention->end, name, sizeof name) > 0)
        nearer = trip_gazetteer_lookup_folded (self->gazetteer, name, &beside->entry->geo);
      /* In one country, a city and the state of its name are no namesakes to choose from. */
      if (nearer != NULL && nearer != mention->entry && !nearer->obscure && nearer->kind != TRIP_PLACE_SIGHT &&
          (nearer->kind == mention->entry->kind || strcmp (nearer->country, mention->entry->country) != 0))
        {
          mention->entry = nearer;
          g_free (mention->value);
          mention->value = g_strdup (nearer->name);
        }
      before = mention;
    }
}

/* "Leave Genoa out", "take Verona off the list" */
static void
assign_removed (TripReader *self)
{
  for (guint m = 0; m < self->mentions->len; m++)
    {
      TripMention *mention = &g_array_index (self->mentions, TripMention, m);

      if (mention->first > 0 && trip_tokens_is_any (self->tokens, mention->end, " out off raus weg heraus ") &&
          trip_tokens_is_any (self->tokens, mention->first - 1,
                              " leave leaving take taking cross cut strike keep nimm nehmt lass lasst "))
        mention->role = TRIP_ROLE_REMOVE;
      /* "Cambridge, the one near Boston" */
      if (m > 0 && mention->first > 1 && trip_tokens_is_any (self->tokens, mention->first - 1, " near in by outside from ") &&
          trip_tokens_is (self->tokens, mention->first - 2, "one"))
        mention->role = TRIP_ROLE_SILENT;
    }
}

/* "Chad and Sydney are joining me": who comes along is no place. */
static void
silence_people (TripReader *self)
{
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      guint first = m;

      if (!trip_tokens_is_any (self->tokens, mention->end, " is are will joins ") ||
          !(trip_tokens_is (self->tokens, mention->end, "joins") ||
            (trip_tokens_is_any (self->tokens, mention->end + 1,
                                 " joining join coming come tagging travelling traveling be ") &&
             trip_tokens_is_any (self->tokens, mention->end + 2, " me us along with too joining coming "))))
        continue;
      while (first > 0 && g_array_index (self->mentions, TripMention, first - 1).end + 1 ==
                            g_array_index (self->mentions, TripMention, first).first &&
             trip_tokens_is (self->tokens, g_array_index (self->mentions, TripMention, first).first - 1, "and"))
        first--;
      for (; first <= m; first++)
        g_array_index (self->mentions, TripMention, first).role = TRIP_ROLE_SILENT;
    }
}

static void
assign_origin (TripReader *self)
{
  for (guint m = 0; m < self->mentions->len; m++)
    {
      TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      guint cue;

      if (!find_cue_before (self, mention->first, TRIP_WORD_ORIGIN, &cue))
        continue;
      /* „plus besoin de Beaune“: the “de” belongs to what takes the place away. */
      if (mention->role != TRIP_ROLE_VISIT || find_cue_before (self, mention->first, TRIP_WORD_REMOVE, NULL))
        continue;
      if (trip_tokens_is_any (self->tokens, mention->first - 1, " in "))
        {
          /* "starting in Denver and visiting 2 cities in Texas" sets out there, "start in Rome, then Florence" visits
           * it; only the first place of a message is where one sets out. */
          gboolean travels_on = FALSE;

          if (m > 0 || m + 1 >= self->mentions->len)
            {
              if (!trip_tokens_is_any (self->tokens, cue, " live based i currently we "))
                continue;
            }
          else
            {
              for (guint k = mention->end; k < g_array_index (self->mentions, TripMention, m + 1).first; k++)
                travels_on |= trip_tokens_is_any (self->tokens, k,
                                                  " visit visiting visits cover covering covers heading head "
                                                  "explore exploring "
                                                  "cities towards fly flying travel traveling "
                                                  "travelling touring tour to ");
              if (!travels_on && !trip_tokens_is_any (self->tokens, cue, " live based i currently we "))
                continue;
            }
        }
      if (trip_tokens_is (self->tokens, cue, "from") && cue > 0 &&
          trip_tokens_is_any (self->tokens, cue - 1, " trip trips hour hours minutes km far away different "))
        {
          /* "day trip from Tokyo" stays in Tokyo; "a trip from London" does not. */
          gboolean day_trip = cue >= 2 && trip_tokens_is (self->tokens, cue - 2, "day") &&
                              !(cue >= 3 && self->tokens->token[cue - 3].kind == TRIP_TOKEN_NUMBER);

          if (day_trip || !trip_tokens_is_any (self->tokens, cue - 1, " trip trips "))
            continue;
        }
      /* "Just got back from Peru": nobody sets out there. */
      if (trip_tokens_is (self->tokens, cue, "from") && cue > 0 &&
          trip_tokens_is_any (self->tokens, cue - 1, " back returned returning came "))
        {
          mention->role = TRIP_ROLE_SILENT;
          continue;
        }
      /* "Fly into Madrid, out of Barcelona" visits both. */
      if (m > 0 && trip_tokens_is (self->tokens, cue, "out") && g_array_index (self->mentions, TripMention, m - 1).first > 0 &&
          trip_tokens_is (self->tokens, g_array_index (self->mentions, TripMention, m - 1).first - 1, "into"))
        continue;
      mention->role = TRIP_ROLE_ORIGIN;
      if (self->origin == NULL)
        self->origin = g_strdup (mention->value);
    }
}

/**
 * trip_reader_find_places:
 * @self: a reader with tokens
 *
 * Fills in the places, in the order of the message, and which of them is where the traveller starts from.
 */
void
trip_reader_find_places (TripReader *self)
{
  guint i = 0;

  while (i < self->tokens->n)
    {
      const TripToken *token = &self->tokens->token[i];
      const TripGazetteerEntry *entry;
      guint run;
      guint end;
      guint area_end;

      if (token->kind != TRIP_TOKEN_WORD || names_person (self, i))
        {
          i++;
          continue;
        }
      run = token->capitalised ? run_of_capitals (self, i) : i;
      if (run > i + 1 && is_sentence_start (self, i) && trip_annotated_known (self->text, i) &&
          !trip_annotated_is (self->text, i, TRIP_WORD_LANDMARK))
        run = i;
      if (run > i + 1 && !self->title_case && run_is_bookable (self, i, run) &&
          (run > i + 2 || !trip_annotated_known (self->text, run - 1)))
        {
          entry = longest_place (self, i, &end);
          if (entry != NULL && entry->is_lodging)
            {
              add_mention (self, i, end, entry, entry->name);
              i = MAX (end, run);
              continue;
            }
          /* The name of a hotel or an airline is no place to visit, but one may sleep there. */
          if (trip_reader_is_stay (self, i))
            {
              g_autofree char *value = trip_tokens_dup_text (self->tokens, i, run);

              add_mention (self, i, run, NULL, value);
            }
          i = run;
          continue;
        }
      entry = longest_place (self, i, &end);
      if (entry != NULL && entry->obscure && run > end && !self->title_case && read_area (self, i, end, &area_end) == NULL)
        {
          /* "Temple of Poseidon" is no town in Texas. */
          entry = NULL;
        }
      if (entry != NULL)
        {
          const TripGazetteerEntry *exact = read_area (self, i, end, &area_end);
          guint next_end;

          if (exact != NULL)
            {
              add_mention (self, i, area_end, exact, exact->name);
              i = area_end;
              continue;
            }
          if (run > end && !self->title_case && longest_place (self, end, &next_end) == NULL &&
              (!trip_annotated_known (self->text, end) || trip_annotated_is (self->text, end, TRIP_WORD_LANDMARK)) &&
              read_unknown (self, i, run))
            {
              i = run;
              continue;
            }
          add_place (self, i, end, entry);
          i = end;
          continue;
        }
      if (read_owned (self, i, run, &end))
        {
          i = end;
          continue;
        }
      if (run > i)
        {
          entry = run == i + 1 || !run_has_landmark (self, i, run) ? mistyped_place (self, i, &end) : NULL;
          if (entry != NULL && end >= run)
            {
              add_mention (self, i, end, entry, entry->name);
              i = end;
              continue;
            }
          if (read_unknown (self, i, run))
            {
              TripMention *mention = &g_array_index (self->mentions, TripMention, self->mentions->len - 1);

              /* "Springfield, Oregon": the area is no second place. */
              if (run < self->tokens->n && (self->tokens->token[run].gap & TRIP_GAP_COMMA) != 0 &&
                  self->tokens->token[run].all_caps && self->tokens->token[run].folded_len == 2)
                {
                  self->taken[run] = TRUE;
                  mention->end = run + 1;
                  run++;
                }
              i = run;
              continue;
            }
        }
      else if ((entry = mistyped_place (self, i, &end)) != NULL)
        {
          add_mention (self, i, end, entry, entry->name);
          i = end;
          continue;
        }
      i++;
    }
  settle_namesakes (self);
  assign_removed (self);
  silence_people (self);
  assign_origin (self);
}
