/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Follow-ups that say anew what a trip has but one of: its length, dates, budget, city, where it starts, an hour, how many
 * rooms. The value of before goes, and the new one is a wish like any other.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-phrase.h"
#include "language/trip-text.h"

#include <string.h>

/* A trip has one of each of these: a new one takes the place of the old. */
#define REPLACED_TOPICS                                                                                              \
  (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES | TRIP_TOPIC_BUDGET | TRIP_TOPIC_PACE | TRIP_TOPIC_DAY_START |             \
   TRIP_TOPIC_DAY_END | TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE | TRIP_TOPIC_CABIN | TRIP_TOPICS_OF_COST)

/* A message that goes elsewhere leaves so many cities at most. */
#define MAX_DROPPED_CITIES 8

/* No further into a message are the words looked for that make a change of it. */
#define CHANGE_REACH 64

/* Of a longer state the rest is not looked at for times of day. */
#define MAX_TIMES_READ 32

/* "Something good to see in London": so far before the place the search may begin. */
#define SEARCH_REACH 12

#define MORE_WORDS " also add include plus another besides as "
#define TIME_LEADS " at around about by for after before departing leaving "

static gboolean
same_words (const char *a,
            const char *b)
{
  g_autofree char *x = trip_text_fold (a);
  g_autofree char *y = trip_text_fold (b);

  return strcmp (x, y) == 0;
}

static void
drop_requirement_at (TripReader *self,
                     guint       at,
                     guint       r)
{
  const TripRequirement *old = self->request->requirements->pdata[r];

  if (!trip_reader_is_drafted (self, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, old->description))
    trip_reader_draft (self, at, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                       old->description);
}

/* "A day at the zoo", "2 nights there" is no length of the trip. */
static gboolean
is_of_a_part (TripReader     *self,
              const TripSpan *span)
{
  guint m = trip_reader_first_mention (self, span->end);

  return trip_tokens_is (self->tokens, span->end, "there") ||
         (trip_tokens_is_any (self->tokens, span->end, " at in ") && m < self->mentions->len &&
          g_array_index (self->mentions, TripMention, m).first <= span->end + 2);
}

/* "Until 3 October": the day of before is when it begins. */
static gboolean
is_way_back (TripReader     *self,
             const TripSpan *span)
{
  return trip_tokens_is_any (self->tokens, span->first, " until till ") ||
         (span->first > 0 && trip_tokens_is_any (self->tokens, span->first - 1, " until till through ")) ||
         (span->first > 1 && trip_tokens_is_any (self->tokens, span->first - 2, " back return returning home ") &&
          trip_tokens_is (self->tokens, span->first - 1, "on"));
}

/* A new length, date or budget takes the old one's place. */
static void
read_change_of_topics (TripReader *self)
{
  guint dropped = 0;

  TRIP_RULE (self);
  for (guint s = 0; s < self->spans->len; s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
      const TripSentence *sentence = trip_reader_sentence_at (self, span->first);
      g_autofree char *words = NULL;
      gboolean party_changes;
      guint topics = span->topic;

      if (sentence->settled || sentence->act == TRIP_ACT_ASK || sentence->act == TRIP_ACT_ATTACK ||
          self->polarity[s] == TRIP_POLARITY_AVOID)
        continue;
      party_changes = span->topic == TRIP_TOPIC_PARTY && span->adults > 0 &&
                      (sentence->changes || (span->children < 0 && !span->with_traveller));
      /* "Leaving this Sunday at 18:45" has a day as well. */
      if (span->kind == TRIP_SPAN_JOURNEY && g_date_valid (&span->from))
        topics |= TRIP_TOPIC_DATES;
      if (((topics & REPLACED_TOPICS) == 0 && !party_changes) || (dropped & topics) != 0 ||
          (span->kind == TRIP_SPAN_DURATION && !sentence->changes && is_of_a_part (self, span)) ||
          (span->kind == TRIP_SPAN_DATES && is_way_back (self, span)))
        continue;
      words = trip_tokens_dup_text (self->tokens, span->first, span->end);
      for (guint r = 0; r < self->request->requirements->len; r++)
        {
          const TripRequirement *old = self->request->requirements->pdata[r];

          if ((trip_phrase_topics (old->description) & topics) == 0)
            continue;
          dropped |= topics;
          if (!same_words (old->description, words))
            drop_requirement_at (self, span->first, r);
        }
    }
}

