/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Public holidays by the rules of data/hours/holidays.tsv: fixed days, days around Easter, the nth week day of a month, feasts
 * of other calendars by their dates, days in lieu. The file is ours, so a broken line of it is a mistake of the programmer.
 */
#include "hours/trip-holidays.h"

#include "hours/trip-civil-day.h"
#include "trip-hours-resources.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#define HOLIDAYS_RESOURCE "/org/tripd/Trip/hours/holidays.tsv"

typedef enum {
  RULE_FIXED,           /* month, day */
  RULE_NTH,             /* month, nth weekday */
  RULE_ON_OR_AFTER,     /* the first weekday from a day on */
  RULE_ON_OR_BEFORE,    /* the last weekday up to a day */
  RULE_NEAR_MONDAY,     /* a day, or the Monday that makes it a long weekend */
  RULE_EASTER,
  RULE_ORTHODOX,
  RULE_SPRING,          /* equinoxes, as Japan's almanac has them */
  RULE_AUTUMN,
  RULE_FEAST,           /* the dates of a feast */
  RULE_BETWEEN,         /* each working day between two holidays */
} RuleKind;

/* What happens when a holiday falls on a weekend. */
typedef enum {
  LIEU_NONE,
  LIEU_NEAREST,         /* Saturday's on Friday, Sunday's on Monday */
  LIEU_WEEKEND,         /* on the next working day */
  LIEU_SUNDAY,          /* only Sunday's, on the next day that is no holiday */
} Lieu;

typedef struct {
  RuleKind kind;
  Lieu lieu;
  gint month;
  gint day;
  gint weekday;
  gint nth;
  gint offset;
  gint first_year;
  gint last_year;
  GArray *feast;        /* (element-type gint): numbers of days; not owned */
  const char *name;
} HolidayRule;

struct _TripHolidayCountry {
  const char *name;
  char **zones;         /* "zone<longitude", the last one without a limit */
  GArray *rules;        /* HolidayRule */
};

typedef struct {
  GHashTable *feasts;     /* name → GArray of gint */
  GHashTable *countries;  /* code → TripHolidayCountry */
} HolidayTable;

static gint
weekday_named (const char *text)
{
  static const char names[] = "MoTuWeThFrSaSu";

  for (gint i = 0; i < 7; i++)
    {
      if (strncmp (text, names + 2 * i, 2) == 0)
        return i;
    }
  return -1;
}

