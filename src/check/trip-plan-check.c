/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The rules, one function each, over one option at a time. Bounds are those of the world (how fast a train can be), not
 * those the planner plans with, so that a plan of any maker can be held against them.
 */
#include "check/trip-plan-check.h"

#include "hours/trip-opening-hours.h"
#include "language/trip-text.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NEAR_M 300.0
#define FAR_FROM_ALL_M 150000.0

typedef struct {
  GPtrArray *violations;
  GPtrArray *pois;
  const TripConstraints *constraints;
  const TripPlanOption *option;
  guint option_index;
} Check;

/* Fastest straight-line progress of each way of travel inside a trip, km/h, and what it costs before it moves at all. */
static const struct {
  const char *method;
  gdouble max_kmh;
  gint min_minutes;
} modes[] = {
  { "walk", 6.0, 0 },     { "bike", 25.0, 0 },   { "bicycle", 25.0, 0 }, { "subway", 40.0, 2 },   { "metro", 40.0, 2 },
  { "tram", 30.0, 2 },    { "bus", 45.0, 2 },    { "transit", 40.0, 2 }, { "ferry", 60.0, 2 },    { "taxi", 60.0, 1 },
  { "car", 110.0, 1 },    { "train", 300.0, 5 }, { "flight", 900.0, 90 },
};

static void G_GNUC_PRINTF (5, 6)
add (Check      *self,
     gint        day,
     gint        block,
     const char *rule,
     const char *format,
     ...)
{
  TripViolation *violation = g_new0 (TripViolation, 1);
  g_autoptr(GString) path = g_string_new (NULL);
  va_list args;

  g_string_printf (path, "plan[%u]", self->option_index);
  if (day >= 0)
    g_string_append_printf (path, ".days[%d]", day);
  if (block >= 0)
    g_string_append_printf (path, ".blocks[%d]", block);
  violation->rule = rule;
  violation->path = g_strdup (path->str);
  va_start (args, format);
  violation->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->violations, violation);
}

/**
 * trip_violation_free:
 * @self: (transfer full): a violation
 *
 * Frees it.
 */
void
trip_violation_free (TripViolation *self)
{
  g_free (self->path);
  g_free (self->message);
  g_free (self);
}

static const TripPlanDay *
get_day (const Check *self,
         guint        index)
{
  return g_ptr_array_index (self->option->days, index);
}

static const TripPlanBlock *
get_block (const TripPlanDay *day,
           guint              index)
{
  return g_ptr_array_index (day->blocks, index);
}

static const TripPoi *
get_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

static void
check_days (Check *self)
{
  const TripConstraints *c = self->constraints;
  guint n_days = self->option->days->len;
  gint asked = c->days;

  if (n_days == 0)
    {
      add (self, -1, -1, "days", _("the option has no days"));
      return;
    }
  if (asked == 0 && g_date_valid (&c->start) && g_date_valid (&c->end))
    asked = g_date_days_between (&c->start, &c->end) + 1;
  if (asked == 0 && c->nights > 0)
    asked = c->nights + 1;
  if (asked > 0 && (guint) asked != n_days)
    add (self, -1, -1, "days", _("%u days, but %d were asked for"), n_days, asked);

  if (!g_date_valid (&self->option->start_date))
    add (self, -1, -1, "dates", _("start_date is missing or no date"));
  else if (g_date_valid (&c->start) && g_date_compare (&c->start, &self->option->start_date) != 0)
    add (self, -1, -1, "dates", _("the trip does not start on the day that was asked for"));
  for (guint i = 0; i < n_days && g_date_valid (&self->option->start_date); i++)
    {
      const TripPlanDay *day = get_day (self, i);
      GDate expected = self->option->start_date;

      g_date_add_days (&expected, i);
      if (!g_date_valid (&day->date) || g_date_compare (&day->date, &expected) != 0)
        add (self, (gint) i, -1, "dates", _("the date does not follow from start_date"));
    }
}

static void
check_lodging (Check *self)
{
  for (guint i = 0; i + 1 < self->option->days->len; i++)
    {
      const char *lodging = get_day (self, i)->lodging;

      if (lodging == NULL || lodging[strspn (lodging, " \t\n")] == '\0')
        add (self, (gint) i, -1, "lodging", _("nowhere to sleep"));
    }
}

