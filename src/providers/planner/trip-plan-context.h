/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A question to the planner made ready: dates, party, money, cities in order, candidate places with prices, opening
 * hours of each day and distances. Built once a request, then only read, by all options and by edits.
 */
#pragma once

#include "language/trip-constraints.h"
#include "providers/atlas/trip-atlas.h"
#include "providers/planner/trip-travel.h"
#include "trip/pipeline/trip-planner.h"

G_BEGIN_DECLS

/**
 * TRIP_PLAN_MAX_DAYS:
 *
 * Longest trip that is planned.
 */
#define TRIP_PLAN_MAX_DAYS 60

#define TRIP_PLAN_MINUTES_PER_DAY (24 * 60)

/**
 * TRIP_PLAN_NEVER:
 *
 * Minutes of what does not happen on any day.
 */
#define TRIP_PLAN_NEVER G_MAXINT

/**
 * TripPlanSpan:
 * @from: when it opens, minutes after the day's midnight
 * @to: when it closes
 *
 * A stretch of time in which a place is open.
 */
typedef struct {
  gint from;
  gint to;
} TripPlanSpan;

/**
 * TripPlanCandidate:
 * @poi: the place
 * @folded: its name, folded
 * @city: index of its city
 * @location: its row in the city's matrix
 * @service: length of a stay, minutes, a multiple of 5
 * @price: for the whole party (a lodging: all rooms for a night), minor units; -1 where unknown
 * @appeal: what a visit is worth, before an option's style
 * @must: the traveller asked for it
 * @unconfirmed: its hours are not known
 * @diet_ok: a restaurant that serves the diets asked for; %TRUE for all where none was
 * @lodge_ok: a lodging of the kind and price that were asked for; %TRUE for all where nothing was
 * @lodge_near: a lodging that is near to what was asked for; %TRUE for all where nothing was
 *
 * A place that may come into the plan.
 */
typedef struct {
  TripPoi *poi;
  char *folded;
  guint city;
  gint location;
  gint service;
  gint64 price;
  gfloat appeal;
  gboolean must;
  gboolean unconfirmed;
  gboolean diet_ok;
  gboolean lodge_ok;
  gboolean lodge_near;
} TripPlanCandidate;

/**
 * TripPlanCity:
 * @name: name as shown
 * @geo: its centre
 * @facts: (nullable): the atlas's knowledge of it
 * @currency: what is paid with there
 * @named: the traveller asked for it
 * @weight: how much there is to see
 * @n_must: places there that have to be visited
 * @first: index of its first candidate
 * @n: number of its candidates
 * @n_locations: rows of @distance: 0 is "nowhere in particular", which is no way from anywhere; then the candidates
 * @distance: beelines, metres
 * @transit_name: word for its public transport
 * @transit_kmh: its speed
 * @transit_fare: a ride for one adult, minor units of the plan's currency
 * @meal_cost: a plain meal for one adult, minor units of the plan's currency
 * @utc_offset: how far its clocks are ahead of UTC on the first day, minutes
 * @dusk: when it gets dark on each day of the trip, minutes after midnight
 *
 * A city of the trip.
 */
typedef struct {
  char *name;
  TripGeo geo;
  const TripCity *facts;
  char currency[4];
  gboolean named;
  gdouble weight;
  guint n_must;
  guint first;
  guint n;
  guint n_locations;
  gfloat *distance;
  const char *transit_name;
  gdouble transit_kmh;
  gint64 transit_fare;
  gint64 meal_cost;
  gint utc_offset;
  gint16 dusk[TRIP_PLAN_MAX_DAYS];
} TripPlanCity;

/**
 * TripPlanWish:
 * @phrase: as the traveller wrote it
 * @matches: (element-type guint): candidates of which one has to be in the plan, dearest to the traveller first
 *
 * A must-have that more than one place can meet.
 */
typedef struct {
  char *phrase;
  GArray *matches;
} TripPlanWish;

/**
 * TripPlanTheme:
 * @wish: what one day is to be about
 * @stem: its meaning as trip_plan_words_stem() makes it
 * @words: its words, folded
 * @day: index of the day, -1 where the trip has no such day
 * @is_place: it names a place to be seen on that day, not a kind of places
 *
 * A wish for a day, and the day it is for.
 */
typedef struct {
  const TripDayWish *wish;
  char *stem;
  char *words;
  gint day;
  gboolean is_place;
} TripPlanTheme;

/**
 * TripPlanContext:
 * @query: the question; outlives the context
 * @atlas: (nullable): the atlas
 * @constraints: what the requirements mean
 * @start: first day
 * @start_assumed: nobody said so
 * @n_days: days
 * @n_nights: nights
 * @adults: adults
 * @children: children
 * @currency: of all costs
 * @budget: limit for the whole trip and party, minor units; 0 for none
 * @budget_is_hard: it has to be kept
 * @converted: some prices went through exchange rates
 * @day_start: minutes, -1 where the pace decides
 * @day_end: minutes, -1 where the pace decides
 * @ready: when they are in the city on the first day, minutes, -1 where nobody said so
 * @leave: when they set out for home on the last day, minutes, below 0 on the evening before, or %TRIP_PLAN_NEVER
 * @gone: when they have to be at the airport or station then
 * @avoid_crowds: prefer quiet places and hours
 * @modes: allowed modes of travel, bits
 * @prefer: preferred mode, or %TRIP_TRAVEL_NONE
 * @has_origin: @origin_geo is known
 * @origin: (nullable): where the travellers come from
 * @origin_geo: where that is
 * @places: (element-type TripPoi): the places that are not to be avoided
 * @left_out: (element-type utf8): cities there is no time for although something there has to be visited
 * @cities: (element-type TripPlanCity): in the order in which they are visited
 * @candidates: (element-type TripPlanCandidate): those of a city together
 * @wishes: (element-type TripPlanWish): must-haves with a choice
 * @liked: (element-type utf8): wishes in words of their own that places are known for
 * @hard_topics: topics of which the travellers said that they have to hold, #TripTopic bits
 * @night_limit: most that a night may cost in one room, minor units; 0 for none
 * @bounds: (element-type TripPlanBound): bounds of money and travel
 * @keeps_plan: a plan is being changed, so days are as they are
 * @themes: (element-type TripPlanTheme): what single days are to be about
 * @notes: (element-type utf8): what was assumed, what cannot be kept
 * @first_span: opening spans of candidate c on day d start at c * (@n_days) + d of @spans, and one end more
 * @spans: all opening spans
 *
 * Everything that planning needs to know.
 */
