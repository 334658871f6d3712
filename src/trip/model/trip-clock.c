/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times of day, and lengths of time, as text.
 */
#include "trip/model/trip-clock.h"

#include <string.h>

#define MINUTES_PER_DAY (24 * 60)

static void
append_clock (GString *text,
              gint     minute)
{
  gint of_day = ((minute % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  gint hour = of_day / 60;

  g_string_append_printf (text, "%d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, of_day % 60, hour < 12 ? "AM" : "PM");
}

/**
 * trip_clock_format_time:
 * @minute: minutes after midnight, also beyond the day
 *
 * Returns: (transfer full): the time as trip_clock_format_range() writes it, `9:00 AM`
 */
char *
trip_clock_format_time (gint minute)
{
  GString *text = g_string_sized_new (12);

  append_clock (text, minute);
  return g_string_free (text, FALSE);
}

/**
 * trip_clock_format_range:
 * @start: minutes after midnight
 * @end: minutes after the same midnight
 *
 * Returns: (transfer full): the range as v1 clients expect it, `9:00 AM - 11:30 AM`
 */
char *
trip_clock_format_range (gint start,
                         gint end)
{
  GString *text = g_string_sized_new (24);

  append_clock (text, start);
  g_string_append (text, " - ");
  append_clock (text, end);
  return g_string_free (text, FALSE);
}

static gboolean
read_number (const char **p,
             gint         max,
             gint        *out_value)
{
  gint value = 0;
  guint digits = 0;

  for (; g_ascii_isdigit (**p) && digits < 2; (*p)++, digits++)
    value = value * 10 + (**p - '0');
  *out_value = value;
  return digits > 0 && !g_ascii_isdigit (**p) && value <= max;
}

static gboolean
read_clock (const char **p,
            gint        *out_minute)
{
  gint hour, minute = 0;

  while (g_ascii_isspace (**p))
    (*p)++;
  if (!read_number (p, 24, &hour))
    return FALSE;
  if (**p == ':' || **p == '.')
    {
      (*p)++;
      if (!read_number (p, 59, &minute))
        return FALSE;
    }
  while (g_ascii_isspace (**p))
    (*p)++;
  if ((g_ascii_tolower (**p) == 'a' || g_ascii_tolower (**p) == 'p') && g_ascii_tolower ((*p)[1]) == 'm')
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (g_ascii_tolower (**p) == 'p' ? 12 : 0);
      *p += 2;
    }
  *out_minute = hour * 60 + minute;
  return TRUE;
}

static gboolean
skip_dash (const char **p)
{
  if (g_str_has_prefix (*p, "–") || g_str_has_prefix (*p, "—"))
    *p += strlen ("–");
  else if (**p == '-')
    (*p)++;
  else
    return FALSE;
  return TRUE;
}

/**
 * trip_clock_parse_range:
 * @text: a range like `9:00 AM - 11:30 AM` or `09:00–11:30`
 * @out_start: (out): minutes after midnight
 * @out_end: (out): minutes after the same midnight; over 1440 where the range crosses the next
 *
 * Returns: whether @text is one
 */
gboolean
trip_clock_parse_range (const char *text,
                        gint       *out_start,
                        gint       *out_end)
{
  gint start, end;

  if (!read_clock (&text, &start))
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  if (!skip_dash (&text) || !read_clock (&text, &end))
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  if (*text != '\0')
    return FALSE;

  *out_start = start;
  *out_end = end < start ? end + MINUTES_PER_DAY : end;
  return TRUE;
}

/**
 * trip_clock_format_iso:
 * @day: a valid day
 * @minute: minutes after its midnight, also beyond the day
 *
 * Returns: (transfer full): ISO 8601 local time, `2027-04-10T09:00:00`
 */
char *
trip_clock_format_iso (const GDate *day,
                       gint         minute)
{
  GDate date = *day;

  if (minute >= MINUTES_PER_DAY)
    g_date_add_days (&date, (guint) (minute / MINUTES_PER_DAY));
  minute %= MINUTES_PER_DAY;
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:00", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date), minute / 60, minute % 60);
}

/**
 * trip_date_format_iso:
 * @date: a valid date
 *
 * Returns: (transfer full): `2027-04-10`
 */
char *
trip_date_format_iso (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

static gboolean
read_digits (const char *text,
             guint       n,
             guint      *out_value)
{
  *out_value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *out_value = *out_value * 10 + (guint) (text[i] - '0');
    }
  return TRUE;
}

static gboolean
read_date (const char *text,
           GDate      *out_date)
{
  guint year, month, day;

  if (strlen (text) < 10 || text[4] != '-' || text[7] != '-' ||
      !read_digits (text, 4, &year) || !read_digits (text + 5, 2, &month) || !read_digits (text + 8, 2, &day) ||
      month < 1 || month > 12 || year < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/**
 * trip_date_parse_iso:
 * @text: `2027-04-10`
 * @out_date: (out): the date
 *
 * Returns: whether @text is a date
 */
gboolean
trip_date_parse_iso (const char *text,
                     GDate      *out_date)
{
  return strlen (text) == 10 && read_date (text, out_date);
}

/**
 * trip_clock_parse_iso:
 * @text: ISO 8601 local time, seconds optional: `2027-04-10T09:00`
 * @out_day: (out): the day
 * @out_minute: (out): minutes after its midnight
 *
 * Returns: whether @text is one
 */
gboolean
trip_clock_parse_iso (const char *text,
                      GDate      *out_day,
                      gint       *out_minute)
{
  guint hour, minute, second;

  if (!read_date (text, out_day) || text[10] != 'T' || !read_digits (text + 11, 2, &hour) || text[13] != ':' ||
      !read_digits (text + 14, 2, &minute) || hour > 23 || minute > 59)
    return FALSE;
  text += 16;
  if (*text == ':')
    {
      if (!read_digits (text + 1, 2, &second) || second > 59)
        return FALSE;
      text += 3;
    }
  if (*text != '\0')
    return FALSE;
  *out_minute = (gint) (hour * 60 + minute);
  return TRUE;
}

/* Minutes of a unit by its first letter: the rest is spelling. */
static gdouble
unit_minutes (char letter)
{
  switch (g_ascii_tolower (letter))
    {
    case 'd':
      return MINUTES_PER_DAY;
    case 'h':
      return 60.0;
    case 's':
      return 1.0 / 60.0;
    default:
      return 1.0;
    }
}

/**
 * trip_duration_parse:
 * @text: a length of time in words and numbers: `20 minutes`, `1 hour 25 min`, `2.5 hours`, `1h30`, `1:30`; of a range
 *   like `45-60 minutes` the longer end counts, and a number without a unit is minutes
 *
 * Returns: whole minutes, rounded, at most those of a year; 0 where @text tells none
 */
gint
trip_duration_parse (const char *text)
{
  gdouble sum = 0.0;

  while (*text != '\0')
    {
      char *end;
      gdouble value;

      if (!g_ascii_isdigit (*text))
        {
          text++;
          continue;
        }
      value = (gdouble) g_ascii_strtoull (text, &end, 10);
      if ((*end == '.' || *end == ',') && g_ascii_isdigit (end[1]))
        {
          gdouble scale = 0.1;

          for (end++; g_ascii_isdigit (*end); end++, scale /= 10)
            value += (*end - '0') * scale;
        }
      text = end;
      if (*text == ':' && g_ascii_isdigit (text[1]))
        {
          sum += value * 60.0;
          continue;
        }
      while (g_ascii_isspace (*text))
        text++;
      if (!skip_dash (&text))
        text = end;
      while (text != end && g_ascii_isspace (*text))
        text++;
      if (text != end && g_ascii_isdigit (*text))
        continue;
      text = end;
      while (g_ascii_isspace (*text) || *text == '-')
        text++;
      sum += value * unit_minutes (*text);
    }
  return (gint) (MIN (sum, 366.0 * MINUTES_PER_DAY) + 0.5);
}
