/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A message that takes a place out, names one more, or asks for another length, budget or hours speaks of a plan that
 * the traveller has seen, so what it says nothing about stays where it is. What asks for another trip (another party,
 * other interests, another pace, a further city) is no change to this one: then the trip is planned anew.
 */
#include "providers/planner/trip-plan-renew.h"

#include "providers/planner/trip-plan-edit-money.h"
#include "providers/planner/trip-plan-edit-private.h"
#include "providers/planner/trip-plan-options.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_OPTIONS 2

/* New requirements about these are met by changing the plan. */
#define CHANGEABLE (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES | TRIP_TOPIC_BUDGET | TRIP_TOPIC_DAY_START | TRIP_TOPIC_DAY_END | \
                    TRIP_TOPIC_DIET | TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE | TRIP_TOPIC_LODGING)

/* A plan holds without a requirement as well as with it, unless all its numbers or its ways are others without. */
#define NEEDED (TRIP_TOPIC_PARTY | TRIP_TOPIC_ORIGIN)

#define MAX_WISH_TRIES 8

typedef struct {
  guint added;    /* topics of new requirements */
  guint removed;  /* topics of requirements that are gone */
  gboolean limit; /* a day has a new limit */
  gboolean avoid; /* something new is to be avoided */
} Difference;

static gboolean
has_requirement (GPtrArray             *list,
                 const TripRequirement *wanted)
{
  for (guint i = 0; i < list->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (list, i);

      if (requirement->priority == wanted->priority && strcmp (requirement->description, wanted->description) == 0)
        return TRUE;
    }
  return FALSE;
}

static const TripPoi *
find_same (GPtrArray     *list,
           const TripPoi *poi)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (trip_poi_is_same (g_ptr_array_index (list, i), poi))
        return g_ptr_array_index (list, i);
    }
  return NULL;
}

/* Another kind of house, and how many nights in which, are for a trip that is planned anew; where the house should be, what it
 * may cost, and that it should be one, for the plan that there is. */
static gboolean
is_for_another_plan (const TripPlanQuery   *query,
                     const TripRequirement *requirement)
{
  g_autoptr(TripConstraints) meaning = trip_constraints_new ();

  trip_constraints_add_phrase (meaning, requirement->description, requirement->priority, &query->today);
  if (meaning->lodging->len > 0 || meaning->lodging_change == TRIP_LODGING_CHANGE_NIGHTLY)
    return TRUE;
  for (guint i = 0; i < meaning->night_wishes->len; i++)
    {
      if (((const TripNightWish *) g_ptr_array_index (meaning->night_wishes, i))->nights > 0)
        return TRUE;
    }
  return FALSE;
}

/* How many sights, or how many of a kind, or how far on foot a day may have at most: nothing is asked for by that which the
 * plan has not. How far a single way on foot may be is for another plan. */
static gboolean
is_limit_of_days (const TripPlanQuery   *query,
                  const TripRequirement *requirement)
{
  g_autoptr(TripConstraints) meaning = trip_constraints_new ();

  trip_constraints_add_phrase (meaning, requirement->description, requirement->priority, &query->today);
  if (requirement->priority == TRIP_PRIORITY_AVOID || meaning->pace != TRIP_PACE_UNSET || meaning->max_walk_m > 0)
    return FALSE;
  return meaning->max_visits > 0 || meaning->max_walk_day_m > 0 || meaning->kind_limits->len > 0;
}

/* What a kind of things may cost, and nothing of which things there should be. */
static gboolean
is_limit_of_money (const TripPlanQuery   *query,
                   const TripRequirement *requirement)
{
  g_autoptr(TripConstraints) meaning = trip_constraints_new ();
  guint topics = trip_constraints_add_phrase (meaning, requirement->description, requirement->priority, &query->today);

  return (topics & TRIP_TOPICS_OF_COST) != 0 && (topics & ~(guint) (TRIP_TOPICS_OF_COST | TRIP_TOPIC_BUDGET)) == 0;
}

