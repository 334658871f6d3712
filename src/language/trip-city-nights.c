/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How long to stay in each of several cities.
 */
#include "language/trip-limits.h"
#include "language/trip-span.h"

/*< private >
 * trip_constraints_add_city_nights:
 * @self: constraints
 * @text: a requirement
 * @span: a length in it
 * @priority: its weight
 *
 * Reads "3 nights in Rome": beside "2 nights in Florence" both count, and the trip is as long as they are together, unless a
 * length of the whole trip was said.
 *
 * Returns: whether the length is that of one city
 */
gboolean
trip_constraints_add_city_nights (TripConstraints     *self,
                                  const TripAnnotated *text,
                                  const TripSpan      *span,
                                  TripPriority         priority)
{
  const TripTokens *tokens = text->tokens;
  gint length = span->nights > 0 ? span->nights : span->days;
  gint before = 0;
  TripNightWish *wish;

  if (!trip_tokens_is (tokens, span->end, "in") || span->end + 1 >= tokens->n || length <= 0 ||
      tokens->token[span->end + 1].kind != TRIP_TOKEN_WORD || trip_annotated_is (text, span->end + 1, TRIP_WORD_MONTH) ||
      !tokens->token[span->end + 1].capitalised)
    return FALSE;
  for (guint i = 0; i < self->city_nights->len; i++)
    before += ((const TripNightWish *) g_ptr_array_index (self->city_nights, i))->nights;
  wish = g_new0 (TripNightWish, 1);
  wish->name = trip_tokens_dup_text (tokens, span->end + 1, tokens->n);
  wish->nights = length;
  wish->priority = priority;
  g_ptr_array_add (self->city_nights, wish);
  /* A length of the whole trip that was said stands. */
  if (span->nights > 0)
    self->nights = self->nights == 0 || self->nights == before ? before + length : self->nights;
  else
    self->days = self->days == 0 || self->days == before ? before + length : self->days;
  return TRUE;
}
