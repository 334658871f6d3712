/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Painting. Fill colours are from Okabe and Ito's palette, which readers with any common colour vision tell apart; each
 * kind has a shape of its own as well, and each way of travel its own pattern of line, so that grey paper serves too.
 */
#include "draw/trip-drawing-pen.h"

#include <math.h>
#include <string.h>

/* Letters that are left at least of a name that is shortened to what fonts have. */
#define LEAST_LETTERS 2

static const struct {
  TripColour fill;
  TripColour ink;
} kinds[] = {
  [TRIP_BLOCK_VISIT] = { 0x0072b2, 0xffffff },
  [TRIP_BLOCK_MEAL] = { 0xe69f00, 0x1b1f24 },
  [TRIP_BLOCK_TRANSFER] = { 0x3c444d, 0xffffff },
  [TRIP_BLOCK_FREE] = { 0xdfe7ee, 0x1b1f24 },
  [TRIP_BLOCK_CHECK_IN] = { 0xd79bbd, 0x1b1f24 },
};

static const struct {
  gdouble width;
  gdouble dashes[4];
  gint n_dashes;
  cairo_line_cap_t cap;
} ways[] = {
  [TRIP_DRAWING_MODE_OTHER] = { 1.0, { 2, 3 }, 2, CAIRO_LINE_CAP_BUTT },
  [TRIP_DRAWING_MODE_WALK] = { 2.4, { 0, 4.6 }, 2, CAIRO_LINE_CAP_ROUND },
  [TRIP_DRAWING_MODE_BIKE] = { 1.6, { 5, 2, 1, 2 }, 4, CAIRO_LINE_CAP_BUTT },
  [TRIP_DRAWING_MODE_SUBWAY] = { 2.2, { 0 }, 0, CAIRO_LINE_CAP_BUTT },
  [TRIP_DRAWING_MODE_BUS] = { 2.2, { 8, 3.5 }, 2, CAIRO_LINE_CAP_BUTT },
  [TRIP_DRAWING_MODE_TRAIN] = { 4.4, { 0 }, 0, CAIRO_LINE_CAP_BUTT },
  [TRIP_DRAWING_MODE_CAR] = { 1.8, { 9, 3, 2, 3 }, 4, CAIRO_LINE_CAP_BUTT },
  [TRIP_DRAWING_MODE_FAR] = { 1.4, { 14, 5 }, 2, CAIRO_LINE_CAP_BUTT },
};
G_STATIC_ASSERT (G_N_ELEMENTS (ways) == TRIP_DRAWING_N_MODES);

/**
 * trip_pen_init:
 * @self: (out caller-allocates): a pen
 * @cr: what to draw on; has to outlive the pen
 *
 * Makes a pen whose letters have the same size on every surface.
 */
