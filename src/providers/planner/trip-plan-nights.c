/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Each night is spent near where its day ends and the next one begins, in a bed that suits and that the money is there
 * for. A trellis of nights and beds is searched for its best path (Viterbi): what a night in a bed is worth, less the
 * ways to it and from it, less what it takes to move house. People do not change hotels for a kilometre, so in one city
 * the path stays where it is, and on an island it moves.
 */
#include "providers/planner/trip-plan-nights.h"

#include <string.h>

#define POINTS_PER_LODGING_KM 9.0f
#define POINTS_UNPRICED 15.0f

/* Packing, checking out, checking in and finding one's way about takes an hour of a day beside the way itself, and costs what
 * an hour of ways to bed does. */
#define MOVE_MINUTES 60

/* A way to bed comes at both ends of a day, in the morning rush and with tired feet: it weighs more than one between sights. */
#define BED_WAY_WEIGHT 2.5

/* Nearer than this to the old one a new bed is not worth the packing, however often one goes that way. */
#define LEAST_MOVE_MINUTES 40

/* From another bed a sight is nearer by this much or it makes no difference, and of such sights there are a few. */
#define LEAST_SAVED_MINUTES 30
#define FEW_FAR_SIGHTS 2

/* A day that has less left than this after a move is no day for one. */
#define LEAST_DAY_MINUTES (4 * 60)

/* In place of a path that must not be taken. */
#define NEVER (-1e12)

static const TripPlanCandidate *
candidate_at (const TripPlanNights *self,
              gint                  candidate)
{
  return trip_plan_context_candidate (self->drafter->context, (guint) candidate);
}

/* Where the days will be spent: among as many sights as they hold, the best of which come first in the list. */
static void
find_centre (const TripPlanNights *self,
             TripGeo              *out_centre)
{
  const TripPlanCity *city = self->stay->city;
  gdouble sum = 0, lat = 0, lng = 0;
  guint left = self->stay->n_days * trip_plan_pace_visits (self->drafter->style->pace) * 3 / 2;

  for (guint i = city->first; i < city->first + city->n; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self, (gint) i);
      gboolean is_sight = trip_plan_candidate_is_sight (candidate);
      gdouble weight = is_sight ? MAX (candidate->appeal, 1.0f) : 0.01;

      if (is_sight && left == 0)
        continue;
      left -= is_sight;
      /* The best sights draw most of the walking. */
      weight = weight * weight * (candidate->must ? 4 : 1);
      sum += weight;
      lat += candidate->poi->geo.lat * weight;
      lng += candidate->poi->geo.lng * weight;
    }
  out_centre->lat = sum > 0 ? lat / sum : city->geo.lat;
  out_centre->lng = sum > 0 ? lng / sum : city->geo.lng;
}

static gint
off_level (const TripPlanNights *self,
           gint                  bed)
{
  gint level = bed >= 0 ? candidate_at (self, bed)->poi->level : 0;

  return level > 0 ? ABS (level - self->drafter->style->level) : 0;
}

static gint64
price_of (const TripPlanNights *self,
          gint                  bed)
{
  return bed >= 0 ? MAX (candidate_at (self, bed)->price, 0) : 0;
}

static gdouble
rate_bed (const TripPlanNights    *self,
          const TripPlanCandidate *bed)
{
  gdouble worth = bed->appeal;

  if (bed->poi->level > 0)
    worth -= 2 * TRIP_PLAN_POINTS_PER_LEVEL * ABS (bed->poi->level - self->drafter->style->level);
  if (bed->price >= 0)
    worth -= self->drafter->saving * trip_plan_drafter_meals (self->drafter, self->stay->city, bed->price);
  else
    worth -= POINTS_UNPRICED;
  return worth;
}

/* What was asked for goes before what is known to be step-free, where that is asked for too. */
static guint
rank_bed (const TripPlanNights    *self,
          const TripPlanCandidate *bed)
{
  const TripPlanContext *context = self->drafter->context;
  gboolean is_free_of_steps = !context->constraints->wheelchair || (context->hard_topics & TRIP_TOPIC_ACCESS) == 0 ||
                              trip_poi_has_tag (bed->poi, "wheelchair");

  return 2u * bed->lodge_ok + is_free_of_steps;
}

static void
find_named (TripPlanNights *self)
{
  const TripPlanCity *city = self->stay->city;
  g_autoptr(GArray) ranks = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = city->first; i < city->first + city->n; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self, (gint) i);
      guint nights, rank, at;

      if (!candidate->must || candidate->poi->type != TRIP_POI_LODGE)
        continue;
      rank = trip_plan_lodges_find_wish (self->drafter->context, candidate, &nights);
      for (at = ranks->len; at > 0 && g_array_index (ranks, guint, at - 1) > rank; at--)
        ;
      g_array_insert_val (ranks, at, rank);
      g_array_insert_val (self->beds, at, i);
      g_array_insert_val (self->shares, at, nights);
    }
}

