/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Editing: each change is tried on copies of the days it touches, and taken over only where the day then works. What was done,
 * and what could not be, is said in the option's notes.
 */
#include "providers/planner/trip-plan-edit.h"

#include "language/trip-text.h"
#include "providers/planner/trip-plan-change.h"
#include "providers/planner/trip-plan-reschedule.h"
#include "providers/planner/trip-plan-words.h"
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORDS 400
#define LATER_MINUTES 60

typedef struct {
  const TripPlanQuery *query;
  const TripPlanContext *context;
  const TripPlanChange *change;
  TripPlanOption *option;
  GString *notes;
} Editor;

static TripPlanDay *
get_day (const Editor *self,
         guint         index)
{
  return g_ptr_array_index (self->option->days, index);
}

static TripPoi *
first_poi (const TripPlanBlock *block)
{
  return block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;
}

static TripPoi *
night_before (const Editor *self,
              guint         day)
{
  return day > 0 ? get_day (self, day - 1)->lodging_poi : NULL;
}

static void G_GNUC_PRINTF (2, 3)
say (Editor     *self,
     const char *format,
     ...)
{
  va_list args;

  if (self->notes->len > 0)
    g_string_append_c (self->notes, ' ');
  va_start (args, format);
  g_string_append_vprintf (self->notes, format, args);
  va_end (args);
}

static void
say_dropped (Editor    *self,
             GPtrArray *dropped)
{
  for (guint i = 0; i < dropped->len; i++)
    say (self, _("%s no longer fits and was left out."), (const char *) g_ptr_array_index (dropped, i));
}

/* Days the change is about, as a range. */
static gboolean
get_days (Editor *self,
          guint  *out_first,
          guint  *out_end)
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
      say (self, _("There is no day %d in this option."), day + 1);
      return FALSE;
    }
  *out_first = (guint) day;
  *out_end = (guint) day + 1;
  return TRUE;
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

static void
take_over (Editor          *self,
           guint            index,
           TripPlanDayEdit *edit)
{
  renew_highlight (get_day (self, index), edit->day);
  trip_plan_day_free (get_day (self, index));
  g_ptr_array_index (self->option->days, index) = g_steal_pointer (&edit->day);
  say_dropped (self, edit->dropped);
}

static gboolean
is_meant (const TripPoi *poi,
          const char    *words)
{
  g_autofree char *folded = trip_text_fold (poi->name);
  g_autofree char *folded_words = trip_text_fold (words);
  g_autofree char *stem = trip_plan_words_stem (words);

  return trip_text_contains_word (folded, folded_words) || trip_plan_words_match (poi, folded, words, stem);
}

static gboolean
is_named (const TripPoi *poi,
          const char    *words)
{
  g_autofree char *folded = trip_text_fold (poi->name);
  g_autofree char *folded_words = trip_text_fold (words);

  return trip_text_contains_word (folded, folded_words);
}

/* The block that the words mean: by name before by kind. */
static gboolean
find_block (Editor     *self,
            const char *words,
            guint       first,
            guint       end,
            guint      *out_day,
            guint      *out_block)
{
  for (guint pass = 0; words != NULL && pass < 2; pass++)
    {
      for (guint d = first; d < end; d++)
        {
          const TripPlanDay *day = get_day (self, d);

          for (guint b = 0; b < day->blocks->len; b++)
            {
              const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
              const TripPoi *poi = first_poi (block);

              if (poi == NULL || block->kind == TRIP_BLOCK_CHECK_IN)
                continue;
              if (pass == 0 ? is_named (poi, words) : is_meant (poi, words))
                {
                  *out_day = d;
                  *out_block = b;
                  return TRUE;
                }
            }
        }
    }
  return FALSE;
}

static gboolean
is_in_option (const Editor  *self,
              const TripPoi *poi)
{
  for (guint d = 0; d < self->option->days->len; d++)
    {
      if (has_place (get_day (self, d), poi))
        return TRUE;
    }
  return FALSE;
}

static gint
compare_wish (gconstpointer a,
              gconstpointer b)
{
  const TripPoi *one = *(TripPoi * const *) a;
  const TripPoi *two = *(TripPoi * const *) b;

  return two->popularity - one->popularity;
}

/* Sights that the words mean and the option lacks, a named one alone, else the best known first. */
static GPtrArray *
find_places (Editor     *self,
             const char *words)
{
  GPtrArray *places = g_ptr_array_new ();

  for (guint i = 0; i < self->query->pois->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (self->query->pois, i);

      if (poi->type == TRIP_POI_LODGE || poi->type == TRIP_POI_RESTAURANT || is_in_option (self, poi))
        continue;
      if (words != NULL && is_named (poi, words))
        {
          g_ptr_array_set_size (places, 0);
          g_ptr_array_add (places, poi);
          return places;
        }
      if (words == NULL || is_meant (poi, words))
        g_ptr_array_add (places, poi);
    }
  g_ptr_array_sort (places, compare_wish);
  return places;
}

