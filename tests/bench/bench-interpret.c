/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times the reading of short messages in all languages, then of long ones of several makes, to show that the time grows as
 * the length does. The yardstick of the same breath is the folding of the same text.
 */
#include "bench-interpret.h"

#include "language/trip-text.h"
#include "providers/interpreter/trip-embedded-interpreter.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_ROUNDS 200
#define LONG_ROUNDS 9
#define MAX_BYTES (64 * 1024)

static const char * const messages[] = {
  "plan a 3 day trip to Tokyo and Kyoto, avoid crowds, under $3000",
  "Two adults and a toddler, Lisbon from 3 to 9 May 2027, no museums before noon, we love tiled houses and seafood",
  "long weekend in Vienna by train from Prague with my mum, she uses a wheelchair",
  "we fly from London to Rome and Naples over Easter, about 1,800 euros in all, vegetarian food, slow pace please",
  "actually make it 4 days and drop Kyoto",
  "Is tap water safe to drink in Istanbul?",
  "swap Osaka for Nara and add a museum on the second day",
  "what is the square root of 1444",
  "5 dys in lodnon wth a freind, museeums and musicals",
  "Fünf Tage Hamburg mit zwei Kindern, nicht zu teuer, bitte ohne Auto und mit Hafenrundfahrt am zweiten Tag",
  "Une semaine en Bretagne du 3 au 9 mai 2027, sans voiture, crêpes et sentiers côtiers, moins de 900 euros",
  "Cuatro días en Sevilla y Granada con mis padres, sin museos, nos gusta el flamenco y comer bien",
  "京都と奈良に3日間、人混みを避けて、予算は10万円以内でお願いします",
};

typedef struct {
  TripEmbeddedInterpreter *interpreter;
  GDate today;
} Reader;

static gint
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  gdouble difference = *(const gdouble *) a - *(const gdouble *) b;

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

static gdouble
read_us (const Reader *reader,
         const char   *message)
{
  g_autoptr(TripRequest) request = trip_request_new (message);
  gint64 begin = g_get_monotonic_time ();
  G_GNUC_UNUSED g_autoptr(TripReading) reading = trip_embedded_interpreter_read (reader->interpreter, request, &reader->today, NULL);

  return (gdouble) (g_get_monotonic_time () - begin);
}

static gdouble
fold_us (const char *message)
{
  gint64 begin = g_get_monotonic_time ();
  G_GNUC_UNUSED g_autofree char *folded = trip_text_fold (message);

  return (gdouble) (g_get_monotonic_time () - begin);
}

static void
time_short (const Reader *reader)
{
  const guint n = G_N_ELEMENTS (messages) * SHORT_ROUNDS;
  g_autofree gdouble *us = g_new (gdouble, n);
  g_autofree gdouble *fold = g_new (gdouble, n);

  for (guint i = 0; i < n; i++)
    {
      us[i] = read_us (reader, messages[i % G_N_ELEMENTS (messages)]);
      fold[i] = fold_us (messages[i % G_N_ELEMENTS (messages)]);
    }
  qsort (us, n, sizeof *us, compare_doubles);
  qsort (fold, n, sizeof *fold, compare_doubles);
  printf ("%u readings of %u messages: median %.0f us, p99 %.0f us, longest %.0f us; folding alone median %.0f us\n", n,
          (guint) G_N_ELEMENTS (messages), us[n / 2], us[n * 99 / 100], us[n - 1], fold[n / 2]);
}

/* Text of a length made of one piece again and again; cut where a character ends. */
static char *
repeat (const char *piece,
        gsize       bytes)
{
  GString *text = g_string_sized_new (bytes + strlen (piece));

  while (text->len < bytes)
    g_string_append (text, piece);
  g_string_truncate (text, (gsize) (g_utf8_find_prev_char (text->str, text->str + bytes + 1) - text->str));
  return g_string_free (text, FALSE);
}

static void
time_long (const Reader *reader,
           const char   *what,
           const char   *piece)
{
  printf ("%-24s", what);
  for (gsize bytes = 1024; bytes <= MAX_BYTES; bytes *= 2)
    {
      g_autofree char *text = repeat (piece, bytes);
      gdouble us[LONG_ROUNDS];

      for (guint i = 0; i < LONG_ROUNDS; i++)
        us[i] = read_us (reader, text);
      qsort (us, LONG_ROUNDS, sizeof *us, compare_doubles);
      printf (" %8.2f", us[LONG_ROUNDS / 2] / 1000.0);
    }
  printf ("\n");
}

/**
 * bench_interpret:
 * @argc: number of arguments
 * @argv: arguments, the first is `interpret`
 *
 * Returns: the exit status
 */
int
bench_interpret (int    argc,
                 char **argv)
{
  static const struct { const char *what; const char *piece; } makes[] = {
    { "no punctuation", "we want to see temples and gardens in Kyoto and eat ramen for 3 days with my mum " },
    { "sentences", "We want to see temples. Kyoto for 3 days, no museums, under $900. Is it safe? " },
    { "places", "Rome, Paris, Lyon, Bath, Springfield, Oslo, " },
    { "unknown names", "Visit Qwxyvale and Zorbanque in Lodnon Grorb " },
    { "negations", "no not without avoid never " },
    { "removals", "remove museums, drop Kyoto, forget the budget, " },
    { "numbers", "1 2 3 4 5 6 7 8 9 10 11 12 " },
    { "one word", "supercalifragilistic" },
    { "German", "Wir möchten ohne Auto nach Hamburg und Lübeck, keine Museen, " },
    { "Japanese", "京都と奈良に3日間行きたいです。美術館なしで、" },
  };
  g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();
  gsize before = mallinfo2 ().uordblks;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr(TripEmbeddedInterpreter) interpreter = trip_embedded_interpreter_new (gazetteer);
  gint64 end = g_get_monotonic_time ();
  Reader reader = { .interpreter = interpreter };

  printf ("word tables: %.1f MB, loaded in %.1f ms\n", (mallinfo2 ().uordblks - before) / 1e6, (end - begin) / 1000.0);
  g_date_clear (&reader.today, 1);
  g_date_set_dmy (&reader.today, 23, G_DATE_NOVEMBER, 2026);
  time_short (&reader);
  printf ("%-24s", "ms for KiB of");
  for (gsize bytes = 1024; bytes <= MAX_BYTES; bytes *= 2)
    printf (" %8" G_GSIZE_FORMAT, bytes / 1024);
  printf ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    time_long (&reader, makes[i].what, makes[i].piece);
  return EXIT_SUCCESS;
}
