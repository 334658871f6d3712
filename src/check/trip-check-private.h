/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the files of the validator share: the rules by number, the option under the glass, and how a fault is reported.
 */
#pragma once

#include "check/trip-check-index.h"
#include "check/trip-plan-check.h"

G_BEGIN_DECLS

#define TRIP_CHECK_DAY_MINUTES (24 * 60)

/* Farther than this is another city, and no place of the same day without a journey. */
#define TRIP_CHECK_OTHER_CITY_M 100000.0

/**
 * TripCheckRule:
 *
 * The rules, in the order in which trip_plan_check_rules() names them.
 */
typedef enum {
  TRIP_CHECK_CONTENT,
  TRIP_CHECK_DAYS,
  TRIP_CHECK_DATES,
  TRIP_CHECK_LODGING,
  TRIP_CHECK_PACE,
  TRIP_CHECK_FREE_TIME,
  TRIP_CHECK_TIMES,
  TRIP_CHECK_ORDER,
  TRIP_CHECK_OVERLAP,
  TRIP_CHECK_DURATION,
  TRIP_CHECK_BOUNDS,
  TRIP_CHECK_ARRIVAL,
  TRIP_CHECK_DEPARTURE,
  TRIP_CHECK_OPENING_HOURS,
  TRIP_CHECK_TRAVEL,
  TRIP_CHECK_TRANSFER,
  TRIP_CHECK_WALKING,
  TRIP_CHECK_TRAVEL_LIMIT,
  TRIP_CHECK_TRANSPORT,
  TRIP_CHECK_COORDINATES,
  TRIP_CHECK_DUPLICATE,
  TRIP_CHECK_PLACE_ID,
  TRIP_CHECK_MEALS,
  TRIP_CHECK_DIET,
  TRIP_CHECK_COST,
  TRIP_CHECK_BUDGET,
  TRIP_CHECK_MUST_HAVE,
  TRIP_CHECK_AVOID,
  TRIP_CHECK_ACCESS,
  TRIP_CHECK_CHILDREN,
  TRIP_CHECK_DAY_WISH,
  TRIP_CHECK_WISH,
  TRIP_CHECK_CROWDS,
  TRIP_CHECK_N_RULES,
} TripCheckRule;

/**
 * TripCheckNoun:
 *
 * What requirements are about whose weight counts, where the constraints do not say it.
 */
typedef enum {
  TRIP_CHECK_NOUN_BUDGET,
  TRIP_CHECK_NOUN_LODGING_CHANGE,
  TRIP_CHECK_NOUN_VISITS,
  TRIP_CHECK_NOUN_WALK,
  TRIP_CHECK_NOUN_WALKS_OF_DAY,
  TRIP_CHECK_NOUN_HOURS,
  TRIP_CHECK_NOUN_TRANSPORT,
  TRIP_CHECK_NOUN_DIET,
  TRIP_CHECK_N_NOUNS,
} TripCheckNoun;

/**
 * TRIP_CHECK_MAX_PHRASES:
 *
 * Phrases of one kind that every place is held against.
 */
#define TRIP_CHECK_MAX_PHRASES 256

/**
 * TripCheckPhrase:
 * @phrase: words of a requirement, as written
 * @words: the same, folded
 * @singular: (nullable): @words in the singular
 *
 * A phrase that is held against places.
 */
typedef struct {
  const char *phrase;
  char *words;
  char *singular;
} TripCheckPhrase;

/**
 * TripCheckWish:
 * @phrase: what the notes say where they own up to it
 * @texts: (element-type utf8): what it says in words of its own
 * @narrow: (element-type TripCheckPhrase): what it says
 * @wide: (element-type TripCheckPhrase): what it can mean
 * @known: (element-type TripPoi): the places of the trip that could answer
 *
 * A wish that places answer.
 */
typedef struct {
  const char *phrase;
  GPtrArray *texts;
  GPtrArray *narrow;
  GPtrArray *wide;
  GPtrArray *known;
} TripCheckWish;

/**
 * TripCheckPlace:
 * @name: its name, folded
 * @city: (nullable): its city, folded
 *
 * What a place is called.
 */
typedef struct {
  char *name;
  char *city;
} TripCheckPlace;

/**
 * TripCheck:
 * @violations: (element-type TripViolation): what was found so far
 * @pois: (element-type TripPoi): the places of the trip
 * @requirements: (element-type TripRequirement): what was asked for
 * @constraints: what that means
 * @asked: the last requirement about each noun, %NULL for none
 * @listed: @pois, to be looked up
 * @must: (element-type TripCheckPhrase): what has to be in
 * @avoid: (element-type TripCheckPhrase): what is to be left out
 * @day_wishes: (element-type TripCheckWish): those of @constraints
 * @tastes: (element-type TripCheckWish): interests and food
 * @option: the option under the glass
 * @option_index: its place in the plan
 * @present: the places of @option
 * @notes: its general notes, folded
 * @told_days: (element-type uint): the days that @notes name by number
 *
 * One run of the validator.
 */
