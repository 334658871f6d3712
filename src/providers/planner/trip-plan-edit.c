/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Editing: each change is made to a copy of the option, and taken over only where it worked and the budget still
 * holds. What was done, and what could not be, is said in the option's notes; an option in which nothing was to be
 * done stays as the client sent it.
 */
#include "providers/planner/trip-plan-edit.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-edit-money.h"
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
 * trip_plan_editor_clear:
 * @self: a change
 *
 * Frees what the editor made for itself.
 */
void
trip_plan_editor_clear (TripPlanEditor *self)
{
  g_clear_pointer (&self->own_context, trip_plan_context_free);
}

/**
 * trip_plan_editor_renew_context:
 * @self: a change
 *
 * Makes the question ready again for an option whose days are others now.
 *
 * Returns: whether that worked; if not, the reason is in the notes
 */
gboolean
trip_plan_editor_renew_context (TripPlanEditor *self)
{
  g_autoptr(GError) error = NULL;
  TripPlanContext *context = trip_plan_context_new (self->query, self->atlas, self->option, &error);

  if (context == NULL)
    {
      trip_plan_editor_say (self, "%s", error->message);
      return FALSE;
    }
  g_clear_pointer (&self->own_context, trip_plan_context_free);
  self->context = self->own_context = context;
  return TRUE;
}

static gpointer
copy_day (gconstpointer day,
          gpointer      unused)
{
  return trip_plan_day_copy (day);
}

/**
 * trip_plan_editor_save_days:
 * @self: a change
 *
 * Returns: (transfer full) (element-type TripPlanDay): a copy of the days, for trip_plan_editor_restore_days()
 */
GPtrArray *
trip_plan_editor_save_days (const TripPlanEditor *self)
{
  GPtrArray *days = g_ptr_array_copy (self->option->days, copy_day, NULL);

  g_ptr_array_set_free_func (days, (GDestroyNotify) trip_plan_day_free);
  return days;
}

/**
 * trip_plan_editor_restore_days:
 * @self: a change
 * @days: (transfer full) (element-type TripPlanDay): the days as they were
 *
 * Takes back what was done since trip_plan_editor_save_days().
 */
void
trip_plan_editor_restore_days (TripPlanEditor *self,
                               GPtrArray      *days)
{
  g_ptr_array_unref (self->option->days);
  self->option->days = days;
}

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
  guint day;

  *out_first = 0;
  *out_end = self->option->days->len;
  if (self->change->day == TRIP_PLAN_EVERY_DAY)
    return self->option->days->len > 0;
  if (!trip_plan_editor_find_day (self, self->change->day, &day))
    return FALSE;
  *out_first = day;
  *out_end = day + 1;
  return TRUE;
}

/**
 * trip_plan_editor_find_day:
 * @self: a change
 * @day: a day as the words name it
 * @out_day: (out): its index
 *
 * Finds a day; says so where there is none.
 *
 * Returns: whether there is such a day
 */
gboolean
trip_plan_editor_find_day (TripPlanEditor *self,
                           gint            day,
                           guint          *out_day)
{
  guint n = self->option->days->len;

  if (day == TRIP_PLAN_LAST_DAY)
    day = (gint) n - 1;
  if (day < 0 || (guint) day >= n)
    {
      trip_plan_editor_say (self, ngettext ("This option has only %u day.", "This option has only %u days.", n), n);
      return FALSE;
    }
  *out_day = (guint) day;
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

/**
 * trip_plan_editor_all_visits:
 * @self: a change
 *
 * Returns: number of visits of the option
 */
guint
trip_plan_editor_all_visits (const TripPlanEditor *self)
{
  guint n = 0;

  for (guint d = 0; d < self->option->days->len; d++)
    n += trip_plan_editor_visits (trip_plan_editor_day (self, d));
  return n;
}

static gboolean
has_place (const TripPlanDay *day,
           const TripPoi     *poi)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPoi *other = trip_plan_block_poi (g_ptr_array_index (day->blocks, b));

      if (other != NULL && trip_poi_is_same (other, poi))
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_editor_has_place:
 * @self: a change
 * @poi: a place
 *
 * Returns: whether the option has it on some day
 */
gboolean
trip_plan_editor_has_place (const TripPlanEditor *self,
                            const TripPoi        *poi)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      if (has_place (trip_plan_editor_day (self, d), poi))
        return TRUE;
    }
  return FALSE;
}

