/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which place a name means: the world's places of the image, and what an atlas adds to them. It knows which of several
 * namesakes is meant where only a name and perhaps a position are given; whether a word of a sentence is a name at all,
 * it cannot know.
 */
#include "providers/gazetteer/trip-gazetteer-private.h"

#include "language/trip-text.h"
#include "language/trip-tokens.h"
#include "trip-gazetteer-resources.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define BUNDLED_IMAGE "/org/tripd/gazetteer/gazetteer.bin"

/* Two entries of one name and country this near are one place. */
#define SAME_PLACE_M 60000.0

/* Words of the longest names looked for where so many begin with one word that counting them would take long. */
#define LONGEST_NAME 8
#define LONGEST_COUNTED 256

G_DEFINE_BOXED_TYPE (TripGazetteer, trip_gazetteer, trip_gazetteer_ref, trip_gazetteer_unref)

static void
added_free (gpointer data)
{
  TripGazetteerPlace *place = data;

  g_free ((char *) place->entry.name);
  g_free ((char *) place->entry.timezone);
  g_free ((char *) place->entry.atlas_id);
  g_free ((char *) place->entry.opening_hours);
  g_free (place);
}

static void
name_free (gpointer data)
{
  TripGazetteerName *name = data;

  g_free (name->folded);
  g_free (name);
}

/**
 * trip_gazetteer_new:
 *
 * Opens the world's names, which are part of the program: nothing is read until somebody asks.
 *
 * Returns: (transfer full): a gazetteer
 */