/* Whether a requirement is a time of day and nothing else: "18:45", "half past 4 in the afternoon". */
static gboolean
is_time_of_day (const char *description)
{
  g_autofree char *valid = g_utf8_make_valid (description, -1);
  g_autoptr(TripAnnotated) text = trip_annotated_new (valid);
  guint i = 0;
  guint end;
  gint minutes;

  while (trip_tokens_is_any (text->tokens, i, TIME_LEADS "morning afternoon evening night "))
    i++;
  if (!trip_scan_time (text, i, FALSE, &end, &minutes) ||
      !(i > 0 || trip_scan_time_is_marked (text, i, end)))
    return FALSE;
  while (trip_tokens_is_any (text->tokens, end, " in on the sharp exactly morning afternoon evening night "))
    end++;
  return end == text->tokens->n;
}

/**
 * trip_reader_has_time_of_day:
 * @self: a reader
 *
 * Returns: whether a requirement of the state is a time of day and nothing else
 */
gboolean
trip_reader_has_time_of_day (TripReader *self)
{
  for (guint r = 0; r < MIN (self->request->requirements->len, MAX_TIMES_READ); r++)
    if (is_time_of_day (((TripRequirement *) self->request->requirements->pdata[r])->description))
      return TRUE;
  return FALSE;
}

/* "Change that to twelve in the afternoon": a new time takes the place of one that the state has. */
static void
read_change_of_time (TripReader *self)
{
  guint i = 0;

  TRIP_RULE (self);
  while (i < self->tokens->n)
    {
      const TripSentence *sentence = trip_reader_sentence_at (self, i);
      g_autofree char *words = NULL;
      gboolean replaced = FALSE;
      guint first = i;
      guint end;
      gint minutes;

      if (sentence->settled || sentence->act == TRIP_ACT_ASK || sentence->act == TRIP_ACT_ATTACK ||
          !trip_scan_time (self->text, i, FALSE, &end, &minutes) || !trip_scan_time_is_marked (self->text, i, end))
        {
          i++;
          continue;
        }
      words = trip_tokens_dup_text (self->tokens, i, end);
      i = end;
      for (guint r = 0; r < self->request->requirements->len; r++)
        {
          const TripRequirement *old = self->request->requirements->pdata[r];

          if (!is_time_of_day (old->description) || same_words (old->description, words))
            continue;
          drop_requirement_at (self, first, r);
          replaced = TRUE;
        }
      if (!replaced)
        continue;
      if (!trip_reader_is_inside_span (self, first))
        trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, TRIP_PRIORITY_MUST_HAVE, words);
      return;
    }
}

static gboolean
same_stem (const TripTokens *a,
           guint             i,
           const TripTokens *b,
           guint             k)
{
  const TripToken *x = &a->token[i];
  const TripToken *y = &b->token[k];
  guint n = MIN (x->folded_len, y->folded_len);

  return x->kind == TRIP_TOKEN_WORD && y->kind == TRIP_TOKEN_WORD && n >= 3 && MAX (x->folded_len, y->folded_len) <= n + 1 &&
         memcmp (a->folded + x->folded, b->folded + y->folded, n) == 0 &&
         (x->folded_len == y->folded_len || (x->folded_len > n ? a->folded[x->folded + n] : b->folded[y->folded + n]) == 's');
}

