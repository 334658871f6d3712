/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The JSON door and the writer, with json-glib as an independent reader.
 */
#include "trip/json/trip-json-builder.h"
#include "trip/json/trip-json-variant.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-error.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define LIMIT (1024 * 1024)

static TripJson *
parse_bytes (const char  *text,
             gsize        length,
             GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length);

  return trip_json_parse (bytes, LIMIT, error);
}

static TripJson *
parse (const char  *text,
       GError     **error)
{
  return parse_bytes (text, strlen (text), error);
}

static void
test_accepts (void)
{
  static const char * const texts[] = {
    "{}", "[]", " [ 1 , 2.5 , -0 , 1e3 , 1E-3 , 0.5 ] ", "\"x\"", "null", "true", "false", "3",
    "{\"a\":{\"b\":[{}]}}", "\"\\ud83d\\ude00\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TripJson) json = parse (texts[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (json);
    }
}

static void
test_refuses (void)
{
  static const char * const texts[] = {
    "", " ", "{", "[", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "[--1]", "[NaN]",
    "[Infinity]", "[1 2]", "{\"a\" 1}", "{\"a\":}", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "\"\n\"", "\"abc", "tru", "nullx", "[1] 2", "// c\n[]", "/* c */[]", "[0x10]", "[1a]", "}", "]", "[}", "{]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TripJson) json = parse (texts[i], &error);

      g_assert_null (json);
      g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE);
    }
}

static void
test_position (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJson) json = parse ("{\n  \"\xc3\xa9\": 1,\n  \"b\": ?\n}", &error);

  g_assert_null (json);
  g_assert_nonnull (strstr (error->message, "line 3, column 8"));
}

static void
test_depth (void)
{
  g_autofree char *bomb = g_strnfill (131000, '[');
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJson) json = parse (bomb, &error);

  g_assert_null (json);
  g_assert_nonnull (strstr (error->message, "64"));

  for (gint i = 0; i < TRIP_JSON_MAX_DEPTH; i++)
    g_string_append (deep, "[");
  for (gint i = 0; i < TRIP_JSON_MAX_DEPTH; i++)
    g_string_append (deep, "]");
  json = parse (deep->str, NULL);
  g_assert_nonnull (json);

  g_string_prepend (deep, "[");
  g_string_append (deep, "]");
  g_assert_null (parse (deep->str, NULL));
}

