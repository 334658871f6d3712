/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The lists of wishes and limits that #TripConstraints holds: making and copying them. What puts entries in is elsewhere.
 */
#pragma once

#include "language/trip-constraints.h"

G_BEGIN_DECLS

GPtrArray *trip_words_copy         (GPtrArray *list);
GPtrArray *trip_night_wishes_new   (void);
GPtrArray *trip_night_wishes_copy  (GPtrArray *list);
GPtrArray *trip_day_wishes_new     (void);
GPtrArray *trip_day_wishes_copy    (GPtrArray *list);
GPtrArray *trip_kind_limits_new    (void);
GPtrArray *trip_kind_limits_copy   (GPtrArray *list);
GPtrArray *trip_money_limits_new   (void);
GPtrArray *trip_money_limits_copy  (GPtrArray *list);
GPtrArray *trip_travel_limits_new  (void);
GPtrArray *trip_travel_limits_copy (GPtrArray *list);

G_END_DECLS
