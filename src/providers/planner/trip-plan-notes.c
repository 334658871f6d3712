/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sentences about a draft. Each wish is held against what the draft holds, so a note never speaks of what is not so.
 */
#include "providers/planner/trip-plan-notes.h"

#include "hours/trip-holidays.h"
#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Names in one sentence, beyond which a reader stops reading. */
#define MAX_NAMES 4

/* A crowded place is at its fullest between these. */
#define CROWD_FROM (10 * 60 + 30)
#define CROWD_TO (15 * 60 + 30)

typedef struct {
  const TripPlanContext *context;
  const TripPlanDraft *draft;
  GString *text;
} Notes;

static void G_GNUC_PRINTF (2, 3)
say (Notes      *self,
     const char *format,
     ...)
{
  va_list args;

  if (self->text->len > 0)
    g_string_append_c (self->text, ' ');
  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
}

static void
say_all (Notes     *self,
         GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    say (self, "%s", (const char *) g_ptr_array_index (sentences, i));
}

static const TripPlanCandidate *
candidate_at (const Notes *self,
              gint         index)
{
  return index >= 0 ? &g_array_index (self->context->candidates, TripPlanCandidate, (guint) index) : NULL;
}

/* "A, B, C, D and 3 more" */
static char *
join_names (GPtrArray *names)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (names->len, MAX_NAMES); i++)
    g_ptr_array_add (shown, g_strdup (g_ptr_array_index (names, i)));
  if (names->len > MAX_NAMES)
    g_ptr_array_add (shown, g_strdup_printf (ngettext ("%u more", "%u more", names->len - MAX_NAMES),
                                             names->len - MAX_NAMES));
  return trip_plan_words_join (shown);
}

static gboolean
has_match (const Notes  *self,
           const char   *word,
           TripBlockKind kind)
{
  g_autofree char *stem = trip_plan_words_stem (word);

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];

      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);
          const TripPlanCandidate *candidate = candidate_at (self, stop->candidate);

          /* Who is interested in food is served by a market and by a meal alike. */
          if (candidate != NULL && (stop->kind == kind || stop->kind == TRIP_BLOCK_MEAL) &&
              trip_plan_words_match (candidate->poi, candidate->folded, stem, stem))
            return TRUE;
        }
      if (kind == TRIP_BLOCK_CHECK_IN && day->lodge >= 0)
        {
          const TripPlanCandidate *lodge = candidate_at (self, day->lodge);

          if (trip_plan_words_match (lodge->poi, lodge->folded, stem, stem))
            return TRUE;
        }
    }
  return FALSE;
}

static void
say_unmet (Notes         *self,
           GPtrArray     *words,
           TripBlockKind  kind,
           const char    *format)
{
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (!has_match (self, word, kind))
        say (self, format, word);
    }
}

static void
say_dates (Notes *self)
{
  g_autofree char *date = NULL;

  if (!self->context->start_assumed)
    return;
  date = trip_date_format_iso (&self->context->start);
  say (self, _("No dates were given, so the plan assumes a start on %s."), date);
}

/* The public holiday in the country where the stops of a day are. */
static const char *
find_holiday (const Notes *self,
              guint        d,
              const GDate *date)
{
  const TripPlanDraftDay *day = &self->draft->days[d];

  for (guint i = 0; i < day->stops->len; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self, g_array_index (day->stops, TripPlanStop, i).candidate);
      const char *holiday = candidate != NULL ? trip_holidays_name (candidate->poi->country, date) : NULL;

      if (holiday != NULL)
        return holiday;
    }
  return NULL;
}

static void
say_holidays (Notes *self)
{
  g_autoptr(GPtrArray) holidays = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *names = NULL;

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      g_autofree char *iso = NULL;
      const char *holiday;
      GDate date;

      trip_plan_context_date (self->context, d, &date);
      holiday = find_holiday (self, d, &date);
      if (holiday == NULL)
        continue;
      iso = trip_date_format_iso (&date);
      /* Translators: a public holiday and its date */
      g_ptr_array_add (holidays, g_strdup_printf (_("%s (%s)"), holiday, iso));
    }
  if (holidays->len == 0)
    return;
  names = join_names (holidays);
  say (self, ngettext ("A public holiday falls into the trip: %s; places may keep other hours.",
                       "Public holidays fall into the trip: %s; places may keep other hours.", holidays->len), names);
}

