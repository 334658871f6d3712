/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What to say where there is nothing to plan: whether the message is about travel at all, short answers from what the
 * gazetteer knows and from general knowledge, and honest words where an answer needs a source that is not at hand.
 */
#include "providers/interpreter/trip-reader.h"

#include "language/trip-plan-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_UNDO_WORDS 10

/* Whether a sentence begins at token @i, if one leaves out what is only polite. */
static gboolean
begins_sentence (TripReader *self,
                 guint       i)
{
  const TripSentence *sentence = trip_reader_sentence_at (self, i);
  guint at = sentence->first;
  guint end;

  while (at < i && trip_annotated_find (self->text, at, TRIP_WORD_POLITE, &end) != NULL)
    at = end;
  return at == i;
}

/**
 * trip_reader_relevance:
 * @self: a reader with places and spans
 * @out_against: (out): how much speaks against travel
 *
 * Returns: how much speaks for travel
 */
gdouble
trip_reader_relevance (TripReader *self,
                       gdouble    *out_against)
{
  gdouble in_favour = MIN (self->mentions->len, 2) * 2.0;
  gdouble against = 0;

  for (guint s = 0; s < MIN (self->spans->len, 64); s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);

      switch (span->topic)
        {
        case TRIP_TOPIC_DURATION: in_favour += span->nights > 0 ? 2.5 : 1.5; break;
        case TRIP_TOPIC_DATES: in_favour += 0.3; break;
        case TRIP_TOPIC_PARTY: in_favour += span->adults > 1 ? 1.0 : 0.4; break;
        case TRIP_TOPIC_BUDGET: in_favour += 0.6; break;
        default: in_favour += trip_span_is_weak (self->text, span) ? 0.3 : 1.0; break;
        }
    }
  for (guint i = 0; i < self->tokens->n;)
    {
      guint end = i + 1;
      guint travel_end;
      guint off_end;
      const TripWord *travel = trip_annotated_find (self->text, i, TRIP_WORD_TRAVEL, &travel_end);
      const TripWord *off = trip_annotated_find (self->text, i, TRIP_WORD_OFF, &off_end);

      if (self->taken[i])
        {
          i++;
          continue;
        }
      if (travel != NULL && (off == NULL || travel_end >= off_end))
        {
          in_favour += travel->number;
          end = travel_end;
        }
      else if (off != NULL && (!off->weak || begins_sentence (self, i)))
        {
          against += off->number;
          end = off_end;
        }
      i = end;
    }
  if (trip_reader_has_state (self))
    in_favour += 2.0;
  *out_against = against;
  return in_favour;
}

