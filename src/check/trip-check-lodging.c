/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about nights: each has a bed in a house that is one, the bags are brought to where one sleeps, and the house is what
 * was asked for: its kind, its name, and how often it changes.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Near to a place, and surely not near to it. */
#define NEAR_M 1500.0
#define FAR_M 3000.0

/* Places to stay near to that are looked at. */
#define MOST_NEAR 16

static gboolean
names_agree (const char *text,
             const char *name)
{
  g_autofree char *folded_text = trip_text_fold (text);
  g_autofree char *folded_name = trip_text_fold (name);

  return strcmp (folded_text, folded_name) == 0 || trip_text_contains_word (folded_text, folded_name) ||
         trip_text_contains_word (folded_name, folded_text);
}

/* A place that says no type reads as a sight, and may be anything. */
static gboolean
is_no_house (const TripPoi *poi)
{
  const char *raw;
  gsize size;

  if (poi->type == TRIP_POI_RESTAURANT)
    return TRUE;
  if (poi->type != TRIP_POI_SIGHT || poi->raw == NULL)
    return FALSE;
  raw = g_bytes_get_data (poi->raw, &size);
  return g_strstr_len (raw, (gssize) size, "\"tourist_destination\"") != NULL;
}

static void
check_beds (TripCheck *self)
{
  guint n_days = self->option->days->len;
  guint n_nights = self->constraints->nights == (gint) n_days ? n_days : n_days > 0 ? n_days - 1 : 0;

  for (guint i = 0; i < n_days; i++)
    {
      const TripPlanDay *day = trip_check_day (self, i);
      gboolean blank = day->lodging == NULL || day->lodging[strspn (day->lodging, " \t\r\n")] == '\0';

      if (blank && i < n_nights)
        trip_check_add (self, (gint) i, -1, TRIP_CHECK_LODGING, _("nowhere to sleep"));
      else if (!blank && day->lodging_poi != NULL && !names_agree (day->lodging, day->lodging_poi->name))
        trip_check_add (self, (gint) i, -1, TRIP_CHECK_LODGING, _("the lodging is “%s”, its place is %s"), day->lodging,
                        day->lodging_poi->name);
      else if (day->lodging_poi != NULL && is_no_house (day->lodging_poi))
        trip_check_add (self, (gint) i, -1, TRIP_CHECK_LODGING, _("%s is no lodging"), day->lodging_poi->name);
    }
}

/* The bags go where one sleeps. */
static void
check_bags (TripCheck *self,
            guint      d)
{
  const TripPlanDay *day = trip_check_day (self, d);

  for (guint b = 0; b < day->blocks->len && day->lodging_poi != NULL; b++)
    {
      const TripPlanBlock *block = trip_check_block (day, b);
      const TripPoi *poi = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;

      if (block->kind != TRIP_BLOCK_CHECK_IN || poi == NULL || trip_poi_is_same (poi, day->lodging_poi) ||
          names_agree (poi->name, day->lodging_poi->name) ||
          trip_geo_distance_m (&poi->geo, &day->lodging_poi->geo) > TRIP_CHECK_OTHER_CITY_M)
        continue;
      trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_LODGING, _("the bags are left at %s, but the night is at %s"),
                      poi->name, day->lodging_poi->name);
    }
}

/* A house of another kind than had to be, where the places of the trip tell the kind apart. */
static void
check_kinds (TripCheck *self)
{
  GPtrArray *kinds = self->constraints->lodging_must;

  for (guint i = 0; i < MIN (kinds->len, TRIP_CHECK_MAX_PHRASES); i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);
      gboolean told_apart = FALSE;

      for (guint p = 0; p < self->pois->len && !told_apart; p++)
        {
          const TripPoi *poi = g_ptr_array_index (self->pois, p);

          told_apart = poi->type == TRIP_POI_LODGE && trip_poi_has_tag (poi, kind);
        }
      for (guint d = 0; told_apart && d < self->option->days->len; d++)
        {
          const TripPoi *bed = trip_check_day (self, d)->lodging_poi;

          if (bed != NULL && !bed->must_see && bed->tags != NULL && bed->tags->len > 0 && !trip_poi_has_tag (bed, kind))
            trip_check_add (self, (gint) d, -1, TRIP_CHECK_LODGING, _("%s is not known to be what had to be: %s"), bed->name,
                            kind);
        }
    }
}