/**
 * trip_plan_nights_init:
 * @self: uninitialised
 * @drafter: the draft under way
 * @stay: the stay; outlives @self
 *
 * Finds the beds.
 */
void
trip_plan_nights_init (TripPlanNights        *self,
                       const TripPlanDrafter *drafter,
                       const TripPlanStay    *stay)
{
  const TripPlanCity *city = stay->city;
  guint best_rank = 0;

  *self = (TripPlanNights) { .drafter = drafter, .stay = stay };
  self->beds = g_array_new (FALSE, FALSE, sizeof (guint));
  self->shares = g_array_new (FALSE, FALSE, sizeof (guint));
  if (drafter->context->n_nights > stay->first_day)
    self->n_nights = MIN (stay->n_days, drafter->context->n_nights - stay->first_day);
  find_named (self);
  self->is_settled = self->beds->len > 0;
  for (guint i = city->first; i < city->first + city->n && !self->is_settled; i++)
    {
      const TripPlanCandidate *candidate = candidate_at (self, (gint) i);
      guint rank;

      if (candidate->poi->type != TRIP_POI_LODGE)
        continue;
      rank = rank_bed (self, candidate);
      if (rank > best_rank)
        g_array_set_size (self->beds, 0);
      best_rank = MAX (best_rank, rank);
      if (rank == best_rank)
        g_array_append_val (self->beds, i);
    }
  self->worth = g_new0 (gdouble, self->beds->len + 1);
  for (guint i = 0; i < self->beds->len; i++)
    self->worth[i] = rate_bed (self, candidate_at (self, (gint) g_array_index (self->beds, guint, i)));
}

/**
 * trip_plan_nights_clear:
 * @self: the beds of a stay
 *
 * Frees what it holds.
 */
void
trip_plan_nights_clear (TripPlanNights *self)
{
  g_clear_pointer (&self->beds, g_array_unref);
  g_clear_pointer (&self->shares, g_array_unref);
  g_clear_pointer (&self->worth, g_free);
}

static gboolean
is_every_night_elsewhere (const TripPlanNights *self)
{
  return self->drafter->context->constraints->lodging_change == TRIP_LODGING_CHANGE_NIGHTLY;
}

/* Beds that were named share the nights in their order: each has what was asked for it, and the rest share what is left. */
static void
share_nights (const TripPlanNights *self,
              gint                 *out_beds)
{
  guint n = self->beds->len;
  guint asked = 0, open = 0, night = 0;

  for (guint i = 0; i < n; i++)
    {
      asked += g_array_index (self->shares, guint, i);
      open += g_array_index (self->shares, guint, i) == 0;
    }
  for (guint i = 0, nth = 0; i < n; i++)
    {
      guint nights = g_array_index (self->shares, guint, i);
      guint left = self->n_nights > asked ? self->n_nights - asked : 0;

      if (nights == 0)
        {
          nights = MAX ((nth + 1) * left / MAX (open, 1u) - nth * left / MAX (open, 1u), 1u);
          nth++;
        }
      for (guint k = 0; k < nights && night < self->n_nights; k++)
        out_beds[night++] = (gint) g_array_index (self->beds, guint, i);
    }
  for (; night < self->n_nights; night++)
    out_beds[night] = (gint) g_array_index (self->beds, guint, n - 1);
}

static guint
cell (const TripPlanNights *self,
      gint                  from,
      gint                  to)
{
  return (guint) from * self->stay->city->n_locations + (guint) to;
}

static gint
row_of (const TripPlanNights *self,
        gint                  bed)
{
  return bed >= 0 ? candidate_at (self, bed)->location : 0;
}

/* Between which places a day is spent: rows, 0 for none. */
typedef struct {
  gint first;
  gint last;
} Ends;

static Ends *
find_ends (const TripPlanNights           *self,
           const TripOrienteeringSolution *solution)
{
  Ends *ends = g_new0 (Ends, self->stay->n_days + 1);

  for (guint t = 0; t < self->stay->n_days; t++)
    trip_plan_stay_ends (self->stay, solution, t, &ends[t].first, &ends[t].last);
  return ends;
}

static gdouble
measure_tour (const TripPlanNights *self,
              const Ends           *ends)
{
  gdouble sum = 0;

  for (guint t = 1; t < self->stay->n_days; t++)
    sum += self->stay->penalty[cell (self, ends[t - 1].last, ends[t].first)];
  return sum;
}

