/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to the order and the times of a day: what comes first, last, before or after something, for how long, and with
 * which breaks; how the words for it are read, and what is told where it cannot be.
 */
#include "language/trip-plan-change.h"
#include "plan-fixture.h"

/* A question with a plan of three days, whose first option is the same each time. */
static TripPlanQuery *
new_planned (void)
{
  TripPlanQuery *query = new_query (20);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < options->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (options, i)));
  return query;
}

static GPtrArray *
change (TripPlanQuery *query,
        const char    *words)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *changed;

  g_ptr_array_set_size (query->changes, 0);
  g_ptr_array_add (query->changes, trip_intent_new (TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, words));
  changed = plan (query, &error);
  g_assert_no_error (error);
  assert_kept (query, changed);
  return changed;
}

/* Names of what is visited on a day of the first option, in order; with "lunch" and "dinner" where @meals. */
static GPtrArray *
list_day (GPtrArray *options,
          guint      day,
          gboolean   meals)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const TripPlanDay *self = get_day (options, 0, day);

  for (guint b = 0; b < self->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (self->blocks, b);

      if (block->kind == TRIP_BLOCK_VISIT)
        g_ptr_array_add (names, g_strdup (((TripPoi *) g_ptr_array_index (block->pois, 0))->name));
      else if (meals && block->kind == TRIP_BLOCK_MEAL)
        g_ptr_array_add (names, g_strdup (block->start < 16 * 60 ? "lunch" : "dinner"));
    }
  return names;
}

static guint
index_of (GPtrArray  *names,
          const char *name)
{
  guint index;

  g_assert_true (g_ptr_array_find_with_equal_func (names, name, g_str_equal, &index));
  return index;
}

static void
assert_same_places (GPtrArray *before,
                    GPtrArray *after)
{
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    index_of (after, g_ptr_array_index (before, i));
}

static const TripPlanBlock *
get_visit (GPtrArray  *options,
           guint       day,
           const char *name)
{
  const TripPlanDay *self = get_day (options, 0, day);

  for (guint b = 0; b < self->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (self->blocks, b);

      if (block->kind == TRIP_BLOCK_VISIT && strcmp (((TripPoi *) g_ptr_array_index (block->pois, 0))->name, name) == 0)
        return block;
    }
  g_assert_not_reached ();
}

static const char *
get_notes (GPtrArray *options)
{
  return ((TripPlanOption *) g_ptr_array_index (options, 0))->general_notes;
}

static void
assert_untouched (TripPlanQuery *query,
                  GPtrArray     *changed)
{
  for (guint d = 0; d < 3; d++)
    {
      const TripPlanDay *old = get_day (query->plan, 0, d);
      const TripPlanDay *new = get_day (changed, 0, d);

      g_assert_cmpuint (old->blocks->len, ==, new->blocks->len);
      for (guint b = 0; b < old->blocks->len; b++)
        g_assert_cmpint (((TripPlanBlock *) g_ptr_array_index (old->blocks, b))->start, ==,
                         ((TripPlanBlock *) g_ptr_array_index (new->blocks, b))->start);
    }
}

static void
test_first_and_last (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) before = list_day (query->plan, 1, FALSE);
  const char *head = g_ptr_array_index (before, 0);
  const char *tail = g_ptr_array_index (before, before->len - 1);
  g_autofree char *first_words = g_strdup_printf ("put %s first", tail);
  g_autofree char *last_words = g_strdup_printf ("visit %s last", head);
  g_autofree char *start_words = g_strdup_printf ("start day 2 with %s", tail);
  g_autoptr(GPtrArray) first = change (query, first_words);
  g_autoptr(GPtrArray) last = change (query, last_words);
  g_autoptr(GPtrArray) start = change (query, start_words);
  g_autoptr(GPtrArray) first_day = list_day (first, 1, FALSE);
  g_autoptr(GPtrArray) last_day = list_day (last, 1, FALSE);
  g_autoptr(GPtrArray) start_day = list_day (start, 1, FALSE);

  g_assert_cmpstr (g_ptr_array_index (first_day, 0), ==, tail);
  g_assert_cmpstr (g_ptr_array_index (start_day, 0), ==, tail);
  g_assert_cmpstr (g_ptr_array_index (last_day, last_day->len - 1), ==, head);
  /* Whatever else has to move for it, nothing is lost. */
  assert_same_places (before, first_day);
  assert_same_places (before, last_day);
}

