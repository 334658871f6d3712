/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Editing: each change is made to a copy of the option, and taken over only where it worked and the budget still
 * holds. What was done, and what could not be, is said in the option's notes; an option in which nothing was to be
 * done stays as the client sent it.
 */
#include "providers/planner/trip-plan-edit.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-edit-private.h"
#include "providers/planner/trip-plan-options.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORDS 400

/* More options than anybody compares. */
#define MAX_OPTIONS 8

/**
 * trip_plan_editor_say:
 * @self: a change
 * @format: a sentence
 * @...: its arguments
 *
 * Adds a sentence to the notes.
 */
void
trip_plan_editor_say (TripPlanEditor *self,
                      const char     *format,
                      ...)
{
  va_list args;

  if (self->notes->len > 0)
    g_string_append_c (self->notes, ' ');
  va_start (args, format);
  g_string_append_vprintf (self->notes, format, args);
  va_end (args);
}

/**
 * trip_plan_editor_day:
 * @self: a change
 * @index: which day
 *
 * Returns: (transfer none): the day
 */
TripPlanDay *
trip_plan_editor_day (const TripPlanEditor *self,
                      guint                 index)
{
  return g_ptr_array_index (self->option->days, index);
}

/**
 * trip_plan_editor_night:
 * @self: a change
 * @day: which day
 *
 * Returns: (transfer none) (nullable): where the night before was spent
 */
TripPoi *
trip_plan_editor_night (const TripPlanEditor *self,
                        guint                 day)
{
  return day > 0 ? trip_plan_editor_day (self, day - 1)->lodging_poi : NULL;
}

/**
 * trip_plan_editor_days:
 * @self: a change
 * @out_first: (out): first day that it is about
 * @out_end: (out): the day after the last
 *
 * Says which days a change is about.
 *
 * Returns: whether there are such days
 */
gboolean
trip_plan_editor_days (TripPlanEditor *self,
                       guint          *out_first,
                       guint          *out_end)
{
  guint n = self->option->days->len;
  gint day = self->change->day;

  *out_first = 0;
  *out_end = n;
  if (day == TRIP_PLAN_EVERY_DAY)
    return n > 0;
  if (day == TRIP_PLAN_LAST_DAY)
    day = (gint) n - 1;
  if (day < 0 || (guint) day >= n)
    {
      trip_plan_editor_say (self, ngettext ("This option has only %u day.", "This option has only %u days.", n), n);
      return FALSE;
    }
  *out_first = (guint) day;
  *out_end = (guint) day + 1;
  return TRUE;
}

/**
 * trip_plan_editor_visits:
 * @day: a day
 *
 * Returns: number of its visits
 */
guint
trip_plan_editor_visits (const TripPlanDay *day)
{
  guint n = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    n += ((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->kind == TRIP_BLOCK_VISIT;
  return n;
}

static TripPoi *
first_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

static gboolean
has_place (const TripPlanDay *day,
           const TripPoi     *poi)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPoi *other = first_poi (g_ptr_array_index (day->blocks, b));

      if (other != NULL && trip_poi_is_same (other, poi))
        return TRUE;
    }
  return FALSE;
}

static const TripPoi *
best_visit (const TripPlanDay *day,
            const TripPoi     *except)
{
  const TripPoi *best = NULL;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
      const TripPoi *poi = first_poi (block);

      if (block->kind == TRIP_BLOCK_VISIT && poi != NULL && poi != except &&
          (best == NULL || poi->popularity > best->popularity))
        best = poi;
    }
  return best;
}

/* A day must not be headed by a place that is no longer in it. */
static void
renew_highlight (const TripPlanDay *old,
                 TripPlanDay       *day)
{
  gboolean stale = FALSE;
  const TripPoi *one, *two;

  for (guint b = 0; b < old->blocks->len && !stale; b++)
    {
      const TripPoi *poi = first_poi (g_ptr_array_index (old->blocks, b));

      stale = poi != NULL && strstr (day->highlight, poi->name) != NULL && !has_place (day, poi);
    }
  if (!stale)
    return;
  one = best_visit (day, NULL);
  two = best_visit (day, one);
  g_free (day->highlight);
  day->highlight = one == NULL   ? g_strdup (_("An easy day"))
                   : two == NULL ? g_strdup (one->name)
                                 : g_strdup_printf (_("%s and %s"), one->name, two->name);
}

