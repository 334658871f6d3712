/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to a plan that came with the message: what the words of a sentence ask for is read by the same reader that the
 * planner uses, and held against the places and days of the plan, so that "swap the tower for the market" is a change
 * where both are known and no wish for two further places.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-plan-change.h"
#include "language/trip-text.h"

#include <string.h>

/* Words at which a further change may begin. */
#define EDIT_VERBS " drop remove skip delete cancel cut make move shift put swap replace exchange switch change add include " \
                   "start begin end finish keep leave free visit spend stay have use extend shorten "

#define MAX_CHANGES 16

static gboolean
is_edit_verb (TripReader *self,
              guint       i)
{
  return trip_tokens_is_any (self->tokens, i, EDIT_VERBS);
}

/**
 * trip_reader_split_edits:
 * @self: a reader with sentences
 *
 * Where a plan came with the message, "drop the tower and make day 2 lighter" is two sentences.
 */
void
trip_reader_split_edits (TripReader *self)
{
  if (self->request->plan->len == 0)
    return;
  for (guint n = 0; n < self->sentences->len && self->sentences->len < MAX_CHANGES; n++)
    {
      TripSentence *sentence = &g_array_index (self->sentences, TripSentence, n);

      gboolean has_verb = FALSE;

      for (guint i = sentence->first; i + 1 < sentence->end; i++)
        {
          gboolean joined = trip_tokens_is_any (self->tokens, i, " and then also ");
          gboolean comma = (self->tokens->token[i].gap & (TRIP_GAP_COMMA | TRIP_GAP_CLAUSE)) != 0;
          guint verb = i;
          TripSentence rest = *sentence;

          /* "In the second option, swap …" is one. */
          if (i < sentence->first + 2 || !has_verb)
            {
              has_verb = has_verb || is_edit_verb (self, i);
              continue;
            }
          while (verb < sentence->end && trip_tokens_is_any (self->tokens, verb, " and then also please "))
            verb++;
          if ((!joined && !comma) || verb + 1 >= sentence->end || !is_edit_verb (self, verb))
            continue;
          rest.first = i;
          sentence->end = i;
          g_array_insert_val (self->sentences, n + 1, rest);
          break;
        }
    }
}

static gboolean
is_in (const char *folded_name,
       const char *folded)
{
  return strlen (folded) >= 3 && (trip_text_contains_word (folded_name, folded) ||
                                  (strlen (folded_name) >= 4 && trip_text_contains_word (folded, folded_name)));
}

static gboolean
names_place (TripReader  *self,
             const char  *words,
             gboolean     lodge)
{
  g_autofree char *folded = words != NULL ? trip_text_fold (words) : NULL;

  for (guint i = 0; folded != NULL && i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];
      g_autofree char *name = NULL;

      if ((poi->type == TRIP_POI_LODGE) != lodge)
        continue;
      name = trip_text_fold (poi->name);
      if (is_in (name, folded))
        return TRUE;
    }
  return FALSE;
}

/* The place of the state that is called exactly so. */
static const char *
find_exact_name (TripReader *self,
                 const char *words)
{
  g_autofree char *folded = words != NULL ? trip_text_fold (words) : NULL;

  for (guint i = 0; folded != NULL && i < self->request->pois->len; i++)
    {
      const char *name = ((const TripPoi *) self->request->pois->pdata[i])->name;
      g_autofree char *folded_name = trip_text_fold (name);

      if (strcmp (folded_name, folded) == 0)
        return name;
    }
  return NULL;
}

