/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The terms of a trip: when, for how long, for whom, for how much, by what. What nobody said is assumed, and the
 * assumption is written down.
 */
#include "providers/planner/trip-plan-context.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define DEFAULT_DAYS 3
#define DEFAULT_DAYS_PER_CITY 2
#define DEFAULT_LEAD_DAYS 14

/* A day shorter than this holds no visit with its way. */
#define SHORTEST_DAY_MINUTES 120

/* Metres of path that are no walk to speak of. */
#define NEXT_DOOR_M 300

/* Walks that a day has. */
#define WALKS_OF_A_DAY 5

/* A place this far from a city's centre still belongs to it when it is where the travellers come from. */
#define SAME_CITY_M 30000.0

static void
note (TripPlanContext *self,
      char            *sentence)
{
  g_ptr_array_add (self->notes, sentence);
}

static char *
format_date (const GDate *date)
{
  char text[128];

  if (g_date_strftime (text, sizeof text, _("%A, %-d %B %Y"), date) == 0)
    return trip_date_format_iso (date);
  return g_strdup (text);
}

static gboolean
read_duration (TripPlanContext *self,
               GError         **error)
{
  const TripConstraints *terms = self->constraints;
  gint days = terms->days;

  if (g_date_valid (&terms->start) && g_date_valid (&terms->end))
    {
      gint between = g_date_days_between (&terms->start, &terms->end) + 1;

      if (between < 1)
        {
          g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("The trip ends before it begins."));
          return FALSE;
        }
      if (days > 0 && days != between)
        note (self, g_strdup_printf (_("The dates span %d days, but %d days were asked for; the number of days is "
                                       "kept."), between, days));
      else
        days = between;
    }
  if (days <= 0 && terms->nights > 0)
    days = terms->nights + 1;
  if (days <= 0)
    {
      days = self->cities->len <= 1 ? DEFAULT_DAYS : (gint) self->cities->len * DEFAULT_DAYS_PER_CITY;
      days = MIN (days, TRIP_PLAN_MAX_DAYS);
      note (self, g_strdup_printf (ngettext ("No length was given, so this is a plan for %d day.",
                                             "No length was given, so this is a plan for %d days.", (gulong) days),
                                   days));
    }
  if (days > TRIP_PLAN_MAX_DAYS)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("A plan covers at most %d days, and %d were asked for; plan the trip in parts."),
                   TRIP_PLAN_MAX_DAYS, days);
      return FALSE;
    }
  self->n_days = (guint) days;
  self->n_nights = terms->nights >= days ? self->n_days : self->n_days - 1;
  if (terms->nights > 0 && (guint) terms->nights != self->n_nights)
    note (self, g_strdup_printf (_("%d nights do not go with %d days; the plan has %u nights."), terms->nights, days,
                                 self->n_nights));
  return TRUE;
}

static void
read_start (TripPlanContext      *self,
            const TripPlanOption *like)
{
  const TripConstraints *terms = self->constraints;
  const GDate *today = &self->query->today;
  g_autofree char *text = NULL;

  if (like != NULL && g_date_valid (&like->start_date))
    {
      self->start = like->start_date;
      return;
    }
  if (g_date_valid (&terms->start))
    {
      self->start = terms->start;
    }
  else if (g_date_valid (&terms->end))
    {
      self->start = terms->end;
      g_date_subtract_days (&self->start, MIN (self->n_days - 1, g_date_get_julian (&terms->end) - 1));
    }
  else
    {
      GDate earliest;

      if (g_date_valid (today))
        earliest = *today;
      else
        g_date_set_dmy (&earliest, 1, G_DATE_JANUARY, 2027);
      g_date_add_days (&earliest, DEFAULT_LEAD_DAYS);
      if (terms->month >= 1 && terms->month <= 12)
        {
          GDate first = g_date_valid (today) ? *today : earliest;

          /* The month under way counts while it has room for the trip. */
          if ((gint) g_date_get_month (&first) != terms->month || (gint) g_date_get_month (&earliest) != terms->month)
            {
              GDateYear year = g_date_get_year (&first);

              g_date_set_dmy (&earliest, 1, (GDateMonth) terms->month,
                              (gint) g_date_get_month (&first) >= terms->month ? year + 1 : year);
            }
        }
      while (g_date_get_weekday (&earliest) != G_DATE_SATURDAY)
        g_date_add_days (&earliest, 1);
      self->start = earliest;
      self->start_assumed = TRUE;
      return;
    }

  if (g_date_valid (today) && g_date_compare (&self->start, today) < 0)
    {
      text = format_date (&self->start);
      note (self, g_strdup_printf (_("%s has passed; opening hours are those of that date."), text));
    }
}

