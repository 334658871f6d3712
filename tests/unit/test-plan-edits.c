/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Single changes to finished plans: what each does, what it leaves alone, and how the words for it are read.
 */
#include "language/trip-plan-change.h"
#include "trip/model/trip-error.h"
#include "plan-fixture.h"

/* A finished plan, and one change asked of it. */
static GPtrArray *
change (TripPlanQuery *query,
        TripAction     action,
        const char    *words)
{
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *changed;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  first = plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (first, i)));
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, action, words));
  changed = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, changed);
  return changed;
}

static guint
count_moved (GPtrArray *before,
             GPtrArray *after,
             guint      day)
{
  guint moved = 0;
  const TripPlanDay *old = get_day (before, 0, day);
  const TripPlanDay *new = get_day (after, 0, day);

  for (guint b = 0; b < old->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (old->blocks, b);
      gboolean found = FALSE;

      for (guint c = 0; c < new->blocks->len; c++)
        {
          const TripPlanBlock *other = g_ptr_array_index (new->blocks, c);

          found |= other->start == block->start && strcmp (other->description, block->description) == 0;
        }
      moved += !found;
    }
  return moved;
}

static void
test_lighter_day (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "make day 2 lighter");

  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 2), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 1), >, 0);
}

static void
test_later_start (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "start at 11 rather than 9 on day 2");

  for (guint i = 0; i < changed->len; i++)
    g_assert_cmpint (((TripPlanBlock *) g_ptr_array_index (get_day (changed, i, 1)->blocks, 0))->start, >=, 11 * 60);
  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
}

/* A client's plan is believed in the times that it says; a time that a change makes of them is held against the hours. */
static void
test_earlier_start_waits_for_doors (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < options->len; i++)
    {
      TripPlanOption *option = trip_plan_option_copy (g_ptr_array_index (options, i));

      for (guint d = 0; d < option->days->len; d++)
        {
          const TripPlanDay *day = g_ptr_array_index (option->days, d);

          for (guint b = 0; b < day->blocks->len; b++)
            {
              TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

              g_clear_pointer (&block->raw, g_bytes_unref);
              block->raw = g_bytes_new_static ("{}", 2);
            }
        }
      g_ptr_array_add (query->plan, option);
    }
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, "start day 2 at 5am"));
  changed = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, changed);
}

static void
test_drop_and_swap (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) dropped = change (query, TRIP_ACTION_MODIFY, "drop Sight B");
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) swapped = change (other, TRIP_ACTION_MODIFY, "swap Sight B for Sight T");

  g_assert_true (option_has_place (query->plan, 0, "Sight B"));
  g_assert_false (option_has_place (dropped, 0, "Sight B"));
  g_assert_false (option_has_place (swapped, 0, "Sight B"));
  g_assert_true (option_has_place (swapped, 0, "Sight T"));
}

static void
test_options_come_and_go (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) fewer = change (query, TRIP_ACTION_REMOVE, "the second plan");
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) more = change (other, TRIP_ACTION_ADD, "one more alternative");

  g_assert_cmpuint (fewer->len, ==, query->plan->len - 1);
  g_assert_cmpuint (more->len, ==, other->plan->len + 1);
}

static void
test_cheaper (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "make it cheaper");

  g_assert_cmpfloat (((TripPlanOption *) g_ptr_array_index (changed, 0))->cost_total, <,
                     ((TripPlanOption *) g_ptr_array_index (query->plan, 0))->cost_total);
}

static void
test_change_not_understood (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "paint it blue");

  for (guint d = 0; d < 3; d++)
    g_assert_cmpuint (count_moved (query->plan, changed, d), ==, 0);
  g_assert_nonnull (strstr (((TripPlanOption *) g_ptr_array_index (changed, 0))->general_notes, "paint it blue"));
}

