/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Lays out a day. A plan may be of any maker: blocks without times, on top of each other, out of order or past several
 * midnights all have to end up somewhere sensible, in bounded work.
 */
#include "draw/trip-drawing-timeline.h"

#include "draw/trip-drawing-text.h"
#include "trip/model/trip-poi-hours.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY 1440

/* What the axis shows at least, and how far past midnight it may go before days are cut at midnight instead. */
#define USUAL_FROM (9 * 60)
#define USUAL_TO (21 * 60)
#define LATEST_TO (30 * 60)

/* The night stands at the end of a row, so it needs some room there. */
#define NIGHT_ROOM 60

/* Blocks of other makers may end up to a week after their day. */
#define MAX_CARRIED_DAYS 8

/* Places of one block whose hours are looked at. */
#define MAX_BLOCK_POIS 8

#define HOUR_LABEL_WIDTH 24.0

static gboolean
has_times (const TripPlanBlock *block)
{
  return block->start >= 0 && block->end > block->start;
}

static gint
floor_hour (gint minute)
{
  return minute >= 0 ? minute / 60 * 60 : 0;
}

static const TripPlanDay *
get_day (const TripPlanOption *option,
         guint                 index)
{
  return g_ptr_array_index (option->days, index);
}

static guint
count_blocks (const TripPlanDay *day)
{
  return MIN (day->blocks->len, TRIP_TIMELINE_MAX_BLOCKS);
}

static const TripPlanBlock *
get_block (const TripPlanDay *day,
           guint              index)
{
  return g_ptr_array_index (day->blocks, index);
}

/**
 * trip_time_scale_init:
 * @self: (out caller-allocates): a scale
 * @option: a plan option
 * @x: left end of the axis
 * @width: its width
 *
 * Finds the hours that hold every block and way of all days. A night out is shown past midnight, up to six in the morning;
 * where a block lasts longer than that, the axis is the whole day, and what passes midnight goes on in the next day's row.
 */
void
trip_time_scale_init (TripTimeScale        *self,
                      const TripPlanOption *option,
                      gdouble               x,
                      gdouble               width)
{
  gint from = USUAL_FROM, to = USUAL_TO;

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = get_day (option, d);

      for (guint b = 0; b < count_blocks (day); b++)
        {
          const TripPlanBlock *block = get_block (day, b);

          if (!has_times (block))
            continue;
          from = MIN (from, block->start - (b == 0 ? block->transportation.minutes + NIGHT_ROOM / 2 : 0));
          to = MAX (to, block->end + (day->lodging != NULL && block->end < DAY ? NIGHT_ROOM : 0));
        }
    }
  self->from = to > LATEST_TO ? 0 : MIN (floor_hour (from), 23 * 60);
  self->to = to > LATEST_TO ? DAY : (to + 59) / 60 * 60;
  self->x = x;
  self->width = width;
}

/**
 * trip_time_scale_to_x:
 * @self: a scale
 * @minute: minutes after midnight
 *
 * Returns: where that is; a minute outside the scale is at its nearer end
 */
gdouble
trip_time_scale_to_x (const TripTimeScale *self,
                      gint                 minute)
{
  gint clamped = CLAMP (minute, self->from, self->to);

  return self->x + self->width * (clamped - self->from) / (self->to - self->from);
}

/**
 * trip_time_scale_step:
 * @self: a scale
 *
 * Returns: minutes from one hour label to the next, so that they do not touch
 */
gint
trip_time_scale_step (const TripTimeScale *self)
{
  gdouble hour = self->width * 60.0 / (self->to - self->from);

  return hour >= HOUR_LABEL_WIDTH ? 60 : hour * 2 >= HOUR_LABEL_WIDTH ? 120 : 240;
}

static void
lane_free (gpointer data)
{
  TripTimelineLane *self = data;

  g_free (self->label);
  g_free (self->time);
  g_array_unref (self->bands);
  g_free (self);
}

static void
span_free (gpointer data)
{
  TripTimelineSpan *self = data;

  g_free (self->label);
  g_free (self);
}

