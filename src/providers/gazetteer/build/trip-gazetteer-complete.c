/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the tables leave out and follows from them: middles of states, time zones, which cities a region holds, names
 * for namesakes, and the spellings of one name.
 */
#include "trip-gazetteer-tables.h"

#include "language/trip-text.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define MAX_MEMBERS 20

#define VILLAGE_POPULATION 20000
#define SAME_STATE_M 60000.0

static gboolean
is_city (const TripTablePlace *place)
{
  return place->kind == TRIP_PLACE_CITY;
}

/* Which of two places more people mean. */
static gdouble
standing (const TripTablePlace *place)
{
  return ((place->flags & TRIP_GAZETTEER_LISTED) != 0 ? 1.5 : 0.0) + log10 (place->population + 1.0) / 4.0 +
         ((place->flags & TRIP_GAZETTEER_CAPITAL) != 0 ? 0.4 : 0.0);
}

static gboolean
lies_in (const TripTables     *self,
         const TripTablePlace *city,
         const TripTablePlace *area)
{
  if (area->kind == TRIP_PLACE_COUNTRY)
    return strcmp (city->country, area->country) == 0;
  if (area->country[0] != '\0' && strcmp (city->country, area->country) != 0)
    return FALSE;
  if (area->countries != NULL && strstr (area->countries, city->country) == NULL)
    return FALSE;
  if ((area->flags & TRIP_GAZETTEER_STATE) != 0)
    return city->state >= 0 && self->places->pdata[city->state] == (gpointer) area;
  return trip_geo_distance_m (&city->geo, &area->geo) <= area->extent_km * 1000.0;
}

/* Where no table says, the middle of an area is that of its people, and its time zone that of its largest city. */
static void
place_area (TripTables     *self,
            TripTablePlace *area)
{
  gdouble x = 0;
  gdouble y = 0;
  gdouble z = 0;
  gdouble reach = 0;

  for (guint i = 0; !area->has_geo && i < self->places->len; i++)
    {
      const TripTablePlace *city = self->places->pdata[i];
      gdouble lat = city->geo.lat * G_PI / 180;
      gdouble lng = city->geo.lng * G_PI / 180;
      gdouble weight = city->population + 1.0;

      if (!is_city (city) || !lies_in (self, city, area))
        continue;
      x += weight * cos (lat) * cos (lng);
      y += weight * cos (lat) * sin (lng);
      z += weight * sin (lat);
    }
  if (!area->has_geo && (x != 0 || y != 0 || z != 0))
    {
      area->geo.lat = atan2 (z, sqrt (x * x + y * y)) * 180 / G_PI;
      area->geo.lng = atan2 (y, x) * 180 / G_PI;
      area->has_geo = TRUE;
    }
  if (area->extent_km > 0)
    return;
  for (guint i = 0; i < self->places->len; i++)
    {
      const TripTablePlace *city = self->places->pdata[i];

      if (is_city (city) && lies_in (self, city, area))
        reach = MAX (reach, trip_geo_distance_m (&city->geo, &area->geo));
    }
  area->extent_km = (guint) MIN (reach / 1000.0 + 10, G_MAXUINT16);
}

static TripTablePlace *
nearest_city (TripTables           *self,
              const TripTablePlace *place,
              gboolean              of_country,
              gdouble              *out_m)
{
  TripTablePlace *nearest = NULL;

  *out_m = G_MAXDOUBLE;
  for (guint i = 0; i < self->places->len; i++)
    {
      TripTablePlace *city = self->places->pdata[i];
      gdouble distance;

      if (!is_city (city) || *city->key == '\0' || city == place ||
          (of_country && strcmp (city->country, place->country) != 0))
        continue;
      distance = trip_geo_distance_m (&city->geo, &place->geo);
      if (distance < *out_m)
        {
          nearest = city;
          *out_m = distance;
        }
    }
  return nearest;
}

static void
find_zone_and_state (TripTables     *self,
                     TripTablePlace *place)
{
  gdouble distance;
  const TripTablePlace *near = nearest_city (self, place, TRUE, &distance);

  if (near == NULL)
    near = nearest_city (self, place, FALSE, &distance);
  if (near == NULL)
    return;
  if (*place->zone == '\0')
    {
      g_free (place->zone);
      place->zone = g_strdup (near->zone);
    }
  if (is_city (place) && place->state < 0 && distance < SAME_STATE_M && strcmp (near->country, place->country) == 0)
    place->state = near->state;
}

/* Which of two towns stands for the region that they lie in: a village is known by its name, not for the whole. */
static gdouble
standing_in_area (const TripTablePlace *place)
{
  gboolean village = place->population > 0 && place->population < VILLAGE_POPULATION;

  return standing (place) - ((place->flags & TRIP_GAZETTEER_LISTED) != 0 && village ? 1.2 : 0.0);
}

