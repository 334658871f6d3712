/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the requirements of a trip mean: the one structure into which requirement phrases are read, by the interpreter for
 * its slots, by the requirement stage to match removals and by the planner to obey them.
 */
#pragma once

#include "language/trip-journey.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TripPriority:
 * @TRIP_PRIORITY_MUST_HAVE: the plan has to keep it
 * @TRIP_PRIORITY_PREFERRED: the plan should keep it
 * @TRIP_PRIORITY_AVOID: the plan should leave it out
 *
 * How much a requirement weighs.
 */
typedef enum {
  TRIP_PRIORITY_MUST_HAVE,
  TRIP_PRIORITY_PREFERRED,
  TRIP_PRIORITY_AVOID,
} TripPriority;

/**
 * TripPace:
 * @TRIP_PACE_UNSET: nothing was said
 * @TRIP_PACE_RELAXED: few visits, late starts
 * @TRIP_PACE_NORMAL: the usual day
 * @TRIP_PACE_PACKED: as much as fits
 */
typedef enum {
  TRIP_PACE_UNSET,
  TRIP_PACE_RELAXED,
  TRIP_PACE_NORMAL,
  TRIP_PACE_PACKED,
} TripPace;

/**
 * TripBudgetLevel:
 * @TRIP_BUDGET_LEVEL_UNSET: nothing was said
 * @TRIP_BUDGET_LEVEL_BUDGET: cheap
 * @TRIP_BUDGET_LEVEL_MID: middle
 * @TRIP_BUDGET_LEVEL_PREMIUM: luxury
 */
typedef enum {
  TRIP_BUDGET_LEVEL_UNSET,
  TRIP_BUDGET_LEVEL_BUDGET,
  TRIP_BUDGET_LEVEL_MID,
  TRIP_BUDGET_LEVEL_PREMIUM,
} TripBudgetLevel;

/**
 * TripTopic:
 *
 * What a requirement phrase is about, as bits: two phrases that share a bit speak of the same thing, so a new one
 * replaces the old one and "remove the budget" finds "under $3000".
 */
typedef enum {
  TRIP_TOPIC_NONE          = 0,
  TRIP_TOPIC_DURATION      = 1 << 0,
  TRIP_TOPIC_DATES         = 1 << 1,
  TRIP_TOPIC_PARTY         = 1 << 2,
  TRIP_TOPIC_BUDGET        = 1 << 3,
  TRIP_TOPIC_PACE          = 1 << 4,
  TRIP_TOPIC_DAY_START     = 1 << 5,
  TRIP_TOPIC_DAY_END       = 1 << 6,
  TRIP_TOPIC_CROWDS        = 1 << 7,
  TRIP_TOPIC_DIET          = 1 << 8,
  TRIP_TOPIC_ACCESS        = 1 << 9,
  TRIP_TOPIC_TRANSPORT     = 1 << 10,
  TRIP_TOPIC_LODGING       = 1 << 11,
  TRIP_TOPIC_INTEREST      = 1 << 12,
  TRIP_TOPIC_FOOD          = 1 << 13,
  TRIP_TOPIC_ORIGIN        = 1 << 14,
  TRIP_TOPIC_WALKING       = 1 << 15,
  TRIP_TOPIC_FREE_TIME     = 1 << 16,
  TRIP_TOPIC_ARRIVAL       = 1 << 17,
  TRIP_TOPIC_DEPARTURE     = 1 << 18,
  TRIP_TOPIC_FOOD_COST     = 1 << 19,
  TRIP_TOPIC_LODGING_COST  = 1 << 20,
  TRIP_TOPIC_SIGHT_COST    = 1 << 21,
  TRIP_TOPIC_FARES         = 1 << 22,
  TRIP_TOPIC_TRAVEL        = 1 << 23,
  TRIP_TOPIC_CABIN         = 1 << 24,
} TripTopic;

