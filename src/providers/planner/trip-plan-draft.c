/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Makes a draft: city by city, with the ways between them, the lodgings, and what is chosen to meet a wish.
 */
#include "providers/planner/trip-plan-draft-private.h"

#include "providers/planner/trip-plan-fill.h"
#include "providers/planner/trip-plan-journeys.h"
#include "providers/planner/trip-plan-nights.h"
#include "providers/planner/trip-plan-rest.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define CHECK_IN_MINUTES 20

/* Who arrives late sleeps first. */
#define NIGHT_MINUTES (9 * 60)

/* A long journey begins as early as this, so that one arrives the same day. */
#define EARLIEST_JOURNEY (5 * 60)
#define EARLIEST_DAY (7 * 60 + 30)
#define LATEST_DAY (24 * 60 + 30)
#define LATEST_VISIT (21 * 60)
#define ARRIVE_BY (22 * 60)

#define HOME_BY (22 * 60)
#define HOME_LATEST_DEPARTURE (18 * 60)
#define HOME_TAIL_MINUTES 20

/* Nobody sets out in the small hours: who has to leaves before midnight. */
#define LAST_EVENING_DEPARTURE (-60)

/* Places of which one is tried after the other where none came in by itself. */
#define MAX_SEEDS 12

/* Of the usual search, what is enough to see where the days of a wide stay go, and how often beds and days are fitted to each
 * other. */
#define PROBE_SHARE 4
#define MAX_BED_ROUNDS 2

/* From this thrift on a coach is taken where a train would be quicker. */
#define COACH_THRIFT 30.0f

/**
 * trip_plan_draft_day_add:
 * @self: a day
 * @kind: what happens
 * @candidate: index of the place, -1 for none
 * @start: minutes after midnight
 * @service: length, minutes
 *
 * Adds a stop that costs nothing and has no way to it.
 */
void
trip_plan_draft_day_add (TripPlanDraftDay *self,
                         TripBlockKind     kind,
                         gint              candidate,
                         gint              start,
                         gint              service)
{
  TripPlanStop stop = { .kind = kind, .candidate = candidate, .start = start, .service = service };

  g_array_append_val (self->stops, stop);
}

/* @wanted are the modes that were spoken of, where any of them goes there. */
static gboolean
find_transfer (const TripPlanDrafter *self,
               const TripGeo         *from,
               const TripGeo         *to,
               guint                  wanted,
               TripTravelLeg         *out_leg)
{
  gdouble distance = trip_geo_distance_m (from, to);
  gboolean cheap = self->saving >= COACH_THRIFT;
  gint64 usd_cents;

  if ((wanted == 0 ||
       !trip_travel_between_cities (distance, wanted, TRIP_TRAVEL_NONE, cheap, out_leg, &usd_cents)) &&
      !trip_travel_between_cities (distance, self->context->modes, self->context->prefer, cheap, out_leg, &usd_cents))
    return FALSE;
  out_leg->cost = trip_plan_context_for_party (self->context,
                                               trip_currency_convert (usd_cents, "USD", self->context->currency));
  return TRUE;
}

/* When a journey begins, of that length, on the day on which it ends; below 0 on the evening before. */
static gint
find_journey_start (const TripPlanContext *context,
                    gint                   minutes,
                    gint                   day_start)
{
  gint arrive_by = (context->day_end >= 0 ? context->day_end : ARRIVE_BY) - CHECK_IN_MINUTES;
  gint start = day_start;

  if (context->day_start < 0)
    start = CLAMP ((arrive_by - minutes) / 5 * 5, MIN (EARLIEST_JOURNEY, day_start), day_start);
  /* What no day holds within the hours that were asked for is travelled in time to arrive in the morning. */
  if (start + minutes > (context->day_end >= 0 ? arrive_by : TRIP_PLAN_MINUTES_PER_DAY))
    start = day_start + CHECK_IN_MINUTES - minutes;
  return start;
}

