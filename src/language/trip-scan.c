/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Walks over a text once and keeps, at each place, the longest thing that any recogniser finds. It also owns the small
 * recognisers: numbers, lengths, hours and words of the tables. What a finding means for the trip is for others to say.
 */
#include "language/trip-span.h"

#include <math.h>
#include <string.h>

/* How much text one recogniser may look at from where it stands keeps the whole walk linear. */
#define CUISINE_CUES " food foods cuisine cuisines restaurant restaurants dining dishes eat eating meal meals cooking "

/* Recognisers that the walk asks at each place, that of single words last. */
#define N_RECOGNISERS 11

/* Words that begin a limit of walking, of travel or of money and that no table has. */
#define LIMIT_STARTS                                                                                                  \
  " walk walks walked walking travel travelling traveling rides ride transit transport transportation food meal meals " \
  "eating dining dinner dinners lunch lunches restaurant restaurants ticket tickets entry entrance admission fares "   \
  "fare lodging accommodation accommodations rooms room hotel hotels sightseeing time "

static const guint word_topics[TRIP_WORD_N_CLASSES] = {
  [TRIP_WORD_PARTY] = TRIP_TOPIC_PARTY,
  [TRIP_WORD_LEVEL] = TRIP_TOPIC_BUDGET,
  [TRIP_WORD_PACE] = TRIP_TOPIC_PACE,
  [TRIP_WORD_CROWDS] = TRIP_TOPIC_CROWDS,
  [TRIP_WORD_FREE] = TRIP_TOPIC_FREE_TIME,
  [TRIP_WORD_DIET] = TRIP_TOPIC_DIET,
  [TRIP_WORD_ACCESS] = TRIP_TOPIC_ACCESS,
  [TRIP_WORD_WALKING] = TRIP_TOPIC_WALKING,
  [TRIP_WORD_START] = TRIP_TOPIC_DAY_START,
  [TRIP_WORD_END] = TRIP_TOPIC_DAY_END,
  [TRIP_WORD_TRANSPORT] = TRIP_TOPIC_TRANSPORT,
  [TRIP_WORD_CABIN] = TRIP_TOPIC_CABIN,
  [TRIP_WORD_LODGING] = TRIP_TOPIC_LODGING,
  [TRIP_WORD_FOOD] = TRIP_TOPIC_FOOD,
  [TRIP_WORD_CUISINE] = TRIP_TOPIC_FOOD,
  [TRIP_WORD_INTEREST] = TRIP_TOPIC_INTEREST,
};

/**
 * trip_word_topic:
 * @word: a phrase of the tables
 *
 * Returns: the #TripTopic bit of a requirement made of it, 0 where it is no requirement
 */
guint
trip_word_topic (const TripWord *word)
{
  return word_topics[word->klass];
}

