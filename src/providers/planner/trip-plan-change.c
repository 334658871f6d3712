/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reading changes. One table of patterns, tried in order; the first that fits decides.
 */
#include "providers/planner/trip-plan-change.h"

#include <stdlib.h>
#include <string.h>

#define TIME "(?<time>\\d{1,2}(?:[:.]\\d{2})?\\s*(?:am|pm)?)\\b"

static const struct {
  TripPlanChangeKind kind;
  const char *pattern;
} patterns[] = {
  { TRIP_PLAN_CHANGE_START, "\\b(?:start|begin|leave|go out|get going)\\w*\\b.*?\\b" TIME },
  { TRIP_PLAN_CHANGE_START, "\\b(?:nothing|not) before " TIME },
  { TRIP_PLAN_CHANGE_END, "\\b(?:end|finish|back|home|done)\\w*\\b.*?\\b" TIME },
  { TRIP_PLAN_CHANGE_END, "\\b(?:nothing|not) after " TIME },
  { TRIP_PLAN_CHANGE_START_LATER, "\\b(?:later start|(?:start|begin|leav)\\w*(?:\\s+\\w+)?\\s+later|sleep in|"
                                  "lie in)\\b" },
  { TRIP_PLAN_CHANGE_START_EARLIER, "\\b(?:earlier start|(?:start|begin|leav)\\w*(?:\\s+\\w+)?\\s+earlier|"
                                    "get up early)\\b" },
  { TRIP_PLAN_CHANGE_END_EARLIER, "\\b(?:earlier (?:end|finish)|(?:end|finish|back|home|done)\\w*(?:\\s+\\w+)?\\s+"
                                  "earlier)\\b" },
  { TRIP_PLAN_CHANGE_SWAP, "\\b(?:swap|replace|exchange|change|switch)\\s+(?:the\\s+)?(?<subject>.+?)\\s+(?:out\\s+)?"
                           "(?:for|with|by|to)\\s+(?:the\\s+|an?\\s+)?(?<object>.+?)$" },
  { TRIP_PLAN_CHANGE_SWAP, "^(?:an?\\s+|the\\s+)?(?<object>.+?)\\s+(?:instead of|rather than|in place of)\\s+"
                           "(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_MOVE, "\\b(?:move|shift|put)\\s+(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_DROP, "\\b(?:drop|remove|skip|delete|cancel|leave out|take out|without)\\s+(?:the\\s+)?"
                          "(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_LIGHTER, "\\b(?:lighter|easier|slower|calmer|quieter|less (?:busy|packed|full|walking)|"
                              "more relaxed|relax\\w*|fewer|shorter|too (?:much|full|busy|packed)|"
                              "free (?:time|morning|afternoon|evening)|"
                              "(?:time|rest) for (?:our|my)sel\\w+|a break)\\b" },
  { TRIP_PLAN_CHANGE_CHEAPER, "\\b(?:cheaper|less expensive|lower (?:the )?(?:cost|price)\\w*|save money|"
                              "too expensive)\\b" },
  { TRIP_PLAN_CHANGE_FULLER, "\\b(?:fuller|busier|more (?:packed|places|sights|things|to do))\\b" },
  { TRIP_PLAN_CHANGE_ADD, "\\b(?:add|include|insert|fit in|squeeze in|more)\\s+(?:an?other\\s+|an?\\s+|the\\s+|"
                          "some\\s+|one more\\s+|more\\s+)?(?<subject>.+?)$" },
};

static const char * const nouns[] = { "option", "plan", "alternative", "version", "itinerary" };

static const char * const ordinals[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh" };

static gboolean
take_number (char       **text,
             const char  *noun,
             gint        *out_number)
{
  g_autofree char *pattern = g_strdup_printf ("(?:\\b(?:on|of|from|in|to|for|at)\\s+)?(?:\\bthe\\s+)?"
                                              "(?:\\b%s\\s+(?:no\\.?\\s*|number\\s+|#)?(?<digits>\\d{1,2})\\b|"
                                              "\\b(?<nth>\\d{1,2})(?:st|nd|rd|th)\\s+%s\\b|"
                                              "\\b(?<word>first|second|third|fourth|fifth|sixth|seventh|last)\\s+"
                                              "%s\\b)",
                                              noun, noun, noun);
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *word = NULL;
  char *rest;

  if (!g_regex_match (regex, *text, 0, &match))
    return FALSE;
  digits = g_match_info_fetch_named (match, "digits");
  if (digits == NULL || *digits == '\0')
    {
      g_free (digits);
      digits = g_match_info_fetch_named (match, "nth");
    }
  word = g_match_info_fetch_named (match, "word");
  /* Nobody counts from zero: such a day does not exist, which is for the editor to say. */
  if (digits != NULL && *digits != '\0')
    *out_number = atoi (digits) > 0 ? atoi (digits) - 1 : G_MAXINT - 1;
  else if (word != NULL && g_ascii_strcasecmp (word, "last") == 0)
    *out_number = TRIP_PLAN_LAST_DAY;
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (ordinals); i++)
    {
      if (g_ascii_strcasecmp (word, ordinals[i]) == 0)
        *out_number = (gint) i;
    }

  rest = g_regex_replace_literal (regex, *text, -1, 0, " ", 0, NULL);
  if (rest != NULL)
    {
      g_free (*text);
      *text = rest;
    }
  return TRUE;
}

/* "10", "10:30", "10 pm"; a start at 8 is in the morning, an end at 8 in the evening. */
static gint
read_time (const char         *text,
           TripPlanChangeKind  kind)
{
  gint hour = atoi (text);
  gint minute = 0;
  const char *separator = strpbrk (text, ":.");

  if (separator != NULL)
    minute = atoi (separator + 1);
  if (strstr (text, "pm") != NULL && hour < 12)
    hour += 12;
  else if (strstr (text, "am") != NULL && hour == 12)
    hour = 0;
  else if (strstr (text, "am") == NULL && kind == TRIP_PLAN_CHANGE_END && hour <= 11)
    hour += 12;
  return hour > 24 || minute > 59 ? -1 : hour * 60 + minute;
}

static char *
fetch_subject (GMatchInfo *match,
               const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  if (text == NULL)
    return NULL;
  for (gsize n = strlen (text); n > 0 && (g_ascii_isspace (text[n - 1]) || g_ascii_ispunct (text[n - 1])); n--)
    text[n - 1] = '\0';
  g_strchug (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
contains (const char *text,
          const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static char *
strip_articles (const char *text)
{
  g_autoptr(GRegex) regex = g_regex_new ("^(?:(?:the|an?|some|my|our|please|of|on|from)\\s+)+", G_REGEX_CASELESS, 0,
                                         NULL);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  char *rest = g_regex_replace_literal (regex, stripped, -1, 0, "", 0, NULL);

  return rest != NULL ? rest : g_steal_pointer (&stripped);
}

/**
 * trip_plan_change_read:
 * @words: what the traveller wants changed
 *
 * Returns: (transfer full): the change; of kind %TRIP_PLAN_CHANGE_UNKNOWN where the words say nothing we can do
 */
TripPlanChange *
trip_plan_change_read (const char *words)
{
  TripPlanChange *self = g_new0 (TripPlanChange, 1);
  g_autofree char *text = g_utf8_strdown (words, -1);

  self->option = TRIP_PLAN_EVERY_OPTION;
  self->day = TRIP_PLAN_EVERY_DAY;
  self->minute = -1;
  take_number (&text, "day", &self->day);
  for (gsize i = 0; i < G_N_ELEMENTS (nouns) && !self->names_option; i++)
    self->names_option = take_number (&text, nouns[i], &self->option);
  self->names_option = self->names_option ||
                       contains (text, "\\b(?:options?|plans?|alternatives?|versions?|itinerar\\w+|suggestions?|"
                                       "proposals?|another one|one more|others?|else)\\b");
  self->rest = strip_articles (text);

  for (gsize i = 0; i < G_N_ELEMENTS (patterns) && self->kind == TRIP_PLAN_CHANGE_UNKNOWN; i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (patterns[i].pattern, G_REGEX_CASELESS, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *time = NULL;

      if (!g_regex_match (regex, g_strstrip (text), 0, &match))
        continue;
      self->kind = patterns[i].kind;
      /* A pattern has groups of its own only; asking for another's would be a warning. */
      if (g_regex_get_string_number (regex, "subject") >= 0)
        self->subject = fetch_subject (match, "subject");
      if (g_regex_get_string_number (regex, "object") >= 0)
        self->object = fetch_subject (match, "object");
      time = g_regex_get_string_number (regex, "time") >= 0 ? g_match_info_fetch_named (match, "time") : NULL;
      if (time != NULL && *time != '\0')
        self->minute = read_time (time, self->kind);
    }
  if ((self->kind == TRIP_PLAN_CHANGE_START || self->kind == TRIP_PLAN_CHANGE_END) && self->minute < 0)
    self->kind = TRIP_PLAN_CHANGE_UNKNOWN;
  if (self->kind == TRIP_PLAN_CHANGE_MOVE && self->day == TRIP_PLAN_EVERY_DAY)
    self->kind = TRIP_PLAN_CHANGE_UNKNOWN;
  return self;
}

/**
 * trip_plan_change_free:
 * @self: (transfer full): a change
 *
 * Frees it.
 */
void
trip_plan_change_free (TripPlanChange *self)
{
  g_free (self->subject);
  g_free (self->object);
  g_free (self->rest);
  g_free (self);
}
