/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opening hours: what texts mean, which are refused, and that none of them does harm. Weeks are written out as
 * "Mo 18:00-26:00", a question mark stands before unknown hours.
 */
#include "hours/trip-opening-hours.h"

#include <stdio.h>
#include <string.h>

/* A Monday; the week around new year; the week before Easter. */
#define MARCH "2027-03-01"
#define NEW_YEAR "2027-12-27"
#define HOLY_WEEK "2027-03-22"

typedef struct {
  const char *text;
  const char *start;
  guint n_days;
  const char *hours;
} Case;

static void
set_date (GDate *date, const char *text)
{
  guint year = 0;
  guint month = 0;
  guint day = 0;

  g_assert_cmpint (sscanf (text, "%u-%u-%u", &year, &month, &day), ==, 3);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static TripOpeningHours *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  TripOpeningHours *hours = trip_opening_hours_parse (text, &error);

  if (hours == NULL)
    g_test_message ("\"%s\": %s", text, error->message);
  g_assert_no_error (error);
  g_assert_nonnull (hours);
  return hours;
}

static char *
describe (const TripOpeningHours *hours, const char *start, guint n_days)
{
  static const char * const names[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) intervals = NULL;
  gint end[3] = { -1, -1, -1 };
  gint last = 0;
  GDate date;

  set_date (&date, start);
  intervals = trip_opening_hours_intervals (hours, &date, n_days);
  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);
      gint day = interval->from / 1440;
      gint from = interval->from - day * 1440;
      gint to = interval->to - day * 1440;

      g_assert_cmpint (interval->state, !=, TRIP_OPENING_CLOSED);
      g_assert_cmpint (interval->from, >=, last);
      g_assert_cmpint (interval->from, >, end[interval->state]);
      g_assert_cmpint (interval->to, >, interval->from);
      g_assert_cmpint (interval->to, <=, (gint) n_days * 1440);
      last = end[interval->state] = interval->to;
      g_string_append_printf (text, "%s%s%s %02d:%02d-%02d:%02d", i > 0 ? ", " : "",
                              interval->state == TRIP_OPENING_UNKNOWN ? "?" : "",
                              names[(g_date_get_weekday (&date) - 1 + day) % 7], from / 60, from % 60, to / 60, to % 60);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_cases (gconstpointer data)
{
  for (const Case *c = data; c->text != NULL; c++)
    {
      g_autoptr(TripOpeningHours) hours = parse (c->text);
      g_autofree char *described = describe (hours, c->start, c->n_days);

      if (strcmp (described, c->hours) != 0)
        g_test_message ("\"%s\" from %s", c->text, c->start);
      g_assert_cmpstr (described, ==, c->hours);
    }
}

static const Case weekday_cases[] = {
  { "09:00-10:00", MARCH, 2, "Mo 09:00-10:00, Tu 09:00-10:00" },
  { "We 09:00-10:00", MARCH, 7, "We 09:00-10:00" },
  { "Sa-Mo 09:00-10:00", MARCH, 7, "Mo 09:00-10:00, Sa 09:00-10:00, Su 09:00-10:00" },
  { "Mo,Th-Fr,Su 09:00-10:00", MARCH, 7, "Mo 09:00-10:00, Th 09:00-10:00, Fr 09:00-10:00, Su 09:00-10:00" },
  { "Tu 09:00-10:15,11:00-12:00", MARCH, 7, "Tu 09:00-10:15, Tu 11:00-12:00" },
  { "Tu 11:00-12:00,09:00-11:00", MARCH, 7, "Tu 09:00-12:00" },
  { "24/7", MARCH, 3, "Mo 00:00-72:00" },
  { "Tu", MARCH, 7, "Tu 00:00-24:00" },
  { "Tu open", MARCH, 7, "Tu 00:00-24:00" },
  { "Tu 00:00-24:00; We 00:00-12:00", MARCH, 7, "Tu 00:00-36:00" },
  { "24/7", MARCH, 0, "" },
  { NULL, NULL, 0, NULL },
};

static const Case nth_cases[] = {
  { "Tu[1] 09:00-10:00", MARCH, 14, "Tu 09:00-10:00" },
  { "Tu[2] 09:00-10:00", MARCH, 7, "" },
  { "Mo[1,3] 09:00-10:00", MARCH, 28, "Mo 09:00-10:00, Mo 09:00-10:00" },
  { "Mo[1-3] 09:00-10:00", MARCH, 28, "Mo 09:00-10:00, Mo 09:00-10:00, Mo 09:00-10:00" },
  { "We[-1] 09:00-10:00", MARCH, 31, "We 09:00-10:00" },
  { "We[-1] 09:00-10:00", "2027-03-31", 1, "We 09:00-10:00" },
  { "Su[1] +1 day 09:00-10:00", MARCH, 14, "Mo 09:00-10:00" },
  { "Mo,We[1] 09:00-10:00", MARCH, 11, "Mo 09:00-10:00, We 09:00-10:00, Mo 09:00-10:00" },
  { "Mar Su[-1]-Oct Su[-1] 09:00-10:00", "2027-03-27", 2, "Su 09:00-10:00" },
  { "Mar Su[-1]-Oct Su[-1] 09:00-10:00", "2027-10-31", 2, "Su 09:00-10:00" },
  { "Mar We[2] off; We,Th 09:00-10:00; Mar Th[2] off", "2027-03-08", 7, "We 09:00-10:00" },
  { NULL, NULL, 0, NULL },
};