/* "Three rooms" takes the place of "1 room": another number of the same things. */
static void
read_change_of_count (TripReader *self)
{
  TRIP_RULE (self);
  for (guint r = 0; r < self->request->requirements->len; r++)
    {
      const TripRequirement *old = self->request->requirements->pdata[r];
      g_autofree char *valid = g_utf8_make_valid (old->description, -1);
      g_autoptr(TripAnnotated) text = trip_annotated_new (valid);
      gdouble before, count;
      guint noun, end;

      if (!trip_scan_number (text, 0, &noun, &before) || noun + 1 != text->tokens->n ||
          trip_annotated_is (text, noun, TRIP_WORD_UNIT) || trip_annotated_is (text, noun, TRIP_WORD_CURRENCY) ||
          trip_annotated_is (text, noun, TRIP_WORD_PERSON))
        continue;
      for (guint i = 0; i + 1 < self->tokens->n; i++)
        {
          const TripSentence *sentence = trip_reader_sentence_at (self, i);
          g_autofree char *words = NULL;

          if (sentence->settled || sentence->act == TRIP_ACT_ASK || sentence->act == TRIP_ACT_ATTACK ||
              !trip_scan_number (self->text, i, &end, &count) || end >= self->tokens->n || count == before ||
              (self->tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) != 0 ||
              !same_stem (self->tokens, end, text->tokens, noun))
            continue;
          words = trip_tokens_dup_text (self->tokens, i, end + 1);
          drop_requirement_at (self, i, r);
          trip_reader_draft (self, i, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, TRIP_PRIORITY_MUST_HAVE, words);
          break;
        }
    }
}

/* The words of the name of a company at @end: "American Airlines". */
static guint
first_of_name (const TripTokens *tokens,
               guint             end)
{
  guint first = end;

  while (first > 0 && first + 2 > end && tokens->token[first - 1].capitalised &&
         (tokens->token[first].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) == 0)
    first--;
  return first;
}

/* Those that people call by one word. */
#define AIRLINES " ryanair easyjet klm lufthansa emirates qantas iberia vueling wizzair finnair norwegian jetblue transavia " \
                 "eurowings swissair aeroflot avianca latam aeromexico westjet airasia etihad "

/* "KLM" takes the place of "Ryanair". */
static void
read_change_of_named_airline (TripReader *self)
{
  for (guint i = 0; i < self->tokens->n; i++)
    {
      g_autofree char *words = NULL;

      if (!trip_tokens_is_any (self->tokens, i, AIRLINES) || trip_reader_sentence_at (self, i)->act == TRIP_ACT_ATTACK)
        continue;
      TRIP_RULE (self);
      words = trip_tokens_dup_text (self->tokens, i, i + 1);
      for (guint r = 0; r < self->request->requirements->len; r++)
        {
          const TripRequirement *old = self->request->requirements->pdata[r];
          g_autofree char *folded = trip_text_fold (old->description);
          g_autofree char *padded = g_strdup_printf (" %s ", folded);

          if (strchr (folded, ' ') != NULL || strstr (AIRLINES, padded) == NULL || same_words (old->description, words))
            continue;
          drop_requirement_at (self, i, r);
          trip_reader_draft (self, i, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, TRIP_PRIORITY_PREFERRED, words);
        }
      return;
    }
}

/* One flies with one airline: "United Airlines" takes the place of "Delta Airlines". */
static void
read_change_of_airline (TripReader *self)
{
  static const char * const names[] = { "airlines", "airways" };

  TRIP_RULE (self);
  for (guint i = 1; i < self->tokens->n; i++)
    {
      const TripSentence *sentence = trip_reader_sentence_at (self, i);
      g_autofree char *words = NULL;
      guint first;

      if (!trip_tokens_is_any (self->tokens, i, " airlines airways ") || sentence->settled || sentence->act == TRIP_ACT_ATTACK)
        continue;
      first = first_of_name (self->tokens, i);
      if (first == i)
        continue;
      words = trip_tokens_dup_text (self->tokens, first, i + 1);
      for (guint r = 0; r < self->request->requirements->len; r++)
        {
          const TripRequirement *old = self->request->requirements->pdata[r];
          g_autofree char *folded = trip_text_fold (old->description);
          gboolean is_airline = FALSE;

          for (guint n = 0; n < G_N_ELEMENTS (names); n++)
            is_airline |= g_str_has_suffix (folded, names[n]);
          if (!is_airline || same_words (old->description, words))
            continue;
          drop_requirement_at (self, first, r);
          trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, TRIP_PRIORITY_PREFERRED, words);
        }
      return;
    }
}