/**
 * trip_scan_number:
 * @text: annotated tokens
 * @i: a token
 * @out_end: (out): the token behind the number
 * @out_value: (out): its value
 *
 * Reads a number in digits or words: `3`, `2.5k`, `twenty-five`, `two hundred and fifty`, `a couple of`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_number (const TripAnnotated *text,
                  guint                i,
                  guint               *out_end,
                  gdouble             *out_value)
{
  const TripTokens *tokens = text->tokens;
  gdouble total = 0;
  gdouble part = 0;
  guint at = i;
  guint limit = i + 8;

  if (i >= tokens->n)
    return FALSE;
  if (tokens->token[i].kind == TRIP_TOKEN_NUMBER)
    {
      const TripWord *scale;
      guint end;

      *out_value = tokens->token[i].value;
      *out_end = i + 1;
      scale = trip_annotated_find (text, i + 1, TRIP_WORD_NUMBER, &end);
      if (scale != NULL && scale->number >= 100 &&
          (tokens->token[i + 1].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) == 0 &&
          (!trip_tokens_is (tokens, i + 1, "k") || tokens->token[i + 1].gap == TRIP_GAP_NONE ||
           tokens->token[i + 1].gap == TRIP_GAP_SPACE))
        {
          *out_value *= scale->number;
          *out_end = end;
        }
      else if (i + 1 < tokens->n && tokens->token[i + 1].kind == TRIP_TOKEN_NUMBER &&
               tokens->token[i + 1].gap == TRIP_GAP_SPACE && tokens->token[i + 1].folded_len == 3 &&
               tokens->token[i].folded_len <= 3 && *out_value >= 1)
        {
          /* "10 000" */
          *out_value = *out_value * 1000 + tokens->token[i + 1].value;
          *out_end = i + 2;
        }
      return TRUE;
    }

  while (at < tokens->n && at < limit)
    {
      guint end;
      const TripWord *word;

      if (at > i && (tokens->token[at].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) != 0)
        break;
      if (at > i && trip_tokens_is (tokens, at, "and") && part >= 100 &&
          trip_annotated_is (text, at + 1, TRIP_WORD_NUMBER))
        at++;
      word = trip_annotated_find (text, at, TRIP_WORD_NUMBER, &end);
      if (word == NULL || trip_tokens_is (tokens, at, "k"))
        break;
      if (word->number >= 1000)
        {
          total += MAX (part, 1) * word->number;
          part = 0;
        }
      else if (word->number == 100)
        {
          part = MAX (part, 1) * 100;
        }
      else if (part == 0 || (part >= 20 && word->number < 10 && (gint) part % 10 == 0) ||
               (part >= 100 && word->number < 100))
        {
          part += word->number;
        }
      else
        {
          break;
        }
      at = end;
    }
  if (at == i)
    return FALSE;
  *out_value = total + part;
  *out_end = at;
  return *out_value > 0;
}

static gint
unit_days (const TripWord *unit)
{
  static const struct { const char *name; gint days; } units[] = {
    { "day", 1 }, { "night", 1 }, { "week", 7 }, { "month", 30 }, { "weekend", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].name, unit->value) == 0)
      return units[i].days;
  return 0;
}

static gboolean
set_length (TripSpan       *span,
            const TripWord *unit,
            gdouble         count)
{
  gint days = unit_days (unit);

  if (days == 0 || count < 0.5 || count > 1000)
    return FALSE;
  if (strcmp (unit->value, "night") == 0)
    span->nights = count;
  else
    span->days = count * days + 0.5;
  return TRUE;
}

/* Longer stays are counted in days. */
#define MAX_STAY_HOURS 240

/* What follows "2 weeks" or "3 days" where that is no length of the trip. */
#define NOT_A_LENGTH " 目 ago before after old later earlier notice advance ahead apart time visa "