/* "The museum", "a restaurant": a word that is a tag of some place of the trip. */
static gboolean
names_kind (TripReader *self,
            const char *words)
{
  g_autofree char *folded = words != NULL ? trip_text_fold (words) : g_strdup ("");
  gsize length = strlen (folded);

  if (length > 4 && g_str_has_suffix (folded, "ches"))
    folded[length - 2] = '\0';
  else if (length > 3 && g_str_has_suffix (folded, "s") && !g_str_has_suffix (folded, "ss"))
    folded[length - 1] = '\0';
  if (strcmp (folded, "restaurant") == 0)
    return TRUE;
  for (guint i = 0; *folded != '\0' && i < self->request->pois->len; i++)
    {
      const TripPoi *poi = self->request->pois->pdata[i];

      for (guint t = 0; poi->tags != NULL && t < poi->tags->len; t++)
        {
          g_autofree char *tag = g_strdelimit (g_strdup (poi->tags->pdata[t]), "_", ' ');

          if (strcmp (tag, folded) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* "Drop the budget" takes a requirement back; what is to be avoided is nothing that could be dropped. */
static gboolean
names_wish (TripReader *self,
            const char *words)
{
  gint index = trip_reader_match_state (self, words);

  return index >= 0 &&
         ((const TripRequirement *) self->request->requirements->pdata[index])->priority != TRIP_PRIORITY_AVOID;
}

static gboolean
is_meal (const char *words)
{
  return words != NULL && (strcmp (words, "lunch") == 0 || strcmp (words, "dinner") == 0 || strcmp (words, "supper") == 0 ||
                           strcmp (words, "breakfast") == 0);
}

static guint
count_days (TripReader *self)
{
  return ((const TripPlanOption *) self->request->plan->pdata[0])->days->len;
}

static gboolean
is_change_of_plan (TripReader           *self,
                   const TripPlanChange *change)
{
  gboolean known = names_place (self, change->subject, FALSE) || is_meal (change->subject);

  switch (change->kind)
    {
    case TRIP_PLAN_CHANGE_FREE:
    case TRIP_PLAN_CHANGE_DAY_ADD:
    case TRIP_PLAN_CHANGE_DAY_REMOVE:
    case TRIP_PLAN_CHANGE_DAY_RENEW:
    case TRIP_PLAN_CHANGE_DAY_SWAP:
    case TRIP_PLAN_CHANGE_LODGING_CHEAPER:
    case TRIP_PLAN_CHANGE_LODGING_NICER:
      return TRUE;
    case TRIP_PLAN_CHANGE_BREAK:
      return change->object == NULL || is_meal (change->object) || names_place (self, change->object, FALSE);
    case TRIP_PLAN_CHANGE_BEFORE:
    case TRIP_PLAN_CHANGE_AFTER:
      return known && (is_meal (change->object) || names_place (self, change->object, FALSE));
    case TRIP_PLAN_CHANGE_FIRST:
    case TRIP_PLAN_CHANGE_LAST:
    case TRIP_PLAN_CHANGE_LENGTH:
    case TRIP_PLAN_CHANGE_LODGING:
      return change->object == NULL || names_place (self, change->object, TRUE);
    case TRIP_PLAN_CHANGE_TIME:
    case TRIP_PLAN_CHANGE_EARLIER:
    case TRIP_PLAN_CHANGE_LATER:
    case TRIP_PLAN_CHANGE_LONGER:
    case TRIP_PLAN_CHANGE_SHORTER:
    case TRIP_PLAN_CHANGE_MOVE:
      return known;
    case TRIP_PLAN_CHANGE_SWAP:
      return (known || names_kind (self, change->subject)) &&
             (change->object == NULL || names_place (self, change->object, FALSE) || names_kind (self, change->object));
    case TRIP_PLAN_CHANGE_DROP:
      /* Out of one option is not out of the trip. */
      if (change->option != TRIP_PLAN_EVERY_OPTION && (known || names_kind (self, change->subject)))
        return TRUE;
      return is_meal (change->subject) ||
             (names_kind (self, change->subject) && find_exact_name (self, change->subject) == NULL &&
              !names_wish (self, change->subject));
    default:
      return FALSE;
    }
}

/* "Add a day" makes the three days that were asked for four. */
static void
change_length (TripReader           *self,
               guint                 at,
               const TripPlanChange *change)
{
  guint n = count_days (self);
  gboolean add = change->kind == TRIP_PLAN_CHANGE_DAY_ADD;
  gboolean removed = FALSE;
  guint wanted = add ? n + change->count : n - MIN (n, change->count);
  g_autofree char *value = g_strdup_printf (wanted == 1 ? "%u day" : "%u days", wanted);

  if (change->option != TRIP_PLAN_EVERY_OPTION || n == 0 || wanted == 0 ||
      (change->day != TRIP_PLAN_EVERY_DAY && change->day != TRIP_PLAN_LAST_DAY && (guint) change->day >= n))
    return;
  for (guint i = 0; i < self->request->requirements->len; i++)
    {
      const TripRequirement *old = self->request->requirements->pdata[i];

      if ((trip_phrase_topics (old->description) & TRIP_TOPIC_DURATION) == 0)
        continue;
      trip_reader_draft (self, at, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                         old->description);
      removed = TRUE;
    }
  if (removed)
    trip_reader_draft (self, at, TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_ADD, TRIP_PRIORITY_MUST_HAVE, value);
}

/**
 * trip_reader_read_plan_edit:
 * @self: a reader with scopes
 * @sentence: a sentence that is no question
 *
 * Drafts the change to the plan that the sentence asks for.
 *
 * Returns: whether it asks for one
 */
gboolean
trip_reader_read_plan_edit (TripReader   *self,
                            TripSentence *sentence)
{
  g_autoptr(TripPlanChange) change = NULL;
  g_autofree char *words = NULL;
  guint first = sentence->first;
  guint end = sentence->end;

  TRIP_RULE (self);
  /* "Do the tower before lunch" begins like a question, and is none. */
  if (self->request->plan->len == 0 ||
      (sentence->act == TRIP_ACT_ASK && !trip_annotated_is (self->text, first, TRIP_WORD_POLITE) &&
       (sentence->question || !trip_tokens_is (self->tokens, first, "do"))))
    return FALSE;
  while (first + 1 < end && trip_tokens_is_any (self->tokens, first, " and then also please ok okay now "))
    first++;
  while (end > first + 1 && trip_tokens_is_any (self->tokens, end - 1, " please thanks thank you and "))
    end--;
  words = trip_tokens_dup_text (self->tokens, first, end);
  change = trip_plan_change_read (words);
  /* A whole name of the state is that place, though a part of it may be one elsewhere. */
  if (change->kind == TRIP_PLAN_CHANGE_DROP && change->day == TRIP_PLAN_EVERY_DAY && change->option == TRIP_PLAN_EVERY_OPTION &&
      !change->names_option && find_exact_name (self, change->subject) != NULL)
    {
      trip_reader_draft (self, first, TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_REMOVE, TRIP_PRIORITY_PREFERRED,
                         find_exact_name (self, change->subject));
      sentence->settled = TRUE;
      return TRUE;
    }
  if (!is_change_of_plan (self, change))
    return FALSE;
  if (change->kind == TRIP_PLAN_CHANGE_DAY_ADD || change->kind == TRIP_PLAN_CHANGE_DAY_REMOVE)
    change_length (self, first, change);
  trip_reader_draft (self, first, TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, TRIP_PRIORITY_PREFERRED, words);
  sentence->settled = TRUE;
  return TRUE;
}