/**
 * TRIP_TOPICS_OF_COST:
 *
 * The topics of what single kinds of things may cost.
 */
#define TRIP_TOPICS_OF_COST \
  (TRIP_TOPIC_FOOD_COST | TRIP_TOPIC_LODGING_COST | TRIP_TOPIC_SIGHT_COST | TRIP_TOPIC_FARES)

/**
 * TripLodgingChange:
 * @TRIP_LODGING_CHANGE_UNSET: nothing was said
 * @TRIP_LODGING_CHANGE_NEVER: one house for all nights in a place
 * @TRIP_LODGING_CHANGE_NIGHTLY: another house each night
 *
 * How often one moves house.
 */
typedef enum {
  TRIP_LODGING_CHANGE_UNSET,
  TRIP_LODGING_CHANGE_NEVER,
  TRIP_LODGING_CHANGE_NIGHTLY,
} TripLodgingChange;

/**
 * TripNightWish:
 * @name: the lodging, as written
 * @nights: how many nights there, 0 where unsaid
 * @priority: its weight
 *
 * A lodging that was named for some nights, or for all.
 */
typedef struct {
  char *name;
  gint nights;
  TripPriority priority;
} TripNightWish;

/**
 * TRIP_DAY_ANY:
 *
 * A wish for one day of the trip, whichever.
 */
#define TRIP_DAY_ANY 0

/**
 * TRIP_DAY_LAST:
 *
 * A wish for the last day of the trip.
 */
#define TRIP_DAY_LAST (-1)

/**
 * TripDayWish:
 * @phrase: the requirement as written
 * @words: what the day is to be about, as written, lower case
 * @meaning: the same as a tag of the atlas format, or a copy of @words where there is none
 * @day: number of the day, from 1, or %TRIP_DAY_ANY or %TRIP_DAY_LAST
 * @priority: its weight
 *
 * What one day of the trip is to be about.
 */
typedef struct {
  char *phrase;
  char *words;
  char *meaning;
  gint day;
  TripPriority priority;
} TripDayWish;

/**
 * TripKindLimit:
 * @phrase: the requirement
 * @meaning: a tag of the atlas format
 * @visits: most visits to places of the kind, 0 where unsaid
 * @minutes: most minutes there, 0 where unsaid
 * @per_day: on one day, else on the whole trip
 * @priority: its weight
 *
 * How much of a kind of places there is at most.
 */
typedef struct {
  char *phrase;
  char *meaning;
  gint visits;
  gint minutes;
  gboolean per_day;
  TripPriority priority;
} TripKindLimit;

/**
 * TripMoneyKind:
 * @TRIP_MONEY_KIND_ALL: all that the trip costs
 * @TRIP_MONEY_KIND_FOOD: meals
 * @TRIP_MONEY_KIND_LODGING: nights
 * @TRIP_MONEY_KIND_SIGHTS: tickets and whatever else visits cost
 * @TRIP_MONEY_KIND_TRANSPORT: fares, on the way to a block, of a transfer and between cities
 *
 * What a limit of money counts.
 */
typedef enum {
  TRIP_MONEY_KIND_ALL,
  TRIP_MONEY_KIND_FOOD,
  TRIP_MONEY_KIND_LODGING,
  TRIP_MONEY_KIND_SIGHTS,
  TRIP_MONEY_KIND_TRANSPORT,
} TripMoneyKind;

/**
 * TripMoneyScope:
 * @TRIP_MONEY_SCOPE_TRIP: the whole trip
 * @TRIP_MONEY_SCOPE_DAY: each single day, the night that follows it included
 * @TRIP_MONEY_SCOPE_NIGHT: each single night, one room of it
 * @TRIP_MONEY_SCOPE_VISIT: each single meal, ticket or ride
 *
 * Over what a limit of money counts.
 */
typedef enum {
  TRIP_MONEY_SCOPE_TRIP,
  TRIP_MONEY_SCOPE_DAY,
  TRIP_MONEY_SCOPE_NIGHT,
  TRIP_MONEY_SCOPE_VISIT,
} TripMoneyScope;

