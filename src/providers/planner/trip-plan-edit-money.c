/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What an option costs, kept true while it is changed.
 */
#include "providers/planner/trip-plan-edit-money.h"

#include "trip/model/trip-currency.h"

/**
 * trip_plan_option_sum:
 * @option: an option
 *
 * Returns: the sum of all costs that it tells, minor units of its currency
 */
gint64
trip_plan_option_sum (const TripPlanOption *option)
{
  const char *currency = option->currency;
  gint64 sum = 0;

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      if (day->lodging_cost > 0)
        sum += trip_currency_to_minor (currency, day->lodging_cost);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->cost > 0)
            sum += trip_currency_to_minor (currency, block->cost);
          if (block->transportation.present && block->transportation.cost > 0)
            sum += trip_currency_to_minor (currency, block->transportation.cost);
        }
    }
  return sum;
}

/**
 * trip_plan_option_set_total:
 * @option: an option
 * @total: what it costs, minor units of its currency
 *
 * Tells what the option costs.
 */
void
trip_plan_option_set_total (TripPlanOption *option,
                            gint64          total)
{
  option->cost_total = trip_currency_to_major (option->currency, MAX (total, 0));
  g_free (option->overall_cost);
  option->overall_cost = trip_currency_format (option->currency, MAX (total, 0));
  trip_plan_option_touch (option);
}

static gdouble
convert (gdouble     amount,
         const char *from,
         const char *to)
{
  return amount > 0 ? trip_currency_to_major (to, trip_currency_convert (trip_currency_to_minor (from, amount), from, to))
                    : amount;
}

/**
 * trip_plan_option_convert:
 * @option: an option
 * @currency: a known currency
 *
 * Tells all costs in another currency. An option whose own currency is not known keeps its numbers.
 *
 * Returns: whether the costs are others now
 */
gboolean
trip_plan_option_convert (TripPlanOption *option,
                          const char     *currency)
{
  if (g_strcmp0 (option->currency, currency) == 0 || !trip_currency_is_known (option->currency))
    return FALSE;
  for (guint d = 0; d < option->days->len; d++)
    {
      TripPlanDay *day = g_ptr_array_index (option->days, d);

      day->lodging_cost = convert (day->lodging_cost, option->currency, currency);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          block->cost = convert (block->cost, option->currency, currency);
          block->transportation.cost = convert (block->transportation.cost, option->currency, currency);
          trip_plan_block_touch (block);
        }
      trip_plan_day_touch (day);
    }
  g_strlcpy (option->currency, currency, sizeof option->currency);
  trip_plan_option_set_total (option, trip_plan_option_sum (option));
  return TRUE;
}

/**
 * trip_plan_option_add_notes:
 * @option: an option
 * @sentences: sentences
 *
 * Adds to the notes of the option.
 */
void
trip_plan_option_add_notes (TripPlanOption *option,
                            const char     *sentences)
{
  char *all;

  if (*sentences == '\0')
    return;
  all = *option->general_notes != '\0' ? g_strdup_printf ("%s %s", option->general_notes, sentences)
                                       : g_strdup (sentences);
  g_free (option->general_notes);
  option->general_notes = all;
  trip_plan_option_touch (option);
}
