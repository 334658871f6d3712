/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is said of bounds of money and travel that a plan does not keep: why there is none, and which wish gave way.
 */
#include "providers/planner/trip-plan-bounds.h"

#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

/* As much as it is, in words: "$40", "3 rides", "90 minutes". */
static char *
format_amount (const TripPlanBound *self,
               const char          *currency,
               gint64               amount)
{
  gulong n = (gulong) CLAMP (amount, 0, G_MAXINT);

  if (self->money != NULL)
    return trip_currency_format (currency, amount);
  if (self->travel->rides > 0)
    return g_strdup_printf (ngettext ("%lu ride", "%lu rides", n), n);
  if (self->travel->minutes > 0)
    return g_strdup_printf (ngettext ("%lu minute", "%lu minutes", n), n);
  return g_strdup_printf (ngettext ("%lu metre", "%lu metres", n), n);
}

/* The days that go beyond the bound, counted from 1; the whole trip is the first of them. */
static GArray *
find_days_over (const TripPlanBound   *self,
                const TripPlanContext *context,
                const TripPlanDraft   *draft,
                gint64                *out_worst,
                guint                 *out_worst_day)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (guint));

  *out_worst = 0;
  for (guint d = 0; d < (self->per_day ? draft->n_days : 1); d++)
    {
      gint64 load = trip_plan_bound_of_draft (self, context, draft, d);
      guint number = d + 1;

      if (load <= self->most)
        continue;
      g_array_append_val (days, number);
      if (load <= *out_worst)
        continue;
      *out_worst = load;
      *out_worst_day = number;
    }
  return days;
}

/**
 * trip_plan_bounds_set_error:
 * @context: the question
 * @draft: a draft that does not keep a bound that has to be kept
 * @error: return location
 *
 * Sets %TRIP_ERROR_INFEASIBLE with the first such bound and how far the draft is from it.
 */
void
trip_plan_bounds_set_error (const TripPlanContext  *context,
                            const TripPlanDraft    *draft,
                            GError                **error)
{
  for (guint i = 0; i < trip_plan_bounds_count (context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);
      g_autofree char *most = NULL, *taken = NULL;
      guint day = 0;
      gint64 worst;
      g_autoptr(GArray) days = find_days_over (bound, context, draft, &worst, &day);

      if (!bound->hard || days->len == 0)
        continue;
      most = format_amount (bound, context->currency, bound->most);
      taken = format_amount (bound, context->currency, worst);
      if (bound->per_day)
        g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                     _("“%s” allows %s, but the plan that comes nearest to it takes %s on day %u. Allow more, or leave "
                       "something out."), bound->phrase, most, taken, day);
      else
        g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                     _("“%s” allows %s, but the plan that comes nearest to it takes %s. Allow more, or leave something "
                       "out."),
                     bound->phrase, most, taken);
      return;
    }
}

/**
 * trip_plan_bounds_say:
 * @context: the question
 * @draft: an answer to it
 * @notes: (inout) (element-type utf8): gets a sentence for each bound that is not kept
 *
 * Says which wishes gave way, on which days, and how far.
 */
void
trip_plan_bounds_say (const TripPlanContext *context,
                      const TripPlanDraft   *draft,
                      GPtrArray             *notes)
{
  for (guint i = 0; i < trip_plan_bounds_count (context); i++)
    {
      const TripPlanBound *bound = trip_plan_bounds_get (context, i);
      g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *list = NULL, *taken = NULL;
      guint day = 0;
      gint64 worst;
      g_autoptr(GArray) days = find_days_over (bound, context, draft, &worst, &day);

      if (days->len == 0)
        continue;
      for (guint d = 0; d < days->len; d++)
        g_ptr_array_add (numbers, g_strdup_printf ("%u", g_array_index (days, guint, d)));
      list = trip_plan_words_join (numbers);
      taken = format_amount (bound, context->currency, worst);
      if (bound->per_day)
        g_ptr_array_add (notes, g_strdup_printf (ngettext ("“%s” is not kept on day %s: it comes to %s there.",
                                                           "“%s” is not kept on days %s: it comes to up to %s there.",
                                                           days->len), bound->phrase, list, taken));
      else
        g_ptr_array_add (notes, g_strdup_printf (_("“%s” is not kept: it comes to %s."), bound->phrase, taken));
    }
}
