/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From boxes to strokes. Decides how things look next to each other, never where they are.
 */
#include "draw/trip-drawing-painter.h"

#include "draw/trip-drawing-pen.h"
#include "draw/trip-drawing-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A few sizes of letters; an SVG holds the outline of each letter in each size. */
#define TITLE 24.0
#define HEADING 14.0
#define BODY 12.0
#define TIME 11.0
#define SMALL 10.0

#define CHIP 15.0
#define TIME_WIDTH 76.0
#define BAND_HEIGHT 9.0
#define BAR_HEIGHT 13.0

/* Labels of the strip: from this width on there is room for a number, for a number and a name. */
#define LEAST_NUMBER 13.0
#define LEAST_NAME 56.0

static void
draw_title (TripPen                 *pen,
            const TripDrawingHeader *header)
{
  const TripTextStyle title = { .size = TITLE, .bold = TRUE, .colour = TRIP_COLOUR_INK };
  const TripTextStyle subtitle = { .size = HEADING, .colour = TRIP_COLOUR_DIM };
  const TripTextStyle cost = { .size = TITLE, .bold = TRUE, .colour = TRIP_COLOUR_INK, .align = PANGO_ALIGN_RIGHT };
  const TripTextStyle verdict = { .size = HEADING, .bold = TRUE, .align = PANGO_ALIGN_RIGHT,
                                  .colour = header->kept ? TRIP_COLOUR_KEPT : TRIP_COLOUR_BROKEN };
  const TripBox *box = &header->box;
  gdouble right = box->x + box->width;
  gdouble mark = right - trip_pen_text_width (pen, &verdict, header->verdict) - 14.0;

  trip_pen_text (pen, &(TripBox) { box->x, box->y, box->width - 320, 34 }, &title, header->title);
  trip_pen_text (pen, &(TripBox) { box->x, box->y + 34, box->width - 320, 22 }, &subtitle, header->subtitle);
  trip_pen_text (pen, &(TripBox) { right - 300, box->y, 300, 34 }, &cost, header->cost);
  trip_pen_text (pen, &(TripBox) { right - 280, box->y + 34, 280, 22 }, &verdict, header->verdict);
  if (header->kept)
    {
      cairo_move_to (pen->cr, mark - 5, box->y + 45);
      cairo_line_to (pen->cr, mark - 1, box->y + 49);
      cairo_line_to (pen->cr, mark + 6, box->y + 40);
      trip_pen_colour (pen, TRIP_COLOUR_KEPT);
      cairo_set_line_width (pen->cr, 2.2);
      cairo_stroke (pen->cr);
    }
  else
    {
      trip_pen_warning (pen, mark, box->y + 45, 14);
    }
}

typedef struct {
  TripPen *pen;
  TripBox box;
  guint n;
} LegendCursor;

/* Gives the box of the next sample, and writes its label beside it. */
static TripBox
next_legend (LegendCursor *self,
             const char   *label)
{
  const TripTextStyle style = { .size = BODY, .colour = TRIP_COLOUR_DIM };
  gdouble width = self->box.width / TRIP_DRAWING_LEGEND_COLUMNS;
  gdouble x = self->box.x + width * (self->n % TRIP_DRAWING_LEGEND_COLUMNS);
  gdouble y = self->box.y + TRIP_DRAWING_LEGEND_ROW * (self->n / TRIP_DRAWING_LEGEND_COLUMNS);

  self->n++;
  trip_pen_text (self->pen, &(TripBox) { x + 36, y, width - 42, TRIP_DRAWING_LEGEND_ROW }, &style, label);
  return (TripBox) { x, y + 3, 28, TRIP_DRAWING_LEGEND_ROW - 6 };
}

static void
draw_band (TripPen       *pen,
           const TripBox *box,
           gboolean       certain)
{
  trip_pen_fill_box (pen, box, 2, certain ? TRIP_COLOUR_OPEN : TRIP_COLOUR_PAPER);
  if (!certain)
    trip_pen_hatch (pen, box, TRIP_COLOUR_OPEN_EDGE, 5);
  trip_pen_frame (pen, box, 2, 0.8, TRIP_COLOUR_OPEN_EDGE);
}

