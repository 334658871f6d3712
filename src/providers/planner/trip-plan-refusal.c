/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Why there is no plan, in words: what has to be in and is not, or what a bound leaves no room for, and what would help.
 */
#include "providers/planner/trip-plan-refusal.h"

#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

static const TripPlanCandidate *
candidate_at (const TripPlanContext *context,
              guint                  index)
{
  return &g_array_index (context->candidates, TripPlanCandidate, index);
}

static gboolean
has_sights (const TripPlanContext *context)
{
  for (guint i = 0; i < context->candidates->len; i++)
    {
      TripPoiType type = candidate_at (context, i)->poi->type;

      if (type != TRIP_POI_RESTAURANT && type != TRIP_POI_LODGE)
        return TRUE;
    }
  return FALSE;
}

/* What is missing for a reason of its own is named alone: nothing else has to change for it. */
static char *
explain_alone (const TripPlanContext *context,
               const TripPlanStays   *stays,
               guint                  index)
{
  const TripPlanCandidate *candidate = candidate_at (context, index);
  const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, candidate->city);
  g_autofree char *from = trip_date_format_iso (&context->start);
  guint first, end;

  trip_plan_stays_find_days (context, stays, candidate->city, &first, &end);
  if (candidate->poi->type == TRIP_POI_LODGE)
    return g_strdup_printf (first >= context->n_nights
                              ? _("%s has to be in the plan, but the trip has no night in %s. Give the trip more days.")
                              : _("%s has to be in the plan, but there are not enough nights in %s for all the "
                                  "lodgings that "
                                  "were named."), candidate->poi->name, city->name);
  if (!trip_plan_context_is_open_between (context, index, 0, context->n_days) &&
      (context->ready >= 0 || context->leave != TRIP_PLAN_NEVER))
    return g_strdup_printf (_("%s has to be in the plan, but on no day of the trip, which starts on %s, is it open long enough "
                              "between your arrival and your departure (open %s). Choose other journeys or dates, or leave it "
                              "out."), candidate->poi->name, from, candidate->poi->opening_hours);
  if (!trip_plan_context_is_open_between (context, index, 0, context->n_days))
    return g_strdup_printf (_("%s has to be in the plan, but it is closed on every day of the trip, which starts "
                              "on %s (open "
                              "%s). Choose other dates, or leave it out."), candidate->poi->name, from,
                            candidate->poi->opening_hours);
  if (!trip_plan_context_is_open_between (context, index, first, end))
    return g_strdup_printf (_("%s has to be in the plan, but it is closed on the days in %s (open %s). Choose "
                              "other dates, or "
                              "leave it out."), candidate->poi->name, city->name, candidate->poi->opening_hours);
  return NULL;
}

/* One reason is enough to be understood; the first is told. */
static void
set_broken_error (const TripPlanContext  *context,
                  const TripPlanDraft    *draft,
                  GError                **error)
{
  const TripConstraints *terms = context->constraints;
  guint broken = draft->broken;

  if ((broken & TRIP_PLAN_BROKEN_BOUNDS) != 0)
    trip_plan_bounds_set_error (context, draft, error);
  else if ((broken & TRIP_PLAN_BROKEN_LODGING) != 0)
    g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                         _("No lodging that is known is of that kind and price and where and when you want it. Choose another, "
                           "or leave it open."));
  else if ((broken & TRIP_PLAN_BROKEN_THEME) != 0)
    g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                         _("No place that is known and open fits what that day is to be about. Choose another day or "
                           "another theme."));
  else if ((broken & TRIP_PLAN_BROKEN_HOURS) != 0)
    g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                         _("A journey takes longer than the hours of a day that were asked for. Let the day end later, or "
                           "give the trip more days."));
  else if ((broken & TRIP_PLAN_BROKEN_MEALS) != 0)
    g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                         _("What has to be seen leaves no time for a meal. Give the trip more days or longer ones, or leave "
                           "something out."));
  else if ((broken & TRIP_PLAN_BROKEN_WALKING) != 0)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                 _("What has to be seen takes more than %.1f km on foot in a day. Allow more walking or a ride, or leave "
                   "something out."), terms->max_walk_day_m / 1000.0);
  else if ((broken & TRIP_PLAN_BROKEN_KINDS) != 0)
    g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                         _("What has to be seen is more of one kind than was asked for. Allow more of it, or leave something "
                           "out."));
  else if ((broken & TRIP_PLAN_BROKEN_VISITS) != 0)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                 ngettext ("What has to be seen is more than %d sight a day. Give the trip more days, or leave "
                           "something out.",
                           "What has to be seen is more than %d sights a day. Give the trip more days, or leave "
                           "something out.", (gulong) terms->max_visits), terms->max_visits);
  else
    g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                         _("What has to be seen leaves no free time. Give the trip more days, or leave something out."));
}