/**
 * trip_plan_editor_take_over:
 * @self: a change
 * @index: which day
 * @edit: the day as it is to be; its day is taken
 *
 * Puts a changed day into the option.
 */
void
trip_plan_editor_take_over (TripPlanEditor  *self,
                            guint            index,
                            TripPlanDayEdit *edit)
{
  renew_highlight (trip_plan_editor_day (self, index), edit->day);
  trip_plan_day_free (trip_plan_editor_day (self, index));
  g_ptr_array_index (self->option->days, index) = g_steal_pointer (&edit->day);
  for (guint i = 0; i < edit->dropped->len; i++)
    trip_plan_editor_say (self, _("%s no longer fits and was left out."),
                          (const char *) g_ptr_array_index (edit->dropped, i));
}

static gboolean
apply (TripPlanEditor *self,
       const char     *words)
{
  switch (self->change->kind)
    {
    case TRIP_PLAN_CHANGE_LIGHTER:
      return trip_plan_editor_lighten (self);
    case TRIP_PLAN_CHANGE_FULLER:
      return trip_plan_editor_add (self, NULL);
    case TRIP_PLAN_CHANGE_START:
    case TRIP_PLAN_CHANGE_START_LATER:
    case TRIP_PLAN_CHANGE_START_EARLIER:
    case TRIP_PLAN_CHANGE_END:
    case TRIP_PLAN_CHANGE_END_EARLIER:
      return trip_plan_editor_retime (self);
    case TRIP_PLAN_CHANGE_DROP:
      return trip_plan_editor_drop (self, self->change->subject);
    case TRIP_PLAN_CHANGE_SWAP:
      return trip_plan_editor_swap (self);
    case TRIP_PLAN_CHANGE_MOVE:
      return trip_plan_editor_move (self);
    case TRIP_PLAN_CHANGE_ADD:
      return trip_plan_editor_add (self, self->change->subject);
    case TRIP_PLAN_CHANGE_CHEAPER:
      return trip_plan_editor_save (self);
    case TRIP_PLAN_CHANGE_UNKNOWN:
    default:
      trip_plan_editor_say (self, _("The change “%s” was not understood; the plan is as it was."), words);
      return FALSE;
    }
}

static gint64
sum_costs (const TripPlanOption *option)
{
  const char *currency = option->currency;
  gint64 sum = 0;

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      if (day->lodging_cost > 0)
        sum += trip_currency_to_minor (currency, day->lodging_cost);
      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

          if (block->cost > 0)
            sum += trip_currency_to_minor (currency, block->cost);
          if (block->transportation.present && block->transportation.cost > 0)
            sum += trip_currency_to_minor (currency, block->transportation.cost);
        }
    }
  return sum;
}

static void
add_to_notes (TripPlanOption *option,
              const char     *sentences)
{
  char *all = *option->general_notes != '\0' ? g_strdup_printf ("%s %s", option->general_notes, sentences)
                                             : g_strdup (sentences);

  g_free (option->general_notes);
  option->general_notes = all;
  trip_plan_option_touch (option);
}