static void
draw_dotted (TripPen *pen,
             gdouble  x1,
             gdouble  x2,
             gdouble  y)
{
  const gdouble dashes[] = { 1.2, 3.0 };

  cairo_save (pen->cr);
  cairo_set_dash (pen->cr, dashes, 2, 0);
  trip_pen_line (pen, x1, y, x2, y, 1.2, 0x8b949e);
  cairo_restore (pen->cr);
}

static void
draw_broken_box (TripPen       *pen,
                 const TripBox *box)
{
  trip_pen_frame (pen, box, 3, 2.2, TRIP_COLOUR_BROKEN);
}

static void
draw_legend (TripPen                 *pen,
             const TripDrawingHeader *header)
{
  static const struct {
    TripBlockKind kind;
    const char *label;
  } kinds[] = {
    { TRIP_BLOCK_VISIT, N_("visit") },       { TRIP_BLOCK_MEAL, N_("meal") },          { TRIP_BLOCK_FREE, N_("free time") },
    { TRIP_BLOCK_TRANSFER, N_("transfer") }, { TRIP_BLOCK_CHECK_IN, N_("at the lodging") },
  };
  const TripDrawingLegend *legend = &header->legend;
  LegendCursor cursor = { .pen = pen, .box = header->box };
  TripBox box;

  cursor.box.y += header->box.height - 10.0 - header->n_legend_rows * TRIP_DRAWING_LEGEND_ROW;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if ((legend->kinds & 1u << kinds[i].kind) == 0)
        continue;
      box = next_legend (&cursor, _(kinds[i].label));
      trip_pen_marker (pen, kinds[i].kind, FALSE, &(TripBox) { box.x + 8, box.y, CHIP, CHIP }, "1");
    }
  if (legend->lodging)
    {
      box = next_legend (&cursor, _("night, lodging"));
      trip_pen_marker (pen, TRIP_BLOCK_CHECK_IN, TRUE, &(TripBox) { box.x + 8, box.y, CHIP, CHIP }, "");
    }
  if (legend->open)
    {
      box = next_legend (&cursor, _("open that day"));
      draw_band (pen, &(TripBox) { box.x, box.y + 3.5, box.width, BAND_HEIGHT }, TRUE);
    }
  if (legend->maybe)
    {
      box = next_legend (&cursor, _("perhaps open"));
      draw_band (pen, &(TripBox) { box.x, box.y + 3.5, box.width, BAND_HEIGHT }, FALSE);
    }
  if (legend->unknown)
    {
      box = next_legend (&cursor, _("hours not told"));
      draw_dotted (pen, box.x, box.x + box.width, box.y + 8);
    }
  if (legend->wait)
    {
      box = next_legend (&cursor, _("waiting, spare"));
      trip_pen_hatch (pen, &(TripBox) { box.x, box.y + 2, box.width, 12 }, 0xaab3bc, 5);
    }
  for (guint mode = 0; mode < TRIP_DRAWING_N_MODES; mode++)
    {
      if ((legend->modes & 1u << mode) == 0)
        continue;
      box = next_legend (&cursor, trip_drawing_mode_label ((TripDrawingMode) mode));
      trip_pen_way (pen, (TripDrawingMode) mode, box.x, box.y + 8, box.x + box.width, box.y + 8);
    }
  if (legend->broken)
    {
      box = next_legend (&cursor, _("breaks a rule"));
      draw_broken_box (pen, &(TripBox) { box.x, box.y + 2, 12, 12 });
      trip_pen_warning (pen, box.x + 22, box.y + 8, 11);
    }
}

static void
draw_notes (TripPen   *pen,
            GPtrArray *notes,
            gdouble    x,
            gdouble    y,
            gdouble    width)
{
  const TripTextStyle style = { .size = BODY, .colour = TRIP_COLOUR_BROKEN };

  for (guint i = 0; i < notes->len; i++, y += TRIP_DRAWING_NOTE)
    {
      trip_pen_warning (pen, x + 7, y + TRIP_DRAWING_NOTE / 2, 10);
      trip_pen_text (pen, &(TripBox) { x + 20, y, width - 20, TRIP_DRAWING_NOTE }, &style, g_ptr_array_index (notes, i));
    }
}