static void
set_no_sights_error (const TripPlanContext  *context,
                     GError                **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; i < context->cities->len; i++)
    g_ptr_array_add (names, g_array_index (context->cities, TripPlanCity, i).name);
  list = trip_plan_words_join (names);
  if (context->constraints->wheelchair && (context->hard_topics & TRIP_TOPIC_ACCESS) != 0)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                 _("No sight in %s is known to be free of steps. Say “preferably wheelchair accessible” to be shown others "
                   "too, and ask there before you go."), list);
  else
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                 _("No sight that is known in %s is left to be visited. Ask for less to be avoided, or for another city."),
                 list);
}

/**
 * trip_plan_refusal_set_missing:
 * @context: the question
 * @stays: the days of each city
 * @draft: a draft that is not complete
 * @error: return location
 *
 * Sets %TRIP_ERROR_INFEASIBLE with what is missing in it, or what does not hold.
 */
void
trip_plan_refusal_set_missing (const TripPlanContext  *context,
                               const TripPlanStays    *stays,
                               const TripPlanDraft    *draft,
                               GError                **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < draft->missing->len; i++)
    {
      guint index = g_array_index (draft->missing, guint, i);
      g_autofree char *reason = explain_alone (context, stays, index);

      if (reason != NULL)
        {
          g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, reason);
          return;
        }
      g_ptr_array_add (names, g_strdup (candidate_at (context, index)->poi->name));
    }
  for (guint i = 0; i < draft->broken_wishes->len; i++)
    {
      const TripPlanWish *wish = g_ptr_array_index (context->wishes, g_array_index (draft->broken_wishes, guint, i));

      g_ptr_array_add (names, g_strdup_printf ("“%s”", wish->phrase));
    }
  if (names->len == 0 && draft->broken != 0)
    {
      set_broken_error (context, draft, error);
      return;
    }
  if (names->len == 0 && !has_sights (context))
    {
      set_no_sights_error (context, error);
      return;
    }
  if (names->len == 0 && (context->ready >= 0 || context->leave != TRIP_PLAN_NEVER))
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                           _("Nothing is open long enough between your arrival and your departure to be visited. Give the trip "
                             "more days, or choose other journeys."));
      return;
    }
  if (names->len == 0)
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                           _("Nothing can be visited: the places are closed on these days and hours, or the way "
                             "there takes "
                             "all the time. Choose other dates or more days."));
      return;
    }
  list = trip_plan_words_join (names);
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
               ngettext ("There is no time in %u day for %s beside the rest that has to be in. Give the trip more days, "
                         "or leave something out.",
                         "There is no time in %u days for %s beside the rest that has to be in. Give the trip more days, "
                         "or leave something out.", context->n_days), context->n_days, list);
}

/**
 * trip_plan_refusal_set_budget:
 * @context: a question with a budget
 * @cheapest: what the cheapest plan found costs, minor units
 * @error: return location
 *
 * Sets %TRIP_ERROR_INFEASIBLE with how far the money is from enough.
 */
void
trip_plan_refusal_set_budget (const TripPlanContext  *context,
                              gint64                  cheapest,
                              GError                **error)
{
  g_autofree char *budget = trip_currency_format (context->currency, context->budget);
  g_autofree char *total = trip_currency_format (context->currency, cheapest);

  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
               _("The budget of %s cannot be kept: the cheapest plan found for these places and days costs %s. "
                 "Raise the "
                 "budget, or give the trip fewer days."), budget, total);
}
