/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The guard.
 */
#include "http/trip-http-guard.h"

struct _TripHttpGuard {
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (TripHttpGuard, trip_http_guard, G_TYPE_OBJECT)

static void
trip_http_guard_class_init (TripHttpGuardClass *klass)
{
}

static void
trip_http_guard_init (TripHttpGuard *self)
{
}

TripHttpGuard *
trip_http_guard_new (void)
{
  return g_object_new (TRIP_TYPE_HTTP_GUARD, NULL);
}

gboolean
trip_http_guard_needs_token (TripHttpGuard *self)
{
  return FALSE;
}

char *
trip_http_guard_dup_principal (TripHttpGuard *self,
                               const char    *token)
{
  return g_strdup ("");
}

gboolean
trip_http_guard_take (TripHttpGuard *self,
                      const char    *principal,
                      guint         *out_retry_after_ms)
{
  *out_retry_after_ms = 0;
  return TRUE;
}