static void
test_limits (void)
{
  g_autofree char *large = g_strnfill (LIMIT + 1, ' ');
  g_autoptr(GString) many = g_string_new ("[0");
  g_autoptr(GError) error = NULL;

  g_assert_null (parse (large, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (gint i = 0; i < TRIP_JSON_MAX_VALUES; i++)
    g_string_append (many, ",0");
  g_string_append (many, "]");
  g_assert_null (parse (many->str, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE);
}

static void
test_not_utf8 (void)
{
  static const char nul[] = "{\"a\":\"x\0y\"}";
  g_autoptr(GError) error = NULL;

  g_assert_null (parse ("\"\xff\xfe\"", &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE);
  g_assert_nonnull (strstr (error->message, "UTF-8"));
  g_clear_error (&error);

  g_assert_null (parse_bytes (nul, sizeof nul - 1, &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE);
}

static void
test_escaped_nul (void)
{
  g_autoptr(TripJson) json = parse ("{\"message\":\"a\\u0000b\"}", NULL);
  g_autoptr(GError) error = NULL;
  const char *text = NULL;

  g_assert_nonnull (json);
  g_assert_false (trip_json_node_get_string (trip_json_get_root (json), "message", TRUE, &text, &error));
  g_assert_cmpstr (error->message, ==, "message must not contain the character U+0000");
}

static void
test_path (void)
{
  g_autoptr(TripJson) json = parse ("{\"pois\":[0,1,2,{\"geo_coordinate\":{\"lat\":\"north\"}}]}", NULL);
  const TripJsonNode *pois = trip_json_node_member (trip_json_get_root (json), "pois");
  const TripJsonNode *geo = trip_json_node_member (trip_json_node_element (pois, 3), "geo_coordinate");
  g_autoptr(GError) error = NULL;
  gdouble lat;

  g_assert_false (trip_json_node_get_double (geo, "lat", TRUE, &lat, &error));
  g_assert_cmpstr (error->message, ==, "pois[3].geo_coordinate.lat must be a number");
  g_clear_error (&error);
  g_assert_false (trip_json_node_get_double (geo, "lng", TRUE, &lat, &error));
  g_assert_cmpstr (error->message, ==, "pois[3].geo_coordinate.lng is required");
}

static void
test_typed (void)
{
  g_autoptr(TripJson) json = parse ("[1.5, 3, true, \"x\", null, 1e400, 7]", NULL);
  const TripJsonNode *root = trip_json_get_root (json);
  const char *text;
  gboolean truth;
  gint64 whole;
  gdouble number;

  g_assert_true (trip_json_node_as_double (trip_json_node_element (root, 0), &number, NULL));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_false (trip_json_node_as_int (trip_json_node_element (root, 0), &whole, NULL));
  g_assert_true (trip_json_node_as_int (trip_json_node_element (root, 1), &whole, NULL));
  g_assert_cmpint (whole, ==, 3);
  g_assert_true (trip_json_node_as_boolean (trip_json_node_element (root, 2), &truth, NULL));
  g_assert_true (truth);
  g_assert_true (trip_json_node_as_string (trip_json_node_element (root, 3), &text, NULL));
  g_assert_cmpstr (text, ==, "x");
  g_assert_false (trip_json_node_as_string (trip_json_node_element (root, 4), &text, NULL));
  g_assert_false (trip_json_node_as_double (trip_json_node_element (root, 5), &number, NULL));
}

static void
test_raw (void)
{
  g_autoptr(TripJson) json = parse ("{ \"b\" : 35.71480 , \"a\":[ 1 ,2], \"b\": 2 }", NULL);
  const TripJsonNode *root = trip_json_get_root (json);
  g_autoptr(GBytes) list = trip_json_node_dup_raw (trip_json_node_member (root, "a"));
  const char * const known[] = { "a", NULL };
  g_autoptr(GBytes) others = trip_json_node_dup_others (root, known);
  g_autoptr(GBytes) number = trip_json_node_dup_raw (trip_json_node_first (root));

  g_assert_cmpmem (g_bytes_get_data (list, NULL), g_bytes_get_size (list), "[ 1 ,2]", 7);
  g_assert_cmpmem (g_bytes_get_data (number, NULL), g_bytes_get_size (number), "35.71480", 8);
  g_assert_cmpmem (g_bytes_get_data (others, NULL), g_bytes_get_size (others), "\"b\":35.71480,\"b\":2", 18);
}

static void
assert_number (gdouble     value,
               const char *expected)
{
  g_autofree char *text = trip_json_format_double (value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  assert_number (35.7148, "35.7148");
  assert_number (0.1, "0.1");
  assert_number (0.1 + 0.2, "0.30000000000000004");
  assert_number (3.0, "3");
  assert_number (-0.5, "-0.5");
  assert_number (1e22, "1e22");
  assert_number (1e-7, "1e-7");
  assert_number (5e-324, "5e-324");
  assert_number (1.7976931348623157e308, "1.7976931348623157e308");
  for (gint i = 0; i < 20000; i++)
    {
      gdouble value = ldexp (g_rand_double (random) - 0.5, g_rand_int_range (random, -200, 200));
      g_autofree char *text = trip_json_format_double (value);

      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
    }
}

static void
test_writer_read_by_json_glib (void)
{
  g_auto(TripJsonBuilder) builder = { 0 };
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  const char *wild = "a\"\\\n\t\x01\x7f é 😀 שלום";
  JsonObject *object;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, wild, wild);
  trip_json_builder_add_double (&builder, "lat", 35.7148);
  trip_json_builder_begin_array (&builder, "list");
  trip_json_builder_add_boolean (&builder, NULL, TRUE);
  trip_json_builder_add_null (&builder, NULL);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_end_object (&builder);
  trip_json_builder_end_array (&builder);
  trip_json_builder_end_object (&builder);
  text = trip_json_builder_end_string (&builder);

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, wild), ==, wild);
  g_assert_cmpfloat (json_object_get_double_member (object, "lat"), ==, 35.7148);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "list")), ==, 3);
}

