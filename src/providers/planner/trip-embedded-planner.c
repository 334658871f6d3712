/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded planner: drafts an option in each of a few styles, tightens the purse until a budget is kept, and says what
 * conflicts where nothing helps.
 */
#include "providers/planner/trip-embedded-planner.h"

#include "providers/planner/trip-plan-draft.h"
#include "providers/planner/trip-plan-edit.h"
#include "providers/planner/trip-plan-writer.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>

#define MIN_OPTIONS 2
#define MAX_OPTIONS 3

/* Insertions that one day of one draft may weigh: bounds the time of a request, whatever it asks. */
#define EFFORT_PER_DAY 120000

/* Two drafts that share more than this are one option to a person. */
#define TOO_ALIKE 0.85

/* Where a small city or a tight budget leaves little choice, this much will do for a second option. */
#define ALMOST_THE_SAME 0.97

struct _TripEmbeddedPlanner {
  GObject parent_instance;

  TripAtlas *atlas;
};

typedef struct {
  TripPlanQuery *query;
  TripPlannerProgressFunc progress;
  gpointer progress_data;
} Work;

static void trip_embedded_planner_iface_init (TripPlannerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripEmbeddedPlanner, trip_embedded_planner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLANNER, trip_embedded_planner_iface_init))

/* Price levels are those of the atlas: 1 budget, 2 mid, 3 premium. */
static const TripPlanStyle styles[] = {
  { N_("Balanced"), N_("Balanced: the best-known places at an even pace, with middle prices."), 2, TRIP_PACE_NORMAL, 1.0f,
    0.0f, 0.0f, 4.0f, 0 },
  { N_("Budget"), N_("Budget: free sights, simple meals and beds, longer walks to save fares."), 1, TRIP_PACE_NORMAL, 0.8f,
    4.0f, 18.0f, 14.0f, 1800 },
  { N_("Premium"), N_("Premium: fewer stops with more time, the finer tables and hotels; it costs more."), 3,
    TRIP_PACE_RELAXED, 1.0f, 6.0f, 0.0f, 0.0f, 0 },
  { N_("Relaxed"), N_("Relaxed: late starts and few visits, quieter places; you see less."), 2, TRIP_PACE_RELAXED, 0.8f, 14.0f,
    0.0f, 4.0f, 0 },
  { N_("Packed"), N_("Packed: early starts and as many visits as fit; it is tiring."), 2, TRIP_PACE_PACKED, 1.2f, 0.0f, 0.0f,
    4.0f, 0 },
  { N_("Off the beaten track"), N_("Off the beaten track: quieter places before famous ones; some classics are left out."), 2,
    TRIP_PACE_NORMAL, 0.35f, 22.0f, 4.0f, 4.0f, 0 },
};

enum { BALANCED, BUDGET, PREMIUM, RELAXED, PACKED, OFF_TRACK };

static const guint further[] = { OFF_TRACK, RELAXED, PACKED, BUDGET };

/* Which styles go together depends on what the traveller ruled out: a pace, or a price level. */
static void
choose_styles (const TripConstraints *constraints,
               TripPlanStyle         *out_styles)
{
  static const guint usual[MAX_OPTIONS] = { BALANCED, BUDGET, PREMIUM };
  static const guint one_level[MAX_OPTIONS] = { BALANCED, OFF_TRACK, RELAXED };

  for (guint i = 0; i < MAX_OPTIONS; i++)
    {
      guint which = constraints->budget_level != TRIP_BUDGET_LEVEL_UNSET ? one_level[i] : usual[i];

      out_styles[i] = styles[which];
      if (constraints->budget_level != TRIP_BUDGET_LEVEL_UNSET)
        out_styles[i].level = (gint) constraints->budget_level;
      if (constraints->budget_level == TRIP_BUDGET_LEVEL_BUDGET)
        out_styles[i].thrift = styles[BUDGET].thrift;
      if (constraints->pace != TRIP_PACE_UNSET)
        {
          out_styles[i].pace = constraints->pace;
          if (which == RELAXED)
            {
              out_styles[i] = styles[BUDGET];
              out_styles[i].pace = constraints->pace;
            }
        }
    }
}

