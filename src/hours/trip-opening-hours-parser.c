/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The grammar of opening hours: tokens become rules. What is ambiguous is refused, because hours that are made up send
 * people to closed doors; what is merely untidy (a colon after the days, hours without minutes) is accepted.
 */
#include "hours/trip-opening-hours-parser.h"

#include <glib/gi18n-lib.h>

/* Stands where a mapper forgot the ";" before the next day. */
#define SIGN_MISSING 0

/* Bytes of a word in a message. */
#define MAX_SHOWN 40

gboolean
trip_hours_parser_fail_at (TripHoursParser *p, guint at, const char *expected)
{
  const TripToken *token = &p->tokens[MIN (at, p->n_tokens - 1)];
  const char *end = token->text + token->length;

  /* A whole comment would bury the message. */
  if (token->length > MAX_SHOWN)
    end = g_utf8_find_prev_char (token->text, token->text + MAX_SHOWN);
  if (token->kind == TRIP_TOKEN_END)
    return trip_opening_hours_fail (p->error, TRIP_OPENING_HOURS_ERROR_SYNTAX, token->position,
                                    _("the text ends where %s should follow"), expected);
  return trip_opening_hours_fail (p->error, TRIP_OPENING_HOURS_ERROR_SYNTAX, token->position,
                                  _("%s should stand where “%.*s” is"), expected, (gint) (end - token->text), token->text);
}

gboolean
trip_hours_parser_fail (TripHoursParser *p, const char *expected)
{
  return trip_hours_parser_fail_at (p, p->at, expected);
}

/* Evaluation walks over all items of all days, so their number is what bounds it. */
gboolean
trip_hours_parser_count_item (TripHoursParser *p)
{
  if (++p->n_items > TRIP_HOURS_MAX_ITEMS)
    return trip_opening_hours_fail (p->error, TRIP_OPENING_HOURS_ERROR_TOO_LONG, peek (p, 0)->position,
                                    _("there are more than %d days and times"), TRIP_HOURS_MAX_ITEMS);
  return TRUE;
}

gboolean
trip_hours_parser_is_year (const TripHoursParser *p, guint ahead)
{
  const TripToken *token = peek (p, ahead);

  return token->kind == TRIP_TOKEN_NUMBER && token->digits == 4 && token->value >= 1900 && token->value <= 2999;
}

static gboolean
is_clock_sign (const TripHoursParser *p, guint ahead)
{
  return is_sign (p, ahead, ':') || is_sign (p, ahead, '.');
}

/* Tells the 8 of "Jul 8:00-12:00" from that of "Jul 8: 12:00-14:00". */
gboolean
trip_hours_parser_is_clock (const TripHoursParser *p, guint ahead)
{
  if (is_kind (p, ahead + 1, TRIP_TOKEN_HALF) || is_kind (p, ahead + 1, TRIP_TOKEN_HOUR))
    return TRUE;
  if (!is_clock_sign (p, ahead + 1))
    return FALSE;
  return is_kind (p, ahead + 2, TRIP_TOKEN_NUMBER) && peek (p, ahead + 2)->digits == 2 && peek (p, ahead + 2)->tight &&
         !(is_clock_sign (p, ahead + 3) && is_kind (p, ahead + 4, TRIP_TOKEN_NUMBER));
}

gboolean
trip_hours_parser_is_date (const TripHoursParser *p, guint ahead)
{
  if (trip_hours_parser_is_year (p, ahead))
    ahead++;
  return is_kind (p, ahead, TRIP_TOKEN_MONTH) || is_kind (p, ahead, TRIP_TOKEN_EASTER);
}

gboolean
trip_hours_parser_is_weekday (const TripHoursParser *p, guint ahead)
{
  return is_kind (p, ahead, TRIP_TOKEN_WEEKDAY) || is_kind (p, ahead, TRIP_TOKEN_WEEKDAYS) ||
         is_kind (p, ahead, TRIP_TOKEN_HOLIDAY);
}

gboolean
trip_hours_parser_is_time (const TripHoursParser *p, guint ahead)
{
  return (is_kind (p, ahead, TRIP_TOKEN_NUMBER) && !trip_hours_parser_is_year (p, ahead)) ||
         is_kind (p, ahead, TRIP_TOKEN_EVENT) || is_kind (p, ahead, TRIP_TOKEN_NOON) || is_sign (p, ahead, '(');
}

gboolean
trip_hours_parser_number (TripHoursParser *p, gint least, gint most, const char *expected, gint *value)
{
  const TripToken *token = peek (p, 0);

  if (token->kind != TRIP_TOKEN_NUMBER || token->value < least || token->value > most)
    return trip_hours_parser_fail (p, expected);
  *value = token->value;
  p->at++;
  return TRUE;
}

/* "24/7", which is not the beginning of a time. */
gboolean
trip_hours_parser_is_always (const TripHoursParser *p, guint ahead)
{
  return is_kind (p, ahead, TRIP_TOKEN_NUMBER) && peek (p, ahead)->value == 24 && is_sign (p, ahead + 1, '/') &&
         is_kind (p, ahead + 2, TRIP_TOKEN_NUMBER) && peek (p, ahead + 2)->value == 7;
}

static gboolean
is_rule_end (const TripHoursParser *p)
{
  return is_kind (p, 0, TRIP_TOKEN_END) || is_sign (p, 0, ';') || is_sign (p, 0, ',') || is_sign (p, 0, TRIP_SIGN_FALLBACK) ||
         (is_sign (p, 0, '.') && !(is_kind (p, 1, TRIP_TOKEN_NUMBER) && peek (p, 1)->tight));
}

/* What may stand beside the days and the times of a rule, in whatever order. */
typedef struct {
  gboolean state;
  gboolean comment;
} Remarks;

