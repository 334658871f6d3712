/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rules about wishes: what has to be in, what has to stay out, and who has to be able to come along. A wish that the notes
 * own up to is an honest failure, not a fault, save for a place that the travellers named.
 */
#include "check/trip-check-private.h"

#include <glib/gi18n-lib.h>

/* From here on an evening among bars is no evening for children, and until there they are in bed. */
#define BAR_EVENING (21 * 60)
#define BEDTIME (23 * 60 + 30)

/* Takes out of @waiting the phrases that the place answers where it is in the option, and notes those that it answers. */
static void
hear_place (TripCheck     *self,
            const TripPoi *poi,
            GPtrArray     *waiting,
            GHashTable    *known)
{
  g_auto(TripCheckPlace) place = { NULL };

  trip_check_place_init (&place, poi);
  for (guint i = waiting->len; i > 0; i--)
    {
      TripCheckPhrase *phrase = g_ptr_array_index (waiting, i - 1);

      if (!trip_check_matches (poi, &place, phrase))
        continue;
      g_hash_table_add (known, phrase);
      if (trip_check_index_find (self->present, poi) != NULL)
        g_ptr_array_remove_index (waiting, i - 1);
    }
}

static void
check_must_haves (TripCheck *self)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  g_autoptr(GHashTable) known = g_hash_table_new (NULL, NULL);

  g_ptr_array_extend (waiting, self->must, NULL, NULL);
  for (guint i = 0; i < self->pois->len; i++)
    {
      const TripPoi *poi = g_ptr_array_index (self->pois, i);

      if (poi->must_see && trip_check_index_find (self->present, poi) == NULL)
        trip_check_add (self, -1, -1, TRIP_CHECK_MUST_HAVE, _("%s was named, but is not in the option"), poi->name);
      if (waiting->len > 0)
        hear_place (self, poi, waiting, known);
    }
  for (guint i = 0; i < waiting->len; i++)
    {
      const TripCheckPhrase *phrase = g_ptr_array_index (waiting, i);

      if (g_hash_table_contains (known, phrase) && !trip_check_notes_say (self, phrase->phrase))
        trip_check_add (self, -1, -1, TRIP_CHECK_MUST_HAVE, _("“%s” has to be in, but is not in the option"),
                        phrase->phrase);
    }
}

static void
check_avoided (TripCheck     *self,
               guint          d,
               gint           b,
               const TripPoi *poi)
{
  g_auto(TripCheckPlace) place = { NULL };

  if (poi->must_see || self->avoid->len == 0)
    return;
  trip_check_place_init (&place, poi);
  for (guint i = 0; i < self->avoid->len; i++)
    {
      const TripCheckPhrase *phrase = g_ptr_array_index (self->avoid, i);

      if (trip_check_matches (poi, &place, phrase))
        {
          trip_check_add (self, (gint) d, b, TRIP_CHECK_AVOID, _("%s is to be avoided (%s)"), poi->name, phrase->phrase);
          break;
        }
    }
}

static gboolean
is_described (const TripPoi *poi)
{
  return poi->tags != NULL && poi->tags->len > 0;
}

static gboolean
lacks_access (const TripPoi *poi)
{
  return is_described (poi) && !trip_poi_has_tag (poi, "wheelchair");
}

/* Each place once that is not known to be step-free: visits, then beds. */
static GPtrArray *
collect_steps (const TripCheck *self)
{
  GPtrArray *pois = g_ptr_array_new ();
  g_autoptr(GHashTable) beds = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          for (guint p = 0; p < block->pois->len && block->kind == TRIP_BLOCK_VISIT; p++)
            {
              if (lacks_access (g_ptr_array_index (block->pois, p)))
                g_ptr_array_add (pois, g_ptr_array_index (block->pois, p));
            }
        }
    }
  for (guint d = 0; d < self->option->days->len; d++)
    {
      TripPoi *bed = trip_check_day (self, d)->lodging_poi;

      if (bed != NULL && lacks_access (bed) && g_hash_table_add (beds, bed->name))
        g_ptr_array_add (pois, bed);
    }
  return pois;
}