/* Stops of a kind for which @is_meant holds, by name. */
static GPtrArray *
collect_stops (const Notes  *self,
               TripBlockKind kind,
               gboolean    (*is_meant) (const TripPlanStop      *stop,
                                       const TripPlanCandidate *candidate))
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];

      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);
          const TripPlanCandidate *candidate = candidate_at (self, stop->candidate);

          if (candidate != NULL && stop->kind == kind && is_meant (stop, candidate))
            g_ptr_array_add (names, candidate->poi->name);
        }
    }
  return names;
}

static GPtrArray *
collect_visits (const Notes *self,
                gboolean   (*is_meant) (const TripPlanStop      *stop,
                                        const TripPlanCandidate *candidate))
{
  return collect_stops (self, TRIP_BLOCK_VISIT, is_meant);
}

static gboolean
lacks_diet (const TripPlanStop      *stop,
            const TripPlanCandidate *candidate)
{
  return !candidate->diet_ok;
}

static gboolean
lacks_access (const TripPlanStop      *stop,
              const TripPlanCandidate *candidate)
{
  return !trip_poi_has_tag (candidate->poi, "wheelchair");
}

/* What the atlas knows nothing of can only be said. */
static void
say_access (Notes *self)
{
  static const struct {
    const char *need;
    const char *sentence;
  } needs[] = {
    { "stroller", N_("Whether the places are easy with a stroller is not known.") },
    { "pets", N_("Whether the places let animals in is not known: ask before you go.") },
    { "blind", N_("What the places offer to blind visitors is not known: ask before you go.") },
    { "deaf", N_("What the places offer to deaf visitors is not known: ask before you go.") },
    { "elderly", N_("Seats and stairs of the places are not known: ask before you go.") },
  };
  const TripConstraints *terms = self->context->constraints;

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      if (g_ptr_array_find_with_equal_func (terms->access, needs[i].need, g_str_equal, NULL))
        say (self, "%s", _(needs[i].sentence));
    }
  if (terms->wheelchair)
    {
      g_autoptr(GPtrArray) names = collect_visits (self, lacks_access);
      g_autofree char *list = NULL;

      for (guint d = 0; d < self->draft->n_days; d++)
        {
          const TripPlanCandidate *lodge = candidate_at (self, self->draft->days[d].lodge);

          if (lodge != NULL && !trip_poi_has_tag (lodge->poi, "wheelchair") &&
              !g_ptr_array_find (names, lodge->poi->name, NULL))
            g_ptr_array_add (names, lodge->poi->name);
        }
      list = join_names (names);
      if (names->len > 0)
        say (self, _("Step-free access is not confirmed for %s."), list);
      say (self, _("Whether restaurants are step-free is not known."));
    }
}

/* Places that were spoken of by name or in words of their own. */
static void
say_liked (Notes *self)
{
  for (guint i = 0; i < self->context->liked->len; i++)
    {
      const char *phrase = g_ptr_array_index (self->context->liked, i);

      if (!has_match (self, phrase, TRIP_BLOCK_VISIT) && !has_match (self, phrase, TRIP_BLOCK_CHECK_IN))
        say (self, _("There was no room for “%s” in this option."), phrase);
    }
}

static char *
name_days (GArray *days)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < days->len; i++)
    g_ptr_array_add (numbers, g_strdup_printf ("%u", g_array_index (days, guint, i)));
  return trip_plan_words_join (numbers);
}

static void
say_kind_limits (Notes *self)
{
  const GPtrArray *limits = self->context->constraints->kind_limits;

  for (guint k = 0; k < limits->len; k++)
    {
      const TripKindLimit *limit = g_ptr_array_index (limits, k);
      gboolean over = FALSE;

      for (guint d = 0; d < self->draft->n_days && !over; d++)
        over = trip_plan_limits_load (self->context, self->draft, limit, d) > trip_plan_limits_most (limit);
      if (over)
        say (self, _("“%s” is not kept: more of it has to be seen."), limit->phrase);
    }
}