static void
test_add_and_move (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) added = NULL;
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) moved = NULL;
  TripPoi *shed = add_poi (query, "Obscure Shed", TRIP_POI_SIGHT, 0, 0, "Mo-Su 08:00-22:00", 0, 0);

  shed->visit_minutes = 30;
  added = change (query, TRIP_ACTION_MODIFY, "add Obscure Shed on day 2");
  g_assert_true (has_place (get_day (added, 0, 1), "Obscure Shed"));
  g_assert_cmpuint (count_moved (query->plan, added, 0), ==, 0);

  moved = change (other, TRIP_ACTION_MODIFY, "move Sight B to day 3");
  for (guint i = 0; i < moved->len; i++)
    {
      if (option_has_place (other->plan, i, "Sight B"))
        g_assert_true (option_has_place (moved, i, "Sight B"));
    }
}

/* "Remove the museum" names a place, "remove the budget option" an option, "remove the weather" neither. */
static void
test_what_is_removed (void)
{
  g_autoptr(TripPlanQuery) place = new_query (20);
  g_autoptr(GPtrArray) without_place = change (place, TRIP_ACTION_REMOVE, "Sight B");
  g_autoptr(TripPlanQuery) option = new_query (20);
  g_autoptr(GPtrArray) without_option = change (option, TRIP_ACTION_REMOVE, "the budget option");
  g_autoptr(TripPlanQuery) nothing = new_query (20);
  g_autoptr(GPtrArray) without_nothing = change (nothing, TRIP_ACTION_REMOVE, "the weather");

  g_assert_cmpuint (without_place->len, ==, place->plan->len);
  g_assert_false (option_has_place (without_place, 0, "Sight B"));
  g_assert_cmpuint (without_option->len, ==, option->plan->len - 1);
  for (guint i = 0; i < without_option->len; i++)
    g_assert_cmpstr (((TripPlanOption *) g_ptr_array_index (without_option, i))->title, !=, "Budget");
  g_assert_cmpuint (without_nothing->len, ==, nothing->plan->len);
}

static void
test_last_option_stays (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) first = plan (query, NULL);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (first, 0)));
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_REMOVE, "option 1"));
  g_assert_null (plan (query, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INFEASIBLE);
}

static void
test_change_keeps_requirements (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) earlier = NULL;

  require (query, "start after 10am", TRIP_PRIORITY_MUST_HAVE);
  ((TripPoi *) g_ptr_array_index (query->pois, 19))->must_see = TRUE;
  /* assert_kept() in change() holds both against the result. */
  earlier = change (query, TRIP_ACTION_MODIFY, "start at 8 and make every day lighter");
  g_assert_true (option_has_place (earlier, 0, "Sight T"));
}

/* What a client sent and nobody changed goes back byte for byte. */
static void
test_unchanged_days_keep_their_text (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  TripPlanOption *option;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  first = plan (query, NULL);
  option = trip_plan_option_copy (g_ptr_array_index (first, 0));
  option->raw = g_bytes_new_static ("{}", 2);
  for (guint d = 0; d < option->days->len; d++)
    ((TripPlanDay *) g_ptr_array_index (option->days, d))->raw = g_bytes_new_static ("{}", 2);
  g_ptr_array_add (query->plan, option);
  g_ptr_array_add (query->changes,
                   trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, "make day 2 lighter"));
  changed = plan (query, NULL);
  g_assert_nonnull (changed);
  g_assert_nonnull (get_day (changed, 0, 0)->raw);
  g_assert_null (get_day (changed, 0, 1)->raw);
  g_assert_nonnull (get_day (changed, 0, 2)->raw);
  g_assert_null (((TripPlanOption *) g_ptr_array_index (changed, 0))->raw);
}

