/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Making main loop sources and letting go of them.
 */
#include "relay/trip-source.h"

static gboolean
alarm_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs alarm_funcs = {
  .dispatch = alarm_dispatch,
};

/**
 * trip_source_new_alarm:
 * @name: what it is called when the main loop is examined, static
 * @priority: of the source
 * @func: called when the time has come that g_source_set_ready_time() sets, which it should set anew or to -1
 * @user_data: data for @func
 *
 * Makes a source that is kept, and set and put off at will from any thread, on the thread-default main context.
 *
 * Returns: (transfer full): the source, not set
 */
GSource *
trip_source_new_alarm (const char  *name,
                       gint         priority,
                       GSourceFunc  func,
                       gpointer     user_data)
{
  GSource *source = g_source_new (&alarm_funcs, sizeof (GSource));

  g_source_set_static_name (source, name);
  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/**
 * trip_source_clear:
 * @source: (inout) (nullable) (transfer full): where a source is kept; may hold %NULL
 *
 * Takes the source out of its main context, drops the reference and leaves %NULL. On the context's thread.
 */
void
trip_source_clear (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
