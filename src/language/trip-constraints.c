/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads requirement phrases into what they mean. The recognisers find the parts; this file says what each part, under
 * which priority, does to the trip. It knows neither messages nor places.
 */
#include "language/trip-constraints.h"

#include "language/trip-limits.h"
#include "language/trip-phrase.h"
#include "language/trip-span.h"
#include "language/trip-text.h"

#include <string.h>

/* "On Monday the 17th" has as many tokens. */
#define MAX_DAY_WORDS 6

G_DEFINE_BOXED_TYPE (TripConstraints, trip_constraints, trip_constraints_copy, trip_constraints_free)

/**
 * trip_constraints_new:
 *
 * Returns: (transfer full): constraints that say nothing
 */
TripConstraints *
trip_constraints_new (void)
{
  TripConstraints *self = g_new0 (TripConstraints, 1);

  self->children = -1;
  self->day_start = -1;
  self->day_end = -1;
  self->arrival = -1;
  self->departure = -1;
  self->avoid = g_ptr_array_new_with_free_func (g_free);
  self->interests = g_ptr_array_new_with_free_func (g_free);
  self->must = g_ptr_array_new_with_free_func (g_free);
  self->food = g_ptr_array_new_with_free_func (g_free);
  self->diets = g_ptr_array_new_with_free_func (g_free);
  self->transport_prefer = g_ptr_array_new_with_free_func (g_free);
  self->transport_avoid = g_ptr_array_new_with_free_func (g_free);
  self->transport_only = g_ptr_array_new_with_free_func (g_free);
  self->lodging = g_ptr_array_new_with_free_func (g_free);
  self->lodging_must = g_ptr_array_new_with_free_func (g_free);
  self->lodging_near = g_ptr_array_new_with_free_func (g_free);
  self->lodging_near_must = g_ptr_array_new_with_free_func (g_free);
  self->night_wishes = trip_night_wishes_new ();
  self->city_nights = trip_night_wishes_new ();
  self->access = g_ptr_array_new_with_free_func (g_free);
  self->day_wishes = trip_day_wishes_new ();
  self->kind_limits = trip_kind_limits_new ();
  self->money_limits = trip_money_limits_new ();
  self->travel_limits = trip_travel_limits_new ();
  self->unread = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * trip_constraints_copy:
 * @self: constraints
 *
 * Returns: (transfer full): a deep copy
 */
TripConstraints *
trip_constraints_copy (const TripConstraints *self)
{
  TripConstraints *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->origin = g_strdup (self->origin);
  copy->avoid = trip_words_copy (self->avoid);
  copy->interests = trip_words_copy (self->interests);
  copy->must = trip_words_copy (self->must);
  copy->food = trip_words_copy (self->food);
  copy->diets = trip_words_copy (self->diets);
  copy->transport_prefer = trip_words_copy (self->transport_prefer);
  copy->transport_avoid = trip_words_copy (self->transport_avoid);
  copy->transport_only = trip_words_copy (self->transport_only);
  copy->lodging = trip_words_copy (self->lodging);
  copy->lodging_must = trip_words_copy (self->lodging_must);
  copy->lodging_near = trip_words_copy (self->lodging_near);
  copy->lodging_near_must = trip_words_copy (self->lodging_near_must);
  copy->night_wishes = trip_night_wishes_copy (self->night_wishes);
  copy->city_nights = trip_night_wishes_copy (self->city_nights);
  copy->access = trip_words_copy (self->access);
  copy->day_wishes = trip_day_wishes_copy (self->day_wishes);
  copy->kind_limits = trip_kind_limits_copy (self->kind_limits);
  copy->money_limits = trip_money_limits_copy (self->money_limits);
  copy->travel_limits = trip_travel_limits_copy (self->travel_limits);
  copy->unread = trip_words_copy (self->unread);
  return copy;
}

/**
 * trip_constraints_free:
 * @self: (transfer full) (nullable): constraints
 *
 * Frees them.
 */
void
trip_constraints_free (TripConstraints *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_ptr_array_unref (self->avoid);
  g_ptr_array_unref (self->interests);
  g_ptr_array_unref (self->must);
  g_ptr_array_unref (self->food);
  g_ptr_array_unref (self->diets);
  g_ptr_array_unref (self->transport_prefer);
  g_ptr_array_unref (self->transport_avoid);
  g_ptr_array_unref (self->transport_only);
  g_ptr_array_unref (self->lodging);
  g_ptr_array_unref (self->lodging_must);
  g_ptr_array_unref (self->lodging_near);
  g_ptr_array_unref (self->lodging_near_must);
  g_ptr_array_unref (self->night_wishes);
  g_ptr_array_unref (self->city_nights);
  g_ptr_array_unref (self->access);
  g_ptr_array_unref (self->day_wishes);
  g_ptr_array_unref (self->kind_limits);
  g_ptr_array_unref (self->money_limits);
  g_ptr_array_unref (self->travel_limits);
  g_ptr_array_unref (self->unread);
  g_free (self);
}

static void
add_once (GPtrArray  *list,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  for (guint i = 0; i < list->len; i++)
    if (strcmp (list->pdata[i], text) == 0)
      return;
  g_ptr_array_add (list, g_strdup (text));
}

#define NOON (12 * 60)
#define LATE_AFTERNOON (17 * 60)
#define EVENING (18 * 60)
#define DAYS_PER_WEEK 7

/* A later word on the same thing takes the place of an earlier one. */
static void
drop_money_limit (TripConstraints *self,
                  TripMoneyKind    kind,
                  TripMoneyScope   scope)
{
  for (guint i = self->money_limits->len; i-- > 0;)
    {
      const TripMoneyLimit *limit = g_ptr_array_index (self->money_limits, i);

      if (limit->kind == kind && limit->scope == scope)
        g_ptr_array_remove_index (self->money_limits, i);
    }
}

static void
add_money_limit (TripConstraints *self,
                 const char      *phrase,
                 const TripSpan  *span,
                 TripPriority     priority)
{
  TripMoneyLimit *limit = g_new0 (TripMoneyLimit, 1);

  limit->phrase = g_strdup (phrase);
  limit->kind = span->money_kind;
  limit->amount = span->amount;
  g_strlcpy (limit->currency, span->currency, sizeof limit->currency);
  limit->scope = (span->per & TRIP_MONEY_VISIT) != 0   ? TRIP_MONEY_SCOPE_VISIT
                 : (span->per & TRIP_MONEY_NIGHT) != 0 ? TRIP_MONEY_SCOPE_NIGHT
                 : (span->per & TRIP_MONEY_DAY) != 0   ? TRIP_MONEY_SCOPE_DAY
                                                       : TRIP_MONEY_SCOPE_TRIP;
  limit->per_person = (span->per & TRIP_MONEY_PERSON) != 0;
  limit->priority = priority;
  drop_money_limit (self, limit->kind, limit->scope);
  g_ptr_array_add (self->money_limits, limit);
}

static void
apply_travel (TripConstraints *self,
              const char      *phrase,
              const TripSpan  *span,
              TripPriority     priority)
{
  TripTravelLimit *limit = g_new0 (TripTravelLimit, 1);

  limit->phrase = g_strdup (phrase);
  limit->modes = g_ptr_array_new_with_free_func (g_free);
  if (span->word != NULL)
    g_ptr_array_add (limit->modes, g_strdup (span->word->value));
  limit->rides = span->visits;
  limit->minutes = span->minutes;
  limit->metres = (gint) MIN (span->metres, 1e6);
  limit->per_day = span->per == TRIP_MONEY_DAY;
  limit->priority = priority;
  g_ptr_array_add (self->travel_limits, limit);
}

static void
apply_money (TripConstraints     *self,
             const char          *phrase,
             const TripAnnotated *text,
             const TripSpan      *span,
             TripPriority         priority)
{
  gboolean partial = (span->per & TRIP_MONEY_DAY) != 0;

  if (span->money_kind == TRIP_MONEY_KIND_LODGING && (span->per & TRIP_MONEY_NIGHT) != 0)
    {
      self->night_limit = span->amount;
      g_strlcpy (self->night_currency, span->currency, sizeof self->night_currency);
    }
  if (span->money_kind != TRIP_MONEY_KIND_ALL)
    {
      add_money_limit (self, phrase, span, priority);
      return;
    }
  /* Beside a budget for the trip a bound of each day holds as well; the price of a car's day is none. */
  if (partial && self->budget > 0 && !self->budget_per_day)
    {
      if (trip_annotated_is (text, span->first, TRIP_WORD_BOUND))
        add_money_limit (self, phrase, span, priority);
      return;
    }
  self->budget = span->amount;
  if (*span->currency != '\0' || (self->topics & TRIP_TOPIC_BUDGET) == 0)
    g_strlcpy (self->currency, span->currency, sizeof self->currency);
  self->budget_per_day = partial;
  self->budget_per_person = (span->per & TRIP_MONEY_PERSON) != 0;
  if (partial)
    add_money_limit (self, phrase, span, priority);
}

static void
apply_party (TripConstraints *self,
             const TripSpan  *span)
{
  if (span->adults > 0)
    self->adults = span->adults + (span->with_traveller ? 1 : 0);
  if (span->children >= 0)
    self->children = span->children;
  else if (span->adults == 0 || (span->word != NULL && strchr (span->word->value, '+') != NULL))
    add_once (self->interests, "kids");
}

static void
apply_dates (TripConstraints *self,
             const TripSpan  *span)
{
  if (g_date_valid (&span->from))
    {
      if (g_date_valid (&span->to) || !g_date_valid (&self->start) || g_date_compare (&span->from, &self->start) <= 0)
        {
          self->start = span->from;
          self->end = span->to;
        }
      else
        {
          /* A second single day after the first is the way back. */
          self->end = span->from;
        }
    }
  if (span->month > 0 && !g_date_valid (&span->from))
    self->month = span->month;
}

/* A day that was named with the hour is the first or the last one, where nothing else says which those are. */
static void
apply_journey (TripConstraints *self,
               const TripSpan  *span)
{
  gboolean is_end = span->topic == TRIP_TOPIC_DEPARTURE;
  GDate *day = is_end ? &self->end : &self->start;

  if (is_end)
    {
      self->departure = span->minutes;
      self->departure_by = span->journey;
    }
  else
    {
      self->arrival = span->minutes;
      self->arrival_by = span->journey;
    }
  if (g_date_valid (&span->from) && !g_date_valid (day))
    *day = span->from;
  /* Who arrives next Friday and leaves on Sunday does not mean the Sunday before. */
  while (g_date_valid (&span->from) && g_date_valid (&self->start) && g_date_valid (&self->end) &&
         g_date_compare (&self->end, &self->start) < 0 &&
         g_date_days_between (&self->end, &self->start) < DAYS_PER_WEEK)
    g_date_add_days (&self->end, DAYS_PER_WEEK);
}

/* Who comes on Friday evening for a weekend does not count the Friday. */
static void
count_evening (TripConstraints *self)
{
  if (self->days > 0 && self->arrival >= LATE_AFTERNOON && g_date_valid (&self->start) && g_date_valid (&self->end) &&
      g_date_days_between (&self->start, &self->end) == self->days)
    self->days++;
}

static void
apply_avoided (TripConstraints *self,
               const TripSpan  *span,
               const char      *written)
{
  const TripWord *word = span->word;

  switch (word->klass)
    {
    case TRIP_WORD_TRANSPORT:
      add_once (self->transport_avoid, word->value);
      return;
    case TRIP_WORD_CROWDS:
      self->avoid_crowds = TRUE;
      return;
    case TRIP_WORD_WALKING:
      self->max_walk_m = 800;
      return;
    case TRIP_WORD_ACCESS:
      self->wheelchair |= strcmp (word->value, "wheelchair") == 0;
      return;
    case TRIP_WORD_PACE:
      self->pace = strcmp (word->value, "packed") == 0 ? TRIP_PACE_RELAXED : TRIP_PACE_UNSET;
      return;
    case TRIP_WORD_LEVEL:
      if (strcmp (word->value, "premium") == 0)
        self->budget_level = TRIP_BUDGET_LEVEL_MID;
      return;
    case TRIP_WORD_DIET:
      add_once (self->diets, word->value);
      return;
    case TRIP_WORD_FREE:
      self->no_free_time = TRUE;
      if (self->pace == TRIP_PACE_UNSET)
        self->pace = TRIP_PACE_PACKED;
      return;
    default:
      add_once (self->avoid, word->value);
      add_once (self->avoid, written);
      return;
    }
}

/* An evening is free where the day is over before it, a morning where the day begins after it. */
static void
apply_free_time (TripConstraints *self,
                 const char      *written)
{
  if (strstr (written, "evening") != NULL)
    self->day_end = self->day_end >= 0 ? MIN (self->day_end, EVENING) : EVENING;
  else if (strstr (written, "morning") != NULL)
    self->day_start = MAX (self->day_start, NOON);
  else
    self->free_time = TRUE;
}

static void
apply_word (TripConstraints *self,
            const TripSpan  *span,
            TripPriority     priority,
            const char      *written)
{
  const TripWord *word = span->word;
  const char *meaning = *word->value != '\0' ? word->value : written;

  if (priority == TRIP_PRIORITY_AVOID && !trip_word_is_self_negated (word))
    {
      apply_avoided (self, span, written);
      return;
    }
  switch (word->klass)
    {
    case TRIP_WORD_LEVEL:
      self->budget_level = strcmp (word->value, "budget") == 0 ? TRIP_BUDGET_LEVEL_BUDGET
                         : strcmp (word->value, "premium") == 0 ? TRIP_BUDGET_LEVEL_PREMIUM : TRIP_BUDGET_LEVEL_MID;
      break;
    case TRIP_WORD_PACE:
      self->pace = strcmp (word->value, "relaxed") == 0 ? TRIP_PACE_RELAXED
                 : strcmp (word->value, "packed") == 0 ? TRIP_PACE_PACKED : TRIP_PACE_NORMAL;
      break;
    case TRIP_WORD_CROWDS:
      self->avoid_crowds |= strcmp (word->value, "avoid") == 0;
      break;
    case TRIP_WORD_FREE:
      apply_free_time (self, written);
      break;
    case TRIP_WORD_DIET:
      add_once (self->diets, word->value);
      break;
    case TRIP_WORD_ACCESS:
      if (strcmp (word->value, "wheelchair") == 0)
        self->wheelchair = TRUE;
      else
        add_once (self->access, word->value);
      break;
    case TRIP_WORD_WALKING:
      self->max_walk_m = word->number;
      break;
    case TRIP_WORD_TRANSPORT:
      add_once (self->transport_prefer, word->value);
      break;
    case TRIP_WORD_CABIN:
      /* No plan of ours has seats, which its notes then say. */
      add_once (self->unread, written);
      break;
    case TRIP_WORD_LODGING:
      if (strcmp (meaning, "one_house") == 0)
        self->lodging_change = TRIP_LODGING_CHANGE_NEVER;
      else if (strcmp (meaning, "many_houses") == 0)
        self->lodging_change = TRIP_LODGING_CHANGE_NIGHTLY;
      else
        add_once (self->lodging, meaning);
      break;
    case TRIP_WORD_FOOD:
    case TRIP_WORD_CUISINE:
      add_once (self->food, meaning);
      break;
    case TRIP_WORD_INTEREST:
      add_once (self->interests, meaning);
      break;
    default:
      break;
    }
}

static void
apply_day_wish (TripConstraints *self,
                const char      *phrase,
                const char      *words,
                const char      *meaning,
                gint             day,
                TripPriority     priority)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);
  TripDayWish *wish;

  if (*lower == '\0')
    return;
  wish = g_new0 (TripDayWish, 1);
  wish->phrase = g_strdup (phrase);
  wish->meaning = g_strdup (meaning != NULL && *meaning != '\0' ? meaning : lower);
  wish->words = g_steal_pointer (&lower);
  wish->day = day;
  wish->priority = priority;
  g_ptr_array_add (self->day_wishes, wish);
}

