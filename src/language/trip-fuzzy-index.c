/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An index by deletions: each word is filed under itself and under itself less one letter, so that two words at one
 * edit or one swap from each other share a key. A look-up costs as many probes as the word has letters, however many
 * words there are. It does not know what its words mean.
 */
#include "language/trip-fuzzy-index.h"

#include <string.h>

#define MAX_LETTERS 32

typedef struct {
  char *word;
  gdouble weight;
  gconstpointer payload;
} Entry;

typedef struct {
  guint32 hash;
  guint32 entry; /* index + 1, 0 where the slot is free */
} Slot;

struct _TripFuzzyIndex {
  guint min_letters;
  GArray *entries;
  Slot *slots;
  guint n_slots;
  guint n_used;
};

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->word);
}

/**
 * trip_fuzzy_index_new:
 * @min_letters: words with fewer letters are neither filed nor found
 *
 * Returns: (transfer full): an empty index
 */
TripFuzzyIndex *
trip_fuzzy_index_new (guint min_letters)
{
  TripFuzzyIndex *self = g_new0 (TripFuzzyIndex, 1);

  self->min_letters = MAX (min_letters, 2);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->n_slots = 1024;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

/**
 * trip_fuzzy_index_free:
 * @self: (transfer full): an index
 *
 * Frees it; payloads belong to others.
 */
void
trip_fuzzy_index_free (TripFuzzyIndex *self)
{
  g_array_unref (self->entries);
  g_free (self->slots);
  g_free (self);
}

static guint32
hash_without (const gunichar *letters,
              guint           n,
              guint           without)
{
  guint32 hash = 2166136261u;

  for (guint i = 0; i < n; i++)
    if (i != without)
      hash = (hash ^ letters[i]) * 16777619u;
  return hash;
}

static void
insert_slot (Slot    *slots,
             guint    n_slots,
             guint32  hash,
             guint32  entry)
{
  guint at = hash & (n_slots - 1);

  while (slots[at].entry != 0)
    at = (at + 1) & (n_slots - 1);
  slots[at].hash = hash;
  slots[at].entry = entry;
}

static void
add_key (TripFuzzyIndex *self,
         guint32         hash,
         guint32         entry)
{
  if ((self->n_used + 1) * 3 > self->n_slots * 2)
    {
      guint n_slots = self->n_slots * 2;
      Slot *slots = g_new0 (Slot, n_slots);

      for (guint i = 0; i < self->n_slots; i++)
        if (self->slots[i].entry != 0)
          insert_slot (slots, n_slots, self->slots[i].hash, self->slots[i].entry);
      g_free (self->slots);
      self->slots = slots;
      self->n_slots = n_slots;
    }
  insert_slot (self->slots, self->n_slots, hash, entry);
  self->n_used++;
}

/**
 * trip_fuzzy_split:
 * @word: a word or phrase in folded form
 * @letters: (out caller-allocates): its letters
 * @max: room there
 *
 * Returns: how many letters it has, 0 where they are more than @max
 */
guint
trip_fuzzy_split (const char *word,
                  gunichar   *letters,
                  guint       max)
{
  guint n = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (n == max)
        return 0;
      letters[n++] = g_utf8_get_char (p);
    }
  return n;
}

/**
 * trip_fuzzy_within_one:
 * @a: letters of a word
 * @n_a: how many
 * @b: letters of another
 * @n_b: how many
 *
 * Returns: whether one insertion, deletion, substitution or swap of neighbours, or nothing, turns one into the other
 */
gboolean
trip_fuzzy_within_one (const gunichar *a,
                       guint           n_a,
                       const gunichar *b,
                       guint           n_b)
{
  guint head = 0;
  guint tail = 0;

  while (head < n_a && head < n_b && a[head] == b[head])
    head++;
  while (tail < n_a - head && tail < n_b - head && a[n_a - 1 - tail] == b[n_b - 1 - tail])
    tail++;
  n_a -= head + tail;
  n_b -= head + tail;
  if (n_a <= 1 && n_b <= 1)
    return TRUE;
  return n_a == 2 && n_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

/**
 * trip_fuzzy_index_add:
 * @self: an index
 * @word: a word or phrase in folded form
 * @weight: which of two words equally far is meant: the heavier
 * @payload: what a look-up returns; has to outlive the index
 *
 * Files a word. Words that are too short or longer than 32 letters are left out. Not safe beside a look-up.
 */
void
trip_fuzzy_index_add (TripFuzzyIndex *self,
                      const char     *word,
                      gdouble         weight,
                      gconstpointer   payload)
{
  gunichar letters[MAX_LETTERS];
  guint n = trip_fuzzy_split (word, letters, MAX_LETTERS);
  Entry entry = { NULL, weight, payload };

  if (n < self->min_letters)
    return;
  entry.word = g_strdup (word);
  g_array_append_val (self->entries, entry);
  add_key (self, hash_without (letters, n, n), self->entries->len);
  for (guint i = 0; i < n; i++)
    if (i == 0 || letters[i] != letters[i - 1])
      add_key (self, hash_without (letters, n, i), self->entries->len);
}

/**
 * trip_fuzzy_index_lookup:
 * @self: an index
 * @word: a word or phrase in folded form
 *
 * Looks for the word with one mistake at most. A mistake in the first letter is rare and often another word, so such
 * matches lose against all others.
 *
 * Returns: (transfer none) (nullable): the payload of the best word
 */
gconstpointer
trip_fuzzy_index_lookup (const TripFuzzyIndex *self,
                         const char           *word)
{
  gunichar letters[MAX_LETTERS];
  guint n = trip_fuzzy_split (word, letters, MAX_LETTERS);
  const Entry *best = NULL;
  gdouble best_weight = -1e300;

  if (n < self->min_letters)
    return NULL;
  for (guint without = 0; without <= n; without++)
    {
      guint32 hash;

      if (without > 0 && without < n && letters[without] == letters[without - 1])
        continue;
      hash = hash_without (letters, n, without);
      for (guint at = hash & (self->n_slots - 1); self->slots[at].entry != 0; at = (at + 1) & (self->n_slots - 1))
        {
          const Entry *entry;
          gunichar other[MAX_LETTERS];
          guint n_other;
          gdouble weight;

          if (self->slots[at].hash != hash)
            continue;
          entry = &g_array_index (self->entries, Entry, self->slots[at].entry - 1);
          n_other = trip_fuzzy_split (entry->word, other, MAX_LETTERS);
          if (!trip_fuzzy_within_one (letters, n, other, n_other))
            continue;
          weight = entry->weight - (letters[0] == other[0] ? 0 : 1e12);
          if (strcmp (entry->word, word) == 0)
            weight += 1e15;
          if (weight > best_weight)
            {
              best = entry;
              best_weight = weight;
            }
        }
    }
  return best != NULL ? best->payload : NULL;
}
