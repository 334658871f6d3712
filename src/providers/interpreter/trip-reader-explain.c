/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a message was read, for who wonders: what each word can be, which places and requirements were found and how they
 * are wanted, what each sentence does, and which rule made each intent. A rule is called by the name of its function.
 */
#include "providers/interpreter/trip-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More of a message is no help to a reader of lines. */
#define MAX_LINES 400

static const char * const act_names[] = { "state", "request", "ask", "attack" };
static const char * const role_names[] = { "visit", "origin", "remove", "silent" };
static const char * const polarity_names[] = { "neutral", "prefer", "must", "avoid", "drop" };
static const char * const span_names[] = {
  "duration", "dates", "money", "party", "clock", "journey", "walk", "visits", "travel", "day wish", "word",
};

static void
explain_tokens (TripReader *self,
                GString    *out)
{
  for (guint i = 0; i < MIN (self->tokens->n, MAX_LINES); i++)
    {
      const TripToken *token = &self->tokens->token[i];

      g_string_append_printf (out, "  %3u %.*s", i, (int) token->folded_len, self->tokens->folded + token->folded);
      if (token->like != NULL)
        g_string_append_printf (out, " (%s)", token->like);
      for (guint h = self->text->first_hit[i]; h < self->text->first_hit[i + 1]; h++)
        {
          const TripHit *hit = &self->text->hits[h];

          g_string_append_printf (out, "%s%s", h == self->text->first_hit[i] ? ": " : ", ",
                                  trip_word_class_get_name (hit->word->klass));
          if (hit->end > i + 1)
            g_string_append_printf (out, " \"%s\"", hit->word->phrase);
          if (*hit->word->value != '\0')
            g_string_append_printf (out, " = %s", hit->word->value);
        }
      g_string_append_c (out, '\n');
    }
}

static void
explain_found (TripReader *self,
               GString    *out)
{
  for (guint n = 0; n < MIN (self->sentences->len, MAX_LINES); n++)
    {
      const TripSentence *sentence = &g_array_index (self->sentences, TripSentence, n);

      g_string_append_printf (out, _("Sentence %u to %u: %s%s\n"), sentence->first, sentence->end, act_names[sentence->act],
                              sentence->changes ? _(", changes something") : "");
    }
  for (guint m = 0; m < MIN (self->mentions->len, MAX_LINES); m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);

      g_string_append_printf (out, _("Place %u to %u: %s (%s), %s, %s\n"), mention->first, mention->end, mention->value,
                              mention->entry != NULL ? mention->entry->country : _("in no table"), role_names[mention->role],
                              polarity_names[self->polarity[self->spans->len + m]]);
    }
  for (guint s = 0; s < MIN (self->spans->len, MAX_LINES); s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);
      g_autofree char *words = trip_tokens_dup_text (self->tokens, span->first, span->end);

      g_string_append_printf (out, _("Found %u to %u: \"%s\", %s, %s\n"), span->first, span->end, words,
                              span->word != NULL ? trip_word_class_get_name (span->word->klass) : span_names[span->kind],
                              polarity_names[self->polarity[s]]);
    }
}

/**
 * trip_reader_explain:
 * @self: a reader that is done
 * @reading: what it has read
 *
 * Returns: (transfer full): how, in lines of text
 */
char *
trip_reader_explain (TripReader        *self,
                     const TripReading *reading)
{
  GString *out = g_string_new (NULL);
  gdouble against;
  gdouble in_favour = trip_reader_relevance (self, &against);

  g_string_append_printf (out, _("Language: %s\nWords:\n"), trip_lexicon_get_code (self->text->lexicon));
  explain_tokens (self, out);
  explain_found (self, out);
  g_string_append_printf (out, _("Of travel: %.1f for, %.1f against\n"), in_favour, against);
  for (guint i = 0; i < reading->intents->len; i++)
    {
      const TripIntent *intent = reading->intents->pdata[i];

      g_string_append_printf (out, _("Intent: %s %s \"%s\", by %s\n"), trip_intent_kind_to_string (intent->kind),
                              trip_action_to_string (intent->action), intent->value,
                              i < self->drafts->len ? g_array_index (self->drafts, TripDraft, i).rule : self->rule);
    }
  return g_string_free (out, FALSE);
}