static void
read_party (TripPlanContext *self)
{
  const TripConstraints *terms = self->constraints;

  self->adults = CLAMP (terms->adults, 0, 1000);
  self->children = CLAMP (terms->children, 0, 1000);
  if (self->adults == 0)
    {
      self->adults = 1;
      note (self, self->children == 0 ? g_strdup (_("Costs are for one adult, as no party was named."))
                                      : g_strdup (_("Costs count one adult, as only children were named.")));
    }
  if (self->children > 0)
    note (self, g_strdup (_("Children are counted at half the adult price.")));
}

/* The weight with which the travellers spoke of a topic; the last word wins. What is to be avoided binds as well. */
static void
read_weights (TripPlanContext *self)
{
  for (guint i = 0; i < self->query->requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (self->query->requirements, i);
      guint topics = trip_phrase_topics (requirement->description);

      if (requirement->priority == TRIP_PRIORITY_PREFERRED)
        self->hard_topics &= ~topics;
      else
        self->hard_topics |= topics;
    }
}

static gboolean
is_night_per_person (const TripConstraints *terms)
{
  for (guint i = 0; i < terms->money_limits->len; i++)
    {
      const TripMoneyLimit *limit = g_ptr_array_index (terms->money_limits, i);

      if (limit->scope == TRIP_MONEY_SCOPE_NIGHT)
        return limit->per_person;
    }
  return FALSE;
}

static void
read_money (TripPlanContext      *self,
            const TripPlanOption *like)
{
  const TripConstraints *terms = self->constraints;
  const char *currency = "USD";
  gint64 budget;

  if (self->cities->len > 0)
    {
      const char *local = g_array_index (self->cities, TripPlanCity, 0).currency;

      if (trip_currency_is_known (local))
        currency = local;
    }
  if (terms->budget > 0 && trip_currency_is_known (terms->currency))
    currency = terms->currency;
  if (like != NULL && trip_currency_is_known (like->currency))
    currency = like->currency;
  g_strlcpy (self->currency, currency, sizeof self->currency);

  trip_plan_context_read_bounds (self);
  if (terms->night_limit > 0)
    {
      const char *from = trip_currency_is_known (terms->night_currency) ? terms->night_currency : self->currency;

      self->night_limit = trip_currency_to_minor (from, terms->night_limit);
      if (strcmp (from, self->currency) != 0)
        self->night_limit = trip_currency_convert (self->night_limit, from, self->currency);
      if (is_night_per_person (terms))
        self->night_limit = self->night_limit * (self->adults + self->children) / trip_plan_context_rooms (self);
      self->night_limit = MAX (self->night_limit, 1);
    }
  if (!(terms->budget > 0))
    return;
  budget = trip_currency_to_minor (trip_currency_is_known (terms->currency) ? terms->currency : self->currency,
                                   terms->budget);
  if (terms->budget_per_day)
    budget *= self->n_days;
  if (terms->budget_per_person)
    budget *= self->adults + self->children;
  if (trip_currency_is_known (terms->currency) && strcmp (terms->currency, self->currency) != 0)
    budget = trip_currency_convert (budget, terms->currency, self->currency);
  self->budget = MAX (budget, 1);
  self->budget_is_hard = (self->hard_topics & TRIP_TOPIC_BUDGET) != 0;
}

static gboolean
read_hours_of_day (TripPlanContext *self,
                   GError         **error)
{
  const TripConstraints *terms = self->constraints;

  self->day_start = terms->day_start >= 0 ? (MIN (terms->day_start, 1435) + 4) / 5 * 5 : -1;
  self->day_end = terms->day_end >= 0 ? terms->day_end / 5 * 5 : -1;
  /* "Until 1 am" is meant for the night that follows. */
  if (self->day_end >= 0 && self->day_end <= 4 * 60)
    self->day_end += TRIP_PLAN_MINUTES_PER_DAY;
  if (self->day_start >= 0 && self->day_end >= 0 && self->day_end - self->day_start < SHORTEST_DAY_MINUTES)
    {
      g_autofree char *range = trip_clock_format_range (self->day_start, self->day_end);

      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("Days from %s leave no time for a visit: start earlier or end later."), range);
      return FALSE;
    }
  return TRUE;
}

#define CITY_MODES                                                                                                   \
  (TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_BIKE) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT) |                              \
   TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TAXI) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_CAR))
