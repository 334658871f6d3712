/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about what single things may cost: a day, a night, food, tickets, fares; each, or all of them together. What the
 * trip may cost as a whole is with the sum of its parts.
 */
#include "check/trip-check-private.h"

#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* By how much rates of exchange may differ, and less than the least coin, which sums of fractions may be off. */
#define OTHER_CURRENCY_SLACK 1.05
#define ROUNDING 0.0005

/*< private >
 * trip_check_currency:
 * @self: a run
 *
 * Returns: (transfer none): the ISO 4217 code of what the option's costs are in
 */
const char *
trip_check_currency (const TripCheck *self)
{
  return trip_currency_is_known (self->option->currency) ? self->option->currency : "USD";
}

/*< private >
 * trip_check_amount:
 * @self: a run
 * @amount: what something may cost, major units
 * @currency: ISO 4217 code of @amount, empty for that of the option
 *
 * Returns: the most that it may cost in the currency of the option, major units, rates and rounding allowed for
 */
gdouble
trip_check_amount (const TripCheck *self,
                   gdouble          amount,
                   const char      *currency)
{
  const char *own = trip_check_currency (self);
  gint64 minor;

  if (!trip_currency_is_known (currency) || strcmp (currency, own) == 0)
    return amount + ROUNDING;
  minor = trip_currency_convert (trip_currency_to_minor (currency, amount), currency, own);
  return trip_currency_to_major (own, minor) * OTHER_CURRENCY_SLACK;
}

/*< private >
 * trip_check_party:
 * @self: a run
 *
 * Returns: how many travel
 */
gint
trip_check_party (const TripCheck *self)
{
  return MAX (self->constraints->adults, 1) + MAX (self->constraints->children, 0);
}

/*< private >
 * trip_check_rooms:
 * @self: a run
 *
 * Returns: how many rooms they take where two share one
 */
gint
trip_check_rooms (const TripCheck *self)
{
  return (trip_check_party (self) + 1) / 2;
}

static gdouble
get_cost (gdouble cost)
{
  return cost > 0 ? cost : 0.0;
}

static gdouble
get_fare (const TripPlanBlock *block)
{
  return block->transportation.present ? get_cost (block->transportation.cost) : 0.0;
}

/* What a block costs of the kind. The ride to another city is part of the trip, and of no day's money. */
static gdouble
find_cost_of_block (const TripPlanBlock *block,
                    TripMoneyKind        kind,
                    gboolean             of_day)
{
  gboolean is_transfer = block->kind == TRIP_BLOCK_TRANSFER;

  if (of_day && is_transfer)
    return 0.0;
  switch (kind)
    {
    case TRIP_MONEY_KIND_FOOD:
      return block->kind == TRIP_BLOCK_MEAL ? get_cost (block->cost) : 0.0;
    case TRIP_MONEY_KIND_SIGHTS:
      return block->kind == TRIP_BLOCK_VISIT ? get_cost (block->cost) : 0.0;
    case TRIP_MONEY_KIND_TRANSPORT:
      return get_fare (block) + (is_transfer ? get_cost (block->cost) : 0.0);
    case TRIP_MONEY_KIND_ALL:
      return get_fare (block) + get_cost (block->cost);
    case TRIP_MONEY_KIND_LODGING:
    default:
      return 0.0;
    }
}

static gdouble
find_cost_of_day (const TripPlanDay *day,
                  TripMoneyKind      kind,
                  gboolean           of_day)
{
  gdouble sum = kind == TRIP_MONEY_KIND_ALL || kind == TRIP_MONEY_KIND_LODGING ? get_cost (day->lodging_cost) : 0.0;

  for (guint b = 0; b < day->blocks->len; b++)
    sum += find_cost_of_block (trip_check_block (day, b), kind, of_day);
  return sum;
}

static void
add_dear (TripCheck            *self,
          gint                  day,
          gint                  block,
          const TripMoneyLimit *limit,
          gdouble               cost)
{
  const char *currency = trip_check_currency (self);
  g_autofree char *text = trip_currency_format (currency, trip_currency_to_minor (currency, cost));

  trip_check_add (self, day, block, TRIP_CHECK_BUDGET, _("“%s” is not kept: it is %s"), limit->phrase, text);
}

static void
check_blocks (TripCheck            *self,
              guint                 d,
              const TripMoneyLimit *limit,
              gdouble               most)
{
  const TripPlanDay *day = trip_check_day (self, d);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      gdouble cost = find_cost_of_block (trip_check_block (day, b), limit->kind, FALSE);

      if (cost > most)
        add_dear (self, (gint) d, (gint) b, limit, cost);
    }
}

static void
check_limit (TripCheck            *self,
             const TripMoneyLimit *limit)
{
  gdouble most = trip_check_amount (self, limit->amount, limit->currency);
  gdouble sum = 0.0;

  /* The price of a meal, a ticket or a ride is one person's, that of a night a room's. */
  if (limit->scope == TRIP_MONEY_SCOPE_VISIT || limit->per_person)
    most *= trip_check_party (self);
  else if (limit->scope == TRIP_MONEY_SCOPE_NIGHT)
    most *= trip_check_rooms (self);
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);
      gdouble cost = find_cost_of_day (day, limit->kind, limit->scope == TRIP_MONEY_SCOPE_DAY);

      sum += cost;
      if (limit->scope == TRIP_MONEY_SCOPE_VISIT)
        check_blocks (self, d, limit, most);
      else if (limit->scope == TRIP_MONEY_SCOPE_NIGHT && get_cost (day->lodging_cost) > most)
        add_dear (self, (gint) d, -1, limit, day->lodging_cost);
      else if (limit->scope == TRIP_MONEY_SCOPE_DAY && cost > most)
        add_dear (self, (gint) d, -1, limit, cost);
    }
  if (limit->scope == TRIP_MONEY_SCOPE_TRIP && sum > most)
    add_dear (self, -1, -1, limit, sum);
}

/* Of a night the notes may say in words of their own that none is to be had for that. */
static gboolean
is_excused (TripCheck            *self,
            const TripMoneyLimit *limit)
{
  return trip_check_is_excused (self, limit->priority, limit->phrase) ||
         (limit->scope == TRIP_MONEY_SCOPE_NIGHT && limit->priority == TRIP_PRIORITY_PREFERRED &&
          trip_check_notes_say (self, _("a night")));
}

/*< private >
 * trip_check_spending:
 * @self: a run
 *
 * Checks `budget` as far as it is about single things.
 */
void
trip_check_spending (TripCheck *self)
{
  for (guint i = 0; i < self->constraints->money_limits->len; i++)
    {
      const TripMoneyLimit *limit = g_ptr_array_index (self->constraints->money_limits, i);

      if (limit->amount > 0 && !is_excused (self, limit))
        check_limit (self, limit);
    }
}