/* FALSE where the difference is one for which a trip is planned anew. */
static gboolean
compare (const TripPlanQuery *query,
         Difference          *out_difference)
{
  memset (out_difference, 0, sizeof *out_difference);
  for (guint i = 0; i < query->requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (query->requirements, i);
      guint topics = trip_phrase_topics (requirement->description);

      if (has_requirement (query->former_requirements, requirement))
        continue;
      if (is_limit_of_money (query, requirement))
        {
          out_difference->added |= topics & (TRIP_TOPICS_OF_COST | TRIP_TOPIC_BUDGET);
        }
      else if (is_limit_of_days (query, requirement))
        {
          out_difference->limit = TRUE;
          out_difference->added |= topics;
        }
      else if (requirement->priority == TRIP_PRIORITY_AVOID && (topics & ~(TRIP_TOPIC_INTEREST | TRIP_TOPIC_FOOD)) == 0)
        out_difference->avoid = TRUE;
      else if (topics == TRIP_TOPIC_NONE || (topics & ~(CHANGEABLE | TRIP_TOPIC_INTEREST)) != 0 ||
               ((topics & TRIP_TOPIC_INTEREST) != 0 && requirement->priority != TRIP_PRIORITY_MUST_HAVE) ||
               ((topics & TRIP_TOPIC_LODGING) != 0 && is_for_another_plan (query, requirement)))
        return FALSE;
      else
        out_difference->added |= topics;
    }
  for (guint i = 0; i < query->former_requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (query->former_requirements, i);

      if (!has_requirement (query->requirements, requirement))
        out_difference->removed |= trip_phrase_topics (requirement->description);
    }
  if ((out_difference->removed & NEEDED) != 0)
    return FALSE;
  /* A city that is named comes with all its places; a place that is named comes alone and has to be seen. */
  for (guint i = 0; i < query->pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (query->pois, i);

      if (!poi->must_see && find_same (query->former_pois, poi) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The traveller took it out of the trip, or wants it avoided now. */
static gboolean
is_gone (const TripPlanEditor *self,
         const TripPoi        *poi,
         gboolean             *out_avoided)
{
  gboolean known = find_same (self->query->pois, poi) != NULL;

  *out_avoided = known && find_same (self->context->places, poi) == NULL;
  return *out_avoided || (!known && find_same (self->query->former_pois, poi) != NULL);
}

static gboolean
drop_block (TripPlanEditor *self,
            guint           day,
            guint           block)
{
  const TripPlanBlock *source = g_ptr_array_index (trip_plan_editor_day (self, day)->blocks, block);
  g_autofree char *name = g_strdup (trip_plan_block_poi (source)->name);
  const TripPoi *table = source->kind == TRIP_BLOCK_MEAL ? trip_plan_editor_another_table (self, day, block) : NULL;

  if (table != NULL)
    {
      trip_plan_editor_say (self, _("%s took the place of %s."), table->name, name);
      return TRUE;
    }
  if (!trip_plan_editor_remove (self, day, block))
    return FALSE;
  trip_plan_editor_say (self, _("%s was taken out of day %u."), name, day + 1);
  return TRUE;
}

/* A stretch of a day that several places left is filled again where something fits without moving the rest. */
static void
fill_day (TripPlanEditor *self,
          guint           day,
          guint           n)
{
  g_autoptr(GPtrArray) places = trip_plan_editor_find_places (self, NULL, FALSE);

  for (guint i = 0; i < places->len && n > 0; i++)
    {
      TripPoi *poi = g_ptr_array_index (places, i);

      if (!trip_plan_editor_is_near (trip_plan_editor_day (self, day), poi) ||
          !trip_plan_editor_insert (self, day, poi, NULL, 0, G_MAXINT, FALSE))
        continue;
      trip_plan_editor_say (self, _("%s was added on day %u."), poi->name, day + 1);
      n--;
    }
}

static gboolean
change_bed (TripPlanEditor *self,
            gint            day,
            const char     *name)
{
  g_autofree char *object = g_strdup (name);
  TripPlanChange change = { .kind = TRIP_PLAN_CHANGE_LODGING, .option = TRIP_PLAN_EVERY_OPTION, .day = day,
                            .other_day = TRIP_PLAN_EVERY_DAY, .minute = -1, .object = object };
  const TripPlanChange *was = self->change;
  gboolean done;

  self->change = &change;
  done = trip_plan_editor_change_lodging (self);
  self->change = was;
  return done;
}

static gboolean
drop_gone_places (TripPlanEditor *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      TripPoi *night = trip_plan_editor_day (self, d)->lodging_poi;
      guint n_avoided = 0;
      gboolean avoided;

      for (guint b = 0; b < trip_plan_editor_day (self, d)->blocks->len;)
        {
          const TripPlanBlock *block = g_ptr_array_index (trip_plan_editor_day (self, d)->blocks, b);
          const TripPoi *poi = trip_plan_block_poi (block);

          if (poi == NULL || (block->kind != TRIP_BLOCK_VISIT && block->kind != TRIP_BLOCK_MEAL) ||
              !is_gone (self, poi, &avoided))
            {
              b++;
              continue;
            }
          n_avoided += avoided && block->kind == TRIP_BLOCK_VISIT;
          if (!drop_block (self, d, b))
            return FALSE;
          b = 0;
        }
      fill_day (self, d, n_avoided);
      if (night != NULL && is_gone (self, night, &avoided) && !change_bed (self, (gint) d, NULL))
        return FALSE;
    }
  return TRUE;
}

/* A place that is in the plan already and has to stay from now on. */
static void
mark_must_sees (TripPlanEditor *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
          const TripPoi *poi = trip_plan_block_poi (block);
          const TripPoi *now = poi != NULL && !poi->must_see ? find_same (self->query->pois, poi) : NULL;

          if (now == NULL || !now->must_see)
            continue;
          g_ptr_array_set_size (block->pois, 0);
          g_ptr_array_add (block->pois, trip_poi_ref ((TripPoi *) now));
          trip_plan_block_touch (block);
          trip_plan_day_touch (day);
        }
    }
}

