/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pictures of plans: day-by-day timelines over opening hours, and route sketches, as SVG, PNG or PDF.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripDrawingFormat:
 * @TRIP_DRAWING_SVG: one picture, as long as it needs to be
 * @TRIP_DRAWING_PNG: the same in pixels, two to a unit as long as that stays within bounds
 * @TRIP_DRAWING_PDF: pages of A4, landscape
 *
 * A file format.
 */
typedef enum {
  TRIP_DRAWING_SVG,
  TRIP_DRAWING_PNG,
  TRIP_DRAWING_PDF,
} TripDrawingFormat;

/**
 * TRIP_DRAWING_ALL:
 *
 * Draws every option.
 */
#define TRIP_DRAWING_ALL (-1)

gboolean  trip_drawing_format_from_name (const char         *name,
                                         TripDrawingFormat  *out_format);
GBytes   *trip_drawing_new              (GPtrArray          *options,
                                         gint                option,
                                         GPtrArray          *violations,
                                         TripDrawingFormat   format,
                                         GCancellable       *cancellable,
                                         GError            **error);

G_END_DECLS