static void
draw_header (TripPen                 *pen,
             const TripDrawingHeader *header)
{
  const TripTextStyle text = { .size = BODY, .colour = TRIP_COLOUR_DIM, .lines = header->text_lines };
  const TripBox *box = &header->box;
  gdouble legend = box->y + box->height - 10.0 - header->n_legend_rows * TRIP_DRAWING_LEGEND_ROW;
  gdouble notes = legend - header->notes->len * TRIP_DRAWING_NOTE;

  draw_title (pen, header);
  if (header->text_lines > 0)
    trip_pen_text (pen, &(TripBox) { box->x, box->y + 60, box->width, notes - box->y - 62 }, &text, header->text);
  draw_notes (pen, header->notes, box->x, notes, box->width);
  draw_legend (pen, header);
}

static void
draw_axis (TripPen              *pen,
           const TripDrawingDay *day,
           gdouble               top,
           gdouble               bottom)
{
  const TripTextStyle style = { .size = SMALL, .colour = TRIP_COLOUR_DIM, .align = PANGO_ALIGN_CENTER };
  const TripTimeScale *scale = &day->scale;
  gint step = trip_time_scale_step (scale);

  for (gint minute = scale->from; minute <= scale->to; minute += 60)
    {
      gdouble x = trip_time_scale_to_x (scale, minute);
      gboolean midnight = minute == 1440 && minute < scale->to;

      trip_pen_line (pen, x, top + TRIP_DRAWING_AXIS, x, bottom, midnight ? 1.4 : 0.7,
                     midnight ? TRIP_COLOUR_DIM : TRIP_COLOUR_RULE);
      if ((minute - scale->from) % step == 0)
        {
          g_autofree char *label = minute == 1440 && scale->to == 1440 ? g_strdup ("24")
                                                                       : g_strdup_printf ("%d", minute / 60 % 24);

          trip_pen_text (pen, &(TripBox) { x - 12, top, 24, TRIP_DRAWING_AXIS - 2 }, &style, label);
        }
    }
}

/* A torn edge: it goes on in another row. */
static void
draw_cut (TripPen *pen,
          gdouble  x,
          gdouble  y,
          gdouble  height,
          gdouble  direction)
{
  cairo_move_to (pen->cr, x - 4 * direction, y + height / 2 - 4);
  cairo_line_to (pen->cr, x - direction, y + height / 2);
  cairo_line_to (pen->cr, x - 4 * direction, y + height / 2 + 4);
  trip_pen_colour (pen, TRIP_COLOUR_INK);
  cairo_set_line_width (pen->cr, 1.3);
  cairo_stroke (pen->cr);
}

static void
draw_block_label (TripPen                *pen,
                  const TripTimelineSpan *span,
                  gboolean                is_lodging,
                  gdouble                 y)
{
  TripTextStyle style = { .size = SMALL, .narrow = TRUE, .is_name = TRUE, .lines = 2,
                          .colour = trip_pen_kind_ink (span->block_kind, is_lodging) };
  gdouble x = span->label_x + 3 + (span->cut_left ? 4 : 0);
  gdouble width = span->label_width - 6 - (span->cut_left ? 4 : 0) - (span->cut_right ? 4 : 0);

  if (span->number > 0 && span->label_width >= LEAST_NUMBER)
    {
      const TripTextStyle bold = { .size = SMALL, .bold = TRUE, .narrow = TRUE, .colour = style.colour,
                                   .align = PANGO_ALIGN_CENTER };
      g_autofree char *number = g_strdup_printf ("%u", span->number);
      gboolean alone = span->label_width < LEAST_NAME;
      TripBox box = { alone ? span->label_x : x, y, alone ? span->label_width : CHIP, TRIP_DRAWING_STRIP };

      trip_pen_text (pen, &box, &bold, number);
      x += CHIP + 3;
      width -= CHIP + 3;
    }
  if (span->label_width >= LEAST_NAME && span->label != NULL)
    trip_pen_text (pen, &(TripBox) { x, y + 1, width, TRIP_DRAWING_STRIP - 2 }, &style, span->label);
}

