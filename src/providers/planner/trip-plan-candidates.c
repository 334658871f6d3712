/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The places that may come into the plan: prices for the party, what a visit is worth, when they are open.
 */
#include "providers/planner/trip-plan-context.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"
#include "trip/model/trip-poi-hours.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_VISIT_MINUTES 90
#define DEFAULT_MEAL_MINUTES 60
/* A longer stay leaves no room for both meals of a day. */
#define LONGEST_VISIT_MINUTES 420
#define SHORTEST_STAY_MINUTES 30

/* A place that was spoken of by its name, though not as one that has to be seen. */
#define POINTS_LIKED 80.0f

/* Where a place's hours are not known these are assumed, and said to be unconfirmed. */
#define ASSUMED_OPEN (9 * 60)
#define ASSUMED_CLOSE (18 * 60)

#define DEFAULT_POPULARITY 55

/* Beyond these numbers a city's further places hardly ever come into a plan, yet cost time to weigh. */
#define SIGHTS_BASE 36
#define SIGHTS_PER_DAY 8
#define SIGHTS_MAX 150
#define RESTAURANTS_BASE 20
#define RESTAURANTS_PER_DAY 4
#define RESTAURANTS_MAX 64
#define LODGES_MAX 30

/**
 * trip_plan_context_rooms:
 * @self: a context
 *
 * Returns: how many double rooms the party takes; two children need no more than one adult does
 */
gint
trip_plan_context_rooms (const TripPlanContext *self)
{
  return MAX (1, (self->adults + (self->children + 1) / 2 + 1) / 2);
}

/* "$25", "free", "1,500 yen" in a client's own place: a number that says its currency, or none at all. */
static gint64
read_cost_text (TripPlanContext *self,
                const TripPoi   *poi,
                const char      *local_currency)
{
  static const struct {
    const char *sign;
    const char *currency;
  } signs[] = {
    { "US$", "USD" }, { "€", "EUR" }, { "£", "GBP" }, { "¥", "JPY" }, { "฿", "THB" }, { "₺", "TRY" }, { "₩", "KRW" },
    { "₹", "INR" }, { "$", "USD" },
  };
  const char *currency = NULL;
  const char *p = poi->cost;
  gboolean any_digit = FALSE;
  gdouble amount = 0;
  gdouble scale = 0;

  if (*p == '\0')
    return -1;
  if (g_ascii_strncasecmp (p, "free", 4) == 0)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (signs) && currency == NULL; i++)
    {
      if (strstr (p, signs[i].sign) != NULL)
        currency = signs[i].currency;
    }
  if (currency != NULL && strcmp (currency, "USD") == 0 && strcmp (local_currency, "USD") != 0 &&
      strstr (p, "US$") == NULL && g_ascii_isalpha (p[0]))
    return -1;
  for (; *p != '\0'; p++)
    {
      if (g_ascii_isalpha (*p) && currency == NULL && g_ascii_isalpha (p[1]) && g_ascii_isalpha (p[2]) &&
          !g_ascii_isalpha (p[3]))
        {
          char code[4] = { g_ascii_toupper (p[0]), g_ascii_toupper (p[1]), g_ascii_toupper (p[2]), '\0' };

          if (trip_currency_is_known (code))
            currency = g_intern_string (code);
          p += 2;
        }
      else if (g_ascii_isdigit (*p) && scale >= 0)
        {
          any_digit = TRUE;
          if (scale > 0)
            {
              amount += (*p - '0') * scale;
              scale /= 10.0;
            }
          else if (amount < 1e8)
            {
              amount = amount * 10.0 + (*p - '0');
            }
        }
      else if (*p == '.' && any_digit && scale == 0)
        {
          scale = 0.1;
        }
      else if (any_digit && *p != ',')
        {
          /* Only the first number counts: "$10-20" is at least ten. */
          scale = -1;
        }
    }
  if (!any_digit || currency == NULL)
    return -1;
  return trip_plan_context_convert (self, trip_currency_to_minor (currency, amount), currency);
}