static const Case rule_cases[] = {
  { "Mo-We 09:00-12:00; Tu 14:00-15:00", MARCH, 7, "Mo 09:00-12:00, Tu 14:00-15:00, We 09:00-12:00" },
  { "Mo-We 09:00-12:00, Tu 14:00-15:00", MARCH, 7,
    "Mo 09:00-12:00, Tu 09:00-12:00, Tu 14:00-15:00, We 09:00-12:00" },
  { "Mo-We 09:00-12:00; Tu off", MARCH, 7, "Mo 09:00-12:00, We 09:00-12:00" },
  { "Tu closed; Mo-We 09:00-12:00", MARCH, 7, "Mo 09:00-12:00, Tu 09:00-12:00, We 09:00-12:00" },
  { "Mo-We 09:00-17:00; Tu 12:00-13:00 off", MARCH, 7, "Mo 09:00-17:00, Tu 09:00-12:00, Tu 13:00-17:00, We 09:00-17:00" },
  { "08:00-09:00; 10:00-11:00", MARCH, 1, "Mo 10:00-11:00" },
  { "Mo 08:00-09:00; 10:00-11:00", MARCH, 1, "Mo 08:00-09:00, Mo 10:00-11:00" },
  { "off", MARCH, 7, "" },
  { "Mo 09:00-12:00 || \"ring the bell\"", MARCH, 2, "?Mo 00:00-09:00, Mo 09:00-12:00, ?Mo 12:00-48:00" },
  { "Mo 09:00-12:00 || Mo-Tu 10:00-15:00", MARCH, 7, "Mo 09:00-15:00, Tu 10:00-15:00" },
  { "PH off; Mo 09:00-12:00", MARCH, 7, "Mo 09:00-12:00" },
  { "PH 09:00-12:00", NEW_YEAR, 7, "" },
  { "SH Mo-Fr 09:00-12:00", MARCH, 7, "" },
  { "Mo,PH 09:00-12:00; PH,Sa off", MARCH, 7, "Mo 09:00-12:00" },
  { "Mo-Fr 09:00-10:00; PH,Mar 2,Mar 4 off", MARCH, 4, "Mo 09:00-10:00, We 09:00-10:00" },
  { NULL, NULL, 0, NULL },
};

static const Case unknown_cases[] = {
  { "unknown", MARCH, 1, "?Mo 00:00-24:00" },
  { "\"ask inside\"", MARCH, 1, "?Mo 00:00-24:00" },
  { "Mo 09:00-10:00 \"ask inside\"", MARCH, 1, "?Mo 09:00-10:00" },
  { "Mo 09:00-10:00 open \"side door\"", MARCH, 1, "Mo 09:00-10:00" },
  { "Mo 09:00-10:00 off \"never\"", MARCH, 1, "" },
  { "„nur Küche“ Mo 09:00-10:00", MARCH, 1, "?Mo 09:00-10:00" },
  { "Mo-Tu 09:00-10:00; Tu by appointment", MARCH, 2, "Mo 09:00-10:00, ?Tu 00:00-24:00" },
  { NULL, NULL, 0, NULL },
};

static const Case night_cases[] = {
  { "Fr 18:00-02:00", MARCH, 7, "Fr 18:00-26:00" },
  { "Fr 22:00-26:00", MARCH, 7, "Fr 22:00-26:00" },
  { "Su 18:00-02:00", MARCH, 7, "Mo 00:00-02:00, Su 18:00-24:00" },
  { "Mo 18:00-18:00", MARCH, 7, "Mo 18:00-42:00" },
  { "Mo 18:00-00:00", MARCH, 7, "Mo 18:00-24:00" },
  /* The night belongs to the evening it began on, whatever the next day does. */
  { "Mo 20:00-02:00; Tu 12:00-14:00", MARCH, 7, "Mo 20:00-26:00, Tu 12:00-14:00" },
  { "Mo-We 20:00-02:00; Tu 12:00-14:00", MARCH, 4, "Mo 20:00-26:00, Tu 12:00-14:00, We 20:00-26:00" },
  { "Mo 20:00-02:00; Tu off", MARCH, 7, "Mo 20:00-24:00" },
  { "Tu off; Mo 20:00-02:00", MARCH, 7, "Mo 20:00-26:00" },
  { NULL, NULL, 0, NULL },
};

static const Case open_end_cases[] = {
  { "Mo 10:00+", MARCH, 7, "?Mo 10:00-24:00" },
  { "Mo 17:00+", MARCH, 7, "?Mo 17:00-27:00" },
  { "Mo 22:00+", MARCH, 7, "?Mo 22:00-30:00" },
  { "Mo 19:00-22:00+", MARCH, 7, "Mo 19:00-22:00, ?Mo 22:00-30:00" },
  { "Mo 12:00+,14:00-15:00", MARCH, 7, "?Mo 12:00-14:00, Mo 14:00-15:00, ?Mo 15:00-24:00" },
  { "Mo 18:00+; Tu 12:00-14:00", MARCH, 7, "?Mo 18:00-24:00, Tu 12:00-14:00" },
  { "Mo 08:00-20:00; Mo 17:00+ off", MARCH, 7, "Mo 08:00-17:00" },
  { NULL, NULL, 0, NULL },
};