/**
 * trip_scan_duration:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads the length of a trip: `3 day trip`, `five days`, `a week`, `10 nights`, `5 days and 4 nights`, `3-4 days`,
 * `long weekend`, `week-long`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_duration (const TripAnnotated *text,
                    guint                i,
                    TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word;
  gdouble count;
  guint end;
  guint behind;

  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_DURATION;
  span->topic = TRIP_TOPIC_DURATION;
  span->children = -1;
  span->first = i;

  if (i > 0 && trip_tokens_is_any (tokens, i - 1, " per next this last every each coming past another on over during "))
    {
      /* "next week" is a date, "every day" a habit; "over a week" and "another 3 days" are lengths all the same. */
      if (!trip_tokens_is_any (tokens, i, " a one two three four five six seven ") &&
          tokens->token[i].kind != TRIP_TOKEN_NUMBER)
        return FALSE;
      if (trip_tokens_is_any (tokens, i - 1, " per every each "))
        return FALSE;
    }

  word = trip_annotated_find (text, i, TRIP_WORD_STAY, &end);
  if (word != NULL)
    {
      span->days = word->number;
      if (trip_tokens_is_any (tokens, end, " in of ") && trip_annotated_is (text, end + 1, TRIP_WORD_MONTH) &&
          span->days == 2)
        return FALSE;
    }
  else if (trip_tokens_is_any (tokens, i, " a an one the whole full entire "))
    {
      gboolean definite = trip_tokens_is (tokens, i, "the");

      behind = i + 1;
      while (trip_tokens_is_any (tokens, behind, " whole full entire single short quick "))
        behind++;
      if (definite && behind == i + 1)
        return FALSE;
      word = trip_annotated_find (text, behind, TRIP_WORD_UNIT, &end);
      if (word == NULL)
        {
          word = trip_annotated_find (text, behind, TRIP_WORD_STAY, &end);
          if (word == NULL || trip_tokens_is (tokens, i, "one") || word->number < 10)
            return FALSE;
          span->days = word->number;
        }
      else
        {
          /* "a day" is mostly "per day", and "a weekend" is found without its article. */
          if (strcmp (word->value, "weekend") == 0 && !trip_tokens_is (tokens, i, "one"))
            return FALSE;
          if (strcmp (word->value, "day") == 0 &&
              (trip_annotated_is (text, end, TRIP_WORD_TRIP) ||
               (i > 0 && trip_annotated_is (text, i - 1, TRIP_WORD_CURRENCY)) ||
               (i > 0 && tokens->token[i - 1].kind == TRIP_TOKEN_NUMBER)))
            return FALSE;
          /* "two hours of driving a day" */
          if (strcmp (word->value, "day") == 0 && i > 0 && tokens->token[i].gap == TRIP_GAP_SPACE &&
              !trip_annotated_is (text, i - 1, TRIP_WORD_STOP) && !trip_annotated_is (text, i - 1, TRIP_WORD_VERB))
            return FALSE;
          if (strcmp (word->value, "night") == 0 && i > 0 &&
              (trip_annotated_is (text, i - 1, TRIP_WORD_CURRENCY) || tokens->token[i - 1].kind == TRIP_TOKEN_NUMBER))
            return FALSE;
          if (strcmp (word->value, "month") == 0 && trip_tokens_is (tokens, end, "ago"))
            return FALSE;
          set_length (span, word, 1);
          if (trip_tokens_is (tokens, end, "and") && trip_tokens_is_any (tokens, end + 1, " a one ") &&
              trip_tokens_is (tokens, end + 2, "half"))
            {
              span->days += span->days / 2;
              end += 3;
            }
        }
    }
  else if (trip_scan_number (text, i, &end, &count))
    {
      gdouble upper;
      guint next;

      /* "May 4", "day 4" */
      if (i > 0 && (tokens->token[i].gap & ~TRIP_GAP_SPACE) == 0 &&
          (trip_annotated_is (text, i - 1, TRIP_WORD_MONTH) || trip_tokens_is_any (tokens, i - 1, " day days ")))
        return FALSE;
      /* "3-4 days", "3 to 4 days" */
      if ((end < tokens->n && (tokens->token[end].gap & TRIP_GAP_HYPHEN) != 0 &&
           trip_scan_number (text, end, &next, &upper)) ||
          (trip_tokens_is_any (tokens, end, " to or ") && trip_scan_number (text, end + 1, &next, &upper)))
        {
          if (upper > count && upper <= count + 14 && trip_annotated_is (text, next, TRIP_WORD_UNIT))
            {
              count = upper;
              end = next;
            }
        }
      if (end < tokens->n && (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) != 0)
        return FALSE;
      /* "Three and a half days" */
      if (trip_tokens_is (tokens, end, "and") && trip_tokens_is (tokens, end + 1, "a") &&
          trip_tokens_is (tokens, end + 2, "half"))
        {
          count += 0.5;
          end += 3;
        }
      if (trip_tokens_is_any (tokens, end, " full whole more extra short long lovely relaxing sunny "))
        end++;
      /* "72 hours in Istanbul" */
      if (trip_tokens_is_any (tokens, end, " hour hours hrs ") && count >= 4 &&
          (trip_tokens_is (tokens, end + 1, "in") || (i == 0 && end + 1 == tokens->n)) &&
          count <= MAX_STAY_HOURS)
        {
          span->days = (gint) ceil (count / 24.0);
          span->end = end + 1;
          return TRUE;
        }
      word = trip_annotated_find (text, end, TRIP_WORD_UNIT, &end);
      if (word == NULL)
        {
          /* "8d", "7n" */
          if (end < tokens->n && tokens->token[end].gap == TRIP_GAP_NONE &&
              tokens->token[end - 1].kind == TRIP_TOKEN_NUMBER &&
              trip_tokens_is_any (tokens, end, " d n "))
            {
              if (count > 365)
                return FALSE;
              if (trip_tokens_is (tokens, end, "d"))
                span->days = (gint) count;
              else
                span->nights = (gint) count;
              span->end = end + 1;
              return TRUE;
            }
          return FALSE;
        }
      if (!set_length (span, word, count))
        return FALSE;
      if (trip_tokens_is (tokens, end, "and") && trip_tokens_is_any (tokens, end + 1, " a ") &&
          trip_tokens_is (tokens, end + 2, "half"))
        {
          span->days += unit_days (word) / 2;
          end += 3;
        }
    }
  else if ((word = trip_annotated_find (text, i, TRIP_WORD_UNIT, &end)) != NULL && strcmp (word->value, "week") == 0 &&
           trip_tokens_is (tokens, end, "long"))
    {
      span->days = 7;
      end++;
    }
  else
    {
      return FALSE;
    }

  /* "5 days and 4 nights", "5 days/4 nights" */
  behind = end;
  if (trip_tokens_is_any (tokens, behind, " and "))
    behind++;
  if (trip_scan_number (text, behind, &behind, &count))
    {
      const TripWord *other = trip_annotated_find (text, behind, TRIP_WORD_UNIT, &behind);

      if (other != NULL && strcmp (other->value, word->value) != 0 && (tokens->token[end].gap & TRIP_GAP_CLAUSE) == 0)
        {
          gint days = span->days;

          if (set_length (span, other, count))
            {
              if (strcmp (other->value, "night") != 0)
                span->days += days;
              end = behind;
            }
        }
    }
  if (trip_tokens_is_any (tokens, end, NOT_A_LENGTH))
    return FALSE;
  if (end < tokens->n && (tokens->token[end].gap & ~(TRIP_GAP_SPACE | TRIP_GAP_HYPHEN)) == 0)
    {
      if (trip_tokens_is (tokens, end, "long"))
        end++;
      if (trip_annotated_find (text, end, TRIP_WORD_TRIP, &behind) != NULL && word->klass != TRIP_WORD_STAY)
        end = behind;
    }
  span->end = end;
  return span->days > 0 || span->nights > 0;
}