static gint
compare_standing (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const GPtrArray *places = user_data;
  gdouble difference = standing_in_area (places->pdata[*(const guint *) b]) -
                       standing_in_area (places->pdata[*(const guint *) a]);

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

static gboolean
has_name (const TripTablePlace *place,
          const char           *text)
{
  for (guint i = 0; i < place->names->len; i++)
    {
      const TripTableName *name = place->names->pdata[i];

      if (name->grade >= TRIP_NAME_OWN && trip_text_equal_folded (name->text, text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_members (TripTables      *self,
              TripTablePlace  *area,
              GError         **error)
{
  g_auto(GStrv) given = g_strsplit (area->cities != NULL ? area->cities : "", ";", -1);
  guint n_given = 0;

  for (char **name = given; *name != NULL; name++)
    {
      guint best = G_MAXUINT;

      for (guint i = 0; i < self->places->len && **name != '\0'; i++)
        {
          const TripTablePlace *city = self->places->pdata[i];

          if (is_city (city) && (area->country[0] == '\0' || strcmp (city->country, area->country) == 0) &&
              has_name (city, *name) &&
              (best == G_MAXUINT || standing (city) > standing (self->places->pdata[best])))
            best = i;
        }
      if (best == G_MAXUINT && **name != '\0')
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no city of %s is called “%s”", area->where,
                       area->name, *name);
          return FALSE;
        }
      if (best == G_MAXUINT)
        continue;
      if (area->kind == TRIP_PLACE_COUNTRY && n_given == 0)
        ((TripTablePlace *) self->places->pdata[best])->flags |= TRIP_GAZETTEER_CAPITAL;
      g_array_append_val (area->members, best);
      n_given++;
    }
  return TRUE;
}

static void
find_more_members (TripTables     *self,
                   TripTablePlace *area)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->places->len; i++)
    {
      const TripTablePlace *city = self->places->pdata[i];
      gboolean given = FALSE;

      for (guint k = 0; k < area->members->len; k++)
        given |= g_array_index (area->members, guint, k) == i;
      if (is_city (city) && !given && lies_in (self, city, area))
        g_array_append_val (found, i);
    }
  g_array_sort_with_data (found, compare_standing, self->places);
  for (guint i = 0; i < found->len && area->members->len < MAX_MEMBERS; i++)
    g_array_append_val (area->members, g_array_index (found, guint, i));
}

static gboolean
starts_with_word (const char *text,
                  const char *word)
{
  return g_str_has_prefix (text, word) && text[strlen (word)] == ' ';
}

/* "State of Maine" is Maine and "Puebla City" Puebla. */
static void
add_short_names (TripTablePlace *place)
{
  static const char * const before[] = { "State of", "Province of", "Principality of", "Canton", "City of", "Region of" };
  static const char * const behind[] = { " Province", " Region", " State", " Governorate", " Prefecture", " County",
                                         " Oblast", " City", " Territory", " Autonomous Region", " Emirate" };
  const char *name = NULL;

  for (guint i = 0; i < place->names->len && name == NULL; i++)
    if (((TripTableName *) place->names->pdata[i])->grade == TRIP_NAME_PRIMARY)
      name = ((TripTableName *) place->names->pdata[i])->text;
  if (name == NULL || place->kind == TRIP_PLACE_COUNTRY)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (starts_with_word (name, before[i]))
      trip_tables_add_name (place, name + strlen (before[i]) + 1, TRIP_NAME_OWN, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    if (g_str_has_suffix (name, behind[i]))
      {
        g_autofree char *shorter = g_strndup (name, strlen (name) - strlen (behind[i]));

        trip_tables_add_name (place, shorter, TRIP_NAME_OWN, FALSE);
      }
}

/* Words that are written in full or short, as one pleases. */
static void
add_spellings (TripTablePlace *place)
{
  static const struct { const char *full; const char *brief; } words[] = {
    { "saint", "st" }, { "sainte", "ste" }, { "mount", "mt" }, { "fort", "ft" },
  };
  guint n = place->names->len;

  for (guint i = 0; i < n; i++)
    {
      const TripTableName *name = place->names->pdata[i];
      g_autofree char *folded = NULL;

      if (name->grade == TRIP_NAME_FOREIGN || name->behind)
        continue;
      folded = trip_text_fold (name->text);
      for (guint k = 0; k < 2 * G_N_ELEMENTS (words); k++)
        {
          const char *from = k % 2 == 0 ? words[k / 2].full : words[k / 2].brief;
          const char *to = k % 2 == 0 ? words[k / 2].brief : words[k / 2].full;
          g_autofree char *other = NULL;

          if (!starts_with_word (folded, from))
            continue;
          other = g_strconcat (to, folded + strlen (from), NULL);
          trip_tables_add_name (place, other, name->grade, name->shared);
        }
    }
}

static const char *
country_name (TripTables *self,
              const char *code)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const TripTablePlace *place = self->places->pdata[i];

      if (place->kind == TRIP_PLACE_COUNTRY && strcmp (place->country, code) == 0)
        return place->name;
    }
  return code;
}

