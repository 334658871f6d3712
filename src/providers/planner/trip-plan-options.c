/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Drafts an option in each of a few styles, each within the budget. What has to be in and finds
 * no place is given longer days, more days in its city, and, where nobody named a date, another first day, before it
 * is said to be impossible.
 */
#include "providers/planner/trip-plan-options.h"

#include "providers/planner/trip-plan-bounds.h"
#include "providers/planner/trip-plan-compare.h"
#include "providers/planner/trip-plan-draft.h"
#include "providers/planner/trip-plan-purse.h"
#include "providers/planner/trip-plan-refusal.h"
#include "providers/planner/trip-plan-styles.h"
#include "providers/planner/trip-plan-taste.h"
#include "providers/planner/trip-plan-words.h"
#include "providers/planner/trip-plan-writer.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

#define MIN_OPTIONS 2
#define MAX_OPTIONS 3

/* Insertions that one day of one draft may weigh: bounds the time of a request, whatever it asks. */
#define EFFORT_PER_DAY 120000

/* Two drafts more alike than this are one option to a person. */
#define TOO_ALIKE 0.8

/* Nearly the same visits are alike whatever the tables and beds, many of them where they cost the same. */
#define SAME_VISITS 0.85
#define MANY_VISITS 0.67
#define SAME_COST 0.95

/* So many styles are tried for the sake of a third option: each costs time. */
#define MAX_STYLES_TRIED 8

#define TIGHT_THRIFT 140.0f

#define LONGER_DAYS_MINUTES 150
#define MAX_RESPLITS 2

/* A draft that works but hardly differs from an option: better than none where nothing else can be had. */
typedef struct {
  TripPlanDraft *draft;
  const TripPlanStyle *style;
  gboolean tightened;
  gdouble likeness;
} Spare;

/* Options as they come together, and why a style gave none. */
typedef struct {
  TripPlanContext *context;
  GCancellable *cancellable;
  TripPlanStays stays;
  gint longer;
  TripPlanTaste taste;
  GPtrArray *options;
  GPtrArray *drafts;
  GArray *spares;
  gint64 cheapest;
  gboolean tight;
  gboolean short_of_options;
  GError *incomplete;
  gint64 least_over;
} Collection;

static void
clear_spare (gpointer data)
{
  g_clear_pointer (&((Spare *) data)->draft, trip_plan_draft_free);
}

static void
collection_init (Collection      *self,
                 TripPlanContext *context,
                 GCancellable    *cancellable)
{
  self->context = context;
  self->cancellable = cancellable;
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_draft_free);
  self->spares = g_array_new (FALSE, TRUE, sizeof (Spare));
  g_array_set_clear_func (self->spares, clear_spare);
  self->cheapest = G_MAXINT64;
  trip_plan_taste_init (&self->taste, context);
  trip_plan_stays_split (context, &self->stays);
}

static void
collection_clear (Collection *self)
{
  trip_plan_taste_clear (&self->taste);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->spares, g_array_unref);
  g_clear_error (&self->incomplete);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collection, collection_clear)

static const TripPlanCandidate *
candidate_at (const TripPlanContext *context,
              guint                  index)
{
  return &g_array_index (context->candidates, TripPlanCandidate, index);
}