static gboolean
add_arrival (TripPlanDrafter *self,
             guint            city_index,
             guint            day_index,
             gint             day_start,
             gint            *out_time,
             GError         **error)
{
  const TripPlanContext *context = self->context;
  const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, city_index);
  TripPlanDraftDay *day = &self->draft->days[day_index];
  const char *from_name = context->origin;
  const TripGeo *from = &context->origin_geo;
  TripPlanStop stop = { .kind = TRIP_BLOCK_TRANSFER, .candidate = -1, .start = day_start, .has_leg = TRUE };

  *out_time = day_start;
  if (city_index == 0 && !context->has_origin)
    return TRUE;
  if (city_index > 0)
    {
      const TripPlanCity *last = &g_array_index (context->cities, TripPlanCity, city_index - 1);

      from_name = last->name;
      from = &last->geo;
      day->from_city = (gint) city_index - 1;
    }
  else
    {
      /* Who starts where the trip starts has arrived. */
      if (trip_geo_distance_m (from, &city->geo) < 20000.0)
        return TRUE;
      day->from_city = -2;
    }
  if (!find_transfer (self, from, &city->geo,
                      city_index == 0 ? trip_plan_journeys_modes (context->constraints->arrival_by) : 0, &stop.leg))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("There is no way from %s to %s by the means of travel that are allowed."), from_name, city->name);
      return FALSE;
    }
  stop.service = stop.leg.minutes;
  stop.start = city_index == 0 && context->ready >= 0 ? context->ready - stop.service
                                                       : find_journey_start (context, stop.service, day_start);
  g_array_append_val (day->stops, stop);
  *out_time = stop.start + stop.service;
  return TRUE;
}

/* The way home: one leaves in time to be there at night, where that is too far on the evening before. Says when the
 * day's visits have to be over, below 0 on the day before. */
static gboolean
plan_return (TripPlanDrafter *self,
             gint             day_start,
             gint             day_end,
             gboolean         has_arrived,
             gboolean         has_evening,
             gboolean        *out_goes_home,
             TripPlanStop    *out_stop,
             gint            *out_departure,
             GError         **error)
{
  const TripPlanContext *context = self->context;
  const TripPlanCity *last = &g_array_index (context->cities, TripPlanCity, context->cities->len - 1);
  gint home_by = context->day_end >= 0 ? day_end : HOME_BY;
  gint earliest;

  *out_goes_home = FALSE;
  *out_departure = -1;
  if (!context->has_origin || trip_geo_distance_m (&context->origin_geo, &last->geo) < 20000.0)
    return TRUE;
  memset (out_stop, 0, sizeof *out_stop);
  out_stop->kind = TRIP_BLOCK_TRANSFER;
  out_stop->candidate = -1;
  out_stop->has_leg = TRUE;
  if (!find_transfer (self, &last->geo, &context->origin_geo, trip_plan_journeys_modes (context->constraints->departure_by),
                      &out_stop->leg))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("There is no way from %s to %s by the means of travel that are allowed."), last->name,
                   context->origin);
      return FALSE;
    }
  *out_departure = MIN (HOME_LATEST_DEPARTURE, home_by - out_stop->leg.minutes) / 5 * 5;
  /* A long way home begins early, unless one has only just come. */
  earliest = day_start;
  if (context->day_start < 0 && !has_arrived)
    earliest = MIN (earliest, EARLIEST_JOURNEY);
  if (context->leave != TRIP_PLAN_NEVER)
    *out_departure = context->leave;
  else if (context->day_end >= 0 && has_evening && earliest + out_stop->leg.minutes > home_by)
    *out_departure = MIN (home_by - out_stop->leg.minutes, LAST_EVENING_DEPARTURE) / 5 * 5 - 5;
  else
    *out_departure = MAX (*out_departure, earliest);
  *out_goes_home = TRUE;
  /* The way to a block is travelled before it begins: the block itself is the arrival. */
  out_stop->service = out_stop->leg.mode == TRIP_TRAVEL_FLIGHT ? 2 * HOME_TAIL_MINUTES : HOME_TAIL_MINUTES;
  out_stop->leg.minutes -= out_stop->service;
  out_stop->start = *out_departure + out_stop->leg.minutes;
  return TRUE;
}

