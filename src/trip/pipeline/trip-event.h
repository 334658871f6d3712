/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One thing that happened in a job, stamped and encoded once for every relay.
 */
#pragma once

#include "trip/model/trip-error.h"
#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

/**
 * TripEventKind:
 * @TRIP_EVENT_INTENTS: the first stage is complete
 * @TRIP_EVENT_POIS: the second
 * @TRIP_EVENT_REQUIREMENTS: the third
 * @TRIP_EVENT_PLAN: the fourth
 * @TRIP_EVENT_PROGRESS: a stage got on
 * @TRIP_EVENT_POI: a place was found
 * @TRIP_EVENT_POI_IMAGES: pictures of a place were found
 * @TRIP_EVENT_DONE: the end, all went well
 * @TRIP_EVENT_ERROR: the end, it did not
 * @TRIP_EVENT_CANCELLED: the end, nobody wanted it any more
 */
typedef enum {
  TRIP_EVENT_INTENTS,
  TRIP_EVENT_POIS,
  TRIP_EVENT_REQUIREMENTS,
  TRIP_EVENT_PLAN,
  TRIP_EVENT_PROGRESS,
  TRIP_EVENT_POI,
  TRIP_EVENT_POI_IMAGES,
  TRIP_EVENT_DONE,
  TRIP_EVENT_ERROR,
  TRIP_EVENT_CANCELLED,
} TripEventKind;

/**
 * TripEvent:
 * @kind: what happened
 * @seq: number within the job, from 1, without gaps
 * @time_us: when, microseconds of wall-clock time since 1970
 * @message: (nullable): `{"type","data"}`, JSON text of a stage, `{"type"}` of `done`; %NULL for the others
 * @data: (nullable): JSON text of the stage's list, or of the place; %NULL for the others, see trip_event_dup_data()
 * @items: (nullable): the list that @data encodes, of `TripIntent`, `TripPoi`, `TripRequirement` or `TripPlanOption`
 * @error: (nullable): in the [error@Error] domain, for `error`
 * @stage: (nullable): name of the stage, for `progress`, and of the one that failed, for `error`
 * @percent: 0 to 100, for `progress`
 * @done: how much of the stage is done, in what the stage counts, for `progress`
 * @total: how much the stage has to do, 0 where that is not known, for `progress`
 * @name: (nullable): name of the place, for `poi_images`
 * @urls: (nullable): its pictures, for `poi_images`
 *
 * An event. Immutable and reference-counted; @message, of which @data is a part, is encoded once and shared by all who send
 * it.
 */
typedef struct {
  TripEventKind kind;
  guint64 seq;
  gint64 time_us;
  GBytes *message;
  GBytes *data;
  GPtrArray *items;
  GError *error;
  const char *stage;
  guint percent;
  guint done;
  guint total;
  char *name;
  GStrv urls;
  /*< private >*/
  gatomicrefcount ref_count;
} TripEvent;

#define TRIP_TYPE_EVENT (trip_event_get_type ())
GType       trip_event_get_type       (void);

TripEvent  *trip_event_ref            (TripEvent       *self);
void        trip_event_unref          (TripEvent       *self);
gboolean    trip_event_is_terminal    (const TripEvent *self);
GBytes     *trip_event_dup_data       (const TripEvent *self);
const char *trip_event_kind_to_string (TripEventKind    kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripEvent, trip_event_unref)

G_END_DECLS