static void
draw_span (TripPen                *pen,
           const TripTimelineSpan *span,
           const TripTimeScale    *scale,
           gdouble                 y)
{
  gdouble x1 = trip_time_scale_to_x (scale, span->from), x2 = trip_time_scale_to_x (scale, span->to);
  TripBox box = { x1, y, x2 - x1, TRIP_DRAWING_STRIP };
  const TripTextStyle small = { .size = SMALL, .narrow = TRUE, .colour = TRIP_COLOUR_DIM, .align = PANGO_ALIGN_CENTER };
  gboolean is_lodging = span->kind == TRIP_TIMELINE_LODGING;

  switch (span->kind)
    {
    case TRIP_TIMELINE_TRAVEL:
      trip_pen_way (pen, span->mode, x1, y + TRIP_DRAWING_STRIP / 2, x2, y + TRIP_DRAWING_STRIP / 2);
      if (span->label_width >= 34)
        trip_pen_text (pen, &(TripBox) { span->label_x, y, span->label_width, TRIP_DRAWING_STRIP / 2 - 3 }, &small,
                       span->label);
      break;
    case TRIP_TIMELINE_WAIT:
      trip_pen_hatch (pen, &(TripBox) { x1, y + 12, x2 - x1, TRIP_DRAWING_STRIP - 24 }, 0xaab3bc, 5);
      break;
    case TRIP_TIMELINE_LODGING:
    case TRIP_TIMELINE_BLOCK:
    default:
      trip_pen_fill_box (pen, &box, 3, trip_pen_kind_colour (span->block_kind, is_lodging));
      if (!is_lodging && span->block_kind == TRIP_BLOCK_FREE)
        trip_pen_hatch (pen, &box, 0xc3ced8, 7);
      trip_pen_frame (pen, &box, 3, 1.0, TRIP_COLOUR_PAPER);
      if (span->cut_left && !is_lodging)
        draw_cut (pen, x1, y, TRIP_DRAWING_STRIP, -1);
      if (span->cut_right && !is_lodging)
        draw_cut (pen, x2, y, TRIP_DRAWING_STRIP, 1);
      draw_block_label (pen, span, is_lodging, y);
      break;
    }
  if (span->broken)
    {
      draw_broken_box (pen, &(TripBox) { x1 + 1, y + 1, MAX (x2 - x1 - 2, 2), TRIP_DRAWING_STRIP - 2 });
      trip_pen_warning (pen, x2 - 5, y + 2, 11);
    }
}

/* Says so beside the block, on the side where there is more room. */
static void
draw_closed (TripPen              *pen,
             const TripDrawingDay *day,
             guint                 index,
             gdouble               y)
{
  TripTextStyle style = { .size = SMALL, .bold = TRUE, .narrow = TRUE, .colour = TRIP_COLOUR_BROKEN };
  const TripTimeScale *scale = &day->scale;
  gdouble left = scale->x + scale->width, right = scale->x;

  for (guint i = 0; i < day->timeline->spans->len; i++)
    {
      const TripTimelineSpan *span = g_ptr_array_index (day->timeline->spans, i);

      if (span->lane != (gint) index)
        continue;
      left = MIN (left, trip_time_scale_to_x (scale, span->from));
      right = MAX (right, trip_time_scale_to_x (scale, span->to));
    }
  if (scale->x + scale->width - right > left - scale->x)
    {
      trip_pen_text (pen, &(TripBox) { right + 8, y, scale->x + scale->width - right - 10, TRIP_DRAWING_LANE }, &style,
                     _("closed that day"));
      return;
    }
  style.align = PANGO_ALIGN_RIGHT;
  trip_pen_text (pen, &(TripBox) { scale->x + 2, y, MAX (left - scale->x - 10, 0), TRIP_DRAWING_LANE }, &style,
                 _("closed that day"));
}