static void
check_times (Check *self,
             guint  d)
{
  const TripPlanDay *day = get_day (self, d);
  gint previous_end = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = get_block (day, b);
      gint text_start, text_end;

      if (block->start < 0 || block->end <= block->start)
        {
          add (self, (gint) d, (gint) b, "times", _("start and end are missing or in the wrong order"));
          continue;
        }
      if (block->time != NULL && (!trip_clock_parse_range (block->time, &text_start, &text_end) ||
                                  text_start % 1440 != block->start % 1440 || text_end % 1440 != block->end % 1440))
        add (self, (gint) d, (gint) b, "times", _("“%s” does not agree with start and end"), block->time);
      if (b > 0 && block->start < previous_end)
        add (self, (gint) d, (gint) b, "overlap", _("begins %d minutes before the block in front of it ends"),
             previous_end - block->start);
      else if (b > 0 && block->transportation.present && block->start < previous_end + block->transportation.minutes)
        add (self, (gint) d, (gint) b, "overlap", _("the way there takes %d minutes, but only %d are left for it"),
             block->transportation.minutes, block->start - previous_end);
      if (self->constraints->day_start >= 0 && block->start < self->constraints->day_start)
        add (self, (gint) d, (gint) b, "bounds", _("begins before the earliest time asked for"));
      if (self->constraints->day_end >= 0 && block->end > self->constraints->day_end)
        add (self, (gint) d, (gint) b, "bounds", _("ends after the latest time asked for"));
      previous_end = MAX (previous_end, block->end);
    }
}

static void
check_opening_hours (Check *self,
                     guint  d)
{
  const TripPlanDay *day = get_day (self, d);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = get_block (day, b);

      if ((block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL) || block->start < 0 ||
          !g_date_valid (&day->date))
        continue;
      for (guint p = 0; p < block->pois->len; p++)
        {
          const TripPoi *poi = g_ptr_array_index (block->pois, p);
          g_autoptr(TripOpeningHours) hours = NULL;

          if (poi->opening_hours == NULL)
            continue;
          hours = trip_opening_hours_parse (poi->opening_hours, NULL);
          if (hours != NULL && !trip_opening_hours_is_open_during (hours, &day->date, block->start, block->end))
            add (self, (gint) d, (gint) b, "opening-hours", _("%s is not open all that time (%s)"), poi->name,
                 poi->opening_hours);
        }
    }
}

static void
check_way (Check               *self,
           guint                d,
           guint                b,
           const TripGeo       *from,
           const TripGeo       *to,
           const TripPlanBlock *block,
           gint                 minutes)
{
  gdouble distance = trip_geo_distance_m (from, to);
  const char *method = block->transportation.method;
  gdouble max_kmh = 120.0;
  gint min_minutes = 0;

  if (distance <= NEAR_M)
    return;
  if (!block->transportation.present)
    {
      add (self, (gint) d, (gint) b, "travel", _("%.1f km from the place before, but no way there is given"),
           distance / 1000.0);
      return;
    }
  for (gsize i = 0; method != NULL && i < G_N_ELEMENTS (modes); i++)
    {
      if (strcmp (method, modes[i].method) == 0)
        {
          max_kmh = modes[i].max_kmh;
          min_minutes = modes[i].min_minutes;
        }
    }
  if (minutes < min_minutes || (minutes + 1) * max_kmh * 1000.0 / 60.0 < distance)
    add (self, (gint) d, (gint) b, "travel", _("%.1f km in %d minutes by %s"), distance / 1000.0, minutes,
         method != NULL ? method : "?");
  if (block->transportation.distance_m >= 0 && block->transportation.distance_m < distance * 0.95)
    add (self, (gint) d, (gint) b, "travel", _("distance_m is %.0f, shorter than the straight line of %.0f"),
         block->transportation.distance_m, distance);
}

/* A night's lodging is where the next day begins; a transfer takes one to wherever its next place is. */
static void
check_travel (Check *self)
{
  const TripPoi *last = NULL;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = get_day (self, d);
      gint on_the_way = 0;
      const TripPlanBlock *transfer = NULL;

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = get_block (day, b);
          const TripPoi *poi = get_poi (block);

          if (block->kind == TRIP_BLOCK_TRANSFER)
            {
              transfer = block;
              on_the_way += block->end - block->start + block->transportation.minutes;
              continue;
            }
          if (poi == NULL)
            continue;
          if (last != NULL && transfer != NULL)
            check_way (self, d, b, &last->geo, &poi->geo, transfer, on_the_way + block->transportation.minutes);
          else if (last != NULL)
            check_way (self, d, b, &last->geo, &poi->geo, block, block->transportation.minutes);
          transfer = NULL;
          on_the_way = 0;
          last = poi;
        }
      /* From a lodging of one's own choice the way is one's own as well. */
      if (transfer == NULL)
        last = day->lodging_poi;
    }
}

