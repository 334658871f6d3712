/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Finds out which demands exclude each other by planning with some of them: QuickXplain (U. Junker: QUICKXPLAIN:
 * Preferred Explanations and Relaxations for Over-Constrained Problems, AAAI 2004), then one deletion pass over what it
 * finds, since a search that is not exhaustive may be luckier with more demands than with fewer. Knows demands and the
 * planner as an oracle, nothing of days and stops.
 */
#include "providers/planner/trip-plan-conflict.h"

#include "providers/planner/trip-plan-options.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What an explanation may cost: so many plans, and so much time. What is found by then is told. */
#define MAX_PROBES 120
#define MAX_SECONDS 1.5

/* Demands in one sentence, beyond which a reader stops reading. */
#define MAX_NAMES 24u

/* A trip of any length has a day for each of a few places that have to be seen; many share theirs. */
#define MUSTS_WITH_A_DAY 12

/* A requirement, or a place that was asked for. */
typedef struct {
  const char *words;
  gint requirement;
  gint poi;
  gboolean hard;
  gboolean avoids;
} Demand;

typedef struct {
  const TripPlanQuery *query;
  TripAtlas *atlas;
  GCancellable *cancellable;
  GArray *demands;
  guint8 *active;
  guint n_must;
  gboolean has_length;
  guint n_journeys;
  gint asked_days;
  guint n_probes;
  gint64 deadline;
  gboolean exhausted;
  GError *reason;
} Search;

static const Demand *
demand_at (const Search *self,
           guint         index)
{
  return &g_array_index (self->demands, Demand, index);
}

static gboolean
gives_length (const TripConstraints *terms)
{
  return terms->days > 0 || terms->nights > 0 || (g_date_valid (&terms->start) && g_date_valid (&terms->end));
}

static void
search_init (Search              *self,
             const TripPlanQuery *query,
             TripAtlas           *atlas,
             GCancellable        *cancellable)
{
  g_autoptr(TripConstraints) terms = trip_requirements_read_constraints (query->requirements, &query->today);

  memset (self, 0, sizeof *self);
  self->query = query;
  self->atlas = atlas;
  self->cancellable = cancellable;
  self->deadline = g_get_monotonic_time () + (gint64) (MAX_SECONDS * G_TIME_SPAN_SECOND);
  self->demands = g_array_new (FALSE, TRUE, sizeof (Demand));
  self->has_length = gives_length (terms);
  self->n_journeys = (terms->arrival >= 0) + (terms->departure >= 0);
  self->asked_days = terms->days > 0     ? terms->days
                     : terms->nights > 0 ? terms->nights + 1
                     : self->has_length  ? g_date_days_between (&terms->start, &terms->end) + 1
                                         : 0;
  for (guint i = 0; i < query->requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (query->requirements, i);
      Demand demand = { requirement->description, (gint) i, -1, requirement->priority != TRIP_PRIORITY_PREFERRED,
                        requirement->priority == TRIP_PRIORITY_AVOID };

      g_array_append_val (self->demands, demand);
    }
  for (guint i = 0; i < query->pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (query->pois, i);
      Demand demand = { poi->name, -1, (gint) i, TRUE, FALSE };

      if (poi->must_see)
        {
          g_array_append_val (self->demands, demand);
          self->n_must++;
        }
    }
  self->active = g_new0 (guint8, self->demands->len + 1);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->demands, g_array_unref);
  g_clear_pointer (&self->active, g_free);
  g_clear_error (&self->reason);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* The question with the active demands alone. Places that are no demand any more stay as places that may be seen. */
static TripPlanQuery *
make_question (const Search *self)
{
  const TripPlanQuery *query = self->query;
  TripPlanQuery *question = trip_plan_query_new ();
  guint next = query->requirements->len;

  question->today = query->today;
  question->state_changed = TRUE;
  for (guint i = 0; i < query->requirements->len; i++)
    {
      if (self->active[i])
        g_ptr_array_add (question->requirements, trip_requirement_copy (g_ptr_array_index (query->requirements, i)));
    }
  for (guint i = 0; i < query->pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (query->pois, i);

      if (poi->must_see && !self->active[next++])
        {
          poi = trip_poi_copy (poi);
          poi->must_see = FALSE;
          g_ptr_array_add (question->pois, poi);
        }
      else
        {
          g_ptr_array_add (question->pois, trip_poi_ref (poi));
        }
    }
  for (guint i = 0; i < query->destinations->len; i++)
    g_ptr_array_add (question->destinations, g_strdup (g_ptr_array_index (query->destinations, i)));
  for (guint i = 0; i < query->notes->len; i++)
    g_ptr_array_add (question->notes, g_strdup (g_ptr_array_index (query->notes, i)));
  return question;
}