static void
test_variant (void)
{
  const char *text = "{\"name\":\"x\",\"geo\":{\"lat\":1.5,\"n\":3},\"tags\":[\"a\",\"b\"],\"days\":[{\"t\":true}],\"mix\":[1,\"a\"]}";
  g_autoptr(TripJson) json = parse (text, NULL);
  g_autoptr(GVariant) variant = g_variant_ref_sink (trip_json_node_to_variant (trip_json_get_root (json)));
  g_autoptr(GVariant) days = g_variant_lookup_value (variant, "days", NULL);
  g_autoptr(GVariant) tags = g_variant_lookup_value (variant, "tags", NULL);
  g_auto(TripJsonBuilder) builder = { 0 };
  g_autofree char *back = NULL;

  g_assert_cmpstr (g_variant_get_type_string (variant), ==, "a{sv}");
  g_assert_cmpstr (g_variant_get_type_string (days), ==, "aa{sv}");
  g_assert_cmpstr (g_variant_get_type_string (tags), ==, "as");
  trip_json_builder_init (&builder);
  g_assert_true (trip_json_builder_add_variant (&builder, NULL, variant, NULL));
  back = trip_json_builder_end_string (&builder);
  g_assert_cmpstr (back, ==, text);
}

static void
test_variant_refuses (void)
{
  g_autoptr(GVariant) maybe = g_variant_ref_sink (g_variant_new_parsed ("just 3"));
  GVariant *deep = g_variant_new_string ("x");
  g_auto(TripJsonBuilder) builder = { 0 };
  g_autoptr(GVariant) sunk = NULL;

  trip_json_builder_init (&builder);
  g_assert_false (trip_json_builder_add_variant (&builder, NULL, maybe, NULL));
  for (gint i = 0; i < 80; i++)
    deep = g_variant_new_variant (deep);
  sunk = g_variant_ref_sink (deep);
  g_assert_false (trip_json_builder_add_variant (&builder, NULL, sunk, NULL));
}

static void
test_whole_numbers (void)
{
  static const gint64 numbers[] = { 0, 7, -7, 10, G_MAXINT64, G_MININT64 };
  TripJsonBuilder builder;
  g_autofree char *text = NULL;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_array (&builder, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    trip_json_builder_add_int (&builder, NULL, numbers[i]);
  trip_json_builder_end_array (&builder);
  text = trip_json_builder_end_string (&builder);
  g_assert_cmpstr (text, ==, "[0,7,-7,10,9223372036854775807,-9223372036854775808]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/accepts", test_accepts);
  g_test_add_func ("/json/refuses", test_refuses);
  g_test_add_func ("/json/position", test_position);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/limits", test_limits);
  g_test_add_func ("/json/not-utf8", test_not_utf8);
  g_test_add_func ("/json/escaped-nul", test_escaped_nul);
  g_test_add_func ("/json/path", test_path);
  g_test_add_func ("/json/typed", test_typed);
  g_test_add_func ("/json/raw", test_raw);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/writer-read-by-json-glib", test_writer_read_by_json_glib);
  g_test_add_func ("/json/variant", test_variant);
  g_test_add_func ("/json/variant-refuses", test_variant_refuses);
  g_test_add_func ("/json/whole-numbers", test_whole_numbers);
  return g_test_run ();
}
