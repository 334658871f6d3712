/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words found in spite of one typing mistake: a letter too many, too few, wrong, or two swapped.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TripFuzzyIndex TripFuzzyIndex;

TripFuzzyIndex *trip_fuzzy_index_new    (guint                 min_letters);
void            trip_fuzzy_index_free   (TripFuzzyIndex       *self);
void            trip_fuzzy_index_add    (TripFuzzyIndex       *self,
                                         const char           *word,
                                         gdouble               weight,
                                         gconstpointer         payload);
gconstpointer   trip_fuzzy_index_lookup (const TripFuzzyIndex *self,
                                         const char           *word);

guint           trip_fuzzy_split        (const char           *word,
                                         gunichar             *letters,
                                         guint                 max);
gboolean        trip_fuzzy_within_one   (const gunichar       *a,
                                         guint                 n_a,
                                         const gunichar       *b,
                                         guint                 n_b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripFuzzyIndex, trip_fuzzy_index_free)

G_END_DECLS