static void
draw_lane (TripPen                *pen,
           const TripDrawingDay   *day,
           const TripTimelineLane *lane,
           guint                   index,
           gdouble                 y)
{
  TripTextStyle name = { .size = BODY, .is_name = TRUE, .colour = lane->broken ? TRIP_COLOUR_BROKEN : TRIP_COLOUR_INK };
  const TripTextStyle time = { .size = TIME, .narrow = TRUE, .colour = TRIP_COLOUR_DIM, .align = PANGO_ALIGN_RIGHT };
  const TripTimeScale *scale = &day->scale;
  gdouble x = day->box.x + TRIP_DRAWING_PADDING, middle = y + TRIP_DRAWING_LANE / 2;
  gdouble room = TRIP_DRAWING_LIST_WIDTH - CHIP - 7 - TIME_WIDTH - 6 - (lane->broken ? 16 : 0);
  g_autofree char *number = lane->number > 0 ? g_strdup_printf ("%u", lane->number) : g_strdup ("");

  trip_pen_marker (pen, lane->kind, lane->is_lodging, &(TripBox) { x, middle - CHIP / 2, CHIP, CHIP }, number);
  trip_pen_text (pen, &(TripBox) { x + CHIP + 7, y, room, TRIP_DRAWING_LANE }, &name, lane->label);
  trip_pen_text (pen, &(TripBox) { x + TRIP_DRAWING_LIST_WIDTH - TIME_WIDTH, y, TIME_WIDTH, TRIP_DRAWING_LANE }, &time,
                 lane->time);
  if (lane->broken)
    trip_pen_warning (pen, x + TRIP_DRAWING_LIST_WIDTH - TIME_WIDTH - 9, middle, 11);

  for (guint i = 0; i < lane->bands->len; i++)
    {
      const TripTimelineBand *band = &g_array_index (lane->bands, TripTimelineBand, i);
      gdouble x1 = trip_time_scale_to_x (scale, band->from), x2 = trip_time_scale_to_x (scale, band->to);

      draw_band (pen, &(TripBox) { x1, middle - BAND_HEIGHT / 2, x2 - x1, BAND_HEIGHT }, band->certain);
    }
  if (!lane->is_lodging && !lane->has_hours && (lane->kind == TRIP_BLOCK_VISIT || lane->kind == TRIP_BLOCK_MEAL))
    draw_dotted (pen, scale->x, scale->x + scale->width, middle);
  if (lane->has_hours && lane->bands->len == 0)
    draw_closed (pen, day, index, y);
  for (guint i = 0; i < day->timeline->spans->len; i++)
    {
      const TripTimelineSpan *span = g_ptr_array_index (day->timeline->spans, i);
      gdouble x1 = trip_time_scale_to_x (scale, span->from), x2 = trip_time_scale_to_x (scale, span->to);
      TripBox box = { x1, middle - BAR_HEIGHT / 2, MAX (x2 - x1, 1.5), BAR_HEIGHT };

      if (span->lane != (gint) index)
        continue;
      if (span->kind == TRIP_TIMELINE_TRAVEL)
        {
          trip_pen_way (pen, span->mode, x1, middle, x2, middle);
          continue;
        }
      trip_pen_fill_box (pen, &box, 2, trip_pen_kind_colour (span->block_kind, lane->is_lodging));
      if (!lane->is_lodging && span->block_kind == TRIP_BLOCK_FREE)
        trip_pen_hatch (pen, &box, 0xc3ced8, 7);
      if (lane->broken)
        draw_broken_box (pen, &box);
    }
}

static void
draw_arrow_head (TripPen *pen,
                 gdouble  x,
                 gdouble  y,
                 gdouble  angle)
{
  cairo_save (pen->cr);
  cairo_translate (pen->cr, x, y);
  cairo_rotate (pen->cr, angle);
  cairo_move_to (pen->cr, 4, 0);
  cairo_line_to (pen->cr, -3.5, -3.8);
  cairo_line_to (pen->cr, -3.5, 3.8);
  cairo_close_path (pen->cr);
  trip_pen_colour (pen, TRIP_COLOUR_TRAVEL);
  cairo_fill (pen->cr);
  cairo_restore (pen->cr);
}

