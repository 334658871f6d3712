/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The recogniser of who travels: counted people, companions, whole parties, and lists of these.
 */
#include "language/trip-span.h"

#include <string.h>

/* More people than these are not said so shortly. */
#define MAX_BARE_COUNT 12

typedef struct {
  gint adults;
  gint children;
  gboolean has_children;
  gboolean companions;  /* the traveller is not among the counted */
  gboolean whole;       /* the party is complete as it stands */
} Group;

/* "aged 5 and 9", "ages 3, 5", "under 10"; ages in brackets are an aside and stay outside the phrase */
static guint
skip_ages (const TripAnnotated *text,
           guint                i)
{
  const TripTokens *tokens = text->tokens;
  guint at = i;
  guint numbers = 0;
  gboolean marked = FALSE;

  if (at >= tokens->n)
    return i;
  if ((tokens->token[at].gap & TRIP_GAP_CLAUSE) != 0)
    return i;
  if (trip_tokens_is_any (tokens, at, " aged ages age "))
    {
      marked = TRUE;
      at++;
    }
  else if (trip_tokens_is_any (tokens, at, " under below ") && at + 1 < tokens->n &&
           tokens->token[at + 1].kind == TRIP_TOKEN_NUMBER &&
           tokens->token[at + 1].value < 19)
    {
      at += 2;
      if (trip_tokens_is (tokens, at, "years"))
        at += trip_tokens_is (tokens, at + 1, "old") ? 2 : trip_tokens_is (tokens, at + 2, "age") ? 3 : 1;
      return MIN (at, tokens->n);
    }
  if (!marked)
    return i;
  while (at < tokens->n && numbers < 8)
    {
      guint end;
      gdouble value;

      if (numbers > 0 && trip_tokens_is (tokens, at, "and"))
        at++;
      if (!trip_scan_number (text, at, &end, &value) || value > 19 || trip_annotated_is (text, end, TRIP_WORD_UNIT) ||
          trip_annotated_is (text, end, TRIP_WORD_CURRENCY))
        break;
      numbers++;
      at = end;
      if (at < tokens->n && (tokens->token[at].gap & TRIP_GAP_BREAK) != 0)
        break;
    }
  if (numbers == 0)
    return i;
  if (trip_tokens_is (tokens, at - 1, "and"))
    at--;
  if (trip_tokens_is (tokens, at, "years") && trip_tokens_is (tokens, at + 1, "old"))
    at += 2;
  return at;
}