static gboolean
remove_block (Editor *self,
              guint   day,
              guint   block)
{
  g_auto(TripPlanDayEdit) edit = { 0 };

  trip_plan_day_edit_init (&edit, self->context, get_day (self, day), night_before (self, day));
  trip_plan_day_edit_remove (&edit, block);
  edit.may_drop = TRUE;
  if (!trip_plan_day_edit_fit (&edit))
    return FALSE;
  take_over (self, day, &edit);
  return TRUE;
}

/* Tries every place in the day, first without leaving anything out. */
static gboolean
insert_visit (Editor  *self,
              guint    day,
              TripPoi *poi)
{
  const TripPlanDay *source = get_day (self, day);

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint position = 0; position <= source->blocks->len; position++)
        {
          g_auto(TripPlanDayEdit) edit = { 0 };
          const TripPlanBlock *next = position < source->blocks->len ? g_ptr_array_index (source->blocks, position) : NULL;
          const TripPlanBlock *previous = position > 0 ? g_ptr_array_index (source->blocks, position - 1) : NULL;

          if (next != NULL && (next->kind == TRIP_BLOCK_CHECK_IN || next->kind == TRIP_BLOCK_TRANSFER))
            continue;
          trip_plan_day_edit_init (&edit, self->context, source, night_before (self, day));
          trip_plan_day_edit_visit (&edit, poi, position)->start = 0;
          edit.from = previous == NULL && next != NULL ? next->start : 0;
          edit.keep = poi;
          edit.may_drop = pass > 0;
          if (trip_plan_day_edit_fit (&edit))
            {
              take_over (self, day, &edit);
              return TRUE;
            }
        }
    }
  return FALSE;
}

static gboolean
is_in_city_of (const TripPlanDay *day,
               const TripPoi     *poi)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPoi *other = first_poi (g_ptr_array_index (day->blocks, b));

      if (other != NULL && trip_geo_distance_m (&other->geo, &poi->geo) < 30000.0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_visit (Editor     *self,
           const char *words)
{
  g_autoptr(GPtrArray) places = find_places (self, words);
  guint first, end;

  if (!get_days (self, &first, &end))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (places, i);

      for (guint d = first; d < end; d++)
        {
          if (is_in_city_of (get_day (self, d), poi) && insert_visit (self, d, poi))
            {
              say (self, _("%s was added on day %u."), poi->name, d + 1);
              return TRUE;
            }
        }
    }
  if (places->len == 0)
    say (self, _("No further place of this trip is known for “%s”."), words != NULL ? words : "");
  else
    say (self, _("There is no time for “%s” while it is open."),
         words != NULL ? words : ((TripPoi *) g_ptr_array_index (places, 0))->name);
  return FALSE;
}

static gboolean
drop_visit (Editor     *self,
            const char *words)
{
  guint first, end, day, block;
  g_autofree char *name = NULL;

  if (!get_days (self, &first, &end))
    return FALSE;
  if (!find_block (self, words, first, end, &day, &block))
    {
      say (self, _("“%s” is not in this option."), words);
      return FALSE;
    }
  name = g_strdup (first_poi (g_ptr_array_index (get_day (self, day)->blocks, block))->name);
  if (!remove_block (self, day, block))
    return FALSE;
  say (self, _("%s was taken out of day %u."), name, day + 1);
  return TRUE;
}

static gboolean
swap_visits (Editor *self)
{
  g_autoptr(GPtrArray) places = find_places (self, self->change->object);
  g_autofree char *name = NULL;
  guint first, end, day, block;

  if (!get_days (self, &first, &end))
    return FALSE;
  if (!find_block (self, self->change->subject, first, end, &day, &block))
    {
      say (self, _("“%s” is not in this option."), self->change->subject);
      return FALSE;
    }
  name = g_strdup (first_poi (g_ptr_array_index (get_day (self, day)->blocks, block))->name);
  for (guint i = 0; i < places->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (places, i);
      g_auto(TripPlanDayEdit) edit = { 0 };
      gint start;

      if (!is_in_city_of (get_day (self, day), poi))
        continue;
      trip_plan_day_edit_init (&edit, self->context, get_day (self, day), night_before (self, day));
      start = ((TripPlanBlock *) g_ptr_array_index (edit.day->blocks, block))->start;
      trip_plan_day_edit_remove (&edit, block);
      {
        TripPlanBlock *visit = trip_plan_day_edit_visit (&edit, poi, block);

        visit->end += start - visit->start;
        visit->start = start;
      }
      edit.keep = poi;
      edit.may_drop = TRUE;
      if (trip_plan_day_edit_fit (&edit))
        {
          take_over (self, day, &edit);
          say (self, _("%s took the place of %s."), poi->name, name);
          return TRUE;
        }
    }
  say (self, _("No place for “%s” is open when %s is visited."), self->change->object, name);
  return FALSE;
}

