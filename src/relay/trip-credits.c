/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The credits. Who adds data adds a line here, and the licence to the head of the data's file.
 */
#include "relay/trip-credits.h"

#include "trip/json/trip-json-builder.h"

#include <glib/gi18n-lib.h>

#define CC_BY_4_URL "https://creativecommons.org/licenses/by/4.0/"

static const TripCredit credits[] = {
  { "GeoNames", N_("towns, states and countries with their names, positions, populations and time zones; changed: made "
                   "into a table, names in some languages left out"),
    "GeoNames", "CC-BY-4.0", CC_BY_4_URL, "https://www.geonames.org/" },
  { "tripd gazetteer", N_("regions, islands and small towns that travellers name"), "The tripd authors", "CC-BY-4.0",
    CC_BY_4_URL, NULL },
  { "tripd place atlas", N_("sights, restaurants and lodgings"), "tripd place atlas", "CC0-1.0",
    "https://creativecommons.org/publicdomain/zero/1.0/", NULL },
  { "OpenStreetMap", N_("places of extracts that were imported, where there are any"), "© OpenStreetMap contributors",
    "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "https://www.openstreetmap.org/copyright" },
  { "SCOWL", N_("a selection of ordinary English words"), "Copyright 2000-2011 by Kevin Atkinson", "SCOWL",
    NULL, "http://wordlist.sourceforge.net/" },
};

/**
 * trip_credits_get:
 * @out_n: (out): how many there are
 *
 * Returns: (transfer none) (array length=out_n): the sources; @what is untranslated
 */
const TripCredit *
trip_credits_get (guint *out_n)
{
  *out_n = G_N_ELEMENTS (credits);
  return credits;
}

/**
 * trip_credits_dup_json:
 *
 * Returns: (transfer full): the program's name and version and the sources, as JSON
 */
GBytes *
trip_credits_dup_json (void)
{
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "name", "tripd");
  trip_json_builder_add_string (&builder, "version", TRIP_VERSION);
  trip_json_builder_add_string (&builder, "licence", "LGPL-2.1-or-later");
  trip_json_builder_begin_array (&builder, "data");
  for (gsize i = 0; i < G_N_ELEMENTS (credits); i++)
    {
      trip_json_builder_begin_object (&builder, NULL);
      trip_json_builder_add_string (&builder, "name", credits[i].name);
      trip_json_builder_add_string (&builder, "what", _(credits[i].what));
      trip_json_builder_add_string (&builder, "credit", credits[i].credit);
      trip_json_builder_add_string (&builder, "licence", credits[i].licence);
      if (credits[i].licence_url != NULL)
        trip_json_builder_add_string (&builder, "licence_url", credits[i].licence_url);
      if (credits[i].url != NULL)
        trip_json_builder_add_string (&builder, "url", credits[i].url);
      trip_json_builder_end_object (&builder);
    }
  trip_json_builder_end_array (&builder);
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}