static gboolean
has_night_at (const TripPlanEditor *self,
              const TripPoi        *lodge)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPoi *night = trip_plan_editor_day (self, d)->lodging_poi;

      if (night != NULL && trip_poi_is_same (night, lodge))
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_must_haves (TripPlanEditor *self)
{
  guint day;

  for (guint i = 0; i < self->context->candidates->len; i++)
    {
      const TripPlanCandidate *candidate = &g_array_index (self->context->candidates, TripPlanCandidate, i);

      if (!candidate->must || trip_plan_editor_has_place (self, candidate->poi))
        continue;
      if (candidate->poi->type == TRIP_POI_LODGE)
        {
          if (!has_night_at (self, candidate->poi) && !change_bed (self, TRIP_PLAN_EVERY_DAY, candidate->poi->name))
            return FALSE;
        }
      else if (!trip_plan_editor_add (self, candidate->poi->name))
        {
          return FALSE;
        }
    }
  for (guint w = 0; w < self->context->wishes->len; w++)
    {
      const TripPlanWish *wish = g_ptr_array_index (self->context->wishes, w);
      gboolean met = FALSE;

      for (guint pass = 0; pass < 3 && !met; pass++)
        for (guint i = 0; i < (pass == 0 ? wish->matches->len : MIN (wish->matches->len, MAX_WISH_TRIES)) && !met; i++)
          {
            guint n_days = self->option->days->len;
            TripPoi *poi = g_array_index (self->context->candidates, TripPlanCandidate,
                                          g_array_index (wish->matches, guint, i)).poi;

            met = pass == 0 ? trip_plan_editor_has_place (self, poi) || has_night_at (self, poi)
                            : poi->type == TRIP_POI_SIGHT &&
                              trip_plan_editor_insert_anywhere (self, 0, n_days, poi, pass == 2, &day);
            if (met && pass > 0)
              trip_plan_editor_say (self, _("%s was added on day %u."), poi->name, day + 1);
          }
      if (!met)
        return FALSE;
    }
  return TRUE;
}