/* Whoever knows nothing but tables and beds gets a plan of these; whoever knows more and wants none of it does not. */
static gboolean
knows_sights (const TripPlanContext *context)
{
  for (guint i = 0; i < context->query->pois->len; i++)
    {
      TripPoiType type = ((const TripPoi *) g_ptr_array_index (context->query->pois, i))->type;

      if (type != TRIP_POI_RESTAURANT && type != TRIP_POI_LODGE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_complete (const TripPlanContext *context,
             const TripPlanDraft   *draft)
{
  return draft->missing->len == 0 && draft->broken_wishes->len == 0 && draft->broken == 0 &&
         (draft->n_visits > 0 || !knows_sights (context));
}

/* Whether the days are long enough, whatever they cost. */
static gboolean
has_room (const TripPlanContext *context,
          TripPlanDraft         *draft)
{
  guint broken = draft->broken;
  gboolean complete;

  draft->broken &= ~(guint) TRIP_PLAN_BROKEN_BOUNDS;
  complete = is_complete (context, draft);
  draft->broken = broken;
  return complete;
}

static TripPlanDraft *
make_draft (Collection           *self,
            const TripPlanStyle  *style,
            const TripPlanMeans  *means_per_day,
            GError              **error)
{
  TripPlanStyle longer = *style;
  TripPlanMeans means = *means_per_day;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  longer.longer += self->longer;
  trip_plan_taste_set_style (&self->taste, style);
  means.effort = (guint64) (self->context->query->effort * (gdouble) means.effort) * self->context->n_days;
  return trip_plan_draft_new (self->context, &self->stays, &longer, &means, self->cancellable, error);
}

/* A day from the city that can spare it best for the one whose must-haves do not fit. */
static gboolean
resplit (Collection          *self,
         const TripPlanDraft *draft)
{
  const TripPlanContext *context = self->context;
  g_autofree gboolean *lacks = g_new0 (gboolean, context->cities->len);
  gint to = -1, from = -1;

  for (guint i = 0; i < draft->missing->len; i++)
    {
      guint city = candidate_at (context, g_array_index (draft->missing, guint, i))->city;

      lacks[city] = TRUE;
      to = (gint) city;
    }
  if (to < 0)
    return FALSE;
  for (guint c = 0; c < context->cities->len; c++)
    {
      if (!lacks[c] && self->stays.n_days[c] > 1 && (from < 0 || self->stays.n_days[c] > self->stays.n_days[from]))
        from = (gint) c;
    }
  if (from < 0)
    return FALSE;
  self->stays.n_days[from]--;
  self->stays.n_days[to]++;
  return TRUE;
}

/* Another first day helps a place that is closed on the days in its city, and nothing else. */
static gboolean
is_closed_then (const Collection    *self,
                const TripPlanDraft *draft)
{
  if (draft->n_visits == 0 || (draft->broken & TRIP_PLAN_BROKEN_THEME) != 0)
    return TRUE;
  for (guint i = 0; i < draft->missing->len; i++)
    {
      guint index = g_array_index (draft->missing, guint, i);
      guint first, end;

      trip_plan_stays_find_days (self->context, &self->stays, candidate_at (self->context, index)->city, &first, &end);
      if (candidate_at (self->context, index)->poi->type != TRIP_POI_LODGE &&
          !trip_plan_context_is_open_between (self->context, index, first, end))
        return TRUE;
    }
  return FALSE;
}

/* Tries longer days, then more days where they are short. Tells whether everything fits, and if not whether dates
 * are why. */
static gboolean
try_days (Collection           *self,
          const TripPlanStyle  *style,
          gboolean             *out_complete,
          gboolean             *out_closed,
          GError              **error)
{
  const TripPlanMeans means = { 0, style->thrift, style->thrift, EFFORT_PER_DAY / 4 };

  *out_complete = FALSE;
  for (guint attempt = 0; attempt <= MAX_RESPLITS + 1; attempt++)
    {
      g_autoptr(TripPlanDraft) draft = make_draft (self, style, &means, error);

      if (draft == NULL)
        return FALSE;
      *out_complete = has_room (self->context, draft);
      *out_closed = is_closed_then (self, draft);
      if (*out_complete)
        return TRUE;
      if (self->longer == 0)
        self->longer = LONGER_DAYS_MINUTES;
      else if (!resplit (self, draft))
        return TRUE;
    }
  return TRUE;
}

/* Finds days in which everything fits that has to; leaves them as they were where there are none. */
static gboolean
make_room (Collection           *self,
           const TripPlanStyle  *style,
           GError              **error)
{
  TripPlanContext *context = self->context;
  GDate start = context->start;
  TripPlanStays stays = self->stays;
  gboolean complete, closed;

  if (!try_days (self, style, &complete, &closed, error))
    return FALSE;
  for (guint shift = 1; shift < 7 && !complete && closed && context->start_assumed; shift++)
    {
      GDate later = start;

      g_date_add_days (&later, shift);
      trip_plan_context_set_start (context, &later);
      self->stays = stays;
      self->longer = 0;
      if (!try_days (self, style, &complete, &closed, error))
        return FALSE;
    }
  if (complete)
    return TRUE;
  if (g_date_compare (&start, &context->start) != 0)
    trip_plan_context_set_start (context, &start);
  self->stays = stays;
  self->longer = 0;
  return TRUE;
}

static TripPlanDraft *
make_draft_cb (gpointer              data,
               const TripPlanStyle  *style,
               const TripPlanMeans  *means,
               GError              **error)
{
  return make_draft (data, style, means, error);
}

static gboolean
is_complete_cb (gpointer             data,
                const TripPlanDraft *draft)
{
  return is_complete (((Collection *) data)->context, draft);
}

/* The most that a draft has in common with an option: visits, tables and beds, cost. */
static gdouble
find_likeness (const Collection    *self,
               const TripPlanDraft *draft)
{
  gdouble most = 0;

  for (guint i = 0; i < self->drafts->len; i++)
    {
      const TripPlanDraft *other = g_ptr_array_index (self->drafts, i);
      gint64 dearer = MAX (other->total, draft->total);
      gdouble visits = trip_plan_compare_visits (self->context, other, draft);
      gdouble places = trip_plan_draft_overlap (other, draft);
      gdouble cost = dearer > 0 ? (gdouble) MIN (other->total, draft->total) / (gdouble) dearer : 1.0;

      most = MAX (most, (visits + places + cost) / 3.0);
      if (visits > SAME_VISITS || (visits > MANY_VISITS && cost > SAME_COST))
        most = MAX (most, MIN ((TOO_ALIKE + visits) / 2.0 + 0.1, 0.99));
    }
  return most;
}

static void
note_budget (const TripPlanContext *context,
             const TripPlanDraft   *draft,
             gboolean               tightened,
             GPtrArray             *notes)
{
  g_autofree char *budget = trip_currency_format (context->currency, context->budget);

  if (draft->total > context->budget)
    {
      g_ptr_array_add (notes, g_strdup_printf (_("It does not keep the wished budget of %s."), budget));
      return;
    }
  if (tightened)
    g_ptr_array_add (notes, g_strdup_printf (_("To keep the budget of %s, beds, meals or sights are simpler than usual in "
                                               "this "
                                               "style."), budget));
}

static void
add_option (Collection           *self,
            const TripPlanStyle  *style,
            TripPlanDraft        *draft,
            gboolean              tightened)
{
  TripPlanContext *context = self->context;
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  if (self->drafts->len > 0)
    trip_plan_compare_say (context, draft, g_ptr_array_index (self->drafts, 0),
                           ((const TripPlanOption *) g_ptr_array_index (self->options, 0))->title, notes);
  if (context->budget > 0)
    note_budget (context, draft, tightened, notes);
  g_ptr_array_add (self->options, trip_plan_write_draft (context, draft, style, notes));
  g_ptr_array_add (self->drafts, draft);
  trip_plan_taste_add_draft (&self->taste, draft);
}

static gboolean
has_unfed_day (const TripPlanDraft *draft)
{
  for (guint d = 0; d < draft->n_days; d++)
    {
      if (trip_plan_limits_is_unfed (&draft->days[d]))
        return TRUE;
    }
  return FALSE;
}

/* Adds an option of the style where it works and differs; keeps it in mind where it hardly differs. Fails only where no
 * style can help. */
static gboolean
try_style (Collection           *self,
           const TripPlanStyle  *style,
           GError              **error)
{
  TripPlanContext *context = self->context;
  TripPlanStyle tight = *style;
  TripPlanPurse purse = {
    .budget = context->budget,
    .is_bounded = trip_plan_bounds_are_of_days (context),
    .effort = EFFORT_PER_DAY,
    .draft = make_draft_cb,
    .is_complete = is_complete_cb,
    .user_data = self,
  };
  /* A premium option with simpler beds is hardly one: only better than no choice at all. */
  gboolean may_tighten = style->level < 3 || context->constraints->budget_level == TRIP_BUDGET_LEVEL_PREMIUM ||
                         self->short_of_options;
  gboolean tightened;
  g_autoptr(TripPlanDraft) draft = NULL;
  gdouble likeness;

  /* Who has to know only whether the money can do begins where it is short. */
  if (self->tight && context->budget_is_hard)
    tight.thrift = MAX (tight.thrift, TIGHT_THRIFT);
  draft = trip_plan_purse_draft (&purse, &tight, may_tighten, &tightened, error);

  if (draft == NULL)
    return FALSE;
  if (!is_complete (context, draft))
    {
      /* Of plans for which the money alone is short the one that comes nearest is told. */
      if (self->incomplete == NULL ||
          (self->least_over > 0 && draft->broken == TRIP_PLAN_BROKEN_BOUNDS && draft->over < self->least_over))
        {
          g_clear_error (&self->incomplete);
          trip_plan_refusal_set_missing (self->context, &self->stays, draft, &self->incomplete);
          self->least_over = draft->broken == TRIP_PLAN_BROKEN_BOUNDS ? draft->over : 0;
        }
      return TRUE;
    }
  if (context->budget > 0 && draft->total > context->budget && context->budget_is_hard)
    {
      self->cheapest = MIN (self->cheapest, draft->total);
      return TRUE;
    }
  if (!may_tighten && ((context->budget > 0 && draft->total > context->budget) || draft->over > 0 ||
                       (purse.is_bounded && has_unfed_day (draft))))
    return TRUE;
  likeness = find_likeness (self, draft);
  if (likeness > TOO_ALIKE)
    {
      Spare spare = { g_steal_pointer (&draft), style, tightened, likeness };

      g_array_append_val (self->spares, spare);
      return TRUE;
    }
  add_option (self, style, g_steal_pointer (&draft), tightened);
  return TRUE;
}

/* A small city or a tight budget leaves little choice: then the draft that differs most has to do. */
static void
add_spare (Collection *self)
{
  Spare *best = NULL;

  for (guint i = 0; i < self->spares->len; i++)
    {
      Spare *spare = &g_array_index (self->spares, Spare, i);

      if (spare->likeness < 1.0 && (best == NULL || spare->likeness < best->likeness))
        best = spare;
    }
  if (best != NULL)
    add_option (self, best->style, g_steal_pointer (&best->draft), best->tightened);
}

static void
report (TripPlannerProgressFunc progress,
        gpointer                progress_data,
        guint                   percent)
{
  if (progress != NULL)
    progress (percent, progress_data);
}

static gboolean
has_must_haves (const TripPlanContext *context)
{
  if (context->wishes->len > 0 || context->themes->len > 0)
    return TRUE;
  for (guint i = 0; i < context->candidates->len; i++)
    {
      if (candidate_at (context, i)->must)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_left_out (const TripPlanContext  *context,
                GError                **error)
{
  g_autofree char *names = NULL;

  if (context->left_out->len == 0)
    return TRUE;
  names = trip_plan_words_join (context->left_out);
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
               ngettext ("Places in %s have to be in the plan, but %u day is too short for so many cities. Give "
                         "the trip more "
                         "days, or leave a city out.",
                         "Places in %s have to be in the plan, but %u days are too short for so many cities. Give "
                         "the trip "
                         "more days, or leave a city out.", context->n_days), names, context->n_days);
  return FALSE;
}

static void
set_nothing_error (Collection  *self,
                   GError     **error)
{
  if (self->cheapest != G_MAXINT64)
    trip_plan_refusal_set_budget (self->context, self->cheapest, error);
  else
    g_propagate_error (error, g_steal_pointer (&self->incomplete));
}

/* Where nothing has to be in and nothing came in, longer days or another first day may still have something open. */
static gboolean
is_worth_more_room (Collection           *self,
                    const TripPlanStyle  *style,
                    GError              **error)
{
  return !has_must_haves (self->context) && self->cheapest == G_MAXINT64 && make_room (self, style, error);
}

/**
 * trip_plan_options_are_possible:
 * @context: the question; its start may be moved where nobody named it
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Plans until there is one option, with a tight purse from the start where money is short: where this finds one,
 * trip_plan_options_make() does as well.
 *
 * Returns: whether there is one; else %TRIP_ERROR_INFEASIBLE naming what conflicts
 */
gboolean
trip_plan_options_are_possible (TripPlanContext  *context,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_auto(Collection) collection = { 0 };
  TripPlanStyle chosen[TRIP_PLAN_N_STYLES];

  if (!check_left_out (context, error))
    return FALSE;
  collection_init (&collection, context, cancellable);
  collection.tight = context->budget > 0 || trip_plan_bounds_count (context) > 0;
  trip_plan_styles_choose (context->constraints, chosen);
  if (has_must_haves (context) && !make_room (&collection, &chosen[0], error))
    return FALSE;
  for (guint pass = 0; pass < 2 && collection.options->len == 0; pass++)
    {
      if (pass > 0 && !is_worth_more_room (&collection, &chosen[0], error))
        break;
      for (guint i = 0; i < MAX_OPTIONS && collection.options->len == 0; i++)
        {
          if (!try_style (&collection, &chosen[i], error))
            return FALSE;
        }
    }
  if (error != NULL && *error != NULL)
    return FALSE;
  if (collection.options->len == 0)
    set_nothing_error (&collection, error);
  return collection.options->len > 0;
}

/**
 * trip_plan_options_make:
 * @context: the question; its start may be moved where nobody named it
 * @progress: (nullable): called in this thread after each option
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Plans.
 *
 * Returns: (transfer full) (element-type TripPlanOption): the options, best first; %NULL and %TRIP_ERROR_INFEASIBLE
 *   naming what conflicts
 */
GPtrArray *
trip_plan_options_make (TripPlanContext          *context,
                        TripPlannerProgressFunc   progress,
                        gpointer                  progress_data,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  g_auto(Collection) collection = { 0 };
  TripPlanStyle chosen[TRIP_PLAN_N_STYLES];
  guint n_chosen;

  if (!check_left_out (context, error))
    return NULL;
  collection_init (&collection, context, cancellable);
  n_chosen = trip_plan_styles_choose (context->constraints, chosen);
  if (has_must_haves (context) && !make_room (&collection, &chosen[0], error))
    return NULL;
  report (progress, progress_data, 10);
  for (guint pass = 0; pass < 2 && collection.options->len == 0; pass++)
    {
      if (pass > 0 && !is_worth_more_room (&collection, &chosen[0], error))
        break;
      for (guint i = 0; i < n_chosen && collection.options->len < MAX_OPTIONS; i++)
        {
          /* Where nothing works or the money runs out, other ways to spend the days do not help. */
          if (i >= MAX_OPTIONS && (collection.options->len == 0 ||
                                   (i >= MAX_STYLES_TRIED &&
                                    collection.options->len + collection.spares->len >= MIN_OPTIONS)))
            break;
          if (!try_style (&collection, &chosen[i], error))
            return NULL;
          report (progress, progress_data, 10 + MIN (i + 1, (guint) MAX_OPTIONS) * 85 / MAX_OPTIONS);
        }
    }
  if (error != NULL && *error != NULL)
    return NULL;
  if (collection.options->len > 0 && collection.options->len < MIN_OPTIONS)
    add_spare (&collection);
  collection.short_of_options = collection.options->len > 0 && collection.options->len < MIN_OPTIONS;
  for (guint i = 0; i < n_chosen && collection.short_of_options; i++)
    {
      if (chosen[i].level == 3 && !try_style (&collection, &chosen[i], error))
        return NULL;
    }
  if (collection.short_of_options && collection.options->len < MIN_OPTIONS)
    add_spare (&collection);

  if (collection.options->len > 0)
    return g_steal_pointer (&collection.options);
  set_nothing_error (&collection, error);
  return NULL;
}

static gboolean
has_title (GPtrArray  *options,
           const char *title)
{
  for (guint i = 0; i < options->len; i++)
    {
      if (g_strcmp0 (((const TripPlanOption *) g_ptr_array_index (options, i))->title, title) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_options_make_another:
 * @context: the question
 * @options: (element-type TripPlanOption): the options there are
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Makes one more option, of the first style that is not among those there are.
 *
 * Returns: (transfer full): the option; %NULL and %TRIP_ERROR_INFEASIBLE where no style is left that works
 */
TripPlanOption *
trip_plan_options_make_another (TripPlanContext  *context,
                                GPtrArray        *options,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_auto(Collection) collection = { 0 };
  TripPlanStyle chosen[TRIP_PLAN_N_STYLES];
  guint n_chosen = trip_plan_styles_choose (context->constraints, chosen);

  /* Its days are not those of the options there are, so what single days are to be about counts again. */
  context->keeps_plan = FALSE;
  trip_plan_context_set_themes (context);
  collection_init (&collection, context, cancellable);
  if (has_must_haves (context))
    {
      /* The dates of a plan that exists stand. */
      context->start_assumed = FALSE;
      if (!make_room (&collection, &chosen[0], error))
        return NULL;
    }
  for (guint i = 0; i < options->len; i++)
    trip_plan_taste_add_option (&collection.taste, g_ptr_array_index (options, i));
  for (guint i = 0; i < n_chosen; i++)
    {
      if (has_title (options, _(chosen[i].title)))
        continue;
      if (!try_style (&collection, &chosen[i], error))
        return NULL;
      if (collection.options->len > 0)
        return g_ptr_array_steal_index (collection.options, 0);
    }
  g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("No further option differs from those there are."));
  return NULL;
}