/* A plan of another maker, without times, dates or costs, is changed without harm. */
static void
test_bare_plan (void)
{
  g_autoptr(TripPlanQuery) query = new_query (6);
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  TripPlanOption *option = trip_plan_option_new ();
  TripPlanDay *day = trip_plan_day_new ();

  for (guint i = 0; i < 3; i++)
    {
      TripPlanBlock *block = trip_plan_block_new (TRIP_BLOCK_VISIT);

      g_ptr_array_add (block->pois, trip_poi_ref (g_ptr_array_index (query->pois, i)));
      g_ptr_array_add (day->blocks, block);
    }
  g_ptr_array_add (option->days, day);
  g_ptr_array_add (option->days, trip_plan_day_new ());
  g_ptr_array_add (query->plan, option);
  for (guint i = 0; i < 8; i++)
    {
      static const char * const words[] = {
        "drop Sight B", "make day 1 lighter", "start at 10", "later start", "add Sight F", "cheaper",
        "move Sight A to day 2", "swap Sight A for Sight E",
      };

      g_ptr_array_set_size (query->changes, 0);
      g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, words[i]));
      g_clear_pointer (&changed, g_ptr_array_unref);
      changed = plan (query, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (changed->len, ==, 1);
    }
}

static void
test_reading_changes (void)
{
  static const struct {
    const char *words;
    TripPlanChangeKind kind;
    gint day;
    gint minute;
    const char *subject;
  } cases[] = {
    { "make day 2 lighter", TRIP_PLAN_CHANGE_LIGHTER, 1, -1, NULL },
    { "last day easier", TRIP_PLAN_CHANGE_LIGHTER, TRIP_PLAN_LAST_DAY, -1, NULL },
    { "begin at 11 and not at 9 on day 2", TRIP_PLAN_CHANGE_START, 1, 660, NULL },
    { "start at 10:30 am on the third day", TRIP_PLAN_CHANGE_START, 2, 630, NULL },
    { "be back by 9", TRIP_PLAN_CHANGE_END, TRIP_PLAN_EVERY_DAY, 1260, NULL },
    { "a later start", TRIP_PLAN_CHANGE_START_LATER, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "move the Louvre to day 3", TRIP_PLAN_CHANGE_MOVE, 2, -1, "louvre" },
    { "move the Louvre", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "drop the museum on day 1", TRIP_PLAN_CHANGE_DROP, 0, -1, "museum" },
    { "swap the Louvre for the Orsay", TRIP_PLAN_CHANGE_SWAP, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "add a museum on the second day", TRIP_PLAN_CHANGE_ADD, 1, -1, "museum" },
    { "start day 2 earlier", TRIP_PLAN_CHANGE_START_EARLIER, 1, -1, NULL },
    { "finish earlier on day 1", TRIP_PLAN_CHANGE_END_EARLIER, 0, -1, NULL },
    { "more free time on the first day", TRIP_PLAN_CHANGE_LIGHTER, 0, -1, NULL },
    { "lighter day 0", TRIP_PLAN_CHANGE_LIGHTER, G_MAXINT - 1, -1, NULL },
    { "remove day 2", TRIP_PLAN_CHANGE_DAY_REMOVE, 1, -1, NULL },
    { "drop the last day", TRIP_PLAN_CHANGE_DAY_REMOVE, TRIP_PLAN_LAST_DAY, -1, NULL },
    { "add another day in Kyoto", TRIP_PLAN_CHANGE_DAY_ADD, TRIP_PLAN_EVERY_DAY, -1, "kyoto" },
    { "add a day trip", TRIP_PLAN_CHANGE_ADD, TRIP_PLAN_EVERY_DAY, -1, "day trip" },
    { "swap days 1 and 3", TRIP_PLAN_CHANGE_DAY_SWAP, 0, -1, NULL },
    { "something else on day 2", TRIP_PLAN_CHANGE_DAY_RENEW, 1, -1, NULL },
    { "move the Louvre from day 1 to day 3", TRIP_PLAN_CHANGE_MOVE, 2, -1, "louvre" },
    { "a free afternoon on day 2", TRIP_PLAN_CHANGE_FREE, 1, -1, NULL },
    { "visit the Louvre at 3", TRIP_PLAN_CHANGE_TIME, TRIP_PLAN_EVERY_DAY, 900, "louvre" },
    { "put the Louvre in the morning", TRIP_PLAN_CHANGE_TIME, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "earlier dinner", TRIP_PLAN_CHANGE_EARLIER, TRIP_PLAN_EVERY_DAY, -1, "dinner" },
    { "put the Louvre first", TRIP_PLAN_CHANGE_FIRST, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "start day 2 with the Louvre", TRIP_PLAN_CHANGE_FIRST, 1, -1, "louvre" },
    { "move the Louvre to the beginning of day 3", TRIP_PLAN_CHANGE_FIRST, 2, -1, "louvre" },
    { "visit the Louvre last", TRIP_PLAN_CHANGE_LAST, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "end the last day at the Louvre", TRIP_PLAN_CHANGE_LAST, TRIP_PLAN_LAST_DAY, -1, "louvre" },
    { "do the Louvre before the Orsay", TRIP_PLAN_CHANGE_BEFORE, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "visit the Louvre after lunch", TRIP_PLAN_CHANGE_AFTER, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "see the Louvre before we leave", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "start with a coffee at 9", TRIP_PLAN_CHANGE_START, TRIP_PLAN_EVERY_DAY, 540, NULL },
    { "end with dinner at 8", TRIP_PLAN_CHANGE_END, TRIP_PLAN_EVERY_DAY, 1200, NULL },
    { "spend 3 hours at the Louvre", TRIP_PLAN_CHANGE_LENGTH, TRIP_PLAN_EVERY_DAY, 180, "louvre" },
    { "allow an hour and a half for the Louvre", TRIP_PLAN_CHANGE_LENGTH, TRIP_PLAN_EVERY_DAY, 90, "louvre" },
    { "spend 90 minutes in the Louvre on day 2", TRIP_PLAN_CHANGE_LENGTH, 1, 90, "louvre" },
    { "spend half an hour at the Louvre", TRIP_PLAN_CHANGE_LENGTH, TRIP_PLAN_EVERY_DAY, 30, "louvre" },
    { "spend 99 hours at the Louvre", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "plan day 1 again", TRIP_PLAN_CHANGE_DAY_RENEW, 0, -1, NULL },
    { "more time at the Louvre", TRIP_PLAN_CHANGE_LONGER, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "a different hotel", TRIP_PLAN_CHANGE_LODGING, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "a cheaper hotel", TRIP_PLAN_CHANGE_LODGING_CHEAPER, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "another restaurant for lunch on day 1", TRIP_PLAN_CHANGE_SWAP, 0, -1, "lunch" },
    { "drop the Louvre from the plan, please", TRIP_PLAN_CHANGE_DROP, TRIP_PLAN_EVERY_DAY, -1, "louvre" },
    { "fewer museums", TRIP_PLAN_CHANGE_DROP, TRIP_PLAN_EVERY_DAY, -1, "museums" },
    { "fewer visits", TRIP_PLAN_CHANGE_LIGHTER, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "cheaper", TRIP_PLAN_CHANGE_CHEAPER, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "start at 99", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, NULL },
    { "", TRIP_PLAN_CHANGE_UNKNOWN, TRIP_PLAN_EVERY_DAY, -1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanChange) read = trip_plan_change_read (cases[i].words);

      g_test_message ("%s", cases[i].words);
      g_assert_cmpint (read->kind, ==, cases[i].kind);
      g_assert_cmpint (read->day, ==, cases[i].day);
      g_assert_cmpint (read->kind == TRIP_PLAN_CHANGE_LENGTH ? read->length : read->minute, ==, cases[i].minute);
      g_assert_cmpstr (read->subject, ==, cases[i].subject);
    }
}

