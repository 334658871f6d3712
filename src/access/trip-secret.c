/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Secrets.
 */
#include "access/trip-secret.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum {
  RANDOM_BYTES = 32,
};

/**
 * trip_secret_new:
 * @prefix: what it begins with, so that people and scanners know one when they see it
 *
 * Returns: (transfer full): a secret of 256 random bits, in letters, digits, `-` and `_`; free it with trip_secret_free()
 */
char *
trip_secret_new (const char *prefix)
{
  guint8 bytes[RANDOM_BYTES];
  g_autofree char *text = NULL;
  char *secret;

  /* Never short for so few bytes, and never refused on a kernel that runs GLib. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("getrandom: %s", g_strerror (errno));
  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  secret = g_strconcat (prefix, text, NULL);
  explicit_bzero (bytes, sizeof bytes);
  explicit_bzero (text, strlen (text));
  return secret;
}

/**
 * trip_secret_free:
 * @secret: (transfer full) (nullable): a secret
 *
 * Frees it, and leaves nothing of it in memory.
 */
void
trip_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * trip_secret_digest:
 * @secret: a secret, or what somebody takes for one
 * @out_digest: (out caller-allocates) (array fixed-size=32): its SHA-256 digest
 *
 * What is kept of a secret. It has 256 random bits, so a plain digest cannot be guessed back.
 */
void
trip_secret_digest (const char *secret,
                    guint8     *out_digest)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = TRIP_SECRET_DIGEST_BYTES;

  g_checksum_update (checksum, (const guchar *) secret, (gssize) strlen (secret));
  g_checksum_get_digest (checksum, out_digest, &length);
}

/**
 * trip_secret_equal:
 * @one: (array fixed-size=32): a digest
 * @other: (array fixed-size=32): another
 *
 * Returns: whether they are the same; takes the same time whatever they are
 */
gboolean
trip_secret_equal (const guint8 *one,
                   const guint8 *other)
{
  guint8 difference = 0;

  for (gsize i = 0; i < TRIP_SECRET_DIGEST_BYTES; i++)
    difference |= one[i] ^ other[i];
  return difference == 0;
}
