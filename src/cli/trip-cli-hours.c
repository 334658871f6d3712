/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * `tripctl hours`: tells a person what opening hours mean.
 */
#include "cli/trip-cli-hours.h"

#include "hours/trip-holidays.h"
#include "trip/model/trip-clock.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)

typedef struct {
  gboolean batch;
  gboolean next;
  gboolean points;
  gint days;
  char *at;
  char *country;
  char *latitude;
  char *longitude;
  char *zone;
} Options;

static gboolean
usage (const char *message)
{
  fprintf (stderr, "tripctl: %s\n", message);
  return FALSE;
}

static gboolean
read_degrees (const char *text,
              gdouble     limit,
              gdouble    *degrees)
{
  char *end;

  *degrees = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *degrees >= -limit && *degrees <= limit;
}

static gboolean
read_place (const Options    *options,
            TripOpeningPlace *place)
{
  if (options->country != NULL)
    {
      place->country = options->country;
      if (trip_holiday_country_find (options->country) == NULL)
        {
          g_auto(GStrv) countries = trip_holiday_countries ();
          g_autofree char *list = g_strjoinv (" ", countries);

          fprintf (stderr, _("tripctl: the public holidays of “%s” are not known; give one of %s\n"), options->country, list);
          return FALSE;
        }
    }
  if ((options->latitude == NULL) != (options->longitude == NULL))
    return usage (_("--lat and --lng go together"));
  if (options->latitude != NULL)
    {
      place->located = TRUE;
      if (!read_degrees (options->latitude, 90.0, &place->latitude))
        return usage (_("--lat must be a number from -90 to 90"));
      if (!read_degrees (options->longitude, 180.0, &place->longitude))
        return usage (_("--lng must be a number from -180 to 180"));
    }
  if (options->zone != NULL)
    {
      place->zone = g_time_zone_new_identifier (options->zone);
      if (place->zone == NULL)
        return usage (_("--zone must be a time zone like Europe/Lisbon"));
    }
  return TRUE;
}

/* The clock there, or here where nothing is known of the place. */
static gboolean
read_at (const Options          *options,
         const TripOpeningPlace *place,
         GDate                  *day,
         gint                   *minute)
{
  g_autoptr(GDateTime) now = NULL;

  if (options->at != NULL)
    {
      *minute = 0;
      if (trip_date_parse_iso (options->at, day) || trip_clock_parse_iso (options->at, day, minute))
        return TRUE;
      return usage (_("--at must be a time like 2027-04-10T09:30"));
    }
  now = place->zone != NULL ? g_date_time_new_now (place->zone) : g_date_time_new_now_local ();
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  *minute = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
  return TRUE;
}

/* "Mon 2027-03-01", @days after @day */
static char *
format_day (const GDate *day,
            gint         days)
{
  char weekday[32] = "";
  g_autofree char *iso = NULL;
  GDate date = *day;

  if (days >= 0)
    g_date_add_days (&date, (guint) days);
  g_date_strftime (weekday, sizeof weekday, "%a", &date);
  iso = trip_date_format_iso (&date);
  return g_strdup_printf ("%s %s", weekday, iso);
}

static void
print_comment (const char *comment)
{
  if (comment != NULL)
    printf (" (%s)", comment);
}

static void
print_next (const TripOpeningHours *hours,
            const GDate            *day,
            gint                    minute)
{
  TripOpeningState state;
  g_autofree char *date = NULL;
  gint at, days;
  const char *format;

  if (!trip_opening_hours_next_change (hours, day, minute, &at, &state))
    {
      printf ("%s\n", _("That does not change in the next ten years."));
      return;
    }
  days = at / DAY_MINUTES;
  at %= DAY_MINUTES;
  if (days == 0)
    {
      format = state == TRIP_OPENING_OPEN     ? _("Opens at %02d:%02d.\n")
               : state == TRIP_OPENING_CLOSED ? _("Closes at %02d:%02d.\n")
                                              : _("May be open or closed from %02d:%02d.\n");
      printf (format, at / 60, at % 60);
      return;
    }
  date = format_day (day, days);
  format = state == TRIP_OPENING_OPEN     ? _("Opens on %s at %02d:%02d.\n")
           : state == TRIP_OPENING_CLOSED ? _("Closes on %s at %02d:%02d.\n")
                                          : _("May be open or closed from %s, %02d:%02d.\n");
  printf (format, date, at / 60, at % 60);
}

static void
print_state (const TripOpeningHours *hours,
             const GDate            *day,
             gint                    minute,
             const char             *holiday)
{
  static const char * const formats[] = {
    [TRIP_OPENING_CLOSED] = N_("Closed on %s at %02d:%02d"),
    [TRIP_OPENING_OPEN] = N_("Open on %s at %02d:%02d"),
    [TRIP_OPENING_UNKNOWN] = N_("Nobody knows whether it is open on %s at %02d:%02d"),
  };
  g_autofree char *date = format_day (day, 0);
  const char *comment;
  TripOpeningState state = trip_opening_hours_state_with_comment (hours, day, minute, &comment);

  printf (_(formats[state]), date, minute / 60, minute % 60);
  print_comment (comment);
  if (holiday != NULL)
    printf (", %s", holiday);
  printf (".\n");
}

