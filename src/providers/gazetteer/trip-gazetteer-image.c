/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads the compiled gazetteer. Names are found by binary search. A mistake lies in the first or in the second half of a
 * name, so the other half is right: the names that begin with the one or end with the other are few enough to compare.
 */
#include "providers/gazetteer/trip-gazetteer-image.h"

#include "language/trip-fuzzy-index.h"

#include <string.h>

static guint32
read_u32 (const guint8 *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint16
read_u16 (const guint8 *p)
{
  guint16 value;

  memcpy (&value, p, sizeof value);
  return GUINT16_FROM_LE (value);
}

/**
 * trip_gazetteer_image_open:
 * @self: (out caller-allocates): where to
 * @data: the image; has to outlive @self
 * @size: its bytes
 *
 * Opens an image that trip-gazetteer-build made.
 *
 * Returns: whether it is one of this version, complete
 */
gboolean
trip_gazetteer_image_open (TripGazetteerImage *self,
                           gconstpointer       data,
                           gsize               size)
{
  static const guint sizes[] = { TRIP_GAZETTEER_IMAGE_PLACE_SIZE, TRIP_GAZETTEER_IMAGE_NAME_SIZE, 4, 4, 4, 4, 4, 1 };
  const guint8 *bytes = data;
  guint count[G_N_ELEMENTS (sizes)];
  const guint8 *part[G_N_ELEMENTS (sizes)];

  memset (self, 0, sizeof *self);
  if (size < TRIP_GAZETTEER_IMAGE_HEADER * 4 || read_u32 (bytes) != TRIP_GAZETTEER_IMAGE_MAGIC ||
      read_u32 (bytes + 4) != TRIP_GAZETTEER_IMAGE_VERSION)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint32 at = read_u32 (bytes + 4 * (2 + 2 * i + 1));

      count[i] = read_u32 (bytes + 4 * (2 + 2 * i));
      if (at > size || count[i] > (size - at) / sizes[i])
        return FALSE;
      part[i] = bytes + at;
    }
  /* The last string's end ends all others; the name behind the last says where its references end. */
  if (count[1] == 0 || count[6] != TRIP_GAZETTEER_HEADS + 1 || count[7] == 0 || part[7][count[7] - 1] != '\0')
    return FALSE;
  self->places = part[0];
  self->names = part[1];
  self->refs = part[2];
  self->reversed = part[3];
  self->lists = part[4];
  self->zones = part[5];
  self->heads = part[6];
  self->strings = (const char *) part[7];
  self->n_places = count[0];
  self->n_names = count[1] - 1;
  self->n_refs = count[2];
  self->n_reversed = count[3];
  self->n_lists = count[4];
  self->n_zones = count[5];
  self->n_strings = count[7];
  return TRUE;
}

static const char *
get_string (const TripGazetteerImage *self,
            guint                     at)
{
  return at < self->n_strings ? self->strings + at : "";
}

/**
 * trip_gazetteer_image_get_record:
 * @self: an image
 * @place: index of a place
 * @record: (out caller-allocates): where to
 *
 * Decodes a place.
 */
void
trip_gazetteer_image_get_record (const TripGazetteerImage *self,
                                 guint                     place,
                                 TripGazetteerRecord      *record)
{
  const guint8 *p = self->places + (gsize) place * TRIP_GAZETTEER_IMAGE_PLACE_SIZE;
  guint zone;

  g_return_if_fail (place < self->n_places);

  zone = read_u16 (p + 24);
  record->name = get_string (self, read_u32 (p));
  record->geo.lat = (gint32) read_u32 (p + 4) / 1e5;
  record->geo.lng = (gint32) read_u32 (p + 8) / 1e5;
  record->population = read_u32 (p + 12);
  record->state = (gint) read_u32 (p + 16) - 1;
  record->list = (gint) read_u32 (p + 20) - 1;
  record->timezone = zone < self->n_zones ? get_string (self, read_u32 (self->zones + 4 * zone)) : "";
  record->extent_km = read_u16 (p + 26);
  record->country[0] = (char) p[28];
  record->country[1] = (char) p[29];
  record->country[2] = '\0';
  record->kind = p[30];
  record->flags = p[31];
}

/**
 * trip_gazetteer_image_get_name:
 * @self: an image
 * @name: index of a name
 *
 * Returns: the name in folded form
 */
const char *
trip_gazetteer_image_get_name (const TripGazetteerImage *self,
                               guint                     name)
{
  return get_string (self, read_u32 (self->names + (gsize) name * TRIP_GAZETTEER_IMAGE_NAME_SIZE));
}