static void
reverse_days (Ends  *ends,
              guint  from,
              guint  to)
{
  for (; from < to; from++, to--)
    {
      Ends day = ends[from];

      ends[from] = ends[to];
      ends[to] = day;
    }
}

/* Days that were planned as if one slept wherever one is come in any order: put so that one goes round once, not to and fro
 * (2-opt). They are planned anew for the beds, so what is open when does not matter yet. */
static void
go_round_once (const TripPlanNights *self,
               Ends                 *ends)
{
  gdouble best = measure_tour (self, ends);
  gboolean improved = TRUE;

  for (guint pass = 0; improved && pass < self->stay->n_days; pass++)
    {
      improved = FALSE;
      for (guint i = 0; i + 1 < self->stay->n_days; i++)
        {
          for (guint k = i + 1; k < self->stay->n_days; k++)
            {
              gdouble length;

              reverse_days (ends, i, k);
              length = measure_tour (self, ends);
              if (length < best - 1e-6)
                {
                  best = length;
                  improved = TRUE;
                }
              else
                {
                  reverse_days (ends, i, k);
                }
            }
        }
    }
}

/* What a day takes off that begins in one bed and ends in another, below 0 for none: the ways, and the move. One moves in
 * the morning, so that bags are not carried about, and sets out from the new bed. */
static gdouble
weigh_day (const TripPlanNights *self,
           const Ends           *day,
           gint                  from,
           gint                  to,
           gdouble               way_weight)
{
  const gfloat *penalty = self->stay->penalty;
  gboolean moves = from >= 0 && to >= 0 && from != to;
  gint wakes = row_of (self, moves || from < 0 ? to : from);
  gint sleeps = row_of (self, to);
  gdouble sum = 0;

  if (moves)
    sum += BED_WAY_WEIGHT * MOVE_MINUTES * TRIP_PLAN_POINTS_PER_MINUTE + penalty[cell (self, row_of (self, from), sleeps)];
  return sum + way_weight * (penalty[cell (self, wakes, day->first)] + penalty[cell (self, day->last, sleeps)]);
}

/* Nobody moves next door, nor on a day that the move would use up. */
static gboolean
may_move (const TripPlanNights *self,
          guint                 tour,
          gint                  from,
          gint                  to)
{
  const TripOrienteeringTour *bounds = &self->stay->tours[tour];
  gint way = self->stay->travel[cell (self, row_of (self, from), row_of (self, to))];

  return self->drafter->context->constraints->lodging_change != TRIP_LODGING_CHANGE_NEVER && way >= LEAST_MOVE_MINUTES &&
         bounds->end - bounds->start - way >= LEAST_DAY_MINUTES;
}

static gint
bed_on (const TripPlanNights *self,
        const gint           *beds,
        guint                 tour)
{
  return tour < self->n_nights ? beds[tour] : -1;
}

static gdouble
worth_of (const TripPlanNights *self,
          gint                  bed)
{
  for (guint i = 0; i < self->beds->len; i++)
    {
      if ((gint) g_array_index (self->beds, guint, i) == bed)
        return self->worth[i];
    }
  return 0;
}

static gdouble
rate_path (const TripPlanNights *self,
           const Ends           *ends,
           const gint           *beds,
           gdouble               way_weight)
{
  gdouble sum = 0;

  for (guint t = 0; t < self->stay->n_days; t++)
    sum += worth_of (self, bed_on (self, beds, t)) -
           weigh_day (self, &ends[t], t > 0 ? bed_on (self, beds, t - 1) : -1, bed_on (self, beds, t), way_weight);
  return sum;
}

/**
 * trip_plan_nights_rate:
 * @self: the beds of a stay
 * @solution: how its days go
 * @beds: candidate of each night
 *
 * Returns: what the stay is worth with both, by the scale of the solver
 */
gdouble
trip_plan_nights_rate (const TripPlanNights           *self,
                       const TripOrienteeringSolution *solution,
                       const gint                     *beds)
{
  g_autofree Ends *ends = find_ends (self, solution);

  /* The solver has the ways between bed and sights in its score already. */
  return solution->score + rate_path (self, ends, beds, BED_WAY_WEIGHT - 1.0);
}