static gboolean
keeps_day_count (const TripPlanQuery *query)
{
  for (guint i = 0; i < query->changes->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (query->changes, i);
      g_autoptr(TripPlanChange) change = trip_plan_change_read (intent->value);

      if (change->kind == TRIP_PLAN_CHANGE_DAY_ADD || change->kind == TRIP_PLAN_CHANGE_DAY_REMOVE)
        return FALSE;
    }
  return TRUE;
}

static gboolean
change_days (TripPlanEditor        *self,
             const Difference      *difference,
             const TripPlanContext *asked)
{
  GPtrArray *days = self->option->days;
  gboolean adjust = keeps_day_count (self->query);

  if (asked == NULL)
    return TRUE;
  if (adjust && (asked->n_days > 2 * days->len || asked->n_days * 2 < days->len))
    return FALSE;
  if ((difference->added & TRIP_TOPIC_DATES) != 0 && g_date_valid (&asked->start) &&
      (!g_date_valid (&self->option->start_date) || g_date_compare (&asked->start, &self->option->start_date) != 0))
    {
      self->option->start_date = asked->start;
      if (!trip_plan_editor_renew_dates (self, 0))
        return FALSE;
    }
  while (adjust && days->len < asked->n_days)
    {
      if (!trip_plan_editor_add_day (self))
        return FALSE;
    }
  while (adjust && days->len > asked->n_days)
    {
      if (!trip_plan_editor_remove_day (self, TRIP_PLAN_EVERY_DAY))
        return FALSE;
    }
  return TRUE;
}

static gboolean
keep_hours (TripPlanEditor *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      if (!trip_plan_editor_refit (self, d, trip_plan_editor_night (self, d), NULL, TRUE))
        return FALSE;
    }
  return TRUE;
}

static gboolean
suits_lodging (const TripPlanEditor *self,
               const TripPoi        *bed)
{
  gint index = trip_plan_context_find (self->context, bed);
  const TripPlanCandidate *candidate = index >= 0 ? &g_array_index (self->context->candidates, TripPlanCandidate, (guint) index)
                                                  : NULL;

  return candidate == NULL || candidate->must || (candidate->lodge_ok && candidate->lodge_near);
}

/* Nights in a bed that is not of the price or in the place that is asked for now go to another, and where one house is asked
 * for to that of the night before. What has to hold and cannot takes another plan. */
static gboolean
keep_lodging (TripPlanEditor *self)
{
  const TripConstraints *terms = self->context->constraints;
  gboolean is_hard = (self->context->hard_topics & (TRIP_TOPIC_LODGING | TRIP_TOPIC_BUDGET | TRIP_TOPIC_LODGING_COST)) != 0;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPoi *bed = trip_plan_editor_day (self, d)->lodging_poi;
      const TripPoi *before = d > 0 ? trip_plan_editor_day (self, d - 1)->lodging_poi : NULL;

      if (bed == NULL)
        continue;
      if (!suits_lodging (self, bed))
        {
          if (trip_plan_editor_leave_bed (self, d))
            continue;
          if (is_hard)
            return FALSE;
          if (before == NULL || !trip_poi_is_same (before, bed))
            trip_plan_editor_say (self, _("No other lodging that is known suits better than %s."), bed->name);
        }
      else if (terms->lodging_change == TRIP_LODGING_CHANGE_NEVER && before != NULL && !trip_poi_is_same (before, bed) &&
               g_strcmp0 (before->city, bed->city) == 0 && !change_bed (self, (gint) d, before->name))
        {
          return FALSE;
        }
    }
  return TRUE;
}

static void
keep_diet (TripPlanEditor *self)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      for (guint b = 0; b < trip_plan_editor_day (self, d)->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (trip_plan_editor_day (self, d)->blocks, b);
          const TripPoi *poi = trip_plan_block_poi (block);

          if (block->kind == TRIP_BLOCK_MEAL && poi != NULL && !poi->must_see && !trip_plan_context_serves (self->context, poi))
            drop_block (self, d, b);
        }
    }
}