static gint64
price_for_party (TripPlanContext    *self,
                 const TripPoi      *poi,
                 const TripPlanCity *city)
{
  gint64 price = poi->price_minor;

  if (price >= 0)
    price = trip_plan_context_convert (self, price, poi->currency[0] != '\0' ? poi->currency : city->currency);
  else
    price = read_cost_text (self, poi, city->currency);
  if (price < 0)
    return -1;
  /* A slip of a price must not overflow a sum. */
  price = MIN (price, G_GINT64_CONSTANT (1000000000000));
  if (poi->type == TRIP_POI_LODGE)
    return price * trip_plan_context_rooms (self);
  return trip_plan_context_for_party (self, price);
}

static gint
stay_minutes (const TripPoi *poi)
{
  gint minutes = poi->visit_minutes;

  if (minutes <= 0)
    minutes = poi->type == TRIP_POI_RESTAURANT ? DEFAULT_MEAL_MINUTES : DEFAULT_VISIT_MINUTES;
  return (CLAMP (minutes, 15, LONGEST_VISIT_MINUTES) + 4) / 5 * 5;
}

typedef struct {
  GPtrArray *interests;
  GPtrArray *food;
  GPtrArray *lodging;
  GPtrArray *liked;
} Tastes;

static GPtrArray *
stem_all (GPtrArray *words)
{
  GPtrArray *stems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (stems, trip_plan_words_stem (g_ptr_array_index (words, i)));
  return stems;
}

static guint
count_matches (const TripPlanCandidate *candidate,
               GPtrArray               *stems)
{
  guint n = 0;

  for (guint i = 0; i < stems->len; i++)
    {
      const char *stem = g_ptr_array_index (stems, i);

      n += trip_plan_words_match (candidate->poi, candidate->folded, stem, stem);
    }
  return n;
}

/**
 * trip_plan_context_serves:
 * @self: a context with terms
 * @poi: a place
 *
 * Returns: whether the travellers eat there what they eat: any place but a restaurant has nothing against it
 */
gboolean
trip_plan_context_serves (const TripPlanContext *self,
                          const TripPoi         *poi)
{
  GPtrArray *diets = self->constraints->diets;

  for (guint i = 0; i < diets->len && poi->type == TRIP_POI_RESTAURANT; i++)
    {
      const char *diet = g_ptr_array_index (diets, i);

      if (!trip_poi_has_tag (poi, diet) && !(strcmp (diet, "vegetarian") == 0 && trip_poi_has_tag (poi, "vegan")))
        return FALSE;
    }
  return TRUE;
}

static void
clear_candidate (gpointer data)
{
  TripPlanCandidate *candidate = data;

  g_clear_pointer (&candidate->folded, g_free);
}

/* Where step-free access has to be, a sight that is not known for it is left out, and never stands in for one that is. */
static gboolean
lacks_access (const TripPlanContext *self,
              const TripPoi         *poi)
{
  return self->constraints->wheelchair && (self->hard_topics & TRIP_TOPIC_ACCESS) != 0 &&
         poi->type != TRIP_POI_RESTAURANT && poi->type != TRIP_POI_LODGE && poi->tags != NULL && poi->tags->len > 0 &&
         !trip_poi_has_tag (poi, "wheelchair");
}

/* A bar is no place for children; a quarter that has bars beside all else may be. */
static gboolean
is_for_adults (const TripPlanContext *self,
               const TripPoi         *poi)
{
  static const char * const for_all[] = { "neighbourhood", "street", "square", "market", "view", "family", "kids" };

  if (self->children <= 0 || poi->type == TRIP_POI_RESTAURANT || poi->type == TRIP_POI_LODGE || poi->tags == NULL ||
      !(trip_poi_has_tag (poi, "nightlife") || trip_poi_has_tag (poi, "bar")))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (for_all); i++)
    {
      if (trip_poi_has_tag (poi, for_all[i]))
        return FALSE;
    }
  return TRUE;
}