static gboolean
move_visit (Editor *self)
{
  g_autoptr(TripPoi) poi = NULL;
  guint first, end, day, block;
  TripPlanDay *saved;

  if (!get_days (self, &first, &end))
    return FALSE;
  if (!find_block (self, self->change->subject, 0, self->option->days->len, &day, &block))
    {
      say (self, _("“%s” is not in this option."), self->change->subject);
      return FALSE;
    }
  if (day == first)
    {
      say (self, _("%s is on day %u already."), first_poi (g_ptr_array_index (get_day (self, day)->blocks, block))->name,
           day + 1);
      return FALSE;
    }
  poi = trip_poi_ref (first_poi (g_ptr_array_index (get_day (self, day)->blocks, block)));
  saved = trip_plan_day_copy (get_day (self, day));
  if (is_in_city_of (get_day (self, first), poi) && remove_block (self, day, block) && insert_visit (self, first, poi))
    {
      trip_plan_day_free (saved);
      say (self, _("%s moved to day %u."), poi->name, first + 1);
      return TRUE;
    }
  trip_plan_day_free (get_day (self, day));
  g_ptr_array_index (self->option->days, day) = saved;
  say (self, _("%s does not fit on day %u."), poi->name, first + 1);
  return FALSE;
}

static guint
count_visits (const TripPlanDay *day)
{
  guint n = 0;

  for (guint b = 0; b < day->blocks->len; b++)
    n += ((const TripPlanBlock *) g_ptr_array_index (day->blocks, b))->kind == TRIP_BLOCK_VISIT;
  return n;
}

static gboolean
lighten_day (Editor *self,
             guint   index)
{
  g_auto(TripPlanDayEdit) edit = { 0 };
  guint n = count_visits (get_day (self, index));
  g_autoptr(GString) names = g_string_new (NULL);

  trip_plan_day_edit_init (&edit, self->context, get_day (self, index), night_before (self, index));
  for (guint left = (n + 2) / 3; left > 0 && n > 1; left--)
    {
      gint victim = trip_plan_day_edit_least (&edit, G_MAXUINT);

      if (victim < 0)
        break;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              first_poi (g_ptr_array_index (edit.day->blocks, (guint) victim))->name);
      trip_plan_day_edit_remove (&edit, (guint) victim);
    }
  if (names->len == 0)
    {
      say (self, _("Day %u has nothing that could be left out."), index + 1);
      return FALSE;
    }
  edit.may_drop = TRUE;
  if (!trip_plan_day_edit_fit (&edit))
    return FALSE;
  take_over (self, index, &edit);
  say (self, _("Day %u is lighter without %s."), index + 1, names->str);
  return TRUE;
}

static gboolean
bound_day (Editor *self,
           guint   index,
           gint    from,
           gint    until)
{
  g_auto(TripPlanDayEdit) edit = { 0 };

  trip_plan_day_edit_init (&edit, self->context, get_day (self, index), night_before (self, index));
  edit.from = from;
  edit.until = until;
  edit.may_drop = TRUE;
  /* "Start at 8" wants the day to begin then, also where it began later. */
  if (from > 0 && edit.day->blocks->len > 0)
    {
      TripPlanBlock *first = g_ptr_array_index (edit.day->blocks, 0);

      if (first->start > from && first->kind == TRIP_BLOCK_VISIT)
        g_hash_table_insert (edit.starts, first, GINT_TO_POINTER (from));
    }
  if (!trip_plan_day_edit_fit (&edit))
    {
      say (self, _("Day %u cannot keep that time."), index + 1);
      return FALSE;
    }
  take_over (self, index, &edit);
  return TRUE;
}