static const Case season_cases[] = {
  { "Mar 09:00-10:00", "2027-03-31", 2, "We 09:00-10:00" },
  { "Nov-Mar: 09:00-10:00", "2027-03-31", 2, "We 09:00-10:00" },
  { "Nov-Mar 09:00-10:00", NEW_YEAR, 1, "Mo 09:00-10:00" },
  { "Jan,Mar-Apr 09:00-10:00", "2027-02-28", 2, "Mo 09:00-10:00" },
  { "Dec 31-Jan 02 09:00-10:00", "2027-12-30", 5, "Fr 09:00-10:00, Sa 09:00-10:00, Su 09:00-10:00" },
  { "Dec 28-30 09:00-10:00", NEW_YEAR, 7, "Tu 09:00-10:00, We 09:00-10:00, Th 09:00-10:00" },
  { "Dec 28,30,Jan 1 09:00-10:00", NEW_YEAR, 7, "Tu 09:00-10:00, Th 09:00-10:00, Sa 09:00-10:00" },
  { "2027 Dec 31,Jan 01 09:00-10:00", NEW_YEAR, 7, "Fr 09:00-10:00, Sa 09:00-10:00" },
  { "2026 Dec 31 09:00-10:00", NEW_YEAR, 7, "" },
  { "2027 Dec 31-2028 Jan 01 09:00-10:00", NEW_YEAR, 7, "Fr 09:00-10:00, Sa 09:00-10:00" },
  { "2027 Dec 31-2028 Jan 01 09:00-10:00", "2028-12-31", 2, "" },
  { "2027 Nov-Jan Sa 09:00-10:00", NEW_YEAR, 7, "Sa 09:00-10:00" },
  { "2026-2027 We 09:00-10:00", "2027-12-29", 8, "We 09:00-10:00" },
  { "2024-2030/2 09:00-10:00", "2027-12-31", 2, "Sa 09:00-10:00" },
  { "2028+ 09:00-10:00", "2027-12-31", 2, "Sa 09:00-10:00" },
  { "Jan 1 -1 day 09:00-10:00", NEW_YEAR, 7, "Fr 09:00-10:00" },
  { "Feb 29 09:00-10:00", "2027-02-27", 3, "" },
  { "Feb 29 09:00-10:00", "2028-02-28", 3, "Tu 09:00-10:00" },
  { "Jan-May 15 09:00-10:00", "2027-05-15", 2, "Sa 09:00-10:00" },
  { "Feb-Apr 8-20", MARCH, 1, "Mo 08:00-20:00" },
  { "Mar 1-3: 09:00-10:00", MARCH, 7, "Mo 09:00-10:00, Tu 09:00-10:00, We 09:00-10:00" },
  { "Mar 8:00-12:00", MARCH, 1, "Mo 08:00-12:00" },
  { "Mar 8: 08:00-12:00", MARCH, 8, "Mo 08:00-12:00" },
  { NULL, NULL, 0, NULL },
};

static const Case week_cases[] = {
  { "week 9 Mo 09:00-10:00", MARCH, 14, "Mo 09:00-10:00" },
  { "week 1-53/2 Tu 09:00-10:00", MARCH, 14, "Tu 09:00-10:00" },
  { "week 2-52/2 Tu 09:00-10:00", MARCH, 7, "" },
  { "week 8,10: Tu 09:00-10:00", MARCH, 14, "Tu 09:00-10:00" },
  { "week 52-2 Su 09:00-10:00", NEW_YEAR, 14, "Su 09:00-10:00, Su 09:00-10:00" },
  /* 1 January 2028 lies in the last week of 2027, 1 January 2027 in the 53rd of 2026. */
  { "week 52 Sa 09:00-10:00", NEW_YEAR, 14, "Sa 09:00-10:00" },
  { "week 53 09:00-10:00", "2027-01-03", 2, "Su 09:00-10:00" },
  { NULL, NULL, 0, NULL },
};

static const Case easter_cases[] = {
  { "easter 09:00-10:00", HOLY_WEEK, 14, "Su 09:00-10:00" },
  { "easter -2 days 09:00-10:00", HOLY_WEEK, 14, "Fr 09:00-10:00" },
  { "easter +1 day 09:00-10:00", "2028-04-17", 1, "Mo 09:00-10:00" },
  { "easter -1 day-easter +1 day 09:00-10:00", HOLY_WEEK, 14, "Sa 09:00-10:00, Su 09:00-10:00, Mo 09:00-10:00" },
  { "easter-Mar 29: 09:00-10:00", HOLY_WEEK, 14, "Su 09:00-10:00, Mo 09:00-10:00" },
  { "Oct 1-easter: 09:00-10:00", "2027-03-27", 7, "Sa 09:00-10:00, Su 09:00-10:00" },
  { "09:00-10:00; Mar 26,easter off", "2027-03-26", 3, "Sa 09:00-10:00" },
  { NULL, NULL, 0, NULL },
};

static const Case sun_cases[] = {
  { "sunrise-sunset", MARCH, 1, "Mo 06:00-18:00" },
  { "dawn-dusk", MARCH, 1, "Mo 05:30-18:30" },
  { "(sunrise+01:00)-(sunset-00:30)", MARCH, 1, "Mo 07:00-17:30" },
  { "Mo 10:00-sunset", MARCH, 7, "Mo 10:00-18:00" },
  { "Mo sunset-sunrise", MARCH, 7, "Mo 18:00-30:00" },
  { "Mo (dawn-08:00)-10:00", MARCH, 7, "Mo 00:00-10:00" },
  { NULL, NULL, 0, NULL },
};

