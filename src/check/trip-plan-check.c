/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A run of the validator: every rule on every option, and how faults are told. The rules are in the files by noun; their
 * bounds are those of the world (how fast a train can be), not those the planner plans with, so that a plan of any maker
 * can be held against them. What cannot be known from the plan is no fault.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char * const rule_names[] = {
  [TRIP_CHECK_CONTENT] = "content",
  [TRIP_CHECK_DAYS] = "days",
  [TRIP_CHECK_DATES] = "dates",
  [TRIP_CHECK_LODGING] = "lodging",
  [TRIP_CHECK_PACE] = "pace",
  [TRIP_CHECK_FREE_TIME] = "free-time",
  [TRIP_CHECK_TIMES] = "times",
  [TRIP_CHECK_ORDER] = "order",
  [TRIP_CHECK_OVERLAP] = "overlap",
  [TRIP_CHECK_DURATION] = "duration",
  [TRIP_CHECK_BOUNDS] = "bounds",
  [TRIP_CHECK_ARRIVAL] = "arrival",
  [TRIP_CHECK_DEPARTURE] = "departure",
  [TRIP_CHECK_OPENING_HOURS] = "opening-hours",
  [TRIP_CHECK_TRAVEL] = "travel",
  [TRIP_CHECK_TRANSFER] = "transfer",
  [TRIP_CHECK_WALKING] = "walking",
  [TRIP_CHECK_TRAVEL_LIMIT] = "travel-limit",
  [TRIP_CHECK_TRANSPORT] = "transport",
  [TRIP_CHECK_COORDINATES] = "coordinates",
  [TRIP_CHECK_DUPLICATE] = "duplicate",
  [TRIP_CHECK_PLACE_ID] = "place-id",
  [TRIP_CHECK_MEALS] = "meals",
  [TRIP_CHECK_DIET] = "diet",
  [TRIP_CHECK_COST] = "cost",
  [TRIP_CHECK_BUDGET] = "budget",
  [TRIP_CHECK_MUST_HAVE] = "must-have",
  [TRIP_CHECK_AVOID] = "avoid",
  [TRIP_CHECK_ACCESS] = "access",
  [TRIP_CHECK_CHILDREN] = "children",
  [TRIP_CHECK_DAY_WISH] = "day-wish",
  [TRIP_CHECK_WISH] = "wish",
  [TRIP_CHECK_CROWDS] = "crowds",
  [TRIP_CHECK_N_RULES] = NULL,
};

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

/**
 * trip_plan_check_rules:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of all rules
 */
const char * const *
trip_plan_check_rules (void)
{
  return rule_names;
}

static void G_GNUC_PRINTF (4, 0)
add_violation (TripCheck     *self,
               char          *path,
               TripCheckRule  rule,
               const char    *format,
               va_list        args)
{
  TripViolation *violation = g_new0 (TripViolation, 1);

  violation->rule = rule_names[rule];
  violation->path = path;
  violation->message = g_strdup_vprintf (format, args);
  g_ptr_array_add (self->violations, violation);
}

/*< private >
 * trip_check_add:
 * @self: a run
 * @day: index of the day, below 0 where the option is at fault as a whole
 * @block: index of the block, below 0 where the day is
 * @rule: the rule that is broken
 * @format: what is wrong
 * @...: its arguments
 *
 * Reports a fault of the option under the glass.
 */
void
trip_check_add (TripCheck     *self,
                gint           day,
                gint           block,
                TripCheckRule  rule,
                const char    *format,
                ...)
{
  GString *path = g_string_new (NULL);
  va_list args;

  g_string_printf (path, "plan[%u]", self->option_index);
  if (day >= 0)
    g_string_append_printf (path, ".days[%d]", day);
  if (block >= 0)
    g_string_append_printf (path, ".blocks[%d]", block);
  va_start (args, format);
  add_violation (self, g_string_free (path, FALSE), rule, format, args);
  va_end (args);
}

/*< private >
 * trip_check_add_at:
 * @self: a run
 * @path: where, outside of the options
 * @rule: the rule that is broken
 * @format: what is wrong
 * @...: its arguments
 *
 * Reports a fault that no single option has.
 */
void
trip_check_add_at (TripCheck     *self,
                   const char    *path,
                   TripCheckRule  rule,
                   const char    *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  add_violation (self, g_strdup (path), rule, format, args);
  va_end (args);
}