static gboolean
change_times (Editor *self)
{
  const TripPlanChange *change = self->change;
  gboolean done = FALSE;
  guint first, end;

  if (!get_days (self, &first, &end))
    return FALSE;
  for (guint d = first; d < end; d++)
    {
      const TripPlanDay *day = get_day (self, d);
      gint from = change->kind == TRIP_PLAN_CHANGE_START ? change->minute : 0;

      if (day->blocks->len == 0)
        continue;
      if (change->kind == TRIP_PLAN_CHANGE_START_LATER)
        from = ((const TripPlanBlock *) g_ptr_array_index (day->blocks, 0))->start + LATER_MINUTES;
      done |= bound_day (self, d, from, change->kind == TRIP_PLAN_CHANGE_END ? change->minute : G_MAXINT);
    }
  if (done)
    say (self, _("The times of the day were changed as asked."));
  return done;
}

static const TripPlanCandidate *
find_cheaper_lodge (const Editor  *self,
                    const TripPoi *now)
{
  const GArray *candidates = self->context->candidates;
  gint index = trip_plan_context_find (self->context, now);
  const TripPlanCandidate *best = NULL;

  if (index < 0)
    return NULL;
  best = &g_array_index (candidates, TripPlanCandidate, (guint) index);
  for (guint i = 0; i < candidates->len; i++)
    {
      const TripPlanCandidate *other = &g_array_index (candidates, TripPlanCandidate, i);

      if (other->poi->type == TRIP_POI_LODGE && other->city == best->city && other->price >= 0 && other->price < best->price)
        best = other;
    }
  return best->poi == g_array_index (candidates, TripPlanCandidate, (guint) index).poi ? NULL : best;
}

/* The beds are the largest part of most trips; the days stay what they are. */
static gboolean
make_cheaper (Editor *self)
{
  gboolean done = FALSE;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      TripPlanDay *day = get_day (self, d);
      g_autoptr(TripPoi) old = day->lodging_poi != NULL ? trip_poi_ref (day->lodging_poi) : NULL;
      const TripPlanCandidate *cheaper = old != NULL ? find_cheaper_lodge (self, old) : NULL;
      g_auto(TripPlanDayEdit) edit = { 0 };

      if (cheaper == NULL && d == 0)
        continue;
      trip_plan_day_edit_init (&edit, self->context, day, night_before (self, d));
      /* How the first block was reached is unknown to the change where the bed before it is another now. */
      if (edit.day->blocks->len > 0)
        g_hash_table_remove (edit.ways, g_ptr_array_index (edit.day->blocks, 0));
      edit.may_drop = TRUE;
      if (cheaper != NULL)
        {
          g_free (edit.day->lodging);
          edit.day->lodging = g_strdup (cheaper->poi->name);
          trip_poi_unref (edit.day->lodging_poi);
          edit.day->lodging_poi = trip_poi_ref (cheaper->poi);
          edit.day->lodging_cost = trip_currency_to_major (self->context->currency, cheaper->price);
          for (guint b = 0; b < edit.day->blocks->len; b++)
            {
              TripPlanBlock *block = g_ptr_array_index (edit.day->blocks, b);

              if (block->kind != TRIP_BLOCK_CHECK_IN || first_poi (block) == NULL || !trip_poi_is_same (first_poi (block), old))
                continue;
              g_ptr_array_set_size (block->pois, 0);
              g_ptr_array_add (block->pois, trip_poi_ref (cheaper->poi));
              g_free (block->description);
              block->description = g_strdup_printf (_("Leave your bags at %s"), cheaper->poi->name);
              trip_plan_block_touch (block);
            }
        }
      if (!trip_plan_day_edit_fit (&edit))
        continue;
      if (cheaper != NULL)
        say (self, _("Night %u is at %s instead of %s."), d + 1, cheaper->poi->name, old->name);
      done |= cheaper != NULL;
      take_over (self, d, &edit);
    }
  if (!done)
    say (self, _("No cheaper lodging is known."));
  return done;
}