static void
test_before_and_after (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) before = list_day (query->plan, 1, TRUE);
  g_autoptr(GPtrArray) visits = list_day (query->plan, 1, FALSE);
  g_autoptr(GPtrArray) other_day = list_day (query->plan, 2, FALSE);
  const char *head = g_ptr_array_index (visits, 0);
  const char *tail = g_ptr_array_index (visits, visits->len - 1);
  const char *elsewhere = g_ptr_array_index (other_day, 0);
  g_autofree char *ahead_words = g_strdup_printf ("do %s before %s", tail, head);
  g_autofree char *lunch_words = g_strdup_printf ("%s after lunch", head);
  g_autofree char *beside_words = g_strdup_printf ("visit %s right after %s", elsewhere, head);
  g_autofree char *same_words = g_strdup_printf ("do %s before %s", head, tail);
  g_autoptr(GPtrArray) ahead = change (query, ahead_words);
  g_autoptr(GPtrArray) lunch = change (query, lunch_words);
  g_autoptr(GPtrArray) beside = change (query, beside_words);
  g_autoptr(GPtrArray) same = change (query, same_words);
  g_autoptr(GPtrArray) ahead_day = list_day (ahead, 1, TRUE);
  g_autoptr(GPtrArray) lunch_day = list_day (lunch, 1, TRUE);
  g_autoptr(GPtrArray) beside_day = list_day (beside, 1, TRUE);

  g_assert_cmpuint (index_of (ahead_day, tail), <, index_of (ahead_day, head));
  assert_same_places (before, ahead_day);
  g_assert_cmpuint (index_of (before, head), <, index_of (before, "lunch"));
  g_assert_cmpuint (index_of (lunch_day, head), >, index_of (lunch_day, "lunch"));
  /* What is on another day comes to the day of the other. */
  g_assert_cmpuint (index_of (beside_day, elsewhere), ==, index_of (beside_day, head) + 1);
  g_assert_false (has_place (get_day (beside, 0, 2), elsewhere));
  assert_untouched (query, same);
  g_assert_nonnull (strstr (get_notes (same), "is there already"));
}

/* What is closed then stays where it is, and the hour at which it opens is told. */
static void
test_closed_is_told (void)
{
  static const struct {
    const char *words;
    const char *reason;
  } cases[] = {
    { "put Night Tower first", "opens only at 18:00 on day" },
    { "visit Night Tower at 10am", "opens only at 18:00 on day" },
    { "visit Night Tower before 3pm", "opens only at 18:00 on day" },
    { "do Night Tower before lunch", "opens only at 18:00 on day" },
    { "spend 9 hours at Night Tower", "is not open for so long on day" },
    { "put Nonesuch Tower first", "is not in this option" },
    { "put Night Tower first on day 9", "only 3 days" },
  };
  g_autoptr(TripPlanQuery) query = new_query (12);
  g_autoptr(GPtrArray) options = NULL;
  g_autoptr(GError) error = NULL;

  add_poi (query, "Night Tower", TRIP_POI_SIGHT, 0.2, 0.2, "Mo-Su 18:00-23:00", 0, 99)->must_see = TRUE;
  require (query, "3 days", TRIP_PRIORITY_MUST_HAVE);
  options = plan (query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < options->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (options, i)));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) changed = change (query, cases[i].words);

      g_test_message ("%s: %s", cases[i].words, get_notes (changed));
      g_assert_nonnull (strstr (get_notes (changed), cases[i].reason));
      assert_untouched (query, changed);
    }
}

static void
test_length (void)
{
  static const struct {
    const char *words;
    gint minutes;
  } cases[] = {
    { "spend 2 hours at %s", 120 },
    { "cut %s to 40 minutes", 40 },
    { "an extra half hour at %s", 90 },
    { "20 minutes less at %s", 40 },
    { "visit %s for an hour and a half", 90 },
  };
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) visits = list_day (query->plan, 1, FALSE);
  const char *name = g_ptr_array_index (visits, 1);

  g_assert_cmpint (get_visit (query->plan, 1, name)->end - get_visit (query->plan, 1, name)->start, ==, 60);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(GStrv) halves = g_strsplit (cases[i].words, "%s", 2);
      g_autofree char *words = g_strjoin (name, halves[0], halves[1], NULL);
      g_autoptr(GPtrArray) changed = change (query, words);
      const TripPlanBlock *visit = get_visit (changed, 1, name);

      g_test_message ("%s", words);
      g_assert_cmpint (visit->end - visit->start, ==, cases[i].minutes);
    }
}

