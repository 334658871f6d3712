/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Letting go of main loop sources. Knows no connection.
 */
#include "http/trip-source.h"

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