void
trip_pen_init (TripPen *self,
               cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoContext *context;

  self->cr = cr;
  self->fonts = pango_cairo_font_map_new ();
  context = pango_font_map_create_context (self->fonts);
  pango_cairo_update_context (cr, context);
  self->layout = pango_layout_new (context);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_layout_context_changed (self->layout);
  /* A name broken across lines must not gain a hyphen that it does not have. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
  cairo_font_options_destroy (options);
  g_object_unref (context);
}

/**
 * trip_pen_clear:
 * @self: a pen
 *
 * Gives up what it holds.
 */
void
trip_pen_clear (TripPen *self)
{
  g_clear_object (&self->layout);
  g_clear_object (&self->fonts);
}

/**
 * trip_pen_colour:
 * @self: a pen
 * @colour: a colour
 *
 * Takes that colour.
 */
void
trip_pen_colour (TripPen    *self,
                 TripColour  colour)
{
  cairo_set_source_rgb (self->cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

/* Marks the first byte of each character that no font has. */
static void
mark_unknown (PangoLayoutRun *run,
              gboolean       *unknown)
{
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      if ((run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
        unknown[run->item->offset + run->glyphs->log_clusters[i]] = TRUE;
    }
}

/* A name without the characters that no font has: of "Senso-ji 浅草寺" the part that can be read. %NULL where that is all of
   it, or too little to be a name. */
static char *
dup_readable (TripPen    *self,
              const char *name)
{
  g_autofree gboolean *unknown = NULL;
  g_autofree char *readable = NULL;
  PangoLayoutIter *iter;
  GString *rest;
  guint n_letters = 0;

  if (pango_layout_get_unknown_glyphs_count (self->layout) == 0)
    return NULL;
  unknown = g_new0 (gboolean, strlen (name) + 1);
  iter = pango_layout_get_iter (self->layout);
  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      if (run != NULL)
        mark_unknown (run, unknown);
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);

  rest = g_string_new (NULL);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (unknown[p - name])
        continue;
      n_letters += g_unichar_isalpha (c) ? 1 : 0;
      g_string_append_unichar (rest, c);
    }
  /* Brackets around nothing. */
  g_string_replace (rest, "()", "", 0);
  g_string_replace (rest, "[]", "", 0);
  readable = g_string_free (rest, FALSE);
  g_strstrip (readable);
  return n_letters >= LEAST_LETTERS ? g_steal_pointer (&readable) : NULL;
}

static void
set_text (TripPen             *self,
          const TripTextStyle *style,
          const char          *text)
{
  g_autofree char *readable = NULL;
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_stretch (font, style->narrow ? PANGO_STRETCH_SEMI_CONDENSED : PANGO_STRETCH_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, text, -1);
  readable = style->is_name ? dup_readable (self, text) : NULL;
  if (readable != NULL)
    pango_layout_set_text (self->layout, readable, -1);
}

/* Whether the second line begins within a word. */
static gboolean
breaks_word (PangoLayout *layout)
{
  PangoLayoutLine *second = pango_layout_get_line_readonly (layout, 1);
  const PangoLogAttr *attributes;
  const char *text = pango_layout_get_text (layout);
  glong at;
  int n;

  if (second == NULL)
    return FALSE;
  attributes = pango_layout_get_log_attrs_readonly (layout, &n);
  at = g_utf8_pointer_to_offset (text, text + second->start_index);
  return at < n && !attributes[at].is_line_break;
}

/**
 * trip_pen_text_width:
 * @self: a pen
 * @style: how it looks
 * @text: text
 *
 * Returns: how wide it is on one line
 */
gdouble
trip_pen_text_width (TripPen             *self,
                     const TripTextStyle *style,
                     const char          *text)
{
  int width;

  set_text (self, style, text);
  pango_layout_get_size (self->layout, &width, NULL);
  return (gdouble) width / PANGO_SCALE;
}

/**
 * trip_pen_text:
 * @self: a pen
 * @box: where
 * @style: how it looks
 * @text: text of any script
 *
 * Writes into the box, in the middle of its height. What does not fit is replaced by `…`; letters that still reach out of
 * the box, as piles of accents do, are cut off at its border.
 */
void
trip_pen_text (TripPen             *self,
               const TripBox       *box,
               const TripTextStyle *style,
               const char          *text)
{
  guint lines = MAX (style->lines, 1);
  PangoRectangle ink, logical;
  gdouble y;
  gboolean outside;

  if (*text == '\0' || box->width < style->size * 0.5)
    return;
  set_text (self, style, text);
  pango_layout_set_width (self->layout, (int) (box->width * PANGO_SCALE));
  pango_layout_set_height (self->layout, -(int) lines);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (self->layout, style->align);
  if (style->is_name && breaks_word (self->layout))
    pango_layout_set_height (self->layout, -1);
  pango_layout_get_pixel_extents (self->layout, &ink, &logical);
  /* A fallback font may be taller than the line; then the first line begins at the top of the box. */
  y = box->y + MAX ((box->height - logical.height) / 2.0, 0.0);
  outside = ink.x < -1 || ink.x + ink.width > box->width + 1 || y + ink.y < box->y - 1 ||
            y + ink.y + ink.height > box->y + box->height + 1;

  if (outside)
    {
      cairo_save (self->cr);
      cairo_rectangle (self->cr, box->x, box->y, box->width, box->height);
      cairo_clip (self->cr);
    }
  trip_pen_colour (self, style->colour);
  cairo_move_to (self->cr, box->x, y);
  pango_cairo_show_layout (self->cr, self->layout);
  cairo_new_path (self->cr);
  if (outside)
    cairo_restore (self->cr);
}

/**
 * trip_pen_box:
 * @self: a pen
 * @box: a rectangle
 * @radius: of its corners
 *
 * Makes it the path.
 */
void
trip_pen_box (TripPen       *self,
              const TripBox *box,
              gdouble        radius)
{
  gdouble r = MIN (radius, MIN (box->width, box->height) / 2.0);

  if (r <= 0.0)
    {
      cairo_rectangle (self->cr, box->x, box->y, box->width, box->height);
      return;
    }
  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, box->x + box->width - r, box->y + r, r, -G_PI / 2, 0);
  cairo_arc (self->cr, box->x + box->width - r, box->y + box->height - r, r, 0, G_PI / 2);
  cairo_arc (self->cr, box->x + r, box->y + box->height - r, r, G_PI / 2, G_PI);
  cairo_arc (self->cr, box->x + r, box->y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (self->cr);
}

/**
 * trip_pen_fill_box:
 * @self: a pen
 * @box: a rectangle
 * @radius: of its corners
 * @colour: colour
 *
 * Fills it.
 */
void
trip_pen_fill_box (TripPen       *self,
                   const TripBox *box,
                   gdouble        radius,
                   TripColour     colour)
{
  trip_pen_box (self, box, radius);
  trip_pen_colour (self, colour);
  cairo_fill (self->cr);
}

/**
 * trip_pen_frame:
 * @self: a pen
 * @box: a rectangle
 * @radius: of its corners
 * @width: thickness of the line
 * @colour: colour
 *
 * Draws its outline.
 */
void
trip_pen_frame (TripPen       *self,
                const TripBox *box,
                gdouble        radius,
                gdouble        width,
                TripColour     colour)
{
  trip_pen_box (self, box, radius);
  trip_pen_colour (self, colour);
  cairo_set_line_width (self->cr, width);
  cairo_stroke (self->cr);
}

/**
 * trip_pen_hatch:
 * @self: a pen
 * @box: a rectangle
 * @colour: colour
 * @step: from one stroke to the next
 *
 * Fills it with slanted strokes.
 */
void
trip_pen_hatch (TripPen       *self,
                const TripBox *box,
                TripColour     colour,
                gdouble        step)
{
  gdouble right = box->x + box->width, bottom = box->y + box->height;

  cairo_save (self->cr);
  for (gdouble x = box->x - box->height + step / 2; x < right; x += step)
    {
      /* The stroke from (x, bottom) up to the right, as far as it is inside. */
      gdouble skipped = MAX (box->x - x, 0.0), reach = MIN (box->height, right - x);

      cairo_move_to (self->cr, x + skipped, bottom - skipped);
      cairo_line_to (self->cr, x + reach, bottom - reach);
    }
  trip_pen_colour (self, colour);
  cairo_set_line_width (self->cr, 1.0);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

/**
 * trip_pen_line:
 * @self: a pen
 * @x1: from
 * @y1: from
 * @x2: to
 * @y2: to
 * @width: thickness
 * @colour: colour
 *
 * Draws a straight line.
 */
void
trip_pen_line (TripPen    *self,
               gdouble     x1,
               gdouble     y1,
               gdouble     x2,
               gdouble     y2,
               gdouble     width,
               TripColour  colour)
{
  cairo_move_to (self->cr, x1, y1);
  cairo_line_to (self->cr, x2, y2);
  trip_pen_colour (self, colour);
  cairo_set_line_width (self->cr, width);
  cairo_stroke (self->cr);
}

/**
 * trip_pen_way:
 * @self: a pen
 * @mode: how one travels
 * @x1: from
 * @y1: from
 * @x2: to
 * @y2: to
 *
 * Draws the line of that way of travel.
 */
void
trip_pen_way (TripPen         *self,
              TripDrawingMode  mode,
              gdouble          x1,
              gdouble          y1,
              gdouble          x2,
              gdouble          y2)
{
  cairo_save (self->cr);
  cairo_set_line_cap (self->cr, ways[mode].cap);
  cairo_set_dash (self->cr, ways[mode].dashes, ways[mode].n_dashes, 0);
  trip_pen_line (self, x1, y1, x2, y2, ways[mode].width, TRIP_COLOUR_TRAVEL);
  if (mode == TRIP_DRAWING_MODE_TRAIN)
    {
      /* The railway of maps: a dark line with light ties in it. */
      const gdouble ties[] = { 5, 5 };

      cairo_set_dash (self->cr, ties, 2, 0);
      trip_pen_line (self, x1, y1, x2, y2, 2.2, TRIP_COLOUR_PAPER);
    }
  cairo_restore (self->cr);
}

/**
 * trip_pen_kind_colour:
 * @kind: a kind of block
 * @is_lodging: it is the night
 *
 * Returns: what it is filled with
 */
TripColour
trip_pen_kind_colour (TripBlockKind kind,
                      gboolean      is_lodging)
{
  return kinds[is_lodging ? TRIP_BLOCK_CHECK_IN : kind].fill;
}

/**
 * trip_pen_kind_ink:
 * @kind: a kind of block
 * @is_lodging: it is the night
 *
 * Returns: what is written on it with
 */
TripColour
trip_pen_kind_ink (TripBlockKind kind,
                   gboolean      is_lodging)
{
  return kinds[is_lodging ? TRIP_BLOCK_CHECK_IN : kind].ink;
}

/* The outline of a marker: a box for a visit, a pill for a meal, an arrow for a transfer, a house for a lodging. */
static void
marker_path (TripPen       *self,
             TripBlockKind  kind,
             const TripBox *box)
{
  gdouble right = box->x + box->width, bottom = box->y + box->height;
  gdouble notch = box->height * 0.3;

  switch (kind)
    {
    case TRIP_BLOCK_MEAL:
      trip_pen_box (self, box, box->height);
      break;
    case TRIP_BLOCK_TRANSFER:
      cairo_move_to (self->cr, box->x, box->y);
      cairo_line_to (self->cr, right - notch, box->y);
      cairo_line_to (self->cr, right + 1, box->y + box->height / 2);
      cairo_line_to (self->cr, right - notch, bottom);
      cairo_line_to (self->cr, box->x, bottom);
      cairo_close_path (self->cr);
      break;
    case TRIP_BLOCK_CHECK_IN:
      cairo_move_to (self->cr, box->x + 1, bottom);
      cairo_line_to (self->cr, box->x + 1, box->y + box->height * 0.35);
      cairo_line_to (self->cr, box->x + box->width / 2, box->y - 1);
      cairo_line_to (self->cr, right - 1, box->y + box->height * 0.35);
      cairo_line_to (self->cr, right - 1, bottom);
      cairo_close_path (self->cr);
      break;
    case TRIP_BLOCK_VISIT:
    case TRIP_BLOCK_FREE:
    default:
      trip_pen_box (self, box, 2.5);
      break;
    }
}

/* A bed: what a house without a number means. */
static void
draw_bed (TripPen       *self,
          const TripBox *box)
{
  gdouble x = box->x + box->width * 0.24, width = box->width * 0.52;
  gdouble y = box->y + box->height * 0.62;

  cairo_save (self->cr);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
  trip_pen_line (self, x, y + 0.6, x + width, y + 0.6, 2.0, TRIP_COLOUR_INK);
  trip_pen_line (self, x + 0.6, y - 4, x + 0.6, y + 4, 1.2, TRIP_COLOUR_INK);
  trip_pen_line (self, x + width - 0.6, y - 1, x + width - 0.6, y + 4, 1.2, TRIP_COLOUR_INK);
  trip_pen_line (self, x + 2.4, y - 1.8, x + width * 0.5, y - 1.8, 2.0, TRIP_COLOUR_INK);
  cairo_restore (self->cr);
}

/**
 * trip_pen_marker:
 * @self: a pen
 * @kind: a kind of block
 * @is_lodging: it is the night
 * @box: where
 * @label: number, may be empty
 *
 * Draws the marker of a stop.
 */
void
trip_pen_marker (TripPen       *self,
                 TripBlockKind  kind,
                 gboolean       is_lodging,
                 const TripBox *box,
                 const char    *label)
{
  TripBlockKind shape = is_lodging ? TRIP_BLOCK_CHECK_IN : kind;
  TripBox text = *box;
  TripTextStyle style = { .size = 10.0, .bold = TRUE, .narrow = TRUE,
                          .colour = kinds[shape].ink, .align = PANGO_ALIGN_CENTER };

  marker_path (self, shape, box);
  trip_pen_colour (self, kinds[shape].fill);
  cairo_fill_preserve (self->cr);
  cairo_save (self->cr);
  if (shape == TRIP_BLOCK_FREE)
    {
      const gdouble dashes[] = { 2.5, 1.5 };

      cairo_set_dash (self->cr, dashes, 2, 0);
    }
  trip_pen_colour (self, shape == TRIP_BLOCK_FREE || shape == TRIP_BLOCK_CHECK_IN ? TRIP_COLOUR_INK : TRIP_COLOUR_PAPER);
  cairo_set_line_width (self->cr, 1.0);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
  if (shape == TRIP_BLOCK_CHECK_IN)
    text.y += 1.5;
  if (is_lodging && *label == '\0')
    draw_bed (self, box);
  else
    trip_pen_text (self, &text, &style, label);
}

/**
 * trip_pen_warning:
 * @self: a pen
 * @x: middle
 * @y: middle
 * @size: height
 *
 * Draws a red triangle with an exclamation mark.
 */
void
trip_pen_warning (TripPen *self,
                  gdouble  x,
                  gdouble  y,
                  gdouble  size)
{
  gdouble half = size / 2.0;

  cairo_save (self->cr);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (self->cr, x, y - half);
  cairo_line_to (self->cr, x + half * 1.1, y + half * 0.9);
  cairo_line_to (self->cr, x - half * 1.1, y + half * 0.9);
  cairo_close_path (self->cr);
  trip_pen_colour (self, TRIP_COLOUR_BROKEN);
  cairo_set_line_width (self->cr, 1.6);
  cairo_stroke_preserve (self->cr);
  cairo_fill (self->cr);
  trip_pen_line (self, x, y - half * 0.35, x, y + half * 0.3, 1.5, TRIP_COLOUR_PAPER);
  trip_pen_line (self, x, y + half * 0.48, x, y + half * 0.72, 1.5, TRIP_COLOUR_PAPER);
  cairo_restore (self->cr);
}
