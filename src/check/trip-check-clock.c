/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about the clock: times that can be read and agree, blocks in order and apart, lengths that make sense, the hours
 * that were asked for, and doors that are open.
 */
#include "check/trip-check-private.h"

#include "trip/json/trip-json.h"
#include "trip/model/trip-poi-hours.h"

#include <glib/gi18n-lib.h>

/* Until here an hour of the clock means the night that follows the day. */
#define SMALL_HOURS (4 * 60)

/* What is left of a usual visit below this part is no visit any more. */
#define MIN_VISIT_PART 4

/* What a place among several of one block gets at least, minutes. */
#define SHORT_STAY 15

/* Shortest and longest block of each kind that somebody can mean, minutes. */
static const struct {
  gint min;
  gint max;
} lengths[] = {
  [TRIP_BLOCK_VISIT] = { 5, 14 * 60 },
  [TRIP_BLOCK_MEAL] = { 10, 5 * 60 },
  [TRIP_BLOCK_TRANSFER] = { 1, 48 * 60 },
  [TRIP_BLOCK_FREE] = { 1, 16 * 60 },
  [TRIP_BLOCK_CHECK_IN] = { 1, 4 * 60 },
};

/* Where `start` or `end` is no local time, the reader falls back on `time`; the client's text tells. */
static void
check_time_text (TripCheck *self,
                 guint      d,
                 guint      b)
{
  static const char * const members[] = { "start", "end" };
  const TripPlanDay *day = trip_check_day (self, d);
  const TripPlanBlock *block = trip_check_block (day, b);
  g_autoptr(TripJson) json = NULL;

  if (block->raw == NULL)
    return;
  json = trip_json_parse (block->raw, g_bytes_get_size (block->raw), NULL);
  for (guint i = 0; json != NULL && i < G_N_ELEMENTS (members); i++)
    {
      const char *text = NULL;
      GDate date;
      gint minute;

      g_date_clear (&date, 1);
      if (!trip_json_node_get_string (trip_json_get_root (json), members[i], FALSE, &text, NULL) || text == NULL)
        continue;
      if (!trip_clock_parse_iso (text, &date, &minute))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TIMES, _("%s “%s” is no local time"), members[i], text);
      else if (g_date_valid (&day->date) && block->start >= 0 && block->end >= 0 &&
               (gint64) g_date_days_between (&day->date, &date) * TRIP_CHECK_DAY_MINUTES + minute !=
                 (i == 0 ? block->start : block->end))
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TIMES, _("%s “%s” does not belong to this day"), members[i],
                        text);
    }
}

static void
check_times (TripCheck *self,
             guint      d,
             guint      b)
{
  const TripPlanBlock *block = trip_check_block (trip_check_day (self, d), b);
  gint text_start, text_end;

  check_time_text (self, d, b);
  if (!trip_check_is_timed (block))
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TIMES, _("start and end are missing or in the wrong order"));
  else if (block->time != NULL && *block->time != '\0' &&
           (!trip_clock_parse_range (block->time, &text_start, &text_end) ||
            text_start % TRIP_CHECK_DAY_MINUTES != block->start % TRIP_CHECK_DAY_MINUTES ||
            text_end % TRIP_CHECK_DAY_MINUTES != block->end % TRIP_CHECK_DAY_MINUTES))
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_TIMES, _("“%s” does not agree with start and end"), block->time);
}

/* A way that is the whole block, told without a place, is travelled in it rather than before it. */
static gboolean
is_way_itself (const TripPlanBlock *block)
{
  return block->pois->len == 0 && (block->kind == TRIP_BLOCK_FREE || block->kind == TRIP_BLOCK_TRANSFER) &&
         block->end - block->start >= block->transportation.minutes;
}

/* @previous_end and @previous_start are those of the day's earlier blocks, below 0 for none. */
static void
check_sequence (TripCheck *self,
                guint      d,
                guint      b,
                gint       previous_start,
                gint       previous_end)
{
  const TripPlanBlock *block = trip_check_block (trip_check_day (self, d), b);

  if (previous_start >= 0 && block->start < previous_start)
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_ORDER, _("begins before the block in front of it"));
  else if (block->start < previous_end)
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_OVERLAP,
                    ngettext ("begins %d minute before the block in front of it ends",
                              "begins %d minutes before the block in front of it ends",
                              (gulong) (previous_end - block->start)), previous_end - block->start);
  else if (previous_end >= 0 && block->transportation.present && !is_way_itself (block) &&
           block->start < previous_end + block->transportation.minutes)
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_OVERLAP,
                    ngettext ("the way there takes %d minute, but only %d are left for it",
                              "the way there takes %d minutes, but only %d are left for it",
                              (gulong) block->transportation.minutes),
                    block->transportation.minutes, block->start - previous_end);
}

