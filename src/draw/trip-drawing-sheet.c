/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Puts a drawing together. Every box is decided here without measuring a letter; painters cut text to its box.
 */
#include "draw/trip-drawing-sheet.h"

#include "check/trip-plan-check.h"
#include "draw/trip-drawing-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Bounds of one drawing, whatever the plan holds. */
#define MAX_DAYS 500
#define MAX_CITIES 12
#define MAX_DAY_NOTES 6
#define MAX_OPTION_NOTES 4
#define MAX_NOTE_CHARACTERS 240
#define MAX_TEXT_CHARACTERS 700

#define CONTENT_WIDTH (TRIP_DRAWING_WIDTH - 2 * TRIP_DRAWING_MARGIN)
#define TITLE_HEIGHT 64.0
#define TEXT_LINE 17.0
#define TEXT_CHARACTERS_A_LINE 170
#define LEAST_SKETCH_HEIGHT 170.0
#define LEAST_SPLIT_HEIGHT 130.0

/* Options follow each other at this distance. */
#define OPTION_GAP 30.0

typedef struct {
  guint index;
  const TripPlanOption *option;
  GArray *broken;
  TripTimeScale scale;
  TripDrawingLegend legend;
  gboolean several;
} Drawn;

/* A broken rule and where in its option; -1 for a part of the path that it does not have. */
typedef struct {
  gint day;
  gint block;
  const TripViolation *violation;
} Broken;

static void
day_free (gpointer data)
{
  TripDrawingDay *self = data;

  g_free (self->title);
  g_free (self->date);
  g_free (self->highlight);
  g_free (self->summary);
  g_free (self->more);
  g_clear_pointer (&self->timeline, trip_timeline_free);
  g_clear_pointer (&self->sketches, g_ptr_array_unref);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
header_free (gpointer data)
{
  TripDrawingHeader *self = data;

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->cost);
  g_free (self->verdict);
  g_free (self->text);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
sheet_free (gpointer data)
{
  TripDrawingSheet *self = data;

  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->days);
  g_free (self);
}

static GArray *
list_broken (GPtrArray *violations,
             guint      option)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Broken));

  for (guint i = 0; i < violations->len; i++)
    {
      Broken broken = { .day = -1, .block = -1, .violation = g_ptr_array_index (violations, i) };
      guint in_option;
      gint n = sscanf (broken.violation->path, "plan[%u].days[%d].blocks[%d]", &in_option, &broken.day, &broken.block);

      /* What is wrong outside of any option is wrong for each. */
      if (n < 1 || in_option == option)
        g_array_append_val (list, broken);
    }
  return list;
}

static void
add_note (GPtrArray  *notes,
          guint       max_notes,
          guint      *n_left_out,
          char       *note)
{
  if (notes->len < max_notes)
    g_ptr_array_add (notes, note);
  else
    {
      g_free (note);
      (*n_left_out)++;
    }
}

static void
end_notes (GPtrArray *notes,
           guint      n_left_out)
{
  if (n_left_out > 0)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("and %u more", "and %u more", n_left_out), n_left_out));
}

static char *
describe_broken (const Broken *broken)
{
  g_autofree char *message = trip_drawing_text_clean (broken->violation->message, MAX_NOTE_CHARACTERS);

  if (broken->block >= 0)
    return g_strdup_printf ("%d  %s: %s", broken->block + 1, broken->violation->rule, message);
  return g_strdup_printf ("%s: %s", broken->violation->rule, message);
}

/* Notes what is broken on a day, and returns which blocks break it. */
static GHashTable *
find_broken (const Drawn    *drawn,
             guint           d,
             TripDrawingDay *self)
{
  GHashTable *blocks = g_hash_table_new (NULL, NULL);
  guint n_left_out = 0;

  for (guint i = 0; i < drawn->broken->len; i++)
    {
      const Broken *broken = &g_array_index (drawn->broken, Broken, i);

      if (broken->day != (gint) d)
        continue;
      if (broken->block >= 0)
        g_hash_table_add (blocks, GUINT_TO_POINTER (broken->block + 1));
      add_note (self->notes, MAX_DAY_NOTES, &n_left_out, describe_broken (broken));
    }
  end_notes (self->notes, n_left_out);
  return blocks;
}