/* A kind that is a mere wish is at fault where no night is of it, some lodging of the trip is, and the notes are silent. */
static void
check_wished_kinds (TripCheck *self)
{
  GPtrArray *kinds = self->constraints->lodging;

  for (guint i = 0; i < MIN (kinds->len, TRIP_CHECK_MAX_PHRASES); i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);
      gboolean is_known = FALSE, is_met = FALSE, any_bed = FALSE;

      if (g_ptr_array_find_with_equal_func (self->constraints->lodging_must, kind, g_str_equal, NULL))
        continue;
      for (guint p = 0; p < self->pois->len && !is_known; p++)
        {
          const TripPoi *poi = g_ptr_array_index (self->pois, p);

          is_known = poi->type == TRIP_POI_LODGE && trip_poi_has_tag (poi, kind);
        }
      for (guint d = 0; d < self->option->days->len && !is_met; d++)
        {
          const TripPlanDay *day = trip_check_day (self, d);

          any_bed = any_bed || day->lodging_poi != NULL;
          is_met = (day->lodging_poi != NULL && trip_poi_has_tag (day->lodging_poi, kind)) ||
                   (day->lodging != NULL && names_agree (day->lodging, kind));
        }
      if (is_known && any_bed && !is_met && !trip_check_notes_say (self, kind))
        trip_check_add (self, -1, -1, TRIP_CHECK_LODGING,
                        _("no night is at a lodging of the kind “%s”, and the notes do not say so"), kind);
    }
}

/* What lies where the travellers want to stay: the places of that name, or the lodgings with it in their address. */
static GPtrArray *
collect_called (const TripCheck *self,
                const char      *where)
{
  GPtrArray *places = g_ptr_array_new ();
  g_autofree char *words = trip_text_fold (where);

  for (guint p = 0; p < self->pois->len && *words != '\0'; p++)
    {
      const TripPoi *poi = g_ptr_array_index (self->pois, p);
      gboolean is_lodge = poi->type == TRIP_POI_LODGE;
      const char *text = is_lodge ? poi->address : poi->name;
      g_autofree char *folded = text != NULL ? trip_text_fold (text) : NULL;

      /* A city, or a house that was named, is no neighbourhood. */
      if ((poi->city != NULL && trip_text_equal_folded (poi->city, where)) ||
          (is_lodge && trip_text_equal_folded (poi->name, where)))
        {
          g_ptr_array_set_size (places, 0);
          return places;
        }
      if (folded != NULL && trip_text_contains_word (folded, words) && trip_check_is_on_earth (&poi->geo))
        g_ptr_array_add (places, (gpointer) poi);
    }
  return places;
}

static gdouble
measure_to_any (const TripPoi *bed,
                GPtrArray     *places)
{
  gdouble nearest = G_MAXDOUBLE;

  for (guint i = 0; i < MIN (places->len, TRIP_CHECK_MAX_PHRASES); i++)
    nearest = MIN (nearest, trip_geo_distance_m (&bed->geo, &((const TripPoi *) g_ptr_array_index (places, i))->geo));
  return nearest;
}

/* Whether another lodging of the trip is where they want to stay, in the city of @bed. */
static gboolean
is_any_nearer (const TripCheck *self,
               const TripPoi   *bed,
               GPtrArray       *places)
{
  for (guint p = 0; p < self->pois->len; p++)
    {
      const TripPoi *other = g_ptr_array_index (self->pois, p);

      if (other->type == TRIP_POI_LODGE && g_strcmp0 (other->city, bed->city) == 0 && measure_to_any (other, places) <= NEAR_M)
        return TRUE;
    }
  return FALSE;
}

/* A bed far from where they want to stay, though a lodging of the trip is near to it, unless the notes say so. */
static void
check_nearness (TripCheck *self)
{
  GPtrArray *wishes = self->constraints->lodging_near;

  for (guint i = 0; i < MIN (wishes->len, MOST_NEAR); i++)
    {
      const char *where = g_ptr_array_index (wishes, i);
      g_autoptr(GPtrArray) places = NULL;

      if (trip_check_notes_say (self, where))
        continue;
      places = collect_called (self, where);
      for (guint d = 0; d < self->option->days->len && places->len > 0; d++)
        {
          const TripPoi *bed = trip_check_day (self, d)->lodging_poi;
          gdouble distance = bed != NULL && trip_check_is_on_earth (&bed->geo) ? measure_to_any (bed, places) : 0.0;

          /* The night before or after may be in another city. */
          if (distance > FAR_M && distance < TRIP_CHECK_OTHER_CITY_M && !bed->must_see && is_any_nearer (self, bed, places))
            trip_check_add (self, (gint) d, -1, TRIP_CHECK_LODGING, _("%s is %.1f km from “%s”, and the notes do not say so"),
                            bed->name, distance / 1000.0, where);
        }
    }
}