static gboolean
read_counted (const TripAnnotated *text,
              guint                i,
              guint               *out_end,
              Group               *group)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *person;
  gdouble count;
  guint end;

  /* "group of 5", "party of 3", "family of four" */
  if (trip_tokens_is_any (tokens, i, " group party family bunch team ") && trip_tokens_is (tokens, i + 1, "of") &&
      trip_scan_number (text, i + 2, &end, &count) && count >= 1 && count < 1000)
    {
      group->adults = count;
      group->whole = TRUE;
      if (trip_annotated_find (text, end, TRIP_WORD_PERSON, out_end) == NULL)
        *out_end = end;
      return TRUE;
    }
  if (trip_tokens_is_any (tokens, i, " a an one ") && !trip_tokens_is (tokens, i, "one"))
    {
      /* "A two-year-old" */
      if (trip_scan_number (text, i + 1, &end, &count))
        person = trip_annotated_find (text, end, TRIP_WORD_PERSON, &end);
      else
        person = trip_annotated_find (text, i + 1, TRIP_WORD_PERSON, &end);
      if (person == NULL || (strcmp (person->value, "child") != 0 && strstr (person->phrase, "year old") == NULL) ||
          (strstr (person->phrase, "year old") != NULL && count >= 18))
        return FALSE;
      group->children = 1;
      group->has_children = TRUE;
      *out_end = skip_ages (text, end);
      return TRUE;
    }
  /* “子供2人”: the count follows the noun. */
  person = trip_annotated_find (text, i, TRIP_WORD_PERSON, &end);
  if (person != NULL && end < tokens->n && tokens->token[end].gap == TRIP_GAP_NONE &&
      text->lexicon == trip_lexicon_get (TRIP_LANGUAGE_JAPANESE) && trip_scan_number (text, end, &end, &count) &&
      trip_annotated_is (text, end, TRIP_WORD_PERSON) && count >= 1 && count <= 999)
    {
      group->has_children = strcmp (person->value, "child") == 0;
      group->children = group->has_children ? (gint) count : 0;
      group->adults = group->has_children ? 0 : (gint) count;
      group->whole = !group->has_children;
      trip_annotated_find (text, end, TRIP_WORD_PERSON, out_end);
      return TRUE;
    }
  if (!trip_scan_number (text, i, &end, &count) || count < 1 || count > 999 || count != (gint) count)
    return FALSE;
  if (i > 0 && trip_annotated_is (text, i - 1, TRIP_WORD_MONTH) && (tokens->token[i].gap & TRIP_GAP_COMMA) == 0)
    return FALSE;
  if (trip_tokens_is_any (tokens, end,
                          " young small little other older grown elderly old more teenage of disabled active senior "
                          "single "))
    {
      guint skip = trip_tokens_is (tokens, end, "of") && trip_tokens_is_any (tokens, end + 1, " my our the ") ? 2 : 1;

      if (!trip_tokens_is (tokens, end, "of") || trip_annotated_is (text, end + skip, TRIP_WORD_PERSON))
        {
          if (trip_annotated_is (text, end + skip, TRIP_WORD_PERSON))
            end += skip;
        }
    }
  if (end >= tokens->n || (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) != 0)
    return FALSE;
  person = trip_annotated_find (text, end, TRIP_WORD_PERSON, &end);
  if (person == NULL || (count == 1 && strcmp (person->phrase, "of us") == 0))
    return FALSE;
  /* "5-person"? yes; "10 year old"? an age */
  if (strstr (person->phrase, "year old") != NULL)
    {
      group->children = 1;
      group->has_children = TRUE;
      *out_end = end;
      if (trip_annotated_is (text, end, TRIP_WORD_PERSON))
        trip_annotated_find (text, end, TRIP_WORD_PERSON, out_end);
      return count < 18;
    }
  if (strcmp (person->value, "child") == 0)
    {
      group->children = count;
      group->has_children = TRUE;
    }
  else
    {
      gboolean couples = g_str_has_prefix (person->phrase, "couple");

      group->adults = count * (couples ? 2 : 1);
      group->companions = g_str_has_prefix (person->phrase, "friend") || g_str_has_prefix (person->phrase, "colleague");
      group->whole = !group->companions;
    }
  *out_end = skip_ages (text, end);
  return TRUE;
}

static gboolean
read_companion (const TripAnnotated *text,
                guint                i,
                guint               *out_end,
                Group               *group)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *relative;
  gdouble count = 1;
  guint at = i;
  guint end;

  if (!trip_tokens_is_any (tokens, at, " my our the a an his her "))
    return FALSE;
  at++;
  if (trip_tokens_is_any (tokens, at - 1, " my our ") && trip_scan_number (text, at, &end, &count))
    at = end;
  else
    count = 1;
  for (guint n = 0; n < 2 && !trip_annotated_is (text, at, TRIP_WORD_RELATIVE) &&
                    trip_tokens_is_any (tokens, at,
                                        " young small little elderly old older younger teenage best new dear lovely "
                                        "pregnant "
                                        "vegetarian vegan year two own whole "); n++)
    at++;
  relative = trip_annotated_find (text, at, TRIP_WORD_RELATIVE, &end);
  if (relative == NULL || count > 50)
    return FALSE;
  if (trip_tokens_is_any (tokens, i, " the a an ") && relative->value[0] != 'c')
    return FALSE;
  if (relative->value[0] == 'c')
    {
      if (trip_tokens_is (tokens, at, "family"))
        return FALSE;
      group->has_children = TRUE;
      group->children = relative->value[1] == '1' || count > 1 ? count : 0;
    }
  else
    {
      group->adults = relative->number * count;
      group->companions = TRUE;
    }
  *out_end = skip_ages (text, end);
  return TRUE;
}