/* Needs of which plans can only say what is known; in words that a reader looks for. */
static void
check_needs (TripCheck *self)
{
  static const struct {
    const char *need;
    const char *words;
  } needs[] = {
    { "stroller", N_("stroller strollers pushchair pushchairs pram buggy") },
    { "pets", N_("pet pets animal animals dog dogs") },
    { "blind", N_("blind") },
    { "deaf", N_("deaf") },
    { "elderly", N_("elderly seats stairs") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_auto(GStrv) words = g_strsplit (_(needs[i].words), " ", -1);
      gboolean is_told = trip_check_notes_say (self, needs[i].need);

      if (!g_ptr_array_find_with_equal_func (self->constraints->access, needs[i].need, g_str_equal, NULL))
        continue;
      for (char **word = words; *word != NULL && !is_told; word++)
        is_told = trip_check_notes_say (self, *word);
      if (!is_told)
        trip_check_add (self, -1, -1, TRIP_CHECK_ACCESS, _("the notes do not say what is known of the need “%s”"),
                        needs[i].need);
    }
}

/* Many a square is lively at night and fine by day; what is nothing but a bar never is. */
static gboolean
is_for_adults (const TripPoi *poi,
               gint           start)
{
  static const char * const of_bars[] = {
    "nightlife", "bar", "music", "indoor", "outdoor", "local", "crowded", "quiet", "book_ahead", "photo", "free", "modern",
    NULL,
  };
  gboolean is_lively = trip_poi_has_tag (poi, "nightlife");
  gboolean is_bar = trip_poi_has_tag (poi, "bar");
  gboolean is_more = FALSE;

  if (!is_lively && !is_bar)
    return FALSE;
  for (guint i = 0; i < poi->tags->len && !is_more; i++)
    is_more = !g_strv_contains (of_bars, g_ptr_array_index (poi->tags, i));
  return !is_more || (is_lively && is_bar && start >= BAR_EVENING && !trip_poi_has_tag (poi, "family") &&
                      !trip_poi_has_tag (poi, "kids"));
}

/* Whoever brings in such a place by name is told, whatever the weight; where the notes name the first few of many, they
   name enough. */
static gboolean
is_barred (const TripCheck *self,
           const TripPoi   *poi,
           gboolean         access_is_told)
{
  return lacks_access (poi) && !access_is_told && !trip_check_notes_say (self, poi->name);
}

static void
check_visitors (TripCheck     *self,
                guint          d,
                guint          b,
                const TripPoi *poi,
                gboolean       access_is_told)
{
  const TripPlanBlock *block = trip_check_block (trip_check_day (self, d), b);

  if (self->constraints->wheelchair && is_barred (self, poi, access_is_told))
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_ACCESS,
                    _("%s is not known to be step-free, and the notes do not say so"), poi->name);
  if (self->constraints->children > 0 && !poi->must_see && !trip_check_notes_say (self, poi->name) &&
      is_for_adults (poi, block->start))
    trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_CHILDREN, _("%s is no place for children at that time"),
                    poi->name);
}

/*< private >
 * trip_check_wishes:
 * @self: a run
 *
 * Checks `must-have`, `avoid`, `access` and `children`.
 */
void
trip_check_wishes (TripCheck *self)
{
  g_autoptr(GPtrArray) steps = self->constraints->wheelchair ? collect_steps (self) : NULL;
  gboolean access_is_told = steps != NULL && trip_check_notes_name (self, steps);

  check_must_haves (self);
  check_needs (self);
  for (guint d = 0; d < self->option->days->len; d++)
    {
      const TripPlanDay *day = trip_check_day (self, d);

      for (guint b = 0; b < day->blocks->len; b++)
        {
          const TripPlanBlock *block = trip_check_block (day, b);

          if (block->kind == TRIP_BLOCK_TRANSFER)
            continue;
          if (self->constraints->children > 0 && self->constraints->day_end < 0 && trip_check_is_timed (block) &&
              block->end > BEDTIME &&
              (block->kind == TRIP_BLOCK_VISIT || block->kind == TRIP_BLOCK_MEAL))
            trip_check_add (self, (gint) d, (gint) b, TRIP_CHECK_CHILDREN, _("children are out until late at night"));
          for (guint p = 0; p < block->pois->len; p++)
            {
              const TripPoi *poi = g_ptr_array_index (block->pois, p);

              if (block->kind != TRIP_BLOCK_CHECK_IN)
                check_avoided (self, d, (gint) b, poi);
              if (block->kind == TRIP_BLOCK_VISIT)
                check_visitors (self, d, b, poi, access_is_told);
            }
        }
      if (day->lodging_poi == NULL)
        continue;
      check_avoided (self, d, -1, day->lodging_poi);
      if (steps != NULL && is_barred (self, day->lodging_poi, access_is_told))
        trip_check_add (self, (gint) d, -1, TRIP_CHECK_ACCESS,
                        _("%s is not known to be step-free, and the notes do not say so"), day->lodging_poi->name);
    }
}
