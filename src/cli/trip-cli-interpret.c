/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl interpret: what the embedded interpreter reads in messages, for people and for measuring.
 */
#include "cli/trip-cli.h"

#include "providers/atlas/trip-atlas.h"
#include "providers/embedded/trip-embedded.h"
#include "providers/interpreter/trip-embedded-interpreter.h"
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-clock.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  gboolean batch;
  gboolean explain;
  char *atlas;
  char *today;
} Options;

static void
add_strings (TripJsonBuilder *builder,
             const char      *name,
             GPtrArray       *values)
{
  if (values != NULL && values->len > 0)
    trip_json_builder_add_strv (builder, name, values);
}

static void
add_date (TripJsonBuilder *builder,
          const char      *name,
          const GDate     *date)
{
  g_autofree char *text = g_date_valid (date) ? trip_date_format_iso (date) : NULL;

  if (text != NULL)
    trip_json_builder_add_string (builder, name, text);
}

static void
add_hour (TripJsonBuilder *builder,
          const char      *name,
          gint             minutes)
{
  g_autofree char *text = minutes >= 0 ? g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60) : NULL;

  if (text != NULL)
    trip_json_builder_add_string (builder, name, text);
}

static void
add_count (TripJsonBuilder *builder,
           const char      *name,
           gint             count,
           gint             unsaid)
{
  if (count != unsaid)
    trip_json_builder_add_int (builder, name, count);
}

static void
write_avoided (const TripConstraints *c,
               TripJsonBuilder       *builder)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < c->avoid->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (c->avoid, i));
  /* Crowds are no place to leave out, so they have a flag of their own. */
  if (c->avoid_crowds && !g_ptr_array_find_with_equal_func (all, "crowds", g_str_equal, NULL))
    g_ptr_array_add (all, (gpointer) "crowds");
  add_strings (builder, "avoid", all);
}

/* A stay counts its first and its last day, however it was said. */
static gint
count_days (const TripConstraints *c)
{
  if (c->days == 0 && g_date_valid (&c->start) && g_date_valid (&c->end) && g_date_compare (&c->start, &c->end) <= 0)
    return g_date_days_between (&c->start, &c->end) + 1;
  if (c->days == 0 && c->nights > 0)
    return c->nights + 1;
  return c->days;
}

static void
write_money_limits (const TripConstraints *c,
                    TripJsonBuilder       *builder)
{
  static const char * const kinds[] = { "all", "food", "lodging", "sights", "transport" };
  static const char * const scopes[] = { "trip", "day", "night", "visit" };

  if (c->money_limits->len == 0)
    return;
  trip_json_builder_begin_array (builder, "money_limits");
  for (guint i = 0; i < c->money_limits->len; i++)
    {
      const TripMoneyLimit *limit = g_ptr_array_index (c->money_limits, i);

      trip_json_builder_begin_object (builder, NULL);
      trip_json_builder_add_string (builder, "for", kinds[limit->kind]);
      trip_json_builder_add_double (builder, "amount", limit->amount);
      if (limit->currency[0] != '\0')
        trip_json_builder_add_string (builder, "currency", limit->currency);
      trip_json_builder_add_string (builder, "per", scopes[limit->scope]);
      trip_json_builder_add_boolean (builder, "per_person", limit->per_person);
      trip_json_builder_end_object (builder);
    }
  trip_json_builder_end_array (builder);
}

static void
write_travel_limits (const TripConstraints *c,
                     TripJsonBuilder       *builder)
{
  if (c->travel_limits->len == 0)
    return;
  trip_json_builder_begin_array (builder, "travel_limits");
  for (guint i = 0; i < c->travel_limits->len; i++)
    {
      const TripTravelLimit *limit = g_ptr_array_index (c->travel_limits, i);

      trip_json_builder_begin_object (builder, NULL);
      add_strings (builder, "modes", limit->modes);
      add_count (builder, "rides", limit->rides, 0);
      add_count (builder, "minutes", limit->minutes, 0);
      add_count (builder, "metres", limit->metres, 0);
      trip_json_builder_add_boolean (builder, "per_day", limit->per_day);
      trip_json_builder_end_object (builder);
    }
  trip_json_builder_end_array (builder);
}

