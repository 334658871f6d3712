/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Fields of a protocol buffer.
 */
#include "osm/trip-osm-wire.h"

enum {
  WIRE_VARINT = 0,
  WIRE_FIXED64 = 1,
  WIRE_BYTES = 2,
  WIRE_FIXED32 = 5,
};

/**
 * trip_osm_span_field:
 * @self: what is left of a message
 * @out: (out): its next field
 *
 * Returns: whether there was a whole one
 */
gboolean
trip_osm_span_field (TripOsmSpan  *self,
                     TripOsmField *out)
{
  guint64 key, size;

  *out = (TripOsmField) { 0 };
  if (!trip_osm_span_varint (self, &key) || (key >> 3) == 0 || (key >> 3) > G_MAXUINT)
    return FALSE;
  out->number = (guint) (key >> 3);
  switch (key & 7)
    {
    case WIRE_VARINT:
      return trip_osm_span_varint (self, &out->value);

    case WIRE_BYTES:
      if (!trip_osm_span_varint (self, &size) || size > (guint64) (self->end - self->p))
        return FALSE;
      break;

    case WIRE_FIXED64:
    case WIRE_FIXED32:
      size = (key & 7) == WIRE_FIXED64 ? 8 : 4;
      if (size > (guint64) (self->end - self->p))
        return FALSE;
      break;

    default:
      return FALSE;
    }
  out->is_bytes = TRUE;
  out->bytes = trip_osm_span (self->p, size);
  self->p += size;
  return TRUE;
}