static gboolean
read_month_day (const char *text,
                gint       *month,
                gint       *day)
{
  if (strlen (text) < 5 || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || text[2] != '-' ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;
  *month = (text[0] - '0') * 10 + text[1] - '0';
  *day = (text[3] - '0') * 10 + text[4] - '0';
  return *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

/* "+39", "-2", or nothing */
static gboolean
read_offset (const char  *text,
             HolidayRule *rule)
{
  if (*text == '\0')
    return TRUE;
  if (*text != '+' && *text != '-')
    return FALSE;
  rule->offset = atoi (text);
  return TRUE;
}

static gboolean
read_when (HolidayTable *table,
           const char   *text,
           HolidayRule  *rule)
{
  static const struct {
    const char *word;
    RuleKind kind;
  } words[] = {
    { "easter", RULE_EASTER },
    { "orthodox", RULE_ORTHODOX },
    { "spring", RULE_SPRING },
    { "autumn", RULE_AUTUMN },
    { "between", RULE_BETWEEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (!g_str_has_prefix (text, words[i].word))
        continue;
      rule->kind = words[i].kind;
      return read_offset (text + strlen (words[i].word), rule);
    }
  if (*text == '@')
    {
      gsize length = strcspn (text + 1, "+");
      g_autofree char *name = g_strndup (text + 1, length);
      char *minus = strrchr (name, '-');

      /* Names of feasts have hyphens of their own, but no digits. */
      if (minus != NULL && g_ascii_isdigit (minus[1]))
        {
          length = (gsize) (minus - name);
          *minus = '\0';
        }
      rule->kind = RULE_FEAST;
      rule->feast = g_hash_table_lookup (table->feasts, name);
      return rule->feast != NULL && read_offset (text + 1 + length, rule);
    }
  if (read_month_day (text, &rule->month, &rule->day))
    {
      rule->kind = RULE_FIXED;
      return read_offset (text + 5, rule);
    }
  if (weekday_named (text) >= 0 && (text[2] == '>' || text[2] == '<') && text[3] == '=')
    {
      rule->kind = text[2] == '>' ? RULE_ON_OR_AFTER : RULE_ON_OR_BEFORE;
      rule->weekday = weekday_named (text);
      return read_month_day (text + 4, &rule->month, &rule->day);
    }
  if (g_str_has_prefix (text, "Mo~"))
    {
      rule->kind = RULE_NEAR_MONDAY;
      return read_month_day (text + 3, &rule->month, &rule->day);
    }
  /* "11-Th[4]" */
  if (strlen (text) >= 8 && text[2] == '-' && text[5] == '[' && weekday_named (text + 3) >= 0)
    {
      char *end;

      rule->kind = RULE_NTH;
      rule->month = (text[0] - '0') * 10 + text[1] - '0';
      rule->weekday = weekday_named (text + 3);
      rule->nth = (gint) strtol (text + 6, &end, 10);
      return rule->month >= 1 && rule->month <= 12 && rule->nth != 0 && *end == ']' && read_offset (end + 1, rule);
    }
  return FALSE;
}

static gboolean
read_lieu (const char *text,
           Lieu       *lieu)
{
  static const char * const words[] = { "-", "nearest", "weekend", "sunday" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (text, words[i]) == 0)
        {
          *lieu = (Lieu) i;
          return TRUE;
        }
    }
  return FALSE;
}

/* "2021-", "-2023", "2022-2025", "2026" */
static gboolean
read_years (const char  *text,
            HolidayRule *rule)
{
  const char *hyphen = strchr (text, '-');

  if (strcmp (text, "-") == 0)
    return TRUE;
  if (hyphen != text)
    rule->first_year = atoi (text);
  if (hyphen == NULL)
    rule->last_year = rule->first_year;
  else if (hyphen[1] != '\0')
    rule->last_year = atoi (hyphen + 1);
  return rule->first_year <= rule->last_year;
}

static gboolean
read_feast (HolidayTable *table,
            char        **fields,
            guint         n_fields)
{
  g_auto(GStrv) dates = NULL;
  GArray *numbers;

  if (n_fields != 3)
    return FALSE;
  numbers = g_array_new (FALSE, FALSE, sizeof (gint));
  g_hash_table_insert (table->feasts, g_strdup (fields[1]), numbers);
  dates = g_strsplit (fields[2], " ", -1);
  for (guint i = 0; dates[i] != NULL; i++)
    {
      gint month, day, number;

      if (strlen (dates[i]) != 10 || dates[i][4] != '-' || !read_month_day (dates[i] + 5, &month, &day))
        return FALSE;
      number = trip_civil_number (atoi (dates[i]), month, day);
      g_array_append_val (numbers, number);
    }
  return TRUE;
}

/* country TAB when TAB in lieu TAB years TAB name */
static gboolean
read_holiday (HolidayTable *table,
              char        **fields,
              guint         n_fields)
{
  HolidayRule rule = { .first_year = 1, .last_year = G_MAXINT };
  TripHolidayCountry *country = g_hash_table_lookup (table->countries, fields[0]);

  if (n_fields != 5 || country == NULL || !read_when (table, fields[1], &rule) || !read_lieu (fields[2], &rule.lieu) ||
      !read_years (fields[3], &rule))
    return FALSE;
  rule.name = g_intern_string (fields[4]);
  g_array_append_val (country->rules, rule);
  return TRUE;
}

static gboolean
read_line (HolidayTable *table,
           const char   *line)
{
  g_auto(GStrv) fields = NULL;
  guint n_fields;

  if (*line == '\0' || *line == '#')
    return TRUE;
  fields = g_strsplit (line, "\t", -1);
  n_fields = g_strv_length (fields);
  if (strcmp (fields[0], "feast") == 0)
    return read_feast (table, fields, n_fields);
  if (strcmp (fields[0], "country") == 0)
    {
      TripHolidayCountry *country;

      if (n_fields != 4)
        return FALSE;
      country = g_new0 (TripHolidayCountry, 1);
      country->name = g_intern_string (fields[2]);
      country->zones = g_strsplit (fields[3], " ", -1);
      country->rules = g_array_new (FALSE, FALSE, sizeof (HolidayRule));
      g_hash_table_insert (table->countries, g_strdup (fields[1]), country);
      return TRUE;
    }
  return read_holiday (table, fields, n_fields);
}

static const HolidayTable *
get_table (void)
{
  static gsize initialised;
  static HolidayTable table;

  if (g_once_init_enter (&initialised))
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) text = g_resource_lookup_data (trip_hours_get_resource (), HOLIDAYS_RESOURCE,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      g_auto(GStrv) lines = NULL;

      if (text == NULL)
        g_error ("%s", error->message);
      table.feasts = g_hash_table_new (g_str_hash, g_str_equal);
      table.countries = g_hash_table_new (g_str_hash, g_str_equal);
      lines = g_strsplit (g_bytes_get_data (text, NULL), "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          if (!read_line (&table, lines[i]))
            g_error ("holidays.tsv: line %u is broken", i + 1);
        }
      g_once_init_leave (&initialised, 1);
    }
  return &table;
}

/**
 * trip_holiday_country_find:
 * @code: (nullable): ISO 3166-1 alpha-2, in capitals
 *
 * Returns: (transfer none) (nullable): the country; %NULL where its public holidays are not known
 */
const TripHolidayCountry *
trip_holiday_country_find (const char *code)
{
  return code != NULL ? g_hash_table_lookup (get_table ()->countries, code) : NULL;
}

/**
 * trip_holiday_country_get_name:
 * @self: a country
 *
 * Returns: its English name
 */
const char *
trip_holiday_country_get_name (const TripHolidayCountry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * trip_holiday_country_find_zone:
 * @self: a country
 * @longitude: degrees east
 *
 * The borders of time zones are taken for meridians, so a place near one may get the neighbour's.
 *
 * Returns: (transfer full) (nullable): the time zone there; %NULL where this system does not know it
 */
GTimeZone *
trip_holiday_country_find_zone (const TripHolidayCountry *self,
                                gdouble                   longitude)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; self->zones[i] != NULL; i++)
    {
      const char *limit = strchr (self->zones[i], '<');
      g_autofree char *name = g_strndup (self->zones[i], strcspn (self->zones[i], "<"));

      if (limit == NULL || longitude < g_ascii_strtod (limit + 1, NULL))
        return g_time_zone_new_identifier (name);
    }
  return NULL;
}