/**
 * trip_plan_editor_is_must:
 * @self: a change
 * @poi: a place
 *
 * Returns: whether it has to be in the plan
 */
gboolean
trip_plan_editor_is_must (const TripPlanEditor *self,
                          const TripPoi        *poi)
{
  gint index = trip_plan_context_find (self->context, poi);

  return poi->must_see || (index >= 0 && g_array_index (self->context->candidates, TripPlanCandidate, (guint) index).must);
}

static const TripPoi *
best_visit (const TripPlanDay *day,
            const TripPoi     *except)
{
  const TripPoi *best = NULL;

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
      const TripPoi *poi = trip_plan_block_poi (block);

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
      const TripPoi *poi = trip_plan_block_poi (g_ptr_array_index (old->blocks, b));

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

/* A meal that lost its table gets another one near; where there is none it stays at the travellers' choice. */
static void
seek_tables (TripPlanEditor *self,
             guint           index,
             GPtrArray      *lost,
             gboolean        is_bounded)
{
  for (guint i = 0; i < lost->len; i++)
    {
      const char *name = g_ptr_array_index (lost, i);
      const TripPoi *table = NULL;

      self->seeks_table = TRUE;
      for (guint b = 0; !is_bounded && table == NULL && b < trip_plan_editor_day (self, index)->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (trip_plan_editor_day (self, index)->blocks, b);

          if (block->kind == TRIP_BLOCK_MEAL && trip_plan_block_poi (block) == NULL)
            table = trip_plan_editor_another_table (self, index, b);
        }
      self->seeks_table = FALSE;
      if (table != NULL)
        trip_plan_editor_say (self, _("%s took the place of %s."), table->name, name);
      else
        trip_plan_editor_say (self, _("%s no longer fits; that meal is at a place of your choice."), name);
    }
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
  /* A bound that was asked for may not hold for a table that is found later. */
  if (!self->seeks_table && edit->lost_tables->len > 0)
    seek_tables (self, index, edit->lost_tables, edit->until != G_MAXINT || edit->pinned != NULL);
}

static gboolean
change_length (TripPlanEditor *self)
{
  for (guint i = 0; i < self->change->count; i++)
    {
      if (!(self->change->kind == TRIP_PLAN_CHANGE_DAY_ADD ? trip_plan_editor_add_day (self)
                                                           : trip_plan_editor_remove_day (self, self->change->day)))
        return FALSE;
    }
  return TRUE;
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
    case TRIP_PLAN_CHANGE_FREE:
      return trip_plan_editor_free (self);
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
    case TRIP_PLAN_CHANGE_TIME:
    case TRIP_PLAN_CHANGE_EARLIER:
    case TRIP_PLAN_CHANGE_LATER:
      return trip_plan_editor_place_in_time (self);
    case TRIP_PLAN_CHANGE_FIRST:
    case TRIP_PLAN_CHANGE_LAST:
    case TRIP_PLAN_CHANGE_BEFORE:
    case TRIP_PLAN_CHANGE_AFTER:
      return trip_plan_editor_put_in_order (self);
    case TRIP_PLAN_CHANGE_BREAK:
      return trip_plan_editor_add_break (self);
    case TRIP_PLAN_CHANGE_LENGTH:
    case TRIP_PLAN_CHANGE_LONGER:
    case TRIP_PLAN_CHANGE_SHORTER:
      return trip_plan_editor_stretch (self);
    case TRIP_PLAN_CHANGE_ADD:
      return trip_plan_editor_add (self, self->change->subject);
    case TRIP_PLAN_CHANGE_CHEAPER:
    case TRIP_PLAN_CHANGE_LODGING:
    case TRIP_PLAN_CHANGE_LODGING_CHEAPER:
    case TRIP_PLAN_CHANGE_LODGING_NICER:
      return trip_plan_editor_change_lodging (self);
    case TRIP_PLAN_CHANGE_DAY_ADD:
    case TRIP_PLAN_CHANGE_DAY_REMOVE:
      return change_length (self);
    case TRIP_PLAN_CHANGE_DAY_RENEW:
      return trip_plan_editor_renew_day (self);
    case TRIP_PLAN_CHANGE_DAY_SWAP:
      return trip_plan_editor_swap_days (self);
    case TRIP_PLAN_CHANGE_UNDO:
      trip_plan_editor_say (self, _("The plan before this one is not kept here, so “%s” was not done; say what to change "
                                    "back."), words);
      return FALSE;
    case TRIP_PLAN_CHANGE_UNKNOWN:
    default:
      trip_plan_editor_say (self, _("The change “%s” was not understood; the plan is as it was."), words);
      return FALSE;
    }
}

