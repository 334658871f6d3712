/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about what single days are to be about: "a museum on day 2", "no shopping on the last day".
 */
#include "check/trip-check-private.h"

#include <glib/gi18n-lib.h>

/*< private >
 * trip_check_day_wishes_new:
 * @constraints: what was asked for
 *
 * Returns: (transfer full) (element-type TripCheckWish): its day wishes, in their order, the first %TRIP_CHECK_MAX_PHRASES
 */
GPtrArray *
trip_check_day_wishes_new (const TripConstraints *constraints)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_check_wish_free);

  for (guint i = 0; i < MIN (constraints->day_wishes->len, TRIP_CHECK_MAX_PHRASES); i++)
    {
      const TripDayWish *wish = g_ptr_array_index (constraints->day_wishes, i);

      g_ptr_array_add (list, trip_check_wish_new (wish->phrase, wish->words, wish->meaning));
    }
  return list;
}

static void
check_avoided (TripCheck           *self,
               const TripCheckWish *wish,
               guint                d)
{
  for (guint b = 0; b < trip_check_day (self, d)->blocks->len; b++)
    {
      const TripPoi *poi = trip_check_wish_find (wish, trip_check_day (self, d), FALSE, &b);

      if (poi != NULL && !poi->must_see && !trip_check_notes_say (self, poi->name))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DAY_WISH, _("“%s”, but %s is on this day"), wish->phrase,
                        poi->name);
    }
}

static void
check_wish (TripCheck           *self,
            const TripDayWish   *asked,
            const TripCheckWish *wish)
{
  guint n_days = self->option->days->len;
  guint first = asked->day == TRIP_DAY_LAST ? n_days - 1 : asked->day > 0 ? (guint) asked->day - 1 : 0;
  guint end = asked->day == TRIP_DAY_ANY ? n_days : MIN (first + 1, n_days);

  for (guint d = first; d < end; d++)
    {
      guint b = 0;

      if (asked->priority == TRIP_PRIORITY_AVOID && asked->day != TRIP_DAY_ANY)
        check_avoided (self, wish, d);
      else if (trip_check_wish_find (wish, trip_check_day (self, d), TRUE, &b) != NULL)
        return;
    }
  if (asked->priority != TRIP_PRIORITY_AVOID && !trip_check_wish_is_excused (wish, self))
    trip_check_add (self, asked->day != TRIP_DAY_ANY && first < n_days ? (gint) first : -1, -1, TRIP_CHECK_DAY_WISH,
                    _("“%s” is not kept, and the notes do not say so"), wish->phrase);
}

/*< private >
 * trip_check_day_wishes:
 * @self: a run
 *
 * Checks `day-wish`.
 */
void
trip_check_day_wishes (TripCheck *self)
{
  for (guint i = 0; i < self->day_wishes->len && self->option->days->len > 0; i++)
    check_wish (self, g_ptr_array_index (self->constraints->day_wishes, i), g_ptr_array_index (self->day_wishes, i));
}
