/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Changes to how many days there are and what they hold: one more, one less, a new one for an old, two that change
 * places. A day is planned on its own by the same planner that makes whole trips, out of what the option lacks.
 */
#include "providers/planner/trip-plan-edit-private.h"

#include "providers/planner/trip-plan-options.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>

/* What is said about the whole trip says nothing about one day of it. */
#define TRIP_TOPICS (TRIP_TOPIC_DURATION | TRIP_TOPIC_DATES | TRIP_TOPIC_BUDGET | TRIP_TOPIC_ORIGIN | TRIP_TOPIC_LODGING | \
                     TRIP_TOPIC_ARRIVAL | TRIP_TOPIC_DEPARTURE)

/* What one day can keep as well as a trip. */
#define DAY_TOPICS (TRIP_TOPIC_PARTY | TRIP_TOPIC_PACE | TRIP_TOPIC_DAY_START | TRIP_TOPIC_DAY_END | TRIP_TOPIC_CROWDS | \
                    TRIP_TOPIC_DIET | TRIP_TOPIC_ACCESS | TRIP_TOPIC_TRANSPORT | TRIP_TOPIC_WALKING | TRIP_TOPIC_TRAVEL | \
                    TRIP_TOPICS_OF_COST)

static gboolean plan_again (TripPlanEditor *self,
                            guint           day);

static gboolean
is_transfer (const TripPlanDay *day,
             guint              block)
{
  return block < day->blocks->len &&
         ((const TripPlanBlock *) g_ptr_array_index (day->blocks, block))->kind == TRIP_BLOCK_TRANSFER;
}

static gboolean
ends_with_transfer (const TripPlanDay *day)
{
  return day->blocks->len > 1 && is_transfer (day, day->blocks->len - 1);
}

static gboolean
has_transfer (const TripPlanDay *day)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      if (is_transfer (day, b))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_same_city (const TripPlanDay *one,
              const TripPlanDay *two)
{
  for (guint b = 0; b < two->blocks->len; b++)
    {
      const TripPoi *poi = trip_plan_block_poi (g_ptr_array_index (two->blocks, b));

      if (poi != NULL)
        return trip_plan_editor_is_near (one, poi);
    }
  return FALSE;
}

static void
add_places (const TripPlanEditor *self,
            const TripPlanDay    *like,
            gboolean              instead,
            TripPlanQuery        *query)
{
  for (guint i = 0; i < self->context->places->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (self->context->places, i);
      gboolean must = trip_plan_editor_is_must (self, poi);

      if (poi->type == TRIP_POI_LODGE || !trip_plan_editor_is_near (like, poi))
        continue;
      /* What has to be in stays on the day that is planned again. */
      if (!trip_plan_editor_has_place (self, poi))
        g_ptr_array_add (query->pois, trip_poi_ref (poi));
      else if (instead && must)
        for (guint b = 0; b < like->blocks->len; b++)
          {
            const TripPoi *other = trip_plan_block_poi (g_ptr_array_index (like->blocks, b));

            if (other != NULL && trip_poi_is_same (other, poi))
              g_ptr_array_add (query->pois, trip_poi_ref (poi));
          }
    }
}

static void
add_requirements (const TripPlanEditor *self,
                  TripPlanQuery        *query)
{
  for (guint i = 0; i < self->query->requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (self->query->requirements, i);
      guint topics = trip_phrase_topics (requirement->description);
      TripPriority priority = requirement->priority;

      if ((topics & TRIP_TOPICS) != 0)
        continue;
      /* A museum that has to be in is on another day already. */
      if (priority == TRIP_PRIORITY_MUST_HAVE && (topics & DAY_TOPICS) == 0)
        priority = TRIP_PRIORITY_PREFERRED;
      g_ptr_array_add (query->requirements, trip_requirement_new (requirement->description, priority));
    }
}

/**
 * plan_day:
 * @self: a change
 * @like: a day in the city that is meant
 * @date: the date, which may be invalid
 * @from: when it may begin, minutes; -1 for the usual
 * @until: when it has to be over, minutes; %TRIP_PLAN_NEVER for the usual
 * @instead: it takes the place of @like
 *
 * Returns: (transfer full) (nullable): a day of places that the option lacks; %NULL where there are none
 */