static const char *
general_answer (const char *subject)
{
  static const struct { const char *subject; const char *text; } answers[] = {
    { "visa", N_("I can't look up entry rules offline. They depend on your passport: please ask the destination's "
                 "embassy or its official visa page.") },
    { "vaccine", N_("I can't give medical advice offline. Please ask a travel clinic or your health authority, best "
                    "six weeks before you leave.") },
    { "safety", N_("I can't see current travel advice offline. Please read your foreign ministry's page for the "
                   "destination before you book.") },
    { "plug", N_("I can't look up sockets offline. A universal adapter fits nearly everywhere; check the voltage "
                 "printed on your charger.") },
    { "baggage", N_("Baggage rules differ by airline and fare, and I can't look them up offline. The airline's own "
                    "page has the current limits.") },
    { "weather", N_("I can't see forecasts offline. Tell me the place and month and I will plan for usual weather.") },
    { "season", N_("Which place do you mean? In general the weeks just before and after the high season are mild "
                   "and calmer.") },
    { "tip", N_("Tipping differs by country, and I can't look it up offline. Where service is on the bill, nothing "
                "more is expected.") },
    { "money", N_("I can't see current exchange rates or bank rules offline. A card and a little local cash are a "
                  "safe choice.") },
    { "language", N_("I can't translate offline, but a few words of greeting and thanks help everywhere.") },
    { "distance", N_("I need two places that I know to tell how far apart they are.") },
    { "pass", N_("That depends on how many sights you visit: add up their entry fees and compare. I can't see "
                 "current prices offline.") },
    { "price", N_("I can't see current prices offline. Plans that I make name the costs I know of.") },
    { "hours", N_("I can't look up today's hours offline. Plans that I make keep to the usual opening hours I know "
                  "of.") },
    { "water", N_("I can't look that up offline. If in doubt, drink bottled or boiled water.") },
    { "dress", N_("Pack layers and good shoes; cover shoulders and knees for places of worship. I can't see "
                  "forecasts offline.") },
    { "culture", N_("I can't look that up offline. Watching what locals do, and asking, is rarely wrong.") },
    { "transport", N_("I can't see timetables or fares offline. Plans that I make estimate the ways between places.") },
    { "phone", N_("I can't look that up offline.") },
    { "currency", N_("I can't look up that currency offline. A card and a little local cash are a safe choice.") },
    { "capital", N_("I don't know that country's capital offline.") },
    { "population", N_("I don't know that offline.") },
    { "know", N_("I know little of that offline. Ask me to plan some days there, and I will show what I know of the "
                 "place.") },
    { "do", N_("Tell me the place and how many days you have, and I will plan what to see there.") },
    { "insurance", N_("I can't compare insurance offline. Look for cover of illness, cancellation and luggage.") },
    { "book", N_("I can't book anything. I can plan: tell me where you want to go and for how long.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (strcmp (answers[i].subject, subject) == 0)
      return _(answers[i].text);
  return NULL;
}

/* The subject of the message; one that has facts behind it goes before a general one. */
static const TripWord *
find_subject (TripReader *self)
{
  const TripWord *best = NULL;
  gint best_rank = -1;

  for (guint i = 0; i < self->tokens->n; i++)
    {
      const TripWord *word = trip_annotated_find (self->text, i, TRIP_WORD_SUBJECT, NULL);
      gint rank;

      if (word == NULL)
        continue;
      rank = word->n_tokens + (strcmp (word->value, "do") == 0 || strcmp (word->value, "book") == 0 ||
                               strcmp (word->value, "price") == 0 ? 0 : 2);
      if (rank > best_rank)
        {
          best = word;
          best_rank = rank;
        }
    }
  return best;
}

static gboolean
has_any (TripReader    *self,
         TripWordClass  klass,
         const char   **out_value)
{
  for (guint i = 0; i < self->tokens->n; i++)
    {
      const TripWord *word = trip_annotated_find (self->text, i, klass, NULL);

      if (word == NULL)
        continue;
      if (out_value != NULL)
        *out_value = word->value;
      return TRUE;
    }
  return FALSE;
}

static TripIntent *
general (const char *text)
{
  return trip_intent_new (TRIP_INTENT_GENERAL_RESPONSE, TRIP_ACTION_ADD, text);
}

/* Subjects that nobody but a traveller asks about. */
static gboolean
is_of_travel_alone (const TripWord *subject)
{
  static const char * const subjects[] = { "do", "visa", "vaccine", "plug", "baggage" };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (strcmp (subjects[i], subject->value) == 0)
      return TRUE;
  return FALSE;
}

static TripIntent *
answer_subject (TripReader     *self,
                const TripWord *subject)
{
  g_autofree char *text = trip_reader_state_fact (self, subject->value);

  if (text != NULL)
    return general (text);
  if (general_answer (subject->value) != NULL)
    return general (general_answer (subject->value));
  return NULL;
}

/* "Undo that": the plan of before is the client's, and not known here. */
static gboolean
asks_to_undo (TripReader *self)
{
  g_autofree char *words = NULL;
  g_autoptr(TripPlanChange) change = NULL;

  if (self->request->plan->len == 0 || self->tokens->n > MAX_UNDO_WORDS)
    return FALSE;
  words = trip_tokens_dup_text (self->tokens, 0, self->tokens->n);
  change = trip_plan_change_read (words);
  return change->kind == TRIP_PLAN_CHANGE_UNDO;
}

/**
 * trip_reader_answer:
 * @self: a reader that found nothing to do
 *
 * Returns: (transfer full): the one intent that answers: a short answer, a greeting, or a redirect
 */
TripIntent *
trip_reader_answer (TripReader *self)
{
  gdouble against;
  gdouble in_favour = trip_reader_relevance (self, &against);
  const TripWord *subject = find_subject (self);
  const char *value = NULL;
  gboolean attack = FALSE;
  gboolean asks = FALSE;

  TRIP_RULE (self);
  for (guint n = 0; n < self->sentences->len; n++)
    {
      const TripSentence *sentence = &g_array_index (self->sentences, TripSentence, n);

      attack |= sentence->act == TRIP_ACT_ATTACK;
      asks |= sentence->act == TRIP_ACT_ASK;
    }
  if (self->tokens->n == 0)
    return general (_("I found no words in that. Tell me where you want to travel and for how long."));
  if (attack)
    return trip_intent_new (TRIP_INTENT_NOT_RELEVANT, TRIP_ACTION_ADD,
                            _("I only plan trips. Tell me where you want to travel and for how long."));
  if (asks_to_undo (self))
    return general (_("I do not keep earlier plans: each request brings its own, and the plan stays as it is. Go back to the "
                      "one before in your program, or tell me what to change back."));
  if (against >= in_favour && against > 0)
    return trip_intent_new (TRIP_INTENT_NOT_RELEVANT, TRIP_ACTION_ADD,
                            _("That is not about travel, so I can't help with it. I plan trips: where would you "
                              "like to go?"));
  if (subject != NULL && (in_favour >= 1 || asks) && (in_favour > 0 || is_of_travel_alone (subject)))
    {
      TripIntent *intent = answer_subject (self, subject);

      if (intent != NULL)
        return intent;
    }
  if (has_any (self, TRIP_WORD_SMALLTALK, &value) && strcmp (value, "self") == 0)
    return general (_("I am tripd, a trip planner that works offline. Tell me where you want to go, for how long "
                      "and what you like."));
  if (has_any (self, TRIP_WORD_THANKS, NULL))
    return general (_("You're welcome. Tell me if anything should change."));
  if (trip_annotated_is (self->text, 0, TRIP_WORD_GREETING) && self->tokens->n <= 6)
    return general (_("Hello! Where would you like to travel, and for how long?"));
  if (value != NULL && strcmp (value, "accept") == 0 && (self->tokens->n <= 10))
    return general (_("Good. The plan stays as it is; tell me if anything should change."));
  if (value != NULL && self->tokens->n <= 10)
    return general (_("All right. Tell me what you would like instead: a place, the days, a budget or what to avoid."));
  if (in_favour >= 1.5 || (self->mentions->len > 0 && against == 0))
    {
      if (asks)
        return general (_("I can't answer that offline. I can plan a trip: tell me where you want to go and for how "
                          "long."));
      return general (_("Tell me where you want to go and for how long, and I will plan it."));
    }
  return trip_intent_new (TRIP_INTENT_NOT_RELEVANT, TRIP_ACTION_ADD,
                          _("That is not about travel, so I can't help with it. I plan trips: where would you like "
                            "to go?"));
}
