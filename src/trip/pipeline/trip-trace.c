/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Marks by libsysprof-capture, which writes into memory shared with the profiler.
 */
#include "trip/pipeline/trip-trace.h"

#ifdef HAVE_SYSPROF
#include <sysprof-capture.h>
#endif

/*< private >
 * trip_trace_now:
 *
 * Returns: the profiler's time, nanoseconds; 0 where there are no marks
 */
gint64
trip_trace_now (void)
{
#ifdef HAVE_SYSPROF
  return SYSPROF_CAPTURE_CURRENT_TIME;
#else
  return 0;
#endif
}

/*< private >
 * trip_trace_mark:
 * @begin: when it began, of trip_trace_now()
 * @name: what was done
 * @message: what to
 *
 * Marks the time from @begin to now.
 */
void
trip_trace_mark (gint64      begin,
                 const char *name,
                 const char *message)
{
#ifdef HAVE_SYSPROF
  sysprof_collector_mark (begin, SYSPROF_CAPTURE_CURRENT_TIME - begin, "tripd", name, message);
#endif
}
