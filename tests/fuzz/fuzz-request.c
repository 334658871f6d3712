/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The JSON door and the reading of requests; what is read is written and read again.
 */
#include "trip/json/trip-json-builder.h"
#include "trip/model/trip-request.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_rewritten (TripRequest *request)
{
  for (guint i = 0; i < request->plan->len; i++)
    {
      g_autoptr(TripPlanOption) option = trip_plan_option_copy (g_ptr_array_index (request->plan, i));
      g_auto(TripJsonBuilder) builder = { 0 };
      g_autoptr(GBytes) text = NULL;
      g_autoptr(TripJson) json = NULL;

      trip_plan_option_touch (option);
      for (guint d = 0; d < option->days->len; d++)
        {
          TripPlanDay *day = g_ptr_array_index (option->days, d);

          trip_plan_day_touch (day);
          for (guint b = 0; b < day->blocks->len; b++)
            trip_plan_block_touch (g_ptr_array_index (day->blocks, b));
        }
      trip_json_builder_init (&builder);
      trip_plan_option_write (option, &builder);
      text = trip_json_builder_end (&builder);
      json = trip_json_parse (text, G_MAXSIZE, NULL);
      g_assert_nonnull (json);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripRequest) request = NULL;

  request = trip_request_parse (bytes, TRIP_REQUEST_MAX_BYTES, TRIP_MESSAGE_MAX_BYTES, &error);
  g_assert_true ((request != NULL) == (error == NULL));
  if (request != NULL)
    check_rewritten (request);
  return 0;
}
