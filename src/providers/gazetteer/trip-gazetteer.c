/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The names of places, filed by their folded form. It knows which of several namesakes is meant where only a name and
 * perhaps a position are given; whether a word of a sentence is a name at all, it cannot know.
 */
#include "providers/gazetteer/trip-gazetteer.h"

#include "language/trip-fuzzy-index.h"
#include "language/trip-text.h"
#include "trip-gazetteer-resources.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define BUNDLED_TABLE "/org/tripd/gazetteer/places.tsv"
#define N_COLUMNS 9
#define FUZZY_MIN_LETTERS 5

/* Two entries of one name and country this near are one place. */
#define SAME_PLACE_M 60000.0

/* A region reaches this far from its middle when it is asked whether a town lies in it. */
#define REGION_REACH_M 750000.0

typedef struct _Name Name;
struct _Name {
  char *folded;
  const TripGazetteerEntry *entry;
  gboolean primary;
  gboolean only_behind; /* "AZ": a name only behind another, as in "Phoenix, AZ" */
  Name *next;
};

struct _TripGazetteer {
  gatomicrefcount ref_count;
  GPtrArray *entries;
  GPtrArray *all_names;
  GHashTable *names; /* folded → Name chain */
  GHashTable *heads; /* folded first word → longest name in words */
  TripFuzzyIndex *fuzzy;
  guint longest;
};

G_DEFINE_BOXED_TYPE (TripGazetteer, trip_gazetteer, trip_gazetteer_ref, trip_gazetteer_unref)

static void
entry_free (gpointer data)
{
  TripGazetteerEntry *entry = data;

  g_free ((char *) entry->name);
  g_free ((char *) entry->timezone);
  g_free ((char *) entry->atlas_id);
  g_free (entry);
}

static void
name_free (gpointer data)
{
  Name *name = data;

  g_free (name->folded);
  g_free (name);
}

/**
 * trip_gazetteer_new:
 *
 * Returns: (transfer full): a gazetteer with the bundled names
 */
TripGazetteer *
trip_gazetteer_new (void)
{
  TripGazetteer *self = g_new0 (TripGazetteer, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bundled = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->all_names = g_ptr_array_new_with_free_func (name_free);
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fuzzy = trip_fuzzy_index_new (FUZZY_MIN_LETTERS);

  bundled = g_resource_lookup_data (trip_gazetteer_data_get_resource (), BUNDLED_TABLE, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                    &error);
  if (bundled == NULL || !trip_gazetteer_load (self, bundled, &error))
    g_critical ("The bundled gazetteer cannot be read: %s", error->message);
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
  trip_fuzzy_index_free (self->fuzzy);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->heads);
  g_ptr_array_unref (self->all_names);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
add_name (TripGazetteer            *self,
          const TripGazetteerEntry *entry,
          const char               *text,
          gboolean                  primary)
{
  gboolean only_behind = *text == '~';
  g_autofree char *folded = trip_text_fold (only_behind ? text + 1 : text);
  g_autofree char *head = NULL;
  const char *space;
  Name *name;
  Name *chain;
  guint words = 1;

  if (*folded == '\0')
    return;
  chain = g_hash_table_lookup (self->names, folded);
  for (Name *other = chain; other != NULL; other = other->next)
    if (other->entry == entry)
      {
        other->primary |= primary;
        return;
      }
  name = g_new0 (Name, 1);
  name->folded = g_steal_pointer (&folded);
  name->entry = entry;
  name->primary = primary;
  name->only_behind = only_behind;
  g_ptr_array_add (self->all_names, name);
  if (chain != NULL)
    {
      name->next = chain->next;
      chain->next = name;
    }
  else
    {
      g_hash_table_insert (self->names, name->folded, name);
    }

  for (const char *p = name->folded; *p != '\0'; p++)
    words += *p == ' ';
  self->longest = MAX (self->longest, words);
  space = strchr (name->folded, ' ');
  head = space != NULL ? g_strndup (name->folded, space - name->folded) : g_strdup (name->folded);
  if (GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, head)) < words)
    g_hash_table_replace (self->heads, g_steal_pointer (&head), GUINT_TO_POINTER (words));
  if (!only_behind && chain == NULL)
    trip_fuzzy_index_add (self->fuzzy, name->folded,
                          log10 (MAX (entry->population, 0) + 1.0) + (entry->kind != TRIP_PLACE_SIGHT), name);
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
  TripGazetteerEntry *place = NULL;

  g_return_if_fail (self != NULL && entry != NULL && entry->name != NULL);

  if (entry->kind != TRIP_PLACE_SIGHT)
    {
      g_autofree char *folded = trip_text_fold (entry->name);

      for (Name *name = g_hash_table_lookup (self->names, folded); name != NULL && place == NULL; name = name->next)
        if (name->entry->kind != TRIP_PLACE_SIGHT && strcmp (name->entry->country, entry->country) == 0 &&
            trip_geo_distance_m (&name->entry->geo, &entry->geo) < SAME_PLACE_M && name->entry->kind == entry->kind)
          place = (TripGazetteerEntry *) name->entry;
    }
  if (place == NULL)
    {
      place = g_new0 (TripGazetteerEntry, 1);
      *place = *entry;
      place->name = g_strdup (entry->name);
      place->timezone = g_strdup (entry->timezone != NULL ? entry->timezone : "");
      place->atlas_id = g_strdup (entry->atlas_id);
      g_ptr_array_add (self->entries, place);
    }
  else if (entry->atlas_id != NULL)
    {
      g_free ((char *) place->atlas_id);
      place->atlas_id = g_strdup (entry->atlas_id);
    }
  add_name (self, place, entry->name, TRUE);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_name (self, place, names[i], FALSE);
}