static void
apply_kind_limit (TripConstraints *self,
                  const char      *phrase,
                  const TripSpan  *span,
                  TripPriority     priority)
{
  TripKindLimit *limit = g_new0 (TripKindLimit, 1);

  limit->phrase = g_strdup (phrase);
  limit->meaning = g_strdup (span->word->value);
  limit->visits = span->visits;
  limit->minutes = span->minutes;
  limit->per_day = span->per == TRIP_MONEY_DAY;
  limit->priority = priority;
  g_ptr_array_add (self->kind_limits, limit);
}

/* What "expensive restaurants" leaves out is the price, not the restaurants. */
static gboolean
speaks_of_level (GArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const TripSpan *span = &g_array_index (spans, TripSpan, i);

      if (span->kind == TRIP_SPAN_WORD && span->word->klass == TRIP_WORD_LEVEL)
        return TRUE;
    }
  return FALSE;
}

/* "Public transport only" and what has to be travelled by rule all else out; "a hotel in walking distance" does not. */
static void
apply_exclusive_transport (TripConstraints     *self,
                           const TripAnnotated *text,
                           GArray              *spans,
                           TripPriority         priority)
{
  gboolean exclusive = priority == TRIP_PRIORITY_MUST_HAVE;

  if (priority == TRIP_PRIORITY_AVOID)
    return;
  for (guint i = 0; i < text->tokens->n; i++)
    exclusive |= trip_tokens_is_any (text->tokens, i, " only everywhere exclusively nothing ");
  for (guint i = 0; i < spans->len; i++)
    {
      const TripSpan *span = &g_array_index (spans, TripSpan, i);

      exclusive &= span->kind == TRIP_SPAN_WORD && span->word->klass == TRIP_WORD_TRANSPORT &&
                   !trip_phrase_is_negated (text, span->first);
    }
  for (guint i = 0; exclusive && i < spans->len; i++)
    add_once (self->transport_only, g_array_index (spans, TripSpan, i).word->value);
}

