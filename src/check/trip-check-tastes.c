/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about what the travellers like: interests, dishes, means of travel, quiet. Such a wish may go unmet, but not without
 * a word.
 */
#include "check/trip-check-modes.h"
#include "check/trip-check-private.h"

#include <glib/gi18n-lib.h>

/* A crowded place is at its fullest between these, whatever the city; who is there for this long is in the crowd. */
#define CROWD_FROM (11 * 60)
#define CROWD_TO (15 * 60)
#define CROWD_MINUTES 30

/* What has to be in, what a day is to be about and what there is to be little of have rules of their own. */
static gboolean
is_more_than_taste (const TripConstraints *constraints,
                    const char            *word)
{
  if (g_ptr_array_find_with_equal_func (constraints->must, word, g_str_equal, NULL))
    return TRUE;
  for (guint i = 0; i < constraints->day_wishes->len; i++)
    {
      if (g_strcmp0 (((const TripDayWish *) g_ptr_array_index (constraints->day_wishes, i))->meaning, word) == 0)
        return TRUE;
    }
  for (guint i = 0; i < constraints->kind_limits->len; i++)
    {
      if (g_strcmp0 (((const TripKindLimit *) g_ptr_array_index (constraints->kind_limits, i))->meaning, word) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_tastes (GPtrArray             *list,
            GPtrArray             *words,
            const TripConstraints *constraints)
{
  for (guint i = 0; i < words->len && list->len < TRIP_CHECK_MAX_PHRASES; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (!is_more_than_taste (constraints, word))
        g_ptr_array_add (list, trip_check_wish_new (word, word, word));
    }
}

/*< private >
 * trip_check_tastes_new:
 * @constraints: what was asked for; has to outlive the list
 *
 * Returns: (transfer full) (element-type TripCheckWish): interests and food, the first %TRIP_CHECK_MAX_PHRASES
 */
GPtrArray *
trip_check_tastes_new (const TripConstraints *constraints)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_check_wish_free);

  add_tastes (list, constraints->interests, constraints);
  add_tastes (list, constraints->food, constraints);
  return list;
}

/* A market may serve who likes food, and a famous table who likes art: any stop can be the answer. */
static void
check_taste (TripCheck           *self,
             const TripCheckWish *wish)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      guint b = 0;

      if (trip_check_wish_find (wish, trip_check_day (self, d), TRUE, &b) != NULL)
        return;
    }
  if (!trip_check_wish_is_excused (wish, self))
    trip_check_add (self, -1, -1, TRIP_CHECK_WISH, _("nothing is for “%s”, and the notes do not say so"), wish->phrase);
}

/* Whether some way is by the means; *@out_any_way says whether the means of any way are told at all. */
static gboolean
is_travelled (const TripCheck *self,
              const char      *word,
              gboolean        *out_any_way)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripTransportation *way = &trip_check_block (day, b)->transportation;

          if (!way->present || trip_check_mode_of (way->method) == NULL)
            continue;
          *out_any_way = TRUE;
          if (trip_check_mode_answers (way->method, word))
            return TRUE;
        }
    }
  return FALSE;
}

static void
check_means (TripCheck *self)
{
  GPtrArray *words = self->constraints->transport_prefer;

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      gboolean any_way = FALSE;

      /* What alone is allowed is no mere preference. */
      if (g_ptr_array_find_with_equal_func (self->constraints->transport_only, word, g_str_equal, NULL))
        continue;
      if (!is_travelled (self, word, &any_way) && any_way && !trip_check_notes_say (self, word))
        trip_check_add (self, -1, -1, TRIP_CHECK_WISH, _("no way is by %s, and the notes do not say so"), word);
    }
}

static gboolean
is_in_crowd (const TripPlanBlock *block,
             const TripPoi       *poi)
{
  return block->kind == TRIP_BLOCK_VISIT && trip_check_is_timed (block) && trip_poi_has_tag (poi, "crowded") &&
         MIN (block->end, CROWD_TO) - MAX (block->start, CROWD_FROM) >= CROWD_MINUTES;
}

/* Visits where and when it is full, with the day and block of each packed into one number. */
static GPtrArray *
collect_crowded (const TripCheck *self,
                 GArray          *where)
{
  GPtrArray *pois = g_ptr_array_new ();

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          for (guint p = 0; p < block->pois->len; p++)
            {
              guint at[2] = { d, b };

              if (!is_in_crowd (block, g_ptr_array_index (block->pois, p)))
                continue;
              g_ptr_array_add (pois, g_ptr_array_index (block->pois, p));
              g_array_append_val (where, at);
            }
        }
    }
  return pois;
}

static void
check_crowds (TripCheck *self)
{
  g_autoptr(GArray) where = g_array_new (FALSE, FALSE, sizeof (guint[2]));
  g_autoptr(GPtrArray) pois = collect_crowded (self, where);

  if (trip_check_notes_name (self, pois))
    return;
  for (guint i = 0; i < pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (pois, i);
      const guint *at = (const guint *) (const void *) (where->data + i * sizeof (guint[2]));

      if (!trip_check_notes_say (self, poi->name))
        trip_check_add (self, (gint) at[0], (gint) at[1], TRIP_CHECK_CROWDS,
                        _("%s is crowded at that time, and the notes do not say so"), poi->name);
    }
}

/*< private >
 * trip_check_tastes:
 * @self: a run
 *
 * Checks `wish` and `crowds`.
 */
void
trip_check_tastes (TripCheck *self)
{
  for (guint i = 0; i < self->tastes->len; i++)
    check_taste (self, g_ptr_array_index (self->tastes, i));
  check_means (self);
  if (self->constraints->avoid_crowds)
    check_crowds (self);
}