/* When the days of a stay begin and end. */
typedef struct {
  guint city;
  gint start;
  gint end;
  gint late_arrival;
} Bounds;

/* The way home, where there is one. */
/* The hours of one city's days, and where its nights are spent. */
typedef struct {
  TripPlanNights nights;
  Bounds bounds;
  gint *beds;
} Housing;

static void
bound_hours (const TripPlanDrafter *self,
             TripPlanStay          *stay,
             Bounds                *bounds)
{
  const TripPlanContext *context = self->context;

  bounds->start = context->day_start >= 0 ? context->day_start : trip_plan_pace_start (self->style->pace);
  bounds->end = context->day_end >= 0 ? context->day_end : trip_plan_pace_end (self->style->pace);
  /* A short day that the traveller bounded on one side only still has to hold something. */
  if (context->day_end < 0 && bounds->end - bounds->start < 8 * 60)
    bounds->end = MIN (bounds->start + 8 * 60, 26 * 60);
  if (context->day_start < 0 && bounds->end - bounds->start < 6 * 60)
    bounds->start = MAX (bounds->end - 6 * 60, 6 * 60) / 5 * 5;
  stay->usual_start = bounds->start;
  stay->usual_end = bounds->end;
  /* Days that are longer for what has to be in are so at both ends. */
  if (context->day_start < 0)
    bounds->start = MAX (bounds->start - self->style->longer / 2, MIN (bounds->start, EARLIEST_DAY));
  if (context->day_end < 0)
    bounds->end = MAX (bounds->end, MIN (bounds->end + self->style->longer, LATEST_DAY));
}

/* A journey through the night ends the day before it early, and takes the place of its bed. Says when one has to
 * leave. */
static gint
leave_in_evening (TripPlanDrafter  *self,
                  guint             city_index,
                  TripPlanDraftDay *day,
                  gint              day_start)
{
  const TripPlanContext *context = self->context;
  const TripPlanCity *city = &g_array_index (context->cities, TripPlanCity, city_index);
  TripTravelLeg leg;
  gint start;

  if (city_index + 1 >= context->cities->len || !find_transfer (self, &city->geo, &(city + 1)->geo, 0, &leg))
    return G_MAXINT;
  start = find_journey_start (context, leg.minutes, day_start);
  if (start >= 0)
    return G_MAXINT;
  day->has_night = FALSE;
  day->lodge = -1;
  day->overnight_to = (gint) city_index + 1;
  return (start + TRIP_PLAN_MINUTES_PER_DAY) / 5 * 5;
}

static gboolean
draft_day_is_plain (const TripPlanDraftDay *self)
{
  return self->has_night && self->overnight_to == -1;
}

/* The last night is one on the way: the day before ends in time, and the last day is the arrival. */
static void
leave_for_home (TripPlanDrafter *self,
                TripPlanStay    *stay,
                guint            last,
                gint             departure)
{
  TripPlanDraftDay *eve = &self->draft->days[stay->first_day + last - 1];
  TripOrienteeringTour *tour = &stay->tours[last - 1];
  gint before = last > 1 ? self->draft->days[stay->first_day + last - 2].lodge : -1;

  for (guint i = 0; i < eve->stops->len && eve->lodge >= 0 && before != eve->lodge; i++)
    {
      TripPlanStop *stop = &g_array_index (eve->stops, TripPlanStop, i);

      if (stop->kind != TRIP_BLOCK_CHECK_IN)
        continue;
      if (!stop->has_leg)
        {
          /* Bags are left where one does not sleep as well. */
          stop->candidate = -1;
          continue;
        }
      /* Nobody moves house for a night on the way. */
      tour->start = stop->start - trip_plan_ceil5 (stop->leg.minutes);
      tour->start_location = trip_plan_stay_location (stay, self, before);
      g_array_remove_index (eve->stops, i--);
    }
  eve->has_night = FALSE;
  eve->lodge = -1;
  eve->overnight_to = -2;
  tour->end = MIN (tour->end, departure + TRIP_PLAN_MINUTES_PER_DAY);
  tour->end_location = 0;
  stay->tours[last].end = stay->tours[last].start;
  stay->tours[last].start_location = 0;
}