/* "3 day trip from London": the origin stands beside what the recognisers find. */
static char *
find_origin (const TripAnnotated *text,
             GArray              *spans)
{
  const TripTokens *tokens = text->tokens;

  for (guint i = 1; i < tokens->n; i++)
    {
      guint first, end;
      gboolean taken = FALSE;

      if (trip_annotated_find (text, i, TRIP_WORD_ORIGIN, &first) == NULL)
        continue;
      for (end = first; end < tokens->n && end < first + 4 && tokens->token[end].kind == TRIP_TOKEN_WORD &&
                        tokens->token[end].capitalised &&
                        (end == first || (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) == 0); end++)
        ;
      for (guint s = 0; s < spans->len; s++)
        {
          const TripSpan *span = &g_array_index (spans, TripSpan, s);

          taken |= span->first < end && span->end > i;
        }
      if (!taken && end > first)
        return trip_tokens_dup_text (tokens, first, end);
    }
  return NULL;
}

static void
apply_stay (TripConstraints      *self,
            const TripAnnotated  *text,
            const TripStayPhrase *stay,
            TripPriority          priority)
{
  g_autofree char *name = trip_tokens_dup_text (text->tokens, stay->name_first, stay->name_end);

  if (priority == TRIP_PRIORITY_AVOID)
    {
      g_autofree char *lower = g_utf8_strdown (name, -1);

      add_once (self->avoid, lower);
    }
  else if (stay->is_near)
    {
      add_once (self->lodging_near, name);
      if (priority == TRIP_PRIORITY_MUST_HAVE)
        add_once (self->lodging_near_must, name);
    }
  else
    {
      TripNightWish *wish = g_new0 (TripNightWish, 1);

      wish->name = g_steal_pointer (&name);
      wish->nights = stay->nights;
      wish->priority = priority;
      g_ptr_array_add (self->night_wishes, wish);
    }
}

