/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What crosses the edge: reading, refusing, writing back.
 */
#include "trip/model/trip-currency.h"
#include "trip/model/trip-error.h"
#include "trip/model/trip-intent.h"
#include "trip/model/trip-request.h"

#include <string.h>

static TripRequest *
read_request (const char  *text,
              GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return trip_request_parse (bytes, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, error);
}

static void
test_refused_state (void)
{
  static const struct {
    const char *request;
    const char *message;
  } cases[] = {
    { "[]", "the request must be an object" },
    { "{}", "message is required" },
    { "{\"message\":null}", "message is required" },
    { "{\"message\":\"  \\n\\u00a0\"}", "message is required" },
    { "{\"message\":3}", "message must be a string" },
    { "{\"message\":\"x\",\"pois\":3}", "pois must be an array" },
    { "{\"message\":\"x\",\"pois\":{\"other\":[]}}", "pois must be an array" },
    { "{\"message\":\"x\",\"pois\":[3]}", "pois[0] must be an object" },
    { "{\"message\":\"x\",\"pois\":[{}]}", "pois[0].name is required" },
    { "{\"message\":\"x\",\"pois\":[{\"name\":\"\",\"description\":\"\",\"geo_coordinate\":{\"lat\":1,\"lng\":1}}]}",
      "pois[0].name must not be empty" },
    { "{\"message\":\"x\",\"pois\":[{\"name\":\"A\"}]}", "pois[0].description is required" },
    { "{\"message\":\"x\",\"pois\":[{\"name\":\"A\",\"description\":\"\"}]}", "pois[0].geo_coordinate is required" },
    { "{\"message\":\"x\",\"pois\":{\"poi\":[{\"name\":\"A\",\"description\":\"\",\"geo_coordinate\":{\"lat\":\"north\"}}]}}",
      "pois.poi[0].geo_coordinate.lat must be a number" },
    { "{\"message\":\"x\",\"pois\":[{\"name\":\"A\",\"description\":\"\",\"geo_coordinate\":{\"lat\":91,\"lng\":1}}]}",
      "pois[0].geo_coordinate.lat must be between -90 and 90" },
    { "{\"message\":\"x\",\"requirements\":[{}]}", "requirements[0].description is required" },
    { "{\"message\":\"x\",\"requirements\":[{\"description\":\"d\",\"priority\":\"high\"}]}",
      "requirements[0].priority must be must_have, preferred or avoid" },
    { "{\"message\":\"x\",\"plan\":[{\"days\":[{\"blocks\":[{\"pois\":[{\"name\":1}]}]}]}]}",
      "plan[0].days[0].blocks[0].pois[0].name must be a string" },
    { "{\"message\":\"x\",\"plan\":[{\"days\":{}}]}", "plan[0].days must be an array" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TripRequest) request = read_request (cases[i].request, &error);

      g_assert_null (request);
      g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_wrapped_forms (void)
{
  static const char * const wrappers[] = { "poi", "pois", "results", "points_of_interest" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"message\":\"x\",\"pois\":{\"%s\":[{\"name\":\"A\",\"description\":\"\","
                                               "\"geo_coordinate\":{\"lat\":1,\"lng\":1}}]},"
                                               "\"requirements\":{\"requirements\":[{\"description\":\"d\"}]},"
                                               "\"plan\":{\"options\":[{}]}}", wrappers[i]);
      g_autoptr(TripRequest) request = read_request (text, NULL);

      g_assert_cmpuint (request->pois->len, ==, 1);
      g_assert_cmpuint (request->requirements->len, ==, 1);
      g_assert_cmpuint (request->plan->len, ==, 1);
    }
}

static void
test_message_limit (void)
{
  g_autofree char *fits = g_strnfill (TRIP_MESSAGE_MAX_BYTES, 'x');
  g_autofree char *text = g_strdup_printf ("{\"message\":\"%s\"}", fits);
  g_autofree char *longer = g_strdup_printf ("{\"message\":\"%sx\"}", fits);
  g_autoptr(TripRequest) request = read_request (text, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (request);
  g_assert_null (read_request (longer, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE);
}

static void
test_poi_defaults (void)
{
  g_autoptr(TripRequest) request = read_request ("{\"message\":\"x\",\"pois\":[{\"name\":\"A\",\"description\":\"\","
                                                 "\"geo_coordinate\":{\"lat\":1,\"lng\":1},\"poi_type\":\"castle\","
                                                 "\"popularity\":\"very\",\"id\":7}]}", NULL);
  const TripPoi *poi = g_ptr_array_index (request->pois, 0);

  g_assert_cmpint (poi->type, ==, TRIP_POI_SIGHT);
  g_assert_cmpint (poi->popularity, ==, -1);
  g_assert_null (poi->id);
  g_assert_cmpstr (poi->cost, ==, "");
}

static void
test_plan_keeps_what_is_untouched (void)
{
  const char *text = "{\"message\":\"x\",\"plan\":[{\"zz\":[1.0],\"days\":["
                     "{\"highlight\":\"one\",\"date\":\"2027-04-10\",\"blocks\":["
                     "{\"time\":\"9:00 AM - 10:00 AM\",\"description\":\"a\",\"cost\":1.50},"
                     "{\"time\":\"11:00 AM - 1:00 PM\",\"description\":\"b\",\"mine\":35.7148}]},"
                     "{\"highlight\":\"two\",\"blocks\":[],\"q\":2}]}]}";
  g_autoptr(TripRequest) request = read_request (text, NULL);
  TripPlanOption *option = g_ptr_array_index (request->plan, 0);
  TripPlanDay *day = g_ptr_array_index (option->days, 0);
  TripPlanBlock *block = g_ptr_array_index (day->blocks, 1);
  g_auto(TripJsonBuilder) builder = { 0 };
  g_autofree char *written = NULL;

  g_assert_cmpint (block->start, ==, 11 * 60);
  g_assert_cmpint (block->end, ==, 13 * 60);
  block->start = 12 * 60;
  trip_plan_block_touch (block);
  trip_plan_day_touch (day);
  trip_plan_option_touch (option);
  trip_json_builder_init (&builder);
  trip_plan_option_write (option, &builder);
  written = trip_json_builder_end_string (&builder);

  g_assert_nonnull (strstr (written, "{\"time\":\"9:00 AM - 10:00 AM\",\"description\":\"a\",\"cost\":1.50}"));
  g_assert_nonnull (strstr (written, "\"time\":\"12:00 PM - 1:00 PM\""));
  g_assert_nonnull (strstr (written, "\"start\":\"2027-04-10T12:00:00\",\"end\":\"2027-04-10T13:00:00\""));
  g_assert_nonnull (strstr (written, "\"mine\":35.7148"));
  g_assert_nonnull (strstr (written, "{\"highlight\":\"two\",\"blocks\":[],\"q\":2}"));
  g_assert_nonnull (strstr (written, "\"zz\":[1.0]"));
}

static void
test_duration (void)
{
  static const struct {
    const char *text;
    gint minutes;
  } cases[] = {
    { "20 minutes", 20 },     { "1 minute", 1 },       { "1 hour 25 minutes", 85 }, { "1h 25m", 85 },     { "1h30", 90 },
    { "2.5 hours", 150 },     { "1:30", 90 },          { "about 40 min", 40 },      { "45-60 minutes", 60 },
    { "45 – 60 min", 60 },    { "1 day 2 hrs", 1560 }, { "90 seconds", 2 },         { "15", 15 },         { "", 0 },
    { "a while", 0 },         { "20-minute walk", 20 }, { "99999999999999999999 days", 366 * 24 * 60 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (trip_duration_parse (cases[i].text), ==, cases[i].minutes);
    }
}

static void
test_clock (void)
{
  g_autofree char *morning = trip_clock_format_range (9 * 60, 11 * 60 + 30);
  g_autofree char *night = trip_clock_format_range (23 * 60, 25 * 60);
  gint start, end;

  g_assert_cmpstr (morning, ==, "9:00 AM - 11:30 AM");
  g_assert_cmpstr (night, ==, "11:00 PM - 1:00 AM");
  g_assert_true (trip_clock_parse_range (night, &start, &end));
  g_assert_cmpint (start, ==, 23 * 60);
  g_assert_cmpint (end, ==, 25 * 60);
  g_assert_true (trip_clock_parse_range ("09:00–11:30", &start, &end));
  g_assert_cmpint (end, ==, 11 * 60 + 30);
  g_assert_true (trip_clock_parse_range ("12:00 AM - 12:30 PM", &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 12 * 60 + 30);
  g_assert_false (trip_clock_parse_range ("", &start, &end));
  g_assert_false (trip_clock_parse_range ("9:00", &start, &end));
  g_assert_false (trip_clock_parse_range ("9:60 AM - 10:00 AM", &start, &end));
  g_assert_false (trip_clock_parse_range ("13:00 PM - 2:00 PM", &start, &end));
  g_assert_false (trip_clock_parse_range ("morning - noon", &start, &end));
}

static void
test_iso (void)
{
  GDate day;
  gint minute;

  g_assert_true (trip_clock_parse_iso ("2027-04-10T09:05", &day, &minute));
  g_assert_cmpint (minute, ==, 545);
  g_assert_true (trip_clock_parse_iso ("2028-02-29T23:59:59", &day, &minute));
  g_assert_false (trip_clock_parse_iso ("2027-02-29T09:05", &day, &minute));
  g_assert_false (trip_clock_parse_iso ("2027-04-10", &day, &minute));
  g_assert_false (trip_clock_parse_iso ("2027-04-10T25:00", &day, &minute));
  g_assert_false (trip_date_parse_iso ("0000-00-00", &day));
  g_assert_false (trip_date_parse_iso ("2027-4-10", &day));
}

static void
test_money (void)
{
  static const struct {
    const char *code;
    gint64 minor;
    const char *text;
  } cases[] = {
    { "USD", 420000, "$4,200" }, { "USD", 350, "$3.50" }, { "JPY", 1234567, "¥1,234,567" }, { "EUR", 5, "€0.05" },
    { "CHF", 12000, "CHF 120" }, { "JOD", 1500, "JOD 1.500" }, { "USD", 0, "$0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = trip_currency_format (cases[i].code, cases[i].minor);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpint (trip_currency_to_minor ("USD", 0.1 + 0.2), ==, 30);
  g_assert_cmpint (trip_currency_convert (10000, "USD", "JPY"), ==, 15000);
  g_assert_cmpint (trip_currency_convert (77, "USD", "USD"), ==, 77);
  g_assert_false (trip_currency_is_known ("XXX"));
}

static void
test_intents (void)
{
  static const struct {
    TripIntentKind kind;
    TripAction action;
    const char *value;
    gboolean valid;
  } cases[] = {
    { TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD, "Tokyo", TRUE },
    { TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_MODIFY, "Tokyo", FALSE },
    { TRIP_INTENT_SCHEDULE_REQUIREMENT, TRIP_ACTION_REMOVE, "x", TRUE },
    { TRIP_INTENT_SCHEDULE_OPTION, TRIP_ACTION_MODIFY, "x", TRUE },
    { TRIP_INTENT_GENERAL_RESPONSE, TRIP_ACTION_ADD, "x", TRUE },
    { TRIP_INTENT_NOT_RELEVANT, TRIP_ACTION_REMOVE, "x", FALSE },
    { TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD, "", FALSE },
    { (TripIntentKind) 9, TRIP_ACTION_ADD, "x", FALSE },
    { TRIP_INTENT_POINTS_OF_INTEREST, (TripAction) 9, "x", FALSE },
    { TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_ADD, "\xff", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TripIntent) intent = trip_intent_new (cases[i].kind, cases[i].action, cases[i].value);

      g_assert_cmpint (trip_intent_validate (intent, NULL), ==, cases[i].valid);
    }
}

static void
test_distance (void)
{
  const TripGeo paris = { 48.8566, 2.3522 };
  const TripGeo london = { 51.5074, -0.1278 };
  const TripGeo fiji = { -17.0, 179.9 };
  const TripGeo beyond = { -17.0, -179.9 };

  g_assert_cmpfloat_with_epsilon (trip_geo_distance_m (&paris, &london), 343500.0, 1000.0);
  g_assert_cmpfloat_with_epsilon (trip_geo_distance_m (&fiji, &beyond), 21270.0, 100.0);
  g_assert_true (trip_geo_is_within (&paris, &london, 345000.0));
  g_assert_false (trip_geo_is_within (&paris, &london, 342000.0));
  g_assert_false (trip_geo_is_within (&paris, &london, 1000.0));
  g_assert_true (trip_geo_is_within (&fiji, &beyond, 22000.0));
  g_assert_cmpfloat (trip_geo_distance_m (&paris, &paris), ==, 0.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/refused-state", test_refused_state);
  g_test_add_func ("/model/wrapped-forms", test_wrapped_forms);
  g_test_add_func ("/model/message-limit", test_message_limit);
  g_test_add_func ("/model/poi-defaults", test_poi_defaults);
  g_test_add_func ("/model/plan-keeps-what-is-untouched", test_plan_keeps_what_is_untouched);
  g_test_add_func ("/model/clock", test_clock);
  g_test_add_func ("/model/duration", test_duration);
  g_test_add_func ("/model/iso", test_iso);
  g_test_add_func ("/model/money", test_money);
  g_test_add_func ("/model/intents", test_intents);
  g_test_add_func ("/model/distance", test_distance);
  return g_test_run ();
}