/* The bags go to the next bed first thing in the morning. Says when the day goes on. */
static gint
move_house (TripPlanDrafter    *self,
            const TripPlanStay *stay,
            TripPlanDraftDay   *day,
            gint                from,
            gint                time)
{
  TripPlanStop stop = { .kind = TRIP_BLOCK_CHECK_IN, .candidate = day->lodge, .service = CHECK_IN_MINUTES };
  guint row = (guint) trip_plan_stay_location (stay, self, from);
  guint column = (guint) trip_plan_stay_location (stay, self, day->lodge);

  if (row == column)
    return time;
  trip_travel_in_city (&stay->profile, stay->city->distance[row * stay->city->n_locations + column], &stop.leg);
  stop.has_leg = TRUE;
  stop.start = time + trip_plan_ceil5 (stop.leg.minutes);
  g_array_append_val (day->stops, stop);
  return stop.start + stop.service;
}

/* Bounds the days for one choice of beds; with another one again. */
static gboolean
bound_days (TripPlanDrafter  *self,
            TripPlanStay     *stay,
            const Bounds     *bounds,
            const gint       *beds,
            GError          **error)
{
  const TripPlanContext *context = self->context;
  gint departure = -1;

  self->late_arrival = bounds->late_arrival;
  for (guint t = 0; t < stay->n_days; t++)
    {
      TripPlanDraftDay *day = &self->draft->days[stay->first_day + t];

      g_array_set_size (day->stops, 0);
      day->has_night = stay->first_day + t < context->n_nights;
      day->lodge = day->has_night ? beds[t] : -1;
      day->overnight_to = -1;
    }
  for (guint t = 0; t < stay->n_days; t++)
    {
      TripPlanDraftDay *day = &self->draft->days[stay->first_day + t];
      TripOrienteeringTour *tour = &stay->tours[t];
      gint before = t > 0 ? day[-1].lodge : -1;
      gint leave_by = t + 1 == stay->n_days ? leave_in_evening (self, bounds->city, day, bounds->start) : G_MAXINT;
      gint time = bounds->start;

      day->city = bounds->city;
      if (self->late_arrival > 0)
        {
          time = MAX (time, trip_plan_ceil5 (self->late_arrival + NIGHT_MINUTES - TRIP_PLAN_MINUTES_PER_DAY));
          self->late_arrival = 0;
        }
      if (stay->first_day + t == 0)
        time = trip_plan_journeys_first_start (context, time);
      if (t == 0)
        {
          if (!add_arrival (self, bounds->city, stay->first_day, time, &time, error))
            return FALSE;
          if (day->has_night && (day->lodge >= 0 || day->stops->len > 0))
            {
              trip_plan_draft_day_add (day, TRIP_BLOCK_CHECK_IN, day->lodge, time, CHECK_IN_MINUTES);
              time += CHECK_IN_MINUTES;
            }
          if (time > 22 * 60)
            self->late_arrival = time;
          before = day->has_night ? day->lodge : -1;
        }
      else if (before >= 0 && day->lodge >= 0 && before != day->lodge)
        {
          time = move_house (self, stay, day, before, time);
          before = day->lodge;
        }
      tour->start_location = trip_plan_stay_location (stay, self, before);
      tour->end_location = day->has_night ? trip_plan_stay_location (stay, self, day->lodge) : 0;
      /* Who lands in the night has the bags away then, and the day begins as it always does. */
      tour->start = stay->first_day + t == 0 && trip_plan_journeys_is_night (context) ? MAX (time, bounds->start) : time;
      tour->end = MIN (bounds->end, MIN (leave_by, trip_plan_context_latest (context, stay->first_day + t)));
      if (stay->first_day + t + 1 == context->n_days)
        {
          gboolean has_evening = t > 0 && draft_day_is_plain (&self->draft->days[stay->first_day + t - 1]);

          if (!plan_return (self, time, bounds->end, day->stops->len > 0, has_evening, &self->goes_home, &self->homeward,
                            &departure, error))
            return FALSE;
          day->to_origin = self->goes_home;
          if (self->goes_home && departure >= 0)
            tour->end = departure;
          else if (self->goes_home)
            leave_for_home (self, stay, t, departure);
          else if (context->leave < 0 && has_evening)
            leave_for_home (self, stay, t, context->leave);
        }
      tour->end = MAX (tour->end, tour->start);
    }
  return TRUE;
}