static void
print_days (const TripOpeningHours *hours,
            const GDate            *start,
            guint                   n_days,
            const char             *country)
{
  g_autoptr(GArray) intervals = trip_opening_hours_intervals (hours, start, n_days);
  guint next = 0;

  for (guint d = 0; d < n_days; d++)
    {
      gint midnight = (gint) d * DAY_MINUTES;
      g_autofree char *name = format_day (start, (gint) d);
      const char *separator = "  ";
      const char *holiday;
      GDate date = *start;

      g_date_add_days (&date, d);
      printf ("%s", name);
      while (next < intervals->len && g_array_index (intervals, TripOpeningInterval, next).to <= midnight)
        next++;
      for (guint i = next; i < intervals->len; i++)
        {
          const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);
          gint from = MAX (interval->from - midnight, 0);
          gint to = MIN (interval->to - midnight, DAY_MINUTES);

          if (from >= DAY_MINUTES)
            break;
          printf ("%s%02d:%02d-%02d:%02d%s", separator, from / 60, from % 60, to / 60, to % 60,
                  interval->state == TRIP_OPENING_UNKNOWN ? "?" : "");
          separator = ", ";
        }
      if (strcmp (separator, "  ") == 0)
        printf ("  %s", _("closed"));
      holiday = trip_holidays_name (country, &date);
      if (holiday != NULL)
        printf ("  %s", holiday);
      printf ("\n");
    }
}

/* Shows the place of the mistake below the text. */
static void
print_mistake (const char   *text,
               const GError *error)
{
  guint position = trip_opening_hours_error_get_position (error);
  g_autoptr(GString) blanks = g_string_new (NULL);

  fprintf (stderr, "tripctl: %s\n", error->message);
  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > 200)
    return;
  for (const char *c = text; *c != '\0' && position > 1; c = g_utf8_next_char (c), position--)
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character))
        return;
      if (!g_unichar_iszerowidth (character))
        g_string_append (blanks, g_unichar_iswide (character) ? "  " : " ");
    }
  fprintf (stderr, "  %s\n  %s^\n", text, blanks->str);
}

static TripCliStatus
answer (const char             *text,
        const Options          *options,
        const TripOpeningPlace *place,
        TripOpeningHoursFlags   flags)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TripOpeningHours) hours = trip_opening_hours_parse_for_place (text, place, flags, &error);
  GDate day;
  gint minute;

  if (hours == NULL)
    {
      print_mistake (text, error);
      return TRIP_CLI_USAGE;
    }
  if (!read_at (options, place, &day, &minute))
    return TRIP_CLI_USAGE;
  if (!options->next)
    print_state (hours, &day, minute, trip_holidays_name (place->country, &day));
  print_next (hours, &day, minute);
  if (options->days > 0)
    print_days (hours, &day, (guint) options->days, place->country);
  return TRIP_CLI_OK;
}

static TripCliStatus
run (int            argc,
     char         **argv,
     const Options *options)
{
  TripOpeningPlace place = { .country = NULL };
  TripOpeningHoursFlags flags = options->points ? TRIP_OPENING_HOURS_POINTS : TRIP_OPENING_HOURS_DEFAULT;
  TripCliStatus status = TRIP_CLI_USAGE;

  if (options->days < 0 || options->days > TRIP_OPENING_HOURS_MAX_DAYS)
    {
      fprintf (stderr, _("tripctl: --days must be a number from 1 to %d\n"), TRIP_OPENING_HOURS_MAX_DAYS);
    }
  else if (argc > 2 || (!options->batch && argc < 2))
    {
      usage (options->batch ? _("Give one file at most") : _("Give opening hours in quotation marks, or --batch"));
    }
  else if (read_place (options, &place))
    {
      status = options->batch ? trip_cli_hours_batch (argc > 1 ? argv[1] : NULL, &place, flags)
                              : answer (argv[1], options, &place, flags);
    }
  g_clear_pointer (&place.zone, g_time_zone_unref);
  return status;
}

/**
 * trip_cli_hours:
 * @argc: number of arguments
 * @argv: arguments, the first is `hours`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_hours (int    argc,
                char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "batch", 'b', 0, G_OPTION_ARG_NONE, &options.batch,
      N_("Read {\"oh\",\"start\",\"days\"} a line from FILE or standard input, print {\"open\",\"unknown\"} a line"), NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, N_("The time to tell of, 2027-04-10T09:30; now without"), N_("TIME") },
    { "next", 0, 0, G_OPTION_ARG_NONE, &options.next, N_("Tell only when that changes"), NULL },
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, N_("List the hours of that many days"), N_("N") },
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, N_("Whose public holidays hold, like PT"), N_("CC") },
    { "lat", 0, 0, G_OPTION_ARG_STRING, &options.latitude, N_("Where the sun rises and sets: degrees north"), N_("DEGREES") },
    { "lng", 0, 0, G_OPTION_ARG_STRING, &options.longitude, N_("Degrees east"), N_("DEGREES") },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &options.zone, N_("Time zone of the place, like Europe/Lisbon"), N_("ZONE") },
    { "points", 0, 0, G_OPTION_ARG_NONE, &options.points,
      N_("Also read points in time and periods, as of tours and letter boxes"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("[OPENING-HOURS|FILE]"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, &argc, &argv, &error))
    {
      for (char *c = options.country; c != NULL && *c != '\0'; c++)
        *c = g_ascii_toupper (*c);
      status = run (argc, argv, &options);
    }
  else
    fprintf (stderr, "tripctl: %s\n", error->message);
  g_free (options.at);
  g_free (options.country);
  g_free (options.latitude);
  g_free (options.longitude);
  g_free (options.zone);
  return status;
}