/* "For 3", "for just 1": people, where nothing else follows that could be counted. */
static gboolean
read_bare_count (const TripAnnotated *text,
                 guint                i,
                 guint               *out_end,
                 Group               *group)
{
  const TripTokens *tokens = text->tokens;
  gdouble count;
  guint at = i + 1;
  guint end;

  /* "We're four", "we are 5 now" */
  if (trip_tokens_is (tokens, i, "we") && trip_tokens_is_any (tokens, at, " re are were r "))
    at++;
  else if (!trip_tokens_is (tokens, i, "for"))
    return FALSE;
  while (trip_tokens_is_any (tokens, at, " just only "))
    at++;
  if (!trip_scan_number (text, at, &end, &count) || count < 1 || count > MAX_BARE_COUNT || count != (gint) count ||
      (trip_tokens_gaps (tokens, i, end) & ~TRIP_GAP_SPACE) != 0 ||
      (end < tokens->n && (tokens->token[end].gap & (TRIP_GAP_CLAUSE | TRIP_GAP_COMMA)) == 0 &&
       !trip_tokens_is_any (tokens, end, " please then instead thanks now ")))
    return FALSE;
  group->adults = (gint) count;
  group->whole = TRUE;
  *out_end = end;
  return TRUE;
}

/* "With my mum, wife and dad": the "my" of the first is that of all. */
static gboolean
read_relative (const TripAnnotated *text,
               guint                i,
               guint               *out_end,
               Group               *group)
{
  const TripWord *relative = trip_annotated_find (text, i, TRIP_WORD_RELATIVE, out_end);

  if (relative == NULL || relative->value[0] == 'c' || relative->number <= 0)
    return FALSE;
  memset (group, 0, sizeof *group);
  group->adults = (gint) relative->number;
  group->companions = TRUE;
  return TRUE;
}

static gboolean
read_member (const TripAnnotated *text,
             guint                i,
             guint               *out_end,
             Group               *group)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word;
  Group counted = { 0 };
  guint end;

  memset (group, 0, sizeof *group);
  word = trip_annotated_find (text, i, TRIP_WORD_PARTY, &end);
  if (word != NULL && (word->number > 0 || strchr (word->value, '+') != NULL))
    {
      /* "a couple of days", and "family-friendly" is an interest */
      if (trip_tokens_is (tokens, end, "of") || trip_tokens_is_any (tokens, end,
                                                                    " friendly activities hotel room rooms "
                                                                    "restaurants fun room "))
        return FALSE;
      if (strchr (word->value, '+') != NULL)
        group->has_children = TRUE;
      group->adults = word->number;
      group->whole = TRUE;
      *out_end = end;
      /* “家族4人”: the number says how many the family are. */
      if (end < tokens->n && tokens->token[end].gap == TRIP_GAP_NONE && read_counted (text, end, &end, &counted))
        {
          *group = counted;
          *out_end = end;
        }
      return TRUE;
    }
  if (trip_tokens_is_any (tokens, i, " me myself us "))
    {
      guint behind = i + 1;
      Group others;

      memset (&others, 0, sizeof others);
      /* "me and my husband", "me, my wife and 2 kids" */
      if (trip_tokens_is_any (tokens, behind, " and plus with "))
        behind++;
      if (behind < tokens->n && (tokens->token[behind].gap & TRIP_GAP_CLAUSE) == 0 &&
          (behind > i + 1 || (tokens->token[behind].gap & (TRIP_GAP_COMMA | TRIP_GAP_PLUS)) != 0) &&
          (read_companion (text, behind, &end, &others) || read_counted (text, behind, &end, &others)))
        {
          *group = others;
          group->companions = FALSE;
          group->adults = others.adults + (others.whole && !others.has_children ? 0 : 1);
          group->whole = TRUE;
          *out_end = end;
          return TRUE;
        }
      return FALSE;
    }
  if (read_counted (text, i, out_end, group))
    return TRUE;
  memset (group, 0, sizeof *group);
  /* "With grandma", „mit Oma“ */
  if (trip_tokens_is (tokens, i, "with") && read_relative (text, i + 1, out_end, group))
    return TRUE;
  return read_bare_count (text, i, out_end, group) || read_companion (text, i, out_end, group);
}

