/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether a word of a request speaks of a place: its name, its type or one of its tags.
 */
#pragma once

#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

char     *trip_plan_words_stem         (const char    *phrase);
gboolean  trip_plan_words_match_tag    (const TripPoi *poi,
                                        const char    *stem);
gboolean  trip_plan_words_match_name   (const char    *folded_name,
                                        const char    *stem);
gboolean  trip_plan_words_match        (const TripPoi *poi,
                                        const char    *folded_name,
                                        const char    *phrase,
                                        const char    *stem);
char     *trip_plan_words_join         (GPtrArray     *words);

G_END_DECLS