static gint
find_day (GPtrArray  *options,
          guint       option,
          const char *name)
{
  const TripPlanOption *self = g_ptr_array_index (options, option);

  for (guint d = 0; d < self->days->len; d++)
    {
      if (has_place (g_ptr_array_index (self->days, d), name))
        return (gint) d;
    }
  return -1;
}

static const TripPlanBlock *
find_block (GPtrArray  *options,
            guint       option,
            const char *name)
{
  gint d = find_day (options, option, name);

  for (guint b = 0; d >= 0 && b < get_day (options, option, (guint) d)->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (get_day (options, option, (guint) d)->blocks, b);

      if (block->pois->len > 0 && strcmp (((TripPoi *) g_ptr_array_index (block->pois, 0))->name, name) == 0)
        return block;
    }
  return NULL;
}

/* Share of the places of the first option, without one, that are on the day on which they were. */
static gdouble
share_in_place (GPtrArray  *before,
                GPtrArray  *after,
                const char *except)
{
  const TripPlanOption *option = g_ptr_array_index (before, 0);
  guint n = 0, same = 0;

  for (guint d = 0; d < option->days->len; d++)
    {
      const TripPlanDay *day = g_ptr_array_index (option->days, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
          const char *name = block->pois->len > 0 ? ((TripPoi *) g_ptr_array_index (block->pois, 0))->name : NULL;

          if (name == NULL || block->kind == TRIP_BLOCK_CHECK_IN || g_strcmp0 (name, except) == 0)
            continue;
          n++;
          same += find_day (after, 0, name) == (gint) d;
        }
    }
  return n > 0 ? (gdouble) same / (gdouble) n : 1.0;
}

