/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The frame of a PBF file: blocks with a header, compressed one by one. What is in them is read in trip-osm-primitives.c.
 */
#include "osm/trip-osm-private.h"
#include "osm/trip-osm-wire.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* The format's own limits. */
#define MAX_HEADER_BYTES (64 * 1024)
#define MAX_BLOCK_BYTES (32 * 1024 * 1024)

#define BLOCK_TYPE_HEADER "OSMHeader"
#define BLOCK_TYPE_DATA "OSMData"

typedef struct {
  TripOsmFile *file;
  GByteArray *packed;
  GByteArray *plain;
} Reader;

static void
fail_at (Reader      *self,
         guint64      offset,
         const char  *what,
         GError     **error)
{
  g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("%s is broken at byte %" G_GUINT64_FORMAT ": %s"),
               self->file->name, offset, what);
}

static gboolean
read_at (Reader      *self,
         guint64      offset,
         guint8      *buffer,
         gsize        size,
         GError     **error)
{
  gsize done = 0;

  if (offset > self->file->size || size > self->file->size - offset)
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN,
                   _("%s is cut off: what begins at byte %" G_GUINT64_FORMAT " needs %" G_GSIZE_FORMAT " bytes, and the file "
                     "ends at byte %" G_GUINT64_FORMAT), self->file->name, offset, size, self->file->size);
      return FALSE;
    }
  while (done < size)
    {
      ssize_t n = pread (self->file->fd, buffer + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_set_error (error, G_IO_ERROR, n < 0 ? g_io_error_from_errno (errno) : G_IO_ERROR_PARTIAL_INPUT,
                       _("%s cannot be read at byte %" G_GUINT64_FORMAT ": %s"), self->file->name, offset + done,
                       n < 0 ? g_strerror (errno) : _("it became shorter meanwhile"));
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

/* Reads the header at @offset. @out_is_data tells a block of objects from others, which are passed over. */
static gboolean
read_block_header (Reader        *self,
                   guint64        offset,
                   TripOsmBlock  *out,
                   char          *type,
                   gsize          type_size,
                   GError       **error)
{
  guint8 raw_length[4];
  guint8 header[MAX_HEADER_BYTES];
  guint32 length;
  TripOsmSpan span;
  TripOsmField field;
  guint64 size = G_MAXUINT64;

  *type = '\0';
  if (!read_at (self, offset, raw_length, sizeof raw_length, error))
    return FALSE;
  length = (guint32) raw_length[0] << 24 | (guint32) raw_length[1] << 16 | (guint32) raw_length[2] << 8 | raw_length[3];
  if (length == 0 || length > MAX_HEADER_BYTES)
    {
      fail_at (self, offset, _("a block header of impossible length"), error);
      return FALSE;
    }
  if (!read_at (self, offset + 4, header, length, error))
    return FALSE;
  for (span = trip_osm_span (header, length); !trip_osm_span_is_empty (&span);)
    {
      if (!trip_osm_span_field (&span, &field))
        {
          fail_at (self, offset + 4, _("a damaged block header"), error);
          return FALSE;
        }
      if (field.number == 1 && field.is_bytes)
        {
          gsize n = MIN ((gsize) (field.bytes.end - field.bytes.p), type_size - 1);

          memcpy (type, field.bytes.p, n);
          type[n] = '\0';
        }
      else if (field.number == 3 && !field.is_bytes)
        {
          size = field.value;
        }
    }
  if (size > MAX_BLOCK_BYTES)
    {
      fail_at (self, offset + 4, _("a block of impossible size"), error);
      return FALSE;
    }
  *out = (TripOsmBlock) { .offset = offset, .data_offset = offset + 4 + length, .size = (guint32) size };
  return TRUE;
}

static gboolean
inflate_into (Reader            *self,
              const TripOsmBlock *block,
              TripOsmSpan        packed,
              guint64            plain_size,
              GError           **error)
{
  uLongf size;

  if (plain_size > MAX_BLOCK_BYTES)
    {
      fail_at (self, block->data_offset, _("a block that says it unpacks to more than 32 MB"), error);
      return FALSE;
    }
  g_byte_array_set_size (self->plain, (guint) plain_size);
  size = (uLongf) plain_size;
  if (uncompress (self->plain->data, &size, packed.p, (uLong) (packed.end - packed.p)) != Z_OK || size != plain_size)
    {
      fail_at (self, block->data_offset, _("a block whose compressed data are damaged"), error);
      return FALSE;
    }
  return TRUE;
}

/* Leaves the block's bytes in @out, which point into the reader's buffers. */
static gboolean
read_block (Reader             *self,
            const TripOsmBlock *block,
            TripOsmSpan        *out,
            GError            **error)
{
  TripOsmSpan span, packed = { 0 };
  TripOsmField field;
  gboolean has_raw = FALSE;
  guint64 plain_size = 0;

  g_byte_array_set_size (self->packed, block->size);
  if (!read_at (self, block->data_offset, self->packed->data, block->size, error))
    return FALSE;
  for (span = trip_osm_span (self->packed->data, block->size); !trip_osm_span_is_empty (&span);)
    {
      if (!trip_osm_span_field (&span, &field))
        {
          fail_at (self, block->data_offset, _("a damaged block"), error);
          return FALSE;
        }
      if (field.number == 1 && field.is_bytes)
        {
          *out = field.bytes;
          has_raw = TRUE;
        }
      else if (field.number == 2 && !field.is_bytes)
        plain_size = field.value;
      else if (field.number == 3 && field.is_bytes)
        packed = field.bytes;
      else if (field.number >= 4 && field.number <= 7)
        {
          fail_at (self, block->data_offset, _("a block compressed by another method than zlib; “osmium cat” rewrites it"),
                   error);
          return FALSE;
        }
    }
  if (has_raw)
    return TRUE;
  if (packed.p == NULL)
    {
      fail_at (self, block->data_offset, _("a block without data"), error);
      return FALSE;
    }
  if (!inflate_into (self, block, packed, plain_size, error))
    return FALSE;
  *out = trip_osm_span (self->plain->data, self->plain->len);
  return TRUE;
}

/* Refuses a file that says it needs what we do not know. */
static gboolean
check_header (Reader             *self,
              const TripOsmBlock *block,
              GError            **error)
{
  TripOsmSpan span;
  TripOsmField field;

  if (!read_block (self, block, &span, error))
    return FALSE;
  while (!trip_osm_span_is_empty (&span))
    {
      g_autofree char *feature = NULL;

      if (!trip_osm_span_field (&span, &field))
        {
          fail_at (self, block->data_offset, _("a damaged file header"), error);
          return FALSE;
        }
      if (field.number != 4 || !field.is_bytes)
        continue;
      feature = g_strndup ((const char *) field.bytes.p, (gsize) (field.bytes.end - field.bytes.p));
      if (strcmp (feature, "OsmSchema-V0.6") != 0 && strcmp (feature, "DenseNodes") != 0)
        {
          g_autofree char *shown = g_strescape (feature, NULL);

          g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_FORMAT, _("%s needs the feature “%.60s”, which is not known"),
                       self->file->name, shown);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
find_blocks (Reader            *self,
             const TripOsmPass *pass,
             GError           **error)
{
  g_autoptr(GArray) blocks = g_array_new (FALSE, FALSE, sizeof (TripOsmBlock));
  guint64 offset = 0;

  while (offset < self->file->size)
    {
      TripOsmBlock block;
      char type[32];

      if (g_cancellable_set_error_if_cancelled (pass->cancellable, error) ||
          !read_block_header (self, offset, &block, type, sizeof type, error))
        return FALSE;
      if (strcmp (type, BLOCK_TYPE_HEADER) == 0 && !check_header (self, &block, error))
        return FALSE;
      if (block.data_offset + block.size > self->file->size)
        {
          guint8 byte;

          return read_at (self, block.data_offset, &byte, block.size, error);
        }
      if (strcmp (type, BLOCK_TYPE_DATA) == 0)
        g_array_append_val (blocks, block);
      offset = block.data_offset + block.size;
    }
  self->file->blocks = g_steal_pointer (&blocks);
  return TRUE;
}

static gboolean
read_objects (Reader             *self,
              const TripOsmPass  *pass,
              TripOsmBlock       *block,
              GError            **error)
{
  g_autoptr(GError) why = NULL;
  TripOsmSpan span;

  if (!read_block (self, block, &span, error))
    return FALSE;
  if (trip_osm_pbf_decode (span.p, (gsize) (span.end - span.p), pass, &block->kinds, &why))
    {
      block->known = TRUE;
      return TRUE;
    }
  if (g_error_matches (why, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN))
    fail_at (self, block->offset, why->message, error);
  else
    g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
read_all_blocks (Reader             *self,
                 const TripOsmPass  *pass,
                 GError            **error)
{
  if (self->file->blocks == NULL && !find_blocks (self, pass, error))
    return FALSE;
  for (guint i = 0; i < self->file->blocks->len; i++)
    {
      TripOsmBlock *block = &g_array_index (self->file->blocks, TripOsmBlock, i);

      if (g_cancellable_set_error_if_cancelled (pass->cancellable, error))
        return FALSE;
      if ((!block->known || (block->kinds & pass->kinds) != 0) && !read_objects (self, pass, block, error))
        return FALSE;
      if (pass->progress != NULL)
        pass->progress (block->data_offset + block->size, pass->progress_data);
    }
  return TRUE;
}

/**
 * trip_osm_pbf_read:
 * @file: a PBF file
 * @pass: what is wanted
 * @error: return location
 *
 * Returns: whether all of it was read
 */
gboolean
trip_osm_pbf_read (TripOsmFile        *file,
                   const TripOsmPass  *pass,
                   GError            **error)
{
  Reader self = { file, g_byte_array_new (), g_byte_array_new () };
  gboolean ok = read_all_blocks (&self, pass, error);

  g_byte_array_unref (self.packed);
  g_byte_array_unref (self.plain);
  return ok;
}
