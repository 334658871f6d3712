/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which language a text is in. It weighs words that the tables have; what they mean there is not its affair.
 */
#pragma once

#include "language/trip-lexicon.h"

G_BEGIN_DECLS

TripLanguage trip_language_detect (const TripTokens *tokens);

G_END_DECLS