/**
 * TripMoneyLimit:
 * @phrase: the requirement
 * @kind: what counts
 * @amount: most that it may cost, major units of @currency
 * @currency: ISO 4217 code, empty where the text names no currency
 * @scope: over what it counts
 * @per_person: the amount is for one person, else for the whole party (of a night: for a room). A meal's and a ticket's price
 *   is one person's
 * @priority: its weight
 *
 * How much of the money may go to what. A bound of the whole trip's costs is not among them, but in `budget`; one of each
 * day's costs is in both.
 */
typedef struct {
  char *phrase;
  TripMoneyKind kind;
  gdouble amount;
  char currency[4];
  TripMoneyScope scope;
  gboolean per_person;
  TripPriority priority;
} TripMoneyLimit;

/**
 * TripTravelLimit:
 * @phrase: the requirement
 * @modes: (element-type utf8): what rides count, words as of `transport_prefer`; none for all travel
 * @rides: most rides, 0 where unsaid
 * @minutes: most minutes, 0 where unsaid; of each single leg unless @per_day
 * @metres: most metres of each single leg, 0 where unsaid
 * @per_day: @rides and @minutes count over a day; else @rides over the whole trip
 * @priority: its weight
 *
 * How much one travels at most within cities. Ways from one city to the next, and to and from home, do not count.
 */
typedef struct {
  char *phrase;
  GPtrArray *modes;
  gint rides;
  gint minutes;
  gint metres;
  gboolean per_day;
  TripPriority priority;
} TripTravelLimit;

/**
 * TripConstraints:
 * @topics: union of the #TripTopic bits that were said
 * @days: days of the trip, 0 where unsaid
 * @nights: nights, 0 where unsaid
 * @start: first day, invalid (`g_date_valid()` is %FALSE) where unsaid
 * @end: last day, invalid where unsaid
 * @month: 1 to 12 where only a month was said, else 0
 * @adults: adults, 0 where unsaid
 * @children: children, -1 where unsaid
 * @budget: amount in major units of @currency, 0 where unsaid
 * @currency: ISO 4217 code of @budget, empty where the text names no currency
 * @budget_per_day: the amount is for one day
 * @budget_per_person: the amount is for one person
 * @budget_level: cheap, middle, luxury
 * @pace: how full a day should be
 * @day_start: minutes after midnight before which nothing should begin, -1 where unsaid
 * @day_end: minutes after midnight by which a day should end, -1 where unsaid
 * @arrival: when the travellers arrive on the first day, as said, minutes after midnight, -1 where unsaid
 * @arrival_by: what @arrival is the time of
 * @departure: when they leave on the last day, as said, minutes after midnight, -1 where unsaid
 * @departure_by: what @departure is the time of
 * @max_walk_m: longest single walk in metres, 0 where unsaid
 * @max_walk_day_m: most metres on foot in one day, 0 where unsaid
 * @max_visits: most sights in one day, 0 where unsaid
 * @night_limit: most that a night's lodging may cost, major units, 0 where unsaid
 * @night_currency: ISO 4217 code of @night_limit, empty where the text names no currency
 * @avoid_crowds: prefer quiet places and hours
 * @wheelchair: step-free places only
 * @free_time: leave free blocks
 * @no_free_time: leave none
 * @origin: (nullable): where the traveller starts from
 * @avoid: (element-type utf8): what to leave out: place names, types, tags, as written, lower case
 * @interests: (element-type utf8): tags of the atlas format (`museum`, `garden`) and other words as written
 * @must: (element-type utf8): what has to be in, as written (a must-have interest or food is here and in its own list)
 * @food: (element-type utf8): cuisines and dishes
 * @diets: (element-type utf8): `vegetarian`, `vegan`, `halal`, `kosher`, `gluten_free`
 * @transport_prefer: (element-type utf8): of `walk`, `bike`, `subway`, `bus`, `tram`, `train`, `taxi`, `car`, `ferry`,
 *   `flight`, `transit`
 * @transport_avoid: (element-type utf8): of the same words
 * @transport_only: (element-type utf8): of the same words: nothing but these
 * @lodging: (element-type utf8): `hostel`, `hotel`, `ryokan`, `boutique`, …
 * @lodging_must: (element-type utf8): those of @lodging that have to be
 * @lodging_near: (element-type utf8): what the lodging should be near to or in, as written
 * @lodging_near_must: (element-type utf8): those of @lodging_near that have to be
 * @lodging_change: how often one moves house
 * @lodging_change_must: it has to be so
 * @night_wishes: (element-type TripNightWish): lodgings that were named for nights, in order
 * @city_nights: (element-type TripNightWish): cities and how long to stay in each, nights, or days where days were said
 * @access: (element-type utf8): needs beside @wheelchair: `stroller`, `pets`, `blind`, …
 * @day_wishes: (element-type TripDayWish): what single days are to be about
 * @kind_limits: (element-type TripKindLimit): how much of a kind of places there is at most
 * @money_limits: (element-type TripMoneyLimit): how much of the money may go to what
 * @travel_limits: (element-type TripTravelLimit): how much one travels at most
 * @unread: (element-type utf8): phrases that none of the recognisers understood
 *
 * The meaning of a list of requirement phrases. Later phrases win over earlier ones of the same topic.
 */
