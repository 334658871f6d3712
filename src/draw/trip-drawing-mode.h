/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ways of travel as a reader of a picture tells them apart: a few kinds of line.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripDrawingMode:
 * @TRIP_DRAWING_MODE_OTHER: what the plan does not say, or in words that are not known
 * @TRIP_DRAWING_MODE_WALK: on foot
 * @TRIP_DRAWING_MODE_BIKE: by bicycle
 * @TRIP_DRAWING_MODE_SUBWAY: subway, tram and other city lines
 * @TRIP_DRAWING_MODE_BUS: bus, coach
 * @TRIP_DRAWING_MODE_TRAIN: train
 * @TRIP_DRAWING_MODE_CAR: taxi, car
 * @TRIP_DRAWING_MODE_FAR: flight, ferry
 *
 * A kind of line.
 */
typedef enum {
  TRIP_DRAWING_MODE_OTHER,
  TRIP_DRAWING_MODE_WALK,
  TRIP_DRAWING_MODE_BIKE,
  TRIP_DRAWING_MODE_SUBWAY,
  TRIP_DRAWING_MODE_BUS,
  TRIP_DRAWING_MODE_TRAIN,
  TRIP_DRAWING_MODE_CAR,
  TRIP_DRAWING_MODE_FAR,
} TripDrawingMode;

#define TRIP_DRAWING_N_MODES (TRIP_DRAWING_MODE_FAR + 1)

TripDrawingMode  trip_drawing_mode_of    (const char      *method);
const char      *trip_drawing_mode_label (TripDrawingMode  mode);

G_END_DECLS
