/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Events as text for a person at a terminal.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/**
 * TripPlanPrinter:
 * @stream: where to
 * @colour: use terminal colours
 */
typedef struct {
  FILE *stream;
  gboolean colour;
} TripPlanPrinter;

void trip_plan_printer_print (TripPlanPrinter *self,
                              GBytes          *line);

G_END_DECLS