static gboolean
can_plan (Search              *self,
          const TripPlanQuery *question)
{
  g_autoptr(TripPlanContext) context = NULL;
  g_autoptr(GError) error = NULL;
  gboolean holds;

  context = trip_plan_context_new (question, self->atlas, NULL, &error);
  holds = context != NULL && trip_plan_options_are_possible (context, self->cancellable, &error);
  if (!holds)
    {
      g_clear_error (&self->reason);
      self->reason = g_steal_pointer (&error);
    }
  return holds;
}

/* Where the length is no demand any more the trip may have any: that of before, one with room for all, the shortest. Days on
 * which one arrives late or leaves early have no room. */
static gboolean
can_plan_any_length (Search        *self,
                     TripPlanQuery *question)
{
  gint n_must = (gint) MIN (self->n_must, 1000);
  gint roomy = MIN (n_must, MUSTS_WITH_A_DAY) + MAX (n_must - MUSTS_WITH_A_DAY, 0) / 2 +
               (gint) self->query->destinations->len + (gint) self->n_journeys + 1;
  gint lengths[] = { MIN (self->asked_days, TRIP_PLAN_MAX_DAYS), MIN (MAX (roomy, self->asked_days), TRIP_PLAN_MAX_DAYS), 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *words = g_strdup_printf ("%d days", lengths[i]);
      gboolean holds;

      if (lengths[i] < 1 || (i > 0 && lengths[i] == lengths[0]))
        continue;
      g_ptr_array_add (question->requirements, trip_requirement_new (words, TRIP_PRIORITY_MUST_HAVE));
      holds = can_plan (self, question);
      g_ptr_array_set_size (question->requirements, (gint) question->requirements->len - 1);
      if (holds)
        return TRUE;
    }
  return FALSE;
}

/* Whether the active demands can hold together. What is not known any more, as the search has cost enough, is taken to
 * hold: then a demand stays in the explanation that may not belong there, and none is missing. */
static gboolean
holds (Search *self)
{
  g_autoptr(TripPlanQuery) question = NULL;
  g_autoptr(TripConstraints) terms = NULL;

  if (self->n_probes++ >= MAX_PROBES || g_get_monotonic_time () > self->deadline ||
      g_cancellable_is_cancelled (self->cancellable))
    {
      self->exhausted = TRUE;
      return TRUE;
    }
  question = make_question (self);
  terms = trip_requirements_read_constraints (question->requirements, &question->today);
  if (self->has_length && !gives_length (terms))
    return can_plan_any_length (self, question);
  return can_plan (self, question);
}

static void
set_active (Search *self,
            GArray *demands,
            guint   first,
            guint   end,
            guint8  active)
{
  for (guint i = first; i < end; i++)
    self->active[g_array_index (demands, guint, i)] = active;
}

/* Junker's QX: of @candidates from @first to @end those that with the active demands make up a conflict go to @found.
 * @grown says whether demands were activated since that was last looked at. */
static void
explain (Search  *self,
         gboolean grown,
         GArray  *candidates,
         guint    first,
         guint    end,
         GArray  *found)
{
  guint middle = first + (end - first) / 2;
  guint before = found->len;

  if (grown && !holds (self))
    return;
  if (end - first == 1)
    {
      g_array_append_val (found, g_array_index (candidates, guint, first));
      return;
    }
  set_active (self, candidates, first, middle, TRUE);
  explain (self, TRUE, candidates, middle, end, found);
  set_active (self, candidates, first, middle, FALSE);

  set_active (self, found, before, found->len, TRUE);
  explain (self, found->len > before, candidates, first, middle, found);
  set_active (self, found, before, found->len, FALSE);
}

static void
deactivate_all (Search *self)
{
  memset (self->active, 0, self->demands->len);
}

static int
compare_demands (gconstpointer a,
                 gconstpointer b)
{
  const guint one = *(const guint *) a, other = *(const guint *) b;

  return one < other ? -1 : one > other;
}

/* A smallest set of demands that cannot hold together, none of which could be missing from it. */
static GArray *
find_conflict (Search *self)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->demands->len; i++)
    {
      if (demand_at (self, i)->hard)
        g_array_append_val (candidates, i);
    }
  deactivate_all (self);
  if (candidates->len == 0)
    return found;
  explain (self, TRUE, candidates, 0, candidates->len, found);

  for (guint i = 0; i < found->len && found->len > 1 && !self->exhausted;)
    {
      guint demand = g_array_index (found, guint, i);

      deactivate_all (self);
      set_active (self, found, 0, found->len, TRUE);
      self->active[demand] = FALSE;
      if (holds (self))
        {
          i++;
        }
      else
        {
          g_array_remove_index (found, i);
          i = 0;
        }
    }
  g_array_sort (found, compare_demands);
  return found;
}

