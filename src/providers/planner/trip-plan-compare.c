/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sets of visits against one another. What somebody gives up is told by the best-known places of it.
 */
#include "providers/planner/trip-plan-compare.h"

#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

/* More names are a list that nobody reads. */
#define MAX_NAMES 3

/* A difference below this share of the cost is none. */
#define SAME_COST 0.02

static const TripPlanCandidate *
candidate_at (const TripPlanContext *context,
              guint                  index)
{
  return &g_array_index (context->candidates, TripPlanCandidate, index);
}

/* Which candidates a draft visits; returns how many. */
static guint
mark_visits (const TripPlanDraft *draft,
             guint8              *marks)
{
  guint n = 0;

  for (guint d = 0; d < draft->n_days; d++)
    {
      const TripPlanDraftDay *day = &draft->days[d];

      for (guint i = 0; i < day->stops->len; i++)
        {
          const TripPlanStop *stop = &g_array_index (day->stops, TripPlanStop, i);

          if (stop->kind != TRIP_BLOCK_VISIT || stop->candidate < 0 || marks[stop->candidate])
            continue;
          marks[stop->candidate] = TRUE;
          n++;
        }
    }
  return n;
}

/**
 * trip_plan_compare_visits:
 * @context: the question
 * @self: a draft
 * @other: another
 *
 * Returns: share of visits that the two have in common, of those that had to be in neither: 0 for none, 1 for the same
 */
gdouble
trip_plan_compare_visits (const TripPlanContext *context,
                          const TripPlanDraft   *self,
                          const TripPlanDraft   *other)
{
  guint n = context->candidates->len;
  g_autofree guint8 *marks = g_new0 (guint8, 2 * n + 1);
  guint total = 0, shared = 0;

  mark_visits (self, marks);
  mark_visits (other, marks + n);
  for (guint i = 0; i < n; i++)
    {
      if (candidate_at (context, i)->must)
        continue;
      total += marks[i] + marks[n + i];
      shared += 2u * (marks[i] && marks[n + i]);
    }
  return total > 0 ? (gdouble) shared / total : 1.0;
}

/* The best-known of what is in @with and not in @without. */
static GPtrArray *
list_difference (const TripPlanContext *context,
                 const guint8          *with,
                 const guint8          *without,
                 guint                 *out_n)
{
  g_autoptr(GArray) best = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *names = g_ptr_array_new ();

  *out_n = 0;
  for (guint i = 0; i < context->candidates->len; i++)
    {
      gint popularity = candidate_at (context, i)->poi->popularity;
      guint at = best->len;

      if (!with[i] || without[i])
        continue;
      (*out_n)++;
      while (at > 0 && candidate_at (context, g_array_index (best, guint, at - 1))->poi->popularity < popularity)
        at--;
      g_array_insert_val (best, at, i);
      if (best->len > MAX_NAMES)
        g_array_set_size (best, MAX_NAMES);
    }
  for (guint i = 0; i < best->len; i++)
    g_ptr_array_add (names, candidate_at (context, g_array_index (best, guint, i))->poi->name);
  return names;
}

static void
say_cost (const TripPlanContext *context,
          const TripPlanDraft   *self,
          const TripPlanDraft   *other,
          const char            *title,
          GPtrArray             *notes)
{
  gint64 difference = ABS (self->total - other->total);
  g_autofree char *amount = trip_currency_format (context->currency, difference);

  if ((gdouble) difference <= SAME_COST * (gdouble) MAX (self->total, other->total))
    g_ptr_array_add (notes, g_strdup_printf (_("It costs about as much as “%s”."), title));
  else if (self->total < other->total)
    g_ptr_array_add (notes, g_strdup_printf (_("It costs %s less than “%s”."), amount, title));
  else
    g_ptr_array_add (notes, g_strdup_printf (_("It costs %s more than “%s”."), amount, title));
}