static char *
format_minutes (gint minutes)
{
  if (minutes < 60)
    return g_strdup_printf (_("%d min"), minutes);
  return minutes % 60 == 0 ? g_strdup_printf (_("%d h"), minutes / 60)
                           : g_strdup_printf (_("%d h %d min"), minutes / 60, minutes % 60);
}

static char *
summarise (const TripPlanDay  *day,
           const TripTimeline *timeline)
{
  GString *text = g_string_new (NULL);
  guint n_visits = 0, n_meals = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      n_visits += block->kind == TRIP_BLOCK_VISIT;
      n_meals += block->kind == TRIP_BLOCK_MEAL;
    }
  g_string_append_printf (text, ngettext ("%u visit", "%u visits", n_visits), n_visits);
  if (n_meals > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u meal", "%u meals", n_meals), n_meals);
    }
  if (timeline->travel_minutes > 0)
    {
      g_autofree char *travel = format_minutes (timeline->travel_minutes);

      g_string_append (text, " · ");
      g_string_append_printf (text, _("%s on the way"), travel);
    }
  return g_string_free (text, FALSE);
}

static char *
format_date (const GDate *date)
{
  char text[64];

  if (!g_date_valid (date) || g_date_strftime (text, sizeof text, "%a %-d %b %Y", date) == 0)
    return g_strdup ("");
  return g_strdup (text);
}

static void
note_legend (TripDrawingLegend    *legend,
             const TripDrawingDay *day)
{
  for (guint i = 0; i < day->timeline->lanes->len; i++)
    {
      const TripTimelineLane *lane = g_ptr_array_index (day->timeline->lanes, i);

      if (lane->is_lodging)
        {
          legend->lodging = TRUE;
          continue;
        }
      legend->kinds |= 1u << lane->kind;
      legend->broken |= lane->broken;
      if (lane->kind == TRIP_BLOCK_VISIT || lane->kind == TRIP_BLOCK_MEAL)
        {
          legend->open |= lane->has_hours;
          legend->unknown |= !lane->has_hours;
        }
      for (guint b = 0; b < lane->bands->len; b++)
        legend->maybe |= !g_array_index (lane->bands, TripTimelineBand, b).certain;
    }
  for (guint i = 0; i < day->timeline->spans->len; i++)
    {
      const TripTimelineSpan *span = g_ptr_array_index (day->timeline->spans, i);

      legend->wait |= span->kind == TRIP_TIMELINE_WAIT;
      legend->lodging |= span->kind == TRIP_TIMELINE_LODGING;
      if (span->kind == TRIP_TIMELINE_TRAVEL)
        legend->modes |= 1u << span->mode;
    }
  for (guint s = 0; s < day->sketches->len; s++)
    {
      const TripRouteSketch *sketch = g_ptr_array_index (day->sketches, s);

      for (guint i = 0; i < sketch->legs->len; i++)
        legend->modes |= 1u << g_array_index (sketch->legs, TripRouteLeg, i).mode;
      for (guint i = 0; i < sketch->markers->len; i++)
        legend->lodging |= ((const TripRouteMarker *) g_ptr_array_index (sketch->markers, i))->is_lodging;
    }
}

/* Sketches are laid out where the panel will be once its place is known; until then at the origin. */
static TripDrawingDay *
measure_day (const Drawn *drawn,
             guint        d)
{
  const TripPlanDay *day = g_ptr_array_index (drawn->option->days, d);
  TripDrawingDay *self = g_new0 (TripDrawingDay, 1);
  g_autoptr(GHashTable) broken = NULL;
  guint n_rows, n_sketches = trip_route_count (drawn->option, d);
  gdouble sketches;

  self->notes = g_ptr_array_new_with_free_func (g_free);
  broken = find_broken (drawn, d, self);
  self->title = g_strdup_printf (_("Day %u"), d + 1);
  self->date = format_date (&day->date);
  self->highlight = trip_drawing_text_clean (day->highlight, TRIP_DRAWING_MAX_LABEL);
  self->scale = drawn->scale;
  self->timeline = trip_timeline_new (drawn->option, d, &self->scale, broken);
  self->summary = summarise (day, self->timeline);
  if (self->timeline->n_hidden > 0)
    self->more = g_strdup_printf (ngettext ("and %u more block", "and %u more blocks", self->timeline->n_hidden),
                                  self->timeline->n_hidden);

  n_rows = self->timeline->lanes->len + (self->more != NULL ? 1 : 0);
  self->box.x = TRIP_DRAWING_MARGIN;
  self->box.width = CONTENT_WIDTH;
  self->box.height = 2 * TRIP_DRAWING_PADDING + TRIP_DRAWING_HEADING + TRIP_DRAWING_AXIS + TRIP_DRAWING_STRIP + 6.0 +
                     n_rows * TRIP_DRAWING_LANE + self->notes->len * TRIP_DRAWING_NOTE;
  sketches = n_sketches > 1 ? n_sketches * LEAST_SPLIT_HEIGHT : n_sketches * LEAST_SKETCH_HEIGHT;
  self->box.height = MAX (self->box.height, 2 * TRIP_DRAWING_PADDING + sketches);
  return self;
}

