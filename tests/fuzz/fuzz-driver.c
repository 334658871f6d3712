/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Runs a fuzz target over files: every file of the corpus, and a fixed number of mutations of each. With clang the same
 * targets link to libFuzzer instead.
 */
#include <gio/gio.h>

#define MUTATIONS 200

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
run_mutations (GRand        *random,
               const guint8 *data,
               gsize         size)
{
  for (guint i = 0; i < MUTATIONS && size > 0; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      gsize length = size;

      for (guint flips = (guint) g_rand_int_range (random, 1, 6); flips > 0; flips--)
        copy[g_rand_int_range (random, 0, (gint32) size)] = (guint8) g_rand_int (random);
      if (g_rand_boolean (random))
        length = (gsize) g_rand_int_range (random, 0, (gint32) size + 1);
      LLVMFuzzerTestOneInput (copy, length);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;
  guint n = 0;

  if (argc != 2)
    {
      g_printerr ("Usage: %s CORPUS\n", argv[0]);
      return 2;
    }
  dir = g_dir_open (argv[1], 0, &error);
  if (dir == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (!g_file_get_contents (path, &contents, &length, NULL))
        continue;
      LLVMFuzzerTestOneInput ((const guint8 *) contents, length);
      run_mutations (random, (const guint8 *) contents, length);
      n++;
    }
  g_print ("%u files, %u mutations each\n", n, MUTATIONS);
  return n > 0 ? 0 : 1;
}
