/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Small questions about a requirement phrase: what it is about, whether it is negated, what is left without its cues.
 */
#pragma once

#include "language/trip-constraints.h"
#include "language/trip-lexicon.h"

G_BEGIN_DECLS

guint     trip_phrase_named_topics  (const TripAnnotated *text);
guint     trip_phrase_all_topics    (const TripAnnotated *text);
gboolean  trip_phrase_is_negated    (const TripAnnotated *text,
                                     guint                i);
char     *trip_phrase_strip         (const TripAnnotated *text);
char     *trip_phrase_origin        (const TripAnnotated *text);
gboolean  trip_word_is_self_negated (const TripWord      *word);

G_END_DECLS