/**
 * trip_gazetteer_image_get_refs:
 * @self: an image
 * @name: index of a name
 * @out_first: (out): its first reference
 *
 * Returns: how many references it has
 */
guint
trip_gazetteer_image_get_refs (const TripGazetteerImage *self,
                               guint                     name,
                               guint                    *out_first)
{
  const guint8 *p = self->names + (gsize) name * TRIP_GAZETTEER_IMAGE_NAME_SIZE;
  guint first = MIN (read_u32 (p + 4), self->n_refs);
  guint end = MIN (read_u32 (p + TRIP_GAZETTEER_IMAGE_NAME_SIZE + 4), self->n_refs);

  *out_first = first;
  return end > first ? end - first : 0;
}

/**
 * trip_gazetteer_image_get_ref:
 * @self: an image
 * @i: index of a reference
 *
 * Returns: the place's index above %TRIP_NAME_REF_SHIFT, and how the name means it
 */
guint
trip_gazetteer_image_get_ref (const TripGazetteerImage *self,
                              guint                     i)
{
  return read_u32 (self->refs + 4 * (gsize) i);
}

/**
 * trip_gazetteer_image_get_listed:
 * @self: an image
 * @list: the list of a record
 * @i: position in it
 *
 * Returns: the place there, %G_MAXUINT behind the last
 */
guint
trip_gazetteer_image_get_listed (const TripGazetteerImage *self,
                                 gint                      list,
                                 guint                     i)
{
  guint n;

  if (list < 0 || (guint) list >= self->n_lists)
    return G_MAXUINT;
  n = MIN (read_u32 (self->lists + 4 * (gsize) list), self->n_lists - (guint) list - 1);
  return i < n ? read_u32 (self->lists + 4 * ((gsize) list + 1 + i)) : G_MAXUINT;
}

/**
 * trip_gazetteer_image_spans:
 * @self: an image
 * @list: the list of a record
 * @country: ISO 3166-1 alpha-2
 *
 * Returns: whether the region of that list may reach into @country: it does not where it names countries without it
 */
gboolean
trip_gazetteer_image_spans (const TripGazetteerImage *self,
                            gint                      list,
                            const char               *country)
{
  guint at;
  guint n;

  if (list < 0 || (guint) list >= self->n_lists)
    return TRUE;
  at = (guint) list + 1 + MIN (read_u32 (self->lists + 4 * (gsize) list), self->n_lists - (guint) list - 1);
  n = at < self->n_lists ? MIN (read_u32 (self->lists + 4 * (gsize) at), self->n_lists - at - 1) : 0;
  for (guint i = 1; i <= n; i++)
    if (strncmp ((const char *) self->lists + 4 * ((gsize) at + i), country, 2) == 0)
      return TRUE;
  return n == 0;
}