/**
 * trip_scan_time:
 * @text: annotated tokens
 * @i: a token
 * @late: a bare hour up to 11 is one of the afternoon or evening
 * @out_end: (out): the token behind the time
 * @out_minutes: (out): minutes after midnight, 1440 for midnight
 *
 * Reads a time of day: `14:00`, `2pm`, `2 p.m.`, `14h30`, `half past two`, `noon`. Without a sign of which half of the day
 * is meant, hours before 5 are those of the afternoon, unless they are written with a leading zero.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_time (const TripAnnotated *text,
            guint                i,
            gboolean             late,
            guint               *out_end,
            gint                *out_minutes)
{
  const TripTokens *tokens = text->tokens;
  gint hour;
  gint minute = 0;
  gdouble value;
  gboolean of_24;
  guint end;

  if (trip_tokens_is (tokens, i, "noon") || trip_tokens_is (tokens, i, "midday"))
    {
      *out_minutes = 720;
      *out_end = i + 1;
      return TRUE;
    }
  if (trip_tokens_is (tokens, i, "midnight"))
    {
      *out_minutes = 1440;
      *out_end = i + 1;
      return TRUE;
    }
  if (trip_tokens_is_any (tokens, i, " half quarter ") && trip_tokens_is (tokens, i + 1, "past"))
    {
      minute = trip_tokens_is (tokens, i, "half") ? 30 : 15;
      i += 2;
    }
  else if (trip_tokens_is (tokens, i, "quarter") && trip_tokens_is (tokens, i + 1, "to"))
    {
      minute = -15;
      i += 2;
    }
  if (!trip_scan_number (text, i, &end, &value) || value < 0 || value >= 25)
    return FALSE;
  /* "Until 3 October" */
  if (trip_annotated_is (text, end, TRIP_WORD_MONTH) && tokens->token[end].gap == TRIP_GAP_SPACE)
    return FALSE;
  hour = value;
  of_24 = hour > 0 && tokens->folded[tokens->token[i].folded] == '0';
  if (value > hour)
    minute = (value - hour) * 100 + 0.5;
  if (end < tokens->n && (tokens->token[end].gap & TRIP_GAP_COLON) != 0 &&
      tokens->token[end].kind == TRIP_TOKEN_NUMBER &&
      tokens->token[end].value < 60)
    {
      minute = tokens->token[end].value;
      end++;
    }
  else if (end < tokens->n && trip_tokens_is (tokens, end, "h") && tokens->token[end].gap == TRIP_GAP_NONE)
    {
      of_24 = TRUE;
      end++;
      if (end < tokens->n && tokens->token[end].kind == TRIP_TOKEN_NUMBER && tokens->token[end].gap == TRIP_GAP_NONE)
        {
          minute = (gint) MIN (tokens->token[end].value, 60.0);
          end++;
        }
    }
  else if (end < tokens->n && tokens->token[end].gap == TRIP_GAP_COLON && tokens->token[end].kind == TRIP_TOKEN_NUMBER)
    {
      return FALSE;
    }
  if (minute > 59)
    return FALSE;
  if (trip_tokens_is_any (tokens, end, " am pm ") || (trip_tokens_is_any (tokens, end, " a p ") &&
                                                      trip_tokens_is (tokens, end + 1, "m")))
    {
      gboolean pm = tokens->folded[tokens->token[end].folded] == 'p';

      if (pm && hour < 12)
        hour += 12;
      else if (!pm && hour == 12)
        hour = 0;
      end += tokens->token[end].folded_len == 1 ? 2 : 1;
    }
  else if (trip_tokens_is_any (tokens, end, " in at ") &&
           trip_tokens_is_any (tokens, end + (trip_tokens_is (tokens, end + 1, "the") ? 2 : 1),
                               " morning afternoon evening night "))
    {
      guint part = end + (trip_tokens_is (tokens, end + 1, "the") ? 2 : 1);

      /* Midnight is twelve at night. */
      if (trip_tokens_is (tokens, part, "morning") ? hour == 12 : trip_tokens_is (tokens, part, "night") && hour == 12)
        hour = trip_tokens_is (tokens, part, "night") ? 24 : 0;
      else if (!trip_tokens_is (tokens, part, "morning") && hour < 12)
        hour += 12;
      end = part + 1;
    }
  else
    {
      if (trip_tokens_is (tokens, end, "oclock"))
        end++;
      /* "At 5 days", but not "at 18:00, day 4". */
      if (end < tokens->n && (tokens->token[end].gap & TRIP_GAP_COMMA) == 0 &&
          (trip_annotated_is (text, end, TRIP_WORD_UNIT) || trip_annotated_is (text, end, TRIP_WORD_CURRENCY) ||
           trip_annotated_is (text, end, TRIP_WORD_PERSON)))
        return FALSE;
      if (!of_24 && ((late && hour <= 11) || hour < 5))
        hour += 12;
    }
  *out_minutes = hour * 60 + minute;
  *out_end = end;
  return *out_minutes <= 1440;
}