/* Nights in one city that are one after the other, or that are any. */
static void
check_changes (TripCheck *self)
{
  TripLodgingChange change = self->constraints->lodging_change;
  const char *words = change == TRIP_LODGING_CHANGE_NEVER ? _("change lodgings") : _("another lodging");

  if (change == TRIP_LODGING_CHANGE_UNSET ||
      (trip_check_weight (self, TRIP_CHECK_NOUN_LODGING_CHANGE) != TRIP_PRIORITY_MUST_HAVE &&
       trip_check_notes_say (self, words)))
    return;
  for (guint d = 1; d < self->option->days->len; d++)
    {
      const TripPoi *bed = trip_check_day (self, d)->lodging_poi;
      const TripPoi *before = trip_check_day (self, d - 1)->lodging_poi;

      if (bed == NULL)
        continue;
      if (change == TRIP_LODGING_CHANGE_NEVER && before != NULL && !trip_poi_is_same (bed, before) &&
          bed->city != NULL && g_strcmp0 (bed->city, before->city) == 0)
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_LODGING, _("a move from %s to %s, but one lodging was asked for"),
                        before->name, bed->name);
      for (guint e = 0; e < d && change == TRIP_LODGING_CHANGE_NIGHTLY; e++)
        {
          const TripPoi *earlier = trip_check_day (self, e)->lodging_poi;

          if (earlier == NULL || !trip_poi_is_same (bed, earlier))
            continue;
          trip_check_add (self, (gint) d, -1, TRIP_CHECK_LODGING,
                          _("%s again, but another lodging each night was asked for"), bed->name);
          break;
        }
    }
}

/* Lodgings that were named for so many nights have them, unless the notes name them. */
static void
check_named (TripCheck *self)
{
  GPtrArray *wishes = self->constraints->night_wishes;

  for (guint i = 0; i < wishes->len; i++)
    {
      const TripNightWish *wish = g_ptr_array_index (wishes, i);
      gint n = 0;

      for (guint d = 0; d < self->option->days->len; d++)
        {
          const TripPlanDay *day = trip_check_day (self, d);

          n += day->lodging != NULL && *day->lodging != '\0' && names_agree (day->lodging, wish->name);
        }
      if ((n < MAX (wish->nights, 1)) &&
          (wish->priority == TRIP_PRIORITY_MUST_HAVE || !trip_check_notes_say (self, wish->name)))
        trip_check_add (self, -1, -1, TRIP_CHECK_LODGING, _("%d nights at “%s”, but %d or more were asked for"), n, wish->name,
                        MAX (wish->nights, 1));
    }
}

static guint
count_nights (const TripCheck *self,
              const char      *city)
{
  guint n = 0;

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPoi *bed = trip_check_day (self, d)->lodging_poi;

      n += bed != NULL && bed->city != NULL && (city == NULL || trip_text_equal_folded (bed->city, city));
    }
  return n;
}

/* So many nights in each city, where these are all nights of the plan and it is known in which city each of them is. */
static void
check_cities (TripCheck *self)
{
  GPtrArray *wishes = self->constraints->city_nights;
  guint sum = 0;

  for (guint i = 0; i < wishes->len; i++)
    sum += (guint) MAX (((const TripNightWish *) g_ptr_array_index (wishes, i))->nights, 0);
  if (self->constraints->nights <= 0 || sum != (guint) self->constraints->nights || sum != count_nights (self, NULL))
    return;
  for (guint i = 0; i < wishes->len; i++)
    {
      const TripNightWish *wish = g_ptr_array_index (wishes, i);
      guint n = count_nights (self, wish->name);

      if (n != (guint) wish->nights && !trip_check_notes_say (self, wish->name))
        trip_check_add (self, -1, -1, TRIP_CHECK_LODGING,
                        ngettext ("%u night in %s, but %d were asked for", "%u nights in %s, but %d were asked for", n), n,
                        wish->name, wish->nights);
    }
}

/*< private >
 * trip_check_lodging:
 * @self: a run
 *
 * Checks `lodging`.
 */
void
trip_check_lodging (TripCheck *self)
{
  check_beds (self);
  for (guint d = 0; d < self->option->days->len; d++)
    check_bags (self, d);
  check_kinds (self);
  check_wished_kinds (self);
  check_nearness (self);
  check_changes (self);
  check_named (self);
  check_cities (self);
}