static void
check_methods (Check *self,
               guint  d)
{
  const TripPlanDay *day = get_day (self, d);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripTransportation *way = &get_block (day, b)->transportation;

      if (!way->present || way->method == NULL)
        continue;
      if (g_ptr_array_find_with_equal_func (self->constraints->transport_avoid, way->method, g_str_equal, NULL))
        add (self, (gint) d, (gint) b, "transport", _("%s was ruled out"), way->method);
      if (self->constraints->max_walk_m > 0 && strcmp (way->method, "walk") == 0 &&
          way->distance_m > self->constraints->max_walk_m)
        add (self, (gint) d, (gint) b, "transport", _("a walk of %.0f m, but at most %d m were asked for"), way->distance_m,
             self->constraints->max_walk_m);
    }
}

static void
check_duplicates (Check *self)
{
  g_autoptr(GPtrArray) seen = g_ptr_array_new ();

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = get_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = get_block (day, b);
          const TripPoi *poi = get_poi (block);

          if (poi == NULL || poi->type == TRIP_POI_LODGE || block->kind == TRIP_BLOCK_CHECK_IN)
            continue;
          for (guint i = 0; i < seen->len; i++)
            {
              if (trip_poi_is_same (g_ptr_array_index (seen, i), poi))
                {
                  add (self, (gint) d, (gint) b, "duplicate", _("%s is in the option twice"), poi->name);
                  break;
                }
            }
          g_ptr_array_add (seen, (gpointer) poi);
        }
    }
}

static gboolean
is_meal_time (gint start)
{
  gint minute = start % 1440;

  return (minute >= 6 * 60 && minute <= 10 * 60 + 30) || (minute >= 11 * 60 && minute <= 15 * 60) ||
         (minute >= 17 * 60 && minute <= 21 * 60 + 30);
}

static gboolean
has_meal (const TripPlanDay *day,
          gint               from,
          gint               to)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = get_block (day, b);

      if (block->kind == TRIP_BLOCK_MEAL && block->start >= from && block->start <= to)
        return TRUE;
    }
  return FALSE;
}

static void
check_meals (Check *self,
             guint  d)
{
  const TripPlanDay *day = get_day (self, d);
  gint first = G_MAXINT, last = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = get_block (day, b);

      if (block->kind == TRIP_BLOCK_MEAL && block->start >= 0 && !is_meal_time (block->start))
        add (self, (gint) d, (gint) b, "meals", _("a meal outside meal times"));
      if (block->kind == TRIP_BLOCK_VISIT)
        {
          first = MIN (first, block->start);
          last = MAX (last, block->end);
        }
    }
  if (first <= 11 * 60 && last >= 16 * 60 && !has_meal (day, 11 * 60, 15 * 60))
    add (self, (gint) d, -1, "meals", _("no lunch on a day that needs one"));
  if (first <= 16 * 60 && last >= 21 * 60 && !has_meal (day, 17 * 60, 21 * 60 + 30))
    add (self, (gint) d, -1, "meals", _("no dinner on a day that needs one"));
}

static void
check_costs (Check *self)
{
  const TripPlanOption *option = self->option;
  const TripConstraints *c = self->constraints;
  const char *currency = option->currency[0] != '\0' ? option->currency : "USD";
  gint64 sum = 0, total;
  gdouble budget;

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = get_day (self, d);

      if (day->lodging_cost > 0)
        sum += trip_currency_to_minor (currency, day->lodging_cost);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = get_block (day, b);

          if (block->cost > 0)
            sum += trip_currency_to_minor (currency, block->cost);
          if (block->transportation.present && block->transportation.cost > 0)
            sum += trip_currency_to_minor (currency, block->transportation.cost);
        }
    }
  if (option->cost_total < 0)
    {
      add (self, -1, -1, "cost", _("cost_total is missing"));
      return;
    }
  total = trip_currency_to_minor (currency, option->cost_total);
  if (sum != total)
    {
      g_autofree char *sum_text = trip_currency_format (currency, sum);

      add (self, -1, -1, "cost", _("cost_total is %s, its parts add up to %s"), option->overall_cost, sum_text);
    }

  if (c->budget <= 0)
    return;
  budget = c->budget * (c->budget_per_day ? option->days->len : 1) *
           (c->budget_per_person ? MAX (c->adults, 1) + MAX (c->children, 0) : 1);
  if (c->currency[0] != '\0' && strcmp (c->currency, currency) != 0)
    add (self, -1, -1, "budget", _("costs are in %s, the budget is in %s"), currency, c->currency);
  else if (option->cost_total > budget + 0.005)
    add (self, -1, -1, "budget", _("%s is more than the budget"), option->overall_cost);
}

