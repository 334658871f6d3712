/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text as people type it, made comparable: folding of case, accents and punctuation. One piece for names of places, words
 * of requests and descriptions of requirements.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *trip_text_fold          (const char *text);

gboolean  trip_text_equal_folded  (const char *a,
                                   const char *b);

gboolean  trip_text_contains_word (const char *folded_text,
                                   const char *folded_word);

G_END_DECLS