static const char *
get_notes (GPtrArray *options,
           guint      option)
{
  return ((TripPlanOption *) g_ptr_array_index (options, option))->general_notes;
}

static const char *
first_visit (GPtrArray *options,
             guint      day)
{
  const TripPlanDay *self = get_day (options, 0, day);

  for (guint b = 0; b < self->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (self->blocks, b);

      if (block->kind == TRIP_BLOCK_VISIT)
        return ((TripPoi *) g_ptr_array_index (block->pois, 0))->name;
    }
  g_assert_not_reached ();
}

static void
test_free_afternoon (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "keep the afternoon of day 2 free");
  const TripPlanDay *day = get_day (changed, 0, 1);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind == TRIP_BLOCK_VISIT)
        g_assert_true (block->end <= 13 * 60 + 20 || block->start >= 17 * 60 + 10);
    }
  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 2), ==, 0);
}

static void
test_other_hotel (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "stay at the Grand Hotel");
  g_autoptr(TripPlanQuery) unknown = new_query (20);
  g_autoptr(GPtrArray) same = change (unknown, TRIP_ACTION_MODIFY, "stay at the Hotel Nonesuch");

  g_assert_cmpstr (get_day (changed, 0, 0)->lodging, ==, "Grand Hotel");
  g_assert_cmpstr (get_day (changed, 0, 1)->lodging, ==, "Grand Hotel");
  g_assert_cmpfloat (share_in_place (query->plan, changed, NULL), >=, 0.9);
  for (guint d = 0; d < 3; d++)
    g_assert_cmpuint (count_moved (unknown->plan, same, d), ==, 0);
  g_assert_nonnull (strstr (get_notes (same, 0), "hotel nonesuch"));
}

static void
test_day_renewed (void)
{
  g_autoptr(TripPlanQuery) query = new_query (26);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "something else on day 2");
  const TripPlanDay *old = get_day (query->plan, 0, 1);

  for (guint b = 0; b < old->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (old->blocks, b);

      if (block->kind == TRIP_BLOCK_VISIT)
        g_assert_false (option_has_place (changed, 0, ((TripPoi *) g_ptr_array_index (block->pois, 0))->name));
    }
  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 2), ==, 0);
}