/**
 * trip_scan_time_is_marked:
 * @text: annotated tokens
 * @first: first token of a time
 * @end: the token behind it
 *
 * Returns: whether the time can be nothing else, as `9am` and `18:00`: a bare number may be anything
 */
gboolean
trip_scan_time_is_marked (const TripAnnotated *text,
                 guint                first,
                 guint                end)
{
  for (guint i = first; i < end; i++)
    {
      if (trip_tokens_is_any (text->tokens, i, " am pm noon midday midnight oclock h past morning afternoon evening ") ||
          (trip_tokens_is_any (text->tokens, i, " a p ") && trip_tokens_is (text->tokens, i + 1, "m")) ||
          (i > first && (text->tokens->token[i].gap & TRIP_GAP_COLON) != 0))
        return TRUE;
    }
  return FALSE;
}

/* "from 9am to 6pm", "between 10:00 and 18:00" */
static gboolean
scan_hours (const TripAnnotated *text,
            guint                i,
            TripSpan            *span)
{
  gint from, to;
  guint middle, end;

  if (!trip_tokens_is_any (text->tokens, i, " from between ") || !trip_scan_time (text, i + 1, FALSE, &middle, &from) ||
      !trip_tokens_is_any (text->tokens, middle, " to until till and ") ||
      !trip_scan_time (text, middle + 1, FALSE, &end, &to) || !trip_scan_time_is_marked (text, i + 1, end))
    return FALSE;
  /* "from 9am to 6" */
  if (to <= from && to <= 11 * 60 && !trip_tokens_is (text->tokens, end - 1, "am"))
    to += 12 * 60;
  if (to <= from)
    return FALSE;
  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_CLOCK;
  span->topic = TRIP_TOPIC_DAY_START | TRIP_TOPIC_DAY_END;
  span->children = -1;
  span->first = i;
  span->end = end;
  span->minutes = from;
  span->minutes_to = to;
  return TRUE;
}

