/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The file formats. cairo writes letters into an SVG as outlines, so that it looks the same where a font is missing; what
 * it says is added as its description, for screen readers and searches.
 */
#include "draw/trip-drawing.h"

#include "draw/trip-drawing-painter.h"
#include "draw/trip-drawing-sheet.h"
#include "draw/trip-drawing-text.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A4 landscape in points. */
#define PAGE_WIDTH 841.89
#define PAGE_HEIGHT 595.28

/* cairo's images end at 32767 pixels; the second bound is 160 MB of memory. */
#define MAX_PNG_SIDE 32000.0
#define MAX_PNG_PIXELS 40e6
#define PNG_SCALE 2.0
#define LEAST_PNG_SCALE 0.4

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t  status,
              GError        **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the picture cannot be made: %s"), cairo_status_to_string (status));
  return FALSE;
}

/* Paints the sheet in units of its own, after @scale. Consumes nothing. */
static gboolean
paint_on (cairo_surface_t         *surface,
          const TripDrawingSheet  *sheet,
          gdouble                  scale,
          GCancellable            *cancellable,
          GError                 **error)
{
  cairo_t *cr = cairo_create (surface);
  gboolean ok;

  cairo_scale (cr, scale, scale);
  ok = trip_drawing_paint (sheet, cr, cancellable, error) && check_status (cairo_status (cr), error);
  cairo_destroy (cr);
  return ok;
}

/* Puts title and description behind the opening tag of the document. */
static GBytes *
describe_svg (GByteArray *svg,
              GPtrArray  *sheets)
{
  const TripDrawingSheet *first = g_ptr_array_index (sheets, 0);
  const TripDrawingHeader *header = g_ptr_array_index (first->headers, 0);
  g_autofree char *description = trip_drawing_describe (sheets);
  const char *text = (const char *) svg->data;
  const char *tag = g_strstr_len (text, svg->len, "<svg ");
  const char *end = tag != NULL ? memchr (tag, '>', svg->len - (gsize) (tag - text)) : NULL;
  GString *out = g_string_sized_new (svg->len + strlen (description) + 256);
  gsize head = end != NULL ? (gsize) (end - text) : 0;

  if (end != NULL)
    {
      g_string_append_len (out, text, (gssize) head);
      g_string_append (out, " role=\"img\">\n<title>");
      trip_drawing_text_escape (out, header->title);
      g_string_append (out, "</title>\n<desc>");
      trip_drawing_text_escape (out, description);
      g_string_append (out, "</desc>");
      head++;
    }
  g_string_append_len (out, text + head, (gssize) (svg->len - head));
  return g_string_free_to_bytes (out);
}

static GBytes *
make_svg (GPtrArray     *sheets,
          GCancellable  *cancellable,
          GError       **error)
{
  const TripDrawingSheet *sheet = g_ptr_array_index (sheets, 0);
  g_autoptr(GByteArray) svg = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_bytes, svg, TRIP_DRAWING_WIDTH, sheet->height);
  gboolean ok;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  ok = paint_on (surface, sheet, 1.0, cancellable, error);
  cairo_surface_finish (surface);
  ok = ok && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return ok ? describe_svg (svg, sheets) : NULL;
}

static GBytes *
make_png (GPtrArray     *sheets,
          GCancellable  *cancellable,
          GError       **error)
{
  const TripDrawingSheet *sheet = g_ptr_array_index (sheets, 0);
  g_autoptr(GByteArray) png = g_byte_array_new ();
  gdouble scale = MIN (PNG_SCALE, MAX_PNG_SIDE / sheet->height);
  cairo_surface_t *surface;
  gboolean ok;

  scale = MIN (scale, sqrt (MAX_PNG_PIXELS / (TRIP_DRAWING_WIDTH * sheet->height)));
  if (scale < LEAST_PNG_SCALE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("too long for a PNG; draw one option, or write SVG or PDF"));
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (TRIP_DRAWING_WIDTH * scale),
                                        (int) ceil (sheet->height * scale));
  ok = paint_on (surface, sheet, scale, cancellable, error) &&
       check_status (cairo_surface_write_to_png_stream (surface, append_bytes, png), error);
  cairo_surface_destroy (surface);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&png)) : NULL;
}

static GBytes *
make_pdf (GPtrArray     *sheets,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, pdf, PAGE_WIDTH, PAGE_HEIGHT);
  const TripDrawingSheet *first = g_ptr_array_index (sheets, 0);
  const TripDrawingHeader *header = g_ptr_array_index (first->headers, 0);
  gboolean ok = TRUE;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, header->title);
  for (guint i = 0; i < sheets->len && ok; i++)
    {
      const TripDrawingSheet *sheet = g_ptr_array_index (sheets, i);

      ok = paint_on (surface, sheet, MIN (PAGE_WIDTH / TRIP_DRAWING_WIDTH, PAGE_HEIGHT / sheet->height), cancellable, error);
      cairo_surface_show_page (surface);
    }
  cairo_surface_finish (surface);
  ok = ok && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&pdf)) : NULL;
}

/**
 * trip_drawing_format_from_name:
 * @name: a file name or the name of a format
 * @out_format: (out): the format
 *
 * Returns: whether @name is or ends in `svg`, `png` or `pdf`, in letters of any case
 */
gboolean
trip_drawing_format_from_name (const char        *name,
                               TripDrawingFormat *out_format)
{
  static const char * const names[] = {
    [TRIP_DRAWING_SVG] = "svg",
    [TRIP_DRAWING_PNG] = "png",
    [TRIP_DRAWING_PDF] = "pdf",
  };
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (dot != NULL ? dot + 1 : name, names[i]) == 0)
        {
          *out_format = (TripDrawingFormat) i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_drawing_new:
 * @options: (element-type TripPlanOption): a plan
 * @option: index of the option to draw, or %TRIP_DRAWING_ALL
 * @violations: (element-type TripViolation): what trip_plan_check() says of @options
 * @format: the file format
 * @cancellable: (nullable): stops it
 * @error: return location for `G_IO_ERROR_INVALID_ARGUMENT` where the plan has nothing to draw or too much, that it was
 *   cancelled, or that memory ran out
 *
 * Draws a plan. All options stand one below the other; in a PDF each begins on a new page. Time and size grow with the
 * number of days and blocks, which are bounded, not with what is written in them. Any thread.
 *
 * Returns: (transfer full): the file
 */
GBytes *
trip_drawing_new (GPtrArray          *options,
                  gint                option,
                  GPtrArray          *violations,
                  TripDrawingFormat   format,
                  GCancellable       *cancellable,
                  GError            **error)
{
  gdouble page_height = format == TRIP_DRAWING_PDF ? floor (PAGE_HEIGHT * TRIP_DRAWING_WIDTH / PAGE_WIDTH) : 0;
  g_autoptr(GPtrArray) sheets = NULL;

  g_return_val_if_fail (options != NULL && violations != NULL, NULL);

  sheets = trip_drawing_sheets_new (options, option, violations, page_height, cancellable, error);
  if (sheets == NULL)
    return NULL;
  switch (format)
    {
    case TRIP_DRAWING_SVG:
      return make_svg (sheets, cancellable, error);
    case TRIP_DRAWING_PNG:
      return make_png (sheets, cancellable, error);
    case TRIP_DRAWING_PDF:
      return make_pdf (sheets, cancellable, error);
    default:
      g_return_val_if_reached (NULL);
    }
}