/* The dearest meal, or visit, that need not be; FALSE where there is none that costs anything. */
static gboolean
find_dearest (const TripPlanEditor *self,
              TripBlockKind         kind,
              guint                *out_day,
              guint                *out_block)
{
  gdouble dearest = 0;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
          const TripPoi *poi = trip_plan_block_poi (block);

          if (block->kind != kind || poi == NULL || block->cost <= dearest || trip_plan_editor_is_must (self, poi) ||
              (kind == TRIP_BLOCK_VISIT && trip_plan_editor_visits (day) < 2))
            continue;
          dearest = block->cost;
          *out_day = d;
          *out_block = b;
        }
    }
  return dearest > 0;
}

/* Plain meals first, then fewer tickets, the dearest first, as long as most of the plan is left. */
static void
spend_less (TripPlanEditor *self)
{
  guint least = trip_plan_editor_all_visits (self) * 2 / 3;
  guint day, block;

  for (TripBlockKind kind = TRIP_BLOCK_MEAL;; kind = TRIP_BLOCK_VISIT)
    {
      while (trip_plan_option_sum (self->option) > self->context->budget && find_dearest (self, kind, &day, &block) &&
             (kind == TRIP_BLOCK_MEAL || trip_plan_editor_all_visits (self) > least))
        {
          g_autofree char *name = g_strdup (trip_plan_block_poi (g_ptr_array_index (trip_plan_editor_day (self, day)->blocks,
                                                                                    block))->name);

          if (!trip_plan_editor_remove (self, day, block))
            return;
          trip_plan_editor_say (self, kind == TRIP_BLOCK_MEAL ? _("Instead of %s that meal is a plain one, to keep the budget.")
                                                              : _("%s was left out to keep the budget."), name);
        }
      if (kind == TRIP_BLOCK_VISIT)
        return;
    }
}

static gboolean
keep_budget (TripPlanEditor *self)
{
  if (self->context->budget <= 0 || trip_plan_option_sum (self->option) <= self->context->budget)
    return TRUE;
  trip_plan_editor_sleep_cheaper (self);
  spend_less (self);
  if (trip_plan_option_sum (self->option) > self->context->budget)
    {
      g_autofree char *budget = trip_currency_format (self->context->currency, self->context->budget);

      if (self->context->budget_is_hard)
        return FALSE;
      trip_plan_editor_say (self, _("It does not keep the wished budget of %s."), budget);
    }
  return TRUE;
}

static void
add_new_notes (TripPlanOption *option,
               GPtrArray      *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      if (strstr (option->general_notes, g_ptr_array_index (notes, i)) == NULL)
        trip_plan_option_add_notes (option, g_ptr_array_index (notes, i));
    }
}

/* An option of the same days that keeps what is asked for now; NULL where that takes another trip. */
static TripPlanOption *
renew_option (const TripPlanQuery   *query,
              TripAtlas             *atlas,
              const TripPlanOption  *option,
              const Difference      *difference,
              const TripPlanContext *asked,
              const char            *currency,
              GCancellable          *cancellable)
{
  static const TripPlanChange none = { .kind = TRIP_PLAN_CHANGE_UNKNOWN, .option = TRIP_PLAN_EVERY_OPTION,
                                       .day = TRIP_PLAN_EVERY_DAY, .other_day = TRIP_PLAN_EVERY_DAY, .minute = -1 };
  g_autoptr(TripPlanOption) copy = trip_plan_option_copy (option);
  g_autoptr(GString) notes = g_string_new (NULL);
  TripPlanEditor editor = { query, atlas, cancellable, NULL, NULL, &none, copy, notes, FALSE, NULL, FALSE };
  gboolean has_total = copy->cost_total >= 0;
  guint n_visits = trip_plan_editor_all_visits (&editor);
  gint64 before;
  gboolean done;

  if (currency != NULL)
    trip_plan_option_convert (copy, currency);
  before = trip_plan_option_sum (copy);
  done = trip_plan_editor_renew_context (&editor) && drop_gone_places (&editor);
  if (done)
    mark_must_sees (&editor);
  done = done && change_days (&editor, difference, asked);
  if (done && (difference->added & (TRIP_TOPIC_DAY_START | TRIP_TOPIC_DAY_END)) != 0)
    done = keep_hours (&editor);
  done = done && trip_plan_editor_keep_journeys (&editor, difference->added | difference->removed);
  if (done && (difference->added & TRIP_TOPIC_DIET) != 0)
    keep_diet (&editor);
  if (done && (difference->added & (TRIP_TOPIC_LODGING | TRIP_TOPIC_BUDGET | TRIP_TOPIC_LODGING_COST)) != 0)
    done = keep_lodging (&editor);
  done = done && add_must_haves (&editor) && trip_plan_editor_keep_limits (&editor, difference->limit ? NULL : option) &&
         keep_budget (&editor) && trip_plan_editor_keep_bounds (&editor);
  /* Where little is left of it, another plan is better. */
  done = done && (!difference->limit || trip_plan_editor_all_visits (&editor) * 2 >= n_visits) &&
         ((difference->added & TRIP_TOPICS_OF_COST) == 0 || trip_plan_editor_all_visits (&editor) * 4 >= n_visits * 3);
  for (guint d = 0; d < copy->days->len && done; d++)
    done = trip_plan_editor_visits (trip_plan_editor_day (&editor, d)) > 0 ||
           (d < option->days->len && trip_plan_editor_visits (g_ptr_array_index (option->days, d)) == 0);
  if (done)
    {
      gint64 after = trip_plan_option_sum (copy);

      if (has_total && after != before)
        trip_plan_option_set_total (copy, trip_currency_to_minor (copy->currency, copy->cost_total) + after - before);
      trip_plan_editor_say_lost (&editor, option);
      trip_plan_option_add_notes (copy, notes->str);
      add_new_notes (copy, editor.context->notes);
      trip_plan_option_touch (copy);
    }
  trip_plan_editor_clear (&editor);
  return done ? g_steal_pointer (&copy) : NULL;
}