/* Changes a copy. Where that fails the reasons are in @notes and %NULL is returned. */
static TripPlanOption *
edit_copy (const TripPlanQuery   *query,
           TripAtlas             *atlas,
           const TripPlanContext *context,
           const TripPlanChange  *change,
           const char            *words,
           const TripPlanOption  *option,
           GCancellable          *cancellable,
           GString               *notes)
{
  g_autoptr(TripPlanOption) copy = trip_plan_option_copy (option);
  TripPlanEditor editor = { query, atlas, cancellable, context, NULL, change, copy, notes, FALSE, NULL, FALSE };
  gint64 before = trip_plan_option_sum (option);
  gboolean done = apply (&editor, words) && trip_plan_editor_keep_limits (&editor, option);
  const char *bound = done ? trip_plan_editor_find_overstepped (&editor, option, TRUE) : NULL;
  gint64 after;

  if (bound != NULL)
    {
      g_string_truncate (notes, 0);
      trip_plan_editor_say (&editor, _("“%s” would not keep “%s”, and was not done."), words, bound);
      done = FALSE;
    }
  bound = done ? trip_plan_editor_find_overstepped (&editor, option, FALSE) : NULL;
  if (bound != NULL)
    trip_plan_editor_say (&editor, _("“%s” is not kept."), bound);
  if (done)
    trip_plan_editor_say_lost (&editor, option);
  trip_plan_editor_clear (&editor);
  if (!done)
    return NULL;
  after = trip_plan_option_sum (copy);
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
      trip_plan_option_set_total (copy, total);
    }
  trip_plan_option_add_notes (copy, notes->str);
  trip_plan_option_touch (copy);
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

/* An option in which the change does not work stays as it is and is told why. */
static gboolean
edit_options (const TripPlanQuery   *query,
              TripAtlas             *atlas,
              GPtrArray             *options,
              const TripPlanChange  *change,
              const char            *words,
              gint                   only,
              GCancellable          *cancellable,
              GError               **error)
{
  /* Another length was asked for as well, so an option that cannot have it is no answer. */
  gboolean has_to = query->state_changed && (change->kind == TRIP_PLAN_CHANGE_DAY_ADD ||
                                             change->kind == TRIP_PLAN_CHANGE_DAY_REMOVE);

  for (guint i = 0; i < options->len; i++)
    {
      TripPlanOption *option = g_ptr_array_index (options, i);
      g_autoptr(TripPlanContext) context = NULL;
      g_autoptr(GString) notes = g_string_new (NULL);
      TripPlanOption *changed;

      if (only != TRIP_PLAN_EVERY_OPTION && only != (gint) i)
        continue;
      context = trip_plan_context_new (query, atlas, option, error);
      if (context == NULL)
        return FALSE;
      changed = edit_copy (query, atlas, context, change, words, option, cancellable, notes);
      if (changed != NULL)
        {
          trip_plan_option_free (option);
          g_ptr_array_index (options, i) = changed;
        }
      else if (!has_to)
        {
          trip_plan_option_add_notes (option, notes->str);
        }
      else if (options->len > 1)
        {
          g_ptr_array_remove_index (options, i--);
        }
      else
        {
          g_set_error_literal (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, notes->str);
          return FALSE;
        }
    }
  return TRUE;
}