/* Of namesakes the foremost keeps its name, the others are shown with their country or, in the same country, state. */
static void
name_namesakes (TripTables *self)
{
  g_autoptr(GHashTable) foremost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->places->len; i++)
    {
      TripTablePlace *place = self->places->pdata[i];
      g_autofree char *folded = trip_text_fold (place->name);
      const TripTablePlace *other = g_hash_table_lookup (foremost, folded);

      if (is_city (place) && (other == NULL || standing (place) > standing (other)))
        g_hash_table_insert (foremost, g_steal_pointer (&folded), place);
    }
  for (guint i = 0; i < self->places->len; i++)
    {
      TripTablePlace *place = self->places->pdata[i];
      g_autofree char *folded = trip_text_fold (place->name);
      const TripTablePlace *first = g_hash_table_lookup (foremost, folded);
      const TripTablePlace *state = place->state >= 0 ? self->places->pdata[place->state] : NULL;
      gboolean by_state = first != NULL && (strcmp (place->country, first->country) == 0 ||
                                            strstr (" US CA AU ", place->country) != NULL);
      g_autofree char *plain = NULL;

      if (!is_city (place) || first == place || first == NULL)
        continue;
      plain = g_steal_pointer (&place->name);
      place->name = g_strdup_printf ("%s, %s", plain, by_state && state != NULL ? state->name
                                                                                : country_name (self, place->country));
      /* Behind the comma nobody takes New York for the city. */
      if (by_state && state != NULL && g_str_has_suffix (place->name, " State"))
        place->name[strlen (place->name) - strlen (" State")] = '\0';
      for (guint k = 0; k < place->names->len; k++)
        {
          TripTableName *name = place->names->pdata[k];

          name->shared |= name->grade == TRIP_NAME_PRIMARY && trip_text_equal_folded (name->text, plain);
        }
      trip_tables_add_name (place, place->name, TRIP_NAME_PRIMARY, FALSE);
    }
}

/* "Naples, Florida" of the table is called Naples there. */
static void
share_listed_names (TripTables *self)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      TripTablePlace *place = self->places->pdata[i];
      const char *comma = strstr (place->name, ", ");
      g_autofree char *plain = comma != NULL ? g_strndup (place->name, comma - place->name) : NULL;
      gboolean found = FALSE;

      if (plain == NULL || (place->flags & TRIP_GAZETTEER_LISTED) == 0)
        continue;
      for (guint k = 0; k < place->names->len; k++)
        {
          TripTableName *name = place->names->pdata[k];

          if (!trip_text_equal_folded (name->text, plain))
            continue;
          name->grade = TRIP_NAME_PRIMARY;
          name->shared = TRUE;
          found = TRUE;
        }
      if (!found)
        trip_tables_add_name (place, plain, TRIP_NAME_PRIMARY, TRUE);
    }
}

/**
 * trip_tables_complete:
 * @self: tables, both read
 * @error: return location
 *
 * Fills in what follows from the rest.
 *
 * Returns: whether nothing is missing
 */
gboolean
trip_tables_complete (TripTables  *self,
                      GError     **error)
{
  for (guint i = 0; i < self->places->len; i++)
    if (!is_city (self->places->pdata[i]))
      place_area (self, self->places->pdata[i]);
  for (guint i = 0; i < self->places->len; i++)
    {
      TripTablePlace *place = self->places->pdata[i];

      if (!place->has_geo)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s has no position and no city", place->where,
                       place->name);
          return FALSE;
        }
      if (*place->zone == '\0' || (is_city (place) && *place->key == '\0'))
        find_zone_and_state (self, place);
    }
  for (guint i = 0; i < self->places->len; i++)
    if (!is_city (self->places->pdata[i]) && !find_members (self, self->places->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->places->len; i++)
    {
      if (!is_city (self->places->pdata[i]))
        find_more_members (self, self->places->pdata[i]);
      add_short_names (self->places->pdata[i]);
    }
  share_listed_names (self);
  name_namesakes (self);
  for (guint i = 0; i < self->places->len; i++)
    add_spellings (self->places->pdata[i]);
  return TRUE;
}
