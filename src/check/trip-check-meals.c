/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about meals: at hours when one eats, none left out of a long day, none twice, and food that the travellers eat.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* When meals begin, minutes after midnight, from the earliest to the latest eaters. */
#define BREAKFAST_FROM (6 * 60)
#define LUNCH_FROM (11 * 60)
#define LUNCH_TO (15 * 60 + 30)
#define DINNER_FROM (17 * 60)
#define DINNER_TO (22 * 60 + 30)

/* A day out that begins before the one and ends after the other needs a lunch, or a dinner. */
#define LUNCH_NEEDED_FROM (11 * 60)
#define LUNCH_NEEDED_TO (16 * 60)
#define DINNER_NEEDED_FROM (16 * 60)
#define DINNER_NEEDED_TO (21 * 60)

/* One eats where one is in the middle of these: on a train, or in a park that fills the day. */
#define NOON_FROM (12 * 60)
#define NOON_TO (13 * 60 + 30)
#define EVENING_FROM (18 * 60 + 30)
#define EVENING_TO (20 * 60)

/* Free time in which a meal finds room. */
#define FREE_MEAL_MINUTES 60
#define LONG_STAY_MINUTES (5 * 60)

/* A stop this short at a table is a bite. */
#define SNACK_MINUTES 30

/* Coffee and cake are taken at any hour and replace no meal. */
static gboolean
is_snack (const TripPlanBlock *block)
{
  static const char * const words[] = {
    "coffee", "tea", "snack", "snacks", "dessert", "desserts", "ice cream", "gelato", "pastry", "pastries", "drink",
    "drinks", "cocktails", "aperitivo", "aperitif", "cafe", "bakery",
  };
  g_autofree char *text = trip_text_fold (block->description != NULL ? block->description : "");

  if (block->end - block->start <= SNACK_MINUTES)
    return TRUE;
  for (guint p = 0; p < block->pois->len; p++)
    {
      const TripPoi *poi = g_ptr_array_index (block->pois, p);

      if (trip_poi_has_tag (poi, "cafe") || trip_poi_has_tag (poi, "dessert"))
        return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (trip_text_contains_word (text, words[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_within (gint start,
           gint from,
           gint to)
{
  return start >= from && start <= to;
}

static gboolean
is_meal_time (gint start)
{
  gint minute = start % TRIP_CHECK_DAY_MINUTES;

  return is_within (minute, BREAKFAST_FROM, LUNCH_TO) || is_within (minute, DINNER_FROM, DINNER_TO);
}

/* Whether a day gives its travellers something to eat: a meal that begins in the window, free time in it, or something
   that spans the heart of it, where one eats on the way or on the spot. */
static gboolean
has_meal (const TripPlanDay *day,
          gint               from,
          gint               to,
          gint               heart_from,
          gint               heart_to)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);
      gint start = block->start;

      if (!trip_check_is_timed (block))
        continue;
      if (block->kind == TRIP_BLOCK_MEAL && is_within (start, from, to))
        return TRUE;
      if (block->kind == TRIP_BLOCK_FREE && MIN (block->end, to) - MAX (start, from) >= FREE_MEAL_MINUTES)
        return TRUE;
      if (block->kind == TRIP_BLOCK_TRANSFER)
        start -= block->transportation.minutes;
      if (start <= heart_from && block->end >= heart_to &&
          (block->kind == TRIP_BLOCK_TRANSFER || block->end - start >= LONG_STAY_MINUTES))
        return TRUE;
    }
  return FALSE;
}

static void
check_day (TripCheck *self,
           guint      d)
{
  const TripPlanDay *day = trip_check_day (self, d);
  gint first = G_MAXINT, last = 0;
  guint n_lunches = 0, n_dinners = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);

      if (!trip_check_is_timed (block))
        continue;
      if (block->kind == TRIP_BLOCK_VISIT)
        {
          first = MIN (first, block->start);
          last = MAX (last, block->end);
        }
      if (block->kind != TRIP_BLOCK_MEAL || is_snack (block))
        continue;
      if (!is_meal_time (block->start))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_MEALS, _("a meal outside meal times"));
      else if (is_within (block->start, LUNCH_FROM, LUNCH_TO) && n_lunches++ > 0)
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_MEALS, _("a second lunch"));
      else if (is_within (block->start, DINNER_FROM, DINNER_TO) && n_dinners++ > 0)
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_MEALS, _("a second dinner"));
    }
  if (first <= LUNCH_NEEDED_FROM && last >= LUNCH_NEEDED_TO && !has_meal (day, LUNCH_FROM, LUNCH_TO, NOON_FROM, NOON_TO))
    trip_check_add (self, (gint) d, -1, TRIP_CHECK_MEALS, _("no lunch on a day that needs one"));
  if (first <= DINNER_NEEDED_FROM && last >= DINNER_NEEDED_TO &&
      !has_meal (day, DINNER_FROM, DINNER_TO, EVENING_FROM, EVENING_TO))
    trip_check_add (self, (gint) d, -1, TRIP_CHECK_MEALS, _("no dinner on a day that needs one"));
}

static gboolean
serves (const TripPoi *poi,
        const char    *diet)
{
  return trip_poi_has_tag (poi, diet) || (strcmp (diet, "vegetarian") == 0 && trip_poi_has_tag (poi, "vegan"));
}

/* A place of which no tag is known may serve anything. */
static void
check_diets (TripCheck *self,
             guint      d)
{
  const TripPlanDay *day = trip_check_day (self, d);
  GPtrArray *diets = self->constraints->diets;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);

      for (guint p = 0; p < block->pois->len && block->kind == TRIP_BLOCK_MEAL; p++)
        {
          const TripPoi *poi = g_ptr_array_index (block->pois, p);

          for (guint i = 0; i < diets->len && poi->tags != NULL && poi->tags->len > 0 && !poi->must_see; i++)
            {
              const char *diet = g_ptr_array_index (diets, i);

              if (!serves (poi, diet) && !trip_check_is_given_up (self, TRIP_CHECK_NOUN_DIET, poi->name))
                trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DIET, _("%s is not known to serve %s food"), poi->name,
                                diet);
            }
        }
    }
}

/*< private >
 * trip_check_meals:
 * @self: a run
 *
 * Checks `meals` and `diet`.
 */
void
trip_check_meals (TripCheck *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      check_day (self, d);
      check_diets (self, d);
    }
}