static TripPlanDay *
plan_day (TripPlanEditor    *self,
          const TripPlanDay *like,
          const GDate       *date,
          gint               from,
          gint               until,
          gboolean           instead)
{
  g_autoptr(TripPlanQuery) query = trip_plan_query_new ();
  g_autoptr(TripPlanOption) frame = trip_plan_option_new ();
  g_autoptr(TripPlanContext) context = NULL;
  g_autoptr(GPtrArray) options = NULL;
  guint best = 0;

  add_places (self, like, instead, query);
  add_requirements (self, query);
  query->today = self->query->today;
  frame->start_date = *date;
  g_strlcpy (frame->currency, self->context->currency, sizeof frame->currency);
  g_ptr_array_add (frame->days, trip_plan_day_new ());
  if (query->pois->len == 0)
    return NULL;
  context = trip_plan_context_new (query, self->atlas, frame, NULL);
  if (context == NULL)
    return NULL;
  if (from >= 0)
    context->day_start = MAX (context->day_start, from);
  if (until != TRIP_PLAN_NEVER)
    context->day_end = context->day_end >= 0 ? MIN (context->day_end, until) : until;
  options = trip_plan_options_make (context, NULL, NULL, self->cancellable, NULL);
  for (guint i = 0; options != NULL && i < options->len; i++)
    {
      if (g_strcmp0 (((const TripPlanOption *) g_ptr_array_index (options, i))->title, self->option->title) == 0)
        best = i;
    }
  if (options == NULL || options->len == 0)
    return NULL;
  return g_ptr_array_steal_index (((TripPlanOption *) g_ptr_array_index (options, best))->days, 0);
}

/* A day that was a whole one and is the first or the last now may have lost all it held. */
static gboolean
is_bound_by_journey (const TripPlanEditor *self,
                     guint                 day)
{
  return trip_plan_context_earliest (self->context, day) > 0 ||
         trip_plan_context_latest (self->context, day) != TRIP_PLAN_NEVER;
}

/**
 * trip_plan_editor_renew_dates:
 * @self: a change
 * @first: the first day whose date may be another
 *
 * Lets dates follow from the first day's. What is closed on its new date goes, unless it has to be in.
 *
 * Returns: whether all days work on their dates
 */