#define FAR_MODES                                                                                                    \
  (TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRAIN) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_COACH) |                               \
   TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_FLIGHT) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_CAR))

/* What alone is allowed says so of ways in a city, of those between cities, or of both; a few steps are always walked. */
static void
restrict_modes (TripPlanContext *self)
{
  GPtrArray *only = self->constraints->transport_only;
  guint in_city = 0, far = 0;
  gboolean names_city_mode = FALSE;

  for (guint i = 0; i < only->len; i++)
    {
      const char *word = g_ptr_array_index (only, i);
      guint modes = trip_travel_modes_of_word (word);

      /* One kind of public transport stands for all of it: which lines run where is not known. */
      if (strcmp (word, "subway") == 0 || strcmp (word, "tram") == 0 || strcmp (word, "bus") == 0 ||
          strcmp (word, "ferry") == 0 || strcmp (word, "transit") == 0)
        in_city |= TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT);
      in_city |= modes & CITY_MODES;
      names_city_mode |= in_city != 0 || strcmp (word, "walk") == 0;
      far |= modes & FAR_MODES;
    }
  if (names_city_mode)
    self->modes &= ~(CITY_MODES & ~in_city);
  if (far != 0)
    self->modes &= ~(FAR_MODES & ~far) | (in_city & TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_CAR));
}

static void
read_transport (TripPlanContext *self)
{
  const TripConstraints *terms = self->constraints;

  self->modes = TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_WALK) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT) |
                TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TAXI) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRAIN) |
                TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_COACH) | TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_FLIGHT);
  for (guint i = 0; i < terms->transport_prefer->len; i++)
    {
      guint modes = trip_travel_modes_of_word (g_ptr_array_index (terms->transport_prefer, i));

      self->modes |= modes;
      for (guint mode = TRIP_TRAVEL_WALK; mode <= TRIP_TRAVEL_FLIGHT && self->prefer == TRIP_TRAVEL_NONE; mode++)
        {
          if ((modes & TRIP_TRAVEL_MODE_BIT (mode)) != 0)
            self->prefer = (TripTravelMode) mode;
        }
    }
  for (guint i = 0; i < terms->transport_avoid->len; i++)
    self->modes &= ~trip_travel_modes_of_word (g_ptr_array_index (terms->transport_avoid, i));
  restrict_modes (self);
}

static void
read_origin (TripPlanContext *self)
{
  const char *origin = self->constraints->origin;
  const TripCity *city = NULL;

  if (origin == NULL || *origin == '\0')
    return;
  self->origin = g_strdup (origin);
  if (self->atlas != NULL)
    {
      city = trip_atlas_get_city (self->atlas, origin);
      if (city != NULL)
        {
          self->origin_geo = city->geo;
          self->has_origin = TRUE;
        }
      else
        {
          TripGazetteer *gazetteer = trip_atlas_get_gazetteer (self->atlas);
          const TripGazetteerEntry *entry = gazetteer != NULL ? trip_gazetteer_lookup (gazetteer, origin, NULL) : NULL;

          if (entry != NULL && (entry->kind == TRIP_PLACE_CITY || entry->kind == TRIP_PLACE_REGION))
            {
              self->origin_geo = entry->geo;
              self->has_origin = TRUE;
            }
        }
    }
  if (!self->has_origin)
    {
      note (self, g_strdup_printf (_("It is not known where %s is, so the way there and back is not planned."),
                                   origin));
      return;
    }
  for (guint i = 0; i < self->cities->len && self->has_origin; i++)
    {
      const TripPlanCity *visited = &g_array_index (self->cities, TripPlanCity, i);

      /* Who starts in the only city of the trip travels nowhere. */
      if (self->cities->len == 1 && trip_geo_distance_m (&visited->geo, &self->origin_geo) < SAME_CITY_M)
        self->has_origin = FALSE;
    }
}

/**
 * trip_plan_context_read_terms:
 * @self: a context with constraints and cities
 * @like: (nullable): an option whose dates and currency hold
 * @error: return location
 *
 * Reads dates, party, money and ways of travel.
 *
 * Returns: whether there is a trip to plan; else %TRIP_ERROR_INFEASIBLE
 */
gboolean
trip_plan_context_read_terms (TripPlanContext      *self,
                              const TripPlanOption *like,
                              GError              **error)
{
  if (like != NULL && like->days->len > 0)
    {
      self->n_days = MIN (like->days->len, TRIP_PLAN_MAX_DAYS);
      self->n_nights = self->n_days - 1;
    }
  else if (!read_duration (self, error))
    {
      return FALSE;
    }
  read_weights (self);
  read_start (self, like);
  read_party (self);
  read_money (self, like);
  read_transport (self);
  read_origin (self);
  return read_hours_of_day (self, error) && trip_plan_context_read_journeys (self, error);
}

