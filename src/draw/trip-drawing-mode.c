/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which words mean which way of travel is the validator's knowledge; here they are only gathered into kinds of line.
 */
#include "draw/trip-drawing-mode.h"

#include "check/trip-check-modes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A method longer than this is prose. */
#define MAX_METHOD_BYTES 256

static const struct {
  const char *name;
  TripDrawingMode mode;
} kinds[] = {
  { "walk", TRIP_DRAWING_MODE_WALK },       { "bike", TRIP_DRAWING_MODE_BIKE },   { "subway", TRIP_DRAWING_MODE_SUBWAY },
  { "tram", TRIP_DRAWING_MODE_SUBWAY },     { "bus", TRIP_DRAWING_MODE_BUS },     { "transit", TRIP_DRAWING_MODE_SUBWAY },
  { "ferry", TRIP_DRAWING_MODE_FAR },       { "taxi", TRIP_DRAWING_MODE_CAR },    { "car", TRIP_DRAWING_MODE_CAR },
  { "train", TRIP_DRAWING_MODE_TRAIN },     { "flight", TRIP_DRAWING_MODE_FAR },
};

static const char * const labels[] = {
  [TRIP_DRAWING_MODE_OTHER] = N_("way not told"),
  [TRIP_DRAWING_MODE_WALK] = N_("walk"),
  [TRIP_DRAWING_MODE_BIKE] = N_("bicycle"),
  [TRIP_DRAWING_MODE_SUBWAY] = N_("subway, tram"),
  [TRIP_DRAWING_MODE_BUS] = N_("bus, coach"),
  [TRIP_DRAWING_MODE_TRAIN] = N_("train"),
  [TRIP_DRAWING_MODE_CAR] = N_("taxi, car"),
  [TRIP_DRAWING_MODE_FAR] = N_("flight, ferry"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (labels) == TRIP_DRAWING_N_MODES);

/**
 * trip_drawing_mode_of:
 * @method: (nullable): how a plan says one travels
 *
 * Returns: its kind of line
 */
TripDrawingMode
trip_drawing_mode_of (const char *method)
{
  const TripCheckMode *mode;

  if (method == NULL || strlen (method) > MAX_METHOD_BYTES)
    return TRIP_DRAWING_MODE_OTHER;
  mode = trip_check_mode_of (method);
  for (gsize i = 0; mode != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (mode->name, kinds[i].name) == 0)
        return kinds[i].mode;
    }
  return TRIP_DRAWING_MODE_OTHER;
}

/**
 * trip_drawing_mode_label:
 * @mode: a kind of line
 *
 * Returns: (transfer none): what the legend calls it
 */
const char *
trip_drawing_mode_label (TripDrawingMode mode)
{
  g_return_val_if_fail (mode < TRIP_DRAWING_N_MODES, "");

  return _(labels[mode]);
}