/**
 * trip_scan_clock:
 * @text: annotated tokens
 * @i: a token
 * @span: (out): what was found
 *
 * Reads when days begin or end: `start at 10`, `nothing before 9:30`, `back by 6pm`, `late starts`, `from 9am to 6pm`.
 *
 * Returns: whether there is one
 */
gboolean
trip_scan_clock (const TripAnnotated *text,
                 guint                i,
                 TripSpan            *span)
{
  guint end;
  const TripWord *word = trip_annotated_find (text, i, TRIP_WORD_START, &end);

  if (word == NULL)
    word = trip_annotated_find (text, i, TRIP_WORD_END, &end);
  if (word == NULL)
    return scan_hours (text, i, span);
  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_CLOCK;
  span->topic = trip_word_topic (word);
  span->word = word;
  span->children = -1;
  span->first = i;
  span->minutes = word->number;
  span->end = end;
  if (strcmp (word->value, "clock") == 0)
    return trip_scan_time (text, end, word->klass == TRIP_WORD_END, &span->end, &span->minutes);
  return TRUE;
}

/**
 * trip_span_is_weak:
 * @text: annotated tokens
 * @span: a span
 *
 * Returns: whether the words say something only beside others: "hotel", "attractions"
 */
gboolean
trip_span_is_weak (const TripAnnotated *text,
                   const TripSpan      *span)
{
  return span->kind == TRIP_SPAN_WORD && span->word->weak;
}

