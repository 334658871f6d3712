/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What single days are to be about. A theme is a matter of opening: on its day only places of its kind are open to the
 * plan, beside what has to be seen, and the best of the kind are kept for that day.
 */
#include "providers/planner/trip-plan-draft.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The best places of a theme wait for its day. */
#define SIGHTS_OF_THE_DAY 4
#define TABLES_OF_THE_DAY 2

/* More wishes for days than any trip has days. */
#define MAX_THEMES (TRIP_PLAN_MAX_DAYS + 4u)

/* The first and the last day have less room for a theme than a full one. */
#define BROKEN_DAY_WEIGHT 2
#define FULL_DAY_WEIGHT 3

static TripPlanTheme *
theme_at (const TripPlanContext *self,
          guint                  index)
{
  return &g_array_index (self->themes, TripPlanTheme, index);
}

/**
 * trip_plan_theme_matches:
 * @self: a theme
 * @candidate: a place
 *
 * Returns: whether the place belongs to the theme
 */
gboolean
trip_plan_theme_matches (const TripPlanTheme     *self,
                         const TripPlanCandidate *candidate)
{
  if (candidate->poi->type == TRIP_POI_LODGE)
    return FALSE;
  /* A day of food is one of markets and of what is eaten in the street; that it has meals sets it apart from no other. */
  if (strcmp (self->stem, "food") == 0)
    return trip_plan_words_match_tag (candidate->poi, "food") || trip_plan_words_match_tag (candidate->poi, "market") ||
           trip_plan_words_match_tag (candidate->poi, "street food");
  return trip_plan_words_match (candidate->poi, candidate->folded, self->words, self->words) ||
         trip_plan_words_match (candidate->poi, candidate->folded, self->stem, self->stem);
}

static gboolean
is_sight (const TripPlanCandidate *candidate)
{
  return candidate->poi->type != TRIP_POI_RESTAURANT && candidate->poi->type != TRIP_POI_LODGE;
}

static gboolean
is_open (const TripPlanContext *self,
         guint                  candidate,
         guint                  day)
{
  const TripPlanSpan *spans;
  guint n = trip_plan_context_spans (self, candidate, day, &spans);

  for (guint i = 0; i < n; i++)
    {
      if (spans[i].to - spans[i].from >= g_array_index (self->candidates, TripPlanCandidate, candidate).service)
        return TRUE;
    }
  return FALSE;
}

/* A span without length holds no stay: closed for the plan, whatever the hours of the place. */
static void
close_on (TripPlanContext *self,
          guint            candidate,
          guint            day)
{
  guint index = candidate * self->n_days + day;
  guint first = g_array_index (self->first_span, guint, index);
  guint end = g_array_index (self->first_span, guint, index + 1);

  for (guint i = first; i < end; i++)
    g_array_index (self->spans, TripPlanSpan, i).to = g_array_index (self->spans, TripPlanSpan, i).from;
}

static guint
count_open (const TripPlanContext *self,
            const TripPlanTheme   *theme,
            const TripPlanCity    *city,
            guint                  day)
{
  guint n = 0;

  for (guint i = city->first; i < city->first + city->n; i++)
    {
      const TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, i);

      n += is_sight (candidate) && trip_plan_theme_matches (theme, candidate) && is_open (self, i, day);
    }
  return n;
}

static gboolean
is_taken (const TripPlanContext *self,
          gint                   day)
{
  for (guint i = 0; i < self->themes->len; i++)
    {
      if (theme_at (self, i)->day == day)
        return TRUE;
    }
  return FALSE;
}

/* The day on which most of the theme is open, a full one before a broken one. */
static gint
choose_day (const TripPlanContext *self,
            const TripPlanTheme   *theme)
{
  TripPlanStays stays = { 0 };
  guint best_value = 0;
  gint best = -1;
  guint day = 0;

  trip_plan_stays_split (self, &stays);
  for (guint c = 0; c < self->cities->len; c++)
    {
      for (guint n = 0; n < stays.n_days[c]; n++, day++)
        {
          gboolean broken = day == 0 || day + 1 == self->n_days;
          guint value = (1 + count_open (self, theme, &g_array_index (self->cities, TripPlanCity, c), day)) *
                        (broken ? BROKEN_DAY_WEIGHT : FULL_DAY_WEIGHT);

          if (value > best_value && !is_taken (self, (gint) day))
            {
              best_value = value;
              best = (gint) day;
            }
        }
    }
  return best;
}

