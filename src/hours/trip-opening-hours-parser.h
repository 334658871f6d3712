/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The cursor that the parts of the parser of opening hours move along the tokens. A function that parses leaves it behind
 * what it took, or on what it stumbled over.
 */
#pragma once

#include "hours/trip-opening-hours-private.h"

G_BEGIN_DECLS

typedef struct {
  TripOpeningHours *self;
  const TripToken *tokens;
  guint n_tokens;
  guint at;
  guint n_items;
  GError **error;
} TripHoursParser;

/* Past the end stands the end token, however far one looks. */
static inline const TripToken *
peek (const TripHoursParser *p, guint ahead)
{
  return &p->tokens[MIN (p->at + ahead, p->n_tokens - 1)];
}

static inline gboolean
is_kind (const TripHoursParser *p, guint ahead, TripTokenKind kind)
{
  return peek (p, ahead)->kind == kind;
}

static inline gboolean
is_sign (const TripHoursParser *p, guint ahead, gint sign)
{
  return is_kind (p, ahead, TRIP_TOKEN_SIGN) && peek (p, ahead)->value == sign;
}

static inline gboolean
accept_sign (TripHoursParser *p, gint sign)
{
  if (!is_sign (p, 0, sign))
    return FALSE;
  p->at++;
  return TRUE;
}

/* Passes over a comma when what stands behind it carries on the same list. */
static inline gboolean
accept_comma (TripHoursParser *p, gboolean continues)
{
  return continues && accept_sign (p, ',');
}

gboolean trip_hours_parser_fail_at        (TripHoursParser     *p,
                                           guint                at,
                                           const char          *expected);
gboolean trip_hours_parser_fail           (TripHoursParser     *p,
                                           const char          *expected);
gboolean trip_hours_parser_count_item     (TripHoursParser     *p);
gboolean trip_hours_parser_number         (TripHoursParser     *p,
                                           gint                 least,
                                           gint                 most,
                                           const char          *expected,
                                           gint                *value);

gboolean trip_hours_parser_is_year        (const TripHoursParser *p,
                                           guint                  ahead);
gboolean trip_hours_parser_is_clock       (const TripHoursParser *p,
                                           guint                  ahead);
gboolean trip_hours_parser_is_time        (const TripHoursParser *p,
                                           guint                  ahead);
gboolean trip_hours_parser_is_date        (const TripHoursParser *p,
                                           guint                  ahead);
gboolean trip_hours_parser_is_weekday     (const TripHoursParser *p,
                                           guint                  ahead);

gboolean trip_hours_parser_is_always      (const TripHoursParser *p,
                                           guint                  ahead);

gboolean trip_hours_parser_offset         (TripHoursParser     *p,
                                           gint                *offset);
gboolean trip_hours_parser_dates          (TripHoursParser     *p,
                                           TripHoursRule       *rule);
gboolean trip_hours_parser_selectors      (TripHoursParser     *p,
                                           TripHoursRule       *rule);
gboolean trip_hours_parser_times          (TripHoursParser     *p,
                                           TripHoursRule       *rule);

G_END_DECLS