/* Where the stay is wide the days are also planned as if one slept wherever one is: that shows where beds are wanted. The
 * beds that suit those days are then tried, and those that suit what comes of it; what is worth most is kept. */
static gboolean
try_other_beds (TripPlanDrafter            *self,
                TripPlanStay               *stays,
                guint                       n_stays,
                Housing                    *housing,
                guint64                     effort,
                TripOrienteeringSolution  **solution,
                GCancellable               *cancellable,
                GError                    **error)
{
  TripPlanStay *stay = &stays[0];
  const TripPlanNights *nights = &housing->nights;
  const Bounds *bounds = &housing->bounds;
  gint *beds = housing->beds;
  g_autofree gint *trial = g_new (gint, stay->n_days);
  g_autofree gint *tried = g_memdup2 (beds, stay->n_days * sizeof *beds);
  g_autoptr(TripOrienteeringSolution) days = NULL;
  const TripOrienteeringSolution *seen;
  gdouble best = trip_plan_nights_rate (nights, *solution, beds);
  gboolean is_last_best = FALSE;

  for (guint t = 0; t < stay->n_days; t++)
    stay->tours[t].start_location = stay->tours[t].end_location = 0;
  seen = days = trip_plan_stay_solve (stay, self, trip_plan_drafter_share (self, stays, n_stays), effort / PROBE_SHARE,
                                     cancellable);
  for (guint round = 0; round < MAX_BED_ROUNDS; round++)
    {
      gdouble rate;

      trip_plan_nights_choose (nights, seen, trial);
      if (memcmp (trial, tried, stay->n_days * sizeof *trial) == 0)
        break;
      memcpy (tried, trial, stay->n_days * sizeof *trial);
      if (!bound_days (self, stay, bounds, trial, error))
        return FALSE;
      g_clear_pointer (&days, trip_orienteering_solution_free);
      days = trip_plan_stay_solve (stay, self, trip_plan_drafter_share (self, stays, n_stays), effort, cancellable);
      rate = trip_plan_nights_rate (nights, days, trial);
      is_last_best = rate > best;
      if (!is_last_best)
        break;
      best = rate;
      memcpy (beds, trial, stay->n_days * sizeof *trial);
      g_clear_pointer (solution, trip_orienteering_solution_free);
      seen = *solution = g_steal_pointer (&days);
    }
  if (is_last_best)
    return TRUE;
  /* A solution holds for the problem that was posed last. */
  if (!bound_days (self, stay, bounds, beds, error))
    return FALSE;
  trip_plan_stay_pose (stay, self);
  return TRUE;
}