typedef struct {
  const TripPlanQuery *query;
  TripAtlas *atlas;
  TripConstraints *constraints;
  GDate start;
  gboolean start_assumed;
  guint n_days;
  guint n_nights;
  gint adults;
  gint children;
  char currency[4];
  gint64 budget;
  gboolean budget_is_hard;
  gboolean converted;
  gint day_start;
  gint day_end;
  gint ready;
  gint leave;
  gint gone;
  gboolean avoid_crowds;
  guint modes;
  TripTravelMode prefer;
  gboolean has_origin;
  char *origin;
  TripGeo origin_geo;
  GPtrArray *places;
  GPtrArray *left_out;
  GArray *cities;
  GArray *candidates;
  GPtrArray *wishes;
  GPtrArray *liked;
  guint hard_topics;
  gint64 night_limit;
  GArray *bounds;
  gboolean keeps_plan;
  GArray *themes;
  GPtrArray *notes;
  GArray *first_span;
  GArray *spans;
} TripPlanContext;

TripPlanContext *trip_plan_context_new       (const TripPlanQuery   *query,
                                              TripAtlas             *atlas,
                                              const TripPlanOption  *like,
                                              GError               **error);
void             trip_plan_context_free      (TripPlanContext       *self);
void             trip_plan_context_set_start (TripPlanContext       *self,
                                              const GDate           *start);
gint64           trip_plan_context_for_party (const TripPlanContext *self,
                                              gint64                 one_adult);
gint             trip_plan_context_rooms     (const TripPlanContext *self);
gint64           trip_plan_context_convert   (TripPlanContext       *self,
                                              gint64                 minor,
                                              const char            *currency);
guint            trip_plan_context_spans     (const TripPlanContext *self,
                                              guint                  candidate,
                                              guint                  day,
                                              const TripPlanSpan   **out_spans);
gboolean         trip_plan_context_is_open_between (const TripPlanContext *self,
                                              guint                  candidate,
                                              guint                  first_day,
                                              guint                  end_day);
gint             trip_plan_context_find      (const TripPlanContext *self,
                                              const TripPoi         *poi);
gboolean         trip_plan_context_serves    (const TripPlanContext *self,
                                              const TripPoi         *poi);
void             trip_plan_context_profile   (const TripPlanContext *self,
                                              const TripPlanCity    *city,
                                              TripTravelProfile     *out_profile);
gboolean         trip_plan_context_is_next_door (const TripPlanContext *self,
                                              const TripTravelLeg   *leg);
gint             trip_plan_context_earliest  (const TripPlanContext *self,
                                              guint                  day);
gint             trip_plan_context_latest    (const TripPlanContext *self,
                                              guint                  day);
void             trip_plan_context_date      (const TripPlanContext *self,
                                              guint                  day,
                                              GDate                 *out_date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripPlanContext, trip_plan_context_free)

/* The steps of trip_plan_context_new(), one file each. */
gboolean         trip_plan_context_read_terms      (TripPlanContext       *self,
                                                    const TripPlanOption  *like,
                                                    GError               **error);
gboolean         trip_plan_context_read_journeys   (TripPlanContext       *self,
                                                    GError               **error);
gboolean         trip_plan_context_group_places    (TripPlanContext       *self,
                                                    GPtrArray             *pois,
                                                    GArray                *out_city_of,
                                                    GError               **error);
void             trip_plan_context_order_cities    (TripPlanContext       *self,
                                                    GArray                *city_of);
gboolean         trip_plan_context_add_candidates  (TripPlanContext       *self,
                                                    GPtrArray             *pois,
                                                    GArray                *city_of,
                                                    GError               **error);
gboolean         trip_plan_context_judge_lodges    (TripPlanContext       *self,
                                                    GArray                *all,
                                                    GError               **error);
void             trip_plan_context_open_days       (TripPlanContext       *self);
void             trip_plan_context_find_dusk       (TripPlanContext       *self);
void             trip_plan_context_set_themes      (TripPlanContext       *self);

/* Candidates and what was said of them. */
gboolean         trip_plan_candidate_is_called     (const TripPlanCandidate *self,
                                                    const char              *name);
guint            trip_plan_lodges_find_wish        (const TripPlanContext   *context,
                                                    const TripPlanCandidate *bed,
                                                    guint                   *out_nights);

/* Themes, for those who hold a draft against them. */
gboolean         trip_plan_theme_matches           (const TripPlanTheme     *self,
                                                    const TripPlanCandidate *candidate);

G_END_DECLS
