/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The table of kinds: read once, then looked up by the keys that an object has.
 */
#include "providers/places/trip-place-kinds.h"

#include "trip-places-resources.h"

#include <gio/gio.h>
#include <string.h>

#define TABLE "/org/tripd/osm/kinds.tsv"
#define N_COLUMNS 8
#define MAX_CONDITIONS 4

typedef struct {
  const char *key;
  const char *value;
} Condition;

typedef struct {
  TripPlaceMeaning kind;
  gboolean adds;
  guint order;
  Condition conditions[MAX_CONDITIONS];
  guint n_conditions;
} Row;

/* Rows by the key of their first condition, in the order of the table. */
static GHashTable *rows_by_key;
static GPtrArray *all_rows;

static const char * const type_names[] = {
  [TRIP_PLACE_TYPE_SIGHT] = "sight",
  [TRIP_PLACE_TYPE_RESTAURANT] = "restaurant",
  [TRIP_PLACE_TYPE_LODGE] = "lodge",
  [TRIP_PLACE_TYPE_SERVICE] = "service",
  [TRIP_PLACE_TYPE_NONE] = "none",
};

static void
read_conditions (Row        *row,
                 const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "&", -1);

  g_assert (g_strv_length (parts) <= MAX_CONDITIONS);
  for (char **part = parts; *part != NULL; part++)
    {
      const char *equals = strchr (*part, '=');
      Condition *condition = &row->conditions[row->n_conditions++];
      g_autofree char *key = NULL;

      g_assert (equals != NULL);
      key = g_strndup (*part, (gsize) (equals - *part));
      condition->key = g_intern_string (key);
      condition->value = strcmp (equals, "=*") == 0 ? NULL : g_intern_string (equals + 1);
    }
  row->kind.tag = g_strdup (parts[0]);
}

static char *
dup_unless_dash (const char *text)
{
  return strcmp (text, "-") == 0 ? NULL : g_strdup (text);
}

/* The table is ours and part of the program, so a mistake in it is one of the programmer's. */
static void
read_row (char  **columns,
          guint   order)
{
  Row *row = g_new0 (Row, 1);
  GPtrArray *rows;

  row->order = order;
  read_conditions (row, columns[0]);
  row->adds = strcmp (columns[1], "+") == 0;
  row->kind.type = TRIP_PLACE_TYPE_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    {
      if (strcmp (columns[1], type_names[i]) == 0)
        row->kind.type = (TripPlaceType) i;
    }
  row->kind.tags = strcmp (columns[2], "-") == 0 ? g_new0 (char *, 1) : g_strsplit (columns[2], ";", -1);
  row->kind.minutes = atoi (columns[3]);
  row->kind.prominence = atoi (columns[4]);
  row->kind.level = atoi (columns[5]);
  row->kind.hours = dup_unless_dash (columns[6]);
  row->kind.label = dup_unless_dash (columns[7]);

  rows = g_hash_table_lookup (rows_by_key, row->conditions[0].key);
  if (rows == NULL)
    {
      rows = g_ptr_array_new ();
      g_hash_table_insert (rows_by_key, (gpointer) row->conditions[0].key, rows);
    }
  g_ptr_array_add (rows, row);
  g_ptr_array_add (all_rows, row);
}

static void
load_table (void)
{
  static gsize loaded;
  g_autoptr(GBytes) bytes = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_once_init_enter (&loaded))
    return;
  rows_by_key = g_hash_table_new (g_str_hash, g_str_equal);
  all_rows = g_ptr_array_new ();
  bytes = g_resource_lookup_data (trip_places_data_get_resource (), TABLE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) columns = NULL;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      columns = g_strsplit (lines[i], "\t", -1);
      g_assert (g_strv_length (columns) == N_COLUMNS);
      read_row (columns, i);
    }
  g_once_init_leave (&loaded, 1);
}

/**
 * trip_osm_tags_get:
 * @tags: (array length=n_tags): tags
 * @n_tags: how many
 * @key: a key
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
trip_osm_tags_get (const TripOsmTag *tags,
                   guint             n_tags,
                   const char       *key)
{
  for (guint i = 0; i < n_tags; i++)
    {
      if (strcmp (tags[i].key, key) == 0)
        return tags[i].value;
    }
  return NULL;
}

/* "italian;pizza" has both values. */
static gboolean
has_value (const char *values,
           const char *value)
{
  gsize length = strlen (value);

  for (const char *p = values; (p = strstr (p, value)) != NULL; p++)
    {
      const char *end = p + length;

      if ((p == values || p[-1] == ';' || p[-1] == ' ') && (*end == '\0' || *end == ';'))
        return TRUE;
    }
  return FALSE;
}

static gboolean
fits (const Row        *row,
      const TripOsmTag *tags,
      guint             n_tags)
{
  for (guint i = 0; i < row->n_conditions; i++)
    {
      const char *value = trip_osm_tags_get (tags, n_tags, row->conditions[i].key);

      if (value == NULL || (row->conditions[i].value != NULL && !has_value (value, row->conditions[i].value)))
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_place_kinds_match:
 * @tags: (array length=n_tags): an object's tags
 * @n_tags: how many
 * @out_more: (nullable) (element-type TripPlaceMeaning): gets the rows that add something
 *
 * Finds what an object is. Any thread.
 *
 * Returns: (transfer none) (nullable): the first row that fits, %NULL where none does
 */
const TripPlaceMeaning *
trip_place_kinds_match (const TripOsmTag *tags,
                        guint             n_tags,
                        GPtrArray        *out_more)
{
  const Row *best = NULL;

  load_table ();
  for (guint i = 0; i < n_tags; i++)
    {
      const GPtrArray *rows = g_hash_table_lookup (rows_by_key, tags[i].key);

      for (guint j = 0; rows != NULL && j < rows->len; j++)
        {
          const Row *row = g_ptr_array_index (rows, j);

          if (row->adds ? out_more == NULL : best != NULL && best->order < row->order)
            continue;
          if (!fits (row, tags, n_tags))
            continue;
          if (row->adds)
            g_ptr_array_add (out_more, (gpointer) &row->kind);
          else
            best = row;
        }
    }
  return best != NULL ? &best->kind : NULL;
}

/**
 * trip_place_kinds_find:
 * @tag: `tourism=museum`
 *
 * Returns: (transfer none) (nullable): the first row of that tag that is no + row
 */
const TripPlaceMeaning *
trip_place_kinds_find (const char *tag)
{
  load_table ();
  for (guint i = 0; i < all_rows->len; i++)
    {
      const Row *row = g_ptr_array_index (all_rows, i);

      if (!row->adds && strcmp (row->kind.tag, tag) == 0)
        return &row->kind;
    }
  return NULL;
}