/* A small budget may buy a morning out and nothing to eat. */
static void
say_unfed_days (Notes *self)
{
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *list = NULL;
  gboolean has_limits = self->context->budget > 0 || trip_plan_bounds_count (self->context) > 0;

  for (guint d = 0; has_limits && d < self->draft->n_days; d++)
    {
      guint number = d + 1;

      if (trip_plan_limits_is_unfed (&self->draft->days[d]))
        g_array_append_val (days, number);
    }
  if (days->len == 0)
    return;
  list = name_days (days);
  say (self, ngettext ("The budget has no room for a meal on day %s, which ends early for that.",
                       "The budget has no room for a meal on days %s, which end early for that.", days->len), list);
}

/* Limits that are only wished for and that some day goes beyond. */
static void
say_limits (Notes *self)
{
  const TripConstraints *terms = self->context->constraints;
  g_autoptr(GArray) walks = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) visits = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GPtrArray) bounds = g_ptr_array_new_with_free_func (g_free);

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];
      guint number = d + 1;

      if (terms->max_walk_day_m > 0 && trip_plan_limits_walked (self->context, day) > terms->max_walk_day_m)
        g_array_append_val (walks, number);
      if (terms->max_visits > 0 && trip_plan_limits_visits (day) > (guint) terms->max_visits)
        g_array_append_val (visits, number);
    }
  if (walks->len > 0)
    {
      g_autofree char *list = name_days (walks);

      say (self, ngettext ("There is more than %.1f km of walking on day %s: what has to be seen there has no ride.",
                           "There is more than %.1f km of walking on days %s: what has to be seen there has no ride.",
                           walks->len), terms->max_walk_day_m / 1000.0, list);
    }
  if (visits->len > 0)
    {
      g_autofree char *list = name_days (visits);

      say (self, ngettext ("There are more than %d sights on day %s, as they have to be seen.",
                           "There are more than %d sights on days %s, as they have to be seen.", visits->len),
           terms->max_visits, list);
    }
  say_kind_limits (self);
  trip_plan_bounds_say (self->context, self->draft, bounds);
  say_all (self, bounds);
  say_unfed_days (self);
  if (self->context->night_limit > 0)
    {
      g_autofree char *limit = trip_currency_format (self->context->currency, self->context->night_limit);
      gboolean over = FALSE;

      for (guint d = 0; d < self->draft->n_days && !over; d++)
        {
          const TripPlanCandidate *lodge = candidate_at (self, self->draft->days[d].lodge);

          over = lodge != NULL && lodge->price > self->context->night_limit * trip_plan_context_rooms (self->context);
        }
      if (over)
        say (self, _("No lodging is known there for %s a night."), limit);
    }
}

/* Where beds are and how often they change, as far as that is not what was asked for. */
static void
say_houses (Notes *self)
{
  const TripConstraints *terms = self->context->constraints;
  gboolean far = FALSE;

  if (!trip_plan_limits_keeps_houses (self->context, self->draft))
    say (self, "%s", terms->lodging_change == TRIP_LODGING_CHANGE_NEVER
                       ? _("You change lodgings, since more than one was named.")
                       : _("There is not another lodging for every night: fewer are known there that suit."));
  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanCandidate *lodge = candidate_at (self, self->draft->days[d].lodge);

      far = far || (lodge != NULL && !lodge->lodge_near);
    }
  for (guint i = 0; i < terms->lodging_near->len && far; i++)
    say (self, _("Not every night is near “%s”: no lodging there suits better."),
         (const char *) g_ptr_array_index (terms->lodging_near, i));
}

static void
say_themes (Notes *self)
{
  guint n_wishes = self->context->constraints->day_wishes->len;

  if (!self->context->keeps_plan && n_wishes > self->context->themes->len)
    say (self, _("%u wishes for single days are more than can be taken into account."), n_wishes);
  for (guint i = 0; i < self->context->themes->len; i++)
    {
      const TripPlanTheme *theme = &g_array_index (self->context->themes, TripPlanTheme, i);

      if (theme->day < 0)
        say (self, _("“%s” is not kept, as the trip has no such day."), theme->wish->phrase);
      else if (!trip_plan_limits_has_theme (self->context, self->draft, theme))
        say (self, _("“%s” is not kept: nothing of the kind is open and near on day %d."), theme->wish->phrase,
             theme->day + 1);
      else if (theme->wish->day == TRIP_DAY_ANY)
        say (self, _("Day %d is the one for %s."), theme->day + 1, theme->wish->words);
    }
}