static void
name_candidates (const TripPlanContext *context,
                 GArray                *indices,
                 GString               *names)
{
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              g_array_index (context->candidates, TripPlanCandidate, index).poi->name);
    }
}

static gboolean
is_ever_open (const TripPlanContext *context,
              guint                  candidate)
{
  const TripPlanSpan *spans;

  for (guint d = 0; d < context->n_days; d++)
    {
      if (trip_plan_context_spans (context, candidate, d, &spans) > 0)
        return TRUE;
    }
  return FALSE;
}

static void
set_missing_error (const TripPlanContext *context,
                   const TripPlanDraft   *draft,
                   GError               **error)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < draft->missing->len; i++)
    {
      guint index = g_array_index (draft->missing, guint, i);
      const TripPlanCandidate *candidate = &g_array_index (context->candidates, TripPlanCandidate, index);

      if (!is_ever_open (context, index))
        {
          g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                       _("%s has to be in the plan, but it is closed on every day of the trip (%s). Choose other dates, or "
                         "leave it out."), candidate->poi->name, candidate->poi->opening_hours);
          return;
        }
    }
  name_candidates (context, draft->missing, names);
  if (names->len == 0)
    {
      const TripPlanWish *wish = g_ptr_array_index (context->wishes, g_array_index (draft->broken_wishes, guint, 0));

      g_string_append_printf (names, "“%s”", wish->phrase);
    }
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
               ngettext ("%s has to be in the plan, but there is no time for it in %u day. Give the trip more days, or leave "
                         "something out.",
                         "%s has to be in the plan, but there is no time for it in %u days. Give the trip more days, or leave "
                         "something out.", context->n_days), names->str, context->n_days);
}

static gboolean
is_complete (const TripPlanDraft *draft)
{
  return draft->missing->len == 0 && draft->broken_wishes->len == 0;
}

/* Drafts with an ever tighter purse until the budget holds; the cheapest is kept where it never does. */
static TripPlanDraft *
draft_within_budget (const TripPlanContext *context,
                     const TripPlanStays   *stays,
                     const TripPlanStyle   *style,
                     GCancellable          *cancellable,
                     GError               **error)
{
  static const gfloat purses[] = { 0.0f, 25.0f, 60.0f, 140.0f, 400.0f };
  g_autoptr(TripPlanDraft) best = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (purses); i++)
    {
      TripPlanStyle tighter = *style;
      g_autoptr(TripPlanDraft) draft = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (i > 0)
        tighter.level = MAX (1, style->level - (gint) i);
      draft = trip_plan_draft_new (context, stays, &tighter, MAX (style->thrift, purses[i]),
                                   (guint64) EFFORT_PER_DAY * context->n_days, cancellable, error);
      if (draft == NULL)
        return NULL;
      if (best == NULL || (is_complete (draft) >= is_complete (best) && draft->total < best->total))
        {
          g_clear_pointer (&best, trip_plan_draft_free);
          best = g_steal_pointer (&draft);
        }
      if (context->budget <= 0 || best->total <= context->budget)
        break;
    }
  return g_steal_pointer (&best);
}

static void
set_budget_error (const TripPlanContext *context,
                  gint64                 cheapest,
                  GError               **error)
{
  g_autofree char *budget = trip_currency_format (context->currency, context->budget);
  g_autofree char *total = trip_currency_format (context->currency, cheapest);

  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
               _("The budget of %s cannot be kept: the cheapest plan found for these places and days costs %s. Raise the budget, "
                 "or give the trip fewer days."), budget, total);
}

/* Options as they come together, and why a style gave none. */
typedef struct {
  TripPlanContext *context;
  GCancellable *cancellable;
  TripPlanStays stays;
  GPtrArray *options;
  GPtrArray *drafts;
  gint64 cheapest;
  GError *incomplete;
} Collection;