static void
read_themes (TripPlanContext *self)
{
  GPtrArray *wishes = self->constraints->day_wishes;

  for (guint i = 0; i < MIN (wishes->len, MAX_THEMES); i++)
    {
      const TripDayWish *wish = g_ptr_array_index (wishes, i);
      TripPlanTheme theme = { .wish = wish, .day = -1 };

      theme.stem = trip_plan_words_stem (wish->meaning);
      theme.words = trip_text_fold (wish->words);
      if (wish->day == TRIP_DAY_LAST)
        theme.day = (gint) self->n_days - 1;
      else if (wish->day > 0 && (guint) wish->day <= self->n_days)
        theme.day = wish->day - 1;
      for (guint c = 0; c < self->candidates->len && !theme.is_place; c++)
        {
          const TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, c);

          theme.is_place = strlen (theme.words) >= 4 && !trip_plan_words_match_tag (candidate->poi, theme.stem) &&
                           trip_plan_words_match_name (candidate->folded, theme.words) &&
                           strcmp (wish->meaning, wish->words) == 0;
        }
      g_array_append_val (self->themes, theme);
    }
  for (guint i = 0; i < self->themes->len; i++)
    {
      if (theme_at (self, i)->wish->day == TRIP_DAY_ANY)
        theme_at (self, i)->day = choose_day (self, theme_at (self, i));
    }
}

/* The place is seen on that day or not at all. */
static void
bind_place (TripPlanContext     *self,
            const TripPlanTheme *theme)
{
  gboolean avoids = theme->wish->priority == TRIP_PRIORITY_AVOID;
  gint best = -1;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, i);

      if (!trip_plan_theme_matches (theme, candidate))
        continue;
      if (avoids)
        close_on (self, i, (guint) theme->day);
      else if (best < 0 || candidate->appeal > g_array_index (self->candidates, TripPlanCandidate, (guint) best).appeal)
        best = (gint) i;
    }
  if (best < 0)
    return;
  g_array_index (self->candidates, TripPlanCandidate, (guint) best).must = TRUE;
  for (guint d = 0; d < self->n_days; d++)
    {
      if ((gint) d != theme->day)
        close_on (self, (guint) best, d);
    }
}

static gboolean
has_theme (const TripPlanContext   *self,
           const TripPlanCandidate *candidate,
           gint                     day)
{
  for (guint i = 0; i < self->themes->len; i++)
    {
      const TripPlanTheme *theme = theme_at (self, i);

      if (theme->day == day && !theme->is_place && theme->wish->priority != TRIP_PRIORITY_AVOID &&
          trip_plan_theme_matches (theme, candidate))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_open_on_another (const TripPlanContext *self,
                    guint                  candidate,
                    guint                  day)
{
  for (guint d = 0; d < self->n_days; d++)
    {
      if (d != day && is_open (self, candidate, d))
        return TRUE;
    }
  return FALSE;
}

static void
bind_kind (TripPlanContext     *self,
           const TripPlanTheme *theme,
           const TripPlanCity  *city)
{
  guint day = (guint) theme->day;
  guint n_kept[2] = { 0, 0 };
  gboolean has_sights;

  if (theme->wish->priority == TRIP_PRIORITY_AVOID)
    {
      for (guint i = city->first; i < city->first + city->n; i++)
        {
          const TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, i);

          /* What has to be seen is seen on another day, or else on this one for all that. */
          if (trip_plan_theme_matches (theme, candidate) && (!candidate->must || is_open_on_another (self, i, day)))
            close_on (self, i, day);
        }
      return;
    }
  /* Candidates of a city come with the best first. Where there are no sights of the kind the day has others. */
  has_sights = count_open (self, theme, city, day) > 0;
  for (guint i = city->first; i < city->first + city->n; i++)
    {
      const TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, i);

      gboolean sight = is_sight (candidate);

      if (candidate->must)
        continue;
      if (!has_theme (self, candidate, theme->day))
        {
          if (sight && has_sights)
            close_on (self, i, day);
        }
      else if (n_kept[sight] < (sight ? SIGHTS_OF_THE_DAY : TABLES_OF_THE_DAY) &&
               trip_plan_theme_matches (theme, candidate) && is_open (self, i, day))
        {
          n_kept[sight]++;
          for (guint d = 0; d < self->n_days; d++)
            {
              if (d != day && !has_theme (self, candidate, (gint) d))
                close_on (self, i, d);
            }
        }
    }
}

/**
 * trip_plan_context_set_themes:
 * @self: a context whose places' hours have been read
 *
 * Finds the days of what single days are to be about, and opens the places accordingly; again after the start was
 * changed. A plan that is being changed keeps its days.
 */
void
trip_plan_context_set_themes (TripPlanContext *self)
{
  g_array_set_size (self->themes, 0);
  if (self->keeps_plan || self->constraints->day_wishes->len == 0)
    return;
  read_themes (self);
  for (guint i = 0; i < self->themes->len; i++)
    {
      const TripPlanTheme *theme = theme_at (self, i);

      if (theme->day < 0)
        continue;
      if (theme->is_place)
        {
          bind_place (self, theme);
          continue;
        }
      for (guint c = 0; c < self->cities->len; c++)
        bind_kind (self, theme, &g_array_index (self->cities, TripPlanCity, c));
    }
}
