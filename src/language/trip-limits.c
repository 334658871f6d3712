/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The lists of wishes and limits that #TripConstraints holds: lodgings, single days, kinds of places, money and travel.
 * Owns how their entries are copied and freed, and knows nothing of phrases.
 */
#include "language/trip-limits.h"

static gpointer
copy_string (gconstpointer text,
             gpointer      user_data)
{
  return g_strdup (text);
}

/**
 * trip_words_copy:
 * @list: (element-type utf8): a list of words
 *
 * Returns: (transfer full) (element-type utf8): a deep copy
 */
GPtrArray *
trip_words_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_copy (list, copy_string, NULL);

  g_ptr_array_set_free_func (copy, g_free);
  return copy;
}

static void
night_wish_free (gpointer data)
{
  TripNightWish *wish = data;

  g_free (wish->name);
  g_free (wish);
}

static gpointer
night_wish_copy (gconstpointer data,
                 gpointer      user_data)
{
  const TripNightWish *wish = data;
  TripNightWish *copy = g_memdup2 (wish, sizeof *wish);

  copy->name = g_strdup (wish->name);
  return copy;
}

/**
 * trip_night_wishes_new:
 *
 * Returns: (transfer full) (element-type TripNightWish): an empty list of lodgings that were named
 */
GPtrArray *
trip_night_wishes_new (void)
{
  return g_ptr_array_new_with_free_func (night_wish_free);
}

/**
 * trip_night_wishes_copy:
 * @list: (element-type TripNightWish): lodgings that were named
 *
 * Returns: (transfer full) (element-type TripNightWish): a deep copy
 */
GPtrArray *
trip_night_wishes_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_copy (list, night_wish_copy, NULL);

  g_ptr_array_set_free_func (copy, night_wish_free);
  return copy;
}

static void
day_wish_free (gpointer data)
{
  TripDayWish *wish = data;

  g_free (wish->phrase);
  g_free (wish->words);
  g_free (wish->meaning);
  g_free (wish);
}

static gpointer
day_wish_copy (gconstpointer data,
               gpointer      user_data)
{
  const TripDayWish *wish = data;
  TripDayWish *copy = g_memdup2 (wish, sizeof *wish);

  copy->phrase = g_strdup (wish->phrase);
  copy->words = g_strdup (wish->words);
  copy->meaning = g_strdup (wish->meaning);
  return copy;
}

/**
 * trip_day_wishes_new:
 *
 * Returns: (transfer full) (element-type TripDayWish): an empty list of wishes for single days
 */
GPtrArray *
trip_day_wishes_new (void)
{
  return g_ptr_array_new_with_free_func (day_wish_free);
}

/**
 * trip_day_wishes_copy:
 * @list: (element-type TripDayWish): wishes for single days
 *
 * Returns: (transfer full) (element-type TripDayWish): a deep copy
 */
GPtrArray *
trip_day_wishes_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_copy (list, day_wish_copy, NULL);

  g_ptr_array_set_free_func (copy, day_wish_free);
  return copy;
}

static void
kind_limit_free (gpointer data)
{
  TripKindLimit *limit = data;

  g_free (limit->phrase);
  g_free (limit->meaning);
  g_free (limit);
}

static gpointer
kind_limit_copy (gconstpointer data,
                 gpointer      user_data)
{
  const TripKindLimit *limit = data;
  TripKindLimit *copy = g_memdup2 (limit, sizeof *limit);

  copy->phrase = g_strdup (limit->phrase);
  copy->meaning = g_strdup (limit->meaning);
  return copy;
}

/**
 * trip_kind_limits_new:
 *
 * Returns: (transfer full) (element-type TripKindLimit): an empty list of limits of kinds of places
 */
GPtrArray *
trip_kind_limits_new (void)
{
  return g_ptr_array_new_with_free_func (kind_limit_free);
}

/**
 * trip_kind_limits_copy:
 * @list: (element-type TripKindLimit): limits of kinds of places
 *
 * Returns: (transfer full) (element-type TripKindLimit): a deep copy
 */
GPtrArray *
trip_kind_limits_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_copy (list, kind_limit_copy, NULL);

  g_ptr_array_set_free_func (copy, kind_limit_free);
  return copy;
}

static void
money_limit_free (gpointer data)
{
  TripMoneyLimit *limit = data;

  g_free (limit->phrase);
  g_free (limit);
}

static gpointer
money_limit_copy (gconstpointer data,
                  gpointer      user_data)
{
  const TripMoneyLimit *limit = data;
  TripMoneyLimit *copy = g_memdup2 (limit, sizeof *limit);

  copy->phrase = g_strdup (limit->phrase);
  return copy;
}

/**
 * trip_money_limits_new:
 *
 * Returns: (transfer full) (element-type TripMoneyLimit): an empty list of limits of money
 */
GPtrArray *
trip_money_limits_new (void)
{
  return g_ptr_array_new_with_free_func (money_limit_free);
}

/**
 * trip_money_limits_copy:
 * @list: (element-type TripMoneyLimit): limits of money
 *
 * Returns: (transfer full) (element-type TripMoneyLimit): a deep copy
 */
GPtrArray *
trip_money_limits_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_copy (list, money_limit_copy, NULL);

  g_ptr_array_set_free_func (copy, money_limit_free);
  return copy;
}

static void
travel_limit_free (gpointer data)
{
  TripTravelLimit *limit = data;

  g_free (limit->phrase);
  g_ptr_array_unref (limit->modes);
  g_free (limit);
}

static gpointer
travel_limit_copy (gconstpointer data,
                   gpointer      user_data)
{
  const TripTravelLimit *limit = data;
  TripTravelLimit *copy = g_memdup2 (limit, sizeof *limit);

  copy->phrase = g_strdup (limit->phrase);
  copy->modes = trip_words_copy (limit->modes);
  return copy;
}

/**
 * trip_travel_limits_new:
 *
 * Returns: (transfer full) (element-type TripTravelLimit): an empty list of limits of travel
 */
GPtrArray *
trip_travel_limits_new (void)
{
  return g_ptr_array_new_with_free_func (travel_limit_free);
}

/**
 * trip_travel_limits_copy:
 * @list: (element-type TripTravelLimit): limits of travel
 *
 * Returns: (transfer full) (element-type TripTravelLimit): a deep copy
 */
GPtrArray *
trip_travel_limits_copy (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_copy (list, travel_limit_copy, NULL);

  g_ptr_array_set_free_func (copy, travel_limit_free);
  return copy;
}