static void
collection_clear (Collection *self)
{
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_error (&self->incomplete);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collection, collection_clear)

static void
collection_init (Collection      *self,
                 TripPlanContext *context,
                 GCancellable    *cancellable)
{
  self->context = context;
  self->cancellable = cancellable;
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_draft_free);
  self->cheapest = G_MAXINT64;
  trip_plan_stays_split (context, &self->stays);
}

static gboolean
is_new (const Collection    *self,
        const TripPlanDraft *draft,
        gdouble              too_alike)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      if (trip_plan_draft_overlap (g_ptr_array_index (self->drafts, i), draft) > too_alike)
        return FALSE;
    }
  return TRUE;
}

/* Adds an option of the style where it works and differs. Fails only where no style can help. */
static gboolean
try_style (Collection           *self,
           const TripPlanStyle  *style,
           gdouble               too_alike,
           GError              **error)
{
  TripPlanContext *context = self->context;
  g_autoptr(TripPlanDraft) draft = draft_within_budget (context, &self->stays, style, self->cancellable, error);
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  if (draft == NULL)
    return FALSE;
  if (!is_complete (draft))
    {
      if (self->incomplete == NULL)
        set_missing_error (context, draft, &self->incomplete);
      return TRUE;
    }
  self->cheapest = MIN (self->cheapest, draft->total);
  if (context->budget > 0 && draft->total > context->budget)
    {
      g_autofree char *budget = trip_currency_format (context->currency, context->budget);

      if (context->budget_is_hard)
        return TRUE;
      g_ptr_array_add (notes, g_strdup_printf (_("It is above the wished budget of %s."), budget));
    }
  if (!is_new (self, draft, too_alike))
    return TRUE;
  g_ptr_array_add (self->options, trip_plan_write_draft (context, draft, style, notes));
  g_ptr_array_add (self->drafts, g_steal_pointer (&draft));
  return TRUE;
}