/**
 * trip_plan_compare_say:
 * @context: the question
 * @self: an option
 * @other: the option it is held against
 * @other_title: what that one is called
 * @notes: (element-type utf8): sentences; what the option trades is added
 *
 * Says what it costs more or less, and which visits it gives up for which.
 */
void
trip_plan_compare_say (const TripPlanContext *context,
                       const TripPlanDraft   *self,
                       const TripPlanDraft   *other,
                       const char            *other_title,
                       GPtrArray             *notes)
{
  guint n = context->candidates->len;
  g_autofree guint8 *marks = g_new0 (guint8, 2 * n + 1);
  g_autoptr(GPtrArray) lost = NULL;
  g_autoptr(GPtrArray) gained = NULL;
  g_autofree char *lost_names = NULL;
  g_autofree char *gained_names = NULL;
  guint n_lost, n_gained;
  guint n_self = mark_visits (self, marks);
  guint n_other = mark_visits (other, marks + n);

  say_cost (context, self, other, other_title, notes);
  lost = list_difference (context, marks + n, marks, &n_lost);
  gained = list_difference (context, marks, marks + n, &n_gained);
  lost_names = trip_plan_words_join (lost);
  gained_names = trip_plan_words_join (gained);
  if (n_self < n_other)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("It has %u visit fewer.", "It has %u visits fewer.",
                                                       n_other - n_self), n_other - n_self));
  else if (n_self > n_other)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("It has %u visit more.", "It has %u visits more.",
                                                       n_self - n_other), n_self - n_other));
  if (n_lost == 0 && n_gained == 0)
    g_ptr_array_add (notes, g_strdup (_("It visits the same places.")));
  else if (n_gained == 0)
    g_ptr_array_add (notes, g_strdup_printf (n_lost > MAX_NAMES ? _("It leaves out %s, among others.") : _("It leaves out %s."),
                                             lost_names));
  else if (n_lost == 0)
    g_ptr_array_add (notes, g_strdup_printf (n_gained > MAX_NAMES ? _("It adds %s, among others.") : _("It adds %s."),
                                             gained_names));
  else
    g_ptr_array_add (notes, g_strdup_printf (n_lost > MAX_NAMES || n_gained > MAX_NAMES
                                               ? _("It has %s, among others, in place of %s.")
                                               : _("It has %s in place of %s."), gained_names, lost_names));
}

static gboolean
has_stop (const TripPlanDraft *self,
          gint                 candidate)
{
  for (guint d = 0; d < self->n_days; d++)
    {
      if (self->days[d].lodge == candidate)
        return TRUE;
      for (guint i = 0; i < self->days[d].stops->len; i++)
        {
          if (g_array_index (self->days[d].stops, TripPlanStop, i).candidate == candidate)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_plan_draft_overlap:
 * @self: a draft
 * @other: another
 *
 * Says how much two drafts share: visits, meals and nights.
 *
 * Returns: 0 for nothing, 1 for the same places
 */
gdouble
trip_plan_draft_overlap (const TripPlanDraft *self,
                         const TripPlanDraft *other)
{
  guint n = 0, shared = 0;

  for (guint k = 0; k < 2; k++)
    {
      const TripPlanDraft *one = k == 0 ? self : other;
      const TripPlanDraft *two = k == 0 ? other : self;

      for (guint d = 0; d < one->n_days; d++)
        {
          if (one->days[d].lodge >= 0)
            {
              n++;
              shared += has_stop (two, one->days[d].lodge);
            }
          for (guint i = 0; i < one->days[d].stops->len; i++)
            {
              const TripPlanStop *stop = &g_array_index (one->days[d].stops, TripPlanStop, i);

              if (stop->candidate < 0 || stop->kind == TRIP_BLOCK_CHECK_IN)
                continue;
              n++;
              shared += has_stop (two, stop->candidate);
            }
        }
    }
  return n > 0 ? (gdouble) shared / (gdouble) n : 1.0;
}
