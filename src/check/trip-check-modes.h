/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ways of travel as plans of any maker name them, and how fast they can be.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripCheckMode:
 * @name: the word that requirements use for it
 * @city_kmh: fastest progress as the crow flies inside a city
 * @far_kmh: the same over land, between cities
 * @path_kmh: fastest speed along the path itself
 * @least_minutes: what it takes before it moves at all
 * @reach_m: farther than this, as the crow flies, nobody goes by it in one go
 *
 * A way of travel.
 */
typedef struct {
  const char *name;
  gdouble city_kmh;
  gdouble far_kmh;
  gdouble path_kmh;
  gint least_minutes;
  gdouble reach_m;
} TripCheckMode;

const TripCheckMode *trip_check_mode_of      (const char          *method);
gint                 trip_check_mode_least   (const TripCheckMode *self,
                                              gdouble              straight_m);
gboolean             trip_check_mode_is      (const char          *method,
                                              const char          *word);
gboolean             trip_check_mode_answers (const char          *method,
                                              const char          *word);

G_END_DECLS