/* Styles beyond the chosen ones, for where a tight budget or a small city makes those alike. */
static gboolean
try_further_styles (Collection           *self,
                    const TripPlanStyle  *chosen,
                    gdouble               too_alike,
                    GError              **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (further) && self->options->len < MIN_OPTIONS; i++)
    {
      TripPlanStyle style = styles[further[i]];

      if (self->context->constraints->pace != TRIP_PACE_UNSET)
        style.pace = self->context->constraints->pace;
      style.level = chosen->level;
      if (!try_style (self, &style, too_alike, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
plan_options (TripPlanContext  *context,
              GCancellable     *cancellable,
              GError          **error)
{
  g_auto(Collection) collection = { 0 };
  TripPlanStyle chosen[MAX_OPTIONS];

  collection_init (&collection, context, cancellable);
  choose_styles (context->constraints, chosen);
  for (guint i = 0; i < MAX_OPTIONS; i++)
    {
      if (!try_style (&collection, &chosen[i], TOO_ALIKE, error))
        return NULL;
    }
  /* Where nothing works or the money runs out, other ways to spend the days do not help. */
  if (collection.options->len > 0 && (!try_further_styles (&collection, chosen, TOO_ALIKE, error) ||
                                      !try_further_styles (&collection, chosen, ALMOST_THE_SAME, error)))
    return NULL;

  if (collection.options->len > 0)
    return g_steal_pointer (&collection.options);
  if (collection.cheapest != G_MAXINT64)
    set_budget_error (context, collection.cheapest, error);
  else
    g_propagate_error (error, g_steal_pointer (&collection.incomplete));
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

/* One more option for a traveller who asks: the first style that is not among those there are. */
static TripPlanOption *
make_another_option (TripPlanContext *context,
                     GPtrArray       *options,
                     gpointer         user_data)
{
  g_auto(Collection) collection = { 0 };

  collection_init (&collection, context, user_data);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (has_title (options, _(styles[i].title)))
        continue;
      if (!try_style (&collection, &styles[i], TOO_ALIKE, NULL))
        return NULL;
      if (collection.options->len > 0)
        return g_ptr_array_steal_index (collection.options, 0);
    }
  return NULL;
}

static gpointer
copy_option (gconstpointer option,
             gpointer      unused)
{
  return trip_plan_option_copy (option);
}

/**
 * trip_embedded_planner_plan_sync:
 * @self: a planner
 * @query: what to plan
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Plans in the calling thread, which may be any. The same question gives the same answer.
 *
 * Returns: (transfer full) (element-type TripPlanOption): the options, best first; %TRIP_ERROR_INFEASIBLE names what
 *   conflicts
 */
GPtrArray *
trip_embedded_planner_plan_sync (TripEmbeddedPlanner  *self,
                                 const TripPlanQuery  *query,
                                 GCancellable         *cancellable,
                                 GError              **error)
{
  g_autoptr(TripPlanContext) context = NULL;
  g_autoptr(GPtrArray) options = NULL;

  g_return_val_if_fail (TRIP_IS_EMBEDDED_PLANNER (self), NULL);

  if (query->plan->len > 0 && !query->state_changed)
    {
      options = g_ptr_array_copy (query->plan, copy_option, NULL);
      g_ptr_array_set_free_func (options, (GDestroyNotify) trip_plan_option_free);
    }
  else
    {
      context = trip_plan_context_new (query, self->atlas, NULL, error);
      options = context != NULL ? plan_options (context, cancellable, error) : NULL;
    }
  /* A message may change the places and the plan at once: then the new plan is what the change is made to. */
  if (options == NULL ||
      (query->plan->len > 0 &&
       !trip_plan_edit (query, self->atlas, options, make_another_option, cancellable, error)))
    return NULL;
  return g_steal_pointer (&options);
}

static void
work_free (Work *work)
{
  trip_plan_query_free (work->query);
  g_free (work);
}

static void
plan_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Work *work = task_data;
  GError *error = NULL;
  GPtrArray *options = trip_embedded_planner_plan_sync (source, work->query, cancellable, &error);

  if (options != NULL)
    g_task_return_pointer (task, options, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
trip_embedded_planner_plan_async (TripPlanner             *planner,
                                  TripPlanQuery           *query,
                                  TripPlannerProgressFunc  progress,
                                  gpointer                 progress_data,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (planner, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->query = query;
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_source_tag (task, trip_embedded_planner_plan_async);
  g_task_set_name (task, "trip-plan");
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, plan_thread);
}

static GPtrArray *
trip_embedded_planner_plan_finish (TripPlanner   *planner,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  const Work *work = g_task_get_task_data (G_TASK (result));
  GPtrArray *options = g_task_propagate_pointer (G_TASK (result), error);

  if (options != NULL && work->progress != NULL)
    work->progress (100, work->progress_data);
  return options;
}

static void
trip_embedded_planner_iface_init (TripPlannerInterface *iface)
{
  iface->plan_async = trip_embedded_planner_plan_async;
  iface->plan_finish = trip_embedded_planner_plan_finish;
}

static void
trip_embedded_planner_finalize (GObject *object)
{
  g_clear_object (&TRIP_EMBEDDED_PLANNER (object)->atlas);

  G_OBJECT_CLASS (trip_embedded_planner_parent_class)->finalize (object);
}

static void
trip_embedded_planner_class_init (TripEmbeddedPlannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_embedded_planner_finalize;
}

static void
trip_embedded_planner_init (TripEmbeddedPlanner *self)
{
}

/**
 * trip_embedded_planner_new:
 * @atlas: (nullable): the atlas, for what it knows of cities
 *
 * Returns: (transfer full): a planner
 */
TripEmbeddedPlanner *
trip_embedded_planner_new (TripAtlas *atlas)
{
  TripEmbeddedPlanner *self = g_object_new (TRIP_TYPE_EMBEDDED_PLANNER, NULL);

  g_set_object (&self->atlas, atlas);
  return self;
}