static const Case untidy_cases[] = {
  { "mo-WE 9:00 - 10:00;", MARCH, 7, "Mo 09:00-10:00, Tu 09:00-10:00, We 09:00-10:00" },
  { "Mon.-Tues: 9.00–10.00", MARCH, 7, "Mo 09:00-10:00, Tu 09:00-10:00" },
  { "Monday to Tuesday 9am-1:30 p.m.", MARCH, 7, "Mo 09:00-13:30, Tu 09:00-13:30" },
  { "Mo 12am-12pm", MARCH, 7, "Mo 00:00-12:00" },
  { "Mo 08:00-10:00 12:00-13:00", MARCH, 7, "Mo 08:00-10:00, Mo 12:00-13:00" },
  { "Mo 8-20", MARCH, 7, "Mo 08:00-20:00" },
  { "Mo 8-12 and 14-16 h", MARCH, 7, "Mo 08:00-12:00, Mo 14:00-16:00" },
  { "Mo 8h30-18h", MARCH, 7, "Mo 08:30-18:00" },
  { "Mo We 8-20", MARCH, 7, "Mo 08:00-20:00, We 08:00-20:00" },
  { "8-20 Mo,We", MARCH, 7, "Mo 08:00-20:00, We 08:00-20:00" },
  { "Mo 08:00-20:00 Tu 10:00-12:00", MARCH, 7, "Mo 08:00-20:00, Tu 10:00-12:00" },
  { "closed Tu; Mo-Tu 8-9; closed: Mo", MARCH, 7, "Tu 08:00-09:00" },
  { "Mo08:00-09:00;;Tu\u00a008：00〜09：00", MARCH, 7, "Mo 08:00-09:00, Tu 08:00-09:00" },
  { "weekdays 8-9; Mar1,Mar 2,Mar 3 off", MARCH, 7, "Th 08:00-09:00, Fr 08:00-09:00" },
  { "Sonntag 8-9", MARCH, 7, "Su 08:00-09:00" },
  { "土、日曜日 8-9", MARCH, 7, "Sa 08:00-09:00, Su 08:00-09:00" },
  { "Dez 27-28 8-9", NEW_YEAR, 7, "Mo 08:00-09:00, Tu 08:00-09:00" },
  { NULL, NULL, 0, NULL },
};

/* What opening_hours.js does not know, but the specification does. */
static const Case specification_cases[] = {
  { "Th[1] -1 day 09:00-10:00", MARCH, 7, "We 09:00-10:00" },
  { "Mo[1] -1 day 09:00-10:00", "2027-02-22", 7, "Su 09:00-10:00" },
  { "Mar 1 +Su 09:00-10:00", MARCH, 14, "Su 09:00-10:00" },
  { "Mar 1 +Mo 09:00-10:00", MARCH, 14, "Mo 09:00-10:00" },
  { "Mar 1 +Mo 09:00-10:00", MARCH, 7, "" },
  { "Mar 8 -Mo 09:00-10:00", MARCH, 14, "Mo 09:00-10:00" },
  { "Mar 8 -Mo 09:00-10:00", "2027-03-08", 7, "" },
  { "Dec 25 -Su -21 days 09:00-10:00", "2027-11-22", 14, "Su 09:00-10:00" },
  { "Mar 1+ 09:00-10:00", "2027-02-28", 2, "Mo 09:00-10:00" },
  { "Mar 1+ 09:00-10:00", "2027-12-31", 2, "Fr 09:00-10:00" },
  { "2027 Mar 1+ 09:00-10:00", "2028-01-01", 1, "Sa 09:00-10:00" },
  { "2027 Mar 1+ 09:00-10:00", "2026-12-31", 1, "" },
  { "Mar 2-31/3 09:00-10:00", MARCH, 7, "Tu 09:00-10:00, Fr 09:00-10:00" },
  { "Feb 28-Mar 31/2 09:00-10:00", MARCH, 3, "Tu 09:00-10:00" },
  { "Dec 30-Jan 5/2 09:00-10:00", "2027-12-30", 5, "Th 09:00-10:00, Sa 09:00-10:00, Mo 09:00-10:00" },
  { "2025/2 09:00-10:00", MARCH, 1, "Mo 09:00-10:00" },
  { "2026/2 09:00-10:00", MARCH, 1, "" },
  { "Mar Mo[1] +1 day-Mar Th[1] 09:00-10:00", MARCH, 7, "Tu 09:00-10:00, We 09:00-10:00, Th 09:00-10:00" },
  { "08:00-09:00, 24/7; Mo off", MARCH, 2, "Tu 00:00-24:00" },
  { NULL, NULL, 0, NULL },
};

static const Case language_cases[] = {
  { "lundi à mardi 9h-12h", MARCH, 7, "Mo 09:00-12:00, Tu 09:00-12:00" },
  { "Mi, Do von 9 bis 12 Uhr", MARCH, 7, "We 09:00-12:00, Th 09:00-12:00" },
  { "пн-вт 09:00-12:00", MARCH, 7, "Mo 09:00-12:00, Tu 09:00-12:00" },
  { "周六 09:00-12:00", MARCH, 7, "Sa 09:00-12:00" },
  { "월요일 09:00-12:00", MARCH, 7, "Mo 09:00-12:00" },
  { "every day 10:00-late; Public Holidays off", MARCH, 1, "?Mo 10:00-24:00" },
  { "Mo 09:00-12:00 hrs. Tu nach Vereinbarung", MARCH, 7, "Mo 09:00-12:00, ?Tu 00:00-24:00" },
  { "24x7", MARCH, 1, "Mo 00:00-24:00" },
  { "all day", MARCH, 1, "Mo 00:00-24:00" },
  { NULL, NULL, 0, NULL },
};

static void
check_at_place (const Case             *cases,
                const TripOpeningPlace *place,
                TripOpeningHoursFlags   flags)
{
  for (const Case *c = cases; c->text != NULL; c++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TripOpeningHours) hours = trip_opening_hours_parse_for_place (c->text, place, flags, &error);
      g_autofree char *described = NULL;

      g_assert_no_error (error);
      described = describe (hours, c->start, c->n_days);
      if (strcmp (described, c->hours) != 0)
        g_test_message ("\"%s\" from %s", c->text, c->start);
      g_assert_cmpstr (described, ==, c->hours);
    }
}

