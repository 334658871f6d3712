/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The build-time program that turns data/gazetteer's tables into the image that the library carries.
 */
#include "trip-gazetteer-tables.h"

#include <locale.h>
#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr(TripTables) tables = trip_tables_new ();
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc != 4)
    {
      g_printerr ("Usage: trip-gazetteer-build IMAGE GEONAMES.TSV PLACES.TSV\n");
      return EXIT_FAILURE;
    }
  if (!trip_tables_read_geonames (tables, argv[2], &error) || !trip_tables_read_listed (tables, argv[3], &error) ||
      !trip_tables_complete (tables, &error) || !trip_tables_write (tables, argv[1], &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