gboolean
trip_plan_editor_renew_dates (TripPlanEditor *self,
                              guint           first)
{
  if (!g_date_valid (&self->option->start_date))
    return trip_plan_editor_renew_context (self);
  for (guint d = first; d < self->option->days->len; d++)
    {
      TripPlanDay *day = trip_plan_editor_day (self, d);

      day->date = self->option->start_date;
      g_date_add_days (&day->date, d);
      trip_plan_day_touch (day);
      /* Blocks are written with their date. */
      for (guint b = 0; b < day->blocks->len; b++)
        trip_plan_block_touch (g_ptr_array_index (day->blocks, b));
    }
  if (!trip_plan_editor_renew_context (self))
    return FALSE;
  for (guint d = first; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);
      const TripPlanBlock *first_block = day->blocks->len > 0 ? g_ptr_array_index (day->blocks, 0) : NULL;
      gboolean has_head = first_block != NULL && (first_block->kind == TRIP_BLOCK_TRANSFER ||
                                                  first_block->kind == TRIP_BLOCK_CHECK_IN);

      /* A journey, or bags to leave, may have come to this day from another: its first way is measured. */
      if (!trip_plan_editor_refit (self, d, has_head ? NULL : trip_plan_editor_night (self, d), NULL, TRUE) &&
          !(is_bound_by_journey (self, d) && plan_again (self, d)))
        {
          trip_plan_editor_say (self, _("Day %u does not work on its new date."), d + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static void
clear_night (TripPlanDay *day)
{
  g_clear_pointer (&day->lodging, g_free);
  g_clear_pointer (&day->lodging_poi, trip_poi_unref);
  day->lodging_cost = -1;
  trip_plan_day_touch (day);
}

static void
copy_night (TripPlanDay       *day,
            const TripPlanDay *from)
{
  clear_night (day);
  day->lodging = g_strdup (from->lodging);
  day->lodging_poi = from->lodging_poi != NULL ? trip_poi_ref (from->lodging_poi) : NULL;
  day->lodging_cost = from->lodging_cost;
}

/* The best known bed of the city, of the level of the option's others, where no night was spent there yet. */
static void
find_night (TripPlanEditor *self,
            TripPlanDay    *day)
{
  const TripPlanCandidate *best = NULL;

  for (guint i = 0; i < self->context->candidates->len; i++)
    {
      const TripPlanCandidate *bed = &g_array_index (self->context->candidates, TripPlanCandidate, i);

      if (bed->poi->type == TRIP_POI_LODGE && trip_plan_editor_is_near (day, bed->poi) &&
          (best == NULL || (bed->price >= 0 && (best->price < 0 || ABS (bed->poi->level - 2) < ABS (best->poi->level - 2)))))
        best = bed;
    }
  clear_night (day);
  if (best == NULL)
    {
      day->lodging = g_strdup (_("A place of your choice"));
      return;
    }
  day->lodging = g_strdup (best->poi->name);
  day->lodging_poi = trip_poi_ref (best->poi);
  day->lodging_cost = trip_currency_to_major (self->context->currency, MAX (best->price, 0));
}

/* The day in front of the new one has a night now. */
static void
give_night (TripPlanEditor *self,
            guint           index)
{
  TripPlanDay *day = trip_plan_editor_day (self, index);

  if (day->lodging != NULL)
    return;
  if (index > 0 && trip_plan_editor_day (self, index - 1)->lodging_poi != NULL &&
      trip_plan_editor_is_near (day, trip_plan_editor_day (self, index - 1)->lodging_poi))
    copy_night (day, trip_plan_editor_day (self, index - 1));
  else
    find_night (self, day);
}

/* Where the new day goes: behind the last day in the city that is meant, and in front of the journey home. */
static gboolean
find_place_for_day (TripPlanEditor *self,
                    guint          *out_at)
{
  guint n = self->option->days->len;
  const char *words = self->change->subject;
  guint day;

  *out_at = n > 1 && ends_with_transfer (trip_plan_editor_day (self, n - 1)) ? n - 1 : n;
  if (self->change->day != TRIP_PLAN_EVERY_DAY && self->change->kind == TRIP_PLAN_CHANGE_DAY_ADD)
    {
      if (!trip_plan_editor_find_day (self, self->change->day, &day))
        return FALSE;
      *out_at = MIN (day + 1, *out_at);
      return TRUE;
    }
  if (words == NULL || self->change->kind != TRIP_PLAN_CHANGE_DAY_ADD)
    return TRUE;
  for (guint c = 0; c < self->context->cities->len; c++)
    {
      const TripPlanCity *city = &g_array_index (self->context->cities, TripPlanCity, c);

      if (g_ascii_strcasecmp (city->name, words) != 0)
        continue;
      for (guint d = n; d-- > 0;)
        {
          const TripPlanDay *there = trip_plan_editor_day (self, d);

          for (guint b = 0; b < there->blocks->len; b++)
            {
              const TripPoi *poi = trip_plan_block_poi (g_ptr_array_index (there->blocks, b));

              if (poi != NULL && trip_geo_distance_m (&poi->geo, &city->geo) < 30000.0)
                {
                  *out_at = MIN (d + 1, *out_at);
                  return TRUE;
                }
            }
        }
    }
  trip_plan_editor_say (self, _("No day of this option is in “%s”."), words);
  return FALSE;
}

/**
 * trip_plan_editor_add_day:
 * @self: a change
 *
 * Adds a day at the end, or in the city that was named; the others stay as they are, but for the dates of those behind it.
 *
 * Returns: whether there is one more
 */
gboolean
trip_plan_editor_add_day (TripPlanEditor *self)
{
  GPtrArray *days = self->option->days;
  g_autofree char *name = NULL;
  TripPlanDay *day;
  GDate date = self->option->start_date;
  guint at;

  if (days->len == 0 || days->len >= TRIP_PLAN_MAX_DAYS)
    {
      trip_plan_editor_say (self, _("A plan covers at most %d days."), TRIP_PLAN_MAX_DAYS);
      return FALSE;
    }
  if (!find_place_for_day (self, &at))
    return FALSE;
  if (g_date_valid (&date))
    g_date_add_days (&date, at);
  day = plan_day (self, trip_plan_editor_day (self, at - 1), &date, -1, TRIP_PLAN_NEVER, FALSE);
  if (day == NULL)
    {
      trip_plan_editor_say (self, _("Nothing is left to see on another day there."));
      return FALSE;
    }
  day->date = date;
  give_night (self, at - 1);
  if (at < days->len)
    copy_night (day, trip_plan_editor_day (self, at - 1));
  name = g_strdup (day->highlight);
  g_ptr_array_insert (days, (gint) at, day);
  trip_plan_option_touch (self->option);
  if (!trip_plan_editor_renew_context (self) || !trip_plan_editor_refit (self, at, NULL, NULL, TRUE) ||
      (at + 1 < days->len && !trip_plan_editor_renew_dates (self, at + 1)))
    return FALSE;
  trip_plan_editor_say (self, _("Day %u is new: %s."), at + 1, name);
  return TRUE;
}

/* What leads into the day, and out of it: the journey and the bags that are left. */
static void
move_frame (TripPlanDay *from,
            TripPlanDay *head,
            TripPlanDay *tail)
{
  guint at = 0;

  while (head != NULL && from->blocks->len > 0)
    {
      const TripPlanBlock *block = g_ptr_array_index (from->blocks, 0);

      if (block->kind != TRIP_BLOCK_TRANSFER && block->kind != TRIP_BLOCK_CHECK_IN)
        break;
      trip_plan_block_touch (g_ptr_array_index (from->blocks, 0));
      g_ptr_array_insert (head->blocks, (gint) at++, g_ptr_array_steal_index (from->blocks, 0));
    }
  if (tail != NULL && from->blocks->len > 0 && is_transfer (from, from->blocks->len - 1))
    {
      trip_plan_block_touch (g_ptr_array_index (from->blocks, from->blocks->len - 1));
      g_ptr_array_add (tail->blocks, g_ptr_array_steal_index (from->blocks, from->blocks->len - 1));
    }
}

/* Who arrives at two in the afternoon has seen nothing before. What has to be in is put into @homeless. */
static void
drop_before_arrival (TripPlanEditor *self,
                     TripPlanDay    *day,
                     GPtrArray      *homeless)
{
  gint arrival = 0;

  for (guint b = 0; b < day->blocks->len;)
    {
      const TripPlanBlock *block = g_ptr_array_index (day->blocks, b);
      TripPoi *poi = trip_plan_block_poi (block);

      if (block->kind == TRIP_BLOCK_TRANSFER)
        arrival = block->end;
      if (block->kind == TRIP_BLOCK_TRANSFER || block->kind == TRIP_BLOCK_CHECK_IN || block->start < 0 ||
          (block->kind == TRIP_BLOCK_VISIT ? block->start : block->end) >= arrival)
        {
          b++;
          continue;
        }
      if (poi != NULL && trip_plan_editor_is_must (self, poi))
        g_ptr_array_add (homeless, trip_poi_ref (poi));
      else if (poi != NULL)
        trip_plan_editor_say (self, _("%s no longer fits and was left out."), poi->name);
      g_ptr_array_remove_index (day->blocks, b);
    }
}

/* The day that is missed least: the last in a city that has others, without a journey. */
static gboolean
choose_day_to_remove (const TripPlanEditor *self,
                      guint                *out_day)
{
  for (guint d = self->option->days->len; d-- > 0;)
    {
      const TripPlanDay *day = trip_plan_editor_day (self, d);

      if ((!has_transfer (day) || (d + 1 < self->option->days->len && !ends_with_transfer (day) &&
                                   is_same_city (trip_plan_editor_day (self, d + 1), day) &&
                                   !has_transfer (trip_plan_editor_day (self, d + 1)))) &&
          ((d > 0 && is_same_city (trip_plan_editor_day (self, d - 1), day)) ||
           (d + 1 < self->option->days->len && is_same_city (trip_plan_editor_day (self, d + 1), day))))
        {
          *out_day = d;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * trip_plan_editor_remove_day:
 * @self: a change
 * @which: a day as the words name it; %TRIP_PLAN_EVERY_DAY to choose the one that is missed least
 *
 * Takes a day out. What has to be in goes to the other days.
 *
 * Returns: whether there is one less
 */
gboolean
trip_plan_editor_remove_day (TripPlanEditor *self,
                             gint            which)
{
  GPtrArray *days = self->option->days;
  g_autoptr(GPtrArray) homeless = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  g_autoptr(TripPoi) was_before = NULL;
  TripPlanDay *gone, *next, *previous;
  guint day, other;

  if (which == TRIP_PLAN_EVERY_DAY ? !choose_day_to_remove (self, &day) : !trip_plan_editor_find_day (self, which, &day))
    {
      if (which == TRIP_PLAN_EVERY_DAY)
        trip_plan_editor_say (self, _("No day can go without a city going with it; take a city out instead."));
      return FALSE;
    }
  if (days->len == 1)
    {
      trip_plan_editor_say (self, _("The only day cannot be taken out."));
      return FALSE;
    }
  gone = trip_plan_editor_day (self, day);
  next = day + 1 < days->len ? trip_plan_editor_day (self, day + 1) : NULL;
  previous = day > 0 ? trip_plan_editor_day (self, day - 1) : NULL;
  next = next != NULL && is_same_city (next, gone) && !is_transfer (next, 0) ? next : NULL;
  previous = previous != NULL && is_same_city (previous, gone) && !is_transfer (gone, 0) ? previous : NULL;
  if (next == NULL && previous == NULL)
    {
      trip_plan_editor_say (self, _("Day %u is the only one in its city; take the city out instead."), day + 1);
      return FALSE;
    }
  for (guint b = 0; b < gone->blocks->len; b++)
    {
      TripPoi *poi = trip_plan_block_poi (g_ptr_array_index (gone->blocks, b));

      if (poi != NULL && poi->type != TRIP_POI_LODGE && trip_plan_editor_is_must (self, poi))
        g_ptr_array_add (homeless, trip_poi_ref (poi));
    }
  was_before = day > 0 && trip_plan_editor_night (self, day) != NULL ? trip_poi_ref (trip_plan_editor_night (self, day)) : NULL;
  move_frame (gone, next, previous);
  if (next != NULL && is_transfer (next, 0))
    drop_before_arrival (self, next, homeless);
  if (day + 1 == days->len && previous != NULL)
    clear_night (previous);
  g_ptr_array_remove_index (days, day);
  trip_plan_option_touch (self->option);
  if (!trip_plan_editor_renew_dates (self, day > 0 ? day - 1 : 0))
    return FALSE;
  for (guint i = 0; i < homeless->len; i++)
    {
      TripPoi *poi = g_ptr_array_index (homeless, i);

      if (!trip_plan_editor_insert_anywhere (self, 0, days->len, poi, TRUE, &other))
        {
          trip_plan_editor_say (self, _("%s has to be in the plan and fits on no other day."), poi->name);
          return FALSE;
        }
      trip_plan_editor_say (self, _("%s moved to day %u."), poi->name, other + 1);
    }
  trip_plan_editor_say (self, _("Day %u was taken out; what was on it is no longer in the plan, and the days behind it come a "
                                "day earlier."), day + 1);
  return TRUE;
}

/* Plans one day again, of places that the option lacks. */
static gboolean
plan_again (TripPlanEditor *self,
            guint           day)
{
  TripPlanDay *old, *new;
  gint from = -1;

  old = trip_plan_editor_day (self, day);
  for (guint b = 0; b < old->blocks->len; b++)
    {
      const TripPlanBlock *block = g_ptr_array_index (old->blocks, b);

      if (block->kind != TRIP_BLOCK_TRANSFER && block->kind != TRIP_BLOCK_CHECK_IN)
        break;
      from = block->end;
    }
  new = plan_day (self, old, &old->date, from, trip_plan_context_latest (self->context, day), TRUE);
  if (new == NULL)
    {
      trip_plan_editor_say (self, _("Nothing else is left to see on day %u."), day + 1);
      return FALSE;
    }
  new->date = old->date;
  copy_night (new, old);
  if (is_transfer (new, 0) || has_transfer (new))
    {
      trip_plan_day_free (new);
      trip_plan_editor_say (self, _("Nothing else is left to see on day %u."), day + 1);
      return FALSE;
    }
  move_frame (old, new, new);
  trip_plan_day_free (old);
  g_ptr_array_index (self->option->days, day) = new;
  if (!trip_plan_editor_refit (self, day, NULL, NULL, TRUE))
    {
      trip_plan_editor_say (self, _("Nothing else fits on day %u."), day + 1);
      return FALSE;
    }
  trip_plan_editor_say (self, _("Day %u is another now: %s."), day + 1, trip_plan_editor_day (self, day)->highlight);
  return TRUE;
}

/**
 * trip_plan_editor_renew_day:
 * @self: a change
 *
 * Plans days again, of places that the option lacks.
 *
 * Returns: whether any is another now
 */
gboolean
trip_plan_editor_renew_day (TripPlanEditor *self)
{
  guint day;

  return trip_plan_editor_find_day (self, self->change->day, &day) && plan_again (self, day);
}

/* The dates, nights and bags stay; the visits and meals go to the other day. */
static void
exchange_contents (TripPlanDay *one,
                   TripPlanDay *two)
{
  GPtrArray *blocks = one->blocks;
  char *highlight = one->highlight;
  TripPlanDay *pair[] = { one, two };

  one->blocks = two->blocks;
  two->blocks = blocks;
  one->highlight = two->highlight;
  two->highlight = highlight;
  for (guint i = 0; i < 2; i++)
    {
      TripPlanDay *day = pair[i], *other = pair[1 - i];

      /* Bags are left where they were left. */
      while (day->blocks->len > 0 &&
             ((TripPlanBlock *) g_ptr_array_index (day->blocks, 0))->kind == TRIP_BLOCK_CHECK_IN && i == 1)
        g_ptr_array_insert (other->blocks, 0, g_ptr_array_steal_index (day->blocks, 0));
    }
  for (guint i = 0; i < 2; i++)
    {
      for (guint b = 0; b < pair[i]->blocks->len; b++)
        trip_plan_block_touch (g_ptr_array_index (pair[i]->blocks, b));
      trip_plan_day_touch (pair[i]);
    }
}

/* The first way of a day begins where the night was spent, wherever the day was planned for. */
static void
forget_first_way (TripPlanDay *day)
{
  for (guint b = 0; b < day->blocks->len; b++)
    {
      TripPlanBlock *block = g_ptr_array_index (day->blocks, b);

      if (block->kind == TRIP_BLOCK_CHECK_IN)
        continue;
      block->transportation.present = FALSE;
      block->transportation.minutes = 0;
      block->transportation.cost = -1;
      g_clear_pointer (&block->transportation.method, g_free);
      trip_plan_block_touch (block);
      return;
    }
}

/**
 * trip_plan_editor_swap_days:
 * @self: a change
 *
 * Lets two days change places. Their dates and nights stay.
 *
 * Returns: whether they did
 */
gboolean
trip_plan_editor_swap_days (TripPlanEditor *self)
{
  guint one, two;

  if (!trip_plan_editor_find_day (self, self->change->day, &one) ||
      !trip_plan_editor_find_day (self, self->change->other_day, &two))
    return FALSE;
  if (one == two)
    {
      trip_plan_editor_say (self, _("That is one and the same day."));
      return FALSE;
    }
  if (has_transfer (trip_plan_editor_day (self, one)) || has_transfer (trip_plan_editor_day (self, two)) ||
      !is_same_city (trip_plan_editor_day (self, one), trip_plan_editor_day (self, two)))
    {
      trip_plan_editor_say (self, _("Days %u and %u cannot change places: there is a journey on one of them, or they are in "
                                    "different cities."), one + 1, two + 1);
      return FALSE;
    }
  exchange_contents (trip_plan_editor_day (self, MIN (one, two)), trip_plan_editor_day (self, MAX (one, two)));
  forget_first_way (trip_plan_editor_day (self, one));
  forget_first_way (trip_plan_editor_day (self, two));
  if (!trip_plan_editor_refit (self, one, NULL, NULL, TRUE) || !trip_plan_editor_refit (self, two, NULL, NULL, TRUE))
    {
      trip_plan_editor_say (self, _("Days %u and %u cannot change places: too much is closed on the other's date."), one + 1,
                            two + 1);
      return FALSE;
    }
  trip_plan_editor_say (self, _("Days %u and %u changed places."), one + 1, two + 1);
  return TRUE;
}
