/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Japanese in the order in which the rules read: what a word is said of stands before it in Japanese and behind it in
 * the rules.
 */
#pragma once

#include "language/trip-lexicon.h"

G_BEGIN_DECLS

void     trip_japanese_part_clauses (TripTokens    *tokens);
gboolean trip_japanese_reorder (TripAnnotated *text);

G_END_DECLS