/* Who wants another house each night has one, as long as there are any. */
static void
choose_all_different (const TripPlanNights *self,
                      const Ends           *ends,
                      gint                 *out_beds)
{
  g_autofree guint *n_used = g_new0 (guint, self->beds->len + 1);
  gint before = -1;

  for (guint t = 0; t < self->n_nights; t++)
    {
      gdouble best_rate = -G_MAXDOUBLE;
      guint best = 0;

      for (guint i = 0; i < self->beds->len; i++)
        {
          gint bed = (gint) g_array_index (self->beds, guint, i);
          gdouble rate = self->worth[i] + n_used[i] * NEVER;

          if (ends != NULL)
            {
              rate -= weigh_day (self, &ends[t], before, bed, BED_WAY_WEIGHT);
              if (t + 1 < self->stay->n_days)
                rate -= BED_WAY_WEIGHT * self->stay->penalty[cell (self, row_of (self, bed), ends[t + 1].first)];
            }
          if (rate > best_rate)
            {
              best_rate = rate;
              best = i;
            }
        }
      n_used[best]++;
      before = out_beds[t] = (gint) g_array_index (self->beds, guint, best);
    }
}

/**
 * trip_plan_nights_guess:
 * @self: the beds of a stay
 * @out_beds: (out caller-allocates): candidate of each night, as many as the stay has days; -1 for none
 *
 * Guesses from where the sights lie, before anyone knows how the days will go: one bed for the stay, or those that were
 * named.
 */
void
trip_plan_nights_guess (const TripPlanNights *self,
                        gint                 *out_beds)
{
  gdouble best_score = -G_MAXDOUBLE;
  gint best = -1;
  TripGeo centre;

  for (guint t = 0; t < self->stay->n_days; t++)
    out_beds[t] = -1;
  if (self->beds->len == 0)
    return;
  if (self->is_settled)
    {
      share_nights (self, out_beds);
      return;
    }
  if (is_every_night_elsewhere (self))
    {
      choose_all_different (self, NULL, out_beds);
      return;
    }
  find_centre (self, &centre);
  for (guint i = 0; i < self->beds->len; i++)
    {
      gint bed = (gint) g_array_index (self->beds, guint, i);
      gdouble score = self->worth[i] - POINTS_PER_LODGING_KM *
                      trip_geo_distance_m (&centre, &candidate_at (self, bed)->poi->geo) / 1000.0;

      if (score > best_score)
        {
          best_score = score;
          best = bed;
        }
    }
  for (guint t = 0; t < self->n_nights; t++)
    out_beds[t] = best;
}

/**
 * trip_plan_nights_choose:
 * @self: the beds of a stay, of which there is one or more
 * @solution: how its days go
 * @out_beds: (out caller-allocates): candidate of each night, as many as the stay has days; -1 for none
 *
 * Chooses the beds that suit these days best, one move or more included where that is worth it.
 */
void
trip_plan_nights_choose (const TripPlanNights           *self,
                         const TripOrienteeringSolution *solution,
                         gint                           *out_beds)
{
  guint n = self->beds->len;
  g_autofree gdouble *rate = g_new (gdouble, n + 1);
  g_autofree gdouble *next = g_new (gdouble, n + 1);
  g_autofree guint *from = g_new0 (guint, (gsize) self->n_nights * n + 1);
  g_autofree Ends *ends = find_ends (self, solution);
  guint best = 0;

  for (guint t = 0; t < self->stay->n_days; t++)
    out_beds[t] = -1;
  if (self->n_nights == 0)
    return;
  go_round_once (self, ends);
  if (is_every_night_elsewhere (self))
    {
      choose_all_different (self, ends, out_beds);
      return;
    }
  for (guint i = 0; i < n; i++)
    rate[i] = self->worth[i] -
              weigh_day (self, &ends[0], -1, (gint) g_array_index (self->beds, guint, i), BED_WAY_WEIGHT);
  for (guint t = 1; t < self->n_nights; t++)
    {
      for (guint i = 0; i < n; i++)
        {
          gint bed = (gint) g_array_index (self->beds, guint, i);

          from[t * n + i] = i;
          next[i] = rate[i] - weigh_day (self, &ends[t], bed, bed, BED_WAY_WEIGHT);
          for (guint k = 0; k < n; k++)
            {
              gint before = (gint) g_array_index (self->beds, guint, k);
              gdouble moved;

              if (k == i || !may_move (self, t, before, bed))
                continue;
              moved = rate[k] - weigh_day (self, &ends[t], before, bed, BED_WAY_WEIGHT);
              if (moved > next[i])
                {
                  next[i] = moved;
                  from[t * n + i] = k;
                }
            }
          next[i] += self->worth[i];
        }
      memcpy (rate, next, n * sizeof *rate);
    }
  for (guint i = 0; i < n; i++)
    {
      if (self->n_nights < self->stay->n_days)
        rate[i] -= weigh_day (self, &ends[self->n_nights], (gint) g_array_index (self->beds, guint, i), -1, BED_WAY_WEIGHT);
      if (rate[i] > rate[best])
        best = i;
    }
  for (guint t = self->n_nights; t-- > 0;)
    {
      out_beds[t] = (gint) g_array_index (self->beds, guint, best);
      best = from[t * n + best];
    }
}

