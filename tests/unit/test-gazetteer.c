/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The world's names: which place is meant by a name, by one with an area, by a part of it and by a mistyped one; and
 * whether the table holds what can be true.
 */
#include "providers/gazetteer/trip-gazetteer.h"

#include "language/trip-text.h"

#include <string.h>

typedef struct {
  const char *asked;
  const char *name;
  const char *country;
} Case;

static TripGazetteer *
world (void)
{
  static TripGazetteer *shared = NULL;

  if (shared == NULL)
    shared = trip_gazetteer_new ();
  return shared;
}

static void
check_cases (const Case *cases,
             guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      const TripGazetteerEntry *entry = trip_gazetteer_lookup (world (), cases[i].asked, NULL);

      g_test_message ("%s: %s", cases[i].asked, entry != NULL ? entry->name : "nothing");
      g_assert_nonnull (entry);
      g_assert_cmpstr (entry->name, ==, cases[i].name);
      g_assert_cmpstr (entry->country, ==, cases[i].country);
    }
}

static void
test_names (void)
{
  static const Case cases[] = {
    { "tokyo", "Tokyo", "JP" }, { "TOKIO", "Tokyo", "JP" }, { "東京", "Tokyo", "JP" }, { "München", "Munich", "DE" },
    { "Munich", "Munich", "DE" }, { "Monaco di Baviera", "Munich", "DE" }, { "Firenze", "Florence", "IT" },
    { "Florencia", "Florence", "IT" }, { "Mailand", "Milan", "IT" }, { "Peking", "Beijing", "CN" },
    { "Wien", "Vienna", "AT" }, { "Lisboa", "Lisbon", "PT" }, { "Roma", "Rome", "IT" }, { "Киев", "Kyiv", "UA" },
    { "Αθήνα", "Athens", "GR" }, { "القاهرة", "Cairo", "EG" }, { "서울", "Seoul", "KR" }, { "京都", "Kyoto", "JP" },
    { "st louis", "St. Louis", "US" }, { "Saint Louis", "St. Louis", "US" }, { "St. Petersburg", "Saint Petersburg", "RU" },
    { "NYC", "New York", "US" }, { "Santorini", "Santorini", "GR" }, { "the netherlands", "Netherlands", "NL" },
    { "the Algarve", "Algarve", "PT" }, { "Sao Paulo", "Sao Paulo", "BR" }, { "São Paulo", "Sao Paulo", "BR" },
    { "aix en provence", "Aix-en-Provence", "FR" }, { "Toscana", "Tuscany", "IT" }, { "Manhattan", "Manhattan", "US" },
    { "Kapadokya", "Cappadocia", "TR" }, { "Reikiavik", "Reykjavik", "IS" }, { "Washington", "Washington D.C.", "US" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
  g_assert_null (trip_gazetteer_lookup (world (), "Zzyzxqu", NULL));
  g_assert_null (trip_gazetteer_lookup (world (), "", NULL));
  g_assert_null (trip_gazetteer_lookup (world (), "AZ", NULL));
}

/* Lists of names say that Porto is Bordeaux and Bali is Bari; a main name goes before them. */
static void
test_ranking (void)
{
  static const Case cases[] = {
    { "Porto", "Porto", "PT" }, { "Bali", "Bali", "ID" }, { "Venice", "Venice", "IT" }, { "Paris", "Paris", "FR" },
    { "Valencia", "Valencia", "ES" }, { "Granada", "Granada", "ES" }, { "Cambridge", "Cambridge", "GB" },
    { "Birmingham", "Birmingham", "GB" }, { "Cordoba", "Cordoba", "ES" }, { "Georgia", "Georgia", "GE" },
    { "Salzburg", "Salzburg", "AT" }, { "Mexico", "Mexico", "MX" }, { "Lagos", "Lagos", "NG" },
    { "Singapore", "Singapore", "SG" }, { "San Jose", "San Jose", "US" }, { "Barcelona", "Barcelona", "ES" },
    { "Melbourne", "Melbourne", "AU" }, { "Luxembourg", "Luxembourg", "LU" }, { "France", "France", "FR" },
    { "Santiago", "Santiago", "CL" }, { "Naples", "Naples", "IT" }, { "Alexandria", "Alexandria", "EG" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_areas (void)
{
  static const Case cases[] = {
    { "Paris, Texas", "Paris, Texas", "US" }, { "Paris TX", "Paris, Texas", "US" }, { "Naples FL", "Naples, Florida", "US" },
    { "Naples in Florida", "Naples, Florida", "US" }, { "London, UK", "London", "GB" },
    { "London, Ontario", "London, Ontario", "CA" }, { "Phoenix, AZ", "Phoenix", "US" },
    { "Valencia, Venezuela", "Valencia, Venezuela", "VE" }, { "Birmingham, Alabama", "Birmingham, Alabama", "US" },
    { "Santiago de Compostela", "Santiago de Compostela", "ES" }, { "Córdoba, Argentina", "Cordoba, Argentina", "AR" },
    { "cordoba argentina", "Cordoba, Argentina", "AR" }, { "Granada, Nicaragua", "Granada, Nicaragua", "NI" },
    { "Rome, New York", "Rome, New York", "US" }, { "Rome, NY", "Rome, New York", "US" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
  g_assert_cmpstr (trip_gazetteer_lookup_within (world (), "phoenix", "az")->name, ==, "Phoenix");
  g_assert_cmpstr (trip_gazetteer_lookup_within (world (), "naples", "florida")->country, ==, "US");
  g_assert_cmpstr (trip_gazetteer_lookup_within (world (), "siena", "tuscany")->name, ==, "Siena");
  g_assert_null (trip_gazetteer_lookup_within (world (), "london", "france"));
  g_assert_null (trip_gazetteer_lookup_within (world (), "italy", "france"));
  g_assert_null (trip_gazetteer_lookup_within (world (), "venice", "tuscany"));
}

static void
test_near (void)
{
  const TripGeo algarve = { 37.1, -8.5 };
  const TripGeo boston = { 42.36, -71.06 };
  const TripGeo texas = { 32.8, -96.8 };
  const TripGeo atlanta = { 33.75, -84.39 };

  g_assert_cmpstr (trip_gazetteer_lookup (world (), "Lagos", &algarve)->country, ==, "PT");
  g_assert_cmpstr (trip_gazetteer_lookup (world (), "Cambridge", &boston)->country, ==, "US");
  /* What lies in an area is near it, however wide it is. */
  g_assert_cmpstr (trip_gazetteer_lookup (world (), "Georgia", &atlanta)->country, ==, "US");
  /* From Dallas, too, Paris is the one in France. */
  g_assert_cmpstr (trip_gazetteer_lookup (world (), "Paris", &texas)->country, ==, "FR");
}

static void
test_obscure (void)
{
  static const char * const known[] = { "Rome", "Hallstatt", "Tuscany", "Lyon", "Portugal", "Koh Samui" };
  static const char * const words[] = { "March", "Best", "Date", "Young", "Temple", "Most", "Orange, California" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_false (trip_gazetteer_lookup (world (), known[i], NULL)->obscure);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const TripGazetteerEntry *entry = trip_gazetteer_lookup (world (), words[i], NULL);

      g_assert_true (entry == NULL || entry->obscure || entry->ambiguous);
    }
  g_assert_true (trip_gazetteer_lookup (world (), "Nice", NULL)->ambiguous);
}

static void
test_mistakes (void)
{
  static const struct { const char *typed; const char *name; } cases[] = {
    { "lodnon", "London" }, { "Barcelna", "Barcelona" }, { "los angelas", "Los Angeles" }, { "Lisbonn", "Lisbon" },
    { "Copenhagan", "Copenhagen" }, { "Budapset", "Budapest" }, { "Santorni", "Santorini" }, { "hongkong", "Hong Kong" },
    { "Москав", "Moscow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TripGazetteerEntry *entry = trip_gazetteer_lookup_fuzzy (world (), cases[i].typed);

      g_test_message ("%s", cases[i].typed);
      g_assert_nonnull (entry);
      g_assert_cmpstr (entry->name, ==, cases[i].name);
    }
  g_assert_null (trip_gazetteer_lookup_fuzzy (world (), "Rme"));
  g_assert_null (trip_gazetteer_lookup_fuzzy (world (), "qwertyuiop"));
  /* Each Chinese character is a word: one other is another place. */
  g_assert_null (trip_gazetteer_lookup_fuzzy (world (), "甲乙丙丁戊"));
}

/* Any one letter of a name lost, doubled, replaced or swapped with the next, at every position, finds the place again. */
static void
test_every_mistake (void)
{
  static const char * const names[] = { "amsterdam", "buenos aires", "kyoto", "ljubljana", "santorini" };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      gsize length = strlen (names[k]);

      for (gsize at = 0; at < length; at++)
        for (guint how = 0; how < 4; how++)
          {
            g_autoptr(GString) typed = g_string_new (names[k]);
            g_autoptr(GPtrArray) found = NULL;
            g_autofree char *folded = NULL;
            gboolean there = FALSE;

            if (how == 0)
              g_string_erase (typed, at, 1);
            else if (how == 1)
              g_string_insert_c (typed, at, 'x');
            else if (how == 2)
              typed->str[at] = 'x';
            else if (at + 1 < length)
              {
                typed->str[at] = names[k][at + 1];
                typed->str[at + 1] = names[k][at];
              }
            folded = trip_text_fold (typed->str);
            if (g_utf8_strlen (folded, -1) < 5 || strlen (folded) < typed->len)
              continue;
            found = trip_gazetteer_search (world (), typed->str, NULL, 100);
            for (guint i = 0; i < found->len; i++)
              there |= trip_gazetteer_lookup (world (), names[k], NULL) == g_ptr_array_index (found, i);
            g_test_message ("%s", typed->str);
            g_assert_true (there);
          }
    }
}

static void
test_search (void)
{
  g_autoptr(GPtrArray) lis = trip_gazetteer_search (world (), "lisb", NULL, 5);
  g_autoptr(GPtrArray) paris = trip_gazetteer_search (world (), "Paris", NULL, 10);
  g_autoptr(GPtrArray) tokyo = trip_gazetteer_search (world (), "東", NULL, 10);
  g_autoptr(GPtrArray) none = trip_gazetteer_search (world (), "", NULL, 10);
  g_autoptr(GPtrArray) zero = trip_gazetteer_search (world (), "Paris", NULL, 0);
  g_autoptr(GPtrArray) many = trip_gazetteer_search (world (), "s", NULL, 5000);
  g_autoptr(GPtrArray) within = trip_gazetteer_search (world (), "Paris, Texas", NULL, 3);

  g_assert_cmpuint (lis->len, >, 0);
  g_assert_cmpstr (((const TripGazetteerEntry *) lis->pdata[0])->name, ==, "Lisbon");
  g_assert_cmpuint (paris->len, ==, 10);
  g_assert_cmpstr (((const TripGazetteerEntry *) paris->pdata[0])->country, ==, "FR");
  for (guint i = 0; i < paris->len; i++)
    for (guint k = 0; k < i; k++)
      g_assert_true (paris->pdata[i] != paris->pdata[k]);
  g_assert_cmpuint (tokyo->len, >, 0);
  g_assert_cmpstr (((const TripGazetteerEntry *) tokyo->pdata[0])->name, ==, "Tokyo");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (zero->len, ==, 0);
  g_assert_cmpuint (many->len, ==, 100);
  g_assert_cmpstr (((const TripGazetteerEntry *) within->pdata[0])->name, ==, "Paris, Texas");
}

static gboolean
lists (const char *area,
       const char *city)
{
  g_autoptr(GPtrArray) cities = trip_gazetteer_list_cities (world (), trip_gazetteer_lookup (world (), area, NULL));

  for (guint i = 0; i < cities->len; i++)
    if (strcmp (((const TripGazetteerEntry *) cities->pdata[i])->name, city) == 0)
      return TRUE;
  return FALSE;
}

static void
test_cities_of_areas (void)
{
  g_autoptr(GPtrArray) japan = trip_gazetteer_list_cities (world (), trip_gazetteer_lookup (world (), "Japan", NULL));
  g_autoptr(GPtrArray) paris = trip_gazetteer_list_cities (world (), trip_gazetteer_lookup (world (), "Paris", NULL));

  g_assert_cmpstr (((const TripGazetteerEntry *) japan->pdata[0])->name, ==, "Tokyo");
  g_assert_true (lists ("Japan", "Kyoto"));
  g_assert_true (lists ("Tuscany", "Florence"));
  g_assert_true (lists ("Tuscany", "Siena"));
  g_assert_false (lists ("Tuscany", "Venice"));
  g_assert_true (lists ("Algarve", "Faro"));
  g_assert_true (lists ("Andalusia", "Seville"));
  g_assert_true (lists ("Amalfi Coast", "Positano"));
  g_assert_true (lists ("Benelux", "Ghent"));
  g_assert_false (lists ("Benelux", "Cologne"));
  g_assert_true (lists ("Scandinavia", "Bergen"));
  g_assert_false (lists ("Scandinavia", "Riga"));
  g_assert_cmpuint (paris->len, ==, 0);
}

static void
test_additions (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  const char * const names[] = { "浅草寺", "Asakusa Temple", NULL };
  const TripGazetteerEntry sight = { .name = "Senso-ji", .kind = TRIP_PLACE_SIGHT, .country = "JP",
                                     .geo = { 35.7148, 139.7967 }, .population = 95, .timezone = "Asia/Tokyo",
                                     .atlas_id = "tokyo/senso-ji" };
  const TripGazetteerEntry city = { .name = "Tokyo", .kind = TRIP_PLACE_CITY, .country = "JP",
                                    .geo = { 35.68, 139.76 }, .timezone = "Asia/Tokyo", .atlas_id = "tokyo" };
  const TripGazetteerEntry village = { .name = "Zzyzxville", .kind = TRIP_PLACE_CITY, .country = "US",
                                       .geo = { 35.1, -116.1 }, .atlas_id = "zzyzx" };
  g_autoptr(GPtrArray) found = NULL;

  trip_gazetteer_add (gazetteer, &sight, names);
  trip_gazetteer_add (gazetteer, &city, NULL);
  trip_gazetteer_add (gazetteer, &village, NULL);
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "asakusa temple", NULL)->atlas_id, ==, "tokyo/senso-ji");
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "浅草寺", NULL)->name, ==, "Senso-ji");
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "東京", NULL)->atlas_id, ==, "tokyo");
  g_assert_cmpint (trip_gazetteer_lookup (gazetteer, "東京", NULL)->population, >, 1000000);
  g_assert_cmpstr (trip_gazetteer_lookup (gazetteer, "zzyzxville", NULL)->atlas_id, ==, "zzyzx");
  g_assert_cmpstr (trip_gazetteer_lookup_fuzzy (gazetteer, "zzyzxvile")->atlas_id, ==, "zzyzx");
  g_assert_cmpuint (trip_gazetteer_longest_from (gazetteer, "zzyzxville", NULL), ==, 1);
  found = trip_gazetteer_search (gazetteer, "zzyzx", NULL, 3);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_longest (void)
{
  g_assert_cmpuint (trip_gazetteer_longest_from (world (), "qwertyuiop", NULL), ==, 0);
  g_assert_cmpuint (trip_gazetteer_longest_from (world (), "", NULL), ==, 0);
  g_assert_cmpuint (trip_gazetteer_longest_from (world (), "rothenburg", NULL), >=, 4);
  g_assert_cmpuint (trip_gazetteer_longest_from (world (), "san", NULL), >=, 4);
  g_assert_cmpuint (trip_gazetteer_longest_name (world ()), >=, 4);
}

static void
ask_everything (const char *text)
{
  const TripGeo pole = { 90, 0 };
  g_autoptr(GPtrArray) found = trip_gazetteer_search (world (), text, &pole, 10);

  trip_gazetteer_lookup (world (), text, &pole);
  trip_gazetteer_lookup_fuzzy (world (), text);
  trip_gazetteer_lookup_within (world (), text, text);
  g_assert_cmpuint (found->len, <=, 10);
}

static void
test_hostile (void)
{
  static const char * const texts[] = {
    "\xff\xfe\xfd", "\xc3", "\xf0\x9f\x98\x80", "a\xcc\x81\xcc\x81\xcc\x81", " , , ,", "in in in in", "the ", "\xca\xbc",
    "\xca\xbc \xca\xbc", "'''", "in", "the", ",Texas", "Paris,", "%s%n", "\x01\x02",
  };
  g_autofree char *longest = g_strnfill (1 << 20, 'a');
  g_autofree char *spaced = g_strnfill (1 << 16, ' ');
  g_autoptr(GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    ask_everything (texts[i]);
  ask_everything (longest);
  for (guint i = 0; i < (1 << 16) - 1; i += 2)
    spaced[i] = 'a';
  ask_everything (spaced);
  for (guint i = 0; i < 2000; i++)
    {
      char text[24] = { 0 };

      for (guint k = 0; k < sizeof text - 1; k++)
        text[k] = (char) g_rand_int_range (random, 1, 256);
      ask_everything (text);
    }
}

static gpointer
ask_from_thread (gpointer data)
{
  TripGazetteer *gazetteer = data;

  for (guint i = 0; i < trip_gazetteer_get_n_places (gazetteer); i += 7)
    g_assert_nonnull (trip_gazetteer_get_place (gazetteer, i)->name);
  return (gpointer) trip_gazetteer_lookup (gazetteer, "Paris", NULL);
}

static void
test_threads (void)
{
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  GThread *threads[4];
  gpointer paris = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_from_thread, gazetteer);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      gpointer found = g_thread_join (threads[i]);

      g_assert_true (paris == NULL || paris == found);
      paris = found;
    }
}

/* Whatever letters and signs a name begins with, it is found by its first word. */
static void
test_every_name_by_its_beginning (void)
{
  for (guint i = 0; i < trip_gazetteer_get_n_names (world ()); i++)
    {
      const char *name = trip_gazetteer_get_name (world (), i);
      g_auto(GStrv) words = g_strsplit (name, " ", -1);

      guint least = MIN (g_strv_length (words), trip_gazetteer_longest_name (world ()));

      if (trip_gazetteer_longest_from (world (), words[0], NULL) < least)
        g_error ("no name as long as \"%s\" begins with \"%s\"", name, words[0]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gazetteer/every-name-by-its-beginning", test_every_name_by_its_beginning);
  g_test_add_func ("/gazetteer/names", test_names);
  g_test_add_func ("/gazetteer/ranking", test_ranking);
  g_test_add_func ("/gazetteer/areas", test_areas);
  g_test_add_func ("/gazetteer/near", test_near);
  g_test_add_func ("/gazetteer/obscure", test_obscure);
  g_test_add_func ("/gazetteer/mistakes", test_mistakes);
  g_test_add_func ("/gazetteer/every-mistake", test_every_mistake);
  g_test_add_func ("/gazetteer/search", test_search);
  g_test_add_func ("/gazetteer/cities-of-areas", test_cities_of_areas);
  g_test_add_func ("/gazetteer/additions", test_additions);
  g_test_add_func ("/gazetteer/longest", test_longest);
  g_test_add_func ("/gazetteer/hostile", test_hostile);
  g_test_add_func ("/gazetteer/threads", test_threads);
  return g_test_run ();
}