static gfloat
rate (const TripPlanContext   *self,
      const TripPlanCandidate *candidate,
      const Tastes            *tastes)
{
  const TripPoi *poi = candidate->poi;
  gfloat appeal = (gfloat) (poi->popularity >= 0 ? poi->popularity : DEFAULT_POPULARITY);

  switch (poi->type)
    {
    case TRIP_POI_RESTAURANT:
      appeal = appeal * 0.3f + 45.0f * (gfloat) MIN (count_matches (candidate, tastes->food), 2u);
      break;
    case TRIP_POI_LODGE:
      appeal = appeal * 0.3f + 60.0f * (gfloat) MIN (count_matches (candidate, tastes->lodging), 2u);
      break;
    default:
      appeal += 30.0f * (gfloat) MIN (count_matches (candidate, tastes->interests), 3u);
      break;
    }
  appeal += POINTS_LIKED * (gfloat) MIN (count_matches (candidate, tastes->liked), 1u);
  if (poi->tags == NULL)
    return appeal;
  if (self->avoid_crowds)
    {
      if (trip_poi_has_tag (poi, "crowded"))
        appeal -= 35.0f;
      if (trip_poi_has_tag (poi, "quiet"))
        appeal += 25.0f;
    }
  if (self->constraints->wheelchair)
    appeal += trip_poi_has_tag (poi, "wheelchair") ? 20.0f : -30.0f;
  if (self->children > 0)
    {
      if (trip_poi_has_tag (poi, "kids") || trip_poi_has_tag (poi, "family") || trip_poi_has_tag (poi, "zoo") ||
          trip_poi_has_tag (poi, "aquarium") || trip_poi_has_tag (poi, "family_rooms"))
        appeal += 20.0f;
      if (trip_poi_has_tag (poi, "nightlife") || trip_poi_has_tag (poi, "bar"))
        appeal -= 45.0f;
    }
  return appeal;
}

static gint
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const TripPlanCandidate *one = a;
  const TripPlanCandidate *other = b;

  if (one->city != other->city)
    return one->city < other->city ? -1 : 1;
  if (one->must != other->must)
    return one->must ? -1 : 1;
  if (one->appeal != other->appeal)
    return one->appeal > other->appeal ? -1 : 1;
  /* An order that does not depend on the sort: the same request gets the same plan. */
  return strcmp (one->folded, other->folded);
}

static gboolean
is_twin (GArray                  *candidates,
         guint                    first,
         const TripPlanCandidate *candidate)
{
  for (guint i = first; i < candidates->len; i++)
    {
      const TripPlanCandidate *other = &g_array_index (candidates, TripPlanCandidate, i);

      if (other->poi->id != NULL && candidate->poi->id != NULL && strcmp (other->poi->id, candidate->poi->id) == 0)
        return TRUE;
      if (strcmp (other->folded, candidate->folded) == 0 && trip_poi_is_same (other->poi, candidate->poi))
        return TRUE;
    }
  return FALSE;
}

/* Keeps the best of each kind in a city, and every place once. */
static void
select_best (TripPlanContext *self,
             GArray          *all)
{
  guint limits[3];
  guint counts[3] = { 0, 0, 0 };
  guint city = G_MAXUINT;

  limits[0] = MIN (SIGHTS_BASE + SIGHTS_PER_DAY * self->n_days, SIGHTS_MAX);
  limits[1] = MIN (RESTAURANTS_BASE + RESTAURANTS_PER_DAY * self->n_days, RESTAURANTS_MAX);
  limits[2] = LODGES_MAX;
  for (guint i = 0; i < all->len; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (all, TripPlanCandidate, i);
      guint kind = candidate->poi->type == TRIP_POI_RESTAURANT ? 1 : candidate->poi->type == TRIP_POI_LODGE ? 2 : 0;

      if (candidate->city != city)
        {
          city = candidate->city;
          memset (counts, 0, sizeof counts);
          g_array_index (self->cities, TripPlanCity, city).first = self->candidates->len;
          g_array_index (self->cities, TripPlanCity, city).n = 0;
        }
      if ((!candidate->must && counts[kind] >= limits[kind]) ||
          is_twin (self->candidates, g_array_index (self->cities, TripPlanCity, city).first, candidate))
        continue;
      counts[kind]++;
      candidate->location = (gint) ++g_array_index (self->cities, TripPlanCity, city).n;
      g_array_append_val (self->candidates, *candidate);
      candidate->folded = NULL;
    }
}

