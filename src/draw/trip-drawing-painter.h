/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Paints sheets that are laid out already.
 */
#pragma once

#include "draw/trip-drawing-sheet.h"

#include <cairo.h>

G_BEGIN_DECLS

gboolean trip_drawing_paint (const TripDrawingSheet  *sheet,
                             cairo_t                 *cr,
                             GCancellable            *cancellable,
                             GError                 **error);

G_END_DECLS