static gboolean
apply_change (Editor     *self,
              const char *words)
{
  const TripPlanChange *change = self->change;
  gboolean done = FALSE;
  guint first, end;

  switch (change->kind)
    {
    case TRIP_PLAN_CHANGE_LIGHTER:
      if (get_days (self, &first, &end))
        for (guint d = first; d < end; d++)
          done |= lighten_day (self, d);
      return done;
    case TRIP_PLAN_CHANGE_FULLER:
      return add_visit (self, NULL);
    case TRIP_PLAN_CHANGE_START:
    case TRIP_PLAN_CHANGE_START_LATER:
    case TRIP_PLAN_CHANGE_END:
      return change_times (self);
    case TRIP_PLAN_CHANGE_DROP:
      return drop_visit (self, change->subject);
    case TRIP_PLAN_CHANGE_SWAP:
      return swap_visits (self);
    case TRIP_PLAN_CHANGE_MOVE:
      return move_visit (self);
    case TRIP_PLAN_CHANGE_ADD:
      return add_visit (self, change->subject);
    case TRIP_PLAN_CHANGE_CHEAPER:
      return make_cheaper (self);
    case TRIP_PLAN_CHANGE_UNKNOWN:
    default:
      say (self, _("The change “%s” was not understood; the plan is as it was."), words);
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
edit_option (const TripPlanQuery   *query,
             const TripPlanContext *context,
             const TripPlanChange  *change,
             const char            *words,
             TripPlanOption        *option)
{
  g_autoptr(GString) notes = g_string_new (NULL);
  Editor editor = { query, context, change, option, notes };
  gint64 before = sum_costs (option);
  gint64 after;
  char *all;

  apply_change (&editor, words);
  after = sum_costs (option);
  if (option->cost_total >= 0 && after != before)
    {
      gint64 total = trip_currency_to_minor (option->currency, option->cost_total) + after - before;

      option->cost_total = trip_currency_to_major (option->currency, total);
      g_free (option->overall_cost);
      option->overall_cost = trip_currency_format (option->currency, MAX (total, 0));
    }
  all = *option->general_notes != '\0' ? g_strdup_printf ("%s %s", option->general_notes, notes->str) : g_strdup (notes->str);
  g_free (option->general_notes);
  option->general_notes = all;
  trip_plan_option_touch (option);
}

static gboolean
remove_option (GPtrArray             *options,
               const TripPlanChange  *change,
               const char            *words,
               GError               **error)
{
  gint index = change->option;

  for (guint i = 0; index == TRIP_PLAN_EVERY_OPTION && i < options->len; i++)
    {
      const TripPlanOption *option = g_ptr_array_index (options, i);
      g_autofree char *title = trip_text_fold (option->title);
      g_autofree char *folded = trip_text_fold (words);

      if (*title != '\0' && trip_text_contains_word (folded, title))
        index = (gint) i;
    }
  if (index == TRIP_PLAN_LAST_DAY || index == TRIP_PLAN_EVERY_OPTION)
    index = (gint) options->len - 1;
  if (index < 0 || (guint) index >= options->len)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE,
                   ngettext ("The plan has only %u option.", "The plan has only %u options.", options->len), options->len);
      return FALSE;
    }
  g_ptr_array_remove_index (options, (guint) index);
  return TRUE;
}

static gboolean
apply_intent (const TripPlanQuery  *query,
              TripAtlas            *atlas,
              GPtrArray            *options,
              const TripIntent     *intent,
              TripPlanMakeFunc      make,
              gpointer              user_data,
              GError              **error)
{
  g_autofree char *words = g_utf8_substring (intent->value, 0, MIN (g_utf8_strlen (intent->value, -1), MAX_WORDS));
  g_autoptr(TripPlanChange) change = trip_plan_change_read (words);

  if (intent->action == TRIP_ACTION_REMOVE)
    return remove_option (options, change, words, error);
  for (guint i = 0; i < options->len; i++)
    {
      TripPlanOption *option = g_ptr_array_index (options, i);
      g_autoptr(TripPlanContext) context = trip_plan_context_new (query, atlas, option, error);
      TripPlanOption *another;

      if (context == NULL)
        return FALSE;
      if (intent->action == TRIP_ACTION_ADD)
        {
          another = make (context, options, user_data);
          if (another != NULL)
            g_ptr_array_add (options, another);
          else
            g_set_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE, _("No further option differs from those there are."));
          return another != NULL;
        }
      if (change->option == TRIP_PLAN_EVERY_OPTION || change->option == (gint) i ||
          (change->option == TRIP_PLAN_LAST_DAY && i + 1 == options->len))
        edit_option (query, context, change, words, option);
    }
  return TRUE;
}

/**
 * trip_plan_edit:
 * @query: the question, with the changes
 * @atlas: (nullable): the atlas
 * @options: (element-type TripPlanOption): the options to change, in place
 * @make: makes one more option
 * @user_data: data for @make
 * @error: return location
 *
 * Applies the changes in order. One that cannot be made is said in the option's notes.
 *
 * Returns: whether all went well; %TRIP_ERROR_INFEASIBLE for an option that does not exist, or cannot be made
 */
gboolean
trip_plan_edit (const TripPlanQuery  *query,
                TripAtlas            *atlas,
                GPtrArray            *options,
                TripPlanMakeFunc      make,
                gpointer              user_data,
                GError              **error)
{
  for (guint i = 0; i < query->changes->len; i++)
    {
      if (!apply_intent (query, atlas, options, g_ptr_array_index (query->changes, i), make, user_data, error))
        return FALSE;
    }
  return TRUE;
}