/* "Leaving from Oslo" takes the place of "from Bergen". */
static void
read_change_of_origin (TripReader *self)
{
  TRIP_RULE (self);
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);
      g_autofree char *value = NULL;

      if (mention->role != TRIP_ROLE_ORIGIN)
        continue;
      value = g_strdup_printf ("from %s", mention->value);
      for (guint r = 0; r < self->request->requirements->len; r++)
        {
          const TripRequirement *old = self->request->requirements->pdata[r];
          g_autofree char *valid = g_utf8_make_valid (old->description, -1);
          g_autoptr(TripAnnotated) text = trip_annotated_new (valid);
          g_autofree char *before = NULL;

          if ((trip_phrase_topics (old->description) & TRIP_TOPIC_ORIGIN) == 0 || same_words (old->description, value))
            continue;
          /* "From San Fran" is from San Francisco. */
          before = trip_phrase_origin (text);
          if (before != NULL && mention->entry != NULL &&
              trip_gazetteer_lookup (self->gazetteer, before, &mention->entry->geo) == mention->entry)
            return;
          drop_requirement_at (self, mention->first, r);
          trip_reader_draft (self, mention->first, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD,
                             TRIP_PRIORITY_MUST_HAVE, value);
          return;
        }
    }
}

static void
drop_state_place (TripReader *self,
                  guint       at,
                  const char *name,
                  GPtrArray  *dropped)
{
  if (name == NULL || dropped->len >= MAX_DROPPED_CITIES)
    return;
  for (guint i = 0; i < dropped->len; i++)
    if (trip_text_equal_folded (dropped->pdata[i], name))
      return;
  for (guint m = 0; m < self->mentions->len; m++)
    if (trip_text_equal_folded (g_array_index (self->mentions, TripMention, m).value, name))
      return;
  g_ptr_array_add (dropped, (gpointer) name);
  trip_reader_draft (self, at, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED, name);
}

static gboolean
changes_destination (TripReader *self,
                     guint       i)
{
  return trip_tokens_is_any (self->tokens, i, " changed change switch ") &&
         trip_tokens_is_any (self->tokens, i + 2, " destination city place location ");
}

/* Words that say outright that something else is wanted. */
static gboolean
says_instead (TripReader *self,
              guint       i)
{
  const TripTokens *tokens = self->tokens;
  const TripSentence *sentence = trip_reader_sentence_at (self, i);

  return changes_destination (self, i) || (trip_tokens_is (tokens, i, "instead") && !trip_tokens_is (tokens, i + 1, "of")) ||
         trip_tokens_is_any (tokens, i, " rather else ") ||
         (trip_tokens_is_any (tokens, i, " changed change switch ") &&
          (trip_tokens_is_any (tokens, i + 2, " mind minds ") ||
           (trip_tokens_is_any (tokens, i + 1, " it that this ") && trip_tokens_is (tokens, i + 2, "to")))) ||
         (trip_tokens_is (tokens, i, "then") && i + 1 == sentence->end) ||
         (i == sentence->first && trip_tokens_is_any (tokens, i, " no nope nah actually wait sorry oops ")) ||
         (trip_tokens_is (tokens, i, "i") && trip_tokens_is (tokens, i + 1, "meant"));
}

/* "How about New York?", "what about in Mexico City": with nothing but the place. */
static gboolean
proposes_place (TripReader        *self,
                const TripMention *mention)
{
  const TripTokens *tokens = self->tokens;
  guint i = mention->first;

  if (i > 0 && trip_tokens_is_any (tokens, i - 1, " in to for near around "))
    i--;
  while (i > 0 && (trip_annotated_is (self->text, i - 1, TRIP_WORD_TRANSPORT) ||
                   trip_annotated_is (self->text, i - 1, TRIP_WORD_LODGING) ||
                   trip_tokens_is_any (tokens, i - 1, " one ones something somewhere a an any attractions restaurants ")))
    i--;
  /* "Let's do Marseille" */
  if (i >= 2 && trip_tokens_is_any (tokens, i - 1, " do try with pick choose ") &&
      (trip_tokens_is (tokens, i - 2, "lets") || (i >= 3 && trip_tokens_is (tokens, i - 2, "go") &&
                                                  trip_tokens_is (tokens, i - 3, "lets"))))
    return trip_reader_sentence_at (self, mention->first)->end == mention->end;
  return i >= 2 && trip_tokens_is (tokens, i - 1, "about") && trip_tokens_is_any (tokens, i - 2, " how what ") &&
         trip_reader_sentence_at (self, mention->first)->end == mention->end;
}