static gboolean
is_travelled (const Notes *self,
              const char  *word)
{
  guint modes = trip_travel_modes_of_word (word);

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];
      const char *transit = g_array_index (self->context->cities, TripPlanCity, day->city).transit_name;

      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

          if (!stop->has_leg)
            continue;
          if ((modes & TRIP_TRAVEL_MODE_BIT (stop->leg.mode)) != 0)
            return TRUE;
          if (stop->leg.mode == TRIP_TRAVEL_TRANSIT &&
              (g_strcmp0 (transit, word) == 0 || (g_strcmp0 (transit, "metro") == 0 && strcmp (word, "subway") == 0)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
say_transport (Notes *self)
{
  GPtrArray *words = self->context->constraints->transport_prefer;

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (!is_travelled (self, word))
        say (self, _("No way in this option is by %s: none here asks for it."), word);
    }
}

/**
 * trip_plan_is_in_crowd:
 * @poi: a place
 * @start: when a visit begins, minutes after midnight
 * @end: when it ends
 *
 * Returns: whether the place is full then
 */
gboolean
trip_plan_is_in_crowd (const TripPoi *poi,
                       gint           start,
                       gint           end)
{
  return trip_poi_has_tag (poi, "crowded") && end > CROWD_FROM && start < CROWD_TO;
}

static gboolean
is_in_crowd (const TripPlanStop      *stop,
             const TripPlanCandidate *candidate)
{
  return trip_plan_is_in_crowd (candidate->poi, stop->start, stop->start + stop->service);
}

static void
say_wishes (Notes *self)
{
  const TripConstraints *terms = self->context->constraints;

  say_unmet (self, terms->interests, TRIP_BLOCK_VISIT, _("Nothing in this option is known for “%s”."));
  say_unmet (self, terms->food, TRIP_BLOCK_MEAL, _("No meal in this option is known for “%s”."));
  if (self->context->n_nights > 0)
    say_unmet (self, terms->lodging, TRIP_BLOCK_CHECK_IN, _("No lodging of the kind “%s” is in this option."));
  say_liked (self);
  say_access (self);
  say_themes (self);
  say_limits (self);
  say_transport (self);
  if (self->context->avoid_crowds)
    {
      g_autoptr(GPtrArray) names = collect_visits (self, is_in_crowd);
      g_autofree char *list = join_names (names);

      if (names->len > 0)
        say (self, _("Expect crowds at %s, which could not be put at a quiet hour."), list);
    }
}

static void
say_filled_time (Notes *self)
{
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *list = NULL;

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      guint number = d + 1;

      if (trip_plan_limits_has_free (&self->draft->days[d]))
        g_array_append_val (days, number);
    }
  if (days->len == 0)
    return;
  list = name_days (days);
  say (self, ngettext ("Some time is free on day %s: nothing more is open and near then.",
                       "Some time is free on days %s: nothing more is open and near then.", days->len), list);
}

static void
say_free_time (Notes *self)
{
  g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  if (self->context->constraints->no_free_time)
    say_filled_time (self);
  if (!self->context->constraints->free_time)
    return;
  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];
      gboolean found = FALSE;

      for (guint i = 0; i < day->stops->len && !found; i++)
        found = g_array_index (day->stops, TripPlanStop, i).kind == TRIP_BLOCK_FREE;
      if (!found)
        g_ptr_array_add (days, g_strdup_printf ("%u", d + 1));
    }
  if (days->len == 0)
    return;
  list = trip_plan_words_join (days);
  say (self, ngettext ("There is no free time on day %s.", "There is no free time on days %s.", days->len), list);
}