typedef struct {
  GPtrArray *violations;
  GPtrArray *pois;
  GPtrArray *requirements;
  const TripConstraints *constraints;
  const TripRequirement *asked[TRIP_CHECK_N_NOUNS];
  TripCheckIndex *listed;
  GPtrArray *must;
  GPtrArray *avoid;
  GPtrArray *day_wishes;
  GPtrArray *tastes;
  const TripPlanOption *option;
  guint option_index;
  TripCheckIndex *present;
  char *notes;
  GHashTable *told_days;
} TripCheck;

void                 trip_check_add       (TripCheck         *self,
                                           gint               day,
                                           gint               block,
                                           TripCheckRule      rule,
                                           const char        *format,
                                           ...) G_GNUC_PRINTF (5, 6);
void                 trip_check_add_at    (TripCheck         *self,
                                           const char        *path,
                                           TripCheckRule      rule,
                                           const char        *format,
                                           ...) G_GNUC_PRINTF (4, 5);
const TripPlanDay   *trip_check_day       (const TripCheck   *self,
                                           guint              day);
const TripPlanBlock *trip_check_block     (const TripPlanDay *day,
                                           guint              block);
gboolean             trip_check_is_timed  (const TripPlanBlock *block);
gboolean             trip_check_is_on_earth (const TripGeo   *geo);
gboolean             trip_check_notes_say (const TripCheck   *self,
                                           const char        *words);
GHashTable          *trip_check_read_told_days (const TripCheck *self);
gboolean             trip_check_notes_tell_day (const TripCheck *self,
                                           guint              day);
gboolean             trip_check_is_excused (const TripCheck  *self,
                                            TripPriority      priority,
                                            const char       *phrase);
gboolean             trip_check_notes_name (const TripCheck  *self,
                                           GPtrArray         *pois);
void                 trip_check_weigh     (TripCheck         *self,
                                           const GDate       *today);
TripPriority         trip_check_weight    (const TripCheck   *self,
                                           TripCheckNoun      noun);
gboolean             trip_check_is_given_up (const TripCheck *self,
                                           TripCheckNoun      noun,
                                           const char        *words);
const char          *trip_check_currency  (const TripCheck   *self);
gdouble              trip_check_amount    (const TripCheck   *self,
                                           gdouble            amount,
                                           const char        *currency);
gint                 trip_check_party     (const TripCheck   *self);
gint                 trip_check_rooms     (const TripCheck   *self);
gdouble              trip_check_walked    (const TripPlanDay *day);
GPtrArray           *trip_check_phrases_new (GPtrArray       *phrases);
void                 trip_check_place_init (TripCheckPlace   *self,
                                           const TripPoi     *poi);
void                 trip_check_place_clear (TripCheckPlace  *self);
gboolean             trip_check_matches   (const TripPoi     *poi,
                                           const TripCheckPlace *place,
                                           const TripCheckPhrase *phrase);

TripCheckWish       *trip_check_wish_new   (const char        *phrase,
                                           const char        *words,
                                           const char        *meaning);
void                 trip_check_wish_free  (TripCheckWish     *self);
void                 trip_check_wishes_learn (GPtrArray       *wishes,
                                           GPtrArray         *pois);
const TripPoi       *trip_check_wish_find  (const TripCheckWish *self,
                                           const TripPlanDay *day,
                                           gboolean           is_wide,
                                           guint             *b);
gboolean             trip_check_wish_is_excused (const TripCheckWish *self,
                                           const TripCheck   *check);
GPtrArray           *trip_check_day_wishes_new (const TripConstraints *constraints);
GPtrArray           *trip_check_tastes_new (const TripConstraints *constraints);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TripCheckPlace, trip_check_place_clear)

/* The rules, by what they are about; each looks at the whole option. */
void                 trip_check_days      (TripCheck         *self);
void                 trip_check_lodging   (TripCheck         *self);
void                 trip_check_clock     (TripCheck         *self);
void                 trip_check_journeys  (TripCheck         *self);
void                 trip_check_ways      (TripCheck         *self);
void                 trip_check_places    (TripCheck         *self);
void                 trip_check_listed    (TripCheck         *self);
void                 trip_check_meals     (TripCheck         *self);
void                 trip_check_money     (TripCheck         *self);
void                 trip_check_wishes    (TripCheck         *self);
void                 trip_check_limits    (TripCheck         *self);
void                 trip_check_spending  (TripCheck         *self);
void                 trip_check_day_wishes (TripCheck        *self);
void                 trip_check_tastes    (TripCheck         *self);

G_END_DECLS