static void
test_place_in_time (void)
{
  g_autoptr(TripPlanQuery) probe = new_query (20);
  g_autoptr(GPtrArray) plain = change (probe, TRIP_ACTION_MODIFY, "paint it blue");
  const char *name = first_visit (plain, 1);
  g_autofree char *words = g_strdup_printf ("visit %s at 3pm", name);
  g_autofree char *more = g_strdup_printf ("spend more time at %s", name);
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, words);
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) longer = change (other, TRIP_ACTION_MODIFY, more);
  const TripPlanBlock *was = find_block (other->plan, 0, name);
  const TripPlanBlock *now = find_block (longer, 0, name);

  g_assert_cmpint (find_day (changed, 0, name), ==, 1);
  g_assert_cmpint (ABS (find_block (changed, 0, name)->start - 15 * 60), <=, 15);
  g_assert_cmpint (now->end - now->start, >, was->end - was->start);
  g_assert_cmpfloat (share_in_place (other->plan, longer, name), >=, 0.9);
}

/* The first of two visits takes the other's place, on another day and on the same. */
/* When the first option visits the place, -1 for never. */
static gint
start_of (GPtrArray  *options,
          const char *name)
{
  const TripPlanBlock *block = find_block (options, 0, name);

  return block != NULL ? block->start : -1;
}

static void
test_order (void)
{
  g_autoptr(TripPlanQuery) probe = new_query (20);
  g_autoptr(GPtrArray) plain = change (probe, TRIP_ACTION_MODIFY, "paint it blue");
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const TripPlanDay *day = get_day (plain, 0, 1);
  const struct {
    const char *verb;
    const char *order;
    guint subject;
    guint object;
    gboolean names_object;
    gboolean is_before;
  } cases[] = {
    { "put ", " first", 2, 0, FALSE, TRUE },
    { "visit ", " last", 0, 2, FALSE, FALSE },
    { "do ", " before ", 1, 0, TRUE, TRUE },
    { "see ", " after ", 0, 1, TRUE, FALSE },
    { "start day 2 with ", "", 1, 0, FALSE, TRUE },
  };

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind == TRIP_BLOCK_VISIT)
        g_ptr_array_add (names, ((TripPoi *) g_ptr_array_index (block->pois, 0))->name);
    }
  g_assert_cmpuint (names->len, >=, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanQuery) query = new_query (20);
      const char *subject = g_ptr_array_index (names, cases[i].subject);
      const char *object = g_ptr_array_index (names, cases[i].object);
      g_autofree char *words = g_strconcat (cases[i].verb, subject, cases[i].order, cases[i].names_object ? object : "", NULL);
      g_autoptr(GPtrArray) changed = NULL;

      g_test_message ("%s", words);
      changed = change (query, TRIP_ACTION_MODIFY, words);
      g_assert_cmpint (start_of (changed, subject), >=, 0);
      g_assert_cmpint (find_day (changed, 0, subject), ==, 1);
      if (start_of (changed, object) >= 0)
        g_assert_cmpint (start_of (changed, subject) < start_of (changed, object), ==, cases[i].is_before);
      g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
      g_assert_cmpuint (count_moved (query->plan, changed, 2), ==, 0);
    }
}

static void
test_visit_length (void)
{
  g_autoptr(TripPlanQuery) probe = new_query (20);
  g_autoptr(GPtrArray) plain = change (probe, TRIP_ACTION_MODIFY, "paint it blue");
  const char *name = first_visit (plain, 1);
  g_autofree char *words = g_strdup_printf ("spend 2 hours at %s", name);
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, words);
  const TripPlanBlock *now = find_block (changed, 0, name);

  g_assert_cmpint (now->end - now->start, ==, 120);
}

static void
test_exchange (void)
{
  g_autoptr(TripPlanQuery) probe = new_query (20);
  g_autoptr(GPtrArray) plain = change (probe, TRIP_ACTION_MODIFY, "paint it blue");
  const char *one = first_visit (plain, 1);
  const char *two = first_visit (plain, 2);
  g_autofree char *words = g_strdup_printf ("swap %s and %s", one, two);
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, words);

  if (find_day (changed, 0, one) == 1)
    g_assert_nonnull (strstr (get_notes (changed, 0), "cannot change places"));
  else
    {
      g_assert_cmpint (find_day (changed, 0, one), ==, 2);
      g_assert_cmpint (find_day (changed, 0, two), ==, 1);
    }
  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
}

