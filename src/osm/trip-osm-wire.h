/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The wire format of protocol buffers, as much as PBF files use: fields of a message, packed numbers. Never reads past the
 * end of what it was given.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TripOsmSpan:
 * @p: next byte
 * @end: byte behind the last
 *
 * Bytes still to read.
 */
typedef struct {
  const guint8 *p;
  const guint8 *end;
} TripOsmSpan;

/**
 * TripOsmField:
 * @number: number of the field
 * @is_bytes: it is @bytes rather than @value
 * @value: a number
 * @bytes: a string, a message or packed numbers
 *
 * One field of a message.
 */
typedef struct {
  guint number;
  gboolean is_bytes;
  guint64 value;
  TripOsmSpan bytes;
} TripOsmField;

static inline TripOsmSpan
trip_osm_span (const guint8 *data,
               gsize         size)
{
  return (TripOsmSpan) { data, data + size };
}

static inline gboolean
trip_osm_span_is_empty (const TripOsmSpan *self)
{
  return self->p >= self->end;
}

/* A number of seven bits a byte, lowest first; at most ten bytes. */
static inline gboolean
trip_osm_span_varint (TripOsmSpan *self,
                      guint64     *out)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 70 && self->p < self->end; shift += 7)
    {
      guint8 byte = *self->p++;

      if (shift < 64)
        value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        {
          *out = value;
          return TRUE;
        }
    }
  return FALSE;
}

/* A signed number in zigzag order. */
static inline gboolean
trip_osm_span_signed (TripOsmSpan *self,
                      gint64      *out)
{
  guint64 value;

  if (!trip_osm_span_varint (self, &value))
    return FALSE;
  *out = (gint64) (value >> 1) ^ -(gint64) (value & 1);
  return TRUE;
}

/* Adds with wrap-around: hostile differences must not be undefined. */
static inline gint64
trip_osm_wrapping_add (gint64 a,
                       gint64 b)
{
  return (gint64) ((guint64) a + (guint64) b);
}

gboolean trip_osm_span_field (TripOsmSpan  *self,
                              TripOsmField *out);

G_END_DECLS