static void
put_day (const Drawn    *drawn,
         guint           d,
         TripDrawingDay *self,
         gdouble         y)
{
  TripBox sketches = {
    self->box.x + self->box.width - TRIP_DRAWING_PADDING - TRIP_DRAWING_SKETCH_WIDTH,
    y + TRIP_DRAWING_PADDING,
    TRIP_DRAWING_SKETCH_WIDTH,
    self->box.height - 2 * TRIP_DRAWING_PADDING,
  };

  self->box.y = y;
  g_clear_pointer (&self->sketches, g_ptr_array_unref);
  self->sketches = trip_route_new (drawn->option, d, &sketches);
}

static char *
list_cities (const TripPlanOption *option)
{
  g_autoptr(GPtrArray) cities = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len && cities->len < MAX_CITIES; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
          const TripPoi *poi = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
          g_autofree char *city = trip_drawing_text_clean (poi != NULL ? poi->city : NULL, 40);

          if (*city != '\0' && !g_ptr_array_find_with_equal_func (cities, city, g_str_equal, NULL))
            g_ptr_array_add (cities, g_steal_pointer (&city));
        }
    }
  for (guint i = 0; i < cities->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", (const char *) g_ptr_array_index (cities, i));
  if (cities->len == 0)
    g_string_append (text, _("Trip"));
  return g_string_free (text, FALSE);
}

static char *
make_subtitle (const Drawn *drawn)
{
  const TripPlanOption *option = drawn->option;
  g_autofree char *name = trip_drawing_text_clean (option->title, 80);
  GString *text = g_string_new (NULL);
  guint n_days = option->days->len;

  if (drawn->several || *name == '\0')
    g_string_append_printf (text, _("Option %u"), drawn->index + 1);
  if (drawn->several && *name != '\0')
    g_string_append (text, ": ");
  g_string_append (text, name);
  g_string_append (text, "   ·   ");
  g_string_append_printf (text, ngettext ("%u day", "%u days", n_days), n_days);
  if (n_days > 0)
    {
      g_autofree char *first = format_date (&((TripPlanDay *) g_ptr_array_index (option->days, 0))->date);
      g_autofree char *last = format_date (&((TripPlanDay *) g_ptr_array_index (option->days, n_days - 1))->date);

      if (*first != '\0')
        g_string_append_printf (text, "   ·   %s", first);
      if (*first != '\0' && *last != '\0' && n_days > 1)
        g_string_append_printf (text, " – %s", last);
    }
  return g_string_free (text, FALSE);
}

/**
 * trip_drawing_legend_count:
 * @self: a legend
 *
 * Returns: how many entries it has
 */
guint
trip_drawing_legend_count (const TripDrawingLegend *self)
{
  guint n = 0;

  for (guint bits = self->kinds; bits != 0; bits >>= 1)
    n += bits & 1;
  for (guint bits = self->modes; bits != 0; bits >>= 1)
    n += bits & 1;
  return n + (self->lodging ? 1 : 0) + (self->wait ? 1 : 0) + (self->open ? 1 : 0) + (self->maybe ? 1 : 0) +
         (self->unknown ? 1 : 0) + (self->broken ? 1 : 0);
}

