/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opening a file, and telling by its first bytes which format it is in.
 */
#include "osm/trip-osm-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GZIP_MAGIC "\x1f\x8b"
#define PBF_MAGIC "OSMHeader"

G_DEFINE_QUARK (trip-osm-error-quark, trip_osm_error)

static gboolean
detect_format (TripOsmFile  *self,
               GError      **error)
{
  guint8 head[64] = { 0 };
  ssize_t n = pread (self->fd, head, sizeof head, 0);
  const guint8 *p = head;

  if (n < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("%s cannot be read: %s"), self->name,
                   g_strerror (errno));
      return FALSE;
    }
  if (n == 0)
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("%s is empty"), self->name);
      return FALSE;
    }
  if (n >= 2 && memcmp (head, GZIP_MAGIC, 2) == 0)
    {
      self->is_gzip = TRUE;
      return TRUE;
    }
  /* A PBF file begins with a length and the name of its first block. */
  if (n >= 15 && memmem (head, 16, PBF_MAGIC, strlen (PBF_MAGIC)) != NULL)
    {
      self->is_pbf = TRUE;
      return TRUE;
    }
  if (n >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (p < head + n && g_ascii_isspace (*p))
    p++;
  if (p < head + n && *p == '<')
    return TRUE;
  g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_FORMAT,
               _("%s is no OpenStreetMap file: neither PBF nor XML nor XML in gzip"), self->name);
  return FALSE;
}

/**
 * trip_osm_file_open:
 * @path: a file
 * @error: return location
 *
 * Opens a file and looks at its first bytes; its name does not matter.
 *
 * Returns: (transfer full): the file
 */
TripOsmFile *
trip_osm_file_open (const char  *path,
                    GError     **error)
{
  g_autoptr(TripOsmFile) self = g_new0 (TripOsmFile, 1);
  struct stat st;

  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (self->fd < 0 || fstat (self->fd, &st) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("%s cannot be opened: %s"), path, g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (st.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _("%s is no regular file; it is read several times, so a pipe will not do"), path);
      return NULL;
    }
  self->size = (guint64) st.st_size;
  if (!detect_format (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * trip_osm_file_free:
 * @self: (transfer full): a file
 *
 * Closes it.
 */
void
trip_osm_file_free (TripOsmFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/**
 * trip_osm_file_get_size:
 * @self: a file
 *
 * Returns: its size in bytes
 */
guint64
trip_osm_file_get_size (TripOsmFile *self)
{
  return self->size;
}

/**
 * trip_osm_file_read:
 * @self: a file
 * @kinds: which objects are wanted
 * @func: called for each of them, in the order of the file
 * @user_data: data for @func
 * @progress: (nullable): hears how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): stops it
 * @error: return location; its message names the file and the place in it
 *
 * Reads the file from start to end; it may be read again. Blocks, so call it from a worker thread. Of a PBF file the
 * second reading passes over the blocks that hold nothing wanted. Memory stays within some megabytes.
 *
 * Returns: whether all of it was read
 */
gboolean
trip_osm_file_read (TripOsmFile          *self,
                    TripOsmKind           kinds,
                    TripOsmObjectFunc     func,
                    gpointer              user_data,
                    TripOsmProgressFunc   progress,
                    gpointer              progress_data,
                    GCancellable         *cancellable,
                    GError              **error)
{
  const TripOsmPass pass = { kinds, func, user_data, progress, progress_data, cancellable };

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  return self->is_pbf ? trip_osm_pbf_read (self, &pass, error) : trip_osm_xml_read (self, &pass, error);
}
