/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The benchmark's reader and its own check of routes: what the rules forbid must not pass.
 */
#include "bench/toptw-instance.h"

#include <glib/gstdio.h>

/* Depot at the origin, open from 0 to 100; lists of one and of two entries, blanks at the ends of lines. */
static const char text[] = " 6 1 4 4 \n 0 200\n"
                           " 0 0.0 0.0 0 0 0 0 0 100 \n"
                           "1 3 4 10 7 1 1 1 0 50\n"
                           " 2  1 1  10 5 1 2 1 2 30 40\n"
                           "3 6 8 10 9 1 1 1 0 5  \n"
                           "4 30 40 10 50 1 1 1 0 90\n\n";

static ToptwInstance *
read_text (const char  *name,
           const char  *content,
           GError     **error)
{
  g_autofree char *folder = g_dir_make_tmp ("trip-toptw-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  ToptwInstance *instance;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  instance = toptw_instance_read (path, error);
  g_unlink (path);
  g_rmdir (folder);
  return instance;
}

static void
test_read (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ToptwInstance) one = read_text ("c1.txt", text, &error);
  g_autoptr(ToptwInstance) two = read_text ("pr1.txt", text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (one->name, ==, "c1");
  g_assert_cmpuint (one->points->len, ==, 5);
  g_assert_cmpfloat (g_array_index (one->points, ToptwPoint, 2).opens, ==, 30);
  g_assert_cmpfloat (g_array_index (one->points, ToptwPoint, 2).closes, ==, 40);
  g_assert_cmpint (toptw_instance_way (one, 0, 1), ==, 50);
  /* 1.41421…, cut off. */
  g_assert_cmpint (toptw_instance_way (one, 0, 2), ==, 14);
  g_assert_cmpint (toptw_instance_way (two, 0, 2), ==, 141);
  /* 5.38516… */
  g_assert_cmpint (toptw_instance_way (two, 2, 3), ==, 860);
}

static void
test_read_errors (void)
{
  g_autoptr(GError) few = NULL;
  g_autoptr(GError) none = NULL;
  g_autoptr(GError) missing = NULL;

  g_assert_null (read_text ("c1.txt", "1 1 1 1\n0 0\n0 0 0 0 0 0 0 0 9\n1 2 3\n", &few));
  g_assert_error (few, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (few->message, ":4:"));
  g_assert_null (read_text ("c1.txt", "", &none));
  g_assert_error (none, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (toptw_instance_read ("no-such-file.txt", &missing));
  g_assert_error (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static gboolean
check (const ToptwInstance *instance,
       gint                 n_tours,
       gdouble              score,
       const guint         *points,
       guint                n)
{
  g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr(GError) error = NULL;
  GArray *route = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean holds;

  /* A 0 begins another route. */
  g_ptr_array_add (routes, route);
  for (guint i = 0; i < n; i++)
    {
      if (points[i] == 0)
        g_ptr_array_add (routes, route = g_array_new (FALSE, FALSE, sizeof (guint)));
      else
        g_array_append_val (route, points[i]);
    }
  holds = toptw_instance_check (instance, routes, n_tours, score, &error);
  g_assert_true (holds == (error == NULL));
  return holds;
}

#define CHECK(n_tours, score, ...) \
  check (instance, n_tours, score, (const guint[]){ __VA_ARGS__ }, sizeof ((const guint[]){ __VA_ARGS__ }) / sizeof (guint))

static void
test_check (void)
{
  g_autoptr(ToptwInstance) instance = read_text ("c1.txt", text, NULL);

  g_assert_true (CHECK (1, 12, 1, 2));
  g_assert_true (CHECK (2, 12, 1, 0, 2));
  g_assert_true (CHECK (1, 7, 1));
  /* Twice, wrong score, too many routes, reached too late, back too late, no such point. */
  g_assert_false (CHECK (1, 14, 1, 1));
  g_assert_false (CHECK (2, 14, 1, 0, 1));
  g_assert_false (CHECK (1, 13, 1, 2));
  g_assert_false (CHECK (1, 12, 1, 0, 2));
  g_assert_false (CHECK (1, 9, 3));
  g_assert_false (CHECK (1, 50, 4));
  g_assert_false (CHECK (1, 7, 9));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toptw-instance/read", test_read);
  g_test_add_func ("/toptw-instance/read-errors", test_read_errors);
  g_test_add_func ("/toptw-instance/check", test_check);
  return g_test_run ();
}