static gboolean
fits_days (const TripPlanNights           *self,
           const TripOrienteeringSolution *solution,
           gint                            bed)
{
  for (guint t = 0; t < self->stay->n_days; t++)
    {
      /* A day that begins or ends nowhere in particular, for a night on the way or the way home, still does. */
      gint start = self->stay->tours[t].start_location > 0 ? row_of (self, bed) : 0;
      gint end = self->stay->tours[t].end_location > 0 ? row_of (self, bed) : 0;

      if (!trip_plan_stay_fits (self->stay, t, solution, start, end))
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_plan_nights_improve:
 * @self: the beds of a stay
 * @solution: how its days go
 * @beds: (inout): candidate of each night
 *
 * Where one stays in one bed, looks for the one that suits these days best, of those from which they work as they are:
 * where a day ends and the next one begins is known by now.
 *
 * Returns: whether there is a better one
 */
gboolean
trip_plan_nights_improve (const TripPlanNights           *self,
                          const TripOrienteeringSolution *solution,
                          gint                           *beds)
{
  g_autofree gint *trial = g_memdup2 (beds, self->stay->n_days * sizeof *beds);
  g_autofree Ends *ends = NULL;
  gboolean is_better = FALSE;
  gdouble best_rate;
  gint off;

  if (self->is_settled || self->n_nights == 0 || self->beds->len < 2)
    return FALSE;
  for (guint t = 1; t < self->n_nights; t++)
    {
      if (beds[t] != beds[0])
        return FALSE;
    }
  ends = find_ends (self, solution);
  best_rate = rate_path (self, ends, beds, BED_WAY_WEIGHT);
  off = off_level (self, beds[0]);
  for (guint i = 0; i < self->beds->len; i++)
    {
      gint bed = (gint) g_array_index (self->beds, guint, i);
      gdouble rate;

      for (guint t = 0; t < self->n_nights; t++)
        trial[t] = bed;
      rate = rate_path (self, ends, trial, BED_WAY_WEIGHT);
      /* Some minutes on the way do not turn a good hotel into a hostel, nor spend what the days were chosen to cost. */
      if (rate <= best_rate + 1e-6 || off_level (self, bed) > off || !fits_days (self, solution, bed) ||
          (self->drafter->budget > 0 && price_of (self, bed) > price_of (self, beds[0])))
        continue;
      best_rate = rate;
      is_better = TRUE;
      memcpy (beds, trial, self->stay->n_days * sizeof *beds);
    }
  return is_better;
}

/**
 * trip_plan_nights_may_differ:
 * @self: the beds of a stay whose ways are measured
 * @beds: candidate of each night, all the same
 *
 * Returns: whether the stay is wide enough for more beds than one: a few of its best sights lie far from this bed and much
 *   nearer to another; or another one each night was asked for
 */
gboolean
trip_plan_nights_may_differ (const TripPlanNights *self,
                             const gint           *beds)
{
  const TripPlanCity *city = self->stay->city;
  guint left = self->stay->n_days * trip_plan_pace_visits (self->drafter->style->pace) * 3;
  guint n_far = 0;
  gint base;

  if (self->is_settled || self->n_nights < 2 || self->beds->len < 2)
    return FALSE;
  if (is_every_night_elsewhere (self))
    return TRUE;
  if (self->drafter->context->constraints->lodging_change == TRIP_LODGING_CHANGE_NEVER)
    return FALSE;
  base = row_of (self, beds[0]);
  for (guint i = city->first; i < city->first + city->n && left > 0; i++)
    {
      const TripPlanCandidate *sight = candidate_at (self, (gint) i);
      gboolean is_far = FALSE;

      if (!trip_plan_candidate_is_sight (sight))
        continue;
      left--;
      for (guint b = 0; b < self->beds->len && !is_far; b++)
        {
          gint bed = row_of (self, (gint) g_array_index (self->beds, guint, b));

          is_far = self->stay->travel[cell (self, base, bed)] >= LEAST_MOVE_MINUTES &&
                   self->stay->travel[cell (self, bed, sight->location)] + LEAST_SAVED_MINUTES <=
                     self->stay->travel[cell (self, base, sight->location)];
        }
      n_far += is_far;
      if (n_far >= FEW_FAR_SIGHTS || (is_far && sight->must))
        return TRUE;
    }
  return FALSE;
}