static void
draw_scale_bar (TripPen               *pen,
                const TripRouteSketch *sketch)
{
  const TripTextStyle style = { .size = SMALL, .colour = TRIP_COLOUR_DIM };
  const TripTextStyle north = { .size = SMALL, .bold = TRUE, .colour = TRIP_COLOUR_DIM, .align = PANGO_ALIGN_CENTER };
  gdouble x = sketch->box.x + 9, y = sketch->box.y + sketch->box.height - 8;
  gdouble arrow = sketch->box.x + sketch->box.width - 13, top = sketch->box.y + 6;
  g_autofree char *label = sketch->bar_m >= 1000 ? g_strdup_printf (_("%g km"), sketch->bar_m / 1000)
                                                 : g_strdup_printf (_("%g m"), sketch->bar_m);

  cairo_move_to (pen->cr, x, y - 4);
  cairo_line_to (pen->cr, x, y);
  cairo_line_to (pen->cr, x + sketch->bar_width, y);
  cairo_line_to (pen->cr, x + sketch->bar_width, y - 4);
  trip_pen_colour (pen, TRIP_COLOUR_DIM);
  cairo_set_line_width (pen->cr, 1.4);
  cairo_stroke (pen->cr);
  trip_pen_text (pen, &(TripBox) { x + 3, y - 15, MAX (sketch->bar_width - 4, 44), 12 }, &style, label);

  cairo_move_to (pen->cr, arrow, top);
  cairo_line_to (pen->cr, arrow + 4, top + 8);
  cairo_line_to (pen->cr, arrow - 4, top + 8);
  cairo_close_path (pen->cr);
  trip_pen_colour (pen, TRIP_COLOUR_DIM);
  cairo_fill (pen->cr);
  trip_pen_text (pen, &(TripBox) { arrow - 9, top + 8, 18, 13 }, &north, C_("compass", "N"));
}

static void
draw_sketch (TripPen               *pen,
             const TripRouteSketch *sketch)
{
  const TripTextStyle style = { .size = SMALL, .colour = TRIP_COLOUR_DIM, .align = PANGO_ALIGN_RIGHT };
  const TripBox *box = &sketch->box;

  trip_pen_fill_box (pen, box, 5, TRIP_COLOUR_PANEL);
  for (guint i = 0; i < sketch->legs->len; i++)
    {
      const TripRouteLeg *leg = &g_array_index (sketch->legs, TripRouteLeg, i);
      gdouble angle = atan2 (leg->y2 - leg->y1, leg->x2 - leg->x1);

      trip_pen_way (pen, leg->mode, leg->x1, leg->y1, leg->x2, leg->y2);
      if (hypot (leg->x2 - leg->x1, leg->y2 - leg->y1) > 30)
        draw_arrow_head (pen, (leg->x1 + leg->x2) / 2, (leg->y1 + leg->y2) / 2, angle);
    }
  for (guint i = 0; i < sketch->markers->len; i++)
    {
      const TripRouteMarker *marker = g_ptr_array_index (sketch->markers, i);
      gdouble x = marker->box.x + marker->box.width / 2, y = marker->box.y + marker->box.height / 2;

      if (hypot (x - marker->x, y - marker->y) < 1)
        continue;
      trip_pen_line (pen, marker->x, marker->y, x, y, 0.9, TRIP_COLOUR_INK);
      cairo_arc (pen->cr, marker->x, marker->y, 2.2, 0, 2 * G_PI);
      trip_pen_colour (pen, TRIP_COLOUR_INK);
      cairo_fill (pen->cr);
    }
  for (guint i = 0; i < sketch->markers->len; i++)
    {
      const TripRouteMarker *marker = g_ptr_array_index (sketch->markers, i);

      trip_pen_marker (pen, marker->kind, marker->is_lodging, &marker->box, marker->label);
    }
  draw_scale_bar (pen, sketch);
  if (sketch->n_hidden > 0)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", sketch->n_hidden), sketch->n_hidden);

      trip_pen_text (pen, &(TripBox) { box->x + box->width - 90, box->y + box->height - 18, 82, 14 }, &style, more);
    }
  trip_pen_frame (pen, box, 5, 1.0, TRIP_COLOUR_RULE);
}

