/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded interpreter: any text gives at least one intent, and only valid ones.
 */
#include "providers/interpreter/trip-embedded-interpreter.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static TripEmbeddedInterpreter *interpreter = NULL;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autoptr(TripRequest) request = trip_request_new (text);
  g_autoptr(TripReading) reading = NULL;
  GDate today;

  if (interpreter == NULL)
    {
      g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();

      interpreter = trip_embedded_interpreter_new (gazetteer);
    }
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, G_DATE_NOVEMBER, 2026);
  reading = trip_embedded_interpreter_read (interpreter, request, &today, NULL);
  g_assert_cmpuint (reading->intents->len, >, 0);
  for (guint i = 0; i < reading->intents->len; i++)
    g_assert_true (trip_intent_validate (g_ptr_array_index (reading->intents, i), NULL));
  return 0;
}
