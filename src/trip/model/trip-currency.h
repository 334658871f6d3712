/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Currencies: minor units, symbols, and rough offline exchange rates from data/currency/currencies.tsv.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean    trip_currency_is_known  (const char *code);
const char *trip_currency_of_country (const char *country);
gint        trip_currency_exponent  (const char *code);
gint64      trip_currency_to_minor  (const char *code,
                                     gdouble     major);
gdouble     trip_currency_to_major  (const char *code,
                                     gint64      minor);
gint64      trip_currency_convert   (gint64      minor,
                                     const char *from,
                                     const char *to);
char       *trip_currency_format    (const char *code,
                                     gint64      minor);
const char *trip_currency_rates_date (void);

G_END_DECLS
