/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A plan option and what it is made of: days, blocks, ways between them.
 */
#pragma once

#include "trip/model/trip-clock.h"
#include "trip/model/trip-poi.h"

G_BEGIN_DECLS

/**
 * TripBlockKind:
 * @TRIP_BLOCK_VISIT: time at a sight; `visit`
 * @TRIP_BLOCK_MEAL: a meal; `meal`
 * @TRIP_BLOCK_TRANSFER: the way between two cities; `transfer`
 * @TRIP_BLOCK_FREE: time of one's own; `free`
 * @TRIP_BLOCK_CHECK_IN: arriving at a lodging; `check_in`
 */
typedef enum {
  TRIP_BLOCK_VISIT,
  TRIP_BLOCK_MEAL,
  TRIP_BLOCK_TRANSFER,
  TRIP_BLOCK_FREE,
  TRIP_BLOCK_CHECK_IN,
} TripBlockKind;

/**
 * TripTransportation:
 * @present: whether the block says how one gets there
 * @minutes: travel time in minutes
 * @method: (nullable): `walk`, `subway`, `bus`, `taxi`, `train`, …
 * @cost: fare for the whole party, major units of the option's currency; below 0 where unsaid
 * @distance_m: length in metres, below 0 where unsaid
 *
 * The way to a block, travelled before its start.
 */
typedef struct {
  gboolean present;
  gint minutes;
  char *method;
  gdouble cost;
  gdouble distance_m;
} TripTransportation;

/**
 * TripPlanBlock:
 * @kind: what happens
 * @start: minutes after the day's midnight, below 0 where the client's plan did not say
 * @end: minutes after the day's midnight, over 1440 past the next one, below 0 where unsaid
 * @time: (nullable): the client's own text for both where it could not be read
 * @description: what happens, in words
 * @pois: (element-type TripPoi): the places, may be empty
 * @transportation: the way to it
 * @cost: what it costs the whole party, major units of the option's currency; below 0 where unsaid
 * @raw: (nullable): the block as the client sent it, until trip_plan_block_touch()
 * @extra: (nullable): members we do not know
 */
typedef struct {
  TripBlockKind kind;
  gint start;
  gint end;
  char *time;
  char *description;
  GPtrArray *pois;
  TripTransportation transportation;
  gdouble cost;
  GBytes *raw;
  GBytes *extra;
} TripPlanBlock;

/**
 * TripPlanDay:
 * @highlight: the day in a few words
 * @date: the day, invalid where the client's plan did not say
 * @blocks: (element-type TripPlanBlock): in order of time
 * @lodging: (nullable): name of where the night is spent
 * @lodging_poi: (nullable): the same as a place
 * @lodging_cost: for the night and the whole party, major units of the option's currency; below 0 where unsaid
 * @raw: (nullable): the day as the client sent it, until trip_plan_day_touch()
 * @extra: (nullable): members we do not know
 */
typedef struct {
  char *highlight;
  GDate date;
  GPtrArray *blocks;
  char *lodging;
  TripPoi *lodging_poi;
  gdouble lodging_cost;
  GBytes *raw;
  GBytes *extra;
} TripPlanDay;

/**
 * TripPlanOption:
 * @title: what sets it apart, `Balanced`
 * @start_date: first day, invalid where the client's plan did not say
 * @currency: ISO 4217 code of all its costs, may be empty
 * @cost_total: for the whole party, major units of @currency; below 0 where unsaid
 * @overall_cost: the same as text
 * @general_notes: what was assumed, what it trades, what it could not keep
 * @days: (element-type TripPlanDay): in order
 * @raw: (nullable): the option as the client sent it, until trip_plan_option_touch()
 * @extra: (nullable): members we do not know
 */
typedef struct {
  char *title;
  GDate start_date;
  char currency[4];
  gdouble cost_total;
  char *overall_cost;
  char *general_notes;
  GPtrArray *days;
  GBytes *raw;
  GBytes *extra;
} TripPlanOption;

#define TRIP_TYPE_PLAN_OPTION (trip_plan_option_get_type ())
GType           trip_plan_option_get_type (void);

TripPlanOption *trip_plan_option_new      (void);
TripPlanOption *trip_plan_option_copy     (const TripPlanOption *self);
void            trip_plan_option_free     (TripPlanOption       *self);
void            trip_plan_option_touch    (TripPlanOption       *self);
TripPlanOption *trip_plan_option_read     (const TripJsonNode   *node,
                                           GError              **error);
void            trip_plan_option_write    (const TripPlanOption *self,
                                           TripJsonBuilder      *builder);

TripPlanDay    *trip_plan_day_new         (void);
TripPlanDay    *trip_plan_day_copy        (const TripPlanDay    *self);
void            trip_plan_day_free        (TripPlanDay          *self);
void            trip_plan_day_touch       (TripPlanDay          *self);

TripPlanBlock  *trip_plan_block_new       (TripBlockKind         kind);
TripPlanBlock  *trip_plan_block_copy      (const TripPlanBlock  *self);
void            trip_plan_block_free      (TripPlanBlock        *self);
void            trip_plan_block_touch     (TripPlanBlock        *self);

const char     *trip_block_kind_to_string (TripBlockKind         kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanOption, trip_plan_option_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanDay, trip_plan_day_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanBlock, trip_plan_block_free)

G_END_DECLS