/* Changes a copy. Where that fails the reasons are in @notes and %NULL is returned. */
static TripPlanOption *
edit_copy (const TripPlanContext *context,
           const TripPlanChange  *change,
           const char            *words,
           const TripPlanOption  *option,
           GString               *notes)
{
  g_autoptr(TripPlanOption) copy = trip_plan_option_copy (option);
  TripPlanEditor editor = { context, change, copy, notes };
  gint64 before = sum_costs (option);
  gint64 after;

  if (!apply (&editor, words))
    return NULL;
  after = sum_costs (copy);
  if (copy->cost_total >= 0 && after != before)
    {
      gint64 total = trip_currency_to_minor (copy->currency, copy->cost_total) + after - before;

      if (context->budget > 0 && context->budget_is_hard && total > context->budget && after > before)
        {
          g_autofree char *budget = trip_currency_format (context->currency, context->budget);
          g_autofree char *text = trip_currency_format (copy->currency, total);

          g_string_truncate (notes, 0);
          trip_plan_editor_say (&editor, _("“%s” would cost %s in all, above the budget of %s, and was not done."),
                                words, text, budget);
          return NULL;
        }
      copy->cost_total = trip_currency_to_major (copy->currency, MAX (total, 0));
      g_free (copy->overall_cost);
      copy->overall_cost = trip_currency_format (copy->currency, MAX (total, 0));
    }
  add_to_notes (copy, notes->str);
  return g_steal_pointer (&copy);
}

static gboolean
names_title (const TripPlanOption *option,
             const char           *words)
{
  g_autofree char *title = trip_text_fold (option->title);
  g_autofree char *folded = trip_text_fold (words);
  static const char * const nouns[] = { "option", "plan", "one", "version" };
  gboolean found = FALSE;

  for (gsize i = 0; *title != '\0' && i < G_N_ELEMENTS (nouns) && !found; i++)
    {
      g_autofree char *phrase = g_strdup_printf ("%s %s", title, nouns[i]);

      found = trip_text_contains_word (folded, phrase);
    }
  return found;
}

/* The number of the option that is meant; %TRIP_PLAN_EVERY_OPTION where the words name none. */
static gint
find_option (GPtrArray            *options,
             const TripPlanChange *change,
             const char           *words)
{
  if (change->option == TRIP_PLAN_LAST_DAY)
    return (gint) options->len - 1;
  if (change->option != TRIP_PLAN_EVERY_OPTION)
    return change->option;
  for (guint i = 0; i < options->len; i++)
    {
      if (names_title (g_ptr_array_index (options, i), words))
        return (gint) i;
    }
  return TRIP_PLAN_EVERY_OPTION;
}

static gboolean
check_option (GPtrArray  *options,
              gint        index,
              GError    **error)
{
  if (index == TRIP_PLAN_EVERY_OPTION || (index >= 0 && (guint) index < options->len))
    return TRUE;
  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
               ngettext ("The plan has only %u option.", "The plan has only %u options.", options->len), options->len);
  return FALSE;
}

static gboolean
remove_option (GPtrArray  *options,
               gint        index,
               GError    **error)
{
  if (options->len == 1)
    {
      g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                           _("The plan's only option cannot be removed; remove the places instead, or ask for "
                             "another."));
      return FALSE;
    }
  g_ptr_array_remove_index (options, index == TRIP_PLAN_EVERY_OPTION ? options->len - 1 : (guint) index);
  return TRUE;
}

static gboolean
add_option (const TripPlanQuery  *query,
            TripAtlas            *atlas,
            GPtrArray            *options,
            GCancellable         *cancellable,
            GError              **error)
{
  g_autoptr(TripPlanContext) context = NULL;
  TripPlanOption *another;

  if (options->len >= MAX_OPTIONS)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("The plan has %u options already; remove one first."),
                   options->len);
      return FALSE;
    }
  context = trip_plan_context_new (query, atlas, options->len > 0 ? g_ptr_array_index (options, 0) : NULL, error);
  another = context != NULL ? trip_plan_options_make_another (context, options, cancellable, error) : NULL;
  if (another == NULL)
    return FALSE;
  g_ptr_array_add (options, another);
  return TRUE;
}