static gboolean
is_in_option (const Check   *self,
              const TripPoi *poi)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = get_day (self, d);

      if (day->lodging_poi != NULL && trip_poi_is_same (day->lodging_poi, poi))
        return TRUE;
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = get_block (day, b);

          for (guint p = 0; p < block->pois->len; p++)
            {
              if (trip_poi_is_same (g_ptr_array_index (block->pois, p), poi))
                return TRUE;
            }
        }
    }
  return FALSE;
}

static void
check_must_haves (Check *self)
{
  for (guint i = 0; i < self->pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (self->pois, i);

      if (poi->must_see && !is_in_option (self, poi))
        add (self, -1, -1, "must-have", _("%s was named, but is not in the option"), poi->name);
    }
}

static gboolean
is_avoided (const TripPoi *poi,
            const char    *term)
{
  g_autofree char *folded_term = trip_text_fold (term);
  g_autofree char *name = trip_text_fold (poi->name);

  if (*folded_term == '\0')
    return FALSE;
  return trip_text_contains_word (name, folded_term) || trip_poi_has_tag (poi, folded_term);
}

static void
check_avoided (Check *self,
               guint  d)
{
  const TripPlanDay *day = get_day (self, d);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = get_block (day, b);

      for (guint p = 0; p < block->pois->len && block->kind == TRIP_BLOCK_VISIT; p++)
        {
          const TripPoi *poi = g_ptr_array_index (block->pois, p);

          for (guint i = 0; i < self->constraints->avoid->len; i++)
            {
              const char *term = g_ptr_array_index (self->constraints->avoid, i);

              if (!poi->must_see && is_avoided (poi, term))
                add (self, (gint) d, (gint) b, "avoid", _("%s is to be avoided (%s)"), poi->name, term);
            }
        }
    }
}

static void
check_coordinates (Check *self,
                   guint  d)
{
  const TripPlanDay *day = get_day (self, d);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPoi *poi = get_poi (get_block (day, b));

      if (poi != NULL && poi->geo.lat == 0.0 && poi->geo.lng == 0.0)
        add (self, (gint) d, (gint) b, "coordinates", _("%s has no position"), poi->name);
      if (poi != NULL && day->lodging_poi != NULL && d > 0 && d + 1 < self->option->days->len &&
          trip_geo_distance_m (&poi->geo, &day->lodging_poi->geo) > FAR_FROM_ALL_M &&
          get_block (day, b)->kind == TRIP_BLOCK_VISIT && b + 1 == day->blocks->len)
        add (self, (gint) d, (gint) b, "coordinates", _("%s is far from where the day ends"), poi->name);
    }
}

static void
check_content (Check *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = get_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          if (get_block (day, b)->kind == TRIP_BLOCK_VISIT)
            return;
        }
    }
  add (self, -1, -1, "content", _("the option visits nothing"));
}

static void
check_option (Check *self)
{
  check_days (self);
  check_content (self);
  check_lodging (self);
  check_travel (self);
  check_duplicates (self);
  check_costs (self);
  check_must_haves (self);
  for (guint d = 0; d < self->option->days->len; d++)
    {
      check_times (self, d);
      check_opening_hours (self, d);
      check_methods (self, d);
      check_meals (self, d);
      check_avoided (self, d);
      check_coordinates (self, d);
    }
}

/**
 * trip_plan_check:
 * @options: (element-type TripPlanOption): a plan
 * @pois: (element-type TripPoi): the places of the trip, may be empty; tells what had to be in
 * @requirements: (element-type TripRequirement): what was asked for, may be empty
 * @today: the day of asking, from which relative dates count
 *
 * Checks every rule on every option. Any thread.
 *
 * Returns: (transfer full) (element-type TripViolation): what is wrong; empty where all rules are kept
 */
GPtrArray *
trip_plan_check (GPtrArray   *options,
                 GPtrArray   *pois,
                 GPtrArray   *requirements,
                 const GDate *today)
{
  g_autoptr(TripConstraints) constraints = trip_requirements_read_for_places (requirements, pois, today);
  Check check = { .pois = pois, .constraints = constraints };

  check.violations = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_violation_free);
  if (options->len == 0)
    add (&check, -1, -1, "content", _("the plan has no options"));
  for (guint i = 0; i < options->len; i++)
    {
      check.option = g_ptr_array_index (options, i);
      check.option_index = i;
      check_option (&check);
    }
  return check.violations;
}