/* "Find me a museum in Los Angeles", "look in San Jose", "from Denver to Boston": who has one city searches in another. */
static gboolean
searches_elsewhere (TripReader        *self,
                    const TripMention *mention,
                    gboolean           has_origin)
{
  const TripTokens *tokens = self->tokens;
  guint first = trip_reader_sentence_at (self, mention->first)->first;

  if (has_origin && mention->first > 0 && trip_tokens_is (tokens, mention->first - 1, "to"))
    return TRUE;
  if (mention->first == 0 || !trip_tokens_is_any (tokens, mention->first - 1, " in near around at "))
    return FALSE;
  for (guint i = MAX (first, mention->first > SEARCH_REACH ? mention->first - SEARCH_REACH : 0); i < mention->first; i++)
    if (trip_tokens_is_any (tokens, i, " find search searching look looking check show get give "))
      return TRUE;
  return FALSE;
}

/* The one city that all places of the state are in, or NULL. */
static const char *
only_city (TripReader *self)
{
  const char *city = NULL;

  for (guint i = 0; i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];
      const char *name = poi->city != NULL ? poi->city : poi->name;

      if (city != NULL && !trip_text_equal_folded (city, name))
        return NULL;
      city = name;
    }
  return city;
}

/* "Let's go to Kyoto instead": the new city takes the place of the ones that the state's places are in. */
static void
read_change_of_place (TripReader *self)
{
  g_autoptr(GPtrArray) dropped = g_ptr_array_new ();
  const TripMention *only = NULL;
  gboolean has_origin = FALSE;
  gboolean instead = FALSE;
  gboolean outright = FALSE;
  gboolean more = FALSE;

  TRIP_RULE (self);
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);

      if (mention->role == TRIP_ROLE_ORIGIN)
        {
          has_origin = TRUE;
          continue;
        }
      if (only != NULL || mention->role != TRIP_ROLE_VISIT ||
          self->polarity[self->spans->len + m] == TRIP_POLARITY_AVOID ||
          self->polarity[self->spans->len + m] == TRIP_POLARITY_DROP)
        return;
      only = mention;
    }
  if (only == NULL || only->entry == NULL || only->entry->kind == TRIP_PLACE_SIGHT)
    return;
  for (guint i = 0; i < MIN (self->tokens->n, CHANGE_REACH); i++)
    {
      more |= trip_tokens_is_any (self->tokens, i, MORE_WORDS) ||
              (trip_tokens_is (self->tokens, i, "too") &&
               (i + 1 >= self->tokens->n || (self->tokens->token[i + 1].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) != 0)) ||
              trip_annotated_is (self->text, i, TRIP_WORD_ADD);
      outright |= changes_destination (self, i);
      instead |= says_instead (self, i);
    }
  if (more && !outright)
    return;
  if (!instead && only_city (self) != NULL)
    instead = proposes_place (self, only) || searches_elsewhere (self, only, has_origin);
  if (!instead)
    return;
  for (guint i = 0; i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];
      const TripGazetteerEntry *entry = poi->city != NULL ? NULL : trip_gazetteer_lookup (self->gazetteer, poi->name, NULL);
      const char *city = poi->city != NULL ? poi->city
                         : entry != NULL && entry->kind != TRIP_PLACE_SIGHT ? poi->name : NULL;

      /* Who says "SF" and then San Francisco stays where they are. */
      if (city != NULL && trip_gazetteer_lookup (self->gazetteer, city, &only->entry->geo) == only->entry)
        return;
      drop_state_place (self, only->first, city, dropped);
    }
}

/**
 * trip_reader_read_changes:
 * @self: a reader with scopes, whose removals have been read
 *
 * Drafts the removals of what the message says anew.
 */
void
trip_reader_read_changes (TripReader *self)
{
  if (self->request->requirements->len > 0)
    {
      read_change_of_topics (self);
      read_change_of_time (self);
      read_change_of_count (self);
      read_change_of_airline (self);
      read_change_of_named_airline (self);
      read_change_of_origin (self);
    }
  if (self->request->pois->len > 0)
    read_change_of_place (self);
}
