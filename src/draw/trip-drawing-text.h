/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words of plans made fit for a picture: bounded, on one line, and for XML escaped.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TRIP_DRAWING_MAX_LABEL:
 *
 * Characters of a label that are kept; no box of a drawing is wide enough for more.
 */
#define TRIP_DRAWING_MAX_LABEL 160

char *trip_drawing_text_clean  (const char *text,
                                guint       max_characters);
void  trip_drawing_text_escape (GString    *xml,
                                const char *text);
char *trip_drawing_text_clock  (gint        minute);
char *trip_drawing_text_range  (gint        start,
                                gint        end);

G_END_DECLS