static void
measure_city (TripPlanContext *self,
              TripPlanCity    *city)
{
  guint n = city->n + 1;
  g_autofree gdouble *x = g_new0 (gdouble, n);
  g_autofree gdouble *y = g_new0 (gdouble, n);

  /* Within a city the globe is flat to some 0.1 %: two products instead of five sines a pair. */
  for (guint i = 1; i < n; i++)
    {
      const TripGeo *geo = &g_array_index (self->candidates, TripPlanCandidate, city->first + i - 1).poi->geo;

      x[i] = (geo->lng - city->geo.lng) * cos (city->geo.lat * G_PI / 180.0) * 111194.93;
      y[i] = (geo->lat - city->geo.lat) * 111194.93;
    }
  city->n_locations = n;
  city->distance = g_new0 (gfloat, (gsize) n * n);
  for (guint i = 1; i < n; i++)
    {
      for (guint j = i + 1; j < n; j++)
        {
          gfloat distance = (gfloat) sqrt ((x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]));

          city->distance[i * n + j] = distance;
          city->distance[j * n + i] = distance;
        }
    }
}

static void
wish_free (gpointer data)
{
  TripPlanWish *wish = data;

  g_free (wish->phrase);
  g_array_unref (wish->matches);
  g_free (wish);
}

static gboolean
is_city_name (const TripPlanContext *self,
              const char            *stem)
{
  for (guint i = 0; i < self->cities->len; i++)
    {
      g_autofree char *name = trip_text_fold (g_array_index (self->cities, TripPlanCity, i).name);

      if (strcmp (name, stem) == 0 || trip_text_contains_word (stem, name))
        return TRUE;
    }
  return FALSE;
}

/* Every full day has its meals; and what speaks of numbers speaks of no place. */
static gboolean
is_met_anyway (const char *stem)
{
  static const char * const words[] = { "", "breakfast", "lunch", "dinner", "meal", "food", "hotel", "lodging" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (stem, words[i]) == 0)
        return TRUE;
    }
  return strpbrk (stem, "0123456789") != NULL;
}

/* More words than these are a sentence that nobody understood, and no place. */
#define MOST_WORDS_OF_A_PLACE 5

static guint
count_words (const char *stem)
{
  guint n = *stem != '\0';

  for (; *stem != '\0'; stem++)
    n += *stem == ' ';
  return n;
}

/* A must-have that names a place makes it one that has to be visited; any other has to be met by one of several. */
static gboolean
read_wish (TripPlanContext *self,
           const char      *phrase,
           GError         **error)
{
  g_autofree char *folded = trip_text_fold (phrase);
  g_autofree char *stem = trip_plan_words_stem (phrase);
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (guint));
  TripPlanWish *wish;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, i);

      if (strcmp (candidate->folded, folded) == 0 ||
          (strlen (candidate->folded) >= 6 && trip_text_contains_word (folded, candidate->folded)))
        {
          candidate->must = TRUE;
          g_array_unref (matches);
          return TRUE;
        }
      if (candidate->poi->type != TRIP_POI_LODGE &&
          trip_plan_words_match (candidate->poi, candidate->folded, folded, stem))
        g_array_append_val (matches, i);
    }
  if (matches->len == 0)
    {
      g_array_unref (matches);
      if (is_city_name (self, stem))
        return TRUE;
      if (is_met_anyway (stem) || count_words (stem) > MOST_WORDS_OF_A_PLACE)
        {
          if (strpbrk (stem, "0123456789") != NULL || count_words (stem) > MOST_WORDS_OF_A_PLACE)
            g_ptr_array_add (self->notes, g_strdup_printf (_("“%s” could not be held against what is known of the "
                                                             "places."),
                                                           phrase));
          return TRUE;
        }
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   _("“%s” has to be in the plan, but none of the places that are known offers it."), phrase);
      return FALSE;
    }
  wish = g_new0 (TripPlanWish, 1);
  wish->phrase = g_strdup (phrase);
  wish->matches = matches;
  g_ptr_array_add (self->wishes, wish);
  return TRUE;
}

/* Words that no table has may be the name of a place, or what one is tagged with. */
static void
find_liked (TripPlanContext *self)
{
  GPtrArray *phrases = self->constraints->unread;

  for (guint i = 0; i < phrases->len; i++)
    {
      const char *phrase = g_ptr_array_index (phrases, i);
      g_autofree char *stem = trip_plan_words_stem (phrase);
      gboolean found = FALSE;

      for (guint c = 0; c < self->candidates->len && !found; c++)
        {
          const TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, c);

          found = trip_plan_words_match (candidate->poi, candidate->folded, stem, stem);
        }
      if (found)
        g_ptr_array_add (self->liked, (gpointer) phrase);
    }
}