/* Only what the message says: a slot that is absent was not said. */
static void
write_slots (const TripReading *reading,
             TripJsonBuilder   *builder)
{
  const TripConstraints *c = reading->constraints;

  trip_json_builder_begin_object (builder, "slots");
  add_strings (builder, "destinations", reading->destinations);
  add_strings (builder, "removed_destinations", reading->removed_destinations);
  add_count (builder, "days", count_days (c), 0);
  add_count (builder, "nights", c->nights, 0);
  add_date (builder, "start", &c->start);
  add_date (builder, "end", &c->end);
  add_count (builder, "month", c->month, 0);
  add_hour (builder, "arrival", c->arrival);
  add_hour (builder, "departure", c->departure);
  add_count (builder, "adults", c->adults, 0);
  add_count (builder, "children", c->children, -1);
  if (c->budget > 0)
    {
      trip_json_builder_begin_object (builder, "budget");
      trip_json_builder_add_double (builder, "amount", c->budget);
      if (c->currency[0] != '\0')
        trip_json_builder_add_string (builder, "currency", c->currency);
      if (c->budget_per_day || c->budget_per_person)
        trip_json_builder_add_string (builder, "per", c->budget_per_day && c->budget_per_person ? "person and day"
                                                      : c->budget_per_day                       ? "day"
                                                                                                : "person");
      trip_json_builder_end_object (builder);
    }
  else if (c->night_limit > 0)
    {
      trip_json_builder_begin_object (builder, "budget");
      trip_json_builder_add_double (builder, "amount", c->night_limit);
      if (c->night_currency[0] != '\0')
        trip_json_builder_add_string (builder, "currency", c->night_currency);
      trip_json_builder_add_string (builder, "per", "night");
      trip_json_builder_end_object (builder);
    }
  write_money_limits (c, builder);
  write_travel_limits (c, builder);
  if (c->origin != NULL)
    trip_json_builder_add_string (builder, "origin", c->origin);
  write_avoided (c, builder);
  add_strings (builder, "interests", c->interests);
  add_strings (builder, "food", c->food);
  add_strings (builder, "dietary", c->diets);
  add_strings (builder, "transport_prefer", c->transport_prefer);
  add_strings (builder, "transport_avoid", c->transport_avoid);
  trip_json_builder_end_object (builder);
}

static GBytes *
encode_reading (const TripReading *reading)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_begin_array (&builder, "intents");
  for (guint i = 0; i < reading->intents->len; i++)
    {
      const TripIntent *intent = g_ptr_array_index (reading->intents, i);

      trip_json_builder_begin_object (&builder, NULL);
      trip_json_builder_add_string (&builder, "intent", trip_intent_kind_to_string (intent->kind));
      trip_json_builder_add_string (&builder, "action", trip_action_to_string (intent->action));
      trip_json_builder_add_string (&builder, "value", intent->value);
      if (intent->kind == TRIP_INTENT_SCHEDULE_REQUIREMENT && intent->action == TRIP_ACTION_ADD)
        trip_json_builder_add_string (&builder, "priority", trip_priority_to_string (intent->priority));
      trip_json_builder_end_object (&builder);
    }
  trip_json_builder_end_array (&builder);
  write_slots (reading, &builder);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

static void
print_bytes (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  fwrite (text, 1, length, stdout);
  fputc ('\n', stdout);
  /* Who asks line by line through a pipe waits for the answer. */
  fflush (stdout);
}

static void
print_error (const GError *error)
{
  g_autoptr(GBytes) line = NULL;
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "error", error->message);
  trip_json_builder_end_object (&builder);
  line = trip_json_builder_end (&builder);
  print_bytes (line);
}

/* A batch line is {"message", "state"?}; the state is a request's other members. Data sets shorten its lists to names and
 * numbers: a name stands for a place or a requirement, a number for that many options. */
static void
add_state_list (TripJsonBuilder    *builder,
                const TripJsonNode *state,
                const char         *name,
                const char         *alias)
{
  const TripJsonNode *list = trip_json_node_member (state, name);
  gint64 count = 0;

  if (list == NULL && alias != NULL)
    list = trip_json_node_member (state, alias);
  if (list == NULL)
    return;

  trip_json_builder_begin_array (builder, name);
  if (trip_json_node_as_int (list, &count, NULL))
    {
      for (gint64 i = 0; i < MIN (count, 16); i++)
        {
          trip_json_builder_begin_object (builder, NULL);
          trip_json_builder_end_object (builder);
        }
    }
  for (const TripJsonNode *item = trip_json_node_first (list); item != NULL; item = trip_json_node_next (item))
    {
      const char *text;
      g_autoptr(GBytes) raw = NULL;

      if (!trip_json_node_as_string (item, &text, NULL))
        {
          raw = trip_json_node_dup_raw (item);
          trip_json_builder_add_raw (builder, NULL, raw);
          continue;
        }
      trip_json_builder_begin_object (builder, NULL);
      if (strcmp (name, "pois") == 0)
        {
          trip_json_builder_add_string (builder, "name", text);
          trip_json_builder_add_string (builder, "city", text);
          trip_json_builder_begin_object (builder, "geo_coordinate");
          trip_json_builder_add_int (builder, "lat", 0);
          trip_json_builder_add_int (builder, "lng", 0);
          trip_json_builder_end_object (builder);
        }
      trip_json_builder_add_string (builder, "description", text);
      trip_json_builder_end_object (builder);
    }
  trip_json_builder_end_array (builder);
}

