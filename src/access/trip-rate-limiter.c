/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The limiter. A bucket that is full again is the same as none, so those are what goes when there are too many.
 */
#include "access/trip-rate-limiter.h"

#include <math.h>

enum {
  MAX_KEYS = 4096,
};

typedef struct {
  gdouble level;
  gint64 at_us;
} Bucket;

struct _TripRateLimiter {
  gdouble per_second;
  gdouble burst;
  GHashTable *buckets;
};

/**
 * trip_rate_limiter_new:
 * @per_second: how often in the long run; 0 for no limit
 * @burst: how often at once, at least 1
 *
 * Returns: (transfer full): a limiter
 */
TripRateLimiter *
trip_rate_limiter_new (gdouble per_second,
                       gdouble burst)
{
  TripRateLimiter *self = g_new0 (TripRateLimiter, 1);

  self->per_second = per_second;
  self->burst = MAX (burst, 1);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * trip_rate_limiter_free:
 * @self: (transfer full): a limiter
 *
 * Frees it.
 */
void
trip_rate_limiter_free (TripRateLimiter *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static gdouble
level_at (TripRateLimiter *self,
          const Bucket    *bucket,
          gint64           now_us)
{
  return MIN (self->burst, bucket->level + (gdouble) (now_us - bucket->at_us) / G_USEC_PER_SEC * self->per_second);
}

/* The full ones go; where all are in use, the stalest does. */
static void
make_room (TripRateLimiter *self,
           gint64           now_us)
{
  GHashTableIter iter;
  gpointer key, value, stalest = NULL;
  gint64 stalest_at = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Bucket *bucket = value;

      if (level_at (self, bucket, now_us) >= self->burst)
        {
          g_hash_table_iter_remove (&iter);
        }
      else if (bucket->at_us < stalest_at)
        {
          stalest = key;
          stalest_at = bucket->at_us;
        }
    }
  if (g_hash_table_size (self->buckets) >= MAX_KEYS && stalest != NULL)
    g_hash_table_remove (self->buckets, stalest);
}

/**
 * trip_rate_limiter_take:
 * @self: a limiter
 * @key: who asks
 * @now_us: monotonic time, microseconds
 * @out_retry_after_ms: (out): where he may not, in how many milliseconds he may
 *
 * Returns: whether he may
 */
gboolean
trip_rate_limiter_take (TripRateLimiter *self,
                        const char      *key,
                        gint64           now_us,
                        guint           *out_retry_after_ms)
{
  Bucket *bucket;

  *out_retry_after_ms = 0;
  if (self->per_second <= 0)
    return TRUE;
  bucket = g_hash_table_lookup (self->buckets, key);
  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= MAX_KEYS)
        make_room (self, now_us);
      bucket = g_new0 (Bucket, 1);
      bucket->level = self->burst;
      bucket->at_us = now_us;
      g_hash_table_insert (self->buckets, g_strdup (key), bucket);
    }
  bucket->level = level_at (self, bucket, now_us);
  bucket->at_us = now_us;
  if (bucket->level >= 1)
    {
      bucket->level -= 1;
      return TRUE;
    }
  *out_retry_after_ms = (guint) ceil ((1 - bucket->level) / self->per_second * 1000);
  return FALSE;
}
