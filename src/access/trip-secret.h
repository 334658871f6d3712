/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Secrets: made from the kernel's randomness, known by their digest alone, compared in constant time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TRIP_SECRET_DIGEST_BYTES:
 *
 * Size of a SHA-256 digest.
 */
#define TRIP_SECRET_DIGEST_BYTES 32

char    *trip_secret_new    (const char   *prefix);
void     trip_secret_free   (char         *secret);
void     trip_secret_digest (const char   *secret,
                             guint8       *out_digest);
gboolean trip_secret_equal  (const guint8 *one,
                             const guint8 *other);

G_END_DECLS