/* An option that cannot keep the new terms goes; another takes its place, so that there is still a choice. */
static void
make_up_for (const TripPlanQuery *query,
             TripAtlas           *atlas,
             GPtrArray           *options,
             guint                wanted,
             GCancellable        *cancellable)
{
  while (options->len > 0 && options->len < wanted)
    {
      g_autoptr(TripPlanContext) context = trip_plan_context_new (query, atlas, g_ptr_array_index (options, 0), NULL);
      TripPlanOption *another = context != NULL ? trip_plan_options_make_another (context, options, cancellable, NULL) : NULL;

      if (another == NULL)
        return;
      trip_plan_option_add_notes (another, _("This option was planned anew, as its days left no room for that change."));
      g_ptr_array_add (options, another);
    }
}

/**
 * trip_plan_renew:
 * @query: a question with a plan, whose places or requirements have changed
 * @atlas: (nullable): the atlas
 * @cancellable: (nullable): ends the work early
 *
 * Changes the client's plan so that it keeps what is asked for now, and leaves all else in its place.
 *
 * Returns: (transfer full) (nullable) (element-type TripPlanOption): the options; %NULL where the trip has to be planned
 *   anew
 */
GPtrArray *
trip_plan_renew (const TripPlanQuery *query,
                 TripAtlas           *atlas,
                 GCancellable        *cancellable)
{
  g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  g_autoptr(TripPlanContext) asked = NULL;
  const char *currency = NULL;
  Difference difference;

  if (!compare (query, &difference))
    return NULL;
  if (((difference.added | difference.removed) & (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES | TRIP_TOPIC_BUDGET)) != 0)
    {
      asked = trip_plan_context_new (query, atlas, NULL, NULL);
      if (asked == NULL)
        return NULL;
      if (asked->budget > 0 && trip_currency_is_known (asked->constraints->currency))
        currency = asked->constraints->currency;
    }
  for (guint i = 0; i < query->plan->len; i++)
    {
      gboolean days = ((difference.added | difference.removed) & (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES)) != 0;
      TripPlanOption *option;

      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      option = renew_option (query, atlas, g_ptr_array_index (query->plan, i), &difference, days ? asked : NULL, currency,
                             cancellable);
      if (option != NULL)
        g_ptr_array_add (options, option);
    }
  make_up_for (query, atlas, options, MIN (query->plan->len, MIN_OPTIONS), cancellable);
  return options->len > 0 ? g_steal_pointer (&options) : NULL;
}
