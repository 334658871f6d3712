/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whose data the program carries, under which licence: one table for the terminal, the page and the API.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripCredit:
 * @name: the source
 * @what: what of it is used
 * @credit: the words its licence asks for
 * @licence: SPDX identifier
 * @licence_url: (nullable): where the licence can be read
 * @url: (nullable): where the source is
 *
 * One source of data.
 */
typedef struct {
  const char *name;
  const char *what;
  const char *credit;
  const char *licence;
  const char *licence_url;
  const char *url;
} TripCredit;

const TripCredit *trip_credits_get       (guint *out_n);
GBytes           *trip_credits_dup_json  (void);

G_END_DECLS