TripGazetteer *
trip_gazetteer_new (void)
{
  TripGazetteer *self = g_new0 (TripGazetteer, 1);
  g_autoptr(GError) error = NULL;
  gconstpointer data;
  gsize size;

  g_atomic_ref_count_init (&self->ref_count);
  self->added = g_ptr_array_new_with_free_func (added_free);
  self->added_names = g_ptr_array_new_with_free_func (name_free);
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->fuzzy = trip_fuzzy_index_new (TRIP_GAZETTEER_FUZZY_MIN_LETTERS);

  self->bytes = g_resource_lookup_data (trip_gazetteer_data_get_resource (), BUNDLED_IMAGE,
                                        G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  data = self->bytes != NULL ? g_bytes_get_data (self->bytes, &size) : NULL;
  if (data == NULL || !trip_gazetteer_image_open (&self->image, data, size))
    g_critical ("The bundled gazetteer cannot be read: %s", error != NULL ? error->message : "it is of another version");
  self->places = g_new0 (TripGazetteerPlace *, MAX (self->image.n_places, 1));
  return self;
}

/**
 * trip_gazetteer_ref:
 * @self: a gazetteer
 *
 * Returns: (transfer full): the same
 */
TripGazetteer *
trip_gazetteer_ref (TripGazetteer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_gazetteer_unref:
 * @self: (transfer full): a gazetteer
 *
 * Drops a reference; the last one frees it and its entries.
 */
void
trip_gazetteer_unref (TripGazetteer *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->image.n_places; i++)
    {
      if (self->places[i] != NULL)
        g_free ((char *) self->places[i]->entry.atlas_id);
      g_free (self->places[i]);
    }
  g_free (self->places);
  trip_fuzzy_index_free (self->fuzzy);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->heads);
  g_ptr_array_unref (self->added_names);
  g_ptr_array_unref (self->added);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static TripGazetteerPlace *
place_from_record (TripGazetteer             *self,
                   guint                      i,
                   const TripGazetteerRecord *record)
{
  TripGazetteerPlace *place = g_new0 (TripGazetteerPlace, 1);
  TripGazetteerEntry *entry = &place->entry;

  entry->name = record->name;
  entry->kind = MIN (record->kind, TRIP_PLACE_COUNTRY);
  g_strlcpy (entry->country, record->country, sizeof entry->country);
  entry->geo = record->geo;
  entry->population = record->population;
  entry->timezone = record->timezone;
  entry->ambiguous = (record->flags & TRIP_GAZETTEER_AMBIGUOUS) != 0;
  entry->island = (record->flags & TRIP_GAZETTEER_ISLAND) != 0;
  entry->extent_km = record->extent_km;
  place->place = (gint) i;
  place->listed = (record->flags & TRIP_GAZETTEER_LISTED) != 0;
  place->capital = (record->flags & TRIP_GAZETTEER_CAPITAL) != 0;
  entry->obscure = !place->listed && !place->capital && entry->kind != TRIP_PLACE_COUNTRY &&
                   entry->population < TRIP_GAZETTEER_OBSCURE_POPULATION;
  if (record->state >= 0 && (guint) record->state < self->image.n_places)
    {
      TripGazetteerRecord state;

      trip_gazetteer_image_get_record (&self->image, (guint) record->state, &state);
      entry->state = state.name;
    }
  return place;
}

/**
 * trip_gazetteer_place_at:
 * @self: a gazetteer
 * @i: a place of the image
 *
 * Places are made when they are first given out, by whichever thread; the one that comes second throws its own away.
 *
 * Returns: (transfer none): the place
 */
TripGazetteerPlace *
trip_gazetteer_place_at (TripGazetteer *self,
                         guint          i)
{
  TripGazetteerPlace *place = g_atomic_pointer_get (&self->places[i]);
  TripGazetteerRecord record;

  if (place != NULL)
    return place;
  trip_gazetteer_image_get_record (&self->image, i, &record);
  place = place_from_record (self, i, &record);
  if (g_atomic_pointer_compare_and_exchange (&self->places[i], NULL, place))
    return place;
  g_free (place);
  return g_atomic_pointer_get (&self->places[i]);
}

/* How well a name of this grade names the place, and how many people mean that place. */
static gdouble
score_place (TripNameGrade grade,
             gboolean      shared,
             TripPlaceKind kind,
             gdouble       population,
             gboolean      listed,
             gboolean      capital,
             gboolean      in_atlas,
             gboolean      state)
{
  /* A main name goes before others unless that place is far less known; a foreign one never goes before a main one. */
  static const gdouble by_grade[] = { -0.5, 1.5, 1.7, 3.0 };
  gdouble score = by_grade[grade] - (shared ? 0.6 : 0.0);

  /* A sight of the atlas is known to travellers, if only to those of its city: more than a small town of its name. */
  if (kind == TRIP_PLACE_SIGHT)
    return (grade == TRIP_NAME_PRIMARY ? 6.2 : 5.8) + population / 100.0;
  score += 2.0 + (listed ? 1.5 : 0.0) + (capital ? 0.4 : 0.0) + (in_atlas ? 0.5 : 0.0) +
           log10 (MAX (population, 0) + 1.0) / 4.0;
  if (kind == TRIP_PLACE_COUNTRY)
    score += 1.0;
  /* Salzburg is the city, unless somebody says the state. */
  if (state && !listed)
    score -= 1.0;
  return score;
}

static gdouble
score_distance (const TripGeo *geo,
                guint          extent_km,
                const TripGeo *near)
{
  /* The other end of the world weighs about as much as being listed: enough for Lagos, not for Paris in Texas. What is
   * inside an area is not far from it: Atlanta says which Georgia. */
  gdouble outside = near != NULL ? trip_geo_distance_m (geo, near) - extent_km * 1000.0 : 0.0;

  return -0.85 * log10 (1.0 + MAX (outside, 0.0) / 50000.0);
}

/**
 * trip_gazetteer_score_place:
 * @place: a place
 * @grade: how sure the name is
 * @shared: whether it is the plain name of a place that is shown with its area
 * @near: (nullable): a position that it is probably near to
 *
 * Returns: how well the name means the place; the highest wins
 */
gdouble
trip_gazetteer_score_place (const TripGazetteerPlace *place,
                            TripNameGrade             grade,
                            gboolean                  shared,
                            const TripGeo            *near)
{
  return score_place (grade, shared, place->entry.kind, place->entry.population, place->listed, place->capital,
                      place->entry.atlas_id != NULL, FALSE) + score_distance (&place->entry.geo, place->entry.extent_km, near);
}

/**
 * trip_gazetteer_score_ref:
 * @self: a gazetteer
 * @ref: a reference of the image
 * @near: (nullable): a position that it is probably near to
 *
 * The same without making a place of it, for searches that pass many.
 *
 * Returns: how well the name means the place
 */
gdouble
trip_gazetteer_score_ref (TripGazetteer *self,
                          guint          ref,
                          const TripGeo *near)
{
  guint i = ref >> TRIP_NAME_REF_SHIFT;
  const TripGazetteerPlace *place = g_atomic_pointer_get (&self->places[i]);
  TripGazetteerRecord record;

  trip_gazetteer_image_get_record (&self->image, i, &record);
  return score_place (ref & TRIP_NAME_REF_GRADE, (ref & TRIP_NAME_REF_SHARED) != 0, record.kind, record.population,
                      (record.flags & TRIP_GAZETTEER_LISTED) != 0, (record.flags & TRIP_GAZETTEER_CAPITAL) != 0,
                      place != NULL && place->entry.atlas_id != NULL, (record.flags & TRIP_GAZETTEER_STATE) != 0) +
         score_distance (&record.geo, record.extent_km, near);
}

/**
 * trip_gazetteer_best_of_name:
 * @self: a gazetteer
 * @folded: a folded name
 * @near: (nullable): a position that it is probably near to
 * @behind: whether the name stands behind another, as a code of a state does
 * @filter: (nullable): what the place has to pass
 * @area: (nullable): for @filter
 *
 * Finds the best place of a name, of the image's and of those added.
 *
 * Returns: the place, %NULL in it where there is none, and its score
 */
TripGazetteerBest
trip_gazetteer_best_of_name (TripGazetteer            *self,
                             const char               *folded,
                             const TripGeo            *near,
                             gboolean                  behind,
                             TripGazetteerFilter       filter,
                             const TripGazetteerPlace *area)
{
  gint found = trip_gazetteer_image_find (&self->image, folded);
  TripGazetteerBest best = { NULL, -G_MAXDOUBLE };
  guint first = 0;
  guint n = found >= 0 ? trip_gazetteer_image_get_refs (&self->image, (guint) found, &first) : 0;

  for (guint i = first; i < first + n; i++)
    {
      guint ref = trip_gazetteer_image_get_ref (&self->image, i);
      TripGazetteerPlace *place;
      gdouble score;

      if ((ref & TRIP_NAME_REF_BEHIND) != 0 && !behind)
        continue;
      score = trip_gazetteer_score_ref (self, ref, near);
      if (score <= best.score)
        continue;
      place = trip_gazetteer_place_at (self, ref >> TRIP_NAME_REF_SHIFT);
      if (filter == NULL || filter (self, place, area))
        best = (TripGazetteerBest) { place, score };
    }
  for (const TripGazetteerName *name = g_hash_table_lookup (self->names, folded); name != NULL; name = name->next)
    {
      gdouble score = trip_gazetteer_score_place (name->place, name->grade, FALSE, near);

      if (score > best.score && (filter == NULL || filter (self, name->place, area)))
        best = (TripGazetteerBest) { name->place, score };
    }
  return best;
}

/* The bit of the word that @text begins with. */
static guint64
second_bit (const char *text)
{
  return G_GUINT64_CONSTANT (1) << (trip_tokens_hash (text, strcspn (text, " ")) & 63);
}

static void
add_name (TripGazetteer      *self,
          TripGazetteerPlace *place,
          const char         *text,
          TripNameGrade       grade)
{
  g_autofree char *folded = trip_text_fold (text);
  const char *space;
  g_autofree char *first = NULL;
  TripGazetteerHead *head;
  TripGazetteerName *name;
  TripGazetteerName *chain;
  guint words = 1;

  if (*folded == '\0')
    return;
  chain = g_hash_table_lookup (self->names, folded);
  for (TripGazetteerName *other = chain; other != NULL; other = other->next)
    if (other->place == place)
      {
        other->grade = MAX (other->grade, grade);
        return;
      }
  name = g_new0 (TripGazetteerName, 1);
  name->folded = g_steal_pointer (&folded);
  name->place = place;
  name->grade = grade;
  g_ptr_array_add (self->added_names, name);
  if (chain != NULL)
    {
      name->next = chain->next;
      chain->next = name;
    }
  else
    {
      g_hash_table_insert (self->names, name->folded, name);
      trip_fuzzy_index_add (self->fuzzy, name->folded, trip_gazetteer_score_place (place, grade, FALSE, NULL), name);
    }

  for (const char *p = name->folded; *p != '\0'; p++)
    words += *p == ' ';
  space = strchr (name->folded, ' ');
  first = space != NULL ? g_strndup (name->folded, space - name->folded) : g_strdup (name->folded);
  head = g_hash_table_lookup (self->heads, first);
  if (head == NULL)
    {
      head = g_new0 (TripGazetteerHead, 1);
      g_hash_table_insert (self->heads, g_steal_pointer (&first), head);
    }
  head->longest = MAX (head->longest, words);
  if (space != NULL)
    head->seconds |= second_bit (space + 1);
}

static gboolean
is_same_place (TripGazetteer            *self,
               const TripGazetteerPlace *place,
               const TripGazetteerPlace *other)
{
  return place->entry.kind == other->entry.kind && strcmp (place->entry.country, other->entry.country) == 0 &&
         trip_geo_distance_m (&place->entry.geo, &other->entry.geo) < SAME_PLACE_M;
}

/**
 * trip_gazetteer_add:
 * @self: a gazetteer that no other thread uses yet
 * @entry: the place; copied
 * @names: (array zero-terminated=1) (nullable): its other names
 *
 * Adds a place. Where the gazetteer already has it (same name and country, near by), the names join that entry and the
 * atlas identifier is set on it.
 */
void
trip_gazetteer_add (TripGazetteer            *self,
                    const TripGazetteerEntry *entry,
                    const char * const       *names)
{
  TripGazetteerPlace *place = NULL;

  g_return_if_fail (self != NULL && entry != NULL && entry->name != NULL);

  if (entry->kind != TRIP_PLACE_SIGHT)
    {
      g_autofree char *folded = trip_text_fold (entry->name);
      const TripGazetteerPlace like = { .entry = *entry };

      place = trip_gazetteer_best_of_name (self, folded, NULL, FALSE, is_same_place, &like).place;
    }
  if (place == NULL)
    {
      place = g_new0 (TripGazetteerPlace, 1);
      place->entry = *entry;
      place->entry.name = g_strdup (entry->name);
      place->entry.timezone = g_strdup (entry->timezone != NULL ? entry->timezone : "");
      place->entry.atlas_id = g_strdup (entry->atlas_id);
      place->entry.state = NULL;
      place->entry.opening_hours = g_strdup (entry->opening_hours);
      place->place = -1;
      place->listed = TRUE;
      g_ptr_array_add (self->added, place);
    }
  else if (entry->atlas_id != NULL)
    {
      g_free ((char *) place->entry.atlas_id);
      place->entry.atlas_id = g_strdup (entry->atlas_id);
      place->entry.obscure = FALSE;
      place->listed = TRUE;
    }
  add_name (self, place, entry->name, TRIP_NAME_PRIMARY);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_name (self, place, names[i], TRIP_NAME_LISTED);
}

/**
 * trip_gazetteer_lookup_folded:
 * @self: a gazetteer
 * @folded: a name from trip_text_fold()
 * @near: (nullable): a position that the place is probably near to
 *
 * Like trip_gazetteer_lookup(), for a name that is folded already and stands without its area.
 *
 * Returns: (transfer none) (nullable): the place
 */
const TripGazetteerEntry *
trip_gazetteer_lookup_folded (TripGazetteer *self,
                              const char    *folded,
                              const TripGeo *near)
{
  TripGazetteerPlace *place = trip_gazetteer_best_of_name (self, folded, near, FALSE, NULL, NULL).place;

  return place != NULL ? &place->entry : NULL;
}

/**
 * trip_gazetteer_is_foreign_name:
 * @self: a gazetteer
 * @folded: a folded name
 * @entry: a place of it that is called so
 *
 * Returns: whether only lists of names in many languages say that the place is called so
 */
gboolean
trip_gazetteer_is_foreign_name (TripGazetteer            *self,
                                const char               *folded,
                                const TripGazetteerEntry *entry)
{
  const TripGazetteerPlace *place = (const TripGazetteerPlace *) entry;
  gint found = trip_gazetteer_image_find (&self->image, folded);
  guint first = 0;
  guint n = found >= 0 ? trip_gazetteer_image_get_refs (&self->image, (guint) found, &first) : 0;

  for (const TripGazetteerName *name = g_hash_table_lookup (self->names, folded); name != NULL; name = name->next)
    if (name->place == place)
      return FALSE;
  for (guint i = first; i < first + n; i++)
    {
      guint ref = trip_gazetteer_image_get_ref (&self->image, i);

      if ((gint) (ref >> TRIP_NAME_REF_SHIFT) == place->place)
        return (ref & TRIP_NAME_REF_GRADE) == TRIP_NAME_FOREIGN;
    }
  return FALSE;
}

static gboolean
lies_in (TripGazetteer            *self,
         const TripGazetteerPlace *place,
         const TripGazetteerPlace *area)
{
  TripGazetteerRecord record;

  if (place == area || (area->entry.kind != TRIP_PLACE_COUNTRY && area->entry.kind != TRIP_PLACE_REGION) ||
      (area->entry.country[0] != '\0' && strcmp (place->entry.country, area->entry.country) != 0))
    return FALSE;
  if (area->entry.kind == TRIP_PLACE_COUNTRY)
    return TRUE;
  if (area->place >= 0)
    {
      trip_gazetteer_image_get_record (&self->image, (guint) area->place, &record);
      if (!trip_gazetteer_image_spans (&self->image, record.list, place->entry.country))
        return FALSE;
    }
  if (place->place >= 0 && area->place >= 0 && place->entry.state != NULL)
    {
      trip_gazetteer_image_get_record (&self->image, (guint) area->place, &record);
      if ((record.flags & TRIP_GAZETTEER_STATE) != 0)
        {
          trip_gazetteer_image_get_record (&self->image, (guint) place->place, &record);
          return record.state == area->place;
        }
    }
  return trip_geo_distance_m (&place->entry.geo, &area->entry.geo) <= area->entry.extent_km * 1000.0;
}

/**
 * trip_gazetteer_lies_in:
 * @self: a gazetteer
 * @place: a place of it
 * @area: a place of it
 *
 * Returns: whether @area is a country or region that @place lies in: by the state where that is known, else by distance
 */
gboolean
trip_gazetteer_lies_in (TripGazetteer            *self,
                        const TripGazetteerEntry *place,
                        const TripGazetteerEntry *area)
{
  g_return_val_if_fail (self != NULL && place != NULL && area != NULL, FALSE);

  return lies_in (self, (const TripGazetteerPlace *) place, (const TripGazetteerPlace *) area);
}

/**
 * trip_gazetteer_lookup_within:
 * @self: a gazetteer
 * @folded: the folded name of a place
 * @folded_area: the folded name, or code, of the country or region it lies in
 *
 * Finds the place of "Paris, Texas" or "London, UK".
 *
 * Returns: (transfer none) (nullable): the place, %NULL where that area has none of that name
 */
const TripGazetteerEntry *
trip_gazetteer_lookup_within (TripGazetteer *self,
                              const char    *folded,
                              const char    *folded_area)
{
  g_autofree char *joined = g_strconcat (folded, " ", folded_area, NULL);
  const TripGazetteerEntry *whole = trip_gazetteer_lookup_folded (self, joined, NULL);
  gint found = trip_gazetteer_image_find (&self->image, folded_area);
  TripGazetteerBest best = { NULL, -G_MAXDOUBLE };
  guint first = 0;
  guint n;

  if (whole != NULL && whole->kind != TRIP_PLACE_SIGHT)
    return whole;
  /* "CA" is California and Canada: whichever has the place, and has the greater one. */
  n = found >= 0 ? trip_gazetteer_image_get_refs (&self->image, (guint) found, &first) : 0;
  for (guint i = first; i < first + n; i++)
    {
      guint ref = trip_gazetteer_image_get_ref (&self->image, i);
      TripGazetteerPlace *area = trip_gazetteer_place_at (self, ref >> TRIP_NAME_REF_SHIFT);
      TripGazetteerBest in_area;

      if (area->entry.kind == TRIP_PLACE_CITY)
        continue;
      in_area = trip_gazetteer_best_of_name (self, folded, NULL, FALSE, lies_in, area);
      if ((ref & TRIP_NAME_REF_GRADE) == TRIP_NAME_FOREIGN)
        in_area.score -= 3.0;
      if (in_area.place != NULL && in_area.score > best.score)
        best = in_area;
    }
  return best.place != NULL ? &best.place->entry : NULL;
}

/* "cordoba argentina", "naples in florida": the last words may be the area. */
static const TripGazetteerEntry *
lookup_with_area (TripGazetteer *self,
                  const char    *folded)
{
  g_autofree char *name = g_strdup (folded);
  char *space = name + strlen (name);

  for (guint words = 1; words <= 4; words++)
    {
      const TripGazetteerEntry *entry;

      while (space > name && *--space != ' ')
        ;
      if (space == name)
        return NULL;
      *space = '\0';
      if (g_str_has_suffix (name, " in") && strlen (name) > 3)
        {
          name[strlen (name) - 3] = '\0';
          return trip_gazetteer_lookup_within (self, name, space + 1);
        }
      entry = trip_gazetteer_lookup_within (self, name, space + 1);
      *space = ' ';
      if (entry != NULL)
        return entry;
    }
  return NULL;
}

/**
 * trip_gazetteer_lookup:
 * @self: a gazetteer
 * @name: a name in any spelling of case, accents and punctuation; its area may stand behind it, as in "Paris, Texas"
 * @near: (nullable): a position that the place is probably near to
 *
 * Finds a place by its name. Of namesakes the one whose primary name it is goes before others, then the one that more
 * people mean, and the nearer one where @near is given.
 *
 * Returns: (transfer none) (nullable): the place
 */
const TripGazetteerEntry *
trip_gazetteer_lookup (TripGazetteer *self,
                       const char    *name,
                       const TripGeo *near)
{
  g_autofree char *folded = NULL;
  const TripGazetteerEntry *entry;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  folded = trip_text_fold (name);
  if (strlen (folded) > TRIP_GAZETTEER_MAX_QUERY_BYTES)
    return NULL;
  entry = trip_gazetteer_lookup_folded (self, folded, near);
  if (entry == NULL && g_str_has_prefix (folded, "the "))
    entry = trip_gazetteer_lookup_folded (self, folded + 4, near);
  /* "Pasig City" where no name ends so. */
  if (entry == NULL && g_str_has_suffix (folded, " city"))
    {
      g_autofree char *shorter = g_strndup (folded, strlen (folded) - strlen (" city"));

      entry = trip_gazetteer_lookup_folded (self, shorter, near);
    }
  if (entry == NULL)
    entry = lookup_with_area (self, folded);
  return entry;
}

/**
 * trip_gazetteer_list_cities:
 * @self: a gazetteer
 * @area: a country or region of it
 *
 * Lists up to twelve cities: a country's capital first, then those that travellers name, then the largest.
 *
 * Returns: (transfer container) (element-type TripGazetteerEntry): the cities
 */
GPtrArray *
trip_gazetteer_list_cities (TripGazetteer            *self,
                            const TripGazetteerEntry *area)
{
  GPtrArray *cities = g_ptr_array_new ();
  const TripGazetteerPlace *place = (const TripGazetteerPlace *) area;
  TripGazetteerRecord record;
  guint city;

  g_return_val_if_fail (self != NULL && area != NULL, cities);

  if (place->place < 0)
    return cities;
  trip_gazetteer_image_get_record (&self->image, (guint) place->place, &record);
  for (guint i = 0; (city = trip_gazetteer_image_get_listed (&self->image, record.list, i)) < self->image.n_places; i++)
    g_ptr_array_add (cities, trip_gazetteer_place_at (self, city));
  return cities;
}

static guint
count_words (const char *folded)
{
  guint words = 1;

  for (const char *p = folded; *p != '\0'; p++)
    words += *p == ' ';
  return words;
}

/**
 * trip_gazetteer_longest_name:
 * @self: a gazetteer
 *
 * Returns: words in the longest name that is looked for
 */
guint
trip_gazetteer_longest_name (TripGazetteer *self)
{
  return LONGEST_NAME;
}

/**
 * trip_gazetteer_longest_from:
 * @self: a gazetteer
 * @folded_word: a folded word
 * @out_seconds: (out) (optional): a bit for the last six bits of trip_tokens_hash() of each word that may follow
 *
 * Returns: words in the longest name that begins with that word, or more; 0 where none does
 */
guint
trip_gazetteer_longest_from (TripGazetteer *self,
                             const char    *folded_word,
                             guint64       *out_seconds)
{
  const TripGazetteerHead *head = g_hash_table_lookup (self->heads, folded_word);
  guint longest = head != NULL ? head->longest : 0;
  guint64 seconds = head != NULL ? head->seconds : 0;
  gsize length = strlen (folded_word);
  guint first = trip_gazetteer_image_bound (&self->image, folded_word);
  guint limit = MIN (first + LONGEST_COUNTED, self->image.n_names);

  /* In their order the word itself is followed by the names that have more words behind it. */
  for (guint i = first; i < self->image.n_names; i++)
    {
      const char *name = trip_gazetteer_image_get_name (&self->image, i);

      if (strncmp (name, folded_word, length) != 0 || (name[length] != '\0' && name[length] != ' '))
        break;
      if (i == limit)
        {
          longest = MAX (longest, LONGEST_NAME);
          seconds = G_MAXUINT64;
          break;
        }
      if (name[length] == ' ')
        seconds |= second_bit (name + length + 1);
      longest = MAX (longest, count_words (name));
    }
  if (out_seconds != NULL)
    *out_seconds = seconds;
  return longest;
}

/* The first place of the image that is asked for. */
static const TripGazetteerEntry *
find_record (TripGazetteer *self,
             TripPlaceKind  kind,
             const char    *code,
             guint          flags)
{
  for (guint i = 0; i < self->image.n_places; i++)
    {
      TripGazetteerRecord record;

      trip_gazetteer_image_get_record (&self->image, i, &record);
      if (record.kind == kind && (record.flags & flags) == flags && strcmp (record.country, code) == 0)
        return &trip_gazetteer_place_at (self, i)->entry;
    }
  return NULL;
}

/**
 * trip_gazetteer_get_country:
 * @self: a gazetteer
 * @code: ISO 3166-1 alpha-2
 *
 * Looks through all places, about a millisecond. Any thread.
 *
 * Returns: (transfer none) (nullable): the country
 */
const TripGazetteerEntry *
trip_gazetteer_get_country (TripGazetteer *self,
                            const char    *code)
{
  g_return_val_if_fail (self != NULL && code != NULL, NULL);

  return *code != '\0' ? find_record (self, TRIP_PLACE_COUNTRY, code, 0) : NULL;
}

/**
 * trip_gazetteer_get_capital:
 * @self: a gazetteer
 * @code: ISO 3166-1 alpha-2
 *
 * Looks through all places, about a millisecond. Any thread.
 *
 * Returns: (transfer none) (nullable): the country's capital
 */
const TripGazetteerEntry *
trip_gazetteer_get_capital (TripGazetteer *self,
                            const char    *code)
{
  g_return_val_if_fail (self != NULL && code != NULL, NULL);

  return *code != '\0' ? find_record (self, TRIP_PLACE_CITY, code, TRIP_GAZETTEER_CAPITAL) : NULL;
}

/**
 * trip_gazetteer_get_n_places:
 * @self: a gazetteer
 *
 * Returns: how many places of the world it knows, without those added
 */
guint
trip_gazetteer_get_n_places (TripGazetteer *self)
{
  return self->image.n_places;
}

/**
 * trip_gazetteer_get_place:
 * @self: a gazetteer
 * @i: less than trip_gazetteer_get_n_places()
 *
 * Returns: (transfer none): the place
 */
const TripGazetteerEntry *
trip_gazetteer_get_place (TripGazetteer *self,
                          guint          i)
{
  g_return_val_if_fail (i < self->image.n_places, NULL);

  return &trip_gazetteer_place_at (self, i)->entry;
}

/**
 * trip_gazetteer_get_n_names:
 * @self: a gazetteer
 *
 * Returns: how many names it knows, without those added
 */
guint
trip_gazetteer_get_n_names (TripGazetteer *self)
{
  return self->image.n_names;
}

/**
 * trip_gazetteer_get_name:
 * @self: a gazetteer
 * @i: less than trip_gazetteer_get_n_names()
 *
 * Returns: (transfer none): the name in folded form
 */
const char *
trip_gazetteer_get_name (TripGazetteer *self,
                         guint          i)
{
  g_return_val_if_fail (i < self->image.n_names, NULL);

  return trip_gazetteer_image_get_name (&self->image, i);
}