/**
 * trip_plan_context_for_party:
 * @self: a context
 * @one_adult: a price for one adult, minor units, or below 0 where unknown
 *
 * Returns: the price for all, children at half, minor units; -1 where unknown
 */
gint64
trip_plan_context_for_party (const TripPlanContext *self,
                             gint64                 one_adult)
{
  return one_adult < 0 ? -1 : one_adult * self->adults + (one_adult * self->children + 1) / 2;
}

/**
 * trip_plan_context_convert:
 * @self: a context
 * @minor: an amount, minor units of @currency
 * @currency: its currency
 *
 * Returns: the amount in minor units of the plan's currency; remembers that rates were used
 */
gint64
trip_plan_context_convert (TripPlanContext *self,
                           gint64           minor,
                           const char      *currency)
{
  if (minor <= 0 || strcmp (currency, self->currency) == 0 || !trip_currency_is_known (currency))
    return minor;
  self->converted = TRUE;
  return trip_currency_convert (minor, currency, self->currency);
}

/**
 * trip_plan_context_profile:
 * @self: a context
 * @city: a city of it
 * @out_profile: (out): how the party moves there
 *
 * Describes travel in a city.
 */
void
trip_plan_context_profile (const TripPlanContext *self,
                           const TripPlanCity    *city,
                           TripTravelProfile     *out_profile)
{
  gint cars = (self->adults + self->children + 3) / 4;

  memset (out_profile, 0, sizeof *out_profile);
  out_profile->modes = self->modes;
  out_profile->prefer = self->prefer;
  out_profile->max_walk_m = self->prefer == TRIP_TRAVEL_WALK ? 3000 : 1500;
  if (self->constraints->max_walk_m > 0)
    {
      out_profile->hard_walk_m = self->constraints->max_walk_m;
      out_profile->max_walk_m = MIN (out_profile->max_walk_m, out_profile->hard_walk_m);
    }
  /* A day's walking is made of several walks, and no walk is longer than all. */
  if (self->constraints->max_walk_day_m > 0)
    {
      out_profile->hard_walk_m = out_profile->hard_walk_m > 0
                                   ? MIN (out_profile->hard_walk_m, self->constraints->max_walk_day_m)
                                   : self->constraints->max_walk_day_m;
    out_profile->max_walk_m = MIN (out_profile->max_walk_m,
                                   MAX (self->constraints->max_walk_day_m / WALKS_OF_A_DAY, NEXT_DOOR_M));
    }
  if ((self->modes & TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_WALK)) == 0)
    {
      /* From a door to the next nobody rides, whatever was ruled out. */
      out_profile->modes |= TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_WALK);
      out_profile->hard_walk_m = NEXT_DOOR_M;
      out_profile->max_walk_m = NEXT_DOOR_M;
    }
  if (city->transit_name == NULL)
    out_profile->modes &= ~TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_TRANSIT);
  out_profile->transit_name = city->transit_name;
  out_profile->transit_kmh = city->transit_kmh;
  out_profile->transit_fare = trip_plan_context_for_party (self, city->transit_fare);
  /* No city's taxi tariff is known offline; a lunch is a fair measure of what things cost there. */
  out_profile->taxi_base = city->meal_cost * 2 / 5 * cars;
  out_profile->taxi_per_km = city->meal_cost / 5 * cars;
  trip_plan_bounds_limit_ways (self, out_profile);
}

/**
 * trip_plan_context_is_next_door:
 * @self: a context
 * @leg: a way
 *
 * Returns: whether the way is a few steps of travellers who asked not to walk: not worth telling
 */
gboolean
trip_plan_context_is_next_door (const TripPlanContext *self,
                                const TripTravelLeg   *leg)
{
  return leg->mode == TRIP_TRAVEL_WALK && (self->modes & TRIP_TRAVEL_MODE_BIT (TRIP_TRAVEL_WALK)) == 0;
}

/**
 * trip_plan_context_date:
 * @self: a context
 * @day: index of a day of the trip
 * @out_date: (out): its date
 *
 * Says which date a day is.
 */
void
trip_plan_context_date (const TripPlanContext *self,
                        guint                  day,
                        GDate                 *out_date)
{
  *out_date = self->start;
  g_date_add_days (out_date, day);
}
