/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A stream in gzip, unpacked as it is read: member after member, each with its own header and checksum, with one buffer
 * of what is packed whatever the sizes are. Knows nothing of what it unpacks.
 */
#include "osm/trip-osm-gunzip.h"

#include <glib/gi18n-lib.h>
#include <zlib.h>

#define PACKED_BYTES (64 * 1024)

/* Asks zlib for gzip alone, with the largest window. */
#define GZIP_WINDOW_BITS (16 + MAX_WBITS)

#define GZIP_FIRST_BYTE 0x1f

typedef enum {
  IN_MEMBER,
  BETWEEN_MEMBERS,
  IN_PADDING,
} State;

struct _TripOsmGunzip {
  GFilterInputStream parent_instance;
  z_stream zlib;
  State state;
  guint8 *packed;
};

G_DEFINE_FINAL_TYPE (TripOsmGunzip, trip_osm_gunzip, G_TYPE_FILTER_INPUT_STREAM)

/* Returns 1 where there is more to unpack, 0 at the end, -1 for an error. */
static gint
fill (TripOsmGunzip  *self,
      GCancellable   *cancellable,
      GError        **error)
{
  gssize n;

  if (self->zlib.avail_in > 0)
    return 1;
  n = g_input_stream_read (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)), self->packed, PACKED_BYTES,
                           cancellable, error);
  if (n < 0)
    return -1;
  self->zlib.next_in = self->packed;
  self->zlib.avail_in = (uInt) n;
  return n > 0 ? 1 : 0;
}

static void
set_error (TripOsmGunzip  *self,
           int             status,
           GError        **error)
{
  if (status == Z_MEM_ERROR)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("Not enough memory"));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Invalid compressed data: %s"),
                 self->zlib.msg != NULL ? self->zlib.msg : zError (status));
}

/* Passes over what may stand behind a member: nothing, zero bytes, the next member. */
static gboolean
leave_member (TripOsmGunzip  *self,
              GError        **error)
{
  if (self->state == BETWEEN_MEMBERS && *self->zlib.next_in == GZIP_FIRST_BYTE)
    {
      int status = inflateReset (&self->zlib);

      if (status != Z_OK)
        {
          set_error (self, status, error);
          return FALSE;
        }
      self->state = IN_MEMBER;
      return TRUE;
    }
  self->state = IN_PADDING;
  for (; self->zlib.avail_in > 0; self->zlib.avail_in--, self->zlib.next_in++)
    {
      if (*self->zlib.next_in != 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               _("Invalid compressed data: what follows the end is no gzip"));
          return FALSE;
        }
    }
  return TRUE;
}

static gssize
trip_osm_gunzip_read (GInputStream  *stream,
                      void          *buffer,
                      gsize          count,
                      GCancellable  *cancellable,
                      GError       **error)
{
  TripOsmGunzip *self = TRIP_OSM_GUNZIP (stream);
  uInt room = (uInt) MIN (count, G_MAXINT);

  self->zlib.next_out = buffer;
  self->zlib.avail_out = room;
  /* Many members may be empty, and a header may be long: none of them ends the stream. */
  while (self->zlib.avail_out == room)
    {
      gint more = fill (self, cancellable, error);
      int status;

      if (more < 0)
        return -1;
      if (more == 0)
        {
          if (self->state != IN_MEMBER)
            return 0;
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, _("The compressed data end too soon"));
          return -1;
        }
      if (self->state != IN_MEMBER)
        {
          if (!leave_member (self, error))
            return -1;
          continue;
        }
      status = inflate (&self->zlib, Z_NO_FLUSH);
      if (status == Z_STREAM_END)
        {
          self->state = BETWEEN_MEMBERS;
        }
      else if (status != Z_OK && status != Z_BUF_ERROR)
        {
          set_error (self, status, error);
          return -1;
        }
    }
  return (gssize) (room - self->zlib.avail_out);
}

static void
trip_osm_gunzip_finalize (GObject *object)
{
  TripOsmGunzip *self = TRIP_OSM_GUNZIP (object);

  inflateEnd (&self->zlib);
  g_free (self->packed);

  G_OBJECT_CLASS (trip_osm_gunzip_parent_class)->finalize (object);
}

static void
trip_osm_gunzip_class_init (TripOsmGunzipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_osm_gunzip_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = trip_osm_gunzip_read;
}

static void
trip_osm_gunzip_init (TripOsmGunzip *self)
{
  self->packed = g_malloc (PACKED_BYTES);
  if (inflateInit2 (&self->zlib, GZIP_WINDOW_BITS) != Z_OK)
    g_error ("zlib cannot start: %s", self->zlib.msg != NULL ? self->zlib.msg : "out of memory");
}

/**
 * trip_osm_gunzip_new:
 * @packed: (transfer none): data in gzip
 *
 * Reads block, so read from a worker thread. A megabyte unpacks to a gigabyte at most; whoever reads bounds what it keeps.
 *
 * Returns: (transfer full): a stream of what @packed unpacks to; closes @packed when it is closed
 */
GInputStream *
trip_osm_gunzip_new (GInputStream *packed)
{
  return g_object_new (TRIP_TYPE_OSM_GUNZIP, "base-stream", packed, NULL);
}