static gint
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * trip_holiday_countries:
 *
 * Returns: (transfer full): the ISO 3166-1 alpha-2 codes of all countries whose public holidays are known, sorted
 */
char **
trip_holiday_countries (void)
{
  GHashTableIter iter;
  gpointer code;
  GPtrArray *codes = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, get_table ()->countries);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    g_ptr_array_add (codes, g_strdup (code));
  g_ptr_array_sort (codes, compare_strings);
  g_ptr_array_add (codes, NULL);
  return (char **) g_ptr_array_free (codes, FALSE);
}

/**
 * trip_holiday_year_find:
 * @self: holidays of a year
 * @number: a day, as g_date_get_julian() counts
 *
 * Returns: (nullable): the name of the holiday that falls on the day
 */
const char *
trip_holiday_year_find (const TripHolidayYear *self,
                        gint                   number)
{
  for (guint i = 0; i < self->n; i++)
    {
      if (self->days[i].number == number)
        return self->days[i].name;
    }
  return NULL;
}

/* A day has one name: the first that the table gives it. */
static void
add_day (TripHolidayYear *year,
         gint             number,
         const char      *name)
{
  if (year->n < TRIP_HOLIDAYS_MAX && trip_holiday_year_find (year, number) == NULL)
    year->days[year->n++] = (TripHoliday) { number, name };
}

/* Japan's almanac, good from 1980 to 2099. */
static gint
equinox (gint     year,
         RuleKind kind)
{
  gdouble days = (kind == RULE_SPRING ? 20.8431 : 23.2488) + 0.242194 * (year - 1980);

  return trip_civil_number (year, kind == RULE_SPRING ? 3 : 9, (gint) days - (year - 1980) / 4);
}

static gint
resolve_rule (const HolidayRule *rule,
              gint               year)
{
  gint number;

  switch (rule->kind)
    {
    case RULE_NTH:
      return trip_civil_nth_weekday (year, rule->month, rule->weekday, rule->nth);
    case RULE_ON_OR_AFTER:
      number = trip_civil_number (year, rule->month, rule->day);
      return number + (rule->weekday - trip_civil_weekday (number) + 7) % 7;
    case RULE_ON_OR_BEFORE:
      number = trip_civil_number (year, rule->month, rule->day);
      return number - (trip_civil_weekday (number) - rule->weekday + 7) % 7;
    case RULE_NEAR_MONDAY:
      {
        static const gint8 shifts[] = { 0, -1, -2, 4, 3, 0, 0 };

        number = trip_civil_number (year, rule->month, rule->day);
        return number + shifts[trip_civil_weekday (number)];
      }
    case RULE_EASTER:
      return trip_civil_easter (year);
    case RULE_ORTHODOX:
      return trip_civil_orthodox_easter (year);
    case RULE_SPRING:
    case RULE_AUTUMN:
      return equinox (year, rule->kind);
    case RULE_FIXED:
    case RULE_FEAST:
    case RULE_BETWEEN:
    default:
      return trip_civil_number (year, rule->month, rule->day);
    }
}

static void
add_rule (TripHolidayYear   *out,
          const HolidayRule *rule,
          gint               year)
{
  if (rule->kind == RULE_BETWEEN)
    return;
  if (rule->kind != RULE_FEAST)
    {
      add_day (out, resolve_rule (rule, year) + rule->offset, rule->name);
      return;
    }
  for (guint i = 0; i < rule->feast->len; i++)
    {
      gint number = g_array_index (rule->feast, gint, i) + rule->offset;
      TripCivilDay day;

      trip_civil_day_init (&day, number);
      if (day.year == year)
        add_day (out, number, rule->name);
    }
}