static gboolean
scan_word (const TripAnnotated *text,
           guint                i,
           gboolean             near_food,
           TripSpan            *span)
{
  const TripTokens *tokens = text->tokens;
  const TripWord *word = NULL;
  guint polite_end;

  memset (span, 0, sizeof *span);
  span->kind = TRIP_SPAN_WORD;
  span->children = -1;
  span->first = i;
  for (guint h = text->first_hit[i]; h < text->first_hit[i + 1]; h++)
    {
      const TripHit *hit = &text->hits[h];

      if (trip_word_topic (hit->word) == TRIP_TOPIC_NONE || hit->word->klass == TRIP_WORD_START ||
          hit->word->klass == TRIP_WORD_END || hit->word->klass == TRIP_WORD_PARTY)
        continue;
      if (hit->word->klass == TRIP_WORD_CUISINE && !near_food)
        continue;
      /* "show" of "show me" is no theatre. */
      if (trip_annotated_find (text, i, TRIP_WORD_POLITE, &polite_end) != NULL && polite_end > hit->end)
        continue;
      span->word = word = hit->word;
      span->end = hit->end;
      break;
    }
  if (word == NULL && tokens->token[i].kind == TRIP_TOKEN_WORD && tokens->token[i].folded_len >= 6 &&
      text->first_hit[i] == text->first_hit[i + 1] && !tokens->token[i].capitalised)
    {
      char buffer[40];

      if (trip_tokens_slice (tokens, i, i + 1, buffer, sizeof buffer) > 0)
        word = trip_lexicon_guess (text->lexicon, buffer);
      if (word != NULL && trip_word_topic (word) == TRIP_TOPIC_NONE)
        word = NULL;
      span->word = word;
      span->end = i + 1;
    }
  if (word == NULL)
    return FALSE;
  span->topic = trip_word_topic (word);
  return TRUE;
}

/**
 * trip_scan:
 * @text: annotated tokens
 * @taken: (nullable): for each token, whether it belongs to something else, such as a place
 * @today: the day on which this is said
 *
 * Finds all lengths, dates, amounts, parties, hours and requirement words. Linear in the length of the text.
 *
 * Returns: (transfer full) (element-type TripSpan): the spans in their order, none overlapping another
 */
GArray *
trip_scan (const TripAnnotated *text,
           const guint8        *taken,
           const GDate         *today)
{
  const TripTokens *tokens = text->tokens;
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (TripSpan));
  guint sentence_end = 0;
  gboolean near_food = FALSE;
  guint i = 0;

  while (i < tokens->n)
    {
      TripSpan found[N_RECOGNISERS];
      gint best = -1;

      if (i >= sentence_end)
        {
          near_food = FALSE;
          sentence_end = i;
          do
            near_food |= trip_tokens_is_any (tokens, sentence_end++, CUISINE_CUES);
          while (sentence_end < tokens->n && (tokens->token[sentence_end].gap & TRIP_GAP_STOP) == 0);
        }
      if (taken != NULL && taken[i])
        {
          i++;
          continue;
        }
      /* Every recogniser begins with a number, a sign or a word of the tables; others can only be mistyped. */
      for (gint k = tokens->token[i].kind == TRIP_TOKEN_WORD &&
           text->first_hit[i] == text->first_hit[i + 1] && !trip_tokens_is_any (tokens, i, LIMIT_STARTS)
                    ? N_RECOGNISERS - 1 : 0; k < N_RECOGNISERS; k++)
        {
          gboolean matches = FALSE;

          switch (k)
            {
            case 0: matches = trip_scan_money (text, i, &found[k]); break;
            case 1: matches = trip_scan_dates (text, i, today, &found[k]); break;
            case 2: matches = trip_scan_duration (text, i, &found[k]); break;
            case 3: matches = trip_scan_party (text, i, &found[k]); break;
            case 4: matches = trip_scan_journey (text, i, today, &found[k]); break;
            case 5: matches = trip_scan_clock (text, i, &found[k]); break;
            case 6: matches = trip_scan_walk (text, i, &found[k]); break;
            case 7: matches = trip_scan_travel (text, i, &found[k]); break;
            case 8: matches = trip_scan_visits (text, i, &found[k]); break;
            case 9: matches = trip_scan_day_wish (text, i, &found[k]); break;
            default: matches = scan_word (text, i, near_food, &found[k]); break;
            }
          if (!matches)
            continue;
          /* The city where one arrives may stand inside of what says when. */
          for (guint t = found[k].kind == TRIP_SPAN_JOURNEY ? found[k].end - 1 : found[k].first;
               taken != NULL && matches && t < found[k].end; t++)
            matches = !taken[t];
          if (matches && (best < 0 || found[k].end > found[best].end))
            best = k;
        }
      if (best < 0)
        {
          i++;
          continue;
        }
      g_array_append_val (spans, found[best]);
      i = found[best].end;
    }
  return spans;
}