static TripDrawingHeader *
put_header (const Drawn *drawn,
            gdouble      y,
            gboolean     first)
{
  TripDrawingHeader *self = g_new0 (TripDrawingHeader, 1);
  guint n_broken = drawn->broken->len, n_left_out = 0;

  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->title = list_cities (drawn->option);
  self->subtitle = make_subtitle (drawn);
  self->cost = trip_drawing_text_clean (drawn->option->overall_cost, 40);
  self->text = trip_drawing_text_clean (first ? drawn->option->general_notes : NULL, MAX_TEXT_CHARACTERS);
  self->text_lines = ((guint) g_utf8_strlen (self->text, -1) + TEXT_CHARACTERS_A_LINE - 1) / TEXT_CHARACTERS_A_LINE;
  for (guint i = 0; i < drawn->broken->len && first; i++)
    {
      const Broken *broken = &g_array_index (drawn->broken, Broken, i);

      if (broken->day < 0)
        add_note (self->notes, MAX_OPTION_NOTES, &n_left_out, describe_broken (broken));
    }
  end_notes (self->notes, n_left_out);
  self->kept = n_broken == 0;
  self->verdict = self->kept ? g_strdup (_("all rules kept"))
                             : g_strdup_printf (ngettext ("%u violation", "%u violations", n_broken), n_broken);
  self->legend = drawn->legend;
  self->legend.broken |= !self->kept;
  self->n_legend_rows = (trip_drawing_legend_count (&self->legend) + TRIP_DRAWING_LEGEND_COLUMNS - 1) /
                        TRIP_DRAWING_LEGEND_COLUMNS;
  self->box = (TripBox) { TRIP_DRAWING_MARGIN, y, CONTENT_WIDTH, 0 };
  self->box.height = TITLE_HEIGHT + self->text_lines * TEXT_LINE + self->notes->len * TRIP_DRAWING_NOTE +
                     self->n_legend_rows * TRIP_DRAWING_LEGEND_ROW + 10.0;
  return self;
}

static TripDrawingSheet *
add_sheet (GPtrArray *sheets)
{
  TripDrawingSheet *self = g_new0 (TripDrawingSheet, 1);

  self->headers = g_ptr_array_new_with_free_func (header_free);
  self->days = g_ptr_array_new_with_free_func (day_free);
  self->height = TRIP_DRAWING_MARGIN;
  g_ptr_array_add (sheets, self);
  return self;
}

static void
begin_header (TripDrawingSheet *sheet,
              const Drawn      *drawn,
              gboolean          first)
{
  TripDrawingHeader *header = put_header (drawn, sheet->height, first);

  g_ptr_array_add (sheet->headers, header);
  sheet->height += header->box.height;
}

static gboolean
add_option (GPtrArray     *sheets,
            Drawn         *drawn,
            gdouble        page_height,
            GCancellable  *cancellable,
            GError       **error)
{
  TripDrawingSheet *sheet = sheets->len > 0 ? g_ptr_array_index (sheets, sheets->len - 1) : NULL;
  const gdouble x = TRIP_DRAWING_MARGIN + TRIP_DRAWING_PADDING + TRIP_DRAWING_LIST_WIDTH + TRIP_DRAWING_GAP;
  g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func (day_free);
  guint on_sheet = 0;

  trip_time_scale_init (&drawn->scale, drawn->option, x,
                        TRIP_DRAWING_WIDTH - TRIP_DRAWING_MARGIN - TRIP_DRAWING_PADDING - TRIP_DRAWING_SKETCH_WIDTH -
                        TRIP_DRAWING_GAP - x);
  for (guint d = 0; d < drawn->option->days->len; d++)
    {
      TripDrawingDay *day;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      day = measure_day (drawn, d);
      g_ptr_array_add (days, day);
      put_day (drawn, d, day, 0);
      note_legend (&drawn->legend, day);
    }

  if (sheet == NULL || page_height > 0)
    sheet = add_sheet (sheets);
  else
    sheet->height += OPTION_GAP;
  begin_header (sheet, drawn, TRUE);
  for (guint d = 0; d < drawn->option->days->len; d++)
    {
      TripDrawingDay *day = g_ptr_array_index (days, d);

      if (page_height > 0 && on_sheet > 0 && sheet->height + day->box.height + TRIP_DRAWING_MARGIN > page_height)
        {
          sheet = add_sheet (sheets);
          begin_header (sheet, drawn, FALSE);
          on_sheet = 0;
        }
      put_day (drawn, d, day, sheet->height);
      sheet->height += day->box.height + TRIP_DRAWING_GAP;
      on_sheet++;
      g_ptr_array_add (sheet->days, day);
    }
  g_ptr_array_set_free_func (days, NULL);
  return TRUE;
}