/* Settles the ways, the hours and, for now, the beds of the days in one city. */
static gboolean
bound_stay (TripPlanDrafter *self,
            guint            city_index,
            guint            first_day,
            guint            n_days,
            TripPlanStay    *stay,
            Housing         *housing,
            GError         **error)
{
  trip_plan_stay_init (stay, self, city_index, first_day, n_days);
  trip_plan_nights_init (&housing->nights, self, stay);
  housing->bounds = (Bounds){ city_index, 0, 0, self->late_arrival };
  housing->beds = g_new (gint, n_days);
  bound_hours (self, stay, &housing->bounds);
  trip_plan_nights_guess (&housing->nights, housing->beds);
  return bound_days (self, stay, &housing->bounds, housing->beds, error);
}

/* Chooses what to see on the days of the first of the stays that are left, and its beds. */
static gboolean
fill_stay (TripPlanDrafter *self,
           TripPlanStay    *stays,
           guint            n_stays,
           Housing         *housing,
           guint64          effort,
           GCancellable    *cancellable,
           GError         **error)
{
  TripPlanStay *stay = &stays[0];
  g_autoptr(TripOrienteeringSolution) solution = NULL;

  solution = trip_plan_stay_solve (stay, self, trip_plan_drafter_share (self, stays, n_stays), effort, cancellable);
  if (trip_plan_nights_may_differ (&housing->nights, housing->beds) &&
      !try_other_beds (self, stays, n_stays, housing, effort, &solution, cancellable, error))
    return FALSE;
  if (trip_plan_nights_improve (&housing->nights, solution, housing->beds) &&
      !bound_days (self, stay, &housing->bounds, housing->beds, error))
    return FALSE;
  trip_plan_stay_write (stay, self, solution);
  for (guint d = stay->first_day; d < stay->first_day + stay->n_days; d++)
    {
      if (self->draft->days[d].lodge >= 0)
        self->used[self->draft->days[d].lodge] = TRUE;
    }
  return TRUE;
}

/* All stays are bounded before any is filled: what beds and journeys cost is not there to be spent on sights. */
static gboolean
draft_stays (TripPlanDrafter     *self,
             const TripPlanStays *split,
             guint64              effort,
             GCancellable        *cancellable,
             GError             **error)
{
  const TripPlanContext *context = self->context;
  g_autofree TripPlanStay *stays = g_new0 (TripPlanStay, context->cities->len + 1);
  g_autofree Housing *housings = g_new0 (Housing, context->cities->len + 1);
  gboolean holds = TRUE;
  guint n_stays = 0;
  guint day = 0;

  for (guint c = 0; c < context->cities->len && holds; c++)
    {
      if (split->n_days[c] == 0)
        continue;
      holds = bound_stay (self, c, day, split->n_days[c], &stays[n_stays], &housings[n_stays], error);
      n_stays++;
      day += split->n_days[c];
    }
  for (guint s = 0; s < n_stays && holds; s++)
    holds = fill_stay (self, &stays[s], n_stays - s, &housings[s], effort * stays[s].n_days / context->n_days, cancellable,
                       error);
  for (guint s = 0; s < n_stays; s++)
    {
      trip_plan_nights_clear (&housings[s].nights);
      g_free (housings[s].beds);
      trip_plan_stay_clear (&stays[s]);
    }
  if (!holds)
    return FALSE;
  if (self->goes_home)
    g_array_append_val (self->draft->days[context->n_days - 1].stops, self->homeward);
  else
    trip_plan_journeys_add_way_out (context, self->draft);
  self->goes_home = FALSE;
  return TRUE;
}

/* Whether there is a time of the day for a stay: for a restaurant, at one of the meals. */
static gboolean
is_open_for_stay (const TripPlanContext *context,
                  guint                  index,
                  guint                  day)
{
  const TripPlanCandidate *candidate = trip_plan_context_candidate (context, index);
  const TripPlanSpan *spans;
  guint n = trip_plan_context_spans (context, index, day, &spans);
  TripOrienteeringWindow window;

  if (candidate->poi->type != TRIP_POI_RESTAURANT)
    return trip_plan_start_windows (spans, n, candidate->service, EARLIEST_DAY, LATEST_VISIT, &window, 1) > 0;
  if (trip_plan_start_windows (spans, n, candidate->service, TRIP_PLAN_LUNCH_FROM, TRIP_PLAN_LUNCH_TO, &window, 1) > 0)
    return TRUE;
  return trip_plan_start_windows (spans, n, candidate->service, TRIP_PLAN_DINNER_FROM, TRIP_PLAN_DINNER_TO, &window,
                                  1) > 0;
}