static gboolean
kind_from_string (const char    *text,
                  TripPlaceKind *out)
{
  static const char * const kinds[] = { "city", "region", "country", "sight" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], text) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_degrees (const char *text,
              gdouble     limit,
              gdouble    *out)
{
  char *end;

  *out = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *out >= -limit && *out <= limit;
}

/**
 * trip_gazetteer_load:
 * @self: a gazetteer that no other thread uses yet
 * @tsv: a table: kind, name, country, latitude, longitude, population, time zone, `yes` where the name is ambiguous,
 *   alternate names with `|` between; lines that begin with `#` are skipped
 * @error: return location; the message names the line
 *
 * Adds the places of a table.
 *
 * Returns: whether all lines could be read; those before a bad one stay
 */
gboolean
trip_gazetteer_load (TripGazetteer  *self,
                     GBytes         *tsv,
                     GError        **error)
{
  gsize size;
  const char *data = g_bytes_get_data (tsv, &size);
  const char *end = data + size;
  guint line_number = 0;

  if (!g_utf8_validate_len (data, size, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the table is not UTF-8");
      return FALSE;
    }
  while (data < end)
    {
      const char *newline = memchr (data, '\n', end - data);
      const char *line_end = newline != NULL ? newline : end;
      g_autofree char *line = g_strndup (data, line_end - data);
      g_auto(GStrv) columns = NULL;
      g_auto(GStrv) names = NULL;
      TripGazetteerEntry entry = { 0 };

      data = newline != NULL ? newline + 1 : end;
      line_number++;
      if (*line == '\0' || *line == '#')
        continue;
      columns = g_strsplit (line, "\t", -1);
      if (g_strv_length (columns) != N_COLUMNS)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: %u columns instead of %d", line_number,
                       g_strv_length (columns), N_COLUMNS);
          return FALSE;
        }
      if (!kind_from_string (columns[0], &entry.kind) || *columns[1] == '\0' || strlen (columns[2]) > 2 ||
          !read_degrees (columns[3], 90, &entry.geo.lat) || !read_degrees (columns[4], 180, &entry.geo.lng))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: kind, name, country or position is wrong",
                       line_number);
          return FALSE;
        }
      entry.name = columns[1];
      g_strlcpy (entry.country, columns[2], sizeof entry.country);
      entry.population = g_ascii_strtoll (columns[5], NULL, 10);
      entry.timezone = columns[6];
      entry.ambiguous = strcmp (columns[7], "yes") == 0;
      names = g_strsplit (columns[8], "|", -1);
      trip_gazetteer_add (self, &entry, (const char * const *) names);
    }
  return TRUE;
}

static gdouble
score_name (const Name    *name,
            const TripGeo *near)
{
  gdouble score = name->primary ? 3.0 : 0.0;

  if (name->entry->kind == TRIP_PLACE_SIGHT)
    score += name->entry->population / 100.0;
  else
    score += 2.0 + log10 (MAX (name->entry->population, 0) + 1.0) / 4.0 + (name->entry->atlas_id != NULL ? 0.5 : 0.0);
  if (name->entry->kind == TRIP_PLACE_COUNTRY)
    score += 1.0;
  if (near != NULL)
    score -= 1.5 * log10 (trip_geo_distance_m (&name->entry->geo, near) / 1000.0 + 10.0);
  return score;
}