static void
set_conflict_error (Search        *self,
                    GArray        *conflict,
                    const GError  *first,
                    GError       **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  const char *reason;

  for (guint i = 0; i < MIN (conflict->len, MAX_NAMES); i++)
    {
      const Demand *demand = demand_at (self, g_array_index (conflict, guint, i));

      g_ptr_array_add (names, g_strdup_printf (demand->avoids ? _("“%s” (to be avoided)") : "“%s”", demand->words));
    }
  if (conflict->len > MAX_NAMES)
    g_ptr_array_add (names, g_strdup_printf (ngettext ("%u more", "%u more", conflict->len - MAX_NAMES),
                                             conflict->len - MAX_NAMES));
  list = trip_plan_words_join (names);
  /* The reason is that of these demands alone, so that it speaks of none that is not named. */
  g_clear_error (&self->reason);
  deactivate_all (self);
  set_active (self, conflict, 0, conflict->len, TRUE);
  self->n_probes = 0;
  self->deadline = G_MAXINT64;
  holds (self);
  reason = self->reason != NULL ? self->reason->message : first->message;
  if (self->exhausted)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("Something among %s cannot be kept. %s"), list, reason);
  else if (names->len == 1)
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("%s cannot be kept. %s"), list, reason);
  else
    g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("%s cannot all be kept. %s"), list, reason);
}

/* Adds to the active demands as many of @wishes from @first to @end as hold with them, halves at a time. */
static void
keep_wishes (Search    *self,
             GArray    *wishes,
             guint      first,
             guint      end,
             GPtrArray *notes)
{
  set_active (self, wishes, first, end, TRUE);
  if (holds (self) && !self->exhausted)
    return;
  set_active (self, wishes, first, end, FALSE);
  if (end - first > 1)
    {
      guint middle = first + (end - first) / 2;

      keep_wishes (self, wishes, first, middle, notes);
      keep_wishes (self, wishes, middle, end, notes);
      return;
    }
  g_ptr_array_add (notes, g_strdup_printf (_("“%s” is not kept. %s"),
                                           demand_at (self, g_array_index (wishes, guint, first))->words,
                                           self->reason != NULL ? self->reason->message : ""));
}

/* The question without the wishes that stand in the way of what has to be; says so in its notes. */
static TripPlanQuery *
give_up_wishes (Search *self)
{
  g_autoptr(GArray) wishes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  TripPlanQuery *question;

  for (guint i = 0; i < self->demands->len; i++)
    {
      if (!demand_at (self, i)->hard)
        g_array_append_val (wishes, i);
    }
  if (wishes->len > 0)
    keep_wishes (self, wishes, 0, wishes->len, notes);
  question = make_question (self);
  for (guint i = 0; i < notes->len; i++)
    g_ptr_array_insert (question->notes, (gint) i, g_strdup (g_ptr_array_index (notes, i)));
  return question;
}

static GPtrArray *
make_options (const TripPlanQuery      *query,
              TripAtlas                *atlas,
              TripPlannerProgressFunc   progress,
              gpointer                  progress_data,
              GCancellable             *cancellable,
              GError                  **error)
{
  g_autoptr(TripPlanContext) context = trip_plan_context_new (query, atlas, NULL, error);

  return context != NULL ? trip_plan_options_make (context, progress, progress_data, cancellable, error) : NULL;
}

/**
 * trip_plan_make_what_holds:
 * @query: what to plan
 * @atlas: (nullable): the atlas
 * @progress: (nullable): called in this thread after each option
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Plans anew. Wishes without which what has to be can hold are given up, and the notes of each option name them.
 *
 * Returns: (transfer full) (element-type TripPlanOption): the options, best first; %NULL and %TRIP_ERROR_INFEASIBLE with a
 *   smallest set of demands that exclude each other, in the words of the travellers
 */
GPtrArray *
trip_plan_make_what_holds (const TripPlanQuery      *query,
                           TripAtlas                *atlas,
                           TripPlannerProgressFunc   progress,
                           gpointer                  progress_data,
                           GCancellable             *cancellable,
                           GError                  **error)
{
  g_autoptr(GError) first = NULL;
  g_autoptr(GArray) conflict = NULL;
  g_auto(Search) search = { 0 };
  GPtrArray *options = make_options (query, atlas, progress, progress_data, cancellable, &first);

  if (options != NULL)
    return options;
  if (!g_error_matches (first, TRIP_ERROR, TRIP_ERROR_INFEASIBLE))
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return NULL;
    }

  search_init (&search, query, atlas, cancellable);
  for (guint i = 0; i < search.demands->len; i++)
    search.active[i] = (guint8) demand_at (&search, i)->hard;
  if (holds (&search) && !search.exhausted)
    {
      g_autoptr(TripPlanQuery) question = give_up_wishes (&search);

      options = make_options (question, atlas, progress, progress_data, cancellable, NULL);
      if (options != NULL)
        return options;
    }
  conflict = find_conflict (&search);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  /* Where nothing was demanded the reason speaks for itself. */
  if (conflict->len == 0)
    g_propagate_error (error, search.reason != NULL ? g_steal_pointer (&search.reason) : g_steal_pointer (&first));
  else
    set_conflict_error (&search, conflict, first, error);
  return NULL;
}