/* Where the change works in one option, those in which it does not are left alone; else each is told why. */
static gboolean
edit_options (const TripPlanQuery   *query,
              TripAtlas             *atlas,
              GPtrArray             *options,
              const TripPlanChange  *change,
              const char            *words,
              gint                   only,
              GError               **error)
{
  g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  gboolean any = FALSE;

  for (guint i = 0; i < options->len; i++)
    {
      TripPlanOption *option = g_ptr_array_index (options, i);
      g_autoptr(TripPlanContext) context = NULL;
      g_autoptr(GString) notes = g_string_new (NULL);
      TripPlanOption *changed;

      g_ptr_array_add (reasons, NULL);
      if (only != TRIP_PLAN_EVERY_OPTION && only != (gint) i)
        continue;
      context = trip_plan_context_new (query, atlas, option, error);
      if (context == NULL)
        return FALSE;
      changed = edit_copy (context, change, words, option, notes);
      if (changed != NULL)
        {
          any = TRUE;
          trip_plan_option_free (option);
          g_ptr_array_index (options, i) = changed;
        }
      else
        {
          g_ptr_array_index (reasons, i) = g_strdup (notes->str);
        }
    }
  for (guint i = 0; i < options->len && !any; i++)
    {
      if (g_ptr_array_index (reasons, i) != NULL)
        add_to_notes (g_ptr_array_index (options, i), g_ptr_array_index (reasons, i));
    }
  return TRUE;
}

/* The words decide before the action does: "remove the museum" is no wish to lose an option. */
static gboolean
is_about_place (const TripPlanQuery   *query,
                TripAtlas             *atlas,
                GPtrArray             *options,
                const TripIntent      *intent,
                TripPlanChange        *change,
                gboolean              *out_about_place,
                GError               **error)
{
  g_autoptr(TripPlanContext) context = NULL;
  const char *subject = change->subject != NULL ? change->subject : change->rest;

  *out_about_place = FALSE;
  if (intent->action == TRIP_ACTION_MODIFY || (change->names_option && change->option == TRIP_PLAN_EVERY_OPTION))
    return TRUE;
  context = trip_plan_context_new (query, atlas, options->len > 0 ? g_ptr_array_index (options, 0) : NULL, error);
  if (context == NULL)
    return FALSE;
  *out_about_place = trip_plan_editor_knows (context, subject);
  if (*out_about_place && change->subject == NULL)
    {
      change->subject = g_strdup (subject);
      change->kind = intent->action == TRIP_ACTION_REMOVE ? TRIP_PLAN_CHANGE_DROP : TRIP_PLAN_CHANGE_ADD;
    }
  return TRUE;
}

static gboolean
apply_intent (const TripPlanQuery  *query,
              TripAtlas            *atlas,
              GPtrArray            *options,
              const TripIntent     *intent,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autofree char *words = g_utf8_substring (intent->value, 0, MIN (g_utf8_strlen (intent->value, -1), MAX_WORDS));
  g_autoptr(TripPlanChange) change = trip_plan_change_read (words);
  gint only = find_option (options, change, words);
  gboolean about_place = FALSE;

  if (!check_option (options, only, error) ||
      !is_about_place (query, atlas, options, intent, change, &about_place, error))
    return FALSE;
  if (intent->action == TRIP_ACTION_REMOVE && !about_place)
    {
      /* What names neither an option nor a place takes nothing away. */
      if (only != TRIP_PLAN_EVERY_OPTION || change->names_option)
        return remove_option (options, only, error);
      change->kind = TRIP_PLAN_CHANGE_UNKNOWN;
    }
  if (intent->action == TRIP_ACTION_ADD && !about_place)
    return add_option (query, atlas, options, cancellable, error);
  return edit_options (query, atlas, options, change, words, only, error);
}

/**
 * trip_plan_edit:
 * @query: the question, with the changes
 * @atlas: (nullable): the atlas
 * @options: (element-type TripPlanOption): the options to change, in place
 * @cancellable: (nullable): ends the work early
 * @error: return location
 *
 * Applies the changes in order. One that cannot be made is said in the options' notes.
 *
 * Returns: whether all went well; %TRIP_ERROR_INFEASIBLE for an option that does not exist, or cannot be made
 */
gboolean
trip_plan_edit (const TripPlanQuery  *query,
                TripAtlas            *atlas,
                GPtrArray            *options,
                GCancellable         *cancellable,
                GError              **error)
{
  for (guint i = 0; i < query->changes->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !apply_intent (query, atlas, options, g_ptr_array_index (query->changes, i), cancellable, error))
        return FALSE;
    }
  return TRUE;
}