/**
 * trip_gazetteer_lookup_folded:
 * @self: a gazetteer
 * @folded: a name from trip_text_fold()
 * @near: (nullable): a position that the place is probably near to
 *
 * Like trip_gazetteer_lookup(), for a name that is folded already.
 *
 * Returns: (transfer none) (nullable): the place
 */
const TripGazetteerEntry *
trip_gazetteer_lookup_folded (TripGazetteer *self,
                              const char    *folded,
                              const TripGeo *near)
{
  const TripGazetteerEntry *best = NULL;
  gdouble best_score = -G_MAXDOUBLE;

  for (const Name *name = g_hash_table_lookup (self->names, folded); name != NULL; name = name->next)
    {
      gdouble score;

      if (name->only_behind)
        continue;
      score = score_name (name, near);
      if (score > best_score)
        {
          best = name->entry;
          best_score = score;
        }
    }
  return best;
}

/**
 * trip_gazetteer_lookup:
 * @self: a gazetteer
 * @name: a name in any spelling of case, accents and punctuation
 * @near: (nullable): a position that the place is probably near to
 *
 * Finds a place by its name. Of namesakes the one whose primary name it is goes before others, then the larger one, and
 * the nearer one where @near is given.
 *
 * Returns: (transfer none) (nullable): the place
 */
const TripGazetteerEntry *
trip_gazetteer_lookup (TripGazetteer *self,
                       const char    *name,
                       const TripGeo *near)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  folded = trip_text_fold (name);
  return trip_gazetteer_lookup_folded (self, folded, near);
}

static gboolean
lies_in (const TripGazetteerEntry *place,
         const TripGazetteerEntry *area)
{
  if (place == area || (area->kind != TRIP_PLACE_COUNTRY && area->kind != TRIP_PLACE_REGION) ||
      strcmp (place->country, area->country) != 0)
    return FALSE;
  if (area->kind == TRIP_PLACE_COUNTRY)
    return TRUE;
  return trip_geo_distance_m (&place->geo, &area->geo) < REGION_REACH_M;
}

static const TripGazetteerEntry *
best_within (TripGazetteer            *self,
             const char               *folded,
             const TripGazetteerEntry *area)
{
  const TripGazetteerEntry *best = NULL;
  gdouble best_score = -G_MAXDOUBLE;

  for (const Name *name = g_hash_table_lookup (self->names, folded); name != NULL; name = name->next)
    {
      gdouble score;

      if (name->only_behind || !lies_in (name->entry, area))
        continue;
      /* In a region the middle counts: Kansas City is in Missouri more than in Kansas. */
      score = score_name (name, area->kind == TRIP_PLACE_REGION ? &area->geo : NULL);
      if (score > best_score)
        {
          best = name->entry;
          best_score = score;
        }
    }
  return best;
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
  const TripGazetteerEntry *best = trip_gazetteer_lookup_folded (self, joined, NULL);

  if (best != NULL && best->kind != TRIP_PLACE_SIGHT)
    return best;
  best = NULL;
  for (const Name *area = g_hash_table_lookup (self->names, folded_area); area != NULL &&
       best == NULL; area = area->next)
    best = best_within (self, folded, area->entry);
  return best;
}

/**
 * trip_gazetteer_lookup_fuzzy:
 * @self: a gazetteer
 * @name: a name of five letters or more, perhaps with one mistake
 *
 * Finds a place in spite of one letter too many, too few or wrong, or two swapped.
 *
 * Returns: (transfer none) (nullable): the place
 */
const TripGazetteerEntry *
trip_gazetteer_lookup_fuzzy (TripGazetteer *self,
                             const char    *name)
{
  g_autofree char *folded = NULL;
  const Name *found;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  folded = trip_text_fold (name);
  found = trip_fuzzy_index_lookup (self->fuzzy, folded);
  return found != NULL ? trip_gazetteer_lookup_folded (self, found->folded, NULL) : NULL;
}

/**
 * trip_gazetteer_longest_name:
 * @self: a gazetteer
 *
 * Returns: words in the longest name
 */
guint
trip_gazetteer_longest_name (TripGazetteer *self)
{
  return self->longest;
}

/**
 * trip_gazetteer_longest_from:
 * @self: a gazetteer
 * @folded_word: a folded word
 *
 * Returns: words in the longest name that begins with that word, 0 where none does
 */
guint
trip_gazetteer_longest_from (TripGazetteer *self,
                             const char    *folded_word)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, folded_word));
}