/*< private >
 * trip_check_day:
 * @self: a run
 * @day: index of a day of the option
 *
 * Returns: (transfer none): the day
 */
const TripPlanDay *
trip_check_day (const TripCheck *self,
                guint            day)
{
  return g_ptr_array_index (self->option->days, day);
}

/*< private >
 * trip_check_block:
 * @day: a day
 * @block: index of a block
 *
 * Returns: (transfer none): the block
 */
const TripPlanBlock *
trip_check_block (const TripPlanDay *day,
                  guint              block)
{
  return g_ptr_array_index (day->blocks, block);
}

/*< private >
 * trip_check_is_timed:
 * @block: a block
 *
 * A flight to the west may land before it left, by the clocks; nothing else ends before it begins.
 *
 * Returns: whether its start and end can be reckoned with
 */
gboolean
trip_check_is_timed (const TripPlanBlock *block)
{
  if (block->start < 0 || block->end < 0)
    return FALSE;
  return block->end > block->start ||
         (block->kind == TRIP_BLOCK_TRANSFER && block->end > block->start - TRIP_CHECK_DAY_MINUTES &&
          block->transportation.method != NULL && strcmp (block->transportation.method, "flight") == 0);
}

/*< private >
 * trip_check_is_on_earth:
 * @geo: a position
 *
 * Returns: whether it is one; 0° N, 0° E is what a missing one reads as
 */
gboolean
trip_check_is_on_earth (const TripGeo *geo)
{
  return isfinite (geo->lat) && isfinite (geo->lng) && fabs (geo->lat) <= 90.0 && fabs (geo->lng) <= 180.0 &&
         !(geo->lat == 0.0 && geo->lng == 0.0);
}

static void
index_option (TripCheck *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      if (day->lodging_poi != NULL)
        trip_check_index_add (self->present, day->lodging_poi);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          for (guint p = 0; p < block->pois->len; p++)
            trip_check_index_add (self->present, g_ptr_array_index (block->pois, p));
        }
    }
}

static void
check_option (TripCheck *self)
{
  g_autoptr(TripCheckIndex) present = trip_check_index_new ();
  g_autoptr(GHashTable) told_days = NULL;
  g_autofree char *notes = trip_text_fold (self->option->general_notes != NULL ? self->option->general_notes : "");

  self->present = present;
  self->notes = notes;
  self->told_days = told_days = trip_check_read_told_days (self);
  index_option (self);
  trip_check_days (self);
  trip_check_clock (self);
  trip_check_journeys (self);
  trip_check_ways (self);
  trip_check_places (self);
  trip_check_meals (self);
  trip_check_money (self);
  trip_check_wishes (self);
  trip_check_limits (self);
  trip_check_spending (self);
  trip_check_day_wishes (self);
  trip_check_tastes (self);
  self->present = NULL;
  self->notes = NULL;
  self->told_days = NULL;
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
  g_autoptr(TripConstraints) constraints = NULL;
  g_autoptr(TripCheckIndex) listed = NULL;
  g_autoptr(GPtrArray) must = NULL;
  g_autoptr(GPtrArray) avoid = NULL;
  g_autoptr(GPtrArray) day_wishes = NULL;
  g_autoptr(GPtrArray) tastes = NULL;
  TripCheck check = { .pois = pois, .requirements = requirements };

  g_return_val_if_fail (options != NULL && pois != NULL && requirements != NULL, NULL);
  g_return_val_if_fail (today != NULL, NULL);

  check.constraints = constraints = trip_requirements_read_for_places (requirements, pois, today);
  check.listed = listed = trip_check_index_new ();
  check.must = must = trip_check_phrases_new (constraints->must);
  check.avoid = avoid = trip_check_phrases_new (constraints->avoid);
  check.day_wishes = day_wishes = trip_check_day_wishes_new (constraints);
  check.tastes = tastes = trip_check_tastes_new (constraints);
  trip_check_wishes_learn (day_wishes, pois);
  trip_check_wishes_learn (tastes, pois);
  check.violations = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_violation_free);
  trip_check_weigh (&check, today);
  trip_check_listed (&check);
  if (options->len == 0)
    trip_check_add_at (&check, "plan", TRIP_CHECK_CONTENT, _("the plan has no options"));
  for (guint i = 0; i < options->len; i++)
    {
      check.option = g_ptr_array_index (options, i);
      check.option_index = i;
      check_option (&check);
    }
  return check.violations;
}