/**
 * trip_timeline_free:
 * @self: (transfer full): a timeline
 *
 * Frees it.
 */
void
trip_timeline_free (TripTimeline *self)
{
  g_ptr_array_unref (self->lanes);
  g_ptr_array_unref (self->spans);
  g_free (self);
}

/* What a person calls a block: its place where it has one, else its own words. */
static char *
name_block (const TripPlanBlock *block)
{
  const TripPoi *first = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
  g_autofree char *name = NULL;

  if (first == NULL)
    return trip_drawing_text_clean (block->description, TRIP_DRAWING_MAX_LABEL);
  name = trip_drawing_text_clean (first->name, TRIP_DRAWING_MAX_LABEL);
  if (block->pois->len == 1)
    return g_steal_pointer (&name);
  return g_strdup_printf (_("%s and %u more"), name, block->pois->len - 1);
}

/* Writes the state of each minute of the scale; where several places are visited in one block, all have to be open. */
static gboolean
paint_hours (const TripPlanBlock *block,
             const GDate         *date,
             const TripTimeScale *scale,
             guint8              *minutes)
{
  gboolean known = FALSE;

  for (guint p = 0; p < MIN (block->pois->len, MAX_BLOCK_POIS); p++)
    {
      const TripPoi *poi = g_ptr_array_index (block->pois, p);
      g_autoptr(TripOpeningHours) hours = NULL;
      g_autoptr(GArray) intervals = NULL;
      guint8 own[LATEST_TO] = { 0 };

      hours = trip_poi_parse_hours (poi);
      if (hours == NULL)
        continue;
      intervals = trip_opening_hours_intervals (hours, date, 2);
      for (guint i = 0; i < intervals->len; i++)
        {
          const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);
          guint8 rank = interval->state == TRIP_OPENING_OPEN ? 2 : 1;

          for (gint m = MAX (interval->from, 0); m < MIN (interval->to, LATEST_TO); m++)
            own[m] = rank;
        }
      for (gint m = scale->from; m < scale->to; m++)
        minutes[m] = known ? MIN (minutes[m], own[m]) : own[m];
      known = TRUE;
    }
  return known;
}

static void
find_bands (TripTimelineLane    *lane,
            const TripPlanBlock *block,
            const GDate         *date,
            const TripTimeScale *scale)
{
  guint8 minutes[LATEST_TO] = { 0 };

  if ((block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL) || !g_date_valid (date))
    return;
  lane->has_hours = paint_hours (block, date, scale, minutes);
  for (gint m = scale->from; lane->has_hours && m < scale->to;)
    {
      TripTimelineBand band = { .from = m, .to = m + 1, .certain = minutes[m] == 2 };

      while (band.to < scale->to && minutes[band.to] == minutes[m])
        band.to++;
      if (minutes[m] != 0)
        g_array_append_val (lane->bands, band);
      m = band.to;
    }
}

static TripTimelineLane *
add_lane (TripTimeline *self)
{
  TripTimelineLane *lane = g_new0 (TripTimelineLane, 1);

  lane->bands = g_array_new (FALSE, FALSE, sizeof (TripTimelineBand));
  g_ptr_array_add (self->lanes, lane);
  return lane;
}

/* Adds the part of it that the row shows, if any. */
static TripTimelineSpan *
add_span (TripTimeline         *self,
          const TripTimeScale  *scale,
          TripTimelineSpanKind  kind,
          gint                  from,
          gint                  to)
{
  TripTimelineSpan *span;

  if (MAX (from, scale->from) >= MIN (to, scale->to))
    return NULL;
  span = g_new0 (TripTimelineSpan, 1);
  span->kind = kind;
  span->lane = -1;
  span->from = MAX (from, scale->from);
  span->to = MIN (to, scale->to);
  span->cut_left = from < scale->from;
  span->cut_right = to > scale->to;
  g_ptr_array_add (self->spans, span);
  return span;
}

