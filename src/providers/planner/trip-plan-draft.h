/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One option while it is being made: which stops each day has and when, before it is put into words. Indices and
 * minutes, so that drafts are cheap to make and to throw away.
 */
#pragma once

#include "providers/planner/trip-plan-context.h"
#include "orienteering/trip-orienteering.h"

G_BEGIN_DECLS

#define TRIP_PLAN_ROLE_LUNCH 1
#define TRIP_PLAN_ROLE_DINNER 2
#define TRIP_PLAN_ROLE_FREE 3

#define TRIP_PLAN_LUNCH_FROM (11 * 60 + 30)
#define TRIP_PLAN_LUNCH_TO (14 * 60)
#define TRIP_PLAN_DINNER_FROM (17 * 60 + 30)
#define TRIP_PLAN_DINNER_TO (20 * 60 + 30)

/**
 * TripPlanStyle:
 * @title: what the option is called, to be translated
 * @trade: what it trades, a sentence, to be translated
 * @level: price level of restaurants and lodgings, 1 to 3
 * @pace: how full its days are
 * @fame: weight of a place's popularity; 1 is usual
 * @quiet: points for a quiet place, taken off a crowded one
 * @free: points for a place that costs nothing
 * @thrift: points that the money for one plain meal of the party is worth
 * @walk_m: longest walk that is preferred to a ride, metres of path; 0 for the usual
 * @longer: how much longer its days may be than the pace says, minutes
 * @theme: (nullable) (array zero-terminated=1): tags of the places it puts first
 *
 * What sets an option apart.
 */
typedef struct {
  const char *title;
  const char *trade;
  gint level;
  TripPace pace;
  gfloat fame;
  gfloat quiet;
  gfloat free;
  gfloat thrift;
  gint walk_m;
  gint longer;
  const char * const *theme;
} TripPlanStyle;

/**
 * TripPlanMeans:
 * @budget: most that the plan may cost, minor units; 0 for any
 * @thrift: points that the money for a plain meal is worth when sights and tables are chosen
 * @saving: likewise for what is settled before: beds, journeys, what meets a wish
 * @effort: how much to search, insertions to weigh
 *
 * What a draft may take.
 */
typedef struct {
  gint64 budget;
  gfloat thrift;
  gfloat saving;
  guint64 effort;
} TripPlanMeans;

/**
 * TripPlanStop:
 * @kind: what happens
 * @candidate: index of the place, -1 for none
 * @role: the meal it is, or 0
 * @start: minutes after the day's midnight
 * @service: length, minutes
 * @has_leg: there is a way to it
 * @leg: that way
 * @cost: for the whole party, minor units; -1 where unknown
 *
 * A stop of a day.
 */
typedef struct {
  TripBlockKind kind;
  gint candidate;
  gint role;
  gint start;
  gint service;
  gboolean has_leg;
  TripTravelLeg leg;
  gint64 cost;
} TripPlanStop;

/**
 * TripPlanDraftDay:
 * @city: index of the city where the day is spent
 * @from_city: index of the city it starts in by a transfer, -1 for none, -2 for the origin
 * @to_origin: it ends with the way home
 * @departs: it ends with the way to the airport or station
 * @lodge: index of the night's lodging, -1 for none known
 * @has_night: a night follows
 * @overnight_to: index of the city to which one travels through the night instead, -1 for none, -2 for the origin
 * @stops: (element-type TripPlanStop): in order of time
 */
typedef struct {
  guint city;
  gint from_city;
  gboolean to_origin;
  gboolean departs;
  gint lodge;
  gboolean has_night;
  gint overnight_to;
  GArray *stops;
} TripPlanDraftDay;

/**
 * TripPlanBroken:
 * @TRIP_PLAN_BROKEN_WALKING: a day has more walking than was asked for
 * @TRIP_PLAN_BROKEN_VISITS: a day has more sights
 * @TRIP_PLAN_BROKEN_FREE_TIME: no day has free time
 * @TRIP_PLAN_BROKEN_THEME: a day has nothing of what it is to be about
 * @TRIP_PLAN_BROKEN_HOURS: a journey goes beyond the hours of a day
 * @TRIP_PLAN_BROKEN_LODGING: a bed is of another kind, price or place, or one moves house too often or too rarely
 * @TRIP_PLAN_BROKEN_MEALS: a day has no time for a meal
 * @TRIP_PLAN_BROKEN_KINDS: there is more of a kind of places
 * @TRIP_PLAN_BROKEN_BOUNDS: there is more travel, or more money goes to something, than was asked for
 *
 * What a draft does not keep of what has to hold, as bits. What is only preferred is left to the notes.
 */