/* What travellers add to a plan that there is they name; why it cannot be is told then. */
static gboolean
is_too_dear (const TripPlanContext   *self,
             const TripPlanCandidate *candidate)
{
  return (!self->keeps_plan || candidate->poi->type == TRIP_POI_RESTAURANT) &&
         !trip_plan_bounds_allow_price (self, candidate->poi->type, candidate->price);
}

/**
 * trip_plan_context_add_candidates:
 * @self: a context with cities and terms
 * @pois: (element-type TripPoi): the places that may be visited
 * @city_of: (element-type gint): index of each place's city; -1 for places left out
 * @error: return location
 *
 * Rates and prices the places, keeps the best of each city and measures the distances between them.
 *
 * Returns: whether every must-have has a place that can meet it; else %TRIP_ERROR_INFEASIBLE
 */
gboolean
trip_plan_context_add_candidates (TripPlanContext *self,
                                  GPtrArray       *pois,
                                  GArray          *city_of,
                                  GError         **error)
{
  g_autoptr(GPtrArray) interests = stem_all (self->constraints->interests);
  g_autoptr(GPtrArray) food = stem_all (self->constraints->food);
  g_autoptr(GPtrArray) lodging = stem_all (self->constraints->lodging);
  g_autoptr(GArray) all = g_array_sized_new (FALSE, TRUE, sizeof (TripPlanCandidate), pois->len);
  g_autoptr(GPtrArray) liked = stem_all (self->constraints->unread);
  Tastes tastes = { interests, food, lodging, liked };

  g_array_set_clear_func (all, clear_candidate);
  self->wishes = g_ptr_array_new_with_free_func (wish_free);
  self->candidates = g_array_new (FALSE, TRUE, sizeof (TripPlanCandidate));
  g_array_set_clear_func (self->candidates, clear_candidate);
  for (guint i = 0; i < pois->len; i++)
    {
      TripPlanCandidate candidate = { .poi = g_ptr_array_index (pois, i) };
      gint city = g_array_index (city_of, gint, i);

      if (city < 0)
        continue;
      candidate.city = (guint) city;
      candidate.folded = trip_text_fold (candidate.poi->name);
      candidate.must = candidate.poi->must_see;
      candidate.service = stay_minutes (candidate.poi);
      candidate.price = price_for_party (self, candidate.poi, &g_array_index (self->cities, TripPlanCity, city));
      candidate.appeal = rate (self, &candidate, &tastes);
      candidate.diet_ok = trip_plan_context_serves (self, candidate.poi);
      if (!candidate.must && (lacks_access (self, candidate.poi) || is_for_adults (self, candidate.poi) ||
                              is_too_dear (self, &candidate)))
        {
          clear_candidate (&candidate);
          continue;
        }
      g_array_append_val (all, candidate);
    }
  if (!trip_plan_context_judge_lodges (self, all, error))
    return FALSE;
  g_array_sort (all, compare_candidates);
  for (guint i = 0; i < self->cities->len; i++)
    g_array_index (self->cities, TripPlanCity, i).n = 0;
  select_best (self, all);
  for (guint i = 0; i < self->constraints->must->len; i++)
    {
      if (!read_wish (self, g_ptr_array_index (self->constraints->must, i), error))
        return FALSE;
    }
  find_liked (self);
  for (guint i = 0; i < self->cities->len; i++)
    measure_city (self, &g_array_index (self->cities, TripPlanCity, i));
  return TRUE;
}

static void
add_span (TripPlanContext *self,
          gint             from,
          gint             to)
{
  TripPlanSpan span = { from, to };

  g_array_append_val (self->spans, span);
}