static gboolean
is_bounded (GPtrArray  *options,
            gint        only,
            GError    **error)
{
  guint n_days = 0;

  if (options->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("the plan has no options"));
      return FALSE;
    }
  if (only >= (gint) options->len)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   ngettext ("there is no option %d, the plan has %u", "there is no option %d, the plan has %u",
                             options->len), only + 1, options->len);
      return FALSE;
    }
  for (guint i = 0; i < options->len; i++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, i);

      if (only < 0 || i == (guint) only)
        n_days += MAX (option->days->len, 1);
    }
  if (n_days > MAX_DAYS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("%u days are too many for a drawing, at most %d fit"),
                   n_days, MAX_DAYS);
      return FALSE;
    }
  return TRUE;
}

/**
 * trip_drawing_sheets_new:
 * @options: (element-type TripPlanOption): a plan
 * @only: index of the option to draw, -1 for all
 * @violations: (element-type TripViolation): what trip_plan_check() says of @options
 * @page_height: where a new sheet begins; 0 for one endless sheet
 * @cancellable: (nullable): stops it
 * @error: return location for `G_IO_ERROR_INVALID_ARGUMENT` where there is nothing to draw or too much, or that it was
 *   cancelled
 *
 * Lays a drawing out. With pages each option begins on a new one. A day is never split; one that is longer than a page
 * makes its sheet longer. Any thread.
 *
 * Returns: (transfer full) (element-type TripDrawingSheet): the sheets
 */
GPtrArray *
trip_drawing_sheets_new (GPtrArray     *options,
                         gint           only,
                         GPtrArray     *violations,
                         gdouble        page_height,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr(GPtrArray) sheets = g_ptr_array_new_with_free_func (sheet_free);

  if (!is_bounded (options, only, error))
    return NULL;
  for (guint i = 0; i < options->len; i++)
    {
      Drawn drawn = { .index = i, .option = g_ptr_array_index (options, i), .several = options->len > 1 };
      g_autoptr(GArray) broken = NULL;

      if (only >= 0 && i != (guint) only)
        continue;
      drawn.broken = broken = list_broken (violations, i);
      if (!add_option (sheets, &drawn, page_height, cancellable, error))
        return NULL;
    }
  for (guint i = 0; i < sheets->len; i++)
    ((TripDrawingSheet *) g_ptr_array_index (sheets, i))->height += TRIP_DRAWING_MARGIN - TRIP_DRAWING_GAP;
  return g_steal_pointer (&sheets);
}

static void
describe_day (GString              *text,
              const TripDrawingDay *day)
{
  g_string_append_printf (text, "\n%s  %s  %s\n", day->title, day->date, day->highlight);
  for (guint i = 0; i < day->timeline->lanes->len; i++)
    {
      const TripTimelineLane *lane = g_ptr_array_index (day->timeline->lanes, i);

      if (!lane->is_lodging)
        g_string_append_printf (text, "%u  ", lane->number);
      g_string_append_printf (text, "%s  %s\n", lane->time, lane->label);
    }
  if (day->more != NULL)
    g_string_append_printf (text, "%s\n", day->more);
  for (guint i = 0; i < day->notes->len; i++)
    g_string_append_printf (text, "! %s\n", (const char *) g_ptr_array_index (day->notes, i));
}

/**
 * trip_drawing_describe:
 * @sheets: (element-type TripDrawingSheet): a drawing
 *
 * Returns: (transfer full): what it shows, in words, for those who cannot see it and for searches
 */
char *
trip_drawing_describe (GPtrArray *sheets)
{
  GString *text = g_string_new (NULL);

  for (guint s = 0; s < sheets->len; s++)
    {
      const TripDrawingSheet *sheet = g_ptr_array_index (sheets, s);
      guint h = 0;

      for (guint d = 0; d <= sheet->days->len; d++)
        {
          const TripDrawingDay *day = d < sheet->days->len ? g_ptr_array_index (sheet->days, d) : NULL;

          for (; h < sheet->headers->len; h++)
            {
              const TripDrawingHeader *header = g_ptr_array_index (sheet->headers, h);

              if (day != NULL && header->box.y > day->box.y)
                break;
              g_string_append_printf (text, "%s%s\n%s   %s\n%s\n", text->len > 0 ? "\n" : "", header->title,
                                      header->subtitle, header->cost, header->verdict);
              for (guint i = 0; i < header->notes->len; i++)
                g_string_append_printf (text, "! %s\n", (const char *) g_ptr_array_index (header->notes, i));
            }
          if (day != NULL)
            describe_day (text, day);
        }
    }
  return g_string_free (text, FALSE);
}