static void
test_public_holidays (void)
{
  /* Good Friday of 2027 is 26 March, Easter Monday the 29th. */
  static const Case cases[] = {
    { "Mo-Su 09:00-10:00; PH off", "2027-03-25", 5, "Th 09:00-10:00, Sa 09:00-10:00, Su 09:00-10:00" },
    { "PH 09:00-10:00", HOLY_WEEK, 14, "Fr 09:00-10:00, Mo 09:00-10:00" },
    { "PH Mo 09:00-10:00", HOLY_WEEK, 14, "Mo 09:00-10:00" },
    { "Mo PH 09:00-10:00", HOLY_WEEK, 14, "Mo 09:00-10:00" },
    { "We,PH 09:00-10:00", HOLY_WEEK, 7, "We 09:00-10:00, Fr 09:00-10:00" },
    { "PH -1 day 09:00-10:00", HOLY_WEEK, 7, "Th 09:00-10:00, Su 09:00-10:00" },
    { "PH +1 day 09:00-10:00", HOLY_WEEK, 7, "Sa 09:00-10:00" },
    { "PH -1 day 09:00-10:00", "2027-12-30", 3, "Fr 09:00-10:00" },
    { "09:00-10:00; PH,Mar 24 off", "2027-03-24", 4, "Th 09:00-10:00, Sa 09:00-10:00" },
    { "09:00-10:00; Mar 24,PH off", "2027-03-24", 4, "Th 09:00-10:00, Sa 09:00-10:00" },
    { "09:00-10:00; PH,SH,Mar 24 off", "2027-03-24", 4, "Th 09:00-10:00, Sa 09:00-10:00" },
    { "SH 09:00-10:00; PH off", HOLY_WEEK, 14, "" },
    /* "off" is about a day, not about a night: so do all who read the format. */
    { "Fr 22:00-02:00; PH off", HOLY_WEEK, 7, "Sa 00:00-02:00" },
    { "Th 22:00-02:00; PH off", HOLY_WEEK, 7, "Th 22:00-24:00" },
    { NULL, NULL, 0, NULL },
  };
  static const Case unknown[] = {
    { "We,PH 09:00-10:00; PH off", HOLY_WEEK, 7, "We 09:00-10:00" },
    { NULL, NULL, 0, NULL },
  };
  const TripOpeningPlace germany = { .country = "DE" };
  const TripOpeningPlace nowhere = { .country = "XX" };

  check_at_place (cases, &germany, TRIP_OPENING_HOURS_DEFAULT);
  check_at_place (unknown, &nowhere, TRIP_OPENING_HOURS_DEFAULT);
  check_at_place (unknown, NULL, TRIP_OPENING_HOURS_DEFAULT);
}

static void
test_sun_of_a_place (void)
{
  /* Clocks go forward on 28 March. */
  static const Case lisbon[] = {
    { "sunrise-sunset", MARCH, 1, "Mo 07:10-18:29" },
    { "(sunrise+01:00)-(sunset-00:30)", MARCH, 1, "Mo 08:10-17:59" },
    { "10:00-sunset", "2027-03-28", 1, "Su 10:00-19:55" },
    { "Mo sunset-02:00", MARCH, 2, "Mo 18:29-26:00" },
    { "Mo sunset-sunrise", MARCH, 2, "Mo 18:29-31:09" },
    { NULL, NULL, 0, NULL },
  };
  static const Case polar[] = {
    { "sunrise-sunset", "2027-12-21", 2, "" },
    { "sunrise-sunset", "2027-06-21", 1, "Mo 00:00-24:00" },
    { NULL, NULL, 0, NULL },
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Lisbon");
  TripOpeningPlace place = { .located = TRUE, .latitude = 38.7223, .longitude = -9.1393, .zone = zone };

  check_at_place (lisbon, &place, TRIP_OPENING_HOURS_DEFAULT);
  /* The clocks of a country are known without being told. */
  place.zone = NULL;
  place.country = "PT";
  check_at_place (lisbon, &place, TRIP_OPENING_HOURS_DEFAULT);
  /* Svalbard */
  place = (TripOpeningPlace) { .country = "NO", .located = TRUE, .latitude = 78.22, .longitude = 15.65 };
  check_at_place (polar, &place, TRIP_OPENING_HOURS_DEFAULT);
}

static void
test_points (void)
{
  static const Case cases[] = {
    { "Mo 10:00", MARCH, 7, "Mo 10:00-10:01" },
    { "Mo 10:00,12:30", MARCH, 7, "Mo 10:00-10:01, Mo 12:30-12:31" },
    { "Mo 10:00-16:00/01:30", MARCH, 7,
      "Mo 10:00-10:01, Mo 11:30-11:31, Mo 13:00-13:01, Mo 14:30-14:31, Mo 16:00-16:01" },
    { "Mo 10:00-11:00/30", MARCH, 7, "Mo 10:00-10:01, Mo 10:30-10:31, Mo 11:00-11:01" },
    { "Mo 23:30-00:30/60", MARCH, 7, "Mo 23:30-23:31, Tu 00:30-00:31" },
    { "Mo 10:00-12:00", MARCH, 7, "Mo 10:00-12:00" },
    { NULL, NULL, 0, NULL },
  };

  check_at_place (cases, NULL, TRIP_OPENING_HOURS_POINTS);
}

static void
test_comments (void)
{
  static const struct {
    const char *text;
    gint minute;
    TripOpeningState state;
    const char *comment;
  } cases[] = {
    { "Mo 09:00-10:00 \"ring twice\"", 9 * 60, TRIP_OPENING_UNKNOWN, "ring twice" },
    { "Mo 09:00-10:00 \"ring twice\"", 10 * 60, TRIP_OPENING_CLOSED, NULL },
    { "Mo 09:00-10:00 open \"side door\"", 9 * 60, TRIP_OPENING_OPEN, "side door" },
    { "Mo off \"moved\"", 9 * 60, TRIP_OPENING_CLOSED, "moved" },
    { "“Sommer” Mo 09:00-10:00 open „hinten“", 9 * 60, TRIP_OPENING_OPEN, "Sommer, hinten" },
    { "Mo 09:00-12:00; Mo 10:00-11:00 off \"tea\"", 10 * 60, TRIP_OPENING_CLOSED, "tea" },
    { "Mo 09:00-12:00 || by appointment", 13 * 60, TRIP_OPENING_UNKNOWN, "by appointment" },
    { "Mo 09:00-12:00 \"\"", 9 * 60, TRIP_OPENING_UNKNOWN, NULL },
    { "Su 22:00-02:00 open \"late\"", 60, TRIP_OPENING_OPEN, "late" },
  };
  GDate date;

  set_date (&date, MARCH);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripOpeningHours) hours = parse (cases[i].text);
      const char *comment = "unset";

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (trip_opening_hours_state_with_comment (hours, &date, cases[i].minute, &comment), ==, cases[i].state);
      g_assert_cmpstr (comment, ==, cases[i].comment);
    }
}