/* What nobody understood: with a day it is a wish for that day, else it is kept as its priority says. */
static void
apply_unread (TripConstraints     *self,
              const char          *phrase,
              const TripAnnotated *text,
              TripPriority         priority)
{
  g_autofree char *content = trip_phrase_strip (text);
  guint first = 0, end = 0;
  gint day = trip_phrase_day (text, &first, &end);

  if (day != TRIP_DAY_ANY && (first > 0 || end < text->tokens->n))
    {
      g_autofree char *rest = first > 0 ? trip_tokens_dup_text (text->tokens, 0, first)
                                        : trip_tokens_dup_text (text->tokens, end, text->tokens->n);
      g_autoptr(TripAnnotated) about = trip_annotated_new (rest);
      g_autofree char *words = trip_phrase_strip (about);

      apply_day_wish (self, phrase, words, NULL, day, priority);
    }
  else if (priority == TRIP_PRIORITY_AVOID)
    {
      add_once (self->avoid, content);
    }
  else if (priority == TRIP_PRIORITY_MUST_HAVE)
    {
      add_once (self->must, content);
    }
  else
    {
      add_once (self->unread, content);
    }
}

/**
 * trip_constraints_add_place:
 * @self: constraints
 * @phrase: a requirement in words that names a place: `Vatican Museums on day 2`
 * @name: the place's name
 * @priority: its weight
 *
 * Reads a requirement that is about one place: the words of its name mean the place and nothing else, so that avoiding
 * the Vatican Museums avoids no other museum.
 */