typedef enum {
  TRIP_PLAN_BROKEN_WALKING   = 1 << 0,
  TRIP_PLAN_BROKEN_VISITS    = 1 << 1,
  TRIP_PLAN_BROKEN_FREE_TIME = 1 << 2,
  TRIP_PLAN_BROKEN_THEME     = 1 << 3,
  TRIP_PLAN_BROKEN_HOURS     = 1 << 4,
  TRIP_PLAN_BROKEN_LODGING   = 1 << 5,
  TRIP_PLAN_BROKEN_MEALS     = 1 << 6,
  TRIP_PLAN_BROKEN_KINDS     = 1 << 7,
  TRIP_PLAN_BROKEN_BOUNDS    = 1 << 8,
} TripPlanBroken;

/**
 * TripPlanDraft:
 * @days: the days
 * @n_days: their number
 * @total: sum of all costs that are known, minor units
 * @n_unpriced: stops and nights whose price is not known
 * @n_visits: visits
 * @over: by how much money goes beyond bounds of it that a thriftier draft may keep, minor units
 * @worth: points for what is in, to be held against other drafts of the same style and thrift
 * @missing: (element-type guint): candidates that had to be in and are not
 * @broken_wishes: (element-type guint): wishes of which no place is in
 * @broken: what else does not hold that has to, #TripPlanBroken bits
 *
 * A draft.
 */
typedef struct {
  TripPlanDraftDay *days;
  guint n_days;
  gint64 total;
  guint n_unpriced;
  guint n_visits;
  gint64 over;
  gdouble worth;
  GArray *missing;
  GArray *broken_wishes;
  guint broken;
} TripPlanDraft;

/**
 * TripPlanStays:
 * @n_days: days of each city of the context, in its order
 *
 * How the days are split.
 */
typedef struct {
  guint n_days[TRIP_PLAN_MAX_DAYS];
} TripPlanStays;

void           trip_plan_stays_split   (const TripPlanContext *context,
                                        TripPlanStays         *out_stays);
void           trip_plan_stays_find_days (const TripPlanContext *context,
                                        const TripPlanStays   *stays,
                                        guint                  city,
                                        guint                 *out_first,
                                        guint                 *out_end);
TripPlanDraft *trip_plan_draft_new     (const TripPlanContext *context,
                                        const TripPlanStays   *stays,
                                        const TripPlanStyle   *style,
                                        const TripPlanMeans   *means,
                                        GCancellable          *cancellable,
                                        GError               **error);
void           trip_plan_draft_free    (TripPlanDraft         *self);
gdouble        trip_plan_draft_overlap (const TripPlanDraft   *self,
                                        const TripPlanDraft   *other);
gint           trip_plan_pace_start    (TripPace               pace);
gint           trip_plan_pace_end      (TripPace               pace);
guint          trip_plan_pace_visits   (TripPace               pace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanDraft, trip_plan_draft_free)

/* A draft held against the limits of its days. */
gint           trip_plan_limits_walk_of     (const TripPlanContext  *context,
                                             const TripTravelLeg    *leg);
gint           trip_plan_limits_most        (const TripKindLimit    *limit);
gint           trip_plan_limits_load_of     (const TripKindLimit    *limit,
                                             const TripPoi          *poi,
                                             gint                    minutes);
gint           trip_plan_limits_load        (const TripPlanContext  *context,
                                             const TripPlanDraft    *draft,
                                             const TripKindLimit    *limit,
                                             guint                   day);
gint           trip_plan_limits_walked      (const TripPlanContext  *context,
                                             const TripPlanDraftDay *day);
guint          trip_plan_limits_visits      (const TripPlanDraftDay *day);
gboolean       trip_plan_limits_has_free    (const TripPlanDraftDay *day);
gboolean       trip_plan_limits_is_unfed     (const TripPlanDraftDay *day);
gboolean       trip_plan_limits_has_theme   (const TripPlanContext  *context,
                                             const TripPlanDraft    *draft,
                                             const TripPlanTheme    *theme);
gboolean       trip_plan_limits_is_too_late (const TripPlanContext  *context,
                                             const TripPlanDraftDay *day);
void           trip_plan_limits_judge       (const TripPlanContext  *context,
                                             TripPlanDraft          *draft);
gboolean       trip_plan_limits_keeps_houses (const TripPlanContext *context,
                                             const TripPlanDraft    *draft);

/* Shared by drafting and by edits. */
guint          trip_plan_start_windows (const TripPlanSpan     *spans,
                                        guint                   n_spans,
                                        gint                    service,
                                        gint                    from,
                                        gint                    to,
                                        TripOrienteeringWindow *out_windows,
                                        guint                   max_windows);
gint           trip_plan_ceil5         (gint                    minutes);

G_END_DECLS