static void
add_block_span (TripTimeline        *self,
                const TripTimeScale *scale,
                const TripPlanBlock *block,
                gint                 lane,
                gboolean             broken)
{
  TripTimelineSpan *span = add_span (self, scale, TRIP_TIMELINE_BLOCK, block->start, block->end);

  if (span == NULL)
    return;
  span->block_kind = block->kind;
  span->lane = lane;
  span->number = (guint) lane + 1;
  span->broken = broken;
  span->label = name_block (block);
}

/* What earlier days' blocks leave for this row; only where the axis ends at midnight do they go on here. */
static gint
carry_over (TripTimeline         *self,
            const TripPlanOption *option,
            guint                 d,
            const TripTimeScale  *scale)
{
  gint until = -1;

  for (guint back = 1; scale->to == DAY && scale->from == 0 && back <= MIN (d, MAX_CARRIED_DAYS); back++)
    {
      const TripPlanDay *day = get_day (option, d - back);
      gint shift = (gint) back * DAY;

      for (guint b = 0; b < count_blocks (day); b++)
        {
          const TripPlanBlock *block = get_block (day, b);
          TripTimelineSpan *span;

          if (!has_times (block) || block->end <= shift)
            continue;
          span = add_span (self, scale, TRIP_TIMELINE_BLOCK, block->start - shift, block->end - shift);
          if (span == NULL)
            continue;
          span->block_kind = block->kind;
          span->label = name_block (block);
          until = MAX (until, span->to);
        }
    }
  return until;
}

/* The way begins when the block before it ends; what is left of the gap is waiting. */
static void
add_way (TripTimeline        *self,
         const TripTimeScale *scale,
         const TripPlanBlock *block,
         gint                 lane,
         gint                 free_from,
         gboolean             broken)
{
  gint minutes = block->transportation.present ? block->transportation.minutes : 0;
  gint leave = free_from >= 0 && free_from + minutes <= block->start ? free_from : block->start - minutes;
  TripTimelineSpan *span;

  if (minutes > 0)
    {
      span = add_span (self, scale, TRIP_TIMELINE_TRAVEL, leave, leave + minutes);
      if (span != NULL)
        {
          span->mode = trip_drawing_mode_of (block->transportation.method);
          span->lane = lane;
          span->broken = broken && free_from > leave;
          span->label = g_strdup_printf (_("%d min"), minutes);
        }
    }
  if (free_from >= 0 && leave + minutes < block->start)
    add_span (self, scale, TRIP_TIMELINE_WAIT, leave + minutes, block->start);
}

static gint
compare_starts (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const TripPlanBlock *one = *(const TripPlanBlock * const *) a;
  const TripPlanBlock *other = *(const TripPlanBlock * const *) b;

  return (one->start > other->start) - (one->start < other->start);
}

static gint
compare_spans (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const TripTimelineSpan *one = *(const TripTimelineSpan * const *) a;
  const TripTimelineSpan *other = *(const TripTimelineSpan * const *) b;

  if (one->from != other->from)
    return one->from < other->from ? -1 : 1;
  return (one->to > other->to) - (one->to < other->to);
}

/* A label gets the part of its span that no other span reaches into. */
static void
place_labels (TripTimeline        *self,
              const TripTimeScale *scale)
{
  gint taken = scale->from;

  g_ptr_array_sort_with_data (self->spans, compare_spans, NULL);
  for (guint i = 0; i < self->spans->len; i++)
    {
      TripTimelineSpan *span = g_ptr_array_index (self->spans, i);
      const TripTimelineSpan *next = i + 1 < self->spans->len ? g_ptr_array_index (self->spans, i + 1) : NULL;
      gint from = MAX (span->from, taken);
      gint to = next != NULL ? MIN (span->to, next->from) : span->to;

      span->label_x = trip_time_scale_to_x (scale, from);
      span->label_width = to > from ? trip_time_scale_to_x (scale, to) - span->label_x : 0;
      taken = MAX (taken, span->to);
    }
}

static gboolean
is_named (const char *text)
{
  return text != NULL && text[strspn (text, " \t\r\n")] != '\0';
}