void
trip_constraints_add_place (TripConstraints *self,
                            const char      *phrase,
                            const char      *name,
                            TripPriority     priority)
{
  g_autofree char *valid = NULL;
  g_autoptr(TripAnnotated) text = NULL;
  guint first, end;
  gint day;

  g_return_if_fail (self != NULL && phrase != NULL && name != NULL);

  if (!g_utf8_validate (phrase, -1, NULL))
    phrase = valid = g_utf8_make_valid (phrase, -1);
  text = trip_annotated_new (phrase);
  day = trip_phrase_day (text, &first, &end);
  if (day != TRIP_DAY_ANY)
    apply_day_wish (self, phrase, name, NULL, day, priority);
  else if (priority == TRIP_PRIORITY_AVOID || trip_phrase_is_negated (text, text->tokens->n))
    add_once (self->avoid, name);
  else if (priority == TRIP_PRIORITY_MUST_HAVE)
    add_once (self->must, name);
  else
    add_once (self->unread, name);
}

/* "The 12th", "Monday the 17th": which month is said by the day before it. */
static gboolean
is_day_of_month (const TripAnnotated *text)
{
  gboolean counted = FALSE;

  if (text->tokens->n > MAX_DAY_WORDS)
    return FALSE;
  for (guint i = 0; i < text->tokens->n; i++)
    {
      if (trip_annotated_is (text, i, TRIP_WORD_MONTH) || trip_annotated_is (text, i, TRIP_WORD_DAYREF) ||
          trip_annotated_is (text, i, TRIP_WORD_UNIT) || trip_tokens_is_any (text->tokens, i, " next this "))
        return FALSE;
      counted |= trip_annotated_is (text, i, TRIP_WORD_ORDINAL) ||
                 (text->tokens->token[i].kind == TRIP_TOKEN_NUMBER && text->tokens->token[i].value <= 31 &&
                  trip_tokens_is_any (text->tokens, i + 1, " st nd rd th "));
    }
  return counted;
}