typedef struct {
  guint topics;
  gint days;
  gint nights;
  GDate start;
  GDate end;
  gint month;
  gint adults;
  gint children;
  gdouble budget;
  char currency[4];
  gboolean budget_per_day;
  gboolean budget_per_person;
  TripBudgetLevel budget_level;
  TripPace pace;
  gint day_start;
  gint day_end;
  gint arrival;
  TripJourney arrival_by;
  gint departure;
  TripJourney departure_by;
  gint max_walk_m;
  gint max_walk_day_m;
  gint max_visits;
  gdouble night_limit;
  char night_currency[4];
  gboolean avoid_crowds;
  gboolean wheelchair;
  gboolean free_time;
  gboolean no_free_time;
  char *origin;
  GPtrArray *avoid;
  GPtrArray *interests;
  GPtrArray *must;
  GPtrArray *food;
  GPtrArray *diets;
  GPtrArray *transport_prefer;
  GPtrArray *transport_avoid;
  GPtrArray *transport_only;
  GPtrArray *lodging;
  GPtrArray *lodging_must;
  GPtrArray *lodging_near;
  GPtrArray *lodging_near_must;
  TripLodgingChange lodging_change;
  gboolean lodging_change_must;
  GPtrArray *night_wishes;
  GPtrArray *city_nights;
  GPtrArray *access;
  GPtrArray *day_wishes;
  GPtrArray *kind_limits;
  GPtrArray *money_limits;
  GPtrArray *travel_limits;
  GPtrArray *unread;
} TripConstraints;

#define TRIP_TYPE_CONSTRAINTS (trip_constraints_get_type ())
GType            trip_constraints_get_type   (void);

TripConstraints *trip_constraints_new        (void);
TripConstraints *trip_constraints_copy       (const TripConstraints *self);
void             trip_constraints_free       (TripConstraints       *self);

void             trip_constraints_add_place  (TripConstraints       *self,
                                              const char            *phrase,
                                              const char            *name,
                                              TripPriority           priority);
guint            trip_constraints_add_phrase (TripConstraints       *self,
                                              const char            *phrase,
                                              TripPriority           priority,
                                              const GDate           *today);

guint            trip_phrase_topics          (const char            *phrase);

gint             trip_phrase_match           (const char            *removal,
                                              const char * const    *descriptions,
                                              guint                  n_descriptions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripConstraints, trip_constraints_free)

G_END_DECLS