static gfloat
rate_for_wish (const TripPlanDrafter   *self,
               const TripPlanCandidate *candidate)
{
  const TripPlanCity *city = &g_array_index (self->context->cities, TripPlanCity, candidate->city);
  gint off_level = candidate->poi->level > 0 ? ABS (candidate->poi->level - self->style->level) : 0;

  return candidate->appeal - TRIP_PLAN_POINTS_PER_LEVEL * (gfloat) off_level -
         self->saving * (gfloat) trip_plan_drafter_meals (self, city, candidate->price);
}

/* Of the places that can meet a wish the best one that is open at all is made a must. */
static void
force_wishes (TripPlanDrafter     *self,
              const TripPlanStays *stays)
{
  const TripPlanContext *context = self->context;

  for (guint w = 0; w < context->wishes->len; w++)
    {
      const TripPlanWish *wish = g_ptr_array_index (context->wishes, w);
      gfloat best_score = -G_MAXFLOAT;
      gint best = -1;

      for (guint i = 0; i < wish->matches->len; i++)
        {
          guint index = g_array_index (wish->matches, guint, i);
          const TripPlanCandidate *candidate = trip_plan_context_candidate (context, index);
          guint first_day = 0;
          gboolean open = FALSE;
          gfloat score = rate_for_wish (self, candidate);

          for (guint c = 0; c < candidate->city; c++)
            first_day += stays->n_days[c];
          for (guint d = first_day; d < first_day + stays->n_days[candidate->city] && !open; d++)
            open = is_open_for_stay (context, index, d);
          if (candidate->must || self->forced[index])
            score += 1000.0f;
          if (open && score > best_score)
            {
              best_score = score;
              best = (gint) index;
            }
        }
      if (best >= 0)
        self->forced[best] = TRUE;
    }
}

static void
find_missing (TripPlanDrafter *self)
{
  const TripPlanContext *context = self->context;

  for (guint i = 0; i < context->candidates->len; i++)
    {
      if (trip_plan_context_candidate (context, i)->must && !self->used[i])
        g_array_append_val (self->draft->missing, i);
    }
  for (guint w = 0; w < context->wishes->len; w++)
    {
      const TripPlanWish *wish = g_ptr_array_index (context->wishes, w);
      gboolean met = FALSE;

      for (guint i = 0; i < wish->matches->len && !met; i++)
        met = self->used[g_array_index (wish->matches, guint, i)];
      if (!met)
        g_array_append_val (self->draft->broken_wishes, w);
    }
}

/* The sight that is worth most for its price, of those that are open on some day and were not tried. */
static gint
choose_seed (const TripPlanContext *context,
             const TripPlanStyle   *style,
             gfloat                 saving,
             const guint8          *tried)
{
  const TripPlanDrafter rater = { .context = context, .style = style, .saving = saving };
  gfloat best_score = -G_MAXFLOAT;
  gint best = -1;

  for (guint i = 0; i < context->candidates->len; i++)
    {
      const TripPlanCandidate *candidate = trip_plan_context_candidate (context, i);
      gfloat score = rate_for_wish (&rater, candidate);
      gboolean open = FALSE;

      if (tried[i] || score <= best_score || !trip_plan_candidate_is_sight (candidate))
        continue;
      for (guint d = 0; d < context->n_days && !open; d++)
        open = is_open_for_stay (context, i, d);
      if (!open)
        continue;
      best_score = score;
      best = (gint) i;
    }
  return best;
}