static void
add_nights (TripTimeline         *self,
            const TripPlanOption *option,
            guint                 d,
            const TripTimeScale  *scale,
            gint                  first,
            gint                  last)
{
  const TripPlanDay *day = get_day (option, d);
  const char *before = d > 0 ? get_day (option, d - 1)->lodging : NULL;
  TripTimelineSpan *span;
  TripTimelineLane *lane;

  if (is_named (before) && first > scale->from)
    {
      span = add_span (self, scale, TRIP_TIMELINE_LODGING, scale->from - 1, first);
      if (span != NULL)
        span->label = trip_drawing_text_clean (before, TRIP_DRAWING_MAX_LABEL);
    }
  if (!is_named (day->lodging))
    return;
  lane = add_lane (self);
  lane->is_lodging = TRUE;
  lane->kind = TRIP_BLOCK_CHECK_IN;
  lane->label = trip_drawing_text_clean (day->lodging, TRIP_DRAWING_MAX_LABEL);
  lane->time = g_strdup (_("night"));
  span = add_span (self, scale, TRIP_TIMELINE_LODGING, MAX (last, scale->from), scale->to + 1);
  if (span != NULL)
    {
      span->lane = (gint) self->lanes->len - 1;
      span->label = g_strdup (lane->label);
    }
}

/**
 * trip_timeline_new:
 * @option: a plan option
 * @d: index of a day of it
 * @scale: the hours
 * @broken: (nullable): set of indices of those blocks of the day that break a rule, as GUINT_TO_POINTER (index + 1)
 *
 * Lays the day out.
 *
 * Returns: (transfer full): the layout
 */
TripTimeline *
trip_timeline_new (const TripPlanOption *option,
                   guint                 d,
                   const TripTimeScale  *scale,
                   GHashTable           *broken)
{
  TripTimeline *self = g_new0 (TripTimeline, 1);
  const TripPlanDay *day;
  g_autoptr(GPtrArray) timed = g_ptr_array_new ();
  g_autoptr(GHashTable) lanes = g_hash_table_new (NULL, NULL);
  gint first = scale->to, last, reached;

  g_return_val_if_fail (d < option->days->len, NULL);

  day = get_day (option, d);
  self->lanes = g_ptr_array_new_with_free_func (lane_free);
  self->spans = g_ptr_array_new_with_free_func (span_free);
  self->n_hidden = day->blocks->len - count_blocks (day);
  for (guint b = 0; b < count_blocks (day); b++)
    {
      const TripPlanBlock *block = get_block (day, b);
      TripTimelineLane *lane = add_lane (self);

      lane->kind = block->kind;
      lane->number = b + 1;
      lane->label = name_block (block);
      lane->time = has_times (block) ? trip_drawing_text_range (block->start, block->end)
                                     : trip_drawing_text_clean (block->time, 20);
      lane->broken = broken != NULL && g_hash_table_contains (broken, GUINT_TO_POINTER (b + 1));
      find_bands (lane, block, &day->date, scale);
      g_hash_table_insert (lanes, (gpointer) block, GUINT_TO_POINTER (b));
      if (has_times (block))
        g_ptr_array_add (timed, (gpointer) block);
    }

  reached = last = carry_over (self, option, d, scale);
  if (last >= 0)
    first = scale->from;
  g_ptr_array_sort_with_data (timed, compare_starts, NULL);
  for (guint i = 0; i < timed->len; i++)
    {
      const TripPlanBlock *block = g_ptr_array_index (timed, i);
      guint b = GPOINTER_TO_UINT (g_hash_table_lookup (lanes, block));
      const TripTimelineLane *lane = g_ptr_array_index (self->lanes, b);

      add_way (self, scale, block, (gint) b, reached, lane->broken);
      add_block_span (self, scale, block, (gint) b, lane->broken);
      first = MIN (first, block->start - block->transportation.minutes);
      reached = last = MAX (last, block->end);
      self->travel_minutes += block->transportation.minutes;
    }
  add_nights (self, option, d, scale, last >= 0 ? first : scale->from, last);
  place_labels (self, scale);
  return self;
}
