/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about days as wholes: how many, which dates, how full they are. What was asked for of how much is elsewhere.
 */
#include "check/trip-check-private.h"

#include "trip/json/trip-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More visits than these a day are a list, not a plan. */
#define MAX_VISITS 12
#define MAX_RELAXED_VISITS 6

/* Free time that deserves the name. */
#define FREE_MINUTES 60

/* A day with this much between its first and last block could have spared an hour of it. */
#define FULL_DAY_MINUTES (6 * 60)

static void
check_number (TripCheck *self)
{
  const TripConstraints *c = self->constraints;
  guint n_days = self->option->days->len;
  gint asked = c->days;

  if (n_days == 0)
    {
      trip_check_add (self, -1, -1, TRIP_CHECK_DAYS, _("the option has no days"));
      return;
    }
  if (asked == 0 && g_date_valid (&c->start) && g_date_valid (&c->end))
    asked = g_date_days_between (&c->start, &c->end) + 1;
  if (asked == 0 && c->nights > 0)
    asked = c->nights + 1;
  if (asked > 0 && (guint) asked != n_days)
    trip_check_add (self, -1, -1, TRIP_CHECK_DAYS,
                    ngettext ("%u day, but %d were asked for", "%u days, but %d were asked for", n_days), n_days, asked);
}

/* The reader falls back on start_date where a day's own date is no date, so the day's text is asked as well. */
static void
check_date_text (TripCheck *self,
                 guint      d)
{
  const TripPlanDay *day = trip_check_day (self, d);
  g_autoptr(TripJson) json = NULL;
  const char *text = NULL;
  GDate date;

  if (day->raw == NULL)
    return;
  json = trip_json_parse (day->raw, g_bytes_get_size (day->raw), NULL);
  g_date_clear (&date, 1);
  if (json != NULL && trip_json_node_get_string (trip_json_get_root (json), "date", FALSE, &text, NULL) && text != NULL &&
      !trip_date_parse_iso (text, &date))
    trip_check_add (self, (gint) d, -1, TRIP_CHECK_DATES, _("“%s” is no date"), text);
}

static void
check_dates (TripCheck *self)
{
  const TripConstraints *c = self->constraints;
  const TripPlanOption *option = self->option;
  guint n_days = option->days->len;

  if (n_days == 0)
    return;
  if (!g_date_valid (&option->start_date))
    trip_check_add (self, -1, -1, TRIP_CHECK_DATES, _("start_date is missing or no date"));
  else if (g_date_valid (&c->start) && g_date_compare (&c->start, &option->start_date) != 0)
    trip_check_add (self, -1, -1, TRIP_CHECK_DATES, _("the trip does not start on the day that was asked for"));
  else if (!g_date_valid (&c->start) && !g_date_valid (&c->end) && c->month > 0 &&
           (gint) g_date_get_month (&option->start_date) != c->month)
    trip_check_add (self, -1, -1, TRIP_CHECK_DATES, _("the trip does not start in the month that was asked for"));

  if (g_date_valid (&option->start_date) && !g_date_valid (&c->start) && g_date_valid (&c->end) &&
      g_date_days_between (&option->start_date, &c->end) + 1 != (gint) n_days)
    trip_check_add (self, -1, -1, TRIP_CHECK_DATES, _("the trip does not end on the day that was asked for"));
  for (guint i = 0; i < n_days; i++)
    {
      const TripPlanDay *day = trip_check_day (self, i);

      if (g_date_valid (&option->start_date))
        {
          GDate expected = option->start_date;

          g_date_add_days (&expected, i);
          if (!g_date_valid (&day->date) || g_date_compare (&day->date, &expected) != 0)
            trip_check_add (self, (gint) i, -1, TRIP_CHECK_DATES, _("the date does not follow from start_date"));
        }
      check_date_text (self, i);
    }
}

static void
check_content (TripCheck *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          if (trip_check_block (day, b)->kind == TRIP_BLOCK_VISIT)
            return;
        }
    }
  trip_check_add (self, -1, -1, TRIP_CHECK_CONTENT, _("the option visits nothing"));
}

static void
check_pace (TripCheck *self)
{
  guint most = self->constraints->pace == TRIP_PACE_RELAXED ? MAX_RELAXED_VISITS : MAX_VISITS;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);
      guint n = 0;

      for (guint b = 0; b < day->blocks->len; b++)
        n += trip_check_block (day, b)->kind == TRIP_BLOCK_VISIT;
      if (n > most)
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_PACE,
                        ngettext ("%u visit in one day, %u are the most that make sense",
                                  "%u visits in one day, %u are the most that make sense", n), n, most);
    }
}

/* A free block, or an hour between two blocks that the way to the second does not need. */
static gboolean
has_free_time (const TripPlanDay *day,
               gboolean          *out_is_full)
{
  gint first = G_MAXINT, last = 0, previous_end = -1;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);

      if (block->kind == TRIP_BLOCK_FREE)
        return TRUE;
      if (!trip_check_is_timed (block))
        continue;
      if (previous_end >= 0 && block->start - previous_end - block->transportation.minutes >= FREE_MINUTES)
        return TRUE;
      first = MIN (first, block->start);
      last = MAX (last, block->end);
      previous_end = block->end;
    }
  *out_is_full = last - first >= FULL_DAY_MINUTES;
  return FALSE;
}

static void
check_free_time (TripCheck *self)
{
  gboolean is_told = trip_check_notes_say (self, "free time") || trip_check_notes_say (self, _("free time"));

  if (!self->constraints->free_time)
    return;
  for (guint d = 0; d < self->option->days->len; d++)
    {
      gboolean is_full = FALSE;

      if (!has_free_time (trip_check_day (self, d), &is_full) && is_full &&
          !(is_told && trip_check_notes_tell_day (self, d)))
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_FREE_TIME,
                        _("free time was asked for, this day has none, and the notes do not say so"));
    }
}

/* A free block of an hour where none was to be. */
static void
check_filled_time (TripCheck *self)
{
  gboolean is_told = trip_check_notes_say (self, "free") || trip_check_notes_say (self, _("free"));

  for (guint d = 0; self->constraints->no_free_time && d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len && !(is_told && trip_check_notes_tell_day (self, d)); b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          if (block->kind == TRIP_BLOCK_FREE && trip_check_is_timed (block) && !block->transportation.present &&
              block->end - block->start >= FREE_MINUTES)
            trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_FREE_TIME,
                            _("no free time was asked for, and the notes do not tell of this"));
        }
    }
}

/*< private >
 * trip_check_days:
 * @self: a run
 *
 * Checks `content`, `days`, `dates`, `pace` and `free-time`, and has `lodging` checked.
 */
void
trip_check_days (TripCheck *self)
{
  check_number (self);
  check_dates (self);
  check_content (self);
  trip_check_lodging (self);
  check_pace (self);
  check_free_time (self);
  check_filled_time (self);
}