static void
say_meals (Notes *self)
{
  GPtrArray *asked = self->context->constraints->diets;
  g_autoptr(GPtrArray) unsure = collect_stops (self, TRIP_BLOCK_MEAL, lacks_diet);
  guint n = 0;

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];

      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

          n += stop->kind == TRIP_BLOCK_MEAL && stop->candidate < 0;
        }
    }
  if (asked->len > 0 && unsure->len > 0)
    {
      g_autofree char *list = join_names (unsure);

      say (self, _("%s was asked for, but is not known to serve everything that you eat."), list);
    }
  if (n == 0)
    return;
  say (self, ngettext ("%u meal is left to your choice and counted at the price of a plain lunch.",
                       "%u meals are left to your choice and counted at the price of a plain lunch.", n), n);
  if (asked->len > 0)
    {
      g_autoptr(GPtrArray) diets = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *list = NULL;

      for (guint i = 0; i < asked->len; i++)
        g_ptr_array_add (diets, g_strdelimit (g_strdup (g_ptr_array_index (asked, i)), "_", ' '));
      list = trip_plan_words_join (diets);
      say (self, _("No restaurant known to be %s is open and near at those times: ask before you sit down."), list);
    }
}

static void
say_nights (Notes *self)
{
  gint rooms = trip_plan_context_rooms (self->context);
  g_autoptr(GPtrArray) cities = g_ptr_array_new ();
  gboolean any_lodge = FALSE;

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];
      char *name = g_array_index (self->context->cities, TripPlanCity, day->city).name;

      any_lodge = any_lodge || day->lodge >= 0;
      if (day->has_night && day->lodge < 0 && !g_ptr_array_find (cities, name, NULL))
        g_ptr_array_add (cities, name);
    }
  if (cities->len > 0)
    {
      g_autofree char *list = trip_plan_words_join (cities);

      say (self, _("No lodging is known in %s: nights there are yours to book, and not in the costs."), list);
    }
  if (any_lodge && rooms > 1)
    say (self, ngettext ("Nights are counted for %d room.", "Nights are counted for %d rooms.", (gulong) rooms), rooms);
}

/* Journeys across time zones, and those that no day can hold within the hours asked for. */
static void
say_journeys (Notes *self)
{
  const TripPlanContext *context = self->context;

  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];
      const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, day->city);

      if (day->from_city >= 0)
        {
          const TripPlanCity *from = &g_array_index (context->cities, TripPlanCity, (guint) day->from_city);
          gint shift = city->utc_offset - from->utc_offset;

          if (shift != 0 && city->facts != NULL && from->facts != NULL)
            say (self,
                 shift > 0 ? _("Clocks in %s are %g hours ahead of %s; the arrival is told in the time left behind.")
                           : _("Clocks in %s are %g hours behind %s; the arrival is told in the time left behind."),
                 city->name, ABS (shift) / 60.0, from->name);
        }
      if (trip_plan_limits_is_too_late (context, day))
        say (self, _("The journey makes day %u longer than the hours that were asked for."), d + 1);
    }
}

static gboolean
has_paid_ride (const Notes *self)
{
  for (guint d = 0; d < self->draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &self->draft->days[d];

      for (guint i = 0; i < day->stops->len && day->lodge >= 0; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

          if (stop->kind != TRIP_BLOCK_TRANSFER && stop->has_leg && stop->leg.cost > 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
say_costs (Notes *self)
{
  if (self->draft->n_unpriced > 0)
    say (self, _("Some prices are not known and count as nothing."));
  if (has_paid_ride (self))
    say (self, _("The ride back to bed at night is not in the costs."));
  if (self->context->converted)
    say (self, _("Prices in other currencies were converted at rough rates of %s."), trip_currency_rates_date ());
}

/**
 * trip_plan_notes_write:
 * @context: the question
 * @draft: an answer to it
 * @style: what sets it apart
 * @more_notes: (element-type utf8): sentences about this option alone
 *
 * Returns: (transfer full): the notes, one text
 */
char *
trip_plan_notes_write (const TripPlanContext *context,
                       const TripPlanDraft   *draft,
                       const TripPlanStyle   *style,
                       GPtrArray             *more_notes)
{
  g_autoptr(GString) text = g_string_new (_(style->trade));
  Notes self = { context, draft, text };

  say_all (&self, more_notes);
  say_dates (&self);
  say_holidays (&self);
  say_all (&self, context->notes);
  say_wishes (&self);
  say_free_time (&self);
  say_meals (&self);
  say_nights (&self);
  say_houses (&self);
  say_journeys (&self);
  say_all (&self, context->query->notes);
  say_costs (&self);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
