/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about money: the parts make up the total, the total is what the text says, and it is within the budget.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
add_cost (const char *currency,
          gdouble     cost,
          gint64     *sum,
          guint      *n)
{
  gint64 minor;

  if (!(cost >= 0))
    return;
  minor = trip_currency_to_minor (currency, cost);
  *sum = minor > G_MAXINT64 - *sum ? G_MAXINT64 : *sum + minor;
  (*n)++;
}

static gint64
add_up (TripCheck *self,
        guint     *out_n)
{
  const char *currency = trip_check_currency (self);
  gint64 sum = 0;

  *out_n = 0;
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      add_cost (currency, day->lodging_cost, &sum, out_n);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          add_cost (currency, block->cost, &sum, out_n);
          if (block->transportation.present)
            add_cost (currency, block->transportation.cost, &sum, out_n);
        }
    }
  return sum;
}

/* The one amount in a text like "$4,200" or "1.234,56 €", in major units; below 0 where there is none, several, or words
   that may say what it is for. */
static gdouble
read_amount (const char *text)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  const char *end;
  guint n_letters = 0;

  while (*text != '\0' && !g_ascii_isdigit (*text))
    n_letters += g_ascii_isalpha (*text++) ? 1 : 0;
  for (end = text; g_ascii_isdigit (*end) || ((*end == '.' || *end == ',' || *end == '\'') && g_ascii_isdigit (end[1])); end++)
    {
      /* A separator in front of one or two last digits is the decimal one. */
      if (g_ascii_isdigit (*end))
        g_string_append_c (digits, *end);
      else if (strspn (end + 1, "0123456789") <= 2)
        g_string_append_c (digits, '.');
    }
  for (; *end != '\0'; end++)
    {
      if (g_ascii_isdigit (*end) || *end == '/')
        return -1.0;
      n_letters += g_ascii_isalpha (*end) ? 1 : 0;
    }
  return digits->len > 0 && n_letters <= 3 ? g_ascii_strtod (digits->str, NULL) : -1.0;
}

static void
check_cost (TripCheck *self)
{
  const TripPlanOption *option = self->option;
  const char *currency = trip_check_currency (self);
  guint n_parts;
  gint64 sum = add_up (self, &n_parts);
  gdouble told;

  if (option->cost_total < 0)
    {
      trip_check_add (self, -1, -1, TRIP_CHECK_COST, _("cost_total is missing"));
      return;
    }
  /* Where no part has a price, the total is all there is to know. */
  if (n_parts > 0 && sum != trip_currency_to_minor (currency, option->cost_total))
    {
      g_autofree char *total_text = trip_currency_format (currency, trip_currency_to_minor (currency, option->cost_total));
      g_autofree char *sum_text = trip_currency_format (currency, sum);

      trip_check_add (self, -1, -1, TRIP_CHECK_COST, _("cost_total is %s, its parts add up to %s"), total_text, sum_text);
    }
  /* Thousandths look like thousands. */
  told = trip_currency_exponent (currency) <= 2 ? read_amount (option->overall_cost) : -1.0;
  if (told >= 0 && fabs (told - option->cost_total) >= 1.0)
    trip_check_add (self, -1, -1, TRIP_CHECK_COST, _("overall_cost is %s, but cost_total is %g"), option->overall_cost,
                    option->cost_total);
}

static void
check_budget (TripCheck *self)
{
  const TripPlanOption *option = self->option;
  const TripConstraints *c = self->constraints;
  const char *currency = trip_check_currency (self);
  gdouble budget;

  if (c->budget <= 0)
    return;
  budget = c->budget * (c->budget_per_day ? option->days->len : 1) * (c->budget_per_person ? trip_check_party (self) : 1);
  if (c->currency[0] != '\0' && strcmp (c->currency, currency) != 0)
    trip_check_add (self, -1, -1, TRIP_CHECK_BUDGET, _("costs are in %s, the budget is in %s"), currency, c->currency);
  else if (option->cost_total > budget + 0.005 &&
           !trip_check_is_given_up (self, TRIP_CHECK_NOUN_BUDGET, "budget of") &&
           !trip_check_is_given_up (self, TRIP_CHECK_NOUN_BUDGET, _("wished budget")))
    {
      g_autofree char *total = trip_currency_format (currency, trip_currency_to_minor (currency, option->cost_total));

      trip_check_add (self, -1, -1, TRIP_CHECK_BUDGET, _("%s is more than the budget"), total);
    }
}

/*< private >
 * trip_check_money:
 * @self: a run
 *
 * Checks `cost` and `budget`.
 */
void
trip_check_money (TripCheck *self)
{
  check_cost (self);
  check_budget (self);
}