static const TripPlanBlock *
find_break (GPtrArray *options,
            guint      day)
{
  const TripPlanDay *self = get_day (options, 0, day);

  for (guint b = 0; b < self->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (self->blocks, b);

      if (block->kind == TRIP_BLOCK_FREE && strstr (block->description, "reak") != NULL)
        return block;
    }
  return NULL;
}

/* A break that was asked for is no time that is left over: later changes keep it. */
static void
test_breaks_stay (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) visits = list_day (query->plan, 1, FALSE);
  g_autofree char *drop = g_strdup_printf ("drop %s", (char *) g_ptr_array_index (visits, 0));
  g_autoptr(GPtrArray) changed = change (query, "add a coffee break in the afternoon of day 2");
  g_autoptr(GPtrArray) with_break = list_day (changed, 1, FALSE);
  g_autoptr(GPtrArray) later = NULL;
  g_autoptr(GPtrArray) again = NULL;
  const TripPlanBlock *block = find_break (changed, 1);
  gint start, end;

  g_assert_nonnull (block);
  g_assert_nonnull (strstr (block->description, "Coffee break near "));
  g_assert_cmpint (block->end - block->start, ==, 30);
  g_assert_cmpint (block->start, >=, 12 * 60 + 30);
  g_assert_cmpint (block->end, <=, 17 * 60 + 30);
  g_assert_null (find_break (changed, 0));
  assert_same_places (visits, with_break);

  start = block->start;
  end = block->end;
  g_ptr_array_set_size (query->plan, 0);
  for (guint i = 0; i < changed->len; i++)
    g_ptr_array_add (query->plan, trip_plan_option_copy (g_ptr_array_index (changed, i)));
  later = change (query, drop);
  g_assert_nonnull (find_break (later, 1));
  g_assert_cmpint (find_break (later, 1)->start, ==, start);
  g_assert_cmpint (find_break (later, 1)->end, ==, end);
  again = change (query, "add a coffee break in the afternoon of day 2");
  g_assert_nonnull (strstr (get_notes (again), "already"));
  assert_untouched (query, again);
}

static void
test_break_after_lunch (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) changed = change (query, "an hour of rest would be nice, so add an hour of rest after lunch on day 2");
  g_autoptr(GPtrArray) plain = change (query, "add an hour of rest after lunch on day 2");
  const TripPlanDay *day = get_day (plain, 0, 1);
  gboolean found = FALSE;

  for (guint b = 1; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
      const TripPlanBlock *before = g_ptr_array_index (day->blocks, b - 1);

      if (block->kind != TRIP_BLOCK_FREE || strstr (block->description, "Break") == NULL)
        continue;
      g_assert_cmpint (before->kind, ==, TRIP_BLOCK_MEAL);
      g_assert_cmpint (block->end - block->start, ==, 60);
      found = TRUE;
    }
  g_assert_true (found);
  g_assert_nonnull (find_break (changed, 1));
}

/* An hour less in the morning takes no visit away as long as the rest of the day has room for it. */
static void
test_later_start_loses_nothing (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) changed = change (query, "start at 10");

  for (guint d = 0; d < 3; d++)
    {
      g_autoptr(GPtrArray) before = list_day (query->plan, d, FALSE);
      g_autoptr(GPtrArray) after = list_day (changed, d, FALSE);
      guint same = 0;

      assert_same_places (before, after);
      for (guint i = 0; i < before->len; i++)
        same += ABS (get_visit (query->plan, d, g_ptr_array_index (before, i))->start -
                     get_visit (changed, d, g_ptr_array_index (before, i))->start) <= 30;
      g_assert_cmpuint (same * 2, >=, before->len);
    }
}