/* "Remove the museum" and "add a museum" come without their verb, which is the intent's action. */
static TripPlanChange *
read_change (const TripIntent *intent,
             const char       *words)
{
  TripPlanChange *change = trip_plan_change_read (words);
  g_autofree char *sentence = NULL;

  if (change->kind != TRIP_PLAN_CHANGE_UNKNOWN || intent->action == TRIP_ACTION_MODIFY)
    return change;
  trip_plan_change_free (change);
  sentence = g_strdup_printf (intent->action == TRIP_ACTION_REMOVE ? "drop %s" : "add %s", words);
  return trip_plan_change_read (sentence);
}

/* Changes that can be meant for nothing but the plan there is, whatever the action says. */
static gboolean
is_of_this_plan (const TripPlanChange *change)
{
  switch (change->kind)
    {
    case TRIP_PLAN_CHANGE_FREE:
    case TRIP_PLAN_CHANGE_TIME:
    case TRIP_PLAN_CHANGE_EARLIER:
    case TRIP_PLAN_CHANGE_LATER:
    case TRIP_PLAN_CHANGE_FIRST:
    case TRIP_PLAN_CHANGE_LAST:
    case TRIP_PLAN_CHANGE_BEFORE:
    case TRIP_PLAN_CHANGE_AFTER:
    case TRIP_PLAN_CHANGE_LONGER:
    case TRIP_PLAN_CHANGE_SHORTER:
    case TRIP_PLAN_CHANGE_LENGTH:
    case TRIP_PLAN_CHANGE_BREAK:
    case TRIP_PLAN_CHANGE_LODGING:
    case TRIP_PLAN_CHANGE_LODGING_CHEAPER:
    case TRIP_PLAN_CHANGE_LODGING_NICER:
    case TRIP_PLAN_CHANGE_DAY_ADD:
    case TRIP_PLAN_CHANGE_DAY_REMOVE:
    case TRIP_PLAN_CHANGE_DAY_RENEW:
    case TRIP_PLAN_CHANGE_DAY_SWAP:
    case TRIP_PLAN_CHANGE_UNDO:
      return TRUE;
    case TRIP_PLAN_CHANGE_UNKNOWN:
      return FALSE;
    default:
      return change->day != TRIP_PLAN_EVERY_DAY;
    }
}

/* The words decide before the action does: "remove the museum" is no wish to lose an option. */
static gboolean
is_about_place (const TripPlanQuery   *query,
                TripAtlas             *atlas,
                GPtrArray             *options,
                const TripPlanChange  *change,
                gboolean              *out_about_place,
                GError               **error)
{
  g_autoptr(TripPlanContext) context = NULL;

  *out_about_place = FALSE;
  if (change->subject == NULL)
    return TRUE;
  context = trip_plan_context_new (query, atlas, options->len > 0 ? g_ptr_array_index (options, 0) : NULL, error);
  if (context == NULL)
    return FALSE;
  *out_about_place = trip_plan_editor_knows (context, change->subject);
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
  g_autoptr(TripPlanChange) change = read_change (intent, words);
  gint only = find_option (options, change, words);
  gboolean about_place = intent->action == TRIP_ACTION_MODIFY || is_of_this_plan (change);

  if (!check_option (options, only, error) ||
      (!about_place && !is_about_place (query, atlas, options, change, &about_place, error)))
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
  return edit_options (query, atlas, options, change, words, only, cancellable, error);
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