static TripRequest *
read_batch_line (const char  *line,
                 GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (line, strlen (line));
  g_autoptr(TripJson) json = trip_json_parse (bytes, TRIP_REQUEST_MAX_BYTES, error);
  g_autoptr(GBytes) request = NULL;
  const TripJsonNode *state;
  const char *message = NULL;
  TripJsonBuilder builder;

  if (json == NULL || !trip_json_node_expect (trip_json_get_root (json), TRIP_JSON_OBJECT, error) ||
      !trip_json_node_get_string (trip_json_get_root (json), "message", TRUE, &message, error))
    return NULL;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "message", message);
  state = trip_json_node_member (trip_json_get_root (json), "state");
  if (state != NULL)
    {
      add_state_list (&builder, state, "pois", NULL);
      add_state_list (&builder, state, "requirements", NULL);
      add_state_list (&builder, state, "plan", "options");
    }
  trip_json_builder_end_object (&builder);
  request = trip_json_builder_end (&builder);
  return trip_request_parse (request, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, error);
}

static void
print_explanation (TripEmbeddedInterpreter *interpreter,
                   TripRequest             *request,
                   const GDate             *today)
{
  g_autofree char *explanation = trip_embedded_interpreter_explain (interpreter, request, today);

  fputs (explanation, stdout);
}

static TripCliStatus
interpret_batch (TripEmbeddedInterpreter *interpreter,
                 const GDate             *today,
                 gboolean                 explain)
{
  g_autoptr(GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr(GDataInputStream) lines = g_data_input_stream_new (input);
  TripCliStatus status = TRIP_CLI_OK;

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_autoptr(TripRequest) request = NULL;
      g_autoptr(TripReading) reading = NULL;
      g_autoptr(GBytes) answer = NULL;

      if (line == NULL)
        return error == NULL ? status : TRIP_CLI_FAILED;
      if (*g_strstrip (line) == '\0')
        continue;
      request = read_batch_line (line, &error);
      if (request == NULL)
        {
          /* One line in, one line out, whatever it holds. */
          print_error (error);
          status = TRIP_CLI_FAILED;
          continue;
        }
      if (explain)
        print_explanation (interpreter, request, today);
      reading = trip_embedded_interpreter_read (interpreter, request, today, NULL);
      answer = encode_reading (reading);
      print_bytes (answer);
    }
}

static TripCliStatus
interpret_one (TripEmbeddedInterpreter *interpreter,
               const GDate             *today,
               gboolean                 explain,
               const char              *message)
{
  g_autoptr(TripRequest) request = trip_request_new (message);
  g_autoptr(TripReading) reading = trip_embedded_interpreter_read (interpreter, request, today, NULL);
  g_autoptr(GBytes) answer = encode_reading (reading);

  if (explain)
    print_explanation (interpreter, request, today);
  print_bytes (answer);
  return TRIP_CLI_OK;
}

static TripCliStatus
run (int            argc,
     char         **argv,
     const Options *options)
{
  g_autofree char *path = trip_embedded_dup_atlas_path (options->atlas);
  g_autofree char *message = NULL;
  g_autoptr(TripAtlas) atlas = NULL;
  g_autoptr(TripEmbeddedInterpreter) interpreter = NULL;
  g_autoptr(GError) error = NULL;
  GDate today;

  if (!trip_cli_read_today (options->today, &today, &error))
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_USAGE;
    }
  if (!options->batch && argc < 2)
    {
      trip_cli_complain (NULL, _("Give a message, or --batch to read messages from standard input"));
      return TRIP_CLI_USAGE;
    }
  atlas = trip_atlas_open (path, &error);
  if (atlas == NULL)
    {
      trip_cli_complain (NULL, error->message);
      return TRIP_CLI_FAILED;
    }
  interpreter = trip_embedded_interpreter_new (trip_atlas_get_gazetteer (atlas));
  if (options->batch)
    return interpret_batch (interpreter, &today, options->explain);
  message = g_strjoinv (" ", argv + 1);
  return interpret_one (interpreter, &today, options->explain, message);
}

/**
 * trip_cli_interpret:
 * @argc: number of arguments
 * @argv: arguments, the first is `interpret`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_interpret (int    argc,
                    char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "batch", 'b', 0, G_OPTION_ARG_NONE, &options.batch,
      N_("Read {\"message\",\"state\"?} a line, print {\"intents\",\"slots\"} a line"), NULL },
    { "explain", 'e', 0, G_OPTION_ARG_NONE, &options.explain,
      N_("Tell first how each message is read: words, what was found, the rule behind each intent"), NULL },
    { "atlas", 0, 0, G_OPTION_ARG_FILENAME, &options.atlas, N_("Names of places from this atlas"), N_("FILE") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &options.today, N_("The day that relative dates count from"), N_("DATE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("[MESSAGE]"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;

  g_option_context_set_summary (context, _("Shows what messages ask for, as JSON."));
  g_option_context_set_description (context, _("Exit status: 0 understood, 1 a line of a batch or the atlas cannot be read, 2 "
                                               "wrong usage."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, &argc, &argv, &error))
    status = run (argc, argv, &options);
  else
    trip_cli_complain (NULL, error->message);
  g_free (options.atlas);
  g_free (options.today);
  return status;
}