/* A day that begins after lunch still has its dinner, also where the table of the plan is closed by then. */
static void
test_later_start_keeps_dinner (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GPtrArray) after = NULL;
  const TripPlanDay *day = get_day (query->plan, 0, 1);

  for (guint b = 0; b < day->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
      const TripPoi *table = block->kind == TRIP_BLOCK_MEAL && block->pois->len > 0 ? block->pois->pdata[0] : NULL;

      for (guint i = 0; table != NULL && block->start >= 16 * 60 && i < query->pois->len; i++)
        {
          TripPoi *poi = g_ptr_array_index (query->pois, i);

          if (strcmp (poi->name, table->name) == 0)
            {
              g_free (poi->opening_hours);
              poi->opening_hours = g_strdup ("Mo-Su 08:00-14:30");
            }
        }
    }
  changed = change (query, "start day 2 at 15:00");
  after = list_day (changed, 1, TRUE);
  index_of (after, "dinner");
}

static void
test_undo_is_told (void)
{
  g_autoptr(TripPlanQuery) query = new_planned ();
  g_autoptr(GPtrArray) changed = change (query, "undo that");

  assert_untouched (query, changed);
  g_assert_nonnull (strstr (get_notes (changed), "is not kept here"));
}

static void
test_reading_order (void)
{
  static const struct {
    const char *words;
    TripPlanChangeKind kind;
    gint day;
    const char *subject;
    const char *object;
  } cases[] = {
    { "put the Louvre first", TRIP_PLAN_CHANGE_FIRST, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
    { "do the Louvre first thing in the morning", TRIP_PLAN_CHANGE_FIRST, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
    { "make the Louvre the first stop of day 2", TRIP_PLAN_CHANGE_FIRST, 1, "louvre", NULL },
    { "move the Louvre to the beginning of day 2", TRIP_PLAN_CHANGE_FIRST, 1, "louvre", NULL },
    { "start day 2 with the Louvre", TRIP_PLAN_CHANGE_FIRST, 1, "louvre", NULL },
    { "start the trip with the Louvre", TRIP_PLAN_CHANGE_FIRST, 0, "louvre", NULL },
    { "Louvre first", TRIP_PLAN_CHANGE_FIRST, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
    { "visit the Louvre last", TRIP_PLAN_CHANGE_LAST, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
    { "end day 2 at the Louvre", TRIP_PLAN_CHANGE_LAST, 1, "louvre", NULL },
    { "move the Louvre to the end of day 2", TRIP_PLAN_CHANGE_LAST, 1, "louvre", NULL },
    { "do the Louvre before the Orsay", TRIP_PLAN_CHANGE_BEFORE, TRIP_PLAN_EVERY_DAY, "louvre", "orsay" },
    { "the Louvre after lunch on day 2, please", TRIP_PLAN_CHANGE_AFTER, 1, "louvre", "lunch" },
    { "have lunch after the Louvre", TRIP_PLAN_CHANGE_AFTER, TRIP_PLAN_EVERY_DAY, "lunch", "louvre" },
    { "nothing after 6pm", TRIP_PLAN_CHANGE_END, TRIP_PLAN_EVERY_DAY, NULL, NULL },
    { "start day 2 at 10", TRIP_PLAN_CHANGE_START, 1, NULL, NULL },
    { "add the Louvre", TRIP_PLAN_CHANGE_ADD, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
    { "see the Louvre in the evening of day 2", TRIP_PLAN_CHANGE_MOVE, 1, "louvre", NULL },
    { "the Louvre in the morning", TRIP_PLAN_CHANGE_TIME, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
    { "do the Louvre at the end of the trip", TRIP_PLAN_CHANGE_MOVE, TRIP_PLAN_LAST_DAY, "louvre", NULL },
    { "make day 2 shorter", TRIP_PLAN_CHANGE_LIGHTER, 1, NULL, NULL },
    { "lunch later", TRIP_PLAN_CHANGE_LATER, TRIP_PLAN_EVERY_DAY, "lunch", NULL },
    { "undo that", TRIP_PLAN_CHANGE_UNDO, TRIP_PLAN_EVERY_DAY, NULL, NULL },
    { "go back to the previous plan", TRIP_PLAN_CHANGE_UNDO, TRIP_PLAN_EVERY_DAY, NULL, NULL },
    { "cancel the Louvre", TRIP_PLAN_CHANGE_DROP, TRIP_PLAN_EVERY_DAY, "louvre", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanChange) read = trip_plan_change_read (cases[i].words);

      g_test_message ("%s", cases[i].words);
      g_assert_cmpint (read->kind, ==, cases[i].kind);
      g_assert_cmpint (read->day, ==, cases[i].day);
      g_assert_cmpstr (read->subject, ==, cases[i].subject);
      g_assert_cmpstr (read->object, ==, cases[i].object);
    }
}

static void
test_reading_times (void)
{
  static const struct {
    const char *words;
    TripPlanChangeKind kind;
    gint length;
    gint earliest;
    gint latest;
    gint minute;
    TripDayPart part;
  } cases[] = {
    { "spend 3 hours at the Louvre", TRIP_PLAN_CHANGE_LENGTH, 180, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "stay an hour and a half in the Louvre", TRIP_PLAN_CHANGE_LENGTH, 90, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "only 45 minutes at the Louvre", TRIP_PLAN_CHANGE_LENGTH, 45, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "spend 2.5 hours at the Louvre", TRIP_PLAN_CHANGE_LENGTH, 150, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "shorten the Louvre to one hour", TRIP_PLAN_CHANGE_LENGTH, 60, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "half an hour more at the Louvre", TRIP_PLAN_CHANGE_LONGER, 30, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "an extra hour at the Louvre", TRIP_PLAN_CHANGE_LONGER, 60, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "spend more time at the Louvre", TRIP_PLAN_CHANGE_LONGER, -1, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "less time at the Louvre", TRIP_PLAN_CHANGE_SHORTER, -1, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "make the Louvre shorter", TRIP_PLAN_CHANGE_SHORTER, -1, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "see the Louvre before 11am", TRIP_PLAN_CHANGE_TIME, -1, -1, 660, -1, TRIP_DAY_PART_NONE },
    { "see the Louvre after 3", TRIP_PLAN_CHANGE_TIME, -1, 900, -1, -1, TRIP_DAY_PART_NONE },
    { "visit the Louvre between 2 and 4pm", TRIP_PLAN_CHANGE_TIME, -1, 840, 960, -1, TRIP_DAY_PART_NONE },
    { "visit the Louvre between 10 and 12", TRIP_PLAN_CHANGE_TIME, -1, 600, 720, -1, TRIP_DAY_PART_NONE },
    { "add a coffee break in the afternoon", TRIP_PLAN_CHANGE_BREAK, -1, -1, -1, -1, TRIP_DAY_PART_AFTERNOON },
    { "add a 2 hour break at 3pm on day 1", TRIP_PLAN_CHANGE_BREAK, 120, -1, -1, 900, TRIP_DAY_PART_NONE },
    { "have a siesta after lunch", TRIP_PLAN_CHANGE_BREAK, -1, -1, -1, -1, TRIP_DAY_PART_NONE },
    { "spend 99999999999999 hours at the Louvre", TRIP_PLAN_CHANGE_UNKNOWN, -1, -1, -1, -1, TRIP_DAY_PART_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripPlanChange) read = trip_plan_change_read (cases[i].words);

      g_test_message ("%s", cases[i].words);
      g_assert_cmpint (read->kind, ==, cases[i].kind);
      g_assert_cmpint (read->length, ==, cases[i].length);
      g_assert_cmpint (read->earliest, ==, cases[i].earliest);
      g_assert_cmpint (read->latest, ==, cases[i].latest);
      g_assert_cmpint (read->minute, ==, cases[i].minute);
      g_assert_cmpint (read->part, ==, cases[i].part);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan-order/first-and-last", test_first_and_last);
  g_test_add_func ("/plan-order/before-and-after", test_before_and_after);
  g_test_add_func ("/plan-order/closed-is-told", test_closed_is_told);
  g_test_add_func ("/plan-order/length", test_length);
  g_test_add_func ("/plan-order/breaks-stay", test_breaks_stay);
  g_test_add_func ("/plan-order/break-after-lunch", test_break_after_lunch);
  g_test_add_func ("/plan-order/later-start-loses-nothing", test_later_start_loses_nothing);
  g_test_add_func ("/plan-order/later-start-keeps-dinner", test_later_start_keeps_dinner);
  g_test_add_func ("/plan-order/undo-is-told", test_undo_is_told);
  g_test_add_func ("/plan-order/reading-order", test_reading_order);
  g_test_add_func ("/plan-order/reading-times", test_reading_times);
  return g_test_run ();
}