/* A change that names one option leaves the others to the last byte, one that cannot be made leaves all. */
static void
test_one_option (void)
{
  g_autoptr(TripPlanQuery) query = new_query (20);
  g_autoptr(GPtrArray) changed = change (query, TRIP_ACTION_MODIFY, "make day 2 lighter in option 2");
  g_autoptr(TripPlanQuery) other = new_query (20);
  g_autoptr(GPtrArray) same = change (other, TRIP_ACTION_MODIFY, "move Sight B to day 9");

  for (guint d = 0; d < 3; d++)
    {
      g_assert_cmpuint (count_moved (query->plan, changed, d), ==, 0);
      g_assert_cmpuint (count_moved (other->plan, same, d), ==, 0);
    }
  g_assert_cmpstr (get_notes (changed, 0), ==, get_notes (query->plan, 0));
  g_assert_cmpstr (get_notes (changed, 1), !=, get_notes (query->plan, 1));
  g_assert_nonnull (strstr (get_notes (same, 0), "only 3 days"));
}

/* A plan, and the state as it is after a message that changed places or requirements. */
static TripPlanQuery *
new_renewal (guint n_sights)
{
  TripPlanQuery *query = new_query (n_sights);
  g_autoptr(GPtrArray) first = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  first = plan (query, NULL);
  g_assert_nonnull (first);
  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (first, i)));
  for (guint i = 0; i < query->pois->len; i++)
    g_ptr_array_add (query->former_pois, trip_poi_ref (g_ptr_array_index (query->pois, i)));
  for (guint i = 0; i < query->requirements->len; i++)
    g_ptr_array_add (query->former_requirements, trip_requirement_copy (g_ptr_array_index (query->requirements, i)));
  query->state_changed = TRUE;
  return query;
}

static GPtrArray *
renew (TripPlanQuery *query)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *options = plan (query, &error);

  g_assert_no_error (error);
  assert_kept (query, options);
  g_assert_cmpuint (options->len, ==, query->plan->len);
  return options;
}

/* "Drop the Pantheon" is no wish for another trip. */
static void
test_removed_place_leaves_the_rest (void)
{
  g_autoptr(TripPlanQuery) query = new_renewal (20);
  g_autofree char *name = g_strdup (first_visit (query->plan, 1));
  g_autoptr(GPtrArray) changed = NULL;

  for (guint i = 0; i < query->pois->len; i++)
    {
      if (strcmp (((TripPoi *) g_ptr_array_index (query->pois, i))->name, name) == 0)
        g_ptr_array_remove_index (query->pois, i--);
    }
  changed = renew (query);
  for (guint i = 0; i < changed->len; i++)
    g_assert_false (option_has_place (changed, i, name));
  g_assert_cmpfloat (share_in_place (query->plan, changed, name), ==, 1.0);
  g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
  g_assert_cmpuint (count_moved (query->plan, changed, 2), ==, 0);
}

static void
test_further_must_see (void)
{
  g_autoptr(TripPlanQuery) query = new_renewal (20);
  TripPoi *shed = add_poi (query, "Obscure Shed", TRIP_POI_SIGHT, 0, 0, "Mo-Su 08:00-22:00", 0, 0);
  g_autoptr(GPtrArray) changed = NULL;

  shed->visit_minutes = 30;
  shed->must_see = TRUE;
  changed = renew (query);
  for (guint i = 0; i < changed->len; i++)
    g_assert_true (option_has_place (changed, i, "Obscure Shed"));
  g_assert_cmpfloat (share_in_place (query->plan, changed, NULL), >=, 0.9);
}