static void
test_next_change (void)
{
  g_autoptr(TripOpeningHours) hours = parse ("Mo 09:00-17:00; Fr 20:00-02:00; Su \"ask\"");
  g_autoptr(TripOpeningHours) always = parse ("24/7");
  g_autoptr(TripOpeningHours) far = parse ("2030 Jan 1 10:00-12:00");
  TripOpeningState state;
  gint minute = -1;
  GDate date;

  set_date (&date, MARCH);
  g_assert_true (trip_opening_hours_next_change (hours, &date, 0, &minute, &state));
  g_assert_cmpint (minute, ==, 9 * 60);
  g_assert_cmpint (state, ==, TRIP_OPENING_OPEN);
  g_assert_true (trip_opening_hours_next_change (hours, &date, minute, &minute, &state));
  g_assert_cmpint (minute, ==, 17 * 60);
  g_assert_cmpint (state, ==, TRIP_OPENING_CLOSED);
  g_assert_true (trip_opening_hours_next_change (hours, &date, minute, &minute, NULL));
  g_assert_cmpint (minute, ==, 4 * 1440 + 20 * 60);
  g_assert_true (trip_opening_hours_next_change (hours, &date, minute, &minute, &state));
  g_assert_cmpint (minute, ==, 5 * 1440 + 2 * 60);
  g_assert_true (trip_opening_hours_next_change (hours, &date, minute, &minute, &state));
  g_assert_cmpint (minute, ==, 6 * 1440);
  g_assert_cmpint (state, ==, TRIP_OPENING_UNKNOWN);
  g_assert_true (trip_opening_hours_next_change (hours, &date, -60, &minute, &state));
  g_assert_cmpint (minute, ==, 0);
  g_assert_cmpint (state, ==, TRIP_OPENING_CLOSED);

  g_assert_false (trip_opening_hours_next_change (always, &date, 0, &minute, &state));
  g_assert_true (trip_opening_hours_next_change (far, &date, 0, &minute, &state));
  g_assert_cmpint (minute, ==, 1037 * 1440 + 600);
  g_assert_false (trip_opening_hours_next_change (far, &date, minute + 120, &minute, &state));
  g_assert_false (trip_opening_hours_next_change (far, &date, G_MAXINT, &minute, &state));
  g_assert_false (trip_opening_hours_next_change (far, &date, G_MININT, &minute, &state));
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    guint position;
  } cases[] = {
    { "", 1 }, { ";", 2 }, { "  ", 3 },
    { "Mo 08:00", 9 },
    { "Mo 8", 5 },
    { "Mo 08:00-", 10 },
    { "Mo 08:00-21", 10 },
    { "Mo 8-5pm", 6 },
    { "Mo 08:00-1800", 10 },
    { "Mo 08:60-10:00", 7 },
    { "Mo 25:00-26:00", 4 },
    { "Mo 10:00-49:00", 10 },
    { "Mo 10:00-48:01", 13 },
    { "Mo 15am-16pm", 6 },
    { "Mo-8:00-10:00", 4 },
    { "Mo, 08:00-10:00", 3 },
    { "Mar, Mo 08:00-10:00", 4 },
    { "Mo 08:00-10:00, Tu, 11:00-12:00", 19 },
    { "Mo 08:00-10:00 Tu", 18 },
    { "Mo 08:00-10:00 12:00", 21 },
    { "Mo 08:00-10:00 + 14:00-16:00", 18 },
    { "Lu-Di 10:00-18:00", 4 },
    { "Mo open off", 9 },
    { "Mo[6] 08:00-10:00", 4 },
    { "Mo[1 08:00-10:00", 6 },
    { "Mo-Fr[1] 08:00-10:00", 6 },
    { "week 54 08:00-10:00", 6 },
    { "week Mo 08:00-10:00", 6 },
    { "Mar 20-10 08:00-10:00", 8 },
    { "2027", 5 },
    { "(sunrise)-(sunset)", 9 },
    { "Ma 08:00-10:00", 1 },
    { "Mo 08:00-10:00 \"no end", 16 },
    { "Mo 08:00-10:00 | Tu 08:00-10:00", 16 },
    { "+49 30 1234567", 8 },
    { "Küche auf Anfrage", 1 },
    { "Mo 08:00-10:00\xff", 15 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *where = g_strdup_printf ("at character %u: ", cases[i].position);

      g_assert_null (trip_opening_hours_parse (cases[i].text, &error));
      g_assert_error (error, TRIP_OPENING_HOURS_ERROR, TRIP_OPENING_HOURS_ERROR_SYNTAX);
      g_assert_cmpuint (trip_opening_hours_error_get_position (error), ==, cases[i].position);
      if (!g_str_has_prefix (error->message, where))
        g_test_message ("\"%s\": %s, not %s", cases[i].text, error->message, where);
      g_assert_true (g_str_has_prefix (error->message, where));
    }
}

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static void
test_limits (void)
{
  static const struct {
    const char *text;
    guint n;
    gboolean accepted;
    gboolean too_long;
  } cases[] = {
    { "Mo 8-9;", 128, TRUE },
    { "Mo 8-9;", 129, FALSE, TRUE },
    { "8-9,", 512, TRUE },
    { "8-9,", 513, FALSE, TRUE },
    { "Mo 8-9;", 1000, FALSE, TRUE },
    { " ", 100000, FALSE, TRUE },
    { "(", 4096, FALSE },
    { "\"", 4095, FALSE },
    { "Mo[", 1000, FALSE },
    { "easter-", 500, FALSE },
    { "PH,", 1000, FALSE, TRUE },
    { "||", 2000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = repeat (cases[i].text, cases[i].n);
      g_autoptr(GError) error = NULL;
      G_GNUC_UNUSED g_autoptr(TripOpeningHours) hours = trip_opening_hours_parse (text, &error);

      g_test_message ("%u times \"%s\"", cases[i].n, cases[i].text);
      if (cases[i].accepted)
        g_assert_no_error (error);
      else
        g_assert_error (error, TRIP_OPENING_HOURS_ERROR,
                        cases[i].too_long ? TRIP_OPENING_HOURS_ERROR_TOO_LONG : TRIP_OPENING_HOURS_ERROR_SYNTAX);
    }
}

/* Going from change to change says the same as the list of intervals. */
static void
check_changes (const TripOpeningHours *hours,
               const char             *start,
               guint                   n_days)
{
  g_autoptr(GArray) intervals = NULL;
  gint end = (gint) n_days * 1440;
  gint minute = 0;
  guint at = 0;
  GDate date;

  set_date (&date, start);
  intervals = trip_opening_hours_intervals (hours, &date, n_days);
  while (minute < end)
    {
      TripOpeningState state = trip_opening_hours_state_at (hours, &date, minute);
      gint next = end;

      if (!trip_opening_hours_next_change (hours, &date, minute, &next, NULL))
        next = end;
      g_assert_cmpint (next, >, minute);
      if (state != TRIP_OPENING_CLOSED)
        {
          const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, at++);

          g_assert_cmpuint (at, <=, intervals->len);
          g_assert_cmpint (interval->from, ==, minute);
          g_assert_cmpint (interval->to, ==, MIN (next, end));
          g_assert_cmpint (interval->state, ==, state);
        }
      minute = next;
    }
  g_assert_cmpuint (at, ==, intervals->len);
}

