/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a change to a plan asks for, read from its words.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRIP_PLAN_EVERY_DAY (-1)
#define TRIP_PLAN_LAST_DAY (-2)
#define TRIP_PLAN_EVERY_OPTION (-1)

/**
 * TripPlanChangeKind:
 * @TRIP_PLAN_CHANGE_UNKNOWN: nothing we know how to do
 * @TRIP_PLAN_CHANGE_LIGHTER: fewer visits
 * @TRIP_PLAN_CHANGE_FULLER: one visit more
 * @TRIP_PLAN_CHANGE_FREE: nothing in the @part of the day
 * @TRIP_PLAN_CHANGE_START: nothing before @minute
 * @TRIP_PLAN_CHANGE_START_LATER: an hour later than now
 * @TRIP_PLAN_CHANGE_START_EARLIER: an hour earlier than now
 * @TRIP_PLAN_CHANGE_END: nothing after @minute
 * @TRIP_PLAN_CHANGE_END_EARLIER: an hour earlier than now
 * @TRIP_PLAN_CHANGE_DROP: without @subject
 * @TRIP_PLAN_CHANGE_SWAP: @object in the place of @subject; any other where @object is %NULL
 * @TRIP_PLAN_CHANGE_MOVE: @subject on another day
 * @TRIP_PLAN_CHANGE_TIME: @subject at @minute, between @earliest and @latest, or in @part of its day
 * @TRIP_PLAN_CHANGE_FIRST: @subject before all else of the day
 * @TRIP_PLAN_CHANGE_LAST: @subject behind all other visits of the day
 * @TRIP_PLAN_CHANGE_BEFORE: @subject ahead of @object, on the day of that
 * @TRIP_PLAN_CHANGE_AFTER: @subject behind @object, on the day of that
 * @TRIP_PLAN_CHANGE_EARLIER: @subject an hour earlier on its day
 * @TRIP_PLAN_CHANGE_LATER: @subject an hour later on its day
 * @TRIP_PLAN_CHANGE_LONGER: more time at @subject, by @length where that was said
 * @TRIP_PLAN_CHANGE_SHORTER: less time at @subject, by @length where that was said
 * @TRIP_PLAN_CHANGE_LENGTH: @subject for @length
 * @TRIP_PLAN_CHANGE_BREAK: a break of @length, at @minute, in @part of the day, or beside @object
 * @TRIP_PLAN_CHANGE_ADD: @subject as well
 * @TRIP_PLAN_CHANGE_CHEAPER: the same for less
 * @TRIP_PLAN_CHANGE_LODGING: another bed: @object where that is named
 * @TRIP_PLAN_CHANGE_LODGING_CHEAPER: a cheaper bed
 * @TRIP_PLAN_CHANGE_LODGING_NICER: a better bed
 * @TRIP_PLAN_CHANGE_DAY_ADD: a day more, in @subject where that is named
 * @TRIP_PLAN_CHANGE_DAY_REMOVE: a day less
 * @TRIP_PLAN_CHANGE_DAY_RENEW: other visits on a day
 * @TRIP_PLAN_CHANGE_DAY_SWAP: @day in the place of @other_day
 * @TRIP_PLAN_CHANGE_UNDO: the plan as it was before the last change
 */
typedef enum {
  TRIP_PLAN_CHANGE_UNKNOWN,
  TRIP_PLAN_CHANGE_LIGHTER,
  TRIP_PLAN_CHANGE_FULLER,
  TRIP_PLAN_CHANGE_FREE,
  TRIP_PLAN_CHANGE_START,
  TRIP_PLAN_CHANGE_START_LATER,
  TRIP_PLAN_CHANGE_START_EARLIER,
  TRIP_PLAN_CHANGE_END,
  TRIP_PLAN_CHANGE_END_EARLIER,
  TRIP_PLAN_CHANGE_DROP,
  TRIP_PLAN_CHANGE_SWAP,
  TRIP_PLAN_CHANGE_MOVE,
  TRIP_PLAN_CHANGE_TIME,
  TRIP_PLAN_CHANGE_FIRST,
  TRIP_PLAN_CHANGE_LAST,
  TRIP_PLAN_CHANGE_BEFORE,
  TRIP_PLAN_CHANGE_AFTER,
  TRIP_PLAN_CHANGE_EARLIER,
  TRIP_PLAN_CHANGE_LATER,
  TRIP_PLAN_CHANGE_LONGER,
  TRIP_PLAN_CHANGE_SHORTER,
  TRIP_PLAN_CHANGE_LENGTH,
  TRIP_PLAN_CHANGE_BREAK,
  TRIP_PLAN_CHANGE_ADD,
  TRIP_PLAN_CHANGE_CHEAPER,
  TRIP_PLAN_CHANGE_LODGING,
  TRIP_PLAN_CHANGE_LODGING_CHEAPER,
  TRIP_PLAN_CHANGE_LODGING_NICER,
  TRIP_PLAN_CHANGE_DAY_ADD,
  TRIP_PLAN_CHANGE_DAY_REMOVE,
  TRIP_PLAN_CHANGE_DAY_RENEW,
  TRIP_PLAN_CHANGE_DAY_SWAP,
  TRIP_PLAN_CHANGE_UNDO,
} TripPlanChangeKind;

/**
 * TripDayPart:
 * @TRIP_DAY_PART_NONE: none was said
 * @TRIP_DAY_PART_MORNING: until noon
 * @TRIP_DAY_PART_AFTERNOON: from after lunch until dinner
 * @TRIP_DAY_PART_EVENING: from dinner on
 */
typedef enum {
  TRIP_DAY_PART_NONE,
  TRIP_DAY_PART_MORNING,
  TRIP_DAY_PART_AFTERNOON,
  TRIP_DAY_PART_EVENING,
} TripDayPart;

/**
 * TripPlanChange:
 * @kind: what to do
 * @option: number of the option from 0, or %TRIP_PLAN_EVERY_OPTION
 * @day: number of the day from 0, %TRIP_PLAN_EVERY_DAY or %TRIP_PLAN_LAST_DAY
 * @other_day: a second day that the words name, in the same way
 * @count: how many days are added or removed, at least 1
 * @part: part of the day
 * @minute: minutes after midnight, -1 where none was said
 * @earliest: not before, minutes after midnight, -1 where nothing was said
 * @latest: not after, minutes after midnight, -1 where nothing was said
 * @length: how long, minutes, -1 where that was not said
 * @next_to: right beside @object, nothing between
 * @ahead: a break before @object, not after it
 * @coffee: a break with coffee
 * @subject: (nullable): a place or a kind of place
 * @object: (nullable): another
 * @rest: the words without the day, the option and leading articles
 * @names_option: the words speak of an option as such: "another plan", "the second option"
 *
 * One change.
 */
typedef struct {
  TripPlanChangeKind kind;
  gint option;
  gint day;
  gint other_day;
  guint count;
  TripDayPart part;
  gint minute;
  gint earliest;
  gint latest;
  gint length;
  gboolean next_to;
  gboolean ahead;
  gboolean coffee;
  char *subject;
  char *object;
  char *rest;
  gboolean names_option;
} TripPlanChange;

TripPlanChange *trip_plan_change_read (const char     *words);
void            trip_plan_change_free (TripPlanChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanChange, trip_plan_change_free)

G_END_DECLS
