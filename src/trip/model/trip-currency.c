/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Currencies, from the table that is compiled in.
 */
#include "trip/model/trip-currency.h"

#include "trip-currency-resources.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  char code[4];
  char *symbol;
  gint exponent;
  gdouble per_usd;
} Currency;

typedef struct {
  GHashTable *by_code;
  GHashTable *by_country;
  char *date;
} CurrencyTable;

static void
load_countries (CurrencyTable *table)
{
  g_autoptr(GBytes) bytes = g_resource_lookup_data (trip_currency_get_resource (), "/org/tripd/Trip/currency/countries.tsv",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_auto(GStrv) lines = NULL;

  g_assert (bytes != NULL);
  table->by_country = g_hash_table_new (g_str_hash, g_str_equal);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto(GStrv) words = **line != '#' ? g_strsplit_set (*line, "\t ", -1) : NULL;

      for (guint i = 1; words != NULL && words[0] != NULL && words[i] != NULL; i++)
        g_hash_table_insert (table->by_country, (gpointer) g_intern_string (words[i]), (gpointer) g_intern_string (words[0]));
    }
}

static gpointer
load_table (gpointer unused)
{
  CurrencyTable *table = g_new0 (CurrencyTable, 1);
  g_autoptr(GBytes) bytes = NULL;
  g_auto(GStrv) lines = NULL;

  table->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  bytes = g_resource_lookup_data (trip_currency_get_resource (), "/org/tripd/Trip/currency/currencies.tsv",
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto(GStrv) fields = NULL;
      Currency *currency;

      if (g_str_has_prefix (*line, "# Rates date: "))
        table->date = g_strdup (*line + strlen ("# Rates date: "));
      if (**line == '#' || **line == '\0')
        continue;
      fields = g_strsplit (*line, "\t", 5);
      if (g_strv_length (fields) < 4)
        continue;
      currency = g_new0 (Currency, 1);
      g_strlcpy (currency->code, fields[0], sizeof currency->code);
      currency->exponent = atoi (fields[1]);
      currency->symbol = g_strdup (fields[2]);
      currency->per_usd = g_ascii_strtod (fields[3], NULL);
      g_hash_table_insert (table->by_code, currency->code, currency);
    }
  load_countries (table);
  return table;
}

static const CurrencyTable *
get_table (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_table, NULL);
}

static const Currency *
find (const char *code)
{
  return code != NULL ? g_hash_table_lookup (get_table ()->by_code, code) : NULL;
}

/**
 * trip_currency_is_known:
 * @code: (nullable): an ISO 4217 code
 *
 * Returns: whether the table has it
 */
gboolean
trip_currency_is_known (const char *code)
{
  return find (code) != NULL;
}

/**
 * trip_currency_of_country:
 * @country: (nullable): an ISO 3166-1 alpha-2 code
 *
 * Returns: (nullable): the currency that one pays with there, %NULL where the table does not tell
 */
const char *
trip_currency_of_country (const char *country)
{
  return country != NULL ? g_hash_table_lookup (get_table ()->by_country, country) : NULL;
}

/**
 * trip_currency_exponent:
 * @code: an ISO 4217 code
 *
 * Returns: digits of the minor unit, 0 to 3; 2 for a currency we do not know
 */
gint
trip_currency_exponent (const char *code)
{
  const Currency *currency = find (code);

  return currency != NULL ? currency->exponent : 2;
}

/**
 * trip_currency_to_minor:
 * @code: an ISO 4217 code
 * @major: an amount, 12.5 dollars
 *
 * Returns: the amount in minor units, 1250 cents
 */
gint64
trip_currency_to_minor (const char *code,
                        gdouble     major)
{
  return (gint64) llround (CLAMP (major, -1e15, 1e15) * pow (10.0, trip_currency_exponent (code)));
}

/**
 * trip_currency_to_major:
 * @code: an ISO 4217 code
 * @minor: an amount in minor units
 *
 * Returns: the amount in major units
 */
gdouble
trip_currency_to_major (const char *code,
                        gint64      minor)
{
  return (gdouble) minor / pow (10.0, trip_currency_exponent (code));
}

/**
 * trip_currency_convert:
 * @minor: an amount in minor units of @from
 * @from: an ISO 4217 code
 * @to: an ISO 4217 code
 *
 * Converts at the rough offline rates of trip_currency_rates_date().
 *
 * Returns: the amount in minor units of @to; @minor where either currency is unknown
 */
gint64
trip_currency_convert (gint64      minor,
                       const char *from,
                       const char *to)
{
  const Currency *a = find (from);
  const Currency *b = find (to);

  if (a == NULL || b == NULL || a == b)
    return minor;
  return trip_currency_to_minor (to, trip_currency_to_major (from, minor) / a->per_usd * b->per_usd);
}

/**
 * trip_currency_format:
 * @code: an ISO 4217 code
 * @minor: an amount in minor units, not negative
 *
 * Returns: (transfer full): the amount with its symbol and grouped thousands, `$4,200`; cents only where there are some
 */
char *
trip_currency_format (const char *code,
                      gint64      minor)
{
  const Currency *currency = find (code);
  gint exponent = trip_currency_exponent (code);
  gint64 unit = (gint64) llround (pow (10.0, exponent));
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, minor / unit);
  GString *text = g_string_new (currency != NULL ? currency->symbol : code);
  gsize n = strlen (digits);

  /* A symbol of letters stands off from the number: "CHF 120", but "$120". */
  if (text->len > 0 && g_ascii_isalpha (text->str[text->len - 1]))
    g_string_append_c (text, ' ');
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_c (text, digits[i]);
      if (i + 1 < n && (n - i - 1) % 3 == 0)
        g_string_append_c (text, ',');
    }
  if (minor % unit != 0)
    g_string_append_printf (text, ".%0*" G_GINT64_FORMAT, exponent, minor % unit);
  return g_string_free (text, FALSE);
}

/**
 * trip_currency_rates_date:
 *
 * Returns: (transfer none): when the offline rates are from, `2026-10`
 */
const char *
trip_currency_rates_date (void)
{
  return get_table ()->date;
}