/* The seed is GLib's, so that `--seed` repeats a failure. */
static void
test_mutations (void)
{
  static const char * const parts[] = {
    "Mo", "-", "Fr", " ", ",", ";", " || ", "08:00-18:00", "8-20", "17:00+", "26:00", "[-1]", "[1,3]", "week ", "2-52/2",
    "easter", " +1 day", "-2 days", "PH", "off", "unknown", "\"x\"", "sunset", "(sunrise-09:00)", "Dec 25", "Feb 29", "Jan",
    "2027", "9999", "24/7", "am", "pm", ":", ".", "/", "(", ")", "\xc3", "月", "–",
  };
  GDate date;
  guint parsed = 0;

  set_date (&date, MARCH);
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(TripOpeningHours) hours = NULL;
      g_autoptr(GError) error = NULL;

      for (gint n = g_test_rand_int_range (1, 12); n > 0; n--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      hours = trip_opening_hours_parse (text->str, &error);
      g_assert_true ((hours == NULL) == (error != NULL));
      if (hours != NULL)
        {
          g_autofree char *described = describe (hours, MARCH, 7);

          g_assert_nonnull (described);
          if (parsed % 50 == 0)
            check_changes (hours, NEW_YEAR, 7);
          parsed++;
        }
    }
  g_assert_cmpuint (parsed, >, 0);
}

/* Asking minute by minute says the same as the list. */
static void
test_state_at (void)
{
  g_autoptr(TripOpeningHours) hours = parse ("Mo 20:00-02:00; Tu 10:00+; We \"ask\"; Su 22:00-03:00");
  g_autoptr(GArray) intervals = NULL;
  GDate date;
  guint at = 0;

  set_date (&date, MARCH);
  intervals = trip_opening_hours_intervals (hours, &date, 7);
  for (gint minute = 0; minute < 7 * 1440; minute += 7)
    {
      const TripOpeningInterval *interval;
      TripOpeningState expected = TRIP_OPENING_CLOSED;

      while (at < intervals->len && g_array_index (intervals, TripOpeningInterval, at).to <= minute)
        at++;
      interval = at < intervals->len ? &g_array_index (intervals, TripOpeningInterval, at) : NULL;
      if (interval != NULL && interval->from <= minute)
        expected = interval->state;
      g_assert_cmpint (trip_opening_hours_state_at (hours, &date, minute), ==, expected);
    }
  g_assert_cmpint (trip_opening_hours_state_at (hours, &date, -60), ==, TRIP_OPENING_OPEN);
  g_assert_cmpint (trip_opening_hours_state_at (hours, &date, -121), ==, TRIP_OPENING_CLOSED);
  g_assert_cmpint (trip_opening_hours_state_at (hours, &date, G_MAXINT), ==, TRIP_OPENING_UNKNOWN);
  g_assert_cmpint (trip_opening_hours_state_at (hours, &date, G_MININT), ==, TRIP_OPENING_UNKNOWN);
}

