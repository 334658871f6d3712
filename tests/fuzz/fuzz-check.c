/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plans of anybody held against the rules: whatever their times, places and sums say, the validator comes back.
 */
#include "check/trip-plan-check.h"
#include "trip/json/trip-json.h"

#define MAX_BYTES (1024 * 1024)

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TripJson) json = trip_json_parse (bytes, MAX_BYTES, NULL);
  const TripJsonNode *root = json != NULL ? trip_json_get_root (json) : NULL;
  g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  g_autoptr(GPtrArray) pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  g_autoptr(GPtrArray) requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  g_autoptr(GPtrArray) violations = NULL;
  GDate today;

  if (root == NULL || trip_json_node_get_kind (root) != TRIP_JSON_OBJECT ||
      !trip_json_node_read_list (trip_json_node_member (root, "plan"), (TripJsonReadFunc) trip_plan_option_read, options,
                                 NULL) ||
      !trip_json_node_read_list (trip_json_node_member (root, "pois"), (TripJsonReadFunc) trip_poi_read, pois, NULL) ||
      !trip_json_node_read_list (trip_json_node_member (root, "requirements"), (TripJsonReadFunc) trip_requirement_read,
                                 requirements, NULL))
    return 0;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, G_DATE_NOVEMBER, 2026);
  violations = trip_plan_check (options, pois, requirements, &today);
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_assert_true (g_strv_contains (trip_plan_check_rules (), violation->rule));
      g_assert_true (g_utf8_validate (violation->message, -1, NULL));
    }
  return 0;
}
