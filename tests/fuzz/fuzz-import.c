/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Files to import: whatever they hold, the import ends, and what it let in can be listed.
 */
#include "providers/places/trip-place-import.h"

#include <glib/gstdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
on_place (const char * const *columns,
          gpointer            user_data)
{
  guint *n = user_data;

  for (guint i = 0; i < 6; i++)
    g_assert_true (g_utf8_validate (columns[i], -1, NULL));
  (*n)++;
}

static TripPlaceDb *
get_db (void)
{
  static TripPlaceDb *db;

  if (db == NULL)
    {
      db = trip_place_db_create (":memory:", NULL);
      g_assert_nonnull (db);
    }
  return db;
}

static void
import_as (const char   *ending,
           const guint8 *data,
           gsize         size)
{
  g_autofree char *path = g_strdup_printf ("%s/fuzz-import-%d%s", g_get_tmp_dir (), (int) getpid (), ending);
  const char *files[] = { path, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) imported = NULL;
  guint n = 0;

  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  imported = trip_place_import (get_db (), files, "fuzz", NULL, NULL, NULL, NULL, &error);
  g_assert_true ((imported != NULL) == (error == NULL));
  if (imported != NULL)
    g_assert_true (trip_place_db_dump (get_db (), on_place, &n, NULL));
  g_unlink (path);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  import_as ("", data, size);
  /* Any text may be a table. */
  if (size > 0 && g_ascii_isalpha (data[0]))
    import_as (".csv", data, size);
  return 0;
}