static void
draw_day_heading (TripPen              *pen,
                  const TripDrawingDay *day)
{
  const TripTextStyle title = { .size = HEADING, .bold = TRUE, .colour = TRIP_COLOUR_INK };
  const TripTextStyle date = { .size = BODY, .colour = TRIP_COLOUR_DIM };
  const TripTextStyle highlight = { .size = HEADING, .bold = TRUE, .colour = TRIP_COLOUR_INK };
  const TripTextStyle summary = { .size = BODY, .colour = TRIP_COLOUR_DIM };
  gdouble x = day->box.x + TRIP_DRAWING_PADDING, y = day->box.y + TRIP_DRAWING_PADDING;
  gdouble width = trip_pen_text_width (pen, &title, day->title) + 10;

  trip_pen_text (pen, &(TripBox) { x, y - 3, TRIP_DRAWING_LIST_WIDTH, 22 }, &title, day->title);
  trip_pen_text (pen, &(TripBox) { x + width, y - 2, TRIP_DRAWING_LIST_WIDTH - width, 22 }, &date, day->date);
  trip_pen_text (pen, &(TripBox) { day->scale.x, y - 3, day->scale.width, 22 }, &highlight, day->highlight);
  trip_pen_text (pen, &(TripBox) { x, y + TRIP_DRAWING_HEADING - 6, TRIP_DRAWING_LIST_WIDTH, 18 }, &summary, day->summary);
}

static void
draw_day (TripPen              *pen,
          const TripDrawingDay *day)
{
  const TripTextStyle dim = { .size = BODY, .colour = TRIP_COLOUR_DIM };
  gdouble x = day->box.x + TRIP_DRAWING_PADDING;
  gdouble axis = day->box.y + TRIP_DRAWING_PADDING + TRIP_DRAWING_HEADING;
  gdouble strip = axis + TRIP_DRAWING_AXIS;
  gdouble lanes = strip + TRIP_DRAWING_STRIP + 6.0;
  gdouble y = lanes + day->timeline->lanes->len * TRIP_DRAWING_LANE;

  trip_pen_frame (pen, &day->box, 8, 1.0, TRIP_COLOUR_RULE);
  draw_day_heading (pen, day);
  for (guint i = 0; i < day->timeline->lanes->len; i += 2)
    trip_pen_fill_box (pen, &(TripBox) { x - 4, lanes + i * TRIP_DRAWING_LANE,
                                         day->scale.x + day->scale.width - x + 8, TRIP_DRAWING_LANE }, 2, TRIP_COLOUR_PANEL);
  draw_axis (pen, day, axis, y);
  for (guint i = 0; i < day->timeline->spans->len; i++)
    draw_span (pen, g_ptr_array_index (day->timeline->spans, i), &day->scale, strip);
  for (guint i = 0; i < day->timeline->lanes->len; i++)
    draw_lane (pen, day, g_ptr_array_index (day->timeline->lanes, i), i, lanes + i * TRIP_DRAWING_LANE);
  if (day->timeline->lanes->len == 0 && day->timeline->spans->len == 0)
    trip_pen_text (pen, &(TripBox) { day->scale.x + 8, strip, day->scale.width - 16, TRIP_DRAWING_STRIP }, &dim,
                   _("nothing planned"));
  if (day->more != NULL)
    {
      trip_pen_text (pen, &(TripBox) { x, y, TRIP_DRAWING_LIST_WIDTH, TRIP_DRAWING_LANE }, &dim, day->more);
      y += TRIP_DRAWING_LANE;
    }
  draw_notes (pen, day->notes, x, y + 4, day->scale.x + day->scale.width - x);
  for (guint i = 0; i < day->sketches->len; i++)
    draw_sketch (pen, g_ptr_array_index (day->sketches, i));
}

/**
 * trip_drawing_paint:
 * @sheet: a sheet
 * @cr: what to paint on, in units of the sheet
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Paints it on white, so that it reads the same on dark pages. Any thread.
 *
 * Returns: whether it is done; else it was cancelled
 */
gboolean
trip_drawing_paint (const TripDrawingSheet  *sheet,
                    cairo_t                 *cr,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  TripPen pen;
  gboolean ok = TRUE;

  trip_pen_init (&pen, cr);
  trip_pen_fill_box (&pen, &(TripBox) { 0, 0, TRIP_DRAWING_WIDTH, sheet->height }, 0, TRIP_COLOUR_PAPER);
  for (guint i = 0; i < sheet->headers->len; i++)
    draw_header (&pen, g_ptr_array_index (sheet->headers, i));
  for (guint i = 0; i < sheet->days->len && ok; i++)
    {
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (ok)
        draw_day (&pen, g_ptr_array_index (sheet->days, i));
    }
  trip_pen_clear (&pen);
  return ok;
}