static void
test_open_during (void)
{
  g_autoptr(TripOpeningHours) hours = parse ("Mo 20:00-02:00; Tu 10:00-12:00,12:00-14:00; We 10:00-12:00+");
  GDate date;

  set_date (&date, MARCH);
  g_assert_true (trip_opening_hours_is_open_during (hours, &date, 20 * 60, 26 * 60));
  g_assert_false (trip_opening_hours_is_open_during (hours, &date, 20 * 60 - 1, 26 * 60));
  g_assert_false (trip_opening_hours_is_open_during (hours, &date, 20 * 60, 26 * 60 + 1));
  g_assert_true (trip_opening_hours_is_open_during (hours, &date, 1440 + 11 * 60, 1440 + 13 * 60));
  g_assert_false (trip_opening_hours_is_open_during (hours, &date, 2880 + 11 * 60, 2880 + 13 * 60));
  g_assert_true (trip_opening_hours_is_open_during (hours, &date, 20 * 60, 20 * 60));
  g_assert_false (trip_opening_hours_is_open_during (hours, &date, 19 * 60, 19 * 60));
  g_assert_false (trip_opening_hours_is_open_during (hours, &date, 0, G_MAXINT));
  g_assert_false (trip_opening_hours_is_open_during (hours, &date, G_MININT, 0));

  g_date_add_days (&date, 1);
  g_assert_true (trip_opening_hours_is_open_during (hours, &date, -4 * 60, 2 * 60));
}

static void
test_calendar_ends (void)
{
  g_autoptr(TripOpeningHours) hours = parse ("Mo 22:00-02:00; easter -366 days,Jan 1 -1 day off; "
                                             "Su[1] -366 days off; 10:00-12:00");
  g_autoptr(TripOpeningHours) always = parse ("24/7");
  g_autoptr(GArray) first = NULL;
  g_autoptr(GArray) last = NULL;
  g_autoptr(GArray) cut = NULL;
  GDate date;

  set_date (&date, "0001-01-01");
  first = trip_opening_hours_intervals (hours, &date, 14);
  g_assert_cmpuint (first->len, >, 0);
  set_date (&date, "65535-12-31");
  last = trip_opening_hours_intervals (hours, &date, 14);
  g_assert_cmpuint (last->len, >, 0);
  cut = trip_opening_hours_intervals (always, &date, G_MAXUINT);
  g_assert_cmpuint (cut->len, ==, 1);
  g_assert_cmpint (g_array_index (cut, TripOpeningInterval, 0).to, ==, TRIP_OPENING_HOURS_MAX_DAYS * 1440);
}

/* Easter and weeks against the calendar GLib keeps. */
static void
test_calendar (void)
{
  static const char * const easters[] = { "2024-03-31", "2025-04-20", "2038-04-25", "2285-03-22" };
  g_autoptr(TripOpeningHours) easter = parse ("easter 10:00-11:00");
  GDate date;

  for (guint i = 0; i < G_N_ELEMENTS (easters); i++)
    {
      set_date (&date, easters[i]);
      g_assert_cmpint (trip_opening_hours_state_at (easter, &date, 600), ==, TRIP_OPENING_OPEN);
    }

  for (guint week = 1; week <= 53; week++)
    {
      g_autofree char *text = g_strdup_printf ("week %u", week);
      g_autoptr(TripOpeningHours) hours = parse (text);

      set_date (&date, "2019-12-20");
      for (guint i = 0; i < 800; i++)
        {
          g_assert_true ((g_date_get_iso8601_week_of_year (&date) == week) ==
                         (trip_opening_hours_state_at (hours, &date, 0) == TRIP_OPENING_OPEN));
          g_date_add_days (&date, 1);
        }
    }
}

static void
test_boxed (void)
{
  g_auto(GValue) value = G_VALUE_INIT;
  TripOpeningHours *hours = parse ("24/7");

  g_value_init (&value, TRIP_TYPE_OPENING_HOURS);
  g_value_set_boxed (&value, hours);
  g_assert_true (g_value_get_boxed (&value) == hours);
  trip_opening_hours_unref (hours);
}

int
main (int argc, char **argv)
{
  /* Nothing here touches a file, and GLib 2.74 leaks the directories it isolates, which fails sanitized runs. */
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What opening hours mean, and that no text does harm");

  g_test_add_data_func ("/opening-hours/week-days", weekday_cases, check_cases);
  g_test_add_data_func ("/opening-hours/nth-week-days", nth_cases, check_cases);
  g_test_add_data_func ("/opening-hours/rules", rule_cases, check_cases);
  g_test_add_data_func ("/opening-hours/unknown", unknown_cases, check_cases);
  g_test_add_data_func ("/opening-hours/nights", night_cases, check_cases);
  g_test_add_data_func ("/opening-hours/open-end", open_end_cases, check_cases);
  g_test_add_data_func ("/opening-hours/seasons", season_cases, check_cases);
  g_test_add_data_func ("/opening-hours/weeks", week_cases, check_cases);
  g_test_add_data_func ("/opening-hours/easter", easter_cases, check_cases);
  g_test_add_data_func ("/opening-hours/sun", sun_cases, check_cases);
  g_test_add_data_func ("/opening-hours/untidy", untidy_cases, check_cases);
  g_test_add_data_func ("/opening-hours/specification", specification_cases, check_cases);
  g_test_add_data_func ("/opening-hours/languages", language_cases, check_cases);
  g_test_add_func ("/opening-hours/public-holidays", test_public_holidays);
  g_test_add_func ("/opening-hours/sun-of-a-place", test_sun_of_a_place);
  g_test_add_func ("/opening-hours/points", test_points);
  g_test_add_func ("/opening-hours/comments", test_comments);
  g_test_add_func ("/opening-hours/next-change", test_next_change);
  g_test_add_func ("/opening-hours/refused", test_refused);
  g_test_add_func ("/opening-hours/limits", test_limits);
  g_test_add_func ("/opening-hours/mutations", test_mutations);
  g_test_add_func ("/opening-hours/state-at", test_state_at);
  g_test_add_func ("/opening-hours/open-during", test_open_during);
  g_test_add_func ("/opening-hours/calendar-ends", test_calendar_ends);
  g_test_add_func ("/opening-hours/calendar", test_calendar);
  g_test_add_func ("/opening-hours/boxed", test_boxed);
  return g_test_run ();
}