/**
 * trip_constraints_add_phrase:
 * @self: constraints
 * @phrase: a requirement in words: `under $3000`, `avoid crowds`, `3 day trip`
 * @priority: its weight
 * @today: the day that "next Friday" is counted from
 *
 * Reads one requirement phrase. What it says wins over what earlier phrases of the same topic said. A phrase that
 * nobody understands goes to `unread`, or as it stands to `avoid` or `must` where its priority says so.
 *
 * Returns: the #TripTopic bits of the phrase
 */
guint
trip_constraints_add_phrase (TripConstraints *self,
                             const char      *phrase,
                             TripPriority     priority,
                             const GDate     *today)
{
  g_autoptr(TripAnnotated) text = NULL;
  g_autoptr(GArray) spans = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *origin = NULL;
  TripStayPhrase stay;
  guint topics = TRIP_TOPIC_NONE;
  gboolean new_party = TRUE;
  gboolean new_dates = TRUE;
  gboolean of_level;

  g_return_val_if_fail (self != NULL && phrase != NULL && today != NULL, TRIP_TOPIC_NONE);

  if (!g_utf8_validate (phrase, -1, NULL))
    phrase = valid = g_utf8_make_valid (phrase, -1);
  text = trip_annotated_new (phrase);
  spans = trip_phrase_scan (text, g_date_valid (&self->start) && is_day_of_month (text) ? &self->start : today, &stay);
  if (stay.end > stay.first)
    {
      apply_stay (self, text, &stay, trip_phrase_is_negated (text, stay.first) ? TRIP_PRIORITY_AVOID : priority);
      topics |= TRIP_TOPIC_LODGING;
    }
  of_level = speaks_of_level (spans);
  apply_exclusive_transport (self, text, spans, priority);
  for (guint i = 0; i < spans->len; i++)
    {
      const TripSpan *span = &g_array_index (spans, TripSpan, i);
      g_autofree char *slice = trip_tokens_dup_text (text->tokens, span->first, span->end);
      g_autofree char *written = g_utf8_strdown (slice, -1);
      TripPriority weight = priority;

      if (span->kind == TRIP_SPAN_WORD && weight != TRIP_PRIORITY_AVOID && trip_phrase_is_negated (text, span->first))
        weight = TRIP_PRIORITY_AVOID;
      switch (span->kind)
        {
        case TRIP_SPAN_DURATION:
          if (trip_constraints_add_city_nights (self, text, span, priority))
            break;
          if ((topics & TRIP_TOPIC_DURATION) == 0)
            self->days = self->nights = 0;
          self->days = span->days > 0 ? span->days : self->days;
          self->nights = span->nights > 0 ? span->nights : self->nights;
          break;
        case TRIP_SPAN_DATES:
          if (new_dates && (g_date_valid (&self->end) || g_date_valid (&span->to)))
            {
              g_date_clear (&self->start, 1);
              g_date_clear (&self->end, 1);
            }
          new_dates = FALSE;
          apply_dates (self, span);
          break;
        case TRIP_SPAN_MONEY:
          apply_money (self, phrase, text, span, priority);
          break;
        case TRIP_SPAN_PARTY:
          if (new_party && span->adults > 0 && span->children >= 0)
            self->adults = 0;
          new_party = FALSE;
          apply_party (self, span);
          break;
        case TRIP_SPAN_CLOCK:
          if ((span->topic & TRIP_TOPIC_DAY_START) != 0)
            self->day_start = span->minutes;
          if ((span->topic & TRIP_TOPIC_DAY_END) != 0)
            self->day_end = (span->topic & TRIP_TOPIC_DAY_START) != 0 ? span->minutes_to : span->minutes;
          break;
        case TRIP_SPAN_JOURNEY:
          apply_journey (self, span);
          break;
        case TRIP_SPAN_WALK:
          if ((span->per & TRIP_MONEY_DAY) != 0)
            self->max_walk_day_m = (gint) MIN (span->metres, 1e6);
          else
            self->max_walk_m = (gint) MIN (span->metres, 1e6);
          break;
        case TRIP_SPAN_TRAVEL:
          apply_travel (self, phrase, span, priority);
          break;
        case TRIP_SPAN_VISITS:
          if (span->word != NULL)
            apply_kind_limit (self, phrase, span, priority);
          else
            self->max_visits = span->visits;
          break;
        case TRIP_SPAN_DAY_WISH:
          {
            g_autofree char *words = trip_tokens_dup_text (text->tokens, span->theme_first, span->theme_end);

            apply_day_wish (self, phrase, words, span->word->value, span->day, priority);
          }
          break;
        case TRIP_SPAN_WORD:
        default:
          if (weight == TRIP_PRIORITY_AVOID && of_level && span->word->klass != TRIP_WORD_LEVEL)
            break;
          apply_word (self, span, weight, written);
          if (priority == TRIP_PRIORITY_MUST_HAVE && weight == TRIP_PRIORITY_MUST_HAVE &&
              (span->topic & (TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD)) != 0)
            add_once (self->must, written);
          else if (priority == TRIP_PRIORITY_MUST_HAVE && weight == TRIP_PRIORITY_MUST_HAVE &&
                   span->topic == TRIP_TOPIC_LODGING)
            {
              if (strstr (span->word->value, "_house") != NULL)
                self->lodging_change_must = TRUE;
              else
                add_once (self->lodging_must, *span->word->value != '\0' ? span->word->value : written);
            }
          break;
        }
      topics |= span->topic;
    }

  origin = topics == TRIP_TOPIC_NONE ? trip_phrase_origin (text) : find_origin (text, spans);
  if (origin != NULL)
    {
      g_free (self->origin);
      self->origin = g_steal_pointer (&origin);
      topics |= TRIP_TOPIC_ORIGIN;
    }
  else if (topics == TRIP_TOPIC_NONE)
    {
      topics = trip_phrase_named_topics (text);
      apply_unread (self, phrase, text, priority);
    }
  count_evening (self);
  self->topics |= topics;
  return topics;
}

/**
 * trip_phrase_topics:
 * @phrase: a requirement or what one says of one: `under $3000`, `the budget constraint`
 *
 * Returns: the #TripTopic bits that it speaks of
 */
guint
trip_phrase_topics (const char *phrase)
{
  g_autoptr(TripAnnotated) text = NULL;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (phrase != NULL, TRIP_TOPIC_NONE);

  if (!g_utf8_validate (phrase, -1, NULL))
    phrase = valid = g_utf8_make_valid (phrase, -1);
  text = trip_annotated_new (phrase);
  return trip_phrase_all_topics (text);
}
