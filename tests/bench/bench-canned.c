/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Canned answers.
 */
#include "bench-canned.h"

#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"

#include <stdio.h>

static GBytes *
build_message (const char *type,
               GBytes     *data)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "type", type);
  if (data != NULL)
    trip_json_builder_add_raw (&builder, "data", data);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/**
 * bench_canned_load:
 * @self: (out caller-allocates): answers
 * @path: a file of `{"intents","pois","requirements","plan"}`
 * @error: return location
 *
 * Reads the file.
 *
 * Returns: whether it could be read
 */
gboolean
bench_canned_load (BenchCanned  *self,
                   const char   *path,
                   GError      **error)
{
  static const char * const stages[] = { "intents", "pois", "requirements", "plan" };
  g_autofree char *contents = NULL;
  g_autoptr(GBytes) text = NULL;
  g_autoptr(TripJson) json = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, error))
    return FALSE;
  text = g_bytes_new_take (g_steal_pointer (&contents), length);
  json = trip_json_parse (text, G_MAXSIZE, error);
  if (json == NULL || !trip_json_node_expect (trip_json_get_root (json), TRIP_JSON_OBJECT, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      const TripJsonNode *stage = trip_json_node_member (trip_json_get_root (json), stages[i]);
      g_autoptr(GBytes) data = NULL;

      if (stage == NULL || !trip_json_node_expect (stage, TRIP_JSON_ARRAY, error))
        return FALSE;
      data = trip_json_node_dup_raw (stage);
      self->messages[i] = build_message (stages[i], data);
    }
  self->messages[G_N_ELEMENTS (stages)] = build_message ("done", NULL);
  self->answer = g_bytes_ref (text);
  return TRUE;
}

/**
 * bench_canned_clear:
 * @self: answers
 *
 * Frees what they hold.
 */
void
bench_canned_clear (BenchCanned *self)
{
  for (gsize i = 0; i < BENCH_CANNED_MESSAGES; i++)
    g_clear_pointer (&self->messages[i], g_bytes_unref);
  g_clear_pointer (&self->answer, g_bytes_unref);
}

/**
 * bench_canned_options:
 * @argc: (inout): number of arguments
 * @argv: (inout): arguments
 * @command: name of the command, for what is wrong
 * @out_canned: (out) (transfer full): the file
 * @out_port: (out): the port, 0 for a free one
 *
 * Reads the options that all servers here have.
 *
 * Returns: whether they are right; what is wrong was said
 */
gboolean
bench_canned_options (int         *argc,
                      char      ***argv,
                      const char  *command,
                      char       **out_canned,
                      gint        *out_port)
{
  const GOptionEntry entries[] = {
    { "canned", 0, 0, G_OPTION_ARG_FILENAME, out_canned, "What to answer: {\"intents\",\"pois\",\"requirements\",\"plan\"}",
      "FILE" },
    { "port", 'p', 0, G_OPTION_ARG_INT, out_port, "Listen on this port; 0 picks a free one", "PORT" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && *out_canned != NULL)
    return TRUE;
  g_printerr ("tripbench %s: %s\n", command, error != NULL ? error->message : "--canned FILE is needed");
  return FALSE;
}

/**
 * bench_canned_announce:
 * @port: where a server listens
 *
 * Says so, as tripd does.
 */
void
bench_canned_announce (gint port)
{
  printf ("tripbench: listening on http://127.0.0.1:%d/\n", port);
  fflush (stdout);
}