/* Whether any of the readings begins so: most words say at once that they are nobody. */
static gboolean
may_begin (const TripAnnotated *text,
           guint                i)
{
  const guint64 classes = TRIP_WORD_BIT (PARTY) | TRIP_WORD_BIT (NUMBER) | TRIP_WORD_BIT (PERSON) | TRIP_WORD_BIT (RELATIVE);

  return text->tokens->token[i].kind == TRIP_TOKEN_NUMBER || (text->classes[i] & classes) != 0 ||
         trip_tokens_is_any (text->tokens, i,
                             " me myself us my our the a an one his her with for we group party family bunch team ");
}

/**
 * trip_scan_party:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads who travels: `2 kids (5 and 9)`, `two adults and a toddler`, `me and my husband`, `with my mum`, `group of 5`,
 * `solo`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_party (const TripAnnotated *text,
                 guint                i,
                 TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  Group group;
  Group more;
  gboolean alone;
  guint end;

  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_PARTY;
  span->topic = TRIP_TOPIC_PARTY;
  span->children = -1;
  span->first = i;
  if (!may_begin (text, i) || !read_member (text, i, &end, &group))
    return FALSE;
  alone = !group.whole && trip_tokens_is_any (tokens, i, " my our the a an his her ") &&
          !(i > 0 && trip_tokens_is_any (tokens, i - 1, " with wth w and for me plus take bring taking bringing us of ")) &&
          !trip_tokens_is (tokens, end, "and") && !(i == 0 && end == tokens->n);

  for (guint n = 0; n < 6 && end < tokens->n && (tokens->token[end].gap & TRIP_GAP_CLAUSE) == 0; n++)
    {
      guint next = end;
      guint behind;

      if (trip_tokens_is_any (tokens, next, " and plus with including "))
        next++;
      else if ((tokens->token[next].gap & (TRIP_GAP_COMMA | TRIP_GAP_PLUS)) == 0)
        break;
      if (trip_tokens_is (tokens, next, "and"))
        next++;
      if (trip_tokens_is_any (tokens, next, " i me ") && group.companions)
        {
          group.adults += 1;
          group.companions = FALSE;
          group.whole = TRUE;
          end = next + 1;
          continue;
        }
      if (!read_member (text, next, &behind, &more) && !(group.companions && read_relative (text, next, &behind, &more)))
        break;
      if (trip_tokens_is (tokens, end, "including") && more.has_children)
        more.adults = -more.children;
      alone = FALSE;
      group.adults += more.adults;
      group.children += more.children;
      group.has_children |= more.has_children;
      group.companions |= more.companions && !group.whole;
      group.whole |= more.whole && more.adults > 0;
      end = behind;
    }
  /* "My mum loves tea" tells nothing of who travels, "my mum, dad and I" does. */
  if (alone)
    return FALSE;
  span->end = end;
  span->adults = MAX (group.adults, 0);
  span->with_traveller = group.companions;
  if (group.has_children)
    span->children = group.children > 0 ? group.children : -1;
  if (group.has_children && group.children == 0)
    span->children = -1;
  return TRUE;
}
