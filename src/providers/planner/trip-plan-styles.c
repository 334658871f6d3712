/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A table of styles, what each trades, and the order in which they are tried. What the traveller settled, a pace or a
 * price level, holds in all of them, and their words do not promise another.
 */
#include "providers/planner/trip-plan-styles.h"

#include <glib/gi18n-lib.h>

enum { BALANCED, BUDGET, PREMIUM, OFF_TRACK, CULTURE, OUTDOORS, RELAXED, PACKED };

static const char * const culture[] = {
  "museum", "art", "gallery", "history", "palace", "castle", "church", "temple", "shrine", "mosque", "ruins", "theatre",
  "religion", "science", NULL,
};
static const char * const outdoors[] = {
  "park", "garden", "nature", "view", "beach", "zoo", "outdoor", "street", "neighbourhood", "bridge", "river", NULL,
};

/* Price levels are those of the atlas: 1 budget, 2 mid, 3 premium. */
static const TripPlanStyle styles[TRIP_PLAN_N_STYLES] = {
  [BALANCED] = { N_("Balanced"), N_("Balanced: the best-known places at an even pace, with middle prices."),
                 2, TRIP_PACE_NORMAL, 1.0f, 0.0f, 0.0f, 4.0f, 0, 0, NULL },
  [BUDGET] = { N_("Budget"), N_("Budget: free sights, simple meals and beds, longer walks to save fares."),
               1, TRIP_PACE_NORMAL, 0.8f, 4.0f, 18.0f, 14.0f, 1800, 0, NULL },
  [PREMIUM] = { N_("Premium"), N_("Premium: fewer stops with more time, the finer tables and hotels; it costs more."),
                3, TRIP_PACE_RELAXED, 1.0f, 6.0f, 0.0f, 0.0f, 0, 0, NULL },
  [OFF_TRACK] = { N_("Off the beaten track"),
                  N_("Off the beaten track: quieter places before famous ones; some classics are left out."),
                  2, TRIP_PACE_NORMAL, 0.35f, 22.0f, 4.0f, 4.0f, 0, 0, NULL },
  [CULTURE] = { N_("Culture"), N_("Culture: museums, monuments and houses of worship first; parks and streets come last."),
                2, TRIP_PACE_NORMAL, 0.8f, 0.0f, 0.0f, 4.0f, 0, 0, culture },
  [OUTDOORS] = { N_("Outdoors"), N_("Outdoors: parks, views and quarters to stroll in first; museums come last."),
                 2, TRIP_PACE_NORMAL, 0.8f, 0.0f, 6.0f, 4.0f, 2200, 0, outdoors },
  [RELAXED] = { N_("Relaxed"), N_("Relaxed: late starts and few visits, quieter places; you see less."),
                2, TRIP_PACE_RELAXED, 0.8f, 14.0f, 0.0f, 4.0f, 0, 0, NULL },
  [PACKED] = { N_("Packed"), N_("Packed: early starts and as many visits as fit; it is tiring."),
               2, TRIP_PACE_PACKED, 1.2f, 0.0f, 0.0f, 4.0f, 0, 0, NULL },
};

/* The words of a style whose pace or prices are the traveller's own. */
static const char *
plain_trade (guint which)
{
  switch (which)
    {
    case BALANCED:
      return N_("Balanced: the best-known places first.");
    case PREMIUM:
      return N_("Premium: the finer tables and hotels; it costs more.");
    default:
      return styles[which].trade;
    }
}

static gboolean
suits (const TripConstraints *constraints,
       guint                  which)
{
  switch (which)
    {
    case BUDGET:
      return constraints->budget_level == TRIP_BUDGET_LEVEL_UNSET ||
             constraints->budget_level == TRIP_BUDGET_LEVEL_BUDGET;
    case PREMIUM:
      return constraints->budget_level == TRIP_BUDGET_LEVEL_UNSET;
    case RELAXED:
    case PACKED:
      return constraints->pace == TRIP_PACE_UNSET;
    default:
      return TRUE;
    }
}

static void
adapt (const TripConstraints *constraints,
       guint                  which,
       TripPlanStyle         *out)
{
  gboolean has_level = constraints->budget_level != TRIP_BUDGET_LEVEL_UNSET;
  gboolean has_pace = constraints->pace != TRIP_PACE_UNSET;

  *out = styles[which];
  if (has_level && which != BUDGET)
    out->level = (gint) constraints->budget_level;
  if (constraints->budget_level == TRIP_BUDGET_LEVEL_BUDGET)
    out->thrift = MAX (out->thrift, styles[BUDGET].thrift);
  if (has_pace)
    out->pace = constraints->pace;
  if (has_pace || has_level)
    out->trade = plain_trade (which);
}

/**
 * trip_plan_styles_choose:
 * @constraints: what the traveller settled
 * @out_styles: (out caller-allocates) (array length=TRIP_PLAN_N_STYLES): the styles that suit, those to try first in front
 *
 * Orders the styles. Without a price level the first three differ in money, else in what there is to see.
 *
 * Returns: how many suit: four or more
 */
guint
trip_plan_styles_choose (const TripConstraints *constraints,
                         TripPlanStyle         *out_styles)
{
  static const guint by_money[] = { BALANCED, BUDGET, PREMIUM, OFF_TRACK, CULTURE, OUTDOORS, RELAXED, PACKED };
  static const guint by_kind[] = { BALANCED, OFF_TRACK, RELAXED, CULTURE, OUTDOORS, PACKED, BUDGET, PREMIUM };
  const guint *order = constraints->budget_level == TRIP_BUDGET_LEVEL_UNSET ? by_money : by_kind;
  guint n = 0;

  for (guint i = 0; i < TRIP_PLAN_N_STYLES; i++)
    {
      if (suits (constraints, order[i]))
        adapt (constraints, order[i], &out_styles[n++]);
    }
  return n;
}