static void
test_another_length (void)
{
  static const char * const lengths[] = { "4 days", "2 days" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(TripPlanQuery) query = new_renewal (26);
      g_autoptr(GPtrArray) changed = NULL;

      g_ptr_array_set_size (query->requirements, 0);
      require (query, lengths[i], TRIP_PRIORITY_MUST_HAVE);
      changed = renew (query);
      g_assert_cmpuint (((TripPlanOption *) g_ptr_array_index (changed, 0))->days->len, ==, i == 0 ? 4 : 2);
      g_assert_cmpuint (count_moved (query->plan, changed, 0), ==, 0);
      g_assert_cmpuint (count_moved (query->plan, changed, 1), ==, 0);
    }
}

static void
test_later_budget (void)
{
  g_autoptr(TripPlanQuery) query = new_renewal (20);
  g_autoptr(GPtrArray) changed = NULL;

  /* assert_kept() in renew() holds the costs, and their currency, against it. */
  require (query, "under $400", TRIP_PRIORITY_MUST_HAVE);
  changed = plan (query, NULL);
  g_assert_nonnull (changed);
  assert_kept (query, changed);
  g_assert_cmpstr (((TripPlanOption *) g_ptr_array_index (changed, 0))->currency, ==, "USD");
}

/* Another party is another trip; the answer says that it is one. */
static void
test_planned_anew (void)
{
  g_autoptr(TripPlanQuery) query = new_renewal (20);
  g_autoptr(GPtrArray) changed = NULL;

  require (query, "for 4 people", TRIP_PRIORITY_MUST_HAVE);
  changed = plan (query, NULL);
  g_assert_nonnull (changed);
  assert_kept (query, changed);
  g_assert_nonnull (strstr (get_notes (changed, 0), "planned anew"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan-edits/lighter-day", test_lighter_day);
  g_test_add_func ("/plan-edits/later-start", test_later_start);
  g_test_add_func ("/plan-edits/earlier-start-waits-for-doors", test_earlier_start_waits_for_doors);
  g_test_add_func ("/plan-edits/drop-and-swap", test_drop_and_swap);
  g_test_add_func ("/plan-edits/options-come-and-go", test_options_come_and_go);
  g_test_add_func ("/plan-edits/cheaper", test_cheaper);
  g_test_add_func ("/plan-edits/change-not-understood", test_change_not_understood);
  g_test_add_func ("/plan-edits/add-and-move", test_add_and_move);
  g_test_add_func ("/plan-edits/what-is-removed", test_what_is_removed);
  g_test_add_func ("/plan-edits/last-option-stays", test_last_option_stays);
  g_test_add_func ("/plan-edits/change-keeps-requirements", test_change_keeps_requirements);
  g_test_add_func ("/plan-edits/unchanged-days-keep-their-text", test_unchanged_days_keep_their_text);
  g_test_add_func ("/plan-edits/bare-plan", test_bare_plan);
  g_test_add_func ("/plan-edits/reading-changes", test_reading_changes);
  g_test_add_func ("/plan-edits/free-afternoon", test_free_afternoon);
  g_test_add_func ("/plan-edits/other-hotel", test_other_hotel);
  g_test_add_func ("/plan-edits/day-renewed", test_day_renewed);
  g_test_add_func ("/plan-edits/place-in-time", test_place_in_time);
  g_test_add_func ("/plan-edits/order", test_order);
  g_test_add_func ("/plan-edits/visit-length", test_visit_length);
  g_test_add_func ("/plan-edits/exchange", test_exchange);
  g_test_add_func ("/plan-edits/one-option", test_one_option);
  g_test_add_func ("/plan-edits/removed-place-leaves-the-rest", test_removed_place_leaves_the_rest);
  g_test_add_func ("/plan-edits/further-must-see", test_further_must_see);
  g_test_add_func ("/plan-edits/another-length", test_another_length);
  g_test_add_func ("/plan-edits/later-budget", test_later_budget);
  g_test_add_func ("/plan-edits/planned-anew", test_planned_anew);
  return g_test_run ();
}