static void
add_open_days (TripPlanContext   *self,
               TripPlanCandidate *candidate)
{
  g_autoptr(TripOpeningHours) hours = trip_poi_parse_hours (candidate->poi);
  g_autoptr(GArray) intervals = NULL;
  gint longest = 0;

  candidate->unconfirmed = hours == NULL;
  if (hours != NULL)
    intervals = trip_opening_hours_intervals (hours, &self->start, self->n_days + 1);
  for (guint day = 0; day < self->n_days; day++)
    {
      gint midnight = (gint) day * TRIP_PLAN_MINUTES_PER_DAY;
      guint first = self->spans->len;

      g_array_append_val (self->first_span, first);
      if (intervals == NULL)
        add_span (self, ASSUMED_OPEN, ASSUMED_CLOSE);
      for (guint i = 0; intervals != NULL && i < intervals->len; i++)
        {
          const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);
          gint from = MAX (interval->from - midnight, 0);
          gint to = interval->to - midnight;

          if (interval->state != TRIP_OPENING_OPEN || to <= 0)
            continue;
          if (from >= TRIP_PLAN_MINUTES_PER_DAY)
            {
              /* A night that goes on without a break belongs to the day before. */
              TripPlanSpan *last = self->spans->len > first
                                     ? &g_array_index (self->spans, TripPlanSpan, self->spans->len - 1)
                                     : NULL;

              if (last != NULL && last->to == from)
                last->to = MIN (to, TRIP_PLAN_MINUTES_PER_DAY * 3 / 2);
              break;
            }
          if (self->spans->len > first && g_array_index (self->spans, TripPlanSpan, self->spans->len - 1).to == from)
            g_array_index (self->spans, TripPlanSpan, self->spans->len - 1).to = to;
          else
            add_span (self, from, to);
        }
      for (guint i = first; i < self->spans->len; i++)
        {
          TripPlanSpan *span = &g_array_index (self->spans, TripPlanSpan, i);

          span->to = MIN (span->to, TRIP_PLAN_MINUTES_PER_DAY * 3 / 2);
          longest = MAX (longest, span->to - span->from);
          /* Before the travellers come and after they leave no door is open to them. */
          span->from = MAX (span->from, trip_plan_context_earliest (self, day));
          span->to = MAX (MIN (span->to, trip_plan_context_latest (self, day)), span->from);
        }
    }
  /* A table that is let for two hours is not sat at for longer, whatever is usual. */
  candidate->service = stay_minutes (candidate->poi);
  if (longest >= SHORTEST_STAY_MINUTES && longest < candidate->service)
    candidate->service = longest / 5 * 5;
}

/**
 * trip_plan_context_open_days:
 * @self: a context with candidates
 *
 * Reads the opening hours of all candidates for all days of the trip; again after its start was changed.
 */
void
trip_plan_context_open_days (TripPlanContext *self)
{
  guint end;

  g_array_set_size (self->spans, 0);
  g_array_set_size (self->first_span, 0);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      TripPlanCandidate *candidate = &g_array_index (self->candidates, TripPlanCandidate, i);

      add_open_days (self, candidate);
    }
  end = self->spans->len;
  g_array_append_val (self->first_span, end);
  trip_plan_context_set_themes (self);
}

/**
 * trip_plan_context_spans:
 * @self: a context
 * @candidate: index of a candidate
 * @day: index of a day of the trip
 * @out_spans: (out): when it is open on that day, ascending
 *
 * Returns: number of spans
 */
guint
trip_plan_context_spans (const TripPlanContext *self,
                         guint                  candidate,
                         guint                  day,
                         const TripPlanSpan   **out_spans)
{
  guint index = candidate * self->n_days + day;
  guint first = g_array_index (self->first_span, guint, index);
  guint last = g_array_index (self->first_span, guint, index + 1);

  *out_spans = (const TripPlanSpan *) (void *) self->spans->data + first;
  return last - first;
}

/**
 * trip_plan_context_find:
 * @self: a context
 * @poi: a place
 *
 * Returns: index of the candidate that is the same place, or -1
 */
gint
trip_plan_context_find (const TripPlanContext *self,
                        const TripPoi         *poi)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const TripPoi *other = g_array_index (self->candidates, TripPlanCandidate, i).poi;

      if (other == poi || (poi->id != NULL && other->id != NULL && strcmp (poi->id, other->id) == 0))
        return (gint) i;
    }
  for (guint i = 0; i < self->candidates->len; i++)
    {
      if (trip_poi_is_same (g_array_index (self->candidates, TripPlanCandidate, i).poi, poi))
        return (gint) i;
    }
  return -1;
}
