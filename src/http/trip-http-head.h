/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Looks at the head of a request as it arrives, for what libsoup must not get to see. Pure: bytes in, a verdict out.
 */
#pragma once

#include "trip/model/trip-error.h"

G_BEGIN_DECLS

/**
 * TRIP_HTTP_HEAD_MAX_BYTES:
 *
 * Longest head of a request, request line included.
 */
#define TRIP_HTTP_HEAD_MAX_BYTES (32 * 1024)

/**
 * TripHttpHead:
 *
 * Where the look at one head stands. All zero at the start.
 */
typedef struct {
  /*< private >*/
  char line[64];
  gsize line_length;
  gsize n_bytes;
  guint n_lines;
  gboolean is_over;
} TripHttpHead;

gboolean trip_http_head_push (TripHttpHead  *self,
                              const char    *bytes,
                              gsize          length,
                              GError       **error);

G_END_DECLS
