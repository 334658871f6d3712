/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded interpreter: any text gives at least one intent, and only valid ones. Lines before the last that begin with
 * "p " are places of the state, those with "r " its requirements, and "o" is an option.
 */
#include "providers/interpreter/trip-embedded-interpreter.h"

#include <string.h>

#define MAX_STATE_LINES 16

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Takes the lines of the state off the text. */
static const char *
read_state (TripRequest *request,
            char        *text)
{
  for (guint n = 0; n < MAX_STATE_LINES; n++)
    {
      char *end = strchr (text, '\n');

      if (end == NULL || (!g_str_has_prefix (text, "p ") && !g_str_has_prefix (text, "r ") && end != text + 1))
        break;
      *end = '\0';
      if (*text == 'p')
        {
          TripPoi *poi = trip_poi_new (text + MIN (2, strlen (text)));

          poi->city = g_strdup (poi->name);
          g_ptr_array_add (request->pois, poi);
        }
      else if (*text == 'r')
        {
          const char *words = text + MIN (2, strlen (text));

          g_ptr_array_add (request->requirements, trip_requirement_new (words, TRIP_PRIORITY_MUST_HAVE));
        }
      else
        {
          g_ptr_array_add (request->plan, trip_plan_option_new ());
        }
      text = end + 1;
    }
  return text;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static TripEmbeddedInterpreter *interpreter = NULL;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autoptr(TripRequest) request = trip_request_new ("");
  g_autoptr(TripReading) reading = NULL;
  GDate today;

  if (interpreter == NULL)
    {
      g_autoptr(TripGazetteer) gazetteer = trip_gazetteer_new ();

      interpreter = trip_embedded_interpreter_new (gazetteer);
    }
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, G_DATE_NOVEMBER, 2026);
  g_free (request->message);
  request->message = g_strdup (read_state (request, text));
  reading = trip_embedded_interpreter_read (interpreter, request, &today, NULL);
  g_assert_cmpuint (reading->intents->len, >, 0);
  for (guint i = 0; i < reading->intents->len; i++)
    g_assert_true (trip_intent_validate (g_ptr_array_index (reading->intents, i), NULL));
  return 0;
}
