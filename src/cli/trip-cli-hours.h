/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the two halves of `tripctl hours` share: the answer to a person, and the one to a program.
 */
#pragma once

#include "cli/trip-cli.h"
#include "hours/trip-opening-hours.h"

G_BEGIN_DECLS

TripCliStatus trip_cli_hours_batch (const char             *path,
                                    const TripOpeningPlace *place,
                                    TripOpeningHoursFlags   flags);

G_END_DECLS
