/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The third stage: the list of requirements after what the message removes and adds. Pure computation.
 */
#pragma once

#include "trip/model/trip-intent.h"
#include "trip/model/trip-requirement.h"

G_BEGIN_DECLS

GPtrArray *trip_requirement_stage_apply (GPtrArray *requirements,
                                         GPtrArray *intents,
                                         gboolean  *out_changed);

G_END_DECLS