/* @seed is a place that is to be visited as if it had to be, -1 for none. */
static TripPlanDraft *
draft_once (const TripPlanContext *context,
            const TripPlanStays   *stays,
            const TripPlanStyle   *style,
            const TripPlanMeans   *means,
            guint64                effort,
            gint                   seed,
            GCancellable          *cancellable,
            GError               **error)
{
  g_autoptr(TripPlanDraft) draft = g_new0 (TripPlanDraft, 1);
  g_autofree guint8 *forced = g_new0 (guint8, context->candidates->len + 1);
  g_autofree guint8 *used = g_new0 (guint8, context->candidates->len + 1);
  TripPlanDrafter self = {
    .context = context,
    .style = style,
    .thrift = means->thrift,
    .saving = means->saving,
    .budget = means->budget,
    .draft = draft,
    .forced = forced,
    .used = used,
  };

  draft->n_days = context->n_days;
  draft->days = g_new0 (TripPlanDraftDay, context->n_days);
  draft->missing = g_array_new (FALSE, FALSE, sizeof (guint));
  draft->broken_wishes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint d = 0; d < context->n_days; d++)
    {
      draft->days[d].from_city = -1;
      draft->days[d].lodge = -1;
      draft->days[d].overnight_to = -1;
      draft->days[d].stops = g_array_new (FALSE, TRUE, sizeof (TripPlanStop));
    }

  force_wishes (&self, stays);
  if (seed >= 0)
    forced[seed] = TRUE;
  if (!draft_stays (&self, stays, effort, cancellable, error))
    return NULL;
  trip_plan_fill_days (&self);
  trip_plan_meals_complete (context, draft, style, forced, used);
  trip_plan_limits_judge (context, draft);
  trip_plan_rest_name (draft, context->day_end);
  find_missing (&self);
  trip_plan_drafter_sum_up (&self);
  return g_steal_pointer (&draft);
}

/**
 * trip_plan_draft_new:
 * @context: the question
 * @stays: how the days are split
 * @style: what the option is to be like
 * @means: what it may take
 * @cancellable: (nullable): ends the search early
 * @error: return location
 *
 * Makes a draft: within the budget what is worth most. That something which has to be in is not, or that beds and journeys
 * alone cost more, is said in the draft, not by an error.
 *
 * Returns: (transfer full): the draft; %NULL and %TRIP_ERROR_INFEASIBLE where two cities cannot be joined
 */
TripPlanDraft *
trip_plan_draft_new (const TripPlanContext *context,
                     const TripPlanStays   *stays,
                     const TripPlanStyle   *style,
                     const TripPlanMeans   *means,
                     GCancellable          *cancellable,
                     GError               **error)
{
  TripPlanDraft *draft = draft_once (context, stays, style, means, means->effort, -1, cancellable, error);
  g_autofree guint8 *tried = NULL;
  gint seed;

  /* In a short day a meal leaves no room for the only visit that is open; who travels has come for the visit. */
  for (guint n = 0; n < MAX_SEEDS && draft != NULL && draft->n_visits == 0; n++)
    {
      if (tried == NULL)
        tried = g_new0 (guint8, context->candidates->len + 1);
      seed = choose_seed (context, style, means->saving, tried);
      if (seed < 0)
        break;
      tried[seed] = TRUE;
      trip_plan_draft_free (draft);
      draft = draft_once (context, stays, style, means, means->effort / MAX_SEEDS, seed, cancellable, error);
    }
  return draft;
}

/**
 * trip_plan_draft_free:
 * @self: (transfer full): a draft
 *
 * Frees it.
 */
void
trip_plan_draft_free (TripPlanDraft *self)
{
  for (guint d = 0; d < self->n_days; d++)
    g_clear_pointer (&self->days[d].stops, g_array_unref);
  g_free (self->days);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->broken_wishes, g_array_unref);
  g_free (self);
}