/* The first name that is not before @prefix, or, with @behind, the first behind all that begin with it. */
static guint
bound (const TripGazetteerImage *self,
       const char               *prefix,
       gsize                     length,
       gboolean                  behind)
{
  guint first = length > 0 ? (guint) (guchar) prefix[0] << 8 : 0;
  guint second = length > 1 ? (guchar) prefix[1] : 0;
  guint last = length > 1 ? first + second + 1 : length > 0 ? first + 256 : TRIP_GAZETTEER_HEADS;
  guint low = MIN (read_u32 (self->heads + 4 * (gsize) (first + second)), self->n_names);
  guint high = MIN (read_u32 (self->heads + 4 * (gsize) last), self->n_names);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint order = strncmp (trip_gazetteer_image_get_name (self, middle), prefix, length);

      if (order < 0 || (behind && order == 0))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * trip_gazetteer_image_bound:
 * @self: an image
 * @folded: a folded name
 *
 * Returns: the index of the first name that is not before that one in the order of names; their number where all are
 */
guint
trip_gazetteer_image_bound (const TripGazetteerImage *self,
                            const char               *folded)
{
  /* With its end counted, a name is before all that it begins. */
  return bound (self, folded, strlen (folded) + 1, FALSE);
}

/**
 * trip_gazetteer_image_find:
 * @self: an image
 * @folded: a folded name
 *
 * Returns: the index of that name, -1 where there is none
 */
gint
trip_gazetteer_image_find (const TripGazetteerImage *self,
                           const char               *folded)
{
  guint at = trip_gazetteer_image_bound (self, folded);

  return at < self->n_names && strcmp (trip_gazetteer_image_get_name (self, at), folded) == 0 ? (gint) at : -1;
}

/**
 * trip_gazetteer_image_find_prefix:
 * @self: an image
 * @prefix: the beginning of a folded name
 * @length: its bytes
 * @out_first: (out): the first name that begins so
 *
 * Returns: how many names begin so
 */
guint
trip_gazetteer_image_find_prefix (const TripGazetteerImage *self,
                                  const char               *prefix,
                                  gsize                     length,
                                  guint                    *out_first)
{
  *out_first = bound (self, prefix, length, FALSE);
  return bound (self, prefix, length, TRUE) - *out_first;
}

static guint
get_reversed (const TripGazetteerImage *self,
              guint                     i)
{
  return read_u32 (self->reversed + 4 * (gsize) i);
}

static gint
compare_ends (const char *name,
              const char *suffix,
              gsize       length)
{
  gsize name_length = strlen (name);

  for (gsize i = 1; i <= length; i++)
    {
      guchar a = i <= name_length ? (guchar) name[name_length - i] : 0;
      guchar b = (guchar) suffix[length - i];

      if (a != b)
        return a < b ? -1 : 1;
    }
  return 0;
}

static guint
reversed_bound (const TripGazetteerImage *self,
                const char               *suffix,
                gsize                     length,
                gboolean                  behind)
{
  guint low = 0;
  guint high = self->n_reversed;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint order = compare_ends (trip_gazetteer_image_get_name (self, get_reversed (self, middle)), suffix, length);

      if (order < 0 || (behind && order == 0))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What a mistake changes at most: two letters of four bytes. */
#define MISTAKE_BYTES 8

typedef struct {
  const char *text;
  gunichar letters[TRIP_GAZETTEER_FUZZY_MAX_LETTERS];
  guint n;
  gsize bytes;
} Word;

static gboolean
is_near (const TripGazetteerImage *self,
         const Word               *word,
         guint                     name)
{
  const char *text = trip_gazetteer_image_get_name (self, name);
  gsize bytes = strlen (text);
  gsize shorter = MIN (bytes, word->bytes);
  gsize same = 0;
  gunichar letters[TRIP_GAZETTEER_FUZZY_MAX_LETTERS];
  guint n;

  /* Bytes that both begin with and end with tell nearly all apart before any letter is decoded. */
  while (same < shorter && text[same] == word->text[same])
    same++;
  for (gsize k = 1; same < shorter && k <= shorter && text[bytes - k] == word->text[word->bytes - k]; k++)
    same++;
  if (bytes > same + MISTAKE_BYTES || word->bytes > same + (word->n == word->bytes ? 2 : MISTAKE_BYTES))
    return FALSE;
  n = trip_fuzzy_split (text, letters, TRIP_GAZETTEER_FUZZY_MAX_LETTERS);
  return n >= TRIP_GAZETTEER_FUZZY_MIN_LETTERS && trip_fuzzy_within_one (word->letters, word->n, letters, n);
}

/**
 * trip_gazetteer_image_each_within_one:
 * @self: an image
 * @folded: a folded name
 * @func: called for each name that differs from it by one letter too many, too few or wrong, or two swapped, or not at
 *   all; for some twice
 * @user_data: for @func
 *
 * Searches with one mistake. Names of fewer than %TRIP_GAZETTEER_FUZZY_MIN_LETTERS or more than
 * %TRIP_GAZETTEER_FUZZY_MAX_LETTERS letters find nothing, and so do Chinese characters and kana, each of which is a
 * word.
 */
void
trip_gazetteer_image_each_within_one (const TripGazetteerImage *self,
                                      const char               *folded,
                                      TripGazetteerImageFunc    func,
                                      gpointer                  user_data)
{
  Word word = { .text = folded, .bytes = strlen (folded) };
  const char *tail;
  guint half;
  guint first;
  guint n;

  word.n = trip_fuzzy_split (folded, word.letters, TRIP_GAZETTEER_FUZZY_MAX_LETTERS);
  if (word.n < TRIP_GAZETTEER_FUZZY_MIN_LETTERS)
    return;
  /* The letter in the middle belongs to neither half, so that a swap spoils only one. */
  half = (word.n - 1) / 2;
  tail = g_utf8_offset_to_pointer (folded, half);
  n = trip_gazetteer_image_find_prefix (self, folded, (gsize) (tail - folded), &first);
  for (guint i = first; i < first + n; i++)
    if (is_near (self, &word, i))
      func (i, user_data);
  tail = g_utf8_next_char (tail);
  n = reversed_bound (self, tail, strlen (tail), TRUE);
  for (guint i = reversed_bound (self, tail, strlen (tail), FALSE); i < n; i++)
    if (is_near (self, &word, get_reversed (self, i)))
      func (get_reversed (self, i), user_data);
}