/* The day in lieu of a holiday, 0 for none. */
static gint
day_in_lieu (const TripHolidayYear *year,
             Lieu                   lieu,
             gint                   number)
{
  gint weekday = trip_civil_weekday (number);

  if (lieu == LIEU_NONE || weekday < 5 || (lieu == LIEU_SUNDAY && weekday != 6))
    return 0;
  if (lieu == LIEU_NEAREST)
    return weekday == 5 ? number - 1 : number + 1;
  do
    number++;
  while (trip_civil_weekday (number) >= 5 || trip_holiday_year_find (year, number) != NULL);
  return number;
}

static const HolidayRule *
rule_named (const TripHolidayCountry *self,
            const char               *name)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const HolidayRule *rule = &g_array_index (self->rules, HolidayRule, i);

      if (rule->name == name)
        return rule;
    }
  return NULL;
}

static void
add_days_between (TripHolidayYear *out,
                  const char      *name)
{
  guint n = out->n;

  for (guint i = 0; i < n; i++)
    {
      gint number = out->days[i].number + 1;

      if (trip_civil_weekday (number) != 6 && trip_holiday_year_find (out, number + 1) != NULL)
        add_day (out, number, name);
    }
}

/* The days of a year without those in lieu. */
static void
list_days (const TripHolidayCountry *self,
           gint                      year,
           TripHolidayYear          *out)
{
  out->year = year;
  out->n = 0;
  for (guint i = 0; i < self->rules->len; i++)
    {
      const HolidayRule *rule = &g_array_index (self->rules, HolidayRule, i);

      if (year >= rule->first_year && year <= rule->last_year)
        add_rule (out, rule, year);
      /* A Saturday's new year is kept on the last day of the old one. */
      if (rule->lieu == LIEU_NEAREST && rule->kind == RULE_FIXED && rule->month == 1 && rule->day == 1 &&
          trip_civil_weekday (trip_civil_number (year + 1, 1, 1)) == 5)
        add_day (out, trip_civil_number (year, 12, 31), rule->name);
    }
  for (guint i = 0; i < self->rules->len; i++)
    {
      const HolidayRule *rule = &g_array_index (self->rules, HolidayRule, i);

      if (rule->kind == RULE_BETWEEN && year >= rule->first_year && year <= rule->last_year)
        add_days_between (out, rule->name);
    }
}

/* Adds the days in lieu of @days that fall into the year of @out. They need to know all the others first. */
static void
add_days_in_lieu (const TripHolidayCountry *self,
                  const TripHolidayYear    *days,
                  TripHolidayYear          *out)
{
  gint first = trip_civil_number (out->year, 1, 1);
  guint n = days->n;

  for (guint i = 0; i < n; i++)
    {
      const char *name = days->days[i].name;
      const HolidayRule *rule = rule_named (self, name);
      gint lieu = rule != NULL ? day_in_lieu (out, rule->lieu, days->days[i].number) : 0;

      if (lieu >= first && lieu < trip_civil_number (out->year + 1, 1, 1))
        add_day (out, lieu, name);
    }
}

/**
 * trip_holiday_country_list_year:
 * @self: a country
 * @year: a year
 * @out: (out caller-allocates): its public holidays
 *
 * Lists the holidays of the whole country, days in lieu included. Feasts whose dates follow the moon are known up to 2035 at
 * the latest.
 */
void
trip_holiday_country_list_year (const TripHolidayCountry *self,
                                gint                      year,
                                TripHolidayYear          *out)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (out != NULL);

  list_days (self, year, out);
  /* Those of December may be made up for in January. */
  if (year > 1)
    {
      TripHolidayYear last;

      list_days (self, year - 1, &last);
      add_days_in_lieu (self, &last, out);
    }
  add_days_in_lieu (self, out, out);
}

/**
 * trip_holidays_name:
 * @country: (nullable): ISO 3166-1 alpha-2, in capitals
 * @day: a day
 *
 * May be called from any thread.
 *
 * Returns: (nullable): the English name of the public holiday that @day is in that country; %NULL where it is none, or
 *   nothing is known of the country
 */
const char *
trip_holidays_name (const char  *country,
                    const GDate *day)
{
  const TripHolidayCountry *found = trip_holiday_country_find (country);
  TripHolidayYear year;

  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);

  if (found == NULL)
    return NULL;
  trip_holiday_country_list_year (found, g_date_get_year (day), &year);
  return trip_holiday_year_find (&year, (gint) g_date_get_julian (day));
}
