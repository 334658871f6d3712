/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Making events: for the orchestrator alone.
 */
#pragma once

#include "trip/pipeline/trip-event.h"

G_BEGIN_DECLS

TripEvent *trip_event_new_list       (TripEventKind       kind,
                                      GPtrArray          *items);
TripEvent *trip_event_new_progress   (const char         *stage,
                                      guint               percent,
                                      guint               done,
                                      guint               total);
TripEvent *trip_event_new_poi        (TripPoi            *poi);
TripEvent *trip_event_new_poi_images (const char         *name,
                                      const char * const *urls);
TripEvent *trip_event_new_end        (TripEventKind       kind,
                                      const char         *stage,
                                      const GError       *error);

G_END_DECLS