static void
check_duration (TripCheck *self,
                guint      d,
                guint      b)
{
  const TripPlanBlock *block = trip_check_block (trip_check_day (self, d), b);
  gint length = block->end - block->start;
  const TripPoi *poi = block->pois->len == 1 ? g_ptr_array_index (block->pois, 0) : NULL;

  if (length <= 0)
    return;
  if (length < lengths[block->kind].min || length > lengths[block->kind].max)
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DURATION,
                    ngettext ("a %s of %d minute", "a %s of %d minutes", (gulong) length),
                    trip_block_kind_to_string (block->kind), length);
  else if (block->kind == TRIP_BLOCK_VISIT && poi != NULL && poi->visit_minutes > 0 &&
           length * MIN_VISIT_PART < poi->visit_minutes)
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_DURATION,
                    ngettext ("%d minute at %s, which usually takes %d", "%d minutes at %s, which usually takes %d",
                              (gulong) length), length, poi->name, poi->visit_minutes);
}

/* When one comes and goes is not for the hours of a day to say: the bags of the first day, the way home of the last. */
static gboolean
is_set_by_journey (const TripCheck *self,
                   guint            d,
                   guint            b)
{
  const TripPlanDay *day = trip_check_day (self, d);
  TripBlockKind kind = trip_check_block (day, b)->kind;

  return (self->constraints->arrival >= 0 && d == 0 && kind == TRIP_BLOCK_CHECK_IN) ||
         (self->constraints->departure >= 0 && d + 1 == self->option->days->len && b + 1 == day->blocks->len &&
          kind == TRIP_BLOCK_TRANSFER);
}

static void
check_bounds (TripCheck *self,
              guint      d)
{
  const TripConstraints *c = self->constraints;
  const TripPlanDay *day = trip_check_day (self, d);
  gboolean travels = FALSE;
  gint latest = c->day_end;

  if (latest >= 0 && latest <= SMALL_HOURS)
    latest += TRIP_CHECK_DAY_MINUTES;
  if (trip_check_is_given_up (self, TRIP_CHECK_NOUN_HOURS, NULL))
    return;
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);

      /* No day is long enough for some journeys; the notes have to tell of those. */
      travels = travels || block->kind == TRIP_BLOCK_TRANSFER;
      if (!trip_check_is_timed (block) || (travels && trip_check_notes_tell_day (self, d)) ||
          is_set_by_journey (self, d, b))
        continue;
      if (c->day_start >= 0 && block->start < c->day_start)
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_BOUNDS, _("begins before the earliest time asked for"));
      if (latest >= 0 && block->end > latest)
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_BOUNDS, _("ends after the latest time asked for"));
    }
}

/* The longest stretch of @from to @to in which a place is not known to be shut: hours that only say "by appointment" are
   no closed door. */
static gint
longest_open (const TripOpeningHours *hours,
              const GDate            *date,
              gint                    from,
              gint                    to)
{
  g_autoptr(GArray) intervals = trip_opening_hours_intervals (hours, date, (guint) (to / TRIP_CHECK_DAY_MINUTES) + 1);
  gint longest = 0, open_from = from, open_to = from;

  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);

      if (interval->from > open_to)
        open_from = interval->from;
      open_to = MAX (open_to, interval->to);
      longest = MAX (longest, MIN (open_to, to) - MAX (open_from, from));
    }
  return longest;
}

static void
check_opening_hours (TripCheck *self,
                     guint      d,
                     guint      b)
{
  const TripPlanDay *day = trip_check_day (self, d);
  const TripPlanBlock *block = trip_check_block (day, b);

  if ((block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL) || !g_date_valid (&day->date))
    return;
  for (guint p = 0; p < block->pois->len; p++)
    {
      const TripPoi *poi = g_ptr_array_index (block->pois, p);
      g_autoptr(TripOpeningHours) hours = NULL;
      gint need = block->end - block->start;

      /* Of several places in one block each needs some of the time, not all of it. */
      if (block->pois->len > 1)
        need = MIN (need, SHORT_STAY);
      if (poi->opening_hours == NULL)
        continue;
      hours = trip_poi_parse_hours (poi);
      if (hours != NULL && longest_open (hours, &day->date, block->start, block->end) < need)
        trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_OPENING_HOURS, _("%s is not open all that time (%s)"),
                        poi->name, poi->opening_hours);
    }
}

/*< private >
 * trip_check_clock:
 * @self: a run
 *
 * Checks `times`, `order`, `overlap`, `duration`, `bounds` and `opening-hours`.
 */
void
trip_check_clock (TripCheck *self)
{
  gint yesterday_end = 0;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);
      gint previous_start = -1;
      gint previous_end = yesterday_end - TRIP_CHECK_DAY_MINUTES;

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          check_times (self, d, b);
          if (!trip_check_is_timed (block))
            continue;
          check_sequence (self, d, b, previous_start, previous_end);
          check_duration (self, d, b);
          check_opening_hours (self, d, b);
          previous_start = block->start;
          previous_end = block->kind == TRIP_BLOCK_TRANSFER && block->end < block->start ? block->end
                                                                                         : MAX (previous_end, block->end);
        }
      yesterday_end = previous_end;
      check_bounds (self, d);
    }
}
