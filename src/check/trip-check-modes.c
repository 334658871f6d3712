/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ways of travel and their limits. The speeds are those that no service beats, door to door, so that only the impossible
 * is a fault.
 */
#include "check/trip-check-modes.h"

#include "language/trip-text.h"

#include <math.h>
#include <string.h>

/* Up to here one moves at city speeds. */
#define CITY_M 20000.0

static const TripCheckMode modes[] = {
  { "walk", 6.0, 6.0, 7.5, 0, 25000.0 },
  { "bike", 25.0, 25.0, 32.0, 0, 120000.0 },
  { "subway", 40.0, 60.0, 80.0, 2, 100000.0 },
  { "tram", 30.0, 45.0, 60.0, 2, 80000.0 },
  { "bus", 45.0, 100.0, 110.0, 2, 2500000.0 },
  { "transit", 40.0, 150.0, 200.0, 2, 400000.0 },
  { "ferry", 60.0, 80.0, 90.0, 2, 3000000.0 },
  { "taxi", 60.0, 110.0, 130.0, 1, 500000.0 },
  { "car", 60.0, 110.0, 130.0, 1, 2500000.0 },
  { "train", 80.0, 300.0, 350.0, 2, 5000000.0 },
  { "flight", 900.0, 900.0, 1000.0, 40, 21000000.0 },
};

/* What else they are called. */
static const struct {
  const char *word;
  const char *mode;
} names[] = {
  { "walk", "walk" },          { "walking", "walk" },      { "foot", "walk" },         { "stroll", "walk" },
  { "bike", "bike" },          { "bicycle", "bike" },      { "cycling", "bike" },      { "cycle", "bike" },
  { "subway", "subway" },      { "metro", "subway" },      { "underground", "subway" }, { "tube", "subway" },
  { "tram", "tram" },          { "streetcar", "tram" },    { "funicular", "tram" },    { "cable car", "tram" },
  { "bus", "bus" },            { "coach", "bus" },         { "shuttle", "bus" },       { "transit", "transit" },
  { "public transport", "transit" },                       { "public transportation", "transit" },
  { "ferry", "ferry" },        { "boat", "ferry" },        { "ship", "ferry" },        { "vaporetto", "ferry" },
  { "taxi", "taxi" },          { "cab", "taxi" },          { "uber", "taxi" },         { "tuk tuk", "taxi" },
  { "car", "car" },            { "drive", "car" },         { "driving", "car" },       { "rental car", "car" },
  { "train", "train" },        { "rail", "train" },        { "shinkansen", "train" },  { "railway", "train" },
  { "flight", "flight" },      { "plane", "flight" },      { "fly", "flight" },        { "airplane", "flight" },
  { "aeroplane", "flight" },
};

/* Rides of a city's own lines are public transport; a train or a coach to another city is not what that word rules out. */
static const char * const transit_kinds[] = { "subway", "tram", "bus", "transit" };

static const TripCheckMode *
get_mode (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      if (strcmp (modes[i].name, name) == 0)
        return &modes[i];
    }
  return NULL;
}

/*< private >
 * trip_check_mode_of:
 * @method: (nullable): how a plan says one travels: `subway`, `Walk + JR train`
 *
 * Returns: (transfer none) (nullable): the fastest way of travel that the words speak of; %NULL where they speak of none
 */
const TripCheckMode *
trip_check_mode_of (const char *method)
{
  g_autofree char *folded = NULL;
  const TripCheckMode *fastest = NULL;

  if (method == NULL)
    return NULL;
  folded = trip_text_fold (method);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const TripCheckMode *mode;

      if (!trip_text_contains_word (folded, names[i].word))
        continue;
      mode = get_mode (names[i].mode);
      if (fastest == NULL || mode->far_kmh > fastest->far_kmh)
        fastest = mode;
    }
  return fastest;
}

/*< private >
 * trip_check_mode_least:
 * @self: (nullable): a way of travel, %NULL for one that is not known
 * @straight_m: beeline, metres
 *
 * Returns: the fewest minutes in which anyone covers that, once it moves
 */
gint
trip_check_mode_least (const TripCheckMode *self,
                       gdouble              straight_m)
{
  gdouble near_m = MIN (straight_m, CITY_M);
  gdouble minutes;

  if (self == NULL)
    return (gint) floor (near_m * 0.06 / 120.0 + (straight_m - near_m) * 0.06 / 900.0);
  minutes = near_m * 0.06 / self->city_kmh + (straight_m - near_m) * 0.06 / self->far_kmh;
  return (gint) floor (minutes);
}

/*< private >
 * trip_check_mode_is:
 * @method: (nullable): how a plan says one travels
 * @word: a transport word of requirements
 *
 * Returns: whether the one is what the other speaks of
 */
gboolean
trip_check_mode_is (const char *method,
                    const char *word)
{
  g_autofree char *folded = NULL;

  if (method == NULL)
    return FALSE;
  folded = trip_text_fold (method);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!trip_text_contains_word (folded, names[i].word))
        continue;
      if (strcmp (names[i].mode, word) == 0)
        return TRUE;
      for (gsize k = 0; strcmp (word, "transit") == 0 && strcmp (names[i].word, "coach") != 0 &&
                        k < G_N_ELEMENTS (transit_kinds); k++)
        {
          if (strcmp (names[i].mode, transit_kinds[k]) == 0)
            return TRUE;
        }
    }
  return trip_text_contains_word (folded, word);
}

/* Which lines run where is not known, so those of one kind stand for all. */
static gboolean
is_of_lines (const char *word)
{
  static const char * const lines[] = { "subway", "tram", "bus", "ferry", "transit", "train", NULL };

  return g_strv_contains (lines, word);
}

/*< private >
 * trip_check_mode_answers:
 * @method: (nullable): how a plan says one travels
 * @word: a transport word of requirements
 *
 * Returns: whether one who asked for the word gets what was asked for: that means, or other lines where the word is of one
 */
gboolean
trip_check_mode_answers (const char *method,
                         const char *word)
{
  static const char * const city_lines[] = { "transit", "ferry", "train" };

  if (trip_check_mode_is (method, word))
    return TRUE;
  for (gsize k = 0; is_of_lines (word) && k < G_N_ELEMENTS (city_lines); k++)
    {
      if (trip_check_mode_is (method, city_lines[k]))
        return TRUE;
    }
  return FALSE;
}