/* Several remarks on one rule are read together. */
static void
add_comment (TripHoursParser *p, TripHoursRule *rule)
{
  const TripToken *token = peek (p, 0);
  g_autofree char *comment = g_strndup (token->text, token->length);
  g_autofree char *joined = NULL;
  char *start = comment;

  if (!g_unichar_isalpha (g_utf8_get_char (comment)))
    {
      start = g_utf8_next_char (comment);
      *g_utf8_prev_char (comment + token->length) = '\0';
    }
  g_strstrip (start);
  if (rule->comment != NULL)
    start = joined = g_strconcat (rule->comment, ", ", start, NULL);
  if (*start != '\0')
    rule->comment = g_string_chunk_insert (p->self->comments, start);
}

static gboolean
parse_remarks (TripHoursParser *p, TripHoursRule *rule, Remarks *seen)
{
  for (; is_kind (p, 0, TRIP_TOKEN_STATE) || is_kind (p, 0, TRIP_TOKEN_COMMENT); p->at++)
    {
      if (is_kind (p, 0, TRIP_TOKEN_COMMENT))
        {
          add_comment (p, rule);
          seen->comment = TRUE;
          continue;
        }
      if (seen->state)
        return trip_hours_parser_fail (p, _("the end of the rule"));
      seen->state = TRUE;
      rule->state = (TripOpeningState) peek (p, 0)->value;
    }
  return TRUE;
}

/* "24/7", "24 hours" */
static gboolean
accept_always (TripHoursParser *p)
{
  guint n = 0;

  if (is_kind (p, 0, TRIP_TOKEN_ALWAYS))
    n = 1;
  else if (trip_hours_parser_is_always (p, 0))
    n = 3;
  else if (peek (p, 0)->value == 24 && is_kind (p, 0, TRIP_TOKEN_NUMBER) && is_kind (p, 1, TRIP_TOKEN_HOUR) &&
           !is_sign (p, 2, '-') && !is_sign (p, 2, '+'))
    n = 2;
  p->at += n;
  return n > 0;
}

static gboolean
parse_rule (TripHoursParser *p, gint separator, TripHoursRule *rule)
{
  Remarks seen = { FALSE, FALSE };
  gboolean days_first;
  gboolean always;
  gboolean only_years;

  rule->state = TRIP_OPENING_OPEN;
  if (!parse_remarks (p, rule, &seen))
    return FALSE;
  if (seen.comment || seen.state)
    accept_sign (p, ':');
  if (!trip_hours_parser_selectors (p, rule) || !parse_remarks (p, rule, &seen))
    return FALSE;

  days_first = rule->dated;
  always = accept_always (p);
  if (!always && trip_hours_parser_is_time (p, 0))
    {
      if (!trip_hours_parser_times (p, rule))
        return FALSE;
      /* "10:00-18:00 Mo-Fr" */
      if (!rule->dated && !trip_hours_parser_selectors (p, rule))
        return FALSE;
    }
  if (!parse_remarks (p, rule, &seen))
    return FALSE;
  /* Whoever only leaves a remark does not say that they are open. */
  if (seen.comment && !seen.state)
    rule->state = TRIP_OPENING_UNKNOWN;

  if (!is_rule_end (p) &&
      !(days_first && rule->times.count > 0 && (trip_hours_parser_is_weekday (p, 0) || trip_hours_parser_is_date (p, 0))))
    return trip_hours_parser_fail (p, rule->times.count > 0 ? _("“;” or the end") : _("days or times"));
  if (rule->times.count == 0 && !always && !seen.state && !seen.comment)
    {
      /* "Jan-Mar, Mo-Fr 10:00-12:00" may mean two things, and a lone year is no opening hours at all. */
      only_years = rule->years.count > 0 && rule->dates.count == 0 && rule->weeks.count == 0 && !rule->has_weekdays;
      if (!rule->dated || only_years || is_sign (p, 0, ',') || separator == SIGN_MISSING)
        return trip_hours_parser_fail (p, _("days or times"));
    }
  return TRUE;
}

/*
 * trip_opening_hours_parse_rules:
 * @self: an object with empty arrays
 * @tokens: (element-type TripToken): the whole text
 * @error: return location for %TRIP_OPENING_HOURS_ERROR
 *
 * Returns: whether @self now holds at least one rule
 */
gboolean
trip_opening_hours_parse_rules (TripOpeningHours *self, const GArray *tokens, GError **error)
{
  TripHoursParser parser = {
    .self = self,
    .tokens = &g_array_index (tokens, TripToken, 0),
    .n_tokens = tokens->len,
    .error = error,
  };
  TripHoursParser *p = &parser;
  gint separator = ';';

  while (TRUE)
    {
      TripHoursRule rule = { .additive = separator == ',', .fallback = separator == TRIP_SIGN_FALLBACK };

      /* Mappers leave separators behind when they delete a rule. */
      while (separator == ';' && accept_sign (p, ';'))
        ;
      if (is_kind (p, 0, TRIP_TOKEN_END) && self->rules->len > 0)
        return TRUE;
      if (self->rules->len >= TRIP_HOURS_MAX_RULES)
        return trip_opening_hours_fail (error, TRIP_OPENING_HOURS_ERROR_TOO_LONG, peek (p, 0)->position,
                                        _("there are more than %d rules"), TRIP_HOURS_MAX_RULES);
      if (!parse_rule (p, separator, &rule))
        return FALSE;
      g_array_append_val (self->rules, rule);

      if (is_kind (p, 0, TRIP_TOKEN_END))
        return TRUE;
      separator = is_rule_end (p) ? p->tokens[p->at++].value : SIGN_MISSING;
      if (separator == '.') /* as at the end of a sentence */
        separator = ';';
    }
}
